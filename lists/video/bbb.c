/* Signing calls of BigBlueButton's API (docs.bigbluebutton.org/development/api, "API Security Model"): the
 * checksum is the hash over the call's name, the query as it is sent, and the shared secret. Passwords of a
 * room are made of the secret and its meetingID, so that they need no keeping and a room that is opened twice
 * is the same.
 *
 * What surprised us: a server counts two `create` as one only where they say the same, so nothing in a query
 * may depend on the clock. And `bbb-conf --secret` names the address without "/api", libraries with it: both
 * are taken. */
#include "lists/video/bbb.h"

#include "lib/base/fault.h"
#include "lib/text/escape.h"

#include <string.h>
#include <sys/stat.h>

enum { PASSWORD_CHARACTERS = 24, MEETING_CHARACTERS = 32, NAME_CHARACTERS = 64 };

struct bbb {
  char *base; /* ends in "/api" */
  char *host;
  char *secret;
  GChecksumType checksum;
};

static const struct {
  const char *word;
  GChecksumType type;
} checksums[] = { { "sha256", G_CHECKSUM_SHA256 },
                  { "sha384", G_CHECKSUM_SHA384 },
                  { "sha512", G_CHECKSUM_SHA512 },
                  { "sha1", G_CHECKSUM_SHA1 } };

static GChecksumType checksum_of(const char *word)
{
  for (gsize i = 0; i < G_N_ELEMENTS(checksums); i++)
    if (strcmp(checksums[i].word, word) == 0) return checksums[i].type;
  return G_CHECKSUM_SHA256;
}

/* The file's first line. NULL on error; caller frees. */
static char *read_secret(const struct config *config, GError **error)
{
  const char *file = config->bbb_secret_file;
  struct stat about;
  g_autofree char *secret = NULL;
  g_autoptr(GError) why = NULL;
  if (!*file)
    fault_set(error, FAULT_CONFIG, "[video] has a bbb_url, but no secret_file.");
  else if (stat(file, &about) == 0 && (about.st_mode & (S_IRWXO | S_IWGRP)) != 0)
    fault_set(error, FAULT_CONFIG, "%s is open to others: chmod 600 %s.", file, file);
  else if (!g_file_get_contents(file, &secret, NULL, &why))
    fault_set(error, FAULT_CONFIG, "The secret of the video server cannot be read: %s.", why->message);
  if (!secret) return NULL;
  secret[strcspn(secret, "\r\n")] = '\0';
  if (*g_strstrip(secret)) return g_steal_pointer(&secret);
  fault_set(error, FAULT_CONFIG, "%s holds no secret in its first line.", file);
  return NULL;
}

/* "bbb.example" of a URL. Caller frees. */
static char *host_of(const char *url)
{
  const char *begin = strstr(url, "://");
  begin = begin ? begin + 3 : url;
  return g_strndup(begin, strcspn(begin, "/"));
}

struct bbb *bbb_new(const struct config *config, GError **error)
{
  if (!*config->bbb_url) return NULL;
  g_autofree char *secret = read_secret(config, error);
  if (!secret) return NULL;
  struct bbb *bbb = g_new0(struct bbb, 1);
  bool has_api = g_str_has_suffix(config->bbb_url, "/api");
  bbb->base = g_strconcat(config->bbb_url, has_api ? "" : "/api", NULL);
  bbb->host = host_of(config->bbb_url);
  bbb->secret = g_steal_pointer(&secret);
  bbb->checksum = checksum_of(config->bbb_checksum);
  return bbb;
}

void bbb_free(struct bbb *bbb)
{
  if (!bbb) return;
  g_free(bbb->base);
  g_free(bbb->host);
  explicit_bzero(bbb->secret, strlen(bbb->secret));
  g_free(bbb->secret);
  g_free(bbb);
}

const char *bbb_host(const struct bbb *bbb)
{
  return bbb->host;
}

void bbb_put(GString *query, const char *name, const char *value)
{
  g_autoptr(GString) line = g_string_new(NULL);
  g_autoptr(GString) encoded = g_string_new(NULL);
  put_line(line, value);
  put_url(encoded, line->str);
  g_string_replace(encoded, "%20", "+", 0);
  g_string_append_printf(query, "%s%s=%s", query->len ? "&" : "", name, encoded->str);
}

char *bbb_sign(const struct bbb *bbb, const char *call, const char *query)
{
  g_autofree char *signed_text = g_strconcat(call, query, bbb->secret, NULL);
  g_autofree char *sum = g_compute_checksum_for_string(bbb->checksum, signed_text, -1);
  explicit_bzero(signed_text, strlen(signed_text));
  return g_strconcat(bbb->base, "/", call, "?", query, *query ? "&" : "", "checksum=", sum, NULL);
}

/* So many characters that only who has the secret can make of these words. Caller frees. */
static char *derive(const struct bbb *bbb, const char *what, const char *of, gsize characters)
{
  g_autofree char *text = g_strconcat(what, ":", of, NULL);
  g_autofree char *mac = g_compute_hmac_for_string(G_CHECKSUM_SHA256, (const guchar *)bbb->secret,
                                                   strlen(bbb->secret), text, -1);
  return g_strndup(mac, characters);
}

static char *password_of(const struct bbb *bbb, const char *meeting, bool is_moderator)
{
  return derive(bbb, is_moderator ? "moderator" : "attendee", meeting, PASSWORD_CHARACTERS);
}

char *bbb_meeting_id(const struct bbb *bbb, const char *uid)
{
  g_autofree char *word = derive(bbb, "meeting", uid, MEETING_CHARACTERS);
  return g_strconcat("kiez-", word, NULL);
}

char *bbb_create_url(const struct bbb *bbb, const char *meeting, const char *query)
{
  g_autofree char *attendee = password_of(bbb, meeting, false), *moderator = password_of(bbb, meeting, true);
  g_autoptr(GString) whole = g_string_new(query);
  bbb_put(whole, "attendeePW", attendee);
  bbb_put(whole, "moderatorPW", moderator);
  return bbb_sign(bbb, "create", whole->str);
}

char *bbb_join_url(const struct bbb *bbb, const char *meeting, const char *name, bool is_moderator)
{
  g_autofree char *password = password_of(bbb, meeting, is_moderator);
  g_autofree char *cut = g_utf8_substring(name, 0, MIN(g_utf8_strlen(name, -1), NAME_CHARACTERS));
  g_autoptr(GString) query = g_string_new(NULL);
  bbb_put(query, "fullName", cut);
  bbb_put(query, "meetingID", meeting);
  bbb_put(query, "password", password);
  bbb_put(query, "role", is_moderator ? "MODERATOR" : "VIEWER");
  return bbb_sign(bbb, "join", query->str);
}
