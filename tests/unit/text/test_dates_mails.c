/* Dates in sentences of mails: what belongs together, what looks back, and what is no date at all. */
#include "tests/unit/text/dates_test.h"

static const struct dates_case mails[] = {
  { "Hallo Nachbarn, nächsten Samstag um 10 räumen wir auf. Treffpunkt ist am Rathaus, gegen 13 Uhr ist "
    "Schluss.",
    "2026-03-14 10:00 / 2026-03-14 13:00", "an end in another sentence" },
  { "Am 12.5. räumen wir auf. Treffpunkt ist um 10 Uhr am Rathaus.", "2026-05-12 10:00",
    "a bare clock belongs to the day before it" },
  { "Um 15 Uhr treffen wir uns am Samstag.", "2026-03-14 15:00", "or to the next in its sentence" },
  { "Wann? Am 12.5. Wo? Am Markt. Uhrzeit? 15 Uhr bis 17 Uhr", "2026-05-12 15:00 / 2026-05-12 17:00",
    "a mail" },
  { "Termin: 6.6.\nBeginn: 14 Uhr\nEnde: 18 Uhr", "2026-06-06 14:00 / 2026-06-06 18:00", "labels" },
  { "Datum: Samstag, 6. Juni\nZeit: 14 bis 18 Uhr\nOrt: Park", "2026-06-06 14:00 / 2026-06-06 18:00",
    "a mail" },
  { "6.6. Hoffest\nEinlass 14 Uhr, Beginn 15 Uhr", "2026-06-06 15:00", "the beginning counts" },
  { "Das Fest ist am 20. Mai um 14 Uhr. Der Aufbau beginnt um 10 Uhr.", "2026-05-20 14:00 | 2026-05-20 10:00",
    "another time of the same day" },
  { "Termine: 12.5., 19.5. und 26.5., jeweils 18 Uhr",
    "2026-05-12 18:00 | 2026-05-19 18:00 | 2026-05-26 18:00", "one clock for all" },
  { "Jeden letzten Freitag im Monat Spieleabend ab 19 Uhr", "2026-03-27 19:00 FREQ=MONTHLY;BYDAY=-1FR",
    "a mail" },
  { "Unser Café ist ab Mai jeden ersten Dienstag im Monat von 15 bis\n17 Uhr im Gemeindehaus.",
    "2026-05-05 15:00 / 2026-05-05 17:00 FREQ=MONTHLY;BYDAY=1TU", "over a line's end" },
  { "Am Samstag war es schön. Nächsten Samstag wieder um 10!", "2026-03-07< | 2026-03-14 10:00",
    "back and ahead" },
  { "Die Laterne wurde am 3.2. gemeldet.", "2026-02-03<", "looks back" },
  { "Wir waren am 3.5. dort.", "2025-05-03<", "a mail" },
  { "Wir haben am 3.2. eine Mail geschrieben.", "2026-02-03<", "the perfect tense" },
  { "Am 3.2. haben wir die Lampe gemeldet, am 12.5. kommen wir wieder.", "2026-02-03< | 2026-05-12",
    "clause by clause" },
  { "Ihr Schreiben vom 12.2.", "2026-02-12<", "a mail" },
  { "In meiner Mail vom 3.3. hatte ich gefragt", "2026-03-03<", "a mail" },
  { "Der Poller wird am 3.2. gesetzt.", "2027-02-03", "looks ahead" },
  { "Das nächste Mal am 12.5. Die Straße ist gesperrt.", "2026-05-12", "a mail" },
  { "Seit Dienstag ist die Ampel kaputt", "2026-03-03<+", "a mail" },
  { "Der Auftrag ist erteilt, die Firma setzt den Poller voraussichtlich bis Ende Mai.", "- / 2026-05-31!",
    "offices" },
  { "Der neue Poller wird in der 28. KW gesetzt.", "2026-07-06 / 2026-07-12 week", "a mail" },
  { "Die Reparatur ist für das II. Quartal vorgesehen.", "2026-04-01 / 2026-06-30 quarter", "a mail" },
  { "Die Arbeiten dauern voraussichtlich vom 4. bis 29. Mai.", "2026-05-04 / 2026-05-29", "a mail" },
  { "Bitte teilen Sie uns dies bis zum 15.04.2026 mit.", "- / 2026-04-15!", "a mail" },
  { "Wir melden uns innerhalb von zwei Wochen.", "- / 2026-03-24!", "a mail" },
  { "Die Bearbeitung dauert etwa drei Wochen.", "", "a mere duration" },
  { "Mit der Umsetzung ist Anfang des nächsten Jahres zu rechnen.", "2027-01-01 / 2027-02-28 month",
    "a mail" },
  { "Baubeginn: Mitte/Ende August", "2026-08-21 / 2026-08-31", "a mail" },
  { "Die Maßnahme ist für das Frühjahr 2027 geplant.", "2027-03-20 / 2027-06-20 quarter", "a mail" },
  { "Guten Abend, einen schönen Sonntag und gute Nacht!", "", "greetings" },
  { "Schönes Wochenende!", "", "a mail" },
  { "Trampolin 180,- und Erde 3.5 kg", "", "no dates" },
  { "Hausnr. 12, Nr. 3.5, Version 2.0.1", "", "a mail" },
  { "Tel. 030 555 0121 oder 0171-12 34 567", "", "a mail" },
  { "Ich wohne in der Griechischen Allee 59, 12459 Berlin", "", "a mail" },
  { "Straße des 17. Juni 135", "", "a mail" },
  { "Das kostet 12.50 Euro, also 2x 6.25 €", "", "a mail" },
  { "um 5 Euro, ab 10 Personen, gegen drei Stimmen", "", "a mail" },
  { "Stimme für 2 und 5", "", "a mail" },
  { "1. Bank\n2. Beet\n3. Lampe", "", "a list" },
  { "Punkt 3. der Tagesordnung", "", "a mail" },
  { "Wir kommen zu dritt", "", "a mail" },
  { "18 ja, 9 nein, 4 enth.", "", "a mail" },
  { "Ich mag den Mai und die Sonne", "2026-05-01 / 2026-05-31 month", "a mail" },
  { "so ist das, die mit dem Hund", "", "short weekdays are words" },
  { "Am Sonntag, so gegen 15 Uhr", "2026-03-15 15:00 hour", "a mail" },
  { "24 Stunden geöffnet", "", "a mail" },
  { "§ 3 Abs. 2", "", "a mail" },
  { "Dauer: 2 Stunden", "", "a mail" },
  { "4.5.2026 - 8.5.2026, jeweils 7:00-16:00 Uhr",
    "2026-05-04 / 2026-05-08 | 2026-05-04 07:00 / 2026-05-04 16:00", "a mail" },
};

static void sentences_are_understood(void **state)
{
  (void)state;
  check_dates(mails, G_N_ELEMENTS(mails), "de", &tuesday);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(sentences_are_understood),
  };
  return cmocka_run_group_tests(tests, setup_dates, NULL);
}
