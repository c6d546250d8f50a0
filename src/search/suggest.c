#include "search/suggest.h"

#include <stdlib.h>
#include <string.h>

#include "index/format.h"
#include "search/plan.h"
#include "search/spelling.h"

enum {
    FEW_HITS = 3,     /* with as many the query is meant as it is */
    RARE = 20,        /* what `doubted` is for a query that finds nothing, or of one word */
    SURE_LETTERS = 6, /* a word that stands somewhere is doubted only when it has as many */
    LEAVES_MAX = 32,  /* looked at in one query */
    WORDS_MAX = 8,    /* corrected in one query */
    PART_MIN = 3      /* letters of each part of a word that is parted */
};

/* `length` bytes of the query from `begin` on become `text`. */
typedef struct {
    size_t begin, length;
    span text;
} replacement;

typedef struct {
    span query;
    query_plan *plan;
    const vocabulary *words;
    arena *memory;
    suggestion *out;
    replacement changes[WORDS_MAX];
    size_t change_count, looked_at;
    bool strict;      /* some talk has all the words: only what others have together is better */
    uint32_t doubted; /* a word that more talks have is meant as it is */
} suggesting;

/* ---- the words that may be meant ---- */

typedef struct {
    const char *items[ALSO_IN_COUNT + 1];
    size_t count;
} prefixes;

static planner planner_of(const suggesting *s)
{
    return (planner){s->plan, &s->plan->builder, s->words, s->memory, NULL, NULL, true};
}

/* Where the leaf looks. */
static prefixes prefixes_of(suggesting *s, const query_node *leaf)
{
    planner p = planner_of(s);
    prefixes list = {{leaf->field ? plan_prefix_of(&p, leaf) : ""}, 1};
    for (size_t i = 0; !leaf->field && i < ALSO_IN_COUNT; i++)
        list.items[list.count++] = FIELDS[ALSO_IN[i].id].prefix;
    return list;
}

/* A word that the index has in another form is spelt well. */
static uint32_t stem_frequency(const suggesting *s, const char *prefix, span word)
{
    planner p = planner_of(s);
    return plan_stem_frequency(&p, prefix, word);
}

static uint32_t frequency_in(const suggesting *s, const prefixes *in, span word)
{
    uint32_t most = 0;
    for (size_t i = 0; i < in->count; i++) {
        uint32_t frequency = vocabulary_frequency(s->words, in->items[i], word);
        most = frequency > most ? frequency : most;
    }
    return most;
}

static bool meet_word(span word, uint32_t frequency, void *user)
{
    spelling_consider(user, word, frequency);
    return true;
}

/* machinelearning: the two words of the index whose rarer one is the most frequent. */
static span parted(suggesting *s, const prefixes *in, span word)
{
    uint32_t best = 0;
    size_t at = 0;
    for (size_t i = PART_MIN; i + PART_MIN <= word.length; i++) {
        if ((word.at[i] & 0xC0) == 0x80)
            continue;
        uint32_t first = frequency_in(s, in, span_slice(word, 0, i));
        uint32_t second = first > best ? frequency_in(s, in, span_from(word, i)) : 0;
        uint32_t rarer = first < second ? first : second;
        if (rarer > best)
            best = rarer, at = i;
    }
    if (!best)
        return SPAN_NONE;
    return arena_printf(s->memory, "%.*s %.*s", SPAN_ARG(span_slice(word, 0, at)),
                        SPAN_ARG(span_from(word, at)));
}

static bool stand_side_by_side(suggesting *s, span two_words)
{
    planner p = planner_of(s);
    terms found = plan_analysed(&p, two_words);
    return vocabulary_matches(s->words, plan_phrase(&p, &found, 0, false));
}

/* `fights` finds what `fight` finds. */
static bool same_stem(const suggesting *s, span a, span b)
{
    for (size_t i = 0; i < s->words->language_count; i++) {
        char first[TERM_MAX];
        span stem = analyser_stem(s->words->analysers[i], a);
        size_t length = stem.length < sizeof first ? stem.length : sizeof first;
        memcpy(first, stem.at, length);
        if (span_equal((span){first, length}, analyser_stem(s->words->analysers[i], b)))
            return true;
    }
    return false;
}

/* The rest of the query, as far as talks have it; NULL: there is none. */
static xs_query *company_of(suggesting *s, const query_node *leaf)
{
    query_builder *build = &s->plan->builder;
    xs_query *company = NULL;
    for (size_t i = 0; i < s->plan->leaf_count && i < LEAVES_MAX; i++) {
        const planned_leaf *other = &s->plan->leaves[i];
        if (other->leaf != leaf && vocabulary_matches(s->words, other->query))
            company = build_two(build, XS_AND, company, other->query);
    }
    return company;
}

/* The best one that a talk holds together with the rest of the query; else the best of all, unless
 * strict. */
static span fitting_word(suggesting *s, const query_node *leaf, const prefixes *in,
                         const spelling *with)
{
    query_builder *build = &s->plan->builder;
    xs_query *company = with->count > !s->strict ? company_of(s, leaf) : NULL;
    for (size_t i = 0; company && i < with->count; i++) {
        query_list places = {0};
        for (size_t k = 0; k < in->count; k++)
            query_list_add(&places, build_term(build, in->items[k], spelling_best(with, i)));
        xs_query *both = build_two(build, XS_AND, company, build_join(build, XS_OR, &places));
        query_list_free(&places);
        if (vocabulary_matches(s->words, both))
            return spelling_best(with, i);
    }
    return s->strict ? SPAN_NONE : spelling_best(with, 0);
}

