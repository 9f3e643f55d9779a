// White space parts the text into chunks; each chunk is read from left to right. At a letter or digit a word is taken as
// far as it goes (scan_word): it may hold marks inside ("U.S", "1,200", "7:30", "anti-war", "O'Brien", "AT&T"). Then
// what hangs on its end is settled: contractions ("do|n't", "Kim|'s"), units ("5|km"), the full stop of an abbreviation.
// Anything else is a mark: one character, or a run of the same ("...", "--", "***").
//
// Every look ahead has a fixed limit, so the time is linear even for one chunk of many megabytes.
#include "demarche/text/tokenizer.h"

#include <algorithm>
#include <string>

#include "demarche/text/addresses.h"
#include "demarche/text/chars.h"

namespace demarche {
namespace {

// Longest look ahead in bytes for hyphens and word lists.
constexpr size_t kMaxWordLookup = 32;

class Tokenizer {
 public:
  Tokenizer(std::string_view text, const TextLexicon& lexicon, Pieces& out) : text_(text), lexicon_(lexicon), out_(out) {}

  void run(Span paragraph) {
    paragraph_end_ = paragraph.end;
    size_t at = paragraph.begin;
    bool newline = false;
    while (at < paragraph.end) {
      const CodePoint c = code_point_at(text_, at);
      const CharClass kind = char_class(c.value);
      if (kind == CharClass::space || kind == CharClass::newline) {
        newline |= kind == CharClass::newline;
        at += c.size;
        continue;
      }
      size_t end = at;
      while (end < paragraph.end) {
        const CodePoint d = code_point_at(text_, end);
        const CharClass k = char_class(d.value);
        if (k == CharClass::space || k == CharClass::newline) break;
        end += d.size;
      }
      const size_t first = out_.pieces.size();
      chunk(at, end);
      out_.pieces[first].space_before = true;
      out_.pieces[first].newline_before = newline;
      newline = false;
      at = end;
    }
  }

 private:
  std::string_view view(size_t begin, size_t end) const { return text_.substr(begin, end - begin); }
  char byte(size_t at) const { return at < text_.size() ? text_[at] : '\0'; }
  CharClass class_at(size_t at) const { return at < end_ ? char_class(code_point_at(text_, at).value) : CharClass::space; }
  bool word_at(size_t at) const {
    const CharClass k = class_at(at);
    return k == CharClass::letter || k == CharClass::digit;
  }
  bool letter_at(size_t at) const { return class_at(at) == CharClass::letter; }
  bool digit_at(size_t at) const { return at < end_ && is_ascii_digit(text_[at]); }

  void add(size_t begin, size_t end) { out_.pieces.push_back({{static_cast<uint32_t>(begin), static_cast<uint32_t>(end)}}); }

  // ---- one chunk between white space

  void chunk(size_t begin, size_t end) {
    begin_ = begin;
    end_ = end;
    if (end - begin <= 8 && lexicon_.emoticons.contains(view(begin, end))) return add(begin, end);
    const std::string_view all = view(begin, end);
    may_hold_address_ = all.find('@') != all.npos || all.find("//") != all.npos || inner_dot(all);
    for (size_t at = begin; at < end;) at = word_at(at) ? word(at) : mark(at);
  }

  static bool inner_dot(std::string_view all) {
    for (size_t i = all.find('.'); i != all.npos && i + 1 < all.size(); i = all.find('.', i + 1))
      if (is_ascii_alnum(all[i + 1])) return true;
    return false;
  }

  // ---- marks

