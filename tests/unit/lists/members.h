/* A club for tests: the group Grünau with Anna, Bert and Clara (who moderates), the front door, and mails
 * that people write to it and answer. */
#ifndef TESTS_LISTS_MEMBERS_H
#define TESTS_LISTS_MEMBERS_H

#include "tests/unit/lists/post_office.h"

struct club {
  struct town town;
  int64_t list, door;
  int mails;
};

static inline void club_open(struct club *club)
{
  *club = (struct club){ 0 };
  town_open(&club->town);
  club->list = town_list(&club->town, "gruenau", "group", true);
  club->door = town_list(&club->town, "kiez", "frontdoor", false);
  town_member(&club->town, club->list, "anna@web.de", "member");
  town_member(&club->town, club->list, "bert@web.de", "member");
  town_member(&club->town, club->list, "clara@web.de", "member,moderator");
}

static inline void club_close(struct club *club)
{
  town_close(&club->town);
}

/* Somebody writes; is_vouched: our MTA found the sender in order. The mail waits in the inbox. */
static inline void club_post(struct club *club, const char *from, const char *to, const char *subject,
                             const char *text, bool is_vouched)
{
  g_autofree char *domain = g_strdup(strrchr(from, '@') + 1);
  domain[strcspn(domain, ">")] = '\0';
  g_autofree char *results =
      is_vouched
          ? g_strdup_printf("Authentication-Results: mx.kiez.example; dmarc=pass header.from=%s\n", domain)
          : g_strdup("");
  g_autofree char *mail = g_strdup_printf(
      "%sFrom: %s\nTo: %s\nSubject: %s\nMessage-ID: <m%d@%s>\nDate: Mon, 02 Mar 2026 10:15:00 +0100\n"
      "Content-Type: text/plain; charset=utf-8\n\n%s\n",
      results, from, to, subject, ++club->mails, domain, text);
  post_in(&club->town, from, to, mail);
}

/* The same, and works until nothing is left. */
static inline void club_write(struct club *club, const char *from, const char *to, const char *subject,
                              const char *text, bool is_vouched)
{
  club_post(club, from, to, subject, text, is_vouched);
  post_work(&club->town);
}

/* The address that an answer to somebody's letter goes to. Caller frees. */
static inline char *club_reply_address(struct club *club, const char *purpose, const char *address)
{
  g_autofree char *letter = post_mail(&club->town, purpose, address);
  if (!letter) fail_msg("no letter %s to %s", purpose, address);
  gsize size = strlen(letter);
  g_autoptr(mail_t) mail =
      mail_read(letter, size, &(struct mail_reading){ .domain = "nowhere.example", .authserv_id = "mx" });
  return g_strdup(mail->from.address);
}

/* Answers the letter of a purpose that `address` got, from `from`. */
static inline void club_answer(struct club *club, const char *purpose, const char *address, const char *from,
                               const char *text, bool is_vouched)
{
  g_autofree char *to = club_reply_address(club, purpose, address);
  club_write(club, from, to, "AW: Ihre Mail", text, is_vouched);
}

/* "active each" of the membership in Grünau; "none". */
static inline const char *club_state(struct club *club, const char *address)
{
  static char words[100];
  int64_t person = person_find(club->town.store, address, NULL);
  g_autoptr(member_t) member = person ? member_find(club->town.store, club->list, person, NULL) : NULL;
  g_snprintf(words, sizeof words, "%s%s%s", member ? member->state : "none", member ? " " : "",
             member ? member->delivery : "");
  return words;
}

#endif
