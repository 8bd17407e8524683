/* A thread's page: its public messages in the order they came, a hundred a part. A thread that turned out to
 * be part of another leaves a signpost, so that no address that was ever given out is lost. */
#include "lib/base/fault.h"
#include "lib/store/events/event_shelves.h"
#include "lib/store/pages.h"
#include "lib/store/public_threads.h"
#include "lists/groups/sizes.h"
#include "web-archive/cases/case_pages.h"
#include "web-archive/pages.h"
#include "web-archive/shelf.h"

#include "web-archive/page.h"

enum { DEPTH_SHOWN = 4, CASE_ANSWERS = 20 };

static char *thread_folder(const struct public_list *list, const struct public_thread *thread)
{
  return g_strdup_printf("%s/%04d/%04d", list->name, thread->year, thread->number);
}

static char *thread_path(struct site *site, const struct page_key *key, GError **error)
{
  g_autoptr(public_thread_t) thread = view_thread(site, key->key, error);
  if (!thread) return NULL;
  const struct public_list *list = site_list(site, thread->list, error);
  if (!list) return NULL;
  g_autofree char *folder = thread_folder(list, thread);
  return page_part_path(folder, key->part);
}

/* "1 Foto, 2 Dokumente" */
static void set_attachments(struct page_map *map, const struct public_message *message)
{
  if (message->photos + message->documents == 0) return;
  struct page_map *attachments = page_add(map, "attachments");
  if (message->photos > 0) page_set_count(attachments, "photos", message->photos, "Foto", "Fotos");
  if (message->documents > 0)
    page_set_count(attachments, "documents", message->documents, "Dokument", "Dokumente");
  page_set_flag(attachments, "has_both", message->photos > 0 && message->documents > 0);
}

/* Links to files that everybody may see: "Foto 2 (3 MB)". */
static void set_files(struct page_map *map, const struct public_message *message, int part)
{
  for (guint i = 0; message->files && i < message->files->len; i++) {
    const struct shown_file *file = &g_array_index(message->files, struct shown_file, i);
    struct page_map *row = page_append(map, "files");
    bool is_document = g_str_equal(file->ending, "pdf");
    g_autofree char *path =
        g_strdup_printf("%sanhang/%" G_GINT64_FORMAT "-%d.%s", part > 1 ? "../../../" : "../../",
                        file->message, file->number, file->ending);
    g_autofree char *size = size_words(file->size_bytes);
    g_autofree char *words =
        g_strdup_printf(is_document ? "Dokument %d (PDF, %s)" : "Foto %d (%s)", file->number, size);
    page_set_own(row, "path", path);
    page_set_own(row, "words", words);
  }
}

/* Says what a message answers: one of this part by name, one of an earlier part by place. */
static void set_parent(struct page_map *map, const struct public_message *message, int part)
{
  if (message->parent_position == 0) return;
  struct page_map *parent = page_add(map, "parent");
  if (message->parent_name) {
    g_autofree char *anchor = g_strdup_printf("#n%" G_GINT64_FORMAT, message->parent_position);
    page_set_own(parent, "path", anchor);
    page_set(parent, "name", message->parent_name);
    return;
  }
  int parent_part = (int)((message->parent_position + VIEW_PART_MESSAGES - 1) / VIEW_PART_MESSAGES);
  g_autofree char *path =
      parent_part > 1 ? g_strdup_printf("../%d/index.html", parent_part) : g_strdup("../index.html");
  g_autofree char *words = g_strdup_printf("einen Beitrag in Teil %d", parent_part);
  g_assert(parent_part < part);
  page_set_own(parent, "path", path);
  page_set_own(parent, "name", words);
}

/* "gilt bis 16. März 2026", or that it is over. */
static void set_offer(struct page *page, struct page_map *map, const struct public_message *message)
{
  if (!message->expires) return;
  struct page_map *offer = page_add(map, "offer");
  page_set_moment(page, offer, "day", message->expires, true);
  page_set_flag(offer, "over", message->is_over);
}

/* An office that writes as itself is called by its name, with a badge. */
static bool set_author(struct site *site, struct page_map *map, const struct public_message *message,
                       GError **error)
{
  page_set(map, "name", message->name);
  if (!message->office) return true;
  GError *failed = NULL;
  g_autoptr(public_office_t) office = view_office(site, message->office, &failed);
  if (fault_hand_on(failed, error)) return false;
  if (office) page_set(map, "name", office->name);
  page_set_office(map, office);
  return true;
}

