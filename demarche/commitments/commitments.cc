// Commitments are found in four steps: the rows of commitments.tsv are matched over the words of each sentence; the tree tells
// who is bound, to what, on which condition; the times say until when (terms.cc); the rows of commitment_status.tsv say what
// became of it. A commitment told several times is kept at its surest telling.
#include "demarche/commitments/commitments.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "demarche/commitments/rules.h"
#include "demarche/commitments/terms.h"
#include "demarche/core/sentence_view.h"
#include "demarche/core/utf8.h"

namespace demarche {
namespace {

constexpr uint32_t kMaxSubjectTokens = 8;   // a longer subject is cited by its head only
constexpr uint32_t kMaxClauseTokens = 45;   // evidence is a clause, never a whole long sentence
constexpr uint32_t kLookBackSentences = 4;  // how far "such hopes" reaches back

constexpr size_t kMaxRecalled = 40;         // commitments that a later mention can mean
constexpr uint32_t kSameThingSentences = 300;  // a moratorium named again within as many sentences is the same one
constexpr uint32_t kMaxEventSentences = 12;    // how far the act that breaks a commitment is looked for

bool first_person(std::string_view word) { return word == "we" || word == "i" || word == "our" || word == "us" || word == "my"; }
bool third_pronoun(std::string_view word) { return word == "it" || word == "they" || word == "he" || word == "she"; }

class Finder {
 public:
  Finder(std::string_view text, std::span<const Sentence> sentences, std::span<const Tree> trees, const Names& names, std::span<const TimeExpression> times,
         std::span<const Statement> statements, std::span<const Event> events, const Published& published, const CommitmentRules& rules)
      : text_(text), sentences_(sentences), trees_(trees), names_(names), times_(times), statements_(statements), events_(events), published_(published), rules_(rules),
        by_sentence_(sentences.size()), cued_in_(sentences.size()) {
    for (uint32_t i = 0; i < statements.size(); ++i)
      if (statements[i].cue && statements[i].sentence.index < sentences.size()) cued_in_[statements[i].sentence.index].push_back(i);
    for (uint32_t i = 0; i < statements.size(); ++i)
      for (const Span part : statements[i].content)
        for (uint32_t s = sentence_at(sentences, part.begin); s < sentences.size() && sentences[s].span.begin < part.end; ++s)
          if (by_sentence_[s].empty() || by_sentence_[s].back() != i) by_sentence_[s].push_back(i);
  }

  void read_sentence(uint32_t i);
  std::vector<Commitment> take();

 private:
  // One fit on its way to a commitment.
  struct Draft {
    const CommitmentRule* rule = nullptr;
    uint32_t anchor = 0;
    uint32_t verb = 0;          // of the clause
    int32_t complement = -1;
    StatementId around;         // whose words these are
    StatementId cued;           // the statement that the trigger introduces
    Span inside;
    std::vector<Participant> by, to;
    TokenRange what{0, 0}, evidence{0, 0};
    float trust = 0;
  };

  float certainty(const SentenceView& s, const Draft& d) const;
  bool shape(const SentenceView& s, const PatternMatch& match, Draft& d) const;
  bool bind(const SentenceView& s, Draft& d) const;
  bool mild_answer(const SentenceView& s, const PatternMatch& match, const Draft& d) const;
  bool allowed(const SentenceView& s, const PatternMatch& match, const Draft& d) const;
  void address(const SentenceView& s, Draft& d) const;
  void date(const SentenceView& s, const Draft& d, Commitment& c) const;
  void tell_status(const SentenceView& s, const std::vector<PatternMatch>& matches);
  std::vector<Participant> owner_of(const SentenceView& s, uint32_t noun) const;
  std::vector<Participant> all_parties(const SentenceView& s, TokenRange range) const;
  Participant speaker_of(StatementId id) const {
    const Speaker& speaker = statements_[id.index].speaker;
    return {speaker.actor, speaker.party, speaker.sector};
  }
  StatementId statement_around(uint32_t sentence, Span span, Span* part) const;
  std::span<const TimeExpression> times_of(uint32_t sentence) const;
  bool has_time(const SentenceView& s, TokenRange range) const;
  std::vector<Participant> subject_of_sentence(uint32_t sentence) const;

