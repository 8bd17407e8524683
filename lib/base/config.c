/* kiezpost.conf: one table names every setting with its type, its default and a sentence; reading, checking,
 * printing and the suggestion for a misspelt key all walk it. A default may name two other settings, $domain
 * and $run, so that moving the directory of sockets moves the sockets. What is relative counts from the
 * file's directory. */
#include "lib/base/config.h"
#include "lib/base/config_values.h"
#include "lib/base/fault.h"
#include "lib/base/suggest.h"

#include <limits.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define AT(field) offsetof(struct config, field)

static const struct setting settings[] = {
  { "municipality", "domain", SETTING_DOMAIN, NULL, AT(domain), 0, 0, "lists live at NAME@domain" },
  { "municipality", "name", SETTING_TEXT, "", AT(name), 0, 0,
    "what people call the place; the domain's if empty" },
  { "municipality", "district", SETTING_WORD, "treptow-koepenick", AT(district), 0, 0,
    "which shipped district seeded the lists (a folder below share/districts)" },
  { "municipality", "zone", SETTING_ZONE, "Europe/Berlin", AT(zone), 0, 0,
    "time zone of letters and pages (IANA)" },
  { "municipality", "language", SETTING_WORD, "de", AT(language), 0, 0,
    "of letters and pages where nobody chose" },
  { "municipality", "imprint", SETTING_TEXT, "", AT(imprint), 0, 0,
    "one line for the foot of pages and letters" },
  { "municipality", "admin", SETTING_ADDRESS, "postmaster@localhost", AT(admin), 0, 0,
    "the address that postmaster@ and abuse@ reach" },

  { "paths", "inbox", SETTING_PATH, "inbox", AT(inbox), 0, 0,
    "directory of what was accepted and is not yet worked" },
  { "paths", "store", SETTING_PATH, "store", AT(store), 0, 0, "directory of kiezpost.db and the raw mails" },
  { "paths", "run", SETTING_PATH, "run", AT(run), 0, 0, "directory of sockets" },
  { "paths", "addresses", SETTING_PATH, "$run/addresses", AT(addresses), 0, 0,
    "file of valid addresses that the worker publishes for the receiver" },
  { "paths", "keys", SETTING_PATH, "keys/kiezpost.keys", AT(keys), 0, 0,
    "file of the secrets that sign addresses" },
  { "paths", "archive", SETTING_PATH, "archive", AT(archive), 0, 0, "directory of the web archive" },

  { "receive", "listen", SETTING_SOCKET, "unix:$run/lmtp.sock", AT(listen), 0, 0,
    "where the MTA hands over mail by LMTP: unix:PATH or tcp:HOST:PORT" },
  { "receive", "socketmap", SETTING_SOCKET, "unix:$run/map.sock", AT(socketmap), 0, 0,
    "where the MTA asks whether an address is valid: unix:PATH or tcp:HOST:PORT" },
  { "receive", "size_limit", SETTING_SIZE, "40M", AT(size_limit_bytes), 1024, INT64_C(2) << 30,
    "the largest mail that is taken" },
  { "receive", "recipients_max", SETTING_COUNT, "100", AT(recipients_max), 1, 100000, "recipients a mail" },
  { "receive", "connections_max", SETTING_COUNT, "200", AT(connections_max), 1, 10000,
    "connections at once" },
  { "receive", "idle_timeout_seconds", SETTING_COUNT, "300", AT(idle_timeout_seconds), 1, 86400,
    "a connection that says nothing is closed" },
  { "receive", "total_timeout_seconds", SETTING_COUNT, "3600", AT(total_timeout_seconds), 1, 864000,
    "a connection that lives longer is closed" },

  { "mail", "authserv_id", SETTING_DOMAIN, "mx.$domain", AT(authserv_id), 0, 0,
    "the name our MTA gives itself in Authentication-Results; only that field is believed" },
  { "mail", "trusted_forwarders", SETTING_LIST, "", AT(trusted_forwarders), 0, 0,
    "domains whose ARC seal is believed, such as the office's own mail server" },
  { "mail", "network_header", SETTING_TEXT, "", AT(network_header), 0, 0,
    "the field in which our MTA names the network of the client, so that an office's own network vouches for "
    "its "
    "mail; empty for none" },
  { "mail", "spam_header", SETTING_TEXT, "X-Spam", AT(spam_header), 0, 0,
    "the field in which our MTA says Yes to spam (rspamd: X-Spam, SpamAssassin: X-Spam-Flag); empty for "
    "none" },
  { "mail", "received_above_results", SETTING_COUNT, "0", AT(received_above_results), 0, 9,
    "how many Received fields our MTA puts above its Authentication-Results; Postfix with a milter: 1" },
  { "mail", "delimiter", SETTING_DELIMITER, "+", AT(delimiter), 0, 0, "between list and command or token" },

  { "send", "relay", SETTING_RELAY, "maildir:letters", AT(relay), 0, 0,
    "smtp://HOST:PORT, several are tried in order; or maildir:DIR for trying out" },
  { "send", "sessions", SETTING_COUNT, "4", AT(sessions), 1, 100, "connections to the relay at once" },
  { "send", "batch_recipients", SETTING_COUNT, "500", AT(batch_recipients), 1, 10000,
    "recipients an envelope where one mail goes to many" },
  { "send", "retry_days", SETTING_COUNT, "5", AT(retry_days), 1, 60, "how long a letter is tried again" },
  { "send", "starttls", SETTING_TLS, "may", AT(starttls), 0, 0, "encryption to the relay: no, may or must" },
  { "send", "username", SETTING_TEXT, "", AT(username), 0, 0, "SASL login at the relay; empty for none" },
  { "send", "password_file", SETTING_PATH, "", AT(password_file), 0, 0, "file that holds the SASL password" },
  { "send", "helo", SETTING_TEXT, "$domain", AT(helo), 0, 0, "the name the sender gives itself" },

  { "posts", "attachment_limit", SETTING_SIZE, "2M", AT(attachment_limit_bytes), 0, INT64_C(2) << 30,
    "larger attachments become links" },
  { "posts", "subject_join_days", SETTING_COUNT, "14", AT(subject_join_days), 0, 3650,
    "an answer without references joins a thread of its subject that is no older" },

  { "archive", "base_url", SETTING_URL, "https://$domain", AT(base_url), 0, 0,
    "where the public reads the archive" },

  { "http", "https_base", SETTING_URL, "", AT(https_base), 0, 0,
    "https://… that a web server passes on to `kiezpost http`, for leaving by one click; empty: by mail "
    "alone" },
  { "http", "listen", SETTING_SOCKET, "unix:$run/http.sock", AT(http_listen), 0, 0,
    "where `kiezpost http` answers that web server: unix:PATH or tcp:HOST:PORT" },
  { "smime", "ca_file", SETTING_PATH, "", AT(smime_ca), 0, 0,
    "PEM file of authorities that offices' S/MIME signatures are verified against; empty: the system's" },
  { "smime", "certificate", SETTING_PATH, "", AT(smime_certificate), 0, 0,
    "PEM file of the municipality's S/MIME certificate, with those above it; letters about cases are "
    "signed" },
  { "smime", "key", SETTING_PATH, "", AT(smime_key), 0, 0,
    "PEM file of that certificate's key, readable for the service user alone; it also opens encrypted mail" },
  { "video", "bbb_url", SETTING_URL, "", AT(bbb_url), 0, 0,
    "https://… of a BigBlueButton server, as `bbb-conf --secret` names it; events with video get a room "
    "there; "
    "empty: there are no rooms" },
  { "video", "secret_file", SETTING_PATH, "", AT(bbb_secret_file), 0, 0,
    "file that holds that server's shared secret, readable for the service user alone" },
  { "video", "checksum", SETTING_CHECKSUM, "sha256", AT(bbb_checksum), 0, 0,
    "how calls to it are signed: sha256, sha384 or sha512, and sha1 for old servers" },
  { "video", "ca_file", SETTING_PATH, "", AT(bbb_ca_file), 0, 0,
    "PEM file of authorities that its certificate is verified against; empty: the system's" },
  { "video", "dial_number", SETTING_TEXT, "", AT(bbb_dial_number), 0, 0,
    "telephone number of its conference bridge, for those without a browser; empty: what the server names" },
  { "pgp", "home", SETTING_PATH, "", AT(pgp_home), 0, 0,
    "directory of GnuPG's key ring that opens PGP/MIME mail; empty: such mail stays closed" },
};
enum { SETTING_COUNT_ALL = G_N_ELEMENTS(settings) };

