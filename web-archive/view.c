/* The public's view of the store. The only file of the web archive that reads messages: what it hands out
 * holds struct public_text and numbers, nothing else. Messages are read ten at a time, so that a part of a
 * hundred very long mails does not fill the memory: what leaves the gate is bounded. */
#include "web-archive/view.h"

#include "lib/store/cases/official_messages.h"
#include "lib/store/people/people.h"
#include "lib/store/public_threads.h"
#include "lib/store/threads.h"
#include <string.h>

_Static_assert((int)VIEW_PART_MESSAGES == (int)THREAD_PART_MESSAGES, "a page shows a part");
_Static_assert((int)VIEW_PART_THREADS == (int)MONTH_PART_THREADS, "a page shows a part");

enum { READ_AT_ONCE = 10, MERGES_FOLLOWED = 50 };

void public_thread_free(struct public_thread *thread)
{
  if (!thread) return;
  public_text_free(thread->title);
  g_free(thread);
}

static void public_message_free(void *data)
{
  struct public_message *message = data;
  public_text_free(message->parent_name);
  public_text_free(message->name);
  public_text_free(message->body);
  if (message->files) g_array_unref(message->files);
  public_thread_free(message->thread);
  g_free(message);
}

/* The part that a position stands in. */
static int part_of(int64_t position)
{
  return (int)((position + THREAD_PART_MESSAGES - 1) / THREAD_PART_MESSAGES);
}

static const char *domain_of(const struct site *site)
{
  return site_config(site)->domain;
}

/* ---- threads ---- */

static struct public_thread *public_thread_of(const struct site *site, const struct thread *row)
{
  struct public_thread *thread = g_new0(struct public_thread, 1);
  thread->id = row->id;
  thread->list = row->list;
  thread->year = row->year;
  thread->number = row->number;
  thread->month = row->month;
  thread->title = public_title(row->subject, domain_of(site));
  thread->messages = row->public_messages;
  thread->started = row->started;
  thread->last = row->last;
  thread->merged_into = row->merged_into;
  return thread;
}

struct public_thread *view_thread(struct site *site, int64_t id, GError **error)
{
  g_autoptr(thread_row) row = thread_get(site_store(site), id, error);
  if (!row) return NULL;
  g_autoptr(public_thread_t) thread = public_thread_of(site, row);
  thread->last_position = thread_last_public(site_store(site), id, error);
  return thread->last_position < 0 ? NULL : g_steal_pointer(&thread);
}

int view_thread_parts(const struct public_thread *thread)
{
  if (thread->merged_into != 0 || thread->messages == 0) return 0;
  return part_of(thread->last_position);
}

struct public_thread *view_thread_target(struct site *site, const struct public_thread *thread,
                                         GError **error)
{
  struct public_thread *target = NULL;
  int64_t next = thread->merged_into;
  for (int i = 0; next != 0 && i < MERGES_FOLLOWED; i++) {
    public_thread_free(target);
    target = view_thread(site, next, error);
    if (!target) return NULL;
    next = target->merged_into;
  }
  if (target && view_thread_parts(target) > 0) return target;
  public_thread_free(target);
  return NULL;
}

/* Rows of threads as the public sees them; those without a public message are left out. */
static GPtrArray *public_threads_of(const struct site *site, GPtrArray *rows)
{
  if (!rows) return NULL;
  GPtrArray *threads = g_ptr_array_new_with_free_func((GDestroyNotify)public_thread_free);
  for (guint i = 0; i < rows->len; i++) {
    const struct thread *row = rows->pdata[i];
    if (row->public_messages > 0 && row->merged_into == 0)
      g_ptr_array_add(threads, public_thread_of(site, row));
  }
  g_ptr_array_unref(rows);
  return threads;
}

GPtrArray *view_month_threads(struct site *site, int64_t list, int year, int month, int part, GError **error)
{
  return public_threads_of(site, threads_of_month_part(site_store(site), list, year, month, part, error));
}

GPtrArray *view_latest_threads(struct site *site, int64_t list, int limit, GError **error)
{
  return public_threads_of(site, threads_latest(site_store(site), list, limit, true, error));
}

