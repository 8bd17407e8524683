/* Where everybody can have a mailbox nobody is an office. */
#include "lib/text/mailbox_domains.h"
#include "tests/unit/text/cases.h"

#include <string.h>

static const struct {
  const char *domain;
  bool is_one;
} cases[] = {
  { "web.de", true },      { "gmx.net", true },         { "gmail.com", true },
  { "t-online.de", true }, { "mail.gmx.net", true },    { "ba-tk.berlin.de", false },
  { "notweb.de", false },  { "web.de.example", false }, { "", false },
};

static void mailbox_domains_are_known(void **state)
{
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
    if (is_mailbox_domain(cases[i].domain) != cases[i].is_one) fail_msg("'%s'", cases[i].domain);
}

/* They are compared as they stand. */
static void the_list_is_in_lower_case(void **state)
{
  (void)state;
  for (const char *const *domain = mailbox_domains; *domain; domain++) {
    g_autofree char *lower = g_ascii_strdown(*domain, -1);
    assert_string_equal(lower, *domain);
    assert_non_null(strchr(*domain, '.'));
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(mailbox_domains_are_known),
    cmocka_unit_test(the_list_is_in_lower_case),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
