/* JSON out: what readers of `explain` get is JSON whatever the text holds. */
#include "lib/text/json_out.h"
#include "tests/unit/text/cases.h"

static const struct {
  const char *name, *text, *json;
} texts[] = {
  { "plain", "Bank", "{\"t\":\"Bank\"}" },
  { "quotes and backslashes", "\"a\\b\"", "{\"t\":\"\\\"a\\\\b\\\"\"}" },
  { "line ends and tabs", "a\n\tb", "{\"t\":\"a\\n\\tb\"}" },
  { "umlauts as they are", "Grünau", "{\"t\":\"Grünau\"}" },
  { "nothing", NULL, "{\"t\":null}" },
};

static void texts_are_escaped(void **state)
{
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
    g_autoptr(json_out_t) json = json_out_new();
    json_begin_object(json, NULL);
    json_put_text(json, "t", texts[i].text);
    json_end_object(json);
    g_autofree char *got = json_out_text(json, false);
    if (g_strcmp0(got, texts[i].json) != 0) fail_msg("%s: got %s", texts[i].name, got);
  }
}

static void objects_and_arrays_nest(void **state)
{
  (void)state;
  g_autoptr(json_out_t) json = json_out_new();
  json_begin_object(json, NULL);
  json_begin_array(json, "a");
  json_put_number(json, NULL, -3);
  json_put_flag(json, NULL, true);
  json_put_null(json, NULL);
  json_begin_object(json, NULL);
  json_put_real(json, "r", 52.5);
  json_end_object(json);
  json_end_array(json);
  json_end_object(json);
  g_autofree char *got = json_out_text(json, false);
  assert_string_equal(got, "{\"a\":[-3,true,null,{\"r\":52.5}]}");
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(texts_are_escaped),
    cmocka_unit_test(objects_and_arrays_nest),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
