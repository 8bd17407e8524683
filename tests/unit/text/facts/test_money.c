/* Sums of money in human words, and numbers that are none. */
#include "lib/text/facts/money.h"

#include "lib/base/config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
// cmocka wants the headers above first
#include <cmocka.h>

/* The cents of every sum; "200..300" a range, "~" about, "?" perhaps, "=" a total, "-" taken off. */
static const struct {
  const char *text, *money;
} cases[] = {
  { "180,-", "18000" },
  { "180.- das Stück", "18000" },
  { "1.200,50 € für Holz", "120050" },
  { "EUR 250", "25000" },
  { "€ 45", "4500" },
  { "ca. 350 Euro", "35000~" },
  { "zwölf Euro fünfzig", "1250" },
  { "12€50", "1250" },
  { "50 Cent", "50" },
  { "1,2 Tsd. €", "120000" },
  { "1,2 Tsd.", "120000" },
  { "Wir brauchen 1,2 Tsd. für vier Hochbeete", "120000" },
  { "Das kostet rund 3 Tsd, davon Holz 800 Euro", "300000~ 80000" },
  { "In Grünau wohnen 47 Tsd. Menschen", "" },
  { "5 Tsd. Kubikmeter", "" },
  { "TEUR 2", "200000" },
  { "TEUR 2,5 für das Fest", "250000" },
  { "2 Mio", "" },
  { "2 Mio. Euro", "200000000" },
  { "2x 45 €", "9000" },
  { "2 mal 45 Euro", "9000" },
  { "zweimal 45 Euro", "9000" },
  { "je 15 €", "1500" },
  { "zwischen 200 und 300 Euro", "20000..30000~" },
  { "200-300 €", "20000..30000" },
  { "bis zu 500 Euro", "50000~" },
  { "ungefähr zweihundertvierzig euro, mehr brauchen wir nicht", "24000~" },
  { "ein paar hundert Euro", "" },
  { "ein paar Euro", "" },
  { "einen Euro", "100" },
  { "2 Stück à 45 €", "9000" },
  { "3 Bänke zu je 120 Euro", "36000" },
  { "10 Stunden à 15 € Honorar", "15000" },
  { "2 Bänke 150 € pro Stück", "30000" },
  { "300 000 GBP", "" },
  { "1 200 €", "120000" },
  { "1 200,50 €", "120050" },
  { "Euro 6 Diesel", "" },
  { "Ein-Euro-Job", "" },
  { "50-Euro-Gutschein", "5000" },
  { "Hast du zwei Euro und fünfzig cent", "250" },
  { "es kostet nur dreizehn Euro und fünfundvierzig Cent.", "1345" },
  { "zwei Euro fünfzig", "250" },
  { "3 $", "" },
  { "94£", "" },
  { "am Haus 14 wären schön: die Kübel machen 190,- und die Blumenerde 45 Euro. am 30.5.", "19000 4500" },
  { "Holz ca 180,- Erde 60 Euro, Vielleicht noch ne Bank, die kostet aber 349,90. Machen würden wir das "
    "alles am 24.5. Tel 0151 2345678",
    "18000~ 6000 34990?" },
  { "Trampolin 230 €\nZauberer 180 €\nSumme: 410 €", "23000 18000 41000=" },
  { "600 €, abzüglich 100 € Eigenanteil", "60000 10000-" },
  { "Kosten 600 Euro, 100 Euro Eigenanteil, bleiben 500 Euro", "60000 10000- 50000" },
  { "insgesamt brauchen wir 240 €", "24000=" },
  { "das macht dann zusammen 240 Euro", "24000=" },
  { "Bank 349,90 € (optional), Erde 20 €", "34990? 2000" },
  { "Bank 349 €, wenn das Geld reicht", "34900?" },
  { "12 Euro 50 Bretter für 13 Euro", "1200 1300" },
  { "Kosten: 1.200.- Fr.", "120000" },
  { "1'200 €", "120000" },
  { "€1,200.50", "120050" },
  { "1,200 €", "120000" },
  { "25 TEUR", "2500000" },
  { "5k", "" },
  { "fünfzehnhundert Euro", "150000" },
  { "tausendzweihundert Euro", "120000" },
  { "zweitausend Euro", "200000" },
  { "anderthalbtausend Euro", "150000" },
  { "zwei Tausend Euro", "200000" },
  { "zwohundertfuffzig Euro", "25000" },
  { "hundert euro", "10000" },
  { "eintausendfünfhundert €", "150000" },
  { "20 yirmi beş avro", "2500" },
  { "двадцать пять евро", "2500" },
  { "двести сорок евро", "24000" },
  { "twenty-five euros", "2500" },
  { "two hundred and fifty euros", "25000" },
  { "15 Euro/Stück", "1500" },
  { "Kosten pro Person 5 Euro", "500" },
  { "500 Euronen", "50000" },
  { "180 ,- €", "18000" },
  { "180,00€", "18000" },
  { "180,--", "18000" },
  { "180.00 EUR", "18000" },
  { "18:30 Uhr 15 Euro Eintritt", "1500" },
  { "120-150 €", "12000..15000" },
  { "von 120 bis 150 Euro", "12000..15000" },
  { "120 € bis 150 €", "12000..15000" },
  { "120 oder 150 Euro", "12000..15000" },
  { "49,99€/Stk.", "4999" },
  { "3 x 49,99€", "14997" },
  { "4*25€", "10000" },
  { "ab 18.30 Uhr", "" },
  { "Teuro", "" },
  { "Europa 2000", "" },
  { "kostet 180", "18000" },
  { "die Bank kostet ca. 349,90", "34990~" },
  { "Kosten: 1.500", "150000" },
  { "Preis 45", "4500" },
  { "kostet 2 Stunden Arbeit", "" },
  { "wir brauchen 30 Minuten", "" },
  { "bezahlt habe ich 25", "" },
  { "250,00", "" },
  { "Treffen um 18:30 Uhr in der Baumschulenstr. 78, 12437 Berlin", "" },
  { "Tel. 030 12345678 oder 0151-23456789", "" },
  { "am 24.5.2026", "" },
  { "im Jahr 2026", "" },
  { "12437 Berlin", "" },
  { "Hausnummer 250", "" },
  { "26 Leute waren da", "" },
  { "die 3 Bänke", "" },
  { "5 %", "" },
  { "10 m² Rasen", "" },
  { "34. KW", "" },
  { "Nr. 14", "" },
  { "Bus 160", "" },
  { "ab 18 Uhr", "" },
  { "20 Euro fürs Holz, 15,50 für Farbe", "2000 1550" },
  { "zweihundertfünfzig Euro", "25000" },
  { "ein Euro", "100" },
  { "eine Million Euro", "100000000" },
  { "zwanzig Cent", "20" },
  { "hundertfünfzig euro", "15000" },
  { "neunundneunzig Euro neunundneunzig", "9999" },
  { "3 Euro 20 Cent", "320" },
  { "3,20 Euro", "320" },
  { "3.20 €", "320" },
  { "0,50 €", "50" },
  { "-,50 €", "50" },
  { "100 - 150 Euro", "10000..15000" },
  { "zwischen 100€ und 150€", "10000..15000~" },
  { "100 bis 150,- Euro", "10000..15000" },
  { "so um die 300 Euro", "30000~" },
  { "max. 200 €", "20000~" },
  { "mindestens 150 Euro", "15000~" },
  { "knapp 90 €", "9000~" },
  { "rund tausend Euro", "100000~" },
  { "ca 1000€", "100000~" },
  { "etwa 2.000,- €", "200000~" },
  { "1.000.000 €", "100000000" },
  { "EUR 1.234,56", "123456" },
  { "1234,56 EUR", "123456" },
  { "12 x 3,50 €", "4200" },
  { "drei mal 20 Euro", "6000" },
  { "dreimal 20 Euro", "6000" },
  { "5 Säcke Erde à 7,99 €", "3995" },
  { "4 Pfosten je 12 €", "4800" },
  { "10 Stk. zu je 2,50 €", "2500" },
  { "6 Bretter (je 8 €)", "4800" },
  { "2 Kübel, je 45 €", "9000" },
  { "3 Stunden zu 20 Euro", "6000" },
  { "30 Flyer für je 0,20 €", "600" },
  { "8 Plakate à 1,50", "" },
  { "Pro Person 5 €", "500" },
  { "12 Pflanzen 4 € pro Stück", "4800" },
  { "15€/m²", "1500" },
  { "20 EUR pro Monat", "2000" },
  { "die 500 Euro aus der Kiezkasse", "50000" },
  { "500er", "" },
  { "50 Mark", "" },
  { "100 DM", "" },
  { "20 Pfund", "" },
  { "15 Franken", "" },
  { "1 Euro 50", "150" },
  { "€ 1.200,-", "120000" },
  { "€1200", "120000" },
  { "180 Euronen", "18000" },
  { "2,5 Mio. €", "250000000" },
  { "1,5 Tsd €", "150000" },
  { "3k €", "300000" },
  { "insgesamt also 450 Euro", "45000=" },
  { "Summe 450 €", "45000=" },
  { "450 € gesamt", "45000=" },
  { "Gesamtkosten: 450,00 €", "45000=" },
  { "macht zusammen 450 €", "45000=" },
  { "vielleicht noch 50 € für Deko", "5000~?" },
  { "evtl. 30 Euro", "3000?" },
  { "20 € (optional)", "2000?" },
  { "abzgl. 50 € Spende", "5000-" },
  { "minus 10 Euro Rabatt", "1000-" },
  { "wir zahlen 100 € selbst", "10000-" },
  { "Eigenanteil 80 €", "8000-" },
  { "12 Euro 99", "1299" },
  { "19,99", "" },
  { "€ 19.99", "1999" },
  { "fifty euros", "5000" },
  { "25 euros", "2500" },
  { "about 300 euro", "30000~" },
  { "ten euros fifty", "1050" },
  { "on beş avro", "1500" },
  { "yüz elli euro", "15000" },
  { "200 avro", "20000" },
  { "50 евро", "5000" },
  { "сто пятьдесят евро", "15000" },
  { "Die Eurokrise", "" },
  { "Europaplatz 5", "" },
  { "Euro Norm 6", "" },
  { "Kontonummer 1234567890", "" },
  { "DE12 5001 0517 5407 3249 31", "" },
  { "20-Euro-Schein", "2000" },
  { "zwei 50-Euro-Gutscheine", "5000" },
  { "10€-Gutschein", "1000" },
  { "bis 100€", "10000~" },
  { "je nach Größe 40 bis 60 Euro", "4000..6000" },
  { "40/60 Euro", "4000..6000" },
  { "fünf bis zehn Euro", "500..1000" },
  { "dreißig Euro", "3000" },
  { "dreissig euro", "3000" },
  { "zwölfhundert Euro", "120000" },
  { "eine halbe Million Euro", "50000000" },
  { "ein Dutzend Stühle", "" },
  { "ein Dutzend Euro", "1200" },
};

