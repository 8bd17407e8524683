/* One session's life: take an envelope, be connected to the best relay that answers, send it, report, again.
 *
 * Trouble with a connection is not a recipient's fault: the envelope goes back to the head of its queue as if
 * nothing had been. A relay that could not be reached, or was lost before it had done anything, rests; one
 * that hangs up after some work (many do after so many mails) is simply called again. Only when the
 * connection broke again and again over one and the same mail is that mail suspected: it is put off like
 * after a 4xx, so that it cannot stop all others.
 */
#include "mta-hooks/send/session.h"

#include "lib/base/clock.h"
#include "lib/base/crash.h"
#include "lib/base/fault.h"
#include "lib/base/log.h"
#include "mta-hooks/send/maildir_relay.h"
#include "mta-hooks/send/smtp_client.h"

enum {
  IDLE_MS = 15 * 1000, /* an unused connection is closed after this */
  WAIT_MS = 60 * 1000, /* one wait for work */
  /* What a lost connection weighs against the mail it was lost over, and when that mail is put off. After
   * some work it is most likely a farewell, and several sessions may meet theirs over one and the same mail.
   */
  CUT_AT_ONCE = 4,
  CUT_AFTER_WORK = 1,
  CUTS_MAX = 12,
};

struct session {
  const struct session_context *context;
  struct envelope *now, *next;
  int relay; /* index; -1: none in use */
  struct smtp_settings settings;
  struct smtp_client *client;
  guint done; /* envelopes answered over this connection */
};

static const struct relay *relay_in_use(const struct session *session)
{
  return relays_get(session->context->relays, (guint)session->relay);
}

static void disconnect(struct session *session)
{
  smtp_client_close(session->client);
  session->client = NULL;
  session->relay = -1;
  session->done = 0;
}

/* The relay is away: it rests, and the log says so once. */
static void report_down(struct session *session, const GError *why)
{
  int64_t rest = relays_report_down(session->context->relays, session->relay, clock_monotonic_ms());
  if (rest > 0)
    log_line("relay=%s state=away rests_seconds=%.1f why=\"%s\"%s", relay_in_use(session)->name,
             (double)rest / 1000, why->message,
             fault_of(why) == FAULT_CONFIG ? " (a person must mend this)" : "");
}

static void report_up(struct session *session)
{
  if (relays_report_up(session->context->relays, session->relay))
    log_line("relay=%s state=back", relay_in_use(session)->name);
}

/* A connection to the relay in use; a maildir needs none. */
static bool open_connection(struct session *session)
{
  const struct relay *relay = relay_in_use(session);
  const struct session_context *context = session->context;
  if (relay->maildir != NULL) return true;
  session->settings = (struct smtp_settings){
    .host = relay->host,
    .port = relay->port,
    .helo = context->helo,
    .starttls = context->starttls,
    .username = context->username,
    .password = context->password,
    .connect_seconds = context->connect_seconds,
    .reply_seconds = context->reply_seconds,
  };
  g_autoptr(GError) error = NULL;
  session->client = smtp_client_open(&session->settings, &error);
  if (session->client == NULL) {
    report_down(session, error);
    disconnect(session);
    return false;
  }
  return true;
}

/* Chooses the best relay there is and connects. False: none now; has rested a little. */
static bool connect_somewhere(struct session *session)
{
  int64_t wait_ms = 0;
  session->relay = relays_pick(session->context->relays, clock_monotonic_ms(), &wait_ms);
  if (session->relay < 0) {
    dispatcher_put_back(session->context->dispatcher, session->now, false);
    session->now = NULL;
    dispatcher_rest(session->context->dispatcher, wait_ms);
    return false;
  }
  return open_connection(session);
}

