#include "lib/text/facts/money.h"

static void cost_free(gpointer data)
{
  struct cost *cost = data;
  g_free(cost->label);
  g_free(cost);
}

struct costs *costs_read(const struct passage *passage)
{
  (void)passage;
  struct costs *costs = g_new0(struct costs, 1);
  costs->lines = g_ptr_array_new_with_free_func(cost_free);
  costs->total_cents = -1;
  return costs;
}

void costs_free(struct costs *costs)
{
  if (!costs) return;
  g_ptr_array_unref(costs->lines);
  g_free(costs);
}
