/* iCalendar objects of ours; see calendar_out.h. libical escapes and folds; what stands in them, and in which
 * order, is decided here. What surprised us: Outlook takes an update only from the very ORGANIZER that
 * invited; Gmail shows its buttons only for "mailto:" and for an ATTENDEE that is the recipient with
 * RSVP=TRUE. */
#include "lib/mail/ics/calendar_out.h"

#include "lib/mail/ics/zone_out.h"
#include "lib/text/dates/series.h"

#include <libical/ical.h>
#include <string.h>

enum { DAY_SECONDS = 24 * 3600 };

/* Without what iCalendar texts must not hold: control characters but line ends and tabs. */
static char *clean(const char *text)
{
  char *out = g_utf8_make_valid(text, -1), *to = out;
  for (const char *at = out; *at; at++)
    if ((guchar)*at >= ' ' || *at == '\n' || *at == '\t') *to++ = *at;
  *to = '\0';
  return out;
}

static void put_text(icalcomponent *event, icalproperty *(*make)(const char *), const char *text)
{
  if (!text || !*text) return;
  g_autofree char *cleaned = clean(text);
  icalcomponent_add_property(event, make(cleaned));
}

static struct icaltimetype time_of(const struct wall *wall)
{
  struct icaltimetype time = icaltime_null_time();
  time.year = wall->year;
  time.month = wall->month;
  time.day = wall->day;
  time.is_date = wall->hour < 0;
  if (!time.is_date) {
    time.hour = wall->hour;
    time.minute = wall->minute;
  }
  return time;
}

static struct icaltimetype utc_time(int64_t moment)
{
  return icaltime_from_timet_with_zone((time_t)moment, 0, icaltimezone_get_utc_timezone());
}

/* A wall time of the zone: the name stands as TZID, unless it is a whole day. */
static void put_time(icalcomponent *event, icalproperty *property, const struct wall *wall, const char *zone)
{
  if (wall->hour >= 0) icalproperty_add_parameter(property, icalparameter_new_tzid(zone));
  icalcomponent_add_property(event, property);
}

/* The day behind the last one: of whole days DTEND is no part of the event (RFC 5545 section 3.6.1). */
static struct wall day_after(const struct wall *day)
{
  GDate date;
  g_date_clear(&date, 1);
  g_date_set_dmy(&date, (GDateDay)day->day, (GDateMonth)day->month, (GDateYear)day->year);
  g_date_add_days(&date, 1);
  return (struct wall){ .year = g_date_get_year(&date),
                        .month = (int)g_date_get_month(&date),
                        .day = g_date_get_day(&date),
                        .hour = -1,
                        .minute = -1 };
}

/* How often it comes, and on which dates beside that. */
static void put_rule(icalcomponent *event, const struct event_out *it)
{
  if (!it->rule || !*it->rule) return;
  g_autofree char *recurrence = series_recurrence(it->rule);
  g_autoptr(GArray) extra = series_extra(it->rule);
  struct icalrecurrencetype rule = icalrecurrencetype_from_string(recurrence);
  if (rule.freq != ICAL_NO_RECURRENCE) icalcomponent_add_property(event, icalproperty_new_rrule(rule));
  for (guint i = 0; i < extra->len; i++) {
    const struct wall *date = &g_array_index(extra, struct wall, i);
    struct icaldatetimeperiodtype moment = { .time = time_of(date), .period = icalperiodtype_null_period() };
    icalproperty *property = icalproperty_new_rdate(moment);
    if (date->hour < 0) icalproperty_add_parameter(property, icalparameter_new_value(ICAL_VALUE_DATE));
    put_time(event, property, date, it->zone);
  }
}

/* Where it ends, as the kind of value that its beginning is (RFC 5545 section 3.8.2.2): of whole days the day
 * behind; "Freitag 17 Uhr bis Sonntag" goes on until Sunday is over. */
static struct wall end_of(const struct event_out *it)
{
  bool is_days = it->start.hour < 0;
  if (!it->end.year) return is_days ? day_after(&it->start) : it->end;
  if (it->end.hour >= 0 && !is_days) return it->end;
  struct wall end = day_after(&it->end);
  if (!is_days) end.hour = end.minute = 0;
  return end;
}

