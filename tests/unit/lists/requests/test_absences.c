/* Notes that somebody is away, as mail programs send them without any field that says so: whatever friendly
 * or affirming word stands in them, they confirm nothing and approve nothing. And people who are away and
 * answer all the same. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/held.h"

/* As Outlook, Gmail, GMX, telephones and people write them. */
static const char *const notes[] = {
  "Sehr geehrte Damen und Herren,\n\nvielen Dank für Ihre E-Mail. Ich bin vom 2.3. bis einschließlich 13.3. "
  "nicht im Haus. Ihre Nachricht wird nicht weitergeleitet.\n\nMit freundlichen Grüßen\nClara Wald",
  "Guten Tag, ich habe Urlaub und bin ab 16.03. gerne wieder für Sie da. In dringenden Fällen wenden Sie "
  "sich "
  "bitte an Frau Ok.",
  "Hallo! Klar, ich melde mich. Aber erst nach Ostern, bis dahin bin ich in Portugal. Liebe Grüße Clara",
  "Moin, bin gerade auf dem Wasser. Ja wirklich! Antwort kommt, wenn ich wieder festen Boden habe.",
  "Ok, ich sehe Ihre Mail. Antworten kann ich leider erst in zwei Wochen.",
  "Passt auf euch auf! Ich bin bis Ende März offline.",
  "Einverstanden, wenn Sie bis 20.3. warten? Dann bin ich zurück im Büro.",
  "Gerne lese ich Ihre Nachricht nach meiner Rückkehr am Montag.",
  "Liebe Absender, ja, auch ich brauche mal Pause. Vom 1. bis 14. März ist das Postfach nicht besetzt.",
  "Danke für deine Mail! Ich lese sie bestimmt, nur eben nicht vor dem 9. März. Alles gut, keine Sorge.",
  "Jawohl, endlich Elternzeit! Ab Juni bin ich wieder da.",
  "Natürlich kümmere ich mich um Ihr Anliegen, sobald ich am 12. März zurück bin.",
  "Ich bin derzeit krankgeschrieben. Ja, es wird schon wieder.",
  "Super, dass Sie schreiben! Diese Mailadresse wird nur montags abgerufen.",
  "Ihre Nachricht ist bei uns eingegangen. In Ordnung, wir melden uns.",
  "Freigabe von Überstunden: Ich bin diese Woche nicht da und kann keine Mails lesen.",
  "Ja! Ich bin im Ruhestand. Bitte wenden Sie sich künftig an das Sekretariat.",
  "Alles klar soweit, nur ohne mich: Reha bis 28.3.",
  "Von meinem iPhone gesendet: Bin im Zug ohne Netz, melde mich morgen. Ok?",
  "Dies ist eine automatische Antwort. Okay, eigentlich selbsterklärend.",
  "Schön, von Ihnen zu hören. Ich bin auf Fortbildung und erst am 10.03. wieder erreichbar. Gern dann!",
  "Thanks for your email. I am out of the office until 9 March with limited access to email. Sure, I will "
  "get "
  "back to you.",
  "Hi, yes, it's that time of year: I'm on leave until Monday.",
  "Okay! I'm travelling this week and will reply when I return. Best, Clara",
  "Thank you for your message. I will be away from 2 March to 13 March. For urgent matters please contact Mr "
  "Yes.",
  "Of course I'd love to answer, but I am on parental leave till June.",
  "Approved leave! Back on the 16th.",
  "Great to hear from you. I only check this mailbox on Fridays.",
  "I've retired. Yes, really! Please write to office@example.org instead.",
  "Sounds good. No wait, this is an automatic reply: I'm hiking without internet until the 20th.",
  "Fine weather here in Italy! I'll read your mail after March 15.",
  "Merhaba, 2-13 Mart tarihleri arasında izindeyim. Evet, nihayet tatil! Dönüşte cevap yazacağım.",
  "Tamam, mesajınızı aldım. 16 Mart'ta ofiste olacağım.",
  "E-postanız için teşekkür ederim. Şu anda ofis dışındayım. Elbette en kısa sürede dönüş yapacağım.",
  "Olur, ama şu an yıllık izindeyim; pazartesi günü dönüyorum.",
  "Şu an yurt dışındayım, evet. Acil durumlarda Ayşe Hanım'a yazın.",
  "Здравствуйте! Я в отпуске до 15 марта. Да, наконец-то! Отвечу после возвращения.",
  "Спасибо за письмо. Хорошо, я отвечу, но сейчас я в командировке до понедельника.",
  "Конечно, я прочту ваше письмо, когда вернусь 16 марта.",
  "Да, это автоответ. Меня не будет в офисе до конца недели.",
  "Согласна, отдых нужен всем! Я на больничном, пишите моей коллеге.",
  "Okay ist das nicht, ich weiß, aber ich bin bis zum 20. nicht zu erreichen.",
  "Gern geschehen! Mein Postfach lese ich nur dienstags.",
  "Ja guten Tag, unser Laden ist wegen Inventur bis Donnerstag geschlossen.",
  "Sicher haben Sie Verständnis: Wegen Krankheit antworte ich verspätet. Ja, es wird besser.",
  "Frei! Endlich! Zwei Wochen Kroatien, zurück am 17.3.",
  "Genau, ich bin umgezogen: Diese Adresse wird nicht mehr gelesen. Bitte schreiben Sie an neu@web.de",
  "Fine, thanks. I'm out today and back tomorrow.",
  "Yes! We are closed for renovation until further notice.",
  "Ok thanks for reaching out, our office hours are 9 to 5. Your request has been received.",
  "Evet, bayram tatilindeyiz. Pazartesi görüşürüz, o zaman cevap veririz.",
  "Да! Мы переехали, этот ящик больше не читаем.",
  "Ладно, я на море. Буду на связи с 10 марта.",
};

