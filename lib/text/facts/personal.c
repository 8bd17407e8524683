/* Third-party data: what a moderator should look at before a text is published. Flagged, not judged; called
 * for reports and posts. Words stand in the tables' sections personal.*; the shapes of number plates,
 * telephone numbers and names are here.
 *
 * A name is a word with a capital behind a title ("Herr S.", "Frau Lemke"), behind a relation ("mein Nachbar
 * Uwe Klein"), or a first name with a family name or its initial. Who is greeted is no third party, nor who
 * signs, nor an office and its people. A place where someone lives counts only beside a name.
 *
 * What surprised us: half of our streets bear the names of people ("Anna-Seghers-Straße"), norms look like
 * plates ("DIN EN 1176"), and trees are ill more often than neighbours. */
#include "lib/text/facts/personal_private.h"

enum {
  NEAR = 10,
  PHONE_NEAR = 6,
  PHONE_MIN = 7,
  PHONE_MAX = 15,
  LABELLED_MIN = 5,
  CLOSING_LEXEMES = 30,
  NAMESAKE = 4,
  WINDOW = 250
};

static const char *const tag_names[] = {
  [TAG_KIN] = "people.kin",
  [TAG_CLOSING] = "personal.closing",
  [TAG_FACE] = "personal.face",
  [TAG_FIRSTNAME] = "personal.firstname",
  [TAG_GREETING] = "personal.greeting",
  [TAG_HEALTH] = "personal.health",
  [TAG_LIVES] = "personal.lives",
  [TAG_NAMESAKE] = "personal.namesake",
  [TAG_NO_HEALTH] = "personal.no-health",
  [TAG_NO_NAME] = "personal.no-name",
  [TAG_NO_PLATE] = "personal.no-plate",
  [TAG_NO_TITLE] = "personal.no-title",
  [TAG_OFFICE] = "personal.office",
  [TAG_PHONE] = "personal.phone",
  [TAG_PLATE] = "personal.plate",
  [TAG_PLATE_NEAR] = "personal.plate-near",
  [TAG_RELATION] = "personal.relation",
  [TAG_SELF] = "personal.self",
  [TAG_TITLE] = "personal.title",
  [TAG_TITLE_BEHIND] = "personal.title-behind",
};
_Static_assert(G_N_ELEMENTS(tag_names) == TAG_COUNT, "a name for every section");

static const struct phrase_hit *hit_at(const struct look *look, enum tag tag, guint lexeme)
{
  return passage_at(look->passage, look->tags[tag], lexeme);
}

/* Does a hit of the tag begin in [from, to)? Looks at no more than a sentence's worth, so all stays linear.
 */
static bool has_between(const struct look *look, enum tag tag, guint from, guint to)
{
  guint end = MIN(MIN(to, from + WINDOW), look->passage->lexemes->count);
  for (guint at = from; at < end; at++)
    if (hit_at(look, tag, at)) return true;
  return false;
}

/* Does a hit of the tag end exactly here? */
static bool ends_here(const struct look *look, enum tag tag, guint lexeme)
{
  for (guint first = lexeme > 4 ? lexeme - 4 : 0; first < lexeme; first++) {
    const struct phrase_hit *hit = hit_at(look, tag, first);
    if (hit && hit->end == lexeme) return true;
  }
  return false;
}

/* Where the closing begins, behind which the sender signs. */
static guint find_closing(const struct passage *passage)
{
  const struct lexemes *l = passage->lexemes;
  guint tag = phrases_tag(tag_names[TAG_CLOSING]);
  guint from = l->count > CLOSING_LEXEMES ? l->count - CLOSING_LEXEMES : 0;
  const struct phrase_hit *hit = passage_find(passage, tag, from);
  return hit && hit->first > 0 ? hit->end : l->count;
}

/* ---- names ---- */

