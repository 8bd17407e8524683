/* Several cases in one mail, as a table from a spreadsheet or a list of numbers: each row answers its own
 * case, as if it were a mail alone: it may name another office, ask something back, or be internal. Whoever
 * asked sees their row and no other. What changes nothing comes back to the office in one letter: numbers
 * that are unknown or another office's, and rows that are not plain enough to be published. */
#include "lists/cases/replies/reply.h"

#include "lib/base/fault.h"
#include "lib/text/redact/redact.h"
#include "lib/text/template.h"

#include <string.h>

/* What became of the rows. */
struct row_outcome {
  struct value *values;
  guint answered, unknown, unclear, internal;
};

bool reply_is_several(const struct case_reply *reply)
{
  const struct meaning *meaning = reply->reading.meaning;
  return meaning && meaning->cases->len > 1 && !reply->is_row;
}

char *reply_above_rows(const struct case_reply *reply)
{
  const struct office_case *first = g_ptr_array_index(reply->reading.meaning->cases, 0);
  const char *said = reply->reading.said, *digits = first->number ? strrchr(first->number, '-') : NULL;
  const char *row = digits ? strstr(said, digits + 1) : first->title ? strstr(said, first->title) : NULL;
  while (row && row > said && row[-1] != '\n') row--;
  char *above = g_strchomp(g_strndup(said, row ? (gsize)(row - said) : 0));
  bool is_table = row && strcspn(row, "\t|;") < strcspn(row, "\n");
  char *head = is_table ? strrchr(above, '\n') : NULL; /* "Intern" heads a column that is not told */
  if (is_table) *(head ? head : above) = '\0';
  return above;
}

char *reply_below_rows(const struct case_reply *reply)
{
  const GPtrArray *cases = reply->reading.meaning->cases;
  const struct office_case *last = g_ptr_array_index(cases, cases->len - 1);
  const char *digits = last->number ? strrchr(last->number, '-') : NULL,
             *named = digits ? digits + 1 : last->title,
             *row = named && *named ? g_strrstr(reply->reading.said, named) : NULL,
             *below = row ? strstr(row, "\n\n") : NULL;
  return g_strdup(below ? below : "");
}

/* The case of a row, where its office is the one that answers; NULL without error: there is none. */
static struct casefile *case_of_row(struct case_reply *reply, const struct office_case *row, GError **error)
{
  g_autoptr(GPtrArray) numbers = reply_numbers_in(row->number ? row->number : "");
  if (!numbers->len) { /* "2026-0198" in a column of numbers */
    g_autofree char *whole = g_strconcat("KP-", row->number ? row->number : "", NULL);
    g_ptr_array_unref(numbers);
    numbers = reply_numbers_in(whole);
  }
  if (!numbers->len) return NULL;
  const char *number = numbers->pdata[0];
  int year = (int)g_ascii_strtoll(number + strlen("KP-"), NULL, 10);
  int count = (int)g_ascii_strtoll(number + strlen("KP-2026-"), NULL, 10);
  g_autoptr(casefile_t) it = casefile_find(reply->work->store, year, count, error);
  return it && it->office == reply->office->id ? g_steal_pointer(&it) : NULL;
}

/* A row's words without telephone numbers and addresses. Caller frees. */
static char *words_of_row(const struct case_reply *reply, const struct office_case *row)
{
  const char *text = row->text ? row->text : "";
  GString *out = g_string_new(NULL);
  redact_kinds(out, text, strlen(text), reply->work->config->domain,
               REDACT_EMAIL | REDACT_PHONE | REDACT_ACCOUNT);
  return g_strstrip(g_string_free(out, FALSE));
}

