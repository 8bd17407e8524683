/* Who else organises it: "Mitorganisatorin: Clara", "Bert soll mitorganisieren", by the address or by the
 * name of somebody who was invited. They are asked, and have the same rights once they say yes; whoever
 * organises may take them off again, but not the last one. Their address of the event, and their own answer,
 * stay; the link with which they led the video room does not: the event gets another room. */
#include "lists/events/hosts/host.h"

#include "lists/list_cache.h"
#include "lists/members/names.h"
#include "lists/understand/understand.h"
#include "lists/video/rooms.h"

#include "lib/base/fault.h"
#include "lib/mail/address.h"
#include "lib/store/people/people.h"
#include "lib/text/template.h"

#include <string.h>

enum { LINES_LOOKED_AT = 60, NAME_BYTES = 120 };

/* The first address in a text, normalised; NULL: none. Caller frees. */
static char *address_in(const char *text)
{
  g_auto(GStrv) words = g_strsplit_set(text, " \t<>,;()\"", -1);
  for (char **word = words; *word; word++)
    if (strchr(*word, '@')) {
      g_autofree char *bare = g_strdup(*word);
      while (*bare && strchr(".:!?", bare[strlen(bare) - 1])) bare[strlen(bare) - 1] = '\0';
      return address_normalise(bare);
    }
  return NULL;
}

/* What a line says beside the words that give the role: a name. Caller frees. */
static char *name_in(const struct passage *passage, const struct phrase_hit *hit)
{
  const struct lexemes *l = passage->lexemes;
  g_autofree char *before = passage_text(passage, 0, hit->first);
  g_autofree char *behind = passage_text(passage, hit->end, l->count);
  char *name = *g_strstrip(before) ? before : behind;
  while (*name && strchr(" :,-\t", *name)) name++;
  g_autofree char *own = g_strdup(name);
  own[strcspn(own, "\n")] = '\0';
  while (*own && strchr(" .,!:", own[strlen(own) - 1])) own[strlen(own) - 1] = '\0';
  return g_strndup(own, NAME_BYTES);
}

/* Whom a line means: by address, or by the one party of that name; *party NULL: nobody we know. */
static bool find_meant(struct organizing *o, const char *address, const char *name,
                       struct event_party **party, GError **error)
{
  GError *failed = NULL;
  struct store *store = o->work->store;
  *party = NULL;
  if (address) {
    static const char *const roles[] = { "organizer", "invited", "stranger" };
    for (gsize i = 0; !*party && !failed && i < G_N_ELEMENTS(roles); i++)
      *party = event_party_find(store, o->event->id, address, roles[i], &failed);
  } else if (*name) {
    *party = event_party_named(store, o->event->id, name, &failed);
  }
  return !fault_hand_on(failed, error);
}

static bool tell_of(struct organizing *o, const char *name, const char *flag, bool has_new_room,
                    GError **error)
{
  g_autoptr(value_t) values = value_new();
  value_set_text(values, "name", name && *name ? name : NULL);
  value_set_flag(values, flag, true);
  value_set_flag(values, "new_room", has_new_room);
  return organizing_send(o, "event_host", values, error);
}

static bool tell(struct organizing *o, const char *name, const char *flag, GError **error)
{
  return tell_of(o, name, flag, false, error);
}

/* The question to who shall organise it, too. */
static bool ask(struct organizing *o, const char *address, int64_t person, GError **error)
{
  const struct list *list = list_cache_by_id(o->work->lists, o->event->list);
  const struct event_party asked = { .event = o->event->id, .person = person, .address = (char *)address };
  g_autofree char *language = event_language(o->work, o->event, &asked, error);
  g_autofree char *by =
      language ? name_shown(o->work, o->party->person, o->party->name, o->party->address, error) : NULL;
  g_autoptr(value_t) values = value_new();
  if (!by || !event_values(o->work, o->event, values, language, error)) return false;
  value_set_text(values, "name", by);
  g_autofree char *details = g_strdup_printf("by=%" G_GINT64_FORMAT "\n", o->party->id);
  return requests_ask(o->work,
                      &(struct question_out){ .purpose = "event_host",
                                              .list = list,
                                              .person = person,
                                              .address = address,
                                              .object = o->event->id,
                                              .details = details,
                                              .language = language,
                                              .values = values },
                      NULL, error);
}

static bool add(struct organizing *o, const char *address, const char *name, GError **error)
{
  g_autoptr(event_party_t) party = NULL;
  GError *failed = NULL;
  if (!find_meant(o, address, name, &party, error)) return false;
  if (!party && !address) return tell(o, name, "unknown", error);
  g_autofree char *called = party ? event_party_called(party) : NULL;
  if (party && strcmp(party->role, "organizer") == 0) return tell(o, called, "already", error);
  const char *where = party ? party->address : address;
  int64_t person = party ? party->person : person_find(o->work->store, where, &failed);
  if (fault_hand_on(failed, error)) return false;
  return ask(o, where, person, error) && tell(o, *name ? name : where, "asked", error);
}

/* They are invited like all others from now on, and lead no room. */
static bool demote(struct organizing *o, struct event_party *party, bool *has_new_room, GError **error)
{
  g_autoptr(value_t) values = value_new();
  value_set_flag(values, "ends", true);
  g_free(party->role);
  party->role = g_strdup("invited");
  return event_party_set_role(o->work->store, party->id, "invited", error) &&
         room_renew(o->work, o->event, has_new_room, error) && event_put(o->work->store, o->event, error) &&
         event_send(
             o->work,
             &(struct event_letter){
                 .purpose = "event_host_welcome", .event = o->event, .party = party, .values = values },
             error);
}

