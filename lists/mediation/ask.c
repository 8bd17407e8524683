/* Asking the mediators: each gets the mail to read, with an address that is good for one person and one item.
 * Who answers "ja" takes it on, and the others learn by whom; "nein" with a reason ends it and the reason
 * goes to whoever asked; "ich kann nicht" leaves it to the others. Whoever asked for the mediation is not
 * asked to mediate. When nobody answers, or nobody can, that is said, too. */
#include "lists/mediation/inside.h"

#include "lists/comprehend.h"
#include "lists/decide.h"
#include "lists/letters.h"
#include "lists/list_cache.h"
#include "lists/moderation/private.h"
#include "lists/notices.h"
#include "lists/understand/understand.h"

#include "lib/base/fault.h"
#include "lib/mail/compose.h"
#include "lib/mail/read.h"
#include "lib/store/directory.h"
#include "lib/store/people/people.h"

#include <string.h>

enum { REASON_WORDS = 2, REASON_CHARACTERS = 1000, SUBJECT_CHARACTERS = 100 };

/* What the letter shows; the row remembers the subject alone, for "übernommen von". */
static bool ask_one(struct work *work, const struct mediation *mediation, const struct mail *mail,
                    const struct official *official, GError **error)
{
  const struct list *list = list_cache_by_id(work->lists, mediation->list);
  struct compose_file file = { 0 };
  g_autoptr(value_t) values = shown_with_whole(work, mail, official->person, list, &file, error);
  g_autofree char *subject =
      g_utf8_substring(mail->subject, 0, MIN(g_utf8_strlen(mail->subject, -1), SUBJECT_CHARACTERS));
  g_autofree char *details = g_strconcat("subject=", subject, NULL);
  bool is_done = values && requests_ask(work,
                      &(struct question_out){ .purpose = "mediate",
                                              .list = list,
                                              .person = official->person,
                                              .address = official->address,
                                              .object = mediation->id,
                                              .details = details,
                                              .values = values,
                                              .file = file.name ? &file : NULL },
                      NULL, error);
  shown_whole_clear(&file);
  return is_done;
}

/* Is this official whoever asked for the mediation? */
static bool is_requester(const struct mediation *mediation, const struct official *official)
{
  const struct mediation_seat *seat = &mediation->seats[ROLE_REQUESTER];
  return strcmp(official->address, seat->address) == 0 ||
         (official->person && official->person == seat->person);
}

bool mediation_ask(struct work *work, const struct mediation *mediation, const struct mail *mail,
                   GError **error)
{
  const struct list *lists[] = { list_cache_by_id(work->lists, mediation->list), NULL };
  guint asked = 0;
  for (gsize l = 0; l < G_N_ELEMENTS(lists) && asked == 0; l++) {
    g_autoptr(GPtrArray) officials = duties_of(work, lists[l], error);
    if (!officials) return false;
    for (guint i = 0; i < officials->len; i++) {
      const struct official *official = g_ptr_array_index(officials, i);
      if (is_requester(mediation, official)) continue;
      if (!ask_one(work, mediation, mail, official, error)) return false;
      asked++;
    }
  }
  return true;
}

/* Who took it, or that it is settled. */
static bool tell_settled(struct work *work, const struct mediation *mediation, const struct request *request,
                         const char *how, const char *in_reply_to, GError **error)
{
  const char *name = mediation->seats[ROLE_MEDIATOR].name;
  g_autofree char *subject = request_detail(request, "subject");
  g_autoptr(value_t) values = value_new();
  value_set_text(values, "by", name && *name ? name : NULL);
  value_set_text(values, "subject", subject && *subject ? subject : NULL);
  value_set_flag(values, how, true);
  return letters_send(work,
                      &(struct letter_out){ .purpose = "mediate_done",
                                            .list = list_cache_by_id(work->lists, request->list),
                                            .address = request->address,
                                            .person = request->person,
                                            .values = values,
                                            .in_reply_to = in_reply_to,
                                            .is_answer = in_reply_to != NULL,
                                            .request = request->id },
                      error);
}

bool mediation_settle(struct work *work, const struct mediation *mediation, const char *how, GError **error)
{
  g_autoptr(GPtrArray) open = requests_about(work->store, "mediate", mediation->id, error);
  if (!open) return false;
  for (guint i = 0; i < open->len; i++) {
    const struct request *other = g_ptr_array_index(open, i);
    bool is_first = false;
    if (!request_end(work->store, other->id, "settled", work->now, "", &is_first, error) ||
        !tell_settled(work, mediation, other, how, NULL, error))
      return false;
  }
  return true;
}

