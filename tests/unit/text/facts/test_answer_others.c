/* What is said of others, and of hours around, takes no yes back; what is said of the writer does. */
#include "lib/text/facts/answer.h"

#include "lib/base/config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
// cmocka wants the headers above first
#include <cmocka.h>

static const char *const comes[] = {
  "Sind gerade im Urlaub, aber am Samstag wieder zurück und dabei!",
  "Gerade noch krank, aber bis dahin wieder fit: wir kommen zu zweit",
  "Ich bin dabei, ob Klaus kommt, weiß ich noch nicht",
  "Ich bin dabei, weiß nur noch nicht, ob Klaus mitkommt",
  "Ich bin dabei, ob Klaus kommt weiß ich nicht",
  "Ich komme, Klaus muss mal schauen",
  "Gerne! Hab zwar Spätschicht am Freitag, aber Samstag frei",
  "Komme erst gegen 16:30, muss vorher noch zum Arzt",
  "ich komme später, muss vorher noch arbeiten",
  "Bin dabei, muss aber um fünf wieder weg zum Zahnarzt",
  "Ich stoße um vier dazu, hab vorher Dienst",
  "Bin dabei, Klaus leider nicht",
  "Danke, ich bin dabei. Falls ich doch nicht kann, melde ich mich.",
  "Ich bin dabei. Sollte ich nicht können, sage ich Bescheid.",
  "Ja, ich komme! Wenn was dazwischen kommt, sag ich ab.",
  "Wir kommen zu zweit. Falls wir absagen müssen, melden wir uns.",
  "Ich komme gern, kann aber nur bis 17 Uhr bleiben, dann muss ich zur Arbeit",
  "I'm in. If I can't make it I'll let you know.",
  "Ich bin dabei, Thomas ist verreist",
  "nur ich, der Rest ist im Urlaub",
  "Komme etwas später, hab bis drei Schicht",
  "Ich schaffe es erst um 5, vorher ist Elternabend",
  "Wir kommen so gegen 17 Uhr, die Kleine hat vorher noch Training",
  "Ja, aber ich muss um 18 Uhr los, Nachtschicht",
  "Bin dabei, geh aber früher, weil ich am nächsten Tag arbeiten muss",
  "Klar komm ich! Kann aber nur bis 5, dann Dienst",
  "Ich komme nach der Arbeit, muss bis 16 Uhr arbeiten",
  "bin da, muss nur zwischendurch kurz weg zum arzt",
  "Komm später, bin vorher beim Zahnarzt",
  "Wir sind dabei, müssen aber um 6 nach Hause, die Kinder haben Schule",
  "Ich komme gern, kann aber nicht lange bleiben, hab abends Chorprobe",
  "Ich komme dazu, sobald ich mit der Arbeit fertig bin",
  "Ich komme, Manfred muss arbeiten",
  "Bin dabei, Sabine kann leider nicht",
  "Ja, ich komme. Peter liegt mit Grippe im Bett",
  "Ich komme allein, Uwe hat Dienst",
  "Komme, aber ohne Heinz, der ist im Krankenhaus",
  "Wir kommen, aber ohne Lena, die hat Training",
  "nur meine Wenigkeit, alle anderen sind im Urlaub",
  "Ja, ich. Die anderen haben keine Zeit",
  "ick komm alleene, meine Olle is krank",
  "I'll come a bit later, I have to work until 3",
  "Count me in, but I have to leave at 6 for work",
  "I'm coming, Bob can't make it",
  "I'm in, my husband is ill",
  "Just me, the others are on holiday",
  "I'll be there after my shift, working that day",
  "Biraz geç geleceğim, önce doktora gitmem lazım",
  "Ben geliyorum, Ali gelemiyor",
  "Sadece ben, diğerleri tatilde",
  "Ben geliyorum, eşim hasta",
  "Приду попозже, сначала надо к врачу",
  "Буду, но в шесть уйду на работу",
  "Я приду, муж болеет",
  "Только я, остальные в отпуске",
  "Я буду, Саша не сможет",
  "Bin dabei. Klaus leider nicht.",
  "Ja, komme. Bin vorher noch beim Friseur",
  "Na klar. Hab aber vorher Spätdienst, werde also ca. 17 Uhr da sein",
  "Jo, bin am Start, nur Micha muss arbeiten",
  "Zusage! Muss aber gegen 18 Uhr los",
  "Komme mit dem Rad, Auto ist in der Werkstatt",
  "Wir sind dabei, unser Großer hat leider Training",
  "Komme! (muss nur pünktlich um sechs weg, Nachtdienst)",
  "Ich schaue nach dem Dienst vorbei",
  "Bin dabei, hab extra Urlaub genommen",
  "Komme gern, bin ja krankgeschrieben und hab Zeit",
  "Ich komme, obwohl ich eigentlich Dienst habe, hab getauscht",
  "Ja. Die Nachbarn von oben sind leider verreist",
  "Wir kommen alle außer Paul, der ist auf Klassenfahrt",
  "Bin dabei, außer Klaus kommen alle",
  "Tach, ick komm mit meene zwee Jören",
  "Guten Abend, Familie Nguyen kommt gerne: zwei Erwachsene, zwei Kinder (5 und 8)",
  "hey cool komme mit lena",
  "Meine Freundin Aylin und ich sind dabei",
  "Aylin, Mehmet und ich sind am Start!",
  "Hab alles andere abgesagt, bin dabei!",
  "Ich hab dafür extra meinen Zahnarzttermin verschoben, komme also",
  "Ich komme direkt von der Arbeit",
  "Komme nach der Spätschicht noch vorbei",
  "Nach dem Training schau ich rein",
  "Wir schaffen es nur bis 17 Uhr, danach müssen wir zum Geburtstag von Oma",
  "Bin da, aber nicht die ganze Zeit, muss zwischendurch auf Arbeit",
  "Ich bin dabei, hab ja dann schon Urlaub",
  "Ich komme, mein Sohn ist mit seiner Klasse unterwegs",
  "Ich komme ohne die Kinder, die sind beim Papa",
  "Wir kommen ohne die Kinder, die sind beim Opa",
  "Ich bin dabei, Micha hat Corona",
  "Bin dabei. Micha kann nicht, der muss arbeiten",
  "Ich ja, Micha nein",
  "Ich schon, Micha nicht",
  "Wir kommen zu dritt (Oma bleibt zu Hause)",
  "Nur 2 von uns kommen",
  "Papa, Mama und Kind kommen",
  "Die Oma und der Opa kommen",
  "Schöne Idee, wir sind dabei",
  "Tolle Sache, ich komme",
  "I'll be there with Tom",
  "Tom, Jane and I will come",
  "I can make it, Tom has to work",
  "I'll join after my shift",
  "Instead of 3 only 2 are coming",
  "Ayşe, Mehmet ve ben geliyoruz",
  "Üç değil iki kişi geliyoruz",
  "İşten sonra geleceğim",
  "Не трое, а двое придём",
  "Придём я, Саша и Маша",
  "Приду после работы",
  "Я приду, а Саша нет",
  "Приду одна, дети болеют",
  "Ich bringe Kuchen von Oma mit",
  "Ich komme und bringe Salat und Brot mit",
  "Bin dabei, bringe Gitarre und Stühle mit",
  "Komme gern, hab Anna schon Bescheid gesagt",
  "Ich komme, wie mit Klaus besprochen",
  "Bin dabei! Danke Anna und Klaus für die Orga",
  "Liebe Anna, lieber Klaus, ich bin dabei",
  "Hallo Anna, hallo Klaus, wir kommen",
  "Ich komme, Anna kommt nicht",
  "Ich komme, aber Anna und Klaus nicht",
  "Ich komme mit Anna, Klaus kann nicht",
  "Anna und ich kommen, Klaus und Uwe nicht",
  "Ich komme. Anna und Klaus haben keine Zeit",
  "Komme um 15 Uhr",
  "Ich komme dazu um 5",
  "Mein Sohn (12) und ich kommen gegen 4",
  "Wir kommen: mein Mann, mein Sohn (12) und ich",
};