  std::string_view text_;
  std::span<const Sentence> sentences_;
  std::span<const Tree> trees_;
  const Names& names_;
  std::span<const TimeExpression> times_;
  std::span<const Statement> statements_;
  std::span<const Event> events_;
  const Published& published_;
  const CommitmentRules& rules_;
  std::vector<std::vector<uint32_t>> by_sentence_;  // statements whose content touches the sentence
  std::vector<std::vector<uint32_t>> cued_in_;      // statements whose cue stands in it
  std::vector<Commitment> found_;
};

StatementId Finder::statement_around(uint32_t sentence, Span span, Span* part) const {
  StatementId best;
  Span best_part = sentences_[sentence].span;
  for (const uint32_t i : by_sentence_[sentence])
    for (const Span p : statements_[i].content)
      if (p.begin <= span.begin + 1 && span.end <= p.end + 1 && (!best.valid() || p.size() < best_part.size())) {
        best = StatementId{i};
        best_part = p;
      }
  *part = best_part;
  return best;
}

std::span<const TimeExpression> Finder::times_of(uint32_t sentence) const {
  const auto first = std::partition_point(times_.begin(), times_.end(), [&](const TimeExpression& t) { return t.sentence.index < sentence; });
  const auto last = std::partition_point(first, times_.end(), [&](const TimeExpression& t) { return t.sentence.index == sentence; });
  return {first, last};
}

bool Finder::has_time(const SentenceView& s, TokenRange range) const {
  for (const TimeExpression& t : times_of(s.id.index))
    if (t.first < range.second && range.first < t.last) return true;
  return false;
}

std::vector<Participant> Finder::subject_of_sentence(uint32_t sentence) const {
  if (sentences_[sentence].tokens.empty() || trees_[sentence].nodes.size() != sentences_[sentence].tokens.size()) return {};
  const TreeIndex index(trees_[sentence]);
  const SentenceView s{text_, SentenceId{sentence}, sentences_[sentence], trees_[sentence], index, names_};
  const int32_t subject = subject_of(s, index.root());
  return subject >= 0 ? participants_of(s, static_cast<uint32_t>(subject)) : std::vector<Participant>{};
}

std::vector<Participant> Finder::all_parties(const SentenceView& s, TokenRange range) const {
  std::vector<Participant> out;
  for (uint32_t i = range.first; i < range.second; ++i) {
    const Mention* m = mention_headed_by(names_, s.id, i);
    if (!m) continue;
    const auto add = [&](ActorId id) {
      if (!id.valid() || names_.actors[id.index].party.empty()) return;
      const Actor& a = names_.actors[id.index];
      if (a.kind == ActorKind::weapon || a.kind == ActorKind::vessel) return;
      if (std::none_of(out.begin(), out.end(), [&](const Participant& p) { return p.party == a.party; })) out.push_back({id, a.party, a.sector});
    };
    add(m->actor);
    for (const ActorId member : m->members) add(member);
  }
  return out;
}

// Whose promise, moratorium, red line: "its", "of Ritania", "that Ruritania declared", "Ruritania has a red line".
std::vector<Participant> Finder::owner_of(const SentenceView& s, uint32_t noun) const {
  for (const uint32_t c : s.index.children(noun))
    if (s.node(c).deprel == Deprel::nmod_poss || s.node(c).deprel == Deprel::amod || s.node(c).deprel == Deprel::compound)
      if (auto p = participants_of(s, c); !p.empty()) return p;
  for (const uint32_t c : s.index.children(noun)) {
    if (s.node(c).deprel == Deprel::acl_relcl) {
      const int32_t subject = s.index.child(c, Deprel::nsubj);
      if (subject >= 0)
        if (auto p = participants_of(s, static_cast<uint32_t>(subject)); !p.empty()) return p;
    }
    if (s.node(c).deprel == Deprel::nmod || s.node(c).deprel == Deprel::acl) {
      const int32_t preposition = s.index.child(c, Deprel::case_);
      if (preposition >= 0 && (s.form(static_cast<uint32_t>(preposition)) == "by" || s.form(static_cast<uint32_t>(preposition)) == "of"))
        if (auto p = participants_of(s, c); !p.empty()) return p;
    }
  }
  const int32_t subject = subject_of(s, clause_head(s, noun));
  if (subject >= 0 && static_cast<uint32_t>(subject) != noun)
    if (auto p = participants_of(s, static_cast<uint32_t>(subject)); !p.empty()) return p;
  return {};
}

// Where the trigger stands and what hangs on it. False when a part that the row needs is not there.
bool Finder::shape(const SentenceView& s, const PatternMatch& match, Draft& d) const {
  const CommitmentRule& rule = *d.rule;
  const Span anchor = s.sentence.tokens[d.anchor].span;
  d.around = statement_around(s.id.index, anchor, &d.inside);
  for (const uint32_t i : cued_in_[s.id.index])
    if (statements_[i].cue->overlaps(anchor)) d.cued = StatementId{i};
  if (rule.statement && !d.around.valid() && !under_saying(s, d.anchor)) return false;
  d.verb = (rule.clause || rule.noun || rule.legal || rule.by == Bound::parties || rule.by == Bound::context) ? clause_head(s, d.anchor) : d.anchor;
  if (rule.comp || rule.inf || rule.agreed) d.complement = complement_of(s, d.anchor, rule.inf, !rule.inf);
  if (rule.comp && d.complement < 0 && !d.cued.valid()) return false;
  if (rule.inf && d.complement < 0) return false;
  if (rule.obl && s.index.child(d.anchor, Deprel::obl) < 0 && s.index.child(d.anchor, Deprel::xcomp) < 0 && s.index.child(d.anchor, Deprel::obj) < 0 &&
      s.index.child(d.anchor, Deprel::ccomp) < 0 && s.index.child(d.anchor, Deprel::advcl) < 0 && s.index.child(d.anchor, Deprel::obl_agent) < 0)
    return false;
  d.what = d.complement >= 0 ? clause_range(s, static_cast<uint32_t>(d.complement)) : clause_range(s, d.verb);
  d.evidence = clause_range(s, d.verb);
  if (d.complement >= 0) d.evidence = {std::min(d.evidence.first, d.what.first), std::max(d.evidence.second, d.what.second)};
  // Inside somebody's words the evidence does not reach out of them.
  while (d.evidence.first < d.anchor && !d.inside.overlaps(s.sentence.tokens[d.evidence.first].span)) ++d.evidence.first;
  while (d.evidence.second > d.anchor + 1 && !d.inside.overlaps(s.sentence.tokens[d.evidence.second - 1].span)) --d.evidence.second;
  d.evidence.first = std::min(d.evidence.first, match.first);
  d.evidence.second = std::max(d.evidence.second, match.last);
  if (const uint32_t start = dateline_end(s); start <= d.anchor) {
    d.evidence.first = std::max(d.evidence.first, start);
    d.what.first = std::max(d.what.first, start);
  }
  if (d.evidence.second - d.evidence.first > kMaxClauseTokens) {
    if (d.anchor - d.evidence.first > kMaxClauseTokens / 2) d.evidence.first = d.anchor - kMaxClauseTokens / 2;
    d.evidence.second = std::min(d.evidence.second, d.anchor + kMaxClauseTokens / 2);
  }
  // "assured them: '...'": the words follow the colon.
  if (rule.comp && d.complement >= 0 && s.node(static_cast<uint32_t>(d.complement)).deprel == Deprel::obj)
    for (uint32_t i = d.what.second; i + 1 < s.size() && i < d.what.second + 4; ++i)
      if (s.form(i) == ":") {
        d.what = {i + 1, s.size()};
        d.evidence.second = s.size();
        break;
      }
  // "no deal was reached".
  if (rule.kind == CommitmentKind::agreement)
    for (uint32_t i = match.first; i < match.last; ++i)
      if (const int32_t det = s.index.child(i, Deprel::det); det >= 0 && (s.form(static_cast<uint32_t>(det)) == "no" || s.form(static_cast<uint32_t>(det)) == "any")) return false;
  // What was promised in words of its own that stand before the verb ("..., the ministry promised").
  if (rule.content) {
    if (!d.cued.valid() || d.complement >= 0) return false;
    const Statement& statement = statements_[d.cued.index];
    if (statement.content.empty() || statement.content.front().begin > anchor.begin) return false;
  }
  return true;
}

// Who binds whom. False when nobody can be told whom the row needs.
bool Finder::bind(const SentenceView& s, Draft& d) const {
  const CommitmentRule& rule = *d.rule;
  const int32_t subject = subject_of(s, d.verb);
  const std::vector<Participant> subject_parties = subject >= 0 ? participants_of(s, static_cast<uint32_t>(subject)) : std::vector<Participant>{};
  const std::string subject_word = subject >= 0 ? s.form(static_cast<uint32_t>(subject)) : "";
  bool ours = false;
  if (subject >= 0) {
    const int32_t possessive = s.index.child(static_cast<uint32_t>(subject), Deprel::nmod_poss);
    ours = first_person(subject_word) || (possessive >= 0 && first_person(s.form(static_cast<uint32_t>(possessive))));
  }
  if (rule.self || rule.other) {
    const std::string speaker = d.around.valid() ? statements_[d.around.index].speaker.party : "";
    // "the military", "the government": the speaker's own when no party is named.
    static constexpr std::array<std::string_view, 12> kOwn{"military", "army", "government", "country", "side", "force", "troops", "ministry", "nation", "administration", "navy", "forces"};
    const bool own = subject >= 0 && subject_parties.empty() && std::find(kOwn.begin(), kOwn.end(), s.lemma(static_cast<uint32_t>(subject))) != kOwn.end();
    const bool same = ours || own || (speaker.empty() && d.around.valid() && !subject_parties.empty()) || (!speaker.empty() && std::any_of(subject_parties.begin(), subject_parties.end(), [&](const Participant& p) { return p.party == speaker; })) ||
                      (d.around.valid() && subject_parties.empty() && third_pronoun(subject_word));
    if (rule.self && d.around.valid() && !same) return false;
    if (rule.self && s.index.child(d.verb, Deprel::aux_pass) >= 0) return false;  // "will not be blocked"
    if (rule.self && !d.around.valid() && subject_parties.empty()) return false;
    if (rule.other && (same || (subject_parties.empty() && rule.kind == CommitmentKind::demand))) return false;
    if (rule.other && !d.around.valid() && !under_saying(s, d.anchor)) return false;
  }
  switch (rule.by) {
    case Bound::subject:
      d.by = subject_parties;
      if (d.by.empty() && d.cued.valid() && !speaker_of(d.cued).party.empty()) d.by = {speaker_of(d.cued)};
      if (d.by.empty() && ours && d.around.valid()) d.by = {speaker_of(d.around)};
      if (rule.two || rule.one) {
        // "agreed with Graustark to": both.
        for (const uint32_t c : s.index.children(d.verb)) {
          const int32_t preposition = s.index.child(c, Deprel::case_);
          if (s.node(c).deprel == Deprel::obl && preposition >= 0 && s.form(static_cast<uint32_t>(preposition)) == "with")
            for (const Participant& p : participants_of(s, c))
              if (std::none_of(d.by.begin(), d.by.end(), [&](const Participant& q) { return q.party == p.party; })) d.by.push_back(p);
        }
      }
      break;
    case Bound::speaker:
      if (rule.self && subject_parties.size() > 1)
        d.by = subject_parties;  // "Graustark and its ally would resume"
      else if (d.around.valid())
        d.by = {speaker_of(d.around)};
      if (!d.around.valid() && !rule.self) {
        uint32_t verb = 0;
        const int32_t speaker = attributed_subject(s, d.anchor, &verb);
        d.by = speaker >= 0 ? participants_of(s, static_cast<uint32_t>(speaker)) : std::vector<Participant>{};
        if (d.by.empty()) return false;
      }
      if (d.by.empty() || (d.by[0].party.empty() && rule.self)) d.by = subject_parties;
      break;
    case Bound::owner:
      d.by = owner_of(s, d.anchor);
      // "a moratorium on launches that Ruritania had declared": the only party of the sentence, however the clause hangs.
      if (d.by.empty() && rule.kind == CommitmentKind::moratorium)
        if (const auto named = all_parties(s, {0, s.size()}); named.size() == 1) d.by = named;
      if (d.by.empty() && d.around.valid()) d.by = {speaker_of(d.around)};
      break;
    case Bound::parties: {
      // "between A and B", "with B": those alone.
      for (const uint32_t c : s.index.children(d.anchor)) {
        const int32_t preposition = s.index.child(c, Deprel::case_);
        const std::string word = preposition >= 0 ? s.form(static_cast<uint32_t>(preposition)) : "";
        if (word == "between" || word == "among") d.by = participants_of(s, c);
      }
      if (d.by.size() < 2) {
        std::vector<Participant> named;
        for (const uint32_t c : s.index.children(d.anchor))
          if (s.node(c).deprel == Deprel::compound || s.node(c).deprel == Deprel::amod)
            for (const Participant& p : participants_of(s, c)) named.push_back(p);
        if (named.size() >= 2) d.by = named;
      }
      const bool truce = s.lemma(d.anchor) == "ceasefire" || s.lemma(d.anchor) == "truce" || s.lemma(d.anchor) == "armistice";
      if (d.by.size() < 2 && !truce) d.by = all_parties(s, d.evidence);
      if (d.by.size() < 2)
        if (const auto named = all_parties(s, {0, s.size()}); named.size() == 2 && !truce) d.by = named;
      // "the truce", "the agreement": the one told before.
      const int32_t det = s.index.child(d.anchor, Deprel::det);
      const bool known = truce || (det >= 0 && (s.form(static_cast<uint32_t>(det)) == "the" || s.form(static_cast<uint32_t>(det)) == "this")) || s.index.child(d.anchor, Deprel::nmod_poss) >= 0;
      if (d.by.size() < 2 && known)
        for (size_t k = found_.size() > kMaxRecalled ? found_.size() - kMaxRecalled : 0; k < found_.size(); ++k)
          if (found_[k].kind == CommitmentKind::agreement && found_[k].by.size() >= 2) d.by = found_[k].by;
      if (d.by.size() < 2 && truce) d.by = all_parties(s, d.evidence);
      break;
    }
    case Bound::context:
      d.by = d.around.valid() ? std::vector<Participant>{speaker_of(d.around)} : subject_parties;
      if (d.by.empty()) d.by = all_parties(s, d.evidence);
      // "when the 100 days run out": of the plan that was just told.
      for (uint32_t back = 1; back <= kLookBackSentences && d.by.empty() && !rule.timed_subject && back <= s.id.index; ++back)
        for (const Participant& p : subject_of_sentence(s.id.index - back))
          if (p.actor.valid() && names_.actors[p.actor.index].kind == ActorKind::organization && p.party.size() != 3) d.by = {p};
      for (size_t k = found_.size(); d.by.empty() && k-- > 0 && found_[k].sentence.index + kLookBackSentences > s.id.index;)
        if (found_[k].kind == CommitmentKind::agreement) d.by = found_[k].by;
      break;
    case Bound::parent_subject: {
      for (int32_t at = s.node(d.verb).head; at >= 0 && d.by.empty(); at = s.node(static_cast<uint32_t>(at)).head) {
        const int32_t above = subject_of(s, static_cast<uint32_t>(at));
        if (above >= 0) d.by = participants_of(s, static_cast<uint32_t>(above));
      }
      break;
    }
  }
  std::erase_if(d.by, [](const Participant& p) { return p.party.empty(); });
  // "The two sides", "all members of the alliance", "they": several, even where they cannot be told apart.
  bool several = d.by.size() > 1;
  if (!several && subject >= 0 && (rule.one || rule.two)) {
    const auto [first, last] = s.index.extent(static_cast<uint32_t>(subject));
    for (uint32_t i = first; i < last && i < first + kMaxSubjectTokens; ++i) {
      const std::string word = s.form(i);
      several = several || word == "two" || word == "both" || word == "sides" || word == "koreas" || word == "members" || word == "countries" || word == "states" || word == "parties" ||
                word == "nations" || word == "neighbors" || word == "neighbours" || word == "capitals" || word == "governments" || word == "allies";
    }
    several = several || (d.by.empty() && (subject_word == "they" || subject_word == "who"));
    if (subject_word == "you") return false;
  }
  if (rule.kind == CommitmentKind::red_line && d.by.empty()) return false;  // of a tram, or of nobody in particular
  if (rule.two && !several) return false;
  if (rule.one && several) return false;
  // A subject that stands for no party binds nobody of interest ("the producers promised").
  if (d.by.empty() && !several && (rule.by == Bound::subject || rule.by == Bound::owner) && rule.kind != CommitmentKind::red_line &&
      (subject < 0 || (!rules_.sets.contains("official", s.lemma(static_cast<uint32_t>(subject))) && !rules_.sets.contains("official", subject_word)) || first_person(subject_word)))
    return false;
  if (d.by.empty() && rule.by == Bound::speaker) return false;
  // An agreement of nobody in particular says nothing.
  if (rule.kind == CommitmentKind::agreement && !rule.two && d.by.empty()) return false;
  if (rule.agent && d.by.empty()) return false;
  return true;
}

// "will respond to the letter" threatens nobody.
bool Finder::mild_answer(const SentenceView& s, const PatternMatch& match, const Draft& d) const {
  static constexpr std::array<std::string_view, 14> kMild{"reform", "letter", "question", "call", "request", "query", "message", "inquiry", "survey", "email", "need", "proposal", "offer", "invitation"};
  bool answer = false;
  for (uint32_t i = match.first; i < match.last; ++i) {
    const std::string word = s.lemma(i);
    answer = answer || word == "respond" || word == "answer" || word == "react" || word == "reply";
  }
  if (!answer) return false;
  for (uint32_t i = std::min(d.what.first, match.first); i < d.what.second; ++i)
    if (std::find(kMild.begin(), kMild.end(), s.lemma(i)) != kMild.end()) return true;
  return false;
}

// The checks that look at the clause as a whole.
bool Finder::allowed(const SentenceView& s, const PatternMatch& match, const Draft& d) const {
  const CommitmentRule& rule = *d.rule;
  const ClauseStanding standing = clause_standing(s, d.anchor, d.inside);
  bool denied_in_words = false;  // the row itself holds "no longer", "not rule out", "never"
  for (uint32_t i = match.first; i < match.last; ++i) {
    const std::string word = s.form(i);
    denied_in_words = denied_in_words || word == "not" || word == "n't" || word == "no" || word == "never" || word == "refuse" || word == "refuses" || word == "refused";
  }
  if (standing.negated && !denied_in_words && rule.kind != CommitmentKind::moratorium && !rule.content) return false;
  if (standing.conditional && !(rule.kind == CommitmentKind::threat && rule.clause)) {
    // "If ..., it will": the condition is the commitment's own; only a trigger inside the if-clause is none.
    for (int32_t at = static_cast<int32_t>(d.anchor), climb = 0; at >= 0 && climb < 12; at = s.node(static_cast<uint32_t>(at)).head, ++climb) {
      const int32_t mark = s.index.child(static_cast<uint32_t>(at), Deprel::mark);
      if (mark >= 0 && (s.form(static_cast<uint32_t>(mark)) == "if" || s.form(static_cast<uint32_t>(mark)) == "whether")) return false;
    }
  }
  if (!rule.clause && !rule.noun && !rule.legal && (standing.modal || standing.hypothetical) && rule.kind != CommitmentKind::deadline && rule.kind != CommitmentKind::moratorium) return false;
  if (rule.actual && (standing.modal || standing.hypothetical)) return false;
  // "hope to sign", "refused to promise": inside such a statement nothing is bound yet.
  if ((rule.actual || (!rule.clause && !rule.noun && !rule.legal)) && d.around.valid() && d.around != d.cued && no_fact_act(statements_[d.around.index].act) && rule.kind != CommitmentKind::moratorium &&
      rule.kind != CommitmentKind::deadline)
    return false;
  // "how the two would react": a question.
  if (rule.clause)
    for (const uint32_t c : s.index.children(d.verb)) {
      const std::string word = s.form(c);
      if (c < d.verb && (word == "how" || word == "what" || word == "whether" || word == "why" || word == "when" || word == "if") && s.node(c).deprel != Deprel::advcl && s.form(d.evidence.first) != "if") return false;
    }
  if (rule.kind == CommitmentKind::threat && mild_answer(s, match, d)) return false;
  if (rule.kind == CommitmentKind::moratorium) {
    // What others only propose or ask for is no pause yet.
    const int32_t over = s.node(d.anchor).head;
    const std::string act_on = over >= 0 ? s.lemma(static_cast<uint32_t>(over)) : "";
    const bool brought_to_end = act_on == "end" || act_on == "lift" || act_on == "abandon" || act_on == "break" || act_on == "stop";
    if (rule.noun && standing.hypothetical && !brought_to_end && owner_of(s, d.anchor).empty()) return false;
    if (d.around.valid() && !(rule.noun && s.index.child(d.anchor, Deprel::nmod_poss) >= 0)) {
      const std::string& act = statements_[d.around.index].act;
      if (act == "demand" || act == "request" || act == "propose" || act == "want" || act == "advise" || act == "hope" || act == "ask" || act == "order") return false;
    }
    const int32_t up = s.node(d.anchor).head;
    if (rule.noun && up >= 0 && s.lemma(static_cast<uint32_t>(up)) == "declare" && standing.hypothetical) return false;
  }
  if (rule.agreed && standing.modal) return false;
  if (rule.agreed) {
    // A pause is one when it is told as a fact or decided, not when others ask for it.
    const int32_t up = s.node(d.anchor).head;
    const std::string governor = up >= 0 ? s.lemma(static_cast<uint32_t>(up)) : "";
    const bool decided = governor == "decide" || governor == "agree" || governor == "promise" || governor == "pledge" || governor == "vow" || governor == "announce";
    if (standing.hypothetical && !decided) return false;
    if (d.by.empty()) return false;
  }
  if (rule.future) {
    if (d.complement < 0) return false;
    const auto complement = static_cast<uint32_t>(d.complement);
    bool ahead = s.node(complement).deprel == Deprel::xcomp || feature(s.node(complement), "VerbForm") == "Inf" || s.node(complement).deprel == Deprel::advcl;
    for (const uint32_t c : s.index.children(complement)) {
      const std::string word = s.form(c);
      ahead = ahead || word == "will" || word == "would" || word == "should" || word == "shall" || word == "must" || (word == "to" && s.node(c).deprel == Deprel::mark);
    }
    const int32_t acl = s.index.child(complement, Deprel::acl);
    ahead = ahead || acl >= 0 || s.node(complement).xpos == "VB";
    // "agreed on a plan".
    if (!ahead) return false;
  }
  if (rule.tight && (d.complement < static_cast<int32_t>(match.first) || d.complement >= static_cast<int32_t>(match.last))) return false;
  if (rule.kind == CommitmentKind::agreement && rule.by == Bound::parties && !rule.noun && match.anchor > match.first) {
    // "withdrew from the treaty": the noun hangs on the verb.
    const int32_t up = s.node(match.anchor).head;
    if (s.node(match.anchor).upos == Upos::NOUN && (up < static_cast<int32_t>(match.first) || up >= static_cast<int32_t>(match.last))) return false;
  }
  if (rule.not_threat && d.complement >= 0) {
    const std::string what = s.lemma(static_cast<uint32_t>(d.complement));
    if (what == "retaliate" || what == "avenge" || what == "punish" || what == "response" || what == "retaliation" || what == "revenge" || what == "vengeance" || what == "consequence" || what == "reprisal") return false;
    if (rule.not_blow && rules_.sets.contains("response", what)) return false;
  }
  if (rule.kind == CommitmentKind::threat && rule.comp && !rule.agent && d.complement >= 0 && s.lemma(d.anchor) != "warn") {
    const std::string verb = s.lemma(static_cast<uint32_t>(d.complement));
    const bool noun = s.node(static_cast<uint32_t>(d.complement)).upos == Upos::NOUN;
    if (!rules_.sets.contains("response", verb) && !noun) return false;
  }
  if (rule.future_harm) {
    if (d.complement < 0) return false;
    const auto content = static_cast<uint32_t>(d.complement);
    bool future = false, harm = false, mine = false;
    for (uint32_t i = d.what.first; i < d.what.second; ++i) {
      const std::string word = s.lemma(i);
      future = future || word == "will" || word == "would" || word == "shall";
      harm = harm || rules_.sets.contains("response", word) || word == "consequence" || word == "retaliation" || word == "price" || word == "force" || word == "suffer" || word == "response" ||
             word == "target" || word == "sanction";
    }
    const int32_t subject = subject_of(s, content);
    if (subject >= 0) {
      for (const Participant& p : participants_of(s, static_cast<uint32_t>(subject)))
        for (const Participant& q : d.by) mine = mine || p.party == q.party;
      const std::string word = s.form(static_cast<uint32_t>(subject));
      mine = mine || third_pronoun(word) || first_person(word) || word == "there" || word == "attack" || word == "violation";
      // Harm foretold to the other side is a threat as well.
      for (uint32_t i = d.what.first; i < d.what.second; ++i) mine = mine || s.lemma(i) == "face" || s.lemma(i) == "suffer" || s.lemma(i) == "pay";
    }
    if (!future || !harm || !mine) return false;
  }
  if (rule.must_content) {
    const int32_t content = s.index.child(d.anchor, Deprel::ccomp);
    if (content < 0) return false;
    bool must = false;
    for (const uint32_t c : s.index.children(static_cast<uint32_t>(content))) must = must || s.form(c) == "must" || s.form(c) == "should";
    const int32_t subject = subject_of(s, static_cast<uint32_t>(content));
    if (!must || subject < 0) return false;
    const auto parties = participants_of(s, static_cast<uint32_t>(subject));
    const std::string about = s.lemma(static_cast<uint32_t>(subject));
    const bool terms = about == "deal" || about == "agreement" || about == "ceasefire" || about == "truce" || about == "settlement" || about == "accord" || about == "talk";
    if ((parties.empty() && !terms) || (!parties.empty() && !d.by.empty() && parties[0].party == d.by[0].party)) return false;
  }
  if (rule.party_near && all_parties(s, d.evidence).empty()) return false;
  if (rule.party_obj && !(d.by.size() == 1 && d.by[0].party.size() == 2)) {  // bodies (UN, EU) order whom they will
    const int32_t direct = s.index.child(d.anchor, Deprel::obj);
    const int32_t object = direct >= 0 ? direct : s.index.child(d.anchor, Deprel::iobj);
    if (object < 0 || participants_of(s, static_cast<uint32_t>(object)).empty()) return false;
  }
  if (rule.time && !has_time(s, d.evidence)) return false;
  if (rule.timed_subject) {
    const int32_t subject = subject_of(s, d.verb);
    if (subject < 0) return false;
    const auto [first, last] = s.index.extent(static_cast<uint32_t>(subject));
    const std::string noun = s.lemma(static_cast<uint32_t>(subject));
    if (!has_time(s, {first, last}) && noun != "ultimatum" && noun != "deadline" && noun != "offer" && noun != "agreement" && noun != "deal" && noun != "truce" && noun != "ceasefire" &&
        noun != "mandate" && noun != "treaty" && noun != "term" && noun != "day" && noun != "period" && noun != "accord")
      return false;
  }
  return true;
}

// How far the reading of who is bound can be trusted.
float Finder::certainty(const SentenceView& s, const Draft& d) const {
  if (d.by.empty()) return 0.5F;
  const CommitmentRule& rule = *d.rule;
  float trust = 1;
  if (rule.by == Bound::subject) {
    const int32_t subject = subject_of(s, d.verb);
    if (subject < 0 || participants_of(s, static_cast<uint32_t>(subject)).empty()) {
      trust *= 0.75F;  // taken from the statement
    } else {
      const auto token = static_cast<uint32_t>(subject);
      if (s.node(token).head != static_cast<int32_t>(d.verb)) trust *= 0.8F;  // shared, controlled or guessed
      if (s.node(token).upos == Upos::PRON) trust *= 0.85F;
      if (const Mention* m = mention_covering(names_, s.id, token)) trust *= 0.7F + 0.3F * std::clamp(m->confidence, 0.0F, 1.0F);
    }
  } else if (rule.by == Bound::context || rule.by == Bound::parent_subject) {
    trust *= 0.8F;
  } else if (rule.by == Bound::parties && d.by.size() < 2) {
    trust *= 0.6F;
  }
  return trust;
}

// To whom it is addressed: the parties in its terms that do not bind themselves.
void Finder::address(const SentenceView& s, Draft& d) const {
  if (d.rule->kind == CommitmentKind::agreement || d.rule->kind == CommitmentKind::moratorium) return;
  for (const Participant& p : all_parties(s, d.evidence))
    if (std::none_of(d.by.begin(), d.by.end(), [&](const Participant& q) { return q.party == p.party; })) d.to.push_back(p);
  if (d.to.size() > 2) d.to.resize(2);
}

void Finder::date(const SentenceView& s, const Draft& d, Commitment& c) const {
  DueSearch search;
  search.times = times_of(s.id.index);
  search.base = published_.date;
  const bool deadline = c.kind == CommitmentKind::deadline;
  search.where = d.evidence;
  search.from = deadline ? d.evidence.first : (d.complement >= 0 ? std::min(d.what.first, static_cast<uint32_t>(d.complement)) : d.anchor);
  const bool told_terms = d.complement >= 0 || d.rule->clause;  // else a day beside the trigger is the day of the telling
  search.bare_term = d.rule->kind == CommitmentKind::deadline && d.rule->by == Bound::subject;
  if (d.rule->timed_subject) search.where = {0, s.size()}, search.skip_terms = true;
  search.bare = deadline || (told_terms && (c.kind == CommitmentKind::pledge || c.kind == CommitmentKind::agreement));
  if (d.rule->legal) search.bare = false;
  if (c.kind == CommitmentKind::moratorium || c.kind == CommitmentKind::red_line) return;
  // A term set on a day of the past runs from that day.
  for (const uint32_t child : s.index.children(d.verb)) search.looks_back = search.looks_back || (s.node(child).deprel == Deprel::aux && s.form(child) == "had");
  search.term_base = search.base;
  for (const TimeExpression& t : search.times)
    if (t.interval && t.interval->start == t.interval->end && published_.date && t.interval->end <= *published_.date && t.last <= d.anchor) search.term_base = t.interval->start;
  c.due = due_of(s, search);
}

void Finder::read_sentence(uint32_t i) {
  if (sentences_[i].tokens.empty() || sentences_[i].tokens.size() > kMaxProseTokens || trees_[i].nodes.size() != sentences_[i].tokens.size()) return;
  const std::vector<PatternWord> words = pattern_words(text_, sentences_[i], trees_[i]);
  const std::vector<PatternMatch> matches = rules_.patterns.match(words);
  const std::vector<PatternMatch> status = rules_.status_patterns.match(words);
  if (matches.empty() && status.empty()) return;
  const TreeIndex index(trees_[i]);
  const SentenceView s{text_, SentenceId{i}, sentences_[i], trees_[i], index, names_};
  for (const PatternMatch& match : matches) {
    Draft d;
    d.rule = &rules_.rules[match.row];
    d.anchor = match.anchor;
    d.trust = d.rule->confidence;
    if (!shape(s, match, d) || !bind(s, d) || !allowed(s, match, d)) continue;
    address(s, d);
    d.trust *= certainty(s, d);
    Commitment c;
    c.kind = d.rule->kind;
    c.by = d.by;
    c.to = d.to;
    c.sentence = s.id;
    c.rule = d.rule->id;
    if (const auto condition = condition_of(s, d.verb, d.complement)) {
      c.condition = token_span(sentences_[i], condition->first, condition->second);
      if (condition->first <= d.evidence.second + 3) d.evidence.second = std::max(d.evidence.second, condition->second);
    }
    // A subject of many words is cited by its head.
    const int32_t subject = subject_of(s, d.verb);
    if (subject >= 0 && static_cast<uint32_t>(subject) < d.anchor && static_cast<uint32_t>(subject) > d.evidence.first + kMaxSubjectTokens) d.evidence.first = static_cast<uint32_t>(subject);
    d.evidence = trimmed(s, d.evidence);
    d.what = trimmed(s, d.what);
    c.what = token_span(sentences_[i], d.what.first, d.what.second);
    c.evidence = token_span(sentences_[i], d.evidence.first, d.evidence.second);
    if (d.rule->content || (d.rule->comp && d.complement < 0 && d.cued.valid() && !statements_[d.cued.index].content.empty() &&
                            statements_[d.cued.index].content.front().end <= sentences_[i].tokens[d.anchor].span.begin)) {
      c.what = statements_[d.cued.index].content.front();
      c.evidence = cover(c.what, sentences_[i].tokens[d.anchor].span);
    }
    date(s, d, c);
    c.forswears = d.rule->forswears;
    if (d.rule->forswears_topic) {
      for (std::string& kind : forsworn_kinds(s, d.evidence)) c.forswears.push_back(std::move(kind));
      if (c.forswears.empty()) c.forswears = forsworn_kinds(s, {0, s.size()});
      if (c.forswears.empty() && c.kind == CommitmentKind::moratorium) continue;  // a debt moratorium
    }
    // A deadline without a day says little; one without a bound party is still a date for the agenda.
    if (c.kind == CommitmentKind::deadline && !c.due) {
      if (d.rule->by != Bound::subject) continue;
      d.trust *= 0.5F;
    }
    if (d.around.valid() && d.rule->statement) d.trust *= std::min(1.0F, 0.6F + 0.4F * statements_[d.around.index].confidence);
    c.confidence = std::clamp(d.trust, 0.05F, 0.95F);
    found_.push_back(std::move(c));
  }
  tell_status(s, status);
}

void Finder::tell_status(const SentenceView& s, const std::vector<PatternMatch>& matches) {
  for (const PatternMatch& match : matches) {
    const StatusRule& rule = rules_.status_rules[match.row];
    Span inside;
    statement_around(s.id.index, s.sentence.tokens[match.anchor].span, &inside);
    const ClauseStanding standing = clause_standing(s, match.anchor, inside);
    if (standing.conditional || standing.hypothetical) continue;
    // "close to breaking", "on the verge of breaking", "accused of breaking".
    bool only_near = false;
    for (uint32_t back = 1; back <= 3 && back <= match.first; ++back) {
      const std::string word = s.form(match.first - back);
      only_near = only_near || word == "close" || word == "short" || word == "verge" || word == "brink" || word == "almost" || word == "without";
    }
    if (only_near) continue;
    if (standing.modal && rule.status != CommitmentStatus::withdrawn) continue;
    const bool denied_in_words = rule.status == CommitmentStatus::withdrawn;
    if (standing.negated && !denied_in_words) continue;
    const Span words = token_span(s.sentence, match.first, match.last);
    for (size_t k = found_.size(); k-- > 0;) {
      Commitment& c = found_[k];
      if (c.sentence.index + (rule.before ? kLookBackSentences : 0) < s.id.index) break;
      if (c.status != CommitmentStatus::open || std::find(rule.kinds.begin(), rule.kinds.end(), c.kind) == rule.kinds.end()) continue;
      if (rule.before ? c.sentence == s.id : !(c.sentence == s.id && c.evidence.overlaps(words))) continue;
      c.status = rule.status;
      // The act that kept or broke it, where one of the fitting kind is told; rather one of a party that is bound.
      bool own = false;
      for (uint32_t e = 0; e < events_.size() && !c.forswears.empty() && !own; ++e) {
        if (events_[e].factuality != Factuality::actual) continue;
        const bool near = events_[e].sentence.index <= s.id.index && events_[e].sentence.index + kMaxEventSentences >= s.id.index;
        if (!near || std::find(c.forswears.begin(), c.forswears.end(), events_[e].kind) == c.forswears.end()) continue;
        for (const Participant& p : events_[e].actors)
          for (const Participant& q : c.by) own = own || p.party == q.party;
        if (own || !c.event.valid()) c.event = EventId{e};
      }
    }
  }
}

std::vector<Commitment> Finder::take() {
  std::stable_sort(found_.begin(), found_.end(), [](const Commitment& a, const Commitment& b) {
    return std::tie(a.evidence.begin, a.evidence.end, a.kind) < std::tie(b.evidence.begin, b.evidence.end, b.kind);
  });
  const auto same_parties = [](const Commitment& a, const Commitment& b) {
    return a.by.size() == b.by.size() && std::equal(a.by.begin(), a.by.end(), b.by.begin(), [](const Participant& p, const Participant& q) { return p.party == q.party; });
  };
  const auto worth = [](const Commitment& c) { return c.confidence + (c.by.empty() ? 0 : 0.2F) + (c.due ? 0.1F : 0) + (c.status == CommitmentStatus::open ? 0 : 0.15F); };
  std::vector<bool> dropped(found_.size(), false);
  for (size_t i = 0; i < found_.size(); ++i) {
    for (size_t j = i + 1; j < found_.size() && !dropped[i]; ++j) {
      if (dropped[j]) continue;
      Commitment& a = found_[i];
      Commitment& b = found_[j];
      const bool standing_thing = a.kind == CommitmentKind::moratorium || a.kind == CommitmentKind::red_line;
      if (b.sentence.index > a.sentence.index + (standing_thing ? kSameThingSentences : 0)) break;
      if (a.kind != b.kind) continue;
      const uint32_t shared = a.evidence.overlaps(b.evidence) ? std::min(a.evidence.end, b.evidence.end) - std::max(a.evidence.begin, b.evidence.begin) : 0;
      const bool same_place = a.sentence == b.sentence && (shared * 2 > std::min(a.evidence.size(), b.evidence.size()) || (a.rule == b.rule && same_parties(a, b)));
      // A moratorium or a red line told again is the same one.
      const bool told_again = standing_thing && same_parties(a, b);
      if (!same_place && !told_again) continue;
      Commitment& loser = worth(a) >= worth(b) ? b : a;
      Commitment& winner = worth(a) >= worth(b) ? a : b;
      if (winner.status == CommitmentStatus::open && loser.status != CommitmentStatus::open) {
        winner.status = loser.status;
        winner.event = loser.event;
      }
      if (!winner.due) winner.due = loser.due;
      dropped[worth(a) >= worth(b) ? j : i] = true;
    }
  }
  std::vector<Commitment> out;
  for (size_t i = 0; i < found_.size(); ++i)
    if (!dropped[i]) out.push_back(std::move(found_[i]));
  return out;
}

}  // namespace

void CommitmentRulesDeleter::operator()(const CommitmentRules* p) const { delete p; }

CommitmentRulesPtr load_commitment_rules(const std::filesystem::path& data_dir) { return CommitmentRulesPtr(new CommitmentRules(data_dir)); }

std::vector<Commitment> find_commitments(std::string_view text, uint32_t body_start, std::span<const Sentence> sentences, std::span<const Tree> trees, const Names& names,
                                         std::span<const TimeExpression> times, std::span<const Statement> statements, std::span<const Event> events, const Published& published,
                                         const CommitmentRules& rules) {
  Finder finder(text, sentences, trees, names, times, statements, events, published, rules);
  for (uint32_t i = 0; i < sentences.size(); ++i)
    if (sentences[i].span.begin >= body_start && !is_heading(text, sentences, i)) finder.read_sentence(i);
  return finder.take();
}

}  // namespace demarche
