/* Marks: one pass over the hits of a passage, keeping what one reader asked for. Readers walk over the few
 * marks of their own instead of asking the passage at every lexeme. */
#include "lib/text/facts/marks.h"

enum { NAMES_MAX = 32 };

GArray *marks_find(const struct passage *passage, const char *const *names, guint count)
{
  GArray *marks = g_array_sized_new(FALSE, FALSE, sizeof(struct mark), 32);
  guint tags[NAMES_MAX];
  g_assert(count <= NAMES_MAX);
  for (guint i = 0; i < count; i++)
    tags[i] = phrases_tag(names[i]);
  for (guint i = 0; i < passage->hits->len; i++) {
    const struct phrase_hit *hit = &g_array_index(passage->hits, struct phrase_hit, i);
    for (guint k = 0; k < count; k++) {
      if (tags[k] != hit->tag) continue;
      struct mark mark = { hit->first, hit->end, k, hit->value };
      g_array_append_val(marks, mark);
      break;
    }
  }
  return marks;
}

guint marks_from(const GArray *marks, guint from)
{
  guint low = 0, high = marks->len;
  while (low < high) {
    guint middle = (low + high) / 2;
    if (g_array_index(marks, struct mark, middle).first < from)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

const struct mark *marks_within(const GArray *marks, guint role, guint from, guint to)
{
  for (guint i = marks_from(marks, from); i < marks->len; i++) {
    const struct mark *mark = &g_array_index(marks, struct mark, i);
    if (mark->first >= to) return NULL;
    if (mark->role == role) return mark;
  }
  return NULL;
}
