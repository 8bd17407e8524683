/* What counts as a yes to "please confirm" (DESIGN.md, "Trust and roles": a reply means yes unless it says
 * no), where a wrong yes harms nobody; where it does, the stricter reading of sure.c decides. Called by
 * answer.c before a purpose that confirms decides anything, and by those purposes themselves.
 * An answer without words of its own, under the unchanged subject, is a yes, and so are plain words of yes or
 * of the very thing that was asked. Words that say neither are no yes: whoever wrote them is asked once more.
 *
 * What surprised us: friendly words ("gern", "stimmt", "sicher") stand in every second mail that says no such
 * thing: "Stimmt nicht", "Gern erst nach dem Sommerfest", "Gerne beantworte ich Ihre Mail, wenn ich zurück
 * bin". So a yes is a sentence of its own that nothing binds. And hardly any answer that is no yes says no.
 * "Ihr Ticket #4711 wurde angelegt", "Wer sind Sie?", "Ich überlege es mir noch" and "Lassen Sie mich in
 * Ruhe" made members, all of them. */
#include "lists/requests/purposes.h"

#include "lists/understand/answers/clauses.h"
#include "lists/understand/understand.h"

#include "lib/text/subject.h"

#include <string.h>

/* Does a program thank for our mail and promise to look at it? An office's such letter is an answer to what
 * somebody asked the office; to our question it is none. */
bool answer_is_receipt(const struct mail *mail)
{
  enum { LOOK_AT = 1500 };
  g_autoptr(passage_t) passage = passage_new_about(mail->text_new, PHRASES_ROBOTS, NULL, LOOK_AT);
  return passage_has(passage, "robot.acknowledged") || passage_has(passage, "robot.unanswerable") ||
         passage_has(passage, "robot.system");
}

bool answer_is_system(const struct mail *mail)
{
  enum { LOOK_AT = 1500 };
  g_autoptr(passage_t) passage = passage_new_about(mail->text_new, PHRASES_ROBOTS, NULL, LOOK_AT);
  return passage_has(passage, "robot.system") || passage_has(passage, "robot.number");
}

/* Is a section hit where none of another, which makes it harmless, begins? */
static bool has_but(const struct passage *passage, const char *section, const char *harmless)
{
  guint tag = phrases_tag(section);
  for (const struct phrase_hit *hit = passage_find(passage, tag, 0); hit;
       hit = passage_find(passage, tag, hit->first + 1))
    if (!passage_at(passage, phrases_tag(harmless), hit->first)) return true;
  return false;
}

static bool has_any(const struct passage *passage, const char *const *sections, gsize count)
{
  for (gsize i = 0; i < count; i++)
    if (passage_has(passage, sections[i])) return true;
  return false;
}

/* Is it a note that whoever was asked is away, though its header does not say so? */
bool answer_is_absence(const struct arrival *arrival)
{
  enum { LOOK_AT = 4000 };
  g_autoptr(passage_t) passage = passage_new_about(arrival->mail->text_new, PHRASES_ROBOTS, NULL, LOOK_AT);
  return passage_has(passage, "robot.office") || passage_has(passage, "robot.away") ||
         passage_has(passage, "robot.automatic") ||
         passage_has(arrival->understanding->passage, "confirm.absent");
}

bool answer_is_robots(const struct arrival *arrival)
{
  enum { LOOK_AT = 4000 };
  const struct mail *mail = arrival->mail;
  g_autoptr(passage_t) text = passage_new_about(mail->text_new, PHRASES_ROBOTS, NULL, LOOK_AT);
  if (has_but(text, "robot.person", "robot.no-mail")) return false;
  if (passage_has(text, "robot.no-mail")) return answer_is_absence(arrival);
  if (!mail->subject || subject_is_reply(mail->subject)) return false;
  g_autoptr(passage_t) subject = passage_new_about(mail->subject, PHRASES_ROBOTS, NULL, LOOK_AT);
  return passage_has(subject, "robot.subject") && answer_is_absence(arrival);
}

