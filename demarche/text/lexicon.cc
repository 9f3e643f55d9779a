#include "demarche/text/lexicon.h"

#include <string>

#include "demarche/core/table.h"

namespace demarche {
namespace {

WordMap<Abbreviation> load_abbreviations(const std::filesystem::path& path) {
  constexpr std::pair<std::string_view, Abbreviation> kKinds[] = {
      {"title", Abbreviation::title},   {"month", Abbreviation::month},   {"weekday", Abbreviation::weekday},
      {"number", Abbreviation::number}, {"suffix", Abbreviation::suffix}, {"inner", Abbreviation::inner}};
  const Table table = Table::load(path, {"form", "kind"});
  table.require_unique(0);
  table.require_sorted(0);
  WordMap<Abbreviation> out;
  for (size_t row = 0; row < table.size(); ++row) {
    const std::string_view form = table.cell(row, 0);
    if (form.empty() || form.back() == '.') table.fail(row, 0, "an abbreviation is listed without its last full stop");
    Abbreviation kind = Abbreviation::none;
    for (const auto& [name, value] : kKinds)
      if (table.cell(row, 1) == name) kind = value;
    if (kind == Abbreviation::none) table.fail(row, 1, "kind must be title, month, weekday, number, suffix or inner");
    if ((kind == Abbreviation::inner) != (form.find('.') != std::string_view::npos))
      table.fail(row, 1, "'inner' is for forms with a full stop inside, and only for them");
    out.insert(form, kind);
  }
  return out;
}

WordMap<std::vector<uint8_t>> load_contractions(const std::filesystem::path& path) {
  const Table table = Table::load(path, {"form", "parts"});
  table.require_unique(0);
  table.require_sorted(0);
  WordMap<std::vector<uint8_t>> out;
  for (size_t row = 0; row < table.size(); ++row) {
    std::vector<uint8_t> lengths;
    std::string joined;
    for (const std::string_view part : split_list(table.cell(row, 1), ' ')) {
      joined += part;
      lengths.push_back(static_cast<uint8_t>(part.size()));
    }
    if (joined != table.cell(row, 0)) table.fail(row, 1, "the parts must spell the form");
    if (lengths.size() < 2) table.fail(row, 1, "needs at least two parts");
    out.insert(table.cell(row, 0), lengths);
  }
  return out;
}

WordMap<HyphenUse> load_hyphens(const std::filesystem::path& path) {
  const Table table = Table::load(path, {"form", "kinds"});
  table.require_unique(0);
  table.require_sorted(0);
  WordMap<HyphenUse> out;
  for (size_t row = 0; row < table.size(); ++row) {
    HyphenUse use;
    for (const std::string_view kind : split_list(table.cell(row, 1))) {
      if (kind == "prefix") use.prefix = true;
      else if (kind == "suffix") use.suffix = true;
      else if (kind == "syllable") use.syllable = true;
      else if (kind == "whole") use.whole = true;
      else table.fail(row, 1, "kinds are prefix, suffix, syllable and whole");
    }
    out.insert(table.cell(row, 0), use);
  }
  return out;
}

WordMap<bool> load_forms(const std::filesystem::path& path) {
  const Table table = Table::load(path, {"form"});
  table.require_unique(0);
  table.require_sorted(0);
  WordMap<bool> out;
  for (size_t row = 0; row < table.size(); ++row) out.insert(table.cell(row, 0), true);
  return out;
}

WordMap<Reporting> load_reporting(const std::filesystem::path& path) {
  const Table table = Table::load(path, {"form", "kind"});
  table.require_unique(0);
  table.require_sorted(0);
  WordMap<Reporting> out;
  for (size_t row = 0; row < table.size(); ++row) {
    const std::string_view kind = table.cell(row, 1);
    if (kind == "verb") out.insert(table.cell(row, 0), Reporting::verb);
    else if (kind == "addressing") out.insert(table.cell(row, 0), Reporting::addressing);
    else if (kind == "follower") out.insert(table.cell(row, 0), Reporting::follower);
    else table.fail(row, 1, "kind must be verb, addressing or follower");
  }
  return out;
}

WordMap<SentenceStart> load_sentence_starts(const std::filesystem::path& path) {
  const Table table = Table::load(path, {"form", "kind"});
  table.require_unique(0);
  table.require_sorted(0);
  WordMap<SentenceStart> out;
  for (size_t row = 0; row < table.size(); ++row) {
    const std::string_view kind = table.cell(row, 1);
    if (kind != "starter" && kind != "time") table.fail(row, 1, "kind must be starter or time");
    out.insert(table.cell(row, 0), kind == "starter" ? SentenceStart::starter : SentenceStart::time);
  }
  return out;
}

WordMap<bool> load_address_endings(const std::filesystem::path& path) {
  const Table table = Table::load(path, {"form", "use"});
  table.require_unique(0);
  table.require_sorted(0);
  WordMap<bool> out;
  for (size_t row = 0; row < table.size(); ++row) {
    const std::string_view use = table.cell(row, 1);
    if (use != "alone" && use != "second") table.fail(row, 1, "use must be alone or second");
    out.insert(table.cell(row, 0), use == "second");
  }
  return out;
}

}  // namespace

TextLexicon load_text_lexicon(const std::filesystem::path& data_dir) {
  const std::filesystem::path en = data_dir / "en";
  TextLexicon lexicon;
  lexicon.abbreviations = load_abbreviations(en / "abbreviations.tsv");
  lexicon.contractions = load_contractions(en / "contractions.tsv");
  lexicon.hyphens = load_hyphens(en / "hyphens.tsv");
  lexicon.units = load_forms(en / "units.tsv");
  lexicon.emoticons = load_forms(en / "emoticons.tsv");
  lexicon.reporting = load_reporting(en / "reporting.tsv");
  lexicon.sentence_starts = load_sentence_starts(en / "sentence_starts.tsv");
  lexicon.address_endings = load_address_endings(en / "addresses.tsv");
  return lexicon;
}

}  // namespace demarche
