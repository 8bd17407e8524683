-- kiezpost.db, version 9: which attachments a list takes, and which of them are public.

-- What a list says of attachments; no row: all kinds, sizes as configured.
CREATE TABLE list_files (
  list INTEGER PRIMARY KEY REFERENCES list (id),
  kinds TEXT NOT NULL DEFAULT 'any',   -- words of lib/mail/files: 'pictures documents'
  travels INTEGER NOT NULL DEFAULT 0,  -- bytes: a larger attachment becomes a link; 0: as configured
  takes INTEGER NOT NULL DEFAULT 0     -- bytes: a larger mail is not taken; 0: no limit but the mail server's
) STRICT;

-- Attachments that may come into the public archive: only what a moderator has let through.
CREATE TABLE public_file (
  message INTEGER NOT NULL REFERENCES message (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,             -- of the attachment
  state TEXT NOT NULL DEFAULT 'asked' CHECK (state = 'asked' OR state = 'public' OR state = 'refused'),
  ending TEXT NOT NULL,                -- of the file in the archive: 'jpg', by its bytes
  since INTEGER NOT NULL,
  PRIMARY KEY (message, number)
) STRICT, WITHOUT ROWID;

-- Such a file as it is published, without what it says about itself; only while its state is 'public'.
CREATE TABLE public_file_content (
  message INTEGER NOT NULL,
  number INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (message, number),
  FOREIGN KEY (message, number) REFERENCES public_file (message, number) ON DELETE CASCADE
) STRICT;
