/* An office's mail, line by line: what is said to the public stays, what belongs to the letter goes.
 *
 * The cutter (lib/mail/body) has taken off quotes and most signatures before; this file must not rely on it,
 * because a clerk's room and direct dial on a public page are what offices fear most. A salutation goes too:
 * it may name the person who reported.
 *
 * Parts that are marked as internal with certain bounds go, too (internal.c). */
#include "lists/understand/answers/official/text.h"

#include "lib/text/facts/personal.h"
#include "lists/understand/answers/clauses.h"
#include "lists/understand/answers/official/boxes.h"
#include "lists/understand/answers/official/card.h"
#include "lists/understand/answers/official/draft.h"
#include "lists/understand/answers/official/internal.h"
#include "lists/understand/answers/official/talk.h"

#include <string.h>

enum {
  CLOSING_WORDS = 9,
  GREETING_LEXEMES = 14,
  NAME_WORDS = 4,
  STEERING_WORDS = 2,
  LABEL_BEHIND = 2,
  DAY_BYTES = 500
};

struct text_reader {
  const struct reading_room *room;
  const struct passage *passage;
  const struct lexemes *l;
  GString *out;
  bool has_begun;         /* a line of the message was kept: salutations are over */
  bool is_ended;          /* a closing was met */
  const GArray *internal; /* struct official_span */
  const GArray *drafts;   /* the same: marks of a draft */
  bool *is_kept;          /* for each lexeme */
  bool in_card;           /* within a paragraph of telephone, room, address */
  bool continues_line;    /* what comes stands in the line of what was put last */
  bool wants_blank;       /* a blank line before the next one kept */
};

static const struct phrase_hit *at_tag(const struct text_reader *r, const char *tag, guint lexeme)
{
  return passage_at(r->passage, phrases_tag(tag), lexeme);
}

/* ---- lines ---- */

/* Behind one salutation that begins here: its comma, exclamation mark or the line's end. */
static guint skip_one_greeting(const struct text_reader *r, guint first, guint end)
{
  if (!at_tag(r, "official.greeting", first)) return first;
  for (guint i = first; i < end && i < first + GREETING_LEXEMES; i++)
    if (r->l->at[i].kind == LEXEME_MARK && strchr(",!", r->l->at[i].folded[0]) && r->l->at[i].folded[0])
      return i + 1;
  return end - first <= GREETING_LEXEMES && r->l->at[end - 1].kind == LEXEME_WORD ? end : first;
}

/* "Sehr geehrte Frau A., sehr geehrter Herr B.,": all of them. */
static guint skip_greeting(const struct text_reader *r, guint first, guint end)
{
  for (guint next; first < end && (next = skip_one_greeting(r, first, end)) > first; first = next) continue;
  return first;
}

/* "In Vertretung: Der Poller wird ersetzt." tells of the matter; "Im Auftrag Kerstin Muster" does not. Behind
 * the closing's words and its colon; 0: it closes. */
static guint behind_label(const struct text_reader *r, const struct phrase_hit *closing, guint end)
{
  guint at = closing->end;
  if (at >= end || !official_tells(r->passage, at, end)) return 0;
  return lexeme_is(&r->l->at[at], ":") || lexeme_is(&r->l->at[at], "-") ? at + 1 : at;
}

/* Where a closing begins in a line: at its begin, or at a sentence's begin with little behind it. */
static guint find_closing(const struct text_reader *r, guint first, guint end)
{
  for (guint i = first; i < end; i++) {
    const struct phrase_hit *hit = at_tag(r, "official.closing", i);
    if (!hit || (i > first && !r->l->at[i].begins_sentence && hit->end < end)) continue;
    if (passage_words(r->passage, hit->end, end) <= CLOSING_WORDS && !behind_label(r, hit, end)) return i;
  }
  return end;
}

