/* What an organiser wants otherwise, from lines ("Ort: Rathaus") or from words ("wir verschieben auf Sonntag
 * um vier", "fällt am 12. aus"). Nothing is done here: what is read is shown to them first, so a reading may
 * be generous: without any word for a change, another day, hour or place is one ("dann eben Sonntag").
 *
 * What surprised us: "am Sonntag" in a mail of March about a Saturday in May is the day after that Saturday,
 * and "um vier" is an hour of that day (event_take_when); a series that "fällt am 12. aus" goes on; "bei
 * Regen fällt es aus" calls nothing off. */
#include "lists/events/event_lines.h"
#include "lists/events/hosts/change_words.h"
#include "lists/keeping/lines.h"
#include "lists/video/rooms.h"

#include "lib/text/dates/series.h"
#include "lib/text/dates/zone.h"
#include "lib/text/days/calendar.h"
#include "lib/text/days/wall_text.h"
#include "lib/text/facts/numbers.h"

#include <string.h>

enum { WORDS_MAX = 40, DAYS_LONGEST = 14 };

void change_clear(struct change *change)
{
  g_clear_pointer(&change->dates, g_ptr_array_unref);
}

/* The next dates of a series: "nächstes Mal", "die nächsten beiden Proben"; 0: the words name none of them.
 */
static guint next_ones(const struct change_words *c)
{
  enum { MOST = 12 };
  const struct phrase_hit *hit = host_first(c->passage, "event.next");
  struct number number;
  if (!hit) return 0;
  bool is_count = number_at(c->passage, hit->end, &number) && !number.is_ordinal && number.value >= 1 &&
                  number.value <= MOST;
  if (is_count) return (guint)number.value;
  return *hit->value ? (guint)g_ascii_strtoull(hit->value, NULL, 10) : 1;
}

/* Of a series, where no day of it is named: the next ones, all of them ("die ganze Reihe"), or nobody knows
 * which. "Die Probe fällt aus" is the next one: that is the least of what it may mean, and is shown. */
static void series_off(const struct change_words *c, bool has_day, bool is_rest)
{
  guint count = next_ones(c);
  bool is_unknown = has_day || passage_has(c->passage, "event.holidays") || (is_rest && !count);
  if (!count && passage_has(c->passage, "event.whole")) {
    c->change->what = "off";
  } else if (!count && is_unknown) {
    c->change->what = "which";
  } else {
    g_autoptr(GArray) next = change_next_dates(c->work, c->event, c->changes, MAX(count, 1));
    for (guint i = 0; i < next->len; i++)
      change_add_date(c->change, &g_array_index(next, struct wall, i), NULL, NULL, NULL);
  }
}

/* "Das Hoffest fällt aus"; of a series "am 12. fällt es aus", "diese Woche". A day that the series does not
 * have is no word for the whole of it. */
static void read_off(const struct change_words *c, guint word, bool is_rest)
{
  bool has_day = false;
  if (change_dates_off(c, word, &has_day)) return;
  if (*c->event->rule)
    series_off(c, has_day, is_rest);
  else
    c->change->what = "off";
}

/* Is anything of when said between two lexemes? */
static bool says_when(const struct change_words *c, guint first, guint end)
{
  for (guint i = 0; i < c->dates->len; i++) {
    guint at = g_array_index(c->dates, struct date_found, i).first;
    if (at >= first && at < end) return true;
  }
  return false;
}

/* The last "auf" of the sentence: "von Samstag auf Sonntag"; of "auf Sonntag auf 16 Uhr" the first. NULL:
 * none. */
static const struct phrase_hit *find_to(const struct change_words *c, guint from)
{
  enum { OF_ONE_TIME = 5 };
  const guint tag = phrases_tag("event.to");
  const struct phrase_hit *found = NULL;
  guint first, end, last = 0;
  passage_sentence(c->passage, from, &first, &end);
  for (const struct phrase_hit *hit = passage_find(c->passage, tag, first); hit && hit->first < end;
       hit = passage_find(c->passage, tag, hit->first + 1)) {
    bool goes_on = found && hit->first - last <= OF_ONE_TIME && says_when(c, found->first, hit->first);
    if (!goes_on) found = hit;
    last = hit->first;
  }
  return found;
}

