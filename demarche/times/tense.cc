#include "demarche/times/tense.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <optional>

#include "demarche/core/tree.h"

namespace demarche {
namespace {

bool in_list(std::string_view word, std::initializer_list<std::string_view> list) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

std::string lower(std::string_view s) {
  std::string out(s);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

// Verbs and adjectives whose infinitive, or whose "for" phrase, lies ahead.
bool looks_ahead(std::string_view lemma) {
  return in_list(lemma, {"plan",       "schedule", "expect",   "set",    "slate",     "due",    "intend",  "hope",   "agree", "want",
                         "ask",        "urge",     "order",    "decide", "prepare",   "vow",    "promise", "pledge", "go",    "be",
                         "threaten",   "aim",      "seek",     "need",   "propose",   "invite", "call",    "demand", "wait",  "await",
                         "anticipate", "likely",   "ready",    "bind",   "tip",       "poise",  "tell",    "warn",   "allow", "arrange",
                         "offer",      "require",  "instruct", "direct", "authorize", "command"});
}

// Nouns whose infinitive lies ahead: "a plan to meet on Friday".
bool promises(std::string_view lemma) {
  return in_list(lemma, {"plan",     "decision",  "agreement", "offer",       "intention", "proposal", "promise", "pledge", "commitment",
                         "aim",      "goal",      "call",      "request",     "order",     "threat",   "vow",     "bid",    "invitation",
                         "deadline", "ultimatum", "schedule",  "willingness", "readiness", "move",     "appeal",  "demand"});
}

// Verbs that push a thing to the day they name: "adjourned until Monday".
bool puts_off(std::string_view lemma) {
  return in_list(lemma, {"postpone", "adjourn", "delay", "defer", "suspend", "extend", "push", "give", "put", "close", "reschedule", "move",
                         "prolong"});
}

// Events that a report gives in the present when they lie ahead: "the summit begins on Friday".
bool timetable_verb(std::string_view lemma) {
  return in_list(lemma, {"begin",  "start",   "open", "end",  "expire", "arrive", "travel", "meet",   "visit",   "leave",     "depart",
                         "resume", "convene", "take", "host", "hold",   "go",     "come",   "fly",    "head",    "conclude",  "close",
                         "vote",   "kick",    "run",  "fall", "return", "lapse",  "gather", "reopen", "restart", "reconvene", "finish"});
}

bool dated(const Expression& e) {
  return e.form == Expression::Form::weekday || (e.form == Expression::Form::calendar && e.day && e.month);
}

// Verbs with which a thing is "set for Friday".
bool sets_a_day(std::string_view lemma) {
  return in_list(lemma, {"schedule", "slate", "plan", "expect", "set", "call", "summon", "convene", "invite", "book", "fix", "announce",
                         "due", "tip", "prepare", "line", "arrange", "pencil"});
}

bool clause_end(std::string_view form) { return form == ";" || form == "." || form == ":" || form == "\""; }

// Function words that a verb or predicate governs.
enum Helper : uint8_t { kWill = 1, kModal = 2, kPast = 4, kPresentBe = 8, kHave = 16, kBeen = 32, kTo = 64, kCopula = 128 };

uint8_t helper_of(std::string_view word) {
  if (in_list(word, {"will", "shall", "'ll", "\u2019ll", "wo", "ll"})) return kWill;
  if (in_list(word, {"would", "could", "may", "might", "must", "should", "can"})) return kModal;
  if (word == "had") return kPast | kBeen;
  if (in_list(word, {"was", "were", "did"})) return kPast;
  if (in_list(word, {"is", "are", "'s", "'re", "am"})) return kPresentBe;
  if (in_list(word, {"has", "have", "'ve"})) return kHave;
  return word == "been" ? kBeen : 0;
}

}  // namespace

std::pair<uint32_t, uint32_t> tokens_of(const Sentence& sentence, Span span) {
  const auto& tokens = sentence.tokens;
  const auto first = std::partition_point(tokens.begin(), tokens.end(), [&](const Token& t) { return t.span.end <= span.begin; });
  const auto last = std::partition_point(first, tokens.end(), [&](const Token& t) { return t.span.begin < span.end; });
  return {static_cast<uint32_t>(first - tokens.begin()), static_cast<uint32_t>(last - tokens.begin())};
}

bool is_title(std::span<const Sentence> sentences, uint32_t index) {
  return sentences[index].paragraph == 0 && sentences.size() > 1 && sentences[1].paragraph != 0;
}

ClauseReader::ClauseReader(std::string_view text, const Sentence& sentence, const Tree* tree, const Words& words, bool title)
    : text_(text),
      sentence_(sentence),
      tree_(tree && tree->nodes.size() == sentence.tokens.size() ? tree : nullptr),
      words_(words),
      title_(title) {
  if (!tree_) return;
  helpers_.assign(tree_->nodes.size(), 0);
  bool inside = false;
  for (uint32_t i = 0; i < tree_->nodes.size(); ++i) {
    const std::string_view mark = form(i);
    if (mark == "\"") inside = !inside;
    if (mark == "\u201c" || mark == "``") inside = true;
    if (mark == "\u201d" || mark == "''") inside = false;
    quoted_.push_back(inside);
  }
  for (uint32_t i = 0; i < tree_->nodes.size(); ++i) {
    const Node& node = tree_->nodes[i];
    if (node.head < 0) continue;
    uint8_t& of = helpers_[static_cast<size_t>(node.head)];
    if (node.deprel == Deprel::mark && lower(form(i)) == "to") of |= kTo;
    if (node.deprel == Deprel::cop) of |= kCopula;
    if (node.deprel == Deprel::aux || node.deprel == Deprel::aux_pass || node.deprel == Deprel::cop)
      of = static_cast<uint8_t>(of | helper_of(lower(form(i))));
  }
}

// What the words beside the expression settle by themselves.
std::optional<ClauseTense> ClauseReader::tense_of_marks(const Expression& e) const {
  // "ahead of Friday's vote", "the upcoming May summit"
  for (size_t i = e.first, steps = 0; i > 0 && steps < 4; ++steps) {
    --i;
    if (words_[i].form == "of" && i > 0 && words_.is(i - 1, "ahead")) return ClauseTense::future;
    if (in_list(words_[i].form, {"upcoming", "forthcoming"})) return ClauseTense::future;
    if (words_[i].kind == Word::Kind::mark) break;
  }
  // "the summit starts on Friday"
  for (size_t i = e.first, steps = 0; !title_ && i > 1 && steps < 5; ++steps) {
    --i;
    const bool past = words_[i].form.size() > 4 && words_[i].form.ends_with("ed");
    if (past || words_[i].kind == Word::Kind::mark ||
        in_list(words_[i].form, {"that", "who", "which", "and", "but", "after", "was", "were", "had", "said"}))
      break;
    if (in_list(words_[i].form,
                {"starts", "begins", "opens", "resumes", "arrives", "meets", "convenes", "expires", "departs", "reconvenes", "concludes"}))
      return ClauseTense::future;
  }
  // "For Wednesday he has summoned the cabinet"; "Tuesday's deadline"
  if (e.first == 1 && words_.is(0, "for") && dated(e)) return ClauseTense::future;
  if (words_.is(e.last, "deadline") || words_.is(e.last, "ultimatum")) {
    const bool over = e.last + 1 < words_.size() &&
                      in_list(words_[e.last + 1].form, {"passed", "expired", "lapsed", "came", "went", "ran", "had", "was"});
    return over ? ClauseTense::past : e.form == Expression::Form::weekday ? ClauseTense::future : ClauseTense::unknown;
  }
  return std::nullopt;
}

// "Wang, who talked to his counterpart, Qureshi, by telephone on Monday, is expected ...": the relative clause goes on after the comma.
std::optional<ClauseTense> ClauseReader::tense_of_relative_clause(uint32_t comma) const {
  for (uint32_t k = comma; k > 0 && comma - k < 14;) {
    --k;
    if (!in_list(lower(form(k)), {"who", "which"})) continue;
    for (uint32_t v = k + 1; v < comma && v < k + 4; ++v)
      if (tree_->nodes[v].upos == Upos::VERB && tree_->nodes[v].xpos == "VBD") return ClauseTense::past;
    return std::nullopt;
  }
  return std::nullopt;
}

// The verb just to the left in the same stretch between marks, if its form alone settles the tense.
std::optional<ClauseTense> ClauseReader::tense_of_near_verb(const Expression& e, uint32_t first) const {
  for (uint32_t i = first, steps = 0; i > 0 && steps < 14; ++steps) {
    --i;
    const Node& node = tree_->nodes[i];
    if (node.upos == Upos::PUNCT && form(i) != "'" && form(i) != "-") return form(i) == "," ? tense_of_relative_clause(i) : std::nullopt;
    if (node.upos != Upos::VERB && node.upos != Upos::AUX) continue;
    const std::string lemma = lower(node.lemma);
    const bool placed = dated(e) || (e.form == Expression::Form::calendar && e.month && !e.year && e.direction == Direction::none);
    if (e.first > 0 && words_.is(e.first - 1, "for") && placed && !words_.is(e.last, "'") && sets_a_day(lemma)) return ClauseTense::future;
    if (node.xpos == "VBD" && node.upos == Upos::VERB) return ClauseTense::past;
    if (node.xpos == "VBN" && !sets_a_day(lemma)) {
      for (uint32_t k = i; k > 0 && i - k < 3;) {
        --k;
        const std::string before = lower(form(k));
        if (in_list(before, {"had", "has", "have", "was", "were"})) return ClauseTense::past;
        if (in_list(before, {"will", "be", "to", "would", "is", "are"})) return std::nullopt;
      }
    }
    return std::nullopt;
  }
  return std::nullopt;
}

// ClauseTense of an infinitive by what governs it; nothing when it takes its time from the clause above.
std::optional<ClauseTense> ClauseReader::tense_of_infinitive(const Node& node) const {
  if (node.head < 0) return ClauseTense::future;
  const auto governor = static_cast<uint32_t>(node.head);
  const Node& g = tree_->nodes[governor];
  const std::string lemma = lower(g.lemma.empty() ? form(governor) : std::string_view(g.lemma));
  if (g.upos == Upos::NOUN ? promises(lemma) : looks_ahead(lemma)) return ClauseTense::future;
  if (helpers_[governor] & kPast) return ClauseTense::past;
  if (g.xpos == "VBD" && g.upos == Upos::VERB) return ClauseTense::past;
  return std::nullopt;
}

// ClauseTense of the clause that `verb` heads; nothing when it takes its time from the clause above.
std::optional<ClauseTense> ClauseReader::tense_of_verb(const Expression& e, uint32_t verb, bool through_noun) const {
  const Node& node = tree_->nodes[verb];
  const uint8_t helpers = helpers_[verb];
  const std::string lemma = lower(node.lemma.empty() ? form(verb) : std::string_view(node.lemma));
  if (helpers & kWill) return ClauseTense::future;
  if (helpers & kModal) return helpers & kHave ? ClauseTense::past : ClauseTense::future;
  if (puts_off(lemma) && e.first > 0 && in_list(words_[e.first - 1].form, {"until", "till", "to"})) return ClauseTense::future;
  const bool scheduling = in_list(lemma, {"schedule", "slate", "plan", "expect", "due", "set", "tentatively"});
  const bool pluperfect = (helpers & kPast) && (helpers & kBeen);
  if (scheduling && !pluperfect && (node.xpos == "VBN" || node.xpos == "JJ" || node.upos == Upos::ADJ)) return ClauseTense::future;
  if (verb >= 2 && lower(form(verb - 1)) == "to" &&
      in_list(lower(form(verb - 2)), {"is", "are", "am", "'s", "'re", "due", "set", "scheduled", "expected", "slated", "about", "poised"}))
    return ClauseTense::future;  // "they met and are to free them by January", "who was due to go in August"
  if (helpers & (kPast | kHave)) return ClauseTense::past;
  if (helpers & kTo) return tense_of_infinitive(node);
  if (node.xpos == "VBD" || (node.xpos == "VBN" && !(helpers & kPresentBe))) return ClauseTense::past;
  if (node.xpos == "VBN") return timetable_verb(lemma) ? ClauseTense::future : ClauseTense::unknown;
  if (node.xpos == "VBG") return helpers & kPresentBe ? ClauseTense::future : ClauseTense::unknown;
  if (title_) return ClauseTense::past;
  const bool present = node.xpos == "VBZ" || node.xpos == "VBP" || (feature(node, "Tense") == "Pres" && feature(node, "VerbForm") == "Fin");
  if (present && timetable_verb(lemma) && !through_noun) return ClauseTense::future;
  if (node.xpos == "VB") return ClauseTense::future;
  return tense_of_words(e);
}

ClauseTense ClauseReader::tense_around(const Expression& e, uint32_t first, uint32_t last) const {
  if (const std::optional<ClauseTense> tense = tense_of_marks(e)) return *tense;
  if (!tree_ || first >= last || last > tree_->nodes.size()) return tense_of_words(e);
  if (const std::optional<ClauseTense> tense = tense_of_near_verb(e, first)) return *tense;
  const std::vector<Node>& nodes = tree_->nodes;
  int32_t at = -1;  // the word of the expression that hangs on one outside
  for (uint32_t i = first; i < last && at < 0; ++i) {
    const bool outside = nodes[i].head < static_cast<int32_t>(first) || nodes[i].head >= static_cast<int32_t>(last);
    if (outside && nodes[i].deprel != Deprel::punct && nodes[i].deprel != Deprel::case_) at = static_cast<int32_t>(i);
  }
  // "The hearing is on Friday": a date as predicate of the present.
  if (dated(e) && e.first > 0 && in_list(words_[e.first - 1].form, {"on", "at"}))
    for (uint32_t i = first; i < last; ++i)
      if ((helpers_[i] & kCopula) && (helpers_[i] & kPresentBe)) return ClauseTense::future;
  bool through_noun = false;
  for (int steps = 0, clauses = 0; at >= 0 && steps < 40; ++steps) {
    at = nodes[static_cast<size_t>(at)].head;
    if (at < 0) break;
    const Node& node = nodes[static_cast<size_t>(at)];
    if (node.upos != Upos::VERB && node.upos != Upos::AUX && !(helpers_[static_cast<size_t>(at)] & kCopula)) {
      through_noun = true;
      continue;
    }
    if (quoted_[static_cast<size_t>(at)] && !quoted_[first]) continue;  // 'On Friday he said, "We will go"'
    if (const std::optional<ClauseTense> tense = tense_of_verb(e, static_cast<uint32_t>(at), through_noun)) return *tense;
    if (++clauses == 4) break;
    through_noun = false;  // an infinitive that takes its time from the verb above it
  }
  return tense_of_words(e);
}

bool ClauseReader::is_bound(const Expression& e, uint32_t first, uint32_t last) const {
  bool led = false;
  for (size_t back = 1; back <= 5 && back <= e.first && !led; ++back) {
    const LexiconEntry* entry = words_.match(e.first - back, WordClass::bound);
    led = entry && entry->words.size() == back;
  }
  if (!led) return false;
  if ((words_.is(e.last, "'") || words_.is(e.last, "s")) && words_.glued(e.last)) return false;  // "after Friday's talks"
  if (!tree_ || first >= last || last > tree_->nodes.size()) return true;
  return !is_modifier(first, last);  // "after the Friday talks": it only says which talks
}

// Before the noun that it belongs to: "the Friday talks", "the 1953 armistice".
bool ClauseReader::is_modifier(uint32_t first, uint32_t last) const {
  for (uint32_t i = first; i < last; ++i) {
    const Node& node = tree_->nodes[i];
    if (node.head < static_cast<int32_t>(last)) continue;
    const bool modifier = node.deprel == Deprel::compound || node.deprel == Deprel::nmod_poss || node.deprel == Deprel::nmod_unmarked ||
                          node.deprel == Deprel::amod || node.deprel == Deprel::nummod;
    if (modifier && tree_->nodes[static_cast<size_t>(node.head)].upos == Upos::NOUN) return true;
  }
  return false;
}

bool ClauseReader::is_aside(const Expression& e, uint32_t first, uint32_t last) const {
  if (!tree_ || first >= last || last > tree_->nodes.size()) return false;
  if ((e.first > 0 && words_.is(e.first - 1, "of")) || (e.form == Expression::Form::calendar && e.year && is_modifier(first, last)))
    return true;
  const std::vector<Node>& nodes = tree_->nodes;
  int32_t at = static_cast<int32_t>(first);
  constexpr int kHighest = 8;  // words above
  for (int steps = 0; steps < kHighest && at >= 0; ++steps, at = nodes[static_cast<size_t>(at)].head)
    if (nodes[static_cast<size_t>(at)].deprel == Deprel::acl_relcl)  // which follows its noun
      return nodes[static_cast<size_t>(at)].head < static_cast<int32_t>(first);
  return false;
}

// Without a tree: the nearest word that shows tense, to the left first, then to the right for a fronted date.
ClauseTense ClauseReader::tense_of_words(const Expression& e) const {
  const Words& w = words_;
  const auto past_form = [&](size_t i) {
    const std::string_view f = w[i].form;
    if (in_list(f, {"was",  "were", "had",  "said", "did",    "told",  "met",    "held",  "went",  "came", "took", "made", "began",
                    "left", "sent", "shot", "flew", "struck", "broke", "became", "has",   "have",  "been", "fell", "saw",  "found",
                    "gave", "got",  "ran",  "won",  "lost",   "put",   "fought", "spoke", "drove", "rose", "led",  "blew", "hit"}))
      return true;
    return f.size() > 4 && f.ends_with("ed") && w[i].kind == Word::Kind::letters && !w[i].capital;
  };
  const auto probe = [&](size_t i, ClauseTense& out) {
    if (w.match(i, WordClass::future) && !(w[i].form == "may" && w[i].capital)) {
      out = ClauseTense::future;
      return true;
    }
    if (past_form(i)) {
      out = ClauseTense::past;
      return true;
    }
    return false;
  };
  ClauseTense out = ClauseTense::unknown;
  for (size_t i = e.first, steps = 0; i > 0 && steps < 12; ++steps) {
    --i;
    if (clause_end(w[i].form)) break;
    if (in_list(w[i].form, {"be", "being"})) continue;
    if (i > 0 && past_form(i) && !w.match(i, WordClass::future) && in_list(w[i - 1].form, {"be", "is", "are"}))
      continue;  // "will be held", "is held"
    if (probe(i, out)) {
      // "is expected to", "was due to": the word before may turn a past form into a future one
      if (out == ClauseTense::past && i > 0 &&
          (w.match(i - 1, WordClass::future) || in_list(w[i].form, {"planned", "scheduled", "expected", "slated", "supposed"})))
        return ClauseTense::future;
      return out;
    }
  }
  if (e.first > 4) return ClauseTense::unknown;
  for (size_t i = e.last, steps = 0; i < w.size() && steps < 12; ++i, ++steps) {
    if (clause_end(w[i].form)) break;
    if (probe(i, out)) return out;
  }
  return ClauseTense::unknown;
}

}  // namespace demarche
