#include "app/show_statements.h"

#include <algorithm>
#include <vector>

namespace demarche::app {
namespace {

enum class Mark : uint8_t { none, content, cue, speaker };

struct Style {
  const char *open, *close, *colour;
};

constexpr Style kStyles[] = {{"", "", ""}, {"[", "]", "\x1b[32m"}, {"[C ", "]", "\x1b[33m"}, {"[S ", "]", "\x1b[1;36m"}};
constexpr const char* kPlain = "\x1b[0m";

void lay(std::vector<Mark>& marks, Span span, Mark mark) {
  for (uint32_t i = span.begin; i < std::min<uint32_t>(span.end, static_cast<uint32_t>(marks.size())); ++i) marks[i] = std::max(marks[i], mark);
}

std::string in_style(std::string_view text, Mark mark, bool colour) {
  const Style& style = kStyles[static_cast<size_t>(mark)];
  if (mark == Mark::none) return std::string(text);
  if (colour) return style.colour + std::string(text) + kPlain;
  return style.open + std::string(text) + style.close;
}

}  // namespace

std::string marked_statements(const Document& doc, bool colour) {
  const std::string& text = doc.article.text;
  std::vector<Mark> marks(text.size(), Mark::none);
  for (const Statement& s : doc.statements) {
    for (const Span part : s.content) lay(marks, part, Mark::content);
    if (s.cue) lay(marks, *s.cue, Mark::cue);
    lay(marks, s.speaker.span, Mark::speaker);
    for (const Speaker& relayer : s.via) lay(marks, relayer.span, Mark::speaker);
  }
  std::string out = in_style("speaker", Mark::speaker, colour) + " " + in_style("cue", Mark::cue, colour) + " " + in_style("content", Mark::content, colour) + "\n\n";
  for (size_t i = 0; i < text.size();) {
    size_t end = i + 1;
    while (end < text.size() && marks[end] == marks[i]) ++end;
    out += in_style(std::string_view(text).substr(i, end - i), marks[i], colour);
    i = end;
  }
  if (out.back() != '\n') out += '\n';
  return out;
}

}  // namespace demarche::app
