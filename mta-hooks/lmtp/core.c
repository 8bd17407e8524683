/* The receiving core: LMTP as a state machine over bytes.
 *
 * Two readers share the work: command lines are collected here, bounded, and looked up in a table of
 * commands; data runs through dot.c in pieces. What surprised us:
 *
 * - A line is executed only if it ended in CRLF and holds neither CR nor NUL nor more than LINE_LIMIT bytes.
 * A bare LF ends the line as well, so that somebody typing into a socket gets an answer, but such a line is
 * never obeyed.
 * - Once a mail is known to be refused at the dot (too large, broken lines, no room) the owner is told to
 * give it up at once, and what follows is only read to find its end.
 * - LMTP answers the dot once a recipient, whatever the answer (RFC 2033 section 4.2).
 * - Browsers can be made to POST to a loopback port; the first word of an HTTP request ends the connection.
 */
#include "mta-hooks/lmtp/core.h"

#include "mta-hooks/lmtp/dot.h"
#include "mta-hooks/lmtp/path.h"
#include <string.h>

enum {
  LINE_LIMIT =
      4096, /* bytes of a command line with its CRLF; RFC 5321 asks for 512 and what extensions add */
  ERROR_LIMIT = 100, /* lines that were no command; then we hang up */
};

enum phase { PHASE_HELLO, PHASE_READY, PHASE_MAIL, PHASE_DATA, PHASE_WAITING, PHASE_QUIT };

struct lmtp_core {
  struct lmtp_limits limits;
  char *host_name;
  const struct lmtp_owner *owner;
  void *data;
  enum phase phase;

  GString *line; /* the command so far */
  bool line_is_long;
  int errors;

  char *sender;
  GPtrArray *recipients; /* char* */
  int64_t size_hint;
  bool smtputf8;

  struct dot dot;
  int64_t size_bytes;  /* of the mail so far */
  const char *refusal; /* what the dot will be answered, once that is known */
};

struct lmtp_core *lmtp_core_new(const struct lmtp_limits *limits, const struct lmtp_owner *owner, void *data)
{
  struct lmtp_core *core = g_new0(struct lmtp_core, 1);
  core->limits = *limits;
  core->host_name = g_strdup(limits->host_name);
  core->owner = owner;
  core->data = data;
  core->line = g_string_new(NULL);
  core->recipients = g_ptr_array_new_with_free_func(g_free);
  return core;
}

/* Tells the owner to give up the mail in progress, once, and remembers what the dot will be answered. */
static void refuse_mail(struct lmtp_core *core, const char *refusal)
{
  if (core->refusal) return;
  core->refusal = refusal;
  core->owner->abort(core->data);
}

void lmtp_core_free(struct lmtp_core *core)
{
  if (!core) return;
  if (core->phase == PHASE_DATA) refuse_mail(core, "451 4.4.2 The connection was lost.");
  g_string_free(core->line, TRUE);
  g_ptr_array_free(core->recipients, TRUE);
  g_free(core->sender);
  g_free(core->host_name);
  g_free(core);
}

static void say(GString *out, const char *reply)
{
  g_string_append(out, reply);
  g_string_append(out, "\r\n");
}

/* Forgets the envelope; the session goes on. */
static void forget_envelope(struct lmtp_core *core)
{
  g_clear_pointer(&core->sender, g_free);
  g_ptr_array_set_size(core->recipients, 0);
  core->size_hint = 0;
  core->smtputf8 = false;
  core->refusal = NULL;
}

/* ---- parameters of MAIL
 * ------------------------------------------------------------------------------------------ */

/* SIZE=n (RFC 1870): digits only; a number too long to hold is too large. Returns the refusal or NULL. */
static const char *take_size(struct lmtp_core *core, const char *value)
{
  if (!*value || strspn(value, "0123456789") != strlen(value))
    return "501 5.5.4 SIZE wants the number of bytes.";
  gint64 size = 0;
  if (!g_ascii_string_to_signed(value, 10, 0, G_MAXINT64, &size, NULL) || size > core->limits.size_bytes)
    return "552 5.3.4 The mail is larger than this server takes.";
  core->size_hint = size;
  return NULL;
}

