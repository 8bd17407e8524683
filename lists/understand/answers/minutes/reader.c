/* What all readers of a segment of minutes look with. */
#include "lists/understand/answers/minutes/reader.h"

#include <string.h>

const struct phrase_hit *part_tag(const struct part_reader *r, const char *tag, guint at)
{
  return at < r->l->count ? passage_at(r->passage, phrases_tag(tag), at) : NULL;
}

bool part_mark(const struct part_reader *r, guint at, const char *marks)
{
  const struct lexeme *it = &r->l->at[at];
  return it->kind == LEXEME_MARK && it->folded[0] && !it->folded[1] && strchr(marks, it->folded[0]);
}

void part_use_up(struct part_reader *r, guint first, guint end, enum use use)
{
  for (guint at = first; at < MIN(end, r->l->count); at++) r->use[at] = (guint8)use;
}

const struct phrase_hit *part_find(const struct part_reader *r, const char *tag)
{
  for (guint at = r->first; at < r->end; at++) {
    const struct phrase_hit *hit = r->use[at] == USE_NONE ? part_tag(r, tag, at) : NULL;
    if (hit && hit->end <= r->end) return hit;
  }
  return NULL;
}

guint part_sum(const struct part_reader *r, guint lexeme)
{
  guint low = 0, high = r->sums->len;
  while (low < high) {
    guint middle = (low + high) / 2;
    if (g_array_index(r->sums, struct money, middle).first < lexeme)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}
