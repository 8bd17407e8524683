/* What a mail wants, at each address: people's wordings, false friends, two wishes in one mail. */
#include "tests/unit/lists/understand/understand.h"

/* Addresses by a letter each; see `places`. */
struct wording {
  char at;
  const char *subject, *text;
  const char *intents; /* "defect join": the intent, then also; "a|b" allows both */
};

static const struct {
  char at;
  struct seen seen;
} places[] = {
  { 'g', { .list = "gruenau", .kind = "group" } },
  { 'f', { .list = "kiez", .kind = "frontdoor" } },
  { 'e', { .list = "termine", .kind = "events" } },
  { 'k', { .list = "kiezkasse-gruenau", .kind = "kiezkasse", .region = "Grünau" } },
  { 'd', { .list = "maengel", .kind = "defects" } },
  { 'q', { .list = "frage", .kind = "questions" } },
  { 'p', { .list = "datenschutz", .kind = "duty" } },
  { 'a', { .list = "missbrauch", .kind = "duty" } },
  { 'J', { .list = "gruenau", .kind = "group", .command = "beitreten" } },
  { 'L', { .list = "gruenau", .kind = "group", .command = "austreten" } },
  { 'H', { .list = "gruenau", .kind = "group", .command = "hilfe" } },
  { 'E', { .list = "termine", .kind = "events", .context = CONTEXT_EVENT } },
  { 'D', { .list = "maengel", .kind = "defects", .context = CONTEXT_DEFECT } },
  { 'C', { .list = "gruenau", .kind = "group", .context = CONTEXT_CONFIRM } },
  { 'W', { .list = "gruenau", .kind = "group", .context = CONTEXT_DIGEST } },
};

/* What is not wanted is the manner; nobody is put off a list by a misreading. */
static const struct wording manners[] = {
  { 'g', "AW: [Grünau] x", "Schickt mir bitte nichts mehr als Sammelmail, sondern jede Nachricht einzeln.",
    "settings" },
  { 'g', "AW: [Grünau] x",
    "Ich möchte keine Einzelmails mehr, sondern einmal die Woche eine Zusammenfassung.", "settings" },
  { 'g', "AW: [Grünau] x", "Bitte keine Mails mehr einzeln schicken, lieber gebündelt.", "settings" },
  { 'g', "AW: [Grünau] x", "Bitte nicht mehr täglich!", "settings" },
  { 'g', "AW: [Grünau] x", "Bitte keine Mails mehr. Lieber einmal die Woche eine Übersicht.", "settings" },
  { 'g', "Re: x", "I don't want individual mails any more, only a weekly digest.", "settings" },
  { 'g', "Re: x", "Artık tek tek mail istemiyorum, haftalık özet gönderin", "settings" },
  { 'g', "AW: [Grünau] x", "Bitte keine Mails mehr, auch nicht wöchentlich. Bitte austragen!", "leave" },
  { 'g', "AW: [Grünau] x", "Ich möchte keine Mails mehr.", "leave" },
  { 'g', "AW: [Grünau] x", "> ABMELDEN\n\nDas hat Frau Krause geschrieben, hat sie das gewollt?", "reply" },
  { 'f', "", "Wie kann ich eine Veranstaltung eintragen?", "help" },
  { 'f', "", "Wo trage ich unser Hoffest ein?", "help" },
};