/* Takes the next envelope; a connection that stays unused is closed meanwhile. */
static void take(struct session *session)
{
  struct dispatcher *dispatcher = session->context->dispatcher;
  session->now = dispatcher_take(dispatcher, 0);
  if (session->now != NULL || dispatcher_is_stopping(dispatcher)) return;
  session->now = dispatcher_take(dispatcher, session->client != NULL ? IDLE_MS : WAIT_MS);
  if (session->client != NULL && (session->now == NULL || !smtp_client_is_alive(session->client)))
    disconnect(session);
}

/* Connection trouble over `now`: back to the queue with it, unless it has done this too often. */
static void take_trouble(struct session *session, const GError *error)
{
  struct dispatcher *dispatcher = session->context->dispatcher;
  struct envelope *now = g_steal_pointer(&session->now);
  if (session->done == 0 || fault_of(error) == FAULT_CONFIG) report_down(session, error);
  if (fault_of(error) != FAULT_CONFIG) now->cuts += session->done == 0 ? CUT_AT_ONCE : CUT_AFTER_WORK;
  if (now->cuts >= CUTS_MAX && relay_in_use(session)->maildir == NULL) {
    envelope_reset(now);
    envelope_answer_rest(now, now->count > 1 ? ANSWER_AGAIN_ALONE : ANSWER_LATER,
                         "451 4.4.2 The connection was lost again and again over this mail.");
    dispatcher_report(dispatcher, now);
  } else {
    dispatcher_put_back(dispatcher, now, true);
  }
  if (session->next != NULL) dispatcher_put_back(dispatcher, g_steal_pointer(&session->next), false);
  disconnect(session);
}

/* The mail that will follow, so that its envelope can travel with this content. None when a better relay is
 * back: then we change first. */
static struct envelope *look_ahead(struct session *session)
{
  if (session->client == NULL || !smtp_client_pipelines(session->client)) return NULL;
  if (relays_has_better(session->context->relays, session->relay, clock_monotonic_ms())) return NULL;
  return dispatcher_take(session->context->dispatcher, 0);
}

/* Brings `now` to the relay in use. */
static bool deliver(struct session *session, GError **error)
{
  const struct relay *relay = relay_in_use(session);
  if (relay->maildir == NULL) return smtp_client_deliver(session->client, session->now, session->next, error);
  return maildir_relay_deliver(relay->maildir, session->now, error);
}

static void send_now(struct session *session)
{
  struct dispatcher *dispatcher = session->context->dispatcher;
  g_autoptr(GError) error = NULL;
  if (session->next == NULL) session->next = look_ahead(session);
  if (!dispatcher_reserve(dispatcher, session->now)) return; /* time to stop */
  if (!deliver(session, &error)) {
    take_trouble(session, error);
    return;
  }
  crash_point("send.sent");
  if (session->done++ == 0) report_up(session); /* not before: some greet well and then hang up */
  dispatcher_report(dispatcher, session->now);
  session->now = g_steal_pointer(&session->next);
}

static void leave(struct session *session)
{
  struct dispatcher *dispatcher = session->context->dispatcher;
  if (session->next != NULL) dispatcher_put_back(dispatcher, session->next, false);
  if (session->now != NULL) dispatcher_put_back(dispatcher, session->now, false);
  disconnect(session);
  dispatcher_leave(dispatcher);
}

static gpointer run(gpointer data)
{
  struct session session = { .context = data, .relay = -1 };
  struct dispatcher *dispatcher = session.context->dispatcher;
  while (!dispatcher_is_stopping(dispatcher)) {
    bool is_followed = session.now != NULL; /* its envelope may be under way already */
    if (!is_followed) take(&session);
    if (session.now == NULL) continue;
    if (!is_followed && session.relay > 0 &&
        relays_has_better(session.context->relays, session.relay, clock_monotonic_ms()))
      disconnect(&session);
    if (session.relay >= 0 || connect_somewhere(&session)) send_now(&session);
  }
  leave(&session);
  return NULL;
}

GThread *session_start(const struct session_context *context)
{
  dispatcher_enter(context->dispatcher);
  return g_thread_new("session", run, (gpointer)(gintptr)context);
}
