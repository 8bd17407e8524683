/* Settings of a membership, in plain words: how mails come, a pause, the language, the name that others see.
 * "Jeden Tag ist mir zu viel" names what is not wanted; such words do not count. */
#include "lists/understand/meaning.h"

#include <string.h>

static const char *const deliveries[] = { "each", "daily", "weekly", "own", "none" };

static const char *delivery_of(const char *value)
{
  for (gsize i = 0; i < G_N_ELEMENTS(deliveries); i++)
    if (strcmp(deliveries[i], value) == 0) return deliveries[i];
  return NULL;
}

/* Whether a hit lies within one of what is not wanted. */
static bool is_unwanted(const struct passage *passage, const struct phrase_hit *hit)
{
  enum { BEFORE = 10, TRIES = 6 };
  guint never = phrases_tag("settings.never");
  guint from = hit->first > BEFORE ? hit->first - BEFORE : 0;
  for (guint i = 0; i < TRIES; i++) {
    const struct phrase_hit *bad = passage_find(passage, never, from);
    if (!bad || bad->first >= hit->end) return false;
    if (bad->end > hit->first) return true;
    from = bad->first + 1;
  }
  return false;
}

/* How mails are to come; the last wish counts ("täglich, nein, lieber wöchentlich"). */
static const char *find_delivery(const struct passage *passage)
{
  enum { WISHES_MAX = 50 };
  guint tag = phrases_tag("settings.delivery"), from = 0;
  const char *delivery = NULL;
  for (guint i = 0; i < WISHES_MAX; i++) {
    const struct phrase_hit *hit = passage_find(passage, tag, from);
    if (!hit) break;
    if (!is_unwanted(passage, hit)) delivery = delivery_of(hit->value);
    from = hit->end;
  }
  return delivery;
}

static char *find_language(const struct passage *passage)
{
  const struct phrase_hit *hit = passage_find(passage, phrases_tag("settings.language"), 0);
  return hit && *hit->value ? g_strdup(hit->value) : NULL;
}

/* The last day of a pause: the end of a range, a deadline, or the last day named. */
static void read_pause(const struct reading_room *room, struct meaning *meaning)
{
  if (!passage_has(room->passage, "settings.pause") && !passage_has(room->subject, "settings.pause")) return;
  for (guint i = 0; i < room->dates->len; i++) {
    const struct date_found *date = &g_array_index(room->dates, struct date_found, i);
    if (date->is_past) continue;
    if (date->until.year)
      meaning->pause_until = date->until;
    else if (date->start.year)
      meaning->pause_until = date->start;
  }
  meaning->pause_until.hour = meaning->pause_until.year ? -1 : 0;
}

static bool is_name_word(const struct lexeme *it)
{
  return it->kind == LEXEME_WORD && it->is_capital;
}

/* The name behind "nennt mich bitte": up to four capital words, with what initials and hyphens need. */
static char *find_name(const struct passage *passage)
{
  enum { LOOK_AHEAD = 4, NAME_WORDS = 4 };
  const struct lexemes *l = passage->lexemes;
  const struct phrase_hit *hit = passage_find(passage, phrases_tag("settings.name"), 0);
  if (!hit) return NULL;
  guint first = hit->end;
  while (first < l->count && first < hit->end + LOOK_AHEAD && !is_name_word(&l->at[first])) first++;
  guint end = first, words = 0;
  while (end < l->count && words < NAME_WORDS) {
    bool is_glue = lexeme_is(&l->at[end], "-") && !l->at[end].is_spaced;
    bool is_initial = lexeme_is(&l->at[end], ".") && end > first && !l->at[end - 1].folded[1];
    if (!is_name_word(&l->at[end]) && !is_glue && !is_initial) break;
    words += l->at[end].kind == LEXEME_WORD;
    end++;
  }
  return words ? passage_text(passage, first, end) : NULL;
}

void read_settings(const struct reading_room *room, struct meaning *meaning)
{
  meaning->delivery = find_delivery(room->passage);
  if (!meaning->delivery) meaning->delivery = find_delivery(room->subject);
  meaning->language = find_language(room->passage);
  if (!meaning->language) meaning->language = find_language(room->subject);
  meaning->name = find_name(room->passage);
  read_pause(room, meaning);
}