static bool has(const struct passage *passage, const char *tag)
{
  return tag && passage_has(passage, tag);
}

/* Somebody pressed "send" under our letter and wrote nothing: what is left is the quote. */
static bool is_only_quote(const char *text)
{
  g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
  for (char **line = lines; *line; line++) {
    const char *content = g_strchug(*line);
    if (*content && *content != '>') return false;
  }
  return true;
}

/* ---- what a plain yes is ---- */

/* Words before the yes (a greeting); beside it in its sentence: with "ja", behind a "ja" that leads, else. */
enum { BEFORE_WORDS = 4, REST_WORDS = 2, REST_BEHIND = 9, REST_OTHER = 1, SENTENCES_LOOKED_AT = 4 };

/* Something in these lexemes that turns, binds or denies a yes: "nicht", "erst", "wenn", "aber", "gefälscht".
 */
static bool is_bound(const struct passage *passage, guint first, guint end)
{
  guint tag = phrases_tag("confirm.bound");
  for (const struct phrase_hit *hit = passage_find(passage, tag, first); hit && hit->first < end;
       hit = passage_find(passage, tag, hit->first + 1))
    if (!passage_at(passage, phrases_tag("confirm.not-bound"), hit->first)) return true;
  return false;
}

/* Words that say something: "danke schön" and "bitte" go with every yes. */
static guint words_in(const struct passage *passage, guint first, guint end)
{
  guint words = 0, companion = phrases_tag("confirm.companion");
  for (guint at = first; at < end; at++)
    words += passage->lexemes->at[at].kind == LEXEME_WORD && !passage_at(passage, companion, at);
  return words;
}

/* Behind what goes before a sentence's own words: "Hallo Frau Meier, ja …". At most `limit`. */
static guint behind_opening(const struct passage *passage, guint first, guint limit)
{
  for (guint at = first;; first = at) {
    while (at < limit && passage->lexemes->at[at].kind != LEXEME_WORD) at++;
    if (at < limit) at = answer_behind_greeting(passage, at);
    if (at == first || at > limit) return first;
  }
}

/* Is the sentence around a hit nothing but that, and a few words more? "Das stimmt", "genau", "sicher" begin
 * too much else ("Das ist richtig ärgerlich") to be given more than a word. */
static bool is_plain_at(const struct passage *passage, const struct phrase_hit *hit, bool is_answer)
{
  guint first, end, word = hit->first;
  passage_sentence(passage, hit->first, &first, &end);
  while (word + 1 < hit->end && passage->lexemes->at[word].kind != LEXEME_WORD) word++;
  first = behind_opening(passage, first, word);
  guint all = words_in(passage, first, end), own = words_in(passage, hit->first, hit->end);
  guint rest = all > own ? all - own : 0;
  bool is_yes = passage_at(passage, phrases_tag("confirm.leads"), word) != NULL;
  bool leads = word == first && is_yes;
  guint most = leads ? REST_BEHIND : is_yes || is_answer ? REST_WORDS : REST_OTHER;
  return rest <= most && !is_bound(passage, first, end);
}

/* Is there a sentence near the beginning that is a hit of this section and little else? *first: where. */
static bool has_plain(const struct passage *passage, const char *section, guint *first)
{
  bool is_answer = section && strcmp(section, "confirm.yes") != 0;
  guint tag = section ? phrases_tag(section) : 0, tries = 0;
  for (const struct phrase_hit *hit = passage_find(passage, tag, 0); hit && tries < SENTENCES_LOOKED_AT;
       hit = passage_find(passage, tag, hit->first + 1), tries++)
    if (is_plain_at(passage, hit, is_answer)) {
      *first = hit->first;
      return true;
    }
  return false;
}

/* A yes is said in a sentence of its own. Where more is said, nothing of it may bind or deny it, unless the
 * yes comes first. */
