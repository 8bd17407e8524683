/* A resident's data in an office's answer, and the clerk's own name: gone before anybody outside sees the
 * text. What is looked for is what the case itself knows: the parties' names and addresses, and of the mails
 * that they wrote the lines of the signature and every telephone number. A word that also stands in the title
 * or the place of the case stays: a resident called "Bölsche" does not take the Bölschestraße away. */
#include "lists/cases/replies/reply.h"

#include "lists/understand/answers/official/talk.h"

#include "lib/base/fault.h"
#include "lib/mail/read.h"
#include "lib/store/mails.h"

#include <string.h>

enum { DIGITS_LEAST = 6, LINE_LEAST = 6, ENTRIES_LOOKED_AT = 50, WORD_LEAST = 3, NAME_WORDS = 4 };

static const char NAME[] = "[Name entfernt]";
static const char ADDRESS[] = "[Adresse entfernt]";
static const char PHONE[] = "[Telefonnummer entfernt]";

/* ---- replacing ---- */

static bool is_inside_word(const char *text, const char *at)
{
  const char *before = at > text ? g_utf8_find_prev_char(text, at) : NULL;
  return before && g_unichar_isalnum(g_utf8_get_char(before));
}

/* Behind a genitive's s, where the word ends there; NULL: the word goes on. */
static const char *word_end(const char *end)
{
  if (!g_unichar_isalnum(g_utf8_get_char(end))) return end;
  if (*end == 's' && !g_unichar_isalnum(g_utf8_get_char(end + 1))) return end + 1;
  return NULL;
}

/* Replaces `words` where they stand as whole words in any case. */
static char *replace_words(char *text, const char *words, const char *by)
{
  g_autofree char *low = g_utf8_strdown(text, -1), *wanted = g_utf8_strdown(words, -1);
  if (strlen(low) != strlen(text) || !*wanted) return text; /* rare letters whose cases differ in length */
  g_autoptr(GString) out = g_string_new(NULL);
  const char *from = low;
  for (const char *at = low; (at = strstr(at, wanted));) {
    const char *end = word_end(at + strlen(wanted));
    if (!end || is_inside_word(low, at)) {
      at++;
      continue;
    }
    g_string_append_len(out, text + (from - low), at - from);
    g_string_append(out, by);
    from = at = end;
  }
  g_string_append(out, text + (from - low));
  g_free(text);
  return g_string_free(g_steal_pointer(&out), FALSE);
}

/* ---- names ---- */

/* The name of a person and each of its words that the case's own title and place do not hold. */
static char *without_name(char *text, const char *name, const char *known)
{
  if (!name || !*name) return text;
  text = replace_words(text, name, NAME);
  g_auto(GStrv) words = g_strsplit_set(name, " ,.()\"'", -1);
  if (g_strv_length(words) > NAME_WORDS) return text; /* a club or a company */
  for (char **word = words; *word; word++) {
    g_autofree char *low = g_utf8_strdown(*word, -1);
    bool is_capital = g_unichar_isupper(g_utf8_get_char(*word));
    if (is_capital && g_utf8_strlen(*word, -1) >= WORD_LEAST && !strstr(known, low))
      text = replace_words(text, *word, NAME);
  }
  return text;
}

/* "Frau [Name entfernt] [Name entfernt]" → "Frau [Name entfernt]". */
static char *join_doubles(char *text)
{
  g_autofree char *twice = g_strconcat(NAME, " ", NAME, NULL);
  while (strstr(text, twice)) {
    g_auto(GStrv) parts = g_strsplit(text, twice, -1);
    g_free(text);
    text = g_strjoinv(NAME, parts);
  }
  return text;
}

/* ---- telephone numbers ---- */

/* The digits of a number without country code and leading noughts, of at most so many bytes at `at`; *end is
 * behind it. Caller frees; NULL: too few. */
static char *digits_at(const char *at, const char **end)
{
  g_autoptr(GString) digits = g_string_new(NULL);
  const char *p = at, *behind = at;
  for (; *p && strchr("0123456789 -/()+.", *p); p++)
    if (g_ascii_isdigit(*p)) {
      g_string_append_c(digits, *p);
      behind = p + 1;
    }
  *end = MAX(behind, at + 1);
  const char *own = digits->str;
  if (g_str_has_prefix(own, "0049")) own += 4;
  if (*at == '+' && g_str_has_prefix(own, "49")) own += 2;
  while (*own == '0') own++;
  return strlen(own) >= DIGITS_LEAST ? g_strdup(own) : NULL;
}

/* Every number of a text, as a set. */
static void collect_numbers(const char *text, GHashTable *numbers)
{
  for (const char *p = text, *end; *p; p = end) {
    bool begins = g_ascii_isdigit(*p) || *p == '+';
    end = p + 1;
    char *digits = begins ? digits_at(p, &end) : NULL;
    if (digits) g_hash_table_add(numbers, digits);
  }
}

static char *without_numbers(char *text, GHashTable *numbers)
{
  g_autoptr(GString) out = g_string_new(NULL);
  for (const char *p = text, *end; *p; p = end) {
    bool begins = g_ascii_isdigit(*p) || *p == '+';
    end = p + 1;
    g_autofree char *digits = begins ? digits_at(p, &end) : NULL;
    if (digits && g_hash_table_contains(numbers, digits))
      g_string_append(out, PHONE);
    else
      g_string_append_len(out, p, end - p);
  }
  g_free(text);
  return g_string_free(g_steal_pointer(&out), FALSE);
}

/* ---- what the parties wrote ---- */

