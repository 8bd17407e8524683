/* "Im Namen von Frau Schulz (Telefon): …", "Herr Paulsen rief an, er fragt, …": an office, or somebody with
 * duties in a list, enters a question for somebody who has no mail. It stands at the beginning; what follows
 * the colon, or the verb, is the question. From anybody else the same words are only words. */
#include "lists/cases/case.h"

#include "lists/offices/offices.h"
#include "lists/senders.h"
#include "lists/understand/understand.h"

#include "lib/mail/address.h"
#include "lib/store/directory.h"

#include <string.h>

enum { NAME_BYTES = 240, CALLER_LEXEMES = 12 };

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

/* "Herr Paulsen rief an, er fragt, …": the name up to the verb, and the mark behind it. */
static bool find_caller(const struct passage *passage, guint first, const char **name, const char **end,
                        const char **rest)
{
  const struct lexemes *l = passage->lexemes;
  if (!passage_at(passage, phrases_tag("case.caller"), first)) return false;
  for (guint at = first + 1; at < MIN(l->count, first + CALLER_LEXEMES); at++) {
    const struct phrase_hit *verb = passage_at(passage, phrases_tag("case.called"), at);
    if (l->at[at].kind == LEXEME_BREAK) return false;
    if (!verb) continue;
    guint behind = verb->end;
    while (behind < l->count && l->at[behind].kind != LEXEME_WORD && l->at[behind].kind != LEXEME_DIGITS)
      behind++;
    if (behind >= l->count) return false;
    *name = l->text + l->at[first].start;
    *end = l->text + l->at[at].start;
    if (*end - *name > NAME_BYTES) return false;
    *rest = l->text + l->at[behind].start;
    return true;
  }
  return false;
}

/* Where the name begins and ends, and the question behind it; false: these are other words. */
static bool find_name(const struct arrival *arrival, const char **name, const char **end, const char **rest)
{
  const char *whole = arrival->mail->text_new;
  if (!arrival->understanding || !arrival->mail->auth.is_authenticated) return false;
  const struct passage *passage = arrival->understanding->passage;
  guint first = 0;
  while (passage->lexemes->at[first].kind == LEXEME_BREAK) first++;
  if (find_caller(passage, first, name, end, rest)) return true;
  const struct phrase_hit *hit = passage_at(passage, phrases_tag("case.on-behalf"), first);
  if (!strchr(whole, ':') || !hit || !passage->lexemes->at[hit->end - 1].end) return false;
  *name = passage->lexemes->text + passage->lexemes->at[hit->end - 1].end;
  const char *colon = strchr(*name, ':'), *line = strchr(*name, '\n');
  *end = colon;
  *rest = colon ? colon + 1 : NULL;
  return colon && (!line || colon < line) && colon - *name <= NAME_BYTES;
}

bool case_on_behalf(struct work *work, const struct arrival *arrival, const struct sender *sender,
                    struct on_behalf *it, GError **error)
{
  const char *name, *end, *rest_of_it;
  bool may = false;
  *it = (struct on_behalf){ 0 };
  if (!find_name(arrival, &name, &end, &rest_of_it)) return true;
  if (!may_help(work, arrival, sender, &may, error)) return false;
  if (!may) return true;
  g_autofree char *said = g_strndup(name, (gsize)(end - name)), *rest = g_strdup(rest_of_it);
  said[strcspn(said, "(,;")] = '\0';
  it->name = g_strdup(g_strstrip(said));
  it->text = case_text(work, g_strstrip(rest), it->name);
  it->may_be_public = case_may_be_public(rest, NULL);
  return true;
}
