/* Private data in an office's answer: a clerk who knows the file writes more than the public may read. What
 * can be found goes; where the answer still tells of somebody (a named neighbour, an illness, a bill to one
 * person) its author is asked, because what is left may be enough to know who is meant.
 *
 * What surprised us: "Herr Meyer, Durchwahl 5822" is an office's man and "Herr Meyer, Dahmestraße 5" is not;
 * and a notice to one person holds no name at all ("Ihr Widerspruch wird zurückgewiesen"). */
#include "lists/understand/answers/official/private.h"

#include "lists/understand/answers/clauses.h"

#include "lib/text/facts/personal.h"
#include "lib/text/redact/redact.h"

#include <string.h>

enum {
  NAME_LEXEMES = 3,
  PERSON_BEHIND = 8,
  HOLDER_BEFORE = 4,
  STAFF_BEFORE = 6,
  STAFF_BEHIND = 8,
  STREET_WORDS = 4,
  REFERENCE_LEXEMES = 14,
  REFERENCE_LEAD = 4
};

struct private_reader {
  const struct passage *passage;
  const struct lexeme *l;
  GString *out;
  gsize copied;                          /* bytes of the text that are in `out` */
  bool shows_staff, is_act, is_doubtful; /* is_act: it tells one person what is done to them */
};

/* ---- replacing ---- */

static void replace(struct private_reader *r, guint first, guint end, const char *word)
{
  if (end <= first || r->l[first].start < r->copied) return;
  g_string_append_len(r->out, r->passage->lexemes->text + r->copied, (gssize)(r->l[first].start - r->copied));
  g_string_append(r->out, word);
  r->copied = r->l[end - 1].end;
}

static const struct phrase_hit *at_tag(const struct private_reader *r, const char *tag, guint at)
{
  return passage_at(r->passage, phrases_tag(tag), at);
}

/* ---- forms ---- */

/* Behind "Dahmestraße 5", "Am Studio 2a"; 0: no street and number stand here. */
static guint street_end(const struct private_reader *r, guint at)
{
  for (guint words = 0; words < STREET_WORDS; words++, at++) {
    if (r->l[at].kind == LEXEME_DIGITS) {
      bool has_letter =
          r->l[at + 1].kind == LEXEME_WORD && !r->l[at + 1].is_spaced && !r->l[at + 1].folded[1];
      return words ? at + 1 + has_letter : 0;
    }
    bool is_name = r->l[at].kind == LEXEME_WORD && r->l[at].is_capital;
    if (!is_name && !lexeme_is(&r->l[at], "-") && !lexeme_is(&r->l[at], ".")) return 0;
  }
  return 0;
}

/* Behind where somebody lives: ", Dahmestraße 5", "(wohnhaft Am Studio 2a", "aus der Regattastraße 14"; 0: it
 * is not said here. *first: where the address begins. */
static guint home_end(const struct private_reader *r, guint at, guint *first)
{
  guint from = at;
  while (lexeme_is(&r->l[from], ",") || lexeme_is(&r->l[from], "(")) from++;
  *first = from;
  const struct phrase_hit *lives = at_tag(r, "official.lives", from);
  if (lives) return street_end(r, lives->end);
  const struct phrase_hit *lead = from == at ? at_tag(r, "official.from-home", from) : NULL;
  if (!lead) return street_end(r, from);
  guint end = street_end(r, lead->end);
  *first = lead->end;
  return end && span_find(r->passage, "official.street", lead->end, end) ? end : 0;
}

/* Behind the number that a word like "Kassenzeichen" announces; 0: none follows. *first: its begin. */
static guint reference_end(const struct private_reader *r, guint at, guint *first)
{
  const struct phrase_hit *hit = at_tag(r, "official.reference", at);
  if (!hit || (*hit->value && !r->is_act)) return 0;
  guint from = hit->end;
  for (guint i = 0; i < REFERENCE_LEAD; i++, from++) {
    const struct lexeme *it = &r->l[from];
    bool leads = it->kind == LEXEME_MARK || lexeme_is(it, "nr") || lexeme_is(it, "nummer");
    if (!leads || it->kind == LEXEME_END) break;
  }
  guint digits = 0, end = from;
  for (; end < from + REFERENCE_LEXEMES; end++) {
    const struct lexeme *it = &r->l[end];
    bool is_code = it->kind == LEXEME_DIGITS || (it->kind == LEXEME_WORD && it->is_capital && !digits) ||
                   (it->kind == LEXEME_MARK && it->folded[0] && strchr("-/.", it->folded[0]) &&
                    !r->l[end + 1].is_spaced);
    if (!is_code || it->kind == LEXEME_END) break;
    digits += it->kind == LEXEME_DIGITS;
  }
  while (end > from && r->l[end - 1].kind == LEXEME_MARK) end--;
  *first = from;
  return digits ? end : 0;
}

