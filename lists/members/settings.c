/* Settings by words: how mails come, a pause, the language of our letters, the name that others see, the copy
 * of one's own posts, how invitations come, a thread that one mutes. What a mail wishes is written down as
 * lines "name=value"; a proven wish is done at once, any other is asked back and done by the reply, from the
 * very same lines. The answer shows how everything is now. */
#include "lists/members/wish.h"

#include "lists/letters.h"
#include "lists/list_cache.h"
#include "lists/members/names.h"
#include "lists/requests/purposes.h"

#include "lib/base/fault.h"
#include "lib/mail/read.h"
#include "lib/store/mutes.h"
#include "lib/store/people/consents.h"
#include "lib/store/people/people.h"
#include "lib/store/threads.h"
#include "lib/text/names.h"

#include <string.h>

/* "Lothar Grünberg" → "Lothar": what "nur Vorname" asks for. NULL: no name is known. */
static char *first_name(const char *name)
{
  char *shown = name_for_public(name);
  char *end = shown ? strrchr(shown, ' ') : NULL;
  bool is_initial = end && g_utf8_strlen(end + 1, -1) <= 2;
  if (is_initial) *end = '\0';
  return shown;
}

/* One line of a text of the member's. */
static void add_text(GString *lines, const char *name, const char *text)
{
  g_autofree char *line = g_strdelimit(g_strdup(text), "\r\n", ' ');
  g_string_append_printf(lines, "%s=%s\n", name, g_strstrip(line));
}

/* The name that others shall see. "Nur Vorname", and first name with initial, are names of one's own, so that
 * members see what was chosen as the public does; who has none at all shows what they have. */
static void add_name(GString *lines, const struct meaning *meaning, const char *sent)
{
  bool is_first = meaning->shown && strcmp(meaning->shown, "first") == 0;
  bool is_initial = meaning->shown && strcmp(meaning->shown, "initial") == 0;
  g_autofree char *first = is_first ? first_name(sent) : is_initial ? name_for_public(sent) : NULL;
  if (meaning->name)
    add_text(lines, "pseudonym", meaning->name);
  else if (first)
    add_text(lines, "pseudonym", first);
  else if (meaning->shown)
    g_string_append_printf(lines, "shown=%s\n", is_first ? "initial" : meaning->shown);
}

/* What a mail wishes, as lines. */
static char *details_of(const struct meaning *meaning, const char *sent_name, int64_t thread)
{
  g_autoptr(GString) lines = g_string_new(NULL);
  const struct wall *day = &meaning->pause_until;
  if (meaning->delivery) g_string_append_printf(lines, "delivery=%s\n", meaning->delivery);
  if (day->year)
    g_string_append_printf(lines, "paused_until=%04d-%02d-%02d\n", day->year, day->month, day->day);
  if (meaning->resumes) g_string_append(lines, "resume=1\n");
  if (meaning->own_copy >= 0) g_string_append_printf(lines, "own_copy=%d\n", meaning->own_copy);
  if (meaning->language) g_string_append_printf(lines, "language=%s\n", meaning->language);
  if (meaning->offices >= 0) g_string_append_printf(lines, "offices=%d\n", meaning->offices);
  if (meaning->invitations) g_string_append_printf(lines, "invitations=%s\n", meaning->invitations);
  if (meaning->mutes && thread) g_string_append_printf(lines, "mute=%" G_GINT64_FORMAT "\n", thread);
  add_name(lines, meaning, sent_name);
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
  g_autofree char *resume = request_detail(wished, "resume");
  g_autofree char *copy = request_detail(wished, "own_copy");
  bool is_asleep = strcmp(member->state, "pending") == 0 || strcmp(member->state, "left") == 0;
  if (is_asleep || (!delivery && !until && !resume && !copy)) return true;
  if (delivery) replace(&member->delivery, g_strdup(delivery));
  if (delivery || (resume && strcmp(member->state, "paused") == 0))
    replace(&member->state, g_strdup("active"));
  if (until) replace(&member->state, g_strdup("paused"));
  if (until) replace(&member->paused_until, g_strdup(until));
  if (copy) member->own_copy = strcmp(copy, "1") == 0;
  return member_put(work->store, member, work->now, error);
}

