#include "index/talk_record.h"

static void write_values(const values *list, buffer *to)
{
    buffer_add_varint(to, list->count);
    for (size_t i = 0; i < list->count; i++) {
        buffer_add_counted(to, list->items[i].text);
        buffer_add_counted(to, list->items[i].as);
        buffer_add_varint(to, list->items[i].line);
    }
}

static void write_point(date_point point, buffer *to)
{
    buffer_add_varint(to, (uint64_t)point.year);
    buffer_add_byte(to, (char)point.month);
    buffer_add_byte(to, (char)point.day);
}

static void write_properties(const talk *from, buffer *to)
{
    buffer_add_varint(to, from->property_count);
    for (size_t i = 0; i < from->property_count; i++) {
        buffer_add_counted(to, from->properties[i].name);
        buffer_add_counted(to, from->properties[i].text);
    }
}

/* Differences of ascending offsets and of lines are small numbers: a byte or two each. */
static void write_marks(const talk *from, buffer *to)
{
    line_mark last = {0, 0};
    buffer_add_varint(to, from->mark_count);
    for (size_t i = 0; i < from->mark_count; i++) {
        buffer_add_varint(to, from->marks[i].offset - last.offset);
        buffer_add_varint(to, (uint32_t)(from->marks[i].line - last.line));
        last = from->marks[i];
    }
}

void talk_record_write(const talk_record *record, buffer *to)
{
    const talk *from = &record->talk;
    buffer_add_counted(to, record->id);
    buffer_add_counted(to, record->root);
    buffer_add_counted(to, record->path);
    buffer_add_byte(to, (char)from->kind);
    buffer_add_varint(to, from->line);
    buffer_add_varint(to, from->end_line);
    buffer_add_counted(to, from->title.text);
    buffer_add_counted(to, from->event.text);
    buffer_add_counted(to, from->series.text);
    buffer_add_counted(to, from->year.text);
    buffer_add_counted(to, from->date.text);
    write_point(from->interval.first, to);
    write_point(from->interval.last, to);
    buffer_add_counted(to, from->language);
    write_values(&from->speakers, to);
    write_values(&from->orgs, to);
    write_values(&from->techs, to);
    write_values(&from->links, to);
    write_values(&from->tags, to);
    write_values(&from->headings, to);
    write_properties(from, to);
    write_marks(from, to);
    buffer_add_counted(to, from->body);
    buffer_add_counted(to, from->code);
}

/* Room for `count` items that take at least a byte each of what is left, or false. */
static bool read_count(span *rest, size_t *count_out)
{
    uint64_t count;
    if (!span_cut_varint(rest, &count) || count > rest->length)
        return false;
    *count_out = (size_t)count;
    return true;
}

static bool read_byte(span *rest, uint8_t *byte_out)
{
    if (!rest->length)
        return false;
    *byte_out = (uint8_t)rest->at[0];
    *rest = span_from(*rest, 1);
    return true;
}

static bool read_number(span *rest, uint32_t *number_out)
{
    uint64_t number;
    if (!span_cut_varint(rest, &number))
        return false;
    *number_out = (uint32_t)number;
    return true;
}

static bool read_point(span *rest, date_point *out)
{
    uint32_t year;
    if (!read_number(rest, &year))
        return false;
    out->year = (int16_t)year;
    return read_byte(rest, &out->month) && read_byte(rest, &out->day);
}

static bool read_values(span *rest, arena *memory, values *out)
{
    if (!read_count(rest, &out->count))
        return false;
    out->capacity = out->count;
    out->items = arena_zalloc(memory, out->count * sizeof *out->items);
    for (size_t i = 0; i < out->count; i++)
        if (!span_cut_counted(rest, &out->items[i].text) ||
            !span_cut_counted(rest, &out->items[i].as) || !read_number(rest, &out->items[i].line))
            return false;
    return true;
}

static bool read_properties(span *rest, arena *memory, talk *out)
{
    if (!read_count(rest, &out->property_count))
        return false;
    out->properties = arena_zalloc(memory, out->property_count * sizeof *out->properties);
    for (size_t i = 0; i < out->property_count; i++)
        if (!span_cut_counted(rest, &out->properties[i].name) ||
            !span_cut_counted(rest, &out->properties[i].text))
            return false;
    return true;
}

static bool read_marks(span *rest, arena *memory, talk *out)
{
    line_mark last = {0, 0};
    if (!read_count(rest, &out->mark_count))
        return false;
    out->marks = arena_zalloc(memory, out->mark_count * sizeof *out->marks);
    for (size_t i = 0; i < out->mark_count; i++) {
        uint32_t offset, line;
        if (!read_number(rest, &offset) || !read_number(rest, &line))
            return false;
        last = (line_mark){last.offset + offset, last.line + line};
        out->marks[i] = last;
    }
    return true;
}

static bool read_head(span *rest, talk_record *out)
{
    uint8_t kind;
    talk *to = &out->talk;
    bool whole =
        span_cut_counted(rest, &out->id) && span_cut_counted(rest, &out->root) &&
        span_cut_counted(rest, &out->path) && read_byte(rest, &kind) && kind < KIND_COUNT &&
        read_number(rest, &to->line) && read_number(rest, &to->end_line) &&
        span_cut_counted(rest, &to->title.text) && span_cut_counted(rest, &to->event.text) &&
        span_cut_counted(rest, &to->series.text) && span_cut_counted(rest, &to->year.text) &&
        span_cut_counted(rest, &to->date.text) && read_point(rest, &to->interval.first) &&
        read_point(rest, &to->interval.last) && span_cut_counted(rest, &to->language);
    if (whole)
        to->kind = (talk_kind)kind;
    return whole;
}

bool talk_record_read(span data, arena *memory, talk_record *record_out)
{
    talk *to = &record_out->talk;
    *record_out = (talk_record){0};
    return read_head(&data, record_out) && read_values(&data, memory, &to->speakers) &&
           read_values(&data, memory, &to->orgs) && read_values(&data, memory, &to->techs) &&
           read_values(&data, memory, &to->links) && read_values(&data, memory, &to->tags) &&
           read_values(&data, memory, &to->headings) && read_properties(&data, memory, to) &&
           read_marks(&data, memory, to) && span_cut_counted(&data, &to->body) &&
           span_cut_counted(&data, &to->code);
}
