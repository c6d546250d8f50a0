/*
 * facet_table.h - the values of one field by document, as one array: counting them over many
 * matches costs nanoseconds a match.
 *
 * It is made from the posting lists of the field's values when it is first needed after a commit
 * (20,000 talks: a hundredth of a second or two), and kept (index/kept.h) as facet-FIELD.
 */
#ifndef LECTERN_SEARCH_FACET_TABLE_H
#define LECTERN_SEARCH_FACET_TABLE_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/memory.h"
#include "index/fields.h"
#include "xapian_shim.h"

typedef struct {
    buffer file;            /* what the arrays point into */
    uint32_t docid_limit;   /* docids are below it */
    const uint32_t *begins; /* values of docid d: ids[begins[d]] up to ids[begins[d + 1]] */
    const uint32_t *ids;
    uint32_t value_count;
    const uint32_t *key_begins; /* key of value v: keys[key_begins[v]] up to key_begins[v + 1] */
    const char *keys;           /* values as they are compared (folded), ascending */
} facet_table;

lc_status facet_table_open(const xs_reader *reader, const char *index_path, const field *of,
                           facet_table *out, lc_error *error);
span facet_table_key(const facet_table *in, uint32_t value);
void facet_table_free(facet_table *what);
/* What stands before a value's key in its term; in the arena. */
span facet_prefix(const field *of, arena *memory);

#endif
