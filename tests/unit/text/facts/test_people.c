/* How many come, as people say it. */
#include "lib/text/facts/people.h"

#include "lib/base/config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
// cmocka wants the headers above first
#include <cmocka.h>

static const struct {
  int people;
  const char *text;
} cases[] = {
  { 3, "zu dritt" },
  { 5, "Anmeldung für 3 Erwachsene + 2 Kinder (4 und 7 Jahre)" },
  { 4, "Wir kommen zu viert, die Kinder sind 3, 5 und 8 Jahre alt" },
  { 4, "Mein Mann und ich kommen gern und bringen unsere beiden Enkel mit." },
  { 3, "Ich komme mit meinen beiden Töchtern" },
  { 4, "Wir sind 4\n\n\nJahre haben wir darauf gewartet" },
  { 4, "We are coming with both our kids" },
  { 5, "eşim ve ben geliyoruz. Üç çocuğumuz da gelecek." },
  { 4, "wir kommen mit 4 Personen" },
  { 2, "meine Frau und ich" },
  { 2, "plus Kind" },
  { 1, "nur ich" },
  { 2, "Ick komme, is doch klar. Und Mutti ooch." },
  { 2, "Komme gern. Meine Tochter auch." },
  { 5, "Sehr gern! Mit Anhang: Mann, Hund und drei Kinder." },
  { 3, "ich schaff das nicht, meine Frau kommt aber mit den zwei Kindern" },
  { 6, "Ein halbes Dutzend von uns kommt" },
  { 4, "Familie Krause (2+2) ist dabei" },
  { 17, "Wir sind zu siebzehnt" },
  { 0, "ohne mich" },
  { 3, "Komme mit Frau und Tochter" },
  { 3, "ich bring noch zwei Leute mit" },
  { 5, "wir sind 5" },
  { 4, "mein Mann, die Kinder und ich" },
  { 2, "+1" },
  { 5, "2 Erwachsene und 3 Kinder" },
  { 2, "zwei Personen" },
  { 1, "alleine" },
  { 1, "leider doch nur ich, Gisela ist krank" },
  { 3, "Wir kommen zu dritt, bringen Kuchen mit. Gruß Lothar" },
  { 2, "Hi, sounds good, count me in (plus one)." },
  { 2, "Meine Frau und ich sind dabei!" },
  { 3, "Komme mit Frau und Tochter, einen Salat haben wir auch dabei. Lothar" },
  { -1, "Leider doch nicht, meine Tochter ist krank" },
  { 2, "zu dritt, ach nein, doch nur zu zweit" },
  { 2, "nicht zu dritt, sondern zu zweit" },
  { 3, "Wir kommen nur zu dritt statt zu viert" },
  { 3, "Wir sind nur 3 statt 4 Personen" },
  { 4, "Wir kommen zu viert: meine Frau, die zwei Kinder und ich" },
  { 4, "Ich komme mit meiner Frau und unseren zwei Kindern" },
  { 3, "Ich komme mit 2 Freunden" },
  { 4, "wir kommen mit 2 Kindern" },
  { -1, "bringe einen Kuchen mit" },
  { -1, "Wir bringen 2 Kuchen mit" },
  { 2, "Ich bringe meine Nachbarin mit" },
  { 3, "Wir kommen zu zweit plus Kind" },
  { 3, "Wir sind zu zweit. Wir bringen noch eine Freundin mit." },
  { 4, "4 Personen, davon 2 Kinder" },
  { 2, "Wir kommen beide" },
  { 2, "wir beide kommen gern" },
  { 2, "Gisela und ich kommen" },
  { 3, "Peter, Anna und ich sind dabei" },
  { 3, "zu 3." },
  { 3, "Ja, 3" },
  { 2, "Ja, 2 Personen" },
  { 4, "Anzahl: 4" },
  { 4, "Wir kommen zu 4t" },
  { 1, "Ich komme allein, mein Mann kann nicht" },
  { 1, "ich komme, aber ohne meinen Mann" },
  { 4, "mit der ganzen Familie" },
  { 2, "Mein Mann kommt auch mit" },
  { -1, "Wir kommen 15 Minuten später" },
  { -1, "Wir kommen um 18 Uhr" },
  { 6, "Familie Müller kommt mit 6 Personen" },
  { 2, "the two of us" },
  { 3, "me, my wife and our son" },
  { 2, "I'll bring a friend" },
  { 4, "there will be 4 of us" },
  { 3, "3 people" },
  { 1, "just me" },
  { 3, "üç kişi geliyoruz" },
  { 2, "eşimle geliyorum" },
  { 1, "tek başıma geliyorum" },
  { 3, "нас будет трое" },
  { 2, "приду с женой" },
  { 2, "придём вдвоём" },
  { 3, "Ich melde 3 Personen an" },
  { 3, "ich plus 2" },
  { 2, "ich + 1" },
  { 3, "Bitte merken Sie uns mit 3 Personen vor" },
  { 2, "Bin dabei, und meine Freundin auch" },
  { 5, "Wir sind fünf" },
  { 5, "wir sind insgesamt 5" },
  { 3, "Meine beiden Töchter und ich" },
  { 3, "Ich komme mit meinen beiden Söhnen" },
  { 2, "ich komme mit Begleitung" },
  { -1, "Schönen Gruß an die ganze Familie" },
  { 8, "Wir kommen mit acht Leuten" },
  { 4, "Wir wären 4" },
  { 3, "mein Sohn, meine Tochter und ich" },
  { -1, "Bin dabei" },
  { -1, "Ja gerne" },
  { 2, "Zu zweit" },
  { 3, "Zwei Erwachsene, ein Kind" },
  { 3, "2 Erw. + 1 Kind" },
  { 3, "Wir kommen zu zweit, vielleicht bringen wir noch Oma mit, also 3" },
  { 2, "Wir kommen zu zweit, vielleicht bringen wir noch Oma mit" },
  { 3, "nicht 4 sondern 3 kommen" },
  { 2, "Statt drei kommen wir nur zu zweit" },
  { 2, "wir sind nicht fünf, nur zwei" },
  { 2, "2 statt 3" },
  { -1, "Nicht um 4, sondern um 3?" },
  { -1, "Wir kommen dazu, so gegen halb fünf" },
  { -1, "wir kommen so fünf nach vier" },
  { 2, "Bernd und ich kommen, die Kinder haben Training" },
  { 2, "Mein Mann und ich, die Kinder sind bei Oma" },
  { 3, "Ich, meine Frau und Emil kommen, die Große hat Chor" },
  { 4, "Meine Eltern, meine Frau und ich kommen, unser Sohn schreibt eine Arbeit" },
  { 4, "zu viert, mein Mann, ich und die beiden Großen" },
  { 1, "Meine Tochter kommt alleine" },
  { 2, "Die Kinder kommen allein" },
  { 2, "Meine Eltern kommen ohne mich" },
  { 1, "Bin leider im Urlaub, aber meine Frau kommt" },
  { 4, "Anna, Klaus, Jonas und ich kommen" },
  { 3, "ich, Klaus und Jonas kommen gerne" },
  { 3, "Es kommen: Anna, Klaus und ich" },
  { 4, "Wir kommen:\nAnna\nKlaus\nJonas\nMia" },
  { 3, "Dabei sind:\n- Ines Müller\n- Torsten Müller\n- Mia (4 Jahre)\n\nGruß Ines" },
  { -1, "Wir bringen mit:\nNudelsalat\nWaffeln" },
  { 3, "Ja, mit Anna und Jonas" },
  { 3, "Heike, Bernd, ich" },
  { 3, "Petra, Jürgen und meine Wenigkeit" },
  { 2, "Uschi & Dieter kommen" },
  { 3, "Ich bringe Paul und Emma mit" },
  { 2, "mein Nachbar Paul und ich" },
  { 3, "anna, klaus und ich kommen" },
  { -1, "Anna, ich komme gern" },
  { -1, "Bin dabei, hab schon mit Uwe gesprochen" },
  { -1, "Wir kommen gern\nAnna und Klaus" },
  { -1, "Bin dabei. LG Anna und Klaus" },
  { -1, "Kommt Anna auch?" },
  { 2, "Hallo, Lena und ich kommen" },
  { 2, "Hi Lena, Papa und ich kommen" },
  { 1, "Nur Papa kommt" },
  { 2, "Nur Papa und ich kommen, Mama hat Migräne" },
  { -1, "Bin dabei, mein Kollege springt für mich ein" },
  { 3, "Statt 5 nur 3, die Jungs haben ein Spiel" },
  { 2, "Wir kommen ohne die Kinder, die sind beim Opa" },
  { 3, "Tach, ick komm mit meene zwee Jören" },
  { 4, "Jetzt doch 4!" },
  { 2, "Instead of 3 only 2 are coming" },
  { 2, "Üç değil iki kişi geliyoruz" },
  { 2, "Не трое, а двое придём" },
  { 2, "Ich komme mit Anna, Klaus kann nicht" },
  { 2, "Anna und ich kommen, Klaus und Uwe nicht" },
  { -1, "Ich komme, Anna kommt nicht" },
  { -1, "Da kommen meine Eltern zu Besuch" },
  { -1, "Kommen Anna und Klaus?" },
  { -1, "Ist da auch was für Kinder dabei?" },
  { 2, "Frau Krüger und ich kommen" },
  { 2, "Komme mit Frau Schulz von nebenan" },
  { 4, "Meine Frau Sabine, unsere Kinder Lena und Tom und ich kommen gern" },
  { 1, "1x bitte" },
  { 2, "Na logo, ick und meene Olle sind dabei!" },
  { -1, "Ich bringe den Grill von Klaus mit" },
  { 3, "me, Bob and Claire" },
  { 2, "Bob and Claire are coming" },
  { 2, "Ali ve ben geliyoruz" },
  { 2, "Я и Саша придём" },
};

static void people_are_counted(void **state)
{
  (void)state;
  guint wrong = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(passage_t) passage = passage_new(cases[i].text, NULL, 0);
    int people = people_count(passage);
    if (people == cases[i].people) continue;
    print_error("%d instead of %d: %s\n", people, cases[i].people, cases[i].text);
    wrong++;
  }
  assert_int_equal(wrong, 0);
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
  const struct CMUnitTest tests[] = { cmocka_unit_test(people_are_counted) };
  return cmocka_run_group_tests_name("people", tests, setup, NULL);
}
