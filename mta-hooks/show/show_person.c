/* kiezpost show person: what is known of somebody, for whoever answers the telephone: their addresses, the
 * name that others see, and their lists. */
#include "mta-hooks/show/show.h"

#include "lib/mail/address.h"
#include "lib/store/people/calendars.h"
#include "lib/store/people/consents.h"
#include "lib/store/people/people.h"

#include <string.h>

/* The person of the address that is named; 0 with a sentence. */
static int64_t find_person(struct show *show, GError **error)
{
  g_autofree char *address = address_normalise(show->of);
  if (!address) {
    fault_set(error, FAULT_USAGE, "\"%s\" is no mail address.", show->of);
    return 0;
  }
  GError *failed = NULL;
  int64_t person = person_find(show->store, address, &failed);
  if (failed)
    g_propagate_error(error, failed);
  else if (!person)
    fault_set(error, FAULT_INPUT, "Nobody with the address \"%s\" is known.", show->of);
  return person;
}

/* "gruenau each active", a word a list; NULL-ended. NULL on error. */
static char **lists_of(struct show *show, int64_t person, GError **error)
{
  g_autoptr(GPtrArray) members = person_memberships(show->store, person, error);
  if (!members) return NULL;
  g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func(g_free);
  for (guint i = 0; i < members->len; i++) {
    const struct member *member = members->pdata[i];
    g_autoptr(list_row) list = list_get(show->store, member->list, error);
    if (!list) return NULL;
    g_ptr_array_add(words, g_strdup_printf("%s %s %s", list->name, member->state, member->delivery));
  }
  g_ptr_array_add(words, NULL);
  return (char **)g_ptr_array_free(g_steal_pointer(&words), FALSE);
}

bool show_person(struct show *show, GError **error)
{
  int64_t person = find_person(show, error);
  if (!person) return false;
  g_autoptr(GPtrArray) addresses = person_addresses(show->store, person, error);
  g_autoptr(person_choice) choice = addresses ? person_choice_get(show->store, person, error) : NULL;
  g_auto(GStrv) lists = choice ? lists_of(show, person, error) : NULL;
  if (!lists) return false;
  struct consent consent;
  int64_t calendar = 0; /* its address is nobody's but theirs */
  if (!calendar_of_person(show->store, person, &calendar, NULL, error)) return false;
  if (!consent_get(show->store, person, &consent, error)) return false;
  g_ptr_array_add(addresses, NULL);
  struct sheet *sheet = &show->sheet;
  sheet_begin(sheet);
  sheet_number(sheet, "id", person);
  sheet_words(sheet, "addresses", (char **)addresses->pdata);
  sheet_text(sheet, "name", choice->name);
  sheet_text(sheet, "shown", choice->shown);
  sheet_text(sheet, "pseudonym", *choice->pseudonym ? choice->pseudonym : NULL);
  sheet_text(sheet, "language", *choice->language ? choice->language : NULL);
  sheet_text(sheet, "invitations", choice->invitations);
  sheet_flag(sheet, "calendar", calendar != 0);
  sheet_words(sheet, "lists", lists);
  sheet_flag(sheet, "offices_unencrypted", consent.given != 0);
  sheet_time(sheet, "offices_since", consent.given ? consent.given : consent.revoked);
  sheet_time(sheet, "offices_asked", consent.asked);
  sheet_end(sheet);
  return true;
}
