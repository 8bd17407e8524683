/* Letters of ours: a text and its HTML, and what is attached. RFC 2046 section 5.1.4. Also where
 * Message-IDs are made. */
#include "lib/mail/compose.h"
#include "lib/mail/compose/encode.h"
#include "lib/mail/compose/header_out.h"
#include "lib/mail/compose/part_out.h"
#include "lib/mail/message_ids.h"

#include <openssl/rand.h>

#include <string.h>

char *compose_message_id(const char *domain, int64_t now)
{
  unsigned char random[12];
  if (RAND_bytes(random, sizeof random) != 1) g_error("The system gives no random bytes.");
  GString *id = g_string_new(NULL);
  g_autoptr(GDateTime) then = g_date_time_new_from_unix_utc(now);
  g_autofree char *day = then ? g_date_time_format(then, "%Y%m%d%H%M%S") : g_strdup("0");
  g_string_append_printf(id, "%s.", day);
  for (gsize i = 0; i < sizeof random; i++) g_string_append_printf(id, "%02x", random[i]);
  g_autofree char *ascii = g_hostname_to_ascii(domain);
  g_string_append_printf(id, "@%s", ascii ? ascii : "localhost");
  return g_string_free(id, FALSE);
}

static void put_head(GString *out, const struct compose_letter *letter)
{
  header_put_raw(out, "From", letter->from);
  header_put_raw(out, "To", letter->to);
  header_put_text(out, "Subject", letter->subject);
  header_put_date(out, "Date", letter->date, 0);
  if (letter->message_id && message_id_is_usable(letter->message_id))
    header_put_id(out, "Message-ID", letter->message_id);
  if (letter->in_reply_to && message_id_is_usable(letter->in_reply_to)) {
    header_put_id(out, "In-Reply-To", letter->in_reply_to);
    header_put_id(out, "References", letter->in_reply_to);
  }
  for (gsize i = 0; i < letter->header_count; i++) header_put(out, &letter->headers[i]);
  g_string_append(out, "MIME-Version: 1.0\r\n");
}

/* The calendar object as an alternative: the last one, or Outlook and Gmail show no buttons. */
static void put_calendar(GString *out, const struct compose_letter *letter)
{
  g_autofree char *parameters = g_strdup_printf("; method=%s", letter->calendar_method);
  part_out_text(out, "text/calendar", parameters, letter->calendar);
}

static void put_texts(GString *out, const struct compose_letter *letter)
{
  const char *plain = letter->plain ? letter->plain : "";
  if (!letter->html && !letter->calendar) {
    part_out_text(out, "text/plain", "", plain);
    return;
  }
  g_autofree char *boundary = part_out_boundary();
  part_out_multipart(out, "alternative", boundary, "");
  part_out_delimiter(out, boundary, false);
  part_out_text(out, "text/plain", "", plain);
  if (letter->html) {
    part_out_delimiter(out, boundary, false);
    part_out_text(out, "text/html", "", letter->html);
  }
  if (letter->calendar) {
    part_out_delimiter(out, boundary, false);
    put_calendar(out, letter);
  }
  part_out_delimiter(out, boundary, true);
}

/* The stored mail itself, or one of its parts; nothing where there is no such part. */
static void put_attached(GString *out, const struct compose_letter *letter, const struct part *part)
{
  struct part_out it = { .out = out };
  if (part) {
    part_out_put(&it, part);
    return;
  }
  g_string_append(out, "Content-Type: message/rfc822\r\nContent-Transfer-Encoding: 7bit\r\n"
                       "Content-Disposition: attachment\r\n\r\n");
  part_out_message(&it, letter->attached_raw, letter->attached_size);
}

/* A media type is letters, digits and few marks; anything else is not said. */
static bool is_type(const char *type)
{
  gsize length = strspn(type, "abcdefghijklmnopqrstuvwxyz0123456789-+./");
  return length > 0 && !type[length] && strchr(type, '/');
}

static void put_file(GString *out, const struct compose_file *file)
{
  g_autofree char *name = g_strdup(file->name && *file->name ? file->name : "file");
  for (char *p = name; *p; p++)
    if ((guchar)*p < ' ' || *p == '"' || *p == '\\' || *p == '/') *p = '_';
  g_autofree char *escaped = g_uri_escape_string(name, NULL, FALSE);
  g_string_append_printf(out,
                         "Content-Type: %s%s\r\nContent-Transfer-Encoding: base64\r\n"
                         "Content-Disposition: attachment;\r\n filename*=UTF-8''%.*s\r\n\r\n",
                         is_type(file->type) ? file->type : "application/octet-stream",
                         file->is_utf8 ? "; charset=utf-8" : "", 900, escaped);
  put_base64(out, file->bytes, file->size);
}

GBytes *compose_letter(const struct compose_letter *letter)
{
  GString *out = g_string_sized_new(4096);
  put_head(out, letter);
  g_autoptr(parts_t) parts =
      letter->attached_raw ? parts_scan(letter->attached_raw, letter->attached_size) : NULL;
  const struct part *part = parts && letter->attached_part ? parts_find(parts, letter->attached_part) : NULL;
  bool has_attachment = parts && (part || !letter->attached_part);
  if (has_attachment || letter->file_count || letter->calendar) {
    g_autofree char *boundary = part_out_boundary();
    part_out_multipart(out, "mixed", boundary, "");
    part_out_delimiter(out, boundary, false);
    put_texts(out, letter);
    if (has_attachment) {
      part_out_delimiter(out, boundary, false);
      put_attached(out, letter, part);
    }
    for (gsize i = 0; i < letter->file_count; i++) {
      part_out_delimiter(out, boundary, false);
      put_file(out, &letter->files[i]);
    }
    if (letter->calendar) {
      part_out_delimiter(out, boundary, false);
      put_file(out, &(struct compose_file){ "invite.ics", "application/ics", letter->calendar,
                                            strlen(letter->calendar), false });
    }
    part_out_delimiter(out, boundary, true);
  } else {
    put_texts(out, letter);
  }
  return g_string_free_to_bytes(out);
}
