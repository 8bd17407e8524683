/* A poll, from words: a question ("Wann passt es?") and two dates or more. People write them as a numbered
 * list, as one sentence ("1) Di 18 Uhr 2) Do 19 Uhr"), line by line, or with "oder". What they say besides is
 * kept; "bitte bis Sonntag" is the last day for answers. Called by draft.c.
 *
 * What surprised us: "1. März" at the head of a line is a date and "1. Dienstag" a number. A number counts
 * where it is the one that is due and what follows is a date by itself. */
#include "lists/events/polls/poll.h"

#include "lists/events/event_lines.h"

#include "lists/understand/understand.h"

#include "lib/mail/read.h"
#include "lib/text/dates/series.h"
#include "lib/text/days/calendar.h"
#include "lib/text/days/wall_text.h"
#include "lib/text/subject.h"

#include <string.h>

enum {
  LINE_CHARACTERS = 120,
  TITLE_CHARACTERS = 120,
  TEXT_CHARACTERS = 4000,
  DAYS_OPEN = 7,
  TEXT_BYTES = 8000
};

void poll_asked_free(struct poll_asked *asked)
{
  if (!asked) return;
  if (asked->options) g_ptr_array_unref(asked->options);
  g_free(asked->title);
  g_free(asked->text);
  g_free(asked->until);
  g_free(asked->latest);
  g_free(asked);
}

/* A text on its way. */
struct searching {
  int64_t now;
  const char *zone;
  GPtrArray *options; /* struct poll_option* */
  GString *rest;      /* what is neither question nor option */
};

static bool has_ask(const struct passage *passage)
{
  return passage_has(passage, "poll.ask");
}

static GArray *dates_of(const struct searching *it, const struct passage *passage)
{
  return dates_find(passage, &(struct dates_wish){ .now = it->now, .zone = it->zone });
}

/* Is it a day that may be chosen? A month, a week or what has been is none. */
static bool is_choice(const struct searching *it, const struct date_found *date)
{
  bool is_day = date->grain == GRAIN_MINUTE || date->grain == GRAIN_HOUR || date->grain == GRAIN_DAY;
  return date->start.year && is_day && !date->is_deadline && !date->is_past && !date->recurrence &&
         wall_seconds(&date->start, it->zone) + 24 * 3600 > it->now;
}

static void add_option(struct searching *it, const struct date_found *date)
{
  if (it->options->len >= POLL_OPTIONS_MAX) return;
  struct poll_option *option = g_new0(struct poll_option, 1);
  option->starts = wall_write(&date->start);
  option->ends = wall_write(&date->until);
  for (guint i = 0; i < it->options->len; i++) {
    const struct poll_option *other = it->options->pdata[i];
    if (strcmp(other->starts, option->starts) != 0) continue;
    poll_option_free(option); /* said twice */
    return;
  }
  g_ptr_array_add(it->options, option);
}

/* The one date of an item; false: it has none. */
static bool take_item(struct searching *it, const char *text)
{
  g_autoptr(passage_t) passage = passage_new(text, NULL, LINE_CHARACTERS * 4);
  if (passage_at(passage, phrases_tag("date.month"), 0)) return false;
  g_autoptr(GArray) dates = dates_of(it, passage);
  for (guint i = 0; i < dates->len; i++) {
    const struct date_found *date = &g_array_index(dates, struct date_found, i);
    if (!is_choice(it, date)) continue;
    add_option(it, date);
    return true;
  }
  return false;
}

/* The bytes of a mark at the head of a line: "2)", "b)", "-", "•", "Option 2:"; 0: there is none. *number:
 * what it counts (0: nothing). */
static gsize mark_of(const char *line, int *number)
{
  static const char *const bullets[] = { "- ", "* ", "• ", "– ", "— ", "o ", "☐ ", "[ ] ", "· " };
  const char *at = line + strspn(line, " \t");
  *number = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(bullets); i++)
    if (g_str_has_prefix(at, bullets[i])) return (gsize)(at - line) + strlen(bullets[i]);
  static const char *const words[] = {
    "option ", "termin ", "vorschlag ", "variante ", "nr. ", "nr ", "date "
  };
  for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
    if (g_ascii_strncasecmp(at, words[i], strlen(words[i])) == 0) at += strlen(words[i]);
  gsize digits = strspn(at, "0123456789");
  bool is_letter = g_ascii_isalpha(*at) && at[1] == ')';
  if (!is_letter && (digits == 0 || digits > 2)) return 0;
  *number = is_letter ? g_ascii_tolower(*at) - 'a' + 1 : (int)g_ascii_strtoll(at, NULL, 10);
  at += is_letter ? 1 : digits;
  if (!strchr(").:", *at) || !*at) return 0;
  bool is_clock = *at != ')' && g_ascii_isdigit(at[1]);
  return is_clock ? 0 : (gsize)(at - line) + 1;
}

