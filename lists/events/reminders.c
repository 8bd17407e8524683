/* What comes due of an event by itself, in this order: letters to many that are under way (rounds), those who
 * have not answered are asked once more before answers end, those who come are reminded the day before, and
 * after it the organisers are asked how many were there. Called by invite.c when an event's moment has come;
 * event_schedule says which moment that is, so an event that waits for nothing costs nothing.
 *
 * Each duty is noted as done before its letters go out, and a letter that would only repeat what people have
 * just been told is left out: who confirms an event for tonight has all invited, and reminds nobody. */
#include "lists/events/event.h"
#include "lists/events/polls/polls.h"

#include "lists/letters.h"
#include "lists/list_cache.h"

#include "lib/base/fault.h"
#include "lib/text/days/wall_text.h"
#include "lib/text/template.h"

#include <string.h>

enum {
  PARTIES_A_STEP = 20,
  ASK_BEFORE_START = 3,
  ASK_BEFORE_DEADLINE = 2,
  MORNING = 10,
  EARLIEST = 8,
  LATEST = 20
};

static void replace(char **to, char *with)
{
  g_free(*to);
  *to = with;
}

/* ---- when ---- */

/* The day before, at the hour of its begin; no letter of ours comes at night. */
static int64_t remind_at(const struct event *event, const struct event_moment *moment)
{
  struct wall day = event_days_on(moment->start, -1);
  if (day.hour < 0) day.hour = MORNING, day.minute = 0;
  if (day.hour < EARLIEST) day.hour = EARLIEST, day.minute = 0;
  if (day.hour >= LATEST) day.hour = LATEST, day.minute = 0;
  return wall_seconds(&day, event->zone);
}

/* Two days before the last day for answers, else three before it begins, in the morning. */
static int64_t ask_at(const struct event *event, const struct event_moment *moment)
{
  struct wall last;
  bool has_last = wall_read(event->answer_by, &last);
  struct wall day =
      has_last ? event_days_on(last, -ASK_BEFORE_DEADLINE) : event_days_on(moment->start, -ASK_BEFORE_START);
  day.hour = MORNING, day.minute = 0;
  return wall_seconds(&day, event->zone);
}

static bool is_reminded(const struct event *event, const struct event_moment *moment)
{
  return strcmp(event->reminded, moment->original) == 0;
}

/* The earliest of what is still to be done. */
static int64_t next_duty(const struct event *event, const struct event_moment *moment)
{
  int64_t next = event_end_seconds(event, moment);
  if (!event->is_asked) next = MIN(next, ask_at(event, moment));
  if (!is_reminded(event, moment)) next = MIN(next, remind_at(event, moment));
  return next;
}

bool event_schedule(struct work *work, struct event *event, GError **error)
{
  struct event_moment moment;
  bool is_there = false;
  event->next_at = event->next_tick = 0;
  if (!event_next_date(work, event, &moment, &is_there, error)) return false;
  if (is_there && event_is_held(event)) event->next_at = wall_seconds(&moment.start, event->zone);
  if (event_is_held(event)) event->next_tick = is_there ? MAX(next_duty(event, &moment), 1) : work->now;
  event_moment_clear(&moment);
  return true;
}

/* ---- rounds ---- */

/* A letter of a round to one party. */
struct posting {
  struct work *work;
  struct event *event;
  const struct event_round *round;
  struct event_party *party;
  const struct rsvp *rsvp; /* NULL: has not answered */
};

static bool comes(const struct posting *it)
{
  return it->rsvp && strcmp(it->rsvp->answer, "yes") == 0 && !it->rsvp->place;
}

static void put_own(const struct posting *it, struct value *values)
{
  int own = it->rsvp ? it->rsvp->people : 0;
  if (comes(it)) value_set_number(values, "own", own);
  value_set_flag(values, "one", own == 1);
  value_set_flag(values, "organizer", strcmp(it->party->role, "organizer") == 0);
}

