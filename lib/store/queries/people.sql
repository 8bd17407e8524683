-- Persons, addresses, memberships.
-- db: store

-- name: person_find
SELECT person FROM address WHERE address = ?1;

-- name: person_insert
INSERT INTO person (name, created) VALUES (?1, ?2);

-- name: person_set_name
UPDATE person SET name = ?2 WHERE id = ?1 AND name <> ?2;

-- name: person_set_first_name
UPDATE person SET name = ?2 WHERE id = ?1 AND name = '';

-- name: address_insert
INSERT INTO address (address, person, confirmed) VALUES (?1, ?2, ?3);

-- name: address_confirm
UPDATE address SET confirmed = ?2 WHERE address = ?1 AND confirmed IS NULL;

-- name: person_address
SELECT address FROM address WHERE person = ?1 AND confirmed IS NOT NULL ORDER BY confirmed, address LIMIT 1;

-- name: member_now
SELECT m.id, m.address, m.roles, m.delivery, m.state, m.own_copy, m.since, m.confirmed, m.from_change, m.paused_until
FROM member m WHERE m.list = ?1 AND m.person = ?2 AND m.until_change IS NULL;

-- name: member_insert
INSERT INTO member (list, person, address, roles, delivery, state, own_copy, since, confirmed, from_change, paused_until)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11);

-- name: member_end
UPDATE member SET until_change = ?2 WHERE id = ?1;

-- name: member_rewrite
UPDATE member SET address = ?2, roles = ?3, delivery = ?4, state = ?5, own_copy = ?6, since = ?7, confirmed = ?8,
  paused_until = ?9
WHERE id = ?1;

-- name: list_count_members
UPDATE list SET members = members + ?2, receiving = receiving + ?3 WHERE id = ?1;

-- name: list_receiving
SELECT receiving FROM list WHERE id = ?1;

-- name: member_find
SELECT m.list, m.person, m.address, p.name, m.roles, m.delivery, m.state, m.own_copy, m.since, m.confirmed,
  m.paused_until
FROM member m JOIN person p ON p.id = m.person
WHERE m.list = ?1 AND m.person = ?2 AND m.until_change IS NULL AND m.state <> 'left';

-- name: members_page
SELECT m.list, m.person, m.address, p.name, m.roles, m.delivery, m.state, m.own_copy, m.since, m.confirmed,
  m.paused_until
FROM member m JOIN person p ON p.id = m.person
WHERE m.list = ?1 AND m.person > ?2 AND m.until_change IS NULL AND (?4 OR m.state <> 'left')
ORDER BY m.person LIMIT ?3;

-- name: members_with_duty
SELECT m.list, m.person, m.address, p.name, m.roles, m.delivery, m.state, m.own_copy, m.since, m.confirmed,
  m.paused_until
FROM member m JOIN person p ON p.id = m.person
WHERE m.list = ?1 AND m.until_change IS NULL AND m.roles <> 'member' AND m.state = 'active'
  AND instr(',' || m.roles || ',', ',' || ?2 || ',') > 0
ORDER BY m.person;

-- name: members_plain
SELECT m.list, m.person, m.address, p.name, m.roles, m.delivery, m.state, m.own_copy, m.since, m.confirmed,
  m.paused_until
FROM member m JOIN person p ON p.id = m.person
WHERE m.list = ?1 AND m.until_change IS NULL AND m.state = 'active'
  AND instr(',' || m.roles || ',', ',' || ?2 || ',') > 0
ORDER BY m.person;

-- name: person_choice
SELECT id, name, language, shown, pseudonym, invitations FROM person WHERE id = ?1;

-- name: person_set_choice
UPDATE person SET language = ?2, shown = ?3, pseudonym = ?4, invitations = coalesce(nullif(?5, ''), invitations)
  WHERE id = ?1;

-- name: person_addresses
SELECT address FROM address WHERE person = ?1 AND confirmed IS NOT NULL ORDER BY confirmed, address;

-- name: person_memberships
SELECT m.list, m.person, m.address, p.name, m.roles, m.delivery, m.state, m.own_copy, m.since, m.confirmed,
  m.paused_until