/* Is the name that begins here that of a street or a school? */
static bool is_namesake(const struct look *look, guint at)
{
  for (guint i = at + 1; i < at + NAMESAKE && i < look->count; i++) {
    const struct lexeme *it = &look->at[i];
    if (it->kind == LEXEME_BREAK || (it->kind == LEXEME_MARK && !is_mark(it, "-") && !is_mark(it, ".")))
      break;
    if (hit_at(look, TAG_NAMESAKE, i)) return true;
    if (it->kind == LEXEME_WORD && !it->is_capital) break;
  }
  return hit_at(look, TAG_NAMESAKE, at) != NULL;
}

/* May the word be a name behind a title or a relation? */
bool personal_is_name(const struct look *look, guint at)
{
  if (at >= look->count || !is_capital_word(&look->at[at])) return false;
  return !hit_at(look, TAG_OFFICE, at) && !hit_at(look, TAG_NO_NAME, at) && !is_namesake(look, at);
}

/* "Herr Lehmann vom Ordnungsamt" speaks for an office. */
static bool is_of_office(const struct look *look, guint at)
{
  guint end = MIN(at + 7, look->count);
  for (guint i = at + 1; i < end; i++)
    if (is_mark(&look->at[i], ".") || is_mark(&look->at[i], ",")) {
      end = i;
      break;
    }
  return has_between(look, TAG_OFFICE, at, end) || (at >= 2 && has_between(look, TAG_OFFICE, at - 2, at));
}

bool personal_is_person_at(const struct look *look, guint at, guint *name)
{
  *name = at;
  const struct phrase_hit *title = hit_at(look, TAG_TITLE, at);
  const struct phrase_hit *relation = hit_at(look, TAG_RELATION, at);
  if (!title && !relation && !hit_at(look, TAG_FIRSTNAME, at)) return false;
  if (ends_here(look, TAG_GREETING, at) || ends_here(look, TAG_SELF, at)) return false;
  if (title) {
    if (at > 0 && hit_at(look, TAG_NO_TITLE, at - 1)) return false;
    const struct phrase_hit *second = hit_at(look, TAG_TITLE, title->end);
    *name = second ? second->end : title->end;
    return personal_is_name(look, *name) && !is_of_office(look, *name);
  }
  if (relation) {
    *name = relation->end;
    bool is_named = personal_is_name(look, relation->end) && !hit_at(look, TAG_RELATION, relation->end) &&
                    !hit_at(look, TAG_TITLE, relation->end) && !look->at[relation->end].begins_sentence;
    return is_named && !ends_here(look, TAG_GREETING, relation->end);
  }
  if (!look->at[at].is_capital || is_namesake(look, at)) return false;
  if (hit_at(look, TAG_TITLE_BEHIND, at + 1)) return true;
  bool is_family = personal_is_name(look, at + 1) && !look->at[at + 1].begins_sentence &&
                   !hit_at(look, TAG_FIRSTNAME, at + 1);
  bool is_spelled = is_initial(look, at + 1) && is_mark(&look->at[at + 2], ".");
  return (is_family && strlen(look->at[at + 1].folded) > 2) || is_spelled;
}

/* Names, and where their bearers live. */
static unsigned find_people(const struct look *look)
{
  unsigned found = 0;
  guint name;
  for (guint at = 0; at < look->count; at++) {
    if (look->at[at].kind != LEXEME_WORD || !personal_is_person_at(look, at, &name)) continue;
    found |= PERSONAL_PERSON;
    guint first, end;
    passage_sentence(look->passage, at, &first, &end);
    if (has_between(look, TAG_LIVES, at, MAX(end, MIN(at + NEAR + 4, look->count))))
      return found | PERSONAL_ADDRESS;
  }
  return found;
}

/* ---- number plates ---- */

static bool is_letters(const struct lexeme *it, gsize most)
{
  return is_capital_word(it) && strlen(it->folded) <= most && (it->is_shouted || strlen(it->folded) == 1);
}