/* The mediator gets a letter whose address steers, the requester one whose address reaches the mediator. */
static bool tell_taken(struct mediating *it, GError **error)
{
  struct work *work = it->work;
  g_autoptr(value_t) values = value_new();
  g_autofree char *requester =
      mediation_way_address(work, it->mediation, ROLE_MEDIATOR, ROLE_REQUESTER, error);
  if (!requester) return false;
  value_set_text(values, "requester_address", requester);
  g_autofree char *called = mediation_called(work, it->mediation, ROLE_REQUESTER,
                                             it->list ? it->list->language : work->config->language, error);
  if (!called) return false;
  value_set_text(values, "requester", called);
  int64_t way = mediation_way(work, it->mediation, ROLE_REQUESTER, ROLE_MEDIATOR, error);
  const struct mediation_seat *seat = &it->mediation->seats[ROLE_MEDIATOR];
  return way &&
         requests_ask(work,
                      &(struct question_out){ .purpose = "mediation_steer",
                                              .list = it->list,
                                              .person = seat->person,
                                              .address = seat->address,
                                              .object = it->mediation->id,
                                              .values = values },
                      NULL, error) &&
         mediation_tell(work,
                        &(struct mediation_letter){ .mediation = it->mediation,
                                                    .to = ROLE_REQUESTER,
                                                    .purpose = "mediation_begins",
                                                    .request = way },
                        error);
}

/* Somebody takes it on. */
static bool take(struct mediating *it, GError **error)
{
  struct work *work = it->work;
  const struct request *request = it->request;
  mediating_done(it, "A mediator takes the mediation on.");
  const struct mail_address *from = &it->arrival->mail->from;
  g_autofree char *name = mediation_name(work, request->person, from->name, true, error);
  if (!name ||
      !mediation_seat_put(
          work->store, it->mediation->id, ROLE_MEDIATOR,
          &(struct mediation_seat){ .person = request->person, .address = request->address, .name = name },
          error) ||
      !mediation_set_state(work->store, it->mediation->id, "taken", work->now, error))
    return false;
  int64_t id = it->mediation->id;
  mediating_clear(it);
  it->mediation = mediation_get(work->store, id, error);
  return it->mediation && requests_end(work, it->arrival, request, "yes", error) &&
         mediation_settle(work, it->mediation, "taken", error) && tell_taken(it, error);
}

/* The words behind a no; NULL: too few to be a reason. Caller frees. */
static char *reason_of(const struct arrival *arrival)
{
  const struct passage *passage = arrival->understanding->passage;
  struct answer_found answer = answer_read(passage);
  guint begin = answer.answer == ANSWER_NO && answer.first == 0 ? answer.end : 0;
  while (begin < passage->lexemes->count && passage->lexemes->at[begin].kind != LEXEME_WORD) begin++;
  if (passage_words(passage, begin, passage->lexemes->count) < REASON_WORDS) return NULL;
  g_autofree char *text = passage_text(passage, begin, passage->lexemes->count);
  return g_utf8_substring(text, 0, MIN(g_utf8_strlen(text, -1), REASON_CHARACTERS));
}

/* It is refused: whoever asked learns it, with the reason if there is one. */
static bool refuse(struct mediating *it, const char *reason, GError **error)
{
  struct work *work = it->work;
  g_autoptr(value_t) values = value_new();
  g_autofree char *hidden = reason ? mediation_hide(work, it->mediation, ROLE_COUNT, reason) : NULL;
  value_set_text(values, "reason", hidden);
  int64_t way = mediation_way(work, it->mediation, ROLE_REQUESTER, ROLE_MEDIATOR, error);
  return way && mediation_set_state(work->store, it->mediation->id, "refused", work->now, error) &&
         mediation_settle(work, it->mediation, "refused", error) &&
         mediation_tell(work,
                        &(struct mediation_letter){ .mediation = it->mediation,
                                                    .to = ROLE_REQUESTER,
                                                    .purpose = "mediation_refused",
                                                    .values = values,
                                                    .request = way },
                        error) &&
         mediation_end_requests(work, it->mediation, error);
}

/* A no without a reason, or one that speaks of the mediator alone, leaves it to the others, if there are
 * any. */
static bool decline(struct mediating *it, GError **error)
{
  g_autofree char *reason = reason_of(it->arrival);
  bool is_personal = passage_has(it->arrival->understanding->passage, "mediation.not_me");
  if (is_personal) g_clear_pointer(&reason, g_free);
  mediating_done(it, "A mediator does not take the mediation on.");
  if (!requests_end(it->work, it->arrival, it->request, "no", error)) return false;
  g_autoptr(GPtrArray) open = requests_about(it->work->store, "mediate", it->mediation->id, error);
  if (!open) return false;
  return (!reason && open->len > 0) || refuse(it, reason, error);
}

/* What an answer says; ANSWER_NONE: neither, or it is our own letter. A mail that only asks back takes
 * nothing on. */
static enum answer said(const struct arrival *arrival)
{
  const struct passage *passage = arrival->understanding->passage;
  if (passage_has(passage, "moderation.letter")) return ANSWER_NONE;
  if (passage_has(passage, "mediation.not_me")) return ANSWER_NO;
  enum answer answer = answer_read(passage).answer;
  if (answer == ANSWER_NO) return ANSWER_NO;
  bool is_yes = answer == ANSWER_YES && !answer_is_note(arrival);
  return is_yes || passage_has(passage, "mediation.take") ? ANSWER_YES : ANSWER_NONE;
}

