/* kiezpost gazetteer: the district's regions, streets and places. `import` takes open data, each file by its
 * content and each kind as a whole; while it writes, mails are read with what was there before. `find` says
 * what a text may mean, so that an operator sees what kiezpost would make of an address. */
#include "mta-hooks/verb.h"

#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include "lib/base/clock.h"
#include "lib/base/wake.h"
#include "lib/text/json_out.h"
#include "lists/places/gazetteer.h"
#include "lists/places/gazetteer_files.h"

static const char *const kind_words[] = { "regions", "parts of streets", "places" };
_Static_assert(G_N_ELEMENTS(kind_words) == GAZETTEER_KINDS, "a word a kind");

/* ---- import ---- */

/* Which files hold which kind; two of one kind would replace each other. */
static bool sort_files(char **files, const char *of_kind[GAZETTEER_KINDS], GError **error)
{
  for (; *files; files++) {
    enum gazetteer_kind kind;
    if (!gazetteer_file_kind(*files, &kind, error)) return false;
    if (of_kind[kind])
      return fault_set(error, FAULT_USAGE, "%s and %s both hold %s; put them into one file.", of_kind[kind],
                       *files, kind_words[kind]);
    of_kind[kind] = *files;
  }
  return true;
}

static int import(struct command *command, GError **error)
{
  if (!command_parse(command, NULL, error)) return -1;
  if (command->argument_count < 2) return command_refuse(command, error), -1;
  const char *files[GAZETTEER_KINDS] = { NULL };
  if (!sort_files(command->arguments + 1, files, error)) return -1;
  g_autoptr(store_t) store = store_open(command->config->store, STORE_WRITE, error);
  for (int kind = 0; kind < GAZETTEER_KINDS; kind++) {
    int64_t count = 0;
    if (!store) return -1;
    if (!files[kind]) continue;
    if (!gazetteer_file_import(files[kind], (enum gazetteer_kind)kind, store, clock_now(), &count, error))
      return -1;
    fprintf(stderr, "%" G_GINT64_FORMAT " %s from %s.\n", count, kind_words[kind], files[kind]);
  }
  wake_send(command->config->run, "work");
  return EX_OK;
}

/* ---- find ---- */

static void print_answers(const struct gazetteer_answer *answers, guint count)
{
  for (guint i = 0; i < count; i++) {
    const struct gazetteer_answer *it = &answers[i];
    g_autofree char *house = it->house ? g_strdup_printf(" %d", it->house) : g_strdup("");
    printf("%3d  %s%s\t%s\t%.5f, %.5f\t%s\n", it->score, it->name, house, it->region ? it->region : "-",
           it->lat, it->lon, place_precision_word(it->precision));
  }
}

static void print_answers_json(const struct gazetteer_answer *answers, guint count)
{
  g_autoptr(json_out_t) json = json_out_new();
  json_begin_array(json, NULL);
  for (guint i = 0; i < count; i++) {
    const struct gazetteer_answer *it = &answers[i];
    json_begin_object(json, NULL);
    json_put_text(json, "name", it->name);
    if (it->house) json_put_number(json, "house", it->house);
    json_put_text(json, "region", it->region);
    json_put_real(json, "lat", it->lat);
    json_put_real(json, "lon", it->lon);
    json_put_text(json, "precision", place_precision_word(it->precision));
    json_put_number(json, "score", it->score);
    json_end_object(json);
  }
  json_end_array(json);
  json_out_print(json);
}

static int find(struct command *command, GError **error)
{
  if (!command_parse(command, NULL, error)) return -1;
  if (command->argument_count < 2) return command_refuse(command, error), -1;
  g_autoptr(store_t) store = store_open(command->config->store, STORE_READ, error);
  g_autoptr(gazetteer_t) gazetteer = store ? gazetteer_load(store, command->config, error) : NULL;
  if (!gazetteer) return -1;
  g_autofree char *text = g_strjoinv(" ", command->arguments + 1);
  struct gazetteer_answer answers[GAZETTEER_ANSWERS];
  guint count = gazetteer_find(gazetteer, text, answers);
  if (command->json)
    print_answers_json(answers, count);
  else if (count)
    print_answers(answers, count);
  else
    fprintf(stderr, "The gazetteer knows nothing like \"%s\".\n", text);
  return EX_OK;
}

int verb_gazetteer(struct command *command, GError **error)
{
  const char *what = command->argument_count > 0 ? command->arguments[0] : "";
  if (strcmp(what, "import") == 0) return import(command, error);
  if (strcmp(what, "find") == 0) return find(command, error);
  command_refuse(command, error);
  return -1;
}
