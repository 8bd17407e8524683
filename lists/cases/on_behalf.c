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
  struct office_sender office;
  g_autofree char *admin = work->config->admin ? address_normalise(work->config->admin) : NULL;
  if (!offices_look(work, arrival->mail, 0, &office, error)) return false;
  *may = office.proof == OFFICE_PROVEN || g_strcmp0(admin, sender->address) == 0;
  return *may || has_duties(work, sender->person, may, error);
}

void on_behalf_clear(struct on_behalf *it)
{
  g_free(it->name);
  g_free(it->text);
  *it = (struct on_behalf){ 0 };
}

/* Where the name begins, and the colon behind it; false: these are other words. */
static bool find_name(const struct arrival *arrival, const char **name, const char **colon)
{
  const char *whole = arrival->mail->text_new;
  if (!arrival->understanding || !strchr(whole, ':') || !arrival->mail->auth.is_authenticated) return false;
  const struct passage *passage = arrival->understanding->passage;
  guint first = 0;
  while (passage->lexemes->at[first].kind == LEXEME_BREAK) first++;
  const struct phrase_hit *hit = passage_at(passage, phrases_tag("case.on-behalf"), first);
  if (!hit || !passage->lexemes->at[hit->end - 1].end) return false;
  *name = passage->lexemes->text + passage->lexemes->at[hit->end - 1].end;
  *colon = strchr(*name, ':');
  const char *line = strchr(*name, '\n');
  return *colon && (!line || *colon < line) && *colon - *name <= NAME_CHARACTERS * 4;
}

bool case_on_behalf(struct work *work, const struct arrival *arrival, const struct sender *sender,
                    struct on_behalf *it, GError **error)
{
  const char *name, *colon;
  bool may = false;
  *it = (struct on_behalf){ 0 };
  if (!find_name(arrival, &name, &colon)) return true;
  if (!may_help(work, arrival, sender, &may, error)) return false;
  if (!may) return true;
  g_autofree char *said = g_strndup(name, (gsize)(colon - name)), *rest = g_strdup(colon + 1);
  said[strcspn(said, "(,;")] = '\0';
  it->name = g_strdup(g_strstrip(said));
  it->text = case_text(work, g_strstrip(rest), it->name);
  it->may_be_public = case_may_be_public(rest, NULL);
  return true;
}
