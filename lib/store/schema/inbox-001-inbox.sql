-- inbox.db, version 1: raw mail with its envelope, synced before "250". The receiver adds rows, the worker takes them away.
CREATE TABLE inbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  received INTEGER NOT NULL,
  sender TEXT NOT NULL,                -- envelope sender, '' for the null sender
  recipients TEXT NOT NULL,            -- normalised, one a line
  size INTEGER NOT NULL,
  body BLOB,                           -- NULL: in a spool file
  spool TEXT,                          -- file name below spool/
  attempts INTEGER NOT NULL DEFAULT 0, -- times the worker began and did not end
  aside INTEGER,                       -- when it was set aside; NULL: waits
  reason TEXT NOT NULL DEFAULT '',
  CHECK ((body IS NULL) <> (spool IS NULL))
) STRICT;
CREATE INDEX inbox_waiting ON inbox (id) WHERE aside IS NULL;
