/* Rows of a message that are made from a mail as they stand in it: posts and imports write the same ones. */
#include "lists/message_rows.h"

#include "lib/store/threads.h"

static void free_attachment(gpointer attachment)
{
  attachment_free(attachment);
}

GPtrArray *message_attachments(const struct mail *mail)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func(free_attachment);
  for (guint i = 0; i < mail->attachments->len; i++) {
    const struct mail_attachment *from = g_ptr_array_index(mail->attachments, i);
    struct attachment *row = g_new(struct attachment, 1);
    *row = (struct attachment){ .number = (int)i + 1,
                                .filename = g_strdup(from->filename ? from->filename : ""),
                                .type = g_strdup(from->type),
                                .part = g_strdup(from->part),
                                .size_bytes = (int64_t)from->size_bytes };
    g_ptr_array_add(rows, row);
  }
  return rows;
}
