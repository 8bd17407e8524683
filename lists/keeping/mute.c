/* Muting by reply. "stumm" or "zu diesem Thema bitte keine Mails mehr" under a post is meant for us and not
 * for the group: it is never passed on, and the member who wrote it gets no more copies of the thread. With a
 * tag beside it ("stumm #spielplatz", "[Biete] stumm") it mutes what bears the tag. "laut" takes both back,
 * also in answer to our letter.
 *
 * A From proves nothing, so whom our MTA does not know is asked first. */
#include "lists/keeping/mute.h"

#include "lists/holding.h"
#include "lists/keeping/keep.h"
#include "lists/keeping/tags.h"
#include "lists/letters.h"
#include "lists/list_cache.h"
#include "lists/requests/purposes.h"
#include "lists/understand/understand.h"

#include "lib/base/fault.h"
#include "lib/store/mutes.h"
#include "lib/store/threads.h"

#include <string.h>

enum { WORDS_MAX = 20, SUBJECT_WORD_BYTES = 4 };

/* What a reply of a word says. */
struct muting {
  bool is_mute, is_off;
  char *tag; /* "": the thread */
};

/* "Biete stumm": the tags of offers and searches are known without their brackets, too. NULL: none stands
 * here. Caller frees. */
static char *tag_without_brackets(const struct passage *passage, guint at)
{
  const struct phrase_hit *hit = passage_at(passage, phrases_tag("tag.offer"), at);
  if (!hit || hit->end != at + 1) return NULL;
  g_autofree char *word = passage_text(passage, at, hit->end);
  return g_strconcat("[", word, "] ", NULL);
}

/* A word of the subject: "keine Mails mehr zum Spielplatz" below a post about one. */
static bool is_of_subject(const struct lexemes *subject, const struct lexeme *it)
{
  if (it->kind != LEXEME_WORD || strlen(it->folded) < SUBJECT_WORD_BYTES) return false;
  for (guint i = 0; i < subject->count; i++)
    if (lexeme_is(&subject->at[i], it->folded)) return true;
  return false;
}

/* What has been seen of a text that may be all about muting. */
struct seen {
  bool is_mute, is_off;    /* by itself */
  bool is_of_tag, is_open; /* beside a tag; beside what it is about */
  bool is_named;           /* a word of the subject stands in it */
  char *bare;              /* a tag without its brackets; NULL: none */
  guint words;
};

/* One step: behind what stands at a lexeme; 0: it says something else. */
static guint see(const struct passage *passage, const struct lexemes *subject, guint at, struct seen *seen)
{
  const struct lexeme *it = &passage->lexemes->at[at];
  const struct phrase_hit *hit = passage_at(passage, phrases_tag("mute.word"), at),
                          *tagged = passage_at(passage, phrases_tag("mute.tagged"), at),
                          *filler = passage_at(passage, phrases_tag("mute.filler"), at);
  bool is_word = it->kind == LEXEME_WORD || it->kind == LEXEME_DIGITS;
  if (is_word && ++seen->words > WORDS_MAX) return 0;
  if (hit && (!tagged || tagged->end <= hit->end)) {
    seen->is_off |= strcmp(hit->value, "off") == 0;
    seen->is_open |= strcmp(hit->value, "about") == 0;
    seen->is_mute |= strcmp(hit->value, "about") != 0;
    return hit->end;
  }
  if (tagged) seen->is_of_tag = true;
  if (tagged) return tagged->end;
  if (filler) return filler->end;
  bool is_of_tag = is_word && at > 0 && (lexeme_is(&it[-1], "#") || lexeme_is(&it[-1], "["));
  bool is_named = is_word && is_of_subject(subject, it);
  seen->is_named |= is_named;
  if (!is_word || is_of_tag || is_named) return at + 1;
  if (!seen->bare) seen->bare = tag_without_brackets(passage, at);
  return seen->bare ? at + 1 : 0;
}

/* Reads a text that is all about muting: each of its words is one of the tables', of the subject or belongs
 * to a tag. False: it says something else. muting->tag is the caller's. */
