-- kiezpost.db, version 18: jobs for the outside, which `kiezpost reach` does, and rooms for video conferences.

-- One job: a call to somebody else's server. It is written in the transaction of the decision that wants it,
-- taken by one process, and answered once. due: waits for next_try; taken: is being done; answered, failed: the
-- worker has not looked at it yet; told: it failed, and people know. What is over and good has no row.
CREATE TABLE job (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  what TEXT NOT NULL,                  -- 'bbb_create'
  object INTEGER NOT NULL,             -- what it is for: the event
  about TEXT NOT NULL,                 -- the same for people: 'event 2026/12'
  request TEXT NOT NULL,               -- what is asked for; never a secret
  turn INTEGER NOT NULL DEFAULT 1,     -- how often it was put: an answer to an older turn counts no more
  state TEXT NOT NULL DEFAULT 'due'
    CHECK (state = 'due' OR state = 'taken' OR state = 'answered' OR state = 'failed' OR state = 'told'),
  attempts INTEGER NOT NULL DEFAULT 0, -- of this turn, counted when it is taken
  since INTEGER NOT NULL,
  next_try INTEGER NOT NULL,
  until INTEGER NOT NULL,              -- given up then; seconds
  reply TEXT NOT NULL DEFAULT '',      -- the answer, as lines; of a failure a sentence
  UNIQUE (what, object)
) STRICT;
CREATE INDEX job_due ON job (next_try, id) WHERE state = 'due';
CREATE INDEX job_taken ON job (id) WHERE state = 'taken';
CREATE INDEX job_settled ON job (id) WHERE state = 'answered' OR state = 'failed';

-- The room of an event in a BigBlueButton server. It is there while the event is held, from a little before.
CREATE TABLE video_room (
  event INTEGER PRIMARY KEY REFERENCES event (id),
  meeting TEXT NOT NULL UNIQUE,        -- its meetingID; links to it are made of this, so it stays
  dial TEXT NOT NULL DEFAULT '',       -- telephone number, as the server said; '': none
  pin TEXT NOT NULL DEFAULT '',        -- voiceBridge, as the server gave it the first time; '': not known
  made INTEGER NOT NULL,
  is_answered INTEGER NOT NULL DEFAULT 0, -- the first call was, well or badly
  for_at INTEGER NOT NULL DEFAULT 0,   -- the begin of the date that it is kept open for; 0: none yet
  again_at INTEGER NOT NULL DEFAULT 0, -- when it is asked for once more
  told_at INTEGER NOT NULL DEFAULT 0   -- the begin of the date of which its organisers know that there is no room
) STRICT;