  size_t mark(size_t at) {
    const char c = text_[at];
    if (c == '\'' || c == '`' || static_cast<unsigned char>(c) >= 0x80) return quote_or_symbol(at);
    size_t end = at + 1;
    if (c == '.' || c == '!' || c == '?') {
      if (at == begin_ && c == '.')
        if (const size_t stop = leading_stop(at)) return stop;
      while (end < end_ && text_[end] == c) ++end;
      const bool dots = c == '.' && end - at > 1;  // "...?" is two words, ".?" and "!?" one
      while (!dots && end < end_ && (text_[end] == '.' || text_[end] == '!' || text_[end] == '?')) ++end;
      add(at, end);
      out_.pieces.back().glued_stop = at > begin_ && glued(end);
      return end;
    }
    if ((c == ':' || c == ';' || c == '=' || c == '<') && at > begin_ && emoticon(at, &end)) return end;
    if (std::string_view("-=_*~#+<>,/|$").find(c) != std::string_view::npos)
      while (end < end_ && text_[end] == c) ++end;
    if (c == '#' && end == at + 1 && letter_at(end)) return hashtag(at);
    if (c == '@' && (at == begin_ || !word_at(at - 1)) && letter_at(end)) return hashtag(at);
    if (c == '+' && at == begin_ && digit_at(end)) return joined_number(at);
    if (c == '(' || c == '[') ++open_brackets_;
    if ((c == ')' || c == ']') && open_brackets_ > 0) --open_brackets_;
    add(at, end);
    return end;
  }

  // Whether the sentence that starts at `at` was written straight after the last one's end: "He left.She stayed."
  bool glued(size_t at) const {
    while (at < end_ && (text_[at] == '"' || text_[at] == ')' || text_[at] == '\'')) ++at;
    return at < end_ && is_upper(code_point_at(text_, at).value);
  }

  // ".doc", ".324"; 0 when the full stop at the chunk's start is a mark of its own.
  size_t leading_stop(size_t at) {
    size_t end = at + 1;
    while (end < end_ && end - at < 10 && is_ascii_alnum(text_[end])) ++end;
    if (end == at + 1 || (end < end_ && text_[end] == '.')) return 0;
    const std::string_view rest = view(at + 1, end);
    const bool number = std::all_of(rest.begin(), rest.end(), is_ascii_digit);
    const bool* ending = lexicon_.address_endings.find(lower_of(rest));
    if (!number && !(ending && !*ending)) return 0;
    add(at, end);
    return end;
  }

  // A sign such as ":-)" inside a chunk ("thanks:)"), when no bracket is open that it might close.
  bool emoticon(size_t at, size_t* end) {
    if (open_brackets_ > 0 && byte(at + 1) != '-') return false;
    for (size_t n = std::min<size_t>(4, end_ - at); n >= 2; --n) {
      if (!lexicon_.emoticons.contains(view(at, at + n)) || word_at(at + n)) continue;
      add(at, at + n);
      *end = at + n;
      return true;
    }
    return false;
  }

  size_t hashtag(size_t at) {
    if (text_[at] == '@')
      if (const size_t host = address(at + 1)) {
        add(at, host);
        return host;
      }
    size_t end = at + 1;
    while (end < end_ && (is_ascii_alnum(text_[end]) || text_[end] == '_')) ++end;
    if (end == at + 1) end = at + 1 + code_point_at(text_, at + 1).size;
    add(at, end);
    return end;
  }

  size_t joined_number(size_t at) {
    size_t end = at + 1;
    while (end < end_ && (is_ascii_digit(text_[end]) || (text_[end] == '-' && digit_at(end + 1)))) ++end;
    add(at, end);
    return end;
  }

  size_t quote_or_symbol(size_t at) {
    const CodePoint c = code_point_at(text_, at);
    size_t end = at + c.size;
    const bool single = c.value == '\'' || c.value == 0x2019;
    const bool at_start = at == begin_ || !word_at(previous(at));
    if (single && at_start && word_at(end)) {
      if (const size_t clipped = clipped_word(at, end)) return clipped;
      ++open_single_;
    } else if (c.value == 0x2018) {
      ++open_single_;
    } else if (single && open_single_ > 0 && !at_start) {
      --open_single_;
    }
    const bool repeats = c.value == '\'' || c.value == 0x2019 || c.value == 0x2026 || c.value == 0x2014 || c.value == 0x2013 || c.value == '`';
    while (repeats && end < end_ && code_point_at(text_, end).value == c.value) end += c.size;
    if (c.value == 0x2018 && view(end, std::min(end_, end + 3)) == "\xE2\x80\x99") end += 3;  // ‘’ typed for “
    add(at, end);
    return end;
  }

