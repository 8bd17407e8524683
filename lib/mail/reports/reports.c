/* Is it a report, and about whom? Machine-readable parts first; a letter's own words where there are none, or
 * where the part says less than the letter beside it.
 *
 * A letter is only believed to be a mail system's when it looks like one twice: by its sender (the null
 * sender, MAILER-DAEMON, "Mail Delivery System") or subject, and by what it says. A neighbour who asks "what
 * does Undelivered Mail mean?" or forwards one is a neighbour. */
#include "lib/mail/reports/reports.h"

#include "lib/mail/reports/diagnosis.h"
#include "lib/text/subject.h"

#include <string.h>

enum { STATUS_MAX = 128 * 1024, FAILED_MAX = 50, WANTED_PARTS = 100 };

static void bounce_free(gpointer data)
{
  struct mail_bounce *bounce = data;
  g_free(bounce->address);
  g_free(bounce->status);
  g_free(bounce);
}

static void add_bounce(struct mail *mail, const char *address, const struct diagnosis *diagnosis)
{
  for (guint i = 0; i < mail->bounces->len; i++) {
    struct mail_bounce *known = g_ptr_array_index(mail->bounces, i);
    if (g_ascii_strcasecmp(known->address, address) == 0) return;
  }
  struct mail_bounce *bounce = g_new0(struct mail_bounce, 1);
  *bounce = (struct mail_bounce){ .address = g_strdup(address),
                                  .status = g_strdup(diagnosis->status),
                                  .is_permanent = diagnosis->is_permanent,
                                  .is_policy = diagnosis->is_policy };
  g_ptr_array_add(mail->bounces, bounce);
}

static const struct part *find_part(const struct parts *parts, const char *type)
{
  for (guint i = 0; i < parts->all->len && i < WANTED_PARTS; i++) {
    const struct part *part = g_ptr_array_index(parts->all, i);
    if (part_is(part, type)) return part;
  }
  return NULL;
}

/* X-Failed-Recipients, as Exim and Gmail write it. NULL: not there. */
static char **failed_by_header(const struct parts *parts)
{
  for (guint i = 0; i < parts->fields->len; i++) {
    const struct field *field = &g_array_index(parts->fields, struct field, i);
    if (!field_is(field, "X-Failed-Recipients")) continue;
    g_autofree char *value = field_line(field, 4000, NULL);
    char **each = g_strsplit_set(value, ", <>", FAILED_MAX);
    GPtrArray *out = g_ptr_array_new();
    for (char **at = each; *at; at++) {
      if (strchr(*at, '@'))
        g_ptr_array_add(out, *at);
      else
        g_free(*at);
    }
    g_free(each);
    g_ptr_array_add(out, NULL);
    return (char **)g_ptr_array_free(out, FALSE);
  }
  return NULL;
}

/* The one recipient of the mail that a report is about, from the copy of its header; NULL: not to be told. */
static char *original_recipient(const struct parts *parts, const struct mail *mail)
{
  static const char *const types[] = { "message/rfc822", "text/rfc822-headers", "message/global",
                                       "message/global-headers", "message/rfc822-headers" };
  const struct part *part = NULL;
  for (gsize i = 0; !part && i < G_N_ELEMENTS(types); i++) part = find_part(parts, types[i]);
  g_autofree char *text =
      part ? body_part_text(part, STATUS_MAX, NULL) : g_strdup(strstr(mail->text, "\nReceived:"));
  if (!text) return NULL;
  const char *at = text + strspn(text, "\n"), *end = text + strlen(text);
  struct field field;
  while (field_next(&at, end, &field)) {
    if (!field_is(&field, "To")) continue;
    g_autofree char *value = field_unfold(&field, 1000, NULL);
    char *sign = strchr(value, '@');
    if (!sign || strchr(sign + 1, '@')) return NULL;
    char *from = sign, *to = sign;
    while (from > value && !strchr("<, \t\"", from[-1])) from--;
    while (*to && !strchr(">, \t\"", *to)) to++;
    return g_strndup(from, (gsize)(to - from));
  }
  return NULL;
}

