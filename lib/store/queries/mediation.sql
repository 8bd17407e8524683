-- Mediations: who takes part, which mails belong to them, and how they are forgotten.
-- db: store

-- name: mediation_insert
INSERT INTO mediation (list, since, changed) VALUES (?1, ?2, ?2);

-- name: mediation_get
SELECT id, list, state, since, changed, invitations, is_forgotten FROM mediation WHERE id = ?1;

-- name: mediation_set_state
UPDATE mediation SET state = ?2, changed = ?3 WHERE id = ?1;

-- name: mediation_count_invitation
UPDATE mediation SET invitations = invitations + 1 WHERE id = ?1;

-- name: mediation_seats
SELECT role, person, address, name FROM mediation_seat WHERE mediation = ?1;

-- name: mediation_seat_put
INSERT INTO mediation_seat (mediation, role, person, address, name) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (mediation, role) DO UPDATE SET person = excluded.person, address = excluded.address, name = excluded.name;

-- name: mediation_seat_remove
DELETE FROM mediation_seat WHERE mediation = ?1 AND role = ?2;

-- name: mediation_seats_remove
DELETE FROM mediation_seat WHERE mediation = ?1;

-- name: mediations_of_address
SELECT m.id, m.list, m.state, m.since, m.changed, m.invitations, m.is_forgotten FROM mediation_seat s JOIN mediation m ON m.id = s.mediation
WHERE s.address = ?1 AND m.state IN ('asked', 'taken', 'invited', 'open');

-- name: mediations_page
SELECT id, list, state, since, changed, invitations, is_forgotten FROM mediation WHERE id > ?1 ORDER BY id LIMIT ?2;

-- name: mediations_silent
SELECT id, list, state, since, changed, invitations, is_forgotten FROM mediation
WHERE is_forgotten = 0 AND changed < ?1 AND state IN ('asked', 'taken', 'invited', 'open') ORDER BY changed LIMIT ?2;

-- name: mediations_over
SELECT id, list, state, since, changed, invitations, is_forgotten FROM mediation
WHERE is_forgotten = 0 AND changed < ?1 AND state IN ('refused', 'lapsed', 'withdrawn', 'closed') ORDER BY changed LIMIT ?2;

-- name: mediation_mail_note
INSERT INTO mediation_mail (mail, at) VALUES (?1, ?2) ON CONFLICT (mail) DO NOTHING;

-- name: mediation_mail_put
INSERT INTO mediation_mail (mail, mediation, at) VALUES (?1, ?2, ?3) ON CONFLICT (mail) DO UPDATE SET mediation = excluded.mediation;

-- name: mediation_mails
SELECT mail FROM mediation_mail WHERE mediation IS ?1 AND at < ?2 ORDER BY at LIMIT ?3;

-- name: mediation_first_mail
SELECT mail FROM mediation_mail WHERE mediation = ?1 ORDER BY at, mail LIMIT 1;

-- name: mediation_mail_remove
DELETE FROM mediation_mail WHERE mail = ?1;

-- name: mediation_confirmed_remove
DELETE FROM request WHERE object = ?1 AND purpose = 'mediation_confirm' AND state <> 'open';

-- name: mediation_set_forgotten
UPDATE mediation SET is_forgotten = 1 WHERE id = ?1;

-- Proofs of answers hold addresses, too.
-- name: mediation_proofs_remove
DELETE FROM request WHERE purpose = 'proof' AND object IN (SELECT id FROM request WHERE object = ?1 AND purpose IN
  ('mediate', 'mediation_steer', 'mediation_invite', 'mediation_open', 'mediation_to_requester', 'mediation_to_other',
   'mediation_to_mediator'));

-- The rows stay, so that their addresses can say that it is over.
-- name: mediation_requests_empty
UPDATE request SET address = '', rate_key = '', details = '', answer_id = '', person = 0 WHERE object = ?1 AND purpose IN
  ('mediate', 'mediation_steer', 'mediation_invite', 'mediation_open', 'mediation_to_requester', 'mediation_to_other',
   'mediation_to_mediator');

-- What else needs a mail: a message or a hold.
-- name: mail_is_needed
SELECT 1 WHERE EXISTS (SELECT 1 FROM message WHERE mail = ?1) OR EXISTS (SELECT 1 FROM hold WHERE mail = ?1);

-- name: mail_empty
UPDATE mail SET file = NULL, sender = '', size = 0 WHERE id = ?1;

-- name: mail_empty_raw
INSERT INTO mail_raw (mail, bytes) VALUES (?1, x'') ON CONFLICT (mail) DO UPDATE SET bytes = x'';
