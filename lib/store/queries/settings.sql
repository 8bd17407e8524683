-- Small facts that the program keeps about itself.
-- db: store

-- name: setting_get
SELECT value FROM setting WHERE name = ?1;

-- name: setting_set
INSERT INTO setting (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value;

-- name: setting_number
SELECT CAST(value AS INTEGER) FROM setting WHERE name = ?1;

-- name: setting_set_number
UPDATE setting SET value = CAST(?2 AS TEXT) WHERE name = ?1;

-- name: setting_advance
UPDATE setting SET value = CAST(CAST(value AS INTEGER) + 1 AS TEXT) WHERE name = ?1
RETURNING CAST(value AS INTEGER);

-- name: savepoint_set
SAVEPOINT one_mail;

-- name: savepoint_release
RELEASE one_mail;
