/* Forwarding to one person. Three ways lead here: "nur an Lothar" below a post, an answer to a mail that was
 * forwarded like that (or to any letter of ours), and postmaster@ and abuse@. The letter's row remembers the
 * mail it brought, so the answer finds its way back without either side learning the other's address; when
 * that row has been pruned, the operator decides. */
#include "lists/forward.h"

#include "lists/addresses/reply_address.h"
#include "lists/admin/admin.h"
#include "lists/admin/admins.h"
#include "lists/groups/files.h"
#include "lists/holding.h"
#include "lists/letters.h"
#include "lists/members/members.h"
#include "lists/members/names.h"
#include "lists/members/own_address.h"
#include "lists/notices.h"
#include "lists/senders.h"

#include "lib/base/fault.h"
#include "lib/mail/address.h"
#include "lib/mail/compose.h"
#include "lib/mail/read.h"
#include "lib/store/directory.h"
#include "lib/store/mails.h"
#include "lib/store/outbox.h"
#include "lib/store/people/people.h"
#include "lib/store/threads.h"
#include "lib/text/subject.h"

#include <string.h>

enum { READING_SECONDS = 15, LOOPS_MAX = 10 };

/* What the footer below a forwarded mail says. */
static struct value *footer_values(const struct work *work, const struct arrival *arrival, const char *name,
                                   const char *purpose)
{
  struct value *values = value_new();
  value_set_text(values, "name", name);
  value_set_text(values, "place", work->config->name);
  value_set_text(values, "list", arrival->list ? arrival->list->title : work->config->name);
  value_set_text(values, "recipient", arrival->recipient);
  value_set_flag(values, "admin", strcmp(purpose, "admin") == 0);
  return values;
}

/* Pictures and documents; no text, mail or calendar, in which a letter of ours may stand again. */
static bool is_plain_file(const struct mail_attachment *file, void *data)
{
  (void)data;
  return !g_str_has_prefix(file->type, "message/") && !g_str_has_prefix(file->type, "text/") &&
         !g_str_has_prefix(file->type, "application/ms-tnef") &&
         !g_str_has_prefix(file->type, "application/ics");
}

/* What the sender wrote themselves, and their files, as a mail: below it they quote a letter of ours to them,
 * with addresses that answer in their name. Caller unrefs. */
static GBytes *own_words(const struct arrival *arrival)
{
  const struct mail *mail = arrival->mail;
  gsize size = 0;
  const void *raw = g_bytes_get_data(arrival->raw, &size);
  return compose_redacted(&(struct compose_redacted){ .raw = raw,
                                                      .size = size,
                                                      .mail = mail,
                                                      .text = mail->text_new,
                                                      .subject = mail->subject,
                                                      .from_name = "",
                                                      .keeps = is_plain_file });
}

/* The sender's mail composed anew for one person; `words`: as they have it, NULL: all of it. */
static GBytes *compose(struct work *work, const struct arrival *arrival, GBytes *words, const char *purpose,
                       const char *address, GError **error)
{
  const struct mail *mail = arrival->mail;
  const char *language = arrival->list ? arrival->list->language : work->config->language;
  const struct mail_address *actor = mail_actor(mail);
  g_autofree char *name = name_shown(work, 0, actor->name, actor->address, error);
  if (!name) return NULL;
  g_autoptr(value_t) values = footer_values(work, arrival, name, purpose);
  g_autofree char *shown = letters_render(work->letters, language, "from.txt", values, error);
  g_autofree char *text =
      shown ? letters_render(work->letters, language, "footer_private.txt", values, error) : NULL;
  g_autofree char *html =
      text ? letters_render(work->letters, language, "footer_private.html", values, error) : NULL;
  if (!html) return NULL;
  g_autofree char *base = subject_is_reply(mail->subject) ? subject_base(mail->subject, NULL) : NULL;
  g_autofree char *subject = base ? g_strconcat("Re: ", base, NULL) : NULL; /* one "Re:" is enough */
  g_autofree char *from = mailbox_with_slot(g_strstrip(shown), COMPOSE_SLOT("a"));
  g_autofree char *to = address_format("", address);
  g_autofree char *loop = list_address(work->config, arrival->list ? arrival->list->name : "antwort", NULL);
  g_autofree char *new_id = mail->message_id ? NULL : compose_message_id(work->config->domain, work->now);
  struct compose_header headers[1 + LOOPS_MAX] = { { .name = "X-Loop", .value = loop } };
  gsize header_count = 1;
  for (; header_count <= MIN(mail->own_loops->len, LOOPS_MAX); header_count++)
    headers[header_count] =
        (struct compose_header){ .name = "X-Loop", .value = mail->own_loops->pdata[header_count - 1] };
  g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
  struct files_left_out left_out = { work, mail, language, lines };
  gsize size = 0;
  const void *raw = g_bytes_get_data(words ? words : arrival->raw, &size);
  g_autoptr(mail_t) bare =
      words ? mail_read(raw, size, &(struct mail_reading){ .domain = work->config->domain }) : NULL;
  return compose_post(&(struct compose_post){
      .raw = raw,
      .size = size,
      .mail = bare ? bare : mail,
      .message_id = mail->message_id ? mail->message_id : new_id,
      .subject = subject,
      .from = from,
      .to = to,
      .date = arrival->received,
      .headers = headers,
      .header_count = header_count,
      .footer_text = text,
      .footer_html = html,
      .attachment_limit_bytes = G_MAXSIZE,
      .replace_attachment = files_left_out_line,
      .leaves_out = files_is_hazard,
      .data = &left_out,
  });
}

