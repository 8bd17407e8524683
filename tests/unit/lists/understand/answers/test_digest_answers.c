/* Answers to digests: which item, and what is said of it. */
#include "tests/unit/lists/understand/answers/answering.h"

/* "3=gute Idee | 5=nein danke (no)". */
static char *shown(const struct meaning *got)
{
  static const char *const words[] = { "", " (yes)", " (no)", " (maybe)" };
  GString *out = g_string_new(NULL);
  for (guint i = 0; i < got->digest_parts->len; i++) {
    const struct digest_part *part = g_ptr_array_index(got->digest_parts, i);
    g_string_append_printf(out, "%s%d=%s%s", i ? " | " : "", part->item, part->text,
                           words[part->meaning->answer]);
  }
  return g_string_free(out, FALSE);
}

static void parts_are_told_apart(void **state)
{
  (void)state;
  static const struct {
    const char *text, *shown;
  } cases[] = {
    { "3: gute Idee", "3=gute Idee" },
    { "zu 2: bin dabei, 5: nein danke", "2=bin dabei (yes) | 5=nein danke (no)" },
    { "Zu Punkt 4 hätte ich eine Frage: wer bezahlt das?", "4=hätte ich eine Frage: wer bezahlt das?" },
    { "Hallo,\n\nzu Nr. 3: Den Bohrer könnt ihr haben.\n\nzu Nr. 6: Wir kommen zu dritt.\n\nLG",
      "3=Den Bohrer könnt ihr haben. | 6=Wir kommen zu dritt.\n\nLG (yes)" },
    { "1) ja\n2) nein\n", "1=ja (yes) | 2=nein (no)" },
    { "> 3 Lastenrad gesucht\nIch hätte eins.\n> 5 Sommerfest\nBin dabei!",
      "3=Ich hätte eins. | 5=Bin dabei! (yes)" },
    { "#4 gefällt mir", "4=gefällt mir" },
    { "Gute Übersicht, danke!", "" },
    { "Ich komme um 15 Uhr und bringe 3 Stühle mit.", "" },
    { "3: um 15:30 Uhr passt mir", "3=um 15:30 Uhr passt mir" },
    { "re 2: count me in", "2=count me in (yes)" },
    { "Nr. 2 finde ich prima", "2=finde ich prima" },
  };
  guint wrong = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(meaning_t) got = answer_to(cases[i].text, (struct answering){ 0 }, INTENT_REPLY, read_digest);
    g_autofree char *seen = shown(got);
    if (g_str_equal(seen, cases[i].shown)) continue;
    print_error("%s\n  got  %s\n  want %s\n", cases[i].text, seen, cases[i].shown);
    wrong++;
  }
  assert_int_equal(wrong, 0);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(parts_are_told_apart),
  };
  return cmocka_run_group_tests(tests, load_phrases, NULL);
}
