#include "notes/note.h"

uint32_t facts_count(const facts *known, span key)
{
    const uint32_t *count = known && known->told ? map_get(known->told, key) : NULL;
    if (!count)
        return 0;
    return *count < FACTS_MANY ? *count : FACTS_MANY;
}