/* Puts the letter into the outbox; `purpose` tells a later answer what it was. */
static bool forward_words(struct work *work, const struct arrival *arrival, GBytes *words,
                          const char *purpose, int64_t person, const char *address, struct decision *decision,
                          GError **error)
{
  bool may = true, is_admin = strcmp(purpose, "admin") == 0 && arrival->target.meaning == ADDRESS_ADMIN;
  bool is_free = is_admin || arrival->is_released;
  if (!is_free && !relays_may(work, mail_actor(arrival->mail)->address, address, &may, error)) return false;
  if (!may) return holding_put(work, arrival, "too_many_private", NULL, decision, error);
  g_autoptr(GBytes) content = compose(work, arrival, words, purpose, address, error);
  if (!content) return false;
  struct letter letter = {
    .purpose = (char *)purpose,
    .priority = LETTER_ORDINARY,
    .list = arrival->list ? arrival->list->id : 0,
    .mail = arrival->mail_id,
    .content = content,
    .created = work->now,
  };
  if (!outbox_put_to_one(work->store, &letter, person, address, letters_fill, work, error)) return false;
  decision->outcome = OUTCOME_FORWARDED;
  g_string_append_printf(decision->details, " letter=%" G_GINT64_FORMAT, letter.id);
  return true;
}

static bool forward_to(struct work *work, const struct arrival *arrival, const char *purpose, int64_t person,
                       const char *address, struct decision *decision, GError **error)
{
  return forward_words(work, arrival, NULL, purpose, person, address, decision, error);
}

bool forward_to_person(struct work *work, const struct arrival *arrival, int64_t person, const char *address,
                       struct decision *decision, GError **error)
{
  g_autoptr(GBytes) words = own_words(arrival);
  return forward_words(work, arrival, words, "private", person, address, decision, error);
}

bool forward_to_duty(struct work *work, const struct arrival *arrival, int64_t person, const char *address,
                     struct decision *decision, GError **error)
{
  return forward_to(work, arrival, "admin", person, address, decision, error);
}

char *forward_admin_address(const struct config *config, const struct address_book *book,
                            const struct keys *keys, int64_t now)
{
  g_autofree char *address = config->admin ? address_normalise(config->admin) : NULL;
  if (!address || addresses_look_up(book, keys, address, now).meaning != ADDRESS_UNKNOWN) return NULL;
  return g_steal_pointer(&address);
}

bool forward_to_admin(struct work *work, const struct arrival *arrival, struct decision *decision,
                      GError **error)
{
  g_autoptr(GPtrArray) admins = admins_of(work, error);
  if (!admins) return false;
  if (admins->len == 0) return holding_put(work, arrival, "no_admin", NULL, decision, error);
  return forward_to(work, arrival, "admin", 0, g_ptr_array_index(admins, 0), decision, error);
}

/* Where the author of a message gets mail; *address NULL: nobody knows. */
static bool author_address(struct work *work, const struct message *message, char **address, GError **error)
{
  GError *failed = NULL;
  *address = message->person ? person_address(work->store, message->person, &failed) : NULL;
  if (fault_hand_on(failed, error)) return false;
  if (!*address && *message->from_address) *address = address_normalise(message->from_address);
  return true;
}

