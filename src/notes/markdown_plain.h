/*
 * markdown_plain.h - pasted plain text: what it is, and its blocks.
 *
 * Inside the markdown reader only.
 */
#ifndef LECTERN_NOTES_MARKDOWN_PLAIN_H
#define LECTERN_NOTES_MARKDOWN_PLAIN_H

#include "notes/blocks.h"

/* True if nothing in the text is Markdown: no headings, fences, quotes, tables, links, bold text.
 * Lists are no sign: they look the same in plain text. */
bool text_is_plain(span text);
void plain_read(span text, uint32_t first_line, arena *memory, blocks *out);

#endif
