/* Which event of those that the public knows does a mail name? By its number, which its page gives to whoever
 * wants to come; or in words, as people write them: a word of its title, and the day where one is said. A day
 * on which it is not held speaks against it, whatever the title: the next "Kiezfrühstück" is another event.
 */
#include "lists/events/outside/outside.h"

#include "lists/understand/understand.h"

#include "lib/base/fault.h"
#include "lib/store/events/event_shelves.h"
#include "lib/text/dates/zone.h"
#include "lib/text/days/wall_text.h"
#include "lib/text/phrases.h"

#include <string.h>

enum { EVENTS_LOOKED_AT = 300, LETTERS_OF_A_NAME = 4, TITLE_BYTES = 2000, ALL = 0 };

/* ---- by number ---- */

/* "2026/12" at these lexemes, behind a word for it. */
static bool number_at(const struct passage *passage, guint at, int *year, int *number)
{
  const struct lexemes *l = passage->lexemes;
  const struct lexeme *word = &l->at[at];
  guint i = at + 1;
  bool is_word = word->kind == LEXEME_WORD &&
                 (lexeme_is(word, "termin") || lexeme_is(word, "termine") || lexeme_is(word, "event"));
  while (is_word && i < l->count && l->at[i].kind == LEXEME_MARK && i < at + 3) i++;
  if (!is_word || i + 2 >= l->count || l->at[i].kind != LEXEME_DIGITS || !lexeme_is(&l->at[i + 1], "/"))
    return false;
  if (l->at[i].end - l->at[i].start != 4 || l->at[i + 2].kind != LEXEME_DIGITS) return false;
  *year = (int)l->at[i].number, *number = (int)MIN(l->at[i + 2].number, (uint32_t)G_MAXINT);
  return *number > 0;
}

static bool number_of(const struct passage *passage, int *year, int *number)
{
  for (guint i = 0; passage && i < passage->lexemes->count; i++)
    if (number_at(passage, i, year, number)) return true;
  return false;
}

/* Is it one that everybody may know of, and no poll for its date? */
static bool is_known(struct work *work, const struct event *event, bool *is, GError **error)
{
  *is = false;
  bool has_date = strcmp(event->state, "draft") != 0 && strcmp(event->state, "poll") != 0;
  return !has_date || event_is_shown(work->store, event->id, is, error);
}

struct event *named_by_number(struct work *work, const struct understanding *it, GError **error)
{
  int year = 0, number = 0;
  bool is = false;
  if (!number_of(it->subject, &year, &number) && !number_of(it->passage, &year, &number)) return NULL;
  g_autoptr(event_t) event = event_find(work->store, year, number, error);
  if (!event || !is_known(work, event, &is, error) || !is) return NULL;
  return g_steal_pointer(&event);
}

/* ---- ahead of us ---- */

static void free_event(void *event)
{
  event_free(event);
}

static bool holds(const GPtrArray *events, int64_t id)
{
  for (guint i = 0; i < events->len; i++)
    if (((const struct event *)events->pdata[i])->id == id) return true;
  return false;
}

GPtrArray *known_ahead(struct work *work, GError **error)
{
  struct wall today = zone_wall(work->now, work->config->zone);
  today.hour = today.minute = -1;
  g_autofree char *day = wall_write(&today);
  g_autoptr(GPtrArray) rows = event_shelf_ahead(work->store, EVENTS_ALL, ALL, day, EVENTS_LOOKED_AT, error);
  if (!rows) return NULL;
  g_autoptr(GPtrArray) events = g_ptr_array_new_with_free_func(free_event);
  for (guint i = 0; i < rows->len; i++) {
    const struct event_on_shelf *row = rows->pdata[i];
    GError *failed = NULL;
    if (row->is_off || holds(events, row->event)) continue;
    struct event *event = event_get(work->store, row->event, &failed);
    if (fault_hand_on(failed, error)) return NULL;
    if (event && event_is_held(event))
      g_ptr_array_add(events, event);
    else
      event_free(event);
  }
  return g_steal_pointer(&events);
}

/* ---- by words ---- */

/* How well a mail names an event. */
struct score {
  int words;     /* of its title */
  bool is_day;   /* a day is said, and it is held on it */
  bool is_other; /* it is said, and it is not */
};

static int day_key(const struct wall *wall)
{
  return (wall->year * 100 + wall->month) * 100 + wall->day;
}

/* Is it held on this day? */
static bool is_on(const struct event *event, const GPtrArray *changes, const struct wall *day)
{
  struct wall start, end, original;
  if (!wall_read(event->starts, &start)) return false;
  if (event_date_moved_to(changes, day, &original)) return true;
  if (*event->rule) {
    if (!event_date_on(event, day, &original)) return false;
    g_autofree char *key = wall_write(&original);
    return !event_change_of(changes, key);
  }
  if (!wall_read(event->ends, &end)) end = start;
  return day_key(day) >= day_key(&start) && day_key(day) <= day_key(&end);
}

