/* Recursive descent; one function a rule:
 *
 *     either  = both { OR both }
 *     both    = unary { [AND] unary }
 *     unary   = { NOT | '-' } primary
 *     primary = '(' either ')' | phrase | word | '*' | '@' name | name ':' value     [ '^' number ]
 *
 * A rule returns the node, or NULL where there was nothing to search for (punctuation) or where the
 * parser has failed. */
#include <string.h>

#include "search/query_form.h"
#include "search/query_leaf.h"
#include "search/query_names.h"
#include "search/query_text.h"

enum {
    SAVED_DEPTH_MAX = 8,  /* saved queries within saved queries */
    SAVED_COUNT_MAX = 256 /* all expansions together: ten lines can ask for 2^10 */
};

static query_node *parse_either(query_scan *p);

/* ---- groups, saved queries ---- */

static query_node *wrap(query_scan *p, query_kind kind, query_node *child, size_t begin)
{
    query_mistake at = scan_extent(p, begin, p->at);
    return node_wrap(p->all->memory, kind, child, at.begin, at.end);
}

static query_node *parse_group(query_scan *p, size_t begin)
{
    size_t open = p->at;
    if (p->depth >= QUERY_DEPTH_MAX) {
        SCAN_FAIL(p, open, open + 1, "parentheses are nested deeper than %d", QUERY_DEPTH_MAX);
        return NULL;
    }
    p->depth++;
    scan_advance(p, 1);
    query_node *inside = parse_either(p);
    p->depth--;
    if (scan_failed(p))
        return NULL;
    if (scan_peek(p) != ')') {
        SCAN_FAIL(p, open, open + 1,
                  "this parenthesis is left open: close it with ) or leave it out");
        return NULL;
    }
    scan_advance(p, 1);
    return leaf_boost(p, inside, begin);
}

/* Says which saved query holds the mistake; once, for the innermost. */
static void name_in_error(lc_error *error, span name)
{
    char message[sizeof error->message];
    if (!error || strstr(error->message, "saved query @"))
        return;
    memcpy(message, error->message, sizeof message);
    lc_fail(error, error->status, "in the saved query @%.*s: %s", SPAN_ARG(name), message);
}

static query_node *parse_saved_text(query_scan *p, span name, span text, query_mistake place)
{
    query_scan inner = {.all = p->all, .text = text, .saved_depth = p->saved_depth + 1};
    inner.place = &place;
    if (inner.saved_depth > SAVED_DEPTH_MAX || ++p->all->saved_count > SAVED_COUNT_MAX) {
        SCAN_FAIL(&inner, 0, 0, "the saved query @%.*s contains itself: edit the saved queries",
                  SPAN_ARG(name));
        return NULL;
    }
    if (text.length > QUERY_LENGTH_MAX) {
        SCAN_FAIL(&inner, 0, 0, "the saved query @%.*s is too long", SPAN_ARG(name));
        return NULL;
    }
    query_node *root = node_positive(p->all->memory, parse_either(&inner));
    if (!scan_failed(p) && !root)
        SCAN_FAIL(&inner, 0, 0, "the saved query @%.*s holds no word", SPAN_ARG(name));
    if (!scan_failed(p))
        return root;
    name_in_error(p->all->error, name);
    return NULL;
}

/* `@name`, when there is a saved query of that name; else the word is text (a handle). */
static query_node *saved_node(query_scan *p, span word, size_t begin, bool *found)
{
    const query_options *options = p->all->options;
    double boost = 1;
    span text, name = trim_tail(word, false);
    bool boosting = leaf_cut_boost(&name, &boost);
    name = span_from(trim_marks(name), 1);
    *found = !p->field && options->saved_query && name.length &&
             options->saved_query(options->context, name, &text);
    if (!*found)
        return NULL;
    query_node *root = parse_saved_text(p, name, text, scan_extent(p, begin, p->at));
    if (!root)
        return NULL;
    query_node *made = wrap(p, QUERY_SAVED, root, begin);
    made->text = name;
    return boosting ? leaf_boosted(p, made, boost, begin) : made;
}

