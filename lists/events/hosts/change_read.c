/* What an organiser wants otherwise, from lines ("Ort: Rathaus") or from words ("wir verschieben auf Sonntag
 * um vier", "fällt am 12. aus"). Nothing is done here: what is read is shown to them first, so a reading may
 * be generous.
 *
 * What surprised us: "am Sonntag" in a mail of March about a Saturday in May is the day after that Saturday,
 * and "um vier" is an hour of that day (event_take_when); a series that "fällt am 12. aus" goes on. */
#include "lists/events/event_lines.h"
#include "lists/events/hosts/host.h"
#include "lists/keeping/lines.h"
#include "lists/understand/understand.h"
#include "lists/video/rooms.h"
#include "lists/video/words.h"

#include "lib/text/days/calendar.h"
#include "lib/text/days/wall_text.h"
#include "lib/text/places/places.h"

#include <string.h>

enum { DAYS_LOOKED_AT = 31, PLACE_WORDS = 8, PLACE_CHARACTERS = 300 };

void change_clear(struct change *change)
{
  g_clear_pointer(&change->original, g_free);
  g_clear_pointer(&change->starts, g_free);
  g_clear_pointer(&change->ends, g_free);
}

/* The first date of the series within what was found: a day, or a week; a moved one by the day that it is on.
 */
static bool find_within(const struct event *event, const GPtrArray *changes, const struct date_found *found,
                        struct wall *original)
{
  struct wall last = found->until.year && found->grain > GRAIN_DAY ? found->until : found->start;
  int days = calendar_day(last.year, last.month, last.day) -
             calendar_day(found->start.year, found->start.month, found->start.day);
  for (int i = 0; i <= MIN(days, DAYS_LOOKED_AT); i++) {
    struct wall day = event_days_on(found->start, i);
    if (event_date_moved_to(changes, &day, original) || event_date_on(event, &day, original)) return true;
  }
  return false;
}

/* "Das Hoffest fällt aus"; of a series "am 12. fällt es aus", "diese Woche". A day that the series does not
 * have is no word for the whole of it. */
static void read_off(const struct understanding *it, const struct event *event, const GPtrArray *changes,
                     struct change *change, GPtrArray *wrong)
{
  struct wall original;
  bool has_day = false;
  change->what = "off";
  for (guint i = 0; *event->rule && i < it->dates->len; i++) {
    const struct date_found *found = &g_array_index(it->dates, struct date_found, i);
    if (!found->start.year || found->recurrence || found->grain > GRAIN_WEEK) continue;
    has_day = true;
    if (!find_within(event, changes, found, &original)) continue;
    change->what = "date";
    change->original = wall_write(&original);
    change->starts = g_strdup("");
    change->ends = g_strdup("");
    return;
  }
  if (!has_day) return;
  change->what = "change";
  lines_note_wrong(wrong, it->passage->lexemes->text);
}

/* Of a series: "der 12. wird auf den 13. verschoben", the first day that it has a date on goes to the next
 * one that is said. */
static bool read_moved_date(const struct event *event, const GPtrArray *changes, const GArray *dates,
                            struct change *change)
{
  struct wall original, start;
  if (!*event->rule || dates->len < 2 || !wall_read(event->starts, &start)) return false;
  const struct date_found *from = &g_array_index(dates, struct date_found, 0);
  const struct date_found *to = &g_array_index(dates, struct date_found, dates->len - 1);
  if (!to->start.year || !from->start.year) return false;
  bool is_date =
      event_date_moved_to(changes, &from->start, &original) || event_date_on(event, &from->start, &original);
  if (!is_date) return false;
  struct wall at = to->start, end = to->until;
  if (at.hour < 0) at.hour = start.hour, at.minute = start.minute;
  if (!end.year && at.hour == start.hour && at.minute == start.minute) end = event_end_of(event, &at);
  change->what = "date";
  change->original = wall_write(&original);
  change->starts = wall_write(&at);
  change->ends = wall_write(&end);
  return true;
}

