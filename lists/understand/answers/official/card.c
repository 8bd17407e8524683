/* How somebody of an office is reached: telephone numbers, mail addresses, rooms, and the lines and sentences
 * that only tell of them. Called by text.c, which leaves them out.
 *
 * What surprised us: a date has as many digits as a dial has ("Erledigt am 01.12.2026"), and so have sums,
 * numbers of orders and hours; a number counts only where it is written as numbers are dialled. */
#include "lists/understand/answers/official/card.h"

#include "lists/understand/answers/clauses.h"

#include <string.h>

enum { DIAL_LEXEMES = 10, DIAL_DIGITS = 6, CARD_WORDS = 8, NAME_WORDS = 4, TOLD_WORDS = 5 };

static const struct phrase_hit *at_tag(const struct passage *passage, const char *tag, guint lexeme)
{
  return passage_at(passage, phrases_tag(tag), lexeme);
}

static bool is_one_of(const struct lexeme *it, const char *marks)
{
  return it->kind == LEXEME_MARK && it->folded[0] && !it->folded[1] && strchr(marks, it->folded[0]);
}

/* ---- numbers ---- */

/* Digits of a length that stand right behind the mark before them. */
static bool is_part(const struct lexeme *it, guint least, guint most)
{
  guint size = it->end - it->start;
  return it->kind == LEXEME_DIGITS && size >= least && size <= most;
}

static bool is_year(const struct lexeme *it)
{
  return is_part(it, 4, 4) && it->number >= 1900 && it->number < 2100;
}

/* Behind the day, month, year or hour that begins here: "01.12.2026", "30.04.27", "2026-12-01", "05/2027",
 * "2026/2027", "14:30"; 0: none. */
static guint day_end(const struct passage *passage, guint first)
{
  const struct lexemes *l = passage->lexemes;
  const struct lexeme *it = &l->at[first];
  if (first + 2 >= l->count || it->kind != LEXEME_DIGITS || l->at[first + 2].is_spaced) return 0;
  const struct lexeme *mark = &it[1], *second = &it[2];
  if (is_year(it) && is_one_of(mark, "-/") && is_part(second, 1, 4)) {
    bool has_day = first + 4 < l->count && is_one_of(&it[3], "-/") && is_part(&it[4], 1, 2);
    return first + (has_day ? 5 : 3);
  }
  if (!is_part(it, 1, 2)) return 0;
  if (is_one_of(mark, ":") && is_part(second, 2, 2)) return first + 3;
  if (is_one_of(mark, "/") && is_year(second)) return first + 3;
  if (!is_one_of(mark, "./-") || !is_part(second, 1, 2) || second->number > 12 || it->number > 31) return 0;
  bool has_year = first + 4 < l->count && it[3].folded[0] == mark->folded[0] &&
                  (is_year(&it[4]) || is_part(&it[4], 2, 2)) && !it[4].is_spaced;
  return has_year ? first + 5 : lexeme_is(mark, ".") ? first + 3 : 0;
}

guint official_number_end(const struct passage *passage, guint first)
{
  const struct lexeme *l = passage->lexemes->at;
  guint at = first + (lexeme_is(&l[first], "+") ? 1 : 0), digits = 0, end = 0;
  bool is_exchange = l[at].kind == LEXEME_DIGITS && l[at].end - l[at].start == 5 && l[at].is_spaced;
  if (l[at].kind != LEXEME_DIGITS || (at == first && l[at].folded[0] != '0' && !is_exchange)) return 0;
  if (day_end(passage, at)) return 0;
  for (; at < first + DIAL_LEXEMES && at < passage->lexemes->count; at++) {
    if (l[at].kind == LEXEME_DIGITS) {
      digits += l[at].end - l[at].start;
      end = at + 1;
    } else if (!is_one_of(&l[at], "/-()")) {
      break;
    }
  }
  return digits >= 7 && end > first + 1 ? end : 0;
}

