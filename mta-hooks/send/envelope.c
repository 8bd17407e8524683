/* Envelopes and their answers. The main thread makes them, one session at a time has them in hand, the main
 * thread takes them back; nobody else looks inside meanwhile, so there is nothing to lock. */
#include "mta-hooks/send/envelope.h"

struct envelope *envelope_new(struct outgoing *outgoing, struct delivery *const *deliveries, guint count)
{
  struct envelope *envelope = g_new0(struct envelope, 1);
  envelope->outgoing = outgoing_ref(outgoing);
  envelope->deliveries = g_memdup2(deliveries, count * sizeof *deliveries);
  envelope->answers = g_new0(enum answer, count);
  envelope->replies = g_new0(char *, count);
  envelope->count = count;
  return envelope;
}

void envelope_reset(struct envelope *envelope)
{
  for (guint i = 0; i < envelope->count; i++) {
    envelope->answers[i] = ANSWER_NONE;
    g_clear_pointer(&envelope->replies[i], g_free);
  }
}

void envelope_free(struct envelope *envelope)
{
  if (envelope == NULL) return;
  envelope_reset(envelope);
  for (guint i = 0; i < envelope->count; i++)
    if (envelope->deliveries[i] != NULL) delivery_free(envelope->deliveries[i]);
  outgoing_unref(envelope->outgoing);
  g_free(envelope->deliveries);
  g_free(envelope->answers);
  g_free(envelope->replies);
  g_free(envelope);
}

const char *envelope_from(const struct envelope *envelope)
{
  const struct letter *letter = outgoing_letter(envelope->outgoing);
  const char *own = envelope->deliveries[0]->envelope_from; /* a batch's copy may go alone */
  const char *from = letter->is_batch && (own == NULL || *own == '\0') ? letter->envelope_from : own;
  return from != NULL ? from : "";
}

void envelope_answer(struct envelope *envelope, guint i, enum answer answer, const char *reply)
{
  envelope->answers[i] = answer;
  g_free(envelope->replies[i]);
  envelope->replies[i] = g_strdup(reply);
}

void envelope_answer_rest(struct envelope *envelope, enum answer answer, const char *reply)
{
  for (guint i = 0; i < envelope->count; i++)
    if (envelope->answers[i] == ANSWER_NONE) envelope_answer(envelope, i, answer, reply);
}
