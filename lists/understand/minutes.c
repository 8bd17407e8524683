#include "lists/understand/meaning.h"

void read_minutes(const struct reading_room *room, struct meaning *meaning)
{
  (void)room, (void)meaning;
}