static bool is_plain_yes(const struct passage *passage, const char *section)
{
  guint first, from, end;
  if (has(passage, "confirm.absent") || !has_plain(passage, section, &first)) return false;
  passage_sentence(passage, first, &from, &end);
  guint before = words_in(passage, 0, from);
  return before <= BEFORE_WORDS || !is_bound(passage, 0, passage->lexemes->count);
}

enum answer answer_meant(const struct passage *passage)
{
  enum answer read = answer_read(passage).answer;
  if (is_plain_yes(passage, "answer.yes") || is_plain_yes(passage, "confirm.yes"))
    return read == ANSWER_NO ? ANSWER_NONE : ANSWER_YES;
  return read == ANSWER_YES ? ANSWER_NONE : read;
}

bool answer_is_about_self(const struct passage *passage)
{
  return has_but(passage, "confirm.self", "confirm.self-harmless");
}

/* Does a yes come first, in a sentence of its own ("Ja. Ihre Mail habe ich erhalten") or with a wish in it
 * ("Ja, ich möchte jede Mail lesen")? No program begins so. */
static bool says_yes_first(const struct passage *passage)
{
  guint begin = behind_opening(passage, 0, passage->lexemes->count), first, end;
  const struct phrase_hit *yes = passage_at(passage, phrases_tag("confirm.leads"), begin);
  if (!yes) return false;
  passage_sentence(passage, yes->first, &first, &end);
  if (is_bound(passage, yes->first, end)) return false;
  const struct phrase_hit *received = passage_find(passage, phrases_tag("confirm.received"), yes->end);
  const struct phrase_hit *wish = passage_find(passage, phrases_tag("confirm.wishes"), yes->end);
  bool is_alone = words_in(passage, yes->end, end) <= REST_WORDS && !(received && received->first < end);
  return is_alone || (wish && wish->first < end);
}

/* Is it said when somebody is back, or by a program? */
static bool says_of_return(const struct passage *own, const struct passage *robots)
{
  static const char *const of_notes[] = { "robot.automatic", "robot.back", "robot.unanswerable" };
  return has_but(own, "confirm.note", "confirm.note-harmless") ||
         has_any(robots, of_notes, G_N_ELEMENTS(of_notes));
}

bool answer_tells_of_office(const struct arrival *arrival)
{
  static const char *const of_offices[] = { "robot.office", "robot.handling", "robot.thanks" };
  enum { LOOK_AT = 4000 };
  g_autoptr(passage_t) robots = passage_new_about(arrival->mail->text_new, PHRASES_ROBOTS, NULL, LOOK_AT);
  return says_of_return(arrival->understanding->passage, robots) ||
         has_any(robots, of_offices, G_N_ELEMENTS(of_offices));
}

/* A note says when somebody is back, answers or reads, and who answers meanwhile; a person who decides and
 * goes away says that they go. That a mail has come, or will be read, people say as well: beside a yes that
 * was said first it is no note. */
bool answer_is_note(const struct arrival *arrival)
{
  static const char *const of_receipts[] = { "robot.handling", "robot.receipt", "robot.acknowledged" };
  enum { LOOK_AT = 4000 };
  const struct passage *own = arrival->understanding->passage;
  g_autoptr(passage_t) passage = passage_new_about(arrival->mail->text_new, PHRASES_ROBOTS, NULL, LOOK_AT);
  if (says_of_return(own, passage)) return true;
  bool is_away = passage_has(passage, "robot.office") || passage_has(passage, "robot.away") ||
                 passage_has(own, "confirm.absent");
  if (is_away && passage_has(own, "confirm.until")) return true;
  bool is_received =
      passage_has(own, "confirm.received") || has_any(passage, of_receipts, G_N_ELEMENTS(of_receipts));
  return is_received && (is_away || !says_yes_first(own));
}

/* A question where a wrong yes harms: what is not understood to the last word is no yes. A no may be said
 * with anything around it. */
