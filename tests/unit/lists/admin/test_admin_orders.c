/* What admins order in sentences of their own: what it leads to, what is proposed and done by a yes, and what
 * is asked back. Grünau has Anna, Bert and Clara, who moderates; Karin keeps it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/held.h"

#include "lib/store/cases/offices.h"
#include "lib/store/people/admins.h"

#define ADMIN "admin@amt.example"

static void enter_office(void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(office_t) office = office_new();
  g_free(office->sign), office->sign = g_strdup("OA");
  g_free(office->name), office->name = g_strdup("Ordnungsamt");
  office_add_address(office, "alt@bezirk.example", "main");
  if (!store_begin(club.town.store, &error) || !office_put(club.town.store, office, TEST_NOW, &error) ||
      !store_commit(club.town.store, &error))
    fail_msg("%s", error->message);
}

static int open_hall(void **state)
{
  (void)state;
  club_open(&club);
  town_list(&club.town, "frage", "questions", true);
  town_list(&club.town, "vermittlung", "mediation", false);
  town_member(&club.town, club.list, "karin@web.de", "member,keeper");
  enter_office();
  return 0;
}

#define IN_HALL(name) cmocka_unit_test_setup_teardown(name, open_hall, close_town)

static void order(const char *text)
{
  club_write(&club, ADMIN, "kiez@kiez.example", "", text, true);
  clock_fix(TEST_NOW + 3600);
}

static bool has_role(const char *address, const char *role)
{
  int64_t person = person_find(club.town.store, address, NULL);
  g_autoptr(member_t) member = person ? member_find(club.town.store, club.list, person, NULL) : NULL;
  return member && member_has_role(member, role);
}

static void sentences_lead_to_the_letter_about_their_thing(void **state)
{
  (void)state;
  static const struct {
    const char *text, *letter, *part; /* part of the letter; NULL: any */
  } rows[] = {
    { "Bitte leg eine neue Liste für die Imker an", "new_list", "Titel: Imker" },
    { "Legt doch bitte einen Verteiler „Hofflohmarkt“ an!", "new_list", "Titel: Hofflohmarkt" },
    { "Ich hätte gern eine Mailingliste zum Thema Radwege", "new_list", "Titel: Radwege" },
    { "Kannst du eine Gruppe Laubenpieper einrichten?", "new_list", "Titel: Laubenpieper" },
    { "Wir brauchen einen Newsletter für Senioren", "new_list", "Titel: Senioren" },
    { "Richtet bitte einen Verteiler namens Schulwege ein", "new_list", "Titel: Schulwege" },
    { "Please set up a mailing list for dog owners", "new_list", "dog owners" },
    { "Vera soll Grünau moderieren: vera@posteo.de", "roles",
      "vera@posteo.de bekommt die Aufgabe Moderation gruenau" },
    { "Trag bitte vera@posteo.de als Moderatorin von gruenau ein", "roles", "vera@posteo.de bekommt" },
    { "Neue Moderatorin für Grünau ab sofort: vera@posteo.de", "roles", "vera@posteo.de bekommt" },
    { "clara@web.de ist nicht mehr Moderatorin in Grünau", "roles", "clara@web.de hat nicht mehr" },
    { "Bitte clara@web.de als Moderatorin von gruenau streichen", "roles", "clara@web.de hat nicht mehr" },
    { "Admin hinzufügen: boss@bezirk.example", "roles",
      "boss@bezirk.example bekommt die Aufgabe Verwaltung" },
    { "boss@bezirk.example soll auch Adminrechte bekommen", "roles", "boss@bezirk.example bekommt" },
    { "Nehmt mia@posteo.de bitte als Mediatorin dazu", "roles", "Aufgabe Vermittlung" },
    { "Please make vera@posteo.de a moderator of gruenau", "roles", "vera@posteo.de" },
    { "Wer moderiert Grünau?", "roles", NULL },
    { "Wer betreut eigentlich welche Gruppe?", "roles", NULL },
    { "Kannst du Karl-Heinz als Kiezpaten eintragen? karl.heinz@t-online.de", "roles", NULL },
    { "Karl-Heinz soll statt Clara moderieren, karl.heinz@t-online.de", "roles", NULL },
    { "Das Ordnungsamt ist jetzt unter oa@bezirk.example erreichbar", "offices",
      "Amt OA bekommt: Adresse oa@bezirk.example" },
    { "Ordnungsamt hat ein neues Postfach: oa@bezirk.example", "offices", "Adresse oa@bezirk.example" },
    { "Vertretung vom Ordnungsamt ist schulz@bezirk.example", "offices", "Vertretung schulz@bezirk.example" },
    { "Bitte das Denkmalamt eintragen, denkmal@bezirk.example", "offices", NULL },
    { "Trag mal bitte das Gartenamt ein", "offices", NULL },
    { "Benenne die Gruppe Grünau bitte um in Grünau am Fluss", "keep", NULL },
    { "Die Liste gruenau soll jetzt öffentlich sein", "keep", NULL },
    { "Ändert bitte den Titel der Liste gruenau", "keep", NULL },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    order(rows[i].text);
    if (moderated_count(&club, rows[i].letter, ADMIN) != 1) {
      g_autofree char *letters = post_letters(&club.town);
      fail_msg("\"%s\": no letter %s, but %s", rows[i].text, rows[i].letter, letters);
    }
    g_autofree char *letter = moderated_line(&club, rows[i].letter, ADMIN);
    if (rows[i].part && !strstr(letter, rows[i].part))
      fail_msg("\"%s\": no \"%s\" in %s", rows[i].text, rows[i].part, letter);
    if (!rows[i].part && strstr(letter, "Verstanden haben wir"))
      fail_msg("\"%s\": a guess: %s", rows[i].text, letter);
    close_town(NULL);
    open_hall(NULL);
  }
}

