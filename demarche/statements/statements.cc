// Three passes over the body: quotations with a cue beside them, found by place; cues with what the tree says they take;
// quotations that only their surroundings attribute. Then each draft's speaker becomes an actor, nested statements learn who
// relays them, and what a quotation's own first person thinks is left out.

#include "demarche/statements/statements.h"

#include <algorithm>
#include <array>

#include "demarche/statements/confidence.h"
#include "demarche/statements/cue_finder.h"
#include "demarche/statements/cue_lexicon.h"
#include "demarche/statements/frames.h"
#include "demarche/statements/labels.h"
#include "demarche/statements/quotations.h"
#include "demarche/statements/quotes.h"
#include "demarche/statements/resolve.h"
#include "demarche/statements/speaker_words.h"

namespace demarche {

using namespace attribution;

namespace {

Span content_cover(const Draft& draft) { return {draft.content.front().begin, draft.content.back().end}; }

bool by_place(const Draft& a, const Draft& b) {
  const Span ca = content_cover(a), cb = content_cover(b);
  const uint32_t pa = a.row ? a.cue.begin : ca.begin, pb = b.row ? b.cue.begin : cb.begin;
  return pa != pb ? pa < pb : ca < cb;
}

// White space, quotation marks and list punctuation at both ends are no part of content.
Span bare(std::string_view text, Span span) {
  static constexpr std::string_view kMarks[] = {"\"", "'", "\xE2\x80\x9C", "\xE2\x80\x9D", "\xE2\x80\x98", "\xE2\x80\x99", "\xC2\xAB", "\xC2\xBB", "``", "''"};
  bool changed = true;
  while (changed && span.begin < span.end) {
    changed = false;
    const std::string_view s = text_of(text, span);
    if (s.front() == ' ' || s.front() == '\n' || s.front() == ',' || s.front() == ':') {
      ++span.begin;
      changed = true;
      continue;
    }
    if (s.back() == ' ' || s.back() == '\n' || s.back() == ',' || s.back() == ';' || s.back() == ':') {
      --span.end;
      changed = true;
      continue;
    }
    if (s.back() == '.' && s.size() >= 2 && !(s[s.size() - 2] >= 'A' && s[s.size() - 2] <= 'Z') && s[s.size() - 2] != '.') {
      --span.end;
      changed = true;
      continue;
    }
    for (const std::string_view mark : kMarks) {
      if (s.size() > mark.size() && s.starts_with(mark)) {
        // An opening mark stays when its quotation ends inside.
        const bool closes_inside = s.substr(mark.size()).find_first_of("\"") != std::string_view::npos || s.find("\xE2\x80\x9D") != std::string_view::npos;
        const bool closes_at_end = s.ends_with("\"") || s.ends_with("\xE2\x80\x9D");
        if (!closes_inside || closes_at_end) {
          span.begin += static_cast<uint32_t>(mark.size());
          changed = true;
          break;
        }
      }
      if (s.size() > mark.size() && s.ends_with(mark) && !(mark == "'" || mark == "\xE2\x80\x99")) {
        span.end -= static_cast<uint32_t>(mark.size());
        changed = true;
        break;
      }
    }
  }
  return span;
}

const QuoteSpan* quote_around(std::span<const QuoteSpan> quotes, Span span) {
  auto it = std::partition_point(quotes.begin(), quotes.end(), [&](const QuoteSpan& q) { return q.outer.begin <= span.begin; });
  for (int back = 0; back < 8 && it != quotes.begin(); ++back) {
    --it;
    if (it->depth == 0) return it->closed && it->outer.contains(span) ? &*it : nullptr;
  }
  return nullptr;
}

// A clause that ends inside a quotation which runs on into the next sentences takes the rest of it.
void extend_over_quotation(std::span<const QuoteSpan> quotes, Draft& draft) {
  Span& last = draft.content.back();
  auto it = std::partition_point(quotes.begin(), quotes.end(), [&](const QuoteSpan& q) { return q.outer.begin < last.end; });
  for (int back = 0; back < 8 && it != quotes.begin(); ++back) {
    --it;
    if (it->depth != 0) continue;
    const bool begins_inside = last.begin <= it->outer.begin;
    if (it->closed && begins_inside && it->inner.end > last.end && it->inner.end < last.end + 1500 && it->outer.begin < last.end && draft.cue.end <= it->outer.begin) last.end = it->inner.end;
    return;
  }
}

class StatementFinder {
 public:
  StatementFinder(std::string_view text, uint32_t body, std::span<const Sentence> sentences, std::span<const Tree> trees, const Names& names,
                  std::span<const TimeExpression> times, const CueLexicon& lexicon)
      : text_(text), body_(body), names_(names), times_(times), lexicon_(lexicon), quotes_(find_quotes(text, body)) {
    views_.reserve(sentences.size());
    for (uint32_t i = 0; i < sentences.size(); ++i) views_.emplace_back(text, sentences[i], trees[i], i);
    passages_ = join_quotations(text, quotes_, sentences);
  }

