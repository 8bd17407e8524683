-- kiezpost.db, version 12: offices, and the cases that they answer. Planned days are local dates (YYYY-MM-DD).

-- A department of the district or another body that answers.
CREATE TABLE office (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  sign TEXT NOT NULL UNIQUE COLLATE NOCASE, -- 'SGA': what people call it
  name TEXT NOT NULL,
  days INTEGER NOT NULL DEFAULT 15,    -- working days to answer
  working_days TEXT NOT NULL DEFAULT '12345', -- of the week, 1 is Monday; holidays are none
  clerk TEXT NOT NULL DEFAULT 'role'   -- how a clerk is shown under a published answer: not at all, or with the name
    CHECK (clerk = 'role' OR clerk = 'name'),
  signature TEXT NOT NULL DEFAULT '',  -- a line under its published answers; '': its name
  is_coordinator INTEGER NOT NULL DEFAULT 0, -- gets what nobody is known for, and answers with the sign of who is
  is_by_hand INTEGER NOT NULL DEFAULT 0,     -- takes no mail from platforms: the admin forwards its letters by hand
  four_eyes INTEGER NOT NULL DEFAULT 0,      -- an answer is published when a colleague has agreed
  network TEXT NOT NULL DEFAULT '',    -- the name that our MTA gives mail from its network ([mail] network_header)
  created INTEGER NOT NULL,
  removed INTEGER,
  rerouted INTEGER NOT NULL DEFAULT 0  -- how often it said "nicht zuständig"
) STRICT;
CREATE UNIQUE INDEX office_coordinator ON office (is_coordinator) WHERE is_coordinator = 1 AND removed IS NULL;

-- Who writes for an office: an address, or all of a domain ('@ba-tk.berlin.de').
CREATE TABLE office_address (
  address TEXT NOT NULL,               -- as address_normalise() makes it; '@' and a domain
  office INTEGER NOT NULL REFERENCES office (id),
  use TEXT NOT NULL DEFAULT 'main'     -- main: its letters go there; deputy: reminders too; sender: may only answer
    CHECK (use = 'main' OR use = 'deputy' OR use = 'sender'),
  PRIMARY KEY (address, office)
) STRICT, WITHOUT ROWID;
CREATE INDEX office_address_by_office ON office_address (office);

-- What an office is responsible for: a topic (a value of [office.topic]), in one region or in all.
CREATE TABLE office_duty (
  office INTEGER NOT NULL REFERENCES office (id),
  topic TEXT NOT NULL,                 -- '': whatever there is in that region
  region INTEGER NOT NULL DEFAULT 0,   -- 0: all
  PRIMARY KEY (topic, region, office)
) STRICT, WITHOUT ROWID;
CREATE INDEX office_duty_by_office ON office_duty (office);

-- The next case number of a year; never goes back.
CREATE TABLE case_number (
  year INTEGER PRIMARY KEY,
  next INTEGER NOT NULL
) STRICT;

