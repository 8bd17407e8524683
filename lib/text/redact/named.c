/* Somebody, or a number, that a moderator names, taken out of a text wherever it stands. A person goes with
 * all of their name: who asks for "ohne Frau Wolter" must not find "Sabine […]" published. So the words with
 * capitals right before the surname go, too, a title as well, and what a hyphen joins to it. Called by
 * lists/moderation. */
#include "lib/text/phrases.h"
#include "lib/text/redact/wishes.h"

#include <string.h>

enum { NAMES_BESIDE = 3, NUMBER_BYTES = 64 };

/* A name beside a surname: a word with a capital that begins no sentence, an initial, a hyphen. */
static bool is_beside(const struct passage *passage, guint at)
{
  const struct lexeme *it = &passage->lexemes->at[at];
  if (it->kind != LEXEME_WORD) return lexeme_is(it, "-") && !it->is_spaced;
  return it->is_capital;
}

/* Is the first word of a sentence a name, or the sentence's own first word ("Gestern Wolter")? A title is
 * part of it; any other is taken, for a name too many is less harm than one too few. */
static guint first_of_name(const struct passage *passage, guint at)
{
  guint first = at;
  for (guint i = 0; i < NAMES_BESIDE && first > 0 && is_beside(passage, first - 1); i++) {
    first--;
    if (passage->lexemes->at[first].begins_sentence) break;
  }
  while (first < at && passage->lexemes->at[first].kind != LEXEME_WORD) first++;
  if (first > 0 && passage_at(passage, phrases_tag("moderation.title"), first - 1)) first--;
  return first;
}

/* A surname's end, with what a hyphen joins to it. */
static guint end_of_name(const struct passage *passage, guint at)
{
  const struct lexemes *l = passage->lexemes;
  guint end = at + 1;
  while (end + 1 < l->count && lexeme_is(&l->at[end], "-") && !l->at[end].is_spaced &&
         l->at[end + 1].kind == LEXEME_WORD && l->at[end + 1].is_capital)
    end += 2;
  return end;
}

/* "Wolters Hund", "Wolter". */
static bool is_surname(const struct lexeme *it, const char *folded)
{
  gsize size = strlen(folded);
  return it->kind == LEXEME_WORD && g_str_has_prefix(it->folded, folded) &&
         (it->folded[size] == '\0' || strcmp(it->folded + size, "s") == 0);
}

char *redact_person(const char *text, const char *surname, guint *count)
{
  g_autofree char *folded = lexeme_fold(surname, strlen(surname));
  g_autoptr(passage_t) passage = passage_new(text, NULL, 0);
  const struct lexemes *l = passage->lexemes;
  GString *out = g_string_new(NULL);
  gsize copied = 0;
  *count = 0;
  for (guint i = 0; i < l->count; i++) {
    if (!is_surname(&l->at[i], folded)) continue;
    guint first = first_of_name(passage, i), end = end_of_name(passage, i);
    gsize start = MAX(copied, l->at[first].start);
    g_string_append_len(out, l->text + copied, (gssize)(start - copied));
    g_string_append(out, "[Name entfernt]");
    copied = l->at[end - 1].end;
    ++*count;
    i = end - 1;
  }
  g_string_append(out, text + copied);
  return g_string_free(out, FALSE);
}

/* The digits of a number, without a country's code before them: "+49 176" is "0176". Caller frees. */
static char *digits_of(const char *text, gsize size)
{
  g_autoptr(GString) digits = g_string_new(NULL);
  for (gsize i = 0; i < size; i++)
    if (g_ascii_isdigit(text[i])) g_string_append_c(digits, text[i]);
  const char *at = digits->str;
  if (g_str_has_prefix(at, "0049"))
    at += 4;
  else if (memchr(text, '+', size) && g_str_has_prefix(at, "49"))
    at += 2;
  return g_strdup(*at == '0' ? at + 1 : at);
}

/* How many bytes the number has that begins here, if it is the one that is wanted; 0: it is another. Digits
 * and what may stand between two of them; another number may follow at once ("0176 445566 / 030 123456"). */
static gsize number_size(const char *text, const char *wanted)
{
  for (gsize i = 0; i < NUMBER_BYTES && text[i] && strchr("0123456789 /-().+", text[i]); i++) {
    if (!g_ascii_isdigit(text[i]) || g_ascii_isdigit(text[i + 1])) continue;
    g_autofree char *digits = digits_of(text, i + 1);
    if (strcmp(digits, wanted) == 0) return i + 1;
  }
  return 0;
}

char *redact_number(const char *text, const char *number, guint *count)
{
  g_autofree char *wanted = digits_of(number, strlen(number));
  GString *out = g_string_new(NULL);
  *count = 0;
  for (const char *at = text; *at;) {
    bool may_begin = g_ascii_isdigit(*at) || *at == '+' || *at == '(';
    gsize size = may_begin && *wanted ? number_size(at, wanted) : 0, step = size ? size : 1;
    while (!size && g_ascii_isdigit(*at) && g_ascii_isdigit(at[step])) step++;
    if (size)
      g_string_append(out, "[Nummer entfernt]"), ++*count;
    else
      g_string_append_len(out, at, (gssize)step);
    at += step;
  }
  return g_string_free(out, FALSE);
}
