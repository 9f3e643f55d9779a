#include "demarche/exports/record_json.h"

#include <algorithm>
#include <cmath>

#include "demarche/core/names_of.h"

namespace demarche {
namespace {

using Json = RecordJson::Json;

constexpr size_t kContextCodePoints = 32;  // prefix and suffix of an evidence

Json text_or_null(std::string_view text) { return text.empty() ? Json() : Json(std::string(text)); }
Json optional_text(const std::optional<std::string>& text) { return text ? Json(*text) : Json(); }
Json number_or_null(const std::optional<double>& number) { return number ? Json(*number) : Json(); }

template <class Tag>
Json id_or_null(char letter, Id<Tag> id) {
  return id.valid() ? Json(letter + std::to_string(id.index + 1)) : Json();
}

Json day_range(const std::optional<DayRange>& range) {
  if (!range) return {};
  return {{"start", to_string(range->start)}, {"end", to_string(range->end)}};
}

Json event_date(const std::optional<EventDate>& date) {
  if (!date) return {};
  return {{"start", to_string(date->days.start)}, {"end", to_string(date->days.end)}, {"text", text_or_null(date->text)}, {"basis", to_string(date->basis)}};
}

Json location(const std::optional<Location>& place) {
  if (!place) return {};
  return {{"name", place->name}, {"country", text_or_null(place->country)}, {"lat", number_or_null(place->lat)}, {"lon", number_or_null(place->lon)}};
}

// Three decimals: more would promise a precision that no calibration has.
Json confidence(float value) { return std::round(static_cast<double>(value) * 1000.0) / 1000.0; }

Json participant(const Participant& p) {
  return {{"actor", id_or_null('a', p.actor)}, {"party", text_or_null(p.party)}, {"sector", text_or_null(p.sector)}};
}

}  // namespace

RecordJson::RecordJson(const Document& doc) : doc_(doc), index_(doc.article.text), mentions_(doc.names.actors.size()) {
  for (const Mention& m : doc.names.mentions) {
    if (m.actor.valid()) mentions_[m.actor.index].push_back(m.span);
    for (const ActorId member : m.members) mentions_[member.index].push_back(m.span);
  }
}

Json RecordJson::evidence(Span span) const {
  const std::string_view text = doc_.article.text;
  const size_t start = index_.offset(span.begin);
  const size_t end = index_.offset(span.end);
  const size_t before = index_.byte(start > kContextCodePoints ? start - kContextCodePoints : 0);
  size_t after = span.end;
  for (size_t i = 0; i < kContextCodePoints && after < text.size(); ++i) after += code_point_at(text, after).size;
  return {{"exact", text_of(text, span)},
          {"prefix", text.substr(before, span.begin - before)},
          {"suffix", text.substr(span.end, after - span.end)},
          {"start", start},
          {"end", end}};
}

Json RecordJson::words(Span span) const {
  return {{"start", index_.offset(span.begin)}, {"end", index_.offset(span.end)}, {"exact", text_of(doc_.article.text, span)}};
}

Json RecordJson::words(const std::vector<Span>& parts) const {
  DEMARCHE_CHECK(!parts.empty());
  if (parts.size() == 1) return words(parts.front());
  Json out = words(Span{parts.front().begin, parts.back().end});
  Json list = Json::array();
  for (const Span part : parts) list.push_back(words(part));
  out["parts"] = std::move(list);
  return out;
}

Json RecordJson::published() const {
  const Published& p = doc_.article.published;
  Json out = {{"date", p.date ? Json(to_string(*p.date)) : Json()}, {"time", text_or_null(p.time)}, {"range", nullptr}, {"basis", to_string(p.basis)}};
  if (p.range) out["range"] = {to_string(p.range->start), to_string(p.range->end)};
  if (p.evidence) out["evidence"] = evidence(*p.evidence);
  return out;
}

Json RecordJson::document() const {
  const Article& a = doc_.article;
  Json captions = Json::array();
  for (const Caption& c : a.captions) captions.push_back({{"text", c.text}, {"credit", text_or_null(c.credit)}});
  return {{"id", doc_.id},
          {"read_from", doc_.read_from},
          {"title", optional_text(a.title)},
          {"publisher", optional_text(a.publisher)},
          {"authors", a.authors},
          {"url", optional_text(a.url)},
          {"language", optional_text(a.language)},
          {"published", published()},
          {"modified", optional_text(a.modified)},
          {"section", optional_text(a.section)},
          {"original_outlet", optional_text(a.original_outlet)},
          {"complete", a.complete},
          {"captions", std::move(captions)},
          {"body_start", index_.offset(a.body_start)},
          {"text", a.text}};
}

Json RecordJson::actor(size_t i) const {
  const Actor& a = doc_.names.actors[i];
  Json mentions = Json::array();
  for (const Span span : mentions_[i]) mentions.push_back({{"start", index_.offset(span.begin)}, {"end", index_.offset(span.end)}});
  return {{"id", "a" + std::to_string(i + 1)}, {"name", a.name},
          {"kind", to_string(a.kind)},         {"party", text_or_null(a.party)},
          {"sector", text_or_null(a.sector)},  {"role", text_or_null(a.role)},
          {"wikidata", text_or_null(a.wikidata)}, {"key", a.key},
          {"former", a.former},                {"country", text_or_null(a.country)},
          {"mentions", std::move(mentions)},   {"rule", a.rule},
          {"confidence", confidence(a.confidence)}};
}

Json RecordJson::speaker(const Speaker& s) const {
  Json out;
  if (s.span.empty()) {
    out = {{"start", nullptr}, {"end", nullptr}, {"text", nullptr}};
  } else {
    out = {{"start", index_.offset(s.span.begin)}, {"end", index_.offset(s.span.end)}, {"text", text_of(doc_.article.text, s.span)}};
  }
  out["actor"] = id_or_null('a', s.actor);
  out["party"] = text_or_null(s.party);
  out["sector"] = text_or_null(s.sector);
  out["anonymity"] = to_string(s.anonymity);
  return out;
}

Json RecordJson::statement(size_t i) const {
  const Statement& s = doc_.statements[i];
  Json via = Json::array();
  for (const Speaker& v : s.via) via.push_back(speaker(v));
  Json cue;
  if (s.cue) cue = {{"start", index_.offset(s.cue->begin)}, {"end", index_.offset(s.cue->end)}, {"text", text_of(doc_.article.text, *s.cue)}};
  return {{"id", "s" + std::to_string(i + 1)},
          {"speaker", speaker(s.speaker)},
          {"via", std::move(via)},
          {"kind", to_string(s.kind)},
          {"cue", std::move(cue)},
          {"content", words(s.content)},
          {"quotation", to_string(s.quotation)},
          {"addressee", s.addressee ? participant(*s.addressee) : Json()},
          {"channel", text_or_null(s.channel)},
          {"told_to", text_or_null(s.told_to)},
          {"standing", to_string(s.standing)},
          {"date", event_date(s.date)},
          {"location", location(s.location)},
          {"act", text_or_null(s.act)},
          {"evidence", evidence(s.evidence)},
          {"rule", s.rule},
          {"confidence", confidence(s.confidence)}};
}

Json RecordJson::participants(const std::vector<Participant>& list) const {
  Json out = Json::array();
  for (const Participant& p : list) out.push_back(participant(p));
  return out;
}

Json RecordJson::event(size_t i) const {
  const Event& e = doc_.events[i];
  Json details = Json::object();
  for (const auto& [name, value] : e.details) std::visit([&, &key = name](const auto& v) { details[key] = v; }, value);
  return {{"id", "e" + std::to_string(i + 1)},
          {"type", e.type},
          {"mode", text_or_null(e.mode)},
          {"kind", text_or_null(e.kind)},
          {"actors", participants(e.actors)},
          {"recipients", participants(e.recipients)},
          {"date", event_date(e.date)},
          {"factuality", to_string(e.factuality)},
          {"attributed_to", id_or_null('s', e.attributed_to)},
          {"location", location(e.location)},
          {"contexts", e.contexts},
          {"intensity", number_or_null(e.intensity)},
          {"quad_class", text_or_null(e.quad_class)},
          {"cameo", text_or_null(e.cameo)},
          {"details", std::move(details)},
          {"evidence", evidence(e.evidence)},
          {"rule", e.rule},
          {"confidence", confidence(e.confidence)}};
}

Json RecordJson::claim(size_t i) const {
  const Claim& c = doc_.claims[i];
  return {{"id", "c" + std::to_string(i + 1)},
          {"by", c.by},
          {"statement", id_or_null('s', c.statement)},
          {"event", id_or_null('e', c.event)},
          {"property", c.property},
          {"value", c.value},
          {"normal", c.normal},
          {"stance", to_string(c.stance)},
          {"evidence", evidence(c.evidence)},
          {"rule", c.rule},
          {"confidence", confidence(c.confidence)}};
}

Json RecordJson::commitment(size_t i) const {
  const Commitment& k = doc_.commitments[i];
  return {{"id", "k" + std::to_string(i + 1)},
          {"kind", to_string(k.kind)},
          {"by", participants(k.by)},
          {"to", participants(k.to)},
          {"what", words(k.what)},
          {"condition", k.condition ? words(*k.condition) : Json()},
          {"due", event_date(k.due)},
          {"status", to_string(k.status)},
          {"event", id_or_null('e', k.event)},
          {"forswears", k.forswears},
          {"evidence", evidence(k.evidence)},
          {"rule", k.rule},
          {"confidence", confidence(k.confidence)}};
}

Json RecordJson::link(size_t i) const {
  const Link& l = doc_.links[i];
  return {{"id", "l" + std::to_string(i + 1)},
          {"kind", l.kind},
          {"from", entry_id(l.from.type, l.from.index)},
          {"to", entry_id(l.to.type, l.to.index)},
          {"evidence", evidence(l.evidence)},
          {"rule", l.rule},
          {"confidence", confidence(l.confidence)}};
}

Json RecordJson::time(size_t i) const {
  const TimeExpression& t = doc_.times[i];
  return {{"id", "t" + std::to_string(i + 1)},
          {"start", index_.offset(t.span.begin)},
          {"end", index_.offset(t.span.end)},
          {"text", text_of(doc_.article.text, t.span)},
          {"type", to_string(t.type)},
          {"value", t.value},
          {"interval", day_range(t.interval)},
          {"basis", to_string(t.basis)},
          {"resolved_against", t.resolved_against ? Json(to_string(*t.resolved_against)) : Json()},
          {"rule", t.rule},
          {"confidence", confidence(t.confidence)}};
}

Json RecordJson::diagnostic(size_t i) const {
  const Diagnostic& d = doc_.diagnostics[i];
  Json out = {{"code", d.code}, {"severity", to_string(d.severity)}, {"message", d.message}};
  if (d.span) {
    out["start"] = index_.offset(d.span->begin);
    out["end"] = index_.offset(d.span->end);
  }
  return out;
}

Json RecordJson::record(const Producer& producer) const {
  Json out = {{"schema", "demarche/record/1"},
              {"producer", {{"version", producer.version}, {"model", producer.model}, {"lexicon", producer.lexicon}}},
              {"document", document()}};
  const auto list = [&](const char* name, size_t count, Json (RecordJson::*one)(size_t) const) {
    Json rows = Json::array();
    for (size_t i = 0; i < count; ++i) rows.push_back((this->*one)(i));
    out[name] = std::move(rows);
  };
  list("actors", doc_.names.actors.size(), &RecordJson::actor);
  list("events", doc_.events.size(), &RecordJson::event);
  list("statements", doc_.statements.size(), &RecordJson::statement);
  list("claims", doc_.claims.size(), &RecordJson::claim);
  list("commitments", doc_.commitments.size(), &RecordJson::commitment);
  list("links", doc_.links.size(), &RecordJson::link);
  list("times", doc_.times.size(), &RecordJson::time);
  list("diagnostics", doc_.diagnostics.size(), &RecordJson::diagnostic);
  return out;
}

std::string dump(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

}  // namespace demarche
