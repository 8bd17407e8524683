/* smtp_sink: an SMTP server for tests that takes mail, counts it, and misbehaves on request.
 *
 * A thread a connection, blocking; replies to pipelined commands leave in one write. Nothing is kept but what
 * --dir and --journal ask for. STAGE is one of connect ehlo starttls auth mail rcpt data content dot answered
 * rset.
 * "*N" behind a rule: only the first N times. It also watches manners: "early=" counts bytes that came before
 * they were allowed (RFC 2920), which must stay 0. */
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* ---- options ---- */

static gint port, size_limit, recipients_max, mails_max, target, delay_ms;
static gboolean no_pipelining, no_smtputf8, no_8bitmime, offers_starttls;
static gchar *directory, *journal_file, *port_file, *auth, *certificate_file, *transcript_file;
static gchar **answer_rules, **drop_rules, **stall_rules;

static const GOptionEntry options[] = {
  { "port", 0, 0, G_OPTION_ARG_INT, &port, "listen on 127.0.0.1:N; 0: any", "N" },
  { "port-file", 0, 0, G_OPTION_ARG_FILENAME, &port_file, "write the port here when listening", "FILE" },
  { "dir", 0, 0, G_OPTION_ARG_FILENAME, &directory, "keep each mail as DIR/RECIPIENT/NUMBER", "DIR" },
  { "journal", 0, 0, G_OPTION_ARG_FILENAME, &journal_file,
    "a line a recipient: sender, recipient, Message-ID", "FILE" },
  { "transcript", 0, 0, G_OPTION_ARG_FILENAME, &transcript_file, "commands and replies", "FILE" },
  { "target", 0, 0, G_OPTION_ARG_INT, &target, "end after so many recipients", "N" },
  { "no-pipelining", 0, 0, G_OPTION_ARG_NONE, &no_pipelining, "do not offer PIPELINING", NULL },
  { "no-smtputf8", 0, 0, G_OPTION_ARG_NONE, &no_smtputf8, "do not offer SMTPUTF8", NULL },
  { "no-8bitmime", 0, 0, G_OPTION_ARG_NONE, &no_8bitmime, "do not offer 8BITMIME", NULL },
  { "size", 0, 0, G_OPTION_ARG_INT, &size_limit, "offer SIZE N", "N" },
  { "max-recipients", 0, 0, G_OPTION_ARG_INT, &recipients_max, "452 for more in an envelope", "N" },
  { "max-mails", 0, 0, G_OPTION_ARG_INT, &mails_max, "421 after so many over a connection", "N" },
  { "delay", 0, 0, G_OPTION_ARG_INT, &delay_ms, "wait before each reply to a dot", "MS" },
  { "starttls", 0, 0, G_OPTION_ARG_NONE, &offers_starttls, "offer STARTTLS with a certificate made now",
    NULL },
  { "certificate", 0, 0, G_OPTION_ARG_FILENAME, &certificate_file, "write that certificate here", "FILE" },
  { "auth", 0, 0, G_OPTION_ARG_STRING, &auth, "demand AUTH PLAIN or LOGIN", "USER:PASSWORD" },
  { "answer", 0, 0, G_OPTION_ARG_STRING_ARRAY, &answer_rules, "STAGE[/ADDRESS-PATTERN]=REPLY[*N]", "RULE" },
  { "drop", 0, 0, G_OPTION_ARG_STRING_ARRAY, &drop_rules, "hang up: STAGE[/ADDRESS-PATTERN][*N]", "RULE" },
  { "stall", 0, 0, G_OPTION_ARG_STRING_ARRAY, &stall_rules, "be silent: STAGE=SECONDS[*N]", "RULE" },
  { 0 },
};

enum rule_kind { ANSWER, DROP, STALL };
struct rule {
  enum rule_kind kind;
  char *stage, *pattern, *argument;
  int left; /* -1: for ever */
};
static GArray *rules;

static GMutex lock;
static GHashTable *counts; /* address → times */
static guint64 recipients, mails, connections, early, most;
static gint64 first_us, last_us;
static int journal = -1, transcript = -1;
static SSL_CTX *tls;