/* Each line of a signature, where it says who or where somebody is. */
static char *without_lines(char *text, const char *signature, const char *known)
{
  g_auto(GStrv) lines = g_strsplit(signature, "\n", -1);
  for (char **line = lines; *line; line++) {
    g_strstrip(*line);
    g_autofree char *low = g_utf8_strdown(*line, -1);
    bool says_where = strpbrk(*line, "0123456789@") != NULL;
    if (says_where && strlen(*line) >= LINE_LEAST && !strstr(known, low))
      text = replace_words(text, *line, ADDRESS);
  }
  return text;
}

struct private_parts {
  GHashTable *numbers;
  GString *signatures;
  GString *words; /* all that they wrote, and their names; NULL: not wanted */
};

/* The mail behind an entry of a party that is no office. */
static bool collect_mail(struct case_reply *reply, int64_t id, struct private_parts *parts, GError **error)
{
  GError *failed = NULL;
  g_autoptr(GBytes) raw = mail_bytes(reply->work->store, id, &failed);
  if (fault_hand_on(failed, error)) return false;
  if (!raw) return true;
  gsize size = 0;
  const void *bytes = g_bytes_get_data(raw, &size);
  g_autoptr(mail_t) mail = mail_read(bytes, size,
                                     &(struct mail_reading){ .domain = reply->work->config->domain,
                                                             .authserv_id = reply->work->config->authserv_id,
                                                             .without_language = true });
  collect_numbers(mail->text, parts->numbers);
  g_string_append_printf(parts->signatures, "%s\n", mail->signature);
  if (parts->words) g_string_append_printf(parts->words, "%s\n%s\n", mail->from.name, mail->text);
  return true;
}

static bool collect_entries(struct case_reply *reply, struct private_parts *parts, GError **error)
{
  g_autoptr(GPtrArray) entries = case_entries(reply->work->store, reply->it->id, 0, ENTRIES_LOOKED_AT, error);
  if (!entries) return false;
  for (guint i = 0; i < entries->len; i++) {
    const struct case_entry *entry = entries->pdata[i];
    if (entry->mail && !entry->office && !collect_mail(reply, entry->mail, parts, error)) return false;
  }
  return true;
}

static bool take_out(struct case_reply *reply, char **text, const struct private_parts *parts, GError **error)
{
  const struct casefile *it = reply->it;
  g_autofree char *named = g_strconcat(it->title, "\n", it->place, NULL);
  g_autofree char *known = g_utf8_strdown(named, -1);
  g_autoptr(GPtrArray) parties = case_parties(reply->work->store, it->id, "", error);
  if (!parties) return false;
  *text = without_lines(*text, parts->signatures->str, known);
  for (guint i = 0; i < parties->len; i++) {
    const struct case_party *party = parties->pdata[i];
    if (strcmp(party->role, "office") == 0) continue;
    *text = replace_words(*text, party->address, ADDRESS);
    *text = without_name(*text, party->name, known);
  }
  bool shows_clerk = reply->office && strcmp(reply->office->clerk, "name") == 0;
  const char *clerk = reply->arrival->mail->from.name;
  g_autofree char *offices = reply->office ? g_utf8_strdown(reply->office->name, -1) : g_strdup("");
  if (!shows_clerk && !strpbrk(clerk, "@") && !strstr(clerk, "amt") && !strstr(clerk, "Amt"))
    *text = without_name(*text, clerk, offices);
  *text = join_doubles(*text);
  *text = without_numbers(*text, parts->numbers);
  return true;
}

char *reply_without_people(struct case_reply *reply, const char *text, GError **error)
{
  char *out = g_strdup(text ? text : "");
  if (!*out) return out;
  g_autoptr(GHashTable) numbers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GString) signatures = g_string_new(NULL);
  struct private_parts parts = { .numbers = numbers, .signatures = signatures };
  if (collect_entries(reply, &parts, error) && take_out(reply, &out, &parts, error)) return out;
  g_free(out);
  return NULL;
}

/* ---- who is greeted ---- */

/* The names and words of all parties that are no office. */
static bool collect_words(struct case_reply *reply, GString *words, GError **error)
{
  g_autoptr(GHashTable) numbers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GString) signatures = g_string_new(NULL);
  struct private_parts parts = { .numbers = numbers, .signatures = signatures, .words = words };
  g_autoptr(GPtrArray) parties = case_parties(reply->work->store, reply->it->id, "", error);
  if (!parties || !collect_entries(reply, &parts, error)) return false;
  for (guint i = 0; i < parties->len; i++) {
    const struct case_party *party = parties->pdata[i];
    if (strcmp(party->role, "office") == 0) continue;
    g_string_append_printf(words, "%s\n%s\n", party->name ? party->name : "",
                           party->address ? party->address : "");
  }
  return true;
}

bool reply_greets_stranger(struct case_reply *reply, const struct passage *passage, bool *greets,
                           GError **error)
{
  g_autoptr(GArray) greeted = official_greeted(passage);
  *greets = false;
  if (greeted->len == 0) return true;
  g_autoptr(GString) words = g_string_new(NULL);
  if (!collect_words(reply, words, error)) return false;
  g_autoptr(lexemes_t) known = lexemes_new(words->str, 0);
  g_autoptr(GHashTable) set = g_hash_table_new(g_str_hash, g_str_equal);
  for (guint i = 0; i < known->count; i++) g_hash_table_add(set, (gpointer)known->at[i].folded);
  for (guint i = 0; i < greeted->len; i++) {
    const struct lexeme *name = &passage->lexemes->at[g_array_index(greeted, guint, i)];
    *greets |= !g_hash_table_contains(set, name->folded);
  }
  return true;
}
