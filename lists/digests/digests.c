/* Collected letters. At six in the evening, every day and on Fridays, each list's posts since the last such
 * letter become one letter: subject, name, the first lines, where it stands in the archive and the address
 * that answers it. It is one content for all who read the list so; nothing new, or nobody who reads so: no
 * letter.
 *
 * How far the letters go is a row that is written with the letter, so a crash makes none twice and none too
 * few; what was due while we were down is made when we are back. A post counts by when it was decided, not by
 * when it came: what a moderator let through late is in the next letter. What is older than three weeks was
 * imported, and is nobody's news. What a moderator took back since is not in it, nor what was offered and is
 * over.
 *
 * Members who muted a thread or a tag get letters of their own, without it, a few in a transaction; then the
 * shared one goes to all others. */
#include "lists/digests/digests.h"

#include "lists/digests/answered.h"

#include "lists/addresses/reply_address.h"
#include "lists/letters.h"
#include "lists/list_cache.h"
#include "lists/members/names.h"

#include "lib/base/clock.h"
#include "lib/store/collected.h"
#include "lib/store/directory.h"
#include "lib/store/mutes.h"
#include "lib/store/threads.h"

#include <string.h>

enum {
  HOUR = 18,
  POSTS_SHOWN = 50,
  POSTS_LOOKED_AT = 500,
  EXCERPT = 300,
  DAY_SECONDS = 24 * 3600,
  NEWS_SECONDS = 21 * DAY_SECONDS,
  LISTS_AT_ONCE = 50,
  MUTERS_AT_ONCE = 20
};

static const struct rhythm {
  const char *delivery;
  int weekday; /* GDateWeekday; 0: each day */
} rhythms[] = { { "daily", 0 }, { "weekly", G_DATE_FRIDAY } };

/* The last day whose letter is due: YYYY-MM-DD in the municipality's zone. Caller frees. */
static char *due_day(const struct work *work, int weekday)
{
  g_autofree char *moment = clock_format_in(work->now, work->config->zone);
  GDate day;
  g_date_clear(&day, 1);
  g_date_set_dmy(&day, (GDateDay)g_ascii_strtoull(moment + 8, NULL, 10),
                 (GDateMonth)g_ascii_strtoull(moment + 5, NULL, 10),
                 (GDateYear)g_ascii_strtoull(moment, NULL, 10));
  if (g_ascii_strtoull(moment + 11, NULL, 10) < HOUR) g_date_subtract_days(&day, 1);
  while (weekday && (int)g_date_get_weekday(&day) != weekday) g_date_subtract_days(&day, 1);
  return g_strdup_printf("%04d-%02d-%02d", g_date_get_year(&day), g_date_get_month(&day),
                         g_date_get_day(&day));
}

/* The first lines of a text, as one; "…" where it goes on. Caller frees. */
static char *excerpt_of(const char *text)
{
  GString *out = g_string_new(NULL);
  glong characters = 0;
  for (const char *p = text; *p; p = g_utf8_next_char(p)) {
    gunichar c = g_utf8_get_char(p);
    bool is_blank = g_unichar_isspace(c);
    if (is_blank && (out->len == 0 || out->str[out->len - 1] == ' ')) continue;
    if (characters++ >= EXCERPT) {
      g_string_append(out, "…");
      break;
    }
    g_string_append_unichar(out, is_blank ? ' ' : c);
  }
  return g_strchomp(g_string_free(out, FALSE));
}

/* Where the post stands in the archive; *url NULL: nowhere public. */
static bool find_url(struct work *work, const struct list *list, const struct message *post, char **url,
                     GError **error)
{
  *url = NULL;
  if (!list->archive_public || !post->is_public) return true;
  g_autoptr(thread_row) thread = thread_get(work->store, post->thread, error);
  if (!thread) return false;
  const char *base = work->config->base_url;
  bool has_slash = g_str_has_suffix(base, "/");
  g_autoptr(GString) out = g_string_new(base);
  g_string_append_printf(out, "%s%s/%04d/%04d/", has_slash ? "" : "/", list->name, thread->year,
                         thread->number);
  if (post->position <= THREAD_PART_MESSAGES)
    g_string_append_printf(out, "#n%" G_GINT64_FORMAT, post->position);
  *url = g_string_free(g_steal_pointer(&out), FALSE);
  return true;
}