/* Behind the date of birth that is announced here; 0: none is. *first: its begin. */
static guint birth_end(const struct private_reader *r, guint at, guint *first)
{
  const struct phrase_hit *hit = at_tag(r, "official.born", at);
  if (!hit) return 0;
  guint from = hit->end, digits = 0;
  while (r->l[from].kind == LEXEME_MARK || lexeme_is(&r->l[from], "am")) from++;
  guint end = from;
  for (; end < from + REFERENCE_LEXEMES; end++) {
    const struct lexeme *it = &r->l[end];
    bool is_month = it->kind == LEXEME_WORD && digits == 1 && it->is_capital;
    if (it->kind != LEXEME_DIGITS && !lexeme_is(it, ".") && !is_month) break;
    digits += it->kind == LEXEME_DIGITS;
  }
  if (end > from && lexeme_is(&r->l[end - 1], ".")) end--;
  *first = from;
  return digits ? end : 0;
}

/* ---- people ---- */

/* Somebody of an office or a firm: by what is said right before or behind the name. */
static bool is_staff(const struct private_reader *r, const struct personal_span *span)
{
  guint first = span->first - MIN(span->first, STAFF_BEFORE), end = span->end;
  for (guint i = span->first; i > first; i--)
    if (strchr(".!?;", r->l[i - 1].folded[0] ? r->l[i - 1].folded[0] : ' ') && r->l[i].begins_sentence)
      first = i;
  while (end < span->end + STAFF_BEHIND && r->l[end].kind != LEXEME_END && !r->l[end].begins_sentence) end++;
  return span_find(r->passage, "official.staff", first, end) != NULL;
}

/* "Stadtrat Dr. Beispiel": who holds a public office is named by it. */
static bool holds_office(const struct private_reader *r, const struct personal_span *span)
{
  static const char *const between[] = { "dr", "prof", ".", "herr", "frau", "herrn", "h", "c", NULL };
  if (span_find(r->passage, "official.office-holder", span->first, span->end)) return true;
  for (guint back = 1; back <= HOLDER_BEFORE && back <= span->first; back++) {
    guint at = span->first - back;
    const struct phrase_hit *hit = at_tag(r, "official.office-holder", at);
    if (hit) return true;
    if (!g_strv_contains(between, r->l[at].folded)) return false;
  }
  return false;
}

static void take_out_span(struct private_reader *r, const struct personal_span *span)
{
  if (span->kind != PERSONAL_PLATE && holds_office(r, span)) return;
  if (span->kind == PERSONAL_PLATE) {
    replace(r, span->first, span->end, "[Kennzeichen entfernt]");
    return;
  }
  guint home, street = home_end(r, span->end, &home);
  bool staff = !street && is_staff(r, span);
  if (staff && r->shows_staff) return;
  r->is_doubtful |= !staff;
  replace(r, span->first, span->end, "[Name entfernt]");
  if (street) replace(r, home, street, "[Anschrift entfernt]");
}

/* "Der Anwohner in der Regattastraße 14": where they live goes. "2. Stock links" alone tells enough. 0:
 * nobody is told by that here; else where to read on. */
static guint person_end(struct private_reader *r, guint at)
{
  const struct phrase_hit *hit = at_tag(r, "official.one-person", at);
  if (!hit) return 0;
  r->is_doubtful |= *hit->value != '\0';
  for (guint i = hit->end; !*hit->value && i < hit->end + PERSON_BEHIND && !r->l[i].begins_sentence; i++) {
    guint end = r->l[i].kind == LEXEME_WORD && r->l[i].is_capital ? street_end(r, i) : 0;
    if (!end || !span_find(r->passage, "official.street", i, end)) continue;
    r->is_doubtful = true;
    replace(r, i, end, "[Anschrift entfernt]");
    return end;
  }
  return *hit->value ? hit->end : 0;
}

