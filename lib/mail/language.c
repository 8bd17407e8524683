/* A guess at the language of a text: by its script, then by the small words that every sentence needs. Good
 * enough to pick the language of an answer; silent (NULL) where it would be a throw of dice. Looks at the
 * first 2,000 bytes. */
#include "lib/mail/reading.h"

#include <string.h>

enum { LOOK_AT = 2000, WORDS_ENOUGH = 2 };

static const struct {
  const char *language;
  const char *words;   /* with blanks between, lower case */
  const char *letters; /* found in hardly any other language here; each counts as a word; NULL: none */
} rows[] = {
  { "de",
    " und der die das ist nicht ich wir sie ein eine zu den mit auf für dem von im es auch bei noch "
    "wie nach habe haben sind "
    "oder aber kann wenn wird bitte danke hallo am um liebe guten seit aus an vom zur zum mir mich mein "
    "meine uns "
    "gruß grüße herr frau hier dieser schon ",
    "ß" },
  { "en",
    " the and is of to in that it you for not with are this have be on was at we but or from please "
    "thanks hello i my your "
    "would will can there ",
    NULL },
  { "tr",
    " ve bir bu için ile de da mi ne çok var yok ben biz değil gibi olarak daha merhaba lütfen "
    "teşekkürler kadar olan her iyi lütfen ",
    "ığş" },
  { "pl",
    " i w na nie się do jest to że z co jak za po czy dla tak od ale oraz proszę dziękuję dzień dobry "
    "są być ",
    "łżęąśźń" },
  { "vi", " và là của không có được cho một những các tôi này với trong để người chúng xin cảm ơn ",
    "ơưđạảấầếềệọộờởủứừữ" },
  { "fr", " le la les et est une des que pour dans pas vous nous je ce avec sur qui au bonjour merci ",
    NULL },
  { "es", " el los las y es una que para por con no del se lo como pero gracias hola ", NULL },
  { "it", " il gli è di che per non una con sono della questo ma grazie ciao ", NULL },
};

/* How many letters of each script there are. */
struct scripts {
  int latin, cyrillic, arabic, ukrainian;
};

static struct scripts count_scripts(const char *text, const char *end)
{
  struct scripts it = { 0 };
  for (; text < end && *text; text = g_utf8_next_char(text)) {
    if (!(*text & 0x80)) {
      it.latin += g_ascii_isalpha(*text);
      continue;
    }
    gunichar c = g_utf8_get_char(text);
    if (c < 0x250)
      it.latin += g_unichar_isalpha(c);
    else if (c >= 0x400 && c < 0x530)
      it.cyrillic++;
    else if (c >= 0x600 && c < 0x700)
      it.arabic += g_unichar_isalpha(c);
    it.ukrainian += c == 0x456 || c == 0x457 || c == 0x454 || c == 0x491; /* і ї є ґ */
  }
  return it;
}

/* Word → a bit a language, made once. The tables are small, a mail has hundreds of words: this is read for
 * every mail. */
static GHashTable *small_words(void)
{
  static GHashTable *words = NULL;
  if (g_once_init_enter(&words)) {
    GHashTable *made = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
      g_auto(GStrv) each = g_strsplit(rows[i].words, " ", -1);
      for (char **word = each; *word; word++) {
        guint bits = GPOINTER_TO_UINT(g_hash_table_lookup(made, *word)) | 1U << i;
        if (**word) g_hash_table_replace(made, g_strdup(*word), GUINT_TO_POINTER(bits));
      }
    }
    g_once_init_leave(&words, made);
  }
  return words;
}

static void count_word(GHashTable *words, const char *word, gsize size, int counts[])
{
  char ended[32];
  if (size >= sizeof ended) return;
  memcpy(ended, word, size);
  ended[size] = '\0';
  guint bits = GPOINTER_TO_UINT(g_hash_table_lookup(words, ended));
  for (gsize i = 0; bits; i++, bits >>= 1) counts[i] += bits & 1;
}

/* Letters that give a language away. */
static void count_letters(const char *word, gsize size, int counts[])
{
  for (const char *at = word; at < word + size; at = g_utf8_next_char(at))
    for (gsize i = 0; *at & 0x80 && i < G_N_ELEMENTS(rows); i++)
      counts[i] += rows[i].letters && g_utf8_strchr(rows[i].letters, -1, g_utf8_get_char(at)) != NULL;
}

static bool is_letter(const char *at)
{
  return *at & 0x80 ? g_unichar_isalpha(g_utf8_get_char(at)) : g_ascii_isalpha(*at);
}

/* The language whose small words come most often, clearly before the second. */
static const char *by_words(const char *text, const char *end)
{
  int counts[G_N_ELEMENTS(rows)] = { 0 };
  g_autofree char *lower = g_utf8_strdown(text, end - text);
  GHashTable *words = small_words();
  for (const char *at = lower; *at;) {
    const char *begin = at;
    while (*at && is_letter(at)) at = g_utf8_next_char(at);
    if (at == begin) {
      at = g_utf8_next_char(at);
      continue;
    }
    count_word(words, begin, (gsize)(at - begin), counts);
    count_letters(begin, (gsize)(at - begin), counts);
  }
  gsize best = 0;
  for (gsize i = 1; i < G_N_ELEMENTS(rows); i++)
    if (counts[i] > counts[best]) best = i;
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
    if (i != best && counts[i] == counts[best]) return NULL;
  return counts[best] >= WORDS_ENOUGH ? rows[best].language : NULL;
}

const char *language_guess(const char *text)
{
  gsize size = strnlen(text, LOOK_AT);
  const char *end = text + size;
  while (end > text && (*end & 0xC0) == 0x80) end--;
  struct scripts it = count_scripts(text, end);
  int most = MAX(it.latin, MAX(it.cyrillic, it.arabic));
  if (most < 3) return NULL;
  if (most == it.arabic) return "ar";
  if (most == it.cyrillic) return it.ukrainian * 50 >= it.cyrillic && it.ukrainian > 0 ? "uk" : "ru";
  return by_words(text, end);
}
