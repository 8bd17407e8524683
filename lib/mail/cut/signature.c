/* What stands below own words and is none of them: the signature behind "-- ", the farewell with the name,
 * the client's advertisement, disclaimers, the block with the sender's name and telephone.
 *
 * Only the last lines are looked at, in one reading of the tables. Each paragraph behind a farewell is
 * judged by itself: a postscript, or sentences that go on, stay text; what surprised us is how many people go
 * on behind "LG". Everything taken away is kept apart, so nothing is lost. */
#include "lib/mail/cut/cut_private.h"

#include "lib/text/phrases.h"

#include <string.h>

enum {
  WINDOW_LINES = 45, /* not empty ones */
  LINE_READ = 300,
  FAREWELL_WORDS = 5, /* that may follow the words of a farewell in its line */
  LONG_LINE = 110,
  SENTENCE_WORDS = 9,
  BARE_DELIMITER_LINES = 10,
  CLIENT_WORDS = 12,
};

/* What the tables say of a line. */
struct view {
  guint line;
  guint words;
  guint8 disclaims; /* how strongly */
  bool is_farewell, is_client, is_postscript, is_greeting, has_contact, ends_sentence, is_sender;
};

enum {
  TAG_FAREWELL,
  TAG_CLIENT,
  TAG_DISCLAIMER,
  TAG_POSTSCRIPT,
  TAG_CONTACT,
  TAG_GREETING,
  TAG_THANKS,
  TAGS
};
static guint tags[TAGS];

static void find_tags(void)
{
  static const char *const names[TAGS] = { "quotes.farewell",   "quotes.client",  "quotes.disclaimer",
                                           "quotes.postscript", "quotes.contact", "quotes.greeting",
                                           "quotes.thanks" };
  if (tags[0]) return;
  for (guint i = 0; i < TAGS; i++) tags[i] = phrases_tag(names[i]);
}

/* ---- reading ---- */

/* Lexemes [first, end) of one line. */
struct reach {
  const struct passage *passage;
  guint first, end;
};

static guint count_words(const struct reach *r, guint from)
{
  return passage_words(r->passage, from, r->end);
}

/* The first lexeme that is a word or digits. */
static guint first_word(const struct reach *r)
{
  guint at = r->first;
  while (at < r->end && r->passage->lexemes->at[at].kind == LEXEME_MARK) at++;
  return at;
}

static const struct phrase_hit *hit_at(const struct reach *r, guint tag, guint at)
{
  const struct phrase_hit *hit = at < r->end ? passage_at(r->passage, tags[tag], at) : NULL;
  return hit && hit->end <= r->end + 1 ? hit : NULL;
}

/* Whether a sentence ends within lexemes [from, end) and words follow: then it is more than a farewell. */
static bool goes_on(const struct reach *r, guint from)
{
  for (guint i = from; i + 1 < r->end; i++) {
    const struct lexeme *it = &r->passage->lexemes->at[i];
    if (it->kind == LEXEME_MARK && strchr(".!?;", it->folded[0]) && it[1].kind == LEXEME_WORD &&
        it[1].is_spaced)
      return true;
  }
  return false;
}

/* "Viele Grüße aus der Siedlung", "Danke und LG, Doris"; not "Viele Grüße soll ich ausrichten, denn ...",
 * nor "Ihr Schreiben vom 2. März", which stands in the head of a letter. */
static bool is_farewell(const struct reach *r)
{
  guint at = first_word(r);
  const struct phrase_hit *hit = hit_at(r, TAG_THANKS, at);
  if (hit && passage_find(r->passage, tags[TAG_FAREWELL], at) && !goes_on(r, hit->end)) {
    for (guint i = hit->first; i < MIN(r->end, hit->end + 4); i++) {
      const struct phrase_hit *behind = hit_at(r, TAG_FAREWELL, i);
      if (behind) return count_words(r, behind->end) <= FAREWELL_WORDS;
    }
  }
  hit = hit_at(r, TAG_FAREWELL, at);
  if (!hit || g_str_equal(hit->value, "not") || goes_on(r, hit->end)) return false;
  guint room = g_str_equal(hit->value, "alone") ? 3 : FAREWELL_WORDS;
  return count_words(r, hit->end) <= room;
}

static bool is_client(const struct reach *r)
{
  guint at = first_word(r);
  const struct phrase_hit *hit = hit_at(r, TAG_CLIENT, at);
  if (!hit) return false;
  if (!g_str_equal(hit->value, "loose")) return count_words(r, hit->end) <= CLIENT_WORDS;
  for (guint i = hit->end; i < r->end; i++)
    if (r->passage->lexemes->at[i].folded[0] == ',') return false;
  return count_words(r, hit->end) <= 4;
}