static void put_times(icalcomponent *event, const struct event_out *it)
{
  const char *zone = it->zone;
  if (it->original.year)
    put_time(event, icalproperty_new_recurrenceid(time_of(&it->original)), &it->original, zone);
  put_time(event, icalproperty_new_dtstart(time_of(&it->start)), &it->start, zone);
  struct wall end = end_of(it);
  if (end.year) put_time(event, icalproperty_new_dtend(time_of(&end)), &end, zone);
  put_rule(event, it);
  for (gsize i = 0; i < it->left_out_count; i++)
    put_time(event, icalproperty_new_exdate(time_of(&it->left_out[i])), &it->left_out[i], zone);
}

/* "mailto:" and the address. */
static char *uri_of(const char *address)
{
  return g_strconcat("mailto:", address, NULL);
}

/* A name as a parameter: no quotes, no line ends (RFC 5545 section 3.2). */
static icalparameter *name_parameter(const char *name)
{
  g_autofree char *cleaned = clean(name);
  g_strdelimit(cleaned, "\"\n\t", ' ');
  return icalparameter_new_cn(g_strstrip(cleaned));
}

static icalparameter_partstat partstat_of(const char *word)
{
  static const struct {
    const char *word;
    icalparameter_partstat partstat;
  } words[] = { { "ACCEPTED", ICAL_PARTSTAT_ACCEPTED },
                { "DECLINED", ICAL_PARTSTAT_DECLINED },
                { "TENTATIVE", ICAL_PARTSTAT_TENTATIVE } };
  for (gsize i = 0; word && i < G_N_ELEMENTS(words); i++)
    if (strcmp(words[i].word, word) == 0) return words[i].partstat;
  return ICAL_PARTSTAT_NEEDSACTION;
}

static void put_people(icalcomponent *event, const struct event_out *it)
{
  if (it->organizer) {
    g_autofree char *uri = uri_of(it->organizer);
    icalproperty *organizer = icalproperty_new_organizer(uri);
    if (it->organizer_name && *it->organizer_name)
      icalproperty_add_parameter(organizer, name_parameter(it->organizer_name));
    icalcomponent_add_property(event, organizer);
  }
  for (gsize i = 0; i < it->attendee_count; i++) {
    const struct attendee_out *attendee = &it->attendees[i];
    g_autofree char *uri = uri_of(attendee->address);
    icalproperty *property = icalproperty_new_attendee(uri);
    icalproperty_add_parameter(property, icalparameter_new_cutype(ICAL_CUTYPE_INDIVIDUAL));
    icalproperty_add_parameter(property, icalparameter_new_role(ICAL_ROLE_REQPARTICIPANT));
    icalproperty_add_parameter(property, icalparameter_new_partstat(partstat_of(attendee->partstat)));
    icalproperty_add_parameter(property, icalparameter_new_rsvp(ICAL_RSVP_TRUE));
    if (attendee->name && *attendee->name)
      icalproperty_add_parameter(property, name_parameter(attendee->name));
    icalcomponent_add_property(event, property);
  }
}

static void put_alarm(icalcomponent *event, const struct event_out *it)
{
  if (it->alarm_minutes <= 0) return;
  struct icaltriggertype trigger = { .time = icaltime_null_time(),
                                     .duration = icaldurationtype_from_int(-60 * it->alarm_minutes) };
  icalcomponent *alarm = icalcomponent_new_valarm();
  icalcomponent_add_property(alarm, icalproperty_new_action(ICAL_ACTION_DISPLAY));
  put_text(alarm, icalproperty_new_description, it->title ? it->title : "-");
  icalcomponent_add_property(alarm, icalproperty_new_trigger(trigger));
  icalcomponent_add_component(event, alarm);
}

/* A way to take part from afar. The library of Debian 12 does not know the property. */
static void put_conference(icalcomponent *event, const char *uri, const char *features)
{
  icalproperty *property = icalproperty_new_x(uri);
  icalproperty_set_x_name(property, "CONFERENCE");
  icalproperty_add_parameter(property, icalparameter_new_value(ICAL_VALUE_URI));
  icalparameter *feature = icalparameter_new_x(features);
  icalparameter_set_xname(feature, "FEATURE");
  icalproperty_add_parameter(property, feature);
  icalcomponent_add_property(event, property);
}

/* "tel:" and the digits of a number (RFC 3966). */
static void put_conferences(icalcomponent *event, const struct event_out *it)
{
  if (it->conference) put_conference(event, it->conference, "VIDEO");
  if (!it->telephone) return;
  g_autoptr(GString) uri = g_string_new("tel:");
  for (const char *p = it->telephone; *p; p++)
    if (g_ascii_isdigit(*p) || (*p == '+' && uri->len == strlen("tel:"))) g_string_append_c(uri, *p);
  put_conference(event, uri->str, "PHONE");
}

