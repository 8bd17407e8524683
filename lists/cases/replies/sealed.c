/* Signed and encrypted replies. A signature that is in order is shown under the answer ("signiert von …")
 * where its certificate is the author's own; one by an authority that we do not know stops nothing. Where the
 * text is not what was signed, or somebody else signed it, the author is asked whether it is theirs. What was
 * encrypted for us is opened, and its words stay private: not on a page, not in a thread, and by plain mail
 * only to who has agreed to that. */
#include "lists/cases/replies/reply.h"

#include "lists/comprehend.h"
#include "lists/decide.h"

#include "lib/mail/pgp/pgp.h"

void reply_seal_clear(struct reply_seal *sealed)
{
  smime_seal_clear(&sealed->seal);
  incoming_free(sealed->incoming);
}

/* Is the certificate for the address that the mail is from? */
static bool is_of_author(const struct smime_seal *seal, const char *author)
{
  for (char **one = seal->addresses; one && *one && author; one++)
    if (g_ascii_strcasecmp(*one, author) == 0) return true;
  return false;
}

/* What is inside takes the mail's place. */
static void read_inside(struct case_reply *reply, struct reply_seal *sealed)
{
  struct work *work = reply->work;
  const char *recipients[] = { reply->arrival->recipient, NULL };
  sealed->incoming = incoming_new(work->config, reply->arrival->received, reply->arrival->envelope_sender,
                                  recipients, sealed->seal.inside);
  comprehend(work, sealed->incoming);
  sealed->arrival = *reply->arrival;
  sealed->arrival.mail = sealed->incoming->mail;
  sealed->arrival.raw = sealed->incoming->raw;
  sealed->arrival.understanding = g_ptr_array_index(sealed->incoming->understandings, 0);
  reply->arrival = &sealed->arrival;
}

void reply_unseal(struct case_reply *reply, struct reply_seal *sealed)
{
  static const char *const words[] = { "none", "valid", "broken" };
  gsize size = 0;
  const void *raw = g_bytes_get_data(reply->arrival->raw, &size);
  struct smime_seal *seal = &sealed->seal;
  if (reply->work->smime) smime_look(reply->work->smime, raw, size, reply->work->now, seal);
  if (!seal->inside) pgp_look(reply->work->pgp, raw, size, seal);
  if (seal->signature == SMIME_UNSIGNED && !seal->is_encrypted && !seal->is_closed) return;
  g_string_append_printf(reply->decision->details, " signature=%s%s", words[seal->signature],
                         seal->is_encrypted ? " encrypted=opened"
                         : seal->is_closed  ? " encrypted=closed"
                                            : "");
  reply->is_private = seal->is_encrypted;
  reply->is_closed = seal->is_closed;
  bool is_own = seal->signature == SMIME_VALID && is_of_author(seal, reply->author);
  if (is_own) reply->seal = seal;
  bool is_foreign =
      seal->signature != SMIME_UNSIGNED && seal->addresses && !is_of_author(seal, reply->author);
  reply->is_seal_wrong = seal->is_changed || is_foreign;
  if (seal->inside) read_inside(reply, sealed);
}
