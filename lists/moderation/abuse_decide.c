/* Deciding about a notice: the answer begins with yes or no, and what follows are the reasons, which go to
 * whoever sent the notice with what they can do against it (DSA Art. 16(5), 17, 20 and 21). Without reasons
 * nothing is decided: the law asks for them. Not all that follows a yes is one ("Ja, schau ich mir morgen
 * an"): a yes takes a ground (section notice.ground), or an order what shall become of the post; a question,
 * and what somebody is only going to do, decide nothing. A yes takes the post back unless it says that it
 * stays. Where it says "runternehmen" and it is not clear which post is meant, nothing is decided and the
 * link is asked for, so that the notifier is never told of something that did not happen. */
#include "lists/decisions.h"
#include "lists/letters.h"
#include "lists/list_cache.h"
#include "lists/moderation/notices_private.h"
#include "lists/moderation/private.h"
#include "lists/notices.h"
#include "lists/requests/purposes.h"
#include "lists/understand/understand.h"

#include "lib/base/fault.h"
#include "lib/mail/compose.h"
#include "lib/mail/read.h"
#include "lib/store/directory.h"
#include "lib/store/moderation/moderation.h"
#include "lib/store/people/people.h"
#include "lib/store/threads.h"

#include <string.h>

enum { REASON_WORDS = 3, REASON_CHARACTERS = 3000 };

/* What an answer says, and why. */
struct verdict {
  bool is_said, is_upheld;
  bool takes_down; /* says so */
  bool stays;      /* says that the post stays */
  char *reasons;   /* NULL: too few words */
};

/* Where the answer's own words begin: behind "Hallo Moni,". */
static guint first_word(const struct passage *passage)
{
  guint first = 0, end = passage->lexemes->count;
  while (first < end && passage->lexemes->at[first].kind != LEXEME_WORD) first++;
  if (first < end) first = answer_behind_greeting(passage, first);
  while (first < end && passage->lexemes->at[first].kind != LEXEME_WORD) first++;
  return first;
}

/* Does somebody ask, or tell what they are going to do? A "?" within a link is neither. */
static bool is_undecided(const struct passage *passage)
{
  const struct lexeme *l = passage->lexemes->at;
  for (guint i = 0; i < passage->lexemes->count; i++)
    if (lexeme_is(&l[i], "?") && (l[i + 1].is_spaced || l[i + 1].kind != LEXEME_WORD)) return true;
  return passage_has(passage, "notice.defer");
}

/* Are the words behind yes or no reasons? A no may say more freely why nothing is wrong. */
static bool has_reasons(const struct passage *passage, guint begin, const struct verdict *verdict)
{
  guint words = passage_words(passage, begin, passage->lexemes->count);
  if (words == 0) return false;
  if (passage_find(passage, phrases_tag("notice.ground"), begin)) return true;
  if (verdict->is_upheld) return (verdict->takes_down || verdict->stays) && words >= REASON_WORDS;
  return words >= REASON_WORDS && !passage_has(passage, "notice.evasive");
}

/* The first words are yes or no; the rest are the reasons. */
static struct verdict verdict_of(const struct arrival *arrival)
{
  const struct passage *passage = arrival->understanding->passage;
  struct verdict verdict = { 0 };
  guint first = first_word(passage);
  const struct phrase_hit *yes = passage_at(passage, phrases_tag("notice.upheld"), first);
  const struct phrase_hit *no = passage_at(passage, phrases_tag("notice.dismissed"), first);
  const struct phrase_hit *hit = no && (!yes || no->end >= yes->end) ? no : yes;
  if (!hit || passage_has(passage, "moderation.letter") || answer_is_absence(arrival) ||
      is_undecided(passage))
    return verdict;
  verdict.is_said = true;
  verdict.is_upheld = hit == yes;
  verdict.stays = passage_has(passage, "notice.stays");
  verdict.takes_down = verdict.is_upheld && !verdict.stays && passage_has(passage, "notice.takedown");
  guint begin = hit->end, end = passage->lexemes->count;
  while (begin < end && passage->lexemes->at[begin].kind != LEXEME_WORD) begin++;
  if (!has_reasons(passage, begin, &verdict)) return verdict;
  g_autofree char *text = passage_text(passage, begin, end);
  verdict.reasons = g_utf8_substring(text, 0, MIN(g_utf8_strlen(text, -1), REASON_CHARACTERS));
  return verdict;
}

/* Says once a day how to answer; flag: what is missing, NULL: it was not understood. */
static bool ask_once_more(struct work *work, const struct arrival *arrival, const struct request *request,
                          const char *flag, GError **error)
{
  bool may = false;
  g_autofree char *purpose =
      g_strdup_printf("notice_unclear %" G_GINT64_FORMAT "%s", request->id, flag ? flag : "");
  if (!notices_may(work, purpose, request->address, &may, error)) return false;
  if (!may) return true;
  g_autofree char *number = request_detail(request, "subject");
  g_autoptr(value_t) values = value_new();
  value_set_text(values, "number", number);
  if (flag) value_set_flag(values, flag, true);
  return requests_tell(work, arrival, request, "notice_unclear", values, true, error);
}

static bool log_notice(struct work *work, const struct notice *notice, int64_t moderator,
                       const char *decision, const char *way, GError **error)
{
  return decisions_note(work,
                        &(struct decision_note){ .list = notice->list,
                                                 .sort = 'n',
                                                 .id = notice->id,
                                                 .moderator = moderator,
                                                 .decision = decision,
                                                 .way = way },
                        error);
}

