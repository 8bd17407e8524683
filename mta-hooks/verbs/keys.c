/* kiezpost keys: which secrets sign addresses and which only verify; never the secrets themselves. Rotating
 * makes a new one sign; running processes notice the new file by themselves. */
#include "lib/base/clock.h"
#include "lib/text/json_out.h"
#include "mta-hooks/verb.h"

#include <stdio.h>
#include <string.h>
#include <sysexits.h>

static void print_key(const char *kind, unsigned number, int64_t since, bool is_active, bool signs,
                      void *data)
{
  struct json_out *json = data;
  g_autofree char *moment = clock_format_utc(since);
  const char *state = signs ? "signs" : is_active ? "active" : "retired, still verifies";
  if (!json) {
    printf("%-5s %2u  since %.10s  %s\n", kind, number, moment, state);
    return;
  }
  json_begin_object(json, NULL);
  json_put_text(json, "kind", kind);
  json_put_number(json, "number", number);
  json_put_text(json, "since", moment);
  json_put_text(json, "state", is_active ? "active" : "retired");
  json_put_flag(json, "signs", signs);
  json_end_object(json);
}

static int show(struct command *command, GError **error)
{
  g_autoptr(keys_t) keys = keys_load(command->config->keys, error);
  if (!keys) return -1;
  g_autoptr(json_out_t) json = command->json ? json_out_new() : NULL;
  if (json) json_begin_array(json, NULL);
  keys_describe(keys, print_key, json);
  if (json) {
    json_end_array(json);
    json_out_print(json);
  }
  return EX_OK;
}

static int rotate(struct command *command, GError **error)
{
  if (!keys_rotate(command->config->keys, clock_now(), error)) return -1;
  fprintf(stderr, "kiezpost: a new key signs from now on; answers to older letters are still understood.\n");
  return EX_OK;
}

int verb_keys(struct command *command, GError **error)
{
  const char *what = command->argument_count == 0 ? "show" : command->arguments[0];
  if (command->argument_count <= 1 && strcmp(what, "show") == 0) return show(command, error);
  if (command->argument_count <= 1 && strcmp(what, "rotate") == 0) return rotate(command, error);
  command_refuse(command, error);
  return -1;
}
