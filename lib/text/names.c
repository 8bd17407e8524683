/* Names of people. The public sees a first name and an initial until a person chose otherwise
 * (docs/design.md, "Publishing"), so web-archive/privacy asks here; members see the name as sent, made
 * harmless, which lists/groups puts into From.
 *
 * In doubt less is shown: what looks like an address or a telephone number gives no public name at all, and a
 * lone word after "Frau" or "Dr." is a surname. Organisations keep their name: they are nobody's private
 * matter. Names are words in tables; folding makes "Von", "VON" and "von" one. What we cannot know: which of
 * two words without a comma is the first name. */
#include "lib/text/names.h"
#include "lib/text/charset.h"
#include "lib/text/escape.h"
#include <glib.h>
#include <stdbool.h>
#include <string.h>

enum { NAME_MAX_WORDS = 12, NAME_MAX_CHARACTERS = 60, NAME_MAX_BYTES = 400 };

/* Said to a person or earned by one; not part of the name. Folded, without full stops. */
static const char *const titles[] = { "dr",       "prof",     "professor", "professorin", "doktor", "dipl",
                                      "dipl-ing", "dipl-inf", "dipl-kfm",  "dipl-psych",  "mag",    "habil",
                                      "hc",       "pfarrer",  "pfarrerin", "mr",          "mrs",    "ms",
                                      "bay",      "bayan",    "г-н",       "г-жа",        "msc",    "bsc",
                                      "phd",      "mba",      "mdb",       "mda",         NULL };

/* The same, but names too unless a full stop marks them: Phil, Pol, Jun. */
static const char *const short_titles[] = { "med", "rer",  "nat", "phil", "jur", "pol", "ing", "univ", "pd",
                                            "ra",  "rain", "pfr", "ba",   "ma",  "jr",  "sen", "jun",  NULL };

/* After these a lone word is a surname. */
static const char *const forms_of_address[] = {
  "frau", "herr", "hr", "fr", "familie", "fam", "eheleute", NULL
};

/* Between first name and surname; never the initial. */
static const char *const particles[] = { "von", "van", "vom",   "zu", "zur", "zum", "de",  "der",
                                         "den", "del", "della", "di", "da",  "do",  "dos", "das",
                                         "du",  "la",  "le",    "el", "al",  "bin", "ibn", "abu",
                                         "ter", "ten", "te",    "af", "av",  "und", "y",   "e",
                                         "i",   "d",   "in",    "am", NULL };

/* At the end of an organisation's name. */
static const char *const legal_forms[] = { "ev", "gmbh", "ggmbh", "mbh", "ug", "ag",
                                           "eg", "kg",   "ohg",   "gbr", NULL };

/* Ends of words that name organisations, and words that groups' names start with. */
static const char *const organisation_ends[] = { "verein",
                                                 "amt",
                                                 "initiative",
                                                 "verband",
                                                 "bund",
                                                 "club",
                                                 "klub",
                                                 "kirche",
                                                 "gemeinde",
                                                 "schule",
                                                 "büro",
                                                 "zentrum",
                                                 "stiftung",
                                                 "partei",
                                                 "fraktion",
                                                 "redaktion",
                                                 "team",
                                                 "bündnis",
                                                 "verwaltung",
                                                 "genossenschaft",
                                                 "feuerwehr",
                                                 "polizei",

                                                 "museum",
                                                 "bibliothek",
                                                 "kiezclub",
                                                 "newsletter",
                                                 "gruppe",
                                                 "bezirksverordnetenversammlung",

                                                 "gesellschaft",
                                                 "treff",
                                                 "vertretung",
                                                 "dienst",
                                                 NULL };
static const char *const organisation_starts[] = { "die", "der", "das", "the", "info", "service", NULL };

/* What comes after these words is where a mail came through, not who wrote it. */
static const char *const through[] = { "via", "über",    "ueber", "aus",       "c/o", "i.a.",
                                       "on",  "through", "через", "üzerinden", NULL };

/* A word folded, without full stops, for looking it up. */
static char *plain_word(const char *word)
{
  char *folded = charset_fold(word);
  char *to = folded;
  for (const char *p = folded; *p != '\0'; p++)
    if (*p != '.' && *p != ',') *to++ = *p;
  *to = '\0';
  return folded;
}

static bool is_one_of(const char *word, const char *const *list)
{
  g_autofree char *plain = plain_word(word);
  return g_strv_contains(list, plain);
}

static bool is_title(const char *word)
{
  g_autofree char *plain = plain_word(word);
  if (g_str_has_prefix(plain, "dr-") || g_str_has_prefix(plain, "dipl-")) return true;
  return is_one_of(word, titles) || (strchr(word, '.') != NULL && is_one_of(word, short_titles));
}

