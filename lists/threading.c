/* Threading: which thread a message belongs to, and below which message.
 *
 * A thread is what hangs together: a message is in one thread with everything it refers to. For a reference
 * that we have not seen a stand-in is put down, so that two answers to an unseen mail meet, and the mail
 * itself, should it come, takes its place. Each arrival joins the threads of all its references; so the same
 * mails give the same threads in whatever order they come. What makes this cheap and safe on any input:
 *   - of a long list of references the first and the last eleven count, always the same ones;
 *   - the last reference is the parent. References hang below one another in their order, where they have no
 *     place of their own yet;
 *   - no link is made that closes a circle: the ancestors are walked before an existing message gets a
 * parent. Two threads that turn out to be one are merged, the older number wins and the younger stays as a
 * signpost.
 *
 * By subject only answers that carry no references at all are joined (some clients and telephones write
 * such), in the same list and within `subject_join_days`. RFC 5322 section 3.6.4, RFC 5256 section 3. */
#include "lists/threading.h"

#include "lists/thread_tree.h"

#include "lib/base/fault.h"
#include "lib/store/directory.h"
#include "lib/store/pages.h"
#include "lib/text/subject.h"

#include <string.h>

enum { REFERENCES_MAX = 12, MESSAGE_ID_MAX = 998, DAY_SECONDS = 24 * 3600 };

/* One placing. */
struct placing {
  struct work *work;
  const struct list *list;
  const struct mail *mail;
  struct message *message;
  const char *ids[REFERENCES_MAX];       /* what it refers to, oldest first */
  struct message *known[REFERENCES_MAX]; /* the rows that are there, NULL for those that are not */
  int count;
  struct message *own_stand_in; /* the row that waits for this very message; NULL */
  struct message *token_parent; /* what the reply address says it answers; NULL */
};

static void placing_clear(struct placing *p)
{
  for (int i = 0; i < p->count; i++) message_free(p->known[i]);
  message_free(p->own_stand_in);
  message_free(p->token_parent);
}

/* Adds one reference, unless it is the message itself or there already. */
static void add_id(struct placing *p, const char *id)
{
  if (!id || !*id || strlen(id) > MESSAGE_ID_MAX || strcmp(id, p->message->message_id) == 0) return;
  for (int i = 0; i < p->count; i++)
    if (strcmp(p->ids[i], id) == 0) return;
  if (p->count < REFERENCES_MAX) p->ids[p->count++] = id;
}

/* The first reference and the last eleven. */
static void collect_ids(struct placing *p)
{
  const GPtrArray *references = p->mail->references;
  guint length = references ? references->len : 0;
  if (length == 0) return;
  add_id(p, g_ptr_array_index(references, 0));
  guint start = length > REFERENCES_MAX - 1 ? length - (REFERENCES_MAX - 1) : 1;
  for (guint i = start; i < length; i++) add_id(p, g_ptr_array_index(references, i));
}

/* Looks one row up; *row stays NULL where there is none. */
static bool find_row(struct placing *p, const char *id, struct message **row, GError **error)
{
  GError *failed = NULL;
  *row = message_find_place(p->work->store, p->list->id, id, &failed);
  if (!failed) return true;
  g_propagate_error(error, failed);
  return false;
}

static bool find_known(struct placing *p, GError **error)
{
  for (int i = 0; i < p->count; i++)
    if (!find_row(p, p->ids[i], &p->known[i], error)) return false;
  return find_row(p, p->message->message_id, &p->own_stand_in, error);
}

/* Has any reference been seen as a mail? */
static bool refers_to_seen(const struct placing *p)
{
  for (int i = 0; i < p->count; i++)
    if (p->known[i] && p->known[i]->mail) return true;
  return false;
}

/* A gateway on the way may rename messages, a telephone may drop the references; then the token in the
 * reply address says what was answered, and counts instead of references that nobody knows. */
