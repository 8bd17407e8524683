/* Letters about a case: one party each, and answers come to that party's address of the case, whose bytes
 * stay the same as long as the case lives. */
#include "lists/cases/case.h"

#include "lists/letters.h"
#include "lists/list_cache.h"

#include "lib/mail/compose.h"
#include "lib/store/people/people.h"
#include "lib/text/days/day_text.h"
#include "lib/text/template.h"

#include <string.h>

/* Values that are days, and are written out in the letter's language. */
static const char *const DAYS[] = { "due", "expected", "opened" };

static void add_values(const struct case_letter *letter)
{
  const struct casefile *it = letter->it;
  g_autofree char *number = casefile_name(it);
  value_set_text(letter->values, "number", number);
  value_set_text(letter->values, "title", it->title);
  value_set_text(letter->values, "where", *it->place ? it->place : NULL);
  value_set_text(letter->values, it->state, "1"); /* {{#planned}} … */
  bool asks = strcmp(it->state, "done") == 0 && case_asks_whether_done(it);
  value_set_text(letter->values, "asks_whether_done", asks ? "1" : NULL);
}

bool case_is_listed_public(const struct work *work, const struct casefile *it)
{
  const struct list *list = list_cache_by_id(work->lists, it->list);
  return it->is_public && list && list->archive_public;
}

const char *case_language(const struct work *work, const char *language)
{
  static const char *const languages[] = { "de", "en" };
  if (language && strcmp(language, "de-x-leicht") == 0) return "de-x-leicht";
  for (gsize i = 0; language && i < G_N_ELEMENTS(languages); i++)
    if (g_ascii_strncasecmp(language, languages[i], 2) == 0)
      return g_ascii_strncasecmp(work->config->language, languages[i], 2) == 0 ? NULL : languages[i];
  return NULL;
}

char *case_party_language(struct work *work, const struct casefile *it, const struct case_party *party,
                          GError **error)
{
  const struct list *list = list_cache_by_id(work->lists, it->list);
  g_autoptr(person_choice) choice = NULL;
  if (party->person && !(choice = person_choice_get(work->store, party->person, error))) return NULL;
  const char *written = party->language && *party->language ? party->language : NULL;
  return g_strdup(choice && *choice->language ? choice->language
                  : written                   ? written
                  : list                      ? list->language
                                              : work->config->language);
}

/* The files as the letter takes them, and how many stay here. */
static struct compose_file *files_of(struct work *work, const struct case_letter *letter, GPtrArray **kept,
                                     GError **error)
{
  guint left_out = 0;
  *kept = case_attachments(work, letter->files_of, &left_out, error);
  if (!*kept) return NULL;
  g_autofree char *count = g_strdup_printf("%u", left_out);
  value_set_text(letter->values, "left_out", left_out ? count : NULL);
  struct compose_file *files = g_new0(struct compose_file, (*kept)->len + 1);
  for (guint i = 0; i < (*kept)->len; i++) {
    const struct case_attachment *one = (*kept)->pdata[i];
    files[i] = (struct compose_file){
      .name = one->name, .type = one->type, .bytes = one->bytes->data, .size = one->bytes->len
    };
  }
  return files;
}

static bool send(struct work *work, const struct case_letter *letter, const char *language, GError **error)
{
  g_autoptr(GPtrArray) kept = NULL;
  g_autofree struct compose_file *files = files_of(work, letter, &kept, error);
  if (!files) return false;
  const struct case_party *party = letter->party;
  char *
      days[G_N_ELEMENTS(DAYS)]; /* as they were: the same values may go to the next one in another language */
  for (gsize i = 0; i < G_N_ELEMENTS(DAYS); i++) {
    days[i] = g_strdup(value_text(letter->values, DAYS[i]));
    g_autofree char *words = days[i] ? day_in_words(days[i], language) : NULL;
    if (words) value_set_text(letter->values, DAYS[i], words);
  }
  bool is_sent = letters_send(work,
                              &(struct letter_out){ .purpose = letter->purpose,
                                                    .list = list_cache_by_id(work->lists, letter->it->list),
                                                    .address = party->address,
                                                    .person = party->person,
                                                    .language = language,
                                                    .values = letter->values,
                                                    .in_reply_to = letter->in_reply_to,
                                                    .is_answer = letter->is_answer,
                                                    .casefile = letter->it->id,
                                                    .party = party->id,
                                                    .party_key = party->token_key,
                                                    .attached_raw = letter->attached_raw,
                                                    .attached_size = letter->attached_size,
                                                    .attached_part = letter->attached_part,
                                                    .files = files,
                                                    .file_count = kept->len },
                              error);
  for (gsize i = 0; i < G_N_ELEMENTS(DAYS); i++) {
    if (days[i]) value_set_text(letter->values, DAYS[i], days[i]);
    g_free(days[i]);
  }
  return is_sent;
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
  g_autofree char *language = case_party_language(work, letter->it, party, error);
  return language && send(work, &whole, language, error);
}

bool case_tell_all(struct work *work, const struct casefile *it, const char *purpose, struct value *values,
                   GError **error)
{
  g_autoptr(GPtrArray) parties = case_parties(work->store, it->id, "", error);
  if (!parties) return false;
  for (guint i = 0; i < parties->len; i++) {
    struct case_party *party = parties->pdata[i];
    bool is_let_in = it->is_public || strcmp(party->role, "follower") != 0; /* it may be private by now */
    if (strcmp(party->role, "office") == 0 || !is_let_in) continue;
    struct case_letter letter = { .purpose = purpose, .it = it, .party = party, .values = values };
    if (!case_letter_send(work, &letter, error)) return false;
  }
  return true;
}
