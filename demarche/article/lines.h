// What the form of a line of text tells: a sentence, a menu, a byline. Private to article/.
#pragma once

#include <string_view>

namespace demarche::article {

inline bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
inline bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
inline bool starts(std::string_view text, std::string_view with) { return text.substr(0, with.size()) == with; }
inline bool ends(std::string_view text, std::string_view with) { return text.size() >= with.size() && text.substr(text.size() - with.size()) == with; }
inline bool has(std::string_view text, std::string_view what) { return text.find(what) != std::string_view::npos; }

bool ends_sentence(std::string_view text);
size_t count_words(std::string_view text);
// "Home   Asia   Economy", "News | Sport | Culture", "Share   Copy link": entries side by side. `raw` has its white space.
bool is_menu(std::string_view raw, std::string_view text);
// Names of icons run together by a page's text alternatives: "ChevronIcon FacebookIcon Mail".
bool is_icon_run(std::string_view text);
// "By Jane Doe and John Roe", "JANE DOE, Lakeside Times staff writer", "By our correspondents".
bool is_byline(std::string_view text);

}  // namespace demarche::article
