/*
 * fields.h - the one table of fields: what a talk is indexed under and what `field:value` may name.
 *
 * The query parser, the planner, the indexer, help, man page and completion all read this table and
 * so can't disagree. Adding a field is one line in fields.c, one in talk_document.c.
 */
#ifndef LECTERN_INDEX_FIELDS_H
#define LECTERN_INDEX_FIELDS_H

#include <stdbool.h>

#include "base/span.h"

typedef enum {
    FIELD_SPEAKER,
    FIELD_TECH,
    FIELD_ORG,
    FIELD_EVENT,
    FIELD_SERIES,
    FIELD_YEAR,
    FIELD_DATE,
    FIELD_KIND,
    FIELD_TITLE,
    FIELD_TAG,
    FIELD_LINK,
    FIELD_PATH,
    FIELD_LANGUAGE,
    FIELD_ID,
    FIELD_PROPERTY, /* any front-matter key: `status:draft` */
    FIELD_COUNT
} field_id;

typedef enum {
    FIELD_OF_NAMES, /* words as analyse_name() makes them; several words in any order */
    FIELD_OF_WORDS, /* words of the ordinary chain, in any of their forms */
    FIELD_OF_TECHS, /* a technology's canonical name, or its words when it is none we know */
    FIELD_OF_PATHS, /* a folder or file: its words, and every folder above it as a whole */
    FIELD_EXACT,    /* the whole value, folded */
    FIELD_OF_DATES  /* an interval, compared by overlap; a range `a..b`, `>=2023` is possible */
} field_type;

typedef struct {
    field_id id;
    const char *name;
    const char *aliases[4]; /* NULL-terminated; as short as people like */
    field_type type;
    const char *prefix; /* of its terms in the index, by Omega's conventions; "" = unprefixed */
    bool facet;         /* can be counted: --facet, list */
    const char *summary, *example;
} field;

/* In the order of field_id. */
extern const field FIELDS[FIELD_COUNT];

/* The field with that name or alias (any case), or NULL. FIELD_PROPERTY is never found by name. */
const field *field_by_name(span name);

#endif
