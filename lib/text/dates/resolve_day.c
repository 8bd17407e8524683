/* Which days an element means, counted from now: years and months that are not said, weekdays, "nächste
 * Woche", "34. KW", "Ende August", feasts. Called by resolve.c. The rules: a day without a year is the next
 * such day, today among them; a weekday the next one behind today; words that look back turn both round; an
 * end of a range is not before its beginning (`floor`). */
#include "lib/text/dates/dates_private.h"

struct frame {
  const struct dates_reader *r;
  bool is_past;
  int from; /* future: not before this day; past: not behind it */
};

static void set_days(struct days *days, int first, int last, enum date_grain grain)
{
  *days = (struct days){ first, last, grain };
}

static int which_or_none(const struct element *e)
{
  return e->which == WHICH_NONE ? 0 : e->which;
}

/* ---- a day of a month ---- */

static int day_in_year(const struct element *e, int year)
{
  return calendar_is_date(year, e->month, e->day) ? calendar_day(year, e->month, e->day) : CALENDAR_NO_DAY;
}

static bool fits_weekday(const struct element *e, int day)
{
  return !(e->slots & SLOT_WEEKDAY) || calendar_weekday(day) == e->weekday;
}

/* "Sonntag, 10. Februar" two days later is the one that was: the weekday says so. */
static int nearest_with_weekday(const struct element *e, int found, int year, const struct frame *f)
{
  enum { RECENT_DAYS = 100 };
  if (found != CALENDAR_NO_DAY && fits_weekday(e, found)) return found;
  for (int y = year - 1; y <= year + 1; y++) {
    int day = day_in_year(e, y);
    if (day != CALENDAR_NO_DAY && fits_weekday(e, day) && day < f->from && f->from - day < RECENT_DAYS)
      return day;
  }
  return found;
}

static bool resolve_date(const struct element *e, const struct frame *f, struct days *days)
{
  int year = calendar_civil(f->from).year, found = CALENDAR_NO_DAY;
  if (e->slots & SLOT_YEAR) {
    found = day_in_year(e, e->year);
  } else {
    for (int i = 0; i <= 8 && found == CALENDAR_NO_DAY; i++) {
      int day = day_in_year(e, f->is_past ? year - i : year + i);
      if (day != CALENDAR_NO_DAY && (f->is_past ? day <= f->from : day >= f->from)) found = day;
    }
    if (!f->is_past && e->slots & SLOT_WEEKDAY) found = nearest_with_weekday(e, found, year, f);
  }
  if (found == CALENDAR_NO_DAY) return false;
  set_days(days, found, found, GRAIN_DAY);
  return true;
}

/* "am 15.": this month's or the next that has one. */
static bool resolve_day_only(const struct element *e, const struct frame *f, struct days *days)
{
  struct civil now = calendar_civil(f->from);
  for (int i = 0; i < 14; i++) {
    struct civil month = calendar_civil(calendar_day(now.year, now.month + (f->is_past ? -i : i), 1));
    if (!calendar_is_date(month.year, month.month, e->day)) continue;
    int day = calendar_day(month.year, month.month, e->day);
    if (!fits_weekday(e, day) || (f->is_past ? day > f->from : day < f->from)) continue;
    set_days(days, day, day, GRAIN_DAY);
    return true;
  }
  return false;
}

static bool resolve_holiday(const struct element *e, const struct frame *f, struct days *days)
{
  int year = e->slots & SLOT_YEAR ? e->year : calendar_civil(f->from).year;
  int day = holiday_day(e->holiday, year);
  if (day == CALENDAR_NO_DAY) return false;
  bool is_last = f->is_past || (e->which != WHICH_NONE && e->which < 0);
  if (!(e->slots & SLOT_YEAR)) {
    if (is_last && day > f->from) day = holiday_day(e->holiday, year - 1);
    if (!is_last && day < f->from) day = holiday_day(e->holiday, year + 1);
  }
  /* "am Freitag nach Himmelfahrt" */
  if (e->slots & SLOT_WEEKDAY) day += (e->weekday - calendar_weekday(day) + 7) % 7;
  set_days(days, day, day, GRAIN_DAY);
  return true;
}

/* ---- weekdays ---- */

static bool resolve_weekday(const struct element *e, const struct frame *f, struct days *days)
{
  int today = f->from, distance = (e->weekday - calendar_weekday(today) + 7) % 7;
  int which = e->which == WHICH_NONE ? (f->is_past ? -1 : 1) : e->which;
  int day;
  if (which < 0) {
    day = today + distance - 7 + 7 * (which + 1);
  } else if (which == 0) {
    day = today + distance;
  } else {
    bool is_floor = f->from != f->r->today && e->which == WHICH_NONE; /* an end may be the same day */
    day = today + (distance || is_floor ? distance : 7) + 7 * (which - 1);
  }
  set_days(days, day, day, GRAIN_DAY);
  return true;
}

