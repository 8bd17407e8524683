/* Moderators answer: yes, no, wait, why, and what shall be left out. */
#include "tests/unit/lists/understand/answers/answering.h"

static struct meaning *moderated(const char *text)
{
  return answer_to(text, (struct answering){ .language = NULL }, INTENT_MODERATION, read_moderation);
}

static void one_word_decides(void **state)
{
  (void)state;
  static const struct {
    enum moderation decision;
    const char *text, *redact; /* codes, blank between; NULL: none */
  } cases[] = {
    { MODERATION_NONE, "raus damit", NULL },
    { MODERATION_NONE, "bitte nicht löschen", NULL },
    { MODERATION_NONE, "Nein, nicht löschen!", NULL },
    { MODERATION_APPROVE, "nicht löschen, freigeben", NULL },
    { MODERATION_REJECT, "nicht freigeben, löschen", NULL },
    { MODERATION_WAIT, "mach ich morgen", NULL },
    { MODERATION_WAIT, "Kümmer ich mich später drum", NULL },
    { MODERATION_WAIT, "morgen schau ich", NULL },
    { MODERATION_WAIT, "komme heute nicht dazu", NULL },
    { MODERATION_APPROVE, "hau raus", NULL },
    { MODERATION_APPROVE, "raus damit an alle", NULL },
    { MODERATION_APPROVE, "ok", NULL },
    { MODERATION_APPROVE, "OK!!!", NULL },
    { MODERATION_APPROVE, "Okay", NULL },
    { MODERATION_APPROVE, "o.k.", NULL },
    { MODERATION_APPROVE, "ja", NULL },
    { MODERATION_APPROVE, "Ja bitte", NULL },
    { MODERATION_APPROVE, "Jo", NULL },
    { MODERATION_APPROVE, "jep, passt", NULL },
    { MODERATION_APPROVE, "passt", NULL },
    { MODERATION_APPROVE, "Passt so.", NULL },
    { MODERATION_APPROVE, "frei", NULL },
    { MODERATION_APPROVE, "FREIGEBEN", NULL },
    { MODERATION_APPROVE, "freigegeben", NULL },
    { MODERATION_APPROVE, "bitte freischalten", NULL },
    { MODERATION_APPROVE, "durchwinken", NULL },
    { MODERATION_APPROVE, "geht klar", NULL },
    { MODERATION_APPROVE, "geht durch", NULL },
    { MODERATION_APPROVE, "kann raus", NULL },
    { MODERATION_APPROVE, "kann so raus", NULL },
    { MODERATION_APPROVE, "darf gerne raus", NULL },
    { MODERATION_APPROVE, "lass raus", NULL },
    { MODERATION_APPROVE, "hau raus", NULL },
    { MODERATION_APPROVE, "von mir aus", NULL },
    { MODERATION_APPROVE, "meinetwegen", NULL },
    { MODERATION_APPROVE, "in Ordnung", NULL },
    { MODERATION_APPROVE, "i.O.", NULL },
    { MODERATION_APPROVE, "keine Einwände", NULL },
    { MODERATION_APPROVE, "spricht nichts dagegen", NULL },
    { MODERATION_APPROVE, "hab nix dagegen", NULL },
    { MODERATION_APPROVE, "kein Problem", NULL },
    { MODERATION_APPROVE, "veröffentlichen", NULL },
    { MODERATION_APPROVE, "kann veroeffentlicht werden", NULL },
    { MODERATION_APPROVE, "online stellen", NULL },
    { MODERATION_APPROVE, "genehmigt", NULL },
    { MODERATION_APPROVE, "Sieht gut aus", NULL },
    { MODERATION_APPROVE, "👍", NULL },
    { MODERATION_APPROVE, "+1", NULL },
    { MODERATION_APPROVE, "approve", NULL },
    { MODERATION_APPROVE, "yes, fine with me", NULL },
    { MODERATION_APPROVE, "onaylıyorum", NULL },
    { MODERATION_APPROVE, "tamam", NULL },
    { MODERATION_APPROVE, "одобряю", NULL },
    { MODERATION_APPROVE, "да", NULL },
    { MODERATION_APPROVE, "Guten Morgen, ja, das kann so in den Verteiler. LG Jutta", NULL },
    { MODERATION_APPROVE, "Alles gut, harmlos.", NULL },
    { MODERATION_APPROVE, "rein damit", NULL },
    { MODERATION_APPROVE, "Warum nicht", NULL },
    { MODERATION_APPROVE, "nein, nichts dagegen, kann raus", NULL },
    /* left out */
    { MODERATION_APPROVE, "ok aber Telefonnummer raus", "phone" },
    { MODERATION_APPROVE, "ok, telefonnummer aber vorher entfernen", "phone" },
    { MODERATION_APPROVE, "Nummer muss raus, sonst ok", "phone" },
    { MODERATION_APPROVE, "bitte ohne den Namen", "name" },
    { MODERATION_APPROVE, "ja, Foto weglassen", "photo" },
    { MODERATION_APPROVE, "Ok, aber ohne Telefonnummer und Adresse", "phone address" },
    { MODERATION_APPROVE, "Name, Telefon und Adresse bitte raus, dann ok", "name phone address" },
    { MODERATION_APPROVE, "Handynummer löschen, Rest kann raus", "phone" },
    { MODERATION_APPROVE, "kann raus, aber die E-Mail-Adresse schwärzen", "email" },
    { MODERATION_APPROVE, "Freigabe, Kennzeichen unkenntlich machen", "plate" },
    { MODERATION_APPROVE, "Telefonnr. streichen", "phone" },
    { MODERATION_APPROVE, "ja aber das bild nicht", "photo" },
    { MODERATION_APPROVE, "passt, nur die Hausnummer nicht veröffentlichen", "address" },
    { MODERATION_APPROVE, "Gesichter verpixeln, dann gern", "face" },
    { MODERATION_APPROVE, "ok without phone number", "phone" },
    { MODERATION_APPROVE, "yes, but remove the address", "address" },
    { MODERATION_APPROVE, "tamam ama telefon numarası silinsin", "phone" },
    { MODERATION_APPROVE, "да, но без телефона", "phone" },
    { MODERATION_APPROVE, "okay, nachname abkürzen bitte", "name" },
    { MODERATION_APPROVE, "erst Tel.-Nr. raus, dann frei", "phone" },
    { MODERATION_APPROVE, "ja, mail adresse raus", "email" },
    { MODERATION_APPROVE, "Bitte die Telefonnummer entfernen.", "phone" },
    /* no */
    { MODERATION_REJECT, "nein", NULL },
    { MODERATION_REJECT, "Nein!", NULL },
    { MODERATION_REJECT, "nö", NULL },
    { MODERATION_REJECT, "nee, lieber nicht", NULL },
    { MODERATION_REJECT, "nein, das ist Werbung", NULL },
    { MODERATION_REJECT, "nö, hatten wir letzte woche schon", NULL },
    { MODERATION_REJECT, "loeschen", NULL },
    { MODERATION_REJECT, "Löschen!", NULL },
    { MODERATION_REJECT, "bitte löschen", NULL },
    { MODERATION_REJECT, "weg damit", NULL },
    { MODERATION_REJECT, "Spam", NULL },
    { MODERATION_REJECT, "ist doppelt", NULL },
    { MODERATION_REJECT, "ablehnen", NULL },
    { MODERATION_REJECT, "abgelehnt, gehört nicht hierher", NULL },
    { MODERATION_REJECT, "nicht freigeben", NULL },
    { MODERATION_REJECT, "bitte nicht veröffentlichen", NULL },
    { MODERATION_REJECT, "kann so nicht raus", NULL },
    { MODERATION_REJECT, "geht so nicht", NULL },
    { MODERATION_REJECT, "auf keinen Fall", NULL },
    { MODERATION_REJECT, "nicht ok", NULL },
    { MODERATION_REJECT, "das ist eine Beleidigung", NULL },
    { MODERATION_REJECT, "kommt nicht rein", NULL },
    { MODERATION_REJECT, "ab in die Tonne", NULL },
    { MODERATION_REJECT, "👎", NULL },
    { MODERATION_REJECT, "reject", NULL },
    { MODERATION_REJECT, "no, this is advertising", NULL },
    { MODERATION_REJECT, "hayır", NULL },
    { MODERATION_REJECT, "нет, это реклама", NULL },
    { MODERATION_REJECT, "Ja, löschen", NULL },
    { MODERATION_REJECT, "Parteiwerbung, nicht bei uns", NULL },
    { MODERATION_REJECT, "Nein, da steht eine Telefonnummer drin", NULL },
    { MODERATION_REJECT, "ok ... nee, doch nicht", NULL },
    { MODERATION_REJECT, "Thema verfehlt", NULL },
    { MODERATION_REJECT, "sperren", NULL },
    { MODERATION_REJECT, "Das gehört hier nicht hin.", NULL },
    /* wait */
    { MODERATION_WAIT, "warte mal", NULL },
    { MODERATION_WAIT, "warte mal bis ich mit Heike gesprochen hab", NULL },
    { MODERATION_WAIT, "noch nicht", NULL },
    { MODERATION_WAIT, "noch nicht freigeben", NULL },
    { MODERATION_WAIT, "Moment, ich frage erst nach", NULL },
    { MODERATION_WAIT, "muss ich erst klären", NULL },
    { MODERATION_WAIT, "bin mir nicht sicher", NULL },
    { MODERATION_WAIT, "bitte zurückstellen", NULL },
    { MODERATION_WAIT, "später", NULL },
    { MODERATION_WAIT, "ich schau mir das heute Abend an", NULL },
    { MODERATION_WAIT, "stopp, erst mit dem Pfarrer reden", NULL },
    { MODERATION_WAIT, "wait", NULL },
    { MODERATION_WAIT, "not sure, let me check", NULL },
    { MODERATION_WAIT, "bekle", NULL },
    { MODERATION_WAIT, "подождите", NULL },
    { MODERATION_WAIT, "Rücksprache mit Heike läuft", NULL },
    { MODERATION_WAIT, "lass das noch liegen, ich melde mich", NULL },
    { MODERATION_WAIT, "Ok, aber erst ab Montag", NULL },
    /* unclear */
    { MODERATION_NONE, "Wer ist das?", NULL },
    { MODERATION_NONE, "", NULL },
    { MODERATION_NONE, "Grüße vom Balkon", NULL },
  };
  guint wrong = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(meaning_t) got = moderated(cases[i].text);
    g_ptr_array_add(got->redact, NULL);
    g_autofree char *redact = g_strjoinv(" ", (char **)got->redact->pdata);
    g_ptr_array_remove_index(got->redact, got->redact->len - 1);
    if (got->decision == cases[i].decision && g_str_equal(redact, cases[i].redact ? cases[i].redact : ""))
      continue;
    print_error("%s: %s [%s], not %s [%s]\n", cases[i].text, moderation_word(got->decision), redact,
                moderation_word(cases[i].decision), cases[i].redact);
    wrong++;
  }
  assert_int_equal(wrong, 0);
}

