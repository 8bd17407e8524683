/* Releasing: the held mail is decided anew, as `queue release` does. With wishes ("ok, aber Telefonnummer
 * raus") a mail without what was named takes its place, in what is sent and in what is stored for the
 * archive. A wish that cannot be met, or finds nothing, releases nothing: whoever wanted a number out must
 * not find it published. */
#include "lists/moderation/private.h"

#include "lists/comprehend.h"
#include "lists/moderation/leave_out.h"
#include "lists/moderation/passages.h"
#include "lists/moderation/wanted.h"
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
  GPtrArray *dropped; /* struct mail_attachment*: their names say what shall be left out */
};

static void rewriting_clear(struct rewriting *r)
{
  g_free(r->text);
  g_free(r->subject);
  g_free(r->name);
  g_ptr_array_unref(r->dropped);
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

/* A piece without somebody or a number, as the answer names them. Caller frees. */
static char *without_named(const char *piece, const char *code, guint *count)
{
  return g_str_has_prefix(code, LEAVE_OUT_PERSON)
             ? redact_person(piece, code + strlen(LEAVE_OUT_PERSON), count)
             : redact_number(piece, code + strlen(LEAVE_OUT_NUMBER), count);
}

static bool is_named_code(const char *code)
{
  return g_str_has_prefix(code, LEAVE_OUT_PERSON) || g_str_has_prefix(code, LEAVE_OUT_NUMBER);
}

/* Would a wish change the name of a file? Blanks are as good as "_" there. */
static bool is_in_file_name(const struct rewriting *r, const struct mail_attachment *file, const char *code)
{
  guint count = 0;
  if (!file->filename) return false;
  g_autofree char *name = g_strdelimit(g_strdup(file->filename), "_", ' ');
  const char *end = strrchr(name, '.');
  if (end && end > name) name[end - name] = '\0';
  G_GNUC_UNUSED g_autofree char *rest =
      is_named_code(code) ? without_named(name, code, &count)
                          : redact_wish(name, code, r->work->config->domain, r->work->gazetteer, &count);
  return count > 0;
}

/* How many files stay behind because their names hold what shall be left out. */
static guint drop_named_files(struct rewriting *r, const struct mail *mail, const char *code)
{
  guint count = 0;
  for (guint i = 0; i < mail->attachments->len; i++) {
    struct mail_attachment *file = g_ptr_array_index(mail->attachments, i);
    bool is_word = g_str_has_prefix(code, LEFT_OUT_WORDS);
    bool is_named = is_word ? file->filename && strstr(file->filename, code + strlen(LEFT_OUT_WORDS))
                            : is_in_file_name(r, file, code);
    if (is_named) g_ptr_array_add(r->dropped, file), count++;
  }
  return count;
}

/* Takes words out of a piece as they stand; returns how often. */
static guint take_words(char **piece, const char *words)
{
  g_auto(GStrv) parts = g_strsplit(*piece, words, -1);
  guint count = g_strv_length(parts);
  if (count < 2) return 0;
  g_free(*piece);
  *piece = g_strjoinv("[…]", parts);
  return count - 1;
}

/* Somebody or a number; returns how many places it found. */
static guint take_named(char **piece, const char *code)
{
  guint count = 0;
  char *rest = without_named(*piece, code, &count);
  g_free(*piece);
  *piece = rest;
  return count;
}

/* False: nothing like that is there, or no program finds it. */
static bool apply(struct rewriting *r, const struct mail *mail, const char *code)
{
  if (g_str_has_prefix(code, LEFT_OUT_WORDS)) {
    const char *words = code + strlen(LEFT_OUT_WORDS);
    r->drops_texts = true;
    return take_words(&r->text, words) + take_words(&r->subject, words) + take_words(&r->name, words) +
               drop_named_files(r, mail, code) >
           0;
  }
  if (passages_is_code(code)) {
    char *rest = passages_apply(r->text, code);
    if (rest) g_free(r->text), r->text = rest;
    r->drops_texts = true;
    return rest != NULL;
  }
  if (is_named_code(code)) {
    r->drops_texts = true;
    return take_named(&r->text, code) + take_named(&r->subject, code) + take_named(&r->name, code) +
               drop_named_files(r, mail, code) >
           0;
  }
  switch (redact_wish_of(code)) {
  case REDACT_WISH_FILES: r->drops_files = true; return mail->attachments->len > 0;
  case REDACT_WISH_TEXT:
    r->drops_texts = true;
    return rewrite(r, &r->text, code) + rewrite(r, &r->subject, code) + rewrite(r, &r->name, code) +
               drop_named_files(r, mail, code) >
           0;
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
  bool is_dropped = g_ptr_array_find(r->dropped, attachment, NULL);
  return !r->drops_files && !is_dropped && !(r->drops_texts && is_text);
}

/* Names that stood in the mail and still stand in it. */
static void note_names_left(const struct rewriting *r, const struct mail *mail, const GPtrArray *names,
                            GPtrArray *missing)
{
  for (guint i = 0; i < names->len; i++) {
    const char *name = g_ptr_array_index(names, i);
    bool was = strstr(mail->text, name) || strstr(mail->subject, name);
    bool is = strstr(r->text, name) || strstr(r->subject, name);
    if (was && is) g_ptr_array_add(missing, g_strconcat(LEFT_OUT_WORDS, name, NULL));
  }
}

/* Composes the mail anew from its pieces. */
static struct incoming *rewritten(const struct incoming *original, struct rewriting *r)
{
  gsize size = 0;
  const void *raw = g_bytes_get_data(original->raw, &size);
  g_autoptr(GBytes) bytes = compose_redacted(&(struct compose_redacted){ .raw = raw,
                                                                         .size = size,
                                                                         .mail = original->mail,
                                                                         .text = r->text,
                                                                         .subject = r->subject,
                                                                         .from_name = r->name,
                                                                         .keeps = keeps,
                                                                         .data = r });
  struct incoming *incoming = incoming_new(r->work->config, original->received, original->sender,
                                           (const char *const *)original->recipients, bytes);
  parent_compare(r->work, incoming);
  comprehend(r->work, incoming);
  return incoming;
}

/* The mail without what the codes and names say, and without what of `earlier` is in it; NULL: some of the
 * former was not found, and `missing` says what. */
static struct incoming *redacted(struct work *work, const struct incoming *original, const GPtrArray *codes,
                                 const GPtrArray *names, const GPtrArray *earlier, GPtrArray *missing)
{
  const struct mail *mail = original->mail;
  struct rewriting r = { .work = work,
                         .text = g_strdup(mail->text),
                         .subject = g_strdup(mail->subject),
                         .name = g_strdup(mail->from.name),
                         .dropped = g_ptr_array_new() };
  for (guint i = 0; i < codes->len; i++) {
    const char *code = g_ptr_array_index(codes, i);
    if (!apply(&r, mail, code)) g_ptr_array_add(missing, g_strdup(code));
  }
  for (guint i = 0; i < earlier->len; i++) apply(&r, mail, g_ptr_array_index(earlier, i));
  note_names_left(&r, mail, names, missing);
  struct incoming *incoming = missing->len == 0 ? rewritten(original, &r) : NULL;
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
  ruling->released = id;
  return id && decide_released(work, ruling->hold, incoming, id, ruling->decision->lines, error) &&
         record_original(work, ruling->hold, id, error);
}

/* All that the answer wants left out, as codes. Caller unrefs. */
static GPtrArray *wishes_of(const struct arrival *answer, const struct leave_out *more)
{
  GPtrArray *codes = g_ptr_array_new_with_free_func(g_free);
  const GPtrArray *named = answer->understanding->meaning->redact;
  for (guint i = 0; i < more->words->len; i++)
    g_ptr_array_add(codes, g_strconcat(LEFT_OUT_WORDS, (char *)more->words->pdata[i], NULL));
  for (guint i = 0; i < named->len; i++) g_ptr_array_add(codes, g_strdup(named->pdata[i]));
  for (guint i = 0; i < more->codes->len; i++)
    if (!g_ptr_array_find_with_equal_func(codes, more->codes->pdata[i], g_str_equal, NULL))
      g_ptr_array_add(codes, g_strdup(more->codes->pdata[i]));
  if (more->is_unclear) g_ptr_array_add(codes, g_strdup("passage"));
  return codes;
}

bool ruling_release(struct ruling *ruling, bool *is_done, GError **error)
{
  struct work *work = ruling->work;
  const struct passage *answer = ruling->arrival->understanding->passage;
  g_auto(leave_out_t) more = { 0 };
  leave_out_read(answer, &more);
  char *passage = passages_read(answer);
  g_autoptr(GPtrArray) codes =
      passage ? g_ptr_array_new_with_free_func(g_free) : wishes_of(ruling->arrival, &more);
  if (passage) g_ptr_array_add(codes, passage), g_ptr_array_set_size(more.names, 0);
  g_autoptr(incoming_t) original = moderation_read(work, ruling->hold, error);
  if (!original) return false;
  *is_done = true;
  ruling->is_redacted = codes->len > 0;
  ruling->released = ruling->hold->mail;
  if (codes->len == 0)
    return decide_released(work, ruling->hold, original, ruling->hold->mail, ruling->decision->lines,
                           error) &&
           authors_tell_released(ruling, original->mail, NULL, error);
  g_autoptr(GPtrArray) earlier = wanted_codes(ruling->request);
  g_autoptr(incoming_t) incoming = redacted(work, original, codes, more.names, earlier, ruling->missing);
  *is_done = incoming != NULL;
  if (!incoming) return wanted_remember(work->store, ruling->request, codes, more.names, error);
  return (release_redacted(ruling, incoming, error) &&
          authors_tell_released(ruling, original->mail, incoming->mail->text, error));
}
