/* Who is responsible: real questions, sloppy ones too, in the shipped district. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/support.h"

#include "lib/store/cases/offices.h"
#include "lists/district.h"
#include "lists/letters.h"
#include "lists/offices/named.h"
#include "lists/offices/offices.h"

static struct town town;

static int open_town(void **state)
{
  (void)state;
  town_open(&town);
  g_autoptr(GError) error = NULL;
  g_autoptr(district_t) district = district_load(town.config, "treptow-koepenick", &error);
  if (!district) fail_msg("%s", error->message);
  assert_true(store_begin(town.store, NULL));
  if (!district_seed(district, town.store, TEST_NOW, &error)) fail_msg("%s", error->message);
  assert_true(store_commit(town.store, NULL));
  return 0;
}

static int close_town(void **state)
{
  (void)state;
  town_close(&town);
  return 0;
}

struct asked {
  const char *title, *text, *sign, *topic;
  enum office_reason reason;
};

/* How many of the table came out otherwise; each is printed. */
static guint wrong_ones(const struct asked *rows, gsize count, const char *language)
{
  guint wrong = 0;
  for (gsize i = 0; i < count; i++) {
    struct office_question question = { .title = rows[i].title, .text = rows[i].text, .language = language };
    struct office_choice choice = { 0 };
    g_autoptr(GError) error = NULL;
    if (!offices_choose(town.store, &question, &choice, &error)) fail_msg("%s", error->message);
    const char *sign = choice.office ? choice.office->sign : "-";
    if (strcmp(sign, rows[i].sign) != 0 || strcmp(choice.topic, rows[i].topic) != 0 ||
        choice.reason != rows[i].reason) {
      print_error("%s / %s: %s %s %d (%s)\n", rows[i].title, rows[i].text, sign, choice.topic,
                  (int)choice.reason, choice.words ? choice.words : "");
      wrong++;
    }
    office_choice_clear(&choice);
  }
  return wrong;
}

