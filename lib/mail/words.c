/* Encoded words: "=?utf-8?Q?Gr=C3=BCnau?=" becomes "Grünau".
 *
 * Why not GMime's decoder: text declared iso-8859-1 is windows-1252 in practice, unknown charsets are to be
 * detected, and both are lib/text's business. The bytes of neighbouring words of one charset are joined
 * before they are converted, because senders cut through the middle of a character. */
#include "lib/mail/words.h"

#include "lib/text/charset.h"
#include "lib/text/escape.h"

#include <gmime/gmime.h>
#include <string.h>

enum { CHARSET_MAX = 60, WORD_MAX = 4000, RUNS_MAX = 500 /* each may cost a detection of its charset */ };

struct word {
  const char *charset, *text, *end; /* end: behind "?=" */
  gsize charset_size, text_size;
  char encoding; /* 'b' or 'q' */
};

/* Reads the word that begins with the "=?" at `at`. */
static bool read_word(const char *at, struct word *word)
{
  const char *p = at + 2;
  word->charset = p;
  while (*p > ' ' && *p != '?' && p - word->charset < CHARSET_MAX) p++;
  word->charset_size = (gsize)(p - word->charset);
  if (*p != '?' || word->charset_size == 0) return false;
  const char *star = memchr(word->charset, '*', word->charset_size);
  if (star) word->charset_size = (gsize)(star - word->charset);
  word->encoding = (char)g_ascii_tolower(p[1]);
  if ((word->encoding != 'b' && word->encoding != 'q') || p[2] != '?') return false;
  word->text = p + 3;
  for (p = word->text; *p && p - word->text < WORD_MAX; p++) {
    if (p[0] == '?' && p[1] == '=' &&
        !(word->encoding == 'q' && g_ascii_isxdigit(p[2]) && g_ascii_isxdigit(p[3]))) {
      word->text_size = (gsize)(p - word->text);
      word->end = p + 2;
      return true;
    }
    if (p[0] == '=' && p[1] == '?' && p[2] != '=' && p > word->text) return false;
  }
  return false;
}

static void decode_word(const struct word *word, GByteArray *bytes)
{
  guint before = bytes->len;
  g_byte_array_set_size(bytes, before + (guint)word->text_size + 3);
  int state = 0;
  guint32 save = 0;
  gsize size;
  if (word->encoding == 'b') {
    size = g_mime_encoding_base64_decode_step((const unsigned char *)word->text, word->text_size,
                                              bytes->data + before, &state, &save);
  } else {
    unsigned char *to = bytes->data + before;
    for (gsize i = 0; i < word->text_size; i++) {
      char c = word->text[i];
      bool is_hex = c == '=' && i + 2 < word->text_size && g_ascii_isxdigit(word->text[i + 1]) &&
                    g_ascii_isxdigit(word->text[i + 2]);
      if (is_hex) {
        *to++ = (unsigned char)(g_ascii_xdigit_value(word->text[i + 1]) << 4 |
                                g_ascii_xdigit_value(word->text[i + 2]));
        i += 2;
      } else {
        *to++ = c == '_' ? ' ' : (unsigned char)c;
      }
    }
    size = (gsize)(to - (bytes->data + before));
  }
  g_byte_array_set_size(bytes, before + (guint)size);
}

static const char *skip_blanks(const char *p)
{
  while (*p == ' ' || *p == '\t' || *p == '\r' || *p == '\n') p++;
  return p;
}

/* Decodes a run of neighbouring words of one charset; returns the first byte behind it. */
static const char *put_run(GString *out, struct word *word)
{
  g_autoptr(GByteArray) bytes = g_byte_array_new();
  g_autofree char *charset = g_strndup(word->charset, word->charset_size);
  const char *at;
  for (;;) {
    decode_word(word, bytes);
    at = word->end;
    const char *next = skip_blanks(at);
    struct word follower;
    if (next[0] != '=' || next[1] != '?' || !read_word(next, &follower)) break;
    at = next; /* blanks between two words do not count */
    if (follower.charset_size != word->charset_size ||
        g_ascii_strncasecmp(follower.charset, charset, word->charset_size) != 0)
      break;
    *word = follower;
  }
  g_autofree char *text = charset_to_utf8((const char *)bytes->data, bytes->len, charset, NULL);
  g_string_append(out, text);
  return at;
}

/* Programs that put a tag before a subject ("[Liste]=?utf-8?…") swallow the blank that stood there. */
static void put_gap(GString *out)
{
  if (out->len && out->str[out->len - 1] == ']') g_string_append_c(out, ' ');
}

/* Controls (a decoded word may hold line breaks) become spaces; ends are trimmed. */
static char *one_line(GString *out)
{
  for (char *p = out->str; *p; p++)
    if ((unsigned char)*p < ' ' || *p == 127) *p = ' ';
  return g_strstrip(g_string_free(out, FALSE));
}

char *words_decode(const char *text)
{
  g_autofree char *valid = g_utf8_validate(text, -1, NULL) ? NULL : text_make_valid(text, strlen(text));
  const char *p = valid ? valid : text;
  GString *out = g_string_sized_new(strlen(p) + 1);
  int runs = 0;
  while (*p) {
    const char *mark = runs < RUNS_MAX ? strstr(p, "=?") : NULL;
    struct word word;
    if (!mark) {
      g_string_append(out, p);
      break;
    }
    g_string_append_len(out, p, mark - p);
    if (read_word(mark, &word)) {
      put_gap(out);
      p = put_run(out, &word);
      runs++;
    } else {
      g_string_append_len(out, mark, 2);
      p = mark + 2;
    }
  }
  return one_line(out);
}
