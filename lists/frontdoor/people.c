/* What people decide about a mail at the front door that nobody understood, or that was misunderstood. Called
 * by correct.c. Those who look after the door answer with the same words as senders do; but only the sender
 * may send a mail to a group, so they are asked. */
#include "lists/frontdoor/letters.h"
#include "lists/frontdoor/move.h"
#include "lists/frontdoor/taken.h"

#include "lib/base/fault.h"
#include "lib/mail/address.h"
#include "lib/mail/read.h"
#include "lib/store/directory.h"
#include "lib/store/mails.h"
#include "lib/store/people/people.h"
#include "lib/text/names.h"

#include <string.h>

/* What they read: of a mail that its sender gave to them all of it; of one that another of them gave back
 * what all may read of the case that it was. Nothing of that: they are not asked. */
static bool tell_people(struct move *m, bool is_news, GError **error)
{
  const struct mail *mail = m->incoming->mail;
  const struct mail_address *actor = mail_actor(mail);
  g_autofree char *name = name_for_members(actor->name, actor->address), *title = NULL, *text = NULL;
  bool is_case = false;
  if (is_news && !taken_public_words(m->work, m->hold->mail, &is_case, &title, &text, error)) return false;
  if (is_case && !text) return true;
  struct excerpt excerpt = { .subject = is_case ? title : mail->subject,
                             .text = is_case ? text : mail->text_new,
                             .name = is_case ? NULL : name };
  return frontdoor_tell_people(m->work, m->answer->list, m->hold, &excerpt, error);
}

bool move_subject(struct move *m, char **subject, GError **error)
{
  bool is_case = false;
  g_autofree char *title = NULL, *text = NULL;
  *subject = NULL;
  if (frontdoor_is_by_people(m->answering->request) &&
      !taken_public_words(m->work, m->hold->mail, &is_case, &title, &text, error))
    return false;
  if (is_case)
    *subject = g_steal_pointer(&title);
  else if (*m->hold->subject)
    *subject = g_strdup(m->hold->subject);
  return true;
}

/* To the people who look after the front door. */
bool move_to_people(struct move *m, GError **error)
{
  const struct list *door = m->answer->list;
  bool is_news = strcmp(m->answering->request->purpose, "front_door_news") == 0;
  g_string_assign(m->decision->reason, "The front door misunderstood a mail; a person decides.");
  if (frontdoor_is_by_people(m->answering->request) && !is_news) return true;
  return move_hold_again(m, door, "front_door",
                         is_news ? "Somebody says that it was misunderstood; a person decides."
                                 : "Its sender says that it was misunderstood; a person decides.",
                         error) &&
         tell_people(m, is_news, error) && move_tell(m, NULL, NULL, error);
}

/* People say that a mail is a post: its sender is asked, since only they may send it to a group. */
bool move_ask_sender(struct move *m, GError **error)
{
  GError *failed = NULL;
  const struct list *group = NULL;
  g_autofree char *from = address_normalise(m->hold->from_address);
  int64_t sender = from ? person_find(m->work->store, from, &failed) : 0;
  if (fault_hand_on(failed, error)) return false;
  const struct understanding *it = g_ptr_array_index(m->incoming->understandings, 0);
  if (!sort_group(m->work, it, sender, true, &group, error)) return false;
  if (!group) return move_to_people(m, error);
  g_string_assign(m->decision->reason,
                  "A mail at the front door is a post, as a person said; its sender is asked.");
  struct arrival original = { .mail = m->incoming->mail,
                              .mail_id = m->hold->mail,
                              .recipient = m->hold->recipient };
  struct telling telling = { .purpose = "front_door_group",
                             .door = m->answer->list,
                             .sort = sort_of_group(),
                             .group = group,
                             .address = from,
                             .person = sender,
                             .hold = m->hold->id,
                             .is_authenticated = m->incoming->mail->auth.is_authenticated };
  return frontdoor_tell(m->work, &original, &telling, error);
}
