/* The verdict about one address. Codes and words often contradict each other: "550 5.7.1 User unknown",
 * "5.1.1 … over quota", "Status: 4.0.0" beside "554". The rules, the stronger first:
 *
 *   what is temporary by its code is never permanent, whatever the words
 *   a refusal for policy, by code or words, is not the addressee's fault, unless code and words agree that
 *   there is no such addressee
 *   a full mailbox and a large mail by their words are that, whatever the code
 *   then the words, then the code
 *
 * An answer of the other server ("550 5.1.1 …") counts more than the report's own Status field. */
#include "lib/mail/reports/diagnosis.h"

#include "lib/mail/reports/wording.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What words say; signs as wording.c makes them. The first that is found counts, so the order is the rule. */
static const struct {
  enum reason reason;
  const char *pattern;
} words[] = {
  { REASON_TEMPORARY, "not accepted requests" },
  { REASON_TEMPORARY, "not accepted connect*" },
  { REASON_TEMPORARY, "delivered ~ aborted" },
  { REASON_HOST, "@ or host ~ not exist" },
  { REASON_TEMPORARY, "greylist*" },
  { REASON_TEMPORARY, "graylist*" },
  { REASON_TEMPORARY, "too many hops" },
  { REASON_TEMPORARY, "hop count" },
  { REASON_TEMPORARY, "message loop*" },
  { REASON_FULL, "@ full" },
  { REASON_FULL, "@ ~ full" },
  { REASON_FULL, "full @" },
  { REASON_FULL, "mailfolder full" },
  { REASON_FULL, "folder full" },
  { REASON_FULL, "quota" },
  { REASON_FULL, "quotaexceed*" },
  { REASON_FULL, "disk full" },
  { REASON_FULL, "not ~ space" },
  { REASON_FULL, "out storage" },
  { REASON_FULL, "out space" },
  { REASON_FULL, "insufficient ~ storage" },
  { REASON_FULL, "insufficient ~ space" },
  { REASON_FULL, "@ size limit" },
  { REASON_FULL, "@ ~ exceed ~ limit" },
  { REASON_FULL, "@ ~ exceed ~ size" },
  { REASON_FULL, "@ ~ over limit" },
  { REASON_FULL, "@ ~ over ~ limit" },
  { REASON_FULL, "exceed storage" },
  { REASON_FULL, "storage ~ exceed" },
  { REASON_FULL, "box full" },
  { REASON_FULL, "full box" },
  { REASON_FULL, "too many message in" },
  { REASON_FULL, "too much message" },
  { REASON_FULL, "@ exceed" },
  { REASON_SIZE, "message ~ large" },
  { REASON_SIZE, "too large" },
  { REASON_SIZE, "message too long" },
  { REASON_SIZE, "zu large" },
  { REASON_SIZE, "large message" },
  { REASON_SIZE, "message size" },
  { REASON_SIZE, "size ~ exceed" },
  { REASON_SIZE, "exceed ~ size" },
  { REASON_SIZE, "size limit" },
  { REASON_SIZE, "message ~ exceed limit" },
  { REASON_SIZE, "exceed ~ message limit" },
  { REASON_SIZE, "recipsizelimit" },
  { REASON_POLICY, "spam*" },
  { REASON_POLICY, "antispam*" },
  { REASON_POLICY, "virus*" },
  { REASON_POLICY, "blocked ~ using" },
  { REASON_POLICY, "host ~ blocked" },
  { REASON_POLICY, "ip ~ blocked" },
  { REASON_POLICY, "message ~ blocked" },
  { REASON_POLICY, "blocked ip" },
  { REASON_POLICY, "blocked see" },
  { REASON_POLICY, "blocked - see" },
  { REASON_POLICY, "client ~ blocked" },
  { REASON_POLICY, "found ~ blocked" },
  { REASON_POLICY, "found in blocked" },
  { REASON_POLICY, "blocked" },
  { REASON_POLICY, "policy" },
  { REASON_POLICY, "access rejected" },
  { REASON_POLICY, "relay*" },
  { REASON_POLICY, "not relay*" },
  { REASON_POLICY, "not allowed" },
  { REASON_POLICY, "rcpthosts" },
  { REASON_POLICY, "sender ~ rejected" },
  { REASON_POLICY, "sender ~ not" },
  { REASON_POLICY, "sender @" },
  { REASON_POLICY, "sender host" },
  { REASON_POLICY, "sender verif*" },
  { REASON_POLICY, "invalid sender" },
  { REASON_POLICY, "unknown sender" },
  { REASON_POLICY, "not ~ message sender" },
  { REASON_POLICY, "rejected ~ sender" },
  { REASON_POLICY, "valid sender" },
  { REASON_POLICY, "host sender" },
  { REASON_POLICY, "mailfrom" },
  { REASON_POLICY, "from host" },
  { REASON_POLICY, "from @" },
  { REASON_POLICY, "dmarc" },
  { REASON_POLICY, "spf" },
  { REASON_POLICY, "dkim*" },
  { REASON_POLICY, "ptr" },
  { REASON_POLICY, "reverse" },
  { REASON_POLICY, "rdns" },
  { REASON_POLICY, "invalid ip" },
  { REASON_POLICY, "helo" },
  { REASON_POLICY, "ehlo" },
  { REASON_POLICY, "reputation" },
  { REASON_POLICY, "authentication" },
  { REASON_POLICY, "authenticated" },
  { REASON_POLICY, "authenticate" },
  { REASON_POLICY, "unauthenticated" },
  { REASON_POLICY, "auth" },
  { REASON_POLICY, "suspicious" },
  { REASON_POLICY, "client host rejected" },
  { REASON_POLICY, "ip rejected" },
  { REASON_POLICY, "connection not accepted" },
  { REASON_POLICY, "violat*" },
  { REASON_POLICY, "complian*" },
  { REASON_POLICY, "too many" },
  { REASON_POLICY, "rate limit" },
  { REASON_POLICY, "receiving message at rate" },
  { REASON_POLICY, "at rate" },
  { REASON_POLICY, "frequency limit*" },
  { REASON_POLICY, "message filter*" },
  { REASON_POLICY, "automatically rejected" },
  { REASON_POLICY, "header fail" },
  { REASON_POLICY, "invalid header" },
  { REASON_POLICY, "header ~ invalid" },
  { REASON_POLICY, "multiple ~ header*" },
  { REASON_POLICY, "duplicate header" },
  { REASON_POLICY, "header @" },
  { REASON_POLICY, "security reasons" },
  { REASON_HOST, "nxdomain" },
  { REASON_HOST, "host unknown" },
  { REASON_HOST, "unknown host" },
  { REASON_HOST, "unknown message host" },
  { REASON_HOST, "unknown @ host" },
  { REASON_HOST, "invalid @ host" },
  { REASON_HOST, "@ host not" },
  { REASON_HOST, "host not found" },
  { REASON_HOST, "host name not found" },
  { REASON_HOST, "host ~ not found" },
  { REASON_HOST, "host not exist" },
  { REASON_HOST, "host ~ not exist" },
  { REASON_HOST, "host ~ exist not" },
  { REASON_HOST, "not such host" },
  { REASON_HOST, "not host" },
  { REASON_HOST, "not found ~ host" },
  { REASON_HOST, "invalid host" },
  { REASON_HOST, "host invalid" },
  { REASON_HOST, "host/domain invalid" },
  { REASON_HOST, "invalid ~ host" },
  { REASON_HOST, "unrout* message host" },
  { REASON_HOST, "unrout* host" },
  { REASON_HOST, "unresolv* host" },
  { REASON_HOST, "host ~ not accepted" },
  { REASON_HOST, "host ~ not receive*" },
  { REASON_HOST, "null host" },
  { REASON_HOST, "nullmx" },
  { REASON_HOST, "host record* point ~ not" },
  { REASON_HOST, "host record* point unknown" },
  { REASON_HOST, "not exist host" },
  { REASON_HOST, "not service" },
  { REASON_HOST, "host ~ not service" },
  { REASON_HOST, "not message service" },
  { REASON_HOST, "not found gateway" },
  { REASON_DISABLED, "@ ~ disabled" },
  { REASON_DISABLED, "disabled @" },
  { REASON_DISABLED, "disabled or disabled" },
  { REASON_DISABLED, "@ expired" },
  { REASON_DISABLED, "expired @" },
  { REASON_DISABLED, "@ ~ blocked" },
  { REASON_DISABLED, "@ ~ not longer" },
  { REASON_DISABLED, "not longer" },
  { REASON_DISABLED, "not mehr" },
  { REASON_DISABLED, "not plus" },
  { REASON_DISABLED, "@ not active" },
  { REASON_DISABLED, "@ not activ*" },
  { REASON_DISABLED, "not active @" },
  { REASON_DISABLED, "@ not enabled" },
  { REASON_DISABLED, "not collected" },
  { REASON_DISABLED, "left company" },
  { REASON_MOVED, "@ moved" },
  { REASON_MOVED, "@ ~ changed" },
  { REASON_MOVED, "moved another" },
  { REASON_MOVED, "moved new" },
  { REASON_USER, "@ unknown" },
  { REASON_USER, "@ ~ unknown" },
  { REASON_USER, "unknown @" },
  { REASON_USER, "unknown or ~ @" },
  { REASON_USER, "unknown local" },
  { REASON_USER, "@ ~ not exist" },
  { REASON_USER, "@ ~ exist not" },
  { REASON_USER, "@ ~ nexiste" },
  { REASON_USER, "not @ ~ exist" },
  { REASON_USER, "exist not ~ @" },
  { REASON_USER, "not deliverable" },
  { REASON_USER, "@ not local" },
  { REASON_USER, "not exist @" },
  { REASON_USER, "@ ~ not found" },
  { REASON_USER, "@ found not" },
  { REASON_USER, "@ not ~ @" },
  { REASON_USER, "@ ~ not match" },
  { REASON_USER, "@ ~ not ~ directory" },
  { REASON_USER, "not such @" },
  { REASON_USER, "not ~ @ here" },
  { REASON_USER, "not @ name" },
  { REASON_USER, "not @ found" },
  { REASON_USER, "not @ mit" },
  { REASON_USER, "not found ~ @" },
  { REASON_USER, "not found at" },
  { REASON_USER, "name not found" },
  { REASON_USER, "not valid @" },
  { REASON_USER, "@ not valid" },
  { REASON_USER, "invalid @" },
  { REASON_USER, "invalid ~ @" },
  { REASON_USER, "@ invalid" },
  { REASON_USER, "@ ~ unavailable" },
  { REASON_USER, "@ not available" },
  { REASON_USER, "unrout* @" },
  { REASON_USER, "undelivered @" },
  { REASON_USER, "@ undelivered" },
  { REASON_USER, "@ tried reach" },
  { REASON_USER, "recipnotfound" },
  { REASON_USER, "check @" },
  { REASON_USER, "check if @ correct" },
  { REASON_USER, "verif* ~ @ correct" },
  { REASON_USER, "@ spelled" },
  { REASON_USER, "@ ~ invalid" },
  { REASON_USER, "not one @" },
  { REASON_USER, "not @ ." },
  { REASON_USER, "@ rejected ." },
  { REASON_POLICY, "message not accepted" },
  { REASON_POLICY, "message rejected" },
  { REASON_POLICY, "rejected message" },
  { REASON_POLICY, "not accepted message" },
  { REASON_POLICY, "permission" },
  { REASON_POLICY, "abuse" },
  { REASON_POLICY, "member*" },
  { REASON_POLICY, "restrict*" },
  { REASON_POLICY, "security ~ rejected" },
  { REASON_POLICY, "rejected ~ security" },
  { REASON_POLICY, "filter*" },
  { REASON_TEMPORARY, "temporary" },
  { REASON_TEMPORARY, "timeout" },
  { REASON_TEMPORARY, "timed out" },
  { REASON_TEMPORARY, "connect*" },
  { REASON_TEMPORARY, "try ~ again" },
  { REASON_TEMPORARY, "try ~ later" },
  { REASON_TEMPORARY, "not responding" },
  { REASON_TEMPORARY, "not reach*" },
  { REASON_TEMPORARY, "unreachable" },
  { REASON_TEMPORARY, "delayed" },
  { REASON_TEMPORARY, "expired" },
  { REASON_TEMPORARY, "queue" },
  { REASON_TEMPORARY, "loop*" },
  { REASON_TEMPORARY, "hops" },
  { REASON_TEMPORARY, "attempt*" },
  { REASON_TEMPORARY, "multiple retries" },
  { REASON_TEMPORARY, "retr* ~ exceed" },
  { REASON_TEMPORARY, "too long" },
  { REASON_TEMPORARY, "not route" },
  { REASON_TEMPORARY, "unavailable" },
  { REASON_TEMPORARY, "service not available" },
  { REASON_TEMPORARY, "not establish" },
  { REASON_TEMPORARY, "system fail" },
  { REASON_TEMPORARY, "receiving message rate" },
  { REASON_TEMPORARY, "socket fail" },
};

