/*
 * printer.h - one interface for every form of answer; the table of forms is in printer.c.
 *
 * Nothing that stands in a note reaches the output as a control character: text is shown with them
 * replaced, JSON escapes them. Only `files` gives a path's own bytes, and only where no terminal
 * reads them.
 */
#ifndef LECTERN_OUTPUT_PRINTER_H
#define LECTERN_OUTPUT_PRINTER_H

#include <stdio.h>

#include "base/map.h"
#include "output/hyperlink.h"
#include "search/facets.h"
#include "search/searcher.h"
#include "search/snippet.h"

typedef struct {
    size_t rank; /* from 1, over pages */
    const hit *hit;
    snippet title, text;
    const char *path; /* as a person opens it */
    uint32_t line;    /* of the talk, or of the best match */
} shown_hit;

typedef struct printer printer;
/* What may be NULL is left out of that form. */
typedef struct {
    const char *name, *summary;
    bool snippets; /* it shows them: else none is made */
    bool tiers;    /* it says what of the query a hit fits: else only what fits all is asked for */
    void (*begin)(printer *to, const search_result *result);
    void (*hit)(printer *to, const shown_hit *what);
    /* Before the hits of TIER_SOME, and before those of TIER_NEAR. */
    void (*parting)(printer *to, const search_result *result, tier next);
    /* Before the hits of one event, with --group event; an empty name: of none. */
    void (*group)(printer *to, span event);
    void (*end)(printer *to, const search_result *result);
    /* A whole talk; behind the last one talks_end. */
    void (*talk)(printer *to, const talk_record *what, const char *path);
    void (*talks_end)(printer *to);
} output_format;

struct printer {
    const output_format *format;
    FILE *to;
    bool color;
    bool terminal;         /* a person reads it directly */
    bool null_ends;        /* `files`: a NUL ends each path */
    const char *template;  /* of OUTPUT_TEMPLATE */
    const hyperlink *link; /* NULL: none */
    const facets *facets;  /* printed at the end; NULL: none */
    map *seen;             /* `files`: the paths that were printed */
    size_t offset;         /* hits left out before the first */
    size_t printed;        /* hits or talks */
    bool grouped;          /* a heading says the event */
};

extern const output_format OUTPUT_TEXT, OUTPUT_JSON, OUTPUT_JSONL, OUTPUT_TSV, OUTPUT_VIMGREP,
    OUTPUT_MARKDOWN, OUTPUT_TREC, OUTPUT_FILES, OUTPUT_FZF, OUTPUT_TEMPLATE;

/* NULL when there is none of that name. */
const output_format *output_format_by_name(const char *name);
/* Chooses the form by its name, or a template by its braces. LC_BAD_INPUT names what there is. */
lc_status printer_choose(printer *to, const char *format, lc_error *error);
void printer_begin(printer *to, const search_result *result);
void printer_hit(printer *to, const shown_hit *what);
void printer_parting(printer *to, const search_result *result, tier next);
void printer_group(printer *to, span event);
void printer_end(printer *to, const search_result *result);
lc_status printer_talk(printer *to, const talk_record *what, const char *path, lc_error *error);
void printer_talks_end(printer *to);
void printer_free(printer *what);

/* NULL-terminated, in the order that help lists them; the template comes last and has no name. */
extern const output_format *const OUTPUT_FORMATS[];
/* The forms and the names that a template knows, for help. */
void output_formats_print(FILE *to);

#endif
