/* Marks: one pass over the hits of a passage, keeping what one reader asked for. Readers walk over the few
 * marks of their own instead of asking the passage at every lexeme. */
#include "lib/text/facts/marks.h"

#include "lib/text/spans.h"

enum { NAMES_MAX = 32, TAGS_MAX = 1024 };

GArray *marks_find(const struct passage *passage, const char *const *names, guint count)
{
  GArray *marks = g_array_sized_new(FALSE, FALSE, sizeof(struct mark), 64);
  guint8 roles[TAGS_MAX] = { 0 };
  g_assert(count <= NAMES_MAX);
  for (guint i = 0; i < count; i++) {
    guint tag = phrases_tag(names[i]);
    if (tag < TAGS_MAX) roles[tag] = (guint8)(i + 1);
  }
  roles[0] = 0;
  for (guint i = 0; i < passage->hits->len; i++) {
    const struct phrase_hit *hit = &g_array_index(passage->hits, struct phrase_hit, i);
    guint role = hit->tag < TAGS_MAX ? roles[hit->tag] : 0;
    if (!role) continue;
    struct mark mark = { hit->first, hit->end, role - 1, hit->value };
    g_array_append_val(marks, mark);
  }
  return marks;
}

guint *marks_index(const struct passage *passage, const GArray *marks)
{
  guint count = passage->lexemes->count, next = marks->len;
  guint *at = g_new(guint, count + MARKS_BEYOND);
  for (guint i = 0; i < MARKS_BEYOND; i++) at[count + i] = marks->len;
  for (guint i = count; i-- > 0;) {
    while (next > 0 && g_array_index(marks, struct mark, next - 1).first >= i) next--;
    at[i] = next;
  }
  return at;
}

guint marks_from(const GArray *marks, guint from)
{
  return spans_from(marks, offsetof(struct mark, first), from);
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
