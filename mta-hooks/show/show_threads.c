/* kiezpost show threads, thread, messages, message: the conversations of a list as the store knows them,
 * published or not. */
#include "mta-hooks/show/show.h"
#include "mta-hooks/verbs/list_named.h"

/* The address of a thread's page; NULL where there is none to see. Caller frees. */
static char *thread_url(const struct show *show, const struct list *list, const struct thread *thread)
{
  if (!list->archive_public || list->removed || thread->public_messages == 0) return NULL;
  return g_strdup_printf("%s/%s/%04d/%04d/", show->command->config->base_url, list->name, thread->year,
                         thread->number);
}

static const char *thread_state(const struct list *list, const struct thread *thread)
{
  if (thread->merged_into) return "merged";
  return list->archive_public && thread->public_messages > 0 ? "public" : "unpublished";
}

static void put_thread(struct show *show, const struct list *list, const struct thread *thread)
{
  struct sheet *sheet = &show->sheet;
  g_autofree char *url = thread_url(show, list, thread);
  g_autofree char *number = g_strdup_printf("%04d/%04d", thread->year, thread->number);
  sheet_begin(sheet);
  sheet_number(sheet, "id", thread->id);
  sheet_text(sheet, "number", number);
  sheet_text(sheet, "list", list->name);
  sheet_text(sheet, "subject", thread->subject);
  sheet_text(sheet, "state", thread_state(list, thread));
  sheet_number(sheet, "messages", thread->messages);
  sheet_time(sheet, "started", thread->started);
  sheet_time(sheet, "last", thread->last);
  sheet_text(sheet, "url", url);
  if (thread->merged_into) sheet_number(sheet, "merged_into", thread->merged_into);
  sheet_end(sheet);
}

bool show_threads(struct show *show, GError **error)
{
  g_autoptr(list_row) list = list_find_named(show->store, show->of, error);
  if (!list) return false;
  for (int64_t after = 0;;) {
    g_autoptr(GPtrArray) page = threads_page(show->store, list->id, after, SHOW_PAGE, error);
    if (!page) return false;
    for (guint i = 0; i < page->len; i++) {
      const struct thread *thread = page->pdata[i];
      put_thread(show, list, thread);
      after = thread->id;
    }
    if (page->len < SHOW_PAGE) return true;
  }
}

/* The thread of this id and its list; false with a sentence if there is none. */
static bool find_thread(struct show *show, int64_t id, struct thread **thread, struct list **list,
                        GError **error)
{
  g_autoptr(GError) why = NULL;
  *thread = thread_get(show->store, id, &why);
  *list = *thread ? list_get(show->store, (*thread)->list, &why) : NULL;
  if (*list) return true;
  g_clear_pointer(thread, thread_free);
  if (!why) return fault_set(error, FAULT_INPUT, "There is no thread %" G_GINT64_FORMAT ".", id);
  g_propagate_error(error, g_steal_pointer(&why));
  return false;
}

bool show_thread(struct show *show, GError **error)
{
  g_autoptr(thread_row) thread = NULL;
  g_autoptr(list_row) list = NULL;
  int64_t id = show_read_id(show, error);
  if (!id || !find_thread(show, id, &thread, &list, error)) return false;
  put_thread(show, list, thread);
  return true;
}

static void put_message(struct show *show, const struct list *list, const struct thread *thread,
                        const struct message *message)
{
  struct sheet *sheet = &show->sheet;
  g_autofree char *page = message->is_public ? thread_url(show, list, thread) : NULL;
  int64_t part = (message->position - 1) / THREAD_PART_MESSAGES + 1;
  g_autofree char *folder = part > 1 ? g_strdup_printf("%" G_GINT64_FORMAT "/", part) : g_strdup("");
  g_autofree char *url =
      page ? g_strdup_printf("%s%s#n%" G_GINT64_FORMAT, page, folder, message->position) : NULL;
  sheet_begin(sheet);
  sheet_number(sheet, "id", message->id);
  sheet_number(sheet, "thread", message->thread);
  sheet_text(sheet, "message_id", message->message_id);
  sheet_text(sheet, "from_name", message->from_name);
  sheet_text(sheet, "from_address", message->from_address);
  sheet_text(sheet, "subject", message->subject);
  sheet_time(sheet, "date", message->written);
  sheet_time(sheet, "received", message->received);
  sheet_flag(sheet, "held", !message->is_public);
  sheet_text(sheet, "url", url);
  if (message->parent) sheet_number(sheet, "parent", message->parent);
  sheet_number(sheet, "depth", message->depth);
  sheet_text(sheet, "text", message->text);
  sheet_end(sheet);
}

bool show_messages(struct show *show, GError **error)
{
  g_autoptr(thread_row) thread = NULL;
  g_autoptr(list_row) list = NULL;
  int64_t id = show_read_id(show, error);
  if (!id || !find_thread(show, id, &thread, &list, error)) return false;
  for (int64_t after = 0;;) {
    g_autoptr(GPtrArray) page = messages_of_thread(show->store, id, after, SHOW_PAGE, error);
    if (!page) return false;
    for (guint i = 0; i < page->len; i++) {
      const struct message *message = page->pdata[i];
      after = message->position;
      if (message->mail)
        put_message(show, list, thread, message); /* else a stand-in for one that never came */
    }
    if (page->len < SHOW_PAGE) return true;
  }
}

bool show_message(struct show *show, GError **error)
{
  g_autoptr(GError) why = NULL;
  g_autoptr(thread_row) thread = NULL;
  g_autoptr(list_row) list = NULL;
  int64_t id = show_read_id(show, error);
  if (!id) return false;
  g_autoptr(message_row) message = message_get(show->store, id, &why);
  if (why) {
    g_propagate_error(error, g_steal_pointer(&why));
    return false;
  }
  if (!message || !message->mail)
    return fault_set(error, FAULT_INPUT, "There is no message %" G_GINT64_FORMAT ".", id);
  if (!find_thread(show, message->thread, &thread, &list, error)) return false;
  put_message(show, list, thread, message);
  return true;
}
