#include "demarche/statements/quotations.h"

#include <algorithm>
#include <optional>

#include "demarche/core/utf8.h"
#include "demarche/statements/frames.h"
#include "demarche/statements/labels.h"
#include "demarche/statements/speaker_words.h"

namespace demarche::attribution {
namespace {

constexpr uint32_t kMaxRest = 60;  // tokens beside a quotation that are searched for its cue
constexpr uint32_t kMaxQuotedSentences = 60;  // a longer run under one pair of marks is a document, not a quotation

char before_mark(std::string_view text, uint32_t at) {
  while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == '\n' || text[at - 1] == '\t')) --at;
  return at > 0 ? text[at - 1] : '\n';
}

bool upper_start(std::string_view text, Span inner) {
  uint32_t i = inner.begin;
  while (i < inner.end && (text[i] == '[' || text[i] == '(' || text[i] == '.' || text[i] == ' ' || text[i] == '\'' || text[i] == '"')) ++i;
  if (i >= inner.end) return false;
  const char32_t c = code_point_at(text, i).value;
  return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '$' || (c >= 0xC0 && c <= 0xDE) || text[inner.begin] == '[' || text.substr(inner.begin, 3) == "...";
}

// The last character inside, editors' brackets passed over ("each other[,]").
char last_inside(std::string_view text, Span inner) {
  uint32_t i = inner.end;
  while (i > inner.begin + 3) {
    if (text[i - 1] == ']' || text[i - 1] == ')' || text[i - 1] == '\'') --i;
    else if (text.substr(i - 3, 3) == "\xE2\x80\x99") i -= 3;  // "It feels like, 'not yet,'" closes twice
    else break;
  }
  return text[i - 1];
}

bool ends_sentence(char c) { return c == '.' || c == '?' || c == '!' || c == '\n'; }

uint32_t words_in(std::string_view text, Span span) {
  uint32_t n = 0;
  bool in_word = false;
  for (uint32_t i = span.begin; i < span.end && n < 8; ++i) {
    const bool w = text[i] != ' ' && text[i] != '\n';
    n += w && !in_word;
    in_word = w;
  }
  return n;
}

// The tokens of the sentence outside [begin, end) on one side.
TokenRange tokens_after(const ParsedSentence& view, uint32_t byte) {
  const uint32_t first = std::min(token_at(view.sentence(), byte), view.size());
  return {first, std::min(view.size(), first + kMaxRest)};
}

TokenRange tokens_before(const ParsedSentence& view, uint32_t byte) {
  uint32_t last = std::min(token_at(view.sentence(), byte), view.size());
  while (last > 0 && view.token(last - 1).end > byte) --last;
  return {last > kMaxRest ? last - kMaxRest : 0, last};
}

const CueRow* quote_row(const ParsedSentence& view, uint32_t token, const CueLexicon& lexicon, uint32_t& cue_last) {
  uint32_t last = view.size();
  while (last > 0 && view.punct(last - 1)) --last;
  const bool final = token + 1 == last && view.word(token).ends_with("ed");  // "...,' a diplomat who was there grumbled."
  if (!view.verbal(token) && !final && view.node(token).upos != Upos::NOUN && view.node(token).upos != Upos::PROPN) return nullptr;
  const bool before_mark = token + 2 < view.size() && view.is_any(token + 1, {",", ":"}) && view.is_any(token + 2, {"\"", "\xE2\x80\x9C", "``"});
  const bool participle = before_mark && token > 0 && view.is(token - 1, ",") && view.word(token).ends_with("ing");
  const auto matches = match_cue(view, token, lexicon, CuePos::verb);
  for (const CueMatch& match : matches)
    if (match.row->frames & kQuote) {
      if (!view.verbal(token) && !view.has_xpos(token, "VB")) {
        // A tagger's slip is believed only for the plainest cues ("..., X says").
        if (!participle && !final && match.row->words[0] != "say" && match.row->words[0] != "add" && match.row->words[0] != "tell") continue;
      }
      cue_last = match.last;
      return match.row;
    }
  return nullptr;
}

