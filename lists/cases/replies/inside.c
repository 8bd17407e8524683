/* Answers that an office typed into the quote of our letter, below or beside each question. What is theirs is
 * found by comparing with the letter (lib/mail/cut/among.c), which is put together from its file, with every
 * section and what the case knows. Each answer is published below its question, in the words that the case
 * has of it, where these are public; nothing else of the quote is. Where the bounds are not certain, the
 * author is shown it first.
 *
 * "Meine Antworten stehen unten in rot." is no answer, and goes where they were found. */
#include "lists/cases/replies/reply.h"

#include "lists/letters.h"
#include "lists/list_cache.h"
#include "lists/understand/answers/clauses.h"

#include "lib/base/fault.h"

#include <string.h>

enum {
  ENTRIES_SHOWN = 30,
  READ_BYTES = 16 * 1024,
  TAG_BYTES = 60,
  ASKED_LEAST = 3,
  WORDS_LEAST = 25,
  NAME_WORDS = 5
};

/* The letters about a case that an office gets and answers. */
static const char *const LETTERS[] = { "case_office",    "case_added",    "case_reminder",
                                       "case_escalated", "case_expected", "case_withdrawn" };

/* What a letter names. */
struct names {
  const struct case_reply *reply;
  GPtrArray *entries;
  const char *number, *point, *asker; /* NULL: not in the letter, or differs */
  const char *by;                     /* the office of an entry of the history */
  bool is_addition;                   /* the letter shows what was added since, too */
};

/* ---- the letter that was sent ---- */

static bool is_added(const struct case_entry *entry)
{
  return strcmp(entry->what, "added") == 0;
}

static void put_entry(GString *out, const char *text)
{
  g_string_append_printf(out, "\n\n%s%s%s\n\n", AMONG_ASKED, text, AMONG_END);
}

static void put_asked(GString *out, const struct names *names)
{
  for (guint i = 0; i < names->entries->len; i++) {
    const struct case_entry *entry = names->entries->pdata[i];
    bool is_there = entry->position == 1 || (names->is_addition && is_added(entry));
    if (is_there && *entry->text) put_entry(out, entry->text);
  }
}

/* The value of a placeholder; NULL: it differs, or nobody knows it any more. */
static const char *value_of(const struct names *names, const char *name)
{
  const struct case_reply *reply = names->reply;
  const struct config *config = reply->work->config;
  const struct {
    const char *name, *value;
  } known[] = {
    { "number", names->number },
    { "title", reply->it->title },
    { "where", reply->it->place },
    { "office", reply->office ? reply->office->name : NULL },
    { "sign", reply->office ? reply->office->sign : NULL },
    { "place", config->name },
    { "imprint", config->imprint ? config->imprint : "" },
    { "point", names->point },
    { "name", names->asker },
    { "why", reply->it->why },
    { "by", names->by },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(known); i++)
    if (strcmp(known[i].name, name) == 0) return known[i].value;
  return NULL;
}

/* Fills a piece of a letter's file: sections lose their marks. `entry`: of the history; NULL: what was asked.
 */
static void fill(GString *out, const char *piece, const char *end, const struct names *names,
                 const struct case_entry *entry)
{
  while (piece < end) {
    const char *open = strstr(piece, "{{"), *close = open ? strstr(open, "}}") : NULL;
    if (!close || close > end || close - open > TAG_BYTES) {
      g_string_append_len(out, piece, end - piece);
      return;
    }
    g_string_append_len(out, piece, open - piece);
    g_autofree char *tag = g_strndup(open + 2, (gsize)(close - open - 2));
    piece = close + 2;
    if (strchr("#^/", *tag)) {
      g_string_append_c(out, ' ');
      continue;
    }
    const char *value = value_of(names, tag);
    if (strcmp(tag, "text") == 0 && !entry)
      put_asked(out, names);
    else if (strcmp(tag, "text") == 0 && is_added(entry))
      put_entry(out, entry->text);
    else if (strcmp(tag, "text") == 0)
      g_string_append(out, entry->text);
    else
      g_string_append(out, value ? value : " " AMONG_HOLE " ");
  }
}

/* The rest of a letter. Whoever asked may have let the office know their name since, or no more: both
 * sentences stand there. */
static void put_rest(GString *out, const char *rest, const struct names *names)
{
  const char *name = names->asker ? strstr(rest, "{{#name}}") : NULL, *end = name ? strchr(name, '\n') : NULL;
  struct names unnamed = *names;
  unnamed.asker = NULL;
  if (end) {
    fill(out, rest, end, names, NULL);
    g_string_append(out, "\n\n");
    while (name > rest && name[-1] != '\n') name--;
    rest = name;
  }
  fill(out, rest, rest + strlen(rest), &unnamed, NULL);
}

