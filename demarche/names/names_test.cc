#include "demarche/names/names.h"

#include <gtest/gtest.h>

#include "demarche/names/base.h"
#include "demarche/names/sound.h"
#include "demarche/names/units.h"

namespace demarche {
namespace {

using names::Base;

std::string folded(std::string_view name) {
  std::string out;
  for (const names::Unit& u : names::units_of_name(name)) out += std::to_string(u.hash) + " ";
  return out;
}

TEST(Units, SpellingsOfOneNameMeet) {
  const std::pair<std::string_view, std::string_view> kSame[] = {
      {"Kim Jong-un", "Kim Jong Un"}, {"U.S.", "US"},       {"Shinzō Abe", "Shinzo Abe"}, {"P'yŏngyang", "Pyongyang"},
      {"al-Qaeda", "Al Qaeda"},       {"Ren’ai", "Ren'ai"}, {"Erdoğan", "Erdogan"},       {"Yıldırım", "Yildirim"},
  };
  for (const auto& [a, b] : kSame) EXPECT_EQ(folded(a), folded(b)) << a;
  EXPECT_NE(folded("Niger"), folded("Nigeria"));
}

TEST(Units, LettersCaseAndPossessives) {
  const auto units = names::units_of_name("Japan's U.S. J. envoy");
  ASSERT_EQ(units.size(), 5u);
  EXPECT_EQ(units[1].kind, names::UnitKind::possessive);
  EXPECT_TRUE(units[2].all_caps);
  EXPECT_TRUE(units[3].initial);
  EXPECT_FALSE(units[4].capital);
}

const Base::Tables& good_tables() {
  static const Base::Tables kTables = {{{"parties.tsv", "id\tname\taliases\tdemonyms\tcapital\tmetonyms\nGBR\tUnited Kingdom\tBritain\tBritish\tLondon\t\nJPN\tJapan\t\tJapanese\tTokyo\tKantei\n"},
                                        {"groups.tsv", "id\tname\taliases\tparty\tcountry\tsector\tkind\nun\tUnited Nations\tUN; U.N.\tUN\t\tGOV\tigo\n"},
                                        {"persons.tsv",
                                         "id\tname\taliases\twikidata\tterms\n"
                                         "fumio-kishida\tFumio Kishida\t\tQ2\tJPN|foreign_minister|2012-12-26|2017-08-03|Foreign Minister|c\n"
                                         "taro-kono\tTaro Kono\t\tQ1\tJPN|foreign_minister|2017-08-03|2019-09|Foreign Minister|c\n"},
                                        {"titles.tsv",
                                         "id\tsingular\tplural\tpart\tsector\tclass\nbody.foreign-ministry\tforeign ministry\t\tbody\tGOV\tforeign_minister\n"
                                         "post.foreign-minister\tforeign minister\tforeign ministers\tpost\tGOV\tforeign_minister\nstaff.official\tofficial\tofficials\tstaff\tGOV\tofficial\n"},
                                        {"places.tsv", "id\tname\taliases\tcountry\tlat\tlon\tkind\nguam\tGuam\t\tGUM\t13.4\t144.8\tisland\n"},
                                        {"cities.tsv", "id\tname\tcountry\tlat\tlon\tpopulation\nosaka.jpn\tOsaka\tJPN\t34.7\t135.5\t2753\n"},
                                        {"arms.tsv", "id\tname\taliases\tkind\tparty\nthaad\tTHAAD\t\tweapon\tUSA\n"},
                                        {"given_names.tsv", "id\tgender\tformal\njim\tm\tjames\n"},
                                        {"party_traits.tsv", "id\tparties\nisland\tJPN; GBR\n"}}};
  return kTables;
}

TEST(Sound, SpellingsOfOneNameMeet) {
  const auto of = [](std::string_view word) { return names::with_word({}, word); };
  for (const auto& [a, b] : {std::pair("qaddafi", "gadhafi"), {"kadhafi", "gaddafi"}, {"lukashenko", "lukashenka"}, {"zelensky", "zelenskyy"}, {"yanukovych", "ianukovich"}, {"mohammed", "muhamad"}, {"aleksandr", "alexander"}, {"houthi", "huthi"}})
    EXPECT_EQ(of(a), of(b)) << a;
  for (const auto& [a, b] : {std::pair("kerry", "kelly"), {"assad", "sadat"}, {"obama", "osama"}})
    EXPECT_FALSE(of(a) == of(b)) << a;
}

TEST(Base, HoldersByDay) {
  const Base base = Base::parse(good_tables());
  const auto holder = [&](int y, int m, int d) {
    const auto rows = base.holders("JPN", "foreign_minister", *make_day(y, m, d));
    return rows.size() == 1 ? std::string(base.persons()[rows[0]].name) : std::to_string(rows.size());
  };
  EXPECT_EQ(holder(2016, 5, 1), "Fumio Kishida");
  EXPECT_EQ(holder(2017, 8, 3), "2");  // a hand-over day belongs to both
  EXPECT_EQ(holder(2019, 9, 30), "Taro Kono");  // a month as last day holds to its end
  EXPECT_EQ(holder(2020, 1, 1), "0");
  EXPECT_TRUE(base.holders("XXX", "foreign_minister", Day{0}).empty());
}

TEST(Base, BrokenRowsStopTheStartWithFileLineAndCaret) {
  struct Broken {
    size_t table;
    const char* row;
    const char* message;
  };
  const Broken kBroken[] = {
      {0, "JP\tJapan\t\t\t\t\n", "parties.tsv:2: a party's id has three letters"},
      {0, "JPN\tJapan\t\t\t\t\nGBR\tBritain\t\t\t\t\n", "parties.tsv:3: rows must be sorted by id"},
      {0, "JPN\tJapan\t\t\t\t\nJPN\tJapan\t\t\t\t\n", "parties.tsv:3: the id stands twice"},
      {1, "un\tUnited Nations\t\t\t\tGOV\tigo\n", "groups.tsv:2: the cell is empty"},
      {2, "a\tA\t\t\tJPN|x|2017|2018\n", "persons.tsv:2: a term has six parts"},
      {2, "a\tA\t\t\tJPN|x|2017-13|2018|X|c\n", "persons.tsv:2: the term's first day is no day"},
      {2, "a\tA\t\t\tJPN|x|2017|2018-02-30|X|c\n", "persons.tsv:2: the term's last day is no day"},
      {3, "t\tminister\t\tboss\tGOV\tx\n", "titles.tsv:2: the part must be"},
      {4, "guam\tGuam\t\tGUM\t113.4\t144.8\tisland\n", "places.tsv:2: the latitude"},
      {5, "osaka.jpn\tOsaka\tJPN\t34.7\teast\t2753\n", "cities.tsv:2: the longitude"},
      {6, "thaad\tTHAAD\t\ttank\tUSA\n", "arms.tsv:2: the kind must be weapon or vessel"},
      {7, "jim\tx\t\n", "given_names.tsv:2: the gender must be f or m"},
      {8, "island\tJapan\n", "party_traits.tsv:2: a party's id has three letters"},
  };
  for (const Broken& b : kBroken) {
    Base::Tables tables = good_tables();
    std::string& bytes = tables[b.table].second;
    bytes = bytes.substr(0, bytes.find('\n') + 1) + b.row;
    try {
      (void)Base::parse(std::move(tables));
      ADD_FAILURE() << b.row;
    } catch (const Error& e) {
      const std::string what = e.what();
      EXPECT_EQ(what.find(b.message), 0u) << what;
      EXPECT_NE(what.find('^'), std::string::npos) << what;
    }
  }
}

TEST(Base, AnOverlayReplacesAndAddsRows) {
  Base::Tables overlays;
  overlays[0] = {"overlay/parties.tsv", "id\tname\taliases\tdemonyms\tcapital\tmetonyms\nRUR\tRuritania\t\tRuritanian\tStrelsau\t\n"};
  overlays[2] = {"overlay/persons.tsv", "id\tname\taliases\twikidata\tterms\ntaro-kono\tTaro Kono\t\tQ1\tJPN|foreign_minister|2017-08-03|2018-01-01|Foreign Minister|own\n"};
  const Base base = Base::parse(good_tables(), std::move(overlays));
  EXPECT_GE(base.party_row("RUR"), 0);
  EXPECT_GE(base.party_row("JPN"), 0);
  EXPECT_EQ(base.persons().size(), 2u);
  EXPECT_TRUE(base.holders("JPN", "foreign_minister", *make_day(2018, 6, 1)).empty());
  EXPECT_EQ(base.holders("JPN", "foreign_minister", *make_day(2017, 9, 1)).size(), 1u);
}

// Words parted by blanks as one sentence.
Sentence sentence_of(std::string_view text) {
  Sentence s;
  s.span = {0, static_cast<uint32_t>(text.size())};
  for (uint32_t at = 0; at < text.size();) {
    const auto end = static_cast<uint32_t>(std::min(text.find(' ', at), text.size()));
    if (end > at) s.tokens.push_back({{at, end}});
    at = end + 1;
  }
  return s;
}

class ShippedBase : public testing::Test {
 protected:
  static void SetUpTestSuite() { base_ = load_name_base(std::filesystem::path(DEMARCHE_SOURCE_DIR) / "data").release(); }
  static void TearDownTestSuite() { NameBaseDeleter()(base_); }
  static Names read(std::string_view text, std::vector<Diagnostic>* diagnostics = nullptr) {
    const std::vector<Sentence> sentences = {sentence_of(text)};
    const std::vector<Tree> trees(1);
    std::vector<Diagnostic> unused;
    return find_names(text, sentences, trees, make_day(2018, 1, 10), *base_, diagnostics ? *diagnostics : unused);
  }
  static const NameBase* base_;
};
const NameBase* ShippedBase::base_ = nullptr;

TEST_F(ShippedBase, WorksWithoutTrees) {
  const Names names = read("Japanese Foreign Minister Taro Kono met a senior official at China 's foreign ministry in Beijing .");
  ASSERT_FALSE(names.mentions.empty());
  const Mention& first = names.mentions.front();
  EXPECT_EQ(names.actors[first.actor.index].name, "Taro Kono");
  EXPECT_EQ(names.actors[first.actor.index].wikidata, names.actors[first.actor.index].key);
  EXPECT_EQ(names.actors[first.actor.index].party, "JPN");
  const Mention& last = names.mentions.back();
  EXPECT_EQ(names.actors[last.actor.index].kind, ActorKind::place);
  EXPECT_EQ(names.actors[last.actor.index].country, "CHN");
}

TEST_F(ShippedBase, MentionsAreSortedAndInsideTheText) {
  const std::string text = "The U.S. , Japan and South Korea agreed ; the trio will meet Kim Jong Un 's envoys in Singapore , and the two Koreas thanked them .";
  const Names names = read(text);
  for (size_t i = 0; i < names.mentions.size(); ++i) {
    const Mention& m = names.mentions[i];
    EXPECT_LT(m.span.begin, m.span.end);
    EXPECT_LE(m.span.end, text.size());
    EXPECT_LT(m.first, m.last);
    EXPECT_TRUE(m.first <= m.head && m.head < m.last);
    EXPECT_FALSE(m.rule.empty());
    EXPECT_TRUE(m.confidence > 0 && m.confidence <= 1);
    EXPECT_NE(m.actor.valid(), !m.members.empty());
    if (m.actor.valid()) {
      EXPECT_LT(m.actor.index, names.actors.size());
    }
    if (i > 0) {
      const Span before = names.mentions[i - 1].span;
      EXPECT_TRUE(before.begin < m.span.begin || (before.begin == m.span.begin && before.end >= m.span.end));
    }
  }
  EXPECT_EQ(names, read(text));  // the same input, the same result
}

TEST_F(ShippedBase, AmbiguousStaysOpenWithADiagnostic) {
  std::vector<Diagnostic> diagnostics;
  const Names names = read("The envoy said that the North would not attend .", &diagnostics);
  for (const Mention& m : names.mentions) {
    const bool guessed = m.actor.valid() && names.actors[m.actor.index].party == "PRK";
    EXPECT_FALSE(guessed);
  }
  ASSERT_FALSE(diagnostics.empty());
  EXPECT_EQ(diagnostics.front().code, "names.ambiguous");
}

TEST_F(ShippedBase, EndlessSentencesAreReadInBoundedTime) {
  std::string text;
  for (const std::string_view piece : {"Japan , ", "the minister ", "Kim ", "he ", "a spokesman for the ", "foreign ministry of the ", "\" ", "Abc Def ", "senior ", "the Japanese leader and minister Abc Def "})
    for (int i = 0; i < 5000; ++i) text += piece;
  const Names names = read(text);
  EXPECT_GT(names.mentions.size(), 5000u);
}

}  // namespace
}  // namespace demarche