std::optional<Draft> make_draft(const ParsedSentence& view, uint32_t cue, uint32_t cue_last, const CueRow* row, Pattern pattern, SpeakerWords speaker) {
  if (speaker.empty()) return {};
  Draft draft;
  draft.row = row;
  draft.pattern = pattern;
  draft.sentence = view.id();
  draft.cue_token = cue;
  draft.cue = cue_words(view, cue, cue_last);
  draft.speaker = speaker;
  const int32_t object = view.child(cue, Deprel::obj) >= 0 ? view.child(cue, Deprel::obj) : view.child(cue, Deprel::iobj);
  if (object >= 0 && (row->frames & kAddressee) && !speaker.range.holds(static_cast<uint32_t>(object))) draft.addressee = object;
  return draft;
}

// "...," X was quoted by Y as saying: X speaks, Y relays.
std::optional<Draft> quoted_as_saying(const ParsedSentence& view, uint32_t saying, TokenRange rest, const CueRow* row) {
  constexpr uint32_t kMostBetween = 16;  // tokens of whoever relays
  if (saying <= rest.first + 2 || !view.is(saying - 1, "as") || !view.has_xpos(saying, "VBG")) return {};
  for (uint32_t i = saying - 1; i-- > rest.first + 1 && i + kMostBetween > saying;) {
    if (!view.is_any(i, {"quoted", "cited", "reported"}) || view.lemma(i - 1) != "be") continue;
    const SpeakerWords speaker = phrase_before(view, i, {rest.first, i});
    auto draft = make_draft(view, i, i + 1, row, Pattern::quote_then_cue, speaker);
    if (!draft) return {};
    draft->cue = saying - i <= 2 ? view.span({i, saying + 1}) : view.token(saying);
    draft->addressee = -1;
    if (view.is(i + 1, "by")) draft->relayer = phrase_after(view, i + 1, {i + 2, saying - 1});
    return draft;
  }
  return {};
}

// "...," said X / "...," X said. The first verb that can bring in a quotation, with a speaker in reach.
std::optional<Draft> cue_after(const ParsedSentence& view, TokenRange rest, const CueLexicon& lexicon, bool whole) {
  while (rest.first < rest.last && view.punct(rest.first)) ++rest.first;
  // A phrase in quotation marks and ", and the president had vowed ...": the sentence goes on, nobody is quoted.
  if (!whole && rest.first < rest.last && (view.node(rest.first).upos == Upos::CCONJ || view.is_any(rest.first, {"who", "which", "while", "as", "after", "before", "when"}))) return {};
  for (uint32_t i = rest.first; i < rest.last; ++i) {
    uint32_t cue_last = i + 1;
    const CueRow* row = quote_row(view, i, lexicon, cue_last);
    if (!row) {
      // A verb with a subject of its own before any cue: the rest is the narrator's sentence.
      const int32_t own = view.subject(i);
      if (view.node(i).upos == Upos::VERB && own >= 0 && rest.holds(u(own)) && view.rel(i) != Deprel::acl_relcl && !view.is_any(u(own), {"who", "which", "that"})) return {};
      continue;
    }
    if (!reality_of(view, i, *row).told) continue;
    if (auto relayed = quoted_as_saying(view, i, rest, row)) return relayed;
    if (view.has_xpos(i, "VBG")) continue;  // ", warning Seoul": a second act of whoever spoke
    if (view.rel(i) == Deprel::acl_relcl && i > rest.first + 1 && view.subject(i) >= 0 && view.is_any(static_cast<uint32_t>(view.subject(i)), {"who", "which", "that"}) && i + 1 < rest.last) continue;
    if (view.passive(i)) continue;
    // After a mere phrase in quotation marks the cue must have nothing of its own ("..., the Post published a report").
    if (!whole && (view.child(i, Deprel::obj) > static_cast<int32_t>(i) || view.child(i, Deprel::ccomp) > static_cast<int32_t>(i)) && (row->frames & kAddressee) == 0) return {};
    if (!whole && (row->frames & kClause) == 0) return {};
    SpeakerWords speaker;
    const int32_t subject = view.subject(i);
    const bool inverted = i <= rest.first + 1 && (i == rest.first || view.node(i - 1).upos == Upos::ADV);
    if (subject >= 0 && rest.holds(static_cast<uint32_t>(subject))) {
      const auto s = static_cast<uint32_t>(subject);
      TokenRange within = s < i ? TokenRange{rest.first, i} : TokenRange{i + 1, view.size()};
      speaker = phrase_of(view, s, within);
    }
    if (speaker.empty() && !inverted) speaker = phrase_before(view, i, {rest.first, i});
    if (speaker.empty()) speaker = phrase_after(view, i, {i + 1, view.size()});
    if (auto draft = make_draft(view, i, cue_last, row, Pattern::quote_then_cue, speaker)) {
      // A long way to the cue is a sign of narration in between.
      if (i > rest.first + 20) draft->factor = 0.7f;
      return draft;
    }
  }
  return {};
}

