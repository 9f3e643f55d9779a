// News attributes in few, fixed orders of words, and these stand even where a tree goes wrong: the closing attribution (", X
// said."), the complementiser after the cue, "urged X to", "accused X of". Each needs its own marks on the surface and gives up
// when a finite verb stands where none may.

#include <algorithm>

#include "demarche/statements/frames.h"
#include "demarche/statements/speaker_words.h"

namespace demarche::attribution {
namespace {

constexpr uint32_t kMaxPhrase = 40;    // tokens of a speaker's phrase ("X, a spokesman for the ministry of ...")
constexpr uint32_t kMaxTail = 24;      // tokens after a closing cue ("said on Monday at a briefing in Geneva")
constexpr uint32_t kMaxThatGap = 16;   // tokens between a cue and its "that" ("told reporters on Monday that")

bool comma(const ParsedSentence& view, uint32_t i) { return view.is_any(i, {",", "--", "\xE2\x80\x94"}); }

bool has_finite_verb(const ParsedSentence& view, TokenRange r) {
  for (uint32_t i = r.first; i < r.last; ++i)
    if (finite_verb(view, i)) return true;
  return false;
}

uint32_t sentence_end(const ParsedSentence& view) {
  uint32_t last = view.size();
  while (last > 0 && view.punct(last - 1) && !view.is_any(last - 1, {")", "]", "%"})) --last;
  return last;
}

bool is_weekday(const ParsedSentence& view, uint32_t i) {
  return view.is_any(i, {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"});
}

// A subject or a question word: a clause may begin here.
bool begins_clause(const ParsedSentence& view, uint32_t i) {
  const Upos tag = view.node(i).upos;
  return view.nominal(i) || tag == Upos::DET || tag == Upos::ADJ || tag == Upos::NUM || tag == Upos::PRON || view.is_any(i, {"there", "why", "how", "what", "who", "whether"});
}

// "It would go on, he added, and would be over by May": behind the attribution the first clause has a second verb or a second clause.
bool goes_on(const ParsedSentence& view, uint32_t next, uint32_t end) {
  if (!view.is_any(next, {"and", "but", "or"}) || next + 2 >= end) return false;
  uint32_t i = next + 1;
  while (i + 1 < end && view.node(i).upos == Upos::ADV) ++i;
  return view.node(i).xpos == "MD";
}

// The tokens after a cue that still belong to its attribution: addressee, time, place. Ends at a comma or the sentence's end;
// nothing when a finite verb or a complementiser shows that the cue's own content follows.
std::optional<uint32_t> tail_end(const ParsedSentence& view, uint32_t from) {
  uint32_t i = from;
  bool relative = false;
  for (; i < view.size() && i < from + kMaxTail; ++i) {
    if (view.is_any(i, {"\"", "\xE2\x80\x9C", "\xE2\x80\x98", "``", ":"})) return {};  // a quotation follows: it is what was said
    if (comma(view, i) || view.is(i, ";")) return i;
    if (view.is_any(i, {"that", "whether"}) && i <= from + 2) return {};
    if (view.is_any(i, {"who", "which", "where", "when", "after", "before", "while", "as", "because"})) relative = true;
    if (finite_verb(view, i) && !relative) return {};
    if (view.is(i, "to") && i + 1 < view.size() && (view.node(i + 1).xpos == "VB" || view.node(i + 1).upos == Upos::VERB)) return {};
    if (view.is_any(i, {"and", "but"}) && i + 1 < view.size()) {
      // "said on Monday and urged ...": the rest is another cue's.
      const uint32_t next = view.node(i + 1).upos == Upos::ADV ? i + 2 : i + 1;
      if (next < view.size() && finite_verb(view, next)) return i;
    }
  }
  return i < view.size() && i >= from + kMaxTail ? std::nullopt : std::optional(i);
}

// The comma that opens ", X said", walking back over X: its commas (appositions) are passed when the phrase has more to come.
struct Opening {
  uint32_t comma = 0;  // never the first token; 0: none
  SpeakerWords speaker;
};

std::optional<Opening> opening_before(const ParsedSentence& view, uint32_t v, bool need_clause) {
  uint32_t cue_begin = v;
  while (cue_begin > 0 && (view.node(cue_begin - 1).upos == Upos::AUX || view.node(cue_begin - 1).upos == Upos::ADV) && !comma(view, cue_begin - 1)) --cue_begin;
  std::optional<Opening> best;
  const uint32_t stop = cue_begin > kMaxPhrase ? cue_begin - kMaxPhrase : 0;
  // The verb of a relative clause ("X, which reported ...") closes nothing.
  const int32_t own = view.subject(v);
  if (own >= 0 && view.is_any(u(own), {"who", "which", "that", "what"})) return {};
  bool relative = false;
  for (uint32_t i = cue_begin; i-- > stop;) {
    if (finite_verb(view, i) || view.is_any(i, {"that", "because", ";", ":", "\"", "\xE2\x80\x9D"})) {
      if (!finite_verb(view, i) || (i > 0 && comma(view, i - 1))) break;
      // A finite verb inside the phrase is that of a relative clause ("a minister, who resigned, said").
      bool opens = false;
      for (uint32_t j = i; j-- > stop && j + 12 > i;)
        if (view.is_any(j, {"who", "which", "that"})) opens = true;
      if (!opens) break;
      relative = true;
      continue;
    }
    if (!comma(view, i) || i + 1 >= cue_begin || i < 2) continue;
    const uint32_t first = i + 1;
    const Upos tag = view.node(first).upos;
    const bool phrase_start = tag == Upos::DET || tag == Upos::PROPN || tag == Upos::NOUN || tag == Upos::PRON || tag == Upos::ADJ || tag == Upos::NUM || tag == Upos::VERB;
    if (!phrase_start || view.is_any(first, {"who", "which", "where", "when", "said", "and", "according", "citing", "including"}) || has_finite_verb(view, {first, first + 1})) continue;
    // The head: the first noun phrase after the comma.
    uint32_t head = first;
    for (int step = 0; step < 12; ++step) {
      const int32_t up = view.head(head);
      if (up < static_cast<int32_t>(first) || static_cast<uint32_t>(up) >= cue_begin || !view.nominal(static_cast<uint32_t>(up))) break;
      head = static_cast<uint32_t>(up);
    }
    if (!view.nominal(head)) continue;
    SpeakerWords speaker{view.id(), {view.node(first).upos == Upos::CCONJ ? first + 1 : first, cue_begin}, head};
    while (!speaker.range.empty() && view.punct(speaker.range.last - 1) && !view.is(speaker.range.last - 1, ")")) --speaker.range.last;
    // "our army -- as we have warned -- will answer"
    bool as = false;
    for (uint32_t j = first; j < cue_begin; ++j) as = as || view.is(j, "as");
    if (as) continue;
    bool bare_relative = false;  // "an ambition which Tehran [denies]"
    for (uint32_t j = first + 1; j < cue_begin && !relative; ++j) bare_relative = bare_relative || (view.is_any(j, {"who", "which", "that", "what", "whom"}) && view.node(j).upos == Upos::PRON);
    if (bare_relative) continue;
    // Before the comma there must be a clause.
    uint32_t front = after_dateline(view);
    for (uint32_t j = front; j < i; ++j)
      if (view.is(j, ";") && !has_finite_verb(view, {j, i})) front = j + 1;  // "...; without them, he said, it could not last"
    bool clause = has_finite_verb(view, {front, i});
    for (uint32_t j = front; j < i && !clause && i >= front + 4; ++j) clause = view.node(j).upos == Upos::VERB && !view.is_any(j, {"according", "including", "following"});
    if (clause || !need_clause) {
      const bool closes_apposition = view.node(first).upos != Upos::PROPN && comma(view, cue_begin - 1);
      best = Opening{i, speaker};
      if (!relative && !closes_apposition && !comma(view, cue_begin - 1)) break;  // the shortest phrase wins unless an apposition closes before the cue
      if (relative || (closes_apposition && best && speaker.range.last - speaker.range.first > 3 && view.node(head).upos == Upos::PROPN)) break;
    }
  }
  // "the F.S.B., the domestic intelligence service, Dmitri Vidak, the president's spokesman, said": the speaker begins at the name.
  if (best && relative == false) {
    const TokenRange r = best->speaker.range;
    for (uint32_t i = r.first + 1; i + 3 < r.last; ++i) {
      if (!comma(view, i) || view.node(i + 1).upos != Upos::PROPN) continue;
      uint32_t end = i + 1;
      while (end < r.last && view.node(end).upos == Upos::PROPN) ++end;
      if (end + 1 >= r.last || !comma(view, end) || view.node(r.first).upos == Upos::PROPN) continue;
      best = Opening{i, {view.id(), {i + 1, r.last}, i + 1}};
      for (uint32_t k = i + 1; k < end; ++k)
        if (view.head(k) < static_cast<int32_t>(i + 1) || view.head(k) >= static_cast<int32_t>(end)) best->speaker.head = k;
      break;
    }
  }
  return best;
}

// ", some of them abroad, said a Western official who was there.": who speaks stands behind the cue, a person or a body.
SpeakerWords speaker_behind(const ParsedSentence& view, uint32_t v, const CueLexicon& lexicon) {
  if (v < 3 || v + 2 >= view.size() || !comma(view, v - 1) || is_weekday(view, v + 1)) return {};
  const Upos first = view.node(v + 1).upos;
  if (first != Upos::DET && first != Upos::PROPN && first != Upos::ADJ && first != Upos::NOUN) return {};
  const SpeakerWords words = phrase_after(view, v, {v + 1, view.size()});
  if (words.empty() || words.range.first != v + 1) return {};
  const SpeakerClass c = lexicon.speaker_class(view.lemma(words.head));
  const bool person = c == SpeakerClass::person || c == SpeakerClass::role || c == SpeakerClass::spokesperson;
  return person ? words : SpeakerWords{};
}

// "In between, she testified, she was beaten": an adverbial before, the clause behind.
Opening opening_behind_adverbial(const ParsedSentence& view, uint32_t v, uint32_t tail) {
  uint32_t begin = after_dateline(view);
  for (uint32_t i = begin; i < v; ++i)
    if (view.is(i, ";")) begin = i + 1;
  const Upos first = view.node(begin).upos, next = view.node(tail + 1).upos;
  const bool adverbial = (first == Upos::ADP || first == Upos::ADV) && !view.is_any(begin, {"according", "like", "as"});
  const bool subject = next == Upos::DET || next == Upos::PRON || next == Upos::PROPN || next == Upos::NOUN;
  if (!adverbial || !subject || !has_finite_verb(view, {tail + 2, sentence_end(view)})) return {};
  const Opening opening = opening_before(view, v, false).value_or(Opening{});
  if (opening.comma > begin + 8 || opening.speaker.range.first != opening.comma + 1) return {};
  return opening;
}

// Where in the words before a closing attribution begins what was said: behind a semicolon or colon, when the words before it are cut by the
// attribution or tell what somebody who can speak did ("Tavik refused the loan: there was not enough, she told them").
uint32_t said_from(const ParsedSentence& view, TokenRange before, const SpeakerWords& speaker, bool interrupted, const CueLexicon& lexicon) {
  constexpr int kMostMarks = 4;
  const bool pronoun = view.node(speaker.head).upos == Upos::PRON;
  const auto told_of = [&](uint32_t mark) {
    for (uint32_t i = mark; i-- > before.first;)
      if (view.rel(i) == Deprel::nsubj && view.nominal(i)) {
        const SpeakerClass c = lexicon.speaker_class(view.lemma(i));
        return view.node(i).upos == Upos::PROPN || c == SpeakerClass::body || c == SpeakerClass::role || c == SpeakerClass::spokesperson;
      }
    return false;
  };
  bool quoted = false;
  int marks = 0;
  for (uint32_t i = before.last; i-- > before.first && marks < kMostMarks;) {
    quoted = quoted != view.is_any(i, {"\"", "\xE2\x80\x9C", "\xE2\x80\x9D"});
    if (!view.is_any(i, {";", ":"})) continue;
    if (interrupted) return i + 1;
    ++marks;
    if (!quoted && i >= before.first + 2 && i + 2 < before.last && has_finite_verb(view, {before.first, i}) && has_finite_verb(view, {i + 1, before.last}) && (pronoun || told_of(i))) return i + 1;
  }
  return before.first;
}

// ", X said, <rest of the clause>": the rest counts when it is neither a new clause nor a participle.
bool rest_is_said(const ParsedSentence& view, TokenRange before, TokenRange rest) {
  const bool new_clause = view.node(rest.first).upos == Upos::CCONJ || view.has_xpos(rest.first, "VBG") ||
                          view.is_any(rest.first, {"which", "who", "whose", "where", "as", "after", "while", "when", "before", "though", "although", "according", "citing", "in", "on", "a", "an", "with", "but", "and"});
  const bool unfinished = !has_finite_verb(view, before) || before.last - before.first < 5;
  return (!new_clause || unfinished || goes_on(view, rest.first, rest.last)) && has_finite_verb(view, rest);
}

}  // namespace

bool finite_verb(const ParsedSentence& view, uint32_t i) {
  const std::string& x = view.node(i).xpos;
  return (x == "VBD" || x == "VBZ" || x == "VBP" || x == "MD") && (view.node(i).upos == Upos::VERB || view.node(i).upos == Upos::AUX);
}

uint32_t after_dateline(const ParsedSentence& view) {
  constexpr uint32_t kMaxDateline = 18;
  if (view.size() < 4) return 0;
  const std::string_view first = view.word(0);
  const bool upper = first.size() >= 2 && std::all_of(first.begin(), first.end(), [](char c) { return !(c >= 'a' && c <= 'z'); }) && std::any_of(first.begin(), first.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  if (!upper) return 0;
  for (uint32_t i = 1; i < std::min(view.size() - 1, kMaxDateline); ++i) {
    if (view.node(i).upos == Upos::VERB && finite_verb(view, i)) return 0;
    if (view.is_any(i, {"--", "\xE2\x80\x94", "\xE2\x80\x93"})) return i + 1;
    if (view.is(i, "-") && view.token(i).begin > view.token(i - 1).end) return i + 1;
  }
  return 0;
}

std::optional<Found> closing_attribution(const ParsedSentence& view, uint32_t v, const CueMatch& match, const CueLexicon& lexicon) {
  const CueRow& row = *match.row;
  if ((row.frames & (kClause | kQuote)) == 0 || row.strength < 0.7f) return {};
  // A past tense read as a participle ("an aide to the president told reporters").
  bool perfect = false;  // "investigators have said"
  for (const uint32_t c : view.children(v)) perfect = perfect || (view.rel(c) == Deprel::aux && c < v && view.lemma(c) == "have" && finite_verb(view, c));
  const bool past = finite_verb(view, v) || (perfect && view.has_xpos(v, "VBN")) || (view.has_xpos(v, "VBN") && row.strength >= 0.85f && v > 0 && view.nominal(v - 1) && view.child(v, Deprel::aux) < 0 && !view.passive(v) && !(v + 1 < view.size() && view.is_any(v + 1, {"by", "in", "of"})));
  const bool disguised = view.node(v).upos == Upos::NOUN && v + 2 == view.size();
  if (!past && !disguised) return {};
  const std::optional<uint32_t> tail = tail_end(view, match.last);
  if (!tail) return {};
  Opening opening = opening_before(view, v, true).value_or(Opening{});
  bool interrupted = false;
  const bool inverts = (row.frames & (kClause | kQuote)) == (kClause | kQuote) && (row.frames & (kObjectAs | kObjectPredicate | kObjectOf | kObjectFor)) == 0 && row.strength >= 0.8f &&
                       (row.act.empty() || row.act == "warn" || row.act == "announce" || row.act == "reply" || row.act == "admit");
  if (inverts && has_finite_verb(view, {after_dateline(view), v}))
    if (const SpeakerWords behind = speaker_behind(view, v, lexicon); !behind.empty()) opening = Opening{v - 1, behind};
  // "The truce, the general said, would last": what stands before is the subject of what stands behind.
  if (opening.comma == 0 && *tail + 1 < view.size() && comma(view, *tail) && finite_verb(view, *tail + 1)) {
    opening = opening_before(view, v, false).value_or(Opening{});
    interrupted = opening.comma > 0;
  }
  // "In between, she testified, she was beaten": an adverbial before, the clause behind.
  if (opening.comma == 0 && *tail + 2 < view.size() && comma(view, *tail) && view.subject(v) >= 0 && view.subject(v) < static_cast<int32_t>(v) && row.strength >= 0.8f) {
    opening = opening_behind_adverbial(view, v, *tail);
    interrupted = opening.comma > 0;
  }
  // "..., X expressed support": a cue with an object of its own closes nothing, unless that is whom it told.
  const int32_t own_object = view.child(v, Deprel::obj);
  const uint32_t begin = after_dateline(view);
  // "When the bell rang, X said ...": a subordinate clause alone is no content.
  bool subordinate = view.is_any(begin, {"when", "after", "while", "before", "since", "as", "once", "although", "though", "until", "unless", "if"});
  for (uint32_t i = begin; i < opening.comma && subordinate; ++i) subordinate = !comma(view, i);
  // ... unless the main clause follows: "When the bell rang, X said, the ship sank."
  const bool resumed = *tail + 2 < view.size() && comma(view, *tail) && view.subject(v) >= 0 && begins_clause(view, *tail + 1) && has_finite_verb(view, {*tail + 2, std::min(view.size(), *tail + 12)});
  if (subordinate && resumed) interrupted = true;
  if (opening.comma > 0 && !interrupted && view.child(v, Deprel::ccomp) > static_cast<int32_t>(v) && view.extent(u(view.child(v, Deprel::ccomp))).first > v) return {};
  if (opening.comma > 0 && own_object > static_cast<int32_t>(v) && (row.frames & kAddressee) == 0 && row.words[0] != "quote") return {};
  // ", said X": the comma stands before the cue.
  const int32_t subject = view.subject(v);
  if (opening.comma == 0 && inverts && (subject < 0 || subject > static_cast<int32_t>(v)) && v > 2 && comma(view, v - 1) && has_finite_verb(view, {after_dateline(view), v - 1})) {
    SpeakerWords speaker = phrase_after(view, v, {v + 1, view.size()});
    if (!speaker.empty() && speaker.range.first <= v + 2) opening = Opening{v - 1, speaker};
  }
  if (opening.comma == 0) return {};
  if ((subordinate && !resumed) || view.is(begin, "asked")) return {};
  const uint32_t front = said_from(view, {begin, opening.comma}, opening.speaker, interrupted, lexicon);
  std::vector<TokenRange> parts = {{front, opening.comma}};
  const uint32_t end = sentence_end(view);
  if (*tail + 1 < end && comma(view, *tail) && view.subject(v) >= 0 && rest_is_said(view, {begin, opening.comma}, {*tail + 1, end})) parts.push_back({*tail + 1, end});
  auto f = found(view, Pattern::clause_then_cue, parts);
  if (!f) return {};
  f->speaker = opening.speaker;
  const int32_t object = view.child(v, Deprel::obj) >= 0 ? view.child(v, Deprel::obj) : view.child(v, Deprel::iobj);
  if (object > static_cast<int32_t>(v) && (row.frames & kAddressee)) f->addressee = object;
  return f;
}

uint32_t relative_end(const ParsedSentence& view, uint32_t cue, TokenRange r) {
  const int32_t subject = view.subject(cue);
  if (subject < 0 || !view.is_any(u(subject), {"who", "which"}) || u(subject) == 0 || !comma(view, u(subject) - 1)) return r.last;
  for (uint32_t i = r.first + 1; i + 1 < r.last; ++i)
    if (comma(view, i) && (finite_verb(view, i + 1) || (i + 2 < r.last && view.node(i + 1).upos == Upos::ADV && finite_verb(view, i + 2)))) return i;
  return r.last;
}

uint32_t reporter_comment(const ParsedSentence& view, TokenRange r, const CueLexicon& lexicon) {
  for (uint32_t i = r.first + 2; i + 3 < r.last; ++i) {
    if (!comma(view, i)) continue;
    // ", a charge that the ministry rejected": a comment on the saying, not said.
    if (view.is_any(i + 1, {"a", "an"})) {
      for (uint32_t j = i + 2; j < std::min(r.last - 1, i + 6); ++j)
        if (view.node(j).upos == Upos::NOUN) {
          if (view.is_any(j + 1, {"that", "which"}) && !lexicon.find(CuePos::noun, view.lemma(j)).empty()) return i;
          break;
        }
    }
    // ", a day after the jet was shot down": the reporter sets the saying beside it.
    if (view.is_any(i + 1, {"a", "an", "one", "two", "three", "hours", "days", "weeks", "minutes", "just"}))
      for (uint32_t j = i + 2; j < std::min(r.last, i + 5); ++j)
        if (view.is_any(j, {"after", "before"}) && view.is_any(j - 1, {"day", "days", "week", "weeks", "month", "months", "year", "years", "hour", "hours", "minutes"})) return i;
    // ", after earlier reporting 50 deaths": what the speaker did.
    if (view.is_any(i + 1, {"after", "before", "while", "hours", "days", "minutes"}))
      for (uint32_t j = i + 2; j < std::min(r.last, i + 4); ++j)
        if (view.has_xpos(j, "VBG") && !view.is(j, "having")) return i;
  }
  return r.last;
}

std::optional<Found> that_clause(const ParsedSentence& view, uint32_t v, const CueMatch& match) {
  const CueRow& row = *match.row;
  if ((row.frames & (kClause | kQuestion)) == 0) return {};
  // "asked why the ship had turned back": the question word right after the cue or its addressee.
  if (row.frames & kQuestion) {
    uint32_t i = match.last;
    if (i + 2 < view.size() && (row.frames & kAddressee) && view.nominal(i)) ++i;
    if (i + 2 < view.size() && view.is_any(i, {"whether", "why", "how"}) && has_finite_verb(view, {i, std::min(view.size(), i + 20)})) {
      const TokenRange extent = view.extent(v);
      const uint32_t end = view.head(v) >= 0 && view.rel(v) != Deprel::conj ? std::max(i + 2, std::min(sentence_end(view), extent.last)) : sentence_end(view);
      return found(view, Pattern::clause, {{i, end}});
    }
  }
  if ((row.frames & kClause) == 0) return {};
  uint32_t that = 0;
  for (uint32_t i = match.last; i < std::min(view.size(), match.last + kMaxThatGap) && that == 0; ++i) {
    const bool pronoun = view.node(i).upos == Upos::PRON;
    // Read as a relative pronoun of a phrase between ("said at a meeting that he will go"): the cue has nothing else to say.
    const bool free = pronoun && row.strength >= 0.8f && i > match.last && view.child(v, Deprel::ccomp) < 0 && (view.child(v, Deprel::obj) < 0 || (row.frames & kAddressee)) &&
                      i + 1 < view.size() && !finite_verb(view, i + 1);
    // "charged that countries ...", read as "that countries": no plural has that determiner.
    const bool disguised = i == match.last && view.node(v).upos == Upos::NOUN && i + 2 < view.size() && !finite_verb(view, i + 1);
    const bool misread = disguised || (i == match.last && view.node(i).upos == Upos::DET && i + 1 < view.size() && view.has_xpos(i + 1, "NNS"));
    if (view.is(i, "that") && (view.node(i).upos == Upos::SCONJ || view.rel(i) == Deprel::mark || free || misread)) that = i;
    else if ((view.node(i).upos == Upos::VERB && view.rel(i) != Deprel::amod && view.rel(i) != Deprel::compound && !(view.rel(i) == Deprel::acl && view.has_xpos(i, "VBN"))) || finite_verb(view, i) || view.is_any(i, {":", ";", "\"", "\xE2\x80\x9C"})) return {};
  }
  if (that == 0) return {};
  // "said the spate of killings demands that ...": the cue has a clause of its own, and the complementiser is inside it.
  const bool dated = view.is_any(that - 1, {"before", "earlier", "later", "ago"});  // "had said the week before that"
  if (that > match.last + 2 && (row.frames & kAddressee) == 0 && !dated && !is_weekday(view, match.last) && !view.is_any(match.last, {"last", "this", "late", "early", "today", "yesterday", "earlier"})) {
    const Upos first = view.node(match.last).upos;
    if (first == Upos::DET || first == Upos::NOUN || first == Upos::PROPN || first == Upos::PRON || first == Upos::ADJ) return {};
  }
  // The conjunction belongs to a noun ("announced a decision that ...") unless it is an addressee or a time between.
  for (uint32_t i = match.last; i < that; ++i)
    if (view.node(i).upos == Upos::NOUN && i + 1 == that && (row.frames & (kAddressee | kQuote)) != (kAddressee | kQuote) && view.rel(i) == Deprel::obj) return {};
  uint32_t end = sentence_end(view);
  const TokenRange extent = view.extent(v);
  // ", dropping an earlier denial": a participle that the tree hangs on the cue is the speaker's own doing.
  for (const uint32_t c : view.children(v))
    if (view.rel(c) == Deprel::advcl && is_gerund(view, c) && view.extent(c).first > that + 3 && comma(view, view.extent(c).first > 0 && !comma(view, view.extent(c).first) ? view.extent(c).first - 1 : view.extent(c).first))
      end = std::min(end, view.extent(c).first);
  if (view.head(v) >= 0 && view.rel(v) != Deprel::conj && extent.last > that + 2 && extent.holds(that)) end = std::min(end, extent.last);
  auto f = found(view, Pattern::clause, {{that + 1, end}});
  if (f && (row.frames & kAddressee)) {
    const int32_t object = view.child(v, Deprel::obj) >= 0 ? view.child(v, Deprel::obj) : view.child(v, Deprel::iobj);
    if (object > static_cast<int32_t>(v) && object < static_cast<int32_t>(that)) f->addressee = object;
    // "told The Daily Lantern that", whatever the tree made of the name
    else if (that > match.last && view.nominal(that - 1) && (view.node(match.last).upos == Upos::DET || view.nominal(match.last))) f->addressee = static_cast<int32_t>(that - 1);
  }
  return f;
}

std::optional<Found> told_clause(const ParsedSentence& view, uint32_t v, const CueMatch& match, const CueLexicon& lexicon) {
  const CueRow& row = *match.row;
  if ((row.frames & kAddressee) == 0 || (row.frames & kClause) == 0 || !(finite_verb(view, v) || view.has_xpos(v, "VB")) || view.passive(v)) return {};
  const uint32_t begin = match.last, end = sentence_end(view);
  uint32_t i = begin, told = begin;
  if (i + 3 >= end) return {};
  if (view.is_any(i, {"him", "them", "us", "me", "her"})) {
    ++i;
  } else if (view.node(i).upos == Upos::PROPN) {
    // A name ends where something else begins; two names in a row are parted by what the language model takes for one.
    while (i < end && (view.node(i).upos == Upos::PROPN || (view.is(i, "-") && i + 1 < end && view.token(i).begin == view.token(i - 1).end && view.token(i).end == view.token(i + 1).begin))) ++i;
    for (const EntitySpan& e : view.entities())
      if (e.first == begin && e.last < i && e.type == "organization") i = e.last;
    told = i - 1;
  } else {
    if (view.node(i).upos == Upos::DET || view.rel(i) == Deprel::nmod_poss) ++i;
    uint32_t names = i;
    while (names < end && (view.node(names).upos == Upos::PROPN || (view.word(names)[0] >= 'A' && view.word(names)[0] <= 'Z'))) ++names;
    const bool outlet = names > i && names < end && view.node(begin).upos == Upos::DET && view.node(names).upos == Upos::DET;  // "told the Meridian Wire the cranes ..."
    if (outlet) i = names - 1;
    while (!outlet && i < end && i < begin + 4 && (view.node(i).upos == Upos::ADJ || view.node(i).upos == Upos::PROPN)) ++i;
    if (i >= end || (!outlet && (view.node(i).upos != Upos::NOUN || lexicon.speaker_class(view.lemma(i)) == SpeakerClass::unknown))) return {};
    told = i++;
  }
  if (i < end && view.is(i, "on") && is_weekday(view, i + 1 < end ? i + 1 : i)) i += 2;
  else if (i < end && is_weekday(view, i)) ++i;
  if (i + 2 >= end) return {};
  const Upos first = view.node(i).upos;
  const bool subject = first == Upos::DET || first == Upos::PROPN || first == Upos::NUM || first == Upos::ADJ || (first == Upos::PRON && !view.is_any(i, {"that", "what", "who", "which", "himself", "herself", "themselves"})) ||
                       (first == Upos::ADV && view.is_any(i, {"only", "about", "nearly", "almost", "some", "there"})) || (first == Upos::NOUN && told != begin);
  if (!subject) return {};
  for (uint32_t k = i + 1; k < std::min(end, i + 20); ++k) {
    if (comma(view, k) || view.is_any(k, {"\"", "\xE2\x80\x9C", "that", "who", "which"})) return {};
    if (!finite_verb(view, k)) continue;
    auto f = found(view, Pattern::clause, {{i, end}});
    if (f) f->addressee = static_cast<int32_t>(told);
    return f;
  }
  return {};
}

std::optional<Found> clause_by_order(const ParsedSentence& view, uint32_t v, const CueMatch& match) {
  constexpr uint32_t kMinClause = 4;  // tokens; "said nothing more" is less
  const CueRow& row = *match.row;
  const bool plain = (row.frames & kClause) && (row.frames & kQuote) && (row.frames & kAddressee) == 0 && row.strength >= 0.85f && row.words.size() == 1 && row.kind == StatementKind::speech;
  const int32_t subject = view.subject(v);
  if (!plain || !finite_verb(view, v) || subject < 0 || subject > static_cast<int32_t>(v)) return {};
  uint32_t begin = match.last;
  if (begin + 2 < view.size() && view.is(begin, "on") && is_weekday(view, begin + 1)) begin += 2;
  else if (begin + 1 < view.size() && is_weekday(view, begin)) ++begin;
  const uint32_t end = sentence_end(view);
  if (begin + kMinClause > end) return {};
  const Upos first = view.node(begin).upos;
  if (view.punct(begin) || first == Upos::ADP || first == Upos::CCONJ || first == Upos::SCONJ || first == Upos::ADV) return {};
  // It must have a verb of its own behind a subject.
  for (uint32_t i = begin + 1; i < std::min(end, begin + kMaxPhrase); ++i)
    if (finite_verb(view, i) || view.node(i).upos == Upos::VERB) return found(view, Pattern::clause, {{begin, end}});
  return {};
}

std::optional<Found> clause_beside(const ParsedSentence& view, TokenRange phrase) {
  const uint32_t begin = after_dateline(view), end = sentence_end(view);
  // "According to X, it rained."
  if (phrase.first <= begin + 1 && phrase.last + 2 < end && comma(view, phrase.last)) return found(view, Pattern::according_to, {{phrase.last + 1, end}});
  // "It rained, according to X."
  if ((phrase.last + 1 >= end || view.is(phrase.last, ";")) && phrase.first > begin + 3) {
    uint32_t from = begin;
    for (uint32_t i = begin + 3; i + 3 < phrase.first; ++i)
      if ((comma(view, i) && view.is_any(i + 1, {"but", "while", "although", "though", "whereas"})) || view.is(i, ";")) from = comma(view, i) ? i + 2 : i + 1;
    if (has_finite_verb(view, {from, phrase.first})) return found(view, Pattern::according_to, {{from, phrase.first}});
  }
  return {};
}

std::optional<Found> object_by_order(const ParsedSentence& view, uint32_t v, const CueMatch& match) {
  const CueRow& row = *match.row;
  const uint32_t begin = match.last;
  const uint32_t end = std::min(sentence_end(view), begin + 60);
  if (begin >= end || view.punct(begin) || view.passive(v)) return {};
  const Upos tag = view.node(begin).upos;
  const bool phrase = tag == Upos::DET || tag == Upos::PROPN || tag == Upos::NOUN || tag == Upos::PRON || tag == Upos::ADJ || tag == Upos::NUM || view.is(begin, "both");
  if (!phrase) return {};
  uint32_t stop = end;  // a comma with a new clause, or another finite verb, ends the phrase
  for (uint32_t i = begin; i < end; ++i)
    if (view.is(i, ";") || (view.is_any(i, {"and", "but"}) && i + 1 < end && (finite_verb(view, i + 1) || view.node(i + 1).upos == Upos::VERB)) || (comma(view, i) && i + 1 < end && (view.node(i + 1).upos == Upos::CCONJ || view.has_xpos(i + 1, "VBG") || view.is_any(i + 1, {"which", "according"}) || (view.is(i + 1, "who") && (row.frames & kObjectOf) == 0)))) {
      stop = i;
      break;
    }
  for (uint32_t i = begin + 1; i < std::min(stop, begin + 28); ++i) {
    // "accused Cruz, who was born abroad, of lying": over the relative clause
    if (comma(view, i) && i + 1 < stop && view.is_any(i + 1, {"who", "whose"})) {
      uint32_t close = i + 1;
      while (close < stop && !comma(view, close)) ++close;
      if (close < stop) i = close + 1;
      if (i >= stop) break;
    }
    if (finite_verb(view, i) || i > begin + 28) break;
    if ((row.frames & kObjectInfinitive) && view.is(i, "to") && i + 1 < stop && (view.node(i + 1).xpos == "VB" || (i + 2 < stop && view.punct(i + 1) && view.node(i + 2).xpos == "VB"))) {
      auto f = found(view, Pattern::object_infinitive, {{begin, stop}});
      if (f) f->addressee = static_cast<int32_t>(begin);
      return f;
    }
    if ((row.frames & kObjectWith) && view.is(i, "with") && i > begin) return found(view, Pattern::object_for, {{begin, stop}});
    if ((row.frames & kObjectOf) && view.is(i, "of") && row.strength >= 0.8f) return found(view, Pattern::object_of, {{begin, stop}});
    if ((row.frames & kObjectAs) && view.is(i, "as") && row.strength >= 0.75f) return found(view, Pattern::object_as, {{begin, stop}});
  }
  // "called the pressure irresponsible", "called it a 'new type of ICBM'": two phrases and no verb.
  if ((row.frames & kObjectPredicate) && row.strength >= 0.65f && stop >= begin + 2) {
    bool quoted = false;
    for (uint32_t i = begin; i < stop; ++i) {
      if (view.is_any(i, {"\"", "\xE2\x80\x9C", "\xE2\x80\x9D"})) quoted = !quoted;
      if (!finite_verb(view, i) && !view.is_any(i, {"off", "up"}) && !(!quoted && i > begin + 2 && view.is_any(i, {"because", "although", "after", "before", "while", "since"})) && !(comma(view, i) && i > begin + 2 && !quoted)) continue;
      stop = i;
      break;
    }
    const bool pronoun = view.is_any(begin, {"it", "him", "her", "them", "this", "that", "us", "me", "himself", "itself"}) && stop >= begin + 2;
    bool second = pronoun;
    for (uint32_t i = begin + 1; i < stop && !second; ++i) {
      const bool opens = (view.is_any(i, {"a", "an", "the", "another", "no", "part"}) && view.nominal(i - 1)) || view.is_any(i, {"\"", "\xE2\x80\x9C"});
      const bool predicate = view.node(i).upos == Upos::ADJ && (i + 1 == stop || view.node(i + 1).upos != Upos::NOUN) && (view.node(i - 1).upos == Upos::NOUN || view.node(i - 1).upos == Upos::PROPN);
      const bool hyphened = i + 3 == stop && view.is(i + 1, "-") && (view.node(i + 2).upos == Upos::ADJ || view.node(i + 2).xpos == "VBN") && view.node(i - 1).upos == Upos::NOUN;  // "the report one-sided"
      second = opens || predicate || hyphened;
    }
    if (second) return found(view, Pattern::object_predicate, {{begin, stop}});
  }
  return {};
}

}  // namespace demarche::attribution
