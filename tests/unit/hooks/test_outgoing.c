/* A letter's content as pieces: the bytes on the wire, however they are cut. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants these first */
#include <cmocka.h>

#include "lib/mail/compose.h"
#include "mta-hooks/send/maildir_relay.h"
#include "mta-hooks/send/outgoing.h"

#include <string.h>

static struct outgoing *outgoing_of(const char *content)
{
  struct letter *letter = g_new0(struct letter, 1);
  letter->content = g_bytes_new(content, strlen(content));
  return outgoing_new(letter);
}

/* All of it, taken in portions of `limit`. */
static GString *wire(const struct outgoing *outgoing, const char *slots, gsize limit)
{
  struct slot_values values;
  struct outgoing_place place = { 0 };
  GString *all = g_string_new(NULL);
  g_autoptr(GString) portion = g_string_new(NULL);
  slot_values_find(&values, slots);
  for (bool is_done = false; !is_done;) {
    is_done = outgoing_put_some(outgoing, &values, &place, portion, limit);
    g_string_append_len(all, portion->str, (gssize)portion->len);
    g_string_truncate(portion, 0);
  }
  return all;
}

#define A COMPOSE_SLOT("a")
#define B COMPOSE_SLOT("b")

static const struct {
  const char *what, *content, *slots, *wanted;
} cases[] = {
  { "plain", "S: x\r\n\r\nHallo\r\n", "", "S: x\r\n\r\nHallo\r\n.\r\n" },
  { "no line end at the end", "S: x\r\n\r\nHallo", "", "S: x\r\n\r\nHallo\r\n.\r\n" },
  { "a dot alone, dots before words", "\r\n.\r\n..a\r\nb.\r\n", "", "\r\n..\r\n...a\r\nb.\r\n.\r\n" },
  { "a dot at the very beginning", ".a\r\n", "", "..a\r\n.\r\n" },
  { "ends in a dot", "\r\na\r\n.", "", "\r\na\r\n..\r\n.\r\n" },
  { "a slot in the middle", "To: " A "\r\n\r\nx\r\n", "m@x", "To: m@x\r\n\r\nx\r\n.\r\n" },
  { "a slot's value begins a line with a dot", "\r\n" A "\r\n", ".v", "\r\n..v\r\n.\r\n" },
  { "an empty slot moves a dot to the line's start", "\r\n" A ".v\r\n", "", "\r\n..v\r\n.\r\n" },
  { "a full slot does not", "\r\n" A ".v\r\n", "w", "\r\nw.v\r\n.\r\n" },
  { "a value of several lines", "\r\n" A "\r\n", "x\r\n.y\r\n.", "\r\nx\r\n..y\r\n..\r\n.\r\n" },
  { "a value that ends its line before a dot", "\r\n" A ".z\r\n", "x\r\n", "\r\nx\r\n..z\r\n.\r\n" },
  { "two slots side by side, the first empty", "\r\n" A B "\r\n", "\x1f.b", "\r\n..b\r\n.\r\n" },
  { "a slot without a value becomes nothing", "\r\nx" B "y\r\n", "a", "\r\nxy\r\n.\r\n" },
  { "bytes that look like a slot and are none",
    "\r\n\x01z\x03\x01"
    "A\x02\x01\r\n",
    "a",
    "\r\n\x01z\x03\x01"
    "A\x02\x01\r\n.\r\n" },
  { "nothing", "", "", ".\r\n" },
  { "only an empty slot", A, "", ".\r\n" },
};

static void bytes_on_the_wire_in_any_portions(void **state)
{
  (void)state;
  static const gsize limits[] = { 1, 2, 3, 5, 7, 65536 };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    struct outgoing *outgoing = outgoing_of(cases[i].content);
    for (gsize l = 0; l < G_N_ELEMENTS(limits); l++) {
      GString *all = wire(outgoing, cases[i].slots, limits[l]);
      if (strcmp(all->str, cases[i].wanted) != 0)
        fail_msg("%s (portions of %zu): got \"%s\"", cases[i].what, limits[l], g_strescape(all->str, NULL));
      g_string_free(all, TRUE);
    }
    outgoing_unref(outgoing);
  }
}