  // Start of the character before `at`.
  size_t previous(size_t at) const {
    size_t i = at - 1;
    while (i > begin_ && (static_cast<unsigned char>(text_[i]) & 0xC0) == 0x80) --i;
    return i;
  }

  // A word that begins with an apostrophe: 'em, '72, '60s, or a clitic written apart ('s). 0 when it is a quotation mark.
  size_t clipped_word(size_t at, size_t word_begin) {
    size_t end = word_begin;
    while (end < end_ && is_ascii_alnum(text_[end]) && end - word_begin < 8) ++end;
    std::string lower;
    for (const char c : view(word_begin, end)) lower += ascii_lower(c);
    static constexpr std::string_view kClipped[] = {"em", "n", "til", "cause", "bout", "round", "s", "re", "ve", "ll", "m", "d", "t"};
    const bool year = lower.size() >= 2 && is_ascii_digit(lower[0]) && is_ascii_digit(lower[1]) && (lower.size() == 2 || lower.substr(2) == "s");
    const bool clitic = std::find(std::begin(kClipped), std::end(kClipped), lower) != std::end(kClipped);
    if ((!year && !clitic) || apostrophe_at(text_, end) != 0) return 0;
    add(at, end);
    return end;
  }

  // ---- words

  size_t word(size_t at) {
    if (may_hold_address_)
      if (const size_t end = address(at)) {
        add(at, end);
        return end;
      }
    if (const size_t end = currency_word(at)) {
      add(at, end);
      return end;
    }
    const size_t end = scan_word(at);
    const size_t stop = final_stop(at, end);
    if (stop != end) return stop;
    split_word(at, end);
    return trailing_apostrophe(at, end);
  }

  // "US$", "A$", "HK$".
  size_t currency_word(size_t at) const {
    size_t end = at;
    while (end < end_ && end - at < 4 && is_ascii_upper(text_[end])) ++end;
    return end > at && end - at <= 3 && end < end_ && text_[end] == '$' && (digit_at(end + 1) || end + 1 == end_) ? end + 1 : 0;
  }

  // A web address, mail address or file name that begins here; 0 when there is none.
  size_t address(size_t at) const {
    const size_t end = match_address(view(begin_, end_), at - begin_, lexicon_.address_endings);
    return end == 0 ? 0 : begin_ + end;
  }

  static std::string lower_of(std::string_view word) {
    std::string out;
    for (const char c : word.substr(0, kMaxWordLookup)) out += ascii_lower(c);
    return out;
  }

  // The end of the word that begins at `at`, with the marks that belong inside it.
  size_t scan_word(size_t at) {
    size_t end = at;
    size_t part = at;  // where the current part began, after the last inner mark
    while (end < end_) {
      const CodePoint c = code_point_at(text_, end);
      const CharClass kind = char_class(c.value);
      if (kind == CharClass::letter || kind == CharClass::digit) {
        end += c.size;
        continue;
      }
      size_t next = 0;
      if (c.value == '\'' || c.value == 0x2019) next = inner_apostrophe(end, end + c.size);
      else if (c.value == '`' && byte(end + 1) == 's' && !word_at(end + 2)) next = end + 1;
      else if (c.value < 0x80) next = inner_mark(at, part, end);
      if (next == 0) break;
      part = next;
      end = next;
    }
    return end;
  }

  size_t inner_apostrophe(size_t at, size_t next) const {
    if (!word_at(next)) return 0;
    if (letter_at(previous(at)) && letter_at(next)) return next;
    return digit_at(previous(at)) && byte(next) == 's' && !word_at(next + 1) ? next : 0;
  }

  // The start of what follows when the ASCII mark at `at` belongs inside the word [begin, ...); 0 when it ends the word.
  size_t inner_mark(size_t begin, size_t part, size_t at) {
    const size_t next = at + 1;
    if (!word_at(next)) return 0;
    const bool digits = digit_at(at - 1) && digit_at(next);
    switch (text_[at]) {
      case '.':
        return digits || inner_stop(part, at) ? next : 0;
      case ',':
        return digits && thousands(next) ? next : 0;
      case ':':
        return digits ? next : 0;
      case '/':
        return digits || whole_word(begin) || document_symbol(begin) ? next : 0;
      case '-':
        return hyphen_joins(begin, part, at) ? next : 0;
      case '&':
        return short_capitals(part, at, next) ? next : 0;
      case '_':
        return next;
      case '@':
        return letter_at(at - 1) && letter_at(next) ? next : 0;
      case '*':
      case '$':
        return letter_at(at - 1) && is_ascii_lower(text_[next]) ? next : 0;
      default:
        return 0;
    }
  }

