/* What comes again: "jeden ersten Dienstag im Monat", "am 1. und 3. Donnerstag des Monats", "montags und
 * donnerstags", "immer mittwochs", "alle zwei Wochen", "14-tägig", "jeden Tag", "jedes Jahr", "werktags".
 * Called by elements.c; fills SLOT_EVERY with a rule, which rule.c writes as an RRULE. */
#include "lib/text/dates/dates_private.h"

#include <string.h>

enum { LIST_MAX = 7 };

static unsigned nth_bit(int nth)
{
  return nth == -1 ? 1U : 1U << nth;
}

static guint skip_list_mark(const struct dates_reader *r, guint at)
{
  const struct phrase_hit *glue = word_at(r, TAG_GLUE, at);
  if (glue && hit_says(glue, "and")) return glue->end;
  return is_mark(r, at, ",") || is_mark(r, at, "/") || is_mark(r, at, "&") || is_mark(r, at, "+") ? at + 1
                                                                                                  : at;
}

static const struct phrase_hit *any_weekday(const struct dates_reader *r, guint at)
{
  const struct phrase_hit *hit = word_at(r, TAG_WEEKDAY, at);
  if (!hit) hit = word_at(r, TAG_WEEKDAYS, at);
  return hit ? hit : word_at(r, TAG_WEEKDAY_SHORT, at);
}

static void read_hit_part(const struct phrase_hit *hit, struct element *e)
{
  const char *part = strchr(hit->value, ' ');
  if (!part) return;
  e->slots |= SLOT_PART;
  e->part = (int)g_ascii_strtoll(part, NULL, 10);
}

/* "Dienstag und Donnerstag", "montags, mittwochs", "Mo-Fr": the bits of weekdays from `at` on. */
static unsigned read_weekdays(const struct dates_reader *r, guint at, struct element *e)
{
  unsigned days = 0;
  int last = 0;
  for (guint i = 0; i < LIST_MAX; i++) {
    guint next = i ? skip_list_mark(r, over_break(r, at)) : at;
    bool is_range = false;
    if (i && next == over_break(r, at)) {
      const struct phrase_hit *glue = word_at(r, TAG_GLUE, next);
      is_range = is_mark(r, next, "-") || (glue && hit_says(glue, "range"));
      if (!is_range) break;
      next = glue ? glue->end : next + 1;
    }
    const struct phrase_hit *hit = any_weekday(r, over_break(r, next));
    if (!hit) break;
    int day = hit_number(hit);
    for (int between = last + 1; is_range && between < day; between++) days |= 1U << between;
    days |= 1U << day;
    last = day;
    read_hit_part(hit, e);
    at = hit->end;
    if (hit->end == hit->first + 1 && is_joined_mark(r, at, ".") && word_at(r, TAG_WEEKDAY_SHORT, hit->first))
      at++;
    e->end = at;
  }
  return days;
}

static void set_every(struct element *e, enum frequency frequency, int interval)
{
  e->slots |= SLOT_EVERY;
  e->rule.frequency = frequency;
  e->rule.interval = interval > 1 ? interval : 0;
}

static bool set_every_unit(struct element *e, enum date_unit unit, int amount)
{
  switch (unit) {
  case UNIT_DAY:
    if (amount % 7 == 0 && amount)
      set_every(e, FREQUENCY_WEEKLY, amount / 7);
    else
      set_every(e, FREQUENCY_DAILY, amount);
    return true;
  case UNIT_WORKDAY:
  case UNIT_WORKWEEK:
    set_every(e, FREQUENCY_WEEKLY, 0);
    e->rule.weekdays = 0x3e;
    return true;
  case UNIT_WEEKEND:
    set_every(e, FREQUENCY_WEEKLY, amount);
    e->rule.weekdays = 0xc0;
    return true;
  case UNIT_WEEK: set_every(e, FREQUENCY_WEEKLY, amount); return true;
  case UNIT_MONTH: set_every(e, FREQUENCY_MONTHLY, amount); return true;
  case UNIT_QUARTER: set_every(e, FREQUENCY_MONTHLY, 3 * MAX(amount, 1)); return true;
  case UNIT_HALF: set_every(e, FREQUENCY_MONTHLY, 6); return true;
  case UNIT_YEAR: set_every(e, FREQUENCY_YEARLY, amount); return true;
  case UNIT_NONE:
  case UNIT_MINUTE:
  case UNIT_HOUR:
  case UNIT_SEASON: return false;
  }
  return false;
}

/* "ersten und dritten Dienstag im Monat" from `at`; without "im Monat" only behind "jeden", where "zweiten"
 * may mean every other. */
