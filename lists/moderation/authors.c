/* What authors hear of a moderator's yes, and of nobody's. Who is no member sees no copy of their post, and
 * whose words were changed must know what went out in their name; both only where it is proven that they
 * wrote it. A mail that nobody decided about waits anew when its author answers that it still matters. */
#include "lists/moderation/private.h"

#include "lists/letters.h"
#include "lists/list_cache.h"
#include "lists/moderation/refuse.h"
#include "lists/requests/purposes.h"
#include "lists/requests/waiting.h"
#include "lists/senders.h"
#include "lists/understand/understand.h"

#include "lib/base/fault.h"
#include "lib/mail/read.h"
#include "lib/store/people/people.h"
#include "lib/store/threads.h"

#include <string.h>

enum { SHOWN_CHARACTERS = 2000 };

/* Did it become a post? A rule or the list may still hold what a person let through. */
static bool is_posted(const struct ruling *ruling, bool *is, GError **error)
{
  GError *failed = NULL;
  g_autoptr(message_row) message =
      message_of_mail(ruling->work->store, ruling->hold->list, ruling->released, &failed);
  *is = message != NULL;
  return !fault_hand_on(failed, error);
}

bool authors_tell_released(struct ruling *ruling, const struct mail *original, const char *text,
                           GError **error)
{
  struct work *work = ruling->work;
  const struct list *list = list_cache_by_id(work->lists, ruling->hold->list);
  g_autofree char *address = original->auth.is_authenticated ? refuse_author(work, original) : NULL;
  if (!list || !address) return true;
  struct member *found = NULL;
  bool is_out = false;
  if (!sender_membership(work, list->id, address, &found, error)) return false;
  g_autoptr(member_t) member = found;
  if (!is_posted(ruling, &is_out, error)) return false;
  if (!is_out || (member && !ruling->is_redacted)) return true;
  g_autofree char *shown =
      text ? g_utf8_substring(text, 0, MIN(g_utf8_strlen(text, -1), SHOWN_CHARACTERS)) : NULL;
  g_autoptr(value_t) values = value_new();
  value_set_text(values, "subject", *original->subject ? original->subject : NULL);
  value_set_flag(values, "redacted", ruling->is_redacted);
  value_set_flag(values, "public", list->archive_public);
  value_set_flag(values, "member", member != NULL);
  value_set_text(values, "text", ruling->is_redacted ? shown : NULL);
  return letters_send(work,
                      &(struct letter_out){ .purpose = "moderate_released",
                                            .list = list,
                                            .address = address,
                                            .person = member ? member->person : 0,
                                            .values = values,
                                            .in_reply_to = original->message_id,
                                            .is_answer = true },
                      error);
}

/* The mail that was left lying comes to its list once more. */
static bool put_again(struct work *work, const struct request *request, const struct list *list,
                      struct decision *decision, GError **error)
{
  GError *failed = NULL;
  g_autoptr(incoming_t) incoming = waiting_read(work, request, &failed);
  if (fault_hand_on(failed, error)) return false;
  const struct kind *kind = kind_find(list->kind);
  if (!incoming || !kind || !kind->receive) return true;
  struct arrival arrival = waiting_arrival(work, request, incoming, list);
  return kind->receive(work, &arrival, decision, error);
}

bool expired_decide(struct work *work, const struct arrival *arrival, const struct answering *answering,
                    struct decision *decision, GError **error)
{
  const struct request *request = answering->request;
  const struct list *list = list_cache_by_id(work->lists, request->list);
  const struct passage *passage = arrival->understanding->passage;
  enum answer answer = answer_meant(passage);
  bool is_over = answer == ANSWER_NO || (answer != ANSWER_YES && passage_has(passage, "case.thanks"));
  bool is_again = list && !is_over && answering->is_own_address;
  g_string_assign(decision->reason, is_again
                                        ? "Its author says that it still matters: it is decided about anew."
                                        : "Its author leaves it at that.");
  return requests_end(work, arrival, request, is_again ? "yes" : "no", error) &&
         (!is_again || put_again(work, request, list, decision, error));
}
