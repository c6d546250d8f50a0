#include "notes/markdown_text.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

void rich_text_clear(rich_text *what)
{
    buffer_clear(&what->text);
    what->link_count = 0;
    what->strong.count = what->strong.open = 0;
    what->emphasis.count = what->emphasis.open = 0;
    what->code.count = what->code.open = 0;
}

void rich_text_free(rich_text *what)
{
    buffer_free(&what->text);
    free(what->links);
    free(what->strong.items);
    free(what->emphasis.items);
    free(what->code.items);
    *what = (rich_text){0};
}

static bool is_control(span text, size_t at, size_t *size_out)
{
    unsigned char c = (unsigned char)text.at[at];
    *size_out = 1;
    if (c < 0x20)
        return c != '\n' && c != '\t';
    if (c == 0x7f)
        return true;
    *size_out = 2;
    return c == 0xC2 && at + 1 < text.length && (unsigned char)text.at[at + 1] < 0xA0;
}

void rich_text_add(rich_text *to, span text)
{
    size_t begin = 0, size;
    for (size_t i = 0; i < text.length; i++) {
        if (!is_control(text, i, &size))
            continue;
        buffer_add(&to->text, span_slice(text, begin, i - begin));
        i += size - 1;
        begin = i + 1;
    }
    buffer_add(&to->text, span_from(text, begin));
}

span text_without_controls(span text, arena *memory)
{
    char *copy = arena_alloc(memory, text.length + 1);
    size_t length = 0, size;
    for (size_t i = 0; i < text.length; i++) {
        if (is_control(text, i, &size))
            i += size - 1;
        else
            copy[length++] = text.at[i];
    }
    copy[length] = '\0';
    return (span){copy, length};
}

void rich_text_add_raw(rich_text *to, span text)
{
    buffer_add(&to->text, text);
}

void extents_open(extents *which, const rich_text *of)
{
    if (which->open++)
        return;
    uint32_t at = (uint32_t)of->text.length;
    extent opened = {at, at};
    ARRAY_ADD(which->items, which->count, which->capacity, opened);
}

void extents_close(extents *which, const rich_text *of)
{
    if (which->open && --which->open == 0)
        which->items[which->count - 1].end = (uint32_t)of->text.length;
}

size_t rich_text_open_link(rich_text *to, span url, uint32_t line)
{
    link opened = {SPAN_NONE, url, (uint32_t)to->text.length, line};
    ARRAY_ADD(to->links, to->link_count, to->link_capacity, opened);
    return to->link_count - 1;
}

void rich_text_close_link(rich_text *to, size_t number)
{
    if (number < to->link_count)
        to->links[number].text.length = to->text.length - to->links[number].begin;
}

/* ---- pieces of a text ---- */

