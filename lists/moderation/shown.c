/* What a letter shows of a mail that somebody decides about: all that would go out by a yes. Own words come
 * first; but members get the mail as it was written, with the signature, with what is quoted, and with the
 * HTML, which may say something else than the text beside it. Each of them is shown where it says more, up to
 * a bound; what is longer than a letter should be comes with it, whole, as a file that any telephone opens:
 * nobody lets through what they could not read. lists/moderation, lists/mediation. */
#include "lists/moderation/private.h"

#include "lists/groups/files.h"
#include "lists/letters.h"

#include "lib/base/fault.h"
#include "lib/mail/compose.h"
#include "lib/mail/read.h"
#include "lib/store/mails.h"
#include "lib/text/html/html_in.h"
#include "lib/text/names.h"
#include "lib/text/value.h"

#include <string.h>

enum {
  TEXT_CHARACTERS = 3000,
  TEXT_LINES = 80,
  REST_CHARACTERS = 2000,
  REST_LINES = 40,
  WHOLE_BYTES = 512 * 1024,
  FILES_NAMED = 20,
  COMPARED_BYTES = 100 * 1024,
  COMPARED_LINES = 1000
};

/* At most so many characters and lines of a text; *is_cut: there was more. Caller frees. */
static char *bounded(const char *text, guint characters, guint most_lines, bool *is_cut)
{
  const char *end = text;
  guint lines = 1;
  for (guint n = 0; *end && n < characters && lines <= most_lines; n++) {
    lines += *end == '\n';
    end = g_utf8_next_char(end);
  }
  *is_cut = *end != '\0';
  return g_strchomp(g_strndup(text, (gsize)(end - text)));
}

/* "Foto.jpg (350 KB)", one a line; NULL: none. Caller frees. */
static char *files_of(const struct mail *mail)
{
  g_autoptr(GString) out = g_string_new(NULL);
  for (guint i = 0; i < MIN(mail->attachments->len, FILES_NAMED); i++) {
    const struct mail_attachment *file = g_ptr_array_index(mail->attachments, i);
    g_autofree char *name =
        g_utf8_substring(file->filename ? file->filename : file->type, 0,
                         MIN(g_utf8_strlen(file->filename ? file->filename : file->type, -1), 80));
    g_strdelimit(name, "\r\n\t", ' ');
    g_string_append_printf(out, "%s%s (%" G_GSIZE_FORMAT " KB)", i ? "\n" : "", name,
                           (file->size_bytes + 1023) / 1024);
  }
  if (mail->attachments->len > FILES_NAMED) g_string_append(out, "\n…");
  return out->len > 0 ? g_string_free(g_steal_pointer(&out), FALSE) : NULL;
}

/* The words of a text in lower case, each between two blanks: " am samstag ist markt ". Caller frees. */
static char *words_of(const char *text, gsize bytes)
{
  GString *out = g_string_new(" ");
  for (const char *at = text; *at && (gsize)(at - text) < bytes; at = g_utf8_next_char(at)) {
    gunichar c = g_utf8_get_char(at);
    if (g_unichar_isalnum(c))
      g_string_append_unichar(out, g_unichar_tolower(c));
    else if (out->str[out->len - 1] != ' ')
      g_string_append_c(out, ' ');
  }
  if (out->str[out->len - 1] != ' ') g_string_append_c(out, ' ');
  return g_string_free(out, FALSE);
}

/* The lines of a text whose words do not stand, in that order, in `known`. *is_cut: not all was compared.
 * Caller frees. */
static char *lines_beyond(const char *text, const char *known, bool *is_cut)
{
  GString *out = g_string_new(NULL);
  g_autofree char *in = words_of(known, COMPARED_BYTES);
  g_auto(GStrv) lines = g_strsplit(text, "\n", COMPARED_LINES);
  for (char **line = lines; *line; line++) {
    g_autofree char *words = words_of(*line, COMPARED_BYTES);
    if (words[1] && !strstr(in, words)) g_string_append_printf(out, "%s\n", *line);
  }
  *is_cut = strlen(text) > COMPARED_BYTES || g_strv_length(lines) >= COMPARED_LINES;
  return g_string_free(out, FALSE);
}

/* Sets a value to the lines beyond what is known, if there are any. */
static void put_beyond(struct value *values, const char *name, const char *text, const char *known)
{
  bool is_part = false, is_cut = false;
  g_autofree char *lines = lines_beyond(text, known, &is_part);
  g_autofree char *shown = bounded(lines, REST_CHARACTERS, REST_LINES, &is_cut);
  value_set_text(values, name, *shown ? shown : NULL);
  if (is_part || is_cut) value_set_flag(values, "cut", true);
}