static bool change_person(struct work *work, const struct request *wished, GError **error)
{
  g_autofree char *language = request_detail(wished, "language");
  g_autofree char *pseudonym = request_detail(wished, "pseudonym");
  g_autofree char *shown = request_detail(wished, "shown");
  g_autofree char *offices = request_detail(wished, "offices");
  g_autofree char *invitations = request_detail(wished, "invitations");
  if (offices && !consent_say(work->store, wished->person, *offices == '1', work->now, error)) return false;
  if (!language && !pseudonym && !shown && !invitations) return true;
  g_autoptr(person_choice) choice = person_choice_get(work->store, wished->person, error);
  if (!choice) return false;
  if (language) replace(&choice->language, g_strdup(language));
  if (pseudonym) replace(&choice->pseudonym, g_strdup(pseudonym));
  if (pseudonym) replace(&choice->shown, g_strdup("pseudonym"));
  if (shown) replace(&choice->shown, g_strdup(shown));
  if (invitations) replace(&choice->invitations, g_strdup(invitations));
  return person_choice_put(work->store, choice, error);
}

/* The thread that is muted; *subject names it. */
static bool mute(struct work *work, const struct request *wished, char **subject, GError **error)
{
  int64_t id = request_number(wished, "mute");
  if (!id) return true;
  GError *failed = NULL;
  g_autoptr(thread_row) thread = thread_get(work->store, id, &failed);
  if (fault_hand_on(failed, error)) return false;
  if (!thread) return true;
  *subject = g_strdup(thread->subject);
  return mute_set(work->store, thread->list, wished->person, thread->merged_into ? thread->merged_into : id,
                  "", true, work->now, error);
}

/* A name that would mislead is refused with a sentence, and nothing else of the wish is done. *is_refused. */
static bool refuse_name(struct work *work, const struct request *wished, const char *in_reply_to,
                        bool *is_refused, GError **error)
{
  g_autofree char *pseudonym = request_detail(wished, "pseudonym");
  const char *objection = NULL;
  *is_refused = false;
  if (!pseudonym) return true;
  if (!name_objection(work, wished->person, pseudonym, &objection, error)) return false;
  if (!objection) return true;
  *is_refused = true;
  g_autoptr(value_t) values = value_new();
  value_set_flag(values, objection, true);
  return letters_send(work,
                      &(struct letter_out){ .purpose = "name_refused",
                                            .list = list_cache_by_id(work->lists, wished->list),
                                            .address = wished->address,
                                            .person = wished->person,
                                            .values = values,
                                            .in_reply_to = in_reply_to,
                                            .is_answer = true },
                      error);
}

bool settings_apply(struct work *work, const struct request *wished, const char *in_reply_to, char **muted,
                    bool *is_refused, GError **error)
{
  *muted = NULL;
  if (!refuse_name(work, wished, in_reply_to, is_refused, error)) return false;
  if (*is_refused) return true;
  g_autoptr(GPtrArray) members = person_memberships(work->store, wished->person, error);
  if (!members) return false;
  for (guint i = 0; i < members->len; i++) {
    struct member *member = g_ptr_array_index(members, i);
    bool is_meant = !wished->list || member->list == wished->list;
    if (is_meant && !change_member(work, wished, member, error)) return false;
  }
  return change_person(work, wished, error) && mute(work, wished, muted, error);
}

/* Does what a request's lines say, and shows how everything is now. */
static bool apply(struct work *work, const struct arrival *arrival, const struct request *wished,
                  struct decision *decision, GError **error)
{
  bool is_refused = false;
  struct settings_letter out = { .letter = "settings_done",
                                 .list = list_cache_by_id(work->lists, wished->list),
                                 .person = wished->person,
                                 .address = wished->address,
                                 .arrival = arrival };
  g_autofree char *muted = NULL, *before = settings_now(work, &out, error);
  if (!before || !settings_apply(work, wished, arrival->mail->message_id, &muted, &is_refused, error))
    return false;
  if (is_refused) g_string_assign(decision->reason, "The name that the member wishes would mislead.");
  out.muted = muted, out.before = before;
  return is_refused || settings_tell(work, &out, error);
}

bool settings_take_language(struct work *work, const struct arrival *arrival, int64_t person,
                            const char *address, const char *language, GError **error)
{
  g_autofree char *details = g_strdup_printf("language=%s\n", language);
  struct request wished = { .person = person, .address = (char *)address, .details = details };
  return apply(work, arrival, &wished, NULL, error);
}

