/* So much later or earlier: "die Probe am 31. März ist eine Stunde später", "wir müssen eine Woche schieben",
 * "um zwei Wochen verschoben". Earlier is what a word says; what is only put off is later. */
#include "lists/events/hosts/change_words.h"

#include "lib/text/days/calendar.h"
#include "lib/text/days/wall_text.h"
#include "lib/text/facts/numbers.h"

enum { DAY_MINUTES = 24 * 60, LONGEST_DAYS = 200 };

/* The length that a hit of "event.shift-unit" ends: "zwei Wochen", "1,5 Stunden"; 0: none stands before. */
static int length_of(const struct passage *passage, const struct phrase_hit *unit)
{
  enum { BACK = 3 };
  struct number number;
  int minutes = (int)g_ascii_strtoll(unit->value, NULL, 10);
  for (guint back = MIN(unit->first, (guint)BACK); back >= 1; back--) {
    guint at = unit->first - back;
    if (!number_at(passage, at, &number) || number.end != unit->first || number.is_ordinal) continue;
    bool is_when = at > 0 && passage_at(passage, phrases_tag("event.shift-not"), at - 1); /* "in 2 Wochen" */
    if (is_when || number.value <= 0 || number.value * minutes > LONGEST_DAYS * DAY_MINUTES) return 0;
    return (int)(number.value * minutes);
  }
  return 0;
}

/* By how many minutes; 0: none are said. */
static int shift_of(const struct passage *passage)
{
  guint tag = phrases_tag("event.shift-unit");
  int minutes = 0;
  for (const struct phrase_hit *hit = passage_find(passage, tag, 0); hit && !minutes;
       hit = passage_find(passage, tag, hit->first + 1))
    minutes = length_of(passage, hit);
  const struct phrase_hit *said = minutes ? NULL : host_first(passage, "event.shift");
  if (said) minutes = (int)g_ascii_strtoll(said->value, NULL, 10);
  return passage_has(passage, "event.earlier") ? -minutes : minutes;
}

/* So many minutes on: hours within the day, days whole. False: it would be another day by hours. */
static bool shift(struct wall *at, int minutes)
{
  if (minutes % DAY_MINUTES == 0) {
    *at = event_days_on(*at, minutes / DAY_MINUTES);
    return true;
  }
  int sum = at->hour * 60 + MAX(at->minute, 0) + minutes;
  if (at->hour < 0 || sum < 0 || sum >= DAY_MINUTES) return false;
  at->hour = sum / 60, at->minute = sum % 60;
  return true;
}

static void shift_event(const struct change_words *c, int minutes)
{
  struct wall start, end;
  if (!wall_read(c->event->starts, &start)) return;
  bool has_end = wall_read(c->event->ends, &end), is_there = shift(&start, minutes);
  if (!is_there || (has_end && !shift(&end, minutes))) return;
  c->change->what = "change";
  g_free(c->event->starts);
  c->event->starts = wall_write(&start);
  g_free(c->event->ends);
  c->event->ends = has_end ? wall_write(&end) : g_strdup("");
}

bool change_shift(const struct change_words *c)
{
  struct wall original;
  int minutes = shift_of(c->passage);
  if (!minutes) return false;
  if (!change_date_named(c, &original)) {
    bool is_whole = !*c->event->rule || minutes % DAY_MINUTES != 0; /* of a series that is another rule */
    if (is_whole) shift_event(c, minutes);
    return is_whole;
  }
  g_autofree char *key = wall_write(&original);
  const struct event_date *known = event_change_of(c->changes, key);
  struct wall at = original;
  if (known && !wall_read(known->starts, &at)) return true; /* it is off */
  if (!shift(&at, minutes)) return true;
  struct wall end = event_end_of(c->event, &at);
  change_add_date(c->change, &original, &at, &end, NULL);
  return true;
}
