/* kiezpost show cases, case: what offices were asked, where each case stands, and what was answered,
 * published or not. */
#include "mta-hooks/show/show.h"

#include "lib/base/clock.h"
#include "lib/base/fault.h"
#include "lib/store/cases/case_shelves.h"
#include "lib/store/cases/offices.h"
#include "mta-hooks/verbs/list_named.h"

#include <string.h>

enum { ENTRIES_AT_ONCE = 100 };

/* The sign of an office; NULL without error: none. Caller frees. */
static char *sign_of(struct show *show, int64_t id, GError **error)
{
  g_autoptr(office_t) office = id ? office_get(show->store, id, error) : NULL;
  return office ? g_strdup(office->sign) : NULL;
}

/* One thing that was written after the question. */
static bool put_reply(struct show *show, const struct case_entry *entry, bool is_shown, GError **error)
{
  GError *failed = NULL;
  g_autofree char *sign = sign_of(show, entry->office, &failed);
  if (fault_hand_on(failed, error)) return false;
  struct sheet *sheet = &show->sheet;
  bool is_official = sign && strcmp(entry->what, "reply") == 0;
  if (!sheet->is_json) {
    g_autofree char *line =
        g_strdup_printf("%s%s: %s", sign ? sign : entry->what,
                        entry->is_public && is_shown ? "" : " (not published)", entry->text);
    sheet_text(sheet, "reply", line);
    return true;
  }
  g_autofree char *date = clock_format_utc(entry->at);
  json_begin_object(sheet->json, NULL);
  json_put_flag(sheet->json, "official", is_official);
  json_put_text(sheet->json, "office", sign);
  json_put_text(sheet->json, "text", entry->text);
  json_put_text(sheet->json, "date", date);
  json_put_text(sheet->json, "state", *entry->state ? entry->state : NULL);
  json_put_text(sheet->json, "clerk", *entry->clerk ? entry->clerk : NULL);
  json_put_text(sheet->json, "signed_by", *entry->signed_by ? entry->signed_by : NULL);
  json_put_flag(sheet->json, "published", entry->is_public && is_shown);
  json_end_object(sheet->json);
  return true;
}

static bool put_replies(struct show *show, const struct casefile *it, bool is_shown, GError **error)
{
  if (show->sheet.is_json) json_begin_array(show->sheet.json, "replies");
  for (int after = 0;;) {
    g_autoptr(GPtrArray) page = case_entries(show->store, it->id, after, ENTRIES_AT_ONCE, error);
    if (!page) return false;
    for (guint i = 0; i < page->len; i++) {
      const struct case_entry *entry = page->pdata[i];
      after = entry->position;
      static const char *const said[] = { "reply", "statement", "added", NULL };
      if (*entry->text && g_strv_contains(said, entry->what) && !put_reply(show, entry, is_shown, error))
        return false;
    }
    if (page->len < ENTRIES_AT_ONCE) break;
  }
  if (show->sheet.is_json) json_end_array(show->sheet.json);
  return true;
}

static void put_degrees(struct sheet *sheet, const char *field, bool is_known, double degrees)
{
  if (sheet->is_json && is_known) {
    json_put_real(sheet->json, field, degrees);
    return;
  }
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  sheet_text(sheet, field, is_known ? g_ascii_formatd(text, sizeof text, "%.6f", degrees) : NULL);
}

static const char *filled(const char *text)
{
  return *text ? text : NULL;
}

