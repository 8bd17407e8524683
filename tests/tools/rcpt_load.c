/* rcpt_load [-c CONNECTIONS] [-s SECONDS] KEYFILE LMTP-SOCKET MAP-SOCKET: how many recipients the receiver
 * looks at in a second, as the MTA asks: one question at a time on each connection. Three kinds of address,
 * each a new one every time: "plain" the list's name, "signed" a token for leaving of ever another person,
 * "forged" the same with its last characters changed. Asked by the socketmap, then by RCPT (an envelope of
 * 100, then RSET). Every answer is looked at; a wrong one ends the run. Prints one line a door: plain_s
 * signed_s forged_s. */
#include "lib/base/token.h"
#include "mta-hooks/lmtp/sockets.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum kind { PLAIN, SIGNED, FORGED, KIND_COUNT };
enum { BATCH = 100, ROUNDS = 9 };

static struct {
  const char *lmtp, *map;
  struct keys *keys;
  int connections, seconds;
  enum kind kind;
  bool is_map;
  gint64 until;
  gint asked, person; /* atomic */
} load = { .connections = 4, .seconds = 2 };

static void next_address(char address[128])
{
  char text[TOKEN_LENGTH + 1];
  struct token token = { .purpose = TOKEN_LEAVE,
                         .object = 1,
                         .person = (uint32_t)g_atomic_int_add(&load.person, 1) };
  token_make(load.keys, &token, text);
  if (load.kind == FORGED) text[TOKEN_LENGTH - 8] = text[TOKEN_LENGTH - 8] == 'a' ? 'b' : 'a';
  const char *plus = load.kind == PLAIN ? "" : "+";
  g_snprintf(address, 128, "gruenau%s%s@kiez.example", plus, load.kind == PLAIN ? "" : text);
}

static void put(int fd, const char *text)
{
  if (send(fd, text, strlen(text), MSG_NOSIGNAL) < 0) exit((perror("rcpt_load"), 1));
}

static void expect(bool is_taken, const char *answer)
{
  if (is_taken != (load.kind != FORGED)) exit((fprintf(stderr, "rcpt_load: wrong answer: %s\n", answer), 1));
}

/* One netstring there, one back. */
static void ask_map(int fd)
{
  char address[128], question[192], answer[256];
  next_address(address);
  g_snprintf(question, sizeof question, "%zu:rcpt %s,", strlen(address) + 5, address);
  put(fd, question);
  gsize have = 0;
  do {
    ssize_t n = recv(fd, answer + have, sizeof answer - 1 - have, 0);
    if (n <= 0) exit((fputs("rcpt_load: the map hung up\n", stderr), 1));
    have += (gsize)n;
    answer[have] = '\0';
  } while (answer[have - 1] != ',');
  expect(strstr(answer, ":OK") != NULL, answer);
}

/* The last line of a reply. */
static void hear(FILE *in, char line[512])
{
  do
    if (!fgets(line, 512, in)) exit((fputs("rcpt_load: the server hung up\n", stderr), 1));
  while (strlen(line) > 3 && line[3] == '-');
}

static void ask_rcpt(int fd, FILE *in, int number)
{
  char address[128], command[192], line[512];
  if (number % BATCH == 0) {
    put(fd, "RSET\r\n");
    hear(in, line);
    put(fd, "MAIL FROM:<last@mail.example>\r\n");
    hear(in, line);
  }
  next_address(address);
  g_snprintf(command, sizeof command, "RCPT TO:<%s>\r\n", address);
  put(fd, command);
  hear(in, line);
  expect(line[0] == '2', line);
}

static gpointer connection(gpointer data)
{
  g_autoptr(GError) error = NULL;
  int fd = door_connect(load.is_map ? load.map : load.lmtp, "/", 30, &error);
  if (fd < 0) exit((fprintf(stderr, "rcpt_load: %s\n", error->message), 1));
  FILE *in = load.is_map ? NULL : fdopen(dup(fd), "r");
  char line[512];
  if (in) {
    hear(in, line);
    put(fd, "LHLO bench.example\r\n");
    hear(in, line);
  }
  for (int i = 0; g_get_monotonic_time() < load.until; i++) {
    if (in)
      ask_rcpt(fd, in, i);
    else
      ask_map(fd);
    g_atomic_int_inc(&load.asked);
  }
  if (in) fclose(in);
  close(fd);
  return data;
}

/* Questions a second of one kind at one door. */
static double rate(bool is_map, enum kind kind)
{
  load.is_map = is_map;
  load.kind = kind;
  load.asked = 0;
  gint64 begin = g_get_monotonic_time();
  load.until = begin + load.seconds * G_USEC_PER_SEC / ROUNDS;
  GThread **threads = g_new0(GThread *, (gsize)load.connections);
  for (int i = 0; i < load.connections; i++) threads[i] = g_thread_new("connection", connection, NULL);
  for (int i = 0; i < load.connections; i++) g_thread_join(threads[i]);
  g_free(threads);
  return load.asked / ((double)(g_get_monotonic_time() - begin) / 1e6);
}

static int compare(const void *a, const void *b)
{
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* All kinds at one door, in turns. */
static void print_door(bool is_map)
{
  double rates[KIND_COUNT][ROUNDS];
  for (int round = 0; round < ROUNDS; round++)
    for (int kind = 0; kind < KIND_COUNT; kind++) rates[kind][round] = rate(is_map, (enum kind)kind);
  for (int kind = 0; kind < KIND_COUNT; kind++) qsort(rates[kind], ROUNDS, sizeof(double), compare);
  printf("door=%s connections=%d plain_s=%.0f signed_s=%.0f forged_s=%.0f\n", is_map ? "socketmap" : "rcpt",
         load.connections, rates[PLAIN][ROUNDS / 2], rates[SIGNED][ROUNDS / 2], rates[FORGED][ROUNDS / 2]);
}

int main(int argc, char **argv)
{
  for (int option; (option = getopt(argc, argv, "c:s:")) > 0;) {
    if (option == 'c') load.connections = (int)strtol(optarg, NULL, 10);
    if (option == 's') load.seconds = (int)strtol(optarg, NULL, 10);
  }
  g_autoptr(GError) error = NULL;
  g_autoptr(keys_t) keys = argc - optind == 3 ? keys_load(argv[optind], &error) : NULL;
  if (!keys || load.connections < 1 || load.seconds < 1) {
    fprintf(stderr, "usage: rcpt_load [-c CONNECTIONS] [-s SECONDS] KEYFILE LMTP-SOCKET MAP-SOCKET\n");
    return 64;
  }
  load.keys = keys;
  load.lmtp = argv[optind + 1];
  load.map = argv[optind + 2];
  print_door(true);
  print_door(false);
  return 0;
}
