/* Choosing by the mail that is answered: what we asked is what the answer is about, unless it clearly wants
 * something else ("bitte streichen Sie mich von der Liste" under an invitation). Offices, moderators and
 * kiezpaten answer what they were asked whatever their words. */
#include "lists/understand/choose.h"

#include "lib/text/facts/answer.h"

static struct choice only(enum intent intent)
{
  return (struct choice){ .intent = intent };
}

static struct choice by_words(enum intent intent)
{
  return (struct choice){ .intent = intent, .is_by_words = true };
}

/* "Bitte von der Liste nehmen, ich kann doch nicht": they cannot come, so the list is that of the guests;
 * where mails are named, or the group, it is ours. */
static bool tells_why(const struct passage *passage)
{
  static const char *const reasons[] = { "answer.modal", "answer.verb", "answer.excuse" };
  bool has_reason = false;
  for (gsize i = 0; i < G_N_ELEMENTS(reasons); i++) has_reason |= passage_has(passage, reasons[i]);
  return has_reason && !passage_has(passage, "rsvp.mailing");
}

/* An answer to an invitation: who comes, a question about it, or a wish of its own. */
static struct choice choose_event(const struct reading_room *room, const struct tally *tally)
{
  enum intent command = choose_command(tally, POINTS_SURE);
  enum answer answer = answer_read(room->passage).answer;
  bool counts = room->people >= 0 && !passage_has(room->passage, "people.asked");
  bool answers = answer != ANSWER_NONE || counts;
  /* "melde mich hiermit ab": from the event; from the list only where that is named, or in one word */
  bool is_of_event = answer == ANSWER_NO && tally->words > 2 && !(tally->signs & (SIGN(LIST) | SIGN(MAIL)));
  if (command == INTENT_LEAVE && answer == ANSWER_NO && tells_why(room->passage)) return only(INTENT_RSVP);
  if (command == INTENT_LEAVE && rsvp_takes_back(room->passage)) return only(INTENT_RSVP);
  if (command == INTENT_LEAVE && !is_of_event) return by_words(command);
  if (command == INTENT_SETTINGS || command == INTENT_DATA_ERASURE) return by_words(command);
  if (answers) return only(INTENT_RSVP);
  if (tally->wishes[INTENT_EVENT].points >= 7) return by_words(INTENT_EVENT);
  if (tally->questions > 0 || tally->wishes[INTENT_QUESTION].points >= POINTS_ENOUGH)
    return by_words(INTENT_QUESTION);
  return only(INTENT_RSVP);
}

/* "Meine Stimme für 2 und 5": of what we listed something is chosen. */
static bool is_support(const struct tally *tally, int points)
{
  return tally->wishes[INTENT_SUPPORT].points >= points && !(tally->signs & SIGN(MONEY));
}

/* An answer to our question about a report or a proposal, or to a ballot. */
static struct choice choose_asked(enum intent asked, const struct tally *tally)
{
  enum intent command = choose_command(tally, POINTS_SURE);
  if (command == INTENT_LEAVE || command == INTENT_DATA_ACCESS || command == INTENT_DATA_ERASURE)
    return by_words(command);
  if (asked == INTENT_PROPOSAL && is_support(tally, POINTS_ENOUGH)) return by_words(INTENT_SUPPORT);
  return only(asked);
}

/* An answer to a digest: to one of its items, or about how it comes. Who writes little writes about the one
 * or the other, so then hints are enough for a setting. */
static struct choice choose_digest(const struct reading_room *room, const struct tally *tally)
{
  enum { FEW_WORDS = 30, POINTS_CHOSEN = 8 };
  enum intent command = choose_command(tally, 7);
  if (command != INTENT_UNCLEAR) return by_words(command);
  if (tally->words <= FEW_WORDS && is_support(tally, POINTS_CHOSEN)) return by_words(INTENT_SUPPORT);
  struct choice hinted = choose_by_hints(room, tally);
  bool is_setting = hinted.intent == INTENT_SETTINGS || hinted.intent == INTENT_LEAVE;
  return is_setting && tally->words <= FEW_WORDS ? hinted : only(INTENT_REPLY);
}

/* "Wir kommen zu zweit! Übrigens: die Lampe vor Nummer 50 ist kaputt": a report of its own beside an answer.
 */
static struct choice with_report(const struct reading_room *room, const struct tally *tally,
                                 struct choice choice)
{
  bool is_report = tally->wishes[INTENT_DEFECT].points >= POINTS_ENOUGH + 1 && tally->sentences > 1 &&
                   tally->text_signs & SIGN(PLACE);
  if (choice.intent == INTENT_RSVP && is_report &&
      choose_is_second(room, tally, choice.intent, INTENT_DEFECT))
    choice.also[choice.also_count++] = INTENT_DEFECT;
  return choice;
}

struct choice choose_by_context(const struct reading_room *room, const struct tally *tally)
{
  switch (room->context) {
  case CONTEXT_EVENT: return with_report(room, tally, choose_event(room, tally));
  case CONTEXT_MODERATION: return only(INTENT_MODERATION);
  case CONTEXT_OFFICIAL: return only(INTENT_OFFICIAL_REPLY);
  case CONTEXT_VOTE: return choose_asked(INTENT_VOTE, tally);
  case CONTEXT_MINUTES: return only(INTENT_MINUTES);
  case CONTEXT_DEFECT: return choose_asked(INTENT_DEFECT, tally);
  case CONTEXT_PROPOSAL: return choose_asked(INTENT_PROPOSAL, tally);
  case CONTEXT_CONFIRM: return only(INTENT_CONFIRM);
  case CONTEXT_DIGEST: return choose_digest(room, tally);
  case CONTEXT_NONE:
  case CONTEXT_COUNT: break;
  }
  return only(INTENT_UNCLEAR);
}