static const struct wording leaving[] = {
  { 'g', "Abmelden", "", "leave" },
  { 'g', "Newsletter", "Abmelden!", "leave" },
  { 'g', "Re: [Grünau] Sommerfest", "Bitte nehmen Sie mich aus dem Verteiler!!! Ich habe das nie bestellt.",
    "leave" },
  { 'g', "AW: [Grünau] Hecke", "bitte aus dem verteiler nehmen danke", "leave" },
  { 'g', "AW: [Grünau] Hecke", "Könnt ihr mich bitte von der Liste nehmen? Wir ziehen weg.", "leave" },
  { 'g', "AW: [Grünau] Hecke", "ich möchte keine weiteren Mails von Ihnen erhalten", "leave" },
  { 'g', "AW: [Grünau] Hecke", "Schickt mir bitte nichts mehr.", "leave" },
  { 'g', "AW: [Grünau] Hecke", "wie oft soll ich das noch sagen, streicht mich endlich aus eurer Liste",
    "leave" },
  { 'g', "AW: [Grünau] Hecke", "Hört auf mir zu schreiben", "leave" },
  { 'g', "AW: [Grünau] Hecke", "Kein Interesse mehr an euren Mails, bitte austragen.", "leave" },
  { 'g', "Kündigung", "Hiermit kündige ich mein Abo des Newsletters.", "leave" },
  { 'g', "Austritt", "Ich trete hiermit aus der Gruppe aus. MfG", "leave" },
  { 'g', "Bitte", "Löschen Sie bitte meine Adresse aus dem Verteiler.", "leave" },
  { 'g', "AW: [Grünau] x", "Ich will hier raus!", "leave" },
  { 'g', "AW: [Grünau] x", "nehmt mich da bitte raus", "leave" },
  { 'g', "AW: [Grünau] x", "Meldet mich bitte ab.", "leave" },
  { 'g', "AW: [Grünau] x", "ich melde mich hiermit ab", "leave" },
  { 'g', "AW: [Grünau] x", "Möchte nicht mehr auf der Liste stehen.", "leave" },
  { 'g', "AW: [Grünau] x", "Würden Sie mich bitte von diesem Verteiler entfernen? Vielen Dank.", "leave" },
  { 'g', "AW: [Grünau] x", "Bitte meine Mailadresse aus dem Verteiler löschen", "leave" },
  { 'g', "AW: [Grünau] x", "unsubscribe", "leave" },
  { 'g', "AW: [Grünau] x", "Bitte um Abmeldung vom Newsletter, danke", "leave" },
  { 'g', "AW: [Grünau] x", "Ick will keene Mails mehr kriegen, nehmt mir ma runter von eurem Verteiler",
    "leave" },
  { 'g', "AW: [Grünau] x", "Meine Mutter ist verstorben, bitte nehmen Sie ihre Adresse aus dem Verteiler.",
    "leave" },
  { 'g', "stop", "please take me off this list, I never signed up", "leave" },
  { 'g', "hi", "Could you remove me from the mailing list? Thanks", "leave" },
  { 'g', "hi", "I'd like to unsubscribe.", "leave" },
  { 'g', "Merhaba", "Lütfen beni listeden çıkarın.", "leave" },
  { 'g', "Здравствуйте", "Пожалуйста, удалите меня из рассылки.", "leave" },
  { 'f', "Hallo", "Ich möchte aus der Gruppe Adlershof austreten.", "leave" },
  { 'f', "weg damit", "bitte keine mails mehr", "leave" },
  { 'g', "Bitte", "Keine Post mehr von Kiezkasse bitte", "leave" },
  { 'g', "Bitte", "Keine Post mehr von der Kiezkasse, bitte.", "leave" },
  { 'g', "Bitte", "Keine Nachrichten von der Kiezkasse mehr", "leave" },
  { 'g', "Bitte", "Bitte keine weitere Post von der Kiezkasse", "leave" },
  { 'g', "Bitte", "Nix mehr von der Kiezkasse bitte", "leave" },
  { 'g', "Bitte", "Die Post von der Kiezkasse brauche ich nicht mehr", "leave" },
  { 'g', "Please", "No more post from the Kiezkasse", "leave" },
  { 'L', "", "", "leave" },
  { 'L', "ja", "ja bitte", "leave" },
  { 'E', "AW: Einladung", "Bitte streichen Sie mich von der Liste, ich wohne nicht mehr dort.", "leave" },
  { 'W', "AW: Wochenüberblick", "Abmelden", "leave" },
  { 'd', "Abmeldung", "Bitte nehmen Sie mich aus dem Verteiler.", "leave" },
};

