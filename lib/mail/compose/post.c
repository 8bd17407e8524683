/* Posts: a resident's mail composed anew for a list.
 *
 * Nothing of the sender's header passes but what is named here; the MIME parts are carried over by
 * part_out.c. The footer goes into the last segment of the body: into its text/plain part (decoded, extended,
 * encoded again; format=flowed stays flowed) and before
 * </body> of its HTML part (which becomes UTF-8). What cannot be extended (signed, encrypted, no text, text
 * over 1 MB) is wrapped in a multipart/mixed, or a multipart/mixed it already is gets one part more.
 *
 * Slots are expected in headers today. In a footer they work while the body stays unencoded; a plain footer
 * with a slot whose body must be encoded becomes a part of its own; elsewhere the slot is left out. */
#include "lib/mail/compose.h"
#include "lib/mail/compose/encode.h"
#include "lib/mail/compose/header_out.h"
#include "lib/mail/compose/part_out.h"
#include "lib/mail/message_ids.h"
#include "lib/mail/read.h"
#include "lib/mail/reading.h"
#include "lib/text/guard/html_guard.h"

#include <string.h>

enum { REFERENCES_BYTES = 16 * 1024 };

/* One post in the making. */
struct making {
  const struct compose_post *post;
  struct part_out parts_out;
  GString *lines_plain, *lines_html; /* in place of attachments left out */
  char *plain_text, *html_text;
  bool needs_own_part; /* the footer found no place in the body */
};

/* The sender's Date where it is believable, else the time received. */
static void put_date(GString *out, const struct compose_post *post)
{
  const struct mail *mail = post->mail;
  int64_t written = mail_written_at(mail, post->date);
  header_put_date(out, "Date", written, written == mail->date ? mail->date_offset_minutes : 0);
}

/* References: the first one and as many of the last as fit. */
static void put_references(GString *out, const GPtrArray *references)
{
  guint from = references->len;
  gsize bytes = strlen(g_ptr_array_index(references, 0));
  while (from > 1 && bytes < REFERENCES_BYTES) bytes += strlen(g_ptr_array_index(references, --from));
  g_string_append(out, "References:");
  for (guint i = 0; i < references->len; i++) {
    const char *id = g_ptr_array_index(references, i);
    if (i == 0 || i >= from)
      g_string_append_printf(out, "%s <%s>", i == 0 && strlen(id) < 60 ? "" : "\r\n", id);
  }
  g_string_append(out, "\r\n");
}

static void put_head(GString *out, const struct compose_post *post)
{
  const struct mail *mail = post->mail;
  header_put_raw(out, "From", post->from);
  header_put_raw(out, "To", post->to);
  header_put_text(out, "Subject", post->subject ? post->subject : mail->subject);
  put_date(out, post);
  if (post->message_id && message_id_is_usable(post->message_id))
    header_put_id(out, "Message-ID", post->message_id);
  if (mail->references && mail->references->len > 0) {
    header_put_id(out, "In-Reply-To", g_ptr_array_index(mail->references, mail->references->len - 1));
    put_references(out, mail->references);
  }
  for (gsize i = 0; i < post->header_count; i++) header_put(out, &post->headers[i]);
  g_string_append(out, "MIME-Version: 1.0\r\n");
}

/* Lines of ours without the marks of slots and line breaks other than LF. */
static void put_line_of(GString *out, const char *line)
{
  for (const char *p = line; *p; p++)
    if (*p != 1 && *p != 2 && *p != '\r') g_string_append_c(out, *p);
  g_string_append_c(out, '\n');
}

/* Asks for the lines that stand in an attachment's place. */
static void leave_out(struct making *it, const struct part *part, const struct mail_attachment *attachment)
{
  const struct compose_post *post = it->post;
  g_hash_table_add(it->parts_out.dropped, (gpointer)part);
  if (!post->replace_attachment) return;
  const char *plain = post->replace_attachment(attachment, false, post->data);
  if (plain) put_line_of(it->lines_plain, plain);
  const char *html = post->replace_attachment(attachment, true, post->data);
  if (!html) return;
  g_string_append(it->lines_html, "<p>");
  put_line_of(it->lines_html, html);
  g_string_append(it->lines_html, "</p>\n");
}

