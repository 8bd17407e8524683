/* Signed and encrypted answers of an office, end to end: who signed is shown, a signature that does not fit
 * is asked about, what was encrypted stays private, and our own letters about a case carry the municipality's
 * signature. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/answered.h"
#include "tests/unit/mail/certificates.h"

#include "lib/mail/smime/smime.h"

static struct identity authority, clerk, district;
static struct smime *smime;

static const char ENTITY[] =
    "Content-Type: text/plain; charset=utf-8\r\n\r\nDer Poller wird in der 12. KW ersetzt.\r\n";

/* Works as post_work does, with certificates. */
static void work(void)
{
  struct worker *worker = post_worker(&a.club.town);
  worker_set_smime(worker, smime);
  int done;
  while ((done = worker_round(worker, NULL)) > 0) continue;
  assert_int_equal(done, 0);
  worker_free(worker);
}

static int open_district(void **state)
{
  (void)state;
  answered_open(&a);
  identity_make(&authority, NULL, "Testbehörde", NULL, 1);
  identity_make(&clerk, &authority, "Kerstin Muster", MUSTER, 2);
  identity_make(&district, &authority, "Kiezpost", "frage@kiez.example", 3);
  g_autofree char *ca = NULL, *ca_key = NULL, *crt = NULL, *key = NULL;
  identity_write(&authority, a.club.town.directory, "ca", &ca, &ca_key);
  identity_write(&district, a.club.town.directory, "district", &crt, &key);
  smime = smime_new(ca, crt, key, NULL);
  assert_non_null(smime);
  post_in(&a.club.town, "anna@web.de", "frage@kiez.example",
          "Authentication-Results: mx.kiez.example; dmarc=pass header.from=web.de\nFrom: Anna Schmidt "
          "<anna@web.de>\nTo: frage@kiez.example\nSubject: Poller\nMessage-ID: <q@web.de>\nDate: Mon, 02 Mar "
          "2026 "
          "10:15:00 +0100\n\nWann wird der Poller an der Strasse ersetzt?\n");
  work();
  return 0;
}

static int close_district(void **state)
{
  (void)state;
  smime_free(smime);
  identity_clear(&authority), identity_clear(&clerk), identity_clear(&district);
  club_close(&a.club);
  return 0;
}

/* The clerk answers with a sealed mail. */
static void answer(const char *sealed)
{
  g_autofree char *to = club_reply_address(&a.club, "case_office", SGA);
  g_autofree char *mail = g_strdup_printf(
      "Authentication-Results: mx.kiez.example; dmarc=pass header.from=ba-tk.berlin.example\nFrom: Kerstin "
      "Muster "
      "<" MUSTER
      ">\nTo: %s\nSubject: AW: Poller\nMessage-ID: <s@ba.example>\nDate: Mon, 02 Mar 2026 11:15:00 "
      "+0100\n%s",
      to, sealed);
  g_auto(GStrv) lines = g_strsplit(mail, "\r\n", -1);
  g_autofree char *plain = g_strjoinv("\n", lines);
  clock_fix(clock_now() + 600);
  post_in(&a.club.town, MUSTER, to, plain);
  work();
}

/* Who signed the answer; "" nobody. */
static char *signer(void)
{
  g_autoptr(casefile_t) it = casefile_find(a.club.town.store, 2026, 1, NULL);
  g_autoptr(GPtrArray) entries = case_entries(a.club.town.store, it->id, 0, 100, NULL);
  const struct case_entry *last = entries->pdata[entries->len - 1];
  assert_string_equal(last->what, "reply");
  return g_strdup(last->signed_by);
}

static void a_signed_answer_shows_the_office_that_signed(void **state)
{
  (void)state;
  g_autofree char *sealed = identity_sign(&clerk, ENTITY, TRUE);
  answer(sealed);
  assert_string_equal(answered_state(&a, 1), "planned 1");
  g_autofree char *by = signer();
  assert_string_equal(by, "Bezirksamt Beispiel");
  g_autofree char *told = moderated_text(&a.club, "case_answered", "anna@web.de");
  assert_non_null(strstr(told, "Elektronisch signiert von Bezirksamt Beispiel"));
}

static void an_opaque_signature_names_the_clerk_where_the_office_shows_clerks(void **state)
{
  (void)state;
  answered_set(&a, "SGA", false, "name");
  g_autofree char *sealed = identity_sign(&clerk, ENTITY, FALSE);
  answer(sealed);
  assert_string_equal(answered_state(&a, 1), "planned 1");
  g_autofree char *by = signer();
  assert_string_equal(by, "Kerstin Muster");
}

static void a_text_that_is_not_what_was_signed_is_asked_about(void **state)
{
  (void)state;
  g_autofree char *sealed = identity_sign(&clerk, ENTITY, TRUE);
  memcpy(strstr(sealed, "Poller"), "Zaun  ", 6);
  answer(sealed);
  assert_string_equal(answered_state(&a, 1), "forwarded 0");
  g_autofree char *asked = moderated_text(&a.club, "case_publish", "kerstin.muster@ba-tk.berlin.example");
  assert_non_null(strstr(asked, "Unterschrift passt nicht"));
}

