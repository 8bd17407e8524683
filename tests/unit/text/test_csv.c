/* Tables of open data: quotes, line ends, byte order marks, and what is no table. */
#include "lib/text/csv.h"
#include "tests/unit/text/cases.h"

#include <string.h>

static const struct {
  const char *name, *text, *second; /* the columns "b" of all lines, joined by "|" */
} tables[] = {
  { "plain lines", "a,b\n1,2\n3,4\n", "2|4" },
  { "no end of the last line", "a,b\n1,2", "2" },
  { "CRLF", "a,b\r\n1,2\r\n", "2" },
  { "a byte order mark",
    "\xEF\xBB\xBF"
    "b,a\n1,2\n",
    "1" },
  { "a comma in quotes", "a,b\n1,\"2,3\"\n", "2,3" },
  { "doubled quotes", "a,b\n1,\"say \"\"hi\"\"\"\n", "say \"hi\"" },
  { "a line end in quotes", "a,b\n1,\"2\n3\"\n", "2\n3" },
  { "empty lines are none", "a,b\n\n1,2\n\n", "2" },
  { "an empty field", "a,b\n1,\n", "" },
};

static void tables_are_read(void **state)
{
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS(tables); i++) {
    g_autoptr(GError) error = NULL;
    g_autoptr(csv_t) csv = csv_new(tables[i].text, strlen(tables[i].text), "t.csv", &error);
    if (!csv) fail_msg("%s: %s", tables[i].name, error->message);
    g_autoptr(GString) found = g_string_new(NULL);
    while (csv_next(csv, &error)) {
      if (found->len > 0) g_string_append_c(found, '|');
      g_string_append(found, csv_field(csv, csv_column(csv, "b")));
    }
    if (error) fail_msg("%s: %s", tables[i].name, error->message);
    if (strcmp(found->str, tables[i].second) != 0) fail_msg("%s: got '%s'", tables[i].name, found->str);
    assert_string_equal(csv_field(csv, csv_column(csv, "none")), "");
  }
}

static const struct {
  const char *name, *text;
} broken[] = {
  { "nothing", "" },
  { "a line with a field too few", "a,b\n1\n" },
  { "a line with a field too many", "a,b\n1,2,3\n" },
  { "a quote that does not end", "a,b\n1,\"2\n" },
};

static void what_is_no_table_is_said(void **state)
{
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS(broken); i++) {
    g_autoptr(GError) error = NULL;
    g_autoptr(csv_t) csv = csv_new(broken[i].text, strlen(broken[i].text), "t.csv", &error);
    while (csv && csv_next(csv, &error)) continue;
    if (!error) fail_msg("%s: no error", broken[i].name);
    assert_non_null(strstr(error->message, "t.csv"));
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(tables_are_read),
    cmocka_unit_test(what_is_no_table_is_said),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
