/* Hints by the rules of the leaflet on grants: food, voluntary insurance, deposits, fees, what has begun
 * already. The words stand in the tables (sections hint.*), the sentences here, for translators.
 *
 * Food is the hard one: at every street party there is cake, and mostly somebody brings it. It is hinted at
 * only where it costs something, by the sum beside it, and not where it is brought along. */
#include "lists/understand/hints.h"

#include <string.h>

struct hint_rule {
  const char *rule, *tag;
  bool needs_cost; /* counts only beside a sum or a word of cost, and where nobody brings it along */
  const char *text;
};

static const struct hint_rule hint_rules[] = {
  { "catering", "hint.catering", true,
    "Essen und Getränke darf die Kiezkasse nicht bezahlen; vielleicht bringt sie jemand mit, oder es gibt "
    "Spenden." },
  { "insurance", "hint.insurance", true, "Freiwillige Versicherungen darf die Kiezkasse nicht bezahlen." },
  { "deposit", "hint.deposit", true,
    "Pfand und Kautionen darf die Kiezkasse nicht bezahlen, denn sie kommen zurück." },
  { "membership", "hint.membership", true, "Mitgliedsbeiträge darf die Kiezkasse nicht bezahlen." },
  { "fees", "hint.fees", false,
    "Gebühren des Landes Berlin, Mahngebühren und Steuerberatung darf die Kiezkasse nicht bezahlen." },
  { "phone", "hint.phone", true,
    "Grundgebühren für Telefon und Internet darf die Kiezkasse nicht bezahlen." },
  { "gifts", "hint.gifts", true, "Geschenke und Repräsentation darf die Kiezkasse nicht bezahlen." },
  { "lump_sum", "hint.lump_sum", true,
    "Pauschalen reichen nicht aus; bitte schreiben Sie dazu, wofür das Geld gebraucht wird." },
  { "late_start", "hint.late_start", false,
    "Begonnen werden darf erst nach der Bewilligung; was schon gekauft ist, kann nicht erstattet werden." },
  { "district", "hint.district", false,
    "Was der Bezirk ohnehin bezahlt, etwa Ausstattung von Kitas oder Straßenbäume, kann die Kiezkasse nicht "
    "übernehmen." },
  { "staff", "hint.staff", true,
    "Gehälter und Vergütungen für Praktika gehen nur, wenn sie zu diesem einen Vorhaben gehören." },
  { "private", "hint.private", false,
    "Gefördert wird, was allen offensteht; bitte schreiben Sie dazu, wer mitmachen kann." },
};

/* The line or sentence around a hit, whichever is shorter: cost tables are lines, prose is sentences. */
static void find_surroundings(const struct passage *passage, guint at, guint *first, guint *end)
{
  const struct lexemes *l = passage->lexemes;
  passage_sentence(passage, at, first, end);
  guint from = at, to = at;
  while (from > *first && l->at[from - 1].kind != LEXEME_BREAK) from--;
  while (to < *end && l->at[to].kind != LEXEME_BREAK) to++;
  bool has_digits = false;
  for (guint i = from; i < to; i++) has_digits |= l->at[i].kind == LEXEME_DIGITS;
  if (!has_digits) return;
  *first = from;
  *end = to;
}

static bool has_hit_within(const struct passage *passage, const char *tag, guint first, guint end)
{
  const struct phrase_hit *hit = passage_find(passage, phrases_tag(tag), first);
  return hit && hit->first < end;
}

/* A sum, or a bare number that counts among the costs. */
static bool has_money_within(const struct reading_room *room, const struct costs *costs, guint first,
                             guint end)
{
  for (guint i = 0; costs && i < costs->lines->len; i++) {
    const struct cost *cost = g_ptr_array_index(costs->lines, i);
    if (cost->cents > 0 && cost->first >= first && cost->first < end) return true;
  }
  for (guint i = 0; i < room->money->len; i++) {
    const struct money *money = &g_array_index(room->money, struct money, i);
    if (money->first >= first && money->first < end) return true;
  }
  return false;
}

/* Whether what a hit names costs something, as far as its surroundings say. */
static bool is_paid(const struct reading_room *room, const struct costs *costs, const struct phrase_hit *hit)
{
  guint first, end;
  find_surroundings(room->passage, hit->first, &first, &end);
  if (has_hit_within(room->passage, "hint.self", first, end)) return false;
  if (has_money_within(room, costs, first, end) || strcmp(hit->value, "2") == 0) return true;
  return has_hit_within(room->passage, "word.cost", first, end);
}

/* Whether a rule's words are there and count. A bounded number of places is looked at. */
static bool applies(const struct reading_room *room, const struct costs *costs, const struct hint_rule *rule)
{
  enum { PLACES = 20 };
  guint tag = phrases_tag(rule->tag), from = 0;
  for (guint i = 0; i < PLACES; i++) {
    const struct phrase_hit *hit = passage_find(room->passage, tag, from);
    if (!hit) return false;
    if (!rule->needs_cost || is_paid(room, costs, hit)) return true;
    from = hit->end;
  }
  return false;
}

static void add_hint(struct meaning *meaning, const char *rule, const char *text)
{
  struct hint *hint = g_new(struct hint, 1);
  hint->rule = g_strdup(rule);
  hint->text = g_strdup(text);
  g_ptr_array_add(meaning->hints, hint);
}

void hints_read(const struct reading_room *room, struct meaning *meaning)
{
  for (gsize i = 0; i < G_N_ELEMENTS(hint_rules); i++)
    if (applies(room, meaning->costs, &hint_rules[i]))
      add_hint(meaning, hint_rules[i].rule, hint_rules[i].text);
  for (guint i = 0; meaning->costs && i < meaning->costs->lines->len; i++) {
    const struct cost *cost = g_ptr_array_index(meaning->costs->lines, i);
    if (cost->cents >= 0) continue;
    add_hint(meaning, "open_cost", "Ein Preis steht noch nicht fest; bitte reichen Sie ihn nach.");
    break;
  }
}
