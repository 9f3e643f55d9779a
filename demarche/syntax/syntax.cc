// Sentences are cut into segments of bounded length, segments are gathered into batches, the network scores each batch,
// and every segment's scores become tags, heads, relations, lemmas and entities.
#include "demarche/syntax/syntax.h"

#include <algorithm>
#include <cmath>

#include "demarche/syntax/conjuncts.h"
#include "demarche/syntax/decode.h"
#include "demarche/syntax/entities.h"
#include "demarche/syntax/lemma.h"
#include "demarche/syntax/network.h"
#include "demarche/syntax/parser_model.h"
#include "demarche/syntax/punctuation.h"
#include "demarche/syntax/subjects.h"

namespace demarche {
namespace {

// Labels of the file as the program's own; throws Error for one that it does not know.
std::vector<Upos> read_upos(const ModelFile& file) {
  std::vector<Upos> out;
  for (const std::string& name : file.labels("upos")) {
    const std::optional<Upos> upos = parse_upos(name);
    if (!upos) file.fail("the parser model has the unknown part of speech \"" + name + "\"");
    out.push_back(*upos);
  }
  return out;
}

std::vector<Deprel> read_deprel(const ModelFile& file) {
  std::vector<Deprel> out;
  for (const std::string& name : file.labels("deprel")) {
    const std::optional<Deprel> deprel = parse_deprel(name);
    if (!deprel) file.fail("the parser model has the unknown relation \"" + name + "\"");
    out.push_back(*deprel);
  }
  return out;
}

size_t best_of(std::span<const float> scores) { return static_cast<size_t>(std::max_element(scores.begin(), scores.end()) - scores.begin()); }

// A run of words of one sentence.
struct Part {
  size_t sentence = 0;
  uint32_t first = 0, last = 0;
  uint32_t dateline = 0;  // where the sentence proper begins
};

// Where to cut a sentence that is longer than kMaxSegmentWords: after the last mark in the second half of the segment.
uint32_t cut_after(std::string_view text, const Sentence& sentence, uint32_t first) {
  const auto limit = static_cast<uint32_t>(kMaxSegmentWords);
  for (uint32_t i = first + limit; i > first + limit / 2; --i) {
    const std::string_view form = text_of(text, sentence.tokens[i - 1].span);
    if (form == "." || form == ";" || form == "," || form == ":" || form == "!" || form == "?") return i;
  }
  return first + limit;
}

// Where the first sentence of a paragraph begins behind its dateline ("SEOUL, March 3 (Yonhap) -- "); 0 without one. A dash with
// nothing before it but names, numbers and marks, and a place in capitals or a mark or number besides.
uint32_t behind_dateline(std::string_view text, std::span<const Sentence> sentences, size_t s) {
  constexpr uint32_t kLongest = 20;  // tokens
  const auto& tokens = sentences[s].tokens;
  if (s > 0 && sentences[s - 1].paragraph == sentences[s].paragraph) return 0;
  bool capitals = false, marked = false;
  for (uint32_t i = 0; i + 1 < tokens.size() && i < kLongest; ++i) {
    const std::string_view form = text_of(text, tokens[i].span);
    const auto first = static_cast<unsigned char>(form.empty() ? 0 : form.front());
    if (form == "-" || form == "--" || form == "\xE2\x80\x94" || form == "\xE2\x80\x93") {
      const bool apart = i > 0 && tokens[i - 1].span.end < tokens[i].span.begin;
      if (apart) return capitals || marked ? i + 1 : 0;
      if (i == 0 || form != "-") return 0;
      continue;  // "Port-au-Prince"
    }
    if (first >= 'a' && first <= 'z' && i + 1 < tokens.size() && text_of(text, tokens[i + 1].span) != "-" && (i == 0 || text_of(text, tokens[i - 1].span) != "-")) return 0;
    if (form == ":" || form == "." || form == "!" || form == "?" || form == "\"" || form == "\xE2\x80\x9C") return 0;
    marked = marked || form == "(" || (i > 0 && form == ",") || (first >= '0' && first <= '9');
    if (i == 0) capitals = form.size() >= 3 && std::none_of(form.begin(), form.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  }
  return 0;
}

class SentenceParser {
 public:
  SentenceParser(std::string_view text, std::span<const Sentence> sentences, const ParserModel& model, const ParseOptions& options)
      : text_(text), sentences_(sentences), model_(model), owned_workspace_(model.take_workspace()),
        workspace_(*owned_workspace_), trees_(sentences.size()), entity_heads_(sentences.size()) {
    workspace_.kernels = options.kernels ? options.kernels : &best_kernels();
    workspace_.reference = options.reference;
  }

  std::vector<Tree> run() {
    model_.network.begin(workspace_);
    for (size_t s = 0; s < sentences_.size(); ++s) {
      const auto size = static_cast<uint32_t>(sentences_[s].tokens.size());
      trees_[s].nodes.resize(size);
      dateline_ = behind_dateline(text_, sentences_, s);
      if (dateline_ > 0) add(Part{s, 0, dateline_, dateline_});
      for (uint32_t first = dateline_; first < size;) {
        const uint32_t last = size - first <= kMaxSegmentWords ? size : cut_after(text_, sentences_[s], first);
        add(Part{s, first, last, dateline_});
        first = last;
      }
    }
    flush();
    for (size_t s = 0; s < sentences_.size(); ++s) finish(s);
    model_.give_back(std::move(owned_workspace_));
    return std::move(trees_);
  }

 private:
  void add(const Part& part) {
    if (Network::rows_with(workspace_, part.last - part.first) > kMaxBatchRows) flush();
    const Sentence& sentence = sentences_[part.sentence];
    model_.network.begin_segment(workspace_);
    for (uint32_t i = part.first; i < part.last; ++i) model_.network.add_word(workspace_, text_of(text_, sentence.tokens[i].span), i == 0 || i == part.dateline);
    model_.network.end_segment(workspace_);
    parts_.push_back(part);
  }

  void flush() {
    if (parts_.empty()) return;
    model_.network.run(workspace_);
    for (size_t i = 0; i < parts_.size(); ++i) read_off(parts_[i], workspace_.segments[i]);
    parts_.clear();
    model_.network.begin(workspace_);
  }

  void read_off(const Part& part, const Segment& segment) {
    Tree& tree = trees_[part.sentence];
    for (uint32_t i = part.first; i < part.last; ++i) read_tags(part, i, segment.first_row + i - part.first);
    model_.network.score_arcs(workspace_, segment, arcs_);
    decode_tree(arcs_, segment.words, heads_);
    model_.network.score_relations(workspace_, segment, heads_);
    marked_.resize(segment.words);
    for (uint32_t i = 0; i < segment.words; ++i) {
      Node& node = tree.nodes[part.first + i];
      node.deprel = heads_[i] < 0 ? Deprel::root : relation(i);
    }
    const auto words = std::span(tree.nodes).subspan(part.first, segment.words);
    join_doubled_subjects(words, heads_);
    lift_past_conjuncts(words, heads_);
    for (uint32_t i = 0; i < segment.words; ++i) {
      const Node& node = tree.nodes[part.first + i];
      marked_[i] = {text_of(text_, sentences_[part.sentence].tokens[part.first + i].span), node.upos == Upos::PUNCT && node.deprel == Deprel::punct};
    }
    rehang_marks(marked_, heads_);
    for (uint32_t i = 0; i < segment.words; ++i) {
      Node& node = tree.nodes[part.first + i];
      node.head = heads_[i] < 0 ? -1 : heads_[i] + static_cast<int32_t>(part.first);
      // A later part of a cut sentence hangs on the root of the first.
      if (heads_[i] < 0 && part.first > 0 && part.first == part.dateline) {
        // The dateline, which was read apart, hangs on the sentence behind it.
        Node& before = tree.nodes[static_cast<size_t>(root_of(tree))];
        before.head = static_cast<int32_t>(part.first + i);
        before.deprel = Deprel::dep;
      } else if (heads_[i] < 0 && part.first > 0) {
        node.head = root_of(tree);
        node.deprel = node.upos == Upos::PUNCT ? Deprel::punct : Deprel::parataxis;
      }
    }
  }

  // The best relation of the segment's word i other than root.
  Deprel relation(uint32_t i) const {
    const float* scores = workspace_.relation_scores.data() + i * model_.network.relation_columns();
    size_t best = model_.deprel.size();
    for (size_t k = 0; k < model_.deprel.size(); ++k) {
      if (model_.deprel[k] != Deprel::root && (best == model_.deprel.size() || scores[k] > scores[best])) best = k;
    }
    return best < model_.deprel.size() ? model_.deprel[best] : Deprel::dep;
  }

  static int32_t root_of(const Tree& tree) {
    for (size_t i = 0; i < tree.nodes.size(); ++i)
      if (tree.nodes[i].head < 0) return static_cast<int32_t>(i);
    return 0;
  }

  void read_tags(const Part& part, uint32_t i, size_t row) {
    const ParserModel& m = model_;
    Node& node = trees_[part.sentence].nodes[i];
    std::span<const float> scores(workspace_.tags.data() + row * m.network.tag_columns(), m.network.tag_columns());
    const auto take = [&](size_t count) {
      const std::span<const float> part_of = scores.first(count);
      scores = scores.subspan(count);
      return part_of;
    };
    const size_t upos = best_of(take(m.upos.size()));
    node.upos = m.upos[upos];
    node.xpos = m.xpos[best_of(take(m.xpos.size()))];
    // Features that this part of speech had in training.
    const std::span<const float> feats = take(m.feats.size());
    size_t best = m.feats.size();
    for (size_t k = 0; k < feats.size(); ++k) {
      if (m.feats_allowed[upos * m.feats.size() + k] && (best == m.feats.size() || feats[k] > feats[best])) best = k;
    }
    if (best < m.feats.size()) node.feats = m.feats[best];
    const std::vector<Token>& tokens = sentences_[part.sentence].tokens;
    const auto shouts = [&](size_t k) { return k < tokens.size() && in_capitals(text_of(text_, tokens[k].span)); };
    const bool shouting = node.xpos == "NNP" && ((i > 0 && shouts(i - 1)) || shouts(i + 1));
    node.lemma = m.lemmas.lemma(text_of(text_, tokens[i].span), node.xpos, i == 0 || i == part.dateline, shouting);
    const std::span<const float> entity = take(m.entity.size());
    const size_t kind = best_of(entity);
    if (m.entity[kind] != "-") {
      float sum = 0;
      for (const float score : entity) sum += std::exp(score - entity[kind]);
      entity_heads_[part.sentence].push_back({i, m.entity[kind], 1 / sum});
    }
  }

  void finish(size_t s) { trees_[s].entities = entity_spans(text_, sentences_[s], trees_[s], entity_heads_[s]); }

  std::string_view text_;
  std::span<const Sentence> sentences_;
  const ParserModel& model_;
  std::unique_ptr<Workspace> owned_workspace_;
  Workspace& workspace_;
  std::vector<Part> parts_;
  uint32_t dateline_ = 0;  // of the sentence that is being cut
  std::vector<Tree> trees_;
  std::vector<std::vector<EntityHead>> entity_heads_;
  std::vector<float> arcs_;
  std::vector<int32_t> heads_;
  std::vector<MarkedWord> marked_;
};

}  // namespace

ParserModel::ParserModel(ModelFile model_file)
    : file(std::move(model_file)),
      network(file),
      lemmas(file),
      upos(read_upos(file)),
      deprel(read_deprel(file)),
      xpos(file.labels("xpos")),
      feats(file.labels("feats")),
      entity(file.labels("entity")),
      feats_allowed(file.bytes("feats_allowed", upos.size(), feats.size())) {}

std::unique_ptr<Workspace> ParserModel::take_workspace() const {
  const std::lock_guard lock(mutex_);
  if (idle_.empty()) return std::make_unique<Workspace>();
  std::unique_ptr<Workspace> workspace = std::move(idle_.back());
  idle_.pop_back();
  return workspace;
}

void ParserModel::give_back(std::unique_ptr<Workspace> workspace) const {
  const std::lock_guard lock(mutex_);
  idle_.push_back(std::move(workspace));
}

void ParserModelDeleter::operator()(const ParserModel* p) const { delete p; }

ParserModelPtr load_parser_model(const std::filesystem::path& data_dir, const std::string& name) {
  return ParserModelPtr(new ParserModel(ModelFile::open(data_dir / "model" / (name + ".bin"))));
}

std::vector<Tree> parse_sentences(std::string_view text, std::span<const Sentence> sentences, const ParserModel& model) {
  return parse_with(text, sentences, model, {});
}

std::vector<Tree> parse_with(std::string_view text, std::span<const Sentence> sentences, const ParserModel& model, const ParseOptions& options) {
  return SentenceParser(text, sentences, model, options).run();
}

}  // namespace demarche
