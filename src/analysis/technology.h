/*
 * technology.h - which technologies a text names.
 *
 * The table (technologies.tsv, its head explains the format) holds names, families and rules; a
 * person's own table is read after it. Finding and deciding are two steps, because an everyday word
 * (Go, Helm, Spring) is only told apart by what else its talk names:
 *
 *     technology_hits hits = {0};
 *     technology_find(table, title, TECHNOLOGY_TITLE, &hits);
 *     technology_find(table, paragraph, TECHNOLOGY_BODY, &hits);      for each text of the talk
 *     technology_list found = {0};
 *     technology_decide(table, &hits, &found);                        best first
 *
 * Both take time linear in the text. A table is read-only once made: threads may share it.
 */
#ifndef LECTERN_ANALYSIS_TECHNOLOGY_H
#define LECTERN_ANALYSIS_TECHNOLOGY_H

#include <stdint.h>

#include "base/buffer.h"
#include "base/error.h"
#include "base/span.h"

typedef struct technology_table technology_table;

#define TECHNOLOGY_NONE UINT32_MAX

/* The built-in table. */
technology_table *technology_table_new(void);
void technology_table_free(technology_table *what);
/* Reads a person's own table; `path` is for messages only. At the first bad line it stops with
 * LC_BAD_INPUT; the lines before it hold. */
lc_status technology_table_add(technology_table *into, span text, const char *path,
                               lc_error *error);
/* Technologies are numbered from 0. Numbers change with the table: never store them. */
size_t technology_count(const technology_table *in);
size_t technology_alias_count(const technology_table *in);
span technology_name(const technology_table *in, uint32_t technology);
span technology_category(const technology_table *in, uint32_t technology);
/* A field or an idea: its names meet in search, but technology_decide() never lists it. */
bool technology_is_idea(const technology_table *in, uint32_t technology);
/* The technology that the whole text names (k8s, `argo cd`, `Python 3.9`), or TECHNOLOGY_NONE. In a
 * query capitals mean nothing: no rule is applied. */
uint32_t technology_canonical(const technology_table *in, span text);

typedef enum {
    TECHNOLOGY_TITLE,
    TECHNOLOGY_HEADING,
    TECHNOLOGY_BODY,
    TECHNOLOGY_CODE, /* the language of a code fence: supports what is named elsewhere */
    TECHNOLOGY_PLACES
} technology_place;

/* How far a hit proves itself, before the rest of the talk is looked at; higher is surer. */
typedef enum {
    TECHNOLOGY_NAMESAKE, /* perhaps a person's: needs a sure one of its category in the talk */
    TECHNOLOGY_DOUBTFUL, /* needs a sure neighbour of its own family */
    TECHNOLOGY_LIKELY,   /* a capital that may be the sentence's: any sure neighbour will do */
    TECHNOLOGY_SURE
} technology_proof;

typedef struct {
    uint32_t technology;
    uint32_t text;       /* which call of technology_find(), from 0 */
    uint32_t begin, end; /* bytes of that text, without the version */
    uint32_t sentence;   /* counted over all texts */
    uint8_t place;       /* technology_place */
    uint8_t proof;       /* technology_proof */
    bool context;        /* the alias's rule is `context` */
    bool alone;          /* nothing else stands in its sentence: an item of a list */
    bool opens;          /* with its capital it begins a sentence of running text */
    bool listed;         /* only a comma, slash, `and` ... parts it from the hit before */
    span written;        /* as written, with its version; borrowed from the text */
} technology_hit;

/* Hits in the order of the texts. Start with {0}; one may serve many talks, with
 * technology_hits_clear() between them. */
typedef struct {
    technology_hit *items;
    size_t count, capacity;
    uint32_t texts, sentences;
    struct technology_words *words; /* the finder's own scratch memory */
} technology_hits;

/* Adds the hits of one text (a title, a paragraph, ...), longest match first, never overlapping.
 * The text must live as long as the hits. */
void technology_find(const technology_table *table, span text, technology_place place,
                     technology_hits *hits);
void technology_hits_clear(technology_hits *what);
void technology_hits_free(technology_hits *what);

typedef struct {
    uint32_t technology;
    uint32_t count[TECHNOLOGY_PLACES]; /* hits by place */
    uint32_t first;                    /* its first (and surest) hit: an index into hits.items */
    bool main; /* what the talk is about: in the title, a heading, or three times in the text */
} technology_found;

typedef struct {
    technology_found *items;
    size_t count, capacity;
} technology_list;

/* The technologies that the hits prove, main ones first: those of the title, of headings, then by
 * number of hits, then by first place. *found is overwritten; free found->items. */
void technology_decide(const technology_table *table, const technology_hits *hits,
                       technology_list *found);

#endif
