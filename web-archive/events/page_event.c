/* An event's page (termine/2026/0012/): what, when, where, what its organiser wrote, how many come; its
 * calendar file beside it (termin.ics), and the same for machines (JSON-LD). Its address is its number,
 * wherever it is moved to. One that was called off stays and says so. In the stale table part 1 is the page,
 * 2 the file. */
#include "lib/base/fault.h"
#include "lib/store/pages.h"
#include "lib/store/threads.h"
#include "lib/text/days/day_text.h"
#include "lib/text/days/rule_text.h"
#include "lib/text/days/wall_text.h"
#include "web-archive/events/event_pages.h"

#include "web-archive/page.h"

#include <string.h>

enum { PART_PAGE = 1, PART_CALENDAR };
static const char UP[] = "../../../";

char *event_folder(int year, int number)
{
  return g_strdup_printf("termine/%04d/%04d/", year, number);
}

void page_set_when(struct page_map *map, const char *name, const struct wall *start, const struct wall *end,
                   const char *zone)
{
  g_autofree char *words = wall_in_words(start, end, "de"), *datetime = wall_format(start, zone),
                  *datetime_name = g_strconcat(name, "_datetime", NULL);
  page_set_own(map, name, words);
  if (datetime) page_set_own(map, datetime_name, datetime);
}

static char *event_path(struct site *site, const struct page_key *key, GError **error)
{
  g_autoptr(event_t) row = event_get(site_store(site), key->key, error);
  if (!row) return NULL;
  g_autofree char *folder = event_folder(row->year, row->number);
  return g_strconcat(folder, key->part == PART_CALENDAR ? "termin.ics" : "index.html", NULL);
}

/* ---- what stands on it ---- */

/* "1 Person kommt", "27 Personen kommen". */
static void set_numbers(struct page_map *values, const struct public_event *it)
{
  const struct event_count *count = &it->count;
  page_set_number(values, "people", count->people);
  page_set_flag(values, "is_one", count->people == 1);
  page_set_flag(values, "has_people", count->people > 0 && !it->is_cancelled);
  if (count->maybe) page_set_number(values, "maybe", count->maybe);
  if (count->waiting_people) page_set_number(values, "waiting", count->waiting_people);
  if (it->capacity) page_set_number(values, "capacity", it->capacity);
  bool is_counted = it->capacity && !it->is_cancelled && !it->is_over;
  int free = MAX(0, it->capacity - count->people);
  page_set_flag(values, "is_full", is_counted && free == 0);
  if (is_counted && free) page_set_number(values, "free", free);
  if (it->attended >= 0) page_set_number(values, "attended", it->attended);
}

/* Dates that are not as the rule says. */
static void add_exceptions(struct site *site, struct page_map *values, const struct public_event *it)
{
  page_set_flag(values, "has_exceptions", it->apart->len > 0);
  for (guint i = 0; i < it->apart->len; i++) {
    const struct event_date *date = it->apart->pdata[i];
    struct wall original, start, end = { 0 };
    if (!wall_read(date->original, &original)) continue;
    struct page_map *line = page_append(values, "exceptions");
    original.hour = original.minute = -1;
    page_set_when(line, "original", &original, &(struct wall){ 0 }, it->zone);
    bool takes_place = wall_read(date->starts, &start);
    page_set_flag(line, "is_off", !takes_place);
    if (!takes_place) continue;
    if (!wall_read(date->ends, &end)) end = public_event_end(it, &start);
    page_set_when(line, "moved", &start, &end, it->zone);
    g_autoptr(public_text_t) place = view_event_place(site, it, date);
    if (place) page_set(line, "new_place", place);
  }
}

