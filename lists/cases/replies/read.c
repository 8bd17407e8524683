/* What an office's reply says: its words for the public, the state and day in them, the words that steer, and
 * what speaks against publishing them. Works without any word that steers; with them it is exact.
 *
 * What counts is what the clerk wrote above: a resident's mail that was forwarded along is never the answer.
 * Only where the admin forwards by hand for an office it is the other way round. */
#include "lists/cases/replies/asking/verdict.h"
#include "lists/cases/replies/reply.h"

#include "lists/offices/named.h"
#include "lists/understand/answers/official/draft.h"
#include "lists/understand/answers/official/internal.h"
#include "lists/understand/answers/official/plain.h"
#include "lists/understand/answers/official/private.h"
#include "lists/understand/answers/official/talk.h"
#include "lists/understand/answers/official/text.h"

#include "lib/mail/cut/cut.h"
#include "lib/mail/read.h"
#include "lib/text/names.h"

#include <string.h>

enum { READ_BYTES = 16 * 1024, NAME_CHARACTERS = 60, BARE_WORDS = 3, OWN_WORDS = 6 };

/* ---- which text counts ---- */

static bool is_same_text(const char *a, const char *b)
{
  g_autofree char *one = g_strstrip(g_strdup(a)), *other = g_strstrip(g_strdup(b));
  return strcmp(one, other) == 0;
}

/* Our own letter below an empty mail, taken for new words. */
static bool is_our_letter(const char *text)
{
  g_autoptr(passage_t) passage = passage_new(text, NULL, READ_BYTES);
  return passage_has(passage, "official.letter");
}

/* What the office wrote itself. Caller frees. */
static char *own_words(const struct case_reply *reply)
{
  const struct mail *mail = reply->arrival->mail;
  if (reply->words) return g_strdup(reply->words);
  if (is_our_letter(mail->text_new) && !reply->is_by_admin) return g_strdup("");
  if (!mail->is_forward || !mail->forwarded) return g_strdup(mail->text_new);
  if (!reply->is_by_admin)
    return g_strdup(is_same_text(mail->text_new, mail->forwarded) ? "" : mail->text_new);
  struct cut_hints hints = { .subject = mail->subject };
  struct cut_text cut = { 0 };
  cut_text(mail->forwarded, &hints, &cut);
  char *words = g_strdup(*cut.text_new ? cut.text_new : mail->forwarded);
  cut_text_clear(&cut);
  return words;
}

/* The reading of the words that count: the worker's, where these are its own. */
static void understand_words(struct case_reply *reply)
{
  struct reply_reading *r = &reply->reading;
  const struct arrival *arrival = reply->arrival;
  const struct understanding *given = arrival->understanding;
  bool is_the_same = !r->inside.answers && (strcmp(r->said, arrival->mail->text_new) == 0 ||
                                            (!*r->said && is_our_letter(arrival->mail->text_new)));
  if (given && given->meaning->intent == INTENT_OFFICIAL_REPLY && is_the_same) {
    r->meaning = given->meaning;
    return;
  }
  r->shown = *arrival->mail;
  r->shown.text_new = r->said;
  r->circumstances =
      (struct circumstances){ .context = CONTEXT_OFFICIAL,
                              .without_places = true,
                              .now = mail_written_at(arrival->mail, arrival->received),
                              .zone = reply->work->config->zone,
                              .domain = reply->work->config->domain,
                              .is_office = true };
  r->own = understanding_new(&r->shown, &r->circumstances);
  r->meaning = r->own->meaning;
}

/* ---- what speaks against publishing ---- */

GPtrArray *reply_numbers_in(const char *text)
{
  GPtrArray *numbers = g_ptr_array_new_with_free_func(g_free);
  for (const char *at = text; (at = strpbrk(at, "Kk")); at++) {
    if (g_ascii_tolower(at[1]) != 'p' || (at > text && reply_is_word_byte(at[-1]))) continue;
    const char *p = at + 2 + strspn(at + 2, "- ");
    gsize year = strspn(p, "0123456789"), number = year == 4 && p[4] == '-' ? strspn(p + 5, "0123456789") : 0;
    if (number == 0 || number > 7) continue;
    g_autofree char *digits = g_strndup(p + 5, number);
    g_ptr_array_add(numbers, g_strdup_printf("KP-%.4s-%04d", p, (int)g_ascii_strtoll(digits, NULL, 10)));
  }
  return numbers;
}

