/* What an organiser answers to the letter about their event. A draft waits for a yes; lines or words in the
 * answer change it, and it is shown again. Whoever is not proven to be the organiser changes nothing: their
 * address is asked. Later the same address takes "Stand?", changes, and the end. */
#include "lists/events/event.h"

#include "lists/events/event_lines.h"
#include "lists/events/hosts/host.h"
#include "lists/events/polls/polls.h"
#include "lists/frontdoor/frontdoor.h"
#include "lists/requests/purposes.h"
#include "lists/understand/understand.h"
#include "lists/video/words.h"

#include "lib/mail/address.h"
#include "lib/mail/read.h"
#include "lib/text/template.h"

#include <string.h>

enum { PASSAGE_BYTES = 20000 };

bool organizing_send(const struct organizing *o, const char *purpose, struct value *values, GError **error)
{
  return event_send(o->work,
                    &(struct event_letter){ .purpose = purpose,
                                            .event = o->event,
                                            .party = o->party,
                                            .values = values,
                                            .in_reply_to = o->arrival->mail->message_id,
                                            .is_answer = true },
                    error);
}

bool organizing_done(const struct organizing *o, const char *reason)
{
  o->decision->outcome = OUTCOME_ANSWERED;
  g_string_assign(o->decision->reason, reason);
  return true;
}

/* The event as it is now, and what was not understood. */
bool event_show(const struct organizing *o, const char *purpose, const GPtrArray *wrong, GError **error)
{
  g_autoptr(value_t) values = value_new();
  unsigned lacks = event_lacks(o->event);
  value_set_flag(values, "lacks_title", lacks & LACKS_TITLE);
  value_set_flag(values, "lacks_start", lacks & LACKS_START);
  value_set_flag(values, "lacks_place", lacks & LACKS_PLACE);
  value_set_flag(values, "complete", lacks == 0);
  value_set_flag(values, "again", true);
  bool may_correct = false;
  if (strcmp(o->event->state, "draft") == 0 &&
      !frontdoor_may_correct(o->work, o->event->mail, o->party->address, &may_correct, error))
    return false;
  value_set_flag(values, "front_door", may_correct);
  for (guint i = 0; wrong && i < wrong->len; i++)
    value_set_text(value_append(values, "wrong"), "line", wrong->pdata[i]);
  return organizing_send(o, purpose, values, error);
}

static void set_state(struct event *event, const char *state)
{
  g_free(event->state);
  event->state = g_strdup(state);
}

/* Their yes: it is held, and everybody is invited. */
static bool open(struct organizing *o, GError **error)
{
  set_state(o->event, "open");
  o->event->stamp = o->work->now;
  if (!event_schedule(o->work, o->event, error)) return false;
  o->event->next_tick = o->work->now; /* invitations go out */
  g_autoptr(value_t) values = value_new();
  return event_put(o->work->store, o->event, error) && organizing_send(o, "event_opened", values, error) &&
         organizing_done(o, "The organiser has confirmed the event.");
}

bool event_drop(struct organizing *o, GError **error)
{
  set_state(o->event, "cancelled");
  o->event->next_tick = o->event->next_at = 0;
  g_autoptr(value_t) values = value_new();
  value_set_flag(values, "post", o->event->message != 0);
  return event_put(o->work->store, o->event, error) && organizing_send(o, "event_dropped", values, error) &&
         organizing_done(o, "Its organiser wants no event of it.");
}

/* What a draft lacks may be said without a label: "um drei", "am Spielplatz". */
static bool take_words(struct organizing *o, unsigned lacks, GError **error)
{
  const struct understanding *it = o->arrival->understanding;
  g_autoptr(meaning_t) meaning = meaning_new(INTENT_EVENT);
  if ((lacks & LACKS_START) && it->dates->len > 0) read_event_when(it->dates, meaning);
  struct understanding said = *it;
  said.meaning = meaning;
  struct arrival arrival = *o->arrival;
  arrival.understanding = &said;
  if (lacks & LACKS_PLACE) event_take_place_of(o->work, o->event, it, true);
  return event_take_meaning(o->work, o->event, &arrival, error);
}

