/* The facts and the meaning in the object that `explain` prints: what was found in the new text, and by
 * intent the keys that belong to it. */
#include "mta-hooks/explain/explain_facts.h"

#include <string.h>

/* ---- facts ---- */

static void put_words(struct json_out *json, const struct passage *passage, guint first, guint end)
{
  g_autofree char *text = passage_text(passage, first, end);
  json_put_text(json, "text", text);
}

static void put_wall(struct json_out *json, const char *name, const struct wall *wall, const char *zone)
{
  g_autofree char *text = wall_format(wall, zone);
  json_put_text(json, name, text);
}

static void put_money(struct json_out *json, const struct understanding *it)
{
  json_begin_array(json, "money");
  for (guint i = 0; i < it->money->len; i++) {
    const struct money *money = &g_array_index(it->money, struct money, i);
    json_begin_object(json, NULL);
    put_words(json, it->passage, money->first, money->end);
    json_put_number(json, "cents", money->cents);
    if (money->cents_until) json_put_number(json, "cents_until", money->cents_until);
    json_end_object(json);
  }
  json_end_array(json);
}

static void put_dates(struct json_out *json, const struct understanding *it, const char *zone)
{
  json_begin_array(json, "dates");
  for (guint i = 0; i < it->dates->len; i++) {
    const struct date_found *date = &g_array_index(it->dates, struct date_found, i);
    json_begin_object(json, NULL);
    put_words(json, it->passage, date->first, date->end);
    put_wall(json, "start", &date->start, zone);
    put_wall(json, "end", &date->until, zone);
    json_put_text(json, "grain", date_grain_word(date->grain));
    json_put_text(json, "recurrence", date->recurrence);
    json_end_object(json);
  }
  json_end_array(json);
}

static void put_point(struct json_out *json, bool has_point, double lat, double lon)
{
  if (!has_point) return;
  json_put_real(json, "lat", lat);
  json_put_real(json, "lon", lon);
}

static void put_places(struct json_out *json, const struct understanding *it)
{
  json_begin_array(json, "places");
  for (guint i = 0; i < it->places->len; i++) {
    const struct place_found *place = &g_array_index(it->places, struct place_found, i);
    json_begin_object(json, NULL);
    json_put_text(json, "text", place->text);
    json_put_text(json, "region", place->region);
    put_point(json, place->has_point, place->lat, place->lon);
    if (place->has_point) json_put_text(json, "precision", place_precision_word(place->precision));
    json_end_object(json);
  }
  json_end_array(json);
}

void explain_put_facts(struct json_out *json, const struct understanding *it, const char *zone)
{
  json_begin_object(json, "facts");
  put_money(json, it);
  put_dates(json, it, zone);
  put_places(json, it);
  if (it->people >= 0) json_put_number(json, "people", it->people);
  json_end_object(json);
}

/* ---- meaning ---- */

static void put_text_if(struct json_out *json, const char *name, const char *text)
{
  if (text && *text) json_put_text(json, name, text);
}

static void put_wall_if(struct json_out *json, const char *name, const struct wall *wall, const char *zone)
{
  if (wall->year) put_wall(json, name, wall, zone);
}

static void put_count_if(struct json_out *json, const char *name, int64_t count)
{
  if (count >= 0) json_put_number(json, name, count);
}

static void put_texts_if(struct json_out *json, const char *name, const GPtrArray *texts)
{
  if (texts->len == 0) return;
  json_begin_array(json, name);
  for (guint i = 0; i < texts->len; i++) json_put_text(json, NULL, g_ptr_array_index(texts, i));
  json_end_array(json);
}

static const char *answer_word(enum answer answer)
{
  static const char *const words[] = { NULL, "yes", "no", "maybe" };
  return words[answer];
}

