/*
 * query.h - the query language: from what a person types to a tree of plain data, and back.
 *
 *     kafka streams            both words             "live migration"    the words side by side
 *     kafka OR pulsar          either                 "live migration"~5  at most 5 words between
 *     -keynote, NOT keynote    without                kub*  word~  word~1 beginnings, misspellings
 *     ( ... )                  groups                 *                   every talk
 *     "live migr"*             words side by side, the last one begun
 *     speaker:ada  speaker:"Ada Lovelace"  speaker:(ada OR hopper)       in a field
 *     year:2023..2025  year:>=2023  date:-6m..  date:"last year"          in an interval
 *     kafka^2                  counts double          @name               a saved query
 *
 * AND, OR and NOT are operators only in capitals; AND (written or not) binds tighter than OR, NOT
 * tightest. A '-' negates only at the start of a word, after a blank: `gpt-4` is a word. `name:` is
 * a field only when the table of fields or the notes' front matter has it and no blank follows.
 * Everything else is text: punctuation never fails, it is left to the analysis.
 *
 * The parser does no I/O, takes steps in proportion to the length of the text, and uses bounded
 * stack whatever the text.
 */
#ifndef LECTERN_SEARCH_QUERY_H
#define LECTERN_SEARCH_QUERY_H

#include <stdint.h>

#include "base/buffer.h"
#include "base/error.h"
#include "base/memory.h"
#include "index/fields.h"
#include "search/query_dates.h"

enum {
    QUERY_LENGTH_MAX = 64 * 1024, /* bytes; longer text is an error */
    QUERY_DEPTH_MAX = 100,        /* parentheses in parentheses; deeper is an error */
    QUERY_SLOP_MAX = 99,          /* below POSITION_GAP: no phrase reaches into the next passage */
    QUERY_BOOST_MAX = 100
};

typedef enum {
    QUERY_ALL,    /* every talk; with a field: every talk that has a value there */
    QUERY_WORD,   /* text: to be analysed; may give several terms (CI/CD), which belong together */
    QUERY_PHRASE, /* text: its words in this order, with at most `distance` other words between */
    QUERY_PREFIX, /* words that begin with text; of several words in text the last */
    QUERY_FUZZY,  /* words within `distance` (1 or 2) edits of text */
    QUERY_DATES,  /* field is one of dates: its interval overlaps `days` */
    QUERY_AND,    /* all children (two or more); some but never all of them are QUERY_NOT */
    QUERY_OR,     /* any child (two or more) */
    QUERY_NOT,    /* its one child must not match; occurs only among the children of QUERY_AND */
    QUERY_BOOST,  /* its one child's weight times `boost` */
    QUERY_SAVED   /* text: the name; its one child is the tree of the saved query */
} query_kind;

typedef struct query_node query_node;
struct query_node {
    query_kind kind;
    const field *field; /* of a leaf: where to look; NULL = everywhere */
    span key;           /* with FIELD_PROPERTY: the key as written */
    span text;
    unsigned distance;
    double boost;
    day_range days;
    query_node **children;
    size_t count;
    uint32_t begin, end; /* bytes of the query text; for what stands in a saved query: its @name */
};

/* What was read otherwise than the person may have meant: one line each, for stderr. */
typedef struct {
    span text;
    uint32_t begin, end;
} query_notice;

typedef struct {
    query_node *root;
    query_notice *notices;
    size_t notice_count, notice_capacity;
    size_t steps; /* bytes looked at, each as often as it was: tests hold it against the length */
} query_tree;

/* Where a mistake stands, for the caret: bytes of the query text; begin == end at its end. */
typedef struct {
    uint32_t begin, end;
} query_mistake;

/* The callbacks may be NULL: then there are no such keys and no saved queries. */
typedef struct {
    bool (*is_property)(void *context, span key); /* a front-matter key that the index holds? */
    bool (*saved_query)(void *context, span name, span *text_out); /* text lives until the end */
    void *context;
    day_number today; /* what `last year` and `-6m` count from */
} query_options;

/*
 * Parses the text. The tree lives in the arena and borrows from text.
 *
 * LC_BAD_INPUT, with `error` saying what to write instead and *where its place, for: an open quote
 * or parenthesis, a field without a value, a name that is nearly a field's, a date that is none, an
 * empty or reversed range, a text without any word, a saved query that contains itself or a
 * mistake, too long a text, too deep parentheses. Nothing else is an error.
 */
lc_status query_parse(span text, const query_options *options, arena *memory, query_tree *out,
                      lc_error *error, query_mistake *where);

/* The query as one would type it, with full field names and days: parsing it gives the same tree
 * (but for extents), with the same options. */
void query_print(const query_node *node, buffer *to);
/* The tree as an s-expression, for --explain and tests: (and kafka speaker:(phrase "a b")). */
void query_print_tree(const query_node *node, buffer *to);
/* The same tree, extents aside. */
bool query_equal(const query_node *a, const query_node *b);

/*
 * Query text from a command's arguments, with the quotes put back that the shell has eaten. A
 * single argument is query text as it is. Of several, one that holds a blank was quoted: it becomes
 * a phrase, or a field's quoted value (`speaker:Ada Lovelace`), or, where it holds quotes,
 * parentheses or operators of its own, a group.
 */
void query_from_arguments(int count, char *const *arguments, buffer *to);

#endif