static enum answer answer_surely(const struct arrival *arrival, const struct purpose *purpose)
{
  const struct passage *passage = arrival->understanding->passage;
  if (answer_is_sure(passage, passage->lexemes->count, arrival->mail, purpose->acts)) return ANSWER_YES;
  if (answer_is_receipt(arrival->mail) || answer_is_absence(arrival)) return ANSWER_NONE;
  enum answer read = answer_read(passage).answer;
  bool has_no = has(passage, purpose->no_words) || (has(passage, "confirm.no") && read != ANSWER_YES);
  return read == ANSWER_NO || (has_no && !passage_asks(passage)) ? ANSWER_NO : ANSWER_NONE;
}

/* "Wer hat mich da angemeldet? Ich will das nicht.": a short refusal beside a question that waits for no
 * answer. Only where a no keeps nothing, and a member leaves by the same words. */
static bool refuses_beside_question(const struct passage *passage, const struct purpose *purpose)
{
  enum { SHORT_WORDS = 25 };
  if (!purpose->no_words || strcmp(purpose->no_words, "want.leave") != 0) return false;
  if (passage_words(passage, 0, passage->lexemes->count) > SHORT_WORDS || has(passage, "answer.yes") ||
      answer_meant(passage) == ANSWER_YES)
    return false;
  static const char *const no[] = { "answer.no", "confirm.no" };
  g_autoptr(GArray) sentences = sentences_of(passage);
  bool refuses = false;
  for (guint i = 0; i < sentences->len; i++) {
    const struct clause *it = &g_array_index(sentences, struct clause, i);
    if (it->is_question) continue;
    if (clause_find(passage, "confirm.condition", it)) return false;
    for (gsize k = 0; k < G_N_ELEMENTS(no); k++) refuses |= clause_find(passage, no[k], it) != NULL;
  }
  return refuses;
}

enum answer answer_said(const struct arrival *arrival, const struct purpose *purpose)
{
  static const char *const join[2] = { "sure.join", "sure.me" };
  const struct understanding *it = arrival->understanding;
  const struct passage *passage = it->passage;
  if (purpose->acts[0]) return answer_surely(arrival, purpose);
  const struct mail *mail = arrival->mail;
  bool is_quote = mail->only_quotes && mail->attachments->len == 0 && subject_is_reply(mail->subject);
  if (is_quote || is_only_quote(mail->text_new)) return ANSWER_YES;
  bool is_receipt = answer_is_receipt(arrival->mail) && !says_yes_first(passage);
  if (is_receipt || answer_is_system(arrival->mail)) return ANSWER_NONE;
  if (passage_asks(passage)) return refuses_beside_question(passage, purpose) ? ANSWER_NO : ANSWER_NONE;
  if (answer_is_sure(passage, passage->lexemes->count, arrival->mail, join)) return ANSWER_YES;
  enum answer meant = answer_meant(passage);
  bool has_no = has(passage, "confirm.no") || has(passage, purpose->no_words);
  bool is_no = meant == ANSWER_NO || (meant != ANSWER_YES && has_no);
  if (answer_is_note(arrival)) return is_no && !answer_is_absence(arrival) ? ANSWER_NO : ANSWER_NONE;
  if (is_plain_yes(passage, purpose->yes_words)) return ANSWER_YES;
  if (meant == ANSWER_YES && answer_is_about_self(passage)) return ANSWER_NONE;
  if (answer_is_absence(arrival)) return ANSWER_NONE;
  if (meant == ANSWER_YES && has_no) return ANSWER_NONE;
  if (meant == ANSWER_NO || has_no) return ANSWER_NO;
  return meant == ANSWER_YES && !has(passage, "confirm.doubt") ? ANSWER_YES : ANSWER_NONE;
}

bool answer_is_yes(const struct arrival *arrival, const struct answering *answering)
{
  return answer_said(arrival, answering->purpose) == ANSWER_YES;
}

bool answer_is_no(const struct arrival *arrival)
{
  const struct understanding *it = arrival->understanding;
  return answer_read(it->passage).answer == ANSWER_NO || has(it->passage, "confirm.no") ||
         it->meaning->intent == INTENT_LEAVE;
}
