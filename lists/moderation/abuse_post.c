/* The post that a notice is about: by the link to its place in the archive ("…/gruenau/2026/0001/#n3"), in
 * the decider's answer or else in the notice. A link without "#n" means a thread's only message. Where two
 * posts are linked, or one of a list that was not asked, none is found: nobody takes down what was not meant.
 * abuse_decide.c calls this. */
#include "lists/list_cache.h"
#include "lists/moderation/notices_private.h"
#include "lists/moderation/private.h"

#include "lib/base/fault.h"
#include "lib/mail/read.h"
#include "lib/store/threads.h"

#include <string.h>

enum { LINKS_TRIED = 20, NAME_BYTES = 64 };

/* "gruenau/2026/0001/#n3" taken apart; position 0: none is named. */
static bool read_path(const char *path, char name[NAME_BYTES], int *year, int *number, int64_t *position)
{
  gsize length = strcspn(path, "/ \n<>\"?#");
  char *end = NULL;
  if (length == 0 || length >= NAME_BYTES || path[length] != '/') return false;
  memcpy(name, path, length);
  name[length] = '\0';
  *year = (int)g_ascii_strtoull(path + length + 1, &end, 10);
  if (*end != '/' || *year < 1970 || *year > 9999) return false;
  const char *digits = end + 1;
  guint64 found = g_ascii_strtoull(digits, &end, 10);
  if (end == digits || found > 999999) return false;
  *number = (int)found;
  const char *mark = end + strcspn(end, "# \n<>\"");
  *position = g_str_has_prefix(mark, "#n") ? g_ascii_strtoll(mark + 2, NULL, 10) : 0;
  return true;
}

/* The message at a place of a thread; 0 where there is none, or no place is named and there are several. */
static bool message_at(struct work *work, int64_t thread, int64_t position, int64_t *id, GError **error)
{
  int64_t after = position > 0 ? position - 1 : 0;
  g_autoptr(GPtrArray) page = messages_of_thread(work->store, thread, after, 2, error);
  if (!page) return false;
  const struct message *first = page->len > 0 ? g_ptr_array_index(page, 0) : NULL;
  bool is_it = first && (position > 0 ? first->position == position : page->len == 1);
  *id = is_it ? first->id : 0;
  return true;
}

/* The message that a path names; 0: none. */
static bool message_by_path(struct work *work, const char *path, int64_t *id, GError **error)
{
  char name[NAME_BYTES];
  int year = 0, number = 0;
  int64_t position = 0;
  GError *failed = NULL;
  *id = 0;
  if (!read_path(path, name, &year, &number, &position)) return true;
  const struct list *list = list_cache_by_name(work->lists, name);
  g_autoptr(thread_row) thread =
      list ? thread_find_number(work->store, list->id, year, number, &failed) : NULL;
  if (fault_hand_on(failed, error)) return false;
  return !thread || message_at(work, thread->id, position, id, error);
}

bool post_linked(struct work *work, const char *text, int64_t *id, GError **error)
{
  bool has_slash = g_str_has_suffix(work->config->base_url, "/");
  g_autofree char *link = g_strconcat(work->config->base_url, has_slash ? "" : "/", NULL);
  const char *at = text;
  *id = 0;
  for (int i = 0; i < LINKS_TRIED && *id >= 0 && (at = strstr(at, link)); i++) {
    int64_t found = 0;
    at += strlen(link);
    if (!message_by_path(work, at, &found, error)) return false;
    if (found) *id = *id && *id != found ? -1 : found;
  }
  return true;
}

bool notice_post(struct work *work, const struct notice *notice, const struct arrival *answer, int64_t asked,
                 struct message **post, GError **error)
{
  int64_t id = 0;
  *post = NULL;
  if (!post_linked(work, answer->mail->text_new, &id, error)) return false;
  if (id == 0) {
    struct hold where = { .mail = notice->mail, .recipient = notice->recipient };
    g_autoptr(incoming_t) incoming = moderation_read(work, &where, error);
    if (!incoming || !post_linked(work, incoming->mail->text, &id, error)) return false;
  }
  if (id <= 0) return true;
  GError *failed = NULL;
  g_autoptr(message_row) message = message_get(work->store, id, &failed);
  if (fault_hand_on(failed, error)) return false;
  if (message && message->mail && (!asked || message->list == asked)) *post = g_steal_pointer(&message);
  return true;
}