/* What may be chosen, and how many can; never who. */
static void set_poll(struct page_map *values, const struct public_event *it)
{
  g_autofree char *until = it->is_poll && *it->until ? day_in_words(it->until, "de") : NULL;
  page_set_flag(values, "is_poll", it->is_poll);
  if (until) page_set_own(values, "until", until);
  if (it->voters) page_set_number(values, "voters", it->voters);
  for (guint i = 0; it->options && i < it->options->len; i++) {
    const struct poll_option *option = it->options->pdata[i];
    struct wall start, end;
    if (!wall_read(option->starts, &start)) continue;
    wall_read(option->ends, &end);
    struct page_map *line = page_append(values, "options");
    page_set_when(line, "day", &start, &end, it->zone);
    page_set_number(line, "can", option->yes);
    if (option->yes) page_set_flag(line, "has_can", true);
    if (option->maybe) page_set_number(line, "perhaps", option->maybe);
  }
}

static void set_facts(struct site *site, struct page_map *values, const struct public_event *it)
{
  g_autofree char *often = rule_in_words(it->rule, "de");
  g_autofree char *answer_by = *it->answer_by ? day_in_words(it->answer_by, "de") : NULL;
  page_set(values, "title", it->title);
  if (!it->is_poll) page_set_when(values, "when", &it->start, &it->end, it->zone);
  set_poll(values, it);
  if (often) page_set_own(values, "often", often);
  struct wall next_end = it->next.year ? public_event_end(it, &it->next) : it->next;
  if (it->next.year && !it->is_cancelled) page_set_when(values, "next", &it->next, &next_end, it->zone);
  if (it->place) page_set(values, "place", it->place);
  if (it->bring) page_set(values, "bring", it->bring);
  if (answer_by) page_set_own(values, "answer_by", answer_by);
  page_set_body(values, "text", it->text);
  page_set_flag(values, "has_text", *public_text_string(it->text) != '\0');
  page_set_flag(values, "is_cancelled", it->is_cancelled);
  page_set_flag(values, "is_over", it->is_over);
  page_set_flag(values, "is_closed", it->is_closed);
  page_set_flag(values, "is_open", it->is_open);
  page_set_flag(values, "is_video", it->is_video);
  page_set_flag(values, "is_ahead", !it->is_cancelled && !it->is_over && !it->is_poll);
  add_exceptions(site, values, it);
  set_numbers(values, it);
  if (!it->region_slug) return;
  g_autofree char *path = g_strdup_printf("%stermine/ort/%s/index.html", UP, it->region_slug);
  page_set_own(values, "region", it->region_name);
  page_set_own(values, "region_path", path);
}

/* How whoever reads of an event that is open to all says that they come: by mail to an address that everybody
 * may know, which finds the event by the number of its page (lists/events/outside). */
static void set_answer(struct site *site, struct page *page, const struct public_event *it)
{
  static const char *const words[][2] = { { "yes_mailto", "Ja" }, { "no_mailto", "Nein" } };
  struct page_map *values = page_values(page);
  g_autofree char *name = event_answer_name(it);
  if (!event_takes_answers(site, it)) return;
  for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
    g_autofree char *subject = g_strdup_printf("%s: %s", words[i][1], name);
    page_set_mailto_own(page, values, words[i][0], EVENTS_ADDRESS, subject, words[i][1]);
  }
  g_autofree char *address = g_strconcat(EVENTS_ADDRESS, "@", site_config(site)->domain, NULL);
  page_set_own(values, "answer_address", address);
  page_set_own(values, "answer_name", name);
}

/* The list whose members are invited. One of events alone has no page of its own. */
static bool set_list(struct site *site, struct page *page, const struct public_event *it, GError **error)
{
  GError *failed = NULL;
  struct page_map *values = page_values(page);
  const struct public_list *list = site_list(site, it->list, &failed);
  if (fault_hand_on(failed, error)) return false;
  g_autofree char *events = g_strdup_printf("%stermine/liste/%s/index.html", UP, it->list_name);
  page_set(values, "list_title", it->list_title);
  page_set_own(values, "list_events", events);
  if (!list || !list->is_public) return true;
  g_autofree char *path = g_strdup_printf("%s%s/index.html", UP, list->name),
                  *join = g_strconcat(list->name, site_config(site)->delimiter, "beitreten", NULL);
  page_set_own(values, "list_path", path);
  if (!list->is_closed) page_set_mailto(page, values, "join_mailto", join, NULL);
  return true;
}

