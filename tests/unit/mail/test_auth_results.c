/* The grammar of Authentication-Results (RFC 8601), apart from any trust. */
#include "tests/unit/mail/mail_test.h"

#include "lib/mail/auth_results.h"

/* "id: method=result[reason] type.name=value …; …" */
static char *describe(const struct auth_results *it)
{
  if (!it) return g_strdup("-");
  GString *out = g_string_new(NULL);
  if (it->instance) g_string_append_printf(out, "i=%d ", it->instance);
  g_string_append_printf(out, "%s:", it->authserv_id);
  for (guint i = 0; i < it->results->len; i++) {
    const struct auth_result *result = g_ptr_array_index(it->results, i);
    g_string_append_printf(out, "%s %s=%s", i ? ";" : "", result->method, result->result);
    if (result->reason) g_string_append_printf(out, "[%s]", result->reason);
    for (guint k = 0; k < result->properties->len; k++) {
      const struct auth_property *property = g_ptr_array_index(result->properties, k);
      g_string_append_printf(out, " %s.%s=%s", property->type, property->name, property->value);
    }
  }
  return g_string_free(out, FALSE);
}

static const struct {
  const char *sentence, *value, *wanted;
} cases[] = {
  { "no result", "mx.example; none", "mx.example:" },
  { "no result and a comment", "mx.example (what (ever)); none (at all)", "mx.example:" },
  { "one result", "mx.example; spf=pass smtp.mailfrom=example.net",
    "mx.example: spf=pass smtp.mailfrom=example.net" },
  { "two results", "mx.example; dkim=pass header.d=a.example; dkim=fail header.d=b.example",
    "mx.example: dkim=pass header.d=a.example; dkim=fail header.d=b.example" },
  { "folded", " mx.example;\r\n\tdkim=pass\r\n header.d=a.example",
    "mx.example: dkim=pass header.d=a.example" },
  { "version 1", "mx.example 1; spf=pass", "mx.example: spf=pass" },
  { "version 2 is not understood", "mx.example 2; spf=pass", "-" },
  { "a method's version 1", "mx.example; dkim/1=pass header.d=a.example",
    "mx.example: dkim=pass header.d=a.example" },
  { "a method's version 2 is passed over", "mx.example; dkim/2=pass; spf=pass", "mx.example: spf=pass" },
  { "comments everywhere",
    "(a) mx.example (b) 1 (c); (d) dkim (e) = (f) pass (g) header (h) . (i) d (j) = (k) a.example (l)",
    "mx.example: dkim=pass header.d=a.example" },
  { "a comment with a quoted bracket", "mx.example; dkim=pass (\\) dmarc=pass) header.d=a.example",
    "mx.example: dkim=pass header.d=a.example" },
  { "a reason in quotes", "mx.example; dkim=fail reason=\"bad; dmarc=pass\" header.d=a.example",
    "mx.example: dkim=fail[bad; dmarc=pass] header.d=a.example" },
  { "a quoted value", "mx.example; iprev=pass policy.iprev=\"2001:db8::1\"",
    "mx.example: iprev=pass policy.iprev=2001:db8::1" },
  { "a quoted local part", "mx.example; spf=pass smtp.mailfrom=\"a b\"@c.example",
    "mx.example: spf=pass smtp.mailfrom=a b@c.example" },
  { "an address of IPv6 without quotes", "mx.example; iprev=pass policy.iprev=2001:db8::1",
    "mx.example: iprev=pass policy.iprev=2001:db8::1" },
  { "base64 in a value", "mx.example; dkim=pass header.b=a/b+c=", "mx.example: dkim=pass header.b=a/b+c=" },
  { "an empty value of a null sender", "mx.example; spf=none smtp.mailfrom=; dkim=pass header.d=a.example",
    "mx.example: spf=none smtp.mailfrom=; dkim=pass header.d=a.example" },
  { "properties without a type", "mx.example; x-tls=pass version=TLSv1.2 bits=256",
    "mx.example: x-tls=pass .version=TLSv1.2 .bits=256" },
  { "a semicolon at the end", "mx.example; spf=pass;", "mx.example: spf=pass" },
  { "case does not matter in keywords", "MX.example; SPF=Pass SMTP.MailFrom=A@b.example",
    "MX.example: spf=pass smtp.mailfrom=A@b.example" },
  { "ARC's instance", "i=2; mx.example; dmarc=pass header.from=a.example",
    "i=2 mx.example: dmarc=pass header.from=a.example" },
  { "a quoted id", "\"mx.example\"; spf=pass", "mx.example: spf=pass" },
  { "a method called none-such", "mx.example; nonesuch=pass", "mx.example: nonesuch=pass" },
  { "an open comment hides nothing: unusable", "mx.example; dkim=fail (bad; dmarc=pass", "-" },
  { "an open quote: unusable", "mx.example; dkim=fail reason=\"bad; dmarc=pass", "-" },
  { "no result word", "mx.example; dkim=", "-" },
  { "no semicolon", "mx.example dkim=pass", "-" },
  { "no id", "; dkim=pass", "-" },
  { "only an id", "mx.example", "-" },
  { "nothing", "", "-" },
  { "garbage behind a result", "mx.example; dkim=pass !!", "-" },
  { "an instance out of bounds", "i=51; mx.example; none", "-" },
  { "a property without a value sign", "mx.example; dkim=pass header.d", "-" },
};

static void fields_are_parsed(void **state)
{
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(auth_results_t) results = auth_results_parse(cases[i].value, strlen(cases[i].value));
    g_autofree char *got = describe(results);
    if (strcmp(got, cases[i].wanted) != 0) fail_msg("%s: got %s", cases[i].sentence, got);
  }
}

static void a_property_is_found_by_type_and_name(void **state)
{
  (void)state;
  static const char value[] = "mx.example; dkim=pass body.d=x header.d=a.example";
  g_autoptr(auth_results_t) results = auth_results_parse(value, strlen(value));
  const struct auth_result *result = g_ptr_array_index(results->results, 0);
  assert_string_equal(auth_result_property(result, "header", "d"), "a.example");
  assert_null(auth_result_property(result, "header", "i"));
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(fields_are_parsed),
    cmocka_unit_test(a_property_is_found_by_type_and_name),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
