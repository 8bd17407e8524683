/* Letters: both bodies from one template, and values that stay what they are. */
#include "lib/base/fault.h"
#include "lib/text/letter_text.h"
#include "tests/unit/text/cases.h"
#include <string.h>

/* What every case's template may name. */
static struct value *some_values(void)
{
  struct value *values = value_new();
  value_set_text(values, "name", "Lothar");
  value_set_text(values, "evil", "[x](https://evil.example) *fett* # `c` <b>");
  value_set_text(values, "heading", "# Eilt");
  value_set_text(values, "number", "1. erstens");
  value_set_text(values, "lines", "eins\nzwei");
  value_set_text(values, "mark",
                 "\uE000"
                 "0\uE001");
  value_set_text(values, "address", "gruenau+hilfe@kiez.example");
  value_set_text(values, "subject", "Ja & nein?");
  value_set_text(values, "url", "https://kiez.example/a");
  value_set_text(values, "script", "javascript:alert(1)");
  value_set_text(values, "empty", "");
  value_set_number(values, "n", 3);
  value_set_flag(values, "yes", true);
  value_append_text(values, "list", "Müggelsee");
  value_append_text(values, "list", "Dahme*");
  return values;
}

static const struct {
  const char *name, *markdown, *subject, *plain, *html; /* html: what the document's main part is */
} cases[] = {
  { "subject, greeting, body", "Betreff: Fest, {{name}}\n\nGuten Tag {{name}},\n\nbis bald!\n",
    "Fest, Lothar", "Guten Tag Lothar,\n\nbis bald!\n", "<p>Guten Tag Lothar,</p>\n<p>bis bald!</p>\n" },
  { "an English subject", "Subject: {{subject}}\n\nx\n", "Ja & nein?", "x\n", "<p>x</p>\n" },
  { "no subject", "x\n", "", "x\n", "<p>x</p>\n" },
  { "a value is no markup", "a {{evil}} b\n", "", "a [x](https://evil.example) *fett* # `c` <b> b\n",
    "<p>a [x](https://evil.example) *fett* # `c` &lt;b&gt; b</p>\n" },
  { "a value at a line's start is no heading and no list", "{{heading}}\n\n{{number}}\n", "",
    "# Eilt\n\n1. erstens\n", "<p># Eilt</p>\n<p>1. erstens</p>\n" },
  { "a value of several lines keeps them", "> {{lines}}\n", "", "> eins\n> zwei\n",
    "<blockquote>\n<p>eins<br />\nzwei</p>\n</blockquote>\n" },
  { "a value cannot be a mark", "{{mark}} {{name}}\n", "",
    "\uE000"
    "0\uE001 Lothar\n",
    "<p>\uE000"
    "0\uE001 Lothar</p>\n" },
  { "an empty value leaves no paragraph", "a\n\n{{empty}}\n\n{{absent}}\n\nb\n", "", "a\n\nb\n",
    "<p>a</p>\n<p>b</p>\n" },
  { "a number", "{{n}} Mails\n", "", "3 Mails\n", "<p>3 Mails</p>\n" },
  { "blocks on lines of their own", "{{#yes}}\nja\n{{/yes}}\n{{^yes}}\nnein\n{{/yes}}\n", "", "ja\n",
    "<p>ja</p>\n" },
  { "a list from values", "Orte:\n\n{{#list}}\n- {{.}}\n{{/list}}\n", "", "Orte:\n\n* Müggelsee\n* Dahme*\n",
    "<p>Orte:</p>\n<ul>\n<li>Müggelsee</li>\n<li>Dahme*</li>\n</ul>\n" },
  { "a numbered list", "3. drei\n4. vier\n", "", "3. drei\n4. vier\n",
    "<ol start=\"3\">\n<li>drei</li>\n<li>vier</li>\n</ol>\n" },
  { "lists in lists are indented", "- a\n  - b\n- c\n", "", "* a\n  * b\n* c\n",
    "<ul>\n<li>a\n<ul>\n<li>b</li>\n</ul>\n</li>\n<li>c</li>\n</ul>\n" },
  { "a list of paragraphs", "- a\n\n  b\n\n- c\n", "", "* a\n\n  b\n\n* c\n",
    "<ul>\n<li>\n<p>a</p>\n<p>b</p>\n</li>\n<li>\n<p>c</p>\n</li>\n</ul>\n" },
  { "a link names its target", "[Karte]({{url}})\n", "", "Karte: https://kiez.example/a\n",
    "<p><a href=\"https://kiez.example/a\">Karte</a></p>\n" },
  { "a link that is its text stands once", "[{{url}}]({{url}})\n", "", "https://kiez.example/a\n",
    "<p><a href=\"https://kiez.example/a\">https://kiez.example/a</a></p>\n" },
  { "an address is linked with its plus", "[{{address}}](mailto:{{address}})\n", "",
    "gruenau+hilfe@kiez.example\n",
    "<p><a href=\"mailto:gruenau%2Bhilfe@kiez.example\">gruenau+hilfe@kiez.example</a></p>\n" },
  { "a value in a target is encoded", "[x](https://k.example/?s={{subject}})\n", "",
    "x: https://k.example/?s=Ja%20%26%20nein%3F\n",
    "<p><a href=\"https://k.example/?s=Ja%20%26%20nein%3F\">x</a></p>\n" },
  { "a script is no target", "[hier]({{script}})\n", "", "hier\n", "<p>hier</p>\n" },
  { "raw HTML and pictures are dropped",
    "<script>x</script>\n\na <b>b</b> ![Bild](https://x.example/i.png)\n", "", "a b Bild\n",
    "<p>a b Bild</p>\n" },
  { "emphasis shows in HTML only", "**Wichtig:** *heute*\n", "", "Wichtig: heute\n",
    "<p><strong>Wichtig:</strong> <em>heute</em></p>\n" },
  { "escapes do not show", "1\\. Mai, a\\_b, 5 \\* 3\n", "", "1. Mai, a_b, 5 * 3\n",
    "<p>1. Mai, a_b, 5 * 3</p>\n" },
  { "a heading", "# Grüße\n\nx\n\n## y\n\nz\n", "", "Grüße\n=====\n\nx\n\ny\n\nz\n",
    "<h1>Grüße</h1>\n<p>x</p>\n<h2>y</h2>\n<p>z</p>\n" },
  { "quotes in quotes", "> a\n>\n> > b\n", "", "> a\n>\n> > b\n",
    "<blockquote>\n<p>a</p>\n<blockquote>\n<p>b</p>\n</blockquote>\n</blockquote>\n" },
  { "code stays in shape", "```\na  b\n  {{evil}}\n```\n", "",
    "a  b\n  [x](https://evil.example) *fett* # `c` <b>\n",
    "<pre><code>a  b\n  [x](https://evil.example) *fett* # `c` &lt;b&gt;\n</code></pre>\n" },
  { "lines are wrapped at 72 columns",
    "Dies ist ein Satz, der so lang ist, dass er in keine Zeile passt, jedenfalls in keine mit Umlauten wie "
    "äöü.\n",
    "",
    "Dies ist ein Satz, der so lang ist, dass er in keine Zeile passt,\njedenfalls in keine mit Umlauten wie "
    "äöü.\n",
    NULL },
  { "items are wrapped beside their bullet",
    "- Dies ist ein Satz, der so lang ist, dass er in keine Zeile passt, auch nicht hier.\n", "",
    "* Dies ist ein Satz, der so lang ist, dass er in keine Zeile passt, auch\n  nicht hier.\n", NULL },
  { "wide characters count twice",
    "漢漢漢漢漢漢漢漢漢漢 漢漢漢漢漢漢漢漢漢漢 漢漢漢漢漢漢漢漢漢漢 漢漢漢漢漢漢漢漢漢漢\n", "",
    "漢漢漢漢漢漢漢漢漢漢 漢漢漢漢漢漢漢漢漢漢 漢漢漢漢漢漢漢漢漢漢\n漢漢漢漢漢漢漢漢漢漢\n", NULL },
  { "a long URL is not cut",
    "[Klicken Sie bitte "
    "hier](https://kiez.example/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa)\n",
    "",
    "Klicken Sie bitte "
    "hier:\nhttps://kiez.example/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n",
    NULL },
};

