/* Changes of an event that stands: read (change_read.c), shown to the organiser as it would be then, and done
 * on their plain yes. Everybody who was told of the event is told of what calendars show of it, with the same
 * UID and the next SEQUENCE; whoever had answered is asked again where it is another time (RFC 5546 section
 * 3.2.2.1), and only then. Places, deadlines and who may come change quietly. */
#include "lists/events/hosts/change_words.h"

#include "lists/list_cache.h"
#include "lists/understand/understand.h"
#include "lists/video/rooms.h"

#include "lib/base/fault.h"
#include "lib/text/dates/series.h"
#include "lib/text/days/wall_text.h"
#include "lib/text/template.h"

#include <string.h>

/* ---- showing ---- */

/* Of a series that is another one from a later day on ("ab Oktober donnerstags"): the dates before it, which
 * would be gone, and how they stay. */
static bool put_lost(const struct organizing *o, const struct event *after, const char *language,
                     struct value *values, GError **error)
{
  struct wall first, last;
  g_autoptr(GPtrArray) changes = event_dates(o->work->store, o->event->id, error);
  if (!changes) return false;
  if (!change_dates_lost(o->work, o->event, after, changes, &first, &last)) return true;
  bool is_one = wall_compare(&first, &last) == 0;
  first.hour = first.minute = last.hour = last.minute = -1;
  g_autofree char *from = wall_in_words(&first, &(struct wall){ 0 }, language);
  g_autofree char *to = wall_in_words(&last, &(struct wall){ 0 }, language);
  value_set_flag(values, "lost", true);
  value_set_text(values, "lost_first", is_one ? NULL : from);
  value_set_text(values, "lost_last", to);
  return true;
}

/* A state that would be: the event, or a date of it, and what happens. */
static bool put_proposal(struct organizing *o, const struct event *after, const struct change *change,
                         const GPtrArray *wrong, const char *language, struct value *values, GError **error)
{
  bool is_back = strcmp(change->what, "back") == 0; /* says itself what follows */
  unsigned differ = is_back ? 0 : fields_differ(o->event, after);
  bool is_change = strcmp(change->what, "change") == 0;
  if (!event_values(o->work, after, values, language, error)) return false;
  if (is_change && !put_lost(o, after, language, values, error)) return false;
  value_set_flag(values, "change", is_change);
  value_set_flag(values, "off", strcmp(change->what, "off") == 0);
  value_set_flag(values, "back", is_back);
  value_set_flag(values, "closes", strcmp(change->what, "close") == 0);
  value_set_flag(values, "reopens", strcmp(change->what, "reopen") == 0);
  value_set_flag(values, "date", strcmp(change->what, "date") == 0);
  value_set_flag(values, "new_room", strcmp(change->what, "room") == 0);
  value_set_flag(values, "asks_again", differ & FIELD_TIME);
  value_set_text(values, "own_link", *after->video_link ? after->video_link : NULL);
  value_set_flag(values, "tells", differ & (FIELD_TIME | FIELD_SHOWN));
  for (guint i = 0; change->dates && i < change->dates->len; i++)
    event_put_date(after, change->dates->pdata[i], language, values);
  for (guint i = 0; i < wrong->len; i++)
    value_set_text(value_append(values, "wrong"), "line", wrong->pdata[i]);
  return true;
}

/* "dates=ORIGINAL STARTS ENDS PLACE,…", of what is not said "-". */
static void write_dates(GString *details, const GPtrArray *dates)
{
  for (guint i = 0; dates && i < dates->len; i++) {
    const struct event_date *date = dates->pdata[i];
    g_autofree char *place = g_uri_escape_string(date->place, NULL, TRUE);
    g_string_append_printf(details, "%s%s %s %s %s", i ? "," : "dates=", date->original,
                           *date->starts ? date->starts : "-", *date->ends ? date->ends : "-",
                           *place ? place : "-");
  }
  if (dates && dates->len > 0) g_string_append_c(details, '\n');
}