/* ---- fields ---- */

static query_node *parse_value(query_scan *p, size_t begin)
{
    while (scan_at_url_mark(p))
        scan_advance(p, 1);
    if (leaf_in_dates(p) && scan_peek(p) != '(')
        return leaf_dates(p, begin);
    if (scan_peek(p) == '(')
        return parse_group(p, begin);
    if (quote_at(p->text, p->at))
        return leaf_phrase(p, begin);
    return leaf_bare(p, begin, false);
}

/* `name:` is a field; p->at is behind the colon. */
static query_node *parse_field(query_scan *p, const field *is, span key, size_t begin)
{
    const field *outer_field = p->field;
    span outer_key = p->key;
    span name = is->id == FIELD_PROPERTY ? key : span_of(is->name);
    size_t value_at = p->at;
    p->field = is;
    p->key = is->id == FIELD_PROPERTY ? key : SPAN_NONE;
    query_node *made = scan_at_end(p) || scan_peek(p) == ')' ? NULL : parse_value(p, begin);
    if (!made && !scan_failed(p))
        SCAN_FAIL(p, begin, p->at > value_at ? p->at : value_at,
                  "%.*s: has no value: write it right behind the colon, as in %s", SPAN_ARG(name),
                  is->id == FIELD_PROPERTY ? "status:draft" : is->example);
    p->field = outer_field;
    p->key = outer_key;
    return made;
}

/* `speaker: jane` is text, as in a title; in small letters it may have been meant as a field. */
static void notice_loose_field(query_scan *p)
{
    size_t length = name_at(p->text, p->at), end = p->at + length;
    span name = span_slice(p->text, p->at, length);
    if (length < 2 || end + 1 >= p->text.length || p->text.at[end] != ':' ||
        !blank_at(p->text, end + 1) || byte_is_upper(name.at[0]) || !field_by_name(name))
        return;
    scan_notice(p, p->at, end + 1,
                arena_printf(p->all->memory,
                             "'%.*s:' with a blank behind it is read as text: for the field write "
                             "%.*s:value",
                             SPAN_ARG(name), SPAN_ARG(name)));
}

/* Tells a field from a word with a colon in it; *taken says whether it was a field (or failed). */
static query_node *parse_name(query_scan *p, size_t begin, bool *taken)
{
    const query_options *options = p->all->options;
    size_t length = field_name_at(p->text, p->at);
    p->all->tree->steps += length;
    *taken = false;
    if (!length) {
        notice_loose_field(p);
        return NULL;
    }
    span name = span_slice(p->text, p->at, length);
    const field *is = field_by_name(name);
    if (!is && options->is_property && options->is_property(options->context, name))
        is = &FIELDS[FIELD_PROPERTY];
    if (is) {
        *taken = true;
        scan_advance(p, length + 1);
        return parse_field(p, is, name, begin);
    }
    if (p->at + length + 1 >= p->text.length)
        return NULL; /* a colon that ends the text */
    bool mistake;
    const char *nearest = field_name_nearest(name, &mistake);
    if (nearest && mistake) {
        *taken = true;
        SCAN_FAIL(p, p->at, p->at + length, "there is no field '%.*s': did you mean '%s:'?",
                  SPAN_ARG(name), nearest);
    } else {
        scan_notice(p, p->at, p->at + length,
                    arena_printf(p->all->memory, "'%.*s:' is no field: read as text%s%s%s",
                                 SPAN_ARG(name), nearest ? " (did you mean '" : "",
                                 nearest ? nearest : "", nearest ? ":'?)" : ""));
    }
    return NULL;
}

/* ---- the rules ---- */