/* Is it an address at the host the report came to? Then it is a list's or a sender's of ours: a mail to a
 * list has the list in To, and who did not get it is not said. */
static bool is_at_home(const char *address, const struct mail *mail)
{
  const char *host = strrchr(address, '@');
  for (guint i = 0; host && i < mail->to->len; i++) {
    const struct mail_address *to = g_ptr_array_index(mail->to, i);
    const char *home = strrchr(to->address, '@');
    if (home && g_ascii_strcasecmp(home, host) == 0) return true;
  }
  return false;
}

static bool is_word(const char *text, const char *word)
{
  return text && g_ascii_strncasecmp(text, word, strlen(word)) == 0;
}

/* What the letter beside a status part says about an address. */
static const char *said_about(GPtrArray *complaints, const char *address)
{
  for (guint i = 0; i < complaints->len; i++) {
    const struct complaint *complaint = g_ptr_array_index(complaints, i);
    if (g_ascii_strcasecmp(complaint->address, address) == 0) return complaint->text;
  }
  return NULL;
}

/* "smtp; 550 …" without its type, whose name may be a server's: "X-Outbound-Mail-Relay; …". */
static const char *without_type(const char *diagnostic)
{
  gsize size = strcspn(diagnostic, "; \t");
  return diagnostic[size] == ';' ? diagnostic + size + 1 : diagnostic;
}

/* What a status part leaves open is looked up in the letter: all of it when it is about one address. */
static struct diagnosis diagnose_recipient(const struct dsn_recipient *recipient, const char *about,
                                           bool is_delayed)
{
  const char *text = recipient->diagnostic ? without_type(recipient->diagnostic) : "";
  struct diagnosis diagnosis = diagnose(text, recipient->status, is_delayed);
  bool is_vague = diagnosis.reason == REASON_NONE || (!*text && g_str_has_suffix(diagnosis.status, ".0.0"));
  if (!is_vague || !about) return diagnosis;
  struct diagnosis wider = diagnose(about, recipient->status, is_delayed);
  return wider.reason == REASON_NONE ? diagnosis : wider;
}

/* A machine-readable report. False: it names nobody. A delay is no failure, for the mail may still arrive:
 * who is waited for is told, as a letter's own words would tell it, and the report says that it is none. */
static bool read_status_text(struct mail *mail, const struct parts *parts, const char *text)
{
  g_autoptr(GPtrArray) recipients = dsn_read(text);
  g_auto(GStrv) failed = failed_by_header(parts);
  g_autoptr(GPtrArray) complaints = notice_read(mail->text, (const char *const *)failed, mail);
  g_autofree char *own = notice_own_text(mail->text);
  guint failures = 0, others = 0;
  for (guint i = 0; i < recipients->len; i++) {
    const struct dsn_recipient *it = g_ptr_array_index(recipients, i);
    if (is_word(it->action, "deliver") || is_word(it->action, "relayed") || is_word(it->action, "expanded") ||
        (!it->action && is_word(it->status, "2."))) {
      others++;
      continue;
    }
    bool is_delayed = is_word(it->action, "delayed");
    g_autofree char *guessed = NULL;
    const char *address = it->address;
    if (!address && complaints->len == 1)
      address = ((struct complaint *)g_ptr_array_index(complaints, 0))->address;
    if (!address && complaints->len == 0) address = guessed = original_recipient(parts, mail);
    others += is_delayed;
    if (!address) continue;
    const char *about = recipients->len == 1 ? own : said_about(complaints, address);
    struct diagnosis diagnosis = diagnose_recipient(it, about, is_delayed);
    if (guessed && is_at_home(guessed, mail)) diagnosis.is_permanent = false;
    add_bounce(mail, address, &diagnosis);
    failures += !is_delayed;
  }
  if (others > 0 && failures == 0) mail->report = "delivery";
  return failures > 0 || others > 0;
}

