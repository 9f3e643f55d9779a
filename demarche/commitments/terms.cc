#include "demarche/commitments/terms.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "demarche/core/utf8.h"

namespace demarche {
namespace {

constexpr int kMaxClimb = 12;

template <size_t N>
bool one_of(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

constexpr std::array<std::string_view, 9> kConditionMarks{"if", "unless", "until", "once", "while", "provided", "providing", "lest", "should"};
constexpr std::array<std::string_view, 6> kLimits{"by", "until", "till", "before", "within", "til"};

bool is_verb(const SentenceView& s, uint32_t token) { return s.node(token).upos == Upos::VERB || s.index.child(token, Deprel::cop) >= 0; }

// A span of time: "P100D" -> 100 days, "P24M" -> 24 months, "PT48H" -> 2 days. Nothing for what is vague.
struct Term {
  int days = 0, months = 0;
};
std::optional<Term> parse_term(std::string_view value) {
  if (!value.starts_with("P") || value.size() < 3) return std::nullopt;
  const bool hours = value.starts_with("PT");
  const std::string_view digits = value.substr(hours ? 2 : 1, value.size() - (hours ? 3 : 2));
  int n = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), n);
  if (error != std::errc{} || end != digits.data() + digits.size() || n <= 0 || n > 3000) return std::nullopt;
  switch (value.back()) {
    case 'H':
      return hours && n >= 12 ? std::optional<Term>(Term{n / 24, 0}) : std::nullopt;
    case 'D':
      return Term{n, 0};
    case 'W':
      return Term{7 * n, 0};
    case 'M':
      return hours ? std::nullopt : std::optional<Term>(Term{0, n});
    case 'Y':
      return Term{0, 12 * n};
    default:
      return std::nullopt;
  }
}

std::optional<Day> after(Day base, Term term) {
  const YearMonthDay c = civil(base);
  const int months = c.month - 1 + term.months;
  const int year = c.year + months / 12, month = months % 12 + 1;
  const auto day = make_day(year, month, std::min(c.day, days_in_month(year, month)));
  if (!day) return std::nullopt;
  return *day + term.days;
}

}  // namespace

TokenRange trimmed(const SentenceView& s, TokenRange range) {
  auto [first, last] = range;
  const auto idle = [&](uint32_t t) {
    const Node& n = s.node(t);
    return n.upos == Upos::PUNCT || n.deprel == Deprel::cc || (n.deprel == Deprel::mark && s.form(t) != "if" && s.form(t) != "unless");
  };
  while (first < last && idle(first)) ++first;
  while (first < last && s.node(last - 1).upos == Upos::PUNCT) --last;
  return first < last ? TokenRange{first, last} : range;
}

TokenRange clause_range(const SentenceView& s, uint32_t verb) {
  TokenRange range{verb, verb + 1};
  for (const uint32_t c : s.index.children(verb)) {
    const Deprel r = s.node(c).deprel;
    if (r == Deprel::parataxis || r == Deprel::discourse || r == Deprel::punct || r == Deprel::cc) continue;
    if (r == Deprel::conj && is_verb(s, c)) continue;
    // "..., saying that": a participle after a comma tells something else.
    if (r == Deprel::advcl && c > verb && feature(s.node(c), "VerbForm") == "Part" && c > 0 && s.index.extent(c).first > 0 && s.node(s.index.extent(c).first - 1).upos == Upos::PUNCT) continue;
    range.first = std::min(range.first, s.index.extent(c).first);
    range.second = std::max(range.second, s.index.extent(c).second);
  }
  return trimmed(s, range);
}

uint32_t clause_head(const SentenceView& s, uint32_t token) {
  uint32_t at = token;
  for (int climb = 0; climb < kMaxClimb; ++climb) {
    if (is_verb(s, at)) return at;
    const int32_t up = s.node(at).head;
    if (up < 0) return at;
    at = static_cast<uint32_t>(up);
  }
  return at;
}

