-- Questions that wait for an answer by mail.
-- db: store

-- name: request_insert
INSERT INTO request (purpose, list, person, address, rate_key, object, details, asked, due, shown)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, x'');

-- name: request_set_shown
UPDATE request SET shown = ?2 WHERE id = ?1;

-- name: request_set_details
UPDATE request SET details = ?2 WHERE id = ?1;

-- name: request_get
SELECT id, purpose, list, person, address, object, details, state, asked, reminders, due, answered, answer_id, lower(hex(shown))
FROM request WHERE id = ?1;

-- name: request_open
SELECT id, purpose, list, person, address, object, details, state, asked, reminders, due, answered, answer_id, lower(hex(shown))
FROM request WHERE purpose = ?1 AND address = ?2 AND list IS ?3 AND object = ?4 AND state = 'open' ORDER BY id DESC LIMIT 1;

-- name: requests_about
SELECT id, purpose, list, person, address, object, details, state, asked, reminders, due, answered, answer_id, lower(hex(shown))
FROM request WHERE purpose = ?1 AND object = ?2 AND state = 'open' ORDER BY id;

-- name: requests_due
SELECT id, purpose, list, person, address, object, details, state, asked, reminders, due, answered, answer_id, lower(hex(shown))
FROM request WHERE state = 'open' AND due <= ?1 ORDER BY due LIMIT ?2;

-- What was not answered with a yes is forgotten: an address that nobody confirmed is nobody's to keep.
-- name: requests_forget
DELETE FROM request WHERE id IN (SELECT id FROM request WHERE state = ?1 AND due < ?2 ORDER BY due LIMIT ?3);

-- name: requests_page
SELECT id, purpose, list, person, address, object, details, state, asked, reminders, due, answered, answer_id, lower(hex(shown))
FROM request WHERE id > ?1 AND (?3 = 0 OR state = 'open') ORDER BY id LIMIT ?2;

-- name: request_count_since
SELECT count(*) FROM request WHERE rate_key = ?1 AND asked > ?2 AND purpose = ?3;

-- name: request_end
UPDATE request SET state = ?2, answered = ?3, answer_id = ?4 WHERE id = ?1 AND state = 'open';

-- name: request_put_off
UPDATE request SET due = ?2, reminders = reminders + 1 WHERE id = ?1 AND state = 'open';

-- name: request_again
UPDATE request SET due = ?2, reminders = 0 WHERE id = ?1 AND state = 'open';
