/* Choosing by words alone: the front door, where anybody may write anything. The strongest wish wins; a
 * second one that is as clear and stands in another sentence is wanted, too. Where nothing is clear, we ask.
 *
 * Some wishes come with each other's words: a proposal names a date and a feast, a defect is put as a
 * question ("Können Sie die Laterne reparieren?"), joining as a question for a group. The weaker one is then
 * no second wish. */
#include "lists/understand/choose.h"
#include "lists/understand/named_list.h"

/* What can be wanted at the front door, with the points that are enough. */
static const struct {
  enum intent intent;
  int points;
} wanted[] = {
  { INTENT_LEAVE, POINTS_ENOUGH },
  { INTENT_JOIN, 5 },
  { INTENT_SETTINGS, 5 },
  { INTENT_DATA_ACCESS, POINTS_ENOUGH },
  { INTENT_DATA_ERASURE, POINTS_ENOUGH },
  { INTENT_ABUSE_NOTICE, POINTS_ENOUGH },
  { INTENT_PROPOSAL, 5 },
  { INTENT_DEFECT, 5 },
  { INTENT_EVENT, 5 },
  { INTENT_RSVP, POINTS_ENOUGH },
  { INTENT_SUPPORT, POINTS_ENOUGH },
  { INTENT_MINUTES, 7 },
  { INTENT_HELP, 5 },
  { INTENT_QUESTION, 4 },
};

/* `weak` is no wish of its own beside `strong`. */
static const struct {
  enum intent strong, weak;
} shadows[] = {
  { INTENT_PROPOSAL, INTENT_EVENT },
  { INTENT_PROPOSAL, INTENT_RSVP },
  { INTENT_EVENT, INTENT_RSVP },
  { INTENT_RSVP, INTENT_EVENT },
  { INTENT_DATA_ACCESS, INTENT_QUESTION },
  { INTENT_DATA_ERASURE, INTENT_LEAVE },
  { INTENT_LEAVE, INTENT_DATA_ERASURE },
  { INTENT_LEAVE, INTENT_JOIN },
  { INTENT_LEAVE, INTENT_SETTINGS },
  { INTENT_SETTINGS, INTENT_LEAVE },
  { INTENT_JOIN, INTENT_RSVP },
  { INTENT_JOIN, INTENT_HELP },
  { INTENT_LEAVE, INTENT_HELP },
  { INTENT_HELP, INTENT_QUESTION },
  { INTENT_SUPPORT, INTENT_PROPOSAL },
  { INTENT_MINUTES, INTENT_EVENT },
  { INTENT_MINUTES, INTENT_PROPOSAL },
  { INTENT_EVENT, INTENT_JOIN },
  { INTENT_PROPOSAL, INTENT_JOIN },
  { INTENT_EVENT, INTENT_HELP },
  { INTENT_ABUSE_NOTICE, INTENT_DATA_ERASURE },
  { INTENT_SETTINGS, INTENT_HELP },
  { INTENT_PROPOSAL, INTENT_SUPPORT },
  { INTENT_EVENT, INTENT_SUPPORT },
  { INTENT_SETTINGS, INTENT_JOIN },
};

static int points_enough(enum intent intent)
{
  for (gsize i = 0; i < G_N_ELEMENTS(wanted); i++)
    if (wanted[i].intent == intent) return wanted[i].points;
  return G_MAXINT;
}

static bool is_shadowed(enum intent strong, enum intent weak)
{
  for (gsize i = 0; i < G_N_ELEMENTS(shadows); i++)
    if (shadows[i].strong == strong && shadows[i].weak == weak) return true;
  return false;
}

/* A question is what is left: any clear wish goes before it, unless that is only hinted at in the question's
 * own sentence. */
static int strength(const struct tally *tally, enum intent intent)
{
  int points = tally->wishes[intent].points;
  if (points < points_enough(intent)) return 0;
  return intent == INTENT_QUESTION ? MIN(points, 6) * 2 - 1 : points * 2;
}

/* A proposal names a playground or a bench without anything being wrong there. */
static bool is_only_named(const struct tally *tally, enum intent first, enum intent second)
{
  return first == INTENT_PROPOSAL && second == INTENT_DEFECT &&
         !(tally->signs & (SIGN(DEFECT) | SIGN(PLAIN) | SIGN(DANGER)));
}

/* Do two wishes stand in sentences of their own, or in halves of one that "und" joins? */
static bool are_apart(const struct reading_room *room, const struct wish *a, const struct wish *b)
{
  if (a->sentence != b->sentence || a->in_subject != b->in_subject) return true;
  if (a->in_subject || MIN(a->points, b->points) < POINTS_ENOUGH + 1) return false;
  const struct phrase_hit *and = passage_find(room->passage, phrases_tag("word.and"), MIN(a->end, b->end));
  return and&&and->first < MAX(a->end, b->end);
}

/* Pairs that shadow each other, but are two wishes where a mail says so: leaving one list for another,
 * leaving and having everything erased. */
