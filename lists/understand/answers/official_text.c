/* An office's mail, line by line: what is said to the public stays, what belongs to the letter goes.
 *
 * The cutter (lib/mail/body) has taken off quotes and most signatures before; this file must not rely on it,
 * because a clerk's room and direct dial on a public page are what offices fear most. A salutation goes too:
 * it may name the person who reported.
 *
 * "Intern:" holds from its line to the next blank line, or to the end of the mail when nothing public stood
 * before it; our own letters ask offices to write it so. */
#include "lists/understand/answers/official_text.h"

#include "lib/text/facts/personal.h"
#include "lists/understand/answers/clauses.h"

#include <string.h>

enum { CLOSING_WORDS = 9, GREETING_LEXEMES = 14, NAME_WORDS = 4, DIAL_LEXEMES = 10, MARK_LEXEMES = 6 };

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
    bool is_prose = words_in(r, first, end) > 8 && (lexeme_is(last, ".") || lexeme_is(last, "!"));
    return !is_prose;
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
    if (strlen(it->folded) > 2 && strstr(name, it->folded))
      known++;
    else if (strlen(it->folded) > 2)
      return false;
  }
  return known > 0;
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

/* Whose number it is: a mobile's is always a person's; another one where the line speaks of somebody. */
static bool is_somebodys(const struct text_reader *r, guint at, guint first, guint end)
{
  static const char *const mobile[] = { "15", "16", "17" };
  const char *digits = r->l->text + r->l->at[at].start;
  if (*digits == '+') digits++;
  if (g_str_has_prefix(digits, "49")) digits += 2;
  while (*digits == '0' || *digits == ' ') digits++;
  for (gsize i = 0; i < G_N_ELEMENTS(mobile); i++)
    if (g_str_has_prefix(digits, mobile[i])) return true;
  return span_find(r->passage, "official.somebody", first, end) != NULL;
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

/* Puts words without the telephone numbers of people among them, and without who sent the report. */
static void append_without_people(struct text_reader *r, guint first, guint end)
{
  guint from = first;
  for (guint i = first; i < end; i++) {
    guint sender = sender_end(r, i, first, end), behind = sender ? sender : number_end(r, i);
    if (!behind || behind > end || (!sender && !is_somebodys(r, i, first, end))) continue;
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
  if (r->out->len) g_string_append(r->out, r->wants_blank ? "\n\n" : "\n");
  r->wants_blank = false;
  append_without_people(r, first, end);
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
    if ((lexeme_is(last, ".") || lexeme_is(last, "!")) && words_in(r, i, end) > 2) return false;
    has_contact |= is_contact_line(r, i, end);
    i = end + 1;
  }
  return has_contact;
}

/* Where in a line what is internal begins: at a sentence that begins "Intern:", or at the line's head ("P.S.
 * bitte nur intern …"); its end where nothing does. */
static guint internal_begin(const struct passage *passage, guint first, guint end)
{
  const struct phrase_hit *hit = span_find(passage, "official.internal", first, end);
  if (!hit) return end;
  if (passage->lexemes->at[hit->first].begins_sentence) return hit->first;
  return hit->first <= first + MARK_LEXEMES ? first : end;
}

static void read_line(struct text_reader *r, guint first, guint end)
{
  if (lexeme_is(&r->l->at[first], ">")) return;
  if (r->in_internal) return;
  guint internal = internal_begin(r->passage, first, end);
  r->in_internal = internal < end;
  end = internal;
  if (first == end) return;
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

/* A mark that only labels what stands behind it: "Intern: …", "(Nur zur internen Kenntnis: …)", at the begin
 * of a line or sentence. */
static bool is_label(const struct passage *passage, const struct phrase_hit *hit)
{
  const struct lexemes *l = passage->lexemes;
  guint line = hit->first, colon = hit->end - 1;
  while (line > 0 && l->at[line - 1].kind != LEXEME_BREAK && line + MARK_LEXEMES > hit->first) line--;
  bool begins_line = line == 0 || l->at[line - 1].kind == LEXEME_BREAK;
  if (!begins_line && !l->at[hit->first].begins_sentence) return false;
  bool says_internal = false;
  for (guint at = hit->first; at < hit->end; at++)
    says_internal |= strstr(l->at[at].folded, "intern") != NULL;
  while (colon < l->count && colon < hit->end + 2 && !lexeme_is(&l->at[colon], ":")) colon++;
  return says_internal && lexeme_is(&l->at[colon], ":");
}

/* Behind the paragraph a lexeme stands in. */
static guint paragraph_end(const struct passage *passage, guint lexeme)
{
  const struct lexemes *l = passage->lexemes;
  while (lexeme < l->count && !(l->at[lexeme].kind == LEXEME_BREAK && l->at[lexeme + 1].kind == LEXEME_BREAK))
    lexeme++;
  return lexeme;
}

/* Whether all marks only label paragraphs, and something public is left. */
static bool is_marked_part_only(const struct passage *passage, const char *public_text)
{
  guint tag = phrases_tag("official.internal");
  const struct phrase_hit *hit = passage_find(passage, tag, 0);
  for (; hit; hit = passage_find(passage, tag, paragraph_end(passage, hit->first)))
    if (!is_label(passage, hit)) return false;
  return *public_text != '\0';
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
