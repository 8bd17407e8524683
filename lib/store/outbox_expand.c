/* Expansion: a letter to members becomes a delivery a member, a bounded number of rows a step; see outbox.h.
 *
 * A step goes on after the last person done (letter.cursor), so it may be broken off between any two steps,
 * and the rows are the same however it was cut. Who gets a copy does not depend on when: memberships are rows
 * with a span of changes, and the letter names its change. The same question is asked of earlier letters of
 * the same mail, not of their deliveries: a member of two lists gets one copy even where the other letter is
 * expanded later, was sent long ago, or waits. */
#include "lib/store/outbox_internal.h"

/* A member who gets a copy. */
static void *read_recipient(const struct rows *rows)
{
  struct delivery *delivery = g_new0(struct delivery, 1);
  delivery->person = column_int(rows, 0);
  delivery->address = column_text(rows, 1);
  delivery->is_alone = column_int(rows, 2) != 0;
  return delivery;
}

/* What every member has to hear once, also who reads digests, pauses or wants no mails: that their group
 * ends. */
static bool is_for_all(const struct letter *letter)
{
  return g_strcmp0(letter->purpose, "group_closed") == 0;
}

static GPtrArray *next_recipients(struct store *store, const struct letter *letter, int limit, GError **error)
{
  int64_t thread = 0;
  if (letter->message && !db_number(store->db, Q_LETTER_THREAD, 0, &thread, error, INT(letter->message)))
    return NULL;
  return rows_collect(db_query(store->db, Q_LETTER_MEMBERS, INT(letter->list), INT(letter->cursor),
                               INT(letter->change), INT(letter->except_person), ID(letter->mail),
                               INT(letter->id), INT(limit), INT(thread), INT(letter->message),
                               TEXT(letter->delivery), INT(letter->is_batch ? letter->created : 0),
                               INT(is_for_all(letter))),
                      read_recipient, (GDestroyNotify)delivery_free, error);
}

/* Writes the next rows of one letter; returns how many, -1 on error. */
static int expand_letter(struct store *store, struct letter *letter, int limit, outbox_fill *fill, void *data,
                         GError **error)
{
  g_autoptr(GPtrArray) recipients = next_recipients(store, letter, limit, error);
  if (!recipients) return -1;
  for (guint i = 0; i < recipients->len; i++) {
    struct delivery *delivery = recipients->pdata[i];
    delivery->letter = letter->id;
    delivery->number = letter->deliveries + i + 1;
    if (fill) fill(letter, delivery, data);
    if (!outbox_put_delivery(store, delivery, error)) return -1;
    letter->cursor = delivery->person;
  }
  bool is_last = recipients->len < (guint)limit;
  /* With rows that are due from now on it cannot be done already. */
  bool may_close = is_last && recipients->len == 0;
  bool is_done = db_run(store->db, Q_LETTER_ADVANCE, error, INT(letter->id), INT(letter->cursor),
                        INT(recipients->len), INT(is_last)) &&
                 (!may_close || outbox_close_letter(store, letter->id, letter->created, error));
  return is_done ? (int)recipients->len : -1;
}

int outbox_expand(struct store *store, int limit, outbox_fill *fill, void *data, GError **error)
{
  int written = 0;
  while (written < limit) {
    g_autoptr(GError) local = NULL;
    g_autoptr(letter_t) letter =
        rows_first(db_query(store->db, Q_LETTER_NEXT_UNEXPANDED), outbox_read_letter, &local);
    int more = letter ? expand_letter(store, letter, limit - written, fill, data, &local) : 0;
    if (local) {
      g_propagate_error(error, g_steal_pointer(&local));
      return -1;
    }
    if (!letter) break;
    written += more;
  }
  return written;
}
