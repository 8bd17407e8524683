/* Routing: what is done with a mail at one of our addresses, before anybody looks at what it says. The worker
 * asks for every recipient, `kiezpost explain` for one; both get the same answer with the same reason.
 *
 * The rules stand in one table and the first that matches wins, so their order is the policy: what could run
 * in circles comes first, then who may not speak (robots, forged senders), then what the address asks for,
 * then the list's kind. A rule looks at the mail and at what the address means; never at the store. */
#include "lists/route.h"

#include "lib/text/subject.h"

#include <string.h>

/* What a rule may look at. */
struct question {
  const struct mail *mail;
  const struct address_target *target;
  const char *const *others; /* specific addresses of the same mail */
  bool is_released;
};

struct rule {
  const char *name;
  bool (*matches)(const struct question *question);
  enum route_action action;
  const char *intent; /* NULL: post or reply, by the mail */
  const char *code;   /* for ROUTE_HOLD */
  const char *reason;
};

static bool has_purpose(const struct question *q, enum token_purpose purpose)
{
  return q->target->meaning == ADDRESS_TOKEN && q->target->token.purpose == purpose;
}

static bool is_probe(const struct question *q)
{
  return has_purpose(q, TOKEN_PROBE);
}

/* Is the List-Id that of this very list? One of another domain is foreign, and goes nowhere either. */
static bool is_own_list(const struct question *q)
{
  const char *id = q->mail->list_id, *list = q->target->list;
  gsize length = list ? strlen(list) : 0;
  return id && list && g_ascii_strncasecmp(id, list, length) == 0 && id[length] == '.';
}

/* It came back by itself; or a person passed it on, and it was at this very list before: our mark against
 * loops says so, or the list's own List-Id, where some program took the mark away. */
static bool is_loop(const struct question *q)
{
  const char *list = q->target->list ? q->target->list : "antwort";
  gsize length = strlen(list);
  for (guint i = 0; i < q->mail->own_loops->len; i++) {
    const char *mark = g_ptr_array_index(q->mail->own_loops, i);
    if (g_ascii_strncasecmp(mark, list, length) == 0 && mark[length] == '@') return true;
  }
  return q->mail->robot == MAIL_LOOP || is_own_list(q);
}

/* A delivery report about one of our letters; a vacation notice goes to the envelope sender as well. */
static bool is_report(const struct question *q)
{
  bool is_bounce_address = q->target->token.purpose == TOKEN_BOUNCE &&
                           (q->target->meaning == ADDRESS_TOKEN || q->target->meaning == ADDRESS_STALE_TOKEN);
  return is_bounce_address && q->mail->robot != MAIL_HUMAN;
}

static bool is_person_at_bounce_address(const struct question *q)
{
  return has_purpose(q, TOKEN_BOUNCE);
}

/* Expired, and what it was for was never meant for a whole list. */
static bool is_stale_private(const struct question *q)
{
  return q->target->meaning == ADDRESS_STALE_TOKEN && q->target->token.purpose != TOKEN_POST;
}

static bool is_for_admin(const struct question *q)
{
  return q->target->meaning == ADDRESS_ADMIN;
}

/* Complaints of machines (RFC 5965) must not get lost at an address that the law asks for. */
static bool is_for_duty(const struct question *q)
{
  const struct kind *kind = kind_find(q->target->kind);
  return q->target->meaning == ADDRESS_LIST && kind && kind->is_duty;
}

static bool is_null_sender(const struct question *q)
{
  return q->mail->robot == MAIL_NULL_SENDER;
}

static bool is_auto_reply(const struct question *q)
{
  return q->mail->robot == MAIL_AUTO_REPLY;
}

static bool is_generated(const struct question *q)
{
  return !q->is_released && q->mail->robot == MAIL_AUTO_GENERATED;
}

static bool is_foreign_list(const struct question *q)
{
  return q->mail->robot == MAIL_LIST;
}

static bool is_for_request(const struct question *q)
{
  return q->target->token.purpose == TOKEN_REQUEST &&
         (q->target->meaning == ADDRESS_TOKEN || q->target->meaning == ADDRESS_STALE_TOKEN);
}

/* An answer that concerns nobody but whom we asked: a doubtful one is put to them, not to moderators. */
static bool is_confidential(const struct question *q)
{
  const struct kind *kind = kind_find(q->target->kind);
  return is_for_request(q) && kind && kind->is_confidential;
}