/* The sender's name alone, or with a dial: "Krause", "Kerstin Muster", "gez. Grün", "Krause -4412". */
static bool is_name_line(const struct text_reader *r, guint first, guint end)
{
  const char *from = r->room->mail->from.name ? r->room->mail->from.name : "";
  g_autofree char *name = lexeme_fold(from, strlen(from));
  if (!*name || passage_words(r->passage, first, end) > NAME_WORDS) return false;
  guint known = 0;
  for (guint i = first; i < end; i++) {
    const struct lexeme *it = &r->l->at[i];
    if (it->kind == LEXEME_DIGITS && (!known || it->end - it->start < 3)) return false;
    if (it->kind != LEXEME_WORD) continue;
    if (known && it->is_shouted) continue; /* the sign of the office */
    if (strlen(it->folded) > 2 && strstr(name, it->folded))
      known++;
    else if (strlen(it->folded) > 2)
      return false;
  }
  return known > 0;
}

/* Behind a list's bullet: our own letters show the words that steer in a list, and clerks copy it. */
static guint skip_bullets(const struct text_reader *r, guint first, guint end)
{
  while (first < end && r->l->at[first].kind == LEXEME_MARK && r->l->at[first].folded[0] &&
         strchr("*-+", r->l->at[first].folded[0]))
    first++;
  return first;
}

/* ---- sentences ---- */

static void put(struct text_reader *r, guint first, guint end)
{
  if (first >= end) return;
  if (r->out->len) g_string_append(r->out, r->continues_line ? " " : r->wants_blank ? "\n\n" : "\n");
  r->wants_blank = r->continues_line = false;
  for (guint at = first; at < end; at++) r->is_kept[at] = true;
  official_append_without_people(r->out, r->passage, first, end);
  r->has_begun = true;
}

/* Whether a sentence begins at a lexeme, also behind a number that ends one ("Durchwahl 5822. Die Bank …").
 */
static bool begins_anew(const struct text_reader *r, guint at)
{
  const struct lexeme *it = &r->l->at[at], *mark = it - 1;
  if (it->kind != LEXEME_WORD || mark->kind != LEXEME_MARK || !mark->folded[0] ||
      !strchr(".!?", mark->folded[0]))
    return false;
  bool ends_number =
      lexeme_is(mark, ".") && mark[-1].kind == LEXEME_DIGITS && mark[-1].end - mark[-1].start >= 3;
  return it->begins_sentence || (ends_number && it->is_capital && it->is_spaced);
}

/* Puts a line without the sentences that speak of the clerk, or tell us to publish. */
static void put_line(struct text_reader *r, guint first, guint end)
{
  guint from = first;
  for (guint i = first; i < end;) {
    guint next = i + 1;
    while (next < end && (next < 2 || !begins_anew(r, next))) next++;
    guint ordered = official_order_end(r->passage, i, next);
    guint clerk = ordered > i ? next : official_clerk_begin(r->passage, i, next);
    if (clerk < next) {
      put(r, from, clerk);
      from = next;
    } else if (official_is_about_clerk(r->passage, i, next) || ordered > i) {
      put(r, from, i);
      from = ordered > i ? ordered : next;
    }
    i = next;
  }
  put(r, from, end);
}

/* ---- a paragraph's cards ---- */

/* Whether the paragraph that begins here is a card: a line to reach somebody, and no sentence. */
static bool begins_card(const struct text_reader *r, guint first)
{
  bool has_contact = false;
  for (guint i = first; i < r->l->count && r->l->at[i].kind != LEXEME_BREAK;) {
    guint end = line_end(r->passage, i);
    const struct lexeme *last = &r->l->at[end - 1];
    if ((lexeme_is(last, ".") || lexeme_is(last, "!")) && passage_words(r->passage, i, end) > 2) return false;
    has_contact |= official_is_contact(r->passage, i, end, r->has_begun);
    i = end + 1;
  }
  return has_contact;
}

