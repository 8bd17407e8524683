-- Attachments: what a list takes, and what is public of them.
-- db: store

-- name: list_files_get
SELECT kinds, travels, takes FROM list_files WHERE list = ?1;

-- name: list_files_put
INSERT INTO list_files (list, kinds, travels, takes) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (list) DO UPDATE SET kinds = excluded.kinds, travels = excluded.travels, takes = excluded.takes;

-- name: public_file_insert
INSERT INTO public_file (message, number, ending, since) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (message, number) DO NOTHING;

-- name: public_files_of
SELECT f.message, f.number, f.state, f.ending, coalesce(a.type, ''), coalesce(a.part, ''), coalesce(a.size, 0)
FROM public_file f LEFT JOIN attachment a ON a.message = f.message AND a.number = f.number
WHERE f.message = ?1 ORDER BY f.number;

-- name: public_file_decide
UPDATE public_file SET state = ?3, since = ?4 WHERE message = ?1 AND number = ?2;

-- name: public_files_refuse
UPDATE public_file SET state = 'refused', since = ?2 WHERE message = ?1;

-- name: public_file_content_put
INSERT INTO public_file_content (message, number, bytes) VALUES (?1, ?2, ?3)
ON CONFLICT (message, number) DO UPDATE SET bytes = excluded.bytes;

-- name: public_file_contents_remove
DELETE FROM public_file_content WHERE message = ?1;

-- What stands at a file's address: where its list and its message are public, and the moderator said yes.
-- name: public_file_content
SELECT c.bytes FROM public_file f
JOIN public_file_content c ON c.message = f.message AND c.number = f.number
JOIN message m ON m.id = f.message JOIN list l ON l.id = m.list
WHERE f.message = ?1 AND f.number = ?2 AND f.state = 'public' AND m.is_public = 1 AND m.list = ?3
  AND l.archive = 'public' AND (l.removed IS NULL OR l.is_closed = 1);

-- name: public_file_ending
SELECT ending FROM public_file WHERE message = ?1 AND number = ?2;

-- Of one message they come by number: that is how their table lies.
-- name: public_files_of_part
SELECT m.position, f.message, f.number, f.ending, coalesce(length(c.bytes), 0)
FROM message m CROSS JOIN public_file f ON f.message = m.id
CROSS JOIN public_file_content c ON c.message = f.message AND c.number = f.number
WHERE m.thread = ?1 AND m.position > ?2 AND m.position <= ?3 AND m.is_public = 1 AND f.state = 'public'
ORDER BY m.position;
