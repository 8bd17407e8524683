/* How the readers of this room work together. A text is read in three steps: elements (what single words and
 * figures say: "Samstag", "12.5.", "halb sieben"; elements.c and the files it asks), moments (elements that
 * belong together, ranges; join.c, apart.c), and wall times (resolve.c). */
#ifndef TEXT_DATES_PRIVATE_H
#define TEXT_DATES_PRIVATE_H

#include "lib/text/dates/dates.h"
#include "lib/text/days/calendar.h"
#include "lib/text/days/holidays.h"

/* ---- words.c: the tables' tags ---- */

enum date_tag {
  TAG_WEEKDAY,       /* 1 Monday … 7 Sunday; "6 18" with the hour of a part of the day */
  TAG_WEEKDAY_SHORT, /* two letters: only beside figures */
  TAG_WEEKDAYS,      /* "montags": every one */
  TAG_MONTH,         /* 1 to 12; "5 week", "5 half": a part of it; "5 beside": a word too */
  TAG_MONTH_SHORT,   /* only beside figures */
  TAG_OFFSET,        /* days from today */
  TAG_PART,          /* hour a part of the day begins at */
  TAG_WHICH,         /* 0 this, 1 next, 2 the one after, -1 last, -2 the one before */
  TAG_UNIT,          /* letters of unit_of_word() */
  TAG_SEASON,        /* 1 spring … 4 winter */
  TAG_HOLIDAY,       /* "12-25", "easter+39", "advent1", … */
  TAG_SECTION,       /* 1 beginning, 2 middle, 3 end; with a unit behind it ("3 month") */
  TAG_COUNT,         /* numbers in words; "1.5" */
  TAG_ORDINAL,       /* 1 …; -1 the last */
  TAG_EVERY,         /* what makes the next word a repetition */
  TAG_FREQUENCY,     /* parts of an RRULE */
  TAG_REPEATED,      /* behind "ersten Dienstag": "im Monat" */
  TAG_GLUE,          /* words between: letters of enum glue */
  TAG_CLOCK,         /* "Uhr" */
  TAG_QUARTERS,      /* minutes "halb", "viertel" put to the hour named */
  TAG_BEFORE_AFTER,  /* 1 "nach", -1 "vor" between minutes and hour */
  TAG_TIME,          /* "Mitternacht": hour:minute */
  TAG_MERIDIEM,      /* "am", "pm" behind figures */
  TAG_IN,            /* 1 "in", -1 "vor": a span from now */
  TAG_AGO,           /* the same behind the span */
  TAG_WEEK,          /* "KW" */
  TAG_ROMAN,
  TAG_YEAR,       /* "Jahr", "im Jahr": a year follows */
  TAG_PAST,       /* words that look back */
  TAG_FINISH,     /* words beside an end: "Schluss" */
  TAG_BEGIN,      /* words beside a beginning: "los" */
  TAG_LENGTH,     /* beside a duration: "lang", "dauert" */
  TAG_NOT_BEFORE, /* a figure behind this is no date: "Nr." */
  TAG_NOT_BEHIND, /* a figure before this is no date: "kg" */
  TAG_NOT,        /* idioms: "guten Morgen" */
  TAG_EXCEPT,     /* days beside it are left out of what comes again: "außer", "Ferien" */
  TAG_UNTIL,      /* behind a date, "until" it: Turkish "kadar" */
  TAG_AGED,       /* whose age a bare figure behind "ab" is: "Kinder ab 8" */
  TAG_COUNT_OF,
};
_Static_assert(TAG_COUNT_OF <= 64, "a set of tags is 64 bits");

enum date_unit {
  UNIT_NONE,
  UNIT_MINUTE,
  UNIT_HOUR,
  UNIT_DAY,
  UNIT_WORKDAY,
  UNIT_WEEK,
  UNIT_WEEKEND,
  UNIT_WORKWEEK,
  UNIT_MONTH,
  UNIT_QUARTER,
  UNIT_HALF,
  UNIT_YEAR,
  UNIT_SEASON,
};

/* A text being read. */
struct dates_reader {
  const struct passage *passage;
  const struct lexeme *at;
  guint count;
  guint *hit_of;     /* the first hit of each lexeme; G_MAXUINT: none */
  uint64_t *tags_of; /* bits of the enum date_tags that begin at each lexeme */
  uint8_t *tag_of;   /* enum date_tag + 1 of each hit; 0: not ours */
  GArray *elements;
  const char *zone;
  int64_t now_seconds;
  struct wall now;
  int today;
};

void dates_reader_begin(struct dates_reader *r, const struct passage *passage, const struct dates_wish *wish);
void dates_reader_end(struct dates_reader *r);
/* The longest hit of a tag that begins at a lexeme; NULL: none. */
const struct phrase_hit *word_at(const struct dates_reader *r, enum date_tag tag, guint at);
/* The hit of a tag that ends at a lexeme, at most three lexemes long; NULL: none. */
const struct phrase_hit *word_before(const struct dates_reader *r, enum date_tag tag, guint end);
int hit_number(const struct phrase_hit *hit);
enum date_unit unit_of_word(const char *word);
/* The nth letter code of a value is there: "at until" holds "until". */
bool hit_says(const struct phrase_hit *hit, const char *word);

