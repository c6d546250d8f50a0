/*
 * hyperlink.h - OSC 8 links on a terminal, with ripgrep's names for their forms.
 */
#ifndef LECTERN_OUTPUT_HYPERLINK_H
#define LECTERN_OUTPUT_HYPERLINK_H

#include <stdint.h>
#include <stdio.h>

#include "base/error.h"
#include "base/span.h"

typedef struct {
    const char *name, *form; /* {path} {line} {column} {host}; an empty form: no links */
} hyperlink;

/* NULL-name-terminated. */
extern const hyperlink HYPERLINKS[];

/* By name, or a form of the person's own with {path} in it. */
lc_status hyperlink_choose(const char *text, hyperlink *out, lc_error *error);
/* path: absolute. Nothing is printed when `by` is NULL or has an empty form. */
void hyperlink_begin(FILE *to, const hyperlink *by, span path, uint32_t line);
void hyperlink_end(FILE *to, const hyperlink *by);

#endif
