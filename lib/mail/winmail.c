/* winmail.dat in a mail: which part it is, and what of it is wanted. Its text only where the mail has none of
 * its own, since that says the same once more; an answer to an invitation is the sender's. Called by parts.c
 * for each part that is no multipart. */
#include "lib/mail/winmail.h"

#include "lib/mail/tnef/tnef.h"

#include <string.h>

/* Is this, by what is said of it, what Outlook sends in the place of MIME? Within a signed part bytes stay as
 * they are. */
static bool is_tnef(const struct part *part)
{
  for (const struct part *up = part->parent; up; up = up->parent)
    if (part_is(up, "multipart/signed") || part_is(up, "multipart/encrypted")) return false;
  if (part_is(part, "application/ms-tnef") || part_is(part, "application/vnd.ms-tnef")) return true;
  g_autofree char *name = part_is(part, "application/octet-stream") ? part_filename(part) : NULL;
  return name && g_ascii_strcasecmp(name, "winmail.dat") == 0;
}

static bool is_not_blank(const void *bytes, gsize size, void *data)
{
  const guint8 *text = bytes;
  bool *has_text = data;
  for (gsize i = 0; i < size && !*has_text; i++) {
    bool is_no_break = text[i] == 0xa0 || (text[i] == 0xc2 && i + 1 < size && text[i + 1] == 0xa0);
    *has_text = text[i] && !is_no_break && !g_ascii_isspace(text[i]);
  }
  return !*has_text;
}

/* Has a text come before? Then the one in winmail.dat says the same once more. */
static bool has_own_text(const struct parts *parts)
{
  bool has = false;
  for (guint i = 0; i < parts->all->len && !has; i++) {
    const struct part *part = g_ptr_array_index(parts->all, i);
    bool is_text = part_is(part, "text/plain") || part_is(part, "text/html");
    if (is_text && part->body && !part_is_attached(part)) part_decode(part, is_not_blank, &has);
  }
  return has;
}

/* The mail's From, for an answer to an invitation. Caller frees; NULL: none. */
static char *sender_of(const struct parts *parts)
{
  for (guint i = 0; i < parts->fields->len; i++) {
    const struct field *field = &g_array_index(parts->fields, struct field, i);
    if (!field_is(field, "From")) continue;
    g_autofree char *line = field_line(field, BOUND_ADDRESSES, NULL);
    const char *open = strrchr(line, '<');
    char *address = g_strdup(open ? open + 1 : line);
    address[strcspn(address, "> \t")] = '\0';
    return address;
  }
  return NULL;
}

GString *winmail_as_mime(struct parts *parts, const struct part *part)
{
  if (!is_tnef(part)) return NULL;
  g_autofree char *from = sender_of(parts);
  g_autoptr(GByteArray) bytes = part_bytes(part, TNEF_BYTES, &parts->was_bounded);
  g_autoptr(tnef_t) tnef = tnef_read(bytes->data, bytes->len, from);
  return tnef ? tnef_as_mime(tnef, !has_own_text(parts)) : NULL;
}
