/* Addresses: one form to compare, alignment, and the form for a header. */
#include "tests/unit/mail/mail_test.h"

#include "lib/mail/address.h"

static void addresses_have_one_form(void **state)
{
  (void)state;
  static const struct {
    const char *sentence, *address, *wanted;
  } cases[] = {
    { "lower case", "Lothar@Example.ORG", "lothar@example.org" },
    { "trimmed and without brackets", "  <lothar@example.org> ", "lothar@example.org" },
    { "umlauts are folded too", "GRÜN@BÄUME.example", "grün@bäume.example" },
    { "an A-label becomes a U-label", "a@xn--bume-loa.example", "a@bäume.example" },
    { "composed and decomposed are one", "gru\xCC\x88n@example.org", "grün@example.org" },
    { "a dot at the domain's end goes", "a@example.org.", "a@example.org" },
    { "a plus stays", "a+b@example.org", "a+b@example.org" },
    { "no at sign", "lothar", NULL },
    { "an empty local part", "@example.org", NULL },
    { "an empty domain", "a@", NULL },
    { "a blank within", "a b@example.org", NULL },
    { "a line break within", "a@example.org\r\nBcc: x", NULL },
    { "a no-break space",
      "a\xC2\xA0"
      "b@example.org",
      NULL },
    { "two addresses", "a@b.example,c@d.example", NULL },
    { "an empty label", "a@b..example", NULL },
    { "not UTF-8", "a\xFC@example.org", NULL },
    { "nothing", "", NULL },
    { "NULL", NULL, NULL },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *got = address_normalise(cases[i].address);
    if (g_strcmp0(got, cases[i].wanted) != 0) fail_msg("%s: %s", cases[i].sentence, got ? got : "NULL");
  }
  g_autofree char *local = g_strnfill(250, 'a');
  g_autofree char *longest = g_strconcat(local, "@b.de", NULL);
  assert_null(address_normalise(longest));
  g_autofree char *fits = address_normalise(longest + 1);
  assert_non_null(fits);
}

static void the_last_at_sign_splits(void **state)
{
  (void)state;
  g_autofree char *local = NULL, *domain = NULL;
  assert_true(address_split("\"a@b\"@c.example", &local, &domain));
  assert_string_equal(local, "\"a@b\"");
  assert_string_equal(domain, "c.example");
  assert_true(address_split("a@b", NULL, NULL));
  assert_false(address_split("a", NULL, NULL));
  assert_false(address_split(NULL, NULL, NULL));
}

static void domains_align_by_their_registrable_part(void **state)
{
  (void)state;
  static const struct {
    const char *a, *b;
    bool align;
  } cases[] = {
    { "example.org", "example.org", true },
    { "mail.ba-tk.example", "ba-tk.example", true },
    { "a.example.org", "b.example.org", true },
    { "example.org", "example.com", false },
    { "a.co.uk", "b.co.uk", false },
    { "co.uk", "a.co.uk", false },
    { "EXAMPLE.org", "mail.Example.ORG", true },
    { "bäume.example", "xn--bume-loa.example", true },
    { "notexample.org", "example.org", false },
    { "", "example.org", false },
    { "org", "example.org", false },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
    if (address_domains_align(cases[i].a, cases[i].b) != cases[i].align)
      fail_msg("%s %s", cases[i].a, cases[i].b);
}

static void mailboxes_are_formatted(void **state)
{
  (void)state;
  static const struct {
    const char *sentence, *name, *address, *wanted;
  } cases[] = {
    { "no name", "", "a@b.example", "a@b.example" },
    { "plain words", "Lothar Gruen", "a@b.example", "Lothar Gruen <a@b.example>" },
    { "a dot needs quotes", "Lothar G.", "a@b.example", "\"Lothar G.\" <a@b.example>" },
    { "quotes are escaped", "a \"b\" c", "a@b.example", "\"a \\\"b\\\" c\" <a@b.example>" },
    { "umlauts are encoded", "Grün", "a@b.example", "=?utf-8?B?R3LDvG4=?= <a@b.example>" },
    { "a name that looks encoded is encoded", "=?utf-8?q?x?=", "a@b.example",
      "=?utf-8?B?PT91dGYtOD9xP3g/PQ==?= <a@b.example>" },
    { "no header begins in a name", "a\r\nBcc: x@y.example", "a@b.example",
      "\"a  Bcc: x@y.example\" <a@b.example>" },
    { "no bracket ends an address early", "x", "a@b.example>\r\nBcc: c@d.example",
      "x <a@b.exampleBcc:c@d.example>" },
    { "a U-label becomes an A-label", "x", "a@bäume.example", "x <a@xn--bume-loa.example>" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *got = address_format(cases[i].name, cases[i].address);
    if (strcmp(got, cases[i].wanted) != 0) fail_msg("%s: %s", cases[i].sentence, got);
  }
}

static void long_names_are_folded(void **state)
{
  (void)state;
  g_autoptr(GString) name = g_string_new(NULL);
  for (int i = 0; i < 40; i++) g_string_append(name, "Grünäü Nachbarschaft ");
  g_autofree char *got = address_format(name->str, "gruenau@kiez.example");
  g_auto(GStrv) lines = g_strsplit(got, "\r\n", -1);
  for (char **line = lines; *line; line++) {
    assert_true(strlen(*line) <= 78);
    assert_true(line == lines || **line == ' ');
  }
  g_autofree char *raw = g_strdup_printf("From: %s\r\n\r\nx", got);
  g_autoptr(mail_t) mail = read_with(raw, NULL);
  assert_string_equal(mail->from.name, g_strstrip(name->str));
  assert_string_equal(mail->from.address, "gruenau@kiez.example");
}

static void those_that_a_text_names_are_found(void **state)
{
  (void)state;
  g_autoptr(GPtrArray) found =
      addresses_in("Udo <udo@example.org>, mailto:eva@example.org. Nicht 'o'brien@example.org'?\n"
                   "UDO@example.org (ina@example.org); 5 @ Spielplatz",
                   10);
  static const char *const wanted[] = { "udo@example.org", "eva@example.org", "o'brien@example.org",
                                        "ina@example.org" };
  assert_int_equal(found->len, G_N_ELEMENTS(wanted));
  for (gsize i = 0; i < G_N_ELEMENTS(wanted); i++) assert_string_equal(found->pdata[i], wanted[i]);
  g_autoptr(GPtrArray) few = addresses_in("a@example.org b@example.org", 1);
  assert_int_equal(few->len, 1);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(addresses_have_one_form),
    cmocka_unit_test(the_last_at_sign_splits),
    cmocka_unit_test(domains_align_by_their_registrable_part),
    cmocka_unit_test(those_that_a_text_names_are_found),
    cmocka_unit_test(mailboxes_are_formatted),
    cmocka_unit_test(long_names_are_folded),
  };
  return cmocka_run_group_tests(tests, setup_mail, NULL);
}