static void a_yes_does_what_was_proposed_and_keeps_the_others(void **state)
{
  (void)state;
  order("Anna soll Grünau mit moderieren: anna@web.de");
  assert_false(has_role("anna@web.de", "moderator"));
  club_answer(&club, "roles", ADMIN, ADMIN, "Ja", true);
  assert_true(has_role("anna@web.de", "moderator"));
  assert_true(has_role("clara@web.de", "moderator"));
  club_answer(&club, "roles", ADMIN, ADMIN, "clara@web.de bitte aus der Moderation von gruenau entfernen",
              true);
  assert_true(has_role("clara@web.de", "moderator"));
  club_answer(&club, "roles", ADMIN, ADMIN, "Ja bitte", true);
  assert_false(has_role("clara@web.de", "moderator"));
  assert_true(has_role("anna@web.de", "moderator"));
}

/* What is proposed about whom in sentences of two people: the opposite never. */
static void who_leaves_and_who_begins_are_not_mistaken(void **state)
{
  (void)state;
  static const struct {
    const char *text;
    const char *part; /* of the letter; NULL: nothing is proposed */
  } rows[] = {
    { "Clara hört auf, Vera soll jetzt Grünau moderieren: vera@posteo.de", NULL },
    { "Clara gibt die Moderation ab, bitte eintragen für Grünau: vera@posteo.de", NULL },
    { "Clara ist nicht mehr Moderatorin von Grünau. Neu: vera@posteo.de", NULL },
    { "Clara tritt als Moderatorin in gruenau zurück und Vera macht weiter: vera@posteo.de", NULL },
    { "Bitte Clara aus der Moderation von Grünau streichen, dafür vera@posteo.de", NULL },
    { "Clara gibt die Moderation von Grünau an Vera ab: vera@posteo.de", NULL },
    { "Clara hört auf, Dora soll Moderatorin in Grünau bleiben: dora@web.de", NULL },
    { "Da Clara aufhört, wird Grünau bitte ohne Moderatorin geführt: clara@web.de", NULL },
    { "Clara steps down as moderator and Vera takes over gruenau: vera@posteo.de", NULL },
    { "Clara is leaving, please add vera@posteo.de as moderator of gruenau", NULL },
    { "anna@web.de ist nicht mehr Moderatorin in Grünau", NULL },
    { "clara@web.de soll Grünau moderieren", NULL },
    { "clara@web.de soll als Moderatorin von Grünau gestrichen werden", "clara@web.de hat nicht mehr" },
    { "Clara wird Ende März als Moderatorin in Grünau aufhören: clara@web.de",
      "clara@web.de hat nicht mehr" },
    { "Clara zieht weg und soll als Moderatorin in Grünau gelöscht werden, clara@web.de",
      "clara@web.de hat nicht mehr" },
    { "Bitte entfernen: clara@web.de als Moderatorin von gruenau", "clara@web.de hat nicht mehr" },
    { "Vera übernimmt die Moderation von Grünau: vera@posteo.de", "vera@posteo.de bekommt" },
    { "Vera macht ab sofort die Moderation für Grünau und freut sich, vera@posteo.de",
      "vera@posteo.de bekommt" },
  };
  guint wrong = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    town_member(&club.town, club.list, "dora@web.de", "member,moderator");
    order(rows[i].text);
    g_autofree char *letters = post_letters(&club.town);
    bool is_sent = moderated_count(&club, "roles", ADMIN) == 1;
    g_autofree char *letter = is_sent ? moderated_line(&club, "roles", ADMIN) : g_strdup(letters);
    bool is_right =
        rows[i].part ? strstr(letter, rows[i].part) != NULL : strstr(letter, "Verstanden haben wir") == NULL;
    if (!is_sent || !is_right) print_error("\"%s\": %s\n", rows[i].text, letter), wrong++;
    close_town(NULL);
    open_hall(NULL);
  }
  assert_int_equal(wrong, 0);
}

