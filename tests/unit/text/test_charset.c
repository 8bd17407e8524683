/* Charsets: what mails say and what their bytes are. */
#include "lib/text/charset.h"
#include "tests/unit/text/cases.h"
#include <string.h>

static const struct {
  const char *name, *bytes, *declared, *expected;
} cases[] = {
  { "UTF-8 stays", "Grüße", "utf-8", "Grüße" },
  { "UTF-8 without a name stays", "Grüße", NULL, "Grüße" },
  { "UTF-8 that claims to be Latin-1 stays", "Grüße", "iso-8859-1", "Grüße" },
  { "UTF-8 that claims to be ASCII stays", "Grüße", "us-ascii", "Grüße" },
  { "UTF-8 under a nonsense name stays", "Grüße", "Westeuropäisch ISO", "Grüße" },
  { "UTF-8 that claims to be UTF-16 stays", "Grüße", "utf-16", "Grüße" },
  { "a byte order mark goes", "\xEF\xBB\xBFHallo", "utf-8", "Hallo" },
  { "Latin-1",
    "Gr\xFC\xDF"
    "e",
    "iso-8859-1", "Grüße" },
  { "Latin-1 is windows-1252", "\x80 5 \x84so\x93", "ISO-8859-1", "€ 5 „so“" },
  { "Latin-1 by a menu entry",
    "Gr\xFC\xDF"
    "e",
    "Westeurop\xE4isch ISO", "Grüße" },
  { "Latin-9 has its euro elsewhere", "\xA4", "iso-8859-15", "€" },
  { "a name in other spelling", "\x81", "CP-850", "ü" },
  { "a DOS charset", "K\x94penick", "cp850", "Köpenick" },
  { "KOI8-R", "\xF0\xD2\xC9\xD7\xC5\xD4", "koi8-r", "Привет" },
  { "windows-1251", "\xCF\xF0\xE8\xE2\xE5\xF2", "windows-1251", "Привет" },
  { "Turkish Latin-5",
    "\xDE"
    "enlik",
    "iso-8859-9", "Şenlik" },
  { "Chinese in two bytes is believed", "\xC1\xAA\xCD\xA8", "gb2312", "联通" },
  { "Japanese in seven bits", "\x1B$B$3$s\x1B(B", "iso-2022-jp", "こん" },
  { "Shift_JIS", "\x82\xB1", "shift_jis", "こ" },
  { "UTF-7 where declared", "Gr+APwA3w-e", "unicode-1-1-utf-7", "Grüße" },
  { "UTF-7 only where declared", "Gr+APwA3w-e", NULL, "Gr+APwA3w-e" },
  { "markup in UTF-7 stays asleep", "+ADw-script+AD4-", "us-ascii", "+ADw-script+AD4-" },
  { "ASCII that is none is windows-1252",
    "Gr\xFC\xDF"
    "e",
    "ansi_x3.4-1968", "Grüße" },
  { "German without a name",
    "Gr\xFC\xDF"
    "e aus K\xF6penick",
    NULL, "Grüße aus Köpenick" },
  { "one umlaut without a name", "f\xFCr", NULL, "für" },
  { "DOS German without a name",
    "Gr\x81\xE1"
    "e aus K\x94penick",
    NULL, "Grüße aus Köpenick" },
  { "UTF-8 with its last character cut", "Grüße \xC3", NULL, "Grüße \uFFFD" },
  { "UTF-8 with one broken byte, declared", "Grüße\xFF", "utf-8", "Grüße\uFFFD" },
  { "Latin-1 that claims to be UTF-8",
    "Gr\xFC\xDF"
    "e",
    "utf-8", "Grüße" },
  { "a name nobody knows",
    "Gr\xFC\xDF"
    "e",
    "x-user-defined-7", "Grüße" },
  { "a name that is a path",
    "Gr\xFC\xDF"
    "e",
    "../../etc/passwd", "Grüße" },
  { "an empty name",
    "Gr\xFC\xDF"
    "e",
    "", "Grüße" },
  { "nothing", "", "iso-8859-1", "" },
  { "an undefined byte of a multi-byte charset", "a\xFF", "euc-jp", "a\uFFFD" },
};

static void test_to_utf8(void **state)
{
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    gsize size = 0;
    g_autofree char *got = charset_to_utf8(cases[i].bytes, strlen(cases[i].bytes), cases[i].declared, &size);
    check_same(cases[i].name, got, cases[i].expected);
    if (size != strlen(got)) fail_msg("%s: size is %zu", cases[i].name, size);
  }
}

