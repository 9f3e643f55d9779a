// The one reading of a report that ties phrases to actors. Its parts stand in resolve.cc (order, names of the base, output),
// resolve_persons.cc, resolve_titles.cc, resolve_unknown.cc and resolve_reference.cc. Private to this stage; one per report.
#pragma once

#include <array>
#include <deque>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "demarche/names/actors.h"
#include "demarche/names/referents.h"
#include "demarche/names/resolve.h"

namespace demarche::names {

class Resolver {
 public:
  Resolver(std::string_view text, std::span<const Sentence> sentences, std::span<const Tree> trees, std::span<const SentencePhrases> phrases, const std::optional<Day>& published,
           const Base& base, std::vector<Diagnostic>& diagnostics)
      : text_(text), sentences_(sentences), trees_(trees), all_(phrases), published_(published), base_(base), diagnostics_(diagnostics), actors_(base, published) {}
  Names run();

 private:
  const Scan& scan() const { return all_[sentence_].scan; }
  const std::vector<Phrase>& phrases() const { return all_[sentence_].phrases; }
  const Phrase& phrase(size_t i) const { return all_[sentence_].phrases[i]; }
  const Title& title(const Phrase& p) const { return base_.titles()[static_cast<size_t>(p.title)]; }
  const Atom& atom(int32_t i) const { return scan().atoms[static_cast<size_t>(i)]; }
  std::string words(uint32_t first, uint32_t last) const {
    const Scan& s = scan();
    return std::string(text_.substr(s.units[first].span.begin, s.units[last - 1].span.end - s.units[first].span.begin));
  }
  std::span<const Unit> units(uint32_t first, uint32_t last) const { return std::span<const Unit>(scan().units).subspan(first, last - first); }
  void count_parties();
  void find_home();
  int told(std::string_view party) const {
    const auto at = told_.find(std::string(party));
    return at == told_.end() ? 0 : at->second;
  }
  void diagnose(const Phrase& p, std::string message) {
    if (diagnostics_.size() > 200) return;
    const Scan& s = scan();
    diagnostics_.push_back({"names.ambiguous", Severity::info, std::move(message), Span{s.units[p.first].span.begin, s.units[p.last - 1].span.end}});
  }

  // One phrase: resolve.cc.
  const Referent& resolve(size_t i);

  // Names of the base: resolve.cc.
  const Entry* foreign_place(const Atom& a) const;
  const Entry* choose(const Atom& a, const Phrase& p);
  bool may_be_family_name(const Atom& a, const Scan& scan) const;
  Referent resolve_atom(const Phrase& p, size_t i);
  Referent simple(ActorId actor, float confidence);
  Referent simple_place(ActorId actor);
  Referent group_referent(const Entry& e);
  Referent party_referent(const Entry& e, const Atom& a, const Phrase& p, size_t i);
  bool motion_of(const Phrase& p) const;
  bool demonym_noun(const Atom& a, const Phrase& p) const;
  static bool one_person(std::string_view demonym);
  ActorId place_of(const Entry& e, const Atom& a, std::string_view code);

  // Persons: resolve_persons.cc.
  Source source_of(const Phrase& p, size_t i);
  void take(const Referent& r, const Origin& o, Source& out);
  void take_actor(ActorId id, const Origin& o, Source& out);
  Referent origin_atom(const Origin& o, const Phrase& p, size_t i);
  Referent origin_name(const Origin& o);
  std::string title_words(const Phrase& p) const;
  Referent resolve_named(const Phrase& p, size_t i, const Phrase* other, size_t j);
  void from_of_phrase(const Phrase& p, size_t i, Source& from);
  std::optional<uint32_t> base_row(const Phrase& p, uint32_t first, uint32_t last, std::string_view party, std::string_view cls, bool doubtful);
  static bool is_office(std::string_view cls);
  ActorId nearest(const std::vector<ActorId>& ids) const;
  void complete(ActorId id, const Phrase* titled, const Source& from, uint32_t first, uint32_t last);
  void note_gender(const Phrase& titled, ActorState& s) const;
  Referent person_referent(ActorId id, float confidence);
  Referent new_person(const Phrase& p, const Phrase* titled, Source& from, uint32_t first, uint32_t last);
  bool is_secretary_of_state(const Phrase& titled) const;
  void inherit(const Phrase& p, Source& from);
  bool unread_complement(const Phrase& titled) const;
  std::string party_by_name(uint32_t first, uint32_t last) const;
  bool governs(const Phrase& p) const;

