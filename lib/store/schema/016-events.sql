-- kiezpost.db, version 16: events, who is invited, and who comes. What is planned is local wall time
-- ('2026-05-16T15:00', of a whole day '2026-05-16') in the event's zone; what happened is seconds UTC.

-- The next event number of a year; never goes back.
CREATE TABLE event_number (
  year INTEGER PRIMARY KEY,
  next INTEGER NOT NULL
) STRICT;

CREATE TABLE event (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  year INTEGER NOT NULL,               -- with number: its page, termine/2026/12
  number INTEGER NOT NULL,
  uid TEXT NOT NULL UNIQUE,            -- of the calendar object, for good
  list INTEGER NOT NULL REFERENCES list (id), -- whose members are invited; its archive says whether it is public
  state TEXT NOT NULL DEFAULT 'draft'  -- draft: its organiser has not confirmed; poll: its date is looked for; closed: no
                                       -- more answers; over: was held
    CHECK (state = 'draft' OR state = 'poll' OR state = 'open' OR state = 'closed' OR state = 'cancelled' OR state = 'over'),
  sequence INTEGER NOT NULL DEFAULT 0, -- of the calendar object (RFC 5546 section 2.1.4)
  stamp INTEGER NOT NULL,              -- when it was changed last: DTSTAMP
  created INTEGER NOT NULL,
  title TEXT NOT NULL DEFAULT '',
  text TEXT NOT NULL DEFAULT '',       -- what its organiser wrote about it
  place TEXT NOT NULL DEFAULT '',
  lat INTEGER, lon INTEGER,            -- millionths of a degree (WGS 84); NULL: not known
  region INTEGER REFERENCES region (id),
  starts TEXT NOT NULL DEFAULT '',     -- '': not known yet
  ends TEXT NOT NULL DEFAULT '',       -- of whole days the last one; '': not said
  zone TEXT NOT NULL,
  rule TEXT NOT NULL DEFAULT '',       -- RRULE; '': once
  next_at INTEGER NOT NULL DEFAULT 0,  -- when its next date begins; 0: there is none
  next_tick INTEGER NOT NULL DEFAULT 0,-- when it is looked at again (reminder, deadline, end); 0: never
  audience TEXT NOT NULL DEFAULT 'group' -- who is invited: the list's members, whoever reads of it, only who is named
    CHECK (audience = 'group' OR audience = 'open' OR audience = 'named'),
  strangers TEXT NOT NULL DEFAULT 'ask' -- who answers without having been invited
    CHECK (strangers = 'count' OR strangers = 'ask' OR strangers = 'refuse'),
  capacity INTEGER NOT NULL DEFAULT 0, -- people; 0: as many as come
  answer_by TEXT NOT NULL DEFAULT '',  -- last day for answers; '': until it begins
  bring TEXT NOT NULL DEFAULT '',
  is_video INTEGER NOT NULL DEFAULT 0,
  video_link TEXT NOT NULL DEFAULT '', -- its organiser's own room; '': ours, where there is a server; never public
  mail INTEGER REFERENCES mail (id),   -- the mail that called it together
  message INTEGER REFERENCES message (id), -- the post, where it is one; NULL: none
  attended INTEGER NOT NULL DEFAULT -1,-- how many were there, says the organiser; -1: not said
  next_place INTEGER NOT NULL DEFAULT 1, -- in the row of who waits
  invited_to INTEGER NOT NULL DEFAULT 0, -- the last person of the list who was made a party
  asked INTEGER NOT NULL DEFAULT 0,    -- 1: who had not answered was asked once more
  reminded TEXT NOT NULL DEFAULT '',   -- the date, as the rule says, that was reminded of last; '': none
  was_open INTEGER NOT NULL DEFAULT 0, -- its organiser said yes once: a draft that is dropped was never public
  UNIQUE (year, number)
) STRICT;
CREATE INDEX event_by_list ON event (list, id);
CREATE INDEX event_by_tick ON event (next_tick, id) WHERE next_tick <> 0;
CREATE INDEX event_by_next ON event (next_at, id) WHERE next_at <> 0;
CREATE INDEX event_by_mail ON event (mail) WHERE mail IS NOT NULL;
CREATE INDEX event_by_message ON event (message) WHERE message IS NOT NULL;

-- One date of a series that is not as the rule says.
CREATE TABLE event_date (
  event INTEGER NOT NULL REFERENCES event (id),
  original TEXT NOT NULL,              -- when the rule says it begins: RECURRENCE-ID
  starts TEXT NOT NULL DEFAULT '',     -- '': does not take place
  ends TEXT NOT NULL DEFAULT '',
  place TEXT NOT NULL DEFAULT '',      -- '': the event's
  sequence INTEGER NOT NULL,           -- of the event when it was changed
  PRIMARY KEY (event, original)
) STRICT, WITHOUT ROWID;

