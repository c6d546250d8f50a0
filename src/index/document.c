#include "index/document.h"

#include <endian.h>
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
    free(what->order);
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

/* ---- sorting ---- */

/* The first eight bytes as a number that orders as they do. */
static uint64_t head_of(span text)
{
    uint64_t head = 0;
    memcpy(&head, text.at, text.length < sizeof head ? text.length : sizeof head);
    return be64toh(head);
}

static bool comes_before(const document *in, sort_key a, sort_key b)
{
    if (a.head != b.head)
        return a.head < b.head;
    const occurrence *left = &in->occurrences[a.at], *right = &in->occurrences[b.at];
    int order = span_compare(left->term, right->term);
    return order ? order < 0 : left->position < right->position;
}

/* Merges from[0..middle) and from[middle..count), each in order, into `to`. */
static void merge(const document *in, const sort_key *from, size_t middle, size_t count,
                  sort_key *to)
{
    size_t left = 0, right = middle;
    while (left < middle && right < count)
        *to++ = comes_before(in, from[right], from[left]) ? from[right++] : from[left++];
    memcpy(to, left < middle ? from + left : from + right,
           (left < middle ? middle - left : count - right) * sizeof *to);
}

enum { SHORT_RUN = 8 };

static void sort_short(const document *in, sort_key *keys, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        sort_key moved = keys[i];
        size_t at = i;
        for (; at && comes_before(in, moved, keys[at - 1]); at--)
            keys[at] = keys[at - 1];
        keys[at] = moved;
    }
}

/* The occurrences' order in what->order: by merging, for qsort() would call a function for every
 * comparison, and there are thousands in a talk. */
static void sort_occurrences(document *what)
{
    size_t count = what->occurrence_count;
    if (what->order_capacity < count) {
        what->order_capacity = what->occurrence_capacity;
        what->order = xrealloc(what->order, 2 * what->order_capacity * sizeof *what->order);
    }
    sort_key *keys = what->order, *other = keys + what->order_capacity;
    for (size_t i = 0; i < count; i++)
        keys[i] = (sort_key){head_of(what->occurrences[i].term), (uint32_t)i};
    for (size_t i = 0; i < count; i += SHORT_RUN)
        sort_short(what, keys + i, count - i < SHORT_RUN ? count - i : SHORT_RUN);
    for (size_t run = SHORT_RUN; run < count; run *= 2) {
        for (size_t i = 0; i < count; i += 2 * run) {
            size_t both = count - i < 2 * run ? count - i : 2 * run;
            merge(what, keys + i, both < run ? both : run, both, other + i);
        }
        sort_key *swapped = keys;
        keys = other;
        other = swapped;
    }
    if (keys != what->order)
        memcpy(what->order, keys, count * sizeof *keys);
}

static const occurrence *nth(const document *in, size_t n)
{
    return &in->occurrences[in->order[n].at];
}

/* One posting from the run of equal terms that starts at the `first` in order; returns the run's
 * length. */
static size_t merge_run(document *what, size_t first)
{
    const occurrence *run = nth(what, first);
    uint64_t head = what->order[first].head;
    size_t length = 0;
    uint32_t before = NO_POSITION;
    posting merged = {run->term, 0, what->positions + what->position_count, 0};
    while (first + length < what->occurrence_count && what->order[first + length].head == head &&
           span_equal(nth(what, first + length)->term, run->term)) {
        const occurrence *one = nth(what, first + length);
        merged.wdf += one->wdf;
        if (one->position != NO_POSITION && one->position != before) {
            what->positions[what->position_count++] = one->position;
            merged.position_count++;
        }
        before = one->position;
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
    sort_occurrences(what);
    for (size_t i = 0; i < what->occurrence_count;)
        i += merge_run(what, i);
}
