/* Who only poses as an office. Mail clients show the name, not the address: "Ordnungsamt <amt@gmail.com>"
 * looks like the Ordnungsamt to everybody who gets it. Such a mail changes nothing and goes nowhere before a
 * person has looked at it, and the office learns of it. A mail from the office's own address whose answers
 * would go to somewhere else is one as well. */
#include "lists/offices/named.h"
#include "lists/offices/offices.h"

#include "lists/holding.h"
#include "lists/letters.h"
#include "lists/notices.h"

#include "lib/base/fault.h"
#include "lib/mail/address.h"
#include "lib/mail/read.h"
#include "lib/text/lexemes.h"
#include "lib/text/template.h"

#include <string.h>

/* Would answers go to somebody who is neither the office nor in its domain? */
static bool answers_elsewhere(struct work *work, const struct mail *mail, bool *is_elsewhere, GError **error)
{
  *is_elsewhere = false;
  g_autofree char *reply =
      mail->reply_to.address && *mail->reply_to.address ? address_normalise(mail->reply_to.address) : NULL;
  g_autofree char *from_domain = NULL, *reply_domain = NULL;
  if (!reply || !address_split(mail->from.address, NULL, &from_domain) ||
      !address_split(reply, NULL, &reply_domain))
    return true;
  g_autoptr(GArray) ids = offices_of_address(work->store, reply, error);
  if (!ids) return false;
  bool is_ours = g_ascii_strcasecmp(reply_domain, work->config->domain) == 0;
  *is_elsewhere = ids->len == 0 && !is_ours && !address_domains_align(from_domain, reply_domain);
  return true;
}

/* "Bezirksamt", "Bezirksamt Treptow-Köpenick": the municipality itself, whoever of it. */
static bool is_municipality(struct work *work, const char *name)
{
  g_autofree char *folded = lexeme_fold(name, strlen(name));
  g_autofree char *town = lexeme_fold(work->config->name, strlen(work->config->name));
  return strstr(folded, "bezirksamt") != NULL || (*town && strcmp(folded, town) == 0);
}

/* The office that the shown name is of; for the municipality's own name the coordinator, else any. */
static bool office_shown(struct work *work, const char *name, int64_t *office, GError **error)
{
  *office = 0;
  if (!name || !*name) return true;
  g_autoptr(GPtrArray) offices = offices_names(work->store, error);
  if (!offices) return false;
  *office = office_of_name(offices, name);
  if (*office || offices->len == 0 || !is_municipality(work, name)) return true;
  GError *failed = NULL;
  g_autoptr(office_t) coordinator = office_coordinator(work->store, &failed);
  if (fault_hand_on(failed, error)) return false;
  *office = coordinator ? coordinator->id : ((const struct office *)offices->pdata[0])->id;
  return true;
}

bool offices_posed(struct work *work, const struct mail *mail, int64_t *office, GError **error)
{
  struct office_sender own;
  *office = 0;
  if (!offices_look(work, mail, 0, &own, error)) return false;
  if (own.proof == OFFICE_NONE) return office_shown(work, mail->from.name, office, error);
  bool is_elsewhere;
  if (!answers_elsewhere(work, mail, &is_elsewhere, error)) return false;
  if (is_elsewhere) *office = own.office;
  return true;
}

/* To the office, once a day; without an address of its own to the admin. */
static bool alert(struct work *work, const struct arrival *arrival, int64_t id, GError **error)
{
  g_autoptr(office_t) office = office_get(work->store, id, error);
  if (!office) return false;
  const char *address = office_main_address(office);
  if (!address) address = work->config->admin;
  bool may = false;
  g_autofree char *once = g_strconcat("office_posing:", office->sign, NULL);
  if (!notices_may(work, once, address, &may, error)) return false;
  if (!may) return true;
  g_autoptr(value_t) values = value_new();
  value_set_text(values, "office", office->name);
  value_set_text(values, "shown", arrival->mail->from.name);
  value_set_text(values, "sender_address", arrival->mail->from.address);
  value_set_text(values, "subject", arrival->mail->subject);
  value_set_text(values, "recipient", arrival->list ? arrival->recipient : NULL);
  return letters_send(
      work, &(struct letter_out){ .purpose = "office_posing", .address = address, .values = values }, error);
}

bool offices_take_posing(struct work *work, const struct arrival *arrival, struct decision *decision,
                         bool *is_taken, GError **error)
{
  int64_t office = 0;
  *is_taken = false;
  if (arrival->is_released) return true;
  if (!offices_posed(work, arrival->mail, &office, error)) return false;
  if (!office) return true;
  *is_taken = true;
  return holding_put(work, arrival, "posing_office", NULL, decision, error) &&
         alert(work, arrival, office, error);
}
