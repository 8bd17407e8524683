-- Events, who is invited, who comes.
-- db: store

-- name: event_number_take
INSERT INTO event_number (year, next) VALUES (?1, 2) ON CONFLICT (year) DO UPDATE SET next = next + 1;

-- name: event_number
SELECT next - 1 FROM event_number WHERE year = ?1;

-- name: event_insert
INSERT INTO event (year, number, uid, list, stamp, created, zone, mail, message) VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?6, ?7, ?8);

-- name: event_update
UPDATE event SET list = ?2, state = ?3, sequence = ?4, stamp = ?5, title = ?6, text = ?7, place = ?8, lat = ?9, lon = ?10,
  region = ?11, starts = ?12, ends = ?13, rule = ?14, next_at = ?15, next_tick = ?16, audience = ?17, strangers = ?18,
  capacity = ?19, answer_by = ?20, bring = ?21, is_video = ?22, attended = ?23, zone = ?24, message = ?25, invited_to = ?26,
  asked = ?27, reminded = ?28, video_link = ?29,
  was_open = CASE WHEN ?3 = 'open' OR ?3 = 'poll' THEN 1 ELSE was_open END WHERE id = ?1;

-- name: event_get
SELECT id, year, number, uid, list, state, sequence, stamp, created, title, text, place, lat, lon, region, starts, ends, zone, rule, next_at, next_tick, audience, strangers, capacity, answer_by, bring, is_video, mail, message, attended, invited_to, asked, reminded, video_link FROM event WHERE id = ?1;

-- name: event_find
SELECT id, year, number, uid, list, state, sequence, stamp, created, title, text, place, lat, lon, region, starts, ends, zone, rule, next_at, next_tick, audience, strangers, capacity, answer_by, bring, is_video, mail, message, attended, invited_to, asked, reminded, video_link FROM event WHERE year = ?1 AND number = ?2;

-- name: event_of_uid
SELECT id, year, number, uid, list, state, sequence, stamp, created, title, text, place, lat, lon, region, starts, ends, zone, rule, next_at, next_tick, audience, strangers, capacity, answer_by, bring, is_video, mail, message, attended, invited_to, asked, reminded, video_link FROM event WHERE uid = ?1;

-- name: event_of_mail
SELECT id, year, number, uid, list, state, sequence, stamp, created, title, text, place, lat, lon, region, starts, ends, zone, rule, next_at, next_tick, audience, strangers, capacity, answer_by, bring, is_video, mail, message, attended, invited_to, asked, reminded, video_link FROM event WHERE mail = ?1 ORDER BY id DESC LIMIT 1;

-- name: event_of_message
SELECT id, year, number, uid, list, state, sequence, stamp, created, title, text, place, lat, lon, region, starts, ends, zone, rule, next_at, next_tick, audience, strangers, capacity, answer_by, bring, is_video, mail, message, attended, invited_to, asked, reminded, video_link FROM event WHERE message = ?1 ORDER BY id DESC LIMIT 1;

-- name: events_due
SELECT id, year, number, uid, list, state, sequence, stamp, created, title, text, place, lat, lon, region, starts, ends, zone, rule, next_at, next_tick, audience, strangers, capacity, answer_by, bring, is_video, mail, message, attended, invited_to, asked, reminded, video_link FROM event WHERE next_tick <> 0 AND next_tick <= ?1 ORDER BY next_tick, id LIMIT ?2;

-- name: events_page
SELECT id, year, number, uid, list, state, sequence, stamp, created, title, text, place, lat, lon, region, starts, ends, zone, rule, next_at, next_tick, audience, strangers, capacity, answer_by, bring, is_video, mail, message, attended, invited_to, asked, reminded, video_link FROM event WHERE id > ?1 ORDER BY id LIMIT ?2;

-- name: events_of_list
SELECT id, year, number, uid, list, state, sequence, stamp, created, title, text, place, lat, lon, region, starts, ends, zone, rule, next_at, next_tick, audience, strangers, capacity, answer_by, bring, is_video, mail, message, attended, invited_to, asked, reminded, video_link FROM event WHERE list = ?3 AND id > ?1 ORDER BY id LIMIT ?2;

