/* bench_inbox DIRECTORY GROUP SECONDS FILE…: the ceiling of accepting: how many of these mails a second the
 * inbox takes when GROUP of them are committed together, with nothing else to do. Prints: group=… mails=…
 * mails_s=… */
#include <stdio.h>
#include <stdlib.h>

#include "lib/base/clock.h"
#include "lib/store/inbox/inbox.h"

static GPtrArray *load(char **files, int count)
{
  GPtrArray *bodies = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
  for (int i = 0; i < count; i++) {
    char *bytes = NULL;
    gsize size = 0;
    if (!g_file_get_contents(files[i], &bytes, &size, NULL)) continue;
    if (size > INBOX_INLINE_BYTES)
      g_free(bytes);
    else
      g_ptr_array_add(bodies, g_bytes_new_take(bytes, size));
  }
  return bodies;
}

static bool put_group(struct inbox *inbox, const GPtrArray *bodies, guint *next, int group, GError **error)
{
  static char recipient[] = "gruenau@kiez.example";
  static char *recipients[] = { recipient, NULL };
  if (!inbox_begin(inbox, error)) return false;
  for (int i = 0; i < group; i++) {
    GBytes *body = bodies->pdata[*next % bodies->len];
    *next += 1;
    struct inbox_mail mail = { .received = 1772442900,
                               .sender = (char *)"a@b.example",
                               .recipients = recipients,
                               .body = body,
                               .size_bytes = (int64_t)g_bytes_get_size(body) };
    if (!inbox_put(inbox, &mail, error)) return false;
  }
  return inbox_commit(inbox, error);
}

int main(int argc, char **argv)
{
  if (argc < 5) {
    fputs("usage: bench_inbox DIRECTORY GROUP SECONDS FILE…\n", stderr);
    return 64;
  }
  g_autoptr(GError) error = NULL;
  int group = (int)strtol(argv[2], NULL, 10);
  int64_t milliseconds = strtoll(argv[3], NULL, 10) * 1000;
  g_autoptr(GPtrArray) bodies = load(argv + 4, argc - 4);
  g_autoptr(inbox_t) inbox = inbox_create(argv[1], &error) ? inbox_open(argv[1], false, &error) : NULL;
  int64_t start = clock_monotonic_ms(), passed = 0;
  guint mails = 0;
  while (inbox != NULL && (passed = clock_monotonic_ms() - start) < milliseconds)
    if (!put_group(inbox, bodies, &mails, group, &error)) break;
  if (error != NULL) {
    fprintf(stderr, "bench_inbox: %s\n", error->message);
    return 1;
  }
  printf("group=%d mails=%u mails_s=%.0f\n", group, mails, (double)mails * 1000.0 / (double)passed);
  return 0;
}