static void words_say_whose_it_is(void **state)
{
  (void)state;
  static const struct asked rows[] = {
    { "Schlagloch", "Wann wird das Loch in der Bölschestraße zugemacht?", "SGA", "road", OFFICE_BY_WORDS },
    { "", "da sind zwei schlaglöcher vor der schule, die kinder stürzen", "SGA", "road", OFFICE_BY_WORDS },
    { "Poller Bölschestraße", "Wann wird der umgefahrene Poller ersetzt?", "SGA", "road", OFFICE_BY_WORDS },
    { "Gehweg", "Die Platten in der Dörpfeldstraße sind locker, meine Mutter ist mit dem Rollator gestürzt.",
      "SGA", "road", OFFICE_BY_WORDS },
    { "Radweg am Adlergestell", "Ist da ein Radweg geplant?", "SGA", "road", OFFICE_BY_WORDS },
    { "Zebrastreifen", "Können wir vor der Grundschule einen Zebrastreifen bekommen?", "SGA", "road",
      OFFICE_BY_WORDS },
    { "Tempo 30 in der Wendenschloßstraße", "Warum gibt es dort kein Tempo 30? Die Autos rasen.", "SGA",
      "road", OFFICE_BY_WORDS },
    { "Spielstraße", "Wie bekommen wir eine Spielstraße?", "SGA", "road", OFFICE_BY_WORDS },
    { "", "Hier fehlt ein abgesenkter Bordstein, mit dem Rollstuhl kommt man nicht rüber", "SGA", "road",
      OFFICE_BY_WORDS },
    { "Fahrradbügel", "Am S-Bahnhof Adlershof fehlen Fahrradbügel.", "SGA", "road", OFFICE_BY_WORDS },
    { "Bank weg", "Die Parkbank am Müggelsee ist weg, wo sollen wir alten Leute sitzen?", "SGA", "green",
      OFFICE_BY_WORDS },
    { "Straßenbaum", "Vor der Nr. 12 ist der Straßenbaum vertrocknet, wird er nachgepflanzt?", "SGA", "green",
      OFFICE_BY_WORDS },
    { "Hochbeet", "Dürfen wir vor dem Haus ein Hochbeet aufstellen?", "SGA", "green", OFFICE_BY_WORDS },
    { "Wiese", "Die Wiese im Treptower Park wird nie gemäht.", "SGA", "green", OFFICE_BY_WORDS },
    { "Friedhof", "Wann öffnet der Friedhof Baumschulenweg?", "SGA", "green", OFFICE_BY_WORDS },
    { "", "Auf dem Spielplatz ist die Schaukel kaputt", "SGA", "playground", OFFICE_BY_WORDS },
    { "spielplaz", "der sandkasten ist voll scherben", "SGA", "playground", OFFICE_BY_WORDS },
    { "Buddelkiste", "keen Sand mehr drin inner Buddelkiste", "SGA", "playground", OFFICE_BY_WORDS },
    { "Sperrmüll", "Seit Wochen liegt Sperrmüll auf dem Gehweg vor der Nr. 5.", "OrdA", "waste",
      OFFICE_BY_WORDS },
    { "", "Im Park liegt überall Müll rum und Matratzen", "OrdA", "waste", OFFICE_BY_WORDS },
    { "Hundehaufen", "Überall Hundekot auf dem Gehweg, wer kontrolliert das?", "OrdA", "waste",
      OFFICE_BY_WORDS },
    { "Falschparker", "Vor der Kita parken jeden Morgen Falschparker auf dem Gehweg.", "OrdA", "order",
      OFFICE_BY_WORDS },
    { "Lärm", "Jede Nacht Lärm und laute Musik auf dem Spielplatz, an Nachtruhe nicht zu denken.", "OrdA",
      "order", OFFICE_BY_WORDS },
    { "Leinenpflicht", "Gilt am Uferweg Leinenpflicht? Hier laufen Hunde frei.", "OrdA", "order",
      OFFICE_BY_WORDS },
    { "", "Das Schrottauto ohne Kennzeichen steht seit Monaten da.", "OrdA", "order", OFFICE_BY_WORDS },
    { "Gewerbeanmeldung", "Wo melde ich mein Gewerbe an?", "OrdA", "order", OFFICE_BY_WORDS },
    { "Schulhof", "Der Schulhof der Grundschule am Berg ist im Sommer zu heiß.", "SchulSport", "school",
      OFFICE_BY_WORDS },
    { "Turnhalle gesperrt", "Wie lange bleibt die Turnhalle zu?", "SchulSport", "school", OFFICE_BY_WORDS },
    { "Hort", "Gibt es noch einen Hortplatz für meinen Sohn?", "SchulSport", "school", OFFICE_BY_WORDS },
    { "Kunstrasen", "Wann bekommt der Sportplatz Wendenschloß Kunstrasen?", "SchulSport", "sport",
      OFFICE_BY_WORDS },
    { "Kitaplatz", "Ich suche seit einem Jahr einen Kitaplatz in Johannisthal.", "JugA", "youth",
      OFFICE_BY_WORDS },
    { "Kita-Gutschein", "Wie lange dauert der Kita-Gutschein?", "JugA", "youth", OFFICE_BY_WORDS },
    { "Jugendclub", "Warum hat der Jugendclub in Altglienicke zu?", "JugA", "youth", OFFICE_BY_WORDS },
    { "Unterhaltsvorschuss", "Mein Antrag liegt seit März da.", "JugA", "youth", OFFICE_BY_WORDS },
    { "Pflegegeld", "Wo beantrage ich Hilfe zur Pflege für meine Mutter?", "SozA", "social",
      OFFICE_BY_WORDS },
    { "", "Unter der Brücke leben Obdachlose, wer hilft denen im Winter?", "SozA", "social",
      OFFICE_BY_WORDS },
    { "Grundsicherung", "Wie lange dauert der Bescheid?", "SozA", "social", OFFICE_BY_WORDS },
    { "Wohngeld", "Mein Wohngeldantrag ist vom Januar.", "BuergA", "housing", OFFICE_BY_WORDS },
    { "Ferienwohnung", "Im Haus sind drei Ferienwohnungen, ist das nicht Zweckentfremdung?", "BuergA",
      "housing", OFFICE_BY_WORDS },
    { "Personalausweis", "Wann bekomme ich einen Termin im Bürgeramt?", "BuergA", "citizens",
      OFFICE_BY_WORDS },
    { "", "ich will mich ummelden wo bekomm ich einen termin", "BuergA", "citizens", OFFICE_BY_WORDS },
    { "Briefwahl", "Bis wann kann ich Briefwahl beantragen?", "BuergA", "citizens", OFFICE_BY_WORDS },
    { "Ratten", "Am Imbiss laufen Ratten rum.", "GesA", "health", OFFICE_BY_WORDS },
    { "Impfung", "Impft das Amt auch Erwachsene?", "GesA", "health", OFFICE_BY_WORDS },
    { "Bebauungsplan", "Was wird auf dem Gelände gebaut? Gibt es einen Bebauungsplan?", "StadtA", "building",
      OFFICE_BY_WORDS },
    { "Denkmalschutz", "Steht das alte Kino unter Denkmalschutz?", "StadtA", "building", OFFICE_BY_WORDS },
    { "", "Neubau auf der Wiese hinter dem Spielplatz – ist das genehmigt? Baugenehmigung?", "StadtA",
      "building", OFFICE_BY_WORDS },
    { "Wildschweine", "Wildschweine wühlen unseren Vorgarten um.", "UmNat", "nature", OFFICE_BY_WORDS },
    { "Biber", "Der Biber nagt am Ufer die Bäume an.", "UmNat", "nature", OFFICE_BY_WORDS },
    { "Baumfällung", "Auf dem Grundstück nebenan werden Bäume gefällt, ist das genehmigt?", "UmNat", "nature",
      OFFICE_BY_WORDS },
    { "Bibliothek", "Hat die Bibliothek am Samstag auf?", "WBK", "culture", OFFICE_BY_WORDS },
    { "Musikschule", "Gibt es Plätze an der Musikschule?", "WBK", "culture", OFFICE_BY_WORDS },
    { "Wochenmarkt", "Wann gibt es wieder einen Wochenmarkt in Schöneweide?", "WiFoe", "business",
      OFFICE_BY_WORDS },
    { "Kiezkasse", "Bis wann kann man für die Kiezkasse Grünau Ideen einreichen?", "SPK", "participation",
      OFFICE_BY_WORDS },
    { "", "Wie werde ich Kiezpatin?", "SPK", "participation", OFFICE_BY_WORDS },
  };
  assert_int_equal(wrong_ones(rows, G_N_ELEMENTS(rows), "de"), 0);
}

