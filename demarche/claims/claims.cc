// Claims are found in three steps: the rows of properties.tsv are matched over the words of each sentence; the tree decides
// whether the words are said of an event that took place; the statement around them tells whose claim it is. Charges and
// denials that stand as events inside a statement ("X says Y shelled Z") give claims of responsibility.
#include "demarche/claims/claims.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <tuple>

#include "demarche/claims/clause.h"
#include "demarche/claims/confidence.h"
#include "demarche/claims/counted.h"
#include "demarche/claims/rules.h"
#include "demarche/core/utf8.h"

namespace demarche {
namespace {

constexpr float kNobodyKnown = 0.5F;    // of a claim whose speaker stands for no party that can be told
constexpr uint32_t kMaxRestTokens = 12;  // length of a value in free words
constexpr uint32_t kMaxEvidenceBytes = 360;
constexpr uint32_t kMaxClauseTokens = 30;  // evidence is the clause around the words, or the words alone when it is longer

// Kinds of event that the properties of a weapon's flight can be about.
constexpr std::array<std::string_view, 4> kFlightKinds{"missile_launch", "satellite_launch", "nuclear_test", "weapon_test"};
constexpr std::array<std::string_view, 4> kPhysicalTypes{"ASSAULT", "MOBILIZE", "COERCE", "SANCTION"};

std::string shortest(double value) {
  // At most three decimals: figures in reports are not finer, and products of units must not show rounding noise.
  char buffer[64];
  std::snprintf(buffer, sizeof buffer, "%.3f", value);
  std::string out = buffer;
  while (out.back() == '0') out.pop_back();
  if (out.back() == '.') out.pop_back();
  return out;
}

// "neither confirmed nor denied".
bool not_even_denied(std::string_view text, Span cue) {
  std::string_view before = text.substr(0, cue.begin);
  while (before.ends_with(' ')) before.remove_suffix(1);
  return before.ends_with(" nor") || before.ends_with(" not") || before.ends_with("n't") || before.ends_with(" neither");
}

class Finder {
 public:
  Finder(std::string_view text, std::span<const Sentence> sentences, std::span<const Tree> trees, const Names& names, std::span<const Statement> statements,
         std::span<const Event> events, const ClaimRules& rules)
      : text_(text), sentences_(sentences), trees_(trees), names_(names), statements_(statements), events_(events), rules_(rules), by_sentence_(sentences.size()), harm_(sentences.size()) {
    for (uint32_t i = 0; i < statements.size(); ++i)
      for (const Span part : statements[i].content)
        for (uint32_t s = sentence_at(sentences, part.begin); s < sentences.size() && sentences[s].span.begin < part.end; ++s)
          if (by_sentence_[s].empty() || by_sentence_[s].back() != i) by_sentence_[s].push_back(i);
    for (uint32_t i = 0; i < events.size(); ++i) {
      const Event& e = events[i];
      const bool physical = std::find(kPhysicalTypes.begin(), kPhysicalTypes.end(), e.type) != kPhysicalTypes.end();
      if (e.factuality == Factuality::hypothetical || e.factuality == Factuality::planned) continue;
      if (physical) physical_.push_back(i);
      if (std::find(kFlightKinds.begin(), kFlightKinds.end(), e.kind) != kFlightKinds.end()) flights_.push_back(i);
    }
    const auto by_place = [&](uint32_t a, uint32_t b) { return std::tie(events[a].evidence.begin, a) < std::tie(events[b].evidence.begin, b); };
    std::sort(physical_.begin(), physical_.end(), by_place);
    std::sort(flights_.begin(), flights_.end(), by_place);
  }

  void read_sentence(uint32_t s);
  void read_events();
  std::vector<Claim> take();

