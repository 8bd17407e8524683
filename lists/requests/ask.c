/* Asking: one open question an address, purpose, list and object; so many a day. Who writes ten thousand
 * times in somebody's name gets them a handful of letters. The same letter goes out whether or not somebody
 * is known, and nothing in it was written by whoever caused it. */
#include "lists/requests/requests.h"

#include "lists/letters.h"
#include "lists/list_cache.h"
#include "lists/notices.h"

#include "lib/base/fault.h"
#include "lib/store/directory.h"
#include "lib/store/people/people.h"
#include "lib/store/returns/bounces.h"
#include "lib/text/template.h"

#include <string.h>

enum { DAY_SECONDS = 24 * 3600 };

/* Providers whose local parts mean the same with and without dots. */
static bool ignores_dots(const char *domain)
{
  static const char *const domains[] = { "gmail.com", "googlemail.com" };
  for (gsize i = 0; i < G_N_ELEMENTS(domains); i++)
    if (strcmp(domains[i], domain) == 0) return true;
  return false;
}

char *requests_rate_key(const char *address)
{
  const char *at = strrchr(address, '@');
  if (!at) return g_strdup(address);
  bool without_dots = ignores_dots(at + 1);
  g_autoptr(GString) key = g_string_new(NULL);
  for (const char *p = address; p < at && *p != '+'; p++)
    if (*p != '.' || !without_dots) g_string_append_c(key, *p);
  g_string_append(key, without_dots ? "@gmail.com" : at);
  return g_string_free(g_steal_pointer(&key), FALSE);
}

bool requests_is_same_mailbox(const char *one, const char *other)
{
  g_autofree char *a = requests_rate_key(one), *b = requests_rate_key(other);
  return strcmp(a, b) == 0;
}

/* What nobody is vouched to have asked for is in answer to a mail, whatever the caller calls it. */
static bool is_in_answer(const struct question_out *out)
{
  return out->is_answer || out->is_unauthenticated;
}

/* Would the letter go out at all (lists/letters.h)? Who has called one of ours spam is asked only what they
 * themselves want. */
static bool may_go_out(struct work *work, const struct question_out *out, bool *may, GError **error)
{
  bool is_suppressed = false;
  if (!suppression_is(work->store, out->address, &is_suppressed, error)) return false;
  *may = !is_suppressed || (out->is_answer && !out->is_unauthenticated);
  if (*may && is_in_answer(out) && strangers_is(work, out->address)) {
    int64_t when = 0;
    if (!strangers_when(work, out->address, true, &when, error)) return false;
    *may = when != 0;
    return true;
  }
  return !*may || !out->is_answer || answers_may(work, out->address, may, error);
}

/* Open already, or too many of the day. */
static bool may_ask(struct work *work, const struct question_out *out, const struct purpose *purpose,
                    const char *rate_key, bool *may, GError **error)
{
  GError *failed = NULL;
  *may = false;
  g_autoptr(request_t) open = request_find_open(work->store, out->purpose, out->address,
                                                out->list ? out->list->id : 0, out->object, &failed);
  if (fault_hand_on(failed, error)) return false;
  if (open) return true;
  bool may_go = out->is_silent;
  if (!may_go && !may_go_out(work, out, &may_go, error)) return false;
  if (!may_go) return true;
  int64_t limit = out->is_unauthenticated ? 1 : purpose->a_day;
  if (limit == 0) {
    *may = true;
    return true;
  }
  int64_t count = requests_count(work->store, out->purpose, rate_key, work->now - DAY_SECONDS, error);
  if (count < 0) return false;
  *may = count < limit;
  return true;
}

static const char *letter_of(const struct purpose *purpose)
{
  return purpose->letter ? purpose->letter : purpose->name;
}

static bool send(struct work *work, const struct question_out *out, const struct purpose *purpose, int64_t id,
                 GError **error)
{
  g_autoptr(value_t) own = value_new();
  unsigned char shown[32];
  return letters_send_shown(work,
                            &(struct letter_out){ .purpose = letter_of(purpose),
                                                  .list = out->list,
                                                  .address = out->address,
                                                  .person = out->person,
                                                  .language = out->language,
                                                  .values = out->values ? out->values : own,
                                                  .in_reply_to = out->in_reply_to,
                                                  .is_answer = is_in_answer(out),
                                                  .request = id,
                                                  .attached_raw = out->attached_raw,
                                                  .attached_size = out->attached_size,
                                                  .attached_part = out->attached_part,
                                                  .files = out->file,
                                                  .file_count = out->file ? 1 : 0 },
                            shown, error) &&
         request_set_shown(work->store, id, shown, error);
}

/* The details, with the language that was written to us in: an answer of one word has none. */
static char *details_with_language(const struct question_out *out, const char *language)
{
  const char *details = out->details ? out->details : "";
  bool has_end = !*details || g_str_has_suffix(details, "\n");
  return language ? g_strdup_printf("%s%swritten_in=%s\n", details, has_end ? "" : "\n", language)
                  : g_strdup(details);
}

bool requests_ask(struct work *work, const struct question_out *out, bool *asked, GError **error)
{
  const struct purpose *purpose = purpose_find(out->purpose);
  g_assert(purpose);
  g_autofree char *rate_key = requests_rate_key(out->address);
  bool may = false;
  if (asked) *asked = false;
  if (!may_ask(work, out, purpose, rate_key, &may, error)) return false;
  if (!may) return true;
  bool is_foreign = work->writer_language && work->writer && strcmp(work->writer, out->address) == 0;
  g_autofree char *details = details_with_language(out, is_foreign ? work->writer_language : NULL);
  unsigned days = purpose->remind_days ? purpose->remind_days : purpose->days;
  struct request request = {
    .purpose = (char *)out->purpose,
    .list = out->list ? out->list->id : 0,
    .person = out->person,
    .address = (char *)out->address,
    .object = out->object,
    .details = details,
    .asked = work->now,
    .due = work->now + (int64_t)days * DAY_SECONDS,
  };
  if (!request_put(work->store, &request, rate_key, error)) return false;
  if (asked) *asked = true;
  return out->is_silent || send(work, out, purpose, request.id, error);
}

bool requests_tell(struct work *work, const struct arrival *answer, const struct request *request,
                   const char *letter, struct value *values, bool is_open, GError **error)
{
  return letters_send(work,
                      &(struct letter_out){ .purpose = letter,
                                            .list = list_cache_by_id(work->lists, request->list),
                                            .address = request->address,
                                            .person = request->person,
                                            .values = values,
                                            .in_reply_to = answer->mail->message_id,
                                            .is_answer = true,
                                            .request = is_open ? request->id : 0 },
                      error);
}

bool requests_send_again(struct work *work, const struct request *request, struct value *values,
                         GError **error)
{
  return requests_send_again_with(work, request, values, NULL, error);
}

bool requests_send_again_with(struct work *work, const struct request *request, struct value *values,
                              const struct compose_file *file, GError **error)
{
  const struct purpose *purpose = purpose_find(request->purpose);
  value_set_flag(values, "reminder", true);
  return letters_send(work,
                      &(struct letter_out){ .purpose = letter_of(purpose),
                                            .list = list_cache_by_id(work->lists, request->list),
                                            .address = request->address,
                                            .person = request->person,
                                            .values = values,
                                            .request = request->id,
                                            .files = file,
                                            .file_count = file ? 1 : 0 },
                      error);
}