/* What config_load hands out is the first member of this. */
struct loaded {
  struct config config;
  bool is_from_file[SETTING_COUNT_ALL];
};

/* ---- misspelt keys
 * ------------------------------------------------------------------------------------------------ */

/* The setting that was probably meant, NULL where nothing comes near. A key in the wrong group is nearer than
 * any misspelling. */
static const struct setting *nearest(const char *group, const char *key)
{
  const struct setting *best = NULL;
  unsigned best_distance = UINT_MAX;
  for (int i = 0; i < SETTING_COUNT_ALL; i++) {
    unsigned of_key = suggest_distance(key, settings[i].key);
    unsigned of_group = MIN(suggest_distance(group, settings[i].group), 2);
    if (of_key > suggest_tolerance(settings[i].key) || 4 * of_key + of_group >= best_distance) continue;
    best = &settings[i];
    best_distance = 4 * of_key + of_group;
  }
  return best;
}

static const char *nearest_group(const char *group)
{
  const char *groups[SETTING_COUNT_ALL + 1] = { NULL };
  for (int i = 0; i < SETTING_COUNT_ALL; i++) groups[i] = settings[i].group;
  return suggest_word(group, groups);
}

static bool is_group(const char *group)
{
  for (int i = 0; i < SETTING_COUNT_ALL; i++)
    if (strcmp(settings[i].group, group) == 0) return true;
  return false;
}

