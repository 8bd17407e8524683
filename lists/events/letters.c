/* Letters about an event: to one party each; answers come to that party's address of the event, which is also
 * the ORGANIZER in their calendar and stays the same bytes as long as the event lives. */
#include "lists/events/event.h"

#include "lists/addresses/reply_address.h"
#include "lists/letters.h"
#include "lists/list_cache.h"
#include "lists/video/rooms.h"

#include "lib/mail/ics/calendar_out.h"
#include "lib/store/people/people.h"
#include "lib/text/days/day_text.h"
#include "lib/text/days/rule_text.h"
#include "lib/text/days/wall_text.h"
#include "lib/text/escape.h"
#include "lib/text/names.h"
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

bool event_values(struct work *work, const struct event *it, struct value *values, const char *language,
                  GError **error)
{
  struct wall start = { 0 }, end = { 0 };
  struct event_count count;
  if (!event_count(work->store, it->id, "", &count, error)) return false;
  wall_read(it->starts, &start);
  wall_read(it->ends, &end);
  g_autofree char *when = wall_in_words(&start, &end, language);
  g_autofree char *until = *it->answer_by ? day_in_words(it->answer_by, language) : NULL;
  g_autofree char *often = rule_in_words(it->rule, language);
  put_said(values, "title", it->title);
  put_said(values, "when", when);
  put_said(values, "where", it->place);
  put_said(values, "text", it->text);
  put_said(values, "bring", it->bring);
  put_said(values, "answer_by", until);
  put_said(values, "series", often);
  value_set_flag(values, "video", it->is_video);
  value_set_flag(values, "video_none", it->is_video && !work->bbb && !*it->video_link);
  value_set_flag(values, it->state, true);
  g_autofree char *audience = g_strconcat("audience_", it->audience, NULL);
  value_set_flag(values, audience, true);
  g_autofree char *named = event_named_text(work, it);
  put_said(values, "named", named);
  value_set_flag(values, "lacks_who", !*named && strcmp(it->audience, "named") == 0);
  if (it->capacity) value_set_number(values, "capacity", it->capacity);
  value_set_number(values, "people", count.people);
  value_set_number(values, "yes", count.yes);
  value_set_number(values, "no", count.no);
  value_set_number(values, "maybe", count.maybe);
  value_set_number(values, "waiting", count.waiting_people);
  return true;
}

/* What a calendar is told of the party's own answer. */
static const char *partstat_of(struct work *work, const struct event_letter *letter)
{
  g_autoptr(rsvp_t) rsvp = rsvp_get(work->store, letter->event->id, "", letter->party->id, NULL);
  const char *answer = rsvp ? rsvp->answer : "";
  return strcmp(answer, "yes") == 0     ? "ACCEPTED"
         : strcmp(answer, "no") == 0    ? "DECLINED"
         : strcmp(answer, "maybe") == 0 ? "TENTATIVE"
                                        : "NEEDS-ACTION";
}

/* A calendar shows the way in where it has a place for it, and in the text. Caller frees `text`. */
static bool put_way(struct work *work, const struct room_way *way, const char *language,
                    struct event_out *out, char **text, GError **error)
{
  if (!way->link) return true;
  g_autoptr(value_t) values = value_new();
  room_way_put(way, values);
  g_autofree char *lines = letters_render(work->letters, language, "event_video.txt", values, error);
  if (!lines) return false;
  out->text = *text = g_strconcat(lines, out->text && *out->text ? "\n" : NULL, out->text, NULL);
  out->conference = out->url = way->link;
  out->telephone = way->dial;
  if (!out->place || !*out->place) out->place = way->link;
  return true;
}

