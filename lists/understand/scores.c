/* Adding up what speaks for each intent, sentence by sentence. Called once a mail by understand().
 *
 * Three things must not count: what stands in quotation marks (somebody explains a command), a sentence with
 * a mask (a phrase that only looks like a wish), and the subject of an answer, which was somebody else's. A
 * question about leaving or joining wants help, and is no command. Sentences are walked once, so the work is
 * linear. */
#include "lists/understand/scores.h"

#include "lists/understand/named_list.h"
#include "lists/understand/wishes/terse.h"

#include "lib/text/subject.h"

#include <string.h>

enum {
  QUOTE_LEXEMES = 40,
  WORDS_SHOWN = 4,
  POINTS_MAX = 20,
  SENTENCE_MAX = 200,
  ASKING_LEXEMES = 4,
  SHORT_WORDS = 5,
  GROUP_WORDS = 60 /* in longer texts a quarter's name is where something is */
};

/* Tags by number, looked up once: the tables do not change in a process. */
struct tag_meaning {
  gint8 sign; /* enum sign; -1: none */
  gint8 want; /* enum intent of a want.* tag; -1 */
  gint8 mask; /* enum intent of a mask.* tag; -1 */
};
static struct tag_meaning *tag_meanings;
static guint tag_count;

static void learn_tags(void)
{
  static gsize is_learnt;
  if (!g_once_init_enter(&is_learnt)) return;
  while (*phrases_tag_name(tag_count + 1)) tag_count++;
  tag_meanings = g_new(struct tag_meaning, tag_count + 1);
  for (guint tag = 0; tag <= tag_count; tag++) {
    struct tag_meaning *m = &tag_meanings[tag];
    const char *name = tag ? phrases_tag_name(tag) : "";
    *m = (struct tag_meaning){ -1, -1, -1 };
    for (guint i = 0; i < SIGN_COUNT; i++)
      if (sign_tag(i) && g_str_equal(sign_tag(i), name)) m->sign = (gint8)i;
    const char *dot = strchr(name, '.');
    for (guint i = 0; dot && i < INTENT_COUNT; i++) {
      if (!g_str_equal(dot + 1, intent_word(i))) continue;
      if (g_str_has_prefix(name, "want.")) m->want = (gint8)i;
      if (g_str_has_prefix(name, "mask.")) m->mask = (gint8)i;
    }
  }
  g_once_init_leave(&is_learnt, 1);
}

/* One passage being added up. */
struct adding {
  const struct reading_room *room;
  const struct passage *passage;
  struct tally *tally;
  bool is_subject;
  uint64_t subject_signs;                  /* of a subject that counts, for a text below it */
  guint8 *is_quoted;                       /* a lexeme stands in quotation marks */
  guint next_date, next_money, next_place; /* facts behind those of the sentences before */
};

/* One sentence of it. */
struct sentence {
  guint first, end;
  uint64_t signs;
  guint at[SIGN_COUNT];     /* the hit of each sign: index + 1 */
  int points[INTENT_COUNT]; /* by phrases */
  guint hit[INTENT_COUNT];
  uint32_t masked; /* bits of intents that a false friend speaks against */
};
_Static_assert(INTENT_COUNT <= 32, "intents are bits");

/* Marks what stands between quotation marks, within bounds. A text that is quoted as a whole is not. */
static guint8 *find_quoted(const struct passage *passage)
{
  const struct lexemes *l = passage->lexemes;
  guint8 *quoted = g_new0(guint8, l->count + 1);
  for (guint i = 0; i < l->count; i++) {
    if (!lexeme_is(&l->at[i], "\"")) continue;
    guint end = i + 1;
    while (end < l->count && end - i < QUOTE_LEXEMES && !lexeme_is(&l->at[end], "\"")) end++;
    if (end >= l->count || !lexeme_is(&l->at[end], "\"")) continue;
    if (i == 0 && end + 2 >= l->count) continue;
    memset(quoted + i, 1, end - i + 1);
    i = end;
  }
  return quoted;
}