static bool is_spoofed(const struct question *q)
{
  return !q->is_released && !is_confidential(q) && q->mail->auth.dmarc &&
         strcmp(q->mail->auth.dmarc, "fail") == 0 && !q->mail->auth.is_authenticated;
}

static bool is_leaving(const struct question *q)
{
  return has_purpose(q, TOKEN_LEAVE) ||
         (q->target->meaning == ADDRESS_STALE_TOKEN && q->target->token.purpose == TOKEN_LEAVE);
}

static bool is_for_author(const struct question *q)
{
  return has_purpose(q, TOKEN_AUTHOR);
}

static bool is_for_letter(const struct question *q)
{
  return has_purpose(q, TOKEN_LETTER);
}

static bool is_for_case(const struct question *q)
{
  return has_purpose(q, TOKEN_CASE);
}

static bool is_for_event(const struct question *q)
{
  return has_purpose(q, TOKEN_EVENT);
}

static bool is_for_attachment(const struct question *q)
{
  return has_purpose(q, TOKEN_ATTACHMENT);
}

static bool is_command(const struct question *q)
{
  return q->target->meaning == ADDRESS_COMMAND;
}

static bool is_beside_specific(const struct question *q)
{
  return q->target->meaning == ADDRESS_FRONT_DOOR && q->others && q->others[0];
}

static bool is_blank(const char *text)
{
  for (; text && *text; text = g_utf8_next_char(text))
    if (!g_unichar_isspace(g_utf8_get_char(text))) return false;
  return true;
}

/* Nothing in it: no text, no attachment, and no subject of its own. "Treffen fällt heute aus" may be all in
 * the subject; the subject of an answer was somebody else's. */
static bool is_empty(const struct question *q)
{
  const struct mail *mail = q->mail;
  return is_blank(mail->text) && mail->attachments->len == 0 &&
         (is_blank(mail->subject) || subject_is_reply(mail->subject));
}

static bool is_stale(const struct question *q)
{
  return q->target->meaning == ADDRESS_STALE_TOKEN;
}

static bool is_front_door(const struct question *q)
{
  return q->target->meaning == ADDRESS_FRONT_DOOR;
}

static bool is_answer_to_post(const struct question *q)
{
  return has_purpose(q, TOKEN_POST);
}

/* Does To or Cc of the mail name this list, by its name? An alias counts as not named, which only changes the
 * wording. */
static bool names_list(const GPtrArray *addresses, const char *list)
{
  gsize length = strlen(list);
  for (guint i = 0; addresses && i < addresses->len; i++) {
    const char *address = ((const struct mail_address *)g_ptr_array_index(addresses, i))->address;
    if (address && g_ascii_strncasecmp(address, list, length) == 0 && !g_ascii_isalnum(address[length]))
      return true;
  }
  return false;
}

static bool is_by_envelope(const struct question *q)
{
  return q->target->list && !names_list(q->mail->to, q->target->list) &&
         !names_list(q->mail->cc, q->target->list);
}

static bool always(const struct question *q)
{
  (void)q;
  return true;
}

