#include "demarche/text/chars.h"

namespace demarche {

CharClass char_class(char32_t c) {
  if (c < 0x80) {
    const char a = static_cast<char>(c);
    if (a == '\n') return CharClass::newline;
    if (c <= 0x20 || c == 0x7F) return CharClass::space;
    if (is_ascii_digit(a)) return CharClass::digit;
    return is_ascii_letter(a) ? CharClass::letter : CharClass::mark;
  }
  if (c < 0xC0) {
    if (c == 0x85) return CharClass::newline;
    if (c < 0xA1) return CharClass::space;
    return c == 0xAA || c == 0xB5 || c == 0xBA ? CharClass::letter : CharClass::mark;
  }
  if (c < 0x2000) {
    if (c == 0xD7 || c == 0xF7) return CharClass::mark;
    if (c == 0x1680) return CharClass::space;
    return CharClass::letter;  // Latin, Greek, Cyrillic, Arabic, ... and combining marks
  }
  if (c < 0x2070) {  // General Punctuation
    if (c <= 0x200B || c == 0x202F || c == 0x205F || c == 0x2060) return CharClass::space;
    if (c == 0x2028 || c == 0x2029) return CharClass::newline;
    return c == 0x200C || c == 0x200D ? CharClass::letter : CharClass::mark;
  }
  if (c >= 0x20A0 && c < 0x2C00) return c >= 0x2100 && c < 0x2190 ? CharClass::letter : CharClass::mark;
  if (c == 0x3000 || c == 0xFEFF) return CharClass::space;
  if (c > 0x3000 && c < 0x3041) return CharClass::mark;
  if (c >= 0xFE10 && c < 0xFE70) return CharClass::mark;
  if ((c >= 0xFF01 && c < 0xFF10) || (c >= 0xFF1A && c < 0xFF21) || (c >= 0xFF3B && c < 0xFF41) || (c >= 0xFF5B && c < 0xFF66)) return CharClass::mark;
  if (c == 0xFFFD || (c >= 0xE000 && c < 0xF900) || (c >= 0x1F000 && c < 0x20000)) return CharClass::mark;
  return CharClass::letter;
}

bool is_upper(char32_t c) {
  if (c < 0x80) return is_ascii_upper(static_cast<char>(c));
  if (c >= 0xC0 && c <= 0xDE) return c != 0xD7;
  if (c >= 0x100 && c < 0x180) {  // pairs of capital and small, shifted by one in two stretches
    const bool odd_upper = (c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E);
    if (c == 0x138 || c == 0x149 || c == 0x17F) return false;
    return c == 0x178 || ((c % 2 == 1) == odd_upper);
  }
  if (c >= 0x391 && c <= 0x3A9) return true;
  return c >= 0x400 && c < 0x430;
}

bool is_lower(char32_t c) {
  if (c < 0x80) return is_ascii_lower(static_cast<char>(c));
  if (c >= 0xDF && c <= 0xFF) return c != 0xF7;
  if (c >= 0x100 && c < 0x180) return !is_upper(c);
  if (c >= 0x3B1 && c <= 0x3C9) return true;
  return c >= 0x430 && c < 0x460;
}

}  // namespace demarche
