-- Letters, their expansion into deliveries, and what the sender learns.
-- db: store

-- name: letter_insert
INSERT INTO letter (purpose, priority, list, mail, message, is_to_members, is_batch, envelope_from, created, change,
  except_person, is_expanded, deliveries, due, delivery)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?13, ?14);

-- name: letter_insert_content
INSERT INTO letter_content (letter, bytes) VALUES (?1, ?2);

-- name: letter_set_envelope
UPDATE letter SET envelope_from = ?2 WHERE id = ?1;

-- name: delivery_insert
INSERT INTO delivery (letter, number, person, address, envelope_from, slots) VALUES (?1, ?2, ?3, ?4, ?5, ?6);

-- name: letter_get
SELECT id, purpose, priority, list, mail, message, is_batch, envelope_from, created, change, except_person, cursor, is_expanded,
  is_paused, deliveries, delivery FROM letter WHERE id = ?1;

-- name: letter_next_unexpanded
SELECT id, purpose, priority, list, mail, message, is_batch, envelope_from, created, change, except_person, cursor, is_expanded,
  is_paused, deliveries, delivery FROM letter WHERE is_expanded = 0 AND is_paused = 0 ORDER BY priority, id LIMIT 1;

-- The members at the moment of the decision whom a letter is for, without the author, without those who muted its
-- thread or a tag of it, and without those whom an earlier letter of the same mail reaches. A post (thread ?8, message
-- ?9) is for those who get each mail, and for those who get only their own threads where they wrote before; a collected
-- letter (?10) for those who chose that; what everybody has to hear (?12) for every member, however their mails come. Of
-- a letter to many at once some copies go alone (?11: when it was decided).
-- name: letter_members
SELECT m.person, m.address, ?11 > 0 AND EXISTS (SELECT 1 FROM bounce b
    WHERE b.person = m.person AND b.address = m.address AND b.suspect_until > ?11)
FROM member m
WHERE m.list = ?1 AND m.person > ?2 AND m.person <> ?4
  AND (m.state = 'active' AND (m.delivery = ?10 OR (m.delivery = 'own' AND ?10 = 'each'
      AND EXISTS (SELECT 1 FROM message w WHERE w.person = m.person AND w.thread = ?8 AND w.id < ?9)))
    OR ?12 AND m.state <> 'left' AND m.state <> 'pending')
  AND m.from_change <= ?3 AND (m.until_change IS NULL OR m.until_change > ?3)
  AND NOT EXISTS (SELECT 1 FROM mute x WHERE x.person = m.person AND x.list = ?1
    AND (?8 > 0 AND x.thread = ?8
      OR EXISTS (SELECT 1 FROM message_tag t WHERE t.message = ?9 AND t.tag = x.tag)))
  AND (?10 = 'each' OR NOT EXISTS (SELECT 1 FROM mute z JOIN collected c ON c.list = z.list AND c.delivery = ?10
    WHERE z.person = m.person AND z.list = ?1 AND z.since < c.begun))
  AND NOT EXISTS (SELECT 1 FROM letter e JOIN member o ON o.list = e.list AND o.person = m.person
    WHERE e.mail = ?5 AND e.id < ?6 AND e.is_to_members = 1 AND e.except_person <> m.person
      AND (o.delivery = 'each' OR (o.delivery = 'own' AND EXISTS (SELECT 1 FROM message v JOIN message w
        ON w.person = m.person AND w.thread = v.thread AND w.id < v.id WHERE v.id = e.message)))
      AND o.state = 'active'
      AND o.from_change <= e.change AND (o.until_change IS NULL OR o.until_change > e.change)
      AND NOT EXISTS (SELECT 1 FROM mute y WHERE y.person = m.person AND y.list = e.list
        AND (y.thread = (SELECT h.thread FROM message h WHERE h.id = e.message)
          OR EXISTS (SELECT 1 FROM message_tag u WHERE u.message = e.message AND u.tag = y.tag))))
ORDER BY m.person LIMIT ?7;

-- name: letter_thread
SELECT thread FROM message WHERE id = ?1;

-- name: letter_advance
UPDATE letter SET cursor = ?2, deliveries = deliveries + ?3, due = due + ?3, is_expanded = ?4 WHERE id = ?1;

-- name: letter_count
UPDATE letter SET due = due + ?2, deferred = deferred + ?3 WHERE id = ?1;

-- name: letter_close
UPDATE letter SET is_open = 0, closed = max(created, ?2)
WHERE id = ?1 AND is_open = 1 AND is_expanded = 1 AND due = 0 AND deferred = 0;

-- name: letter_next_due
SELECT id FROM letter WHERE due > 0 AND is_paused = 0 AND priority = ?1 AND id >= ?2 ORDER BY id LIMIT 1;

-- name: deliveries_due
SELECT letter, number, person, address, envelope_from, slots, state, attempts, first_try, next_try, at, reply
FROM delivery WHERE letter = ?1 AND number > ?2 AND state = 'due' ORDER BY number LIMIT ?3;

-- name: deliveries_to_retry
SELECT d.letter, d.number, d.person, d.address, d.envelope_from, d.slots, d.state, d.attempts, d.first_try, d.next_try, d.at, d.reply
FROM delivery d JOIN letter l ON l.id = d.letter
WHERE d.state = 'deferred' AND d.next_try <= ?1 AND l.is_paused = 0 ORDER BY d.next_try LIMIT ?2;

-- name: delivery_next_retry
SELECT d.next_try FROM delivery d JOIN letter l ON l.id = d.letter
WHERE d.state = 'deferred' AND l.is_paused = 0 ORDER BY d.next_try LIMIT 1;

-- name: delivery_mark
UPDATE delivery SET state = ?4, attempts = ?5, first_try = ?6, next_try = ?7, reply = ?8, at = ?9
WHERE letter = ?1 AND number = ?2 AND state = ?3;

-- name: deliveries_page
SELECT letter, number, person, address, envelope_from, slots, state, attempts, first_try, next_try, at, reply
FROM delivery WHERE (letter, number) > (?1, ?2) ORDER BY letter, number LIMIT ?3;

-- name: letter_next_open
SELECT id FROM letter WHERE is_open = 1 AND id >= ?1 ORDER BY id LIMIT 1;

-- name: deliveries_open
SELECT letter, number, person, address, envelope_from, slots, state, attempts, first_try, next_try, at, reply
FROM delivery WHERE letter = ?1 AND number > ?2 AND state IN ('due', 'deferred') ORDER BY number LIMIT ?3;

-- name: letters_paused
SELECT id, purpose, priority, list, mail, message, is_batch, envelope_from, created, change, except_person, cursor, is_expanded,
  is_paused, deliveries, delivery FROM letter WHERE is_paused = 1 AND id > ?1 ORDER BY id LIMIT ?2;

-- name: letter_resume
UPDATE letter SET is_paused = 0 WHERE id = ?1 AND is_paused = 1;

-- name: letter_delete
DELETE FROM letter WHERE id = ?1;

-- name: letter_next_closed
SELECT id FROM letter WHERE is_open = 0 AND closed < ?1 ORDER BY closed, id LIMIT 1;

-- name: deliveries_delete
DELETE FROM delivery WHERE letter = ?1 AND number IN (SELECT d.number FROM delivery d WHERE d.letter = ?1 ORDER BY d.number LIMIT ?2);