static const struct wording not_leaving[] = {
  { 'g', "Post", "Keine Post mehr von der DHL, der Wagen kommt nicht mehr durch.", "post" },
  { 'g', "Endlich", "Keine Post mehr vom Finanzamt, ein Traum!", "post" },
  { 'g', "Bau", "Nichts mehr von der Baustelle zu sehen", "post" },
  { 'g', "Abmeldung vom Sportkurs", "Hallo Sabine, ich muss mich leider vom Yogakurs abmelden.",
    "post|private" },
  { 'g', "Urlaub", "Ich melde mich ab Montag wieder bei euch.", "post" },
  { 'g', "Kündigung meiner Wohnung", "Mein Vermieter hat mir die Wohnung gekündigt, wer kennt das?", "post" },
  { 'g', "Frage", "Kann man sich hier abmelden?", "help|question" },
  { 'g', "Frage", "Wie kann ich mich vom Verteiler abmelden?", "help|question" },
  { 'g', "Hinweis", "Wer keine Mails mehr will, schreibt einfach \"Abmelden\" an die Liste.", "post" },
  { 'g', "Zaun", "Am Samstag wollen wir den Zaun streichen, wer hilft mit?", "post" },
  { 'g', "Kita", "Wir haben unsere Tochter von der Kita abgemeldet, der Platz ist frei.", "post" },
  { 'g', "Auto", "Hat jemand Erfahrung, wo man ein Auto abmelden kann?", "post" },
  { 'g', "Baum", "Die Linde vor der 12 wurde gefällt. Schade.", "post" },
  { 'g', "AW: [Grünau] Fest", "Streicht mich bitte von der Helferliste für Samstag, ich bin krank.",
    "reply|private" },
  { 'g', "Schlagloch", "Habt ihr auch das Schlagloch in der Regattastraße gesehen?", "post" },
  { 'g', "AW: [Grünau] Fest", "Ich bringe Kuchen mit!", "reply" },
  { 'g', "AW: [Grünau] Fest", "Bin dafür, gute Idee.", "reply" },
  { 'g', "Flohmarkt", "Am 12. Mai ist Hofflohmarkt in der Dahmestraße, 10 bis 15 Uhr.", "post event" },
  { 'g', "Suche", "Suche gebrauchtes Kinderfahrrad, 20 Zoll.", "post" },
  { 'g', "Post", "Seit Tagen bekommen wir keine Post mehr, der Briefkasten bleibt leer.", "post" },
  { 'g', "Treffen", "Wir könnten uns einmal die Woche zum Laufen treffen, wer will mitmachen?", "post" },
  { 'g', "Verein", "Ich möchte dem Ruderverein beitreten, kennt den jemand?", "post" },
  { 'g', "Katze", "Unsere Katze ist weg, bitte schaut in eure Keller.", "post" },
};

/* The words of a street's name mean nothing; without a gazetteer, too. */
static const struct wording streets[] = {
  { 'g', "Umzug", "Meine Adresse hat sich geändert, Beelitzer Weg 7, 12557 Berlin.", "post" },
  { 'g', "Neue Anschrift",
    "Liebe alle, meine Anschrift ist jetzt Mohnweg 12. Ich habe noch zwei Stühle übrig.", "post" },
  { 'f', "Adresse", "Ich wohne am Müggelheimer Damm.", "unclear" },
  { 'f', "Bäckerei", "In der Odernheimer Straße gibt es eine neue Bäckerei, die Brötchen sind lecker.",
    "unclear|post" },
  { 'f', "", "Unsere neue Anschrift ist Güldenhofer Ufer 3.", "unclear" },
  { 'd', "", "Am Müggelheimer Damm 12 ist der Mülleimer voll", "defect" },
  { 'd', "", "Der Eimer am Bolzplatz quillt über.", "defect" },
};

/* One word above a text that says something else. */
static const struct wording subjects[] = {
  { 'g', "Stop", "Bitte stoppt die Baumfällungen am Langen See!", "post" },
  { 'g', "Raus", "Wir müssen mal wieder alle an die frische Luft, wer geht mit?", "post" },
  { 'g', "Stop", "Danke", "leave" },
  { 'g', "Abmeldung", "Bitte nehmen Sie mich aus dem Verteiler. Gruß", "leave" },
};

