// Named persons: by the base and the day, by the words beside the name, by who has been told of.
#include "demarche/names/resolver.h"

#include <algorithm>

namespace demarche::names {

Source Resolver::source_of(const Phrase& p, size_t i) {
  Source out;
  out.elsewhere = p.elsewhere;
  const bool private_ = title(p).part == Part::staff && (title(p).sector == "EDU" || title(p).sector == "CVL" || title(p).sector == "BUS" || title(p).sector == "SOC" || title(p).sector == "JRN");
  const bool abroad = serves_abroad(p) && p.cls != "special_envoy";
  for (const Origin& o : p.origins) {
    if (o.location && abroad && o.phrase >= 0) resolve(static_cast<size_t>(o.phrase));
    if (o.location && (private_ || abroad)) continue;  // "reporters in Tokyo" act for nobody, "diplomats in Tokyo" for others
    Referent r;
    if (o.phrase >= 0) r = resolve(static_cast<size_t>(o.phrase));
    else if (o.atom >= 0) r = origin_atom(o, p, i);
    else r = origin_name(o);
    if (r.place && o.after && private_) continue;
    if (abroad && o.after && r.actor.valid() && !actors_[r.actor].party.empty() && base_.party_row(actors_[r.actor].party) < 0) continue;  // "diplomats at the United Nations"
    take(r, o, out);
  }
  if (out.party.empty() && p.determiner == Determiner::possessive) {
    // "its Foreign Ministry": the nested pronoun stands right behind this phrase in the list.
    if (i + 1 < phrases().size() && phrase(i + 1).kind == PhraseKind::pronoun && phrase(i + 1).first == p.determiner_unit) {
      const Referent r = resolve(i + 1);
      take(r, {}, out);
      out.confidence = std::min(out.confidence, 0.75f);
    }
  }
  // "Prime Minister Fumio Kishida's office": the phrase before ends in a possessive that stands right here.
  if (out.party.empty() && p.first > 0 && scan().possessive(p.first - 1) && i > 0) {
    for (size_t j = i; j-- > 0 && j + 8 > i;)
      if (phrase(j).last == p.first - 1 && phrase(j).parent < 0) {
        take(resolve(j), {}, out);
        break;
      }
  }
  return out;
}

void Resolver::take(const Referent& r, const Origin& o, Source& out) {
  for (const ActorId m : r.members) take_actor(m, o, out);
  if (r.actor.valid()) take_actor(r.actor, o, out);
  if (!out.party.empty()) out.confidence = std::max(out.confidence == 0.3f ? 0.f : out.confidence, std::min(0.93f, r.confidence));
}

void Resolver::take_actor(ActorId id, const Origin& o, Source& out) {
  const Actor& a = actors_[id];
  std::string party = a.party;
  if (party.empty() && a.kind == ActorKind::place) {
    if (!o.location && out.party.empty() && (!o.after || (o.of && base_.party_row(a.country) >= 0))) party = a.country;  // "the mayor of Mariupol" too
    else if (o.location && out.party.empty() && base_.party_row(a.country) >= 0) party = a.country;
  }
  if (a.kind == ActorKind::person) out.person = id;
  if (a.kind == ActorKind::organization && party.empty()) out.elsewhere = true;
  if (party.empty()) return;
  if (std::find(out.parties.begin(), out.parties.end(), party) == out.parties.end()) out.parties.push_back(party);
  // The word nearest to the head tells; an organ of a state fills in the sector.
  if (out.party.empty() || !o.after || (a.kind == ActorKind::organization && base_.party_row(party) < 0 && base_.party_row(out.party) >= 0)) out.party = party;
  if (a.kind == ActorKind::organization || a.kind == ActorKind::group) {
    out.sector = a.sector;
    out.group = actors_.state(id).group;
  }
  out.explicit_ = true;
}

Referent Resolver::origin_atom(const Origin& o, const Phrase& p, size_t i) {
  for (size_t j = i + 1; j < phrases().size() && j < i + 12; ++j)
    if (phrase(j).parent == static_cast<int32_t>(i) && phrase(j).atom == o.atom) {
      Referent r = resolve(j);
      if (r.place && r.actor.valid()) {  // before a title a country is whose the office is
        const Actor& a = actors_[r.actor];
        if (base_.party_row(a.country) >= 0 && !o.location) {
          const std::string country = a.country;
          const bool region = a.rule.starts_with("place.") && !atom(o.atom).has(EntryKind::capital);
          r = simple(actors_.government(country), 0.93f);
          if (!region) refs_[j] = r;
        }
      }
      return r;
    }
  (void)p;
  return {};
}

Referent Resolver::origin_name(const Origin& o) {
  if (o.last == o.first + 1)
    if (const auto known = acronyms_.find(scan().units[o.first].hash); known != acronyms_.end()) return simple(known->second, 0.9f);
  const auto named = actors_.persons_named(units(o.first, o.last));
  if (!named.empty()) return simple(named.back(), 0.9f);
  const auto leaders = actors_.leaders_named(units(o.first, o.last), "", "");
  if (leaders.size() == 1) return simple(actors_.base_person(leaders[0], "", 0.85f, ""), 0.85f);
  return {};
}

std::string Resolver::title_words(const Phrase& p) const {
  std::string out;
  if (p.title_first < p.title_last) out = words(p.title_first, p.title_last);
  return out;
}

// A named person; `other` is the phrase in apposition.
Referent Resolver::resolve_named(const Phrase& p, size_t i, const Phrase* other, size_t j) {
  const Phrase* titled = p.kind == PhraseKind::titled ? &p : other && other->kind == PhraseKind::titled ? other : nullptr;
  Source from;
  if (titled) from = source_of(*titled, titled == &p ? i : j);
  if (titled == &p && !from.explicit_ && other && other->kind == PhraseKind::titled) from = source_of(*other, j);
  if (!from.explicit_) from_of_phrase(p, i, from);
  const std::string_view cls = titled ? titled->cls : std::string_view();
  const bool rank_only = titled && title(*titled).part == Part::rank;
  const uint32_t first = p.name_first < p.name_last ? p.name_first : p.first, last = p.name_first < p.name_last ? p.name_last : p.last;
  // Somebody of whom the report has spoken.
  const auto known = actors_.persons_named(units(first, last));
  std::vector<ActorId> fitting;
  for (const ActorId id : known)
    if (from.party.empty() || actors_[id].party.empty() || actors_[id].party == from.party || p.former) fitting.push_back(id);
  if (!fitting.empty() && (last - first > 1 || fitting.size() == 1 || !titled)) {
    const ActorId id = nearest(fitting);
    complete(id, titled, from, first, last);
    return person_referent(id, fitting.size() > 1 && last - first == 1 ? 0.7f : 0.93f);
  }
  if (const auto row = base_row(p, first, last, from.party, rank_only ? "" : cls, from.confidence < 0.8f)) {
    const float sure = p.atom >= 0 || titled ? 0.95f : 0.85f;
    const ActorId id = actors_.base_person(*row, from.party, sure, "");
    complete(id, titled, from, first, last);
    return person_referent(id, sure);
  }
  return new_person(p, titled, from, first, last);
}

// "Ann Larsen of the Foreign Ministry", "Colonel Wei of the Northern Theater Command".
void Resolver::from_of_phrase(const Phrase& p, size_t i, Source& from) {
  if (!(scan().is(p.last, "of") || scan().is(p.last, "from") || scan().is(p.last, "with"))) {
    if (p.first > 0 && scan().possessive(p.first - 1) && i > 0)
      for (size_t j = i; j-- > 0 && j + 8 > i;)
        if (phrase(j).last == p.first - 1) {
          take(resolve(j), {}, from);
          return;
        }
    return;
  }
  for (size_t j = i + 1; j < phrases().size() && j < i + 6; ++j)
    if (phrase(j).parent < 0 && (phrase(j).first == p.last + 1)) {
      Origin o;
      o.after = true;
      take(resolve(j), o, from);
      return;
    }
}

std::optional<uint32_t> Resolver::base_row(const Phrase& p, uint32_t first, uint32_t last, std::string_view party, std::string_view cls, bool doubtful) {
  std::vector<uint32_t> rows;
  if (p.atom >= 0)
    for (const Entry& e : atom(p.atom).entries)
      if (e.kind == EntryKind::person || e.kind == EntryKind::rotated) rows.push_back(e.row);
  const auto run = units(first, last);
  if (rows.empty() && run.size() > 2) {  // "Donald J. Trump", "Mohammed bin Salman Al Saud": without initials
    uint64_t hash = 0;
    unsigned n = 0;
    for (const Unit& u : run)
      if (!u.initial) hash = chain(hash, u.hash), ++n;
    if (n > 1 && n < run.size())
      for (const Entry& e : base_.find(hash))
        if (e.kind == EntryKind::person || e.kind == EntryKind::rotated) rows.push_back(e.row);
  }
  if (rows.empty() && run.size() > 2 && run.size() < 5)  // "Hillary Rodham Clinton"
    for (const Entry& e : base_.find(chain(chain(0, run.front().hash), run.back().hash)))
      if (e.kind == EntryKind::person) rows.push_back(e.row);
  if (rows.empty() && run.size() == 2)  // "Jim Mattis"
    for (const uint64_t formal : base_.formal_names(run[0].hash))
      for (const Entry& e : base_.find(chain(chain(0, formal), run[1].hash)))
        if (e.kind == EntryKind::person) rows.push_back(e.row);
  if (rows.empty()) {
    rows = actors_.leaders_named(run, party, is_office(cls) ? cls : "");
    if (rows.empty() && !party.empty() && is_office(cls)) rows = actors_.leaders_named(run, party, "");
    if (rows.size() > 1) {
      diagnose(p, "\"" + words(first, last) + "\" may be any of several persons in office");
      return std::nullopt;
    }
    // Another spelling of somebody known: of the party that the words tell, or of one that the report speaks of.
    if (rows.empty() && (p.kind == PhraseKind::titled || run.size() > 1)) {
      bool sure = false;
      rows = actors_.sounding(run, party, &sure);
      if (party.empty() && !sure) std::erase_if(rows, [&](uint32_t row) { return !plausible_leader(row, false); });
      if (rows.size() != 1) return std::nullopt;
    }
    return rows.empty() ? std::nullopt : std::optional(rows.front());
  }
  // "Senior Captain Li Xi" is not the politician of that name.
  if (p.kind == PhraseKind::titled && title(p).part == Part::rank && title(p).sector == "MIL")
    std::erase_if(rows, [&](uint32_t row) {
      const auto terms = base_.terms(base_.persons()[row]);
      return std::all_of(terms.begin(), terms.end(), [](const Term& t) {
        const std::string_view c = t.office_class;
        return c != "military_chief" && c != "defence_minister" && !c.starts_with("head_of") && c != "spokesperson" && c != "security_adviser" && c != "intelligence_chief" && c != "armed_group_leader";
      });
    });
  if (p.kind == PhraseKind::titled && p.former && published_)  // "former President X" of whom all terms are still to come is another
    std::erase_if(rows, [&](uint32_t row) {
      const auto terms = base_.terms(base_.persons()[row]);
      return std::all_of(terms.begin(), terms.end(), [&](const Term& t) { return t.start > *published_; });
    });
  if (rows.empty()) return std::nullopt;
  std::vector<uint32_t> fitting;
  for (const uint32_t row : rows)
    for (const Term& t : base_.terms(base_.persons()[row]))
      if (party.empty() || base_.code(t.party) == party) {
        fitting.push_back(row);
        break;
      }
  if (fitting.empty() && !party.empty() && doubtful) {  // "its foreign policy chief": whose "it" is, is less sure than who he is
    std::erase_if(rows, [&](uint32_t row) {
      const Term* t = actors_.term_of(base_.persons()[row], "");
      return !t || !actors_.in_office(*t);
    });
    return rows.size() == 1 && run.size() > 1 ? std::optional(rows.front()) : std::nullopt;
  }
  if (fitting.empty()) return party.empty() ? std::optional(rows.front()) : std::nullopt;
  if (fitting.size() == 1) return fitting.front();
  std::vector<uint32_t> serving;
  for (const uint32_t row : fitting) {
    const Term* t = actors_.term_of(base_.persons()[row], party);
    if (t && actors_.in_office(*t)) serving.push_back(row);
  }
  if (serving.size() == 1) return serving.front();
  // Two rows of one party and name: one person, or not to be told apart and of the same party all the same.
  return fitting.front();
}

bool Resolver::is_office(std::string_view cls) {
  return cls.starts_with("head_of") || cls.ends_with("_minister") || cls == "cabinet_secretary" || cls == "security_adviser" || cls == "ambassador_un" || cls == "intelligence_chief";
}

// The nearest of several actors told before.
ActorId Resolver::nearest(const std::vector<ActorId>& ids) const {
  ActorId best = ids.front();
  for (const ActorId id : ids) {
    const bool party = !actors_[id].party.empty(), best_party = !actors_[best].party.empty();
    if (party != best_party ? party : actors_.state(id).last_sentence > actors_.state(best).last_sentence) best = id;
  }
  return best;
}

void Resolver::complete(ActorId id, const Phrase* titled, const Source& from, uint32_t first, uint32_t last) {
  Actor& a = actors_[id];
  ActorState& s = actors_.state(id);
  if (titled) {
    const std::string role = title_words(*titled);
    const bool rank = title(*titled).part == Part::rank;
    if (!role.empty() && !rank && (a.role.empty() || titled->former)) a.role = role;
    if (!titled->former && !rank && a.sector == "ELI" && !a.former) a.sector = !titled->sector.empty() ? std::string(titled->sector) : base_.armed(a.party) ? "REB" : "GOV";
    const Term* term = s.person >= 0 ? actors_.term_of(base_.persons()[static_cast<size_t>(s.person)], "") : nullptr;
    const bool elsewhere = term && actors_.in_office(*term) && term->office_class != titled->cls;  // "ex-premier X, now president of the Council"
    if (titled->former && !elsewhere) a.former = true, a.sector = "ELI";
    else if (titled->former) a.role = term->office;
    else if (!titled->sector.empty() && !a.former && (a.sector.empty() || (!rank && is_office(titled->cls)))) a.sector = titled->sector;
    if (s.cls.empty() || !rank) s.cls = titled->cls.empty() ? s.cls : titled->cls;
    s.title = s.title < 0 && !rank ? titled->title : s.title;
    note_gender(*titled, s);
  }
  if (!titled && a.party.empty() && !from.party.empty()) a.rule = "names.person";
  if (a.party.empty() && !from.party.empty()) {
    a.party = a.country = from.party;
    a.confidence = from.confidence;
    if (a.sector.empty()) a.sector = from.sector;
  }
  if (titled)
    for (uint32_t u = titled->title_first; u < titled->title_last; ++u)
      if (scan().word(u) && s.title_words.size() < kMostTitleWords) s.title_words.push_back(scan().units[u].hash);
  // The base writes the name in another way than the report, which will go on in its own.
  if (s.person >= 0 && std::any_of(units(first, last).begin(), units(first, last).end(), [&](const Unit& u) { return u.kind == UnitKind::word && !u.initial && std::find(s.name_units.begin(), s.name_units.end(), u.hash) == s.name_units.end(); }))
    actors_.add_name(id, units(first, last));
  if (last - first > s.name_units.size() && s.person < 0) {
    s.name_units.clear();
    for (const Unit& u : units(first, last)) s.name_units.push_back(u.hash);
    a.name = words(first, last);
  }
}

void Resolver::note_gender(const Phrase& titled, ActorState& s) const {
  const Scan& sc = scan();
  for (uint32_t u = titled.title_first; u < titled.title_last; ++u) {
    const std::string_view w = sc.units[u].text;
    if (w.ends_with("woman") || sc.is(u, "ms") || sc.is(u, "mrs") || sc.is(u, "queen") || sc.is(u, "princess")) s.gender = Gender::female;
    if ((w.ends_with("man") && !w.ends_with("woman")) || sc.is(u, "mr") || sc.is(u, "king") || sc.is(u, "prince")) s.gender = Gender::male;
  }
}

Referent Resolver::person_referent(ActorId id, float confidence) {
  Referent r = simple(id, confidence);
  return r;
}

// "Secretary of State X": of all states, one has a foreign minister of that name; "Secretary of State for Defence" is another's.
bool Resolver::is_secretary_of_state(const Phrase& titled) const {
  return titled.cls == "foreign_minister" && scan().is(titled.title_first, "secretary") && scan().is(titled.title_last - 1, "state") && !scan().is(titled.title_last, "for");
}

Referent Resolver::new_person(const Phrase& p, const Phrase* titled, Source& from, uint32_t first, uint32_t last) {
  if (!titled && from.party.empty() && p.kind != PhraseKind::atom && last - first == 1) return {};
  Actor a;
  a.name = words(first, last);
  a.kind = ActorKind::person;
  if (from.party.empty() && titled) inherit(p, from);
  if (from.party.empty() && titled && titled->cls.starts_with("igo_")) from.party = "UN", from.confidence = 0.7f;
  if (from.party.empty() && titled && is_secretary_of_state(*titled)) from.party = "USA", from.confidence = 0.7f;
  if (from.party.empty() && titled && governs(*titled) && !from.elsewhere && !unread_complement(*titled)) {
    from.party = party_by_name(first, last);
    from.confidence = from.party.empty() ? 0.45f : 0.65f;
    const std::string_view id = title(*titled).id;
    if (from.party.empty() && (id == "post.governor" || id == "post.mayor")) from.party = last_place();
    if (from.party.empty()) from.party = focus();
    // "President Roosevelt" in a report on Armenia, whose president the base knows by another name.
    if (from.confidence < 0.5f && !titled->former && titled->cls.starts_with("head_of_") && holder_of(from.party, titled->cls)) from.party.clear();
  }
  a.party = a.country = from.party;
  ActorState s;
  if (titled) {
    a.role = title(*titled).part == Part::rank ? std::string() : title_words(*titled);
    a.sector = titled->sector;
    s.cls = titled->cls;
    s.title = titled->title;
    a.former = titled->former;
    note_gender(*titled, s);
    for (uint32_t u = titled->title_first; u < titled->title_last; ++u)
      if (scan().word(u) && s.title_words.size() < kMostTitleWords) s.title_words.push_back(scan().units[u].hash);
  }
  if (from.elsewhere && a.party.empty() && a.sector == "GOV") a.sector.clear();
  if (a.sector.empty() || (titled && (titled->cls == "spokesperson" || titled->cls == "leader" || titled->cls.starts_with("igo_")) && !from.sector.empty())) a.sector = from.sector.empty() ? (titled && !a.party.empty() && governs(*titled) && !from.elsewhere ? "GOV" : a.sector) : from.sector;
  if (a.former) a.sector = "ELI";
  s.family_first = a.party == "KOR" || a.party == "PRK" || a.party == "CHN" || a.party == "VNM" || a.party == "TWN";
  for (const Unit& u : units(first, last)) s.name_units.push_back(u.hash);
  a.key = a.party + "|person|" + key_words(a.name);
  a.rule = titled ? "title." + std::string(title(*titled).id) : "names.person";
  a.confidence = a.party.empty() ? 0.3f : from.confidence;
  const float confidence = titled ? std::max(0.5f, from.confidence) : 0.5f;
  const ActorId id = actors_.add(std::move(a), std::move(s));
  return person_referent(id, confidence);
}

// "Cypriot president A and energy minister B": the second is of the same government.
void Resolver::inherit(const Phrase& p, Source& from) {
  const Scan& s = scan();
  if (p.first < 2 || !(s.is(p.first - 1, "and") || s.comma(p.first - 1))) return;
  const uint32_t end = s.is(p.first - 1, "and") && s.comma(p.first - 2) ? p.first - 2 : p.first - 1;
  const auto self = static_cast<size_t>(&p - phrases().data());
  for (size_t j = self > 24 ? self - 24 : 0; j < self; ++j) {
    const Phrase& q = phrase(j);
    if (q.last != end || q.parent >= 0 || q.kind != PhraseKind::titled || q.name_first == q.name_last || !done_[j] || !refs_[j].actor.valid()) continue;
    from.party = actors_[refs_[j].actor].party;
    from.confidence = 0.75f;
  }
}

// "the head of a laboratory": it belongs to something that no phrase names.
bool Resolver::unread_complement(const Phrase& titled) const {
  return (titled.cls == "minister_other" || titled.cls == "leader") && scan().is(titled.last, "of") && titled.name_first == titled.name_last;
}

// The party whose office holders bear this family name, when the report speaks of just one such: "Jeon Ha-kyu" is no Japanese.
std::string Resolver::party_by_name(uint32_t first, uint32_t last) const {
  const auto run = units(first, last);
  std::map<std::string_view, int> parties;
  const auto count = [&](const Unit& u, bool last_word) {  // few peoples put the family name first
    for (const Entry& e : base_.find(chain(0, u.hash)))
      if (e.kind == EntryKind::family && base_.persons()[e.row].terms > 0) {
        const std::string_view code = base_.code(base_.terms(base_.persons()[e.row]).front().party);
        const bool here = last_word || code == "CHN" || code == "KOR" || code == "PRK" || code == "TWN" || code == "VNM" || code == "KHM" || code == "HUN" || code == "SGP";
        if (here && told(code) > 0 && base_.party_row(code) >= 0) ++parties[code];
      }
  };
  count(run.back(), true);
  if (run.size() > 1) count(run.front(), false);
  // Korean given names are joined by a hyphen.
  if (run.size() == 3 && run[2].hyphen_before && !run[2].capital && told("KOR") > 0) ++parties["KOR"];
  std::string_view best;
  int most = 0, all = 0;
  for (const auto& [code, n] : parties) {
    all += n;
    if (n > most) best = code, most = n;
  }
  return most * 3 > all * 2 ? std::string(best) : std::string();
}

// A head that belongs to a state, so that a report that names no country beside it still means one.
bool Resolver::governs(const Phrase& p) const {
  const Title& t = title(p);
  if (t.part == Part::rank) return t.sector == "MIL" && p.name_first < p.name_last;  // "General Gilbert Diendere"
  if (t.part == Part::post) return t.cls != "cleric" && t.cls != "leader";
  if (t.part == Part::staff) return p.sector == "GOV" || (!p.plural && (p.sector == "MIL" || p.sector == "SPY" || p.sector == "COP"));
  if (t.sector == "JRN") return words(p.title_first, p.title_last).find("tate") != std::string::npos;
  return t.part == Part::body && t.sector != "BUS" && t.sector != "PTY" && t.sector != "OPP";
}

}  // namespace demarche::names