/* True where the text holds an address, plain or disguised. */
static bool holds_address(const char *text)
{
  static const char *const signs[] = { "@", "＠", "﹫", "(at)", "[at]", "{at}", "://", "www." };
  g_autofree char *folded = charset_fold(text);
  for (gsize i = 0; i < G_N_ELEMENTS(signs); i++)
    if (strstr(folded, signs[i]) != NULL) return true;
  return false;
}

/* True where the text has so many digits that they may be a telephone number. */
static bool holds_number(const char *text)
{
  int digits = 0;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p))
    digits += g_unichar_isdigit(g_utf8_get_char(p));
  return digits >= 5;
}

static bool is_quote(gunichar c)
{
  return c == '"' || c == '`' || c == 0xAB || c == 0xBB || (c >= 0x2018 && c <= 0x201F) || c == 0x2039 ||
         c == 0x203A;
}

/* Copies one line without quotes and without what stands in brackets (round ones may stay); an apostrophe
 * stays only inside a word. */
static char *without_decoration(const char *name, bool keeps_round)
{
  g_autoptr(GString) line = g_string_new(NULL);
  put_line(line, name);
  g_string_truncate(line, MIN(line->len, NAME_MAX_BYTES));
  g_autofree char *valid = text_for_header(line->str, NAME_MAX_BYTES);
  GString *out = g_string_new(NULL);
  int depth = 0;
  gunichar before = ' ';
  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char(p)) {
    gunichar c = g_utf8_get_char(p);
    bool opens = (c == '(' && !keeps_round) || c == '[' || c == '<' || c == '{';
    bool closes = (c == ')' && !keeps_round) || c == ']' || c == '>' || c == '}';
    if (opens) depth++;
    if (depth == 0 && !closes && !is_quote(c)) {
      bool is_loose = c == '\'' && (!g_unichar_isalpha(before) || !g_unichar_isalpha(g_utf8_get_char(p + 1)));
      g_string_append_unichar(out, is_loose || g_unichar_isspace(c) || c == 0xFFFD ? ' ' : c);
    }
    if (closes && depth > 0) depth--;
    before = c;
  }
  return g_strstrip(g_string_free(out, FALSE));
}

/* Ends `text` before " - ", " | ", " / " and the like, and before "via" and its kin. */
static void cut_suffixes(char *text)
{
  static const char *const separators[] = { " - ", " – ", " — ", " | ", " / ", " :: ", " · " };
  for (gsize i = 0; i < G_N_ELEMENTS(separators); i++) {
    char *at = strstr(text, separators[i]);
    if (at != NULL && at != text) *at = '\0';
  }
  for (char *space = strchr(text, ' '); space != NULL; space = strchr(space + 1, ' ')) {
    const char *word = space + 1;
    g_autofree char *folded = g_utf8_casefold(word, (gssize)strcspn(word, " "));
    if (!g_strv_contains(through, folded)) continue;
    *space = '\0';
    break;
  }
  g_strchomp(text);
}

/* Splits into words of at least one letter; a lone word with inner dots ("lothar.gruenberg") is a local part
 * and splits there. */
static GPtrArray *split_words(const char *text)
{
  GPtrArray *words = g_ptr_array_new_with_free_func(g_free);
  const char *cuts = strchr(text, ' ') != NULL ? " " : " ._";
  g_auto(GStrv) pieces = g_strsplit_set(text, cuts, -1);
  for (char **piece = pieces; *piece != NULL && words->len < NAME_MAX_WORDS; piece++) {
    bool has_letter = false;
    for (const char *p = *piece; *p != '\0'; p = g_utf8_next_char(p))
      has_letter |= g_unichar_isalpha(g_utf8_get_char(p));
    if (has_letter) g_ptr_array_add(words, g_strdup(*piece));
  }
  return words;
}

static const char *word_at(GPtrArray *words, gsize index)
{
  return g_ptr_array_index(words, index);
}

/* True for a name that is an organisation's. */
static bool is_organisation(const char *text)
{
  g_auto(GStrv) words = g_strsplit(text, " ", NAME_MAX_WORDS);
  guint count = g_strv_length(words);
  if (count == 0) return false;
  g_autofree char *last = g_strdup(words[count - 1]);
  if (count > 1 && is_one_of(last, legal_forms)) return true;
  if (count > 2 && g_ascii_strcasecmp(words[count - 2], "e.") == 0 && g_ascii_strcasecmp(last, "V.") == 0)
    return true;
  g_autofree char *first = plain_word(words[0]);
  if (count > 1 && g_strv_contains(organisation_starts, first)) return true;
  for (const char *const *end = organisation_ends; *end != NULL; end++)
    if (g_str_has_suffix(first, *end)) return true;
  return false;
}

