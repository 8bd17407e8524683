/* A yes where a wrong one harms: which answers of hurried people pass at once, and which never do. Each is
 * read as it comes from a telephone, with its advertisement and our letter below. */
#include "tests/unit/lists/understand/understand.h"

#include "lists/requests/purposes.h"

struct words {
  const char *purpose;
  const char *texts[60]; /* until NULL */
};

/* What an answer to the letter of a purpose says. */
static enum answer said(const char *name, const char *text)
{
  static const char *const ends[] = {
    "",
    "\n\nVon meinem iPhone gesendet\n\n> Am 02.03.2026 um 10:00 schrieb Kiezpost:\n> \n> Guten Tag,\n> "
    "antworten Sie mit Ja oder Nein.",
    "\n\nViele Grüße\nErika Muster\n\nAm Mo., 2. März 2026 um 10:00 Uhr schrieb Kiezpost <a@b.example>:\n\n"
    "> Guten Tag,\n> antworten Sie mit Ja oder Nein.",
    "\n-- \nGesendet mit der GMX Mail App",
  };
  const struct purpose *purpose = purpose_find(name);
  enum answer first = ANSWER_NONE;
  for (gsize i = 0; i < G_N_ELEMENTS(ends); i++) {
    g_autofree char *whole = g_strconcat(text, ends[i], NULL);
    struct understood u = understand_text(&(struct seen){ .context = purpose->context }, "AW: Frage", whole);
    struct arrival arrival = { .mail = u.mail, .understanding = u.it };
    enum answer answer = answer_said(&arrival, purpose);
    if (i == 0) first = answer;
    if (answer != first) print_message("%s: \"%s\" is %d with end %zu\n", name, text, (int)answer, i);
    assert_int_equal(answer, first);
    understood_free(&u);
  }
  return first;
}

static void expect(const struct words *rows, gsize count, enum answer wanted, bool is_wanted)
{
  int wrong = 0;
  for (gsize i = 0; i < count; i++)
    for (const char *const *text = rows[i].texts; *text; text++) {
      enum answer answer = said(rows[i].purpose, *text);
      bool is_right = (answer == wanted) == is_wanted;
      if (!is_right) print_message("%s: \"%s\" is %d\n", rows[i].purpose, *text, (int)answer);
      wrong += !is_right;
    }
  assert_int_equal(wrong, 0);
}

static const char *const anywhere[] = {
  "ja",
  "Ja.",
  "JA",
  "ja bitte",
  "Ja, gern",
  "ja gerne!",
  "Jawohl",
  "jo",
  "Ja klar",
  "Ja, danke",
  "Ja, vielen Dank!",
  "Ja. LG Erika",
  "Hallo, ja. Danke!",
  "Hallo liebes Team,\n\nja bitte.",
  "Guten Tag Frau Meier,\n\nja.",
  "Sehr geehrte Damen und Herren,\n\nja, bitte.",
  "Ja\nErika Muster",
  "Ok, ja",
  "Alles klar, ja bitte",
  "Ja ja ja",
  "Natürlich",
  "Ja, selbstverständlich",
  "auf jeden Fall",
  "ja, auf jeden fall!!",
  "Korrekt",
  "Ja, stimmt",
  "Ja, das stimmt so.",
  "Bestätigt",
  "Hiermit bestätige ich das.",
  "Ja, hiermit bestätige ich es.",
  "Einverstanden",
  "Ja, kein Problem",
  "Ja. Sorry für die späte Antwort",
  "Ja, danke der Nachfrage",
  "yes",
  "Yes please",
  "Yes, thanks! Cheers, Erika",
  "Hi, yes. Best regards, Erika",
  "I confirm",
  "That's correct",
  "Evet",
  "evet, lütfen",
  "Да",
  "да, конечно",
  "oui",
};

