/* The end of a mediation, and forgetting it. Any of them ends it, a long silence does, and a mediator who has
 * the duty no more. All are told; its addresses answer with a sentence from then on, and some weeks later
 * names, addresses and mails are removed. What stays is a row: when it was, and how it ended. */
#include "lists/mediation/inside.h"

#include "lists/letters.h"
#include "lists/list_cache.h"
#include "lists/notices.h"
#include "lists/senders.h"
#include "lists/understand/understand.h"

#include "lib/base/fault.h"
#include "lib/store/directory.h"

#include <string.h>

enum { DAY_SECONDS = 24 * 3600, AT_ONCE = 10, MAILS_AT_ONCE = 20 };

bool mediation_says_end(const struct understanding *it, bool *more)
{
  const struct passage *passage = it->passage;
  const struct phrase_hit *end = passage_at(passage, phrases_tag("mediation.end"), 0);
  *more = false;
  for (guint i = end ? end->end : 0; end && i < passage->lexemes->count; i++)
    *more |= passage->lexemes->at[i].kind == LEXEME_WORD;
  return end != NULL;
}

bool mediation_end(struct work *work, const struct mediation *mediation, const char *state, const char *how,
                   enum mediation_role by, GError **error)
{
  const struct list *list = list_cache_by_id(work->lists, mediation->list);
  const char *language = list ? list->language : work->config->language;
  if (!mediation_set_state(work->store, mediation->id, state, work->now, error)) return false;
  for (int role = 0; role < ROLE_COUNT; role++) {
    if (!mediation->seats[role].address) continue;
    /* who was asked and has not answered never took part */
    if (role == ROLE_OTHER && strcmp(mediation->state, "open") != 0) continue;
    g_autofree char *called =
        by == ROLE_COUNT ? NULL : mediation_called(work, mediation, by, language, error);
    if (by != ROLE_COUNT && !called) return false;
    g_autoptr(value_t) values = value_new();
    value_set_flag(values, how, true);
    value_set_flag(values, "yourself", role == (int)by);
    value_set_text(values, "by", called);
    value_set_number(values, "days", MEDIATION_KEPT_DAYS);
    int64_t way = mediation_way(work, mediation, (enum mediation_role)role,
                                role == ROLE_MEDIATOR ? ROLE_REQUESTER : ROLE_MEDIATOR, error);
    if (!way || !mediation_tell(work,
                                &(struct mediation_letter){ .mediation = mediation,
                                                            .to = (enum mediation_role)role,
                                                            .purpose = "mediation_ended",
                                                            .values = values,
                                                            .request = way },
                                error))
      return false;
  }
  return mediation_end_requests(work, mediation, error);
}

/* Where whoever wrote to an old address is told; NULL: nowhere, since nobody vouches for them. Caller frees.
 */
static bool whom_to_tell(struct work *work, const struct arrival *arrival, const struct request *request,
                         char **address, GError **error)
{
  *address = *request->address ? g_strdup(request->address) : NULL;
  if (*address || !arrival->mail->auth.is_authenticated) return true;
  struct sender sender;
  if (!sender_find(work, arrival->mail, 0, &sender, error)) return false;
  *address = g_steal_pointer(&sender.address);
  sender_clear(&sender);
  return true;
}

/* The address that counts now, where the mediation goes on; NULL: it does not. Caller frees. */
static bool current_address(struct work *work, const struct request *request, char **address, GError **error)
{
  GError *failed = NULL;
  *address = NULL;
  g_autoptr(mediation_t) mediation = mediation_get(work->store, request->object, &failed);
  if (fault_hand_on(failed, error)) return false;
  if (!mediation || strcmp(mediation->state, "open") != 0 || !*request->address) return true;
  enum mediation_role role = mediation_role_of(mediation, request->address);
  if (role == ROLE_COUNT) return true;
  *address = mediation_way_address(work, mediation, role, role, error);
  return *address != NULL;
}

bool mediation_closed(struct work *work, const struct arrival *arrival, const struct request *request,
                      GError **error)
{
  g_autofree char *address = NULL, *current = NULL;
  bool may = false;
  if (!whom_to_tell(work, arrival, request, &address, error)) return false;
  if (!address) return true;
  g_autofree char *purpose = g_strdup_printf("mediation_over %" G_GINT64_FORMAT, request->object);
  if (!notices_may(work, purpose, address, &may, error)) return false;
  if (!may) return true;
  if (!current_address(work, request, &current, error)) return false;
  g_autoptr(value_t) values = value_new();
  value_set_text(values, "subject", *arrival->mail->subject ? arrival->mail->subject : NULL);
  value_set_text(values, "current_address", current);
  return letters_send(work,
                      &(struct letter_out){ .purpose = "mediation_over",
                                            .list = list_cache_by_id(work->lists, request->list),
                                            .address = address,
                                            .person = request->person,
                                            .values = values,
                                            .in_reply_to = arrival->mail->message_id,
                                            .is_answer = true,
                                            .request = request->id },
                      error);
}

/* Ends those in which nobody has written for long. */
static int end_silent(struct work *work, GError **error)
{
  int64_t before = work->now - (int64_t)MEDIATION_SILENT_DAYS * DAY_SECONDS;
  g_autoptr(GPtrArray) rows = mediations_silent(work->store, before, AT_ONCE, error);
  if (!rows) return -1;
  for (guint i = 0; i < rows->len; i++) {
    const struct mediation *row = g_ptr_array_index(rows, i);
    g_autoptr(mediation_t) mediation = mediation_get(work->store, row->id, error);
    if (!mediation || !mediation_end(work, mediation, "closed", "silent", ROLE_COUNT, error)) return -1;
  }
  return (int)rows->len;
}

/* Forgets those that are over: first the mails, some at a time, then the names. */
static int forget_over(struct work *work, int64_t before, GError **error)
{
  int done = 0;
  g_autoptr(GPtrArray) rows = mediations_over(work->store, before, AT_ONCE, error);
  if (!rows) return -1;
  for (guint i = 0; i < rows->len && done < MAILS_AT_ONCE; i++) {
    const struct mediation *row = g_ptr_array_index(rows, i);
    int mails = mediation_empty_mails(work->store, row->id, G_MAXINT64, MAILS_AT_ONCE, error);
    if (mails < 0) return -1;
    if (mails < MAILS_AT_ONCE && !mediation_forget(work->store, row->id, error)) return -1;
    done += mails + 1;
  }
  return done;
}

int mediation_tick(struct work *work, GError **error)
{
  int64_t before = work->now - (int64_t)MEDIATION_KEPT_DAYS * DAY_SECONDS;
  int ended = end_silent(work, error);
  int forgotten = ended < 0 ? -1 : forget_over(work, before, error);
  int emptied = forgotten < 0 ? -1 : mediation_empty_mails(work->store, 0, before, MAILS_AT_ONCE, error);
  return emptied < 0 ? -1 : ended + forgotten + emptied;
}
