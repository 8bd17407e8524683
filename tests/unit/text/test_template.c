/* Templates: what the public Mustache specification describes, in cases of ours, and what we decided beyond
 * it. Values are written as JSON; a string that starts with "markup:" is set as markup. */
#include "lib/base/fault.h"
#include "lib/text/template.h"
#include "tests/support/cpu.h"
#include "tests/unit/text/cases.h"
#include <json-glib/json-glib.h>
#include <string.h>

static void fill(struct value *map, JsonObject *object);

static void fill_list(struct value *map, const char *name, JsonArray *array)
{
  value_set_flag(map, name, false); /* what an empty list is */
  for (guint i = 0; i < json_array_get_length(array); i++) {
    JsonNode *item = json_array_get_element(array, i);
    if (JSON_NODE_HOLDS_OBJECT(item))
      fill(value_append(map, name), json_node_get_object(item));
    else
      value_append_text(map, name, json_node_get_string(item));
  }
}

static void fill_one(struct value *map, const char *name, JsonNode *node)
{
  GType type = json_node_get_value_type(node);
  if (JSON_NODE_HOLDS_OBJECT(node)) {
    fill(value_add_map(map, name), json_node_get_object(node));
  } else if (JSON_NODE_HOLDS_ARRAY(node)) {
    fill_list(map, name, json_node_get_array(node));
  } else if (JSON_NODE_HOLDS_NULL(node)) {
    value_set_text(map, name, NULL);
  } else if (type == G_TYPE_STRING) {
    const char *text = json_node_get_string(node);
    if (g_str_has_prefix(text, "markup:"))
      value_set_markup(map, name, text + 7);
    else
      value_set_text(map, name, text);
  } else if (type == G_TYPE_BOOLEAN) {
    value_set_flag(map, name, json_node_get_boolean(node));
  } else {
    value_set_number(map, name, json_node_get_int(node));
  }
}

static void fill(struct value *map, JsonObject *object)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;
  json_object_iter_init(&iter, object);
  while (json_object_iter_next(&iter, &name, &node)) fill_one(map, name, node);
}

static struct value *values_of(const char *json)
{
  struct value *values = value_new();
  g_autoptr(JsonNode) root = json_from_string(json, NULL);
  assert_non_null(root);
  fill(values, json_node_get_object(root));
  return values;
}

/* Partials are pairs of name and source, NULL-ended. */
static char *load_pair(const char *name, char **path, void *data)
{
  (void)path;
  for (const char *const *pair = data; pair != NULL && *pair != NULL; pair += 2)
    if (strcmp(pair[0], name) == 0) return g_strdup(pair[1]);
  return NULL;
}

struct template_case {
  const char *name, *source, *values, *expected;
  const char *partials[5];
};