 private:
  // A claim on the way.
  struct Draft {
    Claim claim;
    StatementId around;  // whose words these are
    Span inside, span;
    std::string other;    // of "each other"
    float trust = 0;
  };
  void weigh(const SentenceView& s, const PatternMatch& match, const std::vector<PatternMatch>& all);
  bool outdone(const PatternMatch& match, const std::vector<PatternMatch>& all) const;
  bool attribute(const SentenceView& s, const PatternMatch& match, Draft& d) const;
  bool stands(const SentenceView& s, const PatternMatch& match, Draft& d) const;
  bool own_subject(const SentenceView& s, uint32_t verb, const std::string& by) const;
  bool fits(const SentenceView& s, const ClaimRule& rule, const PatternMatch& match, const ClauseStanding& standing) const;
  StatementId statement_around(uint32_t sentence, Span span, Span* part) const;
  bool presupposed(const SentenceView& s, uint32_t token, Span inside) const;
  Span clause_around(const SentenceView& s, const PatternMatch& match, Span words, Span inside) const;
  EventId event_of(const ClaimRule& rule, uint32_t sentence, Span span) const;
  bool weapon_near(uint32_t sentence) const;
  Harm harm_in(uint32_t sentence);
  bool by_force(uint32_t sentence);
  std::optional<std::vector<std::string>> values(const SentenceView& s, const ClaimRule& rule, const PatternMatch& match, Span inside, const std::string& by, Stance& stance,
                                                 Span& span) const;

