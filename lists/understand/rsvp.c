/* Who comes: the answer to an invitation, in plain words or by a calendar's own reply. A calendar says
 * exactly what its owner clicked; words above it are the comment. "Wir kommen zu dritt" is a yes without the
 * word, "ohne mich" a no. */
#include "lists/understand/choose.h"
#include "lists/understand/itip.h"
#include "lists/understand/title.h"

#include <string.h>

enum { COMMENT_BYTES = 500, ANSWER_WORDS = 3 };

/* Whether a hit is the answer itself: yes, no, perhaps, how many, or what politeness adds. A long no or maybe
 * tells why ("hängt von der Schicht ab"). */
static bool is_of_answer(const struct phrase_hit *hit)
{
  static const char *const tags[] = { "answer.yes", "answer.no",      "answer.maybe",
                                      "word.come",  "comment.filler", NULL };
  const char *tag = phrases_tag_name(hit->tag);
  bool is_reason = g_str_equal(tag, "answer.no") || g_str_equal(tag, "answer.maybe") ||
                   g_str_equal(tag, "people.out");
  if (is_reason && hit->end - hit->first > ANSWER_WORDS) return false;
  return g_strv_contains(tags, tag) || (g_str_has_prefix(tag, "people.") && strcmp(tag, "people.bring") != 0);
}

/* Whether a word says something else, from a lexeme on: "Kuchen!" is enough. */
static bool says_more(const struct passage *passage, guint from)
{
  const struct lexemes *l = passage->lexemes;
  guint covered = 0, next = 0;
  for (guint at = 0; at < l->count; at++) {
    for (; next < passage->hits->len; next++) {
      const struct phrase_hit *hit = &g_array_index(passage->hits, struct phrase_hit, next);
      if (hit->first > at) break;
      if (is_of_answer(hit)) covered = MAX(covered, hit->end);
    }
    if (at >= from && at >= covered && l->at[at].kind == LEXEME_WORD && l->at[at].folded[1]) return true;
  }
  return false;
}

/* What was said besides yes or no. */
static char *read_comment(const struct passage *passage)
{
  guint from = text_behind_greeting(passage);
  if (!says_more(passage, from)) return NULL;
  g_autofree char *text = passage_text(passage, from, passage->lexemes->count);
  g_strstrip(text);
  if (strlen(text) > COMMENT_BYTES) {
    const char *end = g_utf8_find_prev_char(text, text + COMMENT_BYTES);
    text[end ? end - text : 0] = '\0';
  }
  return *text ? g_steal_pointer(&text) : NULL;
}

bool rsvp_takes_back(const struct passage *passage)
{
  return passage_has(passage, "rsvp.had_said") && passage_has(passage, "word.remove") &&
         !passage_has(passage, "word.mail");
}

/* "Das klingt toll!", "Schöne Idee": praise, which says nothing of who comes. */
static bool is_praise(const struct passage *passage, const struct answer_found *found)
{
  if (found->answer != ANSWER_YES) return false;
  guint tag = phrases_tag("rsvp.praise");
  for (const struct phrase_hit *hit = passage_find(passage, tag, 0); hit && hit->first <= found->first;
       hit = passage_find(passage, tag, hit->first + 1))
    if (hit->end >= found->end) return true;
  return false;
}

/* The answer in words; of the subject only where the sender wrote it and the text says none. */
static enum answer read_answer(const struct reading_room *room)
{
  struct answer_found found = answer_read(room->passage);
  enum answer answer = is_praise(room->passage, &found) ? ANSWER_NONE : found.answer;
  if ((found.others_come || found.is_faint) && room->people > 0) return ANSWER_YES;
  if (answer == ANSWER_NONE && room->context == CONTEXT_NONE) answer = answer_read(room->subject).answer;
  if (answer == ANSWER_NONE && rsvp_takes_back(room->passage)) return ANSWER_NO;
  if (answer == ANSWER_NONE && room->people == 0) return ANSWER_NO;
  if (answer == ANSWER_NONE && room->people > 0) return ANSWER_YES;
  return answer;
}

/* "Bin dabei", "da komm ick": one speaks of nobody else, so one comes; what is brought and was not counted is
 * no person. */
static bool is_for_one(const struct passage *passage)
{
  bool is_one = passage_has(passage, "people.self") || passage_has(passage, "people.one");
  bool is_with =
      passage_has(passage, "people.with") && !passage_has(passage, "people.bring"); /* "bringe … mit" */
  return is_one && !is_with && !passage_has(passage, "people.we") && !passage_has(passage, "people.plus");
}

void read_rsvp(const struct reading_room *room, struct meaning *meaning)
{
  g_autoptr(calendar_t) calendar = itip_find(room->mail);
  if (calendar && itip_method(calendar) == ITIP_REPLY) {
    const struct calendar_attendee *who = itip_attendee(calendar, room->mail->from.address);
    meaning->answer = itip_answer_of(who);
    if (who && who->guests > 0 && meaning->answer != ANSWER_NO) meaning->people = 1 + who->guests;
    meaning->comment = g_strdup(calendar->comment ? calendar->comment : who ? who->comment : NULL);
    return;
  }
  meaning->answer = read_answer(room);
  /* "leider doch nur ich": one comes; a no needs no number */
  if (room->people > 0 && meaning->answer != ANSWER_NO) meaning->people = room->people;
  if (room->people < 0 && meaning->answer == ANSWER_YES && is_for_one(room->passage)) meaning->people = 1;
  meaning->comment = read_comment(room->passage);
}
