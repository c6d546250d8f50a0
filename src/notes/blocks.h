/*
 * blocks.h - a note as a flat list of blocks, the form that everything behind the parser reads.
 *
 * markdown.c makes it from the text behind the front matter: cmark's tree flattened in document
 * order, with what cmark does not see added (`##Title` without a space, table rows, bare-line
 * headings and `•` bullets of pasted text).
 *
 * All memory is in the arena given to the parser. Lines are 1-based and count from the first line
 * of the file, front matter included.
 */
#ifndef LECTERN_NOTES_BLOCKS_H
#define LECTERN_NOTES_BLOCKS_H

#include <stdint.h>

#include "base/memory.h"
#include "base/span.h"

typedef enum {
    BLOCK_HEADING,   /* level 1-6; also Setext and `##Title` */
    BLOCK_PARAGRAPH, /* soft line breaks are '\n' in text, so that line N of it is line + N */
    BLOCK_ITEM,      /* the first paragraph of a list item; further ones are paragraphs with the
                        same depth */
    BLOCK_ROW,       /* one row of a table; its cells are in `cells`, text joins them by " | " */
    BLOCK_CODE,      /* fenced or indented code; info is the fence's language */
    BLOCK_RULE,      /* --- */
    BLOCK_HTML       /* text is what is left without tags and comments */
} block_kind;

/* How a heading was written, because people use bare lines and bold lines as headings too. */
typedef enum {
    HEADING_ATX,
    HEADING_SETEXT,
    HEADING_BARE /* a bare line of pasted plain text between blank lines; level is 0 */
} heading_style;

typedef struct {
    span text; /* what is shown, without markup */
    span url;
    uint32_t begin; /* where the text stands in the block's text, in bytes */
    uint32_t line;
} link;

typedef struct {
    uint32_t begin, end; /* bytes of the block's text */
} extent;

typedef struct {
    block_kind kind;
    heading_style heading; /* of a heading */
    uint8_t level;         /* of a heading: 1-6, 0 for a bare line */
    uint8_t depth;   /* of lists around it: 0 outside of any, 1 in a list, 2 in a list in it */
    uint8_t quotes;  /* how many `>` it stands in */
    bool ordered;    /* an item of a numbered list */
    uint16_t number; /* of the first item of such a list: it may be the day of a date */
    bool header;     /* a table's header row */
    uint32_t line, end_line;
    span text; /* plain text: no markup, links as their text, images as their description; control
                  characters other than '\n' and '\t' removed; valid UTF-8 */
    span info; /* of code: the word behind the fence */
    extent *strong; /* which parts of text are bold */
    size_t strong_count;
    extent *emphasis; /* which parts are italic */
    size_t emphasis_count;
    extent *code; /* which parts are `code` */
    size_t code_count;
    link *links; /* also bare URLs in the text and images */
    size_t link_count;
    span *cells; /* of a table row: trimmed, plain text; NULL for other kinds */
    size_t cell_count;
} block;

typedef struct {
    block *items;
    size_t count;
    bool plain; /* pasted plain text: no Markdown marks that structure it */
} blocks;

/* True if the whole text of the block is bold (or italic). */
bool block_all_strong(const block *of);
bool block_all_emphasis(const block *of);

#endif
