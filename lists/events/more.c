/* More people than places, of somebody who has a place already: they keep what they have, with as many more
 * as fit, and the rest waits. It is kept as an open question of ours (`event_more`, which no letter asks:
 * every newer answer of theirs settles it), and goes in behind those who have no place at all. Called by
 * answer.c, late.c and places.c. */
#include "lists/events/event.h"

#include "lists/list_cache.h"
#include "lists/requests/purposes.h"

#include "lib/base/fault.h"
#include "lib/text/template.h"

#include <string.h>

static int64_t number_of(const struct request *request, const char *name)
{
  g_autofree char *value = request_detail(request, name);
  return value ? g_ascii_strtoll(value, NULL, 10) : 0;
}

static bool is_of_date(const struct request *request, const char *original)
{
  g_autofree char *date = request_detail(request, "original");
  return strcmp(date ? date : "", original) == 0;
}

bool event_more_settle(struct work *work, const struct arrival *arrival, const struct event *event,
                       int64_t party, const char *original, GError **error)
{
  if (!event->capacity) return true;
  g_autoptr(GPtrArray) open = requests_about(work->store, "event_more", event->id, error);
  for (guint i = 0; open && i < open->len; i++) {
    const struct request *request = open->pdata[i];
    bool is_theirs = number_of(request, "party") == party && (!*original || is_of_date(request, original));
    if (is_theirs && !requests_end(work, arrival, request, "settled", error)) return false;
  }
  return open != NULL;
}

/* Keeps what waits. *is_kept false: they wait for another date already. */
static bool keep(struct work *work, const struct event *event, const struct event_party *party,
                 const struct rsvp *rsvp, int more, bool *is_kept, GError **error)
{
  g_autofree char *details = g_strdup_printf("party=%" G_GINT64_FORMAT "\npeople=%d\noriginal=%s\n",
                                             party->id, rsvp->people + more, rsvp->original);
  return requests_ask(work,
                      &(struct question_out){ .purpose = "event_more",
                                              .list = list_cache_by_id(work->lists, event->list),
                                              .person = party->person,
                                              .address = party->address,
                                              .object = event->id,
                                              .details = details,
                                              .is_silent = true },
                      is_kept, error);
}

bool event_more_wait(struct work *work, const struct arrival *arrival, const struct event *event,
                     struct event_party *party, const struct rsvp *rsvp, int more, GError **error)
{
  bool is_kept = false;
  if (!keep(work, event, party, rsvp, more, &is_kept, error)) return false;
  g_autoptr(value_t) values = value_new();
  value_set_number(values, "own", rsvp->people);
  value_set_flag(values, "one", rsvp->people == 1);
  value_set_number(values, "more", more);
  value_set_flag(values, "one_more", more == 1);
  value_set_flag(values, "waits", is_kept);
  return event_send(work,
                    &(struct event_letter){ .purpose = "event_more",
                                            .event = event,
                                            .party = party,
                                            .values = values,
                                            .in_reply_to = arrival->mail->message_id,
                                            .is_answer = true },
                    error);
}

/* Of one who waits for more: as many as fit now. *is_more: some did. */
static bool fill(struct work *work, const struct event *event, const struct request *request,
                 const char *original, struct rsvp **now, bool *is_more, GError **error)
{
  GError *failed = NULL;
  bool waits = false;
  int left = 0;
  *is_more = false;
  struct rsvp *rsvp = rsvp_in_force(work->store, event->id, original, number_of(request, "party"), &failed);
  *now = rsvp;
  if (fault_hand_on(failed, error)) return false;
  bool comes = rsvp && strcmp(rsvp->answer, "yes") == 0 && !rsvp->place;
  if (!comes) return requests_end(work, NULL, request, "settled", error);
  int before = rsvp->people;
  rsvp->people = (int)number_of(request, "people");
  if (rsvp->people > before && !event_seat(work, event, rsvp, &waits, &left, error)) return false;
  *is_more = rsvp->people > before;
  return left > 0 || requests_end(work, NULL, request, "settled", error);
}

bool event_more_fill(struct work *work, const struct event *event, const char *original,
                     event_more_told *told, GError **error)
{
  if (!event->capacity) return true;
  g_autoptr(GPtrArray) open = requests_about(work->store, "event_more", event->id, error);
  for (guint i = 0; open && i < open->len; i++) {
    struct rsvp *rsvp = NULL;
    bool is_more = false;
    if (!is_of_date(open->pdata[i], original)) continue;
    bool is_done = fill(work, event, open->pdata[i], original, &rsvp, &is_more, error) &&
                   (!is_more || told(work, event, rsvp, error));
    if (rsvp) rsvp_free(rsvp);
    if (!is_done) return false;
  }
  return open != NULL;
}

GHashTable *event_more_people(struct work *work, const struct event *event, GError **error)
{
  g_autoptr(GPtrArray) open = requests_about(work->store, "event_more", event->id, error);
  if (!open) return NULL;
  GHashTable *people = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
  for (guint i = 0; i < open->len; i++) {
    const struct request *request = open->pdata[i];
    gint64 party = number_of(request, "party");
    if (is_of_date(request, ""))
      g_hash_table_insert(people, g_memdup2(&party, sizeof party),
                          GINT_TO_POINTER((int)number_of(request, "people")));
  }
  return people;
}

/* No letter asks it, so nobody answers it; whoever did would mean that it is settled. */
bool event_more_decide(struct work *work, const struct arrival *arrival, const struct answering *answering,
                       struct decision *decision, GError **error)
{
  g_string_assign(decision->reason, "Nobody waits for more places any more.");
  return requests_end(work, arrival, answering->request, "settled", error);
}
