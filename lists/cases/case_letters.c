/* Letters about a case: one party each, and answers come to that party's address of the case, whose bytes
 * stay the same as long as the case lives. */
#include "lists/cases/case.h"

#include "lists/letters.h"
#include "lists/list_cache.h"

#include "lib/text/template.h"

#include <string.h>

static void add_values(const struct case_letter *letter)
{
  const struct casefile *it = letter->it;
  g_autofree char *number = casefile_name(it);
  value_set_text(letter->values, "number", number);
  value_set_text(letter->values, "title", it->title);
  value_set_text(letter->values, "where", *it->place ? it->place : NULL);
  value_set_text(letter->values, it->state, "1"); /* {{#planned}} … */
}

bool case_letter_send(struct work *work, const struct case_letter *letter, GError **error)
{
  struct case_party *party = letter->party;
  g_autoptr(value_t) own = letter->values ? NULL : value_new();
  struct case_letter whole = *letter;
  if (own) whole.values = own;
  add_values(&whole);
  if (!party->token_key) {
    party->token_key = keys_signing_number(work->keys);
    if (!case_party_signed_with(work->store, party->id, party->token_key, error)) return false;
  }
  return letters_send(work,
                      &(struct letter_out){ .purpose = letter->purpose,
                                            .list = list_cache_by_id(work->lists, letter->it->list),
                                            .address = party->address,
                                            .person = party->person,
                                            .values = whole.values,
                                            .in_reply_to = letter->in_reply_to,
                                            .is_answer = letter->is_answer,
                                            .casefile = letter->it->id,
                                            .party = party->id,
                                            .party_key = party->token_key,
                                            .attached_raw = letter->attached_raw,
                                            .attached_size = letter->attached_size,
                                            .attached_part = letter->attached_part },
                      error);
}

bool case_tell_all(struct work *work, const struct casefile *it, const char *purpose, struct value *values,
                   GError **error)
{
  g_autoptr(GPtrArray) parties = case_parties(work->store, it->id, "", error);
  if (!parties) return false;
  for (guint i = 0; i < parties->len; i++) {
    struct case_party *party = parties->pdata[i];
    if (strcmp(party->role, "office") == 0) continue;
    struct case_letter letter = { .purpose = purpose, .it = it, .party = party, .values = values };
    if (!case_letter_send(work, &letter, error)) return false;
  }
  return true;
}
