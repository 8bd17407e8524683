/* Cutting: own words, signature and quote of texts as clients write them, and that it is linear. */
#include "tests/unit/mail/mail_test.h"

#include "lib/mail/cut/cut.h"
#include "tests/support/cpu.h"

struct cut_case {
  const char *why, *text, *own;
  const char *signature; /* NULL: none */
  bool has_quote;
};

#define HEAD                                                                                                 \
  "Von: Jens Ott <j@ott.example>\nGesendet: Sonntag, 22. März 2026 18:03\nAn: kiez\nBetreff: Beete\n\n"

static const struct cut_case cases[] = {
  { "plain text stays", "Ja, gern.\n\nUm zehn?", "Ja, gern.\n\nUm zehn?", NULL, false },
  { "a quote goes with the line above it", "Ja!\n\nAm 22.03.26 um 18:03 schrieb Jens Ott:\n> Kommt ihr?",
    "Ja!", NULL, true },
  { "wrapped in two",
    "Ja!\n\nAm So., 22. März 2026 um 18:03 Uhr schrieb Jens Ott <\nj@ott.example>:\n\n> Kommt ihr?", "Ja!",
    NULL, true },
  { "wrapped in three, the last a mere colon",
    "Ja!\n\nAm So., 22. März 2026 um 18:03 Uhr schrieb Jens Ott\n<j.ott@ott.example\n>:\n\nKommt ihr?", "Ja!",
    NULL, true },
  { "announced in a quote, and not marked below",
    "Oui.\n\n> Le 22 mars 2026 à 18:03, Jens Ott <j@ott.example> a écrit :\n\nKommt ihr?", "Oui.", NULL,
    true },
  { "a date in figures and a short month begins it",
    "Evet.\n\n22 Mar 2026 Paz 18:03 tarihinde Jens Ott <j@ott.example> şunu yazdı:\n\nKommt ihr?", "Evet.",
    NULL, true },
  { "a rule of two dashes below which a text goes on",
    "Zutaten:\n--\nMehl\nZucker\n\nBringt das bitte am Samstag mit.",
    "Zutaten:\n--\nMehl\nZucker\n\nBringt das bitte am Samstag mit.", NULL, false },
  { "two dashes and a name", "Ja.\n--\nDoris", "Ja.", "--\nDoris", false },
  { "the verb first, the time last",
    "Ja!\n\nJens Ott <j@ott.example> schrieb am So., 22.\nMärz 2026, 18:03:\n\n> Kommt ihr?", "Ja!", NULL,
    true },
  { "without any sign below", "Ja!\n\nAm 22.03.2026 um 18:03 schrieb Jens Ott <j@ott.example>:\n\nKommt ihr?",
    "Ja!", NULL, true },
  { "what an office wrote is no quote", "Das Amt schrieb mir am 12. März:\nDie Bank kommt.",
    "Das Amt schrieb mir am 12. März:\nDie Bank kommt.", NULL, false },
  { "a bar above what announces it",
    "Ja!\n\n--------------------\nJens Ott <j@ott.example> schrieb am So, 22.3.2026:\n\n Betreff: Beete\n "
    "An: kiez\n\n "
    "Kommt ihr?",
    "Ja!", NULL, true },
  { "wrapped behind a long day",
    "Tak.\n\nW dniu niedziela, 22 marca\n2026 Jens Ott <j@ott.example> napisał(a):\n\n> Kommt ihr?", "Tak.",
    NULL, true },
  { "an advertisement with its address",
    "Ja!\n\nMit AquaMail Android gesendet\nhttps://www.mobisystems.com/aqua-mail", "Ja!",
    "Mit AquaMail Android gesendet\nhttps://www.mobisystems.com/aqua-mail", false },
  { "an advertisement with a link of Markdown",
    "Yes!\n\nSent with [Proton Mail](https://proton.me/) secure email.", "Yes!",
    "Sent with [Proton Mail](https://proton.me/) secure email.", false },
  { "a head", "Ja!\n\n" HEAD "Kommt ihr?", "Ja!", NULL, true },
  { "a bold head in another order",
    "Ja!\n\n*Betreff:* Beete\n*An:* kiez\n*Von:* Jens <j@ott.example>\n\nKommt ihr?", "Ja!", NULL, true },
  { "a head in one line",
    "Ja!\n\nVon: Jens <j@ott.example> Gesendet: So 18:03 An: kiez Betreff: Beete\n\nKommt ihr?", "Ja!", NULL,
    true },
  { "a bar with words", "Ja!\n-----Ursprüngliche Nachricht-----\nKommt ihr?", "Ja!", NULL, true },
  { "own words with colons are no head", "Wann: Samstag\nWo: Park\nAn: alle\nBringt Kuchen mit.",
    "Wann: Samstag\nWo: Park\nAn: alle\nBringt Kuchen mit.", NULL, false },
  { "answers between quotes keep them",
    "Am 22.03.26 um 18:03 schrieb Jens Ott:\n> Wann?\nUm zehn.\n> Wo?\nIm Park.",
    "> Wann?\nUm zehn.\n> Wo?\nIm Park.", NULL, true },
  { "one answer below all of it does not", "Am 22.03.26 um 18:03 schrieb Jens Ott:\n> Wann?\n\nUm zehn.",
    "Um zehn.", NULL, true },
  { "quoted by hand it stays", "> Wann?\n\nUm zehn.", "> Wann?\n\nUm zehn.", NULL, true },
  { "a forward with nothing above is the text",
    "---------- Weitergeleitete Nachricht ----------\n" HEAD "Die Brücke ist zu.", "Die Brücke ist zu.", NULL,
    true },
  { "a signature", "Ja.\n\n-- \nDoris\nFliederweg 3", "Ja.", "--\nDoris\nFliederweg 3", false },
  { "a rule between own words",
    "Oben steht viel Text.\n---\nUnten steht noch mehr Text, der wichtig ist, und das ist gut so.",
    "Oben steht viel Text.\n---\nUnten steht noch mehr Text, der wichtig ist, und das ist gut so.", NULL,
    false },
  { "a farewell", "Ja.\n\nViele Grüße\nDoris", "Ja.", "Viele Grüße\nDoris", false },
  { "a short one", "Ja.\nLG Doris", "Ja.", "LG Doris", false },
  { "thanks and a farewell", "Ja.\n\nDanke und liebe Grüße\nDoris", "Ja.", "Danke und liebe Grüße\nDoris",
    false },
  { "what a head refers to is no farewell",
    "Bearbeiter: Herr Krause\nIhr Schreiben vom 02.03.2026\n\nDie Schranke kommt.\n\nViele Grüße\nKrause",
    "Bearbeiter: Herr Krause\nIhr Schreiben vom 02.03.2026\n\nDie Schranke kommt.", "Viele Grüße\nKrause",
    false },
  { "nor is the sign it bears", "Telefon: 90297-1234\nIhr Zeichen: 12\n\nDie Schranke kommt.",
    "Telefon: 90297-1234\nIhr Zeichen: 12\n\nDie Schranke kommt.", NULL, false },
  { "whose office signs is a farewell", "Die Schranke kommt.\n\nIhr Ordnungsamt\nTel. 90297-1234",
    "Die Schranke kommt.", "Ihr Ordnungsamt\nTel. 90297-1234", false },
  { "nothing but a farewell", "LG Doris", "LG Doris", NULL, false },
  { "a postscript stays", "Ja.\n\nLG Doris\n\nPS: Um zehn!", "Ja.\n\nPS: Um zehn!", "LG Doris", false },
  { "a telephone's advertisement", "Ja.\n\nVon meinem iPhone gesendet", "Ja.", "Von meinem iPhone gesendet",
    false },
  { "another", "Ja.\n\nGesendet mit der GMX Mail App", "Ja.", "Gesendet mit der GMX Mail App", false },
  { "a sentence that begins alike", "Ja.\n\nVon meinem Fenster aus sehe ich es.",
    "Ja.\n\nVon meinem Fenster aus sehe ich es.", NULL, false },
  { "only a quote is not nothing", "> Kommt ihr?", "> Kommt ihr?", NULL, true },
  { "nothing is nothing", "", "", NULL, false },
};