static bool prefer_token(struct placing *p, GError **error)
{
  if (!p->message->parent || refers_to_seen(p)) return true;
  GError *failed = NULL;
  p->token_parent = message_place(p->work->store, p->message->parent, &failed);
  if (fault_hand_on(failed, error)) return false;
  if (!p->token_parent || p->token_parent->list != p->list->id) return true;
  for (int i = 0; i < p->count; i++) g_clear_pointer(&p->known[i], message_free);
  p->count = 0;
  add_id(p, p->token_parent->message_id);
  return p->count == 0 || find_row(p, p->ids[0], &p->known[0], error);
}

/* Joins the thread of a known row to the one found so far. */
static bool join(struct placing *p, int64_t *thread, const struct message *row, GError **error)
{
  if (!row) return true;
  if (!*thread) {
    *thread = row->thread;
    return true;
  }
  return thread_tree_merge(p->work, thread, row->thread, error);
}

/* The thread of everything this message hangs together with; 0 where there is none yet. */
static bool join_threads(struct placing *p, int64_t *thread, GError **error)
{
  *thread = 0;
  for (int i = 0; i < p->count; i++)
    if (!join(p, thread, p->known[i], error)) return false;
  return join(p, thread, p->own_stand_in, error);
}

/* An answer without references: the youngest thread of that subject within the window. */
static bool join_by_subject(struct placing *p, int64_t *thread, GError **error)
{
  const char *subject = p->message->subject;
  int days = p->work->config->subject_join_days;
  if (*thread || p->count || days <= 0 || !subject_is_reply(subject)) return true;
  g_autofree char *key = subject_key(subject, p->list->subject_tag);
  if (!*key) return true;
  GError *failed = NULL;
  int64_t window = (int64_t)days * DAY_SECONDS, received = p->message->received;
  g_autoptr(thread_row) found =
      thread_find_subject(p->work->store, p->list->id, key, received - window, received + window, &failed);
  if (fault_hand_on(failed, error)) return false;
  if (found) *thread = found->merged_into ? found->merged_into : found->id;
  return true;
}

/* The municipality's zone. Kept for the life of the process: GLib reads the zone's file anew for every one it
 * makes. */
static GTimeZone *zone_of(const struct config *config)
{
  static GTimeZone *zone;
  if (zone && strcmp(g_time_zone_get_identifier(zone), config->zone) == 0) return zone;
  if (zone) g_time_zone_unref(zone);
  zone = g_time_zone_new_identifier(config->zone);
  return zone;
}

/* A new thread, dated in the municipality's zone. */
static bool begin_thread(struct placing *p, int64_t *thread, GError **error)
{
  GTimeZone *zone = zone_of(p->work->config);
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(p->message->received);
  g_autoptr(GDateTime) local = zone && utc ? g_date_time_to_timezone(utc, zone) : NULL;
  if (!local)
    return fault_set(error, FAULT_BUG, "A message was received at a moment that no calendar knows.");
  g_autofree char *subject = subject_base(p->message->subject, p->list->subject_tag);
  g_autofree char *key = subject_key(p->message->subject, p->list->subject_tag);
  struct thread row = {
    .list = p->list->id,
    .year = g_date_time_get_year(local),
    .month = g_date_time_get_month(local),
    .subject = subject,
    .subject_key = key,
    .started = p->message->received,
    .last = p->message->received,
  };
  if (!thread_create(p->work->store, &row, error)) return false;
  *thread = row.id;
  return true;
}

/* Puts down a stand-in for a reference that is not there, below the one before it. */
static bool add_stand_in(struct placing *p, int i, int64_t thread, GError **error)
{
  const struct message *above = i > 0 ? p->known[i - 1] : NULL;
  struct message *stand_in = g_new0(struct message, 1);
  *stand_in = (struct message){
    .list = p->list->id,
    .thread = thread,
    .message_id = g_strdup(p->ids[i]),
    .parent = above ? above->id : 0,
    .depth = above ? above->depth + 1 : 0,
    .from_name = g_strdup(""),
    .from_address = g_strdup(""),
    .subject = g_strdup(""),
    .text = g_strdup(""),
  };
  p->known[i] = stand_in;
  return message_create(p->work->store, stand_in, error);
}

