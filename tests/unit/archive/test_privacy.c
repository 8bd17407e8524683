/* The privacy gate: what must go, what must stay, and that it takes linear time. */
#include "tests/support/cpu.h"
#include "web-archive/privacy.h"

#include "lib/base/clock.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
// cmocka wants the headers above first
#include <cmocka.h>

#define A "[Adresse entfernt]"
#define T "[Telefonnummer entfernt]"
#define K "[Kontonummer entfernt]"

struct gate_case {
  const char *why;
  const char *text;
  const char *expected; /* NULL: stays as it is */
};

static const struct gate_case redactions[] = {
  { "a plain address goes", "Mail an lothar.gruenberg@web.de bitte", "Mail an " A " bitte" },
  { "the sentence's full stop stays", "Schreibt an a@b.de.", "Schreibt an " A "." },
  { "angle brackets around an address stay", "<lothar+x@sub.web.de>", "<" A ">" },
  { "an address with umlauts goes", "müller@straße.de", A },
  { "a decomposed umlaut hides nothing", "mu\u0308ller@web.de", A },
  { "a full-width at sign goes", "lothar＠web.de", A },
  { "an invisible character hides nothing", "lothar\u200b@\u00adweb.de", A },
  { "an address in quotes before a broken one goes", "\"lothar@web.de, gr b\"@\u00a7.de",
    "\"" A ", gr b\"@\u00a7.de" },
  { "a quoted local part goes", "\"lothar g\"@web.de", A },
  { "an address in brackets with mailto goes", "(mailto:lothar@web.de)", "(mailto:" A ")" },
  { "(at) and punkt", "name (at) domain punkt de", A },
  { "(at) with a dot", "name(at)domain.de", A },
  { "[at] and [dot]", "lothar [at] web [dot] de", A },
  { "{at}", "lothar{at}web.de", A },
  { "ät in brackets", "lothar(ät)web.de", A },
  { "at and dot as words", "lothar at web dot de", A },
  { "AT and PUNKT in capitals", "lothar AT web PUNKT de", A },
  { "at as a word before a mailbox domain", "anna at web.de", A },
  { "blanks around the at sign", "lothar @ web.de", A },
  { "Klammeraffe", "lothar (Klammeraffe) web.de", A },
  { "_at_ inside a word", "lothar_at_web.de", A },
  { "English with at stays", "Look at the river", NULL },
  { "an at sign before a place stays", "Treffen @ Kiezladen um 18 Uhr", NULL },
  { "prices with an at sign stay", "3 Kisten @ 5 Euro", NULL },
  { "a profile name stays", "Folgt @kiezpost", NULL },
  { "our list's address stays", "Schreibt an gruenau@kiez.example.", NULL },
  { "our address in capitals stays", "GRUENAU@KIEZ.EXAMPLE", NULL },
  { "our command's address stays", "gruenau+beitreten@kiez.example", NULL },
  { "ours before a second @ is none of ours", "kiez@kiez.example@web.de", A "@web.de" },
  { "a signed address of ours goes", "gruenau+abcdefghijklmnopqrstuvwxyz234567abcdefghij@kiez.example", A },
  { "a neighbour of our domain goes", "x@kiez.example.org", A },
  { "a name below our domain goes", "x@mail.kiez.example", A },
  { "a Message-ID is named as what it is", "Message-ID: <CAF=x1$2y@mail.gmail.com>",
    "Message-ID: <[Kennung entfernt]>" },

  { "Berlin with a slash", "Ruf an: 030 / 651 23 45", "Ruf an: " T },
  { "Berlin in brackets", "(030) 6512345", T },
  { "brackets of the sentence stay", "(030 6512345)", "(" T ")" },
  { "a number in pairs", "0 30 / 65 12 34 5", T },
  { "a country code", "+49 30 6512345", T },
  { "a country code with the zero in brackets", "+49 (0)30 6512-345", T },
  { "0049", "0049 171 1234567", T },
  { "a mobile number in one piece", "01711234567", T },
  { "a mobile number with a hyphen", "0171-1234567", T },
  { "a mobile number with a dash", "0171 – 123 45 67", T },
  { "no-break spaces", "0171\u00a01234567", T },
  { "Köpenick's neighbours", "03362 12345", T },
  { "a service number", "0800 1234567", T },
  { "a number without area code behind Tel.", "Tel. 6512345", "Tel. " T },
  { "Tel.: glued to the number", "Tel.:030/6512345", "Tel.:" T },
  { "an address glued to a number", "Tel. 12 345anna@web.de", "Tel. " T A },
  { "a number glued to an address", "anna@web.de+49 30 6512345", A T },
  { "Handy and digits", "Handy 171 1234567", "Handy " T },
  { "two numbers", "030 6512345, 0171 1234567", T ", " T },
  { "a Polish number", "+48 601 234 567", T },
  { "a WhatsApp link", "https://wa.me/491711234567", T },
  { "a year stays", "Seit 2026 gibt es 1200 Bäume", NULL },
  { "a date stays", "am 02.03.2026 um 09.30 Uhr", NULL },
  { "a short date stays", "vom 05.03. bis 07.03.26", NULL },
  { "a span of dates stays", "05.-07.03.2026", NULL },
  { "a span of times stays", "09.30-11.30 Uhr", NULL },
  { "times with colons stay", "08:00-18:00", NULL },
  { "an ISO date stays", "2026-03-02", NULL },
  { "a date and time side by side stay", "02.03.2026 18.30 Uhr", NULL },
  { "a month of a year stays", "Heft 03/2026", NULL },
  { "money stays", "0,50 € oder 1.250.000,00 Euro", NULL },
  { "a postcode stays", "01067 Dresden, 12527 Berlin", NULL },
  { "a house number stays", "Regattastraße 123-125", NULL },
  { "emergency numbers stay", "Notruf 110 oder 112, Bürgertelefon 115", NULL },
  { "our own numbers of threads stay", "siehe gruenau 2026/0173", NULL },
  { "a date behind a telephone word stays", "telefonisch am 02.03.2026", NULL },
  { "hours behind a telephone word stay", "telefonisch 9.00-12.00 Uhr", NULL },
  { "money behind a telephone word stays", "Handy für 12500 Euro", NULL },
  { "ages stay", "0-18 Jahre", NULL },

  { "wide digits", "０３０１２３４５６７", T },
  { "Arabic-Indic digits", "٠٣٠١٢٣٤٥٦٧", T },
  { "digits on keycaps", "0\ufe0f\u20e33\ufe0f\u20e30\ufe0f\u20e3 1234567", T },
  { "wide signs", "＋４９（３０）６５１２３４５", T },
  { "a thin blank after every pair", "030\u2009651\u200923\u200945", T },
  { "a number broken behind its area code", "Tel. 030\n1234567", "Tel. " T },
  { "a number in the line below its word", "Tel.:\n6512345", "Tel.:\n" T },
  { "the next line's postcode stays", "Tel. 6512345\n12527 Berlin", "Tel. " T "\n12527 Berlin" },
  { "a line below a word in a sentence stays", "Meldet euch telefonisch\n12000 Leute warten", NULL },
  { "wide digits of a year stay as they are", "Seit ２０２６", NULL },

  { "no-break blanks around the at sign", "lothar\u00a0@\u00a0example.org", A },
  { "a blank behind the at sign", "lothar@ example.org", A },
  { "a blank before the at sign", "lothar @example.org", A },
  { "a wide address", "ｌｏｔｈａｒ＠ｗｅｂ．ｄｅ", A },
  { "a price with an at sign and cents stays", "3 Kisten @ 5.50 Euro", NULL },

  { "an account and its bank", "Kto 1234567890 BLZ 10010010", "Kto " K " BLZ " K },
  { "an account in words", "Konto-Nr.: 12 345 678 bei der Sparkasse", "Konto-Nr.: " K " bei der Sparkasse" },
  { "what lies on an account stays", "Auf dem Konto sind 12.500,00 Euro", NULL },
  { "a date behind an account stays", "Konto vom 02.03.2026", NULL },
  { "an IBAN with hyphens", "de89-3704-0044-0532-0130-00", K },
  { "an IBAN with no-break blanks", "DE89\u00a03704\u00a00044\u00a00532\u00a00130\u00a000", K },
  { "an IBAN over two lines", "DE89 3704 0044\n0532 0130 00", K },
  { "an IBAN in wide digits", "DE８９ ３７０４ ００４４ ０５３２ ０１３０ ００", K },
  { "an IBAN in groups", "DE89 3704 0044 0532 0130 00 bitte", K " bitte" },
  { "an IBAN in one piece", "IBAN:DE89370400440532013000", "IBAN:" K },
  { "a German IBAN with a typing error", "DE88 3704 0044 0532 0130 00", K },
  { "an Austrian IBAN", "AT611904300234573201", K },
  { "a word that begins like one stays", "DENKMAL AT WORK", NULL },

  { "a link stays with its digits", "https://www.berlin.de/ba/030123456/?id=0171123456789", NULL },
  { "a profile in a link stays", "https://social.example/@kiez", NULL },
  { "an address inside a link takes it along", "https://x.example/?u=lothar@web.de", "[Link entfernt]" },
  { "an encoded address inside a link too", "https://x.example/lothar%40web.de", "[Link entfernt]" },
};