static void put_costs(struct json_out *json, const struct costs *costs)
{
  if (!costs) return;
  if (costs->total_cents >= 0) json_put_number(json, "total_cents", costs->total_cents);
  if (costs->lines->len == 0) return;
  json_begin_array(json, "costs");
  for (guint i = 0; i < costs->lines->len; i++) {
    const struct cost *cost = g_ptr_array_index(costs->lines, i);
    json_begin_object(json, NULL);
    json_put_text(json, "label", cost->label);
    if (cost->cents >= 0)
      json_put_number(json, "cents", cost->cents);
    else
      json_put_null(json, "cents");
    if (cost->is_optional) json_put_flag(json, "optional", true);
    json_end_object(json);
  }
  json_end_array(json);
}

static void put_hints(struct json_out *json, const GPtrArray *hints)
{
  if (hints->len == 0) return;
  json_begin_array(json, "hints");
  for (guint i = 0; i < hints->len; i++) {
    const struct hint *hint = g_ptr_array_index(hints, i);
    json_begin_object(json, NULL);
    json_put_text(json, "rule", hint->rule);
    json_put_text(json, "text", hint->text);
    json_end_object(json);
  }
  json_end_array(json);
}

static void put_place_of(struct json_out *json, const struct meaning *m)
{
  put_text_if(json, "place", m->place);
  put_text_if(json, "region", m->region);
  put_point(json, m->has_point, m->lat, m->lon);
  put_text_if(json, "place_source", m->place_source);
}

static void put_event(struct json_out *json, const struct meaning *m, const char *zone)
{
  put_text_if(json, "title", m->title);
  put_wall_if(json, "start", &m->start, zone);
  put_wall_if(json, "end", &m->end, zone);
  if (m->start.year) json_put_flag(json, "all_day", m->all_day);
  put_text_if(json, "recurrence", m->recurrence);
}

static void put_proposal(struct json_out *json, const struct meaning *m, const char *zone)
{
  put_costs(json, m->costs);
  put_wall_if(json, "date", &m->date, zone);
  if (m->own_work) json_put_flag(json, "own_work", true);
  put_hints(json, m->hints);
  if (m->parts > 1) json_put_number(json, "parts", m->parts);
}

static void put_defect(struct json_out *json, const struct meaning *m)
{
  put_text_if(json, "category", m->category);
  if (m->urgent) json_put_flag(json, "urgent", true);
  if (m->third_party) json_put_flag(json, "third_party", true);
  put_text_if(json, "responsible", m->responsible);
}

static void put_choices(struct json_out *json, const GArray *choices)
{
  if (choices->len == 0) return;
  json_begin_array(json, "choices");
  for (guint i = 0; i < choices->len; i++) json_put_number(json, NULL, g_array_index(choices, int, i));
  json_end_array(json);
}

static void put_minutes(struct json_out *json, const struct meaning *m)
{
  put_count_if(json, "present", m->present);
  put_count_if(json, "remainder_cents", m->remainder_cents);
  if (m->decisions->len == 0) return;
  json_begin_array(json, "decisions");
  for (guint i = 0; i < m->decisions->len; i++) {
    const struct minutes_decision *decision = g_ptr_array_index(m->decisions, i);
    json_begin_object(json, NULL);
    json_put_text(json, "proposal", decision->proposal);
    put_count_if(json, "cents", decision->cents);
    put_text_if(json, "outcome", minutes_outcome_word(decision->outcome));
    put_count_if(json, "yes", decision->yes);
    put_count_if(json, "no", decision->no);
    put_count_if(json, "abstain", decision->abstain);
    json_end_object(json);
  }
  json_end_array(json);
}

/* The cases of a mail that answers several. */
static void put_cases(struct json_out *json, const struct meaning *m, const char *zone)
{
  if (m->cases->len == 0) return;
  json_begin_array(json, "cases");
  for (guint i = 0; i < m->cases->len; i++) {
    const struct office_case *one = g_ptr_array_index(m->cases, i);
    json_begin_object(json, NULL);
    put_text_if(json, "number", one->number);
    put_text_if(json, "title", one->title);
    put_text_if(json, "status", case_status_word(one->status));
    put_count_if(json, "cents", one->cents);
    put_wall_if(json, "expected", &one->expected, zone);
    put_text_if(json, "text", one->text);
    json_end_object(json);
  }
  json_end_array(json);
}

