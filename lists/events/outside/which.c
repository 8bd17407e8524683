/* "Wir kommen zu dritt", and nobody knows to what: a letter with the events that could be meant, and a way to
 * answer each. */
#include "lists/events/outside/outside.h"

#include "lists/letters.h"
#include "lists/list_cache.h"
#include "lists/senders.h"

#include "lib/text/days/wall_text.h"
#include "lib/text/escape.h"
#include "lib/text/template.h"

/* A mail that answers by the number of the event's page. */
static void put_mailto_of(struct value *row, const char *name, const char *address, const struct event *event,
                          const char *word)
{
  g_autoptr(GString) url = g_string_new(NULL);
  g_autofree char *subject = g_strdup_printf("%s: Termin %d/%d", word, event->year, event->number);
  put_mailto(url, address, subject, word);
  value_set_text(row, name, url->str);
}

static void put_event(struct value *values, const struct event *event, const char *address,
                      const char *language)
{
  struct wall start = { 0 }, end = { 0 };
  struct value *row = value_append(values, "events");
  bool is_english = g_strcmp0(language, "en") == 0;
  wall_read(event->starts, &start);
  wall_read(event->ends, &end);
  g_autofree char *when = wall_in_words(&start, &end, language);
  g_autofree char *number = g_strdup_printf("%d/%d", event->year, event->number);
  value_set_text(row, "title", event->title);
  value_set_text(row, "when", when);
  value_set_text(row, "number", number);
  put_mailto_of(row, "yes_mailto", address, event, is_english ? "Yes" : "Ja");
  put_mailto_of(row, "no_mailto", address, event, is_english ? "No" : "Nein");
}

bool which_ask(struct work *work, const struct arrival *arrival, const struct sender *sender,
               const GPtrArray *events, GError **error)
{
  g_autoptr(value_t) values = value_new();
  g_autofree char *language =
      letters_language_to(work, sender->person, sender->address, arrival->list, error);
  if (!language) return false;
  g_autofree char *address = g_strconcat(arrival->list->name, "@", work->config->domain, NULL);
  for (guint i = 0; i < events->len; i++) put_event(values, events->pdata[i], address, language);
  value_set_text(values, "subject", arrival->mail->subject);
  return letters_send(work,
                      &(struct letter_out){ .purpose = "event_which",
                                            .list = arrival->list,
                                            .address = sender->address,
                                            .person = sender->person,
                                            .language = language,
                                            .values = values,
                                            .in_reply_to = arrival->mail->message_id,
                                            .is_answer = true },
                      error);
}