static bool post_ask(const struct posting *it, GError **error)
{
  bool is_silent = !it->rsvp || strcmp(it->rsvp->answer, "asked") == 0, is_guest = false;
  if (!is_silent || strcmp(it->party->role, "invited") != 0) return true;
  if (!event_is_guest(it->work, it->event, it->party, &is_guest, error)) return false;
  if (!is_guest) return true;
  g_autoptr(value_t) values = value_new();
  return event_send(
      it->work,
      &(struct event_letter){
          .purpose = "event_answer_please", .event = it->event, .party = it->party, .values = values },
      error);
}

/* The date that is reminded of, as an event of its own. False: it is not as it was when the round began. */
static bool read_date(const struct posting *it, struct event *date, struct event_moment *moment,
                      bool *is_there, GError **error)
{
  if (!event_next_date(it->work, it->event, moment, is_there, error)) return false;
  bool is_same = *is_there && (!*it->round->original || strcmp(moment->original, it->round->original) == 0);
  *is_there = is_same;
  if (!is_same) return true;
  *date = *it->event;
  date->starts = wall_write(&moment->start);
  date->ends = wall_write(&moment->end);
  if (moment->place) date->place = moment->place;
  return true;
}

static bool post_remind(const struct posting *it, GError **error)
{
  if (!comes(it) && strcmp(it->party->role, "organizer") != 0) return true;
  struct event date;
  struct event_moment moment;
  struct event_count count;
  bool is_there = false;
  if (!read_date(it, &date, &moment, &is_there, error)) return false;
  bool is_done = true;
  if (is_there) {
    g_autoptr(value_t) values = value_new();
    put_own(it, values);
    is_done = event_count(it->work->store, it->event->id, it->round->original, &count, error);
    if (is_done) value_set_number(values, "coming", count.people);
    is_done =
        is_done &&
        event_send(it->work,
                   &(struct event_letter){
                       .purpose = "event_reminder", .event = &date, .party = it->party, .values = values },
                   error);
    g_free(date.starts);
    g_free(date.ends);
  }
  event_moment_clear(&moment);
  return is_done;
}

/* The organiser's words. An answer goes to whoever wrote them, as a private mail. */
static bool post_message(const struct posting *it, GError **error)
{
  if (!comes(it)) return true;
  g_autofree char *language = event_language(it->work, it->event, it->party, error);
  g_autoptr(value_t) values = value_new();
  if (!language || !event_values(it->work, it->event, values, language, error)) return false;
  g_auto(GStrv) halves = g_strsplit(it->round->text, "\n", 2); /* who writes, and what */
  value_set_text(values, "name", halves[0]);
  value_set_text(values, "message", halves[0] && halves[1] ? halves[1] : "");
  return letters_send(it->work,
                      &(struct letter_out){ .purpose = "event_message",
                                            .list = list_cache_by_id(it->work->lists, it->event->list),
                                            .address = it->party->address,
                                            .person = it->party->person,
                                            .language = language,
                                            .values = values,
                                            .mail = it->round->mail },
                      error);
}

static bool post_poll(const struct posting *it, GError **error)
{
  return poll_post(it->work, it->event, it->party, it->round->what, error);
}

static const struct {
  const char *what;
  bool (*post)(const struct posting *it, GError **error);
} posts[] = { { "ask", post_ask },   { "remind", post_remind }, { "message", post_message },
              { "poll", post_poll }, { "poll_ask", post_poll }, { "poll_result", post_poll } };

/* The answer for a date: its own, else that for the series. */
static bool find_answer(struct work *work, const struct event_round *round, const struct event_party *party,
                        struct rsvp **rsvp, GError **error)
{
  GError *failed = NULL;
  *rsvp = *round->original ? rsvp_get(work->store, round->event, round->original, party->id, &failed) : NULL;
  if (!*rsvp && !failed) *rsvp = rsvp_get(work->store, round->event, "", party->id, &failed);
  return !fault_hand_on(failed, error);
}

static bool post_one(struct work *work, struct event *event, const struct event_round *round,
                     struct event_party *party, GError **error)
{
  g_autoptr(rsvp_t) rsvp = NULL;
  if (*party->address == '#') return true; /* entered by an organiser, who tells them */
  if (!find_answer(work, round, party, &rsvp, error)) return false;
  const struct posting it = { work, event, round, party, rsvp };
  for (gsize i = 0; i < G_N_ELEMENTS(posts); i++)
    if (strcmp(posts[i].what, round->what) == 0) return posts[i].post(&it, error);
  return true;
}

