#include "lists/understand/meaning.h"

struct meaning *understand(const struct reading_room *room)
{
  return meaning_new(room->mail->robot == MAIL_HUMAN ? INTENT_UNCLEAR : INTENT_IGNORE);
}
