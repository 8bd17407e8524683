/* PGP/MIME through the process that runs gpg, with a key ring of the test's own. Where gpg is missing the
 * tests are skipped, and say so. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lib/mail/pgp/pgp.h"

#include <string.h>

static char *home;

/* Runs a command; its output, NULL where it failed. */
static char *run(const char *line)
{
  g_autofree char *command = g_strdup_printf("sh -c '%s'", line);
  char *out = NULL;
  g_autofree char *err = NULL;
  int status = 0;
  bool is_well = g_spawn_command_line_sync(command, &out, &err, &status, NULL) && status == 0;
  if (!is_well) g_clear_pointer(&out, g_free);
  return out;
}

static int make_ring(void **state)
{
  (void)state;
  g_autofree char *gpg = g_find_program_in_path("gpg");
  if (!gpg) return 0;
  home = g_dir_make_tmp("kp-pgp-XXXXXX", NULL);
  g_autofree char *line = g_strdup_printf(
      "gpg --homedir %s --batch --quiet --passphrase \"\" --pinentry-mode loopback --quick-gen-key "
      "\"Kiezpost "
      "<kiez@kiez.example>\" default default never && gpg --homedir %s --batch --quiet --passphrase \"\" "
      "--pinentry-mode loopback --quick-gen-key \"Kerstin Muster <muster@ba.example>\" default default never",
      home, home);
  g_autofree char *out = run(line);
  if (!out) g_clear_pointer(&home, g_free);
  return 0;
}

static int clear_ring(void **state)
{
  (void)state;
  if (!home) return 0;
  g_autofree char *line = g_strdup_printf("gpgconf --homedir %s --kill all; rm -r %s", home, home);
  g_autofree char *out = run(line);
  g_free(home);
  return 0;
}

/* The mail with a text encrypted for an address of the ring. */
static char *encrypted(const char *flags)
{
  g_autofree char *line =
      g_strdup_printf("printf \"Content-Type: text/plain; charset=utf-8\\r\\n\\r\\nDer Poller wird "
                      "ersetzt.\\r\\n\" | gpg --homedir "
                      "%s --batch --quiet --trust-model always --armor --encrypt -r kiez@kiez.example %s",
                      home, flags);
  g_autofree char *armour = run(line);
  if (!armour) fail_msg("gpg does not encrypt");
  return g_strconcat(
      "From: Kerstin Muster <muster@ba.example>\nContent-Type: multipart/encrypted; "
      "protocol=\"application/pgp-encrypted\"; boundary=b\n\n--b\nContent-Type: "
      "application/pgp-encrypted\n\nVersion: 1\n\n--b\nContent-Type: application/octet-stream\n\n",
      armour, "\n--b--\n", NULL);
}

static void look(struct pgp *pgp, const char *mail, struct smime_seal *seal)
{
  *seal = (struct smime_seal){ 0 };
  pgp_look(pgp, mail, strlen(mail), seal);
}

static void an_encrypted_mail_is_opened(void **state)
{
  (void)state;
  if (!home) skip();
  g_autoptr(pgp_t) pgp = pgp_start(home, NULL);
  assert_non_null(pgp);
  g_autofree char *mail = encrypted("");
  struct smime_seal seal;
  look(pgp, mail, &seal);
  assert_true(seal.is_encrypted);
  assert_int_equal(seal.signature, SMIME_UNSIGNED);
  g_autofree char *inside = g_strndup(g_bytes_get_data(seal.inside, NULL), g_bytes_get_size(seal.inside));
  assert_non_null(strstr(inside, "Der Poller wird ersetzt."));
  assert_non_null(strstr(inside, "From: Kerstin Muster"));
  smime_seal_clear(&seal);
}

static void a_signature_inside_names_its_signer(void **state)
{
  (void)state;
  if (!home) skip();
  g_autoptr(pgp_t) pgp = pgp_start(home, NULL);
  g_autofree char *mail = encrypted("--sign -u muster@ba.example");
  struct smime_seal seal;
  look(pgp, mail, &seal);
  assert_int_equal(seal.signature, SMIME_VALID);
  assert_string_equal(seal.name, "Kerstin Muster");
  assert_string_equal(seal.addresses[0], "muster@ba.example");
  smime_seal_clear(&seal);
}

