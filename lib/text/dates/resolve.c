/* Moments as wall times: which days they mean (resolve_day.c), which hour of the twenty-four, where they end,
 * whether they are deadlines or come again. Called by dates.c, once a moment. */
#include "lib/text/dates/dates_private.h"
#include "lib/text/dates/zone.h"

enum { NOON = 12, EVENING = 18, NIGHT = 22, MORNING = 5, DAY_MINUTES = 1440 };

static struct wall day_wall(int day)
{
  struct civil c = calendar_civil(day);
  return (struct wall){ c.year, c.month, c.day, -1, -1 };
}

static struct wall clock_wall(int day, int minutes)
{
  int shift = minutes / DAY_MINUTES - (minutes % DAY_MINUTES < 0);
  struct wall wall = day_wall(day + shift);
  minutes -= shift * DAY_MINUTES;
  wall.hour = minutes / 60, wall.minute = minutes % 60;
  return wall;
}

/* ---- hours ---- */

/* The hour of twenty-four where a part of the day is said. */
static int hour_of_part(int hour, int part)
{
  if (hour > NOON || hour == 0) return hour;
  if (part >= NIGHT || part < MORNING) return hour == NOON ? 24 : hour >= 6 ? hour + 12 : hour;
  if (part >= EVENING) return hour == NOON ? 24 : hour <= 3 ? hour : hour + 12; /* "Saturday night at 1" */
  if (part >= NOON + 1) return hour <= 8 ? hour + 12 : hour;
  if (part == NOON) return hour <= 3 ? hour + 12 : hour;
  return hour;
}

/* Minutes of the day a beginning means. "um drei" is the afternoon's, "3:18" what digital clocks show, "3
 * Uhr" the afternoon's too, "03:00" the night's; 24 hours otherwise. `other`: hour of the range's end, -1:
 * none. */
static int start_minutes(const struct element *e, int other)
{
  int hour = e->hour;
  if (!(e->slots & SLOT_CLOCK)) return e->part * 60;
  if (e->slots & SLOT_PART) return hour_of_part(hour, e->part) * 60 + e->minute;
  int limit = e->is_digital || e->is_of_24 ? 0 : e->is_plain ? 5 : 8;
  if (hour >= 1 && hour <= limit && !(other > hour && other <= NOON && (hour >= 6 || other >= 9))) hour += 12;
  return hour * 60 + e->minute;
}

/* The same for an end, which lies behind the beginning: of the same half-day, or of the next day. */
static int end_minutes(const struct element *from, const struct element *e, int start)
{
  if (!(e->slots & SLOT_CLOCK)) return MAX(e->part * 60, start);
  if (e->slots & SLOT_PART) {
    int minutes = hour_of_part(e->hour, e->part) * 60 + e->minute;
    return minutes <= start ? minutes + DAY_MINUTES : minutes;
  }
  int by_part = from->slots & SLOT_PART ? hour_of_part(e->hour, from->part) * 60 + e->minute : 0;
  if (by_part > start) return by_part;
  int minutes = e->hour * 60 + e->minute;
  if (minutes > start) return minutes;
  bool was_turned = from->hour < NOON; /* "von 5 bis 6 Uhr": both are the afternoon's */
  bool is_night = !was_turned && start >= 16 * 60 && e->hour >= 5 && e->is_plain; /* "von 17 bis 7 Uhr" */
  bool is_afternoon = e->hour < NOON && minutes + NOON * 60 > start && !is_night && !e->is_digital;
  return minutes + (is_afternoon ? NOON * 60 : DAY_MINUTES);
}

static int only_minutes(const struct element *e)
{
  return start_minutes(e, -1);
}

static bool has_time(const struct element *e)
{
  return e->slots & SLOTS_TIME;
}

/* An end on a later day that is named, so many days on: "Samstag 22 Uhr bis Sonntag 5 Uhr". Whoever counts to
 * twenty-four at its beginning does so at its end, and an evening ends in the next morning; else "bis Sonntag
 * um drei" is the afternoon's. */
static int later_day_minutes(const struct element *from, const struct element *e, int start, int days_on)
{
  bool counts_to_24 = from->slots & SLOT_CLOCK && (from->hour > NOON || from->hour == 0);
  bool is_next_morning = days_on == 1 && has_time(from) && start >= (EVENING - 1) * 60;
  bool is_as_written = (counts_to_24 || is_next_morning) && !(e->slots & SLOT_PART);
  if (e->slots & SLOT_CLOCK && is_as_written) return e->hour * 60 + e->minute;
  return only_minutes(e);
}

static enum date_grain time_grain(const struct element *e)
{
  return e->slots & SLOT_CLOCK && !e->is_loose ? GRAIN_MINUTE : GRAIN_HOUR;
}

bool is_of_night(const struct element *e)
{
  return e->slots & SLOT_PART && (e->part >= NIGHT || e->part < MORNING);
}

bool is_night_over(const struct moment *m)
{
  return m->is_over && is_of_night(&m->from);
}

/* ---- kinds of moments ---- */

