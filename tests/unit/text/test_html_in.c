/* HTML in: the text that readers of a mail's HTML part see, and how long hostile input may take. */
#include "lib/text/html/html_in.h"
#include "tests/support/cpu.h"
#include "tests/unit/text/cases.h"
#include <string.h>

static const struct {
  const char *name, *html, *expected;
} cases[] = {
  { "paragraphs stand apart", "<p>eins</p><p>zwei</p>", "eins\n\nzwei" },
  { "divs are lines", "<div>eins</div><div>zwei</div>", "eins\nzwei" },
  { "an empty div with a break is a blank line", "<div>eins</div><div><br></div><div>zwei</div>",
    "eins\n\nzwei" },
  { "a break at a block's end adds nothing", "<div>eins<br></div><div>zwei</div>", "eins\nzwei" },
  { "breaks are line ends", "eins<br>zwei<br/><br />drei", "eins\nzwei\n\ndrei" },
  { "white space is one space", "  eins \n\t zwei  ", "eins zwei" },
  { "spaces around inline elements survive once", "<b>eins </b> <i> zwei</i>", "eins zwei" },
  { "inline elements do not part words", "Gr<b>ü</b>ße", "Grüße" },
  { "entities", "&lt;Gr&uuml;&szlig;e&gt; &amp; &#8364; &#x1F6B2;", "<Grüße> & € 🚲" },
  { "a no-break space is a space", "5&nbsp;Euro", "5 Euro" },
  { "zero-width characters go", "a&#8203;b&shy;c\xEF\xBB\xBF", "abc" },
  { "filling of previews goes", "Hallo&zwnj;&nbsp;&zwnj;&nbsp;&zwnj;", "Hallo" },
  { "lists have stars", "<ul><li>eins</li><li>zwei</li></ul>", "* eins\n* zwei" },
  { "ordered lists have numbers", "<ol><li>eins<li>zwei</ol>", "1. eins\n2. zwei" },
  { "lists in lists are indented", "<ul><li>eins<ul><li>zwei</ul><li>drei</ul>", "* eins\n  * zwei\n* drei" },
  { "a paragraph in an item stays beside its star", "<ul><li><p>eins</p></li><li><p>zwei</p></li></ul>",
    "* eins\n\n* zwei" },
  { "a list stands apart from text", "vor<ul><li>x</ul>nach", "vor\n\n* x\n\nnach" },
  { "cells are parted by tabs", "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>",
    "a\tb\nc\td" },
  { "paragraphs in cells do not break the row",
    "<table><tr><td><p>a</p></td><td><p>b</p></td></tr><tr><td><div>c</div></td><td><div>d</div></td></tr></"
    "table>",
    "a\tb\nc\td" },
  { "an empty cell keeps its place", "<table><tr><td>a<td><td>b</table>", "a\t\tb" },
  { "a layout table with lines in a cell", "<table><tr><td>a<br>b</td></tr><tr><td>c</td></tr></table>",
    "a\nb\nc" },
  { "tables in tables", "<table><tr><td><table><tr><td>a</td></tr></table></td><td>b</td></tr></table>",
    "a\tb" },
  { "pre keeps its shape", "<pre>a  b\n  c</pre>", "a  b\n  c" },
  { "quotes are marked", "neu<blockquote>alt<br>\n<blockquote>uralt</blockquote></blockquote>neu",
    "neu\n> alt\n>> uralt\nneu" },
  { "blank lines inside a quote belong to it", "<blockquote><p>a</p><p>b</p></blockquote>c",
    "> a\n>\n> b\n\nc" },
  { "a link shows where it leads", "<a href=\"https://kiez.example/a\">Karte</a>.",
    "Karte <https://kiez.example/a>." },
  { "a link that is its text stands once", "<a href=\"https://www.kiez.example/\">kiez.example</a>",
    "kiez.example" },
  { "a mail address stands once", "<a href=\"mailto:a@b.example\">a@b.example</a>", "a@b.example" },
  { "a link into the page leads nowhere", "<a href=\"#top\">oben</a>", "oben" },
  { "a script's link leads nowhere", "<a href=\"javascript:alert(1)\">hier</a>", "hier" },
  { "a picture's link has its other text", "<a href=\"https://kiez.example\"><img alt=\"Plan\" src=x></a>",
    "Plan <https://kiez.example>" },
  { "entities in links are read", "<a href='https://k.example/?a=1&amp;b=2'>x</a>",
    "x <https://k.example/?a=1&b=2>" },
  { "a smiley picture is its sign", "Hallo <img alt=\"🙂\" src=x>", "Hallo 🙂" },
  { "other pictures are nothing", "Hallo <img alt=\"Logo GmbH\" src=x>", "Hallo" },
  { "display:none is not seen", "a<div style=\"color:red; DISPLAY : None !important\">b<p>c</p></div>d",
    "ad" },
  { "what is struck out is not said", "im <s>April</s> <del>Juni</del><strike>Juli</strike> Mai", "im Mai" },
  { "struck out by style", "im <span style='text-decoration:line-through'>April <b>x</b></span> Mai",
    "im Mai" },
  { "comments of Word are not seen",
    "Im Mai.<div style='mso-element:comment-list'><p class=MsoCommentText>Geld fehlt</p></div>", "Im Mai." },
  { "hidden inline elements are not seen", "a<span style='display:none'>b <b>c</b></span>d", "ad" },
  { "hidden formatting is not seen", "a<font style='display:none'>b<font>c</font>d</font>e", "ae" },
  { "the hidden attribute hides", "a<p hidden>b</p>c", "ac" },
  { "visibility:hidden hides", "a<span style=\"visibility:hidden\">b</span>c", "ac" },
  { "hidden from Word alone is seen by all others", "<a style='mso-hide:all'>Zusage</a>", "Zusage" },
  { "a hidden element that is not closed hides its block only",
    "<div>a<span style='display:none'>b</div><div>c</div>", "a\nc" },
  { "scripts and styles are no text", "<style>p{}</style>a<script>if(a<b)x()</script>b", "ab" },
  { "a title is no text", "<html><head><title>Betreff</title></head><body>a</body></html>", "a" },
  { "comments go", "a<!-- b -- > c -->d", "ad" },
  { "Word's conditional comment goes",
    "<!--[if mso]><table><tr><td>x<![endif]-->a<!--[if mso]></table><![endif]-->", "a" },
  { "what all others see stays", "<!--[if !mso]><!-->a<!--<![endif]--><![if !vml]>b<![endif]>", "ab" },
  { "Word's own elements are nothing", "<p class=MsoNormal>Hallo<o:p></o:p></p>", "Hallo" },
  { "Word's paragraphs are lines",
    "<p class=MsoNormal>a</p><p class=MsoNormal>b</p><p class=MsoNormal>&nbsp;</p><p class=MsoNormal>c</p>",
    "a\nb\n\nc" },
  { "paragraphs without margins are lines", "<p style=\"margin:0px\">a</p><p style=\"margin:0px\">b</p>",
    "a\nb" },
  { "a signature's mark keeps its space", "<div>a</div><div>-- <br></div><div>L.</div>", "a\n-- \nL." },
  { "a signature's mark in pre too", "a<pre class=sig>-- \nL.</pre>", "a\n-- \nL." },
  { "a joiner behind a signature's mark goes whole", "--&zwj; <br>x", "-- \nx" },
  { "a rule is a line", "a<hr>b", "a\n________________________________\nb" },
  { "headings stand apart", "<h1>a</h1>b<h2>c</h2>d", "a\n\nb\n\nc\n\nd" },
  { "a smaller-than sign is itself", "1 < 2 <3 a<b> c</b>", "1 < 2 <3 a c" },
  { "dropped tags do not build new ones", "<<b>script>x<</b>/script>", "<script>x</script>" },
  { "an attribute's quotes may hold brackets", "<a title=\"a>b\" href=x>c</a>", "c" },
  { "an unfinished comment swallows nothing", "<!-- Hallo Welt", "!-- Hallo Welt" },
  { "an unfinished style swallows nothing that was all", "<style>Hallo", "Hallo" },
  { "an end tag for a break is a break", "a</br>b", "a\nb" },
  { "missing ends do no harm", "<p>a<p>b<table><tr><td>c<td>d<tr><td>e</table>f", "a\n\nb\n\nc\td\ne\nf" },
  { "crossing elements keep their order", "<b><p>a</b>b</p>c", "ab\n\nc" },
  { "a cell's ends do not close the table's outside", "<div>a<table><tr><td></div>b</td></tr></table>c</div>",
    "a\nb\nc" },
  { "empty in, empty out", "", "" },
  { "only tags, nothing out", "<p></p><br><br>", "" },
  { "a page of pictures and styles is empty", "<style>p{color:red}</style><img src=x>", "" },
  { "NUL bytes end nothing", "a&#0;b", "a\uFFFDb" },
  { "broken UTF-8 is replaced", "a\xFFz", "a\uFFFDz" },
};

