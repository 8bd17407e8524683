/* Choosing by address: each has what it is made for, and a mail is taken for that wherever it fits. What is
 * clearly something else wins: "streichen Sie mich" is a command at every address. What nobody could
 * understand ("Hallo", "???") is asked back, except at a group's list, where everything is a post.
 *
 * At a list a command needs more than elsewhere: a mail that is taken for one is not passed on, and the more
 * words it has, the more they mention things. */
#include "lists/understand/answers/clauses.h"
#include "lists/understand/choose.h"
#include "lists/understand/understand.h"
#include "lists/understand/wishes/confided.h"
#include "lists/understand/wishes/terse.h"
#include "lists/understand/wishes/to_one.h"

#include "lib/text/dates/series.h"
#include "lib/text/facts/personal.h"
#include "lib/text/subject.h"

#include <string.h>

enum { FEW_WORDS = 8, LONG_WORDS = 60, VERY_LONG_WORDS = 150, HINTS_ENOUGH = 2 };

static struct choice only(enum intent intent)
{
  return (struct choice){ .intent = intent };
}

static struct choice by_words(enum intent intent)
{
  return (struct choice){ .intent = intent, .is_by_words = true };
}

static bool is_reply(const struct mail *mail)
{
  return mail->references->len > 0 || subject_is_reply(mail->subject);
}

/* Whether a mail to a list must not be published as it stands: it says so, or it is an answer with somebody's
 * telephone, health or bank data, asks one person for a call, or is a quarrel by name. A post with the
 * sender's own number ("Anmeldung unter …") is meant for all. */
static bool is_private(const struct reading_room *room, const struct tally *tally)
{
  int points = tally->wishes[INTENT_PRIVATE].points;
  if (points >= POINTS_ENOUGH || to_one_by_label(room->passage) || confided_is_secret(room->passage))
    return true;
  if (passage_has(room->subject, "private.subject")) return true; /* "Re: Hoffest (privat)", too */
  bool names_person = room->personal & PERSONAL_PERSON;
  if (points >= 4 && names_person) return true;
  if (room->personal & PERSONAL_HEALTH && (names_person || points >= 4)) return true;
  if (!is_reply(room->mail)) return room->personal & PERSONAL_PLATE && names_person;
  return passage_has(room->passage, "private.call") || confided_is_trouble(room->passage) ||
         to_one_person(room->passage, room->personal) ||
         (room->personal & (PERSONAL_PHONE | PERSONAL_PLATE | PERSONAL_HEALTH)) != 0;
}

/* Whether the words of a wish stand beside a course, a shop, an office: neighbours talk about those. What is
 * known of us is asked for elsewhere, so there one such word anywhere is enough. */
static bool is_about_others(const struct tally *tally, enum intent command)
{
  const struct wish *wish = &tally->wishes[command];
  if (command == INTENT_DATA_ACCESS) return tally->signs & (SIGN(OTHER) | SIGN(WHO));
  /* "die Bäckerei schickt jede Woche eine Mail" */
  const uint64_t wishes = SIGN(WANT) | SIGN(TOOMUCH) | SIGN(NONE) | SIGN(ME) | SIGN(LIST);
  /* "kann jemand die Liste in einfacher Sprache schicken" */
  if (command == INTENT_SETTINGS && wish->signs & SIGN(WHO) && wish->points < POINTS_SURE) return true;
  /* "ich heiße Schulz": a name may look like any word */
  if (command == INTENT_SETTINGS && wish->signs & SIGN(NAME)) return (wish->signs & SIGN(WHO)) != 0;
  bool asks_for_it = wish->signs & SIGN(GET) && wish->signs & SIGN(ASK);
  /* a bare "stumm" says it all by itself; "Funkstille" above a text may be a title */
  bool is_said_below = tally->words == 0 || wish->text_points >= POINTS_ENOUGH;
  bool is_plain = wish->in_subject ? is_said_below : wish->points > POINTS_SURE;
  if (command == INTENT_SETTINGS && !is_plain && !(wish->signs & wishes) && !asks_for_it) return true;
  bool is_between_them = command == INTENT_JOIN && tally->signs & SIGN(WHO) && !(wish->signs & SIGN(LIST));
  if (wish->points < POINTS_SURE && is_between_them) return true;
  /* "wer hat den Stromanbieter gewechselt? Die Kündigung ging erst nach drei Mails" */
  const uint64_t own =
      SIGN(WANT) | SIGN(ME) | SIGN(LIST) | SIGN(TAKE) | SIGN(OUTOF) | SIGN(NONE) | SIGN(GROUP);
  bool is_tale = command == INTENT_LEAVE && !(wish->signs & own) && tally->words > FEW_WORDS;
  if (is_tale && tally->signs & (SIGN(OTHER) | SIGN(WHO))) return true;
  return wish->points < POINTS_SURE && wish->signs & (SIGN(OTHER) | SIGN(WHO)) && !(wish->signs & SIGN(LIST));
}

