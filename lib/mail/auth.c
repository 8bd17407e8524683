/* Who wrote this? What our own MTA says, and nobody else (docs/design.md, "Addresses"; RFC 8601 sections 4.1
 * and 7.1, RFC 8617).
 *
 * Trusted is an Authentication-Results field that names our authserv_id and stands above every Received
 * field: a sender can write any field, but our MTA puts its Received on top of all they wrote. (Where the MTA
 * is known to put its results below Received fields of its own, as Postfix does for milters that insert at
 * position 1, reading->received_above_results says how many of them; the MTA must then remove forged fields,
 * and `check` tries it.) No trusted field, or one that cannot be parsed: not authenticated.
 *
 * A sealed chain (ARC) counts for what its last sealer saw: arc=pass from our MTA, the sealer among
 * trusted_forwarders, and in the sealer's own ARC-Authentication-Results one of the rules holding for the
 * From address. A forwarder vouches for what it checked, not for whatever it passes on. */
#include "lib/mail/address.h"
#include "lib/mail/auth_results.h"
#include "lib/mail/reading.h"

#include <string.h>

enum { FIELDS_MAX = 20 };

/* The trusted results of one mail. */
struct findings {
  const char *from;   /* the From address, normalised */
  const char *domain; /* its domain */
  GPtrArray *fields;  /* struct auth_results* */
};

typedef bool result_test(const struct findings *it, const struct auth_result *result);

/* The domain of "user@domain", "@domain" or "domain". */
static const char *domain_of(const char *value)
{
  const char *at = value ? strrchr(value, '@') : NULL;
  return at ? at + 1 : value;
}

static bool is_aligned(const struct findings *it, const char *value)
{
  return value && *value && address_domains_align(domain_of(value), it->domain);
}

static bool dmarc_holds(const struct findings *it, const struct auth_result *result)
{
  const char *from = auth_result_property(result, "header", "from");
  return !from || is_aligned(it, from);
}

static bool dkim_holds(const struct findings *it, const struct auth_result *result)
{
  const char *signer = auth_result_property(result, "header", "d");
  if (!signer) signer = auth_result_property(result, "header", "i");
  return is_aligned(it, signer);
}

static bool spf_holds(const struct findings *it, const struct auth_result *result)
{
  return is_aligned(it, auth_result_property(result, "smtp", "mailfrom"));
}

/* The person logged in to our own MTA as that very address. */
static bool auth_holds(const struct findings *it, const struct auth_result *result)
{
  g_autofree char *login = address_normalise(auth_result_property(result, "smtp", "auth"));
  return login && strcmp(login, it->from) == 0;
}

/* Any result of the method that passed, and passes the test (NULL: none). */
static bool passes(const struct findings *it, const char *method, result_test *test)
{
  for (guint i = 0; i < it->fields->len; i++) {
    const struct auth_results *field = g_ptr_array_index(it->fields, i);
    for (guint k = 0; k < field->results->len; k++) {
      const struct auth_result *result = g_ptr_array_index(field->results, k);
      bool is_pass = strcmp(result->method, method) == 0 && strcmp(result->result, "pass") == 0;
      if (is_pass && (!test || test(it, result))) return true;
    }
  }
  return false;
}

/* "pass" if any result of the method passed, else the first one's word, else "none". */
static char *word_of(const struct findings *it, const char *method)
{
  if (passes(it, method, NULL)) return g_strdup("pass");
  for (guint i = 0; i < it->fields->len; i++) {
    const struct auth_results *field = g_ptr_array_index(it->fields, i);
    for (guint k = 0; k < field->results->len; k++) {
      const struct auth_result *result = g_ptr_array_index(field->results, k);
      if (strcmp(result->method, method) == 0) return g_strdup(result->result);
    }
  }
  return g_strdup("none");
}

static struct auth_results *parse_field(const struct field *field)
{
  return field->value_size <= BOUND_FIELD ? auth_results_parse(field->value, field->value_size) : NULL;
}

