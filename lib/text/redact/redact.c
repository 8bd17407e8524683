/* Redaction: walks over a text once and puts a neutral word where something personal stands.
 *
 * At each place where a word may begin a table of matchers is asked, first match wins: links (kept, unless
 * they carry an address or a number), bank accounts, e-mail addresses, telephone numbers. A matcher looks a
 * bounded way ahead, or remembers how far it has looked, so that the whole is linear however the text is
 * built. They see a folded text (redact_fold.c); what stays is put out as it was written. */
#include "lib/text/redact/redact.h"
#include "lib/text/mailbox_domains.h"

#include "lib/text/redact/redact_scan.h"

#include <string.h>

static const char ADDRESS[] = "[Adresse entfernt]";
static const char PHONE[] = "[Telefonnummer entfernt]";
static const char IDENTIFIER[] = "[Kennung entfernt]";
static const char LINK[] = "[Link entfernt]";

/* ---- characters ---- */

/* The character at a place; 0 behind the end. *length gets its bytes. */
gunichar scan_character(const struct scan *scan, gsize at, gsize *length)
{
  if (at >= scan->size) {
    *length = 0;
    return 0;
  }
  gunichar c = g_utf8_get_char(scan->text + at);
  *length = (gsize)(g_utf8_next_char(scan->text + at) - (scan->text + at));
  return c;
}

/* The byte at a place; 0 behind the end. */
char scan_byte(const struct scan *scan, gsize at)
{
  return at < scan->size ? scan->text[at] : '\0';
}

/* Whether the characters before a place end in a letter or digit. */
static bool follows_word(const struct scan *scan, gsize at)
{
  if (at == 0) return false;
  const char *before = g_utf8_prev_char(scan->text + at);
  return g_unichar_isalnum(g_utf8_get_char(before));
}

/* Whether the text at a place begins with ASCII `word`, in any case. Nearly always its first letter says no.
 */
bool scan_has_word(const struct scan *scan, gsize at, const char *word)
{
  enum { ALL_BUT_CASE = 0xDF };
  if (at >= scan->size || ((scan->text[at] ^ word[0]) & ALL_BUT_CASE)) return false;
  gsize length = strlen(word);
  return at + length <= scan->size && g_ascii_strncasecmp(scan->text + at, word, length) == 0;
}

/* Length of the first of these words that stands at a place; 0: none. Bytes above ASCII compare as they are.
 */
gsize scan_any_word(const struct scan *scan, gsize at, const char *const *words)
{
  for (; *words; words++)
    if (scan_has_word(scan, at, *words)) return strlen(*words);
  return 0;
}

/* Where the word that begins at scan->at ends, if it is one of these in any case (ASCII letters only); 0: it
 * is none. */
gsize scan_has_one_of(const struct scan *scan, const char *const *words, gsize count)
{
  gsize end = scan->at;
  while (end - scan->at < 16 && g_ascii_isalpha(scan_byte(scan, end))) end++;
  for (gsize i = 0; i < count; i++)
    if (scan_has_word(scan, scan->at, words[i]) && strlen(words[i]) == end - scan->at) return end;
  return 0;
}

gsize scan_skip_blanks(const struct scan *scan, gsize at, gsize limit)
{
  for (gsize n = 0; n < limit && (scan_byte(scan, at) == ' ' || scan_byte(scan, at) == '\t'); n++) at++;
  return at;
}

/* ---- links ---- */

/* Whether a link holds "name@": an address, or a password. "/@name" is only a profile. */
static bool link_holds_address(const char *link, gsize length)
{
  for (gsize i = 1; i < length; i++) {
    bool is_at = link[i] == '@' || (i + 2 < length && g_ascii_strncasecmp(link + i, "%40", 3) == 0);
    if (is_at && g_ascii_isalnum(link[i - 1])) return true;
  }
  return false;
}

/* Whether a link leads to somebody's telephone. */
static bool link_holds_phone(const char *link, gsize length)
{
  static const char *const hosts[] = { "://wa.me/", "://t.me/+", "://signal.me/", "api.whatsapp.com/send" };
  for (gsize i = 0; i < G_N_ELEMENTS(hosts); i++)
    if (g_strstr_len(link, (gssize)MIN(length, 60), hosts[i])) return true;
  return false;
}

