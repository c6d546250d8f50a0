/* plan_names.c - a person's or a company's name: any order, initials, misspellings. */
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "index/format.h"
#include "search/levenshtein.h"
#include "search/persons.h"
#include "search/plan.h"
#include "search/spelling.h"

/* By closeness, relative to all words. */
static const double WHOLE_NAME = 1.5, SPELLING = 0.7, INITIALS = 0.7, NAME_ONE_EDIT = 0.4,
                    NAME_TWO_EDITS = 0.2;

enum {
    NAME_SLOP = 3,  /* middle names between the words */
    NAME_PARTS = 8, /* more words are no name */
    NAMES_MAX = 50,
    EDITS_MAX = 2,
    EDIT_POINTS = 10 /* an edit is worse than any number of initials */
};

typedef struct {
    span items[NAME_PARTS];
    const term *terms[NAME_PARTS]; /* of a query */
    size_t count;
} name_parts;

static bool is_initial(span word)
{
    size_t at = 0;
    if (word.length)
        utf8_next(word, &at);
    return word.length && at == word.length;
}

static span initial_of(span word)
{
    size_t at = 0;
    utf8_next(word, &at);
    return span_slice(word, 0, at);
}

/* The words as the index has them, of the name that is asked for and of those there are alike. */
static name_parts parts_of(span name, arena *memory)
{
    terms found = {0};
    name_parts parts = {.count = 0};
    analyse_name(name, memory, &found);
    for (size_t i = 0; i < found.count && parts.count < NAME_PARTS; i++)
        if (found.items[i].kind == TERM_WORD || found.items[i].kind == TERM_BIGRAM) {
            parts.terms[parts.count] = &found.items[i];
            parts.items[parts.count++] = found.items[i].text;
        }
    return parts;
}

/* ---- names as the index has them ---- */

/* `short_first`: every word but the last may stand there as its initial. */
static xs_query *plan_parts(planner *p, const char *prefix, const name_parts *parts,
                            bool short_first)
{
    query_list words = {0};
    for (size_t i = 0; i < parts->count; i++) {
        span word = parts->items[i];
        xs_query *made = plan_term(p, prefix, parts->terms[i]);
        if (short_first && i + 1 < parts->count && !is_initial(word))
            made = build_two(p->build, XS_OR, made, build_term(p->build, prefix, initial_of(word)));
        query_list_add(&words, made);
    }
    xs_query *near = build_near(p->build, &words, (uint32_t)words.count + NAME_SLOP, false);
    query_list_free(&words);
    return near;
}

/* ---- names that are nearly so ---- */

typedef struct {
    span name;
    unsigned points; /* of distance: edits, then initials */
    uint32_t frequency;
} near_name;

typedef struct {
    arena *memory, *scratch; /* scratch: for one name at a time */
    const name_parts *wanted;
    edit_pattern patterns[NAME_PARTS];
    bool edits; /* misspellings too */
    near_name best[NAMES_MAX];
    size_t count;
} near_names;

/* 0 the same word, 1 an initial, EDIT_POINTS for each edit. */
static unsigned part_points(const near_names *in, size_t wanted, span part)
{
    span word = in->wanted->items[wanted];
    if (span_equal(word, part))
        return 0;
    if (is_initial(word) || is_initial(part))
        return span_starts_with(part, word) || span_starts_with(word, part) ? 1 : UINT32_MAX;
    if (!in->edits || !in->patterns[wanted].limit)
        return UINT32_MAX;
    unsigned edits = edit_distance_from(&in->patterns[wanted], part);
    return edits <= in->patterns[wanted].limit ? edits * EDIT_POINTS : UINT32_MAX;
}

/* Every wanted word takes the nearest part that is left; one at least is no initial. */
static unsigned name_points(const near_names *in, const name_parts *parts)
{
    bool used[NAME_PARTS] = {false}, whole = false;
    unsigned sum = 0;
    for (size_t w = 0; w < in->wanted->count; w++) {
        unsigned best = UINT32_MAX;
        size_t at = 0;
        for (size_t i = 0; i < parts->count; i++) {
            unsigned points = used[i] ? UINT32_MAX : part_points(in, w, parts->items[i]);
            if (points < best)
                best = points, at = i;
        }
        if (best == UINT32_MAX)
            return UINT32_MAX;
        used[at] = true;
        whole = whole || best != 1;
        sum += best;
    }
    return whole && sum < (EDITS_MAX + 1) * EDIT_POINTS ? sum : UINT32_MAX;
}

static bool is_nearer(const near_name *a, const near_name *b)
{
    return a->points < b->points || (a->points == b->points && a->frequency > b->frequency);
}

static bool meet_name(span name, uint32_t frequency, void *user)
{
    near_names *to = user;
    arena_reset(to->scratch);
    name_parts parts = parts_of(name, to->scratch);
    near_name met = {name, name_points(to, &parts), frequency};
    bool full = to->count == NAMES_MAX;
    if (met.points == UINT32_MAX || (full && !is_nearer(&met, &to->best[NAMES_MAX - 1])))
        return true;
    met.name = arena_copy(to->memory, name);
    size_t i = full ? NAMES_MAX - 1 : to->count++;
    for (; i > 0 && is_nearer(&met, &to->best[i - 1]); i--)
        to->best[i] = to->best[i - 1];
    to->best[i] = met;
    return true;
}