/* An hour alone ("um 11 Uhr") is read as the next one, and says no day. */
static bool is_hour_alone(const struct work *work, const struct passage *passage,
                          const struct date_found *found)
{
  enum { DAY_SECONDS = 24 * 3600, LETTERS_OF_AN_HOUR = 3 };
  int64_t ahead = wall_seconds(&found->start, work->config->zone) - work->now;
  bool is_next = found->start.hour >= 0 && ahead <= DAY_SECONDS;
  for (guint i = found->first; i < found->end && is_next; i++)
    is_next = passage->lexemes->at[i].kind != LEXEME_WORD ||
              strlen(passage->lexemes->at[i].folded) <= LETTERS_OF_AN_HOUR;
  return is_next;
}

static void score_dates(struct work *work, const struct event *event, const struct passage *passage,
                        const GArray *dates, const GPtrArray *changes, struct score *score)
{
  for (guint i = 0; i < dates->len; i++) {
    const struct date_found *found = &g_array_index(dates, struct date_found, i);
    if (!found->start.year || found->is_deadline || is_hour_alone(work, passage, found)) continue;
    bool is_held = is_on(event, changes, &found->start);
    score->is_day |= is_held;
    score->is_other |= !is_held;
  }
}

static bool score_days(struct work *work, const struct event *event, const struct understanding *it,
                       const GArray *of_subject, struct score *score, GError **error)
{
  g_autoptr(GPtrArray) changes = event_dates(work->store, event->id, error);
  if (!changes) return false;
  score_dates(work, event, it->passage, it->dates, changes, score);
  if (it->subject) score_dates(work, event, it->subject, of_subject, changes, score);
  return true;
}

/* Does a mail say this word of a title, alone or with an ending ("Hoffestes")? */
static bool says(const struct passage *passage, const char *word)
{
  for (guint i = 0; passage && i < passage->lexemes->count; i++)
    if (passage->lexemes->at[i].kind == LEXEME_WORD && g_str_has_prefix(passage->lexemes->at[i].folded, word))
      return true;
  return false;
}

/* Names of months and days, and what every event is called, tell no event from another. */
static bool tells(const struct passage *title, guint at)
{
  const struct lexeme *word = &title->lexemes->at[at];
  return word->kind == LEXEME_WORD && word->is_capital && strlen(word->folded) >= LETTERS_OF_A_NAME &&
         !passage_at(title, phrases_tag("event.any"), at);
}

static int words_said(const struct event *event, const struct understanding *it)
{
  g_autoptr(passage_t) title = passage_new(event->title, NULL, TITLE_BYTES);
  int count = 0;
  for (guint i = 0; i < title->lexemes->count; i++) {
    const char *word = title->lexemes->at[i].folded;
    count += tells(title, i) && (says(it->passage, word) || says(it->subject, word));
  }
  return count;
}

/* Better is a day that fits, then more words. 0: not named. */
static int rank(const struct score *score, const struct understanding *it)
{
  bool is_called = passage_has(it->passage, "word.event") || passage_has(it->passage, "event.any") ||
                   (it->subject && passage_has(it->subject, "word.event"));
  if (score->is_other || (!score->words && !(score->is_day && is_called))) return 0;
  return 1 + score->words + (score->is_day ? 100 : 0);
}

GPtrArray *named_by_words(struct work *work, const struct understanding *it, GError **error)
{
  g_autoptr(GPtrArray) all = known_ahead(work, error);
  if (!all) return NULL;
  const struct dates_wish wish = { .now = work->now, .zone = work->config->zone };
  g_autoptr(passage_t) none = passage_new("", NULL, 0);
  g_autoptr(GArray) of_subject = dates_find(it->subject ? it->subject : none, &wish);
  g_autoptr(GPtrArray) best = g_ptr_array_new_with_free_func(free_event);
  int most = 0;
  for (guint i = 0; i < all->len; i++) {
    struct event *event = all->pdata[i];
    struct score score = { .words = words_said(event, it) };
    if (!score_days(work, event, it, of_subject, &score, error)) return NULL;
    int own = rank(&score, it);
    if (own == 0 || own < most) continue;
    if (own > most) g_ptr_array_set_size(best, 0);
    most = own;
    g_ptr_array_add(best, event_get(work->store, event->id, error));
    if (!best->pdata[best->len - 1]) return NULL;
  }
  return g_steal_pointer(&best);
}
