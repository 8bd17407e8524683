/* Settling: once one of those who were asked has decided, the others' questions end, and they are told by
 * whom. Who answers later learns the same, once a day. */
#include "lists/moderation/private.h"

#include "lists/letters.h"
#include "lists/list_cache.h"
#include "lists/notices.h"
#include "lists/requests/purposes.h"

#include "lib/base/fault.h"
#include "lib/store/moderation/moderation.h"
#include "lib/store/people/people.h"

#include <string.h>

bool settle_log(struct store *store, const struct hold *hold, int64_t moderator, const char *decision,
                const char *way, int64_t now, GError **error)
{
  g_autofree char *item = g_strdup_printf("h%" G_GINT64_FORMAT, hold->id);
  return decision_log(store,
                      &(struct decision_row){ .at = now,
                                              .list = hold->list,
                                              .item = item,
                                              .code = hold->code,
                                              .moderator = moderator,
                                              .decision = (char *)decision,
                                              .way = (char *)way },
                      error);
}

/* "Erledigt von M.", to whom a request went. */
static bool tell_done(struct work *work, const struct request *request, int64_t moderator,
                      const char *decision, const char *in_reply_to, GError **error)
{
  g_autofree char *name = duties_name(work, moderator, error);
  if (!name) return false;
  g_autoptr(person_choice) choice = person_choice_get(work->store, request->person, error);
  if (!choice) return false;
  g_autofree char *subject = request_detail(request, "subject");
  g_autoptr(value_t) values = value_new();
  value_set_text(values, "by", *name ? name : NULL);
  value_set_text(values, "subject", subject && *subject ? subject : NULL);
  if (*decision) value_set_flag(values, decision, true);
  value_set_flag(values, "files", strcmp(request->purpose, "files") == 0);
  return letters_send(work,
                      &(struct letter_out){ .purpose = "moderate_done",
                                            .list = list_cache_by_id(work->lists, request->list),
                                            .address = request->address,
                                            .person = request->person,
                                            .language = *choice->language ? choice->language : NULL,
                                            .values = values,
                                            .in_reply_to = in_reply_to,
                                            .is_answer = in_reply_to != NULL },
                      error);
}

bool settle_requests(struct work *work, const char *purpose, int64_t object, int64_t moderator,
                     const char *decision, GError **error)
{
  g_autoptr(GPtrArray) open = requests_about(work->store, purpose, object, error);
  if (!open) return false;
  for (guint i = 0; i < open->len; i++) {
    const struct request *other = g_ptr_array_index(open, i);
    bool is_first = false;
    if (!request_end(work->store, other->id, "settled", work->now, "", &is_first, error) ||
        !tell_done(work, other, moderator, decision, NULL, error))
      return false;
  }
  return true;
}

bool moderation_settle_by_command(struct store *store, const struct hold *hold, const char *decision,
                                  int64_t now, GError **error)
{
  g_autoptr(GPtrArray) open = requests_about(store, "moderate", hold->id, error);
  if (!open) return false;
  for (guint i = 0; i < open->len; i++) {
    const struct request *other = g_ptr_array_index(open, i);
    bool is_first = false;
    if (!request_end(store, other->id, "settled", now, "", &is_first, error)) return false;
  }
  return !decision || settle_log(store, hold, 0, decision, "command", now, error);
}

bool moderate_closed(struct work *work, const struct arrival *arrival, const struct request *request,
                     GError **error)
{
  bool may = false, is_freed = false;
  if (!held_author_free(work, arrival, request, &is_freed, error)) return false;
  if (is_freed) return true;
  g_autofree char *purpose = g_strdup_printf("moderate_done %" G_GINT64_FORMAT, request->id);
  if (!notices_may(work, purpose, request->address, &may, error)) return false;
  if (!may) return true;
  GError *failed = NULL;
  char letter = strcmp(request->purpose, "notice") == 0  ? 'n'
                : strcmp(request->purpose, "files") == 0 ? 'f'
                                                         : 'h';
  g_autofree char *item = g_strdup_printf("%c%" G_GINT64_FORMAT, letter, request->object);
  g_autoptr(decision_row_t) last = decision_last(work->store, item, &failed);
  if (fault_hand_on(failed, error)) return false;
  return tell_done(work, request, last ? last->moderator : 0, last ? last->decision : "",
                   arrival->mail->message_id, error);
}
