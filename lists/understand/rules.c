/* Rules over signs: which kinds of words, standing in one sentence in any order, speak for which intent.
 * German puts its verbs where it likes, so a rule asks for "remove", "me" and "list" rather than for a row of
 * words. The words stand in the tables (sections word.*), one set a language; the rules are for all of them.
 *
 * 9 says it all; 6 is enough where nothing else speaks; less is a hint that counts at addresses made for
 * it. Of one sentence the strongest rule of an intent counts. */
#include "lists/understand/scores.h"

static const char *const tags[SIGN_COUNT] = {
  [SIGN_LIST] = "word.list",
  [SIGN_MAIL] = "word.mail",
  [SIGN_GET] = "word.get",
  [SIGN_ME] = "word.me",
  [SIGN_WANT] = "word.want",
  [SIGN_REMOVE] = "word.remove",
  [SIGN_UNREGISTER] = "word.unregister",
  [SIGN_REGISTER] = "word.register",
  [SIGN_ADD] = "word.add",
  [SIGN_NONE] = "word.none",
  [SIGN_NOT] = "word.not",
  [SIGN_DONE] = "word.done",
  [SIGN_WHO] = "word.who",
  [SIGN_OTHER] = "word.other",
  [SIGN_HOW] = "word.how",
  [SIGN_NEW] = "word.new",
  [SIGN_HERE] = "word.here",
  [SIGN_TOOMUCH] = "word.toomuch",
  [SIGN_DELIVERY] = "settings.delivery",
  [SIGN_PAUSE] = "settings.pause",
  [SIGN_LANGUAGE] = "settings.language",
  [SIGN_WRITE] = "word.write",
  [SIGN_LAW] = "word.law",
  [SIGN_TELL] = "word.tell",
  [SIGN_DATA] = "word.data",
  [SIGN_STORED] = "word.stored",
  [SIGN_MINE] = "word.mine",
  [SIGN_ERASE] = "word.erase",
  [SIGN_POST] = "word.post",
  [SIGN_BAD] = "word.bad",
  [SIGN_REPORT] = "word.report",
  [SIGN_EVENT] = "word.event",
  [SIGN_EVENTVERB] = "word.eventverb",
  [SIGN_COME] = "word.come",
  [SIGN_FUND] = "word.fund",
  [SIGN_APPLY] = "word.apply",
  [SIGN_IDEA] = "word.idea",
  [SIGN_WISH] = "word.wish",
  [SIGN_COST] = "word.cost",
  [SIGN_QUESTION] = "word.question",
  [SIGN_OFFICE] = "word.office",
  [SIGN_SUPPORT] = "word.support",
  [SIGN_CHOICE] = "word.choice",
  [SIGN_CATEGORY] = "defect.category",
  [SIGN_PLAIN] = "defect.plain",
  [SIGN_DEFECT] = "word.defect",
  [SIGN_DANGER] = "defect.danger",
  [SIGN_REPORT_DEFECT] = "word.report_defect",
  [SIGN_QUARREL] = "word.quarrel",
  [SIGN_TAKE] = "word.take",
  [SIGN_INTO] = "word.into",
  [SIGN_OUTOF] = "word.outof",
  [SIGN_UNTIL] = "word.until",
};

const char *sign_tag(enum sign sign)
{
  return tags[sign];
}

/* What makes words of leaving and joining somebody else's, or about something else. */
#define ELSE (SIGN(NOT) | SIGN(DONE) | SIGN(WHO))

/* What makes "einmal die Woche" speak of something else than of mails. */
#define NO_MAILS                                                                                             \
  (SIGN(WHO) | SIGN(OTHER) | SIGN(EVENT) | SIGN(EVENTVERB) | SIGN(CATEGORY) | SIGN(DEFECT) | SIGN(COST) |    \
   SIGN(TIME) | SIGN(MONEY))

