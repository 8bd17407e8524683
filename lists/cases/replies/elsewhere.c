/* Who is said to be responsible instead: a line "Zuständig: …"; "nicht zuständig, bitte an SGA"; another
 * office and hardly anything else. "Bitte wenden Sie sich an …" is said to whoever asked, and an answer.
 * "Bitte an SGA" from SGA itself means nobody knows what.
 *
 * What surprised us: "Für Falschparker ist das Ordnungsamt zuständig; den Poller ersetzen wir im Mai." hands
 * nothing on. Where an office says what it does itself, that is the answer, and it must not be lost. */
#include "lists/cases/replies/reply.h"

#include "lists/offices/named.h"
#include "lists/understand/answers/clauses.h"

#include <string.h>

enum { READ_BYTES = 16 * 1024, SHORT_WORDS = 9, PASSED_WORDS = 22 };

/* The rest of the line that begins with a phrase, behind its colon; NULL: there is no such line. */
static char *rest_of_line(const struct passage *passage, const char *tag)
{
  const struct lexemes *l = passage->lexemes;
  for (const struct phrase_hit *hit = passage_find(passage, phrases_tag(tag), 0); hit;
       hit = passage_find(passage, phrases_tag(tag), hit->end)) {
    bool begins_line = hit->first == 0 || l->at[hit->first - 1].kind == LEXEME_BREAK;
    guint end = hit->end;
    while (end < l->count && l->at[end].kind != LEXEME_BREAK) end++;
    if (begins_line && end > hit->end) return passage_text(passage, hit->end, end);
  }
  return NULL;
}

bool reply_is_word_byte(char c)
{
  return g_ascii_isalnum(c) || (c & 0x80);
}

bool reply_has_word(const char *text, const char *word)
{
  gsize length = strlen(word);
  for (const char *at = text; length && (at = strstr(at, word)); at += length)
    if ((at == text || !reply_is_word_byte(at[-1])) && !reply_is_word_byte(at[length])) return true;
  return false;
}

/* Signs and names of all offices but one. NULL on error. */
static GPtrArray *offices_but(const struct case_reply *reply, int64_t except, GPtrArray **all, GError **error)
{
  *all = offices_names(reply->work->store, error);
  GPtrArray *others = *all ? g_ptr_array_new() : NULL;
  for (guint i = 0; others && i < (*all)->len; i++)
    if (((const struct office *)(*all)->pdata[i])->id != except) g_ptr_array_add(others, (*all)->pdata[i]);
  return others;
}

/* The office that a text names, by its sign, its name or the word of it that ends in -amt, other than
 * `except`; 0: none, or more than one by its sign or name ("UmNat oder OrdA"). */
static bool find_named(struct case_reply *reply, const char *text, int64_t except, int64_t *office,
                       GError **error)
{
  guint count = 0;
  g_autoptr(GPtrArray) owner = NULL; /* keeps the offices */
  g_autoptr(GPtrArray) all = offices_but(reply, except, &owner, error);
  if (!all) return false;
  g_autofree char *low = g_utf8_strdown(text, -1);
  g_autoptr(passage_t) passage = passage_new(text, NULL, READ_BYTES);
  struct office_named named;
  *office = 0;
  for (guint i = 0; i < all->len; i++) {
    const struct office *one = all->pdata[i];
    g_autofree char *name = g_utf8_strdown(one->name, -1), *sign = g_utf8_strdown(one->sign, -1);
    bool is_named = reply_has_word(low, name) || reply_has_word(text, one->sign) || strcmp(low, sign) == 0;
    if (is_named) *office = one->id;
    count += is_named;
  }
  reply->reading.is_either = count > 1;
  if (count > 1) *office = 0;
  if (count) return true;
  office_find_named(all, passage, &named);
  *office = named.office;
  g_free(named.words);
  return true;
}

/* "OrdA", "-> Ordnungsamt", "bitte an OrdA": hardly anything but another office. */
static bool is_office_alone(const struct case_reply *reply, const struct passage *passage, int64_t except,
                            bool *is, GError **error)
{
  static const char *const leading[] = { "bitte", "an", "ans", "das", "die", "zum", "zur", "zu", NULL };
  const struct lexemes *l = passage->lexemes;
  guint at = 0, end = 0;
  int64_t office = 0;
  *is = false;
  while (at < l->count && (l->at[at].kind != LEXEME_WORD || g_strv_contains(leading, l->at[at].folded))) at++;
  if (at >= l->count) return true;
  g_autofree char *rest = passage_text(passage, at, l->count);
  g_autoptr(passage_t) behind = passage_new(rest, NULL, READ_BYTES);
  g_autoptr(GPtrArray) owner = NULL; /* keeps the offices */
  g_autoptr(GPtrArray) all = offices_but(reply, except, &owner, error);
  if (!all) return false;
  if (!office_begins(all, behind, &office, &end) || !office) return true;
  *is = passage_words(behind, end, behind->lexemes->count) <= 2;
  return true;
}

/* Is it said that somebody else has it? Plain words of that always count; weaker ones ("das müsste …
 * beantworten", "ist weitergeleitet") where little else is said. */