/* "1) Di 18 Uhr 2) Do 19 Uhr" → lines of their own. Caller frees. */
static char *part_marks(const char *text)
{
  GString *out = g_string_new(NULL);
  for (const char *at = text; *at; at++) {
    bool begins = at == text || strchr(" \t,;(/", at[-1]);
    gsize digits = begins ? strspn(at, "0123456789") : 0;
    bool is_letter = begins && g_ascii_isalpha(*at) && at[1] == ')' && at != text && at[-1] != '(';
    bool is_number = (digits == 1 || digits == 2) && at[digits] == ')';
    if ((is_letter || is_number) && at != text) g_string_append_c(out, '\n');
    g_string_append_c(out, *at);
  }
  return g_string_free(out, FALSE);
}

/* Is a sentence the question, or does it say until when? */
static bool is_of_poll(const struct passage *passage, const GArray *dates, guint first, guint end)
{
  const struct phrase_hit *ask = passage_find(passage, phrases_tag("poll.ask"), first);
  bool is_it = ask && ask->first < end;
  for (guint i = 0; i < dates->len; i++) {
    const struct date_found *date = &g_array_index(dates, struct date_found, i);
    is_it = is_it || (date->is_deadline && date->first >= first && date->first < end);
  }
  return is_it;
}

/* What a line says besides, sentence by sentence. */
static void keep_rest(struct searching *it, const struct passage *passage)
{
  g_autoptr(GArray) dates = dates_of(it, passage);
  guint count = passage->lexemes->count;
  for (guint first = 0, end = 0; first < count; first = MAX(end, first + 1)) {
    guint begin = first;
    passage_sentence(passage, first, &begin, &end);
    begin = MAX(begin, first);
    if (end <= begin || is_of_poll(passage, dates, begin, end)) continue;
    g_autofree char *sentence = passage_text(passage, begin, end);
    g_string_append_printf(it->rest, "%s%s", begin > 0 ? " " : "", g_strstrip(sentence));
  }
  g_string_append_c(it->rest, '\n');
}

/* Lines with marks, or (has_marks false) short lines that are a date. */
static void take_lines(struct searching *it, const char *text, bool has_marks)
{
  g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
  for (char **line = lines; *line; line++) {
    int number = 0;
    const char *content = g_strchomp(*line);
    gsize mark = mark_of(content, &number);
    bool is_due = number == 0 || number == (int)it->options->len + 1;
    bool is_short = g_utf8_strlen(content, -1) <= LINE_CHARACTERS;
    bool is_item = is_short && (has_marks ? mark > 0 && is_due : mark == 0 && *content);
    g_autoptr(passage_t) passage = passage_new(content, NULL, 0);
    if (is_item && !has_marks && (has_ask(passage) || passage_words(passage, 0, passage->lexemes->count) > 8))
      is_item = false;
    if (is_item && take_item(it, content + mark)) continue;
    keep_rest(it, passage);
  }
}

/* "Di 18 Uhr oder Do 19 Uhr?": dates wherever they stand. */
static void take_dates(struct searching *it, const char *text)
{
  g_autoptr(passage_t) passage = passage_new(text, NULL, TEXT_BYTES);
  g_autoptr(GArray) dates = dates_of(it, passage);
  for (guint i = 0; i < dates->len; i++) {
    const struct date_found *date = &g_array_index(dates, struct date_found, i);
    if (is_choice(it, date)) add_option(it, date);
  }
}

/* "Montag, Dienstag oder Mittwoch, jeweils 19 Uhr": the hour that one of them has is that of all. */
static void share_hour(struct searching *it, const char *text)
{
  g_autoptr(passage_t) passage = passage_new(text, NULL, TEXT_BYTES);
  const char *hour = NULL;
  if (!passage_has(passage, "poll.each")) return;
  for (guint i = 0; i < it->options->len; i++) {
    const char *of_this = strchr(((const struct poll_option *)it->options->pdata[i])->starts, 'T');
    if (of_this) hour = of_this;
  }
  for (guint i = 0; hour && i < it->options->len; i++) {
    struct poll_option *option = it->options->pdata[i];
    if (strchr(option->starts, 'T')) continue;
    char *with_hour = g_strconcat(option->starts, hour, NULL);
    g_free(option->starts);
    option->starts = with_hour;
  }
}

