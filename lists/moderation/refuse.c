/* A held mail goes: refused by a moderator, or because nobody decided. Its author is told, with the reason,
 * where we know that it is theirs; never about spam, and never a program. The mail itself stays in the store
 * as every mail does; only nobody gets it. */
#include "lists/moderation/refuse.h"
#include "lists/moderation/private.h"

#include "lists/letters.h"
#include "lists/list_cache.h"
#include "lists/notices.h"

#include "lib/mail/address.h"
#include "lib/mail/read.h"
#include "lib/store/directory.h"
#include "lib/store/people/people.h"

#include <string.h>

char *refuse_author(const struct work *work, const struct mail *mail)
{
  if (mail->robot != MAIL_HUMAN) return NULL;
  g_autofree char *address = address_normalise(mail_actor(mail)->address);
  bool is_ours =
      address && addresses_look_up(work->book, work->keys, address, work->now).meaning != ADDRESS_UNKNOWN;
  return is_ours ? NULL : g_steal_pointer(&address);
}

/* Where the author is told; NULL: they are not. */
static char *author_of(const struct work *work, const struct mail *mail)
{
  return mail->auth.is_authenticated ? refuse_author(work, mail) : NULL;
}

/* details: what waits for an answer to the letter, as waiting_read reads it; NULL: it asks nothing. */
static bool tell(struct work *work, const struct list *list, const struct mail *mail, const char *address,
                 const char *letter, const char *reason, const char *details, GError **error)
{
  GError *failed = NULL;
  int64_t person = person_find(work->store, address, &failed);
  g_autoptr(person_choice) choice = failed ? NULL : person_choice_get(work->store, person, &failed);
  if (!choice) {
    g_propagate_error(error, failed);
    return false;
  }
  g_autoptr(value_t) values = value_new();
  value_set_text(values, "subject", *mail->subject ? mail->subject : NULL);
  value_set_text(values, "reason", *reason ? reason : NULL);
  if (details)
    return requests_ask(work,
                        &(struct question_out){ .purpose = letter,
                                                .list = list,
                                                .person = person,
                                                .address = address,
                                                .details = details,
                                                .values = values,
                                                .in_reply_to = mail->message_id,
                                                .is_answer = true },
                        NULL, error);
  return letters_send(work,
                      &(struct letter_out){ .purpose = letter,
                                            .list = list,
                                            .address = address,
                                            .person = person,
                                            .language = *choice->language ? choice->language : NULL,
                                            .values = values,
                                            .in_reply_to = mail->message_id,
                                            .is_answer = true },
                      error);
}

bool refuse_held(struct work *work, const struct hold *hold, const char *letter, const char *outcome,
                 const char *reason, bool is_spam, GError **error)
{
  const struct list *list = list_cache_by_id(work->lists, hold->list);
  bool is_late = strcmp(outcome, "expired") == 0;
  struct handled handled = {
    .mail = hold->mail,
    .recipient = hold->recipient,
    .list = list ? list->id : 0,
    .kind = list ? list->kind : (char *)"",
    .outcome = (char *)outcome,
    .reason = (char *)(is_late ? "Nobody decided about it in two weeks." : "A moderator refused it."),
    .at = work->now,
  };
  if (!hold_remove(work->store, hold->id, error) || !handled_put(work->store, &handled, error)) return false;
  if (is_spam) return true;
  g_autoptr(incoming_t) incoming = moderation_read(work, hold, error);
  g_autofree char *address = incoming ? author_of(work, incoming->mail) : NULL;
  if (!address) return incoming != NULL;
  g_autofree char *details =
      is_late ? g_strdup_printf("mail=%" G_GINT64_FORMAT "\nrecipient=%s", hold->mail, hold->recipient)
              : NULL;
  return tell(work, list, incoming->mail, address, letter, reason, details, error);
}

bool refuse_tell_of_rule(struct work *work, const struct arrival *arrival, const char *rule, GError **error)
{
  g_autofree char *address = author_of(work, arrival->mail);
  if (!address) return true;
  g_autofree char *purpose = g_strconcat("refused ", arrival->list->name, " ", rule, NULL);
  bool may = false;
  if (!notices_may(work, purpose, address, &may, error)) return false;
  if (!may) return true;
  g_autofree char *reason = ask_reason_in(work, arrival->list->language, rule, error);
  return reason && tell(work, arrival->list, arrival->mail, address, "rule_refused", reason, NULL, error);
}
