/*
 * Keys are interned in a hash table; each has a record with its list's head, and the list's bytes
 * in a chain of slices.  Records, keys and slices lie in one block of memory, one behind the other
 * as they are asked for, and are named by their offset in it: 32 bits, and it may move.
 */
#include "glass/inversion.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "glass/pack.h"

enum {
    FIRST_SLOTS = 1024,
    FIRST_BYTES = 64 * 1024,
    ALIGNMENT = 4,
    LINK_SIZE = 4,       /* a slice ends with the offset of the next one */
    SLICE_SMALLEST = 16, /* link included; each next one is twice as large */
    SLICE_LARGEST = 4096
};

typedef struct {
    uint32_t hash;
    uint32_t record; /* 0: free */
} slot;

typedef struct {
    uint32_t count, wdf_sum, first, last;
    uint32_t length;
    uint32_t slices;     /* the first one */
    uint32_t end;        /* where the list's next byte goes, */
    uint32_t room;       /* and how many bytes of the slice are left there */
    uint32_t slice_size; /* of the last slice */
    uint32_t key_length; /* the key follows */
} record;

struct inversion {
    uint8_t *bytes;
    size_t used, capacity;
    slot *slots;
    size_t mask, count;
};

static void start(inversion *what)
{
    what->slots = xcalloc(FIRST_SLOTS, sizeof *what->slots);
    what->mask = FIRST_SLOTS - 1;
    what->count = 0;
    what->capacity = FIRST_BYTES;
    what->bytes = xmalloc(what->capacity);
    what->used = ALIGNMENT; /* no offset is 0 */
}

inversion *inversion_new(void)
{
    inversion *made = xmalloc(sizeof *made);
    start(made);
    return made;
}

void inversion_free(inversion *what)
{
    if (!what)
        return;
    free(what->bytes);
    free(what->slots);
    free(what);
}

void inversion_clear(inversion *what)
{
    free(what->bytes);
    free(what->slots);
    start(what);
}

size_t inversion_size(const inversion *of)
{
    return of->used + (of->mask + 1) * sizeof *of->slots;
}

size_t inversion_cost(size_t key_length, size_t bytes)
{
    /* The last slice may be as large as all before it. */
    return sizeof(record) + key_length + 2 * (SLICE_SMALLEST + bytes) + 4 * sizeof(slot);
}

