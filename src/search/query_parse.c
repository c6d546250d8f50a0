/* Recursive descent; one function a rule:
 *
 *     either  = both { OR both }
 *     both    = unary { [AND] unary }
 *     unary   = { NOT | '-' } primary
 *     primary = '(' either ')' | phrase | word | '*' | '@' name | name ':' value     [ '^' number ]
 *
 * A rule returns the node, or NULL where there was nothing to search for (punctuation) or where the
 * parser has failed. */
#include "search/query.h"

#include <string.h>

#include "search/query_form.h"
#include "search/query_names.h"
#include "search/query_text.h"
#include "search/spelling.h"

enum {
    SAVED_DEPTH_MAX = 8,    /* saved queries within saved queries */
    SAVED_COUNT_MAX = 256,  /* all expansions together: ten lines can ask for 2^10 */
    INNER_PARENTHESES = 32, /* bytes that `main(...)` may hold and still be one word */
    DEFAULT_SLOP = 5
};

typedef struct {
    const query_options *options;
    arena *memory;
    query_tree *tree;
    lc_error *error;
    query_mistake *where;
    lc_status status;
    size_t saved_count;
} shared;

typedef struct {
    shared *all;
    span text;
    size_t at;
    unsigned depth, saved_depth;
    const field *field; /* inside field:( ... ) */
    span key;
    const query_mistake *place; /* inside a saved query: where its @name stands */
} parser;

static query_node *parse_either(parser *p);

/* ---- mistakes, notices, nodes ---- */

static query_mistake extent(const parser *p, size_t begin, size_t end)
{
    return p->place ? *p->place : (query_mistake){(uint32_t)begin, (uint32_t)end};
}

#define FAIL(p, begin, end, ...)                                                                   \
    do {                                                                                           \
        *(p)->all->where = extent((p), (begin), (end));                                            \
        (p)->all->status = lc_fail((p)->all->error, LC_BAD_INPUT, __VA_ARGS__);                    \
    } while (0)

static bool failed(const parser *p)
{
    return p->all->status != LC_OK;
}

static void notice(parser *p, size_t begin, size_t end, span text)
{
    query_tree *tree = p->all->tree;
    query_mistake at = extent(p, begin, end);
    query_notice made = {text, at.begin, at.end};
    ARENA_ADD(p->all->memory, tree->notices, tree->notice_count, tree->notice_capacity, made);
}

static query_node *leaf(parser *p, query_kind kind, span text, size_t begin)
{
    query_mistake at = extent(p, begin, p->at);
    query_node *made = node_leaf(p->all->memory, kind, text, at.begin, at.end);
    made->field = p->field;
    made->key = p->key;
    return made;
}

static query_node *wrap(parser *p, query_kind kind, query_node *child, size_t begin)
{
    query_mistake at = extent(p, begin, p->at);
    return node_wrap(p->all->memory, kind, child, at.begin, at.end);
}

/* ---- the scanner ---- */

static void advance(parser *p, size_t bytes)
{
    p->at += bytes;
    p->all->tree->steps += bytes;
}

static bool at_end(const parser *p)
{
    return p->at >= p->text.length;
}

static char peek(const parser *p)
{
    return at_end(p) ? '\0' : p->text.at[p->at];
}

static void skip_blanks(parser *p)
{
    size_t length;
    while ((length = blank_at(p->text, p->at)))
        advance(p, length);
}

/* Whether the byte here begins a word: only there is '-' a negation. */
static bool after_blank(const parser *p)
{
    if (!p->at || p->text.at[p->at - 1] == '(')
        return true;
    /* The last byte of a blank of several bytes is no blank by itself: step back over it. */
    size_t begin = p->at - 1;
    while (begin && ((unsigned char)p->text.at[begin] & 0xC0) == 0x80)
        begin--;
    return blank_at(p->text, begin) > 0;
}

/* The next blank-delimited piece, as it stands. */
static span peek_token(parser *p)
{
    size_t end = p->at;
    while (end < p->text.length && end - p->at < 4 && !blank_at(p->text, end) &&
           !quote_at(p->text, end) && p->text.at[end] != '(' && p->text.at[end] != ')')
        end++;
    p->all->tree->steps += end - p->at;
    return span_slice(p->text, p->at, end - p->at);
}

