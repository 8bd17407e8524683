/* Reads what an office answers to "Soll das veröffentlicht werden?". Only an answer that says yes and nothing
 * more publishes what was shown. "Ja, aber ohne den letzten Satz" is done where every word of the wish is
 * understood; a text of its own takes the place of the old one, and is shown once more; a no with a reason
 * stays a no; all else is asked again. So nothing that a clerk writes is passed over.
 *
 * What surprised us: the new wording comes without a yes ("Der Poller kommt im Mai. Bitte das
 * veröffentlichen.") as often as with one, and "das weiß ich noch nicht" is as long as many an answer. */
#include "lists/cases/replies/asking/verdict.h"

#include "lists/understand/answers/clauses.h"
#include "lists/understand/answers/official/internal.h"
#include "lists/understand/answers/official/status.h"
#include "lists/understand/answers/official/talk.h"
#include "lists/understand/answers/official/text.h"
#include "lists/understand/understand.h"

#include "lib/text/facts/answer.h"
#include "lib/text/redact/wishes.h"

#include <string.h>

enum { WORDS_LEAST = 4, PLAIN_WORDS = 2, READ_BYTES = 16 * 1024, CODES_MAX = 20 };

/* An answer without salutation, closing and what only tells us to publish, in clauses. */
struct verdict_reader {
  const struct work *work;
  const struct arrival *arrival;
  const struct passage *passage;
  struct verdict *out;
  bool has_unknown_wish;
  guint rest_first, rest_end; /* lexemes of what neither agrees nor wishes */
};

/* ---- wishes ---- */

/* The words between the quotation marks that begin here. *end is behind them; NULL: none begin. */
static char *quoted_at(const struct passage *passage, guint at, guint end_of_clause, guint *end)
{
  const struct lexeme *l = passage->lexemes->at;
  if (!lexeme_is(&l[at], "\"")) return NULL;
  for (guint i = at + 1; i < end_of_clause; i++)
    if (lexeme_is(&l[i], "\"") && i > at + 1) {
      *end = i + 1;
      return passage_text(passage, at + 1, i);
    }
  return NULL;
}

/* The thing that a wish names here, as a code; *end is behind it. NULL: none. */
static char *thing_at(const struct passage *passage, guint at, guint end_of_clause, guint *end)
{
  const struct phrase_hit *ordinal = passage_at(passage, phrases_tag("office.ordinal"), at);
  const struct phrase_hit *unit =
      ordinal ? passage_at(passage, phrases_tag("office.unit"), ordinal->end) : NULL;
  if (unit) {
    *end = unit->end;
    return g_strdup_printf("%s:%s", unit->value, ordinal->value);
  }
  const struct phrase_hit *object = passage_at(passage, phrases_tag("moderation.object"), at);
  if (object && redact_wish_of(object->value) == REDACT_WISH_TEXT) {
    *end = object->end;
    return g_strdup(object->value);
  }
  g_autofree char *quoted = quoted_at(passage, at, end_of_clause, end);
  return quoted ? g_strconcat("quote:", quoted, NULL) : NULL;
}

/* "aber ohne den letzten Satz": every word of it has to be understood. */
static void read_wish(struct verdict_reader *r, const struct clause *clause)
{
  guint things = 0, without = phrases_tag("office.without"), assent = phrases_tag("office.assent");
  for (guint at = clause->first; at < clause->end;) {
    guint end = at + 1;
    g_autofree char *thing = thing_at(r->passage, at, clause->end, &end);
    const struct phrase_hit *word = passage_at(r->passage, without, at);
    if (!word) word = passage_at(r->passage, assent, at);
    if (thing && r->out->without->len < CODES_MAX) {
      g_ptr_array_add(r->out->without, g_steal_pointer(&thing));
      things++;
    } else if (word) {
      end = word->end;
    } else if (r->passage->lexemes->at[at].kind == LEXEME_WORD ||
               r->passage->lexemes->at[at].kind == LEXEME_DIGITS) {
      r->has_unknown_wish = true;
    }
    at = end;
  }
  r->has_unknown_wish |= things == 0;
}

/* ---- clauses ---- */

/* All words of a clause agree, or thank. */
static bool is_assent(const struct passage *passage, const struct clause *clause)
{
  guint tag = phrases_tag("office.assent");
  for (guint at = clause->first; at < clause->end;) {
    const struct phrase_hit *hit = passage_at(passage, tag, at);
    if (!hit) hit = passage_at(passage, phrases_tag("official.thanks"), at);
    uint8_t kind = passage->lexemes->at[at].kind;
    if (!hit && (kind == LEXEME_WORD || kind == LEXEME_DIGITS)) return false;
    at = hit ? hit->end : at + 1;
  }
  return true;
}

