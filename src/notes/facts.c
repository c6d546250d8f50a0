#include "notes/note.h"

static bool keys_have(const keys *in, span key)
{
    size_t low = 0, high = in->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = span_compare(in->items[middle], key);
        if (!order)
            return true;
        *(order < 0 ? &low : &high) = order < 0 ? middle + 1 : middle;
    }
    return false;
}

uint32_t facts_count(const facts *known, span key)
{
    const uint32_t *count = known && known->told ? map_get(known->told, key) : NULL;
    if (!count)
        return 0;
    uint32_t others = *count - (known->own && keys_have(known->own, key));
    return others < FACTS_MANY ? others : FACTS_MANY;
}
