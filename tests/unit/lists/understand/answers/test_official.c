/* Offices answer: the state they report, the day they name, what may be published and what must not. */
#include "tests/unit/lists/understand/answers/answering.h"

static struct meaning *official(const char *text, const char *subject, const char *from)
{
  return answer_to(text, (struct answering){ .subject = subject, .from = from, .language = "de" },
                   INTENT_OFFICIAL_REPLY, read_official_reply);
}

static void the_state_is_read(void **state)
{
  (void)state;
  static const struct {
    enum case_status status, other; /* other: as good, STATUS_NONE: none is */
    const char *text;
  } cases[] = {
    /* received */
    { STATUS_RECEIVED, 0, "Vielen Dank für den Hinweis, wir haben ihn aufgenommen." },
    { STATUS_RECEIVED, 0, "Ihre Meldung ist bei uns eingegangen." },
    { STATUS_RECEIVED, 0, "hiermit bestätige ich den Eingang Ihrer Nachricht." },
    { STATUS_RECEIVED, 0, "Danke, ist notiert." },
    { STATUS_RECEIVED, 0, "Wir haben die Meldung registriert und unter der Nummer 4711 erfasst." },
    { STATUS_RECEIVED, 0, "Ihr Anliegen haben wir erhalten." },
    { STATUS_RECEIVED, 0, "Der Schaden ist uns bereits bekannt." },
    { STATUS_RECEIVED, 0, "Besten Dank für Ihre Mitteilung." },
    { STATUS_RECEIVED, 0, "Den Hinweis nehmen wir gern auf." },
    { STATUS_RECEIVED, 0, "Eingegangen." },
    /* forwarded */
    { STATUS_FORWARDED, 0, "Die Angelegenheit wurde an den FB Straßen weitergeleitet." },
    { STATUS_FORWARDED, 0, "Ich habe Ihr Anliegen zuständigkeitshalber an das Umweltamt abgegeben." },
    { STATUS_FORWARDED, 0, "Wir leiten Ihren Hinweis gern an die zuständige Abteilung weiter." },
    { STATUS_FORWARDED, 0, "Ihr Hinweis ging an unseren Straßenbauhof weiter." },
    { STATUS_FORWARDED, 0, "gebe ich an die Kollegen weiter" },
    { STATUS_FORWARDED, 0, "Weitergeleitet an SGA." },
    { STATUS_FORWARDED, 0, "Der Vorgang liegt jetzt beim Grünflächenamt." },
    { STATUS_FORWARDED, 0, "Der Hinweis wurde dem Fachbereich Grün übergeben." },
    { STATUS_FORWARDED, 0, "Die Revierförsterei wurde informiert." },
    { STATUS_FORWARDED, 0, "Ihr Schreiben haben wir an die Verkehrsbehörde übersandt." },
    { STATUS_FORWARDED, 0, "Ihre Mail ist zur weiteren Bearbeitung an den Bauhof gegangen." },
    { STATUS_FORWARDED, 0, "an den zuständigen Mitarbeiter weitergeleitet, er meldet sich bei Ihnen" },
    /* in progress */
    { STATUS_IN_PROGRESS, 0, "Wir prüfen den Sachverhalt." },
    { STATUS_IN_PROGRESS, 0, "Der Vorgang ist in Bearbeitung." },
    { STATUS_IN_PROGRESS, 0, "sind dran" },
    { STATUS_IN_PROGRESS, 0, "Wir kümmern uns darum." },
    { STATUS_IN_PROGRESS, 0, "Eine Fachfirma ist beauftragt." },
    { STATUS_IN_PROGRESS, 0, "Die Reparatur haben wir veranlasst." },
    { STATUS_IN_PROGRESS, 0, "Die Arbeiten haben begonnen." },
    { STATUS_IN_PROGRESS, 0, "Ersatzteile sind bestellt, die Lieferzeit ist leider lang." },
    { STATUS_IN_PROGRESS, 0, "Die Stelle wurde abgesperrt." },
    { STATUS_IN_PROGRESS, 0, "Die Leuchte konnte noch nicht repariert werden, weil Teile fehlen." },
    { STATUS_IN_PROGRESS, 0, "Der Baum wird derzeit von einem Gutachter untersucht." },
    { STATUS_IN_PROGRESS, 0, "Die Ausschreibung läuft." },
    { STATUS_IN_PROGRESS, 0, "Wir sind in Klärung mit dem Eigentümer." },
    { STATUS_IN_PROGRESS, 0, "Der Auftrag wurde an die Firma übergeben." },
    { STATUS_IN_PROGRESS, 0, "Unser Außendienst fährt raus, Ortstermin folgt." },
    { STATUS_IN_PROGRESS, STATUS_PLANNED,
      "Sobald die Bank repariert wurde, melden wir uns. Der Auftrag ist erteilt." },
    /* planned */
    { STATUS_PLANNED, 0, "Eine Reparatur ist für die 34. KW vorgesehen." },
    { STATUS_PLANNED, 0, "Der neue Poller wird in der 28. KW gesetzt." },
    { STATUS_PLANNED, 0,
      "Der Auftrag ist erteilt, die Firma setzt den neuen Poller voraussichtlich bis Ende Mai." },
    { STATUS_PLANNED, 0, "Die Bank soll im Herbst ersetzt werden." },
    { STATUS_PLANNED, 0, "Wir werden das Schlagloch in den nächsten Tagen verfüllen." },
    { STATUS_PLANNED, 0, "Austausch voraussichtlich Mitte August." },
    { STATUS_PLANNED, 0, "Die Fällung ist für November eingeplant." },
    { STATUS_PLANNED, 0, "Der Papierkorb wird ersetzt." },
    { STATUS_PLANNED, 0, "Die Instandsetzung erfolgt im II. Quartal." },
    { STATUS_PLANNED, 0, "Die Sache ist erledigt, sobald die Firma da war." },
    { STATUS_PLANNED, 0, "Die Reparatur steht auf unserer Liste." },
    { STATUS_PLANNED, 0, "Mit der Fertigstellung ist Ende Juni zu rechnen." },
    { STATUS_PLANNED, 0, "Der Termin für die Pflanzung ist der 15.10." },
    { STATUS_PLANNED, 0, "Wurde in die Jahresplanung aufgenommen." },
    { STATUS_PLANNED, 0, "Der alte Poller wurde entfernt, ein neuer wird in der 30. KW gesetzt." },
    { STATUS_PLANNED, 0, "Eine frühere Reparatur ist leider nicht möglich, sie ist für Juli geplant." },
    { STATUS_PLANNED, 0, "Die Firma tauscht den Mast nächste Woche aus." },
    { STATUS_PLANNED, STATUS_IN_PROGRESS, "Der Mangel wird zeitnah behoben." },
    /* done */
    { STATUS_DONE, 0, "Der Poller wurde gestern ersetzt. Die Meldung ist damit erledigt." },
    { STATUS_DONE, 0, "Erledigt." },
    { STATUS_DONE, 0, "erledigt!" },
    { STATUS_DONE, 0, "ist repariert" },
    { STATUS_DONE, 0, "Die Laterne leuchtet wieder." },
    { STATUS_DONE, 0, "Unsere Kollegen haben den Müll heute früh abgeholt." },
    { STATUS_DONE, 0, "Das Schlagloch konnte inzwischen verfüllt werden." },
    { STATUS_DONE, 0, "Der Sperrmüll wurde durch die BSR abgeholt und entsorgt." },
    { STATUS_DONE, 0, "Schaden behoben, Gruß Bauhof" },
    { STATUS_DONE, 0, "Poller ersetzt." },
    { STATUS_DONE, 0, "Der Mangel ist seit dem 2.4. beseitigt." },
    { STATUS_DONE, 0, "Wir betrachten den Vorgang als abgeschlossen." },
    { STATUS_DONE, 0, "Die Bank ist wieder in Ordnung." },
    { STATUS_DONE, 0, "Der Papierkorb wurde geleert, künftig wird er zweimal in der Woche geleert." },
    { STATUS_DONE, 0,
      "Bei der Kontrolle konnte kein Schaden mehr festgestellt werden, keine Schäden mehr vorhanden." },
    { STATUS_DONE, 0, "Die Reparatur ist am 10.04. erfolgt." },
    { STATUS_DONE, 0, "Der Hinweis ging an den Bauhof weiter, der hat das Schild heute wieder aufgestellt." },
    { STATUS_DONE, 0, "Lampe wurde vorletzte Woche instand gesetzt" },
    { STATUS_DONE, 0, "Die Absperrung ist abgebaut und die Fahrbahn wieder frei." },
    /* rejected */
    { STATUS_REJECTED, 0, "Ihrem Antrag kann leider nicht entsprochen werden." },
    { STATUS_REJECTED, 0, "Für eine zusätzliche Bank stehen keine Mittel zur Verfügung." },
    { STATUS_REJECTED, 0, "Das ist leider nicht möglich." },
    { STATUS_REJECTED, 0, "Ein Zebrastreifen ist dort nicht umsetzbar." },
    { STATUS_REJECTED, 0, "Der Vorschlag wurde abgelehnt." },
    { STATUS_REJECTED, 0, "Wir sehen hier keinen Handlungsbedarf." },
    { STATUS_REJECTED, 0, "Eine Fällung ist nicht erforderlich." },
    { STATUS_REJECTED, 0, "Der Poller wird nicht ersetzt." },
    { STATUS_REJECTED, 0, "Wir müssen das leider ablehnen." },
    { STATUS_REJECTED, 0, "Eine Aufstellung ist derzeit nicht geplant." },
    { STATUS_REJECTED, 0, "Aus Kostengründen können wir die Bank nicht ersetzen." },
    { STATUS_REJECTED, 0, "Tempo 30 kommt dort aus rechtlichen Gründen nicht in Betracht." },
    { STATUS_REJECTED, 0, "Von der Maßnahme wird abgesehen." },
    /* not responsible */
    { STATUS_NOT_RESPONSIBLE, 0,
      "für die Haltestelle ist nicht das Bezirksamt, sondern die BVG zuständig. Bitte wenden Sie sich "
      "dorthin." },
    { STATUS_NOT_RESPONSIBLE, 0, "Das fällt nicht in die Zuständigkeit des Bezirks." },
    { STATUS_NOT_RESPONSIBLE, 0, "Zuständig ist die BVG." },
    { STATUS_NOT_RESPONSIBLE, 0, "Die Zuständigkeit liegt bei der Senatsverwaltung." },
    { STATUS_NOT_RESPONSIBLE, 0, "wir sind dafür nicht zuständig" },
    { STATUS_NOT_RESPONSIBLE, 0, "Es handelt sich um Privatgelände." },
    { STATUS_NOT_RESPONSIBLE, 0, "Bitte wenden Sie sich an die Berliner Wasserbetriebe." },
    { STATUS_NOT_RESPONSIBLE, 0, "Die Fläche gehört der Deutschen Bahn." },
    { STATUS_NOT_RESPONSIBLE, 0, "Das Grundstück liegt im Bezirk Neukölln." },
    { STATUS_NOT_RESPONSIBLE, 0, "Für Ampeln ist das Land Berlin zuständig." },
    { STATUS_NOT_RESPONSIBLE, 0, "Verantwortlich ist hier der Grundstückseigentümer." },
    { STATUS_NOT_RESPONSIBLE, 0, "da sind wir der falsche Adressat" },
    { STATUS_NOT_RESPONSIBLE, 0, "nicht unsere Baustelle, bitte an die BSR wenden" },
    /* lines that steer */
    { STATUS_IN_PROGRESS, 0, "Status: in Arbeit" },
    { STATUS_DONE, 0, "Status: erledigt\n\nDer Poller steht." },
    { STATUS_PLANNED, 0, "Stand: geplant" },
    { STATUS_REJECTED, 0, "Ergebnis: abgelehnt" },
    { STATUS_NOT_RESPONSIBLE, 0, "Status: nicht zuständig" },
    /* nothing */
    { STATUS_NONE, 0, "Guten Tag," },
    { STATUS_NONE, 0, "Ist die Bank denn schon repariert?" },
  };
  guint wrong = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(meaning_t) got = official(cases[i].text, NULL, NULL);
    if (got->status == cases[i].status || (cases[i].other && got->status == cases[i].other)) continue;
    print_error("%s: %s, not %s\n", cases[i].text, case_status_word(got->status),
                case_status_word(cases[i].status));
    wrong++;
  }
  assert_int_equal(wrong, 0);
}