static bool says_elsewhere(const struct case_reply *reply, const struct passage *passage, guint words)
{
  enum case_status status = reply->reading.meaning->status;
  if (status == STATUS_NOT_RESPONSIBLE || passage_has(passage, "office.pass-to")) return true;
  return words <= PASSED_WORDS && (status == STATUS_FORWARDED || passage_has(passage, "office.passed-on"));
}

/* One of these is said in a clause, or sentence. */
static bool says(const struct passage *passage, const struct clause *clause, const char *const *tags)
{
  for (; *tags; tags++)
    if (clause_find(passage, *tags, clause)) return true;
  return false;
}

/* Does it say what the office does itself? `as_ours`: by "wir"; else in a sentence that names nobody else. */
static bool answers_itself(const struct passage *passage, bool as_ours)
{
  static const char *const does[] = { "official.act", "official.act-verb", "official.plan", NULL };
  static const char *const hands_on[] = { "office.pass-to",
                                          "office.passed-on",
                                          "official.negation",
                                          "official.forwarded",
                                          "official.not-responsible",
                                          "official.responsible",
                                          "official.condition",
                                          "official.others",
                                          "official.department",
                                          "official.pass-on",
                                          NULL };
  g_autoptr(GArray) parts = as_ours ? clauses_of(passage) : sentences_of(passage);
  for (guint i = 0; i < parts->len; i++) {
    const struct clause *one = &g_array_index(parts, struct clause, i);
    bool is_ours = !as_ours || clause_find(passage, "official.ours", one);
    if (is_ours && !one->is_question && says(passage, one, does) && !says(passage, one, hands_on))
      return true;
  }
  return false;
}

/* An answer of its own beside another office's name is the answer. Where the words hand the case on as well,
 * or it is not plain whose deed is told, the author is asked, and nothing is lost. */
static bool keeps_answer(struct case_reply *reply, const struct passage *passage)
{
  struct reply_reading *r = &reply->reading;
  enum case_status status = r->meaning->status;
  if (status != STATUS_DONE && status != STATUS_PLANNED && status != STATUS_REJECTED &&
      status != STATUS_IN_PROGRESS)
    return false;
  bool is_ours = answers_itself(passage, true);
  bool is_doubtful =
      !is_ours && (status == STATUS_DONE || status == STATUS_PLANNED) && answers_itself(passage, false);
  r->is_unsure |= is_doubtful || (is_ours && passage_has(passage, "office.hand-on"));
  return is_ours || is_doubtful;
}

/* "Bitte an OA": nothing but that somebody else shall have it, of whom we do not know. */
static bool only_hands_on(const struct passage *passage)
{
  return passage_has(passage, "office.hand-on") && !passage_has(passage, "official.turn-to") &&
         !passage_has(passage, "official.others");
}

/* "Das ist Privatgelände", "gehört dem Land Berlin": nobody of ours can be asked, and whoever asked is told
 * why. */
static bool tells_whose(const struct passage *passage)
{
  bool is_theirs = passage_has(passage, "office.belongs") && passage_has(passage, "official.others");
  return (is_theirs || passage_has(passage, "office.private-ground")) && !passage_has(passage, "office.hand-on");
}

/* "Bitte an SGA", says SGA. */
static bool is_named_itself(struct case_reply *reply, int64_t own, bool *is, GError **error)
{
  int64_t named = 0;
  bool is_read = find_named(reply, reply->reading.said, 0, &named, error);
  *is = named != 0 && named == own;
  return is_read;
}

bool reply_read_route(struct case_reply *reply, const struct passage *passage, GError **error)
{
  struct reply_reading *r = &reply->reading;
  if (reply_is_several(reply)) return true; /* each row says for itself */
  int64_t own = reply->office ? reply->office->id : 0;
  bool is_coordinator = !reply->office || reply->office->is_coordinator;
  g_autofree char *line = rest_of_line(passage, "office.steer-to");
  if (line) {
    if (!find_named(reply, g_strstrip(line), own, &r->route_office, error)) return false;
    r->route = g_steal_pointer(&line);
    return true;
  }
  guint words = passage_words(passage, 0, passage->lexemes->count);
  bool is_alone = false, is_short = words <= SHORT_WORDS;
  bool says_so = says_elsewhere(reply, passage, words);
  if (is_short && !is_office_alone(reply, passage, own, &is_alone, error)) return false;
  if (!says_so && !is_alone && !(is_coordinator && is_short)) return true;
  if (!find_named(reply, r->said, own, &r->route_office, error)) return false;
  if (!is_alone && (r->route_office || r->is_either) && keeps_answer(reply, passage)) {
    r->route_office = 0;
    return true;
  }
  bool is_told = tells_whose(passage) || /* the coordinator knows, and nobody else is asked behind it */
                 (is_coordinator && passage_has(passage, "official.others") && !only_hands_on(passage));
  bool is_not_ours = r->meaning->status == STATUS_NOT_RESPONSIBLE && !is_told;
  bool is_handed_on = is_not_ours || r->is_either ||
                      (r->meaning->status == STATUS_NONE && only_hands_on(passage));
  bool names_itself = false;
  if (!r->route_office && says_so && is_short && !r->is_either &&
      !is_named_itself(reply, own, &names_itself, error))
    return false;
  bool stays = !r->route_office && (names_itself || !(says_so && is_short && is_handed_on));
  if (!stays) r->route = g_strdup(r->said);
  r->is_unsure |= names_itself;
  return true;
}
