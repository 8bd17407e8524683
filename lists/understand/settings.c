#include "lists/understand/meaning.h"

void read_settings(const struct reading_room *room, struct meaning *meaning)
{
  (void)room, (void)meaning;
}
