/* kiezpost restore FILE: brings a backup back into the configured places.
 *
 * Everything is unpacked, checked and made ready beside the places in use; then names are exchanged, and what
 * stood there is moved aside, never removed. What was due to be sent waits for the operator, numbers move
 * past anything that was published, and mail that waits in the present inbox is taken over. Where there is no
 * configuration yet, the backup's own is used. Nothing may run meanwhile. */
#include "mta-hooks/verbs/restore_stage.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "lib/base/clock.h"
#include "lib/base/durable.h"
#include "lib/base/sandbox.h"
#include "lib/base/wake.h"
#include "lib/store/outbox.h"
#include "lists/addresses.h"
#include "mta-hooks/lmtp/sockets.h"
#include "mta-hooks/only_one.h"
#include "mta-hooks/verb.h"
#include "mta-hooks/verbs/backup.h"

enum { NAME_TRIES = 100 };

/* Without a configuration the backup's own comes first, to where this command looks for one. */
static bool find_config(struct command *command, const char *archive, GError **error)
{
  if (access(command->config_path, F_OK) != 0) {
    g_autofree char *directory = g_path_get_dirname(command->config_path);
    g_autofree char *temporary = g_strconcat(command->config_path, ".restoring", NULL);
    if (!durable_make_directories(directory, 0750, error) ||
        !stage_extract_one(archive, BACKUP_CONFIG, temporary, error))
      return false;
    if (rename(temporary, command->config_path) != 0)
      return fault_set_errno(error, FAULT_FILE, errno, "%s cannot get its name", command->config_path);
    fprintf(stderr, "kiezpost: %s comes from the backup.\n", command->config_path);
  }
  return (command->config = config_load(command->config_path, error)) != NULL;
}

/* Root becomes whoever owns the place that the store is to have. */
static bool become_owner(const struct config *config, GError **error)
{
  bool is_there = access(config->store, F_OK) == 0;
  return sandbox_become_owner_of(is_there ? config->store : config->directory, error);
}

/* The parts that change the store. Whoever takes a mail or sends a letter while names are exchanged would do
 * so in what is moved aside. */
static const char *const parts[] = { "work", "send" };
struct rest {
  int locks[G_N_ELEMENTS(parts)];
};

static void end_rest(struct rest *rest)
{
  for (gsize i = 0; i < G_N_ELEMENTS(parts); i++)
    if (rest->locks[i] >= 0) close(rest->locks[i]);
}

/* Nothing runs, and worker and sender cannot start until end_rest, which is due whatever this returns. */
static bool begin_rest(const struct config *config, struct rest *rest, GError **error)
{
  static const char say[] = "kiezpost %s is running here: stop it first, then restore";
  memset(rest->locks, -1, sizeof rest->locks);
  for (gsize i = 0; i < G_N_ELEMENTS(parts); i++)
    if ((rest->locks[i] = only_one(config, parts[i], NULL)) < 0)
      return fault_set(error, FAULT_TEMPORARY, say, parts[i]);
  int receiver = door_connect(config->listen, config->directory, 1, NULL);
  if (receiver < 0) return true;
  close(receiver);
  return fault_set(error, FAULT_TEMPORARY, say, "lmtpd");
}

/* A store in use is not replaced by mistake. */
static bool may_replace(const struct config *config, bool is_forced, GError **error)
{
  g_autofree char *file = g_build_filename(config->store, "kiezpost.db", NULL);
  if (is_forced || access(file, F_OK) != 0) return true;
  g_autoptr(GError) why = NULL;
  g_autoptr(store_t) store = store_open(config->store, STORE_READ, &why);
  bool has_mails = true;
  if (store && store_has_mails(store, &has_mails, &why) && !has_mails) return true;
  return fault_set(error, FAULT_DENIED,
                   "%s holds mail already%s%s; --force moves it aside and puts the backup in its place.",
                   config->store, why ? ", or cannot be read: " : "", why ? why->message : "");
}

/* Moves what stands at `path` aside, if anything does. */
static bool move_aside(const char *path, GError **error)
{
  if (access(path, F_OK) != 0) return true;
  g_autofree char *moment = clock_format_utc(clock_now());
  g_strdelimit(moment, ":", '.');
  for (int i = 1; i <= NAME_TRIES; i++) {
    g_autofree char *aside = i == 1 ? g_strdup_printf("%s.before-%s", path, moment)
                                    : g_strdup_printf("%s.before-%s-%d", path, moment, i);
    if (access(aside, F_OK) == 0) continue;
    if (rename(path, aside) != 0) break;
    fprintf(stderr, "kiezpost: what stood at %s is now %s.\n", path, aside);
    return true;
  }
  return fault_set_errno(error, FAULT_FILE, errno, "%s cannot be moved aside", path);
}