static void read_clauses(struct verdict_reader *r)
{
  g_autoptr(GArray) clauses = clauses_of(r->passage);
  for (guint i = 0; i < clauses->len; i++) {
    const struct clause *clause = &g_array_index(clauses, struct clause, i);
    if (is_assent(r->passage, clause) && !r->rest_end) continue;
    if (clause_find(r->passage, "office.without", clause) && !r->rest_end) {
      read_wish(r, clause);
      continue;
    }
    if (!r->rest_end) r->rest_first = clause->first;
    r->rest_end = clause->end;
  }
}

/* ---- a new wording ---- */

/* The rest of the answer with the marks that end it. Caller frees. */
static char *rest_of(const struct verdict_reader *r)
{
  const struct lexemes *l = r->passage->lexemes;
  guint end = r->rest_end;
  while (end < l->count && l->at[end].kind == LEXEME_MARK && !l->at[end].is_spaced) end++;
  return passage_text(r->passage, r->rest_first, end);
}

/* Is the rest an answer to whoever asked, and no word to us? */
static bool is_new_wording(const struct verdict_reader *r, const char *rest, bool is_announced)
{
  struct mail shown = *r->arrival->mail;
  shown.text_new = (char *)rest;
  struct circumstances circumstances = { .context = CONTEXT_OFFICIAL,
                                         .without_places = true,
                                         .now = r->arrival->received,
                                         .zone = r->work->config->zone,
                                         .domain = r->work->config->domain,
                                         .is_office = true };
  g_autoptr(understanding_t) it = understanding_new(&shown, &circumstances);
  bool says_state = it->meaning->status != STATUS_NONE && it->meaning->status != STATUS_RECEIVED;
  return !it->meaning->internal && *it->meaning->public_text && (is_announced || says_state);
}

/* ---- the answer ---- */

/* Does an order to publish say anything else ("Gern veröffentlichen, nur den Betrag anpassen")? */
static bool order_says_more(const struct passage *passage)
{
  static const char *const known[] = { "office.assent",   "official.publish", "official.publish-order",
                                       "office.reworded", "official.thanks",  "official.greeting" };
  g_autoptr(GArray) sentences = sentences_of(passage);
  for (guint i = 0; i < sentences->len; i++) {
    const struct clause *one = &g_array_index(sentences, struct clause, i);
    guint end = official_order_end(passage, one->first, one->end);
    for (guint at = one->first; at < end;) {
      const struct phrase_hit *hit = NULL;
      for (gsize k = 0; !hit && k < G_N_ELEMENTS(known); k++)
        hit = passage_at(passage, phrases_tag(known[k]), at);
      uint8_t kind = passage->lexemes->at[at].kind;
      if (!hit && (kind == LEXEME_WORD || kind == LEXEME_DIGITS)) return true;
      at = hit ? hit->end : at + 1;
    }
  }
  return false;
}

static bool has_order(const struct passage *passage)
{
  g_autoptr(GArray) sentences = sentences_of(passage);
  for (guint i = 0; i < sentences->len; i++) {
    const struct clause *one = &g_array_index(sentences, struct clause, i);
    if (official_is_order(passage, one->first, one->end)) return true;
  }
  return false;
}

/* Lines that steer ("Frist: Juni"), and what is marked as internal, stand on no page; but they were written
 * to say something, and the text that was shown does not hold it. */
static bool says_beside(const struct passage *all)
{
  static const char *const steering[] = { "official.steer-status", "official.steer-deadline",
                                          "office.steer-to", "office.steer-draft" };
  const struct lexemes *l = all->lexemes;
  for (guint at = 0; at < l->count; at++) {
    bool begins_line = at == 0 || l->at[at - 1].kind == LEXEME_BREAK;
    for (gsize i = 0; begins_line && i < G_N_ELEMENTS(steering); i++)
      if (passage_at(all, phrases_tag(steering[i]), at)) return true;
  }
  g_autoptr(GArray) internal = official_internal_parts(all);
  return internal->len > 0 || order_says_more(all);
}

