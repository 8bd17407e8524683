/* A mail that names a case's number and came to no address of the case: to the list of questions, or to the
 * front door ("Zu KP-2026-0173: Das Loch ist noch da"). Called by both before anything else is made of its
 * words. It reaches the case where a party of the case wrote it, or the office; who is none may ask to be
 * told about a public one. Everybody else's mail is left alone and tells them nothing, since numbers are easy
 * to guess. Who wrote is proven as for an answer to a letter of the case. */
#include "lists/cases/case.h"
#include "lists/cases/residents/words.h"

#include "lists/list_cache.h"
#include "lists/offices/offices.h"
#include "lists/senders.h"
#include "lists/understand/understand.h"

#include "lib/base/fault.h"
#include "lib/mail/read.h"

#include <string.h>

/* A mail that names a case. */
struct naming {
  struct work *work;
  const struct arrival *arrival;
  const struct sender *sender;
  struct casefile *it;
  struct decision *decision;
};

static void note_case(const struct naming *n)
{
  g_string_append_printf(n->decision->details, " case=%d-%04d", n->it->year, n->it->number);
}

/* As more from who asked, or from who wants to follow it. */
static bool join_as_party(const struct naming *n, bool *joined, GError **error)
{
  g_autoptr(GPtrArray) parties = case_parties(n->work->store, n->it->id, "", error);
  if (!parties) return false;
  for (guint i = 0; i < parties->len && n->sender->address; i++) {
    struct case_party *party = parties->pdata[i];
    bool is_theirs =
        strcmp(party->role, "office") != 0 && (strcmp(party->address, n->sender->address) == 0 ||
                                               (party->person && party->person == n->sender->person));
    if (!is_theirs) continue;
    *joined = true;
    note_case(n);
    struct case_writing writing = { n->it, party, true };
    return case_resident_reply(n->work, n->arrival, &writing, n->decision, error);
  }
  struct office_sender office;
  if (!offices_look(n->work, n->arrival->mail, n->it->office, &office, error)) return false;
  const struct understanding *understood = n->arrival->understanding;
  bool is_proven = n->arrival->mail->auth.is_authenticated || n->arrival->is_released;
  bool follows = is_proven && n->sender->address && n->it->is_public && understood &&
                 office.proof == OFFICE_NONE &&
                 (case_words_follow(understood->passage) || case_words_follow_named(understood->passage));
  if (!follows) return true;
  *joined = true;
  return case_follow(n->work, n->arrival, n->it, n->sender, n->decision, error);
}

/* The mail as one of the case's office. *joined false: no office takes part yet. */
static bool take_from_office(const struct naming *n, bool is_unasked, bool *joined, GError **error)
{
  g_autoptr(GPtrArray) parties = case_parties(n->work->store, n->it->id, "office", error);
  if (!parties) return false;
  if (parties->len == 0) return true;
  struct case_writing writing = { n->it, parties->pdata[0], is_unasked };
  for (guint i = parties->len; i > 0; i--) {
    struct case_party *party = parties->pdata[i - 1];
    if (party->office == n->it->office) writing.party = party;
  }
  *joined = true;
  return case_office_reply(n->work, n->arrival, &writing, n->decision, error);
}

/* An office's own mail belongs there. Where it is another office, or asks something, its author is asked
 * whether it is an answer. */
static bool join_as_office(const struct naming *n, bool *joined, GError **error)
{
  struct office_sender office;
  g_auto(on_behalf_t) helped = { 0 };
  if (!offices_look(n->work, n->arrival->mail, n->it->office, &office, error)) return false;
  if (office.proof == OFFICE_NONE) return true;
  if (!case_on_behalf(n->work, n->arrival, n->sender, &helped, error)) return false;
  if (helped.name) return true;
  bool is_unasked = office.office != n->it->office || strchr(n->arrival->mail->text_new, '?') != NULL;
  if (!take_from_office(n, is_unasked, joined, error)) return false;
  if (*joined) note_case(n);
  return true;
}

bool case_clerk_at_resident(struct work *work, const struct arrival *arrival, struct casefile *it,
                            struct decision *decision, bool *is_clerk, GError **error)
{
  struct office_sender office;
  *is_clerk = false;
  if (!offices_look(work, arrival->mail, it->office, &office, error)) return false;
  if (office.proof == OFFICE_NONE) return true;
  struct naming n = { work, arrival, NULL, it, decision };
  return take_from_office(&n, true, is_clerk, error);
}

bool case_join_named(struct work *work, const struct arrival *arrival, const struct sender *sender,
                     struct decision *decision, bool *joined, GError **error)
{
  GError *failed = NULL;
  *joined = false;
  g_autoptr(casefile_t) it = case_named(work, arrival->mail, &failed);
  if (fault_hand_on(failed, error)) return false;
  if (!it) return true;
  struct naming n = { work, arrival, sender, it, decision };
  return join_as_party(&n, joined, error) && (*joined || join_as_office(&n, joined, error));
}

/* Words that want something of a list or group, and only mention a case in passing. */
static bool is_about_else(const struct arrival *arrival)
{
  static const enum intent others[] = { INTENT_JOIN, INTENT_SETTINGS,  INTENT_FOUND,
                                        INTENT_KEEP, INTENT_HAND_OVER, INTENT_CLOSE };
  const struct understanding *it = arrival->understanding;
  for (gsize i = 0; it && i < G_N_ELEMENTS(others); i++)
    if (it->meaning->intent == others[i]) return !case_number_in(arrival->mail->subject);
  return false;
}

bool cases_take_named(struct work *work, const struct arrival *arrival, struct decision *decision,
                      bool *is_taken, GError **error)
{
  struct sender sender = { 0 };
  *is_taken = false;
  if (is_about_else(arrival)) return true;
  bool is_done = sender_find(work, arrival->mail, 0, &sender, error) &&
                 case_join_named(work, arrival, &sender, decision, is_taken, error);
  sender_clear(&sender);
  return is_done;
}
