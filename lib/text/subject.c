/* Subjects: what stands before a subject's own words. Mail programs put a prefix before answers and forwards,
 * each in its user's language; lists put their tag in brackets; gateways of offices mark mail from outside.
 * Threading (lists/threading) compares what remains, composing (lists/groups) puts our tag before it again.
 *
 * A prefix is what stands before the first colon, if it is in the table; counters ("Re[2]:", "Re^3:", "AW
 * (4):") belong to it. The colon may be a full-width one and may have a space before it, as in French. A
 * translator extends the table. */
#include "lib/text/subject.h"
#include "lib/text/charset.h"
#include "lib/text/escape.h"
#include <glib.h>
#include <string.h>

enum prefix { NO_PREFIX, REPLY, FORWARD };

struct known_prefix {
  const char *word; /* folded, without a full stop at its end */
  enum prefix prefix;
};

static const struct known_prefix known_prefixes[] = {
  { "re", REPLY },                   /* Latin, everywhere */
  { "aw", REPLY },                   /* German */
  { "antw", REPLY },                 /* Dutch, GroupWise in German */
  { "antwort", REPLY },              /* German, Notes */
  { "automatische antwort", REPLY }, /* German, Exchange */
  { "automatic reply", REPLY },      /* English, Exchange */
  { "wg", FORWARD },                 /* German */
  { "weitergeleitet", FORWARD },     /* German, Notes */
  { "wtr", FORWARD },                /* German, Notes */
  { "fw", FORWARD },                 /* English */
  { "fwd", FORWARD },                /* English */
  { "forward", FORWARD },            /* English */
  { "forwarded", FORWARD },          /* English */
  { "ynt", REPLY },                  /* Turkish */
  { "yan", REPLY },                  /* Turkish */
  { "cvp", REPLY },                  /* Turkish */
  { "cevap", REPLY },                /* Turkish */
  { "ilt", FORWARD },                /* Turkish; "İLT" folds to another i */
  { "i\xCC\x87lt", FORWARD },        /* Turkish */
  { "отв", REPLY },                  /* Russian */
  { "ответ", REPLY },                /* Russian */
  { "на", REPLY },                   /* Russian, Outlook */
  { "пересл", FORWARD },             /* Russian */
  { "переслано", FORWARD },          /* Russian */
  { "пересылка", FORWARD },          /* Russian */
  { "від", REPLY },                  /* Ukrainian */
  { "відп", REPLY },                 /* Ukrainian */
  { "пер", FORWARD },                /* Ukrainian */
  { "отг", REPLY },                  /* Bulgarian */
  { "прп", FORWARD },                /* Bulgarian */
  { "odp", REPLY },                  /* Polish, Czech */
  { "odpowiedź", REPLY },            /* Polish */
  { "pd", FORWARD },                 /* Polish */
  { "odpověď", REPLY },              /* Czech */
  { "předáno", FORWARD },            /* Czech */
  { "odg", REPLY },                  /* Croatian, Slovene, Serbian */
  { "proslj", FORWARD },             /* Croatian */
  { "posr", FORWARD },               /* Slovene */
  { "sv", REPLY },                   /* Swedish, Danish, Norwegian, Icelandic */
  { "vs", REPLY },                   /* Finnish, Estonian */
  { "ang", REPLY },                  /* Swedish, Notes */
  { "vb", FORWARD },                 /* Swedish */
  { "vl", FORWARD },                 /* Finnish */
  { "vld", FORWARD },                /* Dutch, Danish */
  { "doorst", FORWARD },             /* Dutch */
  { "r", REPLY },                    /* Italian */
  { "rif", REPLY },                  /* Italian */
  { "i", FORWARD },                  /* Italian */
  { "ref", REPLY },                  /* French, Notes */
  { "rép", REPLY },                  /* French */
  { "réf", REPLY },                  /* French */
  { "tr", FORWARD },                 /* French */
  { "rv", FORWARD },                 /* Spanish */
  { "res", REPLY },                  /* Portuguese */
  { "enc", FORWARD },                /* Portuguese */
  { "vá", REPLY },                   /* Hungarian */
  { "válasz", REPLY },               /* Hungarian */
  { "továbbítás", FORWARD },         /* Hungarian */
  { "ats", REPLY },                  /* Lithuanian */
  { "atb", REPLY },                  /* Latvian, Welsh */
  { "απ", REPLY },                   /* Greek */
  { "σχετ", REPLY },                 /* Greek */
  { "πρθ", FORWARD },                /* Greek */
  { "tl", REPLY },                   /* Vietnamese */
  { "trả lời", REPLY },              /* Vietnamese */
  { "bls", REPLY },                  /* Indonesian */
  { "trs", FORWARD },                /* Indonesian */
  { "رد", REPLY },                   /* Arabic */
  { "إعادة توجيه", FORWARD },        /* Arabic */
  { "پاسخ", REPLY },                 /* Persian */
  { "השב", REPLY },                  /* Hebrew */
  { "הועבר", FORWARD },              /* Hebrew */
  { "回复", REPLY },                 /* Chinese, simplified */
  { "答复", REPLY },                 /* Chinese, simplified */
  { "回覆", REPLY },                 /* Chinese, traditional */
  { "转发", FORWARD },               /* Chinese, simplified */
  { "轉寄", FORWARD },               /* Chinese, traditional */
  { "返信", REPLY },                 /* Japanese */
  { "転送", FORWARD },               /* Japanese */
  { "답장", REPLY },                 /* Korean */
  { "회신", REPLY },                 /* Korean */
  { "전달", FORWARD },               /* Korean */
};

