-- kiezpost.db, version 1: lists and people, mails and what became of them, threads, letters out, pages now stale.
-- Times are integer UTC seconds. "change" is a counter that every change of a membership advances: a letter names
-- the change it was decided at, and its recipients are the members at that moment, however late it is expanded.
-- Checks of tables with many rows say "or", not IN: for a list of more than two SQLite fills a temporary table a row.

-- Small facts that the program keeps about itself: clock_date (YYYY-MM-DD of the last daily commit), change.
-- lists_version changes with lists and aliases.
CREATE TABLE setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO setting (name, value) VALUES ('change', '0'), ('page_seq', '0'), ('clock_date', ''), ('lists_version', '1');

-- A region of the district, seeded from its file at init.
CREATE TABLE region (
  id INTEGER PRIMARY KEY,
  slug TEXT NOT NULL UNIQUE,           -- 'gruenau'
  number TEXT NOT NULL,                -- the district's own, '11'
  name TEXT NOT NULL,
  inhabitants INTEGER NOT NULL,
  outline TEXT NOT NULL DEFAULT ''     -- GeoJSON coordinates, coarse
) STRICT;

CREATE TABLE list (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,           -- local part of its address
  kind TEXT NOT NULL,                  -- a row of lists/kinds.c
  title TEXT NOT NULL,
  region INTEGER REFERENCES region (id),
  archive TEXT NOT NULL DEFAULT 'none' CHECK (archive IN ('public', 'none')),
  posting TEXT NOT NULL DEFAULT 'members' CHECK (posting IN ('members', 'anyone', 'moderators')),
  subject_tag TEXT NOT NULL DEFAULT '',-- '' for none; put in brackets
  own_copy INTEGER NOT NULL DEFAULT 0, -- authors get their own posts; a member may say otherwise
  language TEXT NOT NULL DEFAULT 'de',
  created INTEGER NOT NULL,
  removed INTEGER,                     -- NULL: exists; its name is not given away again
  threads INTEGER NOT NULL DEFAULT 0,  -- public counters of the pages, kept by the statements that change them
  messages INTEGER NOT NULL DEFAULT 0,
  last_message INTEGER NOT NULL DEFAULT 0,
  members INTEGER NOT NULL DEFAULT 0,  -- active ones, and those of them who get each mail: counted where a membership
  receiving INTEGER NOT NULL DEFAULT 0 -- changes, so that no mail has to count 20,000 rows
) STRICT;

CREATE TABLE list_alias (
  alias TEXT PRIMARY KEY,              -- a local part
  list INTEGER NOT NULL REFERENCES list (id)
) STRICT, WITHOUT ROWID;
CREATE INDEX list_alias_by_list ON list_alias (list);

CREATE TABLE person (
  id INTEGER PRIMARY KEY AUTOINCREMENT CHECK (id < 33554432), -- fits a token's 25 bits
  name TEXT NOT NULL DEFAULT '',
  created INTEGER NOT NULL
) STRICT;

CREATE TABLE address (
  address TEXT PRIMARY KEY,            -- as address_normalise() makes it
  person INTEGER NOT NULL REFERENCES person (id),
  confirmed INTEGER                    -- when the person (or the operator for them) vouched for it; NULL: not yet
) STRICT, WITHOUT ROWID;
CREATE INDEX address_by_person ON address (person);

