// What load_parser_model() makes, and the parser with its kernels chosen by hand. For this stage and its tests.
#pragma once

#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "demarche/core/document.h"
#include "demarche/syntax/lemma.h"
#include "demarche/syntax/model_file.h"
#include "demarche/syntax/network.h"
#include "demarche/syntax/syntax.h"

namespace demarche {

class ParserModel {
 public:
  explicit ParserModel(ModelFile model_file);
  ParserModel(const ParserModel&) = delete;
  ParserModel& operator=(const ParserModel&) = delete;

  const ModelFile file;  // first: the rest points into it
  const Network network;
  const Lemmatizer lemmas;
  const std::vector<Upos> upos;
  const std::vector<Deprel> deprel;
  const std::vector<std::string>&xpos, &feats, &entity;
  const std::span<const uint8_t> feats_allowed;  // part of speech x features: seen together in training

  // Scratch memory, kept for the next call; a new one when all are in use. Results never depend on it.
  std::unique_ptr<Workspace> take_workspace() const;
  void give_back(std::unique_ptr<Workspace> workspace) const;

 private:
  mutable std::mutex mutex_;
  mutable std::vector<std::unique_ptr<Workspace>> idle_;
};

struct ParseOptions {
  const Kernels* kernels = nullptr;  // null: the fastest that the processor runs
  bool reference = false;            // compute with float activations, plainly
};

std::vector<Tree> parse_with(std::string_view text, std::span<const Sentence> sentences, const ParserModel& model, const ParseOptions& options);

}  // namespace demarche