static bool is_setting(const char *group, const char *key)
{
  for (int i = 0; i < SETTING_COUNT_ALL; i++)
    if (strcmp(settings[i].group, group) == 0 && strcmp(settings[i].key, key) == 0) return true;
  return false;
}

static bool refuse_group(const char *file, const char *group, GError **error)
{
  const char *meant = nearest_group(group);
  if (meant)
    return fault_set(error, FAULT_CONFIG, "%s: there is no group [%s]; did you mean [%s]?", file, group,
                     meant);
  return fault_set(error, FAULT_CONFIG, "%s: there is no group [%s]; kiezpost config lists what there is",
                   file, group);
}

static bool refuse_key(const char *file, const char *group, const char *key, GError **error)
{
  const struct setting *meant = nearest(group, key);
  if (meant)
    return fault_set(error, FAULT_CONFIG, "%s: [%s] has no setting \"%s\"; did you mean \"%s\" in [%s]?",
                     file, group, key, meant->key, meant->group);
  return fault_set(error, FAULT_CONFIG, "%s: [%s] has no setting \"%s\"; kiezpost config lists what there is",
                   file, group, key);
}

/* Every group and key of the file is one of the table. */
static bool check_names(GKeyFile *file, const char *path, GError **error)
{
  g_auto(GStrv) groups = g_key_file_get_groups(file, NULL);
  for (char **group = groups; *group; group++) {
    if (!is_group(*group)) return refuse_group(path, *group, error);
    g_auto(GStrv) keys = g_key_file_get_keys(file, *group, NULL, NULL);
    for (char **key = keys; key && *key; key++)
      if (!is_setting(*group, *key)) return refuse_key(path, *group, *key, error);
  }
  return true;
}

/* ---- loading
 * ------------------------------------------------------------------------------------------------------ */

/* $domain and $run of a value, filled. */
static char *fill(const struct config *config, const char *text)
{
  GString *filled = g_string_new(text);
  g_string_replace(filled, "$domain", config->domain ? config->domain : "", 0);
  g_string_replace(filled, "$run", config->run ? config->run : "", 0);
  return g_string_free(filled, FALSE);
}

/* The file's value, else the default's; NULL with a fault. */
static char *value_text(GKeyFile *file, struct loaded *loaded, int index, GError **error)
{
  const struct setting *setting = &settings[index];
  GError *why = NULL;
  if (!g_key_file_has_key(file, setting->group, setting->key, NULL)) {
    if (setting->fallback) return fill(&loaded->config, setting->fallback);
    fault_set(error, FAULT_CONFIG, "%s: [%s] needs a \"%s\" (%s)", loaded->config.file, setting->group,
              setting->key, setting->about);
    return NULL;
  }
  loaded->is_from_file[index] = true;
  char *text = g_key_file_get_string(file, setting->group, setting->key, &why);
  if (text) {
    char *filled = fill(&loaded->config, g_strstrip(text));
    g_free(text);
    return filled;
  }
  fault_set(error, FAULT_CONFIG, "%s: [%s] %s: %s", loaded->config.file, setting->group, setting->key,
            why->message);
  g_clear_error(&why);
  return NULL;
}

