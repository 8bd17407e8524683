/* The dialogue with a relay.
 *
 * Called by a session thread, which owns the client. Writing collects in one buffer and leaves in one call to
 * mailstream_write; TCP_NODELAY is set, so that no mail waits 40 ms for an acknowledgement. Per mail, with
 * PIPELINING, that is one write (the end of the last content, then MAIL, RCPT, DATA of the next) and as a
 * rule one read.
 *
 * What surprised us in libetpan: it waits with select() before each read and write, but then sends on a
 * blocking socket, so a server that stops reading would hold us for ever (SO_SNDTIMEO ends that);
 * mailstream_write answers a short count, not -1, when the connection breaks in the middle; mailstream_read
 * waits for more when asked for more than it has; EHLO sends the machine's name; STARTTLS keeps what was read
 * before the handshake (an attacker's words) in the stream's buffer, and checks no certificate. */
#include "mta-hooks/send/smtp_dialogue.h"

#include "lib/base/clock.h"
#include "lib/base/fault.h"
#include "mta-hooks/send/smtp_certificate.h"

#include <errno.h>
#include <fcntl.h>
#include <libetpan/mailsmtp.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

enum {
  STREAM_BUFFER = 16 * 1024,
  CREDENTIALS_MAX = 250, /* libetpan builds AUTH in 512 bytes */
};

/* ---- bytes ---- */

static int reply_seconds(const struct smtp_client *client)
{
  return client->settings->reply_seconds > 0 ? client->settings->reply_seconds : SMTP_REPLY_SECONDS;
}

bool smtp_lose(struct smtp_client *client, GError **error, const char *what)
{
  client->is_lost = true;
  return fault_set(error, FAULT_UNAVAILABLE, "%s:%u %s.", client->settings->host, client->settings->port,
                   what);
}

/* Sends what has been collected, in one write. */
bool smtp_flush(struct smtp_client *client, GError **error)
{
  GString *out = client->out;
  if (out->len == 0) return true;
  mailstream *stream = client->session->stream;
  bool is_written =
      mailstream_write(stream, out->str, out->len) == (ssize_t)out->len && mailstream_flush(stream) == 0;
  g_string_truncate(out, 0);
  return is_written ||
         smtp_lose(client, error, "takes no more data: the connection is broken or stands still");
}

/* Takes from the stream's buffer what belongs to the reply; reads only when it is empty. */
static enum smtp_reply_state take_reply_bytes(struct smtp_client *client, bool *is_end)
{
  char bytes[512];
  mailstream *stream = client->session->stream;
  ssize_t there = mailstream_feed_read_buffer(stream);
  if (there <= 0) {
    *is_end = true;
    return REPLY_BROKEN;
  }
  gsize size = MIN((gsize)there, sizeof bytes), used = 0;
  memcpy(bytes, stream->read_buffer, size);
  enum smtp_reply_state state = smtp_reply_feed(&client->reply, bytes, size, &used);
  mailstream_read(stream, bytes, used);
  return state;
}

/* Sends what is collected and reads one reply into client->reply. 421 is the relay's farewell, whenever it
 * comes (RFC 5321, 3.8). */
bool smtp_read_reply(struct smtp_client *client, GError **error)
{
  if (!smtp_flush(client, error)) return false;
  int64_t deadline = clock_monotonic_ms() + (int64_t)reply_seconds(client) * 1000;
  smtp_reply_begin(&client->reply);
  enum smtp_reply_state state = REPLY_MORE;
  bool is_end = false;
  while (state == REPLY_MORE) {
    state = take_reply_bytes(client, &is_end);
    if (state == REPLY_MORE && clock_monotonic_ms() > deadline)
      return smtp_lose(client, error, "does not finish its reply");
  }
  if (is_end) return smtp_lose(client, error, "hung up or does not answer");
  if (state == REPLY_BROKEN) return smtp_lose(client, error, "does not speak SMTP");
  if (client->reply.code != 421) return true;
  g_autofree char *line = smtp_reply_line(&client->reply);
  g_autofree char *what = g_strdup_printf("takes no mail now (%s)", line);
  return smtp_lose(client, error, what);
}

/* One command, one reply. */
bool smtp_ask(struct smtp_client *client, const char *command, const char *argument, GError **error)
{
  g_string_append_printf(client->out, "%s%s\r\n", command, argument);
  return smtp_read_reply(client, error);
}

bool smtp_is_positive(const struct smtp_client *client)
{
  return client->reply.code >= 200 && client->reply.code <= 299;
}

