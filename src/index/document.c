#include "index/document.h"

#include <stdlib.h>
#include <string.h>

#include "analysis/analysis.h"
#include "index/length_class.h"

/* The wdf is a number, not a frequency to be packed. */
enum { CLASS_NUMBER = UINT8_MAX };

void document_init(document *what)
{
    *what = (document){.memory = arena_new()};
}

void document_free(document *what)
{
    arena_free(what->memory);
    free(what->occurrences);
    free(what->postings);
    free(what->positions);
    buffer_free(&what->data);
}

void document_clear(document *what)
{
    arena_reset(what->memory);
    what->occurrence_count = what->posting_count = what->position_count = what->slot_count = 0;
    what->class = LENGTH_CLASS_NONE;
    buffer_clear(&what->data);
}

void document_add(document *to, const char *prefix, span text, uint32_t frequency,
                  uint32_t position)
{
    size_t prefix_length = strlen(prefix);
    if (!text.length || text.length > TERM_MAX)
        return;
    char *whole = arena_alloc(to->memory, prefix_length + text.length);
    memcpy(whole, prefix, prefix_length);
    memcpy(whole + prefix_length, text.at, text.length);
    occurrence added = {{whole, prefix_length + text.length}, frequency, position, to->class};
    ARRAY_ADD(to->occurrences, to->occurrence_count, to->occurrence_capacity, added);
}

void document_add_number(document *to, const char *name, uint32_t wdf)
{
    occurrence added = {span_of(name), wdf, NO_POSITION, CLASS_NUMBER};
    ARRAY_ADD(to->occurrences, to->occurrence_count, to->occurrence_capacity, added);
}

void document_set_slot(document *to, uint32_t slot, span text)
{
    if (text.length && to->slot_count < sizeof to->slots / sizeof *to->slots)
        to->slots[to->slot_count++] = (slot_value){slot, arena_copy(to->memory, text)};
}

static int compare_occurrences(const void *left, const void *right)
{
    const occurrence *a = left, *b = right;
    int order = span_compare(a->term, b->term);
    return order ? order : (a->position > b->position) - (a->position < b->position);
}

/* One posting from the run of equal terms that starts at `first`; returns the run's length. */
static size_t merge_run(document *what, size_t first)
{
    const occurrence *run = what->occurrences + first;
    size_t length = 0;
    posting merged = {run->term, 0, what->positions + what->position_count, 0};
    while (first + length < what->occurrence_count && span_equal(run[length].term, run->term)) {
        uint32_t position = run[length].position;
        merged.wdf += run[length].wdf;
        if (position != NO_POSITION && (length == 0 || position != run[length - 1].position)) {
            what->positions[what->position_count++] = position;
            merged.position_count++;
        }
        length++;
    }
    if (run->class != CLASS_NUMBER)
        merged.wdf = length_class_pack(merged.wdf, run->class);
    ARRAY_ADD(what->postings, what->posting_count, what->posting_capacity, merged);
    return length;
}

void document_finish(document *what)
{
    if (what->position_capacity < what->occurrence_count) {
        what->position_capacity = what->occurrence_count;
        what->positions =
            xrealloc(what->positions, what->position_capacity * sizeof *what->positions);
    }
    if (what->occurrence_count)
        qsort(what->occurrences, what->occurrence_count, sizeof *what->occurrences,
              compare_occurrences);
    for (size_t i = 0; i < what->occurrence_count;)
        i += merge_run(what, i);
}
