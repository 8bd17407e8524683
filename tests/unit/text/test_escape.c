/* Escapes: what stands in HTML, XML, URLs, headers and file names after each verb. */
#include "lib/text/escape.h"
#include "tests/unit/text/cases.h"
#include <string.h>

struct put_case {
  const char *name;
  void (*put)(GString *out, const char *text);
  const char *text, *expected;
};

static const struct put_case put_cases[] = {
  { "markup is escaped in text", put_text, "<b class=\"x\">'&'</b>",
    "&lt;b class=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/b&gt;" },
  { "PHP does not survive", put_text, "<?php system('x'); ?>", "&lt;?php system(&#39;x&#39;); ?&gt;" },
  { "server side includes do not survive", put_text, "<!--#include file=\"x\" -->",
    "&lt;!--#include file=&quot;x&quot; --&gt;" },
  { "a CDATA end does not survive", put_xml, "a]]>b", "a]]&gt;b" },
  { "umlauts and emoji are copied", put_text, "Grüße 🚲 aus Köpenick", "Grüße 🚲 aus Köpenick" },
  { "line feeds and tabs stay in text", put_text, "a\n\tb", "a\n\tb" },
  { "controls become replacement characters", put_text,
    "a\x01"
    "b\x7F\r",
    "a\uFFFD"
    "b\uFFFD\uFFFD" },
  { "a lone continuation byte becomes one replacement character", put_text, "a\x80z", "a\uFFFDz" },
  { "a cut character becomes one replacement character", put_text, "a\xE2\x82", "a\uFFFD" },
  { "an overlong slash is not let through", put_text, "\xC0\xAF", "\uFFFD\uFFFD" },
  { "a surrogate is not let through", put_text, "\xED\xA0\x80", "\uFFFD\uFFFD\uFFFD" },
  { "a broken byte before a special one hides nothing", put_text, "\xC3<", "\uFFFD&lt;" },
  { "an attribute keeps its line feeds as references", put_attr, "a\nb\"`", "a&#10;b&quot;&#96;" },
  { "XML drops characters it forbids", put_xml,
    "a\xEF\xBF\xBE"
    "b\xEF\xBF\xBF",
    "ab" },
  { "HTML keeps them", put_text, "a\xEF\xBF\xBE", "a\xEF\xBF\xBE" },
  { "a URL component keeps unreserved characters only", put_url, "a-b_c.d~e/f?g=h i+ü",
    "a-b_c.d~e%2Ff%3Fg%3Dh%20i%2B%C3%BC" },
  { "broken bytes in a URL are replaced", put_url, "\xFF", "%EF%BF%BD" },
  { "a line has no line breaks", put_line,
    "a\r\nb\nc\xE2\x80\xA8"
    "d\x0B\x0C"
    "e",
    "a b c d e" },
  { "next line and other C1 controls are breaks", put_line,
    "a\xC2\x85"
    "b",
    "a b" },
  { "bidi overrides and zero-width characters go", put_line,
    "a\xE2\x80\xAE"
    "b\xE2\x81\xA6"
    "c\xE2\x80\x8B"
    "d\xEF\xBB\xBF"
    "e",
    "abcde" },
  { "JSON escapes quotes and backslashes", put_json, "a\"b\\c\n\t", "a\\\"b\\\\c\\n\\t" },
  { "JSON cannot end a script element", put_json, "</script>&", "\\u003c/script\\u003e\\u0026" },
  { "JSON escapes JavaScript's line separators", put_json, "\xE2\x80\xA8", "\\u2028" },
  { "no text is no output", put_text, NULL, "" },
};

static void test_put(void **state)
{
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS(put_cases); i++) {
    g_autoptr(GString) out = g_string_new("");
    put_cases[i].put(out, put_cases[i].text);
    check_same(put_cases[i].name, out->str, put_cases[i].expected);
  }
}