  bool thousands(size_t next) const {
    size_t digits = 0;
    while (digits < 4 && digit_at(next + digits)) ++digits;
    return digits == 3;
  }

  // The full stop in "U.S", "e.g", "Ph.D": one letter stands before and one after, or the front is a short known part.
  bool inner_stop(size_t part, size_t at) const {
    if (!letter_at(at + 1)) return false;
    size_t letters = 0;
    while (letters < 3 && letter_at(at + 1 + letters)) ++letters;
    const size_t before = at - part;
    if (before == 1) return letters == 1 || (letters == 2 && byte(at + 3) == '.');
    return view(part, at) == "Ph" || (before == 2 && letters == 1 && byte(at + 2) == '.');
  }

  bool short_capitals(size_t part, size_t at, size_t next) const {
    size_t after = 0;
    while (after < 4 && next + after < end_ && is_ascii_letter(text_[next + after])) ++after;
    return at - part <= 4 && after >= 1 && after <= 3 && is_ascii_upper(text_[at - 1]) == is_ascii_upper(text_[next]);
  }

  // "S/RES/2397", "A/73/6": capitals and digits, beginning with a capital, with a digit.
  bool document_symbol(size_t begin) const {
    size_t end = begin, capitals = 0, digits = 0;
    while (end < end_ && end - begin < kMaxWordLookup && (is_ascii_upper(text_[end]) || is_ascii_digit(text_[end]) || text_[end] == '/' || (text_[end] == '.' && word_at(end + 1)))) {
      capitals += is_ascii_upper(text_[end]);
      digits += is_ascii_digit(text_[end]);
      ++end;
    }
    return is_ascii_upper(text_[begin]) && capitals < 8 && digits > 0 && byte(begin + 1) == '/' && !word_at(end);
  }

  const HyphenUse* hyphen_use(size_t begin, size_t end) const {
    if (end - begin > lexicon_.hyphens.longest()) return nullptr;
    return lexicon_.hyphens.find(lower_of(view(begin, end)));
  }

  size_t part_end(size_t at) const {
    const size_t limit = std::min(end_, at + kMaxWordLookup);
    while (at < limit && word_at(at)) at += code_point_at(text_, at).size;
    return at;
  }

  bool whole_word(size_t begin) const {
    size_t end = begin;
    while (end < end_ && end - begin <= lexicon_.hyphens.longest() && (word_at(end) || text_[end] == '-' || text_[end] == '/')) ++end;
    const HyphenUse* use = hyphen_use(begin, end);
    return use && use->whole;
  }

  bool hyphen_joins(size_t begin, size_t part, size_t at) {
    const size_t next = at + 1;
    if (digit_at(at - 1) && digit_at(next)) return number_chain(begin, at);
    const HyphenUse* front = hyphen_use(part, at);
    const size_t end = part_end(next);
    const HyphenUse* back = hyphen_use(next, end);
    const bool capitals = at - part > 1 && is_ascii_upper(text_[at - 1]) && !is_ascii_upper(text_[next]);  // "UN-related"
    if (front && front->prefix && letter_at(part) && !capitals) return true;
    if (back && back->suffix && letter_at(at - 1) && is_ascii_lower(text_[next]) && byte(end) != '-') return true;
    if (front && back && front->syllable && back->syllable && starts_upper(view(part, at)) && after_capital()) return true;
    return whole_word(begin);
  }

  // Whether a capitalised word stands before this chunk or the chunk is not the paragraph's first: "Moon Jae-in".
  bool after_capital() const {
    if (out_.pieces.empty()) return false;
    const Span last = out_.pieces.back().span;
    return last.end < begin_ && starts_upper(text_of(text_, last));
  }

