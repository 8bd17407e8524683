/* Leaving out what is quoted or named: 'ja, aber ohne "Petra Zimmermann" und ohne Hausnummer'. The tables
 * know kinds of things ("Hausnummer"); what an answer quotes is meant as it stands, and a name that is said
 * beside "Name" must be gone in the end. "ohne" with anything else cannot be met by a program: release.c then
 * releases nothing and asks back. A wish that is met by half publishes the other half. Nor is a yes with
 * "aber", "nur" or "wenn" behind it a yes to the mail as it is: every word from there on is understood, or it
 * is asked. */
#include "lists/moderation/leave_out.h"

#include "lists/understand/answers/clauses.h"

#include <string.h>

enum { WORDS_MAX = 10, QUOTED_LEXEMES_MAX = 20 };

void leave_out_clear(struct leave_out *out)
{
  g_clear_pointer(&out->words, g_ptr_array_unref);
  g_clear_pointer(&out->names, g_ptr_array_unref);
  g_clear_pointer(&out->codes, g_ptr_array_unref);
}

static bool is_mark(const struct lexeme *it, const char *const marks[])
{
  for (; it->kind == LEXEME_MARK && *marks; marks++)
    if (lexeme_is(it, *marks)) return true;
  return false;
}

/* Where the quotation that begins at lexeme i ends; 0: none begins there. */
static guint quotation_end(const struct passage *answer, guint i)
{
  static const char *const opening[] = { "\"", "„", "“", "»", "«", "‚", NULL };
  static const char *const closing[] = { "\"", "“", "”", "»", "«", "‘", NULL };
  const struct lexeme *l = answer->lexemes->at;
  if (!is_mark(&l[i], opening)) return 0;
  for (guint end = i + 1; end < answer->lexemes->count && end - i < QUOTED_LEXEMES_MAX; end++)
    if (is_mark(&l[end], closing)) return end > i + 1 ? end : 0;
  return 0;
}

static void read_quotations(const struct passage *answer, struct leave_out *out)
{
  if (!passage_has(answer, "moderation.remove")) return;
  for (guint i = 0; i < answer->lexemes->count && out->words->len < WORDS_MAX; i++) {
    guint end = quotation_end(answer, i);
    if (!end) continue;
    g_ptr_array_add(out->words, g_strstrip(passage_text(answer, i + 1, end)));
    i = end;
  }
}

/* Does a phrase of one of these tags, from `first` on, cover a lexeme? */
static bool is_covered(const struct passage *answer, guint first, guint at, const char *const tags[])
{
  for (; *tags; tags++)
    for (guint from = first; from <= at; from++) {
      const struct phrase_hit *hit = passage_at(answer, phrases_tag(*tags), from);
      if (hit && hit->end > at) return true;
    }
  return false;
}

/* Is a lexeme part of what the tables know of such answers? */
static bool is_known(const struct passage *answer, guint first, guint at)
{
  static const char *const tags[] = { "moderation.object",  "moderation.remove",
                                      "moderation.publish", "moderation.yes",
                                      "moderation.filler",  "moderate.lead",
                                      "moderate.thanks",    NULL };
  return is_covered(answer, first, at, tags);
}

/* Words with a capital, beside "Name", that are no word of the tables. */
static void read_names(const struct passage *answer, const struct clause *clause, struct leave_out *out)
{
  for (guint i = clause->first; i < clause->end && out->names->len < WORDS_MAX; i++) {
    if (answer->lexemes->at[i].kind != LEXEME_WORD || is_known(answer, clause->first, i)) continue;
    g_autofree char *word = passage_text(answer, i, i + 1);
    bool is_name = g_unichar_isupper(g_utf8_get_char(word)) && g_utf8_strlen(word, -1) >= 3;
    if (is_name) g_ptr_array_add(out->names, g_steal_pointer(&word));
  }
}

static bool wants_name_out(const struct passage *answer, const struct clause *clause)
{
  for (guint i = clause->first; i < clause->end; i++) {
    const struct phrase_hit *hit = passage_at(answer, phrases_tag("moderation.object"), i);
    if (hit && strcmp(hit->value, "name") == 0) return true;
  }
  return false;
}

/* Where the number that begins at a lexeme ends: digits with what people write between them ("0176 /
 * 445566"), six at least. The same as `at`: none begins there. */
