/* Who answered by telephone or at the door: "Frau Schulz kommt zu zweit", "Herr Yılmaz sagt ab", one a
 * sentence or a line. They become parties without an address, known by their name in small letters, so the
 * same name is counted once and may be changed; a member who is called so answers by it, until they answer
 * themselves. The organiser reads in a line how it stands now.
 *
 * A name is what stands before the verb, or before a colon, when all of it could be one: "Leider kommt
 * niemand" and "Wer kommt?" name nobody. */
#include "lists/events/hosts/host.h"

#include "lists/keeping/lines.h"
#include "lists/understand/understand.h"

#include "lib/base/fault.h"
#include "lib/text/facts/people.h"
#include "lib/text/template.h"

#include <string.h>

enum { NAME_WORDS = 6, LINES_MAX = 200, NAME_CHARACTERS = 80, PEOPLE_MAX = 500 };

/* One who was named. */
struct named {
  char *name;         /* as written */
  const char *answer; /* yes, no, maybe */
  int people;
};

static bool is_at(const struct passage *passage, const char *section, guint at)
{
  return passage_at(passage, phrases_tag(section), at) != NULL;
}

/* Where a name that begins here ends; `first` itself: none does. */
static guint name_end(const struct passage *passage, guint first)
{
  const struct lexeme *l = passage->lexemes->at;
  guint at = first, words = 0, end = first;
  if (is_at(passage, "event.no-name", first)) return first;
  for (;
       words < NAME_WORDS && (l[at].kind == LEXEME_WORD || lexeme_is(&l[at], "-") || lexeme_is(&l[at], "."));
       at++) {
    const struct phrase_hit *verb = passage_at(passage, phrases_tag("event.behalf"), at);
    if (verb && at > first) break;
    bool is_title = is_at(passage, "event.name-title", at);
    bool is_inside = is_title || (is_at(passage, "event.name-inside", at) && at > first);
    if (l[at].kind == LEXEME_WORD && !l[at].is_capital && !is_inside) break;
    if (l[at].kind == LEXEME_WORD) words++;
    if (l[at].kind == LEXEME_WORD && l[at].is_capital) end = at + 1;
  }
  return end;
}

/* is_bare: digits alone count. */
static int number_of(const struct passage *passage, bool is_bare)
{
  int people = people_count(passage);
  const struct lexemes *l = passage->lexemes;
  guint digits = 0, words = 0, number = 0;
  for (guint i = 0; i < l->count; i++) {
    if (l->at[i].kind == LEXEME_DIGITS) digits++, number = l->at[i].number;
    if (l->at[i].kind == LEXEME_WORD) words++;
  }
  if (people <= 0 && is_bare && digits == 1 && words == 0 && number > 0)
    people = (int)MIN(number, (guint)PEOPLE_MAX);
  return people;
}

/* What is said of them behind their name. False: nothing that answers. */
static bool read_answer(const struct passage *passage, bool has_colon, bool is_bare, struct named *named)
{
  const struct phrase_hit *hit = passage_find(passage, phrases_tag("event.behalf"), 0);
  named->people = number_of(passage, is_bare);
  bool is_no = passage_has(passage, "event.behalf-not"),
       is_maybe = passage_has(passage, "event.behalf-maybe");
  bool is_open = hit && strcmp(hit->value, "maybe") == 0; /* "weiß es noch nicht" */
  named->answer = is_no && !is_open ? "no" : is_maybe ? "maybe" : hit ? g_intern_string(hit->value) : NULL;
  if (!hit && !(has_colon && (named->people > 0 || is_no || is_maybe))) return false;
  if (!named->answer || !*named->answer) named->answer = "yes";
  if (named->people < 1) named->people = 1;
  if (strcmp(named->answer, "no") == 0) named->people = 0;
  return true;
}

/* A sentence, or a line. */
static bool read_one(const char *text, const char *language, struct named *named)
{
  g_autoptr(passage_t) passage = passage_new(text, language, 1000);
  const struct lexeme *l = passage->lexemes->at;
  guint first = 0;
  if (strchr(text, '?')) return false; /* whoever asks tells nothing */
  while (l[first].kind == LEXEME_MARK) first++;
  const struct phrase_hit *lead;
  bool has_article = false; /* "die Müllers kommen zu viert"; "die Band kommt" brings nobody */
  while ((lead = passage_at(passage, phrases_tag("event.name-lead"), first))) {
    has_article = strcmp(lead->value, "article") == 0;
    first = lead->end;
  }
  const struct phrase_hit *verb = passage_at(passage, phrases_tag("event.behalf"), first);
  guint begin = verb ? verb->end : first, end = name_end(passage, begin);
  if (end == begin) return false;
  bool is_bare = lexeme_is(&l[end], ":") || lexeme_is(&l[end], "(");
  bool has_colon = is_bare || lexeme_is(&l[end], ",") || lexeme_is(&l[end], "-");
  g_autofree char *said = verb ? passage_text(passage, verb->first, verb->end) : NULL;
  g_autofree char *behind = passage_text(passage, end, passage->lexemes->count);
  g_autofree char *all = g_strconcat(said ? said : "", said ? " " : "", behind, NULL);
  g_autoptr(passage_t) words = passage_new(all, language, 1000);
  g_autofree char *name = passage_text(passage, begin, end);
  g_strstrip(name);
  bool is_label = has_colon && lines_word(name, "event.label"); /* "Plätze: 40" */
  if (has_article && people_count(words) < 1) return false;
  if (is_label || !read_answer(words, has_colon, is_bare, named)) return false;
  named->name = g_utf8_substring(name, 0, MIN(g_utf8_strlen(name, -1), NAME_CHARACTERS));
  return true;
}

