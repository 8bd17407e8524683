/* "Did you mean …?" A third of a word's letters may be wrong, two in short words, one in the shortest; beyond
 * that a suggestion helps nobody. */
#include "lib/base/suggest.h"

#include <glib.h>
#include <limits.h>
#include <string.h>

enum { COMPARED_BYTES = 64 };

unsigned suggest_distance(const char *a, const char *b)
{
  gsize height = strnlen(a, COMPARED_BYTES), width = strnlen(b, COMPARED_BYTES);
  unsigned row[COMPARED_BYTES + 1];
  for (unsigned j = 0; j <= width; j++) row[j] = j;
  for (unsigned i = 0; i < height; i++) {
    unsigned diagonal = row[0];
    row[0] = i + 1;
    for (gsize j = 0; j < width; j++) {
      unsigned replaced = diagonal + (g_ascii_tolower(a[i]) != g_ascii_tolower(b[j]));
      diagonal = row[j + 1];
      row[j + 1] = MIN(replaced, MIN(row[j], diagonal) + 1);
    }
  }
  return row[width];
}

unsigned suggest_tolerance(const char *word)
{
  unsigned length = (unsigned)strnlen(word, COMPARED_BYTES);
  return length < 4 ? 1 : MAX(length / 3, 2);
}

const char *suggest_word(const char *word, const char *const *words)
{
  const char *best = NULL;
  unsigned best_distance = UINT_MAX;
  for (; *words; words++) {
    unsigned distance = suggest_distance(word, *words);
    if (distance > suggest_tolerance(*words) || distance >= best_distance) continue;
    best = *words;
    best_distance = distance;
  }
  return best;
}