static double weight_of(const near_name *of)
{
    unsigned edits = of->points / EDIT_POINTS;
    return edits == 0 ? INITIALS : edits == 1 ? NAME_ONE_EDIT : NAME_TWO_EDITS;
}

/* That name and no other. */
static xs_query *plan_one_name(planner *p, const field *of, span name, double weight)
{
    name_parts parts = parts_of(name, p->memory);
    for (size_t i = 0; i < parts.count; i++)
        plan_mark(p, MARK_WORD, parts.items[i]);
    xs_query *words = plan_parts(p, of->prefix, &parts, false);
    if (words)
        words = build_two(p->build, XS_FILTER, words, plan_whole_value(p, of, name));
    return build_scale(p->build, weight, words);
}

/* Walks all names of the field: some milliseconds where there are ten thousand. */
static xs_query *plan_near_names(planner *p, const field *of, const name_parts *wanted, bool edits)
{
    near_names *found = arena_zalloc(p->memory, sizeof *found);
    query_list names = {0};
    char prefix[32];
    found->memory = p->memory;
    found->wanted = wanted;
    found->edits = edits;
    for (size_t i = 0; i < wanted->count; i++)
        if (!edit_pattern_set(&found->patterns[i], wanted->items[i],
                              spelling_limit(wanted->items[i])))
            return NULL;
    snprintf(prefix, sizeof prefix, PREFIX_VALUE "%s:", of->prefix);
    found->scratch = arena_new();
    vocabulary_each(p->words, prefix, SPAN_NONE, meet_name, found);
    arena_free(found->scratch);
    for (size_t i = 0; i < found->count; i++)
        query_list_add(&names,
                       plan_one_name(p, of, found->best[i].name, weight_of(&found->best[i])));
    xs_query *any = build_join(p->build, XS_OR, &names);
    query_list_free(&names);
    return any;
}

/* ---- the other spellings of a person ---- */

static bool has_part(const name_parts *in, span word)
{
    for (size_t i = 0; i < in->count; i++)
        if (span_equal(in->items[i], word))
            return true;
    return false;
}

/* Whether one of the spellings has all the wanted words. */
static bool is_wanted(const person_variants *person, const name_parts *wanted, arena *scratch)
{
    arena_reset(scratch);
    for (size_t i = 0; i < person->count; i++) {
        name_parts parts = parts_of(person->names[i], scratch);
        size_t has = 0;
        while (has < wanted->count && has_part(&parts, wanted->items[has]))
            has++;
        if (has == wanted->count)
            return true;
    }
    return false;
}

/* Below the spelling that was asked for: a word of two is worth half. */
static double spelling_weight(span name, const name_parts *wanted, arena *scratch)
{
    size_t words = parts_of(name, scratch).count;
    return wanted->count < words ? SPELLING * (double)wanted->count / (double)words : SPELLING;
}

static void add_spellings(planner *p, const field *of, const name_parts *wanted,
                          const person_variants *person, arena *scratch, query_list *to)
{
    if (!is_wanted(person, wanted, scratch))
        return;
    for (size_t i = 0; i < person->count; i++)
        query_list_add(to, plan_one_name(p, of, person->names[i],
                                         spelling_weight(person->names[i], wanted, scratch)));
}

static xs_query *plan_spellings(planner *p, const field *of, const name_parts *wanted)
{
    person_list persons;
    query_list names = {0};
    if (!p->words->reader ||
        persons_open(p->words->reader, p->words->path, p->memory, &persons, NULL) != LC_OK)
        return NULL;
    arena *scratch = arena_new();
    for (size_t i = 0; i < persons.count && names.count < NAMES_MAX; i++)
        add_spellings(p, of, wanted, &persons.items[i], scratch, &names);
    arena_free(scratch);
    xs_query *any = build_join(p->build, XS_OR, &names);
    query_list_free(&names);
    return any;
}

static bool has_initial(const name_parts *in)
{
    for (size_t i = 0; in->count > 1 && i < in->count; i++)
        if (is_initial(in->items[i]))
            return true;
    return false;
}

xs_query *plan_name(planner *p, const field *of, span text)
{
    name_parts parts = parts_of(text, p->memory);
    for (size_t i = 0; i < parts.count; i++)
        plan_mark(p, MARK_WORD, parts.items[i]);
    xs_query *all = plan_parts(p, of->prefix, &parts, false), *whole = NULL;
    if (!all)
        return NULL;
    if (parts.count > 1)
        whole = build_two(p->build, XS_FILTER, all, plan_whole_value(p, of, text));
    xs_query *best = build_either(p->build, build_scale(p->build, WHOLE_NAME, whole), all);
    if (parts.count > 1)
        best =
            build_either(p->build, best,
                         build_scale(p->build, INITIALS, plan_parts(p, of->prefix, &parts, true)));
    if (of->id == FIELD_SPEAKER)
        best = build_either(p->build, best, plan_spellings(p, of, &parts));
    if (has_initial(&parts))
        best = build_either(p->build, best, plan_near_names(p, of, &parts, false));
    if (!vocabulary_matches(p->words, best))
        best = build_either(p->build, best, plan_near_names(p, of, &parts, true));
    return best;
}
