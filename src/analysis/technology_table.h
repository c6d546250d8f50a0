/*
 * technology_table.h - the inside of the table, for the technology_*.c files only.
 *
 * Every alias is kept squeezed (folded, letters and digits only, with the + and # of C++ and C#,
 * and a dot in front: .net) in a hash table, and with it each of its beginnings that ends where a
 * writer may put a blank or a hyphen. So a matcher looks up one key per word of the text and stops
 * at the first that is no beginning.
 *
 * The built-in table is laid out when the program is built (tables/technologies.c writes it), ready
 * to be used: a process pays for the pages it looks at. A person's own table is read into a copy of
 * it (technology_read.c).
 */
#ifndef LECTERN_ANALYSIS_TECHNOLOGY_TABLE_H
#define LECTERN_ANALYSIS_TECHNOLOGY_TABLE_H

#include "analysis/technology.h"

enum technology_rule {
    RULE_CASE = 1,
    RULE_WORD = 2,
    RULE_CONTEXT = 4,
    RULE_TITLE = 8,
    RULE_OFF = 16,
    RULE_IDEA = 32
};

/* Categories are bits of a number; those beyond share the last bit and are related to none. */
enum { TECHNOLOGY_CATEGORIES_MAX = 63, TECHNOLOGY_KEY_MAX = 96 };

/* A piece of the table's texts: places, not addresses, so that the built-in table needs no work
 * when the program is loaded. */
typedef struct {
    uint32_t offset, length;
} technology_text;

typedef struct {
    technology_text name;
    uint32_t category; /* index into categories */
    uint8_t rules;
} technology_entry;

typedef struct {
    technology_text text; /* as listed */
    uint32_t technology;
    uint8_t rules;
} technology_alias;

typedef struct {
    uint32_t key;   /* offset into the table's keys */
    uint32_t alias; /* index + 1, or 0: only a beginning */
    uint8_t length; /* of the key; 0: an empty slot */
    uint8_t tag;    /* of its hash: most other keys are told apart without a look at them */
    bool more;      /* longer aliases begin so */
} technology_slot;

/* All that is known, whether it stands in the program or was read. */
typedef struct {
    const technology_entry *items;
    const technology_alias *aliases;
    const technology_slot *slots; /* open addressing, linear probing, a power of two, <= 3/4 full */
    const char *keys;
    const char *texts; /* the lines of technologies.tsv, then the person's own */
    const technology_text *categories;
    const uint64_t *related; /* by category: the bits of those named together with it */
    size_t count, alias_count, slot_count, slots_used, key_bytes, text_bytes, category_count;
} technology_data;

/* In the file that the build makes of technologies.tsv; texts is left out there. */
extern const technology_data technology_built_in;

struct technology_reader;

struct technology_table {
    technology_data data;
    struct technology_reader *own; /* what data points to when something was read, else NULL */
};

/* A table of nothing. */
technology_table *technology_table_empty(void);

#define TECHNOLOGY_HASH_START 2166136261u
/* FNV-1a: grows with each further byte, as the words of a text are joined. */
uint32_t technology_hash(uint32_t hash, span bytes);
uint8_t technology_tag(uint32_t hash);
/* The index of the slot that holds the key, or of the empty one where it belongs. */
size_t technology_slot_index(const technology_slot *slots, size_t slot_count, const char *keys,
                             uint32_t hash, span key);
const technology_slot *technology_lookup(const technology_table *in, uint32_t hash, span key);
const technology_alias *technology_alias_of(const technology_table *in,
                                            const technology_slot *slot);
span technology_text_of(const technology_table *in, technology_text text);

/* Whether a writer may part the word before the byte at `at` (> 0): OpenAPI before the A, GCPPubSub
 * before both P and S, log4j before the 4. */
bool technology_parts_before(span word, size_t at);
/* The technology's category as a bit, and the bits of the categories whose members are named
 * together with it (its own among them): one makes the other likely. */
uint64_t technology_category_bit(const technology_table *in, uint32_t technology);
uint64_t technology_related(const technology_table *in, uint32_t technology);

#endif
