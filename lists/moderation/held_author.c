/* A moderator answers the question about a held mail with an order about its author: "Absender sperren", "den
 * bitte für immer sperren", "ban this guy". The mail goes to nobody, and its author is banned as after an
 * order about a published post (orders.c). Called by decide.c before the answer is read as a yes or no.
 *
 * It is clear where every word of the sentence is known: the deed, the author, politeness. "Sperren" alone is
 * said of the mail. Anything between is asked about, and then "ok" is no yes to the mail (wanted.c). Whose
 * address nobody vouches for is not banned: somebody else may have used it. */
#include "lists/moderation/private.h"

#include "lists/letters.h"
#include "lists/list_cache.h"
#include "lists/moderation/refuse.h"
#include "lists/understand/answers/clauses.h"
#include "lists/understand/understand.h"

#include "lib/mail/address.h"
#include "lib/mail/read.h"
#include "lib/store/mails.h"
#include "lib/store/moderation/moderation.h"
#include "lib/store/requests.h"
#include "lib/text/template.h"

#include <string.h>

enum { REASON_MAX = 300 };

/* What a sentence says of banning, and of whom. */
struct banning {
  bool has_deed, has_author, has_she; /* "die", "sie": the mail as well */
  bool has_rest;                      /* words that are not known */
  bool has_post, has_yes, has_and;
  guint first, reason; /* its first lexeme; the first behind the order */
};

/* Does a tag's hit cover this lexeme alone or with others? *end: behind it. */
static bool is_known(const struct passage *passage, const char *tag, guint at, guint *end)
{
  const struct phrase_hit *hit = passage_at(passage, phrases_tag(tag), at);
  if (!hit) return false;
  *end = MAX(hit->end, at + 1);
  return true;
}

static bool is_named(const struct passage *passage, guint at, const struct passage *name)
{
  const char *word = passage->lexemes->at[at].folded;
  for (guint i = 0; i < name->lexemes->count; i++) {
    const struct lexeme *it = &name->lexemes->at[i];
    if (it->kind == LEXEME_WORD && strlen(it->folded) > 2 && strcmp(it->folded, word) == 0) return true;
  }
  return false;
}

/* Takes one lexeme, or what a phrase covers; returns where the next begins. */
static guint take_word(const struct passage *passage, const struct passage *name, guint at, bool is_last,
                       struct banning *it)
{
  static const char *const known[] = { "moderate.author-filler", "moderate.lead",  "moderate.thanks",
                                       "moderate.tail",          "ordered.filler", "ordered.remove",
                                       "moderation.block",       "moderation.no",  "moderation.spam",
                                       "moderation.and" };
  guint end = at + 1;
  if (passage->lexemes->at[at].kind == LEXEME_DIGITS) it->has_rest = true;
  if (passage->lexemes->at[at].kind != LEXEME_WORD) return end;
  const struct phrase_hit *author = passage_at(passage, phrases_tag("moderate.author"), at);
  if (author || is_named(passage, at, name)) {
    bool is_she = author && strcmp(author->value, "she") == 0;
    it->has_she |= is_she;
    it->has_author |= !is_she;
    return author ? MAX(author->end, end) : end;
  }
  if (is_known(passage, "ordered.post", at, &end)) {
    it->has_post = true;
    return end;
  }
  for (gsize i = 0; i < G_N_ELEMENTS(known); i++)
    if (is_known(passage, known[i], at, &end)) return end;
  it->has_rest |= !is_last;
  return end;
}

/* Is this the last word of a deed that begins earlier ("wirf … raus")? */
static bool ends_deed(const struct passage *passage, guint at, guint first)
{
  for (guint from = first; from < at; from++) {
    const struct phrase_hit *hit = passage_at(passage, phrases_tag("ordered.ban"), from);
    if (hit && hit->end == at + 1) return true;
  }
  return false;
}

/* A comma, a colon, "weil": the reason begins. */
static bool begins_reason(const struct passage *passage, guint at)
{
  const struct lexeme *it = &passage->lexemes->at[at];
  if (it->kind == LEXEME_WORD) {
    const struct phrase_hit *tail = passage_at(passage, phrases_tag("moderate.tail"), at);
    guint end = 0;
    return tail && !is_known(passage, "ordered.filler", at, &end) &&
           !passage_at(passage, phrases_tag("moderate.author"), at);
  }
  return it->kind != LEXEME_DIGITS && it->kind != LEXEME_END;
}