/* A link, without the punctuation of the sentence it stands in. */
static gsize match_link(struct scan *scan)
{
  if (!scan_has_word(scan, scan->at, "http://") && !scan_has_word(scan, scan->at, "https://")) return 0;
  gsize end = scan->at, length;
  for (gunichar c; (c = scan_character(scan, end, &length)) != 0 && !g_unichar_isspace(c); end += length)
    if (c == '<' || c == '>' || c == '"' || c == 0x201c || c == 0x201e || c == 0x201d) break;
  while (end > scan->at && strchr(".,;:!?)]}'*", scan->text[end - 1])) end--;
  const char *link = scan->text + scan->at;
  length = end - scan->at;
  bool is_unwanted = (scan->kinds & REDACT_LINK) != 0 || link_holds_address(link, length);
  scan->word = link_holds_phone(link, length) ? PHONE : is_unwanted ? LINK : NULL;
  return length;
}

/* ---- e-mail addresses ---- */

static const char *const AT_IN_BRACKETS[] = { "(at)",   "[at]",          "{at}",          "<at>",
                                              "( at )", "[ at ]",        "(ät)",          "[ät]",
                                              "{ät}",   "(a)",           "[a]",           "(@)",
                                              "[@]",    "(klammeraffe)", "[klammeraffe]", NULL };
static const char *const AT_AS_WORD[] = { "at ", "ät ", "@ ", "@", "klammeraffe ", NULL };
static const char *const DOT_WORDS[] = { " punkt ", " dot ", "(punkt)",   "[punkt]",   "{punkt}", "(dot)",
                                         "[dot]",   "{dot}", " (punkt) ", " [punkt] ", " (dot) ", " [dot] ",
                                         "(.)",     "[.]",   " . ",       NULL };

/* Characters of a local part (RFC 5322 atext, RFC 6531), dots included, braces left to the spelled-out forms.
 */
static bool is_local_character(gunichar c)
{
  if (c < 0x80) return c > ' ' && (g_ascii_isalnum((char)c) || strchr("!#$%&'*+-/=?^_`|~.", (char)c));
  return g_unichar_isalnum(c) || g_unichar_ismark(c);
}

struct domain {
  gsize end;       /* behind its last letter */
  bool has_dot;    /* of whatever kind */
  bool is_spelled; /* "punkt" instead of a dot */
};

/* One label: letters, digits, hyphens inside. Returns its end, `at` for none. */
static gsize label_end(const struct scan *scan, gsize at)
{
  gsize end = at, length;
  for (gunichar c; (c = scan_character(scan, at, &length)) != 0; at += length) {
    if (g_unichar_isalnum(c)) {
      end = at + length;
    } else if (c != '-' && c != '_') {
      break;
    }
  }
  return end;
}

/* Reads a domain at a place, at most eight labels; false when there is not even one. */
static bool read_domain(const struct scan *scan, gsize at, bool may_be_spelled, struct domain *domain)
{
  gsize start = at;
  *domain = (struct domain){ .end = label_end(scan, at) };
  if (domain->end == at) return false;
  for (int labels = 1; labels < 8 && domain->end - start < 255; labels++) {
    gsize dot = scan_byte(scan, domain->end) == '.' ? 1 : 0;
    bool is_word = dot == 0 && may_be_spelled && (domain->is_spelled || !domain->has_dot);
    if (is_word) dot = scan_any_word(scan, domain->end, DOT_WORDS);
    if (dot == 0) break;
    gsize end = label_end(scan, domain->end + dot);
    if (end == domain->end + dot) break;
    domain->end = end;
    domain->has_dot = true;
    domain->is_spelled |= is_word;
  }
  return true;
}

/* Whether the domain just read is one where people have mailboxes. */
static bool is_at_provider(const struct scan *scan, gsize start, const struct domain *domain)
{
  gsize length = scan_any_word(scan, start, mailbox_domains);
  return length != 0 && start + length == domain->end;
}

/* Whether the domain's last label begins with a letter, as top-level domains do: "@ 5.50" is a price. */
static bool has_top_level(const struct scan *scan, gsize start, const struct domain *domain)
{
  gsize at = domain->end;
  while (at > start && scan->text[at - 1] != '.' && scan->text[at - 1] != ' ' && scan->text[at - 1] != ')')
    at--;
  gsize length;
  return g_unichar_isalpha(scan_character(scan, at, &length));
}