/* Yes or no to the event as it is: beside the lines, where there are any. */
static enum answer answer_to_draft(const struct organizing *o, bool has_lines)
{
  if (!has_lines) return answer_meant(o->arrival->understanding->passage);
  g_autofree char *beside = event_beside_lines(o->arrival->mail->text_new);
  g_autoptr(passage_t) passage = passage_new(beside, NULL, PASSAGE_BYTES);
  return answer_meant(passage);
}

/* A yes that comes when the day is over opens nothing: nobody is invited to what was. It is asked when. */
static bool forget_past(struct organizing *o, GError **error)
{
  struct event_moment moment;
  bool is_ahead = false;
  if (!*o->event->starts) return true;
  if (!event_next_date(o->work, o->event, &moment, &is_ahead, error)) return false;
  event_moment_clear(&moment);
  char **const times[] = { &o->event->starts, &o->event->ends, &o->event->rule, &o->event->answer_by };
  for (gsize i = 0; !is_ahead && i < G_N_ELEMENTS(times); i++) {
    g_free(*times[i]);
    *times[i] = g_strdup("");
  }
  return true;
}

/* Is there anybody to invite? An event for who is named that names nobody is none. */
static bool has_guests(const struct organizing *o)
{
  g_autofree char *named = event_named_text(o->work, o->event);
  return strcmp(o->event->audience, "named") != 0 || *named;
}

static bool organize_draft(struct organizing *o, GError **error)
{
  const struct taken_for taken = { o->event->mail, "event" };
  bool is_correction = false;
  if (!frontdoor_corrected(o->work, o->arrival, &taken, o->decision, &is_correction, error)) return false;
  if (is_correction) return true;
  const struct understanding *it = o->arrival->understanding;
  unsigned changed = 0, lacks = event_lacks(o->event);
  g_autoptr(GPtrArray) wrong = g_ptr_array_new_with_free_func(g_free);
  if (!event_take_lines(o->work, o->event, o->arrival, &changed, wrong, error)) return false;
  if (!changed && lacks && !take_words(o, lacks, error)) return false;
  bool says_video = !changed && video_read(o->event, it->passage);
  bool has_words = event_take_words(o->event, it->passage, true);
  enum answer answer = answer_to_draft(o, changed || wrong->len > 0);
  bool is_changed = changed || says_video || has_words || wrong->len > 0 || event_lacks(o->event) != lacks;
  if (!is_changed && answer == ANSWER_NO) return event_drop(o, error);
  if (!forget_past(o, error)) return false;
  if (wrong->len == 0 && event_lacks(o->event) == 0 && has_guests(o) && answer == ANSWER_YES)
    return open(o, error);
  return event_put(o->work->store, o->event, error) && event_show(o, "event_draft", wrong, error) &&
         organizing_done(o, "The event is shown to its organiser as it is now.");
}

/* Is it the organiser who writes? */
static bool is_theirs(const struct organizing *o)
{
  const struct mail *mail = o->arrival->mail;
  g_autofree char *from = mail->from.address ? address_normalise(mail->from.address) : NULL;
  return mail->auth.is_authenticated && from && strcmp(from, o->party->address) == 0;
}

bool event_organize(struct work *work, const struct arrival *arrival, struct event *event,
                    struct event_party *party, struct decision *decision, GError **error)
{
  struct organizing o = { work, arrival, event, party, decision };
  bool is_draft = strcmp(event->state, "draft") == 0;
  bool is_away = arrival->understanding && answer_is_absence(arrival) && (is_draft || !is_theirs(&o));
  if (!arrival->understanding || is_away) {
    decision->outcome = OUTCOME_IGNORED;
    g_string_assign(decision->reason, "The organiser is away.");
    return true;
  }
  if (!arrival->is_released && !is_theirs(&o))
    return event_ask_organizer(work, arrival, event, party, decision, error);
  bool is_source = false;
  if (!event_source_apply(&o, &is_source, error)) return false;
  if (is_source) return true;
  bool is_taken = false;
  if (!poll_organize(&o, &is_taken, error) || is_taken) return is_taken;
  if (is_draft) return organize_draft(&o, error);
  return host_steer(&o, error);
}
