/* kiezpost config: what is in force, where it comes from and what it is for; a line a setting. */
#include "lib/text/json_out.h"
#include "mta-hooks/verb.h"

#include <stdio.h>
#include <string.h>
#include <sysexits.h>

struct printing {
  const char *group;     /* NULL: all */
  struct json_out *json; /* NULL: lines */
  int count;
};

static void print_setting(const char *group, const char *key, const char *value, const char *from,
                          const char *about, void *data)
{
  struct printing *printing = data;
  if (printing->group && strcmp(printing->group, group) != 0) return;
  printing->count++;
  if (!printing->json) {
    printf("[%s] %s = %s  (%s; %s)\n", group, key, value, from, about);
    return;
  }
  json_begin_object(printing->json, NULL);
  json_put_text(printing->json, "group", group);
  json_put_text(printing->json, "key", key);
  json_put_text(printing->json, "value", value);
  json_put_text(printing->json, "from", from);
  json_put_text(printing->json, "about", about);
  json_end_object(printing->json);
}

int verb_config(struct command *command, GError **error)
{
  if (command->argument_count > 1) {
    command_refuse(command, error);
    return -1;
  }
  g_autoptr(json_out_t) json = command->json ? json_out_new() : NULL;
  struct printing printing = { .group = command->arguments[0], .json = json };
  if (json) json_begin_array(json, NULL);
  config_describe(command->config, print_setting, &printing);
  if (json) json_end_array(json);
  if (printing.count == 0) {
    fault_set(error, FAULT_USAGE, "there is no group [%s] in %s; kiezpost config lists all", printing.group,
              command->config->file);
    return -1;
  }
  if (json) json_out_print(json);
  return EX_OK;
}
