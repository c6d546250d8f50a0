#include "listing.h"

#include <stdlib.h>

#include "base/file.h"

void listing_begin(listing *out)
{
    *out = (listing){.memory = arena_new(), .index = map_new()};
}

void listing_free(listing *what)
{
    for (size_t i = 0; i < what->count; i++) {
        free(what->topic[i].item);
        free(what->topic[i].grades);
    }
    free(what->topic);
    map_free(what->index);
    arena_free(what->memory);
    *what = (listing){0};
}

listed_topic *listing_topic_for(listing *in, span id)
{
    uint32_t at = *map_put(in->index, id, (uint32_t)in->count);
    if (at == in->count) {
        listed_topic made = {.id = arena_copy(in->memory, id)};
        ARRAY_ADD(in->topic, in->count, in->capacity, made);
    }
    return &in->topic[at];
}

const listed_topic *listing_topic(const listing *in, span id)
{
    const uint32_t *at = map_get(in->index, id);
    return at ? &in->topic[*at] : NULL;
}

void listing_add(listing *to, span topic, listed_document what)
{
    listed_topic *into = listing_topic_for(to, topic);
    what.document = arena_copy(to->memory, what.document);
    ARRAY_ADD(into->item, into->count, into->capacity, what);
}

static int by_document(const void *a, const void *b)
{
    const listed_document *x = a, *y = b;
    int order = span_compare(x->document, y->document);
    return order ? order : (x->line > y->line) - (x->line < y->line);
}

static lc_status finish_topic(reader *from, listed_topic *topic)
{
    size_t kept = 0;
    if (topic->count)
        qsort(topic->item, topic->count, sizeof *topic->item, by_document);
    for (size_t i = 0; i < topic->count; i++) {
        const listed_document *this = &topic->item[i], *before = kept ? this - 1 : NULL;
        if (!before || !span_equal(before->document, this->document)) {
            topic->item[kept++] = *this;
            continue;
        }
        lc_status status = reader_complain(
            from, this->line,
            "topic %.*s has document %.*s again (first on line %u); keep one of them",
            SPAN_ARG(topic->id), SPAN_ARG(this->document), topic->item[kept - 1].line);
        if (status != LC_OK)
            return status;
    }
    topic->count = kept;
    return LC_OK;
}

lc_status listing_finish(reader *from, listing *what)
{
    lc_status status = LC_OK;
    for (size_t i = 0; status == LC_OK && i < what->count; i++)
        status = finish_topic(from, &what->topic[i]);
    return status;
}

lc_status listing_cut(reader *from, span line, size_t least, size_t most, const char *wanted,
                      span *column, size_t *count_out)
{
    size_t count = columns_cut(line, column, least, most);
    *count_out = 0;
    if (count < least || count > most)
        return reader_complain(from, from->line, "%zu columns; %s", count, wanted);
    if (columns_fault(column, count))
        return reader_complain(from, from->line, "a column %s", columns_fault(column, count));
    *count_out = count;
    return LC_OK;
}

lc_status listing_load(const char *path, listing_reader *read, finding_list *findings, listing *out,
                       lc_error *error)
{
    buffer content = {0};
    lc_status status = file_read(path, 0, &content, NULL, error);
    if (status == LC_OK)
        status = read(buffer_span(&content), path, findings, out, error);
    buffer_free(&content);
    return status;
}
