/* Offices that a text names. People write the sign ("SGA"), the whole name, or the short word that ends in
 * -amt: of "Straßen- und Grünflächenamt" that is "Grünflächenamt" and "Straßenamt". A short sign counts only
 * as it is written: "ja" is a word, "JA" may be the Jugendamt. */
#include "lists/offices/named.h"

#include "lists/offices/topics.h"

#include "lib/text/lexemes.h"

#include <string.h>

enum { SHORT_SIGN = 3, WORD_LEAST = 5, WORDS_MOST = 12 };

/* An office with the words of its name and sign. */
struct known {
  const struct office *office;
  lexemes_t *name, *sign;
  char *whole; /* the name as bare() makes it; NULL: not asked for */
};

static struct known known_of(const struct office *office)
{
  return (struct known){ office, lexemes_new(office->name, 0), lexemes_new(office->sign, 0), NULL };
}

static void known_clear(struct known *known)
{
  lexemes_free(known->name);
  lexemes_free(known->sign);
  g_free(known->whole);
}

/* Letters and digits alone: "B e z i r k s a m t" reads the same. Caller frees. */
static char *bare(const struct lexemes *text)
{
  GString *out = g_string_new(NULL);
  for (guint i = 0; i < text->count; i++)
    if (text->at[i].kind == LEXEME_WORD || text->at[i].kind == LEXEME_DIGITS)
      g_string_append(out, text->at[i].folded);
  for (char *p = out->str; *p; p++) *p = *p == '0' ? 'o' : *p == '1' ? 'i' : *p; /* "0rdnungsamt" */
  return g_string_free(out, FALSE);
}

/* The known of many offices. The worker compares every sender's name with the same ones, so those of the last
 * array are kept, and the array with them; whoever reads offices anew has another array. */
static const GArray *known_of_all(const GPtrArray *offices)
{
  static GPtrArray *of;
  static GArray *kept; /* struct known */
  if (of == offices) return kept;
  for (guint i = 0; kept && i < kept->len; i++) known_clear(&g_array_index(kept, struct known, i));
  g_clear_pointer(&kept, g_array_unref);
  g_clear_pointer(&of, g_ptr_array_unref);
  of = g_ptr_array_ref((GPtrArray *)offices);
  kept = g_array_new(FALSE, FALSE, sizeof(struct known));
  for (guint i = 0; i < offices->len; i++) {
    struct known known = known_of(offices->pdata[i]);
    known.whole = bare(known.name);
    g_array_append_val(kept, known);
  }
  return kept;
}

/* One office is at a place of the text. */
struct found {
  int64_t office;
  guint first, end;
};

/* Do the words of `name` stand at this lexeme? Hyphens on either side do not matter. Returns behind the last
 * one; 0: they do not. */
static guint stands_at(const struct lexemes *text, guint at, const struct lexemes *name)
{
  guint count = 0;
  for (guint i = 0; i < name->count; i++) {
    if (name->at[i].kind == LEXEME_MARK) continue;
    while (at < text->count && count && text->at[at].kind == LEXEME_MARK && lexeme_is(&text->at[at], "-"))
      at++;
    if (at >= text->count || !lexeme_is(&text->at[at], name->at[i].folded)) return 0;
    at++;
    count++;
  }
  return count ? at : 0;
}

/* The sign as it is written; longer ones in any case. */
static guint sign_at(const struct lexemes *text, guint at, const struct known *known)
{
  const char *sign = known->office->sign;
  const struct lexeme *lexeme = &text->at[at];
  gsize size = lexeme->end - lexeme->start;
  if (size == strlen(sign) && strncmp(text->text + lexeme->start, sign, size) == 0) return at + 1;
  return strlen(sign) > SHORT_SIGN || known->sign->count > 1 ? stands_at(text, at, known->sign) : 0;
}

/* "Ordnungsamts" without its ending: how many bytes go. */
static gsize genitive_of(const char *folded)
{
  return g_str_has_suffix(folded, "amtes")  ? strlen("es")
         : g_str_has_suffix(folded, "amts") ? strlen("s")
                                            : 0;
}

/* Is the lexeme a word that stands for the office: a part of its name that ends in -amt, with what a hyphen
 * left out put back; also in the genitive? */
static bool is_short_name(const struct lexeme *lexeme, const struct lexemes *name)
{
  gsize length = strlen(lexeme->folded) - genitive_of(lexeme->folded);
  bool is_amt =
      length >= WORD_LEAST && strncmp(lexeme->folded + length - strlen("amt"), "amt", strlen("amt")) == 0;
  for (guint i = 0; is_amt && i < name->count; i++) {
    const char *word = name->at[i].folded;
    if (name->at[i].kind != LEXEME_WORD) continue;
    gsize stem = length - strlen("amt"), size = strlen(word);
    bool is_left_open = i + 1 < name->count && lexeme_is(&name->at[i + 1], "-");
    bool is_long_enough = size == length || (is_left_open && size == stem);
    if (is_long_enough && strncmp(word, lexeme->folded, size) == 0) return true;
  }
  return false;
}