/* Where a column names state and day, these count, whatever the words beside them read like. */
static void take_columns(struct reply_reading *r, const struct office_case *row)
{
  const struct wall *day = &row->expected;
  if (row->status == STATUS_NONE) return;
  r->state = case_state_of(row->status);
  g_free(r->expected);
  r->expected = day->year ? g_strdup_printf("%04d-%02d-%02d", day->year, day->month, day->day) : g_strdup("");
  r->is_question &= row->status != STATUS_DONE && row->status != STATUS_REJECTED;
}

/* Names a row in the letter to the office. */
static void name_row(struct row_outcome *out, const char *list, const struct office_case *row,
                     const char *flag)
{
  struct value *line = value_append(out->values, list);
  value_set_text(line, "number", row->number ? row->number : row->title);
  if (flag) value_set_text(line, flag, "1");
}

/* Does a row say again what was published last: its words, its state and its day? */
static bool is_known(const struct case_reply *one)
{
  const struct reply_reading *r = &one->reading;
  bool same_state = !r->state || strcmp(r->state, one->it->state) == 0;
  bool same_day = !r->expected || !*r->expected || strcmp(r->expected, one->it->expected) == 0;
  return r->is_repeated && same_state && same_day;
}

/* The reply as far as it is about one case. */
static bool answer_row(struct case_reply *reply, struct casefile *it, const struct office_case *row,
                       struct row_outcome *out, GError **error)
{
  struct case_reply one = *reply;
  g_autofree char *words = words_of_row(reply, row);
  one.it = it;
  one.words = words;
  one.is_row = true;
  one.reading = (struct reply_reading){ 0 };
  bool is_done = reply_read(&one, error), is_to_be_routed = is_done && one.reading.route;
  if (is_done && !is_to_be_routed) take_columns(&one.reading, row);
  const struct reply_reading *r = &one.reading;
  bool says_something = is_done && (*r->text || r->state);
  if (is_done && r->is_internal) {
    out->internal++;
    is_done = reply_keep(&one, "internal", "The office marks it as internal; it stays here.", error);
    name_row(out, "unclear", row, "internal");
  } else if (is_to_be_routed) {
    out->answered++;
    is_done = reply_route(&one, error);
  } else if (is_done && (!says_something || (r->is_unsure && !reply->is_sure) || r->was_private)) {
    out->unclear++;
    name_row(out, "unclear", row, NULL);
  } else if (is_done && is_known(&one)) {
    out->answered++; /* the same list once more: nobody hears the same twice */
  } else if (is_done) {
    out->answered++;
    is_done = reply_publish(&one, error);
  }
  one.office = NULL; /* borrowed */
  case_reply_clear(&one);
  return is_done;
}

bool reply_rows(struct case_reply *reply, GError **error)
{
  g_autoptr(value_t) values = value_new();
  struct row_outcome out = { .values = values };
  const GPtrArray *rows = reply->reading.meaning->cases;
  for (guint i = 0; i < rows->len; i++) {
    const struct office_case *row = rows->pdata[i];
    GError *failed = NULL;
    g_autoptr(casefile_t) it = case_of_row(reply, row, &failed);
    if (fault_hand_on(failed, error)) return false;
    if (!it) {
      out.unknown++;
      name_row(&out, "rows", row, NULL);
    } else if (row->is_unclear) {
      out.unclear++;
      name_row(&out, "unclear", row, NULL);
    } else if (!answer_row(reply, it, row, &out, error)) {
      return false;
    }
  }
  g_string_assign(reply->decision->reason, "It is the office's answer to several cases.");
  g_string_append_printf(reply->decision->details, " answered=%u unknown=%u unclear=%u internal=%u",
                         out.answered, out.unknown, out.unclear, out.internal);
  if (!out.unknown && !out.unclear && !out.internal) return true;
  value_set_number(values, "answered", out.answered);
  value_set_flag(values, "has_unknown", out.unknown > 0);
  value_set_flag(values, "has_unclear", out.unclear + out.internal > 0);
  g_autofree char *address = reply_author_address(reply);
  return reply_tell(reply, "case_rows", address, values, error);
}
