/* JSON out: one writer for `--json` and `explain`, so that nobody glues quotes. Members of an object have a
 * name; elements of an array have name NULL. Pretty-printed with two spaces, UTF-8. */
#ifndef TEXT_JSON_OUT_H
#define TEXT_JSON_OUT_H

#include <glib.h>
#include <stdbool.h>

struct json_out;
struct json_out *json_out_new(void);
void json_out_free(struct json_out *json);
typedef struct json_out json_out_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(json_out_t, json_out_free)

void json_begin_object(struct json_out *json, const char *name);
void json_end_object(struct json_out *json);
void json_begin_array(struct json_out *json, const char *name);
void json_end_array(struct json_out *json);
void json_put_text(struct json_out *json, const char *name, const char *text); /* NULL becomes null */
void json_put_number(struct json_out *json, const char *name, gint64 number);
void json_put_real(struct json_out *json, const char *name, double number);
void json_put_flag(struct json_out *json, const char *name, bool flag);
void json_put_null(struct json_out *json, const char *name);

/* The whole text; everything begun must be ended. Caller frees. */
char *json_out_text(struct json_out *json, bool is_pretty);
/* To standard output, pretty, with a line end. */
void json_out_print(struct json_out *json);

#endif
