/* `kiezpost check`: looks at everything an installation needs and says in sentences what to fix. It changes
 * nothing but for the probe, a mail of its own that goes round through the MTA (probe.c). Exit status:
 * 0 in order (notes allowed), 69 when there is a problem. */
#include "mta-hooks/check/check.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/timex.h>
#include <sysexits.h>
#include <unistd.h>

#include "lib/base/clock.h"
#include "lib/base/sandbox.h"
#include "lib/mail/read.h"
#include "lib/store/cases/offices.h"
#include "lib/store/inbox/inbox.h"
#include "lib/store/mails.h"
#include "lib/store/outbox.h"
#include "lib/store/pages.h"
#include "lib/text/json_out.h"
#include "lib/text/phrases.h"
#include "lists/addresses.h"
#include "lists/forward.h"
#include "lists/letters.h"
#include "web-archive/site.h"

enum { DISK_PROBLEM_MB = 256, DISK_NOTE_MB = 2048, BACKLOG_NOTE = 1000, PAGES_NOTE = 1000 };

struct finding {
  enum finding_level level;
  const char *subject;
  char *sentence;
};

struct report {
  GArray *findings;
  int problems;
};

static const char *const level_words[] = {
  [FINDING_FINE] = "fine", [FINDING_NOTE] = "note", [FINDING_PROBLEM] = "problem"
};

void report_add(struct report *report, enum finding_level level, const char *subject, const char *format, ...)
{
  va_list arguments;
  va_start(arguments, format);
  struct finding finding = { .level = level,
                             .subject = subject,
                             .sentence = g_strdup_vprintf(format, arguments) };
  va_end(arguments);
  g_array_append_val(report->findings, finding);
  if (level == FINDING_PROBLEM) report->problems++;
}

static void clear_finding(void *data)
{
  g_free(((struct finding *)data)->sentence);
}

/* A directory that must be ours, closed to others, and writable. */
static void check_directory(const char *subject, const char *path, bool is_private, struct report *report)
{
  struct stat status;
  if (stat(path, &status) != 0)
    report_add(report, FINDING_PROBLEM, subject,
               "%s: %s. `kiezpost init` makes it, or correct [paths] in kiezpost.conf.", path,
               g_strerror(errno));
  else if (!S_ISDIR(status.st_mode))
    report_add(report, FINDING_PROBLEM, subject, "%s is no directory.", path);
  else if (access(path, R_OK | W_OK | X_OK) != 0)
    report_add(report, FINDING_PROBLEM, subject,
               "%s cannot be written by this user (uid %u, it belongs to uid %u).", path, (unsigned)geteuid(),
               (unsigned)status.st_uid);
  else if (is_private && (status.st_mode & S_IRWXO) != 0)
    report_add(report, FINDING_PROBLEM, subject, "%s is open to every user of this machine: chmod o-rwx %s",
               path, path);
  else
    report_add(report, FINDING_FINE, subject, "%s is there and ours.", path);
}

static void check_directories(const struct config *config, struct report *report)
{
  check_directory("inbox", config->inbox, true, report);
  check_directory("store", config->store, true, report);
  check_directory("archive", config->archive, false, report);
  check_directory("run", config->run, false, report);
}

static void check_keys(const struct config *config, struct report *report)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(keys_t) keys = keys_load(config->keys, &error);
  if (keys == NULL)
    report_add(report, FINDING_PROBLEM, "keys", "%s", error->message);
  else
    report_add(report, FINDING_FINE, "keys", "%s signs with key %u.", config->keys,
               keys_signing_number(keys));
}

static void check_admin(const struct config *config, struct report *report)
{
  g_autoptr(address_book_t) book = addresses_from_file(config->addresses, config, NULL);
  g_autofree char *address = book != NULL ? forward_admin_address(config, book, NULL, clock_now()) : NULL;
  if (book != NULL && address == NULL)
    report_add(
        report, FINDING_PROBLEM, "admin",
        "Mail to postmaster@ and abuse@ cannot go to %s, which is an address of kiezpost itself: it is "
        "held. Set admin in [municipality] to an address somebody reads elsewhere.",
        config->admin);
  else if (g_str_has_suffix(config->admin, "@localhost"))
    report_add(report, FINDING_PROBLEM, "admin",
               "Mail to postmaster@ and abuse@ goes to %s. Set admin in [municipality] to an address "
               "somebody reads.",
               config->admin);
  else
    report_add(report, FINDING_FINE, "admin", "postmaster@ and abuse@ reach %s.", config->admin);
}