enum { MANY = 25 };

/* Grünau has Clara and as many moderators more. */
static void enter_many(void)
{
  for (guint i = 0; i < MANY; i++) {
    g_autofree char *address = g_strdup_printf("m%02u@web.de", i);
    town_member(&club.town, club.list, address, "member,moderator");
  }
}

static guint how_many(void)
{
  guint count = has_role("clara@web.de", "moderator");
  for (guint i = 0; i < MANY; i++) {
    g_autofree char *address = g_strdup_printf("m%02u@web.de", i);
    count += has_role(address, "moderator");
  }
  return count;
}

static void a_yes_on_a_long_list_changes_one_alone(void **state)
{
  (void)state;
  enter_many();
  order("Anna soll Grünau mit moderieren: anna@web.de");
  club_answer(&club, "roles", ADMIN, ADMIN, "Ja", true);
  assert_true(has_role("anna@web.de", "moderator"));
  assert_int_equal(how_many(), MANY + 1);
  club_answer(&club, "roles", ADMIN, ADMIN, "m03@web.de bitte aus der Moderation von gruenau entfernen",
              true);
  club_answer(&club, "roles", ADMIN, ADMIN, "Ja", true);
  assert_false(has_role("m03@web.de", "moderator"));
  assert_int_equal(how_many(), MANY);
  assert_int_equal(moderated_count(&club, "duty_ends", NULL), 1);
}

/* The line of the letter, written again with one address more or less. */
static void a_long_line_is_read_to_its_end(void **state)
{
  (void)state;
  g_autoptr(GString) line = g_string_new("Moderation gruenau: anna@web.de, clara@web.de");
  enter_many();
  for (guint i = 0; i < MANY; i++)
    if (i != 7) g_string_append_printf(line, ", m%02u@web.de", i);
  order("Rollen");
  club_answer(&club, "roles", ADMIN, ADMIN, line->str, true);
  assert_true(has_role("anna@web.de", "moderator"));
  assert_false(has_role("m07@web.de", "moderator"));
  assert_int_equal(how_many(), MANY);
}

static void an_admin_more_or_less_leaves_the_others(void **state)
{
  (void)state;
  g_autoptr(GError) error = NULL;
  if (!store_begin(club.town.store, &error)) fail_msg("%s", error->message);
  for (guint i = 0; i < MANY; i++) {
    g_autofree char *address = g_strdup_printf("a%02u@amt.example", i);
    if (!admin_put(club.town.store, address, TEST_NOW, &error)) fail_msg("%s", error->message);
  }
  if (!store_commit(club.town.store, &error)) fail_msg("%s", error->message);
  order("a04@amt.example soll kein Admin mehr sein");
  club_answer(&club, "roles", ADMIN, ADMIN, "Ja", true);
  g_autoptr(GPtrArray) left = admins_all(club.town.store, NULL);
  assert_int_equal(left->len, MANY - 1);
  for (guint i = 0; i < left->len; i++)
    assert_string_not_equal(((struct admin *)left->pdata[i])->address, "a04@amt.example");
}

