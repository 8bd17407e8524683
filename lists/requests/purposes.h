/* The purposes' functions, for the table; each stands in the folder that it belongs to. */
#ifndef LISTS_PURPOSES_H
#define LISTS_PURPOSES_H

#include "lists/requests/requests.h"

#include "lib/text/facts/answer.h"

typedef bool purpose_decide(struct work *work, const struct arrival *arrival,
                            const struct answering *answering, struct decision *decision, GError **error);
typedef bool purpose_event(struct work *work, const struct request *request, GError **error);

purpose_decide proof_decide; /* requests/proof.c */
purpose_decide join_decide;  /* members/join.c */

purpose_decide approve_decide;         /* members/approve.c */
purpose_decide leave_decide;           /* members/leave.c */
purpose_decide goodbye_decide;         /* members/leave.c */
purpose_decide settings_decide;        /* members/settings.c */
purpose_decide settings_answer_decide; /* members/settings_answer.c */
purpose_decide address_decide;         /* members/own_address.c */
purpose_decide hold_notice_decide;     /* members/other_address.c */
purpose_decide invitation_decide;      /* members/invite.c */
purpose_decide consent_decide;         /* members/consent.c */
purpose_decide post_or_wish_decide;    /* members/meant.c */
purpose_event post_or_wish_lapse;

purpose_decide order_said_decide; /* moderation/said/said.c */

purpose_decide moderate_decide; /* moderation/decide.c */
purpose_event moderate_remind;
purpose_event moderate_lapse;
purpose_decide expired_decide; /* moderation/authors.c */
purpose_decide files_decide;   /* moderation/public_files.c */
purpose_event files_remind;
purpose_event files_lapse;
/* moderation/settle.c */
bool moderate_closed(struct work *work, const struct arrival *arrival, const struct request *request,
                     GError **error);
purpose_decide private_reply_decide; /* groups/private_reply.c */
purpose_event private_reply_lapse;
purpose_decide unproven_decide;    /* groups/unproven.c */
purpose_decide still_there_decide; /* bounces/still_there.c */

purpose_decide front_door_decide; /* frontdoor/correct.c */

purpose_decide found_title_decide;    /* keeping/found.c */
purpose_decide found_confirm_decide;  /* keeping/found.c */
purpose_decide found_decide;          /* keeping/found.c */
purpose_decide publish_decide;        /* keeping/found.c */
purpose_decide mute_decide;           /* keeping/mute.c */
purpose_decide muted_decide;          /* keeping/mute.c */
purpose_decide hand_over_sure_decide; /* keeping/hand_over.c */
purpose_decide hand_over_decide;      /* keeping/hand_over.c */
purpose_decide close_decide;          /* keeping/close.c */
purpose_decide keep_decide;           /* keeping/settings.c */
purpose_decide keep_said_decide;      /* keeping/said.c */
purpose_decide duty_decide;           /* keeping/duty.c */

purpose_decide roles_decide;     /* admin/roles.c */
purpose_decide new_list_decide;  /* admin/new_list.c */
purpose_decide offices_decide;   /* admin/offices.c */
purpose_decide take_down_decide; /* admin/take_down.c */

purpose_decide mediation_confirm_decide; /* mediation/receive.c */
purpose_decide mediate_decide;           /* mediation/ask.c */
purpose_event mediate_remind;
purpose_event mediate_lapse;
bool mediate_closed(struct work *work, const struct arrival *arrival, const struct request *request,
                    GError **error);
purpose_decide mediation_steer_decide;  /* mediation/steer.c */
purpose_decide mediation_invite_decide; /* mediation/invite.c */
purpose_event mediation_invite_lapse;
purpose_decide mediation_talk_decide; /* mediation/thread.c */
/* mediation/end.c */
bool mediation_closed(struct work *work, const struct arrival *arrival, const struct request *request,
                      GError **error);

purpose_decide case_proof_decide;       /* cases/residents/proof.c */
purpose_decide case_public_decide;      /* cases/residents/public.c */
purpose_decide question_confirm_decide; /* cases/receive.c */

