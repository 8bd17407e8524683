/* kiezpost show events, event, rsvps: what people were called together for, and who comes. Unlike the
 * public's pages this says names and comments: whoever may read the store may read them. */
#include "mta-hooks/show/show.h"

#include "lib/base/fault.h"
#include "lib/store/cases/case_shelves.h"
#include "lib/store/events/event_shelves.h"
#include "lib/store/events/polls.h"
#include "lib/text/dates/dates.h"
#include "lib/text/days/wall_text.h"
#include "mta-hooks/verbs/list_named.h"

#include <stdio.h>
#include <string.h>

enum { YEAR_MIN = 1970, YEAR_MAX = 9999 };

static const char *filled(const char *text)
{
  return *text ? text : NULL;
}

/* A planned moment as RFC 3339, of a whole day its day; nothing where it is not known. */
static void put_moment(struct sheet *sheet, const char *field, const char *text, const char *zone)
{
  struct wall wall;
  g_autofree char *moment = wall_read(text, &wall) ? wall_format(&wall, zone) : NULL;
  sheet_text(sheet, field, moment);
}

static void put_degrees(struct sheet *sheet, const char *field, bool is_known, double degrees)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  if (sheet->is_json && is_known)
    json_put_real(sheet->json, field, degrees);
  else
    sheet_text(sheet, field, is_known ? g_ascii_formatd(text, sizeof text, "%.6f", degrees) : NULL);
}

static void put_what(struct show *show, const struct event *it)
{
  struct sheet *sheet = &show->sheet;
  g_autofree char *number = g_strdup_printf("%d/%d", it->year, it->number);
  sheet_number(sheet, "id", it->id);
  sheet_text(sheet, "number", number);
  sheet_text(sheet, "uid", it->uid);
  sheet_text(sheet, "title", it->title);
  put_moment(sheet, "start", it->starts, it->zone);
  put_moment(sheet, "end", it->ends, it->zone);
  sheet_text(sheet, "zone", it->zone);
  sheet_text(sheet, "rule", filled(it->rule));
  sheet_text(sheet, "place", it->place);
  put_degrees(sheet, "lat", it->has_point, it->lat);
  put_degrees(sheet, "lon", it->has_point, it->lon);
  sheet_text(sheet, "state", it->state);
}

static void put_numbers(struct show *show, const struct event *it, const struct event_count *count)
{
  struct sheet *sheet = &show->sheet;
  if (it->capacity)
    sheet_number(sheet, "capacity", it->capacity);
  else
    sheet_text(sheet, "capacity", NULL);
  sheet_number(sheet, "yes", count->yes);
  sheet_number(sheet, "no", count->no);
  sheet_number(sheet, "maybe", count->maybe);
  sheet_number(sheet, "people", count->people);
  sheet_number(sheet, "waiting", count->waiting_people);
  if (it->attended >= 0) sheet_number(sheet, "attended", it->attended);
}

static void put_how(struct show *show, const struct event *it)
{
  struct sheet *sheet = &show->sheet;
  sheet_text(sheet, "audience", it->audience);
  sheet_text(sheet, "strangers", it->strangers);
  sheet_text(sheet, "answer_by", filled(it->answer_by));
  sheet_text(sheet, "bring", filled(it->bring));
  sheet_flag(sheet, "video", it->is_video);
  sheet_number(sheet, "sequence", it->sequence);
  sheet_time(sheet, "created", it->created);
  sheet_time(sheet, "changed", it->stamp);
  sheet_text(sheet, "text", it->text);
}

/* The dates of a series that are not as its rule says. */
static void put_dates(struct show *show, const struct event *it, const GPtrArray *dates)
{
  struct sheet *sheet = &show->sheet;
  if (sheet->is_json) json_begin_array(sheet->json, "dates");
  for (guint i = 0; i < dates->len; i++) {
    const struct event_date *date = dates->pdata[i];
    struct wall original, start;
    g_autofree char *was = wall_read(date->original, &original) ? wall_format(&original, it->zone) : NULL,
                    *is = wall_read(date->starts, &start) ? wall_format(&start, it->zone) : NULL;
    if (!sheet->is_json) {
      g_autofree char *line =
          g_strdup_printf("%s: %s%s%s", was, is ? is : "off", *date->place ? ", " : "", date->place);
      sheet_text(sheet, "date", line);
      continue;
    }
    json_begin_object(sheet->json, NULL);
    json_put_text(sheet->json, "original", was);
    json_put_text(sheet->json, "start", is);
    json_put_text(sheet->json, "place", filled(date->place));
    json_end_object(sheet->json);
  }
  if (sheet->is_json) json_end_array(sheet->json);
}

