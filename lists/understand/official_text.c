/* An office's mail, line by line: what is said to the public stays, what belongs to the letter goes.
 *
 * The cutter (lib/mail/body) has taken off quotes and most signatures before; this file must not rely on it,
 * because a clerk's room and direct dial on a public page are what offices fear most. A salutation goes too:
 * it may name the person who reported.
 *
 * "Intern:" holds from its line to the next blank line, or to the end of the mail when nothing public stood
 * before it; our own letters ask offices to write it so. */
#include "lists/understand/official_text.h"

#include "lib/text/facts/personal.h"
#include "lists/understand/clauses.h"

#include <string.h>

enum { CLOSING_WORDS = 9, GREETING_LEXEMES = 14, NAME_WORDS = 4 };

struct text_reader {
  const struct reading_room *room;
  const struct passage *passage;
  const struct lexemes *l;
  GString *out;
  bool has_begun;   /* a line of the message was kept: salutations are over */
  bool is_ended;    /* a closing was met */
  bool in_internal; /* within a paragraph that begins "Intern:" */
  bool in_card;     /* within a paragraph of telephone, room, address */
  bool wants_blank; /* a blank line before the next one kept */
};

static const struct phrase_hit *at(const struct text_reader *r, const char *tag, guint lexeme)
{
  return passage_at(r->passage, phrases_tag(tag), lexeme);
}

static guint words_in(const struct text_reader *r, guint first, guint end)
{
  guint words = 0;
  for (; first < end; first++) words += r->l->at[first].kind == LEXEME_WORD;
  return words;
}

/* ---- lines ---- */

/* Behind the salutation that begins here: its comma, exclamation mark or the line's end. */
static guint skip_greeting(const struct text_reader *r, guint first, guint end)
{
  if (!at(r, "official.greeting", first)) return first;
  for (guint i = first; i < end && i < first + GREETING_LEXEMES; i++)
    if (r->l->at[i].kind == LEXEME_MARK && strchr(",!", r->l->at[i].folded[0]) && r->l->at[i].folded[0])
      return i + 1;
  return end - first <= GREETING_LEXEMES && r->l->at[end - 1].kind == LEXEME_WORD ? end : first;
}

/* Where a closing begins in a line: at its begin, or at a sentence's begin with little behind it. */
static guint find_closing(const struct text_reader *r, guint first, guint end)
{
  for (guint i = first; i < end; i++) {
    const struct phrase_hit *hit = at(r, "official.closing", i);
    if (!hit || (i > first && !r->l->at[i].begins_sentence && hit->end < end)) continue;
    if (words_in(r, hit->end, end) <= CLOSING_WORDS) return i;
  }
  return end;
}

/* A digit run that somebody may dial, or a mail address. */
static bool has_dial(const struct text_reader *r, guint first, guint end)
{
  guint digits = 0;
  for (guint i = first; i < end; i++) {
    const struct lexeme *it = &r->l->at[i];
    if (lexeme_is(it, "@")) return true;
    if (it->kind == LEXEME_DIGITS)
      digits += it->end - it->start;
    else if (it->kind == LEXEME_WORD)
      digits = 0;
    if (digits >= 6) return true;
  }
  return false;
}

static bool is_contact_line(const struct text_reader *r, guint first, guint end)
{
  const struct lexeme *last = &r->l->at[end - 1];
  if (at(r, "official.contact", first)) {
    bool is_prose = words_in(r, first, end) > 8 && (lexeme_is(last, ".") || lexeme_is(last, "!"));
    return !is_prose;
  }
  if (lexeme_is(last, ".") || lexeme_is(last, "!")) return false;
  return (span_find(r->passage, "official.contact", first, end) || has_dial(r, first, end)) &&
         words_in(r, first, end) <= 8;
}

/* The sender's name alone: "Krause", "Kerstin Muster", "gez. Grün". */
static bool is_name_line(const struct text_reader *r, guint first, guint end)
{
  const char *from = r->room->mail->from.name ? r->room->mail->from.name : "";
  g_autofree char *name = lexeme_fold(from, strlen(from));
  if (!*name || words_in(r, first, end) > NAME_WORDS) return false;
  guint known = 0;
  for (guint i = first; i < end; i++) {
    const struct lexeme *it = &r->l->at[i];
    if (it->kind == LEXEME_DIGITS) return false;
    if (it->kind != LEXEME_WORD) continue;
    if (strlen(it->folded) > 2 && strstr(name, it->folded))
      known++;
    else if (strlen(it->folded) > 2)
      return false;
  }
  return known > 0;
}

static bool is_steering(const struct text_reader *r, guint first)
{
  return at(r, "official.steer", first) || at(r, "official.steer-status", first) ||
         at(r, "official.steer-deadline", first);
}

/* ---- sentences ---- */

/* "Für Rückfragen erreichen Sie mich unter 030 …": no word for the public. */
static bool is_about_the_clerk(const struct text_reader *r, guint first, guint end)
{
  if (span_find(r->passage, "official.imprint", first, end)) return true;
  return span_find(r->passage, "official.reach", first, end) &&
         (has_dial(r, first, end) || span_find(r->passage, "official.contact", first, end));
}

