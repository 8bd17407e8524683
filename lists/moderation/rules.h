/* Rules of holding: cases that are not ordinary, and what a list does in each. The table (rules.c) says what
 * holds where a list has said nothing; `kiezpost list set LIST rule.NAME ACTION` changes it. */
#ifndef LISTS_RULES_H
#define LISTS_RULES_H

#include "lists/kinds.h"

struct sender;

enum rule_action {
  RULE_ACCEPT,
  RULE_HOLD,
  RULE_REJECT,  /* not posted, its author is told, where it is proven who that is */
  RULE_DISCARD, /* not posted, nobody is told; the mail stays in the store */
  RULE_ASK, /* its author is asked first whether they wrote it: members, and rule "unauthenticated" alone */
  RULE_ACTION_COUNT
};
const char *rule_action_word(enum rule_action action);
/* RULE_ACTION_COUNT: no such word. */
enum rule_action rule_action_of(const char *word);

/* A post, as far as rules look at it. */
struct rule_case {
  struct work *work;
  const struct arrival *arrival;
  const struct sender *sender;
};

struct rule {
  const char *name; /* also the code of the hold */
  enum rule_action usual;
  bool spares_officials; /* not asked about proven moderators and keepers */
  /* NULL: judged elsewhere (who may post, programs) */
  bool (*applies)(const struct rule_case *it, bool *does, GError **error);
};
/* Do To or Cc name the list? */
bool rules_is_addressed(const struct work *work, const struct arrival *arrival);

extern const struct rule rules[];
extern const gsize rule_count;
const struct rule *rule_find(const char *name); /* NULL: none */

/* What a list does by a rule. False: a fault. */
bool rule_action_for(struct work *work, const struct list *list, const char *name, enum rule_action *action,
                     GError **error);

/* The first rule that applies and does not accept. *rule NULL: none. False: a fault. */
bool rules_judge(const struct rule_case *it, const struct rule **rule, enum rule_action *action,
                 GError **error);

/* Does what an action other than accept says; outcome and reason of the decision are set. */
bool rules_act(struct work *work, const struct arrival *arrival, const struct rule *rule,
               enum rule_action action, struct decision *decision, GError **error);

/* What a program wrote means nothing, unless the list says otherwise. *taken false: it is ignored. */
bool rules_take_automated(struct work *work, const struct arrival *arrival, struct decision *decision,
                          bool *taken, GError **error);

#endif
