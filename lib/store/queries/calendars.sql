-- Calendars of one's own.
-- db: store

-- name: calendar_of_person
SELECT id, secret FROM person_calendar WHERE person = ?1 AND person <> 0;

-- name: calendar_get
SELECT person, secret FROM person_calendar WHERE id = ?1;

-- name: calendar_put
INSERT INTO person_calendar (person, secret, since) VALUES (?1, ?2, ?3);

-- name: calendar_give_up
UPDATE person_calendar SET person = 0 WHERE person = ?1 AND person <> 0;

-- name: calendar_of_party
SELECT c.id FROM event_party p JOIN person_calendar c ON c.person = p.person AND c.person <> 0 WHERE p.id = ?1;

-- name: calendar_entries
SELECT event, id FROM event_party WHERE person = ?1 AND person <> 0 ORDER BY event DESC, id DESC LIMIT ?2;

-- name: pages_mark_calendars_of_event
INSERT INTO stale (page, list, key, part, seq)
SELECT 'calendar', 0, c.id, 1, ?2 FROM event_party p JOIN person_calendar c ON c.person = p.person AND c.person <> 0
  WHERE p.event = ?1
ON CONFLICT (page, list, key, part) DO UPDATE SET seq = excluded.seq;

-- name: pages_mark_calendars
INSERT INTO stale (page, list, key, part, seq)
SELECT 'calendar', 0, c.id, 1, ?1 FROM person_calendar c WHERE c.person <> 0
ON CONFLICT (page, list, key, part) DO UPDATE SET seq = excluded.seq;