/* Is it too large, or left out whatever its size? */
static bool is_left_out(const struct compose_post *post, const struct mail_attachment *attachment)
{
  bool is_large = post->attachment_limit_bytes > 0 && attachment->size_bytes > post->attachment_limit_bytes;
  return is_large || (post->leaves_out && post->leaves_out(attachment, post->data));
}

static void leave_out_some(struct making *it, const struct parts *parts)
{
  const GPtrArray *attachments = it->post->mail->attachments;
  for (guint i = 0; attachments && i < attachments->len; i++) {
    const struct mail_attachment *attachment = g_ptr_array_index(attachments, i);
    if (!is_left_out(it->post, attachment)) continue;
    const struct part *part = parts_find(parts, attachment->part);
    if (part) leave_out(it, part, attachment);
  }
}

/* Within a signed or encrypted part whose bytes stay? */
static bool is_within_seal(const struct part *part, const GHashTable *dropped)
{
  for (; part; part = part->parent)
    if (part_is_sealed(part, dropped)) return true;
  return false;
}

/* The part's text when it can be extended, else NULL. */
static char *extendable_text(struct making *it, const GPtrArray *parts, const struct part **part)
{
  if (parts->len == 0) return NULL;
  *part = g_ptr_array_index(parts, parts->len - 1);
  if (is_within_seal(*part, it->parts_out.dropped)) return NULL;
  if ((*part)->text) return g_strdup((*part)->text);
  bool was_cut = false;
  g_autofree char *text = body_part_text(*part, BOUND_TEXT, &was_cut);
  return was_cut ? NULL : g_steal_pointer(&text);
}

/* One line of ours in a flowed text: stuffed, and not open to the next (RFC 3676 section 4.2, 4.4). */
static void put_flowed(GString *out, const char *lines)
{
  g_auto(GStrv) each = g_strsplit(lines, "\n", -1);
  for (char **line = each; *line && (line[1] || **line); line++) {
    bool is_separator = strcmp(*line, "-- ") == 0;
    if (!is_separator) g_strchomp(*line);
    if (**line == ' ' || **line == '>' || g_str_has_prefix(*line, "From ")) g_string_append_c(out, ' ');
    g_string_append_printf(out, "%s\n", *line);
  }
}

/* What stands below the sender's words: lines for attachments, then the footer under its separator. */
static char *plain_tail(const struct making *it, bool with_footer)
{
  GString *tail = g_string_new(it->lines_plain->str);
  const char *footer = it->post->footer_text;
  if (footer && with_footer) {
    g_string_append_printf(tail, "%s-- \n%s", tail->len ? "\n" : "", footer);
    if (tail->str[tail->len - 1] != '\n') g_string_append_c(tail, '\n');
  }
  return g_string_free(tail, FALSE);
}

static bool has_slot(const char *text)
{
  return text && strchr(text, 1);
}

static void extend_plain(struct making *it, const struct body_segment *segment)
{
  const struct part *part = NULL;
  g_autofree char *text = extendable_text(it, segment->plain, &part);
  if (!text) return;
  bool footer_fits = !has_slot(it->post->footer_text) ||
                     (part_out_is_seven_bit(text) && part_out_is_seven_bit(it->post->footer_text));
  g_autofree char *tail = plain_tail(it, footer_fits);
  bool delsp;
  GString *whole = g_string_new(g_strchomp(text));
  if (whole->len) g_string_append(whole, "\n\n");
  if (body_is_flowed(part, &delsp))
    put_flowed(whole, tail);
  else
    g_string_append(whole, tail);
  it->plain_text = g_string_free(whole, FALSE);
  it->parts_out.plain = part;
  it->parts_out.plain_text = it->plain_text;
  it->needs_own_part = !footer_fits;
}

/* The last place where `tag` begins, whatever its case; NULL if nowhere. */
static char *find_last(char *html, const char *tag)
{
  gsize size = strlen(tag);
  for (char *end = html + strlen(html), *p; (p = memrchr(html, '<', (gsize)(end - html))); end = p)
    if (g_ascii_strncasecmp(p, tag, size) == 0) return p;
  return NULL;
}

/* A document that names its charset in itself names UTF-8 from here on. */
static void mend_meta(GString *html)
{
  g_autofree char *head = g_strndup(html->str, MIN(html->len, 4096));
  g_autofree char *lower = g_ascii_strdown(head, -1);
  const char *meta = strstr(lower, "<meta"), *charset = meta ? strstr(meta, "charset=") : NULL;
  if (!charset) return;
  charset += 8 + strspn(charset + 8, "\"'");
  gsize at = (gsize)(charset - lower), size = strcspn(charset, "\"'; />");
  g_string_erase(html, (gssize)at, (gssize)size);
  g_string_insert(html, (gssize)at, "utf-8");
}

