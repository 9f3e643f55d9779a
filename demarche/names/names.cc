#include "demarche/names/names.h"

#include "demarche/names/base.h"
#include "demarche/names/resolve.h"

namespace demarche {

class NameBase {
 public:
  explicit NameBase(names::Base b) : base(std::move(b)) {}
  names::Base base;
};

void NameBaseDeleter::operator()(const NameBase* p) const { delete p; }

NameBasePtr load_name_base(const std::filesystem::path& data_dir, const std::filesystem::path& lexicon) {
  return NameBasePtr(new NameBase(names::Base::load(data_dir, lexicon)));
}

Names find_names(std::string_view text, std::span<const Sentence> sentences, std::span<const Tree> trees, const std::optional<Day>& published, const NameBase& base,
                 std::vector<Diagnostic>& diagnostics) {
  static const Tree kNoTree;
  std::vector<names::SentencePhrases> phrases;
  phrases.reserve(sentences.size());
  // First what stands in each sentence, then, in the report's order, whom it means.
  for (size_t i = 0; i < sentences.size(); ++i) {
    names::SentencePhrases sp;
    sp.scan = names::scan_sentence(text, sentences[i], i < trees.size() ? trees[i] : kNoTree, base.base);
    sp.phrases = names::find_phrases(sp.scan, base.base);
    phrases.push_back(std::move(sp));
  }
  return names::resolve_phrases(text, sentences, trees, phrases, published, base.base, diagnostics);
}

}  // namespace demarche
