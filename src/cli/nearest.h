/*
 * nearest.h - which name a mistyped one may mean: of a command, of an option.
 */
#ifndef LECTERN_CLI_NEAREST_H
#define LECTERN_CLI_NEAREST_H

#include "base/span.h"

typedef struct {
    span typed;
    const char *name; /* the nearest one so far, or NULL */
    unsigned distance;
} nearest;

nearest nearest_to(span typed);
/* Takes the name if no nearer one was seen. */
void nearest_consider(nearest *best, const char *name);

#endif
