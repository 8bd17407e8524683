/* One line of a table of phrases becomes phrases: rows of elements.
 *
 * Called by phrases_load.c for each line. A bracket whose alternatives are single words ("(am|im) (Rad|Bus)")
 * stays one element of its phrase; others ("(vom|aus dem)", "gern(e|) ", an alternative of nothing) are
 * written out, a phrase each. Twelve thousand lines would be 180,000 phrases if all were written out, and
 * every process pays for them at its start. */
#include "lib/text/phrases_private.h"

#include <string.h>

enum { ALTERNATIVES_MAX = 256, ELEMENTS_MAX = 24, GAPS_MAX = 3 };

/* ---- alternatives ---- */

/* The end of a piece: the next blank that stands in no bracket, or the end. One behind a backslash is itself.
 */
static const char *piece_end(const char *piece)
{
  guint depth = 0;
  for (; *piece; piece++) {
    if (*piece == '\\' && piece[1]) {
      piece++;
      continue;
    }
    if (*piece == '(') depth++;
    if (*piece == ')' && depth > 0) depth--;
    if ((*piece == ' ' || *piece == '\t') && depth == 0) break;
  }
  return piece;
}

static bool is_one_element(const char *piece, gsize size);

/* The first bracket behind `done` bytes that has to be written out; NULL: none. *done: where its piece
 * begins.
 */
static const char *next_bracket(const char *pattern, gsize *done, bool every)
{
  for (const char *piece = pattern + *done; *piece;) {
    piece += strspn(piece, " \t");
    *done = (gsize)(piece - pattern);
    if (*piece == '^') piece++;
    const char *end = piece_end(piece);
    gsize size = (gsize)(end - piece);
    const char *open = memchr(piece, '(', size);
    while (open && open > piece && open[-1] == '\\') open = memchr(open + 1, '(', (gsize)(end - open - 1));
    if (open && (every || !is_one_element(piece, size))) return open;
    piece = end;
  }
  return NULL;
}

/* The pattern with [from, to) in place of the bracket between `open` and `rest`. By hand: tens of thousands
 * of these are most of what reading the tables costs. Caller frees. */
static char *with_one(const char *pattern, const char *open, const char *from, const char *to,
                      const char *rest)
{
  gsize before = (gsize)(open - pattern), size = (gsize)(to - from), behind = strlen(rest) + 1;
  char *one = g_malloc(before + size + behind);
  memcpy(one, pattern, before);
  memcpy(one + before, from, size);
  memcpy(one + before + size, rest, behind);
  return one;
}

/* Replaces a bracket "(a|b)" by each of its alternatives, again and again, until none is left that has to be
 * written out; in the first `done` bytes none is. False when there are too many or a bracket is not closed.
 */
static bool expand(const char *pattern, gsize done, bool every, GPtrArray *out)
{
  const char *open = next_bracket(pattern, &done, every);
  if (!open) {
    g_ptr_array_add(out, g_strdup(pattern));
    return out->len <= ALTERNATIVES_MAX;
  }
  const char *close = open;
  for (guint depth = 0; *close; close++) {
    depth += *close == '(';
    if (*close == ')' && --depth == 0) break;
  }
  if (!*close) return false;
  const char *from = open + 1;
  guint depth = 0;
  for (const char *p = from; p <= close; p++) {
    if (p < close) {
      depth += *p == '(';
      depth -= *p == ')';
      if (*p != '|' || depth > 0) continue;
    }
    g_autofree char *one = with_one(pattern, open, from, p, close + 1);
    if (!expand(one, done, every, out)) return false;
    from = p + 1;
  }
  return true;
}

/* ---- elements ---- */

/* A piece between blanks → the elements it stands for, one of each. */
static GHashTable *pieces;
/* The elements of the phrase at hand. */
static GPtrArray *row;

static void elements_free(gpointer elements)
{
  g_ptr_array_unref(elements);
}

void phrase_compile_begin(void)
{
  pieces = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, elements_free);
  row = g_ptr_array_new();
}

void phrase_compile_end(void)
{
  g_clear_pointer(&pieces, g_hash_table_unref);
  g_clear_pointer(&row, g_ptr_array_unref);
}

static const char *keep(const char *text)
{
  return g_string_chunk_insert_const(tables.strings, text);
}