/* Another case's number, and not this one's. */
static void read_numbers(struct case_reply *reply)
{
  g_autofree char *own = casefile_name(reply->it);
  g_autofree char *all = g_strconcat(reply->arrival->mail->subject, "\n", reply->reading.said, NULL);
  g_autoptr(GPtrArray) numbers = reply_numbers_in(all);
  for (guint i = 0; i < numbers->len; i++)
    if (strcmp(numbers->pdata[i], own) == 0) return;
  if (numbers->len) reply->reading.other = g_strdup(numbers->pdata[0]);
}

/* "Bitte nichts davon veröffentlichen.", behind the rows: of which of them it is said only its author knows.
 */
static bool is_internal_below(const struct case_reply *reply, const struct passage *subject)
{
  g_autofree char *below = reply_below_rows(reply);
  g_autoptr(passage_t) passage = passage_new(below, NULL, READ_BYTES);
  struct mail shown = *reply->arrival->mail;
  shown.text_new = below;
  struct reading_room room = { .mail = &shown, .passage = passage, .subject = subject };
  return *below && official_is_internal(&room);
}

/* Whether what stands around the rows of several cases is internal or a draft; each row is read alone. */
static void read_secrecy_around(struct case_reply *reply, const struct passage *subject)
{
  struct reply_reading *r = &reply->reading;
  g_autofree char *above = reply_above_rows(reply);
  g_autoptr(passage_t) passage = passage_new(above, NULL, READ_BYTES);
  struct mail shown = *reply->arrival->mail;
  shown.text_new = above;
  struct reading_room room = { .mail = &shown, .passage = passage, .subject = subject };
  bool is_marked =
      passage_has(passage, "office.surely-internal") || passage_has(subject, "office.surely-internal");
  bool is_internal = official_is_internal(&room);
  r->is_internal = is_internal && is_marked;
  r->is_unsure = (is_internal && !is_marked) || passage_has(passage, "office.unsure") ||
                 is_internal_below(reply, subject);
}

/* Internal by its own word, or only by how it reads. The text of the second kind is needed: its author is
 * shown it. */
static char *read_secrecy(struct case_reply *reply, const struct passage *passage,
                          const struct passage *subject)
{
  struct reply_reading *r = &reply->reading;
  struct mail shown = *reply->arrival->mail;
  shown.text_new = r->said;
  struct reading_room room = { .mail = &shown, .passage = passage, .subject = subject };
  bool is_marked =
      passage_has(passage, "office.surely-internal") || passage_has(subject, "office.surely-internal");
  bool is_internal = r->meaning->internal || official_is_internal(&room);
  g_autoptr(GArray) parts = official_internal_parts(passage);
  char *text = official_public_text(&room);
  bool is_certain = is_marked &&
                    (parts->len == 0 || !*text) && /* what stands beside a label may be an answer */
                    !passage_has(passage, "office.not-yet");
  r->is_internal = is_internal && is_certain;
  r->is_unsure = (is_internal && !is_certain) || passage_has(passage, "office.unsure");
  g_autoptr(GArray) drafts = official_draft_marks(passage);
  r->is_draft = drafts->len > 0 || passage_has(passage, "office.steer-draft") ||
                passage_has(subject, "office.steer-draft");
  return text;
}

/* "Frau … hat angerufen", where a name was: of whom, if not of the office's own people ("unser Bauleiter Herr
 * …")? */
static bool tells_of_party(const struct passage *passage)
{
  const struct phrase_hit *hit;
  guint party = phrases_tag("office.of-party"), own = phrases_tag("office.own-man");
  for (guint from = 0; (hit = passage_find(passage, party, from)); from = hit->first + 1) {
    const struct phrase_hit *man =
        passage_find(passage, own, hit->first > OWN_WORDS ? hit->first - OWN_WORDS : 0);
    while (man && man->end <= hit->first) man = passage_find(passage, own, man->first + 1);
    if (!man || man->first >= hit->first) return true;
  }
  return false;
}

/* The words without what belongs to one person alone. What still tells of somebody, and what is said to
 * somebody who takes no part, goes back to its author. */