/* Behind an at sign with blanks after it: where the domain ends; 0: no domain, or too little to be sure. */
static gsize distant_domain_end(const struct scan *scan, gsize sign_end)
{
  struct domain domain;
  gsize start = scan_skip_blanks(scan, sign_end, 2);
  bool is_sure = start > sign_end && read_domain(scan, start, true, &domain) && domain.has_dot &&
                 has_top_level(scan, start, &domain);
  return is_sure ? domain.end : 0;
}

/* Behind a local part: where the domain of a spelled-out address ends; 0 when it is none. */
static gsize spelled_address_end(const struct scan *scan, gsize local_end)
{
  struct domain domain;
  gsize at = scan_skip_blanks(scan, local_end, 2);
  gsize sign = scan_any_word(scan, at, AT_IN_BRACKETS);
  if (sign != 0) {
    gsize start = scan_skip_blanks(scan, at + sign, 2);
    return read_domain(scan, start, true, &domain) && domain.has_dot ? domain.end : 0;
  }
  if (at == local_end) return 0;
  sign = scan_any_word(scan, at, AT_AS_WORD);
  if (sign == 0) return 0;
  gsize start = scan_skip_blanks(scan, at + sign, 2);
  if (!read_domain(scan, start, true, &domain) || !domain.has_dot) return 0;
  bool is_sign = scan_byte(scan, at) == '@' && has_top_level(scan, start, &domain);
  return is_sign || domain.is_spelled || is_at_provider(scan, start, &domain) ? domain.end : 0;
}

/* Whether a local part at our own domain names a role: plain, or with a command behind "+" (never a token).
 */
static bool is_role(const char *local, gsize length)
{
  gsize i = 0;
  while (i < length && (g_ascii_isalnum(local[i]) || strchr("-_.", local[i]))) i++;
  if (i == 0) return false;
  if (i == length) return true;
  if (local[i] != '+' || length - i - 1 > 20) return false;
  for (i++; i < length; i++)
    if (!g_ascii_isalpha(local[i])) return false;
  return true;
}

/* Whether the words before a place say that an identifier follows, not an address. */
static bool follows_identifier_word(const struct scan *scan)
{
  static const char *const words[] = { "message-id", "in-reply-to", "references", "nachrichten-id" };
  gsize start = scan->at > 24 ? scan->at - 24 : 0;
  for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
    for (gsize at = start; at < scan->at; at++)
      if (scan_has_word(scan, at, words[i])) return true;
  return false;
}

/* An address, written with "@" or spelled out. */
static gsize match_address(struct scan *scan)
{
  if (scan->at < scan->address_tried) return 0;
  gsize local_end = scan->at, length;
  bool is_quoted = false;
  gunichar c;
  while ((c = scan_character(scan, local_end, &length)) != 0 && is_local_character(c)) local_end += length;
  if (c == '"' && local_end == scan->at) { /* "anna schmidt"@web.de */
    gsize quoted = scan->at + 1;
    while (quoted < scan->size && quoted - scan->at < 66 && scan->text[quoted] != '"' &&
           scan->text[quoted] != '\n')
      quoted++;
    if (scan_byte(scan, quoted) == '"' && scan_byte(scan, quoted + 1) == '@') {
      local_end = quoted + 1;
      c = '@';
      length = 1;
      is_quoted = true;
    }
  }
  if (local_end == scan->at) return 0;
  scan->address_tried = local_end;
  const char *hidden = g_strstr_len(scan->text + scan->at, (gssize)(local_end - scan->at), "_at_");
  gsize end = hidden && memchr(hidden, '.', (gsize)(scan->text + local_end - hidden)) ? local_end : 0;
  bool is_sign = c == '@';
  if (is_sign) {
    struct domain domain;
    gsize start = local_end + length;
    if (scan_byte(scan, start) == '[') start++;
    if (read_domain(scan, start, true, &domain)) end = domain.end;
    gsize ours = strlen(scan->domain);
    bool is_ours =
        end != 0 && end - start == ours && g_ascii_strncasecmp(scan->text + start, scan->domain, ours) == 0;
    bool is_whole = scan_byte(scan, end) != '@'; /* not the local part of somebody's "ours@theirs" */
    if (is_ours && is_whole && is_role(scan->text + scan->at, local_end - scan->at)) {
      scan->word = NULL;
      return end - scan->at;
    }
    if (end == 0) end = distant_domain_end(scan, start);
  } else if (end == 0) {
    end = spelled_address_end(scan, local_end);
  }
  if (end == 0 && is_quoted) scan->address_tried = scan->at + 1; /* what stands in the quotes may be one */
  if (end == 0) return 0;
  scan->word = follows_identifier_word(scan) ? IDENTIFIER : ADDRESS;
  return end - scan->at;
}

