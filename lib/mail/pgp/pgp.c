/* The side of PGP that the worker sees: finds the armoured message in a mail, sends it, takes the answer.
 * When the process is gone, or does not answer in time, encrypted mail stays closed from then on, and other
 * mail goes on. */
#include "lib/mail/pgp/pgp.h"

#include "lib/base/companion.h"
#include "lib/base/fault.h"
#include "lib/mail/pgp/pgp_process.h"
#include "lib/mail/smime/entity.h"

#include <string.h>

enum { ANSWER_MS = 15 * 1000 };

struct pgp {
  struct companion companion;
};

static void serve(int fd, const void *home)
{
  pgp_process(fd, home);
}

struct pgp *pgp_start(const char *home, GError **error)
{
  g_autofree char *gpg = g_find_program_in_path("gpg");
  if (!gpg || !g_file_test(home, G_FILE_TEST_IS_DIR)) {
    fault_set(error, FAULT_TEMPORARY, "%s",
              gpg ? "The directory of the PGP key ring is not there" : "gpg is not installed");
    return NULL;
  }
  struct companion companion;
  if (!companion_start(&companion, serve, home, "that runs gpg", error)) return NULL;
  struct pgp *pgp = g_new(struct pgp, 1);
  pgp->companion = companion;
  return pgp;
}

void pgp_stop(struct pgp *pgp)
{
  if (!pgp) return;
  companion_stop(&pgp->companion);
  g_free(pgp);
}

/* What the process is asked about: a message, or a text and its signature. */
struct pgp_question {
  const char *text, *signature;
  gsize size, signature_size;
};

/* Asks the process; NULL: it could not open the message, or was asked about a signature. */
static GBytes *ask(struct pgp *pgp, const struct pgp_question *q, struct pgp_answer *answer)
{
  struct pgp_request request = { (guint32)q->size, (guint32)q->signature_size };
  struct companion *companion = pgp ? &pgp->companion : NULL;
  if (!companion || companion->fd < 0 || q->size > PGP_BYTES || q->signature_size > PGP_SIGNATURE_BYTES)
    return NULL;
  bool is_answered = companion_send(companion, &request, sizeof request, ANSWER_MS) &&
                     companion_send(companion, q->text, q->size, ANSWER_MS) &&
                     companion_send(companion, q->signature, q->signature_size, ANSWER_MS) &&
                     companion_receive(companion, answer, sizeof *answer, ANSWER_MS) &&
                     answer->size <= PGP_BYTES;
  g_autofree char *bytes = is_answered ? g_malloc(answer->size + 1) : NULL;
  if (!is_answered || !companion_receive(companion, bytes, answer->size, ANSWER_MS)) {
    companion_give_up(companion);
    return NULL;
  }
  return answer->is_open ? g_bytes_new(bytes, answer->size) : NULL;
}

/* "Kerstin Muster <muster@ba.example>" */
static void remember_signer(struct pgp_answer *answer, struct smime_seal *seal)
{
  answer->signer[sizeof answer->signer - 1] = '\0';
  seal->signature = (enum smime_signature)MIN(answer->signature, (guint32)SMIME_BROKEN);
  if (seal->signature != SMIME_VALID) return;
  g_autofree char *valid = g_utf8_make_valid(answer->signer, -1);
  const char *bracket = strrchr(valid, '<');
  const char *addresses[] = { NULL, NULL };
  g_autofree char *address = bracket ? g_strndup(bracket + 1, strcspn(bracket + 1, ">")) : g_strdup("");
  addresses[0] = address;
  seal->name = g_strstrip(g_strndup(valid, bracket ? (gsize)(bracket - valid) : strlen(valid)));
  seal->organisation = g_strdup("");
  seal->addresses = g_strdupv((char **)addresses);
}

/* An armoured block of `what` ("MESSAGE") in a text, from its first dash to its last. NULL: there is none. */
static const char *find_armour(const char *text, gsize size, const char *what, gsize *length)
{
  g_autofree char *begin = g_strdup_printf("-----BEGIN PGP %s-----", what),
                  *end = g_strdup_printf("-----END PGP %s-----", what);
  const char *from = g_strstr_len(text, (gssize)size, begin);
  const char *until = from ? g_strstr_len(from, (gssize)(size - (gsize)(from - text)), end) : NULL;
  if (until) *length = (gsize)(until - from) + strlen(end);
  return until ? from : NULL;
}

/* multipart/signed (RFC 3156, section 5): what is signed has CRLF at each line's end. */
static void look_at_signature(struct pgp *pgp, const char *raw, gsize size, struct smime_seal *seal)
{
  struct entity_signed parts;
  struct pgp_question question = { 0 };
  struct pgp_answer answer = { 0 };
  if (!pgp || !entity_signed_parts(raw, size, &parts)) return;
  question.signature =
      find_armour(parts.signature, parts.signature_size, "SIGNATURE", &question.signature_size);
  if (!question.signature) return;
  g_autoptr(GString) content = g_string_new(NULL);
  entity_put_crlf(content, parts.content, parts.content_size);
  question.text = content->str;
  question.size = content->len;
  g_autoptr(GBytes) none = ask(pgp, &question, &answer);
  remember_signer(&answer, seal);
}

void pgp_look(struct pgp *pgp, const void *raw, gsize size, struct smime_seal *seal)
{
  g_autofree char *type = entity_type(raw, size);
  bool is_signed = g_str_has_prefix(type, "multipart/signed") && strstr(type, "pgp-signature");
  if (is_signed) look_at_signature(pgp, raw, size, seal);
  if (!g_str_has_prefix(type, "multipart/encrypted")) return;
  struct pgp_question question = { 0 };
  struct pgp_answer answer = { 0 };
  question.text = find_armour(raw, size, "MESSAGE", &question.size);
  g_autoptr(GBytes) entity = question.text ? ask(pgp, &question, &answer) : NULL;
  seal->is_encrypted = entity != NULL;
  seal->is_closed = !entity;
  if (!entity) return;
  remember_signer(&answer, seal);
  seal->inside = entity_replace(raw, size, entity);
}
