#include "demarche/events/events.h"

#include <algorithm>
#include <map>
#include <set>

#include "demarche/events/dates.h"
#include "demarche/events/describe.h"
#include "demarche/events/details.h"
#include "demarche/events/discourse.h"
#include "demarche/events/lexicon.h"
#include "demarche/events/matcher.h"

namespace demarche {

void FrameLexiconDeleter::operator()(const FrameLexicon* p) const { delete p; }

FrameLexiconPtr load_frame_lexicon(const std::filesystem::path& data_dir) { return FrameLexiconPtr(new FrameLexicon(data_dir)); }

namespace {

// PLOVER: cooperation still to come is AGREE, a retreat still to come CONCEDE; conflict keeps its type.
void apply_future(const Match& match, Event& event) {
  if (event.factuality != Factuality::planned || match.frame->keep) return;
  if (event.type == "CONSULT" || event.type == "SUPPORT" || event.type == "COOPERATE" || event.type == "AID") {
    event.type = "AGREE";
    event.mode.clear();
  } else if (event.type == "RETREAT") {
    // A truce that two sides announce is agreed; of one side it is conceded.
    event.type = event.kind == "ceasefire" && event.actors.size() > 1 ? "AGREE" : "CONCEDE";
    event.mode.clear();
    if (event.kind != "ceasefire") event.kind.clear();
  }
}

Tense tense_of(const ClauseView& view, uint32_t verb, const Verdict& verdict) {
  if (!view.is_verb(verb)) return Tense::none;
  if (verdict.future_tense) return Tense::future;
  for (const uint32_t c : view.index.children(verb)) {
    const Deprel rel = view.node(c).deprel;
    if (rel != Deprel::aux && rel != Deprel::aux_pass && rel != Deprel::cop) continue;
    if (view.node(c).lemma == "have") return view.node(c).xpos == "VBD" ? Tense::pluperfect : Tense::perfect;
    if (view.node(c).xpos == "VBD" && view.node(verb).xpos != "VBD") return Tense::past;
  }
  const std::string& tag = view.node(verb).xpos;
  return tag == "VBD" || tag == "VBN" ? Tense::past : tag == "VBZ" || tag == "VBP" ? Tense::present : Tense::none;
}

bool is_habitual(const ClauseView& view, uint32_t verb, const FrameLexicon& frames) {
  for (const uint32_t c : view.index.children(verb)) {
    if (frames.is(view.lemma[c], frames.known.habitual)) return true;
    for (const uint32_t d : view.index.children(c))
      if (view.node(d).deprel == Deprel::det && frames.is(view.lemma[d], frames.known.habitual) && frames.is(view.lemma[c], frames.known.time_noun)) return true;
  }
  return false;
}

bool in_relative(const ClauseView& view, uint32_t token) {
  uint32_t clause = clause_of(view, token);
  for (int steps = 0; steps < 6 && view.head(clause) != kNoToken; ++steps, clause = clause_of(view, view.head(clause)))
    if (view.node(clause).deprel == Deprel::acl_relcl || view.node(clause).deprel == Deprel::acl) return true;
  return false;
}

std::string topic_of(const ClauseView& view, const Arguments& args) {
  if (!args.comps.empty()) return view.node(args.comps.front()).lemma;
  if (!args.obj.empty()) return view.node(args.obj.front()).lemma;
  return args.obliques.empty() ? "" : view.node(args.obliques.front().head).lemma;
}

bool is_further(const ClauseView& view, const Match& match, const FrameLexicon& frames) {
  const auto has = [&](uint32_t token) {
    for (const uint32_t c : view.index.children(token))
      if (frames.is(view.lemma[c], frames.known.further) && view.node(c).deprel != Deprel::conj) return true;
    return false;
  };
  if (has(match.args.clause_verb) || (match.trigger != match.args.clause_verb && has(match.trigger))) return true;
  return std::any_of(match.args.obj.begin(), match.args.obj.end(), has);
}

uint32_t depth_of(const ClauseView& view, uint32_t token) {
  uint32_t depth = 0;
  for (uint32_t clause = clause_of(view, token); depth < 6 && view.head(clause) != kNoToken; ++depth) clause = clause_of(view, view.head(clause));
  return depth;
}

// A noun in passing ("during the talks", "fears of an attack") is no telling of its own.
bool worth_telling(const Draft& draft) {
  const Event& e = draft.event;
  if (e.factuality == Factuality::hypothetical && draft.nominal) return false;
  // What may be, or was not, is told only of somebody toward somebody, or when it has a name.
  const bool unreal = e.factuality == Factuality::hypothetical || e.factuality == Factuality::negated;
  const bool words = e.factuality == Factuality::negated && draft.match.frame->act && (e.type == "THREATEN" || e.type == "CONCEDE");  // "has not threatened", "did not apologise"
  if (unreal && !words && e.recipients.empty() && e.actors.size() < 2 && e.kind.empty()) return false;
  if (!draft.nominal || draft.match.frame->bare || draft.match.from_speaker) return true;
  if (e.actors.empty()) return false;
  return !e.recipients.empty() || e.date.has_value() || draft.leads;
}

void fill_codes(const FrameLexicon& frames, Event& event) {
  const TypeFacts* facts = frames.facts(event.type, event.mode);
  if (!facts) facts = frames.facts(event.type, "");
  if (!facts) return;
  event.intensity = facts->score;
  event.quad_class = facts->quad;
  event.cameo = facts->cameo;
}

class EventFinder {
 public:
  EventFinder(std::string_view text, uint32_t body_start, std::span<const Sentence> sentences, std::span<const Tree> trees, const Names& names,
              std::span<const TimeExpression> times, std::span<const Statement> statements, const FrameLexicon& frames)
      : text_(text), body_start_(body_start), sentences_(sentences), trees_(trees), names_(names), times_(times), statements_(statements), frames_(frames), statement_index_(sentences, statements) {}

