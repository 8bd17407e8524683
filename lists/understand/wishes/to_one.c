/* "Hallo Vera, du erreichst mich unter 030 6789012": an answer that begins with one person's name and gives a
 * telephone number or an address, or says at which house, floor and bell they are found. Its author meant to answer that person; everybody would read it. Called by
 * choose_address.c, which takes it for private, and by groups/post.c, which passes on numbers that are given
 * to all ("Hallo zusammen, Anmeldung unter …").
 *
 * A name is a capital word behind a salutation, or one that begins the mail and has a comma behind it. Words
 * for many ("alle", "Nachbarn": private.many) are none, nor is a mail that greets many besides. */
#include "lists/understand/wishes/to_one.h"

#include "lib/text/facts/personal.h"

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

bool to_one_person(const struct passage *passage, unsigned personal)
{
  bool is_home = passage_has(passage, "private.house") && passage_has(passage, "private.home");
  bool gives =
      personal & (PERSONAL_PHONE | PERSONAL_ADDRESS) || passage_has(passage, "private.own") || is_home;
  if (!gives || !begins_with_name(passage)) return false;
  const struct phrase_hit *many = passage_find(passage, phrases_tag("private.many"), 0);
  return !many || many->first >= GREETING_LEXEMES;
}
