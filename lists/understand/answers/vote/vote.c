/* Votes and support: which numbers of our list are chosen. Called by understand() for answers to a list of
 * proposals, and for "support". The numbers are those printed in the mail that asked.
 * rows.c reads the numbers; here is what they come to. */
#include "lists/understand/answers/vote/rows.h"

#include <string.h>

/* ---- what is chosen ---- */

static void choose(struct vote_reader *r, int number)
{
  if (number < 1 || number > r->top) return;
  for (guint i = 0; i < r->chosen->len; i++)
    if (g_array_index(r->chosen, int, i) == number) return;
  g_array_append_val(r->chosen, number);
}

static void unchoose(struct vote_reader *r, int number)
{
  for (guint i = 0; i < r->chosen->len; i++)
    if (g_array_index(r->chosen, int, i) == number) {
      g_array_remove_index(r->chosen, i);
      return;
    }
}

/* ---- rows without numbers ---- */

static void choose_span(struct vote_reader *r, int first, int last)
{
  for (int number = first; number <= last && number < first + NUMBER_MAX; number++) choose(r, number);
}

static int count_of(const struct phrase_hit *hit)
{
  const char *blank = strchr(hit->value, ' ');
  return blank ? (int)g_ascii_strtoll(blank, NULL, 10) : 0;
}

/* "Die ersten beiden", "die letzten drei". Marks their lexemes so that "drei" is not read again. */
static void read_ends(struct vote_reader *r)
{
  for (guint at = 0; at < r->l->count; at++) {
    const struct phrase_hit *hit = vote_tag_at(r, "vote.all", at);
    if (!hit || hit->value[0] == 'a' || (hit->value[0] == 'l' && r->items->len == 0)) continue;
    struct vote_row row = { .first = hit->first, .end = hit->end };
    for (guint k = hit->first; k < hit->end; k++) r->other[k] = 1;
    at = hit->end - 1;
    if (vote_row_is_denied(r, &row)) continue;
    if (hit->value[0] == 'f')
      choose_span(r, 1, count_of(hit));
    else
      choose_span(r, r->top - count_of(hit) + 1, r->top);
  }
}

/* "… außer dem Chor und den Bänken": each thing named behind the word is taken out. */
static void unchoose_names(struct vote_reader *r)
{
  const struct phrase_hit *except = passage_find(r->passage, phrases_tag("vote.except"), 0);
  guint first = except ? except->end : r->l->count;
  for (guint at = first; except && at <= r->l->count && at < first + 4 * LOOK_LEXEMES; at++) {
    bool is_end = at == r->l->count || vote_is_border(r, at) || vote_tag_at(r, "vote.join", at);
    if (!is_end || at == first) continue;
    g_autofree char *words = passage_text(r->passage, first, at);
    const struct asked_item *item = asked_by_words(r->items, words);
    if (item) unchoose(r, item->number);
    first = at + 1;
  }
}

/* "Alle", "alle außer 3": counts where no number is chosen, and only if the list is known. */
static void read_all(struct vote_reader *r, const GArray *denied)
{
  const struct phrase_hit *hit = passage_find(r->passage, phrases_tag("vote.all"), 0);
  if (!hit || hit->value[0] != 'a' || r->items->len == 0 || vote_tag_at(r, "vote.unit", hit->end)) return;
  struct vote_row row = { .first = hit->first, .end = hit->end };
  bool excepts = denied->len > 0;
  if (!excepts && vote_row_is_denied(r, &row)) return;
  choose_span(r, 1, r->top);
  for (guint i = 0; i < denied->len; i++) unchoose(r, g_array_index(denied, int, i));
  unchoose_names(r);
}

/* A thing of the list called by its name, clause by clause. */
static void read_names(struct vote_reader *r)
{
  g_autoptr(GArray) clauses = clauses_of(r->passage);
  for (guint i = 0; r->items->len && i < MIN(clauses->len, 40); i++) {
    const struct clause *clause = &g_array_index(clauses, struct clause, i);
    g_autofree char *words = passage_text(r->passage, clause->first, clause->end);
    const struct asked_item *item = clause->is_question ? NULL : asked_by_words(r->items, words);
    if (!item) continue;
    const struct clause *next = i + 1 < clauses->len ? &g_array_index(clauses, struct clause, i + 1) : NULL;
    /* "Chorabend: nein" */
    bool is_told_behind = next && clause->end > 0 && next->first >= clause->end &&
                          (vote_is_mark(r, clause->end, ":") || vote_is_mark(r, clause->end - 1, ":"));
    bool is_denied_here = (is_told_behind && vote_denies(clause_find(r->passage, "vote.not-behind", next))) ||
                          vote_denies(clause_find(r->passage, "vote.not-before", clause)) ||
                          vote_denies(clause_find(r->passage, "vote.not-behind", clause));
    if (is_denied_here)
      unchoose(r, item->number);
    else
      choose(r, item->number);
  }
}

