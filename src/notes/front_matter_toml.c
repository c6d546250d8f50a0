/* The part of TOML that front matter is written in: keys, strings, numbers, dates, arrays, tables.
 */
#include <string.h>

#include "base/utf8.h"
#include "notes/front_matter_parts.h"

typedef struct {
    front_collector *to;
    span rest;         /* what is still to be read */
    uint32_t line;     /* of rest */
    uint32_t key_line; /* of the key whose value is read */
    buffer path;       /* of the key whose value is read */
    size_t table;      /* length of its part that [table] gave */
    buffer text;       /* room for one string */
} toml_reader;

static char peek(const toml_reader *of)
{
    return of->rest.length ? of->rest.at[0] : '\0';
}

static void skip(toml_reader *of, size_t bytes)
{
    for (; bytes && of->rest.length; bytes--) {
        of->line += of->rest.at[0] == '\n';
        of->rest = span_from(of->rest, 1);
    }
}

/* White space and comments, also over line ends when `lines`. */
static void skip_blank(toml_reader *of, bool lines)
{
    while (of->rest.length) {
        char c = peek(of);
        if (c == '#')
            skip(of, span_find_byte(of->rest, '\n'));
        else if (c == ' ' || c == '\t' || (c == '\n' && lines))
            skip(of, 1);
        else
            return;
    }
}

static void skip_line(toml_reader *of)
{
    skip(of, span_find_byte(of->rest, '\n'));
    skip(of, 1);
}

static void add_code_point(toml_reader *of, size_t digits)
{
    uint32_t code = 0;
    for (size_t i = 0; i < digits; i++) {
        const char *hex = "0123456789abcdef";
        const char *digit = peek(of) ? strchr(hex, byte_lower(peek(of))) : NULL;
        if (!digit)
            break;
        code = code * 16 + (uint32_t)(digit - hex);
        skip(of, 1);
    }
    utf8_add(&of->text, code);
}

static void add_escaped(toml_reader *of)
{
    char c = peek(of);
    skip(of, 1);
    switch (c) {
    case 'n': buffer_add_byte(&of->text, '\n'); break;
    case 't': buffer_add_byte(&of->text, '\t'); break;
    case 'u': add_code_point(of, 4); break;
    case 'U': add_code_point(of, 8); break;
    case '\n': skip_blank(of, true); break;
    case '"':
    case '\\': buffer_add_byte(&of->text, c); break;
    default: break;
    }
}

/* A string of any of the four kinds; an unclosed one ends with its line, or with the text. */
static span read_string(toml_reader *of)
{
    char quote = peek(of);
    const char triple[] = {quote, quote, quote};
    span closing = {triple, span_starts_with(of->rest, (span){triple, 3}) ? 3 : 1};
    skip(of, closing.length);
    if (closing.length == 3 && peek(of) == '\n')
        skip(of, 1);
    buffer_clear(&of->text);
    while (of->rest.length && !span_starts_with(of->rest, closing)) {
        char c = peek(of);
        if (c == '\n' && closing.length == 1)
            return buffer_span(&of->text);
        skip(of, 1);
        if (c == '\\' && quote == '"')
            add_escaped(of);
        else
            buffer_add_byte(&of->text, c);
    }
    skip(of, closing.length);
    return buffer_span(&of->text);
}

static span read_bare(toml_reader *of, const char *ends)
{
    size_t length = 0;
    while (length < of->rest.length && !strchr(ends, of->rest.at[length]))
        length++;
    span text = span_trim(span_slice(of->rest, 0, length));
    skip(of, length);
    return text;
}

static bool is_quote(char c)
{
    return c == '"' || c == '\'';
}

/* Adds a dotted key to the path; false when there is none. */
static bool read_key(toml_reader *of)
{
    bool found = false;
    for (;;) {
        skip_blank(of, false);
        span part = is_quote(peek(of)) ? read_string(of) : read_bare(of, ".=]} \t\n\"'");
        if (!part.length)
            return found;
        if (of->path.length)
            buffer_add_byte(&of->path, '.');
        buffer_add(&of->path, part);
        found = true;
        skip_blank(of, false);
        if (peek(of) != '.')
            return true;
        skip(of, 1);
    }
}

static void read_inner_pair(toml_reader *of)
{
    size_t outer = of->path.length;
    if (read_key(of) && peek(of) == '=') {
        skip(of, 1);
        skip_blank(of, false);
        /* one level of tables in a value is what front matter has: no recursion into more */
        span text = is_quote(peek(of)) ? read_string(of) : read_bare(of, ",}]#\n");
        front_add(of->to, buffer_span(&of->path), text, of->key_line);
    } else {
        read_bare(of, ",}]\n");
    }
    of->path.length = outer;
}

static void read_scalar(toml_reader *of)
{
    span text = is_quote(peek(of)) ? read_string(of) : read_bare(of, ",]}#\n");
    front_add(of->to, buffer_span(&of->path), text, of->key_line);
}

/* Arrays and inline tables, in each other, by counting brackets rather than by recursion. */
static void read_value(toml_reader *of)
{
    size_t arrays = 0, tables = 0;
    do {
        skip_blank(of, arrays > 0);
        char c = peek(of);
        if (!of->rest.length)
            return;
        if (c == '[' || c == '{' || c == ']' || c == '}') {
            arrays += c == '[';
            tables += c == '{';
            arrays -= c == ']' && arrays;
            tables -= c == '}' && tables;
            skip(of, 1);
        } else if (c == ',') {
            skip(of, 1);
        } else if (c == '\n') {
            return;
        } else if (tables) {
            read_inner_pair(of);
        } else {
            read_scalar(of);
        }
    } while (arrays || tables);
}

static void read_table_name(toml_reader *of)
{
    while (peek(of) == '[')
        skip(of, 1);
    of->path.length = 0;
    read_key(of);
    of->table = of->path.length;
    skip_line(of);
}

static void read_pair(toml_reader *of)
{
    of->path.length = of->table;
    of->key_line = of->line;
    if (!read_key(of) || peek(of) != '=') {
        front_warn(of->to, of->line, "this line of TOML is not `key = value`");
        skip_line(of);
        return;
    }
    skip(of, 1);
    read_value(of);
    skip_line(of);
}

void front_read_toml(span text, uint32_t first_line, front_collector *to)
{
    toml_reader of = {.to = to, .rest = text, .line = first_line};
    for (;;) {
        skip_blank(&of, true);
        if (!of.rest.length)
            break;
        if (peek(&of) == '[')
            read_table_name(&of);
        else
            read_pair(&of);
    }
    buffer_free(&of.path);
    buffer_free(&of.text);
}
