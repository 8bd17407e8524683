/* The key file and HMAC; the one file of this floor that knows OpenSSL. The file is written whole by rename,
 * read whole at start, and refused when others may read it. The date of a line says since when the key is
 * active or retired. Rotating keeps every key whose tokens may still be answered; only a number that is
 * needed again is given up, and only after 400 days. */
#include "lib/base/keys.h"
#include "lib/base/clock.h"
#include "lib/base/durable.h"
#include "lib/base/fault.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { KEY_FILE_MAX_BYTES = 64 * 1024, LOG_KEYS_MAX = 16, KEY_KEEP_DAYS = 400, SECONDS_A_DAY = 86400 };

struct key {
  bool is_there, is_active;
  int64_t since;
  unsigned char secret[KEY_BYTES];
};

struct keys {
  struct key token[KEYS_MAX];
  struct key log[LOG_KEYS_MAX];
  int token_signs, log_signs; /* -1 while reading: none */
};

/* ---- HMAC
 * -------------------------------------------------------------------------------------------------------- */

static EVP_MAC *hmac_sha256(void)
{
  static gsize once;
  static EVP_MAC *mac;
  if (g_once_init_enter(&once)) {
    mac = EVP_MAC_fetch(NULL, "HMAC", NULL);
    g_assert(mac != NULL);
    g_once_init_leave(&once, 1);
  }
  return mac;
}

/* A context a thread: its digest is chosen once, and its key as long as it stays the same, since taking up a
 * key costs as much as signing. */
struct signer {
  EVP_MAC_CTX *context;
  unsigned char secret[KEY_BYTES]; /* that the context holds */
  bool is_keyed;
};

static void free_signer(gpointer data)
{
  struct signer *signer = data;
  EVP_MAC_CTX_free(signer->context);
  OPENSSL_cleanse(signer, sizeof *signer);
  g_free(signer);
}

static struct signer *thread_signer(void)
{
  static GPrivate slot = G_PRIVATE_INIT(free_signer);
  struct signer *signer = g_private_get(&slot);
  if (!signer) {
    char digest[] = "SHA256";
    const OSSL_PARAM parameters[] = { OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
                                      OSSL_PARAM_construct_end() };
    signer = g_new0(struct signer, 1);
    signer->context = EVP_MAC_CTX_new(hmac_sha256());
    gboolean is_set = signer->context && EVP_MAC_CTX_set_params(signer->context, parameters) == 1;
    g_assert(is_set);
    g_private_set(&slot, signer);
  }
  return signer;
}

/* Begins anew, with the key it has where that is this one. */
static bool begin(struct signer *signer, const unsigned char secret[KEY_BYTES])
{
  if (signer->is_keyed && CRYPTO_memcmp(signer->secret, secret, KEY_BYTES) == 0)
    return EVP_MAC_init(signer->context, NULL, 0, NULL) == 1;
  memcpy(signer->secret, secret, KEY_BYTES);
  signer->is_keyed = EVP_MAC_init(signer->context, secret, KEY_BYTES, NULL) == 1;
  return signer->is_keyed;
}

void keys_hmac(const unsigned char secret[KEY_BYTES], const void *bytes, size_t size, unsigned char mac[32])
{
  struct signer *signer = thread_signer();
  size_t length = 0;
  gboolean is_done = begin(signer, secret) && EVP_MAC_update(signer->context, bytes, size) == 1 &&
                     EVP_MAC_final(signer->context, mac, &length, 32) == 1;
  g_assert(is_done && length == 32);
}

/* ---- reading
 * ------------------------------------------------------------------------------------------------------ */

static bool read_secret(const char *hex, unsigned char secret[KEY_BYTES])
{
  if (strlen(hex) != 2 * KEY_BYTES) return false;
  for (int i = 0; i < KEY_BYTES; i++) {
    int high = g_ascii_xdigit_value(hex[2 * i]), low = g_ascii_xdigit_value(hex[2 * i + 1]);
    if (high < 0 || low < 0) return false;
    secret[i] = (unsigned char)(high << 4 | low);
  }
  return true;
}

static bool read_date(const char *text, int64_t *since)
{
  g_autofree char *moment = g_strconcat(text, "T00:00:00Z", NULL);
  return clock_parse(moment, since, NULL);
}

/* The words of a line, without the empty ones that runs of blanks leave. */
static GPtrArray *words_of(const char *line)
{
  GPtrArray *words = g_ptr_array_new_with_free_func(g_free);
  g_auto(GStrv) parts = g_strsplit_set(line, " \t\r", -1);
  for (char **part = parts; *part; part++)
    if (**part) g_ptr_array_add(words, g_strdup(*part));
  return words;
}

