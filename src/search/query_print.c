#include "search/query.h"
#include "search/query_text.h"

/* ---- as a query ---- */

static void print_list(const query_node *node, const char *between, buffer *to);

static void print_field(const query_node *node, buffer *to)
{
    if (!node->field)
        return;
    if (node->field->id == FIELD_PROPERTY)
        buffer_add(to, node->key);
    else
        buffer_add_text(to, node->field->name);
    buffer_add_byte(to, ':');
}

static void print_text(const query_node *node, buffer *to)
{
    const char *quote = holds_blank(node->text) ? "\"" : "";
    print_field(node, to);
    buffer_add_text(to, quote);
    buffer_add(to, node->text);
    buffer_add_text(to, quote);
    if (node->kind == QUERY_PREFIX)
        buffer_add_byte(to, '*');
    if (node->kind == QUERY_FUZZY)
        buffer_printf(to, "~%u", node->distance);
}

static void print_phrase(const query_node *node, buffer *to)
{
    print_field(node, to);
    buffer_add_byte(to, '"');
    buffer_add(to, node->text);
    buffer_add_byte(to, '"');
    if (node->distance)
        buffer_printf(to, "~%u", node->distance);
}

/* In a place where only one thing may stand. */
static void print_single(const query_node *node, buffer *to)
{
    bool list = node->kind == QUERY_AND || node->kind == QUERY_OR;
    if (list)
        buffer_add_byte(to, '(');
    query_print(node, to);
    if (list)
        buffer_add_byte(to, ')');
}

void query_print(const query_node *node, buffer *to)
{
    switch (node->kind) {
    case QUERY_ALL:
        print_field(node, to);
        buffer_add_byte(to, '*');
        break;
    case QUERY_WORD:
    case QUERY_PREFIX:
    case QUERY_FUZZY: print_text(node, to); break;
    case QUERY_PHRASE: print_phrase(node, to); break;
    case QUERY_DATES:
        print_field(node, to);
        dates_print(node->days, to);
        break;
    case QUERY_AND: print_list(node, " ", to); break;
    case QUERY_OR: print_list(node, " OR ", to); break;
    case QUERY_NOT:
        buffer_add_byte(to, '-');
        print_single(node->children[0], to);
        break;
    case QUERY_BOOST:
        print_single(node->children[0], to);
        buffer_printf(to, "^%g", node->boost);
        break;
    case QUERY_SAVED:
        buffer_add_byte(to, '@');
        buffer_add(to, node->text);
        break;
    }
}

static void print_list(const query_node *node, const char *between, buffer *to)
{
    for (size_t i = 0; i < node->count; i++) {
        if (i)
            buffer_add_text(to, between);
        print_single(node->children[i], to);
    }
}

/* ---- as an s-expression ---- */

/* Whether the word needs no quotes to be told from a node or a field. */
static bool is_bare(const query_node *word)
{
    return !holds_blank(word->text) && span_find_byte(word->text, '(') == SPAN_NOT_FOUND &&
           (word->field || span_find_byte(word->text, ':') == SPAN_NOT_FOUND);
}

static void print_day(day_number day, buffer *to)
{
    int year, month, of_month;
    if (day == DAY_MIN || day == DAY_MAX) {
        buffer_add_byte(to, '*');
        return;
    }
    day_split(day, &year, &month, &of_month);
    buffer_printf(to, "%04d-%02d-%02d", year, month, of_month);
}

static void print_leaf(const query_node *node, buffer *to)
{
    print_field(node, to);
    switch (node->kind) {
    case QUERY_ALL: buffer_add_text(to, "(all)"); return;
    case QUERY_DATES:
        buffer_add_text(to, "(days ");
        print_day(node->days.first, to);
        buffer_add_byte(to, ' ');
        print_day(node->days.last, to);
        buffer_add_byte(to, ')');
        return;
    case QUERY_PREFIX: buffer_add_text(to, "(prefix "); break;
    case QUERY_FUZZY: buffer_printf(to, "(fuzzy %u ", node->distance); break;
    case QUERY_PHRASE:
        buffer_add_text(to, "(phrase ");
        if (node->distance)
            buffer_printf(to, "%u ", node->distance);
        break;
    default: break;
    }
    bool quotes = node->kind == QUERY_PHRASE || !is_bare(node);
    if (quotes)
        buffer_add_byte(to, '"');
    buffer_add(to, node->text);
    if (quotes)
        buffer_add_byte(to, '"');
    if (node->kind != QUERY_WORD)
        buffer_add_byte(to, ')');
}

static const char *list_name(query_kind kind)
{
    switch (kind) {
    case QUERY_AND: return "and";
    case QUERY_OR: return "or";
    case QUERY_NOT: return "not";
    case QUERY_BOOST: return "boost";
    case QUERY_SAVED: return "saved";
    default: return NULL;
    }
}

void query_print_tree(const query_node *node, buffer *to)
{
    const char *name = list_name(node->kind);
    if (!name) {
        print_leaf(node, to);
        return;
    }
    buffer_printf(to, "(%s", name);
    if (node->kind == QUERY_BOOST)
        buffer_printf(to, " %g", node->boost);
    if (node->kind == QUERY_SAVED) {
        buffer_add_byte(to, ' ');
        buffer_add(to, node->text);
    }
    for (size_t i = 0; i < node->count; i++) {
        buffer_add_byte(to, ' ');
        query_print_tree(node->children[i], to);
    }
    buffer_add_byte(to, ')');
}

/* ---- comparing ---- */

bool query_equal(const query_node *a, const query_node *b)
{
    if (a->kind != b->kind || a->field != b->field || a->distance != b->distance ||
        a->boost != b->boost || a->count != b->count || !span_equal(a->text, b->text) ||
        !span_equal(a->key, b->key) || a->days.first != b->days.first ||
        a->days.last != b->days.last)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (!query_equal(a->children[i], b->children[i]))
            return false;
    return true;
}
