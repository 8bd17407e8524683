/* What in a text is said of others than the writer, and of other hours than those that were asked about:
 * "Bin dabei, Klaus leider nicht", "Komme später, muss vorher noch zum Arzt". Neither takes a yes back.
 *
 * What surprised us: people give such reasons without any word that joins them to the yes, so that a reason
 * behind it ("muss arbeiten") looks just as a change of mind does. Hours tell them apart, and words as
 * "vorher", "wieder weg", "am nächsten Tag"; where only an hour is said ("um fünf hab ich Dienst"), nobody
 * can know. */
#include "lib/text/facts/answer_private.h"

enum { NAMES_MAX = 3, ADVERBS_MAX = 3 };

const struct mark *answer_mark(const struct hearing *h, const struct clause *c, guint role)
{
  for (guint i = c->marks; i < c->marks_end; i++) {
    const struct mark *mark = &g_array_index(h->marks, struct mark, i);
    if (mark->role == role) return mark;
  }
  return NULL;
}

static const struct phrase_hit *at(const struct hearing *h, const char *tag, guint lexeme)
{
  return passage_at(h->passage, phrases_tag(tag), lexeme);
}

/* A word with a capital letter that may be somebody's name. At the beginning of a sentence every word has
 * one.
 */
static bool is_name(const struct hearing *h, guint lexeme)
{
  const struct lexeme *it = &h->l[lexeme];
  return it->kind == LEXEME_WORD && it->is_capital && !at(h, "answer.no-name", lexeme) &&
         !passage_at(h->passage, h->weekday, lexeme);
}

/* Somebody at a lexeme: "Klaus", "meine Schwester", "die Großen". The lexeme behind; 0: nobody. */
static guint behind_somebody(const struct hearing *h, guint lexeme)
{
  static const char *const people[] = { "people.child", "people.kin", "people.family" };
  const struct phrase_hit *article = at(h, "people.article", lexeme);
  guint first = article ? article->end : lexeme;
  for (gsize i = 0; i < G_N_ELEMENTS(people); i++) {
    const struct phrase_hit *hit = at(h, people[i], lexeme);
    if (!hit) hit = at(h, people[i], first);
    if (hit) return hit->end;
  }
  if (article) lexeme = first;
  return is_name(h, lexeme) && (!article || at(h, "name.first", lexeme)) ? lexeme + 1 : 0;
}

/* "Klaus leider nicht", "Klaus und Anna auch nicht": a no without a verb, and whose it is stands before it.
 */
static bool is_short_no(const struct hearing *h, const struct clause *c, guint behind_names)
{
  guint end = behind_names;
  for (guint i = 0; i < ADVERBS_MAX && end < c->end && at(h, "answer.third-adverb", end); i++)
    end = at(h, "answer.third-adverb", end)->end;
  for (guint i = c->marks; i < c->marks_end; i++) {
    const struct mark *mark = &g_array_index(h->marks, struct mark, i);
    bool is_no = mark->role == ROLE_NO || mark->role == ROLE_NOT || mark->role == ROLE_EXCUSE;
    if (is_no && mark->first >= behind_names && mark->first <= end) return true;
  }
  return false;
}

bool answer_of_others(const struct hearing *h, const struct clause *c)
{
  if (answer_mark(h, c, ROLE_SELF)) return false;
  guint first = c->first;
  bool is_reason = first < c->end && at(h, "answer.third-lead", first);
  while (first < c->end && at(h, "answer.third-lead", first)) first = at(h, "answer.third-lead", first)->end;
  bool has_excuse = answer_mark(h, c, ROLE_EXCUSE) != NULL;
  bool may_be_short = h->verdict.answer == ANSWER_YES && first < c->end &&
                      (!h->l[first].begins_sentence || at(h, "name.first", first));
  for (guint names = 0; names < NAMES_MAX && first + 1 < c->end; names++) {
    guint behind = behind_somebody(h, first);
    if (!behind) return false;
    const struct phrase_hit *verb = at(h, "answer.third", behind);
    if (verb) return has_excuse || *verb->value == '\0' || (may_be_short && is_short_no(h, c, verb->end));
    const struct phrase_hit *joins = at(h, "answer.third-and", behind);
    if (may_be_short && is_short_no(h, c, behind)) return true;
    if (is_reason && has_excuse && !joins) return true;
    if (!joins) return false;
    first = joins->end;
  }
  return false;
}

