/* Guarding HTML: stretches of the source are cut, each for one space, and all else stays byte for byte; there
 * is no parser whose view of a broken document could differ from that of a mail program. Called for every
 * HTML part that leaves us.
 *
 * Readers disagree where comments, styles and titles end. So nothing is opaque here: tags are looked for in
 * comments (Outlook reads its own), styles and titles as well, and an attribute that could begin a tag goes.
 * The space in place of a cut keeps its neighbours from becoming a tag. Who never closes a tag loses what
 * follows: programs drop that, too.
 *
 * A remote picture tells its sender who read the mail, where and when. */
#include "lib/text/guard/html_guard.h"

#include "lib/text/guard/html_guard_css.h"
#include "lib/text/guard/html_guard_rule.h"
#include "lib/text/guard/html_guard_url.h"

#include <stdbool.h>
#include <string.h>

enum { TAG_NAME_MAX = 31, TINY_PIXELS = 3, PASSES_MAX = 5 };

/* What becomes of an element. */
enum fate { FATE_STAYS, FATE_TAG_GOES, FATE_CONTENT_GOES, FATE_STYLE, FATE_PICTURE, FATE_META };

static const struct {
  const char *name;
  enum fate fate;
} elements[] = {
  { "script", FATE_CONTENT_GOES },
  { "iframe", FATE_CONTENT_GOES },
  { "object", FATE_CONTENT_GOES },
  { "applet", FATE_CONTENT_GOES },
  { "noembed", FATE_CONTENT_GOES },
  { "noframes", FATE_CONTENT_GOES },
  { "style", FATE_STYLE },
  { "img", FATE_PICTURE },
  { "image", FATE_PICTURE },
  { "meta", FATE_META },
  { "embed", FATE_TAG_GOES },
  { "form", FATE_TAG_GOES },
  { "input", FATE_TAG_GOES },
  { "button", FATE_TAG_GOES },
  { "select", FATE_TAG_GOES },
  { "option", FATE_TAG_GOES },
  { "optgroup", FATE_TAG_GOES },
  { "textarea", FATE_TAG_GOES },
  { "keygen", FATE_TAG_GOES },
  { "isindex", FATE_TAG_GOES },
  { "base", FATE_TAG_GOES },
  { "link", FATE_TAG_GOES },
  { "frame", FATE_TAG_GOES },
  { "frameset", FATE_TAG_GOES },
  { "param", FATE_TAG_GOES },
  { "svg", FATE_TAG_GOES },
  { "math", FATE_TAG_GOES },
  { "animate", FATE_TAG_GOES },
  { "set", FATE_TAG_GOES },
  { "use", FATE_TAG_GOES },
  { "audio", FATE_TAG_GOES },
  { "video", FATE_TAG_GOES },
  { "source", FATE_TAG_GOES },
  { "track", FATE_TAG_GOES },
  { "bgsound", FATE_TAG_GOES },
  { "portal", FATE_TAG_GOES },
  { "template", FATE_TAG_GOES },
  { "noscript", FATE_TAG_GOES },
  { "plaintext", FATE_TAG_GOES },
  { "xmp", FATE_TAG_GOES },
  { "listing", FATE_TAG_GOES },
  { "foreignobject", FATE_TAG_GOES },
  { "animatetransform", FATE_TAG_GOES },
  { "animatemotion", FATE_TAG_GOES },
};

struct span {
  const char *at;
  gsize size;
};

struct attribute {
  struct span whole, name, value;
};

/* A document under way. */
struct guard {
  const char *p, *end;
  const char *copied; /* up to here it stands in `out` */
  GString *out;       /* NULL: nothing was cut yet */
  GArray *attributes; /* struct attribute of the tag at hand */
  char name[TAG_NAME_MAX + 1];
  bool is_end_tag;
  struct span harmless; /* the last style that was: programs say the same in every paragraph */
  guint64 endless;      /* bits of `elements` whose end tag does not come any more */
};