/* A telephone, an address of the mail or the web, a street with postcode: what signatures hold. */
static bool has_contact(const struct reach *r)
{
  const struct lexeme *at = r->passage->lexemes->at;
  guint digits = 0;
  for (guint i = r->first; i < r->end; i++) {
    if (passage_at(r->passage, tags[TAG_CONTACT], i)) return true;
    if (at[i].kind == LEXEME_MARK && at[i].folded[0] == '@' && i > r->first) return true;
    if (at[i].kind == LEXEME_DIGITS) digits += at[i].end - at[i].start;
    if (at[i].kind == LEXEME_DIGITS && at[i].end - at[i].start == 5 && at[i + 1].kind == LEXEME_WORD &&
        at[i + 1].is_capital)
      return true;
  }
  return digits >= 8;
}

static guint8 count_disclaims(const struct reach *r)
{
  guint sum = 0;
  for (guint i = r->first; i < r->end; i++) {
    const struct phrase_hit *hit = hit_at(r, TAG_DISCLAIMER, i);
    if (hit) sum += g_str_equal(hit->value, "2") ? 2 : 1;
  }
  return (guint8)MIN(sum, 100);
}

/* Whether a line is the sender's display name or begins with it. */
static bool is_sender(const struct cut *cut, const struct line *line)
{
  const char *name = cut->hints->from_name;
  gsize size = name ? strlen(name) : 0;
  if (size < 3 || line->size > size + 24 || line->size < size) return false;
  g_autofree char *own = lexeme_fold(line->start + line->body, line->size - line->body);
  g_autofree char *theirs = lexeme_fold(name, size);
  return g_str_has_prefix(own, theirs);
}

static void read_view(const struct cut *cut, const struct reach *r, struct view *view)
{
  const struct line *line = &cut->lines[view->line];
  view->words = count_words(r, r->first);
  view->is_farewell = line->size <= LONG_LINE && is_farewell(r);
  view->is_client = line->size <= 2 * LONG_LINE && is_client(r);
  view->disclaims = count_disclaims(r);
  view->is_postscript = hit_at(r, TAG_POSTSCRIPT, first_word(r)) != NULL;
  view->is_greeting = hit_at(r, TAG_GREETING, first_word(r)) != NULL && view->words <= 5;
  view->has_contact = has_contact(r);
  view->is_sender = is_sender(cut, line);
  view->ends_sentence = line->size > 0 && strchr(".!?", line->start[line->size - 1]) != NULL;
}

/* Views of the last lines of [first, end) that are own text or signature already. */
static GArray *read_views(const struct cut *cut, guint first, guint end)
{
  GArray *views = g_array_new(FALSE, TRUE, sizeof(struct view));
  g_autoptr(GString) text = g_string_new(NULL);
  guint from = end, filled = 0;
  while (from > first && filled < WINDOW_LINES) filled += cut->lines[--from].class == LINE_TEXT;
  for (guint i = from; i < end; i++) {
    const struct line *line = &cut->lines[i];
    if (line->class != LINE_TEXT) continue;
    struct view view = { .line = i };
    g_array_append_val(views, view);
    gsize size = MIN(line->size - line->body, LINE_READ);
    while (size > 0 && size == LINE_READ && (line->start[line->body + size] & 0xC0) == 0x80) size--;
    g_string_append_len(text, line->start + line->body, (gssize)size);
    g_string_append(text, "\n\n");
  }
  g_autoptr(passage_t) passage = passage_new_about(text->str, PHRASES_QUOTES, NULL, 0);
  guint at = 0;
  for (guint v = 0; v < views->len; v++) {
    struct reach reach = { passage, at, at };
    while (reach.end < passage->lexemes->count && passage->lexemes->at[reach.end].kind != LEXEME_BREAK)
      reach.end++;
    read_view(cut, &reach, &g_array_index(views, struct view, v));
    at = MIN(reach.end + 2, passage->lexemes->count);
  }
  return views;
}

/* ---- deciding ---- */

#define view_at(views, i) (&g_array_index((views), struct view, (i)))

static void sign(struct cut *cut, const GArray *views, guint from, guint to)
{
  for (guint v = from; v < to; v++) {
    struct line *line = &cut->lines[view_at(views, v)->line];
    if (line->class == LINE_TEXT) line->class = LINE_SIGNATURE;
  }
}

static void sign_foreign(struct cut *cut, const GArray *views, guint from, guint to)
{
  for (guint v = from; v < to; v++) cut->lines[view_at(views, v)->line].class = LINE_FOREIGN;
}

