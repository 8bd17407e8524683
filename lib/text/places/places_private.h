/* What the files share that find places in a mail (places.c, place_street.c, place_crossing.c,
 * place_landmark.c). */
#ifndef TEXT_PLACES_PLACES_PRIVATE_H
#define TEXT_PLACES_PLACES_PRIVATE_H

#include "lib/text/places/gazetteer_private.h"
#include "lib/text/places/places.h"

enum {
  PLACES_FUZZY_MAX = 300, /* names looked up with typos in one text */
  PLACES_FOUND_MAX = 200,
  CHAIN_WORDS = 7, /* words joined by hyphens */
};

/* Tags of the tables, by what they mean here. */
enum place_tag {
  TAG_CORNER,  /* Ecke, Kreuzung: a crossing follows, or comes before */
  TAG_BESIDE,  /* gegenüber, vor, Höhe: between a street and its number */
  TAG_BETWEEN, /* zwischen … und … */
  TAG_AND,     /* und, bis */
  TAG_NUMBER,  /* Nr., Haus, Hausnummer */
  TAG_STATION, /* S-Bhf, Haltestelle */
  TAG_NOUN,    /* Spielplatz, Kita, Netto; value: the kind in the gazetteer */
  TAG_COMMON,  /* ordinary words that look like streets */
  TAG_OUTSIDE, /* other towns and districts */
  TAG_INTO,    /* in, im, nach */
  TAG_PERSON,  /* Herr, Frau: a name follows, not a place */
  TAG_UNIT,    /* behind a number: no house */
  TAG_LINK,    /* in der, am, an der: between a landmark and its street */
  TAG_COUNT
};

struct hint {
  guint at; /* lexeme */
  const char *region, *locality;
};

/* The longest names of the gazetteer that begin at a lexeme. */
struct names_at {
  guint end; /* 0: none */
  guint low, count;
};
/* The last one looked up: several readers ask for the same. */
struct names_memo {
  guint at; /* lexeme + 1; 0: none yet */
  struct names_at names;
};

struct finder {
  const struct passage *passage;
  const struct lexemes *l;
  const struct gazetteer *gazetteer;
  guint tags[TAG_COUNT];
  bool *taken;    /* lexemes of links and mail addresses */
  GArray *found;  /* struct place_found */
  GArray *wishes; /* struct street_wish, beside found */
  GArray *hints;  /* regions and localities named */
  struct names_memo *memo;
  guint fuzzy;      /* look-ups with typos done */
  bool takes_words; /* streets that are called like ordinary things, without a house's number, too */
};

/* The longest hit of a tag that begins at a lexeme: its end; 0: none. */
guint finder_hit(const struct finder *f, enum place_tag tag, guint at);
const char *finder_value(const struct finder *f, enum place_tag tag, guint at);
const struct lexeme *finder_at(const struct finder *f, guint at);
bool finder_is_mark(const struct finder *f, guint at, const char *mark);
/* Behind a single line's end that parts no sentences. */
guint finder_over_break(const struct finder *f, guint at);
/* Behind the words that hyphens join to the one at `at`. */
guint finder_chain(const struct finder *f, guint at);
/* A look-up with typos; none once the text had its share. */
struct near_name finder_near(struct finder *f, const struct place_key *key, enum name_kind kind);

/* Names of the gazetteer that begin at a lexeme: the longest. */
struct names_at finder_names(const struct finder *f, guint at);
const struct name *finder_name_of(const struct finder *f, const struct names_at *names, enum name_kind kind);

/* ---- streets ---- */
struct street_span {
  guint first, end;        /* lexemes; the dot of "Str." within */
  const struct name *name; /* NULL: looks like a street only */
  guint distance, rivals;  /* typos */
  bool has_ending;         /* "…straße", "…weg" */
  bool needs_number;       /* a common word: a street with a house number only */
};
bool street_at(struct finder *f, guint at, struct street_span *span);

struct house_span {
  guint end; /* 0: none */
  int number, until;
};
/* A house number behind a street: "78", "78 a", "Nr. 78-80", "gegenüber 12". */
struct house_span house_at(const struct finder *f, guint at);
/* "Haus 14" anywhere near a street, on either side. */
int house_nearby(const struct finder *f, const struct street_span *span);

/* ---- what begins at a lexeme: its end, or 0 and nothing is found ---- */
guint take_street(struct finder *f, guint at, guint text_first);
/* The same of a street that is known to be one. */
guint put_street(struct finder *f, guint first, const struct street_span *span,
                 const struct house_span *house);
guint take_crossing(struct finder *f, guint at);
guint take_between(struct finder *f, guint at);
guint take_landmark(struct finder *f, guint at);
guint take_outside(struct finder *f, guint at);

/* Behind a street: another one that crosses it ("/ Edisonstr", "Ecke Ernststr."). False: none. */
bool crossing_behind(struct finder *f, const struct street_span *street, bool is_announced,
                     struct street_span *other);
/* Puts two streets as a crossing. */
void put_crossing(struct finder *f, guint first, const struct street_span *a, const struct street_span *b);

/* Appends; text is taken from its lexemes. NULL when there are too many already. */
struct place_found *finder_put(struct finder *f, const struct place_found *place,
                               const struct street_wish *wish);
/* Does "in Neukölln", "12043 Berlin" stand here? Its end; *postcode gets one that the gazetteer knows. */
guint outside_behind(const struct finder *f, guint at, char postcode[6]);

#endif