/* Whether all of a hit stands in quotation marks. */
static bool is_quoted(const struct adding *adding, const struct phrase_hit *hit)
{
  return adding->is_quoted[hit->first] && adding->is_quoted[hit->end - 1];
}

static int weight_of(const struct phrase_hit *hit)
{
  int weight = hit->value[0] ? (int)g_ascii_strtoll(hit->value, NULL, 10) : POINTS_HINT;
  return CLAMP(weight, 0, POINTS_MAX);
}

/* Puts one hit into its sentence. */
static void take_hit(const struct adding *adding, struct sentence *s, guint index)
{
  const struct phrase_hit *hit = &g_array_index(adding->passage->hits, struct phrase_hit, index);
  if (hit->tag > tag_count) return;
  const struct tag_meaning *m = &tag_meanings[hit->tag];
  if (m->mask >= 0) s->masked |= UINT32_C(1) << m->mask;
  if ((m->sign < 0 && m->want < 0) || is_quoted(adding, hit)) return;
  if (m->sign >= 0 && !s->at[m->sign]) {
    s->signs |= UINT64_C(1) << m->sign;
    s->at[m->sign] = index + 1;
  }
  int weight = m->want >= 0 ? weight_of(hit) : 0;
  if (m->want >= 0 && weight > s->points[m->want]) {
    s->points[m->want] = weight;
    s->hit[m->want] = index + 1;
  }
}

/* The facts of the text that begin in a sentence. Facts and sentences are both in order. */
static void take_facts(struct adding *adding, struct sentence *s)
{
  const struct reading_room *room = adding->room;
  if (adding->is_subject) return;
  for (; adding->next_date < room->dates->len; adding->next_date++) {
    const struct date_found *date = &g_array_index(room->dates, struct date_found, adding->next_date);
    if (date->first >= s->end) break;
    if (date->is_past) continue;
    if (date->start.year || date->recurrence) s->signs |= SIGN(DATE);
    if (date->start.year && date->start.hour >= 0) s->signs |= SIGN(TIME);
  }
  for (; adding->next_money < room->money->len; adding->next_money++) {
    if (g_array_index(room->money, struct money, adding->next_money).first >= s->end) break;
    s->signs |= SIGN(MONEY);
  }
  for (; adding->next_place < room->places->len; adding->next_place++) {
    const struct place_found *place = &g_array_index(room->places, struct place_found, adding->next_place);
    if (place->first >= s->end) break;
    if (place->end) s->signs |= SIGN(PLACE);
  }
  if (room->people > 0) s->signs |= SIGN(PEOPLE);
}

/* The words of a sentence that made a rule true, in their order. */
static char *words_of_rule(const struct adding *adding, const struct sentence *s, uint64_t needs)
{
  GString *words = g_string_new(NULL);
  guint last = 0;
  for (guint shown = 0; shown < WORDS_SHOWN; shown++) {
    guint best = G_MAXUINT;
    for (guint i = 0; i < SIGN_COUNT; i++)
      if (needs >> i & 1 && s->at[i] > last && s->at[i] < best) best = s->at[i];
    if (best == G_MAXUINT) break;
    const struct phrase_hit *hit = &g_array_index(adding->passage->hits, struct phrase_hit, best - 1);
    g_autofree char *text = passage_text(adding->passage, hit->first, hit->end);
    if (!strstr(words->str, text)) g_string_append_printf(words, "%s%s", words->len ? " … " : "", text);
    last = best;
  }
  return g_string_free(words, FALSE);
}

/* The lexeme behind the last word of a sentence that made a rule, or else a phrase, speak for an intent. */
static guint end_of_words(const struct adding *adding, const struct sentence *s,
                          const struct rule_of_signs *rule, enum intent intent)
{
  const GArray *hits = adding->passage->hits;
  guint end = s->first;
  if (!rule) return g_array_index(hits, struct phrase_hit, s->hit[intent] - 1).end;
  for (guint i = 0; i < SIGN_COUNT; i++)
    if (rule->needs >> i & 1 && s->at[i])
      end = MAX(end, g_array_index(hits, struct phrase_hit, s->at[i] - 1).end);
  return end;
}

