/* Asking: a letter with the post to read, why it waits, and what an answer does. The reply address is good
 * for one person and one item. What was meant for one person alone is not shown; who decides sees from whom
 * it is and why it waits. */
#include "lists/moderation/private.h"

#include "lists/comprehend.h"
#include "lists/holding.h"
#include "lists/letters.h"
#include "lists/list_cache.h"
#include "lists/parent.h"

#include "lib/base/fault.h"
#include "lib/mail/compose.h"
#include "lib/mail/read.h"
#include "lib/store/people/people.h"

#include <string.h>

enum { AT_ONCE = 5, LOOKED_AT = 100, DAY_SECONDS = 24 * 3600 };

char *ask_reason_in(struct work *work, const char *language, const char *code, GError **error)
{
  g_autoptr(value_t) values = value_new();
  value_set_flag(values, code, true);
  char *reason = letters_render(work->letters, language, "hold_reason.txt", values, error);
  return reason ? g_strstrip(reason) : NULL;
}

/* What the letter about a hold names, and the file that it brings (shown.c). NULL on error. */
static struct value *values_of(struct work *work, const struct mail *mail, const struct hold *hold,
                               const char *language, struct compose_file *file, GError **error)
{
  g_autofree char *reason = ask_reason_in(work, language, hold->code, error);
  if (!reason) return NULL;
  bool is_shown = holding_asks(hold->code) == HOLDING_ASKS;
  g_autoptr(value_t) values = ask_values(mail, reason, is_shown);
  if (strcmp(hold->code, "doubtful_order") == 0) doubtful_values(mail, values);
  if (is_shown && (!shown_html(work, hold->mail, mail, values, error) ||
                   !shown_whole(work, hold->mail, mail, values, language, file, error)))
    return NULL;
  return g_steal_pointer(&values);
}

static bool ask_one(struct work *work, const struct mail *mail, const struct hold *hold,
                    const struct list *list, const struct official *official, bool *asked, GError **error)
{
  struct compose_file file = { 0 };
  g_autofree char *language = letters_language(work, official->person, list, error);
  g_autoptr(value_t) values = language ? values_of(work, mail, hold, language, &file, error) : NULL;
  g_autofree char *details = g_strconcat("subject=", hold->subject, NULL);
  bool is_done = values && requests_ask(work,
                                        &(struct question_out){ .purpose = "moderate",
                                                                .list = list,
                                                                .person = official->person,
                                                                .address = official->address,
                                                                .object = hold->id,
                                                                .details = details,
                                                                .language = language,
                                                                .values = values,
                                                                .file = file.name ? &file : NULL },
                                        asked, error);
  shown_whole_clear(&file);
  return is_done;
}

bool moderation_ask(struct work *work, const struct mail *mail, const struct hold *hold, GError **error)
{
  const struct list *list = list_cache_by_id(work->lists, hold->list);
  g_autoptr(GPtrArray) officials = duties_of(work, list, error);
  if (!officials) return false;
  bool is_asked = officials->len == 0; /* nobody can be asked: `kiezpost queue` shows it */
  for (guint i = 0; i < officials->len; i++) {
    bool asked = false;
    if (!ask_one(work, mail, hold, list, g_ptr_array_index(officials, i), &asked, error)) return false;
    is_asked |= asked;
  }
  return !is_asked || hold_set_asked(work->store, hold->id, error);
}

struct incoming *moderation_read(struct work *work, const struct hold *hold, GError **error)
{
  struct mail_row *row = mail_get(work->store, hold->mail, error);
  if (!row) return NULL;
  const char *recipients[] = { hold->recipient, NULL };
  g_autoptr(GBytes) raw = mail_bytes(work->store, hold->mail, error);
  struct incoming *incoming =
      raw ? incoming_new(work->config, row->received, row->sender, recipients, raw) : NULL;
  if (incoming) parent_compare(work, incoming);
  if (incoming) comprehend(work, incoming);
  mail_row_free(row);
  return incoming;
}

/* Has one of them room for a question today? Asked before the mail is read anew. */
static bool has_room(struct work *work, const struct hold *hold, bool *has, GError **error)
{
  const struct purpose *purpose = purpose_find("moderate");
  g_autoptr(GPtrArray) officials = duties_of(work, list_cache_by_id(work->lists, hold->list), error);
  if (!officials) return false;
  *has = officials->len == 0;
  for (guint i = 0; i < officials->len && !*has; i++) {
    const struct official *official = g_ptr_array_index(officials, i);
    g_autofree char *key = requests_rate_key(official->address);
    int64_t count = requests_count(work->store, "moderate", key, work->now - DAY_SECONDS, error);
    if (count < 0) return false;
    *has = count < purpose->a_day;
  }
  return true;
}

int moderation_tick(struct work *work, GError **error)
{
  int count = 0;
  g_autoptr(GPtrArray) holds = holds_unasked(work->store, 0, LOOKED_AT, error);
  if (!holds) return -1;
  for (guint i = 0; i < holds->len && count < AT_ONCE; i++) {
    const struct hold *hold = g_ptr_array_index(holds, i);
    bool has = false;
    if (!has_room(work, hold, &has, error)) return -1;
    if (!has) continue;
    g_autoptr(incoming_t) incoming = moderation_read(work, hold, error);
    if (!incoming || !moderation_ask(work, incoming->mail, hold, error)) return -1;
    count++;
  }
  return count;
}

bool ask_again(struct work *work, const struct request *request, GError **error)
{
  GError *failed = NULL;
  g_autoptr(hold_t) hold = hold_get(work->store, request->object, &failed);
  if (fault_hand_on(failed, error)) return false;
  if (!hold) return true;
  const struct list *list = list_cache_by_id(work->lists, request->list);
  g_autofree char *language = letters_language(work, request->person, list, error);
  g_autoptr(incoming_t) incoming = language ? moderation_read(work, hold, error) : NULL;
  struct compose_file file = { 0 };
  g_autoptr(value_t) values = incoming ? values_of(work, incoming->mail, hold, language, &file, error) : NULL;
  bool is_done = values && requests_send_again_with(work, request, values, file.name ? &file : NULL, error);
  shown_whole_clear(&file);
  return is_done;
}
