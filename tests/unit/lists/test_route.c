/* Routing, as a table: where the mail came to and from whom by its envelope; its header and text; the rule's
 * action and reason. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lists/addresses/addresses_private.h"
#include "lists/addresses/reply_address.h"
#include "lists/route.h"

#include "tests/unit/lists/support.h"

static struct town town;
static struct address_book *book;

static int setup(void **state)
{
  (void)state;
  town_open(&town);
  book = addresses_new(town.config);
  static const char *const lists[][2] = { { "gruenau", "group" },      { "adlershof", "group" },
                                          { "amtsblatt", "announce" }, { "termine", "events" },
                                          { "kiez", "frontdoor" },     { "missbrauch", "duty" } };
  for (gsize i = 0; i < G_N_ELEMENTS(lists); i++) addresses_add_list(book, lists[i][0], lists[i][1]);
  return 0;
}

static int teardown(void **state)
{
  (void)state;
  addresses_free(book);
  town_close(&town);
  return 0;
}

/* "gruenau+POST" and the like become addresses with such a token; a small letter at the end: one that has
 * expired. */
static char *address_of(const char *written)
{
  static const struct {
    const char *word;
    enum token_purpose purpose;
  } purposes[] = { { "POST", TOKEN_POST },   { "AUTHOR", TOKEN_AUTHOR },         { "BOUNCE", TOKEN_BOUNCE },
                   { "LEAVE", TOKEN_LEAVE }, { "ATTACHMENT", TOKEN_ATTACHMENT }, { "LETTER", TOKEN_LETTER } };
  const char *plus = strchr(written, '+');
  bool is_stale = g_str_has_suffix(written, ".stale");
  for (gsize i = 0; plus && i < G_N_ELEMENTS(purposes); i++) {
    if (!g_str_has_prefix(plus + 1, purposes[i].word)) continue;
    g_autofree char *list = g_strndup(written, (gsize)(plus - written));
    struct token token = { .purpose = purposes[i].purpose, .object = 1, .expiry_day = is_stale ? 100 : 0 };
    return reply_address(town.config, town.keys, list, &token);
  }
  return g_strconcat(written, "@kiez.example", NULL);
}

static const char person[] =
    "From: Anna <anna@post.example>\nTo: gruenau@kiez.example\nSubject: Sommerfest\n\nKommt alle!\n";

