/* Keeping a group by mail: settings as lines that are edited and sent back, moderators, and what members,
 * strangers, forged senders and old letters cannot change. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lib/store/internal.h"
#include "lib/store/moderation/files.h"
#include "tests/unit/lists/moderated.h"

static void open(struct club *club)
{
  club_open(club);
  town_member(&club->town, club->list, "karin@web.de", "member,keeper");
}

static struct list *group(struct club *club)
{
  return list_get(club->town.store, club->list, NULL);
}

/* Karin asks for the settings and answers. */
static void answer(struct club *club, const char *text)
{
  club_write(club, "karin@web.de", "gruenau+einstellungen@kiez.example", "Einstellungen", "", true);
  club_answer(club, "keep", "karin@web.de", "karin@web.de", text, true);
}

static bool has_role(struct club *club, const char *address, const char *role)
{
  int64_t person = person_find(club->town.store, address, NULL);
  g_autoptr(member_t) member = person ? member_find(club->town.store, club->list, person, NULL) : NULL;
  return member && member_has_role(member, role);
}

static void the_letter_shows_how_everything_is(void **state)
{
  (void)state;
  struct club club;
  open(&club);
  club_write(&club, "karin@web.de", "gruenau+einstellungen@kiez.example", "", "", true);
  g_autofree char *letter = post_mail(&club.town, "keep", "karin@web.de");
  assert_non_null(letter);
  assert_non_null(strstr(letter, "Wer darf schreiben: Mitglieder"));
  assert_non_null(strstr(letter, "Moderation: clara@web.de"));
  club_close(&club);
}

static void words_at_the_list_ask_for_it_as_well(void **state)
{
  (void)state;
  struct club club;
  open(&club);
  club_write(&club, "karin@web.de", "gruenau@kiez.example", "Gruppe",
             "Ich möchte die Einstellungen der Gruppe ändern.", true);
  g_autofree char *letters = post_letters(&club.town);
  assert_string_equal(letters, "keep:karin@web.de");
  club_close(&club);
}

static void a_line_changes_one_thing(void **state)
{
  (void)state;
  struct club club;
  open(&club);
  answer(&club, "titel : Nachbarn in Grünau\n\nDanke!\nKarin");
  g_autoptr(list_row) list = group(&club);
  assert_string_equal(list->title, "Nachbarn in Grünau");
  assert_string_equal(list->posting, "members");
  assert_true(list->archive_public);
  g_autofree char *letter = post_mail(&club.town, "kept", "karin@web.de");
  assert_non_null(letter);
  assert_non_null(strstr(letter, "Nachbarn in"));
  club_close(&club);
}

static void edited_lines_of_the_quote_count(void **state)
{
  (void)state;
  struct club club;
  open(&club);
  answer(&club,
         "Siehe unten.\n\n> So ist gruenau jetzt eingestellt.\n>\n> Titel: gruenau\n> Beschreibung: Alles "
         "rund um "
         "die Regattastraße und den Wald\n> dahinter\n> Wer darf schreiben: Alle\n> Wer darf mitmachen: nach "
         "Zustimmung\n> Öffentliches Archiv: nein\n> Eigene Mails zurück: ja");
  g_autoptr(list_row) list = group(&club);
  assert_string_equal(list->title, "gruenau");
  assert_string_equal(list->description, "Alles rund um die Regattastraße und den Wald dahinter");
  assert_string_equal(list->posting, "anyone");
  assert_string_equal(list->joining, "approve");
  assert_false(list->archive_public);
  assert_true(list->own_copy);
  club_close(&club);
}

