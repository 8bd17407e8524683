/* lmtp_dialogue: plays a dialogue file against a server and says where the two part ways.
 *
 *   lmtp_dialogue [--split] SOCKET FILE        SOCKET: unix:/path or tcp:host:port
 *
 * A dialogue is lines; "#" begins a remark, and the first remark is the sentence that the test is called by.
 *   C: text      says text and CR LF. Escapes: \r \n \0 \t \\ \xNN
 *   c: text      says text without a line end
 *   R: N text    says text N times, without a line end
 *   S: pattern   the next line from the server begins with pattern; "…" in it stands for anything
 *   S* N pattern N such lines
 *   B: bytes     exactly these bytes come, with escapes, whatever follows
 *   Q:           the server has hung up
 *   H:           we say no more (half close)
 *   X:           we hang up
 *   N:           a new connection
 *   W: MS        waits
 * What is said is sent when an answer is waited for, so that lines that follow one another go out in one
 * write; --split sends every byte on its own. Exit 1 with a sentence where the server says something else; no
 * answer within 20 s is one. */
#include "mta-hooks/lmtp/sockets.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { PATIENCE_MS = 20000 };

struct player {
  const char *where, *file;
  int line_number;
  int fd;
  bool splits;
  GString *say, *heard;
};

G_NORETURN static void part(const struct player *player, const char *format, ...) G_GNUC_PRINTF(2, 3);
static void part(const struct player *player, const char *format, ...)
{
  va_list arguments;
  va_start(arguments, format);
  fprintf(stderr, "%s:%d: ", player->file, player->line_number);
  vfprintf(stderr, format, arguments);
  fputc('\n', stderr);
  va_end(arguments);
  exit(1);
}

static void dial(struct player *player)
{
  g_autoptr(GError) error = NULL;
  if (player->fd >= 0) close(player->fd);
  g_string_truncate(player->heard, 0);
  player->fd = door_connect(player->where, ".", PATIENCE_MS / 1000, &error);
  if (player->fd < 0) part(player, "%s", error->message);
}

/* Reads what there is; false at the end. */
static bool hear(struct player *player)
{
  char bytes[65536];
  ssize_t size = recv(player->fd, bytes, sizeof bytes, 0);
  if (size < 0 && errno == ECONNRESET) return false;
  if (size < 0) part(player, "nothing comes: %s", g_strerror(errno));
  g_string_append_len(player->heard, bytes, size);
  return size > 0;
}

/* Sends what was said; meanwhile takes what comes, or two full buffers would wait for one another. */
static void flush(struct player *player)
{
  gsize at = 0;
  while (at < player->say->len) {
    struct pollfd wait = { .fd = player->fd, .events = POLLIN | POLLOUT };
    if (poll(&wait, 1, PATIENCE_MS) <= 0) part(player, "the server takes nothing");
    if (wait.revents & POLLIN && !hear(player)) break;
    if (!(wait.revents & POLLOUT)) continue;
    gsize size = player->splits ? 1 : player->say->len - at;
    ssize_t sent = send(player->fd, player->say->str + at, size, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0 && errno != EAGAIN) break; /* hung up: the next S: or Q: says whether that was right */
    if (sent > 0) at += (gsize)sent;
  }
  g_string_truncate(player->say, 0);
}

static void say(struct player *player, const char *text)
{
  for (; *text; text++) {
    if (*text != '\\' || !text[1]) {
      g_string_append_c(player->say, *text);
      continue;
    }
    static const char from[] = "rn0t\\", to[] = "\r\n\0\t\\";
    const char *known = strchr(from, *++text);
    if (known) {
      g_string_append_c(player->say, to[known - from]);
    } else if (*text == 'x' && g_ascii_isxdigit(text[1]) && g_ascii_isxdigit(text[2])) {
      g_string_append_c(player->say,
                        (char)(g_ascii_xdigit_value(text[1]) * 16 + g_ascii_xdigit_value(text[2])));
      text += 2;
    } else {
      part(player, "\\%c is no escape", *text);
    }
  }
}

/* Does the line begin with the pattern, whose parts between "…" may be apart? */
static bool matches(const char *line, const char *pattern)
{
  g_auto(GStrv) parts = g_strsplit(pattern, "…", -1);
  if (!g_str_has_prefix(line, parts[0])) return false;
  line += strlen(parts[0]);
  for (char **next = parts + 1; *next; next++) {
    const char *found = strstr(line, *next);
    if (!found) return false;
    line = found + strlen(*next);
  }
  return true;
}