static void what_is_not_the_districts_goes_to_the_coordinator(void **state)
{
  (void)state;
  static const struct asked rows[] = {
    { "Ampel", "Die Ampel Sterndamm/Groß-Berliner Damm springt nicht um.", "SPK", "traffic",
      OFFICE_NOT_OURS },
    { "", "laterne geht nicht gegenüber vom netto", "SPK", "lighting", OFFICE_NOT_OURS },
    { "Straßenbeleuchtung", "In der ganzen Straße ist es dunkel.", "SPK", "lighting", OFFICE_NOT_OURS },
    { "Bushaltestelle", "An der Bushaltestelle fehlt seit Wochen der Fahrplan.", "SPK", "transit",
      OFFICE_NOT_OURS },
    { "Rolltreppe", "Die Rolltreppe am S-Bahnhof Schöneweide steht still.", "SPK", "railway",
      OFFICE_NOT_OURS },
    { "Gully", "Der Gully läuft bei jedem Regen über.", "SPK", "water", OFFICE_NOT_OURS },
    { "Papierkorb", "Der Papierkorb vor der Schule quillt über.", "SPK", "cleaning", OFFICE_NOT_OURS },
    { "Mülltonne", "Unsere Mülltonne wurde nicht geleert.", "SPK", "cleaning", OFFICE_NOT_OURS },
    { "Autobahn", "Gibt es Lärmschutz an der A113?", "SPK", "motorway", OFFICE_NOT_OURS },
    { "Müggelwald", "Liegen die Bäume im Müggelwald absichtlich?", "SPK", "forest", OFFICE_NOT_OURS },
    { "Hundesteuer", "Wo melde ich meinen Hund für die Hundesteuer an?", "SPK", "tax", OFFICE_NOT_OURS },
    { "Bürgergeld", "Mein Antrag auf Bürgergeld ist weg.", "SPK", "jobs", OFFICE_NOT_OURS },
  };
  assert_int_equal(wrong_ones(rows, G_N_ELEMENTS(rows), "de"), 0);
}

static void a_named_office_wins_if_it_is_one_of_ours(void **state)
{
  (void)state;
  static const struct asked rows[] = {
    { "Frage an das Ordnungsamt", "Wann wird der Spielplatz am Abend kontrolliert?", "OrdA", "playground",
      OFFICE_BY_NAME },
    { "Für SGA", "Bitte um Auskunft.", "SGA", "", OFFICE_BY_NAME },
    { "", "Liebes Grünflächenamt, wer gießt die Bäume?", "SGA", "green", OFFICE_BY_NAME },
    { "", "Ich frage das Straßen- und Grünflächenamt: was ist mit der Bank?", "SGA", "road", OFFICE_BY_NAME },
    { "", "Das Ordnungsamt sagt, ich soll mich wenden an das Umweltamt.", "UmNat", "order", OFFICE_BY_NAME },
    { "Schlagloch", "Das Schlagloch ist vor dem Ordnungsamt.", "SGA", "road", OFFICE_BY_WORDS },
    { "Müll", "Ans Gesundheitsamt: hier liegt Müll mit Ratten.", "GesA", "waste", OFFICE_BY_NAME },
    { "", "Nicht das Jugendamt, das Schulamt hat die Schule zugemacht.", "SchulSport", "school",
      OFFICE_BY_NAME },
    { "An das Finanzministerium", "Wann kommt der Bescheid?", "SPK", "", OFFICE_NO_TOPIC },
  };
  assert_int_equal(wrong_ones(rows, G_N_ELEMENTS(rows), "de"), 0);
}

