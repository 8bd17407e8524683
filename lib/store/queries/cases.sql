-- Offices and cases.
-- db: store

-- name: office_insert
INSERT INTO office (sign, name, days, working_days, clerk, signature, is_coordinator, is_by_hand, four_eyes, network, created)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11);

-- name: office_update
UPDATE office SET sign = ?2, name = ?3, days = ?4, working_days = ?5, clerk = ?6, signature = ?7, is_coordinator = ?8,
  is_by_hand = ?9, four_eyes = ?10, network = ?11, removed = NULL WHERE id = ?1;

-- name: office_coordinator_clear
UPDATE office SET is_coordinator = 0 WHERE is_coordinator = 1 AND removed IS NULL AND id <> ?1;

-- name: office_remove
UPDATE office SET removed = ?2, is_coordinator = 0 WHERE id = ?1;

-- name: office_cases_look_at
UPDATE casefile SET next_tick = ?2 WHERE office = ?1 AND is_open = 1 AND (next_tick = '' OR next_tick > ?2);

-- name: office_rerouted
UPDATE office SET rerouted = rerouted + 1 WHERE id = ?1;

-- name: office_get
SELECT id, sign, name, days, working_days, clerk, signature, is_coordinator, is_by_hand, four_eyes, rerouted, network, removed IS NOT NULL FROM office WHERE id = ?1;

-- name: office_by_sign
SELECT id, sign, name, days, working_days, clerk, signature, is_coordinator, is_by_hand, four_eyes, rerouted, network, removed IS NOT NULL FROM office WHERE sign = ?1 COLLATE NOCASE AND removed IS NULL;

-- name: office_coordinator
SELECT id FROM office WHERE is_coordinator = ?1 AND is_coordinator = 1 AND removed IS NULL;

-- name: offices_all
SELECT id, sign, name, days, working_days, clerk, signature, is_coordinator, is_by_hand, four_eyes, rerouted, network, removed IS NOT NULL FROM office WHERE removed IS NULL ORDER BY sign COLLATE NOCASE;

-- name: office_names
SELECT id, sign, name FROM office WHERE removed IS NULL ORDER BY id;

-- name: office_id_of_sign
SELECT id FROM office WHERE sign = ?1 COLLATE NOCASE AND removed IS NOT NULL;

-- name: office_count_all
SELECT count(*) FROM office;

-- name: office_addresses_delete
DELETE FROM office_address WHERE office = ?1;

-- name: office_address_put
INSERT INTO office_address (address, office, use, returned) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (address, office) DO UPDATE SET use = excluded.use, returned = excluded.returned;

-- name: office_address_returned
UPDATE office_address SET returned = ?3 WHERE address = ?1 AND office = ?2 AND (returned = 0) <> (?3 = 0);

-- name: casefiles_look_at
UPDATE casefile SET next_tick = ?3 WHERE office = ?1 AND is_open = 1 AND (next_tick = '' OR next_tick > ?3) AND EXISTS
  (SELECT 1 FROM case_party p WHERE p.casefile = casefile.id AND p.role = 'office' AND p.address = ?2 AND p.gone IS NULL);

-- name: office_address_heard
UPDATE office_address SET returned = 0 WHERE address = ?1 AND returned <> 0;

-- name: office_addresses
SELECT address, use, returned FROM office_address WHERE office = ?1;

-- Every mail asks, and almost always there is none: so no UNION, which would fill a table a mail to find doubles.
-- name: offices_of_address
SELECT office FROM office_address WHERE address = ?1 UNION ALL SELECT office FROM office_address WHERE address = ?2;

-- name: office_duties_delete
DELETE FROM office_duty WHERE office = ?1;

-- name: office_duty_put
INSERT INTO office_duty (office, topic, region) VALUES (?1, ?2, ?3) ON CONFLICT (topic, region, office) DO NOTHING;

-- name: office_duties
SELECT topic, region FROM office_duty WHERE office = ?1;

-- name: offices_for
SELECT office FROM office_duty WHERE topic = ?1 AND region = ?2 ORDER BY office;

-- name: case_number_take
INSERT INTO case_number (year, next) VALUES (?1, 2) ON CONFLICT (year) DO UPDATE SET next = next + 1;

