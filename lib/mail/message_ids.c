/* Message-IDs and the chain of references.
 *
 * In-Reply-To of old clients holds prose ("Message of Tue, 3 Mar <id>", with an address in brackets now and
 * then); so only what stands in brackets and holds no blank counts there. Cycles cannot arise within one
 * mail, since doubles are dropped; between mails they are threading's business. */
#include "lib/mail/message_ids.h"

#include <string.h>

bool message_id_is_usable(const char *id)
{
  gsize size = 0;
  for (const char *p = id; *p; p++, size++)
    if (*p <= ' ' || *p >= 127 || *p == '<' || *p == '>') return false;
  return size > 0 && size <= MESSAGE_ID_MAX;
}

/* The id between "<" and ">" that begins behind `open`, blanks within dropped (folded by old relays). NULL if
 * unusable. */
static char *between(const char *open, const char *close)
{
  if (close - open > 2 * MESSAGE_ID_MAX) return NULL;
  g_autofree char *id = g_malloc((gsize)(close - open) + 1);
  char *to = id;
  for (const char *p = open; p < close; p++)
    if (!strchr(" \t\r\n", *p) || !*p) *to++ = *p ? *p : ' ';
  *to = '\0';
  return message_id_is_usable(id) ? g_steal_pointer(&id) : NULL;
}

char *message_id_parse(const char *line)
{
  const char *open = strchr(line, '<');
  const char *close = open ? strchr(open, '>') : NULL;
  if (close) return between(open + 1, close);
  g_autofree char *bare = g_strstrip(g_strdup(open ? open + 1 : line));
  return message_id_is_usable(bare) ? g_steal_pointer(&bare) : NULL;
}

void references_begin(struct references *references)
{
  references->ids = g_ptr_array_new_with_free_func(g_free);
  references->known = g_hash_table_new(g_str_hash, g_str_equal);
}

static void add_id(struct references *it, char *id)
{
  if (g_hash_table_contains(it->known, id)) {
    g_free(id);
    return;
  }
  if (it->ids->len >= 2 * REFERENCES_MAX) { /* the middle goes, in strides, so that time stays linear */
    for (guint i = 1; i <= REFERENCES_MAX; i++) g_hash_table_remove(it->known, g_ptr_array_index(it->ids, i));
    g_ptr_array_remove_range(it->ids, 1, REFERENCES_MAX);
  }
  g_ptr_array_add(it->ids, id);
  g_hash_table_add(it->known, id);
}

void references_add(struct references *references, const char *bytes, gsize size)
{
  const char *at = bytes, *end = bytes + size;
  while (at < end) {
    const char *open = memchr(at, '<', (gsize)(end - at));
    const char *close = open ? memchr(open, '>', (gsize)(end - open)) : NULL;
    if (!close) return;
    const char *again;
    while ((again = memchr(open + 1, '<', (gsize)(close - open - 1)))) open = again;
    char *id = between(open + 1, close);
    if (id) add_id(references, id);
    at = close + 1;
  }
}

GPtrArray *references_end(struct references *references)
{
  GPtrArray *ids = references->ids;
  if (ids->len > REFERENCES_MAX) g_ptr_array_remove_range(ids, 1, ids->len - REFERENCES_MAX);
  g_hash_table_unref(references->known);
  references->ids = NULL;
  references->known = NULL;
  return ids;
}
