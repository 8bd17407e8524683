/* A moderator's answer: publish, refuse or wait, why, and what shall be left out. Called by understand() for
 * answers to mails that ask for a release. Mostly one word from a telephone.
 *
 * How it decides: every phrase of the tables votes at its place. An order ("freigeben", "löschen") is
 * stronger than a yes or no beside it, a no than a reason or a soft doubt ("grenzwertig"); of equals the
 * first counts, unless a word such as "doch nicht" takes back what stood before. A wish to leave something
 * out that names what ("Nummer muss raus") is taken out of the text first: "löschen" beside "Telefonnummer"
 * refuses nothing, and who only wishes that releases the rest. Nothing found, or only contradiction:
 * MODERATION_NONE, and the moderator is asked again.
 *
 * What surprised us: in Berlin "kann raus" publishes while "Nummer muss raus" leaves out; "noch nicht
 * freigeben" waits, "nicht freigeben" refuses, "spricht nichts dagegen" releases. */
#include "lists/understand/answers/clauses.h"

#include "lists/understand/meaning.h"

#include <string.h>

enum force { FORCE_NONE, FORCE_REASON, FORCE_WORD, FORCE_ORDER };

/* Which tag says what, and how strongly. At one place the longest phrase counts, then the earlier row. */
static const struct {
  const char *tag;
  enum moderation decision;
  enum force force;
} sayings[] = {
  { "moderation.wait", MODERATION_WAIT, FORCE_ORDER },
  { "moderation.block", MODERATION_REJECT, FORCE_ORDER },
  { "moderation.publish", MODERATION_APPROVE, FORCE_ORDER },
  { "moderation.no", MODERATION_REJECT, FORCE_WORD },
  { "moderation.yes", MODERATION_APPROVE, FORCE_WORD },
  { "moderation.reason", MODERATION_REJECT, FORCE_REASON },
};

struct saying {
  const struct phrase_hit *hit;
  enum moderation decision;
  enum force force;
};

struct moderation_reader {
  const struct passage *passage;
  struct meaning *meaning;
  guint8 *taken; /* a lexeme: 1 belongs to a wish to leave something out */
  bool wishes;
};

/* ---- what shall be left out ---- */

static void add_redaction(struct moderation_reader *r, const char *code)
{
  for (guint i = 0; i < r->meaning->redact->len; i++)
    if (g_str_equal(g_ptr_array_index(r->meaning->redact, i), code)) return;
  g_ptr_array_add(r->meaning->redact, g_strdup(code));
}

/* "das Bild bitte nicht": a thing, and a no that ends the clause right behind it. */
static bool is_denied(const struct moderation_reader *r, const struct clause *clause, guint at)
{
  const struct lexeme *l = r->passage->lexemes->at;
  while (at < clause->end && (lexeme_is(&l[at], "bitte") || lexeme_is(&l[at], "lieber"))) at++;
  if (!lexeme_is(&l[at], "nicht") && !lexeme_is(&l[at], "nich") && !lexeme_is(&l[at], "nein")) return false;
  return at + 1 >= clause->end || l[at + 1].kind == LEXEME_MARK;
}

/* Where the words that remove something stand. */
static bool find_remover(const struct moderation_reader *r, const struct clause *clause, guint *first,
                         guint *end)
{
  const struct phrase_hit *hit = span_find(r->passage, "moderation.remove", clause->first, clause->end);
  guint tag = phrases_tag("moderation.object");
  *first = hit ? hit->first : clause->end;
  *end = hit ? hit->end : clause->first;
  for (guint at = clause->first; !hit && at < clause->end; at++) {
    const struct phrase_hit *thing = passage_at(r->passage, tag, at);
    if (!thing || !is_denied(r, clause, thing->end)) continue;
    *first = at;
    *end = thing->end + 1;
    return true;
  }
  return hit != NULL;
}

/* A clause with a thing and a word that removes it; what stands around both is taken out of the decision. */
static bool read_wish(struct moderation_reader *r, const struct clause *clause)
{
  guint tag = phrases_tag("moderation.object"), first, end;
  bool found = false;
  if (!find_remover(r, clause, &first, &end)) return false;
  for (guint at = clause->first; at < clause->end; at++) {
    const struct phrase_hit *hit = passage_at(r->passage, tag, at);
    if (!hit) continue;
    add_redaction(r, hit->value);
    first = MIN(first, hit->first);
    end = MAX(end, hit->end);
    at = hit->end - 1;
    found = true;
  }
  if (!found) return false;
  const struct phrase_hit *more = span_find(r->passage, "moderation.remove", end, clause->end);
  if (more) end = MAX(end, more->end);
  for (guint at = first; at < MIN(end, clause->end); at++) r->taken[at] = 1;
  return r->wishes = true;
}

