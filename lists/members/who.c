/* Who belongs to a list? A member may ask, where the list shows its members; whoever has a duty of it always
 * may. They get names, as each chose to be shown, and never addresses: of somebody without a name the letter
 * says only that they are there. The answer goes to where we know the asker, so a forged From learns nothing.
 */
#include "lists/members/wish.h"

#include "lists/admin/admins.h"
#include "lists/letters.h"
#include "lists/members/names.h"

#include "lib/base/fault.h"
#include "lib/mail/read.h"
#include "lib/store/people/people.h"
#include "lib/text/template.h"

#include <string.h>

enum { NAMES_MAX = 500, PAGE = 200 };

/* A list's members on their way into the letter. */
struct roll {
  struct work *work;
  struct value *values;
  int count, unnamed, left_out;
};

/* One member's row; who has neither chosen nor sent a name is only counted. */
static bool add(struct roll *roll, const struct member *member, GError **error)
{
  g_autoptr(person_choice) choice = person_choice_get(roll->work->store, member->person, error);
  if (!choice) return false;
  bool has_pseudonym = strcmp(choice->shown, "pseudonym") == 0 && *choice->pseudonym;
  const char *sent = member->name && *member->name ? member->name : choice->name;
  bool is_misleading = false;
  if (!has_pseudonym && *sent &&
      !name_is_misleading(roll->work, member->person, 0, sent, member->address, &is_misleading, error))
    return false;
  const char *name = has_pseudonym ? choice->pseudonym : is_misleading ? "" : sent;
  bool is_name = *name && !strchr(name, '@');
  roll->count++;
  roll->unnamed += !is_name;
  if (!is_name) return true;
  roll->left_out += roll->count - roll->unnamed > NAMES_MAX;
  if (roll->left_out > 0) return true;
  struct value *row = value_append(roll->values, "people");
  value_set_text(row, "name", name);
  value_set_flag(row, "keeper", member_has_role(member, "keeper"));
  value_set_flag(row, "moderator",
                 member_has_role(member, "moderator") && !member_has_role(member, "keeper"));
  return true;
}

static bool fill(struct roll *roll, const struct list *list, GError **error)
{
  int64_t after = 0;
  for (;;) {
    g_autoptr(GPtrArray) page = members_page(roll->work->store, list->id, after, PAGE, false, error);
    if (!page) return false;
    for (guint i = 0; i < page->len; i++) {
      const struct member *member = g_ptr_array_index(page, i);
      after = member->person;
      if (strcmp(member->state, "pending") != 0 && !add(roll, member, error)) return false;
    }
    if (page->len < PAGE) break;
  }
  value_set_number(roll->values, "count", roll->count);
  value_set_flag(roll->values, "one", roll->count == 1);
  if (roll->unnamed) value_set_number(roll->values, "unnamed", roll->unnamed);
  if (roll->left_out) value_set_number(roll->values, "left_out", roll->left_out);
  return true;
}

/* May the asker see the names? */
static bool may_see(struct wish *wish, bool *may, GError **error)
{
  const struct member *member = wish->sender.member;
  *may = member && (wish->list->shows_members || member_has_role(member, "moderator") ||
                    member_has_role(member, "keeper"));
  return *may || admins_has(wish->work, wish->sender.address, wish->sender.person, may, error);
}

bool wish_members(struct wish *wish, GError **error)
{
  if (!wish->list) return wish_help(wish, error);
  bool may = false;
  if (!may_see(wish, &may, error)) return false;
  g_autoptr(value_t) values = value_new();
  struct roll roll = { .work = wish->work, .values = values };
  value_set_flag(values, "shown", may);
  value_set_flag(values, "hidden", !may && wish->sender.member);
  value_set_flag(values, "stranger", !may && !wish->sender.member);
  if (may && !fill(&roll, wish->list, error)) return false;
  return wish_reply(wish, "members", values, error) &&
         wish_done(wish, may ? "A member asks who belongs to the list, and gets the names."
                             : "Somebody asks who belongs to the list; the list does not show that to them.");
}