// X said: "..." / X, adding, "..."; the nearest cue before the mark.
std::optional<Draft> cue_before(const ParsedSentence& view, TokenRange rest, const CueLexicon& lexicon, bool close_by) {
  for (uint32_t i = rest.last; i-- > rest.first;) {
    uint32_t cue_last = i + 1;
    const CueRow* row = quote_row(view, i, lexicon, cue_last);
    if (!row) {
      if (view.is(i, "to") && i > rest.first && view.is(i - 1, "according")) return {};
      continue;
    }
    if (close_by && i + 12 < rest.last && !view.is_any(rest.last - 1, {":", ","})) return {};
    // "said he was there, 'like you'": the cue has a clause of its own, which the quotation only ends.
    bool clause = false;
    for (uint32_t j = cue_last; j < rest.last; ++j) clause = clause || finite_verb(view, j) || view.is(j, "that");
    if (clause && !view.is(rest.last - 1, ":")) return {};
    if (!reality_of(view, i, *row).told && !view.is(rest.last - 1, ":")) continue;
    // "the note written by the suspect": a participle that says nothing here
    if (view.node(i).xpos == "VBN" && (view.rel(i) == Deprel::acl || view.rel(i) == Deprel::advcl) && view.child(i, Deprel::aux) < 0) continue;
    SpeakerWords speaker = speaker_of(view, i);
    // "X said that ..., further saying, '...'": who spoke before in the sentence goes on.
    if (view.word(i).ends_with("ing") && i > rest.first && (view.is(i - 1, ",") || (i > rest.first + 1 && view.node(i - 1).upos == Upos::ADV && view.is(i - 2, ","))))
      for (uint32_t k = i; k-- > rest.first;) {
        uint32_t earlier_last = k + 1;
        if (!finite_verb(view, k) || !quote_row(view, k, lexicon, earlier_last)) continue;
        const SpeakerWords before = speaker_of(view, k);
        if (!before.empty() && before.range.last <= k) speaker = before;
        break;
      }
    // Words of the quotation are no speaker of it, whatever the tree says.
    if (!speaker.empty() && speaker.range.last > rest.last) speaker = {};
    const bool participle = view.has_xpos(i, "VBG");
    if (speaker.empty() && !view.passive(i) && !participle) speaker = phrase_before(view, i, {rest.first, i});
    if (speaker.empty()) speaker = last_subject(view, {rest.first, i});
    if (auto draft = make_draft(view, i, cue_last, row, Pattern::cue_then_quote, speaker)) return draft;
  }
  return {};
}

// Remarked X, "...": the cue opens the sentence, its speaker stands between it and the comma.
std::optional<Draft> cue_in_front(const ParsedSentence& view, TokenRange rest, const CueLexicon& lexicon) {
  const uint32_t cue = std::max(rest.first, after_dateline(view));
  uint32_t cue_last = cue + 1;
  if (cue + 2 >= rest.last || !view.is_any(rest.last - 1, {",", ":"}) || !(view.word(cue).ends_with("ed") || view.is_any(cue, {"said", "says", "wrote"}))) return {};
  const CueRow* row = quote_row(view, cue, lexicon, cue_last);
  if (!row || cue_last != cue + 1 || view.punct(cue + 1) || view.node(cue + 1).upos == Upos::ADP) return {};
  const SpeakerWords speaker = phrase_after(view, cue, {cue + 1, rest.last});
  if (speaker.empty() || speaker.range.first != cue + 1 || speaker.range.last + 1 < rest.last) return {};
  return make_draft(view, cue, cue_last, row, Pattern::cue_then_quote, speaker);
}

