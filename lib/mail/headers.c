/* The header: one pass over the fields, a row a field that means something to us.
 *
 * A field that comes twice: the first counts (RFC 5322 allows one); only mailboxes of several From fields are
 * added up, since a second From is how a forger shows one name to the filter and another to the reader. */
#include "lib/mail/addresses.h"
#include "lib/mail/mail_date.h"
#include "lib/mail/message_ids.h"
#include "lib/mail/reading.h"
#include "lib/mail/words.h"

#include <string.h>

/* What is gathered besides the mail itself. */
struct gathering {
  struct mail *mail;
  GPtrArray *from, *sender, *reply_to, *resent_from; /* struct mail_address* */
  const struct field *references[8], *in_reply_to[8];
  gsize references_count, in_reply_to_count;
  bool has_date;
};

typedef void take_field(struct gathering *it, const struct field *field);

static void parse_addresses(struct gathering *it, const struct field *field, GPtrArray *into)
{
  g_autofree char *line = field_line(field, BOUND_ADDRESSES, &it->mail->was_bounded);
  if (!g_utf8_validate(line, -1, NULL)) return;
  addresses_parse(line, into);
}

static void take_from(struct gathering *it, const struct field *field)
{
  parse_addresses(it, field, it->from);
}

static void take_sender(struct gathering *it, const struct field *field)
{
  parse_addresses(it, field, it->sender);
}

static void take_reply_to(struct gathering *it, const struct field *field)
{
  parse_addresses(it, field, it->reply_to);
}

/* Each redirect puts its fields on top: the first one is the last person's. */
static void take_resent_from(struct gathering *it, const struct field *field)
{
  if (it->resent_from->len == 0) parse_addresses(it, field, it->resent_from);
}

static void take_to(struct gathering *it, const struct field *field)
{
  parse_addresses(it, field, it->mail->to);
}

static void take_cc(struct gathering *it, const struct field *field)
{
  parse_addresses(it, field, it->mail->cc);
}

static void take_subject(struct gathering *it, const struct field *field)
{
  if (it->mail->subject) return;
  g_autofree char *line = field_line(field, BOUND_FIELD, &it->mail->was_bounded);
  it->mail->subject = words_decode(line);
}

/* "Mon, 2 Mar 2026 10:15:00 +0100 (CET)", and what is written instead. */
static void take_date(struct gathering *it, const struct field *field)
{
  if (it->has_date) return;
  g_autofree char *line = field_unfold(field, 400, NULL);
  it->has_date = mail_date_read(line, &it->mail->date, &it->mail->date_offset_minutes);
}

static void take_message_id(struct gathering *it, const struct field *field)
{
  if (it->mail->message_id) return;
  g_autofree char *line = field_unfold(field, BOUND_FIELD, &it->mail->was_bounded);
  it->mail->message_id = message_id_parse(line);
}

static void take_references(struct gathering *it, const struct field *field)
{
  if (it->references_count < G_N_ELEMENTS(it->references)) it->references[it->references_count++] = field;
}

static void take_in_reply_to(struct gathering *it, const struct field *field)
{
  if (it->in_reply_to_count < G_N_ELEMENTS(it->in_reply_to)) it->in_reply_to[it->in_reply_to_count++] = field;
}

/* "Grünau <gruenau.kiez.example>": what stands in the last brackets, else the whole (RFC 2919). */
static void take_list_id(struct gathering *it, const struct field *field)
{
  if (it->mail->list_id) return;
  g_autofree char *line = field_line(field, 2000, &it->mail->was_bounded);
  char *open = strrchr(line, '<');
  char *id = open ? open + 1 : line;
  id[strcspn(id, ">")] = '\0';
  g_strstrip(id);
  if (*id && strlen(id) <= 255 && g_utf8_validate(id, -1, NULL)) it->mail->list_id = g_utf8_strdown(id, -1);
}

static void take_return_path(struct gathering *it, const struct field *field)
{
  if (it->mail->return_path) return;
  g_autofree char *line = field_line(field, 2000, NULL);
  char *open = strchr(line, '<');
  char *path = open ? open + 1 : line;
  path[strcspn(path, ">")] = '\0';
  if (g_utf8_validate(path, -1, NULL)) it->mail->return_path = g_strdup(g_strstrip(path));
}