static const struct {
  const char *recipient, *sender; /* our address; envelope sender */
  const char *mail;
  const char *others; /* further addresses of the same mail, or NULL */
  enum route_action action;
  const char *intent, *reason; /* a piece of the reason */
} cases[] = {
  { "gruenau", "anna@post.example", person, NULL, ROUTE_RECEIVE, "post", "addressed to the list" },
  { "gruenau", "anna@post.example",
    "From: anna@post.example\nTo: gruenau@kiez.example\nSubject: AW: Sommerfest\n\nGern!\n", NULL,
    ROUTE_RECEIVE, "reply", "addressed to the list" },
  { "gruenau", "anna@post.example",
    "From: anna@post.example\nTo: gruenau@kiez.example\nIn-Reply-To: <a@b>\nSubject: Kuchen\n\nGern!\n", NULL,
    ROUTE_RECEIVE, "reply", "addressed to the list" },
  { "gruenau", "anna@post.example",
    "From: anna@post.example\nTo: freunde@post.example\nSubject: Fest\n\nHallo\n", NULL, ROUTE_RECEIVE,
    "post", "by its envelope" },
  { "termine", "anna@post.example",
    "From: anna@post.example\nTo: termine@kiez.example\nSubject: Fest\n\nam 3.\n", NULL, ROUTE_RECEIVE,
    "post", "addressed to the list" },
  /* robots */
  { "gruenau", "", person, NULL, ROUTE_IGNORE, "ignore", "null sender" },
  { "gruenau", "anna@post.example",
    "From: anna@post.example\nAuto-Submitted: auto-replied\nSubject: weg\n\nBin weg\n", NULL, ROUTE_IGNORE,
    "ignore", "automatic answer" },
  { "gruenau", "x@post.example",
    "From: x@post.example\nAuto-Submitted: auto-generated\nSubject: cron\n\nok\n", NULL, ROUTE_IGNORE,
    "ignore", "program" },
  { "gruenau", "x-bounces@lists.example",
    "From: x@post.example\nList-Id: <dev.lists.example>\nPrecedence: list\nSubject: patch\n\nok\n", NULL,
    ROUTE_IGNORE, "ignore", "another mailing list" },
  /* loops and forwards */
  { "gruenau", "anna@post.example",
    "From: anna@post.example\nX-Loop: gruenau@kiez.example\nTo: gruenau@kiez.example\nSubject: "
    "Fest\n\nHallo\n",
    NULL, ROUTE_IGNORE, "ignore", "loop" },
  { "adlershof", "anna@post.example",
    "From: anna@post.example\nTo: adlershof@kiez.example\nSubject: WG: Sommerfest\n\nAus Grünau:\n> Kommt "
    "alle!\n",
    NULL, ROUTE_RECEIVE, "post", "addressed to the list" },
  { "adlershof", "anna@post.example",
    "From: anna@post.example\nTo: adlershof@kiez.example\nList-Id: <gruenau.kiez.example>\nSubject: WG: "
    "Sommerfest\n\nWeitergeleitet.\n",
    NULL, ROUTE_RECEIVE, "post", "addressed to the list" },
  { "gruenau", "anna@post.example",
    "From: anna@post.example\nTo: gruenau@kiez.example\nList-Id: Grünau <gruenau.kiez.example>\nSubject: "
    "Sommerfest\n\nKommt alle!\n",
    NULL, ROUTE_IGNORE, "ignore", "loop" },
  { "gruenau", "gruenau+x@kiez.example",
    "From: gruenau+x@kiez.example\nTo: gruenau@kiez.example\nList-Id: <gruenau.kiez.example>\nSubject: "
    "Sommerfest\n\nKommt alle!\n",
    NULL, ROUTE_IGNORE, "ignore", "loop" },
  /* tokens */
  { "gruenau+POST", "anna@post.example", person, NULL, ROUTE_RECEIVE, "post|reply", "answers a post" },
  { "gruenau+BOUNCE", "", person, NULL, ROUTE_BOUNCE, "ignore", "report" },
  { "gruenau+BOUNCE", "anna@post.example",
    "From: a@post.example\nAuto-Submitted: auto-replied\nSubject: weg\n\nweg\n", NULL, ROUTE_BOUNCE, "ignore",
    "report" },
  { "gruenau+BOUNCE.stale", "", person, NULL, ROUTE_BOUNCE, "ignore", "report" },
  { "gruenau+BOUNCE", "anna@post.example", person, NULL, ROUTE_HOLD, "unclear",
    "meant for delivery reports" },
  { "gruenau+AUTHOR", "anna@post.example", person, NULL, ROUTE_PRIVATE, "private", "author" },
  { "gruenau+LETTER", "anna@post.example", person, NULL, ROUTE_PRIVATE, "private", "letter of ours" },
  { "gruenau+LEAVE", "anna@post.example", "From: anna@post.example\nSubject: \n\n", NULL, ROUTE_WISH, "leave",
    "leaving" },
  { "gruenau+LEAVE.stale", "anna@post.example", "From: anna@post.example\nSubject: \n\n", NULL, ROUTE_WISH,
    "leave", "leaving" },
  { "gruenau+ATTACHMENT", "anna@post.example", "From: anna@post.example\nSubject: Anhang 1\n\n", NULL,
    ROUTE_ATTACHMENT, "reply", "attachment" },
  { "gruenau+POST.stale", "anna@post.example", person, NULL, ROUTE_RECEIVE, "post", "expired" },
  { "gruenau+AUTHOR.stale", "anna@post.example", person, NULL, ROUTE_HOLD, "unclear",
    "not meant for the whole list" },
  { "gruenau+AUTHOR", "", person, NULL, ROUTE_IGNORE, "ignore", "null sender" },
  /* commands, duties, front door */
  { "gruenau+beitreten", "anna@post.example", person, NULL, ROUTE_WISH, "join", "membership" },
  { "gruenau+leave", "anna@post.example", person, NULL, ROUTE_WISH, "leave", "membership" },
  { "postmaster", "anna@post.example", person, NULL, ROUTE_ADMIN, "unclear", "runs this installation" },
  { "abuse", "", person, NULL, ROUTE_ADMIN, "unclear", "runs this installation" },
  { "missbrauch", "", person, NULL, ROUTE_RECEIVE, "unclear", "law" },
  { "kiez", "anna@post.example", person, NULL, ROUTE_RECEIVE, "unclear", "front door" },
  { "kiez", "anna@post.example", person, "gruenau@kiez.example", ROUTE_FILE_ONLY, "ignore", "more specific" },
  { "gruenau", "anna@post.example", person, "adlershof@kiez.example", ROUTE_RECEIVE, "post",
    "addressed to the list" },
  /* nothing in it, and somebody else's name on it */
  { "gruenau", "anna@post.example", "From: anna@post.example\nTo: gruenau@kiez.example\nSubject: \n\n \n",
    NULL, ROUTE_IGNORE, "ignore", "empty" },
  { "gruenau", "anna@post.example",
    "From: anna@post.example\nTo: gruenau@kiez.example\nSubject: Re: Fest\n\n\n", NULL, ROUTE_IGNORE,
    "ignore", "empty" },
  { "gruenau", "anna@post.example",
    "From: anna@post.example\nTo: gruenau@kiez.example\nSubject: Treffen entfällt\n\n\n", NULL, ROUTE_RECEIVE,
    "post", "addressed to the list" },
  { "gruenau", "x@evil.example",
    "Authentication-Results: mx.kiez.example; dmarc=fail header.from=post.example\nFrom: "
    "anna@post.example\nTo: "
    "gruenau@kiez.example\nSubject: Geld\n\nher damit\n",
    NULL, ROUTE_HOLD, "unclear", "DMARC" },
  { "gruenau", "anna@post.example",
    "Authentication-Results: mx.kiez.example; dmarc=pass header.from=post.example\nFrom: "
    "anna@post.example\nTo: "
    "gruenau@kiez.example\nSubject: Geld\n\nher damit\n",
    NULL, ROUTE_RECEIVE, "post", "addressed to the list" },
};