-- A membership as it held from one change to another; the row with until_change NULL is how it is now.
CREATE TABLE member (
  id INTEGER PRIMARY KEY,
  list INTEGER NOT NULL REFERENCES list (id),
  person INTEGER NOT NULL REFERENCES person (id),
  address TEXT NOT NULL,               -- where the copies go
  roles TEXT NOT NULL DEFAULT 'member',-- words with commas: member,moderator,keeper,kiezpate,mediator
  delivery TEXT NOT NULL DEFAULT 'each'
    CHECK (delivery = 'each' OR delivery = 'daily' OR delivery = 'weekly' OR delivery = 'own' OR delivery = 'none'),
  state TEXT NOT NULL DEFAULT 'active'
    CHECK (state = 'pending' OR state = 'active' OR state = 'paused' OR state = 'bouncing' OR state = 'left'),
  own_copy INTEGER,                    -- NULL: as the list says
  since INTEGER NOT NULL,              -- when the person joined
  confirmed INTEGER,
  from_change INTEGER NOT NULL,
  until_change INTEGER
) STRICT;
CREATE UNIQUE INDEX member_now ON member (list, person) WHERE until_change IS NULL;
CREATE INDEX member_by_list ON member (list, person, from_change);
CREATE INDEX member_by_person ON member (person);
CREATE INDEX member_with_duties ON member (list, person) WHERE until_change IS NULL AND roles <> 'member';

-- A mail as it came: stored once, whatever number of our addresses it went to. Small ones here, large ones as files.
CREATE TABLE mail (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  key BLOB NOT NULL UNIQUE,            -- delivery_key(): the same mail come twice is one row
  received INTEGER NOT NULL,
  sender TEXT NOT NULL,                -- envelope sender, '' for the null sender
  sha256 BLOB NOT NULL,                -- of the stored bytes
  size INTEGER NOT NULL,
  file TEXT                            -- name below raw/ in the store's directory; NULL: in mail_raw
) STRICT;
CREATE TABLE mail_raw (
  mail INTEGER PRIMARY KEY REFERENCES mail (id) ON DELETE CASCADE,
  bytes BLOB NOT NULL
) STRICT;

-- What became of a mail at one of our addresses. The row is what "done" means: found again, it is only removed from the inbox.
CREATE TABLE handled (
  mail INTEGER NOT NULL REFERENCES mail (id) ON DELETE CASCADE,
  recipient TEXT NOT NULL,             -- our address, normalised, tokens as they came
  list INTEGER REFERENCES list (id),
  kind TEXT NOT NULL,
  outcome TEXT NOT NULL,               -- posted, held, filed, ignored, …
  reason TEXT NOT NULL,                -- one readable sentence
  at INTEGER NOT NULL,
  PRIMARY KEY (mail, recipient)
) STRICT, WITHOUT ROWID;

-- The next thread number of a list and year; never goes back.
CREATE TABLE thread_number (
  list INTEGER NOT NULL REFERENCES list (id),
  year INTEGER NOT NULL,
  next INTEGER NOT NULL,
  PRIMARY KEY (list, year)
) STRICT, WITHOUT ROWID;

-- A month's threads counted: the list's page and the month's pages need no scan of the threads.
CREATE TABLE thread_month (
  list INTEGER NOT NULL REFERENCES list (id),
  year INTEGER NOT NULL,
  month INTEGER NOT NULL,
  positions INTEGER NOT NULL,          -- month positions given away
  threads INTEGER NOT NULL DEFAULT 0,  -- public ones
  PRIMARY KEY (list, year, month)
) STRICT, WITHOUT ROWID;

CREATE TABLE thread (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  list INTEGER NOT NULL REFERENCES list (id),
  year INTEGER NOT NULL,               -- of its first mail, in the municipality's zone
  number INTEGER NOT NULL,             -- with the year: its address, never given twice
  month INTEGER NOT NULL,              -- 1-12 of its first mail
  month_position INTEGER NOT NULL,     -- 1, 2, … in the order threads of that list and month were begun: part of the month's page
  subject TEXT NOT NULL,               -- base subject of its first mail
  subject_key TEXT NOT NULL,
  started INTEGER NOT NULL,
  last INTEGER NOT NULL,
  messages INTEGER NOT NULL DEFAULT 0, -- without stand-ins
  public_messages INTEGER NOT NULL DEFAULT 0,
  next_position INTEGER NOT NULL DEFAULT 1,
  merged_into INTEGER REFERENCES thread (id), -- two threads turned out to be one
  UNIQUE (list, year, number)
) STRICT;
CREATE INDEX thread_by_month ON thread (list, year, month, month_position);
CREATE INDEX thread_by_subject ON thread (list, subject_key, last);
CREATE INDEX thread_by_last ON thread (list, last);
CREATE INDEX thread_by_list ON thread (list, id);
CREATE INDEX thread_public ON thread (list, last) WHERE public_messages > 0 AND merged_into IS NULL;
CREATE INDEX thread_signpost ON thread (merged_into) WHERE merged_into IS NOT NULL;