/* "token 0 2026-11-21 active <hex>": NULL when fine, else what is wrong with it. */
static const char *read_key_line(struct keys *keys, GPtrArray *words)
{
  if (words->len != 5) return "has not five words (kind, number, date, state, 64 hex digits)";
  bool is_token = g_str_equal(words->pdata[0], "token");
  if (!is_token && !g_str_equal(words->pdata[0], "log")) return "is neither a token key nor a log key";
  guint64 number = 0;
  if (!g_ascii_string_to_unsigned(words->pdata[1], 10, 0, KEYS_MAX - 1, &number, NULL))
    return "has a number that is not between 0 and 15";
  struct key *key = is_token ? &keys->token[number] : &keys->log[number];
  if (key->is_there) return "has a number that was there before";
  if (!read_date(words->pdata[2], &key->since)) return "has no date like 2026-11-21";
  key->is_active = g_str_equal(words->pdata[3], "active");
  if (!key->is_active && !g_str_equal(words->pdata[3], "retired")) return "is neither active nor retired";
  if (!read_secret(words->pdata[4], key->secret)) return "has a secret that is not 64 hex digits";
  key->is_there = true;
  int *signs = is_token ? &keys->token_signs : &keys->log_signs;
  const struct key *of_kind = is_token ? keys->token : keys->log;
  if (key->is_active && (*signs < 0 || of_kind[*signs].since <= key->since)) *signs = (int)number;
  return NULL;
}

static bool read_lines(struct keys *keys, const char *path, const char *text, GError **error)
{
  g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
  for (int i = 0; lines[i]; i++) {
    g_autoptr(GPtrArray) words = words_of(lines[i]);
    if (words->len == 0 || *(const char *)words->pdata[0] == '#') continue;
    const char *wrong = read_key_line(keys, words);
    if (wrong) return fault_set(error, FAULT_CONFIG, "key file %s: line %d %s", path, i + 1, wrong);
  }
  if (keys->token_signs < 0)
    return fault_set(error, FAULT_CONFIG, "key file %s holds no active token key", path);
  if (keys->log_signs < 0) return fault_set(error, FAULT_CONFIG, "key file %s holds no active log key", path);
  return true;
}

/* The file's text; refuses a file that others may read. The text holds secrets: wipe it. */
static char *read_private_file(const char *path, size_t *size, GError **error)
{
  int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0) {
    fault_set_errno(error, FAULT_CONFIG, errno, "key file %s cannot be read", path);
    return NULL;
  }
  struct stat about;
  char *text = NULL;
  if (fstat(fd, &about) != 0 || !S_ISREG(about.st_mode) || about.st_size > KEY_FILE_MAX_BYTES) {
    fault_set(error, FAULT_CONFIG, "key file %s is not a small regular file", path);
  } else if (about.st_mode & 077) {
    fault_set(error, FAULT_CONFIG,
              "key file %s may be read by others (mode %03o); make it private: chmod 600 %s", path,
              about.st_mode & 0777, path);
  } else {
    text = g_malloc0(KEY_FILE_MAX_BYTES + 1);
    ssize_t got = read(fd, text, KEY_FILE_MAX_BYTES);
    *size = got > 0 ? (size_t)got : 0;
    if (got < 0) {
      fault_set_errno(error, FAULT_CONFIG, errno, "key file %s cannot be read", path);
      g_clear_pointer(&text, g_free);
    }
  }
  close(fd);
  return text;
}

struct keys *keys_load(const char *path, GError **error)
{
  size_t size = 0;
  char *text = read_private_file(path, &size, error);
  if (!text) return NULL;
  struct keys *keys = g_new0(struct keys, 1);
  keys->token_signs = keys->log_signs = -1;
  bool is_fine = strlen(text) == size ? read_lines(keys, path, text, error)
                                      : fault_set(error, FAULT_CONFIG, "key file %s is not text", path);
  OPENSSL_cleanse(text, KEY_FILE_MAX_BYTES);
  g_free(text);
  if (!is_fine) g_clear_pointer(&keys, keys_free);
  return keys;
}

void keys_free(struct keys *keys)
{
  if (!keys) return;
  OPENSSL_cleanse(keys, sizeof *keys);
  g_free(keys);
}

/* ---- writing
 * ------------------------------------------------------------------------------------------------------ */

static void put_lines(GString *text, const char *kind, const struct key *keys, int count)
{
  for (int i = 0; i < count; i++) {
    if (!keys[i].is_there) continue;
    g_autofree char *since = clock_format_utc(keys[i].since);
    g_string_append_printf(text, "%-5s %d %.10s %-7s ", kind, i, since,
                           keys[i].is_active ? "active" : "retired");
    for (int byte = 0; byte < KEY_BYTES; byte++) g_string_append_printf(text, "%02x", keys[i].secret[byte]);
    g_string_append_c(text, '\n');
  }
}