/* Consumes the operator if it stands here with something to work on behind it. */
static bool accept_operator(parser *p, span name)
{
    if (!span_equal(peek_token(p), name))
        return false;
    size_t before = p->at;
    advance(p, name.length);
    skip_blanks(p);
    span next = peek_token(p);
    bool operand = !at_end(p) && peek(p) != ')' && !span_equal(next, SPAN("AND")) &&
                   !span_equal(next, SPAN("OR"));
    if (!operand)
        p->at = before;
    return operand;
}

/* `*` alone is every talk; before a word it says nothing. */
static bool is_star_alone(const parser *p)
{
    size_t next = p->at + 1;
    if (peek(p) != '*' || (p->at && p->text.at[p->at - 1] == '*'))
        return false;
    return next >= p->text.length || blank_at(p->text, next) || quote_at(p->text, next) ||
           strchr("()^", p->text.at[next]);
}

static bool is_negation(const parser *p)
{
    size_t next = p->at + 1;
    return peek(p) == '-' && after_blank(p) && next < p->text.length && !blank_at(p->text, next) &&
           p->text.at[next] != '-' && p->text.at[next] != ')';
}

/* A value that begins like what follows a URL's scheme or a drive (`title:(//x)`) could not be
 * printed behind a colon, and these marks say nothing. */
static bool at_url_mark(const parser *p)
{
    return peek(p) == '\\' || peek(p) == ':' ||
           span_starts_with(span_from(p->text, p->at), SPAN("//"));
}

/* The bytes here that say nothing before a word, such as a ')' that closes nothing. */
static size_t mark_at(const parser *p)
{
    char c = peek(p);
    if ((c == ')' && !p->depth) || (c == '-' && !is_negation(p)) ||
        (c == '*' && !is_star_alone(p)) || (p->field && at_url_mark(p)))
        return 1;
    size_t length = blank_at(p->text, p->at);
    return length ? length : opening_mark_at(p->text, p->at);
}

static void skip_marks(parser *p)
{
    size_t length;
    while ((length = mark_at(p)))
        advance(p, length);
}

/* `main()`, `f(x)`: the length of a short pair of parentheses inside a word. */
static size_t inner_parentheses(parser *p, size_t at)
{
    for (size_t i = at + 1; i < p->text.length && i - at <= INNER_PARENTHESES; i++) {
        p->all->tree->steps++;
        if (p->text.at[i] == ')')
            return i + 1 - at;
        if (p->text.at[i] == '(' || blank_at(p->text, i) || quote_at(p->text, i))
            return 0;
    }
    return 0;
}

/* Takes everything up to the next blank, quote or parenthesis of the query's own. */
static span take_word(parser *p)
{
    size_t begin = p->at;
    while (!at_end(p) && peek(p) != ')' && !blank_at(p->text, p->at) && !quote_at(p->text, p->at)) {
        size_t length = 1;
        if (peek(p) == '(' && p->at > begin)
            length = is_operator(span_slice(p->text, begin, p->at - begin))
                         ? 0
                         : inner_parentheses(p, p->at);
        if (!length)
            break;
        advance(p, length);
    }
    return span_slice(p->text, begin, p->at - begin);
}

/* ---- what may follow a word: ^number, ~number, * ---- */

/* Cuts `^2.5` off the end of the word. */
static bool cut_boost(span *word, double *boost)
{
    size_t caret = span_find_last_byte(*word, '^');
    if (caret == SPAN_NOT_FOUND || caret + 1 >= word->length || word->length - caret > 8)
        return false;
    double value = 0, unit = 1;
    bool point = false;
    for (size_t i = caret + 1; i < word->length; i++) {
        char c = word->at[i];
        if (c == '.' && !point && i > caret + 1 && i + 1 < word->length) {
            point = true;
        } else if (byte_is_digit(c)) {
            value = value * 10 + (c - '0');
            unit *= point ? 10 : 1;
        } else {
            return false;
        }
    }
    word->length = caret;
    *boost = value / unit;
    return true;
}

