/* "Stand?": how an event stands, for its organiser: numbers, who comes, waits, may come, does not, and has
 * not answered, with what they remarked, and all of it as a table that any program opens (RFC 4180). The
 * letter shows as many names as one reads; the table holds all. Nobody else ever gets names or remarks. Of a
 * series there are the answers to single dates as well: who comes when.
 *
 * What surprised us: a table is a program. A cell that begins with = + - or @ is a formula to those who open
 * it, and a guest writes their own name; such a cell gets an apostrophe, which spreadsheets do not show. */
#include "lists/events/hosts/host.h"

#include "lists/letters.h"
#include "lists/video/rooms.h"

#include "lib/base/fault.h"
#include "lib/mail/compose.h"
#include "lib/text/dates/zone.h"
#include "lib/text/days/wall_text.h"
#include "lib/text/escape.h"
#include "lib/text/template.h"

#include <string.h>

enum { PAGE = 200, ROWS_SHOWN = 200, PARTIES_MAX = 50000 };

/* Names and remarks on their way into the letter and the table. */
struct listing {
  struct organizing *o;
  struct value *letter, *table;
  GHashTable *wishes; /* of parties, with how many they want to come (event_more_people) */
  int shown, left_out;
  int silent; /* have not answered */
  int gone;   /* have the link to the room, and are invited no more */
};

/* One cell: quoted, in one line, never a formula. Caller frees. */
static char *cell(const char *text)
{
  g_autoptr(GString) line = g_string_new(NULL);
  g_autoptr(GString) out = g_string_new("\"");
  put_line(line, text ? text : "");
  const char *content = g_strstrip(line->str);
  static const char *const formulas[] = {
    "=", "+", "-", "@", "\xef\xbc\x9d", "\xef\xbc\x8b", "\xef\xbc\x8d", "\xef\xbc\xa0"
  }; /* and their full-width forms */
  for (gsize i = 0; i < G_N_ELEMENTS(formulas); i++)
    if (g_str_has_prefix(content, formulas[i])) {
      g_string_append_c(out, '\'');
      break;
    }
  for (const char *p = content; *p; p++) {
    if (*p == '"') g_string_append_c(out, '"');
    g_string_append_c(out, *p);
  }
  g_string_append_c(out, '"');
  return g_strdup(out->str);
}

static void set_cell(struct value *row, const char *name, const char *text)
{
  g_autofree char *quoted = cell(text);
  value_set_text(row, name, quoted);
}

/* In which list of the letter somebody stands. */
static const char *list_of(const struct rsvp *rsvp)
{
  if (!rsvp || strcmp(rsvp->answer, "asked") == 0) return "silent_rows";
  if (strcmp(rsvp->answer, "no") == 0) return "no_rows";
  if (strcmp(rsvp->answer, "maybe") == 0) return "maybe_rows";
  return rsvp->place ? "waiting_rows" : "yes_rows";
}

/* Who entered it, and whether that was for another time than the one that stands now. */
static void put_behalf(struct value *row, const struct rsvp *rsvp)
{
  value_set_flag(row, "behalf", rsvp && strcmp(rsvp->source, "behalf") == 0);
  value_set_flag(row, "before", rsvp && rsvp_is_of_before(rsvp));
}

static void put_letter_row(struct listing *it, const char *list, const char *name, const struct rsvp *rsvp)
{
  if (it->shown >= ROWS_SHOWN) {
    it->left_out++;
    return;
  }
  it->shown++;
  struct value *row = value_append(it->letter, list);
  value_set_text(row, "name", name);
  bool has_answer = rsvp && strcmp(rsvp->answer, "asked") != 0;
  value_set_text(row, "comment", has_answer && *rsvp->comment ? rsvp->comment : NULL);
  put_behalf(row, has_answer ? rsvp : NULL);
  if (has_answer && rsvp->people > 0) value_set_number(row, "own", rsvp->people);
  int wish = has_answer ? GPOINTER_TO_INT(g_hash_table_lookup(it->wishes, &rsvp->party)) : 0;
  if (has_answer && wish > rsvp->people) value_set_number(row, "more", wish - rsvp->people);
}

/* "2026-05-23 15:00" of the date that is held. */
static void put_table_date(struct listing *it, struct value *row, const struct wall *start)
{
  value_set_flag(row, "all_dates", !start && *it->o->event->rule);
  if (!start) return;
  g_autofree char *date = wall_write(start);
  g_strdelimit(date, "T", ' ');
  value_set_text(row, "date", date);
}

