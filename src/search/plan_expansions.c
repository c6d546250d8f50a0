/* plan_expansions.c - `word*` and `word~`: the words of the index that are meant. */
#include <stdio.h>

#include "base/utf8.h"
#include "index/format.h"
#include "search/levenshtein.h"
#include "search/plan.h"

typedef struct {
    span word;
    uint32_t frequency;
    unsigned distance; /* in edits; 0 for a beginning */
} expanded;

typedef struct {
    arena *memory;
    expanded best[EXPANSIONS_MAX]; /* most frequent first */
    size_t count;
    bool more;                /* than there is room for */
    const edit_pattern *near; /* NULL: beginnings */
    span itself;              /* the word as typed: of full weight */
} expansion;

static bool holds(const expansion *in, span word)
{
    for (size_t i = 0; i < in->count; i++)
        if (span_equal(in->best[i].word, word))
            return true;
    return false;
}

static bool meet_word(span word, uint32_t frequency, void *user)
{
    expansion *to = user;
    unsigned distance = to->near ? edit_distance_from(to->near, word) : 0;
    bool full = to->count == EXPANSIONS_MAX;
    if (to->near && distance > to->near->limit)
        return true;
    if (full && to->best[to->count - 1].frequency >= frequency) {
        to->more = true;
        return true;
    }
    if (holds(to, word))
        return true;
    to->more = to->more || full;
    size_t i = full ? to->count - 1 : to->count++;
    for (; i > 0 && to->best[i - 1].frequency < frequency; i--)
        to->best[i] = to->best[i - 1];
    to->best[i] = (expanded){arena_copy(to->memory, word), frequency, distance};
    return true;
}

static void expand(planner *p, const char *prefix, span text, const edit_pattern *near,
                   expansion *to)
{
    to->near = near;
    if (near)
        vocabulary_each_like(p->words, prefix, text, meet_word, to);
    else
        vocabulary_each(p->words, prefix, text, meet_word, to);
}

/* ---- weights ---- */

/* A rare misspelling would outweigh the frequent word that is meant: no expansion counts as rarer
 * than the word itself or, where that stands nowhere, the most frequent expansion. */
static double weight_of(const planner *p, const expansion *in, const expanded *of,
                        uint32_t reference)
{
    if (span_equal(of->word, in->itself))
        return 1;
    double edits[] = {PREFIX_WEIGHT, ONE_EDIT_WEIGHT, MORE_EDITS_WEIGHT, MORE_EDITS_WEIGHT};
    double weight = edits[of->distance < 4 ? of->distance : 3];
    double cap = plan_idf(p, reference), own = plan_idf(p, of->frequency);
    return own > cap ? weight * cap / own : weight;
}

/* ---- queries ---- */

static xs_query *plan_expanded_word(planner *p, const char *prefix, bool everywhere, span word)
{
    query_list places = {0};
    query_list_add(&places, build_term(p->build, prefix, word));
    if (everywhere)
        plan_also_in(p, &(term){.text = word, .kind = TERM_EXACT}, &places);
    xs_query *any = build_join(p->build, XS_OR, &places);
    query_list_free(&places);
    return any;
}

static void say_if_cut(planner *p, const query_node *leaf, const expansion *of)
{
    if (of->more)
        plan_notice(p, arena_printf(p->memory,
                                    "%.*s%s fits more than %d words: the most frequent are taken",
                                    SPAN_ARG(leaf->text), leaf->kind == QUERY_FUZZY ? "~" : "*",
                                    EXPANSIONS_MAX));
}

static xs_query *plan_words_of(planner *p, const char *prefix, bool everywhere,
                               const expansion *found, uint32_t own)
{
    query_list words = {0};
    uint32_t reference = own ? own : found->count ? found->best[0].frequency : 0;
    for (size_t i = 0; i < found->count; i++) {
        const expanded *one = &found->best[i];
        xs_query *made = plan_expanded_word(p, prefix, everywhere, one->word);
        query_list_add(&words, build_scale(p->build, weight_of(p, found, one, reference), made));
        if (found->near)
            plan_mark(p, MARK_WORD, one->word);
    }
    xs_query *any = build_join(p->build, XS_OR, &words);
    query_list_free(&words);
    return any;
}

/* What is compared with the index's words: the last word of the text, or all of it joined. */
static span folded_word(planner *p, span text, bool joined)
{
    terms found = plan_analysed(p, text);
    buffer whole = {0};
    for (size_t i = 0; i < found.count; i++)
        if (found.items[i].kind == TERM_WORD) {
            if (!joined)
                buffer_clear(&whole);
            buffer_add(&whole, found.items[i].text);
        }
    if (!whole.length)
        utf8_fold(text, &whole);
    span kept = arena_copy(p->memory, buffer_span(&whole));
    buffer_free(&whole);
    return kept;
}