/* Somebody whom no note concerned before, so that one town serves for all of them. Caller frees. */
static char *somebody(gsize note)
{
  return g_strdup_printf("neu%02zu@web.de", note);
}

/* Where Clara answers the letter that asks her about somebody's mail. Caller frees. */
static char *claras_reply_address(const char *from)
{
  char *found = NULL;
  g_autoptr(GPtrArray) page = outbox_page(club.town.store, 0, 0, 10000, false, NULL);
  for (guint i = 0; i < page->len && !found; i++) {
    const struct delivery *delivery = g_ptr_array_index(page, i);
    g_autoptr(letter_t) letter = letter_get(club.town.store, delivery->letter, true, NULL);
    if (strcmp(letter->purpose, "moderate") != 0 || strcmp(delivery->address, "clara@web.de") != 0) continue;
    gsize size = 0;
    const char *content = g_bytes_get_data(letter->content, &size);
    g_auto(GStrv) slots = g_strsplit(delivery->slots, "\x1f", -1);
    g_autoptr(GString) out = g_string_new(NULL);
    compose_fill(out, content, size, (const char *const *)slots, g_strv_length(slots));
    g_autoptr(mail_t) mail = mail_read(
        out->str, out->len, &(struct mail_reading){ .domain = "nowhere.example", .authserv_id = "mx" });
    if (strstr(mail->text, from)) found = g_strdup(mail->from.address);
  }
  if (!found) fail_msg("Clara is not asked about %s", from);
  return found;
}

static void moderators_notes_decide_nothing(void **state)
{
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS(notes); i++) {
    g_autofree char *from = somebody(i);
    club_post(&club, from, "gruenau@kiez.example", "Flohmarkt", "Am Samstag ist Flohmarkt. Tel. 030 5556677",
              true);
  }
  post_work(&club.town);
  assert_int_equal(moderated_waiting(&club), G_N_ELEMENTS(notes));
  clock_fix(TEST_NOW + 3600);
  for (gsize i = 0; i < G_N_ELEMENTS(notes); i++) {
    g_autofree char *from = somebody(i), *reply = claras_reply_address(from);
    club_post(&club, "clara@web.de", reply, "AW: Ihre Mail", notes[i], true);
  }
  post_work(&club.town);
  assert_string_equal(moderated_log(&club), ""); /* h7: by notes[6] */
  assert_int_equal(moderated_waiting(&club), G_N_ELEMENTS(notes));
}

/* One person a note writes, is asked by a letter, and answers it with the note an hour later. */
static void write_and_note(const char *to, const char *subject, const char *text, bool is_vouched,
                           const char *purpose)
{
  for (gsize i = 0; i < G_N_ELEMENTS(notes); i++) {
    g_autofree char *from = somebody(i);
    club_post(&club, from, to, subject, text, is_vouched);
  }
  post_work(&club.town);
  clock_fix(TEST_NOW + 3600);
  for (gsize i = 0; i < G_N_ELEMENTS(notes); i++) {
    g_autofree char *from = somebody(i);
    g_autofree char *reply = club_reply_address(&club, purpose, from);
    club_post(&club, from, reply, "AW: Ihre Mail", notes[i], true);
  }
  post_work(&club.town);
}

/* All of them are members. */
static void enter_everybody(void)
{
  for (gsize i = 0; i < G_N_ELEMENTS(notes); i++) {
    g_autofree char *address = somebody(i);
    town_member(&club.town, club.list, address, "member");
  }
}