/* Whether a sentence says nothing but a day: "18.12.2026", "voraussichtlich bis Ende Mai"; hours are more. */
static bool is_day_alone(const struct text_reader *r, guint first, guint end)
{
  if (passage_words(r->passage, first, end) == 0 && end - first <= 1) return true;
  struct dates_wish wish = { .now = r->room->now, .zone = r->room->zone };
  g_autofree char *words = passage_text(r->passage, first, end);
  g_autoptr(passage_t) alone = passage_new(words, r->room->passage->language, DAY_BYTES);
  g_autoptr(GArray) dates = dates_find(alone, &wish);
  for (guint at = 0; at < alone->lexemes->count; at++) {
    const struct lexeme *it = &alone->lexemes->at[at];
    bool is_word = it->kind == LEXEME_WORD || it->kind == LEXEME_DIGITS;
    bool is_said = passage_at(alone, phrases_tag("official.day-filler"), at) != NULL;
    for (guint i = 0; i < dates->len && !is_said; i++) {
      const struct date_found *date = &g_array_index(dates, struct date_found, i);
      is_said = date->first <= at && at < date->end && date->start.hour < 0;
    }
    if (is_word && !is_said) return false;
  }
  return dates->len > 0;
}

static bool is_steering(const struct text_reader *r, guint first, guint end)
{
  const struct phrase_hit *day = at_tag(r, "official.deadline-word", first);
  return at_tag(r, "official.steer", first) || at_tag(r, "official.steer-reference", first) ||
         at_tag(r, "official.steer-status", first) || at_tag(r, "official.steer-deadline", first) ||
         (day && is_day_alone(r, day->end, end));
}

/* "Az.: 12/2026", "Ihre Nachricht vom: 2.3.": says nothing of the matter; "Vorgang: erledigt" does. */
static bool is_reference(const struct text_reader *r, guint first, guint end)
{
  return at_tag(r, "official.steer-reference", first) && !span_find(r->passage, "official.state", first, end);
}

/* Behind a deadline: where its first sentence only names the day, what follows; else all of the line, its
 * label among it ("Termin: 18.12.2026, 9-12 Uhr."). */
static guint deadline_rest(const struct text_reader *r, const struct phrase_hit *label, guint first,
                           guint end)
{
  guint next = label->end;
  while (next < end && (next == label->end || !begins_anew(r, next))) next++;
  return is_day_alone(r, label->end, next) ? next : first;
}

/* What a steering line says besides what steers: "Sachstand: Auftrag erteilt, Firma kommt KW 15." keeps its
 * words, "Status: in Arbeit" has none. Where they begin; `end`: nowhere. */
static guint steering_rest(const struct text_reader *r, guint first, guint end)
{
  const struct phrase_hit *status = at_tag(r, "official.steer-status", first),
                          *deadline = at_tag(r, "official.steer-deadline", first);
  if (status) {
    const struct phrase_hit *state = span_find(r->passage, "official.state", status->end, end);
    bool is_state = state && state->first <= status->end + 1 &&
                    passage_words(r->passage, state->end, end) <= STEERING_WORDS;
    return is_state || passage_words(r->passage, status->end, end) == 0 ? end : status->end;
  }
  return deadline ? deadline_rest(r, deadline, first, end) : end;
}

/* "Viele Grüße aus dem SGA und danke für den Hinweis." above the message: a line of prose stands below. */
static bool is_opening(const struct text_reader *r, guint end)
{
  if (r->has_begun) return false;
  for (guint at = end; at < r->l->count; at++) {
    guint until = line_end(r->passage, at);
    if (until > at && passage_words(r->passage, at, until) > NAME_WORDS &&
        !official_is_contact(r->passage, at, until, r->has_begun))
      return true;
    at = until;
  }
  return false;
}

/* "Antwort an den Bürger: …", above the answer: behind the colon; else `first`. */
static guint skip_label(const struct text_reader *r, guint first, guint end)
{
  const struct phrase_hit *label = at_tag(r, "official.answer-label", first);
  if (!label) return first;
  for (guint at = label->end; at < end && at <= label->end + LABEL_BEHIND; at++) {
    if (lexeme_is(&r->l->at[at], ":")) return at + 1;
    if (r->l->at[at].kind != LEXEME_WORD || !r->l->at[at].is_shouted) break; /* "Stellungnahme SGA:" */
  }
  return first;
}

