/* lmtp_load: posts many mails over many LMTP sessions and times each one.
 *
 *   lmtp_load [-c SESSIONS] [-n MAILS] [-f SENDER] [-r RECIPIENT] [-t] [-s BYTES] SOCKET [FILE…]
 *
 * -t: each file to the address in its field To, instead of RECIPIENT.
 * Posts the files in turn (or, without files, mails of -s bytes that we write) until MAILS are posted, each
 * session the next one when it is done with one. SOCKET: unix:/path or tcp:host:port. A mail's time runs from
 * MAIL FROM to the last reply: the moment the server vouches for it. Prints one line: accepted refused
 * seconds accepted_s p50_ms p99_ms max_ms. Exit 1 if one was refused. Files are read, dot-stuffed and given
 * CR LF before the clock starts. Every mail gets a Message-ID of its own. */
#include "mta-hooks/lmtp/sockets.h"
#include "mta-hooks/lmtp/wire.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static struct {
  const char *where, *sender, *recipient;
  int sessions, mails, size;
  bool is_to_each;       /* -t */
  GPtrArray *bodies;     /* GString*, ready for the wire */
  GPtrArray *recipients; /* char*, of each body */
  gint next;             /* atomic */
  gint refused;          /* atomic */
  double *took_ms;       /* of each mail, by number */
} load = { .sender = "last@mail.example",
           .recipient = "gruenau@kiez.example",
           .sessions = 20,
           .mails = 1000,
           .size = 8000 };

/* The address in the field To; RECIPIENT where there is none, or none is wanted. */
static char *recipient_of(const char *text)
{
  const char *field = load.is_to_each ? strstr(text, "\nTo: ") : NULL;
  if (!field) return g_strdup(load.recipient);
  const char *to = field + strlen("\nTo: ");
  to += *to == '<';
  return g_strndup(to, strcspn(to, ">\r\n"));
}

static void add_body(const char *text, gsize size)
{
  struct wire wire = { 0 };
  GString *body = g_string_sized_new(size + size / 50 + 16);
  wire_put(&wire, text, size, body);
  wire_end(&wire, body);
  g_ptr_array_add(load.bodies, body);
  g_ptr_array_add(load.recipients, recipient_of(text));
}

static void make_body(void)
{
  g_autoptr(GString) text =
      g_string_new("From: Last <last@mail.example>\nSubject: Last\nMIME-Version: 1.0\n\n");
  for (int i = 0; text->len < (gsize)load.size; i++)
    g_string_append_printf(
        text, "Zeile %d: im Park an der Dahme blühen heute die Kastanien, und keiner geht hin.\n", i);
  add_body(text->str, text->len);
}

static void put(int fd, const char *bytes, gsize size)
{
  while (size) {
    ssize_t sent = send(fd, bytes, size, MSG_NOSIGNAL);
    if (sent <= 0) exit((perror("lmtp_load: send"), 1));
    bytes += sent, size -= (gsize)sent;
  }
}

/* The code of the next reply. */
static int hear(FILE *in, char *line, int size)
{
  do
    if (!fgets(line, size, in)) exit((fputs("lmtp_load: the server hung up\n", stderr), 1));
  while (strlen(line) > 3 && line[3] == '-');
  return (int)strtol(line, NULL, 10);
}

static bool post(int fd, FILE *in, int number)
{
  char line[1024], head[1024];
  const GString *body = g_ptr_array_index(load.bodies, (guint)number % load.bodies->len);
  int length = snprintf(head, sizeof head, "MAIL FROM:<%s> SIZE=%zu\r\n", load.sender, body->len);
  put(fd, head, (gsize)length);
  if (hear(in, line, sizeof line) != 250) return false;
  const char *recipient = g_ptr_array_index(load.recipients, (guint)number % load.recipients->len);
  length = snprintf(head, sizeof head, "RCPT TO:<%s>\r\n", recipient);
  put(fd, head, (gsize)length);
  if (hear(in, line, sizeof line) != 250) return false;
  put(fd, "DATA\r\n", 6);
  if (hear(in, line, sizeof line) != 354) return false;
  length = snprintf(head, sizeof head, "Message-ID: <last.%d.%d@mail.example>\r\n", (int)getpid(), number);
  put(fd, head, (gsize)length);
  put(fd, body->str, body->len);
  return hear(in, line, sizeof line) == 250;
}

