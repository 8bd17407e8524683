/* Events for make_archive: a feast with places, a series with dates that differ, one that was called off, and
 * what must not be seen: a draft, one of a list that is not public, names and telephone numbers. */
#ifndef TESTS_TOOLS_ARCHIVE_EVENTS_H
#define TESTS_TOOLS_ARCHIVE_EVENTS_H

#include "lib/store/events/event_shelves.h"

struct made_event {
  int64_t list, region;
  const char *title, *text, *place, *starts, *ends, *rule, *state, *bring;
  int capacity, people;
};

static inline void set_event_text(char **field, const char *text)
{
  g_free(*field);
  *field = g_strdup(text ? text : "");
}

static inline bool make_answer(struct store *store, const struct event *it, int people, int64_t now,
                               GError **error)
{
  struct event_party party = { .event = it->id,
                               .role = (char *)"invited",
                               .address = (char *)"erika.mustermann@mail.example",
                               .name = (char *)"Erika Mustermann" };
  if (!event_party_put(store, &party, now, error)) return false;
  const struct rsvp rsvp = { .event = it->id,
                             .original = (char *)"",
                             .party = party.id,
                             .answer = (char *)"yes",
                             .people = people,
                             .comment = (char *)"Geheim: bringe Kuchen",
                             .source = (char *)"words",
                             .at = now };
  return rsvp_put(store, &rsvp, error);
}

static inline bool make_event(struct store *store, const struct made_event *made, int64_t now, GError **error)
{
  g_autoptr(event_t) it = event_new("Europe/Berlin");
  g_free(it->uid);
  it->uid = g_strdup_printf("%s-%s@kiez.example", made->starts, made->state);
  set_event_text(&it->title, made->title);
  set_event_text(&it->text, made->text);
  set_event_text(&it->place, made->place);
  set_event_text(&it->bring, made->bring);
  set_event_text(&it->starts, made->starts);
  set_event_text(&it->ends, made->ends);
  set_event_text(&it->rule, made->rule);
  it->list = made->list;
  it->region = made->region;
  it->capacity = made->capacity;
  if (!event_create(store, it, 2026, now, error)) return false;
  struct event_party party = { .event = it->id,
                               .role = (char *)"organizer",
                               .address = (char *)"lothar.g@mail.example",
                               .name = (char *)"Lothar Grünberg" };
  if (!event_party_put(store, &party, now, error)) return false;
  if (strcmp(made->state, "draft") == 0) return true;
  set_event_text(&it->state, "open");
  if (!event_put(store, it, error)) return false;
  set_event_text(&it->state, made->state);
  if (!event_put(store, it, error)) return false;
  return !made->people || make_answer(store, it, made->people, now, error);
}

static inline bool make_events(struct store *store, int64_t open, int64_t quiet, int64_t now, GError **error)
{
  const struct made_event events[] = {
    { open, 2, "Hoffest in der Büxensteinallee <b>&amp; Flohmarkt</b>",
      "Wir räumen den Hof auf und feiern danach.\n\nWer Tische hat, bringt sie mit: "
      "https://hof.example/tische\n\n"
      "Fragen an lothar.gruenberg@posteo.example oder 030 651 23 45.\n\nViele Grüße\nLothar Grünberg",
      "Büxensteinallee 5, im Hof", "2030-05-18T15:00", "2030-05-18T18:30", "", "open",
      "Kuchen und gute Laune", 40, 3 },
    { open, 2, "Chorprobe", "Wer mitsingen will, kommt einfach.", "Gemeindesaal", "2026-03-10T19:00",
      "2026-03-10T21:00", "FREQ=WEEKLY;BYDAY=TU", "open", "", 0, 0 },
    { open, 0, "Flohmarkt am Teltowkanal", "", "Uferweg", "2030-06-01", "2030-06-02", "", "cancelled", "", 0,
      0 },
    { open, 0, "Geheimer Entwurf", "Geheim", "Bahnhofstr. 3", "2030-05-20T18:00", "", "", "draft", "", 0, 0 },
    { quiet, 0, "Geheimes Treffen", "Geheim", "Bahnhofstr. 3", "2030-05-21T18:00", "", "", "open", "", 0, 0 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(events); i++)
    if (!make_event(store, &events[i], now, error)) return false;
  const struct event_date dates[] = {
    { (char *)"2026-03-24T19:00", (char *)"", (char *)"", (char *)"", 1 },
    { (char *)"2026-03-31T19:00", (char *)"2026-04-01T20:00", (char *)"", (char *)"Turnhalle", 1 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(dates); i++)
    if (!event_date_put(store, 2, &dates[i], error)) return false;
  return true;
}

#endif
