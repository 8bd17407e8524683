/* Settings of a membership, in plain words: how mails come, a pause, the language, the name that others see.
 * "Jeden Tag ist mir zu viel" names what is not wanted; such words do not count. */
#include "lists/understand/answers/offices.h"
#include "lists/understand/meaning.h"
#include "lists/understand/understand.h"

#include "lib/text/subject.h"

#include <string.h>

static const char *const deliveries[] = { "each", "daily", "weekly", "own", "none" };

static const char *delivery_of(const char *value)
{
  for (gsize i = 0; i < G_N_ELEMENTS(deliveries); i++)
    if (strcmp(deliveries[i], value) == 0) return deliveries[i];
  return NULL;
}

/* "statt jeden Tag bitte sonntags": whether the unwanted one is another that stands between. */
static bool is_of_another(const struct passage *passage, const struct phrase_hit *bad,
                          const struct phrase_hit *hit)
{
  static const char *const tags[] = { "settings.delivery", "settings.rhythm" };
  if (!passage_at(passage, phrases_tag("settings.instead"), bad->first)) return false;
  for (gsize i = 0; i < G_N_ELEMENTS(tags); i++) {
    const struct phrase_hit *other = passage_find(passage, phrases_tag(tags[i]), bad->first + 1);
    if (other && other->end <= hit->first) return true;
  }
  return false;
}

/* Whether a hit is what one of the unwanted ways names: of several within it the last one ("gern täglich
 * gebündelt, einzeln ist mir zu viel"). */
static bool is_unwanted(const struct passage *passage, const struct phrase_hit *hit)
{
  enum { BEFORE = 10, TRIES = 6 };
  guint never = phrases_tag("settings.never");
  guint from = hit->first > BEFORE ? hit->first - BEFORE : 0;
  const struct phrase_hit *next = passage_find(passage, hit->tag, hit->end);
  for (guint i = 0; i < TRIES; i++) {
    const struct phrase_hit *bad = passage_find(passage, never, from);
    if (!bad || bad->first >= hit->end) return false;
    bool is_last = !next || next->first >= bad->end;
    if (bad->end > hit->first && is_last && !is_of_another(passage, bad, hit)) return true;
    from = bad->first + 1;
  }
  return false;
}

/* Whether "statt", "und nicht", "anstelle von" stands right before a hit, over a word or two ("statt immer
 * einzeln"): what it names is not wanted. */
static bool is_instead(const struct passage *passage, const struct phrase_hit *hit)
{
  enum { BACK = 4 };
  guint tag = phrases_tag("settings.instead"), rather = phrases_tag("settings.rather");
  for (guint back = 1; back <= MIN(hit->first, (guint)BACK); back++) {
    const struct lexeme *it = &passage->lexemes->at[hit->first - back];
    if (passage_at(passage, tag, hit->first - back)) return true;
    bool is_other = passage_at(passage, phrases_tag("settings.delivery"), hit->first - back) ||
                    passage_at(passage, phrases_tag("settings.rhythm"), hit->first - back);
    if (is_other || it->kind != LEXEME_WORD || passage_at(passage, rather, hit->first - back)) return false;
  }
  return false;
}

/* How mails are to come; the last wish counts ("täglich, nein, lieber wöchentlich"). */
static const char *find_delivery_by(const struct passage *passage, const char *tag_name)
{
  enum { WISHES_MAX = 50 };
  guint tag = phrases_tag(tag_name), from = 0;
  const char *delivery = NULL;
  for (guint i = 0; i < WISHES_MAX; i++) {
    const struct phrase_hit *hit = passage_find(passage, tag, from);
    if (!hit) break;
    if (!is_unwanted(passage, hit) && !is_instead(passage, hit)) delivery = delivery_of(hit->value);
    from = hit->end;
  }
  return delivery;
}

const char *settings_delivery(const struct passage *passage)
{
  const char *delivery = find_delivery_by(passage, "settings.delivery");
  return delivery ? delivery : find_delivery_by(passage, "settings.rhythm");
}

static char *find_language(const struct passage *passage)
{
  const struct phrase_hit *hit = passage_find(passage, phrases_tag("settings.language"), 0);
  return hit && *hit->value ? g_strdup(hit->value) : NULL;
}

/* So many days behind a day. */
static struct wall days_later(const struct wall *day, guint days)
{
  GDate date;
  g_date_clear(&date, 1);
  g_date_set_dmy(&date, (GDateDay)day->day, (GDateMonth)day->month, (GDateYear)day->year);
  g_date_add_days(&date, days);
  return (struct wall){ .year = g_date_get_year(&date),
                        .month = (int)g_date_get_month(&date),
                        .day = g_date_get_day(&date),
                        .hour = -1,
                        .minute = -1 };
}