static void expand_everywhere(planner *p, const char *prefix, bool everywhere, span word,
                              const edit_pattern *near, expansion *to)
{
    expand(p, prefix, word, near, to);
    for (size_t i = 0; everywhere && i < ALSO_IN_COUNT; i++)
        expand(p, FIELDS[ALSO_IN[i].id].prefix, word, near, to);
}

static xs_query *plan_fuzzy(planner *p, const query_node *leaf, const char *prefix, bool everywhere)
{
    expansion found = {.memory = p->memory};
    edit_pattern near;
    span word = folded_word(p, leaf->text, true);
    if (!edit_pattern_set(&near, word, leaf->distance))
        return NULL;
    found.itself = word;
    expand_everywhere(p, prefix, everywhere, word, &near, &found);
    say_if_cut(p, leaf, &found);
    return plan_words_of(p, prefix, everywhere, &found,
                         vocabulary_frequency(p->words, prefix, word));
}

/* The whole words before the last one, side by side (in fields: beside) any expansion of that:
 * ci/c*. */
static xs_query *plan_compound_prefix(planner *p, const char *prefix, const terms *found,
                                      const expansion *last)
{
    query_list words = {0}, ends = {0};
    phrase *how = phrase_new(PHRASE_WORDS_MAX, 0, false, p->memory);
    for (size_t i = 0; i < found->count && words.count + 1 < PHRASE_WORDS_MAX; i++) {
        const term *t = &found->items[i];
        xs_query *made = NULL;
        if (t->kind == TERM_WORD && t->position + 1 < found->positions)
            made = build_term(p->build, prefix, t->text);
        if (!made)
            continue;
        plan_mark(p, MARK_WORD, t->text);
        phrase_add(how, words.count, p->words, t->text, p->memory);
        query_list_add(&words, made);
    }
    for (size_t i = 0; i < last->count; i++) {
        query_list_add(&ends, build_term(p->build, prefix, last->best[i].word));
        phrase_add(how, words.count, p->words, last->best[i].word, p->memory);
    }
    xs_query *end = build_join(p->build, XS_OR, &ends), *near = NULL;
    query_list_add(&words, end);
    how->count = words.count;
    how->window = (uint32_t)words.count;
    if (end && *prefix)
        near = build_join(p->build, XS_AND, &words);
    else if (end)
        near = build_phrase(p->build, &words, how);
    query_list_free(&words);
    query_list_free(&ends);
    return near;
}

static xs_query *plan_prefix(planner *p, const query_node *leaf, const char *prefix,
                             bool everywhere)
{
    terms parts = plan_analysed(p, leaf->text);
    expansion found = {.memory = p->memory};
    span whole = folded_word(p, leaf->text, true), last = folded_word(p, leaf->text, false);
    found.itself = whole;
    expand_everywhere(p, prefix, everywhere, whole, NULL, &found);
    xs_query *any =
        plan_words_of(p, prefix, everywhere, &found, vocabulary_frequency(p->words, prefix, whole));
    say_if_cut(p, leaf, &found);
    plan_mark(p, MARK_PREFIX, whole);
    if (parts.positions < 2)
        return any;
    expansion ends = {.memory = p->memory};
    expand(p, prefix, last, NULL, &ends);
    plan_mark(p, MARK_PREFIX, last);
    return build_either(p->build, plan_compound_prefix(p, prefix, &parts, &ends), any);
}

/* Whole values that begin so: path:2019/py*, tech:argo* */
static xs_query *plan_value_prefix(planner *p, const query_node *leaf)
{
    expansion found = {.memory = p->memory};
    buffer folded = {0};
    char prefix[32];
    snprintf(prefix, sizeof prefix, PREFIX_VALUE "%s:", leaf->field->prefix);
    utf8_fold(leaf->text, &folded);
    vocabulary_each(p->words, prefix, buffer_span(&folded), meet_word, &found);
    buffer_free(&folded);
    return plan_words_of(p, prefix, false, &found, 0);
}

xs_query *plan_expansion(planner *p, const query_node *leaf)
{
    const char *prefix = leaf->field ? plan_prefix_of(p, leaf) : "";
    xs_query *words = leaf->kind == QUERY_FUZZY ? plan_fuzzy(p, leaf, prefix, !leaf->field)
                                                : plan_prefix(p, leaf, prefix, !leaf->field);
    if (leaf->field && leaf->kind == QUERY_PREFIX)
        words = build_either(p->build, words, plan_value_prefix(p, leaf));
    if (leaf->field || leaf->kind == QUERY_PREFIX)
        return words;
    /* the word as it is typed, with its stems and aliases */
    word_place alone = {.text = leaf->text};
    return build_either(p->build, plan_word(p, &alone, false), words);
}
