/* Which case a new mail belongs to: one whose number it names ("KP-2026-0173"), or one that the same person
 * opened a few days ago with nearly the same words; and who only wants to be told about somebody else's. */
#include "lists/cases/case.h"

#include "lists/senders.h"

#include "lib/mail/read.h"
#include "lib/store/people/people.h"
#include "lib/text/template.h"

#include <string.h>

enum { AGAIN_SECONDS = 7 * 24 * 3600, AGAIN_CASES = 5, AGAIN_PERCENT = 75, AGAIN_WORDS = 3, SEARCHED = 4000 };

/* So many digits at *at, which is moved behind them; 0: others. */
static int read_digits(const char **at, gsize least, gsize most)
{
  gsize count = strspn(*at, "0123456789");
  if (count < least || count > most) return 0;
  g_autofree char *digits = g_strndup(*at, count);
  *at += count;
  return (int)g_ascii_strtoll(digits, NULL, 10);
}

/* Behind one of the words that lead a number, where it stands as a word of its own; NULL: none does. */
static const char *behind_lead(const char *text, const char *at)
{
  static const char *const leads[] = { "kp", "fall", "vorgang", "anfrage", "nummer", "nr" };
  if (at > text && (g_ascii_isalnum(at[-1]) || (at[-1] & 0x80))) return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS(leads); i++) {
    gsize size = strlen(leads[i]);
    if (g_ascii_strncasecmp(at, leads[i], size) == 0 && !g_ascii_isalpha(at[size]))
      return at + size + strspn(at + size, " -.:#");
  }
  return NULL;
}

/* The first number in a text, as people write it: "KP-2026-0173", "KP 2026 173", "Fall 2026/173"; false:
 * none. */
static bool find_number(const char *text, int *year, int *number)
{
  const char *end = text + strnlen(text, SEARCHED);
  for (const char *at = text; at < end; at++) {
    const char *p = behind_lead(text, at);
    if (!p || !(*year = read_digits(&p, 4, 4))) continue;
    gsize between = strspn(p, "-/ ");
    p += between;
    if (between && between <= 3 && (*number = read_digits(&p, 1, 6))) return true;
  }
  return false;
}

bool case_number_in(const char *text)
{
  int year, number;
  return text && find_number(text, &year, &number);
}

struct casefile *case_named(struct work *work, const struct mail *mail, GError **error)
{
  int year, number;
  bool has = find_number(mail->subject ? mail->subject : "", &year, &number) ||
             find_number(mail->text_new, &year, &number);
  return has ? casefile_find(work->store, year, number, error) : NULL;
}

/* The words of a text, folded. */
static GHashTable *words_of(const char *text)
{
  GHashTable *words = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *folded = g_utf8_casefold(text, (gssize)strnlen(text, SEARCHED));
  g_autofree char *valid = g_utf8_make_valid(folded, -1);
  for (const char *at = valid; *at;) {
    const char *end = at;
    while (*end && g_unichar_isalnum(g_utf8_get_char(end))) end = g_utf8_next_char(end);
    if (end > at) g_hash_table_add(words, g_strndup(at, (gsize)(end - at)));
    at = *end ? g_utf8_next_char(end) : end;
  }
  return words;
}

/* Do two texts share three quarters of all their words? */
static bool are_alike(const char *one, const char *other)
{
  g_autoptr(GHashTable) a = words_of(one), b = words_of(other);
  guint shared = 0;
  GHashTableIter iter;
  gpointer word;
  g_hash_table_iter_init(&iter, a);
  while (g_hash_table_iter_next(&iter, &word, NULL)) shared += g_hash_table_contains(b, word);
  guint all = g_hash_table_size(a) + g_hash_table_size(b) - shared;
  return shared >= AGAIN_WORDS && shared * 100 >= all * AGAIN_PERCENT;
}

