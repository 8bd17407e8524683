/* The words of a text one by one, with what stands between them: line ends, ends of sentences, marks of a
 * letter of ours (among.h). Called by among.c, which compares a mail with our letter.
 *
 * A program that turns HTML into text glues "ersetzt?" and "Im Mai" together; a charset that was lost makes
 * "daf?r" of "dafür", which is one word. */
#include "lib/mail/cut/tokens.h"

#include "lib/mail/cut/alike.h"
#include "lib/mail/cut/among.h"

#include <string.h>

enum { GLUED_LEAST = 3 };

/* Whether a sentence ends behind the character at p, and the word with it, though no blank follows. */
static bool is_glued_end(const char *start, const char *p)
{
  gunichar next = strchr(".?!", *p) ? g_utf8_get_char_validated(p + 1, -1) : 0;
  return next && next < (gunichar)-2 && g_unichar_isupper(next) && p - start >= GLUED_LEAST;
}

static const char *word_end(const char *start)
{
  const char *p = start;
  while (*p && !alike_is_blank(p)) {
    if (is_glued_end(start, p)) {
      while (*p && strchr(".?!\")", *p)) p++;
      return p;
    }
    p++;
  }
  return p;
}

/* "ersetzt?", "bezahlt.", but not the "2." of a list. */
static bool ends_sentence(const struct token *token)
{
  const char *p = token->end;
  while (p > token->start && strchr("\")'*]", p[-1])) p--;
  if (p == token->start || !strchr(".?!:", p[-1])) return false;
  return p[-1] != '.' || strspn(token->start, "0123456789") < (gsize)(p - 1 - token->start);
}

/* What stands between two words of the text. */
struct between {
  guint lines;
  bool is_asked, has_hole;
};

static void read_blank(const char *p, struct between *between)
{
  between->lines += *p == '\n';
  between->has_hole |= *p == *AMONG_HOLE;
  if (*p == *AMONG_ASKED) between->is_asked = true;
  if (*p == *AMONG_END) between->is_asked = false;
}

GArray *tokens_of(const char *text, guint limit)
{
  GArray *tokens = g_array_new(FALSE, FALSE, sizeof(struct token));
  struct between between = { .lines = 2 };
  for (const char *p = text; *p && tokens->len < limit;) {
    if (alike_is_blank(p)) {
      read_blank(p, &between);
      p += (guchar)*p == 0xC2 ? 2 : 1;
      continue;
    }
    struct token token = { .start = p, .end = word_end(p) };
    token.hash = alike_hash(token.start, token.end);
    p = MAX(token.end, p + 1);
    if (!token.hash) continue;
    token.ends = ends_sentence(&token);
    token.begins = between.lines > 0;
    token.is_paragraph = between.lines > 1;
    token.is_asked = between.is_asked;
    token.has_hole = between.has_hole;
    struct token *last = tokens->len ? &g_array_index(tokens, struct token, tokens->len - 1) : NULL;
    if (last && (token.is_paragraph || last->is_asked != token.is_asked)) last->ends = true;
    g_array_append_val(tokens, token);
    between.lines = 0;
    between.has_hole = false;
  }
  return tokens;
}
