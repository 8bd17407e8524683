-- kiezpost.db, version 11: members whose mails prove nothing to our MTA, and who said of one that it was theirs.

-- "dkim:post.example", "spf:post.example": the next mail of the address with the same is not asked about.
CREATE TABLE vouched (
  address TEXT NOT NULL,               -- normalised, of From
  evidence TEXT NOT NULL,
  since INTEGER NOT NULL,
  PRIMARY KEY (address, evidence)
) STRICT, WITHOUT ROWID;