static bool add_post(struct work *work, const struct list *list, const struct message *post,
                     struct value *values, GError **error)
{
  g_autofree char *name = name_shown(work, post->person, post->from_name, post->from_address, error);
  g_autofree char *url = NULL;
  if (!name || !find_url(work, list, post, &url, error)) return false;
  struct token token = { .purpose = TOKEN_POST, .object = (uint32_t)post->id };
  g_autofree char *reply =
      reply_address_with(work->config, work->keys, post->from_token_key, list->name, &token);
  g_autofree char *excerpt = excerpt_of(post->text);
  struct value *row = value_append(values, "posts");
  value_set_text(row, "subject", post->subject);
  value_set_text(row, "name", name);
  if (!answered_mark_post(work, post, row, error)) return false;
  value_set_text(row, "text", *excerpt ? excerpt : NULL);
  value_set_text(row, "url", url);
  value_set_text(row, "reply", reply);
  return true;
}

/* What is new on one list, on its way. */
struct edition {
  struct work *work;
  const struct list *list;
  const struct rhythm *rhythm;
  int64_t begun;
  GPtrArray *posts; /* struct message* */
  GPtrArray *tags;  /* of each of them: GPtrArray* of char* */
};

/* Is a post, the i-th, one of a thread or with a tag that somebody muted? mutes NULL: they muted nothing. */
static bool is_muted(const struct edition *edition, guint i, const GPtrArray *mutes)
{
  const struct message *post = g_ptr_array_index(edition->posts, i);
  GPtrArray *tags = g_ptr_array_index(edition->tags, i);
  for (guint m = 0; mutes && m < mutes->len; m++) {
    const struct mute *mute = g_ptr_array_index(mutes, m);
    if (mute->thread ? mute->thread == post->thread
                     : g_ptr_array_find_with_equal_func(tags, mute->tag, g_str_equal, NULL))
      return true;
  }
  return false;
}

/* The posts without muted ones, and how many of them there are; up to POSTS_SHOWN become rows. */
static bool add_posts(const struct edition *edition, const GPtrArray *mutes, struct value *values,
                      guint *count, GError **error)
{
  *count = 0;
  for (guint i = 0; i < edition->posts->len; i++) {
    const struct message *post = g_ptr_array_index(edition->posts, i);
    if (is_muted(edition, i, mutes)) continue;
    if (++*count <= POSTS_SHOWN && !add_post(edition->work, edition->list, post, values, error)) return false;
  }
  value_set_number(values, "count", *count);
  value_set_flag(values, "one", *count == 1);
  if (*count > POSTS_SHOWN) value_set_number(values, "more", *count - POSTS_SHOWN);
  return true;
}

/* The letter: to all who read so, or to one of them (reader) without what they muted. */
static bool send(const struct edition *edition, const struct collected_reader *reader, GError **error)
{
  guint count = 0;
  struct work *work = edition->work;
  g_autoptr(value_t) values = value_new();
  g_autoptr(GPtrArray) mutes =
      reader ? mutes_of(work->store, edition->list->id, reader->person, error) : NULL;
  if (reader && !mutes) return false;
  if (!add_posts(edition, mutes, values, &count, error)) return false;
  value_set_flag(values, "weekly", edition->rhythm->weekday != 0);
  int64_t since = edition->begun - (edition->rhythm->weekday ? 7 : 1) * DAY_SECONDS;
  if (!answered_add(work, edition->list, since, edition->begun, values, error)) return false;
  if (count == 0) return true;
  return letters_send(work,
                      &(struct letter_out){ .purpose = "collected",
                                            .list = edition->list,
                                            .to_members = reader ? NULL : edition->rhythm->delivery,
                                            .address = reader ? reader->address : NULL,
                                            .person = reader ? reader->person : 0,
                                            .values = values },
                      error);
}

