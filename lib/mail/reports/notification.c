/* Notifications of delivery services, which report by JSON what others report by RFC 3464: Amazon SES, when
 * an operator has its topic sent by mail. Called by reports.c for letters whose text begins with a brace.
 *
 * Read by one scan over the strings, not by a parser: the text is foreign, may be folded in the middle by the
 * mail that carries it, and brackets within brackets must cost nothing. */
#include "lib/mail/reports/reports.h"

#include <string.h>

enum { STRINGS_MAX = 4000, STRING_MAX = 2000, RECIPIENTS_MAX = 500 };

/* The next string behind `at`, with its escapes undone; NULL: none. *key: a colon follows it. */
static char *next_string(const char **at, bool *is_key)
{
  const char *p = strchr(*at, '"');
  if (!p) return NULL;
  GString *out = g_string_new(NULL);
  for (p++; *p && *p != '"'; p++) {
    if (*p == '\\' && p[1]) p++;
    if (*p != '\n' && out->len < STRING_MAX) g_string_append_c(out, *p);
  }
  if (*p) p++;
  *at = p;
  *is_key = p[strspn(p, " \t\r\n")] == ':';
  return g_string_free(out, FALSE);
}

/* What the scan has met so far. */
struct notification {
  GPtrArray *recipients;
  bool is_bounce, is_complaint, is_transient;
};

static void keep(char **slot, char **value)
{
  g_free(*slot);
  *slot = g_steal_pointer(value);
}

static void take_pair(struct notification *it, const char *key, char **value)
{
  bool is_type = strcmp(key, "notificationType") == 0 || strcmp(key, "eventType") == 0;
  if (is_type) {
    it->is_bounce = it->is_bounce || g_ascii_strcasecmp(*value, "bounce") == 0;
    it->is_complaint = it->is_complaint || g_ascii_strcasecmp(*value, "complaint") == 0;
  }
  if (strcmp(key, "bounceType") == 0) it->is_transient = g_ascii_strcasecmp(*value, "transient") == 0;
  if (strcmp(key, "emailAddress") == 0 && strchr(*value, '@') && it->recipients->len < RECIPIENTS_MAX) {
    struct dsn_recipient *recipient = g_new0(struct dsn_recipient, 1);
    keep(&recipient->address, value);
    g_ptr_array_add(it->recipients, recipient);
    return;
  }
  if (it->recipients->len == 0) return;
  struct dsn_recipient *last = g_ptr_array_index(it->recipients, it->recipients->len - 1);
  if (strcmp(key, "action") == 0) keep(&last->action, value);
  if (strcmp(key, "status") == 0) keep(&last->status, value);
  if (strcmp(key, "diagnosticCode") == 0) keep(&last->diagnostic, value);
}

GPtrArray *notification_read(const char *text, bool *is_complaint)
{
  struct notification it = { .recipients = g_ptr_array_new_with_free_func(dsn_recipient_free) };
  const char *at = text + strspn(text, " \t\r\n");
  g_autofree char *key = NULL;
  bool is_key = false;
  for (int i = 0; *at && (i > 0 || *at == '{') && i < STRINGS_MAX; i++) {
    g_autofree char *value = next_string(&at, &is_key);
    if (!value) break;
    if (!is_key && key) take_pair(&it, key, &value);
    g_clear_pointer(&key, g_free);
    if (is_key) key = g_steal_pointer(&value);
  }
  for (guint i = 0; i < it.recipients->len; i++) {
    struct dsn_recipient *each = g_ptr_array_index(it.recipients, i);
    if (it.is_transient && !each->status) each->status = g_strdup("4.0.0");
  }
  *is_complaint = it.is_complaint;
  if (!it.is_bounce) g_ptr_array_set_size(it.recipients, 0);
  return it.recipients;
}
