#include "demarche/core/sentence_view.h"

#include <algorithm>
#include <array>

#include "demarche/core/utf8.h"

namespace demarche {
namespace {

constexpr int kMaxClimb = 40;  // steps up a tree; deeper nesting says nothing any more about its leaves

template <size_t N>
bool one_of(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

constexpr std::array<std::string_view, 12> kModals{"will", "would", "could", "may", "might", "should", "must", "shall", "can", "'ll", "wo", "'d"};
constexpr std::array<std::string_view, 8> kConditions{"if", "unless", "whether", "should", "lest", "until", "once", "in case"};
// Verbs and nouns whose complement is no fact.
constexpr std::array<std::string_view, 66> kNoFact{
    "want",    "plan",        "threaten", "vow",     "urge",    "demand",      "call",     "refrain",    "suspend", "halt",    "stop",       "ban",     "prohibit",   "prevent",
    "seek",    "hope",        "fear",     "prepare", "avoid",   "fail",       "freeze",   "moratorium", "develop", "development", "program", "programme", "suspension", "threat",
    "risk",    "possibility", "ability",  "need",    "end",     "warn",        "promise",  "pledge",     "intend",  "aim",     "try",        "attempt", "wish",       "consider",
    "ready",   "able",        "likely",   "unlikely", "require", "order",      "ask",      "propose",    "proposal", "deter",  "deterrent",  "capability", "resume",  "abandon",
    "dismantle", "renounce",  "forswear", "vote",    "work",    "continue",    "complete", "expect",     "forecast", "predict"};

constexpr std::array<std::string_view, 46> kSaying{
    "say",    "tell",     "announce", "claim",  "report",   "insist",  "believe", "think",  "judge",  "assess",   "conclude", "call",   "describe", "declare", "confirm", "estimate",
    "put",    "admit",    "allege",   "state",  "argue",    "note",    "add",     "warn",   "maintain", "acknowledge", "count",  "consider", "deem",  "regard",  "term",    "label",
    "brand",  "hail",     "determine", "assert", "suspect",  "contend", "write",  "tweet",  "detect", "track",    "observe",  "stress", "reckon",   "suggest"};

constexpr std::array<std::string_view, 5> kNobody{"nobody", "none", "nothing", "neither", "no-one"};

// "Nobody has offered", "neither side gave", "no country signed"; a subject that we come from has told of its "no" itself.
bool negative_subject(const SentenceView& s, uint32_t verb, int32_t from) {
  for (const uint32_t c : s.index.children(verb)) {
    if ((s.node(c).deprel != Deprel::nsubj && s.node(c).deprel != Deprel::nsubj_pass) || static_cast<int32_t>(c) == from) continue;
    if (one_of(s.form(c), kNobody)) return true;
    for (const uint32_t d : s.index.children(c)) {
      if (s.node(d).deprel != Deprel::det) continue;
      const std::string word = s.form(d);
      if (word == "no" || word == "neither" || word == "none") return true;
    }
  }
  return false;
}

}  // namespace

std::string SentenceView::lemma(uint32_t token) const {
  const std::string& l = tree.nodes[token].lemma;
  return l.empty() ? form(token) : fold(l);
}

std::string SentenceView::form(uint32_t token) const { return fold(text_of(text, sentence.tokens[token].span)); }

bool is_heading(std::string_view text, std::span<const Sentence> sentences, uint32_t index) {
  constexpr size_t kMaxHeadingTokens = 14;
  const Sentence& s = sentences[index];
  if (s.tokens.empty() || s.tokens.size() > kMaxHeadingTokens) return false;
  if (index > 0 && sentences[index - 1].paragraph == s.paragraph) return false;
  if (index + 1 < sentences.size() && sentences[index + 1].paragraph == s.paragraph) return false;
  // The last paragraph of a text without its full stop is no heading: nothing follows.
  if (index + 1 == sentences.size()) return false;
  const std::string last = fold(text_of(text, s.tokens.back().span));
  return last != "." && last != "!" && last != "?" && last != "\"" && last != "''" && last != "'" && last != ")" && last != ":" && last != "..." && !last.ends_with(".");
}

bool no_fact_act(std::string_view act) {
  constexpr std::array<std::string_view, 17> kActs{"promise", "threaten", "demand", "request", "offer", "plan", "want", "ask", "order", "propose", "hope", "refuse", "decide", "advise", "invite", "agree", "fear"};
  return one_of(act, kActs);
}

ClauseStanding clause_standing(const SentenceView& s, uint32_t token, Span inside) {
  ClauseStanding out;
  int32_t at = static_cast<int32_t>(token);
  int32_t below = -1;
  bool below_clause = false;
  bool shared_auxiliaries = true;  // "will open and close", but not "will open, and he closed"
  for (int climb = 0; at >= 0 && climb < kMaxClimb; ++climb) {
    const auto i = static_cast<uint32_t>(at);
    if (!inside.contains(s.sentence.tokens[i].span)) break;
    for (const uint32_t c : s.index.children(i)) {
      const Deprel relation = s.node(c).deprel;
      if (relation != Deprel::aux && relation != Deprel::mark && relation != Deprel::advmod && relation != Deprel::det && relation != Deprel::cc && relation != Deprel::cc_preconj) continue;
      const std::string word = s.form(c);
      if (relation == Deprel::aux && shared_auxiliaries && one_of(word, kModals)) out.modal = true;
      if (relation == Deprel::mark && one_of(word, kConditions)) out.conditional = true;
      if (relation == Deprel::advmod && c < i && shared_auxiliaries && (word == "not" || word == "n't" || word == "never" || word == "neither")) out.negated = !out.negated;
      if (relation == Deprel::det && word == "no" && climb < 2) out.negated = !out.negated;
      if ((relation == Deprel::cc || relation == Deprel::cc_preconj) && c < i && climb == 0 && (word == "nor" || word == "neither")) out.negated = true;
      if (relation == Deprel::aux && word == "should" && c == s.index.extent(i).first) out.conditional = true;  // "Should Ruritania attack"
    }
    // "Nobody disputes that it ended": a subject above a clause with one of its own says nothing of it.
    below_clause = below_clause || (below >= 0 && s.index.child(static_cast<uint32_t>(below), Deprel::nsubj) >= 0);
    if (!below_clause && negative_subject(s, i, below)) out.negated = !out.negated;
    shared_auxiliaries = true;
    if (s.node(i).deprel == Deprel::conj) {
      const std::string& xpos = s.node(i).xpos;
      const bool own = s.index.child(i, Deprel::nsubj) >= 0 || s.index.child(i, Deprel::aux) >= 0 || xpos == "VBD" || xpos == "VBZ" || xpos == "VBP";
      shared_auxiliaries = !own;
    }
    const int32_t up = s.node(i).head;
    if (up >= 0 && inside.contains(s.sentence.tokens[static_cast<uint32_t>(up)].span)) {
      const Deprel relation = s.node(i).deprel;
      const bool complement = relation != Deprel::nsubj && relation != Deprel::nsubj_pass && relation != Deprel::conj && relation != Deprel::advcl && relation != Deprel::parataxis &&
                              relation != Deprel::acl_relcl && relation != Deprel::obl && relation != Deprel::obl_unmarked;
      if (complement && one_of(s.lemma(static_cast<uint32_t>(up)), kNoFact)) out.hypothetical = true;
      // A relative clause tells of its noun on its own account.
      if (relation == Deprel::acl_relcl || relation == Deprel::parataxis) break;
      // "..., saying that": what is above only frames it.
      if (relation == Deprel::conj || relation == Deprel::advcl) {
        const Node& parent = s.node(static_cast<uint32_t>(up));
        if (parent.upos == Upos::VERB && relation == Deprel::advcl) break;
      }
    }
    below = at;
    at = up;
  }
  return out;
}

uint32_t head_of(const SentenceView& s, uint32_t first, uint32_t last) {
  for (uint32_t i = first; i < last; ++i) {
    const int32_t up = s.node(i).head;
    if (s.node(i).upos == Upos::PUNCT) continue;
    if (up < 0 || static_cast<uint32_t>(up) < first || static_cast<uint32_t>(up) >= last) {
      // Prefer the last such word: noun phrases are head-final before their modifiers.
      uint32_t best = i;
      for (uint32_t j = i + 1; j < last; ++j) {
        const int32_t other = s.node(j).head;
        if (s.node(j).upos == Upos::NOUN && (other < 0 || static_cast<uint32_t>(other) < first || static_cast<uint32_t>(other) >= last)) best = j;
      }
      return best;
    }
  }
  return first;
}

uint32_t dateline_end(const SentenceView& s) {
  constexpr uint32_t kMaxDateline = 20;
  if (s.size() == 0) return 0;
  const std::string_view first = text_of(s.text, s.sentence.tokens[0].span);
  if (first.size() < 3 || std::any_of(first.begin(), first.end(), [](char c) { return c >= 'a' && c <= 'z'; })) return 0;
  for (uint32_t i = 1; i < std::min(s.size(), kMaxDateline); ++i) {
    const std::string word = s.form(i);
    if (word == "-" || word == "--") {
      const bool joined = s.sentence.tokens[i - 1].span.end == s.sentence.tokens[i].span.begin;
      if (!joined) return i + 1;
    }
    if (s.node(i).upos == Upos::VERB) return 0;
  }
  return 0;
}

namespace {

// The subject among a verb's children: the nearest before it, else the first after it. A word of the dateline is none: then the
// first name or noun behind the dash.
int32_t own_subject(const SentenceView& s, uint32_t verb) {
  int32_t best = -1;
  for (const uint32_t c : s.index.children(verb)) {
    const Deprel r = s.node(c).deprel;
    if (r != Deprel::nsubj && r != Deprel::nsubj_pass && r != Deprel::nsubj_outer) continue;
    // "Ruritania the same day accused": a day hung as a second subject.
    const std::string what = best >= 0 ? s.lemma(c) : "";
    if (what == "day" || what == "week" || what == "month" || what == "morning" || what == "evening" || what == "night") continue;
    if (c < verb || best < 0) best = static_cast<int32_t>(c);
  }
  if (best < 0)
    if (const int32_t called = s.index.child(verb, Deprel::vocative); called >= 0 && static_cast<uint32_t>(called) < verb) return called;  // "Kim, however, has given"
  if (best < 0 && verb > 0) {
    // A finite verb whose subject the parser hung elsewhere: the name that ends right before its auxiliaries and adverbs.
    const Node& node = s.node(verb);
    bool finite = node.xpos == "VBD" || node.xpos == "VBZ" || node.xpos == "VBP";
    for (const uint32_t c : s.index.children(verb)) finite = finite || (c < verb && s.node(c).deprel == Deprel::aux && s.node(c).xpos != "VB");
    if (!finite) return -1;
    uint32_t i = verb;
    while (i > 0 && (s.node(i - 1).upos == Upos::AUX || s.node(i - 1).upos == Upos::ADV || s.node(i - 1).upos == Upos::PART)) --i;
    if (i == 0) return -1;
    // "Marcos, who was speaking in Canberra, had vowed": over the relative clause.
    constexpr uint32_t kMaxAside = 25;
    if (s.form(i - 1) == ",")
      for (uint32_t k = i - 1; k-- > 0 && k + kMaxAside > i;)
        if (const std::string word = s.form(k + 1); s.form(k) == "," && (word == "who" || word == "which" || word == "whose" || word == "whom")) {
          i = k;
          break;
        }
    if (i == 0) return -1;
    // Behind a dateline the first finite verb's subject is the first name.
    if (const uint32_t start = dateline_end(s); start > 0 && start < verb) {
      bool first_verb = true;
      for (uint32_t k = start; k < verb; ++k) first_verb = first_verb && s.node(k).upos != Upos::VERB;
      if (first_verb)
        for (uint32_t k = start; k < verb; ++k)
          if (const Mention* m = mention_covering(s.names, s.id, k); m && m->head >= start && m->head < verb) return static_cast<int32_t>(m->head);
    }
    const Mention* m = mention_covering(s.names, s.id, i - 1);
    if (m && m->last == i && m->head < i) {
      const auto& all = s.names.mentions;
      auto it = std::partition_point(all.begin(), all.end(), [&](const Mention& other) { return other.sentence < s.id; });
      for (; it != all.end() && it->sentence == s.id; ++it)  // the longest that ends there
        if (it->last == i && it->first < m->first) m = &*it;
      // "after A and B agreed": both.
      if (s.node(m->head).deprel == Deprel::conj && s.node(m->head).head >= 0 && s.node(static_cast<uint32_t>(s.node(m->head).head)).upos != Upos::VERB) return s.node(m->head).head;
      return static_cast<int32_t>(m->head);
    }
    // Else a bare noun there, unless a preposition governs it.
    const Node& left = s.node(i - 1);
    if ((left.upos == Upos::NOUN || left.upos == Upos::PROPN || left.upos == Upos::PRON) && s.index.child(i - 1, Deprel::case_) < 0 && left.deprel != Deprel::nmod && left.deprel != Deprel::conj &&
        left.deprel != Deprel::obj)
      return static_cast<int32_t>(i - 1);
    return -1;
  }
  const uint32_t start = best >= 0 ? dateline_end(s) : 0;
  if (best >= 0 && static_cast<uint32_t>(best) < start && start < verb) {
    for (uint32_t i = start; i < verb; ++i)
      if (const Mention* m = mention_covering(s.names, s.id, i); m && m->head >= start && m->head < verb) {
        const Mention* longest = mention_headed_by(s.names, s.id, m->head);
        if ((longest ? longest : m)->first <= i) return static_cast<int32_t>(m->head);
      } else if (s.node(i).upos == Upos::NOUN || s.node(i).upos == Upos::PRON) {
        return static_cast<int32_t>(i);
      }
  }
  return best;
}

}  // namespace

int32_t subject_of(const SentenceView& s, uint32_t verb) {
  auto at = static_cast<int32_t>(verb);
  for (int climb = 0; at >= 0 && climb < 8; ++climb) {
    const auto i = static_cast<uint32_t>(at);
    {
      if (const int32_t child = own_subject(s, i); child >= 0) {
        // "a group that claimed": the noun that the relative clause describes.
        if (s.node(i).deprel == Deprel::acl_relcl && s.node(static_cast<uint32_t>(child)).upos == Upos::PRON && s.node(i).head >= 0) {
          const std::string word = s.form(static_cast<uint32_t>(child));
          if (word == "which" || word == "who" || word == "that") return s.node(i).head;
        }
        return child;
      }
    }
    switch (s.node(i).deprel) {
      case Deprel::conj:
      case Deprel::xcomp:
      case Deprel::advcl:
      case Deprel::aux:
      case Deprel::cop:
        at = s.node(i).head;
        break;
      case Deprel::acl:
        // "..., demanding that": a participle after a comma goes on with what the main verb's subject does.
        if (i > 0 && s.form(i - 1) == "," && s.node(i).xpos == "VBG") {
          for (int32_t up = s.node(i).head, steps = 0; up >= 0 && steps < 8; up = s.node(static_cast<uint32_t>(up)).head, ++steps)
            if (const int32_t child = own_subject(s, static_cast<uint32_t>(up)); child >= 0) return child;
        }
        return s.node(i).head;
      default:
        return -1;
    }
  }
  return -1;
}

namespace {

// "..., the minister said, and ...": an attribution between commas that the parser joined to the words as if it went on with them.
bool set_beside(const SentenceView& s, uint32_t verb) {
  if (s.node(verb).deprel != Deprel::conj || s.index.child(verb, Deprel::nsubj) < 0) return false;
  for (const uint32_t c : s.index.children(verb))
    if (const Deprel r = s.node(c).deprel; r == Deprel::cc || r == Deprel::ccomp || r == Deprel::xcomp || r == Deprel::obj) return false;
  const auto [first, last] = s.index.extent(verb);
  const bool comma_behind = last >= s.size() || s.node(last).upos == Upos::PUNCT || s.node(last - 1).upos == Upos::PUNCT;
  return comma_behind && ((first > 0 && s.form(first - 1) == ",") || s.form(first) == ",");
}

}  // namespace

bool under_saying(const SentenceView& s, uint32_t token) {
  uint32_t at = token;
  for (int climb = 0; climb < kMaxClimb; ++climb) {
    for (const uint32_t c : s.index.children(at))
      if ((s.node(c).deprel == Deprel::parataxis || set_beside(s, c)) && one_of(s.lemma(c), kSaying)) return true;
    const int32_t up = s.node(at).head;
    if (up < 0) return false;
    const Deprel relation = s.node(at).deprel;
    at = static_cast<uint32_t>(up);
    if ((relation == Deprel::ccomp || relation == Deprel::parataxis) && s.node(at).upos == Upos::VERB && one_of(s.lemma(at), kSaying)) return true;
  }
  return false;
}

int32_t attributed_subject(const SentenceView& s, uint32_t token, uint32_t* verb) {
  const auto found = [&](uint32_t at) -> int32_t {
    const int32_t subject = subject_of(s, at);
    if (subject >= 0 && verb) *verb = at;
    return subject;
  };
  uint32_t at = token;
  for (int climb = 0; climb < kMaxClimb; ++climb) {
    // "..., the ministry said": the verb of saying hangs on the words themselves.
    for (const uint32_t c : s.index.children(at))
      if ((s.node(c).deprel == Deprel::parataxis || set_beside(s, c)) && one_of(s.lemma(c), kSaying)) {
        if (const int32_t subject = found(c); subject >= 0) return subject;
        // "..., KCNA reports", read as a noun.
        if (const int32_t name = s.index.child(c, Deprel::compound); name >= 0) {
          if (verb) *verb = c;
          return name;
        }
      }
    const int32_t up = s.node(at).head;
    if (up < 0) return -1;
    const auto above = static_cast<uint32_t>(up);
    const Deprel relation = s.node(at).deprel;
    // "a missile that Tokyo said flew": both verbs hang on the missile.
    if (relation == Deprel::acl_relcl)
      for (const uint32_t c : s.index.children(above))
        if (c < at && s.node(c).deprel == Deprel::acl_relcl && one_of(s.lemma(c), kSaying))
          if (const int32_t subject = found(c); subject >= 0) return subject;
    const std::string above_lemma = s.lemma(above);
    if ((above_lemma == "accuse" || above_lemma == "charge") && s.node(above).upos == Upos::VERB && relation != Deprel::nsubj && relation != Deprel::conj) return found(above);
    // "claiming on Tuesday to have launched": also where it hangs as a purpose.
    const int32_t mark = relation == Deprel::advcl ? s.index.child(at, Deprel::mark) : -1;
    const bool to_have = mark >= 0 && s.form(static_cast<uint32_t>(mark)) == "to" && s.index.child(at, Deprel::aux) >= 0 && above_lemma == "claim";
    const bool content = to_have || relation == Deprel::ccomp || relation == Deprel::xcomp || relation == Deprel::obj || relation == Deprel::obl || relation == Deprel::parataxis;
    if (content && s.node(above).upos == Upos::VERB && one_of(s.lemma(above), kSaying)) return found(above);
    at = above;
  }
  return -1;
}

std::vector<Participant> participants_of(const SentenceView& s, uint32_t token) {
  std::vector<Participant> out;
  const auto add = [&](ActorId id) {
    if (!id.valid()) return;
    const Actor& actor = s.names.actors[id.index];
    const auto same = [&](const Participant& p) { return p.party == actor.party; };
    if (!actor.party.empty() && std::none_of(out.begin(), out.end(), same)) out.push_back({id, actor.party, actor.sector});
  };
  const auto read = [&](uint32_t at) {
    const Mention* m = mention_headed_by(s.names, s.id, at);
    if (!m) m = mention_covering(s.names, s.id, at);
    if (!m) return;
    add(m->actor);
    for (const ActorId member : m->members) add(member);
  };
  read(token);
  for (const uint32_t c : s.index.children(token))
    if (s.node(c).deprel == Deprel::conj) read(c);
  if (!out.empty()) return out;
  // "Ruritania's troops", "Ruritanian forces", "the forces of Ruritania".
  for (const uint32_t c : s.index.children(token)) {
    const Deprel r = s.node(c).deprel;
    if (r == Deprel::nmod_poss || r == Deprel::compound || r == Deprel::amod || r == Deprel::nmod || r == Deprel::flat || r == Deprel::appos || r == Deprel::nmod_desc) {
      read(c);
      for (const uint32_t other : s.index.children(c))
        if (s.node(other).deprel == Deprel::conj) read(other);
    }
    if (!out.empty()) return out;
  }
  // "Ruritania's ruling People's Party": a possessive name in the same phrase, however the parser hung it.
  for (uint32_t i = token; i-- > 0 && i + 6 > token;) {
    const Upos upos = s.node(i).upos;
    if (upos != Upos::NOUN && upos != Upos::PROPN && upos != Upos::ADJ && upos != Upos::PART && s.node(i).xpos != "VBG") break;
    if (s.form(i) == "'s" && i > 0) read(i - 1);
    if (!out.empty()) return out;
  }
  return out;
}

std::vector<std::string> parties_of(const SentenceView& s, uint32_t token) {
  std::vector<std::string> out;
  for (const Participant& p : participants_of(s, token)) out.push_back(p.party);
  return out;
}

}  // namespace demarche