static void check_disk(const struct config *config, struct report *report)
{
  const char *const paths[] = { config->inbox, config->store, config->archive };
  for (gsize i = 0; i < G_N_ELEMENTS(paths); i++) {
    struct statvfs disk;
    if (statvfs(paths[i], &disk) != 0) continue;
    guint64 free_mb = (guint64)disk.f_bavail * disk.f_frsize >> 20;
    bool out_of_files = disk.f_files > 0 && disk.f_favail * 100 < disk.f_files;
    if (free_mb < DISK_PROBLEM_MB || out_of_files)
      report_add(report, FINDING_PROBLEM, "disk",
                 "Below %s only %" G_GUINT64_FORMAT " MB%s are free: mail is soon refused for now.", paths[i],
                 free_mb, out_of_files ? " and hardly any file numbers" : "");
    else
      report_add(report, free_mb < DISK_NOTE_MB ? FINDING_NOTE : FINDING_FINE, "disk",
                 "Below %s %" G_GUINT64_FORMAT " MB are free.", paths[i], free_mb);
  }
}

static void check_clock(struct report *report)
{
  struct timex state = { 0 };
  if (adjtimex(&state) == TIME_ERROR && (state.status & STA_UNSYNC))
    report_add(report, FINDING_NOTE, "clock",
               "The kernel does not know whether its clock is right: is a time service running?");
  else
    report_add(report, FINDING_FINE, "clock", "The clock is kept by a time service.");
}

/* Is there somebody to answer, and can they be reached? */
static void check_offices(struct store *store, struct report *report)
{
  g_autoptr(GPtrArray) offices = offices_all(store, NULL);
  g_autoptr(GString) mute = g_string_new(NULL);
  bool has_coordinator = false;
  for (guint i = 0; offices && i < offices->len; i++) {
    const struct office *office = offices->pdata[i];
    has_coordinator = has_coordinator || office->is_coordinator;
    if (!office_main_address(office) && !office->is_by_hand)
      g_string_append_printf(mute, "%s%s", mute->len ? ", " : "", office->sign);
  }
  if (mute->len)
    report_add(report, FINDING_NOTE, "offices",
               "No address is known of %s: their letters go to the admin until `kiezpost office set SIGN "
               "--address …` names one.",
               mute->str);
  if (!has_coordinator)
    report_add(
        report, FINDING_NOTE, "offices",
        "There is no coordinator: what nobody is responsible for goes to the admin. `kiezpost office set "
        "SIGN --coordinator on` names one.");
  if (!mute->len && has_coordinator)
    report_add(report, FINDING_FINE, "offices", "All %u offices can be written to.", offices->len);
}

static void check_store_rows(struct store *store, struct report *report)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) wrong = store_verify(store, &error);
  if (wrong == NULL) {
    report_add(report, FINDING_PROBLEM, "store", "%s", error->message);
    return;
  }
  for (guint i = 0; i < wrong->len; i++)
    report_add(report, FINDING_PROBLEM, "store", "%s", (const char *)wrong->pdata[i]);
  if (wrong->len == 0)
    report_add(report, FINDING_FINE, "store", "kiezpost.db is sound, schema version %d.",
               store_program_version());

  g_autofree char *date = store_setting(store, "clock_date", NULL);
  g_autofree char *now = clock_format_utc(clock_now());
  /* The store's date is local: east of Greenwich it may be tomorrow's. */
  g_autofree char *tomorrow = clock_format_utc(clock_now() + 86400);
  if (date != NULL && date[0] != '\0' && strncmp(tomorrow, date, 10) < 0)
    report_add(report, FINDING_PROBLEM, "clock",
               "The clock says %.10s, but the store has already seen %s. Correct the clock.", now, date);

  g_autoptr(GPtrArray) paused = letters_paused(store, 0, 1, NULL);
  if (paused != NULL && paused->len > 0)
    report_add(report, FINDING_NOTE, "outbox",
               "Letters of a restored backup wait: `kiezpost queue` shows them.");
  g_autoptr(GPtrArray) pages = pages_stale(store, PAGES_NOTE, NULL);
  check_offices(store, report);
  if (pages != NULL && pages->len >= PAGES_NOTE)
    report_add(report, FINDING_NOTE, "archive",
               "%u pages and more wait to be written: is `kiezpost publish` running?", pages->len);
}

static void check_store(const struct config *config, struct report *report)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(store_t) store = store_open(config->store, STORE_READ, &error);
  if (store == NULL)
    report_add(report, FINDING_PROBLEM, "store", "%s", error->message);
  else
    check_store_rows(store, report);
}

