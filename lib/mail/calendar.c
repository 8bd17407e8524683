/* Calendar parts, lightly read: a reader of unfolded content lines (RFC 5545 section 3.1) that looks for a
 * handful of names. The properties of the first event count; alarms inside are passed over by the depth of
 * BEGIN and END. Of a time zone only its two offsets are kept: a rule that a stranger wrote is never
 * unrolled. */
#include "lib/mail/calendar.h"

#include <string.h>

enum { ATTENDEES_MAX = 1000, LINE_MAX_BYTES = 8 * 1024, GUESTS_MAX = 200, EXDATES_MAX = 400 };

static void free_attendee(gpointer data)
{
  struct calendar_attendee *attendee = data;
  g_free(attendee->address);
  g_free(attendee->partstat);
  g_free(attendee->comment);
  g_free(attendee);
}

void calendar_free(struct calendar *calendar)
{
  if (!calendar) return;
  char *texts[] = { calendar->method,     calendar->uid,         calendar->recurrence_id,
                    calendar->status,     calendar->organizer,   calendar->summary,
                    calendar->location,   calendar->comment,     calendar->start,
                    calendar->start_zone, calendar->end,         calendar->end_zone,
                    calendar->duration,   calendar->rule,        calendar->recurrence_zone,
                    calendar->stamp,      calendar->description, calendar->exdate_zone,
                    calendar->rdate_zone };
  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) g_free(texts[i]);
  g_ptr_array_unref(calendar->attendees);
  g_ptr_array_unref(calendar->exdates);
  g_ptr_array_unref(calendar->rdates);
  g_free(calendar);
}

/* The next content line, unfolded and bounded; NULL at the end. */
static char *next_line(const char **text)
{
  const char *p = *text;
  if (!*p) return NULL;
  GString *line = g_string_new(NULL);
  for (;;) {
    gsize length = strcspn(p, "\r\n");
    gsize room = line->len < LINE_MAX_BYTES ? LINE_MAX_BYTES - line->len : 0;
    g_string_append_len(line, p, (gssize)MIN(length, room));
    p += length;
    if (*p == '\r') p++;
    if (*p == '\n') p++;
    if (*p != ' ' && *p != '\t') break;
    p++;
  }
  *text = p;
  return g_string_free(line, FALSE);
}

/* The first of these characters outside quotes; NULL: none. */
static char *find_outside_quotes(char *text, const char *wanted)
{
  bool is_quoted = false;
  for (; *text; text++) {
    if (*text == '"') is_quoted = !is_quoted;
    if (!is_quoted && strchr(wanted, *text)) return text;
  }
  return NULL;
}

/* The value of one parameter ("PARTSTAT") among ";NAME=value;…"; NULL: none. Caller frees. */
static char *parameter(const char *parameters, const char *name)
{
  g_autofree char *copy = g_strdup(parameters);
  gsize length = strlen(name);
  for (char *p = copy; p && *p;) {
    char *end = find_outside_quotes(p, ";");
    if (end) *end = '\0';
    if (g_ascii_strncasecmp(p, name, length) == 0 && p[length] == '=') {
      char *value = p + length + 1;
      gsize size = strlen(value);
      if (size >= 2 && *value == '"' && value[size - 1] == '"') {
        value[size - 1] = '\0';
        value++;
      }
      return g_strdup(value);
    }
    p = end ? end + 1 : NULL;
  }
  return NULL;
}

/* "mailto:a@b" → "a@b". */
static char *address_of(const char *value)
{
  static const char scheme[] = "mailto:";
  if (g_ascii_strncasecmp(value, scheme, strlen(scheme)) == 0) value += strlen(scheme);
  return g_strstrip(g_strdup(value));
}

/* A TEXT value without its escapes (RFC 5545 section 3.3.11), blanks at the ends cut. NULL when nothing is
 * left. */
static char *unescape(const char *value)
{
  GString *text = g_string_new(NULL);
  for (; *value; value++) {
    if (*value != '\\' || !value[1]) {
      g_string_append_c(text, *value);
      continue;
    }
    value++;
    g_string_append_c(text, *value == 'n' || *value == 'N' ? '\n' : *value);
  }
  g_strstrip(text->str);
  return *text->str ? g_string_free(text, FALSE) : g_string_free(text, TRUE);
}