/* Signature and quote: what stands in the mail beside the sender's own words. */
static void put_rest(struct value *values, const struct mail *mail)
{
  if (*mail->text_new) put_beyond(values, "rest", mail->text, mail->text_new);
}

/* What the HTML part of a stored mail says, as text; NULL without error: it has none beside its text. Caller
 * frees. */
static char *html_of(struct work *work, int64_t mail_id, const struct mail *mail, GError **error)
{
  if (mail->text_is_from_html) return NULL;
  g_autoptr(GBytes) raw = mail_bytes(work->store, mail_id, error);
  if (!raw) return NULL;
  gsize size = 0;
  const void *bytes = g_bytes_get_data(raw, &size);
  g_autoptr(mail_t) again = mail_read(bytes, size,
                                      &(struct mail_reading){ .domain = work->config->domain,
                                                              .authserv_id = work->config->authserv_id,
                                                              .want_body_html = true,
                                                              .without_language = true });
  return again->body_html ? html_to_text(again->body_html, strlen(again->body_html)) : NULL;
}

bool shown_html(struct work *work, int64_t mail_id, const struct mail *mail, struct value *values,
                GError **error)
{
  GError *failed = NULL;
  g_autofree char *text = html_of(work, mail_id, mail, &failed);
  if (fault_hand_on(failed, error)) return false;
  if (text) put_beyond(values, "html", text, mail->text);
  return true;
}

static bool is_set(const struct value *values, const char *name)
{
  const struct value *value = value_find(values, name, value_hash(name));
  return value && value_is_true(value);
}

bool shown_whole(struct work *work, int64_t mail_id, const struct mail *mail, struct value *values,
                 const char *language, struct compose_file *file, GError **error)
{
  GError *failed = NULL;
  *file = (struct compose_file){ 0 };
  if (!is_set(values, "cut")) return true;
  g_autofree char *html = is_set(values, "html") ? html_of(work, mail_id, mail, &failed) : NULL;
  if (fault_hand_on(failed, error)) return false;
  g_autoptr(value_t) none = value_new();
  g_autofree char *name = letters_render(work->letters, language, "whole_mail.txt", none, error);
  if (!name) return false;
  char *whole = g_strconcat(mail->text, html ? "\n\n* * * HTML * * *\n\n" : NULL, html, NULL);
  gsize size = strlen(whole);
  value_set_flag(values, "beginning", size > WHOLE_BYTES);
  if (size > WHOLE_BYTES) *g_utf8_find_prev_char(whole, whole + WHOLE_BYTES) = '\0';
  file->name = g_strdup(g_strstrip(name));
  file->type = "text/plain";
  file->bytes = whole;
  file->size = strlen(whole);
  file->is_utf8 = true;
  return true;
}

struct value *shown_with_whole(struct work *work, const struct mail *mail, int64_t person,
                               const struct list *list, struct compose_file *file, GError **error)
{
  g_autofree char *language = letters_language(work, person, list, error);
  g_autoptr(value_t) values = ask_values(mail, "", true);
  if (!language || !shown_whole(work, 0, mail, values, language, file, error)) return NULL;
  return g_steal_pointer(&values);
}

void shown_whole_clear(struct compose_file *file)
{
  g_free((char *)file->name);
  g_free((void *)file->bytes);
  *file = (struct compose_file){ 0 };
}

struct value *ask_values(const struct mail *mail, const char *reason, bool is_shown)
{
  const struct mail_address *author = mail_actor(mail);
  g_autofree char *sender = name_for_members(author->name, author->address);
  bool is_cut = false;
  const char *own = *mail->text_new ? mail->text_new : mail->text;
  g_autofree char *text = bounded(own, TEXT_CHARACTERS, TEXT_LINES, &is_cut);
  g_autofree char *files = files_of(mail);
  struct value *values = value_new();
  value_set_text(values, "reason", *reason ? reason : NULL);
  value_set_text(values, "sender", sender);
  value_set_text(values, "sender_address", author->address && *author->address ? author->address : NULL);
  value_set_flag(values, "unproven", !mail->auth.is_authenticated);
  value_set_text(values, "subject", *mail->subject ? mail->subject : NULL);
  value_set_text(values, "text", is_shown && *text ? text : NULL);
  value_set_flag(values, "private", !is_shown);
  value_set_flag(values, "cut", is_shown && is_cut);
  if (is_shown) put_rest(values, mail);
  value_set_text(values, "files", is_shown ? files : NULL);
  value_set_flag(values, "removes", is_shown && files_any_hazard(mail));
  return values;
}
