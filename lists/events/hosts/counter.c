/* "Andere Zeit": somebody's calendar proposes one (iTIP COUNTER, RFC 5546 section 3.2.7). Each organiser
 * reads who proposes what, as a question: their yes moves the event, or the date of its series, as every
 * change of theirs does (change.c); their no tells who proposed it (section 3.2.8). The first who answers
 * settles it. Who proposes counts as a maybe; answer.c sees to it, and to whether it is theirs to propose.
 *
 * No question is made of a time that lies behind us, or of one for a whole series, whose rule it does not
 * say: that is told, and the organiser decides in words. */
#include "lists/events/hosts/host.h"

#include "lists/list_cache.h"

#include "lib/base/fault.h"
#include "lib/mail/calendar_event.h"
#include "lib/text/days/wall_text.h"
#include "lib/text/template.h"

#include <string.h>

/* The event as it would be, or (what "date") one date of its series. `now`: the time that stands, as text. */
struct proposal {
  struct event *after;
  struct change change;
  char *now;
};

static void proposal_clear(struct proposal *it)
{
  event_free(it->after);
  change_clear(&it->change);
  g_free(it->now);
}

/* The time that stands of the event or of a date; "": that date is off. Caller frees; NULL: fault. */
static char *time_now(struct work *work, const struct event *event, const char *original, GError **error)
{
  g_autoptr(GPtrArray) changes = *original ? event_dates(work->store, event->id, error) : NULL;
  if (*original && !changes) return NULL;
  const struct event_date *change = changes ? event_change_of(changes, original) : NULL;
  if (!*original) return g_strconcat(event->starts, "/", event->ends, NULL);
  return g_strdup(change ? change->starts : original);
}

/* One date of a series at another time, where it was. */
static GPtrArray *date_moved(const char *original, const char *starts, const char *ends)
{
  struct event_date *date = g_new(struct event_date, 1);
  *date = (struct event_date){ g_strdup(original), g_strdup(starts), g_strdup(ends), g_strdup(""), 0 };
  GPtrArray *dates = g_ptr_array_new_with_free_func((GDestroyNotify)event_date_free);
  g_ptr_array_add(dates, date);
  return dates;
}

static bool proposal_make(struct work *work, const struct event *event, const char *original,
                          const char *starts, const char *ends, struct proposal *it, GError **error)
{
  *it = (struct proposal){ .after = fields_copy(event), .now = time_now(work, event, original, error) };
  if (!it->now) return false;
  it->change.what = *original ? "date" : "change";
  if (*original) {
    it->change.dates = date_moved(original, starts, ends);
    return true;
  }
  g_free(it->after->starts), g_free(it->after->ends);
  it->after->starts = g_strdup(starts), it->after->ends = g_strdup(ends);
  return true;
}

/* ---- asking ---- */

/* Somebody's proposal on its way to the organisers. */
struct telling {
  struct work *work;
  const struct arrival *arrival;
  const struct event *event;
  const struct event_party *who;
  const struct counter *counter;
};

static bool put_values(const struct telling *t, const char *language, struct value *values, bool asks,
                       GError **error)
{
  const struct calendar_event *proposed = t->counter->proposed;
  const char *comment = t->counter->comment;
  g_autofree char *de = wall_in_words(&proposed->start, &proposed->end, "de");
  g_autofree char *en = wall_in_words(&proposed->start, &proposed->end, "en");
  g_autofree char *name = event_party_called(t->who);
  struct wall date;
  value_set_text(values, "who", name);
  value_set_text(values, "proposed", de);
  value_set_text(values, "proposed_en", en);
  value_set_text(values, "comment", comment && *comment ? comment : NULL);
  value_set_flag(values, "asks", asks);
  if (!event_values(t->work, t->event, values, language, error)) return false;
  if (!wall_read(t->counter->original, &date)) return true;
  g_autofree char *of = wall_in_words(&date, &(struct wall){ 0 }, language);
  value_set_text(values, "date", of);
  return true;
}

/* What the question has to know: what would be, whether it is still the same event that it was asked of. */
static char *details_of(const struct telling *t, const struct proposal *it, const char *starts,
                        const char *ends)
{
  g_autofree char *fields = change_fields(t->event, it->after, &it->change);
  return g_strdup_printf("%soriginal=%s\nto=%s/%s\nof=%s\n", fields, t->counter->original, starts, ends,
                         it->now);
}

static bool ask(const struct telling *t, const struct event_party *organizer, const char *details,
                GError **error)
{
  g_autofree char *language = event_language(t->work, t->event, organizer, error);
  g_autoptr(value_t) values = value_new();
  return language && put_values(t, language, values, true, error) &&
         requests_ask(t->work,
                      &(struct question_out){ .purpose = "event_counter",
                                              .list = list_cache_by_id(t->work->lists, t->event->list),
                                              .person = organizer->person,
                                              .address = organizer->address,
                                              .object = t->who->id,
                                              .details = details,
                                              .language = language,
                                              .values = values },
                      NULL, error);
}

/* Told alone: nothing that a yes could do. */
static bool tell(const struct telling *t, struct event_party *organizer, GError **error)
{
  g_autofree char *language = event_language(t->work, t->event, organizer, error);
  g_autoptr(value_t) values = value_new();
  return language && put_values(t, language, values, false, error) &&
         event_send(t->work,
                    &(struct event_letter){
                        .purpose = "event_counter", .event = t->event, .party = organizer, .values = values },
                    error);
}