static void a_broken_seal_takes_nothing_back_before_its_author_says_so(void **state)
{
  (void)state;
  static const char wish[] =
      "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nBitte nehmen Sie "
      "meine Antwort von heute aus dem Archiv.\r\n";
  g_autofree char *first = identity_sign(&clerk, ENTITY, TRUE), *second = identity_sign(&clerk, wish, TRUE);
  answer(first);
  assert_string_equal(answered_state(&a, 1), "planned 1");
  memcpy(strstr(second, "meine"), "seine", 5);
  g_autofree char *to = club_reply_address(&a.club, "case_office", SGA);
  g_autofree char *mail = g_strdup_printf(
      "Authentication-Results: mx.kiez.example; dmarc=pass header.from=ba-tk.berlin.example\nFrom: Kerstin "
      "Muster <" MUSTER ">\nTo: %s\nSubject: AW: Poller\nMessage-ID: <t@ba.example>\nDate: Mon, 02 Mar 2026 "
      "12:15:00 +0100\n%s",
      to, second);
  g_auto(GStrv) lines = g_strsplit(mail, "\r\n", -1);
  g_autofree char *plain = g_strjoinv("\n", lines);
  clock_fix(clock_now() + 600);
  post_in(&a.club.town, MUSTER, to, plain);
  work();
  assert_string_equal(answered_state(&a, 1), "planned 1");
  g_autofree char *asked = moderated_text(&a.club, "case_publish", "kerstin.muster@ba-tk.berlin.example");
  assert_non_null(strstr(asked, "Unterschrift passt nicht"));
}

static void of_an_encrypted_answer_no_letter_shows_a_word(void **state)
{
  (void)state;
  g_autofree char *entity =
      g_strdup("MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nZuständig: "
               "die Firma Geheimnis in der Hinterstraße\r\n");
  g_autofree char *inside = identity_sign(&clerk, entity, TRUE);
  g_autofree char *sealed = identity_encrypt(&district, inside);
  answer(sealed);
  g_autofree char *asked = moderated_text(&a.club, "case_office", SPK);
  assert_null(strstr(asked, "Geheimnis"));
  g_autofree char *told = moderated_text(&a.club, "case_moved", "anna@web.de");
  assert_null(strstr(told, "Geheimnis"));
}

static void somebody_elses_certificate_is_asked_about(void **state)
{
  (void)state;
  g_autofree char *sealed = identity_sign(&district, ENTITY, TRUE);
  answer(sealed);
  assert_string_equal(answered_state(&a, 1), "forwarded 0");
}

static void an_encrypted_answer_changes_the_case_and_is_shown_to_nobody(void **state)
{
  (void)state;
  g_autofree char *inside = identity_sign(&clerk, ENTITY, TRUE);
  g_autofree char *sealed = identity_encrypt(&district, inside);
  answer(sealed);
  assert_string_equal(answered_state(&a, 1), "planned 0");
  g_autofree char *text = answered_text(&a, 1);
  assert_string_equal(text, "Der Poller wird in der 12. KW ersetzt.");
  g_autofree char *told = moderated_text(&a.club, "case_answered", "anna@web.de");
  assert_null(strstr(told, "12. KW"));
}

static void letters_about_a_case_are_signed(void **state)
{
  (void)state;
  static const char *const letters[][2] = { { "case_office", SGA }, { "case_opened", "anna@web.de" } };
  for (gsize i = 0; i < G_N_ELEMENTS(letters); i++) {
    g_autofree char *letter = post_mail(&a.club.town, letters[i][0], letters[i][1]);
    struct smime_seal seal = { 0 };
    smime_look(smime, letter, strlen(letter), TEST_NOW, &seal);
    assert_int_equal(seal.signature, SMIME_VALID);
    assert_string_equal(seal.name, "Kiezpost");
    smime_seal_clear(&seal);
  }
}

#define FLOW(name) cmocka_unit_test_setup_teardown(name, open_district, close_district)

int main(void)
{
  const struct CMUnitTest tests[] = {
    FLOW(a_signed_answer_shows_the_office_that_signed),
    FLOW(an_opaque_signature_names_the_clerk_where_the_office_shows_clerks),
    FLOW(a_text_that_is_not_what_was_signed_is_asked_about),
    FLOW(a_broken_seal_takes_nothing_back_before_its_author_says_so),
    FLOW(of_an_encrypted_answer_no_letter_shows_a_word),
    FLOW(somebody_elses_certificate_is_asked_about),
    FLOW(an_encrypted_answer_changes_the_case_and_is_shown_to_nobody),
    FLOW(letters_about_a_case_are_signed),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
