/* Who answered, from an organiser's words: a sentence or a line names one ("Frau Schulz kommt zu zweit"),
 * several who do the same ("Peter, Susi und Ali sind dabei", "Frau Schulz kommt und Herr Meier auch"), or
 * several who do each their own ("Herr Meier kann nicht, Familie Kaya kommt zu dritt"; "Familie Krause zu
 * viert und Opa Heinz").
 *
 * A name is what stands before the verb, or before a colon, when all of it could be one: "Leider kommt
 * niemand" and "Wer kommt?" name nobody. What surprised us: "Herr und Frau Müller" are two of one name, and
 * of "Schulz und Özdemir kommen zu dritt" nobody can say who brings whom: they stay one entry of three. */
#include "lists/events/hosts/behalf.h"
#include "lists/keeping/lines.h"

#include "lib/text/facts/people.h"

#include <string.h>

enum {
  NAME_WORDS = 6,
  LINES_MAX = 200,
  NAME_CHARACTERS = 80,
  PEOPLE_MAX = 500,
  NAMES_MAX = 8,
  FEW_WORDS = 4
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
static bool read_answer(const struct passage *passage, bool has_colon, bool is_bare,
                        struct behalf_named *named)
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

static bool is_and(const struct passage *passage, guint at)
{
  return is_at(passage, "event.and", at) || lexeme_is(&passage->lexemes->at[at], "&");
}

/* Could a name begin here? */
static bool begins_name(const struct passage *passage, guint at)
{
  const struct lexeme *l = &passage->lexemes->at[at];
  return l->kind == LEXEME_WORD && (l->is_capital || is_at(passage, "event.name-title", at)) &&
         !is_at(passage, "event.no-name", at);
}

/* "Peter, Susi und Ali": the name goes on over commas when an "und" follows. The end. */
static guint names_end(const struct passage *passage, guint first)
{
  const struct lexeme *l = passage->lexemes->at;
  guint end = name_end(passage, first), far = end;
  for (int i = 0; i < NAMES_MAX && far > first && lexeme_is(&l[far], ",") && begins_name(passage, far + 1);
       i++) {
    guint next = name_end(passage, far + 1);
    if (next == far + 1) break;
    for (guint at = far + 1; at < next; at++)
      if (is_and(passage, at)) end = next;
    far = next;
    if (end == far) break;
  }
  return end;
}

/* Where each name of [first, end) begins; "Herr und Frau Müller" is one. *is_pair: it is two people. */
static GArray *names_within(const struct passage *passage, guint first, guint end, bool *is_pair)
{
  GArray *starts = g_array_new(FALSE, FALSE, sizeof(guint));
  g_array_append_val(starts, first);
  *is_pair = false;
  for (guint at = first + 1; at + 1 < end; at++) {
    bool is_between = is_and(passage, at) || lexeme_is(&passage->lexemes->at[at], ",");
    guint next = at + 1;
    if (!is_between || !begins_name(passage, next)) continue;
    bool is_title_alone =
        is_at(passage, "event.name-title", at - 1) && is_at(passage, "event.name-title", next);
    if (is_title_alone)
      *is_pair = true;
    else
      g_array_append_val(starts, next);
  }
  return starts;
}

/* The name in [first, end), without what joins it to the next. Caller frees. */
static char *name_text(const struct passage *passage, guint first, guint end)
{
  while (end > first + 1 && (is_and(passage, end - 1) || lexeme_is(&passage->lexemes->at[end - 1], ",")))
    end--;
  g_autofree char *name = g_strstrip(passage_text(passage, first, end));
  return g_utf8_substring(name, 0, MIN(g_utf8_strlen(name, -1), NAME_CHARACTERS));
}

static void add(GArray *all, char *name, const struct behalf_named *said)
{
  struct behalf_named named = *said;
  named.name = name;
  g_array_append_val(all, named);
}

/* All of one clause's names with what it says of them. */
static void add_names(GArray *all, const struct passage *passage, guint first, guint end, int said_people,
                      struct behalf_named *named)
{
  bool is_pair = false;
  g_autoptr(GArray) starts = names_within(passage, first, end, &is_pair);
  bool is_yes = named->people > 0;
  if (is_pair && starts->len == 1 && is_yes) named->people = MAX(named->people, 2);
  bool is_each = starts->len > 1 && (!is_yes || said_people < 1);
  if (!is_each) {
    named->people = is_yes ? MAX(named->people, (int)starts->len) : 0;
    add(all, name_text(passage, first, end), named);
    return;
  }
  if (is_yes) named->people = 1;
  for (guint i = 0; i < starts->len; i++) {
    guint from = g_array_index(starts, guint, i);
    guint to = i + 1 < starts->len ? g_array_index(starts, guint, i + 1) : end;
    add(all, name_text(passage, from, to), named);
  }
}

/* What leads to a name: "leider", "am Telefon:", "die". */
static guint skip_leads(const struct passage *passage, bool *has_article, bool *is_listed)
{
  const struct lexeme *l = passage->lexemes->at;
  guint first = 0;
  const struct phrase_hit *lead;
  while (l[first].kind == LEXEME_MARK) first++;
  *is_listed = first > 0;
  while ((lead = passage_at(passage, phrases_tag("event.name-lead"), first))) {
    *has_article = strcmp(lead->value, "article") == 0;
    first = lead->end;
    *is_listed |= lexeme_is(&l[first - 1], ":");
  }
  return first;
}

/* "die Müllers": behind an article a family is one of its plural. */
static bool is_of_many(const char *name)
{
  return g_str_has_suffix(name, "s") || g_str_has_suffix(name, "’") || g_str_has_suffix(name, "'");
}

/* Behind a name nothing, or only that they do as the one before ("Herr Meier auch")? *is_said: the latter. */
static bool does_the_same(const struct passage *passage, guint end, bool *is_said)
{
  const struct lexeme *l = passage->lexemes->at;
  const struct phrase_hit *too = passage_at(passage, phrases_tag("event.behalf-too"), end);
  *is_said = too != NULL;
  for (guint at = too ? too->end : end; at < passage->lexemes->count; at++)
    if (l[at].kind == LEXEME_WORD || l[at].kind == LEXEME_DIGITS) return false;
  return true;
}

/* Does a name say what is held, or when: "das Fest", "Праздника"? */
static bool names_thing(const struct passage *passage, guint first, guint end)
{
  static const char *const things[] = { "word.event", "event.any", "event.label", "date.weekday" };
  for (guint at = first; at < end; at++)
    for (gsize i = 0; i < G_N_ELEMENTS(things); i++)
      if (is_at(passage, things[i], at)) return true;
  return false;
}

/* A clause of its own. `before`: what the one before it said; "Opa Heinz" alone does the same. */
static bool read_clause(const char *text, const char *language, const char *before, bool is_list, GArray *all)
{
  g_autoptr(passage_t) passage = passage_new(text, language, 1000);
  const struct lexeme *l = passage->lexemes->at;
  bool has_article = false; /* "die Müllers kommen zu viert"; "die Band kommt" brings nobody */
  bool is_listed = false;
  guint first = skip_leads(passage, &has_article, &is_listed);
  const struct phrase_hit *verb = passage_at(passage, phrases_tag("event.behalf"), first);
  guint begin = verb ? verb->end : first, end = names_end(passage, begin);
  if (end == begin) return false;
  bool is_titled = is_at(passage, "event.name-title", begin);
  bool is_bare = lexeme_is(&l[end], ":") || lexeme_is(&l[end], "(");
  bool is_short = passage_words(passage, end, passage->lexemes->count) <= FEW_WORDS; /* "… zu viert" */
  bool has_colon = is_bare || lexeme_is(&l[end], ",") || lexeme_is(&l[end], "-") ||
                   (is_short && (is_titled || is_list || is_listed));
  g_autofree char *said = verb ? passage_text(passage, verb->first, verb->end) : NULL;
  g_autofree char *behind = passage_text(passage, end, passage->lexemes->count);
  g_autofree char *both = g_strconcat(said ? said : "", said ? " " : "", behind, NULL);
  g_autoptr(passage_t) words = passage_new(both, language, 1000);
  g_autofree char *name = name_text(passage, begin, end);
  struct behalf_named named = { 0 };
  /* "Super, schon acht haben zugesagt": behind a comma others do it */
  const struct phrase_hit *does = passage_find(passage, phrases_tag("event.behalf"), end);
  if (lexeme_is(&l[end], ",") && !is_titled && does && does->first != end + 1) return false;
  bool is_label = has_colon && lines_word(name, "event.label"); /* "Plätze: 40" */
  bool is_thing = !is_titled && names_thing(passage, begin, end);
  bool is_too = false, is_alone = does_the_same(passage, end, &is_too);
  if (is_label || is_thing || (has_article && !is_titled && (people_count(words) < 1 || !is_of_many(name))))
    return false;
  if (!read_answer(words, has_colon, is_bare, &named)) {
    if (!before || !is_alone || !(is_titled || is_too)) return false;
    named = (struct behalf_named){ .answer = before, .people = strcmp(before, "no") != 0 };
  }
  add_names(all, passage, begin, end, number_of(words, is_bare), &named);
  return true;
}

/* Does another clause with a name of its own begin behind this comma or "und"? It tells of itself, or is
 * somebody with a title. */
static bool begins_clause(const struct passage *passage, guint at)
{
  const struct lexeme *l = passage->lexemes->at;
  guint next = at + 1;
  if (!(is_and(passage, at) || lexeme_is(&l[at], ",") || lexeme_is(&l[at], ";"))) return false;
  if (is_and(passage, next)) next++;
  const struct phrase_hit *lead = passage_at(passage, phrases_tag("event.name-lead"), next);
  bool is_article = lead && strcmp(lead->value, "article") == 0;
  if (is_article && is_at(passage, "event.name-title", lead->end))
    next = lead->end; /* "und die Oma von Lena" */
  if (!begins_name(passage, next)) return false;
  guint end = name_end(passage, next);
  if (end == next) return false;
  if (is_at(passage, "event.behalf", end) || is_at(passage, "event.behalf-too", end) ||
      is_at(passage, "event.name-title", next))
    return true;
  g_autofree char *behind = passage_text(passage, end, passage->lexemes->count);
  g_autoptr(passage_t) words = passage_new(behind, passage->language, 200);
  return people_count(words) > 0 || is_at(passage, "event.behalf-maybe", end) ||
         is_at(passage, "event.behalf-not", end);
}

/* A sentence, or a line: its clauses. */
static void read_piece(const char *text, const char *language, GArray *all)
{
  g_autoptr(passage_t) passage = passage_new(text, language, 1000);
  const struct lexemes *l = passage->lexemes;
  if (strchr(text, '?')) return; /* whoever asks tells nothing */
  bool has_article = false, is_listed = false;
  guint from = 0, first = skip_leads(passage, &has_article, &is_listed);
  guint end = names_end(passage, first);
  const struct phrase_hit *label = passage_at(passage, phrases_tag("event.label"), first);
  if (label && lexeme_is(&l->at[label->end], ":")) return; /* "neuer Ort: Gemeindesaal 3" */
  if (end == first)                                        /* "eben am Zaun: …" */
    for (guint at = 0; at < l->count; at++)
      if (lexeme_is(&l->at[at], ":") && begins_name(passage, at + 1)) {
        from = at + 1, first = at + 1, end = names_end(passage, first), is_listed = true;
        break;
      }
  const char *before = NULL;
  for (guint at = MAX(end, from + 1); at <= l->count; at++) {
    if (at < l->count && !begins_clause(passage, at)) continue;
    g_autofree char *clause = passage_text(passage, from, at);
    if (!read_clause(clause, language, before, is_listed, all)) {
      if (!before) return;
    } else {
      before = g_array_index(all, struct behalf_named, all->len - 1).answer;
    }
    from = at + 1;
    if (at < l->count && is_and(passage, from)) from++;
    if (at < l->count) at = MAX(at, names_end(passage, from) - 1);
  }
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

static void named_clear(void *named)
{
  g_free(((struct behalf_named *)named)->name);
}

GArray *behalf_read(const struct passage *passage)
{
  GArray *all = g_array_new(FALSE, TRUE, sizeof(struct behalf_named));
  g_array_set_clear_func(all, named_clear);
  g_autoptr(GPtrArray) pieces = pieces_of(passage);
  for (guint i = 0; i < pieces->len; i++) read_piece(pieces->pdata[i], passage->language, all);
  return all;
}
