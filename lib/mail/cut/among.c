/* Answers inside the quote. Clerks like to answer below or beside each question of the mail that they have
 * got ("meine Antworten stehen unten in rot"). No colour and no ">" says which words are theirs: the letter
 * does, since it is ours. Its words are looked for in it, in their order; what stands between them was typed.
 *
 * The letter may have been shortened, and parts of it that were not sent may stand in what we compare with,
 * so words of it may be left out, at best whole paragraphs. What is found is certain only between whole
 * sentences of what was asked; all else is for its author to say. Called by lists/cases/replies.
 *
 * What surprised us: a program that turns HTML into text glues "ersetzt?" and "Im Mai" together, and the
 * first word of an answer is often that of the next question ("Und"). */
#include "lib/mail/cut/among.h"

#include "lib/mail/cut/alike.h"
#include "lib/mail/cut/among_private.h"
#include "lib/mail/cut/tokens.h"

#include <string.h>

enum {
  LETTER_WORDS = 20000,
  MAIL_WORDS = 60000,
  TEXT_BYTES = 256 * 1024,
  ROW = 3,        /* words in a row that are looked up */
  RUN_SURE = 5,   /* so many in a row are the letter's, wherever they stand */
  NEAR_WORDS = 3, /* so many words of the letter may be missing before a short row */
  TRIED = 4,      /* places of a row that are looked at */
  HOLE_WORDS = 14,
  OPENING_WORDS = 5,
  ANSWERS_MAX = 50,
  ABOUT_BYTES = 300,
};

struct row {
  uint64_t number;
  guint at;
};

/* Words of the mail between words of the letter. */
struct gap {
  guint first, end;   /* mail: [first, end) */
  guint before, next; /* letter: the words behind what stood last, and what stands next */
};

struct comparison {
  GArray *mail, *letter; /* struct token */
  GArray *rows;          /* struct row, of the letter, in order of number */
  GArray *gaps;          /* struct gap */
  guint words, asked;    /* that are the letter's, and in what was asked */
  guint begin, end;      /* mail: the words that the letter spans */
  guint reached;         /* letter: behind its last word that was found */
};

#define mail_at(c, i)   (&g_array_index((c)->mail, struct token, (i)))
#define letter_at(c, i) (&g_array_index((c)->letter, struct token, (i)))

/* ---- rows of the letter ---- */

static uint64_t row_number(const GArray *tokens, guint at)
{
  uint64_t number = 0;
  for (guint i = at; i < at + ROW; i++)
    number = (number ^ g_array_index(tokens, struct token, i).hash) * 0x9E3779B97F4A7C15u;
  return number;
}

static int compare_rows(const void *a, const void *b)
{
  const struct row *one = a, *other = b;
  if (one->number != other->number) return one->number < other->number ? -1 : 1;
  return one->at < other->at ? -1 : one->at > other->at;
}

static GArray *rows_of(const GArray *letter)
{
  GArray *rows = g_array_new(FALSE, FALSE, sizeof(struct row));
  for (guint i = 0; i + ROW <= letter->len; i++) {
    struct row row = { row_number(letter, i), i };
    g_array_append_val(rows, row);
  }
  g_array_sort(rows, compare_rows);
  return rows;
}

