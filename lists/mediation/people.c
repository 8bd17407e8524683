/* Who takes part in a mediation, what they are called, and letters to them. The name is the one that they
 * let the public see; who has none is called by the role, since the first half of an address tells too much.
 */
#include "lists/mediation/inside.h"

#include "lists/letters.h"
#include "lists/list_cache.h"
#include "lists/notices.h"
#include "lists/understand/understand.h"

#include "lib/base/fault.h"
#include "lib/store/directory.h"
#include "lib/store/people/people.h"
#include "lib/text/names.h"

#include <string.h>

char *mediation_name(struct work *work, int64_t person, const char *sent, bool is_mediator, GError **error)
{
  g_autoptr(person_choice) choice = person_choice_get(work->store, person, error);
  if (!choice) return NULL;
  const char *name = sent && *sent ? sent : choice->name ? choice->name : "";
  if (strcmp(choice->shown, "pseudonym") == 0 && *choice->pseudonym)
    return name_for_members(choice->pseudonym, "");
  g_autofree char *shortened = name_for_public(name);
  if (!shortened) return g_strdup("");
  bool is_full = is_mediator || strcmp(choice->shown, "full") == 0;
  return is_full ? name_for_members(name, "") : g_steal_pointer(&shortened);
}

char *mediation_called(struct work *work, const struct mediation *mediation, enum mediation_role role,
                       const char *language, GError **error)
{
  const struct mediation_seat *seat = &mediation->seats[role];
  g_autoptr(value_t) values = value_new();
  value_set_text(values, "name", seat->name && *seat->name ? seat->name : NULL);
  value_set_flag(values, mediation_role_word(role), true);
  char *called = letters_render(work->letters, language, "mediation_person.txt", values, error);
  return called ? g_strstrip(called) : NULL;
}

enum mediation_role mediation_role_of(const struct mediation *mediation, const char *address)
{
  int role = 0;
  while (role < ROLE_COUNT && g_strcmp0(mediation->seats[role].address, address) != 0) role++;
  return (enum mediation_role)role;
}

bool mediation_is_running(const struct mediation *mediation)
{
  static const char *const running[] = { "asked", "taken", "invited", "open", NULL };
  return g_strv_contains(running, mediation->state);
}

/* What all of them are called. */
static bool add_people(struct work *work, const struct mediation *mediation, const char *language,
                       struct value *values, GError **error)
{
  for (int role = 0; role < ROLE_COUNT; role++) {
    g_autofree char *called = mediation_called(work, mediation, (enum mediation_role)role, language, error);
    if (!called) return false;
    value_set_text(values, mediation_role_word((enum mediation_role)role), called);
  }
  return true;
}

bool mediation_tell(struct work *work, const struct mediation_letter *letter, GError **error)
{
  const struct mediation *mediation = letter->mediation;
  const struct mediation_seat *seat = &mediation->seats[letter->to];
  const struct list *list = list_cache_by_id(work->lists, mediation->list);
  if (!seat->address) return true;
  g_autoptr(value_t) own = value_new();
  struct value *values = letter->values ? letter->values : own;
  g_autofree char *language = letters_language(work, seat->person, list, error);
  if (!language || !add_people(work, mediation, language, values, error)) return false;
  static const char *const flags[] = { "to_requester", "to_other", "to_mediator" };
  for (int role = 0; role < ROLE_COUNT; role++) value_set_flag(values, flags[role], role == (int)letter->to);
  return letters_send(work,
                      &(struct letter_out){ .purpose = letter->purpose,
                                            .list = list,
                                            .address = seat->address,
                                            .person = seat->person,
                                            .language = language,
                                            .values = values,
                                            .in_reply_to = letter->in_reply_to,
                                            .is_answer = letter->in_reply_to != NULL,
                                            .request = letter->request },
                      error);
}

bool mediating_fill(struct mediating *it, struct work *work, const struct arrival *arrival,
                    const struct answering *answering, struct decision *decision, GError **error)
{
  GError *failed = NULL;
  const struct request *request = answering->request;
  *it = (struct mediating){ .work = work, .arrival = arrival, .request = request, .decision = decision };
  it->list = list_cache_by_id(work->lists, request->list);
  it->mediation = mediation_get(work->store, request->object, &failed);
  if (fault_hand_on(failed, error)) return false;
  if (!it->mediation)
    return fault_set(error, FAULT_BUG, "A question is about a mediation that there is not.");
  return mediation_mail_put(work->store, it->mediation->id, arrival->mail_id, work->now, error);
}

void mediating_clear(struct mediating *it)
{
  g_clear_pointer(&it->mediation, mediation_free);
}

bool mediating_done(struct mediating *it, const char *reason)
{
  it->decision->outcome = OUTCOME_ANSWERED;
  g_string_assign(it->decision->reason, reason);
  return true;
}

bool mediating_unclear(struct mediating *it, enum mediation_role to, const char *flag, GError **error)
{
  struct work *work = it->work;
  const char *address = it->mediation->seats[to].address;
  g_autofree char *purpose = g_strdup_printf("mediation_unclear %s %" G_GINT64_FORMAT, flag, it->request->id);
  bool may = false;
  mediating_done(it, "The mail could not be passed on as it is; its sender is told why.");
  if (!address) return true;
  if (!notices_may(work, purpose, address, &may, error)) return false;
  if (!may) return true;
  g_autoptr(value_t) values = value_new();
  value_set_flag(values, flag, true);
  value_set_text(values, "subject", *it->arrival->mail->subject ? it->arrival->mail->subject : NULL);
  return mediation_tell(work,
                        &(struct mediation_letter){ .mediation = it->mediation,
                                                    .to = to,
                                                    .purpose = "mediation_unclear",
                                                    .values = values,
                                                    .in_reply_to = it->arrival->mail->message_id,
                                                    .request = it->request->id },
                        error);
}