/* Bare numbers, where the context asks for money. */
static const struct {
  const char *text, *money;
} bare[] = {
  { "Ergebnis gestern, 31 Anwesende: Hochbeete 240 (einstimmig), Hoffest 300 statt 450 (18 ja 9 nein 4 "
    "enth.), "
    "Lastenrad abgelehnt. Rest 60 bleibt für Plakate.",
    "24000 30000 45000 6000" },
  { "Gestern waren 26 Leute da. Hochbeete 240 angenommen. Hoffest nur 350 (15 ja, 8 nein, 3 Enth.). Es "
    "bleiben 100 Euro",
    "24000 35000 10000" },
  { "240", "24000" },
  { "zweihundert", "20000" },
  { "so 300 denke ich", "30000~" },
  { "1. Bank 349\n2. Holz 120", "34900 12000" },
  { "Spielplatz 300, Gehweg 250", "30000 25000" },
  { "am 12.5.2026 um 15 Uhr in der Dörpfeldstr. 54, 12489 Berlin, Tel. 030 902970", "" },
  { "12.5. 18:00", "" },
  { "im Jahr 2026", "" },
  { "3 Bänke und 4 Tische", "" },
  { "Raum 104", "" },
  { "14a", "" },
};

static char *shown(const GArray *found)
{
  GString *out = g_string_new(NULL);
  for (guint i = 0; i < found->len; i++) {
    const struct money *money = &g_array_index(found, struct money, i);
    g_string_append_printf(out, "%s%" G_GINT64_FORMAT, i ? " " : "", (gint64)money->cents);
    if (money->cents_until) g_string_append_printf(out, "..%" G_GINT64_FORMAT, (gint64)money->cents_until);
    g_string_append_printf(out, "%s%s%s%s", money->is_approximate ? "~" : "", money->is_optional ? "?" : "",
                           money->is_total ? "=" : "", money->is_taken_off ? "-" : "");
  }
  return g_string_free(out, FALSE);
}