/* What gateways put in brackets before mail from outside, and spam filters before mail they doubt. */
static const char *const gateway_marks[] = { "extern", "external", "externe mail",   "ext",
                                             "spam",   "spam?",    "suspected spam", NULL };

enum { PREFIX_MAX_BYTES = 48 };

/* The kind of a prefix's word, of `size` bytes. */
static enum prefix prefix_of_word(const char *word, gsize size)
{
  g_autofree char *copy = g_strndup(word, size);
  g_autofree char *folded = charset_fold(g_strstrip(copy));
  gsize length = strlen(folded);
  if (length > 0 && folded[length - 1] == '.') folded[length - 1] = '\0';
  for (gsize i = 0; i < G_N_ELEMENTS(known_prefixes); i++)
    if (strcmp(folded, known_prefixes[i].word) == 0) return known_prefixes[i].prefix;
  return NO_PREFIX;
}

/* Length of `word` without a counter at its end: "Re[2]", "Re^3", "AW (4)", "Re*2", "Re2". */
static gsize without_counter(const char *word, gsize size)
{
  gsize length = size;
  while (length > 0 && word[length - 1] == ' ') length--;
  bool has_bracket = length > 0 && (word[length - 1] == ']' || word[length - 1] == ')');
  if (has_bracket) length--;
  gsize digits = length;
  while (digits > 0 && g_ascii_isdigit(word[digits - 1])) digits--;
  if (digits == length) return size;
  if (has_bracket) return digits > 0 && strchr("[(", word[digits - 1]) != NULL ? digits - 1 : size;
  return digits > 0 && strchr("^*", word[digits - 1]) != NULL ? digits - 1 : digits;
}

/* The prefix that `text` starts with; *rest is what follows its colon. */
static enum prefix read_prefix(const char *text, const char **rest)
{
  for (gsize i = 0; i < PREFIX_MAX_BYTES && text[i] != '\0'; i++) {
    gsize colon = text[i] == ':' ? 1 : g_str_has_prefix(text + i, "：") ? strlen("：") : 0;
    if (colon == 0) continue;
    enum prefix prefix = prefix_of_word(text, without_counter(text, i));
    if (prefix != NO_PREFIX) *rest = text + i + colon;
    return prefix;
  }
  return NO_PREFIX;
}

