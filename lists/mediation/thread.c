/* The conversation: what one of the three writes to their address reaches the other two, or the one that the
 * address or the first words ("nur an Anna: …") name. It comes here proven (lists/requests): whoever got hold
 * of an address does not get in, its owner is asked. Where the words name nobody whom we know, nothing is
 * sent, rather than to one too many. */
#include "lists/mediation/inside.h"

#include "lists/letters.h"
#include "lists/notices.h"
#include "lists/understand/understand.h"

#include "lib/mail/address.h"
#include "lib/store/directory.h"
#include "lib/text/charset.h"

#include <string.h>

enum { TEXT_CHARACTERS = 3000 };

/* Does a name in words mean this one? By full or first name as the others see it, or by the address. */
static bool is_named(struct mediating *it, enum mediation_role role, const char *words)
{
  const struct mediation_seat *seat = &it->mediation->seats[role];
  if (!seat->address) return false;
  g_autofree char *address = address_normalise(words);
  if (address && strcmp(address, seat->address) == 0) return true;
  const char *language = it->list ? it->list->language : it->work->config->language;
  g_autofree char *called = mediation_called(it->work, it->mediation, role, language, NULL);
  if (!called) return false;
  g_autofree char *name = charset_fold(called), *folded = charset_fold(words);
  gsize first = strcspn(name, " ");
  return strcmp(name, folded) == 0 || (strlen(folded) == first && strncmp(name, folded, first) == 0);
}

/* The words behind "nur an", up to a colon, comma or the end of the line; NULL: it does not begin so. Caller
 * frees. */
static char *only_words(const struct mediating *it)
{
  const struct passage *passage = it->arrival->understanding->passage;
  const struct phrase_hit *only = passage_at(passage, phrases_tag("mediation.only"), 0);
  if (!only) return NULL;
  g_autofree char *rest = passage_text(passage, only->end, passage->lexemes->count);
  char *end = rest + strcspn(rest, ":,;\n");
  *end = '\0';
  return g_strdup(g_strstrip(rest));
}

/* To whom it goes: ROLE_COUNT: all. False: somebody is named whom we do not know. */
static bool addressee(struct mediating *it, enum mediation_role from, enum mediation_role *to)
{
  *to = mediation_way_to(it->request);
  if (*to != ROLE_COUNT) return true;
  g_autofree char *words = only_words(it);
  if (!words) return true;
  g_autoptr(passage_t) named = passage_new(words, NULL, 0);
  guint found = 0;
  for (int role = 0; role < ROLE_COUNT; role++) {
    bool may = role != (int)from && (from == ROLE_MEDIATOR || role == ROLE_MEDIATOR);
    bool by_role = role == ROLE_MEDIATOR && passage_has(named, "mediation.mediator");
    if (!may || !(by_role || is_named(it, (enum mediation_role)role, words))) continue;
    *to = (enum mediation_role)role;
    found++;
  }
  return found == 1;
}

/* Nobody has taken it on yet: those who are asked read what whoever asked adds. */
static bool tell_asked(struct mediating *it, GError **error)
{
  const struct mail *mail = it->arrival->mail;
  g_autoptr(GPtrArray) asked = requests_about(it->work->store, "mediate", it->mediation->id, error);
  if (!asked) return false;
  g_autofree char *text =
      g_utf8_substring(mail->text_new, 0, MIN(g_utf8_strlen(mail->text_new, -1), TEXT_CHARACTERS));
  for (guint i = 0; i < asked->len; i++) {
    const struct request *request = g_ptr_array_index(asked, i);
    g_autofree char *subject = request_detail(request, "subject");
    g_autoptr(value_t) values = value_new();
    value_set_text(values, "subject", subject && *subject ? subject : NULL);
    value_set_text(values, "text", text);
    if (!letters_send(it->work,
                      &(struct letter_out){ .purpose = "mediation_more",
                                            .list = it->list,
                                            .address = request->address,
                                            .person = request->person,
                                            .values = values,
                                            .request = request->id },
                      error))
      return false;
  }
  return mediating_done(it, "Whoever asked for mediation adds something; the mediators read it.");
}

/* Passes it on to one or to both others. */
static bool pass(struct mediating *it, enum mediation_role from, enum mediation_role to, GError **error)
{
  const char *own = it->mediation->seats[from].address;
  for (int role = 0; role < ROLE_COUNT; role++) {
    bool is_meant = role != (int)from && (to == ROLE_COUNT || role == (int)to);
    const char *address = it->mediation->seats[role].address;
    bool may = true;
    if (!is_meant || !address) continue;
    if (!relays_may(it->work, own, address, &may, error)) return false;
    if (!may) return mediating_unclear(it, from, "too_often", error);
    if (!mediation_pass(it, from, (enum mediation_role)role, to != ROLE_COUNT, error)) return false;
  }
  it->decision->outcome = OUTCOME_FORWARDED;
  g_string_assign(it->decision->reason, to == ROLE_COUNT ? "It is passed on to the others of a mediation."
                                                         : "It is passed on to one other of a mediation.");
  return true;
}

/* "Ende": what else is said is passed on first, then all learn that it is over. */
static bool finish(struct mediating *it, enum mediation_role from, bool more, GError **error)
{
  bool is_asked = strcmp(it->mediation->state, "asked") == 0;
  bool is_open = strcmp(it->mediation->state, "open") == 0;
  if (more && !is_asked && !pass(it, from, is_open ? ROLE_COUNT : ROLE_MEDIATOR, error)) return false;
  mediating_done(it, "One of those who take part ends the mediation.");
  if (is_asked && !mediation_settle(it->work, it->mediation, "withdrawn", error)) return false;
  return mediation_end(it->work, it->mediation, is_asked ? "withdrawn" : "closed", "ended", from, error);
}

static bool converse(struct mediating *it, GError **error)
{
  const struct mail *mail = it->arrival->mail;
  enum mediation_role from = mediation_role_of(it->mediation, it->request->address), to = ROLE_COUNT;
  bool may = true, more = false;
  if (from == ROLE_COUNT || !mediation_is_running(it->mediation))
    return mediating_done(it, "Whoever wrote takes part in it no more.");
  if (from == ROLE_MEDIATOR && !mediation_check_mediator(it, &may, error)) return false;
  if (!may) return true;
  if (from == ROLE_OTHER && strcmp(it->mediation->state, "invited") == 0)
    return mediation_invite_answer(it, error);
  if (mediation_says_end(it->arrival->understanding, &more)) return finish(it, from, more, error);
  if (!addressee(it, from, &to)) return mediating_unclear(it, from, "whom", error);
  if (!*mail->text_new && !mail->is_forward && mail->attachments->len == 0)
    return mediating_unclear(it, from, "empty", error);
  if (to != ROLE_COUNT && !it->mediation->seats[to].address)
    return strcmp(it->mediation->state, "asked") == 0 ? tell_asked(it, error)
                                                      : mediating_unclear(it, from, "gone", error);
  return pass(it, from, to, error);
}

bool mediation_talk_decide(struct work *work, const struct arrival *arrival,
                           const struct answering *answering, struct decision *decision, GError **error)
{
  struct mediating it;
  bool is_done = mediating_fill(&it, work, arrival, answering, decision, error) && converse(&it, error);
  mediating_clear(&it);
  return is_done;
}
