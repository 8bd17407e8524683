/* Polls for a date, as rows; see polls.h. A vote is a row an option, and each changes the option's numbers by
 * what it adds and what the earlier one had added, so one costs the same in a small and a large poll. */
#include "lib/store/events/polls.h"

#include "lib/base/fault.h"
#include "lib/store/events/event_shelves.h"
#include "lib/store/internal.h"
#include "lib/store/people/people.h"

#include <string.h>

void poll_free(struct poll *poll)
{
  if (!poll) return;
  g_free(poll->state);
  g_free(poll->until);
  g_free(poll);
}

static void *read_poll(const struct rows *rows)
{
  struct poll *poll = g_new0(struct poll, 1);
  poll->event = column_int(rows, 0);
  poll->state = column_text(rows, 1);
  poll->until = column_text(rows, 2);
  poll->opened = column_int(rows, 3);
  poll->is_reminded = column_int(rows, 4) != 0;
  poll->voters = (int)column_int(rows, 5);
  poll->chosen = (int)column_int(rows, 6);
  return poll;
}

struct poll *poll_get(struct store *store, int64_t event, GError **error)
{
  return rows_first(db_query(store->db, Q_POLL_GET, INT(event)), read_poll, error);
}

bool poll_put(struct store *store, const struct poll *poll, GError **error)
{
  return db_run(store->db, Q_POLL_PUT, error, INT(poll->event), TEXT(poll->state), TEXT(poll->until),
                INT(poll->opened), INT(poll->is_reminded), INT(poll->chosen)) &&
         event_mark_page(store, poll->event, error);
}

/* ---- options ---- */

void poll_option_free(struct poll_option *option)
{
  if (!option) return;
  g_free(option->starts);
  g_free(option->ends);
  g_free(option);
}

static void *read_option(const struct rows *rows)
{
  struct poll_option *option = g_new0(struct poll_option, 1);
  option->number = (int)column_int(rows, 0);
  option->starts = column_text(rows, 1);
  option->ends = column_text(rows, 2);
  option->yes = (int)column_int(rows, 3);
  option->maybe = (int)column_int(rows, 4);
  option->no = (int)column_int(rows, 5);
  option->liked = (int)column_int(rows, 6);
  return option;
}

GPtrArray *poll_options(struct store *store, int64_t event, GError **error)
{
  return rows_collect(db_query(store->db, Q_POLL_OPTIONS, INT(event)), read_option,
                      (GDestroyNotify)poll_option_free, error);
}

bool poll_set_options(struct store *store, int64_t event, const GPtrArray *options, GError **error)
{
  if (!db_run(store->db, Q_POLL_OPTIONS_CLEAR, error, INT(event))) return false;
  for (guint i = 0; i < options->len; i++) {
    const struct poll_option *option = options->pdata[i];
    if (!db_run(store->db, Q_POLL_OPTION_PUT, error, INT(event), INT(i + 1), TEXT(option->starts),
                TEXT(option->ends)))
      return false;
  }
  return true;
}

/* ---- votes ---- */

/* The votes that a query says. */
static GArray *read_votes(struct rows rows, GError **error)
{
  g_autoptr(GArray) votes = g_array_new(FALSE, FALSE, sizeof(struct poll_vote));
  while (rows_next(&rows, error)) {
    g_autofree char *answer = column_text(&rows, 2);
    const struct poll_vote vote = { .party = column_int(&rows, 0),
                                    .number = (int)column_int(&rows, 1),
                                    .answer = *answer,
                                    .is_liked = column_int(&rows, 3) != 0,
                                    .at = column_int(&rows, 4) };
    g_array_append_val(votes, vote);
  }
  return rows_end(&rows) ? g_steal_pointer(&votes) : NULL;
}

GArray *poll_votes_of(struct store *store, int64_t event, int64_t party, GError **error)
{
  return read_votes(db_query(store->db, Q_POLL_VOTES_OF_PARTY, INT(event), INT(party)), error);
}