-- name: event_count_put
INSERT INTO event_count (event, original, yes, no, maybe, people, waiting, waiting_people)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
ON CONFLICT (event, original) DO UPDATE SET yes = yes + excluded.yes, no = no + excluded.no, maybe = maybe + excluded.maybe,
  people = people + excluded.people, waiting = waiting + excluded.waiting,
  waiting_people = waiting_people + excluded.waiting_people;

-- name: event_count
SELECT yes, no, maybe, people, waiting, waiting_people FROM event_count WHERE event = ?1 AND original = ?2;

-- name: event_place_take
UPDATE event SET next_place = next_place + 1 WHERE id = ?1;

-- name: event_place
SELECT next_place - 1 FROM event WHERE id = ?1;

-- name: event_date_put
INSERT INTO event_date (event, original, starts, ends, place, sequence) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT (event, original) DO UPDATE SET starts = excluded.starts, ends = excluded.ends, place = excluded.place,
  sequence = excluded.sequence;

-- name: event_dates
SELECT original, starts, ends, place, sequence FROM event_date WHERE event = ?1 ORDER BY original;

-- name: event_party_put
INSERT INTO event_party (event, role, person, address, name, since) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT (event, address, role) DO UPDATE SET person = excluded.person, name = excluded.name;

-- name: event_party_find
SELECT id, event, role, person, address, name, token_key, told, since FROM event_party WHERE event = ?1 AND address = ?2 AND role = ?3;

-- name: event_party_get
SELECT id, event, role, person, address, name, token_key, told, since FROM event_party WHERE id = ?1;

-- name: event_parties_of_person
SELECT id, event, role, person, address, name, token_key, told, since FROM event_party WHERE person = ?1 AND event = ?2 AND person <> 0 ORDER BY id LIMIT 10;

-- Of what is held: those that a person organises, the youngest first.
-- name: event_parties_organizing
SELECT p.id, p.event, p.role, p.person, p.address, p.name, p.token_key, p.told, p.since
  FROM event_party p CROSS JOIN event e ON e.id = p.event
  WHERE p.person = ?1 AND p.person <> 0 AND p.role = 'organizer' AND (e.state = 'open' OR e.state = 'closed')
  ORDER BY p.event DESC LIMIT ?2;

-- Who was not invited is told of it once they come (lists/events/guests.c); until then they wait here.
-- name: event_parties_to_tell
SELECT id, event, role, person, address, name, token_key, told, since FROM event_party
  WHERE event = ?1 AND told < ?2 AND role <> 'behalf'
    AND (role <> 'stranger' OR (SELECT audience FROM event WHERE event.id = ?1) = 'open'
      OR EXISTS (SELECT 1 FROM rsvp WHERE rsvp.party = event_party.id AND rsvp.answer <> 'no' AND rsvp.people > 0))
  ORDER BY told, id LIMIT ?3;

-- name: event_parties
SELECT id, event, role, person, address, name, token_key, told, since FROM event_party WHERE event = ?1 AND id > ?2 ORDER BY id LIMIT ?3;

-- name: event_party_told
UPDATE event_party SET told = ?2, token_key = ?3 WHERE id = ?1;

-- name: rsvp_get
SELECT event, original, party, answer, people, comment, source, sequence, stamp, place, at, mail FROM rsvp WHERE event = ?1 AND original = ?2 AND party = ?3;

-- name: rsvp_put
INSERT INTO rsvp (event, original, party, answer, people, comment, source, sequence, stamp, place, at, mail)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
ON CONFLICT (event, original, party) DO UPDATE SET answer = excluded.answer, people = excluded.people,
  comment = excluded.comment, source = excluded.source, sequence = excluded.sequence, stamp = excluded.stamp,
  place = excluded.place, at = excluded.at, mail = excluded.mail;

-- name: rsvp_remove
DELETE FROM rsvp WHERE event = ?1 AND original = ?2 AND party = ?3;

-- name: rsvps_waiting
SELECT event, original, party, answer, people, comment, source, sequence, stamp, place, at, mail FROM rsvp
  WHERE event = ?1 AND original = ?2 AND place <> 0 ORDER BY place LIMIT ?3;

-- name: rsvps_of_event
SELECT event, original, party, answer, people, comment, source, sequence, stamp, place, at, mail FROM rsvp
  WHERE event = ?1 AND original = ?2 AND party > ?3 ORDER BY party LIMIT ?4;