  std::vector<Event> run() {
    find_headings();
    for (uint32_t i = 0; i < sentences_.size(); ++i) read_sentence(i);
    // Acts of nobody known are told among others, or are none of ours.
    constexpr auto kFewestActs = 5;
    if (std::count_if(drafts_.begin(), drafts_.end(), [](const Draft& d) { return !d.match.loose; }) < kFewestActs) std::erase_if(drafts_, [](const Draft& d) { return d.match.loose; });
    infer_participants(drafts_, frames_);
    count_dates(drafts_, frames_);
    carry_dates(drafts_);
    merge_tellings(drafts_);
    return finish();
  }

 private:
  // Timelines and live reports: "5 June. The four countries ...", or a day on a line of its own, more than once.
  void find_headings() {
    headings_.resize(sentences_.size());
    std::vector<std::pair<uint32_t, EventDate>> found;
    for (const TimeExpression& time : times_) {
      if (time.type != TimexType::date || !time.interval || time.interval->end != time.interval->start || time.first != 0) continue;
      const uint32_t i = time.sentence.index;
      const auto& tokens = sentences_[i].tokens;
      uint32_t rest = 0;
      for (uint32_t t = time.last; t < tokens.size(); ++t) rest += trees_[i].nodes.size() == tokens.size() && trees_[i].nodes[t].upos != Upos::PUNCT;
      const bool opens = i == 0 || sentences_[i - 1].paragraph != sentences_[i].paragraph;
      const bool colon = time.last < tokens.size() && (text_of(text_, tokens[time.last].span) == ":" || text_of(text_, tokens[time.last].span) == "\xE2\x80\x93");
      if (opens && (rest == 0 || colon)) found.emplace_back(i, event_date(time, text_));
    }
    if (found.size() < 2) return;
    for (size_t k = 0; k < found.size(); ++k) {
      const uint32_t from = found[k].first;
      const bool alone = from + 1 >= sentences_.size() || sentences_[from + 1].paragraph != sentences_[from].paragraph;
      const uint32_t to = k + 1 < found.size() ? found[k + 1].first : static_cast<uint32_t>(sentences_.size());
      for (uint32_t i = from; i < to && (alone || sentences_[i].paragraph == sentences_[from].paragraph); ++i) headings_[i] = found[k].second;
    }
  }