/* Small questions about lexemes; all true only where `at` is within the text. */
static inline bool is_mark(const struct dates_reader *r, guint at, const char *mark)
{
  return at < r->count && r->at[at].kind == LEXEME_MARK && g_str_equal(r->at[at].folded, mark);
}
static inline bool is_joined_mark(const struct dates_reader *r, guint at, const char *mark)
{
  return is_mark(r, at, mark) && !r->at[at].is_spaced;
}
static inline bool is_digits(const struct dates_reader *r, guint at)
{
  return at < r->count && r->at[at].kind == LEXEME_DIGITS;
}
static inline guint digits_size(const struct dates_reader *r, guint at)
{
  return r->at[at].end - r->at[at].start;
}
static inline bool is_word(const struct dates_reader *r, guint at)
{
  return at < r->count && r->at[at].kind == LEXEME_WORD;
}
/* Behind a single line's end. */
static inline guint over_break(const struct dates_reader *r, guint at)
{
  return at + 1 < r->count && r->at[at].kind == LEXEME_BREAK && r->at[at + 1].kind != LEXEME_BREAK ? at + 1
                                                                                                   : at;
}

/* ---- elements ---- */

enum slot {
  SLOT_DAY = 1 << 0,
  SLOT_MONTH = 1 << 1,
  SLOT_YEAR = 1 << 2,
  SLOT_WEEKDAY = 1 << 3,
  SLOT_OFFSET = 1 << 4,
  SLOT_HOLIDAY = 1 << 5,
  SLOT_PERIOD = 1 << 6,
  SLOT_SPAN = 1 << 7,
  SLOT_CLOCK = 1 << 8,
  SLOT_PART = 1 << 9,
  SLOT_EVERY = 1 << 10,
  SLOT_NUMBER = 1 << 11, /* a figure that its neighbours must explain */
  SLOT_LENGTH = 1 << 12,
  SLOT_NTH = 1 << 13, /* the nth weekday, day or week of a month */
  SLOT_NOW = 1 << 14, /* "jetzt" */
  SLOTS_DATE = SLOT_DAY | SLOT_MONTH | SLOT_YEAR | SLOT_WEEKDAY | SLOT_OFFSET | SLOT_HOLIDAY | SLOT_PERIOD |
               SLOT_SPAN | SLOT_NTH | SLOT_EVERY | SLOT_NOW,
  SLOTS_TIME = SLOT_CLOCK | SLOT_PART,
};

enum frequency { FREQUENCY_NONE, FREQUENCY_DAILY, FREQUENCY_WEEKLY, FREQUENCY_MONTHLY, FREQUENCY_YEARLY };

struct rule {
  enum frequency frequency;
  int interval;
  unsigned weekdays; /* bit 1 Monday … 7 */
  unsigned nths;     /* bit n for the nth, bit 0 for the last */
  int month_day, month;
};

struct element {
  guint first, end;
  unsigned slots;
  int year, month, day;
  int weekday, which; /* which: of weekday and period, WHICH_NONE where nothing is said */
  int nth;
  int offset;
  enum date_unit unit; /* of a period */
  int number;          /* of week, quarter, half, season; the weak number */
  int amount;          /* of a period: how many units ("die nächsten drei Wochen"); 0: one */
  int section;         /* 1 to 3: beginning, middle, end; 4, 5: first, second half; 6: the rest */
  enum date_unit span_unit;
  int span; /* minutes for minute and hour, else units */
  int hour, minute;
  int part;
  const char *holiday;
  int length_minutes, length_days;
  struct rule rule;
  bool is_plain;    /* clock: as digital clocks write it or with "Uhr", so 3:00 may be the night's */
  bool is_loose;    /* clock: "gegen", "ca." */
  bool is_word;     /* weak number: in words */
  bool is_ordinal;  /* weak number: "3." */
  bool is_short;    /* weekday: "Mo" */
  bool is_adverb;   /* part: "abends": no date of its own */
  bool is_pair;     /* weak: "12.5", "18.30": day and month, hour and minute */
  bool may_be_time; /* weak pair: hour and minute are filled */
  bool is_digital;  /* clock: "15:30" */
  bool is_of_24;    /* clock: "02:30", which counts to twenty-four */
};

enum { WHICH_NONE = 99 };

/* What stands between two elements. */
enum glue {
  GLUE_NO = 0,
  GLUE_PLAIN = 1 << 0,
  GLUE_RANGE = 1 << 1, /* "bis" */
  GLUE_DASH = 1 << 2,
  GLUE_SLASH = 1 << 3,
  GLUE_AND = 1 << 4,
  GLUE_FROM = 1 << 5,
  GLUE_ABOUT = 1 << 6,
  GLUE_BETWEEN = 1 << 7,
  GLUE_AT = 1 << 8,
  GLUE_LATEST = 1 << 9, /* "spätestens", "vor" */
  GLUE_SINCE = 1 << 10,
  GLUE_BREAK = 1 << 11,
  GLUE_AFTER = 1 << 12, /* "nach" */
  GLUE_ON = 1 << 13,    /* "am": a day may follow */
  GLUE_OF = 1 << 14,
  GLUE_COMMA = 1 << 15,
  GLUE_OVER = 1 << 17, /* "auf den": a night, or a date that moves */
  GLUE_OPEN = 1 << 16, /* "ab": no end is meant */
};
/* glue.c: of the lexemes [from, to), at most eight. */
unsigned glue_between(const struct dates_reader *r, guint from, guint to);
/* The glue that stands right before a lexeme, at most three words; *first is where it begins. */
unsigned glue_before(const struct dates_reader *r, guint at, guint *first);

