/* What an office is asked about a reply before anybody sees it: is it really yours (official), shall it be
 * published (case_publish), does a colleague agree (case_draft). Each letter shows the text as it would be
 * published; the reply itself waits in the store and is read anew. And what it is told: that there were no
 * words to publish, and that somebody else writes in its name. */
#include "lists/cases/replies/reply.h"

#include "lists/list_cache.h"
#include "lists/notices.h"
#include "lists/requests/requests.h"
#include "lists/requests/waiting.h"

#include "lib/mail/address.h"
#include "lib/store/directory.h"
#include "lib/text/days/day_text.h"
#include "lib/text/names.h"
#include "lib/text/template.h"

#include <string.h>

enum { EXCERPT_CHARACTERS = 400, COLLEAGUES_ASKED = 5, CONFIRMED_A_DAY = 3 };

/* The first address that letters can go to with this use; NULL: none. */
static const char *address_with(const struct office *office, const char *use)
{
  for (guint i = 0; i < office->addresses->len; i++) {
    const struct office_address *one = office->addresses->pdata[i];
    if (strcmp(one->use, use) == 0 && *one->address != '@' && !one->returned) return one->address;
  }
  return NULL;
}

char *reply_main_address(const struct case_reply *reply)
{
  const struct office *office = reply->office;
  const char *address = NULL;
  if (office && !office->is_by_hand) {
    address = address_with(office, "main");
    if (!address) address = address_with(office, "deputy");
    if (!address) address = address_with(office, "sender");
  }
  char *normal = address_normalise(address ? address : reply->work->config->admin);
  return normal ? normal : g_strdup(reply->work->config->admin);
}

bool reply_tell(struct case_reply *reply, const char *purpose, const char *address, struct value *values,
                GError **error)
{
  struct case_party to = *reply->party;
  to.address = (char *)address;
  struct case_letter letter = { .purpose = purpose,
                                .it = reply->it,
                                .party = &to,
                                .values = values,
                                .in_reply_to = reply->arrival->mail->message_id,
                                .is_answer = true };
  return case_letter_send(reply->work, &letter, error);
}

struct value *reply_values(const struct case_reply *reply)
{
  const struct reply_reading *r = &reply->reading;
  struct value *values = value_new();
  g_autofree char *number = casefile_name(reply->it);
  value_set_text(values, "number", number);
  value_set_text(values, "title", reply->it->title);
  value_set_text(values, "office", reply->office ? reply->office->name : NULL);
  value_set_text(values, "author", reply->author);
  bool is_open = !reply->is_private; /* of what was encrypted for us nothing leaves us in the clear */
  value_set_text(values, "text", *r->text && is_open ? r->text : NULL);
  value_set_text(values, "route", is_open ? r->route : NULL);
  value_set_flag(values, "sealed", !is_open);
  const struct list *list = list_cache_by_id(reply->work->lists, reply->it->list);
  g_autofree char *day = *r->expected ? day_in_words(r->expected, list ? list->language : "de") : NULL;
  value_set_text(values, "expected", day);
  value_set_text(values, "other", r->other);
  if (r->state) value_set_text(values, r->state, "1");
  value_set_flag(values, "public", !reply->is_private && case_is_listed_public(reply->work, reply->it));
  value_set_flag(values, "reworded", reply->words != NULL);
  value_set_flag(values, "seal", reply->is_seal_wrong);
  value_set_flag(values, "was_private", r->was_private);
  value_set_flag(values, "again", reply->asked && !reply->words);
  return values;
}

/* What finds the reply again when the answer comes. Caller frees. */
static char *details_of(const struct case_reply *reply)
{
  g_autofree char *waiting = waiting_details(reply->arrival);
  g_autofree char *words = reply->words ? g_strescape(reply->words, NULL) : NULL;
  return g_strdup_printf("%s\ncase=%" G_GINT64_FORMAT "\noffice=%" G_GINT64_FORMAT "\nauthor=%s%s%s%s",
                         waiting, reply->it->id, reply->office ? reply->office->id : 0,
                         reply->author ? reply->author : "", reply->is_by_admin ? "\nby_admin=1" : "",
                         words ? "\nwords=" : "", words ? words : "");
}

static bool ask(struct case_reply *reply, const char *purpose, const char *address, bool *asked,
                GError **error)
{
  g_autoptr(value_t) values = reply_values(reply);
  g_autofree char *details = details_of(reply);
  return requests_ask(reply->work,
                      &(struct question_out){ .purpose = purpose,
                                              .list = list_cache_by_id(reply->work->lists, reply->it->list),
                                              .address = address,
                                              .object = reply->arrival->mail_id,
                                              .details = details,
                                              .values = values },
                      asked, error);
}

