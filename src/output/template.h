/*
 * template.h - --format '{title} {speakers|, } {path}:{line}'.
 *
 *     {name}        a value of the hit (columns.h)
 *     {name|, }     several values with that between them; without it: ", "
 *     {{  }}        a brace
 *     \n \t \0 \\   line end, tab, NUL, backslash
 *
 * A line end follows each hit unless the template ends with \n or \0.
 */
#ifndef LECTERN_OUTPUT_TEMPLATE_H
#define LECTERN_OUTPUT_TEMPLATE_H

#include "output/printer.h"

/* Whether the text is meant as a template: it has a brace. */
bool template_is(const char *text);
lc_status template_check(const char *text, lc_error *error);
void template_print(const char *text, const shown_hit *what, FILE *to);

#endif