static void read_rules(enum rule_kind kind, char **texts)
{
  for (int i = 0; texts != NULL && texts[i] != NULL; i++) {
    struct rule rule = { .kind = kind, .left = -1 };
    g_autofree char *text = g_strdup(texts[i]);
    char *star = strrchr(text, '*'), *end = NULL;
    if (star != NULL && g_ascii_isdigit(star[1])) {
      guint64 times = g_ascii_strtoull(star + 1, &end, 10);
      if (*end == '\0') {
        rule.left = (int)times;
        *star = '\0';
      }
    }
    char *equals = strchr(text, '=');
    if (equals != NULL) {
      rule.argument = g_strdup(equals + 1);
      *equals = '\0';
    }
    char *slash = strchr(text, '/');
    if (slash != NULL) {
      rule.pattern = g_strdup(slash + 1);
      *slash = '\0';
    }
    rule.stage = g_strdup(text);
    g_array_append_val(rules, rule);
  }
}

/* ---- a connection ---- */

struct client {
  int fd;
  SSL *ssl;
  char in[65536];
  gsize begin, end;
  GString *out;
  GPtrArray *to;
  char *from;
  guint mails;
  bool is_authenticated, is_over;
};

static bool matches(const struct client *client, const struct rule *rule, const char *address)
{
  if (rule->pattern == NULL) return true;
  if (address != NULL) return fnmatch(rule->pattern, address, 0) == 0;
  for (guint i = 0; i < client->to->len; i++)
    if (fnmatch(rule->pattern, g_ptr_array_index(client->to, i), 0) == 0) return true;
  return false;
}

/* The first rule of the kind that holds now; it is used up by one. Its argument ("" if none), or NULL. */
static const char *rule_for(const struct client *client, enum rule_kind kind, const char *stage,
                            const char *address)
{
  const char *found = NULL;
  g_mutex_lock(&lock);
  for (guint i = 0; i < rules->len && found == NULL; i++) {
    struct rule *rule = &g_array_index(rules, struct rule, i);
    if (rule->kind != kind || rule->left == 0 || strcmp(rule->stage, stage) != 0 ||
        !matches(client, rule, address))
      continue;
    if (rule->left > 0) rule->left--;
    found = rule->argument != NULL ? rule->argument : "";
  }
  g_mutex_unlock(&lock);
  return found;
}

static void note(const char *who, const char *text, gsize size)
{
  if (transcript < 0) return;
  g_autofree char *line = g_strdup_printf("%s%.*s\n", who, (int)size, text);
  if (write(transcript, line, strlen(line)) < 0) perror("smtp_sink: transcript");
}

static void flush(struct client *client)
{
  gsize sent = 0;
  while (sent < client->out->len && !client->is_over) {
    ssize_t n = client->ssl
                    ? SSL_write(client->ssl, client->out->str + sent, (int)(client->out->len - sent))
                    : send(client->fd, client->out->str + sent, client->out->len - sent, MSG_NOSIGNAL);
    if (n <= 0)
      client->is_over = true;
    else
      sent += (gsize)n;
  }
  g_string_truncate(client->out, 0);
}

/* More bytes behind those there; what was answered leaves first. */
static bool fill(struct client *client)
{
  flush(client);
  if (client->begin > 0) {
    memmove(client->in, client->in + client->begin, client->end - client->begin);
    client->end -= client->begin;
    client->begin = 0;
  }
  if (client->end == sizeof client->in || client->is_over) return false;
  gsize room = sizeof client->in - client->end;
  ssize_t n = client->ssl ? SSL_read(client->ssl, client->in + client->end, (int)room)
                          : recv(client->fd, client->in + client->end, room, 0);
  if (n <= 0) return false;
  client->end += (gsize)n;
  return true;
}

/* One line without its end; valid until the next fill. NULL: over. */
static char *read_line(struct client *client)
{
  for (;;) {
    char *start = client->in + client->begin, *eol = memchr(start, '\n', client->end - client->begin);
    if (eol != NULL) {
      client->begin = (gsize)(eol - client->in) + 1;
      *eol = '\0';
      if (eol > start && eol[-1] == '\r') eol[-1] = '\0';
      note("C: ", start, strlen(start));
      return start;
    }
    if (!fill(client)) return NULL;
  }
}

