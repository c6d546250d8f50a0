/*
 * query_form.h - making nodes of the query tree so that it stays in its normal form: no AND in an
 * AND, no OR in an OR, no NOT but beside something positive, no list of one.
 */
#ifndef LECTERN_SEARCH_QUERY_FORM_H
#define LECTERN_SEARCH_QUERY_FORM_H

#include "search/query.h"

typedef struct {
    query_node **items;
    size_t count, capacity;
} node_list;

query_node *node_leaf(arena *memory, query_kind kind, span text, uint32_t begin, uint32_t end);
query_node *node_wrap(arena *memory, query_kind kind, query_node *child, uint32_t begin,
                      uint32_t end);
/* Boosts of boosts are multiplied; the product is capped and rounded to thousandths. */
query_node *node_boost(arena *memory, query_node *child, double boost, uint32_t begin,
                       uint32_t end);
/* A NOT, to go into a list; of a NOT its child. */
query_node *node_negate(arena *memory, query_node *child, uint32_t begin, uint32_t end);
/* The node itself, or for a NOT: all but its child. NULL for NULL. */
query_node *node_positive(arena *memory, query_node *node);

void node_list_add(arena *memory, node_list *to, query_node *node);
/* The node for all (any) of the list: NULL for none, the item itself for one. */
query_node *node_all_of(arena *memory, const node_list *list);
query_node *node_any_of(arena *memory, const node_list *list);

#endif
