// Links are found in two ways: the rows of links.tsv tie the entries that stand before and after certain words of a sentence;
// and some entries already hold another one (a commitment its condition and the event that broke it, a claim of intent its
// event, two claims about one event that cannot both hold).
#include "demarche/linking/linking.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <tuple>

#include "demarche/core/sentence_view.h"
#include "demarche/core/table.h"
#include "demarche/core/token_pattern.h"
#include "demarche/core/tree.h"
#include "demarche/linking/denials.h"
#include "demarche/linking/ends.h"

namespace demarche {
namespace {

std::optional<Place> parse_place(std::string_view name) {
  constexpr std::array<std::pair<std::string_view, Place>, 8> kPlaces{{{"governed", Place::governed},
                                                                       {"main", Place::main},
                                                                       {"subject", Place::subject},
                                                                       {"previous", Place::previous},
                                                                       {"earlier", Place::earlier},
                                                                       {"here", Place::here},
                                                                       {"claim_before", Place::claim_before},
                                                                       {"claim_after", Place::claim_after}}};
  for (const auto& [n, place] : kPlaces)
    if (n == name) return place;
  return std::nullopt;
}

struct LinkRule {
  std::string id, kind;
  Place from = Place::main, to = Place::governed;
  bool hostile = false;  // both are blows, of two parties
  bool closing = false;  // the words end their clause
  float confidence = 0;
};

constexpr uint32_t kMaxClaimSentences = 3;  // how far apart two contrasted claims stand

}  // namespace

class LinkRules {
 public:
  LinkRules(const std::filesystem::path& data_dir, Vocabulary& vocabulary) {
    sets = WordSets::load(data_dir / "en" / "word_sets.tsv");
    const Table table = Table::load(data_dir / "en" / "links.tsv", {"id", "kind", "pattern", "from", "to", "needs", "confidence", "must match", "must not match", "why"});
    table.require_unique(0);
    table.require_sorted(0);
    for (size_t row = 0; row < table.size(); ++row) {
      LinkRule rule;
      rule.id = table.cell(row, 0);
      rule.kind = table.cell(row, 1);
      constexpr std::array<std::string_view, 9> kKinds{"response_to", "in_exchange_for", "condition_of", "causes", "keeps", "breaks", "contradicts", "corrects", "motive_of"};
      if (std::find(kKinds.begin(), kKinds.end(), rule.kind) == kKinds.end()) table.fail(row, 1, "unknown kind of link");
      if (const auto wrong = patterns.add(table.cell(row, 2), static_cast<uint32_t>(row), sets, vocabulary)) table.fail(row, 2, *wrong);
      const auto from = parse_place(table.cell(row, 3)), to = parse_place(table.cell(row, 4));
      if (!from) table.fail(row, 3, "unknown place");
      if (!to) table.fail(row, 4, "unknown place");
      rule.from = *from;
      rule.to = *to;
      rule.hostile = table.cell(row, 5) == "hostile";
      rule.closing = table.cell(row, 5) == "closing";
      if (!rule.hostile && !rule.closing && table.cell(row, 5) != "-") table.fail(row, 5, "expected hostile, closing or -");
      const std::string_view confidence = table.cell(row, 6);
      const auto [end, error] = std::from_chars(confidence.data(), confidence.data() + confidence.size(), rule.confidence);
      if (error != std::errc{} || end != confidence.data() + confidence.size() || rule.confidence <= 0 || rule.confidence > 1) table.fail(row, 6, "expected a number in (0, 1]");
      rules.push_back(std::move(rule));
    }
    patterns.finish();
  }

  WordSets sets;
  std::vector<LinkRule> rules;
  TokenPatterns patterns;
};

namespace {

class Linker {
 public:
  Linker(std::span<const Sentence> sentences, std::span<const Event> events, std::span<const Claim> claims, std::span<const Commitment> commitments, const LinkRules& rules)
      : sentences_(sentences), events_(events), claims_(claims), commitments_(commitments), ends_(sentences, events, commitments, rules.sets), claims_in_(sentences.size()) {
    for (uint32_t i = 0; i < claims.size(); ++i)
      if (claims[i].sentence.index < sentences.size()) claims_in_[claims[i].sentence.index].push_back(i);
  }

  void by_words(const LinkRule& rule, const SentenceView& s, const PatternMatch& match);
  void by_entries();
  void add_all(std::vector<Link> links) { links_.insert(links_.end(), links.begin(), links.end()); }
  std::vector<Link> take();

