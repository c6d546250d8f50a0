/* technology_read.c - the lines of a table, built in or a person's own, into the structure that is
 * looked up. */
#include <stdlib.h>
#include <string.h>

#include "analysis/technology_table.h"
#include "analysis/technology_words.h"
#include "base/memory.h"

enum { SLOTS_AT_FIRST = 1 << 15 };

/* What technology_data points to while it grows. */
typedef struct technology_reader {
    technology_entry *items;
    size_t count, capacity;
    technology_alias *aliases;
    size_t alias_count, alias_capacity;
    technology_slot *slots;
    size_t slot_count, slots_used;
    technology_text *categories;
    size_t category_count, category_capacity;
    uint64_t related[TECHNOLOGY_CATEGORIES_MAX];
    buffer keys, texts;
    technology_words words; /* of the name that is read */
} technology_reader;

/* Families whose members are named together; a category that is not here is its own family only. */
static const struct {
    const char *category, *families;
} related[] = {
    {"language", "ad"},     {"os", "i"},        {"database", "ad"}, {"cloud-native", "i"},
    {"observability", "i"}, {"devtool", "a"},   {"frontend", "a"},  {"web", "a"},
    {"backend", "a"},       {"mobile", "a"},    {"data", "d"},      {"ml", "d"},
    {"science", "d"},       {"protocol", "ai"}, {"format", "ad"},   {"testing", "a"},
    {"security", "i"},      {"platform", "ai"}, {"hardware", "i"},
};

static const struct {
    const char *name;
    enum technology_rule rule;
} rule_names[] = {
    {"case", RULE_CASE},   {"word", RULE_WORD}, {"context", RULE_CONTEXT},
    {"title", RULE_TITLE}, {"off", RULE_OFF},   {"idea", RULE_IDEA},
};

static technology_slot *slot_of(const technology_reader *in, uint32_t hash, span key)
{
    return &in->slots[technology_slot_index(in->slots, in->slot_count, in->keys.at, hash, key)];
}

static void grow_slots(technology_reader *to)
{
    technology_slot *old = to->slots;
    size_t old_count = to->slot_count;
    to->slot_count *= 2;
    to->slots = xcalloc(to->slot_count, sizeof *to->slots);
    for (size_t i = 0; i < old_count; i++)
        if (old[i].length) {
            span key = {to->keys.at + old[i].key, old[i].length};
            *slot_of(to, technology_hash(TECHNOLOGY_HASH_START, key), key) = old[i];
        }
    free(old);
}

/* The slot of the first `length` bytes of the key at `offset` of the keys; made when missing. */
static technology_slot *add_key(technology_reader *to, uint32_t offset, size_t length)
{
    if (to->slots_used * 4 >= to->slot_count * 3)
        grow_slots(to);
    span key = {to->keys.at + offset, length};
    uint32_t hash = technology_hash(TECHNOLOGY_HASH_START, key);
    technology_slot *slot = slot_of(to, hash, key);
    if (!slot->length) {
        to->slots_used++;
        slot->key = offset;
        slot->length = (uint8_t)length;
        slot->tag = technology_tag(hash);
    }
    return slot;
}

/* Marks the beginnings of the alias that has just been split into to->words. */
static void add_beginnings(technology_reader *to, span text, uint32_t offset)
{
    const technology_words *words = &to->words;
    for (size_t i = 0; i < words->count; i++) {
        const technology_word *word = &words->items[i];
        if (i)
            add_key(to, offset, word->key)->more = true;
        span written = span_slice(text, word->begin, word->end - word->begin);
        if (written.length != word->key_end - word->key)
            continue; /* folding changed its length: no places known inside */
        for (size_t at = 1; at < written.length; at++)
            if (technology_parts_before(written, at))
                add_key(to, offset, word->key + at)->more = true;
    }
}

static technology_text place_of(const technology_reader *in, span text)
{
    return (technology_text){(uint32_t)(text.at - in->texts.at), (uint32_t)text.length};
}

