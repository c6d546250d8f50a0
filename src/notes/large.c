#include "notes/large.h"

#include <string.h>

#include "notes/markdown_text.h"

/* ---- where to cut ---- */

static size_t behind_line(span text)
{
    size_t at = span_find_last_byte(text, '\n');
    return at == SPAN_NOT_FOUND ? 0 : at + 1;
}

static size_t behind_blank_line(span text)
{
    size_t end = behind_line(text);
    while (end > 1 && text.at[end - 2] != '\n')
        end = behind_line(span_slice(text, 0, end - 1));
    return end > 1 ? end : 0;
}

static size_t behind_blank(span text)
{
    size_t end = text.length;
    while (end && !byte_is_space(text.at[end - 1]))
        end--;
    return end;
}

/* Text is valid: no character has more than three bytes of this kind. */
static size_t before_character(span text, size_t at)
{
    while (((unsigned char)text.at[at] & 0xC0) == 0x80)
        at--;
    return at;
}

size_t piece_length(span text, size_t most)
{
    if (text.length <= most)
        return text.length;
    span fit = span_slice(text, 0, most);
    size_t end = behind_blank_line(fit);
    if (end > most / 2)
        return end;
    end = behind_line(fit);
    if (end)
        return end;
    end = behind_blank(fit);
    return end > most / 2 ? end : before_character(text, most);
}

/* ---- pieces ---- */

static uint32_t count_lines(span text)
{
    uint32_t lines = 0;
    for (size_t i = 0; i < text.length; i++)
        lines += text.at[i] == '\n';
    return lines;
}

static void add_piece(note_reading *reading, const talk *common, span text, uint32_t line)
{
    talk piece = *common;
    piece.body = text;
    piece.line = line;
    piece.end_line = line + count_lines(text);
    piece.marks = arena_alloc(reading->memory, sizeof *piece.marks);
    piece.marks[piece.mark_count++] = (line_mark){0, line};
    ARENA_ADD(reading->memory, reading->out->talks.items, reading->out->talks.count,
              reading->out->talks.capacity, piece);
}

/* What every piece says of itself. */
static talk read_common(note_reading *reading)
{
    talk common = {.kind = KIND_NOTE, .line = 1, .end_line = 1, .language = reading->language};
    talk_place nowhere = {.heading = NO_BLOCK};
    const front_entry *title = front_matter_find(&reading->front, SPAN("title"));
    reading->places.event_heading = NO_BLOCK;
    when_read_file(reading);
    when_find(reading, &nowhere, &common);
    properties_find(reading, &common);
    if (title && title->text.length)
        common.title = (value){
            .text = title->text, .rule = "front-matter", .confidence = 0.99f, .line = title->line};
    else
        common.title =
            (value){.text = title_from_path(reading), .rule = "file-name", .confidence = 0.6f};
    return common;
}

void large_read(note_reading *reading, span text)
{
    talk common = read_common(reading);
    uint32_t line = reading->front.lines + 1;
    span rest = text_without_controls(text, reading->memory);
    while (rest.length) {
        span piece = span_slice(rest, 0, piece_length(rest, PIECE_MAX)), shown = span_trim(piece);
        if (shown.length)
            add_piece(reading, &common, shown,
                      line + count_lines(span_slice(piece, 0, (size_t)(shown.at - piece.at))));
        line += count_lines(piece);
        rest = span_from(rest, piece.length);
    }
    if (!reading->out->talks.count)
        add_piece(reading, &common, SPAN_NONE, line);
}
