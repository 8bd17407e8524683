/* "Schick mir meinen Kalender": what somebody wants of the calendar of their own. It comes as a file;
 * "Kalender abonnieren" makes an address for it, "neue Adresse" another, and the old one ends;
 * "Kalenderadresse löschen" ends it. The letter goes to where we know the person. Where nobody vouches for
 * the mail, they are asked there first, so a forged From neither learns nor ends anything. Called by
 * lists/members/wishes.c. */
#include "lists/events/own/own_calendar.h"

#include "lists/letters.h"
#include "lists/members/wish.h"
#include "lists/requests/purposes.h"
#include "lists/requests/requests.h"
#include "lists/understand/understand.h"

#include "lib/base/clock.h"
#include "lib/base/config.h"
#include "lib/mail/compose.h"
#include "lib/mail/read.h"
#include "lib/store/people/calendars.h"
#include "lib/store/people/people.h"
#include "lib/text/template.h"

#include <string.h>

enum { FEW_WORDS = 8 };

static const struct {
  const char *section;
  const char *word; /* of a request's lines */
} wishes[] = {
  [OWN_CALENDAR_NOTHING] = { NULL, "" },
  [OWN_CALENDAR_SEND] = { "calendar.send", "send" },
  [OWN_CALENDAR_ADDRESS] = { "calendar.address", "address" },
  [OWN_CALENDAR_RENEW] = { "calendar.renew", "renew" },
  [OWN_CALENDAR_END] = { "calendar.end", "end" },
};

/* The wish of a text; what ends or changes something goes before what only shows. */
static enum own_calendar_wish wish_in(const struct passage *passage)
{
  for (int i = G_N_ELEMENTS(wishes) - 1; i > OWN_CALENDAR_NOTHING; i--)
    if (passage_has(passage, wishes[i].section)) return (enum own_calendar_wish)i;
  return OWN_CALENDAR_NOTHING;
}

enum own_calendar_wish own_calendar_wished(const struct arrival *arrival, bool speaks_to_us)
{
  const struct understanding *it = arrival->understanding;
  bool is_post = it && !speaks_to_us &&
                 (passage_words(it->passage, 0, it->passage->lexemes->count) > FEW_WORDS ||
                  !passage_has(it->passage, "calendar.mine") || passage_has(it->passage, "calendar.not"));
  if (!it || is_post) return OWN_CALENDAR_NOTHING; /* "wie abonniert man den Kalender?" asks the neighbours */
  enum own_calendar_wish wish = wish_in(it->passage);
  return wish ? wish : wish_in(it->subject);
}

/* ---- the letter ---- */

struct own_letter {
  struct work *work;
  const struct list *list;
  int64_t person;
  const char *address;
  const char *in_reply_to;
  enum own_calendar_wish wish;
};

static bool put_address(const struct own_letter *it, struct value *values, GError **error)
{
  int64_t id = 0;
  g_autofree char *secret = NULL;
  if (!calendar_of_person(it->work->store, it->person, &id, &secret, error)) return false;
  if (!secret) return true;
  g_autofree char *path = own_calendar_path(secret);
  g_autofree char *url = g_strdup_printf("%s/%s", it->work->config->base_url, path);
  value_set_text(values, "url", url);
  return true;
}

static bool send(const struct own_letter *it, GError **error)
{
  int count = 0;
  g_autofree char *now = clock_format_in(it->work->now, it->work->config->zone);
  g_autofree char *day = g_strndup(now, strlen("YYYY-MM-DD"));
  g_autofree char *text =
      own_calendar_text(it->work->config, it->work->store, it->person, day, &count, error);
  g_autoptr(value_t) values = value_new();
  if (!text || !put_address(it, values, error)) return false;
  bool is_ended = it->wish == OWN_CALENDAR_END;
  value_set_number(values, "count", count);
  value_set_flag(values, "one", count == 1);
  value_set_flag(values, "ended", is_ended);
  value_set_flag(values, "renewed", it->wish == OWN_CALENDAR_RENEW);
  const struct compose_file file = { .name = "kalender.ics",
                                     .type = "text/calendar; charset=utf-8; method=PUBLISH",
                                     .bytes = text,
                                     .size = strlen(text) };
  return letters_send(it->work,
                      &(struct letter_out){ .purpose = "event_calendar",
                                            .list = it->list,
                                            .address = it->address,
                                            .person = it->person,
                                            .values = values,
                                            .in_reply_to = it->in_reply_to,
                                            .is_answer = true,
                                            .files = &file,
                                            .file_count = is_ended ? 0 : 1 },
                      error);
}

static bool act(const struct own_letter *it, GError **error)
{
  int64_t id = 0;
  struct store *store = it->work->store;
  bool has_pages = it->work->config->base_url && *it->work->config->base_url;
  if (!calendar_of_person(store, it->person, &id, NULL, error)) return false;
  bool makes = it->wish == OWN_CALENDAR_RENEW || (it->wish == OWN_CALENDAR_ADDRESS && !id);
  if (makes && has_pages && !calendar_give(store, it->person, it->work->now, error)) return false;
  if (it->wish == OWN_CALENDAR_END && !calendar_give_up(store, it->person, error)) return false;
  return send(it, error);
}

/* ---- who asks ---- */

static const char *own_address(const struct wish *wish)
{
  return wish->sender.member ? wish->sender.member->address : wish->sender.address;
}

static bool ask(struct wish *wish, enum own_calendar_wish what, GError **error)
{
  g_autoptr(value_t) values = value_new();
  g_autofree char *details = g_strdup_printf("wish=%s\n", wishes[what].word);
  value_set_flag(values, wishes[what].word, true);
  return requests_ask(wish->work,
                      &(struct question_out){ .purpose = "event_calendar_ask",
                                              .list = wish->list,
                                              .person = wish->sender.person,
                                              .address = own_address(wish),
                                              .details = details,
                                              .values = values,
                                              .is_answer = true,
                                              .is_unauthenticated = true },
                      NULL, error) &&
         wish_done(wish, "It is not proven that somebody wants their own calendar; they are asked.");
}

bool wish_calendar(struct wish *wish, GError **error)
{
  enum own_calendar_wish what = own_calendar_wished(wish->arrival, true);
  if (!wish->sender.person)
    return wish_reply(wish, "leave_unknown", NULL, error) &&
           wish_done(wish, "A calendar is wished by somebody whom we do not know under this address.");
  if (!wish->is_proven) return ask(wish, what, error);
  const struct own_letter letter = {
    wish->work, wish->list, wish->sender.person, own_address(wish), wish->arrival->mail->message_id, what
  };
  return act(&letter, error) && wish_done(wish, "Somebody gets their own calendar.");
}

bool event_calendar_decide(struct work *work, const struct arrival *arrival,
                           const struct answering *answering, struct decision *decision, GError **error)
{
  const struct request *request = answering->request;
  bool is_yes = answer_is_yes(arrival, answering);
  if (!requests_end(work, arrival, request, is_yes ? "yes" : "no", error)) return false;
  g_string_assign(decision->reason, is_yes ? "They want their own calendar." : "Nobody wanted a calendar.");
  if (!is_yes) return true;
  g_autofree char *word = request_detail(request, "wish");
  struct own_letter letter = {
    work, NULL, request->person, request->address, arrival->mail->message_id, OWN_CALENDAR_SEND
  };
  for (gsize i = 0; word && i < G_N_ELEMENTS(wishes); i++)
    if (strcmp(wishes[i].word, word) == 0) letter.wish = (enum own_calendar_wish)i;
  return act(&letter, error);
}
