/* Answers of offices in collected letters; see answered.h. Only what is on public pages is named: a digest
 * goes to many. */
#include "lists/digests/answered.h"

#include "lib/base/fault.h"
#include "lib/store/cases/case_shelves.h"
#include "lib/store/cases/offices.h"
#include "lib/store/cases/official_messages.h"
#include "lib/store/directory.h"
#include "lib/store/threads.h"
#include "lib/text/redact/personal.h"
#include "lib/text/template.h"

enum { ANSWERS_SHOWN = 10, ANSWERS_LOOKED_AT = 30 };

bool answered_mark_post(struct work *work, const struct message *post, struct value *row, GError **error)
{
  int64_t id = 0;
  if (!official_message_of(work->store, post->id, &id, error)) return false;
  g_autoptr(office_t) office = NULL;
  GError *failed = NULL;
  if (id) office = office_get(work->store, id, &failed);
  if (fault_hand_on(failed, error)) return false;
  if (!office) return true;
  value_set_text(row, "name", office->name);
  value_set_text(row, "office", office->sign);
  return true;
}

/* One case that an office answered; *is_added false: it is none of the public's business. */
static bool add_case(struct work *work, const struct casefile *it, struct value *values, bool *is_added,
                     GError **error)
{
  *is_added = false;
  bool is_shown = false;
  if (!casefile_is_shown(work->store, it->id, &is_shown, error)) return false;
  if (!is_shown || casefile_public_state(it) == PUBLIC_WITHDRAWN || !it->office) return true;
  g_autoptr(office_t) office = office_get(work->store, it->office, error);
  g_autoptr(GPtrArray) names = office ? case_names(work->store, it->id, error) : NULL;
  if (!names) return false;
  g_autofree char *number = casefile_name(it);
  const char *base = work->config->base_url;
  g_autofree char *url = g_strdup_printf("%s%sfaelle/%04d/%04d/", base,
                                         g_str_has_suffix(base, "/") ? "" : "/", it->year, it->number);
  g_autoptr(GString) title = g_string_new(NULL);
  redact_names(title, it->title, names, NULL);
  struct value *row = value_append(values, "answers");
  value_set_text(row, "number", number);
  value_set_text(row, "title", title->str);
  value_set_text(row, "office_name", office->name);
  value_set_text(row, "sign", office->sign);
  value_set_text(row, "url", url);
  *is_added = true;
  return true;
}

bool answered_add(struct work *work, const struct list *list, int64_t since, int64_t until,
                  struct value *values, GError **error)
{
  if (!list->region) return true;
  g_autoptr(GPtrArray) cases =
      casefiles_answered(work->store, list->region, since, until, ANSWERS_LOOKED_AT, error);
  if (!cases) return false;
  int shown = 0;
  for (guint i = 0; i < cases->len && shown < ANSWERS_SHOWN; i++) {
    bool is_added;
    if (!add_case(work, cases->pdata[i], values, &is_added, error)) return false;
    shown += is_added;
  }
  value_set_flag(values, "has_answers", shown > 0);
  return true;
}
