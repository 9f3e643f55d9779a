// Claims are found in three steps: the rows of properties.tsv are matched over the words of each sentence; the tree decides
// whether the words are said of an event that took place; the statement around them tells whose claim it is. Charges and
// denials that stand as events inside a statement ("X says Y shelled Z") give claims of responsibility.
#include "demarche/claims/claims.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "demarche/claims/confidence.h"
#include "demarche/claims/finder.h"
#include "demarche/core/utf8.h"

namespace demarche {
namespace {

constexpr uint32_t kMaxClauseTokens = 30;  // evidence is the clause around the words, or the words alone when it is longer

// Kinds of event that the properties of a weapon's flight can be about.
constexpr std::array<std::string_view, 4> kFlightKinds{"missile_launch", "satellite_launch", "nuclear_test", "weapon_test"};

}  // namespace

ClaimFinder::ClaimFinder(std::string_view text, std::span<const Sentence> sentences, std::span<const Tree> trees, std::span<const std::vector<PatternWord>> words, const Names& names,
                         std::span<const Statement> statements, std::span<const Event> events, const ClaimRules& rules)
    : text_(text), sentences_(sentences), trees_(trees), words_(words), names_(names), statements_(statements), events_(events), rules_(rules), by_sentence_(sentences.size()), harm_(sentences.size()) {
  for (uint32_t i = 0; i < statements.size(); ++i)
    for (const Span part : statements[i].content)
      for (uint32_t s = sentence_at(sentences, part.begin); s < sentences.size() && sentences[s].span.begin < part.end; ++s)
        if (by_sentence_[s].empty() || by_sentence_[s].back() != i) by_sentence_[s].push_back(i);
  for (uint32_t i = 0; i < events.size(); ++i) {
    const Event& e = events[i];
    if (e.factuality == Factuality::hypothetical || e.factuality == Factuality::planned) continue;
    if (is_physical(e)) physical_.push_back(i);
    if (std::find(kFlightKinds.begin(), kFlightKinds.end(), e.kind) != kFlightKinds.end()) flights_.push_back(i);
  }
  const auto by_place = [&](uint32_t a, uint32_t b) { return std::tie(events[a].evidence.begin, a) < std::tie(events[b].evidence.begin, b); };
  std::sort(physical_.begin(), physical_.end(), by_place);
  std::sort(flights_.begin(), flights_.end(), by_place);
}

StatementId ClaimFinder::statement_around(uint32_t sentence, Span span, Span* part) const {
  StatementId best;
  Span best_part;
  // The innermost, but rather an outer one than one that may be none.
  constexpr float kDoubtful = 0.25F;
  const auto doubtful = [&](uint32_t i) { return statements_[i].confidence < kDoubtful; };
  for (const uint32_t i : by_sentence_[sentence])
    for (const Span p : statements_[i].content)
      // Content leaves out punctuation at its ends, so a value at the edge may stick out by a quotation mark.
      if (p.begin <= span.begin + 1 && span.end <= p.end + 1 && (!best.valid() || doubtful(i) < doubtful(best.index) || (doubtful(i) == doubtful(best.index) && p.size() < best_part.size()))) {
        best = StatementId{i};
        best_part = p;
      }
  if (part) *part = best.valid() ? best_part : sentences_[sentence].span;
  return best;
}

EventId ClaimFinder::event_of(const ClaimRule& rule, uint32_t sentence, Span span) const {
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

// The clause that states the claim, no further than the words of the one who makes it.
Span ClaimFinder::clause_around(const SentenceView& s, const PatternMatch& match, Span words, Span inside) const {
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

// A longer fit of the same property at the same words says more ("intermediate range or longer").
bool ClaimFinder::outdone(const PatternMatch& match, const std::vector<PatternMatch>& all) const {
  constexpr size_t kNear = 24;  // matches beside this one; they stand in the order of their first word
  const ClaimRule& rule = rules_.rules[match.row];
  if (rule.property == "responsibility" || rule.property == "count" || !rule.befalls.empty()) return false;
  const auto place = static_cast<size_t>(&match - all.data());
  for (size_t k = place >= kNear ? place - kNear : 0; k < std::min(all.size(), place + kNear); ++k) {
    const PatternMatch& other = all[k];
    const ClaimRule& longer = rules_.rules[other.row];
    if (&other == &match || longer.property != rule.property || (rule.property == "legality" && longer.normal == rule.normal)) continue;
    if (other.first <= match.first && match.last <= other.last && other.last - other.first > match.last - match.first) return true;
    // "a missile of medium range" before "or longer".
    const auto holds = [&](const std::string& v) { return std::find(longer.normal.begin(), longer.normal.end(), v) != longer.normal.end(); };
    if (rule.class_words && other.first < match.last && match.last < other.last && longer.normal.size() > rule.normal.size() && std::all_of(rule.normal.begin(), rule.normal.end(), holds)) return true;
  }
  return false;
}

void ClaimFinder::weigh(const SentenceView& s, const PatternMatch& match, const std::vector<PatternMatch>& all) {
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
  if ((property == "legality" || property == "intent" || (property == "count" && !rule.befalls.empty())) && !between_parties(s.id.index, claim.by)) return;
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
  for (const std::string& party : d.also) {
    found_.push_back(claim);
    found_.back().by = party;
  }
  if (!d.other.empty()) {  // "blamed each other": each the other
    found_.push_back(claim);
    std::swap(claim.by, claim.normal[0]);
  }
  found_.push_back(std::move(claim));
}

void ClaimFinder::read_sentence(uint32_t i) {
  const std::vector<PatternMatch> matches = rules_.patterns.match(words_[i]);
  if (matches.empty()) return;
  const TreeIndex index(trees_[i]);
  const SentenceView s{text_, SentenceId{i}, sentences_[i], trees_[i], index, names_};
  for (const PatternMatch& match : matches) weigh(s, match, matches);
}

std::vector<Claim> ClaimFinder::take() {
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
  // The dead and wounded are not counted a second time as people lost or taken.
  std::erase_if(keep, [&](uint32_t i) {
    const Claim& count = found_[i];
    return count.property == "count" && std::any_of(found_.begin(), found_.end(), [&](const Claim& c) {
             return c.property.starts_with("casualties") && c.sentence == count.sentence && c.by == count.by && std::find(c.normal.begin(), c.normal.end(), count.normal[0]) != c.normal.end();
           });
  });
  // "11 soldiers and 40 civilians were killed": one claim of two figures, not one of each as well.
  std::erase_if(keep, [&](uint32_t i) {
    const Claim& part = found_[i];
    return part.property.starts_with("casualties") && part.normal.size() == 1 && std::any_of(found_.begin(), found_.end(), [&](const Claim& c) {
             return c.normal.size() == 2 && c.property == part.property && c.sentence == part.sentence && c.by == part.by && std::find(c.normal.begin(), c.normal.end(), part.normal[0]) != c.normal.end();
           });
  });
  std::vector<Claim> out;
  out.reserve(keep.size());
  for (const uint32_t i : keep) out.push_back(std::move(found_[i]));
  return out;
}

void ClaimRulesDeleter::operator()(const ClaimRules* p) const { delete p; }

ClaimRulesPtr load_claim_rules(const std::filesystem::path& data_dir, Vocabulary& vocabulary) { return ClaimRulesPtr(new ClaimRules(data_dir, vocabulary)); }

std::vector<Claim> find_claims(std::string_view text, uint32_t body_start, std::span<const Sentence> sentences, std::span<const Tree> trees,
                               std::span<const std::vector<PatternWord>> words, const Names& names, std::span<const Statement> statements, std::span<const Event> events, const ClaimRules& rules) {
  ClaimFinder finder(text, sentences, trees, words, names, statements, events, rules);
  for (uint32_t i = 0; i < sentences.size(); ++i)
    if (sentences[i].span.begin >= body_start && !is_heading(text, sentences, i)) finder.read_sentence(i);
  finder.read_events();
  finder.read_charges();
  finder.read_denials();
  std::vector<Claim> claims = finder.take();
  for (Claim& claim : claims) {
    claim.signs = claim_signs(claim, statements, names);
    claim.confidence = rules.weights.confidence(claim.signs);
  }
  return claims;
}

}  // namespace demarche
