/* An office's mail, line by line: what is said to the public stays, what belongs to the letter goes.
 *
 * The cutter (lib/mail/body) has taken off quotes and most signatures before; this file must not rely on it,
 * because a clerk's room and direct dial on a public page are what offices fear most. A salutation goes too:
 * it may name the person who reported.
 *
 * Parts that are marked as internal with certain bounds go, too (official_internal.c). */
#include "lists/understand/answers/official_text.h"

#include "lib/text/facts/personal.h"
#include "lists/understand/answers/clauses.h"
#include "lists/understand/answers/official_internal.h"
#include "lists/understand/answers/official_talk.h"

#include <string.h>

enum {
  CLOSING_WORDS = 9,
  GREETING_LEXEMES = 14,
  NAME_WORDS = 4,
  DIAL_LEXEMES = 10,
  STEERING_WORDS = 2,
  DEADLINE_WORDS = 4
};

struct text_reader {
  const struct reading_room *room;
  const struct passage *passage;
  const struct lexemes *l;
  GString *out;
  bool has_begun;         /* a line of the message was kept: salutations are over */
  bool is_ended;          /* a closing was met */
  const GArray *internal; /* struct official_span */
  bool *is_kept;          /* for each lexeme */
  bool in_card;           /* within a paragraph of telephone, room, address */
  bool continues_line;    /* what comes stands in the line of what was put last */
  bool wants_blank;       /* a blank line before the next one kept */
};

static const struct phrase_hit *at_tag(const struct text_reader *r, const char *tag, guint lexeme)
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

/* Where a closing begins in a line: at its begin, or at a sentence's begin with little behind it. */
static guint find_closing(const struct text_reader *r, guint first, guint end)
{
  for (guint i = first; i < end; i++) {
    const struct phrase_hit *hit = at_tag(r, "official.closing", i);
    if (!hit || (i > first && !r->l->at[i].begins_sentence && hit->end < end)) continue;
    if (words_in(r, hit->end, end) <= CLOSING_WORDS) return i;
  }
  return end;
}

/* Behind the telephone number that begins here: with a nought or a plus, or with the five digits of an
 * office's exchange ("90297 5817"); 0: none. */
