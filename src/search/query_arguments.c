#include <string.h>

#include "search/query.h"
#include "search/query_text.h"

/* Cuts the next blank-delimited piece off *rest; empty at the end. */
static span cut_token(span *rest)
{
    size_t begin = 0, length;
    while ((length = blank_at(*rest, begin)))
        begin += length;
    size_t end = begin;
    while (end < rest->length && !blank_at(*rest, end))
        end++;
    span token = span_slice(*rest, begin, end - begin);
    *rest = span_from(*rest, end);
    return token;
}

static bool holds_quote(span text)
{
    for (size_t i = 0; i < text.length; i++)
        if (quote_at(text, i))
            return true;
    return false;
}

/* `-keynote`, `year:2024`, `kub*`, `OR`: in quotes these would no longer be what they are. */
static bool is_syntax(span token)
{
    if (token.length < 2)
        return false;
    size_t name = field_name_at(token, 0);
    return is_operator(token) || (name && field_by_name(span_slice(token, 0, name))) ||
           (token.at[0] == '-' && byte_is_alnum(token.at[1])) || token.at[token.length - 1] == '*';
}

/* Whether the argument is a query of its own rather than words to be held together. */
static bool is_query(span argument)
{
    if (holds_quote(argument))
        return true;
    cut_token(&argument);
    for (span token; (token = cut_token(&argument)).length;)
        if (is_syntax(token))
            return true;
    return false;
}

/* The length of `~5`, `^2` or both at the end. */
static size_t suffix_length(span text)
{
    size_t end = text.length;
    for (size_t i = text.length; i > 0; i--) {
        char c = text.at[i - 1];
        if (c == '~' || c == '^')
            end = i - 1;
        else if (!byte_is_digit(c) && c != '.')
            break;
    }
    return text.length - end;
}

static void add_quoted(span text, buffer *to)
{
    size_t suffix = suffix_length(text);
    buffer_add_byte(to, '"');
    buffer_add(to, span_slice(text, 0, text.length - suffix));
    buffer_add_byte(to, '"');
    buffer_add(to, span_from(text, text.length - suffix));
}

/* `a OR b` beside others wants parentheses; `a year:2024` means the same without, but behind NOT.
 */
static bool holds_operator(span argument)
{
    for (span token; (token = cut_token(&argument)).length;)
        if (is_operator(token))
            return true;
    return false;
}

/* One of several arguments, trimmed, with a blank inside: the shell has taken its quotes. */
static void add_argument(span argument, bool negated, buffer *to)
{
    span rest = argument;
    if (argument.at[0] == '-' && !blank_at(argument, 1))
        rest = span_from(rest, 1);
    size_t name = field_name_at(rest, 0);
    if (name)
        rest = span_from(rest, name + 1);
    if (rest.length && rest.at[0] == '(') {
        buffer_add(to, argument);
    } else if (is_query(argument) && !negated && !holds_operator(argument)) {
        buffer_add(to, argument);
    } else if (is_query(argument)) {
        buffer_add_byte(to, '(');
        buffer_add(to, argument);
        buffer_add_byte(to, ')');
    } else {
        buffer_add(to, span_between(argument.at, rest.at));
        add_quoted(rest, to);
    }
}

void query_from_arguments(int count, char *const *arguments, buffer *to)
{
    if (count == 1) {
        buffer_add_text(to, arguments[0]);
        return;
    }
    for (int i = 0; i < count; i++) {
        span argument = span_trim(span_of(arguments[i]));
        bool negated = i && strcmp(arguments[i - 1], "NOT") == 0;
        if (i)
            buffer_add_byte(to, ' ');
        if (holds_blank(argument))
            add_argument(argument, negated, to);
        else
            buffer_add(to, argument);
    }
}
