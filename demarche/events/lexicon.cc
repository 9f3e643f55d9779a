// Reads data/en/{frames,frame_classes,light_verbs,kinds,factuality,contexts,plover,detail_units}.tsv. A broken row stops the start.
#include "demarche/events/lexicon.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <optional>
#include <utility>

namespace demarche {

Symbol Lexemes::intern(std::string_view lemma) {
  const Symbol symbol = words_.add(lemma) - 1;
  members_.resize(words_.size() * (kMaxClasses / 64), 0);
  return symbol;
}

Symbol Lexemes::find(std::string_view lemma) const {
  static_assert(kNoSymbol == UINT32_MAX);
  return words_.find(lemma) - 1;  // 0, for no word, becomes kNoSymbol
}

void Lexemes::add_to_class(Symbol symbol, uint32_t cls) {
  DEMARCHE_CHECK(cls < kMaxClasses);
  members_[symbol * (kMaxClasses / 64) + cls / 64] |= uint64_t{1} << (cls % 64);
}

bool Lexemes::in_class(Symbol symbol, uint32_t cls) const {
  if (symbol == kNoSymbol || cls >= kMaxClasses) return false;
  return (members_[symbol * (kMaxClasses / 64) + cls / 64] >> (cls % 64) & 1) != 0;
}

uint32_t Lexemes::declare_class(std::string_view name) {
  return classes_.emplace(std::string(name), static_cast<uint32_t>(classes_.size())).first->second;
}

uint32_t Lexemes::find_class(std::string_view name) const {
  const auto it = classes_.find(name);
  return it == classes_.end() ? UINT32_MAX : it->second;
}

namespace {

enum FrameColumn : size_t { kId, kTrigger, kPos, kWhere, kActor, kRecipient, kType, kMode, kKind, kFlags, kConfidence, kMatch, kNoMatch, kWhy };

float parse_confidence(const Table& table, size_t row, size_t column) {
  const std::string cell(table.cell(row, column));
  char* end = nullptr;
  const float value = std::strtof(cell.c_str(), &end);
  if (cell.empty() || *end != '\0' || !(value > 0) || value > 1) table.fail(row, column, "confidence must be a number in (0, 1]");
  return value;
}

std::optional<Slot> parse_slot(std::string_view name) {
  static constexpr std::pair<std::string_view, Slot> kSlots[] = {
      {"subj", Slot::subj},   {"obj", Slot::obj},       {"iobj", Slot::iobj},     {"poss", Slot::poss},           {"mod", Slot::mod},
      {"comp", Slot::comp},   {"compobj", Slot::compobj}, {"speaker", Slot::speaker}, {"aux", Slot::aux},       {"light", Slot::light},
      {"said", Slot::statement}, {"passive", Slot::passive}, {"clause", Slot::clause}, {"objmod", Slot::objmod},  {"det", Slot::det},
      {"actor", Slot::actor}, {"recipient", Slot::recipient}, {"head", Slot::head}, {"adv", Slot::adv},         {"antecedent", Slot::antecedent},
      {"preps", Slot::preps},   {"cond", Slot::cond},     {"case", Slot::marker}, {"host", Slot::host},
      {"word", Slot::word},     {"around", Slot::around}, {"anchor", Slot::anchor},   {"compmod", Slot::compmod}, {"compsubj", Slot::compsubj}};
  for (const auto& [text, slot] : kSlots)
    if (text == name) return slot;
  return std::nullopt;
}

Alternative parse_alternative(Lexemes& lexemes, const Table& table, size_t row, size_t column, std::string_view word) {
  using Kind = Alternative::Kind;
  if (word == "any") return {Kind::any, 0};
  if (word == "none") return {Kind::none, 0};
  if (word == "party") return {Kind::party, 0};
  if (word == "place") return {Kind::place, 0};
  if (word == "weapon") return {Kind::weapon, 0};
  if (word == "person") return {Kind::person, 0};
  if (word == "several") return {Kind::several, 0};
  if (word == "unmarked") return {Kind::base, 0};
  if (word.starts_with('@')) {
    const uint32_t cls = lexemes.find_class(word.substr(1));
    if (cls == UINT32_MAX) table.fail(row, column, "unknown class " + std::string(word) + " (see frame_classes.tsv)");
    return {Kind::cls, cls};
  }
  if (word.empty()) table.fail(row, column, "empty alternative");
  return {Kind::lemma, lexemes.intern(word)};
}

// "!obj:@weapon|missile"
Condition parse_condition(Lexemes& lexemes, const Table& table, size_t row, size_t column, std::string_view text) {
  Condition condition;
  if (text.starts_with('!')) {
    condition.negated = true;
    text.remove_prefix(1);
  }
  for (std::string_view word : split_list(text, '|')) {
    const size_t colon = word.find(':');
    if (colon != std::string_view::npos && colon > 0) {
      SlotTest test;
      if (const auto slot = parse_slot(word.substr(0, colon))) {
        test.slot = *slot;
      } else {
        test.slot = Slot::prep;
        test.prep = lexemes.intern(word.substr(0, colon));
      }
      condition.tests.push_back(std::move(test));
      word = word.substr(colon + 1);
    }
    if (condition.tests.empty()) table.fail(row, column, "a condition is slot:value|value, not '" + std::string(text) + "'");
    condition.tests.back().alternatives.push_back(parse_alternative(lexemes, table, row, column, word));
  }
  if (condition.tests.empty()) table.fail(row, column, "an empty condition");
  return condition;
}

// "subj+with/between", "obj*", "in~": + adds, / is a fallback, * looks for whoever answers for it, ~ lets a place stand for its country.
RoleChain parse_roles(Lexemes& lexemes, std::string_view cell) {
  RoleChain chain;
  for (const std::string_view sum_text : split_list(cell, '/')) {
    RoleSum sum;
    for (std::string_view word : split_list(sum_text, '+')) {
      RoleSource source;
      for (; !word.empty() && (word.back() == '*' || word.back() == '~'); word.remove_suffix(1)) (word.back() == '*' ? source.deep : source.place) = true;
      if (const auto slot = parse_slot(word)) {
        source.slot = *slot;
      } else if (word.starts_with("comp.")) {
        source.slot = Slot::compprep;
        source.prep = lexemes.intern(word.substr(5));
      } else {
        source.slot = Slot::prep;
        source.prep = lexemes.intern(word);
      }
      sum.push_back(source);
    }
    if (!sum.empty()) chain.push_back(std::move(sum));
  }
  return chain;
}

void set_flag(const Table& table, size_t row, std::string_view flag, Frame& frame) {
  const std::pair<std::string_view, bool*> flags[] = {{"bare", &frame.bare}, {"sure", &frame.sure}, {"civil", &frame.civil}, {"keep", &frame.keep},
                                                      {"eats", &frame.eats}, {"act", &frame.act}, {"reciprocal", &frame.reciprocal}, {"future", &frame.future}, {"foreign", &frame.foreign}, {"reply", &frame.reply}, {"unaimed", &frame.unaimed}};
  for (const auto& [name, field] : flags)
    if (name == flag) {
      *field = true;
      return;
    }
  table.fail(row, kFlags, "unknown flag '" + std::string(flag) + "'");
}

TriggerPos parse_pos(const Table& table, size_t row, size_t column) {
  const std::string_view pos = table.cell(row, column);
  if (pos == "v") return TriggerPos::verb;
  if (pos == "n") return TriggerPos::noun;
  if (pos == "a") return TriggerPos::adjective;
  if (pos == "x") return TriggerPos::aux;
  table.fail(row, column, "part of speech must be v, n, a or x");
}

CueEffect parse_effect(const Table& table, size_t row, size_t column) {
  static constexpr std::pair<std::string_view, CueEffect> kEffects[] = {
      {"actual", CueEffect::actual}, {"planned", CueEffect::planned}, {"hypothetical", CueEffect::hypothetical}, {"negated", CueEffect::negated}, {"ended", CueEffect::ended}};
  for (const auto& [name, effect] : kEffects)
    if (name == table.cell(row, column)) return effect;
  table.fail(row, column, "effect must be actual, planned, hypothetical, negated or ended");
}

double parse_number(const Table& table, size_t row, size_t column) {
  const std::string cell(table.cell(row, column));
  char* end = nullptr;
  const double value = std::strtod(cell.c_str(), &end);
  if (cell.empty() || *end != '\0') table.fail(row, column, "not a number");
  return value;
}

// How narrow a trigger is: the narrowest that fits speaks. Further words weigh most, then conditions that name words or
// classes, then those that only ask for something to be there, then exclusions.
int specificity(const std::vector<Condition>& where) {
  int weight = 0;
  for (const Condition& condition : where) {
    const auto kind = condition.tests.front().alternatives.front().kind;
    if (condition.negated) weight += 1;
    else if (kind == Alternative::Kind::lemma || kind == Alternative::Kind::cls) weight += 4;
    else if (kind == Alternative::Kind::any) weight += 2;
    else weight += 3;
  }
  return weight;
}

int specificity(const Trigger& trigger, const Frame& frame) { return 6 * static_cast<int>(trigger.more.size()) + specificity(frame.where); }

}  // namespace

FrameLexicon::FrameLexicon(const std::filesystem::path& data_dir) : weights_(data_dir / "en/event_confidence.tsv") {
  const std::filesystem::path en = data_dir / "en";
  load_types(en / "plover.tsv");
  load_classes(en / "frame_classes.tsv");
  load_lights(en / "light_verbs.tsv");
  load_cues(en / "factuality.tsv");
  load_contexts(en / "contexts.tsv");
  load_units(en / "detail_units.tsv");
  load_detail_words(en / "detail_words.tsv");
  load_frames(en / "frames.tsv");
  load_kinds(en / "kinds.tsv");
  load_verb_forms(en / "irregular_verbs.tsv");
  const auto find = [this](std::string_view one) { return lexemes_.find(one); };
  asked = {find("after"), find("against"), find("all"), find("appeal"), find("as"), find("at"), find("before"), find("by"), find("call"), find("for"), find("from"), find("her"), find("his"), find("in"),
          find("near"), find("of"), find("on"), find("outside"), find("to"), find("until"), find("will"), find("with"), find("without")};
  known = {cls("further"), cls("naming"), cls("sail"),
           cls("measure"), cls("authorship"), cls("people"), cls("we"), cls("subject_control"), cls("event_noun"), cls("negation"), cls("weekday"), cls("weapon_class"), cls("missile"),
           cls("group_noun"), cls("political_noun"), cls("future_mod"), cls("irrealis_mod"), cls("neg_det"), cls("if_mark"), cls("before_mark"), cls("time_noun"), cls("relative"), cls("particle"), cls("means"), cls("complement_mark"), cls("polity"), cls("writing"), cls("crowd"), cls("setting"), cls("when_mark"), cls("meet_noun"), cls("habitual"), cls("reply"), cls("aggression"), cls("limit_prep"), cls("relation"), cls("warhead_place"), cls("sides"),
           cls("related"), cls("belong"), cls("owner_prep"), cls("place_prep"), cls("nobodys_noun"),
           cls("ordinal"), cls("anyone"), cls("distance_word"), cls("deadline_prep"), cls("decide"), cls("accord"), cls("judge"), cls("given_up"), cls("brought"), cls("undergone"), cls("proposal")};
}

void FrameLexicon::load_types(const std::filesystem::path& file) {
  const Table table = Table::load(file, {"id", "type", "mode", "score", "quad", "cameo"});
  table.require_unique(0);
  for (size_t row = 0; row < table.size(); ++row)
    types_[std::string(table.cell(row, 1))].push_back(
        {std::string(table.cell(row, 2)), parse_number(table, row, 3), std::string(table.cell(row, 4)), std::string(table.cell(row, 5))});
}

void FrameLexicon::load_classes(const std::filesystem::path& file) {
  const Table table = Table::load(file, {"id", "members", "why"});
  table.require_unique(0);
  table.require_sorted(0);
  if (table.size() > Lexemes::kMaxClasses) table.fail(Lexemes::kMaxClasses, 0, "too many classes");
  for (size_t row = 0; row < table.size(); ++row) lexemes_.declare_class(table.cell(row, 0));
  for (size_t row = 0; row < table.size(); ++row) {
    const uint32_t cls = lexemes_.find_class(table.cell(row, 0));
    for (const std::string_view member : split_list(table.cell(row, 1))) {
      if (!member.starts_with('@')) {
        members_of_[std::string(table.cell(row, 0))].emplace_back(member);
        lexemes_.add_to_class(lexemes_.intern(member), cls);
        continue;
      }
      // A class inside a class: its members are taken over; the row that it names must hold plain words.
      size_t other = 0;
      while (other < table.size() && table.cell(other, 0) != member.substr(1)) ++other;
      if (other == table.size()) table.fail(row, 1, "unknown class " + std::string(member));
      for (const std::string_view word : split_list(table.cell(other, 1))) {
        if (word.starts_with('@')) table.fail(row, 1, "classes nest only one deep");
        lexemes_.add_to_class(lexemes_.intern(word), cls);
      }
    }
  }
}

void FrameLexicon::load_lights(const std::filesystem::path& file) {
  const Table table = Table::load(file, {"id", "verb", "noun", "effect", "only", "why"});
  table.require_unique(0);
  table.require_sorted(0);
  for (size_t row = 0; row < table.size(); ++row) {
    LightVerb light;
    light.subject_suffers = table.cell(row, 3) == "suffered";
    light.subject_tells = table.cell(row, 3) == "told";
    light.effect = light.subject_suffers || light.subject_tells ? CueEffect::actual : parse_effect(table, row, 3);
    const std::string_view place = table.cell(row, 2);
    if (place == "subj") light.noun_is_subject = true;
    else if (place != "obj") light.with = lexemes_.intern(place);
    if (!table.cell(row, 4).empty())
      for (const std::string_view word : split_list(table.cell(row, 4), '|')) light.nouns.push_back(parse_alternative(lexemes_, table, row, 4, word));
    for (const std::string_view verb : split_list(table.cell(row, 1))) {
      const auto words = split_list(verb, ' ');
      if (words.empty() || words.size() > 2) table.fail(row, 1, "a light verb is one word, or a verb and its particle");
      LightVerb one = light;
      if (words.size() == 2) one.particle = lexemes_.intern(words[1]);
      verbs_.emplace_back(words[0]);
      lights_[lexemes_.intern(words[0])].push_back(std::move(one));
    }
  }
  // With a particle or a preposition first: "carry out" before "carry".
  for (auto& [verb, list] : lights_)
    std::stable_sort(list.begin(), list.end(), [](const LightVerb& a, const LightVerb& b) { return (a.particle != kNoSymbol) > (b.particle != kNoSymbol); });
}

void FrameLexicon::load_cues(const std::filesystem::path& file) {
  const Table table = Table::load(file, {"id", "lemma", "pos", "effect", "why"});
  table.require_unique(0);
  table.require_sorted(0);
  for (size_t row = 0; row < table.size(); ++row)
    for (const std::string_view lemma : split_list(table.cell(row, 1)))
      if (!cues_.emplace(std::pair{lexemes_.intern(lemma), parse_pos(table, row, 2)}, FactualityCue{parse_effect(table, row, 3), std::string(table.cell(row, 0))}).second)
        table.fail(row, 1, "'" + std::string(lemma) + "' has an effect already");
}

void FrameLexicon::load_contexts(const std::filesystem::path& file) {
  const Table table = Table::load(file, {"id", "words"});
  table.require_unique(0);
  table.require_sorted(0);
  for (size_t row = 0; row < table.size(); ++row)
    for (const std::string_view word : split_list(table.cell(row, 1))) {
      const Symbol symbol = lexemes_.intern(word);
      if (contexts_.size() <= symbol) contexts_.resize(symbol + 1);
      contexts_[symbol].push_back(std::string(table.cell(row, 0)));
    }
}

void FrameLexicon::load_units(const std::filesystem::path& file) {
  const Table table = Table::load(file, {"id", "words", "key", "factor"});
  table.require_unique(0);
  table.require_sorted(0);
  for (size_t row = 0; row < table.size(); ++row)
    for (const std::string_view word : split_list(table.cell(row, 1))) units_[lexemes_.intern(word)] = {std::string(table.cell(row, 2)), parse_number(table, row, 3)};
}

void FrameLexicon::load_detail_words(const std::filesystem::path& file) {
  static constexpr std::pair<std::string_view, DetailRole> kRoles[] = {{"verb", DetailRole::verb},     {"subject", DetailRole::subject}, {"state", DetailRole::state}, {"noun", DetailRole::noun},
                                                                       {"height", DetailRole::height}, {"flag", DetailRole::flag},       {"without", DetailRole::without}};
  const Table table = Table::load(file, {"id", "role", "words", "key", "value", "why"});
  table.require_unique(0);
  table.require_sorted(0);
  for (size_t row = 0; row < table.size(); ++row) {
    const std::string_view role = table.cell(row, 1);
    const std::string key(table.cell(row, 3)), value(table.cell(row, 4));
    const auto known_role = std::find_if(std::begin(kRoles), std::end(kRoles), [&](const auto& r) { return r.first == role; });
    if (known_role == std::end(kRoles) && role != "class") table.fail(row, 1, "unknown role");
    for (const std::string_view word : split_list(table.cell(row, 2))) {
      if (role == "class") {
        std::vector<Symbol> forms;
        for (const std::string_view form : split_list(word, ' '))
          for (const std::string_view part : split_list(form, '-')) forms.push_back(lexemes_.intern(part));
        if (forms.empty()) table.fail(row, 2, "a class needs words");
        detail_roles_.add_class(forms.front());
        weapon_classes_.emplace_back(std::move(forms), value);
        continue;
      }
      const Symbol symbol = lexemes_.intern(word);
      detail_roles_.add(symbol, known_role->second);
      if (!detail_words_.emplace(detail_key(symbol, known_role->second), DetailWord{key, value}).second) table.fail(row, 2, "'" + std::string(word) + "' stands twice in this role");
    }
  }
}

uint64_t FrameLexicon::detail_key(Symbol symbol, DetailRole role) { return uint64_t{symbol} << 8 | static_cast<uint64_t>(role); }

const DetailWord* FrameLexicon::detail_word(Symbol symbol, DetailRole role) const {
  if (!detail_roles_.has(symbol, role)) return nullptr;
  const auto it = detail_words_.find(detail_key(symbol, role));
  return it == detail_words_.end() ? nullptr : &it->second;
}

void FrameLexicon::load_frames(const std::filesystem::path& file) {
  const Table table = Table::load(file, {"id", "trigger", "pos", "where", "actor", "recipient", "type", "mode", "kind", "flags", "confidence", "must match", "must not match", "why"});
  table.require_unique(kId);
  table.require_sorted(kId);
  for (size_t row = 0; row < table.size(); ++row) {
    Frame frame;
    frame.id = table.cell(row, kId);
    frame.type = table.cell(row, kType);
    frame.mode = table.cell(row, kMode);
    frame.kind = table.cell(row, kKind);
    if (!types_.contains(frame.type)) table.fail(row, kType, "no PLOVER type");
    if (!facts(frame.type, frame.mode)) table.fail(row, kMode, "no mode of " + frame.type);
    for (const std::string_view text : split_list(table.cell(row, kWhere), ' ')) frame.where.push_back(parse_condition(lexemes_, table, row, kWhere, text));
    for (const Condition& condition : frame.where)
      for (const SlotTest& test : condition.tests)
        for (const Alternative& a : test.alternatives) frame.denies = frame.denies || (!condition.negated && a.kind == Alternative::Kind::lemma && lexemes_.in_class(a.id, cls("negation")));
    frame.actor = parse_roles(lexemes_, table.cell(row, kActor));
    frame.recipient = parse_roles(lexemes_, table.cell(row, kRecipient));
    for (const std::string_view flag : split_list(table.cell(row, kFlags))) set_flag(table, row, flag, frame);
    frame.confidence = parse_confidence(table, row, kConfidence);
    frame.example = table.cell(row, kMatch);
    frame.counter_example = table.cell(row, kNoMatch);
    frames_.push_back(std::move(frame));
    index_triggers(table, row);
  }
  for (auto& list : triggers_)
    std::stable_sort(list.begin(), list.end(), [&](const Trigger& a, const Trigger& b) { return specificity(a, frames_[a.frame]) > specificity(b, frames_[b.frame]); });
  // Copied, so that what is tried together stands together in memory; while it was read it was strewn about.
  frames_ = std::vector<Frame>(std::as_const(frames_));
  triggers_ = std::vector<std::vector<Trigger>>(std::as_const(triggers_));
}

void FrameLexicon::load_kinds(const std::filesystem::path& file) {
  enum : size_t { kRuleId, kTypes, kRuleWhere, kRuleKind };
  const Table table = Table::load(file, {"id", "types", "where", "kind", "must match", "must not match", "why"});
  table.require_unique(kRuleId);
  table.require_sorted(kRuleId);
  for (size_t row = 0; row < table.size(); ++row) {
    KindRule rule;
    for (const std::string_view type : split_list(table.cell(row, kTypes))) {
      rule.types.emplace_back(type);
      if (!types_.contains(type)) table.fail(row, kTypes, "no PLOVER type");
    }
    for (const std::string_view text : split_list(table.cell(row, kRuleWhere), ' ')) rule.where.push_back(parse_condition(lexemes_, table, row, kRuleWhere, text));
    rule.kind = table.cell(row, kRuleKind);
    if (rule.types.empty() || rule.where.empty()) table.fail(row, kTypes, "a kind needs types and conditions");
    kind_rules_.push_back(std::move(rule));
  }
  std::stable_sort(kind_rules_.begin(), kind_rules_.end(), [](const KindRule& a, const KindRule& b) { return specificity(a.where) > specificity(b.where); });
  for (Frame& frame : frames_)
    for (uint32_t k = 0; k < kind_rules_.size(); ++k)
      if (const auto& types = kind_rules_[k].types; std::find(types.begin(), types.end(), frame.type) != types.end()) frame.kind_rules.push_back(k);
}

void FrameLexicon::index_triggers(const Table& table, size_t row) {
  const auto triggers = split_list(table.cell(row, kTrigger));
  if (triggers.empty()) table.fail(row, kTrigger, "no trigger");
  std::vector<std::string_view> spelled;
  for (const std::string_view text : triggers) {
    if (!text.starts_with('@')) {
      spelled.push_back(text);
      continue;
    }
    const auto it = members_of_.find(text.substr(1));
    if (it == members_of_.end()) table.fail(row, kTrigger, "unknown class " + std::string(text));
    spelled.insert(spelled.end(), it->second.begin(), it->second.end());
  }
  for (const std::string_view text : spelled) {
    const auto words = split_list(text, ' ');
    Trigger trigger;
    trigger.frame = static_cast<uint32_t>(row);
    trigger.pos = parse_pos(table, row, kPos);
    const bool last_is_head = trigger.pos == TriggerPos::noun;
    const std::string_view head = last_is_head ? words.back() : words.front();
    for (size_t i = last_is_head ? 0 : 1; i < words.size() - (last_is_head ? 1 : 0); ++i)
      for (const std::string_view part : split_list(words[i], '-')) trigger.more.push_back(lexemes_.intern(part));  // "live-fire drill": words split at hyphens
    const Symbol symbol = lexemes_.intern(head);
    if (trigger.pos == TriggerPos::verb) verbs_.emplace_back(head);
    if (triggers_.size() <= symbol) triggers_.resize(symbol + 1);
    triggers_[symbol].push_back(std::move(trigger));
  }
}

namespace {

bool is_vowel(char c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u'; }

// The regular inflections of a verb; both spellings where a last consonant may double.
std::vector<std::string> regular_forms(const std::string& verb) {
  const size_t n = verb.size();
  if (n < 2) return {};
  const char last = verb[n - 1], before = verb[n - 2];
  if (last == 'e') return {verb + "s", verb + "d", verb.substr(0, n - 1) + "ing"};
  if (last == 'y' && !is_vowel(before)) return {verb.substr(0, n - 1) + "ies", verb.substr(0, n - 1) + "ied", verb + "ing"};
  std::vector<std::string> forms{verb + "s", verb + "ed", verb + "ing"};
  if (last == 's' || last == 'x' || last == 'z' || last == 'h') forms.push_back(verb + "es");
  if (!is_vowel(last) && is_vowel(before) && last != 'w' && last != 'x' && last != 'y') {
    forms.push_back(verb + last + "ed");
    forms.push_back(verb + last + "ing");
  }
  return forms;
}

}  // namespace

void FrameLexicon::load_verb_forms(const std::filesystem::path& file) {
  const auto add = [&](const std::string& form, Symbol verb) {
    const Symbol symbol = forms_.intern(form);
    if (symbol == verb_of_form_.size()) verb_of_form_.push_back(verb);
  };
  const Table table = Table::load(file, {"id", "forms"});
  table.require_unique(0);
  table.require_sorted(0);
  for (size_t row = 0; row < table.size(); ++row)
    if (const Symbol verb = lexemes_.find(table.cell(row, 0)); verb != kNoSymbol)
      for (const std::string_view form : split_list(table.cell(row, 1))) add(std::string(form), verb);
  for (const std::string& verb : verbs_)
    for (const std::string& form : regular_forms(verb)) add(form, lexemes_.find(verb));
}

Symbol FrameLexicon::verb_of_form(std::string_view form) const {
  const Symbol symbol = forms_.find(form);
  return symbol == kNoSymbol ? kNoSymbol : verb_of_form_[symbol];
}

const std::vector<Trigger>& FrameLexicon::triggers(Symbol symbol) const {
  static const std::vector<Trigger> kNone;
  return symbol < triggers_.size() ? triggers_[symbol] : kNone;
}

const std::vector<LightVerb>* FrameLexicon::light_verbs(Symbol symbol) const {
  const auto it = lights_.find(symbol);
  return it == lights_.end() ? nullptr : &it->second;
}

const FactualityCue* FrameLexicon::cue(Symbol symbol, TriggerPos pos) const {
  const auto it = cues_.find({symbol, pos});
  return it == cues_.end() ? nullptr : &it->second;
}

const TypeFacts* FrameLexicon::facts(std::string_view type, std::string_view mode) const {
  const auto it = types_.find(type);
  if (it == types_.end()) return nullptr;
  for (const TypeFacts& facts : it->second)
    if (facts.mode == mode) return &facts;
  return nullptr;
}

const std::vector<std::string>* FrameLexicon::contexts_of(Symbol symbol) const {
  return symbol < contexts_.size() && !contexts_[symbol].empty() ? &contexts_[symbol] : nullptr;
}

const MeasureUnit* FrameLexicon::unit(Symbol symbol) const {
  const auto it = units_.find(symbol);
  return it == units_.end() ? nullptr : &it->second;
}

}  // namespace demarche