static void test_cases(void **state)
{
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *got = html_to_text(cases[i].html, strlen(cases[i].html));
    check_same(cases[i].name, got, cases[i].expected);
  }
}

static void test_nothing(void **state)
{
  (void)state;
  g_autofree char *text = html_to_text(NULL, 0);
  check_same("no bytes are no text", text, "");
}

/* A document of `head`, then `body` again and again up to `size` bytes (a "#" in it is counted up), then
 * `tail`. */
static GString *repeated(const char *head, const char *body, gsize size, const char *tail)
{
  GString *html = g_string_new(head);
  gsize sign = strcspn(body, "#");
  for (int i = 0; html->len < size; i++) {
    g_string_append_len(html, body, (gssize)sign);
    if (body[sign] == '#') g_string_append_printf(html, "%d%s", i, body + sign + 1);
  }
  return g_string_append(html, tail);
}

/* Bombs: each in linear time, and the text behind them is still read where it can be. */
static void test_bombs(void **state)
{
  (void)state;
  static const struct {
    const char *name, *head, *body;
    gsize size;
    const char *tail;
    int limit_ms;
    gboolean is_read; /* the tail's word must come out */
  } bombs[] = {
    { "300 KB of div", "", "<div>", 300 * 1024, "Ende", 50, TRUE },
    { "1 MB of div", "", "<div>", 1024 * 1024 - 16, "Ende", 150, TRUE },
    { "10 MB of div", "", "<div>", 10 * 1024 * 1024, "Ende", 1500, TRUE },
    { "unclosed paragraphs", "", "<p>", 1024 * 1024 - 16, "Ende", 400, TRUE },
    { "formatting reopened in paragraphs", "", "<p><b class=#>x", 1000 * 1024, "Ende", 400, TRUE },
    { "formatting and paragraphs apart", "<b 1><b 2><b 3><b 4><b 5>", "<p>x", 1000 * 1024, "Ende", 400,
      TRUE },
    { "attributes of one tag", "<p ", "a# ", 1000 * 1024, ">Ende", 400, TRUE },
    { "hidden spans in a deep cell", "<table><tr><td>", "<span hidden>", 1000 * 1024, "Ende", 400, TRUE },
    { "end tags that match nothing", "<ul><li><table><tr><td><div><div><div>", "</li>", 1000 * 1024, "Ende",
      400, TRUE },
    { "tables in tables", "", "<table><tr><td>", 1000 * 1024, "Ende", 400, TRUE },
    { "text thrown out of tables", "<table>", "x<tr>", 1000 * 1024, "Ende", 600, TRUE },
    { "links in links", "", "<a href=x>y", 1000 * 1024, "Ende", 600, TRUE },
    { "quotes with one letter a line", "<blockquote><blockquote><blockquote>", "a<br>", 1000 * 1024, "Ende",
      600, TRUE },
    { "unfinished comments", "", "<!-", 1000 * 1024, "Ende", 400, FALSE },
    { "unfinished scripts", "Ende", "<script>", 1000 * 1024, "", 400, TRUE },
    { "brackets", "", "<", 1000 * 1024, "Ende", 400, FALSE },
    { "ampersands", "", "&", 1000 * 1024, "Ende", 400, TRUE },
    { "one long style", "<p style='", "a:b;", 1000 * 1024, "'>Ende", 400, TRUE },
    { "carriage returns", "", "\r", 1000 * 1024, "Ende", 400, TRUE },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(bombs); i++) {
    g_autoptr(GString) html = repeated(bombs[i].head, bombs[i].body, bombs[i].size, bombs[i].tail);
    int64_t start = cpu_ms();
    g_autofree char *text = html_to_text(html->str, html->len);
    int64_t taken_ms = (cpu_ms() - start) / 2; /* the limits are of a quick machine */
#if defined(__SANITIZE_ADDRESS__)
    taken_ms /= 8;
#endif
    if (taken_ms > bombs[i].limit_ms) fail_msg("%s: took %d ms", bombs[i].name, (int)taken_ms);
    if (bombs[i].is_read && strstr(text, "Ende") == NULL) fail_msg("%s: text is lost", bombs[i].name);
    if (strlen(text) > 4 * html->len) fail_msg("%s: %zu bytes of text", bombs[i].name, strlen(text));
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = { cmocka_unit_test(test_cases), cmocka_unit_test(test_nothing),
                                      cmocka_unit_test(test_bombs) };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
