/* What addresses mean, and the file that the receiver reads. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lib/base/clock.h"
#include "lib/base/fault.h"
#include "lists/addresses/addresses_private.h"
#include "lists/addresses/reply_address.h"

#include <glib/gstdio.h>
#include <string.h>

enum { NOW = 1772442900 }; /* 2026-03-02 */

static struct config config = { .domain = (char *)"kiez.example", .delimiter = (char *)"+" };
static struct keys *keys;
static char *directory;

static int setup(void **state)
{
  (void)state;
  directory = g_dir_make_tmp("kiezpost-XXXXXX", NULL);
  g_autofree char *path = g_build_filename(directory, "keys", NULL);
  assert_true(keys_create(path, NOW, NULL));
  keys = keys_load(path, NULL);
  return keys ? 0 : -1;
}

static int teardown(void **state)
{
  (void)state;
  static const char *const names[] = { "keys", "addresses" };
  for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
    g_autofree char *path = g_build_filename(directory, names[i], NULL);
    g_unlink(path);
  }
  g_rmdir(directory);
  g_free(directory);
  keys_free(keys);
  return 0;
}

static struct address_book *sample_book(void)
{
  struct address_book *book = addresses_new(&config);
  assert_true(addresses_add_list(book, "gruenau", "group"));
  assert_true(addresses_add_list(book, "kiezkasse-gruenau", "kiezkasse"));
  assert_true(addresses_add_list(book, "kiez", "frontdoor"));
  assert_true(addresses_add_alias(book, "grünau", "gruenau"));
  return book;
}

/* One address and what it means. */
static const struct {
  const char *name, *address;
  enum address_meaning meaning;
  const char *list, *command;
} cases[] = {
  { "a list by its name", "gruenau@kiez.example", ADDRESS_LIST, "gruenau", NULL },
  { "a list in capitals", "GRUENAU@KIEZ.example", ADDRESS_LIST, "gruenau", NULL },
  { "a list by an alias with an umlaut", "Grünau@kiez.example", ADDRESS_LIST, "gruenau", NULL },
  { "the German command to join", "gruenau+beitreten@kiez.example", ADDRESS_COMMAND, "gruenau", "beitreten" },
  { "the English one", "gruenau+subscribe@kiez.example", ADDRESS_COMMAND, "gruenau", "beitreten" },
  { "a command in capitals", "gruenau+HILFE@kiez.example", ADDRESS_COMMAND, "gruenau", "hilfe" },
  { "a command at an alias", "grünau+leave@kiez.example", ADDRESS_COMMAND, "gruenau", "austreten" },
  { "a command with no list", "antwort+beitreten@kiez.example", ADDRESS_UNKNOWN, NULL, NULL },
  { "an invented detail", "gruenau+foto@kiez.example", ADDRESS_UNKNOWN, NULL, NULL },
  { "an empty detail", "gruenau+@kiez.example", ADDRESS_UNKNOWN, NULL, NULL },
  { "a delimiter alone", "+@kiez.example", ADDRESS_UNKNOWN, NULL, NULL },
  { "the front door", "kiez@kiez.example", ADDRESS_FRONT_DOOR, "kiez", NULL },
  { "postmaster", "Postmaster@kiez.example", ADDRESS_ADMIN, NULL, NULL },
  { "abuse", "abuse@kiez.example", ADDRESS_ADMIN, NULL, NULL },
  { "a list that nobody made", "mueggelheim@kiez.example", ADDRESS_UNKNOWN, NULL, NULL },
  { "another domain", "gruenau@kiez.invalid", ADDRESS_UNKNOWN, NULL, NULL },
  { "a domain below ours", "gruenau@a.kiez.example", ADDRESS_UNKNOWN, NULL, NULL },
  { "no domain", "gruenau", ADDRESS_UNKNOWN, NULL, NULL },
  { "nothing", "", ADDRESS_UNKNOWN, NULL, NULL },
  { "forty-two letters nobody signed", "gruenau+aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@kiez.example",
    ADDRESS_FORGED, NULL, NULL },
};