static guint number_end(const struct passage *answer, guint at, guint limit)
{
  enum { DIGITS_MIN = 6 };
  static const char *const between[] = { "/", "-", "(", ")", ".", "+", NULL };
  const struct lexeme *l = answer->lexemes->at;
  guint end = at, digits = 0;
  for (guint i = at; i < limit && (l[i].kind == LEXEME_DIGITS || (i > at && is_mark(&l[i], between))); i++)
    if (l[i].kind == LEXEME_DIGITS) digits += l[i].end - l[i].start, end = i + 1;
  return digits >= DIGITS_MIN ? end : at;
}

/* "Frau Wolter": the lexeme of the name behind the title at a lexeme; 0: none. */
static guint titled_name(const struct passage *answer, const struct clause *clause, guint at)
{
  const struct phrase_hit *title = passage_at(answer, phrases_tag("moderation.title"), at);
  guint name = title ? title->end : 0;
  bool is_name = title && name < clause->end && answer->lexemes->at[name].kind == LEXEME_WORD &&
                 answer->lexemes->at[name].is_capital && !is_known(answer, clause->first, name);
  return is_name ? name : 0;
}

/* "ohne" and nothing behind it that could be found. */
static bool is_unclear(const struct passage *answer, const struct clause *clause)
{
  const struct phrase_hit *without = clause_find(answer, "moderation.without", clause);
  if (!without || clause_find(answer, "moderation.unreserved", clause)) return false;
  for (guint i = without->end; i < clause->end; i++)
    if (quotation_end(answer, i) || titled_name(answer, clause, i) || number_end(answer, i, clause->end) > i)
      return false;
  return !span_find(answer, "moderation.object", without->end, clause->end);
}

/* ---- what of a wish is not understood ---- */

static bool begins_with(const struct passage *answer, const struct clause *clause, const char *tag)
{
  return passage_at(answer, phrases_tag(tag), clause->first) != NULL;
}

/* Does a clause go on with the things of the one before it: "…, und den letzten Satz", "das Foto auch"? */
static bool goes_on(const struct passage *answer, const struct clause *before, const struct clause *clause)
{
  if (before->sentence != clause->sentence) return false;
  return begins_with(answer, clause, "moderation.and") || clause_find(answer, "moderation.also", clause);
}

/* "aber", "nur", "wenn", "ersetzen": a yes that does not hold for the mail as it is. */
static bool is_reserved(const struct passage *answer, const struct clause *clause)
{
  static const char *const harmless[] = { "moderation.unreserved", "moderation.harmless", "moderation.yes" };
  const struct phrase_hit *hit = clause_find(answer, "moderation.reserve", clause);
  for (; hit; hit = span_find(answer, "moderation.reserve", hit->end, clause->end)) {
    bool is_harmless = false;
    for (gsize i = 0; i < G_N_ELEMENTS(harmless); i++)
      is_harmless |= passage_at(answer, phrases_tag(harmless[i]), hit->first) != NULL;
    if (!is_harmless) return true;
  }
  return false;
}

/* From such a word on, every word of the sentence counts. Returns whether there is one. */
static bool add_reserved(const struct passage *answer, const GArray *clauses, bool *wishing, bool *is_unclear)
{
  bool has = false, is_on = false;
  const struct clause *at = (const struct clause *)(const void *)clauses->data;
  g_autofree bool *removing = g_memdup2(wishing, (clauses->len + 1) * sizeof *wishing);
  for (guint i = 0; i < clauses->len; i++) {
    if (i > 0 && at[i].sentence != at[i - 1].sentence) is_on = false;
    is_on = is_on || is_reserved(answer, &at[i]);
    has = has || is_on;
    if (!is_on) continue;
    /* a thing of which nobody says that it goes */
    bool is_thing = clause_find(answer, "moderation.object", &at[i]) != NULL;
    *is_unclear = *is_unclear || (is_thing && !removing[i] && !removing[i + 1]);
    wishing[i] = true;
  }
  return has;
}

bool leave_out_is_limited(const struct passage *answer)
{
  g_autoptr(GArray) clauses = clauses_of(answer);
  for (guint i = 0; i < clauses->len; i++)
    if (is_reserved(answer, &g_array_index(clauses, struct clause, i))) return true;
  return false;
}

