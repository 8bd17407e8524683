-- Raw mails, what became of them, what waits for a decision.
-- db: store

-- name: mail_insert
INSERT INTO mail (key, received, sender, sha256, size, file) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT (key) DO NOTHING;

-- name: mail_insert_raw
INSERT INTO mail_raw (mail, bytes) VALUES (?1, ?2);

-- name: mail_find
SELECT id FROM mail WHERE key = ?1;

-- name: mail_get
SELECT id, received, sender, size FROM mail WHERE id = ?1;

-- name: mail_bytes
SELECT m.file, r.bytes FROM mail m LEFT JOIN mail_raw r ON r.mail = m.id WHERE m.id = ?1;

-- name: mail_file
SELECT id FROM mail WHERE key = ?1 AND file = ?2;

-- name: handled_put
INSERT INTO handled (mail, recipient, list, kind, outcome, reason, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
ON CONFLICT (mail, recipient) DO UPDATE SET list = excluded.list, kind = excluded.kind, outcome = excluded.outcome,
  reason = excluded.reason, at = excluded.at;

-- name: handled_is
SELECT 1 FROM handled WHERE mail = ?1 AND recipient = ?2;

-- name: handled_of
SELECT mail, recipient, list, kind, outcome, reason, at FROM handled WHERE mail = ?1 ORDER BY recipient;

-- name: hold_put
INSERT INTO hold (mail, recipient, list, code, reason, since, from_address, subject, is_asked)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
ON CONFLICT (mail, recipient) DO UPDATE SET list = excluded.list, code = excluded.code, reason = excluded.reason
RETURNING id;

-- name: hold_get
SELECT h.id, h.mail, h.recipient, h.list, l.name, h.code, h.reason, h.since, h.from_address, h.subject
FROM hold h LEFT JOIN list l ON l.id = h.list WHERE h.id = ?1;

-- name: hold_set_asked
UPDATE hold SET is_asked = 1 WHERE id = ?1;

-- name: holds_unasked
SELECT h.id, h.mail, h.recipient, h.list, l.name, h.code, h.reason, h.since, h.from_address, h.subject
FROM hold h LEFT JOIN list l ON l.id = h.list WHERE h.is_asked = 0 AND h.id > ?1 ORDER BY h.id LIMIT ?2;

-- name: holds_of_mail
SELECT h.id, h.mail, h.recipient, h.list, l.name, h.code, h.reason, h.since, h.from_address, h.subject
FROM hold h LEFT JOIN list l ON l.id = h.list WHERE h.mail = ?1 ORDER BY h.recipient;

-- name: hold_remove
DELETE FROM hold WHERE id = ?1;

-- name: hold_remove_of
DELETE FROM hold WHERE mail = ?1 AND recipient = ?2;

-- name: holds_page
SELECT h.id, h.mail, h.recipient, h.list, l.name, h.code, h.reason, h.since, h.from_address, h.subject
FROM hold h LEFT JOIN list l ON l.id = h.list WHERE h.id > ?1 ORDER BY h.id LIMIT ?2;

-- name: holds_page_of_list
SELECT h.id, h.mail, h.recipient, h.list, l.name, h.code, h.reason, h.since, h.from_address, h.subject
FROM hold h LEFT JOIN list l ON l.id = h.list WHERE h.list = ?1 AND h.id > ?2 ORDER BY h.id LIMIT ?3;

-- name: mail_any
SELECT id FROM mail ORDER BY id LIMIT 1;