static void say(struct client *client, const char *reply)
{
  g_string_append_printf(client->out, "%s\r\n", reply);
  note("S: ", reply, strlen(reply));
}

/* Bytes that are there although the client had to wait for the reply that is about to be given. */
static void watch_manners(struct client *client)
{
  if (client->begin == client->end) return;
  g_mutex_lock(&lock);
  early++;
  g_mutex_unlock(&lock);
}

/* Does what the rules want at this stage. True: they answered or ended it; false: go on as usual. */
static bool follow_rules(struct client *client, const char *stage, const char *address)
{
  const char *seconds = rule_for(client, STALL, stage, address);
  if (seconds != NULL) {
    flush(client);
    g_usleep((gulong)(g_ascii_strtod(seconds, NULL) * 1e6));
  }
  if (rule_for(client, DROP, stage, address) != NULL) {
    flush(client);
    client->is_over = true;
    return true;
  }
  const char *reply = rule_for(client, ANSWER, stage, address);
  if (reply == NULL) return false;
  say(client, reply);
  return true;
}

/* ---- content ---- */

/* Reads up to the dot; the content unstuffed. NULL: the connection ended. */
static GString *read_content(struct client *client)
{
  g_autoptr(GString) raw = g_string_sized_new(16384);
  g_string_append(raw, "\r\n"); /* so that a dot in the first line is found like any other */
  gsize looked = 0;
  const char *end = NULL;
  while (end == NULL) {
    if (client->begin == client->end && !fill(client)) return NULL;
    g_string_append_len(raw, client->in + client->begin, (gssize)(client->end - client->begin));
    client->begin = client->end;
    end = memmem(raw->str + looked, raw->len - looked, "\r\n.\r\n", 5);
    looked = raw->len > 4 ? raw->len - 4 : 0;
  }
  gsize used = (gsize)(end - raw->str) + 5, surplus = raw->len - used;
  client->begin = client->end - surplus; /* always within the last piece read */
  GString *content = g_string_sized_new(used);
  for (const char *c = raw->str + 2; c < end + 2; c++)
    if (*c != '.' || c[-1] != '\n' || c[-2] != '\r') g_string_append_c(content, *c);
  return content;
}

static void keep(const char *to, const GString *content, guint64 number)
{
  g_autofree char *name = g_strdup(to);
  g_strdelimit(name, "/", '_');
  g_autofree char *folder = g_build_filename(directory, name, NULL);
  g_autofree char *path = g_strdup_printf("%s/%06" G_GUINT64_FORMAT, folder, number);
  g_mkdir_with_parents(folder, 0700);
  g_file_set_contents(path, content->str, (gssize)content->len, NULL);
}

static char *message_id_of(const GString *content)
{
  const char *field = g_strstr_len(content->str, (gssize)content->len, "Message-ID: ");
  if (field == NULL) return g_strdup("-");
  return g_strndup(field + 12, strcspn(field + 12, "\r\n"));
}

static void write_journal(const struct client *client, const GString *content)
{
  g_autofree char *id = message_id_of(content);
  g_autoptr(GString) lines = g_string_new(NULL);
  for (guint i = 0; i < client->to->len; i++)
    g_string_append_printf(lines, "%s\t%s\t%s\n", client->from, (char *)g_ptr_array_index(client->to, i), id);
  if (write(journal, lines->str, lines->len) < 0) perror("smtp_sink: journal");
}

