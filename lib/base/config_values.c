/* Values of kiezpost.conf, a function a type. Each says in half a sentence what it wanted instead; config.c
 * puts file, group and key before it. */
#include "lib/base/config_values.h"

#include <string.h>

typedef char *value_set(struct config *config, const struct setting *setting, const char *text);

static char **text_field(const struct config *config, const struct setting *setting)
{
  return (char **)((char *)config + setting->offset);
}

static char ***list_field(const struct config *config, const struct setting *setting)
{
  return (char ***)((char *)config + setting->offset);
}

static int *count_field(const struct config *config, const struct setting *setting)
{
  return (int *)((char *)config + setting->offset);
}

static int64_t *size_field(const struct config *config, const struct setting *setting)
{
  return (int64_t *)((char *)config + setting->offset);
}

static char *keep(struct config *config, const struct setting *setting, char *text)
{
  *text_field(config, setting) = text;
  return NULL;
}

static char *set_text(struct config *config, const struct setting *setting, const char *text)
{
  for (const char *p = text; *p; p++)
    if (g_ascii_iscntrl(*p)) return g_strdup("control characters are not allowed here");
  return keep(config, setting, g_strdup(text));
}

static char *set_word(struct config *config, const struct setting *setting, const char *text)
{
  if (!*text || strlen(text) > 64 || strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-") != strlen(text))
    return g_strdup("wanted is a word of small letters, digits and hyphens");
  return keep(config, setting, g_strdup(text));
}

/* Labels of letters, digits and inner hyphens (RFC 1123 section 2.1). */
static bool is_host_name(const char *text)
{
  if (!*text || strlen(text) > 253) return false;
  g_auto(GStrv) labels = g_strsplit(text, ".", -1);
  for (char **label = labels; *label; label++) {
    gsize length = strlen(*label);
    if (length == 0 || length > 63 || (*label)[0] == '-' || (*label)[length - 1] == '-') return false;
    for (const char *p = *label; *p; p++)
      if (!g_ascii_isalnum(*p) && *p != '-') return false;
  }
  return true;
}

static char *set_domain(struct config *config, const struct setting *setting, const char *text)
{
  if (!is_host_name(text))
    return g_strdup("wanted is a domain like kiez.example (umlauts in their xn-- form)");
  return keep(config, setting, g_ascii_strdown(text, -1));
}

static char *set_address(struct config *config, const struct setting *setting, const char *text)
{
  const char *at = strrchr(text, '@');
  if (!at || at == text || !is_host_name(at + 1) || strpbrk(text, " \t<>\",;"))
    return g_strdup("wanted is one plain address like amt@bezirk.example");
  return set_text(config, setting, text);
}

static char *set_zone(struct config *config, const struct setting *setting, const char *text)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_identifier(text);
  if (!zone) return g_strdup("this machine knows no such time zone; wanted is a name like Europe/Berlin");
  return keep(config, setting, g_strdup(text));
}

static char *set_path(struct config *config, const struct setting *setting, const char *text)
{
  return keep(config, setting, *text ? g_canonicalize_filename(text, config->directory) : g_strdup(""));
}

/* "HOST:PORT" with a host name, an IPv4 address or a bracketed IPv6 address. */
static bool is_host_and_port(const char *text)
{
  const char *colon = strrchr(text, ':');
  guint64 port;
  if (!colon || !g_ascii_string_to_unsigned(colon + 1, 10, 1, 65535, &port, NULL)) return false;
  g_autofree char *host = g_strndup(text, (gsize)(colon - text));
  gsize length = strlen(host);
  if (length > 2 && host[0] == '[' && host[length - 1] == ']') {
    host[length - 1] = '\0';
    return g_hostname_is_ip_address(host + 1);
  }
  return is_host_name(host);
}

static char *set_socket(struct config *config, const struct setting *setting, const char *text)
{
  if (g_str_has_prefix(text, "tcp:") && is_host_and_port(text + 4))
    return keep(config, setting, g_strdup(text));
  if (!g_str_has_prefix(text, "unix:") || !text[5]) return g_strdup("wanted is unix:PATH or tcp:HOST:PORT");
  g_autofree char *path = g_canonicalize_filename(text + 5, config->directory);
  return keep(config, setting, g_strconcat("unix:", path, NULL));
}

static int64_t unit_of(char letter)
{
  switch (g_ascii_toupper(letter)) {
  case 'K': return 1024;
  case 'M': return 1024 * 1024;
  case 'G': return 1024 * 1024 * 1024;
  default: return 0;
  }
}

static char *set_size(struct config *config, const struct setting *setting, const char *text)
{
  gsize length = strlen(text);
  int64_t unit = length > 0 ? unit_of(text[length - 1]) : 0;
  g_autofree char *digits = g_strndup(text, unit ? length - 1 : length);
  guint64 number;
  if (!unit) unit = 1;
  if (!g_ascii_string_to_unsigned(digits, 10, 0, (guint64)(setting->most / unit), &number, NULL) ||
      (int64_t)number * unit < setting->least)
    return g_strdup_printf("wanted is a size like 40M, 256K or 1048576, from %" G_GINT64_FORMAT
                           " to %" G_GINT64_FORMAT " bytes",
                           setting->least, setting->most);
  *size_field(config, setting) = (int64_t)number * unit;
  return NULL;
}

static char *set_count(struct config *config, const struct setting *setting, const char *text)
{
  gint64 number;
  if (!g_ascii_string_to_signed(text, 10, setting->least, setting->most, &number, NULL))
    return g_strdup_printf("wanted is a whole number from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT,
                           setting->least, setting->most);
  *count_field(config, setting) = (int)number;
  return NULL;
}