static void the_day_is_the_end_of_the_period(void **state)
{
  (void)state;
  static const struct {
    const char *text, *expected; /* NULL: none */
  } cases[] = {
    { "Eine Reparatur ist für die 34. KW vorgesehen.", "2026-08-23" },
    { "Der neue Poller wird in der 28. KW gesetzt.", "2026-07-12" },
    { "Die Firma setzt den Poller voraussichtlich bis Ende Mai.", "2026-05-31" },
    { "Die Instandsetzung erfolgt im II. Quartal.", "2026-06-30" },
    { "Die Bank wird voraussichtlich bis 15.06. ersetzt.", "2026-06-15" },
    { "Ihre Mail vom 3.3. haben wir erhalten, die Reparatur ist im Juni geplant.", "2026-06-30" },
    { "Der Poller wurde am 10.04. ersetzt.", NULL },
    { "Frist: 34. KW", "2026-08-23" },
    { "Die Arbeiten beginnen am 3. August und dauern bis zum 21. August.", "2026-08-21" },
    { "Wir haben das aufgenommen.", NULL },
    { "Die Lampe wird am Freitag getauscht.", "2026-04-17" },
    { "Die Pflanzung erfolgt im Oktober 2026.", "2026-10-31" },
    { "Ich bin bis 30.4. im Urlaub.", NULL },
  };
  guint wrong = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(meaning_t) got = official(cases[i].text, NULL, NULL);
    g_autofree char *day = wall_format(&got->expected, "Europe/Berlin");
    if (g_strcmp0(day, cases[i].expected) == 0) continue;
    print_error("%s: %s, not %s\n", cases[i].text, day, cases[i].expected);
    wrong++;
  }
  assert_int_equal(wrong, 0);
}

