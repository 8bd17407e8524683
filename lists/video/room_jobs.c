/* A job for a room as reach does it: which address is called, and what the answer means to us. The worker
 * writes jobs and reads answers (rooms.c); what passes between the two are rows without secrets.
 *
 * A job may lie while its event is moved or called off, by whatever way. So it is looked at again in the
 * moment in which it is done: nobody opens a room for what does not take place. */
#include "lists/video/rooms.h"

#include "lists/video/bbb.h"

#include "lib/base/fault.h"
#include "lib/store/events/events.h"
#include "lib/store/jobs/jobs.h"
#include "lib/store/jobs/rooms.h"
#include "lib/text/escape.h"

#include <string.h>

enum { DIAL_BYTES = 40, PIN_BYTES = 12, MESSAGE_BYTES = 200 };

/* Is it still the room of an event that is held, on the date that the job is for? */
static bool is_wanted(const struct event *event, const struct room *room)
{
  if (!event || !room || !event->is_video || *event->video_link) return false;
  bool is_held = event_is_held(event);
  return is_held && event->next_at != 0 && (room->for_at == 0 || room->for_at == event->next_at);
}

char *room_job_url(struct store *store, const struct bbb *bbb, const struct job *job, GError **error)
{
  GError *failed = NULL;
  g_autoptr(event_t) event = event_get(store, job->object, &failed);
  g_autoptr(room_t) room = failed ? NULL : room_get(store, job->object, &failed);
  if (fault_hand_on(failed, error)) return NULL;
  return is_wanted(event, room) ? bbb_create_url(bbb, room->meeting, job->request) : NULL;
}

/* Refusals that trying again does not mend. */
static const char *const final_keys[] = { "checksumError", "validationError", "unsupportedRequest",
                                          "invalidPassword", NULL };

/* A telephone number that people can dial. The server's own example is none. */
static bool is_number(const char *text)
{
  if (!*text || strlen(text) > DIAL_BYTES || strcmp(text, "613-555-1234") == 0) return false;
  return strspn(text, "+0123456789 ()/-.") == strlen(text) && strpbrk(text, "0123456789");
}

static bool is_pin(const char *text)
{
  return *text && strlen(text) <= PIN_BYTES && strspn(text, "0123456789") == strlen(text);
}

static char *refusal(const struct bbb *bbb, const struct bbb_reply *answer)
{
  g_autofree char *message = text_for_header(answer->message, MESSAGE_BYTES);
  g_autofree char *key = text_for_header(answer->key, MESSAGE_BYTES / 4);
  bool is_checksum = strcmp(answer->key, "checksumError") == 0;
  return g_strdup_printf("%s refuses to open the room: %s (%s).%s", bbb_host(bbb),
                         *message ? message : "it says no reason", *key ? key : "no key",
                         is_checksum
                             ? " Is the secret in secret_file the server's (bbb-conf --secret), and does "
                               "the server know this kind of checksum?"
                             : "");
}

enum room_outcome room_job_read(const struct bbb *bbb, const char *body, gsize size, char **reply)
{
  struct bbb_reply answer;
  if (!bbb_reply_read(body, size, &answer)) {
    *reply = g_strdup_printf("%s answers, but not as BigBlueButton does (%u bytes). Is bbb_url right?",
                             bbb_host(bbb), (unsigned)size);
    return ROOM_AGAIN;
  }
  enum room_outcome outcome = ROOM_ANSWERED;
  if (answer.is_success) {
    *reply = g_strdup_printf("dial=%s\npin=%s\n", is_number(answer.dial) ? answer.dial : "",
                             is_pin(answer.pin) ? answer.pin : "");
  } else if (strcmp(answer.key, "nonUniqueVoiceBridge") == 0) {
    *reply = g_strdup("pin_is_taken=1\n");
  } else {
    *reply = refusal(bbb, &answer);
    outcome = g_strv_contains(final_keys, answer.key) ? ROOM_FAILED : ROOM_AGAIN;
  }
  bbb_reply_clear(&answer);
  return outcome;
}