static const char *const stays_away[] = {
  "Samstags arbeite ich immer",
  "Wir würden zwar gern kommen, sind aber verreist",
  "Muss leider arbeiten",
  "Ich kann nicht, muss zum Arzt",
  "Muss an dem Tag arbeiten, viel Spaß euch",
  "Bin leider nicht dabei, hab Dienst",
  "Ich komme leider nicht, bin bis 17 Uhr auf Arbeit und danach beim Arzt",
  "Nein, wir haben vorher schon was anderes vor",
  "Ich wäre gern gekommen, muss aber arbeiten",
  "Schaffe es nicht, muss vorher noch nach Potsdam und danach arbeiten",
  "Wollte kommen, muss jetzt aber doch arbeiten",
  "Ich würde ja kommen, hab aber Dienst",
  "Bin raus, Klaus auch",
  "Thomas und ich sind da verreist",
  "Komme doch nicht, bin krank",
  "Wir kommen nicht, Thomas ist krank",
  "Ich kann nicht, Klaus auch nicht",
  "Ja wie gern, aber da sind wir im Urlaub",
  "Ich würde gern kommen, muss aber bis acht arbeiten",
  "Würde gern kommen, hab aber bis 18 Uhr Dienst und danach Elternabend",
  "Geht leider nicht",
  "Schaffe es leider nicht, Klaus auch nicht",
  "Klappt leider nicht",
  "Doch nicht dabei, muss zum Zahnarzt",
  "Das ist leider nicht möglich",
  "Danke für die Einladung! Muss arbeiten",
  "Gern, aber da bin ich im Krankenhaus",
  "Wir kommen nun doch nicht, Oma ist krank",
  "Ich muss leider absagen, mein Sohn ist krank",
  "Schade, genau da bin ich im Dienst",
  "Kann nicht, Dienst bis 22 Uhr",
  "Ich hatte zugesagt, muss jetzt aber doch arbeiten",
  "Bin nicht dabei, Thomas aber auch nicht",
  "Klaus und ich sind leider verhindert",
  "Der Termin passt mir leider nicht, da arbeite ich bis 20 Uhr",
  "Leider nein, die Kinder sind krank",
  "Wollten eigentlich kommen, sind nun aber alle krank",
  "Sorry, I have to work",
  "I'd love to come but I have to work until six",
  "Gelemiyorum, çalışıyorum",
  "Не приду, работаю",
  "К сожалению, мы в отпуске",
  "Moin, bin an dem Samstag mit meiner Klasse in Prag, also ohne mich",
  "Meine Mutter ist gestürzt, ich kann deshalb nicht kommen",
  "Mein Mann liegt im Krankenhaus, da ist mir nicht nach Feiern",
  "Uns ist was dazwischengekommen",
  "Sorry, hab's total vergessen, bin schon anderweitig verabredet",
  "Find ich klasse, aber leider keine Zeit",
  "Schöne Idee, leider sind wir da nicht da",
  "Sorry can't, working",
  "Maalesef o gün çalışıyorum",
  "Я в этот день работаю, извините",
  "Frau Müller hat abgesagt, ich auch",
  "Klaus kommt nicht und ich auch nicht",
  "Ich komme später im Jahr wieder, jetzt bin ich krank",
  "Die Kinder kommen, ich selbst nicht... nein, wir lassen es, alle krank",
  "Ich kann erst wieder nächstes Jahr kommen, bis dahin bin ich in Kur",
  "Ich kann nicht kommen, muss vorher zum Arzt und danach zur Arbeit",
  "Wir sind leider alle krank",
  "Mein Mann ist krank und ich muss ihn pflegen, also leider ohne uns",
  "Meine Frau hat Geburtstag, wir können nicht",
  "Der Termin passt mir nicht, da hab ich vorher noch Dienst",
  "Bin bis 18 Uhr arbeiten, schaffe es leider nicht",
  "Muss bis acht arbeiten, wird also nichts",
  "Ich hätte Zeit, aber mein Mann will nicht, daher nein",
  "Da kommen meine Eltern zu Besuch",
  "Da kommt meine Schwester aus Hamburg, leider keine Zeit",
  "An dem Tag kommt unser Enkel zur Welt, hoffentlich ;) also ohne uns",
  "Ich komme nicht, Anna und Klaus kommen auch nicht",
  "Anna, Klaus und ich können leider nicht",
  "Wir kommen doch nicht zu dritt, sondern gar nicht",
  "Nein danke, feiern Sie schön, ich bleibe lieber zu Hause",
  "Thomas und ich haben Dienst",
  "Ich und Klaus müssen arbeiten",
  "Leider nicht, vorher Schule, danach Training",
  "Ich wäre dabei, der Termin passt nur nicht",
};

