/*
 * snippet.h - the piece of a talk that shows best why it was found.
 *
 * The text is analysed by the very chain that indexed it, so stems, aliases and beginnings are
 * marked as they are written.
 */
#ifndef LECTERN_SEARCH_SNIPPET_H
#define LECTERN_SEARCH_SNIPPET_H

#include "notes/talk.h"
#include "search/query_plan.h"

typedef struct {
    uint32_t begin, end; /* bytes of the snippet's text */
} marked;

typedef struct {
    span text; /* one line: white space folded; in the arena */
    marked *marks;
    size_t mark_count, mark_capacity;
    uint32_t line; /* of the file, where the best match stands */
    bool cut_before, cut_after;
} snippet;

/* At most `width` bytes or a little more, to end at a word. Where that leaves out words of the
 * query that stand further off, two pieces of half the width with ` … ` between. Without any match:
 * the beginning. `line` is that of the best piece. */
void snippet_make(const talk *of, const query_plan *plan, const vocabulary *words, size_t width,
                  arena *memory, snippet *out);
/* The same for a short text shown as a whole, such as a title. */
void snippet_mark(span text, const query_plan *plan, const vocabulary *words, arena *memory,
                  snippet *out);

#endif
