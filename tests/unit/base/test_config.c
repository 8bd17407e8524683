/* kiezpost.conf: defaults, what is refused and how it is said. */
#include "lib/base/config.h"
#include "lib/base/fault.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>
#include <glib/gstdio.h>

#define DOMAIN "[municipality]\ndomain=kiez.example\n"

static char *directory, *path;

static int set_up(void **state)
{
  (void)state;
  directory = g_dir_make_tmp("config-XXXXXX", NULL);
  path = g_build_filename(directory, "kiezpost.conf", NULL);
  return 0;
}

static int tear_down(void **state)
{
  (void)state;
  g_unlink(path);
  int left = g_rmdir(directory);
  g_free(path);
  g_free(directory);
  return left;
}

static struct config *load(const char *text)
{
  GError *error = NULL;
  assert_true(g_file_set_contents(path, text, -1, NULL));
  struct config *config = config_load(path, &error);
  if (error) fail_msg("%s", error->message);
  return config;
}

static void assert_refused(const char *text, const char *words)
{
  g_autoptr(GError) error = NULL;
  assert_true(g_file_set_contents(path, text, -1, NULL));
  g_autoptr(config_t) config = config_load(path, &error);
  assert_null(config);
  assert_int_equal(fault_of(error), FAULT_CONFIG);
  if (!strstr(error->message, words)) fail_msg("\"%s\" does not say \"%s\"", error->message, words);
}

static void assert_below(const char *value, const char *prefix, const char *rest)
{
  g_autofree char *expected = g_strconcat(prefix, directory, "/", rest, NULL);
  assert_string_equal(value, expected);
}

static void a_domain_is_enough(void **state)
{
  (void)state;
  g_autoptr(config_t) config = load("[municipality]\ndomain = Kiez.EXAMPLE\n");
  assert_string_equal(config->domain, "kiez.example");
  assert_string_equal(config->name, "kiez.example");
  assert_string_equal(config->zone, "Europe/Berlin");
  assert_string_equal(config->authserv_id, "mx.kiez.example");
  assert_string_equal(config->helo, "kiez.example");
  assert_string_equal(config->base_url, "https://kiez.example");
  assert_string_equal(config->delimiter, "+");
  assert_string_equal(config->password_file, "");
  assert_below(config->inbox, "", "inbox");
  assert_below(config->store, "", "store");
  assert_below(config->addresses, "", "run/addresses");
  assert_below(config->keys, "", "keys/kiezpost.keys");
  assert_below(config->listen, "unix:", "run/lmtp.sock");
  assert_below(config->socketmap, "unix:", "run/map.sock");
  assert_below(config->relay[0], "maildir:", "letters");
  assert_null(config->relay[1]);
  assert_null(config->trusted_forwarders[0]);
  assert_int_equal(config->size_limit_bytes, 40 * 1024 * 1024);
  assert_int_equal(config->attachment_limit_bytes, 2 * 1024 * 1024);
  assert_int_equal(config->recipients_max, 100);
  assert_int_equal(config->retry_days, 5);
  assert_int_equal(config->subject_join_days, 14);
}

static void moving_the_run_directory_moves_the_sockets(void **state)
{
  (void)state;
  g_autoptr(config_t) config = load(DOMAIN "[paths]\nrun=/run/kiezpost\nstore=../elsewhere\n");
  assert_string_equal(config->listen, "unix:/run/kiezpost/lmtp.sock");
  assert_string_equal(config->socketmap, "unix:/run/kiezpost/map.sock");
  assert_string_equal(config->addresses, "/run/kiezpost/addresses");
  assert_null(strstr(config->store, "..")); /* made absolute and plain */
  assert_true(g_str_has_suffix(config->store, "/elsewhere"));
}

static void a_file_without_a_domain_says_what_is_missing(void **state)
{
  (void)state;
  assert_refused("", "needs a \"domain\"");
  assert_refused("[municipality]\nname=Kiez\n", "needs a \"domain\"");
  assert_refused("[municipality]\ndomain=\n", "wanted is a domain");
}

static void a_missing_file_says_how_to_make_one(void **state)
{
  (void)state;
  g_autoptr(GError) error = NULL;
  g_autoptr(config_t) config = config_load(path, &error);
  assert_null(config);
  assert_int_equal(fault_of(error), FAULT_CONFIG);
  assert_non_null(strstr(error->message, "kiezpost init"));
}

