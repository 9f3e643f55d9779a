// The frame lexicon as data: frames, word classes, light verbs, factuality cues, contexts, units, PLOVER's numbers.
// Read once from data/en (docs/formats/frames.md) and compiled into an index by trigger lemma: the cost of a sentence does
// not grow with the number of frames. Immutable after loading.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "demarche/core/document.h"
#include "demarche/core/sign_weights.h"
#include "demarche/core/table.h"
#include "demarche/core/vocabulary.h"
#include "demarche/events/confidence.h"
#include "demarche/events/measures.h"

namespace demarche {

// A lemma that some data file names; kNoSymbol for every other word.
using Symbol = uint32_t;
inline constexpr Symbol kNoSymbol = UINT32_MAX;

// Lemmas as numbers, and the classes (@weapon) that hold them.
class Lexemes {
 public:
  Symbol intern(std::string_view lemma);
  Symbol find(std::string_view lemma) const;
  // REQUIRES: cls was declared. Classes are at most kMaxClasses.
  void add_to_class(Symbol symbol, uint32_t cls);
  bool in_class(Symbol symbol, uint32_t cls) const;
  uint32_t declare_class(std::string_view name);
  // UINT32_MAX when there is none.
  uint32_t find_class(std::string_view name) const;

  static constexpr uint32_t kMaxClasses = 256;

 private:
  Vocabulary words_;
  std::map<std::string, uint32_t, std::less<>> classes_;
  std::vector<uint64_t> members_;  // kMaxClasses bits a symbol
};

// Where a condition or a role looks.
enum class Slot : uint8_t { subj, obj, iobj, poss, mod, comp, compobj, speaker, aux, prep, light, statement, passive, clause, objmod, det, actor, recipient, head, adv, antecedent, preps, compprep, cond, marker, host, word, around, anchor, compmod, compsubj };

struct Alternative {
  enum class Kind : uint8_t { lemma, cls, any, none, party, place, weapon, person, several, base } kind = Kind::any;
  uint32_t id = 0;  // Symbol or class
};

struct SlotTest {
  Slot slot = Slot::obj;
  Symbol prep = kNoSymbol;  // Slot::prep: which preposition
  std::vector<Alternative> alternatives;
};

// "obj:@weapon|missile|with:any": one of its tests holds (negated: none does).
struct Condition {
  bool negated = false;
  std::vector<SlotTest> tests;
};

// One place to take participants from. deep: whoever answers for the thing named there ("condemned China's launch").
struct RoleSource {
  Slot slot = Slot::subj;
  Symbol prep = kNoSymbol;
  bool deep = false;
  bool place = false;  // a place there stands for its country
};
using RoleSum = std::vector<RoleSource>;     // union of all
using RoleChain = std::vector<RoleSum>;      // the first that yields a party

// The finer name of an event of these types whose surroundings are such (data/en/kinds.tsv).
struct KindRule {
  std::vector<std::string> types;
  std::vector<Condition> where;
  std::string kind;
};

enum class TriggerPos : uint8_t { verb, noun, adjective, aux };

struct Frame {
  // What decides whether it fits stands first: most frames that are tried are read no further.
  std::vector<Condition> where;
  RoleChain actor, recipient;
  bool bare = false;      // a noun that counts without a light verb
  bool sure = false;      // counts without a political actor
  bool civil = false;     // actors need not be political (crowds, gunmen)
  bool keep = false;      // keeps its type when planned
  bool eats = false;      // nothing inside its object or complement is coded apart
  bool act = false;       // a speech act: dated by its statement
  bool foreign = false;    // counts only toward another party ("ordered its army to fire" is no request)
  bool denies = false;     // its own words hold a "not": "would not hesitate"
  bool reciprocal = false;
  bool reply = false;      // aimed at whoever acted before ("will not go unanswered")
  bool unaimed = false;    // aimed at no one opponent ("left the treaty"): none is guessed
  bool future = false;     // what it tells is still to come ("is ready to send")
  float confidence = 0.5F;
  std::string id, type, mode, kind;
  std::string example, counter_example;
  std::vector<uint32_t> kind_rules;  // those of its type, narrowest first
};

struct Trigger {
  uint32_t frame = 0;
  TriggerPos pos = TriggerPos::verb;
  std::vector<Symbol> more;  // further words of the trigger: after it for verbs, before it for nouns
};

enum class CueEffect : uint8_t { actual, planned, hypothetical, negated, ended };
// What a governing word does to the factuality of the event below it.
struct FactualityCue {
  CueEffect effect = CueEffect::actual;
  std::string id;
};

struct LightVerb {
  CueEffect effect = CueEffect::actual;
  bool noun_is_subject = false;  // "talks took place": the noun is the subject, the verb brings no actor
  bool subject_tells = false;    // "reported an attack": the subject is no doer
  bool subject_suffers = false;  // "came under attack": the subject is whom it befell, not its doer
  Symbol with = kNoSymbol;       // "engage in talks": the preposition before the noun; none: its object
  Symbol particle = kNoSymbol;   // "carry out"
  std::vector<Alternative> nouns;  // only with these; empty: any event noun
};

struct TypeFacts {
  std::string mode;
  double score = 0;
  std::string quad, cameo;
};

class FrameLexicon {
 public:
  explicit FrameLexicon(const std::filesystem::path& data_dir);