  // Digits parted by hyphens are one word as a telephone number or a date, two as a range ("5-10").
  bool number_chain(size_t begin, size_t at) const {
    size_t groups = 1, end = at, last = 0;
    const size_t window = at - begin > 40 ? at - 40 : begin;
    for (size_t i = window; i < at; ++i) groups += text_[i] == '-';
    const size_t limit = std::min(end_, at + 40);
    while (end < limit && (text_[end] == '-' || digit_at(end))) {
      if (text_[end] == '-') {
        ++groups;
        last = 0;
      } else {
        ++last;
      }
      ++end;
    }
    return groups >= 3 || (at - begin <= 3 && last == 4);
  }

  // Contractions, possessives and units inside the word [begin, end).
  void split_word(size_t begin, size_t end) {
    const size_t first = out_.pieces.size();
    const std::string_view form = view(begin, end);
    if (is_ascii_digit(form[0])) {
      const size_t unit = unit_start(begin, end);
      add(begin, unit);
      if (unit != end) add(unit, end);
      return;
    }
    if (form.size() <= lexicon_.contractions.longest() && lexicon_.contractions.longest() > 0) {
      if (const auto* lengths = lexicon_.contractions.find(lower_of(form))) {
        for (size_t at = begin; const uint8_t length : *lengths) {
          add(at, at + length);
          at += length;
        }
        return add_multiword(first);
      }
    }
    // From the end: "would|n't|'ve".
    size_t cuts[3];
    size_t count = 0, rest = end;
    while (count < 3) {
      const size_t cut = clitic_start(begin, rest);
      if (cut == rest) break;
      cuts[count++] = cut;
      rest = cut;
    }
    add(begin, rest);
    for (size_t i = count; i-- > 0;) add(cuts[i], i == 0 ? end : cuts[i - 1]);
    if (count > 0) add_multiword(first);
  }

  void add_multiword(size_t first) {
    out_.multiword.push_back({static_cast<uint32_t>(first), static_cast<uint32_t>(out_.pieces.size())});
  }

  // Where a clitic ('s, 're, n't, ...) at the end of [begin, end) starts; `end` when there is none.
  size_t clitic_start(size_t begin, size_t end) const {
    for (const size_t letters : {size_t{1}, size_t{2}}) {
      if (end - begin < letters + 2) return end;
      size_t mark_at = end - letters;
      if (text_[mark_at - 1] == '\'' || text_[mark_at - 1] == '`') mark_at -= 1;
      else if (mark_at >= begin + 4 && apostrophe_at(text_, mark_at - 3) == 3) mark_at -= 3;
      else continue;
      const std::string suffix = lower_of(view(end - letters, end));
      if (suffix == "t" && mark_at > begin + 1 && ascii_lower(text_[mark_at - 1]) == 'n') return mark_at - 1;
      static constexpr std::string_view kClitics[] = {"s", "m", "d", "re", "ve", "ll"};
      if (mark_at > begin && std::find(std::begin(kClitics), std::end(kClitics), suffix) != std::end(kClitics)) return mark_at;
      return end;
    }
    return end;
  }

  // Where a unit behind a number starts ("5|km"); `end` when there is none.
  size_t unit_start(size_t begin, size_t end) const {
    size_t at = begin;
    while (at < end && (is_ascii_digit(text_[at]) || text_[at] == '.' || text_[at] == ',' || text_[at] == ':')) ++at;
    return at < end && end - at <= lexicon_.units.longest() && lexicon_.units.contains(view(at, end)) ? at : end;
  }

  // A possessive without s ("workers|'"), when no single quotation is open that the mark could close.
  size_t trailing_apostrophe(size_t begin, size_t end) {
    const uint32_t size = apostrophe_at(text_, end);
    if (size == 0 || end >= end_ || word_at(end + size) || apostrophe_at(text_, end + size) != 0) return end;
    const char last = ascii_lower(text_[end - 1]);
    if ((last != 's' && last != 'x' && last != 'z') || open_single_ > 0 || end - begin < 2 || is_ascii_digit(text_[begin])) return end;
    const size_t first = out_.pieces.size() - 1;
    add(end, end + size);
    if (!out_.multiword.empty() && out_.multiword.back().last == first + 1) out_.multiword.back().last = static_cast<uint32_t>(first + 2);
    else add_multiword(first);
    return end + size;
  }

