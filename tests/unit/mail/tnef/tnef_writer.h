/* Writes winmail.dat for tests, attribute by attribute. */
#ifndef TESTS_TNEF_WRITER_H
#define TESTS_TNEF_WRITER_H

#include <glib.h>
#include <string.h>

static inline void tnef_number(GByteArray *out, guint64 number, int bytes)
{
  for (int i = 0; i < bytes; i++) {
    guint8 byte = (guint8)(number >> (8 * i));
    g_byte_array_append(out, &byte, 1);
  }
}

static inline void tnef_begin(GByteArray *out)
{
  tnef_number(out, 0x223e9f78, 4);
  tnef_number(out, 1, 2);
}

static inline void tnef_attribute(GByteArray *out, int level, guint32 id, const void *bytes, gsize size)
{
  tnef_number(out, (guint64)level, 1);
  tnef_number(out, id, 4);
  tnef_number(out, size, 4);
  g_byte_array_append(out, bytes, (guint)size);
  tnef_number(out, 0, 2);
}

static inline void tnef_pad(GByteArray *out)
{
  while (out->len % 4) tnef_number(out, 0, 1);
}

/* One value whose size is said: strings, bytes, objects. */
static inline void tnef_value(GByteArray *out, guint type, guint id, const void *bytes, gsize size)
{
  tnef_number(out, type, 2);
  tnef_number(out, id, 2);
  tnef_number(out, 1, 4);
  tnef_number(out, size, 4);
  g_byte_array_append(out, bytes, (guint)size);
  tnef_pad(out);
}

static inline void tnef_unicode(GByteArray *out, guint id, const char *text)
{
  glong units = 0;
  g_autofree gunichar2 *utf16 = g_utf8_to_utf16(text, -1, NULL, &units, NULL);
  tnef_value(out, 0x001F, id, utf16, ((gsize)units + 1) * 2);
}

/* A named property of a set, by number. */
static inline void tnef_named(GByteArray *out, guint type, const guint8 set[16], guint32 name,
                              const void *bytes, gsize size)
{
  tnef_number(out, type, 2);
  tnef_number(out, 0x8001, 2);
  g_byte_array_append(out, set, 16);
  tnef_number(out, 0, 4);
  tnef_number(out, name, 4);
  if (type == 0x0102) {
    tnef_number(out, 1, 4);
    tnef_number(out, size, 4);
  }
  g_byte_array_append(out, bytes, (guint)size);
  tnef_pad(out);
}

/* An attachment with its long name. */
static inline void tnef_file(GByteArray *out, const char *name, const void *bytes, gsize size)
{
  guint8 render[14] = { 0 };
  tnef_attribute(out, 2, 0x00069002, render, sizeof render);
  tnef_attribute(out, 2, 0x00018010, "KURZ~1.PDF", 11);
  tnef_attribute(out, 2, 0x0006800F, bytes, size);
  g_autoptr(GByteArray) properties = g_byte_array_new();
  tnef_number(properties, 1, 4);
  tnef_unicode(properties, 0x3707, name);
  tnef_attribute(out, 2, 0x00069005, properties->data, properties->len);
}

/* A mail that brings it; `text` is the mail's own. */
static inline char *tnef_mail(const GByteArray *tnef, const char *type, const char *text)
{
  g_autofree char *base64 = g_base64_encode(tnef->data, tnef->len);
  g_autoptr(GString) lines = g_string_new(NULL);
  for (gsize at = 0, length = strlen(base64); at < length; at += 76)
    g_string_append_printf(lines, "%.76s\n", base64 + at);
  return g_strdup_printf(
      "From: Anna <anna@post.example>\nTo: gruenau@kiez.example\nSubject: Post aus dem Amt\nMIME-Version: "
      "1.0\n"
      "Content-Type: multipart/mixed; boundary=g\n\n--g\nContent-Type: text/plain\n\n%s\n--g\nContent-Type: "
      "%s; name=winmail.dat\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment; "
      "filename=winmail.dat\n\n%s--g--\n",
      text, type, lines->str);
}

#endif
