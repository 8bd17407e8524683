/* Letters of mail systems that follow no RFC: qmail, Exim, old Exchange and Notes, Gmail, GMX, T-Online, and
 * a hundred more. They have in common that the addresses that failed stand at the beginning of a line, that
 * what is said about one stands behind it, and that the mail they are about follows at the end
 * (notice_end.c).
 *
 * What surprised us: the same address comes again in the other server's answer; addresses for
 * help stand between ("contact postmaster@…"). */
#include "lib/mail/reports/reports.h"

#include "lib/mail/reports/wording.h"

#include <string.h>

enum { TEXT_MAX = 64 * 1024, LINES_MAX = 2000, ADDRESSES_MAX = 200, COMPLAINT_MAX = 3000, LABEL_MAX = 200 };

void complaint_free(gpointer data)
{
  struct complaint *complaint = data;
  g_free(complaint->address);
  g_free(complaint->text);
  g_free(complaint);
}

/* ---- addresses ---- */

static bool is_local_byte(char c)
{
  return (c & 0x80) || g_ascii_isalnum(c) || (c && strchr("!#$%&*+-/=?^_{|}~.", c));
}

static bool is_domain_byte(char c)
{
  return (c & 0x80) || g_ascii_isalnum(c) || c == '-' || c == '.';
}

/* The address around the sign at `sign`, inside [begin, …). NULL: none. */
static char *address_around(const char *begin, const char *sign, const char **first, const char **last)
{
  const char *from = sign, *to = sign + 1;
  while (from > begin && is_local_byte(from[-1])) from--;
  while (is_domain_byte(*to)) to++;
  while (to > sign + 1 && (to[-1] == '.' || to[-1] == '-')) to--;
  /* "smtp:a@b", "dda:SMTP=a@b", "…/a@b" */
  for (const char *p = from; p < sign; p++)
    if (*p == '=' && sign - from > 5 && g_ascii_strncasecmp(p - 4 >= begin ? p - 4 : p, "smtp", 4) == 0)
      from = p + 1;
  if (from == sign || !memchr(sign, '.', (gsize)(to - sign))) return NULL;
  *first = from;
  *last = to;
  return g_strndup(from, (gsize)(to - from));
}

enum place { PLACE_UNLIKELY, PLACE_INLINE, PLACE_LABELLED, PLACE_HEAD };

/* What stands before an address on its line: nothing but marks and labels for a recipient? */
static enum place place_of(const char *line, const char *first)
{
  const char *from = first - line > LABEL_MAX ? first - LABEL_MAX : line;
  g_autofree char *before = g_strndup(from, (gsize)(first - from));
  gsize size = strlen(before);
  if (size >= 5 && (g_str_has_suffix(before, "=") || g_str_has_suffix(before, ":")) &&
      g_ascii_strncasecmp(before + size - 5, "smtp", 4) == 0)
    return PLACE_HEAD;                  /* X.400 names: "c=US;a= ;p=X;dda:SMTP=a@b" */
  if (from > line) return PLACE_INLINE; /* no label is so long, and lines may be */
  g_strdelimit(before, "<>*-:;\"'()[]\t|=.0123456789#", ' ');
  g_strstrip(before);
  if (!*before) return PLACE_HEAD;
  static const char *const heads[] = { "rcpt to",
                                       "recipient",
                                       "recipients",
                                       "empfaenger",
                                       "failed recipient",
                                       "final recipient rfc822",
                                       "smtp",
                                       "recipient address",
                                       "mailto",
                                       "address",
                                       "Empfänger",
                                       "Empfänger-Adresse",
                                       "Empfängeradresse",
                                       "original recipient rfc822",
                                       "rfc822",
                                       "user",
                                       "addressee",
                                       "Adresse",
                                       "e mail",
                                       "invalid address",
                                       "unknown user",
                                       "failed",
                                       "failed address",
                                       "undeliverable to",
                                       "undeliverable  to",
                                       "could not be delivered to",
                                       "delivery failed to" };
  for (gsize i = 0; i < G_N_ELEMENTS(heads); i++)
    if (g_ascii_strcasecmp(before, heads[i]) == 0) return PLACE_HEAD;
  /* "Karl Muster <a@b>", with the name in quotes: quotes are gone by now, the bracket is not */
  const char *bracket = first > line && first[-1] == '<' ? first - 1 : NULL;
  const char *quote = line + strspn(line, " \t");
  if (bracket && *quote == '"') return PLACE_HEAD;
  if (g_ascii_strcasecmp(before, "to") == 0 || g_ascii_strcasecmp(before, "an") == 0) return PLACE_LABELLED;
  return PLACE_INLINE;
}

