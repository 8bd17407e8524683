/* Several cases in one mail. Two forms: a table with a head (a spreadsheet's rows), and lines that begin with
 * or hold a case's number ("KP-2026-0198: erledigt"), what follows up to the next number being said of that
 * case.
 *
 * A resident sees the answer to their own case only, so each case gets its own words, status and day. */
#include "lists/understand/answers/official_cases.h"

#include "lists/understand/answers/clauses.h"
#include "lists/understand/answers/official_status.h"
#include "lists/understand/answers/table.h"

enum { CASES_MAX = 200, ROW_BYTES = 2000 };

/* The end of a case number that begins at a lexeme ("KP-2026-0198", "2026-0198"); 0: none. */
static guint number_end(const struct lexemes *l, guint at)
{
  if (lexeme_is(&l->at[at], "kp") && at + 1 < l->count) at += lexeme_is(&l->at[at + 1], "-") ? 2 : 1;
  if (at + 2 >= l->count) return 0;
  const struct lexeme *year = &l->at[at], *dash = &l->at[at + 1], *number = &l->at[at + 2];
  bool is_year = year->kind == LEXEME_DIGITS && year->number >= 2000 && year->number < 2100;
  bool is_number = number->kind == LEXEME_DIGITS && number->end - number->start >= 3 && !number->is_spaced;
  if (!is_year || !is_number || !(lexeme_is(dash, "-") || lexeme_is(dash, "/"))) return 0;
  const struct lexeme *behind = &l->at[at + 3];
  return lexeme_is(behind, "-") && !behind->is_spaced && at + 3 < l->count ? 0 : at + 3;
}

/* The number as we print it: "KP-2026-0198". */
static char *number_text(const struct lexemes *l, guint end)
{
  return g_strdup_printf("KP-%s-%s", l->at[end - 3].folded, l->at[end - 1].folded);
}

/* The status that a word of [official.state] names; none for NULL. */
static enum case_status status_of(const struct phrase_hit *word)
{
  for (guint i = STATUS_RECEIVED; word && i <= STATUS_NOT_RESPONSIBLE; i++)
    if (g_str_equal(case_status_word((enum case_status)i), word->value)) return (enum case_status)i;
  return STATUS_NONE;
}

/* What is said of one case: status and day, read as a text of its own. */
static struct office_case *case_new(const struct reading_room *room, char *number, const char *title,
                                    const char *text)
{
  struct office_case *one = g_new0(struct office_case, 1);
  one->number = number;
  one->title = title && *title ? g_strdup(title) : NULL;
  one->text = g_strdup(text);
  one->cents = -1;
  g_autoptr(passage_t) passage = passage_new(text, room->passage->language, ROW_BYTES);
  struct dates_wish wish = { .now = room->now, .zone = room->zone };
  g_autoptr(GArray) dates = dates_find(passage, &wish);
  struct official_status found = official_status_read(passage, dates, room->now, room->zone, NULL);
  const struct phrase_hit *word = passage_find(passage, phrases_tag("official.state"), 0);
  one->status = found.status != STATUS_NONE ? found.status : status_of(word);
  one->expected = found.expected;
  return one;
}

/* ---- lists of numbers ---- */

static void read_list(const struct reading_room *room, GPtrArray *cases)
{
  const struct lexemes *l = room->passage->lexemes;
  GArray *ends = g_array_new(FALSE, FALSE, sizeof(guint) * 2);
  for (guint at = 0; at < l->count && ends->len < CASES_MAX;) {
    guint end = number_end(l, at);
    guint pair[2] = { at, end };
    if (end) g_array_append_val(ends, pair);
    at = end ? end : at + 1;
  }
  for (guint i = 0; ends->len > 1 && i < ends->len; i++) {
    const guint *mine = &g_array_index(ends, guint, 2 * i);
    guint first = mine[1], end = i + 1 < ends->len ? mine[2] : l->count;
    while (first < end && (l->at[first].kind == LEXEME_MARK || l->at[first].kind == LEXEME_BREAK)) first++;
    for (guint at = first; at + 1 < end; at++)
      if (l->at[at].kind == LEXEME_BREAK && l->at[at + 1].kind == LEXEME_BREAK) end = at;
    while (end > first && (l->at[end - 1].kind == LEXEME_BREAK || lexeme_is(&l->at[end - 1], "["))) end--;
    g_autofree char *text = passage_text(room->passage, first, end);
    g_ptr_array_add(cases, case_new(room, number_text(l, mine[1]), NULL, text));
  }
  g_array_unref(ends);
}