static bool set_message(struct site *site, struct page *page, const struct public_message *message, int part,
                        GError **error)
{
  struct page_map *map = page_append(page_values(page), "messages");
  page_set_number(map, "position", message->position);
  page_set_number(map, "depth", CLAMP(message->depth, 0, DEPTH_SHOWN));
  if (!set_author(site, map, message, error)) return false;
  page_set_moment(page, map, "written", message->written, false);
  set_parent(map, message, part);
  page_set_flag(map, "has_body", *public_text_string(message->body) != '\0');
  page_set_body(map, "body", message->body);
  set_attachments(map, message);
  set_files(map, message, part);
  set_offer(page, map, message);
  return true;
}

/* What all pages of a thread show around their messages. */
static void set_frame(struct page *page, const struct public_list *list, const struct public_thread *thread,
                      int part)
{
  struct page_map *values = page_values(page);
  const char *up = part > 1 ? "../../../" : "../../";
  g_autofree char *list_path = g_strconcat(up, "index.html", NULL);
  g_autofree char *month_path = g_strdup_printf("%s%04d-%02d/index.html", up, thread->year, thread->month);
  g_autofree char *feed = g_strconcat(up, "feed.xml", NULL);
  g_autofree char *month = site_month(thread->year, thread->month);
  g_autofree char *number = g_strdup_printf("%04d/%04d", thread->year, thread->number);
  g_autoptr(public_text_t) month_title = public_own(month);
  page_set(values, "title", thread->title);
  page_set(values, "list", list->title);
  page_set_own(values, "number", number);
  page_set_flag(values, "has_feed", true);
  page_set_own(values, "feed", feed);
  page_add_crumb(page, list_path, list->title);
  if (thread->merged_into == 0) page_add_crumb(page, month_path, month_title);
}

static enum page_state render_signpost(struct site *site, const struct page_key *key,
                                       const struct public_list *list, const struct public_thread *thread,
                                       GString *out, GError **error)
{
  g_autoptr(public_thread_t) target = key->part == 1 ? view_thread_target(site, thread, error) : NULL;
  if (!target) return *error ? PAGE_FAULT : PAGE_ABSENT;
  g_autofree char *folder = thread_folder(list, thread);
  g_autofree char *own_path = page_part_path(folder, 1);
  g_autoptr(page_t) page = page_new(site, own_path);
  g_autofree char *path = g_strdup_printf("../../%04d/%04d/index.html", target->year, target->number);
  g_autofree char *number = g_strdup_printf("%04d/%04d", target->year, target->number);
  set_frame(page, list, thread, 1);
  page_set_own(page_values(page), "target_path", path);
  page_set_own(page_values(page), "target_number", number);
  return page_render(page, TEMPLATE_SIGNPOST, out, error) ? PAGE_PRESENT : PAGE_FAULT;
}

/* The case that the thread was handed over as, and who answered when; what they wrote stands in the thread
 * itself. */
static bool set_case(struct site *site, struct page *page, const struct public_thread *thread, GError **error)
{
  GError *failed = NULL;
  g_autoptr(casefile_t) row = casefile_of_thread(site_store(site), thread->id, &failed);
  g_autoptr(public_case_t) it = row ? view_case(site, row->id, &failed) : NULL;
  bool is_there = it && it->state != PUBLIC_WITHDRAWN;
  g_autoptr(GPtrArray) entries = is_there ? view_case_entries(site, it, 0, CASE_PART_ENTRIES, &failed) : NULL;
  if (fault_hand_on(failed, error)) return false;
  if (!entries) return true;
  struct page_map *map = page_add(page_values(page), "case");
  page_set_case(page, map, it, "../../../");
  for (guint i = 0; i < entries->len && i < CASE_ANSWERS; i++) {
    const struct public_entry *entry = entries->pdata[i];
    if (!entry->is_official) continue;
    struct page_map *answer = page_append(map, "answers");
    page_set_office(answer, entry->office);
    page_set_moment(page, answer, "at", entry->at, false);
    g_autofree char *path = g_strdup_printf("../../../faelle/%04d/%04d/index.html", it->year, it->number);
    page_set_own(answer, "path", path);
  }
  return true;
}

