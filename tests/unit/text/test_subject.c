/* Subjects: which prefixes and tags go, and which words only look like them. */
#include "lib/text/subject.h"
#include "tests/support/cpu.h"
#include "tests/unit/text/cases.h"
#include <string.h>

enum { PLAIN, REPLY, FORWARD };

static const struct {
  const char *name, *subject, *tag, *base;
  int kind;
} cases[] = {
  { "a plain subject stays", "Sommerfest am Müggelsee", NULL, "Sommerfest am Müggelsee", PLAIN },
  { "Re goes", "Re: Fest", NULL, "Fest", REPLY },
  { "prefixes of several programs go", "AW: WG: Re: Fest", NULL, "Fest", REPLY },
  { "the first prefix decides", "WG: AW: Fest", NULL, "Fest", FORWARD },
  { "a counter in brackets belongs to it", "Re[2]: Fest", NULL, "Fest", REPLY },
  { "a counter behind a caret belongs to it", "Re^3: Fest", NULL, "Fest", REPLY },
  { "a counter in round brackets belongs to it", "AW (4): Fest", NULL, "Fest", REPLY },
  { "a bare number belongs to it", "RE2: Fest", NULL, "Fest", REPLY },
  { "a space before the colon is French", "RE : Fête", NULL, "Fête", REPLY },
  { "a no-break space before the colon too", "TR\xC2\xA0: Fête", NULL, "Fête", FORWARD },
  { "a full-width colon is one", "回复：节日", NULL, "节日", REPLY },
  { "Antw. with a full stop", "Antw.: Feest", NULL, "Feest", REPLY },
  { "Exchange's absence prefix has two words", "Automatische Antwort: Fest", NULL, "Fest", REPLY },
  { "Turkish capitals with a dot", "İLT: Şenlik", NULL, "Şenlik", FORWARD },
  { "Turkish answer", "YNT: Şenlik", NULL, "Şenlik", REPLY },
  { "Russian answer", "ОТВ: Праздник", NULL, "Праздник", REPLY },
  { "Swedish answer", "SV: Fest", NULL, "Fest", REPLY },
  { "our tag goes", "[gruenau] Fest", "gruenau", "Fest", PLAIN },
  { "our tag goes in any case, around prefixes", "[Gruenau] AW: [gruenau] Re: Fest", "gruenau", "Fest",
    REPLY },
  { "another list's tag stays", "[mieter] Fest", "gruenau", "[mieter] Fest", PLAIN },
  { "an answer behind another list's tag is one", "[mieter] Re: Fest", "gruenau", "[mieter] Re: Fest",
    REPLY },
  { "a gateway's mark goes", "AW: [EXTERN] AW: Fest", NULL, "Fest", REPLY },
  { "a mark inside stays", "Fest [extern]", NULL, "Fest [extern]", PLAIN },
  { "a wrapped forward is unwrapped", "[Fwd: Fest]", NULL, "Fest", FORWARD },
  { "a forward's trailer goes", "Fest (fwd)", NULL, "Fest", FORWARD },
  { "white space is folded", "  Fest \t am\r\n See ", NULL, "Fest am See", PLAIN },
  { "only prefixes leave nothing", "Re: AW:", NULL, "", REPLY },
  { "nothing stays nothing", "", NULL, "", PLAIN },
  { "a word before a colon is no prefix", "Wichtig: Fest", NULL, "Wichtig: Fest", PLAIN },
  { "a time is no prefix", "17:30 Treffen", NULL, "17:30 Treffen", PLAIN },
  { "a prefix without a colon is a word", "Re Fest", NULL, "Re Fest", PLAIN },
  { "a word that starts like a prefix stays", "Reparaturcafé: heute", NULL, "Reparaturcafé: heute", PLAIN },
  { "zero-width characters do not hide a prefix", "\xE2\x80\x8BRe: Fest", NULL, "Fest", REPLY },
};

static void test_cases(void **state)
{
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *base = subject_base(cases[i].subject, cases[i].tag);
    check_same(cases[i].name, base, cases[i].base);
    if (subject_is_reply(cases[i].subject) != (cases[i].kind == REPLY))
      fail_msg("%s: is_reply", cases[i].name);
    if (subject_is_forward(cases[i].subject) != (cases[i].kind == FORWARD))
      fail_msg("%s: is_forward", cases[i].name);
  }
}

static void test_key(void **state)
{
  (void)state;
  g_autofree char *a = subject_key("AW: [gruenau] STRASSENFEST  am See", "gruenau");
  g_autofree char *b = subject_key("Straßenfest am\tSee", NULL);
  assert_string_equal(a, b);
}

/* 64 KB of prefixes are one subject like another. */
static void test_long(void **state)
{
  (void)state;
  g_autoptr(GString) subject = g_string_new("");
  while (subject->len < 65536) g_string_append(subject, "Re:(fwd)[ext]");
  int64_t start = cpu_ms();
  g_autofree char *base = subject_base(subject->str, "x");
  assert_true(cpu_ms() - start < 500);
  assert_true(strlen(base) < subject->len);
}

int main(void)
{
  const struct CMUnitTest tests[] = { cmocka_unit_test(test_cases), cmocka_unit_test(test_key),
                                      cmocka_unit_test(test_long) };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