static const char *take_body(struct lmtp_core *core, const char *value)
{
  (void)core;
  if (!g_ascii_strcasecmp(value, "7BIT") || !g_ascii_strcasecmp(value, "8BITMIME")) return NULL;
  return "501 5.5.4 BODY is 7BIT or 8BITMIME.";
}

static const char *take_smtputf8(struct lmtp_core *core, const char *value)
{
  if (*value) return "501 5.5.4 SMTPUTF8 takes no value.";
  core->smtputf8 = true;
  return NULL;
}

static const struct parameter {
  const char *name;
  const char *(*take)(struct lmtp_core *core, const char *value);
} parameters[] = {
  { "SIZE", take_size },
  { "BODY", take_body },
  { "SMTPUTF8", take_smtputf8 },
};

/* One parameter, "NAME" or "NAME=value". Returns the refusal or NULL. */
static const char *take_parameter(struct lmtp_core *core, const char *word)
{
  const char *equals = strchr(word, '=');
  gsize length = equals ? (gsize)(equals - word) : strlen(word);
  for (gsize i = 0; i < G_N_ELEMENTS(parameters); i++)
    if (strlen(parameters[i].name) == length && !g_ascii_strncasecmp(word, parameters[i].name, length))
      return parameters[i].take(core, equals ? equals + 1 : "");
  return "555 5.5.4 A parameter of this command is not known here.";
}

/* All parameters of MAIL. Returns the refusal or NULL. */
static const char *take_parameters(struct lmtp_core *core, const char *text)
{
  g_auto(GStrv) words = g_strsplit(text, " ", -1);
  const char *refusal = NULL;
  for (char **word = words; *word && !refusal; word++)
    if (**word) refusal = take_parameter(core, *word);
  return refusal;
}

/* ---- commands: each answers its line
 * ------------------------------------------------------------------------------ */

static void do_lhlo(struct lmtp_core *core, const char *rest, GString *out)
{
  if (!*rest) {
    say(out, "501 5.5.4 Syntax: LHLO name");
    return;
  }
  forget_envelope(core);
  core->phase = PHASE_READY;
  g_string_append_printf(out,
                         "250-%s\r\n250-PIPELINING\r\n250-ENHANCEDSTATUSCODES\r\n250-SIZE %" G_GINT64_FORMAT
                         "\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n",
                         core->host_name, (gint64)core->limits.size_bytes);
}

static void do_helo(struct lmtp_core *core, const char *rest, GString *out)
{
  (void)core, (void)rest;
  say(out, "500 5.5.1 This is LMTP (RFC 2033): say LHLO.");
}

/* "FROM:" or "TO:" at the start of what follows the verb; NULL if it is not there. */
static const char *behind_word(const char *rest, const char *word)
{
  return g_ascii_strncasecmp(rest, word, strlen(word)) ? NULL : rest + strlen(word);
}

static void do_mail(struct lmtp_core *core, const char *rest, GString *out)
{
  if (core->phase != PHASE_READY) {
    say(out, core->phase == PHASE_HELLO ? "503 5.5.1 Say LHLO first." : "503 5.5.1 A mail is already begun.");
    return;
  }
  g_autofree char *sender = NULL;
  const char *text = behind_word(rest, "FROM:");
  const char *refusal = NULL;
  if (!text)
    refusal = "501 5.5.4 Syntax: MAIL FROM:<address>";
  else if (!path_read(&text, &sender) || (*text && *text != ' '))
    refusal = "501 5.1.7 That is not an address: MAIL FROM:<address>";
  else
    refusal = take_parameters(core, text);
  if (refusal) {
    forget_envelope(core);
    say(out, refusal);
    return;
  }
  core->sender = g_steal_pointer(&sender);
  core->phase = PHASE_MAIL;
  say(out, "250 2.1.0 Ok");
}