/* Gathers the fields that count. */
static GPtrArray *trusted_fields(const struct parts *parts, const struct mail_reading *reading)
{
  GPtrArray *trusted = g_ptr_array_new_with_free_func((GDestroyNotify)auth_results_free);
  int received = 0;
  for (guint i = 0; i < parts->fields->len && trusted->len < FIELDS_MAX; i++) {
    const struct field *field = &g_array_index(parts->fields, struct field, i);
    if (field_is(field, "Received") && received++ >= reading->received_above_results) break;
    if (!field_is(field, "Authentication-Results")) continue;
    struct auth_results *results = parse_field(field);
    bool is_ours = results && reading->authserv_id && results->instance == 0 &&
                   g_ascii_strcasecmp(results->authserv_id, reading->authserv_id) == 0;
    if (is_ours)
      g_ptr_array_add(trusted, results);
    else
      auth_results_free(results);
  }
  return trusted;
}

/* The values of a field that our MTA writes, one after the other from *at on: it is believed where its
 * Authentication-Results are, above the Received of ours; further below, a sender may have written it. NULL:
 * no more. Caller frees. */
static char *next_of_mta(const struct parts *parts, const struct mail_reading *reading, const char *name,
                         guint *at)
{
  int received = 0;
  if (!name || !*name) return NULL;
  for (guint i = 0; i < parts->fields->len; i++) {
    const struct field *field = &g_array_index(parts->fields, struct field, i);
    if (field_is(field, "Received") && received++ >= reading->received_above_results) return NULL;
    if (i < *at || !field_is(field, name)) continue;
    *at = i + 1;
    return g_strstrip(field_unfold(field, 100, NULL));
  }
  return NULL;
}

/* Does the MTA's verdict field say yes ("X-Spam: Yes", "X-Spam-Flag: YES")? */
static bool is_suspect(const struct parts *parts, const struct mail_reading *reading)
{
  bool is_yes = false;
  guint at = 0;
  for (char *value; !is_yes && (value = next_of_mta(parts, reading, reading->spam_header, &at));
       g_free(value))
    is_yes = g_ascii_strncasecmp(value, "yes", 3) == 0 || g_ascii_strncasecmp(value, "true", 4) == 0;
  return is_yes;
}

/* The client network that our MTA names ("X-Client-Network: bezirksamt"); "" none, or more than one. */
static char *network_of(const struct parts *parts, const struct mail_reading *reading)
{
  guint at = 0;
  g_autofree char *first = next_of_mta(parts, reading, reading->network_header, &at);
  g_autofree char *second = first ? next_of_mta(parts, reading, reading->network_header, &at) : NULL;
  return first && !second ? g_steal_pointer(&first) : g_strdup("");
}

/* The value of a tag of "i=1; a=rsa-sha256; d=example.org; …" (RFC 6376 section 3.2). Caller frees. */
static char *tag_value(const struct field *field, const char *tag)
{
  g_autofree char *line = field_unfold(field, BOUND_FIELD, NULL);
  g_auto(GStrv) tags = g_strsplit(line, ";", 50);
  for (char **it = tags; *it; it++) {
    char *equals = strchr(*it, '=');
    if (!equals) continue;
    *equals = '\0';
    if (strcmp(g_strstrip(*it), tag) == 0) return g_strdup(g_strstrip(equals + 1));
  }
  return NULL;
}

/* The domain that sealed last, and its instance. Caller frees; NULL if there is no seal. */
static char *last_sealer(const struct parts *parts, int *instance)
{
  char *sealer = NULL;
  *instance = 0;
  for (guint i = 0; i < parts->fields->len; i++) {
    const struct field *field = &g_array_index(parts->fields, struct field, i);
    if (!field_is(field, "ARC-Seal")) continue;
    g_autofree char *number = tag_value(field, "i");
    guint64 is = 0;
    if (!number || !g_ascii_string_to_unsigned(number, 10, 1, 50, &is, NULL) || (int)is <= *instance)
      continue;
    g_free(sealer);
    sealer = tag_value(field, "d");
    *instance = (int)is;
  }
  return sealer;
}

/* One of the rules that need no further witness. */
static const char *plain_rule(const struct findings *it)
{
  if (passes(it, "dmarc", dmarc_holds)) return "DMARC passed for the domain in From.";
  g_autofree char *dmarc = word_of(it, "dmarc");
  if (strcmp(dmarc, "fail") == 0 || strcmp(dmarc, "permerror") == 0) return NULL;
  if (passes(it, "dkim", dkim_holds)) return "A DKIM signature of the domain in From passed.";
  if (passes(it, "spf", spf_holds)) return "SPF passed for an envelope sender of the domain in From.";
  return NULL;
}

