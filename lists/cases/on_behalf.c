/* "Im Namen von Frau Schulz (Telefon): …": an office, or somebody with duties in a list, enters a question
 * for somebody who has no mail. It stands at the beginning; what follows the colon is the question. From
 * anybody else the same words are only words. */
#include "lists/cases/case.h"

#include "lists/offices/offices.h"
#include "lists/senders.h"
#include "lists/understand/understand.h"

#include "lib/mail/address.h"
#include "lib/store/directory.h"

#include <string.h>

enum { NAME_CHARACTERS = 60 };

/* Does somebody have duties in any list? */
static bool has_duties(struct work *work, int64_t person, bool *has, GError **error)
{
  static const char *const roles[] = { "keeper", "moderator", "mediator", "kiezpate" };
  *has = false;
  if (!person) return true;
  g_autoptr(GPtrArray) members = person_memberships(work->store, person, error);
  if (!members) return false;
  for (guint i = 0; i < members->len; i++)
    for (gsize r = 0; r < G_N_ELEMENTS(roles); r++)
      *has = *has || member_has_role(members->pdata[i], roles[r]);
  return true;
}

static bool may_help(struct work *work, const struct arrival *arrival, const struct sender *sender, bool *may,
                     GError **error)
{
  enum office_proof proof;
  int64_t office;
  g_autofree char *admin = work->config->admin ? address_normalise(work->config->admin) : NULL;
  if (!offices_sender(work, arrival->mail, 0, &proof, &office, error)) return false;
  *may = proof == OFFICE_PROVEN || g_strcmp0(admin, sender->address) == 0;
  return *may || has_duties(work, sender->person, may, error);
}

bool case_on_behalf(struct work *work, const struct arrival *arrival, const struct sender *sender,
                    char **name, char **text, bool *is_helped, GError **error)
{
  *is_helped = false;
  const char *whole = arrival->mail->text_new;
  const char *colon = strchr(whole, ':');
  if (!arrival->understanding || !colon || !arrival->mail->auth.is_authenticated) return true;
  const struct passage *passage = arrival->understanding->passage;
  guint first = 0;
  while (passage->lexemes->at[first].kind == LEXEME_BREAK) first++;
  const struct phrase_hit *hit = passage_at(passage, phrases_tag("case.on-behalf"), first);
  if (!hit || !passage->lexemes->at[hit->end - 1].end) return true;
  const char *begin = passage->lexemes->text + passage->lexemes->at[hit->end - 1].end;
  colon = strchr(begin, ':');
  const char *line = strchr(begin, '\n');
  bool is_named = colon && (!line || colon < line) && colon - begin <= NAME_CHARACTERS * 4;
  if (!is_named) return true;
  if (!may_help(work, arrival, sender, is_helped, error)) return false;
  if (!*is_helped) return true;
  g_autofree char *said = g_strndup(begin, (gsize)(colon - begin));
  said[strcspn(said, "(")] = '\0';
  *name = g_strdup(g_strstrip(said));
  g_autofree char *rest = g_strdup(colon + 1);
  *text = case_text(work, g_strstrip(rest), *name);
  return true;
}