static struct mail *mail_of(const char *text, const char *sender)
{
  struct mail_reading reading = { .domain = "kiez.example",
                                  .authserv_id = "mx.kiez.example",
                                  .envelope_sender = sender };
  return mail_read(text, strlen(text), &reading);
}

static void every_mail_goes_where_the_table_says(void **state)
{
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *address = address_of(cases[i].recipient);
    g_autoptr(mail_t) mail = mail_of(cases[i].mail, cases[i].sender);
    struct address_target target = addresses_look_up(book, town.keys, address, TEST_NOW);
    const char *others[] = { cases[i].others, NULL };
    struct route route = route_mail(mail, &target, cases[i].others ? others : NULL);
    g_auto(GStrv) intents = g_strsplit(cases[i].intent, "|", -1);
    if (route.action != cases[i].action || !strstr(route.reason, cases[i].reason) ||
        !g_strv_contains((const gchar *const *)intents, route.intent))
      fail_msg("case %zu, %s from <%s>: action %d, intent %s, %s", i, cases[i].recipient, cases[i].sender,
               route.action, route.intent, route.reason);
    if (route.action == ROUTE_HOLD) assert_non_null(route.code);
    route_clear(&route);
  }
}

static void what_a_person_let_through_is_not_suspected_again(void **state)
{
  (void)state;
  g_autoptr(mail_t) mail =
      mail_of("Authentication-Results: mx.kiez.example; dmarc=fail header.from=post.example\n"
              "From: anna@post.example\nTo: gruenau@kiez.example\nSubject: Fest\n\nHallo\n",
              "anna@post.example");
  struct address_target target = addresses_look_up(book, town.keys, "gruenau@kiez.example", TEST_NOW);
  struct route route = route_mail_released(mail, &target);
  assert_int_equal(route.action, ROUTE_RECEIVE);
  route_clear(&route);
}

static void other_addresses_are_found_in_envelope_and_header(void **state)
{
  (void)state;
  g_autoptr(mail_t) mail =
      mail_of("From: anna@post.example\nTo: kiez@kiez.example, Gruenau@kiez.example, b@post.example\n"
              "Cc: postmaster@kiez.example\nSubject: Fest\n\nHallo\n",
              "anna@post.example");
  const char *envelope[] = { "kiez@kiez.example", "adlershof@kiez.example", "unbekannt@kiez.example", NULL };
  g_auto(GStrv) others = route_other_recipients(book, mail, "kiez@kiez.example", envelope);
  g_autofree char *joined = g_strjoinv(" ", others);
  assert_string_equal(joined, "adlershof@kiez.example gruenau@kiez.example");
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(every_mail_goes_where_the_table_says),
    cmocka_unit_test(what_a_person_let_through_is_not_suspected_again),
    cmocka_unit_test(other_addresses_are_found_in_envelope_and_header),
  };
  return cmocka_run_group_tests(tests, setup, teardown);
}