/* The reply to RCPT TO:rest; the address is kept where the owner takes it. */
static const char *take_recipient(struct lmtp_core *core, const char *rest)
{
  const char *text = behind_word(rest, "TO:");
  if (!text) return "501 5.5.4 Syntax: RCPT TO:<address>";
  if (core->recipients->len >= (guint)core->limits.recipients)
    return "452 4.5.3 That is the number of recipients a mail may have; send the others in another one.";
  g_autofree char *address = NULL;
  if (!path_read(&text, &address) || !*address || (*text && *text != ' '))
    return "501 5.1.3 That is not an address: RCPT TO:<address>";
  if (text[strspn(text, " ")]) return "555 5.5.4 A parameter of this command is not known here.";
  const char *reply = core->owner->recipient(address, core->data);
  if (reply[0] == '2') g_ptr_array_add(core->recipients, g_steal_pointer(&address));
  return reply;
}

static void do_rcpt(struct lmtp_core *core, const char *rest, GString *out)
{
  say(out, core->phase == PHASE_MAIL ? take_recipient(core, rest) : "503 5.5.1 Say MAIL FROM first.");
}

static void do_data(struct lmtp_core *core, const char *rest, GString *out)
{
  if (*rest) {
    say(out, "501 5.5.4 DATA takes no parameter.");
  } else if (core->phase != PHASE_MAIL || !core->recipients->len) {
    say(out, "503 5.5.1 There is no valid recipient.");
  } else if (!core->owner->begin(core->size_hint, core->data)) {
    forget_envelope(core);
    core->phase = PHASE_READY;
    say(out, "452 4.3.1 There is no room for a mail now; please try again later.");
  } else {
    dot_start(&core->dot);
    core->size_bytes = 0;
    core->phase = PHASE_DATA;
    say(out, "354 End the mail with a dot on a line of its own.");
  }
}

static void do_rset(struct lmtp_core *core, const char *rest, GString *out)
{
  (void)rest;
  forget_envelope(core);
  if (core->phase == PHASE_MAIL) core->phase = PHASE_READY;
  say(out, "250 2.0.0 Ok");
}

static void do_noop(struct lmtp_core *core, const char *rest, GString *out)
{
  (void)core, (void)rest;
  say(out, "250 2.0.0 Ok");
}

static void do_vrfy(struct lmtp_core *core, const char *rest, GString *out)
{
  (void)core, (void)rest;
  say(out, "252 2.5.2 Send a mail and see.");
}

static void do_quit(struct lmtp_core *core, const char *rest, GString *out)
{
  (void)rest;
  core->phase = PHASE_QUIT;
  say(out, "221 2.0.0 Bye");
}

static void do_http(struct lmtp_core *core, const char *rest, GString *out)
{
  (void)rest;
  core->phase = PHASE_QUIT;
  say(out, "421 4.7.0 This is a mail server (LMTP), not a web server.");
}

static const struct lmtp_command {
  const char *verb;
  void (*run)(struct lmtp_core *core, const char *rest, GString *out);
} commands[] = {
  { "LHLO", do_lhlo },  { "MAIL", do_mail },   { "RCPT", do_rcpt },    { "DATA", do_data },
  { "RSET", do_rset },  { "NOOP", do_noop },   { "VRFY", do_vrfy },    { "QUIT", do_quit },
  { "HELO", do_helo },  { "EHLO", do_helo },   { "GET", do_http },     { "POST", do_http },
  { "HEAD", do_http },  { "PUT", do_http },    { "OPTIONS", do_http }, { "PRI", do_http },
  { "PATCH", do_http }, { "DELETE", do_http }, { "CONNECT", do_http },
};

/* Answers a line that is no command; too many of them end the connection. */
static void refuse_line(struct lmtp_core *core, const char *reply, GString *out)
{
  if (++core->errors < ERROR_LIMIT) {
    say(out, reply);
    return;
  }
  core->phase = PHASE_QUIT;
  say(out, "421 4.7.0 Too many errors.");
}

/* One whole line without its CRLF. */
static void obey(struct lmtp_core *core, const char *line, GString *out)
{
  gsize length = strcspn(line, " ");
  const char *rest = line + length + strspn(line + length, " ");
  for (gsize i = 0; i < G_N_ELEMENTS(commands); i++)
    if (strlen(commands[i].verb) == length && !g_ascii_strncasecmp(line, commands[i].verb, length)) {
      commands[i].run(core, rest, out);
      return;
    }
  refuse_line(core, "500 5.5.1 This command is not known here.", out);
}