static void only_the_message_is_public(void **state)
{
  (void)state;
  static const struct {
    const char *text, *public_text;
  } cases[] = {
    { "Sehr geehrte Damen und Herren,\n\nIhr Hinweis ging weiter. Der Poller kommt in der 28. KW.\n\n"
      "Mit freundlichen Grüßen\n\nIm Auftrag\n\nKerstin Muster\nZimmer 214\nTel.: 030 555 0121",
      "Ihr Hinweis ging weiter. Der Poller kommt in der 28. KW." },
    { "Erledigt.", "Erledigt." },
    { "Guten Tag,\ndie Bank ist repariert.\nMfG\nMuster", "die Bank ist repariert." },
    { "Guten Tag Frau Sander, die Bank ist repariert. MfG Muster", "die Bank ist repariert." },
    { "Der Auftrag ist erteilt.\n\nMit freundlichem Gruß\nGrün", "Der Auftrag ist erteilt." },
    { "Der Poller wurde ersetzt.\n\nMuster", "Der Poller wurde ersetzt." },
    { "Status: in Arbeit\nFrist: 34. KW\n\nDer Poller ist bestellt.", "Der Poller ist bestellt." },
    { "Der Poller ist bestellt.\n\nFür Rückfragen erreichen Sie mich unter 030 555 0121.",
      "Der Poller ist bestellt." },
    { "Der Poller ist bestellt. Für Rückfragen erreichen Sie mich unter 030 555 0121.",
      "Der Poller ist bestellt." },
    { "Der Poller ist bestellt.\n\nIntern: Frau Sander nicht mehr anrufen.", "Der Poller ist bestellt." },
    { "Erste Zeile.\n\nZweiter Absatz.\n\nViele Grüße\nIhr SGA", "Erste Zeile.\n\nZweiter Absatz." },
    { "Der Poller ist da.\n\nKerstin Muster\nSachbearbeiterin\nBezirksamt Treptow-Köpenick von Berlin\nTel.: "
      "030 555 0121\n"
      "Zimmer 214",
      "Der Poller ist da." },
    { "Der Poller ist da.\n\nVerschlüsselte Mails können unter dieser Adresse nicht gelesen werden.",
      "Der Poller ist da." },
    { "> Wann kommt der Poller?\nNächste Woche.", "Nächste Woche." },
    { "Entwurf\n\nDer Poller kommt.", "Der Poller kommt." },
    { "Sehr geehrter Herr Dr. Vogt,\n\ndie Hecke wird geschnitten.\n\nIch wünsche Ihnen ein schönes "
      "Wochenende.\n\nBeste Grüße",
      "die Hecke wird geschnitten." },
  };
  guint wrong = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(meaning_t) got = official(cases[i].text, NULL, NULL);
    if (g_str_equal(got->public_text, cases[i].public_text)) continue;
    print_error("%s\n  got |%s|\n", cases[i].text, got->public_text);
    wrong++;
  }
  assert_int_equal(wrong, 0);
}

