/* Passing on: what one of them wrote, made anew for another. The text is the new text alone, without what
 * mediation_hide takes out; of the header nothing is left but what is ours: not even the Message-ID, which
 * names the writer's provider. Files stay, except those that programs hang on by themselves and that hold
 * addresses (cards, keys, signatures, mails). From is the reader's own way to answer, and nobody else's. */
#include "lists/mediation/inside.h"

#include "lists/addresses/reply_address.h"
#include "lists/groups/files.h"
#include "lists/letters.h"

#include "lib/mail/address.h"
#include "lib/mail/compose.h"
#include "lib/mail/read.h"
#include "lib/store/directory.h"
#include "lib/store/outbox.h"
#include "lib/store/people/people.h"
#include "lib/text/redact/redact.h"

#include <string.h>

enum { LOOPS_MAX = 10 };

static bool is_passed_on(const struct mail_attachment *file, void *data)
{
  static const char *const kept_back[] = { "message/",
                                           "text/",
                                           "application/ms-tnef",
                                           "application/pgp-",
                                           "application/pkcs7-",
                                           "application/x-pkcs7-" };
  (void)data;
  for (gsize i = 0; i < G_N_ELEMENTS(kept_back); i++)
    if (g_str_has_prefix(file->type, kept_back[i])) return false;
  return true;
}

/* What the writer says. What they forward was somebody else's, and is redacted like a public page. */
static char *text_of(const struct mediating *it, enum mediation_role from)
{
  const struct mail *mail = it->arrival->mail;
  g_autoptr(GString) text = g_string_new(mail->text_new);
  if (mail->is_forward && mail->forwarded) {
    if (text->len) g_string_append(text, "\n\n");
    redact(text, mail->forwarded, strlen(mail->forwarded), it->work->config->domain);
  }
  return mediation_hide(it->work, it->mediation, from, text->str);
}

/* The writer's words and files as a mail, without anything else of it. */
static GBytes *bare_mail(const struct mediating *it, enum mediation_role from)
{
  const struct mail *mail = it->arrival->mail;
  g_autofree char *text = text_of(it, from);
  /* a subject is mostly somebody else's: nobody's address stays in it */
  g_autofree char *subject = mediation_hide(it->work, it->mediation, ROLE_COUNT, mail->subject);
  gsize size = 0;
  const void *raw = g_bytes_get_data(it->arrival->raw, &size);
  return compose_redacted(&(struct compose_redacted){ .raw = raw,
                                                      .size = size,
                                                      .mail = mail,
                                                      .text = text,
                                                      .subject = subject,
                                                      .from_name = "",
                                                      .keeps = is_passed_on });
}

/* What footer and From say: who reads it, and how to write to one alone. */
static struct value *values_for(struct mediating *it, enum mediation_role from, enum mediation_role to,
                                bool is_private, const char *language, GError **error)
{
  g_autoptr(value_t) values = value_new();
  for (int role = 0; role < ROLE_COUNT; role++) {
    g_autofree char *called =
        mediation_called(it->work, it->mediation, (enum mediation_role)role, language, error);
    if (!called) return NULL;
    value_set_text(values, mediation_role_word((enum mediation_role)role), called);
    if (role == (int)from) value_set_text(values, "name", called);
  }
  static const char *const flags[] = { "to_requester", "to_other", "to_mediator" };
  value_set_flag(values, flags[to], true);
  value_set_flag(values, "private", is_private);
  value_set_text(values, "list", it->list ? it->list->title : it->work->config->name);
  value_set_text(values, "place", it->work->config->name);
  for (int role = 0; role < ROLE_COUNT && !is_private; role++) {
    bool may = role != (int)to && (to == ROLE_MEDIATOR || role == ROLE_MEDIATOR);
    if (!may) continue;
    g_autofree char *address =
        mediation_way_address(it->work, it->mediation, to, (enum mediation_role)role, error);
    if (!address) return NULL;
    g_autofree char *key = g_strconcat(mediation_role_word((enum mediation_role)role), "_address", NULL);
    value_set_text(values, key, address);
  }
  return g_steal_pointer(&values);
}