-- name: case_number
SELECT next - 1 FROM case_number WHERE year = ?1;

-- name: casefile_insert
INSERT INTO casefile (year, number, kind, list, title, thread, message, mail, opened, last)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9);

-- name: casefile_update
UPDATE casefile SET title = ?2, topic = ?3, region = ?4, place = ?5, lat = ?6, lon = ?7, office = ?8, why = ?9, state = ?10,
  is_open = ?11, is_public = ?12, forwarded = ?13, answered = ?14, due = ?15, expected = ?16, paused_since = ?17,
  next_tick = ?18, reminders = ?19, reroutings = ?20, kind = ?21, list = ?22 WHERE id = ?1;

-- name: casefile_get
SELECT id, year, number, kind, list, title, topic, region, place, lat, lon, office, why, state, is_open, is_public, opened, last, forwarded, answered, due, expected, paused_since, next_tick, reminders, reroutings, thread, message, mail, entries, public_entries FROM casefile WHERE id = ?1;

-- name: casefile_find
SELECT id, year, number, kind, list, title, topic, region, place, lat, lon, office, why, state, is_open, is_public, opened, last, forwarded, answered, due, expected, paused_since, next_tick, reminders, reroutings, thread, message, mail, entries, public_entries FROM casefile WHERE year = ?1 AND number = ?2;

-- name: casefile_of_mail
SELECT id, year, number, kind, list, title, topic, region, place, lat, lon, office, why, state, is_open, is_public, opened, last, forwarded, answered, due, expected, paused_since, next_tick, reminders, reroutings, thread, message, mail, entries, public_entries FROM casefile WHERE mail = ?1 ORDER BY id DESC LIMIT 1;

-- name: casefile_of_thread
SELECT id, year, number, kind, list, title, topic, region, place, lat, lon, office, why, state, is_open, is_public, opened, last, forwarded, answered, due, expected, paused_since, next_tick, reminders, reroutings, thread, message, mail, entries, public_entries FROM casefile WHERE thread = ?1 ORDER BY id DESC LIMIT 1;

-- name: casefiles_due
SELECT id, year, number, kind, list, title, topic, region, place, lat, lon, office, why, state, is_open, is_public, opened, last, forwarded, answered, due, expected, paused_since, next_tick, reminders, reroutings, thread, message, mail, entries, public_entries FROM casefile WHERE next_tick <> '' AND next_tick <= ?1 ORDER BY next_tick, id LIMIT ?2;

-- name: casefiles_page
SELECT id, year, number, kind, list, title, topic, region, place, lat, lon, office, why, state, is_open, is_public, opened, last, forwarded, answered, due, expected, paused_since, next_tick, reminders, reroutings, thread, message, mail, entries, public_entries FROM casefile WHERE id < ?1 AND is_public >= ?3 AND is_open >= ?4 AND ?5 = ?5 ORDER BY id DESC LIMIT ?2;

-- name: casefiles_of_list
SELECT id, year, number, kind, list, title, topic, region, place, lat, lon, office, why, state, is_open, is_public, opened, last, forwarded, answered, due, expected, paused_since, next_tick, reminders, reroutings, thread, message, mail, entries, public_entries FROM casefile WHERE list = ?5 AND id < ?1 AND is_public >= ?3 AND is_open >= ?4 ORDER BY id DESC LIMIT ?2;

-- name: casefiles_of_office
SELECT id, year, number, kind, list, title, topic, region, place, lat, lon, office, why, state, is_open, is_public, opened, last, forwarded, answered, due, expected, paused_since, next_tick, reminders, reroutings, thread, message, mail, entries, public_entries FROM casefile WHERE office = ?5 AND id < ?1 AND is_public >= ?3 AND is_open >= ?4 ORDER BY id DESC LIMIT ?2;

-- name: casefiles_at_mailbox
SELECT id, year, number, kind, list, title, topic, region, place, lat, lon, office, why, state, is_open, is_public, opened, last, forwarded, answered, due, expected, paused_since, next_tick, reminders, reroutings, thread, message, mail, entries, public_entries FROM casefile WHERE office = ?1 AND is_open = 1 AND EXISTS
  (SELECT 1 FROM case_party p WHERE p.casefile = casefile.id AND p.role = 'office' AND p.address = ?2 AND p.gone IS NULL)
  ORDER BY id DESC LIMIT ?3;