/* Adds a sentence's points to an intent: the loudest sentence counts in full, the others a third. */
static void add_points(const struct adding *adding, const struct sentence *s, enum intent intent, int points,
                       char *words, guint end)
{
  struct wish *wish = &adding->tally->wishes[intent];
  bool is_louder = points > wish->points;
  if (!adding->is_subject) wish->text_points = MAX(wish->text_points, points);
  wish->points = is_louder ? points + wish->points / 3 : wish->points + points / 3;
  wish->points = MIN(wish->points, POINTS_MAX);
  if (is_louder || !wish->words) {
    g_free(wish->words);
    wish->words = words;
    wish->in_subject = adding->is_subject;
    wish->sentence = adding->is_subject ? 0 : s->first;
    wish->end = end;
    wish->signs = s->signs;
  } else {
    g_free(words);
  }
}

/* Points of a rule for a sentence; 0: it does not hold. What a mail is about may stand half in the subject:
 * "Infoabend" above a day and an hour; then it counts a little less. */
static int points_of_rule(const struct adding *adding, const struct rule_of_signs *rule,
                          const struct sentence *s)
{
  static const uint32_t topics = UINT32_C(1) << INTENT_EVENT | UINT32_C(1) << INTENT_PROPOSAL |
                                 UINT32_C(1) << INTENT_DEFECT | UINT32_C(1) << INTENT_ABUSE_NOTICE;
  if (s->signs & rule->without) return 0;
  if (rule->needs == SIGN(ASK) && s->end - s->first < ASKING_LEXEMES) return 0;
  if ((s->signs & rule->needs) == rule->needs) return rule->points;
  bool is_topic = topics >> rule->intent & 1 && s->signs & rule->needs;
  uint64_t both = s->signs | adding->subject_signs;
  return is_topic && (both & rule->needs) == rule->needs ? rule->points - 1 : 0;
}

/* "Stop!", "Hilfe!" before a text that goes on: a call, and no command. */
static bool is_mere_call(const struct adding *adding, const struct sentence *s)
{
  enum { WORDS = 2, GOES_ON = 3 };
  bool is_call = s->end - s->first <= WORDS && lexeme_is(&adding->passage->lexemes->at[s->end - 1], "!");
  bool goes_on = s->end < adding->passage->lexemes->count && adding->tally->words > GOES_ON;
  return is_call && !adding->is_subject && goes_on;
}

/* "Abbestellen?" above a text: what it is about, and no command. */
static bool is_asked_in_subject(const struct adding *adding, const struct sentence *s)
{
  return adding->is_subject && s->signs & SIGN(ASK) && adding->tally->words > SHORT_WORDS;
}

/* "Keine Mails mehr einzeln, lieber gesammelt": what is not wanted is the manner. Only words that say nothing
 * else than leaving outweigh it, so that nobody is put off a list by a misreading. */
static bool is_about_manner(uint64_t signs)
{
  static const uint64_t manner = SIGN(DELIVERY) | SIGN(SUMMARY) | SIGN(RHYTHM) | SIGN(COPY),
                        leaving = SIGN(UNREGISTER) | SIGN(REMOVE) | SIGN(OUTOF) | SIGN(ERASE);
  static const uint64_t pause = SIGN(PAUSE) | SIGN(DATE);
  return (signs & manner || (signs & pause) == pause) && !(signs & leaving);
}

/* "Aus Adlershof austreten, in Grünau drin bleiben": what is masked is said of the other list. */
static bool is_one_of_two(const struct adding *adding, const struct sentence *s, enum intent intent)
{
  return intent == INTENT_LEAVE && s->signs & SIGN(UNREGISTER) && s->signs & SIGN(GROUP) &&
         named_lists_are_two(adding->room);
}