int32_t complement_of(const SentenceView& s, uint32_t verb, bool infinitive_only, bool object_too) {
  int32_t object = -1, clause = -1;
  for (const uint32_t c : s.index.children(verb)) {
    if (c < verb && s.node(c).deprel != Deprel::ccomp) continue;
    switch (s.node(c).deprel) {
      case Deprel::xcomp:
        return static_cast<int32_t>(c);
      case Deprel::ccomp:
        if (!infinitive_only && c > verb) return static_cast<int32_t>(c);
        break;
      case Deprel::obj:
        if (object < 0) object = static_cast<int32_t>(c);
        break;
      case Deprel::advcl:
        if (clause < 0 && s.index.child(c, Deprel::mark) >= 0 && s.form(static_cast<uint32_t>(s.index.child(c, Deprel::mark))) == "to") clause = static_cast<int32_t>(c);
        break;
      default:
        break;
    }
  }
  if (clause >= 0) return clause;
  if (object >= 0) {
    // "its promise to withdraw"; "agreed on a plan to".
    const int32_t acl = s.index.child(static_cast<uint32_t>(object), Deprel::acl);
    if (acl >= 0 || object_too) return object;
  }
  // "agreed in principle to reopen": an infinitive close behind that the parser hung on a word between.
  constexpr uint32_t kMaxBetween = 4;
  for (uint32_t i = verb + 1; i + 1 < s.size() && i <= verb + kMaxBetween && s.node(i).upos != Upos::PUNCT && s.node(i).upos != Upos::VERB; ++i)
    if (s.form(i) == "to" && s.node(i + 1).xpos == "VB" && s.node(i + 1).deprel == Deprel::acl && s.node(i + 1).head > static_cast<int32_t>(verb)) return static_cast<int32_t>(i + 1);
  return -1;
}

std::optional<TokenRange> condition_of(const SentenceView& s, uint32_t verb, int32_t complement) {
  const auto under = [&](uint32_t head) -> std::optional<TokenRange> {
    for (const uint32_t c : s.index.children(head)) {
      const Deprel r = s.node(c).deprel;
      if (r == Deprel::advcl || r == Deprel::advcl_relcl || r == Deprel::ccomp) {
        const int32_t mark = s.index.child(c, Deprel::mark);
        const uint32_t first = s.index.extent(c).first;
        const std::string word = mark >= 0 ? s.form(static_cast<uint32_t>(mark)) : s.form(first);
        const bool as_long = word == "as" && first + 2 < s.size() && (s.form(first + 1) == "long" || s.form(first + 1) == "soon");
        if (one_of(word, kConditionMarks) || as_long) return trimmed(s, s.index.extent(c));
      }
      if (r == Deprel::obl || r == Deprel::nmod) {
        const std::string noun = s.lemma(c);
        if (noun == "condition" || noun == "understanding" || noun == "exchange" || noun == "return" || noun == "proviso") return trimmed(s, s.index.extent(c));
      }
    }
    return std::nullopt;
  };
  if (complement >= 0)
    if (const auto found = under(static_cast<uint32_t>(complement))) return found;
  return under(verb);
}

std::optional<EventDate> due_of(const SentenceView& s, const DueSearch& search) {
  const TimeExpression* best = nullptr;
  int best_rank = 0;
  std::optional<DayRange> best_days;
  for (const TimeExpression& t : search.times) {
    if (t.first < search.where.first || t.last > search.where.second || t.first < search.from) continue;
    std::string before1 = t.first > 0 ? s.form(t.first - 1) : "";
    std::string before2 = t.first > 1 ? s.form(t.first - 2) : "";
    if (before1 == "the" && t.first > 1) {
      before1 = before2;
      before2 = t.first > 2 ? s.form(t.first - 3) : "";
    }
    const std::string head = s.form(t.first);
    std::optional<DayRange> days = t.interval;
    int rank = 0;
    const std::string words = fold(text_of(s.text, t.span));
    const bool end_of = words.find("end of") != std::string::npos || (before1 == "of" && before2 == "end");
    const bool start_of = words.find("start of") != std::string::npos || words.find("beginning of") != std::string::npos || (before1 == "of" && (before2 == "start" || before2 == "beginning"));
    const bool limit = one_of(before1, kLimits) || one_of(head, kLimits) || (before1 == "than" && before2 == "later") || (before1 == "of" && (end_of || start_of || before2 == "deadline"));
    if (t.type == TimexType::duration) {
      const auto term = parse_term(t.value);
      if (!term || !search.term_base || search.skip_terms) continue;
      const std::string of = t.last < s.size() && s.node(t.last).upos == Upos::NOUN ? s.lemma(t.last) : "";
      const bool term_noun = of == "deadline" || of == "ultimatum" || of == "notice";
      if (!of.empty() && !term_noun) continue;  // "a six-week truce"
      const auto day = after(*search.term_base, *term);
      if (!day) continue;
      days = DayRange{*day, *day};
      const bool within = before1 == "within" || before1 == "in" || head == "within" || head == "in" || before1 == "for" || (before1 == "of" && (before2 == "period" || before2 == "term")) || search.bare_term || term_noun;
      if (!within) continue;
      rank = 1;
    } else {
      if (!days || t.type == TimexType::set) continue;
      // "until March 20" points ahead even where the year was taken from the past.
      const bool feast = t.value.size() == 10 && words.find("day") == std::string::npos && words.find_first_of("0123456789") == std::string::npos;
      const bool dated = feast || (t.value.size() == 10 && words.find_first_of("0123456789") != std::string::npos) || (t.value.size() == 7 && words.find("last") == std::string::npos);
      if (limit && !search.looks_back && search.base && days->end < *search.base && t.basis == TimeBasis::relative && dated) {
        const YearMonthDay a = civil(days->start), b = civil(days->end);
        const auto start = make_day(a.year + 1, a.month, a.day), end = make_day(b.year + 1, b.month, b.day);
        if (start && end && *end >= *search.base && *end - *search.base <= 366) days = DayRange{*start, *end};
      }
      // "until Friday" in the present is the next one.
      constexpr int kWeek = 7;
      if (limit && search.base && !search.looks_back && days->start == days->end && days->end < *search.base && *search.base - days->end < kWeek && t.basis == TimeBasis::relative &&
          words.ends_with("day") && words != "yesterday" && words.find("last") == std::string::npos && words.find("past") == std::string::npos && words.find_first_of(',') == std::string::npos)
        days = DayRange{days->start + kWeek, days->end + kWeek};
      if (search.base && days->end < *search.base && !search.told_past && !(limit && search.looks_back)) continue;
      if (!limit && !search.bare) continue;
      if (!limit && !search.told_past && search.base && days->start < *search.base) continue;
      rank = limit ? 3 : 2;
    }
    // "the end of the year" falls due on its last day, "the start of the year" on its first.
    if (end_of && t.type == TimexType::date && days->end - days->start > 3) days->start = days->end;
    if (start_of && t.type == TimexType::date && days->end - days->start > 3) days->end = days->start;
    if (rank > best_rank) {
      best = &t;
      best_rank = rank;
      best_days = days;
    }
  }
  if (!best) return std::nullopt;
  EventDate due;
  due.days = *best_days;
  due.text = std::string(text_of(s.text, best->span));
  due.basis = best->basis == TimeBasis::explicit_ ? EventDateBasis::explicit_ : EventDateBasis::relative;
  return due;
}

