/* Authentication-Results: a scanner with one character of look-ahead and no recursion.
 *
 *   payload  = authserv-id [version] (";" "none" / 1*( ";" method ["/" version] "=" result ["reason=" value]
 * *property )) property = ptype "." name "=" value
 *
 * Two liberties that real verifiers take are allowed: a property without its type ("cipher=…" of x-tls), and
 * values with characters outside "token" (addresses, base64, IPv6). A comment or a quoted string that never
 * ends makes the field unusable: what stands behind an open comment must not count. */
#include "lib/mail/auth_results.h"

#include <string.h>

enum { RESULTS_MAX = 100, PROPERTIES_MAX = 50 };

struct scanner {
  const char *at, *end;
  bool is_broken;
};

static void property_free(gpointer data)
{
  struct auth_property *property = data;
  g_free(property->type);
  g_free(property->name);
  g_free(property->value);
  g_free(property);
}

static void result_free(gpointer data)
{
  struct auth_result *result = data;
  g_free(result->method);
  g_free(result->result);
  g_free(result->reason);
  g_ptr_array_unref(result->properties);
  g_free(result);
}

void auth_results_free(struct auth_results *results)
{
  if (!results) return;
  g_free(results->authserv_id);
  g_ptr_array_unref(results->results);
  g_free(results);
}

/* Passes over a comment, nested ones included. */
static void skip_comment(struct scanner *s)
{
  int depth = 0;
  for (; s->at < s->end; s->at++) {
    if (*s->at == '\\') {
      if (s->at + 1 < s->end) s->at++;
    } else if (*s->at == '(') {
      depth++;
    } else if (*s->at == ')' && --depth == 0) {
      s->at++;
      return;
    }
  }
  s->at = s->end;
  s->is_broken = true;
}

static void skip_cfws(struct scanner *s)
{
  while (s->at < s->end) {
    if (*s->at == '(')
      skip_comment(s);
    else if (*s->at == ' ' || *s->at == '\t' || *s->at == '\r' || *s->at == '\n')
      s->at++;
    else
      return;
  }
}

static bool take(struct scanner *s, char c)
{
  skip_cfws(s);
  if (s->at >= s->end || *s->at != c) return false;
  s->at++;
  return true;
}

static bool is_keyword_char(char c)
{
  return g_ascii_isalnum(c) || c == '-' || c == '_';
}

/* A keyword, lower case; NULL if there is none here. */
static char *take_keyword(struct scanner *s)
{
  skip_cfws(s);
  const char *begin = s->at;
  while (s->at < s->end && is_keyword_char(*s->at)) s->at++;
  return s->at > begin ? g_ascii_strdown(begin, s->at - begin) : NULL;
}

static void take_quoted(struct scanner *s, GString *out)
{
  for (s->at++; s->at < s->end && *s->at != '"'; s->at++) {
    if (*s->at == '\\' && s->at + 1 < s->end) s->at++;
    if (*s->at == '\r' || *s->at == '\n') continue;
    if (*s->at == '\0') s->is_broken = true;
    g_string_append_c(out, *s->at);
  }
  if (s->at >= s->end)
    s->is_broken = true;
  else
    s->at++;
}

/* A value: quoted strings and runs of characters, glued ("\"a b\"@example.org"). NULL if there is none here.
 */
static char *take_value(struct scanner *s)
{
  skip_cfws(s);
  GString *out = g_string_new(NULL);
  const char *begin = s->at;
  while (s->at < s->end) {
    unsigned char c = (unsigned char)*s->at;
    if (c == '"') {
      take_quoted(s, out);
    } else if (c <= ' ' || c == 127 || c == ';' || c == '(' || c == ')') {
      break;
    } else {
      g_string_append_c(out, (char)c);
      s->at++;
    }
  }
  if (s->at == begin || !g_utf8_validate(out->str, (gssize)out->len, NULL)) {
    g_string_free(out, TRUE);
    return NULL;
  }
  return g_string_free(out, FALSE);
}

/* "/1" behind a method or alone behind the authserv-id; any other number is a grammar we do not know. */
static bool take_version(struct scanner *s)
{
  skip_cfws(s);
  const char *begin = s->at;
  while (s->at < s->end && g_ascii_isdigit(*s->at)) s->at++;
  return s->at - begin == 1 && *begin == '1';
}

