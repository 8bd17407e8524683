/* Dates in figures: "12.5.2026", "12.5.", "12. 05. 26", "12/05/2026" (German order), "3-7-2027",
 * "2026-05-12T15:00", "2026.5.12", "05/2026", and bare numbers that their neighbours must explain
 * ("14./15.10.", "18-20 Uhr", "am 15."). Called at every run of figures by elements.c. House numbers, prices,
 * versions and measures are told apart by what stands beside them (number.c). */
#include "lib/text/dates/dates_private.h"

/* Figures joined by a mark: "12.5.2026" is three parts. */
struct figures {
  guint part[3], size[3]; /* value, number of figures */
  guint parts;
  char mark;
  bool has_final_dot;
  guint end;
};

static bool is_date_mark(const struct dates_reader *r, guint at, char mark)
{
  if (at >= r->count || r->at[at].kind != LEXEME_MARK || r->at[at].folded[1]) return false;
  char c = r->at[at].folded[0];
  return mark ? c == mark : c == '.' || c == '/' || c == '-';
}

/* "12. 5. 2026": blanks behind full stops only; "05 / 2026" around a slash too. */
static bool may_follow(const struct dates_reader *r, guint mark_at)
{
  bool is_dot = is_mark(r, mark_at, ".");
  if (r->at[mark_at].is_spaced && (is_dot || !is_digits(r, mark_at + 1))) return false;
  return is_digits(r, mark_at + 1) && digits_size(r, mark_at + 1) <= 4 &&
         r->at[mark_at + 1].kind == LEXEME_DIGITS;
}

static void read_parts(const struct dates_reader *r, guint at, struct figures *f)
{
  *f = (struct figures){
    .part = { r->at[at].number }, .size = { digits_size(r, at) }, .parts = 1, .end = at + 1
  };
  while (f->parts < 3 && is_date_mark(r, f->end, f->mark) && may_follow(r, f->end)) {
    bool is_spaced = r->at[f->end].is_spaced || r->at[f->end + 1].is_spaced;
    guint size = digits_size(r, f->end + 1);
    char mark = r->at[f->end].folded[0];
    if (is_spaced && mark != '.' && !(f->parts == 1 && size == 4)) break;
    /* "am 12. 15 Uhr", "3. 5 Stück": behind a blank only what has its own full stop or is a year */
    if (is_spaced && mark == '.' && size < 4 && !(size <= 2 && is_joined_mark(r, f->end + 2, "."))) break;
    if (is_spaced && size == 4 && !(r->at[f->end + 1].number >= 1900 && r->at[f->end + 1].number <= 2100))
      break;
    f->mark = mark;
    f->part[f->parts] = r->at[f->end + 1].number;
    f->size[f->parts] = size;
    f->parts++;
    f->end += 2;
  }
  f->has_final_dot = is_joined_mark(r, f->end, ".");
}

static void set_day(struct element *e, int year, int month, int day)
{
  e->slots |= SLOT_DAY | SLOT_MONTH | (year ? SLOT_YEAR : 0);
  e->year = year, e->month = month, e->day = day;
}

/* A leap day counts where no year is said. */
static bool is_day(int year, guint month, guint day)
{
  return calendar_is_date(year ? year : 2000, (int)month, (int)day);
}

/* Behind an ISO day "T15:00" or "T15:00:00Z": the zone is taken for ours. */
static void read_iso_time(const struct dates_reader *r, struct element *e)
{
  guint at = e->end;
  if (!is_word(r, at) || r->at[at].is_spaced || !lexeme_is(&r->at[at], "t")) return;
  if (!is_digits(r, at + 1) || !is_joined_mark(r, at + 2, ":") || !is_digits(r, at + 3)) return;
  if (r->at[at + 1].number > 24 || r->at[at + 3].number > 59) return;
  e->slots |= SLOT_CLOCK;
  e->hour = (int)r->at[at + 1].number, e->minute = (int)r->at[at + 3].number;
  e->is_plain = true;
  e->end = at + 4;
  if (is_joined_mark(r, e->end, ":") && is_digits(r, e->end + 1)) e->end += 2;
}

static bool read_three(const struct dates_reader *r, const struct figures *f, struct element *e)
{
  const guint *p = f->part;
  if (f->size[0] == 4 && f->size[1] <= 2 && f->size[2] <= 2) {
    if (p[0] < 1000 || !is_day((int)p[0], p[1], p[2])) return false;
    set_day(e, (int)p[0], (int)p[1], (int)p[2]);
    e->end = f->end;
    read_iso_time(r, e);
    return true;
  }
  if (f->size[0] > 2 || f->size[1] > 2 || (f->size[2] != 2 && f->size[2] != 4)) return false;
  int year = full_year(r, p[2], f->size[2]);
  if (year < 1000 || !is_day(year, p[1], p[0])) return false;
  set_day(e, year, (int)p[1], (int)p[0]);
  e->end = f->end;
  return true;
}

/* "12.5." is a date; "12.5", "12/5" are one where their neighbours want one; "18.30" is a time there. */
static bool read_two(const struct dates_reader *r, const struct figures *f, struct element *e)
{
  const guint *p = f->part;
  e->end = f->end;
  if (f->size[0] <= 2 && f->size[1] == 4 && p[0] >= 1 && p[0] <= 12 && p[1] >= 1900 && p[1] <= 2100) {
    e->slots = SLOT_MONTH | SLOT_YEAR;
    e->month = (int)p[0], e->year = (int)p[1];
    return true;
  }
  if (f->size[0] > 2 || f->size[1] > 2 || f->mark == '-') return false;
  bool may_be_day = is_day(0, p[1], p[0]);
  if (may_be_day) set_day(e, 0, (int)p[1], (int)p[0]);
  if (f->mark == '.' && f->has_final_dot) {
    e->end = f->end + 1;
    /* "am 12.5.26" was read above; "12.5.3" is a version */
    return may_be_day && !(is_digits(r, e->end) && !r->at[e->end].is_spaced);
  }
  bool may_be_time = f->mark == '.' && f->size[1] == 2 && p[0] <= 24 && p[1] <= 59;
  if (may_be_time) e->hour = (int)p[0], e->minute = (int)p[1];
  e->is_pair = true, e->may_be_time = may_be_time;
  e->slots |= SLOT_NUMBER;
  return may_be_day || may_be_time;
}

static bool read_one(const struct dates_reader *r, const struct figures *f, guint at, struct element *e)
{
  if (f->size[0] > 2 || f->part[0] > 31) return false;
  e->slots = SLOT_NUMBER;
  e->number = (int)f->part[0];
  e->end = at + 1;
  guint end;
  if (small_ordinal(r, at, &end)) {
    e->is_ordinal = true;
    e->end = end;
  }
  return true;
}

bool read_figures(const struct dates_reader *r, guint at, struct element *e)
{
  if (!is_digits(r, at) || digits_size(r, at) > 4) return false;
  struct figures f;
  read_parts(r, at, &f);
  bool is_read = f.parts == 3   ? read_three(r, &f, e)
                 : f.parts == 2 ? read_two(r, &f, e)
                                : read_one(r, &f, at, e);
  if (!is_read && f.parts > 1) {
    /* "14./15.10." stops at its first mark; "13-15" too */
    *e = (struct element){ .first = at, .which = WHICH_NONE };
    f.parts = 1;
    is_read = read_one(r, &f, at, e);
  }
  return is_read && !is_other_figure(r, at, e->end);
}
