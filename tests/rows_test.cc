// The examples of the rows of properties.tsv, commitments.tsv, commitment_status.tsv and links.tsv, through the whole pipeline:
// a row's "must match" makes an entry under the row's id, its "must not match" makes none under it.
//
// The examples speak of invented countries. The name base holds real ones only, so the test puts a party's name in their place.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <string>

#include "demarche/core/print.h"
#include "demarche/core/table.h"
#include "demarche/pipeline/pipeline.h"

namespace demarche {
namespace {

const std::filesystem::path kData = std::filesystem::path(DEMARCHE_SOURCE_DIR) / "data";

const Pipeline& pipeline() {
  static const Pipeline p(kData);
  return p;
}

std::string with_parties(std::string_view example) {
  std::string out(example);
  constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kStandIns{{{"Ruritanian", "Bolivian"}, {"Ruritania", "Bolivia"}, {"Graustarkian", "Norwegian"}, {"Graustark", "Norway"}}};
  for (const auto& [invented, real] : kStandIns)
    for (size_t at = out.find(invented); at != std::string::npos; at = out.find(invented, at + real.size())) out.replace(at, invented.size(), real);
  return out;
}

Document read(std::string_view example) {
  Page page;
  page.read_from = "example";
  page.format = PageFormat::article;
  page.bytes = with_parties(example);
  page.given_date = make_day(2024, 3, 6);
  return pipeline().run(page);
}

// Whether a row made an entry. Of two rows that read the same words alike only one keeps its entry, so for examples that must
// match an entry of the row's kind or property is enough.
bool made_by(const Document& doc, std::string_view rule, std::string_view sort = {}) {
  for (const Claim& c : doc.claims)
    if (c.property == sort) return true;
  for (const Commitment& c : doc.commitments)
    if (!sort.empty() && print(doc, c).find(" " + std::string(sort) + " by=") != std::string::npos) return true;
  const auto is = [&](const auto& row) { return row.rule == rule; };
  return std::any_of(doc.claims.begin(), doc.claims.end(), is) || std::any_of(doc.commitments.begin(), doc.commitments.end(), is) || std::any_of(doc.links.begin(), doc.links.end(), is);
}

// Share of rows whose example comes out as it says. Trees are a model's, so single examples may fail; the bounds hold what was
// reached, and every failing row is printed.
void check(const char* file, const std::vector<std::string_view>& columns, double least_matched, double least_silent) {
  const Table table = Table::load(kData / "en" / file, columns, true);
  const size_t must = table.column("must match"), must_not = table.column("must not match");
  int asked = 0, matched = 0, forbidden = 0, silent = 0;
  for (size_t row = 0; row < table.size(); ++row) {
    const std::string_view id = table.cell(row, 0);
    ASSERT_NE(table.cell(row, must), "-") << id << " has no example";
    ++asked;
    if (made_by(read(table.cell(row, must)), id, table.cell(row, 1)))
      ++matched;
    else
      std::printf("%s: no match: %s\n", std::string(id).c_str(), std::string(table.cell(row, must)).c_str());
    if (table.cell(row, must_not) == "-") continue;
    ++forbidden;
    if (!made_by(read(table.cell(row, must_not)), id))
      ++silent;
    else
      std::printf("%s: must not match: %s\n", std::string(id).c_str(), std::string(table.cell(row, must_not)).c_str());
  }
  std::printf("%s: %d of %d examples match, %d of %d counter-examples are silent\n", file, matched, asked, silent, forbidden);
  EXPECT_GE(matched, least_matched * asked);
  EXPECT_GE(silent, least_silent * forbidden);
}

TEST(Rows, Properties) { check("properties.tsv", {"id", "property", "pattern"}, 0.85, 0.9); }
TEST(Rows, Commitments) { check("commitments.tsv", {"id", "kind", "pattern"}, 0.85, 0.9); }
TEST(Rows, Links) { check("links.tsv", {"id", "kind", "pattern"}, 0.6, 0.9); }

// A status row changes the status of a commitment that another row made.
TEST(Rows, Status) {
  const Table table = Table::load(kData / "en" / "commitment_status.tsv", {"id", "status", "pattern"}, true);
  const size_t must = table.column("must match"), must_not = table.column("must not match");
  const auto changed = [](const Document& doc) {
    return std::any_of(doc.commitments.begin(), doc.commitments.end(), [](const Commitment& c) { return c.status != CommitmentStatus::open; });
  };
  int asked = 0, matched = 0;
  for (size_t row = 0; row < table.size(); ++row) {
    ++asked;
    if (changed(read(table.cell(row, must))))
      ++matched;
    else
      std::printf("%s: no change: %s\n", std::string(table.cell(row, 0)).c_str(), std::string(table.cell(row, must)).c_str());
    if (table.cell(row, must_not) == "-") continue;
    EXPECT_FALSE(changed(read(table.cell(row, must_not)))) << table.cell(row, 0);
  }
  std::printf("commitment_status.tsv: %d of %d examples change a status\n", matched, asked);
  EXPECT_GE(matched, 0.75 * asked);
}

// The frames that word sets name are there, but for a few: frames come and go.
TEST(Rows, FramesOfWordSets) {
  const Table frames = Table::load(kData / "en" / "frames.tsv", {"id"}, true);
  const Table sets = Table::load(kData / "en" / "word_sets.tsv", {"id", "words", "why"});
  std::vector<std::string> ids;
  for (size_t row = 0; row < frames.size(); ++row) ids.emplace_back(frames.cell(row, 0));
  for (size_t row = 0; row < sets.size(); ++row) {
    if (!sets.cell(row, 0).starts_with("frames_")) continue;
    const auto named = split_list(sets.cell(row, 1), '|');
    size_t there = 0;
    for (const std::string_view id : named) {
      const bool found = std::find(ids.begin(), ids.end(), id) != ids.end();
      there += found ? 1 : 0;
      if (!found) std::printf("%s names %s, which is no frame\n", std::string(sets.cell(row, 0)).c_str(), std::string(id).c_str());
    }
    EXPECT_GE(there * 4, named.size() * 3) << sets.cell(row, 0);
  }
}

}  // namespace
}  // namespace demarche