static bool take_off(struct organizing *o, const char *address, const char *name, GError **error)
{
  g_autoptr(event_party_t) party = NULL;
  if (!find_meant(o, address, name, &party, error)) return false;
  if (!party || strcmp(party->role, "organizer") != 0) return tell(o, name, "unknown", error);
  g_autoptr(GPtrArray) all = event_organizers(o->work->store, o->event->id, error);
  if (!all) return false;
  g_autofree char *called = event_party_called(party);
  if (all->len < 2) return tell(o, called, "last", error);
  bool is_self = party->id == o->party->id, has_new_room = false;
  return demote(o, party, &has_new_room, error) &&
         (is_self || tell_of(o, called, "removed", has_new_room, error));
}

bool cohosts_take(struct organizing *o, bool *is_taken, GError **error)
{
  *is_taken = false;
  g_auto(GStrv) lines = g_strsplit(o->arrival->mail->text_new, "\n", LINES_LOOKED_AT);
  for (char **line = lines; *line; line++) {
    g_autoptr(passage_t) passage = passage_new(*line, NULL, 500);
    const struct phrase_hit *hit = passage_find(passage, phrases_tag("event.cohost"), 0);
    if (!hit || **line == '>') continue;
    g_autofree char *address = address_in(*line);
    if (!address && strcmp(hit->value, "address") == 0) continue; /* "Klaus macht mit" is a guest */
    *is_taken = true;
    g_autofree char *name = address ? g_strdup("") : name_in(passage, hit);
    bool is_off = strcmp(hit->value, "remove") == 0;
    if (!(is_off ? take_off : add)(o, address, name, error)) return false;
  }
  return !*is_taken || organizing_done(o, "The organiser says who organises the event as well.");
}

/* ---- the one who was asked ---- */

/* They organise it from now on: their party, or a new one. */
static bool enter(struct work *work, const struct request *request, const struct event *event, GError **error)
{
  GError *failed = NULL;
  g_autoptr(event_party_t) party = NULL;
  static const char *const roles[] = { "invited", "stranger" };
  for (gsize i = 0; !party && !failed && i < G_N_ELEMENTS(roles); i++)
    party = event_party_find(work->store, event->id, request->address, roles[i], &failed);
  if (fault_hand_on(failed, error)) return false;
  int64_t person = request->person
                       ? request->person
                       : person_ensure(work->store, request->address, "", work->now, work->now, error);
  if (!person) return false;
  struct event_party own = { .event = event->id,
                             .role = (char *)"organizer",
                             .person = person,
                             .address = request->address,
                             .name = (char *)"" };
  bool is_there = party ? event_party_set_role(work->store, party->id, "organizer", error)
                        : event_party_put(work->store, &own, work->now, error);
  if (!is_there) return false;
  int64_t id = party ? party->id : own.id;
  g_clear_pointer(&party, event_party_free); /* with its role as it is now */
  party = event_party_get(work->store, id, error);
  if (!party) return false;
  g_autoptr(value_t) values = value_new();
  value_set_flag(values, "begins", true);
  return event_send(work,
                    &(struct event_letter){
                        .purpose = "event_host_welcome", .event = event, .party = party, .values = values },
                    error);
}

/* Who had named them reads what they said. */
static bool tell_who_named(struct work *work, const struct request *request, const struct event *event,
                           bool is_yes, GError **error)
{
  GError *failed = NULL;
  g_autoptr(event_party_t) organizer = event_party_get(work->store, request_number(request, "by"), &failed);
  if (fault_hand_on(failed, error)) return false;
  if (!organizer || strcmp(organizer->role, "organizer") != 0) return true;
  g_autoptr(event_party_t) asked =
      event_party_find(work->store, event->id, request->address, is_yes ? "organizer" : "invited", &failed);
  if (fault_hand_on(failed, error)) return false;
  g_autofree char *name = asked ? event_party_called(asked) : g_strdup(request->address);
  g_autoptr(value_t) values = value_new();
  value_set_text(values, "name", name);
  value_set_flag(values, is_yes ? "accepted" : "declined", true);
  return event_send(
      work,
      &(struct event_letter){ .purpose = "event_host", .event = event, .party = organizer, .values = values },
      error);
}

bool event_host_decide(struct work *work, const struct arrival *arrival, const struct answering *answering,
                       struct decision *decision, GError **error)
{
  GError *failed = NULL;
  const struct request *request = answering->request;
  g_autoptr(event_t) event = event_get(work->store, request->object, &failed);
  if (fault_hand_on(failed, error)) return false;
  bool is_yes = answer_is_yes(arrival, answering);
  g_string_assign(decision->reason, is_yes ? "Somebody organises an event as well."
                                           : "Somebody does not want to organise an event.");
  if (!requests_end(work, arrival, request, is_yes ? "yes" : "no", error)) return false;
  bool is_open = event && strcmp(event->state, "cancelled") != 0;
  if (!is_open) return true;
  return (!is_yes || enter(work, request, event, error)) &&
         tell_who_named(work, request, event, is_yes, error);
}
