// Figures are read from the words beside each other ("1.2 million dollars", "$50 million", "6,000 km high"), since trees of figures
// are the least reliable; whom an act befell, and ways, are read off the tree.
#include "demarche/events/details.h"

#include <algorithm>
#include <cstdlib>

namespace demarche {
namespace {

struct Window {
  uint32_t first, last;
};

std::optional<double> plain_number(std::string_view word) {
  const size_t first = word.find_first_not_of(',');
  if (first == std::string_view::npos || word[first] < '0' || word[first] > '9') return std::nullopt;
  std::string digits;
  for (const char c : word)
    if (c != ',') digits += c;
  char* end = nullptr;
  const double value = std::strtod(digits.c_str(), &end);
  if (*end != '\0') return std::nullopt;
  return value;
}

std::optional<double> word_number(std::string_view word) {
  static constexpr std::pair<std::string_view, double> kWords[] = {
      {"one", 1},     {"two", 2},       {"three", 3},     {"four", 4},      {"five", 5},       {"six", 6},      {"seven", 7},     {"eight", 8},     {"nine", 9},    {"ten", 10},
      {"eleven", 11}, {"twelve", 12},   {"thirteen", 13}, {"fourteen", 14}, {"fifteen", 15},   {"sixteen", 16}, {"seventeen", 17}, {"eighteen", 18}, {"nineteen", 19}, {"twenty", 20},
      {"thirty", 30}, {"forty", 40},    {"fifty", 50},    {"sixty", 60},    {"seventy", 70},   {"eighty", 80},  {"ninety", 90},   {"a", 1},         {"an", 1}};
  for (const auto& [text, n] : kWords)
    if (word == text) return n;
  return std::nullopt;
}

double multiplier(std::string_view word) {
  static constexpr std::pair<std::string_view, double> kWords[] = {{"dozen", 12}, {"hundred", 100}, {"thousand", 1e3}, {"million", 1e6}, {"billion", 1e9}, {"trillion", 1e12}, {"bn", 1e9}, {"m", 1e6}, {"k", 1e3}};
  for (const auto& [text, n] : kWords)
    if (word == text) return n;
  return 0;
}

std::string lower(std::string_view word) {
  std::string out(word);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

struct Figure {
  double value = 0;
  uint32_t first = 0, last = 0;  // its words
};

// "12", "twelve", "1.2 million", "two dozen" that begins at a word.
std::optional<Figure> figure_at(const ClauseView& view, uint32_t at) {
  // Most words are none: no digit, and not the first letter of a number word.
  const char first = view.word(at).empty() ? ' ' : static_cast<char>(view.word(at)[0] | 0x20);  // lower case of a letter; a digit stays
  if ((first < '0' || first > '9') && std::string_view(",aefnost").find(first) == std::string_view::npos) return std::nullopt;
  if (at > 1 && view.word(at - 1) == "-" && view.sentence.tokens[at - 1].span.end == view.sentence.tokens[at].span.begin) return std::nullopt;  // "Hwasong-14"
  const std::string word = lower(view.word(at));
  std::optional<double> n = plain_number(word);
  const bool article = word == "a" || word == "an";
  if (!n) n = word_number(word);
  if (!n) return std::nullopt;
  Figure f{*n, at, at + 1};
  while (f.last < view.size() && f.last < at + 3) {
    const double factor = multiplier(lower(view.word(f.last)));
    if (factor == 0) break;
    f.value *= factor;
    ++f.last;
  }
  if (article && f.last == at + 1) return std::nullopt;  // "a soldier" is no figure
  return f;
}

// The figure before a counted noun: its numeral, or the words right before it ("12 Russian diplomats", "three hundred more people").
std::optional<double> count_of(const ClauseView& view, uint32_t noun) {
  constexpr uint32_t kReach = 6;  // tokens between a figure and its noun
  const uint32_t from = std::max(view.index.extent(noun).first, noun > kReach ? noun - kReach : 0);
  for (uint32_t t = from; t < noun; ++t)
    if (const auto f = figure_at(view, t)) {
      bool clear = f->last <= noun;
      for (uint32_t u = f->last; u < noun && clear; ++u) clear = view.node(u).upos != Upos::PUNCT && view.node(u).upos != Upos::ADP && view.node(u).upos != Upos::VERB;
      if (clear) return f->value;
    }
  if (const auto f = figure_at(view, noun)) return f->value;
  return std::nullopt;
}

void put(std::map<std::string, Detail>& details, const std::string& key, Detail value) { details.emplace(key, std::move(value)); }

bool near_height(const Scene& scene, uint32_t first, uint32_t last) {
  const ClauseView& view = scene.view;
  const auto is_height = [&](uint32_t t) {
    const DetailWord* word = scene.frames.detail_word(view.lemma[t] != kNoSymbol ? view.lemma[t] : view.form[t], DetailRole::height);
    return word != nullptr;
  };
  for (uint32_t t = first > 4 ? first - 4 : 0; t < first; ++t)
    if (is_height(t) && lower(view.word(t)) != "up" && lower(view.word(t)) != "high") return true;
  return last < view.size() && is_height(last);
}

// Figures with their units.
void read_figures(const Scene& scene, Window w, std::map<std::string, Detail>& details) {
  const ClauseView& view = scene.view;
  const auto unit_at = [&](uint32_t t) -> const MeasureUnit* {
    if (t >= w.last) return nullptr;
    const MeasureUnit* unit = view.lemma[t] == kNoSymbol ? nullptr : scene.frames.unit(view.lemma[t]);
    return unit || view.form[t] == kNoSymbol ? unit : scene.frames.unit(view.form[t]);
  };
  for (uint32_t t = w.first; t < w.last; ++t) {
    const auto f = figure_at(view, t);
    if (!f || f->last > w.last) continue;
    // "$50 million", "Mach 5" before; "50 km", "50-minute", "50 Russian tanks" behind.
    const MeasureUnit* unit = t > w.first ? unit_at(t - 1) : nullptr;
    if (unit && !unit->key.starts_with("money") && !unit->key.starts_with("speed")) unit = nullptr;
    uint32_t at = f->last;
    for (uint32_t skipped = 0; !unit && skipped <= 3 && at < w.last; ++skipped, ++at) {
      if ((unit = unit_at(at))) break;
      const Upos upos = view.node(at).upos;
      if (upos != Upos::ADJ && upos != Upos::PROPN && upos != Upos::NOUN && lower(view.word(at)) != "-") break;
    }
    if (unit) {
      std::string key = unit->key;
      if (key == "range_km" && near_height(scene, t, at + 1)) key = "altitude_km";
      if (key == "range_km" && at + 2 < view.size() && (lower(view.word(at + 1)) == "per" || lower(view.word(at + 1)) == "an") && lower(view.word(at + 2)) == "hour") key = "speed_kmh";
      put(details, key, f->value * unit->factor);
    }
    t = f->last - 1;
  }
}

// Dead, wounded, detained, displaced.
void count_victims(const Scene& scene, uint32_t token, std::map<std::string, Detail>& details) {
  const ClauseView& view = scene.view;
  const DetailWord* word = scene.frames.detail_word(view.lemma[token], DetailRole::verb);
  if (word && view.is_verb(token)) {
    for (const uint32_t head : verb_arguments(view, token, scene.frames).obj)
      if (const auto n = count_of(view, head)) put(details, word->key, *n);
    return;
  }
  word = scene.frames.detail_word(view.lemma[token], DetailRole::subject);
  if (word && view.is_verb(token)) {
    for (const uint32_t head : verb_arguments(view, token, scene.frames).subj)
      if (const auto n = count_of(view, head)) put(details, word->key, *n);
    return;
  }
  // "left 12 people dead", "12 dead and 40 wounded".
  word = scene.frames.detail_word(view.form[token], DetailRole::state);
  if (word && !(view.is_verb(token) && view.index.child(token, Deprel::obj) >= 0)) {
    constexpr uint32_t kReach = 3;
    for (uint32_t t = token; t-- > 0 && token - t <= kReach;) {
      if (view.node(t).upos == Upos::PUNCT || view.node(t).upos == Upos::CCONJ) break;
      const auto f = figure_at(view, t);
      if (f && f->last <= token) {
        put(details, word->key, f->value);
        break;
      }
    }
    return;
  }
  // "the death toll rose to 40".
  word = scene.frames.detail_word(view.lemma[token], DetailRole::noun);
  if (word)
    for (uint32_t t = token + 1; t < view.size() && t <= token + 5; ++t)
      if (const auto f = figure_at(view, t); f && lower(view.word(t)) != "a") {
        put(details, word->key, f->value);
        break;
      }
}

void read_weapon(const Scene& scene, Window w, std::map<std::string, Detail>& details) {
  const ClauseView& view = scene.view;
  for (uint32_t t = w.first; t < w.last; ++t) {
    if (is_kind(scene, t, ActorKind::weapon)) put(details, "weapon", scene.names.actors[view.headed[t]->actor.index].name);
    if (const std::string* cls = scene.frames.weapon_class(view.form, t, [&](uint32_t i) { return view.node(i).upos == Upos::PUNCT; })) put(details, "class", *cls);
  }
}

void read_flags(const Scene& scene, Window w, std::map<std::string, Detail>& details) {
  const ClauseView& view = scene.view;
  for (uint32_t t = w.first; t < w.last; ++t) {
    if (const DetailWord* flag = scene.frames.detail_word(view.lemma[t], DetailRole::flag)) put(details, flag->key, flag->value == "true");
    const DetailWord* lacking = scene.frames.detail_word(view.lemma[t], DetailRole::without);
    if (lacking && view.preposition(t) != kNoSymbol && view.preposition(t) == scene.frames.asked.without) put(details, lacking->key, lacking->value == "true");
  }
}

// The words of a nominal, without what hangs on it as a clause.
std::string words_of(const ClauseView& view, uint32_t head) {
  constexpr uint32_t kMaxWords = 8;
  auto [first, last] = view.index.extent(head);
  for (const uint32_t c : view.index.children(head)) {
    const Deprel rel = view.node(c).deprel;
    if (c < head && rel == Deprel::case_) first = std::max(first, c + 1);
    if (c > head && (rel == Deprel::acl || rel == Deprel::acl_relcl || rel == Deprel::conj || rel == Deprel::punct || rel == Deprel::appos || rel == Deprel::parataxis)) last = std::min(last, view.index.extent(c).first);
  }
  while (last > head + 1 && view.node(last - 1).upos == Upos::PUNCT) --last;
  if (first >= last || last - first > kMaxWords) return std::string(view.word(head));
  return std::string(text_of(view.text, token_span(view.sentence, first, last)));
}

// From where, over what, to where.
void read_ways(const Scene& scene, const Match& match, std::map<std::string, Detail>& details) {
  const ClauseView& view = scene.view;
  const std::string& kind = match.frame->kind;
  const bool flight = kind == "missile_launch" || kind == "satellite_launch";
  const bool moves = flight || match.frame->type == "MOBILIZE" || match.frame->mode == "withdraw" || kind == "visit" || kind == "evacuation";
  if (!moves) return;
  for (const Oblique& o : match.args.obliques) {
    if (o.preposition == kNoSymbol) continue;
    const bool place = is_kind(scene, o.head, ActorKind::place) || is_kind(scene, o.head, ActorKind::government) || scene.frames.is(view.lemma[o.head], scene.frames.known.warhead_place);
    if (!place) continue;
    const auto is = [&](std::string_view p) { return scene.frames.lexemes().find(p) == o.preposition; };
    if (is("from")) put(details, flight ? "launch_site" : "route_from", words_of(view, o.head));
    else if (is("over") || is("through") || is("across") || is("via")) put(details, "route_over", words_of(view, o.head));
    else if (is("into") || is("toward") || is("towards") || (flight && (is("in") || is("off")))) put(details, flight ? "landing_area" : "route_to", words_of(view, o.head));
    else if (is("to") && !flight) put(details, "route_to", words_of(view, o.head));
  }
}

}  // namespace

std::map<std::string, Detail> find_details(const Scene& scene, const Match& match) {
  std::map<std::string, Detail> details;
  const ClauseView& view = scene.view;
  // What is told of a noun is told in its clause ("the strike left seven people dead").
  const uint32_t clause = view.node(match.args.clause_verb).deprel == Deprel::nsubj ? clause_of(view, match.args.clause_verb) : match.args.clause_verb;
  const auto [first, last] = view.index.extent(clause);
  constexpr uint32_t kWindow = 60;  // tokens around the trigger
  const Window w{std::max(first, match.trigger > kWindow ? match.trigger - kWindow : 0), std::min(last, match.trigger + kWindow)};
  read_figures(scene, w, details);
  for (uint32_t t = w.first; t < w.last; ++t) count_victims(scene, t, details);
  const std::string& type = match.frame->type;
  if (type == "MOBILIZE" || type == "ASSAULT" || type == "COOPERATE" || type == "AID" || type == "AGREE") read_weapon(scene, w, details);
  if (type == "MOBILIZE") read_flags(scene, w, details);
  read_ways(scene, match, details);
  // A launch's minutes are those of its flight.
  if (match.frame->kind == "missile_launch")
    if (const auto it = details.find("duration_minutes"); it != details.end()) {
      details.emplace("flight_minutes", it->second);
      details.erase(it);
    }
  if (type == "MOBILIZE" || type == "ASSAULT")
    for (const uint32_t o : match.args.obj) {
      const MeasureUnit* unit = scene.frames.unit(view.lemma[o]);
      const bool thing = !unit || (unit->key.find('_') == std::string::npos);  // keys of measures end in their unit
      if (const auto n = count_of(view, o); n && thing) put(details, "count", *n);
    }
  return details;
}

}  // namespace demarche
