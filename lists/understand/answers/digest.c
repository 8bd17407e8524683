/* An answer to a digest: which item is meant, and what is said of it. Called by understand() for answers to
 * digests; each part is then treated as if it had come to that item.
 *
 * Two forms. Somebody names items ("3: gute Idee", "zu 2: bin dabei, 5: nein danke", "Zu Punkt 4 …"); or
 * writes below a quoted line of the digest that begins with the item's number ("> 3 Lastenrad" and then the
 * answer). Where our list stands in the quote, an item may be called by its name ("zu der Katze: …"). What
 * stands before the first item belongs to none. A part says yes or no where an item asks for that; else it is
 * a reply. */
#include "lists/understand/answers/asked.h"
#include "lists/understand/answers/clauses.h"

#include "lib/text/facts/people.h"

#include <string.h>

enum { ITEM_MAX = 200, PARTS_MAX = 100, PART_BYTES = 8000, NAME_LEXEMES = 6 };

struct digest_reader {
  const struct reading_room *room;
  const struct passage *passage;
  const struct lexemes *l;
  struct meaning *meaning;
  GPtrArray *items; /* struct asked_item*, what the digest listed */
};

static bool is_mark(const struct digest_reader *r, guint at, const char *marks)
{
  const struct lexeme *it = &r->l->at[at];
  return it->kind == LEXEME_MARK && it->folded[0] && !it->folded[1] && strchr(marks, it->folded[0]);
}

static bool begins_line(const struct digest_reader *r, guint at)
{
  return at == 0 || r->l->at[at - 1].kind == LEXEME_BREAK;
}

/* A place where a new item may be named: a line's or sentence's begin, or behind a comma. */
static bool may_begin(const struct digest_reader *r, guint at)
{
  return begins_line(r, at) || r->l->at[at].begins_sentence || is_mark(r, at - 1, ",;.!") ||
         lexeme_is(&r->l->at[at - 1], "und");
}

/* "1 bin ich dabei": a bare number of our list, and no noun that it counts. */
static bool is_told_bare(const struct digest_reader *r, guint at)
{
  const struct lexeme *next = &r->l->at[at + 1];
  return asked_by_number(r->items, (int)r->l->at[at].number) && next->kind == LEXEME_WORD &&
         next->is_spaced && !next->is_capital && !passage_at(r->passage, phrases_tag("vote.unit"), at + 1);
}

/* The item named at a lexeme: "3:", "zu 2:", "Zu Punkt 4", "zum zweiten Punkt", "#5", "5)". 0: none; else
 * *end is behind it. */
static int item_at(const struct digest_reader *r, guint at, guint *end)
{
  if (!may_begin(r, at)) return 0;
  const struct phrase_hit *word = passage_at(r->passage, phrases_tag("digest.item"), at);
  guint number = word ? word->end : at;
  while (word && number < word->end + 2 && passage_at(r->passage, phrases_tag("people.article"), number))
    number++;
  const struct phrase_hit *ordinal = passage_at(r->passage, phrases_tag("digest.ordinal"), number);
  if (!ordinal) number = word ? word->end : at;
  if (ordinal) {
    *end = ordinal->end;
    while (is_mark(r, *end, ":.)]-=,")) (*end)++;
    return (int)g_ascii_strtoll(ordinal->value, NULL, 10);
  }
  if (is_mark(r, number, "#.([")) number++;
  const struct lexeme *it = &r->l->at[number];
  bool is_number = it->kind == LEXEME_DIGITS && it->number > 0 && it->number <= ITEM_MAX;
  if (!is_number) return 0;
  *end = number + 1;
  bool is_marked = is_mark(r, *end, ":)]-=") || (is_mark(r, *end, ".") && begins_line(r, at));
  bool is_unit = r->l->at[*end].kind == LEXEME_DIGITS ||
                 (is_marked && r->l->at[*end + 1].kind == LEXEME_DIGITS && !r->l->at[*end + 1].is_spaced);
  if (is_unit || (!word && !is_marked && number == at && !is_told_bare(r, at))) return 0;
  while (is_mark(r, *end, ":.)]-=,")) (*end)++;
  return (int)it->number;
}

