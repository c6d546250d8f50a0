#include "search/query_text.h"

#include <string.h>

#include "base/utf8.h"

static bool is_ascii(char c)
{
    return (unsigned char)c < 0x80;
}

size_t blank_at(span text, size_t at)
{
    if (at >= text.length)
        return 0;
    unsigned char c = (unsigned char)text.at[at];
    if (c < 0x80)
        return c <= ' ' || c == 0x7F;
    size_t end = at;
    return utf8_is_space(utf8_next(text, &end)) ? end - at : 0;
}

size_t quote_at(span text, size_t at)
{
    static const char *const quotes[] = {"\"",           "\xe2\x80\x9c", "\xe2\x80\x9d",
                                         "\xe2\x80\x9e", "\xe2\x80\x9f", "\xc2\xab",
                                         "\xc2\xbb"};
    if (at >= text.length || byte_is_alnum(text.at[at]))
        return 0;
    span rest = span_from(text, at);
    for (size_t i = 0; i < sizeof quotes / sizeof *quotes; i++)
        if (span_starts_with(rest, span_of(quotes[i])))
            return strlen(quotes[i]);
    return 0;
}

size_t opening_mark_at(span text, size_t at)
{
    static const char *const marks[] = {"\xe2\x80\x98", "\xe2\x80\x99", "\xe2\x80\xa6", "\xc2\xbf",
                                        "\xc2\xa1"};
    if (at >= text.length || byte_is_alnum(text.at[at]))
        return 0;
    if (is_ascii(text.at[at]))
        return text.at[at] && strchr(",;:!?'", text.at[at]) ? 1 : 0;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (span_starts_with(span_from(text, at), span_of(marks[i])))
            return strlen(marks[i]);
    return 0;
}

size_t name_at(span text, size_t at)
{
    size_t end = at;
    while (end < text.length) {
        size_t next = end;
        uint32_t c = utf8_next(text, &next);
        char_class class = utf8_class(c);
        bool letter = class == CHAR_LETTER || class == CHAR_CJK;
        bool inner = class == CHAR_DIGIT || c == '_' || c == '-' || c == '.';
        if (!letter && (end == at || !inner))
            break;
        end = next;
    }
    return end - at;
}

size_t field_name_at(span text, size_t at)
{
    size_t length = name_at(text, at), colon = at + length;
    if (!length || colon >= text.length || text.at[colon] != ':')
        return 0;
    span value = span_from(text, colon + 1);
    if (value.length && blank_at(value, 0))
        return 0;
    if (span_starts_with(value, SPAN("//")) || span_starts_with(value, SPAN(":")))
        return 0;
    return length == 1 && span_starts_with(value, SPAN("\\")) ? 0 : length;
}

bool holds_blank(span text)
{
    for (size_t i = 0; i < text.length; i++)
        if ((!is_ascii(text.at[i]) || text.at[i] <= ' ') && blank_at(text, i))
            return true;
    return false;
}

bool holds_word(span text)
{
    for (size_t i = 0; i < text.length;)
        if (utf8_class(utf8_next(text, &i)) != CHAR_OTHER)
            return true;
    return false;
}

bool is_operator(span word)
{
    return span_equal(word, SPAN("AND")) || span_equal(word, SPAN("OR")) ||
           span_equal(word, SPAN("NOT"));
}

/* The length of the mark that ends the word. */
static size_t closing_mark(span word)
{
    static const char *const curly[] = {"\xe2\x80\x98", "\xe2\x80\x99", "\xe2\x80\xa6"};
    if (word.length && word.at[word.length - 1] && strchr(",;:.!?'", word.at[word.length - 1]))
        return 1;
    for (size_t i = 0; i < sizeof curly / sizeof *curly; i++)
        if (span_ends_with(word, span_of(curly[i])))
            return strlen(curly[i]);
    return 0;
}

span trim_sentence(span word)
{
    size_t mark;
    while ((mark = closing_mark(word)))
        word.length -= mark;
    return word;
}

span trim_tail(span word, bool starred)
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

span trim_marks(span word)
{
    for (;;) {
        word = trim_sentence(word);
        if (!word.length || !strchr("*~^", word.at[word.length - 1]))
            return word;
        word.length--;
    }
}