/* Fills r->elements. */
void elements_find(struct dates_reader *r);

/* The readers: each looks at one place and fills *e with slots and end, or says false. */
typedef bool element_read_fn(const struct dates_reader *r, guint at, struct element *e);
element_read_fn read_figures;     /* day_figures.c: "12.5.2026", "2026-05-12", "05/2026" */
element_read_fn read_day_words;   /* day_words.c: "12. Mai", "Mai", "Samstag", "übermorgen", "Pfingsten" */
element_read_fn read_period;      /* period.c: "nächste Woche", "34. KW", "II. Quartal", "Ende August" */
element_read_fn read_span;        /* span.c: "in zwei Wochen", "vor drei Tagen", "zwei Stunden lang" */
element_read_fn read_clock;       /* clock.c: "15 Uhr", "15.30 Uhr", "17h10", "3pm" */
element_read_fn read_clock_words; /* clock_words.c: "halb sieben", "viertel vor acht", "Mitternacht" */
element_read_fn read_every;       /* every.c: "jeden ersten Dienstag", "montags", "alle 14 Tage" */

/* number.c: hundredths of a small number in figures or words at a lexeme ("1,5", "anderthalb": 150); 0: none;
 * *end is behind it. */
int small_number(const struct dates_reader *r, guint at, guint *end);
/* "ersten", "3.", "3ten"; 0: none; -1: the last. */
int small_ordinal(const struct dates_reader *r, guint at, guint *end);
/* A year of four figures, or of two behind an apostrophe; 0: none. */
int year_at(const struct dates_reader *r, guint at, guint *end);
int full_year(const struct dates_reader *r, guint year, guint size);
/* Whether what stands around a figure says that it is none of ours. */
bool is_other_figure(const struct dates_reader *r, guint first, guint end);

/* ---- moments ---- */

struct moment {
  guint first, end;
  struct element from, until;
  bool has_until;
  struct element floor, bound; /* of a repetition: not before, not behind; slots 0: none */
  bool is_dead;
  unsigned lead;    /* enum glue before it */
  bool is_twin;     /* shares the time of the next one: "am 12. und 19. Mai um 15 Uhr" */
  bool is_over;     /* a day "auf den" next one */
  bool is_borrowed; /* its clock stood apart; is_begin: beside "Beginn" */
  bool is_begin;
};

/* join.c: struct moment from the elements, in order. */
GArray *moments_join(const struct dates_reader *r);
/* pair.c: its first two steps, and what its later ones need too. */
void moments_pair(const struct dates_reader *r, GArray *moments);
void moments_settle(const struct dates_reader *r, GArray *moments);
/* The glue before a moment. */
unsigned lead_of(const struct dates_reader *r, const struct moment *m);
/* b becomes the end of a. */
void make_range(struct moment *a, const struct moment *b);
/* A day without month takes that of the next; a month without year too. */
bool lend_month(struct element *a, const struct element *b);
void lend_year(struct element *a, const struct element *b);
/* "In der Nacht vom 6. auf den 7. Juni": an hour beside it is of the evening or of the next morning, and the
 * second day no end. */
bool is_night_over(const struct moment *m);
bool is_of_night(const struct element *e);
/* join.c: of a repetition and days from one to another ("vom 11.5. bis 29.6.") the repetition between them.
 * False: they are no such two, or the days are left out of it. */
bool merge_stretch(const struct dates_reader *r, struct moment *a, const struct moment *b);
/* apart.c: gives clocks that stand apart to the days they belong to. */
void moments_bring_together(const struct dates_reader *r, GArray *moments);
/* past.c: whether the words around look back. */
bool looks_back(const struct dates_reader *r, guint first, guint end);
/* resolve.c: false: it says nothing that can be shown. */
bool moment_resolve(const struct dates_reader *r, const struct moment *moment, struct date_found *found);
/* resolve_day.c: the days an element means, first and last, and its grain. `past`: the words look back.
 * `floor`: not before this day, CALENDAR_NO_DAY: no floor. */
struct days {
  int first, last;
  enum date_grain grain;
};
bool resolve_days(const struct dates_reader *r, const struct element *e, bool past, int floor,
                  struct days *days);
/* rule.c: the RRULE of a rule, checked and normalised by libical; NULL: it is none. `until`: seconds UTC, 0:
 * none. */
char *rule_write(const struct rule *rule, const struct wall *until, const char *zone);
/* The first day of a rule at or behind a day. */
int rule_first_day(const struct rule *rule, int day);

#endif