static size_t first_link_at(const rich_text *in, size_t offset)
{
    size_t low = 0, high = in->link_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (in->links[middle].begin < offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static size_t first_extent_behind(const extents *in, size_t offset)
{
    size_t low = 0, high = in->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (in->items[middle].end <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

static void append_extents(extents *to, const extents *from, size_t begin, size_t end, size_t at)
{
    for (size_t i = first_extent_behind(from, begin); i < from->count; i++) {
        const extent *old = &from->items[i];
        if (old->begin >= end)
            return;
        size_t first = old->begin > begin ? old->begin : begin;
        extent moved = {(uint32_t)(at + first - begin),
                        (uint32_t)(at + least(old->end, end) - begin)};
        ARRAY_ADD(to->items, to->count, to->capacity, moved);
    }
}

void rich_text_append(rich_text *to, const rich_text *from, size_t begin, size_t end)
{
    size_t at = to->text.length;
    for (size_t i = first_link_at(from, begin); i < from->link_count; i++) {
        link moved = from->links[i];
        if (moved.begin > end || (moved.begin == end && moved.text.length))
            break;
        moved.text.length = least(moved.text.length, end - moved.begin);
        moved.begin = (uint32_t)(at + moved.begin - begin);
        ARRAY_ADD(to->links, to->link_count, to->link_capacity, moved);
    }
    append_extents(&to->strong, &from->strong, begin, end, at);
    append_extents(&to->emphasis, &from->emphasis, begin, end, at);
    append_extents(&to->code, &from->code, begin, end, at);
    buffer_add(&to->text, span_slice(buffer_span(&from->text), begin, end - begin));
}

static void extents_trim(extents *which, size_t length)
{
    while (which->count && which->items[which->count - 1].begin >= length)
        which->count--;
    if (which->count && which->items[which->count - 1].end > length)
        which->items[which->count - 1].end = (uint32_t)length;
}

void rich_text_trim_end(rich_text *what)
{
    size_t length = what->text.length;
    while (length && byte_is_space(what->text.at[length - 1]))
        length--;
    what->text.length = length;
    if (what->text.at)
        what->text.at[length] = '\0';
    extents_trim(&what->strong, length);
    extents_trim(&what->emphasis, length);
    extents_trim(&what->code, length);
    for (size_t i = what->link_count; i-- > 0 && what->links[i].begin >= length;) {
        what->links[i].begin = (uint32_t)length;
        what->links[i].text.length = 0;
    }
}

/* ---- bare URLs ---- */

static bool ends_url(char c)
{
    return (unsigned char)c <= ' ' || c == '<' || c == '>' || c == '"' || c == '`' || c == '|';
}

/* A closing bracket belongs to the URL only when it was opened in it, as in a Wikipedia address. */
static size_t url_end(span text, size_t begin)
{
    size_t end = begin;
    long open = 0;
    while (end < text.length && !ends_url(text.at[end])) {
        open += (text.at[end] == '(') - (text.at[end] == ')');
        end++;
    }
    for (; end > begin; end--) {
        char last = text.at[end - 1];
        if (last == ')' && open < 0)
            open++;
        else if (!strchr(".,;:!?'*_~]}", last))
            break;
    }
    return end;
}

/* Where the next URL begins at or behind `from`, and where its host does. */
static size_t next_url(span text, size_t from, size_t *host_out)
{
    for (size_t i = from; i < text.length; i++) {
        span rest = span_from(text, i);
        const char *found = memchr(rest.at, '/', rest.length);
        size_t slashes = found ? (size_t)(found - text.at) : text.length;
        size_t www = span_find(span_slice(text, i, slashes - i), SPAN("www."));
        if (www != SPAN_NOT_FOUND && (i + www == 0 || !byte_is_alnum(text.at[i + www - 1]))) {
            *host_out = i + www;
            return i + www;
        }
        i = slashes;
        if (i < 1 || !span_starts_with(span_from(text, i - 1), SPAN("://")))
            continue;
        for (size_t length = 4; length <= 5; length++) {
            size_t begin = i - 1 >= length ? i - 1 - length : text.length;
            span scheme = span_slice(text, begin, length);
            if (begin >= from && begin < text.length &&
                span_equal_nocase(scheme, span_slice(SPAN("https"), 0, length)) &&
                (begin == 0 || !byte_is_alnum(text.at[begin - 1]))) {
                *host_out = i + 2;
                return begin;
            }
        }
    }
    return SPAN_NOT_FOUND;
}

static int by_begin(const void *a, const void *b)
{
    uint32_t first = ((const link *)a)->begin, second = ((const link *)b)->begin;
    return (first > second) - (first < second);
}

static uint32_t count_lines(span text)
{
    uint32_t count = 0;
    for (const char *at; text.length && (at = memchr(text.at, '\n', text.length)); count++)
        text = span_from(text, (size_t)(at - text.at) + 1);
    return count;
}

void rich_text_find_urls(rich_text *in, uint32_t line, arena *memory)
{
    span text = buffer_span(&in->text);
    size_t known = in->link_count, next = 0, host, counted = 0;
    size_t at = next_url(text, 0, &host);
    while (at != SPAN_NOT_FOUND) {
        size_t end = url_end(text, at);
        while (next < known && in->links[next].begin + in->links[next].text.length <= at)
            next++;
        bool inside = next < known && in->links[next].begin <= at;
        if (!inside && end > host && end - host > 3) {
            line += count_lines(span_slice(text, counted, at - counted));
            counted = at;
            span url = span_slice(text, at, end - at);
            link found = {{NULL, url.length}, SPAN_NONE, (uint32_t)at, line};
            found.url = host == at ? arena_printf(memory, "https://%.*s", SPAN_ARG(url))
                                   : arena_copy(memory, url);
            ARRAY_ADD(in->links, in->link_count, in->link_capacity, found);
        }
        at = next_url(text, end > host ? end : host, &host);
    }
    if (known && in->link_count > known)
        qsort(in->links, in->link_count, sizeof *in->links, by_begin);
}

/* ---- into the block ---- */

static extent *copy_extents(const extents *from, arena *memory, size_t *count_out)
{
    *count_out = 0;
    if (!from->count)
        return NULL;
    extent *copy = arena_alloc(memory, from->count * sizeof *copy);
    for (size_t i = 0; i < from->count; i++)
        if (from->items[i].end > from->items[i].begin)
            copy[(*count_out)++] = from->items[i];
    return copy;
}

void rich_text_put(const rich_text *from, arena *memory, block *to)
{
    to->text = arena_copy(memory, buffer_span(&from->text));
    to->strong = copy_extents(&from->strong, memory, &to->strong_count);
    to->emphasis = copy_extents(&from->emphasis, memory, &to->emphasis_count);
    to->code = copy_extents(&from->code, memory, &to->code_count);
    to->link_count = from->link_count;
    if (!from->link_count)
        return;
    to->links = arena_alloc(memory, from->link_count * sizeof *to->links);
    for (size_t i = 0; i < from->link_count; i++) {
        to->links[i] = from->links[i];
        to->links[i].text = span_slice(to->text, from->links[i].begin, from->links[i].text.length);
    }
}
