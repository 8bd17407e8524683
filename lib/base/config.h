/* kiezpost.conf: what describes the municipality and this installation. GKeyFile syntax; everything has a
 * default but the domain; an unknown group or key is an error with a suggestion. In values $domain and $run
 * stand for those settings. Relative paths count from the file's directory. One table in config.c names every
 * setting with its type, default and one sentence; `kiezpost config` prints it. */
#ifndef BASE_CONFIG_H
#define BASE_CONFIG_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

struct config {
  char *file;      /* where it came from, absolute */
  char *directory; /* its directory */

  /* [municipality] */
  char *domain;   /* lists live at NAME@domain; lower case */
  char *name;     /* "Treptow-Köpenick" */
  char *district; /* folder below share/districts, "treptow-koepenick" */
  char *zone;     /* IANA, default Europe/Berlin */
  char *language; /* of letters and pages where nobody chose, default de */
  char *imprint;  /* one line for the foot of pages and letters; may be "" */
  char
      *admin; /* address that postmaster@ and abuse@ reach; default postmaster@localhost, `check` complains */

  /* [paths], absolute */
  char *inbox;     /* directory: inbox.db, inbox.lock, spool/ */
  char *store;     /* directory: kiezpost.db, store.lock, raw/ */
  char *addresses; /* file of valid addresses that the worker publishes */
  char *keys;      /* key file */
  char *run;       /* directory of sockets */
  char *archive;   /* directory of the web archive */

  /* [receive] */
  char *listen;              /* "unix:run/lmtp.sock" or "tcp:127.0.0.1:2424" */
  char *socketmap;           /* the same forms; default unix:run/map.sock */
  int64_t size_limit_bytes;  /* default 40 MiB */
  int recipients_max;        /* a mail, default 100 */
  int connections_max;       /* default 200 */
  int idle_timeout_seconds;  /* default 300 */
  int total_timeout_seconds; /* a connection, default 3600 */

  /* [mail] */
  char *authserv_id;          /* default mx.<domain> */
  char **trusted_forwarders;  /* ARC sealers' domains, NULL-ended */
  char *network_header;       /* the field in which our MTA names the client's network; "" for none */
  char *spam_header;          /* the field of our MTA's verdict on spam, default X-Spam; "" for none */
  int received_above_results; /* Received fields of our MTA above its results, default 0 */
  char *delimiter;            /* "+" */

  /* [send] */
  char **relay;         /* "smtp://host:port" …, tried in order; or one "maildir:DIR"; NULL-ended */
  int sessions;         /* connections at once, default 4 */
  int batch_recipients; /* an envelope of an announce list, default 500 */
  int retry_days;       /* default 5 */
  char *starttls;       /* "no", "may", "must"; default may */
  char *username;       /* SASL; "" for none */
  char *password_file;
  char *helo; /* default the domain */

  /* [posts] */
  int64_t attachment_limit_bytes; /* larger attachments become links, default 2 MiB */
  int subject_join_days;          /* replies without references join a thread of this subject, default 14 */

  /* [archive] */
  char *base_url; /* "https://archiv.kiez.example", default https://<domain> */

  /* [http] */
  char *https_base; /* where members leave by one click (RFC 8058), without a slash at the end; "" for none */
  char *http_listen; /* where `kiezpost http` answers the web server in front of it; forms as listen */

  /* [smime], files in PEM; "" for none */
  char *smime_ca;          /* whom signatures are verified against besides the system's authorities */
  char *smime_certificate; /* ours, with those above it: letters about cases are signed with it */
  char *pgp_home;          /* [pgp]: directory of GnuPG's key ring; "": PGP mail stays closed */
  char *smime_key;         /* its key, which also opens what was encrypted for us */

  /* [video]; "" for none */
  char *bbb_url;         /* a BigBlueButton server, without a slash at the end */
  char *bbb_secret_file; /* its shared secret */
  char *bbb_checksum;    /* "sha256", "sha384", "sha512", "sha1" */
  char *bbb_ca_file;     /* whom its certificate is verified against */
  char *bbb_dial_number; /* of its conference bridge */
};

/* Fails with FAULT_CONFIG: no such file, unknown key ("did you mean …"), bad value. */
struct config *config_load(const char *path, GError **error);
void config_free(struct config *config);
typedef struct config config_t; /* for g_autoptr */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(config_t, config_free)

/* The same for a text that is to become that file (init). */
struct config *config_parse(const char *path, const char *text, GError **error);

/* The text of a new file: every setting with its comment; those named in `values` ("group", "key", "value",
 * …, NULL) are set, the others stand there with their default, commented out. Caller frees. */
char *config_compose(const char *const *values);

/* One line a setting for `kiezpost config`: calls `each` with group, key, value as text, "default" or "file",
 * and what it is for. */
typedef void config_each(const char *group, const char *key, const char *value, const char *from,
                         const char *about, void *data);
void config_describe(const struct config *config, config_each *each, void *data);

/* Where shipped files lie: $KIEZPOST_SHARE, else share/ of the source tree the program was built in, else the
 * installed one. Returned string is owned by config.c. */
const char *config_share(void);

/* A shipped file's path, the most specific first: <conf dir>/share/REST, then config_share()/REST. NULL if in
 * neither. Caller frees. */
char *config_find_shared(const struct config *config, const char *rest);

#endif