static const char *const is_open[] = {
  "Kommen erst am Sonntag zurück",
  "Klaus kommt, ob ich komme, weiß ich noch nicht",
  "Bin dabei, außer in den Sommerferien",
  "Ob ich komme, weiß ich nicht",
  "Kann ich noch nicht sagen, hängt vom Dienstplan ab",
  "weiß noch nicht, hängt von meiner Schicht ab",
  "Das kann ich erst sagen, wenn der Dienstplan da ist",
  "Noch keine Ahnung, mein Plan kommt erst Freitag",
  "Kann ich dir heute noch nicht sagen",
  "Kommt drauf an, ob ich frei kriege",
  "Ich sag nächste Woche Bescheid",
  "Ich komme, um drei hab ich aber Dienst",
  "Can't say yet, depends on my shifts",
  "Henüz bilmiyorum, vardiyama bağlı",
  "Пока не знаю, зависит от смен",
  "Muss noch mit meinem Chef reden",
  "Noch unklar, mein Mann hat evtl. Schicht",
  "Ich sag's euch am Freitag",
  "Hmm, mal gucken",
  "Eigentlich gern, weiß aber nicht ob ich frei bekomme",
  "Würde gern kommen, weiß aber noch nicht, ob ich Dienst habe",
  "Falls ich den Dienst tauschen kann, komme ich",
  "Coole Sache!",
  "Danke für die Einladung!",
  "Gibt es Kaffee?",
  "Kommen auch Kinder?",
  "Wie viele kommen denn?",
  "Kommt Frau Schulz auch?",
  "Who's in?",
  "Güzel fikir!",
  "Отличная идея!",
  "Ich komme vielleicht, muss vorher noch zum Arzt",
  "Ich weiß noch nicht, muss erst zum Arzt",
  "Komme nur, wenn Klaus auch kommt",
  "Wenn Anna kommt, komme ich auch",
  "Hängt davon ab, ob meine Frau frei hat",
  "Ich würde kommen, wenn ich bis dahin gesund bin",
  "Mal sehen, was die Kinder machen",
  "Ich hoffe, ich bin bis dahin wieder gesund",
  "Grüße von Anna und Klaus",
  "Hat Klaus schon zugesagt?",
  "Kommen Anna und Klaus?",
  "Kann man da auch mit Rollator hin?",
  "Wer bringt den Grill mit?",
  "Wie war es letztes Jahr?",
};

