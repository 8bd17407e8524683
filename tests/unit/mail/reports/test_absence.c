/* Absence notes and challenges that no header gives away; and the people who sound like them. */
#include "tests/unit/mail/mail_test.h"

static const struct {
  const char *sentence, *subject, *text;
} notes[] = {
  { "a receipt that a mail was read, as text", "Gelesen: [Adlerhain] Bank",
    "Ihre Nachricht\n\nAn: Anna\nBetreff: Bank\nGesendet: Samstag, 21. März 2026 17:40:00 "
    "(UTC+01:00)\n\nwurde am Samstag, "
    "21. März 2026 18:02:11 (UTC+01:00) gelesen." },
  { "a ticket system that no header names", "Re: Bank",
    "Danke, Ihre Anfrage ist eingegangen. Ticket 4711. Dies ist eine automatisch generierte Nachricht, bitte "
    "antworten Sie "
    "nicht darauf." },
  { "Outlook, plain", "Nicht im Hause", "Ich bin bis zum 12. Mai nicht im Büro." },
  { "the office's usual one", "Re: Poller am Sterndamm",
    "Sehr geehrte Damen und Herren,\n\nich bin bis einschließlich 24.04.2026 nicht im Büro. Ihre E-Mail wird "
    "nicht weitergeleitet. In dringenden Fällen wenden Sie sich bitte an Frau Krause.\n\nMit freundlichen "
    "Grüßen\nGrit Lehmann" },
  { "GMX holiday note", "Urlaub: Einladung Kiezfest",
    "Hallo, vielen Dank für deine Mail! Ich bin im Urlaub und lese meine Mails erst ab dem 20. Juli "
    "wieder.\nViele Grüße, Jörg" },
  { "without umlauts", "Re: Einladung",
    "Vielen Dank fuer Ihre Nachricht. Ich befinde mich bis 3.8. im Urlaub und habe keinen Zugriff auf meine "
    "E-Mails." },
  { "WEB.DE", "Aw: Einladung",
    "Vielen Dank für Ihre Nachricht! Leider bin ich zurzeit nicht erreichbar. Ab dem 14.06. bin ich wieder "
    "für "
    "Sie da und werde Ihre Mail umgehend beantworten. Diese Nachricht wurde automatisch erstellt." },
  { "a doctor's practice", "Ihre Nachricht",
    "Unsere Praxis ist vom 1. bis 19. Juli geschlossen. In dringenden Fällen wenden Sie sich bitte an die "
    "Vertretung, Praxis Dr. Sommer." },
  { "a parental leave", "AW: Spielplatz",
    "Ich befinde mich derzeit in Elternzeit. Meine Vertretung übernimmt Herr Yildiz (yildiz@ba-tk.example). "
    "Ihre Mail wird nicht weitergeleitet." },
  { "somebody who left", "Re: Protokoll",
    "Frau Schulz arbeitet nicht mehr bei uns. Ich arbeite nicht mehr im Bezirksamt. Bitte wenden Sie sich an "
    "das Sekretariat. Ihre E-Mail wird nicht gelesen." },
  { "in the first person plural", "Betriebsferien",
    "Liebe Kundinnen und Kunden, unser Büro ist vom 22.12. bis 2.1. geschlossen. Ab dem 5.1. sind wir wieder "
    "für "
    "Sie da." },
  { "the automatic answer named", "Danke für Ihre Mail",
    "Dies ist eine automatische Antwort. Ich bin bis 1. Juni im Urlaub." },
  { "ill", "Re: Sitzung",
    "Guten Tag, ich bin krankheitsbedingt abwesend. In dringenden Fällen wenden Sie sich an das "
    "Sekretariat unter 030 555 0100. Ihre Mails werden nicht weitergeleitet." },
  { "English, an office", "Re: Invitation",
    "Thank you for your message. I am out of the office until 12 May with limited access to email. For "
    "urgent "
    "matters please contact my colleague Jane." },
  { "English, short", "Out of Office: Invitation", "Back on Monday." },
  { "English, annual leave", "RE: Street lamp",
    "I am currently on annual leave and will be back on 3 June. I will reply to your email upon my return." },
  { "Turkish", "Otomatik Yanıt: Davet", "Yıllık izindeyim, 15 Temmuz'da döneceğim." },
  { "Turkish, by words alone", "Re: Davet",
    "Mesajınız için teşekkürler. Yıllık izinde olduğum için ofiste değilim. Acil durumlarda 0312 555 01 "
    "numarasından ulaşabilirsiniz." },
  { "Russian", "Автоответ: Приглашение", "Я в отпуске до 15 июля." },
  { "Russian, by words alone", "Re: Приглашение",
    "Спасибо за ваше письмо. Я нахожусь в отпуске до 15 июля и не имею доступа к почте. По срочным вопросам "
    "обращайтесь к коллегам." },
  { "Russian, nobody in the office", "Ответ",
    "Меня нет в офисе до 12 марта. По срочным вопросам обращайтесь к Ивановой." },
  { "Ukrainian, nobody in the office", "Відповідь",
    "Мене немає в офісі до 12 березня. З термінових питань звертайтеся до колег." },
  { "Arabic", "رد", "أنا خارج المكتب حتى 12 مارس. للأمور العاجلة يرجى التواصل مع السيدة ي." },
  { "Vietnamese", "Re: Mời",
    "Tôi vắng mặt tại văn phòng đến ngày 12 tháng 3. Vui lòng liên hệ bà Y nếu khẩn cấp." },
  { "an office between the years", "Ihre Anfrage",
    "Das Büro ist zwischen den Jahren geschlossen. Ihre Mail wird ab 5.1. bearbeitet." },
  { "until and including", "AW: Hoffest",
    "Sehr geehrte Damen und Herren, ich befinde mich bis einschließlich 14. März im Urlaub. Ihre E-Mail wird "
    "nicht "
    "weitergeleitet." },
  { "Ukrainian", "Re: Запрошення",
    "Дякую за ваш лист. Я перебуваю у відпустці до 1 серпня. Відповім після повернення." },
  { "Polish", "Re: Zaproszenie",
    "Dziękuję za wiadomość. Jestem na urlopie do 15 lipca. W pilnych sprawach proszę o kontakt z "
    "koleżanką." },
  { "French", "Re: Invitation",
    "Bonjour, merci pour votre message. Je suis absent du bureau jusqu'au 15 juillet. En cas d'urgence, "
    "veuillez "
    "contacter ma collègue." },
  { "Spanish", "Re: Invitación",
    "Gracias por su mensaje. Estaré fuera de la oficina hasta el 15 de julio. En caso de urgencia, contacte "
    "con "
    "mi compañero." },
  { "Italian", "Re: Invito",
    "Grazie per la sua mail. Sono in ferie fino al 15 luglio, risponderò al mio rientro. In caso di urgenza "
    "contattare la mia collega." },
  { "Dutch", "Re: Uitnodiging",
    "Bedankt voor uw bericht. Ik ben met vakantie tot 15 juli. Bij dringende zaken kunt u contact opnemen "
    "met "
    "mijn collega." },
  { "a resident's note without any header", "Abwesenheitsnotiz Re: Einladung",
    "Ja, so ist das: Ich wandere ohne Telefon durch Schweden und lese erst ab dem 7. April wieder mit." },
  { "a subject in French", "Réponse automatique : Fest", "Je suis absente." },
  { "a subject in Vietnamese", "Trả lời tự động: Fest", "Tôi đang đi nghỉ." },
  { "a subject in Arabic", "رد تلقائي: Fest", "أنا في إجازة." },
  { "away, nobody helps", "Re: Kiezkasse",
    "Hallo,\n\nvom 3.7. bis 17.7. bin ich verreist. Ich melde mich nach meiner Rückkehr. E-Mails werden in "
    "dieser "
    "Zeit nicht gelesen.\n\nGruß\nUwe" },
  { "a club's", "Ihre Anfrage",
    "Vielen Dank für Ihre Anfrage. Unsere Geschäftsstelle ist bis 10.1. nicht besetzt. Wir bearbeiten Ihre "
    "Nachricht nach unserer Rückkehr." },
  { "challenge", "Please confirm your message",
    "Your message to karl@example.org is being held until you confirm that you are a human sender. Click the "
    "link below to verify your address. This is a one-time process." },
};

