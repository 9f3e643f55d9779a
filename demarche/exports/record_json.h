// The record as JSON: the contract of docs/record.schema.json. Offsets become Unicode code points here and nowhere else.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "demarche/core/document.h"
#include "demarche/core/utf8.h"

namespace demarche {

// The JSON of one document's parts. REQUIRES: the document outlives the writer and does not change.
class RecordJson {
 public:
  using Json = nlohmann::ordered_json;

  explicit RecordJson(const Document& doc);

  Json document() const;
  Json published() const;
  Json actor(size_t index) const;
  Json statement(size_t index) const;
  Json event(size_t index) const;
  Json claim(size_t index) const;
  Json commitment(size_t index) const;
  Json link(size_t index) const;
  Json time(size_t index) const;
  Json diagnostic(size_t index) const;
  // {"exact", "prefix", "suffix", "start", "end"}: W3C Web Annotation quote and position selectors.
  Json evidence(Span span) const;
  // The whole record. One line when dumped.
  Json record(const Producer& producer) const;

 private:
  Json words(Span span) const;
  Json words(const std::vector<Span>& parts) const;
  Json speaker(const Speaker& speaker) const;
  Json participants(const std::vector<Participant>& list) const;

  const Document& doc_;
  CodePointIndex index_;
  std::vector<std::vector<Span>> mentions_;  // by actor
};

// One line of JSON without a line end; invalid UTF-8 cannot occur, but would be replaced.
std::string dump(const RecordJson::Json& json);

}  // namespace demarche