static guint number_end(const struct text_reader *r, guint first)
{
  const struct lexeme *l = r->l->at;
  guint at = first + (lexeme_is(&l[first], "+") ? 1 : 0), digits = 0, end = 0;
  bool is_exchange = l[at].kind == LEXEME_DIGITS && l[at].end - l[at].start == 5 && l[at].is_spaced;
  if (l[at].kind != LEXEME_DIGITS || (at == first && l[at].folded[0] != '0' && !is_exchange)) return 0;
  for (; at < first + DIAL_LEXEMES && at < r->l->count; at++) {
    if (l[at].kind == LEXEME_DIGITS) {
      digits += l[at].end - l[at].start;
      end = at + 1;
    } else if (l[at].kind != LEXEME_MARK || !l[at].folded[0] || !strchr("/-()", l[at].folded[0])) {
      break;
    }
  }
  return digits >= 7 && end > first + 1 ? end : 0;
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

/* "-2210", "4412": a dial or a room left alone on its line, once something was said. */
static bool is_bare_number(const struct text_reader *r, guint first, guint end)
{
  guint digits = 0;
  for (guint i = first; i < end; i++) {
    const struct lexeme *it = &r->l->at[i];
    if (it->kind == LEXEME_DIGITS)
      digits += it->end - it->start;
    else if (it->kind != LEXEME_MARK || !it->folded[0] || !strchr("-/+() ", it->folded[0]))
      return false;
  }
  return r->has_begun && digits >= 3;
}

static bool is_contact_line(const struct text_reader *r, guint first, guint end)
{
  const struct lexeme *last = &r->l->at[end - 1];
  if (is_bare_number(r, first, end)) return true;
  if (at_tag(r, "official.contact", first)) {
    guint words = words_in(r, first, end);
    bool is_prose = words > 8 || (words > 4 && !has_dial(r, first, end));
    return !is_prose || (!lexeme_is(last, ".") && !lexeme_is(last, "!"));
  }
  if (lexeme_is(last, ".") || lexeme_is(last, "!")) return false;
  return (span_find(r->passage, "official.contact", first, end) || has_dial(r, first, end)) &&
         words_in(r, first, end) <= 8;
}

/* The sender's name alone, or with a dial: "Krause", "Kerstin Muster", "gez. Grün", "Krause -4412". */
static bool is_name_line(const struct text_reader *r, guint first, guint end)
{
  const char *from = r->room->mail->from.name ? r->room->mail->from.name : "";
  g_autofree char *name = lexeme_fold(from, strlen(from));
  if (!*name || words_in(r, first, end) > NAME_WORDS) return false;
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

static bool is_steering(const struct text_reader *r, guint first)
{
  return at_tag(r, "official.steer", first) || at_tag(r, "official.steer-status", first) ||
         at_tag(r, "official.steer-deadline", first);
}

/* ---- sentences ---- */

/* "Für Rückfragen erreichen Sie mich unter 030 …": no word for the public. */
static bool is_about_the_clerk(const struct text_reader *r, guint first, guint end)
{
  if (span_find(r->passage, "official.imprint", first, end)) return true;
  if (span_find(r->passage, "official.hotline", first, end)) return false;
  return span_find(r->passage, "official.reach", first, end) &&
         (has_dial(r, first, end) || span_find(r->passage, "official.contact", first, end));
}

static void append(struct text_reader *r, guint first, guint end)
{
  if (first >= end) return;
  g_string_append_len(r->out, r->l->text + r->l->at[first].start,
                      r->l->at[end - 1].end - r->l->at[first].start);
}

/* A mobile's number is always a person's. */
static bool is_mobile(const struct text_reader *r, guint at)
{
  static const char *const mobile[] = { "15", "16", "17" };
  const char *digits = r->l->text + r->l->at[at].start;
  if (*digits == '+') digits++;
  if (g_str_has_prefix(digits, "49")) digits += 2;
  while (*digits == '0' || *digits == ' ') digits++;
  for (gsize i = 0; i < G_N_ELEMENTS(mobile); i++)
    if (g_str_has_prefix(digits, mobile[i])) return true;
  return false;
}

/* Where what leads to a number begins: "(Tel. 0152 …", ", mobil 0152 …", "unter 0152 …". */
static guint dial_begin(const struct text_reader *r, guint at, guint first)
{
  while (at > first) {
    const struct lexeme *it = &r->l->at[at - 1];
    bool is_mark = it->kind == LEXEME_MARK && it->folded[0] && strchr(".:(", it->folded[0]);
    if (!is_mark && !at_tag(r, "official.dial-word", at - 1)) break;
    at--;
    if (lexeme_is(it, "(")) break;
  }
  return at;
}

/* "Die Meldung von Frau Sperling": behind the name of who sent it; 0: nothing such begins here. */
static guint sender_end(const struct text_reader *r, guint at, guint first, guint end)
{
  const struct phrase_hit *from = at > first ? at_tag(r, "official.from", at) : NULL;
  if (!from || !at_tag(r, "official.message", at - 1)) return 0;
  guint behind = from->end;
  while (behind < end && behind < from->end + NAME_WORDS &&
         ((r->l->at[behind].kind == LEXEME_WORD && r->l->at[behind].is_capital) ||
          lexeme_is(&r->l->at[behind], "-")))
    behind++;
  return behind > from->end ? behind : 0;
}

/* Puts words without who sent the report and without the telephone numbers of people among them: mobiles, and
 * any number where the words speak of somebody. */
static void append_without_people(struct text_reader *r, guint first, guint end)
{
  bool is_of_somebody = span_find(r->passage, "official.somebody", first, end) != NULL;
  guint from = first;
  for (guint i = first; i < end; i++) {
    guint sender = sender_end(r, i, first, end), behind = sender ? sender : number_end(r, i);
    if (!behind || behind > end || (!sender && !is_of_somebody && !is_mobile(r, i))) continue;
    guint begin = sender ? i : dial_begin(r, i, from);
    bool is_bracketed = lexeme_is(&r->l->at[begin], "(") && lexeme_is(&r->l->at[behind], ")");
    append(r, from, begin);
    from = MIN(end, behind + is_bracketed);
    i = from - 1;
    if (begin > first && from < end && r->l->at[from].kind == LEXEME_WORD) g_string_append_c(r->out, ' ');
  }
  append(r, from, end);
}

static void put(struct text_reader *r, guint first, guint end)
{
  if (first >= end) return;
  if (r->out->len) g_string_append(r->out, r->continues_line ? " " : r->wants_blank ? "\n\n" : "\n");
  r->wants_blank = r->continues_line = false;
  for (guint at = first; at < end; at++) r->is_kept[at] = true;
  append_without_people(r, first, end);
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
    if (is_about_the_clerk(r, i, next) || ordered > i) {
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
    if ((lexeme_is(last, ".") || lexeme_is(last, "!")) && words_in(r, i, end) > 2) return false;
    has_contact |= is_contact_line(r, i, end);
    i = end + 1;
  }
  return has_contact;
}

/* What a steering line says besides what steers: "Sachstand: Auftrag erteilt, Firma kommt KW 15." keeps its
 * words, "Status: in Arbeit" has none. Where they begin; `end`: nowhere. */
static guint steering_rest(const struct text_reader *r, guint first, guint end)
{
  const struct phrase_hit *status = at_tag(r, "official.steer-status", first),
                          *deadline = at_tag(r, "official.steer-deadline", first),
                          *draft = at_tag(r, "official.steer-draft", first);
  if (draft && draft->end < end) return draft->end;
  if (status) {
    const struct phrase_hit *state = span_find(r->passage, "official.state", status->end, end);
    bool is_state =
        state && state->first <= status->end + 1 && words_in(r, state->end, end) <= STEERING_WORDS;
    return is_state || words_in(r, status->end, end) == 0 ? end : status->end;
  }
  return deadline && words_in(r, deadline->end, end) > DEADLINE_WORDS ? first : end;
}

/* "Viele Grüße aus dem SGA und danke für den Hinweis." above the message: a line of prose stands below. */
static bool is_opening(const struct text_reader *r, guint end)
{
  if (r->has_begun) return false;
  for (guint at = end; at < r->l->count; at++) {
    guint until = line_end(r->passage, at);
    if (until > at && words_in(r, at, until) > NAME_WORDS && !is_contact_line(r, at, until)) return true;
    at = until;
  }
  return false;
}

/* A line, or what is left of one beside what is internal. */
static void read_part(struct text_reader *r, guint first, guint end)
{
  if (!r->has_begun) first = skip_greeting(r, first, end);
  if (first >= end || (r->in_card && r->has_begun)) return;
  guint words = skip_bullets(r, first, end);
  if (words < end && is_steering(r, words)) {
    guint rest = steering_rest(r, words, end);
    for (guint at = words; at < end; at++) r->is_kept[at] = true;
    if (rest < end) put_line(r, rest, end);
    return;
  }
  guint closing = find_closing(r, first, end);
  if (closing == first && is_opening(r, end)) return;
  if (closing < end) {
    put_line(r, first, closing);
    r->is_ended = true;
    return;
  }
  if (r->in_card || is_contact_line(r, first, end) || is_name_line(r, first, end)) return;
  put_line(r, first, end);
}

static void read_line(struct text_reader *r, guint first, guint end)
{
  if (lexeme_is(&r->l->at[first], ">")) return;
  for (guint at = first; at < end && !r->is_ended;) {
    const struct official_span *part = official_part_of(r->internal, at);
    guint until = part ? MIN(end, part->end) : at + 1;
    while (!part && until < end && !official_part_of(r->internal, until)) until++;
    if (!part) read_part(r, at, until);
    r->continues_line = r->has_begun;
    at = until;
  }
  r->continues_line = false;
}

char *official_text_read(const struct reading_room *room, const GArray *internal, bool *is_kept)
{
  struct text_reader r = { .room = room,
                           .passage = room->passage,
                           .l = room->passage->lexemes,
                           .internal = internal,
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
  return g_string_free(r.out, FALSE);
}

char *official_public_text(const struct reading_room *room)
{
  g_autoptr(GArray) internal = official_internal_parts(room->passage);
  g_autofree bool *is_kept = g_new0(bool, room->passage->lexemes->count + 1);
  return official_text_read(room, internal, is_kept);
}
