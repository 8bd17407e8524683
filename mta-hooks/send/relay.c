/* Relays: order, rest after failures, and who may knock first.
 *
 * Failover is by order: a session takes the first relay that is not resting, and between two mails goes back
 * to a better one whose rest is over. When four sessions lose the same relay in one moment that is one
 * failure, and when its rest is over one session knocks, not four. */
#include "mta-hooks/send/relay.h"

#include "lib/base/fault.h"
#include "mta-hooks/send/backoff.h"

#include <string.h>

enum { SMTP_PORT = 25 };

struct relay_state {
  struct relay relay;
  int failures; /* in a row */
  int64_t rests_until_ms;
  bool is_knocked; /* somebody is finding out whether it is back */
};

struct relays {
  GMutex lock;
  guint count;
  struct relay_state *states;
};

static bool bad_relay(GError **error, const char *text)
{
  return fault_set(error, FAULT_CONFIG,
                   "relay = %s: a relay is smtp://host:port (IPv6 as smtp://[::1]:25) or maildir:DIR.", text);
}

static bool parse_port(const char *text, guint16 *port)
{
  guint64 value = 0;
  if (!g_ascii_string_to_unsigned(text, 10, 1, 65535, &value, NULL)) return false;
  *port = (guint16)value;
  return true;
}

/* "host:port", "[::1]:port", each with the port optional. */
static bool parse_host(const char *text, struct relay *relay)
{
  const char *host = text, *host_end = NULL, *colon = NULL;
  if (text[0] == '[') {
    host = text + 1;
    host_end = strchr(text, ']');
    if (host_end == NULL) return false;
    if (host_end[1] != '\0') colon = host_end + 1;
    if (colon != NULL && *colon != ':') return false;
  } else {
    colon = strchr(text, ':');
    host_end = colon != NULL ? colon : text + strcspn(text, "/");
    if (strchr(text, '/') != NULL) return false;
  }
  relay->port = SMTP_PORT;
  if (host_end == host || (colon != NULL && !parse_port(colon + 1, &relay->port))) return false;
  relay->host = g_strndup(host, (gsize)(host_end - host));
  return true;
}

static bool parse_relay(const struct config *config, const char *text, struct relay *relay, GError **error)
{
  relay->name = g_strdup(text);
  if (g_str_has_prefix(text, "maildir:") && text[strlen("maildir:")] != '\0') {
    relay->maildir = g_canonicalize_filename(text + strlen("maildir:"), config->directory);
    return true;
  }
  if (g_str_has_prefix(text, "smtp://") && parse_host(text + strlen("smtp://"), relay)) return true;
  return bad_relay(error, text);
}

struct relays *relays_new(const struct config *config, GError **error)
{
  g_autoptr(relays_t) relays = g_new0(struct relays, 1);
  g_mutex_init(&relays->lock);
  guint count = config->relay != NULL ? g_strv_length(config->relay) : 0;
  relays->states = g_new0(struct relay_state, count + 1);
  for (guint i = 0; i < count; i++) {
    relays->count = i + 1;
    if (!parse_relay(config, config->relay[i], &relays->states[i].relay, error)) return NULL;
    if (relays->states[i].relay.maildir != NULL && count > 1) {
      fault_set(error, FAULT_CONFIG, "relay: a maildir stands alone, it cannot share with %s.",
                config->relay[i == 0 ? 1 : 0]);
      return NULL;
    }
  }
  if (count == 0) {
    fault_set(error, FAULT_CONFIG, "relay is empty: mail cannot be sent anywhere.");
    return NULL;
  }
  return g_steal_pointer(&relays);
}

void relays_free(struct relays *relays)
{
  if (relays == NULL) return;
  for (guint i = 0; i < relays->count; i++) {
    g_free(relays->states[i].relay.name);
    g_free(relays->states[i].relay.host);
    g_free(relays->states[i].relay.maildir);
  }
  g_free(relays->states);
  g_mutex_clear(&relays->lock);
  g_free(relays);
}

guint relays_count(const struct relays *relays)
{
  return relays->count;
}

const struct relay *relays_get(const struct relays *relays, guint index)
{
  return &relays->states[index].relay;
}

int relays_pick(struct relays *relays, int64_t now_ms, int64_t *wait_ms)
{
  int found = -1;
  *wait_ms = BACKOFF_RELAY_FIRST_MS;
  int64_t soonest = G_MAXINT64;
  g_mutex_lock(&relays->lock);
  for (guint i = 0; i < relays->count && found < 0; i++) {
    struct relay_state *state = &relays->states[i];
    if (state->failures > 0 && (state->is_knocked || now_ms < state->rests_until_ms)) {
      if (!state->is_knocked) soonest = MIN(soonest, state->rests_until_ms - now_ms);
      continue;
    }
    state->is_knocked = state->failures > 0;
    found = (int)i;
  }
  g_mutex_unlock(&relays->lock);
  *wait_ms = CLAMP(soonest, 10, *wait_ms);
  return found;
}

bool relays_report_up(struct relays *relays, int index)
{
  g_mutex_lock(&relays->lock);
  struct relay_state *state = &relays->states[index];
  bool was_down = state->failures > 0;
  state->failures = 0;
  state->is_knocked = false;
  g_mutex_unlock(&relays->lock);
  return was_down;
}

/* What part of the usual a relay rests; tests have less time. */
static int64_t rest_share(void)
{
#ifdef KIEZPOST_TEST_HOOKS
  const char *share = g_getenv("KIEZPOST_REST_SHARE");
  if (share != NULL) return MAX(g_ascii_strtoll(share, NULL, 10), 1);
#endif
  return 1;
}

int64_t relays_report_down(struct relays *relays, int index, int64_t now_ms)
{
  int64_t rest = 0;
  g_mutex_lock(&relays->lock);
  struct relay_state *state = &relays->states[index];
  if (state->failures == 0 || state->is_knocked) {
    state->failures++;
    state->is_knocked = false;
    rest = backoff_relay_ms(state->failures, g_random_double()) / rest_share();
    state->rests_until_ms = now_ms + rest;
  }
  g_mutex_unlock(&relays->lock);
  return rest;
}

bool relays_has_better(struct relays *relays, int index, int64_t now_ms)
{
  bool has_better = false;
  g_mutex_lock(&relays->lock);
  for (int i = 0; i < index && !has_better; i++) {
    const struct relay_state *state = &relays->states[i];
    has_better = state->failures == 0 || (!state->is_knocked && now_ms >= state->rests_until_ms);
  }
  g_mutex_unlock(&relays->lock);
  return has_better;
}

bool relays_all_failed(struct relays *relays, int times)
{
  bool all = true;
  g_mutex_lock(&relays->lock);
  for (guint i = 0; i < relays->count; i++) all = all && relays->states[i].failures >= times;
  g_mutex_unlock(&relays->lock);
  return all;
}