/* The mail has arrived. */
static void take_mail(struct client *client, const GString *content)
{
  g_mutex_lock(&lock);
  guint64 number = ++mails;
  last_us = g_get_monotonic_time();
  for (guint i = 0; i < client->to->len; i++) {
    const char *to = g_ptr_array_index(client->to, i);
    gpointer seen = g_hash_table_lookup(counts, to);
    guint64 times = GPOINTER_TO_UINT(seen) + 1;
    if (times > most) most = times;
    if (seen != NULL)
      g_hash_table_insert(counts, g_strdup(to), GUINT_TO_POINTER((guint)times));
    else
      g_hash_table_insert(counts, g_strdup(to), GUINT_TO_POINTER(1));
  }
  if (journal >= 0) write_journal(client, content);
  recipients += client->to->len;
  bool is_enough = target > 0 && recipients >= (guint64)target;
  g_mutex_unlock(&lock);
  for (guint i = 0; directory != NULL && i < client->to->len; i++)
    keep(g_ptr_array_index(client->to, i), content, number);
  client->mails++;
  if (is_enough) {
    say(client, "250 2.0.0 That was the last one");
    flush(client);
    kill(getpid(), SIGTERM);
  }
}

static void end_transaction(struct client *client)
{
  g_clear_pointer(&client->from, g_free);
  g_ptr_array_set_size(client->to, 0);
}

static void do_data(struct client *client)
{
  watch_manners(client);
  if (follow_rules(client, "data", NULL)) return;
  if (client->to->len == 0) {
    say(client, "554 5.5.1 No valid recipients");
    return;
  }
  say(client, "354 Go ahead");
  if (rule_for(client, DROP, "content", NULL) != NULL) {
    fill(client);
    client->is_over = true;
    return;
  }
  g_autoptr(GString) content = read_content(client);
  if (content == NULL) {
    client->is_over = true;
    return;
  }
  if (delay_ms > 0) {
    flush(client);
    g_usleep((gulong)delay_ms * 1000);
  }
  if (no_pipelining) watch_manners(client);
  if (!follow_rules(client, "dot", NULL)) {
    take_mail(client, content);
    if (!follow_rules(client, "answered", NULL)) say(client, "250 2.0.0 Ok: kept");
  }
  end_transaction(client);
}

/* ---- commands ---- */

static char *address_in(const char *line)
{
  const char *open = strchr(line, '<'), *close = open ? strchr(open, '>') : NULL;
  return close != NULL ? g_strndup(open + 1, (gsize)(close - open - 1)) : g_strdup("");
}

static void do_ehlo(struct client *client)
{
  watch_manners(client);
  if (follow_rules(client, "ehlo", NULL)) return;
  say(client, "250-sink.example");
  if (!no_pipelining) say(client, "250-PIPELINING");
  if (!no_smtputf8) say(client, "250-SMTPUTF8");
  if (!no_8bitmime) say(client, "250-8BITMIME");
  if (offers_starttls && client->ssl == NULL) say(client, "250-STARTTLS");
  if (auth != NULL) say(client, "250-AUTH PLAIN LOGIN");
  g_autofree char *size = g_strdup_printf("250 SIZE %d", size_limit);
  say(client, size);
}

static char *decode(const char *base64)
{
  gsize size = 0;
  g_autofree guchar *bytes = g_base64_decode(base64, &size);
  for (gsize i = 0; i < size; i++)
    if (bytes[i] == '\0') bytes[i] = ':';
  return g_strndup((char *)bytes, size);
}

static char *ask_client(struct client *client, const char *question)
{
  say(client, question);
  char *line = read_line(client);
  return decode(line != NULL ? line : "");
}

static void do_auth(struct client *client, const char *line)
{
  watch_manners(client);
  if (follow_rules(client, "auth", NULL)) return;
  g_autofree char *given = NULL;
  if (g_ascii_strncasecmp(line, "AUTH PLAIN", 10) == 0) {
    g_autofree char *triple = strlen(line) > 11 ? decode(line + 11) : ask_client(client, "334 ");
    const char *colon = strchr(triple, ':'); /* authorisation identity, user, password */
    given = g_strdup(colon != NULL ? colon + 1 : "");
  } else {
    g_autofree char *user = strlen(line) > 11 ? decode(line + 11) : ask_client(client, "334 VXNlcm5hbWU6");
    g_autofree char *password = ask_client(client, "334 UGFzc3dvcmQ6");
    given = g_strdup_printf("%s:%s", user, password);
  }
  client->is_authenticated = g_strcmp0(given, auth) == 0;
  say(client, client->is_authenticated ? "235 2.7.0 Welcome" : "535 5.7.8 Wrong user name or password");
}

