/* What a post's HTML brings along: nothing that runs, asks, loads or leads astray, and harmless HTML byte for
 * byte. */
#include "tests/unit/mail/mail_test.h"

#include "lib/mail/compose.h"
#include "lib/text/guard/html_guard.h"

#define HEAD "From: Vera <vera@posteo.de>\r\nSubject: Fest\r\nDate: Mon, 2 Mar 2026 10:15:00 +0100\r\n"

/* The post that is made of a mail; caller frees. */
static char *compose(const char *raw)
{
  struct mail_reading reading = { .domain = "kiez.example" };
  gsize size = strlen(raw), length = 0;
  g_autoptr(mail_t) mail = mail_read(raw, size, &reading);
  struct compose_post post = { .raw = raw,
                               .size = size,
                               .mail = mail,
                               .message_id = "1@kiez.example",
                               .from = "gruenau+x@kiez.example",
                               .to = "gruenau@kiez.example",
                               .date = 1772443000,
                               .footer_text = "Fuß\n",
                               .footer_html = "<p>Unser Fuß</p>" };
  g_autoptr(GBytes) bytes = compose_post(&post);
  const char *out = g_bytes_get_data(bytes, &length);
  return g_strndup(out, length);
}

/* The HTML that readers get; caller frees. */
static char *html_of(const char *raw)
{
  g_autofree char *post = compose(raw);
  struct mail_reading reading = { .domain = "kiez.example", .want_body_html = true };
  g_autoptr(mail_t) mail = mail_read(post, strlen(post), &reading);
  return g_strdup(mail->body_html ? mail->body_html : "");
}

static const struct {
  const char *html, *gone, *stays;
} harmful[] = {
  { "<p>Hallo<script>alert(1)</script> Vera</p>", "alert", "Vera" },
  { "<p>a</p><SCRIPT SRC=//x.example></SCRIPT ><p>b</p>", "x.example", "<p>b</p>" },
  { "<script>alert(1)", "<script", "Unser" },
  { "<<script></script>script>alert(1)</script>", "<script", "" },
  { "<!--> <script>alert(1)</script> -->", "alert", "" },
  { "<!-- <style> --> <script>alert(1)</script> <!-- </style> -->", "alert", "" },
  { "<!-- <a title=\"--><script>alert(1)</script>\"> -->", "<script", "" },
  { "<!-- <img a=\"-->\" x<iframe src=https://evil.example>", "<iframe", "" },
  { "<!-- <img a=\"-->\"<script src=https://evil.example>", "<script", "" },
  { "<title><a x='</title><img src=y onerror=alert(1)>'></title>", "<img", "" },
  { "<form action=https://evil.example><input name=pin><button>Los</button></form>", "evil.example", "Los" },
  { "<iframe src=https://evil.example>x</iframe>", "iframe", "" },
  { "<object data=x.swf><embed src=x.swf></object>", "x.swf", "" },
  { "<base href='https://evil.example/'>", "evil.example", "" },
  { "<meta HTTP-EQUIV=refresh content='0;url=https://evil.example'>", "evil.example", "" },
  { "<link rel=stylesheet href=https://evil.example/a.css>", "evil.example", "" },
  { "<style>@import 'https://evil.example/a.css';</style>", "evil.example", "" },
  { "<style>p{background:u\\72l(https://evil.example/a)}</style>", "evil.example", "" },
  { "<p style=\"background:url(&#x68;ttps://evil.example/a)\">Text</p>", "evil.example", "Text" },
  { "<p onclick=\"steal()\" align=center>Text</p>", "steal", "align=center" },
  { "<img src=\"cid:1\"/onerror=steal()>", "steal", "cid:1" },
  { "<a href=\"javascript:steal()\">da</a>", "javascript", "da" },
  { "<a href=\" java&#10;script&colon;steal()\">da</a>", "steal", "da" },
  { "<a href=data:text/html,steal>da</a>", "steal", "da" },
  { "<svg><a xlink:href='javascript:steal()'>da</a></svg>", "steal", "da" },
  { "<img src=https://track.example/p.gif width=1 height=1>", "track.example", "" },
  { "<img style='width:0;height:0' src=https://track.example/p.gif>", "track.example", "" },
  { "<img src='https://track.example/p.gif?wer=vera'>", "track.example", "" },
  { "<img src=//bild.example/a.jpg alt='Das Fest' width=300>", "<img", ">[Das Fest]</a>" },
  { "<img srcset=https://track.example/a.jpg src=cid:1>", "track.example", "cid:1" },
  { "<table background=https://track.example/a.jpg><tr><td>x</table>", "track.example", "<td>x" },
};