purpose_decide event_proof_decide; /* events/proof.c */

purpose_decide notice_decided; /* moderation/abuse_decide.c */
purpose_event notice_remind;
purpose_event notice_lapse;

purpose_event case_reply_remind;      /* cases/replies/asking/waits.c */
purpose_event case_reply_lapse;       /* cases/replies/asking/waits.c */
purpose_decide official_decide;       /* cases/replies/asking/decide.c */
purpose_decide case_publish_decide;   /* cases/replies/asking/decide.c */
purpose_decide case_take_back_decide; /* cases/replies/take_back/ */
/* An office answers a question that was settled: it may take the answer back. */
bool case_request_closed(struct work *work, const struct arrival *arrival, const struct request *request,
                         GError **error);
purpose_decide case_draft_decide; /* cases/replies/asking/decide.c */
purpose_decide case_files_decide; /* cases/replies/asking/look.c */

purpose_decide event_late_decide;     /* events/late.c */
purpose_decide event_change_decide;   /* events/hosts/change.c */
purpose_decide event_counter_decide;  /* events/hosts/counter.c */
purpose_decide event_more_decide;     /* events/more.c */
purpose_decide event_message_decide;  /* events/hosts/message.c */
purpose_decide event_host_decide;     /* events/hosts/cohosts.c */
purpose_decide event_calendar_decide; /* events/own/own_wish.c */

/* Asks a list's moderators whether somebody whose address is confirmed may come in. members/approve.c */
bool join_ask_moderators(struct work *work, const struct list *list, const char *address, const char *name,
                         GError **error);
/* Makes somebody a member, and greets them. members/join.c */
bool join_enter(struct work *work, const struct list *list, const char *address, const char *name,
                const char *in_reply_to, GError **error);

/* What an answer to "please confirm" says; ANSWER_NONE: neither. confirming.c */
enum answer answer_said(const struct arrival *arrival, const struct purpose *purpose);
/* A clear yes. */
bool answer_is_yes(const struct arrival *arrival, const struct answering *answering);
/* A yes of which every word is understood, in the first `end` lexemes; acts: sections that name the act that
 * was asked about, as in struct purpose. The writer's own name is understood, too. sure.c */
bool answer_is_sure(const struct passage *passage, guint end, const struct mail *mail,
                    const char *const acts[2]);
/* Behind a greeting and its names that begin at a lexeme; that lexeme where there is none. sure.c */
guint answer_behind_greeting(const struct passage *passage, guint at);
/* What words answer to a question that decides something: a courtesy ("Gerne beantworte ich Ihre Mail …") and
 * whatever is written for somebody who is away are no yes. */
enum answer answer_meant(const struct passage *passage);
/* The words of somebody who is away. */
bool answer_is_absence(const struct arrival *arrival);
/* Is an absence a program's, whatever it seems to say ("kann leider nicht antworten")? By its subject, which
 * no answer to a letter of ours has, or since what cannot be done is to read or answer mail. */
bool answer_is_robots(const struct arrival *arrival);
/* The words of a note, whoever wrote it: that somebody is away just now, when they are back, who answers
 * instead, that a mail has come. What yes stands in it was said to nobody. "Ich bin ab Montag verreist" is
 * none. */
bool answer_is_note(const struct arrival *arrival);
/* Does it tell what becomes of mails: when somebody is back or reads, who answers instead, or that a program
 * writes? "Ich komme, mein Mann ist verreist" does not. */
bool answer_tells_of_office(const struct arrival *arrival);
/* Does it say where or how its writer is ("Ja! Wir sind umgezogen.")? Beside a yes, that may be all that was
 * meant. */
bool answer_is_about_self(const struct passage *passage);
/* The words of a program, or of a front office, that our mail has arrived. */
bool answer_is_receipt(const struct mail *mail);
/* The words of a system that keeps tickets, or hands mail on, of which people say nothing beside a yes: "OK.
 * Your message was delivered to our ticket system." */
bool answer_is_system(const struct mail *mail);
/* A no, for questions that any other human answer settles. */
bool answer_is_no(const struct arrival *arrival);

#endif
