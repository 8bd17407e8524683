/* Several cases in one mail, as a table from a spreadsheet or a list of numbers: each row answers its own
 * case, and whoever asked sees that row alone. A row whose number is unknown, or whose case is another
 * office's, changes nothing; the office is told all of these in one letter. */
#include "lists/cases/replies/reply.h"

#include "lists/understand/answers/official_private.h"

#include "lib/base/fault.h"
#include "lib/text/redact/redact.h"
#include "lib/text/template.h"

#include <string.h>

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

/* "und", "sowie", ",": the row joins the next one, and what is said there is said of both. */
static bool is_joiner(const struct office_case *row)
{
  static const char *const joiners[] = { "und",  "sowie", "u", "auch", "beide", "and",
                                         "both", ",",     "&", "/",    "+",     NULL };
  static const char *const nothing[] = { "zu", ">", ":", "-", NULL };
  g_autoptr(passage_t) passage = passage_new(row->text ? row->text : "", NULL, 0);
  bool joins = false;
  for (guint i = 0; i < passage->lexemes->count; i++) {
    const struct lexeme *it = &passage->lexemes->at[i];
    bool is_one = g_strv_contains(joiners, it->folded);
    joins |= is_one;
    if (it->kind != LEXEME_BREAK && !is_one && !g_strv_contains(nothing, it->folded)) return false;
  }
  return joins;
}

/* Whose words count for a row: its own, or those of the next one that has some. */
static const struct office_case *said_of(const GPtrArray *rows, guint at)
{
  guint last = at;
  while (last + 1 < rows->len && is_joiner(rows->pdata[last])) last++;
  return rows->pdata[last];
}

/* A row's words without telephone numbers and addresses. Caller frees. */
static char *words_of_row(const struct case_reply *reply, const struct office_case *row)
{
  g_autofree char *text = g_strchomp(g_strdup(row->text ? row->text : ""));
  if (g_str_has_suffix(text, "\nzu"))
    text[strlen(text) - strlen("\nzu")] = '\0'; /* of the next row's "zu KP-…" */
  GString *out = g_string_new(NULL);
  redact_kinds(out, text, strlen(text), reply->work->config->domain,
               REDACT_EMAIL | REDACT_PHONE | REDACT_ACCOUNT);
  return g_strstrip(g_string_free(out, FALSE));
}

/* The reply as far as it is about one case. */
static bool answer_row(struct case_reply *reply, struct casefile *it, const struct office_case *row,
                       GError **error)
{
  struct case_reply one = *reply;
  g_autofree char *words = words_of_row(reply, row);
  one.it = it;
  one.reading = (struct reply_reading){ .clerk = reply->reading.clerk, .meaning = reply->reading.meaning };
  one.reading.state = case_state_of(row->status);
  one.reading.expected = row->expected.year ? g_strdup_printf("%04d-%02d-%02d", row->expected.year,
                                                              row->expected.month, row->expected.day)
                                            : g_strdup("");
  g_autofree char *own = reply_without_people(&one, words, error);
  bool tells = false, shows_staff = strcmp(reply->office->clerk, "name") == 0;
  one.reading.text =
      own ? official_without_private(own, reply->work->config->domain, shows_staff, &tells) : NULL;
  bool is_done = one.reading.text && reply_publish(&one, error);
  g_free(one.reading.text);
  g_free(one.reading.expected);
  return is_done;
}

bool reply_rows(struct case_reply *reply, GError **error)
{
  g_autoptr(value_t) values = value_new();
  const GPtrArray *rows = reply->reading.meaning->cases;
  guint answered = 0, unknown = 0;
  for (guint i = 0; i < rows->len; i++) {
    const struct office_case *named = rows->pdata[i], *row = said_of(rows, i);
    GError *failed = NULL;
    g_autoptr(casefile_t) it = case_of_row(reply, named, &failed);
    if (fault_hand_on(failed, error)) return false;
    bool says_something = row->status != STATUS_NONE || (row->text && *row->text);
    if (it && says_something && !answer_row(reply, it, row, error)) return false;
    answered += it && says_something;
    if (it && says_something) continue;
    struct value *line = value_append(values, "rows");
    value_set_text(line, "number", named->number ? named->number : named->title);
    unknown++;
  }
  g_string_assign(reply->decision->reason, "It is the office's answer to several cases.");
  g_string_append_printf(reply->decision->details, " answered=%u unknown=%u", answered, unknown);
  if (!unknown) return true;
  value_set_number(values, "answered", answered);
  g_autofree char *address = reply_main_address(reply);
  return reply_tell(reply, "case_rows", address, values, error);
}
