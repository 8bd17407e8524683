/* What an office answers, end to end: who may, what is published of it, what is asked first, where it goes;
 * and every way to answer in an office's name without being it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/answered.h"

/* ---- who may answer ---- */

static void a_colleague_of_the_same_domain_answers(void **state)
{
  (void)state;
  answered_reply(&a, "\"Muster, Kerstin\" <" MUSTER ">", "Der Poller wird in der 12. KW ersetzt.", true);
  assert_string_equal(answered_state(&a, 1), "planned 1");
  assert_int_equal(moderated_count(&a.club, "case_answered", "anna@web.de"), 1);
}

static void another_office_answers_in_its_own_name(void **state)
{
  (void)state;
  answered_reply(&a, UNA, "Der Poller wird am 20. April 2026 ersetzt.", true);
  assert_string_equal(answered_state(&a, 1), "planned 1");
  g_autofree char *sign = answered_sign(&a, 1);
  assert_string_equal(sign, "UNA");
  g_autofree char *told = moderated_text(&a.club, "case_answered", "anna@web.de");
  assert_non_null(strstr(told, "Umwelt- und Naturschutzamt"));
}

static void an_unproven_answer_is_confirmed_by_the_main_address(void **state)
{
  (void)state;
  answered_reply(&a, MUSTER, "Der Poller wird in der 12. KW ersetzt.", false);
  assert_string_equal(answered_state(&a, 1), "forwarded 0");
  g_autofree char *asked = moderated_text(&a.club, "official", SGA);
  assert_non_null(strstr(asked, "12. KW"));
  assert_non_null(strstr(asked, "kerstin.muster@ba-tk.berlin.example"));
  assert_int_equal(moderated_count(&a.club, "official", NULL), 1);
  answered_say(&a, "official", SGA, SGA, "ja", false);
  assert_string_equal(answered_state(&a, 1), "planned 1");
}

static void a_no_or_nothing_plain_publishes_no_unproven_answer(void **state)
{
  (void)state;
  answered_reply(&a, SGA, "Erledigt.", false);
  answered_say(&a, "official", SGA, SGA, "Wir schauen uns das morgen an.", false);
  assert_string_equal(answered_state(&a, 1), "forwarded 0");
  answered_say(&a, "official", SGA, SGA, "Nein, das ist nicht von uns.", false);
  answered_say(&a, "official", SGA, SGA, "ja", false);
  assert_string_equal(answered_state(&a, 1), "forwarded 0");
}

static void an_unlisted_address_of_the_offices_domain_is_confirmed(void **state)
{
  (void)state;
  g_autoptr(office_t) sga = office_by_sign(a.club.town.store, "SGA", NULL);
  g_ptr_array_set_size(sga->addresses, 0);
  office_add_address(sga, SGA, "main"); /* alone, without its domain */
  answered_put(&a, sga);
  answered_reply(&a, MUSTER, "Der Poller wird in der 12. KW ersetzt.", true);
  assert_string_equal(answered_state(&a, 1), "forwarded 0");
  assert_int_equal(moderated_count(&a.club, "official", SGA), 1);
}

static void the_admin_forwards_for_an_office_by_hand(void **state)
{
  (void)state;
  club_write(&a.club, "bert@web.de", "frage@kiez.example", "Turnhalle",
             "Wann öffnet die Turnhalle der Schule?", true);
  g_autofree char *to = club_reply_address(&a.club, "case_office", "admin@amt.example");
  club_write(&a.club, "admin@amt.example", to, "WG: AW: [KP-2026-0002] Turnhalle",
             "anbei die Antwort\n\n---------- Weitergeleitete Nachricht ----------\nVon: Schulamt "
             "<schulamt@ba.example>\nGesendet: Montag, 2. März 2026 09:00\nAn: Admin "
             "<admin@amt.example>\nBetreff: AW: Turnhalle\n\nDie Turnhalle wird am 1. April 2026 wieder "
             "geöffnet.\n\nMit freundlichen Grüßen\nIm Auftrag\nPaula Klein",
             true);
  g_autofree char *text = answered_text(&a, 2);
  assert_string_equal(text, "Die Turnhalle wird am 1. April 2026 wieder geöffnet.");
  g_autofree char *told = moderated_text(&a.club, "case_answered", "bert@web.de");
  assert_non_null(strstr(told, "Schulamt"));
}