static void test_binary(void **state)
{
  (void)state;
  static const char utf16[] = "\xFF\xFEG\0r\0\xFC\0\x3D\xD8\xB2\xDE";
  g_autofree char *marked = charset_to_utf8(utf16, sizeof utf16 - 1, NULL, NULL);
  check_same("UTF-16 by its mark, with a pair of surrogates", marked, "Grü🚲");
  g_autofree char *declared = charset_to_utf8(utf16 + 2, sizeof utf16 - 3, "utf-16le", NULL);
  check_same("UTF-16 by its name", declared, "Grü🚲");
  g_autofree char *cut = charset_to_utf8(utf16, sizeof utf16 - 2, NULL, NULL);
  check_same("UTF-16 cut inside a character", cut, "Grü\uFFFD");
  gsize size;
  g_autofree char *nul = charset_to_utf8("a\0b\xC3\xBC", 5, NULL, &size);
  check_same("NUL bytes are dropped", nul, "abü");
  assert_int_equal(size, 4);
}

/* Conversion goes in pieces: a pair of surrogates at every place of a piece's edge comes out whole. */
static void test_pieces(void **state)
{
  (void)state;
  for (gsize before = 2040; before < 2056; before++) {
    g_autoptr(GByteArray) wide = g_byte_array_new();
    for (gsize i = 0; i < before; i++) g_byte_array_append(wide, (const guint8 *)"a\0", 2);
    for (int i = 0; i < 3000; i++) g_byte_array_append(wide, (const guint8 *)"\x3D\xD8\xB2\xDE", 4);
    gsize size;
    g_autofree char *got = charset_to_utf8((char *)wide->data, wide->len, "utf-16le", &size);
    assert_int_equal(size, before + 4 * 3000);
    assert_null(strstr(got, "\uFFFD"));
  }
}

static void test_detect(void **state)
{
  (void)state;
  static const struct {
    const char *name, *bytes, *expected;
  } detected[] = {
    { "ASCII and UTF-8 are UTF-8", "Hallo Grüße", "utf-8" },
    { "German",
      "Stra\xDF"
      "enfest",
      "windows-1252" },
    { "Russian",
      "\xCF\xF0\xE8\xE2\xE5\xF2, \xF1\xEE\xF1\xE5\xE4\xE8! \xC2 \xF1\xF3\xE1\xE1\xEE\xF2\xF3 \xEC\xFB "
      "\xF3\xE1\xE8\xF0\xE0\xE5\xEC \xE1\xE5\xF0\xE5\xE3 \xEE\xE7\xE5\xF0\xE0.",
      "windows-1251" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(detected); i++)
    check_same(detected[i].name, charset_detect(detected[i].bytes, strlen(detected[i].bytes)),
               detected[i].expected);
}

static void test_fold(void **state)
{
  (void)state;
  static const struct {
    const char *name, *text, *expected;
  } folds[] = {
    { "ASCII", "Hallo WELT", "hallo welt" },
    { "sharp s", "STRASSE Straße", "strasse strasse" },
    { "composed and decomposed are one", "U\xCC\x88", "ü" },
    { "full-width letters are letters", "ＡＢ", "ab" },
    { "ligatures are letters", "\uFB01x", "fix" },
    { "Cyrillic", "ПРИВЕТ", "привет" },
    { "zero-width characters do not count", "a\u200B\u00ADb", "ab" },
    { "broken bytes are no accident", "a\xFF", "a\uFFFD" },
    { "nothing", "", "" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(folds); i++) {
    g_autofree char *got = charset_fold(folds[i].text);
    check_same(folds[i].name, got, folds[i].expected);
  }
}

/* Whatever bytes and names come: the result is UTF-8. */
static void test_any_bytes(void **state)
{
  (void)state;
  static const char *const names[] = { NULL,          "utf-8",       "utf-7",     "utf-16",
                                       "iso-2022-jp", "gb18030",     "shift_jis", "hz-gb-2312",
                                       "koi8-r",      "iso-2022-kr", "utf-32",    "scsu" };
  g_autoptr(GRand) random = g_rand_new_with_seed(3);
  for (int round = 0; round < 2400; round++) {
    char bytes[48];
    for (gsize i = 0; i < sizeof bytes; i++) bytes[i] = (char)g_rand_int_range(random, 0, 256);
    gsize size;
    g_autofree char *got =
        charset_to_utf8(bytes, sizeof bytes, names[(gsize)round % G_N_ELEMENTS(names)], &size);
    assert_true(g_utf8_validate(got, (gssize)size, NULL));
    assert_int_equal(size, strlen(got));
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_to_utf8), cmocka_unit_test(test_binary), cmocka_unit_test(test_pieces),
    cmocka_unit_test(test_detect),  cmocka_unit_test(test_fold),   cmocka_unit_test(test_any_bytes),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
