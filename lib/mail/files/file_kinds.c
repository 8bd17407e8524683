/* Kinds of files: one table of media type, endings and first bytes. A name that promises one thing and bytes
 * that are another make FILE_OTHER, unless the bytes themselves say clearly what they are: phones send
 * pictures under any name. */
#include "lib/mail/files/file_kinds.h"

#include <string.h>

struct row {
  enum file_kind kind;
  const char *type;    /* a media type, or the first half with its slash */
  const char *endings; /* between blanks */
  const char *magic;   /* first bytes; '?' is any; NULL: none are known */
  gsize magic_at;
  bool is_telling; /* the bytes alone say it */
};

static const char ZIP[] = "PK\x03\x04", OLE[] = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

static const struct row rows[] = {
  { FILE_PICTURE, "image/jpeg", "jpg jpeg jpe jfif", "\xff\xd8\xff", 0, true },
  { FILE_PICTURE, "image/png", "png", "\x89PNG\r\n\x1a\n", 0, true },
  { FILE_PICTURE, "image/gif", "gif", "GIF8", 0, true },
  { FILE_PICTURE, "image/webp", "webp", "RIFF????WEBP", 0, true },
  { FILE_PICTURE, "image/heic", "heic heif hif", "ftyp", 4, false },
  { FILE_PICTURE, "image/avif", "avif", "ftypavif", 4, true },
  { FILE_PICTURE, "image/tiff", "tif tiff", "II*", 0, false },
  { FILE_PICTURE, "image/tiff", "tif tiff", "MM", 0, false },
  { FILE_PICTURE, "image/bmp", "bmp", "BM", 0, false },
  { FILE_DOCUMENT, "application/pdf", "pdf", "%PDF-", 0, true },
  { FILE_DOCUMENT, "application/vnd.oasis.opendocument", "odt ods odp odg", ZIP, 0, false },
  { FILE_DOCUMENT, "application/vnd.openxmlformats-officedocument", "docx xlsx pptx", ZIP, 0, false },
  { FILE_DOCUMENT, "application/msword", "doc dot", OLE, 0, false },
  { FILE_DOCUMENT, "application/vnd.ms-excel", "xls", OLE, 0, false },
  { FILE_DOCUMENT, "application/vnd.ms-powerpoint", "ppt pps", OLE, 0, false },
  { FILE_DOCUMENT, "application/rtf", "rtf", "{\\rtf", 0, true },
  { FILE_DOCUMENT, "text/plain", "txt text md log", NULL, 0, false },
  { FILE_DOCUMENT, "text/csv", "csv", NULL, 0, false },
  { FILE_DOCUMENT, "message/", "eml", NULL, 0, false },
  { FILE_CALENDAR, "text/calendar", "ics ical ifb vcs", NULL, 0, false },
  { FILE_CALENDAR, "application/ics", "ics", NULL, 0, false },
  { FILE_CALENDAR, "text/vcard", "vcf vcard", NULL, 0, false },
  { FILE_CALENDAR, "text/x-vcard", "vcf", NULL, 0, false },
  { FILE_SOUND, "audio/mpeg", "mp3", NULL, 0, false },
  { FILE_SOUND, "audio/ogg", "ogg oga opus", "OggS", 0, true },
  { FILE_SOUND, "audio/mp4", "m4a aac", NULL, 0, false },
  { FILE_SOUND, "audio/wav", "wav", "RIFF????WAVE", 0, true },
  { FILE_SOUND, "audio/flac", "flac", "fLaC", 0, true },
  { FILE_SOUND, "audio/amr", "amr", "#!AMR", 0, true },
  { FILE_VIDEO, "video/mp4", "mp4 m4v", "ftyp", 4, false },
  { FILE_VIDEO, "video/quicktime", "mov", NULL, 0, false },
  { FILE_VIDEO, "video/3gpp", "3gp", "ftyp", 4, false },
  { FILE_VIDEO, "video/webm", "webm mkv", "\x1a\x45\xdf\xa3", 0, true },
  { FILE_VIDEO, "video/x-msvideo", "avi", "RIFF????AVI ", 0, true },
  { FILE_ARCHIVE, "application/zip", "zip", ZIP, 0, true },
  { FILE_ARCHIVE, "application/x-zip-compressed", "zip", ZIP, 0, true },
  { FILE_ARCHIVE, "application/x-7z-compressed", "7z", "7z\xbc\xaf\x27\x1c", 0, true },
  { FILE_ARCHIVE, "application/vnd.rar", "rar", "Rar!", 0, true },
  { FILE_ARCHIVE, "application/gzip", "gz tgz", "\x1f\x8b", 0, true },
  { FILE_ARCHIVE, "application/x-bzip2", "bz2", "BZh", 0, true },
  { FILE_ARCHIVE, "application/x-xz", "xz",
    "\xfd"
    "7zXZ",
    0, true },
  { FILE_ARCHIVE, "application/x-tar", "tar", "ustar", 257, true },
};

