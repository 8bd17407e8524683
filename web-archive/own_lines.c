/* A mail's text read by lines: what belongs to the sender's other mails (quotes with the line that announces
 * them, whole mails quoted below a bar or a block of Von/Gesendet/An) and to the sender's desk (signature,
 * everything behind the farewell) is left out. Called by the privacy gate.
 *
 * What surprised us: many clients strip the blank of "-- "; announcing lines are wrapped in two; and people
 * end mails with "Viele Grüße" and then go on with a postscript, which stays. */
#include "web-archive/own_lines.h"

#include <stdbool.h>
#include <string.h>

enum { FAREWELL_LINES = 8, FAREWELL_SEARCH_LINES = 30, FAREWELL_CHARACTERS = 64, BARE_DASH_LINES = 15 };

struct line {
  const char *start;
  gsize length; /* without blanks at the end */
  bool is_kept;
  bool is_barred; /* quoted by "|" */
};

static GArray *split_lines(const char *text)
{
  GArray *lines = g_array_new(FALSE, FALSE, sizeof(struct line));
  while (*text) {
    gsize length = strcspn(text, "\n");
    struct line line = { .start = text, .length = length, .is_kept = true };
    while (line.length > 0 && strchr(" \t\r", text[line.length - 1])) line.length--;
    g_array_append_val(lines, line);
    text += length + (text[length] == '\n');
  }
  return lines;
}

#define line_at(lines, i) (&g_array_index((lines), struct line, (i)))

static bool is_blank(const struct line *line)
{
  return line->length == 0;
}

/* A quoted line: ">" behind at most three blanks. */
static bool is_quote(const struct line *line)
{
  if (line->is_barred) return true;
  gsize i = 0;
  while (i < line->length && i < 3 && line->start[i] == ' ') i++;
  return i < line->length && line->start[i] == '>';
}

/* Whether a line begins with one of these words in any case (ASCII), followed by `mark`. */
static bool begins_with(const struct line *line, const char *const *words, char mark)
{
  for (; *words; words++) {
    gsize length = strlen(*words);
    if (line->length > length && g_ascii_strncasecmp(line->start, *words, length) == 0 &&
        line->start[length] == mark)
      return true;
  }
  return false;
}

/* "Am 2. März 2026 schrieb Lothar:" in the languages of the Kiez. */
static bool announces_quote(const char *text, gsize length)
{
  static const char *const verbs[] = {
    "schrieb", "geschrieben", "schreibt", "wrote",   "writes",  "написал",
    "пишет",   "yazdı",       "şunları",  "napisał", "a écrit", "escribió"
  };
  if (length == 0 || length > 400 || text[length - 1] != ':') return false;
  for (gsize i = 0; i < G_N_ELEMENTS(verbs); i++)
    if (g_strstr_len(text, (gssize)length, verbs[i])) return true;
  return false;
}

/* Leaves out the line, or the two, that announce the quote beginning at `quote`. */
static void drop_announcement(GArray *lines, guint quote)
{
  guint last = quote;
  while (last > 0 && is_blank(line_at(lines, last - 1)) && quote - last < 2) last--;
  if (last == 0) return;
  struct line *line = line_at(lines, last - 1);
  if (!line->is_kept || is_blank(line)) return;
  if (announces_quote(line->start, line->length)) {
    line->is_kept = false;
    if (last < 2) return;
  }
  struct line *before = line_at(lines, last - 2 < last ? last - 2 : 0);
  static const char *const openings[] = { "Am", "On", "Den", "Le", NULL };
  gsize both = (gsize)(line->start + line->length - before->start);
  if (last >= 2 && before->is_kept && begins_with(before, openings, ' ') &&
      announces_quote(before->start, both))
    before->is_kept = line->is_kept = false;
}

/* Old clients quote with "|". As a table looks the same, it counts only below a line that announces it. */
static void mark_barred_quotes(GArray *lines)
{
  bool is_announced = false;
  for (guint i = 0; i < lines->len; i++) {
    struct line *line = line_at(lines, i);
    if (is_blank(line)) continue;
    line->is_barred = is_announced && *line->start == '|';
    is_announced = line->is_barred || announces_quote(line->start, line->length);
  }
}