  std::vector<Statement> run() {
    std::vector<std::vector<bool>> used(views_.size());
    for (size_t i = 0; i < views_.size(); ++i) used[i].assign(views_[i].size(), false);
    drafts_ = attribute_by_cue(passages_, views_, lexicon_, used);
    for (const ParsedSentence& view : views_) {
      if (view.sentence().span.begin < body_ || view.size() == 0) continue;
      for (Draft& draft : find_tree_attributions(view, lexicon_, used[view.id()])) drafts_.push_back(std::move(draft));
    }
    for (Draft& draft : labelled_paragraphs(views_, names_, lexicon_))
      if (draft.cue.begin >= body_) drafts_.push_back(std::move(draft));
    for (Draft& draft : drafts_)
      if (!draft.speaker.empty() && draft.speaker.sentence == draft.sentence && draft.pattern != Pattern::label) take_in_apposition(draft);
    std::sort(drafts_.begin(), drafts_.end(), by_place);
    mark_attributed_passages();
    std::vector<Draft> by_content;
    for (const Draft& draft : drafts_)
      if (!draft.row || !quote_around(quotes_, draft.cue)) by_content.push_back(draft);
    std::sort(by_content.begin(), by_content.end(), [](const Draft& a, const Draft& b) { return content_cover(a) < content_cover(b); });
    const size_t with_cue = drafts_.size();
    for (Draft& draft : attribute_by_place(passages_, views_, by_content))
      if (!carried_on(draft, with_cue)) drafts_.push_back(std::move(draft));
    std::sort(drafts_.begin(), drafts_.end(), by_place);
    drop_own_thoughts();
    return resolve();
  }

 private:
  // "'We hold the ridge,' she said. 'Nobody slept.'": one attribution in two pieces when both stand in one paragraph. True when
  // the quotation went to the one before.
  bool carried_on(const Draft& draft, size_t with_cue) {
    constexpr size_t kMaxBack = 16;  // attributions between the two pieces
    if (draft.pattern != Pattern::quote_carried_on) return false;
    const auto first = drafts_.begin(), last = first + static_cast<std::ptrdiff_t>(with_cue);
    auto it = std::partition_point(first, last, [&](const Draft& d) { return (d.row ? d.cue.begin : d.content.front().begin) < draft.content.front().begin; });
    for (size_t back = 0; back < kMaxBack && it != first; ++back) {
      --it;
      if (views_[it->sentence].sentence().paragraph != views_[draft.sentence].sentence().paragraph) return false;
      const bool same = it->row && it->pattern <= Pattern::quote_colon && it->speaker.sentence == draft.speaker.sentence && it->speaker.range == draft.speaker.range;
      if (!same || it->content.back().end > draft.content.front().begin) continue;
      it->content.insert(it->content.end(), draft.content.begin(), draft.content.end());
      return true;
    }
    return false;
  }

  // A quotation that lies in the content of a draft is that draft's.
  void mark_attributed_passages() {
    std::vector<Span> contents;
    for (const Draft& draft : drafts_)
      for (const Span part : draft.content) contents.push_back(part);
    std::sort(contents.begin(), contents.end());
    size_t at = 0;
    uint32_t reached = 0;
    for (QuotedPassage& passage : passages_) {
      while (at < contents.size() && contents[at].begin <= passage.inner.front().begin) reached = std::max(reached, contents[at++].end);
      const Span inner = passage.inner.front();
      if (reached >= inner.begin + (inner.end - inner.begin) / 2) passage.attributed = true;
    }
  }

  // "We hope ..." inside a quotation is what the quotation says, not a statement of its own; so is what "he said he hoped".
  void drop_own_thoughts() {
    std::vector<Draft> kept;
    for (size_t i = 0; i < drafts_.size(); ++i) {
      Draft& draft = drafts_[i];
      for (Span& part : draft.content) part = bare(text_, part);
      std::erase_if(draft.content, [](Span s) { return s.begin >= s.end; });
      if (draft.content.empty()) continue;
      // Words inside a quotation take nothing from outside it.
      if (const QuoteSpan* around = draft.row ? quote_around(quotes_, draft.cue) : nullptr) {
        for (Span& part : draft.content) part = {std::max(part.begin, around->inner.begin), std::min(part.end, around->inner.end)};
        std::erase_if(draft.content, [](Span s) { return s.begin >= s.end; });
        if (draft.content.empty()) continue;
      } else if (draft.row) {
        extend_over_quotation(quotes_, draft);
      }
      if (draft.row) draft.content.front() = without_time_of_saying(views_[draft.sentence], draft, times_);
      if (draft.row && !keep(i)) continue;
      kept.push_back(draft);
    }
    drafts_ = std::move(kept);
  }