static void without_a_process_or_with_rubbish_it_stays_closed(void **state)
{
  (void)state;
  static const char rubbish[] =
      "Content-Type: multipart/encrypted; boundary=b\n\n-----BEGIN PGP MESSAGE-----\n\nQUJD\n"
      "-----END PGP MESSAGE-----\n";
  struct smime_seal seal;
  look(NULL, rubbish, &seal);
  assert_true(seal.is_closed);
  if (!home) return;
  g_autoptr(pgp_t) pgp = pgp_start(home, NULL);
  look(pgp, rubbish, &seal);
  assert_true(seal.is_closed);
  assert_null(seal.inside);
  g_autofree char *mail = encrypted(""); /* and the process is still there */
  look(pgp, mail, &seal);
  assert_true(seal.is_encrypted);
  smime_seal_clear(&seal);
}

/* A mail whose text is signed by an address of the ring. */
static char *signed_by(const char *address)
{
  g_autofree char *line = g_strdup_printf("printf \"Content-Type: text/plain; charset=utf-8\\r\\n\\r\\nDer "
                                          "Poller wird ersetzt.\" | gpg --homedir "
                                          "%s --batch --quiet --armor --detach-sign -u %s",
                                          home, address);
  g_autofree char *armour = run(line);
  if (!armour) fail_msg("gpg does not sign");
  return g_strconcat(
      "From: Kerstin Muster <muster@ba.example>\nContent-Type: multipart/signed; "
      "protocol=\"application/pgp-signature\"; micalg=pgp-sha512; boundary=\"Bb\"\n\n--Bb\n"
      "Content-Type: text/plain; charset=utf-8\n\nDer Poller wird ersetzt.\n--Bb\nContent-Type: "
      "application/pgp-signature; name=\"signature.asc\"\n\n",
      armour, "\n--Bb--\n", NULL);
}

static void a_detached_signature_names_its_signer(void **state)
{
  (void)state;
  if (!home) skip();
  g_autoptr(pgp_t) pgp = pgp_start(home, NULL);
  g_autofree char *mail = signed_by("muster@ba.example");
  struct smime_seal seal;
  look(pgp, mail, &seal);
  assert_int_equal(seal.signature, SMIME_VALID);
  assert_string_equal(seal.name, "Kerstin Muster");
  assert_string_equal(seal.addresses[0], "muster@ba.example");
  assert_false(seal.is_encrypted);
  assert_null(seal.inside);
  smime_seal_clear(&seal);
}

static void what_was_changed_or_put_beside_is_not_signed(void **state)
{
  (void)state;
  if (!home) skip();
  g_autoptr(pgp_t) pgp = pgp_start(home, NULL);
  g_autofree char *mail = signed_by("muster@ba.example");
  struct smime_seal seal;
  g_autofree char *beside = g_strndup(mail, strlen(mail) - strlen("--\n"));
  g_autofree char *more =
      g_strconcat(beside, "\nContent-Type: text/plain\n\nUnd noch etwas.\n--Bb--\n", NULL);
  look(pgp, more, &seal);
  assert_int_equal(seal.signature, SMIME_UNSIGNED);
  memcpy(strstr(mail, "ersetzt"), "entsorg", 7);
  look(pgp, mail, &seal);
  assert_int_equal(seal.signature, SMIME_BROKEN);
  smime_seal_clear(&seal);
}

static void without_its_key_it_is_unsigned(void **state)
{
  (void)state;
  if (!home) skip();
  g_autofree char *mail = signed_by("muster@ba.example");
  g_autofree char *empty = g_dir_make_tmp("kp-pgp-XXXXXX", NULL);
  struct smime_seal seal;
  struct pgp *pgp = pgp_start(empty, NULL);
  look(pgp, mail, &seal);
  assert_int_equal(seal.signature, SMIME_UNSIGNED);
  assert_false(seal.is_closed);
  pgp_stop(pgp);
  look(NULL, mail, &seal);
  assert_int_equal(seal.signature, SMIME_UNSIGNED);
  g_autofree char *line = g_strdup_printf("gpgconf --homedir %s --kill all; rm -r %s", empty, empty);
  g_autofree char *out = run(line);
}

static void other_mail_is_left_alone(void **state)
{
  (void)state;
  struct smime_seal seal;
  look(NULL, "Content-Type: text/plain\n\n-----BEGIN PGP MESSAGE-----\n", &seal);
  assert_false(seal.is_closed);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(an_encrypted_mail_is_opened),
    cmocka_unit_test(a_detached_signature_names_its_signer),
    cmocka_unit_test(what_was_changed_or_put_beside_is_not_signed),
    cmocka_unit_test(without_its_key_it_is_unsigned),
    cmocka_unit_test(a_signature_inside_names_its_signer),
    cmocka_unit_test(without_a_process_or_with_rubbish_it_stays_closed),
    cmocka_unit_test(other_mail_is_left_alone),
  };
  return cmocka_run_group_tests(tests, make_ring, clear_ring);
}