/* The line in core->line has ended (its LF is not in it). */
static void end_line(struct lmtp_core *core, GString *out)
{
  GString *line = core->line;
  const char *fault = NULL;
  if (core->line_is_long)
    fault = "500 5.5.2 The line is too long.";
  else if (!line->len || line->str[line->len - 1] != '\r')
    fault = "500 5.5.2 A line ends with CR LF.";
  else if (memchr(line->str, '\r', line->len - 1) || memchr(line->str, '\0', line->len))
    fault = "500 5.5.2 A command holds neither CR nor NUL.";
  if (fault) {
    refuse_line(core, fault, out);
  } else {
    do g_string_truncate(line, line->len - 1);
    while (line->len && line->str[line->len - 1] == ' ');
    obey(core, line->str, out);
  }
  g_string_truncate(line, 0);
  core->line_is_long = false;
}

/* Reads one command line or a part of it; returns the bytes read. */
static gsize feed_line(struct lmtp_core *core, const char *bytes, gsize size, GString *out)
{
  const char *lf = memchr(bytes, '\n', size);
  gsize length = lf ? (gsize)(lf - bytes) : size;
  if (core->line->len + length >= LINE_LIMIT)
    core->line_is_long = true;
  else
    g_string_append_len(core->line, bytes, (gssize)length);
  if (!lf) return size;
  end_line(core, out);
  return length + 1;
}

/* ---- data
 * ---------------------------------------------------------------------------------------------------------
 */

static void take_piece(const char *bytes, gsize size, void *data)
{
  struct lmtp_core *core = data;
  core->size_bytes += (int64_t)size;
  if (core->dot.is_broken)
    refuse_mail(core, "554 5.6.0 The mail holds a bare CR or LF; lines end with CR LF.");
  else if (core->size_bytes > core->limits.size_bytes)
    refuse_mail(core, "552 5.3.4 The mail is larger than this server takes.");
  else if (!core->refusal && !core->owner->piece(bytes, size, core->data))
    refuse_mail(core, "452 4.3.1 There is no room for the mail now; please try again later.");
}

static gsize feed_data(struct lmtp_core *core, const char *bytes, gsize size, GString *out)
{
  bool is_end = false;
  gsize used = dot_feed(&core->dot, bytes, size, take_piece, core, &is_end);
  if (core->dot.is_broken)
    refuse_mail(core, "554 5.6.0 The mail holds a bare CR or LF; lines end with CR LF.");
  if (!is_end) return used;
  core->phase = PHASE_WAITING;
  if (core->refusal) {
    lmtp_finish(core, core->refusal, out);
    return used;
  }
  g_ptr_array_add(core->recipients, NULL);
  core->owner->end(core->sender, (const char *const *)core->recipients->pdata, core->smtputf8, core->data);
  return used;
}

/* ---- the interface
 * ------------------------------------------------------------------------------------------------- */

void lmtp_greet(struct lmtp_core *core, GString *out)
{
  g_string_append_printf(out, "220 %s LMTP kiezpost\r\n", core->host_name);
}

gsize lmtp_feed(struct lmtp_core *core, const char *bytes, gsize size, GString *out)
{
  gsize used = 0;
  while (used < size && core->phase != PHASE_WAITING && core->phase != PHASE_QUIT)
    used += core->phase == PHASE_DATA ? feed_data(core, bytes + used, size - used, out)
                                      : feed_line(core, bytes + used, size - used, out);
  return used;
}

void lmtp_finish(struct lmtp_core *core, const char *reply_or_null, GString *out)
{
  g_assert(core->phase == PHASE_WAITING);
  for (guint i = 0; i < core->recipients->len; i++)
    if (g_ptr_array_index(core->recipients, i))
      say(out, reply_or_null ? reply_or_null : "250 2.0.0 Ok, it is safe here");
  forget_envelope(core);
  core->phase = PHASE_READY;
}

bool lmtp_is_waiting(const struct lmtp_core *core)
{
  return core->phase == PHASE_WAITING;
}

bool lmtp_is_in_data(const struct lmtp_core *core)
{
  return core->phase == PHASE_DATA;
}

bool lmtp_has_quit(const struct lmtp_core *core)
{
  return core->phase == PHASE_QUIT;
}
