#include "demarche/times/tense.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <optional>

#include "demarche/core/tree.h"

namespace demarche {
namespace {

bool in_list(std::string_view word, std::initializer_list<std::string_view> list) { return std::find(list.begin(), list.end(), word) != list.end(); }

std::string lower(std::string_view s) {
  std::string out(s);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

// Verbs and adjectives whose infinitive, or whose "for" phrase, lies ahead.
bool looks_ahead(std::string_view lemma) {
  return in_list(lemma, {"plan", "schedule", "expect", "set", "slate", "due", "intend", "hope", "agree", "want", "ask", "urge", "order", "decide", "prepare", "vow", "promise", "pledge", "go",
                         "be", "threaten", "aim", "seek", "need", "propose", "invite", "call", "demand", "wait", "await", "anticipate", "likely", "ready", "bind", "tip", "poise", "tell",
                         "warn", "allow", "arrange", "offer", "require"});
}

// Nouns whose infinitive lies ahead: "a plan to meet on Friday".
bool promises(std::string_view lemma) {
  return in_list(lemma, {"plan", "decision", "agreement", "offer", "intention", "proposal", "promise", "pledge", "commitment", "aim", "goal", "call", "request", "order", "threat", "vow", "bid",
                         "invitation", "deadline", "ultimatum", "schedule", "willingness", "readiness", "move", "appeal", "demand"});
}

// Verbs that push a thing to the day they name: "adjourned until Monday".
bool puts_off(std::string_view lemma) { return in_list(lemma, {"postpone", "adjourn", "delay", "defer", "suspend", "extend", "push", "give", "put", "close", "reschedule", "move", "prolong"}); }

// Events that a report gives in the present when they lie ahead: "the summit begins on Friday".
bool timetable_verb(std::string_view lemma) {
  return in_list(lemma, {"begin", "start", "open", "end", "expire", "arrive", "travel", "meet", "visit", "leave", "depart", "resume", "convene", "take", "host", "hold", "go", "come", "fly", "head",
                         "conclude", "close", "vote", "kick", "run", "fall", "return", "lapse", "gather"});
}

bool dated(const Expression& e) { return e.form == Expression::Form::weekday || (e.form == Expression::Form::calendar && e.day && e.month); }

// Verbs with which a thing is "set for Friday".
bool sets_a_day(std::string_view lemma) {
  return in_list(lemma, {"schedule", "slate", "plan", "expect", "set", "call", "summon", "convene", "invite", "book", "fix", "announce", "due", "tip", "prepare", "line", "arrange"});
}

// The verb just to the left in the same stretch between marks, if its form alone settles the tense.
std::optional<Tense> tense_of_near_verb(std::string_view text, const Sentence& sentence, const Tree& tree, const Words& words, const Expression& e, uint32_t first) {
  for (uint32_t i = first, steps = 0; i > 0 && steps < 14; ++steps) {
    --i;
    const Node& node = tree.nodes[i];
    const std::string_view form = text_of(text, sentence.tokens[i].span);
    if (node.upos == Upos::PUNCT && form != "'" && form != "-") {
      // "Wang, who talked to his counterpart, Qureshi, by telephone on Monday, is expected ...": the relative clause goes on
      if (form != ",") return std::nullopt;
      for (uint32_t k = i; k > 0 && i - k < 14;) {
        --k;
        if (!in_list(lower(text_of(text, sentence.tokens[k].span)), {"who", "which"})) continue;
        for (uint32_t v = k + 1; v < i && v < k + 4; ++v)
          if (tree.nodes[v].upos == Upos::VERB && tree.nodes[v].xpos == "VBD") return Tense::past;
        return std::nullopt;
      }
      return std::nullopt;
    }
    if (node.upos != Upos::VERB && node.upos != Upos::AUX) continue;
    const std::string lemma = lower(node.lemma);
    if (e.first > 0 && words.is(e.first - 1, "for") && dated(e) && !words.is(e.last, "'") && sets_a_day(lemma)) return Tense::future;
    if (node.xpos == "VBD" && node.upos == Upos::VERB) return Tense::past;
    if (node.xpos == "VBN" && !sets_a_day(lemma) && i > 0) {
      for (uint32_t k = i; k > 0 && i - k < 3;) {
        --k;
        const std::string before = lower(text_of(text, sentence.tokens[k].span));
        if (in_list(before, {"had", "has", "have", "was", "were"})) return Tense::past;
        if (in_list(before, {"will", "be", "to", "would", "is", "are"})) return std::nullopt;
      }
    }
    return std::nullopt;
  }
  return std::nullopt;
}

bool clause_end(std::string_view form) { return form == ";" || form == "." || form == ":" || form == "\""; }

// Without a tree: the nearest word that shows tense, to the left first, then to the right for a fronted date.
Tense tense_of_words(const Words& w, const Expression& e) {
  const auto past_form = [&](size_t i) {
    const std::string_view f = w[i].form;
    if (in_list(f, {"was", "were", "had", "said", "did", "told", "met", "held", "went", "came", "took", "made", "began", "left", "sent", "shot", "flew", "struck", "broke", "became", "has", "have", "been", "fell", "saw", "found", "gave", "got", "ran", "won", "lost", "put", "fought", "spoke", "drove", "rose", "led", "blew", "hit"}))
      return true;
    return f.size() > 4 && f.ends_with("ed") && w[i].kind == Word::Kind::letters && !w[i].capital;
  };
  const auto probe = [&](size_t i, Tense& out) {
    if (w.match(i, WordClass::future) && !(w[i].form == "may" && w[i].capital)) {
      out = Tense::future;
      return true;
    }
    if (past_form(i)) {
      out = Tense::past;
      return true;
    }
    return false;
  };
  Tense out = Tense::unknown;
  for (size_t i = e.first, steps = 0; i > 0 && steps < 12; ++steps) {
    --i;
    if (clause_end(w[i].form)) break;
    if (in_list(w[i].form, {"be", "being"})) continue;
    if (i > 0 && past_form(i) && !w.match(i, WordClass::future) && in_list(w[i - 1].form, {"be", "is", "are"})) continue;  // "will be held", "is held"
    if (probe(i, out)) {
      // "is expected to", "was due to": the word before may turn a past form into a future one
      if (out == Tense::past && i > 0 && (w.match(i - 1, WordClass::future) || in_list(w[i].form, {"planned", "scheduled", "expected", "slated", "supposed"}))) return Tense::future;
      return out;
    }
  }
  if (e.first > 4) return Tense::unknown;
  for (size_t i = e.last, steps = 0; i < w.size() && steps < 12; ++i, ++steps) {
    if (clause_end(w[i].form)) break;
    if (probe(i, out)) return out;
  }
  return Tense::unknown;
}

// Tense of the clause that `verb` heads; nothing when it takes its time from the clause above.
std::optional<Tense> tense_of_verb(std::string_view text, const Sentence& sentence, const Tree& tree, const Words& words, const Expression& e, uint32_t verb, bool through_noun, bool title) {
  const std::vector<Node>& nodes = tree.nodes;
  const int32_t at = static_cast<int32_t>(verb);
  const Node& node = nodes[verb];
  const std::string lemma = lower(node.lemma.empty() ? text_of(text, sentence.tokens[verb].span) : std::string_view(node.lemma));
  bool has_past_aux = false, has_present_be = false, has_have = false, has_to = false, has_modal = false, has_will = false, has_been = false;
  for (size_t i = 0; i < nodes.size(); ++i) {
    if (nodes[i].head != at) continue;
    const std::string form = lower(text_of(text, sentence.tokens[i].span));
    if (nodes[i].deprel == Deprel::mark && form == "to") has_to = true;
    if (nodes[i].deprel != Deprel::aux && nodes[i].deprel != Deprel::aux_pass && nodes[i].deprel != Deprel::cop) continue;
    if (in_list(form, {"will", "shall", "'ll", "’ll", "wo", "ll"})) has_will = true;
    if (in_list(form, {"would", "could", "may", "might", "must", "should", "can"})) has_modal = true;
    if (in_list(form, {"was", "were", "had", "did"})) has_past_aux = true;
    if (in_list(form, {"is", "are", "'s", "'re", "am"})) has_present_be = true;
    if (in_list(form, {"has", "have", "'ve"})) has_have = true;
    if (form == "been" || form == "had") has_been = true;
  }
  if (has_will) return Tense::future;
  if (has_modal) return has_have ? Tense::past : Tense::future;
  const bool scheduling = in_list(lemma, {"schedule", "slate", "plan", "expect", "due", "set", "tentatively"});
  if (puts_off(lemma) && e.first > 0 && in_list(words[e.first - 1].form, {"until", "till", "to"})) return Tense::future;
  if (scheduling && !(has_past_aux && has_been) && (node.xpos == "VBN" || node.xpos == "JJ" || node.upos == Upos::ADJ)) return Tense::future;
  if (has_past_aux || has_have) return Tense::past;
  if (has_to) {
    const int32_t governor = node.head;
    if (governor >= 0) {
      const Node& g = nodes[static_cast<size_t>(governor)];
      const std::string glemma = lower(g.lemma.empty() ? text_of(text, sentence.tokens[static_cast<size_t>(governor)].span) : std::string_view(g.lemma));
      if (g.upos == Upos::NOUN ? promises(glemma) : looks_ahead(glemma)) return Tense::future;
      for (size_t i = 0; i < nodes.size(); ++i)
        if (nodes[i].head == governor && (nodes[i].deprel == Deprel::cop || nodes[i].deprel == Deprel::aux) && in_list(lower(text_of(text, sentence.tokens[i].span)), {"was", "were", "had"}))
          return Tense::past;
      if (g.xpos == "VBD" && g.upos == Upos::VERB) return Tense::past;
      return std::nullopt;
    } else {
      return Tense::future;
    }
    return Tense::unknown;
  }
  if (node.xpos == "VBD" || (node.xpos == "VBN" && !has_present_be)) return Tense::past;
  if (node.xpos == "VBN") return timetable_verb(lemma) ? Tense::future : Tense::unknown;
  if (node.xpos == "VBG") return has_present_be ? Tense::future : Tense::unknown;
  if (title) return Tense::past;
  const bool present = node.xpos == "VBZ" || node.xpos == "VBP" || (feature(node, "Tense") == "Pres" && feature(node, "VerbForm") == "Fin");
  if (present && timetable_verb(lemma) && !through_noun) return Tense::future;
  if (node.xpos == "VB") return Tense::future;
  return tense_of_words(words, e);
}

}  // namespace

std::pair<uint32_t, uint32_t> tokens_of(const Sentence& sentence, Span span) {
  const auto& tokens = sentence.tokens;
  const auto first = std::partition_point(tokens.begin(), tokens.end(), [&](const Token& t) { return t.span.end <= span.begin; });
  const auto last = std::partition_point(first, tokens.end(), [&](const Token& t) { return t.span.begin < span.end; });
  return {static_cast<uint32_t>(first - tokens.begin()), static_cast<uint32_t>(last - tokens.begin())};
}

bool is_title(std::span<const Sentence> sentences, uint32_t index) { return sentences[index].paragraph == 0 && sentences.size() > 1 && sentences[1].paragraph != 0; }

Tense tense_around(std::string_view text, const Sentence& sentence, const Tree* tree, const Words& words, const Expression& e, uint32_t first, uint32_t last, bool title) {
  // "ahead of Friday's vote", "the upcoming May summit", "Tuesday's deadline"
  for (size_t i = e.first, steps = 0; i > 0 && steps < 4; ++steps) {
    --i;
    if (words[i].form == "of" && words.is(i - 1 < words.size() ? i - 1 : i, "ahead")) return Tense::future;
    if (in_list(words[i].form, {"upcoming", "forthcoming"})) return Tense::future;
    if (words[i].kind == Word::Kind::mark) break;
  }
  // "the summit starts on Friday"
  if (!title && e.first > 1) {
    const size_t verb = in_list(words[e.first - 1].form, {"on", "at", "in"}) ? e.first - 2 : e.first - 1;
    if (in_list(words[verb].form, {"starts", "begins", "opens", "resumes", "arrives", "meets", "convenes", "expires", "departs", "reconvenes", "concludes"})) return Tense::future;
  }
  // "For Wednesday he has summoned the cabinet"
  if (e.first == 1 && words.is(0, "for") && dated(e)) return Tense::future;
  if (words.is(e.last, "deadline") || words.is(e.last, "ultimatum")) return Tense::future;
  if (!tree || tree->nodes.size() != sentence.tokens.size() || first >= last || last > tree->nodes.size()) return tense_of_words(words, e);
  if (const std::optional<Tense> near = tense_of_near_verb(text, sentence, *tree, words, e, first)) return *near;
  const std::vector<Node>& nodes = tree->nodes;
  int32_t at = -1;
  for (uint32_t i = first; i < last && at < 0; ++i)
    if (nodes[i].head < static_cast<int32_t>(first) || nodes[i].head >= static_cast<int32_t>(last)) {
      if (nodes[i].deprel != Deprel::punct && nodes[i].deprel != Deprel::case_) at = static_cast<int32_t>(i);
    }
  if (at < 0) return tense_of_words(words, e);
  for (int hops = 0; hops < 4; ++hops) {
    int32_t verb = -1;
    bool through_noun = false;
    // the verb above
    for (int steps = 0; steps < 30; ++steps) {
      at = nodes[static_cast<size_t>(at)].head;
      if (at < 0) return tense_of_words(words, e);
      const Node& node = nodes[static_cast<size_t>(at)];
      bool copula = false;  // "the summit is on Friday", "is due Friday"
      for (const Node& child : nodes) copula = copula || (child.head == at && child.deprel == Deprel::cop);
      if (node.upos == Upos::VERB || node.upos == Upos::AUX || copula) {
        verb = at;
        break;
      }
      if (node.head < 0) return tense_of_words(words, e);
      through_noun = true;
    }
    if (verb < 0) return tense_of_words(words, e);
    const std::optional<Tense> tense = tense_of_verb(text, sentence, *tree, words, e, static_cast<uint32_t>(verb), through_noun, title);
    if (tense) return *tense;
    at = verb;  // an infinitive that takes its time from the verb above it
  }
  return tense_of_words(words, e);
}

bool is_bound(const Sentence& sentence, const Tree* tree, const Words& words, const Expression& e, uint32_t first, uint32_t last) {
  bool led = false;
  for (size_t back = 1; back <= 5 && back <= e.first && !led; ++back) {
    const LexiconEntry* entry = words.match(e.first - back, WordClass::bound);
    led = entry && entry->words.size() == back;
  }
  if (!led) return false;
  if (words.is(e.last, "'") && words.glued(e.last)) return false;  // "after Friday's talks"
  if (words.is(e.last, "s") && words.glued(e.last)) return false;
  if (!tree || tree->nodes.size() != sentence.tokens.size() || first >= last || last > tree->nodes.size()) return true;
  for (uint32_t i = first; i < last; ++i) {
    const Node& node = tree->nodes[i];
    if (node.head >= static_cast<int32_t>(first) && node.head < static_cast<int32_t>(last)) continue;
    // "after the Friday talks": it only says which talks
    if ((node.deprel == Deprel::compound || node.deprel == Deprel::nmod_poss || node.deprel == Deprel::nmod_unmarked || node.deprel == Deprel::amod || node.deprel == Deprel::nummod) &&
        node.head >= static_cast<int32_t>(last) && tree->nodes[static_cast<size_t>(node.head)].upos == Upos::NOUN)
      return false;
  }
  return true;
}

}  // namespace demarche
