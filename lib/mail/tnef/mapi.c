/* Properties of MAPI as TNEF writes them ([MS-OXTNEF] section 2.1.3.4): a count, then type, number, name of
 * the named ones, and values, each padded to four bytes. Nothing is copied; a length that does not fit ends
 * the list. */
#include "lib/mail/tnef/inside.h"

#include "lib/text/charset.h"

#include <string.h>

enum { NAMED = 0x8000, MANY = 0x1000, PROPERTIES_MAX = 2000, VALUES_MAX = 10000 };

const guint8 *take(struct reader *reader, gsize size)
{
  if (size > reader->left) {
    reader->left = 0;
    return NULL;
  }
  const guint8 *at = reader->at;
  reader->at += size;
  reader->left -= size;
  return at;
}

bool take_number(struct reader *reader, gsize bytes, guint64 *number)
{
  const guint8 *at = take(reader, bytes);
  *number = 0;
  for (gsize i = bytes; at && i-- > 0;) *number = *number << 8 | at[i];
  return at != NULL;
}

/* Bytes up to a multiple of four; the last ones may be missing at the end. */
static const guint8 *take_padded(struct reader *reader, guint64 size)
{
  if (size > reader->left) return take(reader, G_MAXSIZE);
  const guint8 *at = take(reader, (gsize)size);
  take(reader, MIN((4 - size % 4) % 4, reader->left));
  return at;
}

/* The set and number of a named property; names that are words are passed over. */
static bool take_name(struct reader *reader, struct property *property)
{
  guint64 kind = 0, size = 0;
  property->set = take(reader, 16);
  if (!property->set || !take_number(reader, 4, &kind)) return false;
  if (kind == 0) return take_number(reader, 4, &property->name);
  return take_number(reader, 4, &size) && take_padded(reader, size) != NULL;
}

/* How many bytes a value of a fixed size takes; 0: its size is said. */
static gsize fixed_size(unsigned type)
{
  switch (type & ~(unsigned)MANY) {
  case 0x0000:
  case 0x0001:
  case 0x0002:
  case 0x0003:
  case 0x0004:
  case 0x000A:
  case 0x000B: return 4;
  case 0x0005:
  case 0x0006:
  case 0x0007:
  case 0x0014:
  case 0x0040: return 8;
  case 0x0048: return 16;
  default: return 0;
  }
}

/* The values; the first one counts. */
static bool take_values(struct reader *reader, struct property *property)
{
  gsize fixed = fixed_size(property->type);
  guint64 count = 1;
  bool is_counted = (property->type & MANY) || fixed == 0;
  if (is_counted && (!take_number(reader, 4, &count) || count > VALUES_MAX)) return false;
  for (guint64 i = 0; i < count; i++) {
    guint64 size = fixed;
    if (fixed == 0 && !take_number(reader, 4, &size)) return false;
    const guint8 *value = take_padded(reader, size);
    if (!value) return false;
    if (i > 0) continue;
    property->value = value;
    property->size = (gsize)size;
  }
  return true;
}

void mapi_read(const guint8 *bytes, gsize size, each_property *each, void *data)
{
  struct reader reader = { bytes, size };
  guint64 count = 0;
  if (!take_number(&reader, 4, &count)) return;
  for (guint64 i = 0; i < MIN(count, PROPERTIES_MAX); i++) {
    struct property property = { 0 };
    guint64 type = 0, id = 0;
    if (!take_number(&reader, 2, &type) || !take_number(&reader, 2, &id)) return;
    property.type = (unsigned)type;
    property.id = (unsigned)id;
    if (id >= NAMED && !take_name(&reader, &property)) return;
    if (!take_values(&reader, &property)) return;
    if (property.value) each(&property, data);
  }
}

/* ICU's name of a Windows code page. Caller frees. */
static char *codepage_name(unsigned codepage)
{
  if (codepage == 65001) return g_strdup("utf-8");
  if (codepage >= 1250 && codepage <= 1258) return g_strdup_printf("windows-%u", codepage);
  if (codepage > 28590 && codepage <= 28605) return g_strdup_printf("iso-8859-%u", codepage - 28590);
  if (codepage == 20866) return g_strdup("koi8-r");
  if (codepage >= 400 && codepage < 1250) return g_strdup_printf("ibm-%u", codepage);
  return g_strdup("windows-1252");
}

char *codepage_text(const guint8 *bytes, gsize size, unsigned codepage)
{
  const guint8 *nul = size ? memchr(bytes, 0, size) : NULL;
  gsize length = MIN(nul ? (gsize)(nul - bytes) : size, TNEF_TEXT);
  g_autofree char *name = codepage_name(codepage);
  return charset_to_utf8((const char *)bytes, length, name, NULL);
}

char *mapi_text(const struct property *property, unsigned codepage)
{
  if (property->type != TYPE_UNICODE) return codepage_text(property->value, property->size, codepage);
  gsize length = 0, most = MIN(property->size, 2 * (gsize)TNEF_TEXT) / 2;
  while (length < most && (property->value[2 * length] || property->value[2 * length + 1])) length++;
  GString *text = g_string_sized_new(length);
  for (gsize i = 0; i < length; i++) {
    gunichar unit = property->value[2 * i] | (gunichar)property->value[2 * i + 1] << 8;
    bool is_high = unit >= 0xD800 && unit < 0xDC00 && i + 1 < length;
    gunichar low = is_high ? property->value[2 * i + 2] | (gunichar)property->value[2 * i + 3] << 8 : 0;
    if (low >= 0xDC00 && low < 0xE000) {
      unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
      i++;
    }
    g_string_append_unichar(text, g_unichar_validate(unit) ? unit : 0xFFFD);
  }
  return g_string_free(text, FALSE);
}

guint64 mapi_number(const struct property *property)
{
  struct reader reader = { property->value, property->size };
  guint64 number = 0;
  take_number(&reader, MIN(property->size, 8), &number);
  return number;
}