char *change_fields(const struct event *before, const struct event *after, const struct change *change)
{
  g_autofree char *fields = fields_write(before, after);
  GString *details = g_string_new(fields);
  g_string_append_printf(details, "what=%s\n", change->what);
  write_dates(details, change->dates);
  return g_string_free(details, FALSE);
}

/* The question; an earlier one that still waits is put aside. */
bool change_ask(struct organizing *o, const struct event *after, const struct change *change,
                const GPtrArray *wrong, bool *is_asked, GError **error)
{
  g_autofree char *language = event_language(o->work, o->event, o->party, error);
  g_autoptr(value_t) values = value_new();
  if (!language || !put_proposal(o, after, change, wrong, language, values, error)) return false;
  g_autofree char *details = change_fields(o->event, after, change);
  return host_ask(o,
                  &(struct question_out){ .purpose = "event_change",
                                          .list = list_cache_by_id(o->work->lists, o->event->list),
                                          .person = o->party->person,
                                          .address = o->party->address,
                                          .object = o->event->id,
                                          .details = details,
                                          .language = language,
                                          .values = values,
                                          .in_reply_to = o->arrival->mail->message_id,
                                          .is_answer = true },
                  is_asked, error);
}

/* The same, as the answer to a mail of theirs to us. */
static bool show(struct organizing *o, const struct event *after, const struct change *change,
                 const GPtrArray *wrong, GError **error)
{
  bool is_asked = false;
  return change_ask(o, after, change, wrong, &is_asked, error) &&
         host_asked(o, is_asked, "The organiser is shown how the event would be.");
}

/* Is there anything that would be otherwise? */
bool change_differs(const struct event *before, const struct event *after, const struct change *change)
{
  if (!change->what || strcmp(change->what, "which") == 0) return false;
  if (strcmp(change->what, "change") == 0) return fields_differ(before, after) != 0;
  if (strcmp(change->what, "back") == 0) return strcmp(before->state, "cancelled") == 0;
  if (strcmp(change->what, "close") == 0) return strcmp(before->state, "open") == 0;
  if (strcmp(change->what, "reopen") == 0) return strcmp(before->state, "closed") == 0;
  return true;
}

/* Reads a mail against the event as it is (or as it was proposed), and asks. */
static bool propose(struct organizing *o, struct event *after, bool *is_taken, GError **error)
{
  struct change change = { 0 };
  g_autoptr(GPtrArray) wrong = g_ptr_array_new_with_free_func(g_free);
  if (!change_read(o->work, o->arrival, after, &change, wrong, error)) return false;
  bool is_held = event_is_held(o->event);
  *is_taken = change_differs(o->event, after, &change) || (is_held && wrong->len > 0);
  if (!is_held && g_strcmp0(change.what, "back") != 0) *is_taken = false;
  bool is_which = event_is_held(o->event) && g_strcmp0(change.what, "which") == 0;
  bool is_done = is_which || !*is_taken || show(o, after, &change, wrong, error);
  if (is_which) *is_taken = true, is_done = change_tell_which(o, error);
  change_clear(&change);
  return is_done;
}

bool change_take(struct organizing *o, bool *is_taken, GError **error)
{
  *is_taken = false;
  if (!event_is_held(o->event) && strcmp(o->event->state, "cancelled") != 0) return true;
  g_autoptr(event_t) after = fields_copy(o->event);
  return propose(o, after, is_taken, error);
}

/* ---- doing ---- */

static void set_state(struct event *event, const char *state)
{
  g_free(event->state);
  event->state = g_strdup(state);
}

/* Everybody is told; calendars take the newer SEQUENCE. */
static void tell_all(struct work *work, struct event *event)
{
  event->sequence++;
  event->stamp = work->now;
  event->next_tick = work->now;
}

/* The dates of a series that were changed, where the series begins at another time now: those of days that it
 * still has stay changed, the others are as the new rule says. */
