#include "demarche/text/features.h"

#include <algorithm>

#include "demarche/core/error.h"
#include "demarche/text/chars.h"

namespace demarche {
namespace {

// Words longer than this differ only in their ends, which bounds the work per piece.
constexpr size_t kHashedBytes = 40;

uint32_t mix(uint32_t a, uint32_t b) {
  uint32_t h = (a ^ (b + 0x9E3779B9U + (a << 6) + (a >> 2))) * 0x85EBCA6BU;
  return h ^ (h >> 15);
}

// Digits count by their number only; curly quotation marks and long dashes are taken for the plain ones.
uint32_t hash_lower(std::string_view word) {
  uint32_t h = 2166136261U;
  const auto add = [&](char c) { h = (h ^ static_cast<unsigned char>(c)) * 16777619U; };
  word = word.substr(0, kHashedBytes);
  for (size_t i = 0; i < word.size(); ++i) {
    const char c = word[i];
    if (c == '\xE2' && word.substr(i, 2) == "\xE2\x80" && i + 2 < word.size()) {
      const char last = word[i + 2];
      i += 2;
      if (last == '\x98' || last == '\x99') add('\'');
      else if (last == '\x9C' || last == '\x9D') add('"');
      else if (last == '\x93' || last == '\x94') add('-'), add('-');
      else add(c), add(last);
      continue;
    }
    add(is_ascii_digit(c) ? '0' : ascii_lower(c));
  }
  return h ^ (h >> 13);
}

bool all_of_char(std::string_view form, std::string_view set) { return form.find_first_not_of(set) == form.npos; }

Shape mark_shape(std::string_view form, bool space_before, bool space_after) {
  const char c = form[0];
  if (all_of_char(form, ".!?")) {
    if (form == ".") return Shape::stop;
    if (form == "?") return Shape::question;
    if (form == "!") return Shape::exclamation;
    return all_of_char(form, ".") ? Shape::dots : Shape::stops;
  }
  if (form == "\xE2\x80\xA6") return Shape::dots;
  if (form == "\xE3\x80\x82") return Shape::stop;
  if (all_of_char(form, ",")) return Shape::comma;
  if (form == ":") return Shape::colon;
  if (form == ";") return Shape::semicolon;
  if (form == "-" || form == "--" || form == "---" || form == "\xE2\x80\x93" || form == "\xE2\x80\x94") return Shape::dash;
  if (form == "(" || form == "[" || form == "{") return Shape::opening;
  if (form == ")" || form == "]" || form == "}") return Shape::closing;
  if (form == "\xE2\x80\x9C" || form == "\xE2\x80\x98" || form == "\xC2\xAB" || form == "``") return Shape::open_quote;
  if (form == "\xE2\x80\x9D" || form == "\xE2\x80\x99" || form == "\xC2\xBB") return Shape::close_quote;
  if (form == "\"" || form == "'" || form == "''") {
    if (space_before && !space_after) return Shape::open_quote;
    return !space_before ? Shape::close_quote : Shape::quote;
  }
  if (all_of_char(form, "/")) return Shape::slash;
  if (form == "*" || form == ">" || form == "\xE2\x80\xA2" || form == "\xC2\xB7") return Shape::bullet;
  if (form.size() >= 2 && std::string_view("-=_*~#+").find(c) != std::string_view::npos) return Shape::rule;
  return Shape::symbol;
}

Shape word_shape(std::string_view form) {
  size_t upper = 0, lower = 0, digits = 0, letters = 0, dots = 0;
  for (size_t at = 0; at < form.size() && at < kHashedBytes;) {
    const CodePoint c = code_point_at(form, at);
    const CharClass kind = char_class(c.value);
    upper += is_upper(c.value);
    lower += is_lower(c.value);
    digits += kind == CharClass::digit;
    letters += kind == CharClass::letter;
    dots += c.value == '.' || c.value == '@' || c.value == '/';
    at += c.size;
  }
  if (letters == 0) return Shape::number;
  if (dots > 0 && letters > 4) return Shape::address;
  if (digits > 0) return Shape::mixed;
  if (letters == 1 && upper == 1) return Shape::capital;
  if (upper > 1 && lower == 0) return Shape::capitals;
  return starts_upper(form) ? Shape::capitalised : Shape::lower;
}

Shape shape_of(std::string_view form, const Piece& piece, bool space_after) {
  if (piece.abbreviation == Abbreviation::title || piece.abbreviation == Abbreviation::initial) return Shape::title_abbreviation;
  if (piece.abbreviation != Abbreviation::none) return Shape::abbreviation;
  const CharClass kind = char_class(code_point_at(form, 0).value);
  const bool word = kind == CharClass::letter || kind == CharClass::digit;
  const bool inside = form.size() > 1 && (is_ascii_alnum(form[1]) || static_cast<unsigned char>(form[form.size() - 1]) >= 0xC0);
  if (word || (inside && form.size() > 1 && is_ascii_alnum(form[1]))) return word_shape(form);
  return mark_shape(form, piece.space_before, space_after);
}

uint8_t distance_class(size_t n) {
  static constexpr size_t kLimits[] = {1, 2, 3, 4, 6, 8, 11, 15, 20, 30, 45};
  return static_cast<uint8_t>(std::lower_bound(std::begin(kLimits), std::end(kLimits), n) - std::begin(kLimits));
}

bool ends_sentences(Shape s) { return s == Shape::stop || s == Shape::question || s == Shape::exclamation || s == Shape::stops; }
bool has_capital(Shape s) { return s == Shape::capitalised || s == Shape::capital || s == Shape::capitals; }

}  // namespace

BoundaryContext::BoundaryContext(std::string_view text, const std::vector<Piece>& pieces) : views_(pieces.size()) {
  bool quoted = false;
  int brackets = 0;
  size_t lower_starts = 0, capital_starts = 0;
  for (size_t i = 0; i < pieces.size(); ++i) {
    const Piece& piece = pieces[i];
    const std::string_view form = text_of(text, piece.span);
    View& v = views_[i];
    const bool space_after = i + 1 == pieces.size() || pieces[i + 1].space_before;
    v.word = hash_lower(form);
    v.suffix = hash_lower(form.size() > 3 ? form.substr(form.size() - 3) : form) ^ 0x5BD1E995U;
    v.shape = shape_of(form, piece, space_after);
    v.gap = piece.newline_before ? 2 : piece.space_before ? 1 : 0;
    // `He left."We stay," she said`: a mark written on to both sides opens when nothing is open.
    if (v.shape == Shape::close_quote && form[0] == '"' && !quoted && !space_after && i > 0 && ends_sentences(views_[i - 1].shape)) v.shape = Shape::open_quote;
    if (v.shape == Shape::open_quote) quoted = true;
    if (v.shape == Shape::close_quote) quoted = false;
    if (v.shape == Shape::quote) {
      quoted = !quoted;
      v.shape = quoted ? Shape::open_quote : Shape::close_quote;
    }
    if (v.shape == Shape::opening) brackets = std::min(brackets + 1, 3);
    if (v.shape == Shape::closing) brackets = std::max(brackets - 1, 0);
    v.state = static_cast<uint8_t>((quoted ? 1 : 0) + (brackets > 0 ? 2 : 0));
    if (i > 0 && ends_sentences(views_[i - 1].shape) && v.gap > 0) {
      lower_starts += v.shape == Shape::lower;
      capital_starts += has_capital(v.shape);
    }
  }
  if (lower_starts > 0) informal_ = lower_starts * 3 > capital_starts ? 2 : 1;
  add_look_ahead();
}

void BoundaryContext::add_look_ahead() {
  size_t next_stop = 100;
  uint32_t capitals = 0;  // a bit for each of the last four words seen, from the right
  for (size_t i = views_.size(); i-- > 0;) {
    View& v = views_[i];
    v.next_stop = distance_class(next_stop);
    v.capitals = static_cast<uint8_t>((capitals & 1) + (capitals >> 1 & 1) + (capitals >> 2 & 1) + (capitals >> 3 & 1));
    next_stop = ends_sentences(v.shape) || v.shape == Shape::dots ? 1 : next_stop + 1;
    if (has_capital(v.shape) || v.shape == Shape::lower) capitals = capitals << 1 | (has_capital(v.shape) ? 1U : 0U);
  }
}

const BoundaryContext::View& BoundaryContext::view(size_t at, int offset) const {
  const size_t i = at + static_cast<size_t>(offset);  // wraps below zero to beyond the end
  return i < views_.size() ? views_[i] : outside_;
}

bool BoundaryContext::candidate(size_t at) const {
  if (at + 1 >= views_.size()) return false;
  const View& left = views_[at];
  const View& right = views_[at + 1];
  const bool left_closes = left.shape == Shape::close_quote || left.shape == Shape::closing;
  const bool left_stops = ends_sentences(left.shape) || left.shape == Shape::dots;
  if (right.gap == 0) return (left_stops || left_closes) && (has_capital(right.shape) || right.shape == Shape::open_quote || right.shape == Shape::lower);
  if (right.shape == Shape::stop || right.shape == Shape::comma || right.shape == Shape::close_quote) return right.gap == 2;
  return !(left.shape == Shape::lower && right.shape == Shape::lower && right.gap == 1) && left.shape != Shape::comma;
}

std::array<uint32_t, kBoundaryFeatures> BoundaryContext::features(size_t at, size_t first) const {
  const View& l1 = view(at, 0);
  const View& l2 = view(at, -1);
  const View& l3 = view(at, -2);
  const View& r1 = view(at, 1);
  const View& r2 = view(at, 2);
  const View& r3 = view(at, 3);
  const auto s = [](const View& v) { return static_cast<uint32_t>(v.shape); };
  const uint32_t both = s(l1) * 32 + s(r1);
  const uint32_t left2 = s(l2) * 32 + s(l1), right2 = s(r1) * 32 + s(r2);
  const uint32_t length = distance_class(at - first + 1), rest = distance_class(size() - at - 1);
  const uint32_t opening = s(view(first, 0)) * 32 + (at > first ? s(view(first, 1)) : 0);
  std::array<uint32_t, kBoundaryFeatures> out{};
  size_t n = 0;
  const auto add = [&](uint32_t value) {
    DEMARCHE_CHECK(n < out.size());
    out[n] = mix(mix(static_cast<uint32_t>(n) + 1, value), 0x27D4EB2FU);
    ++n;
  };
  add(0);
  for (const View* v : {&l1, &l2, &l3, &r1, &r2, &r3}) add(v->word);
  for (const View* v : {&l1, &l2, &r1, &r2}) add(v->suffix);
  add(both);
  add(mix(both, s(l2)));
  add(mix(both, s(r2)));
  add(mix(both, s(l2) * 32 + s(r2)));
  add(mix(both, mix(s(l3) * 32 + s(l2), s(r2) * 32 + s(r3))));
  add(mix(l1.word, r1.word));
  add(mix(l2.word, l1.word));
  add(mix(r1.word, r2.word));
  add(mix(l1.word, s(r1)));
  add(mix(l1.word, right2));
  add(mix(s(l1), r1.word));
  add(mix(left2, r1.word));
  add(mix(mix(s(l1), r1.word), s(r2)));
  add(mix(mix(s(l1), r1.word), r2.word));
  add(mix(l2.word, both));
  add(mix(l1.suffix, right2));
  add(mix(left2, r1.suffix));
  add(mix(l2.suffix, both));
  add(mix(r2.suffix, both));
  add(mix(both, r1.gap == 0));  // line breaks are the splitter's business: the treebanks have none
  add(mix(both, length));
  add(mix(both, l1.next_stop));
  add(mix(both, rest));
  add(mix(both, length * 16 + l1.next_stop));
  add(mix(both, l1.state));
  add(mix(both, informal_));
  add(mix(both, l1.capitals));
  add(mix(opening, both));
  add(mix(opening, length * 32 + s(l1)));
  add(mix(mix(s(r1), informal_), l1.next_stop * 8U + l1.state));
  DEMARCHE_CHECK(n == out.size());
  return out;
}

}  // namespace demarche