static void blank(const struct passage *passage, char *text, guint at)
{
  const struct lexeme *word = &passage->lexemes->at[at];
  memset(text + word->start, 'x', word->end - word->start);
}

/* "16 statt 15 Uhr", "statt um 15 Uhr geht es …", "donnerstags statt mittwochs": what it was says nothing. An
 * hour whose "Uhr" only stands behind the old one gets its own. A day stays, since it may name a date. */
static void blank_old(const struct passage *passage, char *text)
{
  static const char clock[] = "Uhr";
  const struct lexeme *l = passage->lexemes->at;
  const guint tag = phrases_tag("event.rather-than"), hour = phrases_tag("event.oclock");
  for (const struct phrase_hit *hit = passage_find(passage, tag, 0); hit;
       hit = passage_find(passage, tag, hit->first + 1)) {
    guint from = hit->end, at;
    if (l[from].kind == LEXEME_WORD && l[from + 1].kind == LEXEME_DIGITS) from++; /* "um" */
    for (at = from;
         l[at].kind == LEXEME_DIGITS || (at > from && (lexeme_is(&l[at], ".") || lexeme_is(&l[at], ":")));)
      at++;
    bool is_clock = at > from && passage_at(passage, hour, at);
    bool is_often = passage_at(passage, phrases_tag("event.often"), hit->end) != NULL;
    if (!is_clock && !is_often) continue;
    guint end = is_clock ? at + 1 : hit->end + 1;
    bool needs_clock = is_clock && hit->first > 0 && l[hit->first - 1].kind == LEXEME_DIGITS;
    for (guint i = hit->first; i < end; i++) blank(passage, text, i);
    gsize room = l[hit->first].end - l[hit->first].start;
    if (needs_clock && room >= strlen(clock)) {
      memset(text + l[hit->first].start, ' ', room);
      memcpy(text + l[hit->first].start, clock, strlen(clock));
    }
  }
}

/* The passage with words that only seem to say when ("jetzt"), or how it was, made to say nothing; lexemes
 * stay where they are. */
static struct passage *without_now(const struct passage *passage)
{
  g_autofree char *text = g_strdup(passage->lexemes->text);
  guint tag = phrases_tag("event.now");
  for (const struct phrase_hit *hit = passage_find(passage, tag, 0); hit;
       hit = passage_find(passage, tag, hit->first + 1))
    for (guint i = hit->first; i < hit->end; i++) blank(passage, text, i);
  blank_old(passage, text);
  return passage_new(text, passage->language, 0);
}

/* "Neuer Videoraum": a room of ours gets another link; one of the organiser's own, which they would have to
 * make, does not. */
static void read_room(const struct change_words *c)
{
  bool may = room_is_used(c->work, c->event);
  c->change->what = may ? "room" : "change";
  if (!may) lines_note_wrong(c->wrong, c->passage->lexemes->text);
}

/* "Es geht länger, bis 20 Uhr": the end alone. */
static bool read_end(const struct change_words *c)
{
  struct wall start, end;
  if (!passage_has(c->passage, "event.ends") || !wall_read(c->event->starts, &start) || start.hour < 0)
    return false;
  for (guint i = 0; i < c->dates->len; i++) {
    const struct date_found *found = &g_array_index(c->dates, struct date_found, i);
    const struct wall *until = found->until.year ? &found->until : &found->start;
    bool is_end = until->year && until->hour >= 0 && !(found->start.year && found->until.year);
    if (!is_end) continue;
    end = start, end.hour = until->hour, end.minute = until->minute;
    if (wall_compare(&end, &start) <= 0) end = event_days_on(end, 1);
    g_free(c->event->ends);
    c->event->ends = wall_write(&end);
    c->change->what = "change";
    return true;
  }
  return false;
}

