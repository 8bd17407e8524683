/* kiezpost event: what an operator does with events when nobody else can: look, take the table of who comes,
 * call one off. Everything else its organisers do by mail. */
#include "mta-hooks/verb.h"

#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include "lib/base/clock.h"
#include "lib/base/fault.h"
#include "lib/base/wake.h"
#include "lib/store/events/events.h"
#include "lib/text/csv.h"
#include "mta-hooks/show/show.h"

enum { ROWS_AT_ONCE = 500 };

static int list(struct command *command, GError **error)
{
  if (command->argument_count > 2) return command_refuse(command, error), -1;
  g_autoptr(store_t) store = store_open(command->config->store, STORE_READ, error);
  return store && show_what(command, store, "events", command->arguments[1], error) ? EX_OK : -1;
}

static int show(struct command *command, GError **error)
{
  if (command->argument_count != 2) return command_refuse(command, error), -1;
  g_autoptr(store_t) store = store_open(command->config->store, STORE_READ, error);
  return store && show_what(command, store, "event", command->arguments[1], error) ? EX_OK : -1;
}

/* ---- the table of who comes ---- */

static bool put_row(struct store *store, const struct rsvp *rsvp, GString *out, GError **error)
{
  GError *failed = NULL;
  g_autoptr(event_party_t) party = event_party_get(store, rsvp->party, &failed);
  if (fault_hand_on(failed, error) || !party) return failed == NULL;
  g_autofree char *people = g_strdup_printf("%d", rsvp->people), *at = clock_format_utc(rsvp->at);
  const char *cells[] = { *party->address == '#' ? "" : party->address,
                          party->name,
                          rsvp->answer,
                          people,
                          rsvp->comment,
                          rsvp->source,
                          at,
                          rsvp->original,
                          rsvp->place ? "yes" : "" };
  for (gsize i = 0; i < G_N_ELEMENTS(cells); i++) {
    if (i) g_string_append_c(out, ',');
    csv_put_cell(out, cells[i]);
  }
  g_string_append(out, "\r\n");
  return true;
}

static bool put_rows(struct store *store, int64_t event, const char *original, GString *out, GError **error)
{
  for (int64_t after = 0;;) {
    g_autoptr(GPtrArray) page = rsvps_of_event(store, event, original, after, ROWS_AT_ONCE, error);
    if (!page) return false;
    for (guint i = 0; i < page->len; i++) {
      const struct rsvp *rsvp = page->pdata[i];
      after = rsvp->party;
      if (!put_row(store, rsvp, out, error)) return false;
    }
    if (page->len < ROWS_AT_ONCE) return true;
  }
}

static int csv(struct command *command, GError **error)
{
  if (command->argument_count != 2) return command_refuse(command, error), -1;
  g_autoptr(store_t) store = store_open(command->config->store, STORE_READ, error);
  g_autoptr(event_t) it = store ? show_find_event(store, command->arguments[1], error) : NULL;
  if (!it) return -1;
  g_autoptr(GString) out = g_string_new("address,name,answer,people,comment,source,at,date,waiting\r\n");
  for (g_autofree char *original = g_strdup("");;) {
    if (!put_rows(store, it->id, original, out, error)) return -1;
    g_autofree char *next = rsvp_date_after(store, it->id, original, error);
    if (!next) return -1;
    if (!*next) break;
    g_free(original);
    original = g_steal_pointer(&next);
  }
  fputs(out->str, stdout);
  return EX_OK;
}

/* ---- calling off ---- */

/* Calls it off: whoever was told of it is told, by the worker. *was_draft: nobody was. */
static bool call_off(struct store *store, const char *text, bool *was_draft, GError **error)
{
  g_autoptr(event_t) it = show_find_event(store, text, error);
  if (!it) return false;
  if (strcmp(it->state, "cancelled") == 0 || strcmp(it->state, "over") == 0)
    return fault_set(error, FAULT_INPUT, "The event %d/%d is %s already.", it->year, it->number, it->state);
  *was_draft = strcmp(it->state, "draft") == 0;
  g_free(it->state);
  it->state = g_strdup("cancelled");
  it->stamp = clock_now();
  it->next_at = 0;
  it->next_tick = *was_draft ? 0 : it->stamp;
  if (!*was_draft) it->sequence++;
  return event_put(store, it, error);
}

static int cancel(struct command *command, GError **error)
{
  if (command->argument_count != 2) return command_refuse(command, error), -1;
  g_autoptr(store_t) store = store_open(command->config->store, STORE_WRITE, error);
  bool was_draft = false;
  if (!store || !store_begin(store, error)) return -1;
  if (!call_off(store, command->arguments[1], &was_draft, error) || !store_commit(store, error)) {
    store_rollback(store);
    return -1;
  }
  wake_send(command->config->run, "work");
  wake_send(command->config->run, "publish");
  fputs(was_draft ? "kiezpost: It was a draft that nobody had been told of.\n"
                  : "kiezpost: It is called off; everybody who was invited gets a letter that says so.\n",
        stderr);
  return EX_OK;
}

static const struct {
  const char *name;
  int (*run)(struct command *command, GError **error);
} actions[] = { { "list", list }, { "show", show }, { "csv", csv }, { "cancel", cancel } };

int verb_event(struct command *command, GError **error)
{
  if (!command_parse(command, NULL, error)) return -1;
  for (gsize i = 0; command->argument_count > 0 && i < G_N_ELEMENTS(actions); i++)
    if (strcmp(command->arguments[0], actions[i].name) == 0) return actions[i].run(command, error);
  command_refuse(command, error);
  return -1;
}