static bool put_in_place(const char *staged, const char *path, GError **error)
{
  g_autofree char *directory = g_path_get_dirname(path);
  if (!durable_make_directories(directory, 0750, error) || !move_aside(path, error)) return false;
  if (rename(staged, path) != 0)
    return fault_set_errno(error, FAULT_FILE, errno, "%s cannot get its name", path);
  return durable_sync_directory(directory, error);
}

static bool same_secret(const unsigned char *a, const unsigned char *b)
{
  return a && b && memcmp(a, b, KEY_BYTES) == 0;
}

/* Do the keys in use verify whatever the backup's keys have signed? Then they stay: they may have signed
 * since. */
static bool keys_cover(const char *present, const char *staged)
{
  g_autoptr(keys_t) ours = keys_load(present, NULL), theirs = keys_load(staged, NULL);
  if (!ours || !theirs) return false;
  for (unsigned i = 0; i < KEYS_MAX; i++) {
    const unsigned char *secret = keys_token_secret(theirs, i);
    if (secret && !same_secret(secret, keys_token_secret(ours, i))) return false;
  }
  return true;
}

static bool put_keys(const struct stage *stage, const struct config *config, GError **error)
{
  if (keys_cover(config->keys, stage->keys)) return unlink(stage->keys) == 0 || errno == ENOENT;
  return put_in_place(stage->keys, config->keys, error);
}

/* The keys come first: nothing is to be signed or checked with others once the store is there. */
static bool put_all_in_place(const struct stage *stage, const struct config *config, GError **error)
{
  return put_keys(stage, config, error) && put_in_place(stage->inbox, config->inbox, error) &&
         put_in_place(stage->store, config->store, error);
}

static bool publish_addresses(struct store *store, const struct config *config, GError **error)
{
  g_autoptr(address_book_t) book = addresses_from_store(store, config, error);
  g_autofree char *directory = g_path_get_dirname(config->addresses);
  return book && durable_make_directories(directory, 0750, error) &&
         addresses_publish(book, config->addresses, error);
}

/* What the operator should know now. */
static bool report(struct store *store, int kept, GError **error)
{
  g_autoptr(GPtrArray) waiting = letters_paused(store, 0, NAME_TRIES, error);
  if (!waiting) return false;
  fprintf(stderr, "kiezpost: the store is back.\n");
  if (kept > 0) fprintf(stderr, "kiezpost: %d mails that waited in the inbox were taken over.\n", kept);
  if (waiting->len > 0)
    fprintf(stderr,
            "kiezpost: %u%s letters were not yet sent when the backup was made; `kiezpost queue` shows them, "
            "and sends or drops each.\n",
            waiting->len, waiting->len == NAME_TRIES ? " or more" : "");
  return true;
}

/* An inbox that cannot be read is moved aside with the rest where that was asked for. */
static bool keep_waiting(const struct config *config, const struct stage *stage, bool is_forced, int *kept,
                         GError **error)
{
  g_autoptr(GError) why = NULL;
  if (stage_keep_waiting(stage, config, kept, &why)) return true;
  if (is_forced) {
    fprintf(stderr, "kiezpost: what waits in the inbox could not be taken over: %s\n", why->message);
    return true;
  }
  g_propagate_error(error, g_steal_pointer(&why));
  return false;
}

static bool restore(const struct config *config, const struct stage *stage, const char *archive,
                    bool is_forced, GError **error)
{
  int kept = 0;
  if (!may_replace(config, is_forced, error) || !stage_extract(stage, archive, error) ||
      !stage_move_on(stage, config, error) || !keep_waiting(config, stage, is_forced, &kept, error) ||
      !put_all_in_place(stage, config, error))
    return false;
  g_autoptr(store_t) store = store_open(config->store, STORE_READ, error);
  if (!store || !publish_addresses(store, config, error) || !report(store, kept, error)) return false;
  wake_send(config->run, "work");
  wake_send(config->run, "publish");
  return true;
}

int verb_restore(struct command *command, GError **error)
{
  gboolean is_forced = FALSE;
  const GOptionEntry entries[] = { { "force", 0, 0, G_OPTION_ARG_NONE, &is_forced, NULL, NULL },
                                   G_OPTION_ENTRY_NULL };
  if (!command_parse(command, entries, error)) return -1;
  if (command->argument_count != 1) {
    command_refuse(command, error);
    return -1;
  }
  const char *archive = command->arguments[0];
  if (!find_config(command, archive, error) || !become_owner(command->config, error)) return -1;
  struct stage stage;
  struct rest rest;
  stage_init(&stage, command->config);
  bool is_done = begin_rest(command->config, &rest, error) &&
                 restore(command->config, &stage, archive, is_forced, error);
  stage_remove(&stage);
  stage_clear(&stage);
  end_rest(&rest);
  return is_done ? EX_OK : -1;
}
