/* Costs of proposals: tables, lists and prose. */
#include "lib/text/facts/money.h"

#include "lib/base/config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
// cmocka wants the headers above first
#include <cmocka.h>

/* "label cents" of every line, "?" perhaps; behind the bar the total, "=" stated. */
static const struct {
  const char *text, *costs;
} cases[] = {
  { "Wir bauen 4 Hochbeete, je Beet 90 Euro.", "bauen 4 Hochbeete, je Beet 36000 | 36000" },
  { "6 Stühle, das Stück 35 Euro", "Stühle 21000 | 21000" },
  { "Lesung: Honorar 300, Saalmiete 120, Plakate 45.",
    "Honorar 30000; Saalmiete 12000; Plakate 4500 | 46500" },
  { "Honorar 200 Euro, Kaffee spenden wir", "Honorar 20000 | 20000" },
  { "in der Scheiblerstraße fehlt Grün. Zwei Pflanzkübel am Haus 14 wären schön: die Kübel machen 190,- und "
    "die Blumenerde 45 Euro. Stauden spendiert die Gärtnerei am Heidekampweg. Das Einpflanzen übernehmen wir "
    "selber, am 30.5. ist es so weit.",
    "Kübel 19000; Blumenerde 4500 | 23500" },
  { "hiermit beantrage ich Mittel für unser Hoffest am Segelfliegerdamm 52:\n\nTrampolin 230 €\nZauberer 180 "
    "€\nBratwurst und Limo 140 €\nAushänge – Preis klären wir noch\n\nEingeladen ist die ganze Straße, "
    "Eintritt frei.",
    "Trampolin 23000; Zauberer 18000; Bratwurst und Limo 14000; Aushänge -1 | 55000" },
  { "ungefähr zweihundertvierzig euro, mehr brauchen wir nicht", " 24000 | 24000" },
  { "wir möchten am Cajamarcaplatz eine Willkommenstafel aufstellen. Kosten:\n\nPosition\tBetrag\nTafel, "
    "wetterfest\t312,50 €\nPfosten und Beton\t87,50 €\nGestaltung (Honorar)\t200,00 €\nSumme\t600,00 "
    "€\n\nDie Genehmigung vom Grünflächenamt liegt vor.",
    "Tafel, wetterfest 31250; Pfosten und Beton 8750; Gestaltung (Honorar) 20000 | 60000=" },
  { "1.) Eine Tischtennisplatte am Sandbacher Platz in Bohnsdorf, kostet rund\n1.200 €.\n2.) Ein Bücherregal "
    "zum Tauschen in Grünau an der Wassersportallee, Material\n95 Euro.",
    "Tischtennisplatte 120000; Material 9500 | 129500" },
  { "Hallo Frau F., wir von der Trojanstr. würden gern 2 Hochbeete vor der Nr. 8 aufstellen. Holz ca 180,- "
    "Erde 60 Euro, Pflanzen schenken uns die Gärtner. Vielleicht noch ne Bank, die kostet aber 349,90. "
    "Machen würden wir das alles selber am 24.5. LG Doreen K. (Tel 0151…)",
    "Holz 18000; Erde 6000; Bank 34990? | 24000" },
  { "Hoffest am Segelfliegerdamm: Hüpfburg 250 €, Musik 200 €, Würstchen und Getränke 150 €, GEMA weiß ich "
    "nicht",
    "Hüpfburg 25000; Musik 20000; Würstchen und Getränke 15000; GEMA -1 | 60000" },
  { "- Holz: 120 €\n- Erde: 60 €\n- Farbe: 30 €\nInsgesamt: 210 €",
    "Holz 12000; Erde 6000; Farbe 3000 | 21000=" },
  { "* Holz 120\n* Erde 60\n* Farbe 30", "Holz 12000; Erde 6000; Farbe 3000 | 21000" },
  { "Kosten: Holz 120, Erde 60, Farbe 30", "Holz 12000; Erde 6000; Farbe 3000 | 21000" },
  { "Holz 180, Erde 60 und Farbe 30 Euro", "Holz 18000; Erde 6000; Farbe 3000 | 27000" },
  { "Wir brauchen 120 € für Holz und 60 € für Erde", "Holz 12000; Erde 6000 | 18000" },
  { "Wir brauchen 500 Euro: 300 für Holz und 200 für Erde.", "Holz 30000; Erde 20000 | 50000=" },
  { "Wir brauchen 500 Euro: 300 € für Holz und 200 € für Erde.", "Holz 30000; Erde 20000 | 50000=" },
  { "2 Stück à 45 €", " 9000 | 9000" },
  { "Bänke: 2 Stück à 45 €, Farbe 20 €", "Bänke 9000; Farbe 2000 | 11000" },
  { "Insgesamt 600 €, abzüglich 100 € Eigenanteil", " | 50000=" },
  { "Gesamtkosten 600 Euro, davon 100 Euro Eigenmittel. Beantragt werden 500 Euro.", " | 50000=" },
  { "Bank\t2\t150,00\t300,00\nErde\t1\t20,00\t20,00\nSumme\t\t\t320,00", "Bank 30000; Erde 2000 | 32000=" },
  { "2 Bänke à 150 € = 300 €, Erde 20 €, macht zusammen 320 €", "Bänke 30000; Erde 2000 | 32000=" },
  { "Hüpfburg 250\nMusik 200\nWürstchen 150\nSumme 600 Euro",
    "Hüpfburg 25000; Musik 20000; Würstchen 15000 | 60000=" },
  { "Das Holz kostet 120 Euro, die Schrauben kosten 15, und für die Farbe bräuchten wir nochmal 30 €.",
    "Holz 12000; Schrauben 1500; Farbe 3000 | 16500" },
  { "Für die Bank brauchen wir 349,90 €", "Bank 34990 | 34990" },
  { "Die Bank kostet 349,90", "Bank 34990 | 34990" },
  { "Kiezkasse hat noch 3.100 € frei. Unser Schachtisch kostet 900 €.", "Schachtisch 90000 | 90000" },
  { "500 € reichen", " 50000 | 50000" },
  { "Wir beantragen 500 Euro für ein Nachbarschaftsfest.", " | 50000=" },
  { "Material 80 € + Werkzeug 40 € = 120 €", "Material 8000; Werkzeug 4000 | 12000=" },
  { "Lampions (30 Stück) 45 €\nBastelmaterial 60 €\nTee + Kekse 25 €\n-----------\n130 €",
    "Lampions (30 Stück) 4500; Bastelmaterial 6000; Tee + Kekse 2500 | 13000=" },
  { "Bücherschrank 800 €\nAufbau machen wir selbst\nSchild 50 €\nevtl. Bank 200 €",
    "Bücherschrank 80000; Schild 5000; Bank 20000? | 85000" },
  { "45 Euro Blumenerde und 120 Euro Holz", "Blumenerde 4500; Holz 12000 | 16500" },
  { "Costs: wood 120 €, paint 30 €. Total 150 €", "wood 12000; paint 3000 | 15000=" },
  { "| Posten | Preis |\n| Holz | 120 € |\n| Erde | 60 € |\n| Gesamt | 180 € |",
    "Holz 12000; Erde 6000 | 18000=" },
  { "Holz ............ 120,00 €\nErde ............  60,00 €", "Holz 12000; Erde 6000 | 18000" },
  { "Guten Tag, wir planen ein Nachbarschaftsfest. Die Hüpfburg kostet 250 Euro, ein Clown 180 Euro. Für "
    "Bastelmaterial rechnen wir mit 75 Euro.",
    "Hüpfburg 25000; Clown 18000; Bastelmaterial 7500 | 50500" },
  { "Was wir brauchen: 10 Säcke Erde à 7,99 €, 4 Hochbeete je 89 €, Pflanzen ca. 60 €.",
    "Säcke Erde 7990; Hochbeete 35600; Pflanzen 6000 | 49590" },
  { "Hochbeet-Bausatz 149,-\nErde 40,-\nPflanzen 35,-\nmacht zusammen 224,-",
    "Hochbeet-Bausatz 14900; Erde 4000; Pflanzen 3500 | 22400=" },
  { "Kostenplan\n1. Holz 120,00 EUR\n2. Schrauben 15,50 EUR\n3. Lasur 24,50 EUR\nGesamt 160,00 EUR",
    "Holz 12000; Schrauben 1550; Lasur 2450 | 16000=" },
  { "Bank: 349,90 EUR\nFundament: ca. 80 EUR\nSchild: Preis offen",
    "Bank 34990; Fundament 8000; Schild -1 | 42990" },
  { "Der Bücherschrank kostet 1.200 Euro inklusive Aufbau. Davon zahlt der Verein 200 Euro.",
    "Bücherschrank 120000 | 100000" },
  { "Wir hätten gern 450 Euro für Lampions, Deko und Musik.", "Lampions 45000 | 45000" },
  { "Wir möchten 300 Euro beantragen. Davon sollen 200 Euro für Pflanzen und 100 Euro für Werkzeug sein.",
    "Pflanzen 20000; Werkzeug 10000 | 30000=" },
  { "Könnten Sie uns mit 250 Euro unterstützen?", " 25000 | 25000" },
  { "Für Farbe 80 Euro, für Pinsel 20 Euro und für Abdeckfolie 15 Euro",
    "Farbe 8000; Pinsel 2000; Abdeckfolie 1500 | 11500" },
  { "80 Euro Farbe, 20 Euro Pinsel, 15 Euro Folie = 115 Euro",
    "Farbe 8000; Pinsel 2000; Folie 1500 | 11500=" },
  { "Farbe (80 Euro), Pinsel (20 Euro), Folie (15 Euro)", "Farbe 8000; Pinsel 2000; Folie 1500 | 11500" },
  { "Farbe - 80 Euro\nPinsel - 20 Euro\nFolie - 15 Euro", "Farbe 8000; Pinsel 2000; Folie 1500 | 11500" },
  { "Farbe\t80\nPinsel\t20\nFolie\t15\nSumme\t115", "Farbe 8000; Pinsel 2000; Folie 1500 | 11500=" },
  { "Artikel\tMenge\tEinzelpreis\tGesamt\nFarbe\t4\t20,00 €\t80,00 €\nPinsel\t10\t2,00 €\t20,00 "
    "€\nSumme\t\t\t100,00 €",
    "Farbe 8000; Pinsel 2000 | 10000=" },
  { "Stühle 20 x 12 € = 240 €\nTische 4 x 35 € = 140 €", "Stühle 24000; Tische 14000 | 38000" },
  { "Honorar für den Referenten: 3 Stunden à 50 €\nRaummiete 40 €\nGetränke 30 €",
    "Honorar für den Referenten 15000; Raummiete 4000; Getränke 3000 | 22000" },
  { "Honorar Referent 150 €\nRaummiete: keine\nFlyer 45 €\nFahrtkosten weiß ich noch nicht",
    "Honorar Referent 15000; Flyer 4500; Fahrtkosten -1 | 19500" },
  { "Die Miete für die Bühne liegt bei etwa 300 Euro, dazu kommen 50 Euro für Strom.",
    "Miete 30000; Strom 5000 | 35000" },
  { "Gesamtkosten ca. 900 €, Eigenmittel 200 €, beantragt 700 €", " | 70000=" },
  { "Material: 180 €, Werkzeug leihen wir uns. Wenn das Geld reicht auch noch ein Rankgitter für 60 €.",
    "Material 18000; Rankgitter 6000? | 18000" },
  { "Wir brauchen Farbe und Pinsel, zusammen ungefähr 95 Euro.", " | 9500=" },
  { "Sandkasten neu befüllen: 6 Tonnen Sand zu 45 Euro, Anlieferung pauschal 90 Euro",
    "Sand 27000; Anlieferung 9000 | 36000" },
  { "Es geht um eine Tischtennisplatte (Beton, ca. 1.800 €) auf dem Platz.",
    "Tischtennisplatte (Beton 180000 | 180000" },
  { "Ich schätze mal 150 bis 200 Euro für das Material", "Material 15000 | 15000" },
  { "Spielgeräte 400€ Farbe 50€ Pinsel 10€", "Spielgeräte 40000; Farbe 5000; Pinsel 1000 | 46000" },
  { "Erde 60 €. Holz 180 €. Das wären dann 240 €.", "Erde 6000; Holz 18000 | 24000=" },
  { "Baumscheibe: Erde 30, Blumen 45, kleiner Zaun 60 Euro. Gießkannen haben wir.",
    "Erde 3000; Blumen 4500; kleiner Zaun 6000 | 13500" },
  { "Wir wollen einen Adventsmarkt machen. Kosten: Strom 80 Euro, Hütten 300 Euro, Tannenbaum spendiert der "
    "Baumarkt, GEMA keine Ahnung.",
    "Strom 8000; Hütten 30000; GEMA -1 | 38000" },
  { "die bank kostet 300 euro und das schild 40 euro, zusammen 340", "bank 30000; schild 4000 | 34000=" },
};