/* Whether a clause holds things alone, of which the next clause says that they go: "Name, Telefon und Adresse
 * bitte raus". */
static bool is_list_of_things(const struct moderation_reader *r, const struct clause *clause)
{
  return span_find(r->passage, "moderation.object", clause->first, clause->end) &&
         !span_find(r->passage, "moderation.remove", clause->first, clause->end);
}

/* "Telefonnr. streichen": the full stop is no end. */
static bool ends_shortened(const struct lexeme *l, const struct clause *clause)
{
  if (clause->end < clause->first + 2 || !lexeme_is(&l[clause->end - 1], ".")) return false;
  const char *word = l[clause->end - 2].folded;
  return g_str_has_suffix(word, "nr") || g_str_has_suffix(word, "tel") || g_str_has_suffix(word, "adr");
}

static bool is_joined(const struct moderation_reader *r, const struct clause *before,
                      const struct clause *clause)
{
  const struct lexeme *l = r->passage->lexemes->at;
  if (!is_list_of_things(r, before)) return false;
  if (before->sentence != clause->sentence) return ends_shortened(l, before);
  for (guint at = before->end; at < clause->first; at++)
    if (!lexeme_is(&l[at], ",") && l[at].kind != LEXEME_BREAK && !lexeme_is(&l[at], "/")) return false;
  return true;
}

static void read_wishes(struct moderation_reader *r)
{
  g_autoptr(GArray) clauses = clauses_of(r->passage);
  guint first = 0;
  for (guint i = 0; i < clauses->len; i++) {
    struct clause clause = g_array_index(clauses, struct clause, i);
    const struct clause *begin = &g_array_index(clauses, struct clause, first);
    bool is_joint = i > first && is_joined(r, &g_array_index(clauses, struct clause, i - 1), &clause);
    if (is_joint && i - first < 6)
      clause.first = begin->first;
    else
      first = i;
    if (read_wish(r, &clause)) {
      /* "ohne Name und Adresse": the next clause may go on with things */
      guint next = i + 1;
      for (; next < clauses->len; next++) {
        const struct clause *more = &g_array_index(clauses, struct clause, next);
        if (more->sentence != clause.sentence || !is_list_of_things(r, more) || more->end - more->first > 4)
          break;
        for (guint at = more->first; at < more->end; at++) {
          const struct phrase_hit *hit = passage_at(r->passage, phrases_tag("moderation.object"), at);
          if (hit) add_redaction(r, hit->value);
          r->taken[at] = 1;
        }
      }
      i = next - 1;
      first = next;
    } else if (!is_list_of_things(r, &g_array_index(clauses, struct clause, i))) {
      first = i + 1;
    }
  }
}

/* ---- the decision ---- */

/* The strongest saying that begins at a lexeme. */
static bool saying_at(const struct moderation_reader *r, guint at, struct saying *saying)
{
  saying->hit = NULL;
  for (gsize i = 0; i < G_N_ELEMENTS(sayings); i++) {
    const struct phrase_hit *hit = passage_at(r->passage, phrases_tag(sayings[i].tag), at);
    if (!hit || (saying->hit && hit->end <= saying->hit->end)) continue;
    bool is_soft = g_str_equal(hit->value, "soft");
    *saying = (struct saying){ hit, sayings[i].decision, is_soft ? FORCE_REASON : sayings[i].force };
  }
  return saying->hit != NULL;
}

/* "nicht", "kein" right before a yes turn it round: "nicht wirklich ok"; before a no, it is none: "bitte nicht
 * löschen". */
static bool is_turned(const struct moderation_reader *r, const struct saying *saying)
{
  const struct lexeme *l = r->passage->lexemes->at;
  if (saying->decision == MODERATION_WAIT) return false;
  for (guint back = 1; back <= 2 && back <= saying->hit->first; back++) {
    const struct lexeme *it = &l[saying->hit->first - back];
    if (it->kind != LEXEME_WORD) return false;
    if (lexeme_is(it, "nicht") || lexeme_is(it, "nich") || lexeme_is(it, "not") ||
        g_str_has_prefix(it->folded, "kein"))
      return true;
  }
  return false;
}

