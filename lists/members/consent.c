/* Consent (Korrespondenzart): offices may send personal matters by plain mail only to who agreed. Whoever is
 * known to us and writes to where offices answer is asked once, ever; the answer is dated, the request's row
 * is the proof, and a later answer to the same letter, or a word to us ("keine unverschlüsselten Mails vom
 * Amt"), takes it back. No answer is no consent. */
#include "lists/members/consent.h"

#include "lists/letters.h"

#include "lists/offices/offices.h"
#include "lists/requests/purposes.h"
#include "lists/senders.h"
#include "lists/understand/answers/offices.h"
#include "lists/understand/understand.h"

#include "lib/store/directory.h"
#include "lib/store/people/consents.h"
#include "lib/store/people/people.h"

/* A human whom our MTA knows, at a list where offices answer? */
static bool is_for_office(const struct arrival *arrival)
{
  const struct kind *kind = arrival->list ? kind_find(arrival->list->kind) : NULL;
  return kind && kind->reaches_offices && arrival->target.meaning == ADDRESS_LIST &&
         arrival->mail->robot == MAIL_HUMAN && arrival->mail->auth.is_authenticated;
}

static bool ask(struct work *work, int64_t person, const char *address, GError **error)
{
  struct consent consent;
  if (!consent_get(work->store, person, &consent, error)) return false;
  if (consent.is_known) return true;
  bool asked = false;
  if (!requests_ask(work,
                    &(struct question_out){ .purpose = "consent", .person = person, .address = address },
                    &asked, error))
    return false;
  return !asked || consent_put(work->store, person, &(struct consent){ .asked = work->now }, error);
}

bool consent_ask(struct work *work, const struct arrival *arrival, GError **error)
{
  if (!is_for_office(arrival)) return true;
  struct sender sender;
  struct office_sender office; /* one office writes to another as it likes */
  if (!offices_look(work, arrival->mail, 0, &office, error)) return false;
  if (office.proof != OFFICE_NONE) return true;
  if (!sender_find(work, arrival->mail, 0, &sender, error)) return false;
  bool done = !sender.person || ask(work, sender.person, sender.address, error);
  sender_clear(&sender);
  return done;
}

/* Everything is understood and permits, or something refuses. "Ja, aber nur das Ordnungsamt" is neither. */
static enum answer said_of(const struct arrival *arrival, const struct answering *answering)
{
  const struct passage *passage = arrival->understanding->passage;
  enum answer said = answer_said(arrival, answering->purpose);
  bool is_no = passage_has(passage, "offices.refuse") || passage_has(passage, "offices.denial");
  if (is_no && said != ANSWER_YES) return offices_answered(passage);
  return said;
}

/* One line: what was recorded, and how it is taken back. */
static bool tell(struct work *work, const struct arrival *arrival, const struct request *request, bool is_yes,
                 GError **error)
{
  g_autoptr(value_t) values = value_new();
  value_set_flag(values, "yes", is_yes);
  return requests_tell(work, arrival, request, "consent_done", values, true, error);
}

bool consent_decide(struct work *work, const struct arrival *arrival, const struct answering *answering,
                    struct decision *decision, GError **error)
{
  const struct request *request = answering->request;
  enum answer said = said_of(arrival, answering);
  int64_t person = request->person;
  if (said != ANSWER_YES && said != ANSWER_NO)
    return requests_ask_once_more(work, arrival, request, ONCE_MORE_UNCLEAR, decision, error);
  bool is_yes = said == ANSWER_YES;
  g_string_assign(decision->reason, is_yes ? "Offices may write to the person without encryption."
                                           : "Offices may not write to the person without encryption.");
  return requests_end(work, arrival, request, is_yes ? "yes" : "no", error) &&
         person_now(work->store, &person, error) &&
         consent_say(work->store, person, is_yes, work->now, error) &&
         tell(work, arrival, request, is_yes, error);
}
