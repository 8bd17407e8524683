/* What a post asks of us or hides from others, so that somebody looks before everybody does: a wish that came
 * to the list, what reads as private, an answer sent by a slip of the thumb, somebody's address. Called by
 * post.c when nothing else speaks against a post; what it names is a hold's code, and "private" asks the
 * author first (private_reply.c). */
#include "lists/groups/second_thoughts.h"

#include "lists/members/members.h"
#include "lists/understand/understand.h"
#include "lists/understand/wishes/to_one.h"

#include "lib/mail/read.h"
#include "lib/text/facts/personal.h"

#include <string.h>

enum { INVITING_WORDS = 60 };

/* A telephone number is its owner's to give to a group; the public page goes without it anyway. "Ruf mich
 * doch mal an", in an answer, is said to one person. */
static bool gives_number_only(const struct understanding *it)
{
  return it->meaning->intent == INTENT_PRIVATE && it->personal == PERSONAL_PHONE &&
         !passage_has(it->passage, "want.private") && !passage_has(it->passage, "private.call") &&
         !to_one_person(it->passage, it->personal) && !to_one_by_label(it->passage);
}

/* Sent by a slip of the thumb: an answer in which nothing stands but what it answers. */
bool second_thoughts_says_nothing(const struct arrival *arrival)
{
  const struct mail *mail = arrival->mail;
  bool is_advertisement = mail->has_quote && arrival->understanding->passage->lexemes->count == 0;
  return (mail->only_quotes || is_advertisement) && !mail->is_forward && mail->attachments->len == 0;
}

/* "Ladet doch bitte klaus@web.de ein": a wish to us with somebody's address, which is not for all to read. A
 * call with a day in it names an address to answer to. */
static bool names_whom_to_invite(const struct arrival *arrival)
{
  const struct understanding *it = arrival->understanding;
  bool is_short = passage_words(it->passage, 0, it->passage->lexemes->count) <= INVITING_WORDS;
  return is_short && it->dates->len == 0 && passage_has(it->passage, "invite.ask") &&
         strchr(arrival->mail->text_new, '@');
}

const char *second_thoughts(const struct arrival *arrival, bool is_member)
{
  static const struct {
    enum intent intent;
    const char *code;
  } rows[] = {
    { INTENT_LEAVE, "wish" },       { INTENT_JOIN, "wish" },         { INTENT_SETTINGS, "wish" },
    { INTENT_DATA_ACCESS, "wish" }, { INTENT_DATA_ERASURE, "wish" }, { INTENT_PRIVATE, "private" },
  };
  const struct understanding *it = arrival->understanding;
  if (!it || arrival->is_released || gives_number_only(it)) return NULL;
  /* a member who "joins", or whose words of leaving were about another thing, means something else */
  bool is_other = it->meaning->intent == INTENT_JOIN || it->meaning->intent == INTENT_LEAVE ||
                  it->meaning->intent == INTENT_SETTINGS;
  if (is_member && !arrival->is_meant && invite_said(arrival) != INVITE_NOT_SAID) return "private";
  if (is_other && is_member) return NULL;
  if (is_member && !arrival->is_meant &&
      (second_thoughts_says_nothing(arrival) || names_whom_to_invite(arrival)))
    return "private";
  bool is_data = it->meaning->intent == INTENT_DATA_ACCESS || it->meaning->intent == INTENT_DATA_ERASURE;
  if (is_data && is_member && !arrival->is_meant)
    return "private"; /* its author says whether it is for all */
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
    if (it->meaning->intent == rows[i].intent) return arrival->is_meant ? NULL : rows[i].code;
  return NULL;
}
