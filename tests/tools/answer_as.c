/* answer_as CLIENT LETTER FROM [OPTION VALUE]…: prints the mail that a person's mail program makes when they
 * answer LETTER ("-": none, a new mail) with the text on standard input. What differs between programs is
 * what makes answers hard to read: where the quote begins, how its lines are marked and broken, what stands
 * below. The quote is the whole letter as it came, with every address in it, for that is what programs send
 * back.
 *
 *   --name NAME       the person            --to ADDRESS      instead of the letter's From
 *   --subject TEXT    of a new mail         --edit OLD=NEW    changed by hand within the quote
 *   --forward         passed on, not answered
 *
 * answer_as read LETTER: what a person sees of it, From, Subject and the plain text, for tests to look into.
 *
 * Programs, as they wrote in 2025: outlook (Word's HTML, a block "Von: Gesendet: An: Betreff:", no marks),
 * gmail, gmail-phone, apple (Mail on a Mac), iphone, gmx (its web pages: HTML alone), gmx-app, thunderbird
 * (format=flowed), thunderbird-html. */
#include "tests/support/clients.h"

#include <glib.h>
#include <gmime/gmime.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *name, *to, *subject, *edit;
static gboolean is_forward;
static const GOptionEntry options[] = {
  { "name", 0, 0, G_OPTION_ARG_FILENAME, &name, "the person", "NAME" },
  { "to", 0, 0, G_OPTION_ARG_FILENAME, &to, "instead of the letter's From", "ADDRESS" },
  { "subject", 0, 0, G_OPTION_ARG_FILENAME, &subject, "of a new mail", "TEXT" },
  { "edit", 0, 0, G_OPTION_ARG_FILENAME, &edit, "changed within the quote", "OLD=NEW" },
  { "forward", 0, 0, G_OPTION_ARG_NONE, &is_forward, "passed on, not answered", NULL },
  { 0 },
};

/* What is answered, and with what. */
struct answer {
  GMimeMessage *letter; /* NULL: a new mail */
  const char *from_name, *from_address;
  char *letter_from, *letter_name, *letter_address, *letter_subject;
  GDateTime *date, *now;
  char *text, *quoted, *quoted_html;
};

/* ---- the letter ---- */

static void find_parts(GMimeObject *parent, GMimeObject *object, gpointer data)
{
  (void)parent;
  struct answer *answer = data;
  if (!GMIME_IS_TEXT_PART(object)) return;
  char *text = g_mime_text_part_get_text(GMIME_TEXT_PART(object));
  bool is_html = g_mime_content_type_is_type(g_mime_object_get_content_type(object), "text", "html");
  char **place = is_html ? &answer->quoted_html : &answer->quoted;
  if (*place)
    g_free(text);
  else
    *place = text;
}

static char *replaced(char *text, const char *old, const char *new)
{
  g_auto(GStrv) parts = g_strsplit(text, old, -1);
  g_free(text);
  return g_strjoinv(new, parts);
}

static char *escaped(const char *text)
{
  char *html = g_markup_escape_text(text, -1);
  return replaced(html, "\n", "<br>\n");
}

/* What stands between <body> and </body>. */
static char *inner(char *html)
{
  const char *begin = strstr(html, "<body"), *end = strstr(html, "</body>");
  begin = begin ? strchr(begin, '>') : NULL;
  if (!begin || !end) return html;
  char *part = g_strndup(begin + 1, (gsize)(end - begin - 1));
  g_free(html);
  return part;
}

/* The address that a tag links to, as a person sees it in the status line. */
static void append_link(GString *text, const char *tag, const char *end)
{
  const char *link = g_strstr_len(tag, end - tag, "mailto:");
  if (!link) return;
  link += strlen("mailto:");
  g_autofree char *address = g_strndup(link, strcspn(link, "?\"'>"));
  g_autofree char *plain = g_uri_unescape_string(address, NULL);
  g_string_append_printf(text, " %s ", plain ? plain : address);
}

/* Where there is nothing but HTML: the words in its body and where its links go, as far as a test needs them.
 */
static char *without_tags(const char *html)
{
  GString *text = g_string_new(NULL);
  const char *body = strstr(html, "<body");
  for (const char *at = body ? body : html; *at;) {
    const char *end = *at == '<' ? strchr(at, '>') : NULL;
    if (end)
      append_link(text, at, end);
    else
      g_string_append_c(text, *at);
    at = (end ? end : at) + 1;
  }
  return replaced(g_string_free(text, FALSE), "&nbsp;", " ");
}

