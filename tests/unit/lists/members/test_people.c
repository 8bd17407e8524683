/* What people settle about themselves by mail: the name that others see, their own copy, threads they mute or
 * follow; and what nobody may do with it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/moderated.h"

/* The From of the last copy of a post that somebody got, decoded. Caller frees. */
static char *from_seen_by(struct club *club, const char *address)
{
  g_autofree char *copy = post_mail(&club->town, "post", address);
  if (!copy) return g_strdup("(none)");
  g_autoptr(mail_t) mail = mail_read(
      copy, strlen(copy), &(struct mail_reading){ .domain = "nowhere.example", .authserv_id = "mx" });
  return g_strdup(mail->from.name);
}

/* "full", "pseudonym Oma Inge" as the person has chosen. */
static const char *shown(struct club *club, const char *address)
{
  static char words[200];
  int64_t person = person_find(club->town.store, address, NULL);
  g_autoptr(person_choice) choice = person_choice_get(club->town.store, person, NULL);
  g_snprintf(words, sizeof words, "%s%s%s", choice->shown, *choice->pseudonym ? " " : "", choice->pseudonym);
  return words;
}

static void a_pseudonym_is_what_members_see(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  club_write(&club, "Inge Schmidt <anna@web.de>", "gruenau@kiez.example", "Kuchen", "Wer backt mit?", true);
  g_autofree char *before = from_seen_by(&club, "bert@web.de");
  assert_string_equal(before, "Inge Schmidt über gruenau");
  club_write(&club, "Inge Schmidt <anna@web.de>", "gruenau@kiez.example", "Name",
             "Bitte nennt mich Oma Inge.", true);
  assert_string_equal(shown(&club, "anna@web.de"), "pseudonym Oma Inge");
  club_write(&club, "Inge Schmidt <anna@web.de>", "gruenau@kiez.example", "Torte", "Und wer bringt Sahne?",
             true);
  g_autofree char *after = from_seen_by(&club, "bert@web.de");
  assert_string_equal(after, "Oma Inge über gruenau");
  g_autofree char *copy = post_mail(&club.town, "post", "bert@web.de");
  assert_null(strstr(copy, "Schmidt"));
  assert_non_null(strstr(copy, "Oma Inge"));
  club_close(&club);
}

static void full_and_first_names(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  club_write(&club, "Inge Schmidt <anna@web.de>", "kiez@kiez.example", "Name",
             "Bitte zeigt meinen vollen Namen.", true);
  assert_string_equal(shown(&club, "anna@web.de"), "full");
  club_write(&club, "Inge Schmidt <anna@web.de>", "kiez@kiez.example", "Name", "nur Vorname", true);
  assert_string_equal(shown(&club, "anna@web.de"), "pseudonym Inge");
  club_write(&club, "Inge Schmidt <anna@web.de>", "kiez@kiez.example", "Name", "Vorname und Anfangsbuchstabe",
             true);
  assert_string_equal(shown(&club, "anna@web.de"), "pseudonym Inge S.");
  club_close(&club);
}

static void names_that_mislead_are_refused(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  club_write(&club, "Clara Moser <clara@web.de>", "gruenau@kiez.example", "Hallo", "Ich moderiere hier.",
             true);
  struct member clara = { .list = club.list,
                          .address = (char *)"clara@web.de",
                          .name = (char *)"Clara Moser",
                          .roles = g_strdup("member,moderator"),
                          .delivery = g_strdup("each"),
                          .state = g_strdup("active"),
                          .own_copy = -1,
                          .confirmed = TEST_NOW };
  clara.address = g_strdup(clara.address);
  assert_true(store_begin(club.town.store, NULL) && member_put(club.town.store, &clara, TEST_NOW, NULL) &&
              store_commit(club.town.store, NULL));
  g_free(clara.address), g_free(clara.roles), g_free(clara.delivery), g_free(clara.state);
  g_free(clara.paused_until);
  static const char *const names[] = {
    "Bezirksamt Treptow", "Moderation", "Clara Moser", "Clara-Moser", "Gruenau", "Testkiez", "Polizei"
  };
  for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
    g_autofree char *text = g_strdup_printf("Bitte nennt mich \"%s\".", names[i]);
    g_autofree char *subject = g_strdup_printf("Name %" G_GSIZE_FORMAT, i);
    club_write(&club, "anna@web.de", "kiez@kiez.example", subject, text, true);
    if (strcmp(shown(&club, "anna@web.de"), "initial") != 0)
      fail_msg("%s: %s", names[i], shown(&club, "anna@web.de"));
  }
  g_autofree char *letter = post_mail(&club.town, "name_refused", "anna@web.de");
  assert_non_null(letter);
  club_close(&club);
}

