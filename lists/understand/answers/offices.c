/* Consent to unencrypted mail from offices, as people give it, refuse it and take it back. Called for
 * settings
 * (../settings.c) and for the answer to our own question (members/consent.c). What it promises: no text that
 * holds a word of refusal anywhere, or a question, is ever a yes. Consent is a thing of law, so the two
 * mistakes do not weigh the same: who is misread as a no gets a letter that says so and loses nothing; who is
 * misread as a yes has their affairs sent about in the open.
 *
 * What surprised us: "das Amt darf mir nicht mehr unverschlüsselt schreiben" holds every word of the yes.
 * That is why the word that permits is not weighed against the one that denies. */
#include "lists/understand/answers/offices.h"

int offices_wished(const struct passage *passage)
{
  bool permits = passage_has(passage, "offices.permit"), refuses = passage_has(passage, "offices.refuse");
  if ((!permits && !refuses && !passage_has(passage, "offices.topic")) || passage_asks(passage)) return -1;
  if (refuses || passage_has(passage, "offices.denial")) return 0;
  return permits && !passage_has(passage, "confirm.condition") ? 1 : -1;
}

enum answer offices_answered(const struct passage *passage)
{
  enum answer said = answer_read(passage).answer;
  if (passage_asks(passage)) return ANSWER_NONE;
  if (said == ANSWER_NO || passage_has(passage, "offices.refuse") || passage_has(passage, "offices.denial"))
    return ANSWER_NO;
  if (passage_has(passage, "confirm.condition") || passage_has(passage, "confirm.absent")) return ANSWER_NONE;
  return said == ANSWER_YES || passage_has(passage, "offices.permit") ? ANSWER_YES : said;
}
