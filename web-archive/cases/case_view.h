/* Cases as the public sees them: rows of the store that have been through the privacy gate, without what is
 * not public, and without the name of anybody but offices and the clerks who want theirs shown. */
#ifndef WEB_ARCHIVE_CASE_VIEW_H
#define WEB_ARCHIVE_CASE_VIEW_H

#include "lib/store/cases/case_shelves.h"
#include "web-archive/privacy.h"
#include "web-archive/site.h"

/* What a state is called: "erledigt laut Amt". `slug` names its folder, `word` is the one of open data. */
struct state_words {
  const char *slug, *word, *words;
};
const struct state_words *state_words(enum public_state state);
/* The state of a word of the store; 0: none. */
enum public_state state_of_word(const char *word);

struct public_office {
  int64_t id;
  struct public_text *sign, *name, *line; /* line: that stands under its answers */
};
/* NULL without error: id is 0, or there is no such office. */
struct public_office *view_office(struct site *site, int64_t id, GError **error);
/* Is there an office of this sign? */
bool view_office_has_sign(struct site *site, const char *sign, GError **error);
void public_office_free(struct public_office *office);
typedef struct public_office public_office_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(public_office_t, public_office_free)

struct public_case {
  int64_t id, list, thread;
  int year, number;
  char *name; /* "KP-2026-0173" */
  const char *kind, *kind_words;
  enum public_state state;   /* PUBLIC_WITHDRAWN: a tombstone; nothing below but opened and last is set */
  struct public_text *title; /* never NULL */
  struct public_text *place; /* NULL: not said */
  char *region_slug, *region_name; /* NULL: none */
  bool is_on_behalf;               /* somebody entered it for another */
  bool has_point;                  /* only of a place that was named */
  double lat, lon;
  struct public_office *office; /* NULL: not decided */
  char *due, *expected;         /* YYYY-MM-DD; "": none, or no longer of interest */
  int64_t opened, last, answered;
  GPtrArray *names; /* of residents; for the gate alone */
};
void public_case_free(struct public_case *it);
typedef struct public_case public_case_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(public_case_t, public_case_free)

/* NULL without error: there is none, or it is not public. */
struct public_case *view_case(struct site *site, int64_t id, GError **error);
/* Those of the rows that are public; takes the rows. NULL: rows was NULL, or a fault. struct public_case*. */
GPtrArray *view_cases(struct site *site, GPtrArray *rows, GError **error);
/* Parts of its page: 1, 2, …; -1: fault. */
int view_case_parts(struct site *site, const struct public_case *it, GError **error);

struct public_case_file {
  struct public_text *filename;
  int64_t size;
  int number;
  char *ending; /* of the file in the archive; "": it is not there */
};
struct public_entry {
  int position;
  int64_t at;
  const char *words; /* "Antwort" */
  bool is_official;  /* an office wrote it */
  bool is_sent;      /* an office was asked */
  struct public_office *office;
  struct public_text *text;        /* "" if none */
  struct public_text *clerk;       /* NULL: not shown */
  struct public_text *signed_by;   /* NULL: not signed */
  const struct state_words *state; /* NULL: as before */
  char *expected;                  /* YYYY-MM-DD or "" */
  GPtrArray *files;                /* released ones; struct public_case_file* */
};
/* Public entries of a part, in order; or (part 0) the youngest `limit`, youngest first. struct public_entry*.
 */
GPtrArray *view_case_entries(struct site *site, const struct public_case *it, int part, int limit,
                             GError **error);

#endif
