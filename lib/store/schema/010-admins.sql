-- kiezpost.db, version 10: further admins, beside the one of the configuration.

-- A role hangs on an address that somebody answered from. Roles of one list stand in `member`.
CREATE TABLE admin (
  address TEXT PRIMARY KEY,            -- normalised
  since INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