/* The thread that the post stands in which called it together; nothing where that is not public. */
static bool set_thread(struct site *site, struct page *page, const struct public_event *it, GError **error)
{
  GError *failed = NULL;
  g_autoptr(message_row) message = it->message ? message_get(site_store(site), it->message, &failed) : NULL;
  g_autoptr(public_thread_t) thread = message ? view_thread(site, message->thread, &failed) : NULL;
  const struct public_list *list = thread ? site_list(site, thread->list, &failed) : NULL;
  if (fault_hand_on(failed, error)) return false;
  if (!list || !list->is_public || view_thread_parts(thread) == 0) return true;
  g_autofree char *path =
      g_strdup_printf("%s%s/%04d/%04d/index.html", UP, list->name, thread->year, thread->number);
  struct page_map *map = page_add(page_values(page), "thread");
  page_set_own(map, "path", path);
  page_set(map, "list", list->title);
  return true;
}

static bool render_page(struct site *site, const struct public_event *it, GString *out, GError **error)
{
  g_autofree char *folder = event_folder(it->year, it->number),
                  *path = g_strconcat(folder, "index.html", NULL),
                  *all = g_strconcat(UP, "termine/index.html", NULL);
  g_autoptr(page_t) page = page_new(site, path);
  g_autoptr(public_text_t) words = public_own("Termine");
  if (!it->is_poll) page_add_crumb(page, all, words); /* lists may be empty as long as it has no date */
  set_facts(site, page_values(page), it);
  set_answer(site, page, it);
  if (!set_list(site, page, it, error) || !set_thread(site, page, it, error)) return false;
  g_autofree char *data = it->is_poll ? NULL : event_linked_data(site, it);
  if (data) page_set_data(page_values(page), "data", data);
  return page_render(page, TEMPLATE_EVENT, out, error);
}

static enum page_state event_render(struct site *site, const struct page_key *key, GString *out,
                                    GError **error)
{
  struct public_event *it = view_event(site, key->key, error);
  if (!it) return *error ? PAGE_FAULT : PAGE_ABSENT;
  g_autoptr(GPtrArray) one = g_ptr_array_new_with_free_func((GDestroyNotify)public_event_free);
  g_ptr_array_add(one, it);
  if (key->part == PART_PAGE) return render_page(site, it, out, error) ? PAGE_PRESENT : PAGE_FAULT;
  if (key->part != PART_CALENDAR || it->is_poll) return PAGE_ABSENT;
  event_put_calendar(site, one, NULL, out);
  return PAGE_PRESENT;
}

/* ---- what hangs on it ---- */

static bool event_mark_neighbours(struct site *site, const struct page_key *key, GError **error)
{
  if (key->part != PART_PAGE) return true;
  g_autoptr(event_t) row = event_get(site_store(site), key->key, error);
  return row && event_mark_pages(site_store(site), row, error);
}

/* Its list was opened to the public, or closed: its shelves are put right. */
static bool event_tend(struct site *site, const struct page_key *key, bool *is_done, GError **error)
{
  *is_done = true;
  if (key->part != PART_PAGE) return true;
  GError *failed = NULL;
  bool is_right = true;
  struct store *store = site_store(site);
  g_autoptr(event_t) row = event_get(store, key->key, &failed);
  if (row) event_is_shelved(store, row, &is_right, &failed);
  if (fault_hand_on(failed, error)) return false;
  if (is_right) return true;
  bool done = store_begin(store, error) && event_mark_pages(store, row, error) && store_commit(store, error);
  if (!done) store_rollback(store);
  return done;
}

const struct page_kind page_event = { .name = "event",
                                      .path = event_path,
                                      .render = event_render,
                                      .mark_neighbours = event_mark_neighbours,
                                      .tend = event_tend };
