#include "lists/understand/meaning.h"

void read_moderation(const struct reading_room *room, struct meaning *meaning)
{
  (void)room, (void)meaning;
}
