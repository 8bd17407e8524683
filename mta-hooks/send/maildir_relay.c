/* Delivery into maildirs.
 *
 * Written to tmp/, synced, renamed to new/, the folder synced: a reader sees whole mails only, and after a
 * power cut an answered mail is there. Lines end in LF, as everywhere in a local mailbox, below Return-Path
 * and Delivered-To as local delivery agents write them (RFC 5321, 4.4), so that one sees the signed envelope
 * sender. Folders are made when first needed. */
#include "mta-hooks/send/maildir_relay.h"

#include "lib/base/crash.h"
#include "lib/base/durable.h"
#include "lib/base/fault.h"
#include "lib/mail/compose.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

char *maildir_relay_folder(const char *address)
{
  GString *folder = g_string_new(NULL);
  for (const char *c = address; *c != '\0'; c++) {
    unsigned char byte = (unsigned char)*c;
    if (byte == '/' || byte == '%' || byte < ' ' || byte == 0x7f || (byte == '.' && c == address))
      g_string_append_printf(folder, "%%%02X", byte);
    else
      g_string_append_c(folder, *c);
  }
  return g_string_free(folder, FALSE);
}

/* The mail as it lies in a mailbox: slots filled, CRLF as LF. */
static GString *write_mail(const struct envelope *envelope, const struct delivery *delivery)
{
  g_auto(GStrv) values = g_strsplit(delivery->slots != NULL ? delivery->slots : "", "\x1f", SLOTS_MAX);
  gsize size = 0;
  const char *content = g_bytes_get_data(outgoing_letter(envelope->outgoing)->content, &size);
  g_autoptr(GString) filled = g_string_sized_new(size + 1024);
  compose_fill(filled, content, size, (const char *const *)values, g_strv_length(values));
  GString *mail = g_string_sized_new(filled->len + 512);
  g_string_append_printf(mail, "Return-Path: <%s>\nDelivered-To: %s\n", envelope_from(envelope),
                         delivery->address);
  for (gsize i = 0; i < filled->len; i++)
    if (filled->str[i] != '\r' || filled->str[i + 1] != '\n') g_string_append_c(mail, filled->str[i]);
  return mail;
}

/* Writes and syncs one file anew. */
static bool write_file(const char *path, const GString *bytes, GError **error)
{
  int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (fd < 0) return fault_set_errno(error, FAULT_FILE, errno, "%s cannot be created", path);
  bool is_written = durable_write(fd, bytes->str, bytes->len, error);
  if (is_written && fsync(fd) != 0)
    is_written = fault_set_errno(error, FAULT_FILE, errno, "%s cannot be synced", path);
  if (close(fd) != 0 && is_written)
    is_written = fault_set_errno(error, FAULT_FILE, errno, "%s cannot be closed", path);
  return is_written;
}

/* The three folders of a maildir, where they are missing. */
static bool make_maildir(const char *maildir, GError **error)
{
  static const char *const parts[] = { "tmp", "cur", "new" }; /* new last: where it is, all are */
  g_autofree char *last = g_build_filename(maildir, "new", NULL);
  if (g_file_test(last, G_FILE_TEST_IS_DIR)) return true;
  for (gsize i = 0; i < G_N_ELEMENTS(parts); i++) {
    g_autofree char *part = g_build_filename(maildir, parts[i], NULL);
    if (!durable_make_directories(part, 0700, error)) return false;
  }
  return true;
}

static bool deliver_one(const char *directory, const struct envelope *envelope,
                        const struct delivery *delivery, GError **error)
{
  const struct letter *letter = outgoing_letter(envelope->outgoing);
  g_autofree char *folder = maildir_relay_folder(delivery->address);
  g_autofree char *maildir = g_build_filename(directory, folder, NULL);
  g_autofree char *name =
      g_strdup_printf("%" G_GINT64_FORMAT ".L%" G_GINT64_FORMAT "N%" G_GINT64_FORMAT ".kiezpost",
                      letter->created, delivery->letter, delivery->number);
  g_autofree char *temporary = g_build_filename(maildir, "tmp", name, NULL);
  g_autofree char *final = g_build_filename(maildir, "new", name, NULL);
  g_autofree char *new_folder = g_path_get_dirname(final);
  GString *mail = write_mail(envelope, delivery);
  bool is_written = make_maildir(maildir, error) && write_file(temporary, mail, error);
  g_string_free(mail, TRUE);
  if (!is_written) return false;
  if (rename(temporary, final) != 0)
    return fault_set_errno(error, FAULT_FILE, errno, "%s cannot be moved to new", temporary);
  crash_point("send.maildir.renamed");
  return durable_sync_directory(new_folder, error);
}

bool maildir_relay_deliver(const char *directory, struct envelope *envelope, GError **error)
{
  for (guint i = 0; i < envelope->count; i++) {
    const struct delivery *delivery = envelope->deliveries[i];
    if (strlen(delivery->address) > 254 || delivery->address[0] == '\0') {
      envelope_answer(envelope, i, ANSWER_NEVER, "553 5.1.3 The address is too long for a maildir.");
      continue;
    }
    if (!deliver_one(directory, envelope, delivery, error)) return false;
    envelope_answer(envelope, i, ANSWER_SENT, "250 2.0.0 Delivered to the maildir.");
  }
  return true;
}