  void take_in_apposition(Draft& draft) const {
    const ParsedSentence& view = views_[draft.sentence];
    SpeakerWords full = full_phrase(view, draft.speaker, draft.cue_token, lexicon_);
    // "USA Today noted": a name that the base knows is not cut where the tree cuts it.
    if (const Mention* name = mention_covering(names_, SentenceId{view.id()}, full.head); name && name->form == MentionForm::name && full.range.last < name->last && name->last <= view.size() && full.range.last > name->first) full.range.last = name->last;
    const Span words = view.span(full.range);
    if (std::none_of(draft.content.begin(), draft.content.end(), [&](Span part) { return part.overlaps(words); })) draft.speaker = full;
  }

  // "calls itself", "warn each other", "a charge which he rejected as false", "complaints of their own": nothing is told that was said.
  bool names_only(const Draft& draft) const {
    const std::string_view content = text_of(text_, content_cover(draft));
    for (const std::string_view front : {"each other", "one another", "itself ", "himself ", "herself ", "themselves ", "his own", "her own", "its own", "their own"})
      if (content.starts_with(front) && (front.ends_with(' ') || front.starts_with("each") || front.starts_with("one") || content == front)) return true;
    return false;
  }

  // "debris which it described as evidence that ...": what is said of the thing, without the pronoun; too little when it is neither
  // quoted nor a clause ("a group that it regards as hostile"). False: nothing is left.
  bool without_relative_pronoun(Draft& draft) const {
    const ParsedSentence& view = views_[draft.sentence];
    const uint32_t first = token_at(view.sentence(), draft.content.front().begin);
    const bool relative = draft.content.size() == 2 && first < view.size() && view.is_any(first, {"which", "that", "whom", "who"}) && draft.content.front().end == view.token(first).end;
    if (!relative) return true;
    draft.content.erase(draft.content.begin());
    Span& rest = draft.content.front();
    uint32_t i = token_at(view.sentence(), rest.begin);
    if (view.is_any(i, {"as", "of", "for", "on"}) && i + 1 < view.size()) rest.begin = view.token(++i).begin;
    rest = bare(text_, rest);
    bool tells = false;
    for (; i < view.size() && view.token(i).begin < rest.end + 2; ++i) tells = tells || finite_verb(view, i) || view.is_any(i, {"\"", "\xE2\x80\x9C", "\xE2\x80\x9D"});
    if (i > 0 && rest.begin > 0) tells = tells || view.is_any(token_at(view.sentence(), rest.begin) - 1, {"\"", "\xE2\x80\x9C"});
    return tells;
  }

  // "called for restraint", "blamed the other": one bare word tells no content, unless the cue tells the judgement ("condemned the strike").
  bool says_nothing(const Draft& draft) const {
    const ParsedSentence& view = views_[draft.sentence];
    if (draft.row->act == "announce" && view.is(std::min(token_at(view.sentence(), draft.content.front().begin), view.size() - 1), "no")) return true;  // "announced no new sanctions"
    if (draft.row->act == "condemn") return false;
    uint32_t words = 0, last = 0;
    for (uint32_t i = token_at(view.sentence(), draft.content.front().begin); i < view.size() && view.token(i).begin < draft.content.back().end; ++i) {
      const Upos tag = view.node(i).upos;
      if (view.is_any(i, {"\"", "\xE2\x80\x9C", "\xE2\x80\x98"})) return false;
      if (tag == Upos::DET || tag == Upos::PUNCT || tag == Upos::PRON) continue;
      ++words;
      last = i;
    }
    if (draft.row->act == "order") return true;  // "ordered ten battalions"
    if (draft.row->words[0] == "recall") return true;  // "recalled its ambassador"
    if (draft.row->words[0] == "show" && text_of(text_, content_cover(draft)).starts_with("no sign")) return true;
    if (draft.row->act == "declare") return true;  // "declared independence": done, not said
    // "denied the charge", "denied involvement", but "denied them access" is a deed
    static constexpr std::array<std::string_view, 18> kWithheld = {"access", "entry", "permission", "visa", "bail", "funding", "asylum", "request", "appeal", "motion", "passage", "petition", "aid", "service", "parole", "transit", "accreditation", "money"};
    if (draft.row->act == "deny") return words == 1 && std::find(kWithheld.begin(), kWithheld.end(), view.lemma(last)) != kWithheld.end();
    return words <= 1;
  }

