/* "raus bitte", "mach ma täglich statt immer einzeln", "nehmt mich mal uff": mails of a few words that hold
 * nothing but a wish about a list. Called while a mail's wishes are added up (scores.c).
 *
 * Longer texts need rules about what stands beside what. Here every word must belong to the wish: a word that
 * says it (section terse.wish), a verb, whom it is about and a particle ("nehmt mich auf": terse.verb,
 * terse.me, terse.particle), a way of delivery, a day, a list's name, or one of the little words between them
 * (terse.filler; those of terse.manner, "nicht", "abends", only beside a setting). One word that is none of
 * these, and nothing is said: "raus bitte" leaves, "Müll raus bitte" does not. So a few words are enough to
 * understand thousands of mails and none that is about something else.
 *
 * What surprised us: particles without their verb mean nothing ("ab Montag"), and what stands behind "statt"
 * must belong to the wish as well, though it says the opposite. An answer is never read here: "weg damit" is
 * then about the old sofa. */
#include "lists/understand/wishes/terse.h"

#include "lists/understand/named_list.h"

#include "lib/text/subject.h"

#include <string.h>

enum { WORDS_MAX = 30, LEXEMES_MAX = 50 };

static const struct {
  const char *value;
  enum intent intent;
} wishes[] = { { "leave", INTENT_LEAVE }, { "join", INTENT_JOIN }, { "settings", INTENT_SETTINGS } };

struct terse {
  const struct reading_room *room;
  const struct passage *passage;
  unsigned said;      /* bits of intents: by a word that says it */
  unsigned particles; /* by a particle, if a verb is there */
  bool has_verb, has_me, has_day, is_left_over, is_manner, has_subject /* which said something */;
  guint first, end; /* of the words that say it */
};

static unsigned bit_of(const char *value)
{
  for (gsize i = 0; i < G_N_ELEMENTS(wishes); i++)
    if (strcmp(wishes[i].value, value) == 0) return 1u << wishes[i].intent;
  return 0;
}

static void note(struct terse *t, guint first, guint end)
{
  bool is_in_subject = t->passage == t->room->passage && t->has_subject;
  if (is_in_subject) return;
  if (t->end == 0) t->first = first;
  t->end = MAX(t->end, end);
}

/* A hit that says a wish itself; its end. 0: none begins here. */
static guint take_wish(struct terse *t, guint at)
{
  static const char *const settings[] = { "settings.delivery", "settings.language" };
  const struct phrase_hit *best = passage_at(t->passage, phrases_tag("terse.wish"), at);
  unsigned bit = best ? bit_of(best->value) : 0;
  for (gsize i = 0; i < G_N_ELEMENTS(settings); i++) {
    const struct phrase_hit *hit = passage_at(t->passage, phrases_tag(settings[i]), at);
    if (!hit || !*hit->value || (best && hit->end <= best->end)) continue;
    best = hit;
    bit = 1u << INTENT_SETTINGS;
  }
  if (!bit) return 0;
  t->said |= bit;
  note(t, at, best->end);
  return best->end;
}

/* A verb or a particle: "nehmt", "auf". */
static guint take_verb(struct terse *t, guint at)
{
  const struct phrase_hit *verb = passage_at(t->passage, phrases_tag("terse.verb"), at);
  const struct phrase_hit *particle = passage_at(t->passage, phrases_tag("terse.particle"), at);
  if (verb) t->has_verb = true;
  if (particle) t->particles |= bit_of(particle->value);
  guint end = MAX(verb ? verb->end : 0, particle ? particle->end : 0);
  if (end) note(t, at, end);
  return end;
}

/* A day of the text: "bis September". */
static guint take_day(struct terse *t, guint at)
{
  if (t->passage != t->room->passage) return 0;
  for (guint i = 0; i < t->room->dates->len; i++) {
    const struct date_found *date = &g_array_index(t->room->dates, struct date_found, i);
    if (date->first > at || date->end <= at) continue;
    const struct phrase_hit *filler = passage_at(t->passage, phrases_tag("terse.filler"), at);
    if (filler && filler->end >= date->end) return 0; /* "jetzt" */
    t->has_day |= !date->is_past;
    return date->end;
  }
  return 0;
}

