-- Pages now stale.
-- db: store

-- name: page_mark
INSERT INTO stale (page, list, key, part, seq) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (page, list, key, part) DO UPDATE SET seq = excluded.seq;

-- name: page_place_of_thread
SELECT t.year, t.month, t.month_position FROM thread t JOIN list l ON l.id = t.list
WHERE t.id = ?1 AND l.id = ?2 AND l.archive = 'public' AND l.removed IS NULL;

-- name: pages_mark_months
INSERT INTO stale (page, list, key, part, seq)
WITH RECURSIVE part (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM part
  WHERE n * 100 < (SELECT coalesce(max(m.positions), 0) FROM thread_month m WHERE m.list = ?1))
SELECT 'month', m.list, m.year * 100 + m.month, part.n, ?2
FROM thread_month m JOIN part ON (part.n - 1) * 100 < m.positions WHERE m.list = ?1
ON CONFLICT (page, list, key, part) DO UPDATE SET seq = excluded.seq;

-- name: pages_mark_threads
INSERT INTO stale (page, list, key, part, seq)
SELECT 'thread', t.list, t.id, 1, ?2 FROM thread t WHERE t.list = ?1
ON CONFLICT (page, list, key, part) DO UPDATE SET seq = excluded.seq;

-- name: pages_mark_thread_parts
INSERT INTO stale (page, list, key, part, seq)
WITH RECURSIVE piece (thread, n, last) AS (
  SELECT t.id, 2, (t.next_position + 98) / 100 FROM thread t WHERE t.list = ?1 AND t.next_position > 101
  UNION ALL SELECT thread, n + 1, last FROM piece WHERE n < last)
SELECT 'thread', ?1, thread, n, ?2 FROM piece WHERE true
ON CONFLICT (page, list, key, part) DO UPDATE SET seq = excluded.seq;

-- name: pages_mark_years
INSERT INTO stale (page, list, key, part, seq)
SELECT 'sitemap', n.list, n.year, 1, ?2 FROM thread_number n WHERE n.list = ?1
ON CONFLICT (page, list, key, part) DO UPDATE SET seq = excluded.seq;

-- name: pages_mark_cases
INSERT INTO stale (page, list, key, part, seq)
SELECT 'case', 0, c.id, 1, ?2 FROM casefile c WHERE c.list = ?1 AND c.is_public = 1
UNION ALL SELECT 'case-feed', 0, c.id, 1, ?2 FROM casefile c WHERE c.list = ?1 AND c.is_public = 1
ON CONFLICT (page, list, key, part) DO UPDATE SET seq = excluded.seq;

-- name: pages_mark_case_parts
INSERT INTO stale (page, list, key, part, seq)
WITH RECURSIVE piece (id, n, last) AS (
  SELECT c.id, 2, (c.next_position + 98) / 100 FROM casefile c WHERE c.list = ?1 AND c.is_public = 1 AND c.next_position > 101
  UNION ALL SELECT id, n + 1, last FROM piece WHERE n < last)
SELECT 'case', 0, id, n, ?2 FROM piece WHERE true
ON CONFLICT (page, list, key, part) DO UPDATE SET seq = excluded.seq;

-- name: pages_mark_shelves
INSERT INTO stale (page, list, key, part, seq)
SELECT DISTINCT 'cases', s.value, s.year * 100000 + (s.number + 99) / 100, s.shelf, ?1 FROM case_shelf s WHERE s.shelf < 5
UNION SELECT DISTINCT 'cases', s.value, s.year, s.shelf, ?1 FROM case_shelf s WHERE s.shelf < 5
UNION SELECT DISTINCT 'cases', s.value, 0, s.shelf, ?1 FROM case_shelf s WHERE s.shelf < 5
ON CONFLICT (page, list, key, part) DO UPDATE SET seq = excluded.seq;

-- name: pages_mark_case_data
INSERT INTO stale (page, list, key, part, seq)
SELECT DISTINCT 'cases-data', 0, s.year * 100000 + (s.number + 99) / 100, f.part, ?1
  FROM case_shelf s, (SELECT 1 AS part UNION ALL SELECT 2) f WHERE s.shelf = 1
UNION SELECT DISTINCT 'cases-data', 0, s.year, 1, ?1 FROM case_shelf s WHERE s.shelf = 1
UNION SELECT DISTINCT 'cases-sitemap', 0, s.year * 100000 + (s.number + 99) / 100, 1, ?1 FROM case_shelf s WHERE s.shelf = 1
UNION SELECT 'cases-data', 0, 0, 1, ?1
UNION SELECT 'cases-numbers', 0, 0, f.part, ?1 FROM (SELECT 1 AS part UNION ALL SELECT 2) f WHERE true
ON CONFLICT (page, list, key, part) DO UPDATE SET seq = excluded.seq;

-- name: pages_mark_files
INSERT INTO stale (page, list, key, part, seq)
SELECT 'file', m.list, f.message, f.number, ?2 FROM message m CROSS JOIN public_file f ON f.message = m.id
WHERE m.list = ?1 AND m.mail IS NOT NULL
ON CONFLICT (page, list, key, part) DO UPDATE SET seq = excluded.seq;

-- name: pages_mark_files_of
INSERT INTO stale (page, list, key, part, seq)
SELECT 'file', m.list, f.message, f.number, ?2 FROM message m CROSS JOIN public_file f ON f.message = m.id
WHERE m.id = ?1
ON CONFLICT (page, list, key, part) DO UPDATE SET seq = excluded.seq;

-- name: pages_mark_case_files
INSERT INTO stale (page, list, key, part, seq)
SELECT 'case-file', f.number, f.casefile, f.position, ?2 FROM casefile c CROSS JOIN case_file_content f ON f.casefile = c.id
WHERE c.list = ?1
ON CONFLICT (page, list, key, part) DO UPDATE SET seq = excluded.seq;

-- name: pages_mark_files_of_case
INSERT INTO stale (page, list, key, part, seq)
SELECT 'case-file', f.number, f.casefile, f.position, ?2 FROM case_file_content f WHERE f.casefile = ?1
ON CONFLICT (page, list, key, part) DO UPDATE SET seq = excluded.seq;

-- name: lists_ids
SELECT id FROM list WHERE id > ?1 ORDER BY id LIMIT ?2;

-- name: pages_stale
SELECT page, list, key, part, seq FROM stale ORDER BY seq LIMIT ?1;

-- name: page_clear
DELETE FROM stale WHERE page = ?1 AND list = ?2 AND key = ?3 AND part = ?4 AND seq = ?5;
