/* What somebody writes about their case, read from the words of the tables (share/languages, PART cases).
 * Where two of them say different things ("war nicht behoben, geht jetzt wieder") it is taken as an addition
 * that the office reads itself: nothing is closed or opened by a guess. */
#include "lists/cases/residents/words.h"

#include "lib/text/facts/answer.h"

#include <string.h>

enum { SHORT_WORDS = 15, PLAIN_WORDS = 60, MORE_WORDS = 4, FEW_WORDS = 6, BARE_WORDS = 3, WISH_WORDS = 14 };

static guint count_words(const struct passage *passage)
{
  return passage_words(passage, 0, passage->lexemes->count);
}

/* Is there a hit of one tag that no hit of the other covers? */
static bool has_outside(const struct passage *passage, const char *name, const char *other)
{
  guint tag = phrases_tag(name), cover = phrases_tag(other);
  for (const struct phrase_hit *hit = passage_find(passage, tag, 0); hit;
       hit = passage_find(passage, tag, hit->first + 1)) {
    bool is_covered = false;
    for (const struct phrase_hit *over = passage_find(passage, cover, 0); over && !is_covered;
         over = passage_find(passage, cover, over->first + 1))
      is_covered = over->first <= hit->first && over->end >= hit->end;
    if (!is_covered) return true;
  }
  return false;
}

static bool has_question(const struct passage *passage)
{
  return strchr(passage->lexemes->text, '?') != NULL;
}

/* A yes or a mended that is taken back in the same breath: "ja, aber jetzt fehlt das Schild", "ja nein ja",
 * "jein". A sigh at how long it took is none. */
static bool is_taken_back(const struct passage *passage, bool is_asked)
{
  if (!is_asked) return false;
  if (passage_has(passage, "case.half")) return true;
  if (passage_has(passage, "case.yes") && passage_has(passage, "case.no")) return true;
  return passage_has(passage, "case.but") && !passage_has(passage, "case.sigh");
}

/* Yes or no to "is it mended?", else what the words say of it. */
static enum case_words read_fixed(const struct passage *passage, bool is_asked, guint words)
{
  bool is_not = passage_has(passage, "case.not-fixed");
  bool is_fixed = has_outside(passage, "case.fixed", "case.not-fixed");
  if (is_not && is_fixed) return CASE_WORDS_MORE;
  bool is_later = is_asked && !is_not && !is_fixed && words <= SHORT_WORDS;
  if (is_later && passage_has(passage, "case.not-looked")) return CASE_WORDS_THANKS;
  if (is_not || (is_asked && !is_fixed && passage_has(passage, "case.still"))) return CASE_WORDS_NOT_FIXED;
  if (is_fixed && words <= PLAIN_WORDS)
    return is_taken_back(passage, is_asked) ? CASE_WORDS_NOT_FIXED : CASE_WORDS_FIXED;
  if (is_asked && passage_has(passage, "case.withdraw")) return CASE_WORDS_FIXED;
  if (!is_asked || words > SHORT_WORDS) return CASE_WORDS_NONE;
  enum answer answer = answer_read(passage).answer;
  bool is_half = passage_has(passage, "case.half") || (answer == ANSWER_YES && is_taken_back(passage, true));
  if (is_half) return CASE_WORDS_NOT_FIXED;
  return answer == ANSWER_YES  ? CASE_WORDS_FIXED
         : answer == ANSWER_NO ? CASE_WORDS_NOT_FIXED
                               : CASE_WORDS_NONE;
}

/* A thumb is an answer to a question, and to nothing else. */
static enum case_words read_thumb(const struct passage *passage, bool is_asked)
{
  static const struct {
    const char *sign;
    enum case_words words;
  } thumbs[] = { { "👎", CASE_WORDS_NOT_FIXED },
                 { "👍", CASE_WORDS_FIXED },
                 { "✅", CASE_WORDS_FIXED },
                 { "👌", CASE_WORDS_FIXED } };
  for (gsize i = 0; is_asked && i < G_N_ELEMENTS(thumbs); i++)
    if (strstr(passage->lexemes->text, thumbs[i].sign)) return thumbs[i].words;
  return CASE_WORDS_NONE;
}

/* "Der Weg ist nicht öffentlich": a few words that speak of a thing, and not of their question. */
static bool tells_of_thing(const struct passage *passage, guint first, guint end)
{
  const struct lexeme *l = passage->lexemes->at;
  guint private = phrases_tag("case.private"), thing = phrases_tag("case.thing"), covered = first;
  for (guint at = first; at < end; at++) {
    const struct phrase_hit *hit = passage_at(passage, private, at);
    if (hit) covered = MAX(covered, hit->end);
    if (at < covered) continue;
    if (at == first && passage_at(passage, thing, at)) return true;
    if (at > first && l[at].kind == LEXEME_WORD && l[at].is_capital && !l[at].begins_sentence) return true;
  }
  return false;
}

