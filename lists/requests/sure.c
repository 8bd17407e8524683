/* A yes that can be relied upon, for questions where a wrong yes harms somebody ("Ist das auch Ihre
 * Adresse?", "War das von Ihnen?", "Soll die Gruppe geschlossen werden?"). Called by confirming.c and by the
 * purposes themselves. Every word of the answer must be known: an explicit yes, a word that names the very
 * act that was asked about, or what goes with either and says nothing (a greeting, thanks, the writer's own
 * name, a farewell). One word that is none of these, and it is no yes; nor are friendly words alone.
 *
 * What surprised us: lists of words that deny a yes never end. "Ja, ich kenne die Person", "Ja, der wohnt bei
 * uns im Haus", "Ja, habe ich leider auch bekommen" and "Ja, die Idee hatte ich mal" hold none of them, and
 * each gave something away. The ways to say yes do end. */
#include "lists/requests/purposes.h"

#include "lib/mail/read.h"

#include <string.h>

enum { LEXEMES_MAX = 80, NAME_WORDS = 4 };

/* How far a text is understood at a lexeme: bits, as it may be read in several ways. */
enum { READ = 1, READ_YES = 2, IN_FAREWELL = 4, IN_FAREWELL_YES = 8 };

/* The words of the writer's own name and address, folded. */
static GStrv own_words(const struct mail *mail)
{
  g_autoptr(GStrvBuilder) words = g_strv_builder_new();
  const struct mail_address *actor = mail_actor(mail);
  g_autofree char *local = g_strdup(actor->address);
  local[strcspn(local, "@")] = '\0';
  g_autofree char *both = g_strconcat(actor->name ? actor->name : "", " ", local, NULL);
  g_autoptr(lexemes_t) lexemes = lexemes_new(both, 0);
  for (guint i = 0; i < lexemes->count; i++)
    if (lexemes->at[i].kind == LEXEME_WORD) g_strv_builder_add(words, lexemes->at[i].folded);
  return g_strv_builder_end(words);
}

struct reading {
  const struct passage *passage;
  char **own; /* folded */
  guint end;
  guint8 how[LEXEMES_MAX + 1];
};

/* Whoever reads on at `end` has read what `bits` say. */
static void reach(struct reading *r, guint end, guint bits)
{
  if (end <= r->end) r->how[end] |= (guint8)bits;
}

/* Behind the names that begin at a lexeme. */
static guint behind_names(const struct passage *passage, guint at)
{
  const struct lexeme *l = passage->lexemes->at;
  for (guint names = 0; l[at].kind == LEXEME_WORD && l[at].is_capital && names < NAME_WORDS; names++) at++;
  return at;
}

guint answer_behind_greeting(const struct passage *passage, guint at)
{
  const struct phrase_hit *hit = passage_at(passage, phrases_tag("sure.greeting"), at);
  if (!hit) return at;
  guint end = behind_names(passage, hit->end);
  const struct lexeme *it = &passage->lexemes->at[end];
  bool is_over = it->kind == LEXEME_END || it->kind == LEXEME_BREAK ||
                 (it->kind == LEXEME_MARK && strchr(",!-", it->folded[0]));
  return is_over ? end : hit->end;
}

/* Does a line begin here that is a name, one of the writer's own in it, and the last of the text? */
static bool is_signed(const struct reading *r, guint at)
{
  const struct lexeme *l = r->passage->lexemes->at;
  if (at == 0 || l[at - 1].kind != LEXEME_BREAK || behind_names(r->passage, at) != r->end) return false;
  for (guint i = at; i < r->end; i++)
    if (g_strv_contains((const char *const *)r->own, l[i].folded)) return true;
  return false;
}

/* Bits as they are once a yes is said, and once a farewell is. */
static guint with_yes(guint how)
{
  return (how & (READ | READ_YES) ? READ_YES : 0) |
         (how & (IN_FAREWELL | IN_FAREWELL_YES) ? IN_FAREWELL_YES : 0);
}

static guint in_farewell(guint how)
{
  return (how & (READ | IN_FAREWELL) ? IN_FAREWELL : 0) |
         (how & (READ_YES | IN_FAREWELL_YES) ? IN_FAREWELL_YES : 0);
}

/* The phrases of a section that begin at a word: a value says that they are no yes by themselves. */
static void read_act(struct reading *r, guint at, const char *section)
{
  const struct phrase_hit *hit = section ? passage_at(r->passage, phrases_tag(section), at) : NULL;
  if (hit) reach(r, hit->end, *hit->value ? r->how[at] : with_yes(r->how[at]));
}

/* What begins at a lexeme that is reached. */
static void read_on(struct reading *r, guint at, const char *const acts[2])
{
  const struct lexeme *it = &r->passage->lexemes->at[at];
  guint how = r->how[at], bye = how & (IN_FAREWELL | IN_FAREWELL_YES);
  if (it->kind == LEXEME_MARK || it->kind == LEXEME_BREAK) reach(r, at + 1, how);
  if (it->kind != LEXEME_WORD) return;
  if (g_strv_contains((const char *const *)r->own, it->folded)) reach(r, at + 1, how);
  if (it->is_capital) reach(r, at + 1, bye);
  if (is_signed(r, at)) reach(r, r->end, how);
  read_act(r, at, "sure.yes");
  read_act(r, at, acts[0]);
  read_act(r, at, acts[1]);
  const struct phrase_hit *filler = passage_at(r->passage, phrases_tag("sure.filler"), at);
  if (filler) reach(r, filler->end, how);
  const struct phrase_hit *greeting = passage_at(r->passage, phrases_tag("sure.greeting"), at);
  if (greeting) reach(r, greeting->end, how);
  if (greeting) reach(r, answer_behind_greeting(r->passage, at), how);
  const struct phrase_hit *farewell = passage_at(r->passage, phrases_tag("sure.farewell"), at);
  if (farewell) reach(r, farewell->end, *farewell->value ? bye : in_farewell(how));
}

bool answer_is_sure(const struct passage *passage, guint end, const struct mail *mail,
                    const char *const acts[2])
{
  struct reading r = { .passage = passage, .end = end };
  if (r.end > LEXEMES_MAX) return false;
  g_auto(GStrv) own = r.own = own_words(mail);
  r.how[0] = READ;
  for (guint at = 0; at < r.end; at++) {
    if (lexeme_is(&passage->lexemes->at[at], "?")) return false;
    if (r.how[at]) read_on(&r, at, acts);
  }
  return (r.how[r.end] & (READ_YES | IN_FAREWELL_YES)) != 0;
}
