/* Opening winmail.dat.
 *
 * The reader is our own, not libytnef's. That library prints what it finds odd to standard output, has had
 * double frees and reads beyond its buffers in one handler after another (CVE-2021-3403, CVE-2021-3404 and a
 * dozen before them), and leaves what we want most, the invitation, to the program around it. What is needed
 * of the format is small; here every byte is taken through one function that knows how many are left (mapi.c:
 * take), values stay where they are, and a fuzz harness goes over all of it. So it runs where MIME is read,
 * and the same bytes always give the same parts, to whoever asks and whenever: a process of its own, which
 * may be gone, cannot promise that.
 *
 * What surprised us: the names of files stand in three places, of which the best is the last; a text is
 * mostly there only as compressed RTF; strings that are not Unicode are of a code page that an attribute
 * behind them may tell. */
#include "lib/mail/tnef/tnef.h"
#include "lib/mail/tnef/inside.h"

#include <string.h>

enum { SIGNATURE = 0x223e9f78, ATTRIBUTES_MAX = 5000, METHOD_OLE = 6, NAME_MAX_CHARACTERS = 200 };

enum attribute {
  ATT_SUBJECT = 0x00018004,
  ATT_CLASS = 0x00078008,
  ATT_BODY = 0x0002800C,
  ATT_PROPERTIES = 0x00069003,
  ATT_CODEPAGE = 0x00069007,
  ATT_FILE_BEGINS = 0x00069002,
  ATT_FILE_TITLE = 0x00018010,
  ATT_FILE_DATA = 0x0006800F,
  ATT_FILE_PROPERTIES = 0x00069005,
};

/* One attachment, not done yet. */
struct file {
  const guint8 *data;
  gsize size;
  char *title, *short_name, *long_name, *type, *id;
  bool is_nested; /* a message, itself TNEF */
  bool is_ole;
};

struct opening {
  struct tnef *tnef;
  struct file file;
  bool has_file;
  unsigned codepage;
  const guint8 *rtf;
  gsize rtf_size;
  struct appointment appointment;
};

static void file_free(gpointer data)
{
  struct tnef_file *file = data;
  g_free(file->name);
  g_free(file->type);
  g_free(file->id);
  g_bytes_unref(file->bytes);
  g_free(file);
}

static void set(char **field, char *value)
{
  g_free(*field);
  *field = value;
}

/* One line without controls, bounded; NULL: nothing is left. Takes the text over. */
static char *clean(char *text)
{
  g_autofree char *owned = text;
  if (!owned) return NULL;
  for (char *p = owned; *p; p++)
    if ((guchar)*p < ' ' || *p == 127) *p = ' ';
  g_strstrip(owned);
  if (!*owned) return NULL;
  return g_utf8_substring(owned, 0, MIN(g_utf8_strlen(owned, -1), NAME_MAX_CHARACTERS));
}

/* Hands an attachment over. */
static void end_file(struct opening *it)
{
  struct file *file = &it->file;
  if (it->has_file && file->data && !file->is_ole && it->tnef->files->len < TNEF_FILES) {
    struct tnef_file *done = g_new0(struct tnef_file, 1);
    const char *name = file->long_name ? file->long_name : file->title ? file->title : file->short_name;
    done->name = clean(g_strdup(name));
    done->type = file->is_nested ? g_strdup("application/ms-tnef") : g_steal_pointer(&file->type);
    done->id = g_steal_pointer(&file->id);
    done->bytes = g_bytes_new_static(file->data, file->size);
    g_ptr_array_add(it->tnef->files, done);
  }
  char *texts[] = { file->title, file->short_name, file->long_name, file->type, file->id };
  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) g_free(texts[i]);
  *file = (struct file){ 0 };
}

/* What an attachment's properties say. */
static void take_of_file(const struct property *property, void *data)
{
  struct opening *it = data;
  struct file *file = &it->file;
  bool is_text = property->type == TYPE_STRING8 || property->type == TYPE_UNICODE;
  if (property->set) return;
  if (property->id == 0x3701 && property->type == TYPE_BINARY) {
    file->data = property->value;
    file->size = property->size;
  } else if (property->id == 0x3701 && property->type == TYPE_OBJECT && property->size > 16) {
    file->data = property->value + 16;
    file->size = property->size - 16;
    struct reader reader = { file->data, file->size };
    guint64 signature = 0;
    file->is_nested = take_number(&reader, 4, &signature) && signature == SIGNATURE;
  } else if (property->id == 0x3705) {
    file->is_ole = mapi_number(property) == METHOD_OLE;
  }
  if (!is_text) return;
  if (property->id == 0x3707) set(&file->long_name, clean(mapi_text(property, it->codepage)));
  if (property->id == 0x3704) set(&file->short_name, clean(mapi_text(property, it->codepage)));
  if (property->id == 0x370E) set(&file->type, clean(mapi_text(property, it->codepage)));
  if (property->id == 0x3712) set(&file->id, clean(mapi_text(property, it->codepage)));
}