static const char *const words[] = {
  [FILE_OTHER] = "other",        [FILE_PICTURE] = "pictures", [FILE_DOCUMENT] = "documents",
  [FILE_CALENDAR] = "calendars", [FILE_SOUND] = "sound",      [FILE_VIDEO] = "video",
  [FILE_ARCHIVE] = "archives",
};
_Static_assert(G_N_ELEMENTS(words) == FILE_KIND_COUNT, "every kind has its word");

const char *file_kind_word(enum file_kind kind)
{
  return words[kind];
}

bool file_kinds_read(const char *text, unsigned *kinds, char **wrong)
{
  g_auto(GStrv) each = g_strsplit_set(text, " ,;\t", 50);
  *kinds = 0;
  for (char **word = each; *word; word++) {
    gsize i = 0;
    if (!**word || g_ascii_strcasecmp(*word, "none") == 0) continue;
    while (i < FILE_KIND_COUNT && g_ascii_strcasecmp(words[i], *word) != 0) i++;
    bool is_any = g_ascii_strcasecmp(*word, "any") == 0;
    if (is_any) *kinds = FILE_KINDS_ANY;
    if (i < FILE_KIND_COUNT) *kinds |= 1u << i;
    if (is_any || i < FILE_KIND_COUNT) continue;
    if (wrong) *wrong = g_strdup(*word);
    return false;
  }
  return true;
}

char *file_kinds_words(unsigned kinds)
{
  if ((kinds & FILE_KINDS_ANY) == FILE_KINDS_ANY) return g_strdup("any");
  GString *out = g_string_new(NULL);
  for (unsigned i = 0; i < FILE_KIND_COUNT; i++) {
    unsigned kind = (i + 1) % FILE_KIND_COUNT; /* "other" is the last */
    if (kinds & 1u << kind) g_string_append_printf(out, "%s%s", out->len ? " " : "", words[kind]);
  }
  if (out->len == 0) g_string_append(out, "none");
  return g_string_free(out, FALSE);
}

char *file_ending(const char *name, gsize size)
{
  while (size > 0 && (name[size - 1] == '.' || name[size - 1] == ' ' || name[size - 1] == '\t')) size--;
  gsize dot = size;
  while (dot > 0 && name[dot - 1] != '.' && name[dot - 1] != '/' && name[dot - 1] != '\\') dot--;
  if (dot == 0 || name[dot - 1] != '.' || size - dot > 12) return g_strdup("");
  return g_ascii_strdown(name + dot, (gssize)(size - dot));
}

/* Is a word one of those between blanks? */
static bool has_word(const char *all, const char *word)
{
  gsize size = strlen(word);
  for (const char *at = all; size && (at = strstr(at, word)); at++)
    if ((at == all || at[-1] == ' ') && (at[size] == ' ' || !at[size])) return true;
  return false;
}

static bool has_magic(const struct row *row, const struct file_facts *facts)
{
  gsize size = strlen(row->magic);
  if (facts->head_size < row->magic_at + size) return false;
  for (gsize i = 0; i < size; i++)
    if (row->magic[i] != '?' && (guint8)row->magic[i] != facts->head[row->magic_at + i]) return false;
  return true;
}

static bool is_named(const struct row *row, const struct file_facts *facts, const char *ending)
{
  if (*ending) return has_word(row->endings, ending);
  gsize size = strlen(row->type);
  return strncmp(facts->type, row->type, size) == 0;
}

enum file_kind file_kind_of(const struct file_facts *facts)
{
  g_autofree char *ending = facts->name ? file_ending(facts->name, strlen(facts->name)) : g_strdup("");
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
    if (is_named(&rows[i], facts, ending) && (!rows[i].magic || has_magic(&rows[i], facts)))
      return rows[i].kind;
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
    if (rows[i].is_telling && has_magic(&rows[i], facts)) return rows[i].kind;
  return FILE_OTHER;
}
