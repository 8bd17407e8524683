/* The sandbox: what a process gives up once it has started. Landlock (landlock(7)) leaves it the files it
 * named and those that the C library, GLib and OpenSSL read behind our back; seccomp (seccomp(2)) refuses
 * calls that no process of ours makes. Both answer EPERM or EACCES, so that a library that tries something
 * can go on without.
 *
 * What surprised us: without gconv and its cache GMime cannot read iso-8859-1, and without zoneinfo there is
 * no Berlin; both fail silently. Landlock binds the calling thread and those it starts later, so enter before
 * starting any; a process that comes late is told so. A rule holds for the file that bears the name now: a
 * resolv.conf that is replaced by rename is another file, and the sender then asks the resolver it knew at
 * start. */
#include "lib/base/sandbox.h"
#include "lib/base/config.h"
#include "lib/base/fault.h"
#include "lib/base/log.h"
#include "lib/base/sandbox_calls.h"
#include "lib/base/sandbox_try.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/landlock.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Newer than the headers of Debian 12; the kernel is asked which of them it knows. */
#define FS_TRUNCATE         (UINT64_C(1) << 14) /* ABI 3 */
#define FS_IOCTL_DEV        (UINT64_C(1) << 15) /* ABI 5 */
#define NET_BIND_TCP        (UINT64_C(1) << 0)  /* ABI 4 */
#define NET_CONNECT_TCP     (UINT64_C(1) << 1)
#define SCOPE_ABSTRACT_UNIX (UINT64_C(1) << 0) /* ABI 6 */
#define SCOPE_SIGNAL        (UINT64_C(1) << 1)

struct ruleset { /* struct landlock_ruleset_attr of a newer kernel */
  uint64_t files, network, scoped;
};

static const uint64_t may_read = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
static const uint64_t may_write =
    LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR | LANDLOCK_ACCESS_FS_WRITE_FILE |
    LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_DIR |
    LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO |
    LANDLOCK_ACCESS_FS_MAKE_SYM | LANDLOCK_ACCESS_FS_REFER | FS_TRUNCATE;
static const uint64_t all_of_abi_1 = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1;
static const uint64_t of_a_file = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_WRITE_FILE |
                                  LANDLOCK_ACCESS_FS_READ_FILE | FS_TRUNCATE | FS_IOCTL_DEV;

/* What the C library, GLib, ICU, OpenSSL and GnuTLS read; a line a purpose. */
/* clang-format off */
static const char *const always_readable[] = {
  "/usr/lib", "/usr/lib64", "/lib", "/lib64", "/usr/local/lib", "/etc/ld.so.cache", /* gconv, name services */
  "/usr/share", "/etc/localtime", "/etc/timezone", "/etc/locale.alias",             /* zoneinfo, ICU, locales */
  "/etc/nsswitch.conf", "/etc/hosts", "/etc/host.conf", "/etc/gai.conf", "/etc/services", "/etc/protocols",
  "/etc/resolv.conf", "/run/systemd/resolve", "/run/resolvconf", "/run/NetworkManager",
  "/etc/ssl", "/etc/gnutls", "/usr/local/share/ca-certificates",
  "/dev/null", "/dev/zero", "/dev/urandom", "/dev/random", "/proc/self", "/sys/devices/system/cpu", NULL
};
/* clang-format on */
static const char *const always_writable[] = { "/dev/null", NULL };

/* The kernel's Landlock version; 0: none. */
static int landlock_version(void)
{
  long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
  return version < 0 ? 0 : (int)version;
}

/* All that this kernel can keep away from us. */
static struct ruleset handled_by(int version, enum sandbox_network network)
{
  struct ruleset handled = { .files = all_of_abi_1 };
  if (version >= 2) handled.files |= LANDLOCK_ACCESS_FS_REFER;
  if (version >= 3) handled.files |= FS_TRUNCATE;
  if (version >= 4)
    handled.network = network == SANDBOX_CONNECT ? NET_BIND_TCP : NET_BIND_TCP | NET_CONNECT_TCP;
  if (version >= 5) handled.files |= FS_IOCTL_DEV;
  if (version >= 6) handled.scoped = SCOPE_ABSTRACT_UNIX | SCOPE_SIGNAL;
  return handled;
}

/* Allows `rights` below a path; one that is not there, or that we may not even look at, is passed over. */
static bool allow_path(int rules, const char *path, uint64_t rights, uint64_t handled, GError **error)
{
  int fd = open(path, O_PATH | O_CLOEXEC);
  if (fd < 0) return true;
  struct stat about;
  struct landlock_path_beneath_attr rule = { .allowed_access = rights & handled, .parent_fd = fd };
  if (fstat(fd, &about) == 0 && !S_ISDIR(about.st_mode)) rule.allowed_access &= of_a_file;
  long result = syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
  int why = errno;
  close(fd);
  return result == 0 ||
         fault_set_errno(error, FAULT_UNAVAILABLE, why, "Landlock refuses a rule for %s", path);
}

static bool allow_paths(int rules, const char *const *paths, uint64_t rights, uint64_t handled,
                        GError **error)
{
  for (; paths && *paths; paths++)
    if (!allow_path(rules, *paths, rights, handled, error)) return false;
  return true;
}