static bool read_people(struct case_reply *reply, const struct passage *passage, const char *words,
                        GError **error)
{
  struct reply_reading *r = &reply->reading;
  g_autofree char *text = reply_without_people(reply, words, error);
  bool tells = false, greets = false, reaches = false;
  if (!text || !reply_greets_stranger(reply, passage, &greets, error)) return false;
  bool shows_staff = reply->office && strcmp(reply->office->clerk, "name") == 0;
  if (reply->is_private) {
    r->text = g_steal_pointer(&text);
    r->is_unsure |= greets;
    return true;
  }
  g_autofree char *safe = reply_without_contacts(reply, text, &reaches, error);
  if (!safe) return false;
  r->text = official_without_private(safe, reply->work->config->domain, shows_staff, &tells);
  g_autoptr(passage_t) redacted = passage_new(r->text, NULL, READ_BYTES);
  tells |= tells_of_party(redacted);
  r->is_unsure |= (tells && !reply_is_several(reply)) || greets || reaches;
  return true;
}

/* ---- the clerk ---- */

/* A person's name as it is shown: "Muster, Kerstin (SGA)" → "Kerstin Muster"; "" where it is the office's
 * own, or holds a number or an address. Caller frees. */
static char *clerk_name(const struct case_reply *reply)
{
  const char *name = reply->arrival->mail->from.name;
  if (!reply->office || strcmp(reply->office->clerk, "name") != 0 || reply->is_by_admin) return g_strdup("");
  g_autofree char *plain = g_strndup(name, strcspn(name, "(<[/|"));
  g_strstrip(plain);
  bool is_office = reply_has_word(plain, reply->office->sign) || strstr(plain, "amt") ||
                   strcmp(plain, reply->office->name) == 0 || strpbrk(plain, "@0123456789");
  if (is_office || g_utf8_strlen(plain, -1) > NAME_CHARACTERS) return g_strdup("");
  char *comma = strchr(plain, ',');
  if (!comma) return g_steal_pointer(&plain);
  *comma = '\0';
  return g_strdup_printf("%s %s", g_strstrip(comma + 1), g_strstrip(plain));
}

/* What somebody of the office wants left out goes; what is not found is remembered. Takes over the text. */
static char *without_wishes(struct case_reply *reply, char *text)
{
  for (guint i = 0; reply->redact && i < reply->redact->len; i++) {
    guint count = 0;
    char *rest = reply_without(reply->work, text, reply->redact->pdata[i], &count);
    reply->reading.is_unmet |= count == 0;
    g_free(text);
    text = rest;
  }
  return text;
}

/* "Zu KP-2026-0008: Der Poller …", "Betr. Ihre Anfrage KP-2026-0008: …" without what only says which case it
 * is. Takes over the text. */
static char *without_number(char *text)
{
  static const char *const leads[] = { "zu ",       "betr. ",   "betr.: ", "betreff: ", "betreff ",
                                       "betrifft ", "ihre ",    "ihrer ",  "anfrage ",  "frage ",
                                       "meldung ",  "antwort ", "auf ",    "re: " };
  const char *p = text + strspn(text, " \n");
  for (gsize i = 0; i < G_N_ELEMENTS(leads); i++)
    if (g_ascii_strncasecmp(p, leads[i], strlen(leads[i])) == 0) {
      p += strlen(leads[i]);
      i = (gsize)-1; /* one may lead to another */
    }
  if (g_ascii_strncasecmp(p, "kp", strlen("kp")) != 0) return text;
  const char *digits = p + strlen("kp"), *end = digits + strspn(digits, "-/ 0123456789");
  if (end - digits < (long)strlen("2026-1") || (*end != ':' && *end != '\n')) return text;
  char *rest = g_strdup(end + 1 + strspn(end + 1, " \n"));
  g_free(text);
  return rest;
}

/* Behind a salutation that was cut off people go on with a small letter; as a text of its own it begins with
 * a capital. Takes over the text. */
static char *with_capital(const char *said, char *text)
{
  gunichar first = g_utf8_get_char_validated(text, -1);
  bool is_small = first < (gunichar)-2 && g_unichar_islower(first);
  if (!is_small || g_str_has_prefix(said + strspn(said, " \n"), text)) return text;
  char capital[8] = { 0 };
  g_unichar_to_utf8(g_unichar_toupper(first), capital);
  char *out = g_strconcat(capital, g_utf8_next_char(text), NULL);
  g_free(text);
  return out;
}

/* Does it name a day to come, promised or not ("ab Mai geöffnet")? */
static bool names_day(const GArray *dates)
{
  for (guint i = 0; i < dates->len; i++) {
    const struct date_found *date = &g_array_index(dates, struct date_found, i);
    if (!date->is_past && (date->start.year || date->until.year)) return true;
  }
  return false;
}

