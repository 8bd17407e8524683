-- The inbox: what was accepted and is not yet worked.
-- db: inbox

-- name: inbox_insert
INSERT INTO inbox (received, sender, recipients, size, spool) VALUES (?1, ?2, ?3, ?4, ?5);

-- name: inbox_insert_body
INSERT INTO inbox_body (id, bytes) VALUES (?1, ?2);

-- name: inbox_waiting
SELECT id, received, sender, recipients, size, spool, attempts, aside, reason
FROM inbox WHERE aside IS NULL AND id > ?2 ORDER BY id LIMIT ?1;

-- name: inbox_count_attempt
UPDATE inbox SET attempts = CASE WHEN ?2 = 1 THEN -1 WHEN attempts > 0 THEN attempts + 1 ELSE 1 END WHERE id = ?1;

-- name: inbox_untry
UPDATE inbox SET attempts = CASE WHEN attempts > 0 THEN attempts - 1 ELSE 0 END WHERE id = ?1;

-- name: inbox_body
SELECT bytes FROM inbox_body WHERE id = ?1;

-- name: inbox_delete_body
DELETE FROM inbox_body WHERE id = ?1;

-- name: inbox_spool
SELECT spool FROM inbox WHERE id = ?1;

-- name: inbox_delete
DELETE FROM inbox WHERE id = ?1;

-- name: inbox_set_aside
UPDATE inbox SET aside = ?2, reason = ?3 WHERE id = ?1;

-- name: inbox_release
UPDATE inbox SET aside = NULL, attempts = 0, reason = '' WHERE id = ?1;

-- name: inbox_get
SELECT id, received, sender, recipients, size, spool, attempts, aside, reason FROM inbox WHERE id = ?1;

-- name: inbox_page
SELECT id, received, sender, recipients, size, spool, attempts, aside, reason
FROM inbox WHERE id > ?1 ORDER BY id LIMIT ?2;

-- name: inbox_page_aside
SELECT id, received, sender, recipients, size, spool, attempts, aside, reason
FROM inbox WHERE aside IS NOT NULL AND id > ?1 ORDER BY id LIMIT ?2;

-- name: inbox_count
SELECT count(*) FROM inbox;

-- name: inbox_has_spool
SELECT id FROM inbox WHERE spool = ?1;

-- name: inbox_spools_after
SELECT spool FROM inbox WHERE spool > ?1 ORDER BY spool LIMIT ?2;

-- name: inbox_any_waiting
SELECT id FROM inbox WHERE aside IS NULL AND id > ?1 ORDER BY id LIMIT 1;
