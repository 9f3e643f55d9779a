#include "demarche/times/quotes.h"

#include <algorithm>

namespace demarche {
namespace {

using Form = Expression::Form;

// Stretches in quotation marks; a quotation ends with its paragraph at the latest. Half-open, in text order.
std::vector<Span> quotations(std::string_view text) {
  std::vector<Span> out;
  uint32_t open = UINT32_MAX;
  const auto close = [&](size_t at) {
    if (open != UINT32_MAX) out.push_back({open, static_cast<uint32_t>(at)});
    open = UINT32_MAX;
  };
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n') {
      close(i);
    } else if (text[i] == '"') {
      if (open == UINT32_MAX)
        open = static_cast<uint32_t>(i);
      else
        close(i);
    } else if (text.compare(i, 3, "\u201C") == 0) {
      close(i);
      open = static_cast<uint32_t>(i);
    } else if (text.compare(i, 3, "\u201D") == 0) {
      close(i);
    }
  }
  close(text.size());
  return out;
}

// Counts from the day of speaking.
bool is_deictic(const Pending& p) {
  const Expression& e = p.expression;
  if (e.anchor != Anchor::report) return false;
  if (e.form == Form::weekday) return p.tense == ClauseTense::future || e.direction != Direction::none;
  return e.form == Form::day || e.form == Form::period || e.form == Form::shift;
}

bool is_day(const Expression& e) {
  return e.form == Form::weekday || e.form == Form::day || (e.form == Form::calendar && e.month && e.day);
}

}  // namespace

bool stands_by_saying(const Words& words, size_t first, size_t last) {
  constexpr size_t kBefore = 9, kAfter = 6;
  const auto is_pause = [&](size_t i) { return words.is_mark(i) && !words.is(i, "'") && !words.is(i, "-"); };
  for (size_t i = first, steps = 0; i > 0 && steps < kBefore && !is_pause(i - 1); --i, ++steps)
    if (words.match(i - 1, WordClass::saying)) return true;
  for (size_t i = last, steps = 0; i < words.size() && steps < kAfter && !is_pause(i); ++i, ++steps)
    if (words.match(i, WordClass::saying)) return true;
  return false;
}

std::vector<QuotedBy> days_of_quotations(std::string_view text, std::span<const Sentence> sentences, const std::vector<Pending>& all) {
  std::vector<QuotedBy> out;
  if (std::none_of(all.begin(), all.end(), [](const Pending& p) { return p.said; })) return out;
  const std::vector<Span> quoted = quotations(text);
  const auto in_quotation = [&](Span span) {
    const auto next = std::partition_point(quoted.begin(), quoted.end(), [&](Span q) { return q.end <= span.begin; });
    return next != quoted.end() && next->begin < span.begin;
  };
  for (size_t i = 0; i < all.size(); ++i) {
    if (!is_deictic(all[i]) || !in_quotation(all[i].span)) continue;
    const uint32_t paragraph = sentences[all[i].sentence].paragraph;
    constexpr size_t kNear = 4;  // expressions on either side that are looked at
    size_t best = all.size();
    for (size_t k = i > kNear ? i - kNear : 0; k < std::min(all.size(), i + kNear + 1); ++k) {
      const Pending& p = all[k];
      if (k == i || !p.said || !is_day(p.expression) || in_quotation(p.span) || sentences[p.sentence].paragraph != paragraph) continue;
      const bool same = p.sentence == all[i].sentence, before = p.sentence + 1 == all[i].sentence;
      if (same || (before && (best == all.size() || all[best].sentence != all[i].sentence))) best = k;
    }
    if (best < all.size()) out.push_back({i, best});
  }
  return out;
}

}  // namespace demarche
