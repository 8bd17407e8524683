/* Invitations and answers to them, as Exchange writes them into TNEF, made into what everybody else sends: an
 * iCalendar object ([MS-OXOCAL], RFC 5546). An answer holds what it is about by a number of its own, in which
 * the UID of a foreign invitation is wrapped; that UID is what comes out. */
#include "lib/mail/tnef/inside.h"

#include <string.h>

enum { ID_HEAD = 40, UID_MAX = 500, TEXT_MAX = 500 };

static const struct {
  const char *message_class; /* by its beginning */
  const char *method, *partstat;
} classes[] = {
  { "IPM.Schedule.Meeting.Request", "REQUEST", NULL },
  { "IPM.Schedule.Meeting.Resp.Pos", "REPLY", "ACCEPTED" },
  { "IPM.Schedule.Meeting.Resp.Neg", "REPLY", "DECLINED" },
  { "IPM.Schedule.Meeting.Resp.Tent", "REPLY", "TENTATIVE" },
  { "IPM.Schedule.Meeting.Canceled", "CANCEL", NULL },
  { "IPM.Microsoft Schedule.MtgReq", "REQUEST", NULL },
  { "IPM.Microsoft Schedule.MtgRespP", "REPLY", "ACCEPTED" },
  { "IPM.Microsoft Schedule.MtgRespN", "REPLY", "DECLINED" },
  { "IPM.Microsoft Schedule.MtgRespA", "REPLY", "TENTATIVE" },
  { "IPM.Microsoft Schedule.MtgCncl", "CANCEL", NULL },
  { "IPM.Appointment", "PUBLISH", NULL },
};

/* PSETID_Appointment and PSETID_Meeting. */
static const guint8 of_appointment[16] = { 0x02, 0x20, 0x06, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46 };
static const guint8 of_meeting[16] = { 0x90, 0xDA, 0xD8, 0x6E, 0x0B, 0x45, 0x1B, 0x10,
                                       0x98, 0xDA, 0x00, 0xAA, 0x00, 0x3F, 0x13, 0x05 };

/* 100 nanoseconds since 1601 as seconds since 1970; 0: nothing that can be. */
static gint64 seconds_of(guint64 filetime)
{
  const guint64 since_1601 = G_GUINT64_CONSTANT(11644473600), last = G_GUINT64_CONSTANT(4102444800);
  guint64 seconds = filetime / 10000000;
  return seconds > since_1601 && seconds < since_1601 + last ? (gint64)(seconds - since_1601) : 0;
}

static void set(char **field, char *value)
{
  g_free(*field);
  *field = value;
}

/* The UID that a global object id stands for. */
static void take_id(struct appointment *it, const struct property *property)
{
  static const char wrapped[] = "vCal-Uid\x01\0\0\0";
  const guint8 *id = property->value;
  gsize size = property->size, mark = sizeof wrapped - 1;
  if (size < ID_HEAD || size > UID_MAX) return;
  unsigned year = (unsigned)id[16] << 8 | id[17];
  if (year) it->occurrence = year * 10000 + id[18] * 100u + id[19];
  if (size > ID_HEAD + mark && memcmp(id + ID_HEAD, wrapped, mark) == 0) {
    set(&it->uid, codepage_text(id + ID_HEAD + mark, size - ID_HEAD - mark, 65001));
    return;
  }
  GString *hex = g_string_new(NULL);
  for (gsize i = 0; i < size; i++) g_string_append_printf(hex, "%02X", i >= 16 && i < 20 ? 0u : id[i]);
  set(&it->uid, g_string_free(hex, FALSE));
}

static void take_named(struct appointment *it, const struct property *property, unsigned codepage)
{
  bool is_appointment = memcmp(property->set, of_appointment, 16) == 0;
  bool is_meeting = memcmp(property->set, of_meeting, 16) == 0;
  bool is_time = property->type == TYPE_TIME;
  if (is_meeting && (property->name == 0x03 || (property->name == 0x23 && !it->uid))) take_id(it, property);
  if (!is_appointment) return;
  if (property->name == 0x820D && is_time) it->start = seconds_of(mapi_number(property));
  if (property->name == 0x820E && is_time) it->end = seconds_of(mapi_number(property));
  if (property->name == 0x8208) set(&it->location, mapi_text(property, codepage));
  if (property->name == 0x8201) {
    it->sequence = mapi_number(property) % 1000000;
    it->has_sequence = true;
  }
}

