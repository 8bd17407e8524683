/* Minutes: what an assembly decided, told in one breath from a telephone or in formal points. Called by
 * understand() for answers to the mail that asks a Kiezpate for the result.
 *
 * The text is cut into segments (lines, list items, parts between commas outside brackets); in each, whatever
 * is an amount, votes, an outcome or a number of people is set aside, and the words that are left name the
 * proposal. A segment without a name adds to the decision before it ("alle dafür", "18 ja, 9 nein"), a name
 * without anything waits for what follows (a heading "TOP 3: Hoffest"). Tables with a head are read by
 * columns.
 *
 * What surprised us: "18 ja 9 nein" and "ja 18 nein 9" differ only by their first word; "300 statt 450", "350
 * von 450" and a smaller sum than our own list asked for are all the same partly; sums carry no currency. */
#include "lists/understand/answers/asked.h"
#include "lists/understand/answers/clauses.h"
#include "lists/understand/answers/minutes/parts.h"
#include "lists/understand/answers/table.h"

#include <string.h>

/* A decision as it grows. */
struct draft {
  char *name;
  int64_t granted, asked; /* cents; -1: not said */
  int yes, no, abstain;   /* -1: not said */
  bool is_granted, is_partly, is_rejected, is_open, is_full;
};

static void draft_free(gpointer data)
{
  struct draft *draft = data;
  g_free(draft->name);
  g_free(draft);
}

struct minutes_reader {
  const struct reading_room *room;
  struct meaning *meaning;
  GPtrArray *items, *drafts;
  struct draft *current;
  char *heading; /* a name that waits; NULL: none */
};

static struct draft *draft_new(struct minutes_reader *r, const char *name)
{
  struct draft *draft = g_new0(struct draft, 1);
  *draft = (struct draft){ .granted = -1, .asked = -1, .yes = -1, .no = -1, .abstain = -1 };
  draft->name = g_strdup(name);
  g_ptr_array_add(r->drafts, draft);
  r->current = draft;
  return draft;
}

/* What was said first stays. */
static void fill(int64_t *value, int64_t said)
{
  if (*value < 0) *value = said;
}

static void fill_count(int *value, int said)
{
  if (*value < 0) *value = said;
}

static void add_part(struct draft *draft, const struct minutes_part *part)
{
  fill(&draft->granted, part->granted);
  fill(&draft->asked, part->asked);
  fill_count(&draft->yes, part->yes);
  fill_count(&draft->no, part->no);
  fill_count(&draft->abstain, part->abstain);
  draft->is_granted |= part->is_granted;
  draft->is_partly |= part->is_partly;
  draft->is_rejected |= part->is_rejected;
  draft->is_open |= part->is_open;
  draft->is_full |= part->is_full;
}

/* ---- segments ---- */

static void set_heading(struct minutes_reader *r, const struct minutes_part *part)
{
  bool goes_on = r->heading && part->follows_comma;
  char *joined = goes_on ? g_strdup_printf("%s, %s", r->heading, part->name) : g_strdup(part->name);
  g_free(r->heading);
  r->heading = joined;
  if (part->begins_line || part->number) r->current = NULL;
}

/* "Alle Vorschläge angenommen". */
static void add_to_all(struct minutes_reader *r, const struct minutes_part *part)
{
  for (guint i = 0; i < r->items->len; i++) {
    const struct asked_item *item = g_ptr_array_index(r->items, i);
    add_part(draft_new(r, item->title), part);
  }
}

static void read_part(struct minutes_reader *r, const struct minutes_part *part)
{
  struct meaning *m = r->meaning;
  if (part->present >= 0 && m->present < 0) m->present = part->present;
  if (part->remainder >= 0) {
    m->remainder_cents = part->remainder;
    return;
  }
  if (part->is_total) return;
  if (!part->has_data) {
    if (part->name && part->is_short) set_heading(r, part);
    return;
  }
  if (part->is_everything && r->items->len) {
    add_to_all(r, part);
    return;
  }
  const struct asked_item *item = part->name ? NULL : asked_by_number(r->items, part->number);
  if (item) {
    add_part(draft_new(r, item->title), part);
    for (int number = 1; number < 64; number++) {
      const struct asked_item *other = part->numbers >> number & 1 ? asked_by_number(r->items, number) : NULL;
      if (other && other != item) add_part(draft_new(r, other->title), part);
    }
  } else if (part->name) {
    bool joins = r->heading && part->follows_comma;
    g_autofree char *name = joins ? g_strdup_printf("%s, %s", r->heading, part->name) : g_strdup(part->name);
    add_part(draft_new(r, name), part);
  } else if (r->current) {
    add_part(r->current, part);
  } else if (r->heading) {
    add_part(draft_new(r, r->heading), part);
  } else {
    return;
  }
  g_clear_pointer(&r->heading, g_free);
}

static void read_text(struct minutes_reader *r)
{
  g_autoptr(GPtrArray) parts = minutes_parts(r->room);
  for (guint i = 0; i < parts->len; i++) read_part(r, g_ptr_array_index(parts, i));
}

/* ---- tables ---- */

/* What stands in a cell of words: an outcome, or votes. */
static void read_cell(const struct minutes_reader *r, struct draft *draft, const char *cell)
{
  if (!*cell) return;
  struct reading_room room = *r->room;
  g_autoptr(passage_t) passage = passage_new(cell, room.passage->language, 400);
  g_autoptr(GArray) none = g_array_new(FALSE, FALSE, sizeof(struct date_found));
  room.passage = passage;
  room.dates = none;
  g_autoptr(GPtrArray) parts = minutes_parts(&room);
  for (guint i = 0; i < parts->len; i++) add_part(draft, g_ptr_array_index(parts, i));
}

