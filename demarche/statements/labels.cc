#include "demarche/statements/labels.h"

#include <algorithm>

#include "demarche/statements/frames.h"
#include "demarche/statements/speaker_words.h"

namespace demarche::attribution {
namespace {

constexpr uint32_t kMaxLabel = 7;      // tokens before the colon or behind the dash
constexpr uint32_t kMaxDashLabel = 14;  // "- Esther Tapia, a nurse from the northern province"
constexpr size_t kTranscript = 3;      // labelled paragraphs that make a transcript

bool capitals(std::string_view word) {
  return word.size() >= 2 && std::all_of(word.begin(), word.end(), [](char c) { return (c >= 'A' && c <= 'Z') || c == '.' || c == '-' || c == '\''; });
}

bool quotes_next(const ParsedSentence& view, uint32_t i) { return i < view.size() && view.is_any(i, {"\"", "\xE2\x80\x9C", "``", "'", "\xE2\x80\x98"}) && view.punct(i); }

const CueRow* row_of(const CueLexicon& lexicon, std::string_view lemma) {
  const auto rows = lexicon.find(CuePos::colon, lemma);
  return rows.empty() ? nullptr : rows.front();
}

// The words before the colon name somebody who can speak: nothing else does ("Photo: ...", "The plan has two parts: ...").
struct Label {
  SpeakerWords speaker;
  bool capitals = false;  // "VIDAK:", believed in a transcript only
};

std::optional<Label> label_of(const ParsedSentence& view, const Names& names, const CueLexicon& lexicon) {
  const uint32_t first = view.size() > 0 && quotes_next(view, 0) ? 1 : 0;
  uint32_t colon = 0;
  for (uint32_t i = first + 1; i < std::min(view.size(), first + kMaxLabel + 1) && colon == 0; ++i) {
    if (view.is(i, ":")) colon = i;
    else if (view.verbal(i) || (view.punct(i) && !view.is_any(i, {"-", ".", "(", ")"}))) return {};
  }
  if (colon == 0 || colon + 3 > view.size() || view.token(colon).begin > view.token(colon - 1).end) return {};
  uint32_t head = first;
  for (uint32_t i = first; i < colon; ++i)
    if (view.nominal(i) && (view.head(i) < 0 || u(view.head(i)) >= colon)) head = i;
  if (!view.nominal(head)) head = colon - 1;
  const bool shouted = capitals(view.word(first)) && view.node(head).upos != Upos::NUM;
  const SpeakerClass noun = lexicon.speaker_class(view.lemma(head));
  const Mention* mention = mention_covering(names, SentenceId{view.id()}, head);
  const Actor* actor = mention && mention->actor.valid() && mention->actor.index < names.actors.size() ? &names.actors[mention->actor.index] : nullptr;
  bool person = false;  // a name that no list knows
  for (const EntitySpan& e : view.entities()) person = person || (e.first <= head && head < e.last && e.last <= colon && e.type == "person" && view.node(head).upos == Upos::PROPN);
  const bool can = shouted || (person && !actor) || (noun != SpeakerClass::unknown && !view.is_any(head, {"note", "source", "sources", "photo", "picture", "image", "graphic", "chart", "map", "video", "caption", "comment", "page", "email", "number"})) ||
                   (actor && actor->kind != ActorKind::place && actor->kind != ActorKind::weapon && actor->kind != ActorKind::vessel);
  if (!can) return {};
  return Label{{view.id(), {first, colon}, head}, shouted};
}

bool has_verb(const ParsedSentence& view, uint32_t first) {
  for (uint32_t i = first; i < view.size(); ++i)
    if (finite_verb(view, i) || view.node(i).upos == Upos::VERB) return true;
  return false;
}

}  // namespace

std::vector<Draft> labelled_paragraphs(std::span<const ParsedSentence> views, const Names& names, const CueLexicon& lexicon) {
  std::vector<Draft> out;
  const CueRow* row = row_of(lexicon, "colon");
  if (!row) return out;
  std::vector<bool> shouted;
  for (uint32_t s = 0; s < views.size(); ++s) {
    if (s > 0 && views[s].sentence().paragraph == views[s - 1].sentence().paragraph) continue;
    const auto label = label_of(views[s], names, lexicon);
    if (!label) continue;
    const uint32_t colon = label->speaker.range.last;
    if (quotes_next(views[s], colon + 1) || !has_verb(views[s], colon + 1)) continue;
    Draft draft;
    draft.row = row;
    draft.pattern = Pattern::label;
    draft.sentence = s;
    draft.cue_token = colon;
    draft.cue = views[s].token(colon);
    draft.speaker = label->speaker;
    draft.content = {{views[s].token(colon + 1).begin, views[s].sentence().span.end}};
    shouted.push_back(label->capitals);
    out.push_back(std::move(draft));
  }
  if (out.size() < kTranscript) {
    for (size_t i = out.size(); i-- > 0;)
      if (shouted[i]) out.erase(out.begin() + static_cast<std::ptrdiff_t>(i));
    return out;
  }
  for (Draft& draft : out)
    for (uint32_t s = draft.sentence + 1; s < views.size() && views[s].sentence().paragraph == views[draft.sentence].sentence().paragraph; ++s)
      draft.content.front().end = views[s].sentence().span.end;
  return out;
}

std::optional<Draft> name_behind_dash(const QuotedPassage& quotation, std::span<const ParsedSentence> views, const CueLexicon& lexicon) {
  const CueRow* row = row_of(lexicon, "dash");
  if (!row || !quotation.whole) return {};
  const std::string_view text = views[quotation.last_sentence].text();
  uint32_t at = quotation.end;
  while (at < text.size() && text[at] == ' ') ++at;
  const uint32_t dash_at = at;
  for (const std::string_view dash : {"\xE2\x80\x95", "\xE2\x80\x94", "\xE2\x80\x93", "--", "-"})
    if (at == dash_at && text.substr(at).starts_with(dash)) at += static_cast<uint32_t>(dash.size());
  const uint32_t dash_end = at;
  while (at < text.size() && text[at] == ' ') ++at;
  if (dash_end == dash_at || at >= text.size() || !(text[at] >= 'A' && text[at] <= 'Z')) return {};
  const size_t line_end = std::min(text.size(), text.find('\n', at));
  // The splitter may begin a sentence with the name.
  for (uint32_t s = quotation.last_sentence; s < std::min<size_t>(views.size(), quotation.last_sentence + 3); ++s) {
    const ParsedSentence& view = views[s];
    const uint32_t first = token_at(view.sentence(), at);
    if (first >= view.size() || view.token(first).begin != at) continue;
    uint32_t last = first;
    while (last < view.size() && view.token(last).end <= line_end) ++last;
    if (last == view.size() && s + 1 < views.size() && views[s + 1].sentence().span.begin < line_end) return {};  // the line goes on
    while (last > first && view.punct(last - 1) && !view.is(last - 1, ")")) --last;
    if (last == first || last > first + kMaxDashLabel) return {};
    for (uint32_t i = first; i < last; ++i)
      if (finite_verb(view, i)) return {};
    Draft draft;
    draft.row = row;
    draft.pattern = Pattern::label;
    draft.sentence = s;
    draft.cue_token = first;
    draft.cue = {dash_at, dash_end};
    uint32_t head = first;
    for (uint32_t i = first; i < last && !view.is(i, ","); ++i)
      if (view.nominal(i) && (view.head(i) < static_cast<int32_t>(first) || u(view.head(i)) >= last)) head = i;
    draft.speaker = {s, {first, last}, head};
    draft.content = quotation.inner;
    return draft;
  }
  return {};
}

}  // namespace demarche::attribution