GArray *poll_votes_page(struct store *store, int64_t event, int64_t after, int limit, GError **error)
{
  GArray *votes = read_votes(db_query(store->db, Q_POLL_VOTES, INT(event), INT(after), INT(limit)), error);
  if (!votes || votes->len < (guint)limit) return votes;
  int64_t last = g_array_index(votes, struct poll_vote, votes->len - 1).party; /* may go on behind the page */
  guint kept = votes->len;
  while (kept > 0 && g_array_index(votes, struct poll_vote, kept - 1).party == last) kept--;
  if (kept > 0) g_array_set_size(votes, kept);
  return votes;
}

/* What a vote adds to its option's numbers, once (1) or taken off (-1). */
static bool count_vote(struct store *store, int64_t event, const struct poll_vote *vote, int times,
                       GError **error)
{
  bool is_yes = vote->answer == 'y';
  return db_run(store->db, Q_POLL_OPTION_COUNT, error, INT(event), INT(vote->number), INT(is_yes ? times : 0),
                INT(vote->answer == 'm' ? times : 0), INT(vote->answer == 'n' ? times : 0),
                INT(is_yes && vote->is_liked ? times : 0));
}

static const char *answer_word(char answer)
{
  return answer == 'y' ? "yes" : answer == 'm' ? "maybe" : "no";
}

bool poll_vote(struct store *store, int64_t event, int64_t party, const GArray *votes, int64_t mail,
               GError **error)
{
  g_autoptr(GArray) before = poll_votes_of(store, event, party, error);
  if (!before) return false;
  for (guint i = 0; i < before->len; i++)
    if (!count_vote(store, event, &g_array_index(before, struct poll_vote, i), -1, error)) return false;
  if (!db_run(store->db, Q_POLL_VOTE_REMOVE, error, INT(event), INT(party))) return false;
  for (guint i = 0; i < votes->len; i++) {
    const struct poll_vote *vote = &g_array_index(votes, struct poll_vote, i);
    if (!db_run(store->db, Q_POLL_VOTE_PUT, error, INT(event), INT(party), INT(vote->number),
                TEXT(answer_word(vote->answer)), INT(vote->is_liked), INT(vote->at), ID(mail)) ||
        !count_vote(store, event, vote, 1, error))
      return false;
  }
  int more = (votes->len > 0) - (before->len > 0);
  return (more == 0 || db_run(store->db, Q_POLL_COUNT_VOTERS, error, INT(event), INT(more))) &&
         event_mark_page(store, event, error);
}

/* ---- one vote a person ---- */

/* The later vote of two parties stays. */
static bool keep_later(struct store *store, int64_t event, GHashTable *seen, int64_t person,
                       const struct poll_vote *vote, GError **error)
{
  g_autoptr(GArray) none = g_array_new(FALSE, FALSE, sizeof(struct poll_vote));
  struct poll_vote *other = g_hash_table_lookup(seen, &person);
  if (other && other->party == vote->party) return true;
  int64_t loser = !other ? 0 : other->at > vote->at ? vote->party : other->party;
  if (!other || loser == other->party) {
    int64_t *key = g_new(int64_t, 1);
    struct poll_vote *kept = g_new(struct poll_vote, 1);
    *key = person;
    *kept = *vote;
    g_hash_table_insert(seen, key, kept);
  }
  return !loser || poll_vote(store, event, loser, none, 0, error);
}

bool poll_join_votes(struct store *store, int64_t event, GError **error)
{
  enum { PAGE = 500 };
  g_autoptr(GHashTable) seen = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
  for (int64_t after = 0;;) {
    g_autoptr(GArray) page = poll_votes_page(store, event, after, PAGE, error);
    if (!page) return false;
    if (page->len == 0) return true;
    for (guint i = 0; i < page->len; i++) {
      const struct poll_vote *vote = &g_array_index(page, struct poll_vote, i);
      bool is_new = vote->party != after;
      after = vote->party;
      g_autoptr(event_party_t) party = is_new ? event_party_get(store, vote->party, error) : NULL;
      if (!is_new) continue;
      if (!party) return false;
      int64_t person = party->person;
      if (!person_now(store, &person, error)) return false;
      if (person && !keep_later(store, event, seen, person, vote, error)) return false;
    }
  }
}