/* What the last sealer, if we trust it, saw itself. */
static const char *sealed_rule(const struct findings *it, const struct parts *parts,
                               const struct mail_reading *reading)
{
  int instance = 0;
  g_autofree char *sealer = passes(it, "arc", NULL) ? last_sealer(parts, &instance) : NULL;
  bool is_trusted = false;
  for (const char *const *name = reading->trusted_forwarders; sealer && name && *name; name++)
    is_trusted = is_trusted || g_ascii_strcasecmp(*name, sealer) == 0;
  if (!is_trusted) return NULL;
  struct findings seen = *it;
  seen.fields = g_ptr_array_new_with_free_func((GDestroyNotify)auth_results_free);
  for (guint i = 0; i < parts->fields->len && seen.fields->len < FIELDS_MAX; i++) {
    const struct field *field = &g_array_index(parts->fields, struct field, i);
    struct auth_results *results = field_is(field, "ARC-Authentication-Results") ? parse_field(field) : NULL;
    if (results && results->instance == instance)
      g_ptr_array_add(seen.fields, results);
    else
      auth_results_free(results);
  }
  bool holds = seen.fields->len == 1 && plain_rule(&seen);
  g_ptr_array_unref(seen.fields);
  return holds ? "A trusted forwarder sealed it and had found the sender in order." : NULL;
}

static const char *auth_rule(const struct findings *it)
{
  return passes(it, "auth", auth_holds)
             ? "The sender was logged in to our mail server with this very address."
             : NULL;
}

/* Why nothing held, in one sentence. */
static const char *why_not(const struct mail *mail, const struct findings *it)
{
  if (*mail->resent_from.address)
    return "It was redirected; nothing proves who did that, and its From is ours.";
  if (mail->from_count > 1) return "It names more than one author in From.";
  if (!it->from) return "It names no author in From.";
  if (it->fields->len == 0) return "Our mail server says nothing about the sender.";
  return "Our mail server could not confirm the domain in From.";
}

/* The first domain for which a method passed, by one of two properties. Caller frees; NULL: none. */
static char *passed_domain(const struct findings *it, const char *method, const char *type, const char *name)
{
  for (guint i = 0; i < it->fields->len; i++) {
    const struct auth_results *field = g_ptr_array_index(it->fields, i);
    for (guint k = 0; k < field->results->len; k++) {
      const struct auth_result *result = g_ptr_array_index(field->results, k);
      if (strcmp(result->method, method) != 0 || strcmp(result->result, "pass") != 0) continue;
      const char *domain = domain_of(auth_result_property(result, type, name));
      if (domain && *domain) return g_ascii_strdown(domain, -1);
    }
  }
  return NULL;
}

/* What is proven at all, though not by the domain in From: a mail like an earlier one bears the same. */
static char *evidence_of(const struct findings *it)
{
  g_autofree char *dmarc = word_of(it, "dmarc");
  if (strcmp(dmarc, "fail") == 0) return NULL;
  g_autofree char *signer = passed_domain(it, "dkim", "header", "d");
  if (signer) return g_strconcat("dkim:", signer, NULL);
  g_autofree char *host = passed_domain(it, "spf", "smtp", "mailfrom");
  return host ? g_strconcat("spf:", host, NULL) : NULL;
}

void reading_auth(struct mail *mail, const struct parts *parts, const struct mail_reading *reading)
{
  struct mail_auth *auth = &mail->auth;
  mail->is_suspect = is_suspect(parts, reading);
  g_autofree char *from = address_normalise(mail->from.address), *domain = NULL;
  struct findings it = { from, NULL, trusted_fields(parts, reading) };
  const char *reason = NULL;
  if (!*mail->resent_from.address && mail->from_count == 1 && from && address_split(from, NULL, &domain)) {
    it.domain = domain;
    reason = plain_rule(&it);
    if (!reason) reason = auth_rule(&it);
    if (!reason) reason = sealed_rule(&it, parts, reading);
  }
  auth->is_authenticated = reason != NULL;
  auth->evidence = evidence_of(&it);
  auth->reason = g_strdup(reason ? reason : why_not(mail, &it));
  auth->network = network_of(parts, reading);
  auth->dmarc = word_of(&it, "dmarc");
  auth->dkim = word_of(&it, "dkim");
  auth->spf = word_of(&it, "spf");
  auth->arc = word_of(&it, "arc");
  auth->auth = word_of(&it, "auth");
  g_ptr_array_unref(it.fields);
}
