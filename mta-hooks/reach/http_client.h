/* HTTP out, by libcurl: the only file that knows it. */
#ifndef HOOKS_REACH_HTTP_CLIENT_H
#define HOOKS_REACH_HTTP_CLIENT_H

#include <glib.h>
#include <stdbool.h>

struct http_client;

/* Loads libcurl and prepares one connection, so that a sandbox may be entered behind it. FAULT_UNAVAILABLE
 * where the library is not installed. ca_file "": the system's authorities. */
struct http_client *http_client_new(const char *ca_file, int patience_seconds, GError **error);
void http_client_free(struct http_client *client);
typedef struct http_client http_client_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(http_client_t, http_client_free)

struct http_reply {
  GString *body; /* at most 64 KB of it */
  long status;
};

/* GETs an address; no redirection is followed. False: nobody answered as HTTP does, and *why (caller frees)
 * says it in a sentence that names `host` and never the address, which is a secret. */
bool http_client_get(struct http_client *client, const char *url, const char *host, struct http_reply *reply,
                     char **why);

#endif