/* What enhanced codes say, by "subject.detail". A detail of -1 is any. */
static const struct {
  int subject, detail;
  enum reason reason;
} codes[] = {
  { 1, 2, REASON_HOST },       { 1, 6, REASON_MOVED },   { 1, 7, REASON_POLICY }, { 1, 8, REASON_POLICY },
  { 1, 9, REASON_TEMPORARY },  { 1, 10, REASON_HOST },   { 1, -1, REASON_USER },  { 2, 1, REASON_DISABLED },
  { 2, 2, REASON_FULL },       { 2, 3, REASON_SIZE },    { 3, 2, REASON_HOST },   { 3, 4, REASON_SIZE },
  { 4, 4, REASON_HOST },       { 6, -1, REASON_POLICY }, { 7, 27, REASON_HOST },  { 7, -1, REASON_POLICY },
  { 4, -1, REASON_TEMPORARY },
};

struct code {
  int class, subject, detail; /* class 0: none */
};

static const char *read_number(const char *at, int *number)
{
  int digits = 0;
  *number = 0;
  while (g_ascii_isdigit(*at) && digits++ < 3) *number = *number * 10 + (*at++ - '0');
  return digits && !g_ascii_isdigit(*at) ? at : NULL;
}

/* "5.1.1" and nothing longer (an IP address, a version) begins here. */
static bool read_enhanced(const char *at, struct code *code, const char **end)
{
  if (!strchr("245", *at) || !*at || at[1] != '.') return false;
  code->class = *at - '0';
  at = read_number(at + 2, &code->subject);
  if (!at || *at != '.' || code->subject > 7) return false;
  at = read_number(at + 1, &code->detail);
  if (!at || (*at == '.' && g_ascii_isdigit(at[1])) || g_ascii_isalpha(*at)) return false;
  *end = at;
  return true;
}

