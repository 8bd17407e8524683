-- Further admins, beside the one of the configuration.
-- db: store

-- name: admin_put
INSERT INTO admin (address, since) VALUES (?1, ?2) ON CONFLICT (address) DO NOTHING;

-- name: admin_remove
DELETE FROM admin WHERE address = ?1;

-- name: admins_all
SELECT address, since FROM admin ORDER BY since, address;
