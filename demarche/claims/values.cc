// Which value the words give.
#include "demarche/claims/finder.h"

#include <cmath>
#include <cstdio>

#include "demarche/core/names_of.h"

namespace demarche {
namespace {

constexpr uint32_t kMaxRestTokens = 12;  // length of a value in free words

std::string shortest(double value) {
  // At most three decimals: figures in reports are not finer, and products of units must not show rounding noise.
  char buffer[64];
  std::snprintf(buffer, sizeof buffer, "%.3f", value);
  std::string out = buffer;
  while (out.back() == '0') out.pop_back();
  if (out.back() == '.') out.pop_back();
  return out;
}

// Whether the phrase is a party's or of it, not only one that speaks of a party further down ("to pressure on the rebels").
bool names_party(const SentenceView& s, uint32_t token) {
  if (mention_headed_by(s.names, s.id, token) || mention_covering(s.names, s.id, token)) return true;
  for (const uint32_t c : s.index.children(token))
    if (const Deprel r = s.node(c).deprel; (r == Deprel::nmod_poss || r == Deprel::compound || r == Deprel::amod || r == Deprel::flat) && !parties_of(s, c).empty()) return true;
  return false;
}

}  // namespace

std::optional<std::vector<std::string>> ClaimFinder::values(const SentenceView& s, const ClaimRule& rule, const PatternMatch& match, Span inside, const std::string& by, Stance& stance,
                                                       Span& span) const {
  std::vector<std::string> out;
  // A rate is no figure of an event.
  if (!match.numbers.empty() && match.last < s.size() && (s.form(match.last) == "per" || s.form(match.last) == "percent")) return std::nullopt;
  if (!match.numbers.empty())
    for (uint32_t i = match.last; i < std::min(s.size(), match.last + 2); ++i)
      if (const std::string word = s.form(i); word == "annually" || word == "yearly" || word == "daily" || word == "monthly" || word == "weekly") return std::nullopt;
  // "47 minutes and 12 seconds" is read by a row of its own.
  if (rule.property == "flight_minutes" && match.numbers.size() == 1 && match.last + 2 < s.size() && s.form(match.last) == "and" && s.lemma(match.last + 2) == "second") return std::nullopt;
  for (const std::string& spec : rule.normal) {
    if (spec == "<num>") {
      for (const double n : match.numbers) {
        if (rule.property == "count" && n < 2) return std::nullopt;
        // A bare year is no figure of dead or of aircraft.
        if (rule.property != "range_km" && rule.property != "apogee_km" && n >= 1900 && n <= 2100 && text_of(text_, span).find(shortest(n)) != std::string_view::npos) return std::nullopt;
        out.push_back(shortest(n));
      }
    } else if (spec == "<num>*1.609344") {
      for (const double n : match.numbers) out.push_back(shortest(std::round(n * 1.609344)));
    } else if (spec == "<min:sec>") {
      if (match.numbers.size() != 2) return std::nullopt;
      out.push_back(shortest(std::round((match.numbers[0] + match.numbers[1] / 60) * 10) / 10));
    } else if (spec == "<text>" || spec == "<rest>") {
      auto [first, last] = match.capture.value_or(std::pair{match.first, match.last});
      if (spec == "<rest>") {
        const uint32_t limit = std::min<uint32_t>(static_cast<uint32_t>(s.sentence.tokens.size()), first + kMaxRestTokens);
        while (last < limit && inside.contains(s.sentence.tokens[last].span)) {
          const std::string word = s.form(last);
          if (s.node(last).upos == Upos::PUNCT && word != "-" && word != "'") break;
          ++last;
        }
        span = token_span(s.sentence, match.first, last);
      }
      out.emplace_back(text_of(text_, token_span(s.sentence, first, last)));
    } else if (spec == "<obj>" || spec == "<subj>" || spec == "<agent>" || spec == "<to>" || spec == "<head>") {
      int32_t token = -1;
      if (spec == "<obj>") token = s.index.child(match.anchor, Deprel::obj);
      // Whom it befell; but "Ruritania, accused by Graustark".
      if (spec == "<subj>" && rule.by != Claimant::agent && s.node(match.anchor).xpos == "VBN" && s.index.child(match.anchor, Deprel::aux_pass) >= 0) return std::nullopt;
      if (spec == "<subj>") token = subject_of(s, match.anchor);
      if (spec == "<head>" && s.node(match.anchor).deprel == Deprel::nsubj) token = s.node(match.anchor).head;
      if (spec == "<agent>") token = s.index.child(match.anchor, Deprel::obl_agent) >= 0 ? s.index.child(match.anchor, Deprel::obl_agent) : s.index.child(match.anchor, Deprel::obl);
      for (uint32_t i = match.anchor + 1; spec == "<agent>" && token < 0 && i < match.last; ++i)  // "armed and trained by"
        if (s.form(i) == "by" && s.node(i).deprel == Deprel::case_) token = s.node(i).head;
      if (spec == "<to>")
        for (uint32_t i = match.anchor + 1; i < match.last; ++i)  // what the preposition governs, wherever it hangs
          if (const std::string word = s.form(i); (word == "on" || word == "upon" || word == "at" || word == "to" || word == "with" || word == "from" || word == "of" || word == "by") && s.node(i).deprel == Deprel::case_) token = s.node(i).head;
      if (token < 0) return std::nullopt;
      // "denied they carried out the strike": themselves.
      if (const std::string word = s.form(static_cast<uint32_t>(token)); spec == "<subj>" && stance == Stance::denies && (word == "it" || word == "they" || word == "we")) {
        out = {by};
        continue;
      }
      // "accused Ruritania of bad faith and Graustark of supplying": what the other one is charged with.
      if (const uint32_t deed = match.last - 1; spec == "<obj>" && deed > match.anchor && s.node(deed).xpos == "VBG") {
        const auto [first, last] = s.index.extent(static_cast<uint32_t>(token));
        const int32_t over = s.node(deed).head;
        const bool own = over == static_cast<int32_t>(match.anchor) || (over >= static_cast<int32_t>(first) && over < static_cast<int32_t>(last)) || s.node(deed).deprel == Deprel::aux;
        const bool other = over >= 0 && over != token && s.node(static_cast<uint32_t>(over)).deprel == Deprel::conj && !parties_of(s, static_cast<uint32_t>(over)).empty();
        if (!own || other) return std::nullopt;
      }
      if (spec == "<to>" && !names_party(s, static_cast<uint32_t>(token))) return std::nullopt;
      out = parties_of(s, static_cast<uint32_t>(token));
      if (out.size() != 1) return std::nullopt;
      if (rule.hostile && out[0] == by && stance != Stance::denies) return std::nullopt;
      span = cover(span, token_span(s.sentence, s.index.extent(static_cast<uint32_t>(token)).first, s.index.extent(static_cast<uint32_t>(token)).second));
    } else if (spec == "<self>") {
      out.push_back(by);
    } else if (spec == "<self>!") {
      out.push_back(by);
      stance = Stance::denies;
    } else if (spec.ends_with('?')) {  // left open
      out.push_back(spec.substr(0, spec.size() - 1));
      stance = Stance::doubts;
    } else if (spec.ends_with('!')) {  // a denial of that value
      out.push_back(spec.substr(0, spec.size() - 1));
      stance = Stance::denies;
    } else {
      out.push_back(spec);
    }
  }
  return out;
}

}  // namespace demarche
