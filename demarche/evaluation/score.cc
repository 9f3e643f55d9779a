#include "demarche/evaluation/score.h"

#include <algorithm>
#include <functional>
#include <set>
#include <sstream>

#include "demarche/core/utf8.h"
#include "demarche/evaluation/places.h"

namespace demarche {
namespace {

using Json = nlohmann::ordered_json;
using MaybePlace = std::optional<TextPlace>;

// Least shared part of two places that tell the same thing: a clause for a clause, not for its paragraph.
constexpr double kNear = 0.2;
constexpr double kSameContent = 0.5;
// A claim's evidence is no longer than a sentence: code points, or twice the gold's quote.
constexpr size_t kLongestClaim = 400;

std::string text_at(const Json& row, const char* key) {
  const auto it = row.find(key);
  return it == row.end() || !it->is_string() ? std::string() : it->get<std::string>();
}

const Json& member(const Json& row, const char* key) {
  static const Json none;
  const auto it = row.find(key);
  return it == row.end() ? none : *it;
}

std::vector<std::string> parties_at(const Json& row, const char* key) {
  std::set<std::string> out;
  for (const Json& p : member(row, key))
    if (std::string party = text_at(p, "party"); !party.empty()) out.insert(std::move(party));
  return {out.begin(), out.end()};
}

GoldDays days_at(const Json& row, const char* key) {
  const Json& date = member(row, key);
  if (!date.is_object()) return std::nullopt;
  return std::pair(text_at(date, "start"), text_at(date, "end"));
}

std::set<std::string> normal_at(const Json& row) {
  std::set<std::string> out;
  const auto add = [&](const Json& value) { out.insert(value.is_string() ? value.get<std::string>() : value.dump()); };
  const Json& normal = member(row, "normal");
  if (normal.is_array())
    for (const Json& value : normal) add(value);
  else if (!normal.is_null())
    add(normal);
  return out;
}

MaybePlace quoted(const std::u32string& text, const Json& quote) {
  return find_place(text, fold_quotes(text_at(quote, "exact")), fold_quotes(text_at(quote, "prefix")), fold_quotes(text_at(quote, "suffix")));
}

std::string joined(const std::vector<std::string>& list) {
  std::string out;
  for (const std::string& item : list) out += (out.empty() ? "" : ",") + item;
  return out.empty() ? "-" : out;
}

std::string shown_days(const GoldDays& days) { return !days ? "-" : days->first == days->second ? days->first : days->first + ".." + days->second; }

std::string head(const std::string& words) {
  std::string out;
  for (size_t at = 0, n = 0; at < words.size() && n < 90; ++n) {
    const size_t size = code_point_at(words, at).size;
    out += words[at] == '\n' ? std::string(" ") : words.substr(at, size);
    at += size;
  }
  return "«" + out + "»";
}

// One kind of entry: its rows on both sides, how well two fit (0: not at all), and the fields that are compared then.
struct Side {
  size_t gold_rows = 0, predicted_rows = 0;
  std::function<double(size_t, size_t)> fit;
  std::function<std::map<std::string, bool>(size_t, size_t)> fields;
  std::function<bool(size_t)> is_optional;
  std::function<std::string(size_t)> show_gold, show_predicted;
};

std::vector<ScoredRow> match(const Side& side, const Json& predicted) {
  struct Cell {
    double fit;
    size_t gold, predicted;
  };
  std::vector<Cell> cells;
  for (size_t g = 0; g < side.gold_rows; ++g)
    for (size_t p = 0; p < side.predicted_rows; ++p)
      if (const double fit = side.fit(g, p); fit > 0) cells.push_back({fit, g, p});
  // The best fit first; of equals the first gold row, then the first row of the record.
  std::stable_sort(cells.begin(), cells.end(), [](const Cell& a, const Cell& b) { return a.fit > b.fit; });
  std::vector<bool> gold_taken(side.gold_rows), predicted_taken(side.predicted_rows);
  std::vector<ScoredRow> rows;
  const auto describe = [&](ScoredRow& row, size_t p) {
    row.predicted = p;
    row.rule = text_at(predicted[p], "rule");
    const Json& confidence = member(predicted[p], "confidence");
    row.confidence = confidence.is_number() ? confidence.get<double>() : 1.0;
    row.shown = side.show_predicted(p);
  };
  for (const Cell& cell : cells) {
    if (gold_taken[cell.gold] || predicted_taken[cell.predicted]) continue;
    gold_taken[cell.gold] = predicted_taken[cell.predicted] = true;
    ScoredRow row;
    row.gold = cell.gold;
    row.gold_shown = side.show_gold(cell.gold);
    describe(row, cell.predicted);
    row.fields = side.fields(cell.gold, cell.predicted);
    const bool right = std::all_of(row.fields.begin(), row.fields.end(), [](const auto& field) { return field.second; });
    row.outcome = side.is_optional(cell.gold) ? Outcome::optional : right ? Outcome::right : Outcome::flawed;
    rows.push_back(std::move(row));
  }
  for (size_t g = 0; g < side.gold_rows; ++g) {
    if (gold_taken[g]) continue;
    ScoredRow row;
    row.gold = g;
    row.shown = row.gold_shown = side.show_gold(g);
    row.outcome = side.is_optional(g) ? Outcome::spared : Outcome::missed;
    rows.push_back(std::move(row));
  }
  for (size_t p = 0; p < side.predicted_rows; ++p) {
    if (predicted_taken[p]) continue;
    ScoredRow row;
    describe(row, p);
    row.outcome = Outcome::extra;
    rows.push_back(std::move(row));
  }
  return rows;
}

// All that the comparisons of one report share.
class Comparison {
 public:
  Comparison(const Gold& gold, std::u32string text, const Json& record) : gold_(gold), text_(std::move(text)), record_(record) {}

