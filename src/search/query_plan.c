/* query_plan.c - the tree of a query; its leaves are planned in plan_*.c. */
#include "search/query_plan.h"

#include <stdio.h>

#include "base/map.h"
#include "base/utf8.h"
#include "index/format.h"
#include "index/title_key.h"
#include "index/xapian_error.h"
#include "search/plan.h"

void plan_mark(planner *p, mark_kind kind, span text)
{
    mark added = {kind, text};
    if (!p->silent && text.length)
        ARENA_ADD(p->memory, p->out->marks, p->out->mark_count, p->out->mark_capacity, added);
}

void plan_notice(planner *p, span text)
{
    for (size_t i = 0; i < p->out->notice_count; i++)
        if (span_equal(p->out->notices[i], text))
            return;
    if (!p->silent)
        ARENA_ADD(p->memory, p->out->notices, p->out->notice_count, p->out->notice_capacity, text);
}

static void keep_leaf(planner *p, const query_node *leaf, xs_query *query)
{
    planned_leaf added = {leaf, query, NULL, 1};
    if (!p->silent)
        ARENA_ADD(p->memory, p->out->leaves, p->out->leaf_count, p->out->leaf_capacity, added);
}

static bool is_plain_word(const query_node *node)
{
    return node->kind == QUERY_WORD && !node->field;
}

/* ---- leaves ---- */

static size_t cost_of(const query_node *leaf)
{
    if (leaf->kind == QUERY_PREFIX || leaf->kind == QUERY_FUZZY)
        return COST_EXPANSION;
    return leaf->field && leaf->field->type == FIELD_OF_NAMES ? COST_NAME : COST_LEAF;
}

static bool is_within_budget(planner *p, const query_node *leaf)
{
    bool within = *p->spent <= PLAN_BUDGET;
    if (within && *p->spent + cost_of(leaf) > PLAN_BUDGET)
        plan_notice(p, SPAN("the query is very long: its end is not searched for"));
    *p->spent =
        *p->spent + cost_of(leaf) > PLAN_BUDGET ? PLAN_BUDGET + 1 : *p->spent + cost_of(leaf);
    return *p->spent <= PLAN_BUDGET;
}

/* `@name` that is neither a saved query nor a handle of the notes. */
static void notice_handle(planner *p, const query_node *leaf)
{
    terms found = {0};
    if (leaf->kind != QUERY_WORD || leaf->field || leaf->text.at[0] != '@')
        return;
    found = plan_analysed(p, leaf->text);
    for (size_t i = 0; i < found.count; i++)
        if (found.items[i].text.at[0] == '@' &&
            vocabulary_frequency(p->words, "", found.items[i].text))
            return;
    plan_notice(p, arena_printf(p->memory,
                                "%.*s is no saved query (lectern saved lists them): read as text",
                                SPAN_ARG(leaf->text)));
}

static xs_query *plan_leaf(planner *p, const query_node *node)
{
    xs_query *made = NULL;
    word_place alone = {.text = node->text};
    terms found;
    if (node->kind == QUERY_ALL && !node->field)
        return build_all(p->build);
    if (!is_within_budget(p, node))
        return NULL;
    if (node->field) {
        made = plan_field(p, node);
    } else if (node->kind == QUERY_PREFIX || node->kind == QUERY_FUZZY) {
        made = plan_expansion(p, node);
    } else if (node->kind == QUERY_PHRASE) {
        found = plan_analysed(p, node->text);
        made = plan_phrase(p, &found, node->distance, false);
    } else {
        made = plan_word(p, &alone, false);
        notice_handle(p, node);
    }
    keep_leaf(p, node, made);
    return made ? made : build_none(p->build);
}

/* ---- all of, some of ---- */

/* The plain words that follow one another, analysed as the text they are. */
typedef struct {
    terms found;
    buffer text;
    size_t first, end; /* children of the node */
    uint32_t begin;    /* of the next word in the text */
} word_run;

static void find_run(planner *p, const query_node *node, size_t first, word_run *run)
{
    buffer_clear(&run->text);
    run->first = run->end = first;
    run->begin = 0;
    run->found = (terms){0};
    for (; run->end < node->count && is_plain_word(node->children[run->end]); run->end++) {
        if (run->text.length)
            buffer_add_byte(&run->text, ' ');
        buffer_add(&run->text, node->children[run->end]->text);
    }
    if (run->end > first + 1)
        run->found = plan_analysed(p, arena_copy(p->memory, buffer_span(&run->text)));
}

