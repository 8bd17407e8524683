/* A calendar of one's own (kalender/SECRET.ics), at an address that stands nowhere but in a letter
 * to its person. No page links to it and no sitemap names it; robots.txt forbids the folder, and a page in it
 * keeps servers from listing what it holds. It changes with its events, and goes when it is given up. In the
 * stale table key is the calendar's id. */
#include "web-archive/events/event_pages.h"

#include "lists/events/own/own_calendar.h"

#include "lib/store/people/calendars.h"

#include "web-archive/page.h"

static char *calendar_path(struct site *site, const struct page_key *key, GError **error)
{
  int64_t person = 0;
  g_autofree char *secret = NULL;
  if (!calendar_get(site_store(site), key->key, &person, &secret, error)) return NULL;
  return secret ? own_calendar_path(secret) : NULL;
}

static enum page_state calendar_render(struct site *site, const struct page_key *key, GString *out,
                                       GError **error)
{
  int count = 0;
  int64_t person = 0;
  g_autofree char *secret = NULL;
  if (!calendar_get(site_store(site), key->key, &person, &secret, error)) return PAGE_FAULT;
  if (!person) return PAGE_ABSENT;
  g_autofree char *day = events_day(site_store(site), error);
  g_autofree char *text =
      day ? own_calendar_text(site_config(site), site_store(site), person, day, &count, error) : NULL;
  if (!text) return PAGE_FAULT;
  g_string_append(out, text);
  return PAGE_PRESENT;
}

const struct page_kind page_calendar = { .name = "calendar",
                                         .path = calendar_path,
                                         .render = calendar_render };

/* ---- what a folder of them shows ---- */

static char *folder_path(struct site *site, const struct page_key *key, GError **error)
{
  (void)site, (void)key, (void)error;
  return g_strdup("kalender/index.html");
}

static enum page_state folder_render(struct site *site, const struct page_key *key, GString *out,
                                     GError **error)
{
  (void)key;
  g_autoptr(page_t) page = page_new(site, "kalender/index.html");
  page_set_own(page_values(page), "title", "Hier ist nichts zu sehen");
  page_set_flag(page_values(page), "is_hidden", true);
  return page_render(page, TEMPLATE_NOT_FOUND, out, error) ? PAGE_PRESENT : PAGE_FAULT;
}

const struct page_kind page_calendar_folder = {
  .name = "calendar-folder", .is_fixed = true, .path = folder_path, .render = folder_render
};