/* Leaves out quoted blocks with what announces them. */
static void drop_quotes(GArray *lines)
{
  mark_barred_quotes(lines);
  for (guint i = 0; i < lines->len; i++) {
    if (!is_quote(line_at(lines, i))) continue;
    if (i == 0 || line_at(lines, i - 1)->is_kept) drop_announcement(lines, i);
    line_at(lines, i)->is_kept = false;
  }
}

/* "-----Ursprüngliche Nachricht-----" */
static bool is_bar(const struct line *line)
{
  static const char *const words[] = { "Ursprüngliche Nachricht", "Original Message", "Originalnachricht",
                                       "Original-Nachricht",      "Orijinal İleti",   "Исходное сообщение" };
  if (line->length < 3 || line->length > 120 || strncmp(line->start, "--", 2) != 0) return false;
  for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
    if (g_strstr_len(line->start, (gssize)line->length, words[i])) return true;
  return false;
}

/* How many lines of Von:, Gesendet:, An:, Betreff: begin here; 0 unless one of them says from whom. */
static guint count_mail_head(GArray *lines, guint i)
{
  static const char *const from[] = { "Von", "From", "*Von", "*From", "От", "Kimden", NULL };
  static const char *const others[] = { "Gesendet",  "Sent",     "An",      "To",    "Cc",
                                        "Kopie",     "Betreff",  "Subject", "Datum", "Date",
                                        "*Gesendet", "*Sent",    "*An",     "*To",   "*Cc",
                                        "*Betreff",  "*Subject", "*Datum",  "*Date", "Antwort an",
                                        "Reply-To",  NULL };
  guint count = 0, senders = 0;
  for (; count < 12 && i + count < lines->len; count++) {
    const struct line *line = line_at(lines, i + count);
    bool is_from = begins_with(line, from, ':');
    if (!is_from && !begins_with(line, others, ':')) break;
    senders += is_from;
  }
  return senders > 0 && count >= 3 ? count : 0;
}

static void drop_from(GArray *lines, guint first)
{
  for (guint i = first; i < lines->len; i++) line_at(lines, i)->is_kept = false;
}

/* Leaves out a whole mail quoted below the new text. What was forwarded with nothing above it stays, without
 * its head. */
static void drop_quoted_mail(GArray *lines)
{
  bool has_text = false;
  for (guint i = 0; i < lines->len; i++) {
    struct line *line = line_at(lines, i);
    guint head = count_mail_head(lines, i);
    if ((is_bar(line) || head > 0) && has_text) {
      drop_from(lines, i);
      return;
    }
    for (guint k = 0; k < head; k++) line_at(lines, i + k)->is_kept = false;
    if (is_bar(line)) line->is_kept = false;
    if (head > 0) i += head - 1;
    has_text |= line->is_kept && !is_blank(line);
  }
}

/* "-- " and what follows; "--" without the blank only where little follows. */
static void drop_signature(GArray *lines)
{
  for (guint i = 0; i < lines->len; i++) {
    const struct line *line = line_at(lines, i);
    if (line->length != 2 || strncmp(line->start, "--", 2) != 0) continue;
    bool has_blank = line->start[2] == ' ';
    if (has_blank || lines->len - i - 1 <= BARE_DASH_LINES) {
      drop_from(lines, i);
      return;
    }
  }
}

/* Bytes of the farewell that a line begins with ("Viele Grüße, Lothar"), if it holds little else; 0: it is
 * none. */
