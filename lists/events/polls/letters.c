/* Letters of a poll: the options with their numbers, and a button for each, which any mail program can press.
 * Who can when says only the letter to an organiser; everybody else reads numbers. */
#include "lists/events/polls/poll.h"

#include "lists/letters.h"

#include "lib/base/fault.h"
#include "lib/text/days/day_text.h"
#include "lib/text/days/wall_text.h"
#include "lib/text/escape.h"
#include "lib/text/template.h"

#include <string.h>

static bool is_english(const char *language)
{
  return g_ascii_strncasecmp(language, "en", 2) == 0;
}

/* A mailto: link whose subject and text are the answer. */
static void put_button(struct value *values, const char *name, const char *address, const char *words)
{
  g_autoptr(GString) url = g_string_new(NULL);
  put_mailto(url, address, words, words);
  value_set_text(values, name, url->str);
}

static void put_option(struct value *values, const struct poll_option *option, const struct poll *poll,
                       const char *address, const char *language)
{
  struct wall start = { 0 }, end = { 0 };
  struct value *row = value_append(values, "options");
  wall_read(option->starts, &start);
  wall_read(option->ends, &end);
  g_autofree char *when = wall_in_words(&start, &end, language);
  g_autofree char *number = g_strdup_printf("%d", option->number);
  value_set_number(row, "number", option->number);
  value_set_text(row, "time", when);
  value_set_number(row, "can", option->yes);
  value_set_number(row, "perhaps", option->maybe);
  value_set_number(row, "cannot", option->no);
  value_set_number(row, "liked", option->liked);
  value_set_flag(row, "chosen", option->number == poll->chosen);
  put_button(row, "mailto", address, number);
  if (option->number == poll->chosen) value_set_text(values, "chosen", when);
}

bool poll_values(struct work *work, const struct event *event, const struct poll *poll,
                 struct event_party *party, struct value *values, GError **error)
{
  g_autofree char *language = event_language(work, event, party, error);
  g_autoptr(GPtrArray) options = language ? poll_options(work->store, event->id, error) : NULL;
  g_autofree char *address = options ? event_address(work, event, party, error) : NULL;
  if (!address) return false;
  for (guint i = 0; i < options->len; i++) put_option(values, options->pdata[i], poll, address, language);
  put_button(values, "all_mailto", address, is_english(language) ? "all" : "Alle passen");
  put_button(values, "none_mailto", address, is_english(language) ? "none" : "Keiner passt");
  g_autofree char *until = *poll->until ? day_in_words(poll->until, language) : NULL;
  value_set_text(values, "until", until);
  value_set_number(values, "voters", poll->voters);
  value_set_flag(values, "organizer", strcmp(party->role, "organizer") == 0);
  return true;
}

bool poll_send(struct work *work, const struct event *event, const struct poll *poll,
               struct event_party *party, const char *purpose, struct value *values, const char *in_reply_to,
               GError **error)
{
  return poll_values(work, event, poll, party, values, error) &&
         event_send(work,
                    &(struct event_letter){ .purpose = purpose,
                                            .event = event,
                                            .party = party,
                                            .values = values,
                                            .in_reply_to = in_reply_to,
                                            .is_answer = in_reply_to != NULL },
                    error);
}

/* Has the person voted who a party is? */
static bool has_voted(struct work *work, const struct event *event, const struct event_party *party,
                      bool *has, GError **error)
{
  g_autoptr(GArray) votes = poll_votes_of(work->store, event->id, party->id, error);
  *has = votes && votes->len > 0;
  return votes != NULL;
}

bool poll_post(struct work *work, struct event *event, struct event_party *party, const char *what,
               GError **error)
{
  GError *failed = NULL;
  bool is_result = strcmp(what, "poll_result") == 0, has = false, is_guest = false;
  g_autoptr(poll_t) poll = poll_get(work->store, event->id, &failed);
  if (fault_hand_on(failed, error)) return false;
  bool is_open = poll && strcmp(poll->state, "open") == 0;
  if (!poll || is_open == is_result) return true;                      /* has ended meanwhile */
  if (is_result && strcmp(party->role, "organizer") == 0) return true; /* gets the draft */
  if (!has_voted(work, event, party, &has, error) || !event_is_guest(work, event, party, &is_guest, error))
    return false;
  if (!has && !is_guest) return true; /* has left the group, or was not invited */
  if (has && strcmp(what, "poll_ask") == 0) return true;
  g_autoptr(value_t) values = value_new();
  value_set_flag(values, "again", strcmp(what, "poll_ask") == 0);
  value_set_flag(values, "dropped", strcmp(poll->state, "dropped") == 0);
  value_set_flag(values, "standing", strcmp(event->state, "draft") != 0);
  return poll_send(work, event, poll, party, is_result ? "event_poll_result" : "event_poll", values, NULL,
                   error);
}