/* Districts whose plates are met here also without a hyphen. */
static bool is_known_district(const char *folded)
{
  static const char *const districts[] = { "b",   "p",   "bar", "brb", "cb",  "ee",  "el",  "ff",
                                           "hvl", "lds", "los", "mol", "ohv", "opr", "osl", "pm",
                                           "pr",  "spn", "tf",  "um",  "uer", "hh",  "m",   "k",
                                           "hb",  "dd",  "l",   "hro", "md",  "mz",  "h" };
  for (gsize i = 0; i < G_N_ELEMENTS(districts); i++)
    if (g_str_equal(folded, districts[i])) return true;
  return false;
}

/* "B-XY 1234", "B XY 1234", "LOS-A 12E", "B:XY1234". *end: behind it. */
static bool is_plate_at(const struct look *look, guint at, guint *end)
{
  const struct lexeme *it = look->at;
  if (!is_letters(&it[at], 3) || hit_at(look, TAG_NO_PLATE, at)) return false;
  bool has_hyphen = is_mark(&it[at + 1], "-") || is_mark(&it[at + 1], ":");
  guint second = at + 1 + has_hyphen;
  if (second >= look->count || !is_letters(&it[second], 2) || hit_at(look, TAG_NO_PLATE, second))
    return false;
  guint digits = second + 1 + is_mark(&it[second + 1], "-");
  if (digits >= look->count || it[digits].kind != LEXEME_DIGITS || strlen(it[digits].folded) > 4)
    return false;
  if (it[digits].folded[0] == '0') return false;
  bool has_suffix = is_letters(&it[digits + 1], 1) && !it[digits + 1].is_spaced;
  *end = digits + 1 + has_suffix;
  bool is_near = has_between(look, TAG_PLATE, at > NEAR ? at - NEAR : 0, at + NEAR);
  return is_near || has_hyphen || is_known_district(it[at].folded);
}

/* Whatever follows "Kennzeichen": letters and digits, foreign or without capitals. */
static bool is_named_plate(const struct look *look, guint at, guint *end)
{
  const struct phrase_hit *hit = hit_at(look, TAG_PLATE_NEAR, at);
  if (!hit) return false;
  bool has_letters = false;
  for (guint i = hit->end; i < hit->end + 7 && i < look->count; i++) {
    const struct lexeme *it = &look->at[i];
    if (it->kind == LEXEME_WORD && strlen(it->folded) <= 3 && !lexeme_is(it, "ist") &&
        !lexeme_is(it, "der") && !lexeme_is(it, "war") && !lexeme_is(it, "von") && !lexeme_is(it, "am"))
      has_letters = true;
    *end = i + 1;
    if (it->kind == LEXEME_DIGITS && has_letters) return true;
    if (it->kind == LEXEME_WORD && strlen(it->folded) > 7) return false;
  }
  return false;
}

bool personal_is_plate_at(const struct look *look, guint at, guint *end)
{
  return is_plate_at(look, at, end) || is_named_plate(look, at, end);
}

/* ---- telephone numbers and addresses of mail ---- */

/* Digits in a row of groups from here on; *end: behind them. All groups parted by full stops: *is_dotted. */
static gsize count_digits(const struct look *look, guint at, guint *end, bool *is_dotted)
{
  gsize digits = 0, dots = 0, others = 0;
  guint i = at;
  while (i < look->count && look->at[i].kind == LEXEME_DIGITS && digits <= PHONE_MAX) {
    digits += strlen(look->at[i].folded);
    *end = ++i;
    guint marks = 0;
    while (i < look->count && look->at[i].kind == LEXEME_MARK && marks < 2 &&
           strchr("/-().", look->at[i].folded[0])) {
      dots += look->at[i].folded[0] == '.';
      others += look->at[i].folded[0] != '.';
      marks++;
      i++;
    }
    others += i < look->count && marks == 0 && look->at[i].kind == LEXEME_DIGITS;
  }
  *is_dotted = dots > 0 && others == 0;
  return digits;
}