/* "9018-25814": digits on both sides of a mark, as many as a dial has, from a lexeme of digits on. */
static bool is_dial(const struct passage *passage, guint first, guint end)
{
  guint digits = 0, parts = 0;
  if (passage->lexemes->at[first].kind != LEXEME_DIGITS) return false;
  for (guint i = first; i < MIN(end, first + DIAL_LEXEMES); i++) {
    const struct lexeme *it = &passage->lexemes->at[i];
    if (it->kind == LEXEME_DIGITS) {
      digits += it->end - it->start;
      parts++;
    } else if (!is_one_of(it, "/-()")) {
      break;
    }
  }
  return digits >= DIAL_DIGITS && parts >= 2;
}

/* "unter -1234": the end of a number, written alone. */
static bool is_extension(const struct passage *passage, guint at)
{
  const struct lexeme *it = &passage->lexemes->at[at];
  return lexeme_is(it, "-") && it->is_spaced && is_part(&it[1], 3, 5) && !it[1].is_spaced;
}

/* A digit run that somebody may dial, or a mail address. */
static bool has_dial(const struct passage *passage, guint first, guint end)
{
  for (guint i = first; i < end; i++) {
    if (lexeme_is(&passage->lexemes->at[i], "@")) return true;
    guint behind = day_end(passage, i);
    if (behind)
      i = behind - 1;
    else if (official_number_end(passage, i) || is_dial(passage, i, end) || is_extension(passage, i))
      return true;
  }
  return false;
}

/* "-2210", "4412": a dial or a room left alone on its line. */
static bool is_bare_number(const struct passage *passage, guint first, guint end)
{
  guint digits = 0;
  for (guint i = first; i < end; i++) {
    const struct lexeme *it = &passage->lexemes->at[i];
    if (it->kind == LEXEME_DIGITS)
      digits += it->end - it->start;
    else if (!is_one_of(it, "-/+() "))
      return false;
  }
  return digits >= 3 && !day_end(passage, first);
}

/* ---- lines and sentences ---- */

/* Whether words tell of the matter: what was or will be done, or not. */
bool official_tells(const struct passage *passage, guint first, guint end)
{
  static const char *const tags[] = { "official.act",      "official.act-verb", "official.plan",
                                      "official.rejected", "official.done",     "official.in-progress" };
  for (gsize i = 0; i < G_N_ELEMENTS(tags); i++)
    if (span_find(passage, tags[i], first, end)) return true;
  return false;
}

bool official_is_contact(const struct passage *passage, guint first, guint end, bool has_begun)
{
  const struct lexeme *last = &passage->lexemes->at[end - 1];
  if (has_begun && is_bare_number(passage, first, end)) return true;
  if (at_tag(passage, "official.contact", first)) {
    guint words = passage_words(passage, first, end);
    bool is_prose = words > CARD_WORDS || (words > NAME_WORDS && !has_dial(passage, first, end));
    return !is_prose || (!lexeme_is(last, ".") && !lexeme_is(last, "!"));
  }
  if (lexeme_is(last, ".") || lexeme_is(last, "!")) return false;
  if (passage_words(passage, first, end) > CARD_WORDS) return false;
  return span_find(passage, "official.contact", first, end) ||
         (has_dial(passage, first, end) && !official_tells(passage, first, end));
}

/* A sentence, or what says behind a comma whom to ask ("…, Fragen an Frau L., -4711"). */
static bool begins_part(const struct passage *passage, guint at)
{
  const struct lexeme *it = &passage->lexemes->at[at], *mark = it - 1;
  if (it->begins_sentence && strchr(".!?", mark->folded[0] ? mark->folded[0] : ' ')) return true;
  return is_one_of(mark, ",;-(") &&
         (at_tag(passage, "official.reach", at) || at_tag(passage, "official.contact", at));
}

guint official_clerk_begin(const struct passage *passage, guint first, guint end)
{
  for (guint at = first + 2; at < end; at++) {
    if (!begins_part(passage, at) || !official_tells(passage, first, at - 1)) continue;
    if (official_is_about_clerk(passage, at, end) && !official_tells(passage, at, end)) return at - 1;
  }
  return end;
}

guint official_told_before_contact(const struct passage *passage, guint first, guint end)
{
  const struct lexeme *l = passage->lexemes->at;
  guint told = first;
  for (guint at = first + 1; at < end; at++) {
    if (!begins_part(passage, at)) continue;
    if (has_dial(passage, told, at) || span_find(passage, "official.contact", told, at)) break;
    if (passage_words(passage, told, at) >= TOLD_WORDS || official_tells(passage, told, at) ||
        span_find(passage, "cases.verb", told, at)) /* "Steht seit 12 Uhr." */
      told = at;
  }
  while (told > first && is_one_of(&l[told - 1], "(,;-")) told--;
  return told;
}