bool settings_decide(struct work *work, const struct arrival *arrival, const struct answering *answering,
                     struct decision *decision, GError **error)
{
  bool is_yes = answer_is_yes(arrival, answering);
  if (!requests_end(work, arrival, answering->request, is_yes ? "yes" : "no", error)) return false;
  g_string_assign(decision->reason,
                  is_yes ? "The member confirms the settings." : "The settings stay as they are.");
  return !is_yes || apply(work, arrival, answering->request, decision, error);
}

/* Where letters to the person go: the address of the membership that is meant, else the sender's. */
static const char *own_address(const struct wish *wish)
{
  return wish->sender.member ? wish->sender.member->address : wish->sender.address;
}

/* The thread of the post that is answered; 0: none. */
static bool find_thread(const struct wish *wish, int64_t *thread, GError **error)
{
  const struct address_target *target = &wish->arrival->target;
  bool is_answer = target->meaning == ADDRESS_TOKEN && target->token.purpose == TOKEN_POST;
  GError *failed = NULL;
  g_autoptr(message_row) message =
      is_answer ? message_get(wish->work->store, target->token.object, &failed) : NULL;
  *thread = message ? message->thread : 0;
  if (!failed) return true;
  g_propagate_error(error, failed);
  return false;
}

/* It is not clear what shall change: how it is, and what one can say. */
static bool ask_what(struct wish *wish, GError **error)
{
  return settings_tell(wish->work,
                       &(struct settings_letter){ .letter = "settings_unclear",
                                                  .list = wish->list,
                                                  .person = wish->sender.person,
                                                  .address = own_address(wish),
                                                  .arrival = wish->arrival,
                                                  .is_shown = settings_only_asks(wish->arrival),
                                                  .is_stranger = !wish->is_proven },
                       error) &&
         wish_done(wish, "Settings are wished, and it is not clear which.");
}

/* Asks at the address on file. */
static bool ask(struct wish *wish, const struct request *wished, GError **error)
{
  g_autoptr(value_t) values = value_new();
  settings_put_wish(values, wished);
  return requests_ask(wish->work,
                      &(struct question_out){ .purpose = "settings",
                                              .list = wish->list,
                                              .person = wished->person,
                                              .address = wished->address,
                                              .details = wished->details,
                                              .values = values,
                                              .is_answer = true,
                                              .is_unauthenticated = true },
                      NULL, error) &&
         wish_done(wish,
                   "It is not proven that the member wishes these settings; they are asked to confirm.");
}

/* Nobody we know: who answers a letter of ours and says nothing of settings gets help. */
static bool answer_stranger(struct wish *wish, GError **error)
{
  bool is_answer = wish->arrival->target.meaning == ADDRESS_TOKEN;
  g_autofree char *details = details_of(wish->meaning, "", 0);
  if (!*details && settings_only_thanks(wish->arrival))
    return wish_done(wish, "It says thanks for a letter.");
  if (is_answer && !*details) return wish_help(wish, error);
  return wish_reply(wish, "leave_unknown", NULL, error) &&
         wish_done(wish, "Settings are wished by somebody who is no member under this address.");
}

bool wish_settings(struct wish *wish, GError **error)
{
  if (!wish->sender.person) return answer_stranger(wish, error);
  int64_t thread = 0;
  if (!find_thread(wish, &thread, error)) return false;
  const struct mail *mail = wish->arrival->mail;
  g_autoptr(person_choice) known = person_choice_get(wish->work->store, wish->sender.person, error);
  if (!known) return false;
  const char *sent = *mail_actor(mail)->name ? mail_actor(mail)->name : known->name;
  g_autofree char *details = details_of(wish->meaning, sent, thread);
  if (!*details && settings_only_thanks(wish->arrival))
    return wish_done(wish, "It says thanks for a letter.");
  if (!*details) return ask_what(wish, error);
  struct request wished = {
    .list = wish->list ? wish->list->id : 0,
    .person = wish->sender.person,
    .address = (char *)own_address(wish),
    .details = details,
  };
  if (!wish->is_proven) return ask(wish, &wished, error);
  return wish_done(wish, "The member's settings are as wished.") &&
         apply(wish->work, wish->arrival, &wished, wish->decision, error);
}