-- A message of a thread; without a mail it is a stand-in for one that was referred to and not seen.
CREATE TABLE message (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  list INTEGER NOT NULL REFERENCES list (id),
  thread INTEGER NOT NULL REFERENCES thread (id),
  position INTEGER NOT NULL,           -- 1, 2, … in the thread, in the order they came; part of the page
  message_id TEXT NOT NULL,            -- without brackets
  parent INTEGER REFERENCES message (id),
  depth INTEGER NOT NULL,
  mail INTEGER REFERENCES mail (id),   -- NULL: stand-in
  person INTEGER REFERENCES person (id),
  from_name TEXT NOT NULL DEFAULT '',  -- as sent
  from_address TEXT NOT NULL DEFAULT '',
  subject TEXT NOT NULL DEFAULT '',    -- as sent, decoded
  text TEXT NOT NULL DEFAULT '',       -- text_new of the mail
  received INTEGER NOT NULL DEFAULT 0,
  written INTEGER NOT NULL DEFAULT 0,  -- the sender's Date where it counts, else received
  is_public INTEGER NOT NULL DEFAULT 0,-- may be shown where its list's archive is public
  from_token_key INTEGER NOT NULL DEFAULT 0, -- key that signed its From: stays after a rotation
  UNIQUE (list, message_id)
) STRICT;
CREATE INDEX message_by_thread ON message (thread, position);
CREATE INDEX message_by_list ON message (list, received, id);
CREATE INDEX message_public ON message (list, received, id) WHERE is_public = 1;
CREATE INDEX message_unpublished ON message (list, id) WHERE is_public = 0 AND mail IS NOT NULL;
CREATE INDEX message_by_parent ON message (parent, position);
CREATE INDEX message_by_mail ON message (mail);

