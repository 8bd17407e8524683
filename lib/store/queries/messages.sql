-- Messages and attachments.
-- db: store

-- name: message_insert
INSERT INTO message (list, thread, position, message_id, parent, depth, mail, person, from_name, from_address, subject, text,
  received, written, is_public, from_token_key)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16);

-- name: message_fill
UPDATE message SET parent = ?2, depth = ?3, mail = ?4, person = ?5, from_name = ?6, from_address = ?7, subject = ?8, text = ?9,
  received = ?10, written = ?11, is_public = ?12, from_token_key = ?13 WHERE id = ?1 AND mail IS NULL
RETURNING thread, list, position;

-- name: message_set_parent
UPDATE message SET parent = ?2, depth = ?3 WHERE id = ?1;

-- name: message_set_public
UPDATE message SET is_public = ?2 WHERE id = ?1 AND is_public <> ?2 AND mail IS NOT NULL RETURNING thread, list, received;

-- name: messages_move
UPDATE message SET thread = ?2, position = position + ?3 WHERE thread = ?1;

-- name: attachment_insert
INSERT INTO attachment (message, number, filename, type, part, size) VALUES (?1, ?2, ?3, ?4, ?5, ?6);

-- name: attachments_of
SELECT number, filename, type, part, size FROM attachment WHERE message = ?1 ORDER BY number;

-- name: message_get
SELECT id, list, thread, position, message_id, parent, depth, mail, person, from_name, from_address, subject, text, received,
  written, is_public, from_token_key FROM message WHERE id = ?1;

-- name: message_by_message_id
SELECT id, list, thread, position, message_id, parent, depth, mail, person, from_name, from_address, subject, text, received,
  written, is_public, from_token_key FROM message WHERE list = ?1 AND message_id = ?2;

-- Where a message stands, without its words: threading walks over many.
-- name: message_place
SELECT id, list, thread, position, message_id, parent, depth, mail FROM message WHERE id = ?1;

-- name: message_place_by_message_id
SELECT id, list, thread, position, message_id, parent, depth, mail FROM message WHERE list = ?1 AND message_id = ?2;

-- The plus: few messages have one mail, and SQLite would else walk through the whole list, in the order of ids.
-- name: message_by_mail
SELECT id, list, thread, position, message_id, parent, depth, mail, person, from_name, from_address, subject, text, received,
  written, is_public, from_token_key FROM message WHERE mail = ?2 AND +list = ?1 ORDER BY id LIMIT 1;

-- name: messages_of_thread
SELECT id, list, thread, position, message_id, parent, depth, mail, person, from_name, from_address, subject, text, received,
  written, is_public, from_token_key FROM message WHERE thread = ?1 AND position > ?2 AND position <= ?3
ORDER BY position LIMIT ?4;

-- name: messages_latest
SELECT id, list, thread, position, message_id, parent, depth, mail, person, from_name, from_address, subject, text, received,
  written, is_public, from_token_key FROM message WHERE list = ?1 AND mail IS NOT NULL
ORDER BY received DESC, id DESC LIMIT ?2;

-- name: messages_latest_public
SELECT id, list, thread, position, message_id, parent, depth, mail, person, from_name, from_address, subject, text, received,
  written, is_public, from_token_key FROM message WHERE list = ?1 AND is_public = 1
ORDER BY received DESC, id DESC LIMIT ?2;

-- name: messages_unpublished
SELECT id, list, thread, position, message_id, parent, depth, mail, person, from_name, from_address, subject, text, received,
  written, is_public, from_token_key FROM message WHERE list = ?1 AND id > ?2 AND is_public = 0 AND mail IS NOT NULL
ORDER BY id LIMIT ?3;

-- name: messages_children
SELECT id, list, thread, position, message_id, parent, depth, mail, person, from_name, from_address, subject, text, received,
  written, is_public, from_token_key FROM message WHERE parent = ?1 ORDER BY position;

-- name: messages_after
SELECT id, list, thread, position, message_id, parent, depth, mail, person, from_name, from_address, subject, text, received,
  written, is_public, from_token_key FROM message WHERE list = ?1 AND id > ?2 AND mail IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM withdrawn w WHERE w.message = message.id)
  AND NOT EXISTS (SELECT 1 FROM message_tag t WHERE t.message = message.id AND t.expires > 0 AND t.expires <= ?4)
ORDER BY id LIMIT ?3;

-- name: messages_count_since
SELECT count(*) FROM message WHERE list = ?1 AND received > ?3 AND from_address = ?2;

-- name: messages_any_of_person
SELECT 1 FROM message WHERE list = ?1 AND person = ?2 LIMIT 1;
