/* Reading: a raw mail becomes one struct mail.
 *
 * Called by the worker for each mail taken from the inbox, by `explain`, and by import. The stations are
 * called in order: the MIME tree with its bounds (parts.c), the header (headers.c), robots (robots.c), what
 * the MTA says about the sender (auth.c), the body (body.c), attachments, reports and absence notes
 * (reports/), language. None of them can fail;
 * each leaves something usable behind. */
#include "lib/mail/read.h"

#include "lib/mail/addresses.h"
#include "lib/mail/cut/clients.h"
#include "lib/mail/cut/cut.h"
#include "lib/mail/delivery_key.h"
#include "lib/mail/reading.h"
#include "lib/mail/reports/reports.h"
#include "lib/text/charset.h"
#include "lib/text/facts/numbers.h"
#include "lib/text/language.h"
#include "lib/text/phrases.h"

#include <libpsl.h>
#include <malloc.h>
#include <string.h>

enum { MAIL_WITHIN = 64 * 1024, DAY_SECONDS = 24 * 60 * 60, LATE_DAYS = 7 };

/* Shipped tables first, the municipality's own on top. */
static bool load_tables(const struct config *config, GError **error)
{
  g_autofree char *shipped = g_build_filename(config_share(), "languages", NULL);
  g_autofree char *own = config ? g_build_filename(config->directory, "share", "languages", NULL) : NULL;
  const char *const directories[] = { shipped, own, NULL };
  if (!phrases_load(directories, error)) return false;
  g_autofree char *own_share = config ? g_build_filename(config->directory, "share", NULL) : NULL;
  const char *const shares[] = { config_share(), own_share, NULL };
  return clients_load(shares, error);
}

bool mail_init(const struct config *config, GError **error)
{
  g_mime_init();
  psl_builtin();
  g_autofree char *warm = charset_to_utf8("Gr\xFC\xDF", 4, "iso-8859-1", NULL);
  g_free(charset_fold(warm));
  unsigned char key[DELIVERY_KEY_BYTES];
  delivery_key("", 0, key); /* OpenSSL loads its provider */
  numbers_init();
  bool is_loaded = load_tables(config, error);
  malloc_trim(0); /* tables are made of many small pieces; a long-lived process keeps what it needs */
  return is_loaded;
}

static void init_address(struct mail_address *address)
{
  address->name = g_strdup("");
  address->address = g_strdup("");
}

/* A mail whose lines end in CR alone (old files; never the net) with LF; NULL: it is none. */
static char *without_bare_cr(const char *raw, gsize size)
{
  if (size == 0 || memchr(raw, '\n', size) || !memchr(raw, '\r', MIN(size, MAIL_WITHIN))) return NULL;
  char *text = g_memdup2(raw, size);
  for (gsize i = 0; i < size; i++)
    if (text[i] == '\r') text[i] = '\n';
  return text;
}

struct mail *mail_read(const void *raw, gsize size, const struct mail_reading *reading)
{
  g_autofree char *rewritten = without_bare_cr(raw, size);
  if (rewritten) raw = rewritten;
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
  mail->parts = reading->keeps_raw && !rewritten ? parts : NULL;
  mail->was_bounded = parts->was_bounded;
  reading_headers(mail, parts);
  reading_robot(mail, parts, reading);
  reading_auth(mail, parts, reading);

  g_auto(body_choice_t) body = { 0 };
  body_choose(parts, &body);
  g_autofree char *html = NULL;
  reading_body(mail, &body, reading, &html);
  reading_attachments(mail, parts, &body, html);
  reading_report(mail, parts);
  reading_manner(mail, parts);
  if (!reading->without_language) mail->language = g_strdup(language_guess(mail->text_new));
  if (!reading->without_language) mail->language_of = mail->text_new;
  if (mail->parts) g_steal_pointer(&parts);
  return mail;
}

const char *mail_language(const struct mail *mail)
{
  return mail->language_of == mail->text_new ? mail->language : language_guess(mail->text_new);
}

void mail_cut_again(struct mail *mail, const char *parent_text, const char *parent_whole)
{
  char *own = cut_by_parent(mail->text_new, mail->text, parent_text, parent_whole, &mail->has_quote);
  if (!own) return;
  g_free(mail->text_new);
  mail->text_new = own;
  mail->only_quotes = false;
  mail->language_of = NULL;
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
  parts_free(mail->parts);
  GPtrArray *arrays[] = {
    mail->references, mail->to, mail->cc, mail->own_loops, mail->bounces, mail->reported
  };
  for (gsize i = 0; i < G_N_ELEMENTS(arrays); i++)
    if (arrays[i]) g_ptr_array_unref(arrays[i]);
  if (mail->attachments) {
    g_ptr_array_set_free_func(mail->attachments, attachment_free);
    g_ptr_array_unref(mail->attachments);
  }
  char *texts[] = { mail->message_id,     mail->subject,      mail->list_id,      mail->return_path,
                    mail->auto_submitted, mail->robot_reason, mail->complained,   mail->body_html,
                    mail->text,           mail->text_new,     mail->signature,    mail->forwarded,
                    mail->language,       mail->auth.dmarc,   mail->auth.dkim,    mail->auth.spf,
                    mail->auth.arc,       mail->auth.auth,    mail->auth.network, mail->auth.reason,
                    mail->auth.evidence };
  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) g_free(texts[i]);
  g_free(mail);
}

const struct mail_address *mail_actor(const struct mail *mail)
{
  return *mail->resent_from.address ? &mail->resent_from : &mail->from;
}

int64_t mail_written_at(const struct mail *mail, int64_t received)
{
  bool counts =
      mail->date && mail->date >= received - LATE_DAYS * DAY_SECONDS && mail->date <= received + DAY_SECONDS;
  return counts ? mail->date : received;
}

bool mail_is_mail(const void *raw, gsize size)
{
  gsize within = MIN(size, MAIL_WITHIN);
  g_autofree char *rewritten = without_bare_cr(raw, within);
  const char *begin = rewritten ? rewritten : raw, *at = fields_begin(begin, within);
  struct field field;
  return field_next(&at, begin + within, &field);
}