/* Behind "[Name entfernt]", where who asked was taken out before: where they live goes as well. 0: it is
 * none. */
static guint named_before_end(struct private_reader *r, guint at)
{
  static const char *const mark[] = { "[", "name", "entfernt", "]" };
  for (guint i = 0; i < G_N_ELEMENTS(mark); i++)
    if (!lexeme_is(&r->l[at + i], mark[i])) return 0;
  guint home, end = home_end(r, at + G_N_ELEMENTS(mark), &home);
  if (!end) return 0;
  r->is_doubtful = true;
  replace(r, home, end, "[Anschrift entfernt]");
  return end;
}

/* What is announced at a lexeme goes. Returns where to read on. */
static guint take_out_announced(struct private_reader *r, guint at)
{
  guint first = 0, end = named_before_end(r, at);
  if (end) return end;
  end = reference_end(r, at, &first);
  if (end) {
    replace(r, first, end, "[Nummer entfernt]");
    return end;
  }
  end = birth_end(r, at, &first);
  if (end) {
    r->is_doubtful = true;
    replace(r, first, end, "[Geburtsdatum entfernt]");
    return end;
  }
  end = person_end(r, at);
  if (end) return end;
  end = at_tag(r, "official.lives", at) ? home_end(r, at, &first) : 0;
  if (!end) return at + 1;
  r->is_doubtful = true;
  replace(r, first, end, "[Anschrift entfernt]");
  return end;
}

/* "Frau Dr. Winter (Amtsleiterin)": somebody of an office, whom personal_spans leaves; the name goes where
 * the office shows none. Behind it; 0: no such name is here. */
static guint staff_end(struct private_reader *r, guint at)
{
  const struct phrase_hit *title = r->shows_staff ? NULL : at_tag(r, "personal.title", at);
  if (!title) return 0;
  struct personal_span span = { title->end, title->end, PERSONAL_PERSON };
  while (
      span.end < title->end + NAME_LEXEMES &&
      ((r->l[span.end].kind == LEXEME_WORD && r->l[span.end].is_capital) || lexeme_is(&r->l[span.end], "-")))
    span.end++;
  if (span.end == span.first || holds_office(r, &span) || !is_staff(r, &span)) return 0;
  replace(r, span.first, span.end, "[Name entfernt]");
  return span.end;
}

static void take_out_all(struct private_reader *r)
{
  g_autoptr(GArray) spans = personal_spans(r->passage);
  guint next = 0;
  for (guint at = 0; at < r->passage->lexemes->count;) {
    while (next < spans->len && g_array_index(spans, struct personal_span, next).first < at) next++;
    const struct personal_span *span =
        next < spans->len ? &g_array_index(spans, struct personal_span, next) : NULL;
    if (span && span->first == at) {
      take_out_span(r, span);
      at = MAX(span->end, at + 1);
    } else {
      guint end = staff_end(r, at);
      at = end ? end : take_out_announced(r, at);
    }
  }
}

char *official_without_private(const char *text, const char *domain, bool shows_staff, bool *is_doubtful)
{
  g_autoptr(GString) safe = g_string_new(NULL);
  redact_kinds(safe, text, strlen(text), domain, REDACT_ACCOUNT);
  g_autoptr(passage_t) passage = passage_new(safe->str, NULL, 0);
  struct private_reader r = {
    .passage = passage, .l = passage->lexemes->at, .out = g_string_new(NULL), .shows_staff = shows_staff
  };
  r.is_act = passage_has(passage, "official.act-to-one");
  take_out_all(&r);
  g_string_append(r.out, passage->lexemes->text + r.copied);
  r.is_doubtful |=
      (personal_find(passage) & PERSONAL_HEALTH) != 0 || passage_has(passage, "official.health") || r.is_act;
  *is_doubtful = r.is_doubtful;
  return g_string_free(r.out, FALSE);
}