static bool fill_rules(int rules, const struct sandbox *sandbox, uint64_t handled, GError **error)
{
  const char *const shared[] = { config_share(), NULL };
  return allow_paths(rules, always_readable, may_read, handled, error) &&
         allow_paths(rules, always_writable, may_read | LANDLOCK_ACCESS_FS_WRITE_FILE | FS_TRUNCATE, handled,
                     error) &&
         allow_paths(rules, shared, may_read, handled, error) &&
         allow_paths(rules, sandbox->readable, may_read, handled, error) &&
         allow_paths(rules, sandbox->writable, may_write, handled, error);
}

static bool confine_files(const struct sandbox *sandbox, GError **error)
{
  int version = landlock_version();
  if (version == 0)
    return fault_set(error, FAULT_UNAVAILABLE, "this kernel has no Landlock or it is switched off");
  struct ruleset handled = handled_by(version, sandbox->network);
  int rules = (int)syscall(SYS_landlock_create_ruleset, &handled, sizeof handled, 0);
  if (rules < 0) return fault_set_errno(error, FAULT_UNAVAILABLE, errno, "Landlock refuses our set of rules");
  bool is_done = fill_rules(rules, sandbox, handled.files, error);
  if (is_done && syscall(SYS_landlock_restrict_self, rules, 0) != 0)
    is_done = fault_set_errno(error, FAULT_UNAVAILABLE, errno, "Landlock cannot be entered");
  close(rules);
  return is_done;
}

/* The writable directories, as they were. */
static struct place {
  char *path;
  dev_t device;
  ino_t inode;
} places[8];
static gsize place_count;

static void remember_places(const char *const *paths)
{
  struct stat about;
  for (; paths && *paths && place_count < G_N_ELEMENTS(places); paths++)
    if (stat(*paths, &about) == 0 && S_ISDIR(about.st_mode))
      places[place_count++] =
          (struct place){ .path = g_strdup(*paths), .device = about.st_dev, .inode = about.st_ino };
}

const char *sandbox_replaced_directory(void)
{
  struct stat about;
  for (gsize i = 0; i < place_count; i++)
    if (stat(places[i].path, &about) == 0 &&
        (about.st_dev != places[i].device || about.st_ino != places[i].inode))
      return places[i].path;
  return NULL;
}

bool sandbox_still_fits(GError **error)
{
  const char *replaced = sandbox_replaced_directory();
  return !replaced || fault_set(error, FAULT_TEMPORARY,
                                "%s is another directory than the one that was opened; this process ends, to "
                                "be started anew",
                                replaced);
}

/* Threads that run already keep their access to files. */
static bool is_alone(GError **error)
{
  int threads = 0;
  g_autoptr(GDir) tasks = g_dir_open("/proc/self/task", 0, NULL);
  while (tasks && g_dir_read_name(tasks)) threads++;
  if (threads <= 1) return true;
  return fault_set(error, FAULT_UNAVAILABLE,
                   "%d threads were started before it and keep their access to files", threads - 1);
}

/* Every part is tried even when one before it failed; the first failure is the one reported. */
bool sandbox_enter(const struct sandbox *sandbox, GError **error)
{
  g_autoptr(GError) files = NULL, calls = NULL, threads = NULL;
  bool is_alone_now = is_alone(&threads);
  remember_places(sandbox->writable);
#ifndef __SANITIZE_ADDRESS__ /* the leak checker traces its own process */
  prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
    return fault_set_errno(error, FAULT_UNAVAILABLE, errno, "%s: privileges cannot be given up",
                           sandbox->process);
  bool is_confined = confine_files(sandbox, &files);
  is_confined = sandbox_deny_calls(sandbox->network, &calls) && is_confined;
  if (is_confined && is_alone_now) return true;
  const GError *first = files ? files : calls ? calls : threads;
  return fault_set(error, FAULT_UNAVAILABLE, "%s: the sandbox is not whole: %s", sandbox->process,
                   first->message);
}

bool sandbox_enter_or_say(const struct sandbox *sandbox, GError **error)
{
  g_autoptr(GError) why = NULL;
  sandbox_try_prepare();
  bool is_inside = sandbox_enter(sandbox, &why);
  sandbox_try_all(sandbox->process);
  if (is_inside) return true;
  const char *wish = g_getenv("KIEZPOST_SANDBOX");
  if (wish && strcmp(wish, "require") == 0) {
    g_propagate_error(error, g_steal_pointer(&why));
    return false;
  }
  log_line("WARNING: %s. Mail is handled nevertheless; KIEZPOST_SANDBOX=require refuses to", why->message);
  return true;
}

bool sandbox_become_owner_of(const char *directory, GError **error)
{
  struct stat about;
  if (geteuid() != 0) return true;
  if (stat(directory, &about) != 0)
    return fault_set_errno(error, FAULT_FILE, errno, "the owner of %s cannot be found", directory);
  if (about.st_uid == 0) return true;
  if (setgroups(0, NULL) != 0 || setresgid(about.st_gid, about.st_gid, about.st_gid) != 0 ||
      setresuid(about.st_uid, about.st_uid, about.st_uid) != 0)
    return fault_set_errno(error, FAULT_DENIED, errno, "root cannot become the owner of %s", directory);
  if (setuid(0) == 0) return fault_set(error, FAULT_BUG, "root was given up, and came back");
  return true;
}
