/* Reports of defects: what, how urgent, whose. */
#include "tests/unit/lists/understand/understand.h"

static const struct seen defects = { .list = "maengel", .kind = "defects" };

static void categories_and_who_looks_after_them(void **state)
{
  (void)state;
  static const struct {
    const char *subject, *text, *category, *responsible;
    bool is_urgent;
  } cases[] = {
    { "", "die laterne vor nr 12 ist aus", "lamp", "land", false },
    { "Schlagloch", "Tiefes Loch in der Fahrbahn, gestern ist ein Radfahrer gestürzt!", "pothole", "bezirk",
      true },
    { "Müll", "Auf dem Gehweg liegt Sperrmüll.", "waste", "bezirk", false },
    { "Gehweg", "Die Platten sind locker.", "pavement", "bezirk", false },
    { "Ampel", "Die Ampel am Sterndamm ist ausgefallen.", "traffic_light", "land", false },
    { "Rolltreppe", "Die Rolltreppe am S-Bahnhof steht still.", "escalator", "db", false },
    { "Aufzug", "Aufzug am U-Bahnhof kaputt", "escalator", "bvg", false },
    { "Haltestelle", "Die Scheibe der Haltestelle ist eingeschlagen.", "stop", "bvg", false },
    { "Papierkorb", "Der Mülleimer an der Bank quillt über.", "bin", "bsr", false },
    { "Spielplatz", "Die Schaukel ist gerissen, Gefahr für die Kinder!", "playground", "bezirk", true },
    { "", "Hakenkreuze an der Wand der Unterführung", "graffiti", "bezirk", false },
    { "", "Ein Ast droht auf den Weg zu fallen.", "tree", "bezirk", true },
    { "", "Der Gullydeckel fehlt!", "water", "bwb", true },
    { "Ratten", "Ratten im Innenhof unserer Anlage", "rat", "privat", false },
    { "", "Der Gehweg ist spiegelglatt, nicht gestreut", "ice", "bsr", false },
    { "", "E-Scooter versperren den Weg", "scooter", "anbieter", false },
    { "", "Die Bank im Park ist morsch", "bench", "bezirk", false },
    { "", "Hundekot überall auf der Wiese", "dog", "bezirk", false },
    { "", "Poller umgefahren", "bollard", "bezirk", false },
    { "", "Ein Schrottauto ohne Kennzeichen steht seit Wochen da", "parking", "bezirk", false },
    { "", "The swing is broken", "playground", "bezirk", false },
    { "", "Müllcontainer brennt!", "bin", "bsr", true },
    { "", "Aus dem Papierkorb kommt Rauch", "bin", "bsr", true },
    { "", "Die Laterne brennt nicht", "lamp", "land", false },
    { "", "Laterne brennt den ganzen Tag", "lamp", "land", false },
    { "", "Da hängt ein Kabel aus dem Stromkasten, Funken!", "cable", "bezirk", true },
    { "", "Hier fehlt ein Gullydeckel", "water", "bwb", true },
    { "", "offener Kanaldeckel, da fällt noch ein Kind rein", "water", "bwb", true },
    { "", "Wasser sprudelt aus der Fahrbahn", "water", "bezirk", true },
    { "", "Ölspur auf dem Radweg", "water", "bezirk", true },
    { "", "Der Aufzug am S Bhf. ist kaputt", "escalator", "db", false },
    { "", "Aufzug SBhf steht", "escalator", "db", false },
    { "", "The bin is on fire", "bin", "bsr", true },
    { "", "Çöp kutusu yanıyor", "bin", "bsr", true },
    { "", "Контейнер горит", "bin", "bsr", true },
    { "", "Фонарь не горит", "lamp", "land", false },
    { "", "Salıncak kırık", "playground", "bezirk", false },
    { "", "Светофор не работает", "traffic_light", "land", false },
    { "Meldung", "hier stimmt was nicht, bitte kommen Sie", NULL, NULL, false },
  };
  guint wrong = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    struct understood u = understand_text(&defects, cases[i].subject, cases[i].text);
    const struct meaning *m = u.it->meaning;
    if (m->intent != INTENT_DEFECT || g_strcmp0(m->category, cases[i].category) != 0 ||
        g_strcmp0(m->responsible, cases[i].responsible) != 0 || m->urgent != cases[i].is_urgent) {
      print_error("%s / %s: %s %s %s%s\n", cases[i].subject, cases[i].text, intent_word(m->intent),
                  m->category, m->responsible, m->urgent ? " urgent" : "");
      wrong++;
    }
    understood_free(&u);
  }
  assert_int_equal(wrong, 0);
}

static void a_place_is_asked_for(void **state)
{
  (void)state;
  struct understood u = understand_text(&defects, "Bank", "Die Bank ist kaputt.");
  assert_int_equal(u.it->meaning->missing->len, 1);
  assert_string_equal(g_ptr_array_index(u.it->meaning->missing, 0), "place");
  understood_free(&u);
}

static void who_else_is_named_is_flagged(void **state)
{
  (void)state;
  struct understood u =
      understand_text(&defects, "Falschparker", "Herr Lemke stellt seinen Wagen B-ZZ 987 auf den Gehweg.");
  assert_true(u.it->meaning->third_party);
  understood_free(&u);
  u = understand_text(&defects, "Bank", "Die Bank ist kaputt.");
  assert_false(u.it->meaning->third_party);
  understood_free(&u);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(categories_and_who_looks_after_them),
    cmocka_unit_test(a_place_is_asked_for),
    cmocka_unit_test(who_else_is_named_is_flagged),
  };
  return cmocka_run_group_tests(tests, setup_understanding, NULL);
}
