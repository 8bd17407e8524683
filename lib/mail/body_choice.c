/* The choice of the body: which parts of the MIME tree a person meant as the text.
 *
 *   alternative   plain from the first child that has it, HTML likewise; other texts there say the same again
 *   related       the root part (start=, else the first)
 *   signed, report   the first part
 *   encrypted, digest, appledouble   nothing: attachments
 *   mixed and all others   the texts in their order; HTML right behind plain text is the same once more
 *
 * A text with a file name is an attachment unless it is the first text met; a mail that is nothing but a text
 * is a body, whatever its disposition says. */
#include "lib/mail/reading.h"

#include <string.h>

static void segment_free(gpointer data)
{
  struct body_segment *segment = data;
  g_ptr_array_unref(segment->plain);
  g_ptr_array_unref(segment->html);
  g_free(segment);
}

static struct body_segment *segment_new(void)
{
  struct body_segment *segment = g_new0(struct body_segment, 1);
  segment->plain = g_ptr_array_new();
  segment->html = g_ptr_array_new();
  return segment;
}

static bool is_plain(const struct part *part)
{
  static const char *const types[] = { "text/plain", "text/markdown", "text/enriched", "text/richtext",
                                       "text/x-markdown" };
  for (gsize i = 0; i < G_N_ELEMENTS(types); i++)
    if (part_is(part, types[i])) return true;
  return false;
}

/* May this leaf be (a piece of) the body, given what was found before it? */
static bool is_candidate(const struct part *part, const GPtrArray *segments)
{
  if (!is_plain(part) && !part_is(part, "text/html")) return false;
  if (!part->parent) return true;
  if (part_is_attached(part)) return false;
  g_autofree char *filename = part_filename(part);
  return !filename || segments->len == 0;
}

static void choose(const struct part *part, GPtrArray *segments);

static void choose_leaf(const struct part *part, GPtrArray *segments)
{
  if (!is_candidate(part, segments)) return;
  struct body_segment *last = segments->len ? g_ptr_array_index(segments, segments->len - 1) : NULL;
  if (is_plain(part)) {
    struct body_segment *segment = segment_new();
    g_ptr_array_add(segment->plain, (gpointer)part);
    g_ptr_array_add(segments, segment);
  } else if (last && last->html->len == 0) {
    g_ptr_array_add(last->html, (gpointer)part);
  } else {
    struct body_segment *segment = segment_new();
    g_ptr_array_add(segment->html, (gpointer)part);
    g_ptr_array_add(segments, segment);
  }
}

/* Moves all parts of one kind out of `from`. */
static void take_kind(GPtrArray *into, const GPtrArray *from, bool is_html)
{
  if (into->len > 0) return;
  for (guint i = 0; i < from->len; i++) {
    const struct body_segment *segment = g_ptr_array_index(from, i);
    const GPtrArray *parts = is_html ? segment->html : segment->plain;
    for (guint k = 0; k < parts->len; k++) g_ptr_array_add(into, g_ptr_array_index(parts, k));
  }
}

static void choose_alternative(const struct part *part, GPtrArray *segments)
{
  struct body_segment *segment = segment_new();
  for (const struct part *child = part->first; child; child = child->next) {
    g_autoptr(GPtrArray) within = g_ptr_array_new_with_free_func(segment_free);
    choose(child, within);
    take_kind(segment->plain, within, false);
    take_kind(segment->html, within, true);
  }
  if (segment->plain->len + segment->html->len > 0)
    g_ptr_array_add(segments, segment);
  else
    segment_free(segment);
}

/* The part of a multipart/related that the others belong to. */
static const struct part *related_root(const struct part *part)
{
  g_autofree char *start = g_strdup(part_parameter(part, "start"));
  if (start) {
    g_strdelimit(start, "<> \t", ' ');
    g_strstrip(start);
  }
  for (const struct part *child = part->first; child && start; child = child->next)
    if (child->content_id && strcmp(child->content_id, start) == 0) return child;
  return part->first;
}

static void choose_nothing(const struct part *part, GPtrArray *segments)
{
  (void)part;
  (void)segments;
}

static void choose_related(const struct part *part, GPtrArray *segments)
{
  if (part->first) choose(related_root(part), segments);
}

static void choose_first(const struct part *part, GPtrArray *segments)
{
  if (part->first) choose(part->first, segments);
}

static void choose_all(const struct part *part, GPtrArray *segments)
{
  for (const struct part *child = part->first; child; child = child->next) choose(child, segments);
}

static const struct {
  const char *type;
  void (*choose)(const struct part *part, GPtrArray *segments);
} rows[] = {
  { "multipart/alternative", choose_alternative },
  { "multipart/related", choose_related },
  { "multipart/signed", choose_first },
  { "multipart/report", choose_first },
  { "multipart/encrypted", choose_nothing },
  { "multipart/digest", choose_nothing },
  { "multipart/appledouble", choose_nothing },
};

static void choose(const struct part *part, GPtrArray *segments)
{
  if (!part_is_multipart(part)) {
    choose_leaf(part, segments);
    return;
  }
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
    if (part_is(part, rows[i].type)) {
      rows[i].choose(part, segments);
      return;
    }
  choose_all(part, segments);
}

/* A text beside the one that was chosen, in a multipart/alternative. Calendars are wanted as attachments. */
static bool is_alternative(const struct part *part)
{
  return part->parent && part_is(part->parent, "multipart/alternative") &&
         g_str_has_prefix(part->type, "text/") && !part_is(part, "text/calendar") && !part_is_attached(part);
}

void body_choose(const struct parts *parts, struct body *body)
{
  body->segments = g_ptr_array_new_with_free_func(segment_free);
  body->alternatives = g_hash_table_new(NULL, NULL);
  choose(parts_root(parts), body->segments);
  for (guint i = 0; i < parts->all->len; i++) {
    struct part *part = g_ptr_array_index(parts->all, i);
    if (is_alternative(part)) g_hash_table_add(body->alternatives, part);
  }
}

bool body_holds(const struct body *body, const struct part *part)
{
  for (guint i = 0; i < body->segments->len; i++) {
    const struct body_segment *segment = g_ptr_array_index(body->segments, i);
    if (g_ptr_array_find(segment->plain, part, NULL) || g_ptr_array_find(segment->html, part, NULL))
      return true;
  }
  return false;
}

void body_clear(struct body *body)
{
  g_clear_pointer(&body->segments, g_ptr_array_unref);
  g_clear_pointer(&body->alternatives, g_hash_table_unref);
}