/* ---- spans ---- */

static bool resolve_span(const struct element *e, const struct frame *f, struct days *days)
{
  int day = f->r->today;
  if (e->slots & SLOT_OFFSET) day += e->offset;
  if (e->slots & SLOT_WEEKDAY) {
    struct days weekday;
    resolve_weekday(e, f, &weekday);
    /* "Mittwoch vor zwei Wochen" counts from this week's, "Samstag in zwei Wochen" from the coming one */
    day = e->span < 0 ? day - calendar_weekday(day) + e->weekday : weekday.first;
  }
  bool is_counted_with = e->span == 8 && e->slots & (SLOT_OFFSET | SLOT_WEEKDAY); /* "heute in acht Tagen" */
  switch (e->span_unit) {
  case UNIT_WEEK: day += 7 * e->span; break;
  case UNIT_MONTH: day = calendar_add_months(day, e->span); break;
  case UNIT_QUARTER: day = calendar_add_months(day, 3 * e->span); break;
  case UNIT_YEAR: day = calendar_add_months(day, 12 * e->span); break;
  case UNIT_HALF: day = calendar_add_months(day, 6 * e->span); break;
  case UNIT_WORKDAY:
    for (int left = e->span; left; left -= e->span > 0 ? 1 : -1) do
        day += e->span > 0 ? 1 : -1;
      while (calendar_weekday(day) > 5);
    break;
  case UNIT_NONE:
  case UNIT_MINUTE:
  case UNIT_HOUR:
  case UNIT_DAY:
  case UNIT_WEEKEND:
  case UNIT_WORKWEEK:
  case UNIT_SEASON: day += is_counted_with ? 7 : e->span; break;
  }
  set_days(days, day, day, GRAIN_DAY);
  return true;
}

/* ---- periods ---- */

static void set_months(struct days *days, int year, int month, int months, enum date_grain grain)
{
  set_days(days, calendar_day(year, month, 1), calendar_day(year, month + months, 1) - 1, grain);
}

/* Spring to winter by the calendar's days. */
static void set_season(struct days *days, int year, int season)
{
  static const struct {
    int month, day;
  } begins[] = { { 3, 20 }, { 6, 21 }, { 9, 23 }, { 12, 21 } };
  int next = season % 4;
  set_days(days, calendar_day(year, begins[season - 1].month, begins[season - 1].day),
           calendar_day(year + (next == 0), begins[next].month, begins[next].day) - 1, GRAIN_QUARTER);
}

static bool set_numbered(const struct element *e, int year, struct days *days)
{
  if (e->unit == UNIT_WEEK) {
    int monday = calendar_week_monday(year, e->number);
    set_days(days, monday, monday + 6, GRAIN_WEEK);
  } else if (e->unit == UNIT_QUARTER) {
    set_months(days, year, 3 * e->number - 2, 3, GRAIN_QUARTER);
  } else if (e->unit == UNIT_HALF) {
    set_months(days, year, 6 * e->number - 5, 6, GRAIN_QUARTER);
  } else if (e->unit == UNIT_SEASON) {
    set_season(days, year, e->number);
  } else {
    return false;
  }
  return true;
}

/* "34. KW", "II. Quartal", "im Sommer": of this year, unless it is over. */
static bool resolve_numbered(const struct element *e, const struct frame *f, struct days *days)
{
  int year = e->slots & SLOT_YEAR ? e->year : calendar_civil(f->from).year;
  if (e->unit == UNIT_WEEK && !(e->slots & SLOT_YEAR) && f->from == f->r->today)
    year = calendar_civil(f->from - calendar_weekday(f->from) + 4).year; /* the year of this week */
  if (!set_numbered(e, year, days)) return false;
  if (e->slots & SLOT_YEAR) return true;
  int which = which_or_none(e);
  if (f->is_past || which < 0) return days->first > f->from ? set_numbered(e, year - 1, days) : true;
  if (e->unit == UNIT_SEASON && e->number == 4 && days->first > f->from) { /* in January it is winter still */
    struct days before;
    set_numbered(e, year - 1, &before);
    if (before.last >= f->from && which != 1) *days = before;
  }
  if (days->last < f->from) return set_numbered(e, year + 1, days);
  if (which == 2 || (which == 1 && days->first <= f->from)) return set_numbered(e, year + 1, days);
  return true;
}

