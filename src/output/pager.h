/*
 * pager.h - an answer that is longer than the terminal goes through a pager.
 */
#ifndef LECTERN_OUTPUT_PAGER_H
#define LECTERN_OUTPUT_PAGER_H

#include <stdbool.h>
#include <stdio.h>

#include "base/span.h"

/* Prints the text on stdout: through $PAGER (started without a shell; `less` with LESS=FRX when it
 * is not set) if `paged` and stdout is a terminal with fewer lines than the text takes; else, or
 * when there is no such pager, as it is. */
void pager_print(span text, bool paged);

#endif
