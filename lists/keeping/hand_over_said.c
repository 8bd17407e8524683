/* "Meine Nachfolgerin ist Maria (maria@…)", said by a keeper at their group or to us: does somebody else get
 * the group? Nobody of the group is to read the address; but a new leader may be the choir's. So it only
 * leads to the question whether the keeper wants to hand the group over (hand_over.c), and "an alle" sends
 * the mail. Called by wishes.c, where no plainer words were found. */
#include "lists/keeping/keep.h"

#include "lists/understand/answers/clauses.h"
#include "lists/understand/understand.h"

#include "lib/mail/address.h"
#include "lib/mail/read.h"
#include "lib/text/phrases.h"

#include <string.h>

enum { WORDS_MAX = 60, TEXT_BYTES = 4096 };

static bool says(const struct passage *passage)
{
  g_autoptr(GArray) sentences = sentences_of(passage);
  for (guint i = 0; i < sentences->len; i++) {
    const struct clause *in = &g_array_index(sentences, struct clause, i);
    if (clause_find(passage, "keep.successor-not", in)) continue;
    if (clause_find(passage, "keep.successor", in)) return true;
  }
  return false;
}

char *hand_over_said(struct work *work, const struct arrival *arrival)
{
  const struct understanding *it = arrival->understanding;
  const char *text = arrival->mail->text_new;
  if (!it || !strchr(text, '@') || passage_words(it->passage, 0, it->passage->lexemes->count) > WORDS_MAX)
    return NULL;
  if (!says(it->passage)) return NULL;
  char *found = NULL;
  g_autofree char *part = g_strndup(text, MIN(strlen(text), TEXT_BYTES));
  g_auto(GStrv) words = g_strsplit_set(part, " \t\r\n,;:<>()[]\"'", -1);
  for (char **word = words; *word; word++) {
    gsize size = strlen(*word);
    while (size > 0 && strchr(".!?", (*word)[size - 1])) (*word)[--size] = '\0';
    g_autofree char *address = strchr(*word, '@') ? address_normalise(*word) : NULL;
    bool is_ours =
        address && addresses_look_up(work->book, work->keys, address, work->now).meaning != ADDRESS_UNKNOWN;
    if (!address || is_ours || strcmp(address, mail_actor(arrival->mail)->address) == 0) continue;
    if (found && strcmp(found, address) != 0) { /* two: nobody knows which */
      g_free(found);
      return NULL;
    }
    if (!found) found = g_steal_pointer(&address);
  }
  return found;
}