static struct wall today(const struct reading_room *room)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_identifier(room->zone ? room->zone : "Europe/Berlin");
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(room->now);
  g_autoptr(GDateTime) now = utc && zone ? g_date_time_to_timezone(utc, zone) : NULL;
  if (!now) return (struct wall){ 0 };
  return (struct wall){ .year = g_date_time_get_year(now),
                        .month = g_date_time_get_month(now),
                        .day = g_date_time_get_day_of_month(now),
                        .hour = -1,
                        .minute = -1 };
}

static bool is_same_day(const struct wall *a, const struct wall *b)
{
  return a->year == b->year && a->month == b->month && a->day == b->day;
}

/* The last day of a pause: the end of a range, a deadline, or the last day named; a day it begins with
 * ("ab Montag") only where mails are to come again from then. "Drei Wochen" count from its first day. */
static void read_pause(const struct reading_room *room, struct meaning *meaning)
{
  enum { DAYS_MAX = 400 };
  bool is_said = passage_has(room->passage, "settings.pause") || passage_has(room->subject, "settings.pause");
  /* "bis 6. Januar nichts": where no other setting is named, a deadline is a pause's */
  bool is_other = meaning->delivery || meaning->language || meaning->name;
  if (!is_said && (is_other || !passage_has(room->passage, "word.until"))) return;
  bool resumes = passage_has(room->passage, "settings.resume");
  struct wall first = today(room);
  for (guint i = 0; i < room->dates->len; i++) {
    const struct date_found *date = &g_array_index(room->dates, struct date_found, i);
    if (date->is_past) continue;
    if (date->until.year)
      meaning->pause_until = date->until;
    else if (is_same_day(&date->start, &first))
      continue; /* "jetzt" */
    else if (date->start.year && date->is_open_ended && !resumes)
      first = date->start;
    else if (date->start.year)
      meaning->pause_until = date->start;
  }
  const struct phrase_hit *span = passage_find(room->passage, phrases_tag("settings.span"), 0);
  guint days = span ? (guint)g_ascii_strtoull(span->value, NULL, 10) : 0;
  if (!meaning->pause_until.year && days > 0 && days <= DAYS_MAX && first.year)
    meaning->pause_until = days_later(&first, days);
  meaning->pause_until.hour = meaning->pause_until.year ? -1 : 0;
}

/* "Vorname und Initial" tells how much of a name is shown; it is none. */
static bool is_name_word(const struct passage *passage, guint at)
{
  const struct lexeme *it = &passage->lexemes->at[at];
  return it->kind == LEXEME_WORD && it->is_capital &&
         !passage_at(passage, phrases_tag("settings.no_name"), at);
}

/* What stands in quotation marks, if it is short: the name in 'schreibt bitte "Oma Inge"'. NULL: nothing. */
static char *find_quoted_name(const struct passage *passage)
{
  enum { NAME_LEXEMES = 6 };
  const struct lexemes *l = passage->lexemes;
  for (guint i = 0; i < l->count; i++) {
    if (!lexeme_is(&l->at[i], "\"")) continue;
    guint end = i + 1;
    while (end < l->count && end - i <= NAME_LEXEMES && !lexeme_is(&l->at[end], "\"")) end++;
    bool is_name = end < l->count && lexeme_is(&l->at[end], "\"") && end > i + 1;
    return is_name ? passage_text(passage, i + 1, end) : NULL;
  }
  return NULL;
}

enum { NAME_LOOK_AHEAD = 4, NAME_WORDS = 4, NAME_TRIES = 6 };

/* Where the name that begins at a lexeme ends: up to four capital words, with what initials and hyphens need.
 * The same as `first`: none begins there. */
static guint end_of_name(const struct passage *passage, guint first)
{
  const struct lexemes *l = passage->lexemes;
  guint end = first, words = 0;
  while (end < l->count && words < NAME_WORDS) {
    bool is_glue = lexeme_is(&l->at[end], "-") && !l->at[end].is_spaced;
    bool is_initial = lexeme_is(&l->at[end], ".") && end > first && !l->at[end - 1].folded[1];
    if (!is_name_word(passage, end) && !is_glue && !is_initial) break;
    words += l->at[end].kind == LEXEME_WORD;
    end++;
  }
  return words ? end : first;
}

/* The name behind a hit ("nennt mich bitte"), or NULL. */
static char *name_behind(const struct passage *passage, const struct phrase_hit *hit)
{
  const struct lexemes *l = passage->lexemes;
  guint first = hit->end;
  while (first < l->count && first < hit->end + NAME_LOOK_AHEAD && !is_name_word(passage, first)) first++;
  guint end = end_of_name(passage, first);
  return end > first ? passage_text(passage, first, end) : NULL;
}

/* The last name within a hit ("als Oma Inge erscheinen"), or NULL. */
static char *name_within(const struct passage *passage, const struct phrase_hit *hit)
{
  guint from = 0, to = 0;
  for (guint at = hit->first + 1; at < hit->end;) {
    guint end = MIN(end_of_name(passage, at), hit->end);
    if (end > at) from = at, to = end;
    at = MAX(end, at + 1);
  }
  return to ? passage_text(passage, from, to) : NULL;
}