-- Anything that an office should answer. KP-2026-0173 is year and number.
CREATE TABLE casefile (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  year INTEGER NOT NULL,
  number INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind = 'question' OR kind = 'defect' OR kind = 'proposal' OR kind = 'statement'),
  list INTEGER NOT NULL REFERENCES list (id), -- the address that it belongs to; its archive says whether it is public
  title TEXT NOT NULL,
  topic TEXT NOT NULL DEFAULT '',      -- of [office.topic]; '': none was understood
  region INTEGER REFERENCES region (id),
  place TEXT NOT NULL DEFAULT '',      -- as people say it
  lat INTEGER, lon INTEGER,             -- millionths of a degree (WGS 84); NULL: not known
  office INTEGER REFERENCES office (id), -- who is asked; NULL: not decided yet
  why TEXT NOT NULL DEFAULT '',        -- why that office: one sentence
  state TEXT NOT NULL DEFAULT 'received' CHECK (state = 'received' OR state = 'forwarded' OR state = 'in_progress'
    OR state = 'planned' OR state = 'done' OR state = 'confirmed' OR state = 'rejected' OR state = 'not_responsible'
    OR state = 'waiting' OR state = 'withdrawn'),
  is_open INTEGER NOT NULL DEFAULT 1,  -- something is still to be done by an office, the resident or time
  is_public INTEGER NOT NULL DEFAULT 0,-- may be shown where its list's archive is public
  opened INTEGER NOT NULL,
  last INTEGER NOT NULL,               -- of its last entry
  forwarded INTEGER NOT NULL DEFAULT 0,-- when the present office was asked; 0: not yet
  answered INTEGER NOT NULL DEFAULT 0, -- when an office first answered; 0: not yet
  due TEXT NOT NULL DEFAULT '',        -- the office's last day to answer
  expected TEXT NOT NULL DEFAULT '',   -- the day by which the office says it will be done
  paused_since INTEGER NOT NULL DEFAULT 0, -- waits for the resident since; 0: does not
  next_tick TEXT NOT NULL DEFAULT '',  -- the day it is looked at again (reminder, escalation, honest word); '': none
  reminders INTEGER NOT NULL DEFAULT 0,
  reroutings INTEGER NOT NULL DEFAULT 0,
  thread INTEGER REFERENCES thread (id),   -- the group's thread that it was handed over from; NULL: none
  message INTEGER REFERENCES message (id), -- the post that asks; NULL: none
  mail INTEGER REFERENCES mail (id),       -- the mail that opened it
  next_position INTEGER NOT NULL DEFAULT 1,
  entries INTEGER NOT NULL DEFAULT 0,
  public_entries INTEGER NOT NULL DEFAULT 0,
  UNIQUE (year, number)
) STRICT;
CREATE INDEX casefile_by_tick ON casefile (next_tick, id) WHERE next_tick <> '';
CREATE INDEX casefile_by_office ON casefile (office, id);
CREATE INDEX casefile_by_list ON casefile (list, id);
CREATE INDEX casefile_answered ON casefile (region, answered) WHERE answered > 0;
CREATE INDEX casefile_by_region ON casefile (region, id);
CREATE INDEX casefile_by_thread ON casefile (thread) WHERE thread IS NOT NULL;
CREATE INDEX casefile_by_mail ON casefile (mail) WHERE mail IS NOT NULL;
CREATE INDEX casefile_public ON casefile (id) WHERE is_public = 1;

-- Who takes part in a case; each has a reply address of its own (a token of the case and this number).
CREATE TABLE case_party (
  id INTEGER PRIMARY KEY AUTOINCREMENT CHECK (id < 33554432), -- fits a token's 25 bits
  casefile INTEGER NOT NULL REFERENCES casefile (id),
  role TEXT NOT NULL
    CHECK (role = 'resident' OR role = 'office' OR role = 'helper' OR role = 'follower'), -- helper: entered it for somebody
  office INTEGER REFERENCES office (id),
  person INTEGER NOT NULL DEFAULT 0,   -- 0: unknown, or an office
  address TEXT NOT NULL,               -- normalised; of an office: where its letter went
  name TEXT NOT NULL DEFAULT '',       -- as sent; of a helper: in whose name
  name_agreed INTEGER NOT NULL DEFAULT 0, -- the office may be told the resident's name
  since INTEGER NOT NULL,
  gone INTEGER,                        -- when they stopped taking part; NULL: they do
  token_key INTEGER NOT NULL DEFAULT 0,-- key that signed its first address: stays after a rotation
  language TEXT NOT NULL DEFAULT '',   -- of the mail that they wrote; '': the list's. What they have chosen comes first
  UNIQUE (casefile, role, address)
) STRICT;
CREATE INDEX case_party_by_case ON case_party (casefile, id);
CREATE INDEX case_party_by_person ON case_party (person) WHERE person <> 0;

