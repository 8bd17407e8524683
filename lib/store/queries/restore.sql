-- What a restored store must forget and move.
-- db: store

-- name: restore_pause_letters
UPDATE letter SET is_paused = 1 WHERE is_open = 1;

-- name: restore_sequence_known
SELECT seq FROM sqlite_sequence WHERE name = ?1;

-- name: restore_sequence_move
UPDATE sqlite_sequence SET seq = seq + ?2 WHERE name = ?1;

-- name: restore_sequence_begin
INSERT INTO sqlite_sequence (name, seq) VALUES (?1, ?2);

-- name: restore_years
SELECT coalesce(min(n.year), 0), coalesce(max(n.year), 0) FROM thread_number n;

-- name: restore_first_year
SELECT CAST(strftime('%Y', min(l.created), 'unixepoch') AS INTEGER) FROM list l;

-- name: restore_lists
SELECT id, name FROM list ORDER BY id;

-- name: restore_number_move
INSERT INTO thread_number (list, year, next) VALUES (?1, ?2, ?3)
ON CONFLICT (list, year) DO UPDATE SET next = max(next, excluded.next);

-- name: restore_case_number_move
INSERT INTO case_number (year, next) VALUES (?1, ?2) ON CONFLICT (year) DO UPDATE SET next = max(next, excluded.next);

-- name: restore_event_number_move
INSERT INTO event_number (year, next) VALUES (?1, ?2) ON CONFLICT (year) DO UPDATE SET next = max(next, excluded.next);
