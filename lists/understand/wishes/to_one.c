/* "Hallo Vera, du erreichst mich unter 030 6789012": an answer that begins with one person's name and gives a
 * telephone number or an address, or says at which house, floor and bell they are found. Its author meant to
 * answer that person; everybody would read it. Called by choose_address.c, which takes it for private, and by
 * groups/post.c, which passes on numbers that are given to all ("Hallo zusammen, Anmeldung unter …").
 *
 * A label says it, too: "Nur an Anna: …", "@Anna persönlich: …", "For Anna only!" (private.only, .to,
 * .alone).
 *
 * A name is a capital word behind a salutation, or one that begins the mail and has a comma behind it. Words
 * for many ("alle", "Nachbarn": private.many) are none, nor is a mail that greets many besides. */
#include "lists/understand/wishes/to_one.h"

#include "lib/text/facts/personal.h"

#include <string.h>

enum { GREETING_LEXEMES = 8 };

static bool is_name(const struct passage *passage, guint at)
{
  const struct lexeme *it = &passage->lexemes->at[at];
  return it->kind == LEXEME_WORD && it->is_capital;
}

/* Does the mail begin with somebody's name? */
static bool begins_with_name(const struct passage *passage)
{
  const struct lexemes *l = passage->lexemes;
  guint at = 0;
  while (at < l->count && l->at[at].kind == LEXEME_BREAK) at++;
  const struct phrase_hit *greeting = passage_at(passage, phrases_tag("people.address"), at);
  if (greeting) return greeting->end < l->count && is_name(passage, greeting->end);
  return at + 1 < l->count && is_name(passage, at) && lexeme_is(&l->at[at + 1], ",") &&
         passage_at(passage, phrases_tag("terse.filler"), at) == NULL;
}

/* ---- "Nur an Anna: …" ---- */

/* Behind a name of one to three words; `at` where none begins, or one for many ("nur für Mitglieder"). */
static guint behind_name(const struct passage *passage, guint at)
{
  enum { NAME_WORDS = 3 };
  guint end = at;
  while (end < at + NAME_WORDS && is_name(passage, end) &&
         !passage_at(passage, phrases_tag("private.many"), end) &&
         !passage_at(passage, phrases_tag("private.no_name"), end) &&
         !passage_at(passage, phrases_tag("private.alone"), end)) {
    end++;
    if (lexeme_is(&passage->lexemes->at[end], ".") && !passage->lexemes->at[end].is_spaced)
      end++; /* "Anna K." */
  }
  return end;
}

/* Does a label end here? */
static bool ends_label(const struct passage *passage, guint at)
{
  const struct lexeme *it = &passage->lexemes->at[at];
  if (it->kind == LEXEME_BREAK || it->kind == LEXEME_END) return true;
  bool is_mark =
      it->kind == LEXEME_MARK && it->folded[0] && !it->folded[1] && strchr(":!,-;()", it->folded[0]);
  return is_mark || passage_at(passage, phrases_tag("private.hand_on"), at);
}

/* "nur an Anna" at any place: a label where it begins the text; soon behind that with a colon ("Nachricht nur
 * für Frau Gross: …"); later in a sentence that says so ("das ist nur für Anna bestimmt"). "Nur Anna" needs
 * such words anywhere ("soll das lesen"). */
static bool is_only_for_one(const struct passage *passage, const struct phrase_hit *only, guint start)
{
  enum { SOON = 6 };
  guint end = behind_name(passage, only->end);
  if (end == only->end) return false;
  const struct phrase_hit *says = passage_at(passage, phrases_tag("private.hand_on"), end);
  if (strcmp(only->value, "bare") == 0) return says && strcmp(says->value, "read") == 0;
  if (only->first == start) return ends_label(passage, end);
  return says || (only->first <= start + SOON && lexeme_is(&passage->lexemes->at[end], ":"));
}

bool to_one_by_label(const struct passage *passage)
{
  const struct lexemes *l = passage->lexemes;
  const guint tag = phrases_tag("private.only");
  guint at = 0;
  while (at < l->count && l->at[at].kind != LEXEME_WORD) at++;
  for (const struct phrase_hit *only = passage_find(passage, tag, at); only;
       only = passage_find(passage, tag, only->end))
    if (is_only_for_one(passage, only, at)) return true;
  const struct phrase_hit *to = passage_at(passage, phrases_tag("private.to"), at);
  guint first = to ? to->end : at, end = behind_name(passage, first);
  const struct phrase_hit *alone = passage_at(passage, phrases_tag("private.alone"), end);
  return end > first && alone && ends_label(passage, alone->end);
}

bool to_one_greets(const struct passage *passage)
{
  if (!begins_with_name(passage)) return false;
  const struct phrase_hit *many = passage_find(passage, phrases_tag("private.many"), 0);
  return !many || many->first >= GREETING_LEXEMES;
}

bool to_one_person(const struct passage *passage, unsigned personal)
{
  bool is_home = passage_has(passage, "private.house") && passage_has(passage, "private.home");
  bool gives =
      personal & (PERSONAL_PHONE | PERSONAL_ADDRESS) || passage_has(passage, "private.own") || is_home;
  return gives && to_one_greets(passage);
}
