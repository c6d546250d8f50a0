/* label.c - lines of the form "Speaker: Grace Hopper". */
#include "notes/label.h"

#include "notes/lookup.h"
#include "notes/tables.h"

enum { LABEL_BYTES_MAX = 32 };

static span strip_marks(span text)
{
    text = span_trim(text);
    while (text.length && (text.at[0] == '*' || text.at[0] == '-' || text.at[0] == '+' ||
                           text.at[0] == '_' || text.at[0] == '#'))
        text = span_trim(span_from(text, 1));
    while (text.length && (text.at[text.length - 1] == '*' || text.at[text.length - 1] == '_'))
        text = span_trim(span_slice(text, 0, text.length - 1));
    return text;
}

static uint32_t label_sense(const reader_tables *tables, span word, arena *scratch)
{
    if (!word.length || word.length > LABEL_BYTES_MAX)
        return 0;
    span key = text_key(word, scratch);
    uint32_t sense = lookup_key(tables->labels, key);
    size_t end = key.length; /* Speaker 1: */
    while (!sense && end && (byte_is_digit(key.at[end - 1]) || key.at[end - 1] == ' ')) {
        end--;
        sense = lookup_key(tables->labels, span_slice(key, 0, end));
    }
    return sense;
}

/* ":author: Name" of reStructuredText and "@author Name" of doc comments. */
static uint32_t read_directive(const reader_tables *tables, span line, arena *scratch,
                               span *value_out)
{
    char stop = line.at[0] == ':' ? ':' : ' ';
    size_t end = span_find_byte(span_from(line, 1), stop);
    if (end == SPAN_NOT_FOUND || end == 0)
        return 0;
    *value_out = span_trim(span_from(line, end + 2));
    uint32_t sense = label_sense(tables, span_slice(line, 1, end), scratch);
    /* here the author is the speaker: the line is about the talk, not the note */
    return sense & LABEL_AUTHOR ? sense | LABEL_SPEAKER : sense;
}

uint32_t label_read(const reader_tables *tables, span line, arena *scratch, span *value_out)
{
    *value_out = SPAN_NONE;
    line = strip_marks(line);
    if (line.length < 2)
        return 0;
    if (line.at[0] == ':' || line.at[0] == '@')
        return read_directive(tables, line, scratch, value_out);
    for (size_t i = 0; i < line.length && i <= LABEL_BYTES_MAX; i++) {
        if (line.at[i] != ':' && line.at[i] != '=')
            continue;
        *value_out = strip_marks(span_from(line, i + 1));
        return label_sense(tables, span_slice(line, 0, i), scratch);
    }
    return label_sense(tables, line, scratch);
}

span by_line_names(span line)
{
    static const char *const begins[] = {"by ",  "presented by ", "given by ",    "av ",
                                         "af ",  "von ",          "vortrag von ", "par ",
                                         "por ", "di ",           "door ",        "talk by "};
    line = span_trim(line);
    for (size_t i = 0; i < sizeof begins / sizeof *begins; i++) {
        if (span_starts_with_nocase(line, span_of(begins[i])))
            return span_trim(span_from(line, span_of(begins[i]).length));
    }
    return SPAN_NONE;
}