static void nothing_active_passes(void **state)
{
  (void)state;
  static const char *const encodings[] = { "7bit", "quoted-printable", "base64" };
  for (gsize i = 0; i < G_N_ELEMENTS(harmful); i++)
    for (gsize e = 0; e < G_N_ELEMENTS(encodings); e++) {
      g_autofree char *base64 = g_base64_encode((const guchar *)harmful[i].html, strlen(harmful[i].html));
      g_auto(GStrv) parts = g_strsplit(harmful[i].html, "=", -1);
      g_autofree char *quoted = g_strjoinv("=3D", parts);
      const char *body = e == 0 ? harmful[i].html : e == 1 ? quoted : base64;
      g_autofree char *raw =
          g_strdup_printf(HEAD "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: %s\r\n"
                               "\r\n%s\r\n",
                          encodings[e], body);
      g_autofree char *html = html_of(raw);
      if (strstr(html, harmful[i].gone) || !strstr(html, harmful[i].stays) || !strstr(html, "Unser Fuß"))
        fail_msg("%s (%s): %s", harmful[i].html, encodings[e], html);
    }
}

static void harmless_html_stays_byte_for_byte(void **state)
{
  (void)state;
  static const char *const harmless[] = {
    "<p>Hallo <b>Vera</b>, 3 < 4 &amp; <a href=\"https://kiez.example/?a=1\">hier</a>",
    "<a href=mailto:vera@posteo.de>x</a><a href='tel:+4930'>y</a><a href=#oben>z</a><a href=/pfad:1>w</a>",
    "<img src=\"cid:bild@1\" width=1 alt=''><img src=data:image/png;base64,AAAA>",
    "<!--[if gte mso 9]><xml><o:p></o:p></xml><![endif]--><p class=MsoNormal style='margin:0'>x</p>",
    "<!--[if !mso]><style>v\\:* {behavior:url(#default#VML);}</style><![endif]-->",
    "<meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\"><style>p{color:red}</style>",
    "<blockquote type=cite cite=\"mid:1@x\">x</blockquote>",
  };
  for (gsize i = 0; i < G_N_ELEMENTS(harmless); i++) {
    g_autofree char *guarded = html_guard(harmless[i], strlen(harmless[i]));
    if (guarded) fail_msg("%s: %s", harmless[i], guarded);
  }
}

static void guarding_twice_changes_nothing_more(void **state)
{
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS(harmful); i++) {
    g_autofree char *once = html_guard(harmful[i].html, strlen(harmful[i].html));
    if (!once) fail_msg("%s", harmful[i].html);
    g_autofree char *twice = html_guard(once, strlen(once));
    if (twice) fail_msg("%s: %s", once, twice);
  }
}

static void html_in_a_forwarded_mail_and_below_a_signature_is_guarded_too(void **state)
{
  (void)state;
  g_autofree char *forwarded =
      compose(HEAD "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nSchaut mal\r\n--b\r\n"
                   "Content-Type: message/rfc822\r\n\r\nFrom: a@b.example\r\nContent-Type: text/html\r\n\r\n"
                   "<p>da<script>steal()</script></p>\r\n--b--\r\n");
  assert_null(strstr(forwarded, "steal"));
  assert_non_null(strstr(forwarded, "<p>da"));
  g_autofree char *sealed = compose(
      HEAD "Content-Type: multipart/signed; micalg=pgp-sha256; protocol=\"application/pgp-signature\";\r\n"
           " boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>da<script>steal()</script></p>\r\n"
           "--b\r\nContent-Type: application/pgp-signature\r\n\r\nx\r\n--b--\r\n");
  assert_null(strstr(sealed, "steal"));
  assert_non_null(strstr(sealed, "<p>da"));
}

/* A megabyte that once took seconds must be done before anybody notices. */
static void odd_html_costs_no_more_than_it_is_long(void **state)
{
  (void)state;
  static const char *const odd[] = { "<style>",       "<script>",     "<a x=\"",  "<",  "</",           "<a ",
                                     "<img src=x?y ", "<style></sty", "<a b='<b", "&#", "<p style=url(" };
  for (gsize i = 0; i < G_N_ELEMENTS(odd); i++) {
    g_autoptr(GString) html = g_string_new(NULL);
    while (html->len < 1000000) g_string_append(html, odd[i]);
    gint64 before = g_get_monotonic_time();
    g_autofree char *guarded = html_guard(html->str, html->len);
    if (g_get_monotonic_time() - before > 5 * G_TIME_SPAN_SECOND) fail_msg("%s takes too long", odd[i]);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(nothing_active_passes),
    cmocka_unit_test(harmless_html_stays_byte_for_byte),
    cmocka_unit_test(guarding_twice_changes_nothing_more),
    cmocka_unit_test(html_in_a_forwarded_mail_and_below_a_signature_is_guarded_too),
    cmocka_unit_test(odd_html_costs_no_more_than_it_is_long),
  };
  if (!mail_init(NULL, NULL)) return 1;
  return cmocka_run_group_tests(tests, NULL, NULL);
}