  void read_sentence(uint32_t i) {
    if (trees_[i].nodes.empty() || trees_[i].nodes.size() != sentences_[i].tokens.size()) return;
    const ClauseView view(SentenceId{i}, text_, sentences_[i], trees_[i], names_, frames_);
    const Scene scene{view, names_, statement_index_, frames_};
    std::vector<Match> matches = match_sentence(scene);
    const std::optional<EventDate> led_by = i > 0 && sentences_[i - 1].paragraph == sentences_[i].paragraph ? std::move(idle_day_) : std::nullopt;
    idle_day_.reset();
    const auto first = std::partition_point(times_.begin(), times_.end(), [&](const TimeExpression& t) { return t.sentence.index < i; });
    const auto last = std::partition_point(first, times_.end(), [&](const TimeExpression& t) { return t.sentence.index == i; });
    const std::vector<PlacedTime> placed = place_times(view, {first, last}, frames_);
    if (matches.empty()) note_idle_day(view, placed);
    const size_t before = drafts_.size();
    for (Match& match : matches) {
      Draft draft = make_draft(scene, std::move(match), placed);
      if (placed.empty()) draft.led_by = led_by;
      if (!worth_telling(draft)) continue;
      const bool told = view.is_verb(draft.match.trigger) && draft.event.date && !draft.match.from_speaker;
      const std::optional<FurtherDay> further = told ? further_day(view, draft.match, placed, *draft.event.date, frames_) : std::nullopt;
      drafts_.push_back(std::move(draft));
      if (further) drafts_.push_back(told_again(view, drafts_.back(), *further));
    }
    for (uint32_t t = 0; t < view.size(); ++t)
      if (std::optional<Draft> draft = act_followed(scene, t, placed)) drafts_.push_back(std::move(*draft));
    for (size_t k = before; k < drafts_.size(); ++k) drafts_[k].sentence_events = static_cast<uint32_t>(drafts_.size() - before);
  }

  // The day that opens a sentence which tells no act: it may be that of the next one.
  void note_idle_day(const ClauseView& view, std::span<const PlacedTime> placed) {
    for (const PlacedTime& p : placed) {
      if (p.verb != view.index.root() || p.noun != kNoToken || p.time->first > 1 || p.time->bound_only || p.time->future || !p.time->interval) continue;
      if (p.time->type != TimexType::duration && p.time->interval->end - p.time->interval->start <= 1) idle_day_ = event_date(*p.time, text_);
    }
  }

  // "Nicaragua followed suit", "Japan did the same", "Iraq's president did likewise": the act just told, of somebody else.
  std::optional<Draft> act_followed(const Scene& scene, uint32_t verb, std::span<const PlacedTime> placed) {
    const ClauseView& view = scene.view;
    if (drafts_.empty() || !view.is_verb(verb) || !follows_suit(view, verb)) return std::nullopt;
    const Draft& model = drafts_.back();
    const bool near = model.match.sentence.index + 1 >= view.id.index && model.paragraph == sentences_[view.id.index].paragraph;
    if (!near || model.nominal || model.event.factuality != Factuality::actual || model.event.actors.size() != 1 || model.match.frame->reciprocal) return std::nullopt;
    const uint32_t subject = surface_subject(view, verb, frames_);
    if (subject == kNoToken) return std::nullopt;
    const Cast cast = cast_nominal(scene, subject, false, false);
    if (cast.parties.empty() || !std::all_of(cast.parties.begin(), cast.parties.end(), is_political) || cast.parties.front().party == model.event.actors.front().party) return std::nullopt;
    Match match;
    match.frame = model.match.frame;
    match.sentence = view.id;
    match.trigger = match.anchor = match.args.clause_verb = verb;
    match.actor = cast;
    match.recipient = model.match.recipient;
    match.statement = statement_index_.innermost(view.id, view.sentence.tokens[verb].span);
    match.verdict = judge_factuality(view, verb, match.args, frames_);
    match.kind = model.match.kind;
    if (match.verdict.factuality != Factuality::actual) return std::nullopt;
    Draft draft = make_draft(scene, std::move(match), placed);
    draft.further = true;
    return draft;
  }

  static bool follows_suit(const ClauseView& view, uint32_t verb) {
    const std::string_view lemma = view.node(verb).lemma;
    if (lemma != "follow" && lemma != "do") return false;
    for (const uint32_t c : view.index.children(verb)) {
      const std::string_view word = view.word(c);
      if (lemma == "follow" && word == "suit") return true;
      if (lemma == "do" && c > verb && (word == "same" || word == "likewise")) return true;
    }
    return false;
  }