-- name: casefiles_of_region
SELECT id, year, number, kind, list, title, topic, region, place, lat, lon, office, why, state, is_open, is_public, opened, last, forwarded, answered, due, expected, paused_since, next_tick, reminders, reroutings, thread, message, mail, entries, public_entries FROM casefile WHERE region = ?5 AND id < ?1 AND is_public >= ?3 AND is_open >= ?4 ORDER BY id DESC LIMIT ?2;

-- name: case_party_put
INSERT INTO case_party (casefile, role, office, person, address, name, name_agreed, since, language)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
ON CONFLICT (casefile, role, address) DO UPDATE SET office = excluded.office, person = excluded.person, name = excluded.name,
  name_agreed = excluded.name_agreed, gone = NULL;

-- name: case_party_of_person
SELECT p.casefile FROM case_party p JOIN casefile c ON c.id = p.casefile WHERE p.person = ?1 AND p.person <> 0 AND p.role = 'resident'
  AND p.gone IS NULL AND c.is_open = 1 AND c.opened >= ?2 ORDER BY p.id DESC LIMIT ?3;

-- name: case_party_agree
UPDATE case_party SET name_agreed = ?2 WHERE id = ?1;

-- name: case_party_find
SELECT id FROM case_party WHERE casefile = ?1 AND role = ?2 AND address = ?3;

-- name: case_party_helper
SELECT 1 FROM case_party WHERE casefile = ?1 AND role = 'helper' LIMIT 1;

-- name: case_party_leave
UPDATE case_party SET gone = ?2 WHERE id = ?1;

-- name: case_party_signed
UPDATE case_party SET token_key = ?2 WHERE id = ?1;

-- name: case_party_get
SELECT id, casefile, role, office, person, address, name, name_agreed, since, gone, token_key, language FROM case_party WHERE id = ?1;

-- name: case_parties
SELECT id, casefile, role, office, person, address, name, name_agreed, since, gone, token_key, language FROM case_party WHERE casefile = ?1 AND (?2 = '' OR role = ?2) AND gone IS NULL ORDER BY id;

-- name: case_next_position
SELECT next_position FROM casefile WHERE id = ?1;

-- name: case_entry_insert
INSERT INTO case_entry (casefile, position, at, what, office, party, text, state, expected, clerk, signed_by, mail, is_public)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13);

-- name: case_count_entry
UPDATE casefile SET next_position = next_position + 1, entries = entries + 1, public_entries = public_entries + ?2, last = ?3
WHERE id = ?1;

-- name: case_entries
SELECT casefile, position, at, what, office, party, text, state, expected, clerk, signed_by, mail, is_public FROM case_entry WHERE casefile = ?1 AND position > ?2 ORDER BY position LIMIT ?3;

-- name: case_entries_newest
SELECT casefile, position, at, what, office, party, text, state, expected, clerk, signed_by, mail, is_public FROM case_entry WHERE casefile = ?1 ORDER BY position DESC LIMIT ?2;

-- name: case_entry_get
SELECT casefile, position, at, what, office, party, text, state, expected, clerk, signed_by, mail, is_public FROM case_entry WHERE casefile = ?1 AND position = ?2;

-- name: case_entry_publish
UPDATE case_entry SET is_public = ?3 WHERE casefile = ?1 AND position = ?2 AND is_public <> ?3;

-- name: case_count_public
UPDATE casefile SET public_entries = public_entries + ?2 WHERE id = ?1;

-- name: case_file_put
INSERT INTO case_file (casefile, position, number, filename, type, part, size, is_public) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
ON CONFLICT (casefile, position, number) DO UPDATE SET is_public = excluded.is_public;

-- name: case_files
SELECT f.casefile, f.position, f.number, f.filename, f.type, f.part, f.size, f.is_public,
  coalesce(iif(c.bytes IS NULL, '', c.ending), ''), coalesce(length(c.bytes), 0)
