-- kiezpost.db, version 15: mailboxes of offices that take no mail any more.

-- Since when letters come back from it for good; 0: they do not. Another address is asked until it writes again, or an
-- admin names it anew.
ALTER TABLE office_address ADD COLUMN returned INTEGER NOT NULL DEFAULT 0;