/* "#frau schulz", also of "Fr. Schulz" and "Frau Dr. Schulz". */
static char *key_of(const char *name)
{
  g_autoptr(passage_t) passage = passage_new(name, NULL, 0);
  const struct lexemes *lexemes = passage->lexemes;
  g_autoptr(GString) key = g_string_new("#");
  for (guint i = 0; i < lexemes->count; i++) {
    if (lexemes->at[i].kind != LEXEME_WORD) continue;
    const struct phrase_hit *title = passage_at(passage, phrases_tag("event.name-title"), i);
    const char *word = title && *title->value ? title->value : lexemes->at[i].folded;
    if (strcmp(word, "-") == 0) continue;
    if (key->len > 1) g_string_append_c(key, ' ');
    g_string_append(key, word);
  }
  return g_string_free(g_steal_pointer(&key), FALSE);
}

/* The party: a member of that name, or one of the name alone. */
static bool find_party(struct organizing *o, const char *name, int64_t *party, GError **error)
{
  GError *failed = NULL;
  g_autoptr(event_party_t) member = event_party_named(o->work->store, o->event->id, name, &failed);
  if (fault_hand_on(failed, error)) return false;
  g_autofree char *key = key_of(name);
  struct event_party behalf = {
    .event = o->event->id, .role = (char *)"behalf", .address = key, .name = (char *)name
  };
  if (member) {
    *party = member->id;
    return true;
  }
  if (!event_party_put(o->work->store, &behalf, o->work->now, error)) return false;
  *party = behalf.id;
  return true;
}

/* The letter's word; "yes" and "no" are the event's numbers there. */
static const char *flag_of(const char *answer)
{
  return strcmp(answer, "yes") == 0 ? "comes" : strcmp(answer, "no") == 0 ? "stays_away" : "perhaps";
}

static bool note(struct organizing *o, const struct named *named, struct value *values, GError **error)
{
  int64_t party = 0;
  bool waits = false;
  GError *failed = NULL;
  if (!find_party(o, named->name, &party, error)) return false;
  g_autoptr(rsvp_t) known = rsvp_get(o->work->store, o->event->id, "", party, &failed);
  if (fault_hand_on(failed, error)) return false;
  struct rsvp rsvp = { .event = o->event->id,
                       .original = (char *)"",
                       .party = party,
                       .answer = (char *)named->answer,
                       .people = named->people,
                       .comment = known ? known->comment : (char *)"",
                       .source = (char *)"behalf",
                       .place = known ? known->place : 0,
                       .at = o->work->now,
                       .mail = o->arrival->mail_id };
  if (!event_seat(o->work, o->event, &rsvp, &waits, error)) return false;
  struct value *row = value_append(values, "rows");
  value_set_text(row, "name", named->name);
  value_set_number(row, "own", named->people);
  value_set_flag(row, "one", named->people == 1);
  value_set_flag(row, "waits", waits);
  value_set_flag(row, waits ? "queued" : flag_of(named->answer), true);
  return true;
}

/* Sentences and lines of the mail, one after the other. Calls `each`; char*. */
static GPtrArray *pieces_of(const struct passage *passage)
{
  GPtrArray *pieces = g_ptr_array_new_with_free_func(g_free);
  const struct lexemes *l = passage->lexemes;
  for (guint first = 0, at = 0; at <= l->count && pieces->len < LINES_MAX; at++) {
    bool is_title = at > 0 && l->at[at].kind == LEXEME_MARK && lexeme_is(&l->at[at], ".") &&
                    is_at(passage, "event.title", at - 1);
    bool is_end = at == l->count || l->at[at].kind == LEXEME_BREAK || lexeme_is(&l->at[at], ";") ||
                  (l->at[at].kind == LEXEME_MARK && strchr(".!", l->at[at].folded[0]) && !is_title &&
                   (l->at[at + 1].begins_sentence || at + 1 == l->count));
    if (!is_end) continue;
    bool is_quoted = at > first && lexeme_is(&l->at[first], ">");
    if (at > first && !is_quoted) g_ptr_array_add(pieces, passage_text(passage, first, at));
    first = at + 1;
  }
  return pieces;
}

bool behalf_take(struct organizing *o, bool *is_taken, GError **error)
{
  *is_taken = false;
  if (strcmp(o->event->state, "cancelled") == 0) return true;
  const struct passage *passage = o->arrival->understanding->passage;
  g_autoptr(GPtrArray) pieces = pieces_of(passage);
  g_autoptr(value_t) values = value_new();
  for (guint i = 0; i < pieces->len; i++) {
    struct named named = { 0 };
    if (!read_one(pieces->pdata[i], passage->language, &named)) continue;
    *is_taken = true;
    bool is_noted = note(o, &named, values, error);
    g_free(named.name);
    if (!is_noted) return false;
  }
  if (!*is_taken) return true;
  return event_move_up(o->work, o->event, "", error) && organizing_send(o, "event_noted", values, error) &&
         organizing_done(o, "The organiser enters who comes.");
}