bool leave_out_is_limited_yes(const struct passage *answer)
{
  g_autoptr(GArray) clauses = clauses_of(answer);
  bool has_yes = false;
  for (guint i = 0; i < clauses->len; i++) {
    const struct clause *clause = &g_array_index(clauses, struct clause, i);
    if (has_yes && is_reserved(answer, clause) && clause_find(answer, "moderation.remove", clause))
      return true;
    has_yes = has_yes || clause_find(answer, "moderation.yes", clause);
  }
  return false;
}

/* The clauses that speak of what shall go: those with a word that removes, and what they are joined to. */
static bool *wishing_clauses(const struct passage *answer, const GArray *clauses)
{
  /* "kann raus" publishes, "keine Einwände" agrees; "löschen" refuses where no thing stands beside it */
  static const char *const decides[] = { "moderation.block", "moderation.publish", "moderation.yes",
                                         "moderation.no",    "moderation.wait",    NULL };
  bool *wishing = g_new0(bool, clauses->len + 1);
  const struct clause *at = (const struct clause *)(const void *)clauses->data;
  for (guint i = 0; i < clauses->len; i++) {
    const struct phrase_hit *remove = clause_find(answer, "moderation.remove", &at[i]);
    bool names_thing = clause_find(answer, "moderation.object", &at[i]) != NULL;
    for (guint k = at[i].first; k < at[i].end && !names_thing; k++)
      names_thing = quotation_end(answer, k) > 0 || titled_name(answer, &at[i], k) > 0;
    if (!remove || clause_find(answer, "moderation.unreserved", &at[i]) ||
        is_covered(answer, at[i].first, remove->first, decides + names_thing))
      continue;
    wishing[i] = true;
    for (guint k = i; k > 0 && at[k - 1].sentence == at[k].sentence; k--) {
      bool is_list = clause_find(answer, "moderation.object", &at[k - 1]) != NULL;
      if (!begins_with(answer, &at[k], "moderation.and") && !is_list) break;
      wishing[k - 1] = true;
    }
    for (guint k = i + 1; k < clauses->len && goes_on(answer, &at[k - 1], &at[k]); k++) wishing[k] = true;
  }
  return wishing;
}

/* A word with a capital, longer than an initial. */
static bool is_capital_word(const struct passage *answer, const struct clause *clause, guint at)
{
  const struct lexeme *it = &answer->lexemes->at[at];
  return it->kind == LEXEME_WORD && it->is_capital && it->end - it->start >= 3 &&
         !is_known(answer, clause->first, at);
}

/* Whether a lexeme says something that nobody has understood. */
static bool is_foreign(const struct passage *answer, const struct clause *clause, guint at,
                       const struct leave_out *out)
{
  const struct lexeme *it = &answer->lexemes->at[at];
  bool is_word = it->kind == LEXEME_WORD || it->kind == LEXEME_DIGITS;
  if (!is_word || is_known(answer, clause->first, at)) return false;
  g_autofree char *word = passage_text(answer, at, at + 1);
  return !g_ptr_array_find_with_equal_func(out->names, word, g_str_equal, NULL);
}

/* What the answer names, among the codes. */
static void add_code(struct leave_out *out, const char *prefix, const struct passage *answer, guint first,
                     guint end)
{
  g_autofree char *words = passage_text(answer, first, end);
  if (out->codes->len < WORDS_MAX) g_ptr_array_add(out->codes, g_strconcat(prefix, words, NULL));
}

/* Two or more words with capitals are somebody's name, and are meant as they stand; anything else that is not
 * known is a part of the wish that a program cannot meet. */
