/* Where the letter of a mail system ends and the mail begins that it is about.
 *
 * What surprised us: that mail is often announced before anything else ("Your message / To: … / Subject: … /
 * did not reach …"). */
#include "lib/mail/reports/reports.h"

#include "lib/mail/reports/wording.h"

#include <string.h>

enum { TEXT_MAX = 64 * 1024, LINES_MAX = 2000 };

/* Fields that only the header of a mail has. */
static bool is_header_line(const char *line)
{
  static const char *const names[] = { "received:",
                                       "return-path:",
                                       "message-id:",
                                       "x-mailer:",
                                       "dkim-signature:",
                                       "delivered-to:",
                                       "content-type: message/rfc822",
                                       "content-type: text/rfc822-headers",
                                       "reply-to:",
                                       "x-received:",
                                       "in-reply-to:",
                                       "references:" };
  for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
    if ((*line | 0x20) == *names[i] && g_ascii_strncasecmp(line, names[i], strlen(names[i])) == 0)
      return true;
  return false;
}

/* Signs of lines that announce the mail itself. */
static bool announces_original(const char *line)
{
  static const char *const patterns[] = {
    "below line",
    "copy ~ message",
    "original message follow*",
    "original message header*",
    "original message -",
    "message header*",
    "header* ~ original",
    "header* ~ message",
    "start ~ message",
    "forwarded message",
    "original message below",
    "original message :",
    "message reads",
    "original follow*",
    "message follow*",
    "returned message follow*",
    "copy ~ original",
    "original message .",
    "begin ~ message",
    "header* follow*",
    "folgt ~ original",
    "folgt :",
    "message ~ attached",
    "text ~ message :",
    "message text",
  };
  g_autoptr(wording_t) wording = wording_new(line);
  if (wording->signs->len > 15) return false;
  for (gsize i = 0; i < G_N_ELEMENTS(patterns); i++)
    if (wording_has(wording, patterns[i])) return true;
  if (wording->signs->len > 5) return false;
  return wording_has(wording, "original message") || wording_has(wording, "message original") ||
         wording_has(wording, "undelivered message");
}

static bool is_header_like(const char *line)
{
  gsize size = strcspn(line, ": \t\n");
  return size > 1 && line[size] == ':';
}

/* The line where the mail begins that the letter is about; -1: it is not there. Announcements count behind
 * the first address only. */
static int find_original(char **lines, guint count)
{
  bool has_address = false;
  for (guint i = 0; i < count; i++) {
    if (is_header_line(lines[i])) {
      while (i > 0 && is_header_like(lines[i - 1])) i--;
      return (int)i;
    }
    bool has_sign = strchr(lines[i], '@') != NULL;
    if (has_address && !has_sign && strlen(lines[i]) < 120 && announces_original(lines[i])) return (int)i;
    has_address = has_address || has_sign;
  }
  return -1;
}

/* The subject of the mail it is about: words of ours, and no reason. */
static bool tells_subject(const char *line)
{
  static const char *const beginnings[] = {
    "subject:", "betreff:", "objet:", "asunto:",  "oggetto:",        "onderwerp:",
    "konu:",    "temat:",   "тема:",  "assunto:", "message subject", "the message subject"
  };
  line += strspn(line, " \t|>*-");
  for (gsize i = 0; i < G_N_ELEMENTS(beginnings); i++)
    if (g_ascii_strncasecmp(line, beginnings[i], strlen(beginnings[i])) == 0) return true;
  return g_str_has_prefix(line, "Тема:");
}

char *notice_own_text(const char *text)
{
  g_autofree char *bounded = g_strndup(text, strnlen(text, TEXT_MAX));
  g_auto(GStrv) lines = g_strsplit(bounded, "\n", LINES_MAX);
  guint count = g_strv_length(lines);
  int end = find_original(lines, count);
  GString *own = g_string_new(NULL);
  for (guint i = 0; i < count && (end < 0 || i < (guint)end); i++) {
    if (tells_subject(lines[i])) continue;
    g_string_append(own, lines[i]);
    g_string_append_c(own, '\n');
  }
  return g_string_free(own, FALSE);
}
