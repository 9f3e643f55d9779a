#include "demarche/statements/resolve.h"

#include <algorithm>
#include <array>
#include <string>

#include "demarche/statements/speaker_words.h"

namespace demarche::attribution {

const Actor* actor_of(const Names& names, const Mention* mention) {
  return mention && mention->actor.valid() && mention->actor.index < names.actors.size() ? &names.actors[mention->actor.index] : nullptr;
}

namespace {

const Mention* mention_of(const ParsedSentence& view, const SpeakerWords& words, const Names& names) {
  const SentenceId sentence{view.id()};
  const Mention* mention = mention_headed_by(names, sentence, words.head);
  if (!mention) mention = mention_covering(names, sentence, words.head);
  return mention;
}

// A name as companies, bodies and outlets write theirs: "PG&E", "Sea-Watch 3", "PolitiFact", "Orion Ltd".
bool corporate_name(const ParsedSentence& view, const SpeakerWords& words) {
  for (uint32_t i = words.range.first; i < words.range.last; ++i) {
    if (view.is(i, ",")) break;
    const std::string_view w = view.word(i);
    if (w == "&" || view.is_any(i, {"inc", "inc.", "ltd", "ltd.", "corp", "corp.", "plc", "llc", "gmbh", "co.", "university", "institute", "foundation", "group", "company", "airlines", "airways", "bank", "hospital", "center", "centre", "society", "union", "association"}))
      return view.node(words.head).upos == Upos::PROPN;
    if (i != words.head) continue;
    for (size_t k = 1; k < w.size(); ++k) {
      if (w[k] == '&') return true;
      if (w[k] >= 'A' && w[k] <= 'Z' && w[k - 1] >= 'a' && w[k - 1] <= 'z' && !w.starts_with("Mc") && !w.starts_with("Mac") && !w.starts_with("De") && !w.starts_with("O'")) return true;
    }
  }
  return false;
}

// A name in apposition or behind its title by the order of words, whatever the tree made of it: "the study's author, doctoral
// candidate Mina Tand", "company meteorologist Evan Dorr". Names behind a preposition or before "'s" are others'.
bool name_in_order(const ParsedSentence& view, const SpeakerWords& words, const Names& names, const CueLexicon& lexicon) {
  const SpeakerClass head = lexicon.speaker_class(view.lemma(words.head));
  const bool lead = !view.plural(words.head) && view.node(words.head).upos == Upos::NOUN && (head == SpeakerClass::person || head == SpeakerClass::role || head == SpeakerClass::spokesperson);
  bool other = false, title = false;
  for (uint32_t i = words.range.first; i < words.range.last; ++i) {
    if (view.is(i, ",") || view.is(i, "(")) other = false, title = lead && view.is(i, ",");  // "a member of parliament, Kan Kvarchia"
    if (view.node(i).upos == Upos::ADP || view.is_any(i, {"and", "who", "whose", "that"})) other = true;
    if (other) continue;
    const SpeakerClass c = lexicon.speaker_class(view.lemma(i));
    if (view.node(i).upos == Upos::NOUN) title = (c == SpeakerClass::person || c == SpeakerClass::role || c == SpeakerClass::spokesperson) && !view.plural(i);
    if (view.node(i).upos != Upos::PROPN) continue;
    uint32_t last = i;
    while (last < words.range.last && view.node(last).upos == Upos::PROPN) ++last;
    const bool owner = last < words.range.last && view.is_any(last, {"'s", "'", "\xE2\x80\x99s", "\xE2\x80\x99"});
    const Mention* m = mention_covering(names, SentenceId{view.id()}, last - 1);
    const Actor* a = actor_of(names, m);
    const bool person = a ? a->kind == ActorKind::person && m->form == MentionForm::name : title && last - i >= 2;
    if (!owner && person) return true;
    i = last - 1;
  }
  return false;
}

// A person's own name stands in the words: as head, beside a title, or as an apposition.
bool has_personal_name(const ParsedSentence& view, const SpeakerWords& words, const Names& names) {
  const SentenceId sentence{view.id()};
  const auto named = [&](uint32_t token) {
    const Mention* m = mention_covering(names, sentence, token);
    const Actor* a = actor_of(names, m);
    return a ? a->kind == ActorKind::person && m->form == MentionForm::name : false;
  };
  if (named(words.head)) return true;
  for (const uint32_t c : view.children(words.head)) {
    const Deprel rel = view.rel(c);
    const bool second_title = rel == Deprel::conj && !view.plural(words.head);  // "party leader and Prime Minister X"
    if ((second_title || rel == Deprel::appos || rel == Deprel::flat || rel == Deprel::compound || rel == Deprel::nmod_desc) && words.range.holds(c) && view.node(c).upos == Upos::PROPN) {
      if (named(c)) return true;
      // A name that no list knows: two capitalised words in apposition to a person's title.
      if (rel == Deprel::appos && c > 0 && !mention_covering(names, sentence, c)) return true;
    }
  }
  return false;
}

SpeakerClass class_of(const ParsedSentence& view, uint32_t head, const CueLexicon& lexicon) {
  // "the coast guard", "the news agency": two words that are one noun.
  if (head > 0 && view.head(head - 1) == static_cast<int32_t>(head)) {
    std::string pair;
    for (const uint32_t i : {head - 1, head}) {
      if (!pair.empty()) pair += '-';
      for (const char ch : view.word(i)) pair += static_cast<char>(ch >= 'A' && ch <= 'Z' ? ch - 'A' + 'a' : ch);
    }
    if (const SpeakerClass c = lexicon.speaker_class(pair); c != SpeakerClass::unknown) return c;
  }
  SpeakerClass c = lexicon.speaker_class(view.lemma(head));
  if (c == SpeakerClass::unknown) {
    std::string lower(view.word(head));
    for (char& ch : lower)
      if (ch >= 'A' && ch <= 'Z') ch = static_cast<char>(ch - 'A' + 'a');
    c = lexicon.speaker_class(lower);
  }
  return c;
}

// The noun that a name's apposition is headed by, inside the speaker's words; -1 when there is none.
int32_t by_body(const ParsedSentence& view, const SpeakerWords& words) {
  for (const uint32_t c : view.children(words.head))
    if (view.rel(c) == Deprel::appos && words.range.holds(c) && view.node(c).upos == Upos::NOUN) return static_cast<int32_t>(c);
  return -1;
}

Anonymity anonymity_of_noun(const ParsedSentence& view, const SpeakerWords& words, const Names& names, const CueLexicon& lexicon, const Actor* actor, bool known) {
  const uint32_t head = words.head;
  const SpeakerClass noun = class_of(view, head, lexicon);
  // "German newspaper Die Welt": the noun before the name says what bears it.
  if (view.node(head).upos == Upos::PROPN) {
    uint32_t i = head;
    while (i > words.range.first && view.node(i - 1).upos == Upos::PROPN) --i;
    const SpeakerClass before = i > words.range.first && view.node(i - 1).upos == Upos::NOUN ? lexicon.speaker_class(view.lemma(i - 1)) : SpeakerClass::unknown;
    if (before == SpeakerClass::media || before == SpeakerClass::body) return Anonymity::office;
    // "Rosturizm, the Russian agency for tourism"
    const int32_t apposition = by_body(view, words);
    if (apposition >= 0 && !(actor && actor->kind == ActorKind::person && known) && (lexicon.speaker_class(view.lemma(static_cast<uint32_t>(apposition))) == SpeakerClass::body || lexicon.speaker_class(view.lemma(static_cast<uint32_t>(apposition))) == SpeakerClass::media)) return Anonymity::office;
  }
  const bool body = view.node(head).upos == Upos::NOUN && (noun == SpeakerClass::media || noun == SpeakerClass::body);
  if (!body && (has_personal_name(view, words, names) || name_in_order(view, words, names, lexicon))) return Anonymity::named;
  if (view.is(head, "one")) return Anonymity::anonymous;  // "one of them"
  // "people familiar with the plan": so many people without a name
  if (view.is(head, "people") && head + 1 < view.size() && view.is_any(head + 1, {"familiar", "close", "briefed", "with"})) return Anonymity::anonymous;
  const bool by_actor = actor != nullptr;
  switch (noun) {
    case SpeakerClass::spokesperson: return view.plural(head) ? Anonymity::collective : Anonymity::office;
    case SpeakerClass::person:
    case SpeakerClass::role: {
      if (view.plural(head)) {
        // "two diplomats", "officials who spoke to reporters": certain people without a name; "officials", "many diplomats" are a crowd.
        // Sources are so many people without a name.
        bool certain = view.lemma(head) == "source";
        for (const uint32_t c : view.children(head))
          certain = certain || (words.range.holds(c) && ((view.rel(c) == Deprel::nummod && view.is_any(c, {"two", "three", "four", "five", "both"})) || (view.rel(c) == Deprel::acl_relcl && view.is(view.extent(c).first, "who"))));
        return certain ? Anonymity::anonymous : Anonymity::collective;
      }
      if (known) return Anonymity::named;
      if (view.node(head).upos == Upos::PROPN) return by_actor && actor->kind == ActorKind::office ? Anonymity::office : Anonymity::named;
      // "the mayor": an identified office without its holder's name; "a mayor", "the doctor" are somebody.
      const bool definite = view.is_any(words.range.first, {"the", "its", "his", "her", "their"}) || view.node(words.range.first).upos == Upos::PROPN;
      if (definite && (noun == SpeakerClass::role || (by_actor && actor->kind == ActorKind::office))) return Anonymity::office;
      return Anonymity::anonymous;
    }
    case SpeakerClass::group: return by_actor && actor->kind != ActorKind::person && !(view.plural(head) && actor->party.empty()) && view.node(head).upos == Upos::PROPN ? Anonymity::office : Anonymity::collective;
    case SpeakerClass::media: {
      const bool state = words.range.last - words.range.first >= 2 && view.is_any(head > 0 ? head - 1 : head, {"state", "official", "government", "party"});
      return !state && (view.plural(head) || view.is(head, "media")) && view.node(head).upos == Upos::NOUN ? Anonymity::collective : Anonymity::office;
    }
    // "aid agencies": many; "the ministry", "Ruritania's ministries": those.
    case SpeakerClass::body:
      return view.plural(head) && view.node(head).upos == Upos::NOUN && !view.is(head, "police") && !(by_actor && !actor->party.empty()) && !view.is_any(words.range.first, {"the", "its", "his", "their", "both", "two"}) ? Anonymity::collective : Anonymity::office;
    case SpeakerClass::document: return Anonymity::office;
    case SpeakerClass::unknown: break;
  }
  if (by_actor) {
    if (actor->kind == ActorKind::person) return known || view.node(head).upos == Upos::PROPN ? Anonymity::named : Anonymity::anonymous;
    return Anonymity::office;
  }
  if (view.node(head).upos == Upos::PROPN) {
    const std::string_view name = view.word(head);
    if (corporate_name(view, words)) return Anonymity::office;
    if (name.size() >= 2 && name.size() <= 6 && std::all_of(name.begin(), name.end(), [](char c) { return c >= 'A' && c <= 'Z'; })) return Anonymity::office;
    // A name that no inventory knows: what the language model takes it for; people are the commonest.
    // A flat name of two words that speaks is a person's sooner than a place's.
    const bool two_words = view.child(head, Deprel::flat) == static_cast<int32_t>(head) + 1;
    for (const EntitySpan& e : view.entities())
      if (e.first <= head && head < e.last && (e.type == "organization" || (e.type == "place" && !two_words))) return Anonymity::office;
    return view.plural(head) || view.is(words.range.first, "the") ? Anonymity::office : Anonymity::named;
  }
  if (view.plural(head)) return Anonymity::collective;
  return view.node(head).upos == Upos::NUM ? Anonymity::collective : Anonymity::anonymous;
}

// Verbs that tell for whom somebody acts: "who represents Guyana", "who led the mediation for the African Union".
bool among_serving(std::string_view lemma) {
  static constexpr std::array<std::string_view, 10> kVerbs = {"represent", "lead", "head", "speak", "serve", "advise", "negotiate", "command", "mediate", "work"};
  return std::find(kVerbs.begin(), kVerbs.end(), lemma) != kVerbs.end();
}

// The party of the words around the head when the head itself has none: "a senior official at Japan's Defense Ministry".
// Where names has read the head itself ("diplomats in Prague"), and of people of whatever trade ("farmers in Antalya"), the place beside
// it is not whose they are; kin act for nobody ("his wife").
void take_party_inside(const ParsedSentence& view, const SpeakerWords& words, const Names& names, bool head_read, Speaker& speaker) {
  static constexpr std::array<std::string_view, 21> kKin = {"wife", "husband", "brother", "sister", "father", "mother", "son", "daughter", "uncle", "cousin", "widow", "family", "relative", "parent", "neighbor", "neighbour", "doctor", "nephew", "friend", "fiancee", "girlfriend"};
  if (std::find(kKin.begin(), kKin.end(), view.lemma(words.head)) != kKin.end()) return;
  if (head_read && view.is_any(words.head, {"diplomat", "diplomats"})) return;  // "diplomats at the United Nations"
  const SentenceId sentence{view.id()};
  const auto begin = std::partition_point(names.mentions.begin(), names.mentions.end(), [&](const Mention& m) { return m.sentence < sentence; });
  const Actor* best = nullptr;
  uint32_t best_distance = UINT32_MAX;
  for (auto it = begin; it != names.mentions.end() && it->sentence == sentence; ++it) {
    if (!words.range.holds(it->head)) continue;
    bool relative = false;  // "a person who saw him that week"
    bool serves = false;    // "who represents Guyana"
    for (uint32_t i = words.head + 1; i < it->head; ++i) {
      relative = relative || view.is_any(i, {"who", "whose", "whom", "which"});
      serves = serves || (relative && view.node(i).upos == Upos::VERB && among_serving(view.lemma(i)));
    }
    if (relative && (!serves || it->form == MentionForm::pronoun)) continue;
    const Actor* a = actor_of(names, &*it);
    if (!a || (a->party.empty() && (a->country.empty() || (head_read && it->head != words.head)))) continue;
    const uint32_t front = it->first > 0 && view.is(it->first - 1, "the") ? it->first - 1 : it->first;
    if (front > words.head && view.is(front - 1, "to")) continue;  // "an ambassador to the bloc" is not the bloc's
    const uint32_t distance = it->head > words.head ? it->head - words.head : words.head - it->head;
    if (distance < best_distance) {
      best = a;
      best_distance = distance;
    }
  }
  if (!best) return;
  speaker.party = best->party.empty() ? best->country : best->party;
  if (speaker.sector.empty()) speaker.sector = best->sector;
}

}  // namespace

namespace {

// "seismologists", "technicians": people by their ending, whatever they do.
bool person_by_ending(std::string_view word) {
  if (word.ends_with('s')) word.remove_suffix(1);
  return word.size() >= 8 && (word.ends_with("ist") || word.ends_with("ian"));
}

}  // namespace

float can_speak(const ParsedSentence& view, const SpeakerWords& words, const CueRow* row, Pattern pattern, const Names& names, const CueLexicon& lexicon) {
  if (!row || row->pos == CuePos::colon) return 1;
  const uint32_t head = words.head;
  // "Nobody said", "neither man accused": it was not said.
  if (view.is_any(head, {"nobody", "none", "neither", "no-one", "whom"}) || view.is_any(words.range.first, {"no", "not", "neither", "nobody", "none"})) return 0;
  const bool mental = row->kind == StatementKind::belief || row->kind == StatementKind::intention || row->kind == StatementKind::forecast;
  const bool shows = row->words[0] == "show" || row->words[0] == "suggest" || row->words[0] == "indicate" || row->words[0] == "prove" || row->words[0] == "demonstrate" ||
                     row->words[0] == "reveal" || row->words[0] == "signal" || row->words[0] == "find" || row->words[0] == "reflect";
  if (view.node(head).upos == Upos::PRON) {
    if (view.is_any(head, {"this", "that", "which", "what", "there", "these", "those", "nothing", "something", "everything", "anything", "itself"})) return 0;
    if (view.is(head, "it")) return shows ? 0 : mental ? 0.7f : 0.95f;
    if (view.is_any(head, {"anyone", "anybody", "whoever", "whichever"})) return 0;
    if (view.is_any(head, {"i", "you", "we", "one", "my", "your", "our"})) return 0.6f;
    return 1;
  }
  const SpeakerClass noun = class_of(view, head, lexicon);
  const Actor* actor = actor_of(names, mention_of(view, words, names));
  if (noun == SpeakerClass::document) return mental && !shows ? 0.35f : 1;
  if (noun != SpeakerClass::unknown) return 1;
  if (actor) {
    if (actor->kind == ActorKind::weapon || actor->kind == ActorKind::vessel) return 0;
    if (actor->kind == ActorKind::place) return mental ? 0.4f : 0.7f;
    return 1;
  }
  if (view.node(head).upos == Upos::PROPN) return 0.95f;
  if (view.node(head).upos == Upos::NUM) {  // "37 confirmed cases" has no speaker, "two of them said" has
    const char digit = view.word(head).front();
    return digit >= '0' && digit <= '9' && words.range.last - words.range.first == 1 ? 0 : 0.6f;
  }
  if (pattern <= Pattern::quote_colon) return 0.8f;
  // "Many readers feel that the tests are unfair": who thinks a whole clause is a person of whatever kind.
  const bool thinks = mental && !shows && pattern == Pattern::clause && row->strength >= 0.6f && row->kind == StatementKind::belief && view.plural(head);
  if (thinks) return 0.6f;
  if (shows || mental) return 0;
  if (view.node(head).upos == Upos::NOUN && person_by_ending(view.word(head))) return 0.8f;
  const bool plain = pattern == Pattern::clause || pattern == Pattern::clause_then_cue || pattern == Pattern::according_to;
  return plain && row->strength >= 0.8f ? 0.6f : 0;
}

std::vector<bool> named_persons(const Names& names) {
  std::vector<bool> out(names.actors.size(), false);
  for (size_t i = 0; i < out.size(); ++i) out[i] = names.actors[i].kind == ActorKind::person && !names.actors[i].wikidata.empty();
  for (const Mention& m : names.mentions)
    if (m.form == MentionForm::name && m.actor.valid() && m.actor.index < out.size() && names.actors[m.actor.index].kind == ActorKind::person) out[m.actor.index] = true;
  return out;
}

namespace {

enum class PronounClass : uint8_t { person, thing, many, other };

PronounClass pronoun_class(const ParsedSentence& view, uint32_t i) {
  if (view.is_any(i, {"he", "she", "his", "her", "him", "hers", "himself", "herself"})) return PronounClass::person;
  if (view.is_any(i, {"it", "its", "itself"})) return PronounClass::thing;
  if (view.is_any(i, {"they", "their", "them", "we", "our", "us", "both"})) return PronounClass::many;
  return PronounClass::other;
}

// The nearest earlier speaker that the pronoun can stand for; null when none of the last few fits.
const Speaker* heard_before(std::span<const Heard> earlier, PronounClass pronoun, uint32_t paragraph, const Names& names) {
  constexpr size_t kMaxBack = 8;  // statements
  for (size_t i = earlier.size(); i-- > 0 && earlier.size() - i <= kMaxBack;) {
    const Heard& heard = earlier[i];
    if (heard.paragraph + 1 < paragraph) return nullptr;
    if (heard.nested || heard.speaker.span.empty()) continue;
    const Anonymity a = heard.speaker.anonymity;
    const bool person = a == Anonymity::named || a == Anonymity::anonymous;
    const bool spokesman = a == Anonymity::office && heard.speaker.actor.valid() && heard.speaker.actor.index < names.actors.size() &&
                           (names.actors[heard.speaker.actor.index].kind == ActorKind::person || names.actors[heard.speaker.actor.index].kind == ActorKind::office);
    const bool fits = pronoun == PronounClass::person ? person || spokesman : pronoun == PronounClass::thing ? a == Anonymity::office && !spokesman
                                                                                                             : a == Anonymity::collective || a == Anonymity::office;
    if (fits) return &heard.speaker;
  }
  return nullptr;
}

}  // namespace

namespace {

// Whether the actor is the subject of the clause that the pronoun's own is joined to ("Ruritania shut its border, and it warned"):
// then "it" goes back there, whoever spoke before.
bool leads_here(const ParsedSentence& view, const SpeakerWords& words, const Names& names, ActorId actor) {
  if (words.head == 0 || !view.is_any(words.head - 1, {"and", "but", "yet", "so"})) return false;
  const SentenceId sentence{view.id()};
  const auto begin = std::partition_point(names.mentions.begin(), names.mentions.end(), [&](const Mention& m) { return m.sentence < sentence; });
  for (auto it = begin; it != names.mentions.end() && it->sentence == sentence; ++it)
    if (it->actor == actor && it->head < words.head && it->head < view.size() && view.rel(it->head) == Deprel::nsubj) return true;
  return false;
}

// The subject of a sentence's own clause; empty when it has none.
SpeakerWords subject_before(const ParsedSentence& view) {
  for (uint32_t i = 0; i < view.size(); ++i)
    if (view.head(i) < 0) return view.subject(i) >= 0 ? phrase_of(view, static_cast<uint32_t>(view.subject(i)), {0, view.size()}) : SpeakerWords{};
  return {};
}

// The speaker told elsewhere, in the words that stand here.
Speaker said_by(Speaker speaker, Span here) {
  speaker.span = here;
  return speaker;
}

// "One of them said ... 'My patients ask,' he said": the nobody in particular who spoke last, when the person that names takes the pronoun
// for has not been named since; null otherwise.
const Speaker* nobody_going_on(const ParsedSentence& view, const Speaker& by_names, const Names& names, std::span<const Heard> earlier) {
  for (int step = 0; step < 4 && !earlier.empty() && earlier.back().nested; ++step) earlier = earlier.first(earlier.size() - 1);
  if (earlier.empty()) return nullptr;
  const Heard& last = earlier.back();
  const bool near = !last.nested && last.paragraph == view.sentence().paragraph && last.sentence + 1 >= view.id();
  if (!near || last.speaker.anonymity != Anonymity::anonymous || last.speaker.actor.valid()) return nullptr;
  auto it = std::partition_point(names.mentions.begin(), names.mentions.end(), [&](const Mention& m) { return m.span.begin <= last.speaker.span.begin; });
  for (; it != names.mentions.end() && it->span.begin < by_names.span.begin; ++it)
    if (it->actor == by_names.actor && it->form != MentionForm::pronoun) return nullptr;
  return &last.speaker;
}

// What "the statement", "the text" is nobody's own word tells: the last who spoke in this paragraph has put it out; a resolution is the
// United Nations' where the report speaks of them.
void take_party_of_document(const ParsedSentence& view, const SpeakerWords& words, const Names& names, std::span<const Heard> earlier, Speaker& speaker) {
  constexpr size_t kMostMentions = 2048;  // of the report's first, in which a resolution's council is named
  if (view.is_any(words.head, {"resolution", "text", "draft"}))
    for (const Mention& m : std::span(names.mentions).first(std::min(names.mentions.size(), kMostMentions))) {
      const Actor* a = actor_of(names, &m);
      if (m.sentence.index > view.id()) break;
      if (a && a->party == "UN") {
        speaker.party = a->party;
        return;
      }
    }
  if (!view.is(words.range.first, "the") || earlier.empty()) return;
  const Heard& last = earlier.back();
  if (last.paragraph == view.sentence().paragraph && !last.nested) speaker.party = last.speaker.party;
}

}  // namespace

Speaker resolve_speaker(const ParsedSentence& view, const SpeakerWords& words, const Names& names, const std::vector<bool>& named, const CueLexicon& lexicon,
                        const ParsedSentence* before, std::span<const Heard> earlier) {
  Speaker speaker;
  if (words.empty()) return speaker;
  speaker.span = view.span(words.range);
  const Mention* mention = mention_of(view, words, names);
  const Actor* actor = actor_of(names, mention);
  if (actor) {
    speaker.actor = mention->actor;
    speaker.party = actor->party;
    speaker.sector = actor->sector;
  }
  if (mention && !mention->members.empty()) {
    speaker.anonymity = view.node(words.head).upos == Upos::NOUN && class_of(view, words.head, lexicon) == SpeakerClass::person ? Anonymity::collective : Anonymity::office;
    return speaker;
  }
  const PronounClass pronoun = words.range.last - words.range.first == 1 ? pronoun_class(view, words.head) : PronounClass::other;
  if (pronoun == PronounClass::other) {
    speaker.anonymity = anonymity_of_noun(view, words, names, lexicon, actor, actor && named[mention->actor.index]);
    if (speaker.party.empty()) {
      const SpeakerClass noun = class_of(view, words.head, lexicon);
      const bool anybody = view.node(words.head).upos == Upos::NOUN && (noun == SpeakerClass::person || noun == SpeakerClass::group || noun == SpeakerClass::unknown);
      take_party_inside(view, words, names, actor != nullptr || anybody, speaker);
    }
    if (speaker.party.empty() && class_of(view, words.head, lexicon) == SpeakerClass::document) take_party_of_document(view, words, names, earlier, speaker);
    return speaker;
  }
  // The antecedent's openness: that of the same actor where it spoke before.
  const bool led = actor && pronoun == PronounClass::thing && !actor->party.empty() && leads_here(view, words, names, speaker.actor);
  if (pronoun == PronounClass::person && actor)
    if (const Speaker* last = nobody_going_on(view, speaker, names, earlier)) return said_by(*last, speaker.span);
  const SpeakerWords subject = before && before->sentence().paragraph == view.sentence().paragraph ? subject_before(*before) : SpeakerWords{};
  const bool silent = !subject.empty() && std::none_of(earlier.begin(), earlier.end(), [&](const Heard& h) { return h.sentence == before->id(); });
  if (!subject.empty()) {
    const SpeakerClass noun = class_of(*before, subject.head, lexicon);
    // "A woman in the crowd disagreed. 'It begins,' she said.": somebody whom no name tells.
    const bool somebody = pronoun == PronounClass::person && silent && noun == SpeakerClass::person && before->node(subject.head).upos == Upos::NOUN && !before->plural(subject.head) && before->is_any(subject.range.first, {"a", "an", "one", "another"});
    // "The resolution bans them. It demands ...": the document.
    const bool document = pronoun == PronounClass::thing && !led && words.head <= 1 && noun == SpeakerClass::document;
    if (somebody || document) return said_by(resolve_speaker(*before, subject, names, named, lexicon, nullptr, document ? earlier : std::span<const Heard>()), speaker.span);
  }
  // "If Australia gets them, it will be the first. It has promised ...": behind a sentence about a state in which nobody spoke, that state.
  const Mention* told = pronoun == PronounClass::thing && silent && words.head <= 1 ? mention_headed_by(names, SentenceId{before->id()}, subject.head) : nullptr;
  const bool goes_on = told && actor && told->actor == speaker.actor && actor->kind != ActorKind::person;
  const bool trust_names = actor && (pronoun != PronounClass::thing || led || goes_on) && (pronoun != PronounClass::person || actor->kind == ActorKind::person || actor->kind == ActorKind::office);
  if (trust_names) {
    for (size_t i = earlier.size(); i-- > 0 && earlier.size() - i <= 12;)
      if (earlier[i].speaker.actor == speaker.actor) {
        speaker.anonymity = earlier[i].speaker.anonymity;
        return speaker;
      }
  } else if (const Speaker* heard = heard_before(earlier, pronoun, view.sentence().paragraph, names)) {
    speaker.actor = heard->actor;
    speaker.party = heard->party;
    speaker.sector = heard->sector;
    speaker.anonymity = heard->anonymity;
    return speaker;
  }
  if (pronoun == PronounClass::many) speaker.anonymity = actor && actor->kind != ActorKind::person && actor->kind != ActorKind::group ? Anonymity::office : Anonymity::collective;
  else if (actor && actor->kind == ActorKind::person) speaker.anonymity = named[mention->actor.index] ? Anonymity::named : Anonymity::anonymous;
  else if (pronoun == PronounClass::person) speaker.anonymity = Anonymity::named;
  else speaker.anonymity = pronoun == PronounClass::thing || actor ? Anonymity::office : Anonymity::collective;
  return speaker;
}

SpeakerBasis speaker_basis(const ParsedSentence& view, const SpeakerWords& words, const Names& names, const CueLexicon& lexicon) {
  static constexpr std::string_view kNames[] = {"unknown", "person", "spokesperson", "group", "body", "document", "media", "role"};  // in the order of SpeakerClass
  const Mention* mention = mention_of(view, words, names);
  return {mention, actor_of(names, mention), kNames[static_cast<size_t>(class_of(view, words.head, lexicon))]};
}

}  // namespace demarche::attribution
