-- kiezpost.db, version 7: tags in subjects, and what members do not want to get.

-- A removed list that its keeper closed: what it published stays published.
ALTER TABLE list ADD COLUMN is_closed INTEGER NOT NULL DEFAULT 0;

-- "[Biete]" and "#spielplatz" of a message's subject, folded: "biete", "#spielplatz".
CREATE TABLE message_tag (
  message INTEGER NOT NULL REFERENCES message (id) ON DELETE CASCADE,
  tag TEXT NOT NULL,
  expires INTEGER NOT NULL DEFAULT 0,  -- when an offer or a search is over; 0: never
  PRIMARY KEY (message, tag)
) STRICT, WITHOUT ROWID;

-- A member gets no copies of a thread, or of what bears a tag.
CREATE TABLE mute (
  person INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  list INTEGER NOT NULL REFERENCES list (id),
  thread INTEGER NOT NULL DEFAULT 0,   -- 0: a tag
  tag TEXT NOT NULL DEFAULT '',        -- '': a thread
  since INTEGER NOT NULL,
  PRIMARY KEY (person, list, thread, tag)
) STRICT, WITHOUT ROWID;
CREATE INDEX mute_by_thread ON mute (thread) WHERE thread > 0;
CREATE INDEX mute_by_list ON mute (list);
