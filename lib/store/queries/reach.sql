-- Jobs for the outside, and rooms for video conferences.
-- db: store

-- name: job_put
INSERT INTO job (what, object, about, request, since, next_try, until) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
ON CONFLICT (what, object) DO UPDATE SET about = excluded.about, request = excluded.request, turn = turn + 1,
  state = 'due', attempts = 0, since = excluded.since, next_try = excluded.next_try, until = excluded.until, reply = '';

-- name: job_next_due
SELECT id, what, object, about, request, turn, state, attempts, since, next_try, until, reply FROM job
  WHERE state = 'due' AND next_try <= ?1 ORDER BY next_try, id LIMIT 1;

-- name: job_next_try
SELECT next_try FROM job WHERE state = 'due' ORDER BY next_try, id LIMIT 1;

-- name: job_take
UPDATE job SET state = 'taken', attempts = attempts + 1 WHERE id = ?1;

-- An answer counts where the job is still the one that was taken.
-- name: job_settle
UPDATE job SET state = ?3, next_try = ?4, reply = ?5 WHERE id = ?1 AND turn = ?2 AND state = 'taken';

-- name: jobs_untake
UPDATE job SET state = 'due' WHERE state = 'taken';

-- name: jobs_settled
SELECT id, what, object, about, request, turn, state, attempts, since, next_try, until, reply FROM job
  WHERE state = 'answered' OR state = 'failed' ORDER BY id LIMIT ?1;

-- name: job_told
UPDATE job SET state = 'told' WHERE id = ?1 AND (state = 'failed' OR state = 'answered');

-- name: job_again
UPDATE job SET state = 'due', attempts = 0, next_try = ?2, until = ?3 WHERE id = ?1;

-- name: job_remove
DELETE FROM job WHERE id = ?1;

-- name: job_get
SELECT id, what, object, about, request, turn, state, attempts, since, next_try, until, reply FROM job WHERE id = ?1;

-- name: jobs_page
SELECT id, what, object, about, request, turn, state, attempts, since, next_try, until, reply FROM job
  WHERE id > ?1 ORDER BY id LIMIT ?2;

-- name: room_put
INSERT INTO video_room (event, meeting, made) VALUES (?1, ?2, ?3);

-- name: room_get
SELECT event, meeting, dial, pin, made, is_answered, for_at, again_at, told_at FROM video_room WHERE event = ?1;

-- name: room_update
UPDATE video_room SET dial = ?2, pin = ?3, is_answered = ?4, for_at = ?5, again_at = ?6, told_at = ?7 WHERE event = ?1;

-- Another meeting: links to the one before lead nowhere, and nothing that was known of it counts.
-- name: room_renew
UPDATE video_room SET meeting = ?2, pin = '', made = ?3, is_answered = 0, for_at = 0, again_at = 0, told_at = 0
  WHERE event = ?1;

-- Events that begin soon or are being held, and whose room is to be asked for. There are few of them at any time.
-- name: rooms_due
SELECT r.event, r.meeting, r.dial, r.pin, r.made, r.is_answered, r.for_at, r.again_at, r.told_at
  FROM event e JOIN video_room r ON r.event = e.id
  WHERE e.next_at <> 0 AND e.next_at <= ?1 AND (r.for_at <> e.next_at OR r.again_at <= ?2)
  ORDER BY e.next_at, e.id LIMIT ?3;
