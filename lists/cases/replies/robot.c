/* Programs that answer in an office's name: "Ihre Anfrage ist eingegangen (Ticket 4711). Dies ist eine
 * automatisch erzeugte Nachricht.", Outlook's "… möchte die Nachricht … zurückrufen", and what a server tells
 * of our mail's way ("Unzustellbar: …"). None is an answer: reminders go on. An absence says so in its header
 * and does not come here; a person's own "ist eingegangen, wir melden uns" is an interim answer, and an
 * answer that some program signs ("automatisch versandt") is one as well. */
#include "lists/cases/replies/reply.h"

#include <string.h>

enum { READ_BYTES = 8 * 1024, RECALL_WORDS = 60 };

static bool is_recall(const struct passage *passage, const struct passage *subject)
{
  bool says_so = passage_has(passage, "case.recall") && passage_has(passage, "case.recall-verb");
  bool is_short = passage->lexemes->count <= RECALL_WORDS;
  return is_short && (says_so || passage_has(subject, "case.recall-subject"));
}

/* "Unzustellbar: Poller", "Gelesen: Poller": a program tells where a mail of ours has gone. Its subject says
 * so, and its text, if there is one. */
static bool is_delivery(const struct passage *passage, const struct passage *subject)
{
  if (!passage_has(subject, "case.delivery-subject")) return false;
  return passage->lexemes->count == 0 || passage_has(passage, "case.delivery");
}

/* "Ich habe Ihr Anliegen an die BSR weitergeleitet": a person says who has it now, where no number of a
 * ticket stands beside it. */
static bool says_who_has_it(const struct case_reply *reply, const struct passage *passage)
{
  if (g_strcmp0(reply->reading.state, "forwarded") != 0) return false;
  for (const struct phrase_hit *hit = passage_find(passage, phrases_tag("robot.receipt"), 0); hit;
       hit = passage_find(passage, phrases_tag("robot.receipt"), hit->first + 1))
    if (g_str_equal(hit->value, "number")) return false;
  return true;
}

/* A program says that it has got it, and nothing of the matter. */
static bool is_receipt(const struct case_reply *reply)
{
  const struct reply_reading *r = &reply->reading;
  g_autofree char *text =
      g_strconcat(reply->arrival->mail->subject, "\n\n", reply->arrival->mail->text_new, NULL);
  g_autoptr(passage_t) passage = passage_new_about(text, PHRASES_ROBOTS, NULL, READ_BYTES);
  static const char *const said[] = { "done", "planned", "rejected", "not_responsible", NULL };
  bool says_something = *r->expected || (r->state && g_strv_contains(said, r->state));
  bool is_robot = passage_has(passage, "robot.automatic") || passage_has(passage, "robot.unanswerable");
  bool is_ticket = passage_has(passage, "robot.receipt") && passage_has(passage, "robot.acknowledged") &&
                   !says_who_has_it(reply, passage);
  return !says_something && passage_has(passage, "robot.acknowledged") && (is_robot || is_ticket);
}

bool reply_is_robot(const struct case_reply *reply)
{
  g_autoptr(passage_t) passage = passage_new(reply->arrival->mail->text_new, NULL, READ_BYTES);
  g_autoptr(passage_t) subject = passage_new(reply->arrival->mail->subject, NULL, READ_BYTES);
  return is_recall(passage, subject) || is_delivery(passage, subject) || is_receipt(reply);
}
