/* What was in winmail.dat as MIME parts. All bodies are base64, so no line of theirs can be taken for the
 * boundary; names and types that are no good for a field are left out. */
#include "lib/mail/tnef/tnef.h"

#include <string.h>

enum { LINE_BYTES = 57 };

static void put_base64(GString *out, const guint8 *bytes, gsize size)
{
  for (gsize at = 0; at < size; at += LINE_BYTES) {
    g_autofree char *line = g_base64_encode(bytes + at, MIN(LINE_BYTES, size - at));
    g_string_append(out, line);
    g_string_append(out, "\r\n");
  }
}

static void begin_part(GString *out, const char *type)
{
  g_string_append_printf(
      out, "--" TNEF_BOUNDARY "\r\nContent-Type: %s\r\nContent-Transfer-Encoding: base64\r\n", type);
}

static void put_text(GString *out, const char *type, const char *text)
{
  if (!text) return;
  begin_part(out, type);
  g_string_append(out, "\r\n");
  put_base64(out, (const guint8 *)text, strlen(text));
}

/* The type by the name, of what programs and telephones open by their type. NULL: not known. */
static const char *type_by_name(const char *name)
{
  static const struct {
    const char *ending, *type;
  } rows[] = {
    { "pdf", "application/pdf" },
    { "jpg", "image/jpeg" },
    { "jpeg", "image/jpeg" },
    { "png", "image/png" },
    { "gif", "image/gif" },
    { "webp", "image/webp" },
    { "heic", "image/heic" },
    { "tif", "image/tiff" },
    { "tiff", "image/tiff" },
    { "txt", "text/plain" },
    { "csv", "text/csv" },
    { "vcf", "text/vcard" },
    { "rtf", "application/rtf" },
    { "doc", "application/msword" },
    { "xls", "application/vnd.ms-excel" },
    { "ppt", "application/vnd.ms-powerpoint" },
    { "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document" },
    { "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" },
    { "pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation" },
    { "odt", "application/vnd.oasis.opendocument.text" },
    { "ods", "application/vnd.oasis.opendocument.spreadsheet" },
    { "odp", "application/vnd.oasis.opendocument.presentation" },
    { "zip", "application/zip" },
    { "mp3", "audio/mpeg" },
    { "m4a", "audio/mp4" },
    { "mp4", "video/mp4" },
    { "mov", "video/quicktime" },
  };
  const char *dot = name ? strrchr(name, '.') : NULL;
  for (gsize i = 0; dot && i < G_N_ELEMENTS(rows); i++)
    if (g_ascii_strcasecmp(dot + 1, rows[i].ending) == 0) return rows[i].type;
  return NULL;
}

/* "image/jpeg"; application/octet-stream where what was said is none, or would be read as more than a file.
 */
static const char *type_of(const struct tnef_file *file)
{
  const char *type = file->type, *slash = type ? strchr(type, '/') : NULL;
  bool is_type =
      slash && slash != type && slash[1] && strlen(type) < 100 && !g_str_has_prefix(type, "multipart/");
  for (const char *p = type; is_type && *p; p++) is_type = g_ascii_isalnum(*p) || strchr("/.+-_", *p);
  bool says_much = is_type && g_ascii_strcasecmp(type, "application/octet-stream") != 0;
  const char *by_name = says_much ? NULL : type_by_name(file->name);
  return says_much ? type : by_name ? by_name : "application/octet-stream";
}

/* The name by RFC 2231, so that no byte of it means anything. */
static void put_disposition(GString *out, const char *name)
{
  g_string_append(out, "Content-Disposition: attachment");
  g_autofree char *escaped = name ? g_uri_escape_string(name, NULL, FALSE) : NULL;
  if (escaped) g_string_append_printf(out, ";\r\n filename*=utf-8''%s", escaped);
  g_string_append(out, "\r\n");
}

static void put_file(GString *out, const struct tnef_file *file)
{
  gsize size = 0;
  const guint8 *bytes = g_bytes_get_data(file->bytes, &size);
  bool has_id = file->id && strlen(file->id) < 200 && g_str_is_ascii(file->id) && !strpbrk(file->id, "<> \t");
  begin_part(out, type_of(file));
  if (has_id) g_string_append_printf(out, "Content-ID: <%s>\r\n", file->id);
  put_disposition(out, file->name);
  g_string_append(out, "\r\n");
  put_base64(out, bytes, size);
}

GString *tnef_as_mime(const struct tnef *tnef, bool with_text)
{
  GString *out = g_string_new(NULL);
  if (with_text) {
    put_text(out, "text/plain; charset=utf-8", tnef->plain);
    put_text(out, "text/html; charset=utf-8", tnef->html);
  }
  if (tnef->calendar) {
    g_autofree char *type =
        g_strdup_printf("text/calendar; charset=utf-8; method=%s; name=termin.ics", tnef->calendar_method);
    put_text(out, type, tnef->calendar);
  }
  for (guint i = 0; i < tnef->files->len; i++) put_file(out, g_ptr_array_index(tnef->files, i));
  /* what could not be opened is an attachment as well, so that somebody is told of it */
  static const char lost[] = "-";
  if (tnef->is_broken) {
    begin_part(out, "application/ms-tnef");
    put_disposition(out, "winmail.dat");
    g_string_append(out, "\r\n");
    put_base64(out, (const guint8 *)lost, 1);
  }
  g_string_append(out, "--" TNEF_BOUNDARY "--\r\n");
  return out;
}