-- name: rsvps_of_party
SELECT event, original, party, answer, people, comment, source, sequence, stamp, place, at, mail FROM rsvp
  WHERE party = ?1 AND original <> '' ORDER BY original LIMIT 500;

-- name: event_organizers
SELECT id, event, role, person, address, name, token_key, told, since FROM event_party WHERE event = ?1 AND role = 'organizer' ORDER BY id LIMIT 20;

-- name: event_party_named
SELECT id, event, role, person, address, name, token_key, told, since FROM event_party
  WHERE event = ?1 AND name = ?2 COLLATE NOCASE AND role <> 'behalf' ORDER BY id LIMIT 2;

-- name: event_parties_called
SELECT id, event, role, person, address, name, token_key, told, since FROM event_party
  WHERE event = ?1 AND role <> 'behalf'
    AND (name COLLATE NOCASE = ?2 OR substr(name, 1, length(?2) + 1) COLLATE NOCASE = ?2 || ' '
      OR (name = '' AND substr(address, 1, length(?2) + 1) COLLATE NOCASE IN (?2 || '@', ?2 || '.')))
  ORDER BY id LIMIT ?3;

-- name: event_parties_unname
UPDATE event_party SET role = 'stranger' WHERE event = ?1 AND role = 'invited' AND told = -1 AND token_key = 0
  AND NOT EXISTS (SELECT 1 FROM event_party AS other
    WHERE other.event = ?1 AND other.address = event_party.address AND other.role = 'stranger');

-- name: event_party_role
UPDATE event_party SET role = ?2 WHERE id = ?1;

-- It is another time: whoever had answered is asked again, and a calendar's answer to an older version is too old.
-- name: rsvps_ask_again
UPDATE rsvp SET answer = 'asked', place = 0, source = 'itip', sequence = ?2, stamp = 0 WHERE event = ?1
  AND party NOT IN (SELECT id FROM event_party WHERE event = ?1 AND role = 'behalf');

-- Whom an organiser entered cannot be asked: their answer stays, and is of before.
-- name: rsvps_of_before
UPDATE rsvp SET stamp = 1 WHERE event = ?1 AND source = 'behalf';

-- name: event_count_anew
INSERT INTO event_count (event, original, yes, no, maybe, people, waiting, waiting_people)
  SELECT event, original, SUM(CASE WHEN answer = 'yes' AND place = 0 THEN 1 ELSE 0 END),
    SUM(CASE WHEN answer = 'no' THEN 1 ELSE 0 END), SUM(CASE WHEN answer = 'maybe' THEN 1 ELSE 0 END),
    SUM(CASE WHEN answer = 'yes' AND place = 0 THEN people ELSE 0 END),
    SUM(CASE WHEN answer = 'yes' AND place <> 0 THEN 1 ELSE 0 END),
    SUM(CASE WHEN answer = 'yes' AND place <> 0 THEN people ELSE 0 END)
  FROM rsvp WHERE event = ?1 AND original = '' GROUP BY event, original;

-- name: rsvps_forget_dates
DELETE FROM rsvp WHERE event = ?1 AND original > '';

-- name: event_date_remove
DELETE FROM event_date WHERE event = ?1 AND original = ?2;

-- name: event_count_clear
DELETE FROM event_count WHERE event = ?1;

-- name: event_round_put
INSERT INTO event_round (event, what, original, text, mail, created) VALUES (?1, ?2, ?3, ?4, ?5, ?6);

-- name: event_round_next
SELECT id, event, what, original, text, mail, done_to, created FROM event_round WHERE event = ?1 ORDER BY id LIMIT 1;

-- name: event_round_move
UPDATE event_round SET done_to = ?2 WHERE id = ?1;

-- name: event_round_end
DELETE FROM event_round WHERE id = ?1;

-- Whom an organiser entered for another time than the one that stands.
-- name: rsvps_to_call
SELECT event, original, party, answer, people, comment, source, sequence, stamp, place, at, mail FROM rsvp
  WHERE event = ?1 AND original = '' AND source = 'behalf' AND stamp <> 0 ORDER BY party LIMIT ?2;

-- name: rsvp_date_after
SELECT original FROM rsvp WHERE event = ?1 AND original > ?2 ORDER BY original LIMIT 1;

-- name: event_parties_change_person
UPDATE event_party SET person = ?2 WHERE person = ?1 AND person <> 0;
