/* The table of roles. Whoever reads missbrauch@ or datenschutz@ moderates that list, so that what waits there
 * comes to them and to nobody else; the store knows no other kind of duty than a membership's role, and the
 * admins. */
#include "lists/keeping/roles.h"

#include "lib/text/template.h"

#include <string.h>

const struct role roles[] = {
  { "admin", NULL, NULL },
  { "abuse", "missbrauch", "moderator" },
  { "privacy", "datenschutz", "moderator" },
  { "mediator", "vermittlung", "moderator" },
  { "moderator", NULL, "moderator" },
  { "keeper", NULL, "keeper" },
};
const gsize role_count = G_N_ELEMENTS(roles);

const struct role *role_find(const char *word)
{
  for (gsize i = 0; word && i < role_count; i++)
    if (strcmp(roles[i].word, word) == 0) return &roles[i];
  return NULL;
}

bool role_is_of_any_list(const struct role *role)
{
  return role->held_as && !role->list;
}

const struct role *role_of_list(const char *held_as, const char *list)
{
  for (gsize i = 0; i < role_count; i++) {
    const struct role *role = &roles[i];
    bool is_held = role->held_as && strcmp(role->held_as, held_as) == 0;
    if (is_held && (!role->list || g_strcmp0(role->list, list) == 0)) return role;
  }
  return NULL;
}

void role_set_flag(struct value *values, const struct role *role)
{
  value_set_flag(values, role->word, true);
}
