/* Whom does an organiser mean by a name? Who is invited or has answered and is called so, by the whole name
 * or by a first name that nobody else has; else somebody without an address, known by the name in small
 * letters, so that the same name is counted once and may be changed. Where several have the first name,
 * nobody is meant before the organiser says more.
 *
 * And the other way round: who was entered by a name, and answers themselves now, is counted once. A stranger
 * is that only by their whole name: a first name alone may be somebody else's. */
#include "lists/events/hosts/behalf.h"
#include "lists/events/hosts/host.h"

#include "lib/base/fault.h"

#include <string.h>

enum { NAMESAKES_LOOKED_AT = 5 };

/* "#frau schulz", also of "Fr. Schulz" and "Frau Dr. Schulz". *words: of the name alone; *is_titled: it
 * begins with "Frau", "Oma". */
static char *key_of(const char *name, guint *words, bool *is_titled)
{
  g_autoptr(passage_t) passage = passage_new(name, NULL, 0);
  const struct lexemes *lexemes = passage->lexemes;
  g_autoptr(GString) key = g_string_new("#");
  *words = 0, *is_titled = false;
  for (guint i = 0; i < lexemes->count; i++) {
    if (lexemes->at[i].kind != LEXEME_WORD) continue;
    const struct phrase_hit *title = passage_at(passage, phrases_tag("event.name-title"), i);
    const char *word = title && *title->value ? title->value : lexemes->at[i].folded;
    *is_titled |= title != NULL;
    if (strcmp(word, "-") == 0) continue;
    ++*words;
    if (key->len > 1) g_string_append_c(key, ' ');
    g_string_append(key, word);
  }
  return g_string_free(g_steal_pointer(&key), FALSE);
}

/* Somebody entered by that name, who counts. NULL without error: nobody. */
static struct event_party *entered(struct work *work, const struct event *event, const char *key,
                                   GError **error)
{
  GError *failed = NULL;
  g_autoptr(event_party_t) party = event_party_find(work->store, event->id, key, "behalf", &failed);
  g_autoptr(rsvp_t) rsvp = party ? rsvp_get(work->store, event->id, "", party->id, &failed) : NULL;
  if (failed) g_propagate_error(error, failed);
  return rsvp ? g_steal_pointer(&party) : NULL;
}

/* Of who has this first name, without the others that one person is. struct event_party*. */
static GPtrArray *namesakes(struct work *work, const struct event *event, const char *name, GError **error)
{
  GPtrArray *all = event_parties_called(work->store, event->id, name, NAMESAKES_LOOKED_AT, error);
  for (guint i = 1; all && i < all->len; i++) {
    const struct event_party *one = all->pdata[i], *first = all->pdata[0];
    if (one->person && one->person == first->person) g_ptr_array_remove_index(all, i--);
  }
  return all;
}

static struct event_party *by_name_alone(struct organizing *o, const char *name, char *key, GError **error)
{
  struct event_party behalf = {
    .event = o->event->id, .role = (char *)"behalf", .address = key, .name = (char *)name
  };
  if (!event_party_put(o->work->store, &behalf, o->work->now, error)) return NULL;
  return event_party_get(o->work->store, behalf.id, error);
}

struct event_party *behalf_party(struct organizing *o, const char *name, GPtrArray **several, GError **error)
{
  GError *failed = NULL;
  guint words = 0;
  bool is_titled = false;
  g_autofree char *key = key_of(name, &words, &is_titled);
  g_autoptr(event_party_t) known = event_party_named(o->work->store, o->event->id, name, &failed);
  if (!known && !failed) known = entered(o->work, o->event, key, &failed);
  if (failed) g_propagate_error(error, failed);
  if (failed || known) return g_steal_pointer(&known);
  if (words != 1 || is_titled) return by_name_alone(o, name, key, error);
  *several = namesakes(o->work, o->event, name, error);
  if (!*several || (*several)->len > 1) return NULL;
  if ((*several)->len == 0) return by_name_alone(o, name, key, error);
  return event_party_get(o->work->store, ((const struct event_party *)(*several)->pdata[0])->id, error);
}

/* Was it this party that is meant by the first name alone? */
static bool is_only_namesake(struct work *work, const struct event *event, const struct event_party *party,
                             const char *first_name, bool *is_only, GError **error)
{
  *is_only = false;
  if (strcmp(party->role, "stranger") == 0) return true;
  g_autoptr(GPtrArray) all = namesakes(work, event, first_name, error);
  *is_only = all && all->len == 1;
  return all != NULL;
}

/* Takes out whom the key names. */
static bool take_out(struct work *work, const struct event *event, const char *key, bool *is_joined,
                     GError **error)
{
  GError *failed = NULL;
  g_autoptr(event_party_t) behalf = entered(work, event, key, &failed);
  if (fault_hand_on(failed, error)) return false;
  *is_joined |= behalf != NULL;
  return !behalf || rsvp_remove(work->store, event->id, "", behalf->id, error);
}

/* By the first name alone, where nobody else of those who are invited has it. */
static bool take_out_first(struct work *work, const struct event *event, const struct event_party *party,
                           const char *first_name, bool *is_joined, GError **error)
{
  guint words = 0;
  bool is_titled = false, is_only = false;
  GError *failed = NULL;
  g_autofree char *key = key_of(first_name, &words, &is_titled);
  g_autoptr(event_party_t) behalf = entered(work, event, key, &failed);
  if (fault_hand_on(failed, error)) return false;
  if (!behalf) return true;
  if (!is_only_namesake(work, event, party, first_name, &is_only, error)) return false;
  return !is_only || take_out(work, event, key, is_joined, error);
}

bool event_join_entered(struct work *work, const struct event *event, const struct event_party *party,
                        bool *is_joined, GError **error)
{
  guint words = 0;
  bool is_titled = false;
  g_autofree char *called = event_party_called(party);
  g_autofree char *key = key_of(called, &words, &is_titled);
  *is_joined = false;
  if (*party->address == '#' || words == 0 || is_titled) return true;
  if (words > 1 && !take_out(work, event, key, is_joined, error)) return false;
  g_auto(GStrv) parts = g_strsplit(g_strstrip(called), " ", 2);
  return take_out_first(work, event, party, parts[0], is_joined, error);
}
