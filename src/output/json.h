/*
 * json.h - a talk as found in a file, without any index: `lectern talks --format jsonl`.
 */
#ifndef LECTERN_OUTPUT_JSON_H
#define LECTERN_OUTPUT_JSON_H

#include <stdio.h>

#include "notes/talk.h"

/* One line: path, line, title, speakers, orgs, techs, event, year, date, kind and more. */
void json_print_extracted(FILE *to, const char *path, const talk *what);

#endif