/* What the message's properties say. */
static void take_of_message(const struct property *property, void *data)
{
  struct opening *it = data;
  bool is_text = property->type == TYPE_STRING8 || property->type == TYPE_UNICODE;
  appointment_take(&it->appointment, property, it->codepage);
  if (property->set) return;
  if (property->id == 0x1000 && is_text) set(&it->tnef->plain, mapi_text(property, it->codepage));
  if (property->id == 0x1013 && (is_text || property->type == TYPE_BINARY))
    set(&it->tnef->html, mapi_text(property, it->codepage));
  if (property->id == 0x1009 && property->type == TYPE_BINARY) {
    it->rtf = property->value;
    it->rtf_size = property->size;
  }
}

/* The code page of the message: attributes before it need it as well. */
static void find_codepage(struct opening *it, struct reader reader)
{
  guint64 level = 0, id = 0, size = 0, codepage = 0;
  for (int i = 0; i < ATTRIBUTES_MAX; i++) {
    if (!take_number(&reader, 1, &level) || !take_number(&reader, 4, &id) || !take_number(&reader, 4, &size))
      return;
    const guint8 *data = take(&reader, (gsize)size);
    struct reader value = { data, data ? (gsize)size : 0 };
    if (data && id == ATT_CODEPAGE && take_number(&value, 4, &codepage)) it->codepage = (unsigned)codepage;
    if (!data || !take(&reader, 2)) return;
  }
}

static void take_attribute(struct opening *it, guint64 id, const guint8 *data, gsize size)
{
  switch ((enum attribute)id) {
  case ATT_SUBJECT: set(&it->appointment.subject, codepage_text(data, size, it->codepage)); return;
  case ATT_CLASS: set(&it->appointment.message_class, codepage_text(data, size, it->codepage)); return;
  case ATT_BODY: set(&it->tnef->plain, codepage_text(data, size, it->codepage)); return;
  case ATT_PROPERTIES: mapi_read(data, size, take_of_message, it); return;
  case ATT_FILE_BEGINS:
    end_file(it);
    it->has_file = true;
    return;
  case ATT_FILE_TITLE: set(&it->file.title, clean(codepage_text(data, size, it->codepage))); return;
  case ATT_FILE_DATA:
    it->file.data = data;
    it->file.size = size;
    return;
  case ATT_FILE_PROPERTIES: mapi_read(data, size, take_of_file, it); return;
  case ATT_CODEPAGE: return;
  }
}

static void read_attributes(struct opening *it, struct reader reader)
{
  guint64 level = 0, id = 0, size = 0;
  for (int i = 0; i < ATTRIBUTES_MAX; i++) {
    if (!take_number(&reader, 1, &level) || level == 0) break; /* the end, or zeros that fill up */
    bool has_head = take_number(&reader, 4, &id) && take_number(&reader, 4, &size);
    const guint8 *data = has_head ? take(&reader, (gsize)size) : NULL;
    it->tnef->is_broken = !data;
    if (!data) break;
    take_attribute(it, id, data, (gsize)size);
    if (!take(&reader, 2)) break; /* a checksum that nobody writes right */
  }
  end_file(it);
}

/* Line ends as ours; NULL where there is nothing but blanks. Takes the text over. */
static char *text_or_nothing(char *text)
{
  g_autofree char *owned = text;
  if (!owned) return NULL;
  GString *out = g_string_sized_new(strlen(owned));
  for (const char *p = owned; *p; p++)
    if (*p != '\r') g_string_append_c(out, *p);
  g_strstrip(out->str);
  return *out->str ? g_string_free(out, FALSE) : (g_string_free(out, TRUE), NULL);
}

struct tnef *tnef_read(const void *bytes, gsize size, const char *from)
{
  struct reader reader = { bytes, MIN(size, TNEF_BYTES) };
  guint64 signature = 0;
  if (!take_number(&reader, 4, &signature) || signature != SIGNATURE || !take(&reader, 2)) return NULL;
  struct opening it = { .tnef = g_new0(struct tnef, 1), .codepage = 1252 };
  it.tnef->files = g_ptr_array_new_with_free_func(file_free);
  find_codepage(&it, reader);
  read_attributes(&it, reader);
  it.tnef->plain = text_or_nothing(it.tnef->plain);
  it.tnef->html = text_or_nothing(it.tnef->html);
  if (!it.tnef->plain && !it.tnef->html && it.rtf)
    it.tnef->plain = text_or_nothing(rtf_text(it.rtf, it.rtf_size));
  const char *method = NULL;
  it.tnef->calendar = appointment_text(&it.appointment, from, &method);
  it.tnef->calendar_method = g_strdup(method);
  appointment_clear(&it.appointment);
  return it.tnef;
}

void tnef_free(struct tnef *tnef)
{
  if (!tnef) return;
  char *texts[] = { tnef->plain, tnef->html, tnef->calendar, tnef->calendar_method };
  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) g_free(texts[i]);
  g_ptr_array_unref(tnef->files);
  g_free(tnef);
}