  // Adds the word [begin, end) with the full stop behind it when it is an abbreviation, and returns where it ended;
  // returns `end`, with nothing added, when it is none.
  size_t final_stop(size_t begin, size_t end) {
    if (byte(end) != '.' || end >= end_ || (byte(end + 1) == '.' && byte(end + 2) == '.') || byte(end + 1) == '!') return end;
    const bool doubled = byte(end + 1) == '.';  // "Inc.." is an abbreviation and the sentence's end
    const size_t after = end + 1;
    const std::string_view form = view(begin, end);
    Abbreviation kind = Abbreviation::none;
    const bool more = after < paragraph_end_ && next_word(after) < paragraph_end_;
    const size_t next = more ? next_word(after) : paragraph_end_;
    const Abbreviation* listed = lexicon_.abbreviations.find(form);
    const size_t unit = is_ascii_digit(form[0]) ? unit_start(begin, end) : begin;
    if (listed) kind = *listed;
    else if (const Abbreviation* capitals = listed_in_capitals(form)) kind = *capitals;
    else if (doubled) return end;
    else if (form.find('.') != form.npos && letter_at(begin) && (end - begin < 2 || text_[end - 2] == '.')) kind = Abbreviation::inner;
    else if (form.size() == code_point_at(form, 0).size && starts_upper(form) && form != "I") kind = Abbreviation::initial;
    if (unit > begin && unit < end && (view(unit, end) == "a.m" || view(unit, end) == "p.m")) {
      add(begin, unit);
      add(unit, after);
      out_.pieces.back().abbreviation = Abbreviation::inner;
      return after;
    }
    if (kind == Abbreviation::none || is_ascii_digit(form[0])) return end;
    if (!more && kind != Abbreviation::inner) return end;
    if (kind == Abbreviation::number && !(next < paragraph_end_ && (is_ascii_digit(text_[next]) || text_[next] == '#'))) return end;
    if (kind == Abbreviation::initial && !initial_follows(next)) return end;
    add(begin, after);
    out_.pieces.back().abbreviation = kind;
    return after;
  }

  // "GEN.", "LTD.": a listed title or suffix written in capitals.
  const Abbreviation* listed_in_capitals(std::string_view form) const {
    if (form.size() < 2 || form.size() > 8 || !std::all_of(form.begin(), form.end(), is_ascii_upper)) return nullptr;
    std::string word = lower_of(form);
    word[0] = form[0];
    const Abbreviation* kind = lexicon_.abbreviations.find(word);
    return kind && (*kind == Abbreviation::title || *kind == Abbreviation::suffix || *kind == Abbreviation::number) ? kind : nullptr;
  }

  // An initial is followed by a name ("J. Smith", "E. coli") or another mark of the name.
  bool initial_follows(size_t next) const {
    if (next >= paragraph_end_) return false;
    const char c = text_[next];
    return char_class(code_point_at(text_, next).value) == CharClass::letter || c == ',' || c == ';' || c == '-';
  }

  size_t next_word(size_t at) const {
    const size_t limit = std::min<size_t>(paragraph_end_, at + 64);
    while (at < limit) {
      const CodePoint c = code_point_at(text_, at);
      const CharClass k = char_class(c.value);
      if (k != CharClass::space && k != CharClass::newline) return at;
      at += c.size;
    }
    return paragraph_end_;
  }

  std::string_view text_;
  const TextLexicon& lexicon_;
  Pieces& out_;
  size_t paragraph_end_ = 0;
  size_t begin_ = 0, end_ = 0;  // the current chunk
  bool may_hold_address_ = false;
  int open_single_ = 0;
  int open_brackets_ = 0;
};

}  // namespace

void tokenize(std::string_view text, Span paragraph, const TextLexicon& lexicon, Pieces& out) {
  Tokenizer(text, lexicon, out).run(paragraph);
}

}  // namespace demarche