bool official_is_about_clerk(const struct passage *passage, guint first, guint end)
{
  if (span_find(passage, "official.imprint", first, end)) return true;
  if (span_find(passage, "official.hotline", first, end)) return false;
  return span_find(passage, "official.reach", first, end) &&
         (has_dial(passage, first, end) || span_find(passage, "official.contact", first, end));
}

/* ---- people within a sentence ---- */

static void append(GString *out, const struct passage *passage, guint first, guint end)
{
  if (first >= end) return;
  g_string_append_len(out, passage->lexemes->text + passage->lexemes->at[first].start,
                      passage->lexemes->at[end - 1].end - passage->lexemes->at[first].start);
}

bool official_is_mobile(const char *number)
{
  enum { DIGITS = 7 }; /* "0049", "(0)" and the two that tell */
  char digits[DIGITS + 1] = { 0 };
  for (gsize count = 0; *number && count < DIGITS; number++) {
    if (g_ascii_isdigit(*number))
      digits[count++] = *number;
    else if (!strchr("+ ()/-.", *number))
      break;
  }
  const char *own = digits;
  if (g_str_has_prefix(own, "00")) own += 2;
  if (g_str_has_prefix(own, "49")) own += 2;
  while (*own == '0') own++;
  return *own == '1' && (own[1] == '5' || own[1] == '6' || own[1] == '7');
}

/* Where what leads to a number begins: "(Tel. 0152 …", ", mobil 0152 …", "unter 0152 …". */
static guint dial_begin(const struct passage *passage, guint at, guint first)
{
  while (at > first) {
    const struct lexeme *it = &passage->lexemes->at[at - 1];
    bool is_mark = it->kind == LEXEME_MARK && it->folded[0] && strchr(".:(", it->folded[0]);
    if (!is_mark && !at_tag(passage, "official.dial-word", at - 1)) break;
    at--;
    if (lexeme_is(it, "(")) break;
  }
  return at;
}

/* "Die Meldung von Frau Sperling": behind the name of who sent it; 0: nothing such begins here. */
static guint sender_end(const struct passage *passage, guint at, guint first, guint end)
{
  const struct phrase_hit *from = at > first ? at_tag(passage, "official.from", at) : NULL;
  if (!from || !at_tag(passage, "official.message", at - 1)) return 0;
  guint behind = from->end;
  while (behind < end && behind < from->end + NAME_WORDS &&
         ((passage->lexemes->at[behind].kind == LEXEME_WORD && passage->lexemes->at[behind].is_capital) ||
          lexeme_is(&passage->lexemes->at[behind], "-")))
    behind++;
  return behind > from->end ? behind : 0;
}

void official_append_without_people(GString *out, const struct passage *passage, guint first, guint end)
{
  bool is_of_somebody = span_find(passage, "official.somebody", first, end) != NULL;
  guint from = first;
  for (guint i = first; i < end; i++) {
    guint sender = sender_end(passage, i, first, end),
          behind = sender ? sender : official_number_end(passage, i);
    if (!behind || behind > end ||
        (!sender && !is_of_somebody &&
         !official_is_mobile(passage->lexemes->text + passage->lexemes->at[i].start)))
      continue;
    guint begin = sender ? i : dial_begin(passage, i, from);
    bool is_bracketed =
        lexeme_is(&passage->lexemes->at[begin], "(") && lexeme_is(&passage->lexemes->at[behind], ")");
    bool is_between = begin > from && lexeme_is(&passage->lexemes->at[begin - 1], ",") &&
                      lexeme_is(&passage->lexemes->at[behind], ",");
    append(out, passage, from, begin - is_between);
    from = MIN(end, behind + (is_bracketed || is_between));
    i = from - 1;
    if (begin > first && from < end && passage->lexemes->at[from].kind == LEXEME_WORD)
      g_string_append_c(out, ' ');
  }
  append(out, passage, from, end);
}