/* ---- who may not ---- */

static void freemail_with_the_right_name_changes_nothing_and_the_office_is_told_once(void **state)
{
  (void)state;
  answered_reply(&a, "Straßen- und Grünflächenamt <sga@gmail.com>", "Erledigt.", true);
  answered_reply(&a, "\"Muster, Kerstin\" <muster@gmail.com>", "Erledigt.", true);
  assert_string_equal(answered_state(&a, 1), "forwarded 0");
  assert_int_equal(moderated_count(&a.club, "case_alert", SGA), 1);
  assert_int_equal(moderated_count(&a.club, "case_answered", NULL), 0);
  assert_int_equal(moderated_count(&a.club, "official", NULL), 0);
  assert_int_equal(moderated_waiting(&a.club), 2);
}

static void a_forwarded_letter_gives_nobody_the_offices_voice(void **state)
{
  (void)state;
  answered_reply(&a, "anna@web.de", "Erledigt.", true);
  assert_string_equal(answered_state(&a, 1), "forwarded 0");
  answered_reply(&a, MUSTER, "Erledigt.", false);
  answered_say(&a, "official", SGA, "anna@web.de", "ja", true);
  assert_string_equal(answered_state(&a, 1), "forwarded 0");
  assert_int_equal(moderated_count(&a.club, "case_answered", NULL), 0);
}

static void another_offices_clerk_cannot_confirm(void **state)
{
  (void)state;
  answered_reply(&a, MUSTER, "Erledigt.", false);
  answered_say(&a, "official", SGA, UNA, "ja", true);
  assert_string_equal(answered_state(&a, 1), "forwarded 0");
}

/* ---- in whose name ---- */

/* A clerk to whom the resident's letter was passed on answers it: these are not the resident's words, whoever
 * may say yes, and the office's only when their author says so. */
static void a_clerk_at_the_residents_address_speaks_for_the_office_alone(void **state)
{
  (void)state;
  answered_say(&a, "case_opened", "anna@web.de", MUSTER, "Der Poller wird in der 12. KW ersetzt.", true);
  assert_int_equal(moderated_count(&a.club, "case_proof", "anna@web.de"), 0);
  assert_int_equal(moderated_count(&a.club, "case_added", SGA), 0);
  assert_string_equal(answered_state(&a, 1), "forwarded 0");
  answered_say(&a, "case_publish", "kerstin.muster@ba-tk.berlin.example", MUSTER, "Ja", true);
  assert_string_equal(answered_state(&a, 1), "planned 1");
  g_autoptr(casefile_t) it = casefile_find(a.club.town.store, 2026, 1, NULL);
  g_autoptr(case_entry_t) entry = case_entry_get(a.club.town.store, it->id, it->entries, NULL);
  g_autoptr(case_party_t) by = case_party_get(a.club.town.store, entry->party, NULL);
  assert_string_equal(by->role, "office");
}

/* Nobody vouches for the clerk: the office's main address is asked, not who asked. */
static void an_unproven_clerk_at_the_residents_address_is_confirmed_by_the_office(void **state)
{
  (void)state;
  answered_say(&a, "case_opened", "anna@web.de", MUSTER, "Der Poller wird in der 12. KW ersetzt.", false);
  assert_int_equal(moderated_count(&a.club, "case_proof", "anna@web.de"), 0);
  assert_int_equal(moderated_count(&a.club, "official", SGA), 1);
  assert_string_equal(answered_state(&a, 1), "forwarded 0");
}

/* Who asks from an office's address is who asked; at the office's letter they are the office. And a person
 * who has an office's address, too, speaks for it from that address alone. */
static void a_resident_with_an_offices_address_is_each_at_its_own_letter(void **state)
{
  (void)state;
  club_write(&a.club, MUSTER, "frage@kiez.example", "Loch in der Dorfstraße",
             "Wann wird das Schlagloch in der Straße repariert?", true);
  answered_say(&a, "case_opened", "kerstin.muster@ba-tk.berlin.example", MUSTER,
               "Auch der Gehweg ist kaputt.", true);
  assert_int_equal(moderated_count(&a.club, "case_added", SGA), 1);
  assert_string_equal(answered_state(&a, 2), "forwarded 0");
  g_autofree char *to = club_reply_address(&a.club, "case_office", SGA);
  club_write(&a.club, "kerstin@web.de", to, "AW: Loch", "Das Loch wird in der 12. KW repariert.", true);
  assert_string_equal(answered_state(&a, 2), "forwarded 0");
  club_write(&a.club, MUSTER, to, "AW: Loch", "Das Loch wird in der 12. KW repariert.", true);
  assert_string_equal(answered_state(&a, 2), "planned 1");
}