static void tags_unref(gpointer tags)
{
  g_ptr_array_unref(tags);
}

/* Reads what is news, up to the edition's last post. */
static bool read_posts(struct edition *edition, const struct collected *state, GError **error)
{
  struct work *work = edition->work;
  edition->tags = g_ptr_array_new_with_free_func(tags_unref);
  edition->posts =
      messages_after(work->store, state->list, state->message, state->begun, POSTS_LOOKED_AT, error);
  for (guint i = 0; edition->posts && i < edition->posts->len;) {
    const struct message *post = g_ptr_array_index(edition->posts, i);
    bool is_news = post->received >= state->begun - NEWS_SECONDS && post->id <= state->newest;
    if (!is_news) {
      g_ptr_array_remove_index(edition->posts, i);
      continue;
    }
    GPtrArray *tags = message_tags(work->store, post->id, error);
    if (!tags) return false;
    g_ptr_array_add(edition->tags, tags);
    i++;
  }
  return edition->posts != NULL;
}

/* Letters of their own for some who muted something, or the shared one. *is_over: nobody is left. */
static bool send_some(const struct edition *edition, struct collected *state, bool *is_over, GError **error)
{
  g_autoptr(GPtrArray) readers =
      collected_muters(edition->work->store, edition->rhythm->delivery, state, MUTERS_AT_ONCE, error);
  if (!readers) return false;
  for (guint i = 0; i < readers->len; i++) {
    const struct collected_reader *reader = g_ptr_array_index(readers, i);
    if (!send(edition, reader, error)) return false;
    state->person = reader->person;
  }
  *is_over = readers->len < MUTERS_AT_ONCE;
  return collected_go_on(edition->work->store, edition->rhythm->delivery, state, error) &&
         (!*is_over || send(edition, NULL, error));
}

static void edition_clear(struct edition *edition)
{
  if (edition->posts) g_ptr_array_unref(edition->posts);
  g_ptr_array_unref(edition->tags);
}

/* What is new on one list goes out, if anybody reads it so. Of a list that is looked at for the first time
 * nothing is new. *is_made: there are letters. */
static bool collect(struct work *work, const struct rhythm *rhythm, const char *day, struct collected *state,
                    bool *is_made, GError **error)
{
  const struct list *list = list_cache_by_id(work->lists, state->list);
  bool has_readers = false, is_over = true;
  int64_t newest = 0;
  if (!collected_has_readers(work->store, state->list, rhythm->delivery, &has_readers, error) ||
      !collected_newest(work->store, state->list, &newest, error))
    return false;
  if (!state->newest) state->newest = newest, state->begun = work->now;
  *is_made = list && has_readers && !state->is_first && state->newest > state->message;
  if (*is_made) {
    struct edition edition = { .work = work, .list = list, .rhythm = rhythm, .begun = state->begun };
    bool is_done = read_posts(&edition, state, error) && send_some(&edition, state, &is_over, error);
    edition_clear(&edition);
    if (!is_done) return false;
  }
  return !is_over || collected_put(work->store, state->list, rhythm->delivery, day, state->newest, error);
}

/* Up to LISTS_AT_ONCE lists of one rhythm, or until a letter is made: 1; 0: there is none, -1 on error. */
static int collect_some(struct work *work, const struct rhythm *rhythm, GError **error)
{
  g_autofree char *day = due_day(work, rhythm->weekday);
  bool is_made = false;
  for (int i = 0; i < LISTS_AT_ONCE && !is_made; i++) {
    struct collected next;
    if (!collected_next(work->store, rhythm->delivery, day, &next, error)) return -1;
    if (!next.list) return 0;
    if (!collect(work, rhythm, day, &next, &is_made, error)) return -1;
  }
  return is_made;
}

int digests_tick(struct work *work, GError **error)
{
  int count = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(rhythms); i++) {
    int more = collect_some(work, &rhythms[i], error);
    if (more < 0) return -1;
    count += more;
  }
  return count;
}