static const struct {
  const char *sentence, *subject, *text;
} people[] = {
  { "an answer to an invitation", "AW: Einladung", "Ja, ich bin ab Montag verreist." },
  { "no, away", "AW: Einladung", "Leider nein, wir sind bis 12. im Urlaub." },
  { "no, at the office", "AW: Einladung", "Nein, ich bin da nicht im Büro und komme nicht." },
  { "a colleague's answer", "AW: Laterne",
    "Bin bis Freitag nicht im Büro, danach schaue ich mir die Laterne an und melde mich bei Ihnen." },
  { "someone who looks for help", "Blumen gießen",
    "Hallo zusammen, wir sind vom 3. bis 17. Juli im Urlaub. Wer kann unsere Blumen gießen?" },
  { "someone back again", "Wieder da", "Hallo, ich bin wieder da! Wer hat noch Tomatenpflanzen übrig?" },
  { "someone ill", "AW: Sommerfest", "Ich bin leider krank und kann nicht kommen. Viel Spaß euch!" },
  { "thanks", "AW: Protokoll", "Vielen Dank für Ihre Nachricht, ich komme am Montag gern vorbei." },
  { "someone answers an absence note", "AW: Automatische Antwort: Fest",
    "Hallo Uwe, schönen Urlaub! Melde dich, wenn du zurück bist." },
  { "someone complains of one", "Ordnungsamt",
    "Ich habe vom Ordnungsamt wieder nur eine Abwesenheitsnotiz bekommen. Die Sachbearbeiterin ist bis Mai "
    "im "
    "Urlaub, und Müll liegt immer noch vor der Schule." },
  { "an office's receipt", "AW: Poller",
    "Ihre Meldung ist bei uns eingegangen und wurde an das Straßen- und Grünflächenamt weitergeleitet. "
    "Vorgangsnummer 4711. Diese Nachricht wurde automatisch erstellt." },
  { "an office's answer", "AW: Poller",
    "Vielen Dank für Ihre Nachricht. Wir haben den Hinweis an den Straßenbauhof weitergeleitet." },
  { "a shop's news", "Café Sonnenschein",
    "Liebe Nachbarn, das Café ist vom 1. bis 8. August geschlossen, danach gibt es wieder Kuchen auf der "
    "Terrasse. Wir freuen uns auf euch!" },
  { "a call for order", "Lärm",
    "In dringenden Fällen ruft bitte die Polizei. Die Nachbarn über mir sind im Urlaub, und ihre Wohnung "
    "wird "
    "jede Nacht zum Partykeller." },
  { "English answer", "Re: Invitation", "Yes, but I am away until Friday." },
  { "English regret", "Re: Invitation", "Sorry, I'm on holiday until the 12th and can't make it. Have fun!" },
  { "Turkish answer", "Re: Davet", "Maalesef gelemem, o hafta tatildeyim." },
  { "Russian answer", "Re: Приглашение", "К сожалению, не смогу прийти, буду в отпуске." },
  { "Polish answer", "Re: Zaproszenie", "Niestety nie mogę przyjść, jestem na urlopie." },
  { "French answer", "Re: Invitation", "Malheureusement je ne peux pas venir, je suis en vacances." },
  { "someone who quotes a note", "AW: Rückfrage",
    "Das kam zurück, ist das normal?\n\n> Ich bin bis 12. Mai nicht im Büro. Ihre E-Mail wird nicht "
    "weitergeleitet.\n> In dringenden Fällen wenden Sie sich an Frau Krause.\n" },
  { "a substitute for the club", "Vertretung gesucht",
    "Hallo, ich bin im August in der Reha. Meine Vertretung für die Bücherzelle fehlt noch, könnte jemand "
    "einspringen?" },
  { "someone without a telephone", "Kein Netz",
    "Seit gestern sind wir ohne Telefon und Internet. Bei wem in der "
    "Straße ist das auch so?" },
  { "confirming a meeting", "AW: Termin",
    "Ich bestätige den Termin am Montag. Bitte bestätigen Sie kurz den Raum." },
  { "asking for a vote", "Abstimmung",
    "Bitte auf den Link klicken und abstimmen, sonst wird der Antrag vertagt." },
};

