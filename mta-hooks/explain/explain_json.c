/* The object that `explain` prints: what was read (message, text, attachments, calendar), where it goes
 * (route), what it means. Keys that do not apply are left out. */
#include "mta-hooks/explain/explain.h"

#include "lib/base/clock.h"
#include "lib/mail/calendar.h"
#include "lib/text/json_out.h"
#include "lists/kinds.h"
#include "lists/route.h"
#include "mta-hooks/explain/explain_facts.h"

#include <stdlib.h>
#include <string.h>

/* RFC 3339 with the offset that the sender wrote. */
static char *date_as_written(const struct mail *mail)
{
  int minutes = mail->date_offset_minutes, whole = abs(minutes);
  g_autofree char *offset = g_strdup_printf("%c%02d:%02d", minutes < 0 ? '-' : '+', whole / 60, whole % 60);
  g_autoptr(GTimeZone) zone = g_time_zone_new_identifier(offset);
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(mail->date);
  g_autoptr(GDateTime) local = zone && utc ? g_date_time_to_timezone(utc, zone) : NULL;
  g_autofree char *text = local ? g_date_time_format(local, "%Y-%m-%dT%H:%M:%S") : NULL;
  return text ? g_strconcat(text, offset, NULL) : NULL;
}

static void put_auth(struct json_out *json, const struct mail_auth *auth)
{
  json_begin_object(json, "auth");
  json_put_flag(json, "authenticated", auth->is_authenticated);
  json_put_text(json, "dmarc", auth->dmarc);
  json_put_text(json, "dkim", auth->dkim);
  json_put_text(json, "spf", auth->spf);
  json_put_text(json, "arc", auth->arc);
  if (auth->auth) json_put_text(json, "auth", auth->auth);
  if (auth->reason) json_put_text(json, "reason", auth->reason);
  json_end_object(json);
}

/* A robot's mail is never acted upon; a foreign list's is a robot's as well, but no answer. */
static bool is_auto_reply(const struct mail *mail)
{
  return mail->robot == MAIL_AUTO_REPLY || mail->robot == MAIL_AUTO_GENERATED ||
         mail->robot == MAIL_NULL_SENDER;
}

/* Who did not get a mail of ours; left out in mails that are no report. */
static void put_report(struct json_out *json, const struct mail *mail)
{
  if (mail->bounces->len > 0) json_begin_array(json, "bounce");
  for (guint i = 0; i < mail->bounces->len; i++) {
    const struct mail_bounce *bounce = g_ptr_array_index(mail->bounces, i);
    json_begin_object(json, NULL);
    json_put_text(json, "address", bounce->address);
    json_put_text(json, "status", bounce->status);
    json_put_flag(json, "permanent", bounce->is_permanent);
    if (bounce->is_policy) json_put_flag(json, "policy", true);
    json_end_object(json);
  }
  if (mail->bounces->len > 0) json_end_array(json);
  if (mail->report) json_put_text(json, "report", mail->report);
}

static void put_message(struct json_out *json, const struct mail *mail, bool is_loop)
{
  g_autofree char *id = mail->message_id ? g_strdup_printf("<%s>", mail->message_id) : NULL;
  g_autofree char *date = mail->date ? date_as_written(mail) : NULL;
  json_begin_object(json, "message");
  json_put_text(json, "message_id", id);
  json_begin_object(json, "from");
  json_put_text(json, "name", mail->from.name);
  json_put_text(json, "address", mail->from.address);
  json_end_object(json);
  json_put_text(json, "subject", mail->subject);
  json_put_text(json, "date", date);
  json_put_text(json, "language", mail->language);
  json_put_flag(json, "auto_reply", is_auto_reply(mail));
  put_report(json, mail);
  json_put_flag(json, "loop", is_loop || mail->robot == MAIL_LOOP);
  if (mail->robot_reason) json_put_text(json, "robot", mail->robot_reason);
  if (mail->was_bounded) json_put_flag(json, "bounded", true);
  put_auth(json, &mail->auth);
  json_end_object(json);
}

