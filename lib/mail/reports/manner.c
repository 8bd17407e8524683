/* Robots by their manner: absence notes and challenges of programs that set no field. The words stand in
 * share/languages (CODE.robots.phrases); here they are weighed.
 *
 *   robot.automatic   2   "Diese Antwort wurde automatisch erstellt"
 *   robot.office      3   an absence as it is said at a desk: "Ich bin bis 12. Mai nicht im Büro"
 *   robot.away        1   an absence as anybody says it: "Ich bin im Urlaub"
 *   robot.back        1   "ab Montag wieder da"
 *   robot.thanks      1   "Vielen Dank für Ihre Nachricht"
 *   robot.handling    2   "Ihre Mail wird nicht weitergeleitet", "in dringenden Fällen"
 *   robot.subject     3   a subject that only such notes have
 *   robot.person     -2   what only people write: "Ja, …", "kann leider nicht kommen", a question
 *   robot.receipt    -2   an office's letter that something has arrived: an answer, not an absence
 *
 * Each counts once; a sentence that belongs to none of them takes one off, twice at most. Three points make a
 * note if an absence is among them; four below "AW:", five where the mail quotes one, which robots hardly do.
 *
 * What surprised us: a neighbour's "Ja, ich bin ab Montag verreist" is an answer, a colleague's "bin bis
 * Freitag nicht im Büro, danach schaue ich mir das an" as well; and Outlook answers invitations with
 * Auto-Submitted in it, although a person pressed "Zusagen". */
#include "lib/mail/reports/reports.h"

#include "lib/mail/calendar.h"
#include "lib/text/phrases.h"
#include "lib/text/subject.h"

#include <string.h>

enum {
  LOOK_AT = 1500,
  LONG_TEXT = 2500,
  SENTENCE_WORDS = 5,
  RECEIPT_LEXEMES = 160,
  POINTS = 3,
  POINTS_REPLY = 4,
  POINTS_QUOTE = 5
};

enum sign {
  SIGN_AUTOMATIC,
  SIGN_OFFICE,
  SIGN_AWAY,
  SIGN_BACK,
  SIGN_THANKS,
  SIGN_HANDLING,
  SIGN_PERSON,
  SIGN_RECEIPT,
  SIGN_COUNT
};
static const struct {
  const char *tag;
  int points;
} signs[] = {
  [SIGN_AUTOMATIC] = { "robot.automatic", 2 }, [SIGN_OFFICE] = { "robot.office", 3 },
  [SIGN_AWAY] = { "robot.away", 1 },           [SIGN_BACK] = { "robot.back", 1 },
  [SIGN_THANKS] = { "robot.thanks", 1 },       [SIGN_HANDLING] = { "robot.handling", 2 },
  [SIGN_PERSON] = { "robot.person", -2 },      [SIGN_RECEIPT] = { "robot.receipt", -2 },
};
_Static_assert(G_N_ELEMENTS(signs) == SIGN_COUNT, "points for every sign");

/* What the sender wrote, without lines that are quoted and without what follows "-- ". */
static char *own_words(const char *text, bool *has_quote)
{
  GString *out = g_string_new(NULL);
  *has_quote = false;
  for (const char *at = text; *at && out->len < LOOK_AT;) {
    gsize size = strcspn(at, "\n");
    if (size >= 2 && strncmp(at, "--", 2) == 0 && (size == 2 || (size == 3 && at[2] == ' '))) break;
    if (*at == '>')
      *has_quote = true;
    else
      g_string_append_len(out, at, (gssize)(size + (at[size] == '\n')));
    at += size + (at[size] == '\n');
  }
  return g_string_free(out, FALSE);
}

/* Is there a hit of ours in these lexemes? */
static bool is_explained(const struct passage *passage, guint first, guint end)
{
  for (gsize i = 0; i < SIGN_COUNT; i++) {
    guint tag = phrases_tag(signs[i].tag);
    const struct phrase_hit *hit = passage_find(passage, tag, first);
    if (hit && hit->first < end) return true;
  }
  return false;
}

/* Sentences of some length that belong to no absence note; 0 to 2. */
static int count_strange(const struct passage *passage)
{
  int strange = 0;
  const struct lexemes *l = passage->lexemes;
  for (guint at = 0; at < l->count && strange < 2;) {
    guint first, end, words = 0;
    passage_sentence(passage, at, &first, &end);
    end = MAX(end, at + 1);
    for (guint i = at; i < end && i < l->count; i++) words += l->at[i].kind == LEXEME_WORD;
    strange += words >= SENTENCE_WORDS && !is_explained(passage, at, end);
    at = end;
  }
  return strange;
}

static bool has_note_subject(const struct mail *mail)
{
  if (subject_is_reply(mail->subject) || subject_is_forward(mail->subject)) return false;
  g_autoptr(passage_t) subject = passage_new_about(mail->subject, PHRASES_ROBOTS, NULL, 300);
  return passage_has(subject, "robot.subject");
}