static const struct template_case cases[] = {
  /* interpolation */
  { "text without tags stays", "Hallo { Welt }\n", "{}", "Hallo { Welt }\n", { NULL } },
  { "a value is put in", "Hallo {{name}}!", "{\"name\":\"Lothar\"}", "Hallo Lothar!", { NULL } },
  { "white space inside the tag does not count", "{{  name\t}}", "{\"name\":\"L\"}", "L", { NULL } },
  { "a value is escaped", "{{a}}", "{\"a\":\"<&\\\"'>\"}", "&lt;&amp;&quot;&#39;&gt;", { NULL } },
  { "tags in a value stay text", "{{a}}", "{\"a\":\"{{b}}\",\"b\":\"x\"}", "{{b}}", { NULL } },
  { "markup is put as it is by three braces", "{{{a}}}", "{\"a\":\"markup:<b>\"}", "<b>", { NULL } },
  { "markup is put as it is by an ampersand", "{{& a }}", "{\"a\":\"markup:<b>\"}", "<b>", { NULL } },
  { "markup in a plain tag is escaped", "{{a}}", "{\"a\":\"markup:<b>\"}", "&lt;b&gt;", { NULL } },
  { "a number", "{{n}} {{{n}}}", "{\"n\":-12}", "-12 -12", { NULL } },
  { "what is absent is nothing", "[{{a}}{{{a}}}]", "{}", "[]", { NULL } },
  { "what is null is nothing", "[{{a}}]", "{\"a\":null}", "[]", { NULL } },
  { "a tag in a line leaves its white space", "  {{a}}  \n", "{\"a\":\"x\"}", "  x  \n", { NULL } },
  /* dotted names */
  { "dotted names walk down", "{{a.b.c}}", "{\"a\":{\"b\":{\"c\":\"x\"}}}", "x", { NULL } },
  { "a broken chain is nothing", "[{{a.b.c}}]", "{\"a\":{}}", "[]", { NULL } },
  { "a broken chain does not look elsewhere",
    "[{{a.b.c}}]",
    "{\"a\":{\"b\":{}},\"c\":\"x\"}",
    "[]",
    { NULL } },
  { "the first part is looked up in outer contexts",
    "{{#a}}{{b.c}}{{/a}}",
    "{\"a\":{\"x\":1},\"b\":{\"c\":\"y\"}}",
    "y",
    { NULL } },
  { "the nearest first part wins even when the rest is missing",
    "[{{#a}}{{b.c}}{{/a}}]",
    "{\"a\":{\"b\":{}},\"b\":{\"c\":\"y\"}}",
    "[]",
    { NULL } },
  { "a text has no parts", "[{{a.b}}]", "{\"a\":\"x\"}", "[]", { NULL } },
  /* sections */
  { "a true section is shown", "{{#a}}x{{/a}}", "{\"a\":true}", "x", { NULL } },
  { "a false section is not", "[{{#a}}x{{/a}}]", "{\"a\":false}", "[]", { NULL } },
  { "an absent one is not", "[{{#a}}x{{/a}}]", "{}", "[]", { NULL } },
  { "empty text is as good as false", "[{{#a}}x{{/a}}{{^a}}y{{/a}}]", "{\"a\":\"\"}", "[y]", { NULL } },
  { "nought is as good as false", "[{{#a}}x{{/a}}{{^a}}y{{/a}}]", "{\"a\":0}", "[y]", { NULL } },
  { "a map is a context", "{{#a}}{{b}}{{/a}}", "{\"a\":{\"b\":\"x\"}}", "x", { NULL } },
  { "an empty map is true", "{{#a}}x{{/a}}", "{\"a\":{}}", "x", { NULL } },
  { "names not found inside are found outside",
    "{{#a}}{{b}}{{c}}{{/a}}",
    "{\"a\":{\"b\":\"1\"},\"b\":\"0\",\"c\":\"2\"}",
    "12",
    { NULL } },
  { "a list repeats", "{{#l}}{{n}},{{/l}}", "{\"l\":[{\"n\":1},{\"n\":2},{\"n\":3}]}", "1,2,3,", { NULL } },
  { "an empty list is nothing", "[{{#l}}x{{/l}}]", "{\"l\":[]}", "[]", { NULL } },
  { "the iterator is the item", "{{#l}}({{.}}){{/l}}", "{\"l\":[\"a\",\"b\"]}", "(a)(b)", { NULL } },
  { "the iterator is escaped", "{{#l}}{{.}}{{/l}}", "{\"l\":[\"<\"]}", "&lt;", { NULL } },
  { "the iterator of a text section is the text", "{{#a}}({{.}}){{/a}}", "{\"a\":\"x\"}", "(x)", { NULL } },
  { "lists in lists",
    "{{#l}}{{#m}}{{.}}{{n}} {{/m}}{{/l}}",
    "{\"l\":[{\"n\":1,\"m\":[\"a\",\"b\"]},{\"n\":2,\"m\":[\"c\"]}]}",
    "a1 b1 c2 ",
    { NULL } },
  { "a section of the same name inside itself", "{{#a}}{{#a}}x{{/a}}{{/a}}", "{\"a\":true}", "x", { NULL } },
  { "dotted sections", "{{#a.b}}x{{/a.b}}{{^a.c}}y{{/a.c}}", "{\"a\":{\"b\":true}}", "xy", { NULL } },
  { "sections in a line keep the line", " {{#a}}x{{/a}} y\n", "{\"a\":true}", " x y\n", { NULL } },
  /* inverted */
  { "an inverted section shows when false", "{{^a}}x{{/a}}", "{\"a\":false}", "x", { NULL } },
  { "it shows when absent", "{{^a}}x{{/a}}", "{}", "x", { NULL } },
  { "it shows for an empty list", "{{^a}}x{{/a}}", "{\"a\":[]}", "x", { NULL } },
  { "it does not show when true", "[{{^a}}x{{/a}}]", "{\"a\":[{}]}", "[]", { NULL } },
  { "it does not show for a map", "[{{^a}}x{{/a}}]", "{\"a\":{\"b\":1}}", "[]", { NULL } },
  { "it opens no context", "{{#m}}{{^a}}{{b}}{{/a}}{{/m}}", "{\"m\":{\"b\":\"x\"}}", "x", { NULL } },
  /* remarks */
  { "remarks are nothing", "1{{! remark }}2", "{}", "12", { NULL } },
  { "remarks may be of several lines", "1{{!\n a\n b\n}}2", "{}", "12", { NULL } },
  { "a remark alone takes its line", "1\n  {{! x }}  \n2", "{}", "1\n2", { NULL } },
  { "a remark of several lines alone takes them", "1\n{{!\n x\n}}\n2", "{}", "1\n2", { NULL } },
  { "a remark in a line leaves its white space", "1 {{! x }} 2", "{}", "1  2", { NULL } },
  /* standing alone */
  { "section tags alone take their lines",
    "a\n{{#s}}\nb\n{{/s}}\nc\n",
    "{\"s\":true}",
    "a\nb\nc\n",
    { NULL } },
  { "indented ones too", "a\n  {{#s}}  \nb\n\t{{/s}}\nc\n", "{\"s\":true}", "a\nb\nc\n", { NULL } },
  { "with CRLF line ends", "a\r\n{{#s}}\r\nb\r\n{{/s}}\r\nc", "{\"s\":true}", "a\r\nb\r\nc", { NULL } },
  { "at the start and the end of the file", "{{#s}}\nb\n{{/s}}", "{\"s\":true}", "b\n", { NULL } },
  { "at the end without a line feed", "a\n  {{^s}}{{/s}}", "{}", "a\n  ", { NULL } },
  { "two tags in a line are not alone", "{{#s}}{{/s}}\nx", "{\"s\":true}", "\nx", { NULL } },
  { "a value never stands alone", "  {{a}}\nb", "{\"a\":\"\"}", "  \nb", { NULL } },
  { "a list of lines", "{{#l}}\n- {{.}}\n{{/l}}\n", "{\"l\":[\"a\",\"b\"]}", "- a\n- b\n", { NULL } },
  /* partials */
  { "a partial is put in", "[{{>p}}]", "{}", "[x]", { "p", "x" } },
  { "a partial that does not exist is empty", "[{{>p}}]", "{}", "[]", { NULL } },
  { "a partial sees the context", "{{#m}}{{>p}}{{/m}}", "{\"m\":{\"a\":\"x\"}}", "*x*", { "p", "*{{a}}*" } },
  { "a partial may call itself",
    "{{>p}}",
    "{\"a\":\"x\",\"l\":[{\"a\":\"y\",\"l\":[]}]}",
    "x<y<>>",
    { "p", "{{a}}<{{#l}}{{>p}}{{/l}}>" } },
  { "white space in the tag", "{{> p }}", "{}", "x", { "p", "x" } },
  { "a partial in a line is not indented",
    "  {{a}}  {{>p}}\n",
    "{\"a\":\"|\"}",
    "  |  >\n>\n",
    { "p", ">\n>" } },
  { "a partial alone takes its line", "1\n{{>p}}\n2", "{}", "1\nx\n2", { "p", "x\n" } },
  { "a partial alone without a last line feed", "1\n  {{>p}}\n2", "{}", "1\n  x2", { "p", "x" } },
  { "each line of a partial alone is indented", "  {{>p}}\n", "{}", "  a\n  b\n", { "p", "a\nb\n" } },
  { "lines that start with a tag too",
    "  {{>p}}\n",
    "{\"a\":\"x\"}",
    "  x\n  x\n",
    { "p", "{{a}}\n{{a}}\n" } },
  { "what values bring along is not indented",
    " {{>p}}\n",
    "{\"a\":\"x\\ny\"}",
    " |\n x\ny\n |\n",
    { "p", "|\n{{a}}\n|\n" } },
  { "a section alone inside it leaves no blanks",
    "  {{>p}}\n",
    "{\"s\":true}",
    "  a\n",
    { "p", "{{#s}}\na\n{{/s}}\n" } },
  { "indentation adds up", " {{>p}}\n", "{}", " a\n  b\n a\n", { "p", "a\n {{>q}}\na\n", "q", "b\n" } },
  { "indentation ends with the partial", "  {{>p}}\nx\n", "{}", "  a\nx\n", { "p", "a\n" } },
  { "with CRLF line ends", "|\r\n{{>p}}\r\n|", "{}", "|\r\n>|", { "p", ">" } },
};

