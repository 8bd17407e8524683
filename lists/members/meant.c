/* "Wir wollen aussteigen aus der Gasheizung": said at a list, is a wish one? Who is put off a list by a
 * misreading loses the post and the list; who is asked once too often loses a minute. So only a mail that is
 * plainly a wish is acted upon; one that speaks of a leaving of another thing goes to everybody; and where it
 * could be either, the mail is kept and its author is asked ("post_or_wish"). Called by wishes.c for mails to
 * lists, never for mails to us.
 *
 * What tells them apart is what else is named. A wish about a list names mails, lists, addresses, days and
 * oneself (section wish.own); a noun that is none of these, or what stands behind "aus", "von", "nach", is
 * another thing. What surprised us: most who leave give a reason, in a sentence of its own; so only the
 * sentences that say the wish must be free of other things, if a list or mails are named in one of them. */
#include "lists/members/meant.h"

#include "lists/kinds.h"
#include "lists/letters.h"
#include "lists/list_cache.h"
#include "lists/requests/purposes.h"
#include "lists/requests/waiting.h"
#include "lists/understand/answers/clauses.h"
#include "lists/understand/understand.h"

#include "lib/base/fault.h"
#include "lib/mail/read.h"
#include "lib/store/directory.h"
#include "lib/text/subject.h"

#include <string.h>

enum { FEW_WORDS = 8, SHORT_HIT = 4, NAMED_HIT = 3, SHORT_TEXT = 40, EXCERPT_CHARACTERS = 300 };

/* A text and which of its lexemes a wish about a list is made of. */
struct reading {
  const struct wish *wish;
  const struct passage *passage;
  guint8 *is_ours;
  bool is_leave;
};

/* Does a section hold words that wishes are made of? */
static bool is_of_wishes(guint tag)
{
  static const char *const begins[] = { "date.", "settings.", "own.",  "list.", "wish.", "offices.", "terse.",
                                        "word.", "leave.",    "help.", "mute.", "want.", "quotes." };
  static const char *const not_ours[] = { "word.other",  "word.who",   "wish.about",
                                          "leave.other", "leave.part", "leave.sender" };
  const char *name = phrases_tag_name(tag);
  for (gsize i = 0; i < G_N_ELEMENTS(not_ours); i++)
    if (strcmp(name, not_ours[i]) == 0) return false;
  for (gsize i = 0; i < G_N_ELEMENTS(begins); i++)
    if (g_str_has_prefix(name, begins[i])) return true;
  return false;
}

/* A word of the sender's own name, or of a list's that is meant. */
static bool is_name(const struct reading *reading, const char *folded)
{
  const struct wish *wish = reading->wish;
  const char *names[] = { mail_actor(wish->arrival->mail)->name, wish->list ? wish->list->title : NULL,
                          wish->list ? wish->list->name : NULL, wish->meaning->list };
  for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
    g_autoptr(lexemes_t) words = lexemes_new(names[i] ? names[i] : "", 0);
    for (guint k = 0; k < words->count; k++)
      if (words->at[k].kind == LEXEME_WORD && lexeme_is(&words->at[k], folded)) return true;
  }
  return false;
}

static guint8 *find_ours(const struct passage *passage)
{
  guint8 *ours = g_new0(guint8, passage->lexemes->count + 1);
  for (guint i = 0; i < passage->hits->len; i++) {
    const struct phrase_hit *hit = &g_array_index(passage->hits, struct phrase_hit, i);
    const char *name = phrases_tag_name(hit->tag);
    guint most = g_str_has_prefix(name, "date.") || g_str_has_prefix(name, "wish.") ? SHORT_HIT : NAMED_HIT;
    if (hit->end - hit->first <= most && is_of_wishes(hit->tag))
      memset(ours + hit->first, 1, hit->end - hit->first);
  }
  return ours;
}

static bool is_foreign_word(const struct reading *reading, guint at)
{
  const struct lexeme *it = &reading->passage->lexemes->at[at];
  bool is_said = it->kind == LEXEME_WORD || it->kind == LEXEME_DIGITS;
  return is_said && !reading->is_ours[at] && !is_name(reading, it->folded);
}