/* A line of nothing but the sign that parts signatures: 2 "-- " and "--", 1 what people use instead, 0. */
static guint delimiter_rank(const struct line *line)
{
  static const char *const others[] = { "__",  "_",   "\xE2\x80\x94", "\xE2\x80\x93",
                                        "---", "- -", "==",           "\xE2\x80\x94\xE2\x80\x94",
                                        "***" };
  const char *p = line->start + line->body;
  gsize size = line->size - line->body;
  if (size == 2 && memcmp(p, "--", 2) == 0) return 2;
  for (gsize i = 0; i < G_N_ELEMENTS(others); i++)
    if (size == strlen(others[i]) && memcmp(p, others[i], size) == 0) return 1;
  return line_is_bar(line) ? 1 : 0;
}

/* Whether what follows a bare delimiter looks like a signature: few short lines, with a contact if they are
 * more than four or stand below a bar of dashes. */
static bool is_signature_below(const struct cut *cut, const GArray *views, guint from)
{
  bool has_contact = false, is_name = false;
  guint lines = views->len - from;
  if (lines == 0 || lines > BARE_DELIMITER_LINES) return false;
  for (guint v = from; v < views->len; v++) {
    const struct view *view = view_at(views, v);
    if (cut->lines[view->line].size > LONG_LINE || view->words > 16) return false;
    if (view->ends_sentence && view->words >= SENTENCE_WORDS && !view->has_contact) return false;
    if (delimiter_rank(&cut->lines[view->line]) && v + 1 < views->len && !has_contact) return false;
    has_contact |= view->has_contact || view->is_sender;
    is_name |= v == from && view->words <= 4 && !view->ends_sentence;
  }
  const struct line *bar = &cut->lines[view_at(views, from - 1)->line];
  bool is_dashes = line_is_bar(bar) && bar->start[bar->body] == '-';
  return has_contact || (!is_dashes && (lines <= 3 || (is_name && lines <= 4)));
}

/* Whether between two views an empty line stands. */
static bool is_parted(const struct cut *cut, const GArray *views, guint v)
{
  if (v == 0 || v >= views->len) return true;
  for (guint i = view_at(views, v - 1)->line + 1; i < view_at(views, v)->line; i++)
    if (line_is_empty(&cut->lines[i])) return true;
  return false;
}

/* Whether what follows "--" is more than a signature: sentences in a paragraph of its own, without any
 * contact. The sign with its blank, "-- ", is what mail programs write, and is believed. */
static bool is_text_below(const struct cut *cut, const GArray *views, guint from)
{
  const struct line *delimiter = &cut->lines[view_at(views, from - 1)->line];
  if (delimiter->start[delimiter->size] == ' ') return false;
  guint sentences = 0, before = from;
  for (guint v = from; v < views->len; v++) {
    const struct view *view = view_at(views, v);
    if (view->has_contact || view->is_sender || view->is_farewell || view->is_client || view->disclaims)
      return false;
    bool is_sentence = view->ends_sentence && view->words >= 4;
    if (is_sentence && is_parted(cut, views, v)) before = v;
    sentences += is_sentence && before > from;
  }
  return sentences > 0;
}

/* Cuts at a delimiter; returns how many views are left above it. */
static guint cut_at_delimiter(struct cut *cut, const GArray *views)
{
  for (guint v = 0; v < views->len; v++) {
    guint rank = delimiter_rank(&cut->lines[view_at(views, v)->line]);
    bool is_it = (rank == 2 && !is_text_below(cut, views, v + 1)) ||
                 (rank == 1 && is_signature_below(cut, views, v + 1));
    if (!is_it) continue;
    sign(cut, views, v, views->len);
    return v;
  }
  return views->len;
}

/* The end of the paragraph that begins at view v. */
static guint paragraph_end(const struct cut *cut, const GArray *views, guint v, guint count)
{
  guint end = v + 1;
  while (end < count && !is_parted(cut, views, end)) end++;
  return end;
}

/* A line of nothing but an address of the web. */
static bool is_bare_link(const struct line *line)
{
  const char *p = line->start + line->body;
  gsize size = line->size - line->body;
  bool is_link = g_str_has_prefix(p, "http") || g_str_has_prefix(p, "<http") || g_str_has_prefix(p, "www.");
  return is_link && !memchr(p, ' ', size);
}

/* Advertisements are taken out line by line, with an address below them, disclaimers by paragraphs, with all
 * that is below them. */
static void cut_foreign_words(struct cut *cut, const GArray *views, guint count)
{
  bool is_below = false;
  for (guint v = 0; v < count;) {
    guint end = paragraph_end(cut, views, v, count), disclaims = 0;
    for (guint i = v; i < end; i++) {
      disclaims += view_at(views, i)->disclaims;
      bool is_link_below = i > v && cut->lines[view_at(views, i - 1)->line].class == LINE_FOREIGN &&
                           is_bare_link(&cut->lines[view_at(views, i)->line]);
      if (view_at(views, i)->is_client || is_link_below) sign_foreign(cut, views, i, i + 1);
    }
    is_below = (is_below && !view_at(views, v)->is_postscript) || disclaims >= 2;
    if (is_below) sign_foreign(cut, views, v, end);
    v = end;
  }
}

