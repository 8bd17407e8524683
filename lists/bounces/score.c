/* The score of an address: hard failures count one, other permanent ones a half, temporary ones a tenth, at
 * most one a day, halved with every week in which nothing comes back. At three the person's memberships with
 * this address pause; nobody is told, since nothing arrives there. A letter counts once, and none that is
 * older than the last that counted: whoever got hold of one mail with its bounce address can do no more than
 * that.
 *
 * What was refused as spam or for its size or sender is our fault: it never counts, and the operator is told.
 */
#include "lists/bounces/inside.h"

#include "lists/list_cache.h"

#include "lib/mail/reports/diagnosis.h"
#include "lib/store/directory.h"
#include "lib/store/people/people.h"
#include "lib/text/template.h"

#include <string.h>

enum {
  DAY_SECONDS = 24 * 3600,
  DECAY_SECONDS = 7 * DAY_SECONDS,
  HARD = 10,
  SOFT = 5,
  TEMPORARY = 1,
  LIMIT = 30,
  PROBE_AFTER_DAYS = 3,
};

static int tenths_of(const char *status, bool is_permanent, bool is_policy)
{
  if (is_policy) return 0;
  return is_permanent ? HARD : *status == '5' ? SOFT : TEMPORARY;
}

struct verdict verdict_of_report(const struct mail *mail)
{
  struct verdict verdict = { 0 };
  if (mail->report) return verdict; /* still being tried, delivered after all, a receipt */
  for (guint i = 0; i < mail->bounces->len; i++) {
    const struct mail_bounce *bounce = g_ptr_array_index(mail->bounces, i);
    bool is_policy = bounce->is_policy && !bounce->is_permanent;
    int tenths = tenths_of(bounce->status, bounce->is_permanent, is_policy);
    bool is_worse = tenths > verdict.tenths || !*verdict.status;
    verdict.is_policy |= is_policy;
    verdict.is_gone |= bounce->is_permanent;
    verdict.tenths = MAX(verdict.tenths, tenths);
    if (is_worse) g_strlcpy(verdict.status, bounce->status, sizeof verdict.status);
  }
  if (verdict.tenths > 0) verdict.is_policy = false;
  return verdict;
}

struct verdict verdict_of_reply(const char *reply)
{
  struct diagnosis diagnosis = diagnose(reply, NULL, false);
  bool is_policy = diagnosis.is_policy && !diagnosis.is_permanent;
  struct verdict verdict = { .is_gone = diagnosis.is_permanent, .is_policy = is_policy, .said = reply };
  verdict.tenths = tenths_of(diagnosis.status, diagnosis.is_permanent, is_policy);
  g_strlcpy(verdict.status, diagnosis.status, sizeof verdict.status);
  return verdict;
}

/* The domain is enough to find out why. */
bool bounce_tell_policy(struct work *work, const struct letter *letter, const char *address,
                        const struct verdict *verdict, GError **error)
{
  const char *at = strrchr(address, '@');
  g_autoptr(value_t) values = value_new();
  value_set_text(values, "domain", at ? at + 1 : address);
  value_set_text(values, "status", verdict->status);
  g_autofree char *said = verdict->said ? g_utf8_make_valid(verdict->said, -1) : NULL;
  value_set_text(values, "said", said && *said ? said : NULL);
  return operator_tell(work, "bounce_policy", list_cache_by_id(work->lists, letter->list), values, error);
}

/* What is left of the score today. */
static int decayed(const struct bounce *bounce, int64_t now)
{
  int64_t weeks = now > bounce->counted ? (now - bounce->counted) / DECAY_SECONDS : 0;
  return bounce->score >> MIN(weeks, 15);
}

/* A list whose moderator or keeper gets nothing any more may have nobody left: the operator hears of it. */
static bool tell_duty(struct work *work, const struct member *member, GError **error)
{
  if (strcmp(member->roles, "member") == 0) return true;
  g_autoptr(value_t) values = value_new();
  value_set_text(values, "address", member->address);
  return operator_tell(work, "bounce_duty", list_cache_by_id(work->lists, member->list), values, error);
}

/* No more copies to this address. *any: there were memberships that got some. */
static bool pause_memberships(struct work *work, const struct bounce *bounce, bool *any, GError **error)
{
  *any = false;
  g_autoptr(GPtrArray) members = person_memberships(work->store, bounce->person, error);
  if (!members) return false;
  for (guint i = 0; i < members->len; i++) {
    struct member *member = g_ptr_array_index(members, i);
    if (strcmp(member->state, "active") != 0 || strcmp(member->address, bounce->address) != 0) continue;
    g_free(member->state);
    member->state = g_strdup("bouncing");
    if (!member_put(work->store, member, work->now, error) || !tell_duty(work, member, error)) return false;
    *any = true;
  }
  return true;
}

/* The limit is reached. */
static bool begin_pause(struct work *work, struct bounce *bounce, const char **reason, GError **error)
{
  bool any = false;
  if (!pause_memberships(work, bounce, &any, error)) return false;
  *reason = any ? "It came back once too often; the member's copies pause."
                : "It came back, and the person is a member of nothing under this address.";
  if (!any) return bounce_remove(work->store, bounce->person, bounce->address, error);
  bounce->paused = work->now;
  bounce->due = work->now + (int64_t)PROBE_AFTER_DAYS * DAY_SECONDS;
  bounce->probes = bounce->returned = 0;
  bounce->suspect_until = 0;
  return bounce_put(work->store, bounce, error);
}

/* While the memberships pause only the letter that asks whether somebody is there is of interest. */
static bool count_while_paused(struct work *work, const struct letter *letter, struct bounce *bounce,
                               const char **reason, GError **error)
{
  bool is_probe = strcmp(letter->purpose, still_there_purpose) == 0;
  *reason = is_probe ? "Nobody is there to read our question; the member's copies stay paused."
                     : "The member's copies pause already.";
  if (!is_probe || letter->id <= bounce->letter || bounce->returned >= bounce->probes) return true;
  bounce->letter = letter->id;
  bounce->returned++;
  return bounce_put(work->store, bounce, error);
}

bool bounce_count(struct work *work, const struct letter *letter, const struct delivery *delivery,
                  const struct verdict *verdict, const char **reason, GError **error)
{
  *reason = "It tells of nothing that counts.";
  if (verdict->is_policy) {
    *reason = "Our letter was not wanted there: that is not the member's fault; the operator is told.";
    return bounce_tell_policy(work, letter, delivery->address, verdict, error);
  }
  if (verdict->tenths == 0) return true;
  g_autoptr(bounce_t) bounce = bounce_get(work->store, delivery->person, delivery->address, error);
  if (!bounce) return false;
  if (bounce->paused) return count_while_paused(work, letter, bounce, reason, error);
  bool is_same_day = bounce->counted && bounce->counted / DAY_SECONDS == work->now / DAY_SECONDS;
  *reason = "It counts for nothing more: one bounce a day and letter does.";
  if (is_same_day || letter->id <= bounce->letter) return true;
  bounce->score = decayed(bounce, work->now) + verdict->tenths;
  bounce->counted = work->now;
  bounce->letter = letter->id;
  *reason = "A letter came back; it counts for the member's address.";
  return bounce->score >= LIMIT ? begin_pause(work, bounce, reason, error)
                                : bounce_put(work->store, bounce, error);
}
