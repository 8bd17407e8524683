/* Who comes: the answer to an invitation, in plain words or by a calendar's own reply. A calendar says
 * exactly what its owner clicked; words above it are the comment. "Wir kommen zu dritt" is a yes without the
 * word, "ohne mich" a no. */
#include "lists/understand/itip.h"
#include "lists/understand/title.h"

#include <string.h>

enum { COMMENT_BYTES = 500, COMMENT_WORDS = 2 };

/* Whether a hit is the answer itself: yes, no, perhaps, or how many. */
static bool is_of_answer(const struct phrase_hit *hit)
{
  static const char *const tags[] = { "answer.yes", "answer.no", "answer.maybe", "word.come", NULL };
  const char *tag = phrases_tag_name(hit->tag);
  return g_strv_contains(tags, tag) || (g_str_has_prefix(tag, "people.") && strcmp(tag, "people.bring") != 0);
}

/* How many words say something else, from a lexeme on. */
static guint words_besides_answer(const struct passage *passage, guint from)
{
  const struct lexemes *l = passage->lexemes;
  guint words = 0, covered = 0, next = 0;
  for (guint at = 0; at < l->count; at++) {
    for (; next < passage->hits->len; next++) {
      const struct phrase_hit *hit = &g_array_index(passage->hits, struct phrase_hit, next);
      if (hit->first > at) break;
      if (is_of_answer(hit)) covered = MAX(covered, hit->end);
    }
    if (at >= from && at >= covered && l->at[at].kind == LEXEME_WORD && l->at[at].folded[1]) words++;
  }
  return words;
}

/* What was said besides yes or no. */
static char *read_comment(const struct passage *passage)
{
  guint from = text_behind_greeting(passage);
  if (words_besides_answer(passage, from) < COMMENT_WORDS) return NULL;
  g_autofree char *text = passage_text(passage, from, passage->lexemes->count);
  g_strstrip(text);
  if (strlen(text) > COMMENT_BYTES) {
    const char *end = g_utf8_find_prev_char(text, text + COMMENT_BYTES);
    text[end ? end - text : 0] = '\0';
  }
  return *text ? g_steal_pointer(&text) : NULL;
}

/* The answer in words; of the subject only where the sender wrote it and the text says none. */
static enum answer read_answer(const struct reading_room *room)
{
  struct answer_found found = answer_read(room->passage);
  enum answer answer = found.answer;
  if (found.others_come && room->people > 0) return ANSWER_YES;
  if (answer == ANSWER_NONE && room->context == CONTEXT_NONE) answer = answer_read(room->subject).answer;
  if (answer == ANSWER_NONE && room->people == 0) return ANSWER_NO;
  if (answer == ANSWER_NONE && room->people > 0) return ANSWER_YES;
  return answer;
}

/* "Bin dabei", "da komm ick": one speaks of nobody else, so one comes. */
static bool is_for_one(const struct passage *passage)
{
  bool is_one = passage_has(passage, "people.self") || passage_has(passage, "people.one");
  return is_one && !passage_has(passage, "people.we") && !passage_has(passage, "people.bring") &&
         !passage_has(passage, "people.with") && !passage_has(passage, "people.plus");
}

void read_rsvp(const struct reading_room *room, struct meaning *meaning)
{
  g_autoptr(calendar_t) calendar = itip_find(room->mail);
  if (calendar && itip_method(calendar) == ITIP_REPLY) {
    meaning->answer = itip_answer(calendar, room->mail->from.address);
    meaning->comment = g_strdup(calendar->comment);
    return;
  }
  meaning->answer = read_answer(room);
  /* "leider doch nur ich": one comes; a no needs no number */
  if (room->people > 0 && meaning->answer != ANSWER_NO) meaning->people = room->people;
  if (room->people < 0 && meaning->answer == ANSWER_YES && is_for_one(room->passage)) meaning->people = 1;
  meaning->comment = read_comment(room->passage);
}