/* The first name that the hits of a tag lead to. */
static char *name_by(const struct passage *passage, const char *tag_name,
                     char *(*find)(const struct passage *, const struct phrase_hit *))
{
  guint tag = phrases_tag(tag_name), from = 0;
  char *name = NULL;
  for (guint i = 0; i < NAME_TRIES && !name; i++) {
    const struct phrase_hit *hit = passage_find(passage, tag, from);
    if (!hit) break;
    name = find(passage, hit);
    from = hit->first + 1;
  }
  return name;
}

/* What others shall read: "ich heiße aber Yusuf" says it best, then what stands in quotation marks. */
static char *find_name(const struct passage *passage)
{
  char *name = name_by(passage, "settings.called", name_behind);
  if (name) return name;
  bool has_hit = passage_has(passage, "settings.name") || passage_has(passage, "settings.name_within");
  if (has_hit) name = find_quoted_name(passage);
  if (!name) name = name_by(passage, "settings.name_within", name_within);
  if (!name) name = name_by(passage, "settings.name", name_behind);
  return name;
}

/* The value of the first hit of a tag, in the text or else in the subject; NULL: none. */
static const char *find_value(const struct reading_room *room, const char *tag_name)
{
  guint tag = phrases_tag(tag_name);
  const struct phrase_hit *hit = passage_find(room->passage, tag, 0);
  if (!hit) hit = passage_find(room->subject, tag, 0);
  return hit ? hit->value : NULL;
}

/* What of one's name the public sees; a static word. */
static const char *find_shown(const struct reading_room *room)
{
  static const char *const ways[] = { "full", "initial", "first" };
  const char *value = find_value(room, "settings.shown");
  for (gsize i = 0; value && i < G_N_ELEMENTS(ways); i++)
    if (strcmp(ways[i], value) == 0) return ways[i];
  return NULL;
}

/* May offices write without encryption? A no in the subject or the text outweighs a yes in the other. */
static int find_offices(const struct reading_room *room)
{
  int text = offices_wished(room->passage), subject = offices_wished(room->subject);
  if (text == 0 || subject == 0) return 0;
  return text > subject ? text : subject;
}

/* How invitations come; a static word. */
static const char *find_invitations(const struct reading_room *room)
{
  const char *value = find_value(room, "settings.invitations");
  return !value ? NULL : strcmp(value, "text") == 0 ? "text" : "calendar";
}

/* Wishes that are a word or two. A name of their own says more than how much of it is shown. */
static void read_small_wishes(const struct reading_room *room, struct meaning *meaning)
{
  if (!meaning->name) meaning->shown = find_shown(room);
  const char *copy = find_value(room, "settings.own_copy");
  if (copy) meaning->own_copy = strcmp(copy, "yes") == 0;
  meaning->offices = find_offices(room);
  bool is_pausing = meaning->pause_until.year != 0;
  meaning->resumes = !is_pausing && find_value(room, "settings.unpause");
  meaning->mutes = find_value(room, "settings.mute") != NULL;
  /* "zu diesem Thread keine Mails mehr" is about the thread alone */
  bool is_none = meaning->delivery && strcmp(meaning->delivery, "none") == 0;
  meaning->invitations = find_invitations(room);
  bool is_less = meaning->mutes || meaning->offices == 0 ||
                 meaning->invitations; /* "das Amt soll mir keine Mails schicken" */
  if (is_less && is_none) meaning->delivery = NULL;
}

void read_settings(const struct reading_room *room, struct meaning *meaning)
{
  meaning->delivery = settings_delivery(room->passage);
  if (!meaning->delivery) meaning->delivery = settings_delivery(room->subject);
  meaning->language = find_language(room->passage);
  if (!meaning->language) meaning->language = find_language(room->subject);
  meaning->name = find_name(room->passage);
  read_pause(room, meaning);
  /* "keine Mails" to a settings address; with "solange" or a day it is a pause */
  bool is_bare = room->command && !meaning->delivery && !meaning->pause_until.year;
  if (is_bare && !passage_has(room->passage, "settings.pause"))
    meaning->delivery = find_delivery_by(room->passage, "settings.bare");
  /* "Deutsch bitte", where we are spoken to about nothing else */
  bool is_to_us = room->command && strcmp(room->command, COMMAND_ANSWER) == 0;
  const struct phrase_hit *language =
      is_to_us ? passage_find(room->passage, phrases_tag("own.language"), 0) : NULL;
  if (language && !meaning->language) meaning->language = g_strdup(language->value);
  read_small_wishes(room, meaning);
  /* "stumm" that answers nobody has no subject to be silent about */
  bool is_answer = room->mail->references->len > 0 || subject_is_reply(room->mail->subject);
  bool names_one = passage_has(room->passage, "mask.leave"); /* "zu diesem Thread" */
  bool is_all = meaning->mutes && !names_one && !is_answer && room->context == CONTEXT_NONE &&
                !meaning->pause_until.year;
  if (is_all && !meaning->delivery) meaning->delivery = deliveries[G_N_ELEMENTS(deliveries) - 1];
}