static void read_rest(const struct passage *answer, const struct clause *clause, struct leave_out *out)
{
  for (guint i = clause->first; i < clause->end; i++) {
    guint quoted = quotation_end(answer, i), end = i;
    if (quoted) i = quoted;
    if (quoted) continue;
    const struct phrase_hit *thing = passage_at(answer, phrases_tag("moderation.object"), i);
    if (thing) g_ptr_array_add(out->codes, g_strdup(thing->value));
    if (passage_at(answer, phrases_tag("moderation.because"), i)) return;
    guint titled = titled_name(answer, clause, i), number = number_end(answer, i, clause->end);
    if (titled) add_code(out, LEAVE_OUT_PERSON, answer, titled, titled + 1);
    bool is_abroad = i > clause->first && lexeme_is(&answer->lexemes->at[i - 1], "+"); /* "+49 176 …" */
    if (number > i) add_code(out, LEAVE_OUT_NUMBER, answer, i - is_abroad, number);
    if (titled || number > i) {
      i = titled ? titled : number - 1;
      continue;
    }
    while (end < clause->end && is_capital_word(answer, clause, end)) end++;
    bool is_name = end >= i + 2 && out->words->len < WORDS_MAX;
    if (is_name) g_ptr_array_add(out->words, passage_text(answer, i, end));
    if (is_name)
      i = end - 1;
    else
      out->is_unclear |= is_foreign(answer, clause, i, out);
  }
}

/* What the words of an answer that it does not quote say. */
struct mixture {
  guint quoted;     /* behind the quotation that was read last */
  bool has_yes;     /* and it is no part of a no: "nicht veröffentlichen" */
  bool has_wish;    /* a quotation and a word that removes, in one clause */
  bool has_refusal; /* by words that remove nothing: "ablehnen" */
};

static void read_mixture(const struct passage *answer, const struct clause *clause, struct mixture *m)
{
  static const char *const refuses[] = { "moderation.block", "moderation.no", NULL };
  bool has_quotation = m->quoted > clause->first, removes = false;
  for (guint i = MAX(clause->first, m->quoted); i < clause->end; i++) {
    guint quoted = quotation_end(answer, i);
    has_quotation |= quoted > 0;
    if (quoted) m->quoted = quoted + 1, i = quoted;
    if (quoted) continue;
    bool is_yes = passage_at(answer, phrases_tag("moderation.yes"), i) ||
                  passage_at(answer, phrases_tag("moderation.publish"), i);
    bool is_remove = passage_at(answer, phrases_tag("moderation.remove"), i) != NULL;
    m->has_yes |= is_yes && !is_covered(answer, clause->first, i, refuses);
    m->has_refusal |= !is_remove && passage_at(answer, phrases_tag("moderation.block"), i);
    removes |= is_remove;
  }
  m->has_wish |= has_quotation && removes;
}

bool leave_out_is_mixed(const struct passage *answer)
{
  struct mixture m = { 0 };
  g_autoptr(GArray) clauses = clauses_of(answer);
  for (guint i = 0; i < clauses->len; i++)
    read_mixture(answer, &g_array_index(clauses, struct clause, i), &m);
  return m.has_yes && m.has_wish && !m.has_refusal;
}

bool leave_out_is_understood(const struct passage *answer)
{
  g_auto(leave_out_t) out = { 0 };
  leave_out_read(answer, &out);
  return !out.is_unclear && (out.words->len > 0 || out.codes->len > 0);
}

bool leave_out_wants(const struct passage *answer)
{
  g_autoptr(GArray) clauses = clauses_of(answer);
  g_autofree bool *wishing = wishing_clauses(answer, clauses);
  for (guint i = 0; i < clauses->len; i++)
    if (wishing[i] || is_reserved(answer, &g_array_index(clauses, struct clause, i))) return true;
  return false;
}

void leave_out_read(const struct passage *answer, struct leave_out *out)
{
  *out = (struct leave_out){ .words = g_ptr_array_new_with_free_func(g_free),
                             .names = g_ptr_array_new_with_free_func(g_free),
                             .codes = g_ptr_array_new_with_free_func(g_free) };
  read_quotations(answer, out);
  g_autoptr(GArray) clauses = clauses_of(answer);
  for (guint i = 0; i < clauses->len; i++) {
    const struct clause *clause = &g_array_index(clauses, struct clause, i);
    if (wants_name_out(answer, clause)) read_names(answer, clause, out);
    out->is_unclear |= is_unclear(answer, clause);
  }
  g_autofree bool *wishing = wishing_clauses(answer, clauses);
  bool is_limited = add_reserved(answer, clauses, wishing, &out->is_unclear);
  for (guint i = 0; i < clauses->len; i++)
    if (wishing[i]) read_rest(answer, &g_array_index(clauses, struct clause, i), out);
  if (is_limited && out->words->len == 0 && out->codes->len == 0) out->is_unclear = true;
}