static const struct rule rules[] = {
  { "probe", is_probe, ROUTE_PROBE, "ignore", NULL, "It is a probe that `kiezpost check` sent." },
  { "loop", is_loop, ROUTE_IGNORE, "ignore", NULL,
    "It has been through here before; passing it on would make a loop." },
  { "report", is_report, ROUTE_BOUNCE, "ignore", NULL,
    "It is a report about the delivery of one of our letters." },
  { "admin", is_for_admin, ROUTE_ADMIN, "unclear", NULL,
    "The address reaches whoever runs this installation." },
  { "duty", is_for_duty, ROUTE_RECEIVE, "unclear", NULL,
    "The address is one that the law asks for; machines may write to it, too." },
  { "null sender", is_null_sender, ROUTE_IGNORE, "ignore", NULL,
    "It comes from a mail system or with the null sender, as delivery reports and automatic answers do." },
  { "automatic answer", is_auto_reply, ROUTE_IGNORE, "ignore", NULL,
    "It is an automatic answer; robots never act." },
  { "automatic mail", is_generated, ROUTE_IGNORE, "ignore", NULL, "A program wrote it; robots never act." },
  { "foreign list", is_foreign_list, ROUTE_IGNORE, "ignore", NULL,
    "It comes from another mailing list; lists are not chained." },
  { "bounce address", is_person_at_bounce_address, ROUTE_HOLD, "unclear", "bounce_address",
    "A person wrote to an address that is meant for delivery reports." },
  { "forged sender", is_spoofed, ROUTE_HOLD, "unclear", "spoofed",
    "Its sender's domain says that this mail is not from there (DMARC)." },
  { "answer", is_for_request, ROUTE_ANSWER, "confirm", NULL, "It answers a question of ours." },
  { "case", is_for_case, ROUTE_CASE, "reply", NULL, "It is for a case." },
  { "event", is_for_event, ROUTE_EVENT, "rsvp", NULL, "It is for an event." },
  { "leaving", is_leaving, ROUTE_WISH, "leave", NULL, "Its address is the one for leaving the list." },
  { "expired and private", is_stale_private, ROUTE_HOLD, "unclear", "stale_private",
    "Its reply address has expired, and it was not meant for the whole list." },
  { "author", is_for_author, ROUTE_PRIVATE, "private", NULL, "It is for the author of a post alone." },
  { "letter", is_for_letter, ROUTE_PRIVATE, "private", NULL, "It answers a letter of ours to one person." },
  { "attachment", is_for_attachment, ROUTE_ATTACHMENT, "reply", NULL,
    "It asks for an attachment that was left out of a post." },
  { "command", is_command, ROUTE_WISH, NULL, NULL, "Its address holds a command about a membership." },
  { "front door aside", is_beside_specific, ROUTE_FILE_ONLY, "ignore", NULL,
    "The same mail went to a more specific address of ours, which acts on it." },
  { "empty", is_empty, ROUTE_IGNORE, "ignore", NULL, "It is empty." },
  { "expired", is_stale, ROUTE_RECEIVE, NULL, NULL,
    "Its reply address has expired: it is taken as a new mail to the list." },
  { "front door", is_front_door, ROUTE_RECEIVE, "unclear", NULL,
    "It came to the front door, which is for everything." },
  { "answer to a post", is_answer_to_post, ROUTE_RECEIVE, "reply", NULL, "It answers a post of the list." },
  { "by envelope", is_by_envelope, ROUTE_RECEIVE, NULL, NULL,
    "It came to the list by its envelope; the list is named in neither To nor Cc." },
  { "list", always, ROUTE_RECEIVE, NULL, NULL, "It is addressed to the list." },
};

/* What a mail to a list is meant as, where the rule leaves it open. */
static const char *intent_of(const struct question *q)
{
  static const struct {
    const char *command, *intent;
  } commands[] = { { "beitreten", "join" },
                   { "austreten", "leave" },
                   { "hilfe", "help" },
                   { "einladen", "help" },
                   { "mitglieder", "help" },
                   { "einstellungen", "settings" } };
  for (gsize i = 0; q->target->command && i < G_N_ELEMENTS(commands); i++)
    if (strcmp(q->target->command, commands[i].command) == 0) return commands[i].intent;
  const struct kind *kind = kind_find(q->target->kind);
  if (!kind || !kind->is_ready) return "unclear";
  return q->mail->references->len > 0 || subject_is_reply(q->mail->subject) ? "reply" : "post";
}

/* The first rule that matches. */
static struct route route_by_rules(const struct question *question)
{
  const struct rule *rule = rules;
  while (!rule->matches(question)) rule++;
  return (struct route){
    .action = rule->action,
    .list = question->target->list,
    .kind = question->target->kind,
    .intent = rule->intent ? rule->intent : intent_of(question),
    .reason = g_strdup(rule->reason),
    .code = rule->code,
    .is_loop = rule->matches == is_loop,
  };
}

struct route route_mail(const struct mail *mail, const struct address_target *target,
                        const char *const *other_recipients)
{
  return route_by_rules(&(struct question){ .mail = mail, .target = target, .others = other_recipients });
}

struct route route_mail_released(const struct mail *mail, const struct address_target *target)
{
  return route_by_rules(&(struct question){ .mail = mail, .target = target, .is_released = true });
}

void route_clear(struct route *route)
{
  g_clear_pointer(&route->reason, g_free);
}
