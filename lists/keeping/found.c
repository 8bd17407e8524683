/* Founding a group by mail. Who is known to our MTA is taken at their word, anybody else confirms first; then
 * the admin is asked, who answers with yes or no. A yes makes the list: without an archive, for its members
 * alone, with its founder as keeper, moderator and first member. The letter that greets them says what to do,
 * and asks in plain words whether the posts shall be public. Only the very word makes them so: people thank
 * for such a letter with "ok, super", and nobody asked the members. */
#include "lists/keeping/keep.h"

#include "lists/addresses/reply_address.h"
#include "lists/admin/admins.h"
#include "lists/holding.h"
#include "lists/letters.h"
#include "lists/list_cache.h"
#include "lists/moderation/moderation.h"
#include "lists/notices.h"
#include "lists/requests/purposes.h"
#include "lists/requests/waiting.h"
#include "lists/understand/understand.h"

#include "lib/base/fault.h"
#include "lib/mail/read.h"
#include "lib/store/people/people.h"
#include "lib/text/names.h"

#include <string.h>

enum { EXCERPT_CHARACTERS = 1500, PUBLIC_WORDS_MAX = 15 };

/* A group that somebody wishes. */
struct founding {
  struct work *work;
  const struct arrival *arrival; /* the wish, or the reply that confirms it */
  struct decision *decision;
  const char *title, *founder, *name, *text, *waiting;
  int64_t person, mail;
};

static char *excerpt_of(const struct mail *mail)
{
  glong length = g_utf8_strlen(mail->text_new, -1);
  return g_utf8_substring(mail->text_new, 0, MIN(length, EXCERPT_CHARACTERS));
}

/* A letter to the founder. */
static bool tell(struct work *work, const struct list *list, const char *letter, const char *address,
                 int64_t person, struct value *values, const char *in_reply_to, GError **error)
{
  return letters_send(work,
                      &(struct letter_out){ .purpose = letter,
                                            .list = list,
                                            .address = address,
                                            .person = person,
                                            .values = values,
                                            .in_reply_to = in_reply_to,
                                            .is_answer = true },
                      error);
}

static bool ask_one(struct founding *f, const char *admin, bool *asked, GError **error)
{
  g_autoptr(value_t) values = value_new();
  value_set_text(values, "title", f->title);
  value_set_text(values, "address", f->founder);
  value_set_text(values, "name", f->name);
  value_set_text(values, "text", f->text);
  g_autofree char *details = g_strdup_printf("title=%s\nsubject=%s\nfounder=%s\nname=%s\n%s", f->title,
                                             f->title, f->founder, f->name, f->waiting);
  return requests_ask(f->work,
                      &(struct question_out){ .purpose = "found",
                                              .list = f->arrival->list,
                                              .address = admin,
                                              .object = f->mail,
                                              .details = details,
                                              .values = values },
                      asked, error);
}

/* Asks the admins, and says so to the founder. Where none can be asked, the mail waits. */
static bool ask_admin(struct founding *f, GError **error)
{
  struct work *work = f->work;
  g_autoptr(GPtrArray) admins = admins_of(work, error);
  bool asked = false;
  for (guint i = 0; admins && i < admins->len; i++) {
    bool is_new = false;
    if (!ask_one(f, g_ptr_array_index(admins, i), &is_new, error)) return false;
    asked |= is_new;
  }
  if (!admins) return false;
  if (!asked) return holding_put(work, f->arrival, "found", NULL, f->decision, error);
  g_autoptr(value_t) told = value_new();
  value_set_text(told, "title", f->title);
  return keep_done(f->decision, "Somebody wants to found a group; the admin is asked.") &&
         tell(work, f->arrival->list, "found_asked", f->founder, f->person, told,
              f->arrival->mail->message_id, error);
}

