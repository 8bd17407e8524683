-- kiezpost.db, version 3: what letters of ours ask and a plain answer decides; what persons and lists have settled.

-- A question that waits for an answer by mail. Its row is the proof of what was asked, of whom, and what was said; the
-- address that the answer comes to carries its number and the person, signed.
CREATE TABLE request (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  purpose TEXT NOT NULL,               -- a row of lists/requests: 'join', 'settings', 'moderate', …
  list INTEGER REFERENCES list (id),
  person INTEGER NOT NULL DEFAULT 0,   -- who is asked; 0: nobody we know yet
  address TEXT NOT NULL,               -- where the question went
  rate_key TEXT NOT NULL,              -- that address without "+…" and, where they mean nothing, dots: for limits, never for identity
  object INTEGER NOT NULL DEFAULT 0,   -- what it is about, by purpose: a hold, a person, a mail
  details TEXT NOT NULL DEFAULT '',    -- what a yes does, by purpose: lines "name=value"
  state TEXT NOT NULL DEFAULT 'open'
    CHECK (state = 'open' OR state = 'yes' OR state = 'no' OR state = 'settled' OR state = 'expired'),
  asked INTEGER NOT NULL,
  reminders INTEGER NOT NULL DEFAULT 0,-- how often it was asked again
  due INTEGER NOT NULL,                -- when it is reminded of, or ends unanswered
  shown BLOB NOT NULL,                 -- SHA-256 of the text that was shown
  answered INTEGER NOT NULL DEFAULT 0, -- when; 0: not
  answer_id TEXT NOT NULL DEFAULT ''   -- Message-ID of the mail that decided
) STRICT;
CREATE INDEX request_due ON request (state, due);
CREATE INDEX request_open ON request (purpose, address, list) WHERE state = 'open';
CREATE INDEX request_about ON request (purpose, object) WHERE state = 'open';
CREATE INDEX request_asked ON request (rate_key, asked);

-- What a person has settled for all lists.
ALTER TABLE person ADD COLUMN language TEXT NOT NULL DEFAULT '';  -- of letters to them; '': the list's
ALTER TABLE person ADD COLUMN shown TEXT NOT NULL DEFAULT 'initial' -- to the public; members see the name as sent
  CHECK (shown = 'initial' OR shown = 'full' OR shown = 'pseudonym');
ALTER TABLE person ADD COLUMN pseudonym TEXT NOT NULL DEFAULT ''; -- with shown = 'pseudonym': what all see

-- The last day of a pause, YYYY-MM-DD in the municipality's zone; '': until the member says so.
ALTER TABLE member ADD COLUMN paused_until TEXT NOT NULL DEFAULT '';
CREATE INDEX member_paused ON member (paused_until) WHERE until_change IS NULL AND state = 'paused' AND paused_until <> '';

-- How somebody becomes a member, and what is said about it.
ALTER TABLE list ADD COLUMN joining TEXT NOT NULL DEFAULT 'confirm'
  CHECK (joining = 'open' OR joining = 'confirm' OR joining = 'approve' OR joining = 'closed');
ALTER TABLE list ADD COLUMN description TEXT NOT NULL DEFAULT '';
ALTER TABLE list ADD COLUMN welcome TEXT NOT NULL DEFAULT ''; -- a sentence or two of the keeper's in the welcome letter