// The class of missile that a word names, for what is forsworn of one class only.
std::string_view missile_class_of(const SentenceView& s, uint32_t token) {
  const std::string word = s.lemma(token);
  if (word == "icbm" || word == "icbms" || word.starts_with("intercontinental") || word == "long-range") return "ICBM";
  if (word == "intermediate-range" || word == "irbm") return "IRBM";
  if (word == "medium-range" || word == "mrbm") return "MRBM";
  if (word == "short-range" || word == "srbm") return "SRBM";
  if (word == "submarine-launched" || word == "slbm") return "SLBM";
  if (word == "cruise" || word == "hypersonic") return word == "cruise" ? "cruise" : "hypersonic";
  const std::string next = token + 2 < s.size() && s.form(token + 1) == "-" && s.form(token + 2) == "range" ? word : "";
  if (next == "intermediate") return "IRBM";
  if (next == "medium") return "MRBM";
  if (next == "short") return "SRBM";
  return next == "long" ? "ICBM" : "";
}

std::vector<std::string> forsworn_kinds(const SentenceView& s, TokenRange range) {
  bool missile = false, nuclear = false, satellite = false, drill = false, fire = false, test = false;
  std::vector<std::string> classes;
  for (uint32_t i = range.first; i < range.second; ++i)
    if (const std::string_view name = missile_class_of(s, i); !name.empty() && std::find(classes.begin(), classes.end(), name) == classes.end()) classes.emplace_back(name);
  for (uint32_t i = range.first; i < range.second; ++i) {
    const std::string word = s.lemma(i);
    missile = missile || word == "missile" || word == "launch" || word == "icbm" || word == "icbms" || word == "rocket" || word == "slbm";
    nuclear = nuclear || word == "nuclear" || word == "atomic";
    satellite = satellite || word == "satellite";
    drill = drill || word == "exercise" || word == "drill" || word == "maneuver" || word == "manoeuvre";
    fire = fire || word == "attack" || word == "strike" || word == "hostile" || word == "fire" || word == "shelling";
    test = test || word == "test" || word == "testing";
  }
  std::vector<std::string> out;
  if (fire && !missile && !nuclear) out.insert(out.end(), {"airstrike", "shelling"});
  if (drill) out.emplace_back("exercise");
  // "Missile launches" are of every class; "ICBM launches" of that one.
  if (missile && classes.empty()) out.emplace_back("missile_launch");
  for (const std::string& name : classes) out.push_back("missile_launch:" + name);
  if (nuclear && test) out.emplace_back("nuclear_test");
  if (satellite) out.emplace_back("satellite_launch");
  return out;
}

}  // namespace demarche
