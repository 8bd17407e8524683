/* Tags in subjects. Words in brackets in front ("[Biete]", "[Suche]") and words behind a "#" sort a group's
 * posts, and a member who does not want them mutes the tag. What is offered or sought is over after two
 * weeks, or after as many days as the keeper says (topics.h), or when the subject itself says so
 * ("bis 3.12."): the day is stored with the tag. Tags are folded as all words are: "[Gärtnern]" and
 * "[gaertnern]" are one.
 */
#include "lists/keeping/tags.h"

#include "lists/keeping/topics.h"

#include "lib/store/directory.h"
#include "lib/store/mutes.h"
#include "lib/store/threads.h"
#include "lib/text/dates/dates.h"
#include "lib/text/phrases.h"

#include <string.h>

enum { TAGS_MAX = 5, TAG_BYTES_MAX = 40, TAG_WORDS_MAX = 3, DAY_SECONDS = 24 * 3600, SUBJECT_BYTES = 1000 };

static void add(GPtrArray *tags, const char *tag, const char *list_tag)
{
  g_autofree char *own = lexeme_fold(list_tag ? list_tag : "", strlen(list_tag ? list_tag : ""));
  bool is_tag = *tag && strcmp(tag, "#") != 0 && strlen(tag) <= TAG_BYTES_MAX && strcmp(tag, own) != 0;
  bool is_new = is_tag && !g_ptr_array_find_with_equal_func(tags, tag, g_str_equal, NULL);
  if (is_new && tags->len < TAGS_MAX) g_ptr_array_add(tags, g_strdup(tag));
}

/* The words between brackets that open at a lexeme, joined by a blank; *end: behind the closing one. Empty:
 * it is no tag. */
static char *bracketed(const struct lexemes *l, guint open, guint *end)
{
  GString *tag = g_string_new(NULL);
  guint at = open + 1, words = 0;
  for (; at < l->count && !lexeme_is(&l->at[at], "]"); at++, words++) {
    if (l->at[at].kind != LEXEME_WORD && l->at[at].kind != LEXEME_DIGITS) break;
    g_string_append_printf(tag, "%s%s", tag->len ? " " : "", l->at[at].folded);
  }
  bool is_closed = at < l->count && lexeme_is(&l->at[at], "]") && words <= TAG_WORDS_MAX;
  if (!is_closed) g_string_truncate(tag, 0);
  *end = is_closed ? at + 1 : open + 1;
  return g_string_free(tag, FALSE);
}

GPtrArray *tags_of_subject(const char *subject, const char *list_tag)
{
  GPtrArray *tags = g_ptr_array_new_with_free_func(g_free);
  g_autoptr(lexemes_t) l = lexemes_new(subject ? subject : "", SUBJECT_BYTES);
  for (guint at = 0; at < l->count;) {
    bool is_hash = lexeme_is(&l->at[at], "#") && l->at[at].is_spaced && at + 1 < l->count &&
                   l->at[at + 1].kind == LEXEME_WORD && !l->at[at + 1].is_spaced;
    guint end = at + 1;
    g_autofree char *tag = is_hash                      ? g_strconcat("#", l->at[at + 1].folded, NULL)
                           : lexeme_is(&l->at[at], "[") ? bracketed(l, at, &end)
                                                        : g_strdup("");
    add(tags, tag, list_tag);
    at = end;
  }
  return tags;
}

/* "bis 3.12.", "vom 1. bis 3.12.": a day or range that says until when. */
static bool is_last_day(const struct date_found *date)
{
  return date->is_deadline || date->until.year;
}

/* "[Biete] Kinderwagen bis 3.12.", "vom 1.12. bis 15.12.": the end of the day that the subject names as the
 * last; 0: none. A day of the past, or one beyond a year, is no such day. */
static int64_t said_end(const struct work *work, const struct message *message)
{
  enum { YEAR_SECONDS = 366 * DAY_SECONDS };
  const char *zone = work->config->zone;
  g_autoptr(passage_t) passage = passage_new(message->subject, NULL, SUBJECT_BYTES);
  g_autoptr(GArray) dates =
      dates_find(passage, &(struct dates_wish){ .now = message->received, .zone = zone });
  bool has_until = passage_has(passage, "word.until"), has_deadline = false;
  for (guint i = 0; i < dates->len; i++)
    has_deadline |= is_last_day(&g_array_index(dates, struct date_found, i));
  int64_t last = 0;
  for (guint i = 0; i < dates->len; i++) {
    const struct date_found *date = &g_array_index(dates, struct date_found, i);
    bool is_last = (has_deadline ? is_last_day(date) : has_until) && !date->is_past;
    const struct wall *wall = date->until.year ? &date->until : &date->start;
    if (!is_last || !wall->year) continue;
    struct wall end = { wall->year, wall->month, wall->day, 23, 59 };
    int64_t seconds = wall_seconds(&end, zone);
    if (seconds > message->received && seconds < message->received + YEAR_SECONDS) last = MAX(last, seconds);
  }
  return last;
}

bool tags_keep(struct work *work, const struct list *list, const struct message *message, GError **error)
{
  g_autoptr(GPtrArray) tags = tags_of_subject(message->subject, list->subject_tag);
  int64_t said = tags->len > 0 ? said_end(work, message) : 0;
  for (guint i = 0; i < tags->len; i++) {
    const char *tag = g_ptr_array_index(tags, i);
    int days = topics_days(list->topics, tag);
    int64_t expires = days ? message->received + (int64_t)days * DAY_SECONDS : 0;
    if (expires && said) expires = said;
    if (!message_tag_put(work->store, message->id, tag, expires, error)) return false;
  }
  return true;
}