static void put_text_part(struct json_out *json, const struct mail *mail)
{
  json_begin_object(json, "text");
  json_put_text(json, "new", mail->text_new);
  json_put_text(json, "signature", mail->signature);
  if (mail->forwarded) json_put_text(json, "forwarded", mail->forwarded);
  json_put_flag(json, "has_quote", mail->has_quote);
  json_end_object(json);
}

static void put_attachments(struct json_out *json, const struct mail *mail)
{
  json_begin_array(json, "attachments");
  for (guint i = 0; i < mail->attachments->len; i++) {
    const struct mail_attachment *attachment = g_ptr_array_index(mail->attachments, i);
    json_begin_object(json, NULL);
    json_put_text(json, "filename", attachment->filename);
    json_put_text(json, "type", attachment->type);
    json_put_number(json, "bytes", (gint64)attachment->size_bytes);
    if (attachment->hazard != FILE_HARMLESS) json_put_flag(json, "refused", true);
    if (attachment->is_inline) json_put_flag(json, "inline", true);
    if (attachment->has_point) {
      json_put_real(json, "lat", attachment->lat);
      json_put_real(json, "lon", attachment->lon);
    }
    json_end_object(json);
  }
  json_end_array(json);
}

/* The first calendar part that is one. NULL: none. */
static struct calendar *find_calendar(const struct mail *mail)
{
  for (guint i = 0; i < mail->attachments->len; i++) {
    const struct mail_attachment *attachment = g_ptr_array_index(mail->attachments, i);
    struct calendar *calendar = attachment->calendar_text ? calendar_read(attachment->calendar_text) : NULL;
    if (calendar) return calendar;
  }
  return NULL;
}

static void put_calendar(struct json_out *json, const struct mail *mail)
{
  g_autoptr(calendar_t) calendar = find_calendar(mail);
  if (!calendar) return;
  json_begin_object(json, "calendar");
  json_put_text(json, "method", calendar->method);
  json_put_text(json, "uid", calendar->uid);
  json_put_number(json, "sequence", calendar->sequence);
  json_put_text(json, "recurrence_id", calendar->recurrence_id);
  json_put_text(json, "status", calendar->status);
  json_put_text(json, "organizer", calendar->organizer);
  json_begin_array(json, "attendees");
  for (guint i = 0; i < calendar->attendees->len; i++) {
    const struct calendar_attendee *attendee = g_ptr_array_index(calendar->attendees, i);
    json_begin_object(json, NULL);
    json_put_text(json, "address", attendee->address);
    json_put_text(json, "partstat", attendee->partstat);
    json_end_object(json);
  }
  json_end_array(json);
  json_end_object(json);
}

/* The kind of list that answers to a mail of ours of this kind go to; NULL: as the address says. */
static const char *context_kind(enum context context)
{
  static const char *const kinds_of[CONTEXT_COUNT] = {
    [CONTEXT_EVENT] = "events",       [CONTEXT_MODERATION] = "group",  [CONTEXT_OFFICIAL] = "defects",
    [CONTEXT_VOTE] = "kiezkasse",     [CONTEXT_MINUTES] = "kiezkasse", [CONTEXT_DEFECT] = "defects",
    [CONTEXT_PROPOSAL] = "kiezkasse", [CONTEXT_CONFIRM] = "group",     [CONTEXT_DIGEST] = "group",
  };
  return kinds_of[context];
}

/* The address as if the mail had come to the signed address of a mail of ours of that kind. */
static void apply_context(const struct explanation *explanation, struct address_target *target)
{
  if (!context_kind(explanation->context) || target->meaning == ADDRESS_UNKNOWN ||
      target->meaning == ADDRESS_FORGED)
    return;
  target->meaning = ADDRESS_TOKEN;
  target->command = NULL;
  bool asks_to_confirm = explanation->context == CONTEXT_CONFIRM;
  target->token = (struct token){ .purpose = asks_to_confirm ? TOKEN_REQUEST : TOKEN_POST };
  if (!target->kind) target->kind = context_kind(explanation->context);
}

