/* kiezpost list: makes, changes, shows and removes lists. What changes is in force at once: the file of valid
 * addresses is published anew before the verb ends, and the worker is woken. A removed list's name is not
 * given away again. */
#include "mta-hooks/verb.h"

#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include "lib/base/clock.h"
#include "lib/base/wake.h"
#include "lib/mail/address.h"
#include "lib/store/directory.h"
#include "lib/store/moderation/moderation.h"
#include "lib/text/json_out.h"
#include "lists/addresses.h"
#include "lists/kinds.h"
#include "lists/moderation/posting.h"
#include "lists/moderation/rules.h"
#include "mta-hooks/verbs/list_files.h"
#include "mta-hooks/verbs/list_json.h"
#include "mta-hooks/verbs/list_members.h"
#include "mta-hooks/verbs/list_named.h"

enum { NAME_BYTES_MAX = 40, TITLE_BYTES_MAX = 200 };

/* A local part that every mail client and every MTA leaves as it is. */
static bool check_name(const char *name, GError **error)
{
  static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789-";
  gsize length = strlen(name);
  if (length > 0 && length <= NAME_BYTES_MAX && strspn(name, letters) == length && name[0] != '-' &&
      name[length - 1] != '-')
    return true;
  return fault_set(error, FAULT_INPUT,
                   "\"%s\" cannot be a list's name: it needs 1 to %d of the letters a-z, 0-9 and \"-\", "
                   "which may not stand at an end.",
                   name, NAME_BYTES_MAX);
}

/* Addresses that mean something whatever the lists are called. */
static bool check_not_reserved(const char *name, GError **error)
{
  static const char *const reserved[] = { "postmaster", "abuse", "antwort", "mailer-daemon", NULL };
  if (!g_strv_contains(reserved, name)) return true;
  return fault_set(error, FAULT_INPUT, "\"%s\" is an address that kiezpost needs for itself.", name);
}

static bool check_kind(const char *kind, GError **error)
{
  if (kind != NULL && kind_find(kind) != NULL) return true;
  g_autoptr(GString) known = g_string_new(NULL);
  for (gsize i = 0; i < kind_count; i++)
    g_string_append_printf(known, "%s%s", i > 0 ? ", " : "", kinds[i].name);
  return fault_set(error, FAULT_USAGE, "--kind must be one of %s.", known->str);
}

static bool find_region(struct store *store, const char *slug, int64_t *id, GError **error)
{
  *id = 0;
  if (slug == NULL || slug[0] == '\0') return true;
  g_autoptr(GPtrArray) regions = regions_all(store, error);
  if (regions == NULL) return false;
  for (guint i = 0; i < regions->len; i++) {
    const struct region *region = regions->pdata[i];
    if (strcmp(region->slug, slug) == 0) *id = region->id;
  }
  return *id != 0 || fault_set(error, FAULT_INPUT, "There is no region \"%s\".", slug);
}

/* Receiver and socketmap learn of the change; under the lock, so that an older book never overwrites a newer
 * one. */
static bool publish_addresses(struct command *command, struct store *store, GError **error)
{
  if (!store_begin(store, error)) return false;
  g_autoptr(address_book_t) book = addresses_from_store(store, command->config, error);
  bool is_published = book != NULL && addresses_publish(book, command->config->addresses, error);
  store_rollback(store);
  wake_send(command->config->run, "work");
  wake_send(command->config->run, "publish");
  return is_published;
}

/* Ends the transaction that `is_done` says went well, and publishes. */
static bool finish(struct command *command, struct store *store, bool is_done, GError **error)
{
  if (is_done && store_commit(store, error)) return publish_addresses(command, store, error);
  store_rollback(store);
  return false;
}

/* What is written to a confidential list is nobody else's business. */
static bool may_be_public(const struct list *list, GError **error)
{
  const struct kind *kind = kind_find(list->kind);
  return !list->archive_public || !kind || !kind->is_confidential ||
         fault_set(error, FAULT_INPUT, "Lists of the kind %s are confidential; they have no archive.",
                   list->kind);
}