static void a_plain_yes_passes_wherever_it_is_asked(void **state)
{
  (void)state;
  int wrong = 0;
  for (gsize i = 0; i < purpose_count; i++) {
    if (!purposes[i].acts[0]) continue;
    for (gsize w = 0; w < G_N_ELEMENTS(anywhere); w++) {
      enum answer answer = said(purposes[i].name, anywhere[w]);
      if (answer == ANSWER_YES) continue;
      print_message("%s: \"%s\" is %d\n", purposes[i].name, anywhere[w], (int)answer);
      wrong++;
    }
  }
  assert_int_equal(wrong, 0);
}

static void a_friendly_word_alone_passes_nowhere(void **state)
{
  (void)state;
  static const char *const friendly[] = {
    "ok",
    "Ok danke",
    "Alles klar",
    "alles klar, danke!",
    "Danke",
    "Danke für die Info",
    "Ok danke für die Info",
    "Vielen Dank für den Hinweis",
    "gern",
    "Gerne!",
    "klar",
    "sicher",
    "In Ordnung",
    "passt",
    "Hallo",
    "Viele Grüße",
    "Hm",
    "Ja?",
    "Ja, und jetzt?",
    "Ja, und jetzt",
    "Ja, was heißt das",
    "Ja, wer sind Sie",
    "Ja super",
    "Ja toll, wieder so eine Mail",
    "Ja, habe ich leider auch bekommen",
    "Ja, ich kenne die Person",
    "Ja danke für den Hinweis",
    "Ja, melden Sie das bitte der Polizei",
    "Ja um Gottes willen",
    "Ja, aber erst nächste Woche",
    "Ja, wenn alle einverstanden sind",
    "Ja, muss ich mir überlegen",
    "Ich bin bis Montag weg, ja",
    "bin bis Montag weg, ja",
    "Ja, ich bin bis 5.12. nicht da",
    "Ja, das frage ich mich auch",
    "Ja, das Thema hatten wir schon",
    "Ja, schau ich mir an",
    "Ja, mein Mann",
    "Ja, sagt meine Tochter",
    "Ja, er will das",
    "Yes, I know him",
    "Yes, let me think about it",
    "Yes, who are you",
    "Ok, thanks for letting me know",
    "Sure, whatever",
    "Thanks!",
    "Tamam",
    "Хорошо",
    "да, но не сейчас",
  };
  static const char *const but_found[] = { "ok",         "Ok danke", "Alles klar", "alles klar, danke!",
                                           "gern",       "Gerne!",   "klar",       "passt",
                                           "In Ordnung", "Ja super", "Tamam",      "Хорошо",
                                           NULL };
  int wrong = 0;
  for (gsize i = 0; i < purpose_count; i++) {
    if (!purposes[i].acts[0]) continue;
    bool is_found = g_str_equal(purposes[i].name, "found");
    for (gsize w = 0; w < G_N_ELEMENTS(friendly); w++) {
      if (is_found && g_strv_contains(but_found, friendly[w])) continue;
      enum answer answer = said(purposes[i].name, friendly[w]);
      if (answer != ANSWER_YES) continue;
      print_message("%s: \"%s\" is a yes\n", purposes[i].name, friendly[w]);
      wrong++;
    }
  }
  assert_int_equal(wrong, 0);
}

