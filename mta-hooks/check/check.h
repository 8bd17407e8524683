/* What `kiezpost check` looks at: a table of looks, each of which reports sentences. */
#ifndef MTA_HOOKS_CHECK_CHECK_H
#define MTA_HOOKS_CHECK_CHECK_H

#include "lib/base/config.h"
#include "mta-hooks/verb.h"

enum finding_level { FINDING_FINE, FINDING_NOTE, FINDING_PROBLEM };

struct report;
/* Adds one whole sentence about `subject` ("store", "socketmap" …). A problem's sentence says what to do. */
void report_add(struct report *report, enum finding_level level, const char *subject, const char *format, ...)
    G_GNUC_PRINTF(4, 5);

/* The looks that need a connection (doors.c, probe.c). */
void check_lmtp(const struct config *config, struct report *report);
void check_socketmap(const struct config *config, struct report *report);
void check_video(const struct config *config, struct report *report);
void check_relay(const struct config *config, struct report *report);
void check_forged_results(const struct config *config, struct report *report);

/* A short dialogue with a socket: "unix:PATH" or "tcp:HOST:PORT". NULL with a reason in *error. */
struct dialogue;
struct dialogue *dialogue_open(const char *address, GError **error);
void dialogue_free(struct dialogue *dialogue);
typedef struct dialogue dialogue_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(dialogue_t, dialogue_free)
bool dialogue_send(struct dialogue *dialogue, const char *text, GError **error);
/* One SMTP or LMTP reply, all its lines joined by LF; NULL on error or after 10 seconds. Caller frees. */
char *dialogue_reply(struct dialogue *dialogue, GError **error);
/* Exactly `size` bytes, NUL added; NULL on error. Caller frees. */
char *dialogue_bytes(struct dialogue *dialogue, gsize size, GError **error);

#endif