/* The calendar object for one party, in *calendar; NULL where the event has no time yet. Caller frees. */
static bool calendar_of(struct work *work, const struct event_letter *letter, const char *address,
                        const char *language, const struct room_way *way, char **calendar, GError **error)
{
  const struct event *it = letter->event;
  struct wall start, end;
  *calendar = NULL;
  if (!wall_read(it->starts, &start)) return true;
  wall_read(it->ends, &end);
  const struct attendee_out attendee = { letter->party->name, letter->party->address,
                                         partstat_of(work, letter) };
  const struct list *list = list_cache_by_id(work->lists, it->list);
  g_autofree char *text = NULL;
  struct event_out out = {
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
  if (!put_way(work, way, language, &out, &text, error)) return false;
  g_autoptr(GArray) objects = g_array_new(FALSE, FALSE, sizeof(struct event_out));
  g_autoptr(GArray) left_out = g_array_new(FALSE, FALSE, sizeof(struct wall));
  g_array_append_val(objects, out);
  g_autoptr(GPtrArray) changes = *it->rule ? event_dates(work->store, it->id, NULL) : NULL;
  if (changes && !out.is_cancelled) event_put_dates(it, changes, objects, left_out);
  *calendar = calendar_out_text(&(struct calendar_out){
      .method = letter->method,
      .events = (const struct event_out *)(void *)objects->data,
      .count = objects->len,
  });
  return true;
}

/* The address is signed once; whoever gets the first letter keeps that key. */
static bool sign_once(struct work *work, struct event_party *party, GError **error)
{
  if (party->token_key) return true;
  party->token_key = keys_signing_number(work->keys);
  return event_party_told(work->store, party->id, party->told, party->token_key, error);
}

char *event_address(struct work *work, const struct event *event, struct event_party *party, GError **error)
{
  return sign_once(work, party, error) ? address_of(work, event, party) : NULL;
}

void event_put_date(const struct event *event, const struct event_date *change, const char *language,
                    struct value *values)
{
  struct wall original, start, end;
  if (!wall_read(change->original, &original)) return;
  struct value *row = value_append(values, "dates");
  g_autofree char *date = wall_in_words(&original, &(struct wall){ 0 }, language);
  value_set_text(row, "date", date);
  bool is_held = wall_read(change->starts, &start), is_back = event_date_is_planned(change);
  value_set_flag(row, "off", !is_held);
  value_set_flag(row, "back", is_back);
  value_set_flag(row, "moved", is_held && !is_back);
  if (!is_held || is_back) return;
  if (!wall_read(change->ends, &end)) end = event_end_of(event, &start);
  g_autofree char *now = wall_in_words(&start, &end, language);
  value_set_text(row, "now", now);
  put_said(row, "there", change->place);
}

char *event_language(struct work *work, const struct event *event, const struct event_party *party,
                     GError **error)
{
  const struct list *list = list_cache_by_id(work->lists, event->list);
  return letters_language_to(work, party->person, party->address, list, error);
}

char *event_party_called(const struct event_party *party)
{
  bool is_behalf = *party->address == '#';
  return is_behalf ? g_strdup(party->name) : name_for_members(party->name, party->address);
}

static bool is_organizer(const struct event_party *party)
{
  return strcmp(party->role, "organizer") == 0;
}

/* Do invitations come to the party as calendar mails? Else as text alone. */
static bool wants_calendar(struct work *work, const struct event_party *party, bool *wants, GError **error)
{
  int64_t person = party->person;
  if (!person_now(work->store, &person, error)) return false;
  g_autoptr(person_choice) choice = person_choice_get(work->store, person, error);
  *wants = choice && strcmp(choice->invitations, "text") != 0;
  return choice != NULL;
}

bool event_send(struct work *work, const struct event_letter *letter, GError **error)
{
  const struct event *it = letter->event;
  const struct list *list = list_cache_by_id(work->lists, it->list);
  if (!sign_once(work, letter->party, error)) return false;
  g_autofree char *language = event_language(work, it, letter->party, error);
  if (!language) return false;
  g_autofree char *address = address_of(work, it, letter->party);
  struct room_way way;
  g_autofree char *calendar = NULL;
  if (!event_values(work, it, letter->values, language, error) ||
      !room_way_for(work, it, letter->party, &way, error))
    return false;
  put_buttons(letter->values, address, language);
  room_way_put(&way, letter->values);
  put_said(letter->values, "own_link", is_organizer(letter->party) ? it->video_link : NULL);
  bool has_calendar = letter->method != NULL;
  bool is_there = (!has_calendar || wants_calendar(work, letter->party, &has_calendar, error)) &&
                  (!has_calendar || calendar_of(work, letter, address, language, &way, &calendar, error));
  room_way_clear(&way);
  return is_there &&
         letters_send(work,
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
                                            .files = letter->files,
                                            .file_count = letter->file_count,
                                            .calendar = calendar,
                                            .calendar_method = has_calendar ? letter->method : NULL },
                      error);
}