/* The event or series that the words from `i` of the run on are the whole name of, the longest. */
static xs_query *plan_event_from(planner *p, const query_node *node, const word_run *run, size_t i)
{
    enum { WORDS_MAX = 5 };
    buffer name = {0};
    xs_query *found = NULL;
    for (size_t k = i; k < run->end && k < i + WORDS_MAX; k++) {
        buffer_printf(&name, "%s%.*s", k > i ? " " : "", SPAN_ARG(node->children[k]->text));
        for (int f = 0; k > i && f < 2; f++) {
            const field *of = &FIELDS[f ? FIELD_SERIES : FIELD_EVENT];
            if (plan_whole_value_exists(p, of, buffer_span(&name)))
                found = plan_only_value(p, of, arena_copy(p->memory, buffer_span(&name)));
        }
    }
    buffer_free(&name);
    return found;
}

static span neighbour(planner *p, const query_node *node, const word_run *run, size_t i)
{
    bool inside = i >= run->first && i < run->end;
    return inside && !plan_is_stop(p, node->children[i]->text) ? node->children[i]->text
                                                               : SPAN_NONE;
}

static xs_query *plan_run_word(planner *p, const query_node *node, size_t i, word_run *run,
                               bool loose)
{
    const query_node *child = node->children[i];
    if (!is_within_budget(p, child))
        return NULL;
    word_place at = {child->text, neighbour(p, node, run, i - 1), neighbour(p, node, run, i + 1)};
    xs_query *made = build_either(p->build, plan_word(p, &at, loose),
                                  plan_tech_over(p, &run->found, child->text, run->begin));
    made = build_two(p->build, XS_OR, made, plan_event_from(p, node, run, i));
    notice_handle(p, child);
    keep_leaf(p, child, made);
    return made ? made : build_none(p->build);
}

/* What only narrows down: fields, and groups of nothing else. */
static bool is_filter(const query_node *node)
{
    if (node->kind == QUERY_NOT || !node->count)
        return node->field != NULL || node->kind == QUERY_NOT || node->kind == QUERY_ALL;
    for (size_t i = 0; i < node->count; i++)
        if (!is_filter(node->children[i]))
            return false;
    return true;
}

typedef struct {
    query_list words, filters, without, stops;
    map *times; /* plain word -> how often it stands there; 0 once it was planned */
} and_parts;

static xs_query *plan_node(planner *p, const query_node *node);

static xs_query *plan_silent(planner *p, const query_node *node)
{
    planner silent = *p;
    silent.silent = true;
    return plan_node(&silent, node);
}

/* The leaf was planned before, when all words were asked for. */
static void keep_loose(planner *p, const query_node *leaf, xs_query *query, uint32_t times)
{
    for (size_t i = 0; i < p->out->leaf_count; i++)
        if (p->out->leaves[i].leaf == leaf) {
            p->out->leaves[i].loose = query;
            p->out->leaves[i].times = times;
        }
}

/* A word that is repeated is asked for once, and weighs as often. */
static void plan_plain_word(planner *p, const query_node *node, size_t i, word_run *run, bool some,
                            and_parts *to)
{
    span text = node->children[i]->text;
    uint32_t *times = map_get(to->times, text);
    if (!*times)
        return;
    xs_query *made = plan_run_word(p, node, i, run, some);
    if (some)
        keep_loose(p, node->children[i], made, *times);
    if (*times > 1)
        made = build_scale(p->build, *times, made);
    *times = 0;
    query_list_add(plan_is_stop(p, text) ? &to->stops : &to->words, made);
}

static void sort_child(planner *p, const query_node *node, size_t i, word_run *run, bool some,
                       and_parts *to)
{
    const query_node *child = node->children[i];
    if (child->kind == QUERY_NOT) {
        query_list_add(&to->without, plan_silent(p, child->children[0]));
    } else if (!is_plain_word(child)) {
        query_list_add(some && is_filter(child) ? &to->filters : &to->words, plan_node(p, child));
    } else {
        if (i >= run->end)
            find_run(p, node, i, run);
        plan_plain_word(p, node, i, run, some, to);
        run->begin += (uint32_t)child->text.length + 1;
    }
}

/* What a talk must match that says the words otherwise. */
static void keep_filters(planner *p, const and_parts *parts)
{
    xs_query *filters = build_join(p->build, XS_AND, &parts->filters);
    if (parts->without.count)
        filters = build_two(p->build, XS_AND_NOT, filters ? filters : build_all(p->build),
                            build_join(p->build, XS_OR, &parts->without));
    p->out->within = filters;
}

/* Stop words are not asked for as long as anything else is; `some` of the words will do, but every
 * filter holds. */