static gpointer session(gpointer data)
{
  (void)data;
  char line[1024];
  g_autoptr(GError) error = NULL;
  int fd = door_connect(load.where, ".", 120, &error);
  if (fd < 0) exit((fprintf(stderr, "lmtp_load: %s\n", error->message), 1));
  FILE *in = fdopen(fd, "r");
  if (!in || hear(in, line, sizeof line) != 220) exit((fprintf(stderr, "lmtp_load: greeting: %s", line), 1));
  put(fd, "LHLO mail.example\r\n", 19);
  hear(in, line, sizeof line);
  for (int number; (number = g_atomic_int_add(&load.next, 1)) < load.mails;) {
    gint64 begin = g_get_monotonic_time();
    if (!post(fd, in, number)) {
      g_atomic_int_inc(&load.refused);
      put(fd, "RSET\r\n", 6);
      hear(in, line, sizeof line);
    }
    load.took_ms[number] = (double)(g_get_monotonic_time() - begin) / 1000.0;
  }
  fclose(in);
  return NULL;
}

static int compare(const void *a, const void *b)
{
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static void report(double seconds)
{
  int count = load.mails;
  qsort(load.took_ms, (size_t)count, sizeof *load.took_ms, compare);
  printf("accepted=%d refused=%d seconds=%.3f accepted_s=%.0f p50_ms=%.2f p99_ms=%.2f max_ms=%.2f\n",
         count - load.refused, load.refused, seconds, (count - load.refused) / seconds,
         load.took_ms[count / 2], load.took_ms[(gint64)count * 99 / 100], load.took_ms[count - 1]);
}

static void run(void)
{
  load.took_ms = g_new0(double, (gsize)load.mails);
  GThread **threads = g_new0(GThread *, (gsize)load.sessions);
  gint64 begin = g_get_monotonic_time();
  for (int i = 0; i < load.sessions; i++) threads[i] = g_thread_new("session", session, NULL);
  for (int i = 0; i < load.sessions; i++) g_thread_join(threads[i]);
  report((double)(g_get_monotonic_time() - begin) / 1e6);
  g_free(threads);
  g_free(load.took_ms);
}

static int usage(void)
{
  fputs(
      "usage: lmtp_load [-c SESSIONS] [-n MAILS] [-f SENDER] [-r RECIPIENT] [-t] [-s BYTES] SOCKET [FILE…]\n",
      stderr);
  return 64;
}

static void free_body(gpointer body)
{
  g_string_free(body, TRUE);
}

int main(int argc, char **argv)
{
  load.bodies = g_ptr_array_new_with_free_func(free_body);
  load.recipients = g_ptr_array_new_with_free_func(g_free);
  for (int option; (option = getopt(argc, argv, "c:n:f:r:s:t")) > 0;) {
    if (option == 'c')
      load.sessions = (int)strtol(optarg, NULL, 10);
    else if (option == 'n')
      load.mails = (int)strtol(optarg, NULL, 10);
    else if (option == 't')
      load.is_to_each = true;
    else if (option == 's')
      load.size = (int)strtol(optarg, NULL, 10);
    else if (option == 'f')
      load.sender = optarg;
    else if (option == 'r')
      load.recipient = optarg;
    else
      return usage();
  }
  if (optind >= argc || load.sessions < 1 || load.mails < 1) return usage();
  load.where = argv[optind++];
  for (; optind < argc; optind++) {
    g_autofree char *text = NULL;
    gsize size = 0;
    g_autoptr(GError) error = NULL;
    if (!g_file_get_contents(argv[optind], &text, &size, &error))
      exit((fprintf(stderr, "%s\n", error->message), 66));
    add_body(text, size);
  }
  if (!load.bodies->len) make_body();
  run();
  g_ptr_array_free(load.bodies, TRUE);
  g_ptr_array_free(load.recipients, TRUE);
  return load.refused ? 1 : 0;
}
