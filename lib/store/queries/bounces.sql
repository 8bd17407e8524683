-- What comes back of our letters, to whom we no longer write, and how often we answered whom.
-- db: store

-- name: bounce_get
SELECT person, address, score, counted, letter, suspect_until, paused, probes, returned, due
FROM bounce WHERE person = ?1 AND address = ?2;

-- name: bounces_of_person
SELECT person, address, score, counted, letter, suspect_until, paused, probes, returned, due
FROM bounce WHERE person = ?1 ORDER BY address;

-- name: bounces_due
SELECT person, address, score, counted, letter, suspect_until, paused, probes, returned, due
FROM bounce WHERE due > 0 AND due <= ?1 ORDER BY due LIMIT ?2;

-- name: bounce_put
INSERT INTO bounce (person, address, score, counted, letter, suspect_until, paused, probes, returned, due)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
ON CONFLICT (person, address) DO UPDATE SET score = excluded.score, counted = excluded.counted, letter = excluded.letter,
  suspect_until = excluded.suspect_until, paused = excluded.paused, probes = excluded.probes,
  returned = excluded.returned, due = excluded.due;

-- name: bounce_remove
DELETE FROM bounce WHERE person = ?1 AND address = ?2;

-- name: delivery_get
SELECT letter, number, person, address, envelope_from, slots, state, attempts, first_try, next_try, at, reply
FROM delivery WHERE letter = ?1 AND number = ?2;

-- name: failure_put
INSERT INTO failure (letter, number) VALUES (?1, ?2) ON CONFLICT (letter, number) DO NOTHING;

-- name: failures_page
SELECT d.letter, d.number, d.person, d.address, d.envelope_from, d.slots, d.state, d.attempts, d.first_try, d.next_try,
  d.at, d.reply
FROM failure f JOIN delivery d ON d.letter = f.letter AND d.number = f.number WHERE f.letter > 0 ORDER BY f.letter, f.number LIMIT ?1;

-- name: failure_remove
DELETE FROM failure WHERE letter = ?1 AND number = ?2;

-- name: suppression_put
INSERT INTO suppression (address, since, reason) VALUES (?1, ?2, ?3) ON CONFLICT (address) DO NOTHING;

-- name: suppression_since
SELECT since FROM suppression WHERE address = ?1;

-- name: suppression_remove
DELETE FROM suppression WHERE address = ?1;

-- name: rate_note
INSERT INTO rate (key, purpose, at) VALUES (?1, ?2, ?3);

-- name: rate_count
SELECT count(*) FROM rate WHERE key = ?1 AND purpose = ?2 AND at > ?3;

-- name: rate_count_all
SELECT count(*) FROM rate WHERE purpose = ?1 AND at > ?2;

-- name: rate_prune
DELETE FROM rate WHERE id IN (SELECT r.id FROM rate r WHERE r.at < ?1 LIMIT ?2);
