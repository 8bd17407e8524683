/* What the files of `kiezpost show` share. */
#ifndef MTA_HOOKS_VERBS_SHOW_H
#define MTA_HOOKS_VERBS_SHOW_H

#include "lib/store/directory.h"
#include "lib/store/threads.h"
#include "mta-hooks/show/sheet.h"
#include "mta-hooks/verb.h"

struct show {
  struct command *command;
  struct store *store; /* open for reading */
  const char *of;      /* the word behind WHAT; NULL: none */
  struct sheet sheet;
};

enum { SHOW_PAGE = 500 };

/* The row id that `of` says; 0 with FAULT_USAGE if it is no number. */
int64_t show_read_id(struct show *show, GError **error);

/* One WHAT each. */
bool show_person(struct show *show, GError **error);
bool show_threads(struct show *show, GError **error);
bool show_thread(struct show *show, GError **error);
bool show_messages(struct show *show, GError **error);
bool show_message(struct show *show, GError **error);
bool show_cases(struct show *show, GError **error);
bool show_case(struct show *show, GError **error);
bool show_events(struct show *show, GError **error);
bool show_event(struct show *show, GError **error);
bool show_rsvps(struct show *show, GError **error);
bool show_requests(struct show *show, GError **error);
bool show_mediations(struct show *show, GError **error);
bool show_notices(struct show *show, GError **error);
bool show_admins(struct show *show, GError **error);
bool show_offices(struct show *show, GError **error);
bool show_statistics(struct show *show, GError **error);

/* The event that a person names: "2026/12", "2026-0012", its id or its UID. FAULT_INPUT: there is none. */
struct event;
struct event *show_find_event(struct store *store, const char *text, GError **error);

/* Shows a WHAT for another verb, as `kiezpost show` would. */
bool show_what(struct command *command, struct store *store, const char *what, const char *of,
               GError **error);

#endif
