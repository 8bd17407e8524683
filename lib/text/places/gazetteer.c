#include "lib/text/places/gazetteer.h"

struct gazetteer {
  bool is_finished;
};

const char *place_precision_word(enum place_precision precision)
{
  static const char *const words[] = { "address", "street", "area" };
  return words[precision];
}

struct gazetteer *gazetteer_new(void)
{
  return g_new0(struct gazetteer, 1);
}

void gazetteer_free(struct gazetteer *gazetteer)
{
  g_free(gazetteer);
}

bool gazetteer_is_empty(const struct gazetteer *gazetteer)
{
  (void)gazetteer;
  return true;
}