/* "550" begins here. */
static int read_reply(const char *at)
{
  if ((*at != '4' && *at != '5') || !g_ascii_isdigit(at[1]) || !g_ascii_isdigit(at[2])) return 0;
  if (g_ascii_isalnum(at[3]) || (at[3] == '.' && g_ascii_isdigit(at[4]))) return 0;
  if (at[1] > '5' && strncmp(at, "571", 3) != 0) return 0;
  return *at - '0';
}

/* The codes of a text: the enhanced one that stands behind a reply of the other server, else the first, else
 * the class of the reply. */
static struct code find_code(const char *text, int *reply)
{
  struct code best = { 0 };
  bool is_behind_reply = false;
  const char *reply_end = NULL;
  *reply = 0;
  for (const char *at = text; *at; at++) {
    bool begins = at == text || !(g_ascii_isalnum(at[-1]) || at[-1] == '.' || at[-1] == '@' || at[-1] == '/');
    if (!begins || !g_ascii_isdigit(*at)) continue;
    int class = read_reply(at);
    if (class) {
      if (!*reply) *reply = class;
      reply_end = at + 3;
      continue;
    }
    struct code code;
    const char *end;
    if (!read_enhanced(at, &code, &end) || code.class == 2) continue;
    bool follows = reply_end && at - reply_end <= 3;
    if (!best.class || (follows && !is_behind_reply)) {
      best = code;
      is_behind_reply = follows;
    }
    at = end - 1;
  }
  return best;
}