/* Do two texts name the same numbers? "Dahmestraße 5" and "Dahmestraße 7" are two questions. */
static bool have_same_numbers(const char *one, const char *other)
{
  g_autoptr(GHashTable) a = words_of(one), b = words_of(other);
  for (int turn = 0; turn < 2; turn++) {
    GHashTableIter iter;
    gpointer word;
    g_hash_table_iter_init(&iter, turn ? b : a);
    while (g_hash_table_iter_next(&iter, &word, NULL))
      if (strpbrk(word, "0123456789") && !g_hash_table_contains(turn ? a : b, word)) return false;
  }
  return true;
}

/* Is it said to be somewhere else? */
static bool is_elsewhere(const struct casefile *it, const struct case_place *place)
{
  if (!*it->place || !place->text) return false;
  g_autofree char *one = g_utf8_casefold(it->place, -1), *other = g_utf8_casefold(place->text, -1);
  return strcmp(one, other) != 0;
}

struct casefile *case_same_again(struct work *work, const struct arrival *arrival, int64_t person,
                                 GError **error)
{
  const struct mail *mail = arrival->mail;
  g_autoptr(GPtrArray) open =
      casefiles_of_person(work->store, person, work->now - AGAIN_SECONDS, AGAIN_CASES, error);
  if (!open) return NULL;
  g_autofree char *text = case_text(work, mail->text_new, mail_actor(mail)->name);
  const char *title = mail->subject ? mail->subject : "";
  g_auto(case_place_t) place = { 0 };
  if (open->len && !case_place_find(work, arrival->list, title, text, &place, error)) return NULL;
  for (guint i = 0; i < open->len; i++) {
    const struct casefile *it = open->pdata[i];
    g_autoptr(case_entry_t) first = case_entry_get(work->store, it->id, 1, error);
    if (!first) return NULL;
    if (is_elsewhere(it, &place) || !have_same_numbers(text, first->text)) continue;
    if (are_alike(text, first->text)) return g_ptr_array_steal_index(open, i);
  }
  return NULL;
}

static bool answer(struct work *work, const struct arrival *arrival, struct casefile *it,
                   struct case_party *party, const char *flag, GError **error)
{
  g_autoptr(value_t) values = value_new();
  value_set_text(values, flag, "1");
  struct case_letter letter = { .purpose = "case_noted",
                                .it = it,
                                .party = party,
                                .values = values,
                                .in_reply_to = arrival->mail->message_id,
                                .is_answer = true };
  return case_letter_send(work, &letter, error);
}

bool case_join_again(struct work *work, const struct arrival *arrival, struct casefile *it, int64_t person,
                     struct decision *decision, GError **error)
{
  g_autoptr(GPtrArray) parties = case_parties(work->store, it->id, "resident", error);
  if (!parties) return false;
  decision->outcome = OUTCOME_POSTED;
  g_string_assign(decision->reason, "It asks again what the same person asked a few days ago.");
  g_string_append_printf(decision->details, " case=%d-%04d", it->year, it->number);
  for (guint i = 0; i < parties->len; i++) {
    struct case_party *party = parties->pdata[i];
    if (party->person != person) continue;
    struct case_entry entry = { .what = (char *)"again", .party = party->id, .mail = arrival->mail_id };
    return case_note(work, it, &entry, error) && answer(work, arrival, it, party, "joins", error);
  }
  return true;
}

bool case_follow(struct work *work, const struct arrival *arrival, struct casefile *it,
                 const struct sender *sender, struct decision *decision, GError **error)
{
  const char *name = mail_actor(arrival->mail)->name;
  int64_t person = person_ensure(work->store, sender->address, name, work->now, work->now, error);
  if (!person) return false;
  struct case_party party = { .casefile = it->id,
                              .role = (char *)"follower",
                              .person = person,
                              .address = sender->address,
                              .name = (char *)name,
                              .language = (char *)case_language(work, arrival->mail->language) };
  decision->outcome = OUTCOME_ANSWERED;
  g_string_assign(decision->reason, "Somebody wants to be told about a case.");
  g_string_append_printf(decision->details, " case=%d-%04d", it->year, it->number);
  return case_party_put(work->store, &party, work->now, error) &&
         answer(work, arrival, it, &party, "follows", error);
}
