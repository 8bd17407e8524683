/* A moderator's wishes applied to a text: numbers, accounts, addresses of mail and links by the scanner of
 * redact.c; names and number plates by what lib/text/facts/personal.c finds; where people live by
 * lib/text/places. A wish that finds nothing says so by its count: then nobody should believe that something
 * was left out. */
#include "lib/text/redact/wishes.h"

#include "lib/text/facts/personal.h"
#include "lib/text/places/places.h"
#include "lib/text/redact/redact.h"

#include <string.h>

/* What a code takes out of a text. */
static const struct wish {
  const char *code;
  enum redact_wish about;
  unsigned kinds;    /* enum redact_kind */
  unsigned personal; /* PERSONAL_PERSON, PERSONAL_PLATE */
  bool with_places;
} wishes[] = {
  { "phone", REDACT_WISH_TEXT, REDACT_PHONE, 0, false },
  { "email", REDACT_WISH_TEXT, REDACT_EMAIL, 0, false },
  { "bank", REDACT_WISH_TEXT, REDACT_ACCOUNT, 0, false },
  { "link", REDACT_WISH_TEXT, REDACT_LINK, 0, false },
  { "name", REDACT_WISH_TEXT, 0, PERSONAL_PERSON, false },
  { "plate", REDACT_WISH_TEXT, 0, PERSONAL_PLATE, false },
  { "address", REDACT_WISH_TEXT, 0, 0, true },
  { "contact", REDACT_WISH_TEXT, REDACT_PHONE | REDACT_EMAIL, 0, true },
  { "photo", REDACT_WISH_FILES, 0, 0, false },
  { "face", REDACT_WISH_FILES, 0, 0, false },
};

static const struct wish *wish_find(const char *code)
{
  for (gsize i = 0; i < G_N_ELEMENTS(wishes); i++)
    if (strcmp(wishes[i].code, code) == 0) return &wishes[i];
  return NULL;
}

enum redact_wish redact_wish_of(const char *code)
{
  const struct wish *wish = wish_find(code);
  return wish ? wish->about : REDACT_WISH_UNKNOWN;
}

/* A text with some of its lexemes replaced; spans come in order. */
struct cutting {
  const struct lexemes *lexemes;
  GString *out;
  gsize copied; /* bytes of the text that are in `out` */
  guint count;
};

static void cut(struct cutting *cutting, guint first, guint end, const char *word)
{
  const struct lexeme *at = cutting->lexemes->at;
  if (end <= first || at[first].start < cutting->copied) return;
  g_string_append_len(cutting->out, cutting->lexemes->text + cutting->copied,
                      (gssize)(at[first].start - cutting->copied));
  g_string_append(cutting->out, word);
  cutting->copied = at[end - 1].end;
  cutting->count++;
}

static char *cut_end(struct cutting *cutting)
{
  g_string_append(cutting->out, cutting->lexemes->text + cutting->copied);
  return g_string_free(cutting->out, FALSE);
}

/* Names or number plates. Takes over the text. */
static char *without_people(char *text, unsigned kinds, guint *count)
{
  g_autoptr(passage_t) passage = passage_new(text, NULL, 0);
  g_autoptr(GArray) spans = personal_spans(passage);
  struct cutting cutting = { .lexemes = passage->lexemes, .out = g_string_new(NULL) };
  for (guint i = 0; i < spans->len; i++) {
    const struct personal_span *span = &g_array_index(spans, struct personal_span, i);
    if ((span->kind & kinds) == 0) continue;
    cut(&cutting, span->first, span->end,
        span->kind == PERSONAL_PERSON ? "[Name entfernt]" : "[Kennzeichen entfernt]");
  }
  *count += cutting.count;
  g_free(text);
  return cut_end(&cutting);
}

/* Streets with their numbers. Takes over the text. */
static char *without_places(char *text, const struct gazetteer *gazetteer, guint *count)
{
  g_autoptr(passage_t) passage = passage_new(text, NULL, 0);
  g_autoptr(GArray) places = places_find(passage, gazetteer);
  struct cutting cutting = { .lexemes = passage->lexemes, .out = g_string_new(NULL) };
  for (guint i = 0; i < places->len; i++) {
    const struct place_found *place = &g_array_index(places, struct place_found, i);
    if (place->source == PLACE_BY_ADDRESS) cut(&cutting, place->first, place->end, "[Anschrift entfernt]");
  }
  *count += cutting.count;
  g_free(text);
  return cut_end(&cutting);
}

static char *without_kinds(char *text, unsigned kinds, const char *domain, guint *count)
{
  g_autoptr(GString) out = g_string_new(NULL);
  *count += redact_kinds(out, text, strlen(text), domain, kinds);
  g_free(text);
  return g_string_free(g_steal_pointer(&out), FALSE);
}

char *redact_wish(const char *text, const char *code, const char *domain, const struct gazetteer *gazetteer,
                  guint *count)
{
  const struct wish *wish = wish_find(code);
  char *rest = g_strdup(text);
  *count = 0;
  if (!wish || wish->about != REDACT_WISH_TEXT) return rest;
  if (wish->kinds) rest = without_kinds(rest, wish->kinds, domain, count);
  if (wish->personal) rest = without_people(rest, wish->personal, count);
  if (wish->with_places) rest = without_places(rest, gazetteer, count);
  /* "die Adresse raus" of a text that names no street means the one of the mailbox */
  bool is_mailbox = wish->with_places && *count == 0;
  return is_mailbox ? without_kinds(rest, REDACT_EMAIL, domain, count) : rest;
}
