/* Third-party data: what is flagged, and what only looks like it. */
#include "lib/text/facts/personal.h"

#include "lib/base/config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
// cmocka wants the headers above first
#include <cmocka.h>

enum {
  PLATE = PERSONAL_PLATE,
  PERSON = PERSONAL_PERSON,
  PHONE = PERSONAL_PHONE,
  ADDRESS = PERSONAL_ADDRESS,
  HEALTH = PERSONAL_HEALTH,
  FACE = PERSONAL_FACE
};

static const struct {
  unsigned found;
  const char *text;
} cases[] = {
  /* plates */
  { PLATE, "Der Transporter B-XY 1234 steht seit Wochen auf dem Gehweg." },
  { PLATE, "Ein weißer Golf, B XY 1234, parkt vor der Einfahrt" },
  { PLATE, "LOS-A 12E blockiert die Ladesäule" },
  { PLATE, "Kennzeichen BXY 1234" },
  { PLATE, "kennzeichen b-xy 1234 steht immer im parkverbot" },
  { PLATE, "Polnischer Anhänger, Kennzeichen WX 98765" },
  { PLATE, "Schrottauto mit dem Nummernschild B-AB123 in der Köllnischen Straße" },
  { PLATE, "MOL-KK 77 hat den Poller umgefahren" },
  { PLATE, "The car B-XY 1234 is parked on the pavement" },
  { 0, "Die Geräte entsprechen DIN EN 1176." },
  { 0, "Papier in A4, 80 Blatt" },
  { 0, "Die S-Bahn S 46 fährt nicht" },
  { 0, "Buslinie M 11 und X 69 halten nicht mehr" },
  { 0, "[KP-2026-0198] Poller umgefahren" },
  { 0, "Kosten: EUR 250 und 3 Stück à 45 EUR" },
  /* people */
  { PERSON | ADDRESS, "Herr S. aus Nr. 14 stellt seinen Sperrmüll raus." },
  { PERSON, "Mein Nachbar Uwe Klein lässt den Hund frei laufen." },
  { PERSON, "Frau Lemke lässt ihren Müll im Hof liegen" },
  { PERSON, "die Familie Yılmaz grillt jeden Abend auf dem Balkon" },
  { PERSON, "Der Hausmeister Schulz kümmert sich nicht" },
  { PERSON, "Das war bestimmt wieder der Uwe K. aus unserem Haus" },
  { PERSON, "Ich habe mit Sabine Krüger gesprochen, sie weiß von nichts." },
  { PERSON | ADDRESS, "Frau Dr. Neumann wohnt in der Schnellerstraße 104." },
  { PERSON, "hr. Wolff hat das Fahrrad abgestellt" },
  { PERSON, "My neighbour John Smith dumps his rubbish there" },
  { PERSON, "Komşumuz Mehmet Bey çöpü sokağa atıyor" },
  { PERSON, "Мой сосед Иван Петров выбрасывает мусор" },
  { 0, "Sehr geehrte Frau Muster, die Laterne ist kaputt." },
  { 0, "Guten Tag Herr Yildiz,\nim Hof ist es dunkel." },
  { 0, "Die Laterne ist kaputt.\n\nViele Grüße\nUwe Klein" },
  { 0, "Die Laterne ist kaputt.\n\nMit freundlichen Grüßen\n\nFrau Lemke" },
  { 0, "Mein Name ist Uwe Klein, ich wohne hier." },
  { 0, "In der Anna-Seghers-Straße 12 ist ein Loch." },
  { 0, "Karl-Marx-Allee, Ecke Otto Braun Straße" },
  { 0, "Vor der Heinrich-Zille-Grundschule liegt Glas" },
  { 0, "Die Frau Bürgermeisterin war auch da." },
  { 0, "Herr Lehmann vom Ordnungsamt war da." },
  { 0, "Meine Frau Mittwoch, ich Donnerstag." },
  { 0, "Eine Frau ist gestürzt" },
  { 0, "Meine Frau und ich kommen zu zweit" },
  { 0, "Das Ordnungsamt und die BSR waren schon da." },
  { 0, "Die Nachbarn sind einverstanden." },
  { 0, "Mein Nachbar und ich räumen auf." },
  /* who signs on the same line */
  { 0, "Die Lampe ist kaputt. Gruß Anna Berg" },
  { 0, "The lamp is out, kind regards Anna Berg" },
  { PHONE, "Ampel kaputt LG Anna Berg 0171 5550134" },
  { PERSON, "Gruß an Anna Berg, die umgezogen ist" },
  { PERSON, "Viele Grüße Anna Berg. Der Nachbar Uwe Klein parkt auf dem Gehweg" },
  /* telephones */
  { PHONE, "Ruft mich an unter 030 555 0134" },
  { PHONE, "0171/5550134 ab 18 Uhr" },
  { PHONE, "Tel. 55 50 134" },
  { PHONE, "+49 30 5550134" },
  { PHONE, "(030) 555-01 34" },
  { PHONE, "Handynummer 01705550134" },
  { 0, "am 01.02.2026 um 18.30 Uhr" },
  { 0, "12439 Berlin, Sterndamm 41" },
  { 0, "Die 110 und die 112 habe ich schon angerufen." },
  { 0, "Kosten 1.200,50 Euro" },
  { 0, "von 08-16 Uhr" },
  { 0, "0,50 Euro pro Person" },
  /* addresses of mail */
  { ADDRESS, "Schreibt an lothar@example.org" },
  { ADDRESS, "uwe.klein@web.example weiß mehr" },
  { 0, "Treffen @ Spielplatz" },
  /* health */
  { HEALTH, "Meine Nachbarin ist krank und braucht Hilfe beim Einkauf" },
  { HEALTH, "Er hat Krebs." },
  { HEALTH, "Sie liegt im Krankenhaus" },
  { HEALTH, "Der alte Mann ist dement und findet nicht nach Hause" },
  { HEALTH, "nach seinem Schlaganfall kann er die Treppe nicht mehr steigen" },
  { HEALTH, "He is in hospital" },
  { HEALTH, "Она в больнице" },
  { 0, "Die Linde ist krank und muss gefällt werden" },
  { 0, "Vor dem Krankenhaus Köpenick ist die Ampel aus" },
  { 0, "Der Baum ist schwer krank" },
  /* faces */
  { FACE, "Auf dem Foto sieht man ihn genau" },
  { FACE, "Die Kinder sind auf dem Bild gut zu erkennen" },
  { FACE, "Ich habe den Täter gefilmt" },
  { FACE, "man erkennt die Personen" },
  { 0, "Foto hängt dran" },
  { 0, "Auf dem Foto sehen Sie die Laterne" },
  { 0, "Im Bild der Poller" },
  /* several */
  { PERSON | PLATE, "Herr Wolff mit seinem B-XY 1234 parkt die Einfahrt zu" },
  { PERSON | HEALTH, "Frau Lemke ist krank, wer kann ihr helfen?" },
  { PERSON | PHONE, "Fragt Herrn Schmidt, 0171 5550134" },
  /* nothing */
  { 0, "" },
  { 0, "Licht aus seit Sonntag" },
  { 0, "Vor Nr. 14 liegt Sperrmüll" },
  { 0, "Ich schlage eine Bank für 279 Euro vor. Aufstellen wollen wir sie am 13. Juni." },
};

static void third_parties_are_flagged(void **state)
{
  (void)state;
  static const char *const languages[] = { NULL };
  int wrong = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(passage_t) passage = passage_new(cases[i].text, languages[0], 0);
    unsigned found = personal_find(passage);
    if (found == cases[i].found) continue;
    print_error("%02x for %02x: %s\n", found, cases[i].found, cases[i].text);
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
  const struct CMUnitTest tests[] = { cmocka_unit_test(third_parties_are_flagged) };
  return cmocka_run_group_tests_name("third parties", tests, setup, NULL);
}