/* Beside a loose word ("Bin raus"), does another say it plainly: "Bitte austragen", "nehmt mich raus"? */
static bool is_said_plainly_too(const struct passage *passage)
{
  static const char *const plain[] = { "word.unregister", "word.remove" };
  const guint loose = phrases_tag("word.leave_loose");
  for (gsize i = 0; i < G_N_ELEMENTS(plain); i++) {
    guint tag = phrases_tag(plain[i]);
    for (const struct phrase_hit *hit = passage_find(passage, tag, 0); hit;
         hit = passage_find(passage, tag, hit->first + 1)) {
      guint first, end;
      bool is_loose = false;
      for (const struct phrase_hit *other = passage_find(passage, loose, 0);
           other && other->first < hit->end && !is_loose;
           other = passage_find(passage, loose, other->first + 1))
        is_loose = other->end > hit->first;
      passage_sentence(passage, hit->first, &first, &end);
      /* "weg damit, bitte entfernen" is said of a sofa */
      if (!is_loose && (i == 0 || span_find(passage, "word.me", first, MAX(end, hit->end)))) return true;
    }
  }
  return false;
}

/* "Ich steige aus, wird mir zu teuer", "wöchentlich wäre mir lieber" in an answer: said of what is talked
 * about there, where neither mails nor the list are named. */
static bool is_said_to_somebody(const struct reading_room *room, const struct tally *tally,
                                enum intent command)
{
  const uint64_t ours = SIGN(LIST) | SIGN(MAIL) | SIGN(GET) | SIGN(OUTOF) | SIGN(GROUP) | SIGN(SUMMARY) |
                        SIGN(TOOMUCH) | SIGN(PAUSE) | SIGN(LANGUAGE) | SIGN(NAME) | SIGN(COPY);
  if (tally->text_signs & ours) return false;
  /* "weg damit" below "Sofa" */
  bool has_topic = is_reply(room->mail) || terse_has_topic(room);
  if (command == INTENT_LEAVE)
    return has_topic && passage_has(room->passage, "word.leave_loose") && !is_said_plainly_too(room->passage);
  return is_reply(room->mail) && command == INTENT_SETTINGS &&
         tally->text_signs & (SIGN(DELIVERY) | SIGN(RHYTHM)) && !(tally->text_signs & SIGN(WANT)) &&
         !passage_has(room->passage, "settings.mute");
}

/* What the sentences say in which a time that lies ahead stands, and that do not ask. */
struct ahead {
  bool is_said;     /* there is one */
  bool is_of_hours; /* with an hour */
  bool is_ours;     /* and "wir" beside it: "um 17 Uhr schmeißen wir den Grill an" */
  bool is_of_days;  /* with whole days: "ganztägig", "vom 3. bis 5. Juli" */
  bool is_of_feast; /* and beside them what there is to come to: "Kiezfest" */
};

/* Does a sentence ask, from a time in it to its end? "… im Segelfliegerdamm 12. Kommt ihr?": a full stop
 * behind a number hardly ever ends one, but here it does. */
static bool asks_behind(const struct lexemes *l, guint from, guint end)
{
  for (guint i = from; i + 1 < MIN(end, l->count); i++)
    if (lexeme_is(&l->at[i], ".") && l->at[i + 1].kind == LEXEME_WORD && l->at[i + 1].is_capital)
      return false;
  return (end > from && lexeme_is(&l->at[end - 1], "?")) || (end < l->count && lexeme_is(&l->at[end], "?"));
}

/* How much hints at something to come to: words that do, twice as much as those that may. */
static int hints_within(const struct passage *passage, guint first, guint end)
{
  int points = 0;
  guint tag = phrases_tag("event.hint");
  for (const struct phrase_hit *hit = passage_find(passage, tag, first);
       hit && hit->first < end && points < HINTS_ENOUGH; hit = passage_find(passage, tag, hit->end))
    points += strcmp(hit->value, "weak") == 0 ? 1 : HINTS_ENOUGH;
  return points;
}

