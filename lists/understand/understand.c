/* Understanding one mail: its new text becomes a passage in its language, each kind of fact is looked for
 * once, and the intents' readers see all of it.
 *
 * The language of a short text is a throw of dice, and "ok" is said in all of them: below a handful of words
 * all tables count. Texts are read up to 64 KB; nobody wants something only behind that. */
#include "lists/understand/understand.h"

#include "lib/text/facts/people.h"
#include "lib/text/facts/personal.h"
#include "lib/text/subject.h"

#include <string.h>

enum { READ_BYTES = 64 * 1024, SUBJECT_BYTES = 1000, SHORT_WORDS = 6 };

/* The language whose tables count; NULL: all. Figures speak none; and what looks like a language of which we
 * know little may be German in few words ("TOP 1: beantragt 1.200 €, bewilligt 800 €" looks Dutch). */
static const char *language_of(const struct mail *mail)
{
  static const char *const known[] = { "de", "en", "tr", "ru", NULL };
  if (!mail->language || !g_strv_contains(known, mail->language)) return NULL;
  guint words = 0;
  for (const char *p = mail->text_new; *p && words < SHORT_WORDS; p++)
    words += g_ascii_isspace(*p) && (g_ascii_isalpha(p[1]) || (guchar)p[1] >= 0x80);
  return words < SHORT_WORDS ? NULL : mail->language;
}

/* Whether a text is nothing but what a mail program put there ("Von meinem iPhone gesendet"): the cut leaves
 * it standing where there is nothing else, and nobody said anything. */
static bool is_advertisement(const char *text)
{
  enum { BYTES = 200 };
  if (strlen(text) > BYTES) return false;
  g_autoptr(passage_t) passage = passage_new_about(text, PHRASES_QUOTES, NULL, BYTES);
  const struct lexemes *l = passage->lexemes;
  guint first = 0;
  while (first < l->count && l->at[first].kind != LEXEME_WORD) first++;
  for (guint i = first; i + 1 < l->count; i++)
    if (l->at[i].kind == LEXEME_BREAK && l->at[i + 1].kind == LEXEME_WORD) return false;
  return first < l->count && passage_at(passage, phrases_tag("quotes.client"), first);
}

/* The text without lines that begin with ">": what an answer stands below is somebody else's. Blanks take
 * their place, so that words stay where they were. Answers to ballots, digests, minutes and offices' cases
 * name what they are about by such lines. Caller frees. */
static char *own_lines(const char *text, enum context context)
{
  bool needs_context = context == CONTEXT_DIGEST || context == CONTEXT_VOTE || context == CONTEXT_MINUTES ||
                       context == CONTEXT_OFFICIAL;
  char *own = g_strdup(text);
  bool has_own = false;
  for (char *line = own; !needs_context && *line;) {
    gsize size = strcspn(line, "\n"), blanks = strspn(line, " \t");
    if (line[blanks] == '>')
      memset(line, ' ', size);
    else
      has_own |= blanks < size;
    line += size + (line[size] == '\n');
  }
  if (has_own || needs_context) return own;
  g_free(own);
  return g_strdup(text);
}

struct understanding *understanding_new(const struct mail *mail, const struct circumstances *c)
{
  struct understanding *it = g_new0(struct understanding, 1);
  const char *language = language_of(mail);
  g_autofree char *own = own_lines(mail->text_new, c->context);
  const char *text = is_advertisement(own) ? "" : own;
  it->passage = passage_new(text, language, READ_BYTES);
  g_autofree char *subject = subject_base(mail->subject, c->list);
  it->subject = passage_new(subject, language, SUBJECT_BYTES);
  it->places = c->without_places ? g_array_new(FALSE, FALSE, sizeof(struct place_found))
                                 : places_find(it->passage, c->gazetteer);
  places_prefer(it->places, c->gazetteer, c->list_region);
  places_prefer_postcode(it->places, c->gazetteer, mail->signature);
  places_hide(it->places, it->passage);
  it->money = money_find(it->passage, MONEY_SURE);
  struct dates_wish wish = { .now = c->now, .zone = c->zone };
  it->dates = dates_find(it->passage, &wish);
  it->people = people_count(it->passage);
  it->personal = personal_find(it->passage);
  struct reading_room room = {
    .mail = mail,
    .passage = it->passage,
    .subject = it->subject,
    .money = it->money,
    .dates = it->dates,
    .places = it->places,
    .people = it->people,
    .personal = it->personal,
    .gazetteer = c->gazetteer,
    .context = c->context,
    .list = c->list,
    .list_kind = c->list_kind,
    .list_region = c->list_region,
    .list_regions = c->list_regions,
    .command = c->command,
    .book = c->book,
    .now = c->now,
    .zone = c->zone,
    .domain = c->domain,
    .is_office = c->is_office,
  };
  it->meaning = understand(&room);
  return it;
}

void understanding_free(struct understanding *it)
{
  if (!it) return;
  passage_free(it->passage);
  passage_free(it->subject);
  g_array_unref(it->money);
  g_array_unref(it->dates);
  g_array_unref(it->places);
  meaning_free(it->meaning);
  g_free(it);
}
