/*
 * list.h - lists of entries under keys: what is inverted, sorted and merged.
 *
 * Everything that goes into the postlist table is a list: the key it will have there, and entries
 * that ascend by document number:
 *
 *     key                         entry: wdf             bytes
 *     00 C0 key                   -                      metadata; the last entry counts
 *     00 D0 packed_last(slot)     -                      statistics of a value slot; one entry
 *     00 D8 packed_number(slot)   -                      the value
 *     00 E0                       length of a document   none
 *     pack_term(term)             wdf                    positions, see positions.h; may be none
 *
 * In memory and in runs an entry is: document number less that of the entry before (left out in a
 * list's first entry, whose number stands in the head), wdf, number of bytes, bytes.
 */
#ifndef LECTERN_GLASS_LIST_H
#define LECTERN_GLASS_LIST_H

#include <stdint.h>

#include "base/error.h"
#include "base/span.h"

/* The second byte of a key whose first byte is zero; in a term it is FF. */
enum { KEY_META = 0xc0, KEY_STATISTICS = 0xd0, KEY_VALUES = 0xd8, KEY_LENGTHS = 0xe0 };

typedef struct {
    span key;
    uint32_t count;       /* entries */
    uint32_t wdf_sum;     /* modulo 2^32 */
    uint32_t first, last; /* document numbers */
    uint64_t length;      /* bytes of all entries */
} list_head;

typedef struct {
    uint32_t docid, wdf;
    span bytes;
} list_entry;

/*
 * Lists by ascending key, one after the other.  The kinds of sources fill in next and fetch.
 */
typedef struct list_source list_source;
struct list_source {
    list_head head; /* of the list at hand; an empty key: there are no more */
    /* Goes to the next list; entries of this one that were not read are left out. */
    lc_status (*next)(list_source *of, lc_error *error);
    /* The next `length` bytes of the list at hand. */
    lc_status (*fetch)(list_source *of, uint8_t *to, size_t length, lc_error *error);
    uint64_t left;     /* bytes of the list at hand that were not fetched */
    uint8_t *at, *end; /* those that were fetched, and not read */
    uint8_t *window;   /* where they are */
    size_t window_size;
    uint32_t read, docid; /* entries that were read, and the number of the last one */
};

enum { LIST_WINDOW = 32 * 1024 };

void list_source_init(list_source *what);
void list_source_clear(list_source *what);
/* For next(): nothing was read of the list at hand. */
void list_source_start(list_source *what);
/* Call head.count times.  The entry's bytes live until the next call. */
lc_status list_source_read(list_source *from, list_entry *entry_out, lc_error *error);
/* Some bytes of the list at hand as they are, empty at its end. */
lc_status list_source_copy(list_source *from, span *bytes_out, lc_error *error);

#endif