static struct banning read_sentence(const struct passage *passage, const struct clause *in,
                                    const struct passage *name)
{
  struct banning it = { .first = in->first, .reason = in->end };
  for (guint at = in->first; at < in->end;) {
    const struct phrase_hit *whole = passage_at(passage, phrases_tag("moderate.ban"), at);
    const struct phrase_hit *deed = passage_at(passage, phrases_tag("ordered.ban"), at);
    if (whole) {
      it.has_deed = it.has_author = true;
      at = whole->end;
    } else if (deed) {
      it.has_deed = true;
      at++;
    } else {
      at = take_word(passage, name, at, ends_deed(passage, at, in->first), &it);
    }
    if (it.has_deed && it.has_author && at < in->end && begins_reason(passage, at)) {
      it.reason = at;
      break;
    }
  }
  it.has_yes = clause_find(passage, "moderation.yes", in) || clause_find(passage, "answer.yes", in) ||
               clause_find(passage, "moderation.publish", in);
  it.has_and = clause_find(passage, "moderation.and", in) != NULL;
  return it;
}

/* Does another sentence let the mail through? */
static bool has_other_yes(const struct passage *passage, const GArray *sentences, guint but)
{
  for (guint i = 0; i < sentences->len; i++) {
    const struct clause *it = &g_array_index(sentences, struct clause, i);
    if (i != but && (clause_find(passage, "moderation.yes", it) || clause_find(passage, "answer.yes", it)))
      return true;
  }
  return passage_has(passage, "moderation.publish");
}

/* Whoever asks, doubts or tells has ordered nothing. */
static bool is_hedged(const struct passage *passage)
{
  return strchr(passage->lexemes->text, '?') || passage_has(passage, "ordered.not") ||
         passage_has(passage, "ordered.asks") || passage_has(passage, "moderate.doubt");
}

enum wanted_of_author { WANTS_NOTHING, WANTS_WATCH, WANTS_BAN, WANTS_PERHAPS };

/* `was_asked`: we asked them whether the author shall be banned. */
static enum wanted_of_author judge(const struct passage *passage, const struct banning *it, bool has_other,
                                   bool was_asked, enum moderation said)
{
  if (!it->has_deed || (it->has_post && !it->has_author)) return WANTS_NOTHING;
  bool is_of_author = it->has_author || (was_asked && !it->has_post);
  bool is_mixed = has_other || (it->has_yes && it->has_and);
  if (is_of_author && !it->has_rest && !it->has_she && !is_mixed && !is_hedged(passage)) return WANTS_BAN;
  if (passage_has(passage, "ordered.not")) return WANTS_NOTHING;
  if (it->has_author || (it->has_she && !it->has_rest)) return WANTS_PERHAPS;
  /* "Fritz sperren": of somebody whom we do not know, or it is but a part of the reason */
  bool is_only_word = said == MODERATION_REJECT && !passage_has(passage, "moderation.no");
  return it->has_rest && is_only_word ? WANTS_PERHAPS : WANTS_NOTHING;
}

/* What stands behind the order; else what the answer gave as a reason before it. Caller frees. */
static char *reason_of(const struct ruling *ruling, const struct banning *it)
{
  const struct understanding *said = ruling->arrival->understanding;
  const struct passage *passage = said->passage;
  guint at = it->reason, count = passage->lexemes->count;
  while (at < count && passage->lexemes->at[at].kind != LEXEME_WORD) at++;
  bool has_behind = at < count && !passage_at(passage, phrases_tag("moderate.thanks"), at);
  g_autofree char *words = has_behind ? passage_text(passage, at, count) : NULL;
  if (!words && said->meaning->moderation_reason && it->first > 0) {
    g_autofree char *before = passage_text(passage, 0, it->first);
    words =
        strstr(before, said->meaning->moderation_reason) ? g_strdup(said->meaning->moderation_reason) : NULL;
  }
  return words ? g_utf8_substring(words, 0, MIN(g_utf8_strlen(words, -1), REASON_MAX)) : g_strdup("");
}

static enum wanted_of_author read_answer(const struct ruling *ruling, const struct mail *held,
                                         enum moderation said, char **reason)
{
  const struct passage *passage = ruling->arrival->understanding->passage;
  const struct mail_address *actor = mail_actor(held);
  const char *at = actor->address ? strchr(actor->address, '@') : NULL;
  g_autofree char *own = at ? g_strndup(actor->address, (gsize)(at - actor->address)) : NULL;
  g_autofree char *words = g_strjoin(" ", actor->name ? actor->name : "", own ? own : "", NULL);
  g_autoptr(passage_t) name = passage_new(words, NULL, 0);
  g_autofree char *asked = request_detail(ruling->request, "ban");
  g_autoptr(GArray) sentences = sentences_of(passage);
  enum wanted_of_author wants = WANTS_NOTHING;
  for (guint i = 0; i < sentences->len && wants != WANTS_BAN; i++) {
    struct banning it = read_sentence(passage, &g_array_index(sentences, struct clause, i), name);
    enum wanted_of_author here =
        judge(passage, &it, has_other_yes(passage, sentences, i), asked != NULL, said);
    if (here == WANTS_NOTHING) continue;
    wants = here;
    if (here == WANTS_BAN) *reason = reason_of(ruling, &it);
  }
  /* "Nein, und den Absender moderieren": what becomes of the mail is said as well */
  bool is_watch = wants == WANTS_NOTHING && said == MODERATION_REJECT &&
                  passage_has(passage, "moderate.watch") && !is_hedged(passage);
  return is_watch ? WANTS_WATCH : wants;
}

