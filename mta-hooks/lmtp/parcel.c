/* A parcel.
 *
 * Memory grows by doubling up to INBOX_INLINE_BYTES, or at once to what the sender announced with SIZE; each
 * step must fit the common budget. Where it does not, this parcel goes to a spool file early, so that many
 * mails at once cost file descriptors and not memory. A row with a small spool file is as good as one with
 * its bytes inside. */
#include "mta-hooks/lmtp/parcel.h"

#include "lib/base/durable.h"
#include <string.h>
#include <unistd.h>

enum { FIRST_BYTES = 4096, FROM_DROPPING = -1, FROM_DONE = 99 };

static const char from_word[] = "From ";

/* Takes `more` bytes from the budget; false when there are not so many. */
static bool budget_take(struct parcel_budget *budget, gint64 more)
{
  gint64 used = __atomic_add_fetch(&budget->used_bytes, more, __ATOMIC_RELAXED);
  if (used <= budget->limit_bytes) return true;
  __atomic_sub_fetch(&budget->used_bytes, more, __ATOMIC_RELAXED);
  return false;
}

static void budget_give(struct parcel_budget *budget, gint64 bytes)
{
  __atomic_sub_fetch(&budget->used_bytes, bytes, __ATOMIC_RELAXED);
}

/* Makes room in memory for `needed` bytes in all; false where it must not. */
static bool grow(struct parcel *parcel, gsize needed)
{
  if (needed <= parcel->capacity) return true;
  if (needed > INBOX_INLINE_BYTES) return false;
  gsize capacity = MAX(parcel->capacity * 2, FIRST_BYTES);
  while (capacity < needed) capacity *= 2;
  capacity = MIN(capacity, (gsize)INBOX_INLINE_BYTES);
  if (!budget_take(parcel->budget, (gint64)(capacity - parcel->capacity))) return false;
  parcel->bytes = g_realloc(parcel->bytes, capacity);
  parcel->capacity = capacity;
  return true;
}

static void forget_memory(struct parcel *parcel)
{
  budget_give(parcel->budget, (gint64)parcel->capacity);
  g_clear_pointer(&parcel->bytes, g_free);
  parcel->capacity = 0;
}

struct parcel *parcel_new(struct inbox *inbox, struct parcel_budget *budget, int64_t size_hint)
{
  struct parcel *parcel = g_new0(struct parcel, 1);
  parcel->references = 1;
  parcel->inbox = inbox;
  parcel->budget = budget;
  parcel->spool_fd = -1;
  if (size_hint > 0 && size_hint < INBOX_INLINE_BYTES) grow(parcel, (gsize)size_hint);
  return parcel;
}

struct parcel *parcel_ref(struct parcel *parcel)
{
  g_atomic_int_inc(&parcel->references);
  return parcel;
}

void parcel_unref(struct parcel *parcel)
{
  if (!parcel || !g_atomic_int_dec_and_test(&parcel->references)) return;
  forget_memory(parcel);
  if (parcel->spool_fd >= 0) close(parcel->spool_fd);
  if (parcel->spool && !parcel->leave_spool) inbox_spool_remove(parcel->inbox, parcel->spool);
  g_free(parcel->spool);
  g_free(parcel->sender);
  g_strfreev(parcel->recipients);
  g_free(parcel);
}

/* From memory to a spool file. */
static bool move_to_spool(struct parcel *parcel, GError **error)
{
  parcel->spool_fd = inbox_spool_create(parcel->inbox, &parcel->spool, error);
  if (parcel->spool_fd < 0) return false;
  bool is_written =
      durable_write(parcel->spool_fd, parcel->bytes ? parcel->bytes : "", (gsize)parcel->size_bytes, error);
  forget_memory(parcel);
  return is_written;
}

/* Keeps bytes that belong to the mail. */
static bool keep(struct parcel *parcel, const char *bytes, gsize size, GError **error)
{
  if (parcel->spool_fd < 0 && !grow(parcel, (gsize)parcel->size_bytes + size) &&
      !move_to_spool(parcel, error))
    return false;
  if (parcel->spool_fd >= 0) {
    if (!durable_write(parcel->spool_fd, bytes, size, error)) return false;
  } else if (size) {
    memcpy(parcel->bytes + parcel->size_bytes, bytes, size);
  }
  parcel->size_bytes += (int64_t)size;
  return true;
}

/* Looks for the mbox line at the very beginning; returns how many of the bytes it has dealt with. */
static bool drop_from(struct parcel *parcel, const char *bytes, gsize size, gsize *used, GError **error)
{
  gsize at = 0;
  for (; at < size && parcel->from_seen >= 0 && parcel->from_seen < (int)strlen(from_word); at++) {
    if (bytes[at] != from_word[parcel->from_seen]) {
      gsize seen = (gsize)parcel->from_seen;
      parcel->from_seen = FROM_DONE;
      *used = at;
      return keep(parcel, from_word, seen, error);
    }
    parcel->from_seen++;
  }
  if (parcel->from_seen == (int)strlen(from_word)) parcel->from_seen = FROM_DROPPING;
  if (parcel->from_seen == FROM_DROPPING) {
    const char *lf = memchr(bytes + at, '\n', size - at);
    if (lf) parcel->from_seen = FROM_DONE;
    at = lf ? (gsize)(lf + 1 - bytes) : size;
  }
  *used = at;
  return true;
}

bool parcel_add(struct parcel *parcel, const void *bytes, gsize size, GError **error)
{
  gsize used = 0;
  if (parcel->from_seen != FROM_DONE && !drop_from(parcel, bytes, size, &used, error)) return false;
  return used == size || keep(parcel, (const char *)bytes + used, size - used, error);
}

bool parcel_end(struct parcel *parcel, GError **error)
{
  gsize seen = parcel->from_seen > 0 && parcel->from_seen != FROM_DONE ? (gsize)parcel->from_seen : 0;
  parcel->from_seen = FROM_DONE;
  return !seen || keep(parcel, from_word, seen, error);
}

void parcel_address(struct parcel *parcel, const char *sender, char **recipients, int64_t received)
{
  parcel->sender = g_strdup(sender);
  parcel->recipients = recipients;
  parcel->received = received;
}

/* One parcel as a row of the inbox. */
static bool put(struct inbox *inbox, const struct parcel *parcel, GError **error)
{
  struct inbox_mail mail = { .received = parcel->received,
                             .sender = parcel->sender,
                             .recipients = parcel->recipients,
                             .spool = parcel->spool,
                             .size_bytes = parcel->size_bytes };
  g_autoptr(GBytes) body =
      parcel->spool ? NULL
                    : g_bytes_new_static(parcel->bytes ? parcel->bytes : "", (gsize)parcel->size_bytes);
  mail.body = body;
  return inbox_put(inbox, &mail, error);
}

bool parcels_store(struct inbox *inbox, struct parcel *const *parcels, gsize count, gsize *culprit,
                   GError **error)
{
  *culprit = count;
  if (!inbox_begin(inbox, error)) return false;
  for (gsize i = 0; i < count; i++)
    if (!put(inbox, parcels[i], error)) {
      inbox_rollback(inbox);
      *culprit = i;
      return false;
    }
  for (gsize i = 0; i < count; i++)
    parcels[i]->leave_spool = true; /* a commit that fails may yet have happened */
  return inbox_commit(inbox, error);
}
