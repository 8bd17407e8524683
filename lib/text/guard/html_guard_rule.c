/* What an attribute of HTML may say: links, what is loaded, styles, and what never passes. One table; all
 * else may say anything, but "on…", which runs. */
#include "lib/text/guard/html_guard_rule.h"

#include <string.h>

static const struct {
  const char *name;
  enum html_rule rule;
} attributes[] = {
  { "href", RULE_LINK },      { "xlink:href", RULE_LINK }, { "cite", RULE_LINK },
  { "longdesc", RULE_LINK },  { "src", RULE_LOADED },      { "background", RULE_LOADED },
  { "lowsrc", RULE_LOADED },  { "dynsrc", RULE_LOADED },   { "poster", RULE_LOADED },
  { "data", RULE_LOADED },    { "o:href", RULE_LOADED },   { "srcset", RULE_NEVER },
  { "ping", RULE_NEVER },     { "action", RULE_NEVER },    { "formaction", RULE_NEVER },
  { "srcdoc", RULE_NEVER },   { "classid", RULE_NEVER },   { "codebase", RULE_NEVER },
  { "manifest", RULE_NEVER }, { "style", RULE_STYLE },     { "attributename", RULE_NEVER },
  { "xml:base", RULE_NEVER },
};

enum html_rule html_rule_of(const char *name, gsize size)
{
  char first = size ? (char)(name[0] | 0x20) : 0; /* a table's names begin with small letters */
  for (gsize i = 0; i < G_N_ELEMENTS(attributes); i++)
    if (attributes[i].name[0] == first && strlen(attributes[i].name) == size &&
        g_ascii_strncasecmp(name, attributes[i].name, size) == 0)
      return attributes[i].rule;
  return size > 2 && g_ascii_strncasecmp(name, "on", 2) == 0 ? RULE_NEVER : RULE_ANY;
}