static bool is_absence_note(const struct mail *mail, const struct passage *passage, bool has_quote)
{
  bool has[SIGN_COUNT];
  int points = 0;
  for (gsize i = 0; i < SIGN_COUNT; i++) {
    has[i] = passage_has(passage, signs[i].tag);
    points += has[i] ? signs[i].points : 0;
  }
  bool has_subject = has_note_subject(mail);
  bool is_away = has_subject || has[SIGN_OFFICE] || has[SIGN_AWAY] ||
                 (has[SIGN_AUTOMATIC] && (has[SIGN_BACK] || has[SIGN_HANDLING]));
  if (!is_away) return false;
  if (!has[SIGN_PERSON] && passage_asks(passage)) points -= 2;
  points += has_subject ? 3 : 0;
  points -= count_strange(passage);
  int wanted = has_quote || mail->has_quote      ? POINTS_QUOTE
               : subject_is_reply(mail->subject) ? POINTS_REPLY
                                                 : POINTS;
  return points >= wanted;
}

/* "Please confirm that you are human": two things said, or one and the subject. */
static bool is_challenge(const struct mail *mail, const struct passage *passage)
{
  guint tag = phrases_tag("robot.challenge"), count = 0;
  for (const struct phrase_hit *hit = passage_find(passage, tag, 0); hit;
       hit = passage_find(passage, tag, hit->end))
    count++;
  if (count == 0) return false;
  g_autoptr(passage_t) subject = passage_new_about(mail->subject, PHRASES_ROBOTS, NULL, 300);
  return passage_has(subject, "robot.challenge-subject") || (count >= 3 && passage->lexemes->count < 300);
}

/* "Gelesen: Bank" above "wurde am 21. März gelesen": a receipt as text, as some programs send it. It names
 * the mail by lines that look like the head of one, so all of the text is read. */
static bool is_read_receipt(const struct mail *mail)
{
  g_autoptr(passage_t) subject = passage_new_about(mail->subject, PHRASES_ROBOTS, NULL, 300);
  if (!passage_has(subject, "robot.read-subject")) return false;
  g_autoptr(passage_t) text = passage_new_about(mail->text, PHRASES_ROBOTS, NULL, LOOK_AT);
  return passage_has(text, "robot.read") && text->lexemes->count <= RECEIPT_LEXEMES && !passage_asks(text);
}

/* Says of itself that a program wrote it, and that nobody reads an answer. */
static bool is_unanswerable(const struct passage *passage)
{
  return passage_has(passage, "robot.automatic") && passage_has(passage, "robot.unanswerable") &&
         !passage_has(passage, "robot.person") && passage->lexemes->count < 300;
}

/* A calendar's answer: the part says METHOD:REPLY, and the mail is no report about one. */
static bool has_calendar_reply(const struct mail *mail)
{
  for (guint i = 0; i < mail->attachments->len; i++) {
    const struct mail_attachment *attachment = g_ptr_array_index(mail->attachments, i);
    if (!attachment->calendar_text) continue;
    g_autoptr(calendar_t) calendar = calendar_read(attachment->calendar_text);
    if (calendar && calendar->method && strcmp(calendar->method, "REPLY") == 0) return true;
  }
  return false;
}

static void set_human(struct mail *mail)
{
  mail->robot = MAIL_HUMAN;
  g_clear_pointer(&mail->robot_reason, g_free);
}

static void set_answer(struct mail *mail, const char *reason)
{
  mail->robot = MAIL_AUTO_REPLY;
  g_free(mail->robot_reason);
  mail->robot_reason = g_strdup(reason);
}

static void see_read_receipt(struct mail *mail)
{
  if (!is_read_receipt(mail)) return;
  if (mail->robot == MAIL_HUMAN) set_answer(mail, "it reads like a receipt that a mail was read");
  mail->report = "receipt";
}

void reading_manner(struct mail *mail, const struct parts *parts)
{
  bool may_be_calendar =
      mail->robot == MAIL_AUTO_REPLY || mail->robot == MAIL_AUTO_GENERATED || mail->robot == MAIL_NULL_SENDER;
  bool is_report = mail->bounces->len > 0 || mail->report || part_is(parts_root(parts), "multipart/report");
  if (may_be_calendar && !is_report && has_calendar_reply(mail)) return set_human(mail);
  if (mail->robot == MAIL_NULL_SENDER && !is_report) return see_read_receipt(mail);
  if (mail->robot != MAIL_HUMAN || has_calendar_reply(mail)) return;
  bool has_quote;
  g_autofree char *text = own_words(mail->text_new, &has_quote);
  g_autoptr(passage_t) passage = passage_new_about(text, PHRASES_ROBOTS, NULL, LOOK_AT);
  if (strlen(mail->text_new) < LONG_TEXT && is_absence_note(mail, passage, has_quote))
    set_answer(mail, "it reads like an absence note");
  else if (is_challenge(mail, passage))
    set_answer(mail, "it reads like a program that asks whether a person wrote");
  else if (is_unanswerable(passage))
    set_answer(mail, "it says that a program wrote it and nobody reads an answer");
  else
    see_read_receipt(mail);
}
