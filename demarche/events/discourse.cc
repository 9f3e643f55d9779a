#include "demarche/events/discourse.h"

#include <algorithm>

namespace demarche {
namespace {

// How many drafts back a search looks: a report of ordinary length is seen whole, a hostile one costs linear time.
constexpr size_t kLookBack = 160;
// Different parties, or pairs of them, that are counted: a report knows fewer.
constexpr size_t kMostCounted = 24;

bool all_among(const std::vector<Participant>& some, const std::vector<Participant>& list) {
  return std::all_of(some.begin(), some.end(), [&](const Participant& p) { return std::any_of(list.begin(), list.end(), [&](const Participant& q) { return q.party == p.party; }); });
}

bool same_parties(const std::vector<Participant>& a, const std::vector<Participant>& b) { return all_among(a, b) && all_among(b, a); }

bool share_party(const std::vector<Participant>& a, const std::vector<Participant>& b) {
  for (const Participant& p : a)
    for (const Participant& q : b)
      if (p.party == q.party && !p.party.empty()) return true;
  return false;
}

bool compatible(const std::vector<Participant>& a, const std::vector<Participant>& b) { return a.empty() || b.empty() || share_party(a, b); }

bool is_verbal(const Event& e) { return e.quad_class == "verbal_conflict" || e.type == "SUPPORT" || e.type == "CONCEDE" || e.type == "AGREE"; }

// Whether a noun ("the launch", "the strikes") can name the act of a draft.
bool noun_names(const FrameLexicon& frames, const std::string& noun, const Draft& draft) {
  if (draft.word == noun) return true;
  const Symbol symbol = frames.lexemes().find(noun);
  for (const Trigger& trigger : frames.triggers(symbol)) {
    if (trigger.pos != TriggerPos::noun || !trigger.more.empty()) continue;
    const Frame& frame = frames.frames()[trigger.frame];
    // "reckless conduct" in what someone says is a reproach; "the conduct" names none.
    const bool said = std::any_of(frame.actor.begin(), frame.actor.end(), [](const RoleSum& sum) { return sum.front().slot == Slot::speaker; });
    if (!said && frame.type == draft.event.type && frame.kind == draft.event.kind) return true;
  }
  return false;
}

bool is_anaphor(const std::string& word) { return word == "it" || word == "what" || word == "this" || word == "that" || word == "these" || word == "they" || word == "move" || word == "decision" || word == "act" || word == "action" || word == "step"; }

bool is_material_conflict(const Event& e) { return e.quad_class == "material_conflict"; }

void infer_recipient(std::vector<Draft>& drafts, size_t at, const FrameLexicon& frames) {
  Draft& draft = drafts[at];
  // "condemned the pact": whoever made it. "called the strike reckless": what has been told in the same word. Then what the noun may name.
  const bool accord = draft.event.type == "ACCUSE" && frames.is(frames.lexemes().find(draft.pending), frames.known.accord);
  // "rejected the idea": whoever had it.
  const bool proposal = draft.event.type == "REJECT" && frames.is(frames.lexemes().find(draft.pending), frames.known.proposal);
  const auto asks_or_offers = [&](const Draft& other) {
    return (other.event.type == "REQUEST" || other.event.rule.starts_with("agree.offer")) && (other.event.recipients.empty() || share_party(other.event.recipients, draft.event.actors));
  };
  const auto made = [&](const Event& e) { return e.actors.size() > 1 && (e.type == "AGREE" || e.type == "COOPERATE" || e.type == "SUPPORT"); };
  const auto fits = [&](const Draft& other, bool closely) {
    if (other.event.actors.empty() || share_party(other.event.actors, draft.event.actors)) return false;
    if (closely) return accord ? made(other.event) : other.word == draft.pending && other.event.factuality == Factuality::actual;
    if (noun_names(frames, draft.pending, other) || (is_anaphor(draft.pending) && is_material_conflict(other.event))) return true;
    return proposal && asks_or_offers(other);
  };
  for (const bool closely : {true, false})
    for (size_t k = 1; k <= kLookBack; ++k) {
      const Draft* found = nullptr;
      if (k <= at && fits(drafts[at - k], closely)) found = &drafts[at - k];
      else if (k <= 3 && at + k < drafts.size() && drafts[at + k].match.sentence == draft.match.sentence && fits(drafts[at + k], closely)) found = &drafts[at + k];
      if (!found) continue;
      draft.event.recipients = found->event.actors;
      draft.recipient_inferred = Inferred::thing;
      return;
    }
}

void infer_actor(std::vector<Draft>& drafts, size_t at) {
  Draft& draft = drafts[at];
  // A drill of unknown owner may be a joint one.
  const auto fits = [&](const Draft& other) {
    return !other.event.actors.empty() && other.event.kind == draft.event.kind && !draft.event.kind.empty() && (other.event.type == draft.event.type || draft.event.kind == "exercise");
  };
  for (size_t k = 1; k <= kLookBack; ++k) {
    const Draft* found = nullptr;
    if (k <= at && fits(drafts[at - k])) found = &drafts[at - k];
    else if (at + k < drafts.size() && fits(drafts[at + k])) found = &drafts[at + k];
    if (!found) continue;
    draft.event.actors = found->event.actors;
    draft.event.type = found->event.type;
    draft.event.mode = found->event.mode;
    draft.event.quad_class = found->event.quad_class;
    if (draft.event.recipients.empty() && draft.nominal) draft.event.recipients = found->event.recipients;
    draft.actor_inferred = Inferred::same_kind;
    return;
  }
}

// "rejected the accusation", "dismissed criticism", "rejected the result": whose it is, nobody says.
bool rejects_nobody(const Draft& draft, const FrameLexicon& frames) {
  return draft.event.type == "REJECT" && frames.is(frames.lexemes().find(draft.pending), frames.known.nobodys_noun);
}

bool needs_adversary(const Draft& draft, const FrameLexicon& frames) {
  const Event& e = draft.event;
  const Frame& frame = *draft.match.frame;
  if (frame.unaimed || rejects_nobody(draft, frames)) return false;
  const bool unknown = e.recipients.empty() || (e.mode == "destroy" && std::all_of(e.recipients.begin(), e.recipients.end(), [](const Participant& p) { return p.party.empty(); }));
  const bool many = e.actors.size() != 1 && e.mode != "destroy" && !draft.match.at_border;
  if (!unknown || e.actors.empty() || many || frame.recipient.empty() || (draft.nominal && !draft.match.from_speaker)) return false;
  // "accused the West", "urged its allies": somebody is named, though no party.
  if (draft.match.recipient_named && e.type != "SANCTION") return false;  // measures on "four companies" are aimed at their country
  if (draft.match.domestic || e.mode == "convict" || e.mode == "investigate") return false;
  if (draft.match.at_border || (draft.in_reply && (e.type == "MOBILIZE" || e.type == "ASSAULT"))) return true;
  if (e.type == "REQUEST" && (draft.word == "demand" || (e.mode == "meet" && draft.word == "propose"))) return true;
  if (e.type == "CONCEDE" && (e.kind == "ceasefire" || (frame.act && frame.recipient.front().front().slot == Slot::prep))) return true;
  return e.mode == "yield" || e.type == "ACCUSE" || (e.type == "THREATEN" && (!draft.match.from_speaker || draft.in_reply)) || e.type == "REJECT" || e.type == "SANCTION" || e.type == "ASSAULT";
}

// "The army shelled Ruritown", in its own country; "turned water cannon on a supply boat": the other side of the one quarrel that the report tells of.
bool needs_rival(const Draft& draft) {
  const Event& e = draft.event;
  const bool unknown = std::all_of(e.recipients.begin(), e.recipients.end(), [](const Participant& p) { return p.party.empty(); });
  if (!unknown || e.actors.size() != 1 || draft.nominal || (draft.match.recipient_named && e.type != "ASSAULT") || draft.match.frame->recipient.empty()) return false;
  if (draft.match.home_ground) return e.type == "ASSAULT" || e.type == "MOBILIZE";
  const bool moves = e.type == "MOBILIZE" && e.kind != "missile_launch" && e.kind != "exercise";  // a test and a drill are aimed at nobody
  return (e.type == "ASSAULT" || moves) && !draft.match.domestic && e.factuality == Factuality::actual;
}

// A party that the report tells of no quarrel of: the one that most others turn against ("The European Union has withdrawn its ambassadors" after
// a coup).
void infer_target(std::vector<Draft>& drafts, size_t at) {
  Draft& draft = drafts[at];
  struct Target {
    Participant party;
    uint32_t acts = 0;
    std::vector<Participant> by;  // each once
  };
  std::vector<Target> against;
  for (size_t k = at > kLookBack ? at - kLookBack : 0; k < drafts.size() && k <= at + kLookBack; ++k) {
    const Event& e = drafts[k].event;
    if (k == at || e.recipients.size() != 1 || e.recipients.front().party.empty() || (e.quad_class != "verbal_conflict" && e.quad_class != "material_conflict")) continue;
    if (drafts[k].recipient_inferred != Inferred::no) continue;
    auto same = std::find_if(against.begin(), against.end(), [&](const Target& t) { return t.party.party == e.recipients.front().party; });
    if (same == against.end() && against.size() < kMostCounted) same = against.insert(against.end(), Target{e.recipients.front(), 0, {}});
    if (same == against.end()) continue;
    ++same->acts;
    for (const Participant& p : e.actors)
      if (!p.party.empty() && !share_party({p}, same->by) && same->by.size() < kMostCounted) same->by.push_back(p);
  }
  constexpr uint32_t kFew = 3;  // acts against it, and twice as many as against any other; or as many parties
  const auto leads = [&](const Target& most, const auto& count) {
    return count(most) >= kFew && std::none_of(against.begin(), against.end(), [&](const Target& t) { return t.party.party != most.party.party && 2 * count(t) > count(most); });
  };
  for (const Target& most : against) {
    const bool acts = leads(most, [](const Target& t) { return t.acts; });
    const bool parties = leads(most, [](const Target& t) { return static_cast<uint32_t>(t.by.size()); });
    if ((!acts && !parties) || share_party({most.party}, draft.event.actors)) continue;
    draft.event.recipients = {most.party};
    draft.recipient_inferred = Inferred::target;
    if (parties) return;
  }
}

// "called for his release": whoever did the last act of force told.
void infer_captor(std::vector<Draft>& drafts, size_t at) {
  Draft& draft = drafts[at];
  constexpr size_t kNear = 6;  // drafts back
  for (size_t k = 1; k <= std::min(kNear, at); ++k) {
    const Event& e = drafts[at - k].event;
    if ((e.type != "COERCE" && e.type != "ASSAULT") || e.factuality != Factuality::actual) continue;
    if (e.actors.size() == 1 && !e.actors.front().party.empty() && !share_party(e.actors, draft.event.actors)) {
      draft.event.recipients = e.actors;
      draft.recipient_inferred = Inferred::thing;
    }
    return;
  }
}

// "Ruritania and Graustark accused each other", "clashed": of two who both act, each is the other's opponent.
bool fights_each_other(const Draft& draft) { return draft.event.actors.size() == 2 && draft.event.recipients.empty() && (draft.match.frame->reciprocal || draft.match.each_other); }

// Of two sides the one that `mine` is not; nobody when `mine` is neither or both.
std::vector<Participant> other_side(const std::vector<Participant>& sides, const std::vector<Participant>& mine) {
  if (mine.size() != 1 || mine.front().party.empty()) return {};
  for (const size_t k : {size_t{0}, size_t{1}})
    if (sides[k].party == mine.front().party && sides[1 - k].party != mine.front().party && !sides[1 - k].party.empty()) return {sides[1 - k]};
  return {};
}

// A country or a group, and no body of states that is asked to help.
bool is_state(const Participant& p) { return p.party.size() == 3; }

// Who stands against the party of `draft` in another act; nobody when there is no quarrel in it.
std::vector<Participant> opponent_in(const Draft& draft, const Draft& other) {
  const Event &mine = draft.event, &e = other.event;
  const auto nobody = [](const std::vector<Participant>& all) { return std::all_of(all.begin(), all.end(), [](const Participant& p) { return p.party.empty(); }); };
  // Who asks another for something is not at odds with it.
  const bool conflict = e.type != "REQUEST" && (e.quad_class == "verbal_conflict" || e.quad_class == "material_conflict");
  if (conflict && fights_each_other(other)) return other_side(e.actors, mine.actors);
  if (nobody(e.actors) || nobody(e.recipients)) return {};
  // "refused to apologise", "demanded an apology in its turn": whoever has asked for something.
  const bool asked = e.type == "REQUEST" && (mine.type == "REJECT" || mine.type == "REQUEST");
  if (asked && same_parties(e.recipients, mine.actors) && !share_party(e.actors, mine.actors)) return e.actors;
  if (!conflict) return {};
  if (share_party(e.actors, mine.actors) && !share_party(e.recipients, mine.actors)) return e.recipients;
  return all_among(e.recipients, mine.actors) && !share_party(e.actors, mine.actors) ? e.actors : std::vector<Participant>{};
}

// "voiced concern and asked Ruritania for an explanation": whoever is asked in the same breath.
std::vector<Participant> asked_beside(const std::vector<Draft>& drafts, size_t at) {
  const Draft& draft = drafts[at];
  for (const size_t place : {at + 1, at - 1}) {
    if (draft.event.type != "ACCUSE" || place >= drafts.size()) continue;  // at - 1 wraps round below nought
    const Draft& other = drafts[place];
    if (other.match.sentence != draft.match.sentence || other.event.type != "REQUEST" || other.event.recipients.size() != 1 || other.recipient_inferred != Inferred::no) continue;
    if (same_parties(other.event.actors, draft.event.actors) && is_state(other.event.recipients.front())) return other.event.recipients;
  }
  return {};
}

// The opponent told of most nearby: what is near weighs more, what was told before more than what follows, and for an act of force the others' force.
std::vector<Participant> opponent_nearby(const std::vector<Draft>& drafts, size_t at) {
  constexpr size_t kNear = 16;  // drafts either way
  std::vector<std::pair<std::vector<Participant>, double>> votes;
  for (size_t k = 1; k <= kNear; ++k)
    for (const bool back : {true, false}) {
      if (back ? k > at : at + k >= drafts.size()) continue;
      const Draft& other = drafts[back ? at - k : at + k];
      std::vector<Participant> found = opponent_in(drafts[at], other);
      if (found.empty()) continue;
      // Chosen on tests/tuning among four, with a look at the totals of tests/calibration.
      double weight = (back ? 1.0 : 0.5) / (static_cast<double>(k) + 1.0);
      if (is_material_conflict(drafts[at].event) && is_material_conflict(other.event)) weight *= 2;
      const auto same = std::find_if(votes.begin(), votes.end(), [&](const auto& v) { return same_parties(v.first, found); });
      if (same != votes.end()) same->second += weight;
      else votes.emplace_back(std::move(found), weight);
    }
  if (votes.empty()) return {};
  return std::max_element(votes.begin(), votes.end(), [](const auto& a, const auto& b) { return a.second < b.second; })->first;
}

// Whom a party is at odds with around the act, when the clause does not say; with `near` off only the one rival that it has in the report.
void infer_adversary(std::vector<Draft>& drafts, size_t at, bool near) {
  Draft& draft = drafts[at];
  if (near) {
    std::vector<Participant> found = asked_beside(drafts, at);
    if (found.empty()) found = opponent_nearby(drafts, at);
    if (!found.empty()) {
      draft.event.recipients = std::move(found);
      draft.recipient_inferred = Inferred::adversary;
      return;
    }
  }
  // Nobody near: the one rival that the party has in this report.
  std::vector<Participant> rival;
  size_t quarrels = 0;
  for (size_t k = at > kLookBack ? at - kLookBack : 0; k < drafts.size() && k <= at + kLookBack; ++k) {
    if (k == at) continue;
    std::vector<Participant> found = opponent_in(draft, drafts[k]);
    if (found.empty()) continue;
    if (!rival.empty() && !same_parties(rival, found)) return;
    rival = std::move(found);
    ++quarrels;
  }
  if (quarrels >= 2) {
    draft.event.recipients = std::move(rival);
    draft.recipient_inferred = Inferred::rival;
  } else if (quarrels == 0 && near) {
    if (draft.match.wants_back) infer_captor(drafts, at);
    if (draft.event.recipients.empty()) infer_target(drafts, at);
  }
}

// "urged both sides to hold back": the parties that the report tells of most often as at talks, in an accord or at war, and that leave the actor
// out; of equals the nearest.
void infer_sides(std::vector<Draft>& drafts, size_t at) {
  Draft& draft = drafts[at];
  std::vector<std::pair<std::vector<Participant>, uint32_t>> found;  // nearest first, with how often
  for (size_t k = 1; k <= kLookBack && (k <= at || at + k < drafts.size()); ++k)
    for (const size_t place : {at - k, at + k}) {
      if (place >= drafts.size()) continue;  // at - k wraps round below nought
      const Event& other = drafts[place].event;
      std::vector<Participant> sides = other.actors;
      if (other.quad_class == "material_conflict" || other.quad_class == "verbal_conflict") sides.insert(sides.end(), other.recipients.begin(), other.recipients.end());
      if (sides.size() < 2 || share_party(sides, draft.event.actors)) continue;
      const auto same = std::find_if(found.begin(), found.end(), [&](const auto& f) { return same_parties(f.first, sides); });
      if (same != found.end()) ++same->second;
      else if (found.size() < kMostCounted) found.emplace_back(std::move(sides), 1);
    }
  if (found.empty()) return;
  draft.event.recipients = std::max_element(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.second < b.second; })->first;
  draft.recipient_inferred = Inferred::sides;
}

}  // namespace

