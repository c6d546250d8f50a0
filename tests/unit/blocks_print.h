/*
 * blocks_print.h - blocks as text, one per line, for expectations that a person can read.
 *
 *     3-4 heading setext 1 "Title"
 *     6 item depth 2 ordered "text"
 *         link 5 @6 "shown" <https://...>
 */
#ifndef LECTERN_TESTS_BLOCKS_PRINT_H
#define LECTERN_TESTS_BLOCKS_PRINT_H

#include "base/buffer.h"
#include "notes/blocks.h"

void blocks_print(const blocks *what, buffer *to);
/* In double quotes, with '\n' and '\t' as escapes. */
void quoted_print(span text, buffer *to);

#endif
