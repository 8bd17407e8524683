/* An organiser says elsewhere what becomes of their event: to the group, in the thread of the mail that
 * called it together or in a new one that names it, or at the address of events. All read it, and nobody's
 * calendar does; so the organiser is asked by letter whether the event shall be so. Nothing changes before
 * their yes, which comes to the question (change.c), so here nothing more than a letter is at stake: it is
 * asked where a sentence says a change outright, or in the thread settles on another time and says no more,
 * and kept silent where it asks, weighs, or tells of another event. */
#include "lists/events/event.h"

#include "lists/events/hosts/host.h"
#include "lists/senders.h"
#include "lists/understand/understand.h"

#include "lib/base/fault.h"
#include "lib/store/threads.h"
#include "lib/text/days/wall_text.h"
#include "lib/text/phrases.h"

#include <string.h>

enum { OWN_LOOKED_AT = 20, LETTERS_OF_A_NAME = 4, TEXT_BYTES = 2000 };

/* What a mail says elsewhere of an event. */
struct saying {
  struct work *work;
  const struct arrival *arrival;
  const struct passage *passage; /* where a change is said: the text, or the subject alone */
  guint at;                      /* the word of change */
  int64_t thread;                /* 0: none */
};

/* A word of a name, as it is written within others ("Hoffestes"); short ones and general ones are none. */
static bool is_of_name(const struct lexeme *word, const struct passage *name)
{
  const guint general = phrases_tag("event.any");
  for (guint i = 0; i < name->lexemes->count; i++) {
    const struct lexeme *own = &name->lexemes->at[i];
    bool tells = own->kind == LEXEME_WORD && strlen(own->folded) >= LETTERS_OF_A_NAME && own->is_capital &&
                 !passage_at(name, general, i);
    if (tells && g_str_has_prefix(word->folded, own->folded)) return true;
  }
  return false;
}

static bool names_it(const struct passage *passage, guint first, guint end, const struct passage *name)
{
  for (guint i = first; i < end; i++)
    if (is_of_name(&passage->lexemes->at[i], name)) return true;
  return false;
}

/* Does the sentence tell of an event by a word that is not in this one's name: "die Chorprobe"? */
static bool names_another(const struct passage *passage, guint first, guint end, const struct passage *name)
{
  const guint tag = phrases_tag("word.event"), general = phrases_tag("event.any");
  for (guint i = first; i < end; i++)
    if (passage_at(passage, tag, i) && !passage_at(passage, general, i) &&
        passage->lexemes->at[i].is_capital && !is_of_name(&passage->lexemes->at[i], name))
      return true;
  return false;
}

/* The first sentence that says a change outright. False: none. */
static bool finds_change(const struct passage *passage, guint *at)
{
  const guint tag = phrases_tag("event.change"), open = phrases_tag("event.open");
  for (const struct phrase_hit *hit = passage_find(passage, tag, 0); hit;
       hit = passage_find(passage, tag, hit->first + 1)) {
    guint first, end;
    passage_sentence(passage, hit->first, &first, &end);
    bool is_asked = lexeme_is(&passage->lexemes->at[end], "?") ||
                    (end > first && lexeme_is(&passage->lexemes->at[end - 1], "?"));
    const struct phrase_hit *weighed = passage_find(passage, open, first);
    const struct phrase_hit *weather = passage_find(passage, phrases_tag("event.weather"), first);
    *at = hit->first;
    if (!is_asked && !(weighed && weighed->first < hit->first) && !(weather && weather->first < end))
      return true;
  }
  return false;
}

static const struct date_found *date_at(const GArray *dates, guint at)
{
  for (guint i = 0; i < dates->len; i++) {
    const struct date_found *date = &g_array_index(dates, struct date_found, i);
    if (date->first <= at && at < date->end) return date;
  }
  return NULL;
}

/* Does a sentence hold nothing but times and words that settle on one: "Dann Sonntag um vier"? */
static bool settles_on_time(const struct understanding *it, guint first, guint end)
{
  const guint tag = phrases_tag("event.then");
  bool settles = false;
  for (guint at = first; at < end;) {
    const struct lexeme *lexeme = &it->passage->lexemes->at[at];
    const struct date_found *date = date_at(it->dates, at);
    const struct phrase_hit *hit = date ? NULL : passage_at(it->passage, tag, at);
    bool is_time = date && !date->is_past && !date->is_deadline && date->start.year;
    bool is_mark = lexeme->kind == LEXEME_MARK && !lexeme_is(lexeme, "?");
    if (date ? !is_time : !hit && !is_mark) return false;
    settles = settles || hit;
    at = date ? date->end : hit ? hit->end : at + 1;
  }
  return settles && !lexeme_is(&it->passage->lexemes->at[end], "?");
}