void infer_participants(std::vector<Draft>& drafts, const FrameLexicon& frames) {
  for (size_t i = 0; i < drafts.size(); ++i)
    if (drafts[i].event.actors.empty() && drafts[i].match.frame->sure) infer_actor(drafts, i);
  for (size_t i = 0; i < drafts.size(); ++i)
    if (drafts[i].event.recipients.empty() && !drafts[i].pending.empty() && drafts[i].event.type != "AGREE" && !rejects_nobody(drafts[i], frames)) infer_recipient(drafts, i, frames);
  for (size_t i = 0; i < drafts.size(); ++i)
    if (drafts[i].match.recipient_sides && drafts[i].event.recipients.empty()) infer_sides(drafts, i);
    else if (const bool near = needs_adversary(drafts[i], frames); near || needs_rival(drafts[i])) infer_adversary(drafts, i, near);
    else if (drafts[i].match.wants_back && drafts[i].event.recipients.empty()) infer_captor(drafts, i);
}

namespace {

// Days that one act can have: a month is the time of a course of events.
bool is_day(const EventDate& date) { return date.days.end - date.days.start <= 1; }

}  // namespace

void count_dates(std::vector<Draft>& drafts, const FrameLexicon& frames) {
  for (size_t i = 0; i < drafts.size(); ++i) {
    Draft& draft = drafts[i];
    if (draft.event.date || !draft.counted) continue;
    std::optional<DayRange> anchor = draft.counted->anchor_days;
    // "The attack", "the raid", "the clash" may name any act of force.
    const bool force = frames.is(frames.lexemes().find(draft.counted->anchor), frames.known.aggression);
    // A meeting that only sets the scene may be told by its week.
    const bool setting = draft.counted->offset == 0;
    const auto dated = [&](const Draft& other) {
      return other.event.date && (is_day(*other.event.date) || (setting && other.event.date->days.end - other.event.date->days.start < 7)) && other.event.factuality == Factuality::actual && (!setting || other.event.type == "CONSULT");
    };
    const auto fits = [&](const Draft& other) {
      return dated(other) && (noun_names(frames, draft.counted->anchor, other) || is_anaphor(draft.counted->anchor) || (force && (other.event.type == "ASSAULT" || other.event.kind == "missile_launch")));
    };
    for (size_t k = 1; !anchor && k <= kLookBack; ++k) {
      if (k <= i && fits(drafts[i - k])) anchor = drafts[i - k].event.date->days;
      else if (i + k < drafts.size() && fits(drafts[i + k])) anchor = drafts[i + k].event.date->days;
      if (k > i && i + k >= drafts.size()) break;
    }
    // A noun that names nothing told as an event ("the vote"): the act just told.
    if (!anchor && !setting && i > 0 && dated(drafts[i - 1]) && drafts[i - 1].paragraph == draft.paragraph) anchor = drafts[i - 1].event.date->days;
    // "The vote came a day after ...": the news that the report opens with.
    constexpr uint32_t kOpening = 3;  // paragraphs
    for (size_t k = 0; !anchor && !setting && k < drafts.size() && drafts[k].paragraph < kOpening; ++k)
      if (k != i && !drafts[k].in_title && dated(drafts[k])) anchor = drafts[k].event.date->days;
    if (!anchor) continue;
    draft.event.date = EventDate{{anchor->start + draft.counted->offset, anchor->end + draft.counted->offset}, draft.counted->text, EventDateBasis::inferred};
    draft.date_place = DatePlace::counted;
  }
}

