#include "demarche/text/text.h"

#include "demarche/text/boundary_model.h"
#include "demarche/text/chars.h"
#include "demarche/text/lexicon.h"
#include "demarche/text/splitter.h"
#include "demarche/text/tokenizer.h"

namespace demarche {
namespace {

// Paragraphs: stretches of text between blank lines.
std::vector<Span> find_paragraphs(std::string_view text) {
  std::vector<Span> out;
  size_t begin = 0, end = 0;  // of the current paragraph, without white space at its ends
  bool open = false;
  int newlines = 0;
  for (size_t at = 0; at < text.size();) {
    const CodePoint c = code_point_at(text, at);
    const CharClass kind = char_class(c.value);
    if (kind == CharClass::newline) {
      ++newlines;
    } else if (kind != CharClass::space) {
      if (open && newlines >= 2) {
        out.push_back({static_cast<uint32_t>(begin), static_cast<uint32_t>(end)});
        open = false;
      }
      if (!open) begin = at;
      open = true;
      newlines = 0;
      end = at + c.size;
    }
    at += c.size;
  }
  if (open) out.push_back({static_cast<uint32_t>(begin), static_cast<uint32_t>(end)});
  return out;
}

// Cuts the pieces into sentences. The full stop of an abbreviation that ends a sentence becomes a word of its own,
// unless the abbreviation has others inside ("etc" + "." but "U.S.").
void build_sentences(const Pieces& pieces, const std::vector<uint8_t>& ends, uint32_t paragraph, std::vector<Sentence>& out) {
  size_t multiword = 0;
  for (size_t first = 0; first < pieces.pieces.size();) {
    Sentence sentence;
    sentence.paragraph = paragraph;
    size_t at = first;
    for (;; ++at) {
      const Piece& piece = pieces.pieces[at];
      if (multiword < pieces.multiword.size() && pieces.multiword[multiword].first == at) {
        const MultiwordToken& m = pieces.multiword[multiword++];
        const auto begin = static_cast<uint32_t>(sentence.tokens.size());
        sentence.multiword.push_back({begin, begin + m.last - m.first});
      }
      const bool split = ends[at] && piece.abbreviation != Abbreviation::none && piece.abbreviation != Abbreviation::inner;
      if (split && piece.span.size() > 1) {
        sentence.tokens.push_back({{piece.span.begin, piece.span.end - 1}});
        sentence.tokens.push_back({{piece.span.end - 1, piece.span.end}});
      } else {
        sentence.tokens.push_back({piece.span});
      }
      if (ends[at]) break;
    }
    sentence.span = {sentence.tokens.front().span.begin, sentence.tokens.back().span.end};
    out.push_back(std::move(sentence));
    first = at + 1;
  }
}

}  // namespace

class TextModel {
 public:
  TextLexicon lexicon;
  BoundaryModel boundaries;
};

void TextModelDeleter::operator()(const TextModel* p) const { delete p; }

TextModelPtr load_text_model(const std::filesystem::path& data_dir) {
  return TextModelPtr(new TextModel{load_text_lexicon(data_dir), BoundaryModel::load(data_dir / "model")});
}

std::vector<Sentence> split_text(std::string_view text, const TextModel& model) {
  std::vector<Sentence> out;
  uint32_t paragraph = 0;
  Pieces pieces;
  for (const Span span : find_paragraphs(text)) {
    pieces.pieces.clear();
    pieces.multiword.clear();
    tokenize(text, span, model.lexicon, pieces);
    build_sentences(pieces, find_sentence_ends(text, pieces.pieces, model.lexicon, model.boundaries), paragraph++, out);
  }
  return out;
}

}  // namespace demarche