static int hints_in(const struct passage *passage)
{
  return hints_within(passage, 0, passage->lexemes->count);
}

/* Does it last whole days: from one to a later one, or "ganztägig"? */
static void look_at_days(const struct reading_room *room, const struct date_found *date, guint first,
                         guint end, struct ahead *ahead)
{
  bool is_later = date->until.year && date->until.hour < 0 && wall_compare(&date->until, &date->start) > 0;
  bool is_whole = span_find(room->passage, "event.all_day", first, end) != NULL;
  if (date->grain != GRAIN_DAY || date->recurrence || (!is_later && !is_whole)) return;
  ahead->is_of_days = true;
  ahead->is_of_feast = ahead->is_of_feast || hints_within(room->passage, first, end) >= HINTS_ENOUGH;
}

static struct ahead look_ahead(const struct reading_room *room)
{
  struct ahead ahead = { 0 };
  const struct lexemes *l = room->passage->lexemes;
  for (guint i = 0; room->dates && i < room->dates->len; i++) {
    const struct date_found *date = &g_array_index(room->dates, struct date_found, i);
    guint first, end;
    if (date->is_past || date->is_deadline || (!date->start.year && !date->recurrence)) continue;
    passage_sentence(room->passage, date->first, &first, &end);
    if (asks_behind(l, date->end, end)) continue;
    ahead.is_said = true;
    if (date->start.hour < 0) {
      look_at_days(room, date, first, end, &ahead);
      continue;
    }
    ahead.is_of_hours = true;
    ahead.is_ours = ahead.is_ours || span_find(room->passage, "event.we", first, end);
  }
  return ahead;
}

/* Whole days call by what is held on them: "vom 3. bis 5. Juli Kiezfest auf dem Marktplatz"; or by a wish
 * that others come. Roads are closed and people are away for days, too. */
static bool is_of_days(const struct reading_room *room, const struct ahead *ahead, bool invites)
{
  if (!ahead->is_of_days || passage_has(room->passage, "event.other") ||
      passage_has(room->subject, "event.other") || passage_has(room->passage, "event.away"))
    return false;
  return invites || ahead->is_of_feast || hints_in(room->subject) >= HINTS_ENOUGH;
}

/* Does an hour alone call, by what stands around it? "Wir", or words that hint at something to come to, and
 * none of what hours are named for besides: buses, water, sales, searches. */
static bool is_hinted(const struct reading_room *room, const struct ahead *ahead)
{
  if (!ahead->is_of_hours) return false;
  bool has_other = passage_has(room->passage, "event.other") || passage_has(room->subject, "event.other");
  bool has_hint = hints_in(room->passage) + hints_in(room->subject) >= HINTS_ENOUGH;
  return has_other ? ahead->is_ours && has_hint : ahead->is_ours || has_hint;
}

/* Whether a post calls people together: words of an event and a time that is said, not asked; or an hour, and
 * a wish that others come, or a hint. "Wer macht mit?" is such a wish and no question; reports, opening hours
 * and what is off have their own words. */
static bool calls_together(const struct reading_room *room, const struct tally *tally)
{
  bool invites = passage_has(room->passage, "event.invites");
  bool has_hour = tally->text_signs & SIGN(TIME), has_time = has_hour || tally->text_signs & SIGN(DATE);
  bool is_none = passage_has(room->passage, "event.no_call") || passage_has(room->subject, "event.no_call");
  bool is_event = tally->wishes[INTENT_EVENT].points >= POINTS_ENOUGH && has_time;
  if (is_none) return false;
  struct ahead ahead = look_ahead(room);
  bool is_told = tally->questions == 0 || invites || ahead.is_said;
  return (is_event && is_told) || (invites && has_hour) || is_hinted(room, &ahead) ||
         is_of_days(room, &ahead, invites);
}

