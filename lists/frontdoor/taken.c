/* A wrong guess stays one reply away from right when a kind has made something of the mail already: the kind
 * gives it up (`give_up` of the table of kinds), and the mail is held at the front door again, from where it
 * goes on as any other. What it was taken for stays in `handled`. Of a case that a mail became, others than
 * its sender read only what all may read, and move it only as long as that is so. */
#include "lists/frontdoor/taken.h"

#include "lists/list_cache.h"

#include "lib/base/fault.h"
#include "lib/mail/read.h"
#include "lib/store/cases/cases.h"
#include "lib/store/directory.h"

#include <string.h>

/* The mail and our address that a request is about. Caller frees the address. */
static int64_t mail_of(const struct request *request, char **recipient)
{
  g_autofree char *number = request_detail(request, "mail");
  *recipient = request_detail(request, "recipient");
  return number && *recipient ? g_ascii_strtoll(number, NULL, 10) : 0;
}

struct hold *taken_held(struct work *work, const struct request *request, GError **error)
{
  g_autofree char *recipient = NULL;
  int64_t mail = mail_of(request, &recipient);
  g_autoptr(GPtrArray) holds = mail ? holds_of_mail(work->store, mail, error) : NULL;
  for (guint i = 0; holds && i < holds->len; i++) {
    const struct hold *hold = g_ptr_array_index(holds, i);
    if (strcmp(hold->recipient, recipient) == 0) return hold_get(work->store, hold->id, error);
  }
  return NULL;
}

const struct list *taken_by(struct work *work, const struct request *request, GError **error)
{
  g_autofree char *recipient = NULL;
  int64_t mail = mail_of(request, &recipient);
  g_autoptr(GPtrArray) rows = mail ? handled_of(work->store, mail, error) : NULL;
  for (guint i = 0; rows && i < rows->len; i++) {
    const struct handled *row = g_ptr_array_index(rows, i);
    const struct list *list = list_cache_by_id(work->lists, row->list);
    const struct kind *kind = list ? kind_find(list->kind) : NULL;
    bool is_taken = strcmp(row->recipient, recipient) == 0 && strcmp(row->outcome, "held") != 0;
    if (is_taken && kind && kind->give_up) return list;
  }
  return NULL;
}

const struct list *taken_place(struct work *work, const struct request *request, const struct hold *hold,
                               GError **error)
{
  return hold ? list_cache_by_id(work->lists, hold->list) : taken_by(work, request, error);
}

bool taken_may_people(struct work *work, const struct request *request, bool *may, GError **error)
{
  GError *failed = NULL;
  g_autofree char *recipient = NULL;
  int64_t mail = mail_of(request, &recipient);
  g_autoptr(casefile_t) it = mail ? casefile_of_mail(work->store, mail, &failed) : NULL;
  if (fault_hand_on(failed, error)) return false;
  *may = !it || (it->is_public && strcmp(it->state, "withdrawn") != 0);
  return true;
}

/* Was it public to the end? A case that was given up is not public any more, whatever it was. */
static bool was_public(struct work *work, const struct casefile *it, bool *was, GError **error)
{
  enum { ENTRIES_LOOKED_AT = 100 };
  g_autoptr(GPtrArray) newest = case_entries_newest(work->store, it->id, ENTRIES_LOOKED_AT, error);
  if (!newest) return false;
  *was = it->is_public;
  for (guint i = 0; i < newest->len && !*was; i++) {
    const struct case_entry *entry = newest->pdata[i];
    if (strcmp(entry->what, "private") == 0) return true;
    *was = strcmp(entry->what, "public") == 0 || entry->position == 1;
  }
  return true;
}

bool taken_public_words(struct work *work, int64_t mail, bool *is_case, char **title, char **text,
                        GError **error)
{
  GError *failed = NULL;
  bool was = false;
  *title = *text = NULL;
  g_autoptr(casefile_t) it = casefile_of_mail(work->store, mail, &failed);
  *is_case = it != NULL;
  if (fault_hand_on(failed, error)) return false;
  if (!it || !was_public(work, it, &was, error)) return it == NULL;
  g_autoptr(case_entry_t) first = was ? case_entry_get(work->store, it->id, 1, &failed) : NULL;
  if (fault_hand_on(failed, error)) return false;
  if (!first || !first->is_public) return true;
  *title = g_strdup(it->title);
  *text = g_strdup(first->text);
  return true;
}

/* Who wrote it and about what, read from the mail. */
static bool put_hold(struct work *work, int64_t id, const char *recipient, const struct list *door,
                     struct hold **hold, GError **error)
{
  g_autoptr(GBytes) raw = mail_bytes(work->store, id, error);
  if (!raw) return false;
  gsize size = 0;
  const void *bytes = g_bytes_get_data(raw, &size);
  g_autoptr(mail_t) mail = mail_read(
      bytes, size,
      &(struct mail_reading){ .domain = work->config->domain, .authserv_id = work->config->authserv_id });
  struct hold row = { .mail = id,
                      .recipient = (char *)recipient,
                      .list = door->id,
                      .code = (char *)"front_door",
                      .reason = (char *)"It was taken for something else, as a reply said.",
                      .since = work->now,
                      .from_address = mail_actor(mail)->address,
                      .subject = mail->subject,
                      .is_asked = true };
  if (!hold_put(work->store, &row, error)) return false;
  *hold = hold_get(work->store, row.id, error);
  return *hold != NULL;
}

bool taken_give_up(struct work *work, const struct request *request, const struct list *list,
                   const struct list *door, struct hold **hold, GError **error)
{
  g_autofree char *recipient = NULL;
  int64_t mail = mail_of(request, &recipient);
  struct giving_up it = { .mail = mail, .recipient = recipient, .list = list };
  bool is_given_up = false;
  *hold = NULL;
  if (!kind_find(list->kind)->give_up(work, &it, &is_given_up, error)) return false;
  return !is_given_up || put_hold(work, mail, recipient, door, hold, error);
}