static bool has_umlauts(const suggesting *s, const prefixes *in, const term *word)
{
    planner p = planner_of(s);
    for (size_t i = 0; i < in->count; i++)
        if (plan_has_umlauts(&p, in->items[i], word))
            return true;
    return false;
}

static span better_word(suggesting *s, const query_node *leaf, const term *t)
{
    span word = t->text;
    /* an alias, even a usual misspelling, finds what it means */
    if (technology_canonical(s->words->technologies, word) != TECHNOLOGY_NONE)
        return SPAN_NONE;
    prefixes in = prefixes_of(s, leaf);
    if (has_umlauts(s, &in, t))
        return SPAN_NONE;
    uint32_t own = frequency_in(s, &in, word);
    if (!own)
        own = stem_frequency(s, in.items[0], word);
    spelling *with = arena_zalloc(s->memory, sizeof *with);
    if (own > s->doubted || (own && word.length < SURE_LETTERS) || !spelling_start(with, word, own))
        return SPAN_NONE;
    for (size_t i = 0; i < in.count; i++)
        vocabulary_each_like(s->words, in.items[i], word, meet_word, with);
    span best = fitting_word(s, leaf, &in, with);
    if (best.length && own && same_stem(s, word, best))
        return SPAN_NONE;
    if (best.length || own || leaf->field)
        return best;
    span two = parted(s, &in, word);
    return two.length && stand_side_by_side(s, two) ? two : SPAN_NONE;
}

/* ---- the query ---- */

/* Where the text stands in the query; SPAN_NOT_FOUND when it is of a saved query. */
static size_t place_in(span query, span text)
{
    uintptr_t whole = (uintptr_t)query.at, part = (uintptr_t)text.at;
    bool inside = part >= whole && part + text.length <= whole + query.length;
    return inside ? part - whole : SPAN_NOT_FOUND;
}

/* With a capital where the person wrote one: names look like names. */
static span written_alike(suggesting *s, span typed, span better)
{
    if (!typed.length || !byte_is_upper(typed.at[0]) || !byte_is_alpha(better.at[0]))
        return better;
    return arena_printf(s->memory, "%c%.*s", better.at[0] - 'a' + 'A',
                        SPAN_ARG(span_from(better, 1)));
}

static void correct_word(suggesting *s, const query_node *leaf, const term *t)
{
    size_t place = place_in(s->query, leaf->text);
    if (s->looked_at == WORDS_MAX || place == SPAN_NOT_FOUND || t->stop)
        return;
    s->looked_at++;
    span better = better_word(s, leaf, t);
    if (better.length)
        better = written_alike(s, span_from(leaf->text, t->begin), better);
    if (better.length)
        s->changes[s->change_count++] = (replacement){place + t->begin, t->end - t->begin, better};
}

static void correct_leaf(suggesting *s, const query_node *leaf)
{
    terms found = {0};
    bool words = leaf->kind == QUERY_WORD || leaf->kind == QUERY_PHRASE;
    bool dates = leaf->field && leaf->field->type == FIELD_OF_DATES;
    if (!words || dates)
        return;
    if (leaf->field && leaf->field->type == FIELD_OF_NAMES)
        analyse_name(leaf->text, s->memory, &found);
    else
        analyse(s->words->analysers[0], leaf->text, s->memory, &found);
    for (size_t i = 0; i < found.count; i++)
        if (found.items[i].kind == TERM_WORD)
            correct_word(s, leaf, &found.items[i]);
}

/* Else it is of the scope. */
static bool is_typed(const query_node *leaf)
{
    return leaf->end > leaf->begin;
}

static void note_unknown(suggesting *s, const query_node *leaf)
{
    span typed =
        is_typed(leaf) ? span_slice(s->query, leaf->begin, leaf->end - leaf->begin) : leaf->text;
    ARENA_ADD(s->memory, s->out->unknown, s->out->unknown_count, s->out->unknown_capacity, typed);
}

static int compare_places(const void *a, const void *b)
{
    const replacement *x = a, *y = b;
    return x->begin < y->begin ? -1 : x->begin > y->begin;
}

static span corrected_query(suggesting *s)
{
    buffer made = {0};
    size_t at = 0;
    if (!s->change_count)
        return SPAN_NONE;
    qsort(s->changes, s->change_count, sizeof *s->changes, compare_places);
    for (size_t i = 0; i < s->change_count; i++) {
        if (s->changes[i].begin < at)
            continue;
        buffer_add(&made, span_slice(s->query, at, s->changes[i].begin - at));
        buffer_add(&made, s->changes[i].text);
        at = s->changes[i].begin + s->changes[i].length;
    }
    buffer_add(&made, span_from(s->query, at));
    span kept = arena_copy(s->memory, buffer_span(&made));
    buffer_free(&made);
    return kept;
}

static size_t count_typed(const query_plan *plan)
{
    size_t typed = 0;
    for (size_t i = 0; i < plan->leaf_count; i++)
        typed += is_typed(plan->leaves[i].leaf);
    return typed;
}

bool suggest_is_wanted(size_t all_count)
{
    return all_count < FEW_HITS;
}

void suggest(span text, query_plan *plan, size_t all_count, const vocabulary *words, arena *memory,
             suggestion *out)
{
    suggesting s = {.query = text, .plan = plan, .words = words, .memory = memory, .out = out};
    s.strict = all_count && count_typed(plan) > 1;
    s.doubted = s.strict ? 1 : RARE;
    *out = (suggestion){0};
    for (size_t i = 0; i < plan->leaf_count && i < LEAVES_MAX; i++) {
        const planned_leaf *each = &plan->leaves[i];
        if (!vocabulary_matches(words, each->query))
            note_unknown(&s, each->leaf);
        correct_leaf(&s, each->leaf);
    }
    out->corrected = corrected_query(&s);
}