/* "Was soll das denn heißen?" refuses nothing: who asks has not decided, unless a plain no is said with it. */
static bool is_only_asked(const struct moderation_reader *r, const struct saying *saying)
{
  static const char *const plain[] = { "nein", "ne", "nee", "noe", "no", "nope" };
  const struct lexeme *l = r->passage->lexemes->at;
  guint first = 0, end = 0;
  if (saying->decision != MODERATION_REJECT) return false;
  for (gsize i = 0; i < G_N_ELEMENTS(plain); i++)
    if (lexeme_is(&l[saying->hit->first], plain[i])) return false;
  passage_sentence(r->passage, saying->hit->first, &first, &end);
  for (guint at = first; at < end; at++)
    if (lexeme_is(&l[at], "?")) return true;
  return false;
}

/* "Nicht löschen": neither a no nor a yes, and the "nicht" was no answer by itself either. */
static void turn_refusal(struct saying *best)
{
  if (best->decision == MODERATION_REJECT) *best = (struct saying){ 0 };
}

/* Reads from left to right; the strongest stays, what takes back forgets. *is_spared: it says that the mail
 * shall not be refused, which alone is no yes. */
static struct saying decide(const struct moderation_reader *r, bool *is_spared)
{
  *is_spared = false;
  struct saying best = { 0 }, saying;
  guint undo = phrases_tag("moderation.undo");
  for (guint at = 0; at < r->passage->lexemes->count; at++) {
    const struct phrase_hit *taken_back = at > 0 ? passage_at(r->passage, undo, at) : NULL;
    if (taken_back) best = (struct saying){ 0 };
    if (taken_back && lexeme_is(&r->passage->lexemes->at[taken_back->end - 1], "nicht"))
      best = (struct saying){ taken_back, MODERATION_REJECT, FORCE_WORD };
    if (r->taken[at] || !saying_at(r, at, &saying)) continue;
    bool is_refusal = saying.decision == MODERATION_REJECT && saying.force == FORCE_ORDER;
    bool turns = (is_refusal || saying.decision == MODERATION_APPROVE) && is_turned(r, &saying);
    *is_spared |= turns && is_refusal;
    if (turns && is_refusal) {
      turn_refusal(&best);
    } else {
      if (turns) saying.decision = MODERATION_REJECT;
      if (is_only_asked(r, &saying)) continue;
      if (saying.force > best.force) best = saying;
    }
    at = MAX(at, saying.hit->end - 1);
  }
  return best;
}

/* ---- the reason ---- */

static bool is_trimmed(const struct lexeme *it)
{
  return it->kind == LEXEME_BREAK || (it->kind == LEXEME_MARK && strchr(",.:;!-–()\"", it->folded[0]));
}

/* The words behind the decision; where there are none, or the decision is the reason itself, all of it. */
static char *reason_of(const struct moderation_reader *r, const struct saying *saying)
{
  const struct lexemes *l = r->passage->lexemes;
  guint first = saying->force == FORCE_REASON ? 0 : saying->hit->end, end = l->count;
  while (first < end && is_trimmed(&l->at[first])) first++;
  while (end > first && is_trimmed(&l->at[end - 1])) end--;
  if (passage_words(r->passage, first, end) > 0 || saying->force == FORCE_REASON)
    return passage_text(r->passage, first, end);
  end = saying->hit->first;
  while (end > 0 && is_trimmed(&l->at[end - 1])) end--;
  return end > 0 ? passage_text(r->passage, 0, end) : NULL;
}

/* Nothing in the tables: a plain yes or no, as for every question. */
static void read_plain_answer(const struct moderation_reader *r)
{
  struct answer_found found = answer_read(r->passage);
  if (found.answer == ANSWER_YES) r->meaning->decision = MODERATION_APPROVE;
  if (found.answer == ANSWER_NO && !passage_asks(r->passage)) r->meaning->decision = MODERATION_REJECT;
}

void read_moderation(const struct reading_room *room, struct meaning *meaning)
{
  g_autofree guint8 *taken = g_new0(guint8, room->passage->lexemes->count + 1);
  struct moderation_reader r = { .passage = room->passage, .meaning = meaning, .taken = taken };
  read_wishes(&r);
  bool is_spared = false;
  struct saying best = decide(&r, &is_spared);
  if (best.hit)
    meaning->decision = best.decision;
  else if (r.wishes)
    meaning->decision = MODERATION_APPROVE;
  else if (!is_spared)
    read_plain_answer(&r);
  if (best.hit && (best.decision == MODERATION_REJECT || best.decision == MODERATION_WAIT))
    meaning->moderation_reason = reason_of(&r, &best);
  g_free(meaning->reason);
  g_autofree char *words = best.hit ? passage_text(room->passage, best.hit->first, best.hit->end) : NULL;
  meaning->reason = words ? g_strdup_printf("A moderator's answer that says \"%s\".", words)
                          : g_strdup("A moderator's answer.");
}
