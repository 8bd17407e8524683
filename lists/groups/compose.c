/* A post as the members get it: composed, not copied. Everything of the header is ours or on the allow-list
 * of lib/mail/compose; the sender's own address, client and path stay behind. From is ours and leads an
 * answer to the list even in clients that ignore every other field; the footer says so, and gives the one
 * address that reaches the author alone. */
#include "lists/groups/compose.h"

#include "lists/addresses/reply_address.h"
#include "lists/groups/files.h"
#include "lists/groups/sizes.h"
#include "lists/letters.h"
#include "lists/members/names.h"
#include "lists/moderation/public_files.h"

#include "lib/base/clock.h"
#include "lib/mail/address.h"
#include "lib/mail/compose.h"
#include "lib/mail/read.h"
#include "lib/store/directory.h"
#include "lib/store/mutes.h"
#include "lib/text/escape.h"

#include <string.h>

enum { HEADERS_MAX = 20, LARGE_MAIL_FACTOR = 4 };

/* Everything that goes into one post; strings live until it is composed. */
struct post {
  struct work *work;
  const struct arrival *arrival;
  const struct message *message;
  const struct list *list;
  bool is_announce;
  int64_t limit;        /* the list's, of attachments that travel */
  struct value *values; /* of footer and from */
  GPtrArray *strings;   /* char*: owned */
  struct compose_header headers[HEADERS_MAX];
  gsize header_count;
};

/* Keeps a string until the post is composed. */
static char *keep(struct post *post, char *string)
{
  g_ptr_array_add(post->strings, string);
  return string;
}

static void add_header(struct post *post, const char *name, char *value)
{
  g_assert(post->header_count < HEADERS_MAX);
  post->headers[post->header_count++] =
      (struct compose_header){ .name = name, .value = keep(post, value), .is_raw = true };
}

/* "<mailto:…>" with the address's "+" written so that no client takes it for a space. */
static char *mailto_in_brackets(const char *address)
{
  g_autoptr(GString) url = g_string_new("<");
  put_mailto(url, address, NULL, NULL);
  g_string_append_c(url, '>');
  return g_string_free(g_steal_pointer(&url), FALSE);
}

/* An address of the list that carries a token about this message; the same bytes after a rotation of keys. */
static char *token_address(const struct post *post, enum token_purpose purpose)
{
  struct token token = { .purpose = purpose, .object = (uint32_t)post->message->id };
  return reply_address_with(post->work->config, post->work->keys, post->message->from_token_key,
                            post->list->name, &token);
}

/* List-Id: title and an identifier in our domain (RFC 2919). */
static char *list_id(const struct post *post)
{
  g_autofree char *id = g_strconcat(post->list->name, ".", post->work->config->domain, NULL);
  g_autofree char *slot = g_strconcat("<", id, ">", NULL);
  g_autofree char *mailbox = mailbox_with_slot(post->list->title, id);
  return g_str_has_suffix(mailbox, slot) ? g_steal_pointer(&mailbox) : g_steal_pointer(&slot);
}

/* Where this very message is found (RFC 5064). */
static char *archived_at(const struct post *post, const struct thread *thread)
{
  const char *base = post->work->config->base_url;
  gsize length = strlen(base);
  while (length && base[length - 1] == '/') length--;
  g_autoptr(GString) url = g_string_new("<");
  g_string_append_len(url, base, (gssize)length);
  g_string_append_printf(url, "/%s/%04d/%04d/", post->list->name, thread->year, thread->number);
  /* Further parts of a long thread have pages of their own; the first one leads to them. */
  if (post->message->position <= THREAD_PART_MESSAGES)
    g_string_append_printf(url, "#n%" G_GINT64_FORMAT, post->message->position);
  g_string_append_c(url, '>');
  return g_string_free(g_steal_pointer(&url), FALSE);
}

/* How one leaves: by mail, and where a web service runs by one click (RFC 8058). One envelope for many has no
 * slots: there the command's address stands instead of the recipient's own. */