/* Everything it refers to gets a row; stand-ins that still have no parent get the reference before them. */
static bool link_references(struct placing *p, int64_t thread, GError **error)
{
  for (int i = 0; i < p->count; i++) {
    struct message *row = p->known[i];
    if (!row) {
      if (!add_stand_in(p, i, thread, error)) return false;
    } else if (!row->mail && !row->parent && i > 0) {
      if (!thread_tree_adopt(p->work, row, p->known[i - 1], error)) return false;
    }
  }
  return true;
}

/* The parent of the message: the last reference, or the nearest before it that does not hang below the
 * message itself. */
static bool choose_parent(struct placing *p, struct message **parent, GError **error)
{
  *parent = NULL;
  for (int i = p->count - 1; i >= 0; i--) {
    bool is_below = false;
    if (p->own_stand_in && !thread_tree_is_below(p->work, p->known[i], p->own_stand_in->id, &is_below, error))
      return false;
    if (is_below) continue;
    *parent = p->known[i];
    return true;
  }
  return true;
}

/* Writes the row: a new one, or the stand-in's. */
static bool write_message(struct placing *p, const struct message *parent, GError **error)
{
  struct message *message = p->message;
  message->parent = parent ? parent->id : 0;
  message->depth = parent ? parent->depth + 1 : 0;
  if (!p->own_stand_in) return message_create(p->work->store, message, error);
  message->id = p->own_stand_in->id;
  message->position = p->own_stand_in->position;
  if (!message_fill(p->work->store, message, error)) return false;
  if (p->own_stand_in->parent == message->parent && p->own_stand_in->depth == message->depth) return true;
  if (!message_set_parent(p->work->store, message->id, message->parent, message->depth, error)) return false;
  return thread_tree_settle(p->work, message, error);
}

/* The first public message of a thread whose others are not names it: the public must not read the subject of
 * what was never published. */
static bool names_thread(const struct message *message, const struct thread *thread)
{
  return message->is_public && thread->public_messages == 1 && thread->messages > 1;
}

/* The thread's span of time takes in this message; its pages become stale. */
static bool finish(struct placing *p, GError **error)
{
  struct store *store = p->work->store;
  const struct message *message = p->message;
  g_autoptr(thread_row) thread = thread_get(store, message->thread, error);
  if (!thread) return false;
  bool is_named = names_thread(message, thread);
  if (is_named) {
    g_free(thread->subject);
    g_free(thread->subject_key);
    thread->subject = subject_base(message->subject, p->list->subject_tag);
    thread->subject_key = subject_key(message->subject, p->list->subject_tag);
  }
  if (is_named || message->received < thread->started || message->received > thread->last) {
    thread->started = MIN(thread->started, message->received);
    thread->last = MAX(thread->last, message->received);
    if (!thread_update(store, thread, error)) return false;
  }
  return pages_mark_message(store, p->list->id, thread->id, message->position, error);
}

/* The steps, one after the other. */
static bool place(struct placing *p, GError **error)
{
  int64_t thread = 0;
  collect_ids(p);
  if (!find_known(p, error) || !prefer_token(p, error)) return false;
  if (p->own_stand_in && p->own_stand_in->mail)
    return fault_set(error, FAULT_BUG, "A message was to be filed twice under one Message-ID.");
  if (!join_threads(p, &thread, error) || !join_by_subject(p, &thread, error)) return false;
  if (!thread && !begin_thread(p, &thread, error)) return false;
  if (!thread_tree_reread(p->work, p->known, p->count, &p->own_stand_in, error)) return false;
  p->message->thread = thread;
  struct message *parent = NULL;
  return link_references(p, thread, error) && choose_parent(p, &parent, error) &&
         write_message(p, parent, error) && finish(p, error);
}

bool threading_place(struct work *work, const struct list *list, const struct mail *mail,
                     struct message *message, GError **error)
{
  struct placing p = { .work = work, .list = list, .mail = mail, .message = message };
  bool is_placed = place(&p, error);
  placing_clear(&p);
  return is_placed;
}