/* The state and the day that the words tell, where they tell of a matter and not of facts. */
static bool read_state(struct case_reply *reply, const struct passage *passage, GError **error)
{
  struct reply_reading *r = &reply->reading;
  const struct wall *day = &r->meaning->expected;
  bool is_promise = day->year && !r->meaning->is_answer_by, is_facts = false;
  r->state = case_state_of(r->meaning->status);
  if (!reply_answers_facts(reply, passage, &is_facts, error)) return false;
  if (is_facts) r->state = NULL;
  r->expected = is_promise && !is_facts ? g_strdup_printf("%04d-%02d-%02d", day->year, day->month, day->day)
                                        : g_strdup("");
  return true;
}

/* "Siehe Anhang", and there is a paper: that is the answer, and goes to whoever asked with these words. */
static bool is_in_paper(const struct case_reply *reply, const struct passage *passage)
{
  return !reply->is_row && !reply->words && passage_has(passage, "office.points-attached") &&
         case_has_papers(reply->arrival->mail);
}

/* Not a word above our letter, and a paper beside it: that is what they answer. What was passed on is not
 * theirs. */
static bool is_bare_paper(const struct case_reply *reply)
{
  const struct reply_reading *r = &reply->reading;
  bool says = *r->text || r->meaning->status != STATUS_NONE || r->route || r->is_internal || r->is_unsure ||
              r->is_draft;
  return !says && !reply->is_row && !reply->words && !reply->is_by_admin &&
         !reply->arrival->mail->is_forward && case_has_papers(reply->arrival->mail);
}

/* Does anything tell that it is an answer: a state, a day, somebody spoken to, a paper, facts? */
static bool is_answer(const struct case_reply *reply, const struct passage *passage)
{
  const struct reply_reading *r = &reply->reading;
  const struct meaning *meaning = r->meaning;
  if (meaning->status != STATUS_NONE || meaning->expected.year || (meaning->cases && meaning->cases->len))
    return true;
  if (r->is_paper || official_speaks(passage) || is_in_paper(reply, passage)) return true;
  g_autoptr(passage_t) text = passage_new(r->text, NULL, READ_BYTES);
  bool has_day = names_day((r->own ? r->own : reply->arrival->understanding)->dates);
  return (has_day && !official_has_aside(text)) || official_is_plain(passage, text);
}

bool reply_read(struct case_reply *reply, GError **error)
{
  struct reply_reading *r = &reply->reading;
  r->said = own_words(reply);
  if (!reply_read_inside(reply, error) || !reply_forget_said(reply, error)) return false;
  understand_words(reply);
  g_autoptr(passage_t) passage = passage_new(r->said, NULL, READ_BYTES);
  g_autoptr(passage_t) subject = passage_new(reply->arrival->mail->subject, NULL, READ_BYTES);
  g_autofree char *public = read_secrecy(reply, passage, subject);
  if (reply_is_several(reply)) read_secrecy_around(reply, subject);
  if (!reply_read_route(reply, passage, error)) return false;
  if (!read_people(reply, passage, public, error)) return false;
  r->text = with_capital(r->said, without_number(without_wishes(reply, r->text)));
  if (!reply_is_repeated(reply, &r->is_repeated, error)) return false;
  if (!read_state(reply, passage, error)) return false;
  r->is_paper = is_bare_paper(reply);
  r->is_unsure |= !is_answer(reply, passage);
  r->is_unsure |=
      passage_has(passage, "office.bare") && passage_words(passage, 0, passage->lexemes->count) <= BARE_WORDS;
  if (passage_has(passage, "office.points-below")) { /* at what was not found */
    r->is_unsure = true;
    if (!r->state && !r->meaning->expected.year) *r->text = '\0'; /* no answer itself */
  }
  r->clerk = clerk_name(reply);
  bool is_over = r->state && (strcmp(r->state, "done") == 0 || strcmp(r->state, "rejected") == 0);
  if (!is_over && !reply_asks_back(reply, &r->is_question, error)) return false;
  if (!reply_was_promised(reply, &r->was_private, error)) return false;
  read_numbers(reply);
  bool is_doubtful = false;
  r->text = reply_with_questions(reply, r->text, &is_doubtful);
  r->is_unsure |= is_doubtful;
  return true;
}
