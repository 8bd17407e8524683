/* Calendar parts as answers and invitations. An attendee's address is often another one than From (an alias
 * of the same mailbox), so of a single attendee the answer counts whoever he is. */
#include "lists/understand/itip.h"

#include <string.h>

const char *itip_text(const struct mail *mail)
{
  for (guint i = 0; i < mail->attachments->len; i++) {
    const struct mail_attachment *attachment = g_ptr_array_index(mail->attachments, i);
    g_autoptr(calendar_t) calendar =
        attachment->calendar_text ? calendar_read(attachment->calendar_text) : NULL;
    if (calendar) return attachment->calendar_text;
  }
  return NULL;
}

struct calendar *itip_find(const struct mail *mail)
{
  const char *text = itip_text(mail);
  return text ? calendar_read(text) : NULL;
}

enum itip_method itip_method(const struct calendar *calendar)
{
  static const struct {
    const char *word;
    enum itip_method method;
  } methods[] = {
    { "REPLY", ITIP_REPLY },   { "PUBLISH", ITIP_EVENT },
    { "REQUEST", ITIP_EVENT }, { "CANCEL", ITIP_CANCEL },
    { "ADD", ITIP_EVENT },     { "COUNTER", ITIP_COUNTER },
    { "REFRESH", ITIP_OTHER }, { "DECLINECOUNTER", ITIP_OTHER },
  };
  /* a task, or what has no event in it: polls, journals, free and busy times */
  if (calendar->is_task || (!calendar->uid && !calendar->start))
    return calendar->method ? ITIP_OTHER : ITIP_NONE;
  for (gsize i = 0; calendar->method && i < G_N_ELEMENTS(methods); i++)
    if (g_str_equal(methods[i].word, calendar->method)) return methods[i].method;
  return calendar->start ? ITIP_EVENT : ITIP_NONE;
}

static enum answer answer_of_partstat(const char *partstat)
{
  if (g_str_equal(partstat, "ACCEPTED")) return ANSWER_YES;
  if (g_str_equal(partstat, "DECLINED")) return ANSWER_NO;
  if (g_str_equal(partstat, "TENTATIVE")) return ANSWER_MAYBE;
  return ANSWER_NONE;
}

const struct calendar_attendee *itip_attendee(const struct calendar *calendar, const char *from)
{
  const struct calendar_attendee *first = NULL;
  for (guint i = 0; i < calendar->attendees->len; i++) {
    const struct calendar_attendee *attendee = g_ptr_array_index(calendar->attendees, i);
    if (from && g_ascii_strcasecmp(attendee->address, from) == 0) return attendee;
    if (!first && answer_of_partstat(attendee->partstat) != ANSWER_NONE) first = attendee;
  }
  return first;
}

static const struct calendar_attendee *attendee_at(const struct calendar *calendar, const char *address)
{
  for (guint i = 0; address && i < calendar->attendees->len; i++) {
    const struct calendar_attendee *attendee = g_ptr_array_index(calendar->attendees, i);
    if (g_ascii_strcasecmp(attendee->address, address) == 0) return attendee;
  }
  return NULL;
}

const struct calendar_attendee *itip_replier(const struct calendar *calendar, const char *from,
                                             const char *invited)
{
  const struct calendar_attendee *own = attendee_at(calendar, from), *other = attendee_at(calendar, invited);
  if (own) return own;
  return itip_answer_of(other) != ANSWER_NONE ? other : itip_attendee(calendar, from);
}

enum answer itip_answer_of(const struct calendar_attendee *attendee)
{
  return attendee ? answer_of_partstat(attendee->partstat) : ANSWER_NONE;
}
