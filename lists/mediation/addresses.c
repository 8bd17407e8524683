/* The addresses of a mediation. Each is a question of ours (lists/requests) that stays open while the
 * mediation runs: its token names whose it is, its purpose where it leads. So an answer from elsewhere, or
 * one that nobody vouches for, is put to whom the address belongs before it counts, and once the mediation is
 * over every address of it says so. */
#include "lists/mediation/inside.h"

#include "lists/addresses/reply_address.h"
#include "lists/list_cache.h"

#include "lib/store/directory.h"

#include <string.h>

enum { DAY_SECONDS = 24 * 3600, WAY_DAYS = 3650 };

static const char *const to_one[] = { [ROLE_REQUESTER] = "mediation_to_requester",
                                      [ROLE_OTHER] = "mediation_to_other",
                                      [ROLE_MEDIATOR] = "mediation_to_mediator" };
static const char to_all[] = "mediation_open";
_Static_assert(G_N_ELEMENTS(to_one) == ROLE_COUNT, "every role can be written to");

int64_t mediation_way(struct work *work, const struct mediation *mediation, enum mediation_role from,
                      enum mediation_role to, GError **error)
{
  GError *failed = NULL;
  const char *purpose = from == to ? to_all : to_one[to];
  const struct mediation_seat *seat = &mediation->seats[from];
  g_autoptr(request_t) known =
      request_find_open(work->store, purpose, seat->address, mediation->list, mediation->id, &failed);
  if (failed) g_propagate_error(error, failed);
  if (failed || known) return known ? known->id : 0;
  g_autofree char *rate_key = requests_rate_key(seat->address);
  struct request request = { .purpose = (char *)purpose,
                             .list = mediation->list,
                             .person = seat->person,
                             .address = seat->address,
                             .object = mediation->id,
                             .details = (char *)"",
                             .asked = work->now,
                             .due = work->now + (int64_t)WAY_DAYS * DAY_SECONDS };
  return request_put(work->store, &request, rate_key, error) ? request.id : 0;
}

char *mediation_way_address(struct work *work, const struct mediation *mediation, enum mediation_role from,
                            enum mediation_role to, GError **error)
{
  const struct list *list = list_cache_by_id(work->lists, mediation->list);
  int64_t id = mediation_way(work, mediation, from, to, error);
  if (!id) return NULL;
  struct token token = { .purpose = TOKEN_REQUEST,
                         .object = (uint32_t)id,
                         .person = (uint32_t)mediation->seats[from].person };
  return reply_address(work->config, work->keys, list ? list->name : NULL, &token);
}

enum mediation_role mediation_way_to(const struct request *request)
{
  int role = 0;
  while (role < ROLE_COUNT && strcmp(request->purpose, to_one[role]) != 0) role++;
  return (enum mediation_role)role;
}

bool mediation_end_requests(struct work *work, const struct mediation *mediation, GError **error)
{
  static const char *const purposes_of[] = { "mediate",
                                             "mediation_steer",
                                             "mediation_invite",
                                             to_all,
                                             "mediation_to_requester",
                                             "mediation_to_other",
                                             "mediation_to_mediator" };
  for (gsize i = 0; i < G_N_ELEMENTS(purposes_of); i++) {
    g_autoptr(GPtrArray) open = requests_about(work->store, purposes_of[i], mediation->id, error);
    if (!open) return false;
    for (guint k = 0; k < open->len; k++) {
      const struct request *request = g_ptr_array_index(open, k);
      bool is_first = false;
      if (!request_end(work->store, request->id, "settled", work->now, "", &is_first, error)) return false;
    }
  }
  return true;
}
