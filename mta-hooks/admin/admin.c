/* kiezpost admin: further admins, beside the one of the configuration, who may do by mail what that one may.
 * The operator vouches for the address; nobody is written to. The last admin there is stays. */
#include "mta-hooks/verb.h"

#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include "lib/base/clock.h"
#include "lib/mail/address.h"
#include "lib/store/people/admins.h"
#include "lists/addresses.h"
#include "lists/forward.h"

static bool is_ours(struct command *command, struct store *store, const char *address, bool *is,
                    GError **error)
{
  g_autoptr(address_book_t) book = addresses_from_store(store, command->config, error);
  *is = book && addresses_look_up(book, NULL, address, 0).meaning != ADDRESS_UNKNOWN;
  return book != NULL;
}

static bool add(struct command *command, struct store *store, const char *address, GError **error)
{
  bool is = false;
  if (!is_ours(command, store, address, &is, error)) return false;
  if (is)
    return fault_set(error, FAULT_INPUT, "%s is an address of kiezpost itself; admins are people.", address);
  return admin_put(store, address, clock_now(), error);
}

/* Is anybody left when this one is gone? */
static bool is_last(struct command *command, struct store *store, bool *is, GError **error)
{
  g_autoptr(address_book_t) book = addresses_from_store(store, command->config, error);
  g_autoptr(GPtrArray) admins = book ? admins_all(store, error) : NULL;
  if (!admins) return false;
  g_autofree char *first = forward_admin_address(command->config, book, NULL, clock_now());
  *is = !first && admins->len == 1;
  return true;
}

static bool drop(struct command *command, struct store *store, const char *address, GError **error)
{
  bool was = false, is_only = false;
  if (!is_last(command, store, &is_only, error) || !admin_remove(store, address, &was, error)) return false;
  if (!was)
    return fault_set(error, FAULT_NO_ADDRESS,
                     "%s is no further admin; the one of the configuration is changed there.", address);
  return !is_only || fault_set(error, FAULT_INPUT, "%s is the last admin there is, and stays.", address);
}

static const struct {
  const char *what;
  bool (*run)(struct command *command, struct store *store, const char *address, GError **error);
} forms[] = { { "add", add }, { "remove", drop } };

/* The form's work in a transaction of its own. */
static bool run(struct command *command, struct store *store, gsize form, GError **error)
{
  g_autofree char *address = address_normalise(command->arguments[1]);
  if (!address) return fault_set(error, FAULT_INPUT, "\"%s\" is no e-mail address.", command->arguments[1]);
  if (!store_begin(store, error)) return false;
  if (forms[form].run(command, store, address, error) && store_commit(store, error)) return true;
  store_rollback(store);
  return false;
}

int verb_admin(struct command *command, GError **error)
{
  if (!command_parse(command, NULL, error)) return -1;
  for (gsize i = 0; command->argument_count == 2 && i < G_N_ELEMENTS(forms); i++) {
    if (strcmp(forms[i].what, command->arguments[0]) != 0) continue;
    g_autoptr(store_t) store = store_open(command->config->store, STORE_WRITE, error);
    return store && run(command, store, i, error) ? EX_OK : -1;
  }
  command_refuse(command, error);
  return -1;
}
