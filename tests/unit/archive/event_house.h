/* A house with events: how a page's test calls people together, and changes what was called. */
#ifndef TESTS_ARCHIVE_EVENT_HOUSE_H
#define TESTS_ARCHIVE_EVENT_HOUSE_H

#include "lib/base/clock.h"
#include "lib/store/events/event_shelves.h"
#include "tests/unit/archive/archive_trees.h"

struct called {
  int64_t list, region, message;
  const char *title, *text, *place, *starts, *ends, *rule, *state, *audience;
};

static inline void set_text(char **field, const char *text)
{
  g_free(*field);
  *field = g_strdup(text ? text : "");
}

static inline void put_party(struct house *house, const struct event *it, const char *role, const char *name,
                             struct event_party *party)
{
  g_autofree char *address = g_strdup_printf("%s@post.example", role);
  *party =
      (struct event_party){ .event = it->id, .role = (char *)role, .address = address, .name = (char *)name };
  must(event_party_put(house->store, party, NOW, &why));
  party->address = NULL;
}

/* Opens an event as lists/events does: a draft, then its organiser's yes. */
static inline struct event *call(struct house *house, const struct called *called)
{
  struct event *it = event_new("Europe/Berlin");
  static int uids;
  g_free(it->uid);
  it->uid = g_strdup_printf("%d@kiez.example", ++uids);
  set_text(&it->title, called->title);
  set_text(&it->text, called->text);
  set_text(&it->place, called->place);
  set_text(&it->starts, called->starts);
  set_text(&it->ends, called->ends);
  set_text(&it->rule, called->rule);
  if (called->audience) set_text(&it->audience, called->audience);
  it->list = called->list;
  it->region = called->region;
  it->message = called->message;
  must(store_begin(house->store, &why));
  must(event_create(house->store, it, 2026, NOW, &why));
  struct event_party party;
  put_party(house, it, "organizer", "Lothar Grünberg", &party);
  set_text(&it->state, called->state ? called->state : "open");
  must(event_put(house->store, it, &why));
  must(store_commit(house->store, &why));
  return it;
}

static inline void put(struct house *house, struct event *it)
{
  it->sequence++;
  it->stamp += 60;
  must(store_begin(house->store, &why));
  must(event_put(house->store, it, &why));
  must(store_commit(house->store, &why));
  house_publish(house);
}

static inline void put_date(struct house *house, const struct event *it, const char *original,
                            const char *starts, const char *place)
{
  const struct event_date date = {
    .original = (char *)original, .starts = (char *)starts, .ends = (char *)"", .place = (char *)place
  };
  must(store_begin(house->store, &why));
  must(event_date_put(house->store, it->id, &date, &why));
  must(store_commit(house->store, &why));
  house_publish(house);
}

static inline int64_t add_region(struct house *house)
{
  struct region region = {
    .slug = (char *)"gruenau", .number = (char *)"12", .name = (char *)"Grünau", .outline = (char *)""
  };
  must(store_begin(house->store, &why));
  must(region_put(house->store, &region, &why));
  must(store_commit(house->store, &why));
  g_autoptr(GPtrArray) all = regions_all(house->store, NULL);
  return ((struct region *)all->pdata[0])->id;
}

static inline void set_public(struct house *house, int64_t list, bool is_public)
{
  g_autoptr(list_row) row = NULL;
  must(row = list_get(house->store, list, &why));
  row->archive_public = is_public;
  must(store_begin(house->store, &why));
  must(list_update(house->store, row, &why));
  must(store_commit(house->store, &why));
  house_publish(house);
}

static inline struct called feast(struct house *house)
{
  return (struct called){ .list = house_list(house, "gruenau", true),
                          .title = "Hoffest <groß>",
                          .text = "Wir feiern im Hof. Kommt alle!",
                          .place = "Segelfliegerdamm 12",
                          .starts = "2026-05-16T15:00",
                          .ends = "2026-05-16T18:00" };
}

static inline int build(void **state)
{
  clock_fix(NOW);
  return house_build(state);
}

#define EVENT_TEST(name) cmocka_unit_test_setup_teardown(name, build, house_raze)

#endif