static bool is_phone_at(const struct look *look, guint at)
{
  const struct lexeme *it = &look->at[at];
  if (it->kind != LEXEME_DIGITS || (at > 0 && look->at[at - 1].kind == LEXEME_DIGITS)) return false;
  guint end = at;
  bool is_dotted;
  gsize digits = count_digits(look, at, &end, &is_dotted);
  if (digits > PHONE_MAX) return false;
  bool is_date = is_dotted && strlen(it->folded) <= 2;
  bool is_joined =
      at > 0 && !it->is_spaced && (is_mark(&look->at[at - 1], ".") || is_mark(&look->at[at - 1], ","));
  if (is_date || is_joined) return false;
  bool has_plus = at > 0 && is_mark(&look->at[at - 1], "+") && !it->is_spaced;
  bool has_zero = it->folded[0] == '0' && strlen(it->folded) >= 2;
  if ((has_plus || has_zero) && digits >= PHONE_MIN) return true;
  return digits >= LABELLED_MIN && has_between(look, TAG_PHONE, at > 5 ? at - 5 : 0, at);
}

/* "name@host.tld": no blanks around the sign. */
static bool is_mail_address_at(const struct look *look, guint at)
{
  const struct lexeme *it = look->at;
  if (!is_mark(&it[at], "@") || at == 0 || it[at].is_spaced || at + 3 >= look->passage->lexemes->count)
    return false;
  if (it[at + 1].kind != LEXEME_WORD || it[at + 1].is_spaced) return false;
  for (guint i = at + 2; i < at + 8 && i + 1 < look->passage->lexemes->count; i++) {
    if (it[i].is_spaced || it[i].kind == LEXEME_BREAK) return false;
    if (is_mark(&it[i], ".") && it[i + 1].kind == LEXEME_WORD && !it[i + 1].is_spaced) return true;
  }
  return false;
}

/* ---- health, faces ---- */

/* Is somebody named by what they are to others ("der Hausmeister", "meine Mutter") in [from, to)? */
static bool names_role(const struct look *look, guint from, guint to)
{
  return has_between(look, TAG_RELATION, from, to) || has_between(look, TAG_KIN, from, to) ||
         has_between(look, TAG_TITLE, from, to);
}

/* "Der Hausmeister (0172 …)": a number right behind somebody's role, and not behind "ich". */
static bool is_phone_of_other(const struct look *look, guint at)
{
  guint from = at > PHONE_NEAR ? at - PHONE_NEAR : 0;
  for (guint i = from; i < at; i++) {
    const struct lexeme *it = &look->at[i];
    if (it->kind == LEXEME_BREAK || lexeme_is(it, "ich") || lexeme_is(it, "mir") || lexeme_is(it, "mich") ||
        (is_mark(it, ".") && look->at[i + 1].begins_sentence))
      from = i + 1;
  }
  return names_role(look, from, at);
}

/* Somebody's, not a tree's. */
static bool is_health_at(const struct look *look, guint at)
{
  if (!hit_at(look, TAG_HEALTH, at)) return false;
  guint first, end;
  passage_sentence(look->passage, at, &first, &end);
  return !has_between(look, TAG_NO_HEALTH, first, end);
}

struct look personal_look(const struct passage *passage)
{
  struct look look = { .passage = passage, .at = passage->lexemes->at, .count = find_closing(passage) };
  for (gsize i = 0; i < TAG_COUNT; i++) look.tags[i] = phrases_tag(tag_names[i]);
  return look;
}

unsigned personal_find(const struct passage *passage)
{
  struct look look = personal_look(passage);
  guint end;
  unsigned found = find_people(&look);
  for (guint at = 0; at < look.count; at++) {
    if (personal_is_plate_at(&look, at, &end)) found |= PERSONAL_PLATE;
    if (is_phone_at(&look, at))
      found |= PERSONAL_PHONE | (is_phone_of_other(&look, at) ? PERSONAL_PERSON : 0U);
    if (is_mail_address_at(&look, at)) found |= PERSONAL_ADDRESS;
    if (is_health_at(&look, at)) found |= PERSONAL_HEALTH;
    if (hit_at(&look, TAG_FACE, at)) found |= PERSONAL_FACE;
  }
  return found;
}