/* ---- what is published ---- */

static void names_numbers_and_addresses_of_people_stay_out(void **state)
{
  (void)state;
  answered_reply(
      &a, "\"Muster, Kerstin\" <" MUSTER ">",
      "Sehr geehrte Frau Schmidt,\n\nvielen Dank. Frau Schmidt (anna@web.de, 0171/5554433, Bölschestr. 112) "
      "hat recht: der Poller in der Bölschestraße wird in der 12. KW ersetzt.\n\nMit freundlichen "
      "Grüßen\nIm Auftrag\n\nKerstin Muster\nStraßen- und Grünflächenamt\nZimmer 214\nTel. 030 90297-5817",
      true);
  g_autofree char *text = answered_text(&a, 1);
  static const char *const never[] = { "Schmidt", "anna@", "5554433", "112", "Muster", "214", "5817" };
  for (gsize i = 0; i < G_N_ELEMENTS(never); i++)
    if (strstr(text, never[i])) fail_msg("\"%s\" is in: %s", never[i], text);
  assert_non_null(strstr(text, "der Poller in der Bölschestraße wird in der 12. KW ersetzt."));
}

/* What somebody else's address or number is, or the clerk's own, no reader gets; what offices are for, they
 * do. */
static void how_people_are_reached_stays_out_and_how_offices_are_stays(void **state)
{
  (void)state;
  static const struct {
    const char *says, *gone, *stays;
    bool is_asked; /* its author is, before anybody reads it */
  } cases[] = {
    { "Der Poller wird ersetzt. Den Schlüssel hat der Hausmeister, 0172 9876543.", "9876543", "Schlüssel hat",
      false },
    { "Der Poller wird ersetzt. Absprachen bitte mit dem Verein über w.krause77@gmx.de.", "krause77",
      "Absprachen", true },
    { "Der Poller wird ersetzt. Die Nachbarin ist unter 030 6543210 zu erreichen.", "6543210", "Poller",
      false },
    { "Der Poller wird ersetzt. Absprachen bitte direkt mit der Bauherrin: 030 6543211.", "6543211", "Poller",
      true },
    { "Der Poller wird ersetzt. Sie erreichen mich unter 030 90297-5817.", "5817", "Poller", false },
    { "Der Poller wird ersetzt. Fragen bitte an kerstin.muster@ba-tk.berlin.example.", "kerstin.muster",
      "Poller", false },
    { "Der Poller wird ersetzt. Frau Lehmann vom Tiefbauamt, Tel. 030 90297-4711, weiß mehr.", "4711",
      "Poller", false },
    { "Der Poller wird ersetzt. Notfälle nimmt das Ordnungsamt an, Tel. 030 90297-4629.", NULL, "4629",
      false },
    { "Der Poller wird ersetzt. Neue Schäden nimmt ordnungsamt@ba-tk.berlin.example auf.", NULL,
      "ordnungsamt@ba-tk", false },
    { "Der Poller wird ersetzt. Den Bus fährt die BVG (info@bvg.example, Hotline 030 19449).", NULL,
      "info@bvg.example", false },
    { "Der Poller wird ersetzt. Lob und Kritik nimmt " SGA " gern entgegen.", NULL, SGA, false },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    if (i) answered_teardown(state), answered_setup_asked(state);
    answered_reply(&a, "\"Muster, Kerstin\" <" MUSTER ">", cases[i].says, true);
    bool is_asked = moderated_count(&a.club, "case_publish", NULL) > 0;
    if (is_asked != cases[i].is_asked) fail_msg("%s: asked: %d", cases[i].says, is_asked);
    g_autofree char *told =
        is_asked ? moderated_line(&a.club, "case_publish", "kerstin.muster@ba-tk.berlin.example")
                 : moderated_line(&a.club, "case_answered", "anna@web.de");
    if (cases[i].gone && strstr(told, cases[i].gone)) fail_msg("\"%s\" is in: %s", cases[i].gone, told);
    if (!strstr(told, cases[i].stays)) fail_msg("\"%s\" is not in: %s", cases[i].stays, told);
  }
}

