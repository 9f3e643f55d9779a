// All stages in their order: one page in, one document out. The only code that knows the stages.
#pragma once

#include <filesystem>
#include <string>

#include "demarche/article/article.h"
#include "demarche/claims/claims.h"
#include "demarche/commitments/commitments.h"
#include "demarche/core/document.h"
#include "demarche/core/vocabulary.h"
#include "demarche/events/events.h"
#include "demarche/linking/linking.h"
#include "demarche/names/names.h"
#include "demarche/statements/statements.h"
#include "demarche/syntax/syntax.h"
#include "demarche/text/text.h"
#include "demarche/times/times.h"

namespace demarche {

// Seconds of processor time that the calling thread has used: what a stage costs, also while other programs want the processor.
double thread_seconds();

// thread_seconds() per stage, added up over pages (demarche read --stats). Not part of any result.
struct StageTimes {
  double article = 0, text = 0, syntax = 0, times = 0, names = 0, statements = 0, events = 0, claims = 0, commitments = 0, linking = 0;
  void add(const StageTimes& other);
};

// Owns lexicons and models; `run` is const and may be called from many threads at once.
class Pipeline {
 public:
  // Throws Error when a data file is missing or broken. `parser`: "default", or "fast" (less accurate). `lexicon`: a folder with the
  // users' own rows of names, which stand over the shipped ones; none when empty.
  explicit Pipeline(const std::filesystem::path& data_dir, const std::string& parser = "default", const std::filesystem::path& lexicon = {});

  Document run(const Page& page, StageTimes* stage_times = nullptr) const;
  // The language stages alone, over text whose sentences are known or not (demarche show parse).
  std::vector<Sentence> split(std::string_view text) const;
  std::vector<Tree> parse(std::string_view text, const std::vector<Sentence>& sentences) const;
  // The article alone (demarche show article).
  Article extract(const Page& page, std::vector<Diagnostic>& diagnostics) const;
  const Producer& producer() const { return producer_; }

 private:
  ArticleRulesPtr article_rules_;
  TextModelPtr text_model_;
  ParserModelPtr parser_;
  TimeRulesPtr time_rules_;
  NameBasePtr names_;
  CueLexiconPtr cues_;
  FrameLexiconPtr frames_;
  Vocabulary vocabulary_;  // of the rules below
  ClaimRulesPtr claim_rules_;
  CommitmentRulesPtr commitment_rules_;
  LinkRulesPtr link_rules_;
  Producer producer_;
};

}  // namespace demarche