/* Reads the bare mail and composes it for the reader. */
static GBytes *compose(struct mediating *it, GBytes *bare, const struct value *values, const char *language,
                       const char *from_address, const char *address, GError **error)
{
  struct work *work = it->work;
  g_autofree char *shown = letters_render(work->letters, language, "from.txt", values, error);
  g_autofree char *text =
      shown ? letters_render(work->letters, language, "footer_mediation.txt", values, error) : NULL;
  if (!text) return NULL;
  gsize size = 0;
  const void *raw = g_bytes_get_data(bare, &size);
  g_autoptr(mail_t) mail = mail_read(
      raw, size,
      &(struct mail_reading){ .domain = work->config->domain, .authserv_id = work->config->authserv_id });
  g_autofree char *thread =
      g_strdup_printf("mediation-%" G_GINT64_FORMAT "@%s", it->mediation->id, work->config->domain);
  g_ptr_array_set_size(mail->references, 0);
  g_ptr_array_add(mail->references, g_strdup(thread));
  g_autofree char *from = address_format(g_strstrip(shown), from_address);
  g_autofree char *to = address_format("", address);
  g_autofree char *id = compose_message_id(work->config->domain, work->now);
  g_autofree char *loop = list_address(work->config, it->list ? it->list->name : "antwort", NULL);
  struct compose_header headers[2 + LOOPS_MAX] = {
    { .name = "X-Loop", .value = loop },
    { .name = "X-Auto-Response-Suppress", .value = "OOF, AutoReply" },
  };
  gsize count = 2;
  const GPtrArray *loops = it->arrival->mail->own_loops;
  for (guint i = 0; i < MIN(loops->len, LOOPS_MAX); i++)
    headers[count++] = (struct compose_header){ .name = "X-Loop", .value = loops->pdata[i] };
  g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
  struct files_left_out left_out = { work, mail, language, lines };
  return compose_post(&(struct compose_post){ .raw = raw,
                                              .size = size,
                                              .mail = mail,
                                              .message_id = id,
                                              .from = from,
                                              .to = to,
                                              .date = work->now,
                                              .headers = headers,
                                              .header_count = count,
                                              .footer_text = text,
                                              .attachment_limit_bytes = G_MAXSIZE,
                                              .replace_attachment = files_left_out_line,
                                              .leaves_out = files_is_hazard,
                                              .data = &left_out });
}

/* The language of what stands around the mail. Caller frees. NULL on error. */
static char *language_for(struct mediating *it, const struct mediation_seat *seat, GError **error)
{
  g_autoptr(person_choice) choice = person_choice_get(it->work->store, seat->person, error);
  if (!choice) return NULL;
  return g_strdup(*choice->language ? choice->language
                  : it->list        ? it->list->language
                                    : it->work->config->language);
}

bool mediation_pass(struct mediating *it, enum mediation_role from, enum mediation_role to, bool is_private,
                    GError **error)
{
  struct work *work = it->work;
  const struct mediation_seat *seat = &it->mediation->seats[to];
  if (!seat->address) return true;
  g_autofree char *language = language_for(it, seat, error);
  g_autoptr(value_t) values = language ? values_for(it, from, to, is_private, language, error) : NULL;
  g_autofree char *way =
      values ? mediation_way_address(work, it->mediation, to, is_private ? from : to, error) : NULL;
  if (!way) return false;
  g_autoptr(GBytes) bare = bare_mail(it, from);
  g_autoptr(GBytes) content = compose(it, bare, values, language, way, seat->address, error);
  if (!content) return false;
  struct letter letter = { .purpose = (char *)"mediation_mail",
                           .priority = LETTER_ORDINARY,
                           .list = it->mediation->list,
                           .content = content,
                           .created = work->now };
  return outbox_put_to_one(work->store, &letter, seat->person, seat->address, letters_fill, work, error) &&
         mediation_set_state(work->store, it->mediation->id, it->mediation->state, work->now, error);
}