  std::string_view text_;
  std::span<const Sentence> sentences_;
  std::span<const Tree> trees_;
  const Names& names_;
  std::span<const Statement> statements_;
  std::span<const Event> events_;
  const ClaimRules& rules_;
  std::vector<std::vector<uint32_t>> by_sentence_;  // statements whose content touches the sentence
  std::vector<uint32_t> physical_, flights_;  // events that took place, by position
  std::vector<std::optional<Harm>> harm_;     // of each sentence, as far as it was asked
  std::vector<Claim> found_;
};

StatementId Finder::statement_around(uint32_t sentence, Span span, Span* part) const {
  StatementId best;
  Span best_part;
  for (const uint32_t i : by_sentence_[sentence])
    for (const Span p : statements_[i].content)
      // Content leaves out punctuation at its ends, so a value at the edge may stick out by a quotation mark.
      if (p.begin <= span.begin + 1 && span.end <= p.end + 1 && (!best.valid() || p.size() < best_part.size())) {
        best = StatementId{i};
        best_part = p;
      }
  if (part) *part = best.valid() ? best_part : sentences_[sentence].span;
  return best;
}

bool Finder::weapon_near(uint32_t sentence) const {
  const uint32_t first = sentence >= 2 ? sentence - 2 : 0;
  for (uint32_t s = first; s <= sentence; ++s)
    for (const Node& node : trees_[s].nodes)
      if ((node.upos == Upos::NOUN || node.upos == Upos::PROPN || node.upos == Upos::ADJ) && rules_.sets.contains("weapon", fold(node.lemma))) return true;
  const auto& all = names_.mentions;
  auto at = std::partition_point(all.begin(), all.end(), [&](const Mention& m) { return m.sentence.index < first; });
  for (; at != all.end() && at->sentence.index <= sentence; ++at)
    if (at->actor.valid() && names_.actors[at->actor.index].kind == ActorKind::weapon) return true;
  return false;
}

Harm Finder::harm_in(uint32_t sentence) {
  if (!harm_[sentence]) harm_[sentence] = harm_told(trees_[sentence], rules_.sets);
  return *harm_[sentence];
}

// Whether those counted in a sentence came to harm by force, not by accident or illness: as its own words tell, else those of the
// sentences before it, else those of the whole report.
bool Finder::by_force(uint32_t sentence) {
  constexpr uint32_t kBack = 4, kWholeReport = 400;
  for (uint32_t back = 0; back <= kBack && back <= sentence; ++back)
    if (const Harm harm = harm_in(sentence - back); harm != Harm::unknown) return harm == Harm::force;
  int force = 0, accident = 0;
  for (uint32_t s = 0; s < std::min<size_t>(sentences_.size(), kWholeReport); ++s) {
    force += harm_in(s) == Harm::force ? 1 : 0;
    accident += harm_in(s) == Harm::accident ? 1 : 0;
  }
  return force > accident;
}

EventId Finder::event_of(const ClaimRule& rule, uint32_t sentence, Span span) const {
  const std::string& p = rule.property;
  const bool flight = p == "missile_class" || p == "range_km" || p == "apogee_km" || p == "flight_minutes" || p == "speed_mach" || p == "landing_area" || p == "capability" || p == "outcome" ||
                      p == "programme_stage";
  // The event told around the words, else the last one before them, else one told right after.
  constexpr uint32_t kLookAhead = 3;
  constexpr ptrdiff_t kNear = 12;  // events beside the place that are looked at
  const std::vector<uint32_t>& events = flight ? flights_ : physical_;
  const auto at = std::partition_point(events.begin(), events.end(), [&](uint32_t e) { return events_[e].evidence.begin <= span.begin; }) - events.begin();
  EventId around;
  for (ptrdiff_t k = std::max<ptrdiff_t>(0, at - kNear); k < std::min<ptrdiff_t>(static_cast<ptrdiff_t>(events.size()), at + kNear); ++k) {
    const Event& e = events_[events[static_cast<size_t>(k)]];
    if (e.sentence.index == sentence && e.evidence.overlaps(span) && (!around.valid() || e.evidence.size() < events_[around.index].evidence.size())) around = EventId{events[static_cast<size_t>(k)]};
  }
  if (around.valid()) return around;
  if (at > 0) return EventId{events[static_cast<size_t>(at - 1)]};
  if (at < static_cast<ptrdiff_t>(events.size()) && events_[events[static_cast<size_t>(at)]].sentence.index <= sentence + kLookAhead) return EventId{events[static_cast<size_t>(at)]};
  return {};
}

bool Finder::fits(const SentenceView& s, const ClaimRule& rule, const PatternMatch& match, const ClauseStanding& standing) const {
  if (rule.singular)
    for (uint32_t i = match.first; i < match.last; ++i)
      if (s.node(i).xpos == "NNS" || s.node(i).xpos == "NNPS" || s.form(i) == "were") return false;
  if (rule.actual && (standing.modal || standing.conditional || standing.hypothetical)) return false;
  if (rule.assertive && (standing.conditional || standing.hypothetical)) return false;
  if ((rule.flight || rule.weapon_near) && !weapon_near(s.id.index)) return false;
  const bool counts = rule.normal[0] == "<num>" && (rule.property == "count" || rule.property.starts_with("casualties"));
  for (uint32_t i = match.first; counts && i < match.last; ++i)
    if (s.node(i).upos == Upos::NUM && (measures(s, i, rules_.sets) || partial(s, i))) return false;
  if (!rule.befalls.empty()) {
    const Counted counted = counted_by(s, match.first);
    if (s.node(match.first).upos == Upos::PRON) return false;  // "no one"
    // "two million" from "million" on; "between 20 and 25", which rows of their own read; "killed seven and wounded 18" of a wrong tree.
    std::string left;
    for (uint32_t back = 1; back <= 4 && back <= match.first && (left.empty() || rules_.sets.contains("approx", left)); ++back) left = s.lemma(match.first - back);
    if (match.first > 0 && (s.node(match.first - 1).upos == Upos::NUM || left == "between")) return false;
    if (match.first > 2 && left == "and" && s.node(match.first - 2).upos == Upos::NUM && s.form(match.first - 3) == "between") return false;
    if ((rule.befalls != "wounded" && rules_.sets.contains("wounded_object", left)) || (rule.befalls != "killed" && rules_.sets.contains("killed_object", left))) return false;
    const auto of = [&](std::string_view role) { return rules_.sets.contains(rule.befalls + std::string(role), counted.verb) || rules_.sets.contains(rule.befalls + std::string(role), counted.form); };
    if (!(counted.suffers && of("_object")) && !(counted.acts && of("_subject"))) return false;
    if (!rule.counted_set.empty() && !rules_.sets.contains(rule.counted_set, counted.noun)) return false;
  }
  if (!rule.subject_set.empty()) {
    const int32_t subject = subject_of(s, match.anchor);
    if (subject >= 0) {
      const auto token = static_cast<uint32_t>(subject);
      const Mention* m = mention_covering(names_, s.id, token);
      const bool weapon = m && m->actor.valid() && names_.actors[m->actor.index].kind == ActorKind::weapon;
      if (!weapon && !rules_.sets.contains(rule.subject_set, s.lemma(token)) && !rules_.sets.contains(rule.subject_set, s.form(token))) return false;
    } else if (!weapon_near(s.id.index)) {
      return false;
    }
  }
  return true;
}

std::optional<std::vector<std::string>> Finder::values(const SentenceView& s, const ClaimRule& rule, const PatternMatch& match, Span inside, const std::string& by, Stance& stance,
                                                       Span& span) const {
  std::vector<std::string> out;
  // A rate is no figure of an event.
  if (!match.numbers.empty() && match.last < s.size() && (s.form(match.last) == "per" || s.form(match.last) == "percent")) return std::nullopt;
  // "47 minutes and 12 seconds" is read by a row of its own.
  if (rule.property == "flight_minutes" && match.numbers.size() == 1 && match.last + 2 < s.size() && s.form(match.last) == "and" && s.lemma(match.last + 2) == "second") return std::nullopt;
  for (const std::string& spec : rule.normal) {
    if (spec == "<num>") {
      for (const double n : match.numbers) {
        if (rule.property == "count" && n < 2) return std::nullopt;
        // A bare year is no figure of dead or of aircraft.
        if (rule.property != "range_km" && rule.property != "apogee_km" && n >= 1900 && n <= 2100 && text_of(text_, span).find(shortest(n)) != std::string_view::npos) return std::nullopt;
        out.push_back(shortest(n));
      }
    } else if (spec == "<num>*1.609344") {
      for (const double n : match.numbers) out.push_back(shortest(std::round(n * 1.609344)));
    } else if (spec == "<min:sec>") {
      if (match.numbers.size() != 2) return std::nullopt;
      out.push_back(shortest(std::round((match.numbers[0] + match.numbers[1] / 60) * 10) / 10));
    } else if (spec == "<text>" || spec == "<rest>") {
      auto [first, last] = match.capture.value_or(std::pair{match.first, match.last});
      if (spec == "<rest>") {
        const uint32_t limit = std::min<uint32_t>(static_cast<uint32_t>(s.sentence.tokens.size()), first + kMaxRestTokens);
        while (last < limit && inside.contains(s.sentence.tokens[last].span)) {
          const std::string word = s.form(last);
          if (s.node(last).upos == Upos::PUNCT && word != "-" && word != "'") break;
          ++last;
        }
        span = token_span(s.sentence, match.first, last);
      }
      out.emplace_back(text_of(text_, token_span(s.sentence, first, last)));
    } else if (spec == "<obj>" || spec == "<subj>" || spec == "<agent>" || spec == "<to>") {
      int32_t token = -1;
      if (spec == "<obj>") token = s.index.child(match.anchor, Deprel::obj);
      if (spec == "<subj>") token = subject_of(s, match.anchor);
      if (spec == "<agent>") token = s.index.child(match.anchor, Deprel::obl_agent) >= 0 ? s.index.child(match.anchor, Deprel::obl_agent) : s.index.child(match.anchor, Deprel::obl);
      if (spec == "<to>")
        for (uint32_t i = match.anchor + 1; i < match.last; ++i)  // what the preposition governs, wherever it hangs
          if (const std::string word = s.form(i); (word == "on" || word == "upon" || word == "at" || word == "to" || word == "with") && s.node(i).deprel == Deprel::case_) token = s.node(i).head;
      if (token < 0) return std::nullopt;
      out = parties_of(s, static_cast<uint32_t>(token));
      if (out.size() != 1) return std::nullopt;
      if (rule.hostile && out[0] == by) return std::nullopt;
      span = cover(span, token_span(s.sentence, s.index.extent(static_cast<uint32_t>(token)).first, s.index.extent(static_cast<uint32_t>(token)).second));
    } else if (spec == "<self>") {
      out.push_back(by);
    } else if (spec == "<self>!") {
      out.push_back(by);
      stance = Stance::denies;
    } else if (spec.ends_with('!')) {  // a denial of that value
      out.push_back(spec.substr(0, spec.size() - 1));
      stance = Stance::denies;
    } else {
      out.push_back(spec);
    }
  }
  return out;
}

bool Finder::presupposed(const SentenceView& s, uint32_t token, Span inside) const {
  constexpr int kMaxClimb = 6;
  for (int climb = 0; climb < kMaxClimb && inside.contains(s.sentence.tokens[token].span); ++climb) {
    if (s.node(token).deprel == Deprel::acl_relcl) return s.node(token).xpos == "VBD" || s.node(token).xpos == "VBN";
    if (s.node(token).head < 0) return false;
    token = static_cast<uint32_t>(s.node(token).head);
  }
  return false;
}

// The clause that states the claim, no further than the words of the one who makes it.
Span Finder::clause_around(const SentenceView& s, const PatternMatch& match, Span words, Span inside) const {
  uint32_t head = head_of(s, match.first, match.last);
  for (int climb = 0; climb < 6 && s.node(head).upos != Upos::VERB && s.index.child(head, Deprel::cop) < 0 && s.node(head).head >= 0; ++climb) head = static_cast<uint32_t>(s.node(head).head);
  uint32_t first = std::min(head, match.first), last = std::max(head + 1, match.last);
  for (const uint32_t c : s.index.children(head)) {
    const Deprel r = s.node(c).deprel;
    if (r == Deprel::parataxis || r == Deprel::conj || r == Deprel::punct || r == Deprel::cc || r == Deprel::mark || r == Deprel::advcl) continue;
    first = std::min(first, s.index.extent(c).first);
    last = std::max(last, s.index.extent(c).second);
  }
  first = std::max(first, std::min(dateline_end(s), match.first));
  while (last > match.last && s.node(last - 1).upos == Upos::PUNCT) --last;
  if (last - first > kMaxClauseTokens) {
    first = std::max(first, match.first - std::min(match.first, kMaxClauseTokens / 3));
    last = std::min(last, match.last + kMaxClauseTokens / 2);
  }
  Span clause = cover(words, token_span(s.sentence, first, last));
  if (inside.contains(words)) clause = {std::max(clause.begin, inside.begin), std::min(clause.end, inside.end)};
  return clause;
}

// Whose claim the words make: sets by, statement, stance. False when it is nobody's, or no claim.
bool Finder::attribute(const SentenceView& s, const PatternMatch& match, Draft& d) const {
  const ClaimRule& rule = rules_.rules[match.row];
  Claim& claim = d.claim;
  claim.statement = d.around;
  if (rule.by != Claimant::context) {
    int32_t token = rule.by == Claimant::subject ? subject_of(s, match.anchor) : s.index.child(match.anchor, Deprel::obl_agent);
    if (rule.by == Claimant::agent && token < 0) token = s.index.child(match.anchor, Deprel::obl);
    if (token < 0) return false;
    const auto parties = parties_of(s, static_cast<uint32_t>(token));
    if (parties.size() == 2 && rule.normal[0] == "<other>") d.other = parties[1];
    if (parties.size() != 1 && d.other.empty()) return false;
    claim.by = parties[0];
    d.span = cover(d.span, token_span(s.sentence, static_cast<uint32_t>(token), static_cast<uint32_t>(token) + 1));
    return true;
  }
  const uint32_t words = head_of(s, match.first, match.last);
  uint32_t verb = 0;
  const int32_t sayer = attributed_subject(s, words, &verb);
  const auto said_by = sayer >= 0 ? parties_of(s, static_cast<uint32_t>(sayer)) : std::vector<std::string>{};
  if (!d.around.valid()) {  // no statement was found: the tree may still show whose words they are
    claim.by = said_by.empty() ? "reporter" : said_by[0];
    d.trust *= sayer >= 0 && said_by.empty() ? kNobodyKnown : 0.8F;
    return true;
  }
  const Statement& statement = statements_[d.around.index];
  if (statement.cue && not_even_denied(text_, *statement.cue)) return false;
  claim.by = statement.speaker.party;
  const std::string speaker = fold(text_of(text_, statement.speaker.span));
  const bool nobody = speaker.starts_with("nobody") || speaker.starts_with("no one") || speaker.starts_with("none") || speaker.starts_with("few ");
  // "By stating that it was ..., Seoul meant ...", he said: words within his words.
  bool inner_words = false;
  if (!said_by.empty() && d.inside.contains(s.sentence.tokens[verb].span) && said_by[0] != claim.by) {
    claim.by = said_by[0];
    inner_words = true;
    d.trust *= 0.7F;
  }
  if (nobody) claim.by = "reporter";  // "nobody disputes that"
  if (claim.by.empty()) {
    claim.by = "reporter";
    d.trust *= kNobodyKnown;
  }
  if (statement.kind == StatementKind::forecast || statement.kind == StatementKind::intention || no_fact_act(statement.act)) {
    // "refuses to talk about the blast that maimed two": the relative clause is told as known.
    if (!presupposed(s, words, d.inside)) return false;
    claim.by = "reporter";
    claim.statement = {};
    d.trust *= 0.8F;
  }
  if (statement.standing == Standing::denied && !nobody && !inner_words) claim.stance = Stance::denies;
  return true;
}

// Whether the clause tells a fact of the kind that the row asks for; turns the stance where it is denied.
bool Finder::stands(const SentenceView& s, const PatternMatch& match, Draft& d) const {
  const ClaimRule& rule = rules_.rules[match.row];
  const auto turn = [&] { d.claim.stance = d.claim.stance == Stance::denies ? Stance::asserts : Stance::denies; };
  if (rule.class_words) {
    const ClassUse use = class_use(s, match.first, match.last, d.inside, rules_.sets);
    if (!use.said) return false;
    d.trust = std::min(d.trust, 1.0F) * use.confidence / 0.85F;
    if (use.denied) turn();
    return true;
  }
  const uint32_t head = rule.by == Claimant::context ? head_of(s, match.first, match.last) : match.anchor;
  const ClauseStanding standing = clause_standing(s, head, d.inside);
  const bool own_denial = rule.normal[0].ends_with('!');
  if (!fits(s, rule, match, standing)) return false;
  if (standing.negated && own_denial && rule.by == Claimant::subject) return false;  // "neither confirmed nor denied"
  if (standing.negated && !own_denial && rule.by == Claimant::subject && rule.property == "responsibility") return false;  // "did not blame"
  if (rule.self_subject && !own_subject(s, static_cast<uint32_t>(match.anchor), d.claim.by)) return false;
  if (rule.self_object) {
    int32_t clause = s.index.child(match.anchor, Deprel::ccomp);
    if (clause < 0)  // "rejected accusations that it had"
      if (const int32_t object = s.index.child(match.anchor, Deprel::obj); object >= 0) clause = std::max(s.index.child(static_cast<uint32_t>(object), Deprel::acl), s.index.child(static_cast<uint32_t>(object), Deprel::ccomp));
    if (clause < 0 || !own_subject(s, static_cast<uint32_t>(clause), d.claim.by)) return false;
  }
  if (standing.negated && !rule.self_subject && !rule.self_object && !own_denial && rule.normal[0] != "0" && rule.normal[0] != "none") {
    turn();
    d.trust *= 0.6F;
  }
  if (standing.modal) d.trust *= 0.7F;
  return true;
}

// Whether the subject of a verb is the claimant, by name, as "we", or as a pronoun that may stand for it.
bool Finder::own_subject(const SentenceView& s, uint32_t verb, const std::string& by) const {
  if (s.index.child(verb, Deprel::aux_pass) >= 0) return false;  // "its aircraft had been shot down"
  const int32_t subject = subject_of(s, verb);
  if (subject < 0) return false;
  const auto token = static_cast<uint32_t>(subject);
  const auto parties = parties_of(s, token);
  const std::string word = s.form(token);
  if (word == "we" || word == "i") return true;
  const int32_t possessive = s.index.child(token, Deprel::nmod_poss);
  const bool pronoun = word == "it" || word == "they" || (possessive >= 0 && s.node(static_cast<uint32_t>(possessive)).upos == Upos::PRON);
  return parties.empty() ? pronoun : parties.size() == 1 && parties[0] == by;
}

void Finder::weigh(const SentenceView& s, const PatternMatch& match, const std::vector<PatternMatch>& all) {
  const ClaimRule& rule = rules_.rules[match.row];
  if (outdone(match, all)) return;
  Draft d;
  d.span = token_span(s.sentence, match.first, match.last);
  d.trust = rule.confidence;
  // The end of the words decides: "counted 153 aircraft" begins with the cue itself.
  d.around = statement_around(s.id.index, s.sentence.tokens[match.last - 1].span, &d.inside);
  if (rule.statement && !d.around.valid() && attributed_subject(s, head_of(s, match.first, match.last)) < 0) return;
  if (!attribute(s, match, d) || !stands(s, match, d)) return;
  Claim& claim = d.claim;
  const std::string& property = rule.property;
  // What the reporter says of law, gravity, aims and powers is comment, not a claim about an event.
  if (claim.by == "reporter" && (rule.statement || property == "legality" || property == "severity" || property == "intent" || property == "capability")) return;
  if (property.starts_with("casualties") && !by_force(s.id.index)) return;
  if (rule.force_near && !by_force(s.id.index)) return;
  if (d.other.empty()) {
    auto normal = values(s, rule, match, d.inside, claim.by, claim.stance, d.span);
    if (!normal || normal->empty()) return;
    claim.normal = std::move(*normal);
  } else {
    claim.normal = {d.other};
  }
  claim.property = property;
  claim.value = std::string(text_of(text_, match.capture ? token_span(s.sentence, match.capture->first, match.capture->second) : token_span(s.sentence, match.first, match.last)));
  claim.event = event_of(rule, s.id.index, d.span);
  claim.evidence = clause_around(s, match, d.span, d.inside);
  claim.sentence = s.id;
  claim.rule = rule.id;
  if (d.around.valid() && rule.by == Claimant::context) d.trust *= std::min(1.0F, 0.7F + 0.3F * statements_[d.around.index].confidence);
  claim.confidence = std::clamp(d.trust, 0.05F, 0.95F);
  if (!d.other.empty()) {  // "blamed each other": each the other
    found_.push_back(claim);
    std::swap(claim.by, claim.normal[0]);
  }
  found_.push_back(std::move(claim));
}

// A longer fit of the same property at the same words says more ("intermediate range or longer").
bool Finder::outdone(const PatternMatch& match, const std::vector<PatternMatch>& all) const {
  constexpr size_t kNear = 24;  // matches beside this one; they stand in the order of their first word
  const ClaimRule& rule = rules_.rules[match.row];
  if (rule.property == "responsibility" || !rule.befalls.empty()) return false;
  const auto place = static_cast<size_t>(&match - all.data());
  for (size_t k = place >= kNear ? place - kNear : 0; k < std::min(all.size(), place + kNear); ++k) {
    const PatternMatch& other = all[k];
    const ClaimRule& longer = rules_.rules[other.row];
    if (&other == &match || longer.property != rule.property || (rule.property == "legality" && longer.normal == rule.normal)) continue;
    if (other.first <= match.first && match.last <= other.last && other.last - other.first > match.last - match.first) return true;
  }
  return false;
}

void Finder::read_sentence(uint32_t i) {
  if (sentences_[i].tokens.empty() || sentences_[i].tokens.size() > kMaxProseTokens || trees_[i].nodes.size() != sentences_[i].tokens.size()) return;
  const std::vector<PatternWord> words = pattern_words(text_, sentences_[i], trees_[i]);
  const std::vector<PatternMatch> matches = rules_.patterns.match(words);
  if (matches.empty()) return;
  const TreeIndex index(trees_[i]);
  const SentenceView s{text_, SentenceId{i}, sentences_[i], trees_[i], index, names_};
  for (const PatternMatch& match : matches) weigh(s, match, matches);
}

// "Graustark says Ruritania shelled the town": an attack told inside a statement names who is held responsible. What a party denies
// of anything else did not happen, as far as it goes.
void Finder::read_events() {
  for (uint32_t i = 0; i < events_.size(); ++i) {
    const Event& e = events_[i];
    if (!e.attributed_to.valid() || !e.sentence.valid() || e.trigger >= trees_[e.sentence.index].nodes.size()) continue;
    if (e.factuality != Factuality::actual && e.factuality != Factuality::negated) continue;
    const Statement& statement = statements_[e.attributed_to.index];
    const std::string& by = statement.speaker.party;
    if (by.empty() || statement.kind == StatementKind::forecast || statement.kind == StatementKind::intention || no_fact_act(statement.act)) continue;
    if (statement.cue && not_even_denied(text_, *statement.cue)) continue;
    const bool denied = e.factuality == Factuality::negated || statement.standing == Standing::denied;
    const Node& trigger = trees_[e.sentence.index].nodes[e.trigger];
    const std::string lemma = fold(trigger.lemma);
    Claim claim;
    if (e.type == "ASSAULT" && e.actors.size() == 1 && !e.actors[0].party.empty()) {
      // A death alone charges nobody.
      if (lemma == "die" || lemma == "death") continue;
      // "condemned the attack": a noun without an agent is nobody's confession. "Accused them of killing": the killers are not the accusers.
      const bool own = by == e.actors[0].party;
      if (own && (trigger.upos != Upos::VERB || statement.act == "accuse")) continue;
      claim.property = "responsibility";
      claim.normal = {e.actors[0].party};
      claim.confidence = 0.6F * std::clamp(e.confidence, 0.3F, 1.0F) * (e.kind.empty() && e.recipients.empty() ? 0.8F : 1.0F);
    } else if (statement.standing == Standing::denied && trigger.upos == Upos::VERB && std::find(kPhysicalTypes.begin(), kPhysicalTypes.end(), e.type) != kPhysicalTypes.end()) {
      claim.property = "happened";
      claim.normal = {"yes"};
      claim.confidence = 0.5F * std::clamp(e.confidence, 0.3F, 1.0F);
    } else {
      continue;
    }
    claim.by = by;
    claim.statement = e.attributed_to;
    claim.event = EventId{i};
    claim.stance = denied ? Stance::denies : Stance::asserts;
    claim.value = std::string(text_of(text_, e.evidence));
    // With the words that attribute it, unless they are far away.
    claim.evidence = statement.evidence.contains(e.evidence) && statement.evidence.size() <= kMaxEvidenceBytes ? statement.evidence : e.evidence;
    claim.sentence = e.sentence;
    claim.rule = claim.property == "happened" ? "claim.happened.event" : "claim.resp.event";
    found_.push_back(std::move(claim));
  }
}

std::vector<Claim> Finder::take() {
  std::stable_sort(found_.begin(), found_.end(), [](const Claim& a, const Claim& b) {
    return std::tie(a.evidence.begin, a.evidence.end, a.property) < std::tie(b.evidence.begin, b.evidence.end, b.property);
  });
  // One row for each claimant, property, value and stance: the surest telling, the earliest of equals.
  std::vector<uint32_t> order(found_.size());
  for (uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  const auto key = [&](uint32_t i) { return std::tie(found_[i].by, found_[i].property, found_[i].normal, found_[i].stance); };
  std::stable_sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) { return key(a) < key(b); });
  std::vector<uint32_t> keep;
  for (size_t i = 0; i < order.size();) {
    size_t best = i, end = i;
    for (; end < order.size() && key(order[end]) == key(order[i]); ++end)
      if (found_[order[end]].confidence > found_[order[best]].confidence + 0.05F) best = end;
    keep.push_back(order[best]);
    i = end;
  }
  std::sort(keep.begin(), keep.end());
  std::vector<Claim> out;
  out.reserve(keep.size());
  for (const uint32_t i : keep) out.push_back(std::move(found_[i]));
  return out;
}

}  // namespace

void ClaimRulesDeleter::operator()(const ClaimRules* p) const { delete p; }

ClaimRulesPtr load_claim_rules(const std::filesystem::path& data_dir) { return ClaimRulesPtr(new ClaimRules(data_dir)); }

std::vector<Claim> find_claims(std::string_view text, uint32_t body_start, std::span<const Sentence> sentences, std::span<const Tree> trees, const Names& names,
                               std::span<const Statement> statements, std::span<const Event> events, const ClaimRules& rules) {
  Finder finder(text, sentences, trees, names, statements, events, rules);
  for (uint32_t i = 0; i < sentences.size(); ++i)
    if (sentences[i].span.begin >= body_start && !is_heading(text, sentences, i)) finder.read_sentence(i);
  finder.read_events();
  std::vector<Claim> claims = finder.take();
  for (Claim& claim : claims) {
    claim.signs = claim_signs(claim, statements);
    claim.confidence = rules.weights.confidence(claim.signs);
  }
  return claims;
}

}  // namespace demarche