static xs_query *plan_and(planner *p, const query_node *node, bool some)
{
    and_parts parts = {.times = map_new()};
    word_run run = {.end = 0};
    for (size_t i = 0; i < node->count; i++)
        if (is_plain_word(node->children[i]))
            ++*map_put(parts.times, node->children[i]->text, 0);
    for (size_t i = 0; i < node->count; i++)
        sort_child(p, node, i, &run, some, &parts);
    xs_query *whole =
        build_join(p->build, some ? XS_OR : XS_AND,
                   parts.words.count || parts.filters.count ? &parts.words : &parts.stops);
    whole = build_two(p->build, XS_AND, whole, build_join(p->build, XS_AND, &parts.filters));
    if (whole && parts.without.count)
        whole = build_two(p->build, XS_AND_NOT, whole, build_join(p->build, XS_OR, &parts.without));
    if (some)
        keep_filters(p, &parts);
    query_list_free(&parts.words);
    query_list_free(&parts.filters);
    query_list_free(&parts.without);
    query_list_free(&parts.stops);
    map_free(parts.times);
    buffer_free(&run.text);
    return whole;
}

static xs_query *plan_or(planner *p, const query_node *node)
{
    query_list children = {0};
    for (size_t i = 0; i < node->count; i++)
        query_list_add(&children, plan_node(p, node->children[i]));
    xs_query *any = build_join(p->build, XS_OR, &children);
    query_list_free(&children);
    return any;
}

static xs_query *plan_node(planner *p, const query_node *node)
{
    switch (node->kind) {
    case QUERY_AND: return plan_and(p, node, false);
    case QUERY_OR: return plan_or(p, node);
    case QUERY_SAVED: return plan_node(p, node->children[0]);
    case QUERY_BOOST: return build_scale(p->build, node->boost, plan_node(p, node->children[0]));
    case QUERY_NOT:
        return build_two(p->build, XS_AND_NOT, build_all(p->build),
                         plan_silent(p, node->children[0]));
    case QUERY_ALL:
    case QUERY_WORD:
    case QUERY_PHRASE:
    case QUERY_PREFIX:
    case QUERY_FUZZY:
    case QUERY_DATES: break;
    }
    return plan_leaf(p, node);
}

/* ---- the whole ---- */

static const query_node *without_wrapping(const query_node *node)
{
    while (node->kind == QUERY_SAVED || node->kind == QUERY_BOOST)
        node = node->children[0];
    return node;
}

static xs_query *plan_some(planner *p, const query_node *root)
{
    size_t spent = 0;
    planner again = *p;
    again.spent = &spent;
    again.silent = true;
    root = without_wrapping(root);
    word_place alone = {.text = root->text};
    if (root->kind == QUERY_AND)
        return plan_and(&again, root, true);
    return is_plain_word(root) ? plan_word(&again, &alone, true) : NULL;
}

static bool is_text(const query_node *node)
{
    return !node->field &&
           (node->kind == QUERY_WORD || (node->kind == QUERY_PHRASE && !node->distance));
}

static bool has_only_text(const query_node *node)
{
    if (is_text(node))
        return true;
    if (node->kind != QUERY_AND)
        return false;
    for (size_t i = 0; i < node->count; i++)
        if (!is_text(node->children[i]))
            return false;
    return true;
}

/* Words, whatever filters stand beside them. */
static bool asks_for_text(const query_node *node)
{
    bool text = is_text(node);
    if (node->kind != QUERY_AND)
        return text;
    for (size_t i = 0; i < node->count; i++) {
        if (is_text(node->children[i]))
            text = true;
        else if (!is_filter(node->children[i]))
            return false;
    }
    return text;
}

static xs_query *plan_title(planner *p, span text)
{
    char key[TITLE_KEY_SIZE];
    return title_key(text, key) ? build_term(p->build, PREFIX_TITLE, span_of(key)) : NULL;
}

lc_status query_plan_make(const query_tree *tree, span text, const vocabulary *words,
                          const ranker *how, arena *memory, query_plan *out, lc_error *error)
{
    *out = (query_plan){0};
    size_t spent = 0;
    planner p = {out, &out->builder, words, memory, how, &spent, false};
    out->all = plan_node(&p, tree->root);
    out->some = plan_some(&p, tree->root);
    out->alike = asks_for_text(tree->root);
    if (has_only_text(tree->root))
        out->title = plan_title(&p, text);
    lc_status status = from_xapian(out->builder.status, &out->builder.said, words->path, error);
    return status == LC_OK ? vocabulary_check(words, error) : status;
}

void query_plan_free(query_plan *what)
{
    query_builder_free(&what->builder);
}
