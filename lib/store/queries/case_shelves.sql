-- Where the public finds cases.
-- db: store

-- name: case_is_shown
SELECT c.is_public = 1 AND l.archive = 'public' AND (l.removed IS NULL OR l.is_closed = 1) FROM casefile c
JOIN list l ON l.id = c.list WHERE c.id = ?1;

-- name: case_shelves_of
SELECT shelf, value FROM case_shelf WHERE casefile = ?1 ORDER BY shelf, value;

-- name: case_shelf_put
INSERT INTO case_shelf (shelf, value, year, number, casefile) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (shelf, value, year, number) DO NOTHING;

-- name: case_shelf_take
DELETE FROM case_shelf WHERE shelf = ?1 AND value = ?2 AND year = ?3 AND number = ?4;

-- name: case_shelf_block
SELECT casefile FROM case_shelf WHERE shelf = ?1 AND value = ?2 AND year = ?3 AND number > ?4 AND number <= ?4 + 100
ORDER BY number DESC;

-- name: case_shelf_latest
SELECT casefile FROM case_shelf WHERE shelf = ?1 AND value = ?2 ORDER BY year DESC, number DESC LIMIT ?3;

-- name: case_shelf_year_before
SELECT year FROM case_shelf WHERE shelf = ?1 AND value = ?2 AND year < ?3 ORDER BY year DESC LIMIT 1;

-- name: case_shelf_number_up_to
SELECT number FROM case_shelf WHERE shelf = ?1 AND value = ?2 AND year = ?3 AND number <= ?4 ORDER BY number DESC LIMIT 1;

-- name: case_shelf_value_after
SELECT value FROM case_shelf WHERE shelf = ?1 AND value > ?2 ORDER BY value LIMIT 1;

-- name: case_region
SELECT slug, name FROM region WHERE id = ?1;

-- name: case_last_public
SELECT position FROM case_entry WHERE casefile = ?1 AND position <= ?2 AND is_public = 1 ORDER BY position DESC LIMIT 1;

-- name: case_names
SELECT name FROM case_party WHERE casefile = ?1 AND role <> 'office' AND name <> '' ORDER BY id LIMIT 50;

-- name: casefiles_answered
SELECT id FROM casefile WHERE region = ?1 AND answered > ?2 AND answered > 0 AND answered <= ?3 ORDER BY answered, id LIMIT ?4;
