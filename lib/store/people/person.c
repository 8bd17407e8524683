/* Persons: what they have settled for all lists, their names on pages, their addresses; see people.h. A name
 * may stand on ten thousand pages: a change is a row that says how far the marking has come. */
#include "lib/base/fault.h"
#include "lib/store/internal.h"
#include "lib/store/pages.h"
#include "lib/store/people/people.h"
#include "lib/store/threads.h"
#include <string.h>

void person_choice_free(struct person_choice *choice)
{
  if (!choice) return;
  g_free(choice->name);
  g_free(choice->language);
  g_free(choice->shown);
  g_free(choice->pseudonym);
  g_free(choice->invitations);
  g_free(choice);
}

static void *read_choice(const struct rows *rows)
{
  struct person_choice *choice = g_new0(struct person_choice, 1);
  choice->person = column_int(rows, 0);
  choice->name = column_text(rows, 1);
  choice->language = column_text(rows, 2);
  choice->shown = column_text(rows, 3);
  choice->pseudonym = column_text(rows, 4);
  choice->invitations = column_text(rows, 5);
  return choice;
}

struct person_choice *person_choice_get(struct store *store, int64_t person, GError **error)
{
  GError *failed = NULL;
  struct person_choice *choice =
      rows_first(db_query(store->db, Q_PERSON_CHOICE, INT(person)), read_choice, &failed);
  if (fault_hand_on(failed, error)) return NULL;
  if (choice) return choice;
  choice = g_new(struct person_choice, 1);
  *choice = (struct person_choice){ .person = person,
                                    .name = g_strdup(""),
                                    .language = g_strdup(""),
                                    .shown = g_strdup("initial"),
                                    .pseudonym = g_strdup(""),
                                    .invitations = g_strdup("calendar") };
  return choice;
}

bool person_choice_put(struct store *store, const struct person_choice *choice, GError **error)
{
  enum { AT_ONCE = 50 };
  g_autoptr(person_choice) before = person_choice_get(store, choice->person, error);
  if (!before || !db_run(store->db, Q_PERSON_SET_CHOICE, error, INT(choice->person), TEXT(choice->language),
                         TEXT(choice->shown), TEXT(choice->pseudonym), TEXT(choice->invitations)))
    return false;
  bool is_renamed =
      g_strcmp0(before->shown, choice->shown) != 0 ||
      (g_strcmp0(choice->shown, "pseudonym") == 0 && g_strcmp0(before->pseudonym, choice->pseudonym) != 0);
  if (!is_renamed) return true;
  return db_run(store->db, Q_RENAMED_PUT, error, INT(choice->person)) &&
         person_mark_pages(store, AT_ONCE, error) >= 0;
}

/* A message whose page shows a name. */
struct place {
  int64_t list, thread, position;
  bool is_shown;
};

static void *read_place(const struct rows *rows)
{
  struct place *place = g_new(struct place, 1);
  g_autofree char *archive = column_text(rows, 4);
  *place = (struct place){ .list = column_int(rows, 0),
                           .thread = column_int(rows, 1),
                           .position = column_int(rows, 2),
                           .is_shown = column_int(rows, 3) != 0 && strcmp(archive, "public") == 0 };
  return place;
}

/* The pages that show the name above a message, and those of answers to it beside it. */
static bool mark_place(struct store *store, const struct place *place, GError **error)
{
  int part = (int)((place->position - 1) / THREAD_PART_MESSAGES) + 1;
  return !place->is_shown || (page_mark(store, "thread", place->list, place->thread, part, error) &&
                              page_mark(store, "feed", place->list, 0, 1, error));
}

/* Marks the next ones of one person; returns how many, -1 on error. */
static int mark_some(struct store *store, int64_t person, int64_t thread, int64_t position, int limit,
                     GError **error)
{
  g_autoptr(GPtrArray) places = rows_collect(
      db_query(store->db, Q_MESSAGES_OF_PERSON, INT(person), INT(thread), INT(position), INT(limit)),
      read_place, g_free, error);
  if (!places) return -1;
  for (guint i = 0; i < places->len; i++)
    if (!mark_place(store, places->pdata[i], error)) return -1;
  if (places->len < (guint)limit)
    return db_run(store->db, Q_RENAMED_DONE, error, INT(person)) ? (int)places->len : -1;
  const struct place *last = places->pdata[places->len - 1];
  return db_run(store->db, Q_RENAMED_ADVANCE, error, INT(person), INT(last->thread), INT(last->position))
             ? (int)places->len
             : -1;
}

int person_mark_pages(struct store *store, int limit, GError **error)
{
  int64_t person = 0, thread = 0, position = 0;
  struct rows rows = db_query(store->db, Q_RENAMED_NEXT);
  if (rows_next(&rows, error)) {
    person = column_int(&rows, 0);
    thread = column_int(&rows, 1);
    position = column_int(&rows, 2);
  }
  if (!rows_end(&rows)) return -1;
  if (!person) return 0;
  int marked = mark_some(store, person, thread, position, limit, error);
  return marked < 0 ? -1 : MAX(marked, 1);
}

bool person_name_is_taken(struct store *store, const char *name, int64_t person, bool *is_taken,
                          GError **error)
{
  int64_t called = 0, chosen = 0;
  *is_taken = false;
  if (!db_number(store->db, Q_PERSON_CALLED, 0, &called, error, TEXT(name), INT(person)) ||
      !db_number(store->db, Q_PERSON_CALLS_THEMSELVES, 0, &chosen, error, TEXT(name), INT(person)))
    return false;
  *is_taken = called || chosen;
  return true;
}

static void *read_text(const struct rows *rows)
{
  return column_text(rows, 0);
}

GPtrArray *person_addresses(struct store *store, int64_t person, GError **error)
{
  return rows_collect(db_query(store->db, Q_PERSON_ADDRESSES, INT(person)), read_text, g_free, error);
}

bool person_add_address(struct store *store, int64_t person, const char *address, int64_t now, GError **error)
{
  int64_t owner;
  if (!db_number(store->db, Q_PERSON_FIND, 0, &owner, error, TEXT(address))) return false;
  if (owner == person) return db_run(store->db, Q_ADDRESS_CONFIRM, error, TEXT(address), INT(now));
  if (owner) return fault_set(error, FAULT_INPUT, "The address belongs to somebody else.");
  return db_run(store->db, Q_ADDRESS_INSERT, error, TEXT(address), INT(person), ID(now));
}
