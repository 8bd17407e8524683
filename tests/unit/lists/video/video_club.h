/* A club with an event by video, and what a server would bring back. */
#ifndef TESTS_LISTS_VIDEO_CLUB_H
#define TESTS_LISTS_VIDEO_CLUB_H

#include "tests/unit/lists/events/event_club.h"

#include "lib/store/jobs/jobs.h"
#include "lib/store/jobs/rooms.h"
#include "lib/text/dates/zone.h"
#include "lists/video/rooms.h"

static const char by_video[] G_GNUC_UNUSED =
    "Hallo zusammen,\n\nam Samstag, 16. Mai 2026, 15 bis 18 Uhr machen wir eine "
    "Sitzung im Segelfliegerdamm 12, auch per Video. Kommt alle!\n\nAnna";

static inline int64_t begins(void)
{
  return wall_seconds(&(struct wall){ 2026, 5, 16, 15, 0 }, "Europe/Berlin");
}

/* The job of the only event; NULL: none. */
static inline struct job *the_job(struct club *club)
{
  g_autoptr(GPtrArray) jobs = jobs_page(club->town.store, 0, 10, NULL);
  assert_true(jobs->len <= 1);
  return jobs->len ? job_get(club->town.store, ((const struct job *)jobs->pdata[0])->id, NULL) : NULL;
}

static inline bool has_job(struct club *club)
{
  g_autoptr(job_t) job = the_job(club);
  return job != NULL;
}

/* What reach would bring back. False: no job was due. */
static inline bool reach_brings(struct club *club, const char *state, const char *reply)
{
  bool counts = false;
  struct store *store = club->town.store;
  assert_true(store_begin(store, NULL));
  g_autoptr(job_t) job = job_take(store, clock_now(), NULL);
  if (job) assert_true(job_settle(store, job, state, clock_now() + 30, reply, &counts, NULL));
  assert_true(store_commit(store, NULL));
  return job && counts;
}

/* Anna's event by video stands; the server has said what it does. */
static inline void video_club(struct club *club, const char *text, const char *reply)
{
  club_open(club);
  town_has_video(&club->town);
  club_write(club, "Anna Amsel <anna@web.de>", "gruenau@kiez.example", "Sitzung", text, true);
  club_wait(club, TEST_NOW + 3600);
  club_answer(club, "event_draft", "anna@web.de", "anna@web.de", "Ja", true);
  if (reply) assert_true(reach_brings(club, "answered", reply));
  for (int i = 0; i < 6; i++) club_wait(club, TEST_NOW + 3660 + 60 * i);
}

static inline void lacks(struct club *club, const char *purpose, const char *to, const char *words)
{
  g_autofree char *raw = post_mail(&club->town, purpose, to);
  if (!raw) fail_msg("no %s to %s", purpose, to);
  g_autofree char *text = club_text(club, purpose, to);
  if (strstr(text, words) || strstr(raw, words)) fail_msg("%s to %s has %s:\n%s", purpose, to, words, text);
}

/* The link in somebody's letter, as text. Caller frees. */
static inline char *link_of(struct club *club, const char *purpose, const char *to)
{
  g_autofree char *text = club_text(club, purpose, to);
  if (!text) fail_msg("no %s to %s", purpose, to);
  const char *at = strstr(text, "https://bbb.example/");
  if (!at) fail_msg("%s to %s has no link:\n%s", purpose, to, text);
  return g_strndup(at, strcspn(at, " >)"));
}

/* The calendar object of a letter, unfolded. Caller frees. */
static inline char *calendar_of(struct club *club, const char *purpose, const char *to)
{
  g_autofree char *raw = post_mail(&club->town, purpose, to);
  if (!raw) fail_msg("no %s to %s", purpose, to);
  g_autoptr(mail_t) mail = mail_read(raw, strlen(raw), &(struct mail_reading){ .domain = "x.example" });
  const char *text = itip_text(mail);
  assert_non_null(text);
  g_autoptr(GString) line = g_string_new(text);
  g_string_replace(line, "\r\n", "\n", 0);
  g_string_replace(line, "\n ", "", 0);
  return g_string_free(g_steal_pointer(&line), FALSE);
}

static inline void has(const char *text, const char *piece)
{
  if (strstr(text, piece)) return;
  gsize size = strlen(text), shown = 900;
  fail_msg("lacks \"%s\":\n…%s", piece, text + (size > shown ? size - shown : 0));
}

#endif