/* Nobody vouches for the sender: they confirm first. */
static bool ask_founder(struct founding *f, GError **error)
{
  g_autofree char *details = g_strdup_printf("title=%s\nname=%s\n%s", f->title, f->name, f->waiting);
  g_autoptr(value_t) values = value_new();
  return keep_done(f->decision, "Somebody wants to found a group; the address is asked to confirm it.") &&
         requests_ask(f->work,
                      &(struct question_out){ .purpose = "found_confirm",
                                              .list = f->arrival->list,
                                              .person = f->person,
                                              .address = f->founder,
                                              .object = f->mail,
                                              .details = details,
                                              .values = values,
                                              .is_answer = true,
                                              .is_unauthenticated = true },
                      NULL, error);
}

/* No title is said: asked for in a sentence, once a day where nobody vouches for the sender. */
static bool ask_title(struct keep *keep, GError **error)
{
  g_autoptr(value_t) values = value_new();
  bool asked = false;
  return requests_ask(
             keep->work,
             &(struct question_out){ .purpose = "found_title",
                                     .list = keep->arrival->list,
                                     .person = keep->sender.person,
                                     .address = keep->sender.address,
                                     .values = values,
                                     .in_reply_to = keep->arrival->mail->message_id,
                                     .is_answer = true,
                                     .is_unauthenticated = !keep->arrival->mail->auth.is_authenticated },
             &asked, error) &&
         keep_done(keep->decision, "Somebody wants to found a group and does not say for what; it is asked.");
}

/* Takes a founding on its way, confirmed or not. */
static bool found(struct work *work, const struct arrival *arrival, const char *title, const char *address,
                  int64_t person, struct decision *decision, GError **error)
{
  const struct mail *mail = arrival->mail;
  g_autofree char *name = name_for_members(mail_actor(mail)->name, address);
  g_autofree char *text = excerpt_of(mail);
  g_autofree char *waiting = waiting_details(arrival);
  struct founding f = {
    .work = work,
    .arrival = arrival,
    .decision = decision,
    .title = title,
    .founder = address,
    .name = name,
    .text = text,
    .waiting = waiting,
    .person = person,
    .mail = arrival->mail_id,
  };
  return mail->auth.is_authenticated ? ask_admin(&f, error) : ask_founder(&f, error);
}

bool keep_found(struct keep *keep, GError **error)
{
  if (!keep->meaning->title) return ask_title(keep, error);
  return found(keep->work, keep->arrival, keep->meaning->title, keep->sender.address, keep->sender.person,
               keep->decision, error);
}

bool found_title_decide(struct work *work, const struct arrival *arrival, const struct answering *answering,
                        struct decision *decision, GError **error)
{
  const struct passage *passage = arrival->understanding->passage;
  g_autofree char *line = g_strdup(arrival->mail->text_new);
  line[strcspn(line, "\r\n")] = '\0';
  g_strstrip(line);
  g_autofree char *title = g_utf8_substring(line, 0, MIN(g_utf8_strlen(line, -1), 60));
  bool is_no = answer_read(passage).answer == ANSWER_NO;
  g_string_assign(decision->reason, "The founder of a group says what it is for.");
  if (!answering->is_own_address || !*title || is_no) return true;
  return requests_end(work, arrival, answering->request, "yes", error) &&
         found(work, arrival, title, answering->request->address, answering->request->person, decision,
               error);
}

bool found_confirm_decide(struct work *work, const struct arrival *arrival, const struct answering *answering,
                          struct decision *decision, GError **error)
{
  const struct request *request = answering->request;
  bool is_yes = answer_is_yes(arrival, answering);
  if (!requests_end(work, arrival, request, is_yes ? "yes" : "no", error)) return false;
  if (!is_yes) return keep_done(decision, "Whom we asked founds no group.");
  GError *failed = NULL;
  g_autoptr(incoming_t) incoming = waiting_read(work, request, &failed);
  if (fault_hand_on(failed, error)) return false;
  g_autofree char *title = request_detail(request, "title");
  g_autofree char *name = request_detail(request, "name");
  g_autofree char *text = incoming ? excerpt_of(incoming->mail) : g_strdup("");
  g_autofree char *waiting = waiting_details(arrival);
  struct founding f = {
    .work = work,
    .arrival = arrival,
    .decision = decision,
    .title = title,
    .founder = request->address,
    .name = name,
    .text = text,
    .waiting = waiting,
    .person = request->person,
    .mail = request->object,
  };
  return ask_admin(&f, error);
}