static void what_is_internal_is_known(void **state)
{
  (void)state;
  static const struct {
    bool internal;
    const char *text, *subject;
  } cases[] = {
    { true, "Intern: nicht für die Öffentlichkeit.\n\nDie Meldende ruft jede Woche an.", NULL },
    { true, "intern - bitte erst mit mir sprechen", NULL },
    { true, "Bitte nicht veröffentlichen. Der Eigentümer klagt gerade.", NULL },
    { true, "Die folgende Auskunft ist nicht zur Veröffentlichung bestimmt: der Bau verzögert sich.", NULL },
    { true, "Nur zur internen Verwendung: Rechnung ist offen.", NULL },
    { true, "Nur für den Dienstgebrauch.\nDas prüft das Rechtsamt.", NULL },
    { true, "Vertraulich!\nHerr X hat schon zweimal gedroht.", NULL },
    { true, "Bitte vertraulich behandeln, die Vergabe läuft noch.", NULL },
    { true, "Kerstin, kannst du das bitte übernehmen? Ich bin ab morgen weg.", "WG: [KP-2026-0198] Poller" },
    { true, "Hallo Dirk, schau mal bitte, ob das bei dir liegt.", "WG: Poller" },
    { true, "z.K.", "WG: Poller" },
    { true, "Das bleibt bitte unter uns.", NULL },
    { true, "Das soll noch nicht veröffentlicht werden, die Stadträtin will es selbst sagen.", NULL },
    { true, "Der Poller kommt im Mai.", "[Intern] Poller" },
    { true, "Der Melder ist uns bekannt, ruft ständig an.", NULL },
    { false, "Der Poller ist bestellt.", NULL },
    { false, "Ihr Hinweis wurde intern weitergeleitet.", NULL },
    { false, "Nach interner Prüfung wird der Poller ersetzt.", NULL },
    { false, "Der Poller ist bestellt.", "WG: [KP-2026-0198] Poller" },
    { false, "Der Poller ist bestellt.\n\nIntern: Kostenstelle 4711.", NULL },
    { false, "Wir veröffentlichen den Termin, sobald er feststeht.", NULL },
    { false, "Erledigt.\n\nDiese E-Mail enthält vertrauliche Informationen.", NULL },
  };
  guint wrong = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(meaning_t) got = official(cases[i].text, cases[i].subject, NULL);
    if (got->internal == cases[i].internal) continue;
    print_error("%s: %d\n", cases[i].text, got->internal);
    wrong++;
  }
  assert_int_equal(wrong, 0);
}

/* Marks of what is internal in whatever form: what of the mail is left for the public; NULL: its author is
 * asked. */