static void test_cases(void **state)
{
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(GError) error = NULL;
    g_autoptr(GString) out = g_string_new("");
    g_autoptr(value_t) values = values_of(cases[i].values);
    g_autoptr(template_t) template = template_parse_text("text", cases[i].source, ESCAPE_HTML, load_pair,
                                                         (void *)cases[i].partials, &error);
    if (template == NULL) fail_msg("%s: %s", cases[i].name, error->message);
    if (!template_render(template, values, out, &error)) fail_msg("%s: %s", cases[i].name, error->message);
    check_same(cases[i].name, out->str, cases[i].expected);
  }
}

/* Parses what load_pair gives for "page.html". */
static struct template *parse_page(const char *source, GError **error)
{
  const char *pairs[] = { "page.html", source, NULL };
  return template_parse("page.html", load_pair, pairs, error);
}

/* Two files that lie somewhere; the second one is broken. */
static char *load_file(const char *name, char **path, void *data)
{
  (void)data;
  *path = g_strconcat("/town/", name, NULL);
  return g_strdup(strcmp(name, "page.html") == 0 ? "{{>part.html}}" : "a\n{{#kaputt");
}

static void test_malformed(void **state)
{
  (void)state;
  static const struct {
    const char *name, *source, *place;
  } malformed[] = {
    { "a tag that is not closed", "a\n{{name", "page.html:2:" },
    { "three braces that are not closed", "{{{name}}", "page.html:1:" },
    { "a section that is not closed", "a\n{{#s}}\nb\nc", "page.html:2:" },
    { "a section that was not opened", "a\nb\n{{/s}}", "page.html:3:" },
    { "sections that cross", "{{#a}}{{#b}}{{/a}}{{/b}}", "page.html:1:" },
    { "an empty name", "{{ }}", "page.html:1:" },
    { "a name with a space", "{{a b}}", "page.html:1:" },
    { "a name with an empty part", "{{a..b}}", "page.html:1:" },
    { "delimiters of one's own", "{{=<% %>=}}", "page.html:1:" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(malformed); i++) {
    g_autoptr(GError) error = NULL;
    g_autoptr(template_t) template = parse_page(malformed[i].source, &error);
    if (template != NULL) fail_msg("%s: was taken", malformed[i].name);
    assert_int_equal(fault_of(error), FAULT_CONFIG);
    if (!g_str_has_prefix(error->message, malformed[i].place))
      fail_msg("%s: %s", malformed[i].name, error->message);
  }
  g_autoptr(GError) deep = NULL;
  assert_null(template_parse("page.html", load_file, NULL, &deep));
  assert_true(g_str_has_prefix(deep->message, "/town/part.html:2:"));
  g_autoptr(GError) error = NULL;
  assert_null(template_parse("none.html", load_pair, NULL, &error));
  assert_int_equal(fault_of(error), FAULT_CONFIG);
  assert_non_null(strstr(error->message, "none.html"));
}

static void test_refused(void **state)
{
  (void)state;
  static const struct template_case refused[] = {
    { "text is not put raw", "{{{a}}}", "{\"a\":\"x\"}", NULL, { NULL } },
    { "not even empty text", "{{{a}}}", "{\"a\":\"\"}", NULL, { NULL } },
    { "a partial without end", "{{>p}}", "{}", NULL, { "p", "{{>p}}" } },
    { "a tree that finds its parent's children",
      "{{>p}}",
      "{\"l\":[{\"a\":1}]}",
      NULL,
      { "p", "{{#l}}{{>p}}{{/l}}" } },
    { "too much output",
      "{{>p}}",
      "{\"l\":[{},{},{},{},{},{},{},{},{},{}]}",
      NULL,
      { "p",
        "{{#l}}{{#l}}{{#l}}{{#l}}{{#l}}{{#l}}{{#l}}0123456789{{/l}}{{/l}}{{/l}}{{/l}}{{/l}}{{/l}}{{/l}}" } },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(refused); i++) {
    g_autoptr(GError) error = NULL;
    g_autoptr(GString) out = g_string_new("before");
    g_autoptr(value_t) values = values_of(refused[i].values);
    g_autoptr(template_t) template = template_parse_text("text", refused[i].source, ESCAPE_HTML, load_pair,
                                                         (void *)refused[i].partials, &error);
    assert_non_null(template);
    if (template_render(template, values, out, &error)) fail_msg("%s: was rendered", refused[i].name);
    assert_int_equal(fault_of(error), FAULT_BUG);
    check_same(refused[i].name, out->str, "before");
  }
}

/* The name's suffix chooses the escape, for partials too. */
static void test_kinds(void **state)
{
  (void)state;
  static const struct {
    const char *file, *expected;
  } kinds[] = {
    { "a.html", "&lt;\uFFFE|&lt;\uFFFE" },
    { "a.xml", "&lt;|&lt;" },
    { "a.txt", "<\uFFFE|<\uFFFE" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++) {
    const char *pairs[] = { kinds[i].file, "{{a}}|{{>p.html}}", "p.html", "{{a}}", NULL };
    g_autoptr(GString) out = g_string_new("");
    g_autoptr(value_t) values = value_new();
    value_set_text(values, "a", "<\uFFFE");
    g_autoptr(template_t) template = template_parse(kinds[i].file, load_pair, pairs, NULL);
    assert_non_null(template);
    assert_true(template_render(template, values, out, NULL));
    check_same(kinds[i].file, out->str, kinds[i].expected);
  }
}

static void test_values(void **state)
{
  (void)state;
  g_autoptr(value_t) values = value_new();
  g_autoptr(GString) source = g_string_new("");
  g_autoptr(GString) expected = g_string_new("");
  for (int round = 0; round < 2; round++)
    for (int i = 0; i < 100; i++) {
      g_autofree char *name = g_strdup_printf("n%d", i);
      value_set_number(values, name, round == 0 ? 0 : i);
      if (round == 0) g_string_append_printf(source, "{{%s}} ", name);
      if (round == 0) g_string_append_printf(expected, "%d ", i);
    }
  value_set_text(values, "n5", NULL);
  value_append_text(values, "n6", "x");
  g_autoptr(template_t) template = template_parse_text("text", source->str, ESCAPE_TEXT, NULL, NULL, NULL);
  g_autoptr(GString) out = g_string_new("");
  assert_true(template_render(template, values, out, NULL));
  g_string_replace(expected, "4 5 6 7 8 ", "4   7 8 ", 1);
  check_same("a large map, set twice, one value gone and one a list", out->str, expected->str);
}

/* A page of 20,000 rows takes a moment only: no step may look through the whole. */
static void test_speed(void **state)
{
  (void)state;
  g_autoptr(value_t) values = value_new();
  for (int i = 0; i < 20000; i++) {
    struct value *row = value_append(values, "rows");
    value_set_text(row, "subject", "Sommerfest am Müggelsee");
    value_set_text(row, "from", "Lothar G.");
    value_set_number(row, "number", i);
  }
  g_autoptr(template_t) template = template_parse_text(
      "text",
      "{{#rows}}\n<li><a href=\"{{number}}/\">{{subject}}</a> {{from}}{{#x}} {{x}}{{/x}}</li>\n{{/rows}}\n",
      ESCAPE_HTML, NULL, NULL, NULL);
  g_autoptr(GString) out = g_string_new("");
  int64_t start = cpu_ms();
  assert_true(template_render(template, values, out, NULL));
  assert_true(cpu_ms() - start < 500);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_cases), cmocka_unit_test(test_malformed), cmocka_unit_test(test_refused),
    cmocka_unit_test(test_kinds), cmocka_unit_test(test_values),    cmocka_unit_test(test_speed),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