static void a_forged_wish_changes_no_name(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  club_write(&club, "anna@web.de", "gruenau@kiez.example", "Name", "Bitte nennt mich Dumme Ziege.", false);
  assert_string_equal(shown(&club, "anna@web.de"), "initial");
  g_autofree char *question = post_mail(&club.town, "settings", "anna@web.de");
  assert_non_null(question);
  assert_null(strstr(question, "Ziege"));
  clock_fix(TEST_NOW + 3600);
  club_answer(&club, "settings", "anna@web.de", "anna@web.de", "Nein!", true);
  assert_string_equal(shown(&club, "anna@web.de"), "initial");
  club_close(&club);
}

static void own_copies_come_when_wished(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  club_write(&club, "anna@web.de", "gruenau@kiez.example", "Eins", "Kein eigenes Exemplar.", true);
  assert_int_equal(moderated_count(&club, "post", "anna@web.de"), 0);
  club_write(&club, "anna@web.de", "gruenau@kiez.example", "Kopie",
             "Ich will meine eigenen Mails auch bekommen.", true);
  club_write(&club, "anna@web.de", "gruenau@kiez.example", "Zwei", "Jetzt schon.", true);
  assert_int_equal(moderated_count(&club, "post", "anna@web.de"), 1);
  club_write(&club, "anna@web.de", "gruenau@kiez.example", "Kopie", "Bitte keine Kopie meiner Beiträge.",
             true);
  club_write(&club, "anna@web.de", "gruenau@kiez.example", "Drei", "Nun wieder nicht.", true);
  assert_int_equal(moderated_count(&club, "post", "anna@web.de"), 1);
  club_close(&club);
}

static void a_pause_ends_by_words(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  club_write(&club, "anna@web.de", "kiez@kiez.example", "Pause",
             "Bitte Pause bis 15. März, wir sind im Urlaub.", true);
  assert_string_equal(club_state(&club, "anna@web.de"), "paused each");
  club_write(&club, "anna@web.de", "kiez@kiez.example", "Zurück", "Bitte beenden Sie meine Pause.", true);
  assert_string_equal(club_state(&club, "anna@web.de"), "active each");
  club_close(&club);
}

static void a_muted_thread_is_quiet_and_others_are_not(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  club_write(&club, "bert@web.de", "gruenau@kiez.example", "Parkplätze", "Es sind zu wenige.", true);
  club_answer(&club, "post", "anna@web.de", "anna@web.de", "stumm", true);
  g_autofree char *done = post_mail(&club.town, "muted", "anna@web.de");
  assert_non_null(done);
  int before = moderated_count(&club, "post", "anna@web.de");
  club_answer(&club, "post", "clara@web.de", "clara@web.de", "Das finde ich auch, es sind viel zu wenige.",
              true);
  assert_int_equal(moderated_count(&club, "post", "bert@web.de"), 1);
  assert_int_equal(moderated_count(&club, "post", "anna@web.de"), before);
  club_write(&club, "bert@web.de", "gruenau@kiez.example", "Blumen", "Wer mag gießen?", true);
  assert_int_equal(moderated_count(&club, "post", "anna@web.de"), before + 1);
  club_close(&club);
}

static void only_own_threads(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  club_write(&club, "anna@web.de", "gruenau@kiez.example", "Tausch", "Wer tauscht Samen mit mir?", true);
  club_write(&club, "anna@web.de", "kiez@kiez.example", "Mails",
             "Nur noch Antworten auf meine Beiträge bitte.", true);
  assert_string_equal(club_state(&club, "anna@web.de"), "active own");
  club_write(&club, "bert@web.de", "gruenau@kiez.example", "Anderes", "Davon will Anna nichts wissen.", true);
  assert_int_equal(moderated_count(&club, "post", "anna@web.de"), 0);
  club_answer(&club, "post", "clara@web.de", "clara@web.de", "Darüber reden wir gern noch.", true);
  assert_int_equal(moderated_count(&club, "post", "anna@web.de"), 0);
  g_autoptr(message_row) first = message_get(club.town.store, 1, NULL);
  assert_string_equal(first->subject, "Tausch");
  g_autofree char *id = g_strdup_printf("In-Reply-To: <%s>\n", first->message_id);
  g_autofree char *mail = g_strdup_printf(
      "Authentication-Results: mx.kiez.example; dmarc=pass header.from=web.de\nFrom: clara@web.de\n"
      "To: gruenau@kiez.example\nSubject: AW: Tausch\nMessage-ID: <own@web.de>\n%s"
      "Date: Mon, 02 Mar 2026 10:20:00 +0100\n\nIch habe Bohnen!\n",
      id);
  post_in(&club.town, "clara@web.de", "gruenau@kiez.example", mail);
  post_work(&club.town);
  assert_int_equal(moderated_count(&club, "post", "anna@web.de"), 1);
  club_close(&club);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_pseudonym_is_what_members_see),
    cmocka_unit_test(full_and_first_names),
    cmocka_unit_test(names_that_mislead_are_refused),
    cmocka_unit_test(a_forged_wish_changes_no_name),
    cmocka_unit_test(own_copies_come_when_wished),
    cmocka_unit_test(a_pause_ends_by_words),
    cmocka_unit_test(a_muted_thread_is_quiet_and_others_are_not),
    cmocka_unit_test(only_own_threads),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
