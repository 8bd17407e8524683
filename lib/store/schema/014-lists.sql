-- kiezpost.db, version 14: what a list shows of its members, and which topics its subjects have.

-- Whether members may ask who else belongs to the list; moderators and keepers always may.
ALTER TABLE list ADD COLUMN members_visible INTEGER NOT NULL DEFAULT 0
  CHECK (members_visible = 0 OR members_visible = 1);

-- Topics of subjects and the days after which they are over, as the keeper set them: "Biete 30, Suche 14, #spielplatz".
-- '': offers and searches are over after two weeks; '-': nothing ever is.
ALTER TABLE list ADD COLUMN topics TEXT NOT NULL DEFAULT '';
