#include "search/query_form.h"

query_node *node_leaf(arena *memory, query_kind kind, span text, uint32_t begin, uint32_t end)
{
    query_node *made = arena_zalloc(memory, sizeof *made);
    made->kind = kind;
    made->text = text;
    made->boost = 1;
    made->begin = begin;
    made->end = end;
    return made;
}

query_node *node_wrap(arena *memory, query_kind kind, query_node *child, uint32_t begin,
                      uint32_t end)
{
    query_node *made = node_leaf(memory, kind, SPAN_NONE, begin, end);
    made->children = arena_alloc(memory, sizeof(void *));
    made->children[0] = child;
    made->count = 1;
    return made;
}

static double rounded(double boost)
{
    if (boost > QUERY_BOOST_MAX)
        return QUERY_BOOST_MAX;
    return (double)(long)(boost * 1000 + 0.5) / 1000;
}

query_node *node_boost(arena *memory, query_node *child, double boost, uint32_t begin, uint32_t end)
{
    child = node_positive(memory, child);
    if (child->kind == QUERY_BOOST) {
        boost *= child->boost;
        child = child->children[0];
    }
    query_node *made = node_wrap(memory, QUERY_BOOST, child, begin, end);
    made->boost = rounded(boost);
    return made;
}

query_node *node_negate(arena *memory, query_node *child, uint32_t begin, uint32_t end)
{
    if (child->kind == QUERY_NOT)
        return child->children[0];
    return node_wrap(memory, QUERY_NOT, child, begin, end);
}

void node_list_add(arena *memory, node_list *to, query_node *node)
{
    arena_reserve_one(memory, &to->items, to->count, &to->capacity, sizeof(void *));
    to->items[to->count++] = node;
}

static query_node *everything(arena *memory, const query_node *beside)
{
    return node_leaf(memory, QUERY_ALL, SPAN_NONE, beside->begin, beside->begin);
}

query_node *node_positive(arena *memory, query_node *node)
{
    node_list list = {0};
    if (!node || node->kind != QUERY_NOT)
        return node;
    node_list_add(memory, &list, everything(memory, node));
    node_list_add(memory, &list, node);
    query_node *made = node_leaf(memory, QUERY_AND, SPAN_NONE, node->begin, node->end);
    made->children = list.items;
    made->count = list.count;
    return made;
}

static bool is_everything(const query_node *node)
{
    return node->kind == QUERY_ALL && !node->field;
}

/* The items with those of a list of the same kind in its place. */
static node_list flattened(arena *memory, query_kind kind, const node_list *list)
{
    node_list flat = {0};
    for (size_t i = 0; i < list->count; i++) {
        query_node *item = list->items[i];
        if (item->kind != kind) {
            node_list_add(memory, &flat, item);
            continue;
        }
        for (size_t c = 0; c < item->count; c++)
            node_list_add(memory, &flat, item->children[c]);
    }
    return flat;
}

/* `*` beside something positive says nothing; beside nothing positive it must be there. */
static void balance(arena *memory, node_list *list)
{
    size_t positive = 0, kept = 0;
    query_node *all = NULL;
    for (size_t i = 0; i < list->count; i++) {
        query_node *item = list->items[i];
        if (is_everything(item)) {
            all = all ? all : item;
            continue;
        }
        positive += item->kind != QUERY_NOT;
        list->items[kept++] = item;
    }
    list->count = kept;
    if (positive)
        return;
    if (!all)
        all = everything(memory, list->items[0]);
    node_list_add(memory, list, all);
    for (size_t i = list->count - 1; i > 0; i--)
        list->items[i] = list->items[i - 1];
    list->items[0] = all;
}

static query_node *list_node(arena *memory, query_kind kind, node_list list)
{
    if (list.count == 1)
        return list.items[0];
    query_node *made = node_leaf(memory, kind, SPAN_NONE, UINT32_MAX, 0);
    made->children = list.items;
    made->count = list.count;
    for (size_t i = 0; i < list.count; i++) {
        if (list.items[i]->begin < made->begin)
            made->begin = list.items[i]->begin;
        if (list.items[i]->end > made->end)
            made->end = list.items[i]->end;
    }
    return made;
}

query_node *node_all_of(arena *memory, const node_list *list)
{
    if (list->count < 2)
        return list->count ? list->items[0] : NULL;
    node_list flat = flattened(memory, QUERY_AND, list);
    balance(memory, &flat);
    return list_node(memory, QUERY_AND, flat);
}

query_node *node_any_of(arena *memory, const node_list *list)
{
    if (list->count < 2)
        return list->count ? list->items[0] : NULL;
    node_list positive = {0};
    for (size_t i = 0; i < list->count; i++)
        node_list_add(memory, &positive, node_positive(memory, list->items[i]));
    return list_node(memory, QUERY_OR, flattened(memory, QUERY_OR, &positive));
}