/* Another time, and nothing else in its sentence. False: none is said so. */
static bool finds_bare_time(const struct understanding *it, guint *at)
{
  for (guint i = 0; i < it->dates->len; i++) {
    guint first, end;
    *at = g_array_index(it->dates, struct date_found, i).first;
    passage_sentence(it->passage, *at, &first, &end);
    if (settles_on_time(it, first, end)) return true;
  }
  return false;
}

/* Is it said of this event? In its thread where no other one is named; elsewhere where its name is. */
static bool is_said_of(const struct saying *s, const struct event *event, bool *is_of, GError **error)
{
  GError *failed = NULL;
  guint first, end;
  passage_sentence(s->passage, s->at, &first, &end);
  g_autoptr(passage_t) name = passage_new(event->title, NULL, TEXT_BYTES);
  const struct passage *subject = s->arrival->understanding->subject;
  bool is_named = names_it(s->passage, first, end, name) ||
                  (subject && names_it(subject, 0, subject->lexemes->count, name));
  *is_of = false;
  if (!names_it(s->passage, first, end, name) && names_another(s->passage, first, end, name)) return true;
  g_autoptr(message_row) call =
      s->thread && event->message && !is_named ? message_get(s->work->store, event->message, &failed) : NULL;
  *is_of = is_named || (call && call->thread == s->thread);
  return !fault_hand_on(failed, error);
}

/* Of an event without dates: is the day that goes with "fällt aus" another one than its own? */
static bool is_of_another_day(const struct saying *s, const struct event *event, const struct change *change)
{
  struct wall start;
  if (g_strcmp0(change->what, "off") != 0 || !wall_read(event->starts, &start)) return false;
  const GArray *dates = s->arrival->understanding->dates;
  for (guint i = 0; i < dates->len; i++) {
    const struct wall *day = &g_array_index(dates, struct date_found, i).start;
    if (day->year && (day->day != start.day || day->month != start.month)) return true;
  }
  return false;
}

/* Asks about it, if the mail changes anything of it. */
static bool ask_about(const struct saying *s, struct event *event, struct event_party *party,
                      struct decision *decision, bool *is_asked, GError **error)
{
  struct organizing o = { s->work, s->arrival, event, party, decision };
  struct change change = { 0 };
  struct understanding said = *s->arrival->understanding;
  struct arrival arrival = *s->arrival;
  said.passage = (struct passage *)s->passage;
  arrival.understanding = &said;
  g_autoptr(event_t) after = fields_copy(event);
  g_autoptr(GPtrArray) wrong = g_ptr_array_new_with_free_func(g_free);
  bool is_done = change_read(s->work, &arrival, after, &change, wrong, error);
  if (is_done && change_differs(event, after, &change) && !is_of_another_day(s, event, &change))
    is_done = change_ask(&o, after, &change, wrong, is_asked, error);
  change_clear(&change);
  return is_done;
}

static bool look_at(const struct saying *s, const struct event_party *own, struct decision *decision,
                    bool *is_asked, GError **error)
{
  GError *failed = NULL;
  bool is_of = false;
  g_autoptr(event_t) event = event_get(s->work->store, own->event, &failed);
  g_autoptr(event_party_t) party = failed ? NULL : event_party_get(s->work->store, own->id, &failed);
  if (fault_hand_on(failed, error)) return false;
  if (!event || !party || !event_is_held(event)) return true;
  if (!is_said_of(s, event, &is_of, error)) return false;
  return !is_of || ask_about(s, event, party, decision, is_asked, error);
}

bool events_said_elsewhere(struct work *work, const struct arrival *arrival, const struct sender *sender,
                           int64_t thread, struct decision *decision, bool *is_asked, GError **error)
{
  const struct understanding *it = arrival->understanding;
  struct saying s = { .work = work, .arrival = arrival, .thread = thread };
  *is_asked = false;
  if (!it || !sender->person || !arrival->mail->auth.is_authenticated) return true;
  s.passage = it->passage;
  bool is_bare = !finds_change(s.passage, &s.at) && thread && finds_bare_time(it, &s.at);
  if (!is_bare && !finds_change(s.passage, &s.at)) s.passage = it->subject;
  if (!s.passage || (s.passage == it->subject && !finds_change(s.passage, &s.at))) return true;
  g_autoptr(GPtrArray) own = event_parties_organizing(work->store, sender->person, OWN_LOOKED_AT, error);
  for (guint i = 0; own && i < own->len && !*is_asked; i++)
    if (!look_at(&s, own->pdata[i], decision, is_asked, error)) return false;
  return own != NULL;
}