static char *shown(const struct costs *costs)
{
  GString *out = g_string_new(NULL);
  for (guint i = 0; i < costs->lines->len; i++) {
    const struct cost *cost = g_ptr_array_index(costs->lines, i);
    g_string_append_printf(out, "%s%s %" G_GINT64_FORMAT "%s", i ? "; " : "", cost->label,
                           (gint64)cost->cents, cost->is_optional ? "?" : "");
  }
  g_string_append_printf(out, " | %" G_GINT64_FORMAT "%s", (gint64)costs->total_cents,
                         costs->is_total_stated ? "=" : "");
  return g_string_free(out, FALSE);
}

static void costs_are_read(void **state)
{
  (void)state;
  guint wrong = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(passage_t) passage = passage_new(cases[i].text, NULL, 0);
    g_autoptr(costs_t) costs = costs_read(passage);
    g_autofree char *got = shown(costs);
    if (g_str_equal(got, cases[i].costs)) continue;
    print_error("%s\n  expected: %s\n  got:      %s\n", cases[i].text, cases[i].costs, got);
    wrong++;
  }
  assert_int_equal(wrong, 0);
}

static void a_text_without_sums_has_no_costs(void **state)
{
  (void)state;
  g_autoptr(passage_t) passage = passage_new("Ein Kinderfest wäre schön. Was braucht ihr von mir??", "de", 0);
  g_autoptr(costs_t) costs = costs_read(passage);
  assert_int_equal(costs->lines->len, 0);
  assert_int_equal(costs->total_cents, -1);
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
    cmocka_unit_test(costs_are_read),
    cmocka_unit_test(a_text_without_sums_has_no_costs),
  };
  return cmocka_run_group_tests_name("costs", tests, setup, NULL);
}
