/* Understanding a mail: which intent it has, then the reader for it. The order is the policy:
 *
 *   1. a calendar's own answer or event is what it says it is, even where a robot sent it;
 *   2. what no person wrote, and what is empty, is ignored;
 *   3. an answer to a mail of ours is about what that mail asked (choose_context.c);
 *   4. the address says what a mail is for (choose_address.c), and words may say otherwise;
 *   5. at the front door words alone decide (choose_words.c).
 *
 * Every decision has its reason: the words, or the address. */
#include "lists/understand/choose.h"
#include "lists/understand/itip.h"
#include "lists/understand/named_list.h"
#include "lists/understand/title.h"

#include <string.h>

enum { WORDS_BYTES = 80 };

/* What an intent is, as the end of "… speaks for …". */
static const char *const names[] = {
  [INTENT_POST] = "a post to the list",
  [INTENT_REPLY] = "an answer on the list",
  [INTENT_JOIN] = "joining a list",
  [INTENT_LEAVE] = "leaving a list",
  [INTENT_CONFIRM] = "an answer to our request to confirm",
  [INTENT_HELP] = "a request for help",
  [INTENT_SETTINGS] = "a change of settings",
  [INTENT_RSVP] = "an answer to an invitation",
  [INTENT_EVENT] = "an event",
  [INTENT_PROPOSAL] = "a proposal for the budget",
  [INTENT_SUPPORT] = "support for a proposal",
  [INTENT_VOTE] = "a vote",
  [INTENT_MINUTES] = "the result of an assembly",
  [INTENT_DEFECT] = "a report of a defect",
  [INTENT_OFFICIAL_REPLY] = "an office's answer",
  [INTENT_MODERATION] = "a moderator's decision",
  [INTENT_QUESTION] = "a question",
  [INTENT_DATA_ACCESS] = "a request to see one's data",
  [INTENT_DATA_ERASURE] = "a request to erase one's data",
  [INTENT_ABUSE_NOTICE] = "a report of abuse",
  [INTENT_PRIVATE] = "something that is not meant for everybody",
  [INTENT_FOUND] = "founding a group",
  [INTENT_KEEP] = "changing a group",
  [INTENT_HAND_OVER] = "handing a group over",
  [INTENT_CLOSE] = "closing a group",
  [INTENT_IGNORE] = "nothing to act upon",
  [INTENT_UNCLEAR] = "nothing that is clear",
};
_Static_assert(G_N_ELEMENTS(names) == INTENT_COUNT, "every intent has its name");

/* Words in a sentence of ours: one line, not too long. */
static char *shown(const char *words)
{
  g_autofree char *line = g_strdup(words ? words : "");
  for (char *p = line; *p; p++)
    if ((guchar)*p < ' ') *p = ' ';
  g_strstrip(line);
  gsize size = strlen(line);
  if (size <= WORDS_BYTES) return g_steal_pointer(&line);
  const char *end = g_utf8_find_prev_char(line, line + WORDS_BYTES);
  return g_strdup_printf("%.*s…", end ? (int)(end - line) : 0, line);
}

static char *reason_of(const struct reading_room *room, const struct choice *choice,
                       const struct tally *tally)
{
  g_autofree char *words = shown(tally->wishes[choice->intent].words);
  if (choice->intent == INTENT_UNCLEAR) return g_strdup("No words in it say clearly what is wanted.");
  if (choice->is_by_words && *words)
    return g_strdup_printf("The words \"%s\" speak for %s.", words, names[choice->intent]);
  if (room->context != CONTEXT_NONE)
    return g_strdup_printf("It answers a mail of ours, so it is taken for %s.", names[choice->intent]);
  if (choice->is_by_words) return g_strdup_printf("What it says speaks for %s.", names[choice->intent]);
  return g_strdup_printf("Its address says that it is %s, and no words in it say otherwise.",
                         names[choice->intent]);
}

/* An answer to "please confirm": a reply means yes, unless it says no. A weak no ("löschen") behind a yes may
 * be the very thing that is confirmed. */
static void read_confirm(const struct reading_room *room, struct meaning *meaning)
{
  const guint tag = phrases_tag("confirm.no");
  enum answer said = answer_read(room->passage).answer;
  bool is_no = said == ANSWER_NO;
  for (const struct phrase_hit *hit = passage_find(room->passage, tag, 0); hit && !is_no;
       hit = passage_find(room->passage, tag, hit->first + 1))
    is_no = said != ANSWER_YES || !g_str_equal(hit->value, "weak");
  meaning->answer = is_no ? ANSWER_NO : ANSWER_YES;
}