  // The same act on a further day, told in words of its own that lack the verb.
  Draft told_again(const ClauseView& view, const Draft& first, const FurtherDay& again) const {
    Draft draft = first;
    draft.event.trigger = draft.match.trigger = again.first;
    draft.event.date = event_date(*again.time, text_);
    draft.event.details.clear();
    draft.event.evidence = {view.sentence.tokens[again.first].span.begin, view.sentence.tokens[again.time->last - 1].span.end};
    draft.further = true;
    return draft;
  }

  Draft make_draft(const Scene& scene, Match&& match, std::span<const PlacedTime> placed) {
    const ClauseView& view = scene.view;
    Draft draft;
    Event& event = draft.event;
    const Frame& frame = *match.frame;
    event.type = frame.type;
    event.mode = frame.mode;
    event.kind = match.kind;
    event.actors = match.actor.parties.empty() ? match.actor.unplaced : match.actor.parties;
    event.recipients = match.recipient.parties.empty() ? match.recipient.unplaced : match.recipient.parties;
    event.factuality = match.verdict.factuality == Factuality::actual && frame.future ? Factuality::planned : match.verdict.factuality;
    if (!frame.eats || event.factuality == Factuality::planned) apply_future(match, event);
    if (event.kind == "exercise" && event.type == "MOBILIZE" && event.actors.size() > 1) {
      event.type = "COOPERATE";  // PLOVER: drills of two or more are cooperation
      event.mode.clear();
    }
    event.sentence = match.sentence;
    event.trigger = match.trigger;
    event.rule = frame.id;
    event.attributed_to = match.from_speaker ? StatementId{} : match.statement;
    draft.nominal = !view.is_verb(match.trigger) && view.is_nominal(match.trigger) && !match.args.light;
    const Deprel place = view.node(match.trigger).deprel;
    draft.leads = place == Deprel::nsubj || place == Deprel::nsubj_pass || place == Deprel::root;
    draft.in_title = sentences_[match.sentence.index].span.begin < body_start_;
    draft.paragraph = sentences_[match.sentence.index].paragraph;
    draft.word = view.node(match.trigger).lemma;
    draft.topic = topic_of(view, match.args);
    draft.further = is_further(view, match, frames_);
    if (match.recipient.pending != kNoToken) draft.pending = view.node(match.recipient.pending).lemma;
    const DateFinding date = find_date(view, match, placed);
    event.date = date.date;
    draft.bounded = date.bounded;
    draft.date_place = date.place;
    draft.several_dates = date.several;
    if (!date.date && !date.bounded && !match.from_speaker) draft.counted = counted_day(view, match, placed, frames_);
    draft.tense = tense_of(view, match.args.clause_verb, match.verdict);
    draft.habitual = is_habitual(view, match.args.clause_verb, frames_);
    draft.aside = in_relative(view, match.trigger);
    draft.depth = depth_of(view, match.trigger);
    draft.heading = headings_[match.sentence.index];
    const uint32_t governor = view.head(match.args.clause_verb);
    draft.in_reply = frame.reply || frames_.is(view.lemma[match.args.clause_verb], frames_.known.reply) || (governor != kNoToken && frames_.is(view.lemma[governor], frames_.known.reply));
    // "The summit starts on Friday": a present tense with a day ahead is a plan.
    if (event.date && points_ahead(placed, *event.date) && event.factuality == Factuality::actual && !is_past(view, match)) {
      event.factuality = Factuality::planned;
      apply_future(match, event);
    }
    draft.sentence_words = view.size();
    event.evidence = evidence_of(view, match);
    event.location = find_location(scene, match);
    event.details = find_details(scene, match);
    event.contexts = find_contexts(scene, match);
    fill_codes(frames_, event);
    draft.match = std::move(match);
    return draft;
  }