/* "Zu der Katze: …", "zum Flohmarkt …": an item called by its name before a colon, a comma or a dash. */
static int item_named_at(const struct digest_reader *r, guint at, guint *end)
{
  const struct phrase_hit *word =
      may_begin(r, at) ? passage_at(r->passage, phrases_tag("digest.item"), at) : NULL;
  if (!word || r->items->len == 0) return 0;
  guint last = word->end;
  while (last < r->l->count && last < word->end + NAME_LEXEMES && r->l->at[last].kind == LEXEME_WORD) last++;
  if (last == word->end || !is_mark(r, last, ":,-(")) return 0;
  g_autofree char *words = passage_text(r->passage, word->end, last);
  const struct asked_item *item = asked_by_words(r->items, words);
  if (!item) return 0;
  *end = last + 1;
  return item->number;
}

/* Whether a line is quoted; *item is the number it begins with, 0: none. */
static bool is_quoted_line(const struct digest_reader *r, guint at, int *item)
{
  *item = 0;
  if (!begins_line(r, at) || !is_mark(r, at, ">")) return false;
  while (is_mark(r, at, ">")) at++;
  if (is_mark(r, at, "#([*")) at++;
  const struct lexeme *it = &r->l->at[at];
  if (it->kind == LEXEME_DIGITS && it->number <= ITEM_MAX && r->l->at[at + 1].kind != LEXEME_DIGITS)
    *item = (int)it->number;
  return true;
}

/* What a part says by itself: a yes or no where its words are of coming or not, else a reply. */
static struct meaning *meaning_of(const struct digest_reader *r, const char *text)
{
  g_autoptr(passage_t) passage = passage_new(text, r->passage->language, PART_BYTES);
  struct meaning *meaning = meaning_new(INTENT_REPLY);
  if (!passage_has(passage, "digest.rsvp")) return meaning;
  meaning->answer = answer_read(passage).answer;
  if (meaning->answer != ANSWER_NONE) meaning->intent = INTENT_RSVP;
  if (meaning->answer == ANSWER_YES) meaning->people = people_count(passage);
  return meaning;
}

/* Adds [first, end) as what is said of an item; nothing where no word stands there. */
static void add_part(const struct digest_reader *r, int item, guint first, guint end)
{
  const struct lexeme *l = r->l->at;
  while (first < end && (l[first].kind == LEXEME_BREAK || is_mark(r, first, ",;"))) first++;
  while (end > first &&
         (l[end - 1].kind == LEXEME_BREAK || is_mark(r, end - 1, ",;") || lexeme_is(&l[end - 1], "und")))
    end--;
  if (item == 0 || first >= end || r->meaning->digest_parts->len >= PARTS_MAX) return;
  struct digest_part *part = g_new0(struct digest_part, 1);
  part->item = item;
  part->text = passage_text(r->passage, first, end);
  part->meaning = meaning_of(r, part->text);
  g_ptr_array_add(r->meaning->digest_parts, part);
}

static void read_parts(const struct digest_reader *r)
{
  int item = 0, quoted;
  guint first = 0, end;
  for (guint at = 0; at < r->l->count;) {
    if (is_quoted_line(r, at, &quoted)) {
      add_part(r, item, first, at);
      if (quoted) item = quoted;
      at = first = line_end(r->passage, at);
      continue;
    }
    int named = item_at(r, at, &end);
    if (!named) named = item_named_at(r, at, &end);
    if (named) {
      add_part(r, item, first, at);
      item = named;
      at = first = end;
    } else {
      at++;
    }
  }
  add_part(r, item, first, r->l->count);
}

/* No item named: all of it is of the one item whose words it uses. */
static void read_whole(const struct digest_reader *r)
{
  const struct asked_item *item = asked_by_words(r->items, r->l->text);
  if (item) add_part(r, item->number, 0, r->l->count);
}

void read_digest(const struct reading_room *room, struct meaning *meaning)
{
  g_autoptr(GPtrArray) items = asked_items(room->mail);
  struct digest_reader r = {
    .room = room, .passage = room->passage, .l = room->passage->lexemes, .meaning = meaning, .items = items
  };
  read_parts(&r);
  if (meaning->digest_parts->len == 0) read_whole(&r);
  if (meaning->reason) return;
  meaning->reason = g_strdup_printf("An answer to a digest, with %u parts.", meaning->digest_parts->len);
}
