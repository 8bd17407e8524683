/* kiezpost member: the operator adds, changes and removes members. The operator vouches for the address, so
 * it counts as confirmed. `member add LIST --file FILE` takes many, one a line: an address, then the name;
 * whoever is a member already keeps what was chosen. */
#include "mta-hooks/verb.h"
#include "mta-hooks/verbs/list_named.h"

#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include "lib/base/clock.h"
#include "lib/mail/address.h"
#include "lib/store/directory.h"
#include "lib/store/people/people.h"
#include "lists/addresses.h"

enum { NAME_BYTES_MAX = 200, FILE_BATCH = 100 };

/* What the options of `add` and `set` say; NULL: not said. */
struct wishes {
  char *name, *delivery, *file, *state, *own_copy;
  char **roles;
};

static void wishes_clear(struct wishes *wishes)
{
  g_free(wishes->name);
  g_free(wishes->delivery);
  g_free(wishes->file);
  g_free(wishes->state);
  g_free(wishes->own_copy);
  g_strfreev(wishes->roles);
}

static bool check_word(const char *what, const char *word, const char *const *words, GError **error)
{
  if (word == NULL || g_strv_contains(words, word)) return true;
  g_autofree char *all = g_strjoinv(", ", (char **)words);
  return fault_set(error, FAULT_USAGE, "%s \"%s\" is unknown; there is %s.", what, word, all);
}

static bool parse_wishes(struct command *command, struct wishes *wishes, GError **error)
{
  const GOptionEntry entries[] = {
    { "name", 0, 0, G_OPTION_ARG_STRING, &wishes->name, "as members see it", "NAME" },
    { "role", 0, 0, G_OPTION_ARG_STRING_ARRAY, &wishes->roles,
      "member, moderator, keeper, kiezpate, mediator", "ROLE" },
    { "delivery", 0, 0, G_OPTION_ARG_STRING, &wishes->delivery, "each, daily, weekly, own, none", "HOW" },
    { "state", 0, 0, G_OPTION_ARG_STRING, &wishes->state, "active or paused", "STATE" },
    { "own-copy", 0, 0, G_OPTION_ARG_STRING, &wishes->own_copy, "on, off, or list: as the list says",
      "WHETHER" },
    { "file", 0, 0, G_OPTION_ARG_FILENAME, &wishes->file, "many: an address and a name a line", "FILE" },
    G_OPTION_ENTRY_NULL,
  };
  static const char *const deliveries[] = { "each", "daily", "weekly", "own", "none", NULL };
  static const char *const states[] = { "active", "paused", NULL };
  static const char *const roles[] = { "member", "moderator", "keeper", "kiezpate", "mediator", NULL };
  static const char *const copies[] = { "on", "off", "list", NULL };
  if (!command_parse(command, entries, error)) return false;
  for (char **role = wishes->roles; role != NULL && *role != NULL; role++)
    if (!check_word("The role", *role, roles, error)) return false;
  if (wishes->name != NULL && strlen(wishes->name) > NAME_BYTES_MAX)
    return fault_set(error, FAULT_USAGE, "A name has at most %d bytes.", NAME_BYTES_MAX);
  if (!command_check_line("A name", wishes->name, error)) return false;
  return check_word("The delivery", wishes->delivery, deliveries, error) &&
         check_word("The state", wishes->state, states, error) &&
         check_word("own-copy", wishes->own_copy, copies, error);
}

/* "member" always, then what was asked for, each once. Caller frees. */
static char *join_roles(char **roles)
{
  g_autoptr(GPtrArray) words = g_ptr_array_new();
  g_ptr_array_add(words, (char *)"member");
  for (char **role = roles; role != NULL && *role != NULL; role++)
    if (!g_ptr_array_find_with_equal_func(words, *role, g_str_equal, NULL)) g_ptr_array_add(words, *role);
  g_ptr_array_add(words, NULL);
  return g_strjoinv(",", (char **)words->pdata);
}

/* Puts what was wished into a membership. */
static void apply(const struct wishes *wishes, struct member *member)
{
  if (wishes->name != NULL) {
    g_free(member->name);
    member->name = g_strdup(wishes->name);
  }
  if (wishes->roles != NULL) {
    g_free(member->roles);
    member->roles = join_roles(wishes->roles);
  }
  if (wishes->delivery != NULL) {
    g_free(member->delivery);
    member->delivery = g_strdup(wishes->delivery);
  }
  if (wishes->state != NULL) {
    g_free(member->state);
    member->state = g_strdup(wishes->state);
  }
  if (wishes->own_copy != NULL)
    member->own_copy = strcmp(wishes->own_copy, "on") == 0    ? 1
                       : strcmp(wishes->own_copy, "off") == 0 ? 0
                                                              : -1;
}

