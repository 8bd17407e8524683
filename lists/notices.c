/* Budgets of automatic letters; see notices.h. Kept in the store's table `rate` for a day, as pseudonyms: who
 * wrote to us and got a sentence back is nobody's business later, and the secret of the log changes monthly.
 *
 * Two machines that answer every mail and do not say that they are machines would write to each other through
 * us for ever, since each of our letters has a From of its own. The budget of an address ends it after an
 * hour's worth of letters; mails of people are not lost by it, only our answers are.
 *
 * Whose provider vouches for nobody (no DMARC, no signature) looks like somebody whose name is misused. They
 * get one letter a day: at once the first, and what asks them something (do you want to join?) on the days
 * after, so that no wish is lost. An answer to a letter of ours that went to this very address is no such
 * mail: whoever has the letter's token reads that mailbox. */
#include "lists/notices.h"

#include "lists/requests/requests.h"

#include "lib/store/returns/bounces.h"
#include "lib/store/returns/rates.h"

#include <string.h>

enum {
  STRANGER_DAYS = 3,
  NOTICES_A_DAY = 300,
  HOUR_SECONDS = 3600,
  DAY_SECONDS = 24 * 3600,
  KEY_LENGTH = 16
};

static const char any_notice[] = "notice", any_answer[] = "answer", any_relay[] = "relay",
                  any_stranger[] = "stranger";

/* Sixteen hex digits for an address. */
static void key_of(const struct work *work, const char *address, char key[KEY_LENGTH + 1])
{
  g_autofree char *text = requests_rate_key(address);
  unsigned char mac[32];
  keys_hmac(keys_log_secret(work->keys), text, strlen(text), mac);
  for (int i = 0; i < KEY_LENGTH / 2; i++) g_snprintf(key + 2 * i, 3, "%02x", mac[i]);
}

bool notices_may(struct work *work, const char *purpose, const char *address, bool *may, GError **error)
{
  *may = false;
  char key[KEY_LENGTH + 1];
  key_of(work, address, key);
  int64_t yesterday = work->now - DAY_SECONDS;
  bool is_suppressed = false;
  if (!suppression_is(work->store, address, &is_suppressed, error)) return false;
  int64_t own = rate_count(work->store, key, purpose, yesterday, error);
  int64_t all = own < 0 ? -1 : rate_count(work->store, NULL, any_notice, yesterday, error);
  if (all < 0) return false;
  if (is_suppressed || own > 0 || all >= NOTICES_A_DAY) return true;
  *may = true;
  return rate_note(work->store, key, purpose, work->now, error) &&
         rate_note(work->store, key, any_notice, work->now, error);
}

/* Is there room for one more of a purpose under this key? */
static bool has_room(struct work *work, const char *key, const char *purpose, int an_hour, int a_day,
                     bool *room, GError **error)
{
  int64_t hour = rate_count(work->store, key, purpose, work->now - HOUR_SECONDS, error);
  int64_t day = hour < 0 ? -1 : rate_count(work->store, key, purpose, work->now - DAY_SECONDS, error);
  *room = day >= 0 && hour < an_hour && day < a_day;
  return day >= 0;
}

bool answers_may(struct work *work, const char *address, bool *may, GError **error)
{
  char key[KEY_LENGTH + 1];
  key_of(work, address, key);
  return has_room(work, key, any_answer, ANSWERS_AN_HOUR, ANSWERS_A_DAY, may, error);
}

bool answers_note(struct work *work, const char *address, GError **error)
{
  char key[KEY_LENGTH + 1];
  key_of(work, address, key);
  return rate_note(work->store, key, any_answer, work->now, error);
}

bool strangers_is(const struct work *work, const char *address)
{
  return work->stranger && address && requests_is_same_mailbox(work->stranger, address);
}

/* The letters that wait count for the day that they go out. */
bool strangers_when(struct work *work, const char *address, bool can_wait, int64_t *when, GError **error)
{
  char key[KEY_LENGTH + 1];
  key_of(work, address, key);
  int64_t last = work->now + (can_wait ? STRANGER_DAYS * DAY_SECONDS : 0);
  for (*when = work->now; *when <= last; *when += HOUR_SECONDS) {
    int64_t count = rate_count(work->store, key, any_stranger, *when - DAY_SECONDS, error);
    if (count <= 0) return count == 0;
  }
  *when = 0;
  return true;
}

bool strangers_note(struct work *work, const char *address, int64_t when, GError **error)
{
  char key[KEY_LENGTH + 1];
  key_of(work, address, key);
  return rate_note(work->store, key, any_stranger, when, error);
}

bool relays_may(struct work *work, const char *from, const char *to, bool *may, GError **error)
{
  char pair[KEY_LENGTH + 1], one[KEY_LENGTH + 1];
  g_autofree char *both = g_strconcat(from, "\n", to, NULL);
  key_of(work, both, pair);
  key_of(work, to, one);
  bool has_pair = false, has_one = false;
  if (!has_room(work, pair, any_relay, RELAYED_AN_HOUR, RELAYED_A_DAY, &has_pair, error) ||
      !has_room(work, one, any_relay, RELAYED_TO_ONE_AN_HOUR, G_MAXINT, &has_one, error))
    return false;
  *may = has_pair && has_one;
  return !*may || (rate_note(work->store, pair, any_relay, work->now, error) &&
                   rate_note(work->store, one, any_relay, work->now, error));
}
