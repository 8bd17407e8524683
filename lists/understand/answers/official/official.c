/* An office answers: what may be published, which state the case is in, what is expected by when, and whether
 * the answer is for colleagues only. Called by understand() for answers to case addresses. Nothing is
 * published here; the case's own rules decide with what this file found. */
#include "lists/understand/answers/clauses.h"
#include "lists/understand/answers/official/boxes.h"
#include "lists/understand/answers/official/cases.h"
#include "lists/understand/answers/official/days.h"
#include "lists/understand/answers/official/internal.h"
#include "lists/understand/answers/official/private.h"
#include "lists/understand/answers/official/status.h"
#include "lists/understand/answers/official/talk.h"
#include "lists/understand/answers/official/text.h"

#include "lib/text/facts/personal.h"

/* The next line that begins with a deadline, said to the public or steering: "Frist: 34. KW", "Frist 34. KW";
 * the lexeme behind its label, 0: there is none. */
static guint next_deadline(const struct passage *passage, const bool *is_kept, guint from)
{
  guint tags[] = { phrases_tag("official.steer-deadline"), phrases_tag("official.deadline-word") };
  for (guint at = from; at < passage->lexemes->count; at++)
    for (gsize i = 0; i < G_N_ELEMENTS(tags); i++) {
      const struct phrase_hit *line = is_kept[at] ? passage_at(passage, tags[i], at) : NULL;
      if (line) return line->end;
    }
  return 0;
}

/* A line "Frist: 34. KW" names the day, whatever else is said. */
static void read_deadline(const struct reading_room *room, struct meaning *meaning, const bool *is_kept)
{
  guint line = next_deadline(room->passage, is_kept, 0);
  for (guint i = 0; line && i < room->dates->len; i++) {
    const struct date_found *date = &g_array_index(room->dates, struct date_found, i);
    if (date->end < line || date->first > line + 3) continue;
    meaning->expected = official_last_day(date);
    if (official_is_after(room->passage, date)) meaning->expected = (struct wall){ .hour = -1, .minute = -1 };
    meaning->is_answer_by = false;
    if (meaning->status == STATUS_NONE) meaning->status = STATUS_PLANNED;
    return;
  }
}

/* "AW: [KP-2026-0198] Poller - erledigt" above an empty mail. */
static void read_subject(const struct reading_room *room, struct meaning *meaning)
{
  const struct lexemes *l = room->subject->lexemes;
  guint tag = phrases_tag("official.state");
  for (guint i = 0; i < l->count; i++) {
    const struct phrase_hit *hit = passage_at(room->subject, tag, i);
    bool stands_apart = hit && (hit->first == 0 || hit->end == l->count) && l->count > hit->end - hit->first;
    if (!stands_apart) continue;
    for (guint k = STATUS_RECEIVED; k <= STATUS_NOT_RESPONSIBLE; k++)
      if (g_str_equal(case_status_word((enum case_status)k), hit->value))
        meaning->status = (enum case_status)k;
  }
}

/* An empty mail above our own letter, which names every state there is: only its subject says anything. */
static bool is_our_letter(const struct reading_room *room, struct meaning *meaning)
{
  if (!passage_has(room->passage, "official.letter")) return false;
  g_free(meaning->public_text);
  meaning->public_text = g_strdup("");
  read_subject(room, meaning);
  g_free(meaning->reason);
  meaning->reason = g_strdup("An answer of an office without words of its own.");
  return true;
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

/* Whether it is marked so that nobody can tell how far, or plainly said to colleagues. */
static bool is_marked(const struct reading_room *room, const char *text, const GArray *parts,
                      const bool *is_kept)
{
  if (span_find(room->subject, "official.internal", 0, room->subject->lexemes->count)) return true;
  if (parts->len && !*text) return true;
  if (official_has_mark(room->passage, parts, is_kept)) return true;
  if (passage_has(room->passage, "official.colleague") && !parts->len) return true;
  return is_passed_on(room->mail->subject) &&
         (room->personal & (PERSONAL_PHONE | PERSONAL_ADDRESS | PERSONAL_HEALTH | PERSONAL_PERSON));
}

bool official_is_internal(const struct reading_room *room)
{
  g_autoptr(GArray) parts = official_internal_parts(room->passage);
  g_autofree bool *is_kept = g_new0(bool, room->passage->lexemes->count + 1);
  g_autofree char *text = official_text_read(room, parts, is_kept);
  return is_marked(room, text, parts, is_kept) || official_is_talk(room, parts, is_kept);
}

char *official_words(const struct reading_room *room, bool *marked)
{
  g_autoptr(GArray) parts = official_internal_parts(room->passage);
  g_autofree bool *is_kept = g_new0(bool, room->passage->lexemes->count + 1);
  char *text = official_text_read(room, parts, is_kept);
  *marked = is_marked(room, text, parts, is_kept);
  return text;
}

/* The words for the public, and what speaks against publishing them. `is_kept`: official_text_read. */
static void read_text(const struct reading_room *room, struct meaning *meaning, bool *is_kept)
{
  g_autoptr(GArray) parts = official_internal_parts(room->passage);
  g_autofree char *text = official_text_read(room, parts, is_kept);
  meaning->internal = is_marked(room, text, parts, is_kept) || official_is_talk(room, parts, is_kept);
  g_free(meaning->public_text);
  meaning->public_text = official_without_private(text, room->domain, true, &meaning->unsure);
  if (meaning->internal) *meaning->public_text = '\0';
}

void read_official_reply(const struct reading_room *room, struct meaning *meaning)
{
  if (is_our_letter(room, meaning)) return;
  g_autofree bool *is_kept = g_new0(bool, room->passage->lexemes->count + 1);
  read_text(room, meaning, is_kept);
  struct official_status found =
      official_status_read(room->passage, room->dates, room->now, room->zone, is_kept);
  meaning->status = found.status;
  meaning->expected = found.expected;
  meaning->is_answer_by = found.is_answer_by;
  enum case_status ticked = official_ticked(room->passage);
  if (ticked != STATUS_NONE) meaning->status = ticked;
  read_deadline(room, meaning, is_kept);
  if (meaning->status == STATUS_NONE) read_subject(room, meaning);
  official_read_cases(room, meaning);
  g_free(meaning->reason);
  g_autofree char *words = passage_text(room->passage, found.first, found.end);
  if (meaning->internal)
    meaning->reason = g_strdup("An answer of an office that is marked or reads as internal.");
  else if (*words && g_utf8_strlen(words, -1) < 200)
    meaning->reason = g_strdup_printf("An answer of an office that says \"%s\".", words);
  else
    meaning->reason = g_strdup("An answer of an office.");
}
