#include "lists/understand/meaning.h"

void read_vote(const struct reading_room *room, struct meaning *meaning)
{
  (void)room, (void)meaning;
}
