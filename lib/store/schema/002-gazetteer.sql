-- kiezpost.db, version 2: the gazetteer, imported from open data. The three kinds of rows are imported apart; each
-- import is a generation. Rows are written a few hundred a transaction under the next generation, then the set points
-- to it in one step: readers see the old rows or the new ones whole, and what an import that was broken off has left
-- is seen by nobody and removed by the next.

CREATE TABLE gazetteer_set (
  kind TEXT PRIMARY KEY CHECK (kind IN ('region', 'street', 'place')),
  generation INTEGER NOT NULL DEFAULT 0, -- the one that counts; 0: nothing is imported
  next INTEGER NOT NULL DEFAULT 1,       -- the one that the next import writes
  rows INTEGER NOT NULL DEFAULT 0,
  source TEXT NOT NULL DEFAULT '',       -- name of the file
  imported INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
INSERT INTO gazetteer_set (kind) VALUES ('region'), ('street'), ('place');

CREATE TABLE gazetteer_region (
  generation INTEGER NOT NULL,
  number INTEGER NOT NULL,             -- 1, 2, … as in the file
  name TEXT NOT NULL,
  geometry TEXT NOT NULL,              -- GeoJSON Polygon or MultiPolygon
  PRIMARY KEY (generation, number)
) STRICT, WITHOUT ROWID;

-- A part of a street: house numbers from … to in one region.
CREATE TABLE gazetteer_street (
  generation INTEGER NOT NULL,
  number INTEGER NOT NULL,
  name TEXT NOT NULL,
  house_from INTEGER NOT NULL,         -- 0: without numbers
  house_to INTEGER NOT NULL,
  postcode TEXT NOT NULL,
  locality TEXT NOT NULL,
  region TEXT NOT NULL,                -- its name
  lat REAL NOT NULL,                   -- WGS 84
  lon REAL NOT NULL,
  precision TEXT NOT NULL CHECK (precision IN ('address', 'street', 'area')),
  PRIMARY KEY (generation, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE gazetteer_place (
  generation INTEGER NOT NULL,
  number INTEGER NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,                  -- as in the file: 'Kita', 'Apotheke'
  street TEXT NOT NULL,
  house TEXT NOT NULL,
  postcode TEXT NOT NULL,
  locality TEXT NOT NULL,
  region TEXT NOT NULL,
  lat REAL NOT NULL,
  lon REAL NOT NULL,
  PRIMARY KEY (generation, number)
) STRICT, WITHOUT ROWID;
