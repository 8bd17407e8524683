/* A list as JSON: for `show lists` and `list show`. */
#include "mta-hooks/verbs/list_json.h"

#include "lists/moderation/rules.h"

void list_put_json(struct json_out *json, const struct list *list, GHashTable *own,
                   const struct list_files *files, const struct config *config)
{
  g_autofree char *address = g_strdup_printf("%s@%s", list->name, config->domain);
  json_begin_object(json, NULL);
  json_put_text(json, "name", list->name);
  json_put_text(json, "kind", list->kind);
  json_put_text(json, "title", list->title);
  json_put_text(json, "region", list->region_slug[0] != '\0' ? list->region_slug : NULL);
  json_put_text(json, "address", address);
  json_begin_array(json, "aliases");
  for (char **alias = list->aliases; alias != NULL && *alias != NULL; alias++)
    json_put_text(json, NULL, *alias);
  json_end_array(json);
  json_put_text(json, "archive", list->archive_public ? "public" : "none");
  json_put_number(json, "members", list->members);
  json_put_number(json, "threads", list->threads);
  json_put_number(json, "messages", list->messages);
  json_begin_object(json, "policies");
  const char *strangers = own != NULL ? g_hash_table_lookup(own, "non_member") : NULL;
  bool waits = strcmp(list->posting, "anyone") == 0 && strangers && strcmp(strangers, "accept") != 0;
  json_put_text(json, "posting", waits ? "anyone-moderated" : list->posting);
  json_put_text(json, "joining", list->joining);
  json_put_text(json, "members", list->shows_members ? "visible" : "hidden");
  json_put_text(json, "subject_tag", list->subject_tag);
  json_put_text(json, "topics", list->topics);
  json_put_flag(json, "own_copy", list->own_copy);
  json_put_text(json, "language", list->language);
  json_put_text(json, "attachments", files->kinds);
  json_put_number(json, "attachment_limit",
                  files->travels_bytes > 0 ? files->travels_bytes : config->attachment_limit_bytes);
  if (files->takes_bytes > 0) json_put_number(json, "mail_limit", files->takes_bytes);
  json_end_object(json);
  if (own != NULL) {
    json_begin_object(json, "rules");
    for (gsize i = 0; i < rule_count; i++) {
      const char *word = g_hash_table_lookup(own, rules[i].name);
      json_put_text(json, rules[i].name, word != NULL ? word : rule_action_word(rules[i].usual));
    }
    json_end_object(json);
  }
  json_end_object(json);
}