/* True for a patronymic: then the word before it is the first name and the one before that the surname. */
static bool is_patronymic(const char *word)
{
  static const char *const ends[] = { "ович", "евич",  "ич",    "овна", "евна",
                                      "ична", "ovich", "evich", "ovna", "evna" };
  g_autofree char *folded = charset_fold(word);
  for (gsize i = 0; i < G_N_ELEMENTS(ends); i++)
    if (strlen(folded) > strlen(ends[i]) + 2 && g_str_has_suffix(folded, ends[i])) return true;
  return false;
}

/* True where all letters are capitals and there are several. */
static bool is_all_capitals(const char *word)
{
  int letters = 0;
  for (const char *p = word; *p != '\0'; p = g_utf8_next_char(p)) {
    gunichar c = g_utf8_get_char(p);
    if (g_unichar_isalpha(c) && !g_unichar_isupper(c)) return false;
    letters += g_unichar_isalpha(c);
  }
  return letters > 1;
}

/* A first name as it is shown: capital first, digits at the end gone, shouting lowered, hyphens kept. */
static char *tidy_first_name(const char *word)
{
  bool lowers = is_all_capitals(word) && g_utf8_strlen(word, -1) > 2;
  GString *out = g_string_new(NULL);
  gunichar before = '-';
  for (const char *p = word; *p != '\0'; p = g_utf8_next_char(p)) {
    gunichar c = g_utf8_get_char(p);
    if (before == '-')
      c = g_unichar_toupper(c);
    else if (lowers)
      c = g_unichar_tolower(c);
    g_string_append_unichar(out, c);
    before = c;
  }
  while (out->len > 0 &&
         (g_ascii_isdigit(out->str[out->len - 1]) || strchr(",;:", out->str[out->len - 1]) != NULL))
    g_string_truncate(out, out->len - 1);
  return g_string_free(out, FALSE);
}

/* The first letter of a word with the marks above and below it, as a capital. */
static char *initial_of(const char *word)
{
  GString *out = g_string_new(NULL);
  const char *p = word;
  while (*p != '\0' && !g_unichar_isalpha(g_utf8_get_char(p))) p = g_utf8_next_char(p);
  if (*p == '\0') return g_string_free(out, FALSE);
  g_string_append_unichar(out, g_unichar_toupper(g_utf8_get_char(p)));
  for (p = g_utf8_next_char(p); *p != '\0' && g_unichar_ismark(g_utf8_get_char(p)); p = g_utf8_next_char(p))
    g_string_append_unichar(out, g_utf8_get_char(p));
  return g_string_free(out, FALSE);
}

/* "Grünberg, Lothar" becomes "Lothar Grünberg"; a title behind a comma goes. */
static char *straighten_comma(char *text)
{
  char *comma = strchr(text, ',');
  if (comma == NULL) return text;
  *comma = '\0';
  g_auto(GStrv) behind = g_strsplit_set(comma + 1, " ,", -1);
  bool has_name = false;
  for (char **word = behind; *word != NULL; word++) has_name |= **word != '\0' && !is_title(*word);
  char *result = has_name ? g_strdup_printf("%s %s", g_strstrip(comma + 1), text) : g_strdup(text);
  g_free(text);
  g_strdelimit(result, ",", ' ');
  return result;
}

/* The words of a person's name, sorted out. */
struct person_words {
  GPtrArray *words;   /* without titles and forms of address */
  char *address_form; /* "Frau", "Familie" as written; NULL */
  bool has_title;
};

static struct person_words sort_words(const char *text)
{
  struct person_words person = { g_ptr_array_new_with_free_func(g_free), NULL, false };
  g_autoptr(GPtrArray) all = split_words(text);
  for (gsize i = 0; i < all->len; i++) {
    const char *word = word_at(all, i);
    if (person.words->len == 0 && is_one_of(word, forms_of_address)) {
      if (person.address_form == NULL) person.address_form = g_strdup(word);
    } else if (is_title(word)) {
      person.has_title = true;
    } else {
      g_ptr_array_add(person.words, g_strdup(word));
    }
  }
  return person;
}

/* Index of the surname: the last word that is no particle, or the one that order or writing give away. *first
 * gets the first name's index. */
static gsize find_surname(GPtrArray *words, gsize *first)
{
  gsize last = words->len - 1;
  *first = 0;
  while (*first < last && is_one_of(word_at(words, *first), particles)) (*first)++;
  while (last > *first && is_one_of(word_at(words, last), particles)) last--;
  if (words->len == 3 && is_patronymic(word_at(words, 2))) {
    *first = 1;
    return 0;
  }
  if (last > *first && is_all_capitals(word_at(words, *first)) &&
      g_utf8_strlen(word_at(words, *first), -1) > 2 && !is_all_capitals(word_at(words, last))) {
    gsize surname = *first;
    *first = last;
    return surname;
  }
  return last;
}