static void do_starttls(struct client *client)
{
  watch_manners(client);
  say(client, "220 2.0.0 Go ahead");
  flush(client);
  client->begin = client->end = 0;
  if (rule_for(client, DROP, "starttls", NULL) != NULL) {
    client->is_over = true;
    return;
  }
  client->ssl = SSL_new(tls);
  SSL_set_fd(client->ssl, client->fd);
  if (SSL_accept(client->ssl) != 1) client->is_over = true;
}

static void do_mail(struct client *client, const char *line)
{
  g_autofree char *from = address_in(line);
  if (client->from != NULL)
    say(client, "503 5.5.1 Nested MAIL");
  else if (mails_max > 0 && client->mails >= (guint)mails_max) {
    say(client, "421 4.7.0 Enough for one connection");
    flush(client);
    client->is_over = true;
  } else if (auth != NULL && !client->is_authenticated)
    say(client, "530 5.7.0 Authenticate first");
  else if (!follow_rules(client, "mail", from)) {
    g_mutex_lock(&lock);
    if (first_us == 0) first_us = g_get_monotonic_time();
    g_mutex_unlock(&lock);
    client->from = g_steal_pointer(&from);
    say(client, "250 2.1.0 Ok");
  }
}

static void do_rcpt(struct client *client, const char *line)
{
  g_autofree char *to = address_in(line);
  if (client->from == NULL)
    say(client, "503 5.5.1 MAIL first");
  else if (recipients_max > 0 && client->to->len >= (guint)recipients_max)
    say(client, "452 4.5.3 Too many recipients");
  else if (!follow_rules(client, "rcpt", to)) {
    g_ptr_array_add(client->to, g_steal_pointer(&to));
    say(client, "250 2.1.5 Ok");
  }
}

static void do_command(struct client *client, char *line)
{
  if (no_pipelining) watch_manners(client);
  if (g_ascii_strncasecmp(line, "MAIL", 4) == 0)
    do_mail(client, line);
  else if (g_ascii_strncasecmp(line, "RCPT", 4) == 0)
    do_rcpt(client, line);
  else if (g_ascii_strncasecmp(line, "DATA", 4) == 0)
    do_data(client);
  else if (g_ascii_strncasecmp(line, "EHLO", 4) == 0)
    do_ehlo(client);
  else if (g_ascii_strncasecmp(line, "HELO", 4) == 0)
    say(client, "250 sink.example");
  else if (g_ascii_strncasecmp(line, "AUTH", 4) == 0 && auth != NULL)
    do_auth(client, line);
  else if (g_ascii_strncasecmp(line, "STARTTLS", 8) == 0 && offers_starttls)
    do_starttls(client);
  else if (g_ascii_strncasecmp(line, "RSET", 4) == 0) {
    end_transaction(client);
    if (!follow_rules(client, "rset", NULL)) say(client, "250 2.0.0 Ok");
  } else if (g_ascii_strncasecmp(line, "QUIT", 4) == 0) {
    say(client, "221 2.0.0 Bye");
    flush(client);
    client->is_over = true;
  } else
    say(client, "500 5.5.2 What?");
}

