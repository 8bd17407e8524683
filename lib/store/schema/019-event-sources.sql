-- kiezpost.db, version 19: events that came as an invitation of somebody's own calendar.

-- Which of their objects an event, or a date of it, was read from, and in which version; a later one changes it, an
-- older one nothing. Whoever does not organise the event finds none: the UID is no secret.
CREATE TABLE event_source (
  uid TEXT NOT NULL,
  event INTEGER NOT NULL REFERENCES event (id),
  original TEXT NOT NULL DEFAULT '',   -- of the date of a series; '': of the event
  sequence INTEGER NOT NULL,
  stamp INTEGER NOT NULL,              -- DTSTAMP; 0: none
  PRIMARY KEY (uid, event, original)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_source_by_event ON event_source (event);