/* Says once a day how to answer. */
static bool ask_once_more(struct mediating *it, GError **error)
{
  const struct request *request = it->request;
  g_autofree char *purpose = g_strdup_printf("mediate_unclear %" G_GINT64_FORMAT, request->id);
  bool may = false;
  mediating_done(it, "The mediator's answer was not understood; they are asked again.");
  if (!notices_may(it->work, purpose, request->address, &may, error)) return false;
  if (!may) return true;
  g_autoptr(value_t) values = value_new();
  value_set_flag(values, "mediate", true);
  return requests_tell(it->work, it->arrival, request, "mediation_unclear", values, true, error);
}

static bool decide_answer(struct mediating *it, GError **error)
{
  bool has = false;
  if (!duties_has(it->work, it->list, it->request, &has, error)) return false;
  if (!has && !duties_has(it->work, NULL, it->request, &has, error)) return false;
  if (!has || strcmp(it->mediation->state, "asked") != 0) {
    mediating_done(it, "Whoever was asked has no duties of the list any more, or it is settled.");
    return requests_end(it->work, it->arrival, it->request, "settled", error);
  }
  switch (said(it->arrival)) {
  case ANSWER_YES: return take(it, error);
  case ANSWER_NO: return decline(it, error);
  case ANSWER_NONE:
  case ANSWER_MAYBE: break;
  }
  return ask_once_more(it, error);
}

bool mediate_decide(struct work *work, const struct arrival *arrival, const struct answering *answering,
                    struct decision *decision, GError **error)
{
  struct mediating it;
  bool is_done = mediating_fill(&it, work, arrival, answering, decision, error) && decide_answer(&it, error);
  mediating_clear(&it);
  return is_done;
}

/* Whoever answers later learns what became of it, once a day. */
bool mediate_closed(struct work *work, const struct arrival *arrival, const struct request *request,
                    GError **error)
{
  bool may = false;
  if (!*request->address) return true;
  g_autofree char *purpose = g_strdup_printf("mediate_done %" G_GINT64_FORMAT, request->id);
  if (!notices_may(work, purpose, request->address, &may, error)) return false;
  if (!may) return true;
  g_autoptr(mediation_t) mediation = mediation_get(work->store, request->object, error);
  if (!mediation) return error == NULL || *error == NULL;
  bool is_taken = mediation->seats[ROLE_MEDIATOR].address != NULL;
  return tell_settled(work, mediation, request, is_taken ? "taken" : mediation->state,
                      arrival->mail->message_id, error);
}

/* The first mail of a mediation, read anew; NULL: it is gone. */
static struct incoming *first_mail(struct work *work, const struct mediation *mediation, GError **error)
{
  int64_t id = mediation_first_mail(work->store, mediation->id, error);
  g_autoptr(GBytes) raw = id > 0 ? mail_bytes(work->store, id, error) : NULL;
  const char *recipients[] = { NULL };
  return raw ? incoming_new(work->config, mediation->since, "", recipients, raw) : NULL;
}

bool mediate_remind(struct work *work, const struct request *request, GError **error)
{
  GError *failed = NULL;
  g_autoptr(mediation_t) mediation = mediation_get(work->store, request->object, &failed);
  g_autoptr(incoming_t) incoming = mediation && !failed ? first_mail(work, mediation, &failed) : NULL;
  if (fault_hand_on(failed, error)) return false;
  if (!incoming) return true;
  const struct list *list = list_cache_by_id(work->lists, request->list);
  struct compose_file file = { 0 };
  g_autoptr(value_t) values =
      shown_with_whole(work, incoming->mail, request->person, list, &file, error);
  bool is_done =
      values && requests_send_again_with(work, request, values, file.name ? &file : NULL, error);
  shown_whole_clear(&file);
  return is_done;
}

/* The last of those who were asked let the time pass. */
bool mediate_lapse(struct work *work, const struct request *request, GError **error)
{
  g_autoptr(GPtrArray) open = requests_about(work->store, "mediate", request->object, error);
  if (!open || open->len > 0) return open != NULL;
  g_autoptr(mediation_t) mediation = mediation_get(work->store, request->object, error);
  if (!mediation) return error == NULL || *error == NULL;
  if (strcmp(mediation->state, "asked") != 0) return true;
  g_autoptr(value_t) values = value_new();
  value_set_flag(values, "lapsed", true);
  int64_t way = mediation_way(work, mediation, ROLE_REQUESTER, ROLE_MEDIATOR, error);
  return way && mediation_set_state(work->store, mediation->id, "lapsed", work->now, error) &&
         mediation_tell(work,
                        &(struct mediation_letter){ .mediation = mediation,
                                                    .to = ROLE_REQUESTER,
                                                    .purpose = "mediation_refused",
                                                    .values = values,
                                                    .request = way },
                        error) &&
         mediation_end_requests(work, mediation, error);
}
