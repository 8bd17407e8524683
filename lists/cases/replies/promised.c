/* Answers to a case that was private and became public (residents/public.c). Our letters of that time promise
 * that an answer goes to whoever asked, and an office answers them weeks later; so the first answer of each
 * office is shown to its author before all can read it, and so is whatever waited then for a yes. Called by
 * read.c.
 *
 * An office that was asked since, or that had an answer published since, knows. */
#include "lists/cases/replies/reply.h"

#include "lists/requests/requests.h"

#include <string.h>

enum { ENTRIES_AT_ONCE = 100 };

/* When it became public, the last time; 0: it always was. `has_answered`: this office did, since. */
struct phase {
  int64_t since;
  bool has_answered;
};

static bool read_phase(const struct case_reply *reply, struct phase *phase, GError **error)
{
  for (int position = 0;;) {
    g_autoptr(GPtrArray) entries =
        case_entries(reply->work->store, reply->it->id, position, ENTRIES_AT_ONCE, error);
    if (!entries) return false;
    for (guint i = 0; i < entries->len; i++) {
      const struct case_entry *entry = entries->pdata[i];
      position = entry->position;
      if (strcmp(entry->what, "public") == 0) *phase = (struct phase){ .since = entry->at };
      phase->has_answered |= reply->office && entry->office == reply->office->id &&
                             strcmp(entry->what, "reply") == 0 && entry->is_public;
    }
    if (entries->len < ENTRIES_AT_ONCE) return true;
  }
}

/* Somebody of the office has said yes to it since then, for this case. */
static bool has_agreed(const struct case_reply *reply, int64_t since)
{
  if (!reply->is_sure || !reply->asked || reply->asked->asked <= since) return false;
  g_autofree char *number = request_detail(reply->asked, "case");
  return number && g_ascii_strtoll(number, NULL, 10) == reply->it->id;
}

bool reply_was_promised(const struct case_reply *reply, bool *is, GError **error)
{
  const struct casefile *it = reply->it;
  struct phase phase = { 0 };
  *is = false;
  if (!it->is_public || reply->is_private) return true;
  if (!read_phase(reply, &phase, error)) return false;
  if (!phase.since || phase.has_answered) return true;
  bool is_asked_since = reply->office && it->office == reply->office->id && it->forwarded > phase.since;
  *is = !is_asked_since && !has_agreed(reply, phase.since);
  return true;
}
