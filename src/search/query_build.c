#include "search/query_build.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "index/format.h"
#include "search/phrase.h"

void query_builder_free(query_builder *what)
{
    for (size_t i = 0; i < what->count; i++)
        xs_query_free(what->made[i].query);
    free(what->made);
    arena_free(what->memory);
    *what = (query_builder){0};
}

static arena *memory_of(query_builder *with)
{
    if (!with->memory)
        with->memory = arena_new();
    return with->memory;
}

static xs_query *keep(query_builder *with, xs_status status, const built_query *made)
{
    if (status != XS_OK) {
        with->status = status;
        return NULL;
    }
    ARRAY_ADD(with->made, with->count, with->capacity, *made);
    return made->query;
}

static xs_query **copy_list(query_builder *with, const query_list *list)
{
    xs_query **copy = arena_alloc(memory_of(with), list->count * sizeof *copy);
    memcpy(copy, list->items, list->count * sizeof *copy);
    return copy;
}

xs_query *build_term(query_builder *with, const char *prefix, span text)
{
    built_query made = {.kind = BUILT_TERM};
    xs_query *query = NULL;
    buffer whole = {0};
    buffer_add_text(&whole, prefix);
    buffer_add(&whole, text);
    if (with->status == XS_OK && text.length && whole.length <= XS_TERM_MAX / 2) {
        xs_status status = xs_query_term(whole.at, whole.length, 1, &made.query, &with->said);
        made.term = arena_copy(memory_of(with), buffer_span(&whole));
        query = keep(with, status, &made);
    }
    buffer_free(&whole);
    return query;
}

xs_query *build_join(query_builder *with, xs_op op, const query_list *children)
{
    built_query made = {.kind = BUILT_JOIN, .op = op, .count = children->count};
    if (with->status != XS_OK || !children->count)
        return NULL;
    if (children->count == 1)
        return children->items[0];
    xs_status status = xs_query_join(op, (const xs_query *const *)children->items, children->count,
                                     &made.query, &with->said);
    made.children = copy_list(with, children);
    return keep(with, status, &made);
}

xs_query *build_two(query_builder *with, xs_op op, xs_query *a, xs_query *b)
{
    xs_query *items[2];
    query_list two = {items, 0, 2};
    if (a)
        items[two.count++] = a;
    if (b)
        items[two.count++] = b;
    return build_join(with, op, &two);
}

xs_query *build_first(query_builder *with, const query_list *children)
{
    query_list before = {children->items, 0, 0}, parts = {0};
    for (; before.count < children->count; before.count++) {
        xs_query *taken = build_join(with, XS_OR, &before);
        xs_query *child = children->items[before.count];
        query_list_add(&parts, taken ? build_two(with, XS_AND_NOT, child, taken) : child);
    }
    xs_query *made = build_join(with, XS_OR, &parts);
    query_list_free(&parts);
    return made;
}

xs_query *build_either(query_builder *with, xs_query *a, xs_query *b)
{
    xs_query *items[2];
    query_list two = {items, 0, 2};
    if (a)
        items[two.count++] = a;
    if (b)
        items[two.count++] = b;
    return build_first(with, &two);
}

xs_query *build_near(query_builder *with, const query_list *children, uint32_t window, bool ordered)
{
    built_query made = {.kind = BUILT_NEAR, .ordered = ordered, .count = children->count};
    if (with->status != XS_OK || !children->count)
        return NULL;
    if (children->count == 1)
        return children->items[0];
    xs_status status = xs_query_near((const xs_query *const *)children->items, children->count,
                                     window, ordered, &made.query, &with->said);
    made.children = copy_list(with, children);
    return keep(with, status, &made);
}

/* How many of the talks that hold the words are expected to hold the phrase: as Xapian does. */
static double phrase_share(const phrase *how)
{
    return how->either_way ? 1.0 / 2 : how->window > how->count ? 1.0 / 3 : 1.0 / 4;
}

xs_query *build_phrase(query_builder *with, const query_list *children, const phrase *how)
{
    built_query made = {.kind = BUILT_NEAR, .ordered = !how->either_way, .count = children->count};
    xs_query *parts[2] = {NULL, NULL};
    if (with->status != XS_OK || !children->count)
        return NULL;
    if (children->count == 1)
        return children->items[0];
    xs_status status = xs_query_join(XS_AND, (const xs_query *const *)children->items,
                                     children->count, &parts[0], &with->said);
    if (status == XS_OK)
        status = xs_query_check(SLOT_WORDS, phrase_matches, how, phrase_share(how), &parts[1],
                                &with->said);
    if (status == XS_OK)
        status =
            xs_query_join(XS_FILTER, (const xs_query *const *)parts, 2, &made.query, &with->said);
    xs_query_free(parts[0]);
    xs_query_free(parts[1]);
    made.children = copy_list(with, children);
    return keep(with, status, &made);
}

xs_query *build_scale(query_builder *with, double factor, xs_query *child)
{
    const query_list one = {&child, 1, 1};
    built_query made = {.kind = BUILT_SCALE, .factor = factor, .count = 1};
    if (with->status != XS_OK || !child)
        return NULL;
    xs_status status = xs_query_scale(factor, child, &made.query, &with->said);
    made.children = copy_list(with, &one);
    return keep(with, status, &made);
}

xs_query *build_range(query_builder *with, uint32_t slot, span low, span high)
{
    built_query made = {.kind = BUILT_RANGE};
    if (with->status != XS_OK)
        return NULL;
    xs_status status = xs_query_value_range(slot, low.at, low.length, high.at, high.length,
                                            &made.query, &with->said);
    return keep(with, status, &made);
}

xs_query *build_all(query_builder *with)
{
    built_query made = {.kind = BUILT_ALL};
    if (with->status != XS_OK)
        return NULL;
    xs_status status = xs_query_all(&made.query, &with->said);
    return keep(with, status, &made);
}

xs_query *build_none(query_builder *with)
{
    built_query made = {.kind = BUILT_NONE};
    if (with->status != XS_OK)
        return NULL;
    xs_status status = xs_query_none(&made.query, &with->said);
    return keep(with, status, &made);
}

void query_list_add(query_list *to, xs_query *child)
{
    if (child)
        ARRAY_ADD(to->items, to->count, to->capacity, child);
}

void query_list_free(query_list *what)
{
    free(what->items);
    *what = (query_list){0};
}