static int create(struct command *command, struct store *store, GError **error)
{
  g_autofree char *kind = NULL, *title = NULL, *region = NULL, *archive = NULL;
  g_auto(GStrv) aliases = NULL;
  const GOptionEntry entries[] = {
    { "kind", 0, 0, G_OPTION_ARG_STRING, &kind, "what mail to it means", "KIND" },
    { "title", 0, 0, G_OPTION_ARG_STRING, &title, "its name as people see it", "TITLE" },
    { "region", 0, 0, G_OPTION_ARG_STRING, &region, "the region it belongs to", "REGION" },
    { "alias", 0, 0, G_OPTION_ARG_STRING_ARRAY, &aliases, "one more local part", "NAME" },
    { "archive", 0, 0, G_OPTION_ARG_STRING, &archive, "public or none", "WHO" },
    G_OPTION_ENTRY_NULL,
  };
  if (!command_parse(command, entries, error)) return -1;
  if (command->argument_count != 2) return command_refuse(command, error), -1;
  const char *name = command->arguments[1];
  if (!check_name(name, error) || !check_not_reserved(name, error) || !check_kind(kind, error)) return -1;
  for (char **alias = aliases; alias != NULL && *alias != NULL; alias++)
    if (!check_name(*alias, error) || !check_not_reserved(*alias, error)) return -1;
  if (title == NULL || title[0] == '\0' || strlen(title) > TITLE_BYTES_MAX) {
    fault_set(error, FAULT_USAGE, "A list needs a --title of at most %d bytes: its name as people see it.",
              TITLE_BYTES_MAX);
    return -1;
  }
  if (!command_check_line("A title", title, error)) return -1;
  if (archive != NULL && strcmp(archive, "public") != 0 && strcmp(archive, "none") != 0) {
    fault_set(error, FAULT_USAGE, "--archive must be public or none.");
    return -1;
  }
  static char *no_aliases[] = { NULL };
  struct list list = { .name = (char *)name,
                       .kind = kind,
                       .title = title,
                       .archive_public = archive != NULL && strcmp(archive, "public") == 0,
                       .posting = (char *)(kind_find(kind)->posts_by_moderators ? "moderators" : "members"),
                       .subject_tag = (char *)"",
                       .language = command->config->language,
                       .region_slug = (char *)"",
                       .aliases = aliases != NULL ? aliases : no_aliases };
  if (!may_be_public(&list, error) || !store_begin(store, error)) return -1;
  bool is_done =
      find_region(store, region, &list.region, error) && list_create(store, &list, clock_now(), error);
  if (!finish(command, store, is_done, error)) return -1;
  fprintf(stderr, "%s@%s is a list now (%s, archive %s).\n", name, command->config->domain, kind,
          list.archive_public ? "public" : "none");
  return EX_OK;
}

/* ---- list set
 * ------------------------------------------------------------------------------------------------ */

static bool set_string(char **field, const char *value)
{
  g_free(*field);
  *field = g_strdup(value);
  return true;
}

static bool set_one_of(char **field, const char *key, const char *value, const char *const *words,
                       GError **error)
{
  if (g_strv_contains(words, value)) return set_string(field, value);
  g_autofree char *all = g_strjoinv(", ", (char **)words);
  return fault_set(error, FAULT_USAGE, "%s must be one of %s.", key, all);
}

static bool set_flag(bool *field, const char *key, const char *value, GError **error)
{
  bool is_on = g_ascii_strcasecmp(value, "on") == 0 || g_ascii_strcasecmp(value, "yes") == 0;
  bool is_off = g_ascii_strcasecmp(value, "off") == 0 || g_ascii_strcasecmp(value, "no") == 0;
  *field = is_on;
  return is_on || is_off || fault_set(error, FAULT_USAGE, "%s must be on or off.", key);
}

static bool set_title(struct store *store, struct list *list, const char *value, GError **error)
{
  (void)store;
  if (value[0] == '\0' || strlen(value) > TITLE_BYTES_MAX)
    return fault_set(error, FAULT_USAGE, "A title has 1 to %d bytes.", TITLE_BYTES_MAX);
  if (!command_check_line("A title", value, error)) return false;
  return set_string(&list->title, value);
}

static bool set_archive(struct store *store, struct list *list, const char *value, GError **error)
{
  (void)store;
  if (strcmp(value, "public") != 0 && strcmp(value, "none") != 0)
    return fault_set(error, FAULT_USAGE, "archive must be public or none.");
  list->archive_public = strcmp(value, "public") == 0;
  return may_be_public(list, error);
}

static bool set_posting(struct store *store, struct list *list, const char *value, GError **error)
{
  g_autofree char *word = NULL;
  return set_one_of(&word, "posting", value, posting_words, error) && posting_set(store, list, word, error);
}

