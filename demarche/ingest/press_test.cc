// Nexis and Factiva text exports, in our own words and in the forms that the two services write.
#include "demarche/ingest/press.h"

#include "demarche/ingest/ingest_fixture.h"

namespace demarche {
namespace {

class Press : public IngestFixture {
 protected:
  // One paragraph a page: what the archive told, then the text.
  std::string tell(const std::string& path) {
    PageSource pages({path}, {});
    std::string out;
    while (const auto page = pages.next()) {
      if (!*page) {
        out += "! " + page->error().substr(dir_.string().size() + 1) + "\n";
        continue;
      }
      const Page& p = **page;
      out += p.title.value_or("-") + " | " + p.publisher.value_or("-") + " | " + (p.given_date ? to_string(*p.given_date) : "-") + " | " + (p.authors.empty() ? "-" : p.authors[0]) + " | " + p.section.value_or("-") + " | " +
             p.language.value_or("-") + " | " + p.url.value_or("-") + "\n" + p.bytes + "\n";
    }
    return out;
  }
};

const std::string kOldNexis =
    "                               1 of 2 DOCUMENTS\n\n\n                             The Strelsau Gazette\n\n                              March 5, 2014 Wednesday\n                              Late Edition - Final\n\n"
    "Border Talks Resume After Night of Shelling\n\nBYLINE: By RUDOLF HENTZAU and FLAVIA ELPHBERG; Fritz Tarlenheim contributed reporting from\nZenda.\n\nSECTION: Section A; Column 0; Foreign Desk; Pg. 1\n\nLENGTH: 1,032 words\n\nDATELINE: STRELSAU\n\n"
    "BODY:\n\n   Envoys of the two governments met again on Tuesday, hours after shells had\nfallen on the bridge.\n\n   \"We came back because we must,\" one of them said.\n\nURL: http://gazette.example/2014/03/05/talks\n\nGRAPHIC: PHOTO: The bridge.\n\n"
    "LOAD-DATE: March 5, 2014\n\nLANGUAGE: ENGLISH\n\nPUBLICATION-TYPE: Newspaper\n\n\n                   Copyright 2014 The Strelsau Gazette\n                              All Rights Reserved\n\n\n"
    "                               2 of 2 DOCUMENTS\n\n\n                     Copyright 2014 Ruritania News Agency\n                              All Rights Reserved\n\n                             Ruritania News Agency\n\n                               March 6, 2014 Thursday 11:45 AM GMT\n\n"
    "Minister denies shelling\n\nLENGTH: 90 words\n\nBODY:\n\n\n   The minister denied on Thursday that the army had fired.\n\nLOAD-DATE: March 6, 2014\n";

TEST_F(Press, OlderNexis) {
  EXPECT_EQ(tell(write("nexis.txt", kOldNexis)),
            "Border Talks Resume After Night of Shelling | The Strelsau Gazette | 2014-03-05 | RUDOLF HENTZAU and FLAVIA ELPHBERG; Fritz Tarlenheim contributed reporting from Zenda. | Section A; Column 0; Foreign Desk; Pg. 1 | en | "
            "http://gazette.example/2014/03/05/talks\n"
            "Border Talks Resume After Night of Shelling\n\nEnvoys of the two governments met again on Tuesday, hours after shells had fallen on the bridge.\n\n\"We came back because we must,\" one of them said.\n"
            "Minister denies shelling | Ruritania News Agency | 2014-03-06 | - | - | - | -\nMinister denies shelling\n\nThe minister denied on Thursday that the army had fired.\n");
}

TEST_F(Press, NewerNexis) {
  const std::string one = "Border Talks Resume After Night of Shelling\nThe Strelsau Gazette\nMarch 5, 2014 Wednesday\n\nCopyright 2014 The Strelsau Gazette All Rights Reserved\nSection: WORLD; Pg. 4\nLength: 412 words\nByline: By Flavia Elphberg\nDateline: STRELSAU\nBody\n\n\n"
                          "Envoys of the two governments met again on Tuesday, hours after shells had fallen on the bridge that joins the two halves of the town.\n\"We came back because we must,\" one of them said: \"There is no other way.\"\n\nLoad-Date: March 5, 2014\n\n\nEnd of Document\n\n\n";
  const std::string two = "Minister denies\nRuritania News Agency\nsoon\n\nCopyright 2014 Ruritania News Agency\nLength: 9 words\nBody\n\nThe minister denied it.\n\nLoad-Date: March 6, 2014\n\nEnd of Document\n";
  EXPECT_EQ(tell(write("n.txt", one + two + "Copyright notes\n")),
            "Border Talks Resume After Night of Shelling | The Strelsau Gazette | 2014-03-05 | Flavia Elphberg | WORLD; Pg. 4 | - | -\n"
            "Border Talks Resume After Night of Shelling\n\nEnvoys of the two governments met again on Tuesday, hours after shells had fallen on the bridge that joins the two halves of the town.\n\n"
            "\"We came back because we must,\" one of them said: \"There is no other way.\"\n"
            "Minister denies | soon | - | - | - | - | -\nMinister denies\n\nThe minister denied it.\n");
}

const std::string kFactiva =
    "Page 1 of 3 \xc2\xa9 2017 Factiva, Inc. All rights reserved.\n\nHD  Ruritania says it will\n    answer shelling\nBY  By Flavia Elphberg\nWC  120 words\nPD  5 July 2017\nET  11:45\nSN  Lakeside News\nSC  LBA\nLA  English\nCY  (c) 2017 Lakeside News Ltd\nLP\n"
    "STRELSAU, July 5 - Ruritania said on Wednesday it would answer the shelling of its border.\n\nTD\nGraustark denied that it had fired.\n\nIN the town, shops stayed shut.\n\nRF  Released\nCO  x\nNS  gpol : Politics\nAN  Document LBA0000020170705ed7500abc\n\n";

TEST_F(Press, FactivaWithAndWithoutLabels) {
  const std::string bare = "Graustark denies shelling\n\nBy Black Michael\n84 words\n6 July 2017\n09:10\nLakeside News\nLBA\nEnglish\n(c) 2017 Lakeside News Ltd\n\nGraustark denied on Thursday that it had fired.\n\nIts minister called the charge absurd.\n\nDocument LBA0000020170706ed76001xy\n\n";
  EXPECT_EQ(tell(write("f.txt", kFactiva + bare)),
            "Ruritania says it will answer shelling | Lakeside News | 2017-07-05 | Flavia Elphberg | - | en | -\nRuritania says it will answer shelling\n\n"
            "STRELSAU, July 5 - Ruritania said on Wednesday it would answer the shelling of its border.\n\nGraustark denied that it had fired.\n\nIN the town, shops stayed shut.\n"
            "Graustark denies shelling | Lakeside News | 2017-07-06 | Black Michael | - | en | -\nGraustark denies shelling\n\nGraustark denied on Thursday that it had fired.\n\nIts minister called the charge absurd.\n");
}

TEST_F(Press, OthersAreNotTaken) {
  using ingest::PressArchive;
  using ingest::sniff_press;
  EXPECT_EQ(sniff_press("He said 3 of 250 DOCUMENTS were lost.\nLength: 3 words\n"), PressArchive::none);
  EXPECT_EQ(sniff_press("1 of 3 DOCUMENTS\nThe end.\n"), PressArchive::none);
  EXPECT_EQ(sniff_press("Document 12\n120 words\n"), PressArchive::none);
  EXPECT_EQ(sniff_press(kOldNexis), PressArchive::nexis);
  EXPECT_EQ(sniff_press(kFactiva), PressArchive::factiva);
}

TEST_F(Press, OldCharsetAndBounds) {
  std::string text = kOldNexis;
  text.replace(text.find("\"We came"), 1, "\x93");
  EXPECT_NE(tell(write("w.txt", text)).find("\xe2\x80\x9cWe came"), std::string::npos);
  IngestOptions options;
  options.max_page_bytes = 600;
  const std::string out = read({write("l.txt", kOldNexis)}, options);
  EXPECT_NE(out.find("! l.txt: is larger than the limit of a page in its document 1\n"), std::string::npos) << out;
  EXPECT_NE(out.find("l.txt#2 article"), std::string::npos) << out;
}

}  // namespace
}  // namespace demarche