  std::vector<ScoredRow> events() const;
  std::vector<ScoredRow> statements() const;
  std::vector<ScoredRow> claims() const;
  std::vector<ScoredRow> commitments() const;
  // The first quote of the gold that does not stand in the report; empty when all do.
  std::string lost_quote() const;

 private:
  const Json& list(EntryType type) const {
    static const Json none = Json::array();
    const Json& rows = member(record_, std::string(list_name(type)).c_str());
    return rows.is_array() ? rows : none;
  }
  MaybePlace place_of(const std::string& quote) const { return find_place(text_, fold_quotes(quote)); }
  template <class Rows>
  std::vector<MaybePlace> places_of(const Rows& rows) const {
    std::vector<MaybePlace> out;
    for (const auto& row : rows) out.push_back(place_of(row.quote));
    return out;
  }
  std::vector<MaybePlace> evidence_of(const Json& rows) const {
    std::vector<MaybePlace> out;
    for (const Json& row : rows) out.push_back(quoted(text_, member(row, "evidence")));
    return out;
  }

  const Gold& gold_;
  std::u32string text_;
  const Json& record_;
};

std::vector<ScoredRow> Comparison::events() const {
  const Json& predicted = list(EntryType::event);
  const std::vector<MaybePlace> here = places_of(gold_.events), there = evidence_of(predicted);
  const auto fields = [&](size_t g, size_t p) {
    const GoldEvent& want = gold_.events[g];
    const Json& got = predicted[p];
    std::map<std::string, bool> out = {{"actors", want.actors == parties_at(got, "actors")},
                                       {"recipients", want.recipients == parties_at(got, "recipients")},
                                       {"date", want.date == days_at(got, "date")},
                                       {"factuality", want.factuality == text_at(got, "factuality")}};
    if (!want.kind.empty()) out["kind"] = want.kind == text_at(got, "kind");
    return out;
  };
  Side side{gold_.events.size(), predicted.size(), {}, fields, {}, {}, {}};
  side.fit = [&](size_t g, size_t p) {
    if (gold_.events[g].type != text_at(predicted[p], "type")) return 0.0;
    const double near = shared_part(here[g], there[p]);
    if (near < kNear) return 0.0;
    const auto compared = fields(g, p);
    const auto right = std::count_if(compared.begin(), compared.end(), [](const auto& field) { return field.second; });
    return 1 + near + static_cast<double>(right) / 10;
  };
  side.is_optional = [&](size_t g) { return gold_.events[g].optional; };
  side.show_gold = [&](size_t g) {
    const GoldEvent& e = gold_.events[g];
    return e.type + " " + joined(e.actors) + ">" + joined(e.recipients) + " " + shown_days(e.date) + " " + e.factuality + " " + head(e.quote);
  };
  side.show_predicted = [&](size_t p) {
    const Json& e = predicted[p];
    return text_at(e, "type") + " " + joined(parties_at(e, "actors")) + ">" + joined(parties_at(e, "recipients")) + " " + shown_days(days_at(e, "date")) + " " +
           text_at(e, "factuality") + " " + head(text_at(member(e, "evidence"), "exact"));
  };
  return match(side, predicted);
}

std::set<std::string> words_of(const std::string& text) {
  std::istringstream in(fold(text));
  std::set<std::string> out;
  for (std::string word; in >> word;) out.insert(word);
  return out;
}

// Whether two wordings name one speaker: half of the shorter one's words stand in the other.
bool same_speaker(const std::string& want, const std::string& got) {
  const std::set<std::string> a = words_of(want), b = words_of(got);
  if (a.empty()) return b.empty();
  const auto shared = std::count_if(a.begin(), a.end(), [&](const std::string& word) { return b.contains(word); });
  return shared > 0 && static_cast<double>(shared) / static_cast<double>(std::min(a.size(), b.size())) >= 0.5;
}

std::vector<ScoredRow> Comparison::statements() const {
  const Json& predicted = list(EntryType::statement);
  std::vector<MaybePlace> here, there;
  for (const GoldStatement& s : gold_.statements) here.push_back(place_of(s.content));
  for (const Json& s : predicted) {
    // The content's words, told apart from repeats by what stands around the whole statement.
    const Json& evidence = member(s, "evidence");
    const MaybePlace content = find_place(text_, fold_quotes(text_at(member(s, "content"), "exact")), fold_quotes(text_at(evidence, "prefix")), fold_quotes(text_at(evidence, "suffix")));
    there.push_back(content ? content : quoted(text_, evidence));
  }
  Side side{gold_.statements.size(), predicted.size(), {}, {}, {}, {}, {}};
  side.fit = [&](size_t g, size_t p) {
    const double shared = shared_part(here[g], there[p]);
    return shared >= kSameContent ? shared : 0.0;
  };
  side.fields = [&](size_t g, size_t p) {
    const GoldStatement& want = gold_.statements[g];
    const Json& speaker = member(predicted[p], "speaker");
    std::map<std::string, bool> out = {{"source", same_speaker(want.source, text_at(speaker, "text"))}, {"party", want.party == text_at(speaker, "party")}};
    if (!want.anonymity.empty()) out["anonymity"] = want.anonymity == text_at(speaker, "anonymity");
    if (!want.quotation.empty()) out["quotation"] = want.quotation == text_at(predicted[p], "quotation");
    return out;
  };
  side.is_optional = [&](size_t g) { return gold_.statements[g].optional; };
  side.show_gold = [&](size_t g) { return gold_.statements[g].source + ": " + head(gold_.statements[g].content); };
  side.show_predicted = [&](size_t p) { return text_at(member(predicted[p], "speaker"), "text") + ": " + head(text_at(member(predicted[p], "content"), "exact")); };
  return match(side, predicted);
}

// Claims whose value is free wording: the place in the report decides.
bool is_free_text(const std::string& property) { return property == "intent" || property == "severity" || property == "landing_area"; }

std::vector<ScoredRow> Comparison::claims() const {
  const Json& predicted = list(EntryType::claim);
  std::vector<std::vector<MaybePlace>> here;
  for (const GoldClaim& c : gold_.claims) {
    here.emplace_back();
    if (c.quote.empty()) continue;
    here.back().push_back(place_of(c.quote));
    for (const std::string& also : c.also) here.back().push_back(place_of(also));
  }
  const std::vector<MaybePlace> there = evidence_of(predicted);
  Side side{gold_.claims.size(), predicted.size(), {}, {}, {}, {}, {}};
  side.fit = [&](size_t g, size_t p) {
    const GoldClaim& want = gold_.claims[g];
    const Json& got = predicted[p];
    if (want.by != text_at(got, "by") || want.property != text_at(got, "property") || want.stance != text_at(got, "stance")) return 0.0;
    if (!want.quote.empty()) {
      if (std::none_of(here[g].begin(), here[g].end(), [&](const MaybePlace& place) { return shared_length(place, there[p]) > 0; })) return 0.0;
      size_t quote_length = 0;
      for (size_t at = 0; at < want.quote.size(); ++quote_length) at += code_point_at(want.quote, at).size;
      if (there[p]->end - there[p]->begin > std::max(kLongestClaim, 2 * quote_length)) return 0.0;
      if (is_free_text(want.property)) return 1.0;
    }
    const std::set<std::string> b = normal_at(got);
    const auto shared = std::count_if(want.normal.begin(), want.normal.end(), [&](const std::string& v) { return b.contains(v); });
    const size_t all = want.normal.size() + b.size() - static_cast<size_t>(shared);
    return all == 0 ? 0.0 : static_cast<double>(shared) / static_cast<double>(all);
  };
  side.fields = [&](size_t g, size_t p) { return std::map<std::string, bool>{{"exact", side.fit(g, p) == 1.0}}; };
  side.is_optional = [&](size_t g) { return gold_.claims[g].optional; };
  side.show_gold = [&](size_t g) {
    const GoldClaim& c = gold_.claims[g];
    return c.by + " " + c.stance + " " + c.property + "=" + joined(c.normal) + " " + head(c.quote);
  };
  side.show_predicted = [&](size_t p) {
    const Json& c = predicted[p];
    const std::set<std::string> normal = normal_at(c);
    return text_at(c, "by") + " " + text_at(c, "stance") + " " + text_at(c, "property") + "=" + joined({normal.begin(), normal.end()}) + " " +
           head(text_at(member(c, "evidence"), "exact"));
  };
  return match(side, predicted);
}

std::vector<ScoredRow> Comparison::commitments() const {
  const Json& predicted = list(EntryType::commitment);
  const std::vector<MaybePlace> here = places_of(gold_.commitments), there = evidence_of(predicted);
  Side side{gold_.commitments.size(), predicted.size(), {}, {}, {}, {}, {}};
  side.fit = [&](size_t g, size_t p) {
    if (gold_.commitments[g].kind != text_at(predicted[p], "kind")) return 0.0;
    const double near = shared_part(here[g], there[p]);
    return near < kNear ? 0.0 : 1 + near;
  };
  side.fields = [&](size_t g, size_t p) {
    const GoldCommitment& want = gold_.commitments[g];
    std::map<std::string, bool> out = {{"by", want.by == parties_at(predicted[p], "by")}, {"due", want.due == days_at(predicted[p], "due")}};
    if (!want.status.empty()) out["status"] = want.status == text_at(predicted[p], "status");
    return out;
  };
  side.is_optional = [&](size_t g) { return gold_.commitments[g].optional; };
  side.show_gold = [&](size_t g) {
    const GoldCommitment& k = gold_.commitments[g];
    return k.kind + " by " + joined(k.by) + " due " + shown_days(k.due) + " " + head(k.quote);
  };
  side.show_predicted = [&](size_t p) {
    const Json& k = predicted[p];
    return text_at(k, "kind") + " by " + joined(parties_at(k, "by")) + " due " + shown_days(days_at(k, "due")) + " " + head(text_at(member(k, "evidence"), "exact"));
  };
  return match(side, predicted);
}

std::string Comparison::lost_quote() const {
  const auto lost = [&](const std::string& quote) { return !quote.empty() && !place_of(quote); };
  for (const GoldEvent& e : gold_.events)
    if (lost(e.quote)) return e.quote;
  for (const GoldStatement& s : gold_.statements)
    if (lost(s.content)) return s.content;
  for (const GoldClaim& c : gold_.claims)
    if (lost(c.quote)) return c.quote;
  for (const GoldCommitment& k : gold_.commitments)
    if (lost(k.quote)) return k.quote;
  return "";
}

double ratio(size_t part, size_t whole) { return whole == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(whole); }
double harmonic(double a, double b) { return a + b > 0 ? 2 * a * b / (a + b) : 0.0; }

}  // namespace

std::string_view list_name(EntryType type) {
  switch (type) {
    case EntryType::event: return "events";
    case EntryType::statement: return "statements";
    case EntryType::claim: return "claims";
    case EntryType::commitment: return "commitments";
  }
  return "";
}

std::string_view to_string(Outcome outcome) {
  switch (outcome) {
    case Outcome::right: return "right";
    case Outcome::flawed: return "flawed";
    case Outcome::extra: return "extra";
    case Outcome::optional: return "optional";
    case Outcome::missed: return "missed";
    case Outcome::spared: return "spared";
  }
  return "";
}

Result<ReportScore> score_report(const Gold& gold, std::string_view file_text, const Json& record) {
  ReportScore score;
  score.read = record.is_object();
  const Json& document = member(record, "document");
  const std::u32string body = fold_quotes(text_at(document, "text"));
  score.day = text_at(member(document, "published"), "date");
  if (gold.day_known && gold.given_date.empty()) {
    score.day_scored = true;
    score.day_right = score.day == gold.published || (!score.day.empty() && std::count(gold.published_range.begin(), gold.published_range.end(), score.day) > 0);
  }
  for (const auto& [strings, must] : {std::pair(&gold.must_body, true), std::pair(&gold.not_body, false)})
    for (const std::string& text : *strings) score.body.push_back({text, must, (body.find(fold_quotes(text)) != std::u32string::npos) == must});
  const Comparison comparison(gold, !gold.text.empty() ? fold_quotes(gold.text) : !file_text.empty() ? fold_quotes(file_text) : body, record);
  if (const std::string lost = comparison.lost_quote(); !lost.empty()) return Result<ReportScore>::failure("quote not in the report: " + lost);
  score.rows = {comparison.events(), comparison.statements(), comparison.claims(), comparison.commitments()};
  return score;
}

void ScoreSum::add(const ScoredRow& row) {
  switch (row.outcome) {
    case Outcome::optional: ++optional; return;
    case Outcome::spared: return;
    case Outcome::missed: ++missed; return;
    case Outcome::extra: ++extra; break;
    case Outcome::flawed:
    case Outcome::right: ++found_right; break;
  }
  const bool right = row.outcome == Outcome::right;
  strict += right;
  shown.emplace_back(row.confidence, right);
  for (const auto& [name, good] : row.fields) {
    auto& [count_right, compared] = fields[name];
    count_right += good;
    ++compared;
  }
}

double ScoreSum::precision() const { return ratio(found_right, found_right + extra); }
double ScoreSum::recall() const { return ratio(found_right, found_right + missed); }
double ScoreSum::f1() const { return harmonic(precision(), recall()); }
double ScoreSum::strict_f1() const { return harmonic(ratio(strict, found_right + extra), ratio(strict, found_right + missed)); }

double ScoreSum::coverage(double least_precision) const {
  std::vector<std::pair<double, bool>> rows = shown;
  std::sort(rows.begin(), rows.end(), std::greater<>());
  size_t best = 0, right = 0;
  for (size_t i = 0; i < rows.size();) {
    const double level = rows[i].first;
    for (; i < rows.size() && rows[i].first == level; ++i) right += rows[i].second;
    if (ratio(right, i) >= least_precision) best = right;
  }
  return ratio(best, found_right + missed);
}

}  // namespace demarche
