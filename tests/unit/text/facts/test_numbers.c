/* Numbers in words and digits. */
#include "lib/text/facts/numbers.h"

#include "lib/base/config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
// cmocka wants the headers above first
#include <cmocka.h>

static const struct {
  const char *text, *number;
} cases[] = {
  { "zwölf", "12" },
  { "zwoelf", "12" },
  { "fuenf", "5" },
  { "dreissig", "30" },
  { "dreißig", "30" },
  { "zweihundertvierzig", "240" },
  { "anderthalbtausend", "1500" },
  { "zweieinhalbtausend", "2500" },
  { "einhundert", "100" },
  { "hundert", "100" },
  { "hundertfünf", "105" },
  { "hundertundfünf", "105" },
  { "fünfzehnhundert", "1500" },
  { "tausend", "1000" },
  { "zweitausend", "2000" },
  { "zweitausendfünfhundert", "2500" },
  { "zweitausend fünfhundert", "2500" },
  { "zwei tausend", "2000" },
  { "zwohundertfuffzig", "250" },
  { "anderthalb", "1.5" },
  { "zweieinhalb", "2.5" },
  { "ein Dutzend", "12" },
  { "ein halbes Dutzend", "6" },
  { "ein paar", "none" },
  { "ein", "1" },
  { "eine", "1" },
  { "einen", "1" },
  { "einundzwanzig", "21" },
  { "siebenundsiebzig", "77" },
  { "zwei und drei", "2" },
  { "zwanzig drei", "20" },
  { "dritte", "3 ordinal" },
  { "ersten", "1 ordinal" },
  { "Einladung", "none" },
  { "Achtung", "none" },
  { "Hundertwasser", "none" },
  { "hunderte", "none" },
  { "twenty-five", "25" },
  { "two hundred and fifty", "250" },
  { "one thousand", "1000" },
  { "yirmi beş", "25" },
  { "üç", "3" },
  { "uc", "3" },
  { "iki yüz elli", "250" },
  { "bin dabei", "none" },
  { "on the way", "none" },
  { "двадцать пять", "25" },
  { "двести сорок", "240" },
  { "тысяча двести", "1200" },
  { "1.200,50", "1200.5" },
  { "1,200.50", "1200.5" },
  { "1.200", "1200" },
  { "1200", "1200" },
  { "1.5", "1.5" },
  { "2,5", "2.5" },
  { "1.000.000", "1000000" },
  { "12.5.2026", "12" },
  { "12.5. ab", "12" },
  { "1'200", "1200" },
  { "2 Mio.", "2000000" },
  { "1,2 Tsd.", "1200" },
  { "3 tausend", "3000" },
  { "5k", "5000" },
  { "0151", "151" },
  { "99999999999", "none" },
};

static char *shown(const struct number *number)
{
  return g_strdup_printf("%.10g%s", number->value, number->is_ordinal ? " ordinal" : "");
}

static void numbers_are_read(void **state)
{
  (void)state;
  guint wrong = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(passage_t) passage = passage_new(cases[i].text, NULL, 0);
    struct number number;
    g_autofree char *got = number_at(passage, 0, &number) ? shown(&number) : g_strdup("none");
    if (g_str_equal(got, cases[i].number)) continue;
    print_error("%s: %s instead of %s\n", cases[i].text, got, cases[i].number);
    wrong++;
  }
  assert_int_equal(wrong, 0);
}

static void words_say_how_often(void **state)
{
  (void)state;
  assert_int_equal((int)number_times("zweimal"), 2);
  assert_int_equal((int)number_times("zehnmal"), 10);
  assert_int_equal((int)number_times("manchmal"), 0);
  assert_int_equal((int)number_times("mal"), 0);
}

static void turkish_counts_where_it_is_spoken(void **state)
{
  (void)state;
  struct number number;
  g_autoptr(passage_t) german = passage_new("on bin", "de", 0);
  assert_false(number_at(german, 0, &number));
  g_autoptr(passage_t) turkish = passage_new("on kişi", "tr", 0);
  assert_true(number_at(turkish, 0, &number));
  assert_int_equal((int)number.value, 10);
}

static int setup(void **state)
{
  (void)state;
  g_autofree char *tables = g_build_filename(config_share(), "languages", NULL);
  const char *const directories[] = { tables, NULL };
  g_autoptr(GError) error = NULL;
  if (!phrases_load(directories, &error)) fail_msg("%s", error->message);
  return 0;
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(numbers_are_read),
    cmocka_unit_test(words_say_how_often),
    cmocka_unit_test(turkish_counts_where_it_is_spoken),
  };
  return cmocka_run_group_tests_name("numbers", tests, setup, NULL);
}