/* Words that name the act say yes to it. */
static const struct words acts[] = {
  { "address",
    { "Ja, das bin ich",
      "Ja, ist meine",
      "ja meine arbeitsadresse",
      "Yes, that's me",
      "Ja, das ist auch meine Adresse",
      "stimmt",
      "Ja, gehört mir",
      "Ja bitte eintragen",
      "Stimmt, das bin ich",
      "Die gehört mir",
      "die gehört auch mir",
      "Ja, meine private",
      "Ja, das ist meine zweite Mailadresse.",
      "Das ist meine dienstliche E-Mail-Adresse",
      "ja, beide gehören mir",
      "Ja, da lese nur ich",
      "Das war ich",
      "ja, das bin ich selbst",
      "Meine",
      "Ja, das ist meine Adresse auf Arbeit",
      "It's mine",
      "Yes, that is my work address",
      "Yes it is mine too",
      "Yes, belongs to me",
      "Yes, my other account",
      "Evet, benim",
      "да, это мой адрес",
      "Ja, das ist meine alte Adresse. LG Erika",
      "Ja sind beide meine",
      "Ja, das bin auch ich",
      NULL } },
  { "unproven",
    { "Ja, das war ich",
      "Ja, hab ich geschrieben",
      "ja von mir",
      "yes it was me",
      "Ja klar war ich das",
      "ja, das ist von mir, bitte weitergeben",
      "Ja! Habs vom Handy geschickt",
      "Das war ich",
      "die ist von mir",
      "Ja, die Mail ist von mir",
      "Die habe ich selbst geschrieben",
      "Ja, das ist meine Mail",
      "stammt von mir",
      "ja bitte verschicken",
      "Bitte an alle schicken, das war ich",
      "Ja bitte rausschicken",
      "ich war das",
      "Ja, das kommt von mir. Danke!",
      "Ja habe ich geschrieben, bitte veröffentlichen",
      "Yes, I wrote it",
      "I sent this",
      "Yes, that was me. Please post it.",
      "It's from me",
      "Yes, this is my mail",
      "Evet, ben yazdım",
      "да, это я",
      "Ja, vom Handy, das war ich",
      "ja das waren wir",
      "ja ist von mir kann raus",
      "Ja, das hab ich geschickt",
      NULL } },
  { "private_reply",
    { "Ja, an alle",
      "an alle",
      "ja kann ruhig jeder wissen",
      "Yes, send it to everyone",
      "Ja bitte an alle schicken",
      "Ja, ist ok so",
      "Kann an alle",
      "Für alle bitte",
      "An die Gruppe",
      "ja, an die ganze Liste",
      "Soll an alle gehen",
      "Ja, war so gemeint",
      "doch, soll an alle",
      "raus damit",
      "Ja schickt es raus",
      "Ja, darf jeder lesen",
      "alle dürfen das wissen",
      "Ja, bitte veröffentlichen",
      "Bitte verschicken",
      "Ja, das kann an alle gehen.",
      "Ja, ist für alle gedacht",
      "Ja, das war Absicht",
      "Yes, to all",
      "to everybody please",
      "Everyone may read it",
      "Please publish it",
      "Yes, that's fine",
      "Herkese",
      "всем",
      "Kann ruhig raus, danke",
      NULL } },
  { "leave",
    { "Ja, raus",
      "Ja bitte austragen",
      "Yes remove me",
      "ja will weg",
      "Ja, abmelden. Danke",
      "Bitte austragen",
      "austragen",
      "Das war ich",
      "ja, war ich. Bitte raus",
      "Nehmt mich bitte raus",
      "Bitte nehmen Sie mich aus dem Verteiler",
      "Ja, tragen Sie mich bitte aus",
      "Ja ich will raus",
      "Ja, ich möchte austreten",
      "ja, bitte löschen",
      "Bitte aus der Liste streichen",
      "Ja, bitte abmelden. Viele Grüße aus Grünau",
      "Keine Mails mehr bitte",
      "ich möchte keine Mails mehr",
      "Ja, ich möchte die Gruppe verlassen",
      "Kündigung",
      "Abmeldung",
      "Yes, unsubscribe me",
      "Please take me off the list",
      "I want to leave",
      "Yes it was me, remove me please",
      "Beni çıkarın",
      "да, удалите меня",
      "Ja, runter von der Liste",
      "Ja bitte mich abmelden",
      NULL } },
  { "close",
    { "Ja, bitte schließen",
      "Ja, sicher",
      "ja mach zu",
      "Ja, ich bin mir sicher.",
      "Ja. Es war eine schöne Zeit.",
      "Bitte schließen",
      "schließen",
      "Gruppe schließen",
      "Ja, die Gruppe bitte auflösen",
      "Ja, macht zu",
      "kann geschlossen werden",
      "Ja, soll geschlossen werden",
      "Ja, endgültig",
      "Ja, wirklich schließen",
      "Ja, zumachen",
      "ja, das war ich",
      "Ja, wie besprochen",
      "Ja, bitte löschen",
      "Ja, Schluss",
      "Ich möchte die Gruppe schließen",
      "Ja, ich will das schließen",
      "Ja, beenden. Danke für Ihre Hilfe",
      "Yes, close it",
      "Please close the group",
      "Yes, I'm sure",
      "Yes please do",
      "close",
      "Kapatın",
      "закройте",
      "Schließen Sie die Gruppe",
      NULL } },
  { "hand_over",
    { "Ja, mache ich gern",
      "ok ich übernehme",
      "Ja klar, kein Problem",
      "Yes, I'll take over",
      "Bin dabei, ja",
      "Ich nehme an",
      "Ich übernehme",
      "Mach ich",
      "mache ich gerne",
      "Ja, übernehme ich",
      "Ja, das mache ich",
      "Ich übernehme die Gruppe gern",
      "Ja, ich übernehme das gerne. LG Erika",
      "bin bereit",
      "Ja, gern bereit",
      "Angenommen",
      "Ja, nehme ich gern an",
      "Ja, ich will das machen",
      "Ich möchte die Gruppe übernehmen",
      "Ja, ich kümmere mich darum",
      "Ja, mit Freude",
      "Ja, ich freue mich",
      "I accept",
      "Yes, I'd love to",
      "Yes, happy to do it",
      "Count me in",
      "I'll do it",
      "Yes, I'd be glad to take over",
      "беру",
      "Ja, danke, ich mach das",
      NULL } },
  { "duty", { "Mach ich", "Ja, übernehme ich gern", "I accept", "Ich nehme an", "bin dabei", NULL } },
  { "hand_over_sure", { "Ja, abgeben", "Ja, ich gebe sie ab", "das war ich", "Hand it over", NULL } },
  { "consent",
    { "Ja, das dürfen sie",
      "ok, unverschlüsselt ist in Ordnung",
      "Yes that's fine",
      "Ja, einverstanden",
      "Einverstanden",
      "Bin einverstanden",
      "Ja, ich bin damit einverstanden",
      "Ich stimme zu",
      "Ja, dürfen sie gern",
      "Die Ämter dürfen mir unverschlüsselt schreiben",
      "Das dürfen sie",
      "unverschlüsselt ist ok",
      "Ja, per Mail",
      "Ja, unverschlüsselt",
      "Ja, das ist für mich in Ordnung",
      "Ist mir recht",
      "Ja, das ist ok",
      "Ja, nichts dagegen",
      "ja, kein Problem für mich",
      "Ich erlaube es",
      "Ja, das geht in Ordnung",
      "Zustimmung: ja",
      "They may",
      "I agree",
      "Yes, unencrypted is fine",
      "It's ok with me",
      "I consent",
      "Evet, yazabilirler",
      "да, можно",
      "Ja, können sie",
      NULL } },
  { "proof", { "Ja, das war ich", "von mir", "Yes, I sent it", "das war meine Antwort", "Ja, gilt", NULL } },
  { "case_proof", { "Ja, das war ich", "Hab ich geschrieben", "Yes, that was me", NULL } },
  { "question_confirm", { "Ja, meine Frage", "die ist von mir", "ja bitte weitergeben", NULL } },
  { "settings", { "Ja, war ich", "ja, einmal am Tag bitte", "Ja bitte so machen", "bitte umstellen", NULL } },
  { "take_down", { "Ja, zurückziehen", "Bitte löschen", "kann weg", "Yes, remove it", NULL } },
  { "invitation", { "Ja, einladen", "Ja, ich lade sie ein", "das war ich", NULL } },
  { "found_confirm", { "Ja, ich möchte die Gruppe gründen", "das war ich", "Ja, gründen", NULL } },
  { "mediation_confirm", { "Ja, das war ich", "ja, ich habe um Vermittlung gebeten", NULL } },
  { "join",
    { "ja", "ok", "Gern", "passt schon, danke", "Hi, yes I'd love to join. Cheers, Tim",
      "Hello, yes, I would like to join please", "Hallo, bitte aufnehmen. LG Tim",
      "Guten Tag, ja ich möchte mitmachen, meine Nachbarin hat mir davon erzählt", "Ja klar, freu mich",
      "Ja, das bin ich. Danke für die schnelle Antwort!", "Ja! LG aus der Regattastraße",
      "Ja, wie schön, dass es das gibt", "Ja, aber bitte nur einmal die Woche", "Yep, sign me up",
      "Ja, meine Frau kommt auch noch dazu", NULL } },
};