static enum reason reason_of_code(const struct code *code)
{
  for (gsize i = 0; code->class && i < G_N_ELEMENTS(codes); i++)
    if (codes[i].subject == code->subject && (codes[i].detail < 0 || codes[i].detail == code->detail))
      return codes[i].reason;
  return REASON_NONE;
}

static bool words_say(const struct wording *wording, enum reason reason)
{
  for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
    if (words[i].reason == reason && wording_has(wording, words[i].pattern)) return true;
  return false;
}

static enum reason reason_of_words(const struct wording *wording)
{
  for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
    if (wording_has(wording, words[i].pattern)) return words[i].reason;
  return REASON_NONE;
}

/* Codes and words weighed against each other. */
static enum reason weigh(const struct code *code, const char *text)
{
  enum reason by_code = reason_of_code(code);
  g_autoptr(wording_t) wording = wording_new(text);
  enum reason by_words = reason_of_words(wording);
  if (by_code == REASON_POLICY && by_words != REASON_HOST) return REASON_POLICY;
  bool is_gone = by_code == REASON_USER || by_code == REASON_HOST || by_code == REASON_DISABLED;
  if (is_gone && by_words == REASON_POLICY && words_say(wording, by_code)) return by_code;
  if (code->class == 5 && code->subject == 4 && code->detail == 1 && wording_has(wording, "@ rejected"))
    return REASON_USER; /* Microsoft's way of not saying who exists */
  if (by_code == REASON_TEMPORARY) return by_words == REASON_NONE ? by_code : by_words;
  if (by_words == REASON_NONE || by_words == REASON_TEMPORARY) return by_code ? by_code : by_words;
  return by_words;
}

