/* A resident's words as an office and the public may read them: without addresses, numbers, accounts and
 * number plates, without the names of people, and without the closing that signs them. What is left is what
 * they asked. Called when a question or an addition becomes an entry of a case; nothing else of their text is
 * stored there. */
#include "lists/cases/case.h"

#include "lib/text/facts/personal.h"
#include "lib/text/phrases.h"
#include "lib/text/redact/redact.h"
#include "lib/text/redact/wishes.h"

#include <string.h>

enum { CLOSING_LINES = 6, NAME_CHARACTERS = 3, SETTING_WORDS = 9 };

/* The closing begins at one of the last lines, and that line says little else. NULL: there is none. */
static char *closing_of(char *text)
{
  char *line = text + strlen(text), *found = NULL;
  guint tag = phrases_tag("case.closing");
  for (int i = 0; i < CLOSING_LINES && line > text; i++) {
    char *end = line;
    do line--;
    while (line > text && line[-1] != '\n');
    g_autofree char *words = g_strndup(line, (gsize)(end - line));
    g_autoptr(passage_t) passage = passage_new(words, NULL, 0);
    const struct phrase_hit *hit = passage_at(passage, tag, 0);
    if (hit && passage->lexemes->count - hit->end <= 8) found = line;
  }
  return found;
}

static bool is_word_at(const char *text, gsize at, gsize length)
{
  gunichar before = at ? g_utf8_get_char(g_utf8_prev_char(text + at)) : ' ';
  gunichar behind = g_utf8_get_char(text + at + length);
  return !g_unichar_isalnum(before) && !g_unichar_isalnum(behind);
}

/* Each of the words of somebody's name is taken out, where it stands as a word of its own. Takes over the
 * text. */
static char *without_name(char *text, const char *name)
{
  g_auto(GStrv) words = g_strsplit_set(name ? name : "", " ,.-\t", 8);
  for (char **word = words; *word; word++) {
    if (g_utf8_strlen(*word, -1) < NAME_CHARACTERS) continue;
    g_autoptr(GString) out = g_string_new(NULL);
    gsize length = strlen(*word), from = 0;
    for (char *hit = text; (hit = strstr(hit, *word)); hit += length) {
      gsize at = (gsize)(hit - text);
      if (!is_word_at(text, at, length)) continue;
      g_string_append_len(out, text + from, (gssize)(at - from));
      g_string_append(out, "[Name]");
      from = at + length;
    }
    g_string_append(out, text + from);
    g_free(text);
    text = g_string_free(g_steal_pointer(&out), FALSE);
  }
  return text;
}

/* A sentence that only says how letters are to be written: it was heard, and is no part of the question. */
static bool is_setting(const struct passage *passage, guint first, guint end)
{
  guint tag = phrases_tag("case.simple"), words = 0;
  bool is_simple = false;
  for (guint at = first; at < end; at++) {
    words += passage->lexemes->at[at].kind == LEXEME_WORD;
    is_simple |= passage_at(passage, tag, at) != NULL;
  }
  return is_simple && words <= SETTING_WORDS;
}

/* Without such sentences, where anything is left. Takes over the text. */
static char *without_settings(char *text)
{
  g_autoptr(passage_t) passage = passage_new(text, NULL, 0);
  if (!passage_has(passage, "case.simple")) return text;
  GString *out = g_string_new(NULL);
  gsize from = 0;
  for (guint at = 0; at < passage->lexemes->count;) {
    guint first, end;
    passage_sentence(passage, at, &first, &end);
    end = MAX(end, at + 1);
    if (is_setting(passage, at, end)) {
      gsize start = passage->lexemes->at[at].start;
      g_string_append_len(out, text + from, (gssize)(start - from));
      from = passage->lexemes->at[end - 1].end;
      from += strspn(text + from, " .!");
    }
    at = end;
  }
  g_string_append(out, text + from);
  char *rest = g_strstrip(g_string_free(out, FALSE));
  bool says_something = strpbrk(rest, "abcdefghijklmnopqrstuvwxyz") != NULL;
  g_free(says_something ? text : rest);
  return says_something ? rest : text;
}

char *case_text(const struct work *work, const char *text, const char *name)
{
  static const char *const wishes[] = { "plate", "name" };
  g_autofree char *body = g_strdup(text ? text : "");
  g_strchomp(body);
  char *closing = closing_of(body);
  if (closing && closing > body) *closing = '\0';
  g_strchomp(body);
  body = without_settings(g_steal_pointer(&body));
  GString *out = g_string_new(NULL);
  redact(out, body, strlen(body), work->config->domain);
  g_autofree char *plain = g_string_free(out, FALSE);
  char *rest = without_name(case_without_homes(work, plain), name);
  for (gsize i = 0; i < G_N_ELEMENTS(wishes); i++) {
    guint count = 0;
    char *less = redact_wish(rest, wishes[i], work->config->domain, work->gazetteer, &count);
    g_free(rest);
    rest = less;
  }
  return case_without_ages(rest);
}

bool case_may_be_public(const char *text, const char *name)
{
  const unsigned others = PERSONAL_PLATE | PERSONAL_PERSON | PERSONAL_HEALTH | PERSONAL_FACE;
  g_autofree char *rest = without_name(g_strdup(text ? text : ""), name);
  g_autoptr(passage_t) passage = passage_new(rest, NULL, 0);
  return (personal_find(passage) & others) == 0 && !passage_has(passage, "case.own-matter");
}
