/* Pages that show nothing of the store: 404.html, robots.txt, the stylesheet. */
#include "web-archive/pages.h"

#include "web-archive/page.h"

static char *not_found_path(struct site *site, const struct page_key *key, GError **error)
{
  (void)site, (void)key, (void)error;
  return g_strdup("404.html");
}

/* A server shows it at any address, so its links count from the site's root. */
static enum page_state not_found_render(struct site *site, const struct page_key *key, GString *out,
                                        GError **error)
{
  (void)key;
  g_autoptr(page_t) page = page_new(site, "404.html");
  page_set_own(page_values(page), "title", "Diese Seite gibt es nicht");
  page_set_flag(page_values(page), "is_anywhere", true);
  return page_render(page, TEMPLATE_NOT_FOUND, out, error) ? PAGE_PRESENT : PAGE_FAULT;
}

static char *robots_path(struct site *site, const struct page_key *key, GError **error)
{
  (void)site, (void)key, (void)error;
  return g_strdup("robots.txt");
}

static enum page_state robots_render(struct site *site, const struct page_key *key, GString *out,
                                     GError **error)
{
  (void)key;
  g_autoptr(page_t) page = page_new(site, "robots.txt");
  g_autofree char *sitemap = site_url(site, "sitemap.xml");
  page_set_own(page_values(page), "sitemap", sitemap);
  return page_render(page, TEMPLATE_ROBOTS, out, error) ? PAGE_PRESENT : PAGE_FAULT;
}

static char *style_path(struct site *site, const struct page_key *key, GError **error)
{
  (void)site, (void)key, (void)error;
  return g_strdup("kiezpost.css");
}

static enum page_state style_render(struct site *site, const struct page_key *key, GString *out,
                                    GError **error)
{
  (void)key, (void)error;
  g_string_append(out, site_stylesheet(site));
  return PAGE_PRESENT;
}

const struct page_kind page_not_found = {
  .name = "not-found", .is_fixed = true, .path = not_found_path, .render = not_found_render
};
const struct page_kind page_robots = {
  .name = "robots", .is_fixed = true, .path = robots_path, .render = robots_render
};
const struct page_kind page_style = {
  .name = "style", .is_fixed = true, .path = style_path, .render = style_render
};