GArray *view_months(struct site *site, int64_t list, GError **error)
{
  g_autoptr(GArray) rows = threads_months(site_store(site), list, error);
  if (!rows) return NULL;
  GArray *months = g_array_new(FALSE, FALSE, sizeof(struct public_month));
  for (guint i = 0; i < rows->len; i++) {
    const struct thread_month *row = &g_array_index(rows, struct thread_month, i);
    struct public_month month = { row->year, row->month, row->threads };
    if (month.threads > 0) g_array_append_val(months, month);
  }
  return months;
}

int view_month_parts(struct site *site, int64_t list, int year, int month, GError **error)
{
  int64_t last = month_last_public(site_store(site), list, year, month, error);
  return last < 0 ? -1 : (int)((last + MONTH_PART_THREADS - 1) / MONTH_PART_THREADS);
}

/* ---- messages ---- */

/* A message's author as they want to be called in public; NULL on error. */
static struct public_text *author_of(const struct site *site, const struct message *row, GError **error)
{
  if (!row->person) return public_name(row->from_name);
  g_autoptr(person_choice) choice = person_choice_get(site_store(site), row->person, error);
  return choice ? public_chosen_name(choice->shown, row->from_name, choice->pseudonym) : NULL;
}

/* NULL on error. */
static struct public_message *public_message_of(const struct site *site, const struct message *row,
                                                GError **error)
{
  int64_t office = 0;
  if (!official_message_of(site_store(site), row->id, &office, error)) return NULL;
  struct public_text *name = author_of(site, row, error);
  if (!name) return NULL;
  struct public_message *message = g_new0(struct public_message, 1);
  message->position = row->position;
  message->depth = row->depth;
  message->name = name;
  message->office = office;
  message->body = public_body(row->text, domain_of(site));
  message->written = row->written;
  message->received = row->received;
  return message;
}

static bool is_shown(const struct message *row)
{
  return row->mail != 0 && row->is_public;
}

/* One reading's worth of a part. */
struct part_reading {
  int64_t thread;
  int part;
  GPtrArray *messages; /* struct public_message* */
  GArray *parents;     /* int64_t, beside messages */
  GHashTable *rows;    /* ids of all rows of the part */
  GHashTable *shown;   /* ids of those shown → struct public_message* */
};

/* Says which message a message answers. Of one in an earlier part only the place counts, which never changes
 * while this page stays fresh; whether it is public by now this page would not hear of. */
static bool find_parent(struct site *site, const struct part_reading *reading, struct public_message *message,
                        int64_t parent, GError **error)
{
  if (parent == 0) return true;
  const struct public_message *shown = g_hash_table_lookup(reading->shown, &parent);
  if (shown) {
    message->parent_position = shown->position;
    message->parent_name = public_own(public_text_string(shown->name));
    return true;
  }
  if (g_hash_table_contains(reading->rows, &parent)) return true; /* of this part, and not public */
  GError *fault = NULL;
  g_autoptr(message_row) row = message_get(site_store(site), parent, &fault);
  if (fault) {
    g_propagate_error(error, fault);
    return false;
  }
  if (row && row->thread == reading->thread && part_of(row->position) < reading->part)
    message->parent_position = row->position;
  return true;
}

static bool take_rows(struct site *site, struct part_reading *reading, const GPtrArray *rows, int64_t last,
                      GError **error)
{
  for (guint i = 0; i < rows->len; i++) {
    const struct message *row = rows->pdata[i];
    if (row->position > last) return true;
    g_hash_table_add(reading->rows, g_memdup2(&row->id, sizeof row->id));
    if (!is_shown(row)) continue;
    struct public_message *message = public_message_of(site, row, error);
    if (!message) return false;
    g_ptr_array_add(reading->messages, message);
    g_array_append_val(reading->parents, row->parent);
    g_hash_table_insert(reading->shown, g_memdup2(&row->id, sizeof row->id), message);
  }
  return true;
}

