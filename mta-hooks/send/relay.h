/* The relays of the configuration, in the order given, and which of them answer. Shared by all sessions;
 * locks itself. */
#ifndef MTA_HOOKS_SEND_RELAY_H
#define MTA_HOOKS_SEND_RELAY_H

#include "lib/base/config.h"
#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

struct relay {
  char *name; /* as configured, for the log */
  char *host; /* smtp; NULL for a maildir */
  guint16 port;
  char *maildir; /* absolute; NULL for smtp */
};

struct relays;

/* Reads config->relay: "smtp://host[:port]", "smtp://[::1]:25", or one "maildir:DIR". FAULT_CONFIG with a
 * sentence. */
struct relays *relays_new(const struct config *config, GError **error);
void relays_free(struct relays *relays);
typedef struct relays relays_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(relays_t, relays_free)

guint relays_count(const struct relays *relays);
const struct relay *relays_get(const struct relays *relays, guint index);

/* The first relay that may be tried now. -1: none; *wait_ms says when one may. A relay that was down is given
 * to one session only, until that one reports. */
int relays_pick(struct relays *relays, int64_t now_ms, int64_t *wait_ms);
/* It has done something for a session. True: it was down before (worth a line in the log). */
bool relays_report_up(struct relays *relays, int index);
/* It could not be reached, or was lost before it did anything. Returns how long it now rests in ms; 0:
 * another session had already said so. */
int64_t relays_report_down(struct relays *relays, int index, int64_t now_ms);
/* May one before `index` be tried again? */
bool relays_has_better(struct relays *relays, int index, int64_t now_ms);
/* Has each failed at least so often in a row? (--once gives up then) */
bool relays_all_failed(struct relays *relays, int times);

#endif