/* "aus der Gasheizung", "from the newspaper": what a preposition at this lexeme leads to is another thing. */
static bool leads_elsewhere(const struct reading *reading, guint at, guint end)
{
  const guint article = phrases_tag("wish.article");
  if (!passage_at(reading->passage, phrases_tag("wish.about"), at)) return false;
  guint next = at + 1;
  while (next < end && passage_at(reading->passage, article, next)) next++;
  return next < end && is_foreign_word(reading, next);
}

/* Is another thing named in these lexemes? Of settings only where a preposition leads to it: they have a
 * thousand reasons, and none is lost. */
static bool is_foreign(const struct reading *reading, guint first, guint end)
{
  const struct lexemes *l = reading->passage->lexemes;
  for (guint at = first; at < end; at++) {
    if (passage_at(reading->passage, phrases_tag("wish.farewell"), at)) return false; /* names follow */
    bool is_noun = reading->is_leave && at > first && l->at[at].is_capital && !l->at[at].is_shouted &&
                   !l->at[at].begins_sentence;
    if ((is_noun && is_foreign_word(reading, at)) || leads_elsewhere(reading, at, end)) return true;
  }
  return false;
}

static bool has_within(const struct passage *passage, const char *tag, guint first, guint end)
{
  return span_find(passage, tag, first, end) != NULL;
}

static bool has_any(const struct passage *passage, const char *const *tags, guint first, guint end)
{
  for (; *tags; tags++)
    if (has_within(passage, *tags, first, end)) return true;
  return false;
}

static const char *const said_of_leaving[] = { "want.leave",     "word.unregister",
                                               "word.remove",    "word.outof",
                                               "word.none",      "terse.wish",
                                               "terse.particle", NULL };
static const char *const said_of_lists[] = { "word.list", "word.mail", NULL };
static const char *const said_of_oneself[] = { "word.me", "leave.self", "wish.self", NULL };

/* A question is none where it asks us to do it: "Könnt ihr mich bitte abmelden?" */
static bool asks_everybody(const struct passage *passage)
{
  const struct lexemes *l = passage->lexemes;
  for (guint i = 0; i < l->count; i++) {
    guint first, end;
    if (!lexeme_is(&l->at[i], "?")) continue;
    passage_sentence(passage, i, &first, &end);
    if (!has_within(passage, "wish.request", first, MAX(end, i))) return true;
  }
  return false;
}

/* Is there a sentence that says it and names no other thing? *names_us: beside a list, mails or oneself. */
static bool has_plain_sentence(const struct reading *reading, bool *names_us)
{
  const struct passage *passage = reading->passage;
  bool is_plain = false;
  *names_us = false;
  for (guint first = 0, end = 0; first < passage->lexemes->count; first = end) {
    guint begin;
    passage_sentence(passage, first, &begin, &end);
    end = MAX(end, first + 1);
    bool says = reading->is_leave ? has_any(passage, said_of_leaving, first, end) : true;
    if (!says || is_foreign(reading, first, end)) continue;
    is_plain = true;
    *names_us |= has_any(passage, said_of_lists, first, end) || has_any(passage, said_of_oneself, first, end);
  }
  return is_plain;
}

/* Who looks after a list goes when they say so in few words; in more they may be handing it over ("Ben soll
 * ab jetzt die Gruppe leiten, ich habe keine Zeit mehr"), and nobody would be left. */
static bool is_keepers_tale(const struct reading *reading)
{
  const struct member *member = reading->wish->sender.member;
  bool keeps = member && (member_has_role(member, "keeper") || member_has_role(member, "moderator"));
  return keeps && passage_words(reading->passage, 0, reading->passage->lexemes->count) > FEW_WORDS;
}

/* "Ich bin raus. Tschüss!": nothing else says what it is that they leave. */
static bool is_only_out(const struct passage *passage)
{
  static const char *const plainer[] = { "word.list", "word.mail", "word.unregister", "word.remove", NULL };
  const struct phrase_hit *out = passage_find(passage, phrases_tag("wish.out"), 0);
  return out && !has_any(passage, plainer, 0, out->first) &&
         !has_any(passage, plainer, out->end, passage->lexemes->count);
}

