/* Settings by words: how mails come, a pause, the language of our letters, the name that others see. What a
 * mail wishes is written down as lines "name=value"; a proven wish is done at once, any other is asked back
 * and done by the reply, from the very same lines. The answer shows how everything is now. */
#include "lists/members/wish.h"

#include "lists/letters.h"
#include "lists/list_cache.h"
#include "lists/requests/purposes.h"

#include "lib/store/people.h"

#include <string.h>

/* What a mail wishes, as lines. */
static char *details_of(const struct meaning *meaning)
{
  g_autoptr(GString) lines = g_string_new(NULL);
  const struct wall *day = &meaning->pause_until;
  if (meaning->delivery) g_string_append_printf(lines, "delivery=%s\n", meaning->delivery);
  if (day->year)
    g_string_append_printf(lines, "paused_until=%04d-%02d-%02d\n", day->year, day->month, day->day);
  if (meaning->language) g_string_append_printf(lines, "language=%s\n", meaning->language);
  if (meaning->name) {
    g_autofree char *line = g_strdelimit(g_strdup(meaning->name), "\r\n", ' ');
    g_string_append_printf(lines, "pseudonym=%s\n", line);
  }
  return g_string_free(g_steal_pointer(&lines), FALSE);
}

static void replace(char **field, char *value)
{
  g_free(*field);
  *field = value;
}

/* One membership as wished. A wish for mails ends a pause. */
static bool change_member(struct work *work, const struct request *wished, struct member *member,
                          GError **error)
{
  g_autofree char *delivery = request_detail(wished, "delivery");
  g_autofree char *until = request_detail(wished, "paused_until");
  if (!delivery && !until) return true;
  bool is_asleep = strcmp(member->state, "pending") == 0 || strcmp(member->state, "left") == 0;
  if (is_asleep) return true;
  if (delivery) replace(&member->delivery, g_strdup(delivery));
  if (delivery) replace(&member->state, g_strdup("active"));
  if (until) replace(&member->state, g_strdup("paused"));
  if (until) replace(&member->paused_until, g_strdup(until));
  return member_put(work->store, member, work->now, error);
}

static bool change_person(struct work *work, const struct request *wished, GError **error)
{
  g_autofree char *language = request_detail(wished, "language");
  g_autofree char *pseudonym = request_detail(wished, "pseudonym");
  if (!language && !pseudonym) return true;
  g_autoptr(person_choice) choice = person_choice_get(work->store, wished->person, error);
  if (!choice) return false;
  if (language) replace(&choice->language, g_strdup(language));
  if (pseudonym) replace(&choice->pseudonym, g_strdup(pseudonym));
  if (pseudonym) replace(&choice->shown, g_strdup("pseudonym"));
  return person_choice_put(work->store, choice, error);
}

/* How it is now, for the letter. */
static void put_state(const struct work *work, struct value *values, const GPtrArray *members,
                      const struct person_choice *choice)
{
  for (guint i = 0; i < members->len; i++) {
    const struct member *member = g_ptr_array_index(members, i);
    const struct list *list = list_cache_by_id(work->lists, member->list);
    struct value *row = value_append(values, "memberships");
    value_set_text(row, "title", list ? list->title : "");
    bool is_paused = strcmp(member->state, "paused") == 0;
    value_set_flag(row, "paused", is_paused);
    value_set_text(row, "until", is_paused && *member->paused_until ? member->paused_until : NULL);
    static const char *const deliveries[] = { "each", "daily", "weekly", "own", "none" };
    for (gsize d = 0; d < G_N_ELEMENTS(deliveries); d++)
      value_set_flag(row, deliveries[d], !is_paused && strcmp(member->delivery, deliveries[d]) == 0);
  }
  value_set_flag(values, "shows_full", strcmp(choice->shown, "full") == 0);
  value_set_flag(values, "shows_initial", strcmp(choice->shown, "initial") == 0);
  value_set_text(values, "pseudonym", strcmp(choice->shown, "pseudonym") == 0 ? choice->pseudonym : NULL);
}

static bool tell_state(struct work *work, const struct list *list, int64_t person, const char *address,
                       const char *letter, const char *in_reply_to, GError **error)
{
  g_autoptr(GPtrArray) members = person_memberships(work->store, person, error);
  g_autoptr(person_choice) choice = members ? person_choice_get(work->store, person, error) : NULL;
  if (!choice) return false;
  g_autoptr(value_t) values = value_new();
  put_state(work, values, members, choice);
  return letters_send(work,
                      &(struct letter_out){ .purpose = letter,
                                            .list = list,
                                            .address = address,
                                            .person = person,
                                            .language = *choice->language ? choice->language : NULL,
                                            .values = values,
                                            .in_reply_to = in_reply_to,
                                            .is_answer = true },
                      error);
}

/* Does what a request's lines say: to the list's membership, or to all where none is named. */
static bool apply(struct work *work, const struct request *wished, const char *in_reply_to, GError **error)
{
  g_autoptr(GPtrArray) members = person_memberships(work->store, wished->person, error);
  if (!members) return false;
  for (guint i = 0; i < members->len; i++) {
    struct member *member = g_ptr_array_index(members, i);
    bool is_meant = !wished->list || member->list == wished->list;
    if (is_meant && !change_member(work, wished, member, error)) return false;
  }
  return change_person(work, wished, error) &&
         tell_state(work, list_cache_by_id(work->lists, wished->list), wished->person, wished->address,
                    "settings_done", in_reply_to, error);
}

bool settings_decide(struct work *work, const struct arrival *arrival, const struct answering *answering,
                     struct decision *decision, GError **error)
{
  bool is_yes = answer_is_yes(arrival);
  if (!requests_end(work, arrival, answering->request, is_yes ? "yes" : "no", error)) return false;
  g_string_assign(decision->reason,
                  is_yes ? "The member confirms the settings." : "The settings stay as they are.");
  return !is_yes || apply(work, answering->request, arrival->mail->message_id, error);
}

/* Where letters to the person go: the address of the membership that is meant, else the sender's. */
static const char *own_address(const struct wish *wish)
{
  return wish->sender.member ? wish->sender.member->address : wish->sender.address;
}

bool wish_settings(struct wish *wish, GError **error)
{
  if (!wish->sender.person)
    return wish_reply(wish, "leave_unknown", NULL, error) &&
           wish_done(wish, "Settings are wished by somebody who is no member under this address.");
  const char *id = wish->arrival->mail->message_id;
  g_autofree char *details = details_of(wish->meaning);
  if (!*details)
    return tell_state(wish->work, wish->list, wish->sender.person, own_address(wish), "settings_unclear", id,
                      error) &&
           wish_done(wish, "Settings are wished, and it is not clear which.");
  struct request wished = {
    .list = wish->list ? wish->list->id : 0,
    .person = wish->sender.person,
    .address = (char *)own_address(wish),
    .details = details,
  };
  if (wish->is_proven)
    return apply(wish->work, &wished, id, error) && wish_done(wish, "The member's settings are as wished.");
  return requests_ask(wish->work,
                      &(struct question_out){ .purpose = "settings",
                                              .list = wish->list,
                                              .person = wished.person,
                                              .address = wished.address,
                                              .details = details,
                                              .is_answer = true,
                                              .is_unauthenticated = true },
                      NULL, error) &&
         wish_done(wish,
                   "It is not proven that the member wishes these settings; they are asked to confirm.");
}