FROM member m JOIN person p ON p.id = m.person JOIN list l ON l.id = m.list
WHERE m.person = ?1 AND m.until_change IS NULL AND m.state <> 'left' AND l.removed IS NULL ORDER BY m.id;

-- Pauses that are over: their last day lies before ?1 (YYYY-MM-DD).
-- name: members_to_resume
SELECT m.list, m.person, m.address, p.name, m.roles, m.delivery, m.state, m.own_copy, m.since, m.confirmed,
  m.paused_until
FROM member m JOIN person p ON p.id = m.person
WHERE m.until_change IS NULL AND m.state = 'paused' AND m.paused_until <> '' AND m.paused_until < ?1
ORDER BY m.paused_until LIMIT ?2;

-- Somebody else of this name, as sent or chosen.
-- name: person_called
SELECT id FROM person WHERE name = ?1 COLLATE NOCASE AND name <> '' AND id <> ?2 LIMIT 1;

-- name: person_calls_themselves
SELECT id FROM person WHERE pseudonym = ?1 COLLATE NOCASE AND pseudonym <> '' AND id <> ?2 LIMIT 1;

-- name: renamed_put
INSERT INTO renamed (person) VALUES (?1) ON CONFLICT (person) DO UPDATE SET thread = 0, position = 0;

-- name: renamed_next
SELECT person, thread, position FROM renamed ORDER BY person LIMIT 1;

-- name: renamed_advance
UPDATE renamed SET thread = ?2, position = ?3 WHERE person = ?1;

-- name: renamed_done
DELETE FROM renamed WHERE person = ?1;

-- What a person wrote behind a place, with what says whether a page shows it.
-- name: messages_of_person
SELECT m.list, m.thread, m.position, m.is_public, l.archive FROM message m JOIN list l ON l.id = m.list
WHERE m.person = ?1 AND (m.thread, m.position) > (?2, ?3) ORDER BY m.thread, m.position LIMIT ?4;

-- A thread becomes part of another one: who muted it goes on without it.
-- name: muted_follow
INSERT INTO mute (person, list, thread, since) SELECT person, list, ?2, since FROM mute WHERE thread = ?1 AND thread > 0
ON CONFLICT (person, list, thread, tag) DO NOTHING;

-- name: muted_forget_thread
DELETE FROM mute WHERE thread = ?1 AND thread > 0;

-- name: address_move_all
UPDATE address SET person = ?2 WHERE person = ?1;

-- name: person_take_name
UPDATE person SET name = (SELECT f.name FROM person f WHERE f.id = ?1) WHERE id = ?2 AND name = '';

-- name: muted_move
INSERT INTO mute (person, list, thread, tag, since) SELECT ?2, list, thread, tag, since FROM mute WHERE person = ?1
ON CONFLICT (person, list, thread, tag) DO NOTHING;

-- name: muted_forget_person
DELETE FROM mute WHERE person = ?1;

-- name: merged_put
INSERT INTO merged (person, into_person) VALUES (?1, ?2)
ON CONFLICT (person) DO UPDATE SET into_person = excluded.into_person, is_moving = 1;

-- name: merged_repoint
UPDATE merged SET into_person = ?2 WHERE into_person = ?1;

-- name: merged_into
SELECT into_person FROM merged WHERE person = ?1;

-- name: merged_next
SELECT person, into_person FROM merged WHERE is_moving = 1 ORDER BY person LIMIT 1;

-- name: merged_done
UPDATE merged SET is_moving = 0 WHERE person = ?1;

-- name: messages_change_person
UPDATE message SET person = ?2 WHERE id IN (SELECT m.id FROM message m WHERE m.person = ?1 LIMIT ?3);

-- name: invited_put
INSERT INTO invited (list, address_sha256, person, at) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (list, address_sha256) DO NOTHING;

-- name: invited_is
SELECT 1 FROM invited WHERE list = ?1 AND address_sha256 = ?2;

-- name: invited_count
SELECT count(*) FROM invited WHERE person = ?1 AND at > ?2;

-- name: office_mail_get
SELECT asked, given, revoked FROM office_mail WHERE person = ?1;

-- name: office_mail_put
INSERT INTO office_mail (person, asked, given, revoked) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (person) DO UPDATE SET asked = excluded.asked, given = excluded.given, revoked = excluded.revoked;