/* "von Stein", "Und Meier": a surname behind a particle alone is no first name; the particle is one where it
 * has a capital ("Di Nguyen"). */
static char *behind_particle(const struct person_words *person, const char *initial)
{
  const char *lead = word_at(person->words, 0);
  if (!g_unichar_isupper(g_utf8_get_char(lead))) return g_strdup_printf("%s.", initial);
  g_autofree char *name = tidy_first_name(lead);
  return g_strdup_printf("%s %s.", name, initial);
}

/* First name and initial from sorted words; NULL without any. */
static char *shorten(const struct person_words *person)
{
  if (person->words->len == 0) return NULL;
  gsize first, surname = find_surname(person->words, &first);
  g_autofree char *initial = initial_of(word_at(person->words, surname));
  if (first == surname) {
    if (person->address_form != NULL) return g_strdup_printf("%s %s.", person->address_form, initial);
    if (person->has_title) return g_strdup_printf("%s.", initial);
    if (first > 0 && *initial != '\0') return behind_particle(person, initial);
    return tidy_first_name(word_at(person->words, first));
  }
  g_autofree char *name = tidy_first_name(word_at(person->words, first));
  return *initial != '\0' ? g_strdup_printf("%s %s.", name, initial) : g_steal_pointer(&name);
}

char *name_for_public(const char *name)
{
  if (name == NULL || holds_address(name) || holds_number(name)) return NULL;
  g_autofree char *text = without_decoration(name, false);
  cut_suffixes(text);
  if (is_organisation(text)) return text_for_header(text, strcspn(text, ","));
  text = straighten_comma(g_steal_pointer(&text));
  struct person_words person = sort_words(text);
  char *result = shorten(&person);
  g_ptr_array_unref(person.words);
  g_free(person.address_form);
  if (result != NULL && *result == '\0') g_clear_pointer(&result, g_free);
  return result;
}

/* Appends a word unless it would pass the limit of characters. */
static bool append_word(GString *out, const char *word, glong *characters)
{
  glong length = g_utf8_strlen(word, -1) + (out->len > 0);
  if (*characters + length > NAME_MAX_CHARACTERS) return false;
  if (out->len > 0) g_string_append_c(out, ' ');
  g_string_append(out, word);
  *characters += length;
  return true;
}

/* The words of `text` without addresses, as many as there is room for; a single long one is cut. */
static char *join_words(const char *text)
{
  GString *out = g_string_new(NULL);
  glong characters = 0;
  g_auto(GStrv) words = g_strsplit(text, " ", -1);
  for (char **word = words; *word != NULL; word++) {
    if (**word == '\0' || holds_address(*word)) continue;
    if (append_word(out, *word, &characters)) continue;
    if (out->len == 0)
      g_string_append_len(out, *word, g_utf8_offset_to_pointer(*word, NAME_MAX_CHARACTERS) - *word);
    break;
  }
  return g_string_free(out, FALSE);
}

/* "lothar.gruenberg+kiez@…" becomes "Lothar Gruenberg"; "" when there are no letters. */
static char *name_of_local_part(const char *address)
{
  GString *out = g_string_new(NULL);
  gsize size = strcspn(address, "@+");
  g_autofree char *local = text_make_valid(address, size);
  bool at_start = true;
  for (const char *p = local; *p != '\0'; p = g_utf8_next_char(p)) {
    gunichar c = g_utf8_get_char(p);
    bool is_letter = g_unichar_isalpha(c) || g_unichar_ismark(c);
    if (is_letter || (c == '-' && !at_start)) {
      if (at_start && out->len > 0) g_string_append_c(out, ' ');
      g_string_append_unichar(out, at_start ? g_unichar_toupper(c) : c);
    }
    at_start = !is_letter && (c != '-' || at_start);
  }
  g_autofree char *text = g_string_free(out, FALSE);
  return join_words(text);
}

char *name_for_members(const char *name, const char *address)
{
  g_autofree char *plain = without_decoration(name != NULL ? name : "", true);
  g_autofree char *text = g_strdup(plain);
  for (char *space = strchr(text, ' '); space != NULL; space = strchr(space + 1, ' '))
    if (g_str_has_prefix(space, " via ") || g_str_has_prefix(space, " über ")) {
      *space = '\0';
      break;
    }
  char *result = join_words(text);
  if (*result == '\0' && address != NULL) {
    g_free(result);
    result = name_of_local_part(address);
  }
  if (*result != '\0') return result;
  g_free(result);
  return g_strdup("jemand aus dem Kiez");
}
