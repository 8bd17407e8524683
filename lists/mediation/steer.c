/* Steering: the mediator's answers to the letter that said "you have taken it on". An address in it names the
 * other person, who is then asked; what stands below the line with the address goes into that letter, word
 * for word, and nothing else of the case does. "Ende" ends it. Anything else gets a sentence that says what
 * can be written, since no text must reach anybody by guesswork. */
#include "lists/mediation/inside.h"

#include "lists/moderation/duties.h"
#include "lists/understand/understand.h"

#include <string.h>

bool mediation_check_mediator(struct mediating *it, bool *may, GError **error)
{
  struct work *work = it->work;
  if (!duties_has(work, it->list, it->request, may, error)) return false;
  if (!*may && !duties_has(work, NULL, it->request, may, error)) return false;
  if (*may) return true;
  mediating_done(it, "The mediator has no duties of the list any more; the mediation ends.");
  return mediation_end(work, it->mediation, "closed", "no_mediator", ROLE_COUNT, error);
}

/* The one address that is named; NULL: none, or several (*several). *message: what stands below it. */
static char *named(const struct mediating *it, const char **message, bool *several)
{
  const struct mail *mail = it->arrival->mail;
  g_autoptr(GPtrArray) found = mediation_addresses(it->work, it->mediation, mail->text_new, message);
  if (found->len == 0 && mail->is_forward && mail->forwarded) {
    g_clear_pointer(&found, g_ptr_array_unref);
    found = mediation_addresses(it->work, it->mediation, mail->forwarded, NULL);
    *message = "";
  }
  *several = found->len > 1;
  return found->len == 1 ? g_strdup(g_ptr_array_index(found, 0)) : NULL;
}

static bool steer(struct mediating *it, GError **error)
{
  bool may = false, more = false, several = false;
  if (!mediation_check_mediator(it, &may, error)) return false;
  if (!may) return true;
  if (mediation_says_end(it->arrival->understanding, &more)) {
    mediating_done(it, "The mediator ends the mediation.");
    return mediation_end(it->work, it->mediation, "closed", "ended", ROLE_MEDIATOR, error);
  }
  const char *message = "";
  g_autofree char *address = named(it, &message, &several);
  if (!address) return mediating_unclear(it, ROLE_MEDIATOR, several ? "several" : "steer", error);
  if (strcmp(it->mediation->state, "open") == 0)
    return mediating_unclear(it, ROLE_MEDIATOR, "complete", error);
  return mediation_invite(it, address, message, error);
}

bool mediation_steer_decide(struct work *work, const struct arrival *arrival,
                            const struct answering *answering, struct decision *decision, GError **error)
{
  struct mediating it;
  bool is_done = mediating_fill(&it, work, arrival, answering, decision, error) && steer(&it, error);
  mediating_clear(&it);
  return is_done;
}
