/* click_as CLIENT LETTER FROM PARTSTAT [DATE [COMMENT]]: prints the mail that a person's calendar sends when
 * they click "accept" (ACCEPTED), "decline" (DECLINED) or "maybe" (TENTATIVE) in the invitation LETTER. DATE:
 * only this date of a series, as the rule says it begins, in UTC ("20260526T170000Z"); "-": the whole.
 *
 * click_as calendar LETTER: the calendar object within it, as it is read by calendars.
 *
 * Calendars, as they answered in 2025: outlook (Exchange: no ORGANIZER, Windows' names of zones, often
 * another address of the same mailbox), outlook-tnef (the same in a winmail.dat), gmail (three copies of it,
 * times in UTC), apple (upper-case MAILTO:, EMAIL parameters), thunderbird (the whole event comes back). */
#include "tests/unit/mail/tnef/tnef_writer.h"

#include <gmime/gmime.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

struct click {
  const char *from, *partstat, *date, *comment;
  char *calendar;                                         /* of the letter, unfolded, line ends "\n" */
  char *uid, *organizer, *sequence, *start, *end, *title; /* of its first event; start as in "DTSTART;…:…" */
};

/* ---- the letter ---- */

static void find_calendar(GMimeObject *parent, GMimeObject *object, gpointer data)
{
  (void)parent;
  char **text = data;
  GMimeContentType *type = g_mime_object_get_content_type(object);
  if (!*text && GMIME_IS_TEXT_PART(object) && g_mime_content_type_is_type(type, "text", "calendar"))
    *text = g_mime_text_part_get_text(GMIME_TEXT_PART(object));
}

static char *calendar_of(const char *path)
{
  g_autofree char *bytes = NULL;
  char *text = NULL;
  gsize size = 0;
  if (!g_file_get_contents(path, &bytes, &size, NULL)) return NULL;
  GMimeStream *stream = g_mime_stream_mem_new_with_buffer(bytes, size);
  GMimeParser *parser = g_mime_parser_new_with_stream(stream);
  GMimeMessage *letter = g_mime_parser_construct_message(parser, NULL);
  if (letter) g_mime_message_foreach(letter, find_calendar, &text);
  if (letter) g_object_unref(letter);
  g_object_unref(parser);
  g_object_unref(stream);
  return text;
}

/* The first line of the event that begins with `name`, whole; NULL: none. Caller frees. */
static char *line_of(const char *calendar, const char *name)
{
  const char *event = strstr(calendar, "BEGIN:VEVENT");
  g_autofree char *begin = g_strconcat("\n", name, NULL);
  const char *at = event ? strstr(event, begin) : NULL;
  return at ? g_strndup(at + 1, strcspn(at + 1, "\n")) : NULL;
}

static char *value_of(const char *calendar, const char *name)
{
  g_autofree char *line = line_of(calendar, name);
  const char *colon = line ? strchr(line, ':') : NULL;
  return g_strdup(colon ? colon + 1 : "");
}

static bool read_letter(struct click *click, const char *path)
{
  g_autofree char *text = calendar_of(path);
  if (!text) return false;
  g_auto(GStrv) lines = g_strsplit(text, "\r\n", -1);
  g_autofree char *joined = g_strjoinv("\n", lines);
  g_auto(GStrv) folds = g_strsplit(joined, "\n ", -1);
  click->calendar = g_strjoinv("", folds);
  click->uid = value_of(click->calendar, "UID:");
  click->sequence = value_of(click->calendar, "SEQUENCE:");
  click->title = value_of(click->calendar, "SUMMARY:");
  click->start = line_of(click->calendar, "DTSTART");
  click->end = line_of(click->calendar, "DTEND");
  g_autofree char *uri = value_of(click->calendar, "ORGANIZER");
  click->organizer = g_strdup(g_str_has_prefix(uri, "mailto:") ? uri + strlen("mailto:") : uri);
  return *click->uid && *click->organizer && click->start;
}