/* What stands behind the last "auf" of the sentence: "von Samstag auf Sonntag". Caller frees; NULL: all. */
static char *behind_to(const struct passage *passage, guint from)
{
  guint first, end, at = 0, tag = phrases_tag("event.to");
  passage_sentence(passage, from, &first, &end);
  for (const struct phrase_hit *hit = passage_find(passage, tag, first); hit && hit->first < end;
       hit = passage_find(passage, tag, hit->first + 1))
    at = hit->end;
  return at ? passage_text(passage, at, passage->lexemes->count) : NULL;
}

/* The text without words that only seem to say when: "jetzt". Caller frees. */
static char *without_now(const char *text, const char *language)
{
  g_autoptr(passage_t) passage = passage_new(text, language, 2000);
  char *out = g_strdup(passage->lexemes->text);
  guint tag = phrases_tag("event.now");
  for (const struct phrase_hit *hit = passage_find(passage, tag, 0); hit;
       hit = passage_find(passage, tag, hit->first + 1)) {
    guint start = passage->lexemes->at[hit->first].start, end = passage->lexemes->at[hit->end - 1].end;
    memset(out + start, ' ', end - start);
  }
  return out;
}

static void set_place(struct event *event, const char *place)
{
  g_autofree char *stripped = g_strstrip(g_strdup(place));
  g_free(event->place);
  event->place = g_utf8_substring(stripped, 0, MIN(g_utf8_strlen(stripped, -1), PLACE_CHARACTERS));
  event->has_point = false;
  video_take_link(event);
}

/* "… ins Rathaus": the words behind a preposition up to the sentence's end, where no place is known. */
static bool read_words_of_place(const struct passage *passage, const GArray *dates, struct event *event,
                                guint from)
{
  guint first, end, at = 0, tag = phrases_tag("event.into");
  passage_sentence(passage, from, &first, &end);
  for (const struct phrase_hit *hit = passage_find(passage, tag, first); hit && hit->first < end;
       hit = passage_find(passage, tag, hit->first + 1))
    if (passage->lexemes->at[hit->end].is_capital &&
        !passage_at(passage, phrases_tag("date.weekday"), hit->end))
      at = hit->end;
  for (guint i = 0; at && i < dates->len; i++)
    if (g_array_index(dates, struct date_found, i).first <= at &&
        g_array_index(dates, struct date_found, i).end > at)
      return false;
  if (!at) return false;
  guint to = at;
  while (to < end && to - at < PLACE_WORDS && passage->lexemes->at[to].kind != LEXEME_BREAK &&
         !passage_at(passage, phrases_tag("event.change"), to) &&
         (passage->lexemes->at[to].kind != LEXEME_MARK || strchr("-", passage->lexemes->at[to].folded[0])))
    to++;
  g_autofree char *words = passage_text(passage, at, to);
  if (!*words) return false;
  set_place(event, words);
  return true;
}

static void read_place(struct work *work, const struct passage *passage, const GArray *dates,
                       struct event *event, guint from)
{
  g_autoptr(GArray) places = places_find(passage, work->gazetteer);
  const struct place_found *best = places_best(places);
  if (!best || !best->text) {
    read_words_of_place(passage, dates, event, from);
    return;
  }
  set_place(event, best->text);
  event->has_point = best->has_point && !best->is_outside;
  event->lat = best->lat;
  event->lon = best->lon;
}

/* "Wir verschieben auf Sonntag um vier", "wir treffen uns jetzt im Rathaus". */
static void read_move(struct work *work, const struct understanding *it, struct event *event,
                      const GPtrArray *changes, guint from, struct change *change)
{
  change->what = "change";
  if (read_moved_date(event, changes, it->dates, change)) return;
  g_autofree char *to = behind_to(it->passage, from);
  g_autofree char *text = without_now(to ? to : it->passage->lexemes->text, it->passage->language);
  g_autoptr(passage_t) passage = passage_new(text, it->passage->language, 2000);
  event_take_when(work, event, passage);
  read_place(work, it->passage, it->dates, event, from);
}

/* So many minutes on, within the day; false: it would be another one. */
static bool shift(struct wall *at, int minutes)
{
  int sum = at->hour * 60 + MAX(at->minute, 0) + minutes;
  if (at->hour < 0 || sum < 0 || sum >= 24 * 60) return false;
  at->hour = sum / 60, at->minute = sum % 60;
  return true;
}