/* What one sentence says of all intents. */
static void judge_sentence(const struct adding *adding, struct sentence *s)
{
  const struct rule_of_signs *by_rule[INTENT_COUNT] = { 0 };
  for (gsize i = 0; s->signs && i < rules_of_signs_count; i++) { /* every rule needs a sign of the sentence */
    const struct rule_of_signs *rule = &rules_of_signs[i];
    int points = points_of_rule(adding, rule, s);
    if (points <= s->points[rule->intent]) continue;
    s->points[rule->intent] = points;
    by_rule[rule->intent] = rule;
  }
  bool asks_how = s->signs & SIGN(HOW) && !(s->signs & SIGN(DONE));
  for (enum intent intent = 0; intent < INTENT_COUNT; intent++) {
    if (s->points[intent] == 0 || (s->masked >> intent & 1 && !is_one_of_two(adding, s, intent))) continue;
    if (intent == INTENT_LEAVE && is_about_manner(s->signs)) continue;
    /* "löschen Sie, was Sie über mich gespeichert haben" wants to be told nothing */
    bool is_erasure = s->signs & SIGN(ERASE) && !(s->signs & SIGN(TELL));
    if (intent == INTENT_DATA_ACCESS && is_erasure) continue;
    char *words;
    if (by_rule[intent]) {
      words = words_of_rule(adding, s, by_rule[intent]->needs);
    } else {
      const struct phrase_hit *hit =
          &g_array_index(adding->passage->hits, struct phrase_hit, s->hit[intent] - 1);
      words = passage_text(adding->passage, hit->first, hit->end);
    }
    guint end = end_of_words(adding, s, by_rule[intent], intent);
    bool is_call = is_mere_call(adding, s) && intent != INTENT_SETTINGS;
    if (is_call || is_asked_in_subject(adding, s)) s->points[intent] /= 2;
    /* "wie kann ich mitmachen" is a wish by itself; who asks how to leave may only be curious */
    bool is_how = asks_how && intent == INTENT_LEAVE;
    add_points(adding, s, is_how ? INTENT_HELP : intent, s->points[intent], words, end);
  }
}

/* Whether a sentence ends with a question mark, or is followed by one. */
static bool asks(const struct lexemes *l, guint first, guint end)
{
  for (guint i = first; i < end && i < l->count; i++)
    if (lexeme_is(&l->at[i], "?")) return true;
  return end < l->count && lexeme_is(&l->at[end], "?");
}

/* Where the sentence that begins at a lexeme ends. Thoughts that people separate by a comma are one; a full
 * stop, a blank line, or the next list item part them. */
static guint sentence_end(const struct passage *passage, guint first)
{
  const struct lexemes *l = passage->lexemes;
  guint besides = phrases_tag("clause.besides");
  guint at = first + 1;
  while (at < l->count && at - first < SENTENCE_MAX) {
    const struct lexeme *it = &l->at[at];
    bool is_after_mark = l->at[at - 1].kind == LEXEME_MARK && strchr(".!?;", l->at[at - 1].folded[0]);
    bool is_after_break = l->at[at - 1].kind == LEXEME_BREAK;
    if (it->begins_sentence && (is_after_mark || is_after_break)) break;
    /* "…, und außerdem: die Laterne ist defekt" */
    bool is_after_comma = lexeme_is(&l->at[at - 1], ",") || is_after_break;
    if (is_after_comma && at - first > SHORT_WORDS && passage_at(passage, besides, at)) break;
    at++;
  }
  return at;
}

/* Whether a sentence names a list of ours. Looking costs, so only where it may matter. */
static bool names_group(const struct adding *adding, const struct sentence *s)
{
  static const uint64_t ways = SIGN(REGISTER) | SIGN(UNREGISTER) | SIGN(REMOVE) | SIGN(ADD),
                        wishes = SIGN(WANT) | SIGN(ME);
  bool may_matter = s->signs & ways || (s->signs & (SIGN(MAIL) | SIGN(NEW)) && s->signs & wishes);
  return may_matter && adding->tally->words <= GROUP_WORDS &&
         named_list_within(adding->room, adding->passage, s->first, s->end);
}