-- How many come, counted as answers come, so that one costs the same in a small and in a large event. The row of a
-- date of a series holds by how much it differs from the series' own (original '').
CREATE TABLE event_count (
  event INTEGER NOT NULL REFERENCES event (id),
  original TEXT NOT NULL,
  yes INTEGER NOT NULL DEFAULT 0,
  no INTEGER NOT NULL DEFAULT 0,
  maybe INTEGER NOT NULL DEFAULT 0,
  people INTEGER NOT NULL DEFAULT 0,   -- who come, with those they bring; without who waits
  waiting INTEGER NOT NULL DEFAULT 0,
  waiting_people INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (event, original)
) STRICT, WITHOUT ROWID;

-- Who has to do with an event; each has an address of its own (a token of the event and this number), which is
-- also the ORGANIZER in their calendar and stays the same bytes.
CREATE TABLE event_party (
  id INTEGER PRIMARY KEY AUTOINCREMENT CHECK (id < 33554432), -- fits a token's 25 bits
  event INTEGER NOT NULL REFERENCES event (id),
  role TEXT NOT NULL                   -- behalf: entered by an organiser; stranger: answered without an invitation
    CHECK (role = 'organizer' OR role = 'invited' OR role = 'stranger' OR role = 'behalf'),
  person INTEGER NOT NULL DEFAULT 0,   -- 0: unknown
  address TEXT NOT NULL,               -- normalised; of somebody entered by an organiser '#' and the name in small letters
  name TEXT NOT NULL DEFAULT '',
  token_key INTEGER NOT NULL DEFAULT 0,-- key that signed its first address
  told INTEGER NOT NULL DEFAULT -1,    -- sequence of the event as they were told last; -1: not yet
  since INTEGER NOT NULL,
  UNIQUE (event, address, role)
) STRICT;
CREATE INDEX event_party_by_person ON event_party (person, event) WHERE person <> 0;
CREATE INDEX event_party_organizers ON event_party (event, id) WHERE role = 'organizer';
CREATE INDEX event_party_by_event ON event_party (event, id);
CREATE INDEX event_party_by_name ON event_party (event, name COLLATE NOCASE) WHERE role <> 'behalf';
CREATE INDEX event_party_to_tell ON event_party (event, told, id) WHERE role <> 'behalf';

-- An answer. A series is answered as a whole (original ''), or a date of it.
CREATE TABLE rsvp (
  event INTEGER NOT NULL REFERENCES event (id),
  original TEXT NOT NULL DEFAULT '',
  party INTEGER NOT NULL REFERENCES event_party (id),
  answer TEXT NOT NULL                 -- asked: had answered, and was asked again, since it is another time now
    CHECK (answer = 'yes' OR answer = 'no' OR answer = 'maybe' OR answer = 'asked'),
  people INTEGER NOT NULL,             -- with who answers; of a no 0
  comment TEXT NOT NULL DEFAULT '',    -- for the organiser
  source TEXT NOT NULL CHECK (source = 'words' OR source = 'itip' OR source = 'behalf'),
  sequence INTEGER NOT NULL DEFAULT 0, stamp INTEGER NOT NULL DEFAULT 0, -- of a calendar's reply: an older one changes nothing
  place INTEGER NOT NULL DEFAULT 0,    -- in the row of who waits; 0: does not wait
  at INTEGER NOT NULL,
  mail INTEGER REFERENCES mail (id),
  PRIMARY KEY (event, original, party)
) STRICT, WITHOUT ROWID;
CREATE INDEX rsvp_waiting ON rsvp (event, original, place) WHERE place <> 0;
CREATE INDEX rsvp_by_party ON rsvp (party, original);

-- One letter to many of an event, some a step: a reminder, a message of its organiser's.
CREATE TABLE event_round (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  event INTEGER NOT NULL REFERENCES event (id),
  what TEXT NOT NULL                   -- ask: who has not answered; remind, message: who comes; poll…: who may vote
    CHECK (what = 'ask' OR what = 'remind' OR what = 'message' OR what = 'poll' OR what = 'poll_ask' OR
           what = 'poll_result'),
  original TEXT NOT NULL DEFAULT '',   -- of the date of a series
  text TEXT NOT NULL DEFAULT '',       -- of a message
  mail INTEGER REFERENCES mail (id),   -- that a message came with; answers go to its sender
  done_to INTEGER NOT NULL DEFAULT 0,  -- the last party that was looked at
  created INTEGER NOT NULL
) STRICT;
CREATE INDEX event_round_by_event ON event_round (event, id);
CREATE INDEX event_round_by_mail ON event_round (mail) WHERE mail IS NOT NULL;

-- Where the public finds an event: a row a date and shelf. Follows event_mark_pages().
CREATE TABLE event_shelf (
  shelf INTEGER NOT NULL,              -- 1: all, 2: its region's, 3: its list's
  value INTEGER NOT NULL,              -- of all 0, else the region or the list
  starts TEXT NOT NULL,                -- of this date
  event INTEGER NOT NULL REFERENCES event (id),
  original TEXT NOT NULL,              -- when the rule says it begins
  until TEXT NOT NULL,                 -- its last day
  is_off INTEGER NOT NULL,             -- this date does not take place
  PRIMARY KEY (shelf, value, starts, event, original)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_shelf_by_until ON event_shelf (shelf, value, until, starts, event);
CREATE INDEX event_shelf_by_event ON event_shelf (event, shelf, value, starts);