/* Another day is no other beginning of a series: it is a date of it, or one that nobody can place; only where
 * it has not begun, and the mail tells of its beginning, it begins on a later one of its dates. */
static bool begins_elsewhere(const struct change_words *c, const struct wall *before)
{
  struct wall now = zone_wall(c->work->now, c->event->zone);
  return passage_has(c->passage, "event.begins") && wall_compare(&now, before) < 0;
}

static void put_back(struct event *event, const struct event *was)
{
  g_free(event->starts);
  g_free(event->ends);
  event->starts = g_strdup(was->starts);
  event->ends = g_strdup(was->ends);
}

/* "Nächstes Jahr", "im Juli": no time of an event that had an hour. */
static bool lasts_too_long(const struct event *event, const struct event *was)
{
  struct wall before, start, end;
  if (!wall_read(was->starts, &before) || before.hour < 0 || !wall_read(event->starts, &start)) return false;
  if (start.hour >= 0 || !wall_read(event->ends, &end)) return false;
  return calendar_day(end.year, end.month, end.day) - calendar_day(start.year, start.month, start.day) >
         DAYS_LONGEST;
}

/* When, as event_take_when() reads it. */
static bool take_when(const struct change_words *c, const struct passage *passage)
{
  struct wall before, after, date;
  g_autoptr(event_t) was = fields_copy(c->event);
  bool is_read = event_take_when(c->work, c->event, passage);
  if (is_read && lasts_too_long(c->event, was)) {
    put_back(c->event, was);
    return false;
  }
  bool is_series = *was->rule && strcmp(was->rule, c->event->rule) == 0;
  if (!is_read || !is_series || !wall_read(was->starts, &before) || !wall_read(c->event->starts, &after))
    return is_read;
  bool is_same_day = before.year == after.year && before.month == after.month && before.day == after.day;
  bool is_date = event_date_on(was, &after, &date);
  if (is_same_day || (is_date && begins_elsewhere(c, &before))) return true;
  put_back(c->event, was);
  return false;
}

/* When, from a lexeme on. False: it says none. */
static bool take_when_from(const struct change_words *c, guint at)
{
  g_autofree char *text = passage_text(c->plain, at, c->plain->lexemes->count);
  g_autoptr(passage_t) passage = passage_new(text, c->passage->language, 2000);
  return take_when(c, passage);
}

/* When, behind "auf", or anywhere. "auf den 14.": a figure alone is a day by the word before it; "to 20 June"
 * is the day itself, and no end of something. */
static bool take_when_behind(const struct change_words *c, const struct phrase_hit *to)
{
  bool is_day = to && c->passage->lexemes->at[to->end].kind == LEXEME_DIGITS;
  if (is_day && take_when_from(c, to->first)) return true;
  return (to && take_when_from(c, to->end)) || take_when_from(c, 0);
}

/* "Samstag klappt nicht, wir nehmen den Sonntag": the last of several times. */
static void read_last_when(const struct change_words *c)
{
  const GArray *dates = c->dates;
  if (dates->len < 2) return;
  guint from = g_array_index(dates, struct date_found, dates->len - 1).first;
  take_when_from(c, from);
}

/* "Wir verschieben auf Sonntag um vier", "wir treffen uns jetzt im Rathaus". */
static void read_move(const struct change_words *c, guint from)
{
  if (change_date_moved(c)) return;
  if (change_shift(c) && c->change->what) return;
  c->change->what = "change";
  g_autofree char *before = g_strdup(c->event->starts);
  bool is_when = take_when_behind(c, find_to(c, from));
  if (is_when && strcmp(before, c->event->starts) == 0)
    read_last_when(c);                 /* "Samstag geht doch nicht, lieber …" */
  if (!is_when && read_end(c)) return; /* "geht jetzt bis 20 Uhr" */
  bool is_one_day =
      *c->event->rule && (change_names_day(c) || (!is_when && passage_has(c->passage, "event.next")));
  if (!is_one_day) change_place(c, from); /* of one date it is no other place of all */
  if (is_one_day && !is_when) c->change->what = "which";
}

