/*
 * printer.h - one interface for every form of answer: text, json, jsonl.
 *
 * Nothing that stands in a note reaches the output as a control character: text is shown with them
 * replaced, JSON escapes them.
 */
#ifndef LECTERN_OUTPUT_PRINTER_H
#define LECTERN_OUTPUT_PRINTER_H

#include <stdio.h>

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
typedef struct {
    const char *name;
    void (*begin)(printer *to, const search_result *result);
    void (*hit)(printer *to, const shown_hit *what);
    /* Between the hits that match all words and the others. */
    void (*parting)(printer *to, const search_result *result);
    void (*end)(printer *to, const search_result *result);
    void (*talk)(printer *to, const talk_record *what, const char *path);
} output_format;

struct printer {
    const output_format *format;
    FILE *to;
    bool color;
    size_t printed;
};

extern const output_format OUTPUT_TEXT, OUTPUT_JSON, OUTPUT_JSONL;

/* NULL if there is no format of that name. */
const output_format *output_format_by_name(const char *name);
/* "text, json, jsonl" for messages. */
const char *output_format_names(void);

/* Text without control characters and without anything that turns the direction of a line. */
void print_safe(FILE *to, span text);

#endif