/* The words between semicolons, without blanks around them and without empty ones. */
static char **split_list(const char *text)
{
  g_autoptr(GStrvBuilder) words = g_strv_builder_new();
  g_auto(GStrv) parts = g_strsplit(text, ";", -1);
  for (char **part = parts; *part; part++)
    if (*g_strstrip(*part)) g_strv_builder_add(words, *part);
  return g_strv_builder_end(words);
}

static char *set_list(struct config *config, const struct setting *setting, const char *text)
{
  *list_field(config, setting) = split_list(text);
  return NULL;
}

/* Makes maildir: absolute and gives smtp:// its port; NULL for what is neither. */
static char *relay_of(const struct config *config, const char *text)
{
  if (g_str_has_prefix(text, "maildir:") && text[8]) {
    g_autofree char *path = g_canonicalize_filename(text + 8, config->directory);
    return g_strconcat("maildir:", path, NULL);
  }
  if (!g_str_has_prefix(text, "smtp://")) return NULL;
  g_autofree char *with_port = g_strconcat(text, ":25", NULL);
  if (is_host_and_port(text + 7)) return g_strdup(text);
  return is_host_and_port(with_port + 7) ? g_steal_pointer(&with_port) : NULL;
}

static char *set_relay(struct config *config, const struct setting *setting, const char *text)
{
  char **relays = split_list(text);
  guint count = g_strv_length(relays);
  bool has_maildir = false, is_fine = count > 0;
  *list_field(config, setting) = relays;
  for (guint i = 0; i < count; i++) {
    char *relay = relay_of(config, relays[i]);
    if (!relay) return g_strdup_printf("\"%s\" is neither smtp://HOST:PORT nor maildir:DIR", relays[i]);
    g_free(relays[i]);
    relays[i] = relay;
    has_maildir |= g_str_has_prefix(relay, "maildir:");
  }
  if (has_maildir && count > 1) is_fine = false;
  return is_fine ? NULL : g_strdup("wanted is one or more smtp://HOST:PORT, or one maildir:DIR");
}

static char *set_tls(struct config *config, const struct setting *setting, const char *text)
{
  if (!g_str_equal(text, "no") && !g_str_equal(text, "may") && !g_str_equal(text, "must"))
    return g_strdup("wanted is no, may or must");
  return keep(config, setting, g_strdup(text));
}

static char *set_delimiter(struct config *config, const struct setting *setting, const char *text)
{
  if (strlen(text) != 1 || !strchr("+=~", *text)) return g_strdup("wanted is one of + = ~");
  return keep(config, setting, g_strdup(text));
}

static char *set_url(struct config *config, const struct setting *setting, const char *text)
{
  if (!*text && setting->fallback && !*setting->fallback) return keep(config, setting, g_strdup(""));
  bool is_web = g_str_has_prefix(text, "https://") || g_str_has_prefix(text, "http://");
  if (!is_web || strpbrk(text, " \t\"'<>?#") || !strstr(text, "://")[3])
    return g_strdup("wanted is an address like https://archiv.kiez.example");
  char *url = g_strdup(text);
  while (g_str_has_suffix(url, "/")) url[strlen(url) - 1] = '\0';
  return keep(config, setting, url);
}

static char *set_checksum(struct config *config, const struct setting *setting, const char *text)
{
  static const char *const known[] = { "sha256", "sha384", "sha512", "sha1", NULL };
  if (!g_strv_contains(known, text)) return g_strdup("wanted is sha256, sha384, sha512 or sha1");
  return keep(config, setting, g_strdup(text));
}

static value_set *const set_of_type[] = {
  [SETTING_TEXT] = set_text,           [SETTING_WORD] = set_word,   [SETTING_DOMAIN] = set_domain,
  [SETTING_ADDRESS] = set_address,     [SETTING_ZONE] = set_zone,   [SETTING_PATH] = set_path,
  [SETTING_SOCKET] = set_socket,       [SETTING_SIZE] = set_size,   [SETTING_COUNT] = set_count,
  [SETTING_LIST] = set_list,           [SETTING_RELAY] = set_relay, [SETTING_TLS] = set_tls,
  [SETTING_DELIMITER] = set_delimiter, [SETTING_URL] = set_url,     [SETTING_CHECKSUM] = set_checksum,
};
_Static_assert(G_N_ELEMENTS(set_of_type) == SETTING_TYPE_COUNT, "each type of setting can be read");

char *config_value_set(struct config *config, const struct setting *setting, const char *text)
{
  return set_of_type[setting->type](config, setting, text);
}

static bool is_list(const struct setting *setting)
{
  return setting->type == SETTING_LIST || setting->type == SETTING_RELAY;
}

/* 41943040 → "40M", where nothing gets lost. */
static char *size_text(int64_t bytes)
{
  static const char units[] = "GMK";
  for (int i = 0; units[i]; i++) {
    int64_t unit = unit_of(units[i]);
    if (bytes >= unit && bytes % unit == 0)
      return g_strdup_printf("%" G_GINT64_FORMAT "%c", bytes / unit, units[i]);
  }
  return g_strdup_printf("%" G_GINT64_FORMAT, bytes);
}

char *config_value_text(const struct config *config, const struct setting *setting)
{
  if (setting->type == SETTING_SIZE) return size_text(*size_field(config, setting));
  if (setting->type == SETTING_COUNT) return g_strdup_printf("%d", *count_field(config, setting));
  if (is_list(setting)) return g_strjoinv(";", *list_field(config, setting));
  return g_strdup(*text_field(config, setting));
}

void config_value_clear(struct config *config, const struct setting *setting)
{
  if (setting->type == SETTING_SIZE || setting->type == SETTING_COUNT) return;
  if (is_list(setting))
    g_clear_pointer(list_field(config, setting), g_strfreev);
  else
    g_clear_pointer(text_field(config, setting), g_free);
}