  // The clause; for an act that is read from what someone said, the clause within the words that attribute it.
  Span evidence_of(const ClauseView& view, const Match& match) const {
    Span span = clause_span(view, match);
    if (match.from_speaker ? match.statement.valid() : match.frame->act && says_itself(match)) {  // "We asked for a truce," the ambassador said
      const Span all = statement_index_[match.statement].evidence;
      const Span sentence = view.sentence.span;
      const Span inside{std::max(all.begin, sentence.begin), std::min(all.end, sentence.end)};
      if (inside.begin < inside.end && inside.contains(span)) {
        // Of many things that a party says of itself only the clause.
        if (match.from_speaker || inside.size() <= 4 * span.size()) return with_rest_of_saying(view, statement_index_[match.statement], inside);
      }
    }
    return span;
  }

  // "..., he told a radio station on Monday": the clause of the saying goes on behind its cue.
  static Span with_rest_of_saying(const ClauseView& view, const Statement& statement, Span said) {
    if (!statement.cue || !view.sentence.span.contains(*statement.cue)) return said;
    const uint32_t cue = token_at(view.sentence, statement.cue->end - 1);
    if (cue >= view.size() || view.sentence.tokens[cue].span.end < said.end) return said;
    for (const uint32_t c : view.index.children(cue)) {
      const Deprel rel = view.node(c).deprel;
      if (rel != Deprel::obl && rel != Deprel::obl_unmarked && rel != Deprel::obj && rel != Deprel::iobj && rel != Deprel::advmod) continue;
      const auto [first, last] = view.index.extent(c);
      if (first == token_at(view.sentence, said.end - 1) + 1 && last <= view.size()) said.end = view.sentence.tokens[last - 1].span.end;
    }
    return said;
  }

  // A speech act has the day of its words: that of the clause of its cue, of its statement, or of what the same party said just before.
  DateFinding find_date(const ClauseView& view, const Match& match, std::span<const PlacedTime> placed) const {
    if (!match.from_speaker) {
      const DateFinding finding = date_in_sentence(view, match, placed, frames_);
      if (finding.date || finding.bounded || !match.frame->act) return finding;
    }
    if (match.from_speaker ? match.statement.valid() : says_itself(match)) {
      const Statement& statement = statement_index_[match.statement];
      if (statement.cue && statement.sentence == match.sentence) {
        const uint32_t cue = token_at(view.sentence, statement.cue->begin);
        if (cue < view.size()) {
          Match saying;
          saying.trigger = saying.anchor = cue;
          saying.args.clause_verb = cue;
          const DateFinding finding = date_in_sentence(view, saying, placed, frames_);
          if (finding.date || finding.bounded) return {finding.date, finding.bounded, DatePlace::speech, finding.several};
        }
      }
      if (statement.date) return {statement.date, false, DatePlace::speech};
    }
    // What has been said before now, or is said again and again, has no one day.
    if (!match.from_speaker && view.is_verb(match.args.clause_verb)) {
      const Tense tense = tense_of(view, match.args.clause_verb, match.verdict);
      if (match.verdict.factuality == Factuality::negated || match.verdict.factuality == Factuality::planned || tense == Tense::perfect || tense == Tense::pluperfect || is_habitual(view, match.args.clause_verb, frames_)) return {};
    }
    return date_of_speech_before(match);
  }

  // "He said on Friday that it 'casts doubt on' X": the doubt is the speaker's.
  bool says_itself(const Match& match) const {
    if (!match.statement.valid() || match.actor.parties.empty()) return false;
    const Statement& statement = statement_index_[match.statement];
    return statement.sentence == match.sentence && statement.speaker.party == match.actor.parties.front().party;
  }

  DateFinding date_of_speech_before(const Match& match) const {
    if (match.actor.parties.empty()) return {};
    constexpr uint32_t kMaxSentencesBack = 1;
    const uint32_t here = match.sentence.index;
    auto it = std::partition_point(statements_.begin(), statements_.end(), [&](const Statement& s) { return s.sentence.index <= here; });
    while (it != statements_.begin()) {
      --it;
      const uint32_t there = it->sentence.index;
      if (there + kMaxSentencesBack < here || sentences_[there].paragraph != sentences_[here].paragraph) break;
      if (it->date && it->date->days.end - it->date->days.start <= 1 && it->speaker.party == match.actor.parties.front().party) return {it->date, false, DatePlace::speech_before};
    }
    return {};
  }

  static bool points_ahead(std::span<const PlacedTime> placed, const EventDate& date) {
    return std::any_of(placed.begin(), placed.end(), [&](const PlacedTime& p) {
      return p.time->future && p.time->interval && *p.time->interval == date.days && (!p.time->resolved_against || date.days.start > *p.time->resolved_against);
    });
  }

