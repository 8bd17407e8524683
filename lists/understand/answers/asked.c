/* The numbered list in the quote of an answer. Lines that begin with a number or one capital letter and go on
 * with words, once quote marks are taken off: "3 Lastenrad-Ausleihe (600 €)", "> B) Hoffest, beantragt 450
 * €". Only what is not in the new text counts: a voter may write a list too.
 *
 * What surprised us: clients wrap long lines, so a title may lack its end and its sum, which is no harm; and
 * a quoted date line ("20. April schrieb …") looks like an item, so numbers must rise by one from where the
 * list begins. */
#include "lists/understand/answers/asked.h"

#include <string.h>

enum { ITEMS_MAX = 60, QUOTE_BYTES = 64 * 1024, TITLE_BYTES = 300, TELLING_LETTERS = 4 };

static void item_free(gpointer data)
{
  struct asked_item *item = data;
  g_free(item->title);
  g_free(item);
}

/* Behind blanks and quote marks. */
static const char *skip_marks(const char *p)
{
  while (*p == '>' || *p == ' ' || *p == '\t' || *p == '|') p++;
  return g_str_has_prefix(p, "\u00a0") ? p + 2 : p;
}

/* The number or letter a line begins with, and the title behind it; 0: it is no item. */
static int number_of(const char *line, const char **title)
{
  int number = 0;
  const char *p = line;
  if (*p == '[' || *p == '(' || *p == '#') p++;
  if (g_ascii_isdigit(*p)) {
    while (g_ascii_isdigit(*p) && number < 1000) number = number * 10 + (*p++ - '0');
  } else if (g_ascii_isupper(*p)) {
    number = *p++ - 'A' + 1;
  }
  const char *behind = p;
  while (*p && strchr(".):]", *p)) p++;
  if (number == 0 || number > ITEMS_MAX || (*p != ' ' && *p != '\t')) return 0;
  if (behind == p && g_ascii_isupper(*line) && g_ascii_isupper(p[1]) == false) return 0;
  p += strspn(p, " \t");
  if (g_ascii_isdigit(*p) || !*p) return 0;
  *title = p;
  return number;
}

/* The title ends where the sum begins. */
static struct asked_item *item_new(int number, const char *title, gsize size)
{
  struct asked_item *item = g_new0(struct asked_item, 1);
  g_autofree char *line = g_strndup(title, MIN(size, TITLE_BYTES));
  g_autoptr(passage_t) passage = passage_new(line, NULL, TITLE_BYTES);
  g_autoptr(GArray) sums = money_find(passage, MONEY_SURE);
  item->number = number;
  item->cents = -1;
  guint end = passage->lexemes->count;
  if (sums->len) {
    const struct money *sum = &g_array_index(sums, struct money, 0);
    item->cents = sum->cents;
    end = sum->first;
  }
  while (end > 0 && passage->lexemes->at[end - 1].kind == LEXEME_MARK) end--;
  item->title = passage_text(passage, 0, end);
  return item;
}

GPtrArray *asked_items(const struct mail *mail)
{
  GPtrArray *items = g_ptr_array_new_with_free_func(item_free);
  const char *text = mail->text ? mail->text : "";
  const char *own = mail->text_new && *mail->text_new ? strstr(text, mail->text_new) : NULL;
  const char *own_end = own ? own + strlen(mail->text_new) : NULL, *limit = text + strnlen(text, QUOTE_BYTES);
  for (const char *line = text; line < limit && items->len < ITEMS_MAX;) {
    gsize size = strcspn(line, "\n");
    const char *begin = skip_marks(line), *title = NULL;
    bool is_own = own && line >= own && line < own_end;
    int number = !is_own && begin < line + size ? number_of(begin, &title) : 0;
    const struct asked_item *last = items->len ? g_ptr_array_index(items, items->len - 1) : NULL;
    bool follows = last ? number == last->number + 1 : number == 1;
    if (number && follows && title < line + size)
      g_ptr_array_add(items, item_new(number, title, (gsize)(line + size - title)));
    line += size + (line[size] == '\n');
  }
  if (items->len < 2) g_ptr_array_set_size(items, 0);
  return items;
}

const struct asked_item *asked_by_number(const GPtrArray *items, int number)
{
  for (guint i = 0; i < items->len; i++) {
    const struct asked_item *item = g_ptr_array_index(items, i);
    if (item->number == number) return item;
  }
  return NULL;
}

/* Whether two words are forms or parts of one another: "Bank" and "Sitzbank", "Hochbeet" and "Hochbeete". */
static bool are_akin(const char *a, const char *b)
{
  gsize x = strlen(a), y = strlen(b);
  const char *shorter = x < y ? a : b, *longer = x < y ? b : a;
  gsize size = MIN(x, y);
  if (size < TELLING_LETTERS) return false;
  if (g_str_has_suffix(longer, shorter)) return true;
  gsize stem = size > 6 ? size - 2 : size;
  return strncmp(shorter, longer, stem) == 0 && strlen(longer) <= size + 6;
}

/* Whether a title has a word akin to one of a passage's. */
static bool shares_word(const struct passage *words, const char *title)
{
  g_autoptr(passage_t) own = passage_new(title, NULL, TITLE_BYTES);
  for (guint i = 0; i < own->lexemes->count; i++) {
    const struct lexeme *it = &own->lexemes->at[i];
    if (it->kind != LEXEME_WORD || !it->is_capital) continue;
    for (guint k = 0; k < MIN(words->lexemes->count, 60); k++) {
      const struct lexeme *other = &words->lexemes->at[k];
      if (other->kind == LEXEME_WORD && are_akin(it->folded, other->folded)) return true;
    }
  }
  return false;
}

const struct asked_item *asked_by_words(const GPtrArray *items, const char *words)
{
  const struct asked_item *found = NULL;
  g_autoptr(passage_t) passage = passage_new(words, NULL, TITLE_BYTES);
  for (guint i = 0; i < items->len; i++) {
    const struct asked_item *item = g_ptr_array_index(items, i);
    if (!shares_word(passage, item->title)) continue;
    if (found) return NULL;
    found = item;
  }
  return found;
}
