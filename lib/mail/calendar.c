/* Calendar parts, lightly read: a reader of unfolded content lines (RFC 5545 section 3.1) that looks for a
 * handful of names. The properties of the first event count; time zones and alarms inside are passed over by
 * the depth of BEGIN and END. */
#include "lib/mail/calendar.h"

#include <stdbool.h>
#include <string.h>

enum { ATTENDEES_MAX = 1000, LINE_MAX_BYTES = 8 * 1024 };

static void free_attendee(gpointer data)
{
  struct calendar_attendee *attendee = data;
  g_free(attendee->address);
  g_free(attendee->partstat);
  g_free(attendee);
}

void calendar_free(struct calendar *calendar)
{
  if (!calendar) return;
  char *texts[] = { calendar->method, calendar->uid, calendar->recurrence_id, calendar->status,
                    calendar->organizer };
  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) g_free(texts[i]);
  g_ptr_array_unref(calendar->attendees);
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

static void add_attendee(struct calendar *calendar, const char *parameters, const char *value)
{
  if (calendar->attendees->len >= ATTENDEES_MAX) return;
  g_autofree char *partstat = parameter(parameters, "PARTSTAT");
  struct calendar_attendee *attendee = g_new(struct calendar_attendee, 1);
  attendee->address = address_of(value);
  attendee->partstat = g_ascii_strup(partstat ? partstat : "NEEDS-ACTION", -1);
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

/* One property of the event. */
static void take_property(struct calendar *calendar, const char *name, const char *parameters,
                          const char *value)
{
  if (strcmp(name, "UID") == 0) set_once(&calendar->uid, g_strdup(value));
  if (strcmp(name, "RECURRENCE-ID") == 0) set_once(&calendar->recurrence_id, g_strdup(value));
  if (strcmp(name, "STATUS") == 0) set_once(&calendar->status, g_ascii_strup(value, -1));
  if (strcmp(name, "ORGANIZER") == 0) set_once(&calendar->organizer, address_of(value));
  if (strcmp(name, "SEQUENCE") == 0)
    calendar->sequence = CLAMP(g_ascii_strtoll(value, NULL, 10), 0, G_MAXINT32);
  if (strcmp(name, "ATTENDEE") == 0) add_attendee(calendar, parameters, value);
}

/* Where the reader stands. */
struct position {
  int depth;       /* of BEGIN; 1: inside VCALENDAR */
  int event_depth; /* depth of the event that counts; 0: not in it */
  bool has_event;  /* one was there */
};

/* BEGIN and END move the position. True when the line was one of them. */
static bool move(struct position *at, const char *name, const char *value)
{
  if (strcmp(name, "BEGIN") == 0) {
    at->depth++;
    bool is_event = g_ascii_strcasecmp(value, "VEVENT") == 0 || g_ascii_strcasecmp(value, "VTODO") == 0;
    if (is_event && !at->has_event) {
      at->event_depth = at->depth;
      at->has_event = true;
    }
    return true;
  }
  if (strcmp(name, "END") != 0) return false;
  if (at->depth == at->event_depth) at->event_depth = 0;
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
}

struct calendar *calendar_read(const char *text)
{
  static const char begin[] = "BEGIN:VCALENDAR";
  if (g_str_has_prefix(text, "\xEF\xBB\xBF")) text += 3;
  while (g_ascii_isspace(*text)) text++;
  if (g_ascii_strncasecmp(text, begin, strlen(begin)) != 0) return NULL;
  struct calendar *calendar = g_new0(struct calendar, 1);
  calendar->attendees = g_ptr_array_new_with_free_func(free_attendee);
  struct position at = { 0 };
  for (char *line; (line = next_line(&text));) {
    take_line(calendar, &at, line);
    g_free(line);
  }
  return calendar;
}
