-- Collected letters: how far each list's daily and weekly ones go.
-- db: store

-- The first list whose letter of a kind is due: none was made on this day or later.
-- name: collected_next
SELECT l.id, c.message, c.day, c.begun, c.newest, c.person FROM list l LEFT JOIN collected c ON c.list = l.id AND c.delivery = ?1
WHERE l.removed IS NULL AND (c.day IS NULL OR c.day < ?2) ORDER BY l.id LIMIT 1;

-- name: collected_put
INSERT INTO collected (list, delivery, day, message) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (list, delivery) DO UPDATE SET day = excluded.day, message = max(message, excluded.message),
  newest = 0, person = 0;

-- name: collected_go_on
UPDATE collected SET begun = ?3, newest = ?4, person = ?5 WHERE list = ?1 AND delivery = ?2;

-- Readers who had muted something here when the letter was begun.
-- name: collected_muters
SELECT m.person, m.address FROM member m WHERE m.list = ?1 AND m.delivery = ?2 AND m.delivery <> 'each'
  AND m.until_change IS NULL AND m.state = 'active' AND m.person > ?3
  AND EXISTS (SELECT 1 FROM mute x WHERE x.person = m.person AND x.list = ?1 AND x.since < ?4)
ORDER BY m.person LIMIT ?5;

-- name: collected_newest
SELECT id FROM message WHERE list = ?1 AND mail IS NOT NULL ORDER BY id DESC LIMIT 1;

-- name: collected_readers
SELECT 1 FROM member WHERE list = ?1 AND delivery = ?2 AND delivery <> 'each' AND until_change IS NULL
  AND state = 'active' LIMIT 1;