/* No word for a change, but another day, hour or place than the event has, told and not asked, and not of
 * the writer: "dann nehmen wir den Sonntag". */
static void read_bare(const struct change_words *c)
{
  const struct lexemes *l = c->passage->lexemes;
  bool is_thing = passage_has(c->passage, "event.other-thing") &&
                  !passage_has(c->passage, "event.we"); /* "der Strom …" */
  bool is_other = is_thing || passage_asks(c->passage) || passage_has(c->passage, "event.of-me") ||
                  passage_has(c->passage, "event.of-others") || passage_has(c->passage, "event.state") ||
                  passage_has(c->passage, "event.beside") || change_weighs(c->passage) ||
                  change_tells_of_else(c);
  if (is_other || passage_words(c->passage, 0, l->count) > WORDS_MAX) return;
  if (read_end(c) || change_date_moved(c)) return;
  g_autofree char *before = g_strconcat(c->event->starts, "/", c->event->ends, NULL);
  bool is_read = take_when_from(c, 0);
  g_autofree char *after = g_strconcat(c->event->starts, "/", c->event->ends, NULL);
  if (strcmp(before, after) == 0) read_last_when(c);
  g_autofree char *place = change_place_known(c);
  bool is_there = place && !strstr(c->event->place, place) && passage_has(c->passage, "event.into");
  if (*c->event->rule && change_names_day(c)) is_there = false;
  if (is_there) is_read |= change_place(c, 0);
  if (is_read) c->change->what = "change";
}

/* Which words decide: the first hit that may. */
static void read_words(const struct change_words *c)
{
  if (change_back(c) || strcmp(c->event->state, "cancelled") == 0 || change_extra(c)) return;
  const struct phrase_hit *hit = change_first(c);
  if (change_weather(c)) {
    c->change->what = "change";
  } else if (!hit) {
    bool is_said = event_take_words(c->event, c->passage, true); /* "höchstens 30 Leute" */
    is_said |= change_details(c);
    if (is_said)
      c->change->what = "change";
    else
      read_bare(c);
  } else if (strcmp(hit->value, "until") == 0 || strcmp(hit->value, "ended") == 0) {
    change_series_ends(c, strcmp(hit->value, "ended") == 0);
  } else if (strcmp(hit->value, "off") == 0 || strcmp(hit->value, "rest") == 0) {
    read_off(c, hit->first, strcmp(hit->value, "rest") == 0);
  } else if (strcmp(hit->value, "move") == 0) {
    read_move(c, hit->first);
  } else if (strcmp(hit->value, "shift") == 0) {
    change_shift(c);
  } else if (strcmp(hit->value, "room") == 0) {
    read_room(c);
  } else {
    c->change->what = g_intern_string(hit->value);
  }
}

bool change_read(struct work *work, const struct arrival *arrival, struct event *event, struct change *change,
                 GPtrArray *wrong, GError **error)
{
  unsigned changed = 0;
  *change = (struct change){ 0 };
  if (!event_take_lines(work, event, arrival, &changed, wrong, error)) return false;
  if (changed || wrong->len > 0) {
    change->what = "change";
    return true;
  }
  g_autoptr(GPtrArray) changes = event_dates(work->store, event->id, error);
  if (!changes) return false;
  const struct understanding *it = arrival->understanding;
  g_autoptr(passage_t) plain = without_now(it->passage);
  g_autoptr(GArray) dates = dates_find(plain, &(struct dates_wish){ .now = work->now, .zone = event->zone });
  read_words(&(struct change_words){ .work = work,
                                     .passage = it->passage,
                                     .plain = plain,
                                     .dates = dates,
                                     .event = event,
                                     .changes = changes,
                                     .change = change,
                                     .wrong = wrong });
  return true;
}