/* It is decided: told to the notifier, logged, the others' questions end. post NULL: none is taken back. */
static bool conclude(struct work *work, const struct arrival *arrival, const struct request *request,
                     const struct notice *notice, const struct verdict *verdict, const struct message *post,
                     GError **error)
{
  const char *state = verdict->is_upheld ? "upheld" : "dismissed";
  g_autoptr(value_t) values = value_new();
  value_set_flag(values, "upheld", verdict->is_upheld);
  value_set_text(values, "reasons", verdict->reasons);
  value_set_flag(values, "withdrawn", post != NULL);
  if (post && !order_withdraw(work, arrival, post, request->person, verdict->reasons, error)) return false;
  return notice_decide(work->store, notice->id, state, work->now, error) &&
         requests_end(work, arrival, request, verdict->is_upheld ? "yes" : "no", error) &&
         log_notice(work, notice, request->person, state, "mail", error) &&
         settle_requests(work, "notice", notice->id, request->person, state, error) &&
         notice_tell(work, notice, "notice_decided", values, NULL, error);
}

/* There are reasons: the post goes where that is said, and the notice is decided. */
static bool decide_with_reasons(struct work *work, const struct arrival *arrival,
                                const struct request *request, const struct notice *notice,
                                const struct verdict *verdict, struct decision *decision, GError **error)
{
  struct message *found = NULL;
  bool acts = verdict->is_upheld && !verdict->stays;
  if (acts && !notice_post(work, notice, arrival, request->list, &found, error)) return false;
  g_autoptr(message_row) post = found;
  if (verdict->takes_down && !post) {
    g_string_assign(decision->reason, "It is not clear which post a notice is about; the decider is asked.");
    return ask_once_more(work, arrival, request, "without_post", error);
  }
  g_string_assign(decision->reason, "A notice of content is decided.");
  return conclude(work, arrival, request, notice, verdict, post, error);
}

static bool decide_open(struct work *work, const struct arrival *arrival, const struct request *request,
                        const struct notice *notice, struct decision *decision, GError **error)
{
  struct verdict verdict = verdict_of(arrival);
  g_autofree char *reasons = verdict.reasons;
  if (reasons) return decide_with_reasons(work, arrival, request, notice, &verdict, decision, error);
  g_string_assign(decision->reason, "The answer about a notice of content is not enough yet.");
  return ask_once_more(work, arrival, request, verdict.is_said ? "without_reasons" : NULL, error);
}

bool notice_decided(struct work *work, const struct arrival *arrival, const struct answering *answering,
                    struct decision *decision, GError **error)
{
  GError *failed = NULL;
  const struct request *request = answering->request;
  g_autoptr(notice_t) notice = notice_get(work->store, request->object, &failed);
  bool has = false;
  if (failed || !duties_has(work, list_cache_by_id(work->lists, request->list), request, &has, &failed)) {
    g_propagate_error(error, failed);
    return false;
  }
  bool is_open = notice && strcmp(notice->state, "open") == 0;
  if (has && is_open) return decide_open(work, arrival, request, notice, decision, error);
  decision->outcome = OUTCOME_FILED;
  g_string_assign(decision->reason,
                  "Whoever was asked has no duties of the list any more, or it is decided.");
  return requests_end(work, arrival, request, "settled", error);
}

/* The notice with its mail, for asking once more. */
static bool ask_with_mail(struct work *work, const struct request *request,
                          bool (*act)(struct work *work, const struct request *request,
                                      const struct notice *notice, const struct mail *mail, GError **error),
                          GError **error)
{
  GError *failed = NULL;
  g_autoptr(notice_t) notice = notice_get(work->store, request->object, &failed);
  if (fault_hand_on(failed, error)) return false;
  if (!notice || strcmp(notice->state, "open") != 0) return true;
  struct hold where = { .mail = notice->mail, .recipient = notice->recipient };
  g_autoptr(incoming_t) incoming = moderation_read(work, &where, error);
  return incoming && act(work, request, notice, incoming->mail, error);
}

static bool remind(struct work *work, const struct request *request, const struct notice *notice,
                   const struct mail *mail, GError **error)
{
  g_autofree char *number = notice_number(notice);
  const struct list *list = list_cache_by_id(work->lists, request->list);
  struct compose_file file = { 0 };
  g_autoptr(value_t) values = shown_with_whole(work, mail, request->person, list, &file, error);
  if (values) value_set_text(values, "number", number);
  bool is_done = values && requests_send_again_with(work, request, values, file.name ? &file : NULL, error);
  shown_whole_clear(&file);
  return is_done;
}

bool notice_remind(struct work *work, const struct request *request, GError **error)
{
  return ask_with_mail(work, request, remind, error);
}

/* The list's own people let the time pass: the admin is asked. */
static bool pass_on(struct work *work, const struct request *request, const struct notice *notice,
                    const struct mail *mail, GError **error)
{
  g_autoptr(GPtrArray) open = requests_about(work->store, "notice", notice->id, error);
  if (!open || open->len > 0) return open != NULL;
  return log_notice(work, notice, 0, "expire", "time", error) &&
         (!request->list || notice_ask(work, notice, mail, NULL, error));
}

bool notice_lapse(struct work *work, const struct request *request, GError **error)
{
  return ask_with_mail(work, request, pass_on, error);
}
