/* Several cases in one mail. Two forms: a table with a head (a spreadsheet's rows), and lines or sentences
 * that name their numbers (lists.c).
 *
 * A resident sees the answer to their own case only, so each case gets its own words, status and day. */
#include "lists/understand/answers/official/cases.h"

#include "lists/understand/answers/clauses.h"
#include "lists/understand/answers/official/lists.h"
#include "lists/understand/answers/official/status.h"
#include "lists/understand/answers/table.h"

enum { CASES_MAX = 200, ROW_BYTES = 2000 };

/* The status that a word of [official.state] names; none for NULL. */
static enum case_status status_of(const struct phrase_hit *word)
{
  return word ? case_status_of_word(word->value) : STATUS_NONE;
}

struct office_case *official_case_new(const struct reading_room *room, char *number, const char *title,
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
  if (found.is_answer_by) one->expected = (struct wall){ .hour = -1, .minute = -1 };
  return one;
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

/* The case number that a cell holds and nothing else; NULL: none. Caller frees. */
static char *number_of_cell(const char *cell)
{
  g_autoptr(passage_t) passage = passage_new(cell, NULL, ROW_BYTES);
  guint end = official_case_number_end(passage->lexemes, 0);
  return end && end == passage->lexemes->count ? official_case_number(passage->lexemes, end) : NULL;
}

/* The case number of a row, wherever it stands: the column of numbers may be a mere count ("Lfd."). NULL:
 * none. Caller frees. */
static char *number_in_row(const struct table *table, guint row, const char *number)
{
  char **cells = g_ptr_array_index(table->rows, row);
  char *found = number_of_cell(number);
  for (guint i = 0; cells[i] && !found; i++) found = number_of_cell(cells[i]);
  return found;
}

/* "|---|---|": the line below a table's head. */
static bool is_ruled(const struct table *table, guint row)
{
  char **cells = g_ptr_array_index(table->rows, row);
  for (guint i = 0; cells[i]; i++)
    if (cells[i][strspn(cells[i], "-=:_ ")]) return false;
  return true;
}

static void read_row(const struct reading_room *room, const struct table *table, guint row, GPtrArray *cases)
{
  const char *status = table_cell(table, row, COLUMN_STATUS), *remark = table_cell(table, row, COLUMN_REMARK),
             *date = table_cell(table, row, COLUMN_DATE), *title = table_cell(table, row, COLUMN_TITLE),
             *number = table_cell(table, row, COLUMN_NUMBER);
  g_autofree char *named = number_in_row(table, row, number);
  if (!*title && !*number && !named) return;
  if (is_ruled(table, row)) return;
  g_autoptr(GPtrArray) cells = g_ptr_array_new();
  const char *said[] = { status, remark, date };
  for (gsize k = 0; k < G_N_ELEMENTS(said); k++)
    if (*said[k]) g_ptr_array_add(cells, (char *)said[k]);
  g_ptr_array_add(cells, NULL);
  g_autofree char *text = g_strjoinv(", ", (char **)cells->pdata);
  struct office_case *one =
      official_case_new(room, named ? g_steal_pointer(&named) : cell_or_null(number), title, text);
  apply_state(room, status, one);
  one->cents = table_cents(table, row, COLUMN_GRANTED);
  if (one->status == STATUS_NONE && one->cents == 0) one->status = STATUS_REJECTED;
  g_ptr_array_add(cases, one);
}

/* A table that numbers nothing tells of this case: "Maßnahme | Termin". */
static void read_table(const struct reading_room *room, GPtrArray *cases)
{
  g_autoptr(table_t) table = table_read(room->mail->text_new);
  bool has_number = false;
  for (guint i = 0; table && i < table->rows->len && cases->len < CASES_MAX; i++) {
    read_row(room, table, i, cases);
    const char *first = table_cell(table, i, COLUMN_NUMBER);
    g_autofree char *number = number_in_row(table, i, first);
    has_number |= number != NULL || g_ascii_isdigit(*first);
  }
  if (!has_number) g_ptr_array_set_size(cases, 0);
}

/* ---- the case of this mail ---- */

/* The subject's number, among the cases. */
static const struct office_case *own_case(const struct reading_room *room, const GPtrArray *cases)
{
  g_autoptr(passage_t) subject = passage_new(room->mail->subject, NULL, ROW_BYTES);
  for (guint at = 0; at < subject->lexemes->count; at++) {
    guint end = official_case_number_end(subject->lexemes, at);
    if (!end) continue;
    g_autofree char *number = official_case_number(subject->lexemes, end);
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
  if (meaning->cases->len == 0) official_read_list(room, meaning->cases);
  if (meaning->cases->len < 2) {
    g_ptr_array_set_size(meaning->cases, 0);
    return;
  }
  const struct office_case *own = own_case(room, meaning->cases);
  if (!own || own->status == STATUS_NONE) return;
  meaning->status = own->status;
  meaning->expected = own->expected;
}
