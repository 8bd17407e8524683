/* Notices: who got a sentence back from us today. One small fact in the store holds it: a line for each
 * notice of the last 24 hours, an HMAC of purpose and address and the moment. It is pruned whenever it is
 * written, and when it is full nobody gets a notice for a while; mails are held all the same, only without
 * the sentence. */
#include "lists/notices.h"

#include <string.h>

enum { NOTICES_MAX = 300, NOTICE_SECONDS = 24 * 3600, MARK_LENGTH = 16 };

/* Sixteen hex digits for purpose and address. */
static void mark_of(const struct keys *keys, const char *purpose, const char *address,
                    char mark[MARK_LENGTH + 1])
{
  g_autofree char *text = g_strconcat(purpose, "\n", address, NULL);
  unsigned char mac[32];
  keys_hmac(keys_log_secret(keys), text, strlen(text), mac);
  for (int i = 0; i < MARK_LENGTH / 2; i++) g_snprintf(mark + 2 * i, 3, "%02x", mac[i]);
}

/* Copies the lines that still count; counts them; says whether one of them is the mark's. */
static bool keep_recent(const char *lines, const char *mark, int64_t now, GString *kept, int *count)
{
  bool is_known = false;
  g_auto(GStrv) all = g_strsplit(lines ? lines : "", "\n", -1);
  for (char **line = all; *line; line++) {
    if (strlen(*line) <= MARK_LENGTH + 1) continue;
    int64_t then = g_ascii_strtoll(*line + MARK_LENGTH + 1, NULL, 10);
    if (then > now || now - then >= NOTICE_SECONDS) continue;
    if (strncmp(*line, mark, MARK_LENGTH) == 0) is_known = true;
    g_string_append_printf(kept, "%s\n", *line);
    ++*count;
  }
  return is_known;
}

bool notices_may(struct work *work, const char *purpose, const char *address, bool *may, GError **error)
{
  *may = false;
  char mark[MARK_LENGTH + 1];
  mark_of(work->keys, purpose, address, mark);
  GError *failed = NULL;
  g_autofree char *lines = store_setting(work->store, "notices", &failed);
  if (failed) {
    g_propagate_error(error, failed);
    return false;
  }
  g_autoptr(GString) kept = g_string_new(NULL);
  int count = 0;
  if (keep_recent(lines, mark, work->now, kept, &count) || count >= NOTICES_MAX) return true;
  g_string_append_printf(kept, "%s %" G_GINT64_FORMAT "\n", mark, work->now);
  if (!store_set_setting(work->store, "notices", kept->str, error)) return false;
  *may = true;
  return true;
}