static void check(const char *why, const char *got, const char *expected)
{
  if (strcmp(got, expected) != 0) fail_msg("%s: got '%s', not '%s'", why, got, expected);
}

static void personal_data_goes_and_the_rest_stays(void **state)
{
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS(redactions); i++) {
    const struct gate_case *c = &redactions[i];
    g_autoptr(public_text_t) body = public_body(c->text, "kiez.example");
    check(c->why, public_text_string(body), c->expected ? c->expected : c->text);
    g_autoptr(public_text_t) title = public_title(c->text, "kiez.example");
    if (!strstr(c->text, "\u00a0") && !strchr(c->text, '\n'))
      check(c->why, public_text_string(title), c->expected ? c->expected : c->text);
  }
}

static const struct gate_case shapes[] = {
  { "a signature goes", "Text\n-- \nLothar Grünberg\nBahnhofstr. 1", "Text" },
  { "a signature goes whose blank was stripped", "Text\n--\nLothar Grünberg", "Text" },
  { "a rule inside a text is no signature", "Oben\n---\nUnten", NULL },
  { "a quote at the end goes with its announcement",
    "Ja!\n\nAm 2. März 2026 schrieb Lothar Grünberg:\n> Kommt ihr?\n> L.", "Ja!" },
  { "a wrapped announcement goes whole",
    "Ja!\n\nAm Mo., 2. März 2026 um 10:15 Uhr schrieb Lothar\nGrünberg <l@web.de>:\n\n> Kommt ihr?", "Ja!" },
  { "answers between quotes show the gap", "> Eins?\nJa.\n> Zwei?\n\nNein.", "Ja.\n\n[…]\n\nNein." },
  { "a quote behind bars goes with its announcement",
    "Ja!\n\nAm 3.3.2026 schrieb Hannelore Krause ‹h@k.example>:\n| Kommt ihr?\n|\n| H.", "Ja!" },
  { "a table stays", "So teilen wir auf:\n| Anna | Kuchen |\n| Bela | Saft |", NULL },
  { "an indented quote goes", "Ja\n > nein", "Ja" },
  { "a line with an arrow inside stays", "a -> b", NULL },
  { "Outlook's mail below goes",
    "Ja!\n\nVon: Lothar <l@web.de>\nGesendet: Montag\nAn: gruenau\nBetreff: Fest\n\nKommt ihr?", "Ja!" },
  { "a bar and all below goes", "Ja!\n-----Ursprüngliche Nachricht-----\nKommt ihr?", "Ja!" },
  { "what is forwarded with nothing above stays",
    "Von: Amt <a@b.de>\nAn: uns\nBetreff: Sperrung\n\nDie Brücke ist zu.", "Die Brücke ist zu." },
  { "one line Von: stays", "Von: hier nach dort\nist es weit.", NULL },
  { "the name below a farewell goes",
    "Hallo,\nkommt alle!\n\nViele Grüße\nLothar Grünberg\nBahnhofstr. 1\n12527 Berlin",
    "Hallo,\nkommt alle!\n\nViele Grüße" },
  { "the name behind a farewell goes", "Kommt alle!\nMit freundlichen Grüßen, Erika Mustermann",
    "Kommt alle!\nMit freundlichen Grüßen" },
  { "LG with a name", "Kommt!\nLG Lothar", "Kommt!\nLG" },
  { "a postscript stays", "Kommt!\n\nLG\nLothar\nPS: Bringt Kuchen mit.",
    "Kommt!\n\nLG\nPS: Bringt Kuchen mit." },
  { "greetings at the start are text", "Viele Grüße\naus dem Urlaub!", NULL },
  { "a long text below a greeting is text",
    "Hallo,\nViele Grüße\nund nun zu dem, was ich eigentlich sagen wollte, was aber wirklich lang ist und "
    "keine Signatur.",
    NULL },
  { "greetings inside a sentence are text",
    "Viele Grüße von allen, die gestern beim Fest geholfen haben, an euch!", NULL },
  { "only a quote leaves nothing", "> alles zitiert", "" },
  { "emoji families stay whole", "👨\u200d👩\u200d👧", NULL },
  { "direction overrides go", "abc\u202edef", "abcdef" },
};

