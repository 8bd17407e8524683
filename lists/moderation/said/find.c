/* Which post somebody means who does not answer it: by its author's name or address, by its subject, among
 * the latest of the list. The youngest that fits; whoever ordered it sees it before anything happens. Where
 * the words fit several authors, none is meant. */
#include "lists/moderation/said/said.h"

#include "lib/store/directory.h"
#include "lib/store/threads.h"
#include "lib/text/phrases.h"
#include "lib/text/subject.h"

#include <string.h>

enum { LATEST = 300, SUBJECT_LEAST = 4, NAME_LEAST = 3 };

/* A word of a name, or that with the s of a genitive: "Peters Mail". */
static bool is_word_of(const char *name, const struct lexeme *it)
{
  gsize size = strlen(name);
  return it->kind == LEXEME_WORD && strncmp(it->folded, name, size) == 0 &&
         (it->folded[size] == '\0' || strcmp(it->folded + size, "s") == 0);
}

/* Adds the words by which a text names the author; whether it does. */
static bool names_author(const struct passage *passage, const struct message *message, GStrvBuilder *words)
{
  const struct lexemes *l = passage->lexemes;
  if (message->from_address && *message->from_address && strstr(l->text, message->from_address)) return true;
  g_autoptr(lexemes_t) name = lexemes_new(message->from_name ? message->from_name : "", 0);
  bool is_named = false;
  for (guint n = 0; n < name->count; n++) {
    if (name->at[n].kind != LEXEME_WORD || strlen(name->at[n].folded) < NAME_LEAST) continue;
    for (guint at = 0; at < l->count; at++) {
      if (!is_word_of(name->at[n].folded, &l->at[at])) continue;
      if (!l->at[at].is_capital && !(n == 0 && at == 0)) continue;
      is_named = true;
      g_strv_builder_add(words, l->at[at].folded);
    }
  }
  return is_named;
}

static bool names_subject(const struct passage *passage, const struct message *message)
{
  g_autofree char *subject = subject_key(message->subject ? message->subject : "", NULL);
  g_autofree char *text = g_utf8_casefold(passage->lexemes->text, -1);
  return g_utf8_strlen(subject, -1) >= SUBJECT_LEAST && strstr(text, subject);
}

static bool is_same_author(const struct message *one, const struct message *other)
{
  return one->person ? one->person == other->person : g_strcmp0(one->from_address, other->from_address) == 0;
}

struct message *said_find(struct work *work, const struct list *list, const struct passage *passage,
                          int64_t person, char ***name_words, GError **error)
{
  g_autoptr(GPtrArray) latest = messages_latest(work->store, list->id, LATEST, false, error);
  if (!latest) return NULL;
  g_autoptr(GStrvBuilder) words = g_strv_builder_new();
  const struct message *author = NULL, *found = NULL;
  bool is_several = false, has_subject = false;
  for (guint i = 0; i < latest->len; i++) {
    const struct message *message = g_ptr_array_index(latest, i);
    has_subject |= names_subject(passage, message) && (!person || message->person == person);
    if (person || !names_author(passage, message, words)) continue;
    is_several |= author && !is_same_author(author, message);
    if (!author) author = message;
  }
  *name_words = author ? g_strv_builder_end(words) : NULL;
  if (is_several || (!person && !author && !has_subject)) return NULL;
  for (guint i = 0; i < latest->len && !found; i++) {
    const struct message *message = g_ptr_array_index(latest, i);
    bool fits = (!person || message->person == person) && (!author || is_same_author(author, message)) &&
                (!has_subject || names_subject(passage, message));
    if (fits) found = message;
  }
  return found ? message_get(work->store, found->id, error) : NULL;
}