static bool read_table(struct minutes_reader *r)
{
  g_autoptr(table_t) table = table_read(r->room->mail->text_new);
  for (guint i = 0; table && i < table->rows->len; i++) {
    const char *title = table_cell(table, i, COLUMN_TITLE);
    if (!*title) continue;
    g_autoptr(passage_t) words = passage_new(title, NULL, 200);
    if (words->lexemes->count == 0 || passage_at(words, phrases_tag("minutes.total"), 0)) continue;
    int64_t granted = table_cents(table, i, COLUMN_GRANTED);
    if (passage_at(words, phrases_tag("minutes.rest"), 0)) {
      if (granted >= 0) r->meaning->remainder_cents = granted;
      continue;
    }
    struct draft *draft = draft_new(r, title);
    draft->granted = granted;
    draft->asked = table_cents(table, i, COLUMN_ASKED);
    draft->yes = table_count(table, i, COLUMN_YES);
    draft->no = table_count(table, i, COLUMN_NO);
    draft->abstain = table_count(table, i, COLUMN_ABSTAIN);
    read_cell(r, draft, table_cell(table, i, COLUMN_STATUS));
    read_cell(r, draft, table_cell(table, i, COLUMN_REMARK));
  }
  return r->drafts->len > 0;
}

/* ---- decisions ---- */

static enum minutes_outcome outcome_of(const struct draft *d)
{
  bool is_less = d->granted >= 0 && d->asked > 0 && d->granted < d->asked;
  if (d->is_open) return MINUTES_UNKNOWN;
  if (d->is_rejected || d->granted == 0) return MINUTES_REJECTED;
  if (is_less) return MINUTES_PARTLY;
  if (d->granted > 0 && d->granted == d->asked) return MINUTES_GRANTED;
  if (d->is_partly) return MINUTES_PARTLY;
  if (d->is_granted) return MINUTES_GRANTED;
  if (d->yes >= 0 && d->no >= 0) return d->yes > d->no ? MINUTES_GRANTED : MINUTES_REJECTED;
  return d->granted > 0 ? MINUTES_GRANTED : MINUTES_UNKNOWN;
}

static void conclude(struct minutes_reader *r, struct draft *draft);

/* "Das Fest und die Werkzeugkiste haben wir abgelehnt": two things of our list that share what was said of
 * them, in two decisions. False: the name is of one. */
static bool conclude_both(struct minutes_reader *r, const struct draft *draft)
{
  static const char *const joints[] = { " und ", " sowie ", " & ", ", ", " and " };
  for (gsize i = 0; i < G_N_ELEMENTS(joints); i++) {
    const char *joint = strstr(draft->name, joints[i]);
    if (!joint) continue;
    struct draft one = *draft, two = *draft;
    g_autofree char *before = one.name = g_strndup(draft->name, (gsize)(joint - draft->name));
    g_autofree char *behind = two.name = g_strdup(joint + strlen(joints[i]));
    const struct asked_item *a = asked_by_words(r->items, before), *b = asked_by_words(r->items, behind);
    if (!a || !b || a == b) continue;
    conclude(r, &one);
    conclude(r, &two);
    return true;
  }
  return false;
}

/* Puts a draft among the decisions; what our list asked for tells full from partly. */
static void conclude(struct minutes_reader *r, struct draft *draft)
{
  if (draft->granted < 0 && conclude_both(r, draft)) return;
  const struct asked_item *item = asked_by_words(r->items, draft->name);
  if (item) fill(&draft->asked, item->cents);
  enum minutes_outcome outcome = outcome_of(draft);
  if (outcome == MINUTES_GRANTED && draft->granted < 0 && (draft->is_full || item))
    draft->granted = draft->asked;
  struct minutes_decision *decision = g_new0(struct minutes_decision, 1);
  decision->proposal = g_strdup(draft->name);
  decision->cents = outcome == MINUTES_REJECTED || outcome == MINUTES_UNKNOWN ? -1 : draft->granted;
  decision->outcome = outcome;
  decision->yes = draft->yes;
  decision->no = draft->no;
  decision->abstain = draft->abstain;
  g_ptr_array_add(r->meaning->decisions, decision);
}

void read_minutes(const struct reading_room *room, struct meaning *meaning)
{
  g_autoptr(GPtrArray) items = asked_items(room->mail);
  g_autoptr(GPtrArray) drafts = g_ptr_array_new_with_free_func(draft_free);
  struct minutes_reader r = { .room = room, .meaning = meaning, .items = items, .drafts = drafts };
  if (read_table(&r)) {
    g_autoptr(GPtrArray) parts = minutes_parts(room);
    for (guint i = 0; i < parts->len; i++) {
      const struct minutes_part *part = g_ptr_array_index(parts, i);
      if (part->present >= 0 && meaning->present < 0) meaning->present = part->present;
      if (part->remainder >= 0) meaning->remainder_cents = part->remainder;
    }
  } else {
    read_text(&r);
  }
  g_free(r.heading);
  for (guint i = 0; i < drafts->len; i++) conclude(&r, g_ptr_array_index(drafts, i));
  g_free(meaning->reason);
  meaning->reason = g_strdup_printf("Minutes with %u decisions.", meaning->decisions->len);
}
