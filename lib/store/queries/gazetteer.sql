-- The gazetteer: written a generation at a time, read whole.
-- db: store

-- name: gazetteer_next
SELECT next FROM gazetteer_set WHERE kind = ?1;

-- name: gazetteer_count_up
UPDATE gazetteer_set SET next = next + 1 WHERE kind = ?1;

-- name: gazetteer_switch
UPDATE gazetteer_set SET generation = ?2, rows = ?3, source = ?4, imported = ?5 WHERE kind = ?1 AND generation < ?2;

-- name: gazetteer_sets
SELECT kind, rows, source, imported FROM gazetteer_set WHERE generation > 0 ORDER BY kind;

-- name: gazetteer_put_region
INSERT INTO gazetteer_region (generation, number, name, geometry) VALUES (?1, ?2, ?3, ?4);

-- name: gazetteer_put_street
INSERT INTO gazetteer_street (generation, number, name, house_from, house_to, postcode, locality, region, lat, lon, precision)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, CAST(?9 AS REAL) / 10000000, CAST(?10 AS REAL) / 10000000, ?11);

-- name: gazetteer_put_place
INSERT INTO gazetteer_place (generation, number, name, kind, street, house, postcode, locality, region, lat, lon)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, CAST(?10 AS REAL) / 10000000, CAST(?11 AS REAL) / 10000000);

-- name: gazetteer_drop_regions
DELETE FROM gazetteer_region WHERE (generation, number) IN (SELECT g.generation, g.number FROM gazetteer_region AS g
  WHERE g.generation < (SELECT generation FROM gazetteer_set WHERE kind = 'region') LIMIT ?1);

-- name: gazetteer_drop_streets
DELETE FROM gazetteer_street WHERE (generation, number) IN (SELECT g.generation, g.number FROM gazetteer_street AS g
  WHERE g.generation < (SELECT generation FROM gazetteer_set WHERE kind = 'street') LIMIT ?1);

-- name: gazetteer_drop_places
DELETE FROM gazetteer_place WHERE (generation, number) IN (SELECT g.generation, g.number FROM gazetteer_place AS g
  WHERE g.generation < (SELECT generation FROM gazetteer_set WHERE kind = 'place') LIMIT ?1);

-- name: gazetteer_regions
SELECT g.name, coalesce(r.slug, ''), g.geometry FROM gazetteer_region AS g LEFT JOIN region AS r ON r.name = g.name
WHERE g.generation = (SELECT generation FROM gazetteer_set WHERE kind = 'region') ORDER BY g.number;

-- name: gazetteer_streets
SELECT name, house_from, house_to, postcode, locality, region, lat, lon, precision FROM gazetteer_street
WHERE generation = (SELECT generation FROM gazetteer_set WHERE kind = 'street') ORDER BY number;

-- name: gazetteer_places
SELECT name, kind, street, house, postcode, locality, region, lat, lon FROM gazetteer_place
WHERE generation = (SELECT generation FROM gazetteer_set WHERE kind = 'place') ORDER BY number;
