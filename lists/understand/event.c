#include "lists/understand/meaning.h"

void read_event(const struct reading_room *room, struct meaning *meaning)
{
  (void)room, (void)meaning;
}