static gsize farewell_length(const struct line *line)
{
  static const struct {
    const char *words;
    bool stands_alone; /* too common to count with a name behind it */
  } farewells[] = {
    { "mit freundlichen grüßen", false },
    { "mit freundlichen grüssen", false },
    { "mit freundlichen gruessen", false },
    { "mit freundlichem gruß", false },
    { "mit freundlichem gruss", false },
    { "mit besten grüßen", false },
    { "mit herzlichen grüßen", false },
    { "mit nachbarschaftlichen grüßen", false },
    { "freundliche grüße", false },
    { "freundliche grüsse", false },
    { "viele liebe grüße", false },
    { "viele grüße", false },
    { "viele grüsse", false },
    { "viele gruesse", false },
    { "liebe grüße", false },
    { "liebe grüsse", false },
    { "liebe gruesse", false },
    { "beste grüße", false },
    { "beste grüsse", false },
    { "besten gruß", false },
    { "herzliche grüße", false },
    { "herzlichen gruß", false },
    { "schöne grüße", false },
    { "schönen gruß", false },
    { "sonnige grüße", false },
    { "nachbarschaftliche grüße", false },
    { "hochachtungsvoll", false },
    { "mfg", false },
    { "lg", false },
    { "vg", false },
    { "bg", true },
    { "gruß", true },
    { "grüße", true },
    { "best regards", false },
    { "kind regards", false },
    { "regards", true },
    { "cheers", true },
    { "с уважением", false },
    { "saygılarımla", false },
    { "ihr", true },
    { "ihre", true },
    { "euer", true },
    { "eure", true },
  };
  if (line->length == 0 || line->length > 2 * FAREWELL_CHARACTERS) return 0;
  g_autofree char *lower = g_utf8_strdown(line->start, (gssize)line->length);
  for (gsize i = 0; i < G_N_ELEMENTS(farewells); i++) {
    if (!g_str_has_prefix(lower, farewells[i].words)) continue;
    const char *rest = lower + strlen(farewells[i].words);
    bool is_alone = strspn(rest, " ,.!;") == strlen(rest);
    bool has_name = !farewells[i].stands_alone && strchr(" ,;", *rest) && g_utf8_strlen(rest, -1) <= 40;
    if (!is_alone && !has_name) continue;
    const char *end = g_utf8_offset_to_pointer(line->start, g_utf8_strlen(farewells[i].words, -1));
    return MIN((gsize)(end - line->start), line->length);
  }
  return 0;
}

/* Whether a line begins a postscript, which is text again. */
static bool is_postscript(const struct line *line)
{
  static const char *const words[] = { "PS", "P.S.", "P.S", "PPS", "NB", NULL };
  return begins_with(line, words, ':') || begins_with(line, words, ' ');
}

/* Whether something is kept above a line. */
static bool has_text_above(GArray *lines, guint i)
{
  while (i-- > 0)
    if (line_at(lines, i)->is_kept && !is_blank(line_at(lines, i))) return true;
  return false;
}

/* Where what stands below a farewell ends: at the end or a postscript. The farewell's own line when that is
 * too much to be a name and an address: then people went on writing. */
static guint farewell_end(GArray *lines, guint farewell)
{
  guint end = farewell + 1, count = 0;
  for (; end < lines->len && !is_postscript(line_at(lines, end)); end++) {
    const struct line *line = line_at(lines, end);
    if (!line->is_kept || is_blank(line)) continue;
    if (++count > FAREWELL_LINES || g_utf8_strlen(line->start, (gssize)line->length) > FAREWELL_CHARACTERS)
      return farewell;
  }
  return end;
}

/* Leaves out the name behind the last farewell and the few short lines below it; a postscript stays. */
static void drop_behind_farewell(GArray *lines)
{
  guint seen = 0;
  for (guint i = lines->len; i-- > 0 && seen < FAREWELL_SEARCH_LINES;) {
    struct line *line = line_at(lines, i);
    if (!line->is_kept || is_blank(line)) continue;
    seen++;
    gsize farewell = farewell_length(line);
    if (farewell == 0 || !has_text_above(lines, i)) continue;
    guint end = farewell_end(lines, i);
    if (end > i) line->length = farewell;
    for (guint k = i + 1; k < end; k++) line_at(lines, k)->is_kept = false;
    return;
  }
}

/* The lines that are kept, with "[…]" where text goes on after a quote. */
static GString *join_lines(GArray *lines)
{
  GString *out = g_string_new(NULL);
  bool has_gap = false;
  for (guint i = 0; i < lines->len; i++) {
    const struct line *line = line_at(lines, i);
    if (!line->is_kept) {
      has_gap |= is_quote(line);
      continue;
    }
    if (is_blank(line) && (out->len == 0 || has_gap)) continue;
    if (has_gap && out->len > 0) g_string_append(out, "\n[…]\n\n");
    has_gap = false;
    g_string_append_len(out, line->start, (gssize)line->length);
    g_string_append_c(out, '\n');
  }
  while (out->len > 0 && out->str[out->len - 1] == '\n') g_string_truncate(out, out->len - 1);
  return out;
}

GString *own_lines(const char *text)
{
  g_autoptr(GArray) lines = split_lines(text);
  drop_quotes(lines);
  drop_quoted_mail(lines);
  drop_signature(lines);
  drop_behind_farewell(lines);
  return join_lines(lines);
}