  // Titles without a name: resolve_titles.cc.
  Referent resolve_titled(const Phrase& p, size_t i);
  bool nobody(const Phrase& p) const;
  bool of_no_state(const Phrase& p) const;
  bool is_foreign(const Phrase& p) const;
  bool serves_abroad(const Phrase& p) const;
  std::optional<ActorId> holder_of(std::string_view party, std::string_view cls, const Phrase* p = nullptr);
  std::optional<ActorId> earlier(const Phrase& p) const;
  std::optional<ActorId> armed_group() const;
  bool is_rebellion(const Phrase& p) const;
  std::string scene_behind(const Phrase& p) const;
  std::string backer_of(const Phrase& p) const;
  std::string last_place() const;
  Referent earlier_together(const Phrase& p) const;
  std::optional<ActorId> countryman(std::string_view party) const;
  bool same_body(const Phrase& p, const Actor& a, const ActorState& s) const;
  Referent resolve_body(const Phrase& p, Source& from);
  std::optional<uint32_t> told_group(const Phrase& p) const;
  static bool is_government(const Title& t);
  Referent resolve_people(const Phrase& p, Source& from);
  ActorId people(const Phrase& p, const std::string& party, const Source& from);
  Referent counterpart(const Phrase& p, const Source& from);
  void remember_body(const Phrase& p, const Source& from, size_t i);
  Referent new_nominal(const Phrase& p, const Source& from, ActorKind kind);
  bool police_told() const;
  ActorId nominal(const Phrase& p, const Source& from, const std::string& party, ActorKind kind);
  std::string focus(std::string_view not_this = {}) const;
  std::string focus_or_scene(std::string_view not_this = {}) const;
  std::string host_of(const Phrase& p) const;
  std::string named_behind(const Phrase& p) const;

  // Words that no table knows: resolve_unknown.cc.
  Referent resolve_unknown(const Phrase& p, size_t i);
  static bool is_month(std::string_view word);
  bool plausible_leader(uint32_t row, bool person) const;
  static bool all_caps(std::span<const Unit> run);
  bool differ(const std::vector<ActorId>& ids) const;
  bool is_organisation(std::span<const Unit> run) const;
  std::string_view entity_type(const Phrase& p) const;
  Referent organisation(const Phrase& p, std::string_view country);
  Referent compound_name(const Phrase& p);
  Referent known_as(const Phrase& p, size_t i);
  std::optional<uint32_t> city_at(const Phrase& p, size_t i) const;

  // Acronyms: resolve_unknown.cc.
  const Referent* bracketed_with(const Phrase& p, size_t i) const;
  bool initial_fits(const Phrase& p, size_t i) const;
  void note_acronym(size_t i);

  // Words that stand for others: resolve_reference.cc.
  void remember(size_t i);
  void push_seen(Seen seen);
  void join(size_t i);
  const Joined* joined(size_t wanted, bool states, bool between, bool persons) const;
  uint32_t subject_of_clause(const Phrase& p) const;
  bool of_state_organ(const Phrase& p) const;
  void mark_quotes();
  uint32_t relation_token(const Phrase& p) const;
  bool speaks(const Phrase& p) const;
  bool is_subject(const Phrase& p) const;
  bool is_main_subject(const Phrase& p) const;
  Referent resolve_pronoun(const Phrase& p);
  bool fits(const Seen& seen, bool male, bool female, bool plural) const;
  bool all_states(const std::vector<ActorId>& ids) const;
  Referent resolve_other(const Phrase& p, size_t i);
  Referent resolve_several(const Phrase& p);
  std::vector<ActorId> usual_pair();
  Referent resolve_group(const Phrase& p);
  Referent resolve_country(const Phrase& p, size_t i);
  Referent country_with_traits(const Phrase& p, const std::vector<uint32_t>& traits);

  // Output: resolve.cc.
  uint32_t head_token(const Phrase& p) const;
  void add_mention(size_t i);

  std::string_view text_;
  std::span<const Sentence> sentences_;
  std::span<const Tree> trees_;
  std::span<const SentencePhrases> all_;
  std::optional<Day> published_;
  const Base& base_;
  std::vector<Diagnostic>& diagnostics_;
  Actors actors_;
  std::map<std::string, int> told_;
  std::string home_;  // the state in whose capital the report was written, by its dateline, and of which it tells; empty when there is none
  std::string scene_;  // the state of which the report tells above all, be it as a place only; empty when there is none
  std::unordered_map<uint64_t, ActorId> acronyms_;  // looked up only
  std::vector<uint64_t> family_names_;  // sorted: place names that somebody told bears
  std::map<std::string, int> spoken_;   // mentions by party so far
  std::map<int32_t, ActorId> chains_;  // what "the ministry" meant last, by title row
  std::deque<Seen> history_;
  std::deque<Joined> joined_;
  std::deque<std::vector<ActorId>> together_;  // several told as one: "the foreign ministers of Japan and China"
  std::vector<Mention> mentions_;
  uint32_t sentence_ = 0;
  bool in_quote_ = false;
  std::vector<char> quoted_;   // by unit of the sentence
  bool has_entities_ = false;  // the language model tells persons from places
  std::vector<Referent> refs_;
  std::vector<char> done_;
};

}  // namespace demarche::names
