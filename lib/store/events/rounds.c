/* Rounds: one letter to many of an event, some a step, that goes on where it stopped; see events.h. */
#include "lib/store/events/events.h"

#include "lib/store/internal.h"

void event_round_free(struct event_round *round)
{
  if (!round) return;
  g_free(round->what);
  g_free(round->original);
  g_free(round->text);
  g_free(round);
}

static void *read_round(const struct rows *rows)
{
  struct event_round *round = g_new0(struct event_round, 1);
  round->id = column_int(rows, 0);
  round->event = column_int(rows, 1);
  round->what = column_text(rows, 2);
  round->original = column_text(rows, 3);
  round->text = column_text(rows, 4);
  round->mail = column_int(rows, 5);
  round->done_to = column_int(rows, 6);
  round->created = column_int(rows, 7);
  return round;
}

bool event_round_put(struct store *store, const struct event_round *round, GError **error)
{
  return db_run(store->db, Q_EVENT_ROUND_PUT, error, INT(round->event), TEXT(round->what),
                TEXT(round->original), TEXT(round->text), ID(round->mail), INT(round->created));
}

struct event_round *event_round_next(struct store *store, int64_t event, GError **error)
{
  return rows_first(db_query(store->db, Q_EVENT_ROUND_NEXT, INT(event)), read_round, error);
}

bool event_round_move(struct store *store, int64_t round, int64_t party, GError **error)
{
  return party ? db_run(store->db, Q_EVENT_ROUND_MOVE, error, INT(round), INT(party))
               : db_run(store->db, Q_EVENT_ROUND_END, error, INT(round));
}