static void check_inbox(const struct config *config, struct report *report)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(inbox_t) inbox = inbox_open(config->inbox, false, &error);
  int64_t waiting = inbox != NULL ? inbox_count(inbox, &error) : -1;
  if (waiting < 0) {
    report_add(report, FINDING_PROBLEM, "inbox", "%s", error->message);
    return;
  }
  g_autoptr(GPtrArray) aside = inbox_list(inbox, 0, 1, true, NULL);
  if (aside != NULL && aside->len > 0)
    report_add(report, FINDING_NOTE, "inbox",
               "At least one mail was set aside: `kiezpost queue` shows it and why.");
  report_add(report, waiting > BACKLOG_NOTE ? FINDING_NOTE : FINDING_FINE, "inbox",
             "%" G_GINT64_FORMAT " mails wait for the worker.", waiting);
}

static void check_addresses(const struct config *config, struct report *report)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(address_book_t) book = addresses_from_file(config->addresses, config, &error);
  if (book == NULL)
    report_add(report, FINDING_PROBLEM, "addresses",
               "%s Until then recipients are answered 4xx: start `kiezpost work`.", error->message);
  else
    report_add(report, FINDING_FINE, "addresses", "%s lists the valid addresses.", config->addresses);
}

struct wrong_letters {
  struct report *report;
  guint count;
};

static void add_wrong_letter(const char *sentence, void *data)
{
  struct wrong_letters *wrong = data;
  report_add(wrong->report, FINDING_PROBLEM, "letters", "%s Until then no mail that needs it goes out.",
             sentence);
  wrong->count++;
}

static void check_letters(const struct config *config, struct report *report)
{
  struct wrong_letters wrong = { .report = report };
  guint count = letters_check(config, add_wrong_letter, &wrong);
  if (wrong.count == 0)
    report_add(report, FINDING_FINE, "letters", "The %u letters and footers can be filled in.", count);
}

static void check_templates(const struct config *config, struct report *report)
{
  g_autoptr(GError) error = NULL;
  struct site *site = site_new(config, NULL, &error);
  if (site == NULL)
    report_add(report, FINDING_PROBLEM, "archive", "%s Until then no page is written.", error->message);
  else
    report_add(report, FINDING_FINE, "archive", "The pages' templates (templates/archive) can be filled in.");
  site_free(site);
}

static void check_phrases(const struct config *config, struct report *report)
{
  g_autoptr(GError) error = NULL;
  if (!mail_init(config, &error)) {
    report_add(report, FINDING_PROBLEM, "phrases", "%s Until then no mail is read.", error->message);
    return;
  }
  const GPtrArray *unknown = phrases_unknown_sections();
  for (guint i = 0; unknown && i < unknown->len; i++)
    report_add(report, FINDING_PROBLEM, "phrases", "%s", (const char *)g_ptr_array_index(unknown, i));
  if (!unknown || unknown->len == 0)
    report_add(report, FINDING_FINE, "phrases", "The tables of phrases (languages/*.phrases) can be read.");
}

/* What is looked at, in this order. The doors come after what they depend on. */
static void (*const looks[])(const struct config *, struct report *) = {
  check_admin, check_letters,   check_templates, check_phrases, check_directories,
  check_keys,  check_disk,      check_inbox,     check_store,   check_addresses,
  check_lmtp,  check_socketmap, check_relay,     check_video,   check_forged_results,
};

static void print_text(const struct report *report)
{
  for (guint i = 0; i < report->findings->len; i++) {
    const struct finding *finding = &g_array_index(report->findings, struct finding, i);
    printf("%-8s %-10s %s\n", level_words[finding->level], finding->subject, finding->sentence);
  }
}

static void print_json(const struct report *report)
{
  g_autoptr(json_out_t) json = json_out_new();
  json_begin_array(json, NULL);
  for (guint i = 0; i < report->findings->len; i++) {
    const struct finding *finding = &g_array_index(report->findings, struct finding, i);
    json_begin_object(json, NULL);
    json_put_text(json, "level", level_words[finding->level]);
    json_put_text(json, "subject", finding->subject);
    json_put_text(json, "sentence", finding->sentence);
    json_end_object(json);
  }
  json_end_array(json);
  json_out_print(json);
}

int verb_check(struct command *command, GError **error)
{
  if (!command_parse(command, NULL, error)) return -1;
  if (command->argument_count > 0) {
    fault_set(error, FAULT_USAGE, "check takes no arguments.");
    return -1;
  }
  struct report report = { .findings = g_array_new(FALSE, FALSE, sizeof(struct finding)) };
  g_array_set_clear_func(report.findings, clear_finding);
  check_clock(&report);
  for (gsize i = 0; i < G_N_ELEMENTS(looks); i++) looks[i](command->config, &report);
  if (command->json)
    print_json(&report);
  else
    print_text(&report);
  if (report.problems > 0 && !command->json)
    fprintf(stderr, "kiezpost: %d %s to fix.\n", report.problems, report.problems == 1 ? "thing" : "things");
  g_array_unref(report.findings);
  return report.problems > 0 ? EX_UNAVAILABLE : EX_OK;
}