static void resolve_hours_from_now(const struct dates_reader *r, const struct element *e,
                                   struct date_found *found)
{
  found->start = zone_wall(r->now_seconds + (int64_t)e->span * 60, r->zone);
  found->grain = GRAIN_MINUTE;
  found->is_past = e->span < 0;
}

/* "die nächsten drei Stunden", "die letzten 2 Minuten". */
static bool resolve_several_hours(const struct dates_reader *r, const struct element *e,
                                  struct date_found *found)
{
  int64_t seconds = (e->unit == UNIT_HOUR ? 3600 : 60) * (int64_t)MAX(e->amount, 1);
  if (e->which < 0) {
    found->start = zone_wall(r->now_seconds - seconds, r->zone);
    found->until = r->now;
    found->is_past = true;
  } else {
    int64_t next = e->unit == UNIT_MINUTE ? 60 : 0;
    found->start = zone_wall(r->now_seconds + next, r->zone);
    found->until = zone_wall(r->now_seconds + next + seconds, r->zone);
  }
  found->grain = GRAIN_MINUTE;
  return true;
}

/* A time without a day: today's, unless it is over; then tomorrow's. */
static int day_of_clock(const struct dates_reader *r, int minutes, bool is_past)
{
  int now = r->now.hour * 60 + r->now.minute;
  return r->today + (minutes < now && !is_past ? 1 : 0);
}

static void set_end(const struct dates_reader *r, const struct moment *m, int day, int start,
                    struct date_found *found)
{
  const struct element *from = &m->from, *until = &m->until;
  if (m->has_until && !(until->slots & SLOTS_DATE) && has_time(until)) {
    found->until = has_time(from) ? clock_wall(day, end_minutes(from, until, start))
                                  : clock_wall(day, only_minutes(until));
  } else if (m->has_until) {
    struct days days;
    if (!resolve_days(r, until, false, day, &days) || days.last < day) return;
    found->until = day_wall(days.last);
    if (has_time(until)) {
      bool is_same_day = days.last == day && has_time(from);
      found->until =
          clock_wall(days.last, is_same_day ? end_minutes(from, until, start)
                                            : later_day_minutes(from, until, start, days.last - day));
    }
  } else if (from->slots & SLOT_LENGTH && has_time(from)) {
    found->until = from->length_days ? day_wall(day + from->length_days - 1)
                                     : clock_wall(day, start + from->length_minutes);
  }
}

static int other_hour(const struct moment *m)
{
  return m->has_until && m->until.slots & SLOT_CLOCK && !(m->until.slots & SLOTS_DATE) ? m->until.hour : -1;
}

static bool resolve_every(const struct dates_reader *r, const struct moment *m, struct date_found *found)
{
  struct element from = m->from;
  struct rule rule = from.rule;
  struct days days;
  int first = r->today;
  if (m->floor.slots && resolve_days(r, &m->floor, false, CALENDAR_NO_DAY, &days)) first = days.first;
  int start = has_time(&from) ? start_minutes(&from, other_hour(m)) : 0;
  if (has_time(&from) && first == r->today && start < r->now.hour * 60 + r->now.minute) first++;
  int day = rule_first_day(&rule, first);
  found->start = has_time(&from) ? clock_wall(day, start) : day_wall(day);
  found->grain = has_time(&from) ? time_grain(&from) : GRAIN_DAY;
  struct wall until = { 0 };
  if (m->bound.slots && resolve_days(r, &m->bound, false, day, &days))
    until = has_time(&from) ? clock_wall(days.last, DAY_MINUTES - 1) : day_wall(days.last);
  set_end(r, m, day, start, found);
  found->recurrence = rule_write(&rule, &until, r->zone);
  return found->recurrence != NULL;
}

static void resolve_deadline(const struct days *days, const struct element *e, struct date_found *found)
{
  found->is_deadline = true;
  found->until = has_time(e) ? clock_wall(days->last, e->slots & SLOT_CLOCK ? only_minutes(e) : e->part * 60)
                             : day_wall(days->last);
  found->grain = has_time(e) ? time_grain(e) : days->grain;
}

/* A part of the day by itself is a date only where it is said of one day: "am Nachmittag", not "abends". */
static bool is_idle_part(const struct moment *m)
{
  if (m->from.slots & SLOT_CLOCK || !(m->from.slots & SLOT_PART)) return false;
  return m->from.is_adverb || !(m->lead & (GLUE_ON | GLUE_ABOUT | GLUE_RANGE | GLUE_FROM));
}

/* "Es ist viertel vor sechs" tells the hour it is; nothing says the afternoon's. */
static bool is_now(const struct dates_reader *r, const struct moment *m)
{
  const struct phrase_hit *hit = word_before(r, TAG_GLUE, m->first);
  return hit && hit_says(hit, "now");
}