/* The HTML between <main> and </main>. */
static char *main_of(const char *html)
{
  const char *start = strstr(html, "<main>\n"), *end = strstr(html, "</main>");
  assert_true(start != NULL && end != NULL);
  start += strlen("<main>\n");
  return g_strndup(start, (gsize)(end - start));
}

static void test_cases(void **state)
{
  (void)state;
  g_autoptr(value_t) values = some_values();
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(GError) error = NULL;
    g_autoptr(letter_text_t) letter =
        letter_text_render("letter.md", cases[i].markdown, values, "de", &error);
    if (letter == NULL) fail_msg("%s: %s", cases[i].name, error->message);
    check_same(cases[i].name, letter->subject, cases[i].subject);
    check_same(cases[i].name, letter->plain, cases[i].plain);
    g_autofree char *body = main_of(letter->html);
    if (cases[i].html != NULL) check_same(cases[i].name, body, cases[i].html);
  }
}

static void test_frame(void **state)
{
  (void)state;
  g_autoptr(value_t) values = some_values();
  g_autoptr(letter_text_t) letter =
      letter_text_render("letter.md", "Betreff: {{evil}}\n\n{{evil}}\n", values, "de-x-leicht", NULL);
  assert_non_null(strstr(letter->html, "<html lang=\"de-x-leicht\">"));
  assert_non_null(strstr(letter->html, "<title>[x](https://evil.example) *fett* # `c` &lt;b&gt;</title>"));
  assert_non_null(strstr(letter->html, "prefers-color-scheme:dark"));
  static const char *const remote[] = { "src=", "url(", "@import", "<link", "<img", "<script", "href=" };
  for (gsize i = 0; i < G_N_ELEMENTS(remote); i++)
    if (strstr(letter->html, remote[i]) != NULL) fail_msg("the document holds %s", remote[i]);
}