/* What the letter tells of an entry since. */
static bool put_history(GString *out, const char *piece, const char *end, const struct names *names,
                        const struct case_entry *entry, GError **error)
{
  struct store *store = names->reply->work->store;
  g_autoptr(office_t) office = entry->office ? office_get(store, entry->office, error) : NULL;
  if (entry->office && !office) return false;
  struct names told = *names;
  told.by = office ? office->name : NULL;
  if (*entry->text) fill(out, piece, end, &told, entry);
  return true;
}

/* The history's part of it ends where the letter was sent: an answer given since then is no words of it, and
 * given once more it would be taken for a quote. */
static guint history_end(const struct names *names)
{
  const struct case_reply *reply = names->reply;
  for (guint i = names->entries->len; i > 1; i--) {
    const struct case_entry *entry = names->entries->pdata[i - 1];
    if (strcmp(entry->what, "sent") == 0 && entry->office == reply->party->office) return i;
  }
  return names->entries->len;
}

/* A letter's words, without its subject. Caller frees; NULL on error. */
static char *letter_words(const char *markdown, const struct names *names, GError **error)
{
  static const char OPEN[] = "{{#history}}", CLOSE[] = "{{/history}}";
  g_autoptr(GString) out = g_string_new(NULL);
  const char *body = strchr(markdown, '\n');
  if (!body) body = markdown;
  const char *open = strstr(body, OPEN), *close = open ? strstr(open, CLOSE) : NULL;
  if (close) {
    fill(out, body, open, names, NULL);
    guint last = history_end(names);
    for (guint i = 1; i < last; i++)
      if (!put_history(out, open + strlen(OPEN), close, names, names->entries->pdata[i], error)) return NULL;
    body = close + strlen(CLOSE);
  }
  put_rest(out, body, names);
  return g_string_free(g_steal_pointer(&out), FALSE);
}

/* The letter that most of the quote is. */
static bool compare(struct case_reply *reply, struct names *names, struct among *best, GError **error)
{
  const struct mail *mail = reply->arrival->mail;
  g_autofree char *language = case_party_language(reply->work, reply->it, reply->party, error);
  for (gsize i = 0; language && i < G_N_ELEMENTS(LETTERS); i++) {
    const char *markdown = letters_markdown(reply->work->letters, language, LETTERS[i], error);
    if (!markdown) return false;
    names->is_addition = strcmp(LETTERS[i], "case_added") == 0;
    g_autofree char *letter = letter_words(markdown, names, error);
    if (!letter) return false;
    struct among found;
    bool is_better = among_find(mail->text, mail->text_new, letter, &found) && found.words > best->words;
    struct among worse = is_better ? *best : found;
    if (is_better) *best = found;
    among_clear(&worse);
  }
  return language != NULL;
}

/* ---- what is theirs ---- */

/* The lead above the quote without what only points below, and without its farewell: more follows. */
static char *without_pointers(const char *lead)
{
  g_autoptr(passage_t) passage = passage_new(lead, NULL, READ_BYTES);
  g_autoptr(GArray) sentences = sentences_of(passage);
  GString *out = g_string_new(NULL);
  for (guint i = 0; i < sentences->len; i++) {
    const struct clause *one = &g_array_index(sentences, struct clause, i);
    const struct phrase_hit *farewell = passage_at(passage, phrases_tag("official.closing"), one->first);
    if (farewell && passage_words(passage, farewell->end, one->end) <= NAME_WORDS) break;
    if (clause_find(passage, "office.points-below", one)) continue;
    g_autofree char *words = passage_text(passage, one->first, one->end);
    g_string_append_printf(out, "%s%s", out->len ? "\n" : "", words);
  }
  return g_string_free(out, FALSE);
}

/* An answer up to its farewell ("Im Mai. MfG Muster"), so that those behind it count, too. */
static char *without_farewell(const char *text)
{
  g_autoptr(passage_t) passage = passage_new(text, NULL, READ_BYTES);
  for (guint at = 0; at < passage->lexemes->count;) {
    guint end = line_end(passage, at);
    const struct phrase_hit *farewell = passage_at(passage, phrases_tag("official.closing"), at);
    if (farewell && passage_words(passage, farewell->end, end) <= NAME_WORDS)
      return g_strndup(text, passage->lexemes->at[at].start);
    at = end + 1;
  }
  return g_strdup(text);
}

/* Above an answer of its own the quote is a quote: what differs in our own words of it was not typed there.
 */
static void forget_differences(struct among *inside)
{
  g_autoptr(passage_t) lead = passage_new(inside->lead, NULL, READ_BYTES);
  if (!*inside->lead || passage_has(lead, "office.points-below")) return;
  for (guint i = inside->answers->len; i > 0; i--) {
    const struct among_answer *answer = inside->answers->pdata[i - 1];
    if (answer->is_difference) g_ptr_array_remove_index(inside->answers, i - 1);
  }
}

/* On one line. Caller frees. */
static char *in_a_line(const char *text)
{
  GString *out = g_string_new(NULL);
  g_auto(GStrv) words = g_strsplit_set(text, " \t\r\n", -1);
  for (char **word = words; *word; word++)
    if (**word) g_string_append_printf(out, "%s%s", out->len ? " " : "", *word);
  return g_string_free(out, FALSE);
}

