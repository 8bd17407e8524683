-- kiezpost.db, version 13: files of cases as the public sees them.

-- A file that somebody has looked at, without what it says about itself. It is there while its case is shown.
CREATE TABLE case_file_content (
  casefile INTEGER NOT NULL,
  position INTEGER NOT NULL,
  number INTEGER NOT NULL,
  ending TEXT NOT NULL,                -- of the file in the archive: 'pdf', by its bytes
  bytes BLOB,                          -- NULL: it was taken away with its case
  PRIMARY KEY (casefile, position, number),
  FOREIGN KEY (casefile, position, number) REFERENCES case_file (casefile, position, number) ON DELETE CASCADE
) STRICT;
