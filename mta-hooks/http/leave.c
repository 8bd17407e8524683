/* Leaving by one click, without a socket in sight; see http.h. The token in the path names list and person;
 * whoever holds it may leave in that person's name, as RFC 8058 wants it, so it stands in no page and no log.
 * What happens is decided by the worker: this end writes nothing but a mail to the member's own address for
 * leaving. Mail scanners follow links, therefore a GET does nothing. */
#include "mta-hooks/http/http.h"

#include "lists/addresses/reply_address.h"
#include "lists/letters.h"
#include "lists/members/members.h"

#include "lib/base/keys.h"
#include "lib/base/log.h"
#include "lib/base/token.h"
#include "lib/mail/compose.h"

#include <string.h>

enum { OK = 200, BAD_REQUEST = 400, NOT_FOUND = 404, NOT_ALLOWED = 405, GONE = 410, UNAVAILABLE = 503 };

void leave_answer_clear(struct leave_answer *answer)
{
  g_clear_pointer(&answer->page, g_free);
}

/* The page with the paragraph that `flag` names. */
static struct leave_answer answer_with(const struct config *config, struct letters *letters, unsigned status,
                                       const char *flag)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(value_t) values = value_new();
  g_autofree char *help = list_address(config, "postmaster", NULL);
  value_set_text(values, "place", config->name && *config->name ? config->name : config->domain);
  value_set_text(values, "imprint", config->imprint && *config->imprint ? config->imprint : NULL);
  value_set_text(values, "help_address", help);
  value_set_flag(values, flag, true);
  char *page = letters_render(letters, config->language, "leave_page.html", values, &error);
  if (!page) log_line("the page for leaving cannot be shown: %s", error->message);
  return (struct leave_answer){ .status = page ? status : UNAVAILABLE, .page = page ? page : g_strdup("") };
}

/* The token at the end of the path. */
static enum token_verdict token_of(const struct keys *keys, const char *path, int64_t now,
                                   struct token *token)
{
  static const char mark[] = "/leave/";
  const char *at = g_strrstr(path, mark);
  if (!at) return TOKEN_SHAPELESS;
  enum token_verdict verdict = token_read(keys, at + strlen(mark), now, token);
  bool is_good = verdict == TOKEN_VALID || verdict == TOKEN_STALE;
  return is_good && token->purpose != TOKEN_LEAVE ? TOKEN_FORGED : verdict;
}

/* Both ways to encode a form are allowed, with the same words in them. */
static bool is_one_click(const char *body)
{
  return body && strstr(body, "List-Unsubscribe") && strstr(body, "One-Click");
}

/* A mail to the member's address for leaving, as the worker knows it (members_is_click). */
static bool send_click(const struct config *config, const struct keys *keys, const struct token *token,
                       int64_t now, leave_deliver *deliver, GError **error)
{
  g_autofree char *to = reply_address(config, keys, NULL, token);
  g_autofree char *from = g_strconcat(MEMBERS_CLICK_SENDER "@", config->domain, NULL);
  g_autofree char *id = compose_message_id(config->domain, now);
  g_autoptr(GBytes) mail = compose_letter(&(struct compose_letter){ .from = from,
                                                                    .to = to,
                                                                    .subject = MEMBERS_CLICK_SUBJECT,
                                                                    .message_id = id,
                                                                    .date = now,
                                                                    .plain = MEMBERS_CLICK_SUBJECT "\n" });
  gsize size = 0;
  const char *bytes = g_bytes_get_data(mail, &size);
  g_autofree char *text = g_strndup(bytes, size);
  return deliver(config, from, to, text, error);
}

static struct leave_answer click(const struct config *config, struct letters *letters,
                                 const struct keys *keys, const struct token *token, int64_t now,
                                 leave_deliver *deliver)
{
  g_autoptr(GError) error = NULL;
  if (send_click(config, keys, token, now, deliver, &error)) {
    log_line("list=%u state=handed-over a member leaves by one click", token->object);
    return answer_with(config, letters, OK, "done");
  }
  log_line("somebody who wants to leave has to wait: %s", error->message);
  return answer_with(config, letters, UNAVAILABLE, "later");
}

struct leave_answer leave_answer(const struct config *config, struct letters *letters, int64_t now,
                                 const struct leave_request *request, leave_deliver *deliver)
{
  g_autoptr(GError) error = NULL;
  bool is_post = strcmp(request->method, "POST") == 0;
  bool is_look = strcmp(request->method, "GET") == 0 || strcmp(request->method, "HEAD") == 0;
  if (!is_post && !is_look) return answer_with(config, letters, NOT_ALLOWED, "unknown");
  g_autoptr(keys_t) keys = keys_load(config->keys, &error);
  if (!keys) {
    log_line("the keys cannot be read: %s", error->message);
    return answer_with(config, letters, UNAVAILABLE, "later");
  }
  struct token token = { 0 };
  switch (token_of(keys, request->path, now, &token)) {
  case TOKEN_SHAPELESS:
  case TOKEN_FORGED: return answer_with(config, letters, NOT_FOUND, "unknown");
  case TOKEN_STALE: return answer_with(config, letters, GONE, "old");
  case TOKEN_VALID: break;
  }
  if (is_look) return answer_with(config, letters, OK, "ask");
  if (!is_one_click(request->body)) return answer_with(config, letters, BAD_REQUEST, "ask");
  return click(config, letters, keys, &token, now, deliver);
}