/* The questions about what somebody proposed, ended: a newer one counts, or an organiser has answered. */
static bool settle(struct work *work, const struct arrival *arrival, int64_t who, GError **error)
{
  g_autoptr(GPtrArray) open = requests_about(work->store, "event_counter", who, error);
  for (guint i = 0; open && i < open->len; i++)
    if (!requests_end(work, arrival, open->pdata[i], "settled", error)) return false;
  return open != NULL;
}

/* Could a yes do it? */
static bool may_ask(const struct telling *t, const struct proposal *it)
{
  bool is_ahead = wall_seconds(&t->counter->proposed->start, t->event->zone) > t->work->now;
  bool is_rule = *t->event->rule && !*t->counter->original;
  return is_ahead && !is_rule && *it->now && change_differs(t->event, it->after, &it->change);
}

static bool tell_all(const struct telling *t, const struct proposal *it, const char *details, GError **error)
{
  g_autoptr(GPtrArray) parties = event_organizers(t->work->store, t->event->id, error);
  bool asks = may_ask(t, it);
  if (!parties || !settle(t->work, t->arrival, t->who->id, error)) return false;
  for (guint i = 0; i < parties->len; i++)
    if (!(asks ? ask(t, parties->pdata[i], details, error) : tell(t, parties->pdata[i], error))) return false;
  return true;
}

bool event_counter_tell(struct work *work, const struct arrival *arrival, const struct event *event,
                        const struct event_party *who, const struct counter *counter, GError **error)
{
  const struct telling telling = { work, arrival, event, who, counter };
  const struct wall *start = &counter->proposed->start, *said = &counter->proposed->end;
  struct wall end = said->year ? *said : event_end_of(event, start);
  g_autofree char *starts = wall_write(start), *ends = end.year ? wall_write(&end) : g_strdup("");
  struct proposal it;
  bool is_done = proposal_make(work, event, counter->original, starts, ends, &it, error);
  g_autofree char *details = is_done ? details_of(&telling, &it, starts, ends) : NULL;
  is_done = is_done && tell_all(&telling, &it, details, error);
  proposal_clear(&it);
  return is_done;
}

/* ---- deciding ---- */

/* It stays as it is: who proposed it is told, and may say whether they come all the same. */
static bool decline(struct organizing *o, const struct request *request, GError **error)
{
  GError *failed = NULL;
  g_autoptr(event_party_t) who = event_party_get(o->work->store, request->object, &failed);
  if (fault_hand_on(failed, error)) return false;
  if (!who || who->event != o->event->id || !event_is_held(o->event)) return true;
  g_autofree char *language = event_language(o->work, o->event, who, error);
  g_autofree char *to = request_detail(request, "to"), *original = request_detail(request, "original");
  g_auto(GStrv) times = g_strsplit(to ? to : "", "/", 2);
  struct wall start = { 0 }, end = { 0 }, date;
  if (!language) return false;
  if (times[0]) wall_read(times[0], &start);
  if (times[0] && times[1]) wall_read(times[1], &end);
  g_autofree char *proposed = wall_in_words(&start, &end, language);
  bool is_date = wall_read(original ? original : "", &date);
  g_autofree char *of = is_date ? wall_in_words(&date, &(struct wall){ 0 }, language) : NULL;
  g_autoptr(value_t) values = value_new();
  value_set_text(values, "proposed", proposed);
  value_set_text(values, "date", of);
  return event_send(o->work,
                    &(struct event_letter){
                        .purpose = "event_counter_no", .event = o->event, .party = who, .values = values },
                    error);
}

/* A yes to what was proposed when the event was at another time: how it would be now is shown first. */
static bool show_anew(struct organizing *o, const struct request *request, bool *is_old, GError **error)
{
  g_autofree char *to = request_detail(request, "to"), *original = request_detail(request, "original");
  g_autofree char *of = request_detail(request, "of");
  g_auto(GStrv) times = g_strsplit(to ? to : "", "/", 2);
  *is_old = false;
  if (g_strv_length(times) < 2 || !original) return true;
  struct proposal it;
  bool is_done = proposal_make(o->work, o->event, original, times[0], times[1], &it, error), is_asked = false;
  *is_old = is_done && g_strcmp0(of, it.now) != 0;
  g_autoptr(GPtrArray) wrong = g_ptr_array_new();
  if (*is_old && change_differs(o->event, it.after, &it.change))
    is_done =
        change_ask(o, it.after, &it.change, wrong, &is_asked, error) &&
        host_asked(o, is_asked, "The event has changed meanwhile; the organiser is shown how it would be.");
  proposal_clear(&it);
  return is_done;
}

bool event_counter_decide(struct work *work, const struct arrival *arrival, const struct answering *answering,
                          struct decision *decision, GError **error)
{
  g_autoptr(event_t) event = NULL;
  g_autoptr(event_party_t) party = NULL, who = NULL;
  GError *failed = NULL;
  bool is_there = false, is_old = false;
  const struct request *request = answering->request;
  who = event_party_get(work->store, request->object, &failed);
  if (fault_hand_on(failed, error)) return false;
  int64_t of = who ? who->event : 0;
  if (!host_of_event(work, arrival, answering, of, decision, &event, &party, &is_there, error)) return false;
  if (!is_there) return true;
  struct organizing o = { work, arrival, event, party, decision };
  bool is_yes = answer_said(arrival, answering->purpose) == ANSWER_YES;
  if (is_yes && event_is_held(event) && !show_anew(&o, request, &is_old, error)) return false;
  if (is_old) return settle(work, arrival, request->object, error);
  enum answer answer = ANSWER_NONE;
  if (!change_decide(&o, answering, &answer, error)) return false;
  if (answer == ANSWER_NO && !decline(&o, request, error)) return false;
  return answer == ANSWER_NONE || settle(work, arrival, request->object, error);
}
