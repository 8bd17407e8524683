/* What a moderator's yes wants left out, beside the kinds of things that understand() names. */
#ifndef LISTS_LEAVE_OUT_H
#define LISTS_LEAVE_OUT_H

#include "lib/text/phrases.h"

struct leave_out {
  GPtrArray *words; /* char*: quoted in the answer, to be left out as they stand */
  GPtrArray *names; /* char*: said beside "Name"; wherever one stood, it must not stand afterwards */
  GPtrArray *codes; /* char*: kinds of things that shall go, too, in a clause joined to such a wish; somebody
                     * who is named with a title, or a number, behind one of the prefixes */
  bool is_unclear;  /* "ohne …", and nothing that a program can name */
};
/* "person:Wolter" and "number:0176 445566": codes of what the answer itself names. */
#define LEAVE_OUT_PERSON "person:"
#define LEAVE_OUT_NUMBER "number:"

void leave_out_read(const struct passage *answer, struct leave_out *out);
/* Does it hold a word such as "aber", "nur", "wenn" that limits a yes? */
bool leave_out_is_limited(const struct passage *answer);
/* "Passt, nur die Anschuldigung bitte löschen": a yes, and behind it what of the mail shall go. Its "löschen"
 * is no refusal of the whole. */
bool leave_out_is_limited_yes(const struct passage *answer);
/* A yes, and in one clause a quotation and a word that removes: "alles ab \"Ich glaube\" löschen, dann ok"
 * refuses nothing. "Nicht veröffentlichen, „X“ ist Hetze" quotes what it refuses for. */
bool leave_out_is_mixed(const struct passage *answer);
/* Does it name something that shall go, and is every part of that wish understood? */
bool leave_out_is_understood(const struct passage *answer);
/* Does an answer speak of anything that shall go? */
bool leave_out_wants(const struct passage *answer);
void leave_out_clear(struct leave_out *out);
typedef struct leave_out leave_out_t;
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(leave_out_t, leave_out_clear)

#endif