bool reply_ask_office(struct case_reply *reply, bool *asked, GError **error)
{
  const struct reply_reading *r = &reply->reading;
  *asked = false;
  bool says_something = *r->text || r->state || r->route;
  if (r->is_internal || !says_something) return true;
  g_autofree char *address = reply_main_address(reply);
  bool may = false;
  for (int i = 1; i <= CONFIRMED_A_DAY && !may; i++) { /* a letter of ours may have gone round */
    g_autofree char *once = g_strdup_printf("official %" G_GINT64_FORMAT " %d", reply->it->id, i);
    if (!notices_may(reply->work, once, address, &may, error)) return false;
  }
  return !may || ask(reply, "official", address, asked, error);
}

bool reply_ask_again(struct case_reply *reply, GError **error)
{
  bool asked = false;
  g_string_assign(reply->decision->reason, "What is to be published is not plain; it is shown once more.");
  return ask(reply, reply->asked->purpose, reply->asked->address, &asked, error);
}

/* Nobody reads these. */
static bool is_no_reply(const char *address)
{
  static const char *const words[] = { "noreply",         "no-reply",       "no_reply",     "donotreply",
                                       "nicht-antworten", "nichtantworten", "keine-antwort" };
  for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
    if (g_str_has_prefix(address, words[i])) return true;
  return false;
}

char *reply_author_address(const struct case_reply *reply)
{
  bool is_reachable = reply->author && !is_no_reply(reply->author);
  return is_reachable ? g_strdup(reply->author) : reply_main_address(reply);
}

bool reply_ask_author(struct case_reply *reply, GError **error)
{
  g_autofree char *address = reply_author_address(reply);
  bool asked = false;
  g_string_assign(reply->decision->reason,
                  "It may not be meant for the public; its author is asked whether it is to be published.");
  return ask(reply, "case_publish", address, &asked, error);
}

/* Main address and deputies, but not who wrote it; where that is nobody, the main address, which a colleague
 * reads, too. */
bool reply_ask_colleague(struct case_reply *reply, GError **error)
{
  guint count = 0;
  bool asked = false;
  for (guint i = 0; i < reply->office->addresses->len && count < COLLEAGUES_ASKED; i++) {
    const struct office_address *one = reply->office->addresses->pdata[i];
    bool is_author = reply->author && strcmp(one->address, reply->author) == 0;
    if (*one->address == '@' || one->returned || is_author) continue;
    count++;
    if (!ask(reply, "case_draft", one->address, &asked, error)) return false;
  }
  g_autofree char *address = reply_main_address(reply);
  if (!count && !ask(reply, "case_draft", address, &asked, error)) return false;
  return reply_keep(reply, "draft", "It is a draft; a colleague is asked to agree.", error);
}

bool reply_ask_for_words(struct case_reply *reply, GError **error)
{
  g_autofree char *address = reply_author_address(reply);
  g_autoptr(value_t) values = value_new();
  value_set_text(values, "office", reply->office ? reply->office->name : NULL);
  value_set_flag(values, "files", !reply->is_closed && reply->arrival->mail->attachments->len > 0);
  value_set_flag(values, "closed", reply->is_closed);
  value_set_text(values, "route", reply->is_private ? NULL : reply->reading.route);
  if (!reply->decision->reason->len || !reply->reading.route)
    g_string_assign(reply->decision->reason, "No words for the public are in it; its author is told.");
  return reply_tell(reply, "case_unclear", address, values, error);
}

bool reply_alert(struct case_reply *reply, GError **error)
{
  g_autofree char *address = reply_main_address(reply);
  g_autofree char *once = g_strdup_printf("case_alert %" G_GINT64_FORMAT, reply->it->id); /* a day and case */
  bool may = false;
  if (!notices_may(reply->work, once, address, &may, error)) return false;
  if (!may) return true;
  const struct mail *mail = reply->arrival->mail;
  g_autofree char *name = name_for_members(mail->from.name, mail->from.address);
  g_autofree char *excerpt =
      g_utf8_substring(mail->text_new, 0, MIN(g_utf8_strlen(mail->text_new, -1), EXCERPT_CHARACTERS));
  g_autoptr(value_t) values = value_new();
  value_set_text(values, "name", name);
  value_set_text(values, "address", reply->author);
  value_set_text(values, "text", *excerpt ? excerpt : NULL);
  value_set_text(values, "office", reply->office ? reply->office->name : NULL);
  return reply_tell(reply, "case_alert", address, values, error);
}