/* ---- connecting ---- */

/* Connects one socket within the time; -1 with errno. The socket comes back blocking, as libetpan wants it.
 */
static int connect_within(const struct addrinfo *address, int seconds)
{
  int fd = socket(address->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (fd < 0) return -1;
  int failure = 0;
  if (connect(fd, address->ai_addr, address->ai_addrlen) != 0) {
    failure = errno;
    if (failure == EINPROGRESS) {
      struct pollfd wait = { .fd = fd, .events = POLLOUT };
      int ready = poll(&wait, 1, seconds * 1000);
      socklen_t size = sizeof failure;
      failure = ETIMEDOUT;
      if (ready > 0) getsockopt(fd, SOL_SOCKET, SO_ERROR, &failure, &size);
    }
  }
  if (failure == 0) fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) & ~O_NONBLOCK);
  if (failure == 0) return fd;
  close(fd);
  errno = failure;
  return -1;
}

/* No waiting for acknowledgements, and no endless send. */
static void set_socket_options(int fd, int seconds)
{
  int one = 1;
  struct timeval limit = { .tv_sec = seconds };
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
  setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &one, sizeof one);
}

static bool is_loopback_address(const struct sockaddr *address)
{
  if (address->sa_family == AF_INET)
    return (ntohl(((const struct sockaddr_in *)(const void *)address)->sin_addr.s_addr) >> 24) == 127;
  return address->sa_family == AF_INET6 &&
         IN6_IS_ADDR_LOOPBACK(&((const struct sockaddr_in6 *)(const void *)address)->sin6_addr);
}

/* Tries the host's addresses one after the other; -1 on error. */
static int connect_to(struct smtp_client *client, GError **error)
{
  const struct smtp_settings *settings = client->settings;
  int seconds = settings->connect_seconds > 0 ? settings->connect_seconds : SMTP_CONNECT_SECONDS;
  g_autofree char *port = g_strdup_printf("%u", settings->port);
  struct addrinfo hints = { .ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICSERV }, *found = NULL;
  int resolved = getaddrinfo(settings->host, port, &hints, &found);
  if (resolved != 0) {
    fault_set(error, FAULT_UNAVAILABLE, "The relay %s has no address: %s.", settings->host,
              gai_strerror(resolved));
    return -1;
  }
  int fd = -1;
  for (const struct addrinfo *address = found; address != NULL && fd < 0; address = address->ai_next) {
    fd = connect_within(address, seconds);
    client->is_loopback = is_loopback_address(address->ai_addr);
  }
  if (fd < 0)
    fault_set_errno(error, FAULT_UNAVAILABLE, errno, "%s:%s cannot be reached", settings->host, port);
  freeaddrinfo(found);
  return fd;
}

/* ---- greeting ---- */

static const struct {
  const char *keyword;
  enum extension extension;
} extensions[] = {
  { "PIPELINING", OFFERS_PIPELINING }, { "SIZE", OFFERS_SIZE },         { "8BITMIME", OFFERS_8BITMIME },
  { "SMTPUTF8", OFFERS_SMTPUTF8 },     { "STARTTLS", OFFERS_STARTTLS },
};

static const struct {
  const char *name;
  int flag;
} mechanisms[] = {
  { "PLAIN", MAILSMTP_AUTH_PLAIN },
  { "LOGIN", MAILSMTP_AUTH_LOGIN },
  { "CRAM-MD5", MAILSMTP_AUTH_CRAM_MD5 },
};

/* The words behind AUTH, as libetpan's flags. */
static void note_mechanisms(struct smtp_client *client, char **words)
{
  for (int w = 1; words[w] != NULL; w++)
    for (gsize i = 0; i < G_N_ELEMENTS(mechanisms); i++)
      if (g_ascii_strcasecmp(words[w], mechanisms[i].name) == 0) client->session->auth |= mechanisms[i].flag;
}

/* One line of the answer to EHLO. */
static void note_extension(struct smtp_client *client, const char *line)
{
  g_auto(GStrv) words = g_strsplit_set(line, " \t", -1);
  if (words[0] == NULL) return;
  for (gsize i = 0; i < G_N_ELEMENTS(extensions); i++)
    if (g_ascii_strcasecmp(words[0], extensions[i].keyword) == 0)
      client->extensions |= extensions[i].extension;
  if (g_ascii_strcasecmp(words[0], "SIZE") == 0 && words[1] != NULL)
    client->size_limit = g_ascii_strtoull(words[1], NULL, 10);
  if (g_ascii_strcasecmp(words[0], "AUTH") == 0) note_mechanisms(client, words);
}