static query_node *parse_star(query_scan *p, size_t begin)
{
    scan_advance(p, 1);
    return leaf_boost(p, leaf_node(p, QUERY_ALL, SPAN_NONE, begin), begin);
}

static query_node *parse_text(query_scan *p, size_t begin)
{
    bool taken, starred = p->at && p->text.at[p->at - 1] == '*';
    query_node *made = parse_name(p, begin, &taken);
    if (taken)
        return made;
    return leaf_in_dates(p) ? leaf_dates(p, begin) : leaf_bare(p, begin, starred);
}

static query_node *parse_handle(query_scan *p, size_t begin)
{
    bool found;
    span word = scan_word(p);
    query_node *made = saved_node(p, word, begin, &found);
    return found ? made : leaf_word(p, word, begin, false);
}

static query_node *parse_primary(query_scan *p, size_t begin)
{
    if (quote_at(p->text, p->at)) {
        if (scan_at_inch_mark(p)) {
            scan_advance(p, quote_at(p->text, p->at));
            return NULL;
        }
        return leaf_in_dates(p) ? leaf_dates(p, begin) : leaf_phrase(p, begin);
    }
    if (scan_at_star(p))
        return parse_star(p, begin);
    switch (scan_peek(p)) {
    case '(': return parse_group(p, begin);
    case '@': return leaf_in_dates(p) ? leaf_dates(p, begin) : parse_handle(p, begin);
    case ')':
    case '\0': return NULL;
    default: return parse_text(p, begin);
    }
}

static query_node *parse_unary(query_scan *p)
{
    bool negated = false;
    size_t begin = p->at;
    while (scan_negation(p)) {
        negated = !negated;
        scan_skip_marks(p);
    }
    query_node *made = parse_primary(p, negated ? p->at : begin);
    if (!made || scan_failed(p) || !negated)
        return made;
    query_mistake at = scan_extent(p, begin, p->at);
    return node_negate(p->all->memory, made, at.begin, at.end);
}

static query_node *parse_both(query_scan *p)
{
    node_list all = {0};
    for (;;) {
        scan_skip_marks(p);
        if (scan_at_end(p) || scan_peek(p) == ')' || scan_failed(p))
            break;
        if (all.count) {
            query_scan before = *p;
            if (scan_operator(p, SPAN("OR"))) {
                *p = before;
                break;
            }
            scan_operator(p, SPAN("AND"));
            scan_skip_marks(p);
            if (scan_at_end(p) || scan_peek(p) == ')')
                break;
        }
        query_node *made = parse_unary(p);
        if (made)
            node_list_add(p->all->memory, &all, made);
    }
    return node_all_of(p->all->memory, &all);
}

static query_node *parse_either(query_scan *p)
{
    node_list any = {0};
    do {
        query_node *made = parse_both(p);
        if (made)
            node_list_add(p->all->memory, &any, made);
    } while (!scan_failed(p) && scan_operator(p, SPAN("OR")));
    return node_any_of(p->all->memory, &any);
}

lc_status query_parse(span text, const query_options *options, arena *memory, query_tree *out,
                      lc_error *error, query_mistake *where)
{
    query_parsing all = {
        .options = options, .memory = memory, .tree = out, .error = error, .where = where};
    query_scan p = {.all = &all, .text = text};
    memset(out, 0, sizeof *out);
    *where = (query_mistake){0, 0};
    if (text.length > QUERY_LENGTH_MAX) {
        SCAN_FAIL(&p, QUERY_LENGTH_MAX, QUERY_LENGTH_MAX, "the query is longer than %d bytes",
                  QUERY_LENGTH_MAX);
        return all.status;
    }
    query_node *root = parse_either(&p);
    if (all.status == LC_OK && !root)
        SCAN_FAIL(&p, 0, text.length, "the query holds no word to search for; * finds every talk");
    out->root = all.status == LC_OK ? node_positive(memory, root) : NULL;
    return all.status;
}