/* What may stand between. */
static guint take_filler(struct terse *t, guint at)
{
  static const char *const tags[] = { "terse.filler", "terse.me", "settings.span", "word.list", "list.name" };
  guint end = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(tags); i++) {
    const struct phrase_hit *hit = passage_at(t->passage, phrases_tag(tags[i]), at);
    if (hit) end = MAX(end, hit->end);
    if (hit && strcmp(tags[i], "settings.span") == 0) t->has_day = true;
    if (hit && strcmp(tags[i], "terse.me") == 0) t->has_me = true;
  }
  const struct phrase_hit *manner = passage_at(t->passage, phrases_tag("terse.manner"), at);
  if (!manner) manner = passage_at(t->passage, phrases_tag("settings.rhythm"), at);
  if (manner && manner->end > end) end = manner->end, t->is_manner = true;
  if (!end && named_list_within(t->room, t->passage, at, at + 1)) end = at + 1;
  return end;
}

static void read_passage(struct terse *t, const struct passage *passage)
{
  const struct lexemes *l = passage->lexemes;
  guint words = 0;
  t->passage = passage;
  t->is_left_over |= passage_has(passage, "terse.not"); /* "danke für die Aufnahme" */
  t->is_left_over |= l->count > LEXEMES_MAX;
  for (guint at = 0; at < l->count && !t->is_left_over;) {
    bool is_word = l->at[at].kind == LEXEME_WORD || l->at[at].kind == LEXEME_DIGITS;
    guint end = take_wish(t, at); /* "täglich" is a day to who reads dates */
    if (!end) end = take_day(t, at);
    if (!end) end = take_verb(t, at);
    if (!end) end = take_filler(t, at);
    words += is_word;
    t->is_left_over = words > WORDS_MAX || lexeme_is(&l->at[at], "?") || (is_word && !end);
    at = end ? end : at + 1;
  }
}

/* The one wish that was said. "Keine Mails bis Juni" is a pause, and a manner is no leaving. */
static enum intent conclude(const struct terse *t)
{
  unsigned said = t->said | (t->has_verb && t->has_me ? t->particles : 0);
  const unsigned settings = 1u << INTENT_SETTINGS;
  if (t->is_left_over) return INTENT_UNCLEAR;
  if (said == settings || said == (settings | 1u << INTENT_JOIN)) return INTENT_SETTINGS;
  if (t->is_manner) return INTENT_UNCLEAR; /* "nicht raus" */
  if (said == 1u << INTENT_LEAVE) return t->has_day ? INTENT_UNCLEAR : INTENT_LEAVE;
  if (said == 1u << INTENT_JOIN) return t->has_day ? INTENT_UNCLEAR : INTENT_JOIN;
  return INTENT_UNCLEAR;
}

/* "Grünau statt Adlershof" says both without a verb. */
static bool says_both(const struct terse *t)
{
  const unsigned both = 1u << INTENT_LEAVE | 1u << INTENT_JOIN;
  unsigned said = t->said | t->particles;
  return (said & both) == both || (!said && passage_has(t->room->passage, "terse.change"));
}

static void add(const struct terse *t, struct tally *tally, enum intent intent)
{
  struct wish *wish = &tally->wishes[intent];
  if (wish->points > POINTS_SURE) return;
  const struct passage *said = t->has_subject ? t->room->subject : t->room->passage;
  guint end = t->end ? MIN(t->end, said->lexemes->count) : said->lexemes->count;
  g_free(wish->words);
  wish->words = passage_text(said, t->first, end);
  wish->points = wish->text_points = POINTS_SURE + 1;
  wish->in_subject = false;
  wish->sentence = intent == INTENT_LEAVE; /* leaving one list for another is two wishes */
  wish->signs |= tally->signs;
}

void terse_add(struct tally *tally, const struct reading_room *room)
{
  struct terse t = { .room = room };
  bool is_answer = room->mail->references->len > 0 || subject_is_reply(room->mail->subject);
  if (room->context != CONTEXT_NONE || is_answer) return;
  read_passage(&t, room->subject);
  t.has_subject = t.end > 0;
  /* "Funkstille" above "Guten Tag, liebe Nachbarn" is a title */
  unsigned in_subject = t.said | t.particles;
  t.said = t.particles = 0;
  if (!t.is_left_over) read_passage(&t, room->passage);
  if (tally->words == 0) t.said = in_subject;
  enum intent intent = conclude(&t);
  /* "in Grünau rein, aus Adlershof raus" */
  bool changes = !t.is_left_over && !t.is_manner && named_lists_are_two(room) && says_both(&t);
  if (changes) add(&t, tally, INTENT_JOIN);
  if (changes) add(&t, tally, INTENT_LEAVE);
  if (intent != INTENT_UNCLEAR && !changes) add(&t, tally, intent);
}

bool terse_has_topic(const struct reading_room *room)
{
  struct terse t = { .room = room };
  read_passage(&t, room->subject);
  return t.is_left_over;
}
