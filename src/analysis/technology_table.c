#include "analysis/technology_table.h"

#include <stdlib.h>
#include <string.h>

#include "base/embed.h"
#include "base/memory.h"

EMBED(technologies, "src/analysis/technologies.tsv");

uint32_t technology_hash(uint32_t hash, span bytes)
{
    for (size_t i = 0; i < bytes.length; i++)
        hash = (hash ^ (unsigned char)bytes.at[i]) * 16777619u;
    return hash;
}

uint8_t technology_tag(uint32_t hash)
{
    return (uint8_t)(hash >> 24);
}

size_t technology_slot_index(const technology_slot *slots, size_t slot_count, const char *keys,
                             uint32_t hash, span key)
{
    for (size_t i = hash ^ hash >> 15;; i++) {
        const technology_slot *slot = &slots[i & (slot_count - 1)];
        if (!slot->length || (slot->length == key.length && slot->tag == technology_tag(hash) &&
                              memcmp(keys + slot->key, key.at, key.length) == 0))
            return i & (slot_count - 1);
    }
}

const technology_slot *technology_lookup(const technology_table *in, uint32_t hash, span key)
{
    const technology_data *data = &in->data;
    if (!key.length || key.length > TECHNOLOGY_KEY_MAX || !data->slot_count)
        return NULL;
    size_t index = technology_slot_index(data->slots, data->slot_count, data->keys, hash, key);
    return data->slots[index].length ? &data->slots[index] : NULL;
}

const technology_alias *technology_alias_of(const technology_table *in, const technology_slot *slot)
{
    if (!slot->alias)
        return NULL;
    const technology_alias *alias = &in->data.aliases[slot->alias - 1];
    return in->data.items[alias->technology].rules & RULE_OFF ? NULL : alias;
}

bool technology_parts_before(span word, size_t at)
{
    char before = word.at[at - 1], here = word.at[at];
    if (byte_is_upper(here))
        return !byte_is_upper(before) || (at + 1 < word.length && !byte_is_upper(word.at[at + 1]));
    return byte_is_digit(here) && byte_is_alpha(before);
}

technology_table *technology_table_empty(void)
{
    return xcalloc(1, sizeof(technology_table));
}

technology_table *technology_table_new(void)
{
    technology_table *table = technology_table_empty();
    table->data = technology_built_in;
    table->data.texts = EMBEDDED(technologies).at;
    return table;
}

size_t technology_count(const technology_table *in)
{
    return in->data.count;
}

size_t technology_alias_count(const technology_table *in)
{
    return in->data.alias_count;
}

span technology_text_of(const technology_table *in, technology_text text)
{
    return (span){in->data.texts + text.offset, text.length};
}

span technology_name(const technology_table *in, uint32_t technology)
{
    return technology_text_of(in, in->data.items[technology].name);
}

span technology_category(const technology_table *in, uint32_t technology)
{
    return technology_text_of(in, in->data.categories[in->data.items[technology].category]);
}

bool technology_is_idea(const technology_table *in, uint32_t technology)
{
    return in->data.items[technology].rules & RULE_IDEA;
}

static uint64_t category_bit(uint32_t category)
{
    return 1ull << (category < TECHNOLOGY_CATEGORIES_MAX ? category : TECHNOLOGY_CATEGORIES_MAX);
}

uint64_t technology_category_bit(const technology_table *in, uint32_t technology)
{
    return category_bit(in->data.items[technology].category);
}

uint64_t technology_related(const technology_table *in, uint32_t technology)
{
    uint32_t category = in->data.items[technology].category;
    return category_bit(category) |
           (category < TECHNOLOGY_CATEGORIES_MAX ? in->data.related[category] : 0);
}
