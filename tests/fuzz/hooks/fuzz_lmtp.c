/* Fuzzes the receiving core: any bytes, once in one piece and once cut into pieces, must give the same
 * replies and the same mails, within bounded memory, and never stop making progress. */
#include "mta-hooks/lmtp/core.h"

#include <stdlib.h>
#include <string.h>

enum { SIZE_LIMIT = 2000 };

struct session {
  struct lmtp_core *core;
  GString *out, *mails;
  gsize mail_start; /* of the mail in progress within mails */
  int open;         /* mails begun and neither ended nor aborted: 0 or 1 */
};

static const char *on_recipient(const char *address, void *data)
{
  (void)data;
  if (strpbrk(address, "\r\n") || !g_utf8_validate(address, -1, NULL)) abort();
  return address[0] == 'n' ? "550 5.1.1 No" : "250 2.1.5 Ok";
}

static bool on_begin(int64_t size_hint, void *data)
{
  struct session *session = data;
  if (size_hint < 0 || size_hint > SIZE_LIMIT || session->open) abort();
  session->open = 1;
  session->mail_start = session->mails->len;
  return true;
}

static bool on_piece(const void *bytes, gsize size, void *data)
{
  struct session *session = data;
  if (!session->open) abort();
  g_string_append_len(session->mails, bytes, (gssize)size);
  if (session->mails->len - session->mail_start > SIZE_LIMIT) abort();
  return true;
}

static void on_end(const char *sender, const char *const *recipients, bool smtputf8, void *data)
{
  struct session *session = data;
  if (!session->open || !recipients[0]) abort();
  session->open = 0;
  g_string_append_printf(session->mails, "\n<%s>%d", sender, smtputf8);
  for (; *recipients; recipients++) g_string_append_printf(session->mails, "%s,", *recipients);
}

static void on_abort(void *data)
{
  struct session *session = data;
  if (!session->open) abort();
  session->open = 0;
  g_string_truncate(session->mails, session->mail_start);
}

static const struct lmtp_owner owner = { on_recipient, on_begin, on_piece, on_end, on_abort };

static void play(struct session *session, const char *bytes, gsize size, gsize step)
{
  static const struct lmtp_limits limits = { SIZE_LIMIT, 5, "mx.example" };
  *session = (struct session){ .out = g_string_new(NULL), .mails = g_string_new(NULL) };
  session->core = lmtp_core_new(&limits, &owner, session);
  for (gsize at = 0; at < size && !lmtp_has_quit(session->core);) {
    gsize length = MIN(step, size - at);
    gsize used = lmtp_feed(session->core, bytes + at, length, session->out);
    if (used > length) abort();
    if (lmtp_is_waiting(session->core))
      lmtp_finish(session->core, NULL, session->out);
    else if (used < length && !lmtp_has_quit(session->core))
      abort();
    at += used;
  }
  lmtp_core_free(session->core);
  if (session->open) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
  if (!size) return 0;
  struct session whole, cut;
  play(&whole, (const char *)bytes + 1, size - 1, size);
  play(&cut, (const char *)bytes + 1, size - 1, 1 + bytes[0] % 37u);
  if (!g_string_equal(whole.out, cut.out) || !g_string_equal(whole.mails, cut.mails)) abort();
  g_string_free(whole.out, TRUE);
  g_string_free(whole.mails, TRUE);
  g_string_free(cut.out, TRUE);
  g_string_free(cut.mails, TRUE);
  return 0;
}