static void add_attendee(struct calendar *calendar, const char *parameters, const char *value)
{
  if (calendar->attendees->len >= ATTENDEES_MAX) return;
  g_autofree char *partstat = parameter(parameters, "PARTSTAT");
  struct calendar_attendee *attendee = g_new(struct calendar_attendee, 1);
  attendee->address = address_of(value);
  attendee->partstat = g_ascii_strup(partstat ? partstat : "NEEDS-ACTION", -1);
  g_autofree char *guests = parameter(parameters, "X-NUM-GUESTS");
  g_autofree char *comment = parameter(parameters, "X-RESPONSE-COMMENT");
  attendee->guests = guests ? (int)CLAMP(g_ascii_strtoll(guests, NULL, 10), 0, GUESTS_MAX) : 0;
  attendee->comment = comment ? unescape(comment) : NULL;
  g_ptr_array_add(calendar->attendees, attendee);
}

/* Sets a text once: the first one counts. Takes over the value. */
static void set_once(char **text, char *value)
{
  if (*text)
    g_free(value);
  else
    *text = value;
}

/* Dates that are left out, or come beside the rule; several may stand in one line. */
static void add_dates(GPtrArray *to, char **zone, const char *parameters, const char *value)
{
  g_auto(GStrv) dates = g_strsplit(value, ",", EXDATES_MAX);
  for (guint i = 0; dates[i] && to->len < EXDATES_MAX; i++) {
    dates[i][strcspn(dates[i], "/")] = '\0'; /* VALUE=PERIOD */
    g_ptr_array_add(to, g_strdup(g_strstrip(dates[i])));
  }
  if (!*zone) *zone = parameter(parameters, "TZID");
}

/* The properties that say when. */
static void take_time(struct calendar *calendar, const char *name, const char *parameters, const char *value)
{
  if (strcmp(name, "DTSTART") == 0 && !calendar->start) {
    g_autofree char *type = parameter(parameters, "VALUE");
    calendar->start = g_strdup(value);
    calendar->start_zone = parameter(parameters, "TZID");
    calendar->is_day = (type && g_ascii_strcasecmp(type, "DATE") == 0) || strlen(value) == 8;
  }
  if (strcmp(name, "DTEND") == 0 && !calendar->end) {
    calendar->end = g_strdup(value);
    calendar->end_zone = parameter(parameters, "TZID");
  }
  if (strcmp(name, "DURATION") == 0) set_once(&calendar->duration, g_strdup(value));
  if (strcmp(name, "EXDATE") == 0) add_dates(calendar->exdates, &calendar->exdate_zone, parameters, value);
  if (strcmp(name, "RDATE") == 0) add_dates(calendar->rdates, &calendar->rdate_zone, parameters, value);
  if (strcmp(name, "RRULE") == 0) set_once(&calendar->rule, g_ascii_strup(value, -1));
}

/* One property of the event. */
static void take_property(struct calendar *calendar, const char *name, const char *parameters,
                          const char *value)
{
  if (strcmp(name, "UID") == 0) set_once(&calendar->uid, g_strdup(value));
  if (strcmp(name, "RECURRENCE-ID") == 0 && !calendar->recurrence_id) {
    calendar->recurrence_id = g_strdup(value);
    calendar->recurrence_zone = parameter(parameters, "TZID");
  }
  if (strcmp(name, "DTSTAMP") == 0) set_once(&calendar->stamp, g_strdup(value));
  if (strcmp(name, "STATUS") == 0) set_once(&calendar->status, g_ascii_strup(value, -1));
  if (strcmp(name, "ORGANIZER") == 0) set_once(&calendar->organizer, address_of(value));
  if (strcmp(name, "SEQUENCE") == 0)
    calendar->sequence = CLAMP(g_ascii_strtoll(value, NULL, 10), 0, G_MAXINT32),
    calendar->has_sequence = true;
  if (strcmp(name, "ATTENDEE") == 0) add_attendee(calendar, parameters, value);
  if (strcmp(name, "SUMMARY") == 0) set_once(&calendar->summary, unescape(value));
  if (strcmp(name, "LOCATION") == 0) set_once(&calendar->location, unescape(value));
  if (strcmp(name, "DESCRIPTION") == 0) set_once(&calendar->description, unescape(value));
  if (strcmp(name, "COMMENT") == 0) set_once(&calendar->comment, unescape(value));
  take_time(calendar, name, parameters, value);
}

/* "+0530" in minutes. */
static int offset_minutes(const char *value)
{
  int sign = *value == '-' ? -1 : 1;
  if (*value == '-' || *value == '+') value++;
  for (int i = 0; i < 4; i++)
    if (!g_ascii_isdigit(value[i])) return 0;
  return sign * ((value[0] - '0') * 600 + (value[1] - '0') * 60 + (value[2] - '0') * 10 + value[3] - '0');
}