/* Below an invitation "the list" is the guests' for who had said that they come. */
static const struct wording guests[] = {
  { 'E', "AW: Einladung", "Ich hatte mich angemeldet, kann nun aber nicht. Bitte von der Liste nehmen.",
    "rsvp" },
  { 'E', "AW: Einladung",
    "Habe zwar zugesagt, liege aber im Krankenhaus. Bitte streichen Sie mich von der Liste.", "rsvp" },
  { 'E', "AW: Einladung", "Bitte nehmen Sie mich aus dem Verteiler, ich bin weggezogen.", "leave" },
};

/* What works again is no new report. */
static const struct wording repaired[] = {
  { 'f', "Laterne", "Die Laterne in der Grünauer Straße 5 leuchtet wieder, danke!", "unclear" },
  { 'f', "", "Die Ampel an der Dörpfeldstraße geht wieder.", "unclear" },
  { 'f', "", "Der Poller in der Bölschestraße 3 wurde ersetzt, vielen Dank.", "unclear" },
  { 'f', "", "Die Ampel an der Dörpfeldstraße geht wieder nicht.", "defect" },
  { 'f', "", "Die Bank war repariert und ist schon wieder kaputt.", "defect" },
  { 'f', "", "Die Laterne leuchtet wieder, aber jetzt flackert sie.", "defect" },
};

static const struct wording joining[] = {
  { 'f', "Aufnahme",
    "Guten Tag, ich wohne seit kurzem in Adlershof und möchte gern in den Verteiler aufgenommen werden.",
    "join" },
  { 'f', "hallo", "wie kann ich bei euch mitmachen", "join|help" },
  { 'f', "hallo", "Ich bin neu hier und würde gern mitmachen.", "join" },
  { 'f', "Newsletter", "Ich möchte den Newsletter bekommen.", "join" },
  { 'f', "Anmeldung", "bitte melden Sie mich für die Liste Friedrichshagen an", "join" },
  { 'f', "", "Tragt mich bitte in die Liste ein", "join" },
  { 'f', "Hi", "please add me to the neighbourhood list", "join" },
  { 'f', "Hi", "We just moved to Adlershof. Is there a mailing list we could join?", "join" },
  { 'f', "Merhaba", "Beni de listeye ekler misiniz lütfen?", "join" },
  { 'f', "Здравствуйте", "Добавьте меня, пожалуйста, в рассылку.", "join" },
  { 'J', "", "", "join" },
  { 'J', "hallo", "Viele Grüße von der Regattastraße", "join" },
  { 'g', "Aufnahme", "Bitte nehmen Sie mich in den Verteiler auf.", "join" },
  { 'g', "anmelden", "", "join" },
  { 'g', "Bitte", "Ich möchte dieser Gruppe beitreten.", "join" },
  { 'f', "Kiezpost", "Könnt ihr mir eure Rundmails auch schicken? Bin in der Trojanstraße zu Hause.",
    "join" },
};

static const struct wording settings[] = {
  { 'H', "weniger", "Bitte nur noch eine Mail pro Woche, jeden Tag ist mir zu viel.", "settings" },
  { 'g', "Mails", "Ich hätte die Mails lieber als tägliche Zusammenfassung.", "settings" },
  { 'g', "Urlaub", "Bitte bis 20. März keine Mails schicken, wir sind verreist.", "settings" },
  { 'f', "Sprache", "Können Sie mir auf Türkisch schreiben?", "settings" },
  { 'f', "Sprache", "ich kann nicht gut lesen, bitte in leichter sprache", "settings" },
  { 'g', "Name", "Bitte meinen Namen ändern, ich heiße jetzt Petra Schulz.", "settings" },
  { 'g', "Re: [Grünau] x", "Viel zu viele Mails! Geht das auch einmal am Tag gebündelt?", "settings" },
  { 'g', "digest", "Please send me a weekly digest instead of every single mail", "settings" },
  { 'W', "AW: Überblick", "mir reicht eine mail in der woche", "settings" },
};

static const struct wording helping[] = {
  { 'g', "Hilfe", "", "help" },
  { 'f', "Frage", "Wie funktioniert das hier eigentlich mit den Mails?", "help" },
  { 'H', "", "", "help" },
  { 'H', "hallo", "Ich komme nicht klar damit.", "help" },
  { 'f', "help", "", "help" },
};

