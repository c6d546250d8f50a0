/*
 * jsonl.h - one JSON object a line, of which some texts are wanted (BEIR's files).
 */
#ifndef LECTERN_BENCH_JSONL_H
#define LECTERN_BENCH_JSONL_H

#include <jansson.h>

#include "reader.h"

enum { JSON_KEYS_MOST = 4 };

typedef struct {
    json_t *object;             /* NULL: the line was bad and is noted */
    span value[JSON_KEYS_MOST]; /* in the order of the keys, borrowed from the object */
} json_line;

/* Reads the line's object and the texts under `keys`. keys[0] is the id: a text that must be there
 * (a number is taken as it is written); the others are empty when they are absent or null. *out is
 * always set; free it. */
lc_status json_line_read(reader *from, span line, const char *const *keys, size_t count,
                         json_line *out);
void json_line_free(json_line *what);

#endif