static void check(const char *why, const char *got, const char *expected)
{
  if (!g_str_equal(got, expected)) fail_msg("%s: got '%s', not '%s'", why, got, expected);
}

static void own_words_are_told_from_others(void **state)
{
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    const struct cut_case *c = &cases[i];
    struct cut_text cut;
    cut_text(c->text, &(struct cut_hints){ .subject = "AW: Beete" }, &cut);
    check(c->why, cut.text_new, c->own);
    check(c->why, cut.signature, c->signature ? c->signature : "");
    if (cut.has_quote != c->has_quote) fail_msg("%s: has_quote is %d", c->why, cut.has_quote);
    cut_text_clear(&cut);
  }
}

static void forwards_are_marked(void **state)
{
  (void)state;
  struct cut_text cut;
  cut_text("Seht mal!\n\n" HEAD "Die Brücke ist zu.", &(struct cut_hints){ .subject = "WG: Brücke" }, &cut);
  assert_string_equal(cut.text_new, "Seht mal!");
  assert_string_equal(cut.forwarded, "Die Brücke ist zu.");
  cut_text_clear(&cut);
}

static const char PARENT[] = "Hallo zusammen,\nam Samstag pflanzen wir die Beete vor der Kita neu.\n"
                             "Wir brauchen noch Spaten und etwas Geld für Erde.\n";