static void words_that_name_the_act_pass(void **state)
{
  (void)state;
  expect(acts, G_N_ELEMENTS(acts), ANSWER_YES, true);
}

static const struct words no_yes[] = {
  { "address",
    { "Ja, aber das ist die Adresse von meinem Mann",
      "Ja? Keine Ahnung",
      "Die gehört meiner Tochter",
      "Ja das hat meine Schwester geschrieben",
      "Das ist die Adresse von unserem Verein, ja",
      "Ja, ich bin das Opfer",
      "Ja, der wohnt bei uns im Haus",
      "Ok, wer ist das?",
      "Stimmt das?",
      "genau so eine Mail hatte ich gestern auch",
      "Ja, die ist von der Arbeit meines Mannes",
      "Ja, hab ich auch",
      "Ja, die kenne ich",
      "Ja, gehört uns allen",
      "Ja, das war mal meine",
      "Ja, die Adresse gibt es",
      "Yes, that's my sister",
      "Yes, it belongs to our club",
      "Ja, mit meiner Frau zusammen",
      NULL } },
  { "unproven",
    { "Ja, das kam von meinem Sohn", "Ja, wer soll das gewesen sein?", "Ja, mein Konto wurde gehackt",
      "Ja, löschen bitte", "Ok, löschen", "Yes, delete it", "ja bitte nicht veröffentlichen",
      "Ja, ich habe aber schon mein Passwort geändert", "Von mir? Ja sicher nicht",
      "Ja, das passiert mir öfter, jemand benutzt meinen Namen", "Yes, somebody else did", "Ja, von mir aus",
      "Ja, so etwas habe ich schon geschrieben gesehen", "Ja, das war in meinem Namen", NULL } },
  { "private_reply",
    { "Ja gut dass ihr fragt", "Ok, aber ohne das mit der Krankheit", "Ja? wie meinen Sie das",
      "Oh Gott, ja, das war privat!", "Ja natürlich soll das nicht jeder lesen", "Stimmt, war privat",
      "Ja, nur an Vera", "Ja, aber nicht an alle", "Ja, an alle außer Vera", "Ja, an Vera",
      "Ja, an meine Nachbarin", "Ok, dann eben anders", NULL } },
  { "leave",
    { "Ja, ich will drin bleiben", "Ok, ich bleibe", "Ja, ich möchte weiter Mails bekommen",
      "Yes I want to stay", "Ja wer hat das denn geschrieben?", "Ja, mein Mann möchte austreten",
      "Ja, nehmen Sie den raus, der das geschrieben hat", "Bitte nicht abmelden", "Ja, das war mein Sohn",
      NULL } },
  { "close",
    { "Ja, was passiert dann mit den Beiträgen?", "Ok, ich warte noch", "Ja, die Idee hatte ich mal",
      "Ja, hab ich mir anders überlegt", "Ja, war nur ein Test", "Ja, darüber müssen wir noch reden",
      "Öffentliches Archiv: ja", "Ja, bitte offen lassen", "Ja, der Sommer ist zu Ende", "Yes, but not now",
      NULL } },
  { "hand_over",
    { "Ja, was muss man da machen?", "Ok, wer ist Klara?", "Gern, wenn jemand mithilft",
      "Ja, ich rede erst mal mit Klara", "Oh, danke. Ich schau mal", "Ehrt mich, danke!",
      "Ok danke für das Vertrauen, aber ich habe keine Zeit", "Ich nehme an, das ist ein Irrtum",
      "Ich nehme an, dass Klara das war", "Ja, die übernehmen das", "Ja nee, keine Zeit",
      "Gerne, aber erst ab Januar", NULL } },
  { "consent",
    { "Ja, aber nur das Ordnungsamt", "Ja, per Brief", "Ja, wenn es nichts mit Gesundheit zu tun hat",
      "Ja, was heißt denn unverschlüsselt?", "Ja, verschlüsselt", "Ja, per Post", "Ja, das Bauamt darf",
      "Ja, lieber anrufen", NULL } },
  { "found",
    { "Ja, aber bitte erst nach dem Sommer", "Ok, wer ist das?", "Gut, ich schau mir das morgen an", "Danke",
      NULL } },
  { "join",
    { "Yes, I'm wondering who gave you my address", "Ja, ist denn schon Weihnachten",
      "Ja, mit mir kann man's ja machen. Finger weg!", "Ja, und wer sind Sie",
      "Ja, woher haben Sie meine Adresse", "Ja toll, noch mehr Werbung",
      "Ja super, und wer hat mich da angemeldet", "Ok, von wem haben Sie meine Mail",
      "Yes, how did you get my mail", "Yes, and who are you", "Ja, spinnt ihr denn", "Ja, was soll das denn",
      "Ja, geht's noch", "Ja nee, lass mal", "Ja, schon wieder so ein Newsletter",
      "Ja ja, schon klar. Wer's glaubt", NULL } },
};

