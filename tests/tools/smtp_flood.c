/* smtp_flood: a bare SMTP client, the ceiling for fan-out in the bench.
 *
 * usage: smtp_flood PORT RECIPIENTS [--connections C] [--per-envelope K] [--size BYTES] [--no-pipelining]
 * Sends a mail made once to r1@sink.example, r2@… over C connections, each a thread. With pipelining the next
 * MAIL, RCPT and DATA leave in one write with the end of the content before (as kiezpost does); without,
 * every command waits for its reply. It stores nothing and reads replies only to count them, so nothing that
 * keeps books can be faster. Prints recipients, seconds and rate. */
#include <arpa/inet.h>
#include <glib.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static gint connections = 4, per_envelope = 1, size = 8000;
static gboolean no_pipelining;
static const GOptionEntry options[] = {
  { "connections", 0, 0, G_OPTION_ARG_INT, &connections, "at once, default 4", "C" },
  { "per-envelope", 0, 0, G_OPTION_ARG_INT, &per_envelope, "recipients an envelope, default 1", "K" },
  { "size", 0, 0, G_OPTION_ARG_INT, &size, "bytes of the mail, default 8000", "BYTES" },
  { "no-pipelining", 0, 0, G_OPTION_ARG_NONE, &no_pipelining, "wait for every reply", NULL },
  { 0 },
};
static guint16 port;
static guint total;
static GString *content;

struct flood {
  int fd;
  char in[65536];
  gsize begin, end;
};

static void put(struct flood *flood, GString *out)
{
  gsize sent = 0;
  while (sent < out->len) {
    ssize_t n = write(flood->fd, out->str + sent, out->len - sent);
    if (n <= 0) g_error("smtp_flood: the sink hung up");
    sent += (gsize)n;
  }
  g_string_truncate(out, 0);
}

/* Reads `count` replies, all of which must be good. */
static void expect(struct flood *flood, guint count)
{
  while (count > 0) {
    char *start = flood->in + flood->begin, *eol = memchr(start, '\n', flood->end - flood->begin);
    if (eol == NULL) {
      memmove(flood->in, start, flood->end - flood->begin);
      flood->end -= flood->begin;
      flood->begin = 0;
      ssize_t n = read(flood->fd, flood->in + flood->end, sizeof flood->in - flood->end);
      if (n <= 0) g_error("smtp_flood: the sink hung up");
      flood->end += (gsize)n;
      continue;
    }
    if (start[0] != '2' && start[0] != '3') g_error("smtp_flood: %.*s", (int)(eol - start), start);
    if (start[3] != '-') count--;
    flood->begin = (gsize)(eol - flood->in) + 1;
  }
}

/* Commands of one envelope for recipients first…; without pipelining each is waited for. */
static guint put_envelope(struct flood *flood, GString *out, guint first, guint count)
{
  g_string_append_printf(out, "MAIL FROM:<bounce+%u@flood.example> SIZE=%d\r\n", first, size);
  if (no_pipelining) put(flood, out), expect(flood, 1);
  for (guint i = 0; i < count; i++) {
    g_string_append_printf(out, "RCPT TO:<r%u@sink.example>\r\n", first + i);
    if (no_pipelining)
      put(flood, out), expect(flood, 1);
    else if (i % 200 == 199 && i + 1 < count)
      put(flood, out), expect(flood, i == 199 ? 201 : 200);
  }
  g_string_append(out, "DATA\r\n");
  guint in_windows = no_pipelining || count <= 200 ? 0 : (count - 1) / 200 * 200 + 1;
  return no_pipelining ? 1 : count + 2 - in_windows;
}

static gpointer flood_one(gpointer data)
{
  struct flood *flood = g_new0(struct flood, 1);
  guint share = GPOINTER_TO_UINT(data), one = 1, waiting = 0;
  guint first = total / (guint)connections * share,
        last = share + 1 == (guint)connections ? total : total / (guint)connections * (share + 1);
  struct sockaddr_in address = { .sin_family = AF_INET,
                                 .sin_port = htons(port),
                                 .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
  flood->fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(flood->fd, (struct sockaddr *)&address, sizeof address) != 0)
    g_error("smtp_flood: nobody listens");
  setsockopt(flood->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  g_autoptr(GString) out = g_string_sized_new(65536);
  expect(flood, 1);
  g_string_append(out, "EHLO flood.example\r\n");
  put(flood, out);
  expect(flood, 1);
  while (first < last) {
    guint count = MIN((guint)per_envelope, last - first);
    waiting += put_envelope(flood, out, first, count);
    put(flood, out);
    expect(flood, waiting);
    g_string_append_len(out, content->str, (gssize)content->len);
    waiting = 1; /* for the dot: with pipelining it is read together with the next envelope's */
    first += count;
    if (no_pipelining || first >= last || per_envelope > 200)
      put(flood, out), expect(flood, waiting), waiting = 0;
  }
  g_string_append(out, "QUIT\r\n");
  put(flood, out);
  close(flood->fd);
  g_free(flood);
  return NULL;
}

int main(int argc, char **argv)
{
  g_autoptr(GOptionContext) context = g_option_context_new("PORT RECIPIENTS");
  g_autoptr(GError) error = NULL;
  g_option_context_add_main_entries(context, options, NULL);
  if (!g_option_context_parse(context, &argc, &argv, &error) || argc != 3) {
    fprintf(stderr, "smtp_flood: %s\n",
            error != NULL ? error->message : "usage: smtp_flood PORT RECIPIENTS [--help]");
    return 64;
  }
  port = (guint16)g_ascii_strtoull(argv[1], NULL, 10);
  total = (guint)g_ascii_strtoull(argv[2], NULL, 10);
  content = g_string_new("From: flood@flood.example\r\nTo: list@flood.example\r\nSubject: "
                         "flood\r\nMessage-ID: <1@flood.example>\r\n\r\n");
  while (content->len < (gsize)size)
    g_string_append(content, "The quick brown fox jumps over the lazy dog, and then it does so again.\r\n");
  g_string_append(content, ".\r\n");
  gint64 begun = g_get_monotonic_time();
  g_autoptr(GPtrArray) threads = g_ptr_array_new();
  for (gint i = 0; i < connections; i++)
    g_ptr_array_add(threads, g_thread_new("flood", flood_one, GUINT_TO_POINTER((guint)i)));
  for (guint i = 0; i < threads->len; i++) g_thread_join(g_ptr_array_index(threads, i));
  double seconds = (double)(g_get_monotonic_time() - begun) / 1e6;
  printf("recipients=%u seconds=%.3f rate=%.0f\n", total, seconds, (double)total / seconds);
  return 0;
}