static void a_no_has_its_reason(void **state)
{
  (void)state;
  static const struct {
    const char *text, *reason;
  } cases[] = {
    { "nö, hatten wir letzte woche schon", "hatten wir letzte woche schon" },
    { "Nein. Das ist Werbung.", "Das ist Werbung" },
    { "Das ist Werbung, bitte löschen", "Das ist Werbung, bitte" },
    { "Spam", "Spam" },
    { "nein", NULL },
    { "ablehnen - persönlicher Angriff", "persönlicher Angriff" },
    { "ok", NULL },
    { "reject: duplicate", "duplicate" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(meaning_t) got = moderated(cases[i].text);
    if (g_strcmp0(got->moderation_reason, cases[i].reason) != 0)
      print_error("%s: %s\n", cases[i].text, got->moderation_reason);
    assert_true(g_strcmp0(got->moderation_reason, cases[i].reason) == 0);
  }
}

static void who_asks_has_not_decided(void **state)
{
  (void)state;
  static const char *const questions[] = { "Hm, was soll das denn heißen?", "Was soll das?",
                                           "Ist das nicht Werbung?", "Wer ist das überhaupt?" };
  for (gsize i = 0; i < G_N_ELEMENTS(questions); i++) {
    g_autoptr(meaning_t) got = moderated(questions[i]);
    if (got->decision == MODERATION_REJECT || got->decision == MODERATION_APPROVE)
      fail_msg("%s", questions[i]);
  }
  g_autoptr(meaning_t) no = moderated("Nein, was soll das?");
  assert_int_equal(no->decision, MODERATION_REJECT);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(one_word_decides),
    cmocka_unit_test(a_no_has_its_reason),
    cmocka_unit_test(who_asks_has_not_decided),
  };
  return cmocka_run_group_tests(tests, load_phrases, NULL);
}