static void add_passage(struct adding *adding)
{
  const struct lexemes *l = adding->passage->lexemes;
  const GArray *hits = adding->passage->hits;
  guint next_hit = 0;
  adding->is_quoted = find_quoted(adding->passage);
  for (guint first = 0; first < l->count;) {
    struct sentence s = { .first = first, .end = sentence_end(adding->passage, first) };
    while (next_hit < hits->len && g_array_index(hits, struct phrase_hit, next_hit).first < s.end)
      take_hit(adding, &s, next_hit++);
    take_facts(adding, &s);
    if (asks(l, s.first, s.end)) s.signs |= SIGN(ASK);
    if (names_group(adding, &s)) s.signs |= SIGN(GROUP);
    judge_sentence(adding, &s);
    adding->tally->signs |= s.signs;
    if (!adding->is_subject) {
      adding->tally->text_signs |= s.signs;
      adding->tally->sentences++;
      adding->tally->questions += (s.signs & SIGN(ASK)) != 0;
    }
    first = s.end;
  }
  g_free(adding->is_quoted);
}

/* Whether a text is about something else than the word of its subject says: "Auskunft" above a question about
 * a shop, "Mitmachen" above "wer hilft". */
static bool is_about_other(const struct tally *tally, enum intent intent)
{
  uint64_t signs = tally->text_signs;
  if (intent == INTENT_HELP) return tally->words > 2 && !(signs & (SIGN(LIST) | SIGN(HOW)));
  if (tally->words <= SHORT_WORDS) return false;
  if (intent == INTENT_DATA_ACCESS || intent == INTENT_DATA_ERASURE)
    return !(signs & (SIGN(LAW) | SIGN(DATA) | SIGN(STORED))) || signs & (SIGN(WHO) | SIGN(OTHER));
  /* a word that may mean anything ("Stop") above a text that says nothing of the kind */
  static const uint64_t ours = SIGN(LIST) | SIGN(MAIL) | SIGN(ME) | SIGN(REMOVE) | SIGN(UNREGISTER) |
                               SIGN(REGISTER) | SIGN(ADD) | SIGN(NONE);
  if (tally->wishes[intent].points < POINTS_SURE && !(signs & ours)) return true;
  return signs & SIGN(WHO) || (signs & SIGN(OTHER) && !(signs & SIGN(LIST)));
}

/* "Kündigung" above a text about a flat, "Info" above news: the subject's word was about something else, and
 * only what the text says counts. */
static void forget_subject(struct tally *tally, enum intent intent)
{
  struct wish *wish = &tally->wishes[intent];
  if (!wish->in_subject || !is_about_other(tally, intent)) return;
  wish->points = wish->text_points;
  wish->in_subject = false;
}

/* "Keine Mails mehr. Lieber einmal die Woche eine Übersicht": the next sentence says what is meant. */
static void forget_leaving(struct tally *tally)
{
  bool settles = tally->wishes[INTENT_SETTINGS].text_points >= POINTS_ENOUGH;
  if (settles && is_about_manner(tally->text_signs)) tally->wishes[INTENT_LEAVE].points = 0;
}

struct tally *tally_new(const struct reading_room *room)
{
  learn_tags();
  struct tally *tally = g_new0(struct tally, 1);
  const struct lexemes *l = room->passage->lexemes;
  for (guint i = 0; i < l->count; i++) tally->words += l->at[i].kind == LEXEME_WORD;
  tally->subject_counts = room->context == CONTEXT_NONE && !subject_is_reply(room->mail->subject);
  struct adding subject = { .room = room, .passage = room->subject, .tally = tally, .is_subject = true };
  if (tally->subject_counts) add_passage(&subject);
  struct adding text = {
    .room = room, .passage = room->passage, .tally = tally, .subject_signs = tally->signs
  };
  add_passage(&text);
  forget_leaving(tally);
  static const enum intent forgettable[] = { INTENT_LEAVE, INTENT_JOIN, INTENT_HELP, INTENT_DATA_ACCESS,
                                             INTENT_DATA_ERASURE };
  for (gsize i = 0; i < G_N_ELEMENTS(forgettable); i++) forget_subject(tally, forgettable[i]);
  terse_add(tally, room);
  return tally;
}

void tally_free(struct tally *tally)
{
  if (!tally) return;
  for (guint i = 0; i < INTENT_COUNT; i++) g_free(tally->wishes[i].words);
  g_free(tally);
}
