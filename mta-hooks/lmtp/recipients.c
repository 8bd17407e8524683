/* Which recipients are ours.
 *
 * Each question looks at both files' stat first, two cheap calls, so that an address is known the moment the
 * worker has published it, and a rotated key the moment it is there. What was read of an older file is never
 * used for an answer: a book that became unreadable might know the address by now, and a refusal is for good.
 */
#include "mta-hooks/lmtp/recipients.h"

#include "lib/base/clock.h"
#include "lib/base/fault.h"
#include "lib/base/log.h"
#include "lib/mail/address.h"
#include "lists/addresses.h"
#include <string.h>
#include <sys/stat.h>

/* What tells one state of a file from another. */
struct mark {
  dev_t device;
  ino_t inode;
  off_t size;
  struct timespec modified, changed;
};

struct recipients {
  const struct config *config;
  struct mark book_mark, keys_mark;
  address_book_t *book;
  keys_t *keys;
  GError *book_fault, *keys_fault;
  bool had_keys; /* they could be read once */
  bool keys_were_replaced;
};

/* True if the file is another one than `mark` says, which is brought up to date. No file is a state too. */
static bool has_changed(const char *path, struct mark *mark)
{
  struct mark now;
  struct stat st;
  memset(&now, 0, sizeof now);
  if (stat(path, &st) == 0) {
    now.device = st.st_dev;
    now.inode = st.st_ino;
    now.size = st.st_size;
    now.modified = st.st_mtim;
    now.changed = st.st_ctim;
  }
  if (!memcmp(&now, mark, sizeof now)) return false;
  *mark = now;
  return true;
}

static void say_fault(const GError *fault)
{
  if (fault) log_line("Recipients are put off (4xx): %s", fault->message);
}

static void read_book(struct recipients *recipients)
{
  g_clear_pointer(&recipients->book, addresses_free);
  g_clear_error(&recipients->book_fault);
  recipients->book =
      addresses_from_file(recipients->config->addresses, recipients->config, &recipients->book_fault);
  say_fault(recipients->book_fault);
}

static void read_keys(struct recipients *recipients, bool is_other_file)
{
  g_clear_pointer(&recipients->keys, keys_free);
  g_clear_error(&recipients->keys_fault);
  recipients->keys = keys_load(recipients->config->keys, &recipients->keys_fault);
  recipients->keys_were_replaced = !recipients->keys && recipients->had_keys && is_other_file;
  if (recipients->keys) recipients->had_keys = true;
  say_fault(recipients->keys_fault);
}

/* Reads what changed. */
static void refresh(struct recipients *recipients)
{
  if (has_changed(recipients->config->addresses, &recipients->book_mark)) read_book(recipients);
  ino_t inode = recipients->keys_mark.inode;
  if (has_changed(recipients->config->keys, &recipients->keys_mark))
    read_keys(recipients, recipients->keys_mark.inode && recipients->keys_mark.inode != inode);
}

struct recipients *recipients_new(const struct config *config)
{
  struct recipients *recipients = g_new0(struct recipients, 1);
  recipients->config = config;
  has_changed(config->addresses, &recipients->book_mark);
  has_changed(config->keys, &recipients->keys_mark);
  read_book(recipients);
  read_keys(recipients, false);
  return recipients;
}

void recipients_free(struct recipients *recipients)
{
  if (!recipients) return;
  addresses_free(recipients->book);
  keys_free(recipients->keys);
  g_clear_error(&recipients->book_fault);
  g_clear_error(&recipients->keys_fault);
  g_free(recipients);
}

/* The address with a domain: RFC 5321 section 4.1.1.3 lets postmaster come without. Caller frees. */
static char *with_domain(const struct recipients *recipients, const char *address)
{
  if (!g_ascii_strcasecmp(address, "postmaster"))
    return g_strconcat("postmaster@", recipients->config->domain, NULL);
  return g_strdup(address);
}

enum recipient_verdict recipients_look_up(struct recipients *recipients, const char *address)
{
  static const enum recipient_verdict verdicts[] = {
    [ADDRESS_UNKNOWN] = RECIPIENT_UNKNOWN, [ADDRESS_FORGED] = RECIPIENT_FORGED,
    [ADDRESS_LIST] = RECIPIENT_OURS,       [ADDRESS_COMMAND] = RECIPIENT_OURS,
    [ADDRESS_TOKEN] = RECIPIENT_OURS,      [ADDRESS_STALE_TOKEN] = RECIPIENT_OURS,
    [ADDRESS_FRONT_DOOR] = RECIPIENT_OURS, [ADDRESS_ADMIN] = RECIPIENT_OURS,
  };
  _Static_assert(G_N_ELEMENTS(verdicts) == ADDRESS_ADMIN + 1, "each meaning has a verdict");
  refresh(recipients);
  if (!recipients->book || !recipients->keys) return RECIPIENT_NOT_NOW;
  g_autofree char *whole = with_domain(recipients, address);
  return verdicts[addresses_look_up(recipients->book, recipients->keys, whole, clock_now()).meaning];
}

/* The form that is stored; caller frees. */
static char *normalise(const struct recipients *recipients, const char *address)
{
  g_autofree char *whole = with_domain(recipients, address);
  char *normalised = address_normalise(whole);
  return normalised ? normalised : g_steal_pointer(&whole);
}

char **recipients_stored(const struct recipients *recipients, const char *const *addresses)
{
  g_autoptr(GPtrArray) stored = g_ptr_array_new_with_free_func(g_free);
  for (; *addresses; addresses++) {
    g_autofree char *address = normalise(recipients, *addresses);
    if (!g_ptr_array_find_with_equal_func(stored, address, g_str_equal, NULL))
      g_ptr_array_add(stored, g_steal_pointer(&address));
  }
  g_ptr_array_add(stored, NULL);
  return (char **)g_ptr_array_free(g_steal_pointer(&stored), FALSE);
}

const char *recipients_reply(enum recipient_verdict verdict)
{
  static const char *const replies[] = {
    [RECIPIENT_OURS] = "250 2.1.5 Ok",
    [RECIPIENT_UNKNOWN] = "550 5.1.1 There is no such address here; please check how it is written.",
    [RECIPIENT_FORGED] =
        ("550 5.1.1 This address was not given out by us; please answer a mail of ours, or write to "
         "the list itself."),
    [RECIPIENT_NOT_NOW] =
        "451 4.3.0 The list of addresses cannot be read at the moment; please try again later.",
  };
  _Static_assert(G_N_ELEMENTS(replies) == RECIPIENT_VERDICT_COUNT, "each verdict has a reply");
  return replies[verdict];
}

const char *recipients_fault(struct recipients *recipients)
{
  refresh(recipients);
  if (recipients->book_fault) return recipients->book_fault->message;
  return recipients->keys_fault ? recipients->keys_fault->message : NULL;
}

bool recipients_need_new_start(const struct recipients *recipients)
{
  return recipients->keys_were_replaced;
}
