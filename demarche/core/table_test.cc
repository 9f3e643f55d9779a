#include "demarche/core/table.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

namespace demarche {
namespace {

std::string error_of(const std::function<void()>& act) {
  try {
    act();
  } catch (const Error& e) {
    return e.what();
  }
  return "";
}

TEST(Table, ReadsRowsAndSkipsComments) {
  const Table table = Table::parse("t", "# head\n\nid\tword\n# between\na\tone\nb\t\n", {"id", "word"});
  ASSERT_EQ(table.size(), 2u);
  EXPECT_EQ(table.cell(0, 0), "a");
  EXPECT_EQ(table.cell(0, 1), "one");
  EXPECT_EQ(table.cell(1, 1), "");
  EXPECT_EQ(table.column("word"), 1u);
  EXPECT_EQ(table.column("none"), table.columns());
}

TEST(Table, MovingKeepsTheCells) {
  Table table = Table::parse("t", "id\na\n", {"id"});
  const Table moved = std::move(table);
  EXPECT_EQ(moved.cell(0, 0), "a");
}

TEST(Table, LastLineNeedsNoNewline) { EXPECT_EQ(Table::parse("t", "id\na\nb", {"id"}).size(), 2u); }

TEST(Table, BrokenFiles) {
  struct {
    const char* bytes;
    const char* part;
  } cases[] = {
      {"", "no header"},
      {"# only\n", "no header"},
      {"word\tid\na\tb\n", "column 1 must be 'id'"},
      {"id\n", "column 2 must be 'word'"},
      {"id\tword\tmore\n", "more columns"},
      {"id\tword\na\n", "t:2: has 1 cells, not 2"},
      {"id\tword\na\tb\tc\n", "t:2: has 3 cells, not 2"},
      {"id\tword\r\n", "CR"},
      {"id\tword\na\t\xFF\n", "not valid UTF-8"},
  };
  for (const auto& c : cases) {
    const std::string error = error_of([&] { (void)Table::parse("t", c.bytes, {"id", "word"}); });
    EXPECT_NE(error.find(c.part), std::string::npos) << c.bytes << " gave: " << error;
  }
  EXPECT_NE(error_of([] { (void)Table::load("/no/such/file.tsv", {"id"}); }).find("/no/such/file.tsv"), std::string::npos);
}

TEST(Table, FailPutsTheCaretUnderTheCell) {
  const Table table = Table::parse("t", "id\tword\na\tone\n", {"id", "word"});
  EXPECT_EQ(error_of([&] { table.fail(0, 1, "bad word"); }), "t:2: bad word\n  a one\n    ^");
}

TEST(Table, AnEndlessLineIsShownInPart) {
  const Table table = Table::parse("t", "id\n" + std::string(1'000'000, 'x') + "\n", {"id"});
  EXPECT_LT(error_of([&] { table.fail(0, 0, "too long"); }).size(), 1000u);
}

TEST(Table, UniqueAndSorted) {
  const Table good = Table::parse("t", "id\na\nb\n", {"id"});
  good.require_unique(0);
  good.require_sorted(0);
  const Table twice = Table::parse("t", "id\na\na\n", {"id"});
  EXPECT_NE(error_of([&] { twice.require_unique(0); }).find("t:3: the id stands twice"), std::string::npos);
  const Table mixed = Table::parse("t", "id\nb\na\n", {"id"});
  EXPECT_NE(error_of([&] { mixed.require_sorted(0); }).find("t:3: rows must be sorted"), std::string::npos);
}

TEST(Table, Lists) {
  EXPECT_EQ(split_list("a; b;c ;; "), (std::vector<std::string_view>{"a", "b", "c"}));
  EXPECT_EQ(split_list("a|b", '|'), (std::vector<std::string_view>{"a", "b"}));
  EXPECT_TRUE(split_list(" ; ").empty());
  EXPECT_EQ(trim(" \t a b\r\n"), "a b");
  EXPECT_EQ(trim("   "), "");
}

TEST(Table, HashNamesContentAndNames) {
  const std::filesystem::path dir = std::filesystem::temp_directory_path() / "demarche-table-test";
  std::filesystem::remove_all(dir);
  std::filesystem::create_directories(dir / "sub");
  std::ofstream(dir / "a") << "one";
  std::ofstream(dir / "sub" / "b") << "two";
  const std::string first = hash_folder(dir);
  EXPECT_EQ(hash_folder(dir), first);
  std::ofstream(dir / "sub" / "b") << "three";
  const std::string second = hash_folder(dir);
  EXPECT_NE(second, first);
  std::filesystem::rename(dir / "a", dir / "c");
  EXPECT_NE(hash_folder(dir), second);
  std::filesystem::remove_all(dir);
}

}  // namespace
}  // namespace demarche
