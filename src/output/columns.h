/*
 * columns.h - the values of a hit by name: what tsv prints and a template may ask for.
 */
#ifndef LECTERN_OUTPUT_COLUMNS_H
#define LECTERN_OUTPUT_COLUMNS_H

#include "base/buffer.h"
#include "output/printer.h"

typedef struct {
    const char *name, *summary;
    bool in_tsv;
    /* separator: between several values. */
    void (*add)(const shown_hit *of, span separator, buffer *to);
} column;

/* Ends with a NULL name. */
extern const column COLUMNS[];
const column *column_by_name(span name);

#endif