/* Adds the alias that has just been split; NULL or what is wrong with it. */
static const char *add_alias(technology_reader *to, uint32_t owner, span text, uint8_t rules)
{
    span folded = buffer_span(&to->words.folded);
    if (!folded.length || folded.length > TECHNOLOGY_KEY_MAX)
        return folded.length ? "the name is too long" : "the name has neither letter nor digit";
    uint32_t offset = (uint32_t)to->keys.length;
    buffer_add(&to->keys, folded);
    add_beginnings(to, text, offset);
    technology_slot *slot = add_key(to, offset, folded.length);
    technology_alias alias = {place_of(to, text), owner, rules};
    ARRAY_ADD(to->aliases, to->alias_count, to->alias_capacity, alias);
    slot->alias = (uint32_t)to->alias_count;
    return NULL;
}

static const char *read_rules(span text, uint8_t *rules_out)
{
    *rules_out = 0;
    if (span_equal(text, SPAN("-")))
        return NULL;
    while (text.length) {
        span word = span_cut(&text, ' ');
        size_t i = 0;
        while (i < sizeof rule_names / sizeof *rule_names &&
               !span_equal(word, span_of(rule_names[i].name)))
            i++;
        if (i == sizeof rule_names / sizeof *rule_names)
            return "the rule is not `-`, case, word, context, title, idea or off";
        *rules_out |= (uint8_t)rule_names[i].rule;
    }
    return NULL;
}

/* Splits `k8s{case word}`. */
static const char *read_alias(technology_reader *to, uint32_t owner, span text)
{
    uint8_t rules = 0;
    size_t brace = span_find_byte(text, '{');
    if (brace != SPAN_NOT_FOUND) {
        if (!span_ends_with(text, SPAN("}")))
            return "the alias's { has no } at the end";
        span inner = span_slice(text, brace + 1, text.length - brace - 2);
        const char *wrong = read_rules(inner, &rules);
        if (wrong)
            return wrong;
        text = span_slice(text, 0, brace);
    }
    technology_split(text, &to->words);
    return add_alias(to, owner, text, rules);
}

static span text_at(const technology_reader *in, technology_text text)
{
    return span_slice(buffer_span(&in->texts), text.offset, text.length);
}

/* The number of the technology whose name has just been split: the one that bears this very name,
 * or a new one. */
static uint32_t technology_of_name(technology_reader *to, span name)
{
    span key = buffer_span(&to->words.folded);
    if (key.length && key.length <= TECHNOLOGY_KEY_MAX) {
        const technology_slot *slot = slot_of(to, technology_hash(TECHNOLOGY_HASH_START, key), key);
        uint32_t known = slot->alias ? to->aliases[slot->alias - 1].technology : 0;
        if (slot->alias && span_equal(text_at(to, to->items[known].name), name))
            return known;
    }
    technology_entry item = {.name = place_of(to, name)};
    ARRAY_ADD(to->items, to->count, to->capacity, item);
    return (uint32_t)to->count - 1;
}

static uint32_t category_of(technology_reader *to, span name)
{
    for (size_t i = 0; i < to->category_count; i++)
        if (span_equal(text_at(to, to->categories[i]), name))
            return (uint32_t)i;
    technology_text text = place_of(to, name);
    ARRAY_ADD(to->categories, to->category_count, to->category_capacity, text);
    return (uint32_t)to->category_count - 1;
}

/* NULL or what is wrong with the line. */
static const char *read_line(technology_reader *to, span line)
{
    span name = span_cut(&line, '\t'), category = span_cut(&line, '\t'),
         rule = span_cut(&line, '\t'), aliases = span_cut(&line, '\t');
    uint8_t rules = 0;
    if (!name.length || !category.length || !rule.length || !aliases.length || line.length)
        return "not four columns (name, category, rule, aliases) separated by one tab";
    const char *wrong = read_rules(rule, &rules);
    if (wrong)
        return wrong;
    technology_split(name, &to->words);
    uint32_t number = technology_of_name(to, name);
    to->items[number].category = category_of(to, category);
    to->items[number].rules = rules;
    wrong = add_alias(to, number, name, rules);
    if (span_equal(aliases, SPAN("-")))
        return wrong;
    while (!wrong && aliases.length)
        wrong = read_alias(to, number, span_cut(&aliases, '|'));
    return wrong;
}