/* "DTSTART;TZID=Europe/Berlin:20270516T150000" in UTC. Caller frees. */
static GDateTime *moment_of(const char *line)
{
  int year = 0, month = 0, day = 0, hour = 0, minute = 0;
  const char *value = strrchr(line, ':') + 1, *name = strstr(line, "TZID=");
  sscanf(value, "%4d%2d%2dT%2d%2d", &year, &month, &day, &hour, &minute);
  g_autofree char *zone_name = name ? g_strndup(name + 5, strcspn(name + 5, ":;")) : g_strdup("UTC");
  g_autoptr(GTimeZone) zone = g_time_zone_new_identifier(zone_name);
  g_autoptr(GDateTime) local = g_date_time_new(zone, year, month, day, hour, minute, 0);
  return g_date_time_to_utc(local);
}

static char *utc_of(const char *line)
{
  g_autoptr(GDateTime) moment = moment_of(line);
  return g_date_time_format(moment, "%Y%m%dT%H%M%SZ");
}

static char *stamp_now(void)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_utc();
  return g_date_time_format(now, "%Y%m%dT%H%M%SZ");
}

/* ---- each calendar's way: its object, lines ending in "\n" ---- */

static void put_common(const struct click *click, GString *out)
{
  g_autofree char *stamp = stamp_now();
  g_string_append_printf(out, "UID:%s\nSEQUENCE:%s\nDTSTAMP:%s\nSUMMARY:%s\n", click->uid, click->sequence,
                         stamp, click->title);
  if (click->date) g_string_append_printf(out, "RECURRENCE-ID:%s\n", click->date);
  if (click->comment) g_string_append_printf(out, "COMMENT:%s\n", click->comment);
}

static void write_outlook(const struct click *click, GString *out)
{
  const char *start = strrchr(click->start, ':') + 1, *word = click->partstat;
  g_string_append_printf(
      out,
      "METHOD:REPLY\nPRODID:Microsoft Exchange Server 2010\nVERSION:2.0\nBEGIN:VTIMEZONE\nTZID:W. Europe "
      "Standard "
      "Time\nBEGIN:STANDARD\nDTSTART:16010101T030000\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0100\nRRULE:FREQ="
      "YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10\nEND:STANDARD\nBEGIN:DAYLIGHT\nDTSTART:16010101T020000\n"
      "TZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nRRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3\nEND:"
      "DAYLIGHT\nEND:VTIMEZONE\nBEGIN:VEVENT\nATTENDEE;PARTSTAT=%s;CN=Outlook:mailto:%s\n",
      word, click->from);
  put_common(click, out);
  g_string_append_printf(out,
                         "DTSTART;TZID=W. Europe Standard "
                         "Time:%s\nCLASS:PUBLIC\nPRIORITY:5\nTRANSP:OPAQUE\nSTATUS:CONFIRMED\n"
                         "X-MICROSOFT-CDO-APPT-SEQUENCE:%s\nX-MICROSOFT-CDO-BUSYSTATUS:BUSY\nEND:VEVENT\n",
                         start, click->sequence);
}

static void write_gmail(const struct click *click, GString *out)
{
  g_autofree char *start = utc_of(click->start);
  g_string_append_printf(
      out,
      "PRODID:-//Google Inc//Google Calendar 70.9054//EN\nVERSION:2.0\nCALSCALE:GREGORIAN\n"
      "METHOD:REPLY\nBEGIN:VEVENT\nDTSTART:%s\nORGANIZER;CN=Kiez:mailto:%s\n"
      "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=%s;CN=%s;X-NUM-GUESTS=0:"
      "mailto:%s\nX-MICROSOFT-CDO-OWNERAPPTID:1\nSTATUS:CONFIRMED\n",
      start, click->organizer, click->partstat, click->from, click->from);
  put_common(click, out);
  g_string_append(out, "TRANSP:OPAQUE\nEND:VEVENT\n");
}

static void write_apple(const struct click *click, GString *out)
{
  g_string_append_printf(out,
                         "CALSCALE:GREGORIAN\nVERSION:2.0\nMETHOD:REPLY\nPRODID:-//Apple Inc.//macOS "
                         "15.1//EN\nBEGIN:VEVENT\n%s\nORGANIZER;CN=\"Kiez\";EMAIL=\"%s\":MAILTO:%s\n"
                         "ATTENDEE;CN=\"Apfel\";CUTYPE=INDIVIDUAL;EMAIL=\"%s\";PARTSTAT=%s;ROLE=REQ-"
                         "PARTICIPANT:MAILTO:%s\nREQUEST-STATUS:2.0;Success\n",
                         click->start, click->organizer, click->organizer, click->from, click->partstat,
                         click->from);
  put_common(click, out);
  g_string_append(out, "X-APPLE-TRAVEL-ADVISORY-BEHAVIOR:AUTOMATIC\nEND:VEVENT\n");
}