/* Whose data: the first address in the text that is not ours, else the sender's. */
static void read_data(const struct reading_room *room, struct meaning *meaning)
{
  const char *text = room->passage->lexemes->text;
  for (const char *at = strchr(text, '@'); at; at = strchr(at + 1, '@')) {
    const char *from = at, *end = at + 1;
    while (from > text && (g_ascii_isalnum(from[-1]) || strchr("._+-", from[-1])) && at - from < 64) from--;
    while (g_ascii_isalnum(*end) || (*end == '.' && g_ascii_isalnum(end[1])) || *end == '-') end++;
    bool is_ours = room->domain && g_ascii_strncasecmp(at + 1, room->domain, strlen(room->domain)) == 0;
    if (from == at || !memchr(at, '.', (gsize)(end - at)) || is_ours) continue;
    meaning->address = g_strndup(from, (gsize)(end - from));
    return;
  }
  if (*room->mail->from.address) meaning->address = g_strdup(room->mail->from.address);
}

static void read_question(const struct reading_room *room, struct meaning *meaning)
{
  meaning->topic = title_read(room);
}

/* Which list is meant: the one that is named, else the address's. */
static void read_list(const struct reading_room *room, struct meaning *meaning)
{
  meaning->list = g_strdup(named_list(room, meaning->intent));
}

/* Who gets the group: the address that is named, and which group it is. */
static void read_hand_over(const struct reading_room *room, struct meaning *meaning)
{
  read_list(room, meaning);
  read_data(room, meaning);
  if (meaning->address && g_ascii_strcasecmp(meaning->address, room->mail->from.address) == 0)
    g_clear_pointer(&meaning->address, g_free);
}

/* The reader of each intent; NULL: nothing more to read. */
static void (*const readers[INTENT_COUNT])(const struct reading_room *room, struct meaning *meaning) = {
  [INTENT_JOIN] = read_list,
  [INTENT_LEAVE] = read_list,
  [INTENT_CONFIRM] = read_confirm,
  [INTENT_SETTINGS] = read_settings,
  [INTENT_RSVP] = read_rsvp,
  [INTENT_EVENT] = read_event,
  [INTENT_PROPOSAL] = read_proposal,
  [INTENT_SUPPORT] = read_vote,
  [INTENT_VOTE] = read_vote,
  [INTENT_MINUTES] = read_minutes,
  [INTENT_DEFECT] = read_defect,
  [INTENT_OFFICIAL_REPLY] = read_official_reply,
  [INTENT_MODERATION] = read_moderation,
  [INTENT_QUESTION] = read_question,
  [INTENT_FOUND] = read_found,
  [INTENT_KEEP] = read_list,
  [INTENT_HAND_OVER] = read_hand_over,
  [INTENT_CLOSE] = read_list,
  [INTENT_DATA_ACCESS] = read_data,
  [INTENT_DATA_ERASURE] = read_data,
};

static struct meaning *meaning_with_reason(enum intent intent, const char *reason)
{
  struct meaning *meaning = meaning_new(intent);
  meaning->reason = g_strdup(reason);
  return meaning;
}

static bool is_blank(const struct passage *passage)
{
  for (guint i = 0; i < passage->lexemes->count; i++)
    if (passage->lexemes->at[i].kind != LEXEME_BREAK) return false;
  return true;
}

/* What a calendar part decides; NULL: nothing. */
static struct meaning *understand_calendar(const struct reading_room *room)
{
  g_autoptr(calendar_t) calendar = itip_find(room->mail);
  enum itip_method method = calendar ? itip_method(calendar) : ITIP_NONE;
  struct meaning *meaning = NULL;
  if (method == ITIP_REPLY) {
    meaning = meaning_with_reason(INTENT_RSVP, "A calendar answered an invitation.");
    read_rsvp(room, meaning);
  } else if (method == ITIP_COUNTER) {
    meaning = meaning_with_reason(INTENT_RSVP, "A calendar proposes another time, which is no answer yet.");
    meaning->comment = g_strdup(calendar->comment);
  } else if (method == ITIP_EVENT || method == ITIP_CANCEL) {
    meaning = meaning_with_reason(
        INTENT_EVENT, method == ITIP_CANCEL ? "A calendar part says that an event does not take place."
                                            : "A calendar part describes an event.");
    read_event(room, meaning);
  } else if (method == ITIP_OTHER && is_blank(room->passage)) {
    meaning = meaning_with_reason(INTENT_IGNORE, "A calendar's own message that is about no event of ours.");
  }
  return meaning;
}