static void test_subject(void **state)
{
  (void)state;
  g_autoptr(value_t) values = value_new();
  value_set_text(values, "subject", "a\r\nBcc: x@y.example");
  g_autoptr(letter_text_t) letter =
      letter_text_render("letter.md", "Betreff: Zu {{subject}}\n\nx\n", values, "de", NULL);
  assert_null(strpbrk(letter->subject, "\r\n"));
}

static void test_malformed(void **state)
{
  (void)state;
  static const struct {
    const char *name, *markdown;
  } malformed[] = {
    { "a block that is not closed", "{{#a}}\nx\n" },
    { "a tag in the subject that is not closed", "Betreff: {{a\n\nx\n" },
    { "a raw tag", "{{{name}}}\n" },
    { "our marks in a template", "\uE000\n" },
  };
  g_autoptr(value_t) values = some_values();
  for (gsize i = 0; i < G_N_ELEMENTS(malformed); i++) {
    g_autoptr(GError) error = NULL;
    g_autoptr(letter_text_t) letter =
        letter_text_render("letter.md", malformed[i].markdown, values, "de", &error);
    if (letter != NULL) fail_msg("%s: was taken", malformed[i].name);
    assert_int_equal(fault_of(error), FAULT_CONFIG);
  }
}

/* Every letter we ship renders in every language, names nothing that is not documented, and has a subject. */
static void test_shipped(void **state)
{
  (void)state;
  static const char *const languages[] = { "de", "de-x-leicht", "en" };
  static const char *const purposes[] = { "hold_notice", "stale_reply", "attachment", "attachment_denied",
                                          "set_aside" };
  static const char *const names[] = { "list",    "list_address", "place", "imprint",
                                       "subject", "file",         "id",    "reason" };
  for (gsize l = 0; l < G_N_ELEMENTS(languages); l++)
    for (gsize p = 0; p < G_N_ELEMENTS(purposes); p++)
      for (int is_full = 0; is_full < 2; is_full++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(value_t) values = value_new();
        for (gsize n = 0; n < G_N_ELEMENTS(names); n++)
          value_set_text(values, names[n], is_full || n < 3 ? "wert@kiez.example" : NULL);
        const char *share = g_getenv("KIEZPOST_SHARE");
        g_autofree char *path = g_strdup_printf("%s/letters/%s/%s.md", share != NULL ? share : "share",
                                                languages[l], purposes[p]);
        g_autofree char *markdown = NULL;
        if (!g_file_get_contents(path, &markdown, NULL, &error)) fail_msg("%s", error->message);
        g_autoptr(letter_text_t) letter =
            letter_text_render("letter.md", markdown, values, languages[l], &error);
        if (letter == NULL) fail_msg("%s: %s", path, error->message);
        if (*letter->subject == '\0' || strlen(letter->plain) < 40) fail_msg("%s: is too short", path);
        if (strstr(letter->plain, "„“") != NULL || strstr(letter->subject, "„“") != NULL)
          fail_msg("%s: quotes nothing", path);
        if (strstr(letter->plain, "{{") != NULL) fail_msg("%s: %s", path, letter->plain);
      }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_cases),     cmocka_unit_test(test_frame),   cmocka_unit_test(test_subject),
    cmocka_unit_test(test_malformed), cmocka_unit_test(test_shipped),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