-- What happened, in order. Its text has passed the gate's redaction when is_public is set.
CREATE TABLE case_entry (
  casefile INTEGER NOT NULL REFERENCES casefile (id),
  position INTEGER NOT NULL,           -- 1, 2, …: part of its address on the page
  at INTEGER NOT NULL,
  what TEXT NOT NULL,                  -- a row of lists/cases/history: 'question', 'sent', 'reply', 'reminder', …
  office INTEGER REFERENCES office (id),
  party INTEGER NOT NULL DEFAULT 0,    -- who did it; 0: the program or an operator
  text TEXT NOT NULL DEFAULT '',
  state TEXT NOT NULL DEFAULT '',      -- that the case has since; '': as before
  expected TEXT NOT NULL DEFAULT '',
  clerk TEXT NOT NULL DEFAULT '',      -- the name to show, where the office wants that
  signed_by TEXT NOT NULL DEFAULT '',  -- of a verified S/MIME signature
  mail INTEGER REFERENCES mail (id),
  is_public INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (casefile, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX case_entry_public ON case_entry (casefile, position) WHERE is_public = 1;
CREATE INDEX case_entry_by_mail ON case_entry (mail) WHERE mail IS NOT NULL;

-- Files that came with an entry: public only after a look.
CREATE TABLE case_file (
  casefile INTEGER NOT NULL,
  position INTEGER NOT NULL,
  number INTEGER NOT NULL,             -- 1, 2, …
  filename TEXT NOT NULL,
  type TEXT NOT NULL,
  part TEXT NOT NULL,                  -- path in the mail's MIME tree
  size INTEGER NOT NULL,
  is_public INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (casefile, position, number),
  FOREIGN KEY (casefile, position) REFERENCES case_entry (casefile, position)
) STRICT, WITHOUT ROWID;

-- Where the public finds a case, as its pages were last told: a row a shelf. Shelves: 1 all; 2 a region's; 3 an
-- office's; 4 of a state (number of enum public_state, lib/store/cases/case_shelves.h); 5 a list's. No row: no page.
CREATE TABLE case_shelf (
  shelf INTEGER NOT NULL,
  value INTEGER NOT NULL,              -- region, office, state, list; 0 of shelf 1
  year INTEGER NOT NULL,
  number INTEGER NOT NULL,
  casefile INTEGER NOT NULL REFERENCES casefile (id),
  PRIMARY KEY (shelf, value, year, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX case_shelf_by_case ON case_shelf (casefile);

-- Counters of the statistics, kept by the statement that changes a case: what there is of each year, office and topic.
CREATE TABLE case_count (
  year INTEGER NOT NULL,               -- of the case's number
  office INTEGER NOT NULL,             -- 0: nobody yet
  topic TEXT NOT NULL,                 -- '': none was understood
  cases INTEGER NOT NULL,
  open INTEGER NOT NULL,
  answered INTEGER NOT NULL,
  done INTEGER NOT NULL,               -- done, says the office; or confirmed
  confirmed INTEGER NOT NULL,          -- done, says who asked
  PRIMARY KEY (year, office, topic)
) STRICT, WITHOUT ROWID;

-- How many cases got their first answer after so many days: medians are read from it.
CREATE TABLE case_days (
  year INTEGER NOT NULL,
  office INTEGER NOT NULL,
  topic TEXT NOT NULL,
  days INTEGER NOT NULL,               -- calendar days from opened to answered, 400 at most
  cases INTEGER NOT NULL,
  PRIMARY KEY (year, office, topic, days)
) STRICT, WITHOUT ROWID;
-- A message of a group that an office wrote as itself: shown with its name and a badge.
CREATE TABLE official_message (
  message INTEGER PRIMARY KEY REFERENCES message (id),
  office INTEGER NOT NULL REFERENCES office (id)
) STRICT;