/* An address that is not ours: the receiver refuses it. */
static struct route refused(enum address_meaning meaning)
{
  return (struct route){
    .action = ROUTE_IGNORE,
    .intent = "ignore",
    .reason = g_strdup(meaning == ADDRESS_FORGED
                           ? "Its reply address was not signed by us; it is refused at the door."
                           : "It is addressed to no list or address of ours; it is refused at the door.")
  };
}

/* The facts in it and what it wants. What the address alone decides (robots, loops, what is refused) is not
 * looked at twice. */
static void put_understanding(struct json_out *json, const struct explanation *explanation,
                              const struct mail *mail, const struct address_target *target,
                              const struct route *route, int64_t now)
{
  struct circumstances circumstances = {
    .context = explanation->context,
    .list = route->list,
    .list_kind = route->kind,
    .list_region = explanation->list_regions && route->list
                       ? g_hash_table_lookup(explanation->list_regions, route->list)
                       : NULL,
    .list_regions = explanation->list_regions,
    .command = target->command,
    .book = explanation->book,
    .gazetteer = explanation->gazetteer,
    .now = now,
    .zone = explanation->config->zone,
    .domain = explanation->config->domain,
  };
  g_autoptr(understanding_t) it = understanding_new(mail, &circumstances);
  explain_put_facts(json, it, circumstances.zone);
  if (strcmp(route->intent, "ignore") == 0) {
    g_autoptr(meaning_t) nothing = meaning_new(INTENT_IGNORE);
    explain_put_meaning(json, nothing, circumstances.zone);
  } else {
    explain_put_meaning(json, it->meaning, circumstances.zone);
    bool is_question = it->meaning->intent == INTENT_QUESTION || g_strcmp0(route->kind, "questions") == 0;
    if (is_question && explanation->context == CONTEXT_NONE)
      explain_put_office(json, explanation, mail,
                         it->meaning->region ? it->meaning->region : circumstances.list_region);
  }
}

/* Where it goes. The caller clears it. */
static struct route find_route(const struct explanation *explanation, const struct mail *mail,
                               const char *recipient, const struct address_target *target)
{
  if (target->meaning == ADDRESS_UNKNOWN || target->meaning == ADDRESS_FORGED)
    return refused(target->meaning);
  g_auto(GStrv) others = target->meaning == ADDRESS_FRONT_DOOR
                             ? route_other_recipients(explanation->book, mail, recipient, NULL)
                             : NULL;
  return route_mail(mail, target, (const char *const *)others);
}

static void put_route(struct json_out *json, const struct route *route)
{
  json_begin_object(json, "route");
  json_put_text(json, "list", route->list);
  json_put_text(json, "kind", route->kind);
  json_put_text(json, "reason", route->reason);
  json_end_object(json);
}

char *explain_mail(const struct explanation *explanation, const struct mail *mail, const char *recipient,
                   bool is_pretty)
{
  g_autoptr(json_out_t) json = json_out_new();
  int64_t now = explanation->now ? explanation->now : mail->date ? mail->date : clock_now();
  struct address_target target = addresses_look_up(explanation->book, explanation->keys, recipient, now);
  apply_context(explanation, &target);
  struct route route = find_route(explanation, mail, recipient, &target);
  json_begin_object(json, NULL);
  put_message(json, mail, route.is_loop);
  put_text_part(json, mail);
  put_attachments(json, mail);
  put_calendar(json, mail);
  put_route(json, &route);
  put_understanding(json, explanation, mail, &target, &route, now);
  json_end_object(json);
  route_clear(&route);
  return json_out_text(json, is_pretty);
}
