/*
 * safe.h - text from notes, printed so that it can't act on a terminal.
 */
#ifndef LECTERN_OUTPUT_SAFE_H
#define LECTERN_OUTPUT_SAFE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/span.h"

/* C0 but line end and tab, DEL, C1, and the marks that turn the direction of what follows. */
bool char_is_unsafe(uint32_t code_point);
/* Every unsafe character as U+FFFD. */
void print_safe(FILE *to, span text);
/* The same on one line: line ends and tabs become blanks. */
void print_safe_line(FILE *to, span text);

#endif
