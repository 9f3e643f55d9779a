#include <gtest/gtest.h>

#include <string>

#include "demarche/article/article.h"
#include "demarche/article/calendars.h"
#include "demarche/article/date_text.h"
#include "demarche/article/dateline.h"
#include "demarche/article/outlets.h"

namespace demarche {
namespace {

const article::DateReader& dates() {
  static const article::DateReader reader(DEMARCHE_SOURCE_DIR "/data/page/months.tsv");
  return reader;
}

Article read_text(std::string bytes) {
  static const ArticleRulesPtr rules = load_article_rules(DEMARCHE_SOURCE_DIR "/data");
  Page page;
  page.format = PageFormat::text;
  page.bytes = std::move(bytes);
  std::vector<Diagnostic> diagnostics;
  return extract_article(page, *rules, diagnostics);
}

struct DateCase {
  const char* text;
  const char* day;
};

TEST(Dates, OtherCalendarsAndScripts) {
  for (const DateCase& c : {
           DateCase{"دوشنبه ۲ تير ۱۳۹۹", "2020-06-22"},
           DateCase{"1399/04/02", "2020-06-22"},
           DateCase{"۱۴۰۲/۱۲/۲۹", "2024-03-19"},
           DateCase{"1 فروردین 1403", "2024-03-20"},
           DateCase{"30 اسفند 1403", "2025-03-20"},
           DateCase{"١٦ أغسطس ٢٠٢٢", "2022-08-16"},
           DateCase{"12 تشرين الثاني 2021", "2021-11-12"},
           DateCase{"24 มกราคม 2565", "2022-01-24"},
           DateCase{"24 มกราคม พ.ศ. 2565", "2022-01-24"},
           DateCase{"令和2年4月17日", "2020-04-17"},
           DateCase{"平成29年9月3日", "2017-09-03"},
           DateCase{"民國109年4月17日", "2020-04-17"},
           DateCase{"２０２０年４月１７日", "2020-04-17"},
           DateCase{"16 फ़रवरी 2020", "2020-02-16"},
           DateCase{"१६ फ़रवरी २०२०", "2020-02-16"},
           DateCase{"5 tháng 8, 2022", "2022-08-05"},
           DateCase{"5 tháng 8 năm 2022", "2022-08-05"},
           DateCase{"12 Hulyo 2021", "2021-07-12"},
           DateCase{"12 Agosti 2021", "2021-08-12"},
           DateCase{"12 جولائی 2021", "2021-07-12"},
       }) {
    const auto found = dates().first(c.text, {});
    ASSERT_TRUE(found) << c.text;
    EXPECT_TRUE(found->has_year) << c.text;
    EXPECT_EQ(to_string(found->day), c.day) << c.text;
    EXPECT_LE(found->end, std::string(c.text).size()) << c.text;
  }
  EXPECT_FALSE(article::persian_day(1399, 13, 1));
  EXPECT_FALSE(dates().first("قرن 14 و 1399 سند", {}));
}

struct LineCase {
  const char* text;
  const char* agency;
  const char* day;  // "" for none
  const char* rest;
};

TEST(Dateline, InTheOrdersThatDesksUse) {
  for (const LineCase& c : {
           LineCase{"STRELSAU, March 5, 2021 (Agency) - The talks began.", "Agency", "2021-03-05", "The talks began."},
           LineCase{"STRELSAU (Meridian Wire) — Friday, August 4, 2023. The talks began.", "Meridian Wire", "2023-08-04", "The talks began."},
           LineCase{"STRELSAU/ZENDA -- August 5, 2022. The talks began.", "", "2022-08-05", "The talks began."},
           LineCase{"ZENDA, Ruritania — The talks began.", "", "", "The talks began."},
           LineCase{"ZENDA, Ruritania (AP) — The talks began.", "AP", "", "The talks began."},
           LineCase{"Zenda, 5 August 2022 (AFP) – The talks began.", "AFP", "2022-08-05", "The talks began."},
           LineCase{"(Yonhap) Aug. 5, 2022 -- The talks began.", "Yonhap", "2022-08-05", "The talks began."},
           LineCase{"ZENDA: (Agency, Aug. 5, 2022) - The talks began.", "", "", ""},
           LineCase{"NEW YORK, 5 Aug 2022 — The talks began.", "", "2022-08-05", "The talks began."},
           LineCase{"Zenda, August 5, 2022: The talks began.", "", "2022-08-05", "The talks began."},
           LineCase{"The minister - a man of few words - was told on August 5, 2022 - a Friday.", "", "", ""},
           LineCase{"Friday, August 5, 2022 was a quiet day - until noon.", "", "", ""},
           LineCase{"Anna Berg, the minister, said on August 5, 2022 - not for the first time - no.", "", "", ""},
       }) {
    const auto line = article::read_dateline(c.text, dates(), {true, false});
    ASSERT_EQ(line.has_value(), c.rest[0] != '\0') << c.text;
    if (!line) continue;
    EXPECT_EQ(line->agency, c.agency) << c.text;
    EXPECT_EQ(line->date ? to_string(line->date->day) : "", c.day) << c.text;
    EXPECT_EQ(std::string(c.text).substr(line->end), c.rest) << c.text;
  }
}

TEST(Outlets, NamesAndCredits) {
  const article::OutletTable table(DEMARCHE_SOURCE_DIR "/data/en/outlets.tsv");
  EXPECT_TRUE(table.is_outlet("The Harbour Ledger"));
  EXPECT_FALSE(table.is_outlet("World News"));
  EXPECT_FALSE(table.is_outlet("Minister leaves the news to his deputy"));
  EXPECT_EQ(table.agency("Agence France-Presse"), "AFP");
  EXPECT_EQ(table.credited("This story originally appeared on Lakeside Times and is published here by agreement."), "Lakeside Times");
  EXPECT_EQ(table.credited("This article was first published by the Conversation."), "Conversation");
  EXPECT_FALSE(table.credited("This story first appeared in German."));
  EXPECT_FALSE(table.credited("Her first book was originally published by a small press."));
  EXPECT_EQ(article::rights_holder("© 2019-2021 Lakeside Times. All rights reserved."), "Lakeside Times");
  EXPECT_EQ(article::rights_holder("Copyright © 2021, The Harbour Ledger"), "The Harbour Ledger");
  EXPECT_EQ(article::rights_holder("© All rights reserved"), "");
}

TEST(Outlets, OfTextReports) {
  const std::string story =
      " Ruritania reopened its only crossing to Graustark on Friday, ending a closure that had lasted since the shelling.\n\n"
      "Graustark answered that it would release the two customs officers whom it has held since January, if calm lasts.\n\n";
  EXPECT_EQ(read_text("Crossing reopens after talks\n\nSTRELSAU, March 5, 2021 (Meridian Wire) -" + story).publisher, "Meridian Wire");
  EXPECT_EQ(read_text("Lakeside Herald\n\nCrossing reopens after talks\n\nBy Jane Doe\n\n" + story).publisher, "Lakeside Herald");
  EXPECT_EQ(read_text("Crossing reopens after talks\n\nJANE DOE, Lakeside Times staff writer\n\n" + story).publisher, "Lakeside Times");
  const Article shared = read_text("Crossing reopens after talks\n\nSTRELSAU (AP) —" + story + "© 2021 Lakeside Herald. All rights reserved.\n");
  EXPECT_EQ(shared.publisher, "Lakeside Herald");
  EXPECT_EQ(shared.original_outlet, "Associated Press");
  EXPECT_FALSE(read_text("Crossing reopens after talks\n\nBy the Foreign News Desk\n\n" + story).publisher);
}

}  // namespace
}  // namespace demarche