/* ---- the admin's answer ---- */

/* The founder keeps, moderates and reads the group. *person is set. */
static bool enter_founder(struct work *work, const struct list *list, const char *address, const char *name,
                          int64_t *person, GError **error)
{
  *person = person_ensure(work->store, address, name, work->now, work->now, error);
  if (!*person) return false;
  struct member member = { .list = list->id, .person = *person, .own_copy = -1, .confirmed = work->now };
  member.address = g_strdup(address);
  member.roles = g_strdup("member,moderator,keeper");
  bool is_done = member_put(work->store, &member, work->now, error);
  g_free(member.address), g_free(member.roles), g_free(member.delivery), g_free(member.state);
  g_free(member.paused_until);
  return is_done;
}

/* The letter that says what to do, and asks whether posts shall be public. */
static bool greet(struct work *work, const struct list *list, int64_t person, const char *address,
                  GError **error)
{
  g_autoptr(value_t) values = value_new();
  g_autofree char *settings = list_address(work->config, list->name, "einstellungen");
  value_set_text(values, "settings_address", settings);
  return requests_ask(
      work,
      &(struct question_out){
          .purpose = "publish", .list = list, .person = person, .address = address, .values = values },
      NULL, error);
}

/* "Ja. Name bitte bouche-eltern": what the admin wants the address to begin with; NULL: they leave it to us.
 * Caller frees. */
static char *wished_name(const struct passage *passage)
{
  const struct phrase_hit *hit = passage_find(passage, phrases_tag("found.address"), 0);
  if (!hit || hit->end >= passage->lexemes->count) return NULL;
  g_autofree char *rest = passage_text(passage, hit->end, passage->lexemes->count);
  char *word = rest + strspn(rest, " :\"\t\r\n");
  word[strcspn(word, " @,;:!?\"\t\r\n")] = '\0';
  return *word ? g_strdup(word) : NULL;
}

/* Makes the list and everything around it. */
static bool make_group(struct work *work, const struct arrival *arrival, const struct request *request,
                       GError **error)
{
  g_autofree char *title = request_detail(request, "title");
  g_autofree char *founder = request_detail(request, "founder");
  g_autofree char *person_name = request_detail(request, "name");
  g_autofree char *wished = wished_name(arrival->understanding->passage);
  g_autofree char *name = group_name(work, wished ? wished : title, error);
  if (!name) return false;
  struct list list = { .name = name,
                       .kind = (char *)"group",
                       .title = title,
                       .region_slug = (char *)"",
                       .posting = (char *)"members",
                       .subject_tag = (char *)"",
                       .language = work->config->language };
  int64_t person = 0;
  return list_create(work->store, &list, work->now, error) &&
         enter_founder(work, &list, founder, person_name, &person, error) &&
         greet(work, &list, person, founder, error);
}

static bool refuse(struct work *work, const struct arrival *arrival, const struct request *request,
                   GError **error)
{
  g_autofree char *title = request_detail(request, "title");
  g_autofree char *founder = request_detail(request, "founder");
  g_autoptr(value_t) values = value_new();
  value_set_text(values, "title", title);
  const char *reason = arrival->understanding->meaning->moderation_reason;
  value_set_text(values, "reason", reason && *reason ? reason : NULL);
  return tell(work, list_cache_by_id(work->lists, request->list), "found_refused", founder, 0, values, NULL,
              error);
}

/* Where the wish for a name begins ("Ja. Name bitte bouche-eltern"); the whole length where there is none. */
static guint end_of_answer(const struct passage *passage)
{
  const struct phrase_hit *hit = passage_find(passage, phrases_tag("found.address"), 0);
  guint end = hit && hit->first > 0 ? hit->first : passage->lexemes->count;
  while (hit && hit->first > 0 && end > 1 && passage->lexemes->at[end - 1].kind != LEXEME_WORD) end--;
  return end;
}

