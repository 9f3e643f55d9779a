// Titles without a name: offices, unnamed officials, bodies, forces.
#include "demarche/names/resolver.h"

#include <algorithm>

namespace demarche::names {

Referent Resolver::resolve_titled(const Phrase& p, size_t i) {
  const Title& t = title(p);
  Source from = source_of(p, i);
  if (p.cls == "counterpart") return counterpart(p, from);
  // "became governor", "many people": nobody in particular.
  if (!from.explicit_ && p.determiner == Determiner::none && !p.plural && t.part != Part::body && !scan().units[p.head].capital) return {};
  if (!from.explicit_ && t.sector == "CVL" && nobody(p)) return {};
  if (t.part == Part::body) return resolve_body(p, from);
  if (t.part == Part::people) return resolve_people(p, from);
  const bool definite = p.determiner == Determiner::definite || p.determiner == Determiner::demonstrative;
  // "the official", "the minister": told before.
  if (definite && !from.explicit_ && !p.plural)
    if (const auto told_before = earlier(p)) {
      Referent r = simple(*told_before, 0.8f);
      r.form = MentionForm::nominal;
      r.rule = "names.definite";
      return r;
    }
  if (definite && !from.explicit_ && p.plural)
    if (const Referent together = earlier_together(p); together.valid()) return together;
  const bool office = t.part == Part::post && !is_rebellion(p) && !p.plural && p.cls != "spokesperson" && p.cls != "lawmaker" && p.cls != "leader" && p.cls != "minister_other" && p.cls != "ambassador" && p.cls != "special_envoy" && p.cls != "igo_deputy";
  if (from.party.empty() && governs(p) && !from.elsewhere && !of_no_state(p) && !unread_complement(p) && (definite || p.plural || t.part == Part::post || p.determiner == Determiner::indefinite)) {
    from.party = t.part == Part::staff ? focus_or_scene() : focus();
    from.confidence = 0.4f;
  }
  // "the leader of Iran" and "the head of Hamas", not "the head of Turkey's parliament"
  const bool of_state = t.name == "leader" || t.name == "ruler" || t.name == "strongman";
  const bool leads = p.cls == "leader" && (base_.party_row(from.party) < 0 ? t.name != "member" && t.id != "post.no-2" : of_state && (from.sector.empty() || from.sector == "GOV"));
  if ((office || (leads && from.explicit_ && !p.plural)) && !p.of_more && !p.deputy && !p.former && !from.party.empty() && p.determiner != Determiner::indefinite)
    if (const auto holder = holder_of(from.party, p.cls == "leader" ? "" : p.cls, &p)) {
      Referent r = simple(*holder, std::min(from.confidence, 0.88f));
      r.form = MentionForm::nominal;
      r.rule = "names.holder";
      return r;
    }
  remember_body(p, from, i);
  return new_nominal(p, from, office ? ActorKind::office : ActorKind::person);
}

// Diplomats and envoys, but not "a retired diplomat", who is at home.
bool Resolver::serves_abroad(const Phrase& p) const {
  for (uint32_t u = p.first; u < p.head; ++u)
    if (scan().is(u, "retired") || scan().is(u, "former")) return false;
  return title(p).name == "diplomat" || title(p).id == "body.embassy" || p.cls == "ambassador" || p.cls == "special_envoy";
}

// "foreign security forces", of any state but this one; not "a Foreign Ministry official"
bool Resolver::is_foreign(const Phrase& p) const {
  static constexpr std::array<std::string_view, 9> kOwn = {"ministry", "minister", "ministers", "policy", "affairs", "secretary", "office", "intelligence", "service"};
  for (uint32_t u = p.first; u < p.title_first; ++u)
    if (scan().is(u, "foreign") && !scan().units[u].capital && !scan().any(u + 1, kOwn)) return true;
  return false;
}

// "a diplomat", "the mediators", "an official from the region": people whose state only its name would tell.
bool Resolver::of_no_state(const Phrase& p) const {
  const bool definite = p.determiner == Determiner::definite && !p.plural;
  const bool abroad = serves_abroad(p);
  if (is_foreign(p)) return true;
  const bool region = (scan().is(p.last, "from") || scan().is(p.last, "in")) && scan().is(p.last + 1, "the") && scan().is(p.last + 2, "region");
  const bool to = abroad && scan().is(p.title_last, "to");  // "the ambassador to Ukraine" is somebody else's
  const bool several = scan().is(p.last, "in") && scan().is(p.last + 1, "both");  // "officials in both capitals"
  return region || to || several || (abroad && !definite && p.determiner != Determiner::possessive);
}

// "the embassy in Manila": the Philippines, whose it is not.
std::string Resolver::host_of(const Phrase& p) const {
  if (title(p).id != "body.embassy") return {};
  for (const Origin& o : p.origins)
    if (o.location && o.phrase >= 0 && refs_[static_cast<size_t>(o.phrase)].actor.valid()) return actors_[refs_[static_cast<size_t>(o.phrase)].actor].country;
  return {};
}

bool Resolver::nobody(const Phrase& p) const {
  static constexpr std::array<std::string_view, 12> kWords = {"people", "families", "children", "students", "workers", "voters", "citizens", "citizen", "worker", "student", "victim", "local"};
  return scan().any(p.head, kWords);
}

std::optional<ActorId> Resolver::holder_of(std::string_view party, std::string_view cls, const Phrase* p) {
  if (!published_) return std::nullopt;
  std::vector<uint32_t> rows;
  if (!cls.empty()) {
    rows = base_.holders(party, cls, *published_);
    if (p && rows.size() > 1) {  // "the Vietnamese president" is not the party's secretary, "the Canadian monarch" not the governor
      std::string word(scan().units[p->head].text);
      word.front() = static_cast<char>(word.front() >= 'a' && word.front() <= 'z' ? word.front() - 32 : word.front());
      std::vector<uint32_t> so_called;
      for (const uint32_t row : rows)
        for (const Term& t : base_.terms(base_.persons()[row]))
          if (base_.code(t.party) == party && t.office_class == cls && actors_.in_office(t) && t.office.find(word) != std::string_view::npos && (so_called.empty() || so_called.back() != row)) so_called.push_back(row);
      if (!so_called.empty()) rows = so_called;
    }
    // "the Iranian president" heads the government there, not the state
    if (p && scan().is(p->head, "president") && cls == "head_of_state")
      for (const uint32_t row : base_.holders(party, "head_of_government", *published_))
        for (const Term& t : base_.terms(base_.persons()[row]))
          if (base_.code(t.party) == party && t.office_class == "head_of_government" && actors_.in_office(t) && t.office.starts_with("President")) rows = {row};
  } else {
    for (const std::string_view c : {"head_of_state", "head_of_government", "armed_group_leader"}) {
      // Where both exist "leader" is the one of whom the report speaks.
      for (const uint32_t row : base_.holders(party, c, *published_)) rows.push_back(row);
    }
    std::vector<uint32_t> spoken;
    for (const uint32_t row : rows)
      if (actors_.has_person(row)) spoken.push_back(row);
    for (const uint32_t row : rows)
      for (const Term& t : base_.terms(base_.persons()[row]))
        if (spoken.empty() && t.office.find("Supreme Leader") != std::string_view::npos && actors_.in_office(t)) spoken.push_back(row);
    if (!spoken.empty()) rows = spoken;
  }
  std::sort(rows.begin(), rows.end());
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  if (rows.size() != 1) return std::nullopt;
  return actors_.base_person(rows.front(), party, 0.9f, "");
}

// The actor told last whose title the words repeat.
std::optional<ActorId> Resolver::earlier(const Phrase& p) const {
  const Title& t = title(p);
  for (size_t h = history_.size(); h-- > 0;) {
    const Seen& seen = history_[h];
    if (!seen.what.actor.valid() || seen.what.place) continue;
    const Actor& a = actors_[seen.what.actor];
    const ActorState& s = actors_.state(seen.what.actor);
    if (t.part == Part::body || t.part == Part::people) {
      if (a.kind != ActorKind::organization && a.kind != ActorKind::group && a.kind != ActorKind::government) continue;
      if (s.title != p.title && !(t.part == Part::body && (a.kind == ActorKind::organization || a.kind == ActorKind::group) && same_body(p, a, s))) continue;
      // "the ministry" goes on meaning the one that it meant before, unless another has come up since in this very place.
      const auto chained = chains_.find(p.title);
      if (chained != chains_.end() && chained->second != seen.what.actor && seen.sentence < sentence_ && actors_.state(chained->second).last_sentence + 8 >= sentence_) return chained->second;
      return seen.what.actor;
    }
    if (a.kind != ActorKind::person && a.kind != ActorKind::office) continue;
    if (s.title == p.title) return seen.what.actor;
    if (t.part == Part::rank && std::find(s.title_words.begin(), s.title_words.end(), scan().units[p.head].hash) != s.title_words.end()) return seen.what.actor;  // "the general"
    if (t.part == Part::post && !p.cls.empty() && s.cls == p.cls && p.cls != "leader") return seen.what.actor;
    if (t.part == Part::post && (t.name == "minister" || t.name == "secretary") && s.cls.ends_with("_minister")) return seen.what.actor;
    if (t.name == "leader" && (s.cls.starts_with("head_of") || s.cls == "armed_group_leader")) return seen.what.actor;
    if (t.name == "official" && s.title >= 0 && base_.titles()[static_cast<size_t>(s.title)].part == Part::staff && s.cls == "official") return seen.what.actor;
  }
  return std::nullopt;
}

// "the ministers", "the leaders": those told together before, as persons or as "the foreign ministers of Japan and China".
Referent Resolver::earlier_together(const Phrase& p) const {
  const auto same_office = [&](ActorId id) {
    const ActorState& s = actors_.state(id);
    const Title& t = title(p);
    if (s.title == p.title || (!p.cls.empty() && s.cls == p.cls)) return true;
    if (t.name == "minister") return s.cls.ends_with("_minister") || s.cls == "minister_other";
    return t.name == "leader" && (s.cls.starts_with("head_of") || s.cls == "armed_group_leader");
  };
  Referent r;
  r.form = MentionForm::nominal;
  r.rule = "names.together";
  r.confidence = 0.65f;
  for (size_t h = together_.size(); h-- > 0;)
    if (std::all_of(together_[h].begin(), together_[h].end(), same_office)) {
      r.members = together_[h];
      return r;
    }
  for (size_t h = joined_.size(); h-- > 0;) {
    if (joined_[h].members.size() < 2 || !joined_[h].closed || !std::all_of(joined_[h].members.begin(), joined_[h].members.end(), same_office)) continue;
    r.members = joined_[h].members;
    return r;
  }
  return {};
}

// "the Spaniard": the person told last who is one, by party or by an office once held.
std::optional<ActorId> Resolver::countryman(std::string_view party) const {
  for (size_t h = history_.size(); h-- > 0;) {
    const Seen& seen = history_[h];
    if (seen.sentence + kPronounSentences < sentence_) break;
    if (!seen.what.actor.valid() || actors_[seen.what.actor].kind != ActorKind::person) continue;
    if (actors_[seen.what.actor].party == party) return seen.what.actor;
    if (const int32_t row = actors_.state(seen.what.actor).person; row >= 0)
      for (const Term& t : base_.terms(base_.persons()[static_cast<size_t>(row)]))
        if (base_.code(t.party) == party) return seen.what.actor;
  }
  return std::nullopt;
}

bool Resolver::same_body(const Phrase& p, const Actor& a, const ActorState& s) const {
  const Title& t = title(p);
  const std::string name = key_words(a.name), want = key_words(words(p.title_first, p.title_last));
  if (!want.empty() && name.size() >= want.size() && name.ends_with(want)) return true;
  if (t.name == "ministry") return name.find("ministry") != std::string::npos;
  if (t.cls == "military" && t.name == "military") return a.sector == "MIL" && s.group >= 0 && (name.find("army") != std::string::npos || name.find("forces") != std::string::npos || name.find("joint chiefs") != std::string::npos);
  return false;
}

Referent Resolver::resolve_body(const Phrase& p, Source& from) {
  const Title& t = title(p);
  Referent r;
  // "Japan Airlines": a company of that country, no part of its government.
  if (t.sector == "BUS" && scan().units[p.head].capital && p.determiner == Determiner::none && p.origins.size() == 1 && p.origins[0].atom >= 0 && !p.origins[0].possessive) return compound_name(p);
  const bool definite = p.determiner == Determiner::definite || p.determiner == Determiner::demonstrative;
  const std::string head = words(p.title_first, p.title_last);
  const bool bare = head == "office" || t.cls == "office";
  const bool needs_no_article = t.name == "parliament" || t.name == "police";  // "told parliament"
  if (!from.explicit_) {
    if (bare || t.name == "negotiating side") return {};
    if (const auto told_before = earlier(p); told_before && (definite || scan().units[p.title_first].capital)) {
      r = simple(*told_before, 0.85f);
      r.form = MentionForm::nominal;
      r.rule = "names.definite";
      chains_.insert_or_assign(p.title, *told_before);
      return r;
    }
    if (scan().is(p.first, "the") && scan().is(p.first + 1, "other")) return {};
    if (p.title_last - p.title_first == 1 && p.determiner == Determiner::none && t.name != "government" && !needs_no_article) return {};
    if (const auto group = told_group(p)) {
      r = simple(actors_.group(*group), 0.8f);
      r.form = MentionForm::nominal;
      return r;
    }
    const bool organ = governs(p) && t.cls != "minister_other" ? definite || needs_no_article || scan().units[p.title_first].capital : scan().units[p.title_first].capital && governs(p);
    if (!definite && !scan().units[p.title_first].capital && !needs_no_article) return {};
    if ((organ || (definite && governs(p))) && !is_foreign(p)) {
      from.party = named_behind(p);
      from.confidence = from.party.empty() ? organ ? 0.5f : 0.35f : 0.7f;
      if (from.party.empty()) from.party = focus_or_scene(host_of(p));
    }
  }
  if (from.parties.size() > 1 && p.plural) {
    for (const std::string& party : from.parties) r.members.push_back(is_government(t) ? actors_.government(party) : actors_.body(party, static_cast<uint32_t>(p.title), head, p.sector, p.cls));
    r.rule = "title." + std::string(t.id);
    r.confidence = from.confidence;
    r.form = MentionForm::nominal;
    return r;
  }
  if (from.party.empty() && !from.explicit_ && !definite) return {};
  if ((is_government(t) || bare) && !from.party.empty()) {
    r = simple(bare && base_.party_row(from.party) < 0 ? actors_.body(from.party, static_cast<uint32_t>(p.title), head, "GOV", p.cls) : actors_.government(from.party), from.confidence);
  } else {
    // "the Libertarian Party": the capitals before the noun belong to the name.
    std::string name = head;
    for (const Origin& o : p.origins)
      if (o.atom < 0 && o.phrase < 0 && o.last == p.title_first && scan().units[p.title_first].capital) name = words(o.first, p.title_last);
    if (name != head) {
      Actor a;
      a.name = name;
      a.kind = ActorKind::organization;
      a.party = a.country = from.party;
      a.sector = p.sector;
      a.key = from.party + "|organization|" + key_words(name);
      a.rule = "title." + std::string(t.id);
      a.confidence = from.party.empty() ? 0.3f : from.confidence;
      r = simple(actors_.add_once(std::move(a)), from.confidence);
      r.form = MentionForm::nominal;
      return r;
    }
    const bool private_body = t.sector == "BUS";
    r = simple(actors_.body(from.party, static_cast<uint32_t>(p.title), head, p.sector.empty() ? from.sector : p.sector, p.cls), from.confidence);
    if (private_body) actors_[r.actor].party.clear();
  }
  r.form = MentionForm::nominal;
  r.rule = "title." + std::string(t.id);
  return r;
}

// "the Department of Foreign Affairs": the only group of that name whose country the report speaks of.
std::optional<uint32_t> Resolver::told_group(const Phrase& p) const {
  uint64_t hash = 0;
  for (const Unit& u : units(p.title_first, p.title_last)) hash = chain(hash, u.hash);
  const auto weight = [&](const Group& g) { return g.country.empty() ? 4 * told(g.party) : 2 * told(g.country); };
  if (scan().is(p.title_first, "ministry")) return std::nullopt;  // every state has one
  int most = 0;
  for (const auto& [party, count] : told_) most = std::max(most, base_.party_row(party) >= 0 ? count : 0);
  std::optional<uint32_t> found;
  for (const Entry& e : base_.find(hash)) {
    if (e.kind != EntryKind::group || weight(base_.groups()[e.row]) < std::max(1, most)) continue;
    if (found && base_.groups()[*found].country != base_.groups()[e.row].country) return std::nullopt;
    found = e.row;
  }
  return found;
}

// "the Council for the East Ukrainian Canals": the demonym in what the body is for.
std::string Resolver::named_behind(const Phrase& p) const {
  const Scan& s = scan();
  if (!s.is(p.title_last, "for") && !s.is(p.title_last, "on")) return {};
  for (uint32_t u = p.title_last + 1; u < s.size() && u < p.title_last + 7 && (s.units[u].capital || s.is(u, "the")); ++u)
    for (const Entry& e : base_.find(chain(0, s.units[u].hash)))
      if (e.kind == EntryKind::demonym && !e.context) return std::string(base_.parties()[e.row].code);
  return {};
}

bool Resolver::is_government(const Title& t) { return t.cls == "government" || t.name == "negotiating side"; }

Referent Resolver::resolve_people(const Phrase& p, Source& from) {
  const Title& t = title(p);
  Referent r;
  const bool definite = p.determiner == Determiner::definite || p.determiner == Determiner::demonstrative;
  if (!from.explicit_) {
    const auto group = definite && p.plural && t.sector == "REB" ? armed_group() : std::nullopt;
    if (group) {
      r = simple(*group, 0.75f);
      r.form = MentionForm::nominal;
      r.rule = "names.group";
      return r;
    }
    if (const auto told_before = earlier(p); told_before && definite) {
      r = simple(*told_before, 0.75f);
      r.form = MentionForm::nominal;
      r.rule = "names.definite";
      return r;
    }
  }
  // "Houthi rebels", "Hamas fighters" are the group itself.
  if (from.group >= 0 && (t.sector == "REB" || t.part == Part::people) && base_.groups()[static_cast<size_t>(from.group)].kind == "armed_group") {
    r = simple(actors_.group(static_cast<uint32_t>(from.group)), 0.93f);
    r.form = MentionForm::nominal;
    return r;
  }
  if (from.parties.size() > 1) {
    for (const std::string& party : from.parties) r.members.push_back(people(p, party, from));
    r.rule = "title." + std::string(t.id);
    r.confidence = from.confidence;
    r.form = MentionForm::nominal;
    return r;
  }
  // "Army artillery" after "the army": its party.
  if (from.party.empty() && t.sector == "MIL" && (definite || p.head_titles.size() > 1 || p.determiner == Determiner::possessive))
    for (const auto& [row, id] : chains_)
      if (base_.titles()[static_cast<size_t>(row)].cls == "military" && !actors_[id].party.empty()) from.party = actors_[id].party, from.confidence = 0.5f;
  if (from.party.empty() && definite && (t.sector == "MIL" || t.sector == "COP") && t.id == "people.troops") from.party = focus_or_scene(), from.confidence = 0.35f;
  // "the rebels", "pro-Russian separatists" of no known group: those of the country whose affairs are told, not of their backer.
  if (from.party.empty() && t.id == "people.rebel" && p.plural && is_rebellion(p)) {
    const std::string there = scene_behind(p), home = !there.empty() ? there : focus(backer_of(p));
    const bool backer = std::any_of(p.loose.begin(), p.loose.end(), [&](int32_t a) {
      const Entry& e = atom(a).entries.front();
      return e.kind <= EntryKind::demonym && base_.parties()[e.row].code == home;
    });
    if (!home.empty() && !backer) from.party = home, from.confidence = 0.5f;
  }
  if (from.party.empty() && !definite && p.determiner == Determiner::none && !p.plural) return {};
  r = simple(people(p, from.party, from), from.party.empty() ? 0.3f : from.confidence);
  r.form = MentionForm::nominal;
  return r;
}

// The state of the place told behind: "struck rebels near Konna in Mali", "the rebels held Benghazi".
std::string Resolver::scene_behind(const Phrase& p) const {
  static constexpr std::array<std::string_view, 9> kBefore = {"in", "near", "around", "outside", "across", "inside", "of", "from", "over"};
  constexpr uint32_t kFar = 10;  // units
  const Scan& s = scan();
  for (uint32_t u = p.last; u < s.size() && u < p.last + kFar; ++u) {
    if (s.units[u].kind == UnitKind::punct && s.units[u].text != ",") break;
    if (s.atom_at[u] < 0) continue;
    const Entry& e = atom(s.atom_at[u]).entries.front();
    const bool placed = u > 0 && s.any(u - 1, kBefore);
    if (e.kind == EntryKind::place && base_.party_row(base_.places()[e.row].country) >= 0) return std::string(base_.places()[e.row].country);
    if (e.kind == EntryKind::capital || (e.kind == EntryKind::party && placed && !s.possessive(u + 1))) return std::string(base_.parties()[e.row].code);
    if (e.kind <= EntryKind::demonym) break;
  }
  return {};
}

// The country of the last place told, here or in the sentence before: a governor or mayor is of there.
std::string Resolver::last_place() const {
  for (size_t h = history_.size(); h-- > 0 && history_[h].sentence + 1 >= sentence_;)
    if (const Seen& seen = history_[h]; seen.what.actor.valid() && seen.what.place && base_.party_row(actors_[seen.what.actor].country) >= 0) return actors_[seen.what.actor].country;
  return {};
}

// "Rwanda backs the rebels": the state whose they are not.
std::string Resolver::backer_of(const Phrase& p) const {
  static constexpr std::array<std::string_view, 12> kHelps = {"back", "support", "arm", "aid", "fund", "train", "help", "supply", "sponsor", "equip", "finance", "assist"};
  if (sentence_ >= trees_.size()) return {};
  const std::vector<Node>& nodes = trees_[sentence_].nodes;
  const uint32_t head = head_token(p);
  if (head >= nodes.size() || nodes[head].deprel != Deprel::obj || nodes[head].head < 0) return {};
  const auto verb = static_cast<uint32_t>(nodes[head].head);
  if (std::find(kHelps.begin(), kHelps.end(), nodes[verb].lemma) == kHelps.end()) return {};
  for (const Seen& seen : history_)
    if (seen.sentence == sentence_ && seen.what.actor.valid() && seen.head < nodes.size() && nodes[seen.head].head == static_cast<int32_t>(verb) && nodes[seen.head].deprel == Deprel::nsubj) return actors_[seen.what.actor].party;
  return {};
}

// Those who fight the government of a country; gunmen and terrorists may be anybody's.
bool Resolver::is_rebellion(const Phrase& p) const {
  static constexpr std::array<std::string_view, 10> kWords = {"rebels", "separatists", "insurgents", "guerrillas", "mutineers", "secessionists", "rebel", "separatist", "insurgent", "guerrilla"};
  for (uint32_t u = p.title_first; u < p.title_last; ++u)
    if (scan().any(u, kWords)) return true;
  return scan().any(p.head, kWords) || (p.head > 0 && scan().any(p.head - 1, kWords));
}

ActorId Resolver::people(const Phrase& p, const std::string& party, const Source& from) {
  Actor a;
  const int row = base_.party_row(party);
  const std::string head = words(p.title_first, p.title_last);
  a.name = party.empty() ? head : std::string(row >= 0 ? base_.parties()[static_cast<size_t>(row)].demonym : party) + " " + head;
  a.kind = ActorKind::group;
  a.party = a.country = party;
  a.sector = p.sector.empty() ? from.sector : p.sector;
  a.key = party + "|group|" + key_words(head);
  a.rule = "title." + std::string(title(p).id);
  a.confidence = party.empty() ? 0.3f : from.confidence;
  const ActorId id = actors_.add_once(std::move(a));
  ActorState& s = actors_.state(id);
  s.title = p.title;
  s.plural = true;
  s.cls = p.cls;
  return id;
}

Referent Resolver::counterpart(const Phrase& p, const Source& from) {
  if (from.party.empty()) return {};
  // "his South Korean counterpart": the office is that of the last named person of another party.
  std::string_view cls;
  for (size_t h = history_.size(); h-- > 0 && cls.empty();)
    if (history_[h].what.actor.valid() && actors_[history_[h].what.actor].kind == ActorKind::person && actors_[history_[h].what.actor].party != from.party) cls = actors_.state(history_[h].what.actor).cls;
  if (p.plural && from.parties.size() > 1) {
    Referent r;
    Source one = from;
    for (const std::string& party : from.parties) {
      const auto holder = is_office(cls) ? holder_of(party, cls) : std::nullopt;
      r.members.push_back(holder ? *holder : nominal(p, one, party, ActorKind::person));
    }
    r.form = MentionForm::nominal;
    r.rule = "names.counterpart";
    r.confidence = 0.8f;
    return r;
  }
  if (!cls.empty() && is_office(cls) && !p.plural)
    if (const auto holder = holder_of(from.party, cls)) {
      Referent r = simple(*holder, 0.85f);
      r.form = MentionForm::nominal;
      r.rule = "names.counterpart";
      return r;
    }
  return new_nominal(p, from, ActorKind::person);
}

// "a defense ministry official in Seoul": the ministry has been told of, so that "the ministry" finds it.
void Resolver::remember_body(const Phrase& p, const Source& from, size_t i) {
  for (const uint32_t row : p.head_titles) {
    const Title& t = base_.titles()[row];
    if (static_cast<int32_t>(row) == p.title || t.part != Part::body || is_government(t) || from.party.empty()) continue;
    Seen seen;
    seen.what = simple(actors_.body(from.party, row, t.name, t.sector, t.cls), from.confidence);
    seen.sentence = sentence_;
    seen.unit = p.first;
    seen.nested = true;
    (void)i;
    push_seen(std::move(seen));
    return;
  }
}

Referent Resolver::new_nominal(const Phrase& p, const Source& from, ActorKind kind) {
  Referent r;
  r.form = MentionForm::nominal;
  r.confidence = from.party.empty() ? 0.5f : from.confidence;
  r.rule = "title." + std::string(title(p).id);
  if (p.plural && from.parties.size() > 1) {
    for (const std::string& party : from.parties) r.members.push_back(nominal(p, from, party, kind));
    return r;
  }
  r.actor = nominal(p, from, from.party, kind);
  return r;
}

// Whether the armed servants of the state told last are its police: then "officers" are theirs.
bool Resolver::police_told() const {
  for (size_t h = history_.size(); h-- > 0;) {
    if (!history_[h].what.actor.valid() || history_[h].what.place) continue;
    const std::string& sector = actors_[history_[h].what.actor].sector;
    if (sector == "COP" || sector == "MIL") return sector == "COP";
  }
  return false;
}

ActorId Resolver::nominal(const Phrase& p, const Source& from, const std::string& party, ActorKind kind) {
  Actor a;
  const bool possessive = p.determiner == Determiner::possessive;
  a.name = words(p.determiner != Determiner::none && !possessive ? p.determiner_unit + 1 : p.first, p.last);
  a.kind = kind;
  a.party = a.country = party;
  a.sector = !p.sector.empty() && title(p).sector.empty() == false ? std::string(p.sector) : !from.sector.empty() ? from.sector : std::string(p.sector);
  if (title(p).part == Part::staff && title(p).sector == "GOV" && p.sector == "GOV" && !from.sector.empty()) a.sector = from.sector;
  if (a.sector.empty() && !party.empty() && governs(p)) a.sector = "GOV";
  if (a.sector == "MIL" && title(p).id == "staff.officer" && p.title_last - p.title_first == 1 && police_told()) a.sector = "COP";
  a.former = p.former;
  if (a.former) a.sector = "ELI";
  a.role = title_words(p);
  a.key = party + "|" + (kind == ActorKind::office ? "office|" : "person|") + key_words(a.role.empty() ? a.name : a.role);
  a.rule = "title." + std::string(title(p).id);
  a.confidence = party.empty() ? 0.3f : from.confidence;
  ActorState s;
  s.title = p.title;
  s.cls = p.cls;
  s.plural = p.plural;
  note_gender(p, s);
  return actors_.add(std::move(a), std::move(s));
}

// The party in whose affairs the report is at this place: named before in this sentence, else in the sentences before; not `not_this`.
// Organs and forces of a report that tells of one state by its places alone ("a cathedral in Mindanao, Philippines. The army said ...").
std::string Resolver::focus_or_scene(std::string_view not_this) const {
  std::string party = focus(not_this);
  return party.empty() && scene_ != not_this ? scene_ : party;
}

std::string Resolver::focus(std::string_view not_this) const {
  std::map<std::string, int> score;
  std::string best;
  int most = 0;
  // Where the report was written, when it is about that state.
  if (!home_.empty() && home_ != not_this) most = score[home_] = kHome, best = home_;
  for (size_t h = history_.size(); h-- > 0;) {
    const Seen& seen = history_[h];
    if (seen.sentence + 2 < sentence_) break;
    if (seen.what.actor.valid() && seen.what.place && seen.sentence == sentence_ && seen.unit <= 1 && scan().is(0, "in") && base_.party_row(actors_[seen.what.actor].country) >= 0) {
      // "In Washington, the Senate voted"
      const int total = score[actors_[seen.what.actor].country] += 9;
      if (total > most) most = total, best = actors_[seen.what.actor].country;
    }
    if (!seen.what.actor.valid() || seen.what.place || (seen.quoted && seen.what.form == MentionForm::demonym)) continue;
    const Actor& a = actors_[seen.what.actor];
    if (a.party.empty() || a.party == not_this || base_.party_row(a.party) < 0 || a.confidence < 0.4f) continue;
    // "the South Korean minister told parliament": the sentence itself weighs more than all before it.
    if (a.sector == "JRN" || a.sector == "EDU" || a.sector == "SOC" || a.sector == "MED") continue;  // who is cited, not who is spoken of
    const bool pronoun = seen.what.form == MentionForm::pronoun;  // what it means is less sure
    const bool here = sentences_[seen.sentence].paragraph == sentences_[sentence_].paragraph;
    const int points = (seen.sentence == sentence_ ? pronoun ? 3 : 8 : pronoun ? 0 : 1) + (seen.subject && here ? 2 : 0);
    int& total = score[a.party];
    if (total == 0) total = std::min(3, told(a.party) / 3);  // of whom the report speaks all along
    total += points;
    if (total > most) most = total, best = a.party;
  }
  return best;
}

}  // namespace demarche::names
