#include "search/query_scan.h"

#include <string.h>

#include "search/query_text.h"

enum { INNER_PARENTHESES = 32 }; /* bytes that `main(...)` may hold and still be one word */

query_mistake scan_extent(const query_scan *p, size_t begin, size_t end)
{
    return p->place ? *p->place : (query_mistake){(uint32_t)begin, (uint32_t)end};
}

bool scan_failed(const query_scan *p)
{
    return p->all->status != LC_OK;
}

void scan_notice(query_scan *p, size_t begin, size_t end, span text)
{
    query_tree *tree = p->all->tree;
    query_mistake at = scan_extent(p, begin, end);
    query_notice made = {text, at.begin, at.end};
    ARENA_ADD(p->all->memory, tree->notices, tree->notice_count, tree->notice_capacity, made);
}

void scan_advance(query_scan *p, size_t bytes)
{
    p->at += bytes;
    p->all->tree->steps += bytes;
}

bool scan_at_end(const query_scan *p)
{
    return p->at >= p->text.length;
}

char scan_peek(const query_scan *p)
{
    return scan_at_end(p) ? '\0' : p->text.at[p->at];
}

void scan_skip_blanks(query_scan *p)
{
    size_t length;
    while ((length = blank_at(p->text, p->at)))
        scan_advance(p, length);
}

/* Whether the byte here begins a word: only there is '-' a negation. */
static bool after_blank(const query_scan *p)
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
static span peek_token(query_scan *p)
{
    size_t end = p->at;
    while (end < p->text.length && end - p->at < 4 && !blank_at(p->text, end) &&
           !quote_at(p->text, end) && p->text.at[end] != '(' && p->text.at[end] != ')')
        end++;
    p->all->tree->steps += end - p->at;
    return span_slice(p->text, p->at, end - p->at);
}

/* Consumes the operator if it stands here with something to work on behind it. */
bool scan_operator(query_scan *p, span name)
{
    if (!span_equal(peek_token(p), name))
        return false;
    size_t before = p->at;
    scan_advance(p, name.length);
    scan_skip_blanks(p);
    span next = peek_token(p);
    bool operand = !scan_at_end(p) && scan_peek(p) != ')' && !span_equal(next, SPAN("AND")) &&
                   !span_equal(next, SPAN("OR"));
    if (!operand)
        p->at = before;
    return operand;
}

/* `*` alone is every talk; before a word it says nothing. */
bool scan_at_star(const query_scan *p)
{
    size_t next = p->at + 1;
    if (scan_peek(p) != '*' || (p->at && p->text.at[p->at - 1] == '*'))
        return false;
    return next >= p->text.length || blank_at(p->text, next) || quote_at(p->text, next) ||
           strchr("()^", p->text.at[next]);
}

static bool is_negation(const query_scan *p)
{
    size_t next = p->at + 1;
    return scan_peek(p) == '-' && after_blank(p) && next < p->text.length &&
           !blank_at(p->text, next) && p->text.at[next] != '-' && p->text.at[next] != ')';
}

bool scan_negation(query_scan *p)
{
    if (!is_negation(p))
        return scan_operator(p, SPAN("NOT"));
    scan_advance(p, 1);
    return true;
}

/* A value that begins like what follows a URL's scheme or a drive (`title:(//x)`) could not be
 * printed behind a colon, and these marks say nothing. */
bool scan_at_url_mark(const query_scan *p)
{
    return scan_peek(p) == '\\' || scan_peek(p) == ':' ||
           span_starts_with(span_from(p->text, p->at), SPAN("//"));
}

/* The bytes here that say nothing before a word, such as a ')' that closes nothing. */
static size_t mark_at(const query_scan *p)
{
    char c = scan_peek(p);
    if ((c == ')' && !p->depth) || (c == '-' && !is_negation(p)) ||
        (c == '*' && !scan_at_star(p)) || (p->field && scan_at_url_mark(p)))
        return 1;
    size_t length = blank_at(p->text, p->at);
    return length ? length : opening_mark_at(p->text, p->at);
}

void scan_skip_marks(query_scan *p)
{
    size_t length;
    while ((length = mark_at(p)))
        scan_advance(p, length);
}

/* `main()`, `f(x)`: the length of a short pair of parentheses inside a word. */
static size_t inner_parentheses(query_scan *p, size_t at)
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
span scan_word(query_scan *p)
{
    size_t begin = p->at;
    while (!scan_at_end(p) && scan_peek(p) != ')' && !blank_at(p->text, p->at) &&
           !quote_at(p->text, p->at)) {
        size_t length = 1;
        if (scan_peek(p) == '(' && p->at > begin)
            length = is_operator(span_slice(p->text, begin, p->at - begin))
                         ? 0
                         : inner_parentheses(p, p->at);
        if (!length)
            break;
        scan_advance(p, length);
    }
    return span_slice(p->text, begin, p->at - begin);
}

/* Where the quote that opens at p->at is closed; *after is behind it. SPAN_NOT_FOUND if nowhere. */
static size_t closing_quote(query_scan *p, size_t opening, size_t *after)
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

/* Consumes a quoted text; false when the quote is left open. */
bool scan_quoted(query_scan *p, span *text_out)
{
    size_t opening = quote_at(p->text, p->at), after = 0, begin = p->at;
    size_t close = closing_quote(p, opening, &after);
    if (close == SPAN_NOT_FOUND) {
        SCAN_FAIL(p, begin, begin + opening,
                  "this quote is left open: close it with \" or leave it out");
        return false;
    }
    *text_out = span_trim(span_between(p->text.at + begin + opening, p->text.at + close));
    scan_advance(p, after - p->at);
    return true;
}

/* The quote of `19" rack`: inches. */
bool scan_at_inch_mark(const query_scan *p)
{
    size_t after = p->at + quote_at(p->text, p->at);
    return p->at && byte_is_digit(p->text.at[p->at - 1]) &&
           (after == p->text.length || blank_at(p->text, after));
}