static bool read_settings(GKeyFile *file, struct loaded *loaded, GError **error)
{
  for (int i = 0; i < SETTING_COUNT_ALL; i++) {
    g_autofree char *text = value_text(file, loaded, i, error);
    if (!text) return false;
    g_autofree char *wrong = config_value_set(&loaded->config, &settings[i], text);
    if (wrong)
      return fault_set(error, FAULT_CONFIG, "%s: [%s] %s = %s: %s", loaded->config.file, settings[i].group,
                       settings[i].key, text, wrong);
  }
  struct config *config = &loaded->config;
  if (!*config->name) {
    g_free(config->name);
    config->name = g_strdup(config->domain);
  }
  return true;
}

/* NULL where the file cannot be had or parsed. */
static GKeyFile *read_key_file(const char *path, const char *text, GError **error)
{
  g_autoptr(GKeyFile) file = g_key_file_new();
  g_autoptr(GError) why = NULL;
  bool is_read = text ? g_key_file_load_from_data(file, text, strlen(text), G_KEY_FILE_NONE, &why)
                      : g_key_file_load_from_file(file, path, G_KEY_FILE_NONE, &why);
  if (is_read) return g_steal_pointer(&file);
  if (g_error_matches(why, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    fault_set(error, FAULT_CONFIG,
              "there is no configuration %s; name one with --config, or make one: kiezpost init DIR --domain "
              "DOMAIN",
              path);
  else
    fault_set(error, FAULT_CONFIG, "%s cannot be read: %s", path, why->message);
  return NULL;
}

/* Absolute; a link from /etc leads to the file whose directory the paths count from. */
static char *whole_path(const char *path)
{
  char *real = realpath(path, NULL);
  return real ? real : g_canonicalize_filename(path, NULL);
}

struct config *config_parse(const char *path, const char *text, GError **error)
{
  struct loaded *loaded = g_new0(struct loaded, 1);
  loaded->config.file = whole_path(path);
  loaded->config.directory = g_path_get_dirname(loaded->config.file);
  g_autoptr(GKeyFile) file = read_key_file(loaded->config.file, text, error);
  if (file && check_names(file, loaded->config.file, error) && read_settings(file, loaded, error))
    return &loaded->config;
  config_free(&loaded->config);
  return NULL;
}

struct config *config_load(const char *path, GError **error)
{
  return config_parse(path, NULL, error);
}

void config_free(struct config *config)
{
  if (!config) return;
  for (int i = 0; i < SETTING_COUNT_ALL; i++) config_value_clear(config, &settings[i]);
  g_free(config->file);
  g_free(config->directory);
  g_free(config);
}

void config_describe(const struct config *config, config_each *each, void *data)
{
  const struct loaded *loaded = (const struct loaded *)config;
  for (int i = 0; i < SETTING_COUNT_ALL; i++) {
    g_autofree char *value = config_value_text(config, &settings[i]);
    each(settings[i].group, settings[i].key, value, loaded->is_from_file[i] ? "file" : "default",
         settings[i].about, data);
  }
}

/* ---- a new file
 * --------------------------------------------------------------------------------------------------- */

static const char *given_value(const char *const *values, const struct setting *setting)
{
  for (; *values; values += 3)
    if (strcmp(values[0], setting->group) == 0 && strcmp(values[1], setting->key) == 0) return values[2];
  return NULL;
}

char *config_compose(const char *const *values)
{
  GString *text = g_string_new(
      "# The configuration of kiezpost. A line without \"#\" counts; the others show what holds without "
      "them.\n"
      "# kiezpost config prints what is in force and where it comes from. Relative paths count from here.\n");
  const char *group = "";
  for (int i = 0; i < SETTING_COUNT_ALL; i++) {
    const struct setting *setting = &settings[i];
    const char *given = given_value(values, setting);
    if (strcmp(group, setting->group) != 0) g_string_append_printf(text, "\n[%s]\n", setting->group);
    group = setting->group;
    g_autoptr(GString) value = g_string_new(given ? given : setting->fallback);
    g_string_replace(value, "\\", "\\\\", 0); /* GKeyFile reads \n, \s and the like */
    g_string_append_printf(text, "# %s\n%s%s =%s%s\n", setting->about, given ? "" : "#", setting->key,
                           value->len > 0 ? " " : "", value->str);
  }
  return g_string_free(text, FALSE);
}
