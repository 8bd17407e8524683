/* The table of kinds of cases. */
#include "lists/cases/case.h"

#include <string.h>

static const struct case_kind case_kinds[] = {
  { .name = "question", .office_letter = "case_office", .opened_letter = "case_opened" },
  { .name = "defect",
    .office_letter = "case_office",
    .opened_letter = "case_opened",
    .asks_whether_done = true },
  { .name = "proposal", .office_letter = "case_office", .opened_letter = "case_opened" },
  { .name = "statement", .office_letter = "case_office", .opened_letter = "case_opened" },
};

const struct case_kind *case_kind_find(const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS(case_kinds); i++)
    if (strcmp(case_kinds[i].name, name) == 0) return &case_kinds[i];
  return &case_kinds[0];
}