const struct rule_of_signs rules_of_signs[] = {
  { INTENT_LEAVE, 9, SIGN(UNREGISTER) | SIGN(LIST), ELSE },
  { INTENT_LEAVE, 9, SIGN(TAKE) | SIGN(OUTOF), ELSE },
  { INTENT_LEAVE, 9, SIGN(REMOVE) | SIGN(ME) | SIGN(LIST), ELSE },
  { INTENT_LEAVE, 8, SIGN(REMOVE) | SIGN(WANT) | SIGN(LIST), ELSE | SIGN(OTHER) },
  { INTENT_LEAVE, 8, SIGN(UNREGISTER) | SIGN(WANT) | SIGN(ME), ELSE | SIGN(OTHER) },
  { INTENT_LEAVE, 6, SIGN(UNREGISTER) | SIGN(WANT), ELSE | SIGN(OTHER) },
  { INTENT_LEAVE, 8, SIGN(UNREGISTER) | SIGN(MAIL), ELSE | SIGN(OTHER) },
  { INTENT_LEAVE, 8, SIGN(NONE) | SIGN(MAIL) | SIGN(GET) | SIGN(WANT),
    ELSE | SIGN(PAUSE) | SIGN(DELIVERY) | SIGN(OTHER) | SIGN(ASK) | SIGN(UNTIL) },
  { INTENT_LEAVE, 7, SIGN(NONE) | SIGN(LIST) | SIGN(WANT),
    ELSE | SIGN(PAUSE) | SIGN(DELIVERY) | SIGN(OTHER) | SIGN(ASK) | SIGN(UNTIL) },

  { INTENT_JOIN, 9, SIGN(TAKE) | SIGN(INTO), ELSE | SIGN(NONE) | SIGN(OUTOF) },
  { INTENT_JOIN, 6, SIGN(TAKE) | SIGN(ADD), ELSE | SIGN(NONE) | SIGN(REMOVE) | SIGN(OUTOF) | SIGN(OTHER) },
  { INTENT_JOIN, 6, SIGN(WANT) | SIGN(INTO),
    ELSE | SIGN(NONE) | SIGN(OTHER) | SIGN(REMOVE) | SIGN(POST) | SIGN(GET) | SIGN(OUTOF) | SIGN(UNREGISTER) |
        SIGN(DELIVERY) },
  { INTENT_JOIN, 9, SIGN(ADD) | SIGN(ME) | SIGN(LIST), ELSE | SIGN(NONE) | SIGN(REMOVE) },
  { INTENT_JOIN, 8, SIGN(ADD) | SIGN(WANT) | SIGN(LIST), ELSE | SIGN(NONE) | SIGN(REMOVE) | SIGN(OTHER) },
  { INTENT_JOIN, 8, SIGN(REGISTER) | SIGN(WANT) | SIGN(LIST), ELSE | SIGN(NONE) },
  { INTENT_JOIN, 7, SIGN(REGISTER) | SIGN(LIST), ELSE | SIGN(NONE) | SIGN(OTHER) },
  { INTENT_JOIN, 6, SIGN(REGISTER) | SIGN(WANT) | SIGN(HERE), ELSE | SIGN(OTHER) | SIGN(NONE) },
  { INTENT_JOIN, 5, SIGN(REGISTER) | SIGN(WANT), ELSE | SIGN(OTHER) | SIGN(NONE) | SIGN(EVENT) },
  { INTENT_JOIN, 7, SIGN(WANT) | SIGN(LIST) | SIGN(GET),
    ELSE | SIGN(NONE) | SIGN(DELIVERY) | SIGN(REMOVE) | SIGN(UNREGISTER) | SIGN(PAUSE) | SIGN(TOOMUCH) },
  { INTENT_JOIN, 6, SIGN(NEW) | SIGN(REGISTER), ELSE | SIGN(OTHER) },
  { INTENT_JOIN, 6, SIGN(NEW) | SIGN(LIST) | SIGN(WANT), ELSE },
  { INTENT_JOIN, 6, SIGN(NEW) | SIGN(LIST) | SIGN(ASK), ELSE },
  { INTENT_JOIN, 5, SIGN(WANT) | SIGN(MAIL) | SIGN(GET) | SIGN(ME),
    ELSE | SIGN(NONE) | SIGN(DELIVERY) | SIGN(REMOVE) | SIGN(UNREGISTER) | SIGN(PAUSE) | SIGN(TOOMUCH) |
        SIGN(OTHER) | SIGN(CATEGORY) | SIGN(STORED) | SIGN(LANGUAGE) | SIGN(POST) },
  { INTENT_JOIN, 6, SIGN(ADD) | SIGN(ME) | SIGN(WANT), ELSE | SIGN(OTHER) | SIGN(NONE) | SIGN(REMOVE) },

  { INTENT_HELP, 7, SIGN(HOW) | SIGN(UNREGISTER), SIGN(OTHER) | SIGN(DONE) },
  { INTENT_HELP, 5, SIGN(HOW) | SIGN(REGISTER) | SIGN(LIST), SIGN(OTHER) | SIGN(DONE) },

  { INTENT_SETTINGS, 8, SIGN(DELIVERY) | SIGN(MAIL), SIGN(WHO) },
  { INTENT_SETTINGS, 8, SIGN(DELIVERY) | SIGN(GET) | SIGN(WANT), SIGN(WHO) | SIGN(OTHER) },
  { INTENT_SETTINGS, 5, SIGN(DELIVERY) | SIGN(WANT), NO_MAILS },
  { INTENT_SETTINGS, 6, SIGN(DELIVERY) | SIGN(WANT) | SIGN(TOOMUCH), NO_MAILS },
  { INTENT_SETTINGS, 7, SIGN(DELIVERY) | SIGN(TOOMUCH), SIGN(WHO) | SIGN(OTHER) },
  { INTENT_SETTINGS, 8, SIGN(PAUSE) | SIGN(MAIL) | SIGN(NONE), SIGN(WHO) },
  { INTENT_SETTINGS, 9, SIGN(UNTIL) | SIGN(MAIL) | SIGN(NONE) | SIGN(DATE), SIGN(WHO) },
  { INTENT_SETTINGS, 8, SIGN(UNTIL) | SIGN(NONE) | SIGN(GET) | SIGN(DATE), SIGN(WHO) | SIGN(OTHER) },
  { INTENT_SETTINGS, 7, SIGN(PAUSE) | SIGN(LIST), SIGN(WHO) | SIGN(OTHER) },
  { INTENT_SETTINGS, 8, SIGN(LANGUAGE) | SIGN(WRITE), SIGN(WHO) },
  { INTENT_SETTINGS, 7, SIGN(LANGUAGE) | SIGN(MAIL), SIGN(WHO) },
  { INTENT_SETTINGS, 6, SIGN(LANGUAGE) | SIGN(WANT), SIGN(WHO) },
  { INTENT_SETTINGS, 6, SIGN(TOOMUCH) | SIGN(MAIL), SIGN(WHO) | SIGN(CATEGORY) },

  { INTENT_DATA_ACCESS, 9, SIGN(LAW) | SIGN(TELL), 0 },
  { INTENT_DATA_ACCESS, 9, SIGN(STORED) | SIGN(DATA) | SIGN(TELL) | SIGN(MINE), 0 },
  { INTENT_DATA_ACCESS, 7, SIGN(DATA) | SIGN(TELL) | SIGN(MINE) | SIGN(WANT), SIGN(ERASE) },
  { INTENT_DATA_ACCESS, 4, SIGN(STORED) | SIGN(GET) | SIGN(WANT), SIGN(ERASE) | SIGN(LIST) },
  { INTENT_DATA_ACCESS, 7, SIGN(DATA) | SIGN(STORED) | SIGN(ASK), SIGN(ERASE) },
  { INTENT_DATA_ERASURE, 9, SIGN(ERASE) | SIGN(LAW), 0 },
  { INTENT_DATA_ERASURE, 8, SIGN(ERASE) | SIGN(DATA) | SIGN(MINE), SIGN(LIST) },
  { INTENT_DATA_ERASURE, 5, SIGN(ERASE) | SIGN(STORED) | SIGN(MINE), 0 },

  { INTENT_ABUSE_NOTICE, 8, SIGN(BAD) | SIGN(POST) | SIGN(REPORT), 0 },
  { INTENT_ABUSE_NOTICE, 5, SIGN(BAD) | SIGN(POST), 0 },
  { INTENT_ABUSE_NOTICE, 5, SIGN(BAD) | SIGN(REPORT), 0 },

  { INTENT_EVENT, 7, SIGN(EVENT) | SIGN(EVENTVERB) | SIGN(DATE), 0 },
  { INTENT_EVENT, 6, SIGN(EVENT) | SIGN(TIME), SIGN(ASK) },
  { INTENT_EVENT, 6, SIGN(EVENTVERB) | SIGN(TIME), SIGN(ASK) },
  { INTENT_EVENT, 5, SIGN(EVENT) | SIGN(EVENTVERB), SIGN(ASK) },
  { INTENT_EVENT, 4, SIGN(EVENT) | SIGN(DATE), SIGN(ASK) },
  { INTENT_EVENT, 4, SIGN(EVENTVERB) | SIGN(DATE), SIGN(ASK) },
  { INTENT_EVENT, 2, SIGN(EVENT), SIGN(ASK) },

  { INTENT_RSVP, 7, SIGN(COME) | SIGN(PEOPLE), SIGN(ASK) },
  { INTENT_RSVP, 6, SIGN(COME) | SIGN(EVENT), SIGN(ASK) | SIGN(EVENTVERB) },
  { INTENT_RSVP, 4, SIGN(COME), SIGN(ASK) | SIGN(EVENTVERB) },

  { INTENT_PROPOSAL, 8, SIGN(FUND) | SIGN(APPLY), SIGN(ASK) },
  { INTENT_PROPOSAL, 8, SIGN(FUND) | SIGN(MONEY), SIGN(ASK) },
  { INTENT_PROPOSAL, 8, SIGN(FUND) | SIGN(IDEA), SIGN(ASK) },
  { INTENT_PROPOSAL, 7, SIGN(FUND) | SIGN(WISH), SIGN(ASK) },
  { INTENT_PROPOSAL, 7, SIGN(IDEA) | SIGN(MONEY), 0 },
  { INTENT_PROPOSAL, 7, SIGN(APPLY) | SIGN(MONEY), 0 },
  { INTENT_PROPOSAL, 6, SIGN(WISH) | SIGN(MONEY), 0 },
  { INTENT_PROPOSAL, 5, SIGN(APPLY) | SIGN(IDEA), SIGN(ASK) },
  { INTENT_PROPOSAL, 6, SIGN(IDEA) | SIGN(WISH), SIGN(ASK) },
  { INTENT_PROPOSAL, 4, SIGN(COST) | SIGN(MONEY), 0 },
  { INTENT_PROPOSAL, 3, SIGN(IDEA), SIGN(ASK) },
  { INTENT_PROPOSAL, 3, SIGN(FUND), SIGN(ASK) },
  { INTENT_PROPOSAL, 2, SIGN(WISH), SIGN(ASK) },

  { INTENT_DEFECT, 7, SIGN(CATEGORY) | SIGN(DEFECT), SIGN(MONEY) | SIGN(EVENTVERB) },
  { INTENT_DEFECT, 6, SIGN(PLAIN), SIGN(EVENTVERB) },
  { INTENT_DEFECT, 6, SIGN(CATEGORY) | SIGN(DANGER), 0 },
  { INTENT_DEFECT, 6, SIGN(CATEGORY) | SIGN(NONE) | SIGN(PLACE), 0 },
  { INTENT_DEFECT, 5, SIGN(CATEGORY) | SIGN(REPORT_DEFECT), SIGN(ASK) },
  { INTENT_DEFECT, 5, SIGN(CATEGORY) | SIGN(PLACE), SIGN(ASK) | SIGN(EVENTVERB) | SIGN(MONEY) },
  { INTENT_DEFECT, 5, SIGN(CATEGORY) | SIGN(DEFECT), 0 },
  { INTENT_DEFECT, 4, SIGN(DEFECT) | SIGN(PLACE), SIGN(EVENTVERB) },
  { INTENT_DEFECT, 3, SIGN(CATEGORY), SIGN(ASK) },

  { INTENT_QUESTION, 7, SIGN(ASK) | SIGN(QUESTION) | SIGN(OFFICE), 0 },
  { INTENT_QUESTION, 5, SIGN(ASK) | SIGN(QUESTION), 0 },
  { INTENT_QUESTION, 4, SIGN(QUESTION) | SIGN(OFFICE), 0 },
  { INTENT_QUESTION, 4, SIGN(ASK), 0 },

  { INTENT_SUPPORT, 8, SIGN(SUPPORT) | SIGN(CHOICE), SIGN(ASK) },
  { INTENT_SUPPORT, 4, SIGN(SUPPORT) | SIGN(IDEA), SIGN(ASK) },
  { INTENT_SUPPORT, 3, SIGN(SUPPORT), SIGN(ASK) },

  { INTENT_PRIVATE, 4, SIGN(QUARREL), 0 },
};
const gsize rules_of_signs_count = G_N_ELEMENTS(rules_of_signs);