/* "Bin raus, meldet mich ab" in an answer: of the list, or of what is talked about there. */
static bool may_be_of_topic(const struct reading *reading)
{
  const struct mail *mail = reading->wish->arrival->mail;
  bool is_answer = mail->references->len > 0 || subject_is_reply(mail->subject);
  return is_answer && passage_has(reading->passage, "word.leave_loose") &&
         !has_any(reading->passage, said_of_lists, 0, reading->passage->lexemes->count);
}

static enum meant leaving_meant(const struct reading *reading)
{
  const struct passage *passage = reading->passage;
  guint count = passage->lexemes->count;
  /* "bitte keine Mails mehr dazu": to a thing that is talked about, and not to the list */
  if (passage_has(passage, "wish.topic") || is_only_out(passage) || is_keepers_tale(reading))
    return MEANT_EITHER;
  bool names_us = false, is_short = passage_words(passage, 0, passage->lexemes->count) <= SHORT_TEXT;
  bool is_plain = has_plain_sentence(reading, &names_us), is_foreign_all = is_foreign(reading, 0, count);
  bool is_asking = asks_everybody(passage);
  if (is_plain && !is_asking && (names_us || (is_short && !is_foreign_all)))
    return may_be_of_topic(reading) ? MEANT_EITHER : MEANT_WISH;
  bool names_lists = has_any(passage, said_of_lists, 0, count);
  bool names_oneself = has_any(passage, said_of_oneself, 0, count);
  if (is_foreign_all && !names_oneself && (is_asking || !names_lists)) return MEANT_POST;
  return is_foreign_all && is_asking && !names_lists ? MEANT_POST : MEANT_EITHER;
}

/* Does the mail say anything that can be set, and what offices may send alone? */
static bool sets_anything(const struct meaning *m, bool *only_offices)
{
  bool other = m->delivery || m->language || m->name || m->shown || m->pause_until.year || m->resumes ||
               m->mutes || m->own_copy >= 0;
  *only_offices = m->offices >= 0 && !other;
  return other || m->offices >= 0;
}

static enum meant setting_meant(const struct reading *reading)
{
  const struct passage *passage = reading->passage;
  bool only_offices = false, names_us = false, is_shown = settings_only_asks(reading->wish->arrival);
  bool sets = sets_anything(reading->wish->meaning, &only_offices);
  if (only_offices && !passage_has(passage, "wish.self")) return MEANT_POST;
  if (is_shown) return MEANT_WISH;
  bool is_plain = has_plain_sentence(reading, &names_us);
  bool is_short = passage_words(passage, 0, passage->lexemes->count) <= SHORT_TEXT;
  return sets && is_plain && is_short && !asks_everybody(passage) ? MEANT_WISH : MEANT_EITHER;
}

enum meant wish_meant(const struct wish *wish)
{
  const struct understanding *it = wish->arrival->understanding;
  enum intent intent = wish->meaning->intent;
  if (intent != INTENT_LEAVE && intent != INTENT_SETTINGS) return MEANT_WISH;
  bool has_text = it->passage->lexemes->count > 0;
  struct reading reading = { .wish = wish,
                             .passage = has_text ? it->passage : it->subject,
                             .is_leave = intent == INTENT_LEAVE };
  g_autofree guint8 *ours = reading.is_ours = find_ours(reading.passage);
  return reading.is_leave ? leaving_meant(&reading) : setting_meant(&reading);
}

/* The question's letter. */
static struct value *letter_values(const struct mail *mail, enum intent intent)
{
  struct value *values = value_new();
  g_autofree char *excerpt =
      g_utf8_substring(mail->text_new, 0, MIN(g_utf8_strlen(mail->text_new, -1), EXCERPT_CHARACTERS));
  value_set_text(values, "subject", mail->subject);
  value_set_text(values, "text", mail->auth.is_authenticated && *excerpt ? excerpt : NULL);
  bool is_leave = intent == INTENT_LEAVE, is_close = intent == INTENT_CLOSE;
  value_set_flag(values, "leave", is_leave);
  value_set_flag(values, "close", is_close);
  value_set_flag(values, "settings", !is_leave && !is_close);
  return values;
}