static bool read_muting(const struct understanding *it, struct muting *muting)
{
  const struct lexemes *l = it->passage->lexemes;
  struct seen seen = { 0 };
  guint at = 0;
  while (at < l->count) {
    guint next = see(it->passage, it->subject->lexemes, at, &seen);
    if (!next) break;
    at = next;
  }
  g_autofree char *bare = seen.bare;
  if (at < l->count) return false;
  g_autoptr(GPtrArray) tags = tags_of_subject(bare ? bare : l->text, NULL);
  bool names_topic = seen.is_named || passage_has(it->passage, "mute.topic");
  *muting = (struct muting){ .is_off = seen.is_off };
  /* "verkaufe nichts mehr" is an answer, "#verkaufe will ich nicht" a wish */
  muting->is_mute = seen.is_mute || (tags->len > 0 && ((seen.is_of_tag && !bare) || seen.is_open)) ||
                    (seen.is_open && names_topic);
  if (!muting->is_mute) return false;
  muting->tag = g_strdup(tags->len > 0 ? g_ptr_array_index(tags, 0) : "");
  return true;
}

/* The post that is answered: by the address, else by the references. NULL without error: none. */
static struct message *find_post(struct work *work, const struct arrival *arrival, GError **error)
{
  const struct token *token = &arrival->target.token;
  bool is_answer = arrival->target.meaning == ADDRESS_TOKEN && token->purpose == TOKEN_POST;
  if (is_answer) return message_get(work->store, token->object, error);
  const GPtrArray *references = arrival->mail->references;
  if (references->len == 0) return NULL;
  return message_find(work->store, arrival->list->id, g_ptr_array_index(references, references->len - 1),
                      error);
}

/* Tells what is muted; a reply takes it back. */
static bool tell(struct work *work, const struct list *list, const struct sender *sender, int64_t thread,
                 const char *tag, const char *subject, const char *in_reply_to, const char *purpose,
                 bool is_off, bool is_authenticated, GError **error)
{
  g_autofree char *line = g_strdelimit(g_strdup(subject), "\r\n", ' ');
  g_autofree char *details = g_strdup_printf("thread=%" G_GINT64_FORMAT "\ntag=%s\nsubject=%s%s", thread, tag,
                                             line, is_off ? "\noff=1" : "");
  g_autoptr(value_t) values = value_new();
  value_set_text(values, "tag", *tag ? tag : NULL);
  value_set_text(values, "subject", *subject ? subject : NULL);
  value_set_flag(values, "off", is_off);
  return requests_ask(work,
                      &(struct question_out){ .purpose = purpose,
                                              .list = list,
                                              .person = sender->person,
                                              .address = sender->address,
                                              .object = thread,
                                              .details = details,
                                              .values = values,
                                              .in_reply_to = in_reply_to,
                                              .is_answer = true,
                                              .is_unauthenticated = !is_authenticated },
                      NULL, error);
}

/* They read it again. */
static bool tell_unmuted(struct work *work, const struct arrival *arrival, const struct sender *sender,
                         const char *tag, const char *subject, GError **error)
{
  g_autoptr(value_t) values = value_new();
  value_set_text(values, "tag", *tag ? tag : NULL);
  value_set_text(values, "subject", *subject ? subject : NULL);
  return letters_send(work,
                      &(struct letter_out){ .purpose = "unmuted",
                                            .list = arrival->list,
                                            .address = sender->address,
                                            .person = sender->person,
                                            .values = values,
                                            .in_reply_to = arrival->mail->message_id,
                                            .is_answer = true },
                      error);
}

/* Mutes or asks. `message` may be NULL where a tag is named. */
static bool act(struct work *work, const struct arrival *arrival, const struct sender *sender,
                const struct muting *muting, const struct message *message, struct decision *decision,
                GError **error)
{
  bool is_known = arrival->mail->auth.is_authenticated;
  int64_t thread = *muting->tag ? 0 : message->thread;
  g_autoptr(thread_row) row = message ? thread_get(work->store, message->thread, error) : NULL;
  if (message && !row) return false;
  const char *subject = row ? row->subject : "";
  keep_done(decision,
            is_known ? "A member mutes a thread or a tag." : "A member mutes something; they are asked.");
  if (is_known && !mute_set(work->store, arrival->list->id, sender->person, thread, muting->tag,
                            !muting->is_off, work->now, error))
    return false;
  if (muting->is_off && is_known) return tell_unmuted(work, arrival, sender, muting->tag, subject, error);
  return tell(work, arrival->list, sender, thread, muting->tag, subject, arrival->mail->message_id,
              is_known ? "muted" : "mute", muting->is_off, is_known, error);
}