static void expect(struct player *player, const char *pattern)
{
  flush(player);
  char *lf;
  while (!(lf = memchr(player->heard->str, '\n', player->heard->len)))
    if (!hear(player)) part(player, "the server hung up instead of saying \"%s\"", pattern);
  gsize length = (gsize)(lf - player->heard->str);
  g_autofree char *line = g_strndup(player->heard->str, length);
  g_string_erase(player->heard, 0, (gssize)length + 1);
  if (!length || line[length - 1] != '\r')
    part(player, "a line of the server does not end with CR LF: %s", line);
  line[length - 1] = '\0';
  if (!matches(line, pattern)) part(player, "wanted \"%s\", got \"%s\"", pattern, line);
}

static void expect_bytes(struct player *player, const char *text)
{
  flush(player);
  say(player, text);
  while (player->heard->len < player->say->len)
    if (!hear(player)) part(player, "the server hung up instead of saying \"%s\"", text);
  if (memcmp(player->heard->str, player->say->str, player->say->len) != 0)
    part(player, "wanted \"%s\", got \"%s\"", text, player->heard->str);
  g_string_erase(player->heard, 0, (gssize)player->say->len);
  g_string_truncate(player->say, 0);
}

static void expect_end(struct player *player)
{
  flush(player);
  while (hear(player)) continue;
  if (player->heard->len) part(player, "before it hung up the server said: %s", player->heard->str);
}

/* "N rest": the number, and where the rest begins. */
static guint64 read_count(const struct player *player, const char *text, const char **rest)
{
  char *end;
  guint64 count = g_ascii_strtoull(text, &end, 10);
  if (end == text) part(player, "a number is wanted");
  *rest = *end == ' ' ? end + 1 : end;
  return count;
}

static void repeat(struct player *player, const char *text)
{
  const char *rest;
  guint64 count = read_count(player, text, &rest);
  for (guint64 i = 0; i < count; i++) say(player, rest);
}

static void expect_many(struct player *player, const char *text)
{
  const char *rest;
  guint64 count = read_count(player, text, &rest);
  for (guint64 i = 0; i < count; i++) expect(player, rest);
}

static void play_line(struct player *player, const char *line)
{
  const char *text = line[1] && line[2] == ' ' ? line + 3 : line + strlen(line);
  if (!*line || *line == '#') return;
  if (g_str_has_prefix(line, "C:")) {
    say(player, text);
    g_string_append(player->say, "\r\n");
  } else if (g_str_has_prefix(line, "c:")) {
    say(player, text);
  } else if (g_str_has_prefix(line, "R:")) {
    repeat(player, text);
  } else if (g_str_has_prefix(line, "S:")) {
    expect(player, text);
  } else if (g_str_has_prefix(line, "S*")) {
    expect_many(player, text);
  } else if (g_str_has_prefix(line, "B:")) {
    expect_bytes(player, text);
  } else if (g_str_has_prefix(line, "Q:")) {
    expect_end(player);
  } else if (g_str_has_prefix(line, "H:")) {
    flush(player);
    shutdown(player->fd, SHUT_WR);
  } else if (g_str_has_prefix(line, "X:")) {
    flush(player);
    close(player->fd);
    player->fd = -1;
  } else if (g_str_has_prefix(line, "N:")) {
    dial(player);
  } else if (g_str_has_prefix(line, "W:")) {
    flush(player);
    g_usleep(1000 * read_count(player, text, &text));
  } else {
    part(player, "this line means nothing: %s", line);
  }
}

int main(int argc, char **argv)
{
  struct player player = { .fd = -1, .say = g_string_new(NULL), .heard = g_string_new(NULL) };
  int first = 1;
  if (argc > 1 && !strcmp(argv[1], "--split")) {
    player.splits = true;
    first = 2;
  }
  if (argc != first + 2) {
    fputs("usage: lmtp_dialogue [--split] SOCKET FILE\n", stderr);
    return 64;
  }
  player.where = argv[first];
  player.file = argv[first + 1];
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;
  if (!g_file_get_contents(player.file, &text, NULL, &error)) part(&player, "%s", error->message);
  g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
  dial(&player);
  for (char **line = lines; *line; line++) {
    player.line_number++;
    play_line(&player, *line);
  }
  flush(&player);
  if (player.heard->len) part(&player, "more was said than the dialogue knows: %s", player.heard->str);
  if (player.fd >= 0) close(player.fd);
  g_string_free(player.say, TRUE);
  g_string_free(player.heard, TRUE);
  return 0;
}
