-- kiezpost.db, version 4: moderation. Who decided what, without content; what a list does in which case; what moderators settled.

-- Whether the people with duties were asked about what waits. What waited before this version stays with the operator.
ALTER TABLE hold ADD COLUMN is_asked INTEGER NOT NULL DEFAULT 1;
CREATE INDEX hold_unasked ON hold (id) WHERE is_asked = 0;

-- The log of decisions: no content, no sender.
CREATE TABLE decision (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  list INTEGER REFERENCES list (id),
  item TEXT NOT NULL,                  -- 'h12': what was held; 'm7': a message; 't3': a thread; 'n4': a notice
  code TEXT NOT NULL,                  -- why it was held; '' for other things
  moderator INTEGER NOT NULL DEFAULT 0,-- person; 0: the admin, the operator or nobody
  decision TEXT NOT NULL,              -- 'approve', 'redact', 'reject', 'wait', 'expire', 'withdraw', 'close', 'watch', …
  way TEXT NOT NULL CHECK (way = 'mail' OR way = 'command' OR way = 'time')
) STRICT;
CREATE INDEX decision_by_item ON decision (item, id);

-- A mail that a list took without what a moderator wanted left out; the original waits for nothing there.
CREATE TABLE redaction (
  original INTEGER NOT NULL REFERENCES mail (id),
  list INTEGER NOT NULL REFERENCES list (id),
  mail INTEGER NOT NULL REFERENCES mail (id),
  PRIMARY KEY (original, list)
) STRICT, WITHOUT ROWID;

-- What a list does in a case that is not ordinary; no row: as the table of rules says (lists/moderation/rules.c).
CREATE TABLE list_rule (
  list INTEGER NOT NULL REFERENCES list (id),
  rule TEXT NOT NULL,                  -- 'new_member', 'too_big', …
  action TEXT NOT NULL CHECK (action = 'accept' OR action = 'hold' OR action = 'reject' OR action = 'discard'),
  PRIMARY KEY (list, rule)
) STRICT, WITHOUT ROWID;

-- Senders whose mails a list treats in their own way.
CREATE TABLE watched (
  list INTEGER NOT NULL REFERENCES list (id),
  address TEXT NOT NULL,               -- normalised
  rule TEXT NOT NULL CHECK (rule = 'moderated' OR rule = 'banned'),
  since INTEGER NOT NULL,
  PRIMARY KEY (list, address)
) STRICT, WITHOUT ROWID;

-- Threads that are closed: further answers wait.
CREATE TABLE closed_thread (
  thread INTEGER PRIMARY KEY REFERENCES thread (id),
  since INTEGER NOT NULL
) STRICT;

-- Has somebody written to a list before?
CREATE INDEX message_of_person ON message (list, person) WHERE person IS NOT NULL;

-- Messages that a moderator took back: a sentence stands in their place, their files are gone.
CREATE TABLE withdrawn (
  message INTEGER PRIMARY KEY REFERENCES message (id),
  since INTEGER NOT NULL
) STRICT;

-- Notices of content that somebody holds to be illegal (DSA Art. 16). Its number is told to whoever sent it.
CREATE TABLE notice (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  mail INTEGER NOT NULL REFERENCES mail (id),
  recipient TEXT NOT NULL,             -- our address
  list INTEGER REFERENCES list (id),   -- the one concerned; NULL: none is named
  address TEXT NOT NULL,               -- who sent it, normalised; '' unknown or a program
  is_proven INTEGER NOT NULL,          -- our MTA vouched for that address
  since INTEGER NOT NULL,
  state TEXT NOT NULL DEFAULT 'open' CHECK (state = 'open' OR state = 'upheld' OR state = 'dismissed'),
  decided INTEGER NOT NULL DEFAULT 0,
  UNIQUE (mail, recipient)
) STRICT;
