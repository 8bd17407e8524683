-- Where the public finds events.
-- db: store

-- name: event_is_shown
SELECT e.was_open = 1 AND e.audience <> 'named' AND e.state <> 'draft' AND (e.starts <> '' OR e.state = 'poll') AND l.archive = 'public'
  AND (l.removed IS NULL OR l.is_closed = 1) FROM event e JOIN list l ON l.id = e.list WHERE e.id = ?1;

-- name: event_shelves_of
SELECT shelf, value, starts, original, until, is_off FROM event_shelf WHERE event = ?1;

-- name: event_shelf_put
INSERT INTO event_shelf (shelf, value, starts, event, original, until, is_off) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
ON CONFLICT (shelf, value, starts, event, original) DO UPDATE SET until = excluded.until, is_off = excluded.is_off;

-- name: event_shelf_take
DELETE FROM event_shelf WHERE shelf = ?1 AND value = ?2 AND starts = ?3 AND event = ?4 AND original = ?5;

-- name: event_shelf_month
SELECT event, original, starts, is_off FROM event_shelf
WHERE shelf = ?1 AND value = ?2 AND starts >= ?3 AND starts < ?4 ORDER BY starts, event, original LIMIT ?5;

-- name: event_shelf_ahead
SELECT event, original, starts, is_off FROM event_shelf
WHERE shelf = ?1 AND value = ?2 AND until >= ?3 ORDER BY until, starts, event LIMIT ?4;

-- name: event_shelf_events
SELECT event FROM event_shelf WHERE shelf = ?1 AND value = ?2 AND until >= ?3 ORDER BY until, starts, event LIMIT ?4;

-- name: event_shelf_last_before
SELECT starts FROM event_shelf WHERE shelf = ?1 AND value = ?2 AND starts < ?3 ORDER BY starts DESC LIMIT 1;

-- name: event_shelf_first_from
SELECT starts FROM event_shelf WHERE shelf = ?1 AND value = ?2 AND starts >= ?3 ORDER BY starts LIMIT 1;

-- name: event_shelf_value_after
SELECT value FROM event_shelf WHERE shelf = ?1 AND value > ?2 ORDER BY value LIMIT 1;

-- name: event_has_page
SELECT EXISTS (SELECT 1 FROM event_shelf WHERE event = ?1) OR EXISTS (
  SELECT 1 FROM event e JOIN event_poll p ON p.event = e.id WHERE e.id = ?1 AND e.state = 'poll' AND p.opened <> 0);

-- name: events_public_block
SELECT e.id FROM event e WHERE e.year = ?1 AND e.number > ?2 AND e.number <= ?2 + 100
  AND EXISTS (SELECT 1 FROM event_shelf s WHERE s.event = e.id) ORDER BY e.number;

-- name: event_year_before
SELECT year FROM event_number WHERE year < ?1 ORDER BY year DESC LIMIT 1;

-- name: pages_mark_events
INSERT INTO stale (page, list, key, part, seq)
SELECT 'event', 0, e.id, 1, ?2 FROM event e WHERE e.list = ?1 AND e.was_open = 1
UNION ALL SELECT 'event', 0, e.id, 2, ?2 FROM event e WHERE e.list = ?1 AND e.was_open = 1
ON CONFLICT (page, list, key, part) DO UPDATE SET seq = excluded.seq;

-- name: pages_mark_event_shelves
INSERT INTO stale (page, list, key, part, seq)
SELECT DISTINCT 'events', s.value, CAST(substr(s.starts, 1, 4) AS INTEGER) * 100 + CAST(substr(s.starts, 6, 2) AS INTEGER),
  s.shelf, ?1 FROM event_shelf s WHERE true
UNION SELECT DISTINCT 'events', s.value, 0, s.shelf, ?1 FROM event_shelf s
UNION SELECT 'events', 0, 0, 1, ?1
UNION SELECT 'events-feed', 0, 0, 1, ?1
UNION SELECT DISTINCT 'events-feed', s.value, 0, s.shelf, ?1 FROM event_shelf s
UNION SELECT DISTINCT 'events-sitemap', 0, e.year * 100000 + (e.number + 99) / 100, 1, ?1 FROM event e WHERE e.was_open = 1
ON CONFLICT (page, list, key, part) DO UPDATE SET seq = excluded.seq;

-- name: event_names
SELECT name FROM event_party WHERE event = ?1 AND role = 'organizer' AND name <> '' ORDER BY id LIMIT 50;

-- name: pages_mark_events_of_thread
INSERT INTO stale (page, list, key, part, seq)
SELECT 'event', 0, e.id, 1, ?2 FROM message m CROSS JOIN event e ON e.message = m.id WHERE m.thread = ?1
ON CONFLICT (page, list, key, part) DO UPDATE SET seq = excluded.seq;

-- name: pages_mark_events_of_list
INSERT INTO stale (page, list, key, part, seq)
SELECT 'events', s.value, CAST(substr(s.starts, 1, 4) AS INTEGER) * 100 + CAST(substr(s.starts, 6, 2) AS INTEGER), s.shelf, ?2
  FROM event_shelf l CROSS JOIN event_shelf s ON s.event = l.event AND s.starts = l.starts WHERE l.shelf = 3 AND l.value = ?1
UNION ALL SELECT 'events', s.value, 0, s.shelf, ?2
  FROM event_shelf l CROSS JOIN event_shelf s ON s.event = l.event AND s.starts = l.starts WHERE l.shelf = 3 AND l.value = ?1
UNION ALL SELECT 'events-feed', s.value, 0, s.shelf, ?2
  FROM event_shelf l CROSS JOIN event_shelf s ON s.event = l.event AND s.starts = l.starts WHERE l.shelf = 3 AND l.value = ?1
ON CONFLICT (page, list, key, part) DO UPDATE SET seq = excluded.seq;