bool wish_ask_meant(struct wish *wish, bool *asked, GError **error)
{
  const struct arrival *arrival = wish->arrival;
  const struct member *member = wish->sender.member;
  *asked = false;
  if (!member || !wish->list || wish->list != arrival->list) return true; /* "to all" means the list here */
  g_autofree char *details = waiting_details(arrival);
  g_autoptr(value_t) values = letter_values(arrival->mail, wish->meaning->intent);
  if (!requests_ask(wish->work,
                    &(struct question_out){ .purpose = "post_or_wish",
                                            .list = wish->list,
                                            .person = member->person,
                                            .address = member->address,
                                            .object = arrival->mail_id,
                                            .details = details,
                                            .values = values,
                                            .in_reply_to = arrival->mail->message_id,
                                            .is_answer = true,
                                            .is_unauthenticated = !wish->is_proven },
                    asked, error))
    return false;
  return !*asked || wish_done(wish, "It may be a wish or a post; its author is asked.");
}

enum word { WORD_UNCLEAR, WORD_ALL, WORD_WISH, WORD_NO };

/* What the author says. "Nicht an alle, bitte abmelden" names both and refuses one. */
static enum word word_of(const struct arrival *arrival, const struct purpose *purpose)
{
  const struct passage *passage = arrival->understanding->passage;
  bool is_post = false, is_wish = false;
  guint tag = phrases_tag(purpose->yes_words), from = 0;
  for (const struct phrase_hit *hit = passage_find(passage, tag, from); hit;
       hit = passage_find(passage, tag, hit->first + 1)) {
    is_post |= strcmp(hit->value, "post") == 0;
    is_wish |= strcmp(hit->value, "wish") == 0;
  }
  if (is_wish && is_post) return passage_has(passage, "everyone.no") ? WORD_WISH : WORD_UNCLEAR;
  enum answer said = answer_said(arrival, purpose);
  if (said == ANSWER_YES) return is_wish ? WORD_WISH : WORD_ALL;
  return said == ANSWER_NO ? WORD_NO : WORD_UNCLEAR;
}

/* The mail that waits was a wish to us. */
static bool act_on(struct work *work, const struct request *request, const struct list *list,
                   struct decision *decision, GError **error)
{
  GError *failed = NULL;
  g_autoptr(incoming_t) incoming = waiting_read(work, request, &failed);
  if (fault_hand_on(failed, error)) return false;
  if (!incoming) return true;
  struct arrival arrival = waiting_arrival(work, request, incoming, list);
  return !arrival.understanding || members_act_on_wish(work, &arrival, decision, error);
}

bool post_or_wish_decide(struct work *work, const struct arrival *arrival, const struct answering *answering,
                         struct decision *decision, GError **error)
{
  const struct request *request = answering->request;
  const struct list *list = list_cache_by_id(work->lists, request->list);
  enum word word = list ? word_of(arrival, answering->purpose) : WORD_NO;
  static const char *const reasons[] = {
    [WORD_UNCLEAR] = "The author has not said clearly whether it is a post; they are asked once more.",
    [WORD_ALL] = "The author says that it is for everybody.",
    [WORD_WISH] = "The author says that it is a wish to us.",
    [WORD_NO] = "The author says that it is neither; it goes nowhere.",
  };
  g_string_assign(decision->reason, reasons[word]);
  if (word == WORD_UNCLEAR)
    return requests_ask_once_more(work, arrival, request, ONCE_MORE_UNCLEAR, decision, error);
  if (!requests_end(work, arrival, request, word == WORD_NO ? "no" : "yes", error)) return false;
  if (word == WORD_WISH) return act_on(work, request, list, decision, error);
  return word == WORD_NO || waiting_post(work, request, list, decision, error);
}

bool post_or_wish_lapse(struct work *work, const struct request *request, GError **error)
{
  g_autoptr(value_t) values = value_new();
  value_set_flag(values, "unsure", true);
  return letters_send(work,
                      &(struct letter_out){ .purpose = "private_kept",
                                            .list = list_cache_by_id(work->lists, request->list),
                                            .address = request->address,
                                            .person = request->person,
                                            .values = values },
                      error);
}