/* The event as it came, with the answer in it. */
static void write_thunderbird(const struct click *click, GString *out)
{
  g_auto(GStrv) lines = g_strsplit(click->calendar, "\n", -1);
  for (char **line = lines + 1; *line && strcmp(*line, "END:VCALENDAR") != 0; line++) {
    bool is_answer = g_str_has_prefix(*line, "ATTENDEE");
    if (g_str_has_prefix(*line, "METHOD:"))
      g_string_append(out, "METHOD:REPLY\n");
    else if (is_answer)
      g_string_append_printf(out, "ATTENDEE;CN=Donner;PARTSTAT=%s;ROLE=REQ-PARTICIPANT:mailto:%s\n",
                             click->partstat, click->from);
    else if (g_str_has_prefix(*line, "PRODID:"))
      g_string_append(out, "PRODID:-//Mozilla.org/NONSGML Mozilla Calendar V1.1//EN\n");
    else if (!g_str_has_prefix(*line, "DTSTAMP:"))
      g_string_append_printf(out, "%s\n", *line);
    g_autofree char *stamp = stamp_now();
    if (is_answer) g_string_append_printf(out, "DTSTAMP:%s\n", stamp);
    if (is_answer && click->comment) g_string_append_printf(out, "COMMENT:%s\n", click->comment);
  }
}

/* ---- Outlook within a company: TNEF ---- */

static void put_tnef_id(const struct click *click, GByteArray *properties)
{
  static const guint8 of_meeting[16] = { 0x90, 0xDA, 0xD8, 0x6E, 0x0B, 0x45, 0x1B, 0x10,
                                         0x98, 0xDA, 0x00, 0xAA, 0x00, 0x3F, 0x13, 0x05 };
  static const guint8 head[40] = { 0x04, 0x00, 0x00, 0x00, 0x82, 0x00, 0xE0, 0x00 };
  g_autoptr(GByteArray) id = g_byte_array_new();
  g_byte_array_append(id, head, sizeof head);
  g_byte_array_append(id, (const guint8 *)"vCal-Uid\x01\0\0\0", 12);
  g_byte_array_append(id, (const guint8 *)click->uid, (guint)strlen(click->uid) + 1);
  tnef_named(properties, 0x0102, of_meeting, 0x03, id->data, id->len);
}

static char *winmail(const struct click *click)
{
  static const guint8 of_appointment[16] = { 0x02, 0x20, 0x06, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46 };
  const char *kind = strcmp(click->partstat, "ACCEPTED") == 0   ? "Pos"
                     : strcmp(click->partstat, "DECLINED") == 0 ? "Neg"
                                                                : "Tent";
  g_autofree char *class = g_strconcat("IPM.Schedule.Meeting.Resp.", kind, NULL);
  g_autoptr(GByteArray) tnef = g_byte_array_new(), properties = g_byte_array_new();
  g_autoptr(GDateTime) moment = moment_of(click->start);
  guint64 filetime = (G_GUINT64_CONSTANT(11644473600) + (guint64)g_date_time_to_unix(moment)) * 10000000;
  guint8 start[8];
  for (int i = 0; i < 8; i++) start[i] = (guint8)(filetime >> (8 * i));
  tnef_number(properties, 4, 4);
  tnef_unicode(properties, 0x001A, class);
  tnef_unicode(properties, 0x0037, click->title);
  put_tnef_id(click, properties);
  tnef_named(properties, 0x0040, of_appointment, 0x820D, start, sizeof start);
  tnef_begin(tnef);
  tnef_attribute(tnef, 1, 0x00069003, properties->data, properties->len);
  return g_base64_encode(tnef->data, tnef->len);
}

/* ---- the mail ---- */

/* Lines of iCalendar: at most 75 octets, CRLF. Caller frees. */
static char *folded(const char *lines)
{
  GString *out = g_string_new(NULL);
  int length = 0;
  for (const char *p = lines; *p; p++) {
    bool is_inside = ((guchar)*p & 0xC0) == 0x80;
    if (*p != '\n' && length > 70 && !is_inside) g_string_append(out, "\r\n "), length = 1;
    if (*p == '\n') g_string_append_c(out, '\r'), length = -1;
    g_string_append_c(out, *p);
    length++;
  }
  return g_string_free(out, FALSE);
}

