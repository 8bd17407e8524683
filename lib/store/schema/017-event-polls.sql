-- kiezpost.db, version 17: polls for a date, how invitations come, and calendars of one's own.

-- A poll belongs to an event that has no date yet. While it is open the event's state is 'poll'; once it has ended
-- the event is a draft with the date that was found, which its organiser confirms as any other.
CREATE TABLE event_poll (
  event INTEGER PRIMARY KEY REFERENCES event (id),
  state TEXT NOT NULL DEFAULT 'draft'  -- draft: its organiser has not confirmed; dropped: no date was looked for any more
    CHECK (state = 'draft' OR state = 'open' OR state = 'ended' OR state = 'dropped'),
  until TEXT NOT NULL DEFAULT '',      -- last day for answers, local
  opened INTEGER NOT NULL DEFAULT 0,
  reminded INTEGER NOT NULL DEFAULT 0, -- 1: who had not answered was asked once more
  voters INTEGER NOT NULL DEFAULT 0,
  chosen INTEGER NOT NULL DEFAULT 0    -- number of the option; 0: none
) STRICT;

-- What one may choose, and how many did, counted as votes come.
CREATE TABLE event_option (
  event INTEGER NOT NULL REFERENCES event (id),
  number INTEGER NOT NULL,             -- as the letter says it, from 1
  starts TEXT NOT NULL,                -- local, as of an event
  ends TEXT NOT NULL DEFAULT '',
  yes INTEGER NOT NULL DEFAULT 0,
  maybe INTEGER NOT NULL DEFAULT 0,
  no INTEGER NOT NULL DEFAULT 0,
  liked INTEGER NOT NULL DEFAULT 0,    -- of those who can: how many like it best
  PRIMARY KEY (event, number)
) STRICT, WITHOUT ROWID;

-- One vote a person: the party is the first that they are of the event.
CREATE TABLE event_vote (
  event INTEGER NOT NULL REFERENCES event (id),
  party INTEGER NOT NULL REFERENCES event_party (id),
  number INTEGER NOT NULL,
  answer TEXT NOT NULL CHECK (answer = 'yes' OR answer = 'maybe' OR answer = 'no'),
  liked INTEGER NOT NULL DEFAULT 0,
  at INTEGER NOT NULL,
  mail INTEGER REFERENCES mail (id),
  PRIMARY KEY (event, party, number)
) STRICT, WITHOUT ROWID;

-- How invitations, changes of them and cancellations come: with a calendar object, or as text alone.
ALTER TABLE person ADD COLUMN invitations TEXT NOT NULL DEFAULT 'calendar'
  CHECK (invitations = 'calendar' OR invitations = 'text');

-- A calendar of one's own, at an address that nobody can guess; whoever renews it gets another.
CREATE TABLE person_calendar (
  id INTEGER PRIMARY KEY AUTOINCREMENT,-- of its page: an address that was given up has to go
  person INTEGER NOT NULL,             -- 0: given up
  secret TEXT NOT NULL UNIQUE,         -- stands in its address
  since INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX person_calendar_by_person ON person_calendar (person) WHERE person <> 0;
