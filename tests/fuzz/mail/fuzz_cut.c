/* Cutting any text, with any parent: the result is UTF-8 where the input was, holds no marks, is no longer
 * than a small multiple of the input, and is empty only where the text is blank. The first line of the input
 * is the parent's text, and a letter that may be quoted in the rest. */
#include "lib/mail/cut/among.h"
#include "lib/mail/cut/cut.h"
#include "lib/mail/read.h"
#include <glib.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* As lib/mail/body.c hands texts over: UTF-8, no controls. */
static char *clean(const uint8_t *data, size_t size)
{
  char *text = g_utf8_make_valid((const char *)data, (gssize)size);
  for (char *p = text; *p; p++)
    if ((guchar)*p < ' ' && *p != '\n' && *p != '\t' && (*p < 0x11 || *p > 0x17)) *p = ' ';
  return text;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  g_autofree char *text = clean(data, size);
  g_autofree char *parent = g_strndup(text, strcspn(text, "\n"));
  struct cut_text cut;
  cut_text(text, &(struct cut_hints){ .from_name = "Doris", .subject = "WG: x", .parent_text = parent },
           &cut);
  const char *results[] = { cut.text_new, cut.signature, cut.forwarded ? cut.forwarded : "" };
  for (gsize i = 0; i < G_N_ELEMENTS(results); i++) {
    g_assert_true(g_utf8_validate(results[i], -1, NULL));
    g_assert_cmpuint(strlen(results[i]), <=, 4 * strlen(text) + 64);
  }
  struct among among;
  if (among_find(text, cut.text_new, parent, &among))
    for (guint i = 0; i < among.answers->len; i++) {
      const struct among_answer *answer = among.answers->pdata[i];
      g_assert_true(g_utf8_validate(answer->text, -1, NULL) && g_utf8_validate(answer->about, -1, NULL));
    }
  among_clear(&among);
  cut_text_clear(&cut);
  return 0;
}