/* Who is no member writes, and a moderator reads it first; members write as ever. */
static void anyone_may_write_and_strangers_wait(void **state)
{
  (void)state;
  static const struct {
    const char *says;
    bool is_open, waits;
  } cases[] = {
    { "Wer darf schreiben: alle, moderiert", true, true },
    { "Schreiben: alle, aber moderiert", true, true },
    { "Wer darf schreiben: alle (moderiert)", true, true },
    { "Schreiben: jeder mit Freigabe", true, true },
    { "Alle dürfen schreiben, aber die Moderation liest vorher.", true, true },
    { "Who may write: everybody, moderated", true, true },
    { "Anyone may post, but the moderators read it first.", true, true },
    { "Wer darf schreiben: alle", true, false },
    { "Alle dürfen hier schreiben.", true, false },
    { "Wer darf schreiben: Mitglieder", false, true },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    struct club club;
    open(&club);
    answer(&club, cases[i].says);
    g_autoptr(list_row) list = group(&club);
    if ((strcmp(list->posting, "anyone") == 0) != cases[i].is_open) fail_msg("%s", cases[i].says);
    club_write(&club, "fremd@web.de", "gruenau@kiez.example", "Frage", "Bin fremd, darf ich fragen?", true);
    g_autofree char *strangers = post_mail(&club.town, "post", "anna@web.de");
    if ((strangers == NULL) != cases[i].waits) fail_msg("a stranger after: %s", cases[i].says);
    club_write(&club, "bert@web.de", "gruenau@kiez.example", "Fest", "Wer kommt zum Fest?", true);
    g_autofree char *members = post_mail(&club.town, "post", "anna@web.de");
    assert_non_null(members);
    club_close(&club);
  }
}