static guint differs(const char *text, enum money_wish wish, const char *expected)
{
  g_autoptr(passage_t) passage = passage_new(text, NULL, 0);
  g_autoptr(GArray) found = money_find(passage, wish);
  g_autofree char *got = shown(found);
  if (g_str_equal(got, expected)) return 0;
  print_error("%s: |%s| instead of |%s|\n", text, got, expected);
  return 1;
}

static void sums_are_found(void **state)
{
  (void)state;
  guint wrong = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) wrong += differs(cases[i].text, MONEY_SURE, cases[i].money);
  assert_int_equal(wrong, 0);
}

static void bare_numbers_are_money_where_asked(void **state)
{
  (void)state;
  guint wrong = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(bare); i++) wrong += differs(bare[i].text, MONEY_BARE, bare[i].money);
  assert_int_equal(wrong, 0);
}

static void what_belongs_to_a_sum_is_its_text(void **state)
{
  (void)state;
  g_autoptr(passage_t) passage = passage_new("Kübel: 2 Stück à 45,50 €, Erde", "de", 0);
  g_autoptr(GArray) found = money_find(passage, MONEY_SURE);
  const struct money *money = &g_array_index(found, struct money, 0);
  g_autofree char *text = passage_text(passage, money->first, money->end);
  assert_string_equal(text, "2 Stück à 45,50 €");
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
    cmocka_unit_test(sums_are_found),
    cmocka_unit_test(bare_numbers_are_money_where_asked),
    cmocka_unit_test(what_belongs_to_a_sum_is_its_text),
  };
  return cmocka_run_group_tests_name("money", tests, setup, NULL);
}
