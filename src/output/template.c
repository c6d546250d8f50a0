#include "output/template.h"

#include <string.h>

#include "output/columns.h"
#include "output/safe.h"

bool template_is(const char *text)
{
    return strchr(text, '{') != NULL;
}

/* One piece of a template: literal bytes, or a column. */
typedef struct {
    span literal;
    const column *column;
    span name, separator;
} piece;

/* Cuts the next piece off *rest; false when a brace is left open. */
static bool cut_piece(span *rest, piece *out)
{
    static const char escapes[] = "n\nt\t0\0\\\\";
    char first = rest->at[0], second = rest->length > 1 ? rest->at[1] : '\0';
    *out = (piece){.separator = SPAN(", ")};
    if ((first == '{' || first == '}') && second == first) {
        out->literal = span_slice(*rest, 0, 1);
        *rest = span_from(*rest, 2);
        return true;
    }
    for (size_t i = 0; first == '\\' && i < sizeof escapes - 1; i += 2)
        if (second == escapes[i]) {
            out->literal = (span){&escapes[i + 1], 1};
            *rest = span_from(*rest, 2);
            return true;
        }
    if (first != '{') {
        out->literal = span_slice(*rest, 0, 1);
        *rest = span_from(*rest, 1);
        return true;
    }
    size_t close = span_find_byte(*rest, '}');
    if (close == SPAN_NOT_FOUND)
        return false;
    span inside = span_slice(*rest, 1, close - 1);
    size_t bar = span_find_byte(inside, '|');
    out->name = bar == SPAN_NOT_FOUND ? inside : span_slice(inside, 0, bar);
    if (bar != SPAN_NOT_FOUND)
        out->separator = span_from(inside, bar + 1);
    out->column = column_by_name(out->name);
    *rest = span_from(*rest, close + 1);
    return true;
}

lc_status template_check(const char *text, lc_error *error)
{
    for (span rest = span_of(text); rest.length;) {
        piece p;
        if (!cut_piece(&rest, &p))
            return lc_fail(error, LC_BAD_INPUT,
                           "--format %s: a brace is open; {{ is a brace itself", text);
        if (!p.literal.length && !p.column)
            return lc_fail(error, LC_BAD_INPUT,
                           "--format: {%.*s} is not known; lectern search --help lists the names",
                           SPAN_ARG(p.name));
    }
    return LC_OK;
}

void template_print(const char *text, const shown_hit *what, FILE *to)
{
    buffer shown = {0};
    bool ended = false;
    for (span rest = span_of(text); rest.length;) {
        piece p;
        if (!cut_piece(&rest, &p))
            break;
        if (p.column) {
            buffer_clear(&shown);
            p.column->add(what, p.separator, &shown);
            print_safe_line(to, buffer_span(&shown));
            ended = false;
        } else {
            fwrite(p.literal.at, 1, p.literal.length, to);
            ended = p.literal.at[0] == '\n' || p.literal.at[0] == '\0';
        }
    }
    if (!ended)
        fputc('\n', to);
    buffer_free(&shown);
}
