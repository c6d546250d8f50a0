/*
 * technology_table.h - the inside of the table, for the technology_*.c files only.
 *
 * Every alias is kept squeezed (folded, letters and digits only, with the + and # of C++ and C#,
 * and a dot in front: .net) in a hash table, and with it each of its beginnings that ends where a
 * writer may put a blank or a hyphen. So a matcher looks up one key per word of the text and stops
 * at the first that is no beginning.
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

typedef struct {
    span text; /* as listed */
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

#define TECHNOLOGY_HASH_START 2166136261u
/* FNV-1a: grows with each further byte, as the words of a text are joined. */
uint32_t technology_hash(uint32_t hash, span bytes);
const technology_slot *technology_lookup(const technology_table *in, uint32_t hash, span key);
const technology_alias *technology_alias_of(const technology_table *in,
                                            const technology_slot *slot);

/* Whether a writer may part the word before the byte at `at` (> 0): OpenAPI before the A, GCPPubSub
 * before both P and S, log4j before the 4. */
bool technology_parts_before(span word, size_t at);
/* The technology's category as a bit, and the bits of the categories whose members are named
 * together with it (its own among them): one makes the other likely. */
uint64_t technology_category_bit(const technology_table *in, uint32_t technology);
uint64_t technology_related(const technology_table *in, uint32_t technology);

#endif
