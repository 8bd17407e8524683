/* Calendar parts of any bytes: read without harm, and what is read is bounded. */
#include "lib/mail/calendar_event.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup((const char *)data, size);
  g_autoptr(calendar_t) calendar = calendar_read(text);
  if (!calendar) return 0;
  if (calendar->sequence < 0 || calendar->attendees->len > 1000) abort();
  for (guint i = 0; i < calendar->attendees->len; i++) {
    const struct calendar_attendee *attendee = g_ptr_array_index(calendar->attendees, i);
    if (!attendee->address || !attendee->partstat || strpbrk(attendee->address, "\r\n")) abort();
  }
  struct calendar_event event;
  if (calendar_event_read(calendar, "Europe/Berlin", &event) && event.start.year == 0) abort();
  calendar_event_clear(&event);
  return 0;
}
