/* A list with two moderators for tests: Clara (of the club) and Dora; Zoe is a stranger whose mail waits. */
#ifndef TESTS_LISTS_MODERATED_H
#define TESTS_LISTS_MODERATED_H

#include "tests/unit/lists/members.h"

#include "lib/store/cases/case_statistics.h"
#include "lib/store/cases/offices.h"
#include "lib/store/moderation/moderation.h"
#include "lib/store/requests.h"

static inline void moderated_open(struct club *club)
{
  club_open(club);
  town_member(&club->town, club->list, "dora@web.de", "member,moderator");
}

/* Zoe writes to the list. */
static inline void moderated_stranger(struct club *club, const char *subject, const char *text)
{
  club_write(club, "zoe@web.de", "gruenau@kiez.example", subject, text, true);
  clock_fix(TEST_NOW + 3600);
}

/* A letter's body, decoded; fails the test where there is none. Caller frees. */
static inline char *moderated_text(struct club *club, const char *purpose, const char *address)
{
  g_autofree char *letter = post_mail(&club->town, purpose, address);
  if (!letter) fail_msg("no letter %s to %s", purpose, address);
  g_autoptr(mail_t) mail = mail_read(
      letter, strlen(letter), &(struct mail_reading){ .domain = "nowhere.example", .authserv_id = "mx" });
  return g_strconcat(mail->subject, "\n", mail->text, NULL);
}

/* How many letters of a purpose went to an address. */
static inline int moderated_count(struct club *club, const char *purpose, const char *address)
{
  int count = 0;
  g_autoptr(GPtrArray) page = outbox_page(club->town.store, 0, 0, 10000, false, NULL);
  for (guint i = 0; i < page->len; i++) {
    const struct delivery *delivery = g_ptr_array_index(page, i);
    g_autoptr(letter_t) letter = letter_get(club->town.store, delivery->letter, false, NULL);
    count += strcmp(letter->purpose, purpose) == 0 && (!address || strcmp(delivery->address, address) == 0);
  }
  return count;
}

/* "h1 reject mail, h2 approve command": the log. */
static inline const char *moderated_log(struct club *club)
{
  static char words[500];
  g_autoptr(GString) out = g_string_new(NULL);
  g_autoptr(GPtrArray) rows = decisions_page(club->town.store, 0, 100, NULL);
  for (guint i = 0; i < rows->len; i++) {
    const struct decision_row *row = g_ptr_array_index(rows, i);
    g_string_append_printf(out, "%s%s %s %s", i ? ", " : "", row->item, row->decision, row->way);
  }
  g_snprintf(words, sizeof words, "%s", out->str);
  return words;
}

/* How many cases an office has that are open. */
static inline int moderated_open_cases(struct club *club, const char *sign)
{
  g_autoptr(office_t) office = office_by_sign(club->town.store, sign, NULL);
  g_autoptr(case_statistics_t) all = case_statistics_read(club->town.store, 0, NULL);
  return (int)case_statistics_of_office(all, office->id).open;
}

static inline int moderated_waiting(struct club *club)
{
  g_autoptr(GPtrArray) holds = holds_page(club->town.store, 0, 0, 100, NULL);
  return (int)holds->len;
}

/* A letter's text on one line, since lines are filled. Caller frees. */
static inline char *moderated_line(struct club *club, const char *purpose, const char *address)
{
  return g_strdelimit(moderated_text(club, purpose, address), "\n", ' ');
}

#endif