static struct member *new_member(int64_t list, int64_t person, const char *address, const char *name)
{
  struct member *member = g_new0(struct member, 1);
  member->list = list;
  member->person = person;
  member->address = g_strdup(address);
  member->name = g_strdup(name != NULL ? name : "");
  member->roles = g_strdup("member");
  member->delivery = g_strdup("each");
  member->state = g_strdup("active");
  member->own_copy = -1;
  member->since = member->confirmed = clock_now();
  return member;
}

static char *read_address(const char *text, GError **error)
{
  char *address = address_normalise(text);
  if (address == NULL) fault_set(error, FAULT_INPUT, "\"%s\" is no e-mail address.", text);
  return address;
}

/* A list that is a member of another one, or of itself, would get its own mails back. */
static bool is_ours(const struct address_book *book, const char *address)
{
  return addresses_look_up(book, NULL, address, 0).meaning != ADDRESS_UNKNOWN;
}

static bool check_is_not_ours(const struct address_book *book, const char *address, GError **error)
{
  return !is_ours(book, address) ||
         fault_set(error, FAULT_INPUT, "%s is an address of kiezpost itself; members are people.", address);
}

/* The membership of an address now; NULL without error: none. */
static struct member *find_member(struct store *store, int64_t list, const char *address, int64_t *person,
                                  GError **error)
{
  GError *failed = NULL;
  *person = person_find(store, address, &failed);
  struct member *member = *person != 0 && failed == NULL ? member_find(store, list, *person, &failed) : NULL;
  if (failed != NULL) g_propagate_error(error, failed);
  return member;
}

static bool put(struct store *store, const struct list *list, const char *address,
                const struct wishes *wishes, bool is_set, GError **error)
{
  GError *failed = NULL;
  int64_t person = 0;
  g_autoptr(member_t) member = find_member(store, list->id, address, &person, &failed);
  if (failed != NULL) {
    g_propagate_error(error, failed);
    return false;
  }
  if (member == NULL && is_set)
    return fault_set(error, FAULT_NO_ADDRESS, "%s is no member of %s.", address, list->name);
  if (member == NULL) member = new_member(list->id, person, address, wishes->name);
  apply(wishes, member);
  return member_put(store, member, clock_now(), error);
}

/* Commits one change, or undoes it. */
static bool finish(struct store *store, bool is_done, GError **error)
{
  if (is_done && store_commit(store, error)) return true;
  store_rollback(store);
  return false;
}

/* ---- member add --file
 * --------------------------------------------------------------------------------------- */

/* One line of the file: an address, then the name. NULL without error: an empty line or a remark. */
static struct member *read_line(const struct list *list, const struct address_book *book,
                                const struct wishes *wishes, char *line, int number, GError **error)
{
  g_strstrip(line);
  if (line[0] == '\0' || line[0] == '#') return NULL;
  char *name = line + strcspn(line, " \t,;");
  if (*name != '\0') *name++ = '\0';
  name += strspn(name, " \t,;");
  g_autofree char *address = address_normalise(line);
  if (address == NULL || strlen(name) > NAME_BYTES_MAX || !g_utf8_validate(name, -1, NULL)) {
    fault_set(error, FAULT_INPUT,
              "Line %d of %s does not begin with an e-mail address; nothing from there on was added.", number,
              wishes->file);
    return NULL;
  }
  if (is_ours(book, address)) {
    fault_set(error, FAULT_INPUT,
              "Line %d of %s has an address of kiezpost itself; nothing from there on was added.", number,
              wishes->file);
    return NULL;
  }
  g_autofree char *what =
      g_strdup_printf("Nothing from line %d of %s on was added: a name", number, wishes->file);
  if (!command_check_line(what, name, error)) return NULL;
  struct member *member = new_member(list->id, 0, address, name);
  apply(wishes, member);
  return member;
}

/* Adds a batch but for those who are members already. Returns how many, -1 on error. */
static int add_batch(struct store *store, const struct list *list, GPtrArray *batch, GError **error)
{
  if (batch->len == 0) return 0;
  if (!store_begin(store, error)) return -1;
  g_autoptr(GPtrArray) added = g_ptr_array_new();
  GError *failed = NULL;
  for (guint i = 0; i < batch->len && failed == NULL; i++) {
    struct member *candidate = batch->pdata[i];
    g_autoptr(member_t) present =
        find_member(store, list->id, candidate->address, &candidate->person, &failed);
    if (present == NULL) g_ptr_array_add(added, candidate);
  }
  bool is_done = failed == NULL && member_put_many(store, added, clock_now(), &failed);
  if (failed != NULL) g_propagate_error(error, failed);
  int count = (int)added->len;
  g_ptr_array_set_size(batch, 0);
  return finish(store, is_done, error) ? count : -1;
}