/* start: of the date of a series; NULL: of the event, or the whole series. */
static void put_table_row(struct listing *it, const char *name, const struct rsvp *rsvp,
                          const struct wall *start)
{
  struct value *row = value_append(it->table, "rows");
  bool has_answer = rsvp && strcmp(rsvp->answer, "asked") != 0;
  set_cell(row, "name", name);
  set_cell(row, "comment", has_answer ? rsvp->comment : "");
  g_autofree char *people = has_answer ? g_strdup_printf("%d", rsvp->people) : g_strdup("");
  value_set_text(row, "people", people);
  value_set_flag(row, "waits", has_answer && rsvp->place);
  value_set_flag(row, has_answer && !rsvp->place ? rsvp->answer : "none", !has_answer || !rsvp->place);
  put_behalf(row, has_answer ? rsvp : NULL);
  put_table_date(it, row, start);
  if (!has_answer) return;
  struct wall at = zone_wall(rsvp->at, it->o->event->zone);
  g_autofree char *day = g_strdup_printf("%04d-%02d-%02d", at.year, at.month, at.day);
  value_set_text(row, "day", day);
}

/* Did who is silent about the series say something about a date of it? They stand there. */
static bool has_said_date(struct listing *it, const struct event_party *party, bool *has, GError **error)
{
  *has = false;
  if (!*it->o->event->rule) return true;
  g_autoptr(GPtrArray) dates = rsvps_of_party(it->o->work->store, party->id, error);
  *has = dates && dates->len > 0;
  return dates != NULL;
}

/* Whoever got the link to a room of ours keeps it when they leave the group. */
static bool count_gone(struct listing *it, const struct event_party *party, GError **error)
{
  bool is_guest = true;
  bool was_told = party->told >= 0 && strcmp(party->role, "invited") == 0;
  if (!was_told || !room_is_used(it->o->work, it->o->event)) return true;
  if (!event_is_guest(it->o->work, it->o->event, party, &is_guest, error)) return false;
  it->gone += !is_guest;
  return true;
}

static bool put_party(struct listing *it, const struct event_party *party, GError **error)
{
  GError *failed = NULL;
  g_autoptr(rsvp_t) rsvp = rsvp_get(it->o->work->store, it->o->event->id, "", party->id, &failed);
  if (fault_hand_on(failed, error) || !count_gone(it, party, error)) return false;
  bool is_organizer = strcmp(party->role, "organizer") == 0, has_date = false;
  const char *list = list_of(rsvp);
  bool is_silent = strcmp(list, "silent_rows") == 0;
  if (is_silent && is_organizer) return true; /* whether they come is theirs to know */
  if (is_silent && !has_said_date(it, party, &has_date, error)) return false;
  if (has_date) return true;
  g_autofree char *name = event_party_called(party);
  if (is_silent) it->silent++;
  put_letter_row(it, list, name, rsvp);
  put_table_row(it, name, rsvp, NULL);
  return true;
}

static bool put_parties(struct listing *it, GError **error)
{
  int64_t after = 0;
  for (int count = 0; count < PARTIES_MAX;) {
    g_autoptr(GPtrArray) page = event_parties(it->o->work->store, it->o->event->id, after, PAGE, error);
    if (!page) return false;
    for (guint i = 0; i < page->len; i++, count++) {
      const struct event_party *party = page->pdata[i];
      after = party->id;
      if (!put_party(it, party, error)) return false;
    }
    if (page->len < PAGE) break;
  }
  return true;
}

/* ---- single dates of a series ---- */

/* One date that somebody answered for. */
struct single {
  struct listing *it;
  const char *original;
  struct wall start;   /* as it is held */
  struct value *shown; /* in the letter; NULL: it is over */
};

static void put_single_row(const struct single *date, const char *name, const struct rsvp *rsvp)
{
  struct value *row = value_append(date->shown, "answers");
  value_set_text(row, "name", name);
  value_set_text(row, "comment", *rsvp->comment ? rsvp->comment : NULL);
  if (rsvp->people > 0) value_set_number(row, "own", rsvp->people);
  bool is_yes = strcmp(rsvp->answer, "yes") == 0;
  value_set_flag(row, "comes", is_yes && !rsvp->place);
  value_set_flag(row, "queued", is_yes && rsvp->place);
  value_set_flag(row, "perhaps", strcmp(rsvp->answer, "maybe") == 0);
  value_set_flag(row, "stays_away", strcmp(rsvp->answer, "no") == 0);
}

static bool put_single_answer(const struct single *date, const struct rsvp *rsvp, GError **error)
{
  struct listing *it = date->it;
  g_autoptr(event_party_t) party = event_party_get(it->o->work->store, rsvp->party, error);
  if (!party) return false;
  g_autofree char *name = event_party_called(party);
  put_table_row(it, name, rsvp, &date->start);
  if (!date->shown) return true;
  if (it->shown >= ROWS_SHOWN)
    it->left_out++;
  else
    put_single_row(date, name, rsvp), it->shown++;
  return true;
}

