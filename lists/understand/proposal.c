/* Proposals for a region's budget: what, how much, where, when, who does the work; what is missing and asked
 * back; what the rules say. An answer to our question ("ungefähr zweihundertvierzig Euro") is read the same
 * way: there a bare number is a sum. */
#include "lists/understand/hints.h"
#include "lists/understand/parts.h"
#include "lists/understand/title.h"
#include "lists/understand/where.h"

#include "lib/text/facts/numbers.h"

enum { BENEFIT_WORDS = 25, SUM_MIN = 10, SUM_MAX = 1000 * 1000 };

static void miss(struct meaning *meaning, const char *what)
{
  g_ptr_array_add(meaning->missing, g_strdup(what));
}

/* A sum without currency, where we asked for one: "240", "so 300 bis 350". */
static void read_bare_sum(const struct reading_room *room, struct meaning *meaning)
{
  if (meaning->costs->total_cents >= 0) return;
  g_autoptr(GArray) sums = money_find(room->passage, MONEY_BARE);
  if (sums->len > 0) {
    meaning->costs->total_cents = g_array_index(sums, struct money, 0).cents;
    return;
  }
  /* "so um die 350": the only number of a text without dates */
  struct number number, only = { 0 };
  guint found = 0;
  for (guint at = 0; at < room->passage->lexemes->count && found < 2; at++) {
    if (!number_at(room->passage, at, &number) || number.is_ordinal) continue;
    only = number;
    found++;
    at = MAX(number.end, at + 1) - 1;
  }
  if (found == 1 && room->dates->len == 0 && only.value >= SUM_MIN && only.value < SUM_MAX)
    meaning->costs->total_cents = (int64_t)(only.value * 100 + 0.5);
}

/* "Das machen wir selber": words of doing and of oneself in one sentence, or a phrase that says it. */
static bool is_own_work(const struct passage *passage)
{
  if (passage_has(passage, "proposal.own_work")) return true;
  guint self = phrases_tag("word.self"), doing = phrases_tag("word.do");
  for (const struct phrase_hit *hit = passage_find(passage, self, 0); hit;
       hit = passage_find(passage, self, hit->end)) {
    guint first, end;
    passage_sentence(passage, hit->first, &first, &end);
    const struct phrase_hit *verb = passage_find(passage, doing, first);
    if (verb && verb->first < end) return true;
  }
  return false;
}

/* When it is to be: the first day ahead; else the first week, month or quarter. */
static void read_date(const struct reading_room *room, struct meaning *meaning)
{
  const struct date_found *best = NULL;
  for (guint i = 0; i < room->dates->len; i++) {
    const struct date_found *date = &g_array_index(room->dates, struct date_found, i);
    if (date->is_past || date->is_deadline || !date->start.year) continue;
    if (!best || (best->grain > GRAIN_DAY && date->grain <= GRAIN_DAY)) best = date;
  }
  if (best) meaning->date = best->start;
}

/* Whether the text says whom it is good for; a longer one always does somehow. */
static bool has_benefit(const struct reading_room *room)
{
  guint words = passage_words(room->passage, 0, room->passage->lexemes->count);
  return words >= BENEFIT_WORDS || passage_has(room->passage, "proposal.benefit") ||
         passage_has(room->subject, "proposal.benefit");
}

/* What we would ask back. Of an answer to our question only what it was about is known; nothing is missed but
 * a price that the sender does not know yet either. */
static void read_missing(const struct reading_room *room, struct meaning *meaning, bool has_place)
{
  bool is_open = meaning->costs->total_cents < 0 && passage_has(room->passage, "costs.open");
  if (room->context == CONTEXT_PROPOSAL && is_open) miss(meaning, "costs");
  if (room->context == CONTEXT_PROPOSAL) return;
  if (meaning->costs->total_cents < 0) miss(meaning, "costs");
  if (!has_place) miss(meaning, "place");
  if (!meaning->title) miss(meaning, "title");
  if (!has_benefit(room)) miss(meaning, "benefit");
}

void read_proposal(const struct reading_room *room, struct meaning *meaning)
{
  meaning->costs = costs_read(room->passage);
  if (room->context == CONTEXT_PROPOSAL) read_bare_sum(room, meaning);
  bool has_place = where_read(room, meaning);
  where_read_region(room, meaning);
  if (room->context != CONTEXT_PROPOSAL) meaning->title = title_read(room);
  read_date(room, meaning);
  meaning->own_work = is_own_work(room->passage);
  meaning->parts = parts_count(room);
  hints_read(room, meaning);
  read_missing(room, meaning, has_place);
}