static const char PARENT_WHOLE[] =
    "Hallo zusammen,\nam Samstag pflanzen wir die Beete vor der Kita neu.\n"
    "Wir brauchen noch Spaten und etwas Geld für Erde.\n\nHerzliche Grüße\nJens Müller\n";

static void what_stands_in_the_parent_is_quote(void **state)
{
  (void)state;
  static const struct {
    const char *why, *text, *own; /* NULL: nothing to take out */
  } with_parent[] = {
    { "wrapped anew at the end",
      "Ja!\n\nHallo zusammen, am Samstag pflanzen\nwir die Beete vor der Kita neu. Wir\nbrauchen noch Spaten "
      "und etwas Geld f?r Erde.",
      "Ja!" },
    { "with a line above it",
      "Ja!\nJens raše:\nHallo zusammen,\nam Samstag pflanzen wir die Beete vor der Kita neu.\nWir brauchen "
      "noch Spaten und etwas Geld für Erde.",
      "Ja!" },
    { "before the answer",
      "Hallo zusammen,\nam Samstag pflanzen wir die Beete vor der Kita neu.\nWir brauchen noch Spaten und "
      "etwas Geld für Erde.\n\nIch komme.",
      "Ich komme." },
    { "with its farewell, in a broken charset",
      "Ja!\n\nHallo zusammen,\nam Samstag pflanzen wir die Beete vor der Kita neu.\nWir brauchen noch Spaten "
      "und "
      "etwas Geld fÃ¼r Erde.\n\nHerzliche GrÃ¼ÃŸe\nJens MÃ¼ller",
      "Ja!" },
    { "with question marks",
      "Ja!\n\nHallo zusammen,\nam Samstag pflanzen wir die Beete vor der Kita neu.\nWir brauchen noch Spaten "
      "und "
      "etwas Geld f?r Erde.\n\nHerzliche Gr??e\nJens M?ller",
      "Ja!" },
    { "in ASCII",
      "Ja!\n\nHallo zusammen,\nam Samstag pflanzen wir die Beete vor der Kita neu.\nWir brauchen noch Spaten "
      "und "
      "etwas Geld fuer Erde.\n\nHerzliche Gruesse\nJens Mueller",
      "Ja!" },
    { "in entities",
      "Ja!\n\nHallo zusammen,\nam Samstag pflanzen wir die Beete vor der Kita neu.\nWir brauchen noch Spaten "
      "und "
      "etwas Geld f&uuml;r Erde.\n\nHerzliche Gr&uuml;&szlig;e\nJens M&uuml;ller",
      "Ja!" },
    { "in quoted-printable that nobody decoded",
      "Ja!\n\nHallo zusammen,\nam Samstag pflanzen wir die Beete vor der Kita neu.\nWir brauchen noch Spaten "
      "und "
      "etwas Geld f=C3=BCr Erde.\n\nHerzliche Gr=C3=BC=C3=9Fe\nJens M=C3=BCller",
      "Ja!" },
    { "with marks of their own",
      "Ja!\n\nHallo zusammen,\nam Samstag pflanzen wir die Beete vor der Kita neu.\nWir brauchen noch Spaten "
      "und "
      "etwas Geld fu\xCC\x88r Erde.\n\nHerzliche Gru\xCC\x88\xC3\x9F"
      "e\nJens Mu\xCC\x88ller",
      "Ja!" },
    { "with its farewell before the answer",
      "Hallo zusammen,\nam Samstag pflanzen wir die Beete vor der Kita neu.\nWir brauchen noch Spaten und "
      "etwas Geld für Erde.\n\nHerzliche Grüße\nJens Müller\n\nIch komme.",
      "Ich komme." },
    { "between its lines, each with the line that is answered",
      "Hallo zusammen,\nam Samstag pflanzen wir die Beete vor der Kita neu.\nIch komme.\nWir brauchen noch "
      "Spaten "
      "und etwas Geld für Erde.\nSpaten habe ich.\nHerzliche Grüße\nJens Müller",
      "> am Samstag pflanzen wir die Beete vor der Kita neu.\nIch komme.\n> Wir brauchen noch Spaten und "
      "etwas "
      "Geld für Erde.\nSpaten habe ich." },
    { "marked lines, each above its answer: the first keeps its line, too",
      "> am Samstag pflanzen wir die Beete vor der Kita neu.\n\nDa bin ich weg.\n\n> Wir brauchen noch "
      "Spaten "
      "und etwas Geld für Erde.\n\nSpaten habe ich.",
      NULL },
    { "one marked line above its answer",
      "> Wir brauchen noch Spaten und etwas Geld für Erde.\n\nEinen Spaten bringe ich mit.", NULL },
    { "all of it marked above the answer",
      "> Hallo zusammen,\n> am Samstag pflanzen wir die Beete vor der Kita neu.\n> Wir brauchen noch Spaten "
      "und etwas Geld für Erde.\n>\n> Herzliche Grüße\n> Jens Müller\n\nIch komme.",
      "Ich komme." },
    { "a few words said again stay", "Die Beete vor der Kita sind schön.", NULL },
    { "nothing else is there",
      "Hallo zusammen,\nam Samstag pflanzen wir die Beete vor der Kita neu.\nWir brauchen noch Spaten und "
      "etwas Geld für Erde.",
      NULL },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(with_parent); i++) {
    bool has_quote = false;
    g_autofree char *own =
        cut_by_parent(with_parent[i].text, with_parent[i].text, PARENT, PARENT_WHOLE, &has_quote);
    if (g_strcmp0(own, with_parent[i].own) != 0) fail_msg("%s: got '%s'", with_parent[i].why, own);
    assert_int_equal(has_quote, with_parent[i].own != NULL);
  }
}