static void test_mailto(void **state)
{
  (void)state;
  static const struct {
    const char *name, *address, *subject, *body, *expected;
  } cases[] = {
    { "plus and at are told apart", "gruenau+hilfe@kiez.example", NULL, NULL,
      "mailto:gruenau%2Bhilfe@kiez.example" },
    { "subject and body follow", "a@b.example", "Ja & nein", "eins\nzwei",
      "mailto:a@b.example?subject=Ja%20%26%20nein&body=eins%0D%0Azwei" },
    { "a body alone has its question mark", "a@b.example", NULL, "x", "mailto:a@b.example?body=x" },
    { "an address cannot bring its own fields", "a@b.example?bcc=c@d.example", NULL, NULL,
      "mailto:a%40b.example%3Fbcc%3Dc@d.example" },
    { "a subject cannot bring its own lines", "a@b.example", "x\r\nBcc: y", NULL,
      "mailto:a@b.example?subject=x%20Bcc%3A%20y" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(GString) out = g_string_new("");
    put_mailto(out, cases[i].address, cases[i].subject, cases[i].body);
    check_same(cases[i].name, out->str, cases[i].expected);
  }
}

static void test_header(void **state)
{
  (void)state;
  static const struct {
    const char *name, *text;
    size_t limit;
    const char *expected;
  } cases[] = {
    { "a header is one line", "  Fest\r\nBcc: alle@kiez.example ", 100, "Fest Bcc: alle@kiez.example" },
    { "cutting keeps whole characters", "aäb", 2, "a" },
    { "an emoji is not cut in half", "🚲🚲", 7, "🚲" },
    { "no space is left at the cut", "ab cd", 3, "ab" },
    { "nothing stays nothing", "", 10, "" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *got = text_for_header(cases[i].text, cases[i].limit);
    check_same(cases[i].name, got, cases[i].expected);
  }
}

static void test_filename(void **state)
{
  (void)state;
  static const struct {
    const char *name, *text, *expected;
  } cases[] = {
    { "an ordinary name stays", "Fest am Müggelsee.pdf", "Fest am Müggelsee.pdf" },
    { "paths lose their slashes and dots", "../../etc/passwd", "-..-etc-passwd" },
    { "Windows paths too", "C:\\Fotos\\a.jpg", "C--Fotos-a.jpg" },
    { "hidden files come into the open", "...htaccess", "htaccess" },
    { "an extension cannot be reversed", "Foto\xE2\x80\xAEgpj.exe", "Fotogpj.exe" },
    { "nothing becomes a word", "...", "anhang" },
    { "line breaks become a space", "a\r\nb.txt", "a b.txt" },
    { "NULL becomes a word", NULL, "anhang" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *got = text_for_filename(cases[i].text);
    check_same(cases[i].name, got, cases[i].expected);
  }
  g_autofree char *umlauts = g_strnfill(300, 'x');
  for (int i = 0; i < 300; i += 2) memcpy(umlauts + i, "ü", 2);
  g_autofree char *long_name = g_strconcat("a", umlauts, ".pdf", NULL);
  g_autofree char *got = text_for_filename(long_name);
  assert_true(strlen(got) <= 120 && strlen(got) >= 118);
  assert_true(g_str_has_suffix(got, "ü.pdf"));
  assert_true(g_utf8_validate(got, -1, NULL));
}

static void test_make_valid(void **state)
{
  (void)state;
  static const char bytes[] = "a\0b\xFF"
                              "c\xF0\x9F\x9A";
  g_autofree char *got = text_make_valid(bytes, sizeof bytes - 1);
  g_autofree char *nothing = text_make_valid(NULL, 0);
  check_same("no bytes are no text", nothing, "");
  check_same("NUL is dropped, broken sequences are replaced once", got,
             "ab\uFFFD"
             "c\uFFFD");
}

/* Whatever the bytes: what comes out is UTF-8 and holds no bare special character. */
static void test_any_bytes(void **state)
{
  (void)state;
  g_autoptr(GRand) random = g_rand_new_with_seed(7);
  for (int round = 0; round < 2000; round++) {
    char bytes[33];
    for (int i = 0; i < 32; i++) bytes[i] = (char)g_rand_int_range(random, 1, 256);
    bytes[32] = '\0';
    g_autoptr(GString) out = g_string_new("");
    put_xml(out, bytes);
    assert_true(g_utf8_validate(out->str, (gssize)out->len, NULL));
    assert_null(strpbrk(out->str, "<>\"'"));
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_put),      cmocka_unit_test(test_mailto),     cmocka_unit_test(test_header),
    cmocka_unit_test(test_filename), cmocka_unit_test(test_make_valid), cmocka_unit_test(test_any_bytes),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
