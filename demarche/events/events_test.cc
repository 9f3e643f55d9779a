// The lexicon and the parts that need no model: hand-made trees and names.
#include "demarche/events/events.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "demarche/events/lexicon.h"

namespace demarche {
namespace {

namespace fs = std::filesystem;

const fs::path kData = fs::path(DEMARCHE_SOURCE_DIR) / "data";

constexpr const char* kFiles[] = {"plover.tsv", "frame_classes.tsv", "light_verbs.tsv", "factuality.tsv", "contexts.tsv", "detail_units.tsv", "irregular_verbs.tsv", "frames.tsv",
                                  "detail_words.tsv", "event_confidence.tsv", "kinds.tsv"};

// A copy of the stage's data with one more row in one file.
std::string error_with_row(const std::string& file, const std::string& row) {
  const fs::path dir = fs::temp_directory_path() / ("events_test_" + file + std::to_string(std::hash<std::string>{}(row)));
  fs::create_directories(dir / "en");
  for (const char* name : kFiles) fs::copy_file(kData / "en" / name, dir / "en" / name, fs::copy_options::overwrite_existing);
  std::ofstream(dir / "en" / file, std::ios::app) << row << "\n";
  std::string what;
  try {
    load_frame_lexicon(dir);
  } catch (const Error& e) {
    what = e.what();
  }
  fs::remove_all(dir);
  return what;
}

TEST(FrameLexicon, BrokenRowsStopTheStart) {
  const auto row = [](const std::string& where, const std::string& type, const std::string& flags) {
    return "zz.row\tfoo\tv\t" + where + "\tsubj\tobj\t" + type + "\t\t\t" + flags + "\t0.5\tx\ty\tz";
  };
  EXPECT_EQ(error_with_row("frames.tsv", row("obj:any", "ASSAULT", "civil")), "");
  EXPECT_NE(error_with_row("frames.tsv", row("obj:@no_such_class", "ASSAULT", "")).find("unknown class"), std::string::npos);
  EXPECT_NE(error_with_row("frames.tsv", row("any", "ASSAULT", "")).find("slot:value"), std::string::npos);
  EXPECT_NE(error_with_row("frames.tsv", row("", "FROWN", "")).find("PLOVER"), std::string::npos);
  EXPECT_NE(error_with_row("frames.tsv", row("", "ASSAULT", "loud")).find("unknown flag"), std::string::npos);
  EXPECT_NE(error_with_row("kinds.tsv", "zz\tFROWN\tobj:any\tclash\tx\ty\tz").find("PLOVER"), std::string::npos);
  EXPECT_NE(error_with_row("kinds.tsv", "zz\tASSAULT\t\tclash\tx\ty\tz").find("conditions"), std::string::npos);
  EXPECT_NE(error_with_row("factuality.tsv", "v.zz\tplan\tv\tplanned\tx").find("already"), std::string::npos);
  EXPECT_NE(error_with_row("light_verbs.tsv", "zz\tdo\tobj\tsometimes\t\tx").find("effect"), std::string::npos);
}

TEST(FrameLexicon, FindsVerbsByTheirForms) {
  const FrameLexicon lexicon(kData);
  const auto lemma = [&](std::string_view form) { return lexicon.verb_of_form(form); };
  EXPECT_EQ(lemma("shelled"), lexicon.lexemes().find("shell"));
  EXPECT_EQ(lemma("bombed"), lexicon.lexemes().find("bomb"));
  EXPECT_EQ(lemma("denied"), lexicon.lexemes().find("deny"));
  EXPECT_EQ(lemma("withdrew"), lexicon.lexemes().find("withdraw"));
  EXPECT_EQ(lemma("xylophoned"), kNoSymbol);
}

TEST(FrameLexicon, NarrowTriggersComeFirst) {
  const FrameLexicon lexicon(kData);
  const auto& triggers = lexicon.triggers(lexicon.lexemes().find("launch"));
  ASSERT_GT(triggers.size(), 3U);
  size_t bare = triggers.size(), of = triggers.size();
  for (size_t i = 0; i < triggers.size(); ++i) {
    if (lexicon.frames()[triggers[i].frame].id == "mobilize.launch.bare") bare = i;
    if (lexicon.frames()[triggers[i].frame].id == "mobilize.launch.noun" && of == triggers.size()) of = i;
  }
  EXPECT_LT(of, bare);
}

// One sentence by hand: "Ruritania shelled Graustark", both known parties.
TEST(FindEvents, ReadsAHandMadeTree) {
  const std::string text = "Ruritania shelled Graustark";
  Sentence sentence;
  sentence.span = {0, 27};
  sentence.tokens = {{{0, 9}}, {{10, 17}}, {{18, 27}}};
  Tree tree;
  tree.nodes.resize(3);
  tree.nodes[0] = {Upos::PROPN, Deprel::nsubj, 1, "NNP", "", "Ruritania"};
  tree.nodes[1] = {Upos::VERB, Deprel::root, -1, "VBD", "", "shell"};
  tree.nodes[2] = {Upos::PROPN, Deprel::obj, 1, "NNP", "", "Graustark"};
  Names names;
  names.actors.resize(2);
  for (uint32_t i = 0; i < 2; ++i) {
    names.actors[i].kind = ActorKind::government;
    names.actors[i].party = i == 0 ? "RUR" : "GRK";
    names.actors[i].sector = "GOV";
    Mention m;
    m.span = sentence.tokens[2 * i].span;
    m.sentence = SentenceId{0};
    m.first = m.head = 2 * i;
    m.last = 2 * i + 1;
    m.actor = ActorId{i};
    m.confidence = 1;
    names.mentions.push_back(m);
  }
  const FrameLexiconPtr lexicon = load_frame_lexicon(kData);
  const Sentence sentences[] = {sentence};
  const Tree trees[] = {tree};
  const auto events = find_events(text, 0, sentences, trees, names, {}, {}, Published{}, *lexicon);
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].type, "ASSAULT");
  EXPECT_EQ(events[0].kind, "shelling");
  ASSERT_EQ(events[0].actors.size(), 1U);
  EXPECT_EQ(events[0].actors[0].party, "RUR");
  ASSERT_EQ(events[0].recipients.size(), 1U);
  EXPECT_EQ(events[0].recipients[0].party, "GRK");
  EXPECT_EQ(events[0].evidence, (Span{0, 27}));
  EXPECT_FALSE(events[0].date);
  // Nothing in, nothing out; a sentence without a tree is skipped.
  EXPECT_TRUE(find_events("", 0, {}, {}, Names{}, {}, {}, Published{}, *lexicon).empty());
  const Tree none[] = {Tree{}};
  EXPECT_TRUE(find_events(text, 0, sentences, none, names, {}, {}, Published{}, *lexicon).empty());
}

}  // namespace
}  // namespace demarche
