/* kiezpost explain: how a mail is understood, as JSON. The same code as in the running service reads and
 * routes; nothing is changed, sent or looked up over the network. Without a store the shipped district's
 * lists count, with one it is opened for reading.
 *
 * --to says where the mail came to. --context says which mail of ours it answers, as if it had come to the
 * signed address of that mail. --parent names the mail that is answered; it is read, and its text counts once
 * quotes are cut by comparison. */
#include "mta-hooks/explain/explain.h"

#include "lib/base/clock.h"
#include "lib/base/sandbox.h"
#include "lib/mail/address.h"
#include "lib/mail/read.h"
#include "lib/store/store.h"
#include "lists/places/gazetteer.h"
#include "lists/places/list_regions.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

/* What the command line asked for. */
struct wishes {
  char *to, *from, *context, *parent;
  char *parent_text, *parent_whole;
  gboolean json_lines;
};

/* All bytes that can be read, to the end; what they are called is for the sentence. */
static GBytes *read_all(int file, const char *name, GError **error)
{
  GByteArray *bytes = g_byte_array_new();
  guint8 piece[16 * 1024];
  for (;;) {
    ssize_t got = read(file, piece, sizeof piece);
    if (got == 0) break;
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) {
      fault_set_errno(error, FAULT_INPUT, errno, "%s cannot be read", name);
      g_byte_array_unref(bytes);
      return NULL;
    }
    g_byte_array_append(bytes, piece, (guint)got);
  }
  return g_byte_array_free_to_bytes(bytes);
}

/* All bytes of a file, or of standard input for "-". What cannot be mapped (a pipe) is read. */
static GBytes *read_file(const char *path, GError **error)
{
  if (strcmp(path, "-") == 0) return read_all(STDIN_FILENO, "Standard input", error);
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) {
    fault_set_errno(error, FAULT_INPUT, errno, "%s cannot be read", path);
    return NULL;
  }
  g_autoptr(GMappedFile) mapped = g_mapped_file_new_from_fd(file, FALSE, NULL);
  gsize size = mapped ? g_mapped_file_get_length(mapped) : 0;
  GBytes *bytes = size > 0 ? g_mapped_file_get_bytes(mapped) : read_all(file, path, error);
  close(file);
  return bytes;
}

/* The lists, their regions and the places that count: of the store where there is one, else of the shipped
 * district. */
static bool open_house(const struct config *config, struct explanation *explanation, GError **error)
{
  g_autofree char *file = g_build_filename(config->store, "kiezpost.db", NULL);
  bool has_store = g_file_test(file, G_FILE_TEST_EXISTS);
  struct store *store = has_store ? store_open(config->store, STORE_READ, error) : NULL;
  if (has_store && !store) return false;
  explanation->store = store;
  explanation->book =
      store ? addresses_from_store(store, config, error) : addresses_from_district(config, error);
  if (!explanation->book) return false;
  explanation->list_regions = list_regions_load(store, config, NULL); /* without them no list has a region */
  explanation->gazetteer = gazetteer_load(store, config, error);
  return explanation->gazetteer != NULL;
}

/* Takes apart the command line; the district's configuration is needed, keys are not. Root first becomes the
 * store's owner, as with every verb that opens it: foreign bytes are read next. */