/* "die nächsten drei Wochen": units of the calendar, from the next one on; their end counted from today. */
static bool resolve_several(const struct element *e, const struct frame *f, struct days *days)
{
  int today = f->r->today, n = e->amount, monday = today - calendar_weekday(today) + 1;
  struct civil now = calendar_civil(today);
  bool is_back = e->which < 0;
  switch (e->unit) {
  case UNIT_DAY:
  case UNIT_WORKDAY:
    set_days(days, is_back ? today - n : today + 1, is_back ? today - 1 : today + n, GRAIN_DAY);
    break;
  case UNIT_WEEK:
    set_days(days, is_back ? monday - 7 * n : monday + 7, is_back ? monday - 1 : today + 7 * n, GRAIN_WEEK);
    break;
  case UNIT_MONTH:
    set_months(days, now.year, is_back ? now.month - n : now.month + 1, n, GRAIN_MONTH);
    if (!is_back) days->last = MAX(days->first, calendar_add_months(today, n));
    break;
  case UNIT_YEAR: set_months(days, is_back ? now.year - n : now.year + 1, 1, 12 * n, GRAIN_YEAR); break;
  case UNIT_WEEKEND: set_days(days, monday + 5, monday + 6 + 7 * (n - 1), GRAIN_DAY); break;
  case UNIT_NONE:
  case UNIT_MINUTE:
  case UNIT_HOUR:
  case UNIT_WORKWEEK:
  case UNIT_QUARTER:
  case UNIT_HALF:
  case UNIT_SEASON: return false;
  }
  return true;
}

static int weekend_saturday(const struct frame *f, int which)
{
  int today = f->from, weekday = calendar_weekday(today), saturday = today - weekday + 6;
  if (which < 0) return saturday + 7 * which;
  if (which == 0) return f->is_past ? saturday - 7 : saturday;
  return saturday + 7 * (which - 1) + (weekday >= 5 ? 7 : 0);
}

static bool resolve_period(const struct element *e, const struct frame *f, struct days *days)
{
  if (e->amount) return resolve_several(e, f, days);
  if (e->number) return resolve_numbered(e, f, days);
  int which = which_or_none(e), today = f->from, monday = today - calendar_weekday(today) + 1;
  struct civil now = calendar_civil(today);
  if (e->slots & SLOT_YEAR) now = (struct civil){ e->year, 1, 1 };
  switch (e->unit) {
  case UNIT_DAY: set_days(days, today + which, today + which, GRAIN_DAY); return true;
  case UNIT_WEEK: set_days(days, monday + 7 * which, monday + 7 * which + 6, GRAIN_WEEK); return true;
  case UNIT_WORKDAY:
  case UNIT_WORKWEEK: set_days(days, monday + 7 * which, monday + 7 * which + 4, GRAIN_WEEK); return true;
  case UNIT_WEEKEND: {
    int saturday = weekend_saturday(f, which);
    set_days(days, saturday, saturday + 1, GRAIN_DAY);
    return true;
  }
  case UNIT_MONTH: set_months(days, now.year, now.month + which, 1, GRAIN_MONTH); return true;
  case UNIT_QUARTER:
    set_months(days, now.year, (now.month - 1) / 3 * 3 + 1 + 3 * which, 3, GRAIN_QUARTER);
    return true;
  case UNIT_HALF:
    set_months(days, now.year, (now.month - 1) / 6 * 6 + 1 + 6 * which, 6, GRAIN_QUARTER);
    return true;
  case UNIT_YEAR: set_months(days, now.year + which, 1, 12, GRAIN_YEAR); return true;
  case UNIT_NONE:
  case UNIT_MINUTE:
  case UNIT_HOUR:
  case UNIT_SEASON: return false;
  }
  return false;
}

/* "im Mai": this one or the next; "letzten Mai", "übernächsten Mai". */
static bool resolve_month(const struct element *e, const struct frame *f, struct days *days)
{
  struct civil now = calendar_civil(f->from);
  int year = e->slots & SLOT_YEAR ? e->year : now.year, which = which_or_none(e);
  set_months(days, year, e->month, 1, GRAIN_MONTH);
  if (e->slots & SLOT_YEAR) return true;
  if (f->is_past || which < 0) {
    bool is_ahead = days->first > f->from || (which < 0 && days->last >= f->from);
    year += (is_ahead ? -1 : 0) + (which < -1 ? which + 1 : 0);
  } else {
    year += (days->last < f->from ? 1 : 0) + (which > 1 ? which - 1 : 0);
  }
  set_months(days, year, e->month, 1, GRAIN_MONTH);
  return true;
}

