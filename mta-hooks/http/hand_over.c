/* Handing one small mail to the receiver by LMTP, as the MTA would: it checks the address once more, and what
 * it answers 250 is on disk. */
#include "mta-hooks/http/http.h"

#include "mta-hooks/lmtp/peer.h"
#include "mta-hooks/lmtp/wire.h"

#include "lib/base/fault.h"

#include <string.h>

/* Says a line and wants a reply that begins with `wanted`. */
static bool converse(struct peer *peer, const char *line, char wanted, GError **error)
{
  if (line && !peer_say(peer, line, strlen(line), error)) return false;
  g_autofree char *reply = peer_hear(peer, error);
  if (!reply) return false;
  return reply[0] == wanted || fault_set(error, FAULT_TEMPORARY, "The receiver says: %s", reply);
}

static bool say_mail(struct peer *peer, const char *mail, GError **error)
{
  struct wire wire = { 0 };
  g_autoptr(GString) out = g_string_new(NULL);
  wire_put(&wire, mail, strlen(mail), out);
  wire_end(&wire, out);
  return peer_say(peer, out->str, out->len, error);
}

bool leave_hand_over(const struct config *config, const char *sender, const char *recipient, const char *mail,
                     GError **error)
{
  g_autoptr(peer_t) peer = peer_connect(config, error);
  g_autofree char *hello = g_strdup_printf("LHLO %s\r\n", config->domain);
  g_autofree char *from = g_strdup_printf("MAIL FROM:<%s>\r\n", sender);
  g_autofree char *to = g_strdup_printf("RCPT TO:<%s>\r\n", recipient);
  bool is_taken = peer && converse(peer, NULL, '2', error) && converse(peer, hello, '2', error) &&
                  converse(peer, from, '2', error) && converse(peer, to, '2', error) &&
                  converse(peer, "DATA\r\n", '3', error) && say_mail(peer, mail, error) &&
                  converse(peer, NULL, '2', error);
  if (is_taken) peer_say(peer, "QUIT\r\n", 6, NULL);
  return is_taken;
}