/* A line, or what is left of one beside what is internal. */
static void read_part(struct text_reader *r, guint first, guint end)
{
  if (!r->has_begun) first = skip_greeting(r, first, end);
  if (!r->has_begun) first = skip_label(r, first, end);
  if (first >= end || (r->in_card && r->has_begun)) return;
  if (official_is_boxes(r->passage, first, end)) {
    for (guint at = first; at < end; at++) r->is_kept[at] = true;
    return;
  }
  guint words = skip_bullets(r, first, end);
  if (words < end && is_steering(r, words, end)) {
    if (is_reference(r, words, end)) return;
    guint rest = steering_rest(r, words, end);
    for (guint at = words; at < end; at++) r->is_kept[at] = true;
    if (rest < end) put_line(r, rest, end);
    return;
  }
  const struct phrase_hit *label = at_tag(r, "official.closing", first);
  guint behind =
      label && passage_words(r->passage, label->end, end) <= CLOSING_WORDS ? behind_label(r, label, end) : 0;
  if (behind && lexeme_is(&r->l->at[behind - 1], ":")) first = behind; /* "In Vertretung: Der Poller …" */
  guint closing = find_closing(r, first, end);
  if (closing == first && is_opening(r, end)) return;
  if (closing < end) {
    put_line(r, first, closing);
    r->is_ended = true;
    return;
  }
  bool is_contact = official_is_contact(r->passage, first, end, r->has_begun);
  guint told = is_contact ? official_told_before_contact(r->passage, first, end) : first;
  if (told > first) {
    put_line(r, first, told);
    return;
  }
  if (r->in_card || is_contact || is_name_line(r, first, end)) return;
  put_line(r, first, end);
}

/* What of the text stays out here, being internal or the mark of a draft; NULL: nothing. */
static const struct official_span *left_out(const struct text_reader *r, guint at)
{
  const struct official_span *part = official_part_of(r->internal, at);
  return part ? part : official_part_of(r->drafts, at);
}

static void read_line(struct text_reader *r, guint first, guint end)
{
  if (lexeme_is(&r->l->at[first], ">")) return;
  for (guint at = first; at < end && !r->is_ended;) {
    const struct official_span *part = left_out(r, at);
    guint until = part ? MIN(end, part->end) : at + 1;
    while (!part && until < end && !left_out(r, until)) until++;
    if (!part) read_part(r, at, until);
    r->continues_line = r->has_begun;
    at = until;
  }
  r->continues_line = false;
}

char *official_text_read(const struct reading_room *room, const GArray *internal, bool *is_kept)
{
  g_autoptr(GArray) drafts = official_draft_marks(room->passage);
  struct text_reader r = { .room = room,
                           .passage = room->passage,
                           .l = room->passage->lexemes,
                           .internal = internal,
                           .drafts = drafts,
                           .is_kept = is_kept,
                           .out = g_string_new(NULL) };
  bool was_blank = true;
  for (guint i = 0; i < r.l->count && !r.is_ended; i++) {
    guint end = line_end(r.passage, i);
    if (end == i) {
      r.wants_blank = true;
      r.in_card = false;
      was_blank = true;
      continue;
    }
    if (was_blank) r.in_card = begins_card(&r, i);
    was_blank = false;
    read_line(&r, i, end);
    i = end;
  }
  while (r.out->len && strchr(",; ", r.out->str[r.out->len - 1])) /* of "…, MfG" */
    g_string_truncate(r.out, r.out->len - 1);
  return g_string_free(r.out, FALSE);
}

char *official_public_text(const struct reading_room *room)
{
  g_autoptr(GArray) internal = official_internal_parts(room->passage);
  g_autofree bool *is_kept = g_new0(bool, room->passage->lexemes->count + 1);
  return official_text_read(room, internal, is_kept);
}