static const char *families_of(span category)
{
    for (size_t i = 0; i < sizeof related / sizeof *related; i++)
        if (span_equal(category, span_of(related[i].category)))
            return related[i].families;
    return "";
}

static void relate_categories(technology_reader *to)
{
    size_t count = to->category_count < TECHNOLOGY_CATEGORIES_MAX ? to->category_count
                                                                  : TECHNOLOGY_CATEGORIES_MAX;
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < count; k++)
            if (strpbrk(families_of(text_at(to, to->categories[i])),
                        families_of(text_at(to, to->categories[k]))))
                to->related[i] |= 1ull << k;
}

static void *copy_of(const void *items, size_t count, size_t size)
{
    void *copy = xcalloc(count + 1, size);
    if (count)
        memcpy(copy, items, count * size);
    return copy;
}

/* A reader that goes on from what the table holds. */
static technology_reader *reader_of(const technology_data *from)
{
    technology_reader *made = xcalloc(1, sizeof *made);
    made->items = copy_of(from->items, from->count, sizeof *made->items);
    made->count = made->capacity = from->count;
    made->aliases = copy_of(from->aliases, from->alias_count, sizeof *made->aliases);
    made->alias_count = made->alias_capacity = from->alias_count;
    made->slot_count = from->slot_count ? from->slot_count : SLOTS_AT_FIRST;
    made->slots = from->slot_count ? copy_of(from->slots, from->slot_count, sizeof *made->slots)
                                   : xcalloc(made->slot_count, sizeof *made->slots);
    made->slots_used = from->slots_used;
    made->categories = copy_of(from->categories, from->category_count, sizeof *made->categories);
    made->category_count = made->category_capacity = from->category_count;
    buffer_add(&made->keys, (span){from->keys, from->key_bytes});
    buffer_add(&made->texts, (span){from->texts, from->text_bytes});
    return made;
}

static technology_data data_of(const technology_reader *from)
{
    return (technology_data){.items = from->items,
                             .aliases = from->aliases,
                             .slots = from->slots,
                             .keys = from->keys.at,
                             .texts = from->texts.at,
                             .categories = from->categories,
                             .related = from->related,
                             .count = from->count,
                             .alias_count = from->alias_count,
                             .slot_count = from->slot_count,
                             .slots_used = from->slots_used,
                             .key_bytes = from->keys.length,
                             .text_bytes = from->texts.length,
                             .category_count = from->category_count};
}

static lc_status read_lines(technology_reader *to, span text, const char *path, lc_error *error)
{
    for (size_t number = 1; text.length; number++) {
        span line = span_cut_line(&text);
        if (!line.length || line.at[0] == '#')
            continue;
        const char *wrong = read_line(to, line);
        if (wrong)
            return lc_fail(error, LC_BAD_INPUT, "%s:%zu: %s", path, number, wrong);
    }
    return LC_OK;
}

lc_status technology_table_add(technology_table *into, span text, const char *path, lc_error *error)
{
    if (!into->own)
        into->own = reader_of(&into->data);
    size_t begin = into->own->texts.length;
    buffer_add(&into->own->texts, text);
    span copied = span_from(buffer_span(&into->own->texts), begin);
    lc_status status = read_lines(into->own, copied, path, error);
    relate_categories(into->own);
    into->data = data_of(into->own);
    return status;
}

static void reader_free(technology_reader *what)
{
    if (!what)
        return;
    free(what->items);
    free(what->aliases);
    free(what->slots);
    free(what->categories);
    buffer_free(&what->keys);
    buffer_free(&what->texts);
    technology_words_free(&what->words);
    free(what);
}

void technology_table_free(technology_table *what)
{
    if (!what)
        return;
    reader_free(what->own);
    free(what);
}
