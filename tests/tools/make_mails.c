/* make_mails N DIRECTORY [SEED]: writes DIRECTORY/00001.eml … : list mail as it comes, the same bytes on
 * every machine.
 *
 * For `make bench`. The shape follows what is known of real technical lists: a median of 7 to 8 KB and a long
 * tail (one in a hundred over 300 KB), a header of about 4 KB with five Received, DKIM and ARC fields, three
 * of four mails answers with References, two of five with an HTML alternative, one of twenty with an
 * attachment, half of them German with quoted-printable and encoded subjects. The words are made up. */
#include <glib.h>
#include <glib/gstdio.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const syllables[] = { "ber",   "lin",  "gar",  "ten",   "ufer",  "stra",  "wald",  "kiez",
                                         "haus",  "weg",  "bau",  "see",   "fest",  "tag",   "rad",   "post",
                                         "the",   "mail", "ser",  "ver",   "list",  "patch", "con",   "form",
                                         "trans", "port", "read", "write", "grün",  "über",  "schön", "müll",
                                         "groß",  "fähr", "köp",  "nick",  "adler", "hof",   "trep",  "tow" };

enum { VOCABULARY = 20000 };

static guint64 state;

/* xorshift64*: the same numbers everywhere. */
static guint64 next_random(void)
{
  state ^= state >> 12;
  state ^= state << 25;
  state ^= state >> 27;
  return state * G_GUINT64_CONSTANT(2685821657736338717);
}

static unsigned below(unsigned limit)
{
  return (unsigned)(next_random() >> 33) % limit;
}

static bool one_in_hundred(unsigned percent)
{
  return below(100) < percent;
}

/* One of VOCABULARY words, the n-th as often as 1/n, and frequent ones short: as in every language (Zipf). */
static void put_word(GString *out)
{
  double part = (double)below(1U << 20) / (1U << 20);
  for (unsigned rank = (unsigned)pow(VOCABULARY, part) - 1, n = G_N_ELEMENTS(syllables);;
       rank = rank / n - 1) {
    g_string_append(out, syllables[rank % n]);
    if (rank < n) return;
  }
}

static void put_sentence(GString *out, unsigned words)
{
  for (unsigned i = 0; i < words; i++) {
    if (i > 0) g_string_append_c(out, ' ');
    put_word(out);
  }
}

/* `size` bytes of lines, some of them quoted. */
static void put_text(GString *out, gsize size, bool has_quotes)
{
  gsize end = out->len + size;
  while (out->len < end) {
    bool is_quote = has_quotes && one_in_hundred(60);
    for (unsigned i = 0, n = 2 + below(6); i < n && out->len < end; i++) {
      if (is_quote) g_string_append(out, one_in_hundred(30) ? "> > " : "> ");
      put_sentence(out, 6 + below(5));
      g_string_append(out, "\r\n");
    }
    g_string_append(out, "\r\n");
  }
}

static void put_quoted_printable(GString *out, const GString *text)
{
  unsigned column = 0;
  for (gsize i = 0; i < text->len; i++) {
    unsigned char c = (unsigned char)text->str[i];
    if (c == '\r') continue;
    if (c == '\n') {
      g_string_append(out, "\r\n");
      column = 0;
      continue;
    }
    if (column > 70) {
      g_string_append(out, "=\r\n");
      column = 0;
    }
    if (c >= 0x80 || c == '=') {
      g_string_append_printf(out, "=%02X", c);
      column += 3;
    } else {
      g_string_append_c(out, (char)c);
      column++;
    }
  }
}

static void put_base64(GString *out, gsize size)
{
  g_autofree guchar *bytes = g_malloc(size);
  for (gsize i = 0; i < size; i++) bytes[i] = (guchar)next_random();
  g_autofree char *text = g_base64_encode(bytes, size);
  for (gsize at = 0, length = strlen(text); at < length; at += 76) {
    g_string_append_len(out, text + at, (gssize)MIN((gsize)76, length - at));
    g_string_append(out, "\r\n");
  }
}