static struct choice choose_group(const struct reading_room *room, const struct tally *tally)
{
  int enough = tally->words > VERY_LONG_WORDS ? 10 : tally->words > LONG_WORDS ? POINTS_SURE : POINTS_ENOUGH;
  enum intent command = choose_command(tally, enough);
  /* help and joining are also asked among neighbours: "weiß jemand, wie das geht?" */
  if (command == INTENT_HELP && tally->wishes[INTENT_HELP].points < 7 && is_reply(room->mail))
    command = INTENT_UNCLEAR;
  /* "Streicht jemand Zäune? Ich brauche Hilfe": of the neighbours */
  if (command == INTENT_HELP && tally->signs & (SIGN(WHO) | SIGN(OTHER)) &&
      !(tally->signs & (SIGN(LIST) | SIGN(MAIL) | SIGN(REGISTER) | SIGN(UNREGISTER))))
    command = INTENT_UNCLEAR;
  /* "ich trage mich für den Salat ein" */
  if (command == INTENT_JOIN && tally->wishes[INTENT_JOIN].points < 7 && is_reply(room->mail))
    command = INTENT_UNCLEAR;
  if (command != INTENT_UNCLEAR && is_about_others(tally, command)) command = INTENT_UNCLEAR;
  if (command != INTENT_UNCLEAR && is_said_to_somebody(room, tally, command)) command = INTENT_UNCLEAR;
  bool is_private_first = command != INTENT_UNCLEAR &&
                          tally->wishes[INTENT_PRIVATE].points >= POINTS_ENOUGH &&
                          tally->wishes[INTENT_PRIVATE].points >= tally->wishes[command].points;
  /* "tragt mich schon mal ein": for the feast that the mail is about */
  if (command == INTENT_JOIN && tally->wishes[INTENT_JOIN].points < POINTS_SURE &&
      !(tally->signs & SIGN(LIST)) && tally->signs & (SIGN(OTHER) | SIGN(EVENT) | SIGN(EVENTVERB)))
    command = INTENT_UNCLEAR;
  /* "nächstes Mal auch auf Türkisch": a play, not our mails */
  if (command == INTENT_SETTINGS && tally->wishes[INTENT_SETTINGS].points < POINTS_SURE &&
      !(tally->signs & (SIGN(LIST) | SIGN(MAIL))) &&
      tally->signs & (SIGN(LANGUAGE) | SIGN(DELIVERY) | SIGN(PAUSE)) &&
      tally->signs & (SIGN(OTHER) | SIGN(EVENT) | SIGN(EVENTVERB)))
    command = INTENT_UNCLEAR;
  if (command != INTENT_UNCLEAR && !is_private_first) return by_words(command);
  if (tally->wishes[INTENT_ABUSE_NOTICE].points >= POINTS_SURE + 1) return by_words(INTENT_ABUSE_NOTICE);
  if (is_private(room, tally)) return by_words(INTENT_PRIVATE);
  if (is_reply(room->mail)) return only(INTENT_REPLY);
  /* "Hoffest am Samstag um drei": passed on like any post, and it may stand in the calendar */
  struct choice post = only(INTENT_POST);
  if (calls_together(room, tally)) post.also[post.also_count++] = INTENT_EVENT;
  return post;
}

/* gruenau+beitreten@ and the like: the address says it all, unless the text clearly wants another thing. At
 * the address for help, and in answer to letters of ours, hints are enough. */
static struct choice choose_command_address(const struct reading_room *room, const struct tally *tally)
{
  static const struct {
    const char *command;
    enum intent intent;
  } commands[] = { { "beitreten", INTENT_JOIN },
                   { "austreten", INTENT_LEAVE },
                   { "hilfe", INTENT_HELP },
                   { "einstellungen", INTENT_SETTINGS },
                   { COMMAND_ANSWER, INTENT_SETTINGS } };
  enum intent named = INTENT_HELP;
  for (gsize i = 0; i < G_N_ELEMENTS(commands); i++)
    if (strcmp(commands[i].command, room->command) == 0) named = commands[i].intent;
  bool is_open = named == INTENT_HELP || strcmp(room->command, COMMAND_ANSWER) == 0;
  enum intent said = choose_command(tally, is_open ? POINTS_ENOUGH - 1 : POINTS_SURE);
  if (said == INTENT_UNCLEAR && is_open) {
    struct choice hinted = choose_by_hints(room, tally);
    if (hinted.intent != INTENT_UNCLEAR) return hinted;
  }
  if (said == INTENT_UNCLEAR || said == named) return only(named);
  return by_words(said);
}

/* Nothing in it that could be understood: a greeting, a word or two without meaning. */
static bool is_empty_talk(const struct reading_room *room, const struct tally *tally)
{
  return tally->words < 4 && (tally->signs & ~SIGN(ASK)) == 0 && !has_document(room->mail);
}

