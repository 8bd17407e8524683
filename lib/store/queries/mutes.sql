-- Tags of messages, and what members do not want to get.
-- db: store

-- name: message_tag_put
INSERT INTO message_tag (message, tag, expires) VALUES (?1, ?2, ?3) ON CONFLICT (message, tag) DO NOTHING;

-- name: message_tags
SELECT tag FROM message_tag WHERE message = ?1 ORDER BY tag;

-- name: message_expires
SELECT coalesce(max(expires), 0) FROM message_tag WHERE message = ?1;

-- name: offers_due
SELECT m.id, m.list, m.thread, m.position FROM message_tag t JOIN message m ON m.id = t.message
WHERE t.expires > 0 AND t.is_over = 0 AND t.expires <= ?1 LIMIT ?2;

-- name: offer_is_over
UPDATE message_tag SET is_over = 1 WHERE message = ?1 AND expires > 0;

-- name: mute_put
INSERT INTO mute (person, list, thread, tag, since) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (person, list, thread, tag) DO NOTHING;

-- name: mute_remove
DELETE FROM mute WHERE person = ?1 AND list = ?2 AND thread = ?3 AND tag = ?4;

-- name: mutes_of
SELECT thread, tag FROM mute WHERE person = ?1 AND list = ?2;

-- name: mute_is
SELECT 1 FROM mute WHERE person = ?1 AND list = ?2 AND thread = ?3 AND tag = ?4;
