/* A list's Atom feed (RFC 4287): its thirty youngest public messages. Ids are the messages' addresses. */
#include "web-archive/pages.h"

#include "web-archive/page.h"

enum { FEED_MESSAGES = 30 };

static char *feed_path(struct site *site, const struct page_key *key, GError **error)
{
  const struct public_list *list = site_list(site, key->list, error);
  return list ? g_strconcat(list->name, "/feed.xml", NULL) : NULL;
}

/* Where a message stands: "gruenau/2026/0173/2/#n105". */
static char *message_url(struct site *site, const struct public_list *list,
                         const struct public_message *message)
{
  const struct public_thread *thread = message->thread;
  int part = (int)((message->position + VIEW_PART_MESSAGES - 1) / VIEW_PART_MESSAGES);
  g_autofree char *folder = part > 1 ? g_strdup_printf("%d/", part) : g_strdup("");
  g_autofree char *path = g_strdup_printf("%s/%04d/%04d/%s#n%" G_GINT64_FORMAT, list->name, thread->year,
                                          thread->number, folder, message->position);
  return site_url(site, path);
}

static void add_entry(struct site *site, struct page *page, const struct public_list *list,
                      const struct public_message *message)
{
  struct page_map *entry = page_append(page_values(page), "entries");
  g_autofree char *url = message_url(site, list, message);
  page_set_own(entry, "url", url);
  page_set(entry, "title", message->thread->title);
  page_set(entry, "name", message->name);
  page_set(entry, "text", message->body);
  page_set_moment(page, entry, "received", message->received, false);
}

static enum page_state feed_render(struct site *site, const struct page_key *key, GString *out,
                                   GError **error)
{
  const struct public_list *list = site_list(site, key->list, error);
  if (!list || !list->is_public) return *error ? PAGE_FAULT : PAGE_ABSENT;
  g_autoptr(GPtrArray) messages = view_latest_messages(site, list->id, FEED_MESSAGES, error);
  if (!messages) return PAGE_FAULT;
  g_autofree char *path = feed_path(site, key, error);
  g_autoptr(page_t) page = page_new(site, path);
  struct page_map *values = page_values(page);
  g_autofree char *self = site_url(site, path);
  g_autofree char *folder = g_strconcat(list->name, "/", NULL);
  g_autofree char *home = site_url(site, folder);
  page_set(values, "title", list->title);
  page_set_own(values, "self", self);
  page_set_own(values, "home", home);
  const struct public_message *youngest = messages->len > 0 ? messages->pdata[0] : NULL;
  page_set_moment(page, values, "updated", youngest ? youngest->received : list->created, false);
  for (guint i = 0; i < messages->len; i++) add_entry(site, page, list, messages->pdata[i]);
  return page_render(page, TEMPLATE_FEED, out, error) ? PAGE_PRESENT : PAGE_FAULT;
}

const struct page_kind page_feed = { .name = "feed", .path = feed_path, .render = feed_render };