  // "The board agreed: the vote would go ahead, its chairman said.": what stands between belongs to him who closes it.
  bool closed_by_another(size_t i) const {
    const Draft& draft = drafts_[i];
    const ParsedSentence& view = views_[draft.sentence];
    const uint32_t first = token_at(view.sentence(), draft.content.front().begin);
    if (draft.pattern != Pattern::clause || first == 0 || first >= view.size() || !view.is(first - 1, ":")) return false;
    for (size_t j = i + 1; j < drafts_.size() && j <= i + 12; ++j)
      if (drafts_[j].sentence == draft.sentence && drafts_[j].pattern == Pattern::clause_then_cue && !drafts_[j].content.empty() && drafts_[j].content.front().begin == draft.content.front().begin) return true;
    return false;
  }

  bool keep(size_t i) {
    Draft& draft = drafts_[i];
    const ParsedSentence& view = views_[draft.sentence];
    if (draft.row && closed_by_another(i)) return false;
    if (!draft.speaker.empty()) {
      const float factor = can_speak(views_[draft.speaker.sentence], draft.speaker, draft.row, draft.pattern, names_, lexicon_);
      if (factor <= 0) return false;
      draft.factor *= factor;
    }
    const bool loose = draft.pattern == Pattern::object || draft.pattern == Pattern::nominal || draft.pattern == Pattern::adjective || draft.pattern == Pattern::infinitive ||
                       draft.pattern == Pattern::gerund || draft.pattern == Pattern::passive;
    if (draft.pattern == Pattern::object && says_nothing(draft)) return false;
    if (draft.pattern != Pattern::clause && draft.pattern > Pattern::quote_colon && (names_only(draft) || !without_relative_pronoun(draft))) return false;
    const bool speech = draft.row->kind == StatementKind::speech || draft.row->kind == StatementKind::writing;
    const bool personal = !draft.speaker.empty() && views_[draft.speaker.sentence].node(draft.speaker.head).upos == Upos::PRON;
    if (quote_around(quotes_, draft.cue)) {
      const bool clause = draft.pattern <= Pattern::clause_then_cue;
      if (!speech || loose || (personal && !clause) || (personal && views_[draft.speaker.sentence].is_any(draft.speaker.head, {"i", "we", "you", "it", "us", "one"}))) return false;
      draft.factor *= 0.6f;
      draft.nested = true;
      return true;
    }
    // Nested in another's indirect words.
    for (size_t back = 1; back <= 12 && back <= drafts_.size(); ++back) {
      for (const size_t j : {i - back, i + back}) {
        if (j >= drafts_.size() || drafts_[j].sentence != draft.sentence || !drafts_[j].row) continue;
        const bool inside = std::any_of(drafts_[j].content.begin(), drafts_[j].content.end(), [&](Span part) { return part.contains(draft.cue); });
        if (!inside) continue;
        // "said laptops proved that ...": who said it does not prove it; the tree lost what does
        if (!personal && !draft.speaker.empty() && draft.speaker.sentence == drafts_[j].speaker.sentence && draft.speaker.range == drafts_[j].speaker.range) return false;
        const bool relayed = drafts_[j].pattern == Pattern::according_to && draft.pattern != Pattern::object && draft.pattern != Pattern::nominal;
        if (!relayed && (loose || (!speech && personal) || (personal && draft.pattern == Pattern::object_predicate))) return false;  // "condemned what it called a raid"
        draft.nested = true;
        if (view.inside(draft.cue_token, drafts_[j].cue_token)) draft.factor *= 0.8f;
        return true;
      }
    }
    return true;
  }

  const ParsedSentence* before(uint32_t sentence) const { return sentence > 0 ? &views_[sentence - 1] : nullptr; }