static enum answer read_text(const char *text)
{
  g_autoptr(passage_t) passage = passage_new(text, NULL, 0);
  return answer_read(passage).answer;
}

static void reasons_of_others_and_other_hours_leave_a_yes(void **state)
{
  (void)state;
  guint wrong = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(comes); i++) {
    if (read_text(comes[i]) == ANSWER_YES) continue;
    print_error("%d instead of a yes: %s\n", read_text(comes[i]), comes[i]);
    wrong++;
  }
  assert_int_equal(wrong, 0);
}

static void reasons_of_ones_own_are_a_no(void **state)
{
  (void)state;
  guint wrong = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(stays_away); i++) {
    if (read_text(stays_away[i]) == ANSWER_NO) continue;
    print_error("%d instead of a no: %s\n", read_text(stays_away[i]), stays_away[i]);
    wrong++;
  }
  assert_int_equal(wrong, 0);
}

static void what_nobody_knows_yet_is_neither(void **state)
{
  (void)state;
  guint wrong = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(is_open); i++) {
    enum answer answer = read_text(is_open[i]);
    if (answer == ANSWER_MAYBE || answer == ANSWER_NONE) continue;
    print_error("%d instead of a maybe: %s\n", answer, is_open[i]);
    wrong++;
  }
  assert_int_equal(wrong, 0);
}

static int setup(void **state)
{
  (void)state;
  g_autofree char *tables = g_build_filename(config_share(), "languages", NULL);
  const char *const directories[] = { tables, NULL };
  g_autoptr(GError) error = NULL;
  if (!phrases_load(directories, &error)) fail_msg("%s", error->message);
  return 0;
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(reasons_of_others_and_other_hours_leave_a_yes),
    cmocka_unit_test(reasons_of_ones_own_are_a_no),
    cmocka_unit_test(what_nobody_knows_yet_is_neither),
  };
  return cmocka_run_group_tests_name("answers of others", tests, setup, NULL);
}