/* What may be chosen, and how many can. */
static void put_options(struct show *show, const struct event *it, const struct poll *poll,
                        const GPtrArray *options)
{
  struct sheet *sheet = &show->sheet;
  if (!poll) return;
  sheet_text(sheet, "poll", poll->state);
  sheet_text(sheet, "poll_until", filled(poll->until));
  sheet_number(sheet, "voters", poll->voters);
  if (poll->chosen) sheet_number(sheet, "chosen", poll->chosen);
  if (sheet->is_json) json_begin_array(sheet->json, "options");
  for (guint i = 0; i < options->len; i++) {
    const struct poll_option *option = options->pdata[i];
    struct wall start;
    g_autofree char *moment = wall_read(option->starts, &start) ? wall_format(&start, it->zone) : NULL;
    if (!sheet->is_json) {
      g_autofree char *line = g_strdup_printf("%d) %s: yes %d, maybe %d, no %d, best %d", option->number,
                                              moment, option->yes, option->maybe, option->no, option->liked);
      sheet_text(sheet, "option", line);
      continue;
    }
    json_begin_object(sheet->json, NULL);
    json_put_number(sheet->json, "number", option->number);
    json_put_text(sheet->json, "start", moment);
    json_put_number(sheet->json, "yes", option->yes);
    json_put_number(sheet->json, "maybe", option->maybe);
    json_put_number(sheet->json, "no", option->no);
    json_put_number(sheet->json, "best", option->liked);
    json_end_object(sheet->json);
  }
  if (sheet->is_json) json_end_array(sheet->json);
}

static bool put_event(struct show *show, const struct event *it, GError **error)
{
  GError *failed = NULL;
  bool is_shown = false;
  struct event_count count = { 0 };
  g_autofree char *slug = NULL, *name = NULL;
  g_autoptr(list_row) list = list_get(show->store, it->list, &failed);
  g_autoptr(GPtrArray) dates = failed ? NULL : event_dates(show->store, it->id, &failed);
  g_autoptr(poll_t) poll = failed ? NULL : poll_get(show->store, it->id, &failed);
  g_autoptr(GPtrArray) options = failed || !poll ? NULL : poll_options(show->store, it->id, &failed);
  if (!failed && it->region) case_region(show->store, it->region, &slug, &name, &failed);
  if (!failed) event_count(show->store, it->id, "", &count, &failed);
  if (!failed) event_is_shown(show->store, it->id, &is_shown, &failed);
  if (fault_hand_on(failed, error)) return false;
  g_autofree char *url = is_shown ? g_strdup_printf("%s/termine/%04d/%04d/", show->command->config->base_url,
                                                    it->year, it->number)
                                  : NULL;
  sheet_begin(&show->sheet);
  put_what(show, it);
  put_numbers(show, it, &count);
  sheet_text(&show->sheet, "list", list ? list->name : NULL);
  sheet_text(&show->sheet, "region", slug);
  sheet_text(&show->sheet, "url", url);
  put_how(show, it);
  put_dates(show, it, dates);
  put_options(show, it, poll, options);
  sheet_end(&show->sheet);
  return true;
}

bool show_events(struct show *show, GError **error)
{
  g_autoptr(list_row) list = show->of ? list_find_named(show->store, show->of, error) : NULL;
  if (show->of && !list) return false;
  for (int64_t after = 0;;) {
    g_autoptr(GPtrArray) page = events_page(show->store, list ? list->id : 0, after, SHOW_PAGE, error);
    if (!page) return false;
    for (guint i = 0; i < page->len; i++) {
      const struct event *it = page->pdata[i];
      after = it->id;
      if (!put_event(show, it, error)) return false;
    }
    if (page->len < SHOW_PAGE) return true;
  }
}

