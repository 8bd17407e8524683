/* Whom a text names among those who come: "Anna, Klaus und ich", "mit Jonas", a list line by line. A name
 * alone says nothing ("Gruß Anna", "Klaus, wir kommen", "hab mit Uwe gesprochen"): it counts in a list that
 * the writer stands in, beside a verb of coming, or directly behind "mit", "bringe" and the like. Called by
 * people_words.c for each group, and by people.c for lists of lines.
 *
 * What surprised us: couples sign in the very form of such a list, in a line of their own below the sentence;
 * so a list never begins behind the end of a line, unless a colon or a bullet leads it. */
#include "lib/text/facts/people_private.h"

#include <string.h>

enum { LIST_LEXEMES = 40, ADVERBS = 3, BEHIND_WITH = 4, LINE_WORDS = 8, LINES_MAX = 60 };

static const struct phrase_hit *hit_at(const struct crowd *c, const char *tag, guint at)
{
  return passage_at(c->passage, phrases_tag(tag), at);
}

/* A first name that is known, with the family's behind it; 0: none, else the lexeme behind. */
static guint known_name(const struct crowd *c, guint at)
{
  const struct lexeme *l = c->l;
  if (hit_at(c, "names.title", at) && l[at + 1].kind == LEXEME_WORD && l[at + 1].is_capital &&
      !l[at + 1].begins_sentence && !hit_at(c, "names.thing", at + 1))
    return at + 2; /* "Frau Krüger" */
  const struct phrase_hit *hit = hit_at(c, "name.first", at);
  if (!hit || (c->passage->is_name && c->passage->is_name[at])) return 0;
  if (*hit->value && !l[at].is_capital) return 0;
  const struct lexeme *next = &l[hit->end];
  bool is_family = next->kind == LEXEME_WORD && next->is_capital && l[at].is_capital &&
                   !next->begins_sentence && c->mark_at[hit->end] >= c->mark_at[hit->end + 1] &&
                   !hit_at(c, "name.first", hit->end) && !hit_at(c, "names.thing", hit->end);
  return hit->end + is_family;
}

static bool is_joiner(const struct crowd *c, guint at)
{
  const struct lexeme *it = &c->l[at];
  if (it->kind == LEXEME_MARK) return strchr(",&+/", it->folded[0]) != NULL;
  return hit_at(c, "names.and", at) != NULL;
}

bool people_is_self_in_list(const struct crowd *c, guint at)
{
  if (!people_mark(c, at, ROLE_SELF)) return false;
  bool is_comma = at > 0 && lexeme_is(&c->l[at - 1], ",");
  const struct lexeme *next = &c->l[at + 1];
  return !is_comma || next->kind != LEXEME_WORD || is_joiner(c, at + 1);
}

/* A word that could be a name where others of the list are. */
static bool may_be_name(const struct crowd *c, guint at)
{
  const struct lexeme *it = &c->l[at];
  const struct mark *self = at > 0 ? people_mark(c, at - 1, ROLE_SELF) : NULL; /* "meine Wenigkeit" */
  bool is_marked = c->mark_at[at] < c->mark_at[at + 1] || (self && self->end > at);
  bool is_known = hit_at(c, "names.thing", at) || hit_at(c, "answer.no-name", at) ||
                  hit_at(c, "date.weekday", at) || hit_at(c, "people.address", at) ||
                  hit_at(c, "names.farewell", at);
  return it->kind == LEXEME_WORD && it->is_capital && !is_marked && !is_known && it->folded[1] != '\0';
}

static bool is_element(const struct crowd *c, guint at)
{
  return known_name(c, at) || people_is_self_in_list(c, at) || people_word(c, at, false) ||
         may_be_name(c, at) || people_mark(c, at, ROLE_ARTICLE);
}

/* The list that a lexeme stands in: people joined by commas and "und". */
struct list {
  guint first, end;
  bool has_self, has_known;
};

static struct list list_around(const struct crowd *c, guint at)
{
  struct list list = { .first = at, .end = at };
  guint count = c->passage->lexemes->count;
  while (list.first > 0 && at - list.first < LIST_LEXEMES &&
         (is_joiner(c, list.first - 1) || is_element(c, list.first - 1)))
    list.first--;
  while (list.first < at && is_joiner(c, list.first)) list.first++;
  while (list.end < count && list.end - at < LIST_LEXEMES &&
         (is_joiner(c, list.end) || is_element(c, list.end)))
    list.end++;
  while (list.end > at + 1 && is_joiner(c, list.end - 1)) list.end--;
  for (guint i = list.first; i < list.end; i++) {
    list.has_self |= people_is_self_in_list(c, i);
    list.has_known |= known_name(c, i) != 0;
  }
  return list;
}

bool people_is_asked(const struct crowd *c, guint at)
{
  while (!people_ends_sentence(c->l, at)) at++;
  return lexeme_is(&c->l[at], "?");
}

/* "… kommen gern", "… sind leider nicht dabei": a verb of coming behind, over adverbs. */
static bool is_before_verb(const struct crowd *c, guint at)
{
  for (guint i = 0; i < ADVERBS && !hit_at(c, "names.comes", at) && hit_at(c, "names.adverb", at); i++) at++;
  return hit_at(c, "names.comes", at) != NULL;
}