/* The two ways to fill slots must agree, or a maildir would show another mail than a server gets. */
static void what_arrives_is_what_compose_fill_makes(void **state)
{
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    struct outgoing *outgoing = outgoing_of(cases[i].content);
    GString *all = wire(outgoing, cases[i].slots, 65536);
    g_autoptr(GString) arrived = g_string_new(NULL);
    for (gsize at = 0; at + 3 < all->len || (at + 3 == all->len && all->len > 3 && all->str[at] != '.'); at++)
      if (all->str[at] != '.' || (at > 0 && all->str[at - 1] != '\n'))
        g_string_append_c(arrived, all->str[at]);
      else if (at + 1 < all->len && all->str[at + 1] == '.')
        g_string_append_c(arrived, all->str[++at]);
    g_string_free(all, TRUE);
    g_auto(GStrv) values = g_strsplit(cases[i].slots, "\x1f", SLOTS_MAX);
    g_autoptr(GString) filled = g_string_new(NULL);
    compose_fill(filled, cases[i].content, strlen(cases[i].content), (const char *const *)values,
                 g_strv_length(values));
    struct slot_values found;
    slot_values_find(&found, cases[i].slots);
    assert_int_equal(outgoing_size(outgoing, &found), filled->len);
    if (filled->len > 0 && !g_str_has_suffix(filled->str, "\r\n")) g_string_append(filled, "\r\n");
    if (strcmp(arrived->str, filled->str) != 0)
      fail_msg("%s: \"%s\" against \"%s\"", cases[i].what, g_strescape(arrived->str, NULL),
               g_strescape(filled->str, NULL));
    outgoing_unref(outgoing);
  }
}

static void what_a_mail_needs_of_the_relay(void **state)
{
  (void)state;
  static const struct {
    const char *what, *content, *slots;
    bool header, all;
  } needs[] = {
    { "ASCII", "S: " A "\r\n\r\nx\r\n", "a", false, false },
    { "umlaut in the body", "S: x\r\n\r\n\xc3\xbc\r\n", "", false, true },
    { "umlaut in the header", "S: \xc3\xbc\r\n\r\nx\r\n", "", true, true },
    { "umlaut in a slot of the header", "S: " A "\r\n\r\nx\r\n", "\xc3\xbc", true, true },
    { "umlaut in a slot of the body", "S: x\r\n\r\n" A "\r\n", "\xc3\xbc", false, true },
    { "umlaut in a slot that is not used", "S: x\r\n\r\n" A "\r\n", "a\x1f\xc3\xbc", false, false },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(needs); i++) {
    struct outgoing *outgoing = outgoing_of(needs[i].content);
    struct slot_values values;
    slot_values_find(&values, needs[i].slots);
    if (outgoing_header_is_8bit(outgoing, &values) != needs[i].header ||
        outgoing_is_8bit(outgoing, &values) != needs[i].all)
      fail_msg("%s", needs[i].what);
    outgoing_unref(outgoing);
  }
}

static void folders_of_maildirs_are_harmless_and_different(void **state)
{
  (void)state;
  static const struct {
    const char *address, *folder;
  } folders[] = {
    { "a@x.example", "a@x.example" },
    { "../../etc@x", "%2E.%2F..%2Fetc@x" },
    { ".@x", "%2E@x" },
    { "a/b@x", "a%2Fb@x" },
    { "a%2Fb@x", "a%252Fb@x" },
    { "m\xc3\xbcller@x", "m\xc3\xbcller@x" },
    { "a\nb@x", "a%0Ab@x" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(folders); i++) {
    g_autofree char *folder = maildir_relay_folder(folders[i].address);
    assert_string_equal(folder, folders[i].folder);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(bytes_on_the_wire_in_any_portions),
    cmocka_unit_test(what_arrives_is_what_compose_fill_makes),
    cmocka_unit_test(what_a_mail_needs_of_the_relay),
    cmocka_unit_test(folders_of_maildirs_are_harmless_and_different),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