static enum said said_of(struct verdict_reader *r, bool orders)
{
  const struct passage *all = r->arrival->understanding->passage;
  struct answer_found found = answer_read(all);
  bool goes = orders || r->out->without->len || passage_has(all, "office.go");
  bool agrees = found.answer == ANSWER_YES || (found.answer == ANSWER_NONE && goes);
  bool is_announced = orders || passage_has(r->passage, "office.reworded");
  guint rest = passage_words(r->passage, r->rest_first, r->rest_end);
  g_autofree char *words = rest_of(r);
  bool refuses = found.answer == ANSWER_NO || passage_has(all, "office.refusal");
  if (refuses && !is_announced)
    return passage_words(all, 0, all->lexemes->count) > PLAIN_WORDS ? SAID_NO_MORE : SAID_NO;
  bool wants_change = passage_has(r->passage, "office.change") && !is_announced;
  if (r->has_unknown_wish || wants_change) return SAID_UNCLEAR;
  if (rest >= WORDS_LEAST && is_new_wording(r, words, is_announced)) {
    r->out->words = g_steal_pointer(&words);
    return SAID_WORDS;
  }
  bool is_bound = found.is_conditional || (found.has_but && r->out->without->len == 0);
  return agrees && r->rest_end == 0 && !is_bound && !says_beside(all) ? SAID_YES : SAID_UNCLEAR;
}

void verdict_read(const struct work *work, const struct arrival *arrival, struct verdict *verdict)
{
  const struct understanding *given = arrival->understanding;
  struct reading_room room = { .mail = arrival->mail, .passage = given->passage, .subject = given->subject };
  g_autofree char *text = official_public_text(&room);
  g_autoptr(passage_t) passage = passage_new(text, NULL, READ_BYTES);
  *verdict = (struct verdict){ .without = g_ptr_array_new_with_free_func(g_free) };
  struct verdict_reader r = { .work = work, .arrival = arrival, .passage = passage, .out = verdict };
  read_clauses(&r);
  verdict->said = said_of(&r, has_order(given->passage));
  verdict->has_more = r.rest_end > 0 || says_beside(given->passage);
}

void verdict_clear(struct verdict *verdict)
{
  g_clear_pointer(&verdict->without, g_ptr_array_unref);
  g_clear_pointer(&verdict->words, g_free);
}

/* ---- leaving out ---- */

/* The place that "2" or "-1" names among so many; -1: there is none. */
static int place_of(const char *number, guint count)
{
  int at = (int)g_ascii_strtoll(number, NULL, 10);
  int place = at > 0 ? at - 1 : (int)count + at;
  return place >= 0 && place < (int)count ? place : -1;
}

static char *without_sentence(const char *text, const char *number, guint *count)
{
  g_autoptr(passage_t) passage = passage_new(text, NULL, 0);
  g_autoptr(GArray) sentences = sentences_of(passage);
  int place = place_of(number, sentences->len);
  if (place < 0) return g_strdup(text);
  const struct clause *gone = &g_array_index(sentences, struct clause, place);
  const struct lexeme *l = passage->lexemes->at;
  GString *out = g_string_new_len(text, l[gone->first].start);
  g_string_append(out, text + l[gone->end - 1].end);
  *count = 1;
  return g_strstrip(g_string_free(out, FALSE));
}

static char *without_paragraph(const char *text, const char *number, guint *count)
{
  g_auto(GStrv) paragraphs = g_strsplit(text, "\n\n", -1);
  int place = place_of(number, g_strv_length(paragraphs));
  GString *out = g_string_new(NULL);
  for (int i = 0; paragraphs[i]; i++) {
    if (i == place) continue;
    g_string_append_printf(out, "%s%s", out->len ? "\n\n" : "", paragraphs[i]);
  }
  *count = place >= 0;
  return g_string_free(out, FALSE);
}

static char *without_quote(const char *text, const char *quote, guint *count)
{
  const char *at = *quote ? strstr(text, quote) : NULL;
  if (!at) return g_strdup(text);
  GString *out = g_string_new_len(text, at - text);
  g_string_append(out, at + strlen(quote));
  *count = 1;
  return g_strstrip(g_string_free(out, FALSE));
}

char *reply_without(const struct work *work, const char *text, const char *code, guint *count)
{
  static const struct {
    const char *prefix;
    char *(*leave_out)(const char *text, const char *what, guint *count);
  } leaving[] = { { "sentence:", without_sentence },
                  { "paragraph:", without_paragraph },
                  { "quote:", without_quote } };
  *count = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(leaving); i++)
    if (g_str_has_prefix(code, leaving[i].prefix))
      return leaving[i].leave_out(text, code + strlen(leaving[i].prefix), count);
  return redact_wish(text, code, work->config->domain, work->gazetteer, count);
}