static bool resolve_clock_only(const struct dates_reader *r, const struct moment *m, struct date_found *found)
{
  struct element of_now = m->from;
  const struct element *e = &of_now;
  if (!has_time(e) || is_idle_part(m)) return false;
  if (is_now(r, m)) of_now.is_plain = of_now.is_digital = true;
  int start = start_minutes(e, other_hour(m)), day = day_of_clock(r, start, found->is_past);
  if (m->lead & (GLUE_RANGE | GLUE_LATEST) && !m->has_until) {
    struct days days = { day, day, GRAIN_DAY };
    resolve_deadline(&days, e, found);
    return true;
  }
  found->start = clock_wall(day, start);
  found->grain = m->lead & GLUE_ABOUT ? GRAIN_HOUR : time_grain(e);
  set_end(r, m, day, start, found);
  return true;
}

/* Words that are relative to now say themselves whether they look back. */
static bool is_past_by_itself(const struct element *e)
{
  if (e->slots & SLOT_OFFSET) return e->offset < 0;
  if (e->slots & SLOT_SPAN) return e->span < 0;
  return e->which != WHICH_NONE && e->which < 0;
}

/* A night goes on after midnight: "Samstagnacht um 2" is the Sunday's, "gestern Nacht um 1" today's; of a day
 * by its number, and beside "2 Uhr nachts", the day is the calendar's. "Heute Nacht um 2" is the night that
 * is over where it is told of, and the coming one where it is not. */
static int night_minutes(const struct dates_reader *r, const struct moment *m, int start)
{
  const struct element *e = &m->from;
  int minutes = start % DAY_MINUTES;
  bool is_night = e->slots & SLOT_CLOCK && e->slots & SLOT_PART && e->part >= EVENING;
  if (!is_night || minutes >= MORNING * 60) return start;
  bool is_tonight = e->slots & SLOT_OFFSET && e->offset == 0;
  if (e->slots & SLOT_DAY || (e->is_adverb && !is_tonight)) return start;
  bool is_still_night = r->now.hour < MORNING && minutes >= r->now.hour * 60 + r->now.minute;
  return is_tonight && (is_still_night || looks_back(r, m->first, m->end)) ? minutes : minutes + DAY_MINUTES;
}

static bool resolve_dated(const struct dates_reader *r, const struct moment *m, struct date_found *found)
{
  const struct element *e = &m->from;
  struct days days;
  if (!resolve_days(r, e, found->is_past, CALENDAR_NO_DAY, &days)) return false;
  if (m->lead & GLUE_AFTER && e->slots & SLOT_PERIOD && !m->has_until) days.first = days.last = days.last + 1;
  bool is_within = e->slots & SLOT_SPAN && e->is_loose;
  if (((m->lead & (GLUE_RANGE | GLUE_LATEST)) || is_within) && !m->has_until) {
    resolve_deadline(&days, e, found);
    return true;
  }
  int start = has_time(e) ? start_minutes(e, other_hour(m)) : 0;
  bool is_night = is_night_over(m), is_morning = is_night && e->slots & SLOT_CLOCK && start < NOON * 60;
  if (is_morning)
    days.last = ++days.first;
  else if (has_time(e))
    start = night_minutes(r, m, start);
  found->start = has_time(e) ? clock_wall(days.first, start) : day_wall(days.first);
  found->grain = has_time(e) ? time_grain(e) : days.grain;
  if (!is_night || !(m->until.slots & SLOTS_DATE)) set_end(r, m, days.first, start, found);
  if (!has_time(e) && found->until.year && found->until.hour >= 0) found->grain = GRAIN_DAY;
  bool is_open = m->lead & (GLUE_OPEN | GLUE_SINCE | GLUE_AFTER);
  if (!m->has_until && !is_open && !has_time(e) && days.last > days.first) found->until = day_wall(days.last);
  return true;
}

bool moment_resolve(const struct dates_reader *r, const struct moment *m, struct date_found *found)
{
  const struct element *e = &m->from;
  *found = (struct date_found){ .first = m->first, .end = m->end, .grain = GRAIN_DAY };
  found->start.hour = found->until.hour = -1;
  if (e->slots & SLOT_EVERY) return resolve_every(r, m, found);
  bool may_be_told = !(e->slots & (SLOT_OFFSET | SLOT_SPAN)) && e->which == WHICH_NONE &&
                     !(m->lead & (GLUE_OPEN | GLUE_RANGE | GLUE_LATEST));
  found->is_past =
      is_past_by_itself(e) || m->lead & GLUE_SINCE || (may_be_told && looks_back(r, m->first, m->end));
  found->is_open_ended =
      m->lead & (GLUE_OPEN | GLUE_SINCE | GLUE_AFTER) && !m->has_until && !(e->slots & SLOT_LENGTH);
  if (e->slots & SLOT_NOW) {
    found->start = r->now;
    found->grain = GRAIN_MINUTE;
    return true;
  }
  if (e->slots & SLOT_SPAN && (e->span_unit == UNIT_HOUR || e->span_unit == UNIT_MINUTE)) {
    resolve_hours_from_now(r, e, found);
    return true;
  }
  if (e->slots & SLOT_PERIOD && (e->unit == UNIT_HOUR || e->unit == UNIT_MINUTE))
    return resolve_several_hours(r, e, found);
  return e->slots & SLOTS_DATE ? resolve_dated(r, m, found) : resolve_clock_only(r, m, found);
}
