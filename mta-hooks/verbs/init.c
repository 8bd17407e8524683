/* kiezpost init: from an empty directory to a working installation in one go. The configuration bears its
 * final name only when everything else is there, so an init that was cut off is simply run again: what it
 * made is kept, and the district is seeded in one transaction. */
#include "lib/base/clock.h"
#include "lib/base/durable.h"
#include "lib/base/sandbox.h"
#include "lib/store/inbox/inbox.h"
#include "lib/store/store.h"
#include "lists/addresses.h"
#include "lists/district.h"
#include "lists/forward.h"
#include "mta-hooks/verb.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

struct wishes {
  char *domain, *district, *admin;
};

static bool read_wishes(struct command *command, struct wishes *wishes, GError **error)
{
  const GOptionEntry entries[] = {
    { "domain", 0, 0, G_OPTION_ARG_STRING, &wishes->domain, NULL, NULL },
    { "district", 0, 0, G_OPTION_ARG_STRING, &wishes->district, NULL, NULL },
    { "admin", 0, 0, G_OPTION_ARG_STRING, &wishes->admin, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  if (!command_parse(command, entries, error)) return false;
  if (command->argument_count != 1) return command_refuse(command, error);
  if (!wishes->domain)
    return fault_set(error, FAULT_USAGE, "init needs --domain DOMAIN: lists live at NAME@DOMAIN");
  return true;
}

static void add(GPtrArray *values, const char *key, const char *value)
{
  if (!value) return;
  g_ptr_array_add(values, (gpointer) "municipality");
  g_ptr_array_add(values, (gpointer)key);
  g_ptr_array_add(values, (gpointer)value);
}

/* The text of kiezpost.conf. A line break in a value would become a setting of its own. */
static char *compose(const struct wishes *wishes, const char *title, GError **error)
{
  g_autoptr(GPtrArray) values = g_ptr_array_new();
  add(values, "domain", wishes->domain);
  add(values, "district", wishes->district);
  add(values, "admin", wishes->admin);
  add(values, "name", title);
  for (guint i = 0; i < values->len; i++)
    if (strpbrk(values->pdata[i], "\r\n")) {
      fault_set(error, FAULT_USAGE, "a value of init may not hold a line break");
      return NULL;
    }
  g_ptr_array_add(values, NULL);
  return config_compose((const char *const *)values->pdata);
}

/* Nothing of an older installation may lie there, unless an init of the same kind was cut off. */
static bool is_free(const struct config *config, const char *unfinished, GError **error)
{
  if (g_file_test(config->file, G_FILE_TEST_EXISTS))
    return fault_set(error, FAULT_DENIED, "there is a %s already; init changes nothing there", config->file);
  if (g_file_test(unfinished, G_FILE_TEST_EXISTS)) return true;
  g_autofree char *database = g_build_filename(config->store, "kiezpost.db", NULL);
  const char *const precious[] = { database, config->keys };
  for (gsize i = 0; i < G_N_ELEMENTS(precious); i++)
    if (g_file_test(precious[i], G_FILE_TEST_EXISTS))
      return fault_set(error, FAULT_DENIED, "there is a %s of another installation; init overwrites nothing",
                       precious[i]);
  return true;
}

static bool make_directories(const struct config *config, GError **error)
{
  g_autofree char *keys = g_path_get_dirname(config->keys);
  g_autofree char *addresses = g_path_get_dirname(config->addresses);
  const struct {
    const char *path;
    mode_t mode;
  } directories[] = {
    { config->inbox, 0700 }, { config->store, 0700 }, { keys, 0700 },
    { config->run, 0750 },   { addresses, 0750 },     { config->archive, 0750 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(directories); i++)
    if (!durable_make_directories(directories[i].path, directories[i].mode, error)) return false;
  return true;
}

/* Keys, store and inbox; what a cut-off init has made is kept. */
static bool make_files(const struct config *config, GError **error)
{
  g_autofree char *store = g_build_filename(config->store, "kiezpost.db", NULL);
  g_autofree char *inbox = g_build_filename(config->inbox, "inbox.db", NULL);
  if (!g_file_test(config->keys, G_FILE_TEST_EXISTS) && !keys_create(config->keys, clock_now(), error))
    return false;
  if (!g_file_test(store, G_FILE_TEST_EXISTS) && !store_create(config->store, error)) return false;
  return g_file_test(inbox, G_FILE_TEST_EXISTS) || inbox_create(config->inbox, error);
}

/* Regions and lists, and the file of valid addresses that follows from them. */
static bool seed(const struct config *config, const struct district *district, GError **error)
{
  g_autoptr(store_t) store = store_open(config->store, STORE_WRITE, error);
  if (!store || !store_begin(store, error)) return false;
  if (!district_seed(district, store, clock_now(), error) || !store_commit(store, error)) {
    store_rollback(store);
    return false;
  }
  g_autoptr(address_book_t) book = addresses_from_store(store, config, error);
  return book && addresses_publish(book, config->addresses, error);
}

static bool finish(const struct config *config, const char *unfinished, GError **error)
{
  if (rename(unfinished, config->file) != 0)
    return fault_set_errno(error, FAULT_FILE, errno, "%s cannot get its name", config->file);
  return durable_sync_directory(config->directory, error);
}

static void say_what_was_made(const struct config *config, const struct district *district)
{
  fprintf(stderr,
          "kiezpost: %s is ready: %u regions and %u lists of %s at %s.\n"
          "kiezpost: Letters go to %s until [send] relay names a mail server.\n"
          "kiezpost: Next: export KIEZPOST_CONFIG=%s; then kiezpost postfix, kiezpost run, and beside it "
          "kiezpost check.\n",
          config->file, district->regions->len, district->lists->len, district->title, config->domain,
          config->relay[0], config->file);
  g_autoptr(address_book_t) book = addresses_from_file(config->addresses, config, NULL);
  g_autofree char *admin = book ? forward_admin_address(config, book, NULL, clock_now()) : NULL;
  if (book && !admin)
    fprintf(stderr,
            "kiezpost: Beware: the admin's address %s is one of kiezpost itself, so mail to postmaster@ and "
            "abuse@ will be held. Set admin in %s to an address that somebody reads elsewhere.\n",
            config->admin, config->file);
  if (geteuid() == 0)
    fprintf(
        stderr,
        "kiezpost: All of it belongs to root, which will do for trying out. For a server begin with an empty "
        "directory of a user of its own: install -d -o USER -g GROUP -m 750 DIR.\n");
}

/* Everything between knowing what is wanted and giving the configuration its name. */
static bool make_all(const struct config *config, const struct district *district, const char *text,
                     GError **error)
{
  g_autofree char *unfinished = g_strconcat(config->file, ".unfinished", NULL);
  return is_free(config, unfinished, error) && durable_make_directories(config->directory, 0750, error) &&
         sandbox_become_owner_of(config->directory, error) &&
         durable_replace(unfinished, text, strlen(text), 0640, error) && make_directories(config, error) &&
         make_files(config, error) && seed(config, district, error) && finish(config, unfinished, error);
}

static bool init(const struct wishes *wishes, const char *directory, GError **error)
{
  g_autofree char *file = g_build_filename(directory, "kiezpost.conf", NULL);
  g_autofree char *first = compose(wishes, NULL, error);
  if (!first) return false;
  g_autoptr(config_t) trial = config_parse(file, first, error); /* checks the values; names the district */
  if (!trial) return false;
  g_autoptr(district_t) district = district_load(trial, trial->district, error);
  if (!district) return false;
  g_autofree char *text = compose(wishes, district->title, error);
  g_autoptr(config_t) config = config_parse(file, text, error);
  if (!config || !make_all(config, district, text, error)) return false;
  say_what_was_made(config, district);
  return true;
}

int verb_init(struct command *command, GError **error)
{
  struct wishes wishes = { 0 };
  bool is_done = read_wishes(command, &wishes, error) && init(&wishes, command->arguments[0], error);
  g_free(wishes.domain);
  g_free(wishes.district);
  g_free(wishes.admin);
  return is_done ? EX_OK : -1;
}