static void restart(struct searching *it)
{
  g_ptr_array_set_size(it->options, 0);
  g_string_truncate(it->rest, 0);
}

/* ---- until when ---- */

static struct wall day_of(const struct wall *wall, int days)
{
  struct civil civil = calendar_civil(calendar_day(wall->year, wall->month, wall->day) + days);
  return (struct wall){ civil.year, civil.month, civil.day, -1, -1 };
}

/* The day before the first option; today where that has passed. */
static struct wall latest(const struct searching *it, const struct wall *today)
{
  struct wall first = { 0 }, start;
  for (guint i = 0; i < it->options->len; i++) {
    const struct poll_option *option = it->options->pdata[i];
    if (wall_read(option->starts, &start) && (!first.year || wall_compare(&start, &first) < 0)) first = start;
  }
  struct wall before = day_of(&first, -1);
  return wall_compare(&before, today) < 0 ? *today : before;
}

/* What is said, else a week; never beyond the day before the first option. Caller frees. */
static char *until_of(const struct searching *it, const char *text, struct poll_asked *asked)
{
  g_autoptr(passage_t) passage = passage_new(text, NULL, TEXT_BYTES);
  g_autoptr(GArray) dates = dates_of(it, passage);
  g_autoptr(GTimeZone) zone = g_time_zone_new_identifier(it->zone);
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(it->now);
  g_autoptr(GDateTime) now = zone ? g_date_time_to_timezone(utc, zone) : g_date_time_ref(utc);
  struct wall today = { g_date_time_get_year(now), g_date_time_get_month(now),
                        g_date_time_get_day_of_month(now), -1, -1 };
  struct wall until = day_of(&today, DAYS_OPEN), last = latest(it, &today);
  for (guint i = 0; i < dates->len; i++) {
    const struct date_found *date = &g_array_index(dates, struct date_found, i);
    if (!date->is_deadline || !date->until.year || date->is_past) continue;
    until = day_of(&date->until, 0);
    asked->is_until_said = true;
  }
  asked->latest = wall_write(&last);
  return wall_write(wall_compare(&until, &last) > 0 ? &last : &until);
}

/* ---- all of it ---- */

/* The ways in which people list dates, the plainest first. */
static void search(struct searching *it, const char *text, bool is_asked)
{
  g_autofree char *parted = part_marks(text);
  take_lines(it, parted, true);
  if (it->options->len >= 2) return;
  restart(it);
  take_lines(it, text, false);
  if (it->options->len >= 2 || !is_asked) return;
  restart(it);
  take_dates(it, text);
}

struct poll_asked *poll_read(const char *text, const char *subject, bool is_asked, int64_t now,
                             const char *zone)
{
  g_autoptr(passage_t) passage = passage_new(text, NULL, TEXT_BYTES);
  g_autoptr(passage_t) line = passage_new(subject, NULL, TEXT_BYTES);
  bool asks = has_ask(passage) || has_ask(line);
  if (!asks && !is_asked) return NULL;
  g_autoptr(GString) rest = g_string_new(NULL);
  struct searching it = { .now = now, .zone = zone, .rest = rest };
  it.options = g_ptr_array_new_with_free_func((GDestroyNotify)poll_option_free);
  search(&it, text, asks);
  if (it.options->len < 2) {
    g_ptr_array_unref(it.options);
    return NULL;
  }
  share_hour(&it, text);
  struct poll_asked *asked = g_new0(struct poll_asked, 1);
  asked->options = it.options;
  g_autofree char *title = subject_base(subject, NULL);
  asked->title = event_cut(title, TITLE_CHARACTERS);
  asked->text = event_cut(rest->str, TEXT_CHARACTERS);
  asked->until = until_of(&it, text, asked);
  return asked;
}

struct poll_asked *poll_of_mail(const struct work *work, const struct arrival *arrival)
{
  const struct mail *mail = arrival->mail;
  if (!arrival->understanding || subject_is_reply(mail->subject)) return NULL;
  return poll_read(mail->text_new, mail->subject, false, work->now, work->config->zone);
}
