/* The page table. The publisher knows pages only by these rows. */
#include "web-archive/pages.h"

const struct page_kind *const page_kinds[] = {
  &page_home,         &page_list,           &page_month,     &page_thread,          &page_feed,
  &page_sitemap,      &page_not_found,      &page_robots,    &page_style,           &page_privacy,
  &page_case,         &page_case_feed,      &page_cases,     &page_case_data,       &page_case_numbers,
  &page_case_sitemap, &page_file,           &page_case_file, &page_event,           &page_events,
  &page_events_feed,  &page_events_sitemap, &page_calendar,  &page_calendar_folder,
};
const gsize page_kind_count = G_N_ELEMENTS(page_kinds);

const struct page_kind *page_kind_find(const char *name)
{
  for (gsize i = 0; i < page_kind_count; i++)
    if (g_str_equal(page_kinds[i]->name, name)) return page_kinds[i];
  return NULL;
}

char *page_part_path(const char *folder, int part)
{
  return part <= 1 ? g_strdup_printf("%s/index.html", folder)
                   : g_strdup_printf("%s/%d/index.html", folder, part);
}