static void what_is_not_understood_is_no_yes(void **state)
{
  (void)state;
  expect(no_yes, G_N_ELEMENTS(no_yes), ANSWER_YES, false);
}

/* Beside a question, only a refusal is one: who wants to know first is asked once more. */
static const struct words questions[] = {
  { "join",
    { "Kann ich auch ohne Namen mitmachen?", "Wer seid ihr?", "Kostet das was? Ich will nur lesen.",
      "Geht das auch wöchentlich? Ich will nicht jeden Tag Mails.", "Was ist das? Ja, gern.",
      "Ist das öffentlich? Ich möchte nicht, wenn mein Name da steht.", "Wer hat mich angemeldet?", NULL } },
};

static void a_question_is_no_refusal(void **state)
{
  (void)state;
  expect(questions, G_N_ELEMENTS(questions), ANSWER_NONE, true);
}

static const struct words noes[] = {
  { "join",
    { "Wer hat mich da angemeldet? Ich will das nicht.", "Was soll das? Kein Interesse.",
      "Woher haben Sie meine Adresse? Lassen Sie mich in Ruhe!", "Wer ist das denn? Das war ich nicht.",
      "Was ist das? Ich habe nichts bestellt.", "Who signed me up? Not interested.",
      "What is this? I did not ask for it.", NULL } },
  { "invite", { "Wer ist Anna? Nein danke.", "Was soll das? Kein Interesse.", NULL } },
  { "leave",
    { "Nein", "Ok, ich bleibe", "Yes I want to stay", "Bitte nicht abmelden", "Ja, ich will bleiben",
      NULL } },
  { "close", { "Nein danke, Irrtum", "Ja, hab ich mir anders überlegt", "nein", "bleibt offen", NULL } },
  { "hand_over", { "Nein", "Keine Zeit, danke", "nein, leider nicht", "Passt mir nicht", NULL } },
  { "address", { "Nein", "Das bin ich nicht", "Not mine", "Nein! Wer ist das?", NULL } },
  { "unproven", { "Nein, das war ich nicht!", "Das habe ich nie geschrieben", "Ja, löschen bitte", NULL } },
  { "consent", { "Nein", "Nein, lieber Post", "Lieber per Brief", NULL } },
  { "proof", { "Nein, das war ich nicht", "nein", NULL } },
};

static void a_no_is_a_no_whatever_stands_around_it(void **state)
{
  (void)state;
  expect(noes, G_N_ELEMENTS(noes), ANSWER_NO, true);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_plain_yes_passes_wherever_it_is_asked),
    cmocka_unit_test(a_friendly_word_alone_passes_nowhere),
    cmocka_unit_test(words_that_name_the_act_pass),
    cmocka_unit_test(what_is_not_understood_is_no_yes),
    cmocka_unit_test(a_question_is_no_refusal),
    cmocka_unit_test(a_no_is_a_no_whatever_stands_around_it),
  };
  return cmocka_run_group_tests(tests, setup_understanding, NULL);
}