/* Whether a paragraph behind a farewell is text that goes on. */
static bool is_text(const struct cut *cut, const GArray *views, guint v, guint end)
{
  guint words = 0, contacts = 0;
  bool has_sentence = false;
  if (view_at(views, v)->is_postscript || view_at(views, v)->is_greeting) return true;
  for (guint i = v; i < end; i++) {
    const struct view *view = view_at(views, i);
    words += view->words;
    contacts += view->has_contact || view->is_sender;
    has_sentence |= view->ends_sentence && view->words >= 4;
    has_sentence |= cut->lines[view->line].size > LONG_LINE;
  }
  return contacts == 0 && words >= SENTENCE_WORDS && has_sentence;
}

/* From a farewell on: its paragraph, and those behind it that are no text. */
static void cut_farewell(struct cut *cut, const GArray *views, guint v, guint count)
{
  guint end = v + 1;
  for (; end < count && !is_parted(cut, views, end); end++) {
    const struct view *view = view_at(views, end);
    if (view->is_postscript || (view->words >= SENTENCE_WORDS && view->ends_sentence && !view->has_contact))
      break;
  }
  sign(cut, views, v, end);
  bool stays = end < count && !is_parted(cut, views, end), had_contact = false;
  while (end < count) {
    guint next = paragraph_end(cut, views, end, count);
    stays = view_at(views, end)->is_postscript || (stays && !view_at(views, end)->has_contact) ||
            (!had_contact && is_text(cut, views, end, next));
    if (!stays) sign(cut, views, end, next);
    for (; end < next; end++) had_contact |= view_at(views, end)->has_contact;
  }
}

/* The first farewell that has own words above it and not much but names below. */
static void cut_at_farewell(struct cut *cut, const GArray *views, guint count)
{
  for (guint v = 0; v < count; v++) {
    const struct view *view = view_at(views, v);
    if (!view->is_farewell || cut->lines[view->line].class != LINE_TEXT) continue;
    if (!blocks_have_text(cut, 0, view->line)) continue;
    guint below = 0;
    for (guint i = v + 1; i < count; i++) below += view_at(views, i)->words;
    bool is_last = below <= 60;
    for (guint i = v + 1; i < count && !is_last; i++) is_last = i >= v + 1 && view_at(views, i)->has_contact;
    if (!is_last) continue;
    cut_farewell(cut, views, v, count);
    return;
  }
}

/* The sender's own name with telephone and the like below, without farewell. */
static void cut_at_name(struct cut *cut, const GArray *views, guint count)
{
  for (guint v = 0; v < count; v++) {
    if (!view_at(views, v)->is_sender || cut->lines[view_at(views, v)->line].class != LINE_TEXT) continue;
    guint contacts = 0;
    bool is_short = count - v <= 16;
    for (guint i = v + 1; i < count; i++) contacts += view_at(views, i)->has_contact;
    if (!is_short || contacts == 0) continue;
    sign(cut, views, v, count);
    return;
  }
}

/* "-Doris" alone at the end: a dash with a name, and no list above. */
static void cut_dashed_name(struct cut *cut, const GArray *views, guint count)
{
  while (count > 0 && cut->lines[view_at(views, count - 1)->line].class != LINE_TEXT) count--;
  if (count < 2 || !is_parted(cut, views, count - 1)) return;
  const struct view *view = view_at(views, count - 1);
  const struct line *line = &cut->lines[view->line], *above = &cut->lines[view_at(views, count - 2)->line];
  const char *p = line->start + line->body;
  gsize dash = g_str_has_prefix(p, "-")                                                     ? 1
               : g_str_has_prefix(p, "\xE2\x80\x93") || g_str_has_prefix(p, "\xE2\x80\x94") ? 3
                                                                                            : 0;
  if (dash == 0 || view->words > 3 || view->words == 0 || view->ends_sentence ||
      above->start[above->body] == '-')
    return;
  if (g_unichar_isupper(g_utf8_get_char(p + dash))) sign(cut, views, count - 1, count);
}

void signature_classify(struct cut *cut, guint first, guint end)
{
  find_tags();
  g_autoptr(GArray) views = read_views(cut, first, end);
  guint count = cut_at_delimiter(cut, views);
  cut_foreign_words(cut, views, count);
  cut_at_farewell(cut, views, count);
  cut_at_name(cut, views, count);
  cut_dashed_name(cut, views, count);
}

bool signature_is_greeting(struct cut *cut, guint first, guint end)
{
  find_tags();
  g_autoptr(GArray) views = read_views(cut, first, end);
  if (views->len > 2) return false;
  for (guint v = 0; v < views->len; v++)
    if (!view_at(views, v)->is_greeting) return false;
  return true;
}
