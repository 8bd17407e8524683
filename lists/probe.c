/* The probe of `kiezpost check`, as the worker sees it. The last verdict is one row of the store's settings:
 * "NONCE clean" or "NONCE forged". */
#include "lists/probe.h"

#include <stdlib.h>
#include <string.h>

static const char setting_name[] = "probe";

char *probe_mark(guint32 nonce)
{
  return g_strdup_printf("kiezpost-probe-%08x", nonce);
}

/* Does the header (not the body) of the raw mail still hold the mark? */
static bool header_holds(GBytes *raw, const char *mark)
{
  gsize size = 0;
  const char *bytes = g_bytes_get_data(raw, &size);
  const char *end = memmem(bytes, size, "\r\n\r\n", 4);
  return memmem(bytes, end != NULL ? (gsize)(end - bytes) : size, mark, strlen(mark)) != NULL;
}

bool probe_receive(struct work *work, const struct arrival *arrival, struct decision *decision,
                   GError **error)
{
  guint32 nonce = arrival->target.token.object;
  g_autofree char *mark = probe_mark(nonce);
  g_autofree char *note =
      g_strdup_printf("%08x %s", nonce, header_holds(arrival->raw, mark) ? "forged" : "clean");
  decision->outcome = OUTCOME_FILED;
  return store_set_setting(work->store, setting_name, note, error);
}

enum probe_verdict probe_verdict_of(struct store *store, guint32 nonce)
{
  g_autofree char *note = store_setting(store, setting_name, NULL);
  g_autofree char *wanted = g_strdup_printf("%08x ", nonce);
  if (note == NULL || !g_str_has_prefix(note, wanted)) return PROBE_UNSEEN;
  return strcmp(note + strlen(wanted), "clean") == 0 ? PROBE_CLEAN : PROBE_FORGED;
}