static const struct wording defects[] = {
  { 'd', "", "laterne geht nicht gegenüber vom netto bei der post", "defect" },
  { 'd', "Kaputt", "siehe Foto", "defect" },
  { 'd', "Schlagloch", "Ecke Baumschulenstr/Ernstr., da stürzt noch einer!!!", "defect" },
  { 'f', "Müll", "In der Wegedornstraße liegt seit Wochen eine Matratze auf dem Gehweg.", "defect" },
  { 'f', "Laterne", "Vor der Dörpfeldstraße 20 brennt die Lampe seit drei Tagen nicht mehr.", "defect" },
  { 'f', "Spielplatz", "Die Schaukel auf dem Spielplatz am Platz der Befreiung ist kaputt.", "defect" },
  { 'f', "", "die ampel am sterndamm springt nicht um", "defect" },
  { 'f', "Hallo", "Können Sie bitte die Bank am Müggelsee reparieren? Die Lehne ist abgebrochen.", "defect" },
  { 'f', "Ratten", "Bei uns im Park laufen Ratten herum.", "defect" },
  { 'f', "Report", "The street light at Bölschestraße 12 is broken.", "defect" },
  { 'f', "Şikayet", "Oyun parkındaki salıncak kırık, çocuklar düşebilir.", "defect" },
  { 'f', "Фонарь", "Во дворе не горит фонарь третий день.", "defect" },
  { 'd', "Falschparker", "Jeden Tag parkt hier ein Transporter auf dem Gehweg.", "defect" },
  { 'd', "Frage", "Wie lange dauert so eine Bearbeitung normalerweise?", "question" },
  { 'D', "AW: [KP-2026-0214] Wo genau?", "vor der Hausnummer 12", "defect" },
  { 'D', "AW: [KP-2026-0214] Wo genau?", "das hat sich erledigt, ist repariert", "defect" },
  { 'd', "Hallo", "Hallo", "unclear" },
};

static const struct wording events[] = {
  { 'e', "Sommerfest", "Wir feiern am 20. Juni ab 14 Uhr im Hof der Regattastraße 5. Alle sind willkommen!",
    "event" },
  { 'e', "Stammtisch", "Jeden ersten Dienstag im Monat um 19 Uhr in der Mansarde.", "event" },
  { 'f', "Einladung Flohmarkt", "Am Samstag, 9. Mai, findet von 10 bis 16 Uhr unser Hofflohmarkt statt.",
    "event" },
  { 'f', "Event", "Our street party takes place on 13 June at 3 pm.", "event" },
  { 'e', "Frage", "Wann ist denn die nächste Kiezversammlung?", "question" },
  { 'e', "Zusage", "Wir kommen zu dritt zum Sommerfest.", "rsvp" },
  { 'E', "AW: Einladung", "Ja, ich komme gern.", "rsvp" },
  { 'E', "AW: Einladung", "leider verhindert", "rsvp" },
  { 'E', "AW: Einladung", "Gibt es dort Parkplätze?", "question" },
  { 'e', "Festivität", "Davet: Pazar günü mahalle pikniği, herkes davetli.", "event" },
};

static const struct wording proposals[] = {
  { 'k', "Idee", "Wir würden gern zwei Hochbeete aufstellen. Holz 180 Euro, Erde 60 Euro.", "proposal" },
  { 'k', "Vorschlag", "Eine Bank am Wasser wäre toll.", "proposal" },
  { 'k', "Antrag", "siehe Anhang", "proposal" },
  { 'k', "Frage", "Bis wann kann man Vorschläge einreichen?", "question" },
  { 'k', "Frage", "Wie viel Geld ist noch da?", "question" },
  { 'f', "Kiezkasse", "Ich beantrage 300 Euro für ein Nachbarschaftsfest am 12. Juni.", "proposal" },
  { 'f', "Idee", "Könnte man aus der Kiezkasse eine Tischtennisplatte bezahlen?", "proposal|question" },
  { 'f', "Idee", "Ich schlage vor, am Bahnhof ein Bücherregal aufzustellen. Kosten: 95 Euro.", "proposal" },
  { 'k', "Stimme", "Ich unterstütze Vorschlag 3.", "support" },
  { 'k', "hallo", "hallo", "unclear" },
  { 'f', "Proposal", "We would like to propose a bench at the river, cost about 250 euros.", "proposal" },
};