static char *base64_lines(const char *base64)
{
  GString *out = g_string_new(NULL);
  for (gsize at = 0, length = strlen(base64); at < length; at += 76)
    g_string_append_printf(out, "%.76s\r\n", base64 + at);
  return g_string_free(out, FALSE);
}

static char *object_of(const struct click *click, void (*write)(const struct click *click, GString *out))
{
  g_autoptr(GString) lines = g_string_new("BEGIN:VCALENDAR\n");
  write(click, lines);
  g_string_append(lines, "END:VCALENDAR\n");
  g_autofree char *text = folded(lines->str);
  g_autofree char *coded = g_base64_encode((const guchar *)text, strlen(text));
  return base64_lines(coded);
}

static const struct {
  const char *name;
  void (*write)(const struct click *click, GString *out); /* NULL: TNEF */
  const char *outer, *type; /* of the multipart, of the part that holds the object */
  const char *again;        /* a second copy as a file; NULL: none */
} calendars[] = {
  { "outlook", write_outlook, "alternative", "text/calendar; charset=\"utf-8\"; method=REPLY", NULL },
  { "outlook-tnef", NULL, "mixed", "application/ms-tnef; name=\"winmail.dat\"", NULL },
  { "gmail", write_gmail, "mixed", "text/calendar; charset=\"UTF-8\"; method=REPLY",
    "application/ics; name=\"invite.ics\"" },
  { "apple", write_apple, "mixed", "text/calendar; name=\"iCal-20270516.ics\"; charset=utf-8; method=REPLY",
    NULL },
  { "thunderbird", write_thunderbird, "mixed", "text/calendar; method=REPLY; charset=UTF-8", NULL },
};

static void put_part(const char *type, const char *content)
{
  printf("--b\r\nContent-Type: %s\r\nContent-Transfer-Encoding: base64\r\n\r\n%s", type, content);
}

static int print_mail(const struct click *click, const char *name)
{
  gsize i = 0;
  while (i < G_N_ELEMENTS(calendars) && strcmp(calendars[i].name, name) != 0) i++;
  if (i == G_N_ELEMENTS(calendars)) return 64;
  g_autofree char *tnef = calendars[i].write ? NULL : winmail(click);
  g_autofree char *object = tnef ? base64_lines(tnef) : object_of(click, calendars[i].write);
  g_autoptr(GDateTime) now = g_date_time_new_now_local();
  g_autofree char *date = g_date_time_format(now, "%a, %d %b %Y %H:%M:%S %z");
  printf("Date: %s\r\nFrom: <%s>\r\nTo: <%s>\r\nSubject: %s\r\nMessage-ID: <%08x%08x@wohnen.example>\r\n"
         "MIME-Version: 1.0\r\nContent-Type: multipart/%s; boundary=b\r\n\r\n",
         date, click->from, click->organizer,
         strcmp(click->partstat, "DECLINED") == 0 ? "Abgelehnt" : "Angenommen", g_random_int(),
         g_random_int(), calendars[i].outer);
  printf("--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n\r\n");
  put_part(calendars[i].type, object);
  if (calendars[i].again) put_part(calendars[i].again, object);
  printf("--b--\r\n");
  return 0;
}

int main(int argc, char **argv)
{
  g_mime_init();
  if (argc == 3 && strcmp(argv[1], "calendar") == 0) {
    g_autofree char *text = calendar_of(argv[2]);
    return text ? (fputs(text, stdout), 0) : 66;
  }
  if (argc < 5 || argc > 7) {
    fputs("usage: click_as CLIENT LETTER FROM PARTSTAT [DATE [COMMENT]]\n", stderr);
    return 64;
  }
  struct click click = { .from = argv[3], .partstat = argv[4] };
  if (argc > 5 && strcmp(argv[5], "-") != 0) click.date = argv[5];
  if (argc > 6) click.comment = argv[6];
  if (read_letter(&click, argv[2])) return print_mail(&click, argv[1]);
  fprintf(stderr, "click_as: %s is no invitation\n", argv[2]);
  return 66;
}