static void put_official(struct json_out *json, const struct meaning *m, const char *zone)
{
  put_text_if(json, "public_text", m->public_text);
  put_text_if(json, "status", case_status_word(m->status));
  put_wall_if(json, "expected", &m->expected, zone);
  if (m->intent == INTENT_OFFICIAL_REPLY) json_put_flag(json, "internal", m->internal);
  if (m->intent == INTENT_OFFICIAL_REPLY && m->unsure) json_put_flag(json, "unsure", true);
  put_cases(json, m, zone);
}

static void put_moderation(struct json_out *json, const struct meaning *m)
{
  put_text_if(json, "decision", moderation_word(m->decision));
  put_text_if(json, "reason", m->moderation_reason);
  put_texts_if(json, "redact", m->redact);
}

static void put_settings(struct json_out *json, const struct meaning *m, const char *zone)
{
  put_text_if(json, "delivery", m->delivery);
  put_text_if(json, "invitations", m->invitations);
  put_wall_if(json, "pause_until", &m->pause_until, zone);
  put_text_if(json, "language", m->language);
  put_text_if(json, "name", m->name);
  put_text_if(json, "shown", m->shown);
  if (m->own_copy >= 0) json_put_flag(json, "own_copy", m->own_copy);
  if (m->offices >= 0) json_put_flag(json, "offices", m->offices);
  if (m->resumes) json_put_flag(json, "resumes", true);
  if (m->mutes) json_put_flag(json, "mutes", true);
}

static void put_body(struct json_out *json, const struct meaning *m, const char *zone);

static void put_digest_parts(struct json_out *json, const struct meaning *m, const char *zone)
{
  if (m->digest_parts->len == 0) return;
  json_begin_array(json, "parts");
  for (guint i = 0; i < m->digest_parts->len; i++) {
    const struct digest_part *part = g_ptr_array_index(m->digest_parts, i);
    json_begin_object(json, NULL);
    json_put_number(json, "item", part->item);
    json_put_text(json, "text", part->text);
    json_begin_object(json, "meaning");
    if (part->meaning) put_body(json, part->meaning, zone);
    json_end_object(json);
    json_end_object(json);
  }
  json_end_array(json);
}

/* All keys of a meaning; what was not filled is left out. */
static void put_body(struct json_out *json, const struct meaning *m, const char *zone)
{
  json_put_text(json, "intent", intent_word(m->intent));
  if (m->also->len > 0) {
    json_begin_array(json, "also");
    for (guint i = 0; i < m->also->len; i++)
      json_put_text(json, NULL, intent_word(g_array_index(m->also, enum intent, i)));
    json_end_array(json);
  }
  put_text_if(json, "list", m->list);
  put_text_if(json, "answer", m->abstains ? "abstain" : answer_word(m->answer));
  put_count_if(json, "people", m->people);
  put_text_if(json, "comment", m->comment);
  put_event(json, m, zone);
  put_proposal(json, m, zone);
  put_place_of(json, m);
  put_texts_if(json, "missing", m->missing);
  put_defect(json, m);
  put_choices(json, m->choices);
  put_minutes(json, m);
  put_official(json, m, zone);
  put_moderation(json, m);
  put_settings(json, m, zone);
  put_text_if(json, "topic", m->topic);
  put_text_if(json, "address", m->address);
  put_digest_parts(json, m, zone);
}

void explain_put_meaning(struct json_out *json, const struct meaning *meaning, const char *zone)
{
  json_begin_object(json, "meaning");
  put_body(json, meaning, zone);
  put_text_if(json, "why", meaning->reason);
  json_end_object(json);
}