static const struct wording questions[] = {
  { 'q', "Radweg", "Wann wird der Radweg am Adlergestell gebaut?", "question" },
  { 'q', "Anwohnerparken", "Ich hätte gern gewusst, wo ich einen Anwohnerparkausweis bekomme", "question" },
  { 'f', "Bürgeramt", "Hat das Bürgeramt am Samstag geöffnet?", "question" },
  { 'f', "Frage", "Wer ist im Bezirksamt für Spielplätze zuständig?", "question" },
  { 'f', "Frage", "Ich habe eine Frage zum Bebauungsplan: Wo kann man den einsehen?", "question" },
  { 'q', "Baum", "Darf ich den Baum vor meinem Haus gießen?", "question" },
  { 'q', "hi", "When will the pool open again?", "question" },
};

static const struct wording data[] = {
  { 'p', "Auskunft", "Bitte teilen Sie mir mit, welche Daten Sie über mich gespeichert haben.",
    "data_access" },
  { 'p', "DSGVO",
    "Hiermit verlange ich Auskunft nach Art. 15 DSGVO und Löschung aller Daten binnen 4 Wochen.",
    "data_access data_erasure" },
  { 'p', "Löschung", "Bitte löschen Sie alle meine Daten.", "data_erasure" },
  { 'p', "löschen", "alles weg bitte", "data_erasure" },
  { 'p', "Frage", "Wie lange bewahren Sie eigentlich meine Mails auf?", "question|data_access" },
  { 'g', "Daten", "Löschen Sie bitte sämtliche Daten, die Sie von mir gespeichert haben.", "data_erasure" },
  { 'f', "Was wisst ihr", "Was habt ihr alles über mich gespeichert?", "data_access" },
  { 'f', "gdpr", "Please delete all my data.", "data_erasure" },
  { 'f', "Widerruf", "Ich mache von meinem Recht auf Löschung nach Artikel 17 DSGVO Gebrauch.",
    "data_erasure" },
};

static const struct wording abuse[] = {
  { 'a', "Beitrag", "In dem Beitrag von gestern werde ich beleidigt.", "abuse_notice" },
  { 'a', "Meldung", "Unter https://kiez.example/gruenau/12 steht eine rassistische Hetzrede.",
    "abuse_notice" },
  { 'f', "Meldung", "Ich möchte einen beleidigenden Beitrag melden, bitte entfernen.", "abuse_notice" },
  { 'a', "?", "", "unclear" },
};

static const struct wording private_mail[] = {
  { 'g', "AW: [Grünau] Fest", "Nur an dich: Uwe trinkt wieder.", "private" },
  { 'g', "AW: [Grünau] Fest", "Das bleibt bitte unter uns, ich habe Krebs.", "private" },
  { 'g', "AW: [Grünau] Fest", "Liebe Petra, nicht für die Liste: meine IBAN ist DE02 1203 0000 0000 2020 51",
    "private" },
  { 'g', "AW: [Grünau] Fest", "just for you: I can't stand him", "private" },
};

static const struct wording others[] = {
  { 'f', "", "", "ignore" },
  { 'g', "Re: [Grünau] Fest", "", "ignore" },
  { 'f', "Hallo", "asdf", "unclear" },
  { 'f', "Hallo", "Guten Tag", "unclear" },
  { 'f', "hello",
    "We just moved to Adlershof, could you add me to the list? By the way, the pavement outside number 46 is "
    "flooded.",
    "join defect" },
  { 'f', "Hallo",
    "Die Laterne vor Nr. 8 ist kaputt. Außerdem möchte ich in den Verteiler aufgenommen werden.",
    "defect join" },
  { 'C', "Re: Bitte bestätigen", "ja", "confirm" },
  { 'C', "Re: Bitte bestätigen", "", "confirm" },
  { 'C', "Re: Bitte bestätigen", "Das war ich nicht", "confirm" },
  { 'W', "AW: Überblick", "Zu 3: gute Idee!", "reply" },
};

