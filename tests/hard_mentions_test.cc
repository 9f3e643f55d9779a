// The file of hard mentions through the whole pipeline: at least 95 of 100 must mean what the file says.
#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <map>
#include <string>

#include "demarche/core/table.h"
#include "demarche/pipeline/pipeline.h"

namespace demarche {
namespace {

constexpr double kLeastRight = 0.95;

std::vector<std::string> sorted_list(std::string_view cell, char separator) {
  std::vector<std::string> out;
  for (const std::string_view item : split_list(cell, separator)) out.emplace_back(item);
  std::sort(out.begin(), out.end());
  return out;
}

// The mention of exactly these bytes, else the one inside or around them whose words differ by a determiner or title only.
const Mention* mention_at(const Document& doc, Span span) {
  const Mention* best = nullptr;
  const auto miss = [&](const Mention& m) {
    const auto gap = [](uint32_t a, uint32_t b) { return a > b ? a - b : b - a; };
    return gap(m.span.begin, span.begin) + gap(m.span.end, span.end);
  };
  for (const Mention& m : doc.names.mentions)
    if (m.span.overlaps(span) && (!best || miss(m) < miss(*best))) best = &m;
  return best;
}

// Empty when the mention means what the row says, else what it means.
std::string wrong(const Document& doc, const Mention* m, const Table& table, size_t row) {
  if (!m) return "no mention";
  const std::string party(table.cell(row, 6)), sector(table.cell(row, 7)), person(table.cell(row, 8));
  if (!m->members.empty()) {
    std::vector<std::string> got;
    for (const ActorId id : m->members) got.push_back(doc.names.actors[id.index].party);
    std::sort(got.begin(), got.end());
    if (got == sorted_list(party, '+')) return "";
    std::string all;
    for (const std::string& p : got) all += p + " ";
    return all;
  }
  if (!m->actor.valid()) return "nobody";
  const Actor& a = doc.names.actors[m->actor.index];
  const std::string told = a.party + "/" + a.sector + " " + a.name + " @" + a.country;
  if (table.cell(row, 5) == "place") return a.kind == ActorKind::place && a.country == (party == "-" ? "" : party) ? "" : told;
  if (a.kind == ActorKind::place && a.party != party) return "place " + told;
  if (a.party != (party == "-" ? "" : party)) return told;
  if (sector != "*" && a.sector != sector) return told;
  if (!person.empty() && a.name != person) return told;
  return "";
}

TEST(HardMentions, NinetyFiveOfAHundredAreRight) {
  const std::filesystem::path root = DEMARCHE_SOURCE_DIR;
  const Table table = Table::load(root / "demarche/names/cases/hard_mentions.tsv", {"id", "published", "text", "words", "occurrence", "sense", "party", "sector", "person"});
  ASSERT_GE(table.size(), 300u);
  const Pipeline pipeline(root / "data");
  std::map<std::string, Document> documents;
  size_t right = 0;
  for (size_t row = 0; row < table.size(); ++row) {
    const std::string text(table.cell(row, 2)), published(table.cell(row, 1));
    auto [at, fresh] = documents.try_emplace(published + text);
    if (fresh) {
      Page page;
      page.format = PageFormat::article;
      page.bytes = text;
      page.given_date = parse_day(published);
      at->second = pipeline.run(page);
    }
    const Document& doc = at->second;
    size_t begin = std::string::npos;
    for (int n = std::stoi(std::string(table.cell(row, 4))); n > 0; --n) begin = doc.article.text.find(table.cell(row, 3), begin == std::string::npos ? 0 : begin + 1);
    ASSERT_NE(begin, std::string::npos) << table.cell(row, 0);
    const Span span{static_cast<uint32_t>(begin), static_cast<uint32_t>(begin + table.cell(row, 3).size())};
    const std::string why = wrong(doc, mention_at(doc, span), table, row);
    if (why.empty()) ++right;
    else std::cout << table.cell(row, 0) << " \"" << table.cell(row, 3) << "\" is " << table.cell(row, 6) << "/" << table.cell(row, 7) << " " << table.cell(row, 8) << ", not " << why << "   | " << text << "\n";
  }
  std::cout << right << " of " << table.size() << " right\n";
  EXPECT_GE(static_cast<double>(right), kLeastRight * static_cast<double>(table.size()));
}

}  // namespace
}  // namespace demarche