/* "Die Probe am 31. März ist eine Stunde später": that date, or where none is named the event. */
static void read_shift(const struct understanding *it, struct event *event, const GPtrArray *changes,
                       struct change *change)
{
  struct wall original, start, end;
  const struct phrase_hit *hit = host_first(it->passage, "event.shift");
  int minutes = hit ? (int)g_ascii_strtoll(hit->value, NULL, 10) : 0;
  if (passage_has(it->passage, "event.earlier")) minutes = -minutes;
  bool has_date = false;
  for (guint i = 0; *event->rule && i < it->dates->len && !has_date; i++) {
    const struct date_found *found = &g_array_index(it->dates, struct date_found, i);
    has_date = found->start.year && !found->recurrence && found->grain <= GRAIN_WEEK &&
               find_within(event, changes, found, &original);
  }
  if (!minutes || !wall_read(event->starts, &start)) return;
  if (!has_date) {
    bool has_end = wall_read(event->ends, &end), is_there = shift(&start, minutes);
    if (!is_there || (has_end && !shift(&end, minutes))) return;
    change->what = "change";
    g_free(event->starts);
    event->starts = wall_write(&start);
    g_free(event->ends);
    event->ends = has_end ? wall_write(&end) : g_strdup("");
    return;
  }
  g_autofree char *key = wall_write(&original);
  const struct event_date *known = event_change_of(changes, key);
  struct wall at = original;
  if (known && !wall_read(known->starts, &at)) return; /* it is off */
  if (!shift(&at, minutes)) return;
  end = event_end_of(event, &at);
  change->what = "date";
  change->original = g_steal_pointer(&key);
  change->starts = wall_write(&at);
  change->ends = wall_write(&end);
}

/* "Letzter Termin ist der 30. Juni": the series ends. */
static void read_end(const struct understanding *it, struct event *event, struct change *change)
{
  if (!*event->rule || it->dates->len == 0) return;
  const struct date_found *found = &g_array_index(it->dates, struct date_found, it->dates->len - 1);
  struct wall last = found->until.year ? found->until : found->start;
  if (!last.year) return;
  change->what = "change";
  fields_end_series(event, &last);
}

/* "Neuer Videoraum": a room of ours gets another link; one of the organiser's own, which they would have to
 * make, does not. */
static void read_room(const struct work *work, const struct understanding *it, const struct event *event,
                      struct change *change, GPtrArray *wrong)
{
  bool may = room_is_used(work, event);
  change->what = may ? "room" : "change";
  if (!may) lines_note_wrong(wrong, it->passage->lexemes->text);
}

/* Which words decide: the first hit. */
static bool read_words(struct work *work, const struct understanding *it, struct event *event,
                       struct change *change, GPtrArray *wrong, GError **error)
{
  const struct phrase_hit *hit = host_first(it->passage, "event.change");
  if (!hit) {
    if (event_take_words(event, it->passage, true)) change->what = "change"; /* "höchstens 30 Leute" */
    return true;
  }
  g_autoptr(GPtrArray) changes = event_dates(work->store, event->id, error);
  if (!changes) return false;
  if (strcmp(hit->value, "until") == 0)
    read_end(it, event, change);
  else if (strcmp(hit->value, "off") == 0)
    read_off(it, event, changes, change, wrong);
  else if (strcmp(hit->value, "move") == 0)
    read_move(work, it, event, changes, hit->first, change);
  else if (strcmp(hit->value, "shift") == 0)
    read_shift(it, event, changes, change);
  else if (strcmp(hit->value, "room") == 0)
    read_room(work, it, event, change, wrong);
  else
    change->what = g_intern_string(hit->value);
  return true;
}

bool change_read(struct work *work, const struct arrival *arrival, struct event *event, struct change *change,
                 GPtrArray *wrong, GError **error)
{
  unsigned changed = 0;
  *change = (struct change){ 0 };
  if (!event_take_lines(work, event, arrival, &changed, wrong, error)) return false;
  if (changed || wrong->len > 0)
    change->what = "change";
  else
    return read_words(work, arrival->understanding, event, change, wrong, error);
  return true;
}