static enum page_state render_part(struct site *site, const struct page_key *key,
                                   const struct public_list *list, const struct public_thread *thread,
                                   GString *out, GError **error)
{
  int parts = view_thread_parts(thread);
  if (key->part < 1 || key->part > parts) return PAGE_ABSENT;
  g_autoptr(GPtrArray) messages = view_messages(site, thread, key->part, error);
  if (!messages) return PAGE_FAULT;
  g_autofree char *folder = thread_folder(list, thread);
  g_autofree char *path = page_part_path(folder, key->part);
  g_autoptr(page_t) page = page_new(site, path);
  struct page_map *values = page_values(page);
  set_frame(page, list, thread, key->part);
  if (key->part == 1 && !set_case(site, page, thread, error)) return PAGE_FAULT;
  if (key->part == 1) page_set_count(values, "count", thread->messages, "Beitrag", "Beiträge");
  if (!list->only_moderators_post && !list->is_closed)
    page_set_mailto(page, values, "answer", list->name, thread->title);
  for (guint i = 0; i < messages->len; i++)
    if (!set_message(site, page, messages->pdata[i], key->part, error)) return PAGE_FAULT;
  page_set_flag(values, "has_messages", messages->len > 0);
  page_set_parts(page, key->part, parts);
  return page_render(page, TEMPLATE_THREAD, out, error) ? PAGE_PRESENT : PAGE_FAULT;
}

static enum page_state thread_render(struct site *site, const struct page_key *key, GString *out,
                                     GError **error)
{
  g_autoptr(public_thread_t) thread = view_thread(site, key->key, error);
  const struct public_list *list = thread ? site_list(site, thread->list, error) : NULL;
  if (!list || !list->is_public) return *error ? PAGE_FAULT : PAGE_ABSENT;
  return thread->merged_into != 0 ? render_signpost(site, key, list, thread, out, error)
                                  : render_part(site, key, list, thread, out, error);
}

/* Marks the signposts that lead to a thread. */
static bool mark_signposts(struct site *site, int64_t list, int64_t thread, GError **error)
{
  g_autoptr(GArray) signposts = threads_merged_into(site_store(site), thread, error);
  if (!signposts) return false;
  for (guint i = 0; i < signposts->len; i++)
    if (!page_mark(site_store(site), "thread", list, g_array_index(signposts, int64_t, i), 1, error))
      return false;
  return true;
}

static bool thread_mark_neighbours(struct site *site, const struct page_key *key, GError **error)
{
  if (key->part > 1) return page_mark(site_store(site), "thread", key->list, key->key, key->part - 1, error);
  return mark_signposts(site, key->list, key->key, error) &&
         events_mark_pages_of_thread(site_store(site), key->key, error);
}

/* Marks what hangs on the first part and no other mark tells of: parts on disk that are no more, the
 * sitemap's file of a high number, signposts to a thread that has become one itself. */
static bool mark_dependents(struct site *site, const struct page_key *key, const struct public_thread *thread,
                            const GArray *parts, GError **error)
{
  struct store *store = site_store(site);
  int last = view_thread_parts(thread);
  for (guint i = 0; i < parts->len; i++) {
    int part = g_array_index(parts, int, i);
    if (part > last && !page_mark(store, "thread", key->list, key->key, part, error)) return false;
  }
  int sitemap_part = (thread->number - 1) / SITEMAP_THREADS + 1;
  return sitemap_part <= 1 || page_mark(store, "sitemap", thread->list, thread->year, sitemap_part, error);
}

static bool thread_tend(struct site *site, const struct page_key *key, bool *is_done, GError **error)
{
  *is_done = true;
  if (key->part != 1) return true;
  g_autoptr(public_thread_t) thread = view_thread(site, key->key, error);
  const struct public_list *list = thread ? site_list(site, thread->list, error) : NULL;
  if (!list) return *error == NULL;
  g_autofree char *folder = thread_folder(list, thread);
  g_autoptr(GArray) parts = shelf_numbers(site, folder);
  bool has_leftovers =
      parts->len > 0 && g_array_index(parts, int, parts->len - 1) > view_thread_parts(thread);
  if (!has_leftovers && thread->number <= SITEMAP_THREADS) return true;
  struct store *store = site_store(site);
  bool done = store_begin(store, error) && mark_dependents(site, key, thread, parts, error) &&
              store_commit(store, error);
  if (!done) store_rollback(store);
  return done;
}

const struct page_kind page_thread = { .name = "thread",
                                       .path = thread_path,
                                       .render = thread_render,
                                       .mark_neighbours = thread_mark_neighbours,
                                       .tend = thread_tend };