/* Behind the office's name at this lexeme; 0: it does not stand there. */
static guint office_at(const struct lexemes *text, guint at, const struct known *known)
{
  if (text->at[at].kind != LEXEME_WORD) return 0;
  guint end = *known->office->sign ? sign_at(text, at, known) : 0;
  if (!end && known->name->count <= WORDS_MOST * 2) end = stands_at(text, at, known->name);
  if (!end && is_short_name(&text->at[at], known->name)) end = at + 1;
  return end;
}

/* Do words of the section stand right before, an article between them or not? */
static bool is_led_by(const struct passage *passage, const char *section, guint at)
{
  guint tag = phrases_tag(section);
  for (guint back = 1; tag && back <= 4 && back <= at; back++) {
    const struct phrase_hit *hit = passage_at(passage, tag, at - back);
    if (hit && hit->end >= at - 1 && hit->end <= at) return true;
  }
  return false;
}

static GArray *find_all(const GPtrArray *offices, const struct passage *passage)
{
  const struct lexemes *text = passage->lexemes;
  GArray *all = g_array_new(FALSE, FALSE, sizeof(struct found));
  for (guint i = 0; i < offices->len; i++) {
    struct known known = known_of(offices->pdata[i]);
    for (guint at = 0; at < text->count; at++) {
      struct found found = { known.office->id, at, office_at(text, at, &known) };
      if (!found.end) continue;
      g_array_append_val(all, found);
      at = found.end - 1;
    }
    known_clear(&known);
  }
  return all;
}

/* The only office among those that count; NULL: none or several. */
static const struct found *only_one(const GArray *all, const struct passage *passage, bool is_addressed)
{
  const struct found *only = NULL;
  for (guint i = 0; i < all->len; i++) {
    const struct found *one = &g_array_index(all, struct found, i);
    bool leads = is_led_by(passage, "office.addressed", one->first);
    bool counts = leads || (!is_addressed && !topic_is_beside(passage, one->first) &&
                            !is_led_by(passage, "office.not", one->first));
    if (!counts) continue;
    if (only && only->office != one->office) return NULL;
    if (!only) only = one;
  }
  return only;
}

void office_find_named(const GPtrArray *offices, const struct passage *passage, struct office_named *named)
{
  *named = (struct office_named){ 0 };
  g_autoptr(GArray) all = find_all(offices, passage);
  const struct found *one = only_one(all, passage, true);
  if (!one) one = only_one(all, passage, false);
  if (!one) return;
  named->office = one->office;
  named->words = passage_text(passage, one->first, one->end);
}

bool office_begins(const GPtrArray *offices, const struct passage *passage, int64_t *office, guint *end)
{
  static const char *const articles[] = {
    "das", "die", "der", "dem", "den", "des", "the", "team", "vom", NULL
  };
  const struct lexemes *text = passage->lexemes;
  guint at = 0;
  *office = 0;
  while (at < text->count && text->at[at].kind == LEXEME_MARK) at++;
  while (at < text->count && g_strv_contains(articles, text->at[at].folded)) at++;
  if (at >= text->count || text->at[at].kind != LEXEME_WORD) return false;
  for (guint i = 0; i < offices->len && !*office; i++) {
    struct known known = known_of(offices->pdata[i]);
    *end = office_at(text, at, &known);
    if (*end) *office = known.office->id;
    known_clear(&known);
  }
  if (*office) return true;
  const char *word = text->at[at].folded;
  *end = at + 1;
  return strlen(word) >= WORD_LEAST && (g_str_has_suffix(word, "amt") || genitive_of(word));
}

/* Is the office's name, or its word in -amt, in there whatever stands between the letters? */
static bool is_in_bare(const char *shown, const struct known *known)
{
  const struct lexemes *name = known->name;
  if (strlen(known->whole) >= WORD_LEAST && strstr(shown, known->whole)) return true;
  for (guint i = 0; i < name->count; i++) {
    const char *word = name->at[i].folded;
    if (strlen(word) > WORD_LEAST && g_str_has_suffix(word, "amt") && strstr(shown, word)) return true;
  }
  return false;
}

static bool is_shown(const struct lexemes *text, const char *shown, const struct known *known)
{
  for (guint at = 0; at < text->count; at++)
    if (office_at(text, at, known)) return true;
  return is_in_bare(shown, known);
}

int64_t office_of_name(const GPtrArray *offices, const char *name)
{
  g_autoptr(lexemes_t) text = lexemes_new(name, 0);
  g_autofree char *shown = bare(text);
  const GArray *all = known_of_all(offices);
  for (guint i = 0; i < all->len; i++) {
    const struct known *known = &g_array_index(all, struct known, i);
    if (is_shown(text, shown, known)) return known->office->id;
  }
  return 0;
}
