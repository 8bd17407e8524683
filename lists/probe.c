/* The probe of `kiezpost check`, as the worker sees it. The last verdict is one row of the store's settings:
 * "NONCE clean", "NONCE silent" or "NONCE forged". */
#include "lists/probe.h"

#include <stdlib.h>
#include <string.h>

static const char setting_name[] = "probe";

char *probe_mark(guint32 nonce)
{
  return g_strdup_printf("kiezpost-probe-%08x", nonce);
}

/* The header of the raw mail, without the body. */
static GString *header_of(GBytes *raw)
{
  gsize size = 0;
  const char *bytes = g_bytes_get_data(raw, &size);
  const char *end = memmem(bytes, size, "\r\n\r\n", 4);
  return g_string_new_len(bytes, end != NULL ? end - bytes : (gssize)size);
}

static const char *word_of(const struct work *work, const struct arrival *arrival)
{
  g_autofree char *mark = probe_mark(arrival->target.token.object);
  g_autofree char *field = g_strdup_printf("Authentication-Results: %s", work->config->authserv_id);
  GString *header = header_of(arrival->raw);
  const char *word = strstr(header->str, mark) != NULL    ? "forged"
                     : strstr(header->str, field) != NULL ? "clean"
                                                          : "silent";
  g_string_free(header, TRUE);
  return word;
}

bool probe_receive(struct work *work, const struct arrival *arrival, struct decision *decision,
                   GError **error)
{
  g_autofree char *note = g_strdup_printf("%08x %s", arrival->target.token.object, word_of(work, arrival));
  decision->outcome = OUTCOME_FILED;
  return store_set_setting(work->store, setting_name, note, error);
}

enum probe_verdict probe_verdict_of(struct store *store, guint32 nonce)
{
  g_autofree char *note = store_setting(store, setting_name, NULL);
  g_autofree char *wanted = g_strdup_printf("%08x ", nonce);
  if (note == NULL || !g_str_has_prefix(note, wanted)) return PROBE_UNSEEN;
  const char *word = note + strlen(wanted);
  return strcmp(word, "clean") == 0 ? PROBE_CLEAN : strcmp(word, "silent") == 0 ? PROBE_SILENT : PROBE_FORGED;
}