static void what_is_kept_back_is_cut_or_asked_about(void **state)
{
  (void)state;
  static const struct {
    const char *text, *public_text;
  } cases[] = {
    { "Die Bank wird im Mai ersetzt.\n\n--- ab hier intern ---\nHerr Schmidt nervt.",
      "Die Bank wird im Mai ersetzt." },
    { "Die Bank wird im Mai ersetzt. [intern: Herr Baum weiß Bescheid]", "Die Bank wird im Mai ersetzt." },
    { "(intern: Budget aufgebraucht)\nDie Bank wird im Mai ersetzt.", "Die Bank wird im Mai ersetzt." },
    { "Die Bank ist weg.\n\nFür die Akte: Eigentümer uneinsichtig.", "Die Bank ist weg." },
    { "Die Bank ist weg.\n\n*** nur intern: Kostenstelle 4711 ***", "Die Bank ist weg." },
    /* behind a labelled paragraph only its author knows what is meant */
    { "Die Bank ist weg.\n\n* Intern: Kosten 20 T€\n\nSie kommt im Mai.", NULL },
    { "Die Bank kommt.\n\nIntern: Die Firma ist pleite.\n\nUnd der Mann ist schwierig.", NULL },
    { "Die Bank kommt.\n\nNoch intern:\nFirma pleite.\n\nDas Verfahren läuft.", NULL },
    { "Intern : Firma pleite.\n\nDie Bank kommt im Mai.", NULL },
    { "Die Bank kommt.\n\nIntern: bitte beachten:\n\n- Firma pleite\n- Geld fehlt", "Die Bank kommt." },
    { "Die Bank kommt.\n\nIntern: zwei Dinge\n\n1. Firma pleite\n2. Geld fehlt", "Die Bank kommt." },
    { "Die Bank kommt.\n\nIntern: Firma pleite.\n\nMit freundlichen Grüßen\nMuster", "Die Bank kommt." },
    /* slips of the one word that our letter offers */
    { "Die Bank kommt.\n\nInterm: Firma pleite.", NULL },
    { "Intenr: Firma pleite.\n\nDie Bank kommt.", NULL },
    { "Externe: Die Firma Baum setzt die Bank im Mai.", "Externe: Die Firma Baum setzt die Bank im Mai." },
    /* other labels */
    { "Die Bank kommt.\n\nNur fürs Team: Firma pleite.", "Die Bank kommt." },
    { "Die Bank kommt.\n\nHinweis für die Kolleg*innen: Firma pleite.", "Die Bank kommt." },
    { "Die Bank kommt.\n\nHintergrund (nicht zitierfähig): Firma pleite.", NULL },
    { "Unter 3: Die Bank kommt nicht mehr.", NULL },
    { "Die Bank kommt.\n\nAnmerkung für die Akten\nFirma pleite.", "Die Bank kommt." },
    /* not yet, not to everybody */
    { "Vorab: Die Bank wird im Mai ersetzt.", NULL },
    { "Die Bank wird im Mai ersetzt. Eine förmliche Antwort folgt nach Mitzeichnung.", NULL },
    { "Embargo bis Freitag! Die Bank wird im Mai ersetzt.", NULL },
    { "Die Bank wird im Mai ersetzt, die Zeitung soll das noch nicht wissen.", NULL },
    { "Wiedervorlage 3.2.", NULL },
    { "WV 3.2.", NULL },
    { "Erbitte Zuarbeit bis 10.3. an FB 2.", NULL },
    { "Bitte Stellungnahme bis zum 10.3. an mich.", NULL },
    { "Hinweis an die Online-Redaktion: Bauklasse 3.", NULL },
    { "Habe mit der Anwohnerin telefoniert, erledigt.", NULL },
    { "n.a.D. Die Bank kommt nicht mehr.", NULL },
    { "I.d.R. dauert das sechs Wochen. Die Bank kommt im Mai.",
      "I.d.R. dauert das sechs Wochen. Die Bank kommt im Mai." },
    { "Wie in der Presse berichtet, wird die Bank im Mai ersetzt.",
      "Wie in der Presse berichtet, wird die Bank im Mai ersetzt." },
    { "Wir haben uns das auf Wiedervorlage gelegt und ersetzen die Bank im Mai.",
      "Wir haben uns das auf Wiedervorlage gelegt und ersetzen die Bank im Mai." },
    { "Vorbehaltlich der Zustimmung des Bezirksamts wird die Bank im Mai ersetzt.",
      "Vorbehaltlich der Zustimmung des Bezirksamts wird die Bank im Mai ersetzt." },
    { "Bitte veröffentlichen: Die Bank kommt im Mai.", "Die Bank kommt im Mai." },
    { "Die Bank ist weg.\n\nAb hier bitte nicht veröffentlichen:\nA.\n\nB.", "Die Bank ist weg." },
    { "Nach interner Abstimmung bleibt die Bank.", "Nach interner Abstimmung bleibt die Bank." },
    { "Die Ergebnisse werden im Juni auf berlin.de veröffentlicht.",
      "Die Ergebnisse werden im Juni auf berlin.de veröffentlicht." },
    { "Die Bank ist weg. Bitte so veröffentlichen.", "Die Bank ist weg." },
    { "Bitte sehen Sie von einer Veröffentlichung ab. Der Vorgang ist in Klärung.", NULL },
    { "Von einer Veröffentlichung bitte ich abzusehen.", NULL },
    { "Bitte keine Antwort an den Bürger, wir klären das erst mit dem Rechtsamt.", NULL },
    { "Der Petent ist hier bekannt. Nicht antworten.", NULL },
    { "Dieser Teil darf veröffentlicht werden: Die Bank kommt. Dieser Teil nicht: Sie nervt.", NULL },
    { "intern gesagt haben wir dafür kein Geld.", NULL },
    { "Für eine Veröffentlichung benötigen wir noch die Freigabe der Pressestelle. Die Bank kommt.", NULL },
    { "Diese Auskunft ist nur für Frau Ost bestimmt: Die Bank kommt.", NULL },
    { "Die Bank kommt im Mai (nicht nach außen).", NULL },
    { "Mail bitte nicht in das Archiv übernehmen.\n\nDie Schranke wird repariert.", NULL },
    { "Vorläufig, bitte nicht zitieren: die Bank kommt.", NULL },
    { "Fertig, 340 Euro. (Bitte ohne die Zahlen einstellen.)", NULL },
  };
  guint wrong = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(meaning_t) got = official(cases[i].text, NULL, NULL);
    const char *want = cases[i].public_text;
    if (got->internal == !want && g_strcmp0(got->public_text, want ? want : "") == 0) continue;
    print_error("%s\n  got %d |%s|\n", cases[i].text, got->internal, got->public_text);
    wrong++;
  }
  assert_int_equal(wrong, 0);
}

