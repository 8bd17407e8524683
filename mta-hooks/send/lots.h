/* Letters under way: their content, loaded when first needed and shared by all their mails, and what became
 * of them so far. Main thread only. */
#ifndef MTA_HOOKS_SEND_LOTS_H
#define MTA_HOOKS_SEND_LOTS_H

#include "mta-hooks/send/outgoing.h"

enum {
  LOTS_CONTENT_MAX_BYTES = 12 * 1024 * 1024
}; /* loaded at once, a priority; a single letter may be larger */

struct lot {
  int64_t id;
  struct letter *head;       /* without content */
  struct outgoing *outgoing; /* NULL: not loaded now */
  gsize loaded_bytes;
  guint held;                     /* deliveries between store and mark */
  int64_t sent, failed, deferred; /* deferred: now waiting for another day, as far as we saw */
  int64_t begun_ms, used_ms;
};

struct lots;
struct lots *lots_new(struct store *store);
void lots_free(struct lots *lots);

/* The letter's lot, read from the store if new. NULL on error. */
struct lot *lots_find(struct lots *lots, int64_t letter, GError **error);
/* May another content be loaded now, or are enough under way? Loaded ones always may. */
bool lots_may_load(struct lots *lots, const struct lot *lot);
/* The content, loaded if it is not. NULL on error. The lot keeps its reference. */
struct outgoing *lots_load(struct lots *lots, struct lot *lot, GError **error);
/* Forgets contents that nobody has needed for a while, or all unneeded ones when many are loaded; and lots
 * that nothing is known about any more. */
void lots_tidy(struct lots *lots, int64_t now_ms);
/* Nothing of it is held any more: is the letter finished? Then one line is logged and the lot forgotten. */
bool lots_check_finished(struct lots *lots, struct lot *lot, int64_t now_ms, GError **error);

#endif
