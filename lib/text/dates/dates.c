/* Dates and times in a text, in four steps: elements (elements.c), moments joined from them (join.c), clocks
 * that stand apart brought to their days (apart.c), wall times (resolve.c). This file leads through them and
 * is what the rest of the house calls. Promises: linear in the text, nothing is kept, and what is not
 * understood is not shown. */
#include "lib/text/dates/dates_private.h"

void date_found_clear(struct date_found *found)
{
  g_clear_pointer(&found->recurrence, g_free);
}

static void clear_found(gpointer found)
{
  date_found_clear(found);
}

/* "bis", "ab", "vom", "zwischen" belong to the words found; "am" and "um" do not. */
static void take_lead_in(const struct dates_reader *r, const struct moment *m, struct date_found *found)
{
  guint first;
  unsigned lead = glue_before(r, m->first, &first);
  if (lead & (GLUE_RANGE | GLUE_FROM | GLUE_BETWEEN | GLUE_LATEST | GLUE_SINCE | GLUE_OPEN | GLUE_AFTER))
    found->first = first;
}

GArray *dates_find(const struct passage *passage, const struct dates_wish *wish)
{
  GArray *dates = g_array_new(FALSE, TRUE, sizeof(struct date_found));
  g_array_set_clear_func(dates, clear_found);
  struct dates_reader r;
  dates_reader_begin(&r, passage, wish);
  elements_find(&r);
  g_autoptr(GArray) moments = moments_join(&r);
  moments_bring_together(&r, moments);
  guint behind = 0;
  for (guint i = 0; i < moments->len; i++) {
    const struct moment *m = &g_array_index(moments, struct moment, i);
    struct date_found found;
    if (m->is_dead || !moment_resolve(&r, m, &found)) continue;
    take_lead_in(&r, m, &found);
    if (found.first < behind) found.first = m->first;
    behind = found.end;
    g_array_append_val(dates, found);
  }
  dates_reader_end(&r);
  return dates;
}

const char *date_grain_word(enum date_grain grain)
{
  static const char *const words[] = { "minute", "hour", "day", "week", "month", "quarter", "year" };
  return words[grain];
}