FROM case_file f LEFT JOIN case_file_content c ON c.casefile = f.casefile AND c.position = f.position AND c.number = f.number
WHERE f.casefile = ?1 AND f.position = ?2 ORDER BY f.number;

-- name: case_file_content_put
INSERT INTO case_file_content (casefile, position, number, ending, bytes) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (casefile, position, number) DO UPDATE SET ending = excluded.ending, bytes = excluded.bytes;

-- name: case_file_contents_remove
UPDATE case_file_content SET bytes = NULL WHERE casefile = ?1;

-- What stands at a file's address: where somebody has looked at it, and its answer and its case are shown.
-- name: case_file_content
SELECT c.bytes FROM case_file_content c
JOIN case_file f ON f.casefile = c.casefile AND f.position = c.position AND f.number = c.number
JOIN case_entry e ON e.casefile = c.casefile AND e.position = c.position
JOIN casefile k ON k.id = c.casefile JOIN list l ON l.id = k.list
WHERE c.casefile = ?1 AND c.position = ?2 AND c.number = ?3 AND f.is_public = 1 AND e.is_public = 1 AND k.is_public = 1
  AND k.state <> 'withdrawn' AND l.archive = 'public' AND c.bytes IS NOT NULL;

-- name: case_file_ending
SELECT ending FROM case_file_content WHERE casefile = ?1 AND position = ?2 AND number = ?3;

-- name: case_count_leave
INSERT INTO case_count (year, office, topic, cases, open, answered, done, confirmed)
SELECT year, COALESCE(office, 0), topic, -1, -is_open, -(answered <> 0), -(state IN ('done', 'confirmed')), -(state = 'confirmed')
FROM casefile WHERE id = ?1
ON CONFLICT (year, office, topic) DO UPDATE SET cases = cases + excluded.cases, open = open + excluded.open,
  answered = answered + excluded.answered, done = done + excluded.done, confirmed = confirmed + excluded.confirmed;

-- name: case_count_enter
INSERT INTO case_count (year, office, topic, cases, open, answered, done, confirmed)
SELECT year, COALESCE(office, 0), topic, 1, is_open, answered <> 0, state IN ('done', 'confirmed'), state = 'confirmed'
FROM casefile WHERE id = ?1
ON CONFLICT (year, office, topic) DO UPDATE SET cases = cases + excluded.cases, open = open + excluded.open,
  answered = answered + excluded.answered, done = done + excluded.done, confirmed = confirmed + excluded.confirmed;

-- name: case_days_leave
INSERT INTO case_days (year, office, topic, days, cases)
SELECT year, COALESCE(office, 0), topic, CASE WHEN answered - opened > 34560000 THEN 400 ELSE (answered - opened) / 86400 END, -1
FROM casefile WHERE id = ?1 AND answered <> 0
ON CONFLICT (year, office, topic, days) DO UPDATE SET cases = cases + excluded.cases;

-- name: case_days_enter
INSERT INTO case_days (year, office, topic, days, cases)
SELECT year, COALESCE(office, 0), topic, CASE WHEN answered - opened > 34560000 THEN 400 ELSE (answered - opened) / 86400 END, 1
FROM casefile WHERE id = ?1 AND answered <> 0
ON CONFLICT (year, office, topic, days) DO UPDATE SET cases = cases + excluded.cases;

-- name: case_counts_all
SELECT year, office, topic, cases, open, answered, done, confirmed FROM case_count ORDER BY year, office, topic;

-- name: case_days_all
SELECT year, office, topic, days, cases FROM case_days ORDER BY year, office, topic, days;

-- name: case_counts_of_year
SELECT year, office, topic, cases, open, answered, done, confirmed FROM case_count WHERE year = ?1 ORDER BY office, topic;

-- name: case_days_of_year
SELECT year, office, topic, days, cases FROM case_days WHERE year = ?1 ORDER BY office, topic, days;
-- name: official_message_put
INSERT INTO official_message (message, office) VALUES (?1, ?2) ON CONFLICT (message) DO UPDATE SET office = excluded.office;

-- name: official_message
SELECT office FROM official_message WHERE message = ?1;
