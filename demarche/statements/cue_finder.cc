// For every token that a row of the lexicon matches, the frames of the row are tried in order of certainty: a finite clause,
// the clause around an interposed cue, infinitives, object with predicate or preposition, a bare object. What each gives is a
// list of token ranges; "that", a cue's own marks and punctuation at the ends are no part of content.

#include "demarche/statements/cue_finder.h"

#include <algorithm>
#include <array>
#include <optional>

#include "demarche/statements/frames.h"
#include "demarche/statements/nominal_cues.h"
#include "demarche/statements/speaker_words.h"

namespace demarche::attribution {
namespace {

constexpr uint32_t kMaxParticleGap = 8;  // tokens between a verb and its particle ("brushed the resolution aside")

// Passives without an agent attribute only where convention says so: "is believed to", "it was reported that".
bool impersonal_passive(const ParsedSentence& view, uint32_t v) {
  static constexpr std::array<std::string_view, 8> kVerbs = {"believe", "say", "think", "report", "understand", "allege", "rumor", "suspect"};
  return view.passive(v) && std::find(kVerbs.begin(), kVerbs.end(), view.lemma(v)) != kVerbs.end();
}

// "Yonhap quoted X as saying ...", "X was quoted by Yonhap as saying ...": X speaks, Yonhap relays. By the order of words: the
// parser hangs what was said on either verb.
std::optional<Draft> quoted_as(const ParsedSentence& view, uint32_t v, const CueMatch& match) {
  constexpr uint32_t kMaxBetween = 24;  // tokens of the speaker's phrase
  if (v < 2 || !view.is(v - 1, "as") || !view.has_xpos(v, "VBG")) return {};
  uint32_t quote = v;
  for (uint32_t i = v - 1; i-- > 0 && i + kMaxBetween > v && quote == v;)
    if (view.lemma(i) == "quote" || view.lemma(i) == "cite") quote = i;
  if (quote == v) return {};
  Draft draft;
  const bool passive = view.passive(quote) || (quote > 0 && view.node(quote - 1).upos == Upos::AUX && view.lemma(quote - 1) == "be");
  if (passive) {
    draft.speaker = phrase_before(view, quote, {0, quote});
    if (draft.speaker.empty()) draft.speaker = last_subject(view, {0, quote});
    const int32_t agent = view.child(quote, Deprel::obl_agent);
    if (agent >= 0) draft.relayer = phrase_of(view, u(agent), {quote + 1, v});
  } else {
    draft.speaker = phrase_after(view, quote, {quote + 1, v - 1});
    draft.relayer = speaker_of(view, quote);
    if (draft.relayer.empty()) draft.relayer = last_subject(view, {0, quote});
  }
  uint32_t end = view.size();
  while (end > v + 1 && view.punct(end - 1) && !view.is_any(end - 1, {")", "%"})) --end;
  const auto f = found(view, Pattern::clause, {{v + 1, end}});
  if (!f || draft.speaker.empty()) return {};
  draft.row = match.row;
  draft.pattern = Pattern::clause;
  draft.sentence = view.id();
  draft.cue_token = quote;
  draft.cue = v - quote <= 2 ? view.span({quote, v + 1}) : view.token(v);
  draft.content = spans_of(view, f->parts);
  return draft;
}

// "said X" where X was read as the object and the content stands before.
SpeakerWords inverted_speaker(const ParsedSentence& view, uint32_t v, const Found& f) {
  if (f.parts.empty() || f.parts.front().first > v) return {};
  const int32_t object = view.child(v, Deprel::obj);
  if (object < 0 || u(object) < v) return {};
  return phrase_of(view, u(object), {v + 1, view.size()});
}

// The word order's own marks come first: they are surer than a tree. A bare object comes last.
std::optional<Found> content_of(const ParsedSentence& view, uint32_t v, const CueMatch& match, const CueLexicon& lexicon) {
  if (auto f = that_clause(view, v, match)) return f;
  if (auto f = closing_attribution(view, v, match, lexicon)) return f;
  if (auto f = told_clause(view, v, match, lexicon)) return f;
  auto by_tree = content_by_tree(view, v, match);
  if (by_tree && by_tree->pattern != Pattern::object) return by_tree;
  if (auto f = object_by_order(view, v, match)) return f;
  if (by_tree) return by_tree;
  return clause_by_order(view, v, match);
}

// "..., a spokesman quoted her as saying.": her words, relayed.
std::optional<Draft> closing_relay(const ParsedSentence& view, uint32_t v, const CueMatch& match, const CueLexicon& lexicon) {
  if (match.row->words[0] != "quote" || view.passive(v)) return {};
  const auto f = closing_attribution(view, v, match, lexicon);
  if (!f) return {};
  for (uint32_t i = v + 1; i + 1 < view.size() && i < v + 24; ++i) {
    if (!view.is(i, "as") || !view.is_any(i + 1, {"saying", "telling", "warning", "writing", "adding"})) continue;
    Draft draft;
    draft.speaker = phrase_after(view, v, {v + 1, i});
    if (draft.speaker.empty()) return {};
    draft.row = match.row;
    draft.pattern = f->pattern;
    draft.sentence = view.id();
    draft.cue_token = v;
    draft.cue = view.span({v, v + 1});
    draft.relayer = f->speaker;
    draft.content = spans_of(view, f->parts);
    return draft;
  }
  return {};
}

// The relaying verb of "quoted X as saying": what X says is told at "saying".
bool relays(const ParsedSentence& view, uint32_t v, const CueMatch& match) {
  if (match.row->words[0] != "quote" && match.row->words[0] != "cite") return false;
  for (uint32_t i = v + 1; i + 1 < view.size() && i < v + 24; ++i)
    if (view.is(i, "as") && view.has_xpos(i + 1, "VBG")) return true;
  return false;
}

// What is told of an act and not said: "jailed for criticizing the war", "no sign that they mean to leave", "anyone supporting it".
bool mere_mention(const ParsedSentence& view, uint32_t v, const CueRow& row) {
  if (view.has_xpos(v, "VBG") && v > 0 && view.is(v - 1, "for") && view.head(v) >= 0 && (view.rel(v) == Deprel::advcl || view.rel(v) == Deprel::acl)) return true;
  const bool mental = row.kind == StatementKind::belief || row.kind == StatementKind::intention;
  // "did not want to be identified"
  if (mental)
    for (uint32_t i = v + 1; i < std::min(view.size(), v + 5); ++i)
      if (view.is_any(i, {"named", "identified", "quoted"})) return true;
  const int32_t up = view.head(v);
  if (mental && up > 0 && u(up) < v && (view.rel(v) == Deprel::acl || view.rel(v) == Deprel::acl_relcl || view.rel(v) == Deprel::ccomp) && view.is(u(up) - 1, "no") && view.is(u(up) + 1, "that")) return true;
  return false;
}

// "declined to comment", "refused to say when": nothing was said.
bool refuses_to_speak(const ParsedSentence& view, uint32_t v, const CueMatch& match, const CueLexicon& lexicon) {
  static constexpr std::array<std::string_view, 13> kSilent = {"comment", "speculate", "discuss", "elaborate", "answer", "speak", "talk", "give", "provide", "name", "identify", "be", "get"};
  // "asked not to be named": how, not what.
  if (match.row->words[0] == "ask" || match.row->words[0] == "request")
    for (uint32_t i = v + 1; i < std::min(view.size(), v + 9); ++i)
      if (view.is_any(i, {"named", "identified", "anonymity", "quoted", "withheld", "anonymous", "unnamed"})) return true;
  if (match.row->act != "refuse") return false;
  const int32_t inf = infinitive_child(view, v, true);
  if (inf < 0) return false;
  if (std::find(kSilent.begin(), kSilent.end(), view.lemma(u(inf))) != kSilent.end()) return true;
  for (const CueMatch& m : match_cue(view, u(inf), lexicon, CuePos::verb))
    if ((m.row->frames & kQuote) && (m.row->frames & kClause) && m.row->act.empty()) return true;
  return false;
}

// The speaker of a finite cue that the tree leaves without one: of a coordinated verb the subject before; else the name right
// before the verb group, or a strange word that opens the sentence ("Akar, however, said").
SpeakerWords speaker_by_order(const ParsedSentence& view, uint32_t v) {
  uint32_t i = v;
  while (i > 0 && (view.node(i - 1).upos == Upos::AUX || view.node(i - 1).upos == Upos::ADV) && i - 1 > 0) --i;
  if (i == 0) return {};
  if (view.is_any(i - 1, {"and", "but"})) return last_subject(view, {i > 40 ? i - 40 : 0, i});
  uint32_t first = i;
  while (first > 0 && view.node(first - 1).upos == Upos::PROPN) --first;
  if (first < i) return {view.id(), {first, i}, i - 1};
  const std::string_view word = view.word(0);
  const bool strange = v <= 5 && word.size() >= 3 && word[0] >= 'A' && word[0] <= 'Z' && !word.ends_with("ly") &&
                       !view.is_any(0, {"however", "meanwhile", "still", "also", "then", "later", "earlier", "there", "here", "now", "yet", "even", "again", "instead", "but", "and", "this", "that", "what", "when", "who", "why", "how",
                                        "while", "after", "before", "since", "indeed", "today", "yesterday", "once", "afterwards", "elsewhere", "moreover", "besides", "asked"});
  const bool beside = v == 1 || (view.is(1, ",") && view.is(v - 1, ","));
  if (strange && beside && view.node(0).upos != Upos::PRON && view.node(0).upos != Upos::DET && view.node(0).upos != Upos::ADP && view.node(0).upos != Upos::SCONJ) return {view.id(), {0, 1}, 0};
  return {};
}

// "gave no assurance that": the "no" fills a gap of a cue of several words.
bool denied_within(const ParsedSentence& view, uint32_t v, const CueMatch& match) {
  if (match.row->kind != StatementKind::speech || std::find(match.row->words.begin(), match.row->words.end(), "no") != match.row->words.end()) return false;
  for (uint32_t i = v + 1; i < match.last; ++i)
    if (view.is(i, "no")) return true;
  return false;
}

std::optional<Draft> verb_attribution(const ParsedSentence& view, uint32_t v, const CueLexicon& lexicon, CuePos pos) {
  for (const CueMatch& match : match_cue(view, v, lexicon, pos)) {
    if (auto relay = closing_relay(view, v, match, lexicon)) return relay;
    if (auto relay = quoted_as(view, v, match)) return relay;
    if (v == after_dateline(view) && view.subject(v) < 0) return {};  // "Asked whether ...": no one said it
    if (relays(view, v, match)) return {};
    if (refuses_to_speak(view, v, match, lexicon) || mere_mention(view, v, *match.row)) return {};
    const std::optional<Found> f = content_of(view, v, match, lexicon);
    if (!f) continue;
    // "repeated an offer to", "rejected the claim that": the noun has the content.
    if (f->pattern == Pattern::object && pos == CuePos::verb) {
      const int32_t object = match.complement >= 0 ? match.complement : view.child(v, Deprel::obj);
      if ((match.row->frames & kObjectWords) != 0 && (object < 0 || lexicon.find(CuePos::noun, view.lemma(u(object))).empty())) continue;
      if (object >= 0 && lends_speaker(view.lemma(v)) && noun_attribution(view, u(object), lexicon)) return {};
    }
    const Reality reality = reality_of(view, v, *match.row);
    if (!reality.told || denied_within(view, v, match)) return {};
    Draft draft;
    draft.row = match.row;
    draft.pattern = f->pattern;
    draft.sentence = view.id();
    draft.cue_token = v;
    draft.cue = cue_words(view, v, match.last);
    draft.content = spans_of(view, f->parts);
    draft.addressee = f->addressee;
    draft.negated = reality.negated;
    draft.speaker = f->speaker.empty() ? speaker_of(view, v) : f->speaker;
    // "..., and aid groups warn that": a noun right before a coordinated cue is its subject, whatever the tree says.
    if (f->speaker.empty() && view.rel(v) == Deprel::conj && view.subject(v) < 0 && v > 1 && finite_verb(view, v) && (view.node(v - 1).upos == Upos::NOUN || view.node(v - 1).upos == Upos::PROPN)) {
      const SpeakerWords own = phrase_before(view, v, {v > 12 ? v - 12 : 0, v});
      if (!own.empty() && own.range.last == v && own.range.first > 0 && view.is_any(own.range.first - 1, {"and", "but", ";"})) draft.speaker = own;
    }
    if (draft.speaker.empty() && f->pattern == Pattern::clause_then_cue) draft.speaker = inverted_speaker(view, v, *f);
    if (draft.speaker.empty() && view.node(v).upos == Upos::NOUN) draft.speaker = phrase_before(view, v, {v > 16 ? v - 16 : 0, v});
    // "The chancellor's spokesman tweets that ...", a verb read as a noun: all that stands before it is the speaker.
    if (view.node(v).upos == Upos::NOUN && !draft.speaker.empty() && draft.speaker.range.last == v && draft.speaker.range.first > after_dateline(view)) {
      bool plain = true;
      for (uint32_t i = after_dateline(view); i < v; ++i) plain = plain && !finite_verb(view, i) && !view.punct(i);
      if (plain) draft.speaker.range.first = after_dateline(view);
    }
    // "It demanded that ..." read as an impersonal "it"
    if (const int32_t it = view.child(v, Deprel::expl); draft.speaker.empty() && it >= 0 && u(it) < v && !view.passive(v) && match.row->kind == StatementKind::speech && finite_verb(view, v))
      draft.speaker = {view.id(), {u(it), u(it) + 1}, u(it)};
    // ", with Lee calling it a trap": a subject of its own behind "with".
    if (view.has_xpos(v, "VBG"))
      for (uint32_t i = v; i-- > 0 && i + 10 > v;) {
        if ((view.is(i, "with") && i + 1 < v && (i == 0 || view.is(i - 1, ","))) || (view.is(i, "and") && i + 2 < v && view.node(i + 1).upos == Upos::PROPN)) {
          const SpeakerWords own = phrase_before(view, v, {i + 1, v});
          if (!own.empty()) draft.speaker = own;
        }
        if (finite_verb(view, i) || view.is_any(i, {",", "with", "and"})) break;
      }
    // "has in the past said": the parser lost the subject, the words before the cue have it.
    if (draft.speaker.empty() && pos == CuePos::verb && match.row->strength >= 0.8f && (f->pattern == Pattern::clause || view.node(v).upos == Upos::NOUN) && !view.passive(v) && view.child(v, Deprel::expl) < 0) {
      draft.speaker = last_subject(view, {v > 16 ? v - 16 : 0, v});
      draft.factor = 0.7f;
    }
    if (draft.speaker.empty() && pos == CuePos::verb && !view.passive(v) && (finite_verb(view, v) || view.has_xpos(v, "VBN"))) {
      draft.speaker = speaker_by_order(view, v);
      draft.factor = 0.75f;
    }
    if (draft.speaker.empty()) {
      if (!impersonal_passive(view, v)) continue;
      draft.pattern = Pattern::passive;
    }
    return draft;
  }
  // "is believed to have left": the subject and the infinitive.
  if (pos == CuePos::verb && impersonal_passive(view, v) && view.child(v, Deprel::nsubj_pass) >= 0) {
    const int32_t inf = infinitive_child(view, v, false);
    const auto rows = lexicon.find(CuePos::verb, view.lemma(v));
    if (inf >= 0 && !rows.empty() && match_cue(view, u(inf), lexicon, CuePos::verb).empty()) {
      Draft draft;
      draft.row = rows.back();
      draft.pattern = Pattern::passive;
      draft.sentence = view.id();
      draft.cue_token = v;
      draft.cue = cue_words(view, v, v + 1);
      if (auto f = found(view, Pattern::passive, {view.extent(u(view.child(v, Deprel::nsubj_pass))), view.extent(u(inf))})) {
        draft.content = spans_of(view, f->parts);
        const int32_t agent = view.child(v, Deprel::obl_agent);
        if (agent >= 0) draft.speaker = phrase_of(view, u(agent), {0, view.size()});
        if (reality_of(view, v, *draft.row).told) return draft;
      }
    }
  }
  return {};
}

}  // namespace

namespace {

// Rows of a verb whose lemma the tagger got wrong: its endings taken off in the regular ways.
std::span<const CueRow* const> rows_by_form(const CueLexicon& lexicon, std::string_view word) {
  if (word.size() < 4 || word.size() > 24 || !(word.ends_with("ed") || word.ends_with("ing") || word.ends_with("s"))) return {};
  std::string stem(word.substr(0, word.size() - (word.ends_with("ing") ? 3 : word.ends_with("ed") ? 2 : 1)));
  for (const std::string& lemma : {stem, stem + "e", stem.ends_with("i") ? stem.substr(0, stem.size() - 1) + "y" : stem,
                                   stem.size() > 3 && stem[stem.size() - 1] == stem[stem.size() - 2] ? stem.substr(0, stem.size() - 1) : stem}) {
    const auto rows = lexicon.find(CuePos::verb, lemma);
    if (!rows.empty()) return rows;
  }
  return {};
}

}  // namespace

std::vector<CueMatch> match_cue(const ParsedSentence& view, uint32_t token, const CueLexicon& lexicon, CuePos pos) {
  std::vector<CueMatch> out;
  auto rows = lexicon.find(pos, view.lemma(token));
  if (rows.empty() && pos == CuePos::verb) rows = rows_by_form(lexicon, view.word(token));
  if (rows.empty() && pos == CuePos::adjective) rows = lexicon.find(pos, view.word(token));  // "concerned", tagged as a participle
  for (const CueRow* row : rows) {
    CueMatch match{row, token + 1, -1};
    bool all = true;
    for (size_t w = 1; w < row->words.size() && all; ++w) {
      all = false;
      uint32_t gap = 0;
      for (uint32_t i = match.last; i < view.size() && gap <= kMaxParticleGap; ++i, ++gap) {
        const bool same = view.is(i, row->words[w]) || view.lemma(i) == row->words[w];
        const bool near = i == match.last || (i == match.last + 1 && view.node(i - 1).upos == Upos::ADV);
        const bool particle = w == 1 && row->words.size() == 2 && view.head(i) == static_cast<int32_t>(token) && view.rel(i) != Deprel::case_;
        if (same && (near || particle)) {
          match.last = i + 1;
          all = true;
          break;
        }
        if (!near && w > 1) break;
      }
    }
    if (!all) continue;
    if (row->words.size() > 1) {
      // "call on X": the noun whose case marker the last word is; "call" + "on" as particle: the object.
      const uint32_t last = match.last - 1;
      const int32_t up = view.head(last);
      if (up > static_cast<int32_t>(last) && view.rel(last) != Deprel::compound_prt) match.complement = up;
      else if (view.rel(last) == Deprel::compound_prt || up == static_cast<int32_t>(token)) match.complement = view.child(token, Deprel::obj);
    }
    out.push_back(match);
  }
  return out;
}

Span cue_words(const ParsedSentence& view, uint32_t cue, uint32_t last) {
  uint32_t first = cue;
  while (first > 0 && view.head(first - 1) == static_cast<int32_t>(cue)) {
    const Deprel rel = view.rel(first - 1);
    const bool group = rel == Deprel::aux || rel == Deprel::aux_pass || rel == Deprel::cop || (rel == Deprel::advmod && view.node(first - 1).upos != Upos::SCONJ);
    if (!group) break;
    --first;
  }
  while (first < cue && view.rel(first) == Deprel::advmod && !view.is_any(first, {"also", "not", "repeatedly", "publicly", "reportedly", "never"})) ++first;
  // "seems to think", "went on to say"
  const int32_t up = view.head(cue);
  if (view.rel(cue) == Deprel::xcomp && up >= 0 && u(up) < cue && cue - u(up) <= 4 && view.to_infinitive(cue)) first = std::min(first, u(up));
  const uint32_t end = last > cue && last - cue <= 4 ? last : cue + 1;
  return view.span({first, end});
}

namespace {

uint32_t token_of(const ParsedSentence& view, uint32_t byte) { return std::min(token_at(view.sentence(), byte), view.size()); }

// The token at which a second cue's own part of the sentence begins, when it stands in an earlier one's content by its place
// but not by its sense: ", adding that", "and urged", ", but Islamabad denied". 0 when there is no such boundary.
uint32_t boundary_before(const ParsedSentence& view, const Draft& draft, bool& takes_speaker) {
  if (draft.row->pos != CuePos::verb) return 0;
  uint32_t i = draft.cue_token;
  while (i > 0 && (view.node(i - 1).upos == Upos::ADV || view.node(i - 1).upos == Upos::AUX)) --i;
  if (i == 0) return 0;
  const bool comma_before = view.is_any(i - 1, {",", "--", "\xE2\x80\x94"});
  if (comma_before && is_gerund(view, draft.cue_token)) {
    takes_speaker = true;
    return i - 1;
  }
  if (view.subject(draft.cue_token) < 0 && view.is_any(i - 1, {"and", "but", "then"})) {
    takes_speaker = true;
    return i >= 2 && view.is(i - 2, ",") ? i - 2 : i - 1;
  }
  // ", but X denied": the phrase of its own speaker, then the conjunction, then the comma.
  if (draft.speaker.empty() || draft.speaker.sentence != view.id()) return 0;
  const uint32_t s = draft.speaker.range.first;
  if (s >= 1 && s < draft.cue_token && view.is(s - 1, ";")) return s - 1;
  // ", with A calling it a trap and B calling it a farce"
  if (s >= 1 && s < draft.cue_token && view.is(s - 1, "and") && view.has_xpos(draft.cue_token, "VBG")) return s - 1;
  // "said they were girls starting out in life while the minister wrote that ..."
  const bool speaks = draft.row->kind == StatementKind::speech || draft.row->kind == StatementKind::writing;
  if (s >= 1 && s < draft.cue_token && speaks && draft.row->strength >= 0.8f && view.is_any(s - 1, {"while", "whereas"})) return s - 1;
  // ", but on Wednesday he told reporters": a time between the conjunction and its clause.
  for (uint32_t k = s; k-- > 1 && k + 5 > s && view.is_any(k + 1 < s ? k + 1 : s - 1, {"on", "in", "at", "by", "last", "this", "later", "earlier", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"});)
    if (view.is_any(k, {"but", "and", "while"}) && view.is(k - 1, ",")) return k - 1;
  // "says she hopes to win, but she knows that ...": what the pronoun thinks is told by whom it stands for.
  const bool own_thought = draft.row->kind != StatementKind::speech && draft.row->kind != StatementKind::writing && view.node(draft.speaker.head).upos == Upos::PRON;
  if (!own_thought && s >= 2 && s < draft.cue_token && view.is_any(s - 1, {"but", "and", "while", "whereas", "yet"}) && view.is_any(s - 2, {",", ";", "--"})) return s - 2;
  return 0;
}

// Ends the content of an earlier cue where a later one's part begins, and hands the speaker on.
void part_from_earlier(const ParsedSentence& view, std::vector<Draft>& earlier, Draft& draft) {
  for (size_t k = earlier.size(); k-- > 0 && earlier.size() - k <= 4;) {
    Draft& before = earlier[k];
    Span& last = before.content.back();
    // "with A describing it as late and B describing it as wrong": B may stand in what A said
    const bool own = is_gerund(view, draft.cue_token) && !draft.speaker.empty() && draft.speaker.sentence == view.id() && draft.speaker.range.last == draft.cue_token && last.contains(view.token(draft.speaker.range.first));
    if (before.cue.begin >= draft.cue.begin || !(last.contains(draft.cue) || own) || last.begin < before.cue.begin) continue;
    bool takes_speaker = false;
    const uint32_t boundary = boundary_before(view, draft, takes_speaker);
    if (boundary == 0 || view.token(boundary).begin <= last.begin) continue;
    const bool speech = draft.row->kind == StatementKind::speech || draft.row->kind == StatementKind::writing;
    if (takes_speaker) {
      const bool participle = is_gerund(view, draft.cue_token);
      // "called for a probe of a missile that India says it fired, and dismissed the offer": the main clause goes on.
      if (view.rel(before.cue_token) == Deprel::acl_relcl && view.is(boundary, ",") && !participle && finite_verb(view, draft.cue_token)) {
        last.end = view.token(boundary).begin;
        continue;
      }
      if (!speech) continue;
      if (!participle) {
        // "said it met the envoy and urged him ...": a past tense beside a past tense may be the content's own; beside
        // another form, or with a cue that adds, it is the speaker's.
        const auto tense = [&](uint32_t token) { return view.node(token).xpos == "VBN" ? std::string("VBD") : view.node(token).xpos; };
        const bool same_tense = tense(draft.cue_token) == tense(before.cue_token);
        bool past_inside = false;
        for (uint32_t i = token_of(view, last.begin); i < boundary; ++i) {
          if (view.node(i).xpos == "VBD" && view.node(i).upos == Upos::VERB) past_inside = true;
          if (finite_verb(view, i) && view.node(i).upos == Upos::AUX) past_inside = false;
        }
        const bool adds = draft.pattern == Pattern::clause || draft.row->words[0] == "add" || draft.row->words[0] == "quote";
        const bool set_off = view.is(boundary, ",") && same_tense && !before.nested;  // "called for talks ..., and dismissed ..."
        // "said it wanted no war but had only defended itself": the content's own pluperfect
        const int32_t aux = view.child(draft.cue_token, Deprel::aux);
        if (draft.pattern == Pattern::object && aux >= 0 && view.lemma(u(aux)) == "have") continue;
        const bool own_clause = draft.pattern == Pattern::clause && (draft.row->frames & kAddressee);
        if ((!same_tense && !own_clause) || (past_inside && !adds && !set_off)) continue;
      }
      (draft.relayer.empty() && draft.row->words[0] != "quote" && view.word(draft.cue_token) != "quoted" ? draft.speaker : draft.relayer) = before.speaker;
    }
    last.end = view.token(boundary).begin;
    if (!before.speaker.empty()) return;
  }
}

}  // namespace

namespace {

// "The ministry insists that ...", "Pakistan denies sheltering ...": a present tense that the tagger took for a plural noun.
bool verb_in_disguise(const ParsedSentence& view, uint32_t i, const CueLexicon& lexicon) {
  if (view.node(i).upos != Upos::NOUN || i == 0 || i + 1 >= view.size()) return false;
  // "The mayor is warning that ..."
  if (view.word(i).ends_with("ing") && view.is(i + 1, "that") && view.lemma(i - 1) == "be" && view.subject(i) >= 0) return true;
  // "..., KCNA reports."
  bool closing = view.word(i).ends_with("s") && i + 2 == view.size() && view.child(i, Deprel::det) < 0;
  bool comma_before = false;
  for (uint32_t j = i; j-- > 0 && j + 8 > i;) comma_before = comma_before || view.is(j, ",");
  closing = closing && comma_before && i > 4;
  // "The ministry plans to expel ...": no other verb is there.
  bool plans = view.word(i).ends_with("s") && i + 2 < view.size() && view.is(i + 1, "to") && view.node(i + 2).xpos == "VB";
  for (uint32_t j = 0; j < view.size() && plans; ++j) plans = !finite_verb(view, j);
  if (plans) {
    const auto rows = lexicon.find(CuePos::verb, view.lemma(i));
    return !rows.empty() && (rows.back()->frames & kInfinitive) && rows.back()->strength >= 0.7f;
  }
  // "New Delhi insists it has shared the files."
  const bool bare = view.word(i).ends_with("s") && i + 2 < view.size() && view.node(i + 1).upos == Upos::PRON && finite_verb(view, i + 2) && view.node(i - 1).upos == Upos::PROPN;
  if (!bare && !closing && !view.is(i + 1, "that") && !view.has_xpos(i + 1, "VBG")) return false;
  const bool heads = view.head(i) < 0 && view.subject(i) >= 0 && view.child(i, Deprel::cop) < 0;  // "Diplomats in Prague fear that ..."
  if (!view.word(i).ends_with("s") && !heads && !lexicon.find(CuePos::noun, view.lemma(i)).empty()) return false;
  if (view.child(i, Deprel::det) >= 0 && !view.word(i).ends_with("s")) return false;
  const Upos before = view.node(i - 1).upos;
  // "blames the other side and denies aiming at it"
  const bool joined = view.is(i - 1, "and") && view.word(i).ends_with("s") && view.has_xpos(i + 1, "VBG") && lexicon.find(CuePos::noun, view.lemma(i)).empty();
  const bool person = lexicon.speaker_class(view.word(i - 1)) != SpeakerClass::unknown;  // "a retired general recalls that", read as an adjective
  const bool set_off = closing && view.is(i - 1, ",");
  if (before != Upos::PROPN && before != Upos::NOUN && before != Upos::PRON && !joined && !person && !set_off) return false;
  for (const CueRow* row : lexicon.find(CuePos::verb, view.lemma(i)))
    if (row->words.size() == 1 && row->strength >= 0.7f && (row->frames & (kClause | kGerund))) return true;
  return false;
}

}  // namespace

namespace {

bool double_mark(const ParsedSentence& view, uint32_t i) { return view.is_any(i, {"\"", "\xE2\x80\x9C", "\xE2\x80\x9D", "``", "''"}); }

// "said it won "every debate" in which it took part and perhaps there should be more": what the tree left out of a main clause's
// content goes on with it after a bare conjunction, after "and that", inside or up to words in quotation marks that nothing
// else attributes.
void take_in_rest(const ParsedSentence& view, const CueLexicon& lexicon, const std::vector<bool>& used, Draft& draft) {
  const uint32_t v = draft.cue_token;
  if (draft.pattern != Pattern::clause || draft.content.size() != 1 || draft.content[0].begin < draft.cue.end || draft.row->pos != CuePos::verb) return;
  if ((draft.row->frames & kClause) == 0 || draft.row->strength < 0.8f || !finite_verb(view, v)) return;
  if (view.head(v) >= 0 && view.rel(v) != Deprel::conj && view.rel(v) != Deprel::parataxis) return;
  const uint32_t first = token_of(view, draft.content[0].begin);
  uint32_t rest = token_of(view, draft.content[0].end), end = view.size();
  while (end > rest && view.punct(end - 1) && !view.is_any(end - 1, {")", "%"})) --end;
  if (rest + 1 >= end) return;
  bool open = false, quoted = false;
  for (uint32_t i = first; i < rest; ++i) open = open != double_mark(view, i);
  for (uint32_t i = rest; i < end; ++i) {
    if (i < used.size() && used[i]) return;
    quoted = quoted || double_mark(view, i);
    if (view.is(i, ";") || view.is(i, "according")) return;
    if (!open && view.verbal(i))
      for (const CueMatch& match : match_cue(view, i, lexicon, CuePos::verb))
        if ((match.row->frames & (kClause | kQuote)) == (kClause | kQuote) && match.row->strength >= 0.7f) return;
  }
  if (open && double_mark(view, rest)) open = false, quoted = false;  // the mark closes right here
  while (rest < end && (double_mark(view, rest) || view.is(rest, ","))) ++rest;
  if (rest + 1 >= end) return;
  const bool comma = rest > first && view.is(rest - 1, ",");
  const bool joined = view.is_any(rest, {"and", "or"}) && (view.is(rest + 1, "that") || (!comma && !finite_verb(view, rest + 1)));
  if (joined || open || quoted) draft.content[0].end = view.token(end - 1).end;
}

}  // namespace

std::vector<Draft> find_tree_attributions(const ParsedSentence& view, const CueLexicon& lexicon, const std::vector<bool>& used) {
  std::vector<Draft> out;
  for (uint32_t i = 0; i < view.size() && out.size() < kMaxCuesInSentence; ++i) {
    if (i < used.size() && used[i]) continue;
    std::optional<Draft> draft;
    if (view.is(i, "according")) draft = according_to(view, i, lexicon);
    const Upos upos = view.node(i).upos;
    const bool participle = view.has_xpos(i, "VBN") || view.has_xpos(i, "VBD") || view.has_xpos(i, "JJ");
    if (!draft && (upos == Upos::VERB || verb_in_disguise(view, i, lexicon))) draft = verb_attribution(view, i, lexicon, CuePos::verb);
    if (!draft && (upos == Upos::ADJ || (upos == Upos::VERB && participle))) draft = adjective_attribution(view, i, lexicon);
    if (!draft && upos == Upos::NOUN) {
      draft = possessed(view, i, lexicon);
      if (!draft) draft = noun_attribution(view, i, lexicon);
    }
    if (!draft) continue;
    take_in_rest(view, lexicon, used, *draft);
    if (draft->content.back().begin > draft->cue.begin) {
      const TokenRange content{token_of(view, draft->content.back().begin), token_of(view, draft->content.back().end)};
      // A quotation's own cue in the content begins another attribution ("after X said ..., Y added: '...'").
      for (uint32_t t = content.first; t < content.last && t < used.size(); ++t) {
        if (!used[t]) continue;
        uint32_t cut = t;
        while (cut > content.first && !view.is(cut, ",") && !(cut + 2 >= t && cut < t && view.is_any(cut, {"and", "but"}))) --cut;
        if (cut > content.first + 1) draft->content.back().end = view.token(cut).begin;
        break;
      }
      // ", according to X" is who told all this.
      for (uint32_t t = content.first + 2; t + 2 < content.last + 1; ++t)
        if (view.is(t, "according") && view.is(t + 1, "to") && view.is(t - 1, ",")) draft->content.back().end = std::min(draft->content.back().end, view.token(t - 1).begin);
      // "said the day was chosen by chance; they had learned of it on Friday": the reporter goes on.
      bool quoted = false;
      for (uint32_t t = content.first; t + 1 < content.last; ++t) {
        quoted = quoted != double_mark(view, t);
        if (!quoted && t > content.first && view.is(t, ";") && !view.is_any(t + 1, {"that", "and"})) draft->content.back().end = std::min(draft->content.back().end, view.token(t).begin);
        // "shrugged it off as weakness: Tehran, he said, was alone": what stands behind the colon is another's.
        const bool of_object = draft->pattern >= Pattern::object_infinitive && draft->pattern <= Pattern::gerund;
        if (!quoted && of_object && t > content.first && view.is(t, ":")) draft->content.back().end = std::min(draft->content.back().end, view.token(t).begin);
        // A bare object ends before what is told of it: "praised the plan, which would ...".
        const bool bare = draft->pattern == Pattern::object || (draft->pattern == Pattern::nominal && draft->factor < 1);
        if (bare && view.is(t, ",") && view.is_any(t + 1, {"which", "who", "whose", "where"})) draft->content.back().end = std::min(draft->content.back().end, view.token(t).begin);
      }
      const uint32_t comment = std::min(reporter_comment(view, content, lexicon), relative_end(view, draft->cue_token, content));
      if (comment < content.last) draft->content.back().end = std::min(draft->content.back().end, view.token(comment).begin);
    }
    // "told reporters to 'watch this space'": reporters are not asked, they are told.
    if (draft->pattern == Pattern::object_infinitive && (draft->row->frames & kAddressee) && draft->addressee >= 0 && view.is_any(u(draft->addressee), {"reporters", "journalists"})) {
      const uint32_t to = u(draft->addressee) + 1;
      if (to + 2 < view.size() && view.is(to, "to") && view.is_any(to + 1, {"\"", "\xE2\x80\x9C"})) draft->content.front().begin = view.token(to + 2).begin;
    }
    // What a quotation's own attribution told before is not told again.
    for (Span& part : draft->content) {
      const uint32_t first = token_of(view, part.begin), end = std::min(token_of(view, part.end), static_cast<uint32_t>(used.size()));
      for (uint32_t t = first; t < end; ++t) {
        if (!used[t] || t >= draft->cue_token) continue;
        uint32_t cut = t + 1;
        while (cut < end && !view.is_any(cut, {".", ";"}) && !(view.word(cut).ends_with(".") && view.word(cut).size() <= 2) && !(view.is(cut, ",") && cut + 1 < end && view.is_any(cut + 1, {"and", "but", "while"}))) ++cut;
        if (cut + 2 < end) part.begin = view.token(view.is(cut, ",") ? cut + 2 : cut + 1).begin;
        else draft->factor *= 0.4f;
      }
    }
    // A noun cue whose verb brought in the same content already ("issued a warning", "the report concluded").
    if (draft->row->pos == CuePos::noun &&
        std::any_of(out.begin(), out.end(), [&](const Draft& d) { return d.content == draft->content && (d.cue.overlaps(draft->cue) || view.span(d.speaker.range).contains(draft->cue)); }))
      continue;
    std::erase_if(out, [&](const Draft& d) {
      return d.row->pos == CuePos::noun && d.content == draft->content && (d.cue.overlaps(draft->cue) || (!draft->speaker.empty() && view.span(draft->speaker.range).contains(d.cue)));
    });
    part_from_earlier(view, out, *draft);
    out.push_back(std::move(*draft));
  }
  // "Ruritania knows of nothing, the minister said.": the closing attribution is not what an earlier cue tells.
  std::vector<bool> inside(out.size());
  for (size_t i = 0; i < out.size(); ++i)
    inside[i] = std::any_of(out.begin(), out.end(), [&view, &other = out[i]](const Draft& closing) {
      // "The council agreed: the ballot would go ahead, its chairman said.": the chairman's words alone
      const bool same = &closing != &other && closing.pattern == Pattern::clause_then_cue && other.cue.end <= closing.content.front().begin && other.content.front().begin == closing.content.front().begin && other.content.front().contains(closing.speaker.empty() ? closing.cue : view.token(closing.speaker.head));
      if (same) return true;
      return &closing != &other && closing.pattern == Pattern::clause_then_cue && closing.content.front().contains(other.cue) && other.content.front().begin >= closing.content.front().end && other.content.front().contains(closing.cue);
    });
  size_t at = 0;
  std::erase_if(out, [&](const Draft&) { return inside[at++]; });
  // Nothing that stands before a closing ", X said" reaches into it.
  for (const Draft& closing : out) {
    if (closing.pattern != Pattern::clause_then_cue) continue;
    for (Draft& other : out) {
      Span& last = other.content.back();
      if (&other != &closing && other.cue.begin < closing.content.front().end && last.contains(closing.cue) && last.begin < closing.content.front().end && closing.content.front().contains(other.cue))
        last.end = closing.content.front().end;
    }
  }
  return out;
}

}  // namespace demarche::attribution