/* ---- the walk ---- */

typedef gsize matcher(struct scan *scan);
static const struct {
  matcher *matches;
  unsigned kinds; /* what it finds */
} MATCHERS[] = {
  { match_link, REDACT_LINK | REDACT_EMAIL | REDACT_PHONE },
  { redact_match_account, REDACT_ACCOUNT },
  { match_address, REDACT_EMAIL },
  { redact_match_phone, REDACT_PHONE },
};

/* Asks the matchers at a place where a word may begin; returns the bytes matched. What is not wanted stays as
 * it is, but is passed over whole: the digits of an account are no telephone number. */
static gsize match_here(struct scan *scan)
{
  for (gsize i = 0; i < G_N_ELEMENTS(MATCHERS); i++) {
    gsize length = MATCHERS[i].matches(scan);
    if (length == 0) continue;
    if ((MATCHERS[i].kinds & scan->kinds) == 0) scan->word = NULL;
    return length;
  }
  return 0;
}

/* A word for telephones or accounts reaches to the end of its line; into the next one where the line ends
 * with it ("Tel.:"). */
static void end_line(struct scan *scan)
{
  if (scan->at > 0 && scan->text[scan->at - 1] == ':') return;
  scan->phone_until = scan->account_until = 0;
}

/* Of what kind a match is, by the word that would replace it. */
static enum redact_kind kind_of(const char *word)
{
  if (word == ADDRESS || word == IDENTIFIER) return REDACT_EMAIL;
  if (word == LINK) return REDACT_LINK;
  return strcmp(word, PHONE) == 0 ? REDACT_PHONE : REDACT_ACCOUNT;
}

guint redact_kinds(GString *out, const char *text, gsize size, const char *domain, unsigned kinds)
{
  return redact_kinds_but(out, text, size, domain, kinds, NULL, NULL);
}

guint redact_kinds_but(GString *out, const char *text, gsize size, const char *domain, unsigned kinds,
                       redact_stays *stays, void *data)
{
  guint count = 0;
  struct folded folded;
  redact_fold(&folded, text, size);
  struct scan scan = { .text = folded.text->str, .size = folded.text->len, .domain = domain, .kinds = kinds };
  gsize matched_until = 0; /* what stands right behind a match begins a word: "Tel. 12 345anna@web.de" */
  while (scan.at < scan.size) {
    if (scan.text[scan.at] == '\n') end_line(&scan);
    gsize length = 0;
    if (scan.at == matched_until || !follows_word(&scan, scan.at)) {
      redact_notice_phone_word(&scan);
      redact_notice_account_word(&scan);
      length = match_here(&scan);
      if (length > 0) matched_until = scan.at + length;
    }
    if (length == 0) {
      scan_character(&scan, scan.at, &length);
      scan.word = NULL;
    }
    gsize from = redact_fold_origin(&folded, scan.at), to = redact_fold_origin(&folded, scan.at + length);
    if (scan.word && stays && stays(text, from, to, kind_of(scan.word), data)) scan.word = NULL;
    count += scan.word != NULL;
    if (scan.word)
      g_string_append(out, scan.word);
    else
      g_string_append_len(out, text + from, (gssize)(to - from));
    scan.at += length;
  }
  redact_fold_clear(&folded);
  return count;
}

void redact(GString *out, const char *text, gsize size, const char *domain)
{
  redact_kinds(out, text, size, domain, REDACT_EMAIL | REDACT_PHONE | REDACT_ACCOUNT);
}
