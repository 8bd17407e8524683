/* What happens with people's data (Art. 13 GDPR), in plain German and in Leichte Sprache. Every letter of a
 * first contact and the foot of every page lead here. Who is responsible is the imprint of the configuration;
 * one asks at datenschutz@ where there is such a list, else at postmaster@, which there always is. */
#include "web-archive/pages.h"

#include "web-archive/page.h"

static const char path_of_page[] = "datenschutz/index.html";

static char *privacy_path(struct site *site, const struct page_key *key, GError **error)
{
  (void)site, (void)key, (void)error;
  return g_strdup(path_of_page);
}

static enum page_state privacy_render(struct site *site, const struct page_key *key, GString *out,
                                      GError **error)
{
  (void)key;
  const char *duty = site_has_list(site, "datenschutz") ? "datenschutz" : "postmaster";
  g_autofree char *address = g_strconcat(duty, "@", site_config(site)->domain, NULL);
  g_autoptr(page_t) page = page_new(site, path_of_page);
  struct page_map *values = page_values(page);
  page_set_own(values, "title", "Datenschutz");
  page_set_own(values, "address", address);
  page_set_mailto(page, values, "mailto", duty, NULL);
  return page_render(page, TEMPLATE_PRIVACY, out, error) ? PAGE_PRESENT : PAGE_FAULT;
}

const struct page_kind page_privacy = {
  .name = "privacy", .is_fixed = true, .path = privacy_path, .render = privacy_render
};