/* What the admin answers: a yes of which every word is understood, or a no with its reason. */
static enum moderation said_of(const struct arrival *arrival, const struct answering *answering)
{
  const struct passage *passage = arrival->understanding->passage;
  enum moderation said = arrival->understanding->meaning->decision;
  if (said == MODERATION_REJECT) return said;
  const char *const *acts = answering->purpose->acts;
  bool is_yes = answer_is_sure(passage, end_of_answer(passage), arrival->mail, acts);
  return is_yes ? MODERATION_APPROVE : MODERATION_NONE;
}

bool found_decide(struct work *work, const struct arrival *arrival, const struct answering *answering,
                  struct decision *decision, GError **error)
{
  enum moderation said = said_of(arrival, answering);
  const struct request *request = answering->request;
  if (said != MODERATION_APPROVE && said != MODERATION_REJECT)
    return requests_ask_once_more(work, arrival, request, ONCE_MORE_UNCLEAR, decision, error);
  bool is_yes = said == MODERATION_APPROVE, is_admin = false;
  if (!admins_has(work, request->address, request->person, &is_admin, error)) return false;
  if (!is_admin) return keep_done(decision, "Whoever was asked about a new group is no admin any more.");
  keep_done(decision,
            is_yes ? "The admin lets a group be founded." : "The admin does not let a group be founded.");
  return requests_end(work, arrival, request, is_yes ? "yes" : "no", error) &&
         settle_requests(work, "found", request->object, request->person, is_yes ? "approve" : "reject",
                         error) &&
         (is_yes ? make_group(work, arrival, request, error) : refuse(work, arrival, request, error));
}

/* ---- shall the posts be public? ---- */

static bool publish(struct work *work, const struct arrival *arrival, const struct request *request,
                    const struct list *list, GError **error)
{
  struct list changed = *list;
  changed.archive_public = true;
  g_autoptr(value_t) values = value_new();
  return list_update(work->store, &changed, error) &&
         tell(work, list, "published", request->address, request->person, values, arrival->mail->message_id,
              error);
}

/* Does a short answer say, without an if or but, that the posts shall be public? */
static bool says_public(const struct passage *passage)
{
  guint words = passage_words(passage, 0, passage->lexemes->count);
  g_autofree char *text = passage_text(passage, 0, passage->lexemes->count);
  return words <= PUBLIC_WORDS_MAX && passage_has(passage, "publish.yes") &&
         !passage_has(passage, "publish.not") && !strchr(text, '?');
}

/* Says that the posts stay among the members, and which word changes that. The question stays open. */
static bool keep_private(struct work *work, const struct arrival *arrival, const struct request *request,
                         GError **error)
{
  bool may = false;
  g_autofree char *purpose = g_strdup_printf("publish_not %" G_GINT64_FORMAT, request->id);
  if (!notices_may(work, purpose, request->address, &may, error)) return false;
  g_autoptr(value_t) values = value_new();
  return !may || requests_tell(work, arrival, request, "publish_not", values, true, error);
}

bool publish_decide(struct work *work, const struct arrival *arrival, const struct answering *answering,
                    struct decision *decision, GError **error)
{
  const struct request *request = answering->request;
  const struct passage *passage = arrival->understanding->passage;
  bool is_public = says_public(passage), may = false;
  const struct list *list = NULL;
  if (!keep_may(work, request, &list, &may, error)) return false;
  if (!may) return keep_done(decision, "It answers about a group that its sender keeps no longer.");
  if (!is_public && answer_read(passage).answer != ANSWER_NO)
    return keep_done(decision, "It does not say that the group's posts shall be public; they are not.") &&
           keep_private(work, arrival, request, error);
  keep_done(decision, is_public ? "A keeper makes the group's posts public."
                                : "The group's posts stay among its members.");
  return requests_end(work, arrival, request, is_public ? "yes" : "no", error) &&
         (!is_public || publish(work, arrival, request, list, error));
}