/* Memory that is never given back, in small portions from large blocks. */
static gpointer keep_bytes(gconstpointer bytes, gsize size)
{
  enum { BLOCK = 64 * 1024 };
  static char *block;
  static gsize left;
  size = (size + 7) & ~(gsize)7;
  if (size > left) {
    block = g_malloc(BLOCK);
    left = BLOCK;
  }
  gpointer kept = memcpy(block, bytes, size);
  block += size;
  left -= size;
  return kept;
}

static void add_element(GPtrArray *elements, struct phrase_element element)
{
  element.size = (guint16)MIN(strlen(element.text), G_MAXUINT16);
  element.bit = phrase_word_bit(element.text);
  g_ptr_array_add(elements, keep_bytes(&element, sizeof element));
}

/* Is it one word that is folded as it stands? Most are. */
static bool is_folded_word(const char *piece)
{
  while (g_ascii_islower(*piece)) piece++;
  return *piece == '\0';
}

static void add_exact(GPtrArray *elements, const char *piece)
{
  if (*piece && is_folded_word(piece)) {
    add_element(elements, (struct phrase_element){ .kind = ELEMENT_EXACT, .text = keep(piece) });
    return;
  }
  g_autoptr(lexemes_t) lexemes = lexemes_new(piece, 0);
  for (guint i = 0; i < lexemes->count; i++)
    add_element(elements,
                (struct phrase_element){ .kind = ELEMENT_EXACT, .text = keep(lexemes->at[i].folded) });
}

static void add_affix(GPtrArray *elements, const char *piece)
{
  gsize size = strlen(piece);
  bool left = piece[0] == '*', right = piece[size - 1] == '*';
  g_autofree char *folded = lexeme_fold(piece + left, size - left - right);
  add_element(elements, (struct phrase_element){ .kind = ELEMENT_AFFIX,
                                                 .text = keep(folded),
                                                 .is_open_left = left,
                                                 .is_open_right = right });
}

static GPtrArray *piece_elements(const char *piece);

static const struct phrase_element *element_at(const GPtrArray *elements, guint i)
{
  return g_ptr_array_index(elements, i);
}

/* Words of a bracket as one element; nothing where one of them is not exactly one word. */
static void add_any(GPtrArray *elements, const char *piece)
{
  g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func(g_free), any = g_ptr_array_new();
  if (!expand(piece, 0, true, words)) return;
  for (guint i = 0; i < words->len; i++) {
    const GPtrArray *one = piece_elements(g_ptr_array_index(words, i));
    if (one->len != 1) return;
    const struct phrase_element *e = element_at(one, 0);
    if (e->kind != ELEMENT_EXACT && e->kind != ELEMENT_AFFIX && e->kind != ELEMENT_DIGITS) return;
    if (!g_ptr_array_find(any, e, NULL)) g_ptr_array_add(any, (gpointer)e);
  }
  struct phrase_element element = { .kind = ELEMENT_ANY, .size = (guint16)any->len };
  element.any = keep_bytes(any->pdata, any->len * sizeof(gpointer));
  g_ptr_array_add(elements, any->len == 1 ? g_ptr_array_index(any, 0) : keep_bytes(&element, sizeof element));
}

/* One piece between blanks, for the first time. */
static void read_piece(GPtrArray *elements, const char *piece)
{
  static const struct {
    const char *sign;
    enum element_kind kind;
  } signs[] = {
    { "..", ELEMENT_GAP }, { "{n}", ELEMENT_DIGITS }, { "^", ELEMENT_BEGIN }, { "$", ELEMENT_FINISH }
  };
  for (gsize i = 0; i < G_N_ELEMENTS(signs); i++)
    if (g_str_equal(piece, signs[i].sign)) {
      add_element(elements, (struct phrase_element){ .kind = (guint8)signs[i].kind, .text = "" });
      return;
    }
  gsize size = strlen(piece);
  if (piece[0] == '\\')
    add_exact(elements, piece + 1);
  else if (strchr(piece, '('))
    add_any(elements, piece);
  else if (size > 1 && (piece[0] == '*' || piece[size - 1] == '*'))
    add_affix(elements, piece);
  else
    add_exact(elements, piece);
}

