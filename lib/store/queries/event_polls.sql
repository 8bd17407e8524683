-- Polls for a date: what may be chosen, and who can when.
-- db: store

-- name: poll_get
SELECT event, state, until, opened, reminded, voters, chosen FROM event_poll WHERE event = ?1;

-- name: poll_put
INSERT INTO event_poll (event, state, until, opened, reminded, chosen) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT (event) DO UPDATE SET state = excluded.state, until = excluded.until, opened = excluded.opened,
  reminded = excluded.reminded, chosen = excluded.chosen;

-- name: poll_count_voters
UPDATE event_poll SET voters = voters + ?2 WHERE event = ?1;

-- name: poll_options
SELECT number, starts, ends, yes, maybe, no, liked FROM event_option WHERE event = ?1 ORDER BY number;

-- name: poll_option_put
INSERT INTO event_option (event, number, starts, ends) VALUES (?1, ?2, ?3, ?4);

-- name: poll_options_clear
DELETE FROM event_option WHERE event = ?1;

-- name: poll_option_count
UPDATE event_option SET yes = yes + ?3, maybe = maybe + ?4, no = no + ?5, liked = liked + ?6 WHERE event = ?1 AND number = ?2;

-- name: poll_vote_put
INSERT INTO event_vote (event, party, number, answer, liked, at, mail) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);

-- name: poll_votes_of_party
SELECT party, number, answer, liked, at FROM event_vote WHERE event = ?1 AND party = ?2 ORDER BY number;

-- name: poll_votes
SELECT party, number, answer, liked, at FROM event_vote WHERE event = ?1 AND party > ?2 ORDER BY party, number LIMIT ?3;

-- name: poll_vote_remove
DELETE FROM event_vote WHERE event = ?1 AND party = ?2;