static void a_clerks_name_shows_where_the_office_wants_it_without_number_and_room(void **state)
{
  (void)state;
  answered_set(&a, "SGA", false, "name");
  answered_reply(&a, "\"Muster, Kerstin\" <" MUSTER ">",
                 "Der Poller wird in der 12. KW ersetzt.\n\nKerstin Muster\nZimmer 214, Tel. 030 90297-5817",
                 true);
  g_autofree char *told = moderated_text(&a.club, "case_answered", "anna@web.de");
  assert_non_null(strstr(told, "Kerstin Muster"));
  assert_null(strstr(told, "214"));
  assert_null(strstr(told, "5817"));
}

static void a_forwarded_mail_of_the_resident_is_no_answer(void **state)
{
  (void)state;
  static const char forward[] =
      "\n---------- Weitergeleitete Nachricht ----------\nVon: Anna Schmidt <anna@web.de>\nGesendet: Montag, "
      "2. "
      "März 2026 09:00\nAn: SGA\nBetreff: Poller\n\nDas ist eine Schande und mein Nachbar war es.\n";
  g_autofree char *to = club_reply_address(&a.club, "case_office", SGA);
  club_write(&a.club, SGA, to, "WG: Poller", forward, true);
  assert_string_equal(answered_state(&a, 1), "forwarded 0");
  assert_int_equal(moderated_count(&a.club, "case_unclear", SGA), 1);
  g_autofree char *both = g_strconcat("Der Poller wird in der 12. KW ersetzt.\n", forward, NULL);
  club_write(&a.club, SGA, to, "WG: Poller", both, true);
  g_autofree char *text = answered_text(&a, 1);
  assert_string_equal(text, "Der Poller wird in der 12. KW ersetzt.");
}

/* ---- words that steer ---- */

static void internal_stays_inside(void **state)
{
  (void)state;
  answered_reply(&a, SGA, "Intern: bitte nicht veröffentlichen. Frau Schmidt hat schon zweimal geschrieben.",
                 true);
  assert_string_equal(answered_state(&a, 1), "forwarded 0");
  assert_int_equal(moderated_count(&a.club, "case_answered", NULL), 0);
  assert_int_equal(moderated_count(&a.club, "case_publish", NULL), 0);
}

static void a_steering_line_sets_state_and_day(void **state)
{
  (void)state;
  answered_reply(&a, SGA, "Wir kümmern uns darum.\n\nStatus: in Arbeit\nFrist: 34. KW", true);
  g_autoptr(casefile_t) it = casefile_find(a.club.town.store, 2026, 1, NULL);
  assert_string_equal(it->state, "in_progress");
  assert_string_equal(it->expected, "2026-08-23");
  g_autofree char *text = answered_text(&a, 1);
  assert_string_equal(text, "Wir kümmern uns darum.");
}

static void not_responsible_goes_to_the_office_that_is_named(void **state)
{
  (void)state;
  answered_reply(&a, SGA, "Nicht zuständig, bitte an UNA.", true);
  g_autofree char *sign = answered_sign(&a, 1);
  assert_string_equal(sign, "UNA");
  assert_int_equal(moderated_count(&a.club, "case_office", UNA), 1);
  g_autofree char *told = moderated_text(&a.club, "case_moved", "anna@web.de");
  assert_non_null(strstr(told, "Umwelt- und Naturschutzamt"));
  g_autoptr(office_t) sga = office_by_sign(a.club.town.store, "SGA", NULL);
  assert_int_equal(sga->rerouted, 1);
  assert_int_equal(moderated_open_cases(&a.club, "SGA"), 0);
  assert_int_equal(moderated_open_cases(&a.club, "UNA"), 1);
  /* the office before is no longer asked, and its answer is its own */
  answered_say(&a, "case_office", UNA, UNA, "Zuständig: Straßen- und Grünflächenamt", true);
  g_autofree char *back = answered_sign(&a, 1);
  assert_string_equal(back, "SGA");
}

