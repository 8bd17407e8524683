/* The keys "facts" and "meaning" of what `explain` prints. */
#ifndef MTA_HOOKS_EXPLAIN_EXPLAIN_FACTS_H
#define MTA_HOOKS_EXPLAIN_EXPLAIN_FACTS_H

#include "lib/text/json_out.h"
#include "lists/understand/understand.h"

void explain_put_facts(struct json_out *json, const struct understanding *it, const char *zone);
void explain_put_meaning(struct json_out *json, const struct meaning *meaning, const char *zone);

/* The office that a question would go to; nothing without a store. explain_office.c */
struct explanation;
struct mail;
void explain_put_office(struct json_out *json, const struct explanation *explanation, const struct mail *mail,
                        const char *region);

#endif
