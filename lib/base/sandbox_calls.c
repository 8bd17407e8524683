/* System calls that are refused. All others are allowed: a list of what libraries may need grows with each of
 * their versions, while what none of our processes ever does is short and stays. Foreign architectures'
 * numbers (a 32-bit call from a 64-bit program) end the process; nothing of ours makes them. */
#include "lib/base/sandbox_calls.h"
#include "lib/base/fault.h"

#include <errno.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/socket.h>

/* A line a purpose. */
/* clang-format off */
static const char *const denied_calls[] = {
  /* other programs */
  "execve", "execveat", "uselib",
  /* other processes */
#ifndef __SANITIZE_ADDRESS__ /* the leak checker traces its own process */
  "ptrace",
#endif
  "process_vm_readv", "process_vm_writev", "process_madvise", "pidfd_getfd", "kcmp",
  /* other views of the system */
  "mount", "umount", "umount2", "pivot_root", "chroot", "move_mount", "open_tree", "fsopen", "fsconfig", "fsmount",
  "fspick", "mount_setattr", "unshare", "setns", "open_by_handle_at", "quotactl", "quotactl_fd", "swapon", "swapoff",
  "acct",
  /* the kernel */
  "bpf", "io_uring_setup", "io_uring_enter", "io_uring_register", "keyctl", "add_key", "request_key", "userfaultfd",
  "perf_event_open", "init_module", "finit_module", "delete_module", "kexec_load", "kexec_file_load", "reboot",
  "syslog", "lookup_dcookie", "personality", "modify_ldt", "iopl", "ioperm", "vhangup", "fanotify_init",
  /* the clock and the name of the machine */
  "settimeofday", "clock_settime", "clock_settime64", "clock_adjtime", "adjtimex", "stime", "sethostname",
  "setdomainname",
};
/* clang-format on */

/* Threads are made by clone; new namespaces are not. */
static const uint64_t namespace_flags =
    CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS | CLONE_NEWCGROUP;

static const int connecting_families[] = { AF_UNIX, AF_INET, AF_INET6, AF_NETLINK };

static int deny_listed(scmp_filter_ctx filter)
{
  int result = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(denied_calls) && result == 0; i++) {
    int number = seccomp_syscall_resolve_name(denied_calls[i]);
    if (number == __NR_SCMP_ERROR || number < 0) continue; /* not of this architecture */
    result = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), number, 0);
  }
  return result;
}

static int deny_namespaces(scmp_filter_ctx filter)
{
  int result = 0;
  for (uint64_t flag = 1; flag && flag <= namespace_flags && result == 0; flag <<= 1)
    if (namespace_flags & flag)
      result = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(clone), 1,
                                SCMP_A0(SCMP_CMP_MASKED_EQ, flag, flag));
  /* clone3 hides its flags in memory; "no such call" makes the C library use clone. */
  return result ? result : seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
}

static bool is_connecting_family(int family)
{
  for (gsize i = 0; i < G_N_ELEMENTS(connecting_families); i++)
    if (connecting_families[i] == family) return true;
  return false;
}

/* The sender may make sockets of the families above; it neither binds nor listens. */
static int deny_but_connecting(scmp_filter_ctx filter)
{
  int result = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(socket), 1,
                                SCMP_A0(SCMP_CMP_GT, AF_NETLINK, 0));
  for (int family = 0; family < AF_NETLINK && result == 0; family++)
    if (!is_connecting_family(family))
      result = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(socket), 1,
                                SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)family, 0));
  if (result == 0) result = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(bind), 0);
  if (result == 0) result = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(listen), 0);
  return result;
}

static int deny_but_unix(scmp_filter_ctx filter)
{
  return seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(socket), 1,
                          SCMP_A0(SCMP_CMP_NE, AF_UNIX, 0));
}

bool sandbox_deny_calls(enum sandbox_network network, GError **error)
{
  scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
  if (!filter) return fault_set(error, FAULT_UNAVAILABLE, "seccomp gives no filter");
  int result = seccomp_attr_set(filter, SCMP_FLTATR_CTL_TSYNC, 1);
  if (result == 0) result = deny_listed(filter);
  if (result == 0) result = deny_namespaces(filter);
  if (result == 0) result = network == SANDBOX_CONNECT ? deny_but_connecting(filter) : deny_but_unix(filter);
  if (result == 0) result = seccomp_load(filter);
  seccomp_release(filter);
  return result == 0 || fault_set_errno(error, FAULT_UNAVAILABLE, -result, "seccomp cannot be entered");
}