static void the_office_before_answers_in_its_own_name_and_moves_nothing(void **state)
{
  (void)state;
  g_autofree char *to = club_reply_address(&a.club, "case_office", SGA);
  answered_reply(&a, SGA, "Nicht zuständig, bitte an UNA.", true);
  club_write(&a.club, SGA, to, "AW: Poller", "Der Poller wird in der 12. KW ersetzt.", true);
  assert_string_equal(answered_state(&a, 1), "forwarded 1");
  club_write(&a.club, SGA, to, "AW: Poller", "Zuständig: SPK", true);
  g_autofree char *sign = answered_sign(&a, 1);
  assert_string_equal(sign, "UNA");
}

static void a_steering_line_in_free_words_finds_the_office(void **state)
{
  (void)state;
  answered_reply(&a, SGA, "Zuständig: wer für Biber und Wildschweine da ist", true);
  g_autofree char *sign = answered_sign(&a, 1);
  assert_string_equal(sign, "UNA");
}

static void offices_that_pass_it_round_end_at_the_coordinator(void **state)
{
  (void)state;
  for (int i = 0; i < 2; i++) {
    answered_say(&a, "case_office", SGA, SGA, "Zuständig: UNA", true);
    answered_say(&a, "case_office", UNA, UNA, "Zuständig: SGA", true);
  }
  g_autofree char *still = answered_sign(&a, 1);
  assert_string_equal(still, "SGA");
  answered_say(&a, "case_office", SGA, SGA, "Zuständig: UNA", true);
  g_autofree char *sign = answered_sign(&a, 1);
  assert_string_equal(sign, "SPK");
  answered_say(&a, "case_office", SPK, SPK, "UNA", true);
  g_autofree char *last = answered_sign(&a, 1);
  assert_string_equal(last, "UNA");
}

static void only_a_proven_sender_hands_a_case_on(void **state)
{
  (void)state;
  answered_reply(&a, SGA, "Zuständig: UNA", false);
  answered_reply(&a, UNA, "Zuständig: UNA", true);
  answered_reply(&a, UNA, "Zuständig: SPK", true);
  g_autofree char *sign = answered_sign(&a, 1);
  assert_string_equal(sign, "SGA");
}

/* ---- drafts ---- */

static void a_draft_is_published_by_a_colleague(void **state)
{
  (void)state;
  answered_reply(&a, MUSTER,
                 "Entwurf\n\nDer Poller wird in der 12. KW ersetzt. Rufen Sie gern 030 90297 5817 an.", true);
  assert_string_equal(answered_state(&a, 1), "forwarded 0");
  answered_say(&a, "case_draft", SGA, MUSTER, "ok", true);
  assert_string_equal(answered_state(&a, 1), "forwarded 0");
  answered_say(&a, "case_draft", SGA, "anna@web.de", "ok", true);
  assert_string_equal(answered_state(&a, 1), "forwarded 0");
  answered_say(&a, "case_draft", SGA, "kerstin.muster+x@ba-tk.berlin.example", "ok", true); /* herself */
  assert_string_equal(answered_state(&a, 1), "forwarded 0");
  answered_say(&a, "case_draft", SGA, SGA, "ok", false);
  assert_string_equal(answered_state(&a, 1), "forwarded 0");
  answered_say(&a, "case_draft", SGA, SGA, "ok", true);
  assert_string_equal(answered_state(&a, 1), "planned 1");
}

static void four_eyes_hold_every_answer(void **state)
{
  (void)state;
  answered_set(&a, "SGA", true, "role");
  answered_reply(&a, MUSTER, "Der Poller wird in der 12. KW ersetzt.", true);
  assert_string_equal(answered_state(&a, 1), "forwarded 0");
  answered_say(&a, "case_draft", SGA, SGA, "nein, das Datum stimmt nicht", true);
  assert_string_equal(answered_state(&a, 1), "forwarded 0");
  g_autofree char *told =
      moderated_text(&a.club, "case_draft_refused", "kerstin.muster@ba-tk.berlin.example");
  assert_non_null(strstr(told, "Datum"));
}

static void a_colleague_has_a_number_left_out(void **state)
{
  (void)state;
  answered_reply(&a, MUSTER, "Entwurf\n\nDer Poller wird in der 12. KW ersetzt, Störungsstelle 0800 1102010.",
                 true);
  answered_say(&a, "case_draft", SGA, SGA, "ok, aber schreiben Sie lieber September", true);
  assert_string_equal(answered_state(&a, 1), "forwarded 0");
  answered_say(&a, "case_draft", SGA, SGA, "ok, aber Telefonnummer raus", true);
  assert_string_equal(answered_state(&a, 1), "planned 1");
  g_autofree char *text = answered_text(&a, 1);
  assert_null(strstr(text, "1102010"));
}