/* The first row of this number that stands at `from` or behind. */
static guint find_row(const GArray *rows, uint64_t number, guint from)
{
  const struct row wanted = { number, from };
  guint low = 0, high = rows->len;
  while (low < high) {
    guint middle = (low + high) / 2;
    if (compare_rows(&g_array_index(rows, struct row, middle), &wanted) < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/* ---- the letter in the mail ---- */

static bool is_same(const struct comparison *c, guint m, guint p)
{
  return m < c->mail->len && p < c->letter->len && mail_at(c, m)->hash == letter_at(c, p)->hash;
}

/* How many words are the same from here on, up to a sure run. */
static guint run_length(const struct comparison *c, guint m, guint p)
{
  guint run = 0;
  while (run < RUN_SURE && is_same(c, m + run, p + run)) run++;
  return run;
}

/* A whole sentence of one or two words ("Warum?") stands here again. */
static bool is_short_sentence(const struct comparison *c, guint m, guint p)
{
  if (p == 0 || !letter_at(c, p - 1)->ends) return false;
  for (guint i = 0; i < ROW && is_same(c, m + i, p + i); i++)
    if (letter_at(c, p + i)->ends) return true;
  return false;
}

/* A whole sentence of what was asked stands here, up to a sure run of it: three words of one are in many
 * answers. */
static bool is_asked_sentence(const struct comparison *c, guint p, guint run)
{
  return letter_at(c, p)->is_asked && (p == 0 || letter_at(c, p - 1)->ends) &&
         letter_at(c, p + run - 1)->ends;
}

/* Where in the letter, from word p on, the mail's word m goes on; false: it is no word of it. */
static bool find_place(const struct comparison *c, guint m, guint p, bool has_begun, guint *place)
{
  if (m + ROW > c->mail->len) return false;
  uint64_t number = row_number(c->mail, m);
  guint first = find_row(c->rows, number, p);
  for (guint i = first; i < c->rows->len && i < first + TRIED; i++) {
    const struct row *row = &g_array_index(c->rows, struct row, i);
    if (row->number != number) return false;
    const struct token *there = letter_at(c, row->at);
    bool is_near = has_begun && (row->at <= p + NEAR_WORDS || there->is_paragraph);
    guint run = run_length(c, m, row->at);
    if (run < ROW || (run < RUN_SURE && !is_near && !is_asked_sentence(c, row->at, run))) continue;
    *place = row->at;
    return true;
  }
  return false;
}

/* Typed words that begin like what follows ("Und zwar im Mai. Und wer …"): the bounds move up to a
 * sentence's.
 */
static void settle(const struct comparison *c, struct gap *gap, guint floor)
{
  while (gap->before == gap->next && gap->first > floor && gap->before > 0 &&
         !letter_at(c, gap->before - 1)->ends && is_same(c, gap->end - 1, gap->before - 1)) {
    gap->first--;
    gap->end--;
    gap->before--;
    gap->next--;
  }
}

/* The letter's first words ("Guten Tag,") are too few to be found, and parts that were not sent may follow
 * them: before the first words that are found they belong to the quote. */
static void take_opening(struct comparison *c)
{
  guint count = 0;
  while (count < c->letter->len && (count == 0 || !letter_at(c, count)->is_paragraph)) count++;
  if (count == 0 || count > OPENING_WORDS || c->begin < count) return;
  for (guint i = 0; i < count; i++)
    if (!is_same(c, c->begin - count + i, i)) return;
  c->begin -= count;
}

static void compare(struct comparison *c)
{
  bool has_begun = false;
  guint p = 0, from = 0, matched = 0; /* letter; where a gap begins; where the last run began */
  for (guint m = 0; m < c->mail->len;) {
    bool is_on = has_begun && from == m && is_same(c, m, p);
    guint place = p;
    if (!is_on && !(has_begun && is_short_sentence(c, m, p)) && !find_place(c, m, p, has_begun, &place)) {
      m++;
      continue;
    }
    if (has_begun && (from < m || place > p)) {
      struct gap gap = { from, m, p, place };
      settle(c, &gap, matched);
      if (gap.first < gap.end) g_array_append_val(c->gaps, gap);
    }
    if (!has_begun) c->begin = m;
    if (!is_on) matched = m;
    has_begun = true;
    c->words++;
    c->asked += letter_at(c, place)->is_asked;
    p = place + 1;
    from = ++m;
    c->end = m;
  }
  c->reached = p;
  if (!has_begun) c->begin = c->end = c->mail->len;
  if (has_begun) take_opening(c);
}

/* ---- what was typed ---- */

/* The lines of [from, end) without signs of a quote, and without what points to an answer ("->"). */
static char *typed(const char *from, const char *end)
{
  g_autofree char *copy = g_strndup(from, (gsize)(end - from));
  g_auto(GStrv) lines = g_strsplit_set(copy, "\n", -1);
  GString *out = g_string_new(NULL);
  for (char **line = lines; *line; line++) {
    const char *p = *line;
    while (*p && (alike_is_blank(p) || *p == '>')) p += (guchar)*p == 0xC2 ? 2 : 1;
    if (!out->len) p += strspn(p, "-=>*: ");
    if (out->len) g_string_append_c(out, '\n');
    g_string_append(out, p);
  }
  char *text = g_strstrip(g_string_free(out, FALSE));
  gsize size = strlen(text);
  bool is_bracketed = size > 2 && ((*text == '[' && text[size - 1] == ']' && !strchr(text + 1, '[')) ||
                                   (*text == '(' && text[size - 1] == ')' && !strchr(text + 1, '(')));
  if (!is_bracketed) return text;
  char *inner = g_strndup(text + 1, size - 2);
  g_free(text);
  return inner;
}

/* The sentence of what was asked that ends before word p; "". Caller frees. */
static char *asked_before(const struct comparison *c, guint p)
{
  if (p == 0 || !letter_at(c, p - 1)->is_asked || !letter_at(c, p - 1)->ends) return g_strdup("");
  guint first = p - 1;
  while (first > 0 && letter_at(c, first - 1)->is_asked && !letter_at(c, first - 1)->ends) first--;
  const char *start = letter_at(c, first)->start, *end = letter_at(c, p - 1)->end;
  g_autofree char *words = g_strndup(start, (gsize)(end - start));
  g_auto(GStrv) parts = g_strsplit_set(words, " \n\t", -1);
  GString *out = g_string_new(NULL);
  for (char **part = parts; *part; part++)
    if (**part) g_string_append_printf(out, "%s%s", out->len ? " " : "", *part);
  if (out->len > ABOUT_BYTES) g_string_truncate(out, 0);
  return g_string_free(out, FALSE);
}

static bool is_plain(const struct comparison *c, const struct gap *gap)
{
  if (gap->before == 0 || !letter_at(c, gap->before - 1)->is_asked) return false;
  if (!letter_at(c, gap->before - 1)->ends) return false;
  if (gap->before == gap->next) return true;
  return letter_at(c, gap->before)->is_paragraph && letter_at(c, gap->next)->is_paragraph;
}

/* A value that may differ stands there, in one paragraph. */
static bool is_value(const struct comparison *c, const struct gap *gap)
{
  bool has_hole = false;
  for (guint p = gap->before; p <= gap->next && p < c->letter->len; p++) {
    if (p > gap->before && letter_at(c, p)->is_paragraph) return false;
    has_hole |= letter_at(c, p)->has_hole;
  }
  return has_hole && !letter_at(c, gap->before)->is_paragraph && gap->end - gap->first <= HOLE_WORDS;
}

/* Where the last sentence of a gap begins, or the last line. */
static guint last_begin(const struct comparison *c, const struct gap *gap)
{
  guint at = gap->end - 1;
  while (at > gap->first && !mail_at(c, at)->begins && !mail_at(c, at - 1)->ends) at--;
  return at;
}

/* "Bisher dazu:" */
static bool announces(const struct token *token)
{
  const char *p = token->end;
  while (p > token->start && strchr("*_\"", p[-1])) p--;
  return p > token->start && p[-1] == ':';
}

/* Takes words of ours from the end of a gap: a value before the word that goes on ("1" before "Datei(en)"),
 * and what announces the words that follow ("Bisher dazu:", "Nachtrag:"), which is too short to be found. */
static void trim(const struct comparison *c, struct gap *gap)
{
  const struct token *on = mail_at(c, gap->end);
  bool goes_on = !on->is_paragraph && !(on->begins && mail_at(c, gap->end - 1)->ends);
  guint last = last_begin(c, gap);
  if (letter_at(c, gap->next)->has_hole && goes_on && gap->end - last <= HOLE_WORDS) gap->end = last;
  while (gap->end > gap->first && announces(mail_at(c, gap->end - 1)) &&
         gap->end - (last = last_begin(c, gap)) <= HOLE_WORDS)
    gap->end = last;
}

static void add_answer(const struct comparison *c, const struct gap *gap, struct among *out)
{
  out->is_cut |= out->answers->len >= ANSWERS_MAX;
  if (out->is_cut) return;
  const char *from = gap->first ? mail_at(c, gap->first - 1)->end : mail_at(c, 0)->start;
  const char *end = gap->end < c->mail->len ? mail_at(c, gap->end)->start : mail_at(c, gap->end - 1)->end;
  struct among_answer *answer = g_new(struct among_answer, 1);
  *answer = (struct among_answer){ typed(from, end), asked_before(c, gap->before), is_plain(c, gap), false };
  bool is_within = *answer->about && gap->next < c->letter->len && letter_at(c, gap->next)->is_asked;
  answer->is_difference = !answer->is_plain && !is_within;
  g_ptr_array_add(out->answers, answer);
}

/* The quote ends with what was asked: what follows answers the last of it, where others were answered inside,
 * and may do so where none of it was taken for own words. */
static void add_tail(struct comparison *c, struct among *out)
{
  struct gap gap = { c->end, c->mail->len, c->reached, c->reached };
  bool is_asked = c->reached > 0 && letter_at(c, c->reached - 1)->is_asked, is_own = *out->below;
  guint count = out->answers->len;
  if (!is_asked || gap.first >= gap.end || (is_own && !count)) return;
  add_answer(c, &gap, out);
  if (out->is_cut) return;
  struct among_answer *tail = g_ptr_array_index(out->answers, count);
  if (!is_own) {
    tail->is_plain = false;
    return;
  }
  g_free(tail->text);
  tail->text = out->below;
  out->below = g_strdup("");
}

static void answer_free(void *data)
{
  struct among_answer *answer = data;
  g_free(answer->text);
  g_free(answer->about);
  g_free(answer);
}

static void comparison_clear(struct comparison *c)
{
  g_array_unref(c->mail);
  g_array_unref(c->letter);
  g_array_unref(c->rows);
  g_array_unref(c->gaps);
}

/* The letter stands there whole and without marks that are known, and nothing above it: its farewell ended
 * the new words, and what follows was cut off as its signature. Caller frees. */
static char *below_unmarked(const struct comparison *c, const char *text, const struct among *out)
{
  const char *begin = mail_at(c, c->begin)->start, *end = mail_at(c, c->end - 1)->end;
  while (begin > text && strchr("| \t", begin[-1])) begin--;
  bool is_unmarked = begin == text || begin[-1] == '\n';
  bool is_whole = c->reached >= c->letter->len; /* else what follows may be its own last words */
  if (*out->lead || *out->below || out->answers->len || !is_unmarked || !is_whole) return NULL;
  return g_strstrip(g_strdup(end));
}

bool among_find(const char *text, const char *text_new, const char *letter, struct among *out)
{
  *out = (struct among){ 0 };
  if (strnlen(text, TEXT_BYTES) == TEXT_BYTES || strnlen(letter, TEXT_BYTES) == TEXT_BYTES) return false;
  struct comparison c = { .mail = tokens_of(text, MAIL_WORDS),
                          .letter = tokens_of(letter, LETTER_WORDS),
                          .gaps = g_array_new(FALSE, FALSE, sizeof(struct gap)) };
  c.rows = rows_of(c.letter);
  compare(&c);
  bool is_quoted = c.begin < c.mail->len;
  if (is_quoted) {
    out->words = c.words;
    out->asked = c.asked;
    out->answers = g_ptr_array_new_with_free_func(answer_free);
    for (guint i = 0; i < c.gaps->len; i++) {
      struct gap *gap = &g_array_index(c.gaps, struct gap, i);
      if (is_value(&c, gap)) continue;
      trim(&c, gap);
      if (gap->end > gap->first) add_answer(&c, gap, out);
    }
    const char *begin = mail_at(&c, c.begin)->start, *end = mail_at(&c, c.end - 1)->end;
    out->lead = among_own_lines(text_new, text, begin);
    out->below = among_own_lines(text_new, end, end + strlen(end));
    char *below = below_unmarked(&c, text, out);
    if (below) {
      g_free(out->below);
      out->below = below;
    }
    add_tail(&c, out);
    bool is_passed_on = out->answers->len > 0 && among_count_heads(text, begin) > 1;
    for (guint i = 0; i < out->answers->len && is_passed_on; i++)
      ((struct among_answer *)out->answers->pdata[i])->is_plain = false;
  }
  comparison_clear(&c);
  return is_quoted;
}

void among_clear(struct among *among)
{
  if (among->answers) g_ptr_array_unref(among->answers);
  g_free(among->lead);
  g_free(among->below);
  *among = (struct among){ 0 };
}