/* Does it hold a reply code? */
static bool has_code(const char *text)
{
  for (const char *at = text; (at = strpbrk(at, "45")); at++)
    if (g_ascii_isdigit(at[1]) && g_ascii_isdigit(at[2])) return true;
  return false;
}

/* A short letter that gives up for good and says nothing of why: no such address is what is left. */
static bool is_mute(const char *own_text)
{
  enum { SHORT = 700 };
  return strlen(own_text) <= SHORT && !has_code(own_text);
}

/* A letter in its own words. False: it names nobody. */
static bool read_letter(struct mail *mail, const struct parts *parts)
{
  g_auto(GStrv) failed = failed_by_header(parts);
  g_autoptr(GPtrArray) complaints = notice_read(mail->text, (const char *const *)failed, mail);
  g_autofree char *own = notice_own_text(mail->text);
  bool is_guess = complaints->len == 0;
  if (is_guess) {
    char *address = original_recipient(parts, mail);
    if (!address) return false;
    struct complaint *complaint = g_new0(struct complaint, 1);
    *complaint = (struct complaint){ address, g_strdup(own) };
    g_ptr_array_add(complaints, complaint);
  }
  bool is_delayed = notice_is_delay(own);
  for (guint i = 0; i < complaints->len; i++) {
    const struct complaint *complaint = g_ptr_array_index(complaints, i);
    struct diagnosis diagnosis = diagnose(complaint->text, NULL, is_delayed);
    bool is_about_all = complaints->len == 1 || !has_code(complaint->text);
    if (diagnosis.reason == REASON_NONE && is_about_all) diagnosis = diagnose(own, NULL, is_delayed);
    if (diagnosis.reason == REASON_NONE && !is_delayed) diagnosis.is_permanent = !is_guess && is_mute(own);
    if (is_guess && is_at_home(complaint->address, mail)) diagnosis.is_permanent = false;
    add_bounce(mail, complaint->address, &diagnosis);
  }
  if (is_delayed) mail->report = "delivery";
  return true;
}

/* ---- is it one? ---- */

static bool has_prefix(const char *subject)
{
  return subject_is_reply(subject) || subject_is_forward(subject);
}

static bool is_from_system(const struct mail *mail)
{
  static const char *const names[] = { "mailer-daemon@", "mailerdaemon@", "postmaster@", "mail-daemon@",
                                       "mdaemon@",       "mailer@",       "maildaemon@", "mail.delivery" };
  static const char *const titles[] = { "mail delivery", "mailer-daemon",        "mailer daemon",
                                        "postmaster",    "system administrator", "mail administrator",
                                        "mail system" };
  for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
    if (is_word(mail->from.address, names[i])) return true;
  for (gsize i = 0; i < G_N_ELEMENTS(titles); i++)
    if (is_word(mail->from.name, titles[i])) return true;
  return false;
}

/* Does its media type say that it is a report of delivery? */
static bool is_typed_report(const struct parts *parts)
{
  const struct part *root = parts_root(parts);
  const char *type = part_parameter(root, "report-type");
  return part_is(root, "multipart/report") && type && g_ascii_strcasecmp(type, "delivery-status") == 0;
}

static bool is_nobody(const struct mail *mail)
{
  static const char *const names[] = { "no-reply@", "noreply@", "no_reply@", "donotreply@", "do-not-reply@" };
  for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
    if (is_word(mail->from.address, names[i])) return true;
  return false;
}

/* A program nobody can answer, with the mail it complains of. Parcel services have such addresses too, but
 * attach no mail. */
static bool is_from_nobody(const struct mail *mail, const struct parts *parts)
{
  return is_nobody(mail) && (find_part(parts, "message/rfc822") || find_part(parts, "text/rfc822-headers"));
}

/* Nothing but its subject speaks for a mail system, and somebody asks or greets: "Mail unzustellbar?" above
 * "Hallo, meine Mail an Otto kam zurück". Whose address they name must not be marked as dead. */
