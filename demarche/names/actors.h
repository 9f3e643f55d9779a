// The actors of one report while it is read, and the persons among them by name. Not thread safe; one per report.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "demarche/core/document.h"
#include "demarche/names/base.h"

namespace demarche::names {

enum class Gender : uint8_t { unknown, male, female };

// What is known of an actor beyond what goes into the record.
struct ActorState {
  int32_t person = -1;  // row of Base::persons()
  int32_t group = -1;   // row of Base::groups()
  std::vector<uint64_t> name_units;  // of a person: folded words of the fullest name
  bool family_first = false;
  Gender gender = Gender::unknown;
  bool plural = false;
  int32_t title = -1;       // row of Base::titles() of a nominal's or body's head
  std::string_view cls;     // office class or class of the body
  std::vector<uint64_t> title_words;  // units of the titles it was told with ("Major General")
  uint32_t last_sentence = 0;
};

class Actors {
 public:
  Actors(const Base& base, std::optional<Day> published) : base_(base), published_(published) {}

  ActorId government(std::string_view party);
  ActorId group(uint32_t row);
  // The body ("defense ministry") of a party, the group of the base when it has one.
  ActorId body(std::string_view party, uint32_t title_row, std::string_view words, std::string_view sector, std::string_view cls);
  ActorId place(const Place& place);
  // A country or city of a party as a place.
  ActorId country_place(std::string_view name, std::string_view country);
  ActorId arms(uint32_t row);
  // The person of the base; the term that the report's day falls into gives party, sector and role.
  ActorId base_person(uint32_t row, std::string_view party, float confidence, std::string_view rule);
  ActorId add(Actor actor, ActorState state);
  // Another name under which the report goes on to tell of a person.
  void add_name(ActorId id, std::span<const Unit> units);
  // Whether that row of Base::persons() has been told of.
  bool has_person(uint32_t row) const { return persons_.count(row) > 0; }
  // The actor with that key, added when there is none.
  ActorId add_once(Actor actor);

  Actor& operator[](ActorId id) { return actors_[id.index]; }
  const Actor& operator[](ActorId id) const { return actors_[id.index]; }
  ActorState& state(ActorId id) { return states_[id.index]; }
  const ActorState& state(ActorId id) const { return states_[id.index]; }
  size_t size() const { return actors_.size(); }
  std::vector<Actor> take() { return std::move(actors_); }

  // Persons of the report whose name these words may be, the best first: whole name, family name, given name.
  std::vector<ActorId> persons_named(std::span<const Unit> units) const;
  // Persons of the base with that family name (one or two units) who were in a leading office (`lesser`: a deputy, speaker or envoy) on the report's day, for
  // that party and class when given.
  std::vector<uint32_t> leaders_named(std::span<const Unit> units, std::string_view party, std::string_view cls, bool lesser = false) const;
  // Persons whose name sounds like this one (another spelling), who held office for that party by the report's day, in office there first; with no party,
  // heads and foreign and defence ministers in office alone. `sure`: the name is so long that it needs no other hold.
  std::vector<uint32_t> sounding(std::span<const Unit> units, std::string_view party, bool* sure) const;
  // The term that counts on the report's day; null when the person has none.
  const Term* term_of(const Person& person, std::string_view party) const;
  bool in_office(const Term& term) const;

 private:
  std::optional<ActorId> known(const std::string& key) const;

  const Base& base_;
  std::optional<Day> published_;
  std::vector<Actor> actors_;
  std::vector<ActorState> states_;
  std::set<uint32_t> persons_;
  std::map<std::string, uint32_t> by_key_;
  std::unordered_map<uint64_t, std::vector<uint32_t>> by_word_;  // looked up only, never walked
};

// The PLOVER sector of an office.
std::string_view sector_of(std::string_view office_class, std::string_view office);
// Folded words parted by spaces, for keys.
std::string key_words(std::string_view name);

}  // namespace demarche::names
