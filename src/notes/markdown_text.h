/*
 * markdown_text.h - the plain text of one block while it is put together, with its links and marks.
 *
 * Inside the markdown reader only. One rich_text is used for block after block: clear it, add to
 * it, put it into a block.
 */
#ifndef LECTERN_NOTES_MARKDOWN_TEXT_H
#define LECTERN_NOTES_MARKDOWN_TEXT_H

#include "base/buffer.h"
#include "notes/blocks.h"

typedef struct {
    extent *items;
    size_t count, capacity;
    unsigned open; /* marks that are open now: only the outermost makes an extent */
} extents;

typedef struct {
    buffer text;
    link *links; /* ascending by begin; text.at is set only when the text is put into a block */
    size_t link_count, link_capacity;
    extents strong, emphasis, code;
} rich_text;

void rich_text_clear(rich_text *what);
void rich_text_free(rich_text *what);

/* Adds text without its control characters. */
void rich_text_add(rich_text *to, span text);
/* A copy without control characters. */
span text_without_controls(span text, arena *memory);
/* Adds text as it is. */
void rich_text_add_raw(rich_text *to, span text);

void extents_open(extents *which, const rich_text *of);
void extents_close(extents *which, const rich_text *of);

/* A link begins here; url must live as long as the block. Returns its number for closing it. */
size_t rich_text_open_link(rich_text *to, span url, uint32_t line);
void rich_text_close_link(rich_text *to, size_t number);

/* Adds bytes begin to end of another text with the links and marks that begin there. */
void rich_text_append(rich_text *to, const rich_text *from, size_t begin, size_t end);
/* Cuts white space off the end. */
void rich_text_trim_end(rich_text *what);
/* Finds URLs that stand in the text as they are; the text begins on `line`. */
void rich_text_find_urls(rich_text *in, uint32_t line, arena *memory);
/* Copies everything into the block's text, links, strong, emphasis and code. */
void rich_text_put(const rich_text *from, arena *memory, block *to);

/* Adds what a person sees of HTML: no tags, comments, scripts; links of href and src. Keeps every
 * line break. The HTML begins on `line`. */
void rich_text_add_html(rich_text *to, span html, uint32_t line, arena *memory);
/* The value of an attribute of a tag such as `<a href="x">`, entities not decoded; else empty. */
span html_attribute(span tag, span name);
/* True for `<name` followed by no further letter; any case. */
bool html_tag_is(span tag, span name);

#endif
