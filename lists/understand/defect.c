#include "lists/understand/meaning.h"

void read_defect(const struct reading_room *room, struct meaning *meaning)
{
  (void)room, (void)meaning;
}
