-- What stands for a sender whom our MTA does not know.
-- db: store

-- name: vouched_put
INSERT INTO vouched (address, evidence, since) VALUES (?1, ?2, ?3) ON CONFLICT (address, evidence) DO NOTHING;

-- name: vouched_get
SELECT since FROM vouched WHERE address = ?1 AND evidence = ?2;
