/* Releasing: the held mail is decided anew, as `queue release` does. With wishes ("ok, aber Telefonnummer
 * raus") a mail without what was named takes its place, in what is sent and in what is stored for the
 * archive. A wish that cannot be met, or finds nothing, releases nothing: whoever wanted a number out must
 * not find it published. */
#include "lists/moderation/private.h"

#include "lists/comprehend.h"
#include "lists/parent.h"
#include "lists/understand/understand.h"

#include "lib/mail/compose.h"
#include "lib/store/moderation/moderation.h"
#include "lib/text/redact/wishes.h"

#include <string.h>

/* The pieces of a mail while wishes are applied to them. */
struct rewriting {
  struct work *work;
  char *text, *subject, *name;
  bool drops_files, drops_texts;
};

static void rewriting_clear(struct rewriting *r)
{
  g_free(r->text);
  g_free(r->subject);
  g_free(r->name);
}

/* Applies a wish to one of the pieces; returns how many places it found. */
static guint rewrite(const struct rewriting *r, char **piece, const char *code)
{
  guint count = 0;
  char *rest = redact_wish(*piece, code, r->work->config->domain, r->work->gazetteer, &count);
  g_free(*piece);
  *piece = rest;
  return count;
}

/* False: nothing like that is there, or no program finds it. */
static bool apply(struct rewriting *r, const struct mail *mail, const char *code)
{
  switch (redact_wish_of(code)) {
  case REDACT_WISH_FILES: r->drops_files = true; return mail->attachments->len > 0;
  case REDACT_WISH_TEXT:
    r->drops_texts = true;
    return rewrite(r, &r->text, code) + rewrite(r, &r->subject, code) + rewrite(r, &r->name, code) > 0;
  case REDACT_WISH_UNKNOWN: break;
  }
  return false;
}

/* Files that hold text may say the same again. */
static bool keeps(const struct mail_attachment *attachment, void *data)
{
  const struct rewriting *r = data;
  bool is_text = g_str_has_prefix(attachment->type, "text/") ||
                 g_str_has_prefix(attachment->type, "message/") || attachment->calendar_text;
  return !r->drops_files && !(r->drops_texts && is_text);
}

/* The mail without what the codes name; NULL: a wish was not met. */
static struct incoming *redacted(struct work *work, const struct incoming *original, const GPtrArray *codes)
{
  const struct mail *mail = original->mail;
  struct rewriting r = { .work = work,
                         .text = g_strdup(mail->text),
                         .subject = g_strdup(mail->subject),
                         .name = g_strdup(mail->from.name) };
  bool is_met = true;
  for (guint i = 0; i < codes->len; i++) is_met &= apply(&r, mail, g_ptr_array_index(codes, i));
  struct incoming *incoming = NULL;
  if (is_met) {
    gsize size = 0;
    const void *raw = g_bytes_get_data(original->raw, &size);
    g_autoptr(GBytes) bytes = compose_redacted(&(struct compose_redacted){ .raw = raw,
                                                                           .size = size,
                                                                           .mail = mail,
                                                                           .text = r.text,
                                                                           .subject = r.subject,
                                                                           .from_name = r.name,
                                                                           .keeps = keeps,
                                                                           .data = &r });
    incoming = incoming_new(work->config, original->received, original->sender,
                            (const char *const *)original->recipients, bytes);
    parent_compare(work, incoming);
    comprehend(work, incoming);
  }
  rewriting_clear(&r);
  return incoming;
}

/* What became of the mail that took the original's place holds for the original, too. */
static bool record_original(struct work *work, const struct hold *hold, int64_t mail, GError **error)
{
  g_autoptr(GPtrArray) rows = handled_of(work->store, mail, error);
  if (!rows) return false;
  for (guint i = 0; i < rows->len; i++) {
    struct handled row = *(const struct handled *)g_ptr_array_index(rows, i);
    if (strcmp(row.recipient, hold->recipient) != 0) continue;
    row.mail = hold->mail;
    row.reason = (char *)"A moderator released it without some of what it held.";
    if (!handled_put(work->store, &row, error)) return false;
  }
  return !hold->list || redaction_put(work->store, hold->mail, hold->list, mail, error);
}

/* Stores the redacted mail and decides it in the original's place. */
static bool release_redacted(struct ruling *ruling, const struct incoming *incoming, GError **error)
{
  struct work *work = ruling->work;
  bool is_new = false;
  int64_t id = mail_put(work->store, incoming->key, incoming->received, incoming->sender, incoming->raw, NULL,
                        &is_new, error);
  return id && decide_released(work, ruling->hold, incoming, id, ruling->decision->lines, error) &&
         record_original(work, ruling->hold, id, error);
}

bool ruling_release(struct ruling *ruling, bool *is_done, GError **error)
{
  struct work *work = ruling->work;
  const GPtrArray *codes = ruling->arrival->understanding->meaning->redact;
  g_autoptr(incoming_t) original = moderation_read(work, ruling->hold, error);
  if (!original) return false;
  *is_done = true;
  if (codes->len == 0)
    return decide_released(work, ruling->hold, original, ruling->hold->mail, ruling->decision->lines, error);
  g_autoptr(incoming_t) incoming = redacted(work, original, codes);
  *is_done = incoming != NULL;
  return !incoming || release_redacted(ruling, incoming, error);
}
