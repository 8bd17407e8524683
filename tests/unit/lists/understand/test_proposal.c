/* Proposals: what is read out of them, what is missed, what the rules say. */
#include "tests/unit/lists/understand/understand.h"

static const struct seen kiezkasse = { .list = "kiezkasse-gruenau", .kind = "kiezkasse", .region = "Grünau" };
static const struct seen asked = {
  .list = "kiezkasse-gruenau", .kind = "kiezkasse", .region = "Grünau", .context = CONTEXT_PROPOSAL
};

/* "catering insurance" of the hints. */
static char *rules_of(const struct meaning *meaning)
{
  g_autoptr(GPtrArray) rules = g_ptr_array_new();
  for (guint i = 0; i < meaning->hints->len; i++)
    g_ptr_array_add(rules, ((struct hint *)g_ptr_array_index(meaning->hints, i))->rule);
  g_ptr_array_add(rules, NULL);
  return g_strjoinv(" ", (char **)rules->pdata);
}

static void hints_follow_the_leaflet(void **state)
{
  (void)state;
  static const struct {
    const char *text, *rules;
  } cases[] = {
    { "Bratwurst und Bier 150 €, Bühne 300 €", "catering" },
    { "Wir brauchen 80 Euro für Kaffee und Kuchen.", "catering" },
    { "Den Kuchen backen wir selbst und bringen ihn mit. Geschirr 60 Euro.", "" },
    { "Die Getränke spendet der Supermarkt. Musik kostet 200 Euro.", "" },
    { "Catering für 40 Leute wäre schön, dazu eine Band für 250 Euro.", "catering" },
    { "Haftpflichtversicherung 90 Euro, Zelt 200 Euro", "insurance" },
    { "Kaution für das Geschirrmobil: 100 €", "deposit" },
    { "Jahresbeitrag im Verband 50 Euro", "membership" },
    { "Wir haben die Farbe schon gekauft (45 Euro) und möchten das Geld zurück.", "late_start" },
    { "Pauschale für Kleinkram 100 Euro", "lump_sum" },
    { "Sondernutzungsgebühr fürs Straßenland 120 Euro", "fees" },
    { "Zwei Bänke für 500 Euro", "" },
    { "Food and drinks 100 euros, band 200 euros", "catering" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    struct understood u = understand_text(&kiezkasse, "Straßenfest", cases[i].text);
    g_autofree char *rules = rules_of(u.it->meaning);
    if (!g_str_equal(rules, cases[i].rules)) print_error("%s: \"%s\"\n", cases[i].text, rules);
    assert_string_equal(rules, cases[i].rules);
    understood_free(&u);
  }
}

static void own_work_is_heard(void **state)
{
  (void)state;
  static const struct {
    const char *text;
    bool is_own;
  } cases[] = {
    { "Das Einpflanzen machen wir selber.", true },
    { "Aufgebaut wird ehrenamtlich.", true },
    { "Wir streichen die Bänke selbst an einem Samstag.", true },
    { "Die Nachbarn packen mit an.", true },
    { "Eine Firma stellt die Bank auf.", false },
    { "We will paint it ourselves.", true },
    { "Посадим всё сами.", true },
    { "Die Bank versteht sich von selbst.", false },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    struct understood u = understand_text(&kiezkasse, "Bank am Ufer", cases[i].text);
    if (u.it->meaning->own_work != cases[i].is_own) print_error("%s\n", cases[i].text);
    assert_int_equal(u.it->meaning->own_work, cases[i].is_own);
    understood_free(&u);
  }
}

static void parts_are_counted(void **state)
{
  (void)state;
  static const struct {
    const char *text;
    int parts;
  } cases[] = {
    { "Ich habe zwei Vorschläge.\n\n1.) Eine Bank am Ufer für 200 Euro.\n2.) Ein Fest im Hof für 300 Euro.",
      2 },
    { "Erstens brauchen wir eine neue Bank am Bahnhof.\nZweitens wäre ein Bücherschrank am Markt sehr schön.",
      2 },
    { "1. Holz 120 €\n2. Erde 60 €\n3. Pflanzen 40 €", 0 },
    { "Eine Bank für 200 Euro", 0 },
    { "Hier kommen drei Ideen auf einmal: Bank, Baum, Beet.", 3 },
    { "Zweiter Vorschlag von mir nach dem ersten: ein Beet.", 2 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    struct understood u = understand_text(&kiezkasse, "Kiezkasse", cases[i].text);
    if (u.it->meaning->parts != cases[i].parts) print_error("%s: %d\n", cases[i].text, u.it->meaning->parts);
    assert_int_equal(u.it->meaning->parts, cases[i].parts);
    understood_free(&u);
  }
}

static void what_is_missing_is_named(void **state)
{
  (void)state;
  struct understood u = understand_text(&kiezkasse, "Idee", "Ein Kinderfest fänden alle toll.");
  const GPtrArray *missing = u.it->meaning->missing;
  assert_true(g_ptr_array_find_with_equal_func((GPtrArray *)missing, "costs", g_str_equal, NULL));
  assert_true(g_ptr_array_find_with_equal_func((GPtrArray *)missing, "place", g_str_equal, NULL));
  assert_false(g_ptr_array_find_with_equal_func((GPtrArray *)missing, "benefit", g_str_equal, NULL));
  assert_string_equal(u.it->meaning->region, "Grünau");
  assert_string_equal(u.it->meaning->title, "Ein Kinderfest fänden alle toll.");
  understood_free(&u);
}

static void an_answer_to_our_question_is_a_sum(void **state)
{
  (void)state;
  static const struct {
    const char *text;
    int64_t cents;
  } cases[] = {
    { "240", 24000 },
    { "so um die 350", 35000 },
    { "ungefähr zweihundertvierzig euro", 24000 },
    { "Das wissen wir noch nicht.", -1 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    struct understood u = understand_text(&asked, "AW: Was kostet es?", cases[i].text);
    assert_int_equal(u.it->meaning->intent, INTENT_PROPOSAL);
    if (u.it->meaning->costs->total_cents != cases[i].cents)
      print_error("%s: %d\n", cases[i].text, (int)u.it->meaning->costs->total_cents);
    assert_int_equal(u.it->meaning->costs->total_cents, cases[i].cents);
    understood_free(&u);
  }
}

static void titles_are_what_says_something(void **state)
{
  (void)state;
  static const struct {
    const char *subject, *text, *title;
  } cases[] = {
    { "Kiezkasse: Willkommenstafel am Platz", "Wir möchten eine aufstellen.", "Willkommenstafel am Platz" },
    { "Antrag Hoffest", "Musik 100 Euro.", "Antrag Hoffest" },
    { "Idee", "Hallo zusammen,\n\nzwei Bänke am Ufer wären schön. Sie kosten 200 Euro.",
      "zwei Bänke am Ufer wären schön." },
    { "Vorschlag", "Guten Tag,\nBücherschrank am Markt.", "Bücherschrank am Markt." },
    { "Idee: Lesebank", "Kosten 90 Euro", "Lesebank" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    struct understood u = understand_text(&kiezkasse, cases[i].subject, cases[i].text);
    assert_string_equal(u.it->meaning->title, cases[i].title);
    understood_free(&u);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(hints_follow_the_leaflet),
    cmocka_unit_test(own_work_is_heard),
    cmocka_unit_test(parts_are_counted),
    cmocka_unit_test(what_is_missing_is_named),
    cmocka_unit_test(an_answer_to_our_question_is_a_sum),
    cmocka_unit_test(titles_are_what_says_something),
  };
  return cmocka_run_group_tests(tests, setup_understanding, NULL);
}