static bool are_both_said(const struct reading_room *room, const struct tally *tally, enum intent first,
                          enum intent second)
{
  bool are_lists = first + second == INTENT_LEAVE + INTENT_JOIN && named_lists_are_two(room);
  int enough = are_lists ? POINTS_ENOUGH - 1 : POINTS_ENOUGH + 1;
  if (MIN(tally->wishes[first].points, tally->wishes[second].points) < enough) return false;
  if (first == INTENT_SETTINGS && second == INTENT_JOIN) return true;
  bool leaves = first == INTENT_LEAVE || second == INTENT_LEAVE;
  enum intent other = first == INTENT_LEAVE ? second : first;
  if (!leaves) return false;
  return other == INTENT_DATA_ERASURE || (other == INTENT_JOIN && named_lists_are_two(room));
}

bool choose_is_second(const struct reading_room *room, const struct tally *tally, enum intent first,
                      enum intent second)
{
  if (second == first || is_only_named(tally, first, second)) return false;
  if (is_shadowed(first, second) && !are_both_said(room, tally, first, second)) return false;
  bool is_list_wish = first == INTENT_JOIN || first == INTENT_LEAVE || first == INTENT_SETTINGS;
  int enough = MAX(points_enough(second), 5) + (second == INTENT_QUESTION && !is_list_wish ? 1 : 0);
  const struct wish *a = &tally->wishes[first], *b = &tally->wishes[second];
  bool are_data = first == INTENT_DATA_ACCESS && second == INTENT_DATA_ERASURE;
  return b->points >= enough && (are_data || are_apart(room, a, b));
}

/* Earlier in the text than another. */
static bool is_before(const struct tally *tally, enum intent a, enum intent b)
{
  const struct wish *x = &tally->wishes[a], *y = &tally->wishes[b];
  if (x->in_subject != y->in_subject) return x->in_subject;
  return x->sentence < y->sentence;
}

static void add_second(const struct tally *tally, struct choice *choice, enum intent intent)
{
  if (choice->also_count == G_N_ELEMENTS(choice->also)) return;
  for (guint i = 0; i < choice->also_count; i++)
    if (is_shadowed(choice->also[i], intent)) return;
  guint at = choice->also_count++;
  while (at > 0 && is_before(tally, intent, choice->also[at - 1])) {
    choice->also[at] = choice->also[at - 1];
    at--;
  }
  choice->also[at] = intent;
}

/* Of two wishes that are clear, the one that was written first is the mail's; questions and help come last.
 */
static void put_in_order(const struct tally *tally, struct choice *choice)
{
  if (choice->also_count == 0) return;
  enum intent first = choice->also[0];
  bool is_left_over = first == INTENT_QUESTION || first == INTENT_HELP || first == INTENT_DATA_ERASURE ||
                      choice->intent == INTENT_DATA_ACCESS;
  if (is_left_over || !is_before(tally, first, choice->intent)) return;
  choice->also[0] = choice->intent;
  choice->intent = first;
}

struct choice choose_by_words(const struct reading_room *room, const struct tally *tally)
{
  struct choice choice = { .intent = INTENT_UNCLEAR };
  int best = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(wanted); i++) {
    int points = strength(tally, wanted[i].intent);
    if (points <= best) continue;
    best = points;
    choice.intent = wanted[i].intent;
  }
  if (choice.intent == INTENT_UNCLEAR) return choice;
  choice.is_by_words = true;
  /* "Auskunft und Löschung": access goes first, else there is nothing left to tell */
  bool wants_access = tally->wishes[INTENT_DATA_ACCESS].points >= POINTS_ENOUGH;
  if (choice.intent == INTENT_DATA_ERASURE && wants_access) choice.intent = INTENT_DATA_ACCESS;
  for (gsize i = 0; i < G_N_ELEMENTS(wanted); i++)
    if (choose_is_second(room, tally, choice.intent, wanted[i].intent))
      add_second(tally, &choice, wanted[i].intent);
  put_in_order(tally, &choice);
  return choice;
}

enum intent choose_command(const struct tally *tally, int points)
{
  static const enum intent commands[] = { INTENT_LEAVE, INTENT_DATA_ACCESS, INTENT_DATA_ERASURE,
                                          INTENT_JOIN,  INTENT_SETTINGS,    INTENT_HELP };
  enum intent best = INTENT_UNCLEAR;
  for (gsize i = 0; i < G_N_ELEMENTS(commands); i++) {
    int mine = tally->wishes[commands[i]].points;
    if (mine >= points && (best == INTENT_UNCLEAR || mine > tally->wishes[best].points)) best = commands[i];
  }
  return best;
}

bool has_picture(const struct mail *mail)
{
  for (guint i = 0; i < mail->attachments->len; i++) {
    const struct mail_attachment *attachment = g_ptr_array_index(mail->attachments, i);
    if (g_str_has_prefix(attachment->type, "image/") && !attachment->is_inline) return true;
  }
  return false;
}

bool has_document(const struct mail *mail)
{
  for (guint i = 0; i < mail->attachments->len; i++) {
    const struct mail_attachment *attachment = g_ptr_array_index(mail->attachments, i);
    if (!attachment->is_inline && !attachment->calendar_text) return true;
  }
  return false;
}