/* The person's own hand in the quote. */
static void apply_edit(struct answer *answer)
{
  g_auto(GStrv) sides = edit ? g_strsplit(edit, "=", 2) : NULL;
  if (!sides || !sides[0] || !sides[1]) return;
  answer->quoted = replaced(answer->quoted, sides[0], sides[1]);
  answer->quoted_html = replaced(answer->quoted_html, sides[0], sides[1]);
}

static bool read_letter(struct answer *answer, const char *path)
{
  g_autofree char *bytes = NULL;
  gsize size = 0;
  if (strcmp(path, "-") == 0) return true;
  if (!g_file_get_contents(path, &bytes, &size, NULL)) return false;
  GMimeStream *stream = g_mime_stream_mem_new_with_buffer(bytes, size);
  GMimeParser *parser = g_mime_parser_new_with_stream(stream);
  answer->letter = g_mime_parser_construct_message(parser, NULL);
  g_object_unref(parser);
  g_object_unref(stream);
  if (!answer->letter) return false;
  InternetAddress *from = internet_address_list_get_address(g_mime_message_get_from(answer->letter), 0);
  answer->letter_address = g_strdup(internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(from)));
  const char *shown = internet_address_get_name(from);
  answer->letter_name = g_strdup(shown ? shown : answer->letter_address);
  answer->letter_from = g_strdup_printf("%s <%s>", answer->letter_name, answer->letter_address);
  answer->letter_subject = g_strdup(g_mime_message_get_subject(answer->letter));
  answer->date = g_date_time_ref(g_mime_message_get_date(answer->letter));
  g_mime_message_foreach(answer->letter, find_parts, answer);
  if (!answer->quoted) answer->quoted = without_tags(answer->quoted_html ? answer->quoted_html : "");
  answer->quoted = replaced(answer->quoted, "\r", "");
  answer->quoted_html = answer->quoted_html ? inner(answer->quoted_html) : escaped(answer->quoted);
  apply_edit(answer);
  return true;
}

/* ---- texts ---- */

static const char *const days[] = { "",           "Montag",  "Dienstag", "Mittwoch",
                                    "Donnerstag", "Freitag", "Samstag",  "Sonntag" };
static const char *const months[] = { "",     "Januar", "Februar",   "März",    "April",    "Mai",     "Juni",
                                      "Juli", "August", "September", "Oktober", "November", "Dezember" };

/* "{day}, {d}. {month} {Y} {H}:{M}", with {da} Do and {mo} Nov for short; caller frees. */
static char *dated(const struct answer *answer, const char *form)
{
  GDateTime *date = answer->date;
  const char *day = days[g_date_time_get_day_of_week(date)], *month = months[g_date_time_get_month(date)];
  g_autofree char *two = g_utf8_substring(day, 0, 2);
  g_autofree char *three = g_utf8_substring(month, 0, 3);
  char *text = g_strdup(form);
  text = replaced(replaced(text, "{day}", day), "{month}", month);
  text = replaced(replaced(text, "{da}", two), "{mo}", three);
  char *whole = g_date_time_format(date, text);
  g_free(text);
  return replaced(replaced(whole, "{from}", answer->letter_from), "{name}", answer->letter_name);
}

/* Breaks lines at `width` characters, each broken one ending in `soft`, each begun with `mark`. */
static char *marked(const char *text, const char *mark, glong width, const char *soft)
{
  GString *out = g_string_new(NULL);
  g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
  for (char **line = lines; *line; line++) {
    if (!line[1] && !**line) break;
    char *rest = *line;
    while (width && g_utf8_strlen(rest, -1) > width) {
      char *limit = g_utf8_offset_to_pointer(rest, width);
      char *space = g_strrstr_len(rest, limit - rest, " ");
      if (!space) space = strchr(limit, ' ');
      if (!space) break;
      g_string_append_printf(out, "%s%.*s%s\n", mark, (int)(space - rest), rest, soft);
      rest = space + 1;
    }
    bool is_empty = !*rest && g_str_has_suffix(mark, " ");
    g_string_append_printf(out, "%.*s%s\n", (int)strlen(mark) - is_empty, mark, rest);
  }
  return g_string_free(out, FALSE);
}

/* ---- each program's way ---- */

/* What a program adds to the text: `plain` or `html` may stay NULL where it sends no such part. */
struct body {
  char *plain, *html;
};

static char *outlook_block(const struct answer *answer, bool is_html)
{
  g_autofree char *sent = dated(answer, "{day}, %-d. {month} %Y %H:%M");
  const char *begin = is_html ? "<b>" : "", *end = is_html ? "</b>" : "", *line = is_html ? "<br>\n" : "\n";
  g_autofree char *from = is_html ? escaped(answer->letter_from) : g_strdup(answer->letter_from);
  g_autofree char *title = is_html ? escaped(answer->letter_subject) : g_strdup(answer->letter_subject);
  return g_strdup_printf("%sVon:%s %s%s%sGesendet:%s %s%s%sAn:%s %s%s%sBetreff:%s %s", begin, end, from, line,
                         begin, end, sent, line, begin, end, answer->from_address, line, begin, end, title);
}