static void take_auto_submitted(struct gathering *it, const struct field *field)
{
  if (it->mail->auto_submitted) return;
  g_autofree char *line = field_unfold(field, 200, NULL);
  line[strspn(line, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-")] = '\0';
  if (*line) it->mail->auto_submitted = g_ascii_strdown(line, -1);
}

static const struct {
  const char *name;
  take_field *take;
} rows[] = {
  { "From", take_from },
  { "To", take_to },
  { "Cc", take_cc },
  { "Subject", take_subject },
  { "Date", take_date },
  { "Message-ID", take_message_id },
  { "References", take_references },
  { "In-Reply-To", take_in_reply_to },
  { "Reply-To", take_reply_to },
  { "Sender", take_sender },
  { "Resent-From", take_resent_from },
  { "List-Id", take_list_id },
  { "Return-Path", take_return_path },
  { "Auto-Submitted", take_auto_submitted },
};

static void dispatch(struct gathering *it, const struct field *field)
{
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
    if (field_is(field, rows[i].name)) {
      rows[i].take(it, field);
      return;
    }
}

/* References first, In-Reply-To last: the order threads are built in. */
static GPtrArray *join_references(const struct gathering *it)
{
  struct references references;
  references_begin(&references);
  for (gsize i = 0; i < it->references_count; i++)
    references_add(&references, it->references[i]->value, it->references[i]->value_size);
  for (gsize i = 0; i < it->in_reply_to_count; i++)
    references_add(&references, it->in_reply_to[i]->value, it->in_reply_to[i]->value_size);
  return references_end(&references);
}

/* Moves the first mailbox into the mail. */
static void take_first(struct mail_address *into, GPtrArray *addresses)
{
  if (addresses->len == 0) return;
  struct mail_address *first = g_ptr_array_index(addresses, 0);
  struct mail_address empty = *into;
  *into = *first;
  *first = empty;
}

/* An author without an address still has a name: "MAILER-DAEMON", "Mail Delivery System <MAILER-DAEMON>". */
static void keep_bare_name(struct mail *mail, const struct field *field)
{
  g_autofree char *line = field_line(field, BOUND_ADDRESSES, &mail->was_bounded);
  if (strpbrk(line, "@:;")) return;
  char *open = strchr(line, '<');
  if (open == line) open = NULL;
  if (open) *open = '\0';
  g_strdelimit(line, "<>\"", ' ');
  g_free(mail->from.name);
  mail->from.name = words_decode(line);
}

static void name_author(struct mail *mail, const struct parts *parts)
{
  for (guint i = 0; i < parts->fields->len; i++) {
    const struct field *field = &g_array_index(parts->fields, struct field, i);
    if (!field_is(field, "From")) continue;
    keep_bare_name(mail, field);
    return;
  }
}

void reading_headers(struct mail *mail, const struct parts *parts)
{
  struct gathering it = { .mail = mail,
                          .from = g_ptr_array_new_with_free_func(mail_address_free),
                          .sender = g_ptr_array_new_with_free_func(mail_address_free),
                          .reply_to = g_ptr_array_new_with_free_func(mail_address_free),
                          .resent_from = g_ptr_array_new_with_free_func(mail_address_free) };
  for (guint i = 0; i < parts->fields->len; i++)
    dispatch(&it, &g_array_index(parts->fields, struct field, i));
  mail->from_count = (int)it.from->len;
  take_first(&mail->from, it.from);
  if (mail->from_count == 0) name_author(mail, parts);
  take_first(&mail->sender, it.sender);
  take_first(&mail->reply_to, it.reply_to);
  take_first(&mail->resent_from, it.resent_from);
  mail->references = join_references(&it);
  if (!mail->subject) mail->subject = g_strdup("");
  g_ptr_array_unref(it.from);
  g_ptr_array_unref(it.sender);
  g_ptr_array_unref(it.reply_to);
  g_ptr_array_unref(it.resent_from);
}
