// The circumstance of a saying: its day, channel, place and addressee, and how far its content is quoted.

#include <algorithm>
#include <string>

#include "demarche/statements/resolve.h"
#include "demarche/statements/speaker_words.h"

namespace demarche::attribution {
namespace {

bool overlaps_any(std::span<const Span> spans, Span span) {
  return std::any_of(spans.begin(), spans.end(), [&](Span s) { return s.overlaps(span); });
}

}  // namespace

namespace {

// Whether a time says when the cue was: not that of a noun ("the 2003 truce", but "in a Monday statement"), of a clause below the cue ("breaking the truce
// signed on Monday, ..."), or of one before a semicolon.
bool time_of_cue(const ParsedSentence& view, const TimeExpression& time, uint32_t cue, const CueLexicon& lexicon) {
  constexpr int kClimb = 12;
  for (uint32_t i = std::min(time.last, cue); i < std::max(time.first, cue) && i < view.size(); ++i)
    if (view.is(i, ";")) return false;
  uint32_t at = time.last - 1;
  for (uint32_t i = time.first; i < time.last; ++i)
    if (view.head(i) < 0 || static_cast<uint32_t>(view.head(i)) < time.first || static_cast<uint32_t>(view.head(i)) >= time.last) at = i;
  for (int climb = 0; climb < kClimb; ++climb) {
    if (view.head(at) < 0) return true;
    const auto head = static_cast<uint32_t>(view.head(at));
    if (head == cue) return true;
    const bool below_cue = view.rel(at) == Deprel::advcl || view.rel(at) == Deprel::acl;
    if (below_cue) return false;
    const auto children = view.children(at);
    const bool of = view.rel(at) == Deprel::nmod && std::any_of(children.begin(), children.end(), [&](uint32_t c) { return view.is(c, "of"); });
    const bool modifier = of || view.rel(at) == Deprel::compound || view.rel(at) == Deprel::nummod || view.rel(at) == Deprel::amod;
    if (modifier && view.head(head) != static_cast<int32_t>(cue) && lexicon.channel(view.lemma(head)).empty()) return false;
    at = head;
  }
  return true;
}

}  // namespace

std::optional<EventDate> date_of(const ParsedSentence& view, const Draft& draft, std::span<const TimeExpression> times, const CueLexicon& lexicon) {
  constexpr uint32_t kReach = 14;  // tokens between a cue and the time of its saying
  if (!draft.row) return {};
  const TimeExpression* best = nullptr;
  uint32_t best_distance = kReach + 1;
  const auto begin = std::partition_point(times.begin(), times.end(), [&](const TimeExpression& t) { return t.sentence.index < view.id(); });
  for (auto it = begin; it != times.end() && it->sentence.index == view.id(); ++it) {
    if (!it->interval || it->bound_only || it->type == TimexType::set || it->type == TimexType::duration || overlaps_any(draft.content, it->span)) continue;
    if (!time_of_cue(view, *it, draft.cue_token, lexicon)) continue;
    const uint32_t distance = it->first > draft.cue_token ? it->first - draft.cue_token : draft.cue_token - std::min(draft.cue_token, it->last);
    if (distance < best_distance) {
      best = &*it;
      best_distance = distance;
    }
  }
  if (!best) return {};
  // A time behind another verb belongs to that verb: "said the minister, who arrived on Monday".
  for (uint32_t i = std::min(draft.cue_token, best->first) + 1; i < std::max(draft.cue_token, best->first) && i < view.size(); ++i)
    if (view.node(i).upos == Upos::VERB && i != draft.cue_token && !overlaps_any(draft.content, view.token(i)) && best->first > draft.cue_token) return {};
  return EventDate{*best->interval, std::string(text_of(view.text(), best->span)), best->basis == TimeBasis::explicit_ ? EventDateBasis::explicit_ : EventDateBasis::relative};
}

Span without_time_of_saying(const ParsedSentence& view, const Draft& draft, std::span<const TimeExpression> times) {
  Span content = draft.content.front();
  const bool told = draft.addressee >= 0 && static_cast<uint32_t>(draft.addressee) < view.size() && view.token(static_cast<uint32_t>(draft.addressee)).end <= content.begin &&
                    content.begin <= view.token(static_cast<uint32_t>(draft.addressee)).end + 2;
  if (draft.pattern != Pattern::clause || content.begin < draft.cue.end || (content.begin > draft.cue.end + 2 && !told)) return content;
  uint32_t first = token_at(view.sentence(), content.begin);
  if (first >= view.size() || view.token(first).begin != content.begin) return content;
  const bool preposition = view.is_any(first, {"on", "in"});
  const auto begin = std::partition_point(times.begin(), times.end(), [&](const TimeExpression& t) { return t.sentence.index < view.id(); });
  for (auto it = begin; it != times.end() && it->sentence.index == view.id(); ++it) {
    if (it->type == TimexType::duration || it->type == TimexType::set || !it->interval) continue;
    if (it->first != first + (preposition ? 1 : 0) && it->span.begin != content.begin) continue;
    const uint32_t next = it->last;
    if (next + 2 >= view.size() || view.token(next).begin >= content.end) return content;
    // A subject must follow ("said Sunday was a holiday", "said last week's raid failed" tell of the time itself).
    const Upos tag = view.node(next).upos;
    const bool subject = view.is_any(next, {"not", "to"}) || tag == Upos::DET || tag == Upos::PRON || tag == Upos::PROPN || tag == Upos::NUM || (preposition && tag == Upos::NOUN) || (tag == Upos::NOUN && view.plural(next));
    if (subject && !view.is(next, "'s")) content.begin = view.token(next).begin;
    return content;
  }
  return content;
}

std::string channel_of(const ParsedSentence& view, const Draft& draft, const CueLexicon& lexicon) {
  constexpr uint32_t kReach = 24;
  if (!draft.row) return {};
  if (draft.row->words[0] == "tweet" || draft.row->words[0] == "retweet") return "social_media";
  if (draft.row->words[0] == "testify") return "testimony";
  const uint32_t first = draft.cue_token > kReach ? draft.cue_token - kReach : 0;
  const uint32_t last = std::min(view.size(), draft.cue_token + kReach);
  std::string best;
  uint32_t best_distance = kReach + 1;
  for (uint32_t i = first; i < last; ++i) {
    if (!view.nominal(i) || overlaps_any(draft.content, view.token(i)) || (draft.speaker.sentence == view.id() && draft.speaker.range.holds(i))) continue;
    std::string lower(view.lemma(i));
    for (char& ch : lower)
      if (ch >= 'A' && ch <= 'Z') ch = static_cast<char>(ch - 'A' + 'a');
    const std::string_view channel = lexicon.channel(lower);
    if (channel.empty()) continue;
    if (lower == "conference" && !(i > 0 && view.is_any(i - 1, {"news", "press"}))) continue;
    bool preposition = false;
    for (const uint32_t c : view.children(i)) preposition = preposition || (view.rel(c) == Deprel::case_ && view.is_any(c, {"in", "at", "on", "during", "via", "through", "by", "over", "to", "after"}));
    if (!preposition) continue;
    const uint32_t distance = i > draft.cue_token ? i - draft.cue_token : draft.cue_token - i;
    if (distance < best_distance) {
      best = channel;
      best_distance = distance;
    }
  }
  return best;
}

std::optional<Location> location_of(const ParsedSentence& view, const Draft& draft, const Names& names) {
  if (!draft.row) return {};
  for (const uint32_t c : view.children(draft.cue_token)) {
    if (view.rel(c) != Deprel::obl || overlaps_any(draft.content, view.token(c))) continue;
    if (view.marker(c, "in") < 0 && view.marker(c, "at") < 0) continue;
    const Mention* mention = mention_headed_by(names, SentenceId{view.id()}, c);
    const Actor* actor = actor_of(names, mention);
    if (!actor || (actor->kind != ActorKind::place && actor->kind != ActorKind::government) || mention->form != MentionForm::name) continue;
    return Location{std::string(text_of(view.text(), mention->span)), actor->country.empty() ? actor->party : actor->country, actor->lat, actor->lon};
  }
  return {};
}

void set_addressee(const ParsedSentence& view, const Draft& draft, const Names& names, const CueLexicon& lexicon, Statement& statement) {
  if (draft.addressee < 0 || static_cast<uint32_t>(draft.addressee) >= view.size()) return;
  const auto token = static_cast<uint32_t>(draft.addressee);
  const Mention* mention = mention_headed_by(names, SentenceId{view.id()}, token);
  const Actor* actor = actor_of(names, mention);
  const bool teller = draft.row && (draft.row->frames & kAddressee) && draft.pattern != Pattern::object_infinitive;
  const SpeakerClass noun = lexicon.speaker_class(view.lemma(token));
  const bool outlet = (actor && (actor->sector == "JRN" || actor->kind == ActorKind::organization)) || noun == SpeakerClass::media || noun == SpeakerClass::body ||
                      view.is_any(token, {"reporters", "journalists", "newsmen"}) || (!actor && (view.node(token).upos == Upos::PROPN || (view.word(token)[0] >= 'A' && view.word(token)[0] <= 'Z')));
  if (teller && outlet && view.node(token).upos != Upos::PRON) {
    const SpeakerWords words = phrase_of(view, token, {draft.cue_token + 1, view.size()});
    TokenRange range = words.range;
    for (uint32_t i = words.head + 1; i < range.last; ++i)
      if (view.is_any(i, {"that", "on", ",", ":", "in", "during", "after"})) range.last = i;
    if (!words.empty()) statement.told_to = std::string(text_of(view.text(), view.span(range)));
  }
  if (actor) statement.addressee = Participant{mention->actor, actor->party, actor->sector};
}

Quotation quotation_of(std::string_view text, std::span<const Span> content, std::span<const QuoteSpan> quotes) {
  uint64_t total = 0, quoted = 0;
  const auto weight = [&](uint32_t begin, uint32_t end) {
    uint64_t n = 0;
    for (uint32_t i = begin; i < end; ++i) n += text[i] != ' ' && text[i] != '\n' && text[i] != ',' && text[i] != '.' && text[i] != '"';
    return n;
  };
  for (const Span part : content) {
    total += weight(part.begin, part.end);
    auto it = std::partition_point(quotes.begin(), quotes.end(), [&](const QuoteSpan& q) { return q.outer.begin < part.begin; });
    // The quotation that began before the part may reach into it; look a few back, since short ones may lie between.
    for (int back = 0; back < 8 && it != quotes.begin(); ++back) --it;
    uint32_t reached = part.begin;
    for (; it != quotes.end() && it->outer.begin < part.end; ++it) {
      if (it->depth != 0 && !(reached == part.begin && it->single)) continue;
      if (!it->closed && !it->carried_on && !it->continues) {
        // An opening mark without its fellow: the words behind it are quoted as far as the content goes.
        if (it->inner.begin < part.begin) continue;
      }
      const uint32_t begin = std::max(it->inner.begin, reached), end = std::min(it->inner.end, part.end);
      if (begin >= end) continue;
      // Names and titles in marks are no quotation: every word begins with a capital.
      bool title = it->inner.end - it->inner.begin < 40 && part.end - part.begin > 2 * (it->inner.end - it->inner.begin);
      for (uint32_t i = it->inner.begin; i < it->inner.end && title; ++i)
        if ((i == it->inner.begin || text[i - 1] == ' ') && text[i] >= 'a' && text[i] <= 'z') title = false;
      if (title) continue;
      quoted += weight(begin, end);
      reached = end;
    }
  }
  if (quoted == 0) return Quotation::indirect;
  return quoted * 100 >= total * 97 ? Quotation::direct : Quotation::mixed;
}

}  // namespace demarche::attribution
