"""An independent reader of our calendar objects: Python's icalendar, not the library that writes them.

Usage: calendars.py FILE…   Reads .ics files, and of mails each text/calendar part and each attached .ics. Prints a JSON
list, an element an object: where it was found, METHOD, name, zones, and its events. Ends with 1 and a sentence where
one cannot be read, where a line is too long or ends otherwise than CRLF, or where what an event says does not hold
together (RFC 5545, RFC 5546). Mails that bring a REQUEST or a CANCEL are held to what makes buttons appear in calendars
(check_letter), and all letters of one person about one UID, in the order of the arguments, to what makes updates count
(check_history)."""
import email
import email.policy
import json
import sys
from datetime import date, datetime

import icalendar


def say(where, what):
    sys.exit(f"{where}: {what}")


def check_letter(path, mail):
    """An invitation, or an update or the end of one, as Outlook, Gmail, Apple and Thunderbird want it (RFC 6047)."""
    if any(len(line) > 998 or not line.isascii() for line in mail.as_bytes(policy=email.policy.SMTP).splitlines()):
        say(path, "holds bytes that some server on the way would change")
    alternatives = [part for part in mail.walk() if part.get_content_type() == "multipart/alternative"]
    if len(alternatives) != 1:
        say(path, "has no alternatives")
    kinds = [part.get_content_type() for part in alternatives[0].iter_parts()]
    if kinds != ["text/plain", "text/html", "text/calendar"]:
        say(path, f"has the alternatives {kinds}")
    best = list(alternatives[0].iter_parts())[-1]
    files = [part for part in mail.walk() if part.get_filename() == "invite.ics"]
    if (best.get_param("charset") or "").lower() != "utf-8" or best.get_filename() or not best.get_param("method"):
        say(path, f"says of its calendar {best['Content-Type']}")
    if len(files) != 1 or files[0].get_payload(decode=True) != best.get_payload(decode=True):
        say(path, "has no invite.ics that is the same")
    calendar = icalendar.Calendar.from_ical(best.get_payload(decode=True))
    recipient, sender = mail["To"].addresses[0].addr_spec, mail["From"].addresses[0].addr_spec
    for event in calendar.walk("VEVENT"):
        attendee, organizer = event["ATTENDEE"], event["ORGANIZER"]
        if str(attendee) != f"mailto:{recipient}":
            say(path, f"is for {recipient} and invites {attendee}")
        if attendee.params.get("RSVP") != "TRUE" or attendee.params.get("ROLE") != "REQ-PARTICIPANT":
            say(path, "asks for no answer")
        if str(organizer) != f"mailto:{sender}" or not organizer.params.get("CN"):
            say(path, f"comes from {sender} and is organised by {organizer}")
        if "�" in str(event["SUMMARY"]) or event["DTSTAMP"].dt.utcoffset().total_seconds() != 0:
            say(path, "has lost letters, or its DTSTAMP is not UTC")


known = {}


def check_history(where, event):
    """One organiser for one person for the life of a UID; SEQUENCE never falls, and DTSTAMP is later where it grows."""
    now = (event["organizer"], event["sequence"], event["stamp"])
    before = known.setdefault((event["uid"], event["attendees"][0], event["of"]), now)
    if now[0] != before[0]:
        say(where, f"is organised by {now[0]} after {before[0]}")
    if now[1] < before[1] or (now[1] > before[1] and now[2] <= before[2]):
        say(where, f"has SEQUENCE {now[1]} of {now[2]} after {before[1]} of {before[2]}")
    known[(event["uid"], event["attendees"][0], event["of"])] = now


def objects_of(path):
    """The bytes of each calendar object of a file, with where it was found and the MIME parameter method."""
    data = open(path, "rb").read()
    if path.endswith(".ics"):
        yield path, None, data
        return
    data = data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")  # as it went over the wire, whatever the mailbox
    mail = email.message_from_bytes(data, policy=email.policy.default)
    if any(part.get_param("method") in ("REQUEST", "CANCEL") for part in mail.walk()):
        check_letter(path, mail)
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
        "organizer": str(event.get("ORGANIZER", "")), "stamp": text_of(event["DTSTAMP"]),
        "partstat": [one.params.get("PARTSTAT") for one in (attendees if isinstance(attendees, list) else [attendees])],
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
            for event in events if method in ("REQUEST", "CANCEL") else []:
                check_history(where, event)
            if method == "PUBLISH" and any(event["attendees"] for event in events):
                say(where, "tells who is invited")
            found.append({"where": where, "method": method, "name": str(calendar.get("X-WR-CALNAME", "")),
                          "zones": sorted(zones), "events": events})
    print(json.dumps(found))


main()