static void add_leave_headers(struct post *post)
{
  const struct config *config = post->work->config;
  g_autofree char *leave = list_address(config, post->list->name, "austreten");
  bool has_link = !post->is_announce && config->https_base && *config->https_base;
  if (post->is_announce)
    add_header(post, "List-Unsubscribe", mailto_in_brackets(leave));
  else if (!has_link)
    add_header(post, "List-Unsubscribe", g_strdup("<mailto:" COMPOSE_SLOT("a") ">"));
  else
    add_header(post, "List-Unsubscribe",
               g_strconcat("<", config->https_base,
                           "/leave/" COMPOSE_SLOT("b") ">, <mailto:" COMPOSE_SLOT("a") ">", NULL));
  if (has_link) add_header(post, "List-Unsubscribe-Post", g_strdup("List-Unsubscribe=One-Click"));
}

/* The fields of RFC 2369, 2919 and 5064, and our mark against loops. */
static void add_list_headers(struct post *post, const struct thread *thread)
{
  const struct config *config = post->work->config;
  g_autofree char *help = list_address(config, post->list->name, "hilfe");
  char *address = keep(post, list_address(config, post->list->name, NULL));
  add_header(post, "List-Id", list_id(post));
  add_header(post, "List-Post", post->is_announce ? g_strdup("NO") : mailto_in_brackets(address));
  add_header(post, "List-Help", mailto_in_brackets(help));
  add_leave_headers(post);
  if (post->list->archive_public) add_header(post, "Archived-At", archived_at(post, thread));
  add_header(post, "X-Loop", g_strdup(address));
  add_header(post, "X-Auto-Response-Suppress", g_strdup("OOF, AutoReply")); /* Exchange; bounces still come */
  const GPtrArray *loops = post->arrival->mail->own_loops; /* a mail passed on: it has been there */
  for (guint i = 0; i < loops->len; i++) add_header(post, "X-Loop", g_strdup(loops->pdata[i]));
}

/* The last day of what the post offers or seeks: "16.3.2026". */
static bool add_expiry(struct post *post, GError **error)
{
  int64_t expires = 0;
  if (!message_expires(post->work->store, post->message->id, &expires, error)) return false;
  if (!expires) return true;
  g_autofree char *moment = clock_format_in(expires, post->work->config->zone);
  g_autofree char *day = g_strdup_printf("%d.%d.%.4s", (int)g_ascii_strtoull(moment + 8, NULL, 10),
                                         (int)g_ascii_strtoull(moment + 5, NULL, 10), moment);
  value_set_text(post->values, "expires", day);
  return true;
}

/* What footers and the sender's name may say. */
static bool add_values(struct post *post, GError **error)
{
  const struct mail_address *actor = mail_actor(post->arrival->mail);
  char *name = name_shown(post->work, post->message->person, post->message->from_name, actor->address, error);
  if (!name) return false;
  keep(post, name);
  char *author = keep(post, token_address(post, TOKEN_AUTHOR));
  char *address = keep(post, list_address(post->work->config, post->list->name, NULL));
  g_autoptr(GString) mailto = g_string_new(NULL);
  put_mailto(mailto, author, NULL, NULL);
  post->values = value_new();
  value_set_text(post->values, "name", name);
  value_set_text(post->values, "list", post->list->title);
  value_set_text(post->values, "list_address", address);
  value_set_text(post->values, "place", post->work->config->name);
  value_set_text(post->values, "author_address", author);
  value_set_text(post->values, "author_mailto", mailto->str);
  value_set_flag(post->values, "public", post->list->archive_public);
  value_set_flag(post->values, "announce", post->is_announce);
  return add_expiry(post, error);
}

/* The number of an attachment in its mail, from 1; 0: not of this mail. */
static guint attachment_number(const struct mail *mail, const struct mail_attachment *attachment)
{
  guint index = 0;
  return g_ptr_array_find(mail->attachments, attachment, &index) ? index + 1 : 0;
}

/* The line in the place of an attachment that is left out. Of a large one it is a link that asks for it,
 * which works in a mail client alone and publishes nothing. */
static const char *attachment_line(const struct mail_attachment *attachment, bool html, void *data)
{
  struct post *post = data;
  if (files_is_hazard(attachment, NULL)) {
    char *removed =
        files_hazard_line(post->work, post->list->language, post->arrival->mail, attachment, html);
    return removed ? keep(post, removed) : NULL;
  }
  guint number = attachment_number(post->arrival->mail, attachment);
  g_autofree char *file = text_for_filename(attachment->filename ? attachment->filename : "");
  g_autofree char *subject = g_strdup_printf("Anhang %u: %s", number, file);
  g_autofree char *address = token_address(post, TOKEN_ATTACHMENT);
  g_autofree char *size = size_words((int64_t)attachment->size_bytes);
  g_autoptr(GString) mailto = g_string_new(NULL);
  put_mailto(mailto, address, subject, NULL);
  g_autoptr(value_t) values = value_new();
  value_set_number(values, "number", number);
  value_set_text(values, "file", file);
  value_set_text(values, "size", size);
  value_set_text(values, "mailto", mailto->str);
  g_autofree char *url = public_file_url(post->work, post->arrival, post->message, attachment);
  value_set_text(values, "url", url);
  char *line = letters_render(post->work->letters, post->list->language,
                              html ? "attachment_line.html" : "attachment_line.txt", values, NULL);
  return line ? keep(post, g_strchomp(line)) : NULL;
}

