#include "demarche/statements/speaker_words.h"

#include <algorithm>
#include <array>

#include "demarche/statements/frames.h"

namespace demarche::attribution {
namespace {

constexpr uint32_t kMaxRelative = 16;  // tokens of a relative clause that still identifies the speaker ("Lee, who leads the fleet")
constexpr int kMaxClimb = 24;  // steps up the tree; deeper chains are parser noise

bool is_relative_pronoun(const ParsedSentence& view, uint32_t i) { return view.is_any(i, {"who", "which", "that", "whom"}); }

// "who asked not to be named", "who spoke on condition of anonymity": how the speaker wants to be named.
bool tells_anonymity(const ParsedSentence& view, TokenRange clause) {
  const uint32_t last = std::min(clause.last, clause.first + 30);
  for (uint32_t i = clause.first; i < last; ++i)
    if (view.is_any(i, {"anonymity", "anonymous", "unnamed", "named", "identified", "declined", "unidentified", "familiar"})) return true;
  return false;
}

// "who leads the fleet", "who served as envoy": what somebody is, not what they did that day.
bool tells_role(const ParsedSentence& view, TokenRange clause) {
  static constexpr std::array<std::string_view, 34> kRoles = {"administer", "advise", "be", "belong", "chair", "command", "coordinate", "cover", "direct", "edit", "found", "govern", "head", "hold", "live", "lead", "manage",
                                                              "monitor", "oversee", "own", "preside", "represent", "research", "run", "serve", "specialise", "specialize", "spearhead", "study", "supervise", "teach", "track", "work", "write"};
  uint32_t i = clause.first;
  while (i < clause.last && !view.is_any(i, {"who", "whose"})) ++i;
  for (++i; i < std::min(clause.last, clause.first + 8); ++i) {
    if (view.node(i).upos != Upos::VERB && view.node(i).upos != Upos::AUX) continue;
    if (view.node(i).upos == Upos::AUX && i + 1 < clause.last && view.rel(i) != Deprel::cop) continue;
    return std::find(kRoles.begin(), kRoles.end(), view.lemma(i)) != kRoles.end();
  }
  return false;
}

// Raising and control verbs through which a cue keeps the subject of its governor ("seems to think", "went on to say").
bool shares_subject(const ParsedSentence& view, uint32_t cue) {
  return view.rel(cue) == Deprel::xcomp || view.rel(cue) == Deprel::advcl || view.rel(cue) == Deprel::ccomp || view.rel(cue) == Deprel::dep ||
         view.rel(cue) == Deprel::csubj;
}

}  // namespace

SpeakerWords phrase_of(const ParsedSentence& view, uint32_t node, TokenRange within) {
  // A dateline that the parser took for the subject: the phrase behind it is meant.
  if (const uint32_t begin = after_dateline(view); node < begin) {
    uint32_t last = std::min(view.extent(node).last, within.last);
    if (node < within.last && within.last > begin && last <= begin) last = within.last;
    for (uint32_t i = begin; i < std::min(last, begin + 24); ++i) {
      const int32_t up = view.head(i);
      if (view.nominal(i) && (up < static_cast<int32_t>(begin) || up >= static_cast<int32_t>(last))) return phrase_of(view, i, {begin, within.last});
    }
    return {};
  }
  // "The RSF the same day accused": a day is no speaker, the phrase before it is.
  if (view.is_any(node, {"day", "week", "month", "year", "morning", "evening", "night", "afternoon"}) && node > within.first + 1) {
    uint32_t first = node;
    while (first > within.first && view.node(first).upos != Upos::DET) --first;
    if (first > within.first && view.nominal(first - 1) && view.extent(node).first < first) {
      const uint32_t last = first;
      while (first > view.extent(node).first && first > within.first) --first;
      return {view.id(), {first, last}, last - 1};
    }
  }
  TokenRange range = view.extent(node);
  range.first = std::max(range.first, within.first);
  range.last = std::min(range.last, within.last);
  if (range.empty()) return {};
  for (const uint32_t c : view.children(node)) {
    const TokenRange part = view.extent(c);
    const Deprel rel = view.rel(c);
    const bool clause = rel == Deprel::acl_relcl || rel == Deprel::parataxis || rel == Deprel::acl || rel == Deprel::advcl || rel == Deprel::advcl_relcl || rel == Deprel::ccomp;
    if (c > node && clause && part.first > node) {
      const bool comma = part.first > 0 && view.is_any(part.first - 1, {",", "--", "-", "\xE2\x80\x94", "\xE2\x80\x93"});
      const bool opens_with_comma = view.is(part.first, ",");
      const bool short_relative = rel == Deprel::acl_relcl && part.last - part.first <= kMaxRelative && !view.is_any(part.first, {"which", "where"}) && !view.is_any(part.first + 1, {"which", "where"});
      if (rel == Deprel::acl_relcl && tells_role(view, part) && part.last - part.first <= 2 * kMaxRelative) continue;
      if (!(short_relative && !comma && !opens_with_comma) && !tells_anonymity(view, part) && (comma || opens_with_comma || rel == Deprel::parataxis || part.last - part.first > 12)) range.last = std::min(range.last, part.first);
    }
    // "according to X" or "for his part" before the noun, a case marker or conjunction at the front.
    const bool front = c < node && (rel == Deprel::case_ || rel == Deprel::cc || rel == Deprel::mark || rel == Deprel::punct || rel == Deprel::discourse ||
                                    rel == Deprel::cop || rel == Deprel::nsubj || rel == Deprel::expl || rel == Deprel::aux);
    // "On Thursday officials reported"
    const bool adverbial = c < node && part.first == range.first &&
                           ((view.node(part.first).upos == Upos::ADP && rel != Deprel::compound && rel != Deprel::amod) || rel == Deprel::advcl ||
                            (part.last - part.first >= 2 && view.is_any(part.last - 1, {"later", "earlier", "ago", "before", "after"})));
    if ((front || adverbial) && part.last <= node) range.first = std::max(range.first, part.last);
  }
  range.first = std::max(range.first, std::min(after_dateline(view), node));
  // A name that the parser cut in two ("Prime Minister Shinzo | Abe"): its capitals go on.
  while (range.last < within.last && view.node(range.last).upos == Upos::PROPN && range.last > 0 &&
         (view.node(range.last - 1).upos == Upos::PROPN || (range.last == node + 1 && view.node(node).upos == Upos::NOUN)))
    ++range.last;
  // "an official, warning Seoul": what the speaker did besides.
  for (uint32_t i = node + 1; i + 1 < range.last; ++i)
    if (view.is(i, ",") && view.has_xpos(i + 1, "VBG")) range.last = i;
  // A relative clause that tells more than who it is.
  for (uint32_t i = node + 1; i + 1 < range.last; ++i) {
    if (!view.is(i, ",")) continue;
    const bool thing = view.is_any(i + 1, {"which", "where"});
    const bool person = view.is_any(i + 1, {"who", "whose"}) && !tells_role(view, {i + 1, range.last});
    if ((thing || person) && !tells_anonymity(view, {i, range.last})) {
      range.last = i;
      break;
    }
  }
  while (!range.empty() && view.punct(range.first)) ++range.first;
  while (!range.empty() && view.punct(range.last - 1) && !view.is_any(range.last - 1, {")", "]"})) --range.last;
  if (range.empty() || !range.holds(node) || view.is_any(range.first, {"which", "who", "whose", "what"}) || (view.is(range.first, "that") && view.node(range.first).upos != Upos::DET)) return {};
  return {view.id(), range, node};
}

SpeakerWords speaker_of(const ParsedSentence& view, uint32_t cue) {
  uint32_t at = cue;
  for (int step = 0; step < kMaxClimb; ++step) {
    // A passive cue's speaker is its agent; the subject is what is spoken of, except under "quoted as saying".
    const int32_t subject = view.subject(at);
    if (subject >= 0 && !(at == cue && view.passive(at))) {
      const auto s = static_cast<uint32_t>(subject);
      if (is_relative_pronoun(view, s) && view.head(at) >= 0 && (view.rel(at) == Deprel::acl_relcl || view.rel(at) == Deprel::acl)) {
        const auto antecedent = static_cast<uint32_t>(view.head(at));
        return phrase_of(view, antecedent, {0, std::max(antecedent + 1, std::min(view.extent(at).first, s))});
      }
      if (view.node(s).upos == Upos::PRON && view.is_any(s, {"there", "that", "this", "what", "which"})) return {};
      TokenRange within{0, view.size()};
      if (s < at) within.last = at;
      else within.first = at + 1;
      return phrase_of(view, s, within);
    }
    if (at == cue && view.passive(at)) {
      int32_t agent = view.child(at, Deprel::obl_agent);
      if (agent < 0) agent = view.marked_child(at, {Deprel::obl, Deprel::nmod}, "by");
      if (agent >= 0) return phrase_of(view, static_cast<uint32_t>(agent), {0, view.size()});
      if (subject >= 0) return {};
    }
    const int32_t up = view.head(at);
    if (up < 0) return {};
    const auto u = static_cast<uint32_t>(up);
    const Deprel rel = view.rel(at);
    if (rel == Deprel::acl || rel == Deprel::acl_relcl) {
      if (!view.nominal(u)) return {};
      if (rel == Deprel::acl && view.to_infinitive(at)) return {};
      return phrase_of(view, u, {0, std::max(u + 1, view.extent(at).first)});
    }
    // "Lee, an aide, that day accused ...": the parser made the subject the sentence's head.
    if (rel == Deprel::parataxis && view.nominal(u) && u < at && view.subject(u) < 0) return phrase_of(view, u, {0, at});
    if (rel == Deprel::conj || (shares_subject(view, at) && (view.verbal(u) || view.subject(u) >= 0))) {
      // A participle after an interposed attribution takes that one's speaker: "It fell, X said, adding that ...".
      if (rel == Deprel::advcl) {
        for (const uint32_t c : view.children(u))
          if (view.rel(c) == Deprel::parataxis && c < at && view.subject(c) >= 0) return speaker_of(view, c);
      }
      at = u;
      continue;
    }
    return {};
  }
  return {};
}

namespace {

bool weekday_or_month(const ParsedSentence& view, uint32_t i) {
  return view.is_any(i, {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today", "yesterday"}) ||
         (i + 1 < view.size() && view.node(i + 1).upos == Upos::NUM &&
          view.is_any(i, {"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december", "jan.", "feb.", "aug.", "sept.", "oct.", "nov.", "dec."}));
}

// Where a day or a channel begins that the tree took into the speaker ("The paper on Saturday", "Lee in a televised interview").
uint32_t circumstance_in(const ParsedSentence& view, const SpeakerWords& words, const CueLexicon& lexicon) {
  for (uint32_t i = words.head + 1; i < words.range.last; ++i) {
    if (view.is(i, ",") || view.is_any(i, {"who", "whose", "that"})) break;
    if (view.is_any(i, {"in", "while", "after", "before", "when"}) && i + 1 < words.range.last && view.has_xpos(i + 1, "VBG")) return i;
    if (weekday_or_month(view, i) && i > words.range.first + 2 && view.is(i - 1, "of") && view.is(i - 2, "as")) return i - 2;
    if (weekday_or_month(view, i)) return view.is_any(i - 1, {"on", "in"}) ? i - 1 : i;
    if (view.is_any(i, {"in", "during", "at", "on", "via"}) && i + 2 < words.range.last && i + 6 >= words.range.last && view.is_any(i + 1, {"a", "an", "his", "her", "its", "their"}) &&
        !lexicon.channel(view.lemma(words.range.last - 1)).empty())
      return i;
  }
  return words.range.last;
}

// The end of a bracket or an apposition that begins at `i`, or `i`.
uint32_t apposition_end(const ParsedSentence& view, uint32_t i, uint32_t stop, bool inverted, const CueLexicon& lexicon) {
  constexpr uint32_t kMaxApposition = 32;  // tokens
  if (i >= stop) return i;
  if (view.is(i, "(")) {
    for (uint32_t k = i + 1; k < std::min(stop, i + 8); ++k)
      if (view.is(k, ")")) return k + 1;
    return i;
  }
  if (!view.is(i, ",") || i + 1 >= stop) return i;
  uint32_t end = i + 1;
  while (end < stop && !view.is_any(end, {",", ";", "\"", "\xE2\x80\x9C", "--", "\xE2\x80\x94"}) && end < i + kMaxApposition) ++end;
  while (end > i + 1 && view.punct(end - 1) && !view.is(end - 1, ")")) --end;
  if (end == i + 1 || end >= i + kMaxApposition) return i;
  const TokenRange part{i + 1, end};
  // Behind the cue ("said Lee, who has four children") nothing else follows that it could delay.
  if (view.is_any(part.first, {"who", "whose"})) {
    for (uint32_t k = part.first; k < part.last; ++k)
      for (const CueRow* row : view.node(k).upos == Upos::VERB ? lexicon.find(CuePos::verb, view.lemma(k)) : std::span<const CueRow* const>())
        if ((row->frames & kClause) && row->strength >= 0.7f) return i;  // ", who conceded that ..." says something of its own
    return inverted || tells_role(view, part) ? end : i;
  }
  const Upos tag = view.node(part.first).upos;
  if (tag != Upos::DET && tag != Upos::NOUN && tag != Upos::PROPN && tag != Upos::ADJ && tag != Upos::NUM && tag != Upos::PRON) return i;
  bool person = part.last - part.first == 1 && tag == Upos::NUM, relative = false;
  for (uint32_t k = part.first; k < part.last; ++k) {
    relative = relative || view.is_any(k, {"who", "which", "that", "whose"});
    if (finite_verb(view, k) && !relative) return i;
    const SpeakerClass c = relative ? SpeakerClass::unknown : lexicon.speaker_class(view.lemma(k));
    person = person || c == SpeakerClass::person || c == SpeakerClass::role || c == SpeakerClass::spokesperson;
  }
  return person ? end : i;
}

}  // namespace

SpeakerWords full_phrase(const ParsedSentence& view, SpeakerWords words, uint32_t cue, const CueLexicon& lexicon) {
  if (words.empty() || words.sentence != view.id() || view.node(words.head).upos == Upos::PRON) return words;
  const bool inverted = words.range.first > cue;
  // "One minister, X, accused them, and another, Y, said ...": a clause of its own ends before the speaker of the next.
  for (uint32_t i = words.range.first + 2; !inverted && i + 2 < std::min(words.range.last, cue); ++i) {
    if (!view.is(i, "and") || !view.is(i - 1, ",")) continue;
    bool verb = false;
    for (uint32_t k = words.range.first; k < i; ++k) verb = verb || (view.node(k).upos == Upos::VERB && view.has_xpos(k, "VB") && !view.has_xpos(k, "VBG"));
    if (!verb || view.node(i + 1).upos == Upos::VERB) continue;
    const SpeakerWords own = phrase_before(view, cue, {i + 1, cue});
    if (!own.empty()) words = own;
    break;
  }
  if (words.range.first < cue && words.head < cue) words.range.last = std::min(words.range.last, cue);
  while (words.range.last > words.head + 1 && view.is(words.range.last - 1, ",")) --words.range.last;
  // "Sea-Eye spokesperson": what is written as one word
  while (words.range.first >= 2 && view.token(words.range.first - 1).end == view.token(words.range.first).begin && view.token(words.range.first - 2).end == view.token(words.range.first - 1).begin &&
         view.is_any(words.range.first - 1, {"-", "\xE2\x80\x93"}))
    words.range.first -= 2;
  while (words.range.last + 1 < (inverted ? view.size() : cue) && view.is_any(words.range.last, {"-", "\xE2\x80\x93"}) && view.token(words.range.last).begin == view.token(words.range.last - 1).end &&
         view.token(words.range.last).end == view.token(words.range.last + 1).begin) {
    words.range.last += 2;
    while (words.range.last < (inverted ? view.size() : cue) && view.nominal(words.range.last) && (view.node(words.range.last - 1).upos == Upos::PROPN || view.node(words.range.last).upos == Upos::PROPN)) ++words.range.last;
  }
  // "Rep. Lee of Maryland, the panel's chairwoman"
  if (!inverted && words.range.last + 2 < cue && view.is(words.range.last, "of") && view.node(words.range.last - 1).upos == Upos::PROPN && view.node(words.range.last + 1).upos == Upos::PROPN) {
    uint32_t last = words.range.last + 1;
    while (last < cue && view.node(last).upos == Upos::PROPN) ++last;
    if (view.is(last, ",") || last == cue) words.range.last = last;
  }
  bool named = view.node(words.range.last - 1).upos == Upos::PROPN || view.is(words.range.last - 1, ")");
  for (const EntitySpan& e : view.entities()) named = named && !(e.first <= words.head && words.head < e.last && e.type == "place");  // "Russia, Serbia's protector,"
  for (const EntitySpan& e : view.entities())
    if (e.first <= words.head && words.head < e.last && e.type == "place")
      for (uint32_t i = words.head + 1; i < words.range.last; ++i)
        if (view.is(i, ",")) words.range.last = i;
  if (named && (inverted || words.range.last < cue)) {
    const uint32_t stop = inverted ? view.size() : cue;
    uint32_t end = words.range.last;
    for (int step = 0; step < 3; ++step) {
      const uint32_t next = apposition_end(view, end, stop, inverted, lexicon);
      if (next == end) break;
      end = next;
    }
    // Before the cue an apposition closes with a comma of its own.
    uint32_t after = end;
    while (after < cue && (view.node(after).upos == Upos::ADV || view.node(after).upos == Upos::AUX)) ++after;
    if (inverted || view.is(end, ",") || after == cue) words.range.last = end;
  }
  if (!inverted) words.range.last = std::max(words.head + 1, circumstance_in(view, words, lexicon));
  return words;
}

SpeakerWords last_subject(const ParsedSentence& view, TokenRange range) {
  for (uint32_t i = range.last; i-- > range.first;)
    if ((view.rel(i) == Deprel::nsubj || view.rel(i) == Deprel::nsubj_pass) && view.nominal(i) && !view.is_any(i, {"who", "which", "that", "there"})) return phrase_of(view, i, range);
  return {};
}

SpeakerWords phrase_before(const ParsedSentence& view, uint32_t token, TokenRange within) {
  uint32_t i = token;
  while (i > within.first && (view.node(i - 1).upos == Upos::ADV || view.node(i - 1).upos == Upos::AUX || view.is(i - 1, "not"))) --i;
  if (i == within.first) return {};
  uint32_t top = i - 1;
  if (view.is(top, ")")) {  // "Lee (Labor) said"
    uint32_t open = top;
    while (open > within.first && !view.is(open, "(")) --open;
    SpeakerWords words = open > within.first ? phrase_before(view, open, within) : SpeakerWords{};
    if (!words.empty() && words.range.last <= open) words.range.last = i;
    return words;
  }
  if (view.punct(top)) {  // "the minister, asked about the raid, said"; "Lee, an aide, said"
    if (!view.is(top, ",")) return {};
    uint32_t comma = top;
    while (comma > within.first && !view.is(comma - 1, ",")) --comma;
    if (comma <= within.first + 1) return {};
    top = comma - 2;
  }
  for (int step = 0; step < kMaxClimb; ++step) {
    const int32_t up = view.head(top);
    if (up < 0 || !within.holds(static_cast<uint32_t>(up)) || static_cast<uint32_t>(up) >= token) break;
    if (view.verbal(static_cast<uint32_t>(up))) {
      // "a diplomat who was in the talks grumbled": out of the relative clause to whom it tells of
      const int32_t whom = view.head(static_cast<uint32_t>(up));
      if (view.rel(static_cast<uint32_t>(up)) != Deprel::acl_relcl || whom < 0 || !within.holds(static_cast<uint32_t>(whom))) break;
      top = static_cast<uint32_t>(whom);
      continue;
    }
    top = static_cast<uint32_t>(up);
  }
  if (!view.nominal(top) && view.node(top).upos != Upos::ADJ) return {};
  return phrase_of(view, top, {within.first, i});
}

SpeakerWords phrase_after(const ParsedSentence& view, uint32_t token, TokenRange within) {
  uint32_t i = token + 1;
  while (i < within.last && view.node(i).upos == Upos::ADV) ++i;
  if (i >= within.last || view.punct(i) || view.node(i).upos == Upos::ADP) return {};
  uint32_t top = i;
  for (int step = 0; step < kMaxClimb; ++step) {
    const int32_t up = view.head(top);
    if (up < 0 || static_cast<uint32_t>(up) <= token || !within.holds(static_cast<uint32_t>(up))) break;
    if (view.verbal(static_cast<uint32_t>(up))) break;
    top = static_cast<uint32_t>(up);
  }
  if (!view.nominal(top) && view.node(top).upos != Upos::ADJ) return {};
  return phrase_of(view, top, {i, within.last});
}

}  // namespace demarche::attribution
