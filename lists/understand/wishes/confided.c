/* What is confided to one person: "Sag es niemandem", "Ich habe MS", "Konto 1234567890, BLZ 10050000", "Hi
 * Ute, mir ist gekündigt worden". Called by choose_address.c, which takes a mail to a list for private then;
 * its author is asked. The words stand in CODE.confided.phrases.
 *
 *   private.secret     nobody else shall learn of it
 *   private.ill        illness and its cures; private only beside private.me in its sentence, and where none
 *                      of private.not-ill says that it is a group's, a job's or a dog's
 *   private.account    before a long number; value "own": the writer's. What is all people's has
 * private.common private.trouble    dismissal, debts, blows: where one person is greeted; value "blow":
 * always
 *
 * What surprised us: "Klaus hat mich geschlagen" is mostly chess, until somebody is greeted by name. */
#include "lists/understand/wishes/confided.h"

#include "lists/understand/wishes/to_one.h"

#include <string.h>

enum { ACCOUNT_NEAR = 10, ACCOUNT_DIGITS = 6 };

static bool has_within(const struct passage *passage, const char *section, guint first, guint end)
{
  const struct phrase_hit *hit = passage_find(passage, phrases_tag(section), first);
  return hit && hit->first < end;
}

/* Digits of the longest number soon behind a word; groups of it may be parted by blanks. */
static gsize digits_behind(const struct passage *passage, guint at)
{
  const struct lexemes *l = passage->lexemes;
  gsize most = 0, digits = 0;
  for (guint i = at; i < MIN(at + ACCOUNT_NEAR, l->count); i++) {
    digits = l->at[i].kind == LEXEME_DIGITS ? digits + strlen(l->at[i].folded) : 0;
    most = MAX(most, digits);
  }
  return most;
}

/* An account as it was written before IBANs, unless it is a club's. */
static bool gives_account(const struct passage *passage)
{
  const guint tag = phrases_tag("private.account");
  bool is_common = passage_has(passage, "private.common");
  for (const struct phrase_hit *hit = passage_find(passage, tag, 0); hit;
       hit = passage_find(passage, tag, hit->first + 1)) {
    bool is_own = hit->value && strcmp(hit->value, "own") == 0;
    if ((is_own || !is_common) && digits_behind(passage, hit->end) >= ACCOUNT_DIGITS) return true;
  }
  return false;
}

bool confided_is_secret(const struct passage *passage)
{
  return passage_has(passage, "private.secret") || gives_account(passage);
}

/* Is one sentence about an illness of whoever writes? */
static bool tells_illness(const struct passage *passage)
{
  const guint tag = phrases_tag("private.ill");
  guint first, end = 0;
  for (const struct phrase_hit *hit = passage_find(passage, tag, 0); hit;
       hit = passage_find(passage, tag, MAX(end, hit->end))) {
    passage_sentence(passage, hit->first, &first, &end);
    if (has_within(passage, "private.me", first, end) && !has_within(passage, "private.not-ill", first, end))
      return true;
  }
  return false;
}

bool confided_is_trouble(const struct passage *passage)
{
  if (tells_illness(passage)) return true;
  const guint tag = phrases_tag("private.trouble");
  bool is_to_one = to_one_greets(passage);
  for (const struct phrase_hit *hit = passage_find(passage, tag, 0); hit;
       hit = passage_find(passage, tag, hit->first + 1))
    if (is_to_one || (hit->value && strcmp(hit->value, "blow") == 0)) return true;
  return false;
}
