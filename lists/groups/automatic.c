/* An answer to a post that reads as if a program, or an office's desk, had written it, though no field says
 * so: "Ihre Nachricht ist eingegangen. Ticket 4711", "Diese Mailadresse ist nicht mehr aktiv". A list's
 * moderators look at it first. Called by post.c. A case's office may write just that: hence not in lib/mail.
 *
 * What surprised us: neighbours write all these words, too, of shops, of offices and of themselves. A program
 * speaks of the mail it answers ("Ihre Mail", "diese Adresse"), and never asks. */
#include "lists/groups/groups.h"

#include "lists/understand/understand.h"

#include "lib/text/subject.h"

enum { LOOK_AT = 1500, LEXEMES_MOST = 250 };

static bool is_answer(const struct arrival *arrival)
{
  const struct mail *mail = arrival->mail;
  bool is_to_post = arrival->target.meaning == ADDRESS_TOKEN && arrival->target.token.purpose == TOKEN_POST;
  return is_to_post || mail->references->len > 0 || subject_is_reply(mail->subject);
}

bool group_answer_is_automatic(const struct arrival *arrival)
{
  if (!is_answer(arrival)) return false;
  g_autoptr(passage_t) text = passage_new_about(arrival->mail->text_new, PHRASES_ROBOTS, NULL, LOOK_AT);
  if (text->lexemes->count > LEXEMES_MOST || passage_asks(text)) return false;
  if (passage_has(text, "robot.system")) return true;
  if (passage_has(text, "robot.person")) return false;
  bool is_away = passage_has(text, "robot.office") || passage_has(text, "robot.away");
  return passage_has(text, "robot.closed") || passage_has(text, "robot.fate") ||
         (is_away && passage_has(text, "robot.refer"));
}
