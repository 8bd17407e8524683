/* What was called off, or moved, is held as planned after all: "am 20. findet die Probe doch statt",
 * "Kommando zurück, wir feiern doch", "fällt doch nicht aus". An event that was called off stands again, and
 * a date of a series loses what was changed of it. What was never off stays as it is, so that nobody moves a
 * series by saying that a date of it is held.
 *
 * What surprised us: "findet nicht statt" holds the words of "findet statt", and "findet doch um 18 Uhr
 * statt" is another hour and no return. */
#include "lists/events/hosts/change_words.h"

#include "lib/text/dates/series.h"
#include "lib/text/dates/zone.h"
#include "lib/text/days/wall_text.h"

#include <string.h>

static bool is_negated(const struct passage *passage, const struct phrase_hit *hit)
{
  const struct phrase_hit *no = passage_find(passage, phrases_tag("event.behalf-not"), hit->first);
  return no && no->first < hit->end;
}

/* The words that say so; NULL: none do. */
static const struct phrase_hit *find_back(const struct passage *passage)
{
  const guint tag = phrases_tag("event.back");
  const struct phrase_hit *hit = passage_find(passage, tag, 0);
  while (hit && (change_is_asked(passage, hit) || change_is_weighed(passage, hit) ||
                 (!*hit->value && is_negated(passage, hit))))
    hit = passage_find(passage, tag, hit->first + 1);
  return hit;
}

bool change_is_ahead(const struct work *work, const struct event *event)
{
  struct wall start, now = zone_wall(work->now, event->zone), next;
  if (!wall_read(event->starts, &start)) return false;
  if (start.hour < 0) now.hour = now.minute = -1;
  return series_next(event->rule, &start, *event->rule ? &now : &start, &next) &&
         wall_compare(&next, &now) >= 0;
}

/* The event itself, perhaps at another time. */
static void bring_back(const struct change_words *c)
{
  event_take_when(c->work, c->event, c->passage);
  if (change_is_ahead(c->work, c->event)) c->change->what = "back";
}

static void date_as_planned(const struct change_words *c, const struct event_date *known)
{
  struct wall original;
  if (known && !event_date_is_planned(known) && wall_read(known->original, &original))
    change_add_date(c->change, &original, &original, NULL, NULL);
}

/* No date is named: the only one that is off and ahead. Of several nobody knows which. */
static void the_one_off(const struct change_words *c)
{
  const struct event_date *only = NULL;
  guint count = 0;
  for (guint i = 0; i < c->changes->len; i++) {
    const struct event_date *known = c->changes->pdata[i];
    struct wall original;
    bool is_ahead =
        wall_read(known->original, &original) && wall_seconds(&original, c->event->zone) > c->work->now;
    if (*known->starts || !is_ahead) continue;
    only = known;
    count++;
  }
  if (count == 1) date_as_planned(c, only);
  if (count > 1) c->change->what = "which";
}

bool change_back(const struct change_words *c)
{
  const struct phrase_hit *hit = find_back(c->passage);
  if (!hit) return false;
  if (strcmp(c->event->state, "cancelled") == 0) {
    bring_back(c);
    return true;
  }
  bool is_denied = *hit->value; /* "fällt nicht aus": that it is held is all it says */
  if (!*c->event->rule) return is_denied;
  g_autoptr(GArray) originals = change_dates_named(c);
  if (originals->len == 0) {
    if (c->dates->len == 0) the_one_off(c);
    return c->change->what || is_denied;
  }
  if (change_date_moved(c)) return true;
  for (guint i = 0; i < originals->len; i++) {
    g_autofree char *key = wall_write(&g_array_index(originals, struct wall, i));
    date_as_planned(c, event_change_of(c->changes, key));
  }
  return true;
}