  const std::vector<Frame>& frames() const { return frames_; }
  // Narrowest first.
  const std::vector<KindRule>& kind_rules() const { return kind_rules_; }
  // Triggers of a lemma, most specific first.
  const std::vector<Trigger>& triggers(Symbol symbol) const;
  const std::vector<LightVerb>* light_verbs(Symbol symbol) const;
  const FactualityCue* cue(Symbol symbol, TriggerPos pos) const;
  const TypeFacts* facts(std::string_view type, std::string_view mode) const;
  const Lexemes& lexemes() const { return lexemes_; }
  float confidence(const std::vector<std::string>& signs) const { return weights_.confidence(signs); }
  // Contexts that a word calls up, by Symbol.
  const std::vector<std::string>* contexts_of(Symbol symbol) const;
  const MeasureUnit* unit(Symbol symbol) const;
  // What a word does to details in that role, or null.
  const DetailWord* detail_word(Symbol symbol, DetailRole role) const;
  // The class of weapon that words from `at` on name ("intermediate-range ballistic"), or null; `skip` tells words to look past.
  template <typename Skip>
  const std::string* weapon_class(const std::vector<Symbol>& forms, uint32_t at, Skip skip) const {
    if (!detail_roles_.begins_class(forms[at])) return nullptr;
    for (const auto& [words, cls] : weapon_classes_) {
      uint32_t t = at;
      size_t k = 0;
      for (; k < words.size() && t < forms.size(); ++t) {
        if (forms[t] == words[k]) ++k;
        else if (k == 0 || !skip(t)) break;
      }
      if (k == words.size()) return &cls;
    }
    return nullptr;
  }
  // The verb of the lexicon that a lower-case form inflects; kNoSymbol when none. For lemmas that the parser got wrong.
  Symbol verb_of_form(std::string_view form) const;
  bool is(Symbol symbol, uint32_t cls) const { return cls != UINT32_MAX && lexemes_.in_class(symbol, cls); }
  uint32_t cls(std::string_view name) const { return lexemes_.find_class(name); }

  // Classes that the code itself asks for.
  struct Known {
    uint32_t further, naming, sail, measure, authorship, people, we, subject_control, event_noun, negation, weekday, weapon_class, missile, group_noun, political_noun, future_mod, irrealis_mod, neg_det, if_mark,
        before_mark, time_noun, relative, particle, means, complement_mark, polity, writing, crowd, setting, when_mark, meet_noun, habitual, reply, aggression, limit_prep, relation, warhead_place, sides, related, belong, owner_prep, place_prep, nobodys_noun, ordinal, anyone, distance_word, deadline_prep, decide, accord, judge, given_up, brought, undergone, proposal;
  } known{};
  // Words that the code itself asks for.
  struct Asked {
    Symbol after, against, all, appeal, as, at, before, by, call, for_, from, her, his, in, near, of, on, outside, to, until, will, with, without;
  } asked{};

 private:
  void load_classes(const std::filesystem::path& file);
  void load_frames(const std::filesystem::path& file);
  void load_kinds(const std::filesystem::path& file);
  void load_lights(const std::filesystem::path& file);
  void load_cues(const std::filesystem::path& file);
  void load_contexts(const std::filesystem::path& file);
  void load_types(const std::filesystem::path& file);
  void load_units(const std::filesystem::path& file);
  void load_detail_words(const std::filesystem::path& file);
  void load_verb_forms(const std::filesystem::path& file);
  void index_triggers(const Table& table, size_t row);
  static uint64_t detail_key(Symbol symbol, DetailRole role);

  SignWeights weights_;
  Lexemes lexemes_;
  std::vector<Frame> frames_;
  std::vector<KindRule> kind_rules_;
  std::map<std::string, std::vector<std::string>, std::less<>> members_of_;  // words of each class, for triggers
  std::vector<std::vector<Trigger>> triggers_;    // by Symbol
  std::map<Symbol, std::vector<LightVerb>> lights_;
  std::map<std::pair<Symbol, TriggerPos>, FactualityCue> cues_;
  std::map<std::string, std::vector<TypeFacts>, std::less<>> types_;
  std::vector<std::vector<std::string>> contexts_;  // by Symbol
  std::unordered_map<Symbol, MeasureUnit> units_;          // looked up, never iterated
  std::unordered_map<uint64_t, DetailWord> detail_words_;  // by symbol and role; looked up, never iterated
  DetailRoles detail_roles_;
  std::vector<std::pair<std::vector<Symbol>, std::string>> weapon_classes_;  // forms; in the order of the table
  Lexemes forms_;                       // inflected forms of trigger verbs
  std::vector<Symbol> verb_of_form_;    // by symbol of forms_
  std::vector<std::string> verbs_;      // lemmas of trigger verbs, light verbs and cues
};

}  // namespace demarche