/* May this sender write to the author of a post? Members may, and whoever is who they say. */
static bool may_write_privately(struct work *work, const struct arrival *arrival, int64_t list, bool *may,
                                GError **error)
{
  struct sender sender;
  bool is_found = sender_find(work, arrival->mail, list, &sender, error);
  *may = is_found && (arrival->is_released || sender.member || arrival->mail->auth.is_authenticated);
  sender_clear(&sender);
  return is_found;
}

/* "Nur an Lothar". */
static bool forward_to_author(struct work *work, const struct arrival *arrival, struct decision *decision,
                              GError **error)
{
  GError *failed = NULL;
  g_autoptr(message_row) message = message_get(work->store, arrival->target.token.object, &failed);
  if (fault_hand_on(failed, error)) return false;
  if (!message || !message->mail) return holding_put(work, arrival, "no_object", NULL, decision, error);
  bool may = false;
  if (!may_write_privately(work, arrival, message->list, &may, error)) return false;
  if (!may) return holding_put(work, arrival, "private_stranger", NULL, decision, error);
  g_autofree char *address = NULL;
  if (!author_address(work, message, &address, error)) return false;
  if (!address) return holding_put(work, arrival, "no_author", NULL, decision, error);
  return forward_to(work, arrival, "private", message->person, address, decision, error);
}

/* The From of a stored mail, normalised; NULL: it has none, or the mail is gone. */
static bool sender_of_mail(struct work *work, int64_t id, char **address, GError **error)
{
  *address = NULL;
  GError *failed = NULL;
  g_autoptr(GBytes) raw = mail_bytes(work->store, id, &failed);
  if (fault_hand_on(failed, error)) return false;
  if (!raw) return true;
  gsize size = 0;
  const void *bytes = g_bytes_get_data(raw, &size);
  g_autoptr(mail_t) mail = mail_read(
      bytes, size,
      &(struct mail_reading){ .domain = work->config->domain, .authserv_id = work->config->authserv_id });
  *address = address_normalise(mail_actor(mail)->address);
  return true;
}

/* Nobody reads and answers so fast. Two programs that answer every mail, and do not say that they are
 * programs, would else write to each other for ever: each of our letters has a From of its own, so none of
 * them meets the same sender twice. */
static bool is_too_quick(const struct arrival *arrival, const struct letter *letter)
{
  return !arrival->is_released && arrival->received < letter->created + READING_SECONDS;
}

/* An answer to a letter that is our own: a wish ("lieber einmal die Woche"), else for the admin to read. */
static bool answer_to_us(struct work *work, const struct arrival *arrival, struct decision *decision,
                         GError **error)
{
  bool is_taken = false, waits = false;
  if (!own_address_waits(work, arrival, &waits, error)) return false;
  if (waits) {
    decision->outcome = OUTCOME_FILED;
    g_string_assign(decision->reason, OWN_ADDRESS_WAITS);
    return true;
  }
  if (!admin_take_wish(work, arrival, decision, &is_taken, error)) return false;
  if (is_taken) return true;
  if (!members_take_wish(work, arrival, decision, &is_taken, error)) return false;
  return is_taken || forward_to_admin(work, arrival, decision, error);
}

/* An answer to a letter of ours: back the way the letter came, else to the admin. */
static bool forward_answer(struct work *work, const struct arrival *arrival, struct decision *decision,
                           GError **error)
{
  GError *failed = NULL;
  g_autoptr(letter_t) letter = letter_get(work->store, arrival->target.token.object, false, &failed);
  if (fault_hand_on(failed, error)) return false;
  if (!letter) return holding_put(work, arrival, "no_object", NULL, decision, error);
  static const char *const relayed[] = { "private", "admin", "event_message", NULL };
  bool is_relayed = g_strv_contains(relayed, letter->purpose);
  if (!is_relayed || !letter->mail) return answer_to_us(work, arrival, decision, error);
  if (is_too_quick(arrival, letter)) return holding_put(work, arrival, "too_quick", NULL, decision, error);
  g_autofree char *address = NULL;
  if (!sender_of_mail(work, letter->mail, &address, error)) return false;
  if (!address) return holding_put(work, arrival, "no_object", NULL, decision, error);
  int64_t person = person_find(work->store, address, &failed);
  if (fault_hand_on(failed, error)) return false;
  return forward_to(work, arrival, "private", person, address, decision, error);
}

bool forward_private(struct work *work, const struct arrival *arrival, struct decision *decision,
                     GError **error)
{
  return arrival->target.token.purpose == TOKEN_AUTHOR ? forward_to_author(work, arrival, decision, error)
                                                       : forward_answer(work, arrival, decision, error);
}
