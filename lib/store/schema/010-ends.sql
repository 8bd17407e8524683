-- kiezpost.db, version 10: further admins; collected letters without what a member has muted.

-- A role hangs on an address that somebody answered from. Roles of one list stand in `member`.
CREATE TABLE admin (
  address TEXT PRIMARY KEY,            -- normalised
  since INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- A collected letter that is under way: members who muted something get letters of their own first, some at a time.
-- When it was begun (kept: the shared letter leaves out whoever had muted something by then), its last post (0: none is
-- under way), and the last member whose own letter is made.
ALTER TABLE collected ADD COLUMN begun INTEGER NOT NULL DEFAULT 0;
ALTER TABLE collected ADD COLUMN newest INTEGER NOT NULL DEFAULT 0;
ALTER TABLE collected ADD COLUMN person INTEGER NOT NULL DEFAULT 0;

-- An offer or a search is over: its page says so. Set some at a time, so that pages depend on the store alone.
ALTER TABLE message_tag ADD COLUMN is_over INTEGER NOT NULL DEFAULT 0;
CREATE INDEX message_tag_due ON message_tag (expires, message) WHERE expires > 0 AND is_over = 0;
