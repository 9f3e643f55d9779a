// Single sentences of our own with the events, claims, commitments and links that they hold (demarche/*/sentences.tsv), through the whole
// pipeline. They were written before the rules that read them, so that they measure; the bounds hold what was reached, and
// every sentence that is read otherwise is printed.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

#include "demarche/core/print.h"
#include "demarche/core/table.h"
#include "demarche/pipeline/pipeline.h"

namespace demarche {
namespace {

const std::filesystem::path kSource = DEMARCHE_SOURCE_DIR;

const Pipeline& pipeline() {
  static const Pipeline p(kSource / "data");
  return p;
}

// The name base holds real countries only, so the test puts one in the place of an invented one.
std::string with_parties(std::string text) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kStandIns{
      {{"Ruritanian", "Bolivian"}, {"Ruritania", "Bolivia"}, {"Graustarkian", "Norwegian"}, {"Graustark", "Norway"}, {"RUR", "BOL"}, {"GRA", "NOR"}}};
  for (const auto& [invented, real] : kStandIns)
    for (size_t at = text.find(invented); at != std::string::npos; at = text.find(invented, at + real.size())) text.replace(at, invented.size(), real);
  return text;
}

Document read(const std::string& sentence) {
  Page page;
  page.read_from = "sentence";
  page.format = PageFormat::article;
  page.bytes = "The fighting\n\n" + sentence;
  page.given_date = make_day(2021, 9, 15);
  return pipeline().run(page);
}

std::vector<std::string> words_of(std::string_view text, char by) {
  std::vector<std::string> out;
  for (const std::string_view part : split_list(text, by)) out.emplace_back(part);
  return out;
}

bool among(std::string_view value, std::string_view choices) {
  for (const std::string_view choice : split_list(choices, '|'))
    if (choice == value || choice == "?") return true;
  return false;
}

bool fits(const std::string& expected, const Document& doc, const Claim& c) {
  const std::vector<std::string> part = words_of(expected, ' ');
  if (part.size() < 3) return false;
  const size_t equals = expected.find('=');
  std::string normal;
  for (const std::string& v : c.normal) normal += (normal.empty() ? "" : ",") + v;
  const std::string property = part[2].substr(0, part[2].find('='));
  const std::string value = expected.substr(equals + 1);
  const bool free = value == "*" || value == "?" || property == "capability" || property == "programme_stage";
  return among(c.by, part[0]) && print(doc, c).find(" " + part[1] + " ") != std::string::npos && c.property == property && (free || value == normal);
}

// A claim's words with those of the one who makes it.
Span sentence_part(const Document& doc, const Claim& c) { return c.statement.valid() ? cover(c.evidence, doc.statements[c.statement.index].evidence) : c.evidence; }

bool fits(const std::string& expected, const Document& doc, const Commitment& k) {
  const std::string line = print(doc, k);
  bool good = true;
  std::string_view due = "-", status = "open";
  const std::vector<std::string> parts = words_of(expected, ' ');
  for (size_t i = 0; i < parts.size(); ++i) {
    const std::string& part = parts[i];
    if (i == 0) {
      good = std::any_of(part.begin(), part.end(), [](char) { return true; }) && among(words_of(line, ' ')[0] == "commitment" ? line.substr(12, line.find(' ', 12) - 12) : "", part);
    } else if (part.starts_with("by=")) {
      std::vector<std::string> by;
      for (const Participant& p : k.by) by.push_back(p.party);
      std::sort(by.begin(), by.end());
      bool any = false;
      for (const std::string& choice : words_of(part.substr(3), '|')) {
        std::vector<std::string> want = words_of(choice, ',');
        std::sort(want.begin(), want.end());
        any = any || want == by;
      }
      good = good && any;
    } else if (part.starts_with("due=")) {
      due = std::string_view(part).substr(4);
    } else if (part.starts_with("status=")) {
      status = std::string_view(part).substr(7);
    }
  }
  const std::string days = k.due ? (k.due->days.start == k.due->days.end ? to_string(k.due->days.start) : to_string(k.due->days.start) + ".." + to_string(k.due->days.end)) : "-";
  constexpr std::array<std::string_view, 5> kStatuses{"open", "kept", "broken", "expired", "withdrawn"};
  return good && among(days, due) && among(kStatuses[static_cast<size_t>(k.status)], status);
}

// "ASSAULT|COERCE RUR>GRA kind=clash planned": types, who and to whom ("*" leaves all else open, "?" one side; "-" nobody), kind, factuality other than actual.
bool fits(const std::string& expected, const Document&, const Event& e) {
  const auto same = [](const std::vector<Participant>& have, std::string_view want) {
    if (want == "?") return true;
    std::vector<std::string> a, b = want == "-" ? std::vector<std::string>{} : words_of(want, ',');
    for (const Participant& p : have)
      if (!p.party.empty() && std::find(a.begin(), a.end(), p.party) == a.end()) a.push_back(p.party);
    std::sort(a.begin(), a.end());
    std::sort(b.begin(), b.end());
    return a == b;
  };
  constexpr std::array<std::string_view, 4> kFactualities{"actual", "negated", "planned", "hypothetical"};
  const std::vector<std::string> parts = words_of(expected, ' ');
  if (parts.empty() || !among(e.type, parts[0])) return false;
  std::string_view factuality = "actual";
  for (size_t i = 1; i < parts.size(); ++i) {
    const std::string& part = parts[i];
    const std::string_view first = std::string_view(part).substr(0, part.find('|'));
    if (part == "*") {
      factuality = "?";
    } else if (part.starts_with("kind=")) {
      if (e.kind != part.substr(5)) return false;
    } else if (std::find(kFactualities.begin(), kFactualities.end(), first) != kFactualities.end()) {
      factuality = part;
    } else {
      const size_t arrow = part.find('>');
      if (!same(e.actors, std::string_view(part).substr(0, arrow)) || (arrow != std::string::npos && !same(e.recipients, std::string_view(part).substr(arrow + 1)))) return false;
    }
  }
  return among(kFactualities[static_cast<size_t>(e.factuality)], factuality);
}

// "response_to", or "response_to struck>fired" where the words of either end are asked as well (either may be left out).
bool fits(const std::string& expected, const Document& doc, const Link& link) {
  const size_t blank = expected.find(' ');
  if (link.kind != expected.substr(0, blank)) return false;
  if (blank == std::string::npos) return true;
  const auto words_of_end = [&](const EntryRef& end) {
    Span span;
    switch (end.type) {
      case EntryType::event: span = doc.events[end.index].evidence; break;
      case EntryType::statement: span = doc.statements[end.index].evidence; break;
      case EntryType::claim: span = sentence_part(doc, doc.claims[end.index]); break;
      case EntryType::commitment: span = doc.commitments[end.index].evidence; break;
    }
    return text_of(doc.article.text, span);
  };
  const size_t arrow = expected.find('>');
  const std::string from = expected.substr(blank + 1, arrow - blank - 1), to = arrow == std::string::npos ? "" : expected.substr(arrow + 1);
  return words_of_end(link.from).find(from) != std::string_view::npos && words_of_end(link.to).find(to) != std::string_view::npos;
}

template <class Row>
void check(const char* stage, std::vector<Row> Document::*rows, double least_recall, double least_precision) {
  const Table table = Table::load(kSource / "demarche" / stage / "sentences.tsv", {"id", "sentence", "expected"});
  table.require_unique(0);
  int right = 0, missed = 0, extra = 0;
  for (size_t row = 0; row < table.size(); ++row) {
    const std::string sentence = with_parties(std::string(table.cell(row, 1)));
    const Document doc = read(sentence);
    std::vector<bool> used((doc.*rows).size(), false);
    bool any = false;
    std::string wrong;
    for (std::string one : words_of(with_parties(std::string(table.cell(row, 2))), ';')) {
      const bool optional = one.starts_with("?") && !one.starts_with("? ");
      if (one == "-") continue;
      any = any || one == "?any";
      if (optional) one.erase(0, 1);
      size_t found = used.size();
      for (size_t i = 0; i < used.size() && found == used.size(); ++i)
        if (!used[i] && fits(one, doc, (doc.*rows)[i])) found = i;
      if (found < used.size()) {
        used[found] = true;
        right += optional ? 0 : 1;
      } else if (!optional) {
        ++missed;
        wrong += "  missed " + one;
      }
    }
    for (size_t i = 0; i < used.size() && !any; ++i)
      if (!used[i]) {
        ++extra;
        wrong += "  extra " + print(doc, (doc.*rows)[i]);
      }
    if (!wrong.empty()) std::printf("%s %s: %s\n  %s\n", stage, std::string(table.cell(row, 0)).c_str(), sentence.c_str(), wrong.c_str());
  }
  const double recall = static_cast<double>(right) / std::max(1, right + missed), precision = static_cast<double>(right) / std::max(1, right + extra);
  std::printf("%s: %zu sentences, precision %.3f, recall %.3f\n", stage, table.size(), precision, recall);
  EXPECT_GE(recall, least_recall);
  EXPECT_GE(precision, least_precision);
}

TEST(Sentences, Claims) { check("claims", &Document::claims, 0.8, 0.88); }
TEST(Sentences, Commitments) { check("commitments", &Document::commitments, 0.8, 0.9); }
TEST(Sentences, Events) { check("events", &Document::events, 0.7, 0.75); }
TEST(Sentences, Links) { check("linking", &Document::links, 0.55, 0.95); }

}  // namespace
}  // namespace demarche