/* "2026/12", "2026-0012". */
static bool read_number(const char *text, int *year, int *number)
{
  const char *bar = strpbrk(text, "/-");
  g_autofree char *first = bar ? g_strndup(text, (gsize)(bar - text)) : NULL;
  guint64 one, other;
  if (!first || !g_ascii_string_to_unsigned(first, 10, YEAR_MIN, YEAR_MAX, &one, NULL) ||
      !g_ascii_string_to_unsigned(bar + 1, 10, 1, G_MAXINT, &other, NULL))
    return false;
  *year = (int)one;
  *number = (int)other;
  return true;
}

struct event *show_find_event(struct store *store, const char *text, GError **error)
{
  GError *failed = NULL;
  int year, number;
  guint64 id;
  struct event *it = NULL;
  if (read_number(text, &year, &number))
    it = event_find(store, year, number, &failed);
  else if (g_ascii_string_to_unsigned(text, 10, 1, G_MAXINT64, &id, NULL))
    it = event_get(store, (int64_t)id, &failed);
  else
    it = event_of_uid(store, text, &failed);
  if (failed) g_propagate_error(error, failed);
  if (!it && !failed)
    fault_set(error, FAULT_INPUT, "There is no event \"%s\"; `kiezpost show events` names them.", text);
  return it;
}

bool show_event(struct show *show, GError **error)
{
  g_autoptr(event_t) it = show_find_event(show->store, show->of, error);
  return it && put_event(show, it, error);
}

/* ---- answers ---- */

/* Whoever an organiser entered has no address of their own: "#" and a name stand for it. */
static const char *address_of(const struct event_party *party)
{
  return *party->address == '#' ? NULL : filled(party->address);
}

static bool put_rsvp(struct show *show, const struct rsvp *rsvp, const char *zone, GError **error)
{
  GError *failed = NULL;
  g_autoptr(event_party_t) party = event_party_get(show->store, rsvp->party, &failed);
  if (fault_hand_on(failed, error) || !party) return failed == NULL;
  struct sheet *sheet = &show->sheet;
  sheet_begin(sheet);
  sheet_text(sheet, "address", address_of(party));
  sheet_text(sheet, "name", party->name);
  sheet_text(sheet, "answer", rsvp->answer);
  sheet_number(sheet, "people", rsvp->people);
  sheet_text(sheet, "comment", rsvp->comment);
  sheet_text(sheet, "source", rsvp->source);
  sheet_time(sheet, "at", rsvp->at);
  sheet_text(sheet, "role", party->role);
  sheet_flag(sheet, "waiting", rsvp->place != 0);
  put_moment(sheet, "date", rsvp->original, zone);
  sheet_end(sheet);
  return true;
}

/* All answers for the event (original ""), or for one of its dates. */
static bool put_rsvps(struct show *show, const struct event *it, const char *original, GError **error)
{
  for (int64_t after = 0;;) {
    g_autoptr(GPtrArray) page = rsvps_of_event(show->store, it->id, original, after, SHOW_PAGE, error);
    if (!page) return false;
    for (guint i = 0; i < page->len; i++) {
      const struct rsvp *rsvp = page->pdata[i];
      after = rsvp->party;
      if (!put_rsvp(show, rsvp, it->zone, error)) return false;
    }
    if (page->len < SHOW_PAGE) return true;
  }
}

bool show_rsvps(struct show *show, GError **error)
{
  g_autoptr(event_t) it = show_find_event(show->store, show->of, error);
  if (!it || !put_rsvps(show, it, "", error)) return false;
  if (!*it->rule) return true;
  for (g_autofree char *original = g_strdup("");;) {
    g_autofree char *next = rsvp_date_after(show->store, it->id, original, error);
    if (!next) return false;
    if (!*next) return true;
    if (!put_rsvps(show, it, next, error)) return false;
    g_free(original);
    original = g_steal_pointer(&next);
  }
}