static struct choice choose_events(const struct reading_room *room, const struct tally *tally)
{
  const struct wish *w = tally->wishes;
  bool has_date = tally->text_signs & SIGN(DATE);
  if (w[INTENT_RSVP].points >= POINTS_ENOUGH && w[INTENT_RSVP].points >= w[INTENT_EVENT].points)
    return by_words(INTENT_RSVP);
  if (w[INTENT_EVENT].points >= 4) return by_words(INTENT_EVENT);
  if (w[INTENT_RSVP].points >= 4 && !has_date) return by_words(INTENT_RSVP);
  if (w[INTENT_QUESTION].points >= 4 && !(has_date && w[INTENT_EVENT].points > 0))
    return by_words(INTENT_QUESTION);
  if (has_date || w[INTENT_EVENT].points > 0 || has_document(room->mail)) return only(INTENT_EVENT);
  return only(tally->words >= 4 ? INTENT_EVENT : INTENT_UNCLEAR);
}

static struct choice choose_kiezkasse(const struct reading_room *room, const struct tally *tally)
{
  const struct wish *w = tally->wishes;
  if (w[INTENT_MINUTES].points >= 7) return by_words(INTENT_MINUTES);
  if (w[INTENT_SUPPORT].points >= POINTS_ENOUGH && !(tally->signs & SIGN(MONEY)))
    return by_words(INTENT_SUPPORT);
  if (w[INTENT_PROPOSAL].points >= 3) return by_words(INTENT_PROPOSAL);
  bool has_substance =
      tally->signs & SIGN(MONEY) || w[INTENT_PROPOSAL].points >= 2 || has_document(room->mail);
  if (!has_substance && w[INTENT_QUESTION].points >= 4) return by_words(INTENT_QUESTION);
  if (!has_substance && w[INTENT_SUPPORT].points >= 3) return by_words(INTENT_SUPPORT);
  return only(is_empty_talk(room, tally) ? INTENT_UNCLEAR : INTENT_PROPOSAL);
}

static struct choice choose_defects(const struct reading_room *room, const struct tally *tally)
{
  const struct wish *w = tally->wishes;
  bool has_substance =
      tally->signs & (SIGN(CATEGORY) | SIGN(DEFECT) | SIGN(PLAIN) | SIGN(PLACE)) || has_picture(room->mail);
  if (w[INTENT_DEFECT].points >= 3) return by_words(INTENT_DEFECT);
  if (!has_substance && w[INTENT_QUESTION].points >= 4) return by_words(INTENT_QUESTION);
  return only(!has_substance && is_empty_talk(room, tally) ? INTENT_UNCLEAR : INTENT_DEFECT);
}

static struct choice choose_questions(const struct reading_room *room, const struct tally *tally)
{
  const struct wish *w = tally->wishes;
  bool asks = w[INTENT_QUESTION].points >= 4;
  if (w[INTENT_DEFECT].points >= POINTS_ENOUGH && !asks) return by_words(INTENT_DEFECT);
  if (w[INTENT_PROPOSAL].points >= POINTS_SURE && !asks) return by_words(INTENT_PROPOSAL);
  if (w[INTENT_EVENT].points >= 7 && !asks) return by_words(INTENT_EVENT);
  return only(is_empty_talk(room, tally) ? INTENT_UNCLEAR : INTENT_QUESTION);
}

/* datenschutz@ and missbrauch@. */
static struct choice choose_duty(const struct reading_room *room, const struct tally *tally)
{
  bool is_privacy = g_str_has_prefix(room->list ? room->list : "", "datenschutz");
  const struct wish *w = tally->wishes;
  if (!is_privacy) return only(is_empty_talk(room, tally) ? INTENT_UNCLEAR : INTENT_ABUSE_NOTICE);
  struct choice choice = choose_by_words(room, tally);
  if (choice.intent == INTENT_DATA_ACCESS || choice.intent == INTENT_DATA_ERASURE) return choice;
  /* at this address hints are enough */
  bool wants_access = w[INTENT_DATA_ACCESS].points >= 4 || tally->signs & SIGN(TELL);
  bool wants_erasure = w[INTENT_DATA_ERASURE].points >= 4 || tally->signs & (SIGN(ERASE) | SIGN(REMOVE));
  bool asks = w[INTENT_QUESTION].points >= 5 && !(tally->signs & SIGN(STORED));
  if (wants_erasure && !asks)
    return (struct choice){ .intent = wants_access && tally->signs & SIGN(DATA) ? INTENT_DATA_ACCESS
                                                                                : INTENT_DATA_ERASURE,
                            .is_by_words = true,
                            .also = { INTENT_DATA_ERASURE },
                            .also_count = wants_access && tally->signs & SIGN(DATA) };
  if (wants_access && !asks) return by_words(INTENT_DATA_ACCESS);
  if (w[INTENT_QUESTION].points >= 4) return by_words(INTENT_QUESTION);
  return choice.intent == INTENT_UNCLEAR && !is_empty_talk(room, tally) ? only(INTENT_QUESTION) : choice;
}