static void put_random_line(GString *out, const char *prefix, unsigned size)
{
  g_string_append(out, prefix);
  for (unsigned i = 0; i < size; i++) {
    if (i % 66 == 0) g_string_append(out, "\r\n\t");
    g_string_append_c(out, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"[below(64)]);
  }
  g_string_append(out, "\r\n");
}

/* What the way through five servers leaves in a header: about 3.5 KB. */
static void put_trace(GString *out, unsigned number)
{
  for (int i = 0; i < 5; i++)
    g_string_append_printf(
        out,
        "Received: from mx%d.hop.example (mx%d.hop.example [192.0.2.%u])\r\n\tby relay%d.example (Postfix) "
        "with ESMTPS id %08X\r\n\tfor <gruenau@kiez.example>; Mon,  2 Mar 2026 10:%02d:%02u +0100 (CET)\r\n",
        i, i, below(250), i, number * 7 + (unsigned)i, 10 - i, below(60));
  put_random_line(
      out,
      "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.org; s=2026; h=from:to:subject:date;",
      430);
  put_random_line(out, "ARC-Seal: i=1; a=rsa-sha256; t=1772442900; cv=none; d=hop.example; s=arc;", 350);
  put_random_line(out, "ARC-Message-Signature: i=1; a=rsa-sha256; c=relaxed/relaxed; d=hop.example; s=arc;",
                  430);
  g_string_append(
      out, "ARC-Authentication-Results: i=1; mx.hop.example; dkim=pass header.d=example.org; spf=pass\r\n");
  put_random_line(out, "X-Spam-Report: ", 600);
  put_random_line(out, "X-Provider-Data: ", 500);
  g_string_append(out,
                  "User-Agent: Made Mail/1.0\r\nX-Mailer: Made\r\nPrecedence: normal\r\nX-Priority: 3\r\n");
}

struct made {
  unsigned parent; /* 0: begins a thread */
  unsigned root;
};

static gsize text_size(void)
{
  unsigned p = below(1000);
  if (p < 500) return 600 + below(1200);
  if (p < 900) return 1800 + below(4200);
  if (p < 990) return 6000 + below(14000);
  return 20000 + below(60000);
}

static void put_references(GString *out, const struct made *mails, unsigned number)
{
  g_autoptr(GString) references = g_string_new(NULL);
  unsigned hops = 0;
  for (unsigned at = mails[number].parent; at != 0 && hops < 20; at = mails[at].parent, hops++) {
    g_autofree char *id = g_strdup_printf("\r\n <%u.made@example.org>", at);
    g_string_prepend(references, id);
  }
  g_string_append_printf(out, "In-Reply-To: <%u.made@example.org>\r\nReferences:%s\r\n", mails[number].parent,
                         references->str);
}

static void put_subject(GString *out, unsigned root, bool is_answer)
{
  guint64 saved = state;
  state = 88172645463325252u + root;
  g_autoptr(GString) subject = g_string_new(NULL);
  put_sentence(subject, 3 + below(5));
  state = saved;
  g_autofree char *coded = g_base64_encode((const guchar *)subject->str, MIN(subject->len, (gsize)45));
  bool is_ascii = true;
  for (gsize i = 0; i < subject->len; i++) is_ascii = is_ascii && (guchar)subject->str[i] < 0x80;
  const char *prefix = is_answer ? (root % 2 == 0 ? "Re: " : "AW: ") : "";
  if (is_ascii) {
    g_string_append_printf(out, "Subject: %s%s\r\n", prefix, subject->str);
  } else {
    gsize cut = MIN(subject->len, (gsize)42);
    while (cut > 0 && ((guchar)subject->str[cut] & 0xc0) == 0x80) cut--;
    g_free(coded);
    coded = g_base64_encode((const guchar *)subject->str, cut);
    g_string_append_printf(out, "Subject: %s=?utf-8?B?%s?=\r\n", prefix, coded);
  }
}

static void put_part(GString *out, const char *boundary, const char *type, const GString *text)
{
  g_string_append_printf(
      out, "--%s\r\nContent-Type: %s; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n",
      boundary, type);
  put_quoted_printable(out, text);
  g_string_append(out, "\r\n");
}

static void make_mail(GString *out, const struct made *mails, unsigned number)
{
  bool is_answer = mails[number].parent != 0;
  g_string_append(out,
                  "Authentication-Results: mx.kiez.example;\r\n\tdmarc=pass header.from=example.org\r\n");
  put_trace(out, number);
  g_string_append_printf(out, "From: Made Person %u <person%u@example.org>\r\nTo: gruenau@kiez.example\r\n",
                         number % 997, number % 997);
  if (one_in_hundred(69))
    g_string_append_printf(out, "Cc: person%u@example.org, person%u@example.net\r\n", below(997), below(997));
  put_subject(out, mails[number].root, is_answer);
  g_string_append_printf(
      out, "Date: Mon, 02 Mar 2026 %02u:%02u:%02u +0100\r\nMessage-ID: <%u.made@example.org>\r\n",
      number / 3600 % 24, number / 60 % 60, number % 60, number);
  if (is_answer) put_references(out, mails, number);
  g_string_append(out, "MIME-Version: 1.0\r\n");

  g_autoptr(GString) text = g_string_new(NULL);
  put_text(text, text_size(), is_answer);
  bool has_html = one_in_hundred(42), has_attachment = one_in_hundred(5);
  if (!has_html && !has_attachment) {
    bool is_plain = one_in_hundred(40);
    g_string_append_printf(out,
                           "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: %s\r\n\r\n",
                           is_plain ? "8bit" : "quoted-printable");
    if (is_plain)
      g_string_append_len(out, text->str, (gssize)text->len);
    else
      put_quoted_printable(out, text);
    return;
  }
  if (has_attachment)
    g_string_append(out, "Content-Type: multipart/mixed; boundary=\"mixed-1\"\r\n\r\n--mixed-1\r\n");
  if (has_html) {
    g_string_append(out, "Content-Type: multipart/alternative; boundary=\"alt-1\"\r\n\r\n");
    put_part(out, "alt-1", "text/plain", text);
    g_autoptr(GString) html =
        g_string_new("<html><head><style>p{margin:0}</style></head><body><div class=\"WordSection1\">\n");
    g_auto(GStrv) lines = g_strsplit(text->str, "\r\n", -1);
    for (char **line = lines; *line != NULL; line++) {
      g_autofree char *escaped = g_markup_escape_text(*line, -1);
      g_string_append_printf(html, "<p class=\"MsoNormal\"><span style=\"font-size:11.0pt\">%s</span></p>\n",
                             escaped);
    }
    g_string_append(html, "</div></body></html>\n");
    put_part(out, "alt-1", "text/html", html);
    g_string_append(out, "--alt-1--\r\n");
  } else {
    g_string_append(
        out,
        "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n");
    put_quoted_printable(out, text);
  }
  if (has_attachment) {
    g_string_append(out, "\r\n--mixed-1\r\nContent-Type: application/octet-stream; name=\"plan.bin\"\r\n"
                         "Content-Disposition: attachment; "
                         "filename=\"plan.bin\"\r\nContent-Transfer-Encoding: base64\r\n\r\n");
    put_base64(out, one_in_hundred(18) ? 200000 + below(700000) : 8000 + below(40000));
    g_string_append(out, "--mixed-1--\r\n");
  }
}

int main(int argc, char **argv)
{
  unsigned count = argc >= 3 ? (unsigned)strtoul(argv[1], NULL, 10) : 0;
  if (count == 0 || argc > 4) {
    fputs("usage: make_mails N DIRECTORY [SEED]\n", stderr);
    return 64;
  }
  state = argc == 4 ? strtoull(argv[3], NULL, 10) | 1 : 20260302;
  g_mkdir_with_parents(argv[2], 0755);
  g_autofree struct made *mails = g_new0(struct made, count + 1);
  for (unsigned number = 1; number <= count; number++) {
    if (number > 1 && one_in_hundred(73)) {
      unsigned back = 1 + (one_in_hundred(60) ? below(8) : below(200));
      mails[number].parent = back < number ? number - back : 1;
      mails[number].root = mails[mails[number].parent].root;
    } else {
      mails[number].root = number;
    }
    g_autoptr(GString) out = g_string_new(NULL);
    make_mail(out, mails, number);
    g_autofree char *path = g_strdup_printf("%s/%05u.eml", argv[2], number);
    g_autoptr(GError) error = NULL;
    if (!g_file_set_contents_full(path, out->str, (gssize)out->len, G_FILE_SET_CONTENTS_NONE, 0644, &error)) {
      fprintf(stderr, "make_mails: %s\n", error->message);
      return 74;
    }
  }
  return 0;
}
