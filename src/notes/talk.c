/* talk.c - the record of one talk. */
#include "notes/talk.h"

static const char *const kind_names[KIND_COUNT] = {
    [KIND_NOTE] = "note",           [KIND_TALK] = "talk",   [KIND_KEYNOTE] = "keynote",
    [KIND_LIGHTNING] = "lightning", [KIND_PANEL] = "panel", [KIND_WORKSHOP] = "workshop",
};

const char *talk_kind_name(talk_kind kind)
{
    return kind_names[kind];
}

bool talk_kind_parse(span name, talk_kind *kind_out)
{
    for (int kind = 0; kind < KIND_COUNT; kind++) {
        if (span_equal_nocase(name, span_of(kind_names[kind]))) {
            *kind_out = (talk_kind)kind;
            return true;
        }
    }
    return false;
}

void values_add(values *to, arena *memory, value what)
{
    ARENA_ADD(memory, to->items, to->count, to->capacity, what);
}

static span point_format(date_point at, arena *memory)
{
    if (!at.year)
        return SPAN_NONE;
    if (!at.month)
        return arena_printf(memory, "%04d", at.year);
    if (!at.day)
        return arena_printf(memory, "%04d-%02d", at.year, at.month);
    return arena_printf(memory, "%04d-%02d-%02d", at.year, at.month, at.day);
}

span date_format(date_interval date, arena *memory)
{
    span first = point_format(date.first, memory), last = point_format(date.last, memory);
    if (!last.length || span_equal(first, last))
        return first;
    return arena_printf(memory, "%.*s/%.*s", SPAN_ARG(first), SPAN_ARG(last));
}

uint32_t talk_line_at(const talk *of, size_t offset)
{
    size_t low = 0, high = of->mark_count;
    while (low + 1 < high) {
        size_t middle = low + (high - low) / 2;
        if (of->marks[middle].offset <= offset)
            low = middle;
        else
            high = middle;
    }
    if (!of->mark_count)
        return of->line;
    uint32_t line = of->marks[low].line;
    for (size_t i = of->marks[low].offset; i < offset && i < of->body.length; i++)
        line += of->body.at[i] == '\n';
    return line;
}
