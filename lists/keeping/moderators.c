/* Who moderates: addresses in a line. A role hangs on an address that somebody confirmed, so members get it
 * at once, and a letter that says so; who is none is asked whether they want to, and becomes a member with a
 * plain yes. A keeper may write fewer names: then the others moderate no longer, unless everybody in the line
 * has still to be asked. A line in which no address stands changes nothing. */
#include "lists/keeping/moderators.h"

#include "lists/keeping/keep.h"
#include "lists/letters.h"
#include "lists/list_cache.h"
#include "lists/requests/purposes.h"
#include "lists/understand/understand.h"

#include "lib/mail/address.h"
#include "lib/store/people/people.h"

#include <string.h>

enum { MODERATORS_MAX = 20 };

char *moderators_line(struct work *work, const struct list *list, GError **error)
{
  g_autoptr(GPtrArray) members = members_with_role(work->store, list->id, "moderator", error);
  if (!members) return NULL;
  GString *line = g_string_new(NULL);
  for (guint i = 0; i < members->len; i++)
    g_string_append_printf(line, "%s%s", i ? ", " : "",
                           ((struct member *)g_ptr_array_index(members, i))->address);
  return g_string_free(line, FALSE);
}

/* The addresses of a line, normalised. */
static GPtrArray *addresses_of(const char *line)
{
  GPtrArray *addresses = g_ptr_array_new_with_free_func(g_free);
  g_auto(GStrv) words = g_strsplit_set(line, " ,;<>()\t\"", 200);
  for (char **word = words; *word && addresses->len < MODERATORS_MAX; word++) {
    char *text = g_str_has_prefix(*word, "mailto:") ? *word + strlen("mailto:") : *word;
    g_autofree char *address = strchr(text, '@') ? address_normalise(text) : NULL;
    if (address && !g_ptr_array_find_with_equal_func(addresses, address, g_str_equal, NULL))
      g_ptr_array_add(addresses, g_steal_pointer(&address));
  }
  return addresses;
}

/* The roles with or without one of them. Caller frees. */
static char *roles_with(const char *roles, const char *role, bool is_wanted)
{
  g_auto(GStrv) words = g_strsplit(roles, ",", -1);
  g_autoptr(GString) changed = g_string_new(NULL);
  for (char **word = words; *word; word++)
    if (**word && strcmp(*word, role) != 0)
      g_string_append_printf(changed, "%s%s", changed->len ? "," : "", *word);
  if (is_wanted) g_string_append_printf(changed, "%s%s", changed->len ? "," : "", role);
  return g_string_free(g_steal_pointer(&changed), FALSE);
}

bool member_set_role(struct work *work, struct member *member, const char *role, bool is_wanted,
                     GError **error)
{
  char *roles = roles_with(member->roles, role, is_wanted);
  g_free(member->roles);
  member->roles = roles;
  return member_put(work->store, member, work->now, error);
}

/* A member moderates from now on, and is told. */
static bool appoint(struct work *work, const struct list *list, struct member *member, GError **error)
{
  g_autoptr(value_t) values = value_new();
  return member_set_role(work, member, "moderator", true, error) &&
         letters_send(work,
                      &(struct letter_out){ .purpose = "duty_begins",
                                            .list = list,
                                            .address = member->address,
                                            .person = member->person,
                                            .values = values },
                      error);
}

static bool ask(struct work *work, const struct list *list, const char *address, struct value *values,
                GError **error)
{
  g_autoptr(value_t) own = value_new();
  value_append_text(values, "asked", address);
  return requests_ask(
      work, &(struct question_out){ .purpose = "duty", .list = list, .address = address, .values = own },
      NULL, error);
}

/* One address of the line: a member, a moderator already, or somebody who is asked. */
static bool add(struct work *work, const struct list *list, const char *address, struct value *values,
                GError **error)
{
  GError *failed = NULL;
  int64_t person = person_find(work->store, address, &failed);
  g_autoptr(member_t) member = person && !failed ? member_find(work->store, list->id, person, &failed) : NULL;
  if (failed) {
    g_propagate_error(error, failed);
    return false;
  }
  bool is_member = member && strcmp(member->state, "pending") != 0;
  if (is_member && member_has_role(member, "moderator")) return true;
  return is_member ? appoint(work, list, member, error) : ask(work, list, address, values, error);
}

/* Is one of the addresses a member's, so that somebody moderates when the others do not? */
static bool has_member(struct work *work, const struct list *list, const GPtrArray *addresses)
{
  for (guint i = 0; i < addresses->len; i++) {
    int64_t person = person_find(work->store, g_ptr_array_index(addresses, i), NULL);
    g_autoptr(member_t) member = person ? member_find(work->store, list->id, person, NULL) : NULL;
    if (member && strcmp(member->state, "active") == 0) return true;
  }
  return false;
}

/* Does one of the addresses belong to this moderator? */
static bool is_named(struct work *work, const GPtrArray *addresses, const struct member *moderator)
{
  for (guint i = 0; i < addresses->len; i++) {
    const char *address = g_ptr_array_index(addresses, i);
    if (strcmp(address, moderator->address) == 0 ||
        person_find(work->store, address, NULL) == moderator->person)
      return true;
  }
  return false;
}

bool moderators_change(struct work *work, const struct list *list, const char *line, struct value *values,
                       GError **error)
{
  g_autoptr(GPtrArray) addresses = addresses_of(line);
  if (addresses->len == 0) return true;
  g_autoptr(GPtrArray) before = members_with_role(work->store, list->id, "moderator", error);
  if (!before) return false;
  bool may_remove = has_member(work, list, addresses);
  for (guint i = 0; may_remove && i < before->len; i++) {
    struct member *moderator = g_ptr_array_index(before, i);
    if (!is_named(work, addresses, moderator) && !member_set_role(work, moderator, "moderator", false, error))
      return false;
  }
  for (guint i = 0; i < addresses->len; i++)
    if (!add(work, list, g_ptr_array_index(addresses, i), values, error)) return false;
  return true;
}

bool duty_decide(struct work *work, const struct arrival *arrival, const struct answering *answering,
                 struct decision *decision, GError **error)
{
  const struct request *request = answering->request;
  enum answer answer = answer_read(arrival->understanding->passage).answer;
  const struct list *list = list_cache_by_id(work->lists, request->list);
  if (answer != ANSWER_YES && answer != ANSWER_NO)
    return keep_done(decision, "It does not say plainly whether somebody will moderate.");
  bool is_yes = answer == ANSWER_YES && list;
  keep_done(decision, is_yes ? "Somebody will moderate a group." : "Somebody will not moderate a group.");
  if (!requests_end(work, arrival, request, is_yes ? "yes" : "no", error)) return false;
  if (!is_yes) return true;
  if (!join_enter(work, list, request->address, "", arrival->mail->message_id, error)) return false;
  GError *failed = NULL;
  int64_t person = person_find(work->store, request->address, &failed);
  g_autoptr(member_t) member = person ? member_find(work->store, list->id, person, &failed) : NULL;
  if (failed) {
    g_propagate_error(error, failed);
    return false;
  }
  return !member || member_set_role(work, member, "moderator", true, error);
}
