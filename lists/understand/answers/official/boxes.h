/* States with boxes to tick in an office's answer. See boxes.c. */
#ifndef LISTS_UNDERSTAND_ANSWERS_OFFICIAL_BOXES_H
#define LISTS_UNDERSTAND_ANSWERS_OFFICIAL_BOXES_H

#include "lists/understand/meaning.h"

/* Does the line [first, end) hold states with boxes, and nothing else? */
bool official_is_boxes(const struct passage *passage, guint first, guint end);

/* The state whose box is ticked, where it is one; else STATUS_NONE. */
enum case_status official_ticked(const struct passage *passage);

#endif
