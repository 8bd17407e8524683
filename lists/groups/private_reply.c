/* "Soll das wirklich an alle?" A member's mail that reads as private (nur an dich, health, bank) waits for
 * its author's word before it goes to the list. Only a clear yes from the author's own, authenticated address
 * posts it; "nur an Lothar" hands it to whom it answers, where that is known; a no, or seven days of silence,
 * and it goes nowhere. Here a reply does not mean yes by itself: what has gone to all cannot be called back.
 */
#include "lists/groups/groups.h"
#include "lists/groups/second_thoughts.h"

#include "lists/forward.h"
#include "lists/letters.h"
#include "lists/list_cache.h"
#include "lists/requests/purposes.h"
#include "lists/requests/waiting.h"
#include "lists/senders.h"
#include "lists/understand/understand.h"

#include "lib/base/fault.h"
#include "lib/store/directory.h"

#include <string.h>

enum { EXCERPT_CHARACTERS = 300 };

bool private_reply_ask(struct work *work, const struct arrival *arrival, const struct member *member,
                       bool *asked, GError **error)
{
  const struct mail *mail = arrival->mail;
  g_autofree char *details = waiting_details(arrival);
  g_autofree char *excerpt =
      g_utf8_substring(mail->text_new, 0, MIN(g_utf8_strlen(mail->text_new, -1), EXCERPT_CHARACTERS));
  g_autoptr(value_t) values = value_new();
  value_set_text(values, "subject", mail->subject);
  value_set_text(values, "text", mail->auth.is_authenticated ? excerpt : NULL);
  value_set_flag(values, "public", arrival->list->archive_public);
  value_set_flag(values, "quoted", second_thoughts_says_nothing(arrival));
  return requests_ask(work,
                      &(struct question_out){ .purpose = "private_reply",
                                              .list = arrival->list,
                                              .person = member->person,
                                              .address = member->address,
                                              .object = arrival->mail_id,
                                              .details = details,
                                              .values = values,
                                              .in_reply_to = mail->message_id,
                                              .is_answer = true,
                                              .is_unauthenticated = !mail->auth.is_authenticated },
                      asked, error);
}

enum word { WORD_UNCLEAR, WORD_ALL, WORD_ONLY, WORD_NO };

/* What the author says. Whatever speaks against everybody outweighs a yes: "ja, aber nur an Lothar". */
static enum word word_of(const struct arrival *arrival, const struct answering *answering)
{
  const struct understanding *it = arrival->understanding;
  if (passage_has(it->passage, "everyone.only")) return WORD_ONLY;
  bool is_no = it->meaning->intent == INTENT_CONFIRM && it->meaning->answer == ANSWER_NO;
  if (is_no || passage_has(it->passage, "everyone.no") || passage_has(it->passage, "want.private"))
    return WORD_NO;
  return answer_is_yes(arrival, answering) ? WORD_ALL : WORD_UNCLEAR;
}

/* A sentence to the author about what became of the mail. */
static bool tell(struct work *work, const struct request *request, const char *flag, const char *in_reply_to,
                 GError **error)
{
  g_autoptr(value_t) values = value_new();
  value_set_flag(values, flag, true);
  return letters_send(work,
                      &(struct letter_out){ .purpose = "private_kept",
                                            .list = list_cache_by_id(work->lists, request->list),
                                            .address = request->address,
                                            .person = request->person,
                                            .values = values,
                                            .in_reply_to = in_reply_to,
                                            .is_answer = in_reply_to != NULL },
                      error);
}

/* To the author of the post that it answers; where it answers none, a letter says how that is done. */
static bool hand_over(struct work *work, const struct request *request, const struct list *list,
                      const char *answer_id, struct decision *decision, GError **error)
{
  GError *failed = NULL;
  g_autoptr(incoming_t) incoming = waiting_read(work, request, &failed);
  if (fault_hand_on(failed, error)) return false;
  if (!incoming) return tell(work, request, "unknown", answer_id, error);
  struct arrival arrival = waiting_arrival(work, request, incoming, list);
  arrival.is_meant = true;
  bool is_answer = arrival.target.meaning == ADDRESS_TOKEN && arrival.target.token.purpose == TOKEN_POST;
  if (!is_answer) return tell(work, request, "unknown", answer_id, error);
  arrival.target.token.purpose = TOKEN_AUTHOR;
  return forward_private(work, &arrival, decision, error) &&
         tell(work, request, "handed_over", answer_id, error);
}

bool private_reply_decide(struct work *work, const struct arrival *arrival, const struct answering *answering,
                          struct decision *decision, GError **error)
{
  const struct request *request = answering->request;
  const struct list *list = list_cache_by_id(work->lists, request->list);
  enum word word = list ? word_of(arrival, answering) : WORD_NO;
  static const char *const reasons[] = {
    [WORD_UNCLEAR] = "The author has not said clearly whether it is for everybody; the mail waits.",
    [WORD_ALL] = "The author says that it is for everybody.",
    [WORD_ONLY] = "The author says that it is for one person alone.",
    [WORD_NO] = "The author says that it is not for everybody; it goes nowhere.",
  };
  g_string_assign(decision->reason, reasons[word]);
  if (word == WORD_UNCLEAR)
    return requests_ask_once_more(work, arrival, request, ONCE_MORE_UNCLEAR, decision, error);
  if (!requests_end(work, arrival, request, word == WORD_ALL ? "yes" : "no", error)) return false;
  if (word == WORD_ALL) return waiting_post(work, request, list, decision, error);
  return word != WORD_ONLY || hand_over(work, request, list, arrival->mail->message_id, decision, error);
}

bool private_reply_lapse(struct work *work, const struct request *request, GError **error)
{
  return tell(work, request, "lapsed", NULL, error);
}