static bool set_joining(struct store *store, struct list *list, const char *value, GError **error)
{
  (void)store;
  static const char *const words[] = { "open", "confirm", "approve", "closed", NULL };
  return set_one_of(&list->joining, "joining", value, words, error);
}

static bool set_subject_tag(struct store *store, struct list *list, const char *value, GError **error)
{
  (void)store;
  if (!command_check_line("A subject-tag", value, error)) return false;
  if (strlen(value) > NAME_BYTES_MAX || strpbrk(value, "[]") != NULL)
    return fault_set(error, FAULT_USAGE, "subject-tag has at most %d bytes, without brackets; \"\" is none.",
                     NAME_BYTES_MAX);
  return set_string(&list->subject_tag, value);
}

static bool set_own_copy(struct store *store, struct list *list, const char *value, GError **error)
{
  (void)store;
  return set_flag(&list->own_copy, "own-copy", value, error);
}

static bool set_language(struct store *store, struct list *list, const char *value, GError **error)
{
  (void)store;
  static const char *const words[] = { "de", "de-x-leicht", "en", NULL };
  return set_one_of(&list->language, "language", value, words, error);
}

static bool set_region(struct store *store, struct list *list, const char *value, GError **error)
{
  return find_region(store, value, &list->region, error);
}

static bool set_aliases(struct store *store, struct list *list, const char *value, GError **error)
{
  (void)store;
  g_auto(GStrv) aliases = value[0] != '\0' ? g_strsplit(value, ",", -1) : g_new0(char *, 1);
  for (char **alias = aliases; *alias != NULL; alias++)
    if (!check_name(*alias, error) || !check_not_reserved(*alias, error)) return false;
  g_strfreev(list->aliases);
  list->aliases = g_steal_pointer(&aliases);
  return true;
}

static const struct {
  const char *key;
  bool (*set)(struct store *store, struct list *list, const char *value, GError **error);
} keys[] = {
  { "title", set_title },
  { "archive", set_archive },
  { "posting", set_posting },
  { "joining", set_joining },
  { "members", list_set_members },
  { "topics", list_set_topics },
  { "subject-tag", set_subject_tag },
  { "own-copy", set_own_copy },
  { "language", set_language },
  { "region", set_region },
  { "aliases", set_aliases },
  { "attachments", list_set_attachments },
  { "attachment-limit", list_set_attachment_limit },
  { "mail-limit", list_set_mail_limit },
};

static bool set_key(struct store *store, struct list *list, const char *key, const char *value,
                    GError **error)
{
  g_autoptr(GString) known = g_string_new(NULL);
  for (gsize i = 0; i < G_N_ELEMENTS(keys); i++) {
    if (strcmp(keys[i].key, key) == 0) return keys[i].set(store, list, value, error);
    g_string_append_printf(known, "%s%s", i > 0 ? ", " : "", keys[i].key);
  }
  return fault_set(error, FAULT_USAGE, "A list has no \"%s\"; it has %s.", key, known->str);
}

static const char RULE[] = "rule.";

/* "rule.new_member hold"; "default" is what holds where a list has said nothing. */
static bool set_rule(struct store *store, const struct list *list, const char *name, const char *value,
                     GError **error)
{
  const struct rule *rule = rule_find(name);
  bool is_usual = strcmp(value, "default") == 0;
  bool is_ask = rule_action_of(value) == RULE_ASK;
  bool is_unproven = strcmp(name, "unauthenticated") == 0;
  if (is_ask && rule && !is_unproven)
    return fault_set(error, FAULT_USAGE,
                     "Only rule.unauthenticated can be \"ask\": its author is asked first.");
  if (rule && (is_usual || rule_action_of(value) != RULE_ACTION_COUNT))
    return list_rule_put(store, list->id, name, is_usual ? NULL : value, error);
  if (rule)
    return fault_set(error, FAULT_USAGE, "rule.%s must be accept, hold, reject, discard%s or default.", name,
                     is_unproven ? ", ask" : "");
  g_autoptr(GString) known = g_string_new(NULL);
  for (gsize i = 0; i < rule_count; i++)
    g_string_append_printf(known, "%s%s", i > 0 ? ", " : "", rules[i].name);
  return fault_set(error, FAULT_USAGE, "There is no rule \"%s\"; there is %s.", name, known->str);
}