CREATE TABLE attachment (
  message INTEGER NOT NULL REFERENCES message (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,             -- 1, 2, …
  filename TEXT NOT NULL,              -- '' if none was given
  type TEXT NOT NULL,
  part TEXT NOT NULL,                  -- path in the mail's MIME tree
  size INTEGER NOT NULL,
  PRIMARY KEY (message, number)
) STRICT, WITHOUT ROWID;

-- What waits for a person's decision.
CREATE TABLE hold (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  mail INTEGER NOT NULL REFERENCES mail (id),
  recipient TEXT NOT NULL,
  list INTEGER REFERENCES list (id),
  code TEXT NOT NULL,                  -- 'non_member', 'kind_not_ready', …: a row of a table in lists/
  reason TEXT NOT NULL,                -- one readable sentence
  since INTEGER NOT NULL,
  from_address TEXT NOT NULL,
  subject TEXT NOT NULL,
  UNIQUE (mail, recipient)
) STRICT;
CREATE INDEX hold_by_list ON hold (list, id);

-- A letter out: one content with slots (lib/mail/compose.h), and a delivery a recipient. The content lies apart: the
-- counters here change with every batch of answers, and SQLite writes a row whole.
CREATE TABLE letter (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  purpose TEXT NOT NULL,               -- 'post', 'hold_notice', …
  priority INTEGER NOT NULL,           -- 0 ordinary, 1 bulk
  list INTEGER REFERENCES list (id),
  mail INTEGER REFERENCES mail (id),   -- the mail that it distributes: a person gets one copy of it
  message INTEGER REFERENCES message (id),
  is_to_members INTEGER NOT NULL,      -- to the members of its list; else to one address
  is_batch INTEGER NOT NULL DEFAULT 0, -- many recipients an envelope (announce lists)
  envelope_from TEXT NOT NULL DEFAULT '', -- for is_batch: the one envelope sender
  created INTEGER NOT NULL,
  change INTEGER NOT NULL DEFAULT 0,   -- members as of this change
  except_person INTEGER NOT NULL DEFAULT 0, -- the author, where no own copy is wanted
  cursor INTEGER NOT NULL DEFAULT 0,   -- expansion: last person done
  is_expanded INTEGER NOT NULL DEFAULT 0,
  is_open INTEGER NOT NULL DEFAULT 1,  -- not expanded, or something is due or deferred
  is_paused INTEGER NOT NULL DEFAULT 0,-- restored from a backup: waits for the operator
  deliveries INTEGER NOT NULL DEFAULT 0, -- rows of delivery, and how many of them are in these states
  due INTEGER NOT NULL DEFAULT 0,
  deferred INTEGER NOT NULL DEFAULT 0,
  closed INTEGER NOT NULL DEFAULT 0    -- when the last delivery was settled; 0: open
) STRICT;
CREATE INDEX letter_due ON letter (priority, id) WHERE due > 0 AND is_paused = 0;
CREATE INDEX letter_unexpanded ON letter (priority, id) WHERE is_expanded = 0 AND is_paused = 0;
CREATE INDEX letter_open ON letter (id) WHERE is_open = 1;
CREATE INDEX letter_paused ON letter (id) WHERE is_paused = 1;
CREATE INDEX letter_closed ON letter (closed, id) WHERE is_open = 0;
CREATE INDEX letter_by_mail ON letter (mail, id) WHERE mail IS NOT NULL;
CREATE INDEX letter_by_message ON letter (message) WHERE message IS NOT NULL;
CREATE TABLE letter_content (
  letter INTEGER PRIMARY KEY REFERENCES letter (id) ON DELETE CASCADE,
  bytes BLOB NOT NULL
) STRICT;

CREATE TABLE delivery (
  letter INTEGER NOT NULL REFERENCES letter (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,             -- 1, 2, …
  person INTEGER NOT NULL,             -- 0: nobody we know
  address TEXT NOT NULL,
  envelope_from TEXT NOT NULL,         -- signed a recipient; '' with is_batch: the letter's
  slots TEXT NOT NULL DEFAULT '',      -- values of slots a, b, … separated by U+001F
  state TEXT NOT NULL DEFAULT 'due' CHECK (state = 'due' OR state = 'sent' OR state = 'deferred' OR state = 'failed'),
  attempts INTEGER NOT NULL DEFAULT 0,
  first_try INTEGER NOT NULL DEFAULT 0,
  next_try INTEGER NOT NULL DEFAULT 0, -- for deferred
  reply TEXT NOT NULL DEFAULT '',      -- the MTA's last words, one line, bounded
  at INTEGER NOT NULL DEFAULT 0,       -- of the last state
  PRIMARY KEY (letter, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX delivery_deferred ON delivery (next_try) WHERE state = 'deferred';

-- Pages that no longer show what the store knows. Bigger seq: marked later; the publisher clears what it has rendered
-- only if seq is still the one it saw.
CREATE TABLE stale (
  page TEXT NOT NULL,                  -- a row of web-archive's page table: 'home', 'list', 'month', 'thread', 'feed', 'sitemap'
  list INTEGER NOT NULL DEFAULT 0,
  key INTEGER NOT NULL DEFAULT 0,      -- month: YYYYMM; thread: its id; sitemap: year
  part INTEGER NOT NULL DEFAULT 1,
  seq INTEGER NOT NULL,
  PRIMARY KEY (page, list, key, part)
) STRICT, WITHOUT ROWID;
CREATE INDEX stale_by_seq ON stale (seq);
