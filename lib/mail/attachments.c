/* Attachments: every part but the body that was read and its alternatives, with names as a person would read
 * them.
 *
 * A nested message is one attachment, whatever it holds; winmail.dat is opened (parts.c). Small
 * calendars are read here, since what they say decides about the mail (iTIP, RFC 5546). */
#include "lib/mail/files/judge.h"
#include "lib/mail/reading.h"

#include <string.h>

enum { CALENDAR_MAX = 256 * 1024, CID_MAX = 250 };

/* The Content-IDs that the HTML names: "cid:…" up to a quote, bracket or blank. */
static GHashTable *named_cids(const char *html)
{
  GHashTable *cids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  for (const char *at = html; at && (at = strstr(at, "cid:")); at += 4) {
    gsize size = strcspn(at + 4, "\"'<>) \t\r\n");
    if (size > 0 && size <= CID_MAX) {
      g_autofree char *raw = g_strndup(at + 4, size);
      char *cid = g_uri_unescape_string(raw, NULL);
      g_hash_table_add(cids, cid ? cid : g_steal_pointer(&raw));
    }
  }
  return cids;
}

static bool is_calendar(const struct part *part, const char *filename)
{
  if (part_is(part, "text/calendar") || part_is(part, "application/ics")) return true;
  gsize size = filename ? strlen(filename) : 0;
  return size > 4 && g_ascii_strcasecmp(filename + size - 4, ".ics") == 0;
}

static struct mail_attachment *attachment_of(const struct part *part, GHashTable *cids)
{
  struct mail_attachment *it = g_new0(struct mail_attachment, 1);
  it->filename = part_filename(part);
  it->type = g_strdup(part->type);
  it->part = part_path(part);
  it->size_bytes = part_decoded_size(part);
  file_judge(part, it->filename, &it->kind, &it->hazard);
  it->is_inline =
      part->content_id && !part_is_attached(part) && g_hash_table_contains(cids, part->content_id);
  if (is_calendar(part, it->filename) && it->size_bytes <= CALENDAR_MAX)
    it->calendar_text = body_part_text(part, CALENDAR_MAX, NULL);
  return it;
}

void reading_attachments(struct mail *mail, const struct parts *parts, const struct body *body,
                         const char *html)
{
  mail->attachments = g_ptr_array_new();
  g_autoptr(GHashTable) cids = named_cids(html);
  for (guint i = 0; i < parts->all->len; i++) {
    struct part *part = g_ptr_array_index(parts->all, i);
    if (part_is_multipart(part) || body_holds(body, part) || g_hash_table_contains(body->alternatives, part))
      continue;
    g_ptr_array_add(mail->attachments, attachment_of(part, cids));
  }
}
