/* What a moderator wanted left out and did not get: remembered with the question, since the next answer is
 * short. "ok" behind "ok, aber den Geburtstag raus" must not send the whole mail, and 'ok, aber ohne "3.
 * Mai"' must leave out the telephone number that the first answer named as well. Written when nothing was
 * released (decide.c), read by the next answer (decide.c, release.c). */
#include "lists/moderation/wanted.h"

#include "lists/moderation/leave_out.h"
#include "lists/understand/understand.h"

#include "lib/store/requests.h"
#include "lib/text/redact/wishes.h"

#include <string.h>

static const char MARK[] = "wants_out=1", LINE[] = "out=";

bool wanted_any(const struct request *request)
{
  g_autofree char *mark = request_detail(request, "wants_out");
  return mark != NULL;
}

GPtrArray *wanted_codes(const struct request *request)
{
  GPtrArray *codes = g_ptr_array_new_with_free_func(g_free);
  g_auto(GStrv) lines = g_strsplit(request->details ? request->details : "", "\n", -1);
  for (char **line = lines; *line; line++)
    if (g_str_has_prefix(*line, LINE)) g_ptr_array_add(codes, g_strcompress(*line + strlen(LINE)));
  return codes;
}

/* Can a program find it? What it cannot, the next answer says in other words. */
static bool is_findable(const char *code)
{
  static const char *const prefixes[] = { LEFT_OUT_WORDS, LEAVE_OUT_PERSON, LEAVE_OUT_NUMBER };
  for (gsize i = 0; i < G_N_ELEMENTS(prefixes); i++)
    if (g_str_has_prefix(code, prefixes[i])) return true;
  return redact_wish_of(code) != REDACT_WISH_UNKNOWN;
}

static void add(GPtrArray *codes, const char *code)
{
  if (is_findable(code) && !g_ptr_array_find_with_equal_func(codes, code, g_str_equal, NULL))
    g_ptr_array_add(codes, g_strdup(code));
}

bool wanted_remember(struct store *store, const struct request *request, const GPtrArray *codes,
                     const GPtrArray *names, GError **error)
{
  g_autoptr(GPtrArray) all = wanted_codes(request);
  for (guint i = 0; i < codes->len; i++) add(all, codes->pdata[i]);
  for (guint i = 0; i < names->len; i++) {
    g_autofree char *words = g_strconcat(LEFT_OUT_WORDS, (char *)names->pdata[i], NULL);
    add(all, words);
  }
  g_autoptr(GString) details = g_string_new(NULL);
  g_auto(GStrv) lines = g_strsplit(request->details ? request->details : "", "\n", -1);
  for (char **line = lines; *line; line++)
    if (**line && !g_str_has_prefix(*line, LINE) && strcmp(*line, MARK) != 0)
      g_string_append_printf(details, "%s\n", *line);
  g_string_append_printf(details, "%s\n", MARK);
  for (guint i = 0; i < all->len; i++) {
    g_autofree char *escaped = g_strescape(all->pdata[i], NULL);
    g_string_append_printf(details, "%s%s\n", LINE, escaped);
  }
  return request_set_details(store, request->id, details->str, error);
}