/* Remembered with the question: the next "ok" is none to the mail. */
static bool remember(const struct ruling *ruling, const char *line, GError **error)
{
  const struct request *request = ruling->request;
  g_autofree char *details = g_strdup_printf("%s\n%s\n", request->details ? request->details : "", line);
  return request_set_details(ruling->work->store, request->id, details, error);
}

static bool tell(const struct ruling *ruling, const char *what, GError **error)
{
  g_autoptr(value_t) values = value_new();
  value_set_text(values, "subject", *ruling->hold->subject ? ruling->hold->subject : NULL);
  value_set_flag(values, "held", true);
  value_set_flag(values, what, true);
  return letters_send(
      ruling->work,
      &(struct letter_out){ .purpose = "order_done",
                            .list = list_cache_by_id(ruling->work->lists, ruling->request->list),
                            .address = ruling->request->address,
                            .person = ruling->request->person,
                            .values = values,
                            .in_reply_to = ruling->arrival->mail->message_id,
                            .is_answer = true,
                            .request = ruling->request->id },
      error);
}

/* The mail goes to nobody; its author is treated by the rule from now on, where it is proven who that is. */
static bool treat(struct ruling *ruling, const struct mail *held, const char *rule, const char *reason,
                  GError **error)
{
  struct work *work = ruling->work;
  const struct hold *hold = ruling->hold;
  g_autofree char *address = held->auth.is_authenticated ? refuse_author(work, held) : NULL;
  g_autofree char *line = address ? g_strconcat("banned=", address, NULL) : NULL;
  bool is_spam = strcmp(hold->code, "suspect") == 0 ||
                 passage_has(ruling->arrival->understanding->passage, "moderation.spam");
  return (!address || (watched_put(work->store, hold->list, address, rule, work->now, error) &&
                       remember(ruling, line, error))) &&
         refuse_held(work, hold, "moderate_refused", "refused", reason, is_spam, error) &&
         tell(ruling,
              !address                      ? "unbannable"
              : strcmp(rule, "banned") == 0 ? "ban"
                                            : "watch",
              error);
}

bool held_author_decide(struct ruling *ruling, enum moderation said, enum held_author *todo, GError **error)
{
  const struct passage *passage = ruling->arrival->understanding->passage;
  *todo = HELD_AUTHOR_NOT_MEANT;
  bool may_be = passage_has(passage, "moderate.ban") || passage_has(passage, "ordered.ban") ||
                passage_has(passage, "moderate.watch");
  if (!may_be || passage_has(passage, "moderation.letter")) return true;
  g_autoptr(incoming_t) incoming = moderation_read(ruling->work, ruling->hold, error);
  if (!incoming) return false;
  g_autofree char *reason = NULL;
  switch (read_answer(ruling, incoming->mail, said, &reason)) {
  case WANTS_NOTHING: return true;
  case WANTS_PERHAPS: *todo = HELD_AUTHOR_ASK; return remember(ruling, "wants_out=1\nban=1", error);
  case WANTS_WATCH: *todo = HELD_AUTHOR_WATCHED; return treat(ruling, incoming->mail, "moderated", "", error);
  case WANTS_BAN: break;
  }
  *todo = HELD_AUTHOR_BANNED;
  return treat(ruling, incoming->mail, "banned", reason, error);
}

bool held_author_cuts(const struct passage *passage, const char *reason)
{
  const struct phrase_hit *deed = passage_find(passage, phrases_tag("ordered.ban"), 0);
  if (!deed) return false;
  g_autofree char *words = passage_text(passage, deed->first, deed->end);
  return strstr(reason, words) == NULL;
}

bool held_author_free(struct work *work, const struct arrival *arrival, const struct request *request,
                      bool *is_done, GError **error)
{
  g_autofree char *reason = NULL, *banned = request_detail(request, "banned");
  g_autofree char *from = address_normalise(mail_actor(arrival->mail)->address);
  const struct list *list = list_cache_by_id(work->lists, request->list);
  *is_done = false;
  bool is_theirs = banned && list && arrival->mail->auth.is_authenticated &&
                   g_strcmp0(from, request->address) == 0 && order_read(arrival, &reason) == ORDER_FREE;
  if (!is_theirs) return true;
  bool has = false;
  if (!duties_has(work, list, request, &has, error)) return false;
  if (!has) return true;
  *is_done = true;
  g_autoptr(value_t) values = value_new();
  value_set_flag(values, "held", true);
  value_set_flag(values, "free", true);
  return watched_put(work->store, list->id, banned, NULL, work->now, error) &&
         requests_tell(work, arrival, request, "order_done", values, false, error);
}