static bool is_spoken(const struct mail *mail, const char *own_text)
{
  static const char *const greetings[] = { "hallo",  "hi ",    "hi,",         "liebe", "moin",
                                           "guten ", "servus", "hey",         "dear ", "hello",
                                           "mahl",   "huhu",   "sehr geehrte" };
  if (strchr(own_text, '?') || strchr(mail->subject, '?')) return true;
  const char *text = own_text + strspn(own_text, " \t\r\n");
  for (gsize i = 0; i < G_N_ELEMENTS(greetings); i++)
    if (is_word(text, greetings[i])) return true;
  return false;
}

static bool is_letter_of_system(const struct mail *mail, const struct parts *parts)
{
  bool is_system = is_from_system(mail) || is_typed_report(parts) || is_from_nobody(mail, parts),
       is_null = mail->robot == MAIL_NULL_SENDER;
  if (!is_system && has_prefix(mail->subject)) return false;
  g_autofree char *own = notice_own_text(mail->text);
  bool is_subject = notice_is_failure_subject(mail->subject);
  if (!is_system && !is_null && (!is_subject || is_spoken(mail, own))) return false;
  if (notice_is_failure(own)) return is_system || is_subject || is_null;
  g_auto(GStrv) failed = failed_by_header(parts);
  bool has_failed = failed && *failed;
  if (has_failed && (is_system || is_subject)) return true;
  struct diagnosis diagnosis = diagnose(own, NULL, false);
  return is_subject && (is_system || is_null) && diagnosis.reason != REASON_NONE;
}

/* A status part in a mail whose multipart lost its boundary: it stands in the text. */
static const char *loose_status(const char *text)
{
  const char *at = strstr(text, "\nReporting-MTA:");
  return at && strstr(at, "\nFinal-Recipient:") ? at + 1 : NULL;
}

static bool read_status_part(struct mail *mail, const struct parts *parts)
{
  static const char *const types[] = { "message/delivery-status", "message/global-delivery-status" };
  for (gsize i = 0; i < G_N_ELEMENTS(types); i++) {
    const struct part *part = find_part(parts, types[i]);
    g_autofree char *text = part ? body_part_text(part, STATUS_MAX, NULL) : NULL;
    if (text && read_status_text(mail, parts, text)) return true;
  }
  return false;
}

/* Gateways that filter mail wrap the report they got: it lies whole in the attached message. One level. */
static bool read_wrapped(struct mail *mail, const struct parts *parts)
{
  const struct part *wrapped = find_part(parts, "message/rfc822");
  if (!wrapped) return false;
  g_autoptr(GByteArray) bytes = part_bytes(wrapped, STATUS_MAX, NULL);
  g_autoptr(parts_t) inner = parts_scan(bytes->data, bytes->len);
  return read_status_part(mail, inner);
}

static bool read_failure(struct mail *mail, const struct parts *parts)
{
  if (read_status_part(mail, parts)) return true;
  bool is_system = is_from_system(mail) || mail->robot == MAIL_NULL_SENDER;
  if (is_system && read_wrapped(mail, parts)) return true;
  const char *loose = is_system ? loose_status(mail->text) : NULL;
  if (loose && read_status_text(mail, parts, loose)) return true;
  return is_letter_of_system(mail, parts) && read_letter(mail, parts);
}

/* A delivery service's notification. Its complaints are abuse reports. */
static bool read_notification(struct mail *mail)
{
  if (*mail->text != '{') return false;
  bool is_complaint;
  g_autoptr(GPtrArray) recipients = notification_read(mail->text, &is_complaint);
  for (guint i = 0; i < recipients->len; i++) {
    const struct dsn_recipient *it = g_ptr_array_index(recipients, i);
    struct diagnosis diagnosis = diagnose_recipient(it, NULL, is_word(it->action, "delayed"));
    add_bounce(mail, it->address, &diagnosis);
  }
  if (is_complaint) mail->report = "abuse";
  return is_complaint || recipients->len > 0;
}

/* Complaints of providers that follow no RFC: a sentence and the mail. */
static bool is_plain_complaint(const struct mail *mail, const struct parts *parts)
{
  return (is_word(mail->subject, "complaint about message from") ||
          is_word(mail->subject, "Email Feedback Report for")) &&
         find_part(parts, "message/rfc822") != NULL;
}

