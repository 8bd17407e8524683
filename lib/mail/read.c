/* Reading: a raw mail becomes one struct mail.
 *
 * Called by the worker for each mail taken from the inbox, by `explain`, and by import. The stations are
 * called in order: the MIME tree with its bounds (parts.c), the header (headers.c), robots (robots.c), what
 * the MTA says about the sender (auth.c), the body (body.c), attachments, language. None of them can fail;
 * each leaves something usable behind. */
#include "lib/mail/read.h"

#include "lib/mail/addresses.h"
#include "lib/mail/delivery_key.h"
#include "lib/mail/reading.h"
#include "lib/text/charset.h"
#include "lib/text/phrases.h"

#include <libpsl.h>
#include <string.h>

enum { MAIL_WITHIN = 64 * 1024 };

/* Shipped tables first, the municipality's own on top. */
static bool load_phrases(const struct config *config, GError **error)
{
  g_autofree char *shipped = g_build_filename(config_share(), "languages", NULL);
  g_autofree char *own = config ? g_build_filename(config->directory, "share", "languages", NULL) : NULL;
  const char *const directories[] = { shipped, own, NULL };
  return phrases_load(directories, error);
}

bool mail_init(const struct config *config, GError **error)
{
  g_mime_init();
  psl_builtin();
  g_autofree char *warm = charset_to_utf8("Gr\xFC\xDF", 4, "iso-8859-1", NULL);
  g_free(charset_fold(warm));
  unsigned char key[DELIVERY_KEY_BYTES];
  delivery_key("", 0, key); /* OpenSSL loads its provider */
  return load_phrases(config, error);
}

static void init_address(struct mail_address *address)
{
  address->name = g_strdup("");
  address->address = g_strdup("");
}

struct mail *mail_read(const void *raw, gsize size, const struct mail_reading *reading)
{
  struct mail *mail = g_new0(struct mail, 1);
  mail->size_bytes = size;
  init_address(&mail->from);
  init_address(&mail->sender);
  init_address(&mail->reply_to);
  init_address(&mail->resent_from);
  mail->own_loops = g_ptr_array_new_with_free_func(g_free);
  mail->to = g_ptr_array_new_with_free_func(mail_address_free);
  mail->cc = g_ptr_array_new_with_free_func(mail_address_free);

  g_autoptr(parts_t) parts = parts_scan(raw, size);
  mail->was_bounded = parts->was_bounded;
  reading_headers(mail, parts);
  reading_robot(mail, parts, reading);
  reading_auth(mail, parts, reading);

  g_auto(body_choice_t) body = { 0 };
  body_choose(parts, &body);
  g_autofree char *html = NULL;
  reading_body(mail, parts, &body, reading->want_body_html, &html);
  reading_attachments(mail, parts, &body, html);
  if (!reading->without_language) mail->language = g_strdup(language_guess(mail->text_new));
  return mail;
}

static void attachment_free(gpointer data)
{
  struct mail_attachment *attachment = data;
  g_free(attachment->filename);
  g_free(attachment->type);
  g_free(attachment->part);
  g_free(attachment->calendar_text);
  g_free(attachment);
}

static void clear_address(struct mail_address *address)
{
  g_free(address->name);
  g_free(address->address);
}

void mail_free(struct mail *mail)
{
  if (!mail) return;
  clear_address(&mail->from);
  clear_address(&mail->sender);
  clear_address(&mail->reply_to);
  clear_address(&mail->resent_from);
  GPtrArray *arrays[] = { mail->references, mail->to, mail->cc, mail->own_loops };
  for (gsize i = 0; i < G_N_ELEMENTS(arrays); i++)
    if (arrays[i]) g_ptr_array_unref(arrays[i]);
  if (mail->attachments) {
    g_ptr_array_set_free_func(mail->attachments, attachment_free);
    g_ptr_array_unref(mail->attachments);
  }
  char *texts[] = { mail->message_id,     mail->subject,      mail->list_id,   mail->return_path,
                    mail->auto_submitted, mail->robot_reason, mail->body_html, mail->text,
                    mail->text_new,       mail->signature,    mail->language,  mail->auth.dmarc,
                    mail->auth.dkim,      mail->auth.spf,     mail->auth.arc,  mail->auth.auth,
                    mail->auth.reason };
  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) g_free(texts[i]);
  g_free(mail);
}

const struct mail_address *mail_actor(const struct mail *mail)
{
  return *mail->resent_from.address ? &mail->resent_from : &mail->from;
}

bool mail_is_mail(const void *raw, gsize size)
{
  gsize within = MIN(size, MAIL_WITHIN);
  const char *at = fields_begin(raw, within);
  struct field field;
  return field_next(&at, (const char *)raw + within, &field);
}