char *group_subject(const char *subject, const char *tag)
{
  if (!tag || !*tag) return g_strdup(subject);
  g_autofree char *mark = g_strconcat("[", tag, "]", NULL);
  gsize length = strlen(mark);
  g_autoptr(GString) out = g_string_new(NULL);
  bool is_there = false;
  for (const char *p = subject; *p;) {
    if (g_ascii_strncasecmp(p, mark, length) != 0) {
      g_string_append_c(out, *p++);
      continue;
    }
    if (!is_there) g_string_append(out, mark);
    p += length;
    if (is_there && *p == ' ') p++;
    is_there = true;
  }
  if (!is_there) {
    g_string_prepend_c(out, ' ');
    g_string_prepend(out, mark);
  }
  return g_strstrip(g_string_free(g_steal_pointer(&out), FALSE));
}

int64_t group_attachment_limit(int64_t of_list, const struct mail *mail)
{
  int64_t limit = of_list;
  for (;;) {
    int64_t sum = 0, largest = 0;
    for (guint i = 0; i < mail->attachments->len; i++) {
      int64_t size = (int64_t)((const struct mail_attachment *)mail->attachments->pdata[i])->size_bytes;
      if (size > limit || files_is_hazard(mail->attachments->pdata[i], NULL)) continue;
      sum += size;
      largest = MAX(largest, size);
    }
    if (largest == 0 || sum <= LARGE_MAIL_FACTOR * of_list) return limit;
    limit = largest - 1;
  }
}

/* Renders the three templates and hands everything to lib/mail. */
static GBytes *compose(struct post *post, GError **error)
{
  const struct arrival *arrival = post->arrival;
  struct letters *letters = post->work->letters;
  const char *language = post->list->language;
  g_autofree char *shown = letters_render(letters, language, "from.txt", post->values, error);
  g_autofree char *text = shown ? letters_render(letters, language, "footer.txt", post->values, error) : NULL;
  g_autofree char *html = text ? letters_render(letters, language, "footer.html", post->values, error) : NULL;
  if (!html) return NULL;
  g_autofree char *from_address = token_address(post, TOKEN_POST);
  g_autofree char *from = address_format(g_strstrip(shown), from_address);
  g_autofree char *address = list_address(post->work->config, post->list->name, NULL);
  g_autofree char *to = address_format(post->list->title, address);
  g_autofree char *subject = group_subject(arrival->mail->subject, post->list->subject_tag);
  gsize size = 0;
  const void *raw = g_bytes_get_data(arrival->raw, &size);
  return compose_post(&(struct compose_post){
      .raw = raw,
      .size = size,
      .mail = arrival->mail,
      .message_id = post->message->message_id,
      .subject = subject,
      .from = from,
      .to = to,
      .date = arrival->received,
      .headers = post->headers,
      .header_count = post->header_count,
      .footer_text = text,
      .footer_html = html,
      .attachment_limit_bytes = (gsize)group_attachment_limit(post->limit, arrival->mail),
      .replace_attachment = attachment_line,
      .leaves_out = files_is_hazard,
      .data = post,
  });
}

GBytes *group_compose(struct work *work, const struct arrival *arrival, const struct message *message,
                      const struct thread *thread, bool is_announce, GError **error)
{
  struct post post = {
    .work = work, .arrival = arrival, .message = message, .list = arrival->list, .is_announce = is_announce
  };
  post.strings = g_ptr_array_new_with_free_func(g_free);
  GBytes *content = NULL;
  if (files_limit(work, arrival->list, &post.limit, error) && add_values(&post, error)) {
    add_list_headers(&post, thread);
    content = compose(&post, error);
  }
  value_free(post.values);
  g_ptr_array_unref(post.strings);
  return content;
}