static uint32_t take(inversion *from, size_t size)
{
    size_t offset = from->used;
    from->used += (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (from->used > from->capacity) {
        while (from->capacity < from->used)
            from->capacity *= 2;
        from->bytes = xrealloc(from->bytes, from->capacity);
    }
    return (uint32_t)offset;
}

static record *record_at(const inversion *in, uint32_t offset)
{
    return (record *)(void *)(in->bytes + offset);
}

static span record_key(const record *of)
{
    return (span){(const char *)(of + 1), of->key_length};
}

/* ---- interning ---- */

/* Eight bytes at a time, mixed by multiplication; the constants are odd numbers with random bits.
 */
static uint32_t hash_of(span key)
{
    uint64_t hash = key.length * 0x9e3779b97f4a7c15u, word;
    for (; key.length >= sizeof word; key = span_from(key, sizeof word)) {
        memcpy(&word, key.at, sizeof word);
        hash = (hash ^ word) * 0xd6e8feb86659fd93u;
        hash ^= hash >> 32;
    }
    word = 0;
    for (size_t i = 0; i < key.length; i++)
        word = word << 8 | (uint8_t)key.at[i];
    hash = (hash ^ word) * 0xd6e8feb86659fd93u;
    return (uint32_t)(hash >> 32);
}

static void grow_slots(inversion *in)
{
    size_t mask = 2 * in->mask + 1;
    slot *larger = xcalloc(mask + 1, sizeof *larger);
    for (size_t i = 0; i <= in->mask; i++) {
        size_t n = in->slots[i].hash & mask;
        if (!in->slots[i].record)
            continue;
        while (larger[n].record)
            n = (n + 1) & mask;
        larger[n] = in->slots[i];
    }
    free(in->slots);
    in->slots = larger;
    in->mask = mask;
}

static uint32_t add_record(inversion *to, span key, uint32_t docid)
{
    uint32_t offset = take(to, sizeof(record) + key.length);
    uint32_t slice = take(to, SLICE_SMALLEST);
    record *made = record_at(to, offset);
    *made = (record){.first = docid,
                     .last = docid,
                     .slices = slice,
                     .end = slice,
                     .room = SLICE_SMALLEST - LINK_SIZE,
                     .slice_size = SLICE_SMALLEST,
                     .key_length = (uint32_t)key.length};
    memcpy(made + 1, key.at, key.length);
    return offset;
}

/* The offset of the key's record, which is added when it is new. */
static uint32_t intern(inversion *in, span key, uint32_t hash, uint32_t docid)
{
    size_t n = hash & in->mask;
    for (; in->slots[n].record; n = (n + 1) & in->mask)
        if (in->slots[n].hash == hash &&
            span_equal(record_key(record_at(in, in->slots[n].record)), key))
            return in->slots[n].record;
    uint32_t made = add_record(in, key, docid);
    in->slots[n] = (slot){hash, made};
    if (2 * ++in->count > in->mask)
        grow_slots(in);
    return made;
}

/* ---- chains ---- */

static uint32_t next_slice_size(uint32_t size)
{
    return size < SLICE_LARGEST ? 2 * size : size;
}

static void add_slice(inversion *to, uint32_t offset)
{
    uint32_t size = next_slice_size(record_at(to, offset)->slice_size);
    uint32_t slice = take(to, size);
    record *of = record_at(to, offset);
    memcpy(to->bytes + of->end, &slice, LINK_SIZE);
    of->end = slice;
    of->room = size - LINK_SIZE;
    of->slice_size = size;
}

static void append(inversion *to, uint32_t offset, const void *bytes, size_t length)
{
    const uint8_t *from = bytes;
    record_at(to, offset)->length += (uint32_t)length;
    while (length) {
        record *of = record_at(to, offset);
        size_t piece = length < of->room ? length : of->room;
        memcpy(to->bytes + of->end, from, piece);
        of->end += (uint32_t)piece;
        of->room -= (uint32_t)piece;
        from += piece, length -= piece;
        if (length)
            add_slice(to, offset);
    }
}

static void add_entry(inversion *to, uint32_t docid, const inversion_item *item)
{
    enum { SHORT = 32 }; /* most positions are: copied in one piece with the numbers */
    uint8_t packed[3 * PACK_MAX + SHORT], *end = packed;
    uint32_t offset = intern(to, item->key, item->hash, docid);
    record *of = record_at(to, offset);
    if (of->count++)
        end = pack_number(end, docid - of->last);
    of->last = docid;
    of->wdf_sum += item->wdf;
    end = pack_number(end, item->wdf);
    end = pack_number(end, item->bytes.length);
    span rest = item->bytes;
    if (rest.length <= SHORT) {
        end = pack_bytes(end, rest.at, rest.length);
        rest = SPAN_NONE;
    }
    append(to, offset, packed, (size_t)(end - packed));
    append(to, offset, rest.at, rest.length);
}

/* An item costs three fetches from memory, each of which tells where the next is: its slot, its
 * record, the end of its chain.  So three items ahead are at one of these each. */
static void fetch_ahead(const inversion *in, inversion_item *items, size_t now, size_t count)
{
    const size_t step = 4;
    size_t chain = now + step, head = chain + step, first = head + step;
    if (first < count) {
        items[first].hash = hash_of(items[first].key);
        __builtin_prefetch(&in->slots[items[first].hash & in->mask]);
    }
    if (head < count) {
        const uint8_t *at = in->bytes + in->slots[items[head].hash & in->mask].record;
        __builtin_prefetch(at);
        __builtin_prefetch(at + sizeof(record));
    }
    if (chain < count) {
        uint32_t offset = in->slots[items[chain].hash & in->mask].record;
        if (offset)
            __builtin_prefetch(in->bytes + record_at(in, offset)->end, 1);
    }
}

void inversion_add(inversion *to, uint32_t docid, inversion_item *items, size_t count)
{
    enum { AHEAD = 12 }; /* those that fetch_ahead() is too late for */
    for (size_t i = 0; i < count && i < AHEAD; i++)
        items[i].hash = hash_of(items[i].key);
    for (size_t i = 0; i < count; i++) {
        fetch_ahead(to, items, i, count);
        add_entry(to, docid, &items[i]);
    }
}

/* ---- reading back ---- */

typedef struct {
    uint64_t prefix; /* the key's first eight bytes, which settle most comparisons */
    uint32_t record;
} sort_item;

typedef struct {
    list_source base;
    const inversion *of;
    sort_item *items;
    size_t count, next;
    uint32_t at, room, slice_size; /* in the chain */
} inversion_cursor;

static uint64_t key_prefix(span key)
{
    uint64_t prefix = 0;
    for (size_t i = 0; i < sizeof prefix; i++)
        prefix = prefix << 8 | (i < key.length ? (uint8_t)key.at[i] : 0);
    return prefix;
}

static int compare_items(const void *a, const void *b, void *in)
{
    const sort_item *first = a, *second = b;
    if (first->prefix != second->prefix)
        return first->prefix < second->prefix ? -1 : 1;
    return span_compare(record_key(record_at(in, first->record)),
                        record_key(record_at(in, second->record)));
}

static lc_status fetch_slices(list_source *of, uint8_t *to, size_t length, lc_error *error)
{
    inversion_cursor *cursor = (inversion_cursor *)of;
    (void)error;
    while (length) {
        size_t piece = length < cursor->room ? length : cursor->room;
        memcpy(to, cursor->of->bytes + cursor->at, piece);
        cursor->at += (uint32_t)piece;
        cursor->room -= (uint32_t)piece;
        to += piece, length -= piece;
        if (length) {
            memcpy(&cursor->at, cursor->of->bytes + cursor->at, LINK_SIZE);
            cursor->slice_size = next_slice_size(cursor->slice_size);
            cursor->room = cursor->slice_size - LINK_SIZE;
        }
    }
    return LC_OK;
}

static lc_status next_record(list_source *of, lc_error *error)
{
    inversion_cursor *cursor = (inversion_cursor *)of;
    (void)error;
    if (cursor->next == cursor->count) {
        of->head = (list_head){0};
        return LC_OK;
    }
    const record *now = record_at(cursor->of, cursor->items[cursor->next++].record);
    of->head =
        (list_head){record_key(now), now->count, now->wdf_sum, now->first, now->last, now->length};
    cursor->at = now->slices;
    cursor->slice_size = SLICE_SMALLEST;
    cursor->room = SLICE_SMALLEST - LINK_SIZE;
    list_source_start(of);
    return LC_OK;
}

list_source *inversion_source(const inversion *of)
{
    inversion_cursor *cursor = xcalloc(1, sizeof *cursor);
    list_source_init(&cursor->base);
    cursor->base.next = next_record;
    cursor->base.fetch = fetch_slices;
    cursor->of = of;
    cursor->items = xmalloc(of->count * sizeof *cursor->items);
    for (size_t i = 0; i <= of->mask; i++) {
        uint32_t offset = of->slots[i].record;
        if (offset)
            cursor->items[cursor->count++] =
                (sort_item){key_prefix(record_key(record_at(of, offset))), offset};
    }
    qsort_r(cursor->items, cursor->count, sizeof *cursor->items, compare_items, (void *)of);
    next_record(&cursor->base, NULL);
    return &cursor->base;
}

void inversion_source_free(list_source *what)
{
    inversion_cursor *cursor = (inversion_cursor *)what;
    if (!what)
        return;
    list_source_clear(what);
    free(cursor->items);
    free(cursor);
}