static char *mail_of(const char *subject, const char *text)
{
  g_autofree char *encoded = g_base64_encode((const guchar *)subject, strlen(subject));
  return g_strdup_printf("From: Lothar <l@example.org>\nTo: gruenau@kiez.example\nSubject: =?utf-8?B?%s?=\n"
                         "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n%s\n",
                         encoded, text);
}

static void notes_are_known_by_their_manner(void **state)
{
  (void)state;
  int wrong = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(notes); i++) {
    g_autofree char *raw = mail_of(notes[i].subject, notes[i].text);
    g_autoptr(mail_t) mail = read_with(raw, "l@example.org");
    if (mail->robot != MAIL_AUTO_REPLY) print_error("a person: %s\n", notes[i].sentence), wrong++;
  }
  assert_int_equal(wrong, 0);
}

static void people_stay_people(void **state)
{
  (void)state;
  int wrong = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(people); i++) {
    g_autofree char *raw = mail_of(people[i].subject, people[i].text);
    g_autoptr(mail_t) mail = read_with(raw, "l@example.org");
    if (mail->robot != MAIL_HUMAN) print_error("%s: %s\n", mail->robot_reason, people[i].sentence), wrong++;
  }
  assert_int_equal(wrong, 0);
}

static void a_calendars_answer_is_a_persons(void **state)
{
  (void)state;
  static const char *const heads[] = { "Auto-Submitted: auto-generated\n", "Auto-Submitted: auto-replied\n",
                                       "X-Autoreply: yes\n", "Precedence: bulk\n", "" };
  for (gsize i = 0; i < G_N_ELEMENTS(heads); i++) {
    g_autofree char *raw = g_strdup_printf(
        "From: l@example.org\n%sSubject: Zugesagt: Fest\nContent-Type: text/calendar; method=REPLY; "
        "charset=utf-8\n\nBEGIN:VCALENDAR\nVERSION:2.0\nMETHOD:REPLY\nBEGIN:VEVENT\nUID:1@x\n"
        "ATTENDEE;PARTSTAT=ACCEPTED:mailto:l@example.org\nEND:VEVENT\nEND:VCALENDAR\n",
        heads[i]);
    g_autoptr(mail_t) mail = read_with(raw, "l@example.org");
    assert_int_equal(mail->robot, MAIL_HUMAN);
    assert_null(mail->robot_reason);
  }
}

static void an_absence_note_in_a_calendars_clothes_is_none(void **state)
{
  (void)state;
  g_autoptr(mail_t) mail = read_with("From: l@example.org\nAuto-Submitted: auto-replied\nSubject: x\n"
                                     "Content-Type: text/calendar\n\nBEGIN:VCALENDAR\nMETHOD:REQUEST\n"
                                     "BEGIN:VEVENT\nUID:1@x\nEND:VEVENT\nEND:VCALENDAR\n",
                                     "l@example.org");
  assert_int_equal(mail->robot, MAIL_AUTO_REPLY);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(notes_are_known_by_their_manner),
    cmocka_unit_test(people_stay_people),
    cmocka_unit_test(a_calendars_answer_is_a_persons),
    cmocka_unit_test(an_absence_note_in_a_calendars_clothes_is_none),
  };
  return cmocka_run_group_tests_name("absence notes", tests, setup_mail, NULL);
}