/* EHLO, or HELO where that is unknown; what is offered is noted afresh. */
static bool greet(struct smtp_client *client, GError **error)
{
  client->extensions = 0;
  client->size_limit = 0;
  client->session->auth = MAILSMTP_AUTH_CHECKED;
  client->session->esmtp = 0;
  if (!smtp_ask(client, "EHLO ", client->settings->helo, error)) return false;
  if (smtp_is_positive(client)) {
    g_auto(GStrv) lines = g_strsplit(client->reply.text->str, "\n", -1);
    for (int i = 0; lines[i] != NULL; i++)
      if (i > 0) note_extension(client, lines[i]);
    client->session->esmtp = MAILSMTP_ESMTP;
    if (client->extensions & OFFERS_STARTTLS) client->session->esmtp |= MAILSMTP_ESMTP_STARTTLS;
    return true;
  }
  if (!smtp_ask(client, "HELO ", client->settings->helo, error)) return false;
  return smtp_is_positive(client) || smtp_lose(client, error, "does not accept our greeting (EHLO, HELO)");
}

/* ---- encryption ---- */

/* The name asked for in the handshake (SNI). */
static void name_server(struct mailstream_ssl_context *context, void *data)
{
  struct smtp_client *client = data;
  char *host = (char *)(gintptr)client->settings->host; /* only read */
  if (!g_hostname_is_ip_address(host)) mailstream_ssl_set_server_name(context, host);
}

static bool check_certificate(struct smtp_client *client, GError **error)
{
  g_autoptr(GPtrArray) chain = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
  carray *shown = mailstream_get_certificate_chain(client->session->stream);
  for (unsigned int i = 0; shown != NULL && i < carray_count(shown); i++) {
    const MMAPString *der = carray_get(shown, i);
    g_ptr_array_add(chain, g_bytes_new(der->str, der->len));
  }
  if (shown != NULL) mailstream_certificate_chain_free(shown);
  if (smtp_certificate_check(chain, client->settings->host, error)) return true;
  client->is_lost = true;
  return false;
}

/* STARTTLS (RFC 3207) as the settings want it, and a new greeting behind it. */
static bool encrypt(struct smtp_client *client, GError **error)
{
  const struct smtp_settings *settings = client->settings;
  bool must = g_strcmp0(settings->starttls, "must") == 0;
  if (client->is_plain || g_strcmp0(settings->starttls, "no") == 0) return true;
  if (!(client->extensions & OFFERS_STARTTLS)) {
    if (!must) return true;
    client->is_lost = true;
    return fault_set(error, FAULT_CONFIG,
                     "%s:%u does not offer STARTTLS, and starttls = must forbids to send without.",
                     settings->host, settings->port);
  }
  int result = mailsmtp_socket_starttls_with_callback(client->session, name_server, client);
  client->has_failed_tls = result != MAILSMTP_NO_ERROR;
  if (client->has_failed_tls)
    return smtp_lose(client, error, "does not manage the encryption it offers (STARTTLS)");
  if (client->session->stream->read_buffer_len != 0)
    return smtp_lose(client, error, "said something between STARTTLS and the handshake, which nobody may");
  mailstream_low_set_timeout(mailstream_get_low(client->session->stream), reply_seconds(client));
  client->is_encrypted = true;
  if (must && !check_certificate(client, error)) return false;
  return greet(client, error);
}

/* ---- authentication ---- */

static bool refuse_to_authenticate(struct smtp_client *client, GError **error, const char *why)
{
  client->is_lost = true;
  return fault_set(error, FAULT_CONFIG, "%s:%u: %s. Nothing is sent there until that is mended.",
                   client->settings->host, client->settings->port, why);
}

/* The mechanism to use: plain ones where nobody listens, else one that does not show the password. NULL: none
 * fits. */
static const char *choose_mechanism(const struct smtp_client *client)
{
  bool may_show = client->is_encrypted || client->is_loopback;
  for (gsize i = 0; i < G_N_ELEMENTS(mechanisms); i++) {
    bool shows = mechanisms[i].flag != MAILSMTP_AUTH_CRAM_MD5;
    if ((client->session->auth & mechanisms[i].flag) && (may_show || !shows)) return mechanisms[i].name;
  }
  return NULL;
}