/* ---- tables ---- */

static char *cell_or_null(const char *cell)
{
  return *cell ? g_strdup(cell) : NULL;
}

/* The column of states says it, whatever the remark beside it reads like: "erledigt | am Montag gereinigt" is
 * no plan for a Monday. */
static void apply_state(const struct reading_room *room, const char *cell, struct office_case *one)
{
  g_autoptr(passage_t) passage = passage_new(cell, room->passage->language, ROW_BYTES);
  const struct phrase_hit *word = passage_at(passage, phrases_tag("official.state"), 0);
  if (!word || word->end != passage->lexemes->count) return;
  one->status = status_of(word);
  bool is_over = one->status == STATUS_DONE || one->status == STATUS_REJECTED;
  if (is_over || one->status == STATUS_NOT_RESPONSIBLE)
    one->expected = (struct wall){ .hour = -1, .minute = -1 };
}

static void read_row(const struct reading_room *room, const struct table *table, guint row, GPtrArray *cases)
{
  const char *status = table_cell(table, row, COLUMN_STATUS), *remark = table_cell(table, row, COLUMN_REMARK),
             *date = table_cell(table, row, COLUMN_DATE), *title = table_cell(table, row, COLUMN_TITLE),
             *number = table_cell(table, row, COLUMN_NUMBER);
  if (!*title && !*number) return;
  g_autofree char *text =
      g_strdup_printf("%s%s%s%s%s", status, *status && *remark ? ", " : "", remark, *date ? ", " : "", date);
  struct office_case *one = case_new(room, cell_or_null(number), title, text);
  apply_state(room, status, one);
  one->cents = table_cents(table, row, COLUMN_GRANTED);
  if (one->status == STATUS_NONE && one->cents == 0) one->status = STATUS_REJECTED;
  g_ptr_array_add(cases, one);
}

static void read_table(const struct reading_room *room, GPtrArray *cases)
{
  g_autoptr(table_t) table = table_read(room->mail->text_new);
  for (guint i = 0; table && i < table->rows->len && cases->len < CASES_MAX; i++)
    read_row(room, table, i, cases);
}

/* ---- the case of this mail ---- */

/* The subject's number, among the cases. */
static const struct office_case *own_case(const struct reading_room *room, const GPtrArray *cases)
{
  g_autoptr(passage_t) subject = passage_new(room->mail->subject, NULL, ROW_BYTES);
  for (guint at = 0; at < subject->lexemes->count; at++) {
    guint end = number_end(subject->lexemes, at);
    if (!end) continue;
    g_autofree char *number = number_text(subject->lexemes, end);
    for (guint i = 0; i < cases->len; i++) {
      const struct office_case *one = g_ptr_array_index(cases, i);
      if (one->number && g_ascii_strcasecmp(one->number, number) == 0) return one;
    }
  }
  return NULL;
}

void official_read_cases(const struct reading_room *room, struct meaning *meaning)
{
  read_table(room, meaning->cases);
  if (meaning->cases->len == 0) read_list(room, meaning->cases);
  if (meaning->cases->len < 2) {
    g_ptr_array_set_size(meaning->cases, 0);
    return;
  }
  const struct office_case *own = own_case(room, meaning->cases);
  if (!own || own->status == STATUS_NONE) return;
  meaning->status = own->status;
  meaning->expected = own->expected;
}
