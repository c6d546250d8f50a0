/*
 * speed_queries.h - the queries that are timed: by class, from a file or made from the texts.
 *
 * A file of queries has a class and a query in lectern's language a line, with a tab between.
 * Lines that are blank or begin with "#" are passed over.
 */
#ifndef LECTERN_BENCH_SPEED_QUERIES_H
#define LECTERN_BENCH_SPEED_QUERIES_H

#include "base/error.h"
#include "base/memory.h"
#include "speed_texts.h"

typedef enum {
    SPEED_ONE,
    SPEED_AND2,
    SPEED_OR2,
    SPEED_OR_MANY,
    SPEED_WORDS,
    SPEED_PHRASE,
    SPEED_FIELD,
    SPEED_PREFIX,
    SPEED_FUZZY,
    SPEED_FACETS,
    SPEED_SUGGEST,
    SPEED_CLASS_COUNT
} speed_class;

typedef struct {
    const char *name, *summary;
} speed_class_info;

/* In the order of speed_class. */
extern const speed_class_info SPEED_CLASSES[SPEED_CLASS_COUNT];
bool speed_class_by_name(span name, speed_class *out);

enum { SPEED_WORDS_MAX = 8 };

typedef struct {
    speed_class class;
    span text;                   /* in lectern's language */
    span field;                  /* of a field query: its name; else empty */
    span words[SPEED_WORDS_MAX]; /* what is looked for, without marks and operators */
    size_t word_count;
} speed_query;

typedef struct {
    speed_query *items; /* one class after the other; texts are in the arena */
    size_t count, capacity;
} speed_queries;

void speed_queries_free(speed_queries *what);

/* Adds the query, taking it apart into words. */
void speed_queries_add(speed_queries *to, speed_class class, span text, arena *memory);
/* Reads a file of queries; `name` is for messages. */
lc_status speed_queries_read(span bytes, const char *name, arena *memory, speed_queries *out,
                             lc_error *error);
/* Makes up to per_class queries of each class from words that neither every talk has nor nearly
 * none (0.05 % to 15 % of the talks, at least two). The same texts and seed give the same queries;
 * a class for which the texts have no words stays empty. */
void speed_queries_make(const speed_texts *from, size_t per_class, uint64_t seed, arena *memory,
                        speed_queries *out);

#endif