static void anything_but_a_yes_does_nothing(void **state)
{
  (void)state;
  static const char *const answers[] = { "Nein", "Ja, aber erst ab Mai", "Ok danke für die Info",
                                         "Wer ist das?", "Bin bis Montag weg, ja" };
  for (gsize i = 0; i < G_N_ELEMENTS(answers); i++) {
    order("Anna soll Grünau mit moderieren: anna@web.de");
    club_answer(&club, "roles", ADMIN, ADMIN, answers[i], true);
    if (has_role("anna@web.de", "moderator")) fail_msg("%s", answers[i]);
    assert_int_equal(moderated_count(&club, "roles", ADMIN), 2);
    close_town(NULL);
    open_hall(NULL);
  }
  order("Anna soll Grünau mit moderieren: anna@web.de");
  club_answer(&club, "roles", ADMIN, "eve@web.de", "Ja", true);
  assert_false(has_role("anna@web.de", "moderator"));
  club_answer(&club, "roles", ADMIN, ADMIN, "Ja", false);
  assert_false(has_role("anna@web.de", "moderator"));
}

static void an_offices_new_address_is_entered_by_a_yes(void **state)
{
  (void)state;
  order("Das Ordnungsamt hat eine neue Mailadresse, oa@bezirk.example");
  club_answer(&club, "offices", ADMIN, ADMIN, "ja, stimmt", true);
  g_autoptr(office_t) office = office_by_sign(club.town.store, "OA", NULL);
  assert_int_equal(office->addresses->len, 1);
  assert_string_equal(((struct office_address *)office->addresses->pdata[0])->address, "oa@bezirk.example");
}

static void what_is_no_sentence_of_ours_is_asked_back(void **state)
{
  (void)state;
  static const char *const texts[] = { "Die Liste mit den Imkern muss weg, mach das bitte",
                                       "Stell mal bitte die Liste um",
                                       "Trag bitte karl.heinz@t-online.de ein" };
  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
    order(texts[i]);
    if (moderated_count(&club, "front_door_ask", ADMIN) != 1) {
      g_autofree char *letters = post_letters(&club.town);
      fail_msg("\"%s\": %s", texts[i], letters);
    }
    g_autofree char *letter = moderated_line(&club, "front_door_ask", ADMIN);
    assert_has(letter, "War es ein Auftrag an uns?");
    club_answer(&club, "front_door_ask", ADMIN, ADMIN, "Rollen", true);
    assert_int_equal(moderated_count(&club, "roles", ADMIN), 1);
    assert_int_equal(moderated_waiting(&club), 0);
    close_town(NULL);
    open_hall(NULL);
  }
}

static void an_admin_is_a_resident_too(void **state)
{
  (void)state;
  static const char *const texts[] = {
    "Wann wird die Straßenbeleuchtung in der Regattastraße repariert?",
    "Wer ist der Verantwortliche für den Spielplatz am Markt?",
    "Warum kontrolliert das Ordnungsamt die Falschparker in der Regattastraße nicht?",
  };
  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
    order(texts[i]);
    g_autofree char *letters = post_letters(&club.town);
    if (strstr(letters, "roles:") || strstr(letters, "offices:") || strstr(letters, "new_list:"))
      fail_msg("\"%s\": %s", texts[i], letters);
    close_town(NULL);
    open_hall(NULL);
  }
}

static void nobody_else_orders_anything(void **state)
{
  (void)state;
  club_write(&club, "karin@web.de", "kiez@kiez.example", "", "Anna soll Grünau moderieren: anna@web.de",
             true);
  assert_int_equal(moderated_count(&club, "roles", NULL), 0);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    IN_HALL(sentences_lead_to_the_letter_about_their_thing),
    IN_HALL(a_yes_does_what_was_proposed_and_keeps_the_others),
    IN_HALL(who_leaves_and_who_begins_are_not_mistaken),
    IN_HALL(a_yes_on_a_long_list_changes_one_alone),
    IN_HALL(a_long_line_is_read_to_its_end),
    IN_HALL(an_admin_more_or_less_leaves_the_others),
    IN_HALL(anything_but_a_yes_does_nothing),
    IN_HALL(an_offices_new_address_is_entered_by_a_yes),
    IN_HALL(what_is_no_sentence_of_ours_is_asked_back),
    IN_HALL(an_admin_is_a_resident_too),
    IN_HALL(nobody_else_orders_anything),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
