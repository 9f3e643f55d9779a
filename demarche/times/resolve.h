// Sets recognised expressions on the calendar: TIMEX3 value, days covered, and what they were held against.
#pragma once

#include <optional>
#include <string>

#include "demarche/core/document.h"
#include "demarche/times/expression.h"
#include "demarche/times/lexicon.h"

namespace demarche {

// Where the wording puts the act that the expression dates.
enum class ClauseTense : uint8_t { unknown, past, present, future };

// What may be otherwise than was assumed: the year of a year-less date or the week of a weekday whose clause tells no tense, day and
// month of "03/04/2017", a weekday that is not that of its date.
enum class Doubt : uint8_t { none, year, weekday, order, mismatch };

// What has been read so far. One Resolver a report, fed in text order.
class Resolver {
 public:
  // `narrative`: the report tells of times long before its own day; weekdays and year-less dates follow the focus.
  Resolver(const TimeLexicon& lexicon, std::optional<Day> report, bool narrative)
      : lexicon_(lexicon), report_(report), narrative_(narrative) {}

  // Fills type, value, interval, basis, resolved_against, future. `bounded`: stands after "by", "until", "after" ...
  void resolve(const Expression& e, ClauseTense tense, bool bounded, TimeExpression& out);
  // The same for an expression with a relation ("two days after the summit"), whose object's day is `base`. Changes what resolve()
  // filled; leans on nothing else.
  void anchor_to(const Expression& e, DayRange base, TimeExpression& out) const;
  // Of the expression resolved last.
  Doubt doubt() const { return doubt_; }
  // Whether what is told aside leaves the day that the next words lean on as it was.
  bool keeps_day(const Expression& e) const {
    if (narrative_) return focus_ && focus_in_paragraph_ && e.form == Expression::Form::calendar && e.year && !e.of;
    return report_ && ((focus_in_paragraph_ && focus_day_) || (e.form == Expression::Form::calendar && e.year && !e.month));
  }
  void begin_paragraph() { focus_in_paragraph_ = false; }
  // From here on the text is of another day: an entry of a live page under its own date.
  void set_report(Day day) { report_ = day; }
  void begin_sentence(uint32_t index) { sentence_ = index; }

 private:
  struct Moment {  // a period of the calendar with its TIMEX3 value
    std::string value;
    std::optional<DayRange> days;
    std::optional<Day> against;
  };
  Moment calendar(const Expression& e, ClauseTense tense);
  Moment feast_date(const Expression& e, ClauseTense tense);
  Moment year_part(const Expression& e, ClauseTense tense);
  Moment month_date(const Expression& e, ClauseTense tense);
  Moment bare_day(const Expression& e, ClauseTense tense);
  Moment weekday_with_day(const Expression& e, ClauseTense tense);
  std::optional<int> year_of_part(const Expression& e, ClauseTense tense, int month, std::optional<Day>& against) const;
  Moment weekday_date(const Expression& e, ClauseTense tense);
  Moment day_date(const Expression& e, ClauseTense tense);
  Moment period(const Expression& e, ClauseTense tense);
  Moment shifted(const Expression& e) const;
  static Moment shifted_from(const Expression& e, std::optional<Day> base);
  static void pick_part(const Expression& e, Moment& m);
  void duration(const Expression& e, ClauseTense tense, TimeExpression& out);
  void set(const Expression& e, TimeExpression& out);
  // The year that a date without one belongs to; nothing when nobody can tell.
  std::optional<int> year_for(const Expression& e, ClauseTense tense, int month, int day, std::optional<Day>& against) const;
  std::optional<Day> anchor_day(Anchor anchor) const;
  void doubt_on(const Expression& e, ClauseTense tense, const Moment& m);
  void remember(const Expression& e, const Moment& m);
  static int steps_of_direction_year(Direction direction);

  const TimeLexicon& lexicon_;
  std::optional<Day> report_;
  bool narrative_ = false;
  std::optional<DayRange> focus_;  // last period spoken of
  std::optional<Day> focus_day_;   // the focus, when it is a single day
  std::optional<Day> last_day_;    // last single day spoken of, whatever came since
  uint32_t last_day_sentence_ = 0;
  bool focus_in_paragraph_ = false;
  uint32_t sentence_ = 0, focus_sentence_ = 0;
  bool focus_explicit_year_ = false;
  Doubt doubt_ = Doubt::none;
};

}  // namespace demarche
