/* A mail into the form that goes over the wire. */
#include "mta-hooks/lmtp/wire.h"

static void end_line(struct wire *wire, GString *out)
{
  g_string_append(out, "\r\n");
  wire->is_within_line = wire->saw_cr = false;
}

/* Text without line ends. */
static void put_text(struct wire *wire, const char *text, gsize size, GString *out)
{
  if (!wire->is_within_line && *text == '.') g_string_append_c(out, '.');
  g_string_append_len(out, text, (gssize)size);
  wire->is_within_line = true;
}

void wire_put(struct wire *wire, const char *bytes, gsize size, GString *out)
{
  const char *at = bytes, *end = bytes + size;
  while (at < end) {
    if (*at == '\n') {
      end_line(wire, out);
      at++;
      continue;
    }
    if (wire->saw_cr) {
      wire->saw_cr = false;
      put_text(wire, " ", 1, out);
    }
    if (*at == '\r') {
      wire->saw_cr = true;
      at++;
      continue;
    }
    const char *stop = at;
    while (stop < end && *stop != '\r' && *stop != '\n') stop++;
    put_text(wire, at, (gsize)(stop - at), out);
    at = stop;
  }
}

void wire_end(struct wire *wire, GString *out)
{
  if (wire->is_within_line || wire->saw_cr) end_line(wire, out);
  g_string_append(out, ".\r\n");
}