 private:
  bool blows(const EntryRef& from, const EntryRef& to) const;
  Span evidence_of(const EntryRef& entry) const { return entry.type == EntryType::event ? events_[entry.index].evidence : commitments_[entry.index].evidence; }
  SentenceId sentence_of(const EntryRef& entry) const { return entry.type == EntryType::event ? events_[entry.index].sentence : commitments_[entry.index].sentence; }
  float trust_of(const EntryRef& entry) const { return entry.type == EntryType::event ? events_[entry.index].confidence : commitments_[entry.index].confidence; }
  void claims_apart(const LinkRule& rule, uint32_t sentence, const PatternMatch& match);
  void add(std::string_view kind, EntryRef from, EntryRef to, Span evidence, std::string_view rule, float confidence) {
    if (from == to) return;
    links_.push_back({std::string(kind), from, to, evidence, std::string(rule), confidence});
  }
  bool apart(const Claim& a, const Claim& b) const {
    if (a.property != b.property || a.stance != b.stance) return false;
    return std::none_of(a.normal.begin(), a.normal.end(), [&](const std::string& v) { return std::find(b.normal.begin(), b.normal.end(), v) != b.normal.end(); });
  }

  std::span<const Sentence> sentences_;
  std::span<const Event> events_;
  std::span<const Claim> claims_;
  std::span<const Commitment> commitments_;
  LinkEnds ends_;
  std::vector<std::vector<uint32_t>> claims_in_;
  std::vector<Link> links_;
};

// Whether both are acts against somebody, of parties that differ as far as they are told.
bool Linker::blows(const EntryRef& from, const EntryRef& to) const {
  constexpr std::array<std::string_view, 8> kBlows{"ASSAULT", "SANCTION", "COERCE", "MOBILIZE", "PROTEST", "ACCUSE", "REJECT", "THREATEN"};
  if (from.type != EntryType::event || to.type != EntryType::event) return false;
  const Event& a = events_[from.index];
  const Event& b = events_[to.index];
  for (const Event* e : {&a, &b})
    if (e->factuality != Factuality::actual || std::find(kBlows.begin(), kBlows.end(), e->type) == kBlows.end()) return false;
  for (const Participant& p : a.actors)
    for (const Participant& q : b.actors)
      if (!p.party.empty() && p.party == q.party && (p.sector == "REB") == (q.sector == "REB")) return false;
  return true;
}

void Linker::claims_apart(const LinkRule& rule, uint32_t sentence, const PatternMatch& match) {
  const bool same_party = rule.kind == "corrects";
  const uint32_t mark = sentences_[sentence].tokens[match.first].span.begin;
  for (const uint32_t later : claims_in_[sentence]) {
    const Claim& b = claims_[later];
    // The nearest earlier claim of another party (or, for a correction, of the same) that cannot hold together with it.
    for (uint32_t back = 0; back <= kMaxClaimSentences && back <= sentence; ++back) {
      const auto& list = claims_in_[sentence - back];
      bool done = false;
      for (size_t k = list.size(); k-- > 0 && !done;) {
        const Claim& a = claims_[list[k]];
        if (list[k] == later || (a.by == b.by) != same_party || !apart(a, b)) continue;
        if (back == 0 && !((a.evidence.begin < mark) != (b.evidence.begin < mark))) continue;
        if (back > 0 && b.evidence.begin < mark && match.first > 3) continue;
        if (a.event.valid() && b.event.valid() && a.event != b.event) continue;
        const bool first_is_a = back > 0 || a.evidence.begin < b.evidence.begin;
        add(rule.kind, {EntryType::claim, first_is_a ? later : list[k]}, {EntryType::claim, first_is_a ? list[k] : later}, cover(b.evidence, token_span(sentences_[sentence], match.first, match.last)),
            rule.id, rule.confidence);
        done = true;
      }
      if (done) break;
    }
  }
}

void Linker::by_words(const LinkRule& rule, const SentenceView& s, const PatternMatch& match) {
  if (rule.from == Place::claim_after || rule.from == Place::claim_before) {
    claims_apart(rule, s.id.index, match);
    return;
  }
  // "the cause of", "no response to": what is denied or supposed ties nothing.
  const ClauseStanding standing = clause_standing(s, match.first, s.sentence.span);
  if (standing.conditional) return;
  if (rule.closing && match.last < s.size() && s.node(match.last).upos != Upos::PUNCT) return;
  // "responded by": to the last blow of another before it, not to whatever was told last.
  const bool told_before = rule.kind == "response_to" && (rule.to == Place::previous || rule.to == Place::earlier);
  const auto answer = told_before ? ends_.at(rule.from, s, match, std::nullopt) : std::nullopt;
  if (told_before && !answer) return;
  const auto to = told_before ? ends_.provoked(s, match, *answer) : ends_.at(rule.to, s, match, std::nullopt);
  if (!to) return;
  const auto from = told_before ? answer : ends_.at(rule.from, s, match, to->entry);
  if (!from || (rule.hostile && !blows(from->entry, to->entry))) return;
  Span evidence = token_span(s.sentence, match.first, match.last);
  for (const EntryRef& end : {from->entry, to->entry})
    if (sentence_of(end) == s.id) evidence = cover(evidence, evidence_of(end));
  add(rule.kind, from->entry, to->entry, evidence, rule.id, rule.confidence * from->trust * to->trust * (0.5F + 0.5F * std::min(trust_of(from->entry), trust_of(to->entry))));
}

void Linker::by_entries() {
  std::map<std::pair<uint32_t, std::string_view>, std::vector<uint32_t>> by_event;  // what is held of one event's property
  for (uint32_t i = 0; i < claims_.size(); ++i)
    if (claims_[i].event.valid()) by_event[{claims_[i].event.index, claims_[i].property}].push_back(i);
  for (uint32_t i = 0; i < commitments_.size(); ++i) {
    const Commitment& c = commitments_[i];
    const EntryRef self{EntryType::commitment, i};
    if (c.event.valid() && (c.status == CommitmentStatus::broken || c.status == CommitmentStatus::kept))
      add(c.status == CommitmentStatus::broken ? "breaks" : "keeps", {EntryType::event, c.event.index}, self, c.evidence, "link.entry.status", 0.6F * c.confidence);
    if (c.condition && c.sentence.index < sentences_.size())
      for (const auto& [token, event] : ends_.in_sentence(c.sentence.index))
        if (token < sentences_[c.sentence.index].tokens.size() && c.condition->contains(sentences_[c.sentence.index].tokens[token].span))
          add("condition_of", {EntryType::event, event}, self, *c.condition, "link.entry.condition", 0.7F * c.confidence);
  }
  for (uint32_t i = 0; i < claims_.size(); ++i) {
    const Claim& a = claims_[i];
    // "by accident" tells how, not what for.
    if (a.property == "intent" && a.rule != "claim.intent.how" && a.event.valid() && events_[a.event.index].sentence.index + 1 >= a.sentence.index) add("motive_of", {EntryType::claim, i}, {EntryType::event, a.event.index}, a.evidence, "link.entry.intent", 0.6F * a.confidence);
    if (a.stance != Stance::denies || !a.event.valid()) continue;
    // A denial contradicts what another party asserts of the same event.
    const std::vector<uint32_t>& same = by_event[{a.event.index, a.property}];
    for (size_t k = 0; k < std::min<size_t>(same.size(), 64); ++k) {
      const uint32_t j = same[k];
      const Claim& b = claims_[j];
      if (b.stance != Stance::asserts || b.by == a.by) continue;
      if (std::any_of(a.normal.begin(), a.normal.end(), [&](const std::string& v) { return std::find(b.normal.begin(), b.normal.end(), v) != b.normal.end(); }))
        add("contradicts", {EntryType::claim, i}, {EntryType::claim, j}, a.evidence, "link.entry.denial", 0.7F * std::min(a.confidence, b.confidence));
    }
  }
}

std::vector<Link> Linker::take() {
  const auto key = [](const Link& l) { return std::tuple(l.kind, l.from.type, l.from.index, l.to.type, l.to.index); };
  std::stable_sort(links_.begin(), links_.end(), [&](const Link& a, const Link& b) { return key(a) != key(b) ? key(a) < key(b) : a.confidence > b.confidence; });
  links_.erase(std::unique(links_.begin(), links_.end(), [&](const Link& a, const Link& b) { return key(a) == key(b); }), links_.end());
  std::stable_sort(links_.begin(), links_.end(), [](const Link& a, const Link& b) { return std::tie(a.evidence.begin, a.evidence.end, a.kind) < std::tie(b.evidence.begin, b.evidence.end, b.kind); });
  return std::move(links_);
}

}  // namespace

void LinkRulesDeleter::operator()(const LinkRules* p) const { delete p; }

LinkRulesPtr load_link_rules(const std::filesystem::path& data_dir, Vocabulary& vocabulary) { return LinkRulesPtr(new LinkRules(data_dir, vocabulary)); }

std::vector<Link> link_entries(std::string_view text, std::span<const Sentence> sentences, std::span<const Tree> trees, std::span<const std::vector<PatternWord>> words,
                               std::span<const Statement> statements, std::span<const Event> events, std::span<const Claim> claims, std::span<const Commitment> commitments, const LinkRules& rules) {
  Linker linker(sentences, events, claims, commitments, rules);
  const Names nobody;  // the ends are entries, which know their parties
  for (uint32_t s = 0; s < sentences.size(); ++s) {
    const std::vector<PatternMatch> matches = rules.patterns.match(words[s]);
    if (matches.empty()) continue;
    const TreeIndex index(trees[s]);
    const SentenceView view{text, SentenceId{s}, sentences[s], trees[s], index, nobody};
    for (const PatternMatch& match : matches) linker.by_words(rules.rules[match.row], view, match);
  }
  linker.by_entries();
  linker.add_all(link_denials(sentences, trees, statements));
  return linker.take();
}

}  // namespace demarche