static const struct seen *seen_at(char at)
{
  for (gsize i = 0; i < G_N_ELEMENTS(places); i++)
    if (places[i].at == at) return &places[i].seen;
  return NULL;
}

/* "defect join" of a meaning. */
static char *intents_of(const struct meaning *meaning)
{
  GString *words = g_string_new(intent_word(meaning->intent));
  for (guint i = 0; i < meaning->also->len; i++)
    g_string_append_printf(words, " %s", intent_word(g_array_index(meaning->also, enum intent, i)));
  return g_string_free(words, FALSE);
}

static void check(const struct wording *wordings, gsize count)
{
  guint wrong = 0;
  for (gsize i = 0; i < count; i++) {
    const struct wording *w = &wordings[i];
    struct understood u = understand_text(seen_at(w->at), w->subject, w->text);
    g_autofree char *got = intents_of(u.it->meaning);
    g_auto(GStrv) allowed = g_strsplit(w->intents, "|", -1);
    if (!g_strv_contains((const char *const *)allowed, got)) {
      print_error("%c \"%s\" / \"%s\": %s, not %s (%s)\n", w->at, w->subject, w->text, got, w->intents,
                  u.it->meaning->reason ? u.it->meaning->reason : "");
      wrong++;
    }
    assert_non_null(u.it->meaning->reason);
    understood_free(&u);
  }
  assert_int_equal(wrong, 0);
}

#define TABLE(name, rows)                                                                                    \
  static void name(void **state)                                                                             \
  {                                                                                                          \
    (void)state;                                                                                             \
    check(rows, G_N_ELEMENTS(rows));                                                                         \
  }
TABLE(who_wants_to_leave_may, leaving)
TABLE(other_things_are_no_leaving, not_leaving)
TABLE(who_wants_another_manner_does_not_leave, manners)
TABLE(words_of_streets_mean_nothing, streets)
TABLE(a_subject_of_one_word_does_not_outweigh_the_text, subjects)
TABLE(the_list_below_an_invitation_may_be_the_guests, guests)
TABLE(what_works_again_is_no_report, repaired)
TABLE(who_wants_to_join_is_heard, joining)
TABLE(settings_are_told_in_plain_words, settings)
TABLE(help_is_asked_for, helping)
TABLE(defects_are_reported, defects)
TABLE(events_are_announced_and_answered, events)
TABLE(proposals_are_made, proposals)
TABLE(questions_are_asked, questions)
TABLE(data_are_asked_for_and_erased, data)
TABLE(abuse_is_reported, abuse)
TABLE(some_answers_are_not_for_all, private_mail)
TABLE(two_wishes_nothing_and_answers_to_us, others)

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(who_wants_to_leave_may),
    cmocka_unit_test(other_things_are_no_leaving),
    cmocka_unit_test(who_wants_another_manner_does_not_leave),
    cmocka_unit_test(words_of_streets_mean_nothing),
    cmocka_unit_test(a_subject_of_one_word_does_not_outweigh_the_text),
    cmocka_unit_test(the_list_below_an_invitation_may_be_the_guests),
    cmocka_unit_test(what_works_again_is_no_report),
    cmocka_unit_test(who_wants_to_join_is_heard),
    cmocka_unit_test(settings_are_told_in_plain_words),
    cmocka_unit_test(help_is_asked_for),
    cmocka_unit_test(defects_are_reported),
    cmocka_unit_test(events_are_announced_and_answered),
    cmocka_unit_test(proposals_are_made),
    cmocka_unit_test(questions_are_asked),
    cmocka_unit_test(data_are_asked_for_and_erased),
    cmocka_unit_test(abuse_is_reported),
    cmocka_unit_test(some_answers_are_not_for_all),
    cmocka_unit_test(two_wishes_nothing_and_answers_to_us),
  };
  return cmocka_run_group_tests(tests, setup_understanding, NULL);
}
