/* kiezpost http: the process. libmicrohttpd reads the requests, in one thread and with small bounds; leave.c
 * answers them. It serves where the configuration says, behind a web server that does the TLS and passes
 * https_base/leave/ on. In its sandbox it reads keys and pages, writes nothing, and reaches the receiver.
 * `run` starts it where https_base is set. */
#include "mta-hooks/http/http.h"

#include "lists/letters.h"
#include "mta-hooks/lmtp/sockets.h"
#include "mta-hooks/verb.h"

#include "lib/base/clock.h"
#include "lib/base/log.h"
#include "lib/base/sandbox.h"

#include <microhttpd.h>
#include <poll.h>
#include <string.h>

enum {
  BODY_BYTES = 2048, /* a form of one field */
  CONNECTIONS = 50,
  TIMEOUT_SECONDS = 15,
  MEMORY_BYTES = 16 * 1024, /* a connection */
  LOOK_MS = 1000,
};

struct site {
  const struct config *config;
  struct letters *letters;
};

/* What every page carries: nothing is loaded, kept, framed or told to others. */
static const struct {
  const char *name, *value;
} page_headers[] = {
  { "Content-Type", "text/html; charset=utf-8" },
  { "Cache-Control", "no-store" },
  { "Referrer-Policy", "no-referrer" },
  { "X-Content-Type-Options", "nosniff" },
  { "X-Robots-Tag", "noindex" },
  { "Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; "
                               "frame-ancestors 'none'; base-uri 'none'" },
  { "Allow", "GET, HEAD, POST" },
};

static enum MHD_Result queue(struct MHD_Connection *connection, const struct leave_answer *answer)
{
  struct MHD_Response *response =
      MHD_create_response_from_buffer(strlen(answer->page), answer->page, MHD_RESPMEM_MUST_COPY);
  if (!response) return MHD_NO;
  for (gsize i = 0; i < G_N_ELEMENTS(page_headers); i++)
    MHD_add_response_header(response, page_headers[i].name, page_headers[i].value);
  enum MHD_Result result = MHD_queue_response(connection, answer->status, response);
  MHD_destroy_response(response);
  return result;
}

/* Called when the head is read, for each piece of the body, and at the end. *state holds the body so far;
 * what is over the bound is dropped. */
static enum MHD_Result on_request(void *data, struct MHD_Connection *connection, const char *path,
                                  const char *method, const char *version, const char *piece,
                                  size_t *piece_size, void **state)
{
  (void)version;
  const struct site *site = data;
  if (!*state) {
    *state = g_string_new(NULL);
    return MHD_YES;
  }
  GString *body = *state;
  if (*piece_size > 0) {
    gsize room = BODY_BYTES - MIN(body->len, (gsize)BODY_BYTES);
    g_string_append_len(body, piece, (gssize)MIN(room, *piece_size));
    *piece_size = 0;
    return MHD_YES;
  }
  struct leave_request request = { .method = method, .path = path, .body = body->str };
  struct leave_answer answer =
      leave_answer(site->config, site->letters, clock_now(), &request, leave_hand_over);
  enum MHD_Result result = queue(connection, &answer);
  leave_answer_clear(&answer);
  return result;
}

static void on_end(void *data, struct MHD_Connection *connection, void **state,
                   enum MHD_RequestTerminationCode code)
{
  (void)data, (void)connection, (void)code;
  if (*state) g_string_free(*state, TRUE);
  *state = NULL;
}

/* The receiver may be reached by TCP; then this process may connect, but not listen anew. */
static bool enter_sandbox(const struct config *config, GError **error)
{
  g_autofree char *keys = g_path_get_dirname(config->keys);
  const char *const writable[] = { NULL };
  const char *const readable[] = { keys, config_share(), config->directory, NULL };
  bool is_unix = g_str_has_prefix(config->listen, "unix:");
  return sandbox_enter_or_say(&(struct sandbox){ .process = "http",
                                                 .writable = writable,
                                                 .readable = readable,
                                                 .network = is_unix ? SANDBOX_ACCEPT : SANDBOX_CONNECT },
                              error);
}

/* Serves until it is told to stop. */
static bool serve(struct site *site, const struct door *door, GError **error)
{
  if (!enter_sandbox(site->config, error)) return false;
  struct MHD_Daemon *daemon = MHD_start_daemon(
      MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_POLL, 0, NULL, NULL, on_request, site,
      MHD_OPTION_LISTEN_SOCKET, door->fd, MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS,
      MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)TIMEOUT_SECONDS, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
      (size_t)MEMORY_BYTES, MHD_OPTION_NOTIFY_COMPLETED, on_end, NULL, MHD_OPTION_END);
  if (!daemon) return fault_set(error, FAULT_UNAVAILABLE, "The web service cannot be started.");
  log_line("answering for %s at %s", site->config->https_base, site->config->http_listen);
  while (!command_should_stop()) poll(NULL, 0, LOOK_MS);
  int fd = MHD_quiesce_daemon(daemon); /* the socket stays ours */
  (void)fd;
  MHD_stop_daemon(daemon);
  return true;
}

int verb_http(struct command *command, GError **error)
{
  const struct config *config = command->config;
  if (command->argument_count > 0) {
    command_refuse(command, error);
    return -1;
  }
  if (!*config->https_base) {
    fault_set(error, FAULT_CONFIG,
              "%s: without [http] https_base there is nothing to serve; members leave by mail", config->file);
    return -1;
  }
  struct door door;
  log_set_process("http");
  command_should_stop();
  if (!door_open(&door, config->http_listen, config->directory, error)) return -1;
  struct site site = { .config = config, .letters = letters_new(config) };
  bool is_well = serve(&site, &door, error);
  letters_free(site.letters);
  door_close(&door);
  return is_well ? 0 : -1;
}