// "issued the following statement:", "had a warning:": whoever acts before a colon and a quotation speaks it.
std::optional<Draft> act_before_colon(const ParsedSentence& view, TokenRange rest, const CueLexicon& lexicon) {
  if (rest.last < rest.first + 3 || !view.is(rest.last - 1, ":")) return {};
  const auto rows = lexicon.find(CuePos::colon, "colon");
  if (rows.empty()) return {};
  SpeakerWords speaker = last_subject(view, {rest.first, rest.last - 1});
  if (speaker.empty()) return {};
  Draft draft;
  draft.row = rows.front();
  draft.pattern = Pattern::quote_colon;
  draft.sentence = view.id();
  draft.cue_token = rest.last - 1;
  draft.cue = view.token(rest.last - 1);
  draft.speaker = speaker;
  return draft;
}

// A name and a colon: "Minister: '...'".
std::optional<Draft> colon_before(const ParsedSentence& view, TokenRange rest, const CueLexicon& lexicon) {
  if (rest.last < rest.first + 2 || !view.is(rest.last - 1, ":") || rest.last - rest.first > 14) return {};
  const auto rows = lexicon.find(CuePos::colon, "colon");
  if (rows.empty()) return {};
  SpeakerWords speaker = phrase_before(view, rest.last - 1, {rest.first, rest.last - 1});
  if (speaker.empty() || view.node(speaker.head).upos != Upos::PROPN) return {};
  // "wrote on Twitter: '...'": a place of saying, no speaker
  if (speaker.range.first > rest.first && view.node(speaker.range.first - 1).upos == Upos::ADP) return {};
  Draft draft;
  draft.row = rows.front();
  draft.pattern = Pattern::quote_colon;
  draft.sentence = view.id();
  draft.cue_token = rest.last - 1;
  draft.cue = view.token(rest.last - 1);
  draft.speaker = speaker;
  return draft;
}

bool is_used(const std::vector<std::vector<bool>>& used, uint32_t sentence, uint32_t token) {
  return sentence < used.size() && token < used[sentence].size() && used[sentence][token];
}

bool has_clause(const ParsedSentence& view, TokenRange range) {
  for (uint32_t i = range.first; i < range.last; ++i)
    if (finite_verb(view, i)) return true;
  return false;
}

// Content of a quotation whose attribution follows: its inside, and with it the beginning of the sentence when the quotation
// only ends it ('It was "a mistake," he said').
std::vector<Span> content_before_cue(const ParsedSentence& view, const QuotedPassage& q, const Draft* before) {
  // "With so many ballots, 'there is no single point of failure,' he said": the quotation goes on with the sentence.
  const char first = view.text()[q.inner.front().begin];
  const bool goes_on = first >= 'a' && first <= 'z' && before_mark(view.text(), q.begin) == ',';
  if ((q.whole && !goes_on) || q.first_sentence != view.id()) return q.inner;
  uint32_t begin = view.sentence().span.begin;
  // Another attribution stands before in what the splitter took for one sentence: the content begins after it.
  if (before && before->sentence == view.id() && before->cue.end > begin && before->cue.end < q.begin) {
    const std::string_view between = view.text().substr(before->cue.end, q.begin - before->cue.end);
    size_t stop = between.find(". ");
    if (stop == std::string_view::npos) stop = between.find("; ");
    begin = stop == std::string_view::npos ? q.begin : before->cue.end + static_cast<uint32_t>(stop) + 2;
  }
  if (q.begin <= begin) return q.inner;
  // "Ryabkov called for calm; China opposes 'such acts', its spokesman said."
  if (const size_t stop = view.text().substr(begin, q.begin - begin).rfind("; "); stop != std::string_view::npos) begin += static_cast<uint32_t>(stop) + 2;
  return {{begin, q.inner.back().end}};
}

}  // namespace