static void misspelt_names_get_a_suggestion(void **state)
{
  (void)state;
  static const struct {
    const char *text, *words;
  } cases[] = {
    { "[municipality]\ndomian=kiez.example\n", "did you mean \"domain\" in [municipality]" },
    { DOMAIN "[send]\nrelais=x\n", "did you mean \"relay\" in [send]" },
    { DOMAIN "[mail]\nrelay=maildir:x\n", "did you mean \"relay\" in [send]" },
    { DOMAIN "[receive]\nsize-limit=1M\n", "did you mean \"size_limit\"" },
    { DOMAIN "[recieve]\nsize_limit=1M\n", "did you mean [receive]" },
    { DOMAIN "[send]\nfrobnication=1\n", "has no setting \"frobnication\"; kiezpost config lists" },
    { DOMAIN "[weather]\nrain=1\n", "there is no group [weather]; kiezpost config lists" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) assert_refused(cases[i].text, cases[i].words);
}

static void sizes_have_units(void **state)
{
  (void)state;
  static const struct {
    const char *text;
    int64_t bytes;
  } cases[] = {
    { "40M", 40 * 1024 * 1024 }, { "256K", 256 * 1024 }, { "256k", 256 * 1024 }, { "1G", INT64_C(1) << 30 },
    { "2G", INT64_C(2) << 30 },  { "1048576", 1048576 }, { "1024", 1024 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *text = g_strdup_printf(DOMAIN "[receive]\nsize_limit = %s \n", cases[i].text);
    g_autoptr(config_t) config = load(text);
    assert_int_equal(config->size_limit_bytes, cases[i].bytes);
  }
  static const char *const bad[] = { "",     "M",     "-1M", "40MB", "4 0M", "3G", "99999999999999999999G",
                                     "1023", "0x10K", "1.5M" };
  for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
    g_autofree char *text = g_strdup_printf(DOMAIN "[receive]\nsize_limit=%s\n", bad[i]);
    assert_refused(text, "wanted is a size like 40M");
  }
}

static void bad_values_are_named_with_what_was_wanted(void **state)
{
  (void)state;
  static const struct {
    const char *text, *words;
  } cases[] = {
    { "[municipality]\ndomain=kiez example\n", "wanted is a domain" },
    { "[municipality]\ndomain=-kiez.example\n", "wanted is a domain" },
    { "[municipality]\ndomain=kiez..example\n", "wanted is a domain" },
    { "[municipality]\ndomain=grünau.example\n", "xn--" },
    { DOMAIN "zone=Europe/Köpenick\n", "no such time zone" },
    { DOMAIN "language=../../etc\n", "small letters" },
    { DOMAIN "admin=Frau Amt <amt@bezirk.example>\n", "one plain address" },
    { DOMAIN "[receive]\nrecipients_max=0\n", "from 1 to 100000" },
    { DOMAIN "[receive]\nrecipients_max=viele\n", "whole number" },
    { DOMAIN "[receive]\nlisten=run/lmtp.sock\n", "unix:PATH or tcp:HOST:PORT" },
    { DOMAIN "[receive]\nlisten=tcp:127.0.0.1\n", "unix:PATH or tcp:HOST:PORT" },
    { DOMAIN "[receive]\nlisten=tcp:127.0.0.1:70000\n", "unix:PATH or tcp:HOST:PORT" },
    { DOMAIN "[mail]\ndelimiter=-\n", "one of + = ~" },
    { DOMAIN "[send]\nrelay=\n", "one or more smtp" },
    { DOMAIN "[send]\nrelay=localhost:25\n", "neither smtp" },
    { DOMAIN "[send]\nrelay=maildir:\n", "neither smtp" },
    { DOMAIN "[send]\nrelay=smtp://a.example;maildir:x\n", "one maildir" },
    { DOMAIN "[send]\nstarttls=yes\n", "no, may or must" },
    { DOMAIN "[archive]\nbase_url=archiv.kiez.example\n", "https://" },
    { DOMAIN "[archive]\nbase_url=https://a.example/\"><script>\n", "https://" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) assert_refused(cases[i].text, cases[i].words);
}

static void a_new_file_sets_what_was_given_and_shows_the_rest(void **state)
{
  (void)state;
  static const char *const values[] = {
    "municipality", "domain", "kiez.example", "municipality", "imprint", "Büro \\ Haus; Tel. 1 # 2", NULL
  };
  g_autofree char *text = config_compose(values);
  g_autoptr(config_t) config = load(text);
  assert_string_equal(config->imprint, "Büro \\ Haus; Tel. 1 # 2");
  assert_string_equal(config->zone, "Europe/Berlin");
  assert_non_null(strstr(text, "\n#zone = Europe/Berlin\n"));
  assert_non_null(strstr(text, "\n#listen = unix:$run/lmtp.sock\n"));
}

static void values_of_the_file_may_name_domain_and_run(void **state)
{
  (void)state;
  g_autoptr(config_t) config =
      load(DOMAIN "[receive]\nlisten=unix:$run/other.sock\n[archive]\nbase_url=https://archiv.$domain/\n");
  assert_below(config->listen, "unix:", "run/other.sock");
  assert_string_equal(config->base_url, "https://archiv.kiez.example");
}

static void relays_and_forwarders_are_lists(void **state)
{
  (void)state;
  g_autoptr(config_t) config =
      load(DOMAIN "[send]\nrelay = smtp://mx1.example:587 ; smtp://[::1]:2525; smtp://mx2.example;\n"
                  "[mail]\ntrusted_forwarders = bezirk.example ; berlin.example\n"
                  "[archive]\nbase_url=http://archiv.example/kiez/\n");
  assert_string_equal(config->relay[0], "smtp://mx1.example:587");
  assert_string_equal(config->relay[1], "smtp://[::1]:2525");
  assert_string_equal(config->relay[2], "smtp://mx2.example:25");
  assert_null(config->relay[3]);
  assert_string_equal(config->trusted_forwarders[1], "berlin.example");
  assert_string_equal(config->base_url, "http://archiv.example/kiez");
}

struct described {
  GString *text;
  int count;
};

static void note(const char *group, const char *key, const char *value, const char *from, const char *about,
                 void *data)
{
  struct described *described = data;
  described->count++;
  assert_true(strlen(about) > 10);
  g_string_append_printf(described->text, "%s.%s=%s (%s)\n", group, key, value, from);
}

static void every_setting_is_described_with_its_origin(void **state)
{
  (void)state;
  g_autoptr(config_t) config = load(DOMAIN "[receive]\nsize_limit=1025\n[send]\nretry_days=5\n");
  struct described described = { g_string_new(NULL), 0 };
  config_describe(config, note, &described);
  assert_true(described.count > 30);
  assert_non_null(strstr(described.text->str, "municipality.domain=kiez.example (file)"));
  assert_non_null(strstr(described.text->str, "receive.size_limit=1025 (file)"));
  assert_non_null(strstr(described.text->str, "send.retry_days=5 (file)"));
  assert_non_null(strstr(described.text->str, "posts.attachment_limit=2M (default)"));
  g_string_free(described.text, TRUE);
}

static void a_file_of_the_municipality_comes_before_the_shipped_one(void **state)
{
  (void)state;
  g_autofree char *shipped = g_build_filename(directory, "shipped", NULL);
  g_autofree char *own = g_build_filename(directory, "share", NULL);
  char *files[] = { g_build_filename(shipped, "a.md", NULL), g_build_filename(own, "a.md", NULL),
                    g_build_filename(shipped, "b.md", NULL) };
  g_setenv("KIEZPOST_SHARE", shipped, TRUE); /* before config_share() is asked for the first time */
  g_mkdir(shipped, 0700);
  g_mkdir(own, 0700);
  for (int i = 0; i < 3; i++) g_file_set_contents(files[i], "", 0, NULL);
  g_autoptr(config_t) config = load(DOMAIN);
  g_autofree char *a = config_find_shared(config, "a.md");
  g_autofree char *b = config_find_shared(config, "b.md");
  g_autofree char *c = config_find_shared(config, "c.md");
  g_autofree char *outside = config_find_shared(config, "../kiezpost.conf");
  g_autofree char *absolute = config_find_shared(config, "/etc/passwd");
  assert_string_equal(a, files[1]);
  assert_string_equal(b, files[2]);
  assert_null(c);
  assert_null(outside);
  assert_null(absolute);
  for (int i = 0; i < 3; i++) {
    g_unlink(files[i]);
    g_free(files[i]);
  }
  g_rmdir(shipped);
  g_rmdir(own);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
  const struct CMUnitTest tests[] = {
    CASE(a_domain_is_enough),
    CASE(moving_the_run_directory_moves_the_sockets),
    CASE(a_file_without_a_domain_says_what_is_missing),
    CASE(a_missing_file_says_how_to_make_one),
    CASE(misspelt_names_get_a_suggestion),
    CASE(sizes_have_units),
    CASE(bad_values_are_named_with_what_was_wanted),
    CASE(a_new_file_sets_what_was_given_and_shows_the_rest),
    CASE(values_of_the_file_may_name_domain_and_run),
    CASE(relays_and_forwarders_are_lists),
    CASE(every_setting_is_described_with_its_origin),
    CASE(a_file_of_the_municipality_comes_before_the_shipped_one),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
