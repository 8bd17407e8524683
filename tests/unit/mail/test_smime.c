/* Signed and encrypted mails: made here with certificates of the test's own authority, read by
 * lib/mail/smime. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lib/mail/smime/smime.h"
#include "tests/unit/mail/certificates.h"

#include <glib/gstdio.h>
#include <string.h>

enum { NOW = 1772442900 };

static const char ENTITY[] = "Content-Type: text/plain; charset=utf-8\r\n\r\nDer Poller wird ersetzt.\r\n";
static const char HEAD[] = "From: Kerstin Muster <muster@ba.example>\nSubject: AW: Poller\n";

static struct identity authority, clerk, stranger, district;
static char *directory;
static struct smime *smime;

static int make_all(void **state)
{
  (void)state;
  identity_make(&authority, NULL, "Testbehörde", NULL, 1);
  identity_make(&clerk, &authority, "Kerstin Muster", "muster@ba.example", 2);
  identity_make(&district, &authority, "Kiezpost", "kiez@kiez.example", 3);
  identity_make(&stranger, NULL, "Niemand", "muster@ba.example", 4);
  directory = g_dir_make_tmp("kiezpost-smime-XXXXXX", NULL);
  g_autofree char *ca = NULL, *ca_key = NULL, *crt = NULL, *key = NULL;
  identity_write(&authority, directory, "ca", &ca, &ca_key);
  identity_write(&district, directory, "district", &crt, &key);
  smime = smime_new(ca, crt, key, NULL);
  assert_non_null(smime);
  return 0;
}

static int clear_all(void **state)
{
  (void)state;
  smime_free(smime);
  static const char *const files[] = { "ca.crt", "ca.key", "district.crt", "district.key" };
  for (gsize i = 0; i < G_N_ELEMENTS(files); i++) {
    g_autofree char *path = g_build_filename(directory, files[i], NULL);
    g_remove(path);
  }
  g_rmdir(directory);
  g_free(directory);
  identity_clear(&authority), identity_clear(&clerk), identity_clear(&district), identity_clear(&stranger);
  return 0;
}

static void look(const char *rest, int64_t now, struct smime_seal *seal)
{
  g_autofree char *mail = g_strconcat(HEAD, rest, NULL);
  *seal = (struct smime_seal){ 0 };
  smime_look(smime, mail, strlen(mail), now, seal);
}

static void a_detached_signature_names_its_signer(void **state)
{
  (void)state;
  g_autofree char *rest = identity_sign(&clerk, ENTITY, TRUE);
  struct smime_seal seal;
  look(rest, NOW, &seal);
  assert_int_equal(seal.signature, SMIME_VALID);
  assert_string_equal(seal.name, "Kerstin Muster");
  assert_string_equal(seal.organisation, "Bezirksamt Beispiel");
  assert_string_equal(seal.addresses[0], "muster@ba.example");
  assert_null(seal.inside);
  smime_seal_clear(&seal);
}

static void an_opaque_signature_hands_out_what_it_holds(void **state)
{
  (void)state;
  g_autofree char *rest = identity_sign(&clerk, ENTITY, FALSE);
  struct smime_seal seal;
  look(rest, NOW, &seal);
  assert_int_equal(seal.signature, SMIME_VALID);
  g_autofree char *inside = g_strndup(g_bytes_get_data(seal.inside, NULL), g_bytes_get_size(seal.inside));
  assert_non_null(strstr(inside, "Der Poller wird ersetzt."));
  assert_non_null(strstr(inside, "From: Kerstin Muster"));
  assert_null(strstr(inside, "pkcs7"));
  smime_seal_clear(&seal);
}

static void a_changed_text_breaks_the_signature(void **state)
{
  (void)state;
  g_autofree char *rest = identity_sign(&clerk, ENTITY, TRUE);
  memcpy(strstr(rest, "Poller"), "Baum  ", 6);
  struct smime_seal seal;
  look(rest, NOW, &seal);
  assert_int_equal(seal.signature, SMIME_BROKEN);
  assert_null(seal.name);
  smime_seal_clear(&seal);
}

static void a_certificate_that_nobody_vouches_for_signs_nothing(void **state)
{
  (void)state;
  g_autofree char *rest = identity_sign(&stranger, ENTITY, FALSE);
  struct smime_seal seal;
  look(rest, NOW, &seal);
  assert_int_equal(seal.signature, SMIME_BROKEN);
  assert_non_null(seal.inside); /* what it says is read all the same */
  smime_seal_clear(&seal);
}

static void an_expired_certificate_signs_nothing(void **state)
{
  (void)state;
  g_autofree char *rest = identity_sign(&clerk, ENTITY, TRUE);
  struct smime_seal seal;
  look(rest, CERTIFICATE_UNTIL + 86400, &seal);
  assert_int_equal(seal.signature, SMIME_BROKEN);
  smime_seal_clear(&seal);
}