/* Does an entry that all may read hold these words, in whatever lines? */
static bool is_read_by_all(const GPtrArray *entries, const char *words)
{
  g_autofree char *wanted = in_a_line(words);
  for (guint i = 0; i < entries->len; i++) {
    const struct case_entry *entry = entries->pdata[i];
    if (!entry->is_public) continue;
    g_autofree char *text = in_a_line(entry->text);
    if (strstr(text, wanted)) return true;
  }
  return false;
}

/* What an answer answers is repeated only where all may read it: what is written to the office later, and a
 * question that stays hidden in a public case, is nobody else's. */
static void forget_private(struct among *inside, const GPtrArray *entries)
{
  for (guint i = 0; i < inside->answers->len; i++) {
    struct among_answer *answer = inside->answers->pdata[i];
    if (*answer->about && !is_read_by_all(entries, answer->about)) *answer->about = '\0';
  }
}

static bool is_worth(const struct case_reply *reply)
{
  const struct mail *mail = reply->arrival->mail;
  return !reply->words && !reply->is_by_admin && !mail->is_forward && strlen(mail->text) > 0;
}

/* Nothing was typed into the letter: what is theirs stands above it. A letter without any mark of a quote was
 * taken for new words, or made the whole mail look like one. */
static void keep_lead(struct reply_reading *r, const struct among *inside)
{
  if (!*inside->lead && !*r->said) return;
  g_free(r->said);
  r->said = g_strdup(inside->lead);
}

bool reply_read_inside(struct case_reply *reply, GError **error)
{
  struct reply_reading *r = &reply->reading;
  if (!is_worth(reply)) return true;
  g_autofree char *number = casefile_name(reply->it);
  g_autoptr(GPtrArray) entries = case_entries(reply->work->store, reply->it->id, 0, ENTRIES_SHOWN, error);
  if (!entries) return false;
  g_autoptr(GPtrArray) residents = case_parties(reply->work->store, reply->it->id, "resident", error);
  if (!residents) return false;
  const struct case_party *first = residents->len ? residents->pdata[0] : NULL;
  g_autofree char *point = case_point(reply->it);
  struct names names = { .reply = reply, .entries = entries, .number = number, .point = point };
  if (first && first->name && *first->name) names.asker = first->name;
  if (!compare(reply, &names, &r->inside, error)) return false;
  const struct among *inside = &r->inside;
  if (inside->answers) forget_differences(&r->inside);
  /* the answer to a private case goes to whoever asked alone, who wrote that question */
  bool is_theirs_alone = !reply->it->is_public && residents->len <= 1;
  if (inside->answers && !is_theirs_alone) forget_private(&r->inside, entries);
  /* a few words of what was asked stand in every answer ("die nächste Wahl ist im September") */
  bool is_quoted =
      inside->words >= WORDS_LEAST || (reply->arrival->mail->has_quote && inside->asked >= ASKED_LEAST);
  if (!is_quoted || (!inside->answers->len && !*inside->below)) {
    if (is_quoted) keep_lead(r, inside);
    among_clear(&r->inside);
    return true;
  }
  bool has_answers = r->inside.answers->len > 0;
  g_autofree char *lead = has_answers ? without_pointers(r->inside.lead) : g_strdup(r->inside.lead);
  GString *said = g_string_new(lead);
  for (guint i = 0; i < r->inside.answers->len; i++) {
    g_autofree char *text = without_farewell(((struct among_answer *)r->inside.answers->pdata[i])->text);
    g_string_append_printf(said, "\n\n%s", text);
  }
  g_string_append_printf(said, "\n\n%s", r->inside.below);
  g_free(r->said);
  r->said = g_strstrip(g_string_free(said, FALSE));
  return true;
}

/* ---- each with its question ---- */

/* Where a line of a text begins with these words, from `from` on; NULL: nowhere. */
static const char *find_line(const char *from, const char *words)
{
  for (const char *at = from; (at = strstr(at, words)); at++)
    if (at == from || at[-1] == '\n') return at;
  return NULL;
}

char *reply_with_questions(const struct case_reply *reply, char *text, bool *is_doubtful)
{
  const struct among *inside = &reply->reading.inside;
  GString *out = g_string_new(NULL);
  const char *rest = text;
  *is_doubtful |= inside->is_cut;
  for (guint i = 0; inside->answers && i < inside->answers->len; i++) {
    const struct among_answer *answer = inside->answers->pdata[i];
    g_autofree char *line = g_strndup(answer->text, strcspn(answer->text, "\n"));
    const char *at = *line ? find_line(rest, line) : NULL;
    *is_doubtful |= !at || !answer->is_plain;
    if (!at || !*answer->about) continue;
    g_string_append_len(out, rest, at - rest);
    g_string_append_printf(out, "„%s“\n", answer->about);
    rest = at;
  }
  g_string_append(out, rest);
  g_free(text);
  return g_string_free(out, FALSE);
}
