-- inbox.db, version 1: raw mail with its envelope, synced before "250". The receiver adds rows, the worker takes them away.
-- The body lies apart: attempts are counted in the row, and SQLite writes a row whole.
CREATE TABLE inbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  received INTEGER NOT NULL,
  sender TEXT NOT NULL,                -- envelope sender, '' for the null sender
  recipients TEXT NOT NULL,            -- normalised, one a line
  size INTEGER NOT NULL,
  spool TEXT,                          -- file name below spool/; NULL: the body is in inbox_body
  attempts INTEGER NOT NULL DEFAULT 0, -- times the worker began it alone and did not end; -1: began it with others, whose fault it may be
  aside INTEGER,                       -- when it was set aside; NULL: waits
  reason TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX inbox_waiting ON inbox (id) WHERE aside IS NULL;
CREATE INDEX inbox_aside ON inbox (id) WHERE aside IS NOT NULL;
CREATE UNIQUE INDEX inbox_spool ON inbox (spool) WHERE spool IS NOT NULL;
CREATE TABLE inbox_body (
  id INTEGER PRIMARY KEY REFERENCES inbox (id) ON DELETE CASCADE,
  bytes BLOB NOT NULL
) STRICT;
