-- kiezpost.db, version 6: what members settle: names, threads of one's own, subjects one mutes, collected letters.

-- What one person wrote, by thread: whether somebody wrote in a thread, and which pages show their name.
CREATE INDEX message_by_person ON message (person, thread, position) WHERE person IS NOT NULL;

-- Names are looked up when somebody chooses one: nobody may be called like somebody else.
CREATE INDEX person_by_name ON person (name COLLATE NOCASE) WHERE name <> '';
CREATE INDEX person_by_pseudonym ON person (pseudonym COLLATE NOCASE) WHERE pseudonym <> '';

-- Whose name changed: their pages are marked stale some at a time, behind this thread and position.
CREATE TABLE renamed (
  person INTEGER PRIMARY KEY REFERENCES person (id),
  thread INTEGER NOT NULL DEFAULT 0,
  position INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Which members a letter is for: those who get each mail, or those who get a collected letter of that kind.
ALTER TABLE letter ADD COLUMN delivery TEXT NOT NULL DEFAULT 'each'
  CHECK (delivery = 'each' OR delivery = 'daily' OR delivery = 'weekly');

-- How far a list's collected letters go: the last post (its number) that one of this kind held, and its day.
CREATE TABLE collected (
  list INTEGER NOT NULL REFERENCES list (id),
  delivery TEXT NOT NULL CHECK (delivery = 'daily' OR delivery = 'weekly'),
  day TEXT NOT NULL,                   -- YYYY-MM-DD of the last one, or of when we first looked
  message INTEGER NOT NULL,
  PRIMARY KEY (list, delivery)
) STRICT, WITHOUT ROWID;

-- Two persons turned out to be one, who said so from both addresses. What carries the first one's number (addresses
-- for leaving, letters) means the other; messages are moved some at a time.
CREATE TABLE merged (
  person INTEGER PRIMARY KEY REFERENCES person (id),
  into_person INTEGER NOT NULL REFERENCES person (id),
  is_moving INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX merged_moving ON merged (person) WHERE is_moving = 1;
CREATE INDEX merged_into ON merged (into_person);

-- What a list got, in the order it was decided; and who reads it collected.
CREATE INDEX message_by_arrival ON message (list, id) WHERE mail IS NOT NULL;
CREATE INDEX member_collecting ON member (list, delivery) WHERE until_change IS NULL AND delivery <> 'each';

-- Who was invited to a list: once, ever. What is kept of an address is its SHA-256; the question itself is forgotten as
-- any other.
CREATE TABLE invited (
  list INTEGER NOT NULL REFERENCES list (id),
  address_sha256 TEXT NOT NULL,
  person INTEGER NOT NULL REFERENCES person (id), -- who invited
  at INTEGER NOT NULL,
  PRIMARY KEY (list, address_sha256)
) STRICT, WITHOUT ROWID;
CREATE INDEX invited_by_person ON invited (person, at);

-- Whether offices may write to somebody without encryption (Korrespondenzart): asked once, and what was said last.
CREATE TABLE office_mail (
  person INTEGER PRIMARY KEY REFERENCES person (id),
  asked INTEGER NOT NULL,              -- when; 0: they said so themselves
  given INTEGER NOT NULL DEFAULT 0,    -- when they agreed; 0: they do not
  revoked INTEGER NOT NULL DEFAULT 0   -- when they last refused or took it back; 0: never
) STRICT;