static void an_encrypted_mail_is_opened_with_our_key(void **state)
{
  (void)state;
  g_autofree char *signed_entity = identity_sign(&clerk, ENTITY, TRUE);
  g_autofree char *rest = identity_encrypt(&district, signed_entity);
  assert_null(strstr(rest, "Poller"));
  struct smime_seal seal;
  look(rest, NOW, &seal);
  assert_true(seal.is_encrypted);
  assert_int_equal(seal.signature, SMIME_VALID);
  g_autofree char *inside = g_strndup(g_bytes_get_data(seal.inside, NULL), g_bytes_get_size(seal.inside));
  assert_non_null(strstr(inside, "Der Poller wird ersetzt."));
  smime_seal_clear(&seal);
  g_autofree char *for_others = identity_encrypt(&clerk, ENTITY);
  look(for_others, NOW, &seal);
  assert_true(seal.is_closed);
  assert_false(seal.is_encrypted);
  assert_null(seal.inside);
  smime_seal_clear(&seal);
}

static void fields_inside_are_not_the_mails(void **state)
{
  (void)state;
  g_autofree char *rest = identity_sign(&clerk,
                                        "Authentication-Results: mx; dmarc=pass\r\nFrom: "
                                        "other@ba.example\r\nContent-Type: text/plain\r\n\r\nJa.\r\n",
                                        FALSE);
  struct smime_seal seal;
  look(rest, NOW, &seal);
  g_autofree char *inside = g_strndup(g_bytes_get_data(seal.inside, NULL), g_bytes_get_size(seal.inside));
  assert_null(strstr(inside, "Authentication-Results"));
  assert_null(strstr(inside, "other@"));
  smime_seal_clear(&seal);
}

static void a_letter_that_we_sign_is_in_order(void **state)
{
  (void)state;
  g_autofree char *letter = g_strconcat("From: a@b.example\r\nMIME-Version: 1.0\r\n", ENTITY, NULL);
  g_autoptr(GBytes) bytes = g_bytes_new(letter, strlen(letter));
  g_autoptr(GBytes) mail = smime_sign(smime, bytes);
  assert_non_null(mail);
  struct smime_seal seal = { 0 };
  smime_look(smime, g_bytes_get_data(mail, NULL), g_bytes_get_size(mail), NOW, &seal);
  assert_int_equal(seal.signature, SMIME_VALID);
  assert_string_equal(seal.name, "Kiezpost");
  smime_seal_clear(&seal);
}

static void what_is_no_smime_stays_as_it_is(void **state)
{
  (void)state;
  static const char *const mails[] = {
    "",
    "\n",
    "Content-Type: application/pkcs7-mime\n\n",
    "Content-Type: application/pkcs7-mime\n\nQUJD\n",
    "Content-Type: multipart/signed; protocol=\"application/pkcs7-signature\"\n\nx\n",
    "Content-Type: multipart/signed; protocol=\"application/pkcs7-signature\"; boundary=a\n\n--a\n\n--a--\n",
    "Content-Type: text/plain\n\nHallo\n",
  };
  for (gsize i = 0; i < G_N_ELEMENTS(mails); i++) {
    struct smime_seal seal;
    look(mails[i], NOW, &seal);
    assert_int_equal(seal.signature, SMIME_UNSIGNED);
    assert_null(seal.inside);
    smime_seal_clear(&seal);
  }
}

static void key_and_certificate_have_to_fit(void **state)
{
  (void)state;
  g_autofree char *crt = g_build_filename(directory, "ca.crt", NULL);
  g_autofree char *key = g_build_filename(directory, "district.key", NULL);
  g_autoptr(GError) error = NULL;
  assert_null(smime_new(NULL, crt, key, &error));
  assert_non_null(strstr(error->message, "do not belong together"));
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_detached_signature_names_its_signer),
    cmocka_unit_test(an_opaque_signature_hands_out_what_it_holds),
    cmocka_unit_test(a_changed_text_breaks_the_signature),
    cmocka_unit_test(a_certificate_that_nobody_vouches_for_signs_nothing),
    cmocka_unit_test(an_expired_certificate_signs_nothing),
    cmocka_unit_test(an_encrypted_mail_is_opened_with_our_key),
    cmocka_unit_test(fields_inside_are_not_the_mails),
    cmocka_unit_test(a_letter_that_we_sign_is_in_order),
    cmocka_unit_test(what_is_no_smime_stays_as_it_is),
    cmocka_unit_test(key_and_certificate_have_to_fit),
  };
  return cmocka_run_group_tests(tests, make_all, clear_all);
}
