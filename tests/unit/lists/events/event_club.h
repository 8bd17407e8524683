/* A club whose event stands: Anna's yard party of 16 May 2026, 15 to 18 o'clock, and what she writes about
 * it.
 */
#ifndef TESTS_LISTS_EVENT_CLUB_H
#define TESTS_LISTS_EVENT_CLUB_H

#include "tests/unit/lists/members.h"

#include "lib/mail/calendar.h"
#include "lib/store/events/events.h"
#include "lists/understand/itip.h"

static const char feast[] =
    "Hallo zusammen,\n\nam Samstag, 16. Mai 2026, 15 bis 18 Uhr machen wir ein Hoffest im "
    "Segelfliegerdamm 12. Kommt alle!\n\nAnna";

/* The youngest event; fails where there is none. */
static inline struct event *the_event(struct club *club)
{
  g_autoptr(GPtrArray) events = events_page(club->town.store, 0, 0, 100, NULL);
  assert_non_null(events);
  if (events->len == 0) fail_msg("no event");
  const struct event *last = events->pdata[events->len - 1];
  return event_get(club->town.store, last->id, NULL);
}

/* Time passes, and what comes due is done. */
static inline void club_wait(struct club *club, int64_t until)
{
  clock_fix(until);
  post_work(&club->town);
}

static inline void club_calls(struct club *club, const char *text)
{
  club_open(club);
  club_write(club, "Anna Amsel <anna@web.de>", "gruenau@kiez.example", "Hoffest", text, true);
  club_wait(club, TEST_NOW + 3600);
  club_answer(club, "event_draft", "anna@web.de", "anna@web.de", "Ja", true);
  for (int i = 0; i < 3; i++) club_wait(club, TEST_NOW + 3660 + 60 * i);
}

/* Anna writes about her event. */
static inline void club_says(struct club *club, const char *text)
{
  club_answer(club, "event_opened", "anna@web.de", "anna@web.de", text, true);
}

/* Anna's yes to a question of ours. */
static inline void club_confirms(struct club *club, const char *letter, const char *text)
{
  club_answer(club, letter, "anna@web.de", "anna@web.de", text, true);
  club_wait(club, clock_now() + 90);
  club_wait(club, clock_now() + 90);
}

static inline void club_comes(struct club *club, const char *who, const char *text)
{
  club_answer(club, "event_invitation", who, who, text, true);
}

/* The text part of the last letter of a purpose, decoded. Caller frees; NULL: none. */
static inline char *club_text(struct club *club, const char *purpose, const char *to)
{
  g_autofree char *raw = post_mail(&club->town, purpose, to);
  if (!raw) return NULL;
  g_autoptr(mail_t) mail = mail_read(raw, strlen(raw), &(struct mail_reading){ .domain = "x.example" });
  g_auto(GStrv) words = g_strsplit_set(mail->text, " \n", -1); /* as one line: where it breaks is not ours */
  g_autoptr(GString) line = g_string_new(NULL);
  for (char **word = words; *word; word++)
    if (**word) g_string_append_printf(line, "%s%s", line->len ? " " : "", *word);
  return g_string_free(g_steal_pointer(&line), FALSE);
}

/* How many letters of a purpose went to an address. */
static inline int club_count(struct club *club, const char *purpose, const char *to)
{
  g_autofree char *letters = post_letters(&club->town);
  g_autofree char *word = g_strconcat(purpose, ":", to, NULL);
  g_auto(GStrv) words = g_strsplit(letters, " ", -1);
  int count = 0;
  for (char **w = words; *w; w++) count += strcmp(*w, word) == 0;
  return count;
}

static inline void club_has(struct club *club, const char *purpose, const char *to, const char *words)
{
  g_autofree char *text = club_text(club, purpose, to);
  if (!text) fail_msg("no letter %s to %s", purpose, to);
  if (!strstr(text, words)) fail_msg("%s lacks \"%s\":\n%s", purpose, words, text);
}

static inline void club_counts(struct club *club, int yes, int no, int maybe, int people, int waiting)
{
  g_autoptr(event_t) event = the_event(club);
  struct event_count count;
  assert_true(event_count(club->town.store, event->id, "", &count, NULL));
  if (count.yes != yes || count.no != no || count.maybe != maybe || count.people != people ||
      count.waiting != waiting)
    fail_msg("yes %d no %d maybe %d people %d waiting %d", count.yes, count.no, count.maybe, count.people,
             count.waiting);
}

#endif