/* SASL (RFC 4954), if there is a user name. */
static bool authenticate(struct smtp_client *client, GError **error)
{
  const struct smtp_settings *settings = client->settings;
  if (settings->username == NULL || settings->username[0] == '\0') return true;
  const char *password = settings->password != NULL ? settings->password : "";
  if (strlen(settings->username) + strlen(password) > CREDENTIALS_MAX)
    return refuse_to_authenticate(client, error, "user name and password are longer than can be sent");
  const char *mechanism = choose_mechanism(client);
  if (mechanism == NULL)
    return refuse_to_authenticate(client, error,
                                  "it offers no way to authenticate that keeps the password secret (PLAIN or "
                                  "LOGIN with encryption, CRAM-MD5)");
  int result = mailesmtp_auth_sasl(client->session, mechanism, settings->host, NULL, NULL, settings->username,
                                   settings->username, password, NULL);
  if (result == MAILSMTP_NO_ERROR) return true;
  int code = client->session->response_code;
  if (result == MAILSMTP_ERROR_STREAM || (code >= 400 && code <= 499))
    return smtp_lose(client, error, "cannot authenticate us now");
  g_autofree char *why =
      g_strdup_printf("our user name and password were refused (%s, reply %d)", mechanism, code);
  return refuse_to_authenticate(client, error, why);
}

/* ---- opening and closing ---- */

static bool say_hello(struct smtp_client *client, GError **error)
{
  if (!smtp_read_reply(client, error)) return false;
  if (!smtp_is_positive(client)) return smtp_lose(client, error, "does not want to talk to us");
  return greet(client, error) && encrypt(client, error) && authenticate(client, error);
}

static void open_stream(struct smtp_client *client, int fd)
{
  set_socket_options(fd, reply_seconds(client));
  mailstream_low *low = mailstream_low_socket_open(fd);
  mailstream_low_set_timeout(low, reply_seconds(client));
  mailsmtp_set_timeout(client->session, reply_seconds(client));
  client->session->stream = mailstream_new(low, STREAM_BUFFER);
  /* libetpan forgets to clear these two, and calls what they hold */
  client->session->stream->logger = NULL;
  client->session->stream->logger_context = NULL;
  client->is_lost = false;
}

/* One attempt. *has_failed_tls: it was the handshake that failed. */
static struct smtp_client *try_to_open(const struct smtp_settings *settings, bool is_plain,
                                       bool *has_failed_tls, GError **error)
{
  struct smtp_client *client = g_new0(struct smtp_client, 1);
  client->settings = settings;
  client->is_plain = is_plain;
  client->out = g_string_sized_new(4096);
  client->session = mailsmtp_new(0, NULL);
  smtp_reply_init(&client->reply);
  client->is_lost = true;
  int fd = connect_to(client, error);
  if (fd >= 0) {
    open_stream(client, fd);
    if (say_hello(client, error)) return client;
  }
  *has_failed_tls = client->has_failed_tls;
  smtp_client_close(client);
  return NULL;
}

struct smtp_client *smtp_client_open(const struct smtp_settings *settings, GError **error)
{
  bool has_failed_tls = false;
  g_autoptr(GError) why = NULL;
  struct smtp_client *client = try_to_open(settings, false, &has_failed_tls, &why);
  if (client == NULL && has_failed_tls && g_strcmp0(settings->starttls, "must") != 0) {
    g_clear_error(&why); /* encryption that may be is no reason not to send (RFC 7435) */
    client = try_to_open(settings, true, &has_failed_tls, &why);
  }
  if (client == NULL) g_propagate_error(error, g_steal_pointer(&why));
  return client;
}

void smtp_client_close(struct smtp_client *client)
{
  if (client == NULL) return;
  if (client->session->stream != NULL && client->is_lost) {
    mailstream_close(client->session->stream);
    client->session->stream = NULL;
  }
  mailsmtp_free(client->session); /* says QUIT where there is still a stream */
  smtp_reply_clear(&client->reply);
  g_string_free(client->out, TRUE);
  g_free(client);
}

bool smtp_client_is_alive(const struct smtp_client *client)
{
  if (client->is_lost || client->session->stream->read_buffer_len != 0) return false;
  struct pollfd look = { .fd = mailstream_low_get_fd(mailstream_get_low(client->session->stream)),
                         .events = POLLIN };
  return poll(&look, 1, 0) == 0;
}

bool smtp_client_pipelines(const struct smtp_client *client)
{
  return (client->extensions & OFFERS_PIPELINING) != 0;
}