/* The front door: what is said, and where that is nothing or a bare question, what is hinted at. */
static struct choice choose_frontdoor(const struct reading_room *room, const struct tally *tally)
{
  struct choice said = choose_by_words(room, tally);
  bool only_asks = said.intent == INTENT_QUESTION && tally->wishes[INTENT_QUESTION].points < POINTS_ENOUGH;
  if (said.intent != INTENT_UNCLEAR && !only_asks) return said;
  struct choice hinted = choose_by_hints(room, tally);
  return hinted.intent == INTENT_UNCLEAR ? said : hinted;
}

/* What is clearly another wish than the address is for; INTENT_UNCLEAR: none. */
static enum intent choose_other(const struct tally *tally, int own_points)
{
  enum intent command = choose_command(tally, POINTS_SURE);
  if (command == INTENT_UNCLEAR || tally->wishes[command].points <= own_points) return INTENT_UNCLEAR;
  /* joining and help are said of feasts and projects, too */
  if (command == INTENT_HELP && tally->wishes[command].points < POINTS_SURE) return INTENT_UNCLEAR;
  return command;
}

static const struct {
  const char *kind;
  enum intent own;
  struct choice (*choose)(const struct reading_room *room, const struct tally *tally);
} kinds[] = {
  { "group", INTENT_POST, choose_group },       { "announce", INTENT_POST, choose_group },
  { "events", INTENT_EVENT, choose_events },    { "kiezkasse", INTENT_PROPOSAL, choose_kiezkasse },
  { "defects", INTENT_DEFECT, choose_defects }, { "questions", INTENT_QUESTION, choose_questions },
  { "duty", INTENT_UNCLEAR, choose_duty },      { "frontdoor", INTENT_UNCLEAR, choose_frontdoor },
};

/* Further clear wishes beside the one the address is for. */
static void add_also(const struct reading_room *room, const struct tally *tally, struct choice *choice)
{
  if (choice->also_count > 0 || choice->intent == INTENT_UNCLEAR || !room->list_kind) return;
  bool is_group = strcmp(room->list_kind, "group") == 0 || strcmp(room->list_kind, "announce") == 0;
  if (is_group && !choice->is_by_words) return;
  struct choice said = choose_by_words(room, tally);
  enum intent all[5] = { said.intent };
  for (guint i = 0; i < said.also_count; i++) all[i + 1] = said.also[i];
  static const enum intent commands[] = { INTENT_JOIN, INTENT_LEAVE, INTENT_SETTINGS, INTENT_DATA_ACCESS,
                                          INTENT_DATA_ERASURE };
  for (guint i = 0; i <= said.also_count; i++)
    for (gsize k = 0; k < G_N_ELEMENTS(commands); k++)
      if (all[i] == commands[k] && all[i] != choice->intent && tally->wishes[all[i]].points >= 7 &&
          choose_is_second(room, tally, choice->intent, all[i]) &&
          choice->also_count < G_N_ELEMENTS(choice->also))
        choice->also[choice->also_count++] = all[i];
}

struct choice choose_by_address(const struct reading_room *room, const struct tally *tally)
{
  if (room->command) {
    struct choice choice = choose_command_address(room, tally);
    add_also(room, tally, &choice);
    return choice;
  }
  for (gsize i = 0; room->list_kind && i < G_N_ELEMENTS(kinds); i++) {
    if (strcmp(kinds[i].kind, room->list_kind) != 0) continue;
    bool has_own = kinds[i].own != INTENT_POST && kinds[i].own != INTENT_UNCLEAR;
    enum intent other = has_own ? choose_other(tally, tally->wishes[kinds[i].own].points) : INTENT_UNCLEAR;
    if (other != INTENT_UNCLEAR) return by_words(other);
    struct choice choice = kinds[i].choose(room, tally);
    if (has_own || kinds[i].own == INTENT_POST) add_also(room, tally, &choice);
    return choice;
  }
  return choose_by_words(room, tally);
}