/* A property inside a VTIMEZONE's STANDARD or DAYLIGHT. */
static void take_zone(struct calendar_zone *zone, bool is_summer, const char *name, const char *value)
{
  if (strcmp(name, "TZOFFSETTO") == 0) {
    *(is_summer ? &zone->summer_offset : &zone->offset) = offset_minutes(value);
    if (!is_summer && !zone->is_there) zone->summer_offset = zone->offset;
    zone->is_there = true;
  }
}

/* Where the reader stands. */
struct position {
  int depth;       /* of BEGIN; 1: inside VCALENDAR */
  int event_depth; /* depth of the event that counts; 0: not in it */
  int skipped;     /* events to pass over before it */
  bool has_event;  /* it was there */
  bool is_task;    /* it was a VTODO */
  int zone_depth;  /* of STANDARD or DAYLIGHT; 0: not in one */
  bool is_summer;  /* it is DAYLIGHT */
};

/* BEGIN and END move the position. True when the line was one of them. */
static bool move(struct position *at, const char *name, const char *value)
{
  if (strcmp(name, "BEGIN") == 0) {
    at->depth++;
    bool is_event = g_ascii_strcasecmp(value, "VEVENT") == 0 || g_ascii_strcasecmp(value, "VTODO") == 0;
    if (is_event && !at->has_event && at->skipped-- == 0) {
      at->event_depth = at->depth;
      at->has_event = true;
      at->is_task = g_ascii_strcasecmp(value, "VTODO") == 0;
    }
    at->is_summer = g_ascii_strcasecmp(value, "DAYLIGHT") == 0;
    at->zone_depth = at->is_summer || g_ascii_strcasecmp(value, "STANDARD") == 0 ? at->depth : 0;
    return true;
  }
  if (strcmp(name, "END") != 0) return false;
  if (at->depth == at->event_depth) at->event_depth = 0;
  at->zone_depth = 0;
  if (at->depth > 0) at->depth--;
  return true;
}

/* Takes one line apart into name, parameters and value, and puts it where it belongs. */
static void take_line(struct calendar *calendar, struct position *at, char *line)
{
  char *colon = find_outside_quotes(line, ":");
  if (!colon) return;
  *colon = '\0';
  char *value = g_strstrip(colon + 1);
  char *parameters = strchr(line, ';');
  if (parameters) *parameters++ = '\0';
  g_autofree char *name = g_ascii_strup(g_strstrip(line), -1);
  if (move(at, name, value)) return;
  if (at->depth == 1 && strcmp(name, "METHOD") == 0) set_once(&calendar->method, g_ascii_strup(value, -1));
  if (at->event_depth && at->depth == at->event_depth)
    take_property(calendar, name, parameters ? parameters : "", value);
  if (at->zone_depth && at->depth == at->zone_depth) take_zone(&calendar->zone, at->is_summer, name, value);
}

/* The calendar with one of its events; *has_event: there are as many. */
static struct calendar *read_nth(const char *text, int nth, bool *has_event)
{
  static const char begin[] = "BEGIN:VCALENDAR";
  if (g_str_has_prefix(text, "\xEF\xBB\xBF")) text += 3;
  while (g_ascii_isspace(*text)) text++;
  if (g_ascii_strncasecmp(text, begin, strlen(begin)) != 0) return NULL;
  struct calendar *calendar = g_new0(struct calendar, 1);
  calendar->attendees = g_ptr_array_new_with_free_func(free_attendee);
  calendar->exdates = g_ptr_array_new_with_free_func(g_free);
  calendar->rdates = g_ptr_array_new_with_free_func(g_free);
  struct position at = { .skipped = nth };
  for (char *line; (line = next_line(&text));) {
    take_line(calendar, &at, line);
    g_free(line);
  }
  *has_event = at.has_event;
  calendar->is_task = at.is_task;
  return calendar;
}

struct calendar *calendar_read(const char *text)
{
  bool has_event;
  return read_nth(text, 0, &has_event);
}

GPtrArray *calendar_read_each(const char *text, guint limit)
{
  GPtrArray *all = g_ptr_array_new_with_free_func((GDestroyNotify)calendar_free);
  bool has_event = true;
  for (guint nth = 0; nth < limit && has_event; nth++) {
    struct calendar *calendar = read_nth(text, (int)nth, &has_event);
    if (!calendar) break;
    if (has_event || nth == 0)
      g_ptr_array_add(all, calendar);
    else
      calendar_free(calendar);
  }
  return all;
}
