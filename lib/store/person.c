/* Persons: what they have settled for all lists, their addresses, their memberships; see people.h. */
#include "lib/base/fault.h"
#include "lib/store/internal.h"
#include "lib/store/people.h"

void person_choice_free(struct person_choice *choice)
{
  if (!choice) return;
  g_free(choice->name);
  g_free(choice->language);
  g_free(choice->shown);
  g_free(choice->pseudonym);
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
  return choice;
}

struct person_choice *person_choice_get(struct store *store, int64_t person, GError **error)
{
  GError *failed = NULL;
  struct person_choice *choice =
      rows_first(db_query(store->db, Q_PERSON_CHOICE, INT(person)), read_choice, &failed);
  if (failed) {
    g_propagate_error(error, failed);
    return NULL;
  }
  if (choice) return choice;
  choice = g_new(struct person_choice, 1);
  *choice = (struct person_choice){ .person = person,
                                    .name = g_strdup(""),
                                    .language = g_strdup(""),
                                    .shown = g_strdup("initial"),
                                    .pseudonym = g_strdup("") };
  return choice;
}

bool person_choice_put(struct store *store, const struct person_choice *choice, GError **error)
{
  return db_run(store->db, Q_PERSON_SET_CHOICE, error, INT(choice->person), TEXT(choice->language),
                TEXT(choice->shown), TEXT(choice->pseudonym));
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