/* "erster Mittwoch im Oktober", "dritter Tag", "letzte Woche im September" (weeks that begin in it). */
static bool nth_in_month(const struct element *e, int year, int month, struct days *days)
{
  int first = calendar_day(year, month, 1), length = calendar_month_length(year, month), day;
  if (e->weekday) {
    day = calendar_nth_weekday(year, month, e->weekday, e->nth);
  } else if (e->unit == UNIT_DAY) {
    day = e->nth < 0 ? first + length - 1 : e->nth <= length ? first + e->nth - 1 : CALENDAR_NO_DAY;
  } else {
    day = calendar_nth_weekday(year, month, e->unit == UNIT_WEEKEND ? 6 : 1, e->nth);
    if (e->nth < 0 && day + 6 > first + length - 1) day -= 7;
  }
  if (day == CALENDAR_NO_DAY) return false;
  set_days(days, day, day, GRAIN_DAY);
  if (e->unit == UNIT_WEEK) set_days(days, day, day + 6, GRAIN_WEEK);
  if (e->unit == UNIT_WEEKEND) days->last++;
  return true;
}

static bool resolve_nth(const struct element *e, const struct frame *f, struct days *days)
{
  struct civil now = calendar_civil(f->from);
  if (!(e->slots & SLOT_MONTH)) {
    struct civil month = calendar_civil(calendar_day(now.year, now.month + which_or_none(e), 1));
    return nth_in_month(e, month.year, month.month, days);
  }
  int year = e->slots & SLOT_YEAR ? e->year : now.year;
  bool is_found = nth_in_month(e, year, e->month, days);
  if (e->slots & SLOT_YEAR) return is_found;
  if (f->is_past)
    return is_found && days->first <= f->from ? true : nth_in_month(e, year - 1, e->month, days);
  return is_found && days->last >= f->from ? true : nth_in_month(e, year + 1, e->month, days);
}

/* ---- sections ---- */

/* Beginning, middle and end of a stretch: tens of days of a month, days of a week, months of longer ones. */
static void cut_section(const struct element *e, const struct frame *f, struct days *days)
{
  int length = days->last - days->first + 1, first = days->first, last = days->last;
  if (e->section == 0 || length < 2) return;
  if (e->section == 6) {
    days->first = MAX(first, f->r->today);
    return;
  }
  if (e->section >= 4) {
    set_days(days, e->section == 4 ? first : first + 15, e->section == 4 ? first + 14 : last, GRAIN_DAY);
    return;
  }
  if (length <= 7) {
    static const int from[] = { 0, 0, 2, 3 }, to[] = { 0, 1, 2, 6 };
    set_days(days, first + from[e->section], MIN(last, first + to[e->section]), GRAIN_DAY);
    return;
  }
  if (length <= 31) {
    int begin = first + 10 * (e->section - 1);
    set_days(days, begin, e->section == 3 ? last : begin + 9, GRAIN_DAY);
    return;
  }
  int months = (length + 15) / 30, part = MAX(1, months / 6);
  struct civil c = calendar_civil(first);
  int skip = e->section == 1 ? 0 : e->section == 2 ? (months - part) / 2 : months - part;
  set_months(days, c.year, c.month + skip, part, GRAIN_MONTH);
  if (e->section == 3) days->last = last;
  if (e->section == 1) days->first = first;
}

bool resolve_days(const struct dates_reader *r, const struct element *e, bool past, int floor,
                  struct days *days)
{
  struct frame f = { r, past && floor == CALENDAR_NO_DAY, floor == CALENDAR_NO_DAY ? r->today : floor };
  bool is_resolved = false;
  if (e->slots & SLOT_NTH) {
    is_resolved = resolve_nth(e, &f, days);
  } else if (e->slots & SLOT_DAY) {
    is_resolved = e->slots & SLOT_MONTH ? resolve_date(e, &f, days) : resolve_day_only(e, &f, days);
  } else if (e->slots & SLOT_HOLIDAY) {
    is_resolved = resolve_holiday(e, &f, days);
  } else if (e->slots & SLOT_SPAN) {
    is_resolved = resolve_span(e, &f, days);
  } else if (e->slots & SLOT_OFFSET) {
    set_days(days, r->today + e->offset, r->today + e->offset, GRAIN_DAY);
    is_resolved = true;
  } else if (e->slots & SLOT_PERIOD) {
    is_resolved = resolve_period(e, &f, days);
    if (is_resolved && e->slots & SLOT_WEEKDAY)
      set_days(days, days->first + e->weekday - 1, days->first + e->weekday - 1, GRAIN_DAY);
    else if (is_resolved)
      cut_section(e, &f, days);
  } else if (e->slots & SLOT_WEEKDAY) {
    is_resolved = resolve_weekday(e, &f, days);
  } else if (e->slots & SLOT_MONTH) {
    is_resolved = resolve_month(e, &f, days);
    cut_section(e, &f, days);
  } else if (e->slots & SLOT_YEAR) {
    set_months(days, e->year, 1, 12, GRAIN_YEAR);
    cut_section(e, &f, days);
    is_resolved = true;
  }
  return is_resolved;
}
