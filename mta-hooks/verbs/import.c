/* kiezpost import: an old archive becomes threads of a list. Nothing is sent. Nothing is published until
 * --publish, which can also be given afterwards, with the same archive. Broken off and begun again, it goes
 * on; done twice, it is as if done once. On a terminal a bar says how far it is. */
#include "mta-hooks/verb.h"
#include "mta-hooks/verbs/import_files.h"
#include "mta-hooks/verbs/list_named.h"

#include "lists/import.h"

#include "lib/base/clock.h"
#include "lib/base/wake.h"
#include "lib/mail/read.h"
#include "lib/store/directory.h"

#include <stdio.h>
#include <sysexits.h>
#include <unistd.h>

enum { HOLD_MS = STORE_HOLD_MS - 10, HOLD_MAILS = 20, PUBLISH_STEP = 50, BAR_WIDTH = 40, BAR_EVERY_MS = 100 };

struct import {
  struct work work;
  struct list *list;
  bool is_open; /* a transaction is */
  int in_transaction;
  int64_t new_count, known_count, broken_count;
  bool has_bar;
  int64_t bar_ms;
};

/* The bar, at most ten times a second. */
static void show_progress(struct import *import, double progress, bool is_last)
{
  int64_t now = clock_monotonic_ms();
  if (!import->has_bar || (!is_last && now - import->bar_ms < BAR_EVERY_MS)) return;
  import->bar_ms = now;
  int filled = (int)(progress * BAR_WIDTH);
  fputs("\r[", stderr);
  for (int i = 0; i < BAR_WIDTH; i++) fputc(i < filled ? '#' : '.', stderr);
  fprintf(stderr, "] %3d %%  %" G_GINT64_FORMAT " mails%s", (int)(progress * 100),
          import->new_count + import->known_count, is_last ? "\n" : "");
  fflush(stderr);
}

static bool commit(struct import *import, GError **error)
{
  if (!import->is_open) return true;
  import->is_open = false;
  import->in_transaction = 0;
  if (store_commit(import->work.store, error)) return true;
  store_rollback(import->work.store);
  return false;
}

/* One mail, in a transaction that holds the lock for a moment only, so that the post goes on beside it. */
static bool take_mail(const struct archived *mail, void *data, GError **error)
{
  struct import *import = data;
  bool is_new = false;
  if (command_should_stop())
    return fault_set(error, FAULT_TEMPORARY, "Stopped. The same command goes on where it was broken off.");
  if (!mail_is_mail(mail->raw, mail->size)) {
    import->broken_count++;
    return true;
  }
  if (!import->is_open && !store_begin(import->work.store, error)) return false;
  import->is_open = true;
  struct old_mail old = { .raw = mail->raw, .size = mail->size, .delivered = mail->delivered };
  if (!import_mail(&import->work, import->list, &old, NULL, &is_new, error)) return false;
  import->new_count += is_new;
  import->known_count += !is_new;
  bool is_full = ++import->in_transaction >= HOLD_MAILS || store_held_ms(import->work.store) >= HOLD_MS;
  if (is_full && !commit(import, error)) return false;
  show_progress(import, mail->progress, false);
  return true;
}

/* Everything of the archive. */
static bool import_archive(struct import *import, const char *path, GError **error)
{
  bool is_done = archive_read(path, take_mail, import, error) && commit(import, error);
  if (!is_done) store_rollback(import->work.store);
  show_progress(import, 1, true);
  return is_done;
}

/* Everything that was imported into the list, now or earlier, becomes public. */
static bool publish(struct import *import, int64_t *count, GError **error)
{
  struct store *store = import->work.store;
  int64_t after = 0;
  int seen;
  do {
    int published = 0;
    if (!store_begin(store, error)) return false;
    seen = import_publish(&import->work, import->list, &after, PUBLISH_STEP, &published, error);
    if (seen < 0 || !store_commit(store, error)) {
      store_rollback(store);
      return false;
    }
    *count += published;
  } while (seen > 0);
  wake_send(import->work.config->run, "publish");
  return true;
}

/* What was done, in sentences. */
static void report(const struct import *import, bool publishes, int64_t published)
{
  fprintf(stderr, "%" G_GINT64_FORMAT " mails are new in %s, %" G_GINT64_FORMAT " were there before.\n",
          import->new_count, import->list->name, import->known_count);
  if (import->broken_count)
    fprintf(stderr, "%" G_GINT64_FORMAT " pieces were no mails and were left out.\n", import->broken_count);
  if (!publishes)
    fputs("They are not published; --publish does that.\n", stderr);
  else if (import->list->archive_public)
    fprintf(stderr, "%" G_GINT64_FORMAT " are published now.\n", published);
  else
    fprintf(stderr, "%" G_GINT64_FORMAT " may be published, but the archive of %s is not public.\n",
            published, import->list->name);
}

/* Opens what is needed and does it. */
static bool run(struct command *command, const char *list, bool publishes, GError **error)
{
  const struct config *config = command->config;
  g_autoptr(keys_t) keys = keys_load(config->keys, error);
  g_autoptr(store_t) store = keys ? store_open(config->store, STORE_WRITE, error) : NULL;
  if (!store) return false;
  g_autoptr(list_row) row = list_find_named(store, list, error);
  if (!row) return false;
  struct import import = { .list = row, .has_bar = isatty(STDERR_FILENO) };
  import.work = (struct work){ .store = store, .config = config, .keys = keys, .now = clock_now() };
  int64_t published = 0;
  if (!import_archive(&import, command->arguments[0], error)) return false;
  if (publishes && !publish(&import, &published, error)) return false;
  report(&import, publishes, published);
  return true;
}

int verb_import(struct command *command, GError **error)
{
  g_autofree char *list = NULL;
  gboolean publishes = FALSE;
  const GOptionEntry entries[] = {
    { "list", 0, 0, G_OPTION_ARG_STRING, &list, NULL, NULL },
    { "publish", 0, 0, G_OPTION_ARG_NONE, &publishes, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  if (!command_parse(command, entries, error)) return -1;
  if (!list || command->argument_count != 1) {
    command_refuse(command, error);
    return -1;
  }
  if (!mail_init(command->config, error)) return -1;
  command_should_stop();
  return run(command, list, publishes, error) ? EX_OK : -1;
}