static void talk_among_colleagues_is_no_answer(void **state)
{
  (void)state;
  static const struct {
    bool is_talk;
    const char *text;
  } cases[] = {
    { true, "Hallo Frau Meier,\n\nkönnen Sie das bitte beantworten? Danke\n\nK. Muster" },
    { true, "FYI" },
    { true, "Zur weiteren Veranlassung." },
    { true, "Guten Morgen Herr Krüger, bitte um kurze Zuarbeit bis Freitag." },
    { true, "Chef, soll ich das so rausschicken? Die Bank wird ersetzt." },
    { true, "Hab ich dem Baum auf den Tisch gelegt, der ist aber noch krank bis 15.3." },
    { true, "@Petra: was ist da mit der Ausschreibung?" },
    { true, "Wie gehen wir damit um?" },
    { true, "Wer hat denn die Frage gestellt?" },
    { true, "Ich würde dem Bürger schreiben, dass wir das prüfen." },
    { true, "Das ist ein Fall für die Naturschutzbehörde. Seht ihr das auch so?" },
    { true, "Sehr geehrte Frau Kollegin Wendt,\n\nanbei die Unterlagen." },
    { true, "Can you take this one, Jens? I am off from tomorrow." },
    { false, "Können Sie uns bitte ein Foto und die genaue Hausnummer schicken?" },
    { false, "An welcher Hausnummer genau steht der Container?" },
    { false, "Wir bitten um Rückmeldung, ob die Lampe wieder brennt." },
    { false, "Die Wünsche der Bürger haben wir aufgenommen." },
    { false, "Wir haben das Ordnungsamt gebeten, dort häufiger zu kontrollieren." },
  };
  guint wrong = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(meaning_t) got = official(cases[i].text, NULL, NULL);
    if (got->internal == cases[i].is_talk) continue;
    print_error("%s: %d\n", cases[i].text, got->internal);
    wrong++;
  }
  assert_int_equal(wrong, 0);
}

/* What tells of one person: gone from the text, or its author looks. */
static void what_belongs_to_one_person_is_seen(void **state)
{
  (void)state;
  static const struct {
    bool is_unsure;
    const char *text, *gone; /* NULL: nothing has to go */
  } cases[] = {
    { true, "Frau Schulz, Regattastraße 14, bekommt eine Rampe.", "Regattastraße 14" },
    { true, "Die Anwohnerin Erika Schulz hat Pflegegrad 3.", "Schulz" },
    { true, "Anzeige läuft gegen Max Mustermann, wohnhaft Dahmestraße 5.", "Dahmestraße 5" },
    { true, "Der Melder, Herr Yilmaz aus der Dahmestraße 5, hat recht.", "Dahmestraße 5" },
    { true, "Herr Meyer vom Fischerweg 3 hat angerufen.", "Fischerweg" },
    { true, "Herr Yilmaz (Dahmestraße 5) ist informiert.", "Dahmestraße" },
    { true, "Frau [Name entfernt] aus der Dahmestraße 4 hat das gemeldet.", "Dahmestraße 4" },
    { true, "Frau [Name entfernt], Büxensteinallee 12, bekommt noch Post.", "Büxensteinallee 12" },
    { true, "Vor Ihrem Haus in der Regattastraße 27 setzen wir einen Poller.", "Regattastraße 27" },
    { false, "Vor Ihrem Haus setzen wir einen Poller.", NULL },
    { false, "Unser Kollege Herr Krause ist in der Dahmestraße 5 und repariert die Lampe.", NULL },
    { true, "Halterin ist Frau Vogt, geb. 12.05.1981.", "1981" },
    { true, "Ihr Widerspruch gegen den Gebührenbescheid vom 3.11.2026 wird zurückgewiesen.", NULL },
    { true, "Der Betrag ist unter dem Kassenzeichen 1234567890 zu zahlen.", "1234567890" },
    { true, "Ihr Kind hat einen Platz in der Kita.", NULL },
    { true, "Ihre IBAN DE02 1203 0000 0000 2020 51 ist notiert.", "1203" },
    { false, "Der Fahrer mit dem Kennzeichen B-XY 1234 wurde umgesetzt.", "1234" },
    { false, "Unter dem Aktenzeichen SGA 3-4711/26 läuft die Ausschreibung.", NULL },
    { true, "Der Bescheid an Sie hat das Aktenzeichen OWi 12/345678.", "345678" },
    { false, "Herr Meyer von der Straßenverwaltung hat die Bank bestellt.", NULL },
    { false, "Die Anna-Seghers-Straße wird im Mai asphaltiert.", NULL },
    { false, "Für Menschen mit Rollstuhl gibt es den Umweg über die Rampe.", NULL },
  };
  guint wrong = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(meaning_t) got = official(cases[i].text, NULL, NULL);
    bool is_left = cases[i].gone && strstr(got->public_text, cases[i].gone);
    if ((got->unsure || got->internal) == cases[i].is_unsure && !is_left) continue;
    print_error("%s: %d |%s|\n", cases[i].text, got->unsure, got->public_text);
    wrong++;
  }
  assert_int_equal(wrong, 0);
}