void carry_dates(std::vector<Draft>& drafts) {
  constexpr size_t kNear = 12;  // drafts back
  for (size_t i = 0; i < drafts.size(); ++i) {
    Draft& draft = drafts[i];
    if (draft.event.date || draft.bounded || draft.event.factuality == Factuality::planned || draft.event.factuality == Factuality::hypothetical || draft.habitual) continue;
    if (draft.heading && draft.tense != Tense::pluperfect && (!draft.nominal || draft.match.frame->bare)) {
      draft.event.date = draft.heading;
      draft.date_place = DatePlace::heading;
      continue;
    }
    if (draft.event.factuality != Factuality::actual) continue;
    // "On Friday it was Ruritania's turn. The Treasury put ...": a dated sentence that tells no act of its own.
    if (draft.led_by && draft.tense == Tense::past && !draft.match.from_speaker) {
      draft.event.date = draft.led_by;
      draft.event.date->basis = EventDateBasis::inferred;
      draft.date_place = DatePlace::carried;
      continue;
    }
    if (draft.tense == Tense::perfect || draft.tense == Tense::pluperfect || (draft.tense == Tense::present && !draft.match.from_speaker)) continue;
    for (size_t k = 1; k <= std::min<size_t>(i, kNear); ++k) {
      const Draft& other = drafts[i - k];
      if (other.paragraph != draft.paragraph) break;
      if (!other.event.date || other.event.factuality != Factuality::actual || !is_day(*other.event.date)) continue;
      const uint32_t apart = draft.match.sentence.index - other.match.sentence.index;
      if (apart > 2) break;
      if (other.aside) continue;
      const bool own = other.date_place != DatePlace::carried && other.date_place != DatePlace::counted && other.tense != Tense::pluperfect;
      // What a party says goes with what it has just done or said; what is said right beside a dated act is of the same day.
      const bool same_speaker = draft.match.frame->act && same_parties(draft.event.actors, other.event.actors) && (other.match.frame->act || (own && apart <= 1));
      const bool same_act = draft.event.type == other.event.type && draft.event.kind == other.event.kind && compatible(draft.event.actors, other.event.actors);
      const bool beside = draft.match.frame->act && other.match.frame->act && own && (apart == 0 || (apart <= 1 && other.date_place == DatePlace::setting));
      // "The council met on Friday. X's envoy accused Y": what is said at a meeting just told of.
      const bool at_meeting = apart <= 1 && draft.match.frame->act && own && other.event.type == "CONSULT" && (other.event.kind == "meeting" || other.event.kind == "summit");
      // "On Tuesday the navy seized a boat. It also fired ...": of a pronoun, or told as one more, in the next sentence.
      const bool goes_on = apart <= 1 && (draft.match.actor.signs.pronoun || draft.further) && !draft.match.from_speaker && !draft.aside && !draft.event.actors.empty() && same_parties(draft.event.actors, other.event.actors);
      if (!same_speaker && !same_act && !beside && !at_meeting && !goes_on) continue;
      draft.event.date = other.event.date;
      draft.event.date->basis = EventDateBasis::inferred;
      draft.date_place = DatePlace::carried;
      break;
    }
  }
}

