/* Which options of a poll words name: a number of the letter ("2", "das zweite"), a day ("Dienstag",
 * "am 19.3."), an hour ("um 15 Uhr"). A bare weekday means the option of that weekday, in whatever week it
 * is; a number beside "Uhr", "Kinder", "Personen" counts something else. Called by votes.c. */
#include "lists/events/polls/naming.h"

#include "lib/text/days/calendar.h"
#include "lib/text/days/wall_text.h"

#include <string.h>

/* Of several, those at that time of day; where none is, all of them. */
static guint32 at_that_time(const struct poll_naming *it, guint32 mask, const struct wall *wall)
{
  guint32 narrowed = 0;
  if (wall->hour < 0) return mask;
  for (guint i = 0; i < it->options->len; i++) {
    struct wall start;
    const struct poll_option *option = it->options->pdata[i];
    bool is_same = (mask & poll_bit(i)) && wall_read(option->starts, &start) && start.hour == wall->hour &&
                   start.minute == wall->minute;
    if (is_same) narrowed |= poll_bit(i);
  }
  return narrowed ? narrowed : mask;
}

static guint32 on_weekday(const struct poll_naming *it, int weekday)
{
  guint32 mask = 0;
  for (guint i = 0; i < it->options->len; i++) {
    struct wall start;
    const struct poll_option *option = it->options->pdata[i];
    if (wall_read(option->starts, &start) &&
        calendar_weekday(calendar_day(start.year, start.month, start.day)) == weekday)
      mask |= poll_bit(i);
  }
  return mask;
}

static guint32 on_day(const struct poll_naming *it, const struct wall *wall)
{
  guint32 mask = 0;
  for (guint i = 0; i < it->options->len; i++) {
    struct wall start;
    const struct poll_option *option = it->options->pdata[i];
    if (wall_read(option->starts, &start) && start.month == wall->month && start.day == wall->day)
      mask |= poll_bit(i);
  }
  return mask;
}

/* What a date's words hold. */
struct words_of_date {
  bool has_weekday, has_day, has_clock;
};

static struct words_of_date look_at(const struct passage *passage, const struct date_found *date)
{
  struct words_of_date it = { 0 };
  for (guint i = date->first; i < date->end; i++) {
    const struct lexeme *here = &passage->lexemes->at[i], *next = here + 1;
    it.has_weekday |= passage_at(passage, phrases_tag("date.weekday"), i) != NULL ||
                      passage_at(passage, phrases_tag("date.weekday.short"), i) != NULL;
    it.has_day |= passage_at(passage, phrases_tag("date.month"), i) != NULL ||
                  passage_at(passage, phrases_tag("date.offset"), i) != NULL;
    bool is_figure = here->kind == LEXEME_DIGITS;
    it.has_day |= is_figure && i + 2 < date->end && lexeme_is(next, ".") &&
                  (next + 1)->kind == LEXEME_DIGITS && !(next + 1)->is_spaced; /* 3.3. */
    it.has_clock |= passage_at(passage, phrases_tag("date.clock"), i) != NULL;
  }
  return it;
}

static guint32 at_hour(const struct poll_naming *it, const struct wall *wall)
{
  guint32 mask = 0;
  for (guint i = 0; i < it->options->len; i++) {
    struct wall start;
    const struct poll_option *option = it->options->pdata[i];
    if (wall_read(option->starts, &start) && start.hour == wall->hour && start.minute == wall->minute)
      mask |= poll_bit(i);
  }
  return mask;
}

static guint32 of_date(const struct poll_naming *it, const struct date_found *date)
{
  const struct wall *start = date->start.year ? &date->start : &date->until;
  struct words_of_date words = look_at(it->passage, date);
  int weekday = calendar_weekday(calendar_day(start->year, start->month, start->day));
  guint32 mask = 0;
  if (words.has_day) mask = on_day(it, start);
  if (!mask && words.has_weekday) mask = on_weekday(it, weekday);
  if (!words.has_day && !words.has_weekday && words.has_clock) return at_hour(it, start);
  if (!words.has_day && !words.has_weekday) return 0;
  return at_that_time(it, mask, start);
}

/* "Di", "Do", written large. Within a sentence "So" is a day, at its begin a word. */
static guint32 of_short_day(const struct poll_naming *it, guint i)
{
  const struct lexeme *here = &it->passage->lexemes->at[i];
  const struct phrase_hit *hit = passage_at(it->passage, phrases_tag("date.weekday.short"), i);
  bool is_word = here->begins_sentence && lexeme_is(here, "so");
  return hit && here->is_capital && !is_word ? on_weekday(it, (int)g_ascii_strtoll(hit->value, NULL, 10)) : 0;
}

/* A number of the letter; not "zu 2", "2 Kinder", "18 Uhr". */
static guint32 of_number(const struct poll_naming *it, guint i)
{
  const struct lexeme *here = &it->passage->lexemes->at[i];
  const struct phrase_hit *ordinal = passage_at(it->passage, phrases_tag("poll.number"), i);
  guint number = here->kind == LEXEME_DIGITS ? here->number : 0;
  guint behind = ordinal ? ordinal->end : i + 1;
  bool counts = passage_at(it->passage, phrases_tag("poll.counted"), behind) ||
                (number && i > 0 && passage_at(it->passage, phrases_tag("poll.counts"), i - 1));
  if (counts) return 0;
  if (number && i > 0 && (here - 1)->kind == LEXEME_DIGITS && !here->is_spaced) return 0;
  if (ordinal) number = (guint)g_ascii_strtoull(ordinal->value, NULL, 10);
  if (ordinal && !number) number = it->options->len; /* the last */
  return number >= 1 && number <= it->options->len ? poll_bit(number - 1) : 0;
}

guint32 poll_options_at(const struct poll_naming *it, guint i, guint *end)
{
  *end = i + 1;
  for (guint d = 0; d < it->dates->len; d++) {
    const struct date_found *date = &g_array_index(it->dates, struct date_found, d);
    if (date->first != i) continue;
    guint32 mask = of_date(it, date);
    if (!mask) break;
    *end = MAX(date->end, i + 1);
    return mask;
  }
  guint32 mask = of_short_day(it, i);
  return mask ? mask : of_number(it, i);
}

struct poll_naming poll_naming_new(const struct passage *passage, const GPtrArray *options, int64_t now,
                                   const char *zone)
{
  return (struct poll_naming){ .passage = passage,
                               .options = options,
                               .dates =
                                   dates_find(passage, &(struct dates_wish){ .now = now, .zone = zone }) };
}

void poll_naming_clear(struct poll_naming *it)
{
  g_clear_pointer(&it->dates, g_array_unref);
}

int poll_named_option(const struct passage *passage, const GPtrArray *options, int64_t now, const char *zone)
{
  g_auto(poll_naming_t) it = poll_naming_new(passage, options, now, zone);
  guint32 named = 0;
  for (guint i = 0; i < passage->lexemes->count;) {
    guint end = i + 1;
    named |= poll_options_at(&it, i, &end);
    i = end;
  }
  for (guint i = 0; i < options->len; i++)
    if (named == poll_bit(i)) return (int)i + 1;
  return 0;
}