/* A report is no person's letter, whatever its header said. */
static void set_robot(struct mail *mail, enum mail_robot robot, const char *reason)
{
  if (mail->robot != MAIL_HUMAN && mail->robot != MAIL_LIST && mail->robot != MAIL_AUTO_GENERATED) return;
  g_free(mail->robot_reason);
  mail->robot = robot;
  mail->robot_reason = g_strdup(reason);
}

/* Whose copy an abuse report is about (RFC 5965, and RFC 6650 for the second field). Providers that hide
 * their users say nothing, or something that is no address. Caller frees; NULL: not said. */
static char *complained_in(const char *text)
{
  static const char *const fields[] = { "Original-Rcpt-To:", "Removal-Recipient:" };
  g_auto(GStrv) lines = g_strsplit(text, "\n", 200);
  for (gsize i = 0; i < G_N_ELEMENTS(fields); i++)
    for (char **line = lines; *line; line++) {
      gsize length = strlen(fields[i]);
      if (g_ascii_strncasecmp(*line, fields[i], length) != 0) continue;
      char *value = g_strstrip(*line + length);
      char *type = strchr(value, ';');
      g_autofree char *plain = g_strdelimit(g_strdup(type ? type + 1 : value), "<>", ' ');
      g_strstrip(plain);
      if (strchr(plain, '@')) return g_steal_pointer(&plain);
    }
  return NULL;
}

static void read_complained(struct mail *mail, const struct parts *parts)
{
  const struct part *part = find_part(parts, "message/feedback-report");
  g_autofree char *text = part ? body_part_text(part, STATUS_MAX, NULL) : NULL;
  if (text) mail->complained = complained_in(text);
}

/* The fields of the mail complained about that bear addresses of its copy alone. */
static void read_reported(struct mail *mail, const struct parts *parts)
{
  static const char *const names[] = { "Return-Path", "List-Unsubscribe", "Reply-To", "From" };
  static const char *const types[] = { "message/rfc822", "text/rfc822-headers", "message/rfc822-headers" };
  const struct part *part = NULL;
  for (gsize i = 0; !part && i < G_N_ELEMENTS(types); i++) part = find_part(parts, types[i]);
  g_autofree char *text = part ? body_part_text(part, BOUND_PART_HEADER, NULL) : NULL;
  if (!text) return;
  mail->reported = g_ptr_array_new_with_free_func(g_free);
  for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
    const char *at = text + strspn(text, "\r\n"), *end = text + strlen(text);
    struct field field;
    while (field_next(&at, end, &field))
      if (field_is(&field, names[i])) g_ptr_array_add(mail->reported, field_unfold(&field, 2000, NULL));
  }
}

void reading_report(struct mail *mail, const struct parts *parts)
{
  mail->bounces = g_ptr_array_new_with_free_func(bounce_free);
  if (find_part(parts, "message/feedback-report") || is_plain_complaint(mail, parts)) {
    mail->report = "abuse";
    read_complained(mail, parts);
    read_reported(mail, parts);
    set_robot(mail, MAIL_AUTO_REPLY, "it is a complaint that a provider's program sent (ARF)");
    return;
  }
  bool is_receipt = find_part(parts, "message/disposition-notification") ||
                    find_part(parts, "message/global-disposition-notification");
  if (is_receipt) {
    mail->report = "receipt";
    set_robot(mail, MAIL_AUTO_REPLY, "it is a receipt that a mail program sent");
  }
  if (mail->robot != MAIL_LOOP && is_nobody(mail) && read_notification(mail)) {
    set_robot(mail, MAIL_NULL_SENDER, "it is a delivery service's report");
    return;
  }
  if (mail->robot == MAIL_LOOP || !read_failure(mail, parts)) return;
  set_robot(mail, MAIL_NULL_SENDER, "it is a mail system's report about a mail that was not delivered");
}