/* ---- could be internal ---- */

static void words_between_colleagues_go_back_to_who_wrote_them(void **state)
{
  (void)state;
  answered_reply(&a, MUSTER, "Hallo Thomas, kannst du das mal übernehmen?", true);
  assert_string_equal(answered_state(&a, 1), "forwarded 0");
  g_autofree char *asked = moderated_text(&a.club, "case_publish", "kerstin.muster@ba-tk.berlin.example");
  assert_non_null(strstr(asked, "übernehmen"));
  answered_say(&a, "case_publish", "kerstin.muster@ba-tk.berlin.example", MUSTER, "nein", true);
  assert_string_equal(answered_state(&a, 1), "forwarded 0");
}

static void an_address_that_nobody_reads_is_written_no_letter(void **state)
{
  (void)state;
  answered_reply(&a, "noreply@ba-tk.berlin.example", "Der Kollege muss das erst prüfen.", true);
  assert_int_equal(moderated_count(&a.club, "case_publish", "noreply@ba-tk.berlin.example"), 0);
  assert_int_equal(moderated_count(&a.club, "case_publish", SGA), 1);
}

static void an_empty_mail_above_our_letter_says_only_its_subject(void **state)
{
  (void)state;
  static const char ours[] =
      "Antworten Sie einfach auf diese Mail, bitte bis zum 23. März 2026.\n\nStatus: abgelehnt";
  g_autofree char *to = club_reply_address(&a.club, "case_office", SGA);
  club_write(&a.club, SGA, to, "AW: [KP-2026-0001] Poller", ours, true);
  assert_string_equal(answered_state(&a, 1), "forwarded 0");
  assert_int_equal(moderated_count(&a.club, "case_unclear", SGA), 1);
  club_write(&a.club, SGA, to, "AW: [KP-2026-0001] Poller - erledigt", ours, true);
  assert_string_equal(answered_state(&a, 1), "done 1");
}

static void what_could_be_internal_goes_back_to_its_author(void **state)
{
  (void)state;
  answered_reply(&a, MUSTER, "Der Kollege muss das erst prüfen, ich frage ihn.", true);
  assert_string_equal(answered_state(&a, 1), "forwarded 0");
  answered_say(&a, "case_publish", "kerstin.muster@ba-tk.berlin.example", MUSTER, "Das weiß ich noch nicht.",
               true);
  assert_string_equal(answered_state(&a, 1), "forwarded 0");
  answered_say(&a, "case_publish", "kerstin.muster@ba-tk.berlin.example", "anna@web.de", "ja", true);
  assert_string_equal(answered_state(&a, 1), "forwarded 0");
  answered_say(&a, "case_publish", "kerstin.muster@ba-tk.berlin.example", MUSTER,
               "Ja, bitte veröffentlichen.", true);
  assert_string_equal(answered_state(&a, 1), "in_progress 1");
}

static void an_answer_that_names_another_case_is_asked_about(void **state)
{
  (void)state;
  club_write(&a.club, "bert@web.de", "frage@kiez.example", "Schlagloch", "Wann wird das Schlagloch gefüllt?",
             true);
  g_autofree char *to = club_reply_address(&a.club, "case_office", SGA); /* of KP-2026-0002 */
  club_write(&a.club, SGA, to, "AW: Ihre Mail", "Zu KP-2026-0001: Der Poller wird in der 12. KW ersetzt.",
             true);
  assert_string_equal(answered_state(&a, 2), "forwarded 0");
  answered_say(&a, "case_publish", SGA, SGA, "KP-2026-0001", true);
  assert_string_equal(answered_state(&a, 2), "forwarded 0");
  assert_string_equal(answered_state(&a, 1), "planned 1");
}

static void a_question_back_waits_for_the_resident(void **state)
{
  (void)state;
  answered_reply(&a, SGA, "Bitte nennen Sie uns die Hausnummer.", true);
  assert_string_equal(answered_state(&a, 1), "waiting 1");
  assert_int_equal(moderated_count(&a.club, "case_asked", "anna@web.de"), 1);
  assert_int_equal(moderated_count(&a.club, "case_answered", "anna@web.de"), 0);
}