static bool keep_dates(struct work *work, struct event *event, GError **error)
{
  g_autoptr(GPtrArray) changes = event_dates(work->store, event->id, error);
  if (!changes) return false;
  for (guint i = 0; i < changes->len; i++) {
    struct event_date *change = changes->pdata[i];
    struct wall old, original;
    if (!event_date_remove(work->store, event->id, change->original, error)) return false;
    if (event_date_is_planned(change)) continue;
    if (!wall_read(change->original, &old) || !event_date_on(event, &old, &original)) continue;
    g_autofree char *now = wall_write(&original);
    struct event_date moved = { now, change->starts, change->ends, change->place, change->sequence };
    if (!event_date_put(work->store, event->id, &moved, error)) return false;
  }
  return true;
}

/* It is another time: answers, reminders and the last day for answers begin anew. */
static bool begin_anew(struct work *work, struct event *event, GError **error)
{
  event->is_asked = false;
  g_free(event->reminded);
  event->reminded = g_strdup("");
  return keep_dates(work, event, error) &&
         rsvps_ask_again(work->store, event->id, event->sequence + 1, error) && /* tell_all() makes it that */
         event_move_up(work, event, "", error); /* whom organisers entered need not wait any more */
}

/* Whoever fits now moves up; some fifty a pass. */
static bool fill_places(struct work *work, struct event *event, GError **error)
{
  struct event_count before, after;
  do {
    if (!event_count(work->store, event->id, "", &before, error) || !event_move_up(work, event, "", error) ||
        !event_count(work->store, event->id, "", &after, error))
      return false;
  } while (after.waiting > 0 && after.waiting < before.waiting);
  return true;
}

bool host_fields_changed(struct work *work, const struct event *before, struct event *event, GError **error)
{
  unsigned differ = fields_differ(before, event);
  if ((differ & FIELD_TIME) && !begin_anew(work, event, error)) return false;
  if (differ && !event_schedule(work, event, error)) return false;
  if (differ & (FIELD_TIME | FIELD_SHOWN)) tell_all(work, event);
  if (differ & FIELD_INVITED) event->next_tick = work->now;
  return !(differ & FIELD_PLACES) || fill_places(work, event, error);
}

static bool do_fields(struct work *work, const struct request *request, struct event *event, GError **error)
{
  g_autoptr(event_t) before = fields_copy(event);
  fields_apply(request, event);
  return host_fields_changed(work, before, event, error);
}

bool host_dates_changed(struct work *work, struct event *event, GError **error)
{
  if (!event_schedule(work, event, error)) return false;
  tell_all(work, event);
  return true;
}

void host_event_off(struct work *work, struct event *event)
{
  set_state(event, "cancelled");
  event->next_at = 0;
  tell_all(work, event);
}

/* What was off stands again. Whoever had answered has made other plans since, so all are asked anew. */
static bool do_back(struct work *work, const struct request *request, struct event *event, GError **error)
{
  fields_apply(request, event);
  set_state(event, "open");
  if (!begin_anew(work, event, error) || !event_schedule(work, event, error)) return false;
  tell_all(work, event);
  return true;
}

static bool do_date(struct work *work, const char *line, struct event *event, GError **error)
{
  g_auto(GStrv) parts = g_strsplit(line, " ", 4);
  if (g_strv_length(parts) < 4) return true;
  for (int i = 1; i < 4; i++)
    if (strcmp(parts[i], "-") == 0) *parts[i] = '\0';
  g_autofree char *place = g_uri_unescape_string(parts[3], NULL);
  const struct event_date date = { parts[0], parts[1], parts[2], place ? place : (char *)"",
                                   event->sequence + 1 };
  return event_date_put(work->store, event->id, &date, error);
}

static bool do_dates(struct work *work, const struct request *request, struct event *event, GError **error)
{
  g_autofree char *dates = request_detail(request, "dates");
  g_auto(GStrv) lines = g_strsplit(dates ? dates : "", ",", -1);
  for (char **line = lines; *line; line++)
    if (!do_date(work, *line, event, error)) return false;
  return host_dates_changed(work, event, error);
}