static void every_address_means_what_the_table_says(void **state)
{
  (void)state;
  g_autoptr(address_book_t) book = sample_book();
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    struct address_target got = addresses_look_up(book, keys, cases[i].address, NOW);
    if (got.meaning != cases[i].meaning || g_strcmp0(got.list, cases[i].list) != 0 ||
        g_strcmp0(got.command, cases[i].command) != 0)
      fail_msg("%s: %s means %d, list %s, command %s", cases[i].name, cases[i].address, got.meaning,
               got.list ? got.list : "-", got.command ? got.command : "-");
  }
}

static void a_token_is_read_in_any_case_and_behind_either_base(void **state)
{
  (void)state;
  g_autoptr(address_book_t) book = sample_book();
  struct token token = { .purpose = TOKEN_POST, .object = 4711 };
  static const char *const lists[] = { "gruenau", "a-list-with-a-very-long-name" };
  for (gsize i = 0; i < G_N_ELEMENTS(lists); i++) {
    g_autofree char *address = reply_address(&config, keys, lists[i], &token);
    assert_true(strcspn(address, "@") <= 64);
    g_autofree char *shouted = g_ascii_strup(address, -1);
    struct address_target got = addresses_look_up(book, keys, shouted, NOW);
    assert_int_equal(got.meaning, ADDRESS_TOKEN);
    assert_int_equal(got.token.object, 4711);
    assert_int_equal(got.token.purpose, TOKEN_POST);
    if (i == 0)
      assert_string_equal(got.list, "gruenau");
    else
      assert_null(got.list);
  }
}

static void an_expired_token_is_stale_and_one_changed_letter_forged(void **state)
{
  (void)state;
  g_autoptr(address_book_t) book = sample_book();
  struct token token = {
    .purpose = TOKEN_LEAVE, .object = 1, .person = 2, .expiry_day = token_day_after(NOW, 3)
  };
  g_autofree char *address = reply_address(&config, keys, "gruenau", &token);
  assert_int_equal(addresses_look_up(book, keys, address, NOW).meaning, ADDRESS_TOKEN);
  struct address_target stale = addresses_look_up(book, keys, address, NOW + 5 * 86400);
  assert_int_equal(stale.meaning, ADDRESS_STALE_TOKEN);
  assert_int_equal(stale.token.person, 2);
  assert_string_equal(stale.list, "gruenau");
  char *letter = address + strlen("gruenau+") + 20;
  *letter = *letter == 'a' ? 'b' : 'a';
  assert_int_equal(addresses_look_up(book, keys, address, NOW).meaning, ADDRESS_FORGED);
}

static void without_keys_a_token_is_known_by_its_shape(void **state)
{
  (void)state;
  g_autoptr(address_book_t) book = sample_book();
  struct address_target got =
      addresses_look_up(book, NULL, "gruenau+aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@kiez.example", NOW);
  assert_int_equal(got.meaning, ADDRESS_TOKEN);
  assert_int_equal(got.token.purpose, TOKEN_NONE);
}

static void a_hyphen_as_delimiter_does_not_cut_list_names(void **state)
{
  (void)state;
  struct config other = config;
  other.delimiter = (char *)"-";
  g_autoptr(address_book_t) book = addresses_new(&other);
  addresses_add_list(book, "kiezkasse-gruenau", "kiezkasse");
  assert_int_equal(addresses_look_up(book, keys, "kiezkasse-gruenau@kiez.example", NOW).meaning,
                   ADDRESS_LIST);
  assert_int_equal(addresses_look_up(book, keys, "kiezkasse-gruenau-hilfe@kiez.example", NOW).meaning,
                   ADDRESS_COMMAND);
}

static char *file_path(void)
{
  return g_build_filename(directory, "addresses", NULL);
}