static GPtrArray *piece_elements(const char *piece)
{
  GPtrArray *known = g_hash_table_lookup(pieces, piece);
  if (known) return known;
  known = g_ptr_array_new();
  read_piece(known, piece);
  g_hash_table_insert(pieces, g_strdup(piece), known);
  return known;
}

/* Whether a piece with brackets is one word, whichever of its alternatives is taken. */
static bool is_one_element(const char *piece, gsize size)
{
  if (*piece == '\\' || memchr(piece, ' ', size) || memchr(piece, '\t', size)) return false;
  g_autofree char *copy = g_strndup(piece, size);
  return piece_elements(copy)->len == 1;
}

static void add_piece(GPtrArray *elements, const char *piece)
{
  if (piece[0] == '^' && piece[1]) {
    add_piece(elements, "^");
    piece++;
  }
  const GPtrArray *known = piece_elements(piece);
  for (guint i = 0; i < known->len; i++) g_ptr_array_add(elements, g_ptr_array_index(known, i));
}

/* ---- phrases ---- */

/* What is wrong with one word; NULL: nothing. */
static const char *word_objection(const struct phrase_element *e)
{
  if (e->kind == ELEMENT_AFFIX && e->size == 0) return "* needs letters beside it.";
  if (e->kind == ELEMENT_AFFIX && e->is_open_left && e->is_open_right && e->size < 2)
    return "* on both sides needs two letters between.";
  return NULL;
}

/* What is wrong with a row of elements; NULL: nothing. */
static const char *objection(const GPtrArray *elements)
{
  guint gaps = 0, solid = 0;
  for (guint i = 0; i < elements->len; i++) {
    const struct phrase_element *e = element_at(elements, i);
    gaps += e->kind == ELEMENT_GAP;
    solid += e->kind != ELEMENT_GAP && e->kind != ELEMENT_BEGIN && e->kind != ELEMENT_FINISH;
    if (e->kind == ELEMENT_BEGIN && i > 0) return "^ stands at the beginning only.";
    if (e->kind == ELEMENT_FINISH && i + 1 < elements->len) return "$ stands at the end only.";
    guint count;
    const struct phrase_element *const *words = phrase_alternatives(&e, &count);
    for (guint k = 0; k < count; k++)
      if (word_objection(words[k])) return word_objection(words[k]);
  }
  if (elements->len > ELEMENTS_MAX) return "The phrase is too long (24 words and marks).";
  if (gaps > GAPS_MAX) return "A phrase may have three gaps (..).";
  if (solid == 0) return "The phrase is empty.";
  guint first = element_at(elements, 0)->kind == ELEMENT_BEGIN ? 1 : 0;
  if (first >= elements->len || element_at(elements, first)->kind == ELEMENT_GAP ||
      element_at(elements, elements->len - 1)->kind == ELEMENT_GAP)
    return "A gap (..) needs words on both sides.";
  return NULL;
}

/* A pattern without brackets that have to be written out; it is taken apart in place. */
static const char *add_phrase(char *pattern, const struct phrase *like, struct phrase_index *index)
{
  GPtrArray *elements = row;
  g_ptr_array_set_size(elements, 0);
  for (char *piece = pattern; *piece;) {
    piece += strspn(piece, " \t");
    char *end = (char *)piece_end(piece);
    bool is_last = *end == '\0';
    *end = '\0';
    if (end > piece) add_piece(elements, piece);
    piece = is_last ? end : end + 1;
  }
  const char *why = elements->len ? objection(elements) : "The phrase is empty.";
  if (why) return why;
  struct phrase phrase = *like;
  phrase.count = (guint8)elements->len;
  phrase.elements = keep_bytes(elements->pdata, elements->len * sizeof(gpointer));
  guint number = tables.phrases->len;
  g_array_append_val(tables.phrases, phrase);
  phrase_index_add(index, &phrase, number);
  return NULL;
}

const char *phrase_compile(const char *pattern, const struct phrase *like, struct phrase_index *index)
{
  g_autoptr(GPtrArray) patterns = g_ptr_array_new_with_free_func(g_free);
  if (!expand(pattern, 0, false, patterns))
    return "A bracket is not closed, or there are more than 256 alternatives.";
  const char *why = NULL;
  for (guint i = 0; !why && i < patterns->len; i++)
    why = add_phrase(g_ptr_array_index(patterns, i), like, index);
  return why;
}
