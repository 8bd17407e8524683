#include "lists/understand/meaning.h"

void read_official_reply(const struct reading_room *room, struct meaning *meaning)
{
  meaning->public_text = g_strdup(room->mail->text_new);
}
