/* Text flowing out of HTML: collapses white space, begins lines with quote marks and bullets, keeps cells and
 * paragraphs apart. For html_in.c, which says what starts and ends. */
#ifndef TEXT_HTML_FLOW_H
#define TEXT_HTML_FLOW_H

#include "lib/text/html/html_mark.h"

#include <glib.h>
#include <stdbool.h>

struct html_flow;
struct html_flow *html_flow_new(gsize size_hint);
/* Lines that stand in something marked shall begin with a byte: HTML_MARK_BYTE(mark). */
void html_flow_show_marks(struct html_flow *flow);
/* A mark begins (an element's start tag) or ends; those that hold "from here on" never end. */
void html_flow_mark(struct html_flow *flow, enum html_mark mark, bool is_start);
/* Ends it: the text, without white space at its end. Caller frees. */
char *html_flow_finish(struct html_flow *flow);

void html_flow_text(struct html_flow *flow, const char *text, gsize size);
void html_flow_break(struct html_flow *flow);               /* <br> */
void html_flow_block(struct html_flow *flow, guint breaks); /* a block's edge: 1 new line, 2 new paragraph */
void html_flow_rule(struct html_flow *flow);                /* <hr> */
void html_flow_pre(struct html_flow *flow, bool is_pre);    /* pairs: true at the start, false at the end */
void html_flow_quote(struct html_flow *flow, bool is_quote);
void html_flow_list(struct html_flow *flow, bool is_ordered);
void html_flow_list_end(struct html_flow *flow);
void html_flow_item(struct html_flow *flow);
void html_flow_row(struct html_flow *flow); /* a row's start and its end */
void html_flow_cell(struct html_flow *flow);
void html_flow_cell_end(struct html_flow *flow);
void html_flow_link(struct html_flow *flow);
void html_flow_link_end(struct html_flow *flow, const char *url); /* url may be NULL */

#endif
