/* What those who look after the front door read of its guesses: what a mail was taken for, and the words that
 * correct it, as its sender reads them. A wrong guess whose sender says nothing would otherwise be nobody's.
 *
 * Who is told: the people with duties of the door and of the list where the mail waits; where nobody has,
 * the admin, but only of what waits (a question goes to an office, which reads it anyway). What is told: of a
 * mail that waits, or became no more than the draft of an event, its beginning; of one that became a case
 * what the public reads of that, and nothing of a case that is private: these people are neighbours. What
 * nobody vouches for waits for its sender's word. */
#include "lists/frontdoor/letters.h"

#include "lists/list_cache.h"
#include "lists/moderation/duties.h"
#include "lists/requests/requests.h"

#include "lib/base/fault.h"
#include "lib/mail/read.h"
#include "lib/store/cases/cases.h"
#include "lib/store/directory.h"
#include "lib/store/mails.h"
#include "lib/store/people/people.h"
#include "lib/text/names.h"
#include "lib/text/template.h"

#include <string.h>

enum { EXCERPT_CHARACTERS = 1500 };

bool frontdoor_is_by_people(const struct request *request)
{
  return strcmp(request->purpose, "front_door_people") == 0 ||
         strcmp(request->purpose, "front_door_news") == 0;
}

bool frontdoor_has_duty(struct work *work, const struct list *door, const struct list *place,
                        const struct request *request, bool *has, GError **error)
{
  if (!duties_has(work, door, request, has, error)) return false;
  return *has || !place || duties_has(work, place, request, has, error);
}

/* Whether somebody is appointed for a list. */
static bool is_looked_after(struct work *work, const struct list *list, bool *is, GError **error)
{
  static const char *const roles[] = { "moderator", "keeper" };
  *is = false;
  for (gsize i = 0; list && i < G_N_ELEMENTS(roles) && !*is; i++) {
    g_autoptr(GPtrArray) members = members_with_role(work->store, list->id, roles[i], error);
    if (!members) return false;
    *is = members->len > 0;
  }
  return true;
}

static void put_excerpt(struct value *values, const char *text)
{
  glong length = g_utf8_strlen(text, -1);
  g_autofree char *excerpt = g_utf8_substring(text, 0, MIN(length, EXCERPT_CHARACTERS));
  value_set_text(values, "text", *g_strstrip(excerpt) ? excerpt : NULL);
  value_set_flag(values, "cut", length > EXCERPT_CHARACTERS);
}

/* Of a mail that waits. */
static void put_mail(struct value *values, const struct mail *mail)
{
  const struct mail_address *actor = mail_actor(mail);
  g_autofree char *name = name_for_members(actor->name, actor->address);
  value_set_text(values, "name", name);
  value_set_text(values, "subject", *mail->subject ? mail->subject : NULL);
  put_excerpt(values, mail->text_new);
}

/* Of one that became a case. *is_public false: nothing, it is private, or there is none. */
static bool put_case(struct work *work, int64_t mail, struct value *values, bool *is_public, GError **error)
{
  GError *failed = NULL;
  *is_public = false;
  g_autoptr(casefile_t) it = casefile_of_mail(work->store, mail, &failed);
  if (fault_hand_on(failed, error)) return false;
  if (!it || !it->is_public) return true;
  g_autoptr(GPtrArray) entries = case_entries(work->store, it->id, 0, 1, error);
  if (!entries) return false;
  const struct case_entry *first = entries->len ? entries->pdata[0] : NULL;
  g_autofree char *number = casefile_name(it);
  *is_public = first && first->is_public;
  value_set_text(values, "subject", *it->title ? it->title : NULL);
  value_set_text(values, "number", number);
  if (*is_public) put_excerpt(values, first->text);
  return true;
}

/* Asks one after another; who has duties of both lists is asked once, as one question an address is open. */
static bool ask_all(struct work *work, const struct list *door, const struct list *of, int64_t object,
                    const char *details, struct value *values, GError **error)
{
  g_autoptr(GPtrArray) officials = duties_of(work, of, error);
  for (guint i = 0; officials && i < officials->len; i++) {
    const struct official *official = officials->pdata[i];
    if (!requests_ask(work,
                      &(struct question_out){ .purpose = "front_door_news",
                                              .list = door,
                                              .person = official->person,
                                              .address = official->address,
                                              .object = object,
                                              .details = details,
                                              .values = values },
                      NULL, error))
      return false;
  }
  return officials != NULL;
}

/* To those of the door and of the list; to the admin where nobody looks after either, and the mail waits. */
static bool tell(struct work *work, const struct telling *telling, const struct list *list, bool waits,
                 const char *details, struct value *values, GError **error)
{
  bool has_door = false, has_list = false;
  if (!is_looked_after(work, telling->door, &has_door, error) ||
      !is_looked_after(work, list, &has_list, error))
    return false;
  bool to_admin = !has_door && !has_list && waits;
  if ((has_door || to_admin) &&
      !ask_all(work, telling->door, telling->door, telling->hold, details, values, error))
    return false;
  return !has_list || ask_all(work, telling->door, list, telling->hold, details, values, error);
}

bool frontdoor_tell_news(struct work *work, const struct arrival *arrival, const struct telling *telling,
                         const struct list *list, GError **error)
{
  /* data and abuse have people of their own, whom the law names */
  if (!telling->sort || telling->sort->list || !list || !telling->is_authenticated) return true;
  bool waits = telling->hold > 0, is_public = true;
  bool is_draft = telling->is_silent && strcmp(telling->sort->word, "event") == 0;
  g_autoptr(value_t) values = value_new();
  sort_set_flags(values, telling->sort);
  if (waits)
    put_mail(values, arrival->mail);
  else if (is_draft)
    put_mail(values, arrival->mail);
  else if (!put_case(work, arrival->mail_id, values, &is_public, error))
    return false;
  g_autofree char *details = g_strdup_printf("mail=%" G_GINT64_FORMAT "\nrecipient=%s\nsort=%s",
                                             arrival->mail_id, arrival->recipient, telling->sort->word);
  return !is_public || tell(work, telling, list, waits, details, values, error);
}
