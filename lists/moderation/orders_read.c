/* Reading orders: which of the orders of the tables (moderate.withdraw, …) a short answer is. orders.c calls
 * this and carries them out.
 *
 * People do not write "zurückziehen" and nothing else. They say please, give a reason behind a comma, a colon
 * or "weil", or say first why and then what. So an order stands at the beginning of a sentence, and what
 * follows its words is a mark, the end of the line, or a word of moderate.tail. Where a short answer holds
 * the words of an order anywhere else, nobody can tell whether it is one: it is doubtful, and whoever calls
 * must not send it to a whole list. */
#include "lists/moderation/orders_read.h"

#include "lists/understand/understand.h"

#include <string.h>

enum { FIRST_WORDS_MAX = 60, LATER_WORDS_MAX = 25, DOUBTFUL_WORDS_MAX = 30 };

static const char *const tags[ORDER_SORT_COUNT] = {
  [ORDER_DOUBTFUL] = "moderate.hint",       [ORDER_WITHDRAW] = "moderate.withdraw",
  [ORDER_CLOSE] = "moderate.close",         [ORDER_OPEN] = "moderate.open",
  [ORDER_WATCH] = "moderate.watch",         [ORDER_BAN] = "moderate.ban",
  [ORDER_FREE] = "moderate.free",           [ORDER_OFFICE] = "moderate.office",
  [ORDER_TO_OFFICE] = "moderate.to-office",
};

static enum lexeme_kind kind_at(const struct passage *passage, guint i)
{
  return passage->lexemes->at[i].kind;
}

static guint to_word(const struct passage *passage, guint i)
{
  while (kind_at(passage, i) != LEXEME_WORD && kind_at(passage, i) != LEXEME_END) i++;
  return i;
}

/* The longest order that begins here. NULL: none. */
static const struct phrase_hit *order_at(const struct passage *passage, guint i, enum order_sort *sort)
{
  const struct phrase_hit *best = NULL;
  for (int s = ORDER_WITHDRAW; s < ORDER_SORT_COUNT; s++) {
    const struct phrase_hit *hit = passage_at(passage, phrases_tag(tags[s]), i);
    if (!hit || (best && hit->end <= best->end)) continue;
    best = hit;
    *sort = (enum order_sort)s;
  }
  return best;
}

/* Does the sentence that lexeme i stands in ask? */
static bool is_question(const struct passage *passage, guint i)
{
  guint first = 0, end = 0;
  passage_sentence(passage, i, &first, &end);
  g_autofree char *sentence = passage_text(passage, first, end);
  return strchr(sentence, '?') != NULL;
}

/* Is what stands behind an order's words the end, a mark, or the beginning of a reason? */
static bool ends_well(const struct passage *passage, guint end)
{
  enum lexeme_kind kind = kind_at(passage, end);
  if (kind != LEXEME_WORD) return kind != LEXEME_DIGITS;
  return passage_at(passage, phrases_tag("moderate.tail"), end) ||
         passage_at(passage, phrases_tag("moderate.thanks"), end);
}

/* The words behind an order, where they are a reason. Caller frees. */
static char *reason_behind(const struct passage *passage, guint end)
{
  enum order_sort again;
  guint first = to_word(passage, end), count = passage->lexemes->count;
  bool is_reason = first < count && !passage_at(passage, phrases_tag("moderate.thanks"), first) &&
                   !order_at(passage, first, &again);
  return is_reason ? passage_text(passage, first, count) : g_strdup("");
}

/* The order that the sentence from `first` on is, behind a greeting or a yes. */
static enum order_sort order_from(const struct passage *passage, guint first, char **reason)
{
  enum order_sort sort = ORDER_NONE;
  const struct phrase_hit *lead;
  while (!order_at(passage, first, &sort) &&
         (lead = passage_at(passage, phrases_tag("moderate.lead"), first)))
    first = to_word(passage, lead->end);
  const struct phrase_hit *hit = order_at(passage, first, &sort);
  if (!hit || is_question(passage, first)) return ORDER_NONE;
  if (sort != ORDER_OFFICE && sort != ORDER_TO_OFFICE && !ends_well(passage, hit->end)) return ORDER_NONE;
  *reason = reason_behind(passage, hit->end);
  return sort;
}

/* "Wir müssen die Bänke entfernen": a single word that has its own object, and speaks of no post. */
static bool is_everyday(const struct passage *passage, const struct phrase_hit *hit)
{
  guint tag = phrases_tag("moderate.everyday"), first = 0, end = 0;
  if (hit->end != hit->first + 1) return false;
  passage_sentence(passage, hit->first, &first, &end);
  for (guint from = first; from < hit->first; from++) {
    const struct phrase_hit *around = passage_at(passage, tag, from);
    if (!around || around->end <= hit->first) continue;
    if (strcmp(around->value, "noun") != 0) return true;
    for (guint i = from + 1; i < hit->first; i++)
      if (kind_at(passage, i) == LEXEME_WORD && passage->lexemes->at[i].is_capital) return true;
  }
  return false;
}

enum order_sort order_guess(const struct passage *passage, bool *is_part)
{
  enum order_sort found = ORDER_NONE;
  *is_part = passage_has(passage, "moderation.object") && passage_has(passage, "moderation.remove");
  for (int s = ORDER_WITHDRAW; s < ORDER_OFFICE; s++) {
    guint tag = phrases_tag(tags[s]);
    const struct phrase_hit *hit = passage_find(passage, tag, 0);
    while (hit && s == ORDER_WITHDRAW && is_everyday(passage, hit))
      hit = passage_find(passage, tag, hit->end);
    if (!hit) continue;
    if (found != ORDER_NONE) return ORDER_NONE;
    found = (enum order_sort)s;
  }
  return *is_part ? ORDER_NONE : found;
}

/* Words of an order, anywhere. */
static bool has_hint(const struct passage *passage)
{
  for (int s = ORDER_DOUBTFUL; s < ORDER_TO_OFFICE; s++) { /* "an die" begins many a sentence */
    guint tag = phrases_tag(tags[s]);
    const struct phrase_hit *hit = passage_find(passage, tag, 0);
    while (hit && s == ORDER_WITHDRAW && is_everyday(passage, hit))
      hit = passage_find(passage, tag, hit->end);
    if (hit) return true;
  }
  return false;
}

enum order_sort order_read(const struct arrival *arrival, char **reason)
{
  *reason = NULL;
  if (!arrival->understanding || arrival->mail->robot != MAIL_HUMAN) return ORDER_NONE;
  const struct passage *passage = arrival->understanding->passage;
  guint words = 0, count = passage->lexemes->count;
  for (guint i = 0; i < count; i++) words += kind_at(passage, i) == LEXEME_WORD;
  if (words > FIRST_WORDS_MAX) return ORDER_NONE;
  bool is_hedged = passage_has(passage, "moderate.doubt");
  for (guint i = to_word(passage, 0); i < count && !is_hedged;) {
    guint first = 0, end = 0;
    enum order_sort sort = order_from(passage, i, reason);
    if (sort != ORDER_NONE) return sort;
    if (words > LATER_WORDS_MAX) break;
    passage_sentence(passage, i, &first, &end);
    i = to_word(passage, MAX(end, i + 1));
  }
  return words <= DOUBTFUL_WORDS_MAX && has_hint(passage) ? ORDER_DOUBTFUL : ORDER_NONE;
}