/* The day that an answer names for other business is no day that the matter is done by; NULL: none. */
static void only_a_promise_names_the_day(void **state)
{
  (void)state;
  static const struct {
    const char *text, *day;
  } cases[] = {
    { "Termine gibt es ab Januar wieder.", NULL },
    { "Die nächste Sitzung der BVV ist am 26. Mai, dort können Sie fragen.", NULL },
    { "Kommen Sie am Donnerstag, den 12. Mai, in unsere Sprechstunde.", NULL },
    { "Der Bebauungsplan liegt noch bis 30. Mai aus.", NULL },
    { "Die Wahlperiode endet am 30.9.2026.", NULL },
    { "Ich bin ab Mai im Ruhestand.", NULL },
    { "Vor Mai ist damit nicht zu rechnen.", NULL },
    { "Nicht vor dem 1. September.", NULL },
    { "Frühestens im Herbst.", NULL },
    { "Baubeginn: 4. Mai 2026.", NULL },
    { "Die Firma hatte zugesagt, bis zum 1. Juni fertig zu sein, hat aber abgesagt.", NULL },
    { "Die Halteverbotszone gilt vom 9. bis 20. Mai.", NULL },
    { "Im Mai wird dort nicht gestreut.", NULL },
    { "Der Poller wird ersetzt.\n\nBezirksamt\nZimmer: 214\nTelefon: (030) 90297 5814\nDatum: 20.04.2026",
      NULL },
    { "Baubeginn ist der 4. Mai, Bauende der 29. Mai 2026.", "2026-05-29" },
    { "Die Bank wird im Mai ersetzt, die nächste Sitzung ist am 3. Juni.", "2026-05-31" },
    { "Wir hatten Ende April zugesagt. Jetzt wird es Ende Mai ersetzt.", "2026-05-31" },
    { "Bis Monatsende.", "2026-04-30" },
  };
  guint wrong = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(meaning_t) got = official(cases[i].text, NULL, NULL);
    const struct wall *day = &got->expected;
    g_autofree char *text =
        day->year ? g_strdup_printf("%04d-%02d-%02d", day->year, day->month, day->day) : NULL;
    if (g_strcmp0(text, cases[i].day) == 0) continue;
    print_error("%s: %s\n", cases[i].text, text ? text : "none");
    wrong++;
  }
  assert_int_equal(wrong, 0);
}