static icalcomponent *event_component(const struct event_out *it)
{
  icalcomponent *event = icalcomponent_new_vevent();
  icalcomponent_add_property(event, icalproperty_new_uid(it->uid));
  icalcomponent_add_property(event, icalproperty_new_dtstamp(utc_time(it->stamp)));
  if (it->created) icalcomponent_add_property(event, icalproperty_new_created(utc_time(it->created)));
  icalcomponent_add_property(event, icalproperty_new_lastmodified(utc_time(it->stamp)));
  icalcomponent_add_property(event, icalproperty_new_sequence(it->sequence));
  put_times(event, it);
  put_text(event, icalproperty_new_summary, it->title);
  put_text(event, icalproperty_new_description, it->text);
  put_text(event, icalproperty_new_location, it->place);
  put_text(event, icalproperty_new_url, it->url);
  put_conferences(event, it);
  if (it->has_point) {
    struct icalgeotype point = { .lat = it->lat, .lon = it->lon };
    icalcomponent_add_property(event, icalproperty_new_geo(point));
  }
  icalcomponent_add_property(
      event, icalproperty_new_status(it->is_cancelled ? ICAL_STATUS_CANCELLED : ICAL_STATUS_CONFIRMED));
  icalcomponent_add_property(event, icalproperty_new_transp(ICAL_TRANSP_OPAQUE));
  put_people(event, it);
  put_alarm(event, it);
  return event;
}

static void put_x(icalcomponent *to, const char *name, const char *value)
{
  g_autofree char *cleaned = clean(value);
  icalproperty *property = icalproperty_new_x(cleaned);
  icalproperty_set_x_name(property, name);
  icalcomponent_add_property(to, property);
}

/* How often it is worth looking again, in the words of Outlook and of RFC 7986. */
static void put_refresh(icalcomponent *calendar, int hours)
{
  if (hours <= 0) return;
  g_autofree char *duration = g_strdup_printf("PT%dH", hours);
  put_x(calendar, "X-PUBLISHED-TTL", duration);
  icalproperty *property = icalproperty_new_x(duration);
  icalproperty_set_x_name(property, "REFRESH-INTERVAL");
  icalproperty_add_parameter(property, icalparameter_new_value(ICAL_VALUE_DURATION));
  icalcomponent_add_property(calendar, property);
}

/* Describes each zone once that an event with a time of day names. */
static void put_zones(icalcomponent *calendar, const struct calendar_out *out)
{
  g_autoptr(GHashTable) years = g_hash_table_new(g_str_hash, g_str_equal);
  for (gsize i = 0; i < out->count; i++) {
    const struct event_out *it = &out->events[i];
    int year = GPOINTER_TO_INT(g_hash_table_lookup(years, it->zone));
    if (it->start.hour < 0 || (year && year <= it->start.year)) continue;
    g_hash_table_insert(years, (char *)it->zone, GINT_TO_POINTER(it->start.year));
  }
  for (gsize i = 0; i < out->count; i++) {
    const char *zone = out->events[i].zone;
    int year = GPOINTER_TO_INT(g_hash_table_lookup(years, zone));
    if (!year) continue;
    icalcomponent_add_component(calendar, zone_out(zone, year));
    g_hash_table_remove(years, zone);
  }
}

char *calendar_out_text(const struct calendar_out *out)
{
  icalcomponent *calendar = icalcomponent_new(ICAL_VCALENDAR_COMPONENT);
  icalcomponent_add_property(calendar, icalproperty_new_prodid("-//kiezpost//kiezpost//DE"));
  icalcomponent_add_property(calendar, icalproperty_new_version("2.0"));
  icalcomponent_add_property(calendar, icalproperty_new_calscale("GREGORIAN"));
  icalproperty_method method = icalproperty_string_to_method(out->method);
  icalcomponent_add_property(calendar, icalproperty_new_method(method));
  if (out->name) put_x(calendar, "X-WR-CALNAME", out->name);
  if (out->zone) put_x(calendar, "X-WR-TIMEZONE", out->zone);
  put_refresh(calendar, out->refresh_hours);
  put_zones(calendar, out);
  for (gsize i = 0; i < out->count; i++)
    icalcomponent_add_component(calendar, event_component(&out->events[i]));
  char *text = icalcomponent_as_ical_string_r(calendar), *copy = g_strdup(text);
  icalmemory_free_buffer(text);
  icalcomponent_free(calendar);
  return copy;
}