/* A new title, and who may join, without a label; a question and a "nicht" change nothing. */
static void sentences_without_a_label_count(void **state)
{
  (void)state;
  static const struct {
    const char *says, *title, *joining;
  } cases[] = {
    { "Bitte die Gruppe umbenennen in \"Hofpost 12\".", "Hofpost 12", "confirm" },
    { "Die Gruppe soll ab jetzt heißen Hofpost 12", "Hofpost 12", "confirm" },
    { "Please rename the group to Hofpost 12", "Hofpost 12", "confirm" },
    { "neue Mitglieder bitte erst prüfen", "gruenau", "approve" },
    { "Neue Leute sollen erst freigegeben werden.", "gruenau", "approve" },
    { "Niemand soll mehr dazukommen", "gruenau", "closed" },
    { "Bitte die Gruppe umbenennen in was?", "gruenau", "confirm" },
    { "Bitte die Gruppe nicht umbenennen in Hofpost", "gruenau", "confirm" },
    { "Neue Mitglieder bitte nicht erst prüfen", "gruenau", "confirm" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    struct club club;
    open(&club);
    answer(&club, cases[i].says);
    g_autoptr(list_row) list = group(&club);
    if (strcmp(list->title, cases[i].title) != 0) fail_msg("%s: title %s", cases[i].says, list->title);
    if (strcmp(list->joining, cases[i].joining) != 0) fail_msg("%s: joining %s", cases[i].says, list->joining);
    club_close(&club);
  }
}

static void what_is_not_understood_is_said_once(void **state)
{
  (void)state;
  struct club club;
  open(&club);
  answer(&club, "Wer darf schreiben: nur Leute mit Hut");
  g_autofree char *letter = post_mail(&club.town, "kept", "karin@web.de");
  int count = 0;
  for (const char *at = strstr(letter, "Leute mit Hut"); at; at = strstr(at + 1, "Leute mit Hut")) count++;
  assert_int_equal(count, 2); /* in the plain text, and in the HTML */
  club_close(&club);
}

static void english_labels_work(void **state)
{
  (void)state;
  struct club club;
  open(&club);
  answer(&club, "Who may write: moderators only\nLANGUAGE: English\nWelcome: Nice to have you!\nTag: Grünau");
  g_autoptr(list_row) list = group(&club);
  assert_string_equal(list->posting, "moderators");
  assert_string_equal(list->language, "en");
  assert_string_equal(list->welcome, "Nice to have you!");
  assert_string_equal(list->subject_tag, "Grünau");
  club_close(&club);
}

static void members_and_topics_are_settled_in_words(void **state)
{
  (void)state;
  struct club club;
  open(&club);
  answer(&club, "Wer sieht, wer dabei ist: alle Mitglieder\nThemen im Betreff: [Biete] 30 Tage, #spielplatz");
  g_autoptr(list_row) list = group(&club);
  assert_true(list->shows_members);
  assert_string_equal(list->topics, "Biete 30, #spielplatz");
  g_autofree char *told = post_mail(&club.town, "members_visible", "anna@web.de");
  assert_non_null(told); /* whoever only reads becomes visible, too */
  club_close(&club);
}

/* A line of one's own is meant, whatever an older letter showed; thanks change nothing and get no letter. */
static void a_line_of_ones_own_counts_against_how_it_is_now(void **state)
{
  (void)state;
  struct club club;
  open(&club);
  answer(&club, "Wer darf schreiben: alle");
  g_autofree char *to = club_reply_address(&club, "keep", "karin@web.de");
  club_write(&club, "karin@web.de", to, "AW: Einstellungen", "Wer darf schreiben: Mitglieder", true);
  g_autoptr(list_row) list = group(&club);
  assert_string_equal(list->posting, "members");
  club_write(&club, "karin@web.de", to, "AW: Einstellungen",
             "Bert soll bitte nicht mehr so viel zu tun haben", true);
  g_autofree char *unclear = post_mail(&club.town, "kept", "karin@web.de");
  assert_non_null(strstr(unclear, "keine Zeile"));
  g_autofree char *before = post_letters(&club.town);
  club_write(&club, "karin@web.de", to, "AW: Einstellungen", "Vielen Dank!", true);
  g_autofree char *after = post_letters(&club.town);
  assert_string_equal(before, after);
  club_close(&club);
}

static void attachments_are_settled_in_words(void **state)
{
  (void)state;
  struct club club;
  open(&club);
  answer(&club, "Anhänge: Bilder, PDF und Kalender\nAnhänge bis: 1,5 MB\nMails bis: 25 MB");
  g_autoptr(list_row) list = group(&club);
  g_autoptr(list_files_t) files = list_files_get(club.town.store, list->id, NULL);
  assert_string_equal(files->kinds, "pictures documents calendars");
  assert_int_equal(files->travels_bytes, 1536 * 1024);
  assert_int_equal(files->takes_bytes, 25 * 1024 * 1024);
  g_autofree char *letter = post_mail(&club.town, "kept", "karin@web.de");
  g_autoptr(mail_t) mail =
      mail_read(letter, strlen(letter), &(struct mail_reading){ .domain = "kiez.example" });
  assert_non_null(strstr(mail->text, "Anhänge: Bilder, Dokumente, Kalender\n"));
  assert_non_null(strstr(mail->text, "Anhänge bis: 1536 KB\n"));
  assert_non_null(strstr(mail->text, "Mails bis: 25 MB\n"));
  club_close(&club);
}

static void odd_attachments_change_nothing_and_are_said(void **state)
{
  (void)state;
  struct club club;
  open(&club);
  answer(&club, "Anhänge: Bilder und Gespenster\nAnhänge bis: viel\nMails bis: -5 MB");
  g_autoptr(list_row) list = group(&club);
  g_autoptr(list_files_t) files = list_files_get(club.town.store, list->id, NULL);
  assert_string_equal(files->kinds, "any");
  assert_int_equal(files->travels_bytes, 0);
  assert_int_equal(files->takes_bytes, 0);
  g_autofree char *letter = post_mail(&club.town, "kept", "karin@web.de");
  assert_non_null(strstr(letter, "Gespenster"));
  club_close(&club);
}

/* The letter as somebody's mail program quotes it below an answer. */
static char *quoted_letter(struct club *club, const char *mark)
{
  g_autofree char *letter = post_mail(&club->town, "keep", "karin@web.de");
  g_autoptr(mail_t) mail = mail_read(
      letter, strlen(letter), &(struct mail_reading){ .domain = "nowhere.example", .authserv_id = "mx" });
  g_auto(GStrv) lines = g_strsplit(mail->text, "\n", -1);
  g_autoptr(GString) out = g_string_new(NULL);
  for (char **line = lines; *line; line++) g_string_append_printf(out, "%s%s\n", mark, *line);
  return g_string_free(g_steal_pointer(&out), FALSE);
}

static void the_head_of_the_quoted_letter_is_no_setting(void **state)
{
  (void)state;
  static const char *const heads[] = {
    "Von: Kiez <antwort+r1@kiez.example>\nGesendet: Freitag, 27. November 2026 10:00\nAn: "
    "karin@web.de\nBetreff: Die Einstellungen von „gruenau“\n\n",
    "From: Kiez <antwort+r1@kiez.example>\nSent: Friday, November 27, 2026 10:00\nTo: karin@web.de "
    "<mailto:karin@web.de>\nSubject: Die Einstellungen von „gruenau“\n\n",
    "---------- Weitergeleitete Nachricht ---------\nVon: Kiez\nDatum: Fr., 27. Nov. 2026\n"
    "Betreff: Die Einstellungen von „gruenau“\nAn: <karin@web.de>\n\n",
    "Am Fr., 27. Nov. 2026 um 10:00 Uhr schrieb Kiez <antwort@kiez.example>:\n\n",
    "Am 27.11.2026 um 10:00 schrieb Kiez:\n> \n",
  };
  for (gsize i = 0; i < G_N_ELEMENTS(heads); i++)
    for (int marked = 0; marked < 2; marked++) {
      struct club club;
      open(&club);
      club_write(&club, "karin@web.de", "gruenau+einstellungen@kiez.example", "Einstellungen", "", true);
      g_autofree char *quote = quoted_letter(&club, marked ? "> " : "");
      g_autofree char *text = g_strconcat("Titel: Nachbarn\n\n", heads[i], quote, NULL);
      club_answer(&club, "keep", "karin@web.de", "karin@web.de", text, true);
      g_autoptr(list_row) list = group(&club);
      assert_string_equal(list->title, "Nachbarn");
      assert_string_equal(list->subject_tag, "");
      g_autofree char *kept = post_mail(&club.town, "kept", "karin@web.de");
      g_autoptr(mail_t) mail = mail_read(
          kept, strlen(kept), &(struct mail_reading){ .domain = "nowhere.example", .authserv_id = "mx" });
      if (strstr(mail->text, "Nicht verstanden")) fail_msg("%d %d: %s", (int)i, marked, mail->text);
      club_close(&club);
    }
}

static void a_subject_line_of_its_own_is_a_setting(void **state)
{
  (void)state;
  struct club club;
  open(&club);
  answer(&club, "Betreff: Nord\nAnhänge: Bilder");
  g_autoptr(list_row) list = group(&club);
  assert_string_equal(list->subject_tag, "Nord");
  club_close(&club);
}

static void what_is_not_understood_is_said(void **state)
{
  (void)state;
  struct club club;
  open(&club);
  answer(&club, "Wer darf schreiben: nur nette Leute\nFarbe: grün");
  g_autoptr(list_row) list = group(&club);
  assert_string_equal(list->posting, "members");
  g_autofree char *letter = post_mail(&club.town, "kept", "karin@web.de");
  assert_non_null(strstr(letter, "Wer darf schreiben: nur nette Leute"));
  assert_non_null(strstr(letter, "es wurde nichts ge"));
  assert_non_null(strstr(letter, "Farbe"));
  club_close(&club);
}

static void long_and_odd_lines_do_no_harm(void **state)
{
  (void)state;
  struct club club;
  open(&club);
  g_autoptr(GString) text = g_string_new("\xe2\x80\xa2 Titel: ");
  for (int i = 0; i < 900; i++) g_string_append(text, "\xc3\xa4\xe2\x82\xac");
  g_string_append(text, "\nWer darf schreiben: ");
  for (int i = 0; i < 900; i++) g_string_append(text, "\xe2\x82\xac\xc3\xa4");
  g_string_append(text, "\n:::\n> : > :\nhttps://kiez.example/:\nBeschreibung: eins\tzwei");
  answer(&club, text->str);
  g_autoptr(list_row) list = group(&club);
  assert_true(g_utf8_validate(list->title, -1, NULL));
  assert_int_equal(g_utf8_strlen(list->title, -1), 100);
  assert_string_equal(list->description, "eins zwei");
  g_autofree char *letter = post_mail(&club.town, "kept", "karin@web.de");
  assert_true(g_utf8_validate(letter, -1, NULL));
  club_close(&club);
}

static void an_old_letter_quoted_changes_nothing_back(void **state)
{
  (void)state;
  struct club club;
  open(&club);
  answer(&club, "Titel: Neu");
  club_answer(&club, "keep", "karin@web.de", "karin@web.de",
              "Wer darf schreiben: alle\n\n> Titel: gruenau\n> Wer darf schreiben: Mitglieder", true);
  g_autoptr(list_row) list = group(&club);
  assert_string_equal(list->title, "Neu");
  assert_string_equal(list->posting, "anyone");
  club_close(&club);
}

static void moderators_are_members_or_are_asked(void **state)
{
  (void)state;
  struct club club;
  open(&club);
  answer(&club, "Moderation: anna@web.de, neu@web.de");
  assert_true(has_role(&club, "anna@web.de", "moderator"));
  assert_false(has_role(&club, "clara@web.de", "moderator"));
  g_autofree char *told = post_mail(&club.town, "duty_begins", "anna@web.de");
  assert_non_null(told);
  assert_false(has_role(&club, "neu@web.de", "moderator"));
  clock_fix(TEST_NOW + 3600);
  club_answer(&club, "duty", "neu@web.de", "eve@web.de", "Ja", true);
  assert_false(has_role(&club, "eve@web.de", "moderator"));
  club_answer(&club, "duty", "neu@web.de", "neu@web.de", "Ja, gern", true);
  assert_true(has_role(&club, "neu@web.de", "moderator"));
  club_close(&club);
}

static void a_group_is_never_without_moderators(void **state)
{
  (void)state;
  struct club club;
  open(&club);
  answer(&club, "Moderation: neu@web.de");
  assert_true(has_role(&club, "clara@web.de", "moderator"));
  g_autofree char *letter = post_mail(&club.town, "kept", "karin@web.de");
  assert_non_null(strstr(letter, "* Moderation\r\n"));
  assert_null(strstr(letter, "* Titel"));
  club_close(&club);
}

/* Who names a successor hands over, and is not put off the list by "keine Zeit mehr". */
static void a_keeper_who_names_a_successor_stays(void **state)
{
  (void)state;
  struct club club;
  open(&club);
  club_write(&club, "karin@web.de", "gruenau@kiez.example", "Gruppe",
             "Ben (ben@web.de) soll ab jetzt die Gruppe leiten, ich hab keine Zeit mehr und möchte raus.", true);
  assert_true(has_role(&club, "karin@web.de", "keeper"));
  assert_int_equal(moderated_count(&club, "hand_over_sure", "karin@web.de"), 1);
  assert_string_equal(club_state(&club, "karin@web.de"), "active each");
  assert_int_equal(moderated_count(&club, "post", NULL), 0);
  club_close(&club);
}

static void a_member_is_no_keeper(void **state)
{
  (void)state;
  struct club club;
  open(&club);
  club_write(&club, "anna@web.de", "gruenau+einstellungen@kiez.example", "", "Titel: Annas Reich", true);
  g_autofree char *letter = post_mail(&club.town, "keep", "anna@web.de");
  assert_null(letter);
  g_autoptr(list_row) list = group(&club);
  assert_string_equal(list->title, "gruenau");
  club_close(&club);
}

static void a_forwarded_letter_and_a_forged_from_change_nothing(void **state)
{
  (void)state;
  struct club club;
  open(&club);
  club_write(&club, "karin@web.de", "gruenau+einstellungen@kiez.example", "", "", true);
  clock_fix(TEST_NOW + 3600);
  club_answer(&club, "keep", "karin@web.de", "anna@web.de", "Titel: Annas Reich", true);
  club_answer(&club, "keep", "karin@web.de", "karin@web.de", "Titel: Eves Reich", false);
  g_autoptr(list_row) before = group(&club);
  assert_string_equal(before->title, "gruenau");
  clock_fix(TEST_NOW + 7200);
  club_answer(&club, "proof", "karin@web.de", "karin@web.de", "Nein, das war ich nicht!", true);
  g_autoptr(list_row) after = group(&club);
  assert_string_equal(after->title, "gruenau");
  club_close(&club);
}

static void a_proven_answer_is_done_late(void **state)
{
  (void)state;
  struct club club;
  open(&club);
  club_write(&club, "karin@web.de", "gruenau+einstellungen@kiez.example", "", "", true);
  clock_fix(TEST_NOW + 3600);
  club_answer(&club, "keep", "karin@web.de", "karin@web.de", "Titel: Nachbarn", false);
  clock_fix(TEST_NOW + 7200);
  club_answer(&club, "proof", "karin@web.de", "karin@web.de", "Ja", true);
  g_autoptr(list_row) after = group(&club);
  assert_string_equal(after->title, "Nachbarn");
  club_close(&club);
}

static void who_keeps_it_no_longer_changes_nothing(void **state)
{
  (void)state;
  struct club club;
  open(&club);
  club_write(&club, "karin@web.de", "gruenau+einstellungen@kiez.example", "", "", true);
  town_member(&club.town, club.list, "karin@web.de", "member");
  club_answer(&club, "keep", "karin@web.de", "karin@web.de", "Titel: Rache", true);
  g_autoptr(list_row) after = group(&club);
  assert_string_equal(after->title, "gruenau");
  club_close(&club);
}

static void the_admin_settles_every_list(void **state)
{
  (void)state;
  struct club club;
  open(&club);
  club_write(&club, "admin@amt.example", "gruenau+einstellungen@kiez.example", "", "", true);
  club_answer(&club, "keep", "admin@amt.example", "admin@amt.example", "Wer darf mitmachen: niemand", true);
  g_autoptr(list_row) after = group(&club);
  assert_string_equal(after->joining, "closed");
  club_close(&club);
}

static void a_group_changes_hands_by_two_yeses(void **state)
{
  (void)state;
  struct club club;
  open(&club);
  club_write(&club, "karin@web.de", "gruenau@kiez.example", "Abgabe", "Ich gebe die Gruppe an neu@web.de ab.",
             true);
  assert_false(has_role(&club, "neu@web.de", "keeper"));
  club_answer(&club, "hand_over", "neu@web.de", "neu@web.de", "Danke für das Vertrauen!", true);
  g_autofree char *again = post_mail(&club.town, "request_again", "neu@web.de");
  assert_non_null(again);
  club_answer(&club, "hand_over", "neu@web.de", "anna@web.de", "Ja", true);
  assert_true(has_role(&club, "karin@web.de", "keeper"));
  assert_false(has_role(&club, "anna@web.de", "keeper"));
  club_answer(&club, "hand_over", "neu@web.de", "neu@web.de", "Ja, das mache ich.", true);
  assert_true(has_role(&club, "neu@web.de", "keeper"));
  assert_false(has_role(&club, "karin@web.de", "keeper"));
  g_autofree char *told = post_mail(&club.town, "hand_over_done", "karin@web.de");
  assert_non_null(told);
  assert_true(has_role(&club, "karin@web.de", "moderator") == (strstr(told, "auch weiterhin") != NULL));
  assert_non_null(strstr(told, "austreten"));
  g_autofree char *greeted = post_mail(&club.town, "hand_over_done", "neu@web.de");
  assert_non_null(greeted);
  assert_non_null(strstr(greeted, "gruenau+einstellungen@"));
  assert_null(strstr(greeted, "wird jetzt von"));
  club_close(&club);
}

static void nobody_else_hands_a_group_over(void **state)
{
  (void)state;
  struct club club;
  open(&club);
  club_write(&club, "anna@web.de", "gruenau@kiez.example", "Abgabe", "Ich gebe die Gruppe an eve@web.de ab.",
             true);
  club_write(&club, "karin@web.de", "gruenau@kiez.example", "Abgabe", "Ich gebe die Gruppe an eve@web.de ab.",
             false);
  g_autofree char *question = post_mail(&club.town, "hand_over", "eve@web.de");
  assert_null(question);
  g_autofree char *sure = post_mail(&club.town, "hand_over_sure", "karin@web.de");
  assert_non_null(sure);
  club_close(&club);
}

static void closing_takes_a_second_reply_and_tells_everybody_once(void **state)
{
  (void)state;
  struct club club;
  open(&club);
  club_write(&club, "anna@web.de", "gruenau@kiez.example", "Weniger",
             "Bitte nur noch einmal die Woche zusammengefasst.", true);
  club_write(&club, "karin@web.de", "gruenau@kiez.example", "Ende", "Bitte die Gruppe schließen.", true);
  g_autoptr(list_row) before = list_find(club.town.store, "gruenau", NULL);
  assert_non_null(before);
  clock_fix(TEST_NOW + 3600);
  club_answer(&club, "close", "karin@web.de", "karin@web.de", "Ja", false);
  club_answer(&club, "close", "karin@web.de", "anna@web.de", "Ja", true);
  club_answer(&club, "close", "karin@web.de", "karin@web.de", "Öffentliches Archiv: ja",
              true); /* a setting */
  g_autoptr(list_row) still = list_find(club.town.store, "gruenau", NULL);
  assert_non_null(still);
  g_autofree char *again = post_mail(&club.town, "request_again", "karin@web.de");
  assert_non_null(again);
  g_autofree char *to = club_reply_address(&club, "close", "karin@web.de");
  club_write(&club, "karin@web.de", to, "AW: Ende", "Ja, bitte schließen.", true);
  g_autoptr(list_row) after = list_find(club.town.store, "gruenau", NULL);
  assert_null(after);
  club_write(&club, "karin@web.de", to, "AW: Ende", "Ja, ja.", true);
  g_autofree char *letters = post_letters(&club.town);
  static const char *const members[] = { "anna", "bert", "clara", "karin" };
  for (gsize i = 0; i < G_N_ELEMENTS(members); i++) {
    g_autofree char *one = g_strdup_printf("group_closed:%s@web.de", members[i]);
    char *first = strstr(letters, one);
    assert_non_null(first);
    assert_null(strstr(first + 1, one));
  }
  g_autoptr(GPtrArray) closed = lists_closed(club.town.store, NULL);
  assert_int_equal(closed->len, 1);
  club_close(&club);
}

static void a_member_closes_nothing(void **state)
{
  (void)state;
  struct club club;
  open(&club);
  club_write(&club, "anna@web.de", "gruenau@kiez.example", "Ende", "Bitte die Gruppe schließen.", true);
  g_autofree char *question = post_mail(&club.town, "close", "anna@web.de");
  assert_null(question);
  assert_int_equal(moderated_count(&club, "post", NULL), 0);
  g_autofree char *asked = moderated_line(&club, "post_or_wish", "anna@web.de");
  assert_non_null(strstr(asked, "die sie betreuen"));
  clock_fix(TEST_NOW + 3600);
  club_answer(&club, "post_or_wish", "anna@web.de", "anna@web.de", "Ja, an alle", true);
  assert_int_equal(moderated_count(&club, "post", "bert@web.de"), 1); /* now it is a post like any other */
  club_close(&club);
}

/* An offer ends with the last day that its subject names: `expires` lies in that day. */
static void an_offer_ends_with_the_last_day_of_its_range(void **state)
{
  (void)state;
  static const struct {
    const char *subject;
    int64_t days; /* from the end of 2 March 2026 */
  } offers[] = {
    { "[Biete] Garage bis 12.3.", 10 },
    { "[Biete] Garage vom 5.3. bis 12.3.", 10 },
    { "[Biete] Zimmer vom 5. März bis zum 12. März", 10 },
    { "[Biete] Zimmer ab 5. März, bis 12. März", 10 },
    { "[Biete] Grill für den 20.3., Anruf bis 12.3.", 10 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(offers); i++) {
    struct club club;
    open(&club);
    answer(&club, "Themen im Betreff: [Biete] 30 Tage");
    club_write(&club, "anna@web.de", "gruenau@kiez.example", offers[i].subject, "Meldet euch gern bei mir!",
               true);
    const int64_t begin = 1772406000 + (offers[i].days) * 86400; /* 2 March 2026, 0:00 in Berlin */
    g_autofree char *sql =
        g_strdup_printf("UPDATE message_tag SET tag = 'found' WHERE expires > %" G_GINT64_FORMAT
                        " AND expires <= %" G_GINT64_FORMAT,
                        begin, begin + 86400);
    assert_true(db_exec(club.town.store->db, sql, NULL));
    g_autofree char *check =
        g_strdup("CREATE TEMP TABLE one (tag TEXT CHECK (tag = 'found')); INSERT INTO one "
                 "SELECT tag FROM message_tag; INSERT INTO one SELECT 'none' WHERE NOT EXISTS "
                 "(SELECT 1 FROM message_tag)");
    if (!db_exec(club.town.store->db, check, NULL)) fail_msg("%s", offers[i].subject);
    club_close(&club);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(the_letter_shows_how_everything_is),
    cmocka_unit_test(words_at_the_list_ask_for_it_as_well),
    cmocka_unit_test(a_line_changes_one_thing),
    cmocka_unit_test(edited_lines_of_the_quote_count),
    cmocka_unit_test(anyone_may_write_and_strangers_wait),
    cmocka_unit_test(sentences_without_a_label_count),
    cmocka_unit_test(what_is_not_understood_is_said_once),
    cmocka_unit_test(english_labels_work),
    cmocka_unit_test(members_and_topics_are_settled_in_words),
    cmocka_unit_test(a_line_of_ones_own_counts_against_how_it_is_now),
    cmocka_unit_test(attachments_are_settled_in_words),
    cmocka_unit_test(odd_attachments_change_nothing_and_are_said),
    cmocka_unit_test(the_head_of_the_quoted_letter_is_no_setting),
    cmocka_unit_test(a_subject_line_of_its_own_is_a_setting),
    cmocka_unit_test(what_is_not_understood_is_said),
    cmocka_unit_test(long_and_odd_lines_do_no_harm),
    cmocka_unit_test(an_old_letter_quoted_changes_nothing_back),
    cmocka_unit_test(moderators_are_members_or_are_asked),
    cmocka_unit_test(a_group_is_never_without_moderators),
    cmocka_unit_test(a_keeper_who_names_a_successor_stays),
    cmocka_unit_test(a_member_is_no_keeper),
    cmocka_unit_test(a_forwarded_letter_and_a_forged_from_change_nothing),
    cmocka_unit_test(a_proven_answer_is_done_late),
    cmocka_unit_test(who_keeps_it_no_longer_changes_nothing),
    cmocka_unit_test(the_admin_settles_every_list),
    cmocka_unit_test(a_group_changes_hands_by_two_yeses),
    cmocka_unit_test(nobody_else_hands_a_group_over),
    cmocka_unit_test(closing_takes_a_second_reply_and_tells_everybody_once),
    cmocka_unit_test(a_member_closes_nothing),
    cmocka_unit_test(an_offer_ends_with_the_last_day_of_its_range),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
