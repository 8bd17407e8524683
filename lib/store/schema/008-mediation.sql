-- kiezpost.db, version 8: mediation. A conversation of three people through addresses of ours; what was written in it is kept only
-- for a while, what stays are these rows without names.

CREATE TABLE mediation (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  list INTEGER NOT NULL REFERENCES list (id),
  state TEXT NOT NULL DEFAULT 'asked'
    CHECK (state = 'asked' OR state = 'taken' OR state = 'invited' OR state = 'open' -- it runs
        OR state = 'refused' OR state = 'lapsed' OR state = 'withdrawn' OR state = 'closed'),
  since INTEGER NOT NULL,
  changed INTEGER NOT NULL,               -- when somebody last did something
  invitations INTEGER NOT NULL DEFAULT 0, -- how many people were asked to take part
  is_forgotten INTEGER NOT NULL DEFAULT 0 -- names, addresses and mails are gone
) STRICT;
CREATE INDEX mediation_known ON mediation (changed) WHERE is_forgotten = 0;

-- Who takes part. Gone when the mediation is forgotten.
CREATE TABLE mediation_seat (
  mediation INTEGER NOT NULL REFERENCES mediation (id),
  role TEXT NOT NULL CHECK (role = 'requester' OR role = 'other' OR role = 'mediator'),
  person INTEGER NOT NULL DEFAULT 0,      -- 0: nobody we know
  address TEXT NOT NULL,                  -- normalised; nobody but we learns it
  name TEXT NOT NULL,                     -- as the others see it; '': none
  PRIMARY KEY (mediation, role)
) STRICT, WITHOUT ROWID;
CREATE INDEX mediation_seat_of ON mediation_seat (address);

-- Mails that came to a list for mediation, so that their bytes can be removed in time.
CREATE TABLE mediation_mail (
  mail INTEGER PRIMARY KEY REFERENCES mail (id),
  mediation INTEGER REFERENCES mediation (id), -- NULL: of none (yet)
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX mediation_mail_of ON mediation_mail (mediation, at);

-- All questions about one thing, also those that have ended.
CREATE INDEX request_of_object ON request (object, purpose);
