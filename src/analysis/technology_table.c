#include "analysis/technology_table.h"

#include <stdlib.h>
#include <string.h>

#include "analysis/technology_words.h"
#include "base/embed.h"
#include "base/map.h"
#include "base/memory.h"

EMBED(technologies, "src/analysis/technologies.tsv");

enum { SLOTS_AT_FIRST = 1 << 15, KEY_MAX = 96 };
/* Categories are bits of a number; those beyond share the last bit and are related to none. */
enum { CATEGORIES_MAX = 63 };

typedef struct {
    span name;
    uint32_t category; /* number in `categories` */
    uint8_t rules;
} technology_entry;

struct technology_table {
    technology_entry *items;
    size_t count, capacity;
    technology_alias *aliases;
    size_t alias_count, alias_capacity;
    map *categories;
    uint64_t related[CATEGORIES_MAX]; /* by category: the bits of those named together with it */
    technology_slot *slots; /* open addressing, linear probing, a power of two, at most 3/4 full */
    size_t slot_count, slots_used;
    buffer keys;
    arena *memory; /* a person's own table */
    technology_words words;
};

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

uint32_t technology_hash(uint32_t hash, span bytes)
{
    for (size_t i = 0; i < bytes.length; i++)
        hash = (hash ^ (unsigned char)bytes.at[i]) * 16777619u;
    return hash;
}

static uint8_t tag_of(uint32_t hash)
{
    return (uint8_t)(hash >> 24);
}

/* The slot that holds the key, or the empty one where it belongs. */
static technology_slot *slot_of(const technology_table *in, uint32_t hash, span key)
{
    for (size_t i = hash ^ hash >> 15;; i++) {
        technology_slot *slot = &in->slots[i & (in->slot_count - 1)];
        if (!slot->length || (slot->length == key.length && slot->tag == tag_of(hash) &&
                              memcmp(in->keys.at + slot->key, key.at, key.length) == 0))
            return slot;
    }
}

const technology_slot *technology_lookup(const technology_table *in, uint32_t hash, span key)
{
    if (!key.length || key.length > KEY_MAX)
        return NULL;
    const technology_slot *slot = slot_of(in, hash, key);
    return slot->length ? slot : NULL;
}

const technology_alias *technology_alias_of(const technology_table *in, const technology_slot *slot)
{
    if (!slot->alias)
        return NULL;
    const technology_alias *alias = &in->aliases[slot->alias - 1];
    return in->items[alias->technology].rules & RULE_OFF ? NULL : alias;
}

static void grow_slots(technology_table *table)
{
    technology_slot *old = table->slots;
    size_t old_count = table->slot_count;
    table->slot_count *= 2;
    table->slots = xcalloc(table->slot_count, sizeof *table->slots);
    for (size_t i = 0; i < old_count; i++)
        if (old[i].length) {
            span key = {table->keys.at + old[i].key, old[i].length};
            *slot_of(table, technology_hash(TECHNOLOGY_HASH_START, key), key) = old[i];
        }
    free(old);
}

/* The slot of the first `length` bytes of the key at `offset` of the keys; made when missing. */
static technology_slot *add_key(technology_table *table, uint32_t offset, size_t length)
{
    if (table->slots_used * 4 >= table->slot_count * 3)
        grow_slots(table);
    span key = {table->keys.at + offset, length};
    uint32_t hash = technology_hash(TECHNOLOGY_HASH_START, key);
    technology_slot *slot = slot_of(table, hash, key);
    if (!slot->length) {
        table->slots_used++;
        slot->key = offset;
        slot->length = (uint8_t)length;
        slot->tag = tag_of(hash);
    }
    return slot;
}

bool technology_parts_before(span word, size_t at)
{
    char before = word.at[at - 1], here = word.at[at];
    if (byte_is_upper(here))
        return !byte_is_upper(before) || (at + 1 < word.length && !byte_is_upper(word.at[at + 1]));
    return byte_is_digit(here) && byte_is_alpha(before);
}

/* Marks the beginnings of the alias that has just been split into table->words. */
static void add_beginnings(technology_table *table, span text, uint32_t offset)
{
    const technology_words *words = &table->words;
    for (size_t i = 0; i < words->count; i++) {
        const technology_word *word = &words->items[i];
        if (i)
            add_key(table, offset, word->key)->more = true;
        span written = span_slice(text, word->begin, word->end - word->begin);
        if (written.length != word->key_end - word->key)
            continue; /* folding changed its length: no places known inside */
        for (size_t at = 1; at < written.length; at++)
            if (technology_parts_before(written, at))
                add_key(table, offset, word->key + at)->more = true;
    }
}

/* Adds the alias that has just been split; NULL or what is wrong with it. */
static const char *add_alias(technology_table *table, uint32_t owner, span text, uint8_t rules)
{
    span folded = buffer_span(&table->words.folded);
    if (!folded.length || folded.length > KEY_MAX)
        return folded.length ? "the name is too long" : "the name has neither letter nor digit";
    uint32_t offset = (uint32_t)table->keys.length;
    buffer_add(&table->keys, folded);
    add_beginnings(table, text, offset);
    technology_slot *slot = add_key(table, offset, folded.length);
    technology_alias alias = {text, owner, rules};
    ARRAY_ADD(table->aliases, table->alias_count, table->alias_capacity, alias);
    slot->alias = (uint32_t)table->alias_count;
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
static const char *read_alias(technology_table *table, uint32_t owner, span text)
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
    technology_split(text, &table->words);
    return add_alias(table, owner, text, rules);
}

