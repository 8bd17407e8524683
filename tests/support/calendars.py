"""An independent reader of our calendar objects: Python's icalendar, not the library that writes them.

Usage: calendars.py FILE…   Reads .ics files, and of mails each text/calendar part and each attached .ics. Prints a JSON
list, an element an object: where it was found, METHOD, name, zones, and its events. Ends with 1 and a sentence where
one cannot be read, where a line is too long or ends otherwise than CRLF, or where what an event says does not hold
together (RFC 5545, RFC 5546)."""
import email
import email.policy
import json
import sys
from datetime import date, datetime

import icalendar


def say(where, what):
    sys.exit(f"{where}: {what}")


def objects_of(path):
    """The bytes of each calendar object of a file, with where it was found and the MIME parameter method."""
    data = open(path, "rb").read()
    if path.endswith(".ics"):
        yield path, None, data
        return
    data = data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")  # as it went over the wire, whatever the mailbox
    mail = email.message_from_bytes(data, policy=email.policy.default)
    for part in mail.walk():
        name = part.get_filename() or ""
        if part.get_content_type() == "text/calendar" or name.endswith(".ics"):
            yield f"{path} {name or part.get_content_type()}", part.get_param("method"), part.get_payload(decode=True)


def check_bytes(where, data):
    data.decode("utf-8")
    if not data.endswith(b"\r\n"):
        say(where, "does not end with CRLF")
    for line in data[:-2].split(b"\r\n"):
        if b"\n" in line or b"\r" in line:
            say(where, f"holds a line end that is none: {line!r}")
        if len(line) > 75:
            say(where, f"holds a line of {len(line)} octets")


def text_of(value):
    moment = value.dt if hasattr(value, "dt") else value
    return moment.isoformat() if isinstance(moment, (date, datetime)) else str(moment)


def dates_of(value):
    lists = value if isinstance(value, list) else [value] if value is not None else []
    return [text_of(one) for dates in lists for one in dates.dts]


def event_of(where, event, zones):
    for name in ("UID", "DTSTAMP", "DTSTART", "SUMMARY"):
        if name not in event:
            say(where, f"an event without {name}")
    start = event["DTSTART"]
    zone = start.params.get("TZID")
    if isinstance(start.dt, datetime) and zone not in zones:
        say(where, f"names the zone {zone}, which it does not describe")
    if "DTEND" in event and not event["DTEND"].dt > start.dt:
        say(where, "ends before it begins")
    attendees = event.get("ATTENDEE", [])
    return {
        "uid": str(event["UID"]), "summary": str(event["SUMMARY"]), "start": text_of(start), "zone": zone,
        "end": text_of(event["DTEND"]) if "DTEND" in event else None,
        "status": str(event.get("STATUS", "")), "sequence": int(event.get("SEQUENCE", 0)),
        "rule": event["RRULE"].to_ical().decode() if "RRULE" in event else None,
        "skipped": dates_of(event.get("EXDATE")), "place": str(event.get("LOCATION", "")),
        "of": text_of(event["RECURRENCE-ID"]) if "RECURRENCE-ID" in event else None,
        "organizer": str(event.get("ORGANIZER", "")),
        "attendees": [str(one) for one in (attendees if isinstance(attendees, list) else [attendees])],
    }


def main():
    found = []
    for path in sys.argv[1:]:
        for where, parameter, data in objects_of(path):
            check_bytes(where, data)
            calendar = icalendar.Calendar.from_ical(data)
            if calendar.name != "VCALENDAR" or str(calendar.get("VERSION")) != "2.0" or "PRODID" not in calendar:
                say(where, "is no calendar")
            method = str(calendar.get("METHOD", ""))
            if parameter and parameter.upper() != method:
                say(where, f"is {method} within and {parameter} without")
            zones = {str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")}
            events = [event_of(where, event, zones) for event in calendar.walk("VEVENT")]
            if method in ("REQUEST", "CANCEL") and (len(events) == 0 or any(
                    not event["organizer"] or len(event["attendees"]) != 1 for event in events)):
                say(where, "is not for one person of one organiser")
            if method == "PUBLISH" and any(event["attendees"] for event in events):
                say(where, "tells who is invited")
            found.append({"where": where, "method": method, "name": str(calendar.get("X-WR-CALNAME", "")),
                          "zones": sorted(zones), "events": events})
    print(json.dumps(found))


main()