static bool write_keys(const struct keys *keys, const char *path, GError **error)
{
  GString *text =
      g_string_sized_new(KEY_FILE_MAX_BYTES); /* never grows, so no copy of a secret stays behind */
  g_string_append(
      text,
      "# Secrets that sign the addresses of this installation. Keep it private, keep it in the backup.\n"
      "# kind, number, since when, state, 64 hex digits; renewed by: kiezpost keys rotate\n");
  put_lines(text, "token", keys->token, KEYS_MAX);
  put_lines(text, "log", keys->log, LOG_KEYS_MAX);
  bool is_written = durable_replace(path, text->str, text->len, 0600, error);
  OPENSSL_cleanse(text->str, text->len);
  g_string_free(text, TRUE);
  return is_written;
}

static bool fresh_key(struct key *key, int64_t now, GError **error)
{
  if (RAND_bytes(key->secret, KEY_BYTES) != 1)
    return fault_set(error, FAULT_TEMPORARY, "the system gives no random bytes for a new key");
  key->is_there = key->is_active = true;
  key->since = now;
  return true;
}

bool keys_create(const char *path, int64_t now, GError **error)
{
  g_autoptr(keys_t) keys = g_new0(struct keys, 1);
  if (g_file_test(path, G_FILE_TEST_EXISTS))
    return fault_set(error, FAULT_DENIED, "there is a key file %s already; it is not overwritten", path);
  return fresh_key(&keys->token[0], now, error) && fresh_key(&keys->log[0], now, error) &&
         write_keys(keys, path, error);
}

/* A free number, else the one of the key that was retired first, if that was long ago; -1 with a fault. */
static int number_for_new_key(const struct keys *keys, const char *path, int64_t now, GError **error)
{
  int oldest = -1;
  for (int i = 0; i < KEYS_MAX; i++) {
    const struct key *key = &keys->token[i];
    if (!key->is_there) return i;
    if (!key->is_active && (oldest < 0 || key->since < keys->token[oldest].since)) oldest = i;
  }
  if (oldest >= 0 && now - keys->token[oldest].since >= (int64_t)KEY_KEEP_DAYS * SECONDS_A_DAY) return oldest;
  fault_set(error, FAULT_DENIED,
            "all %d numbers of %s are taken, and letters signed with the oldest key may still be answered: "
            "rotate again "
            "when it has been retired for %d days",
            KEYS_MAX, path, KEY_KEEP_DAYS);
  return -1;
}

static bool rotate_locked(const char *path, int64_t now, GError **error)
{
  g_autoptr(keys_t) keys = keys_load(path, error);
  if (!keys) return false;
  int number = number_for_new_key(keys, path, now, error);
  if (number < 0) return false;
  for (int i = 0; i < KEYS_MAX; i++) {
    struct key *key = &keys->token[i];
    if (!key->is_there || !key->is_active) continue;
    key->is_active = false;
    key->since = now;
  }
  return fresh_key(&keys->token[number], now, error) && write_keys(keys, path, error);
}

bool keys_rotate(const char *path, int64_t now, GError **error)
{
  /* The directory is locked, not the file: the file is another one after each rotation. */
  g_autofree char *directory = g_path_get_dirname(path);
  int fd = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0 || flock(fd, LOCK_EX) != 0) {
    fault_set_errno(error, FAULT_CONFIG, errno, "the directory of the key file, %s, cannot be locked",
                    directory);
    if (fd >= 0) close(fd);
    return false;
  }
  bool is_rotated = rotate_locked(path, now, error);
  close(fd);
  return is_rotated;
}

/* ---- asking
 * ------------------------------------------------------------------------------------------------------- */

unsigned keys_signing_number(const struct keys *keys)
{
  return (unsigned)keys->token_signs;
}

const unsigned char *keys_token_secret(const struct keys *keys, unsigned number)
{
  return number < KEYS_MAX && keys->token[number].is_there ? keys->token[number].secret : NULL;
}

const unsigned char *keys_log_secret(const struct keys *keys)
{
  return keys->log[keys->log_signs].secret;
}

static void describe(const char *kind, const struct key *keys, int count, int signs, keys_each *each,
                     void *data)
{
  for (int i = 0; i < count; i++)
    if (keys[i].is_there) each(kind, (unsigned)i, keys[i].since, keys[i].is_active, i == signs, data);
}

void keys_describe(const struct keys *keys, keys_each *each, void *data)
{
  describe("token", keys->token, KEYS_MAX, keys->token_signs, each, data);
  describe("log", keys->log, LOG_KEYS_MAX, keys->log_signs, each, data);
}
