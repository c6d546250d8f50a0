#include "index/knowledge.h"

#include <xxhash.h>

void knowledge_init(knowledge *what)
{
    *what = (knowledge){map_new(), map_new()};
}

void knowledge_free(knowledge *what)
{
    map_free(what->told);
    map_free(what->talks);
}

void knowledge_tell(knowledge *to, const keys *tells)
{
    for (size_t i = 0; i < tells->count; i++)
        ++*map_put(to->told, tells->items[i], 0);
}

void knowledge_untell(knowledge *from, const keys *tells)
{
    for (size_t i = 0; i < tells->count; i++)
        --*map_put(from->told, tells->items[i], 1);
}

void knowledge_restart_talks(knowledge *what)
{
    map_clear(what->talks);
}

uint32_t knowledge_ordinal(knowledge *in, uint64_t id_key)
{
    return (*map_put(in->talks, (span){(const char *)&id_key, sizeof id_key}, 0))++;
}

void knowledge_forget_ordinal(knowledge *in, uint64_t id_key)
{
    --*map_put(in->talks, (span){(const char *)&id_key, sizeof id_key}, 1);
}

uint64_t knowledge_context(const facts *known, const keys *asks, const uint32_t *ordinals,
                           size_t count)
{
    uint64_t context = 0;
    for (size_t i = 0; i < asks->count; i++) {
        uint32_t answer = facts_count(known, asks->items[i]);
        if (answer)
            context = XXH3_64bits_withSeed(&answer, sizeof answer, context + i + 1);
    }
    for (size_t i = 0; i < count; i++)
        if (ordinals[i])
            context = XXH3_64bits_withSeed(&ordinals[i], sizeof *ordinals, context ^ (i + 1));
    return context;
}
