/* Names. Whoever chose a pseudonym is called so by all: in From and below posts, in mails that are passed on,
 * on pages. A name is refused that would mislead: an address, the name of an office, a list, a duty
 * ("Moderation"), a moderator, or of anybody else we know. The words for duties stand in share/languages
 * ([name.duty]). A name that a mail program sends is shown to all unless it misleads in the same way: then
 * the first half of the address stands in its place. Names are compared without spaces, dots and hyphens,
 * since "B e z i r k s a m t" reads the same. */
#include "lists/members/names.h"

#include "lists/admin/admins.h"
#include "lists/list_cache.h"

#include "lib/base/fault.h"
#include "lib/mail/address.h"
#include "lib/store/cases/offices.h"
#include "lib/store/directory.h"
#include "lib/store/people/people.h"
#include "lib/text/charset.h"
#include "lib/text/names.h"
#include "lib/text/phrases.h"

#include <string.h>

enum { NAME_CHARACTERS = 40, DIGITS_MAX = 4, LISTS_LOOKED_AT = 50, NAMES_KEPT = 1000 };

char *name_shown(struct work *work, int64_t person, const char *name, const char *address, GError **error)
{
  GError *failed = NULL;
  g_autofree char *normal = person || !address ? NULL : address_normalise(address);
  if (normal) person = person_find(work->store, normal, &failed);
  g_autoptr(person_choice) choice = failed ? NULL : person_choice_get(work->store, person, &failed);
  if (fault_hand_on(failed, error)) return NULL;
  bool has_chosen = strcmp(choice->shown, "pseudonym") == 0 && *choice->pseudonym;
  bool is_misleading = false;
  if (!has_chosen && !name_is_misleading(work, person, 0, name, address, &is_misleading, error)) return NULL;
  return name_for_members(has_chosen ? choice->pseudonym : is_misleading ? NULL : name, address);
}

/* Letters and digits alone, folded: what a reader takes in. */
static char *bare(const char *name)
{
  g_autofree char *folded = charset_fold(name);
  GString *out = g_string_new(NULL);
  for (const char *p = folded; *p; p = g_utf8_next_char(p))
    if (g_unichar_isalnum(g_utf8_get_char(p))) g_string_append_unichar(out, g_utf8_get_char(p));
  return g_string_free(out, FALSE);
}

static bool is_same_name(const char *a, const char *b)
{
  g_autofree char *bare_a = bare(a ? a : ""), *bare_b = bare(b ? b : "");
  return *bare_a && strcmp(bare_a, bare_b) == 0;
}

/* Does it hold an address or a number, or nothing at all? */
static bool is_no_name(const char *name)
{
  static const char *const signs[] = { "@", "(at)", "[at]", "://", "www.", "<", ">" };
  guint digits = 0, letters = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(signs); i++)
    if (strstr(name, signs[i])) return true;
  for (const char *p = name; *p; p = g_utf8_next_char(p)) {
    digits += g_unichar_isdigit(g_utf8_get_char(p));
    letters += g_unichar_isalpha(g_utf8_get_char(p));
  }
  return digits > DIGITS_MAX || letters == 0;
}

static bool reads_as_duty(const char *name)
{
  g_autoptr(passage_t) as_written = passage_new(name, NULL, 0);
  g_autofree char *together = bare(name);
  g_autoptr(passage_t) as_read = passage_new(together, NULL, 0);
  return passage_has(as_written, "name.duty") || passage_has(as_read, "name.duty");
}

/* Is it what an office or a duty is called? Also when it is written apart. The words do not change while a
 * process lives, and the same people write again: what was found for a name is kept, for some of them. */
static bool is_duty(const char *name)
{
  static GHashTable *known; /* name → 1: no, 2: yes */
  if (!known) known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  guint found = GPOINTER_TO_UINT(g_hash_table_lookup(known, name));
  if (found) return found == 2;
  if (g_hash_table_size(known) >= NAMES_KEPT) g_hash_table_remove_all(known);
  bool is = reads_as_duty(name);
  if (strlen(name) <= 4 * NAME_CHARACTERS)
    g_hash_table_insert(known, g_strdup(name), GUINT_TO_POINTER(is ? 2 : 1));
  return is;
}

