/* Folding before looking: digits of every script and their wide forms become 0 to 9, wide Latin letters and
 * signs their ASCII ones, every blank becomes a space, the dashes people write numbers with become "-", and
 * what only dresses a digit (keycaps) goes. So a number is found however a telephone or an input method
 * writes it. The folded text is for matching only: what stays is put out as it was written, by the place each
 * folded byte came from. */
#include "lib/text/redact/redact_scan.h"

/* What a character is taken for; 0: nothing, it is passed over. */
static gunichar fold_character(gunichar c)
{
  if (c >= 0xff01 && c <= 0xff5e) return c - 0xff01 + '!';
  if ((c >= 0xfe00 && c <= 0xfe0f) || c == 0x20e3) return 0;
  switch (c) {
  case '\n': return c;
  case 0x2010:
  case 0x2011:
  case 0x2012:
  case 0x2013:
  case 0x2212:
  case 0xfe63: return '-';
  case 0xfe6b: return '@';
  case 0xfe52: return '.';
  default: break;
  }
  if (g_unichar_isspace(c)) return ' ';
  return g_unichar_type(c) == G_UNICODE_DECIMAL_NUMBER ? '0' + (gunichar)g_unichar_digit_value(c) : c;
}

void redact_fold(struct folded *folded, const char *text, gsize size)
{
  folded->text = g_string_sized_new(size);
  folded->origins = g_array_sized_new(FALSE, FALSE, sizeof(gsize), (guint)size + 1);
  const char *next;
  for (const char *p = text; p < text + size; p = next) {
    next = g_utf8_next_char(p);
    gsize origin = (gsize)(p - text);
    gunichar c = (guchar)*p < 0x80 ? (gunichar)*p : g_utf8_get_char(p);
    c = c > ' ' && c < 0x80 ? c : fold_character(c);
    if (c == 0) continue;
    g_string_append_unichar(folded->text, c);
    while (folded->origins->len < folded->text->len) g_array_append_val(folded->origins, origin);
  }
  g_array_append_val(folded->origins, size);
}

gsize redact_fold_origin(const struct folded *folded, gsize at)
{
  return g_array_index(folded->origins, gsize, at);
}

void redact_fold_clear(struct folded *folded)
{
  g_string_free(folded->text, TRUE);
  g_array_unref(folded->origins);
}