static void quotes_and_signatures_stay_behind(void **state)
{
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS(shapes); i++) {
    g_autoptr(public_text_t) body = public_body(shapes[i].text, "kiez.example");
    check(shapes[i].why, public_text_string(body), shapes[i].expected ? shapes[i].expected : shapes[i].text);
  }
}

static void names_are_first_name_and_initial(void **state)
{
  (void)state;
  static const struct gate_case names[] = {
    { "first name and surname", "Lothar Grünberg", "Lothar G." },
    { "an address is no name", "lothar@web.de", "Jemand aus dem Kiez" },
    { "no name", "", "Jemand aus dem Kiez" },
    { "a telephone number is no name", "0171 1234567", "Jemand aus dem Kiez" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
    g_autoptr(public_text_t) name = public_name(names[i].text);
    check(names[i].why, public_text_string(name), names[i].expected);
  }
}

static void titles_are_one_bounded_line(void **state)
{
  (void)state;
  g_autoptr(public_text_t) empty = public_title("", "kiez.example");
  assert_string_equal(public_text_string(empty), "(ohne Betreff)");
  g_autoptr(public_text_t) two = public_title("eins\nzwei", "kiez.example");
  assert_null(strchr(public_text_string(two), '\n'));
  g_autofree char *many = g_strnfill(5000, 'x');
  g_autoptr(public_text_t) bounded = public_title(many, "kiez.example");
  assert_true(strlen(public_text_string(bounded)) < PUBLIC_TITLE_BYTES + 10);
}

static void invalid_bytes_come_out_valid(void **state)
{
  (void)state;
  g_autoptr(public_text_t) body = public_body("a\xff\xfe@b.de \xc3", "kiez.example");
  assert_true(g_utf8_validate(public_text_string(body), -1, NULL));
}

/* Repeats `unit` to about a quarter of a megabyte. */
static char *repeat(const char *unit)
{
  GString *out = g_string_new(NULL);
  while (out->len < 250000) g_string_append(out, unit);
  return g_string_free(out, FALSE);
}

static void hostile_texts_take_linear_time(void **state)
{
  (void)state;
  static const char *const units[] = {
    "a",         "a.",      "0",       "0 ",  "(0",     "a@",         "@",
    "a at ",     "a (at) ", "http://", "DE",  "> a:\n", "An: x\n",    "Von: x\nAn: y\n",
    "--\n",      "LG\n",    "tel 1 ",  "\"a", ".",      "a b punkt ", "Am schrieb\n",
    "tel 030\n", "kto 1",   "DE89\n",  "a@ ", "٣",      "\u3000",     "0\ufe0f\u20e3"
  };
  for (gsize i = 0; i < G_N_ELEMENTS(units); i++) {
    g_autofree char *text = repeat(units[i]);
    int64_t begin = cpu_ms();
    g_autoptr(public_text_t) body = public_body(text, "kiez.example");
    int64_t taken = cpu_ms() - begin;
    assert_true(strlen(public_text_string(body)) < PUBLIC_BODY_BYTES + 64);
    if (taken > 2000) fail_msg("'%s' repeated took %d ms", units[i], (int)taken);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(personal_data_goes_and_the_rest_stays),
    cmocka_unit_test(quotes_and_signatures_stay_behind),
    cmocka_unit_test(names_are_first_name_and_initial),
    cmocka_unit_test(titles_are_one_bounded_line),
    cmocka_unit_test(invalid_bytes_come_out_valid),
    cmocka_unit_test(hostile_texts_take_linear_time),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
