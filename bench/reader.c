#include "reader.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool reader_next(reader *from, span *line_out)
{
    if (!from->line && span_starts_with(from->rest, SPAN("\xEF\xBB\xBF"))) /* byte order mark */
        from->rest = span_from(from->rest, 3);
    while (from->rest.length) {
        *line_out = span_trim(span_cut_line(&from->rest));
        from->line++;
        if (line_out->length && line_out->at[0] != '#')
            return true;
    }
    return false;
}

lc_status reader_complain(reader *about, size_t line, const char *format, ...)
{
    char reason[400];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(reason, sizeof reason, format, arguments);
    va_end(arguments);
    if (!about->findings)
        return lc_fail(about->error, LC_BAD_INPUT, "%s:%zu: %s", about->name, line, reason);
    finding_add(about->findings, "%s:%zu: %s", about->name, line, reason);
    return LC_OK;
}

void finding_add(finding_list *to, const char *format, ...)
{
    char line[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    for (char *c = line; *c; c++)
        if ((unsigned char)*c < ' ') /* an id may hold anything; a finding is one line */
            *c = '?';
    buffer_add_text(&to->text, line);
    buffer_add_byte(&to->text, '\n');
    to->count++;
}

static size_t cut_at_tabs(span line, span *column, size_t wanted)
{
    size_t count = 0;
    while (line.length) {
        span one = span_trim(span_cut(&line, '\t'));
        if (count < wanted)
            column[count] = one;
        count++;
    }
    return count;
}

static size_t cut_at_space(span line, span *column, size_t wanted)
{
    size_t count = 0;
    while ((line = span_trim(line)).length) {
        size_t end = 0;
        while (end < line.length && !byte_is_space(line.at[end]))
            end++;
        if (count < wanted)
            column[count] = span_slice(line, 0, end);
        count++;
        line = span_from(line, end);
    }
    return count;
}

size_t columns_cut(span line, span *column, size_t least, size_t most)
{
    size_t count = cut_at_tabs(line, column, most);
    return count >= least && count <= most && count > 1 ? count : cut_at_space(line, column, most);
}

const char *id_fault(span id)
{
    if (!id.length)
        return "is empty";
    for (size_t i = 0; i < id.length; i++)
        if ((unsigned char)id.at[i] < ' ')
            return "holds a control character";
    return NULL;
}

const char *columns_fault(const span *column, size_t count)
{
    const char *fault = NULL;
    for (size_t i = 0; i < count && !fault; i++)
        fault = id_fault(column[i]);
    return fault;
}

bool read_integer(span text, long *number_out)
{
    bool negative = text.length && text.at[0] == '-';
    if (text.length && (text.at[0] == '-' || text.at[0] == '+'))
        text = span_from(text, 1);
    long number = span_number(text);
    *number_out = negative ? -number : number;
    return number >= 0;
}

bool read_real(span text, double *number_out)
{
    char copy[64], *end;
    if (!text.length || text.length >= sizeof copy)
        return false;
    memcpy(copy, text.at, text.length);
    copy[text.length] = '\0';
    *number_out = strtod(copy, &end);
    return *end == '\0' && isfinite(*number_out);
}