/* The number of the technology whose name has just been split: the one that bears this very name,
 * or a new one. */
static uint32_t technology_of_name(technology_table *table, span name)
{
    span key = buffer_span(&table->words.folded);
    const technology_slot *slot =
        technology_lookup(table, technology_hash(TECHNOLOGY_HASH_START, key), key);
    if (slot && slot->alias) {
        uint32_t known = table->aliases[slot->alias - 1].technology;
        if (span_equal(table->items[known].name, name))
            return known;
    }
    technology_entry item = {.name = name};
    ARRAY_ADD(table->items, table->count, table->capacity, item);
    return (uint32_t)table->count - 1;
}

/* NULL or what is wrong with the line. */
static const char *read_line(technology_table *table, span line)
{
    span name = span_cut(&line, '\t'), category = span_cut(&line, '\t'),
         rule = span_cut(&line, '\t'), aliases = span_cut(&line, '\t');
    uint8_t rules = 0;
    if (!name.length || !category.length || !rule.length || !aliases.length || line.length)
        return "not four columns (name, category, rule, aliases) separated by one tab";
    const char *wrong = read_rules(rule, &rules);
    if (wrong)
        return wrong;
    technology_split(name, &table->words);
    uint32_t number = technology_of_name(table, name);
    table->items[number].category = map_intern(table->categories, category);
    table->items[number].rules = rules;
    wrong = add_alias(table, number, name, rules);
    if (span_equal(aliases, SPAN("-")))
        return wrong;
    while (!wrong && aliases.length)
        wrong = read_alias(table, number, span_cut(&aliases, '|'));
    return wrong;
}

static uint64_t category_bit(uint32_t category)
{
    return 1ull << (category < CATEGORIES_MAX ? category : CATEGORIES_MAX);
}

static const char *families_of(span category)
{
    for (size_t i = 0; i < sizeof related / sizeof *related; i++)
        if (span_equal(category, span_of(related[i].category)))
            return related[i].families;
    return "";
}

static void relate_categories(technology_table *table)
{
    size_t count = map_count(table->categories);
    for (size_t i = 0; i < count && i < CATEGORIES_MAX; i++)
        for (size_t k = 0; k < count && k < CATEGORIES_MAX; k++)
            if (strpbrk(families_of(map_key(table->categories, i)),
                        families_of(map_key(table->categories, k))))
                table->related[i] |= category_bit((uint32_t)k);
}

static lc_status read_table(technology_table *into, span text, const char *path, lc_error *error)
{
    for (size_t number = 1; text.length; number++) {
        span line = span_cut_line(&text);
        if (!line.length || line.at[0] == '#')
            continue;
        const char *wrong = read_line(into, line);
        if (wrong)
            return lc_fail(error, LC_BAD_INPUT, "%s:%zu: %s", path, number, wrong);
    }
    relate_categories(into);
    return LC_OK;
}

technology_table *technology_table_new(void)
{
    technology_table *table = xcalloc(1, sizeof *table);
    table->categories = map_new();
    table->memory = arena_new();
    table->slot_count = SLOTS_AT_FIRST;
    table->slots = xcalloc(table->slot_count, sizeof *table->slots);
    /* A bad line ends the table early; the unit test of the table sees to it that none is. */
    read_table(table, EMBEDDED(technologies), "technologies.tsv", NULL);
    return table;
}

void technology_table_free(technology_table *what)
{
    if (!what)
        return;
    free(what->items);
    free(what->aliases);
    free(what->slots);
    map_free(what->categories);
    buffer_free(&what->keys);
    technology_words_free(&what->words);
    arena_free(what->memory);
    free(what);
}

lc_status technology_table_add(technology_table *into, span text, const char *path, lc_error *error)
{
    return read_table(into, arena_copy(into->memory, text), path, error);
}

size_t technology_count(const technology_table *in)
{
    return in->count;
}

size_t technology_alias_count(const technology_table *in)
{
    return in->alias_count;
}

span technology_name(const technology_table *in, uint32_t technology)
{
    return in->items[technology].name;
}

span technology_category(const technology_table *in, uint32_t technology)
{
    return map_key(in->categories, in->items[technology].category);
}

bool technology_is_idea(const technology_table *in, uint32_t technology)
{
    return in->items[technology].rules & RULE_IDEA;
}

uint64_t technology_category_bit(const technology_table *in, uint32_t technology)
{
    return category_bit(in->items[technology].category);
}

uint64_t technology_related(const technology_table *in, uint32_t technology)
{
    uint32_t category = in->items[technology].category;
    return category_bit(category) | (category < CATEGORIES_MAX ? in->related[category] : 0);
}
