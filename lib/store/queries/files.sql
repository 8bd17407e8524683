-- Attachments: what a list takes, and what is public of them.
-- db: store

-- name: list_files_get
SELECT kinds, travels, takes FROM list_files WHERE list = ?1;

-- name: list_files_put
INSERT INTO list_files (list, kinds, travels, takes) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (list) DO UPDATE SET kinds = excluded.kinds, travels = excluded.travels, takes = excluded.takes;
