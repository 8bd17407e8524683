/* What an attribute of HTML may say. For html_guard.c. */
#ifndef TEXT_HTML_GUARD_RULE_H
#define TEXT_HTML_GUARD_RULE_H

#include <glib.h>

/* What an attribute's value may be. */
enum html_rule { RULE_ANY, RULE_NEVER, RULE_LINK, RULE_LOADED, RULE_STYLE };

/* The rule for an attribute of this name, whatever its case. */
enum html_rule html_rule_of(const char *name, gsize size);

#endif
