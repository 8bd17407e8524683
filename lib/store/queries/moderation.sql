-- Moderation: the log of decisions, redactions, rules of lists, watched senders, closed threads.
-- db: store

-- name: decision_insert
INSERT INTO decision (at, list, item, code, moderator, decision, way) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);

-- name: decision_last
SELECT id, at, list, item, code, moderator, decision, way FROM decision WHERE item = ?1 ORDER BY id DESC LIMIT 1;

-- name: decisions_page
SELECT id, at, list, item, code, moderator, decision, way FROM decision WHERE id > ?1 ORDER BY id LIMIT ?2;

-- name: redaction_put
INSERT INTO redaction (original, list, mail) VALUES (?1, ?2, ?3) ON CONFLICT (original, list) DO UPDATE SET mail = excluded.mail;

-- name: redaction_get
SELECT mail FROM redaction WHERE original = ?1 AND list = ?2;

-- name: list_rule_put
INSERT INTO list_rule (list, rule, action) VALUES (?1, ?2, ?3) ON CONFLICT (list, rule) DO UPDATE SET action = excluded.action;

-- name: list_rule_remove
DELETE FROM list_rule WHERE list = ?1 AND rule = ?2;

-- name: list_rule_get
SELECT action FROM list_rule WHERE list = ?1 AND rule = ?2;

-- name: list_rules
SELECT rule, action FROM list_rule WHERE list = ?1;

-- name: watched_put
INSERT INTO watched (list, address, rule, since) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (list, address) DO UPDATE SET rule = excluded.rule, since = excluded.since;

-- name: watched_remove
DELETE FROM watched WHERE list = ?1 AND address = ?2;

-- name: watched_get
SELECT rule FROM watched WHERE list = ?1 AND address = ?2;

-- name: closed_thread_put
INSERT INTO closed_thread (thread, since) VALUES (?1, ?2) ON CONFLICT (thread) DO NOTHING;

-- name: closed_thread_remove
DELETE FROM closed_thread WHERE thread = ?1;

-- name: closed_thread_is
SELECT 1 FROM closed_thread WHERE thread = ?1;

-- name: withdrawn_put
INSERT INTO withdrawn (message, since) VALUES (?1, ?2) ON CONFLICT (message) DO NOTHING;

-- name: withdrawn_is
SELECT 1 FROM withdrawn WHERE message = ?1;

-- name: message_empty
UPDATE message SET text = ?2, from_name = '', subject = '' WHERE id = ?1;

-- name: attachments_remove
DELETE FROM attachment WHERE message = ?1;

-- name: notice_insert
INSERT INTO notice (mail, recipient, list, address, is_proven, since) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT (mail, recipient) DO UPDATE SET list = excluded.list, state = 'open', decided = 0 RETURNING id;

-- name: notice_get
SELECT id, mail, recipient, list, address, is_proven, since, state, decided FROM notice WHERE id = ?1;

-- name: notice_of_mail
SELECT id, mail, recipient, list, address, is_proven, since, state, decided FROM notice WHERE mail = ?1 AND recipient = ?2;

-- name: notices_page
SELECT id, mail, recipient, list, address, is_proven, since, state, decided FROM notice WHERE id > ?1 ORDER BY id LIMIT ?2;

-- name: notice_decide
UPDATE notice SET state = ?2, decided = ?3 WHERE id = ?1 AND state = 'open';
