/* A message to all who come: "An alle, die kommen: bitte festes Schuhwerk". It is shown to the organiser once
 * as it will go out; on their yes it goes to each who said that they come, and after the event to each who
 * came. Answers go to whoever wrote it, as private mails do, so nobody learns an address. */
#include "lists/events/hosts/host.h"

#include "lists/list_cache.h"
#include "lists/members/names.h"
#include "lists/understand/understand.h"

#include "lib/mail/read.h"
#include "lib/text/template.h"

#include <string.h>

enum { LINES_LOOKED_AT = 30, MESSAGE_CHARACTERS = 8000 };

/* Where the words of the message begin in a line that calls all; -1: it does not. */
static long words_behind(const char *line)
{
  g_autoptr(passage_t) passage = passage_new(line, NULL, 400);
  const struct lexemes *l = passage->lexemes;
  const struct phrase_hit *hit = passage_at(passage, phrases_tag("event.all"), 0);
  if (!hit) return -1;
  bool has_colon = lexeme_is(&l->at[hit->end], ":");
  bool has_mark = has_colon || lexeme_is(&l->at[hit->end], ",");
  bool is_alone =
      l->at[hit->end].kind == LEXEME_END || strcmp(hit->value, "told") == 0; /* "ausrichten, dass" */
  bool is_clause = hit->end > hit->first + 1 && lexeme_is(&l->at[hit->end - 1], "dass"); /* is told whole */
  if (is_clause) return (long)l->at[hit->end - 1].start;
  return has_colon || is_alone ? (long)l->at[hit->end].start + has_mark : -1;
}

/* The message; NULL: none. Caller frees. */
static char *read_message(const char *text)
{
  g_auto(GStrv) lines = g_strsplit(text ? text : "", "\n", -1);
  gsize at = 0;
  for (guint i = 0; lines[i] && i < LINES_LOOKED_AT; i++) {
    long behind = words_behind(lines[i]);
    if (behind >= 0) {
      g_autofree char *message = g_strstrip(g_strdup(text + at + MIN((gsize)behind, strlen(lines[i]))));
      return g_utf8_substring(message, 0, MIN(g_utf8_strlen(message, -1), MESSAGE_CHARACTERS));
    }
    at += strlen(lines[i]) + 1;
  }
  return NULL;
}

/* Who writes, as all read it. Caller frees; NULL on error. */
static char *writer_name(struct organizing *o, GError **error)
{
  const struct mail_address *actor = mail_actor(o->arrival->mail);
  return name_shown(o->work, o->party->person, actor->name, o->party->address, error);
}

static bool ask(struct organizing *o, const char *message, GError **error)
{
  bool is_asked = false;
  g_autofree char *language = event_language(o->work, o->event, o->party, error);
  g_autofree char *name = language ? writer_name(o, error) : NULL;
  g_autoptr(value_t) values = value_new();
  if (!name || !event_values(o->work, o->event, values, language, error)) return false;
  value_set_text(values, "message", message);
  value_set_text(values, "name", name);
  g_autofree char *text = g_uri_escape_string(message, NULL, TRUE);
  g_autofree char *shown = g_uri_escape_string(name, NULL, TRUE);
  g_autofree char *details =
      g_strdup_printf("mail=%" G_GINT64_FORMAT "\nname=%s\ntext=%s\n", o->arrival->mail_id, shown, text);
  return host_ask(o,
                  &(struct question_out){ .purpose = "event_message",
                                          .list = list_cache_by_id(o->work->lists, o->event->list),
                                          .person = o->party->person,
                                          .address = o->party->address,
                                          .object = o->event->id,
                                          .details = details,
                                          .language = language,
                                          .values = values,
                                          .in_reply_to = o->arrival->mail->message_id,
                                          .is_answer = true },
                  &is_asked, error) &&
         host_asked(o, is_asked, "The organiser is shown a message to all who come.");
}

bool message_take(struct organizing *o, bool *is_taken, GError **error)
{
  g_autofree char *message = read_message(o->arrival->mail->text_new);
  *is_taken = message && *message;
  return !*is_taken || ask(o, message, error);
}

static bool send_out(struct organizing *o, const struct request *request, GError **error)
{
  g_autofree char *escaped = request_detail(request, "text"), *shown = request_detail(request, "name");
  g_autofree char *mail = request_detail(request, "mail");
  g_autofree char *text = escaped ? g_uri_unescape_string(escaped, NULL) : NULL;
  g_autofree char *name = shown ? g_uri_unescape_string(shown, NULL) : NULL;
  g_autofree char *both =
      g_strconcat(name ? g_strdelimit(name, "\n", ' ') : "", "\n", text ? text : "", NULL);
  const struct event_round round = { .event = o->event->id,
                                     .what = (char *)"message",
                                     .original = (char *)"",
                                     .text = both,
                                     .mail = mail ? g_ascii_strtoll(mail, NULL, 10) : 0,
                                     .created = o->work->now };
  o->event->next_tick = o->work->now;
  g_autoptr(value_t) values = value_new();
  struct event_count count;
  if (!event_count(o->work->store, o->event->id, "", &count, error)) return false;
  value_set_flag(values, "sent", count.yes > 0);
  return requests_end(o->work, o->arrival, request, "yes", error) &&
         event_round_put(o->work->store, &round, error) && event_put(o->work->store, o->event, error) &&
         organizing_send(o, "event_message_sent", values, error) &&
         organizing_done(o, "A message of the organiser's goes to all who come.");
}

static bool decide(struct organizing *o, const struct answering *answering, GError **error)
{
  const struct request *request = answering->request;
  bool is_taken = false;
  if (!message_take(o, &is_taken, error)) return false;
  if (is_taken) return true;
  enum answer answer = answer_said(o->arrival, answering->purpose);
  if (answer == ANSWER_YES) return send_out(o, request, error);
  g_autoptr(value_t) values = value_new();
  if (answer == ANSWER_NO)
    return requests_end(o->work, o->arrival, request, "no", error) &&
           organizing_send(o, "event_message_sent", values, error) &&
           organizing_done(o, "The organiser's message is not sent.");
  value_set_text(values, "subject", o->arrival->mail->subject);
  return requests_tell(o->work, o->arrival, request, "request_again", values, true, error) &&
         organizing_done(o, "It says neither yes nor no to the message; it is asked once more.");
}

bool event_message_decide(struct work *work, const struct arrival *arrival, const struct answering *answering,
                          struct decision *decision, GError **error)
{
  g_autoptr(event_t) event = NULL;
  g_autoptr(event_party_t) party = NULL;
  bool is_there = false;
  if (!host_of_answer(work, arrival, answering, decision, &event, &party, &is_there, error)) return false;
  if (!is_there) return true;
  struct organizing o = { work, arrival, event, party, decision };
  return decide(&o, answering, error);
}