static int set(struct command *command, struct store *store, GError **error)
{
  if (!command_parse(command, NULL, error)) return -1;
  if (command->argument_count != 4) return command_refuse(command, error), -1;
  if (!store_begin(store, error)) return -1;
  g_autoptr(list_row) list = list_find_named(store, command->arguments[1], error);
  const char *key = command->arguments[2], *value = command->arguments[3];
  bool is_rule = g_str_has_prefix(key, RULE), is_done = false;
  if (list && is_rule) is_done = set_rule(store, list, key + strlen(RULE), value, error);
  if (list && !is_rule) is_done = set_key(store, list, key, value, error) && list_update(store, list, error);
  return finish(command, store, is_done, error) ? EX_OK : -1;
}

/* How a list treats one sender. */
static int watch(struct command *command, struct store *store, GError **error)
{
  static const char *const words[] = { "moderated", "banned", "none", NULL };
  if (!command_parse(command, NULL, error)) return -1;
  if (command->argument_count != 4) return command_refuse(command, error), -1;
  const char *as = command->arguments[3];
  g_autofree char *address = address_normalise(command->arguments[2]);
  if (!address || !g_strv_contains(words, as)) {
    fault_set(error, FAULT_USAGE, "It is `kiezpost list watch LIST ADDRESS moderated`, banned or none.");
    return -1;
  }
  if (!store_begin(store, error)) return -1;
  g_autoptr(list_row) list = list_find_named(store, command->arguments[1], error);
  bool is_done = list != NULL && watched_put(store, list->id, address, strcmp(as, "none") == 0 ? NULL : as,
                                             clock_now(), error);
  return finish(command, store, is_done, error) ? EX_OK : -1;
}

static int drop(struct command *command, struct store *store, GError **error)
{
  if (!command_parse(command, NULL, error)) return -1;
  if (command->argument_count != 2) return command_refuse(command, error), -1;
  if (!store_begin(store, error)) return -1;
  g_autoptr(list_row) list = list_find_named(store, command->arguments[1], error);
  bool is_done = list != NULL && list_remove(store, list->id, clock_now(), error);
  if (!finish(command, store, is_done, error)) return -1;
  fprintf(stderr, "%s is removed: mail to it is refused, its pages go, its name is not given away again.\n",
          list->name);
  return EX_OK;
}

static int show(struct command *command, struct store *store, GError **error)
{
  if (!command_parse(command, NULL, error)) return -1;
  if (command->argument_count != 2) return command_refuse(command, error), -1;
  g_autoptr(list_row) list = list_find_named(store, command->arguments[1], error);
  g_autoptr(GHashTable) own = list != NULL ? list_rules(store, list->id, error) : NULL;
  g_autoptr(list_files_t) files = own != NULL ? list_files_get(store, list->id, error) : NULL;
  if (files == NULL) return -1;
  if (command->json) {
    g_autoptr(json_out_t) json = json_out_new();
    list_put_json(json, list, own, files, command->config);
    json_out_print(json);
    return EX_OK;
  }
  g_autofree char *aliases = g_strjoinv(" ", list->aliases);
  printf(
      "%s@%s\n  kind         %s\n  title        %s\n  region       %s\n  archive      %s\n  posting      %s\n"
      "  visibility   %s\n"
      "  topics       %s\n"
      "  subject-tag  %s\n  own-copy     %s\n  language     %s\n  aliases      %s\n  members      "
      "%" G_GINT64_FORMAT "\n",
      list->name, command->config->domain, list->kind, list->title, list->region_slug,
      list->archive_public ? "public" : "none", list->posting, list->shows_members ? "visible" : "hidden",
      list->topics, list->subject_tag, list->own_copy ? "on" : "off", list->language, aliases, list->members);
  list_print_files(files, command->config);
  for (gsize i = 0; i < rule_count; i++) {
    const char *word = g_hash_table_lookup(own, rules[i].name);
    printf("  rule.%-16s %s%s\n", rules[i].name, word ? word : rule_action_word(rules[i].usual),
           word ? "" : " (default)");
  }
  return EX_OK;
}

static const struct {
  const char *what;
  int (*run)(struct command *command, struct store *store, GError **error);
} forms[] = {
  { "create", create }, { "set", set }, { "show", show }, { "watch", watch }, { "remove", drop }
};

int verb_list(struct command *command, GError **error)
{
  g_autoptr(store_t) store = store_open(command->config->store, STORE_WRITE, error);
  if (store == NULL) return -1;
  for (gsize i = 0; command->argument_count > 0 && i < G_N_ELEMENTS(forms); i++)
    if (strcmp(forms[i].what, command->arguments[0]) == 0) return forms[i].run(command, store, error);
  command_refuse(command, error);
  return -1;
}