static bool prepare(struct command *command, struct wishes *wishes, struct explanation *explanation,
                    GError **error)
{
  const GOptionEntry entries[] = {
    { "to", 0, 0, G_OPTION_ARG_STRING, &wishes->to, NULL, NULL },
    { "from", 0, 0, G_OPTION_ARG_STRING, &wishes->from, NULL, NULL },
    { "context", 0, 0, G_OPTION_ARG_STRING, &wishes->context, NULL, NULL },
    { "parent", 0, 0, G_OPTION_ARG_STRING, &wishes->parent, NULL, NULL },
    { "json-lines", 0, 0, G_OPTION_ARG_NONE, &wishes->json_lines, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  if (!command_parse(command, entries, error)) return false;
  if (!wishes->to)
    return fault_set(error, FAULT_USAGE, "explain needs --to ADDRESS: where the mail came to.");
  if (command->argument_count > 1 && !wishes->json_lines)
    return fault_set(error, FAULT_USAGE, "explain takes one FILE; for several there is --json-lines.");
  enum context context = wishes->context ? context_of_word(wishes->context) : CONTEXT_NONE;
  if (context == CONTEXT_COUNT)
    return fault_set(error, FAULT_USAGE, "There is no --context \"%s\"; the manual page lists them.",
                     wishes->context);
  explanation->context = context;
  command->config = config_load(command->config_path, error);
  if (!command->config) return false;
  explanation->config = command->config;
  if (g_file_test(command->config->store, G_FILE_TEST_IS_DIR) &&
      !sandbox_become_owner_of(command->config->store, error))
    return false;
  explanation->pictures = pictures_start(NULL); /* without it photos say nothing */
  explanation->keys = keys_load(command->config->keys, NULL);
  return open_house(command->config, explanation, error);
}

/* The envelope sender: as given, "" for <>; else the From address, which only the mail knows. */
static char *envelope_sender(const char *given, const void *bytes, gsize size)
{
  if (given && (strcmp(given, "<>") == 0 || !*given)) return g_strdup("");
  if (given) return address_normalise(given);
  g_autoptr(mail_t) mail = mail_read(bytes, size, &(struct mail_reading){ 0 });
  g_autofree char *from = address_normalise(mail->from.address);
  return g_strdup(from ? from : "unknown@invalid");
}

/* One mail to one JSON text. NULL on error (FAULT_INPUT: no mail at all). */
static char *explain_file(const struct wishes *wishes, const struct explanation *explanation,
                          const char *path, bool is_pretty, GError **error)
{
  gsize size = 0;
  g_autoptr(GBytes) raw = read_file(path, error);
  const void *bytes = raw ? g_bytes_get_data(raw, &size) : NULL;
  if (!raw) return NULL;
  if (!bytes || !mail_is_mail(bytes, size)) {
    fault_set(error, FAULT_INPUT, "%s is no mail: it does not begin with header fields.",
              strcmp(path, "-") == 0 ? "Standard input" : path);
    return NULL;
  }
  const struct config *config = explanation->config;
  g_autofree char *sender = envelope_sender(wishes->from, bytes, size);
  struct mail_reading reading = { .domain = config->domain,
                                  .authserv_id = config->authserv_id,
                                  .trusted_forwarders = (const char *const *)config->trusted_forwarders,
                                  .network_header = config->network_header,
                                  .spam_header = config->spam_header,
                                  .received_above_results = config->received_above_results,
                                  .parent_text = wishes->parent_text,
                                  .parent_whole = wishes->parent_whole,
                                  .envelope_sender = sender ? sender : "unknown@invalid" };
  g_autoptr(mail_t) mail = mail_read(bytes, size, &reading);
  pictures_locate(explanation->pictures, bytes, size, mail);
  return explain_mail(explanation, mail, wishes->to, is_pretty);
}

/* The own words of the mail that is answered and all of it, as lists/parent.c compares with. */
static bool read_parent(struct wishes *wishes, GError **error)
{
  gsize size = 0;
  const char *path = wishes->parent;
  if (!path) return true;
  g_autoptr(GBytes) raw = read_file(path, error);
  const void *bytes = raw ? g_bytes_get_data(raw, &size) : NULL;
  if (!raw) return false;
  if (!bytes || !mail_is_mail(bytes, size))
    return fault_set(error, FAULT_INPUT, "%s, the parent, is no mail: it does not begin with header fields.",
                     path);
  g_autoptr(mail_t) mail = mail_read(bytes, size, &(struct mail_reading){ .without_language = true });
  wishes->parent_text = g_strdup(mail->text_new);
  wishes->parent_whole = g_strdup(mail->text);
  return true;
}

/* All files of the command line; with --json-lines a bad one does not keep the others from being read. */
static int explain_all(struct command *command, const struct wishes *wishes,
                       const struct explanation *explanation, GError **error)
{
  static const char *const standard_input[] = { "-", NULL };
  const char *const *files =
      command->argument_count ? (const char *const *)command->arguments : standard_input;
  int status = EX_OK;
  for (; *files; files++) {
    g_autoptr(GError) fault = NULL;
    g_autofree char *text = explain_file(wishes, explanation, *files, !wishes->json_lines, &fault);
    if (text) {
      puts(text);
    } else if (wishes->json_lines) {
      fprintf(stderr, "kiezpost: %s\n", fault->message);
      status = fault_exit_status(fault);
    } else {
      g_propagate_error(error, g_steal_pointer(&fault));
      return -1;
    }
  }
  return status;
}

int verb_explain(struct command *command, GError **error)
{
  struct wishes wishes = { 0 };
  struct explanation explanation = { 0 };
  bool is_ready = prepare(command, &wishes, &explanation, error) && mail_init(explanation.config, error) &&
                  read_parent(&wishes, error);
  if (is_ready) explanation.now = command->now ? clock_now() : 0;
  int status = is_ready ? explain_all(command, &wishes, &explanation, error) : -1;
  if (explanation.list_regions) g_hash_table_unref(explanation.list_regions);
  gazetteer_free(explanation.gazetteer);
  store_close(explanation.store);
  addresses_free(explanation.book);
  keys_free(explanation.keys);
  pictures_stop(explanation.pictures);
  g_free(wishes.to);
  g_free(wishes.from);
  g_free(wishes.context);
  g_free(wishes.parent);
  g_free(wishes.parent_text);
  g_free(wishes.parent_whole);
  return status;
}