void appointment_take(struct appointment *it, const struct property *property, unsigned codepage)
{
  bool is_text = property->type == TYPE_STRING8 || property->type == TYPE_UNICODE;
  if (property->set) take_named(it, property, codepage);
  if (!is_text) return;
  if (property->id == 0x001A) set(&it->message_class, mapi_text(property, codepage));
  if (property->id == 0x0037) set(&it->subject, mapi_text(property, codepage));
  if (property->id == 0x5D01) set(&it->sender, mapi_text(property, codepage));
}

void appointment_clear(struct appointment *it)
{
  char *texts[] = { it->message_class, it->subject, it->location, it->sender, it->uid };
  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) g_free(texts[i]);
}

/* A line with a text, its characters that mean something escaped (RFC 5545 section 3.3.11). */
static void put_text(GString *out, const char *name, const char *text)
{
  if (!text || !*text) return;
  g_autofree char *bounded = g_utf8_substring(text, 0, MIN(g_utf8_strlen(text, -1), TEXT_MAX));
  g_string_append_printf(out, "%s:", name);
  for (const char *p = bounded; *p; p++) {
    if (*p == '\n')
      g_string_append(out, "\\n");
    else if (strchr("\\;,", *p))
      g_string_append_printf(out, "\\%c", *p);
    else if ((guchar)*p >= ' ' && *p != 127)
      g_string_append_c(out, *p);
  }
  g_string_append(out, "\r\n");
}

static void put_time(GString *out, const char *name, gint64 seconds)
{
  if (seconds == 0) return;
  g_autoptr(GDateTime) at = g_date_time_new_from_unix_utc(seconds);
  g_autofree char *text = at ? g_date_time_format(at, "%Y%m%dT%H%M%SZ") : NULL;
  if (text) g_string_append_printf(out, "%s:%s\r\n", name, text);
}

/* Can it stand as an address behind "mailto:"? */
static bool is_address(const char *text)
{
  return text && strchr(text, '@') && strlen(text) < 255 && !strpbrk(text, " \t\r\n\"<>;:,\\") &&
         g_str_is_ascii(text);
}

char *appointment_text(const struct appointment *it, const char *from, const char **method)
{
  gsize i = 0;
  while (i < G_N_ELEMENTS(classes) &&
         !(it->message_class && g_str_has_prefix(it->message_class, classes[i].message_class)))
    i++;
  if (i == G_N_ELEMENTS(classes) || (!it->uid && !it->start)) return NULL;
  *method = classes[i].method;
  GString *out = g_string_new("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//kiezpost//winmail//DE\r\n");
  g_string_append_printf(out, "METHOD:%s\r\nBEGIN:VEVENT\r\n", classes[i].method);
  put_text(out, "UID", it->uid);
  if (it->occurrence) g_string_append_printf(out, "RECURRENCE-ID;VALUE=DATE:%08u\r\n", it->occurrence);
  if (it->has_sequence) g_string_append_printf(out, "SEQUENCE:%" G_GUINT64_FORMAT "\r\n", it->sequence);
  put_time(out, "DTSTART", it->start);
  put_time(out, "DTEND", it->end);
  put_text(out, "SUMMARY", it->subject);
  put_text(out, "LOCATION", it->location);
  const char *person = is_address(it->sender) ? it->sender : is_address(from) ? from : NULL;
  if (classes[i].partstat && person)
    g_string_append_printf(out, "ATTENDEE;PARTSTAT=%s:mailto:%s\r\n", classes[i].partstat, person);
  if (!classes[i].partstat && person) g_string_append_printf(out, "ORGANIZER:mailto:%s\r\n", person);
  g_string_append(out, "END:VEVENT\r\nEND:VCALENDAR\r\n");
  return g_string_free(out, FALSE);
}