/* Lines that name somebody else than the one who failed. */
static bool names_other(const char *line)
{
  static const char *const beginnings[] = { "from:",       "sender:",   "von:",     "reply-to:",
                                            "cc:",         "subject:",  "betreff:", "message-id:",
                                            "mail from",   "absender:", ">>> mail", "original-sender",
                                            "return-path", "kopie:" };
  line += strspn(line, " \t|>*-");
  for (gsize i = 0; i < G_N_ELEMENTS(beginnings); i++)
    if (g_ascii_strncasecmp(line, beginnings[i], strlen(beginnings[i])) == 0) return true;
  return false;
}

/* Addresses of the mail system itself. */
static bool is_of_system(const char *address, const struct mail *mail)
{
  static const char *const names[] = { "mailer-daemon@", "postmaster@", "abuse@",    "support@",
                                       "helpdesk@",      "noreply@",    "no-reply@", "hostmaster@" };
  for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
    if (g_ascii_strncasecmp(address, names[i], strlen(names[i])) == 0) return true;
  return g_ascii_strcasecmp(address, mail->from.address) == 0;
}

/* Whom the report went to: our own address, and hardly the one that failed. */
static bool is_ours(const char *address, const struct mail *mail)
{
  for (guint i = 0; i < mail->to->len; i++)
    if (g_ascii_strcasecmp(address, ((struct mail_address *)g_ptr_array_index(mail->to, i))->address) == 0)
      return true;
  return false;
}

static enum place place_in(const char *line, const char *first, const char *address, const struct mail *mail)
{
  if (is_of_system(address, mail)) return PLACE_UNLIKELY;
  enum place place = place_of(line, first);
  if (!is_ours(address, mail)) return place;
  return place == PLACE_HEAD ? PLACE_INLINE : PLACE_UNLIKELY;
}

/* ---- complaints ---- */

struct found {
  char *address;
  guint line;
  enum place place;
};

static void found_free(gpointer data)
{
  struct found *found = data;
  g_free(found->address);
  g_free(found);
}

/* Every address of the letter, each once, in its best place. */
static GPtrArray *find_addresses(char **lines, const struct mail *mail)
{
  GPtrArray *all = g_ptr_array_new_with_free_func(found_free);
  g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; lines[i] && all->len < ADDRESSES_MAX; i++) {
    if (names_other(lines[i])) continue;
    for (const char *sign = strchr(lines[i], '@'); sign; sign = strchr(sign + 1, '@')) {
      const char *first, *last;
      char *address = address_around(lines[i], sign, &first, &last);
      if (!address) continue;
      enum place place = place_in(lines[i], first, address, mail);
      g_autofree char *lower = g_ascii_strdown(address, -1);
      struct found *before = g_hash_table_lookup(seen, lower);
      bool is_known = before != NULL;
      if (is_known && before->place < place) {
        before->place = place;
        before->line = i;
      }
      if (is_known || (last > sign && *last == ']')) {
        g_free(address);
        continue;
      }
      struct found *found = g_new0(struct found, 1);
      *found = (struct found){ address, i, place };
      g_ptr_array_add(all, found);
      g_hash_table_insert(seen, g_steal_pointer(&lower), found);
    }
  }
  return all;
}

/* Keeps those of the best place. */
static void keep_best(GPtrArray *all)
{
  enum place best = PLACE_INLINE;
  for (guint i = 0; i < all->len; i++) {
    const struct found *found = g_ptr_array_index(all, i);
    best = MAX(best, found->place);
  }
  for (guint i = all->len; i-- > 0;) {
    const struct found *found = g_ptr_array_index(all, i);
    if (found->place < best) g_ptr_array_remove_index(all, i);
  }
}

/* "550 …", "554 …": a line of Sendmail's transcript. */
static bool begins_with_code(const char *line)
{
  return (*line == '4' || *line == '5') && g_ascii_isdigit(line[1]) && g_ascii_isdigit(line[2]) &&
         (line[3] == ' ' || line[3] == '-');
}

/* In a transcript each line with a code is about its own address, and about nothing said before or behind. */
static bool is_next_in_transcript(const char *line)
{
  return begins_with_code(line) || g_str_has_prefix(line, "<<<") || g_str_has_prefix(line, ">>>") ||
         strstr(line, "hile talking to");
}

/* What stands from an address's line to the next one's. */
static char *text_between(char **lines, guint from, guint to)
{
  GString *text = g_string_new(NULL);
  bool is_transcript = lines[from] && begins_with_code(lines[from]);
  for (guint i = from; lines[i] && i < to && text->len < COMPLAINT_MAX; i++) {
    if (is_transcript && i > from && is_next_in_transcript(lines[i])) break;
    g_string_append(text, lines[i]);
    g_string_append_c(text, '\n');
  }
  return g_string_free(text, FALSE);
}

/* The line that an address is dealt with at, for the ones that a header names. */
static guint line_of(char **lines, const char *address)
{
  g_autofree char *lower = g_ascii_strdown(address, -1);
  for (guint i = 0; lines[i]; i++) {
    g_autofree char *line = g_ascii_strdown(lines[i], -1);
    if (strstr(line, lower)) return i;
  }
  return 0;
}