/* ---- several cases ---- */

static void a_list_of_numbers_answers_each_its_own(void **state)
{
  (void)state;
  club_write(&a.club, "bert@web.de", "frage@kiez.example", "Schlagloch", "Wann wird das Schlagloch gefüllt?",
             true);
  club_write(&a.club, "clara@web.de", "frage@kiez.example", "Biber", "Wo wohnen die Biber an der Spree?",
             true);
  answered_reply(&a, SGA,
                 "KP-2026-0001: wird in der 12. KW ersetzt\nKP-2026-0002: erledigt\nKP-2026-0003: erledigt\n"
                 "KP-2026-0999: abgelehnt",
                 true);
  assert_string_equal(answered_state(&a, 1), "planned 1");
  assert_string_equal(answered_state(&a, 2), "done 1");
  assert_string_equal(answered_state(&a, 3), "forwarded 0");
  g_autofree char *said = moderated_text(&a.club, "case_rows", SGA);
  assert_non_null(strstr(said, "KP-2026-0003"));
  assert_non_null(strstr(said, "KP-2026-0999"));
  g_autofree char *told = moderated_text(&a.club, "case_answered", "bert@web.de");
  assert_null(strstr(told, "12. KW"));
}

#define FLOW(name) cmocka_unit_test_setup_teardown(name, answered_setup_asked, answered_teardown)

static void behind_a_salutation_it_begins_with_a_capital(void **state)
{
  (void)state;
  answered_reply(&a, MUSTER, "Sehr geehrte Frau Schmidt,\n\nwir ersetzen den Poller in der 12. KW.", true);
  g_autofree char *text = answered_text(&a, 1);
  assert_true(g_str_has_prefix(text, "Wir ersetzen den Poller"));
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    FLOW(a_colleague_of_the_same_domain_answers),
    FLOW(another_office_answers_in_its_own_name),
    FLOW(an_unproven_answer_is_confirmed_by_the_main_address),
    FLOW(a_no_or_nothing_plain_publishes_no_unproven_answer),
    FLOW(an_unlisted_address_of_the_offices_domain_is_confirmed),
    FLOW(the_admin_forwards_for_an_office_by_hand),
    FLOW(freemail_with_the_right_name_changes_nothing_and_the_office_is_told_once),
    FLOW(a_forwarded_letter_gives_nobody_the_offices_voice),
    FLOW(another_offices_clerk_cannot_confirm),
    FLOW(names_numbers_and_addresses_of_people_stay_out),
    FLOW(a_clerk_at_the_residents_address_speaks_for_the_office_alone),
    FLOW(an_unproven_clerk_at_the_residents_address_is_confirmed_by_the_office),
    FLOW(a_resident_with_an_offices_address_is_each_at_its_own_letter),
    FLOW(how_people_are_reached_stays_out_and_how_offices_are_stays),
    FLOW(a_clerks_name_shows_where_the_office_wants_it_without_number_and_room),
    FLOW(a_forwarded_mail_of_the_resident_is_no_answer),
    FLOW(internal_stays_inside),
    FLOW(a_steering_line_sets_state_and_day),
    FLOW(not_responsible_goes_to_the_office_that_is_named),
    FLOW(the_office_before_answers_in_its_own_name_and_moves_nothing),
    FLOW(a_steering_line_in_free_words_finds_the_office),
    FLOW(offices_that_pass_it_round_end_at_the_coordinator),
    FLOW(only_a_proven_sender_hands_a_case_on),
    FLOW(a_draft_is_published_by_a_colleague),
    FLOW(four_eyes_hold_every_answer),
    FLOW(a_colleague_has_a_number_left_out),
    FLOW(words_between_colleagues_go_back_to_who_wrote_them),
    FLOW(an_address_that_nobody_reads_is_written_no_letter),
    FLOW(an_empty_mail_above_our_letter_says_only_its_subject),
    FLOW(what_could_be_internal_goes_back_to_its_author),
    FLOW(an_answer_that_names_another_case_is_asked_about),
    FLOW(a_question_back_waits_for_the_resident),
    FLOW(a_list_of_numbers_answers_each_its_own),
    FLOW(behind_a_salutation_it_begins_with_a_capital),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