/* Whether anything is the sender's own: a slip of the thumb sends a quote and nothing else. */
static void what_says_nothing_of_its_own_is_told(void **state)
{
  (void)state;
  static const struct {
    const char *subject, *text;
    bool only_quotes;
  } answers[] = {
    { "AW: Tour", "\n" HEAD "Wer kommt mit?", true },
    { "Re: Tour", "\nAm 2.3.2026 um 10:00 schrieb Ben <ben@web.de>:\n> Wer kommt mit?", true },
    { "Re: Tour", "Ich!\n\nAm 2.3.2026 um 10:00 schrieb Ben <ben@web.de>:\n> Wer kommt mit?", false },
    { "AW: Tour", "Viele Grüße\nDora\n\n" HEAD "Wer kommt mit?", false },
    { "WG: Tour", "\n" HEAD "Wer kommt mit?", false },
    { "Tour", "Wer kommt mit?", false },
    { "Tour", "", false },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(answers); i++) {
    struct cut_text cut;
    cut_text(answers[i].text, &(struct cut_hints){ .subject = answers[i].subject }, &cut);
    if (cut.only_quotes != answers[i].only_quotes) fail_msg("%s: got '%s'", answers[i].text, cut.text_new);
    cut_text_clear(&cut);
  }
}

/* Two telephones write to each other: what both put below is no quote, and what follows it no answer. */
static void a_farewell_that_both_have_parts_nothing(void **state)
{
  (void)state;
  bool has_quote = true;
  g_autofree char *own = cut_by_parent(
      "stumm",
      "stumm\n\nVon meinem iPhone gesendet\n\nAm 27.11.2026 um 23:42 schrieb Bernd über Runde\n"
      "<runde@kiez.example>:\n> Wem gehört die graue Katze?\n> \n> Von meinem iPhone gesendet",
      "Wem gehört die graue Katze?", "Wem gehört die graue Katze?\n\nVon meinem iPhone gesendet", &has_quote);
  if (own) fail_msg("got '%s'", own);
}

static void hostile_bodies_take_linear_time(void **state)
{
  (void)state;
  static const char *const units[] = {
    ">",
    "> ",
    ">\n",
    "> a\n",
    "Am … schrieb\n",
    "Am 2.3.2026 um 10:00 schrieb\n",
    "Am 2.3. schrieb a:\n",
    "a:\n",
    "Von: a\n",
    "Von: a\nx\n",
    "-- \n",
    "----\n",
    "LG\n",
    "Von meinem iPhone gesendet\n",
    "> a\nb:\n",
    "----- a -----\n",
    "a ",
    "\n",
    "> Begin forwarded message:\n> From: a@b\n> To: c\n> Subject: d\ne\n",
    "a@b.de schrieb: ",
    ">>> a >>>\n",
  };
  for (gsize i = 0; i < G_N_ELEMENTS(units); i++) {
    g_autoptr(GString) text = g_string_new(NULL);
    while (text->len < 1000 * 1000) g_string_append(text, units[i]);
    int64_t begin = cpu_ms();
    struct cut_text cut;
    cut_text(text->str, &(struct cut_hints){ .parent_text = PARENT }, &cut);
    cut_text_clear(&cut);
    int64_t taken = cpu_ms() - begin;
    if (taken > 100) fail_msg("'%s' repeated took %d ms", units[i], (int)taken);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(own_words_are_told_from_others),
    cmocka_unit_test(forwards_are_marked),
    cmocka_unit_test(what_stands_in_the_parent_is_quote),
    cmocka_unit_test(what_says_nothing_of_its_own_is_told),
    cmocka_unit_test(a_farewell_that_both_have_parts_nothing),
    cmocka_unit_test(hostile_bodies_take_linear_time),
  };
  return cmocka_run_group_tests(tests, setup_mail, NULL);
}