static GPtrArray *named_by_header(char **lines, const char *const *failed)
{
  GPtrArray *all = g_ptr_array_new_with_free_func(found_free);
  for (; *failed && all->len < ADDRESSES_MAX; failed++) {
    struct found *found = g_new0(struct found, 1);
    *found = (struct found){ g_strdup(*failed), line_of(lines, *failed), PLACE_HEAD };
    g_ptr_array_add(all, found);
  }
  return all;
}

GPtrArray *notice_read(const char *text, const char *const *failed, const struct mail *mail)
{
  GPtrArray *complaints = g_ptr_array_new_with_free_func(complaint_free);
  g_autofree char *own = notice_own_text(text);
  g_auto(GStrv) lines = g_strsplit(own, "\n", LINES_MAX);
  g_autoptr(GPtrArray) all = failed && *failed ? named_by_header(lines, failed) : find_addresses(lines, mail);
  keep_best(all);
  for (guint i = 0; i < all->len; i++) {
    const struct found *found = g_ptr_array_index(all, i);
    const struct found *next = i + 1 < all->len ? g_ptr_array_index(all, i + 1) : NULL;
    struct complaint *complaint = g_new0(struct complaint, 1);
    complaint->address = g_strdup(found->address);
    complaint->text = all->len == 1 ? g_strdup(own)
                                    : text_between(lines, found->line,
                                                   next && next->line > found->line ? next->line : G_MAXUINT);
    g_ptr_array_add(complaints, complaint);
  }
  return complaints;
}

/* ---- the manner ---- */

static bool has_any(const char *text, const char *const *patterns, gsize count)
{
  g_autoptr(wording_t) wording = wording_new(text);
  for (gsize i = 0; i < count; i++)
    if (wording_has(wording, patterns[i])) return true;
  return false;
}

bool notice_is_failure(const char *own_text)
{
  static const char *const patterns[] = { "not ~ delivered",
                                          "delivered ~ not",
                                          "undelivered",
                                          "delivered ~ fail",
                                          "fail ~ delivered",
                                          "message fail",
                                          "fail @",
                                          "@ fail",
                                          "fail ~ @",
                                          "not ~ reach",
                                          "not ~ erreicht",
                                          "returned message",
                                          "message returned",
                                          "not sent",
                                          "message delivered",
                                          "delivered status",
                                          "transcript",
                                          "giving up",
                                          "host said",
                                          "message rejected",
                                          "rejected message",
                                          "message ~ rejected",
                                          "message not accepted",
                                          "delivered attempt*",
                                          "fail type",
                                          "fail transmitting",
                                          "reporting mta",
                                          "delivered delayed",
                                          "message delayed",
                                          "delayed ~ message",
                                          "not @ delivered",
                                          "not transmi*",
                                          "trouble ~ delivered",
                                          "not such @",
                                          "@ unknown",
                                          "unknown @",
                                          "delivered notification",
                                          "delivered not",
                                          "not able ~ delivered",
                                          "message ~ not gesendet",
                                          "rejected ~ message",
                                          "message ~ undelivered",
                                          "not ~ zustell*",
                                          "gecikti",
                                          "not ~ send",
                                          "not forwarded",
                                          "not collected",
                                          "delivered ~ disabled",
                                          "delivered ~ aborted",

                                          "delivered disabled",
                                          "message ~ fail" };
  return has_any(own_text, patterns, G_N_ELEMENTS(patterns));
}

bool notice_is_failure_subject(const char *subject)
{
  static const char *const patterns[] = {
    "undelivered",         "delivered fail",      "delivered ~ fail",
    "fail notice",         "fail delivered",      "returned message",
    "message returned",    "returned @",          "delivered status",
    "message fail",        "message system fail", "message delivered",
    "not delivered",       "not ~ delivered",     "delivered notification",
    "delivered report",    "delivered ~ delayed", "message ~ delayed",
    "delayed message",     "message system",      "warning ~ message",
    "@ unknown",           "message ~ not",       "rejected message",
    "delivered problem*",  "fail transmi*",       "delivered not",
    "unzustellbar*",       "message ~ returned",  "postmaster notify",
    "returned sender",     "fail message",        "fail sending",
    "message undelivered", "delivered",
  };
  return has_any(subject, patterns, G_N_ELEMENTS(patterns));
}

bool notice_is_delay(const char *own_text)
{
  static const char *const patterns[] = {
    "not yet delivered",
    "delivered attempt* continue",
    "continue ~ try*",
    "not action required",
    "not need ~ resend",
    "message ~ delayed ~ hours",
    "still ~ queue",
    "message ~ retried",
    "warning only",
    "warning message only",
    "noch not delivered",
    "attempts ~ continue",
    "delivered attempts continue",
    "keep trying",
    "not yet ~ delivered",
    "delivered ~ delayed",
    "weiter versucht",
    "not yet",
    "retry ~ delivered",
  };
  return has_any(own_text, patterns, G_N_ELEMENTS(patterns));
}
