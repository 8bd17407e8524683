/* The welcome letter: what the list is, whether its posts are public, and, in ten lines, what a member can
 * settle by writing. It is the letter that people keep, so it says every word that works. */
#include "lists/members/wish.h"

#include "lists/letters.h"

#include "lib/store/people/people.h"

bool welcome_send(struct work *work, const struct list *list, int64_t person, const char *address,
                  const char *in_reply_to, GError **error)
{
  g_autoptr(person_choice) choice = person_choice_get(work->store, person, error);
  if (!choice) return false;
  g_autoptr(value_t) values = value_new();
  value_set_flag(values, "public", list->archive_public);
  value_set_flag(values, "visible", list->shows_members);
  value_set_text(values, "welcome", list->welcome && *list->welcome ? list->welcome : NULL);
  value_set_text(values, "description", list->description && *list->description ? list->description : NULL);
  return letters_send(work,
                      &(struct letter_out){ .purpose = "welcome",
                                            .list = list,
                                            .address = address,
                                            .person = person,
                                            .language = *choice->language ? choice->language : NULL,
                                            .values = values,
                                            .in_reply_to = in_reply_to,
                                            .is_answer = true },
                      error);
}
