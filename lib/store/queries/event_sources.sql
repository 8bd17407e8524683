-- Invitations of foreign calendars that events were read from.
-- db: store

-- name: event_source_put
INSERT INTO event_source (uid, event, original, sequence, stamp) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (uid, event, original) DO UPDATE SET sequence = excluded.sequence, stamp = excluded.stamp;

-- name: event_source_get
SELECT sequence, stamp FROM event_source WHERE uid = ?1 AND event = ?2 AND original = ?3;

-- name: event_of_source
SELECT s.event FROM event_source s CROSS JOIN event e ON e.id = s.event
  CROSS JOIN event_party p ON p.event = s.event AND p.address = ?3 AND p.role = 'organizer'
  WHERE s.uid = ?1 AND s.original = '' AND e.list = ?2 ORDER BY s.event DESC LIMIT 1;
