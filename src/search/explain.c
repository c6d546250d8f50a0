#include "search/explain.h"

#include <math.h>

#include "index/fields.h"
#include "index/format.h"

typedef struct {
    const query_builder *builder;
    const xs_reader *reader;
    const xs_weights *weights;
    uint32_t docid;
    arena *memory;
    explanation *out;
} explaining;

static const built_query *node_of(const explaining *e, const xs_query *query)
{
    for (size_t i = 0; i < e->builder->count; i++)
        if (e->builder->made[i].query == query)
            return &e->builder->made[i];
    return NULL;
}

/* ---- terms in words ---- */

/* A term's prefix: the capitals it begins with, for words are folded. */
static size_t prefix_length(span term)
{
    size_t length = 0;
    while (length < term.length && byte_is_upper(term.at[length]))
        length++;
    return length;
}

static const char *field_of(span prefix)
{
    for (int i = 0; i < FIELD_COUNT; i++)
        if (span_equal(prefix, span_of(FIELDS[i].prefix)))
            return i == FIELD_PROPERTY ? "the front matter" : FIELDS[i].name;
    return "the index";
}

static span describe_term(const explaining *e, span term)
{
    uint32_t talks = 0;
    span prefix = span_slice(term, 0, prefix_length(term)), word = span_from(term, prefix.length);
    xs_reader_term_freq(e->reader, term.at, term.length, &talks, NULL, NULL);
    if (!prefix.length)
        return arena_printf(e->memory, "%.*s as written (%u talks)", SPAN_ARG(word), talks);
    if (span_equal(prefix, SPAN(PREFIX_STEM)))
        return arena_printf(e->memory, "stem %.*s in title or text (%u talks)", SPAN_ARG(word),
                            talks);
    if (span_equal(prefix, SPAN(PREFIX_ALIAS)))
        return arena_printf(e->memory, "technology %.*s (%u talks)", SPAN_ARG(word), talks);
    if (span_equal(prefix, SPAN(PREFIX_TITLE)))
        return arena_printf(e->memory, "the whole title");
    if (span_equal(prefix, SPAN(PREFIX_HAS)))
        return arena_printf(e->memory, "has a value (%u talks)", talks);
    if (span_starts_with(prefix, SPAN(PREFIX_VALUE))) {
        span value = span_from(word, word.length && word.at[0] == ':');
        return arena_printf(e->memory, "%s is %.*s (%u talks)",
                            field_of(span_from(prefix, sizeof PREFIX_VALUE - 1)), SPAN_ARG(value),
                            talks);
    }
    if (span_starts_with(prefix, SPAN(PREFIX_STEM)))
        return arena_printf(e->memory, "stem %.*s in %s (%u talks)", SPAN_ARG(word),
                            field_of(span_from(prefix, 1)), talks);
    return arena_printf(e->memory, "%.*s in %s (%u talks)", SPAN_ARG(word), field_of(prefix),
                        talks);
}

static span describe(const explaining *e, const built_query *node)
{
    switch (node->kind) {
    case BUILT_TERM: return describe_term(e, node->term);
    case BUILT_NEAR: return node->ordered ? SPAN("side by side") : SPAN("near one another");
    case BUILT_RANGE: return SPAN("in the interval");
    case BUILT_ALL: return SPAN("every talk");
    case BUILT_NONE: return SPAN("nothing");
    case BUILT_SCALE: return SPAN("weighted");
    case BUILT_JOIN: break;
    }
    switch (node->op) {
    case XS_AND: return SPAN("all of");
    case XS_OR: return SPAN("any of, added");
    case XS_FILTER: return SPAN("only those that fit");
    case XS_AND_MAYBE: return SPAN("with or without");
    case XS_AND_NOT: return SPAN("without");
    case XS_SYNONYM: break;
    }
    return SPAN("as one");
}

/* ---- the tree ---- */

/* False when the talk does not match it. */
static bool score_of(const explaining *e, const xs_query *query, double *score_out)
{
    return xs_reader_score(e->reader, query, e->weights, e->docid, score_out, NULL) == XS_OK;
}

static bool is_pointless(const explaining *e, const built_query *node)
{
    double score;
    size_t matching = 0;
    if (node->kind != BUILT_JOIN || node->op == XS_FILTER)
        return false;
    if (node->op == XS_AND_NOT)
        return true;
    for (size_t i = 0; i < node->count; i++)
        matching += score_of(e, node->children[i], &score);
    return matching < 2;
}

/* All the weights above a part of the query, and those that no line has said yet. */
typedef struct {
    double all, unsaid;
} factors;

static void add_line(explaining *e, const built_query *node, factors by, double score,
                     unsigned depth)
{
    span text = describe(e, node);
    if (by.unsaid != 1)
        text = arena_printf(e->memory, "%.*s, weight %g", SPAN_ARG(text), by.unsaid);
    explained line = {depth, by.all * score, score == 0, text};
    ARENA_ADD(e->memory, e->out->lines, e->out->count, e->out->capacity, line);
}

static void explain_node(explaining *e, const xs_query *query, factors by, unsigned depth)
{
    const built_query *node = node_of(e, query);
    double score = 0;
    if (!node || !score_of(e, query, &score))
        return;
    if (node->kind == BUILT_SCALE) {
        factors more = {by.all * node->factor, by.unsaid * node->factor};
        explain_node(e, node->children[0], more, depth);
        return;
    }
    bool hidden = is_pointless(e, node);
    if (!hidden)
        add_line(e, node, by, score, depth);
    by.unsaid = hidden ? by.unsaid : 1;
    size_t shown = node->kind == BUILT_JOIN && node->op == XS_AND_NOT ? 1 : node->count;
    for (size_t i = 0; i < shown; i++)
        explain_node(e, node->children[i], by, depth + !hidden);
}

void explain_score(const query_builder *builder, const xs_query *query, const xs_reader *reader,
                   const xs_weights *weights, uint32_t docid, arena *memory, explanation *out)
{
    explaining e = {builder, reader, weights, docid, memory, out};
    *out = (explanation){0};
    if (query)
        explain_node(&e, query, (factors){1, 1}, 0);
}
