/* Which office a question would go to, and why: the same choice that the worker makes. It needs a store,
 * since offices live there. */
#include "mta-hooks/explain/explain.h"
#include "mta-hooks/explain/explain_facts.h"

#include "lists/letters.h"
#include "lists/offices/offices.h"

#include "lib/text/subject.h"

void explain_put_office(struct json_out *json, const struct explanation *explanation, const struct mail *mail,
                        const char *region)
{
  int64_t id = 0;
  if (!explanation->store || !office_region_id(explanation->store, region, &id, NULL)) return;
  g_autofree char *title = subject_base(mail->subject, NULL);
  struct office_question question = { .region = id, .title = title, .text = mail->text_new };
  g_auto(office_choice_t) choice = { 0 };
  g_autoptr(letters_t) letters = letters_new(explanation->config);
  if (!offices_choose(explanation->store, &question, &choice, NULL)) return;
  g_autofree char *why = offices_why(letters, explanation->config->language, &choice, NULL);
  json_begin_object(json, "office");
  json_put_text(json, "sign", choice.office ? choice.office->sign : NULL);
  json_put_text(json, "name", choice.office ? choice.office->name : NULL);
  json_put_text(json, "topic", *choice.topic ? choice.topic : NULL);
  json_put_text(json, "responsible", choice.body);
  json_put_flag(json, "unsure", choice.is_unsure);
  json_put_text(json, "why", why);
  json_end_object(json);
}