static void put(struct text_reader *r, guint first, guint end)
{
  if (first >= end) return;
  if (r->out->len) g_string_append(r->out, r->wants_blank ? "\n\n" : "\n");
  r->wants_blank = false;
  g_string_append_len(r->out, r->l->text + r->l->at[first].start,
                      r->l->at[end - 1].end - r->l->at[first].start);
  r->has_begun = true;
}

/* Puts a line without the sentences that speak of the clerk. */
static void put_line(struct text_reader *r, guint first, guint end)
{
  guint from = first;
  for (guint i = first; i < end;) {
    guint next = i + 1;
    while (next < end && !(r->l->at[next].begins_sentence && r->l->at[next].kind == LEXEME_WORD &&
                           strchr(".!?", r->l->at[next - 1].folded[0])))
      next++;
    if (is_about_the_clerk(r, i, next)) {
      put(r, from, i);
      from = next;
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
    if ((lexeme_is(last, ".") || lexeme_is(last, "!")) && words_in(r, i, end) > 4) return false;
    has_contact |= is_contact_line(r, i, end);
    i = end + 1;
  }
  return has_contact;
}

static bool is_internal_line(const struct passage *passage, guint first, guint end)
{
  const struct phrase_hit *hit = span_find(passage, "official.internal", first, end);
  return hit && hit->first <= first + 2;
}

static void read_line(struct text_reader *r, guint first, guint end)
{
  if (lexeme_is(&r->l->at[first], ">")) return;
  if (is_internal_line(r->passage, first, end)) r->in_internal = true;
  if (r->in_internal) return;
  if (!r->has_begun) first = skip_greeting(r, first, end);
  if (first >= end || is_steering(r, first)) return;
  guint closing = find_closing(r, first, end);
  if (closing < end) {
    put_line(r, first, closing);
    r->is_ended = true;
    return;
  }
  if (r->in_card || is_contact_line(r, first, end) || is_name_line(r, first, end)) return;
  put_line(r, first, end);
}

char *official_public_text(const struct reading_room *room)
{
  struct text_reader r = {
    .room = room, .passage = room->passage, .l = room->passage->lexemes, .out = g_string_new(NULL)
  };
  bool was_blank = true;
  for (guint i = 0; i < r.l->count && !r.is_ended; i++) {
    guint end = line_end(r.passage, i);
    if (end == i) {
      r.wants_blank = true;
      if (r.has_begun) r.in_internal = false;
      r.in_card = false;
      was_blank = true;
      continue;
    }
    if (was_blank) r.in_card = begins_card(&r, i);
    was_blank = false;
    read_line(&r, i, end);
    i = end;
  }
  return g_string_free(r.out, FALSE);
}

/* ---- internal ---- */

guint official_internal_mark(const struct passage *passage)
{
  const struct phrase_hit *hit = passage_find(passage, phrases_tag("official.internal"), 0);
  return hit ? hit->first : passage->lexemes->count;
}

/* "WG:", "Fwd:": the subject says that something was passed on. */
static bool is_passed_on(const char *subject)
{
  static const char *const prefixes[] = { "wg:", "fw:", "fwd:", "weiterleitung:", "weitergeleitet:", "tr:" };
  g_autofree char *low = g_ascii_strdown(subject, -1);
  for (gsize i = 0; i < G_N_ELEMENTS(prefixes); i++)
    if (g_str_has_prefix(low, prefixes[i])) return true;
  return false;
}

/* A mark that stands at the begin of a line of its own paragraph, behind something public. */
static bool is_marked_part_only(const struct passage *passage, const char *public_text)
{
  const struct lexemes *l = passage->lexemes;
  guint mark = official_internal_mark(passage);
  if (!*public_text || mark == 0) return false;
  guint before = mark;
  while (before > 0 && l->at[before - 1].kind == LEXEME_MARK) before--;
  bool begins_line = before > 0 && l->at[before - 1].kind == LEXEME_BREAK;
  const struct phrase_hit *hit = passage_at(passage, phrases_tag("official.internal"), mark);
  bool is_label = hit && (lexeme_is(&l->at[hit->end - 1], ":") || lexeme_is(&l->at[hit->end], ":"));
  return begins_line && is_label;
}

bool official_is_internal(const struct reading_room *room, const char *public_text)
{
  const struct passage *passage = room->passage;
  if (span_find(room->subject, "official.internal", 0, room->subject->lexemes->count)) return true;
  if (official_internal_mark(passage) < passage->lexemes->count)
    return !is_marked_part_only(passage, public_text);
  if (span_find(passage, "official.colleague", 0, passage->lexemes->count)) return true;
  return is_passed_on(room->mail->subject) &&
         (room->personal & (PERSONAL_PHONE | PERSONAL_ADDRESS | PERSONAL_HEALTH | PERSONAL_PERSON));
}