static void put_fields(struct show *show, const struct casefile *it, const struct list *list,
                       const char *sign, const char *region, bool is_shown, bool is_helped)
{
  struct sheet *sheet = &show->sheet;
  g_autofree char *number = casefile_name(it);
  g_autofree char *url = is_shown ? g_strdup_printf("%s/faelle/%04d/%04d/", show->command->config->base_url,
                                                    it->year, it->number)
                                  : NULL;
  sheet_text(sheet, "number", number);
  sheet_text(sheet, "kind", it->kind);
  sheet_text(sheet, "title", it->title);
  sheet_text(sheet, "state", it->state);
  sheet_text(sheet, "office", sign);
  sheet_text(sheet, "region", region);
  sheet_text(sheet, "place", filled(it->place));
  put_degrees(sheet, "lat", it->has_point, it->lat);
  put_degrees(sheet, "lon", it->has_point, it->lon);
  sheet_text(sheet, "due", filled(it->due));
  sheet_text(sheet, "expected", filled(it->expected));
  sheet_flag(sheet, "confirmed", strcmp(it->state, "confirmed") == 0);
  sheet_flag(sheet, "open", it->is_open);
  sheet_text(sheet, "list", list ? list->name : NULL);
  sheet_text(sheet, "topic", filled(it->topic));
  sheet_text(sheet, "why", filled(it->why));
  sheet_time(sheet, "opened", it->opened);
  sheet_time(sheet, "answered", it->answered);
  sheet_time(sheet, "last", it->last);
  sheet_number(sheet, "reminders", it->reminders);
  sheet_number(sheet, "reroutings", it->reroutings);
  sheet_flag(sheet, "on_behalf", is_helped);
  sheet_text(sheet, "url", url);
}

static bool put_case(struct show *show, const struct casefile *it, GError **error)
{
  GError *failed = NULL;
  bool is_shown = false, is_helped = false;
  g_autofree char *slug = NULL, *name = NULL;
  g_autofree char *sign = sign_of(show, it->office, &failed);
  g_autoptr(list_row) list = failed ? NULL : list_get(show->store, it->list, &failed);
  if (!failed && it->region) case_region(show->store, it->region, &slug, &name, &failed);
  if (!failed) casefile_is_helped(show->store, it->id, &is_helped, &failed);
  if (!failed) casefile_is_shown(show->store, it->id, &is_shown, &failed);
  if (fault_hand_on(failed, error)) return false;
  sheet_begin(&show->sheet);
  put_fields(show, it, list, sign, slug, is_shown, is_helped);
  bool done = put_replies(show, it, is_shown, error);
  sheet_end(&show->sheet);
  return done;
}

bool show_cases(struct show *show, GError **error)
{
  g_autoptr(list_row) list = show->of ? list_find_named(show->store, show->of, error) : NULL;
  if (show->of && !list) return false;
  struct casefiles_wish wish = { .list = list ? list->id : 0, .limit = SHOW_PAGE };
  for (;;) {
    g_autoptr(GPtrArray) page = casefiles_page(show->store, &wish, error);
    if (!page) return false;
    for (guint i = 0; i < page->len; i++) {
      const struct casefile *it = page->pdata[i];
      wish.before = it->id;
      if (!put_case(show, it, error)) return false;
    }
    if (page->len < SHOW_PAGE) return true;
  }
}

/* "KP-2026-0173", "kp-2026-173", "2026-0173". */
static bool read_number(const char *text, int *year, int *number)
{
  if (g_ascii_strncasecmp(text, "kp-", strlen("kp-")) == 0) text += strlen("kp-");
  g_auto(GStrv) halves = g_strsplit(text, "-", 2);
  guint64 first, second;
  if (g_strv_length(halves) != 2 || !g_ascii_string_to_unsigned(halves[0], 10, 1970, 9999, &first, NULL) ||
      !g_ascii_string_to_unsigned(halves[1], 10, 1, G_MAXINT, &second, NULL))
    return false;
  *year = (int)first;
  *number = (int)second;
  return true;
}

bool show_case(struct show *show, GError **error)
{
  int year, number;
  if (!read_number(show->of, &year, &number))
    return fault_set(error, FAULT_USAGE, "\"%s\" is no case's number; one looks like KP-2026-0173.",
                     show->of);
  GError *failed = NULL;
  g_autoptr(casefile_t) it = casefile_find(show->store, year, number, &failed);
  if (failed) g_propagate_error(error, failed);
  if (!it && !failed) fault_set(error, FAULT_INPUT, "There is no case KP-%04d-%04d.", year, number);
  return it && put_case(show, it, error);
}
