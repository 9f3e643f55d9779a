#include "demarche/pipeline/pipeline.h"

#include <time.h>

#include <algorithm>

#include "demarche/core/table.h"

namespace demarche {
namespace {

// Adds the seconds since the last lap to a stage.
class Stopwatch {
 public:
  void lap(double& seconds) {
    const double now = thread_seconds();
    seconds += now - last_;
    last_ = now;
  }

 private:
  double last_ = thread_seconds();
};

// How much of one report is read: a novel of 80,000 words. The rest stays in the text; without a bound, memory and time would have none.
constexpr size_t kMaxReadBytes = size_t{512} << 10;
constexpr size_t kMaxReadSentences = 5'000;

// The front of a text that is read, to the end of a paragraph or at least of a character.
std::string_view part_to_read(std::string_view text) {
  if (text.size() <= kMaxReadBytes) return text;
  size_t end = text.rfind('\n', kMaxReadBytes);
  if (end == std::string_view::npos || end < kMaxReadBytes / 2) {
    for (end = kMaxReadBytes; (text[end] & 0xc0) == 0x80; --end) {
    }
  }
  return text.substr(0, end);
}

}  // namespace

double thread_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

void StageTimes::add(const StageTimes& other) {
  article += other.article;
  text += other.text;
  syntax += other.syntax;
  times += other.times;
  names += other.names;
  statements += other.statements;
  events += other.events;
  claims += other.claims;
  commitments += other.commitments;
  linking += other.linking;
}

Pipeline::Pipeline(const std::filesystem::path& data_dir, const std::string& parser, const std::filesystem::path& lexicon)
    : article_rules_(load_article_rules(data_dir)),
      text_model_(load_text_model(data_dir)),
      parser_(load_parser_model(data_dir, parser)),
      time_rules_(load_time_rules(data_dir)),
      names_(load_name_base(data_dir, lexicon)),
      cues_(load_cue_lexicon(data_dir)),
      frames_(load_frame_lexicon(data_dir)),
      claim_rules_(load_claim_rules(data_dir, vocabulary_)),
      commitment_rules_(load_commitment_rules(data_dir, vocabulary_)),
      link_rules_(load_link_rules(data_dir, vocabulary_)),
      producer_{DEMARCHE_VERSION, "en-1:" + hash_folder(data_dir / "model") + (parser == "default" ? "" : ":" + parser), hash_folder(data_dir / "en").substr(0, 8) + hash_folder(data_dir / "page").substr(0, 8) + (lexicon.empty() ? "" : ":" + hash_folder(lexicon).substr(0, 8))} {}

Document Pipeline::run(const Page& page, StageTimes* stage_times) const {
  StageTimes unused;
  StageTimes& spent = stage_times ? *stage_times : unused;
  Stopwatch watch;
  Document doc;
  doc.id = page.id;
  doc.read_from = page.read_from;
  doc.diagnostics = page.diagnostics;
  // The page without its furniture: title, body, outlet, authors, dates.
  doc.article = extract_article(page, *article_rules_, doc.diagnostics);
  watch.lap(spent.article);
  // From here on the text is fixed: every Span below points into it.
  const std::string_view text = doc.article.text;
  const uint32_t body = doc.article.body_start;
  // Sentences and tokens in UD's conventions.
  const std::string_view read = part_to_read(text);
  doc.sentences = split_text(read, *text_model_);
  if (read.size() < text.size() || doc.sentences.size() > kMaxReadSentences) {
    doc.sentences.resize(std::min(doc.sentences.size(), kMaxReadSentences));
    doc.diagnostics.push_back({"text.too_long", Severity::warning, "The text is longer than what is read of one report; nothing was looked for behind its first " + std::to_string(doc.sentences.size()) + " sentences.", std::nullopt});
  }
  watch.lap(spent.text);
  // Tags, lemmas, dependency trees, entity spans.
  doc.trees = parse_sentences(text, doc.sentences, *parser_);
  watch.lap(spent.syntax);
  // A page without a date: the day is worked out from what the report tells.
  if (!doc.article.published.date) {
    // The page may tell the month ("/2018/08/"); what is worked out must lie in it.
    const std::optional<DayRange> month = doc.article.published.range;
    const Published inferred = infer_published(text, doc.sentences, doc.trees, *time_rules_);
    const bool fits = !month || (inferred.date && *inferred.date >= month->start && *inferred.date <= month->end + 1);
    if (inferred.basis != DateBasis::unknown && fits)
      doc.article.published = inferred;
    else if (!month)
      doc.diagnostics.push_back({"times.no_report_day", Severity::info, "Neither page nor content gives the day of the report.", std::nullopt});
  }
  // From here on the report's day is fixed: relative times and terms of office are held against it.
  const Published& published = doc.article.published;
  doc.times = find_times(text, doc.sentences, doc.trees, published, *time_rules_, doc.diagnostics, doc.article.entries);
  watch.lap(spent.times);
  // Who is spoken of, and for whom they act.
  doc.names = find_names(text, doc.sentences, doc.trees, published.date, *names_, doc.diagnostics);
  watch.lap(spent.names);
  // Who said what.
  doc.statements = find_statements(text, body, doc.sentences, doc.trees, doc.names, doc.times, published, *cues_);
  watch.lap(spent.statements);
  // Who did what to whom; an event inside a statement is attributed to it.
  doc.events = find_events(text, body, doc.sentences, doc.trees, doc.names, doc.times, doc.statements, published, *frames_);
  watch.lap(spent.events);
  // The words as the patterns of the next three stages know them.
  const std::vector<std::vector<PatternWord>> words = pattern_words(text, doc.sentences, doc.trees, vocabulary_);
  // What each party holds true about an event.
  doc.claims = find_claims(text, body, doc.sentences, doc.trees, words, doc.names, doc.statements, doc.events, *claim_rules_);
  watch.lap(spent.claims);
  // What binds, on which condition, until when.
  doc.commitments =
      find_commitments(text, body, doc.sentences, doc.trees, words, doc.names, doc.times, doc.statements, doc.events, published, *commitment_rules_);
  watch.lap(spent.commitments);
  // How the entries hang together, where the words say so.
  doc.links = link_entries(text, doc.sentences, doc.trees, words, doc.statements, doc.events, doc.claims, doc.commitments, *link_rules_);
  watch.lap(spent.linking);
  return doc;
}

std::vector<Sentence> Pipeline::split(std::string_view text) const { return split_text(text, *text_model_); }

std::vector<Tree> Pipeline::parse(std::string_view text, const std::vector<Sentence>& sentences) const {
  return parse_sentences(text, sentences, *parser_);
}

Article Pipeline::extract(const Page& page, std::vector<Diagnostic>& diagnostics) const {
  diagnostics = page.diagnostics;
  return extract_article(page, *article_rules_, diagnostics);
}

}  // namespace demarche
