#include "analysis/canonical.h"

#include <stdlib.h>

#include "base/utf8.h"

struct canonical {
    const technology_table *table;
    technology_hits hits;
    buffer name;
};

canonical *canonical_new(const technology_table *table)
{
    canonical *made = xcalloc(1, sizeof *made);
    made->table = table;
    return made;
}

void canonical_free(canonical *what)
{
    if (!what)
        return;
    technology_hits_free(&what->hits);
    buffer_free(&what->name);
    free(what);
}

/* The name folded, its blanks hyphens: argo-cd. */
static span name_of(canonical *with, uint32_t technology, arena *memory)
{
    buffer_clear(&with->name);
    utf8_fold(technology_name(with->table, technology), &with->name);
    for (size_t i = 0; i < with->name.length; i++)
        if (with->name.at[i] == ' ')
            with->name.at[i] = '-';
    return arena_copy(memory, buffer_span(&with->name));
}

static bool is_main(const term *t)
{
    return t->kind == TERM_WORD || t->kind == TERM_SYMBOL || t->kind == TERM_BIGRAM;
}

/* The term of a hit that covers main terms from *next on, which moves on with the hits; no length
 * when there is none. */
static term term_of(canonical *with, const technology_hit *hit, arena *memory, const terms *in,
                    size_t *next)
{
    term made = {.begin = hit->begin, .end = hit->end, .kind = TERM_TECH};
    while (*next < in->count && (!is_main(&in->items[*next]) || in->items[*next].end <= hit->begin))
        ++*next;
    if (*next == in->count || in->items[*next].begin >= hit->end)
        return made;
    made.position = made.last = in->items[*next].position;
    for (size_t i = *next; i < in->count && in->items[i].begin < hit->end; i++)
        if (is_main(&in->items[i]) && in->items[i].position > made.last)
            made.last = in->items[i].position;
    made.text = name_of(with, hit->technology, memory);
    return made;
}

/* Merges `count` new terms, in order of position, into those from `from` on: behind what stands at
 * their position. */
static void merge(terms *to, size_t from, const term *new, size_t count, arena *memory)
{
    size_t old = to->count;
    for (size_t i = 0; i < count; i++)
        ARENA_ADD(memory, to->items, to->count, to->capacity, new[i]);
    for (size_t at = to->count; count;) {
        if (old > from && to->items[old - 1].position > new[count - 1].position)
            to->items[--at] = to->items[--old];
        else
            to->items[--at] = new[--count];
    }
}

static void find(canonical *with, span text)
{
    technology_hits_clear(&with->hits);
    technology_find(with->table, text, TECHNOLOGY_BODY, &with->hits);
}

/* In a query, a title or a field `go` alone can only be Go. */
static bool is_whole(canonical *with, span text, technology_hit *hit)
{
    text = span_trim(text);
    if (!text.length || text.length > TERM_MAX)
        return false;
    hit->technology = technology_canonical(with->table, text);
    return hit->technology != TECHNOLOGY_NONE;
}

void canonical_add(canonical *with, span text, arena *memory, terms *to, size_t from)
{
    technology_hit whole = {.end = (uint32_t)text.length, .proof = TECHNOLOGY_SURE};
    const technology_hit *hits = &whole;
    size_t hit_count = 1, count = 0, next = from;
    if (!is_whole(with, text, &whole)) {
        find(with, text);
        hits = with->hits.items;
        hit_count = with->hits.count;
    }
    if (!hit_count)
        return;
    term *new = arena_alloc(memory, hit_count * sizeof *new);
    for (size_t i = 0; i < hit_count; i++) {
        if (hits[i].proof != TECHNOLOGY_SURE)
            continue;
        term made = term_of(with, &hits[i], memory, to, &next);
        if (made.text.length && made.text.length <= TERM_MAX)
            new[count++] = made;
    }
    merge(to, from, new, count, memory);
}