/* Does a sentence want its question kept from the public? But for a few words ("nicht im Internet!") only
 * where it speaks of the writer's own matter: "nicht öffentlich" may be said of a path. */
static bool wants_privacy(const struct passage *passage, guint first, guint end, bool is_short)
{
  guint private = phrases_tag("case.private"), mine = phrases_tag("case.mine"),
        public = phrases_tag("case.wants-public");
  bool has_private = false, has_mine = false;
  for (guint at = first; at < end; at++) {
    if (passage_at(passage, public, at)) return false;
    has_private |= passage_at(passage, private, at) != NULL;
    has_mine |= passage_at(passage, mine, at) != NULL;
  }
  if (is_short && !has_mine) return has_private && !tells_of_thing(passage, first, end);
  return has_private && has_mine;
}

/* Does a sentence say that it may be read by all, after all? */
static bool wants_publicity(const struct passage *passage, guint first, guint end, bool is_short)
{
  guint again = phrases_tag("case.public-again"), private = phrases_tag("case.private"),
        mine = phrases_tag("case.mine");
  bool has_wish = false, has_mine = is_short;
  for (guint at = first; at < end; at++) {
    const struct phrase_hit *wish = passage_at(passage, again, at);
    has_wish |= wish != NULL;
    has_mine |= passage_at(passage, mine, at) || (wish && *wish->value);
    if (passage_at(passage, private, at) && !has_wish) return false;
  }
  return has_wish && has_mine;
}

/* Whether a sentence of the mail wishes; *says_more: there is something else in it. */
static bool find_wish(const struct passage *passage, bool is_short,
                      bool (*wishes)(const struct passage *passage, guint first, guint end, bool is_short),
                      bool *says_more)
{
  bool is_wished = false;
  guint beside = 0;
  for (guint at = 0; at < passage->lexemes->count;) {
    guint first, end;
    passage_sentence(passage, at, &first, &end);
    end = MAX(end, at + 1);
    bool wants = wishes(passage, at, end, is_short);
    is_wished |= wants;
    if (wants)
      beside += passage_words(passage, at, end) > WISH_WORDS ? MORE_WORDS : 0;
    else if (!passage_at(passage, phrases_tag("case.thanks"), at) &&
             !passage_at(passage, phrases_tag("case.closing"), at) &&
             !passage_at(passage, phrases_tag("official.greeting"), at))
      beside += passage_words(passage, at, end);
    at = end;
  }
  if (says_more) *says_more = beside >= MORE_WORDS;
  return is_wished;
}

bool case_words_private(const struct passage *passage, bool is_answer, bool *says_more)
{
  bool is_short = is_answer && count_words(passage) <= FEW_WORDS;
  return find_wish(passage, is_short, wants_privacy, says_more);
}

bool case_words_public(const struct passage *passage, bool *says_more)
{
  return find_wish(passage, count_words(passage) <= BARE_WORDS, wants_publicity, says_more);
}

enum case_words case_words_read(const struct passage *passage, bool is_done_asked)
{
  guint words = count_words(passage);
  if (words == 0) return read_thumb(passage, is_done_asked);
  if (words <= PLAIN_WORDS && passage_has(passage, "case.stop")) return CASE_WORDS_STOP;
  enum case_words fixed = read_fixed(passage, is_done_asked, words);
  if (fixed == CASE_WORDS_NOT_FIXED && !is_done_asked && has_question(passage)) return CASE_WORDS_ASKED;
  bool is_fixed = fixed == CASE_WORDS_FIXED;
  if (is_fixed && has_question(passage)) return CASE_WORDS_ASKED; /* an answer is owed, whatever was mended */
  if (fixed != CASE_WORDS_NONE && !(is_fixed && !is_done_asked)) return fixed;
  if (words <= PLAIN_WORDS && passage_has(passage, "case.withdraw")) return CASE_WORDS_WITHDRAWN;
  if (is_fixed) return fixed;
  bool is_thanks = words <= SHORT_WORDS && passage_has(passage, "case.thanks");
  if (words <= SHORT_WORDS && passage_has(passage, "case.no-name")) return CASE_WORDS_NO_NAME;
  if (words <= SHORT_WORDS && passage_has(passage, "case.name")) return CASE_WORDS_NAME;
  if (has_question(passage)) return CASE_WORDS_ASKED;
  return is_thanks ? CASE_WORDS_THANKS : CASE_WORDS_MORE;
}

bool case_words_follow(const struct passage *passage)
{
  return count_words(passage) <= PLAIN_WORDS && passage_has(passage, "case.follow");
}

bool case_words_follow_named(const struct passage *passage)
{
  return count_words(passage) <= SHORT_WORDS + 1 && passage_has(passage, "case.follow-word");
}

bool case_words_name(const struct passage *passage)
{
  return passage_has(passage, "case.name") && !passage_has(passage, "case.no-name");
}

bool case_words_simple(const struct passage *passage)
{
  return passage_has(passage, "case.simple");
}