static void write_outlook(const struct answer *answer, struct body *body)
{
  g_autofree char *text = escaped(answer->text);
  text = replaced(g_steal_pointer(&text), "<br>\n", "<o:p></o:p></span></p>\n<p class=MsoNormal><span>");
  GString *html =
      g_string_new("<html xmlns:v=\"urn:schemas-microsoft-com:vml\" "
                   "xmlns:o=\"urn:schemas-microsoft-com:office:office\" "
                   "xmlns:w=\"urn:schemas-microsoft-com:office:word\" "
                   "xmlns=\"http://www.w3.org/TR/REC-html40\"><head><meta name=Generator "
                   "content=\"Microsoft Word 15 (filtered medium)\"><style><!--\n"
                   "p.MsoNormal {margin:0cm; font-size:11.0pt; font-family:\"Calibri\",sans-serif;}\n"
                   "--></style></head><body lang=DE link=\"#0563C1\" vlink=\"#954F72\">"
                   "<div class=WordSection1>\n<p class=MsoNormal><span>");
  g_string_append_printf(
      html, "%s<o:p></o:p></span></p>\n<p class=MsoNormal><span><o:p>&nbsp;</o:p></span></p>\n", text);
  GString *plain = g_string_new(answer->text);
  if (answer->letter) {
    g_autofree char *block = outlook_block(answer, true);
    g_autofree char *plain_block = outlook_block(answer, false);
    g_string_append_printf(
        html,
        "<div><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm "
        "0cm'>\n<p class=MsoNormal>%s<o:p></o:p></p></div></div>\n%s",
        block, answer->quoted_html);
    g_string_append_printf(plain, "\n\n%s\n\n%s", plain_block, answer->quoted);
  }
  g_string_append(html, "</div></body></html>");
  body->plain = g_string_free(plain, FALSE);
  body->html = g_string_free(html, FALSE);
}

static void write_quoting(const struct answer *answer, const struct quoting *way, struct body *body)
{
  g_autofree char *own = marked(answer->text, "", way->width, way->soft);
  g_autofree char *own_html = escaped(answer->text);
  GString *plain = g_string_new(own), *html = g_string_new(NULL);
  g_string_append_printf(html, "<div dir=\"ltr\">%s</div>", own_html);
  if (way->below) {
    g_autofree char *below = escaped(way->below);
    g_string_append_printf(plain, "\n%s\n", way->below);
    g_string_append_printf(html, "<div dir=\"ltr\"><br>%s</div>", below);
  }
  if (answer->letter) {
    g_autofree char *line = dated(answer, is_forward ? way->forward : way->line);
    g_autofree char *line_html = escaped(line);
    if (way->breaks_address) line = replaced(g_steal_pointer(&line), " <", " <\n");
    g_autofree char *quote = marked(answer->quoted, is_forward ? "" : "> ", way->width, way->soft);
    g_string_append_printf(plain, "\n%s\n%s%s", line, is_forward ? "\n" : "", quote);
    g_autofree char *open = replaced(g_strdup(way->open), "{line}", line_html);
    g_string_append_printf(html, "<br>%s%s%s", open, answer->quoted_html, way->close);
  }
  body->plain = g_string_free(plain, FALSE);
  body->html = g_string_free(html, FALSE);
}

/* ---- the mail ---- */