/* What follows a tag in brackets that is `tag` or a gateway's mark; NULL when `text` starts with neither. */
static const char *skip_tag(const char *text, const char *folded_tag)
{
  if (*text != '[') return NULL;
  const char *end = strchr(text, ']');
  if (end == NULL || end - text > 200) return NULL;
  g_autofree char *inside = g_strndup(text + 1, (gsize)(end - text - 1));
  g_autofree char *folded = charset_fold(g_strstrip(inside));
  bool is_ours = folded_tag != NULL && *folded_tag != '\0' && strcmp(folded, folded_tag) == 0;
  return is_ours || g_strv_contains(gateway_marks, folded) ? end + 1 : NULL;
}

/* One line, each run of white space one space, nothing at the ends. */
static char *fold_white_space(const char *subject)
{
  g_autoptr(GString) line = g_string_new(NULL);
  put_line(line, subject);
  GString *out = g_string_sized_new(line->len);
  bool has_space = false;
  for (const char *p = line->str, *next; *p != '\0'; p = next) {
    next = g_utf8_next_char(p);
    if (*p == ' ' || ((*p & 0x80) && g_unichar_isspace(g_utf8_get_char(p)))) {
      has_space = out->len > 0;
      continue;
    }
    if (has_space) g_string_append_c(out, ' ');
    has_space = false;
    while (p < next) g_string_append_c(out, *p++);
  }
  return g_string_free(out, FALSE);
}

/* Removes what stood around a whole forwarded subject: "[Fwd: …]" and a "(fwd)" at the end. True when there
 * was some. */
static bool unwrap_forward(char *text, const char **start)
{
  gsize size = strlen(text);
  const char *rest;
  if (size >= 5 && g_ascii_strcasecmp(text + size - 5, "(fwd)") == 0) {
    text[size - 5] = '\0';
    g_strchomp(text);
    return true;
  }
  if (size > 2 && text[0] == '[' && text[size - 1] == ']' && strchr(text, ']') == text + size - 1 &&
      read_prefix(text + 1, &rest) == FORWARD) {
    text[size - 1] = '\0';
    *start = rest;
    return true;
  }
  return false;
}

/* Walks over all that stands before the subject's own words. `text` is folded white space and is changed; the
 * first prefix met is told in *first. */
static const char *skip_all(char *text, const char *folded_tag, enum prefix *first)
{
  const char *p = text;
  for (;;) {
    const char *rest = NULL;
    while (*p == ' ') p++;
    enum prefix prefix = read_prefix(p, &rest);
    if (prefix == NO_PREFIX) rest = skip_tag(p, folded_tag);
    if (rest == NULL && unwrap_forward(text + (p - text), &p)) {
      if (*first == NO_PREFIX) *first = FORWARD;
      continue;
    }
    if (rest == NULL) return p;
    if (*first == NO_PREFIX) *first = prefix;
    p = rest;
  }
}

/* True for a word in brackets only, which our lists' tags look like. */
static const char *skip_any_tag(const char *text)
{
  const char *end = *text == '[' ? strchr(text, ']') : NULL;
  if (end == NULL) return text;
  for (end++; *end == ' '; end++) continue;
  return end;
}

/* The first prefix of a subject, looking past one list's tag, whichever it is. */
static enum prefix first_prefix(const char *subject)
{
  g_autofree char *text = fold_white_space(subject);
  enum prefix first = NO_PREFIX;
  const char *rest = skip_all(text, NULL, &first);
  if (first != NO_PREFIX) return first;
  return read_prefix(skip_any_tag(rest), &rest);
}

char *subject_base(const char *subject, const char *tag)
{
  g_autofree char *text = fold_white_space(subject);
  g_autofree char *folded_tag = tag != NULL ? charset_fold(tag) : NULL;
  enum prefix first = NO_PREFIX;
  return g_strdup(skip_all(text, folded_tag, &first));
}

char *subject_key(const char *subject, const char *tag)
{
  g_autofree char *base = subject_base(subject, tag);
  return charset_fold(base);
}

bool subject_is_reply(const char *subject)
{
  return first_prefix(subject) == REPLY;
}

bool subject_is_forward(const char *subject)
{
  return first_prefix(subject) == FORWARD;
}
