/* JSON out, by json-glib: the one file that knows it for writing. */
#include "lib/text/json_out.h"

#include <json-glib/json-glib.h>
#include <stdio.h>

struct json_out {
  JsonBuilder *builder;
};

struct json_out *json_out_new(void)
{
  struct json_out *json = g_new0(struct json_out, 1);
  json->builder = json_builder_new();
  return json;
}

void json_out_free(struct json_out *json)
{
  if (json == NULL) return;
  g_object_unref(json->builder);
  g_free(json);
}

static void put_name(struct json_out *json, const char *name)
{
  if (name != NULL) json_builder_set_member_name(json->builder, name);
}

void json_begin_object(struct json_out *json, const char *name)
{
  put_name(json, name);
  json_builder_begin_object(json->builder);
}

void json_end_object(struct json_out *json)
{
  json_builder_end_object(json->builder);
}

void json_begin_array(struct json_out *json, const char *name)
{
  put_name(json, name);
  json_builder_begin_array(json->builder);
}

void json_end_array(struct json_out *json)
{
  json_builder_end_array(json->builder);
}

void json_put_text(struct json_out *json, const char *name, const char *text)
{
  put_name(json, name);
  if (text != NULL)
    json_builder_add_string_value(json->builder, text);
  else
    json_builder_add_null_value(json->builder);
}

void json_put_number(struct json_out *json, const char *name, gint64 number)
{
  put_name(json, name);
  json_builder_add_int_value(json->builder, number);
}

void json_put_real(struct json_out *json, const char *name, double number)
{
  put_name(json, name);
  json_builder_add_double_value(json->builder, number);
}

void json_put_flag(struct json_out *json, const char *name, bool flag)
{
  put_name(json, name);
  json_builder_add_boolean_value(json->builder, flag);
}

void json_put_null(struct json_out *json, const char *name)
{
  put_name(json, name);
  json_builder_add_null_value(json->builder);
}

char *json_out_text(struct json_out *json, bool is_pretty)
{
  g_autoptr(JsonGenerator) generator = json_generator_new();
  JsonNode *root = json_builder_get_root(json->builder);
  json_generator_set_root(generator, root);
  json_generator_set_pretty(generator, is_pretty);
  char *text = json_generator_to_data(generator, NULL);
  json_node_unref(root);
  return text;
}

void json_out_print(struct json_out *json)
{
  g_autofree char *text = json_out_text(json, true);
  puts(text);
}