static GMimeObject *text_part(const char *text, const char *subtype, bool is_flowed)
{
  GMimePart *part = g_mime_part_new_with_type("text", subtype);
  GMimeStream *stream = g_mime_stream_mem_new_with_buffer(text, strlen(text));
  GMimeDataWrapper *content = g_mime_data_wrapper_new_with_stream(stream, GMIME_CONTENT_ENCODING_8BIT);
  g_mime_part_set_content(part, content);
  g_mime_part_set_content_encoding(part, GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
  g_object_unref(content);
  g_object_unref(stream);
  GMimeObject *object = GMIME_OBJECT(part);
  g_mime_object_set_content_type_parameter(object, "charset", "utf-8");
  if (is_flowed) g_mime_object_set_content_type_parameter(object, "format", "flowed");
  return object;
}

static GMimeObject *mime_of(const struct client *client, const struct body *body)
{
  bool is_flowed = client->is_flowed;
  if (!client->has_html) return text_part(body->plain, "plain", is_flowed);
  if (!client->has_plain) return text_part(body->html, "html", false);
  GMimeMultipart *both = g_mime_multipart_new_with_subtype("alternative");
  g_mime_multipart_add(both, text_part(body->plain, "plain", is_flowed));
  g_mime_multipart_add(both, text_part(body->html, "html", false));
  return GMIME_OBJECT(both);
}

static void add_header(GMimeObject *mail, const char *field, const char *value)
{
  g_mime_object_append_header(mail, field, value, "utf-8");
}

/* Which mail it answers. */
static void add_thread(GMimeObject *mail, const struct answer *answer)
{
  const char *id = answer->letter ? g_mime_message_get_message_id(answer->letter) : NULL;
  if (!id || is_forward) return;
  const char *before = g_mime_object_get_header(GMIME_OBJECT(answer->letter), "References");
  g_autofree char *own = g_strdup_printf("<%s>", id);
  g_autofree char *references = g_strdup_printf("%s%s%s", before ? before : "", before ? " " : "", own);
  add_header(mail, "In-Reply-To", own);
  add_header(mail, "References", references);
}

static void add_headers(GMimeObject *mail, const struct client *client, const struct answer *answer)
{
  g_autofree char *word = g_strdup_printf("%08x%08x", g_random_int(), g_random_int());
  g_auto(GStrv) parts = g_strsplit(client->id, "%s", 2);
  g_autofree char *id = g_strconcat(parts[0], word, parts[1], NULL);
  g_autofree char *date = g_date_time_format(answer->now, "%a, %d %b %Y %H:%M:%S %z");
  g_autofree char *from = g_strdup_printf("%s <%s>", name ? name : "", answer->from_address);
  const char *prefix = !answer->letter || subject ? "" : is_forward ? "WG: " : client->prefix;
  g_autofree char *title = g_strconcat(prefix, subject ? subject : answer->letter_subject, NULL);
  add_header(mail, "Date", date);
  add_header(mail, "From", from);
  add_header(mail, "To", to ? to : answer->letter_address);
  add_header(mail, "Subject", title);
  add_header(mail, "Message-ID", id);
  add_thread(mail, answer);
  g_auto(GStrv) lines = g_strsplit(client->headers, "\n", -1);
  for (char **line = lines; *line && **line; line++) {
    g_auto(GStrv) sides = g_strsplit(*line, ": ", 2);
    add_header(mail, sides[0], sides[1]);
  }
  add_header(mail, "MIME-Version", "1.0");
}

static char *read_text(void)
{
  GString *text = g_string_new(NULL);
  char part[4096];
  for (size_t n; (n = fread(part, 1, sizeof part, stdin)) > 0;) g_string_append_len(text, part, (gssize)n);
  while (text->len && text->str[text->len - 1] == '\n') g_string_truncate(text, text->len - 1);
  return g_string_free(text, FALSE);
}

static int show_letter(const char *path)
{
  struct answer answer = { 0 };
  if (!read_letter(&answer, path) || !answer.letter) return 66;
  printf("%s\n%s\n\n%s", answer.letter_address, answer.letter_subject, answer.quoted);
  return 0;
}

int main(int argc, char **argv)
{
  g_autoptr(GOptionContext) context = g_option_context_new("CLIENT LETTER FROM");
  g_option_context_add_main_entries(context, options, NULL);
  const struct client *client = NULL;
  bool is_understood = g_option_context_parse(context, &argc, &argv, NULL) && argc == 4;
  for (gsize i = 0; is_understood && i < G_N_ELEMENTS(clients); i++)
    if (strcmp(clients[i].name, argv[1]) == 0) client = &clients[i];
  if (argc == 3 && strcmp(argv[1], "read") == 0) {
    g_mime_init();
    return show_letter(argv[2]);
  }
  if (!client) {
    fputs("usage: answer_as CLIENT LETTER FROM [--name NAME] [--to ADDRESS] [--subject TEXT]\n", stderr);
    return 64;
  }
  g_mime_init();
  struct answer answer = { .from_address = argv[3], .now = g_date_time_new_now_local(), .text = read_text() };
  if (!read_letter(&answer, argv[2]) || (!answer.letter && (!to || !subject))) {
    fprintf(stderr, "answer_as: %s cannot be answered\n", argv[2]);
    return 66;
  }
  struct body body = { 0 };
  if (strcmp(client->name, "outlook") == 0)
    write_outlook(&answer, &body);
  else
    write_quoting(&answer, &client->way, &body);
  GMimeMessage *mail = g_mime_message_new(FALSE);
  add_headers(GMIME_OBJECT(mail), client, &answer);
  g_mime_message_set_mime_part(mail, mime_of(client, &body));
  g_autofree char *wire = g_mime_object_to_string(GMIME_OBJECT(mail), NULL);
  fputs(wire, stdout);
  return 0;
}
