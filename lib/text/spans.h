/* Arrays of what was found in a text (struct phrase_hit, struct date_found, …), sorted by their first lexeme.
 */
#ifndef TEXT_SPANS_H
#define TEXT_SPANS_H

#include <glib.h>

/* The index of the first item that begins at or behind a lexeme, by halving; as many as there are: none does.
 * `offset`: of the guint in the item that says where it begins. */
static inline guint spans_from(const GArray *items, gsize offset, guint lexeme)
{
  gsize size = g_array_get_element_size((GArray *)items);
  guint low = 0, high = items->len;
  while (low < high) {
    guint middle = (low + high) / 2;
    const guint *first = (const guint *)(const void *)(items->data + middle * size + offset);
    if (*first < lexeme)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

#endif
