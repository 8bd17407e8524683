-- kiezpost.db, version 5: what comes back of our letters, to whom we no longer write, and how often we answered whom.

-- An address of a person that does not take our letters as it should. No row: all is well.
CREATE TABLE bounce (
  person INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  address TEXT NOT NULL,
  score INTEGER NOT NULL DEFAULT 0,    -- tenths, as it was when something counted last; halved a week since then
  counted INTEGER NOT NULL DEFAULT 0,  -- when that was: at most once a day
  letter INTEGER NOT NULL DEFAULT 0,   -- the youngest letter that counted: nothing counts twice
  suspect_until INTEGER NOT NULL DEFAULT 0, -- until then its copy of a letter to many goes alone
  paused INTEGER NOT NULL DEFAULT 0,   -- since when its memberships are 'bouncing'; 0: they are not
  probes INTEGER NOT NULL DEFAULT 0,   -- how often we have asked whether somebody is there, and how many of these
  returned INTEGER NOT NULL DEFAULT 0, -- came back
  due INTEGER NOT NULL DEFAULT 0,      -- when the next step is taken; 0: none
  PRIMARY KEY (person, address)
) STRICT, WITHOUT ROWID;
CREATE INDEX bounce_due ON bounce (due) WHERE due > 0;

-- Deliveries that the MTA has refused for good and that nobody has judged yet: the sender puts them here, the worker
-- takes them.
CREATE TABLE failure (
  letter INTEGER NOT NULL REFERENCES letter (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  PRIMARY KEY (letter, number)
) STRICT, WITHOUT ROWID;

-- Somebody called a letter of ours spam: nothing goes there but answers to what they write themselves.
CREATE TABLE suppression (
  address TEXT PRIMARY KEY,
  since INTEGER NOT NULL,
  reason TEXT NOT NULL                 -- 'complaint'
) STRICT, WITHOUT ROWID;

-- Letters that a mail from outside has caused, for a day: so that no loop and no stranger makes us send without end.
CREATE TABLE rate (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL,                   -- a pseudonym of the address
  purpose TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX rate_by_key ON rate (key, purpose, at);
CREATE INDEX rate_by_time ON rate (at);
CREATE INDEX rate_by_purpose ON rate (purpose, at);
