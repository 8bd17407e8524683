/* Choosing by hints: where no sentence of a mail says what is wanted, the words of all of it may still leave
 * only one thing. "Rundbrief", "Computer", "zukommen lassen" over three sentences want the newsletter; a bare
 * "täglich" wants it daily. Called for the front door, the help address and answers to a digest, where
 * somebody talks to us and the worst is that we ask back; at a list that neighbours read hints decide
 * nothing.
 *
 * A row holds where each of its sets has a sign in the mail and none of `without` is there. The first row
 * that holds counts, so what is rarer stands first. */
#include "lists/understand/choose.h"
#include "lists/understand/named_list.h"

enum { SETS = 3, BARE_WORDS = 10 };

/* Mails of another kind: what they are about has signs of its own. */
#define ABOUT      (SIGN(EVENTVERB) | SIGN(CATEGORY) | SIGN(MONEY) | SIGN(FUND) | SIGN(SUPPORT) | SIGN(QUARREL))
#define NEIGHBOURS (SIGN(WHO) | SIGN(OTHER))
#define OURS       (SIGN(LIST) | SIGN(MAIL))

static const struct {
  enum intent intent;
  uint64_t sets[SETS];
  uint64_t without;
} hints[] = {
  { INTENT_DATA_ERASURE, { SIGN(ERASE), SIGN(DATA) | SIGN(STORED) }, ABOUT },
  { INTENT_DATA_ACCESS, { SIGN(STORED), SIGN(DATA), SIGN(TELL) | SIGN(ASK) | SIGN(WANT) }, ABOUT },
  { INTENT_ABUSE_NOTICE, { SIGN(BAD), SIGN(POST) | SIGN(REPORT) | SIGN(LIST) }, SIGN(FUND) },
  { INTENT_SETTINGS, { SIGN(PAUSE), OURS | SIGN(GET), SIGN(WANT) | SIGN(NONE) | SIGN(DATE) }, ABOUT },
  { INTENT_SETTINGS, { SIGN(COPY), OURS | SIGN(GET) | SIGN(WANT) | SIGN(NONE) }, ABOUT },
  { INTENT_SETTINGS, { SIGN(DELIVERY), OURS | SIGN(GET) | SIGN(WANT) | SIGN(TOOMUCH) }, ABOUT | NEIGHBOURS },
  { INTENT_SETTINGS, { SIGN(RHYTHM) | SIGN(SUMMARY), OURS | SIGN(TOOMUCH), SIGN(GET) | SIGN(WANT) }, ABOUT },
  { INTENT_SETTINGS, { SIGN(SUMMARY) | SIGN(RHYTHM), SIGN(GET) | SIGN(WANT) }, ABOUT | NEIGHBOURS },
  { INTENT_SETTINGS, { SIGN(TOOMUCH), OURS }, ABOUT },
  { INTENT_SETTINGS, { SIGN(LANGUAGE), OURS | SIGN(GET) | SIGN(WANT) | SIGN(WRITE) }, ABOUT },
  { INTENT_SETTINGS, { SIGN(NAME), SIGN(WANT) | SIGN(ASK) | SIGN(LIST) | SIGN(POST) }, ABOUT | SIGN(NEW) },
  { INTENT_LEAVE,
    { SIGN(UNREGISTER) | SIGN(REMOVE) | SIGN(OUTOF), OURS | SIGN(ME) },
    ABOUT | NEIGHBOURS | SIGN(NOT) | SIGN(PAUSE) },
  { INTENT_LEAVE,
    { SIGN(NONE), OURS, SIGN(WANT) | SIGN(GET) },
    ABOUT | NEIGHBOURS | SIGN(PAUSE) | SIGN(ASK) },
  { INTENT_JOIN, { SIGN(REGISTER) | SIGN(ADD) | SIGN(INTO), OURS }, ABOUT | SIGN(NONE) | SIGN(OTHER) },
  { INTENT_JOIN, { SIGN(GET), OURS, SIGN(WANT) | SIGN(ASK) | SIGN(NEW) }, ABOUT | SIGN(NONE) | SIGN(OTHER) },
  { INTENT_JOIN, { SIGN(NEW), OURS | SIGN(REGISTER) | SIGN(ADD) }, ABOUT | SIGN(OTHER) },
};

/* A mail that says hardly more than the setting itself: "täglich -> wöchentlich". */
static bool is_bare_setting(const struct tally *tally)
{
  const uint64_t settings = SIGN(DELIVERY) | SIGN(RHYTHM) | SIGN(SUMMARY) | SIGN(PAUSE) | SIGN(LANGUAGE);
  const uint64_t times = SIGN(RHYTHM) | SIGN(PAUSE);
  const uint64_t asks = SIGN(ASK) | SIGN(QUESTION) | SIGN(OFFICE);
  bool asks_for_a_time = tally->signs & asks && !(tally->signs & settings & ~times);
  return tally->words <= BARE_WORDS && tally->signs & settings && !asks_for_a_time &&
         !(tally->signs & (ABOUT | NEIGHBOURS));
}

/* "Adlershof, will dabei sein": a list or where one lives, and a word of joining or of wishing. Who comes to
 * our door with a place and no topic wants in. */
static bool names_list_to_join(const struct reading_room *room, const struct tally *tally)
{
  enum { FEW_WORDS = 40 };
  const uint64_t ways = SIGN(REGISTER) | SIGN(ADD) | SIGN(INTO) | SIGN(NEW) | SIGN(COME) | OURS | SIGN(GET);
  const uint64_t ends = SIGN(REMOVE) | SIGN(UNREGISTER) | SIGN(OUTOF) | SIGN(DONE);
  if (room->command || !(tally->signs & ways) || tally->signs & (ABOUT | ends | SIGN(NONE) | SIGN(WHO)))
    return false;
  if (tally->signs & SIGN(OTHER) && !(tally->signs & OURS)) return false;
  return tally->words <= FEW_WORDS && named_list(room, INTENT_JOIN) != NULL;
}

struct choice choose_by_hints(const struct reading_room *room, const struct tally *tally)
{
  struct choice choice = { .intent = INTENT_UNCLEAR, .is_by_words = true };
  for (gsize i = 0; i < G_N_ELEMENTS(hints); i++) {
    bool holds = !(tally->signs & hints[i].without);
    for (gsize k = 0; k < SETS && holds; k++)
      holds = hints[i].sets[k] == 0 || (tally->signs & hints[i].sets[k]) != 0;
    if (!holds) continue;
    choice.intent = hints[i].intent;
    return choice;
  }
  if (is_bare_setting(tally))
    choice.intent = INTENT_SETTINGS;
  else if (names_list_to_join(room, tally))
    choice.intent = INTENT_JOIN;
  return choice;
}