static query_node *boosted(parser *p, query_node *node, double boost, size_t begin)
{
    if (boost > QUERY_BOOST_MAX)
        notice(p, begin, p->at,
               arena_printf(p->all->memory, "a weight is at most %d: taken as ^%d", QUERY_BOOST_MAX,
                            QUERY_BOOST_MAX));
    query_mistake at = extent(p, begin, p->at);
    return node_boost(p->all->memory, node, boost, at.begin, at.end);
}

/* A `^number` that follows a group or a phrase directly. */
static query_node *parse_boost(parser *p, query_node *node, size_t begin)
{
    if (peek(p) != '^' || failed(p))
        return node;
    size_t before = p->at;
    double boost;
    span suffix = span_slice(p->text, p->at, 1);
    while (p->at + suffix.length < p->text.length && suffix.length < 8 &&
           (byte_is_digit(suffix.at[suffix.length]) || suffix.at[suffix.length] == '.'))
        suffix.length++;
    advance(p, suffix.length);
    while (suffix.at[suffix.length - 1] == '.')
        suffix.length--;
    if (!cut_boost(&suffix, &boost)) {
        p->at = before + 1;
        return node;
    }
    return node ? boosted(p, node, boost, begin) : NULL;
}

/* How far a word may be misspelt when nobody says: as in corrections, but one letter at least. */
static unsigned default_distance(span word)
{
    unsigned limit = spelling_limit(word);
    return limit ? limit : 1;
}

static bool cut_distance(parser *p, span *word, unsigned *distance)
{
    size_t tilde = span_find_last_byte(*word, '~');
    if (tilde == SPAN_NOT_FOUND || !tilde || word->length - tilde > 2)
        return false;
    if (tilde + 1 < word->length && !byte_is_digit(word->at[tilde + 1]))
        return false;
    bool given = tilde + 1 < word->length;
    unsigned wanted = given ? (unsigned)(word->at[tilde + 1] - '0') : 0;
    word->length = tilde;
    *distance = !given ? default_distance(*word) : wanted < 1 ? 1 : wanted > 2 ? 2 : wanted;
    if (given && *distance != wanted)
        notice(
            p, p->at - 2, p->at,
            arena_printf(p->all->memory, "~1 or ~2 letters may differ: taken as ~%u", *distance));
    return true;
}

/* Without the marks of a sentence at the end and those that are no operators: a lone `^`,
 * Markdown's stars. */
static span trim_tail(span word, bool starred)
{
    size_t before;
    do {
        before = word.length;
        word = trim_sentence(word);
        if (span_ends_with(word, SPAN("^")))
            word.length--;
        if (span_ends_with(word, SPAN("**")) || (starred && span_ends_with(word, SPAN("*"))))
            while (word.length && word.at[word.length - 1] == '*')
                word.length--;
    } while (word.length < before);
    return word;
}

