-- What of the threads is public, for pages.
-- db: store

-- name: thread_last_public
SELECT position FROM message WHERE thread = ?1 AND is_public = 1 ORDER BY position DESC LIMIT 1;

-- name: threads_public_numbers
SELECT number, last FROM thread
WHERE list = ?1 AND year = ?2 AND number > ?3 AND public_messages > 0 AND merged_into IS NULL ORDER BY number LIMIT ?4;

-- name: month_last_public
SELECT month_position FROM thread
WHERE list = ?1 AND year = ?2 AND month = ?3 AND public_messages > 0 AND merged_into IS NULL
ORDER BY month_position DESC LIMIT 1;

-- name: threads_merged_into
SELECT id FROM thread WHERE merged_into = ?1 ORDER BY id;

-- name: attachments_counted
SELECT m.position, sum(CASE WHEN a.type LIKE 'image/%' THEN 1 ELSE 0 END),
  sum(CASE WHEN a.type LIKE 'image/%' OR a.type LIKE '%signature%' OR a.type = 'application/pgp-keys' THEN 0 ELSE 1 END)
FROM message m JOIN attachment a ON a.message = m.id
WHERE m.thread = ?1 AND m.position > ?2 AND m.position <= ?3 AND m.is_public = 1
  AND NOT EXISTS (SELECT 1 FROM public_file f WHERE f.message = a.message AND f.number = a.number AND f.state = 'public')
GROUP BY m.position ORDER BY m.position;

-- name: offers_of_part
SELECT m.position, max(t.expires), max(t.is_over) FROM message m JOIN message_tag t ON t.message = m.id
WHERE m.thread = ?1 AND m.position > ?2 AND m.position <= ?3 AND m.is_public = 1 AND t.expires > 0
  AND NOT EXISTS (SELECT 1 FROM withdrawn w WHERE w.message = m.id)
GROUP BY m.position ORDER BY m.position;