static void who_is_unsure_asks_the_coordinator(void **state)
{
  (void)state;
  static const struct asked rows[] = {
    { "Frage", "Guten Tag, ich habe eine Frage.", "SPK", "", OFFICE_NO_TOPIC },
    { "", "Wer ist eigentlich zuständig?", "SPK", "", OFFICE_NO_TOPIC },
    { "Schule und Kita", "Wer ist da der Ansprechpartner?", "SPK", "school", OFFICE_SEVERAL },
    { "", "ja das nervt", "SPK", "", OFFICE_NO_TOPIC },
  };
  assert_int_equal(wrong_ones(rows, G_N_ELEMENTS(rows), "de"), 0);
}

static void other_languages_are_read(void **state)
{
  (void)state;
  static const struct asked english[] = {
    { "Pothole", "There is a pothole in front of the school.", "SGA", "road", OFFICE_BY_WORDS },
    { "Playground", "The swing is broken.", "SGA", "playground", OFFICE_BY_WORDS },
    { "", "Somebody dumped a mattress on the pavement", "OrdA", "waste", OFFICE_BY_WORDS },
    { "Kindergarten", "How do I find a place?", "JugA", "youth", OFFICE_BY_WORDS },
    { "Traffic light", "The traffic light is out.", "SPK", "traffic", OFFICE_NOT_OURS },
    { "Passport", "Where do I get a new passport?", "BuergA", "citizens", OFFICE_BY_WORDS },
  };
  static const struct asked turkish[] = {
    { "", "Merhaba, oyun parkındaki salıncak kırık.", "SGA", "playground", OFFICE_BY_WORDS },
    { "Kreş", "Kreş yeri arıyorum.", "JugA", "youth", OFFICE_BY_WORDS },
    { "", "Kaldırımda çöp var, moloz dökülmüş, çöpler", "OrdA", "waste", OFFICE_BY_WORDS },
  };
  static const struct asked russian[] = {
    { "", "Здравствуйте! На детской площадке сломаны качели.", "SGA", "playground", OFFICE_BY_WORDS },
    { "Детский сад", "Как получить место?", "JugA", "youth", OFFICE_BY_WORDS },
    { "", "Во дворе нет света третий день, фонарь не горит", "SPK", "lighting", OFFICE_NOT_OURS },
  };
  static const struct asked guessed[] = { { "", "Poller kaputt", "SGA", "road", OFFICE_BY_WORDS } };
  assert_int_equal(wrong_ones(guessed, G_N_ELEMENTS(guessed), "nl"), 0);
  assert_int_equal(wrong_ones(english, G_N_ELEMENTS(english), "en"), 0);
  assert_int_equal(wrong_ones(turkish, G_N_ELEMENTS(turkish), "tr"), 0);
  assert_int_equal(wrong_ones(russian, G_N_ELEMENTS(russian), "ru"), 0);
}

/* Two offices share parks, each in its region; a third looks after whatever there is in one. */
static void the_region_decides_between_offices(void **state)
{
  (void)state;
  assert_true(store_begin(town.store, NULL));
  g_autoptr(office_t) east = office_new(), local = office_new();
  g_free(east->sign), east->sign = g_strdup("Ost");
  g_free(east->name), east->name = g_strdup("Revier Ost");
  office_add_duty(east, "green", 5);
  g_free(local->sign), local->sign = g_strdup("Insel");
  g_free(local->name), local->name = g_strdup("Inselbüro");
  office_add_duty(local, "", 7);
  assert_true(office_put(town.store, east, TEST_NOW, NULL));
  assert_true(office_put(town.store, local, TEST_NOW, NULL));
  static const struct {
    int64_t region;
    const char *text, *sign;
    enum office_reason reason;
  } rows[] = {
    { 5, "Die Hecke wächst zu.", "Ost", OFFICE_BY_WORDS },
    { 4, "Die Hecke wächst zu.", "SGA", OFFICE_BY_WORDS },
    { 7, "Wer räumt hier auf?", "Insel", OFFICE_BY_REGION },
    { 7, "Die Ampel ist aus.", "SPK", OFFICE_NOT_OURS },
    { 0, "Wer räumt hier auf?", "SPK", OFFICE_NO_TOPIC },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    struct office_question question = { .region = rows[i].region, .text = rows[i].text, .language = "de" };
    struct office_choice choice = { 0 };
    assert_true(offices_choose(town.store, &question, &choice, NULL));
    assert_string_equal(choice.office->sign, rows[i].sign);
    assert_int_equal(choice.reason, rows[i].reason);
    office_choice_clear(&choice);
  }
  store_rollback(town.store);
}