static bool take(struct work *work, const struct arrival *arrival, const struct muting *muting,
                 struct decision *decision, bool *is_taken, GError **error)
{
  GError *failed = NULL;
  struct sender sender;
  if (!sender_find(work, arrival->mail, arrival->list->id, &sender, error)) return false;
  bool is_done = true;
  bool is_answer = arrival->target.token.purpose == TOKEN_POST || arrival->mail->references->len > 0;
  g_autoptr(message_row) message = sender.member && is_answer ? find_post(work, arrival, &failed) : NULL;
  if (fault_hand_on(failed, error))
    is_done = false;
  else if (sender.member && (message ? message->list == arrival->list->id : *muting->tag != '\0'))
    *is_taken = true, is_done = act(work, arrival, &sender, muting, message, decision, error);
  else if (sender.member && is_answer)
    *is_taken = true, is_done = holding_put(work, arrival, "wish", NULL, decision, error);
  sender_clear(&sender);
  return is_done;
}

bool mute_take(struct work *work, const struct arrival *arrival, struct decision *decision, bool *is_taken,
               GError **error)
{
  *is_taken = false;
  if (!arrival->understanding || arrival->is_released || arrival->mail->attachments->len > 0) return true;
  struct muting muting;
  if (!read_muting(arrival->understanding, &muting)) return true;
  bool is_done = take(work, arrival, &muting, decision, is_taken, error);
  g_free(muting.tag);
  return is_done;
}

/* What a request is about is muted, or not any more. */
static bool set_asked(struct work *work, const struct request *request, bool is_muted, GError **error)
{
  g_autofree char *thread = request_detail(request, "thread"), *tag = request_detail(request, "tag");
  return mute_set(work->store, request->list, request->person, thread ? g_ascii_strtoll(thread, NULL, 10) : 0,
                  tag ? tag : "", is_muted, work->now, error);
}

bool mute_decide(struct work *work, const struct arrival *arrival, const struct answering *answering,
                 struct decision *decision, GError **error)
{
  bool is_yes = answer_is_yes(arrival, answering);
  keep_done(decision, is_yes ? "The member confirms that they mute something." : "Nothing is muted.");
  g_autofree char *off = request_detail(answering->request, "off");
  return requests_end(work, arrival, answering->request, is_yes ? "yes" : "no", error) &&
         (!is_yes || set_asked(work, answering->request, off == NULL, error));
}

/* In answer to our letter: a tag is muted as well. */
static bool mute_more(struct work *work, const struct arrival *arrival, const struct request *request,
                      const char *tag, struct decision *decision, GError **error)
{
  bool is_known = arrival->mail->auth.is_authenticated;
  struct sender sender = { .person = request->person, .address = request->address };
  g_autofree char *subject = request_detail(request, "subject");
  keep_done(decision, is_known ? "A member mutes a tag." : "A member mutes something; they are asked.");
  if (is_known && !mute_set(work->store, request->list, request->person, 0, tag, true, work->now, error))
    return false;
  return tell(work, list_cache_by_id(work->lists, request->list), &sender, 0, tag, subject ? subject : "",
              arrival->mail->message_id, is_known ? "muted" : "mute", false, is_known, error);
}

bool muted_decide(struct work *work, const struct arrival *arrival, const struct answering *answering,
                  struct decision *decision, GError **error)
{
  struct muting muting;
  bool is_back = answer_read(arrival->understanding->passage).answer == ANSWER_NO;
  if (read_muting(arrival->understanding, &muting)) {
    g_autofree char *tag = muting.tag;
    is_back = muting.is_off;
    if (!is_back && *tag && answering->is_own_address)
      return mute_more(work, arrival, answering->request, tag, decision, error);
  }
  is_back = is_back && answering->is_own_address;
  keep_done(decision, is_back ? "A member wants to read again what they muted."
                              : "It answers a letter about muting and takes nothing back.");
  return !is_back || (set_asked(work, answering->request, false, error) &&
                      requests_end(work, arrival, answering->request, "no", error));
}