/* AND, OR, NOT without anything to work on are words, and written so that they stay words. */
static span no_operator(span word)
{
    static const span operators[] = {{"AND", 3}, {"OR", 2}, {"NOT", 3}};
    static const span words[] = {{"and", 3}, {"or", 2}, {"not", 3}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (span_equal(word, operators[i]))
            return words[i];
    return word;
}

static query_node *word_node(parser *p, span word, size_t begin, bool starred)
{
    double boost = 0;
    unsigned distance = 0;
    word = trim_tail(word, starred);
    bool boosting = cut_boost(&word, &boost);
    word = trim_tail(word, starred);
    bool fuzzy = cut_distance(p, &word, &distance);
    bool prefix = !fuzzy && span_ends_with(word, SPAN("*"));
    bool any = p->field && !fuzzy && span_equal(word, SPAN("*"));
    query_kind kind = any ? QUERY_ALL : fuzzy ? QUERY_FUZZY : prefix ? QUERY_PREFIX : QUERY_WORD;
    word = trim_marks(word);
    if (!any && !holds_word(word))
        return NULL;
    if (span_find_byte(word, '*') != SPAN_NOT_FOUND)
        notice(p, begin, p->at, SPAN("* works only at the end of a word: left out"));
    query_node *made = leaf(p, kind, no_operator(word), begin);
    made->distance = distance;
    return boosting ? boosted(p, made, boost, begin) : made;
}

/* ---- phrases ---- */

/* Where the quote that opens at p->at is closed; *after is behind it. SPAN_NOT_FOUND if nowhere. */
static size_t closing_quote(parser *p, size_t opening, size_t *after)
{
    bool straight = opening == 1;
    size_t any = SPAN_NOT_FOUND, i = p->at + opening;
    for (; i < p->text.length; i++) {
        size_t length = quote_at(p->text, i);
        if (!length)
            continue;
        if (!straight || length == 1) {
            *after = i + length;
            any = i;
            break;
        }
        if (any == SPAN_NOT_FOUND) {
            any = i;
            *after = i + length;
        }
    }
    p->all->tree->steps += i - p->at;
    return any;
}

/* `~5` behind a phrase. */
static unsigned parse_slop(parser *p)
{
    unsigned slop = 0;
    size_t begin = p->at, digits = 0;
    if (peek(p) != '~')
        return 0;
    advance(p, 1);
    for (; byte_is_digit(peek(p)); digits++) {
        if (slop <= QUERY_SLOP_MAX)
            slop = slop * 10 + (unsigned)(peek(p) - '0');
        advance(p, 1);
    }
    if (!digits)
        return DEFAULT_SLOP;
    if (slop <= QUERY_SLOP_MAX)
        return slop;
    notice(p, begin, p->at,
           arena_printf(p->all->memory, "at most %d words may stand between: taken as ~%d",
                        QUERY_SLOP_MAX, QUERY_SLOP_MAX));
    return QUERY_SLOP_MAX;
}

/* Consumes a quoted text; false when the quote is left open. */
static bool take_quoted(parser *p, span *text_out)
{
    size_t opening = quote_at(p->text, p->at), after = 0, begin = p->at;
    size_t close = closing_quote(p, opening, &after);
    if (close == SPAN_NOT_FOUND) {
        FAIL(p, begin, begin + opening,
             "this quote is left open: close it with \" or leave it out");
        return false;
    }
    *text_out = span_trim(span_between(p->text.at + begin + opening, p->text.at + close));
    advance(p, after - p->at);
    return true;
}

static query_node *parse_phrase(parser *p, size_t begin)
{
    span text;
    if (!take_quoted(p, &text))
        return NULL;
    unsigned slop = parse_slop(p);
    if (!holds_word(text)) {
        parse_boost(p, NULL, begin);
        return NULL;
    }
    query_node *made = leaf(p, QUERY_PHRASE, text, begin);
    made->distance = slop;
    return parse_boost(p, made, begin);
}

/* The quote of `19" rack`: inches. */
static bool is_inch_mark(const parser *p)
{
    size_t after = p->at + quote_at(p->text, p->at);
    return p->at && byte_is_digit(p->text.at[p->at - 1]) &&
           (after == p->text.length || blank_at(p->text, after));
}

/* ---- groups, saved queries ---- */

static query_node *parse_group(parser *p, size_t begin)
{
    size_t open = p->at;
    if (p->depth >= QUERY_DEPTH_MAX) {
        FAIL(p, open, open + 1, "parentheses are nested deeper than %d", QUERY_DEPTH_MAX);
        return NULL;
    }
    p->depth++;
    advance(p, 1);
    query_node *inside = parse_either(p);
    p->depth--;
    if (failed(p))
        return NULL;
    if (peek(p) != ')') {
        FAIL(p, open, open + 1, "this parenthesis is left open: close it with ) or leave it out");
        return NULL;
    }
    advance(p, 1);
    return parse_boost(p, inside, begin);
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

static query_node *parse_saved_text(parser *p, span name, span text, query_mistake place)
{
    parser inner = {.all = p->all, .text = text, .saved_depth = p->saved_depth + 1};
    inner.place = &place;
    if (inner.saved_depth > SAVED_DEPTH_MAX || ++p->all->saved_count > SAVED_COUNT_MAX) {
        FAIL(&inner, 0, 0, "the saved query @%.*s contains itself: edit the saved queries",
             SPAN_ARG(name));
        return NULL;
    }
    if (text.length > QUERY_LENGTH_MAX) {
        FAIL(&inner, 0, 0, "the saved query @%.*s is too long", SPAN_ARG(name));
        return NULL;
    }
    query_node *root = node_positive(p->all->memory, parse_either(&inner));
    if (!failed(p) && !root)
        FAIL(&inner, 0, 0, "the saved query @%.*s holds no word", SPAN_ARG(name));
    if (!failed(p))
        return root;
    name_in_error(p->all->error, name);
    return NULL;
}

/* `@name`, when there is a saved query of that name; else the word is text (a handle). */
static query_node *saved_node(parser *p, span word, size_t begin, bool *found)
{
    const query_options *options = p->all->options;
    double boost = 1;
    span text, name = trim_sentence(word);
    bool boosting = cut_boost(&name, &boost);
    name = span_from(trim_marks(name), 1);
    *found = !p->field && options->saved_query && name.length &&
             options->saved_query(options->context, name, &text);
    if (!*found)
        return NULL;
    query_node *root = parse_saved_text(p, name, text, extent(p, begin, p->at));
    if (!root)
        return NULL;
    query_node *made = wrap(p, QUERY_SAVED, root, begin);
    made->text = name;
    return boosting ? boosted(p, made, boost, begin) : made;
}

/* ---- fields ---- */

/* Without the marks of a sentence, but with the dots of `2023..`. */
static span trim_date(span value)
{
    if (span_ends_with(value, SPAN("..")))
        return value;
    return trim_sentence(value);
}

/* `last year`, `march 2024` without quotes: as many words more as still make a date. */
static dates_result take_dates(parser *p, span value, day_range *out)
{
    enum { MORE_WORDS = 3 };
    day_number today = p->all->options->today;
    dates_result result = dates_parse(value, today, out);
    parser ahead = *p;
    /* `year:2024 weeks ago`: a date in digits is complete. `march` may have a year behind it. */
    if (result == DATES_OK && !byte_is_alpha(value.at[value.length - 1]))
        return result;
    for (int i = 0; i < MORE_WORDS; i++) {
        skip_blanks(&ahead);
        if (at_end(&ahead) || peek(&ahead) == '(' || !take_word(&ahead).length)
            break;
        day_range longer;
        span joined = trim_date(span_between(value.at, p->text.at + ahead.at));
        if (dates_parse(joined, today, &longer) != DATES_OK)
            continue;
        result = DATES_OK;
        *out = longer;
        p->at = ahead.at;
    }
    return result;
}

static void fail_dates(parser *p, span value, dates_result result, size_t begin)
{
    span name = span_of(p->field->name);
    if (result == DATES_EMPTY)
        FAIL(p, begin, p->at, "the range has no end: write %.*s:2023.., %.*s:..2024 or both ends",
             SPAN_ARG(name), SPAN_ARG(name));
    else if (result == DATES_REVERSED)
        FAIL(p, begin, p->at, "the range ends before it begins: exchange its ends");
    else
        FAIL(p, begin, p->at,
             "'%.*s' is no date: write 2024, 2024-03, 2024-03-01, \"last year\", -6m or a range "
             "as 2023..2025",
             (int)(value.length < 40 ? value.length : 40), value.at);
}

/* A date, or two with dots between, each quoted or not; *loose when none is: then words may follow
 * that belong to it. Empty after a quote left open. */
static span take_date_text(parser *p, bool *loose)
{
    span value = take_word(p);
    *loose = true;
    while (!failed(p) && quote_at(p->text, p->at)) {
        span quoted;
        if (!take_quoted(p, &quoted))
            return SPAN_NONE;
        span more = take_word(p);
        *loose = false;
        value = arena_printf(p->all->memory, "%.*s%.*s%.*s", SPAN_ARG(value), SPAN_ARG(quoted),
                             SPAN_ARG(more));
    }
    return trim_date(value);
}

/* The value of a field of dates. */
static query_node *parse_dates(parser *p, size_t begin)
{
    size_t value_at = p->at;
    bool loose;
    double boost = 1;
    span value = take_date_text(p, &loose);
    if (failed(p))
        return NULL;
    bool boosting = cut_boost(&value, &boost);
    query_node *made;
    if (span_equal(value, SPAN("*"))) {
        made = leaf(p, QUERY_ALL, SPAN_NONE, begin);
    } else {
        day_range days = {0, 0};
        dates_result result = loose && !boosting
                                  ? take_dates(p, value, &days)
                                  : dates_parse(value, p->all->options->today, &days);
        if (result != DATES_OK) {
            fail_dates(p, value, result, value_at);
            return NULL;
        }
        made = leaf(p, QUERY_DATES, SPAN_NONE, begin);
        made->days = days;
    }
    return boosting ? boosted(p, made, boost, begin) : parse_boost(p, made, begin);
}

static bool in_dates(const parser *p)
{
    return p->field && p->field->type == FIELD_OF_DATES;
}

static bool is_range(span value)
{
    return value.length > 1 && (value.at[0] == '<' || value.at[0] == '>' ||
                                span_find(value, SPAN("..")) != SPAN_NOT_FOUND);
}

static query_node *parse_word(parser *p, size_t begin, bool starred)
{
    span word = take_word(p);
    if (p->field && is_range(word))
        notice(p, begin, p->at, SPAN("only date: and year: have ranges: read as text"));
    if (starred && !span_ends_with(word, SPAN("*")))
        notice(p, begin, p->at, SPAN("* works only at the end of a word: left out"));
    return word_node(p, word, begin, starred);
}

static query_node *parse_value(parser *p, size_t begin)
{
    while (at_url_mark(p))
        advance(p, 1);
    if (in_dates(p) && peek(p) != '(')
        return parse_dates(p, begin);
    if (peek(p) == '(')
        return parse_group(p, begin);
    if (quote_at(p->text, p->at))
        return parse_phrase(p, begin);
    return parse_word(p, begin, false);
}

/* `name:` is a field; p->at is behind the colon. */
static query_node *parse_field(parser *p, const field *is, span key, size_t begin)
{
    const field *outer_field = p->field;
    span outer_key = p->key;
    span name = is->id == FIELD_PROPERTY ? key : span_of(is->name);
    size_t value_at = p->at;
    p->field = is;
    p->key = is->id == FIELD_PROPERTY ? key : SPAN_NONE;
    query_node *made = at_end(p) || peek(p) == ')' ? NULL : parse_value(p, begin);
    if (!made && !failed(p))
        FAIL(p, begin, p->at > value_at ? p->at : value_at,
             "%.*s: has no value: write it right behind the colon, as in %s", SPAN_ARG(name),
             is->id == FIELD_PROPERTY ? "status:draft" : is->example);
    p->field = outer_field;
    p->key = outer_key;
    return made;
}

/* Tells a field from a word with a colon in it; *taken says whether it was a field (or failed). */
static query_node *parse_name(parser *p, size_t begin, bool *taken)
{
    const query_options *options = p->all->options;
    size_t length = field_name_at(p->text, p->at);
    p->all->tree->steps += length;
    *taken = false;
    if (!length)
        return NULL;
    span name = span_slice(p->text, p->at, length);
    const field *is = field_by_name(name);
    if (!is && options->is_property && options->is_property(options->context, name))
        is = &FIELDS[FIELD_PROPERTY];
    if (is) {
        *taken = true;
        advance(p, length + 1);
        return parse_field(p, is, name, begin);
    }
    if (p->at + length + 1 >= p->text.length)
        return NULL; /* a colon that ends the text */
    bool mistake;
    const char *nearest = field_name_nearest(name, &mistake);
    if (nearest && mistake) {
        *taken = true;
        FAIL(p, p->at, p->at + length, "there is no field '%.*s': did you mean %s: ?",
             SPAN_ARG(name), nearest);
    } else {
        notice(p, p->at, p->at + length,
               arena_printf(p->all->memory, "'%.*s:' is no field: read as text%s%s%s",
                            SPAN_ARG(name), nearest ? " (did you mean " : "",
                            nearest ? nearest : "", nearest ? ":?)" : ""));
    }
    return NULL;
}

/* ---- the rules ---- */

static query_node *parse_star(parser *p, size_t begin)
{
    advance(p, 1);
    return parse_boost(p, leaf(p, QUERY_ALL, SPAN_NONE, begin), begin);
}

static query_node *parse_text(parser *p, size_t begin)
{
    bool taken, starred = p->at && p->text.at[p->at - 1] == '*';
    query_node *made = parse_name(p, begin, &taken);
    if (taken)
        return made;
    return in_dates(p) ? parse_dates(p, begin) : parse_word(p, begin, starred);
}

static query_node *parse_handle(parser *p, size_t begin)
{
    bool found;
    span word = take_word(p);
    query_node *made = saved_node(p, word, begin, &found);
    return found ? made : word_node(p, word, begin, false);
}

static query_node *parse_primary(parser *p, size_t begin)
{
    if (quote_at(p->text, p->at)) {
        if (is_inch_mark(p)) {
            advance(p, quote_at(p->text, p->at));
            return NULL;
        }
        return in_dates(p) ? parse_dates(p, begin) : parse_phrase(p, begin);
    }
    if (is_star_alone(p))
        return parse_star(p, begin);
    switch (peek(p)) {
    case '(': return parse_group(p, begin);
    case '@': return in_dates(p) ? parse_dates(p, begin) : parse_handle(p, begin);
    case ')':
    case '\0': return NULL;
    default: return parse_text(p, begin);
    }
}

static bool accept_negation(parser *p)
{
    if (!is_negation(p))
        return accept_operator(p, SPAN("NOT"));
    advance(p, 1);
    return true;
}

static query_node *parse_unary(parser *p)
{
    bool negated = false;
    size_t begin = p->at;
    while (accept_negation(p)) {
        negated = !negated;
        skip_marks(p);
    }
    query_node *made = parse_primary(p, negated ? p->at : begin);
    if (!made || failed(p) || !negated)
        return made;
    query_mistake at = extent(p, begin, p->at);
    return node_negate(p->all->memory, made, at.begin, at.end);
}

static query_node *parse_both(parser *p)
{
    node_list all = {0};
    for (;;) {
        skip_marks(p);
        if (at_end(p) || peek(p) == ')' || failed(p))
            break;
        if (all.count) {
            parser before = *p;
            if (accept_operator(p, SPAN("OR"))) {
                *p = before;
                break;
            }
            accept_operator(p, SPAN("AND"));
            skip_marks(p);
            if (at_end(p) || peek(p) == ')')
                break;
        }
        query_node *made = parse_unary(p);
        if (made)
            node_list_add(p->all->memory, &all, made);
    }
    return node_all_of(p->all->memory, &all);
}

static query_node *parse_either(parser *p)
{
    node_list any = {0};
    do {
        query_node *made = parse_both(p);
        if (made)
            node_list_add(p->all->memory, &any, made);
    } while (!failed(p) && accept_operator(p, SPAN("OR")));
    return node_any_of(p->all->memory, &any);
}

lc_status query_parse(span text, const query_options *options, arena *memory, query_tree *out,
                      lc_error *error, query_mistake *where)
{
    shared all = {
        .options = options, .memory = memory, .tree = out, .error = error, .where = where};
    parser p = {.all = &all, .text = text};
    memset(out, 0, sizeof *out);
    *where = (query_mistake){0, 0};
    if (text.length > QUERY_LENGTH_MAX) {
        FAIL(&p, QUERY_LENGTH_MAX, QUERY_LENGTH_MAX, "the query is longer than %d bytes",
             QUERY_LENGTH_MAX);
        return all.status;
    }
    query_node *root = parse_either(&p);
    if (all.status == LC_OK && !root)
        FAIL(&p, 0, text.length, "the query holds no word to search for; * finds every talk");
    out->root = all.status == LC_OK ? node_positive(memory, root) : NULL;
    return all.status;
}
