// Commitments are found in four steps: the rows of commitments.tsv are matched over the words of each sentence; the tree tells
// who is bound, to what, on which condition; the times say until when (terms.cc); the rows of commitment_status.tsv say what
// became of it. A commitment told several times is kept at its surest telling.
#include "demarche/commitments/commitments.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "demarche/commitments/confidence.h"
#include "demarche/commitments/finder.h"
#include "demarche/core/utf8.h"

namespace demarche {

StatementId CommitmentFinder::statement_around(uint32_t sentence, Span span, Span* part) const {
  StatementId best;
  Span best_part = sentences_[sentence].span;
  // The innermost, but rather an outer one than one that may be none.
  constexpr float kDoubtful = 0.25F;
  const auto doubtful = [&](uint32_t i) { return statements_[i].confidence < kDoubtful; };
  for (const uint32_t i : by_sentence_[sentence])
    for (const Span p : statements_[i].content)
      if (p.begin <= span.begin + 1 && span.end <= p.end + 1 && (!best.valid() || doubtful(i) < doubtful(best.index) || (doubtful(i) == doubtful(best.index) && p.size() < best_part.size()))) {
        best = StatementId{i};
        best_part = p;
      }
  *part = best_part;
  return best;
}

std::span<const TimeExpression> CommitmentFinder::times_of(uint32_t sentence) const {
  const auto first = std::partition_point(times_.begin(), times_.end(), [&](const TimeExpression& t) { return t.sentence.index < sentence; });
  const auto last = std::partition_point(first, times_.end(), [&](const TimeExpression& t) { return t.sentence.index == sentence; });
  return {first, last};
}

bool CommitmentFinder::has_time(const SentenceView& s, TokenRange range) const {
  for (const TimeExpression& t : times_of(s.id.index))
    if (t.first < range.second && range.first < t.last) return true;
  return false;
}

// Where the trigger stands and what hangs on it. False when a part that the row needs is not there.
bool CommitmentFinder::shape(const SentenceView& s, const PatternMatch& match, Draft& d) const {
  const CommitmentRule& rule = *d.rule;
  const Span anchor = s.sentence.tokens[d.anchor].span;
  d.around = statement_around(s.id.index, anchor, &d.inside);
  for (const uint32_t i : cued_in_[s.id.index])
    if (statements_[i].cue->overlaps(anchor)) d.cued = StatementId{i};
  if (rule.statement && !d.around.valid() && !under_saying(s, d.anchor)) return false;
  if (rule.imperative) {
    if (!d.around.valid() || statements_[d.around.index].quotation == Quotation::indirect || anchor.begin > d.inside.begin + 1) return false;
    if (s.index.child(d.anchor, Deprel::nsubj) >= 0 || s.index.child(d.anchor, Deprel::aux) >= 0 || s.index.child(d.anchor, Deprel::obj) < 0) return false;
    if (const std::string& tag = s.node(d.anchor).xpos; tag != "VB" && tag != "VBP") return false;
    bool theirs = false;  // "your soldiers", "our land"
    for (uint32_t i = match.first; i < s.size() && d.inside.contains(s.sentence.tokens[i].span); ++i) theirs = theirs || s.form(i) == "your" || s.form(i) == "our" || s.form(i) == "us";
    if (!theirs) return false;
  }
  d.verb = (rule.clause || rule.noun || rule.legal || rule.by == Bound::parties || rule.by == Bound::context) ? clause_head(s, d.anchor) : d.anchor;
  if (rule.comp || rule.inf || rule.agreed || rule.future_harm || rule.content) d.complement = complement_of(s, d.anchor, rule.inf, !rule.inf);
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

void CommitmentFinder::date(const SentenceView& s, const Draft& d, Commitment& c) const {
  DueSearch search;
  search.times = times_of(s.id.index);
  search.base = published_.date;
  const bool deadline = c.kind == CommitmentKind::deadline;
  search.where = d.evidence;
  search.from = deadline ? d.evidence.first : (d.complement >= 0 ? std::min(d.what.first, static_cast<uint32_t>(d.complement)) : d.anchor);
  const bool told_terms = d.complement >= 0 || d.rule->clause;  // else a day beside the trigger is the day of the telling
  search.bare_term = deadline && (d.rule->by == Bound::subject || (d.rule->by == Bound::context && !d.rule->legal));
  if (d.rule->timed_subject) search.where = {0, s.size()}, search.skip_terms = true;
  search.bare = deadline || (told_terms && (c.kind == CommitmentKind::pledge || c.kind == CommitmentKind::agreement));
  if (d.rule->legal) search.bare = false;
  if (c.kind == CommitmentKind::moratorium || c.kind == CommitmentKind::red_line) return;
  // A term set on a day of the past runs from that day.
  const std::string& tense = s.node(d.verb).xpos;
  if (d.rule->timed_subject && (tense == "VBD" || tense == "VBN")) search.looks_back = search.told_past = true;  // "ran out on Sunday"
  for (const uint32_t child : s.index.children(d.verb)) search.looks_back = search.looks_back || (s.node(child).deprel == Deprel::aux && s.form(child) == "had");
  // "by August 20, but the day passed".
  for (uint32_t i = d.anchor; i + 1 < s.size() && !search.looks_back; ++i)
    if (const std::string word = s.form(i); word == "day" || word == "date" || word == "deadline") search.looks_back = s.form(i + 1) == "passed" || s.form(i + 1) == "came" || s.form(i + 1) == "went";
  // "signed in March ... by Sept. 19": what was set in the past may have fallen due in the past.
  for (const TimeExpression& t : search.times)
    search.looks_back = search.looks_back || (t.type == TimexType::date && t.interval && search.base && t.last <= d.anchor && t.interval->end + 30 < *search.base);
  search.term_base = search.base;
  for (const TimeExpression& t : search.times)
    if (t.interval && t.interval->start == t.interval->end && published_.date && t.interval->end <= *published_.date && t.last <= d.anchor) search.term_base = t.interval->start;
  // "The accord obliges them to ... within 30 days": of the day it was agreed.
  if (d.rule->legal && search.term_base == search.base)
    for (const Event& e : events_)
      if (e.type == "AGREE" && e.factuality == Factuality::actual && e.date && e.date->days.start == e.date->days.end && e.sentence.index <= s.id.index && e.sentence.index + kLookBackSentences >= s.id.index &&
          published_.date && e.date->days.start <= *published_.date && *published_.date - e.date->days.start < kFreshDays)
        search.term_base = e.date->days.start;
  c.due = due_of(s, search);
}

// How the trigger and its subject were read, for the confidence.
std::vector<std::string> CommitmentFinder::signs_of(const SentenceView& s, const Draft& d) const {
  std::vector<std::string> out;
  out.emplace_back(d.rule->clause ? "trigger=modal" : d.rule->noun ? "trigger=noun" : "trigger=verb");
  if (d.rule->by == Bound::subject || d.rule->self) {
    const int32_t subject = subject_of(s, d.verb);
    const Mention* m = subject >= 0 ? mention_covering(names_, s.id, static_cast<uint32_t>(subject)) : nullptr;
    out.emplace_back(!m ? "subject=none" : m->form == MentionForm::pronoun ? "subject=pronoun" : m->form == MentionForm::nominal ? "subject=noun" : "subject=name");
    if (m && m->confidence < 0.6F) out.emplace_back("subject=doubtful");
  }
  if (d.around.valid()) {
    const Statement& around = statements_[d.around.index];
    out.emplace_back(around.quotation == Quotation::direct ? "words=direct" : "words=indirect");
    out.emplace_back(around.confidence >= 0.85F ? "statement=sure" : around.confidence >= 0.6F ? "statement=fair" : "statement=doubtful");
  }
  if (d.complement < 0) out.emplace_back("what=clause");
  return out;
}

// The kinds of event that would break it. False when it is a pause of nothing that this program knows.
bool CommitmentFinder::forswear(const SentenceView& s, const Draft& d, Commitment& c) const {
  c.forswears = d.rule->forswears;
  if (d.rule->forswears_topic) {
    for (std::string& kind : forsworn_kinds(s, d.evidence)) c.forswears.push_back(std::move(kind));
    if (c.forswears.empty()) c.forswears = forsworn_kinds(s, {0, s.size()});
    bool pause = false;  // of what no kind of event stands for: enrichment, settlements
    for (uint32_t w = d.evidence.first; w < d.evidence.second && !pause; ++w) pause = rules_.sets.contains("pausable", s.lemma(w));
    // "The test broke a moratorium that it had declared": on what was told before.
    for (uint32_t back = 1; back <= 2 && back <= s.id.index && !pause && c.forswears.empty() && !c.by.empty(); ++back) {
      const uint32_t b = s.id.index - back;
      if (sentences_[b].tokens.empty() || sentences_[b].tokens.size() > kMaxProseTokens || trees_[b].nodes.size() != sentences_[b].tokens.size()) continue;
      const TreeIndex before(trees_[b]);
      c.forswears = forsworn_kinds({text_, SentenceId{b}, sentences_[b], trees_[b], before, names_}, {0, static_cast<uint32_t>(sentences_[b].tokens.size())});
    }
    if (c.kind == CommitmentKind::moratorium && (c.by.empty() || (c.forswears.empty() && !pause))) return false;  // a debt moratorium
  }
  return true;
}

// "If it does not leave by midday, ...": the day stands in the condition.
std::optional<EventDate> CommitmentFinder::due_in_condition(const SentenceView& s, Span condition) const {
  DueSearch search;
  search.times = times_of(s.id.index);
  search.base = search.term_base = published_.date;
  search.where = {token_at(s.sentence, condition.begin), token_at(s.sentence, condition.end)};
  search.from = search.where.first;
  return due_of(s, search);
}

// One fit of a row: a commitment, or nothing.
void CommitmentFinder::read_match(const SentenceView& s, const PatternMatch& match) {
  Draft d;
  d.rule = &rules_.rules[match.row];
  d.anchor = match.anchor;
  d.trust = d.rule->confidence;
  if (!shape(s, match, d) || !bind(s, d) || !allowed(s, match, d)) return;
  address(s, d);
  d.trust *= certainty(s, d);
  Commitment c;
  c.kind = d.rule->kind;
  c.by = d.by;
  c.to = d.to;
  c.sentence = s.id;
  c.rule = d.rule->id;
  c.signs = signs_of(s, d);
  if (const auto condition = condition_of(s, d.verb, d.complement)) {
    c.condition = token_span(s.sentence, condition->first, condition->second);
    if (condition->first <= d.evidence.second + 3) d.evidence.second = std::max(d.evidence.second, condition->second);
  }
  // A subject of many words is cited by its head.
  const int32_t subject = subject_of(s, d.verb);
  if (subject >= 0 && static_cast<uint32_t>(subject) < d.anchor && static_cast<uint32_t>(subject) > d.evidence.first + kMaxSubjectTokens) d.evidence.first = static_cast<uint32_t>(subject);
  d.evidence = trimmed(s, d.evidence);
  d.what = trimmed(s, d.what);
  c.what = token_span(s.sentence, d.what.first, d.what.second);
  c.evidence = token_span(s.sentence, d.evidence.first, d.evidence.second);
  if (d.rule->content || ((d.rule->comp || d.rule->future_harm) && d.complement < 0 && d.cued.valid() && !statements_[d.cued.index].content.empty() &&
                          statements_[d.cued.index].content.front().end <= s.sentence.tokens[d.anchor].span.begin)) {
    c.what = statements_[d.cued.index].content.front();
    c.evidence = cover(c.what, s.sentence.tokens[d.anchor].span);
  }
  // "will withdraw unless": leaving and withholding are threats where only the other's yielding averts them.
  const std::string deed = s.lemma(d.anchor);
  bool refused = false;  // "will not talk unless": a precondition, by a row of its own
  for (const uint32_t child : s.index.children(d.anchor)) refused = refused || (child < d.anchor && (s.form(child) == "not" || s.form(child) == "n't"));
  if (c.kind == CommitmentKind::pledge && d.rule->self && c.condition && !refused && (rules_.sets.contains("quitting", deed) || rules_.sets.contains("coercive", deed)) && fold(text_of(text_, *c.condition)).starts_with("unless ")) c.kind = CommitmentKind::threat;
  date(s, d, c);
  if (!c.due && c.condition && (c.kind == CommitmentKind::threat || c.kind == CommitmentKind::demand)) c.due = due_in_condition(s, *c.condition);
  if (!forswear(s, d, c)) return;
  // A deadline without a day says little; one without a bound party is still a date for the agenda.
  if (c.kind == CommitmentKind::deadline && !c.due) {
    if (d.rule->by != Bound::subject && !d.rule->lapsed) return;
    // "Hours before the ultimatum expired": the one told before.
    if (d.rule->lapsed) {
      const auto before = std::find_if(found_.rbegin(), found_.rend(), [&](const Commitment& k) { return k.kind == CommitmentKind::deadline && k.due && k.sentence.index + kLookBackForSides >= s.id.index; });
      if (before != found_.rend()) {
        before->status = CommitmentStatus::expired;
        return;
      }
    }
    d.trust *= 0.5F;
  }
  if (d.around.valid() && d.rule->statement) d.trust *= std::min(1.0F, 0.6F + 0.4F * statements_[d.around.index].confidence);
  c.confidence = std::clamp(d.trust, 0.05F, 0.95F);
  found_.push_back(std::move(c));
}

void CommitmentFinder::read_sentence(uint32_t i) {
  const std::vector<PatternMatch> matches = rules_.patterns.match(words_[i]);
  const std::vector<PatternMatch> status = rules_.status_patterns.match(words_[i]);
  if (matches.empty() && status.empty()) return;
  const TreeIndex index(trees_[i]);
  const SentenceView s{text_, SentenceId{i}, sentences_[i], trees_[i], index, names_};
  for (const PatternMatch& match : matches) read_match(s, match);
  tell_status(s, status);
}

// Agreements that the events tell and no row has read: acts of two parties by a frame that binds both.
void CommitmentFinder::read_agreements() {
  for (const Event& e : events_) {
    if (e.actors.size() < 2 || e.actors[0].party.empty() || e.actors[1].party.empty() || e.factuality != Factuality::actual || !rules_.sets.contains("frames_agreement", e.rule)) continue;
    if (e.sentence.index >= sentences_.size() || e.trigger >= sentences_[e.sentence.index].tokens.size()) continue;
    const Span trigger = sentences_[e.sentence.index].tokens[e.trigger].span;
    if (std::any_of(found_.begin(), found_.end(), [&](const Commitment& k) { return k.evidence.overlaps(trigger); })) continue;
    Commitment c;
    c.kind = CommitmentKind::agreement;
    c.by = e.actors;
    c.what = c.evidence = e.evidence;
    c.sentence = e.sentence;
    c.rule = "com.agreement.event";
    c.signs = {"trigger=event"};
    c.confidence = 0.6F * e.confidence;
    found_.push_back(std::move(c));
  }
}

void CommitmentFinder::tell_status(const SentenceView& s, const std::vector<PatternMatch>& matches) {
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
      constexpr uint32_t kNear = 60;  // bytes: "threatened to ..., but called it off"
      const bool here = c.sentence == s.id && (c.evidence.overlaps(words) || (words.begin >= c.evidence.end && words.begin < c.evidence.end + kNear));
      if (rule.before ? c.sentence == s.id : !here) continue;
      c.status = rule.status;
      // The act that kept or broke it, where one of the fitting kind is told; rather one of a party that is bound.
      bool own = false;
      for (uint32_t e = static_cast<uint32_t>(events_.size()); e-- > 0 && !c.forswears.empty() && !own;) {  // the last one told
        if (events_[e].factuality != Factuality::actual) continue;
        const bool near = events_[e].sentence.index <= s.id.index && events_[e].sentence.index + kMaxEventSentences >= s.id.index;
        if (!near || std::none_of(c.forswears.begin(), c.forswears.end(), [&](const std::string& f) { return f.substr(0, f.find(':')) == events_[e].kind; })) continue;
        for (const Participant& p : events_[e].actors)
          for (const Participant& q : c.by) own = own || p.party == q.party;
        if (own || !c.event.valid()) c.event = EventId{e};
      }
    }
  }
}