/* Says what hangs on the messages; both are ordered by position. */
static bool count_attachments(struct site *site, const struct part_reading *reading, GError **error)
{
  g_autoptr(GArray) counts = attachments_counted(site_store(site), reading->thread, reading->part, error);
  for (guint i = 0, k = 0; counts && i < reading->messages->len && k < counts->len; i++) {
    struct public_message *message = reading->messages->pdata[i];
    const struct attachment_count *count = &g_array_index(counts, struct attachment_count, k);
    if (count->position != message->position) continue;
    message->photos = count->photos;
    message->documents = count->documents;
    k++;
  }
  return counts != NULL;
}

/* Adds the files that everybody may see; both are ordered by position. */
static bool add_files(struct site *site, const struct part_reading *reading, GError **error)
{
  g_autoptr(GArray) files = public_files_of_part(site_store(site), reading->thread, reading->part, error);
  for (guint i = 0, k = 0; files && i < reading->messages->len && k < files->len;) {
    struct public_message *message = reading->messages->pdata[i];
    const struct shown_file *file = &g_array_index(files, struct shown_file, k);
    if (file->position > message->position) {
      i++;
      continue;
    }
    if (file->position == message->position) {
      if (!message->files) message->files = g_array_new(FALSE, FALSE, sizeof(struct shown_file));
      g_array_append_vals(message->files, file, 1);
    }
    k++;
  }
  return files != NULL;
}

/* Says until when offers hold; both are ordered by position. */
static bool find_offers(struct site *site, const struct part_reading *reading, GError **error)
{
  g_autoptr(GArray) offers = offers_of_part(site_store(site), reading->thread, reading->part, error);
  for (guint i = 0, k = 0; offers && i < reading->messages->len && k < offers->len; i++) {
    struct public_message *message = reading->messages->pdata[i];
    const struct offer_shown *offer = &g_array_index(offers, struct offer_shown, k);
    if (offer->position != message->position) continue;
    message->expires = offer->expires;
    message->is_over = offer->is_over;
    k++;
  }
  return offers != NULL;
}

static bool read_part(struct site *site, struct part_reading *reading, GError **error)
{
  int64_t after = (int64_t)(reading->part - 1) * THREAD_PART_MESSAGES, last = after + THREAD_PART_MESSAGES;
  while (after < last) {
    g_autoptr(GPtrArray) rows =
        messages_of_thread(site_store(site), reading->thread, after, READ_AT_ONCE, error);
    if (!rows) return false;
    if (rows->len == 0) break;
    if (!take_rows(site, reading, rows, last, error)) return false;
    after = ((const struct message *)rows->pdata[rows->len - 1])->position;
  }
  for (guint i = 0; i < reading->messages->len; i++) {
    int64_t parent = g_array_index(reading->parents, int64_t, i);
    if (!find_parent(site, reading, reading->messages->pdata[i], parent, error)) return false;
  }
  return count_attachments(site, reading, error) && add_files(site, reading, error) &&
         find_offers(site, reading, error);
}

GPtrArray *view_messages(struct site *site, const struct public_thread *thread, int part, GError **error)
{
  struct part_reading reading = {
    .thread = thread->id,
    .part = part,
    .messages = g_ptr_array_new_with_free_func(public_message_free),
    .parents = g_array_new(FALSE, FALSE, sizeof(int64_t)),
    .rows = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL),
    .shown = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL),
  };
  bool done = read_part(site, &reading, error);
  g_hash_table_destroy(reading.rows);
  g_hash_table_destroy(reading.shown);
  g_array_unref(reading.parents);
  if (done) return reading.messages;
  g_ptr_array_unref(reading.messages);
  return NULL;
}

GPtrArray *view_latest_messages(struct site *site, int64_t list, int limit, GError **error)
{
  g_autoptr(GPtrArray) rows = messages_latest(site_store(site), list, limit, true, error);
  if (!rows) return NULL;
  g_autoptr(GPtrArray) messages = g_ptr_array_new_with_free_func(public_message_free);
  for (guint i = 0; i < rows->len; i++) {
    const struct message *row = rows->pdata[i];
    if (!is_shown(row)) continue;
    struct public_message *message = public_message_of(site, row, error);
    if (!message) return NULL;
    g_ptr_array_add(messages, message);
    message->thread = view_thread(site, row->thread, error);
    if (!message->thread) return NULL;
  }
  return g_steal_pointer(&messages);
}