static bool do_change(struct work *work, const struct request *request, const char *what, struct event *event,
                      GError **error)
{
  bool is_new_room = false;
  if (strcmp(what, "change") == 0) return do_fields(work, request, event, error);
  if (strcmp(what, "date") == 0) return do_dates(work, request, event, error);
  if (strcmp(what, "back") == 0) return do_back(work, request, event, error);
  if (strcmp(what, "room") == 0) return room_renew(work, event, &is_new_room, error);
  if (strcmp(what, "off") == 0) {
    host_event_off(work, event);
    return true;
  }
  set_state(event, strcmp(what, "close") == 0 ? "closed" : "open");
  return event_schedule(work, event, error);
}

/* Told in a line: it is so now, or it stays as it was. */
static bool tell(struct organizing *o, const char *what, bool is_done, unsigned differ, GError **error)
{
  g_autoptr(value_t) values = value_new();
  value_set_flag(values, "done", is_done);
  value_set_flag(values, "kept", !is_done);
  value_set_flag(values, "off", is_done && strcmp(what, "off") == 0);
  value_set_flag(values, "closes", is_done && strcmp(what, "close") == 0);
  value_set_flag(values, "reopens", is_done && strcmp(what, "reopen") == 0);
  value_set_flag(values, "new_room", is_done && strcmp(what, "room") == 0);
  bool is_back = strcmp(what, "back") == 0;
  bool is_told = is_back || strcmp(what, "room") == 0 || strcmp(what, "date") == 0 ||
                 strcmp(what, "off") == 0 || (differ & (FIELD_TIME | FIELD_SHOWN));
  value_set_flag(values, "tells", is_done && is_told);
  value_set_flag(values, "asks_again", is_done && (is_back || (differ & FIELD_TIME)));
  return organizing_send(o, "event_changed", values, error);
}

/* Is it still off, and ahead? */
static bool may_come_back(const struct work *work, const struct request *request, const struct event *event)
{
  g_autoptr(event_t) after = fields_copy(event);
  fields_apply(request, after);
  return strcmp(event->state, "cancelled") == 0 && change_is_ahead(work, after);
}

static bool carry_out(struct organizing *o, const struct request *request, GError **error)
{
  g_autofree char *what = request_detail(request, "what");
  g_autoptr(event_t) before = fields_copy(o->event);
  bool is_back = g_strcmp0(what, "back") == 0;
  bool may = is_back ? may_come_back(o->work, request, o->event) : event_is_held(o->event);
  if (!what || !may) {
    g_autoptr(value_t) values = value_new();
    return requests_end(o->work, o->arrival, request, "settled", error) &&
           organizing_send(o, "event_closed", values, error);
  }
  return requests_end(o->work, o->arrival, request, "yes", error) &&
         do_change(o->work, request, what, o->event, error) && event_put(o->work->store, o->event, error) &&
         tell(o, what, true, fields_differ(before, o->event), error) &&
         organizing_done(o, "The organiser has changed the event.");
}

static bool keep(struct organizing *o, const struct request *request, GError **error)
{
  return requests_end(o->work, o->arrival, request, "no", error) && tell(o, "", false, 0, error) &&
         organizing_done(o, "The organiser leaves the event as it is.");
}

/* Does it name the time that stands, and nothing else ("wir bleiben bei Samstag")? That is a no. `after`: as
 * it reads against what was proposed. */
static bool names_what_stands(const struct organizing *o, const struct event *proposed,
                              const struct event *after, bool *is_it, GError **error)
{
  struct change change = { 0 };
  *is_it = false;
  if (!fields_differ(proposed, after)) return true;
  g_autoptr(event_t) now = fields_copy(o->event);
  g_autoptr(GPtrArray) wrong = g_ptr_array_new_with_free_func(g_free);
  bool is_read = change_read(o->work, o->arrival, now, &change, wrong, error);
  *is_it =
      is_read && wrong->len == 0 && g_strcmp0(change.what, "change") == 0 && !fields_differ(o->event, now);
  change_clear(&change);
  return is_read;
}

