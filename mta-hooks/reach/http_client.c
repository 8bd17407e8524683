/* HTTP out, by libcurl. The library is loaded here, by the one process that needs it, when it starts: linked,
 * it and its thirty companions would be in the memory of every process of ours. It is the flavour with
 * GnuTLS, since libetpan's headers stand in the way of the other.
 *
 * What surprised us: the program curl looks at SSL_CERT_FILE, the library does not; so authorities other than
 * the system's are a setting. And an address is part of libcurl's own messages at times, so none of them is
 * handed on but the reason of a failed certificate. */
#include "mta-hooks/reach/http_client.h"

#include "lib/base/fault.h"

#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>
#include <dlfcn.h>
#include <string.h>

enum { BODY_BYTES = 64 * 1024, CONNECT_SECONDS = 10 };

/* What is called of it. */
static struct {
  __typeof__(curl_global_init) *global_init;
  __typeof__(curl_easy_init) *init;
  __typeof__(curl_easy_setopt) *setopt;
  __typeof__(curl_easy_perform) *perform;
  __typeof__(curl_easy_getinfo) *getinfo;
  __typeof__(curl_easy_cleanup) *cleanup;
  __typeof__(curl_easy_reset) *reset;
} curl;

struct http_client {
  CURL *handle;
  char *ca_file;
  int patience_seconds;
};

/* The calls by name. */
static bool find_calls(void *library)
{
  const struct {
    const char *name;
    void **call;
  } calls[] = {
    { "curl_global_init", (void **)&curl.global_init }, { "curl_easy_init", (void **)&curl.init },
    { "curl_easy_setopt", (void **)&curl.setopt },      { "curl_easy_perform", (void **)&curl.perform },
    { "curl_easy_getinfo", (void **)&curl.getinfo },    { "curl_easy_cleanup", (void **)&curl.cleanup },
    { "curl_easy_reset", (void **)&curl.reset },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(calls); i++)
    if (!(*calls[i].call = dlsym(library, calls[i].name))) return false;
  return true;
}

struct http_client *http_client_new(const char *ca_file, int patience_seconds, GError **error)
{
  void *library = dlopen("libcurl-gnutls.so.4", RTLD_NOW | RTLD_LOCAL);
  CURL *handle = NULL;
  if (library && find_calls(library) && curl.global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK)
    handle = curl.init();
  if (!handle) {
    fault_set(error, FAULT_UNAVAILABLE, "libcurl cannot be loaded (Debian: apt install libcurl3-gnutls).");
    return NULL;
  }
  struct http_client *client = g_new0(struct http_client, 1);
  client->handle = handle;
  client->ca_file = g_strdup(ca_file);
  client->patience_seconds = patience_seconds;
  return client;
}

void http_client_free(struct http_client *client)
{
  if (!client) return;
  curl.cleanup(client->handle);
  g_free(client->ca_file);
  g_free(client);
}

/* A piece of the body. What is too long ends the call. */
static size_t take(char *bytes, size_t size, size_t count, void *data)
{
  GString *body = data;
  if (body->len + size * count > BODY_BYTES) return 0;
  g_string_append_len(body, bytes, (gssize)(size * count));
  return size * count;
}

static void prepare(const struct http_client *client, const char *url, GString *body, char *trouble)
{
  CURL *handle = client->handle;
  curl.reset(handle);
  curl.setopt(handle, CURLOPT_URL, url);
  curl.setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
  curl.setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
  curl.setopt(handle, CURLOPT_NOSIGNAL, 1L);
  curl.setopt(handle, CURLOPT_CONNECTTIMEOUT, (long)MIN(CONNECT_SECONDS, client->patience_seconds));
  curl.setopt(handle, CURLOPT_TIMEOUT, (long)client->patience_seconds);
  curl.setopt(handle, CURLOPT_USERAGENT, "kiezpost/" KIEZPOST_VERSION);
  curl.setopt(handle, CURLOPT_ACCEPT_ENCODING, NULL);
  curl.setopt(handle, CURLOPT_WRITEFUNCTION, take);
  curl.setopt(handle, CURLOPT_WRITEDATA, body);
  curl.setopt(handle, CURLOPT_ERRORBUFFER, trouble);
  if (*client->ca_file) curl.setopt(handle, CURLOPT_CAINFO, client->ca_file);
}

/* What a failure means, in a sentence. Caller frees. */
static char *sentence_of(const struct http_client *client, CURLcode code, const char *host,
                         const char *trouble)
{
  switch ((int)code) {
  case CURLE_COULDNT_RESOLVE_HOST: return g_strdup_printf("The name %s is not known (DNS).", host);
  case CURLE_COULDNT_RESOLVE_PROXY: return g_strdup("The name of the proxy is not known (DNS).");
  case CURLE_COULDNT_CONNECT: return g_strdup_printf("%s cannot be connected to.", host);
  case CURLE_OPERATION_TIMEDOUT:
    return g_strdup_printf("%s does not answer within %d seconds.", host, client->patience_seconds);
  case CURLE_PEER_FAILED_VERIFICATION:
    return g_strdup_printf(
        "The certificate of %s cannot be verified: %s. Is it for this name, still valid, and "
        "of an authority that this machine knows (ca_file)?",
        host, *trouble ? trouble : "it gives no reason");
  case CURLE_SSL_CACERT_BADFILE:
    return g_strdup_printf("%s cannot be read as certificates.", client->ca_file);
  case CURLE_SSL_CONNECT_ERROR: return g_strdup_printf("No encrypted connection to %s comes about.", host);
  case CURLE_WRITE_ERROR: return g_strdup_printf("The answer of %s is longer than any we expect.", host);
  case CURLE_GOT_NOTHING: return g_strdup_printf("%s hangs up without an answer.", host);
  case CURLE_UNSUPPORTED_PROTOCOL: return g_strdup_printf("%s answers in no language that is HTTP.", host);
  default: return g_strdup_printf("The call to %s fails (libcurl %d).", host, (int)code);
  }
}

bool http_client_get(struct http_client *client, const char *url, const char *host, struct http_reply *reply,
                     char **why)
{
  char trouble[CURL_ERROR_SIZE] = "";
  g_string_truncate(reply->body, 0);
  reply->status = 0;
  prepare(client, url, reply->body, trouble);
  CURLcode code = curl.perform(client->handle);
  if (code == CURLE_OK) {
    curl.getinfo(client->handle, CURLINFO_RESPONSE_CODE, &reply->status);
    return true;
  }
  g_strdelimit(trouble, "\r\n", ' ');
  *why = sentence_of(client, code, host, trouble);
  return false;
}