  static bool is_past(const ClauseView& view, const Match& match) {
    const uint32_t verb = match.args.clause_verb;
    if (!view.is_verb(verb)) return false;
    const std::string& tag = view.node(verb).xpos;
    if (tag == "VBD" || tag == "VBN") return true;
    // "Iran put", "the navy let": without an s, and of one, it is past.
    if ((tag != "VBP" && tag != "VB") || view.index.child(verb, Deprel::aux) >= 0 || view.index.child(verb, Deprel::mark) >= 0 || view.form[verb] != view.lemma[verb] || match.args.passive || match.args.subj.size() != 1) return false;
    const uint32_t subject = match.args.subj.front();
    const std::string& noun = view.node(subject).xpos;
    return match.args.subject_is_own && subject < verb && (noun == "NN" || noun == "NNP") && view.index.child(subject, Deprel::conj) < 0;
  }

  // How many parties act in the report, and who deals with whom more than once.
  void survey() {
    std::set<std::string> parties;
    std::map<std::pair<std::string, std::string>, uint32_t> pairs;
    const auto each_pair = [](const Event& e, const auto& use) {
      for (const Participant& a : e.actors) {
        for (const Participant& b : e.recipients) use(std::minmax(a.party, b.party));
        if (e.recipients.empty())
          for (const Participant& b : e.actors)
            if (a.party < b.party) use(std::minmax(a.party, b.party));
      }
    };
    for (const Draft& d : drafts_) {
      for (const Participant& p : d.event.actors) parties.insert(p.party);
      for (const Participant& p : d.event.recipients) parties.insert(p.party);
      each_pair(d.event, [&](const auto& pair) { ++pairs[{pair.first, pair.second}]; });
    }
    parties.erase("");
    for (Draft& d : drafts_) {
      d.report_parties = static_cast<uint32_t>(parties.size());
      each_pair(d.event, [&](const auto& pair) { d.pair_again = d.pair_again || pairs.at({pair.first, pair.second}) > 1; });
    }
  }

  std::vector<Event> finish() {
    survey();
    const bool body_tells = std::any_of(drafts_.begin(), drafts_.end(), [](const Draft& d) { return !d.in_title; });
    std::vector<Event> events;
    for (Draft& draft : drafts_) {
      // Headlines repeat the body; what the body does not tell is doubtful.
      if (draft.in_title && body_tells) continue;
      if (draft.event.actors.empty() && draft.event.recipients.empty() && !draft.match.frame->sure && draft.nominal) continue;
      // A bad word that falls on nobody is no reproach, and help goes to somebody.
      const Event& event = draft.event;
      if (event.recipients.empty() && ((event.type == "ACCUSE" && draft.match.from_speaker) || (event.rule.starts_with("aid.deliver") && !draft.match.recipient_named))) continue;
      draft.event.signs = signs_of(draft);
      draft.event.confidence = frames_.confidence(draft.event.signs);
      events.push_back(std::move(draft.event));
    }
    std::stable_sort(events.begin(), events.end(), [](const Event& a, const Event& b) { return std::pair(a.sentence, a.trigger) < std::pair(b.sentence, b.trigger); });
    return events;
  }

  std::string_view text_;
  uint32_t body_start_;
  std::span<const Sentence> sentences_;
  std::span<const Tree> trees_;
  const Names& names_;
  std::span<const TimeExpression> times_;
  std::span<const Statement> statements_;
  const FrameLexicon& frames_;
  StatementIndex statement_index_;
  std::vector<std::optional<EventDate>> headings_;  // by sentence
  std::optional<EventDate> idle_day_;  // of the sentence before, when it tells no act
  std::vector<Draft> drafts_;
};

}  // namespace

std::vector<Event> find_events(std::string_view text, uint32_t body_start, std::span<const Sentence> sentences, std::span<const Tree> trees, const Names& names,
                               std::span<const TimeExpression> times, std::span<const Statement> statements, const Published&, const FrameLexicon& frames) {
  return EventFinder(text, body_start, sentences, trees, names, times, statements, frames).run();
}

}  // namespace demarche