/* Nothing in it. A subject of its own may say it all; an answer that a person sent off empty confirms. */
static bool is_empty(const struct reading_room *room, const struct tally *tally)
{
  bool has_subject = tally->subject_counts && !is_blank(room->subject);
  return is_blank(room->passage) && !has_subject && room->mail->attachments->len == 0 &&
         room->context != CONTEXT_CONFIRM && !room->command;
}

/* Where a phrase of what is not wanted any more ends, unless a list is named behind it; 0: nowhere. */
static guint end_of_unwanted(const struct reading_room *room, const struct passage *passage, const char *tag)
{
  enum { NAME_LEXEMES = 3 };
  const struct phrase_hit *hit = passage_find(passage, phrases_tag(tag), 0);
  guint count = passage->lexemes->count;
  if (!hit || hit->end >= count ||
      named_list_within(room, passage, hit->end, MIN(hit->end + NAME_LEXEMES, count)))
    return 0;
  return hit->end;
}

/* "Keine Mails mehr von Karl-Heinz": one neighbour is too much, not the list. Who names a list, or us,
 * leaves. */
static bool is_about_one_sender(const struct reading_room *room, const struct passage *passage)
{
  guint end = end_of_unwanted(room, passage, "leave.sender");
  if (!end) return false;
  const struct lexeme *it = &passage->lexemes->at[end];
  bool is_us = passage_at(passage, phrases_tag("leave.us"), end) != NULL;
  bool is_said = passage_at(passage, phrases_tag("leave.person"), end) != NULL;
  return !is_us && (is_said || (it->kind == LEXEME_WORD && it->is_capital));
}

/* "Keine Mails mehr über Hunde", "mit Anhang": some mails are too much, not all. "Mit freundlichen Grüßen",
 * "zu schicken", "über diesen Verteiler" say that it is all. */
static bool is_about_some_mails(const struct reading_room *room, const struct passage *passage)
{
  guint end = end_of_unwanted(room, passage, "leave.part");
  return end && passage->lexemes->at[end].kind == LEXEME_WORD &&
         !passage_at(passage, phrases_tag("leave.whole"), end) && !passage_has(passage, "leave.plain");
}

/* Would who is taken for leaving lose more than they asked for? */
static bool is_about_less(const struct reading_room *room)
{
  return is_about_one_sender(room, room->passage) || is_about_some_mails(room, room->passage) ||
         is_about_one_sender(room, room->subject) || is_about_some_mails(room, room->subject);
}

struct meaning *understand(const struct reading_room *room)
{
  bool may_read_calendar = room->mail->robot != MAIL_LOOP && room->mail->robot != MAIL_NULL_SENDER;
  struct meaning *meaning = may_read_calendar ? understand_calendar(room) : NULL;
  if (meaning) return meaning;
  bool is_duty = room->list_kind && strcmp(room->list_kind, "duty") == 0;
  if (room->mail->robot != MAIL_HUMAN && !(is_duty && room->mail->robot != MAIL_LOOP))
    return meaning_with_reason(INTENT_IGNORE, "No person wrote it.");
  g_autoptr(tally_t) tally = tally_new(room);
  if (is_empty(room, tally)) return meaning_with_reason(INTENT_IGNORE, "It is empty.");
  struct choice choice =
      room->context != CONTEXT_NONE ? choose_by_context(room, tally) : choose_by_address(room, tally);
  if (choice.intent == INTENT_LEAVE && is_about_less(room)) choice.intent = INTENT_SETTINGS;
  meaning = meaning_new(choice.intent);
  meaning->reason = reason_of(room, &choice, tally);
  for (guint i = 0; i < choice.also_count; i++) g_array_append_val(meaning->also, choice.also[i]);
  if (readers[choice.intent]) readers[choice.intent](room, meaning);
  /* a post that calls people together: what, when and where, for whoever makes an event of it */
  bool calls = choice.intent == INTENT_POST && choice.also_count == 1 && choice.also[0] == INTENT_EVENT;
  if (calls) read_event(room, meaning);
  bool wants_digest = room->context == CONTEXT_DIGEST && choice.intent == INTENT_REPLY;
  if (wants_digest) read_digest(room, meaning);
  return meaning;
}