static void make_status(struct diagnosis *diagnosis, const struct code *code, int class)
{
  static const char *const details[] = {
    [REASON_NONE] = "0.0",     [REASON_USER] = "1.1",   [REASON_HOST] = "1.2",
    [REASON_DISABLED] = "2.1", [REASON_MOVED] = "1.6",  [REASON_FULL] = "2.2",
    [REASON_SIZE] = "3.4",     [REASON_POLICY] = "7.1", [REASON_TEMPORARY] = "4.7",
  };
  _Static_assert(G_N_ELEMENTS(details) == REASON_TEMPORARY + 1, "a status for every reason");
  if (code->class)
    g_snprintf(diagnosis->status, sizeof diagnosis->status, "%d.%d.%d", code->class, code->subject,
               code->detail);
  else
    g_snprintf(diagnosis->status, sizeof diagnosis->status, "%d.%s", class, details[diagnosis->reason]);
}

static bool is_generic(const struct code *code)
{
  return code->subject == 0 && code->detail == 0;
}

struct diagnosis diagnose(const char *text, const char *status, bool is_delayed)
{
  struct diagnosis diagnosis = { 0 };
  struct code field = { 0 };
  const char *end;
  while (status && g_ascii_isspace(*status)) status++;
  if (!status || !read_enhanced(status, &field, &end) || field.class == 2) field.class = 0;
  int reply = 0;
  struct code said = find_code(text, &reply);
  struct code code = said.class && !(is_generic(&said) && field.class) ? said : field;
  /* a report's own "4.0.0" beside the other server's "554" */
  if (code.class && is_generic(&code) && reply && reply != code.class && !said.class) code.class = reply;
  diagnosis.reason = weigh(&code, text);
  int class = code.class ? code.class : reply;
  if (is_delayed) class = 4;
  if (is_delayed && code.class == 5) code.class = 0;
  if (!class) class = diagnosis.reason == REASON_TEMPORARY ? 4 : 5;
  make_status(&diagnosis, &code, class);
  bool is_gone = diagnosis.reason == REASON_USER || diagnosis.reason == REASON_HOST ||
                 diagnosis.reason == REASON_DISABLED || diagnosis.reason == REASON_MOVED;
  diagnosis.is_permanent = class == 5 && is_gone;
  diagnosis.is_policy = diagnosis.reason == REASON_POLICY || diagnosis.reason == REASON_SIZE;
  return diagnosis;
}
