/* kiezpost office: the offices that answer cases. `set` makes one or changes what its options say; who
 * answers as an office speaks for the municipality, so its addresses are looked at closely
 * (lists/offices/rules.c). */
#include "mta-hooks/verb.h"

#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include "lib/base/clock.h"
#include "lib/base/fault.h"
#include "lib/base/wake.h"
#include "lib/mail/read.h"
#include "lists/offices/offices.h"
#include "mta-hooks/office/wishes.h"
#include "mta-hooks/show/show.h"

/* The office of a sign; a new one, without name, where there is none. NULL on error. */
static struct office *find_or_new(struct store *store, const char *sign, GError **error)
{
  GError *failed = NULL;
  struct office *office = office_by_sign(store, sign, &failed);
  if (fault_hand_on(failed, error)) return NULL;
  if (office) return office;
  office = office_new();
  g_free(office->sign);
  office->sign = g_strdup(sign);
  return office;
}

static void say_what_it_means(const struct office *office, const struct config *config)
{
  fprintf(stderr, "kiezpost: %s, %s, has %d working days to answer.\n", office->sign, office->name,
          office->days);
  if (office->is_by_hand)
    fprintf(stderr, "kiezpost: Its letters go to %s, to be passed on by hand.\n", config->admin);
  else if (!office_main_address(office))
    fprintf(stderr, "kiezpost: It has no address; until --address names one, its letters go to %s.\n",
            config->admin);
  if (office->duties->len == 0 && !office->is_coordinator)
    fprintf(stderr, "kiezpost: It has no --topic, so it gets only what names it.\n");
}

static bool put(struct command *command, struct store *store, const struct office_wishes *wishes,
                struct office **out, GError **error)
{
  g_autoptr(office_t) office = find_or_new(store, command->arguments[1], error);
  if (!office) return false;
  if (!office->id && !wishes->name)
    return fault_set(error, FAULT_USAGE, "There is no office \"%s\" yet: a new one needs a --name.",
                     office->sign);
  if (!office_wishes_apply(wishes, store, office, error) ||
      !office_check(command->config, store, office, error) || !office_put(store, office, clock_now(), error))
    return false;
  *out = g_steal_pointer(&office);
  return true;
}

static int finish(struct command *command, struct store *store, bool is_done, GError **error)
{
  if (is_done && store_commit(store, error)) {
    wake_send(command->config->run, "work");
    wake_send(command->config->run, "publish");
    return EX_OK;
  }
  store_rollback(store);
  return -1;
}

static int set(struct command *command, struct store *store, GError **error)
{
  g_auto(office_wishes_t) wishes = { 0 };
  if (!office_wishes_parse(command, &wishes, error)) return -1;
  if (command->argument_count != 2) return command_refuse(command, error), -1;
  if (!store_begin(store, error)) return -1;
  g_autoptr(office_t) office = NULL;
  int status = finish(command, store, put(command, store, &wishes, &office, error), error);
  if (status == EX_OK) say_what_it_means(office, command->config);
  return status;
}

static bool take_away(struct command *command, struct store *store, struct office **out, GError **error)
{
  g_autoptr(GError) failed = NULL;
  g_autoptr(office_t) office = office_by_sign(store, command->arguments[1], &failed);
  if (!office && !failed)
    fault_set(&failed, FAULT_NO_ADDRESS, "There is no office \"%s\"; `kiezpost office list` names them.",
              command->arguments[1]);
  if (failed) g_propagate_error(error, g_steal_pointer(&failed));
  if (!office || !office_remove(store, office->id, clock_now(), error)) return false;
  *out = g_steal_pointer(&office);
  return true;
}

static int drop(struct command *command, struct store *store, GError **error)
{
  if (!command_parse(command, NULL, error)) return -1;
  if (command->argument_count != 2) return command_refuse(command, error), -1;
  if (!store_begin(store, error)) return -1;
  g_autoptr(office_t) office = NULL;
  int status = finish(command, store, take_away(command, store, &office, error), error);
  if (status != EX_OK) return status;
  fprintf(stderr,
          "kiezpost: %s gets no more cases; its open ones go to the coordinator, and what it "
          "answered stays under its name.\n",
          office->sign);
  if (office->is_coordinator)
    fprintf(stderr,
            "kiezpost: It was the coordinator: name another one (office set SIGN --coordinator on).\n");
  return EX_OK;
}

static int list(struct command *command, struct store *store, GError **error)
{
  if (!command_parse(command, NULL, error)) return -1;
  if (command->argument_count != 1) return command_refuse(command, error), -1;
  return show_what(command, store, "offices", NULL, error) ? EX_OK : -1;
}

static const struct {
  const char *what;
  int (*run)(struct command *command, struct store *store, GError **error);
} forms[] = { { "set", set }, { "remove", drop }, { "list", list } };

int verb_office(struct command *command, GError **error)
{
  if (!mail_init(command->config, error)) return -1; /* topics are words of the tables */
  g_autoptr(store_t) store = store_open(command->config->store, STORE_WRITE, error);
  if (!store) return -1;
  for (gsize i = 0; command->argument_count > 0 && i < G_N_ELEMENTS(forms); i++)
    if (strcmp(forms[i].what, command->arguments[0]) == 0) return forms[i].run(command, store, error);
  command_refuse(command, error);
  return -1;
}
