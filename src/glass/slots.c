#include "glass/slots.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "glass/pack.h"

typedef struct {
    uint32_t slot, count;
    buffer least, greatest;
} slot_statistics;

struct slot_table {
    slot_statistics *slots; /* ascending */
    size_t count, capacity;
};

slot_table *slot_table_new(void)
{
    return xcalloc(1, sizeof(slot_table));
}

void slot_table_free(slot_table *what)
{
    if (!what)
        return;
    for (size_t i = 0; i < what->count; i++) {
        buffer_free(&what->slots[i].least);
        buffer_free(&what->slots[i].greatest);
    }
    free(what->slots);
    free(what);
}

static slot_statistics *find_slot(slot_table *in, uint32_t slot)
{
    size_t low = 0, high = in->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (in->slots[middle].slot < slot)
            low = middle + 1;
        else
            high = middle;
    }
    if (low < in->count && in->slots[low].slot == slot)
        return &in->slots[low];
    array_reserve_one(&in->slots, in->count, &in->capacity, sizeof *in->slots);
    memmove(in->slots + low + 1, in->slots + low, (in->count++ - low) * sizeof *in->slots);
    in->slots[low] = (slot_statistics){.slot = slot};
    return &in->slots[low];
}

static void replace(buffer *what, span by)
{
    buffer_clear(what);
    buffer_add(what, by);
}

void slot_table_count(slot_table *in, uint32_t slot, span text)
{
    slot_statistics *of = find_slot(in, slot);
    if (!of->count || span_compare(text, buffer_span(&of->least)) < 0)
        replace(&of->least, text);
    if (!of->count || span_compare(text, buffer_span(&of->greatest)) > 0)
        replace(&of->greatest, text);
    of->count++;
}

void slot_table_add_to(const slot_table *from, inversion *to)
{
    buffer tag = {0};
    for (size_t i = 0; i < from->count; i++) {
        const slot_statistics *of = &from->slots[i];
        uint8_t key[2 + PACK_MAX] = {0, KEY_STATISTICS};
        uint8_t *end = pack_last(key + 2, of->slot);
        buffer_clear(&tag);
        buffer_add_varint(&tag, of->count);
        buffer_add_counted(&tag, buffer_span(&of->least));
        if (!span_equal(buffer_span(&of->least), buffer_span(&of->greatest)))
            buffer_add(&tag, buffer_span(&of->greatest));
        inversion_item item = {{(char *)key, (size_t)(end - key)}, 0, buffer_span(&tag), 0};
        inversion_add(to, 0, &item, 1);
    }
    buffer_free(&tag);
}
