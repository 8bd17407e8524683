/* Which language a letter has: what somebody chose, else the one that they have just written to us in, else
 * the list's, else the municipality's. Whoever chose or writes a language that we have no letters in gets
 * Leichte Sprache: short sentences in German help those who know little of it, and programs that translate.
 */
#include "lists/letters.h"

#include "lib/base/config.h"
#include "lib/mail/read.h"
#include "lib/store/directory.h"
#include "lib/store/people/people.h"

#include <string.h>

/* Of shorter texts a guess is none. Of the others only those count that no German line looks like. */
enum { ENGLISH_BYTES = 20, OTHER_BYTES = 40 };
static const char *const told_apart[] = { "en", "tr", "ru", "uk", "ar", "vi", "pl", NULL };

static bool has_letters(const struct config *config, const char *language)
{
  g_autofree char *letter = g_strconcat("letters/", language, "/welcome.md", NULL);
  g_autofree char *path = config_find_shared(config, letter);
  return path != NULL;
}

/* The language itself, or Leichte Sprache. Caller frees. */
static char *with_letters(const struct config *config, const char *language)
{
  return g_strdup(has_letters(config, language) ? language : LETTERS_EASY);
}

char *letters_language_of(const struct config *config, const struct mail *mail)
{
  gsize size = strlen(mail->text_new);
  const char *guess = size >= ENGLISH_BYTES && mail->robot == MAIL_HUMAN ? mail_language(mail) : NULL;
  bool is_usual = !guess || strcmp(guess, config->language) == 0 || !g_strv_contains(told_apart, guess);
  if (is_usual || (strcmp(guess, "en") != 0 && size < OTHER_BYTES)) return NULL;
  return with_letters(config, guess);
}

/* Do they write to us now? The language of their mail; NULL: no, or it is the usual one. */
static const char *written_by(const struct work *work, const char *address)
{
  bool is_writer = work->writer && address && strcmp(work->writer, address) == 0;
  return is_writer ? work->writer_language : NULL;
}

char *letters_language_to(struct work *work, int64_t person, const char *address, const struct list *list,
                          GError **error)
{
  g_autoptr(person_choice) choice = person_choice_get(work->store, person, error);
  if (!choice) return NULL;
  if (*choice->language) return with_letters(work->config, choice->language);
  const char *written = written_by(work, address);
  return g_strdup(written ? written : list ? list->language : work->config->language);
}

char *letters_language(struct work *work, int64_t person, const struct list *list, GError **error)
{
  return letters_language_to(work, person, NULL, list, error);
}

char *letters_language_given(const struct work *work, const char *language)
{
  return with_letters(work->config, language);
}