/* The municipality, or one of its lists. */
static bool is_of_house(const struct work *work, const char *name)
{
  g_autofree char *bare_name = bare(name), *bare_house = bare(work->config->name ? work->config->name : "");
  if (!*bare_name) return false;
  return strcmp(bare_name, bare_house) == 0 || strcmp(bare_name, "kiezpost") == 0 ||
         list_cache_by_name(work->lists, bare_name) != NULL;
}

/* Is it how a moderator or keeper of this list is called, who is somebody else? Their display names may
 * differ from what is stored in capitals or dots, so each is compared. */
static bool is_trusted_of(struct work *work, int64_t list, int64_t person, const char *name, bool *is_theirs,
                          GError **error)
{
  static const char *const roles[] = { "moderator", "keeper" };
  for (gsize r = 0; r < G_N_ELEMENTS(roles); r++) {
    g_autoptr(GPtrArray) trusted = members_with_role(work->store, list, roles[r], error);
    if (!trusted) return false;
    for (guint k = 0; k < trusted->len; k++) {
      const struct member *one = g_ptr_array_index(trusted, k);
      g_autofree char *called = name_for_members(one->name, one->address);
      if (one->person != person && is_same_name(name, called)) *is_theirs = true;
    }
  }
  return true;
}

/* Is it how somebody of that kind is called in one of the person's lists? */
static bool is_moderators(struct work *work, int64_t person, const char *name, bool *is_theirs,
                          GError **error)
{
  *is_theirs = false;
  g_autoptr(GPtrArray) own = person_memberships(work->store, person, error);
  for (guint i = 0; own && i < MIN(own->len, LISTS_LOOKED_AT); i++) {
    const struct member *member = g_ptr_array_index(own, i);
    if (!is_trusted_of(work, member->list, person, name, is_theirs, error)) return false;
  }
  return own != NULL;
}

bool name_objection(struct work *work, int64_t person, const char *name, const char **objection,
                    GError **error)
{
  *objection = NULL;
  bool is_theirs = false, is_taken = false;
  if (g_utf8_strlen(name, -1) > NAME_CHARACTERS)
    *objection = "long";
  else if (is_no_name(name))
    *objection = "address";
  else if (is_duty(name) || is_of_house(work, name))
    *objection = "role";
  if (*objection) return true;
  if (!is_moderators(work, person, name, &is_theirs, error) ||
      !person_name_is_taken(work->store, name, person, &is_taken, error))
    return false;
  if (is_theirs || is_taken) *objection = "taken";
  return true;
}

/* Does somebody look after a list, or after all of this, or write for an office? They may be called so. */
static bool has_duty(struct work *work, int64_t person, const char *address, bool *has, GError **error)
{
  g_autofree char *normal = address ? address_normalise(address) : NULL;
  if (!admins_has(work, normal, person, has, error)) return false;
  g_autoptr(GArray) offices = normal ? offices_of_address(work->store, normal, error) : NULL;
  if (normal && !offices) return false;
  *has |= offices && offices->len > 0;
  g_autoptr(GPtrArray) own = person ? person_memberships(work->store, person, error) : g_ptr_array_new();
  for (guint i = 0; own && i < own->len; i++) {
    const struct member *member = g_ptr_array_index(own, i);
    *has |= member_has_role(member, "moderator") || member_has_role(member, "keeper");
  }
  return own != NULL;
}

bool name_is_misleading(struct work *work, int64_t person, int64_t list, const char *name,
                        const char *address, bool *is, GError **error)
{
  bool is_theirs = false, has = false;
  *is = false;
  bool is_ours = address && !*address; /* what we write for an office has its name, and no address */
  if (!name || !*name || is_ours) return true;
  if (is_duty(name) || is_of_house(work, name)) {
    if (!has_duty(work, person, address, &has, error)) return false;
    *is = !has;
    return true;
  }
  if (list && !is_trusted_of(work, list, person, name, is, error)) return false;
  if (person && !is_moderators(work, person, name, &is_theirs, error)) return false;
  *is |= is_theirs;
  return true;
}
