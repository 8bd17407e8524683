-- Lists, aliases, regions.
-- db: store

-- name: region_put
INSERT INTO region (slug, number, name, inhabitants, outline) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (slug) DO UPDATE SET number = excluded.number, name = excluded.name, inhabitants = excluded.inhabitants,
  outline = excluded.outline;

-- name: regions_all
SELECT id, slug, number, name, inhabitants, outline FROM region ORDER BY number, slug;

-- name: list_name_taken
SELECT 1 FROM list WHERE name = ?1 AND id <> ?2
UNION ALL SELECT 1 FROM list_alias WHERE alias = ?1 AND list <> ?2 LIMIT 1;

-- name: list_insert
INSERT INTO list (name, kind, title, region, archive, posting, subject_tag, own_copy, language, created, joining, description, welcome,
  members_visible, topics)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15);

-- name: list_change
UPDATE list SET title = ?2, region = ?3, archive = ?4, posting = ?5, subject_tag = ?6, own_copy = ?7, language = ?8,
  joining = ?9, description = ?10, welcome = ?11, members_visible = ?12, topics = ?13
WHERE id = ?1;

-- name: list_remove
UPDATE list SET removed = ?2 WHERE id = ?1 AND removed IS NULL;

-- name: list_close
UPDATE list SET removed = ?2, is_closed = 1 WHERE id = ?1 AND removed IS NULL;

-- name: list_archive
SELECT archive = 'public' AND (removed IS NULL OR is_closed = 1) FROM list WHERE id = ?1;

-- name: alias_put
INSERT INTO list_alias (alias, list) VALUES (?1, ?2) ON CONFLICT (alias) DO NOTHING;

-- name: alias_remove_all
DELETE FROM list_alias WHERE list = ?1;

-- name: alias_of_list
SELECT alias FROM list_alias WHERE list = ?1 ORDER BY alias;

-- name: list_by_name
SELECT l.id, l.name, l.kind, l.title, l.region, r.slug, l.archive, l.posting, l.subject_tag, l.own_copy, l.language,
  l.created, l.removed, l.threads, l.messages, l.last_message, l.members, l.joining, l.description, l.welcome, l.is_closed,
  l.members_visible, l.topics
FROM list l LEFT JOIN region r ON r.id = l.region
WHERE l.id = coalesce((SELECT n.id FROM list n WHERE n.name = ?1), (SELECT a.list FROM list_alias a WHERE a.alias = ?1))
  AND l.removed IS NULL;

-- name: list_by_id
SELECT l.id, l.name, l.kind, l.title, l.region, r.slug, l.archive, l.posting, l.subject_tag, l.own_copy, l.language,
  l.created, l.removed, l.threads, l.messages, l.last_message, l.members, l.joining, l.description, l.welcome, l.is_closed,
  l.members_visible, l.topics
FROM list l LEFT JOIN region r ON r.id = l.region WHERE l.id = ?1;

-- name: lists_all
SELECT l.id, l.name, l.kind, l.title, l.region, r.slug, l.archive, l.posting, l.subject_tag, l.own_copy, l.language,
  l.created, l.removed, l.threads, l.messages, l.last_message, l.members, l.joining, l.description, l.welcome, l.is_closed,
  l.members_visible, l.topics
FROM list l LEFT JOIN region r ON r.id = l.region WHERE l.removed IS NULL ORDER BY l.name;

-- Lists that their keepers closed and whose archive is public.
-- name: lists_closed
SELECT l.id, l.name, l.kind, l.title, l.region, r.slug, l.archive, l.posting, l.subject_tag, l.own_copy, l.language,
  l.created, l.removed, l.threads, l.messages, l.last_message, l.members, l.joining, l.description, l.welcome, l.is_closed,
  l.members_visible, l.topics
FROM list l LEFT JOIN region r ON r.id = l.region WHERE l.is_closed = 1 AND l.archive = 'public' ORDER BY l.name;
