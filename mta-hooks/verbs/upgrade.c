/* kiezpost upgrade: brings store and inbox to this program's version, each in one transaction under its lock.
 * A version that is newer than the program is refused; nothing is ever taken back. */
#include <stdio.h>
#include <sysexits.h>

#include "lib/store/inbox/inbox.h"
#include "lib/store/store.h"
#include "mta-hooks/verb.h"
#include "mta-hooks/verbs/new_lists.h"

static void say(const char *what, int from, int to)
{
  if (from == to)
    fprintf(stderr, "kiezpost: the %s has version %d already.\n", what, to);
  else
    fprintf(stderr, "kiezpost: the %s went from version %d to %d.\n", what, from, to);
}

int verb_upgrade(struct command *command, GError **error)
{
  int from, to;
  guint offices = 0;
  if (!store_upgrade(command->config->store, &from, &to, error)) return -1;
  say("store", from, to);
  if (!inbox_upgrade(command->config->inbox, &from, &to, error)) return -1;
  say("inbox", from, to);
  int added = new_lists_add(command->config, &offices, error);
  if (added > 0) fprintf(stderr, "kiezpost: the district has %d new lists; they were added.\n", added);
  if (offices > 0)
    fprintf(stderr, "kiezpost: %u offices are entered; `kiezpost office set` gives them addresses.\n",
            offices);
  return added < 0 ? -1 : EX_OK;
}
