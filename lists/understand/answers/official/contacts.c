/* How somebody is reached, in an office's answer: "Der Hausmeister hat 0172 …" is the janitor's affair, "das
 * Ordnungsamt unter 030 90297-4629" is what people need. Called for each text that may be published.
 *
 * What stays must show itself as everybody's: a mailbox that an office has entered, one of an office's domain
 * that is no person's name, a name like "info@" elsewhere; a telephone number whose sentence speaks of an
 * office, a hotline or "us", and of no person. A mobile number is a person's. All else goes. The clerk's own,
 * in a line of its own or beside "mich" and "Durchwahl", goes without a question; for anybody else's the
 * author is asked, since whoever is reached there may not know of it. */
#include "lists/understand/answers/official/contacts.h"

#include "lists/understand/answers/clauses.h"
#include "lists/understand/answers/official/card.h"

#include "lib/text/facts/personal.h"
#include "lib/text/mailbox_domains.h"
#include "lib/text/redact/redact.h"

#include <string.h>

enum { LINE_WORDS = 4 };

struct contact_reader {
  const struct official_desks *desks;
  const struct passage *passage;
  GArray *sentences; /* struct clause */
  GArray *people;    /* struct personal_span */
  bool is_doubtful;
};

/* ---- addresses ---- */

/* The words of a local part: "post.sga" → "post sga". Caller frees. */
static char *words_of(const char *address)
{
  char *words = g_strndup(address, strcspn(address, "@"));
  return g_strdelimit(words, "._-+", ' ');
}

/* "info", "buergerdienste", "strassen-amt": a mailbox that is nobody's own. */
static bool is_desk(const char *address)
{
  g_autofree char *words = words_of(address);
  g_autoptr(passage_t) passage = passage_new(words, NULL, 0);
  return passage_has(passage, "office.mailbox");
}

/* "kerstin.muster", "k.muster": two words, none of which names a desk. */
static bool is_persons_name(const char *address)
{
  g_autofree char *words = words_of(address);
  g_auto(GStrv) parts = g_strsplit(words, " ", -1);
  guint count = 0;
  for (char **part = parts; *part; part++) count += **part && strcspn(*part, "0123456789") == strlen(*part);
  return count >= 2 && !is_desk(address);
}

static bool is_entered(const GPtrArray *offices, const char *address)
{
  for (guint i = 0; i < offices->len; i++)
    if (strcmp(offices->pdata[i], address) == 0) return true;
  return false;
}

/* Has an office the domain, or an address in it? */
static bool is_of_office(const GPtrArray *offices, const char *at)
{
  if (is_mailbox_domain(at + 1)) return false;
  for (guint i = 0; i < offices->len; i++) {
    const char *domain = strrchr(offices->pdata[i], '@');
    if (domain && strcmp(domain, at) == 0) return true;
  }
  return false;
}

static bool address_stays(struct contact_reader *r, const char *found)
{
  g_autofree char *address = g_ascii_strdown(found, -1);
  const char *begin = g_str_has_prefix(address, "mailto:") ? address + strlen("mailto:") : address;
  const char *at = strrchr(begin, '@');
  if (r->desks->author && strcmp(begin, r->desks->author) == 0) return is_entered(r->desks->offices, begin);
  if (at && is_entered(r->desks->offices, begin)) return true;
  bool is_office = at && is_of_office(r->desks->offices, at);
  bool is_person = !at || is_persons_name(begin) || is_mailbox_domain(at + 1);
  if (!is_person && (is_office || is_desk(begin))) return true;
  r->is_doubtful |= !is_office;
  return false;
}

/* ---- telephone numbers ---- */

/* The sentence around a place; a full stop behind "Tel" ends none. */
static struct clause sentence_at(const struct contact_reader *r, gsize at)
{
  const struct lexeme *l = r->passage->lexemes->at;
  struct clause sentence = { 0, r->passage->lexemes->count, 0, false };
  for (guint i = 0; i < r->sentences->len; i++) {
    const struct clause *one = &g_array_index(r->sentences, struct clause, i);
    if (l[one->first].start > at) break;
    bool goes_on = one->first > 1 && lexeme_is(&l[one->first - 1], ".") &&
                   passage_at(r->passage, phrases_tag("office.line-short"), one->first - 2);
    sentence = (struct clause){ goes_on ? sentence.first : one->first, one->end, 0, false };
  }
  return sentence;
}

/* Does a person stand in it, by name? *is_staff: somebody of an office. */
static bool names_person(const struct contact_reader *r, const struct clause *sentence, bool *is_staff)
{
  bool names = false;
  for (guint i = 0; i < r->people->len; i++) {
    const struct personal_span *span = &g_array_index(r->people, struct personal_span, i);
    names |= span->kind != PERSONAL_PLATE && span->first >= sentence->first && span->first < sentence->end;
  }
  *is_staff = clause_find(r->passage, "official.staff", sentence) != NULL;
  return names;
}

static bool phone_stays(struct contact_reader *r, const char *number, gsize at)
{
  struct clause sentence = sentence_at(r, at);
  bool is_staff = false, is_person = names_person(r, &sentence, &is_staff),
       mobile = official_is_mobile(number);
  if (!mobile && clause_find(r->passage, "office.line-own", &sentence)) return false;
  bool is_everyones = clause_find(r->passage, "office.line", &sentence) != NULL;
  if (is_everyones && !is_person && !mobile) return true;
  bool is_signature = passage_words(r->passage, sentence.first, sentence.end) < LINE_WORDS;
  r->is_doubtful |= mobile || !((is_person && is_staff) || is_signature);
  return false;
}

/* ---- the text ---- */

static bool stays(const char *text, gsize from, gsize to, enum redact_kind kind, void *data)
{
  g_autofree char *found = g_strndup(text + from, to - from);
  return kind == REDACT_PHONE ? phone_stays(data, found, from) : address_stays(data, found);
}

char *official_without_contacts(const char *text, const struct official_desks *desks, bool *is_doubtful)
{
  g_autoptr(passage_t) passage = passage_new(text, NULL, 0);
  g_autoptr(GArray) sentences = sentences_of(passage), people = personal_spans(passage);
  struct contact_reader reader = {
    .desks = desks, .passage = passage, .sentences = sentences, .people = people
  };
  GString *out = g_string_new(NULL);
  const char *read = passage->lexemes->text; /* whose places the lexemes have */
  redact_kinds_but(out, read, strlen(read), desks->domain, REDACT_EMAIL | REDACT_PHONE, stays, &reader);
  *is_doubtful = reader.is_doubtful;
  return g_string_free(out, FALSE);
}