namespace {

bool dates_allow(const Draft& a, const Draft& b) {
  if (!a.event.date || !b.event.date) {
    // A dated telling and an undated one: the same when the undated one only refers, or stands near.
    if (!a.event.date && !b.event.date) return true;
    const Draft& undated = a.event.date ? b : a;
    return !undated.bounded && (undated.nominal || undated.in_title || !undated.event.kind.empty() || undated.event.type == "ASSAULT");
  }
  const DayRange x = a.event.date->days, y = b.event.date->days;
  return x.start <= y.end && y.start <= x.end;
}

bool same_act(const Draft& a, const Draft& b) {
  const Event &x = a.event, &y = b.event;
  if (x.type != y.type || x.factuality != y.factuality) return false;
  if (b.further && !a.in_title) return false;
  if (!x.kind.empty() && !y.kind.empty() && x.kind != y.kind) return false;
  const bool title = a.in_title != b.in_title;
  if (!dates_allow(a, b)) return false;
  if (is_verbal(x) && !title) {
    // Two speech acts are two acts, unless the same words return.
    if (a.word != b.word && !(a.nominal || b.nominal)) return false;
    if (!a.nominal && !b.nominal && a.topic != b.topic && !a.topic.empty() && !b.topic.empty()) return false;
    return !x.actors.empty() && same_parties(x.actors, y.actors) && (same_parties(x.recipients, y.recipients) || ((a.nominal || b.nominal) && compatible(x.recipients, y.recipients)));
  }
  if (x.type == "CONSULT" || x.type == "AGREE" || x.type == "COOPERATE") {
    if (!(same_parties(x.actors, y.actors) || (title && share_party(x.actors, y.actors)))) return false;
    return x.kind == y.kind || a.word == b.word || title;
  }
  if (!compatible(x.actors, y.actors) || !compatible(x.recipients, y.recipients)) return false;
  if (x.kind.empty() != y.kind.empty() && !(a.nominal || b.nominal || title)) return false;
  if (x.kind.empty() && y.kind.empty() && a.word != b.word && !title && !(x.mode == y.mode && (a.nominal || b.nominal))) return false;
  return x.kind == y.kind || a.nominal || b.nominal || title;
}

// How much a telling holds.
int fullness(const Draft& d) {
  int points = 0;
  if (!d.in_title) points += 8;
  if (d.event.date) points += d.date_place == DatePlace::carried ? 1 : 3;
  if (!d.match.actor.parties.empty()) points += 2;
  if (!d.match.recipient.parties.empty()) points += 1;
  if (!d.nominal) points += 2;
  if (!d.event.kind.empty()) points += 1;
  if (d.event.location) points += 1;
  if (d.event.details.contains("range_km") || d.event.details.contains("count")) points += 1;
  return points;
}

void absorb(Draft& into, Draft& from) {
  Event &to = into.event, &other = from.event;
  if (to.actors.empty()) to.actors = other.actors;
  if (to.recipients.empty()) to.recipients = other.recipients;
  if (!to.date && !into.bounded && other.date) {
    to.date = other.date;
    into.date_place = DatePlace::carried;
  }
  if (to.kind.empty() && !from.in_title) to.kind = other.kind;  // a headline may tell another act
  if (to.mode.empty()) to.mode = other.mode;
  if (!to.location) to.location = other.location;
  for (const auto& [key, value] : other.details) to.details.emplace(key, value);
  to.also.push_back({other.sentence, other.trigger});
  to.also.insert(to.also.end(), other.also.begin(), other.also.end());
  from.dropped = true;
}

}  // namespace

void merge_tellings(std::vector<Draft>& drafts) {
  for (size_t i = 0; i < drafts.size(); ++i) {
    if (drafts[i].dropped) continue;
    for (size_t k = 1; k <= std::min(i, kLookBack); ++k) {
      Draft& other = drafts[i - k];
      if (other.dropped || !same_act(other, drafts[i])) continue;
      if (fullness(drafts[i]) > fullness(other)) {
        absorb(drafts[i], other);
        continue;  // an earlier third telling may join as well
      }
      absorb(other, drafts[i]);
      break;
    }
  }
  std::erase_if(drafts, [](const Draft& d) { return d.dropped; });
  for (Draft& d : drafts) std::sort(d.event.also.begin(), d.event.also.end());
}

}  // namespace demarche