/* Rows in order; who is for and against the same number is against it. */
static void read_numbers(struct vote_reader *r, GArray *denied)
{
  for (guint at = 0; at < r->l->count;) {
    if (!vote_number_at(r, at)) {
      at++;
      continue;
    }
    struct vote_row row = { .numbers = g_array_new(FALSE, FALSE, sizeof(int)) };
    vote_row_read(r, at, &row);
    bool is_no = vote_row_is_denied(r, &row);
    for (guint i = 0; i < row.numbers->len; i++) {
      int number = g_array_index(row.numbers, int, i);
      if (is_no)
        g_array_append_val(denied, number);
      else
        choose(r, number);
    }
    g_array_unref(row.numbers);
    at = row.end;
  }
  for (guint i = 0; i < denied->len; i++) unchoose(r, g_array_index(denied, int, i));
}

/* ---- all of it ---- */

/* Anything beside the numbers is kept for those who count. */
static char *comment_of(const struct vote_reader *r)
{
  guint words = 0;
  for (guint at = 0; at < r->l->count; at++)
    words += r->l->at[at].kind == LEXEME_WORD && !vote_tag_at(r, "vote.cue", at) &&
             !vote_tag_at(r, "vote.join", at) && !vote_tag_at(r, "vote.number", at);
  if (words < 3 && !passage_has(r->passage, "vote.proxy")) return NULL;
  char *text = g_strstrip(g_strdup(r->l->text));
  return text;
}

/* "Ja", "dagegen", "ich enthalte mich", where no number was named. */
static void read_answer(const struct vote_reader *r, struct meaning *meaning)
{
  const struct phrase_hit *no = passage_find(r->passage, phrases_tag("vote.no"), 0),
                          *yes = passage_find(r->passage, phrases_tag("vote.yes"), 0);
  if (passage_has(r->passage, "vote.abstain"))
    meaning->abstains = true;
  else if (no && (!yes || no->first <= yes->first))
    meaning->answer = ANSWER_NO;
  else if (yes)
    meaning->answer = ANSWER_YES;
  else
    meaning->answer = answer_read(r->passage).answer;
}

void read_vote(const struct reading_room *room, struct meaning *meaning)
{
  g_autoptr(GPtrArray) items = asked_items(room->mail);
  g_autofree guint8 *other = g_new0(guint8, room->passage->lexemes->count + 1);
  const struct asked_item *last = items->len ? g_ptr_array_index(items, items->len - 1) : NULL;
  struct vote_reader r = { .room = room,
                           .passage = room->passage,
                           .l = room->passage->lexemes,
                           .items = items,
                           .chosen = meaning->choices,
                           .other = other,
                           .top = last ? last->number : NUMBER_MAX };
  vote_mark_others(&r);
  g_autoptr(GArray) denied = g_array_new(FALSE, FALSE, sizeof(int));
  read_ends(&r);
  read_numbers(&r, denied);
  /* "gegen 1 und 2, für den Rest" */
  bool is_rest = denied->len > 0 && items->len > 0 && passage_has(room->passage, "vote.rest");
  if (meaning->choices->len == 0 && is_rest) choose_span(&r, 1, r.top);
  for (guint i = 0; is_rest && i < denied->len; i++) unchoose(&r, g_array_index(denied, int, i));
  if (meaning->choices->len == 0) read_all(&r, denied);
  if (meaning->choices->len == 0) read_names(&r);
  if (meaning->choices->len == 0) read_answer(&r, meaning);
  g_free(meaning->comment);
  meaning->comment = comment_of(&r);
  g_free(meaning->reason);
  meaning->reason = meaning->choices->len ? g_strdup_printf("An answer to a list, with %u numbers chosen.",
                                                            meaning->choices->len)
                                          : g_strdup("An answer to a vote.");
}
