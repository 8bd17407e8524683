/* A stored mail as it is after somebody had things left out: the same sender, ids and path, another text. It
 * takes the original's place where a post is made of it, so that neither what is sent nor what is kept for
 * the archive holds what went. Of the header only the fields that routing and judging ask for are copied;
 * the HTML, which says the same, is not, nor are files that hold text. */
#include "lib/mail/address.h"
#include "lib/mail/compose.h"
#include "lib/mail/compose/header_out.h"
#include "lib/mail/compose/part_out.h"

#include <string.h>

/* Fields that are copied as they stand, in their order: our MTA's words count by their place. */
static bool is_copied(const struct field *field)
{
  static const char *const names[] = {
    "Received",    "Authentication-Results",
    "Return-Path", "Date",
    "Message-ID",  "To",
    "Cc",          "References",
    "In-Reply-To", "X-Loop",
    "Resent-From",
  };
  for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
    if (field_is(field, names[i])) return true;
  return false;
}

static void copy_field(GString *out, const struct field *field)
{
  g_string_append_len(out, field->name, (gssize)field->name_size);
  g_string_append(out, ":");
  g_string_append_len(out, field->value, (gssize)field->value_size);
  g_string_append(out, "\r\n");
}

static void put_head(GString *out, const struct compose_redacted *it, const struct parts *parts)
{
  const struct mail *mail = it->mail;
  for (guint i = 0; i < parts->fields->len; i++) {
    const struct field *field = &g_array_index(parts->fields, struct field, i);
    bool is_plain_from = field_is(field, "From") && mail->from_count != 1;
    if (is_copied(field) || is_plain_from) copy_field(out, field);
  }
  if (mail->from_count == 1) {
    g_autofree char *from = address_format(it->from_name, mail->from.address);
    header_put_raw(out, "From", from);
  }
  header_put_text(out, "Subject", it->subject);
  g_string_append(out, "MIME-Version: 1.0\r\n");
}

GBytes *compose_redacted(const struct compose_redacted *it)
{
  g_autoptr(parts_t) parts = parts_scan(it->raw, it->size);
  GString *out = g_string_sized_new(4096);
  put_head(out, it, parts);
  g_autofree char *boundary = part_out_boundary();
  part_out_multipart(out, "mixed", boundary, "");
  part_out_delimiter(out, boundary, false);
  part_out_text(out, "text/plain", "", it->text);
  struct part_out to = { .out = out };
  for (guint i = 0; i < it->mail->attachments->len; i++) {
    const struct mail_attachment *attachment = g_ptr_array_index(it->mail->attachments, i);
    const struct part *part = parts_find(parts, attachment->part);
    if (!part || !it->keeps(attachment, it->data)) continue;
    part_out_delimiter(out, boundary, false);
    part_out_put(&to, part);
  }
  part_out_delimiter(out, boundary, true);
  return g_string_free_to_bytes(out);
}