bool answer_asks_who(const struct hearing *h, const struct clause *c, const struct verdict *verdict)
{
  return c->is_asking && verdict->first == c->first && h->l[c->first].begins_sentence &&
         behind_somebody(h, verdict->end) != 0;
}

bool answer_is_of_name(const struct hearing *h, const struct mark *mark)
{
  return g_str_equal(mark->value, "but") && at(h, "name.first", mark->end) && h->l[mark->end].is_capital;
}

bool answer_asks_of_others(const struct hearing *h, const struct clause *c)
{
  const struct mark *whether = answer_mark(h, c, ROLE_WHETHER);
  if (!whether || g_str_equal(whether->value, "that") || whether->end >= c->end) return false;
  return is_name(h, whether->end) || at(h, "answer.other", whether->end) || at(h, "name.first", whether->end);
}

bool answer_says_others_come(const struct hearing *h, const struct clause *c)
{
  if (!answer_mark(h, c, ROLE_OTHER) || answer_mark(h, c, ROLE_SELF) || answer_mark(h, c, ROLE_NOT) ||
      c->is_question)
    return false;
  const struct phrase_hit *come = passage_find(h->passage, phrases_tag("answer.third-comes"), c->first);
  const struct phrase_hit *visit = passage_find(h->passage, phrases_tag("answer.third-visit"), c->first);
  if (visit && visit->first < c->end) return false;
  return come && come->first < c->end;
}

/* ---- hours around ---- */

/* Is the clause's no nothing but a duty or an excuse? */
static bool is_only_duty(const struct hearing *h, const struct clause *c)
{
  bool has_duty = false;
  for (guint i = c->marks; i < c->marks_end; i++) {
    const struct mark *mark = &g_array_index(h->marks, struct mark, i);
    bool is_duty = mark->role == ROLE_EXCUSE || g_str_equal(mark->value, "duty");
    has_duty |= is_duty;
    bool refuses = mark->role == ROLE_NOT || (mark->role == ROLE_NO && !g_str_equal(mark->value, "weak"));
    if (refuses && !is_duty) return false;
  }
  return has_duty;
}

/* Also within other words that were found: "muss vorher zum Arzt". */
static bool has_around(const struct hearing *h, const struct clause *c, const char *value)
{
  guint tag = phrases_tag("answer.around");
  for (const struct phrase_hit *hit = passage_find(h->passage, tag, c->first); hit && hit->first < c->end;
       hit = passage_find(h->passage, tag, hit->first + 1))
    if (g_str_equal(hit->value, value)) return true;
  return false;
}

void answer_note_yes(struct hearing *h, const struct clause *c)
{
  const struct phrase_hit *verb = passage_find(h->passage, phrases_tag("answer.verb"), c->first);
  h->is_coming = verb && verb->first < c->end;
  h->is_late = h->is_coming && (has_around(h, c, "late") || has_around(h, c, "at"));
}

enum answer_around answer_around(const struct hearing *h, const struct clause *c,
                                 const struct verdict *verdict)
{
  if (verdict->answer != ANSWER_NO || h->verdict.answer == ANSWER_NONE || h->verdict.answer == ANSWER_NO ||
      !is_only_duty(h, c))
    return AROUND_NOT;
  if (has_around(h, c, "")) return AROUND_SURELY;
  if (h->verdict.answer != ANSWER_YES || !h->is_coming || h->is_would_open) return AROUND_NOT;
  if (h->is_late || has_around(h, c, "hour")) return AROUND_SURELY;
  return has_around(h, c, "at") ? AROUND_PERHAPS : AROUND_NOT;
}
