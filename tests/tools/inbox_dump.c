/* inbox_dump: what waits in an inbox, for tests.
 *
 *   inbox_dump DIR            one line a mail: "<sender> recipient,recipient SIZE inline|spool SHA-256"
 *   inbox_dump --body DIR     the bytes of the last mail */
#include "lib/store/inbox/inbox.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PAGE = 500 };

static void fail(const GError *error)
{
  fprintf(stderr, "%s\n", error->message);
  exit(1);
}

static GBytes *bytes_of(struct inbox *inbox, int64_t id)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(inbox_mail_t) mail = inbox_get(inbox, id, &error);
  GBytes *bytes = mail ? inbox_bytes(inbox, mail, &error) : NULL;
  if (!bytes) fail(error);
  return bytes;
}

static void print_mail(struct inbox *inbox, const struct inbox_mail *mail)
{
  g_autoptr(GBytes) bytes = bytes_of(inbox, mail->id);
  g_autofree char *sum = g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, bytes);
  g_autofree char *recipients = g_strjoinv(",", mail->recipients);
  printf("<%s> %s %" G_GINT64_FORMAT " %s %s\n", mail->sender, recipients, (gint64)mail->size_bytes,
         mail->spool ? "spool" : "inline", sum);
  if (g_bytes_get_size(bytes) != (gsize)mail->size_bytes) {
    fprintf(stderr, "the size is wrong: %zu bytes\n", g_bytes_get_size(bytes));
    exit(1);
  }
}

int main(int argc, char **argv)
{
  bool wants_body = argc > 1 && !strcmp(argv[1], "--body");
  if (argc != (wants_body ? 3 : 2)) return 64;
  g_autoptr(GError) error = NULL;
  g_autoptr(inbox_t) inbox = inbox_open(argv[argc - 1], false, &error);
  if (!inbox) fail(error);
  int64_t last = 0;
  for (guint seen = PAGE; seen == PAGE;) {
    g_autoptr(GPtrArray) page = inbox_list(inbox, last, PAGE, false, &error);
    if (!page) fail(error);
    seen = page->len;
    for (guint i = 0; i < seen; i++) {
      const struct inbox_mail *mail = g_ptr_array_index(page, i);
      last = mail->id;
      if (!wants_body) print_mail(inbox, mail);
    }
  }
  if (!wants_body || !last) return 0;
  g_autoptr(GBytes) bytes = bytes_of(inbox, last);
  return fwrite(g_bytes_get_data(bytes, NULL), 1, g_bytes_get_size(bytes), stdout) == g_bytes_get_size(bytes)
             ? 0
             : 1;
}
