/* "Stand?": how an event stands, for its organiser: numbers, who comes, waits, may come, does not, and has
 * not answered, with what they remarked, and all of it as a table that any program opens (RFC 4180). The
 * letter shows as many names as one reads; the table holds all. Nobody else ever gets names or remarks.
 *
 * What surprised us: a table is a program. A cell that begins with = + - or @ is a formula to those who open
 * it, and a guest writes their own name; such a cell gets an apostrophe, which spreadsheets do not show. */
#include "lists/events/hosts/host.h"

#include "lists/letters.h"

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
  int shown, left_out;
  int silent; /* have not answered */
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
  value_set_flag(row, "behalf", has_answer && strcmp(rsvp->source, "behalf") == 0);
  if (has_answer && rsvp->people > 0) value_set_number(row, "own", rsvp->people);
}

static void put_table_row(struct listing *it, const char *name, const struct rsvp *rsvp)
{
  struct value *row = value_append(it->table, "rows");
  bool has_answer = rsvp && strcmp(rsvp->answer, "asked") != 0;
  set_cell(row, "name", name);
  set_cell(row, "comment", has_answer ? rsvp->comment : "");
  g_autofree char *people = has_answer ? g_strdup_printf("%d", rsvp->people) : g_strdup("");
  value_set_text(row, "people", people);
  value_set_flag(row, "waits", has_answer && rsvp->place);
  value_set_flag(row, has_answer && !rsvp->place ? rsvp->answer : "none", !has_answer || !rsvp->place);
  value_set_flag(row, "behalf", has_answer && strcmp(rsvp->source, "behalf") == 0);
  if (!has_answer) return;
  struct wall at = zone_wall(rsvp->at, it->o->event->zone);
  g_autofree char *day = g_strdup_printf("%04d-%02d-%02d", at.year, at.month, at.day);
  value_set_text(row, "day", day);
}

static bool put_party(struct listing *it, const struct event_party *party, GError **error)
{
  GError *failed = NULL;
  g_autoptr(rsvp_t) rsvp = rsvp_get(it->o->work->store, it->o->event->id, "", party->id, &failed);
  if (fault_hand_on(failed, error)) return false;
  bool is_organizer = strcmp(party->role, "organizer") == 0;
  const char *list = list_of(rsvp);
  bool is_silent = strcmp(list, "silent_rows") == 0;
  if (is_silent && is_organizer) return true; /* whether they come is theirs to know */
  g_autofree char *name = event_party_called(party);
  if (is_silent) it->silent++;
  put_letter_row(it, list, name, rsvp);
  put_table_row(it, name, rsvp);
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
  struct listing it = { .o = o, .letter = letter, .table = table };
  g_autofree char *language = event_language(o->work, o->event, o->party, error);
  g_autofree char *text = language && put_parties(&it, error) ? render_table(&it, language, error) : NULL;
  if (!text) return false;
  value_set_flag(letter, "unclear", is_unclear);
  value_set_number(letter, "silent", it.silent);
  value_set_number(letter, "left_out", it.left_out);
  struct event_count count;
  if (!event_count(o->work->store, o->event->id, "", &count, error)) return false;
  value_set_flag(letter, "several", count.people > count.yes);
  value_set_flag(letter, "one_waits", count.waiting_people == 1);
  if (o->event->attended >= 0) value_set_number(letter, "attended", o->event->attended);
  return send(&it, text, error);
}
