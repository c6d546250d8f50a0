/*
 * markdown.h - the text of a note as a flat list of blocks (blocks.h).
 *
 * CommonMark by cmark, and what people write beyond it: headings without the blank (`##Title`),
 * bullets of pasted text (`•`, `–`), pipe tables with or without a header row, Hugo and Jekyll
 * shortcodes for videos, bare URLs. Text that has no Markdown marks at all is read as pasted plain
 * text: a short line on its own is a heading there (HEADING_BARE) and indentation never means code.
 *
 * Costs time and memory linear in the text, whatever it holds; nesting deeper than NESTING_LIMIT
 * containers is flattened.
 */
#ifndef LECTERN_NOTES_MARKDOWN_H
#define LECTERN_NOTES_MARKDOWN_H

#include "notes/blocks.h"

/* text is valid UTF-8 with '\n' line ends (encoding.h); first_line is the line of the file that it
 * begins on, 1 without front matter. What out holds lives in memory and never borrows from text. */
void markdown_read(span text, uint32_t first_line, arena *memory, blocks *out);

#endif