/* "Letzter Termin ist der 30. September", as the letter proposes where dates would be lost: that is said of the
 * series as it is, not of one that begins behind that day. */
static bool ends_what_stands(const struct organizing *o, const struct event *proposed, bool *ends,
                             GError **error)
{
  struct wall first, last;
  g_autoptr(GPtrArray) changes = event_dates(o->work->store, o->event->id, error);
  if (!changes) return false;
  *ends = false;
  const struct passage *passage = o->arrival->understanding->passage;
  for (const struct phrase_hit *hit = host_first(passage, "event.change"); hit && !*ends;
       hit = passage_find(passage, hit->tag, hit->first + 1))
    *ends = strcmp(hit->value, "until") == 0;
  *ends = *ends && change_dates_lost(o->work, o->event, proposed, changes, &first, &last);
  return true;
}

/* A yes, a no, or once more something else. "Ja" with the very lines of the letter is a yes. */
bool change_decide(struct organizing *o, const struct answering *answering, enum answer *answer,
                   GError **error)
{
  const struct request *request = answering->request;
  *answer = answer_said(o->arrival, answering->purpose);
  g_autoptr(event_t) proposed = fields_copy(o->event);
  fields_apply(request, proposed);
  bool ends = false;
  if (!ends_what_stands(o, proposed, &ends, error)) return false;
  if (ends) event_free(proposed), proposed = fields_copy(o->event);
  g_autoptr(event_t) after = fields_copy(proposed);
  struct change change = { 0 };
  g_autoptr(GPtrArray) wrong = g_ptr_array_new_with_free_func(g_free);
  bool stays = false;
  bool is_read = change_read(o->work, o->arrival, after, &change, wrong, error) &&
                 names_what_stands(o, proposed, after, &stays, error);
  g_autofree char *what = request_detail(request, "what");
  bool is_of_back = g_strcmp0(what, "back") == 0 && g_strcmp0(change.what, "change") == 0;
  if (is_of_back) change.what = "back"; /* "ja, aber um vier" */
  bool is_same = !change.what || g_strcmp0(change.what, what) == 0;
  bool is_other = !is_same || change.dates;
  if (stays && *answer != ANSWER_YES) *answer = ANSWER_NO;
  bool is_new = wrong->len > 0 || fields_differ(proposed, after) || (is_other && *answer == ANSWER_NONE);
  if (stays && *answer == ANSWER_NO) is_new = false;
  bool is_done = is_read;
  if (is_read && g_strcmp0(change.what, "which") == 0) return change_tell_which(o, error);
  if (is_read && is_new) is_done = show(o, after, &change, wrong, error);
  change_clear(&change);
  if (!is_done || is_new) *answer = ANSWER_NONE;
  if (!is_done || is_new) return is_done;
  if (*answer == ANSWER_YES) return carry_out(o, request, error);
  if (*answer == ANSWER_NO) return keep(o, request, error);
  *answer = ANSWER_NONE;
  g_autoptr(value_t) values = value_new();
  value_set_text(values, "subject", o->arrival->mail->subject);
  return requests_tell(o->work, o->arrival, request, "request_again", values, true, error) &&
         organizing_done(o, "It says neither yes nor no to the change; it is asked once more.");
}

bool event_change_decide(struct work *work, const struct arrival *arrival, const struct answering *answering,
                         struct decision *decision, GError **error)
{
  g_autoptr(event_t) event = NULL;
  g_autoptr(event_party_t) party = NULL;
  bool is_there = false;
  enum answer answer;
  if (!host_of_answer(work, arrival, answering, decision, &event, &party, &is_there, error)) return false;
  if (!is_there) return true;
  struct organizing o = { work, arrival, event, party, decision };
  return change_decide(&o, answering, &answer, error);
}
