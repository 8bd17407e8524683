/* Who answered by telephone or at the door: "Frau Schulz kommt zu zweit", "Herr Yılmaz sagt ab", one a
 * sentence or a line. They become parties without an address, known by their name in small letters, so the
 * same name is counted once and may be changed; a member who is called so answers by it, until they answer
 * themselves. The organiser reads in a line how it stands now. */
#include "lists/events/hosts/behalf.h"
#include "lists/events/hosts/host.h"

#include "lists/understand/understand.h"

#include "lib/base/fault.h"
#include "lib/text/template.h"

#include <string.h>

/* "#frau schulz", also of "Fr. Schulz" and "Frau Dr. Schulz". */
static char *key_of(const char *name)
{
  g_autoptr(passage_t) passage = passage_new(name, NULL, 0);
  const struct lexemes *lexemes = passage->lexemes;
  g_autoptr(GString) key = g_string_new("#");
  for (guint i = 0; i < lexemes->count; i++) {
    if (lexemes->at[i].kind != LEXEME_WORD) continue;
    const struct phrase_hit *title = passage_at(passage, phrases_tag("event.name-title"), i);
    const char *word = title && *title->value ? title->value : lexemes->at[i].folded;
    if (strcmp(word, "-") == 0) continue;
    if (key->len > 1) g_string_append_c(key, ' ');
    g_string_append(key, word);
  }
  return g_string_free(g_steal_pointer(&key), FALSE);
}

/* The party: a member of that name, or one of the name alone. */
static bool find_party(struct organizing *o, const char *name, int64_t *party, GError **error)
{
  GError *failed = NULL;
  g_autoptr(event_party_t) member = event_party_named(o->work->store, o->event->id, name, &failed);
  if (fault_hand_on(failed, error)) return false;
  g_autofree char *key = key_of(name);
  struct event_party behalf = {
    .event = o->event->id, .role = (char *)"behalf", .address = key, .name = (char *)name
  };
  if (member) {
    *party = member->id;
    return true;
  }
  if (!event_party_put(o->work->store, &behalf, o->work->now, error)) return false;
  *party = behalf.id;
  return true;
}

/* The letter's word; "yes" and "no" are the event's numbers there. */
static const char *flag_of(const char *answer)
{
  return strcmp(answer, "yes") == 0 ? "comes" : strcmp(answer, "no") == 0 ? "stays_away" : "perhaps";
}

static bool note(struct organizing *o, const struct behalf_named *named, struct value *values, GError **error)
{
  int64_t party = 0;
  bool waits = false;
  GError *failed = NULL;
  if (!find_party(o, named->name, &party, error)) return false;
  g_autoptr(rsvp_t) known = rsvp_get(o->work->store, o->event->id, "", party, &failed);
  if (fault_hand_on(failed, error)) return false;
  struct rsvp rsvp = { .event = o->event->id,
                       .original = (char *)"",
                       .party = party,
                       .answer = (char *)named->answer,
                       .people = named->people,
                       .comment = known ? known->comment : (char *)"",
                       .source = (char *)"behalf",
                       .place = known ? known->place : 0,
                       .at = o->work->now,
                       .mail = o->arrival->mail_id };
  if (!event_seat(o->work, o->event, &rsvp, &waits, error)) return false;
  struct value *row = value_append(values, "rows");
  value_set_text(row, "name", named->name);
  value_set_number(row, "own", named->people);
  value_set_flag(row, "one", named->people == 1);
  value_set_flag(row, "waits", waits);
  value_set_flag(row, waits ? "queued" : flag_of(named->answer), true);
  return true;
}

bool behalf_take(struct organizing *o, bool *is_taken, GError **error)
{
  *is_taken = false;
  if (strcmp(o->event->state, "cancelled") == 0) return true;
  const struct passage *passage = o->arrival->understanding->passage;
  g_autoptr(GArray) all = behalf_read(passage);
  g_autoptr(value_t) values = value_new();
  for (guint i = 0; i < all->len; i++)
    if (!note(o, &g_array_index(all, struct behalf_named, i), values, error)) return false;
  *is_taken = all->len > 0;
  if (!*is_taken) return true;
  return event_move_up(o->work, o->event, "", error) && organizing_send(o, "event_noted", values, error) &&
         organizing_done(o, "The organiser enters who comes.");
}