static void every_choice_is_explained_in_the_readers_language(void **state)
{
  (void)state;
  g_autoptr(letters_t) letters = letters_new(town.config);
  static const struct {
    const char *text, *language, *sentence;
  } rows[] = {
    { "Das Schlagloch ist noch da.", "de", "Es geht um „Schlagloch“, dafür ist diese Stelle da." },
    { "Das Schlagloch ist noch da.", "en",
      "It is about “Schlagloch”, which is what this office looks after." },
    { "Die Ampel ist aus.", "de",
      "Um „Ampel“ kümmert sich nicht der Bezirk, sondern das Land Berlin. Die Koordination sagt Ihnen, wie "
      "es "
      "weitergeht." },
    { "Wer macht das?", "de",
      "Aus dem Text geht nicht sicher hervor, wer zuständig ist. Die Koordination leitet es weiter." },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    struct office_question question = { .text = rows[i].text, .language = "de" };
    struct office_choice choice = { 0 };
    assert_true(offices_choose(town.store, &question, &choice, NULL));
    g_autofree char *why = offices_why(letters, rows[i].language, &choice, NULL);
    assert_string_equal(why, rows[i].sentence);
    office_choice_clear(&choice);
  }
  for (int reason = 0; reason < OFFICE_REASON_COUNT; reason++) {
    static const char *const languages[] = { "de", "de-x-leicht", "en" };
    struct office_choice choice = { .reason = (enum office_reason)reason,
                                    .words = (char *)"x",
                                    .body = "db" };
    for (gsize k = 0; k < G_N_ELEMENTS(languages); k++) {
      g_autofree char *why = offices_why(letters, languages[k], &choice, NULL);
      assert_true(why && *why && !strchr(why, '\n'));
    }
  }
}

static void topics_are_named_by_people(void **state)
{
  (void)state;
  static const char *const rows[][2] = {
    { "Straße", "road" }, { "Grün", "green" },         { "road", "road" }, { "ROAD", "road" },
    { "Kitas", "youth" }, { "Müll", "waste" },         { "Wetter", NULL }, { "", NULL },
    { "roads", "road" },  { "Schule und Kita", NULL },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autofree char *topic = office_topic_of(rows[i][0]);
    if (g_strcmp0(topic, rows[i][1]) != 0) fail_msg("%s is %s", rows[i][0], topic ? topic : "nothing");
  }
}

/* What a From shows, and whether a citizen takes it for an office. */
static void a_shown_name_is_compared_as_people_read_it(void **state)
{
  (void)state;
  g_autoptr(GPtrArray) offices = offices_names(town.store, NULL);
  static const struct {
    const char *name;
    bool is_offices;
  } rows[] = {
    { "Ordnungsamt", true },
    { "Ordnungsamt Treptow-Köpenick", true },
    { "SGA", true },
    { "Frau Muster (SGA)", true },
    { "O r d n u n g s a m t", true },
    { "0rdnungsamt", true },
    { "Amt für Soziales", true },
    { "Anna Schmidt", false },
    { "Sga", false },
    { "Jugend trainiert", false },
    { "Ordnung muss sein", false },
    { "", false },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
    if ((office_of_name(offices, rows[i].name) != 0) != rows[i].is_offices) fail_msg("%s", rows[i].name);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(words_say_whose_it_is),
    cmocka_unit_test(what_is_not_the_districts_goes_to_the_coordinator),
    cmocka_unit_test(a_named_office_wins_if_it_is_one_of_ours),
    cmocka_unit_test(who_is_unsure_asks_the_coordinator),
    cmocka_unit_test(other_languages_are_read),
    cmocka_unit_test(the_region_decides_between_offices),
    cmocka_unit_test(every_choice_is_explained_in_the_readers_language),
    cmocka_unit_test(topics_are_named_by_people),
    cmocka_unit_test(a_shown_name_is_compared_as_people_read_it),
  };
  return cmocka_run_group_tests(tests, open_town, close_town);
}
