/* A short dialogue with one of our doors or with the MTA, for `kiezpost check`: plain, blocking, ten seconds
 * a step. */
#include "mta-hooks/check/check.h"

#include <gio/gio.h>
#include <gio/gunixsocketaddress.h>
#include <string.h>

enum { DIALOGUE_SECONDS = 10, DIALOGUE_LINES_MAX = 100 };

struct dialogue {
  GSocketConnection *connection;
  GDataInputStream *in;
};

static GSocketConnectable *connectable_of(const char *address, GError **error)
{
  if (g_str_has_prefix(address, "unix:"))
    return G_SOCKET_CONNECTABLE(g_unix_socket_address_new(address + strlen("unix:")));
  const char *rest = g_str_has_prefix(address, "tcp:") ? address + strlen("tcp:") : address;
  return g_network_address_parse(rest, 25, error);
}

struct dialogue *dialogue_open(const char *address, GError **error)
{
  g_autoptr(GSocketConnectable) where = connectable_of(address, error);
  if (where == NULL) return NULL;
  g_autoptr(GSocketClient) client = g_socket_client_new();
  g_socket_client_set_timeout(client, DIALOGUE_SECONDS);
  g_socket_client_set_enable_proxy(client, FALSE);
  GSocketConnection *connection = g_socket_client_connect(client, where, NULL, error);
  if (connection == NULL) return NULL;
  struct dialogue *dialogue = g_new0(struct dialogue, 1);
  dialogue->connection = connection;
  dialogue->in = g_data_input_stream_new(g_io_stream_get_input_stream(G_IO_STREAM(connection)));
  g_data_input_stream_set_newline_type(dialogue->in, G_DATA_STREAM_NEWLINE_TYPE_LF);
  return dialogue;
}

void dialogue_free(struct dialogue *dialogue)
{
  if (dialogue == NULL) return;
  g_object_unref(dialogue->in);
  g_object_unref(dialogue->connection);
  g_free(dialogue);
}

bool dialogue_send(struct dialogue *dialogue, const char *text, GError **error)
{
  GOutputStream *out = g_io_stream_get_output_stream(G_IO_STREAM(dialogue->connection));
  return g_output_stream_write_all(out, text, strlen(text), NULL, NULL, error);
}

char *dialogue_reply(struct dialogue *dialogue, GError **error)
{
  g_autoptr(GString) reply = g_string_new(NULL);
  for (int i = 0; i < DIALOGUE_LINES_MAX; i++) {
    g_autofree char *line = g_data_input_stream_read_line(dialogue->in, NULL, NULL, error);
    if (line == NULL) {
      if (error != NULL && *error == NULL) fault_set(error, FAULT_UNAVAILABLE, "the connection was closed");
      return NULL;
    }
    g_strchomp(line);
    g_string_append_printf(reply, "%s%s", reply->len > 0 ? "\n" : "", line);
    if (strlen(line) < 4 || line[3] != '-') return g_string_free(g_steal_pointer(&reply), FALSE);
  }
  fault_set(error, FAULT_UNAVAILABLE, "the reply does not end");
  return NULL;
}

char *dialogue_bytes(struct dialogue *dialogue, gsize size, GError **error)
{
  g_autofree char *bytes = g_malloc0(size + 1);
  gsize got = 0;
  if (!g_input_stream_read_all(G_INPUT_STREAM(dialogue->in), bytes, size, &got, NULL, error)) return NULL;
  if (got < size) {
    fault_set(error, FAULT_UNAVAILABLE, "the connection was closed");
    return NULL;
  }
  return g_steal_pointer(&bytes);
}