/* Does a hit of a section end right before a lexeme? */
static bool is_behind(const struct crowd *c, const char *tag, guint at)
{
  enum { LONGEST = 4 };
  for (guint back = 1; back <= MIN(at, (guint)LONGEST); back++) {
    const struct phrase_hit *hit = hit_at(c, tag, at - back);
    if (hit && hit->end == at) return true;
  }
  return false;
}

/* "mit", "plus", "bringe noch": what leads a list of those who come along. */
static bool is_behind_with(const struct crowd *c, const struct list *list)
{
  static const char *const leads[] = { "people.with", "people.plus", "people.bring", "people.more" };
  bool is_led = false;
  guint first = list->first;
  while (first < list->end && people_mark(c, first, ROLE_ARTICLE)) first++;
  for (gsize i = 0; i < G_N_ELEMENTS(leads); i++)
    is_led |= is_behind(c, leads[i], list->first) || is_behind(c, leads[i], first);
  if (!is_led || people_mark(c, list->end, ROLE_ARTICLE) || hit_at(c, "names.owner", list->end)) return false;
  for (guint i = list->end; i < list->end + BEHIND_WITH && !people_ends_sentence(c->l, i); i++)
    if (hit_at(c, "names.talked", i)) return false;
  return !people_ends_sentence(c->l, list->first);
}

/* Behind a colon, "es kommen" or "dabei sind". */
static bool is_behind_verb(const struct crowd *c, const struct list *list)
{
  if (list->first == 0) return false;
  bool is_colon = lexeme_is(&c->l[list->first - 1], ":");
  return is_behind(c, "names.comes", list->first) || (is_colon && (c->has_come || c->has_we));
}

bool people_name(const struct crowd *c, guint at, struct group *group)
{
  guint end = known_name(c, at);
  bool is_known = end != 0;
  if ((!is_known && !may_be_name(c, at)) || people_is_addressed(c, at)) return false;
  struct list list = list_around(c, at);
  if (!is_known && (!list.has_known || list.end == list.first + 1)) return false;
  bool is_broken = list.first > 0 && c->l[list.first - 1].kind == LEXEME_BREAK;
  if (people_is_asked(c, list.end)) return false;
  bool is_subject = list.has_self || is_before_verb(c, list.end) || is_behind_verb(c, &list);
  if (is_broken && !is_subject) return false;
  if (!is_subject && !(is_known && is_behind_with(c, &list))) return false;
  *group = (struct group){
    .end = is_known ? end : at + 1, .count = 1, .role = ROLE_KIN, .is_name = true, .is_known = is_known
  };
  return true;
}

/* ---- lists of lines ---- */

/* Whom one line names: "- Anna Müller", "Klaus (4)", "meine Schwester", "ich". 0: it is no such line. */
static int count_line(const struct crowd *c, guint first, guint end, bool *is_sure)
{
  guint words = 0, depth = 0;
  int named = 0;
  for (guint at = first; at < end; at++) {
    const struct lexeme *it = &c->l[at];
    struct group group;
    if (hit_at(c, "names.farewell", at) || hit_at(c, "names.comes", at) || lexeme_is(it, ":")) return 0;
    if (lexeme_is(it, "(")) depth++;
    if (lexeme_is(it, ")") && depth > 0) depth--;
    if (it->kind != LEXEME_WORD || is_joiner(c, at) || depth > 0) continue;
    words++;
    guint behind = known_name(c, at);
    if (!behind && people_mark(c, at, ROLE_SELF)) behind = at + 1;
    if (behind) {
      named++;
      *is_sure = true;
    } else if (people_group(c, at, &group)) {
      named += group.count;
      behind = group.end;
      *is_sure = true;
    } else if (may_be_name(c, at)) {
      bool is_family = at > first && c->l[at - 1].kind == LEXEME_WORD && !is_joiner(c, at - 1);
      named += !is_family;
      behind = at + 1;
    } else {
      return 0;
    }
    at = behind - 1;
  }
  return words <= LINE_WORDS ? named : 0;
}

/* The end of the line that begins at a lexeme. */
static guint line_end(const struct crowd *c, guint at)
{
  while (c->l[at].kind != LEXEME_BREAK && c->l[at].kind != LEXEME_END) at++;
  return at;
}

int people_in_lines(const struct crowd *c, guint colon, guint *end)
{
  if (!lexeme_is(&c->l[colon], ":") || c->l[colon + 1].kind != LEXEME_BREAK) return 0;
  int people = 0;
  guint lines = 0, at = colon + 2;
  bool is_sure = false;
  for (; lines < LINES_MAX && c->l[at].kind != LEXEME_END; lines++) {
    guint behind = line_end(c, at);
    int named = count_line(c, at, behind, &is_sure);
    if (named == 0) break;
    people += named;
    at = behind + (c->l[behind].kind == LEXEME_BREAK);
    if (c->l[at].kind == LEXEME_BREAK) break;
  }
  *end = at;
  return lines > 0 && is_sure ? people : 0;
}