static bool is_space(char c)
{
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static bool span_is(struct span span, const char *word)
{
  return span.size == strlen(word) && g_ascii_strncasecmp(span.at, word, span.size) == 0;
}

/* Cuts [from, to) for `instead`. */
static void cut(struct guard *it, const char *start, const char *from, const char *to, const char *instead)
{
  if (!it->out) {
    it->out = g_string_sized_new((gsize)(it->end - start));
    it->copied = start;
  }
  g_string_append_len(it->out, it->copied, from - it->copied);
  g_string_append(it->out, instead);
  it->copied = to;
}

/* Reads an attribute's value behind "="; NULL where a quotation mark is never closed. */
static const char *read_value(const char *p, const char *end, struct span *value)
{
  while (p < end && is_space(*p)) p++;
  if (p < end && (*p == '"' || *p == '\'')) {
    const char *close = memchr(p + 1, *p, (gsize)(end - p - 1));
    if (!close) return NULL;
    *value = (struct span){ p + 1, (gsize)(close - p - 1) };
    return close + 1;
  }
  const char *from = p;
  while (p < end && !is_space(*p) && *p != '>') p++;
  *value = (struct span){ from, (gsize)(p - from) };
  return p;
}

/* Reads the attributes up to behind the tag's ">"; NULL where it does not come. */
static const char *read_attributes(struct guard *it, const char *p)
{
  g_array_set_size(it->attributes, 0);
  while (p < it->end && *p != '>') {
    if (is_space(*p) || *p == '/') {
      p++;
      continue;
    }
    struct attribute one = { .name = { p, 0 } };
    p++;
    while (p < it->end && !is_space(*p) && *p != '/' && *p != '>' && *p != '=') p++;
    one.name.size = (gsize)(p - one.name.at);
    const char *after = p;
    while (after < it->end && is_space(*after)) after++;
    if (after < it->end && *after == '=') p = read_value(after + 1, it->end, &one.value);
    if (!p) return NULL;
    one.whole = (struct span){ one.name.at, (gsize)(p - one.name.at) };
    g_array_append_val(it->attributes, one);
  }
  return p < it->end ? p + 1 : NULL;
}

static const char *read_name(struct guard *it, const char *p)
{
  gsize size = 0;
  for (; p < it->end && !is_space(*p) && *p != '/' && *p != '>'; p++, size++)
    if (size < TAG_NAME_MAX) it->name[size] = g_ascii_tolower(*p);
  it->name[size <= TAG_NAME_MAX ? size : 0] = '\0';
  return p;
}

static const struct attribute *find(const struct guard *it, const char *name)
{
  for (guint i = 0; i < it->attributes->len; i++) {
    const struct attribute *one = &g_array_index(it->attributes, struct attribute, i);
    if (span_is(one->name, name)) return one;
  }
  return NULL;
}

/* Could it begin a tag, for a reader who takes what is before it for a comment? */
static bool holds_tag(struct span value)
{
  const char *p = value.at, *end = value.at + value.size;
  while (p && p < end && (p = memchr(p, '<', (gsize)(end - p)))) {
    if (++p < end && (g_ascii_isalpha(*p) || *p == '/' || *p == '!' || *p == '?')) return true;
  }
  return false;
}

static bool is_harmless_style(struct guard *it, struct span style)
{
  struct span last = it->harmless;
  if (last.at && last.size == style.size && memcmp(last.at, style.at, style.size) == 0) return true;
  bool is_harmless = html_css_is_harmless(style.at, style.size, true);
  if (is_harmless) it->harmless = style;
  return is_harmless;
}

static bool is_allowed(struct guard *it, const struct attribute *one)
{
  if (holds_tag(one->name) || (one->value.at && holds_tag(one->value))) return false;
  const char *at = one->value.at ? one->value.at : "";
  switch (html_rule_of(one->name.at, one->name.size)) {
  case RULE_NEVER: return false;
  case RULE_LINK: return html_url_may_link(at, one->value.size);
  case RULE_LOADED: return html_url_is_within(at, one->value.size);
  case RULE_STYLE: return is_harmless_style(it, (struct span){ at, one->value.size });
  case RULE_ANY: break;
  }
  return true;
}

/* A picture's measure in pixels; -1: not said. */
static int pixels(const struct guard *it, const char *name)
{
  const struct attribute *one = find(it, name);
  if (one && one->value.size > 0 && g_ascii_isdigit(*one->value.at))
    return (int)MIN(g_ascii_strtoull(one->value.at, NULL, 10), 10000);
  const struct attribute *style = find(it, "style");
  return style && style->value.at ? html_css_pixels(style->value.at, style->value.size, name) : -1;
}

/* Tiny, hidden, or of no size with a question in its address: it counts readers and shows nothing. */
static bool is_tracker(const struct guard *it, struct span url)
{
  const struct attribute *style = find(it, "style");
  int width = pixels(it, "width"), height = pixels(it, "height");
  bool is_tiny = (width >= 0 && width <= TINY_PIXELS) || (height >= 0 && height <= TINY_PIXELS);
  bool is_hidden =
      find(it, "hidden") || (style && style->value.at && html_css_hides(style->value.at, style->value.size));
  bool is_sizeless = width < 0 && height < 0;
  return is_tiny || is_hidden || (is_sizeless && memchr(url.at, '?', url.size));
}

static void put_escaped(GString *out, struct span text)
{
  for (gsize i = 0; i < text.size; i++) {
    const char c = text.at[i];
    const char *entity = c == '"' ? "&quot;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : NULL;
    if (entity)
      g_string_append(out, entity);
    else
      g_string_append_c(out, c);
  }
}

/* The link in a remote picture's place: its alternative text, else where it is. Caller frees. */
static char *link_to(const struct guard *it, struct span url)
{
  if (!html_url_may_link(url.at, url.size)) return g_strdup(" ");
  const struct attribute *alt = find(it, "alt");
  GString *link = g_string_new(" <a href=\"");
  put_escaped(link, url);
  g_string_append(link, "\">[");
  put_escaped(link, alt && alt->value.size > 0 ? alt->value : url);
  g_string_append(link, "]</a> ");
  return g_string_free(link, FALSE);
}

/* Cuts what is not allowed out of a tag that stays. */
static void guard_attributes(struct guard *it, const char *start)
{
  for (guint i = 0; i < it->attributes->len; i++) {
    const struct attribute *one = &g_array_index(it->attributes, struct attribute, i);
    if (!is_allowed(it, one)) cut(it, start, one->whole.at, one->whole.at + one->whole.size, " ");
  }
}

static void guard_picture(struct guard *it, const char *start, const char *tag)
{
  const struct attribute *src = find(it, "src");
  bool is_within = !src || !src->value.at || html_url_is_within(src->value.at, src->value.size);
  if (is_within) {
    guard_attributes(it, start);
    return;
  }
  g_autofree char *instead = is_tracker(it, src->value) ? g_strdup(" ") : link_to(it, src->value);
  cut(it, start, tag, it->p, instead);
}

/* The end tag of the element at hand from p on, and behind it; NULL: it does not come. */
static const char *find_end(struct guard *it, gsize element, const char **behind)
{
  const char *name = elements[element].name, *p = it->p;
  gsize size = strlen(name);
  bool is_endless = it->endless & G_GUINT64_CONSTANT(1) << element;
  while (!is_endless && p < it->end && (p = memmem(p, (gsize)(it->end - p), "</", 2))) {
    const char *after = p + 2;
    bool is_it = (gsize)(it->end - after) > size && g_ascii_strncasecmp(after, name, size) == 0 &&
                 (is_space(after[size]) || after[size] == '/' || after[size] == '>');
    const char *close = is_it ? memchr(after, '>', (gsize)(it->end - after)) : NULL;
    if (close) {
      *behind = close + 1;
      return p;
    }
    if (is_it) break; /* it is never closed */
    p = after;
  }
  it->endless |= G_GUINT64_CONSTANT(1) << element;
  return NULL;
}

/* A style sheet that loads something goes as a whole; else only its tag is looked at, and tags in it. */
static void guard_style(struct guard *it, gsize element, const char *start, const char *tag)
{
  const char *behind = it->end, *close = find_end(it, element, &behind);
  const char *stop = close ? close : it->end;
  if (close && html_css_is_harmless(it->p, (gsize)(stop - it->p), false)) {
    guard_attributes(it, start);
    return;
  }
  cut(it, start, tag, behind, " ");
  it->p = behind;
}

/* "refresh" leads away; "content-type" and the like do nothing. */
static bool is_harmless_meta(const struct guard *it)
{
  static const char *const harmless[] = { "content-type", "x-ua-compatible", "content-language" };
  const struct attribute *equiv = find(it, "http-equiv");
  for (gsize i = 0; equiv && equiv->value.at && i < G_N_ELEMENTS(harmless); i++)
    if (span_is(equiv->value, harmless[i])) return true;
  return !equiv;
}

static void guard_element(struct guard *it, gsize element, const char *start, const char *tag)
{
  const char *behind = NULL;
  enum fate fate = elements[element].fate;
  if (fate == FATE_PICTURE && !it->is_end_tag) {
    guard_picture(it, start, tag);
  } else if (fate == FATE_STYLE && !it->is_end_tag) {
    guard_style(it, element, start, tag);
  } else if (fate == FATE_STYLE || fate == FATE_PICTURE || (fate == FATE_META && is_harmless_meta(it))) {
    guard_attributes(it, start);
  } else {
    if (fate == FATE_CONTENT_GOES && !it->is_end_tag && find_end(it, element, &behind)) it->p = behind;
    cut(it, start, tag, it->p, " ");
  }
}

/* The tag at it->p, a "<" that begins one. */
static void guard_tag(struct guard *it, const char *start)
{
  const char *tag = it->p;
  it->is_end_tag = tag[1] == '/';
  const char *name_end = read_name(it, tag + 1 + it->is_end_tag);
  const char *behind = read_attributes(it, name_end);
  if (!behind) {
    cut(it, start, tag, it->end, " ");
    it->p = it->end;
    return;
  }
  it->p = behind;
  if (memchr(tag + 1, '<', (gsize)(name_end - tag - 1))) { /* another tag begins in its name */
    cut(it, start, tag, behind, " ");
    return;
  }
  const char *colon = strrchr(it->name, ':'), *name = colon ? colon + 1 : it->name;
  for (gsize i = 0; i < G_N_ELEMENTS(elements); i++)
    if (elements[i].name[0] == name[0] && elements[i].name[1] == name[1] &&
        strcmp(elements[i].name, name) == 0) {
      guard_element(it, i, start, tag);
      return;
    }
  guard_attributes(it, start);
}

/* Does a tag begin at this "<"? */
static bool begins_tag(const char *p, const char *end)
{
  return end - p > 1 && (g_ascii_isalpha(p[1]) || (p[1] == '/' && end - p > 2 && g_ascii_isalpha(p[2])));
}

/* One pass; NULL: nothing was cut. */
static char *guard_once(const char *html, gsize size)
{
  G_STATIC_ASSERT(G_N_ELEMENTS(elements) <= 64);
  g_autoptr(GArray) of_tag = g_array_new(FALSE, FALSE, sizeof(struct attribute));
  struct guard it = { .p = html, .end = html + size, .attributes = of_tag };
  while (it.p < it.end && (it.p = memchr(it.p, '<', (gsize)(it.end - it.p)))) {
    if (begins_tag(it.p, it.end))
      guard_tag(&it, html);
    else
      it.p++;
  }
  if (!it.out) return NULL;
  g_string_append_len(it.out, it.copied, it.end - it.copied);
  return g_string_free(it.out, FALSE);
}

/* A cut may take the end of a style along: what is left is looked at again. */
char *html_guard(const char *html, gsize size)
{
  char *guarded = guard_once(html, size);
  for (int pass = 1; guarded && pass < PASSES_MAX; pass++) {
    char *again = guard_once(guarded, strlen(guarded));
    if (!again) break;
    g_free(guarded);
    guarded = again;
  }
  return guarded;
}