static bool read_nth_weekdays(const struct dates_reader *r, guint at, bool is_each, struct element *e)
{
  unsigned nths = 0;
  guint end = at, count = 0;
  int nth = 0;
  for (; count < LIST_MAX; count++) {
    guint next = count ? skip_list_mark(r, over_break(r, end)) : at, behind;
    if (count && next == over_break(r, end)) break;
    int one = small_ordinal(r, over_break(r, next), &behind);
    if (one < -1 || one == 0 || one > 5) break;
    nths |= nth_bit(one);
    nth = one;
    end = behind;
  }
  if (!count) return false;
  end = over_break(r, end);
  const struct phrase_hit *unit = word_at(r, TAG_UNIT, end);
  if (unit && is_each && count == 1) {
    e->end = unit->end;
    return nth > 1 && set_every_unit(e, unit_of_word(unit->value), nth);
  }
  e->end = end;
  unsigned days = read_weekdays(r, end, e);
  if (!days) return false;
  const struct phrase_hit *repeated = word_at(r, TAG_REPEATED, over_break(r, e->end));
  if (repeated) e->end = repeated->end;
  if (!repeated && !is_each) return false;
  if (!repeated && count == 1 && nth == 2) {
    set_every(e, FREQUENCY_WEEKLY, 2);
  } else {
    set_every(e, FREQUENCY_MONTHLY, 0);
    e->rule.nths = nths;
  }
  e->rule.weekdays = days;
  return true;
}

/* Behind "jeden", "alle", "immer". */
static bool read_each(const struct dates_reader *r, guint at, struct element *e)
{
  const struct phrase_hit *each = word_at(r, TAG_EVERY, at);
  if (!each) return false;
  bool is_strict = !hit_says(each, "always"); /* "jeden": what follows is repeated, whatever its form */
  at = over_break(r, each->end);
  const struct phrase_hit *glue = word_at(r, TAG_GLUE, at);
  if (glue && !is_strict && (hit_says(glue, "on") || hit_says(glue, "about"))) at = over_break(r, glue->end);
  if (read_nth_weekdays(r, at, is_strict, e)) return true;
  e->slots = 0;
  e->rule = (struct rule){ 0 };
  unsigned days = read_weekdays(r, at, e);
  if (days) {
    set_every(e, FREQUENCY_WEEKLY, 0);
    e->rule.weekdays = days;
    return true;
  }
  const struct phrase_hit *frequency = word_at(r, TAG_FREQUENCY, at);
  guint end = at;
  if (!is_strict) return frequency && read_every(r, at, e);
  int amount = hit_says(each, "all") ? small_number(r, at, &end) / 100 : 0;
  if (hit_says(each, "all") && !amount) return false;
  end = over_break(r, end);
  const struct phrase_hit *unit = word_at(r, TAG_UNIT, end);
  if (unit) {
    g_autofree char *word = g_strndup(unit->value, strcspn(unit->value, " "));
    e->end = unit->end;
    return set_every_unit(e, unit_of_word(word), amount);
  }
  const struct phrase_hit *part = word_at(r, TAG_PART, at);
  if (part && !amount) {
    set_every(e, FREQUENCY_DAILY, 0);
    e->slots |= SLOT_PART;
    e->part = hit_number(part);
    e->end = part->end;
    return true;
  }
  int day = small_ordinal(r, at, &end);
  const struct phrase_hit *repeated = day > 0 ? word_at(r, TAG_REPEATED, end) : NULL;
  if (day < 1 || day > 31 || (!repeated && is_word(r, end) && r->at[end].is_capital)) return false;
  set_every(e, FREQUENCY_MONTHLY, 0);
  e->rule.month_day = day;
  e->end = repeated ? repeated->end : end;
  return true;
}

/* "täglich", "14-tägig", "werktags": the value says frequency, interval and weekdays. */
static bool read_frequency(const struct dates_reader *r, guint at, struct element *e)
{
  const struct phrase_hit *hit = word_at(r, TAG_FREQUENCY, at);
  if (!hit) return false;
  static const struct {
    const char *word;
    enum frequency frequency;
  } words[] = { { "daily", FREQUENCY_DAILY },
                { "weekly", FREQUENCY_WEEKLY },
                { "monthly", FREQUENCY_MONTHLY },
                { "yearly", FREQUENCY_YEARLY } };
  const char *interval = strchr(hit->value, ' ');
  for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
    if (g_str_has_prefix(hit->value, words[i].word))
      set_every(e, words[i].frequency, interval ? (int)g_ascii_strtoll(interval, NULL, 10) : 0);
  if (hit_says(hit, "workdays")) {
    set_every(e, FREQUENCY_WEEKLY, 0);
    e->rule.weekdays = 0x3e;
  }
  e->end = hit->end;
  return e->slots != 0;
}

static bool read_adverbs(const struct dates_reader *r, guint at, struct element *e)
{
  if (!word_at(r, TAG_WEEKDAYS, at)) {
    /* "Montag bis freitags" and the like begin with another word */
    return false;
  }
  set_every(e, FREQUENCY_WEEKLY, 0);
  e->rule.weekdays = read_weekdays(r, at, e);
  return e->rule.weekdays != 0;
}

static bool read_nth_of_month(const struct dates_reader *r, guint at, struct element *e)
{
  return read_nth_weekdays(r, at, false, e);
}

bool read_every(const struct dates_reader *r, guint at, struct element *e)
{
  static element_read_fn *const readers[] = { read_each, read_frequency, read_adverbs, read_nth_of_month };
  guint first = e->first;
  for (gsize i = 0; i < G_N_ELEMENTS(readers); i++) {
    *e = (struct element){ .first = first, .which = WHICH_NONE };
    if (readers[i](r, at, e)) return true;
  }
  return false;
}