static void extend_html(struct making *it, const struct body_segment *segment)
{
  const struct part *part = NULL;
  g_autofree char *text = extendable_text(it, segment->html, &part);
  if (!text) return;
  g_autofree char *guarded = html_guard(text, strlen(text));
  if (guarded) {
    g_free(text);
    text = g_steal_pointer(&guarded);
  }
  const char *footer = it->post->footer_html;
  char *place = find_last(text, "</body");
  if (!place) place = find_last(text, "</html");
  if (!place) place = text + strlen(text);
  GString *whole = g_string_new_len(text, place - text);
  if (whole->len && whole->str[whole->len - 1] != '\n') g_string_append_c(whole, '\n');
  g_string_append_printf(whole, "%s%s\n%s", it->lines_html->str, footer ? footer : "", place);
  mend_meta(whole);
  it->html_text = g_string_free(whole, FALSE);
  it->parts_out.html = part;
  it->parts_out.html_text = it->html_text;
}

/* Puts footer and lines into the body where that is possible. */
static void extend_body(struct making *it, const struct body *body)
{
  const struct compose_post *post = it->post;
  bool has_plain = post->footer_text || it->lines_plain->len,
       has_html = post->footer_html || it->lines_html->len;
  it->needs_own_part = has_plain;
  if (body->segments->len == 0) return;
  const struct body_segment *last = g_ptr_array_index(body->segments, body->segments->len - 1);
  if (has_plain) extend_plain(it, last);
  if (has_html) extend_html(it, last);
  bool is_html_only = last->plain->len == 0 && it->parts_out.html;
  if (is_html_only) it->needs_own_part = false;
}

/* The footer as a part of its own. */
static void put_own_part(GString *out, const struct making *it)
{
  bool only_footer = it->parts_out.plain != NULL; /* the lines are in the body already */
  g_autofree char *tail =
      only_footer ? g_strdup_printf("-- \n%s", it->post->footer_text) : plain_tail(it, true);
  part_out_text(out, "text/plain", "", tail);
}

static void put_body(GString *out, struct making *it, const struct part *root)
{
  bool is_dropped = g_hash_table_contains(it->parts_out.dropped, root);
  if (!it->needs_own_part && !is_dropped) {
    part_out_put(&it->parts_out, root);
    return;
  }
  g_autofree char *boundary = part_out_boundary();
  part_out_multipart(out, "mixed", boundary, "");
  bool is_mixed = part_is(root, "multipart/mixed");
  for (const struct part *part = is_mixed ? root->first : root; part; part = is_mixed ? part->next : NULL) {
    if (g_hash_table_contains(it->parts_out.dropped, part)) continue;
    part_out_delimiter(out, boundary, false);
    part_out_put(&it->parts_out, part);
  }
  part_out_delimiter(out, boundary, false);
  put_own_part(out, it);
  part_out_delimiter(out, boundary, true);
}

GBytes *compose_post(const struct compose_post *post)
{
  GString *out = g_string_sized_new(MIN(post->size, 256 * 1024) + 4096);
  bool is_kept = post->mail->parts && post->mail->parts->raw == post->raw;
  g_autoptr(parts_t) scanned = is_kept ? NULL : parts_scan(post->raw, post->size);
  const struct parts *parts = is_kept ? post->mail->parts : scanned;
  g_auto(body_choice_t) body = { 0 };
  body_choose(parts, &body);
  g_autoptr(GHashTable) dropped = g_hash_table_new(NULL, NULL);
  struct making it = { .post = post,
                       .parts_out = { .out = out, .dropped = dropped },
                       .lines_plain = g_string_new(NULL),
                       .lines_html = g_string_new(NULL) };
  leave_out_some(&it, parts);
  extend_body(&it, &body);
  put_head(out, post);
  put_body(out, &it, parts_root(parts));
  if (out->len < 2 || strcmp(out->str + out->len - 2, "\r\n") != 0) g_string_append(out, "\r\n");
  g_string_free(it.lines_plain, TRUE);
  g_string_free(it.lines_html, TRUE);
  g_free(it.plain_text);
  g_free(it.html_text);
  return g_string_free_to_bytes(out);
}