/* Who is a member, and who is none, where the other is wanted. */
static guint count_wrong(bool are_members)
{
  guint bad = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(notes); i++) {
    g_autofree char *address = somebody(i);
    if (g_str_has_prefix(club_state(&club, address), "active") != are_members)
      print_message("%s: %s\n", are_members ? "LEAVE" : "JOIN", notes[i]), bad++;
  }
  return bad;
}

static void notes_confirm_no_membership(void **state)
{
  (void)state;
  write_and_note("gruenau+beitreten@kiez.example", "Beitreten", "Bitte aufnehmen", true, "join");
  assert_int_equal(count_wrong(false), 0);
}

static void notes_take_nobody_off(void **state)
{
  (void)state;
  enter_everybody();
  write_and_note("gruenau+austreten@kiez.example", "Austreten", "Bitte austragen", false, "leave");
  assert_int_equal(count_wrong(true), 0);
}

static void notes_post_nothing_private(void **state)
{
  (void)state;
  enter_everybody();
  write_and_note(
      "gruenau@kiez.example", "Frage",
      "Nur für dich, Bert: ich habe Krebs, bitte sag es niemandem. Meine Nummer ist 0176 44556677.", true,
      "private_reply");
  g_autofree char *post = post_mail(&club.town, "post", "anna@web.de");
  if (post) fail_msg("PRIVATE: a note posts this: %s", post);
  assert_int_equal(moderated_count(&club, "post", NULL), 0);
}

static void people_who_are_away_decide_all_the_same(void **state)
{
  (void)state;
  static const struct {
    const char *text, *log;
  } rows[] = {
    { "Ja, ich bin ab Montag verreist", "h1 approve mail" },
    { "ok. Bin ab morgen im Urlaub, Dora übernimmt", "h1 approve mail" },
    { "Ja, freigeben. Ich bin bis Freitag unterwegs und antworte vom Handy.", "h1 approve mail" },
    { "ok, kann raus. Bin im Urlaub, lese mit", "h1 approve mail" },
    { "nein, das ist Werbung. Bin übrigens bis Montag weg", "h1 reject mail" },
    { "yes, approve. I'm on holiday", "h1 approve mail" },
    { "Ja\n\nVon meinem iPhone gesendet", "h1 approve mail" },
    { "Ja, ich finde das gut", "h1 approve mail" },
    { "Ja, bin einverstanden", "h1 approve mail" },
    { "ok, ich kenne ihn", "h1 approve mail" },
    { "Ja, von mir aus gern", "h1 approve mail" },
    { "Ok, ich habe nichts dagegen", "h1 approve mail" },
    { "yes, I'm fine with it", "h1 approve mail" },
    { "Tamam, yayınla. Pazartesiye kadar izindeyim", "h1 approve mail" },
    { "Да, публикуйте. Я в отпуске", "h1 approve mail" },
  };
  guint bad = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    moderated_stranger(&club, "Flohmarkt", "Am Samstag ist Flohmarkt.");
    clara(rows[i].text);
    if (strcmp(moderated_log(&club), rows[i].log) != 0)
      print_message("PERSON: %s [%s]\n", rows[i].text, moderated_log(&club)), bad++;
    close_town(NULL);
    open_town(NULL);
  }
  assert_int_equal(bad, 0);
}

static void people_join_whatever_they_say_of_themselves(void **state)
{
  (void)state;
  static const char *const yes[] = {
    "Ja, ich bin gern dabei",   "Ja, wir wohnen in der Regattastraße und möchten mitmachen",
    "Yes, I'd love to join",    "Ja, bitte aufnehmen. Ich bin neu im Kiez.",
    "Evet, katılmak istiyorum", "Да, хочу участвовать",
  };
  guint bad = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(yes); i++) {
    club_write(&club, "neu@web.de", "gruenau+beitreten@kiez.example", "Beitreten", "Bitte aufnehmen", true);
    clock_fix(TEST_NOW + 3600);
    club_answer(&club, "join", "neu@web.de", "neu@web.de", yes[i], true);
    if (!g_str_has_prefix(club_state(&club, "neu@web.de"), "active"))
      print_message("NO JOIN: %s\n", yes[i]), bad++;
    close_town(NULL);
    open_town(NULL);
  }
  assert_int_equal(bad, 0);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    CASE(moderators_notes_decide_nothing),
    CASE(notes_confirm_no_membership),
    CASE(notes_take_nobody_off),
    CASE(notes_post_nothing_private),
    CASE(people_who_are_away_decide_all_the_same),
    CASE(people_join_whatever_they_say_of_themselves),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
