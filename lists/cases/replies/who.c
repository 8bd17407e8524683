/* Who may answer for an office: whom our MTA vouches for and whose address is the office's, by itself or its
 * domain; its deputy and any colleague alike; another office, whose own answer it is then; the admin, for an
 * office that takes no mail from us. The token alone proves nothing, because letters get forwarded.
 *
 * From an address that is the office's, but that nobody vouches for (inside one mail system there is no
 * DKIM), the office's main address is asked to confirm; the unproven From never gets a letter. Everybody else
 * changes nothing, whatever name they show, and the office is told once a day. */
#include "lists/cases/replies/reply.h"

#include "lists/admin/admins.h"
#include "lists/holding.h"

#include "lib/base/fault.h"
#include "lib/mail/address.h"
#include "lib/mail/read.h"
#include "lib/text/mailbox_domains.h"

#include <string.h>

static void reading_clear(struct reply_reading *reading)
{
  understanding_free(reading->own);
  g_free(reading->said);
  g_free(reading->text);
  g_free(reading->expected);
  g_free(reading->clerk);
  g_free(reading->other);
  g_free(reading->route);
  among_clear(&reading->inside);
  *reading = (struct reply_reading){ 0 };
}

void case_reply_forget(struct case_reply *reply)
{
  reading_clear(&reply->reading);
}

void case_reply_clear(struct case_reply *reply)
{
  office_free(reply->office);
  reply->office = NULL;
  reading_clear(&reply->reading);
}

/* An address beside one that the office has, in its own domain: a colleague whom nobody has entered. */
static bool is_beside(const struct office *office, const char *address)
{
  const char *domain = strrchr(address, '@');
  for (guint i = 0; office && domain && i < office->addresses->len; i++) {
    const struct office_address *one = office->addresses->pdata[i];
    const char *at = strrchr(one->address, '@');
    if (at && strcmp(at, domain) == 0 && !is_mailbox_domain(at + 1)) return true;
  }
  return false;
}

/* Who only claims to be the office: it confirms, from where we know it. */
static bool confirm(struct case_reply *reply, GError **error)
{
  bool asked = false;
  if (!reply_read(reply, error)) return false;
  if (reply_is_robot(reply)) {
    g_string_assign(reply->decision->reason, "A program has only got it; that is no answer.");
    return true;
  }
  if (!reply_ask_office(reply, &asked, error)) return false;
  if (!asked)
    return holding_put(reply->work, reply->arrival, "unproven_office", NULL, reply->decision, error);
  reply->decision->outcome = OUTCOME_ANSWERED;
  g_string_assign(reply->decision->reason,
                  "It is not proven that the office sent it; its main address is asked to confirm it.");
  return true;
}

/* A calendar's answer ("Zugesagt: …") is no person's word. */
static bool is_calendar_robot(const struct mail *mail)
{
  for (guint i = 0; i < mail->attachments->len; i++) {
    const struct mail_attachment *one = mail->attachments->pdata[i];
    if (one->calendar_text && strstr(one->calendar_text, "METHOD:REPLY")) return true;
  }
  return false;
}

/* Who sent it, as far as it is not the office that was asked: another one, that has entered the address or
 * whose domain it is alone; or somebody beside the office's own address, whom its main address confirms.
 * Whoever only shares a domain with offices is nobody else's clerk. */
static void weigh_other(const struct case_reply *reply, const struct office *asked,
                        const struct office_sender *sender, int64_t *whose, enum office_proof *proof)
{
  bool is_shared = is_beside(asked, reply->author);
  bool is_known = asked && asked->addresses->len > 0 && !is_shared;
  bool is_other = sender->office && (!sender->is_by_domain || is_known || !asked);
  if (is_other && sender->proof == OFFICE_PROVEN) {
    *whose = sender->office;
    *proof = OFFICE_PROVEN;
    return;
  }
  *proof = is_shared && sender->is_by_domain ? OFFICE_CLAIMED : OFFICE_NONE;
}

/* The admin answers by hand for who gets no mail from us. */
static bool weigh_admin(struct case_reply *reply, enum office_proof *proof, GError **error)
{
  const struct mail *mail = reply->arrival->mail;
  bool is_by_hand = !reply->office || reply->office->is_by_hand ||
                    g_strcmp0(reply->party->address, reply->work->config->admin) == 0;
  bool is_admin = false;
  if (is_by_hand && !admins_has(reply->work, reply->author, 0, &is_admin, error)) return false;
  if (*proof != OFFICE_NONE || !is_admin) return true;
  *proof = mail->auth.is_authenticated ? OFFICE_PROVEN : OFFICE_CLAIMED;
  reply->is_by_admin = true;
  return true;
}

/* Fills whose answer it is. *proof: what is known of the sender. */
static bool find_office(struct case_reply *reply, enum office_proof *proof, GError **error)
{
  const struct mail *mail = reply->arrival->mail;
  int64_t expected = reply->party->office ? reply->party->office : reply->it->office, whose = expected;
  struct office_sender sender;
  if (!offices_look(reply->work, mail, expected, &sender, error)) return false;
  GError *failed = NULL;
  g_autoptr(office_t) asked = expected ? office_get(reply->work->store, expected, &failed) : NULL;
  if (fault_hand_on(failed, error)) return false;
  *proof = sender.proof;
  if (!expected)
    whose = sender.office;
  else if (sender.office != expected && sender.proof != OFFICE_NONE)
    weigh_other(reply, asked, &sender, &whose, proof);
  if (!whose) *proof = OFFICE_NONE;
  reply->office = whose ? office_get(reply->work->store, whose, &failed) : NULL;
  if (fault_hand_on(failed, error) || !weigh_admin(reply, proof, error)) return false;
  bool is_beside_it = mail->auth.is_authenticated && reply->author && is_beside(reply->office, reply->author);
  if (*proof == OFFICE_NONE && is_beside_it) *proof = OFFICE_CLAIMED;
  return true;
}

static bool judge(struct case_reply *reply, GError **error)
{
  enum office_proof proof = OFFICE_NONE;
  struct decision *decision = reply->decision;
  decision->outcome = OUTCOME_FILED;
  if (is_calendar_robot(reply->arrival->mail)) {
    g_string_assign(decision->reason, "A calendar answers for somebody; that is no answer of the office.");
    return true;
  }
  if (!find_office(reply, &proof, error)) return false;
  if (proof == OFFICE_PROVEN) return reply_act(reply, error);
  if (proof == OFFICE_CLAIMED) return confirm(reply, error);
  return holding_put(reply->work, reply->arrival, "unproven_office", NULL, decision, error) &&
         reply_alert(reply, error);
}

bool case_office_reply(struct work *work, const struct arrival *arrival, const struct case_writing *writing,
                       struct decision *decision, GError **error)
{
  g_autofree char *author = address_normalise(arrival->mail->from.address);
  struct case_reply reply = { .work = work,
                              .arrival = arrival,
                              .it = writing->it,
                              .party = writing->party,
                              .is_unasked = writing->is_unasked,
                              .decision = decision,
                              .author = author };
  struct reply_seal sealed = { 0 };
  reply_unseal(&reply, &sealed);
  bool is_done = judge(&reply, error);
  case_reply_clear(&reply);
  reply_seal_clear(&sealed);
  return is_done;
}
