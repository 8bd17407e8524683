/* What else an organiser says of an event, in words: "wir nehmen noch fünf mehr", "anmelden geht bis
 * Freitag", "das Fest heißt jetzt …", "wer nicht kommen kann, ist per Video dabei". Of several dates in a
 * mail the last day for answers is the one that stands in the sentence with the word for answering. */
#include "lists/events/hosts/change_words.h"

#include "lists/video/words.h"

#include "lib/text/dates/series.h"
#include "lib/text/dates/zone.h"
#include "lib/text/days/wall_text.h"
#include "lib/text/facts/numbers.h"

#include <string.h>

enum { PLACES_MAX = 100000, TITLE_WORDS = 8, TITLE_CHARACTERS = 120, WEEK = 7 };

/* The number within a hit; 0: none. */
static int number_in(const struct passage *passage, const struct phrase_hit *hit)
{
  struct number number;
  for (guint i = hit->first; i <= hit->end; i++) { /* "Platz für dreißig" */
    if (!number_at(passage, i, &number) || number.is_ordinal || number.value < 1 || number.value > PLACES_MAX)
      continue;
    const struct lexeme *next = &passage->lexemes->at[number.end];
    bool is_thing = next->kind == LEXEME_WORD && !next->begins_sentence &&
                    (next->is_capital || number.end >= hit->end) &&
                    !passage_at(passage, phrases_tag("event.of-places"), number.end);
    return is_thing ? 0 : (int)number.value; /* "Platz für drei Zelte" */
  }
  return 0;
}

/* How many may come then, of `now` (0: no limit); `now`: it says nothing of that. "Fünf mehr" says so only
 * where there is a limit. */
static int places_said(const struct passage *passage, int now)
{
  const guint tag = phrases_tag("event.places");
  for (const struct phrase_hit *hit = passage_find(passage, tag, 0); hit;
       hit = passage_find(passage, tag, hit->first + 1)) {
    int number = number_in(passage, hit);
    if (strcmp(hit->value, "none") == 0) return 0;
    if (!number) continue;
    if (!*hit->value) return number;
    int then = strcmp(hit->value, "more") == 0 ? now + number : now - number;
    return now && then > 0 && then <= PLACES_MAX ? then : now;
  }
  return now;
}

static bool take_places(const struct change_words *c)
{
  int places = places_said(c->passage, c->event->capacity);
  if (places == c->event->capacity) return false;
  c->event->capacity = places;
  return true;
}

/* A date that the sentence of a hit names as the last day; "davor" counts back from the event. */
static bool last_day(const struct change_words *c, const GArray *dates, const struct phrase_hit *hit,
                     struct wall *day)
{
  guint first, end;
  passage_sentence(c->passage, hit->first, &first, &end);
  for (guint i = 0; i < dates->len; i++) {
    const struct date_found *found = &g_array_index(dates, struct date_found, i);
    if (found->first < first || found->first >= end || found->is_past || found->recurrence) continue;
    bool is_last = found->is_deadline || passage_at(c->passage, phrases_tag("event.at-the-latest"),
                                                    found->first > first ? found->first - 1 : first);
    if (!is_last && !*hit->value) continue;
    *day = found->until.year ? found->until : found->start;
    if (!day->year) continue;
    day->hour = day->minute = -1;
    return true;
  }
  return false;
}

/* "Anmelden geht bis Freitag": not behind us, and not behind the event. */
static bool take_deadline(const struct change_words *c)
{
  struct wall day, start, today = zone_wall(c->work->now, c->event->zone);
  const struct phrase_hit *hit = host_first(c->passage, "event.last-day");
  if (!hit || change_is_weighed(c->passage, hit) || passage_has(c->passage, "event.beside")) return false;
  if (!wall_read(c->event->starts, &start)) return false;
  today.hour = today.minute = -1;
  struct wall week = event_days_on(start, -WEEK);
  bool is_near = passage_has(c->passage, "event.before-it") && wall_compare(&today, &week) < 0;
  int64_t now = is_near ? wall_seconds(&week, c->event->zone) : c->work->now;
  g_autoptr(GArray) dates = dates_find(c->plain, &(struct dates_wish){ .now = now, .zone = c->event->zone });
  if (!last_day(c, dates, hit, &day)) return false;
  if (wall_compare(&day, &today) < 0 || (!*c->event->rule && wall_compare(&day, &start) > 0)) return false;
  g_free(c->event->answer_by);
  c->event->answer_by = wall_write(&day);
  return true;
}

/* "Heißt jetzt Sommerfest", "wir nennen es „Kiezfest am Damm“": the words behind it. */
static bool take_title(const struct change_words *c)
{
  const struct phrase_hit *hit = host_first(c->passage, "event.rename");
  const struct lexeme *l = c->passage->lexemes->at;
  guint first, end;
  if (!hit || change_is_asked(c->passage, hit) || change_is_weighed(c->passage, hit)) return false;
  passage_sentence(c->passage, hit->first, &first, &end);
  guint from = hit->end;
  while (from < end && l[from].kind == LEXEME_MARK) from++;
  for (guint at = from; at < end; at++) /* "…, nicht Hoffest" */
    if (lexeme_is(&l[at], ",") || l[at].kind == LEXEME_BREAK) end = at;
  while (end > from && l[end - 1].kind == LEXEME_MARK) end--;
  if (from >= end || passage_words(c->passage, from, end) > TITLE_WORDS) return false;
  g_autofree char *words = g_strstrip(passage_text(c->passage, from, end));
  g_autofree char *title = g_utf8_substring(words, 0, MIN(g_utf8_strlen(words, -1), TITLE_CHARACTERS));
  if (!g_unichar_isupper(g_utf8_get_char(title)) || strcmp(title, c->event->title) == 0) return false;
  g_free(c->event->title);
  c->event->title = g_steal_pointer(&title);
  return true;
}

/* "Wer nicht kommen kann, kann per Video dabei sein." */
static bool take_video(const struct change_words *c)
{
  const struct phrase_hit *hit = host_first(c->passage, "event.video");
  if (!hit || change_is_asked(c->passage, hit) || change_is_weighed(c->passage, hit)) return false;
  bool is_video = strcmp(hit->value, "yes") == 0;
  if (is_video == c->event->is_video) return false;
  c->event->is_video = is_video;
  return true;
}

bool change_details(const struct change_words *c)
{
  bool is_said = take_places(c);
  is_said |= take_deadline(c);
  is_said |= take_title(c);
  return take_video(c) || is_said;
}