/* Reads "ptype.name = value" or "name = value" whose first word has been taken. */
static bool take_property(struct scanner *s, const char *first, struct auth_result *result)
{
  g_autofree char *name = take(s, '.') ? take_keyword(s) : NULL;
  bool has_type = name != NULL;
  if (!take(s, '=')) return false;
  g_autofree char *value = take_value(s);
  if (!value) value = g_strdup(""); /* "smtp.mailfrom=;" of a null sender */
  if (!has_type && strcmp(first, "reason") == 0) {
    g_free(result->reason);
    result->reason = g_steal_pointer(&value);
    return true;
  }
  if (result->properties->len >= PROPERTIES_MAX) return true;
  struct auth_property *property = g_new0(struct auth_property, 1);
  property->type = g_strdup(has_type ? first : "");
  property->name = has_type ? g_steal_pointer(&name) : g_strdup(first);
  property->value = g_steal_pointer(&value);
  g_ptr_array_add(result->properties, property);
  return true;
}

/* Reads one result behind its ";". */
static bool take_result(struct scanner *s, struct auth_results *results)
{
  struct auth_result *result = g_new0(struct auth_result, 1);
  result->properties = g_ptr_array_new_with_free_func(property_free);
  bool is_known = true, is_good = false;
  result->method = take_keyword(s);
  if (result->method && take(s, '/')) is_known = take_version(s);
  if (result->method && take(s, '=')) {
    result->result = take_keyword(s);
    is_good = result->result != NULL;
  }
  g_autofree char *word = NULL;
  while (is_good && (word = take_keyword(s))) {
    is_good = take_property(s, word, result);
    g_clear_pointer(&word, g_free);
  }
  if (is_good && is_known && results->results->len < RESULTS_MAX)
    g_ptr_array_add(results->results, result);
  else
    result_free(result);
  return is_good;
}

static bool at_end(struct scanner *s)
{
  skip_cfws(s);
  return s->at >= s->end;
}

/* The word "none" alone behind the ";". */
static bool take_none(struct scanner *s)
{
  struct scanner before = *s;
  g_autofree char *word = take_keyword(s);
  if (word && strcmp(word, "none") == 0 && (at_end(s) || (take(s, ';') && at_end(s)))) return true;
  *s = before;
  return false;
}

static bool take_payload(struct scanner *s, struct auth_results *results)
{
  struct scanner before = *s;
  g_autofree char *word = take_keyword(s);
  if (word && strcmp(word, "i") == 0 && take(s, '=')) {
    g_autofree char *number = take_keyword(s);
    guint64 instance = 0;
    if (!number || !g_ascii_string_to_unsigned(number, 10, 1, 50, &instance, NULL) || !take(s, ';'))
      return false;
    results->instance = (int)instance;
  } else {
    *s = before;
  }
  results->authserv_id = take_value(s);
  if (!results->authserv_id || !*results->authserv_id) return false;
  skip_cfws(s);
  if (s->at < s->end && *s->at != ';' && !take_version(s)) return false;
  if (!take(s, ';')) return false;
  if (take_none(s)) return true;
  do {
    if (at_end(s)) break; /* a ";" at the end, as many write it */
    if (!take_result(s, results)) return false;
  } while (take(s, ';'));
  return at_end(s);
}

struct auth_results *auth_results_parse(const char *value, gsize size)
{
  g_autoptr(auth_results_t) results = g_new0(struct auth_results, 1);
  results->results = g_ptr_array_new_with_free_func(result_free);
  struct scanner s = { value, value + size, false };
  bool is_good = take_payload(&s, results) && !s.is_broken;
  return is_good ? g_steal_pointer(&results) : NULL;
}

const char *auth_result_property(const struct auth_result *result, const char *type, const char *name)
{
  for (guint i = 0; i < result->properties->len; i++) {
    const struct auth_property *property = g_ptr_array_index(result->properties, i);
    if (g_ascii_strcasecmp(property->type, type) == 0 && strcmp(property->name, name) == 0)
      return property->value;
  }
  return NULL;
}
