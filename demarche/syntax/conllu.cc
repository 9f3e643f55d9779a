#include "demarche/syntax/conllu.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "demarche/core/error.h"
#include "demarche/core/utf8.h"

namespace demarche {
namespace {

class ConlluReader {
 public:
  ConlluReader(std::string_view name, std::string_view bytes) : name_(name), bytes_(bytes) {}

  ConlluText read() {
    while (!bytes_.empty()) {
      ++line_number_;
      const size_t end = bytes_.find('\n');
      std::string_view line = bytes_.substr(0, end);
      bytes_.remove_prefix(end == std::string_view::npos ? bytes_.size() : end + 1);
      if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
      if (line.empty()) {
        finish_sentence();
      } else if (line[0] == '#') {
        if (line.starts_with("# newpar") || line.starts_with("# newdoc")) new_paragraph_ = true;
      } else {
        read_word(line);
      }
    }
    finish_sentence();
    if (!out_.text.empty()) out_.text.back() = '\n';
    return std::move(out_);
  }

 private:
  [[noreturn]] void fail(std::string_view why) const { throw Error(std::string(name_) + ":" + std::to_string(line_number_) + ": " + std::string(why)); }

  void read_word(std::string_view line) {
    std::array<std::string_view, 10> cells;
    for (size_t i = 0; i < cells.size(); ++i) {
      const size_t tab = line.find('\t');
      if ((tab == std::string_view::npos) != (i + 1 == cells.size())) fail("a word's line has not ten cells");
      cells[i] = line.substr(0, tab);
      if (tab != std::string_view::npos) line.remove_prefix(tab + 1);
    }
    if (cells[0].find('.') != std::string_view::npos) return;  // an empty node of the enhanced graph
    if (cells[1].empty() || cells[1].find('\0') != std::string_view::npos || !is_valid_utf8(cells[1])) fail("the word is empty or no UTF-8");
    const bool space = cells[9].find("SpaceAfter=No") == std::string_view::npos;
    if (const size_t dash = cells[0].find('-'); dash != std::string_view::npos) {
      const uint32_t first = number(cells[0].substr(0, dash)), last = number(cells[0].substr(dash + 1));
      if (first != sentence_.tokens.size() + 1 || last < first || last - first > 20 || !token_words_.empty()) fail("the range of words is wrong");
      token_form_ = cells[1];
      token_last_ = last;
      token_space_ = space;
      return;
    }
    if (number(cells[0]) != sentence_.tokens.size() + token_words_.size() + 1) fail("the words are not numbered 1, 2, 3 ...");
    if (!token_form_.empty()) {
      token_words_.push_back(cells[1]);
      if (sentence_.tokens.size() + token_words_.size() == token_last_) finish_token();
      return;
    }
    begin_sentence();
    add(cells[1]);
    if (space) out_.text += ' ';
  }

  uint32_t number(std::string_view cell) const {
    uint32_t value = 0;
    if (std::from_chars(cell.data(), cell.data() + cell.size(), value).ptr != cell.data() + cell.size() || cell.empty()) fail("the first cell is no number");
    return value;
  }

  void begin_sentence() {
    if (!sentence_.tokens.empty()) return;
    if (new_paragraph_ && !out_.text.empty()) {
      out_.text.back() = '\n';
      out_.text += '\n';
      ++paragraph_;
    }
    new_paragraph_ = false;
    sentence_.paragraph = paragraph_;
  }

  void add(std::string_view form) {
    if (out_.text.size() + form.size() > UINT32_MAX / 2) fail("the text is too long");
    const auto begin = static_cast<uint32_t>(out_.text.size());
    out_.text += form;
    sentence_.tokens.push_back({{begin, static_cast<uint32_t>(out_.text.size())}});
  }

  // A multiword token: its letters are shared out among its words in order.
  void finish_token() {
    begin_sentence();
    const auto first = static_cast<uint32_t>(sentence_.tokens.size());
    std::string_view rest = token_form_;
    for (size_t i = 0; i < token_words_.size(); ++i) {
      const size_t left = token_words_.size() - 1 - i;
      size_t size = i + 1 == token_words_.size() ? rest.size() : std::min(token_words_[i].size(), rest.size() > left ? rest.size() - left : 0);
      while (size > 0 && size < rest.size() && (static_cast<unsigned char>(rest[size]) & 0xC0) == 0x80) --size;
      if (size == 0) fail("the multiword token has fewer letters than words");
      add(rest.substr(0, size));
      rest.remove_prefix(size);
    }
    sentence_.multiword.push_back({first, static_cast<uint32_t>(sentence_.tokens.size())});
    if (token_space_) out_.text += ' ';
    token_form_ = {};
    token_words_.clear();
  }

  void finish_sentence() {
    if (!token_form_.empty()) fail("the sentence ends inside a multiword token");
    if (sentence_.tokens.empty()) return;
    sentence_.span = {sentence_.tokens.front().span.begin, sentence_.tokens.back().span.end};
    out_.sentences.push_back(std::move(sentence_));
    sentence_ = {};
    if (out_.text.back() != ' ') out_.text += ' ';
  }

  std::string_view name_, bytes_;
  size_t line_number_ = 0;
  ConlluText out_;
  Sentence sentence_;
  uint32_t paragraph_ = 0;
  bool new_paragraph_ = false;
  // The multiword token that is being read; no form: none.
  std::string_view token_form_;
  std::vector<std::string_view> token_words_;
  size_t token_last_ = 0;
  bool token_space_ = false;
};

}  // namespace

ConlluText read_conllu(std::string_view name, std::string_view bytes) { return ConlluReader(name, bytes).read(); }

}  // namespace demarche
