/* The privacy gate. Of a mail's text what its sender wrote for this mail (own_lines.c) goes through redact().
 * The public name above each message says who wrote it, so nothing is lost with the farewell but surname,
 * street and telephone. */
#include "web-archive/privacy.h"

#include "web-archive/memo.h"
#include "web-archive/own_lines.h"

#include "lib/text/escape.h"
#include "lib/text/names.h"
#include "lib/text/redact/personal.h"
#include "lib/text/redact/redact.h"
#include <string.h>

struct public_text {
  char *string;
};

enum { READ_BYTES = 256 * 1024 };

static struct public_text *public_text_take(char *string)
{
  struct public_text *text = g_new(struct public_text, 1);
  text->string = string;
  return text;
}

void public_text_free(struct public_text *text)
{
  if (!text) return;
  g_free(text->string);
  g_free(text);
}

const char *public_text_string(const struct public_text *text)
{
  return text->string;
}

/* Characters nobody sees: they would hide an address from the gate, or turn the direction of a line. */
static bool is_invisible(gunichar c)
{
  return c == 0xad || c == 0x34f || c == 0x61c || (c >= 0x200b && c <= 0x200c) || c == 0x200e ||
         c == 0x200f || (c >= 0x202a && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) || c == 0xfeff ||
         (c >= 0xfff9 && c <= 0xfffb) || (c >= 0xe0000 && c <= 0xe007f);
}

/* Valid UTF-8 without invisible characters, cut at `limit` bytes. The joiner U+200D stays between emoji only.
 */
static char *visible_text(const char *text, gsize limit)
{
  g_autofree char *valid = g_utf8_validate(text, -1, NULL) ? NULL : text_make_valid(text, strlen(text));
  GString *out = g_string_new(NULL);
  const char *p = valid ? valid : text;
  for (; *p && out->len < limit; p = g_utf8_next_char(p)) {
    gunichar c = g_utf8_get_char(p);
    bool is_joiner =
        c == 0x200d && (out->len == 0 || (guchar)out->str[out->len - 1] < 0x80 || (guchar)p[3] < 0x80);
    if (is_invisible(c) || is_joiner || c == '\r') continue;
    if (c < 0x80)
      g_string_append_c(out, (char)c);
    else
      g_string_append_len(out, p, (gssize)(g_utf8_next_char(p) - p));
  }
  return g_string_free(out, FALSE);
}

/* Cuts at a blank before `limit` bytes, or at a character. */
static void cut_text(GString *text, gsize limit, const char *word)
{
  if (text->len <= limit) return;
  gsize end = limit;
  while (end > limit - MIN(limit, 200) && !strchr(" \n", text->str[end])) end--;
  if (end == limit - MIN(limit, 200)) end = limit;
  while (end > 0 && ((guchar)text->str[end] & 0xc0) == 0x80) end--;
  g_string_truncate(text, end);
  g_string_append(text, word);
}

static char *make_body(const char *text, const char *domain)
{
  g_autofree char *visible = visible_text(text, READ_BYTES);
  g_autoptr(GString) kept = own_lines(visible);
  GString *out = g_string_sized_new(kept->len);
  redact(out, kept->str, kept->len, domain);
  cut_text(out, PUBLIC_BODY_BYTES, "\n\n[Text gekürzt]");
  return g_string_free(out, FALSE);
}

struct public_text *public_body(const char *text, const char *domain)
{
  return public_text_take(memo_make(make_body, text, domain));
}

static char *make_line(const char *text, const char *domain)
{
  g_autofree char *visible = visible_text(text, READ_BYTES);
  g_autoptr(GString) line = g_string_new(NULL);
  put_line(line, visible);
  GString *out = g_string_sized_new(line->len);
  redact(out, line->str, line->len, domain);
  cut_text(out, PUBLIC_TITLE_BYTES, " …");
  return g_strstrip(g_string_free(out, FALSE));
}

/* One line, redacted and bounded; "" when nothing is left. */
static char *public_line(const char *text, const char *domain)
{
  return memo_make(make_line, text, domain);
}

struct public_text *public_title(const char *subject, const char *domain)
{
  char *line = public_line(subject, domain);
  if (*line) return public_text_take(line);
  g_free(line);
  return public_text_take(g_strdup("(ohne Betreff)"));
}

struct public_text *public_case_body(const char *text, const GPtrArray *names, const char *spared,
                                     const char *domain)
{
  g_autoptr(public_text_t) body = public_body(text, domain);
  g_autoptr(GString) out = g_string_sized_new(strlen(body->string));
  redact_names(out, body->string, names, spared);
  return public_text_take(g_string_free(g_steal_pointer(&out), FALSE));
}

struct public_text *public_case_title(const char *text, const GPtrArray *names, const char *spared,
                                      const char *domain)
{
  g_autoptr(public_text_t) title = public_title(text, domain);
  g_autoptr(GString) out = g_string_sized_new(strlen(title->string));
  redact_names(out, title->string, names, spared);
  return public_text_take(g_string_free(g_steal_pointer(&out), FALSE));
}

struct public_text *public_name(const char *name)
{
  g_autofree char *visible = visible_text(name, READ_BYTES);
  g_autofree char *shown = name_for_public(visible);
  g_autofree char *line = shown ? public_line(shown, "") : NULL;
  bool is_name = line && *line && !strchr(line, '[');
  return public_text_take(is_name ? g_steal_pointer(&line) : g_strdup("Jemand aus dem Kiez"));
}

struct public_text *public_chosen_name(const char *shown, const char *name, const char *pseudonym)
{
  bool is_pseudonym = g_strcmp0(shown, "pseudonym") == 0 && *pseudonym;
  if (!is_pseudonym && g_strcmp0(shown, "full") != 0) return public_name(name);
  g_autofree char *visible = visible_text(is_pseudonym ? pseudonym : name, READ_BYTES);
  g_autofree char *known = is_pseudonym ? NULL : name_for_public(visible); /* NULL: it holds an address */
  if (!known && !is_pseudonym) return public_name(name);
  g_autofree char *nobody = name_for_members("", NULL), *whole = name_for_members(visible, NULL);
  g_autofree char *line = public_line(whole, "");
  bool is_name = line && *line && !strchr(line, '[') && strcmp(line, nobody) != 0;
  if (is_name) return public_text_take(g_steal_pointer(&line));
  return public_name(is_pseudonym ? "" : name); /* who chose another name keeps the real one back */
}

struct public_text *public_own(const char *words)
{
  return public_text_take(g_strdup(words));
}