  std::vector<Statement> resolve() {
    std::vector<Statement> out;
    const std::vector<bool> named = named_persons(names_);
    std::vector<Heard> earlier;
    std::vector<uint32_t> in_sentence(views_.size(), 0);
    for (const Draft& draft : drafts_) ++in_sentence[draft.sentence];
    for (const Draft& draft : drafts_) {
      const ParsedSentence& view = views_[draft.sentence];
      Statement s;
      if (!draft.speaker.empty()) {
        s.speaker = resolve_speaker(views_[draft.speaker.sentence], draft.speaker, names_, named, lexicon_, before(draft.speaker.sentence), earlier);
        earlier.push_back({s.speaker, view.sentence().paragraph, draft.sentence, draft.nested});
      }
      if (!draft.relayer.empty()) s.via.push_back(resolve_speaker(views_[draft.relayer.sentence], draft.relayer, names_, named, lexicon_, before(draft.relayer.sentence), earlier));
      s.content = draft.content;
      s.quotation = quotation_of(text_, s.content, quotes_);
      s.sentence = SentenceId{draft.sentence};
      if (draft.row) {
        s.kind = draft.row->kind;
        s.cue = draft.cue;
        s.act = draft.row->act;
        s.rule = draft.row->id;
        if (s.act == "deny") s.standing = Standing::denied;
        if (s.act == "retract") s.standing = Standing::retracted;
        s.channel = channel_of(view, draft, lexicon_);
        s.date = date_of(view, draft, times_, lexicon_);
        s.location = location_of(view, draft, names_);
        set_addressee(view, draft, names_, lexicon_, s);
        if (s.channel == "social_media" || s.channel == "letter") s.kind = s.kind == StatementKind::speech ? StatementKind::writing : s.kind;
      } else {
        s.rule = draft.pattern == Pattern::quote_carried_on ? "quote.carried_on" : "quote.alone";
      }
      const bool correction = view.size() > 0 && (view.is(0, "correction") || view.is(0, "clarification"));
      if (correction) s.standing = Standing::corrected;
      s.evidence = Span{s.content.front().begin, s.content.back().end};
      if (s.cue) s.evidence = cover(s.evidence, *s.cue);
      // The words that name the speaker of a quotation carried on may stand sentences before: not part of its evidence then.
      if (!s.speaker.span.empty() && draft.speaker.sentence == draft.sentence) s.evidence = cover(s.evidence, s.speaker.span);
      s.signs = confidence_signs(draft, s, view, views_[draft.speaker.empty() ? draft.sentence : draft.speaker.sentence], names_, lexicon_, in_sentence[draft.sentence]);
      s.confidence = lexicon_.confidence(s.signs);
      out.push_back(std::move(s));
    }
    add_relayers(out);
    return out;
  }

  // A statement that lies wholly in another's content comes to us through that one's speaker.
  static void add_relayers(std::vector<Statement>& statements) {
    for (size_t i = 0; i < statements.size(); ++i) {
      std::vector<const Statement*> around;
      const size_t first = i > 12 ? i - 12 : 0, last = std::min(statements.size(), i + 13);
      for (size_t j = first; j < last; ++j) {
        if (j == i || statements[j].speaker.span.empty() || !statements[i].cue) continue;
        const Statement& outer = statements[j];
        const bool inside = std::any_of(outer.content.begin(), outer.content.end(), [&](Span part) { return part.contains(*statements[i].cue); });
        if (inside && !(outer.evidence == statements[i].evidence)) around.push_back(&outer);
      }
      std::sort(around.begin(), around.end(), [](const Statement* a, const Statement* b) { return a->evidence.size() > b->evidence.size(); });
      std::vector<Speaker> via;
      for (const Statement* outer : around)
        if (std::find(statements[i].via.begin(), statements[i].via.end(), outer->speaker) == statements[i].via.end() && std::find(via.begin(), via.end(), outer->speaker) == via.end()) via.push_back(outer->speaker);
      statements[i].via.insert(statements[i].via.begin(), via.begin(), via.end());
    }
  }

  std::string_view text_;
  uint32_t body_;
  const Names& names_;
  std::span<const TimeExpression> times_;
  const CueLexicon& lexicon_;
  std::vector<QuoteSpan> quotes_;
  std::vector<ParsedSentence> views_;
  std::vector<QuotedPassage> passages_;
  std::vector<Draft> drafts_;
};

}  // namespace

void CueLexiconDeleter::operator()(const CueLexicon* p) const { delete p; }

CueLexiconPtr load_cue_lexicon(const std::filesystem::path& data_dir) { return CueLexiconPtr(new CueLexicon(read_cue_lexicon(data_dir))); }

std::vector<Statement> find_statements(std::string_view text, uint32_t body_start, std::span<const Sentence> sentences, std::span<const Tree> trees, const Names& names,
                                       std::span<const TimeExpression> times, const Published&, const CueLexicon& cues) {
  DEMARCHE_CHECK(sentences.size() == trees.size());
  return StatementFinder(text, body_start, sentences, trees, names, times, cues).run();
}

}  // namespace demarche