std::vector<QuotedPassage> join_quotations(std::string_view text, std::span<const QuoteSpan> quotes, std::span<const Sentence> sentences) {
  std::vector<QuotedPassage> out;
  bool open = false;
  for (const QuoteSpan& quote : quotes) {
    if (quote.depth != 0 || (!quote.closed && !quote.carried_on && !quote.continues)) continue;
    if (quote.single && words_in(text, quote.inner) < 2) continue;
    if (open && quote.continues) {
      out.back().inner.push_back(quote.inner);
      out.back().end = quote.outer.end;
      out.back().last_sentence = sentence_at(sentences, quote.inner.end - 1);
      open = quote.carried_on;
      continue;
    }
    QuotedPassage q;
    q.inner = {quote.inner};
    q.begin = quote.outer.begin;
    q.end = quote.outer.end;
    q.paragraph = quote.paragraph;
    q.first_sentence = sentence_at(sentences, quote.inner.begin);
    q.last_sentence = sentence_at(sentences, quote.inner.end - 1);
    if (q.first_sentence >= sentences.size()) continue;
    const char before = before_mark(text, q.begin);
    const bool set_off = ends_sentence(before) || before == ',' || before == ':' || q.begin == sentences[q.first_sentence].span.begin;
    q.whole = upper_start(text, quote.inner) && (set_off || words_in(text, quote.inner) >= 8) && (words_in(text, quote.inner) >= 2 || before == ':');
    const char final = last_inside(text, quote.inner);
    const char after = q.end < text.size() ? text[q.end] : '\n';
    // "told the court 'The search was late.'": a sentence of its own by its full stop.
    if (!q.whole && upper_start(text, quote.inner) && ends_sentence(final) && words_in(text, quote.inner) >= 3) q.whole = true;
    // "the name of the disease: 'Novo-1' is to replace it": a name that begins a sentence.
    if (q.whole && before == ':' && words_in(text, quote.inner) < 4 && after == ' ' && !ends_sentence(final) && final != ',' && q.end + 1 < text.size() && text[q.end + 1] >= 'a' && text[q.end + 1] <= 'z') q.whole = false;
    if (set_off && !q.whole && (before == ',' || before == ':') && words_in(text, quote.inner) >= 3) q.whole = true;
    if (q.last_sentence > q.first_sentence + kMaxQuotedSentences) q.whole = false;
    out.push_back(q);
    open = quote.carried_on;
  }
  return out;
}

std::vector<Draft> attribute_by_cue(std::span<QuotedPassage> quotations, std::span<const ParsedSentence> views, const CueLexicon& lexicon,
                                    std::vector<std::vector<bool>>& used) {
  std::vector<Draft> out;
  for (size_t k = 0; k < quotations.size(); ++k) {
    QuotedPassage& q = quotations[k];
    if (q.attributed || q.last_sentence >= views.size()) continue;
    const ParsedSentence& last = views[q.last_sentence];
    const ParsedSentence& first = views[q.first_sentence];
    const std::string_view text = last.text();
    const char final = last_inside(text, q.inner.back());
    const bool comma = final == ',' || final == '?' || final == '!' || final == '-' || (q.end < text.size() && text[q.end] == ',') || final == '\x94';
    std::optional<Draft> draft;
    // The attribution may follow in the same sentence, or the splitter may have cut after "?" or "!".
    TokenRange rest = tokens_after(last, q.end);
    const ParsedSentence* rest_view = &last;
    if (rest.empty() && (final == '?' || final == '!') && q.last_sentence + 1 < views.size() && views[q.last_sentence + 1].sentence().paragraph == last.sentence().paragraph) {
      const ParsedSentence& next = views[q.last_sentence + 1];
      rest_view = &next;
      rest = {0, std::min(next.size(), kMaxRest)};
      // A new sentence, unless it begins with the attribution.
      bool attribution = false;
      for (uint32_t i = 0; i < std::min(rest.last, 9u) && !attribution; ++i) {
        uint32_t cue_last = i + 1;
        attribution = quote_row(next, i, lexicon, cue_last) && next.child(i, Deprel::ccomp) < 0 && (i + 1 >= rest.last || !next.is_any(i + 1, {"that", ":", ",", "to"}));
      }
      if (!attribution) rest = {};
    }
    // Only up to the next quotation.
    if (k + 1 < quotations.size() && quotations[k + 1].begin < rest_view->sentence().span.end)
      rest.last = std::min(rest.last, std::max(rest.first, tokens_before(*rest_view, quotations[k + 1].begin).last));
    if (comma && !rest.empty()) draft = cue_after(*rest_view, rest, lexicon, q.whole);
    if (draft) {
      draft->content = content_before_cue(*rest_view, q, out.empty() ? nullptr : &out.back());
    } else if (q.whole) {
      const TokenRange front = tokens_before(first, q.begin);
      if (!front.empty()) {
        draft = colon_before(first, front, lexicon);
        if (!draft) draft = cue_in_front(first, front, lexicon);
        if (!draft) draft = cue_before(first, front, lexicon, true);
        if (!draft) draft = act_before_colon(first, front, lexicon);
      }
      if (draft) {
        draft->content = q.inner;
        // "When the deal was signed, X said, 'we were floored'": the sentence began before its attribution.
        const char opens = text[q.inner.front().begin];
        const TokenRange words = draft->speaker.range;
        if (draft->pattern == Pattern::cue_then_quote && opens >= 'a' && opens <= 'z' && draft->speaker.sentence == first.id() && words.first >= 3 && words.first < draft->cue_token && first.is(words.first - 1, ",") &&
            first.is(front.last - 1, ",") && after_dateline(first) + 2 < words.first && has_clause(first, {after_dateline(first), words.first - 1}))
          draft->content.insert(draft->content.begin(), first.span({after_dateline(first), words.first - 1}));
      }
    }
    if (!draft) draft = name_behind_dash(q, views, lexicon);
    if (!draft || is_used(used, draft->sentence, draft->cue_token)) continue;
    q.attributed = true;
    if (draft->sentence < used.size()) used[draft->sentence][draft->cue_token] = true;
    // "A," X said, "b.": the second half belongs to the first.
    if (k + 1 < quotations.size()) {
      QuotedPassage& next = quotations[k + 1];
      if (draft->pattern == Pattern::quote_then_cue && next.first_sentence == draft->sentence && draft->cue.end <= next.begin && before_mark(text, next.begin) == ',' &&
          next.begin < draft->cue.end + 200) {
        draft->content.insert(draft->content.end(), next.inner.begin(), next.inner.end());
        next.attributed = true;
      }
    }
    out.push_back(std::move(*draft));
  }
  return out;
}