static bool put_single_answers(const struct single *date, GError **error)
{
  int64_t after = 0, event = date->it->o->event->id;
  for (int count = 0; count < PARTIES_MAX;) {
    g_autoptr(GPtrArray) page =
        rsvps_of_event(date->it->o->work->store, event, date->original, after, PAGE, error);
    if (!page) return false;
    for (guint i = 0; i < page->len; i++, count++) {
      const struct rsvp *rsvp = page->pdata[i];
      after = rsvp->party;
      if (!put_single_answer(date, rsvp, error)) return false;
    }
    if (page->len < PAGE) break;
  }
  return true;
}

/* Its line in the letter, with how many come that day in all. */
static bool put_single_head(struct single *date, bool is_off, const char *language, GError **error)
{
  const struct organizing *o = date->it->o;
  struct event_count count;
  struct wall end = is_off ? (struct wall){ 0 } : event_end_of(o->event, &date->start);
  const struct event_moment moment = { .start = date->start, .end = end };
  if (event_end_seconds(o->event, &moment) <= o->work->now) return true;
  if (!event_count(o->work->store, o->event->id, date->original, &count, error)) return false;
  g_autofree char *words = wall_in_words(&date->start, &end, language);
  date->shown = value_append(date->it->letter, "single");
  value_set_flag(date->it->letter, "has_single", true);
  value_set_text(date->shown, "date", words);
  value_set_flag(date->shown, "off", is_off);
  value_set_number(date->shown, "coming", count.people);
  value_set_flag(date->shown, "one_comes", count.people == 1);
  return true;
}

/* Each date that somebody answered for, the first first. */
static bool put_singles(struct listing *it, const char *language, GError **error)
{
  const struct event *event = it->o->event;
  g_autoptr(GPtrArray) changes = event_dates(it->o->work->store, event->id, error);
  g_autofree char *original = g_strdup("");
  while (changes && original) {
    char *next = rsvp_date_after(it->o->work->store, event->id, original, error);
    g_free(original);
    original = next;
    if (!next || !*next) break;
    struct single date = { .it = it, .original = next };
    const struct event_date *change = event_change_of(changes, next);
    bool is_off = change && !*change->starts;
    if (!wall_read(change && !is_off ? change->starts : next, &date.start)) continue;
    if (!put_single_head(&date, is_off, language, error) || !put_single_answers(&date, error)) return false;
  }
  return changes && original;
}

/* The table, with CRLF. Caller frees; NULL on error. */
static char *render_table(const struct listing *it, const char *language, GError **error)
{
  g_autofree char *text = letters_render(it->o->work->letters, language, "event_list.txt", it->table, error);
  if (!text) return NULL;
  g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
  return g_strjoinv("\r\n", lines);
}

static bool send(struct listing *it, const char *table, GError **error)
{
  const struct event *event = it->o->event;
  g_autofree char *name = g_strdup_printf("termin-%d-%d.csv", event->year, event->number);
  const struct compose_file file = {
    .name = name, .type = "text/csv; charset=utf-8; header=present", .bytes = table, .size = strlen(table)
  };
  return event_send(it->o->work,
                    &(struct event_letter){ .purpose = "event_state",
                                            .event = event,
                                            .party = it->o->party,
                                            .values = it->letter,
                                            .in_reply_to = it->o->arrival->mail->message_id,
                                            .is_answer = true,
                                            .files = &file,
                                            .file_count = 1 },
                    error);
}

bool state_show(struct organizing *o, bool is_unclear, GError **error)
{
  g_autoptr(value_t) letter = value_new();
  g_autoptr(value_t) table = value_new();
  g_autoptr(GHashTable) wishes = event_more_people(o->work, o->event, error);
  if (!wishes) return false;
  struct listing it = { .o = o, .letter = letter, .table = table, .wishes = wishes };
  g_autofree char *language = event_language(o->work, o->event, o->party, error);
  bool is_read =
      language && put_parties(&it, error) && (!*o->event->rule || put_singles(&it, language, error));
  g_autofree char *text = is_read ? render_table(&it, language, error) : NULL;
  if (!text) return false;
  value_set_flag(letter, "unclear", is_unclear);
  value_set_number(letter, "silent", it.silent);
  value_set_number(letter, "left_out", it.left_out);
  value_set_number(letter, "gone", it.gone);
  value_set_flag(letter, "one_gone", it.gone == 1);
  value_set_flag(letter, "has_room", room_is_used(o->work, o->event));
  struct event_count count;
  if (!event_count(o->work->store, o->event->id, "", &count, error)) return false;
  value_set_flag(letter, "several", count.people > count.yes);
  value_set_flag(letter, "one_waits", count.waiting_people == 1);
  if (o->event->attended >= 0) value_set_number(letter, "attended", o->event->attended);
  return send(&it, text, error);
}
