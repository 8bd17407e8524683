/* Letters about an event: to one party each; answers come to that party's address of the event, which is also
 * the ORGANIZER in their calendar and stays the same bytes as long as the event lives. */
#include "lists/events/event.h"

#include "lists/addresses/reply_address.h"
#include "lists/letters.h"
#include "lists/list_cache.h"

#include "lib/mail/ics/calendar_out.h"
#include "lib/text/days/day_text.h"
#include "lib/text/days/wall_text.h"
#include "lib/text/escape.h"
#include "lib/text/template.h"

#include <string.h>

/* The party's address of the event. Caller frees. */
static char *address_of(struct work *work, const struct event *event, const struct event_party *party)
{
  const struct list *list = list_cache_by_id(work->lists, event->list);
  struct token token = { .purpose = TOKEN_EVENT,
                         .object = (uint32_t)event->id,
                         .person = (uint32_t)party->id };
  return reply_address_with(work->config, work->keys, party->token_key, list ? list->name : NULL, &token);
}

/* mailto: links that answer for whoever has no calendar: "ja", "nein", "vielleicht". */
static void put_buttons(struct value *values, const char *address, const char *language)
{
  bool is_english = language && g_ascii_strncasecmp(language, "en", 2) == 0;
  const struct {
    const char *name, *words;
  } buttons[] = { { "yes_mailto", is_english ? "yes" : "Ja" },
                  { "no_mailto", is_english ? "no" : "Nein" },
                  { "maybe_mailto", is_english ? "maybe" : "Vielleicht" } };
  for (gsize i = 0; i < G_N_ELEMENTS(buttons); i++) {
    g_autoptr(GString) url = g_string_new(NULL);
    put_mailto(url, address, buttons[i].words, buttons[i].words);
    value_set_text(values, buttons[i].name, url->str);
  }
}

static void put_said(struct value *values, const char *name, const char *text)
{
  value_set_text(values, name, text && *text ? text : NULL);
}

/* What every letter about an event may name. */
static bool put_values(struct work *work, const struct event_letter *letter, const char *address,
                       const char *language, GError **error)
{
  const struct event *it = letter->event;
  struct value *values = letter->values;
  struct wall start, end;
  struct event_count count;
  if (!event_count(work->store, it->id, "", &count, error)) return false;
  wall_read(it->starts, &start);
  wall_read(it->ends, &end);
  g_autofree char *when = wall_in_words(&start, &end, language);
  g_autofree char *until = *it->answer_by ? day_in_words(it->answer_by, language) : NULL;
  put_said(values, "title", it->title);
  put_said(values, "when", when);
  put_said(values, "where", it->place);
  put_said(values, "text", it->text);
  put_said(values, "bring", it->bring);
  put_said(values, "answer_by", until);
  value_set_flag(values, "series", *it->rule != '\0');
  value_set_flag(values, "video", it->is_video);
  value_set_flag(values, it->state, true);
  g_autofree char *audience = g_strconcat("audience_", it->audience, NULL);
  value_set_flag(values, audience, true);
  if (it->capacity) value_set_number(values, "capacity", it->capacity);
  value_set_number(values, "people", count.people);
  value_set_number(values, "yes", count.yes);
  value_set_number(values, "no", count.no);
  value_set_number(values, "maybe", count.maybe);
  value_set_number(values, "waiting", count.waiting_people);
  put_buttons(values, address, language);
  return true;
}

/* The calendar object for one party. Caller frees; NULL where the event has no time yet. */
static char *calendar_of(struct work *work, const struct event_letter *letter, const char *address)
{
  const struct event *it = letter->event;
  struct wall start, end;
  if (!wall_read(it->starts, &start)) return NULL;
  wall_read(it->ends, &end);
  const struct attendee_out attendee = { letter->party->name, letter->party->address, "NEEDS-ACTION" };
  const struct list *list = list_cache_by_id(work->lists, it->list);
  const struct event_out out = {
    .uid = it->uid,
    .sequence = it->sequence,
    .stamp = it->stamp,
    .created = it->created,
    .start = start,
    .end = end,
    .zone = it->zone,
    .rule = it->rule,
    .title = it->title,
    .text = it->text,
    .place = it->place,
    .has_point = it->has_point,
    .lat = it->lat,
    .lon = it->lon,
    .is_cancelled = strcmp(it->state, "cancelled") == 0,
    .organizer_name = list ? list->title : work->config->name,
    .organizer = address,
    .attendees = &attendee,
    .attendee_count = 1,
  };
  return calendar_out_text(&(struct calendar_out){ .method = letter->method, .events = &out, .count = 1 });
}

/* The address is signed once; whoever gets the first letter keeps that key. */
static bool sign_once(struct work *work, struct event_party *party, GError **error)
{
  if (party->token_key) return true;
  party->token_key = keys_signing_number(work->keys);
  return event_party_told(work->store, party->id, party->told, party->token_key, error);
}

bool event_send(struct work *work, const struct event_letter *letter, GError **error)
{
  const struct event *it = letter->event;
  const struct list *list = list_cache_by_id(work->lists, it->list);
  if (!sign_once(work, letter->party, error)) return false;
  g_autofree char *language =
      letters_language_to(work, letter->party->person, letter->party->address, list, error);
  if (!language) return false;
  g_autofree char *address = address_of(work, it, letter->party);
  if (!put_values(work, letter, address, language, error)) return false;
  g_autofree char *calendar = letter->method ? calendar_of(work, letter, address) : NULL;
  return letters_send(work,
                      &(struct letter_out){ .purpose = letter->purpose,
                                            .list = list,
                                            .address = letter->party->address,
                                            .person = letter->party->person,
                                            .language = language,
                                            .values = letter->values,
                                            .in_reply_to = letter->in_reply_to,
                                            .is_answer = letter->is_answer,
                                            .event = it->id,
                                            .party = letter->party->id,
                                            .party_key = letter->party->token_key,
                                            .calendar = calendar,
                                            .calendar_method = letter->method },
                      error);
}
