#include <stdlib.h>

#include "analysis/technology_table.h"
#include "base/memory.h"

/* Named so often in the text, a technology is what the talk is about. */
enum { MAIN_MENTIONS = 3 };
/* So often with a capital, an everyday word is not merely the first of its heading. */
enum { NAMED_AGAIN = 2 };

typedef struct {
    uint32_t key;      /* the technology + 1; 0: an empty place */
    uint32_t found;    /* index into the list + 1, or 0 */
    uint32_t capitals; /* hits that begin with one */
    bool proven;       /* by a hit that is sure in itself, or by the language of a code fence */
} technology_state;

typedef struct {
    const technology_table *table;
    const technology_hits *hits;
    technology_state *states; /* by technology: open addressing, at most half full */
    size_t state_count;       /* a power of two */
    uint64_t talk;            /* the categories of the sure hits */
    technology_list *found;
} decision;

/* A talk names a few of thousands: what it names is kept, not the table's length. */
static void make_states(decision *d)
{
    d->state_count = 2;
    while (d->state_count < 2 * d->hits->count)
        d->state_count *= 2;
    d->states = xcalloc(d->state_count, sizeof *d->states);
}

static technology_state *state_of(const decision *d, uint32_t technology)
{
    uint32_t hash = technology * 2654435761u;
    for (size_t i = hash ^ hash >> 15;; i++) {
        technology_state *state = &d->states[i & (d->state_count - 1)];
        if (!state->key)
            state->key = technology + 1;
        if (state->key == technology + 1)
            return state;
    }
}

static void prove_by_themselves(decision *d)
{
    for (size_t i = 0; i < d->hits->count; i++) {
        const technology_hit *hit = &d->hits->items[i];
        technology_state *state = state_of(d, hit->technology);
        if (hit->proof == TECHNOLOGY_SURE)
            d->talk |= technology_category_bit(d->table, hit->technology);
        if (hit->proof == TECHNOLOGY_SURE || hit->place == TECHNOLOGY_CODE)
            state->proven = true;
        state->capitals += byte_is_upper(*hit->written.at) && (!hit->opens || hit->alone);
    }
}

/* `sentence` has the categories of the sentence's sure hits. */
static bool is_proven(const decision *d, const technology_hit *hit, uint64_t sentence)
{
    if (state_of(d, hit->technology)->proven)
        return true;
    uint64_t related = technology_related(d->table, hit->technology);
    if (hit->context && !byte_is_upper(*hit->written.at))
        return false; /* requests, behave, rich: words of any talk */
    if (hit->proof == TECHNOLOGY_NAMESAKE)
        return d->talk & technology_category_bit(d->table, hit->technology);
    if (hit->context && hit->proof == TECHNOLOGY_DOUBTFUL) /* a capital that says nothing */
        return d->talk & related &&
               (hit->alone || state_of(d, hit->technology)->capitals >= NAMED_AGAIN);
    if (sentence & related)
        return true;
    if (hit->proof == TECHNOLOGY_LIKELY && !hit->context)
        return sentence || d->talk & related;
    return (hit->proof == TECHNOLOGY_LIKELY || !hit->context) && d->talk & related;
}

/* Hits are in the order of sentences, so each sentence is one run of them. */
static void prove_by_sentence(decision *d)
{
    const technology_hit *hits = d->hits->items;
    for (size_t begin = 0, end; begin < d->hits->count; begin = end) {
        uint64_t sentence = 0;
        for (end = begin; end < d->hits->count && hits[end].sentence == hits[begin].sentence; end++)
            if (hits[end].proof == TECHNOLOGY_SURE)
                sentence |= technology_category_bit(d->table, hits[end].technology);
        for (size_t i = begin; i < end; i++)
            if (hits[i].place != TECHNOLOGY_CODE && is_proven(d, &hits[i], sentence))
                state_of(d, hits[i].technology)->proven = true;
    }
}

/* One per item of a list, or one beside the other in an enumeration. */
static bool are_listed(const technology_hit *one, const technology_hit *next)
{
    return next->listed || (one->alone && next->alone && one->sentence + 1 == next->sentence);
}

/* Beside each other in a sentence they need not be of one family. */
static void prove_by_item(decision *d, const technology_hit *item, const technology_hit *next)
{
    bool beside = item->listed || next->listed;
    if (state_of(d, item->technology)->proven &&
        (beside || technology_related(d->table, next->technology) &
                       technology_category_bit(d->table, item->technology)))
        state_of(d, next->technology)->proven = true;
}

/* In a list of names each proves the next and the one before. */
static void prove_by_list(decision *d)
{
    const technology_hit *hits = d->hits->items;
    for (size_t i = 1; i < d->hits->count; i++)
        if (are_listed(&hits[i - 1], &hits[i]))
            prove_by_item(d, &hits[i - 1], &hits[i]);
    for (size_t i = d->hits->count; i-- > 1;)
        if (are_listed(&hits[i - 1], &hits[i]))
            prove_by_item(d, &hits[i], &hits[i - 1]);
}

static void count_hit(decision *d, uint32_t index)
{
    const technology_hit *hit = &d->hits->items[index];
    technology_state *state = state_of(d, hit->technology);
    technology_list *list = d->found;
    if (!state->found) {
        technology_found item = {.technology = hit->technology, .first = index};
        ARRAY_ADD(list->items, list->count, list->capacity, item);
        state->found = (uint32_t)list->count;
    }
    technology_found *found = &list->items[state->found - 1];
    found->count[hit->place]++;
    if (hit->proof > d->hits->items[found->first].proof)
        found->first = index;
}

/* A code fence alone names nothing. */
static void drop_code_only(technology_list *list)
{
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++) {
        technology_found item = list->items[i];
        uint32_t text = item.count[TECHNOLOGY_TITLE] + item.count[TECHNOLOGY_HEADING] +
                        item.count[TECHNOLOGY_BODY];
        item.main =
            item.count[TECHNOLOGY_TITLE] || item.count[TECHNOLOGY_HEADING] || text >= MAIN_MENTIONS;
        if (text)
            list->items[kept++] = item;
    }
    list->count = kept;
}

static uint64_t rank_of(const technology_found *of)
{
    uint64_t mentions = of->count[TECHNOLOGY_HEADING] + of->count[TECHNOLOGY_BODY];
    return (uint64_t)(of->count[TECHNOLOGY_TITLE] > 0) << 62 |
           (uint64_t)(of->count[TECHNOLOGY_HEADING] > 0) << 61 | mentions;
}

static int by_rank(const void *one, const void *other)
{
    const technology_found *a = one, *b = other;
    uint64_t rank_a = rank_of(a), rank_b = rank_of(b);
    if (rank_a != rank_b)
        return rank_a > rank_b ? -1 : 1;
    return a->first < b->first ? -1 : a->first > b->first;
}

void technology_decide(const technology_table *table, const technology_hits *hits,
                       technology_list *found)
{
    found->count = 0;
    if (!hits->count)
        return;
    decision d = {.table = table, .hits = hits, .found = found};
    make_states(&d);
    prove_by_themselves(&d);
    prove_by_sentence(&d);
    prove_by_list(&d);
    for (uint32_t i = 0; i < hits->count; i++)
        if (state_of(&d, hits->items[i].technology)->proven &&
            !technology_is_idea(table, hits->items[i].technology))
            count_hit(&d, i);
    free(d.states);
    drop_code_only(found);
    if (found->count)
        qsort(found->items, found->count, sizeof *found->items, by_rank);
}