/* Lines that a reader of letters takes for a card, a label or a closing, and that say something. */
static void no_words_are_lost(void **state)
{
  (void)state;
  static const struct {
    const char *text, *public_text;
    enum case_status status;
  } cases[] = {
    { "Sachstand: Auftrag erteilt, Firma kommt KW 25.", "Auftrag erteilt, Firma kommt KW 25.",
      STATUS_PLANNED },
    { "* Status: in Arbeit\n* Frist: 34. KW\n\nDie Bank wird im Mai ersetzt.",
      "Die Bank wird im Mai ersetzt.", STATUS_IN_PROGRESS },
    { "Ansprechpartner ist Herr Meyer, Zimmer 312, Durchwahl 5822. Die Bank wird im Mai ersetzt.",
      "Die Bank wird im Mai ersetzt.", STATUS_PLANNED },
    { "Guten Tag,\nviele Grüße aus dem SGA und danke für den Hinweis.\nDie Bank wird im Mai ersetzt.",
      "Die Bank wird im Mai ersetzt.", STATUS_PLANNED },
    { "ACHTUNG: Diese E-Mail stammt von einem externen Absender. Bitte keine Links öffnen.\n\nDie Bank ist "
      "ersetzt.",
      "Die Bank ist ersetzt.", STATUS_DONE },
    { "Die Bank ist ersetzt.\n\nMuster, SGA", "Die Bank ist ersetzt.", STATUS_DONE },
    { "Ihr Anliegen wurde abschließend bearbeitet. Der Vorgang wird hier geschlossen.",
      "Ihr Anliegen wurde abschließend bearbeitet. Der Vorgang wird hier geschlossen.", STATUS_DONE },
    { "Zwei der drei Bänke wurden repariert, die dritte folgt im Mai.",
      "Zwei der drei Bänke wurden repariert, die dritte folgt im Mai.", STATUS_PLANNED },
    { "Der Poller wurde nicht wieder aufgestellt, weil die Feuerwehrzufahrt frei bleiben muss.",
      "Der Poller wurde nicht wieder aufgestellt, weil die Feuerwehrzufahrt frei bleiben muss.",
      STATUS_REJECTED },
    { "Der Spielplatz wurde 2019 gebaut.", "Der Spielplatz wurde 2019 gebaut.", STATUS_NONE },
    { "Wir teilten mit, dass eine Aufstellung nicht in Betracht kommt.",
      "Wir teilten mit, dass eine Aufstellung nicht in Betracht kommt.", STATUS_REJECTED },
  };
  guint wrong = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(meaning_t) got = official(cases[i].text, NULL, NULL);
    if (g_strcmp0(got->public_text, cases[i].public_text) == 0 && got->status == cases[i].status) continue;
    print_error("%s\n  got %s |%s|\n", cases[i].text, case_status_word(got->status), got->public_text);
    wrong++;
  }
  assert_int_equal(wrong, 0);
}

static void several_cases_are_told_apart(void **state)
{
  (void)state;
  g_autoptr(meaning_t) list =
      official("Guten Tag,\n\nKP-2026-0198: erledigt\nKP-2026-0201 - wird in der 20. KW gesetzt\n"
               "KP-2026-0203: nicht zuständig, bitte an die BVG wenden\n\nGruß",
               "AW: [KP-2026-0201] Poller", NULL);
  assert_int_equal(list->cases->len, 3);
  const struct office_case *first = g_ptr_array_index(list->cases, 0),
                           *last = g_ptr_array_index(list->cases, 2);
  assert_string_equal(first->number, "KP-2026-0198");
  assert_int_equal(first->status, STATUS_DONE);
  assert_int_equal(last->status, STATUS_NOT_RESPONSIBLE);
  assert_int_equal(list->status, STATUS_PLANNED);
  g_autoptr(meaning_t) table =
      official("Anbei die Entscheidungen:\n\nNr.\tProjekt\tbewilligt €\tBemerkung\n"
               "1\tHochbeete Regattastraße\t240,00\t\n2\tHoffest\t350,00\tohne Speisen\n"
               "3\tLastenrad\t0\tnicht förderfähig\n",
               NULL, NULL);
  assert_int_equal(table->cases->len, 3);
  const struct office_case *beds = g_ptr_array_index(table->cases, 0),
                           *bike = g_ptr_array_index(table->cases, 2);
  assert_string_equal(beds->title, "Hochbeete Regattastraße");
  assert_int_equal(beds->cents, 24000);
  assert_int_equal(bike->status, STATUS_REJECTED);
}

static void the_column_of_states_counts_more_than_the_remark(void **state)
{
  (void)state;
  g_autoptr(meaning_t) table = official("Anbei der Stand:\n\nNr\tStand\tBemerkung\n"
                                        "KP-2026-0001\tgeplant\tbeginnt im Mai\n"
                                        "KP-2026-0002\terledigt\tam Montag gereinigt\n"
                                        "KP-2026-0003\tabgelehnt\tdas Geld reicht bis Juli nicht\n",
                                        NULL, NULL);
  assert_int_equal(table->cases->len, 3);
  const struct office_case *planned = g_ptr_array_index(table->cases, 0),
                           *done = g_ptr_array_index(table->cases, 1),
                           *refused = g_ptr_array_index(table->cases, 2);
  assert_int_equal(planned->status, STATUS_PLANNED);
  assert_int_equal(planned->expected.year, 0); /* it begins then, and is not done by then */
  assert_int_equal(done->status, STATUS_DONE);
  assert_int_equal(done->expected.year, 0);
  assert_int_equal(refused->status, STATUS_REJECTED);
  assert_int_equal(refused->expected.year, 0);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(the_state_is_read),
    cmocka_unit_test(the_day_is_the_end_of_the_period),
    cmocka_unit_test(only_the_message_is_public),
    cmocka_unit_test(what_is_internal_is_known),
    cmocka_unit_test(what_is_kept_back_is_cut_or_asked_about),
    cmocka_unit_test(talk_among_colleagues_is_no_answer),
    cmocka_unit_test(what_belongs_to_one_person_is_seen),
    cmocka_unit_test(only_a_promise_names_the_day),
    cmocka_unit_test(no_words_are_lost),
    cmocka_unit_test(several_cases_are_told_apart),
    cmocka_unit_test(the_column_of_states_counts_more_than_the_remark),
  };
  return cmocka_run_group_tests(tests, load_phrases, NULL);
}