std::vector<Commitment> CommitmentFinder::take() {
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
      const bool breath = a.kind == CommitmentKind::threat && a.evidence.size() < kBreath;
      if (b.sentence.index > a.sentence.index + (standing_thing ? kSameThingSentences : breath ? 1 : 0)) break;
      // "The truce expired": one thing, told as the end of the agreement or as its day.
      if (a.sentence == b.sentence && a.evidence.overlaps(b.evidence) && (a.kind == CommitmentKind::agreement) != (b.kind == CommitmentKind::agreement) &&
          (a.kind == CommitmentKind::deadline || b.kind == CommitmentKind::deadline)) {
        const Commitment& agreement = a.kind == CommitmentKind::agreement ? a : b;
        if (agreement.by.empty() || agreement.status == CommitmentStatus::expired) dropped[(agreement.status == CommitmentStatus::expired) == (&agreement == &a) ? j : i] = true;
        continue;
      }
      // "We will not allow our land to be taken": what is vowed and threatened in the same breath is the threat.
      if (a.sentence == b.sentence && a.rule.starts_with("com.pledge.will_") != b.rule.starts_with("com.pledge.will_") && (a.kind == CommitmentKind::threat || b.kind == CommitmentKind::threat) && (a.kind == CommitmentKind::pledge || b.kind == CommitmentKind::pledge) &&
          (a.what == b.what || a.evidence == b.evidence)) {
        dropped[a.kind == CommitmentKind::threat ? j : i] = true;
        continue;
      }
      if (a.kind != b.kind) continue;
      const uint32_t shared = a.evidence.overlaps(b.evidence) ? std::min(a.evidence.end, b.evidence.end) - std::max(a.evidence.begin, b.evidence.begin) : 0;
      const bool same_place = a.sentence == b.sentence && (shared * 2 > std::min(a.evidence.size(), b.evidence.size()) || (a.rule == b.rule && same_parties(a, b)));
      // A moratorium or a red line told again is the same one.
      const bool told_again = standing_thing && same_parties(a, b);
      // "We will not forgive. We will not forget": one threat in several breaths.
      const bool same_breath = breath && b.kind == a.kind && b.sentence.index == a.sentence.index + 1 && same_parties(a, b) && b.evidence.begin < a.evidence.end + 4;
      if (!same_place && !told_again && !same_breath) continue;
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
    // An agreement of nobody in particular is worth a row for what became of it, or where it was just made between states.
    if (!dropped[i] && !(found_[i].kind == CommitmentKind::agreement && found_[i].by.empty() && found_[i].status == CommitmentStatus::open && !states_near(found_[i].sentence.index))) out.push_back(std::move(found_[i]));
  return out;
}

void CommitmentRulesDeleter::operator()(const CommitmentRules* p) const { delete p; }

CommitmentRulesPtr load_commitment_rules(const std::filesystem::path& data_dir, Vocabulary& vocabulary) { return CommitmentRulesPtr(new CommitmentRules(data_dir, vocabulary)); }

std::vector<Commitment> find_commitments(std::string_view text, uint32_t body_start, std::span<const Sentence> sentences, std::span<const Tree> trees,
                                         std::span<const std::vector<PatternWord>> words, const Names& names, std::span<const TimeExpression> times, std::span<const Statement> statements, std::span<const Event> events, const Published& published,
                                         const CommitmentRules& rules) {
  CommitmentFinder finder(text, sentences, trees, words, names, times, statements, events, published, rules);
  for (uint32_t i = 0; i < sentences.size(); ++i)
    if (sentences[i].span.begin >= body_start && !is_heading(text, sentences, i)) finder.read_sentence(i);
  finder.read_agreements();
  std::vector<Commitment> commitments = finder.take();
  for (Commitment& commitment : commitments) {
    commitment.signs = commitment_signs(commitment);
    commitment.confidence = rules.weights.confidence(commitment.signs);
  }
  return commitments;
}

}  // namespace demarche