static void the_file_gives_the_same_book_again(void **state)
{
  (void)state;
  g_autofree char *path = file_path();
  g_autoptr(address_book_t) book = sample_book();
  assert_true(addresses_publish(book, path, NULL));
  g_autoptr(address_book_t) again = addresses_from_file(path, &config, NULL);
  assert_non_null(again);
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
    assert_int_equal(addresses_look_up(again, keys, cases[i].address, NOW).meaning, cases[i].meaning);
}

static void the_file_is_written_only_when_it_changes(void **state)
{
  (void)state;
  g_autofree char *path = file_path();
  g_autoptr(address_book_t) book = sample_book();
  GStatBuf before, same, after;
  assert_true(addresses_publish(book, path, NULL));
  assert_int_equal(g_stat(path, &before), 0);
  assert_true(addresses_publish(book, path, NULL));
  assert_int_equal(g_stat(path, &same), 0);
  assert_true(before.st_ino == same.st_ino);
  addresses_add_list(book, "rahnsdorf", "group");
  assert_true(addresses_publish(book, path, NULL));
  assert_int_equal(g_stat(path, &after), 0);
  assert_true(before.st_ino != after.st_ino);
}

/* Reads a file of these bytes; it must be refused as a passing fault. */
static void refuse(const char *why, const char *bytes, gssize size)
{
  g_autofree char *path = file_path();
  g_autoptr(GError) error = NULL;
  assert_true(g_file_set_contents(path, bytes, size, NULL));
  g_autoptr(address_book_t) book = addresses_from_file(path, &config, &error);
  if (book) fail_msg("%s: accepted", why);
  assert_int_equal(fault_of(error), FAULT_TEMPORARY);
}

static void a_torn_or_foreign_file_is_a_passing_fault(void **state)
{
  (void)state;
  g_autofree char *path = file_path(), *bytes = NULL;
  gsize size = 0;
  g_autoptr(address_book_t) book = sample_book();
  assert_true(addresses_publish(book, path, NULL));
  assert_true(g_file_get_contents(path, &bytes, &size, NULL));
  for (gsize cut = 0; cut < size; cut++) refuse("cut short", bytes, (gssize)cut);
  char *letter = strstr(bytes, "list gruenau");
  assert_non_null(letter);
  letter[5] = 'x';
  refuse("one letter changed", bytes, (gssize)size);
  refuse("something else", "Hallo\n", -1);
  struct config other = config;
  other.domain = (char *)"other.example";
  g_autoptr(address_book_t) foreign = addresses_new(&other);
  assert_true(addresses_publish(foreign, path, NULL));
  g_autoptr(GError) error = NULL;
  assert_null(addresses_from_file(path, &config, &error));
  assert_int_equal(fault_of(error), FAULT_TEMPORARY);
}

static void a_missing_file_is_a_passing_fault(void **state)
{
  (void)state;
  g_autoptr(GError) error = NULL;
  assert_null(addresses_from_file("/nonexistent/addresses", &config, &error));
  assert_int_equal(fault_of(error), FAULT_TEMPORARY);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(every_address_means_what_the_table_says),
    cmocka_unit_test(a_token_is_read_in_any_case_and_behind_either_base),
    cmocka_unit_test(an_expired_token_is_stale_and_one_changed_letter_forged),
    cmocka_unit_test(without_keys_a_token_is_known_by_its_shape),
    cmocka_unit_test(a_hyphen_as_delimiter_does_not_cut_list_names),
    cmocka_unit_test(the_file_gives_the_same_book_again),
    cmocka_unit_test(the_file_is_written_only_when_it_changes),
    cmocka_unit_test(a_torn_or_foreign_file_is_a_passing_fault),
    cmocka_unit_test(a_missing_file_is_a_passing_fault),
  };
  return cmocka_run_group_tests(tests, setup, teardown);
}