std::vector<Draft> attribute_by_place(std::span<QuotedPassage> quotations, std::span<const ParsedSentence> views, std::span<const Draft> drafts) {
  std::vector<Draft> out;
  size_t next_draft = 0;
  std::optional<Draft> latest;  // the last attribution before the quotation, of either kind
  for (size_t k = 0; k < quotations.size(); ++k) {
    QuotedPassage& q = quotations[k];
    while (next_draft < drafts.size() && drafts[next_draft].content.front().begin < q.begin) {
      const Draft& d = drafts[next_draft++];
      const bool quoted_there = latest && latest->sentence == d.sentence && latest->pattern <= Pattern::quote_carried_on;
      if (quoted_there && d.pattern > Pattern::quote_carried_on) continue;  // "'...,' he said in a film that showed ...": his, not the film's
      if (!d.speaker.empty() && (!latest || d.sentence >= latest->sentence) && (d.row == nullptr || d.row->kind == StatementKind::speech || d.row->kind == StatementKind::writing)) latest = d;
    }
    if (q.attributed || !q.whole || q.last_sentence >= views.size()) continue;
    const ParsedSentence& first = views[q.first_sentence];
    const ParsedSentence& last = views[q.last_sentence];
    const std::string_view text = first.text();
    // It must be a sentence of its own.
    const bool begins = q.begin <= first.sentence().span.begin + 1 || ends_sentence(before_mark(text, q.begin));
    const bool ends = q.end + 2 >= last.sentence().span.end || ends_sentence(last_inside(text, q.inner.back()));
    if (!begins || !ends) continue;
    if (!latest || latest->sentence >= views.size()) continue;
    const uint32_t paragraph = first.sentence().paragraph, from = views[latest->sentence].sentence().paragraph;
    const uint32_t gap = q.first_sentence > latest->sentence ? q.first_sentence - latest->sentence : 0;
    Draft draft;
    draft.factor = 1;
    if (paragraph == from && gap <= 2) draft.factor = gap <= 1 ? 1.0f : 0.8f;
    else if (paragraph == from + 1 && gap <= 2) draft.factor = 0.75f;
    else continue;
    draft.pattern = latest->row == nullptr || latest->pattern <= Pattern::quote_alone ? Pattern::quote_carried_on : Pattern::quote_alone;
    draft.sentence = q.first_sentence;
    draft.speaker = latest->speaker;
    draft.content = q.inner;
    q.attributed = true;
    latest = draft;
    out.push_back(std::move(draft));
  }
  return out;
}

}  // namespace demarche::attribution