static gpointer serve(gpointer data)
{
  struct client *client = g_new0(struct client, 1);
  int one = 1;
  client->fd = GPOINTER_TO_INT(data);
  client->out = g_string_new(NULL);
  client->to = g_ptr_array_new_with_free_func(g_free);
  setsockopt(client->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  if (!follow_rules(client, "connect", NULL))
    say(client, "220 sink.example ESMTP");
  else if (!client->is_over)
    flush(client), client->is_over = true;
  char *line = NULL;
  while (!client->is_over && (line = read_line(client)) != NULL) do_command(client, line);
  flush(client);
  if (client->ssl != NULL) SSL_free(client->ssl);
  close(client->fd);
  g_string_free(client->out, TRUE);
  g_ptr_array_free(client->to, TRUE);
  g_free(client->from);
  g_free(client);
  return NULL;
}

/* ---- the program ---- */

/* A key and a certificate for "localhost" that signs itself. */
static void make_certificate(void)
{
  EVP_PKEY *key = EVP_EC_gen("P-256");
  X509 *certificate = X509_new();
  X509_set_version(certificate, 2);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate), -86400);
  X509_gmtime_adj(X509_getm_notAfter(certificate), 86400);
  X509_set_pubkey(certificate, key);
  X509_NAME *name = X509_get_subject_name(certificate);
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, (const unsigned char *)"localhost", -1, -1, 0);
  X509_set_issuer_name(certificate, name);
  X509_EXTENSION *names = X509V3_EXT_conf_nid(NULL, NULL, NID_subject_alt_name, "DNS:localhost");
  X509_add_ext(certificate, names, -1);
  X509_EXTENSION_free(names);
  X509_sign(certificate, key, EVP_sha256());
  tls = SSL_CTX_new(TLS_server_method());
  SSL_CTX_use_certificate(tls, certificate);
  SSL_CTX_use_PrivateKey(tls, key);
  if (certificate_file != NULL) {
    FILE *out = fopen(certificate_file, "w");
    if (out != NULL) PEM_write_X509(out, certificate), fclose(out);
  }
  X509_free(certificate);
  EVP_PKEY_free(key);
}

static int listen_somewhere(void)
{
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), one = 1;
  struct sockaddr_in address = { .sin_family = AF_INET,
                                 .sin_port = htons((guint16)port),
                                 .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
  socklen_t size = sizeof address;
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  if (bind(fd, (struct sockaddr *)&address, size) != 0 || listen(fd, 256) != 0) return -1;
  getsockname(fd, (struct sockaddr *)&address, &size);
  g_autofree char *text = g_strdup_printf("%d\n", ntohs(address.sin_port));
  if (port_file != NULL) g_file_set_contents(port_file, text, -1, NULL); /* by rename: whole or not there */
  return fd;
}

/* Waits to be told to end, says what came, and ends. */
static gpointer report(gpointer data)
{
  int number = 0;
  sigwait(data, &number);
  g_mutex_lock(&lock);
  double seconds = (double)(last_us - first_us) / 1e6;
  printf("recipients=%" G_GUINT64_FORMAT " mails=%" G_GUINT64_FORMAT " connections=%" G_GUINT64_FORMAT
         " distinct=%u most=%" G_GUINT64_FORMAT " early=%" G_GUINT64_FORMAT " seconds=%.3f rate=%.0f\n",
         recipients, mails, connections, g_hash_table_size(counts), most, early, seconds,
         seconds > 0 ? (double)recipients / seconds : 0.0);
  fflush(stdout);
  _exit(target > 0 && recipients < (guint64)target ? 3 : 0);
}

int main(int argc, char **argv)
{
  g_autoptr(GOptionContext) context = g_option_context_new("- an SMTP server for tests");
  g_autoptr(GError) error = NULL;
  sigset_t ends;
  g_option_context_add_main_entries(context, options, NULL);
  if (!g_option_context_parse(context, &argc, &argv, &error)) {
    fprintf(stderr, "smtp_sink: %s\n", error->message);
    return 64;
  }
  rules = g_array_new(FALSE, FALSE, sizeof(struct rule));
  read_rules(ANSWER, answer_rules);
  read_rules(DROP, drop_rules);
  read_rules(STALL, stall_rules);
  counts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  if (journal_file != NULL) journal = open(journal_file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (transcript_file != NULL)
    transcript = open(transcript_file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (offers_starttls) make_certificate();
  signal(SIGPIPE, SIG_IGN);
  sigemptyset(&ends);
  sigaddset(&ends, SIGTERM);
  sigaddset(&ends, SIGINT);
  pthread_sigmask(SIG_BLOCK, &ends, NULL);
  g_thread_unref(g_thread_new("report", report, &ends));
  int fd = listen_somewhere();
  if (fd < 0) {
    perror("smtp_sink: listen");
    return 69;
  }
  for (;;) {
    int client = accept4(fd, NULL, NULL, SOCK_CLOEXEC);
    if (client < 0) continue;
    g_mutex_lock(&lock);
    connections++;
    g_mutex_unlock(&lock);
    g_thread_unref(g_thread_new("client", serve, GINT_TO_POINTER(client)));
  }
}
