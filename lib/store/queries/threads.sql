-- Threads and their counters.
-- db: store

-- Numbers are read and then taken by statements of their own, inside the lock: RETURNING makes SQLite keep a journal a
-- statement, which costs more than reading.
-- name: thread_number_next
SELECT next FROM thread_number WHERE list = ?1 AND year = ?2;

-- name: thread_number_take
INSERT INTO thread_number (list, year, next) VALUES (?1, ?2, 2)
ON CONFLICT (list, year) DO UPDATE SET next = next + 1;

-- name: month_position_last
SELECT positions FROM thread_month WHERE list = ?1 AND year = ?2 AND month = ?3;

-- name: month_position_take
INSERT INTO thread_month (list, year, month, positions) VALUES (?1, ?2, ?3, 1)
ON CONFLICT (list, year, month) DO UPDATE SET positions = positions + 1;

-- name: thread_insert
INSERT INTO thread (list, year, number, month, month_position, subject, subject_key, started, last)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9);

-- name: thread_change
UPDATE thread SET subject = ?2, subject_key = ?3, started = ?4, last = ?5 WHERE id = ?1;

-- name: thread_get
SELECT id, list, year, number, month, month_position, subject, subject_key, started, last, messages, public_messages,
  next_position, merged_into FROM thread WHERE id = ?1;

-- name: thread_by_number
SELECT id, list, year, number, month, month_position, subject, subject_key, started, last, messages, public_messages,
  next_position, merged_into FROM thread WHERE list = ?1 AND year = ?2 AND number = ?3;

-- name: thread_by_subject
SELECT id, list, year, number, month, month_position, subject, subject_key, started, last, messages, public_messages,
  next_position, merged_into FROM thread
WHERE list = ?1 AND subject_key = ?2 AND last >= ?3 AND started <= ?4 AND merged_into IS NULL ORDER BY last DESC, id DESC LIMIT 1;

-- name: threads_of_month_part
SELECT id, list, year, number, month, month_position, subject, subject_key, started, last, messages, public_messages,
  next_position, merged_into FROM thread
WHERE list = ?1 AND year = ?2 AND month = ?3 AND month_position > ?4 AND month_position <= ?5 AND merged_into IS NULL
ORDER BY month_position;

-- name: threads_latest
SELECT id, list, year, number, month, month_position, subject, subject_key, started, last, messages, public_messages,
  next_position, merged_into FROM thread
WHERE list = ?1 AND merged_into IS NULL ORDER BY last DESC, id DESC LIMIT ?2;

-- name: threads_latest_public
SELECT id, list, year, number, month, month_position, subject, subject_key, started, last, messages, public_messages,
  next_position, merged_into FROM thread
WHERE list = ?1 AND public_messages > 0 AND merged_into IS NULL ORDER BY last DESC, id DESC LIMIT ?2;

-- name: threads_of_year
SELECT id, list, year, number, month, month_position, subject, subject_key, started, last, messages, public_messages,
  next_position, merged_into FROM thread
WHERE list = ?1 AND year = ?2 AND number > ?3 AND (?5 OR merged_into IS NULL) ORDER BY number LIMIT ?4;

-- name: threads_page
SELECT id, list, year, number, month, month_position, subject, subject_key, started, last, messages, public_messages,
  next_position, merged_into FROM thread
WHERE list = ?1 AND id > ?2 AND merged_into IS NULL ORDER BY id LIMIT ?3;

-- name: threads_months
SELECT year, month, threads, positions FROM thread_month WHERE list = ?1 AND threads > 0 ORDER BY year, month;

-- name: thread_take_messages
UPDATE thread SET messages = messages + ?2, public_messages = public_messages + ?3, next_position = next_position + ?4,
  started = min(started, ?5), last = max(last, ?6) WHERE id = ?1;

-- name: thread_make_signpost
UPDATE thread SET messages = 0, public_messages = 0, next_position = 1, merged_into = ?2 WHERE id = ?1;

-- name: thread_repoint
UPDATE thread SET merged_into = ?2 WHERE merged_into = ?1;

-- name: thread_next_place
SELECT next_position, public_messages, year, month FROM thread WHERE id = ?1;

-- name: thread_add_message
UPDATE thread SET next_position = next_position + 1, messages = messages + ?2, public_messages = public_messages + ?3
WHERE id = ?1;

-- name: thread_count_message
UPDATE thread SET messages = messages + ?2, public_messages = public_messages + ?3 WHERE id = ?1
RETURNING public_messages, year, month;

-- name: thread_month_count
UPDATE thread_month SET threads = threads + ?4 WHERE list = ?1 AND year = ?2 AND month = ?3;

-- name: list_count_threads
UPDATE list SET threads = threads + ?2 WHERE id = ?1;

-- name: list_add_public
UPDATE list SET messages = messages + 1, last_message = max(last_message, ?2) WHERE id = ?1;

-- name: list_drop_public
UPDATE list SET messages = messages - 1, last_message = coalesce((SELECT m.received FROM message m
  WHERE m.list = ?1 AND m.is_public = 1 ORDER BY m.received DESC, m.id DESC LIMIT 1), 0) WHERE id = ?1;
