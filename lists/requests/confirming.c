/* What counts as a yes to "please confirm" (DESIGN.md, "Trust and roles": a reply means yes unless it says
 * no). Called by answer.c before a purpose that confirms decides anything, and by those purposes themselves.
 * An answer without words of its own, under the unchanged subject, is a yes, and so are plain words of yes or
 * of the very thing that was asked. Words that say neither are no yes: whoever wrote them is asked once more.
 *
 * What surprised us: hardly any answer that is no yes says no. "Ihr Ticket #4711 wurde angelegt", "Wer sind
 * Sie?", "Ich überlege es mir noch" and "Lassen Sie mich in Ruhe" made members, all of them. */
#include "lists/requests/purposes.h"

#include "lists/understand/understand.h"

#include <string.h>

/* Does a program thank for our mail and promise to look at it? An office's such letter is an answer to what
 * somebody asked the office; to our question it is none. */
bool answer_is_receipt(const struct mail *mail)
{
  enum { LOOK_AT = 1500 };
  g_autoptr(passage_t) passage = passage_new_about(mail->text_new, PHRASES_ROBOTS, NULL, LOOK_AT);
  return passage_has(passage, "robot.acknowledged") || passage_has(passage, "robot.unanswerable");
}

static bool asks(const struct passage *passage)
{
  for (guint i = 0; i < passage->lexemes->count; i++)
    if (lexeme_is(&passage->lexemes->at[i], "?")) return true;
  return false;
}

static bool has(const struct passage *passage, const char *tag)
{
  return tag && passage_has(passage, tag);
}

/* Somebody pressed "send" under our letter and wrote nothing: what is left is the quote. */
static bool is_only_quote(const char *text)
{
  g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
  for (char **line = lines; *line; line++) {
    const char *content = g_strchug(*line);
    if (*content && *content != '>') return false;
  }
  return true;
}

enum answer answer_said(const struct arrival *arrival, const struct purpose *purpose)
{
  const struct understanding *it = arrival->understanding;
  const struct passage *passage = it->passage;
  if (is_only_quote(arrival->mail->text_new)) return ANSWER_YES;
  if (answer_is_receipt(arrival->mail)) return ANSWER_NONE;
  enum answer read = answer_read(passage).answer;
  if (asks(passage)) return ANSWER_NONE;
  if (has(passage, purpose->yes_words)) return ANSWER_YES;
  if (read == ANSWER_NO || has(passage, "confirm.no") || has(passage, purpose->no_words)) return ANSWER_NO;
  if (read == ANSWER_MAYBE || has(passage, "confirm.doubt")) return ANSWER_NONE;
  return read == ANSWER_YES || has(passage, "confirm.yes") ? ANSWER_YES : ANSWER_NONE;
}

bool answer_is_yes(const struct arrival *arrival, const struct answering *answering)
{
  return answer_said(arrival, answering->purpose) == ANSWER_YES;
}

bool answer_is_no(const struct arrival *arrival)
{
  const struct understanding *it = arrival->understanding;
  return answer_read(it->passage).answer == ANSWER_NO || has(it->passage, "confirm.no") ||
         it->meaning->intent == INTENT_LEAVE;
}
