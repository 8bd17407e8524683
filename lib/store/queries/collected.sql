-- Collected letters: how far each list's daily and weekly ones go.
-- db: store

-- The first list whose letter of a kind is due: none was made on this day or later.
-- name: collected_next
SELECT l.id, c.message, c.day FROM list l LEFT JOIN collected c ON c.list = l.id AND c.delivery = ?1
WHERE l.removed IS NULL AND (c.day IS NULL OR c.day < ?2) ORDER BY l.id LIMIT 1;

-- name: collected_put
INSERT INTO collected (list, delivery, day, message) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (list, delivery) DO UPDATE SET day = excluded.day, message = max(message, excluded.message);

-- name: collected_newest
SELECT id FROM message WHERE list = ?1 AND mail IS NOT NULL ORDER BY id DESC LIMIT 1;

-- name: collected_readers
SELECT 1 FROM member WHERE list = ?1 AND delivery = ?2 AND delivery <> 'each' AND until_change IS NULL
  AND state = 'active' LIMIT 1;