/* Some letters of the round that is under way. *went_on: there was one. */
static bool step_round(struct work *work, struct event *event, bool *went_on, GError **error)
{
  GError *failed = NULL;
  *went_on = false;
  g_autoptr(event_round_t) round = event_round_next(work->store, event->id, &failed);
  if (fault_hand_on(failed, error)) return false;
  if (!round) return true;
  *went_on = true;
  bool is_kept = strcmp(round->what, "message") == 0 || strcmp(round->what, "poll_result") == 0;
  if (strcmp(event->state, "cancelled") == 0 && !is_kept)
    return event_round_move(work->store, round->id, 0, error);
  g_autoptr(GPtrArray) parties = event_parties(work->store, event->id, round->done_to, PARTIES_A_STEP, error);
  if (!parties) return false;
  const struct event_party *last = NULL;
  for (guint i = 0; i < parties->len; i++) {
    last = parties->pdata[i];
    if (!post_one(work, event, round, parties->pdata[i], error)) return false;
  }
  bool is_end = parties->len < PARTIES_A_STEP;
  return event_round_move(work->store, round->id, is_end ? 0 : last->id, error);
}

static bool begin_round(struct work *work, const struct event *event, const char *what, const char *original,
                        GError **error)
{
  const struct event_round round = { .event = event->id,
                                     .what = (char *)what,
                                     .original = (char *)original,
                                     .text = (char *)"",
                                     .created = work->now };
  return event_round_put(work->store, &round, error);
}

/* ---- duties ---- */

/* It was held: its organisers are asked how many were there. */
static bool end(struct work *work, struct event *event, GError **error)
{
  replace(&event->state, g_strdup("over"));
  event->next_tick = event->next_at = 0;
  g_autoptr(GPtrArray) organizers = event_organizers(work->store, event->id, error);
  if (!organizers) return false;
  for (guint i = 0; i < organizers->len; i++) {
    g_autoptr(value_t) values = value_new();
    const struct event_letter letter = {
      .purpose = "event_held", .event = event, .party = organizers->pdata[i], .values = values
    };
    if (!event_send(work, &letter, error)) return false;
  }
  return true;
}

static bool ask_if_due(struct work *work, struct event *event, const struct event_moment *moment,
                       GError **error)
{
  int64_t at = ask_at(event, moment);
  if (event->is_asked || at > work->now) return true;
  event->is_asked = true;
  bool is_of_use = at > event->stamp && strcmp(event->state, "open") == 0 && !event_is_late(work, event) &&
                   wall_seconds(&moment->start, event->zone) > work->now;
  return !is_of_use || begin_round(work, event, "ask", "", error);
}

static bool remind_if_due(struct work *work, struct event *event, const struct event_moment *moment,
                          GError **error)
{
  int64_t at = remind_at(event, moment);
  if (is_reminded(event, moment) || at > work->now) return true;
  replace(&event->reminded, g_strdup(moment->original));
  bool is_of_use = at > event->stamp && wall_seconds(&moment->start, event->zone) > work->now;
  return !is_of_use || begin_round(work, event, "remind", *event->rule ? moment->original : "", error);
}

bool event_duties(struct work *work, struct event *event, GError **error)
{
  bool went_on = false, is_there = false;
  if (!step_round(work, event, &went_on, error)) return false;
  event->next_tick = work->now;
  if (went_on) return true;
  event->next_tick = 0;
  if (strcmp(event->state, "poll") == 0) return poll_duties(work, event, error);
  if (!event_is_held(event)) return true;
  struct event_moment moment;
  if (!event_next_date(work, event, &moment, &is_there, error)) return false;
  bool is_done = is_there
                     ? ask_if_due(work, event, &moment, error) &&
                           remind_if_due(work, event, &moment, error) && event_schedule(work, event, error)
                     : end(work, event, error);
  event_moment_clear(&moment);
  if (!is_done || !is_there) return is_done;
  GError *failed = NULL;
  g_autoptr(event_round_t) round = event_round_next(work->store, event->id, &failed);
  if (round) event->next_tick = work->now;
  return !fault_hand_on(failed, error);
}