static int add_file(struct store *store, const struct list *list, const struct address_book *book,
                    const struct wishes *wishes, GError **error)
{
  g_autoptr(GIOChannel) file = g_io_channel_new_file(wishes->file, "r", NULL);
  if (file == NULL) {
    fault_set(error, FAULT_INPUT, "%s cannot be read.", wishes->file);
    return -1;
  }
  g_io_channel_set_encoding(file, NULL, NULL);
  g_autoptr(GPtrArray) batch = g_ptr_array_new_with_free_func((GDestroyNotify)member_free);
  int number = 0, added = 0, count = 0;
  GError *failed = NULL;
  char *text = NULL;
  while (failed == NULL && g_io_channel_read_line(file, &text, NULL, NULL, NULL) == G_IO_STATUS_NORMAL) {
    g_autofree char *line = text;
    struct member *member = read_line(list, book, wishes, line, ++number, &failed);
    if (member != NULL) g_ptr_array_add(batch, member);
    if (batch->len < FILE_BATCH) continue;
    if ((count = add_batch(store, list, batch, &failed)) > 0) added += count;
  }
  GError *unadded = NULL; /* what stood above a bad line is added */
  if ((count = add_batch(store, list, batch, &unadded)) > 0) added += count;
  if (failed == NULL)
    failed = unadded;
  else
    g_clear_error(&unadded);
  fprintf(stderr, "%d added to %s.\n", added, list->name);
  if (failed == NULL) return EX_OK;
  g_propagate_error(error, failed);
  return -1;
}

/* ---- the verb
 * ------------------------------------------------------------------------------------------------ */

static int add_or_set(struct command *command, struct store *store, bool is_set, GError **error)
{
  __attribute__((cleanup(wishes_clear))) struct wishes wishes = { 0 };
  if (!parse_wishes(command, &wishes, error)) return -1;
  if (command->argument_count != (wishes.file != NULL && !is_set ? 2 : 3))
    return command_refuse(command, error), -1;
  g_autoptr(list_row) list = list_find_named(store, command->arguments[1], error);
  if (list == NULL) return -1;
  g_autoptr(address_book_t) book = addresses_from_store(store, command->config, error);
  if (book == NULL) return -1;
  if (wishes.file != NULL) return add_file(store, list, book, &wishes, error);
  g_autofree char *address = read_address(command->arguments[2], error);
  if (address == NULL || !check_is_not_ours(book, address, error) || !store_begin(store, error)) return -1;
  return finish(store, put(store, list, address, &wishes, is_set, error), error) ? EX_OK : -1;
}

static int add(struct command *command, struct store *store, GError **error)
{
  return add_or_set(command, store, false, error);
}

static int set(struct command *command, struct store *store, GError **error)
{
  return add_or_set(command, store, true, error);
}

static int drop(struct command *command, struct store *store, GError **error)
{
  if (!command_parse(command, NULL, error)) return -1;
  if (command->argument_count != 3) return command_refuse(command, error), -1;
  g_autoptr(list_row) list = list_find_named(store, command->arguments[1], error);
  g_autofree char *address = list != NULL ? read_address(command->arguments[2], error) : NULL;
  if (address == NULL || !store_begin(store, error)) return -1;
  GError *failed = NULL;
  int64_t person = 0;
  g_autoptr(member_t) member = find_member(store, list->id, address, &person, &failed);
  if (member == NULL && failed == NULL)
    fault_set(&failed, FAULT_NO_ADDRESS, "%s is no member of %s.", address, list->name);
  bool is_done = failed == NULL && member_remove(store, list->id, person, clock_now(), &failed);
  if (failed != NULL) g_propagate_error(error, failed);
  return finish(store, is_done, error) ? EX_OK : -1;
}

static const struct {
  const char *what;
  int (*run)(struct command *command, struct store *store, GError **error);
} forms[] = { { "add", add }, { "set", set }, { "remove", drop } };

int verb_member(struct command *command, GError **error)
{
  g_autoptr(store_t) store = store_open(command->config->store, STORE_WRITE, error);
  if (store == NULL) return -1;
  for (gsize i = 0; command->argument_count > 0 && i < G_N_ELEMENTS(forms); i++)
    if (strcmp(forms[i].what, command->arguments[0]) == 0) return forms[i].run(command, store, error);
  command_refuse(command, error);
  return -1;
}
